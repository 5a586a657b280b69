//! A war as one seat may believe it to be: the rules played on from its view alone, with dice of their own. What the seat
//! knows stands as it knows it; what it does not know is drawn once for each world. Whoever looks ahead does it here, so
//! that nobody looks ahead with other rules than those the war is fought by, and nobody sees more than his view holds.

mod supposed;

use std::{collections::BTreeMap, sync::Arc};

use bevy::ecs::world::World;

use super::{
    Sim, detect,
    dice::{Dice, Domain},
    field::Field,
    forecast::{self, foe},
    journal::Journal,
    map::range,
    roster::{Ranks, Unit},
    state::{
        Belongs, Clock, Command, Control, Crew, Holding, Id, Index, Kind, Knowledge, Known,
        Magazine, Place, Ships, Standing, Story, Tally, strength,
    },
    tables::Rows,
    turn::PhaseHashes,
    values::Kept,
    view::{Contact, SeatView, SiteView},
};
use crate::content::{
    Faction, Force, Key, MeterOn, Rules, Seat, Sector, Side, Site, Stance, Stock, TermKind,
};

/// Share of its magazines that a foreign fleet is taken to have aboard, permille.
const ABOARD: i64 = 600;
/// Units of troops that a site of others is taken to hold of which nothing is known.
const GARRISON: i32 = 4;

/// All that every world has in common which a view leaves open.
pub struct Imagination<'a> {
    view: &'a SeatView,
    field: Field,
    /// Own forces, and those of others who show theirs.
    own: Vec<Unit>,
    sites: BTreeMap<Key<Site>, Holding>,
    knowledge: Knowledge,
    tallies: BTreeMap<Key<Side>, Tally>,
    story: Story,
    /// Sectors in which somebody may be whom nobody sees now.
    unseen: Vec<Key<Sector>>,
}

/// One of the worlds: where whoever is not in sight is, and how strong and fresh he is.
#[derive(Clone)]
pub struct Guess {
    foreign: Vec<Unit>,
    seed: u64,
}

impl<'a> Imagination<'a> {
    /// What a view leaves open.
    pub fn of(view: &'a SeatView) -> Self {
        let scenario = Arc::new(supposed::scenario(view));
        let field = Field {
            fleets: view.fleets.clone(),
            ..Field::of(view.rules.clone(), scenario, 0)
        };
        let own = view.forces.iter().map(|(key, force)| {
            let mut unit = forecast::own_unit(view, key, force);
            let belongs = &mut *unit.belongs;
            belongs.side = force.side.clone();
            belongs.seat = seat_of(view, &force.side, force.mine);
            belongs.faction = faction_of(&belongs.seat);
            unit.bearing.forming.clone_from(&force.forming);
            unit.bearing.fought = force.fought;
            unit.line.0.clone_from(&force.line);
            let standing = &mut *unit.standing;
            standing.policy = force.policy;
            standing.follow.clone_from(&force.follow);
            standing.fall_back.clone_from(&force.fall_back);
            standing.queue.clone_from(&force.queue);
            standing.deed.clone_from(&force.deed);
            unit
        });
        let own: Vec<Unit> = own.collect();
        let unseen = view.map.sectors.keys();
        let unseen = unseen.filter(|s| !view.sectors.get(*s).is_some_and(|s| s.seen));
        Self {
            sites: sites(view),
            knowledge: knowledge(view),
            tallies: tallies(view),
            story: story(view),
            unseen: unseen.cloned().collect(),
            own,
            field,
            view,
        }
    }

    /// The seats that have something to order, the view's own first.
    pub fn seats(&self) -> Vec<Key<Seat>> {
        let others = self.field.scenario.seats.keys();
        let others = others.filter(|seat| **seat != self.view.seat);
        std::iter::once(&self.view.seat)
            .chain(others)
            .cloned()
            .collect()
    }

    /// The `n`th of the worlds. Equal views and streams make equal worlds.
    pub fn guess(&self, stream: u64, n: u32) -> Guess {
        let view = self.view;
        let mut dice = Dice::new(
            Domain::Thought,
            stream,
            view.turn,
            "imagine",
            &n.to_string(),
        );
        // Those who stand together are alike.
        let mut groups: BTreeMap<(&Key<Side>, &Key<Sector>), Vec<(&Key<Contact>, &Contact)>> =
            BTreeMap::new();
        for (key, contact) in &view.contacts {
            let group = (&contact.side, contact.place.sector());
            groups.entry(group).or_default().push((key, contact));
        }
        let mut foreign = Vec::new();
        for group in groups.values() {
            let contacts: Vec<&Contact> = group.iter().map(|(_, c)| *c).collect();
            let (readiness, fed) = foe::crews_of(view, &contacts, &mut dice);
            for (key, contact) in group {
                foreign.push(self.foreign(key, contact, readiness, fed, &mut dice));
            }
        }
        Guess {
            foreign,
            seed: dice.below(u64::MAX),
        }
    }

    /// A foreign force as it may be.
    fn foreign(
        &self,
        key: &Key<Contact>,
        contact: &Contact,
        readiness: i32,
        fed: bool,
        dice: &mut Dice,
    ) -> Unit {
        let rules = &*self.view.rules;
        let (low, high) = foe::strength_between(rules, contact);
        let classes = self.view.fleets.get(&contact.side);
        let ships = foe::fleet_of(rules, classes, dice.between(low, high));
        let seat = seat_of(self.view, &contact.side, false);
        let mut stocks: BTreeMap<Key<Stock>, i32> = BTreeMap::new();
        for squadron in &ships {
            for (stock, each) in rules
                .classes
                .get(&squadron.class)
                .iter()
                .flat_map(|c| &c.magazine)
            {
                let all = i64::from(*each) * i64::from(squadron.fit) * ABOARD / 1000;
                *stocks.entry(stock.clone()).or_default() += i32::try_from(all).unwrap_or(0);
            }
        }
        let supply = if fed {
            rules.constants.supply_days * 10
        } else {
            0
        };
        let stance = contact
            .stance
            .clone()
            .filter(|s| rules.stances.contains_key(s));
        let stance = stance.unwrap_or_else(|| any_stance(rules, dice));
        Unit {
            id: foreign_id(key),
            belongs: Belongs {
                name: String::new(),
                faction: faction_of(&seat),
                seat,
                side: contact.side.clone(),
                children: 0,
                full: strength(rules, &ships),
            }
            .into(),
            place: self.place(contact, dice),
            ships: Ships(ships).into(),
            magazine: Magazine(stocks).into(),
            crew: Crew {
                readiness,
                supply,
                meters: BTreeMap::new(),
            },
            bearing: forecast::bearing(stance, None, 0, contact.fixed),
            standing: Standing {
                loss_limit: rules.constants.loss_limit,
                queue: contact.bound.clone(),
                ..Standing::default()
            }
            .into(),
            command: Command::default().into(),
            line: Default::default(),
        }
    }

    /// Where it may be by now.
    fn place(&self, contact: &Contact, dice: &mut Dice) -> Place {
        if contact.age == 0 || contact.drift <= 0 {
            return contact.place.clone();
        }
        let from = contact.place.sector();
        let near = self.unseen.iter();
        let near = near.filter(|s| range(&self.view.map, from, s) <= contact.drift);
        let near: Vec<&Key<Sector>> = near.collect();
        let at = dice.below(near.len() as u64) as usize;
        Place::Sector((*near.get(at).unwrap_or(&from)).clone())
    }

    /// A war that begins in this world.
    pub fn open(&self, guess: &Guess) -> Sim {
        let mut world = Sim::empty(self.field.clone());
        world.resource_mut::<PhaseHashes>().off = true;
        let mut sim = Sim { world };
        self.set(&mut sim, guess);
        sim
    }

    /// Puts the world into a war that [`Imagination::open`] made, in place of what was there.
    pub fn set(&self, sim: &mut Sim, guess: &Guess) {
        let world = &mut sim.world;
        clear(world);
        let mut field = self.field.clone();
        field.seed = guess.seed;
        world.insert_resource(field);
        world.insert_resource(Clock {
            turn: self.view.turn,
            ending: false,
            ended: None,
        });
        world.insert_resource(self.story.clone());
        world.resource_mut::<Journal>().wipe();
        for key in self.view.map.sectors.keys() {
            let known = self.view.sectors.get(key);
            world.spawn((
                Id::new(Kind::Sector, key),
                Control {
                    owner: known.and_then(|s| s.owner.clone()),
                    works: known.map(|s| s.works.clone()).unwrap_or_default(),
                },
            ));
        }
        for (key, holding) in &self.sites {
            world.spawn((Id::new(Kind::Site, key), holding.clone()));
        }
        let mut tallies = self.tallies.clone();
        for unit in &guess.foreign {
            if let Some(tally) = tallies.get_mut(unit.side()) {
                tally.raised += unit.belongs.full;
            }
        }
        let units = self.own.iter().chain(&guess.foreign).cloned();
        let units: Vec<_> = units.map(Unit::into_components).collect();
        world.spawn_batch(units);
        for (side, tally) in tallies {
            world.spawn((Id::new(Kind::Side, &side), tally));
        }
        for seat in self.field.scenario.seats.keys() {
            world.spawn((Id::new(Kind::Seat, seat), Knowledge::default()));
        }
        detect::first_look(world);
        // The seat goes on knowing what it knows, by the names it has for it.
        let own = world.resource::<Index>().get(Kind::Seat, &self.view.seat);
        if let Some(mut seat) = own.and_then(|own| world.get_mut::<Knowledge>(own)) {
            *seat = self.knowledge.clone();
        }
    }
}

/// Everything of an earlier war goes.
fn clear(world: &mut World) {
    let kinds = [
        Kind::Force,
        Kind::Sector,
        Kind::Site,
        Kind::Side,
        Kind::Seat,
    ];
    let index = world.resource::<Index>();
    let all: Vec<_> = kinds
        .into_iter()
        .flat_map(|kind| index.all(kind).map(|(_, entity)| entity))
        .collect();
    for entity in all {
        world.despawn(entity);
    }
    world.insert_resource(Ranks::default());
    world.insert_resource(Kept::default());
    world.insert_resource(Rows::default());
}

/// A foreign force has the name by which the seat knows it, marked so that it is nobody else's.
fn foreign_id(contact: &Key<Contact>) -> Key<Force> {
    Key::new(format!("?{contact}"))
}

/// Who orders a side's forces: the seat its own; a stand-in whatever else there is.
fn seat_of(view: &SeatView, side: &Key<Side>, mine: bool) -> Key<Seat> {
    if mine {
        view.seat.clone()
    } else {
        Key::new(format!("?{side}"))
    }
}

fn faction_of(seat: &Key<Seat>) -> Key<Faction> {
    seat.cast()
}

fn any_stance(rules: &Rules, dice: &mut Dice) -> Key<Stance> {
    let open = rules.stances.iter();
    let open = open.filter(|(_, s)| !s.prepares && !s.fixed && s.needs_readiness == 0);
    let open: Vec<&Key<Stance>> = open.map(|(key, _)| key).collect();
    let at = dice.below(open.len() as u64) as usize;
    open.get(at).map_or_else(|| Key::new(""), |s| (*s).clone())
}

fn sites(view: &SeatView) -> BTreeMap<Key<Site>, Holding> {
    let holding = |(key, site): (&Key<Site>, &SiteView)| {
        let kind = view.map.sites.get(key).map(|s| &s.kind);
        let kind = kind.and_then(|k| view.rules.site_kinds.get(k));
        let mut meters = kind.map(|k| k.meters.clone()).unwrap_or_default();
        meters.retain(|meter, _| view.rules.meters.contains_key(meter));
        let known = site.meters.iter().flatten();
        meters.extend(known.map(|(meter, value)| (meter.clone(), *value)));
        let stocks = site.stocks.clone();
        let holding = Holding {
            owner: site.owner.clone(),
            sector: site.sector.clone(),
            blockaded: site.blockaded,
            settled: 0,
            stocks: stocks.unwrap_or_else(|| garrison(&view.rules, kind.map_or(0, |k| k.shields))),
            meters,
            shields_down: site.shields_down.unwrap_or(0),
            ashore: site.ashore.clone(),
            loyal: site.loyal.clone(),
            damage: site.damage,
            razed: site.razed,
        };
        (key.clone(), holding)
    };
    view.sites.iter().map(holding).collect()
}

/// Who is taken to hold a site of which nothing is known: a few troops, where there is anything to defend.
fn garrison(rules: &Rules, shields: i32) -> BTreeMap<Key<Stock>, i32> {
    let troops = rules.stocks.iter();
    let mut troops = troops.filter(|(_, s)| s.troops.as_ref().is_some_and(|t| !t.boards));
    let first = troops.next().filter(|_| shields > 0);
    first
        .map(|(key, _)| (key.clone(), GARRISON))
        .into_iter()
        .collect()
}

fn tallies(view: &SeatView) -> BTreeMap<Key<Side>, Tally> {
    let start = view.rules.meters.iter();
    let start = start.filter(|(_, m)| m.on == MeterOn::Side);
    let start: BTreeMap<_, _> = start.map(|(k, m)| (k.clone(), m.start)).collect();
    let tally = |side: &Key<Side>| {
        let own = *side == view.side;
        let lost = view.destroyed.get(side).copied().unwrap_or(0);
        let (lost, raised) = if own { view.toll } else { (lost, lost) };
        let mut meters = start.clone();
        if own {
            meters.extend(view.meters.clone());
        }
        Tally {
            raised,
            lost,
            lost_by_turn: vec![lost],
            meters,
            ..Tally::default()
        }
    };
    view.sides
        .keys()
        .map(|side| (side.clone(), tally(side)))
        .collect()
}

/// Days counted so far, read off the ledger, and deeds that are done once only.
fn story(view: &SeatView) -> Story {
    let mut story = Story::default();
    for line in &view.ledger {
        let term = view.verdict.terms.get(&line.term).map(|t| &t.kind);
        if let Some(TermKind::Days { points, .. }) = term
            && *points != 0
        {
            let days = u32::try_from(line.points / points).unwrap_or(0);
            story.days.insert(line.term.clone(), days);
        }
    }
    let done = view.done.iter();
    story.fired = done
        .map(|deed| super::deeds::mark(&view.side, deed))
        .collect();
    story
}

/// What the seat knows, by its own names.
fn knowledge(view: &SeatView) -> Knowledge {
    let before = view.turn.saturating_sub(1);
    let contacts = view.contacts.iter().map(|(key, c)| {
        let known = Known {
            force: foreign_id(key),
            side: c.side.clone(),
            place: c.place.clone(),
            age: c.age,
            confidence: c.confidence,
            seen_as: c.confidence,
            source: c.source,
            estimate: c.strength.1,
            stance: c.stance.clone(),
            fixed: c.fixed,
        };
        (key.clone(), known)
    });
    let sectors = view.sectors.iter();
    let owners = sectors.map(|(k, s)| (k.clone(), (s.owner.clone(), before.saturating_sub(s.age))));
    let sites = view.sites.iter();
    let met = view.objectives.iter().filter(|(_, o)| o.met);
    Knowledge {
        // Beyond all names given so far.
        named: 1_000_000,
        names: view
            .contacts
            .keys()
            .map(|k| (foreign_id(k), k.clone()))
            .collect(),
        contacts: contacts.collect(),
        owners: owners.collect(),
        sites: sites
            .map(|(k, s)| (k.clone(), (s.owner.clone(), s.sector.clone())))
            .collect(),
        seen: view
            .sectors
            .iter()
            .filter(|(_, s)| s.seen)
            .map(|(k, _)| k.clone())
            .collect(),
        destroyed: view.destroyed.clone(),
        met: met.map(|(k, _)| k.clone()).collect(),
        days: story(view).days,
        ..Knowledge::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Catalog;

    /// What the first seat knows that has somebody in sight after so many turns.
    fn view(turns: u32) -> SeatView {
        let catalog = Catalog::shipped();
        let rules = Arc::new(catalog.rules.clone());
        let mut views = catalog.scenarios.values().flat_map(|scenario| {
            let mut sim = Sim::new(rules.clone(), scenario.clone(), 5);
            for _ in 0..turns {
                sim.resolve_turn();
            }
            let seats: Vec<_> = scenario.seats.keys().cloned().collect();
            seats
                .into_iter()
                .filter_map(move |seat| sim.view(&seat).ok())
        });
        let seen = views.find(|v| !v.contacts.is_empty() && v.forces.values().all(|f| f.mine));
        seen.expect("somebody is in sight")
    }

    /// What the seat knows stands as it knows it, by its own names, and the world plays on.
    #[test]
    fn a_world_is_what_its_seat_believes() {
        let view = view(3);
        let imagination = Imagination::of(&view);
        let mut sim = imagination.open(&imagination.guess(1, 0));
        let seen = sim.view(&view.seat).expect("the seat");
        let own = |view: &SeatView| -> Vec<_> {
            let forces = view.forces.iter();
            forces
                .map(|(key, f)| {
                    (
                        key.clone(),
                        f.place.clone(),
                        f.ships.clone(),
                        f.stocks.clone(),
                    )
                })
                .collect()
        };
        assert_eq!(own(&seen), own(&view));
        assert!(seen.contacts.keys().eq(view.contacts.keys()));
        assert_eq!((seen.turn, seen.toll), (view.turn, view.toll));
        let points = |view: &SeatView| view.ledger.iter().map(|l| l.points).sum::<i64>();
        assert_eq!(points(&seen), points(&view));
        let turn = sim.turn();
        sim.resolve_turn();
        assert_eq!(sim.turn(), turn + 1);
    }

    /// A world that is used again is the same as one made anew; equal views and streams make equal worlds.
    #[test]
    fn worlds_do_not_depend_on_what_was_thought_before() {
        let view = view(2);
        let imagination = Imagination::of(&view);
        let played = |sim: &mut Sim| {
            sim.resolve_turn();
            sim.resolve_turn();
            sim.hash()
        };
        let fresh = played(&mut imagination.open(&imagination.guess(7, 1)));
        let mut used = imagination.open(&imagination.guess(7, 0));
        played(&mut used);
        imagination.set(&mut used, &imagination.guess(7, 1));
        assert_eq!(played(&mut used), fresh);
        let other = played(&mut imagination.open(&imagination.guess(8, 1)));
        assert_ne!(other, fresh, "another stream, another world");
    }
}
