//! Builds views: what a seat may know, out of the state. The only place where truth is turned into knowledge for show.

mod belief;
mod places;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use bevy::ecs::world::World;

pub(super) use belief::reckoning;
pub(super) use places::{Places, truth_of};

use belief::Belief;
use report::{hide_guns, translate};

use super::{
    around::{Around, Surroundings},
    calendar::date_text,
    council, deeds,
    events::{Facts, Truth},
    field::Field,
    journal::Journal,
    movement::pace_of,
    order::{Order, Pace},
    roster::{self, Unit, Units},
    state::{Clock, Index, Kind, Knowledge, Known, Story, Tally},
    stats::{Bearer, Temper},
    values::{Controls, Holdings, Kept, Tallies},
    verdict,
    view::{Confidence, Contact, LedgerLine, ObjectiveView, OwnForce, PactView, Reserve, SeatView},
};
use crate::content::{
    Condition, Effect, Force, Key, Meter, Objective, Pact, Seat, Sector, Side, Stat, Stock,
};

/// The state of a world as values.
pub(super) struct State<'w> {
    field: &'w Field,
    clock: &'w Clock,
    story: &'w Story,
    journal: &'w Journal,
    units: Units,
    tallies: Tallies,
    knowledge: BTreeMap<Key<Seat>, &'w Knowledge>,
    control: Controls,
    holdings: Holdings,
    truth: Truth,
}

fn knowledge(world: &World) -> BTreeMap<Key<Seat>, &Knowledge> {
    let index = world.resource::<Index>();
    index
        .all(Kind::Seat)
        .filter_map(|(key, entity)| Some((key.cast(), world.get::<Knowledge>(entity)?)))
        .collect()
}

/// The state as it is, gathered once for whatever is asked of it.
pub(super) fn state(world: &World) -> State<'_> {
    let kept = Kept::of(world);
    let truth = Truth {
        control: kept.control(),
        holdings: kept.holdings(),
        tallies: kept.tallies(),
    };
    State {
        truth,
        field: world.resource::<Field>(),
        clock: world.resource::<Clock>(),
        story: world.resource::<Story>(),
        journal: world.resource::<Journal>(),
        units: roster::gather(world),
        tallies: kept.tallies(),
        knowledge: knowledge(world),
        control: kept.control(),
        holdings: kept.holdings(),
    }
}

/// What a seat knows; none if there is no such seat.
pub(super) fn view(world: &World, seat: &Key<Seat>) -> Option<SeatView> {
    let s = state(world);
    let field = s.field;
    let side = field.side_of(seat)?.clone();
    let known = s.knowledge.get(seat)?;
    let home = field.scenario.seats.get(seat)?.home.clone();
    let shares = |other: &Key<Side>| field.relation(&side, other).shares_sensors;
    let mut view = blank(&s, seat.clone(), side.clone(), home);
    let around = Surroundings::of(field, s.clock.turn, &s.units, &s.control, &s.holdings);
    view.forces = s
        .units
        .iter()
        .filter(|(_, u)| shares(u.side()))
        .map(|(k, u)| {
            (
                k.clone(),
                own(
                    field,
                    u,
                    u.belongs.seat == *seat,
                    s.tallies.get(u.side()),
                    around.on(u),
                ),
            )
        })
        .collect();
    view.expected = s
        .story
        .awaited
        .iter()
        .filter_map(|(k, when)| {
            let force = field.scenario.forces.get(k)?;
            let of = field.side_of(&field.scenario.factions.get(&force.faction)?.seat)?;
            (of == &side).then_some(())?;
            Some((k.clone(), ((*when)?, force.at.clone())))
        })
        .collect();
    view.leaving = leaving(&s, &view.forces);
    let reads = reads_orders(field, s.tallies.get(&side));
    let shown = known.contacts.iter().map(|(k, c)| {
        let mut shown = contact(field, c);
        if reads && c.age == 0 && field.hostile(&side, &c.side) && c.confidence <= Confidence::Track
        {
            let standing = s.units.get(&c.force).map(|u| &u.standing);
            shown.bound = standing.map_or_else(Vec::new, |s| s.queue.clone());
        }
        (k.clone(), shown)
    });
    view.contacts = shown.collect();
    view.sectors = places::sectors(&s, &side, known);
    view.sites = places::sites(&s, &side, known);
    if let Some(tally) = s.tallies.get(&side) {
        view.meters = tally.meters.clone();
        view.losses = i32::try_from(tally.lost * 1000 / tally.raised.max(1)).unwrap_or(0);
        view.toll = (tally.lost, tally.raised);
        view.reserves = reserves(&s, &side, tally);
    }
    view.destroyed = known.destroyed.clone();
    let belief = Belief::of(&s, &side, known);
    let facts = belief.facts();
    view.ledger = ledger(&s, &facts);
    view.objectives = objectives(&s, Some((&side, known, &facts)));
    view.report = s
        .journal
        .entries
        .iter()
        .filter(|e| e.witnesses.contains(seat))
        .map(|e| translate(field, e, &s.units, &view, known))
        .collect();
    hide_guns(&s, &mut view, known);
    Some(view)
}

/// Which of these forces an event takes away on a fixed date, and their last turn.
fn leaving(s: &State, forces: &BTreeMap<Key<Force>, OwnForce>) -> BTreeMap<Key<Force>, u32> {
    let events = &s.field.scenario.events;
    let due = events
        .iter()
        .filter(|(key, event)| event.repeats || !s.story.fired.contains(key.as_str()));
    let mut leaving: BTreeMap<Key<Force>, u32> = BTreeMap::new();
    for (_, event) in due {
        let Some(turn) = event.when.dated().map(|turn| turn.max(s.clock.turn)) else {
            continue;
        };
        for effect in &event.effects {
            if let Effect::Leave(force) = effect
                && forces.contains_key(force)
            {
                let last = leaving.entry(force.clone()).or_insert(turn);
                *last = turn.min(*last);
            }
        }
    }
    leaving
}

/// Whether a seat holds a condition for true at the end of the last turn; none if there is no such seat.
pub(super) fn believes(world: &World, seat: &Key<Seat>, condition: &Condition) -> Option<bool> {
    let s = state(world);
    let side = s.field.side_of(seat)?.clone();
    let belief = Belief::of(&s, &side, s.knowledge.get(seat)?);
    let mut facts = belief.facts();
    if s.clock.ended.is_none() {
        facts.turn = facts.turn.saturating_sub(1);
    }
    Some(facts.holds(condition))
}

/// The truth in the form of a view. Nothing in it can be ordered.
pub(super) fn referee(world: &World) -> SeatView {
    let s = state(world);
    let verdict = &s.field.scenario.verdict;
    let side = verdict.side.as_ref();
    let side = side.or_else(|| verdict.runners().into_iter().next());
    let side = side.cloned().unwrap_or_else(|| Key::new("referee"));
    let mut view = blank(&s, Key::new("referee"), side.clone(), Vec::new());
    let around = Surroundings::of(s.field, s.clock.turn, &s.units, &s.control, &s.holdings);
    view.forces = s
        .units
        .iter()
        .map(|(k, u)| {
            let tally = s.tallies.get(u.side());
            (k.clone(), own(s.field, u, false, tally, around.on(u)))
        })
        .collect();
    (view.sectors, view.sites) = places::truth(&s);
    view.expected = s
        .story
        .awaited
        .iter()
        .filter_map(|(k, when)| {
            Some((
                k.clone(),
                ((*when)?, s.field.scenario.forces.get(k)?.at.clone()),
            ))
        })
        .collect();
    if let Some(tally) = s.tallies.get(&side) {
        view.meters = tally.meters.clone();
        view.losses = i32::try_from(tally.lost * 1000 / tally.raised.max(1)).unwrap_or(0);
        view.toll = (tally.lost, tally.raised);
        view.reserves = reserves(&s, &side, tally);
    }
    view.destroyed = s.tallies.iter().map(|(k, t)| (k.clone(), t.lost)).collect();
    view.ledger = ledger(&s, &truth(&s));
    view.objectives = objectives(&s, None);
    view.report = s.journal.entries.to_vec();
    view
}

/// A view with nobody in it yet, for the check of a seat's orders in phase 2.
pub(super) fn orders_view(field: &Field, seat: &Key<Seat>, turn: u32, story: &Story) -> SeatView {
    let side = field.side_of(seat).cloned().unwrap_or_else(|| Key::new(""));
    let mut view = empty(field, turn, seat.clone(), side, Vec::new());
    planned(field, story, &mut view);
    view
}

/// Puts into it as much of the truth as the check of one order reads: the forces it names, if they are the seat's, the
/// contact it names, the leashes left.
pub(super) fn renew_orders_view(
    view: &mut SeatView,
    field: &Field,
    story: &Story,
    units: &Units,
    known: &Knowledge,
    leashes: &BTreeMap<Key<Side>, i32>,
    meters: &BTreeMap<Key<Meter>, i32>,
    around: &Surroundings,
    places: Option<&Places>,
    order: &Order,
) {
    let mine = |u: &Unit| u.belongs.seat == view.seat;
    let shown = |u: &Unit| own(field, u, true, None, around.on(u));
    match order.names() {
        Some((into, named)) => {
            let named_forces = [Some(&order.force), into].into_iter().flatten();
            let forces = named_forces
                .filter_map(|key| units.get(key))
                .filter(|u| mine(u));
            view.forces = forces.map(|u| (u.id.clone(), shown(u))).collect();
            let named = named.and_then(|key| known.contacts.get_key_value(key));
            let contacts = named.map(|(key, known)| (key.clone(), contact(field, known)));
            view.contacts = contacts.into_iter().collect();
        }
        None => {
            let forces = units.values().filter(|u| mine(u));
            view.forces = forces.map(|u| (u.id.clone(), shown(u))).collect();
            let contacts = known.contacts.iter();
            view.contacts = contacts
                .map(|(key, known)| (key.clone(), contact(field, known)))
                .collect();
            if let Some((sectors, sites)) = places.filter(|_| view.sectors.is_empty()) {
                (view.sectors, view.sites) = (sectors.clone(), sites.clone());
            }
        }
    }
    view.leashes = leashes.get(&view.side).copied().unwrap_or(0);
    if order.action.word().is_some() {
        view.pacts = pacts(field, story, &view.seat);
    }
    if view.meters != *meters {
        view.meters.clone_from(meters);
    }
}

fn empty(
    field: &Field,
    turn: u32,
    seat: Key<Seat>,
    side: Key<Side>,
    home: Vec<Key<Sector>>,
) -> SeatView {
    let scenario = &field.scenario;
    SeatView {
        seat,
        turn,
        turns: scenario.turns,
        date: date_text(&scenario.calendar, turn),
        calendar: scenario.calendar.clone(),
        rules: field.rules.clone(),
        map: field.chart.clone(),
        verdict: field.verdict.clone(),
        fleets: field.fleets.clone(),
        sides: scenario
            .sides
            .iter()
            .map(|(k, s)| (k.clone(), s.name.clone()))
            .collect(),
        shorts: scenario
            .sides
            .iter()
            .map(|(k, s)| (k.clone(), s.short.clone()))
            .collect(),
        hostile: scenario
            .sides
            .keys()
            .filter(|o| field.hostile(&side, o))
            .cloned()
            .collect(),
        friends: scenario
            .sides
            .keys()
            .filter(|o| **o != side && field.relation(&side, o).shares_supply)
            .cloned()
            .collect(),
        side,
        home,
        forces: BTreeMap::new(),
        expected: BTreeMap::new(),
        leaving: BTreeMap::new(),
        contacts: BTreeMap::new(),
        sectors: BTreeMap::new(),
        sites: BTreeMap::new(),
        meters: BTreeMap::new(),
        reserves: BTreeMap::new(),
        leashes: field.rules.constants.leashes,
        staging: Vec::new(),
        temper: None,
        done: BTreeSet::new(),
        pacts: BTreeMap::new(),
        objectives: BTreeMap::new(),
        ledger: Vec::new(),
        losses: 0,
        toll: (0, 0),
        destroyed: BTreeMap::new(),
        report: Vec::new(),
        ended: None,
    }
}

fn blank(s: &State, seat: Key<Seat>, side: Key<Side>, home: Vec<Key<Sector>>) -> SeatView {
    let mut view = empty(s.field, s.clock.turn, seat, side, home);
    view.ended = s.clock.ended.clone();
    planned(s.field, s.story, &mut view);
    view
}

/// What may be planned beside what forces can do: where they may begin, what has been done.
fn planned(field: &Field, story: &Story, view: &mut SeatView) {
    if view.turn == 1 {
        let staging = field.scenario.staging.get(&view.seat);
        view.staging = staging.cloned().unwrap_or_default();
    }
    let seat = field.scenario.seats.get(&view.seat);
    view.temper = seat.and_then(|seat| seat.temper.clone());
    view.pacts = pacts(field, story, &view.seat);
    let deeds = field.rules.deeds.keys();
    view.done = deeds
        .filter(|deed| story.fired.contains(&deeds::mark(&view.side, deed)))
        .cloned()
        .collect();
}

/// Pacts on the table that would bind a seat.
fn pacts(field: &Field, story: &Story, seat: &Key<Seat>) -> BTreeMap<Key<Pact>, PactView> {
    let table = council::table(&field.scenario, story).into_iter();
    let known = table.filter(|(_, pact, _)| pact.between.contains(seat));
    let known = known.map(|(key, pact, words)| {
        let names = pact.between.iter().map(|seat| {
            let known = field.scenario.seats.get(seat);
            let name = known.map_or(seat.as_str(), |s| s.name.as_str());
            (seat.clone(), name.to_owned())
        });
        let names = names.collect();
        let pact = pact.clone();
        (key.clone(), PactView { pact, words, names })
    });
    known.collect()
}

/// A force as its own seat sees it.
fn own(
    field: &Field,
    unit: &Unit,
    mine: bool,
    tally: Option<&Tally>,
    around: Option<&Around>,
) -> OwnForce {
    let temper = tally.map(Temper::from);
    let mut traits = unit.command.traits.clone();
    if let Some(commander) = unit
        .command
        .commander
        .as_ref()
        .and_then(|c| field.rules.commanders.get(c))
    {
        let more = commander.traits.iter().filter(|t| !traits.contains(t));
        traits.extend(more.cloned().collect::<Vec<_>>());
    }
    traits.retain(|t| {
        !temper
            .as_ref()
            .is_some_and(|temper| temper.learned.contains(t))
    });
    OwnForce {
        name: unit.belongs.name.clone(),
        faction: unit.belongs.faction.clone(),
        side: unit.side().clone(),
        mine,
        place: unit.place.clone(),
        ships: unit.ships.0.clone(),
        strength: unit.strength(&field.rules),
        full_strength: unit.belongs.full,
        stocks: unit.magazine.0.clone(),
        readiness: unit.crew.readiness,
        supply: unit.crew.supply,
        line: unit.line.0.clone(),
        stance: unit.bearing.stance.clone(),
        forming: unit.bearing.forming.clone(),
        posture: unit.bearing.posture.clone(),
        policy: unit.standing.policy,
        loss_limit: unit.standing.loss_limit,
        held: unit.bearing.held,
        fixed: unit.bearing.fixed,
        commander: unit.command.commander.clone(),
        traits,
        queue: unit.standing.queue.clone(),
        // Names of contacts are each seat's own.
        follow: unit.standing.follow.clone().filter(|_| mine),
        fall_back: unit.standing.fall_back.clone(),
        speed: pace_of(field, unit, Pace::Cruise, temper.as_ref(), around),
        meters: unit.crew.meters.clone(),
        fought: unit.bearing.fought,
        deed: unit.standing.deed.clone().filter(|_| mine),
        around: around.cloned().unwrap_or_default(),
    }
}

/// Whether a side knows enough of its enemies to read their orders.
fn reads_orders(field: &Field, tally: Option<&Tally>) -> bool {
    let temper = tally.map(Temper::from);
    let side = Bearer {
        temper: temper.as_ref(),
        ..Bearer::stranger(&field.rules, None, None)
    };
    side.value(Stat::Insight, 0, 0, 1000) >= 1000
}

fn contact(field: &Field, known: &Known) -> Contact {
    let constants = &field.rules.constants;
    let error = i64::from(constants.estimate_error[known.confidence as usize]);
    Contact {
        side: known.side.clone(),
        place: known.place.clone(),
        age: known.age,
        confidence: known.confidence,
        source: known.source,
        strength: (
            // The truth of which the estimate may be that far off.
            known.estimate * 1000 / (1000 + error),
            known.estimate,
            known.estimate * 1000 / (1000 - error).max(1),
        ),
        stance: known.stance.clone(),
        fixed: known.fixed,
        drift: constants.drift.saturating_mul(known.age.min(1000) as i32),
        bound: Vec::new(),
    }
}

fn reserves(s: &State, side: &Key<Side>, tally: &Tally) -> BTreeMap<Key<Stock>, Reserve> {
    let fired = |back: usize, stock: &Key<Stock>| -> i32 {
        let n = tally.fired_by_turn.len();
        n.checked_sub(back)
            .and_then(|n| n.checked_sub(1))
            .and_then(|i| tally.fired_by_turn.get(i))
            .and_then(|m| m.get(stock))
            .copied()
            .unwrap_or(0)
    };
    s.field
        .rules
        .stocks
        .keys()
        .filter_map(|stock| {
            let raised = tally.stocks_raised.get(stock).copied().unwrap_or(0);
            (raised > 0).then(|| {
                let left = verdict::held(&s.units, &s.holdings, side, stock);
                let used = fired(0, stock) - fired(1, stock);
                let three = fired(0, stock) - fired(3, stock);
                let dry_on = (three > 0).then(|| {
                    let turns = left * 3 / i64::from(three);
                    s.clock.turn + u32::try_from(turns).unwrap_or(0)
                });
                let left = i32::try_from(left).unwrap_or(i32::MAX);
                let turns = tally.fired_by_turn.len();
                let by_turn = (0..turns).rev();
                let by_turn =
                    by_turn.map(|back| fired(back, stock).saturating_sub(fired(back + 1, stock)));
                let reserve = Reserve {
                    left,
                    used,
                    dry_on,
                    by_turn: by_turn.collect(),
                };
                (stock.clone(), reserve)
            })
        })
        .collect()
}

fn truth<'a>(s: &'a State) -> Facts<'a> {
    Facts {
        turn: s.clock.turn,
        rules: &s.field.rules,
        units: &s.units,
        account: &s.truth,
        story: s.story,
        believed: BTreeMap::new(),
    }
}

fn ledger(s: &State, facts: &Facts) -> Vec<LedgerLine> {
    let points = verdict::score(&s.field.scenario, facts);
    s.field
        .scenario
        .verdict
        .in_order()
        .map(|(key, term)| LedgerLine {
            term: key.clone(),
            name: term.name.clone(),
            points: points.get(key).copied().unwrap_or(0),
        })
        .collect()
}

fn objectives(
    s: &State,
    known: Option<(&Key<Side>, &Knowledge, &Facts)>,
) -> BTreeMap<Key<Objective>, ObjectiveView> {
    s.field
        .scenario
        .objectives
        .iter()
        .filter(|(_, o)| known.is_none_or(|(side, ..)| o.side == *side))
        .map(|(key, o)| {
            let met = match known {
                None => s.story.met.contains(key),
                // Reckoned at the end of each turn; before the first there was none.
                Some((_, known, facts)) => {
                    known.met.contains(key)
                        || (s.clock.turn == 1 && s.clock.ended.is_none() && facts.holds(&o.when))
                }
            };
            (
                key.clone(),
                ObjectiveView {
                    name: o.name.clone(),
                    when: o.when.clone(),
                    met,
                },
            )
        })
        .collect()
}
