//! Scenarios that can be played and are likely not meant so: nobody is told anything, a side has no depot, a force
//! stands where nothing is delivered, something is asked for sooner than anybody can be there.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use std::cmp::Reverse;

use super::{Check, sides_of_forces};
use crate::content::{
    Condition, Key, Rules, Scenario, Sector, Side, TermKind,
    diagnostic::Span,
    ron::At,
    schema::{Name, scenario as file},
};

/// How much further than its ships' pace a side may come in a turn, at the very most: traits, meters and terrain add.
const HASTE: i64 = 2;

pub(super) fn war(check: &mut Check<'_>, rules: &Rules, file: &file::Scenario, war: &Scenario) {
    texts(check, file, war);
    supply(check, rules, file, war);
    reach(check, rules, file, war);
}

/// Whoever plays is told something: by the scenario or by the seat.
fn texts(check: &mut Check<'_>, file: &file::Scenario, war: &Scenario) {
    if !war.briefing.is_empty() {
        return;
    }
    for seat in file.seats.iter().filter_map(At::get) {
        if let Some(id) = seat.id.get().filter(|_| seat.briefing.is_empty()) {
            check.warning(
                "missing-text",
                seat.id.span,
                format!("neither the scenario nor the seat `{id}` has a briefing"),
                "add `briefing: [\"...\"]` to the scenario or to the seat",
            );
        }
    }
}

/// How sides stand to one another at the beginning.
struct Relations<'a>(&'a Scenario);

impl Relations<'_> {
    fn share_supply(&self, one: &Key<Side>, other: &Key<Side>) -> bool {
        one == other || self.of(one, other).is_some_and(|r| r.shares_supply)
    }
    fn hostile(&self, one: &Key<Side>, other: &Key<Side>) -> bool {
        one != other && self.of(one, other).is_none_or(|r| r.hostile)
    }
    fn of(&self, one: &Key<Side>, other: &Key<Side>) -> Option<&crate::content::Relation> {
        self.0.relations.get(&(one.clone(), other.clone()))
    }
}

/// The neighbours of each sector with the length of the way.
fn ways(war: &Scenario) -> BTreeMap<&Key<Sector>, Vec<(&Key<Sector>, i64)>> {
    let mut ways: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for lane in war.map.lanes.values() {
        let (one, other) = (&lane.ends.0, &lane.ends.1);
        ways.entry(one)
            .or_default()
            .push((other, i64::from(lane.length)));
        ways.entry(other)
            .or_default()
            .push((one, i64::from(lane.length)));
    }
    ways
}

fn named<'f, T>(list: &'f [At<T>], id: impl Fn(&T) -> &Name, wanted: &str) -> Option<&'f T> {
    let all = list.iter().filter_map(At::get);
    all.into_iter()
        .find(|thing| id(thing).get().is_some_and(|id| id == wanted))
}

/// Each side that fights longer than its ships can live by themselves has a depot, and each of its forces stands on the
/// first turn where something of it comes.
fn supply(check: &mut Check<'_>, rules: &Rules, file: &file::Scenario, war: &Scenario) {
    let days = u32::try_from(rules.constants.supply_days).unwrap_or(0);
    if war.turns <= days {
        return;
    }
    let relations = Relations(war);
    let mut ways = ways(war);
    for next in ways.values_mut() {
        next.sort();
    }
    for side in war.sides.keys() {
        let depots: BTreeSet<&Key<Sector>> = war
            .map
            .sites
            .values()
            .filter(|site| {
                let kind = rules.site_kinds.get(&site.kind);
                kind.is_some_and(|kind| kind.depot && kind.supply > 0)
                    && relations.share_supply(&site.owner, side)
            })
            .map(|site| &site.sector)
            .collect();
        let has_forces = sides_of_forces(war).any(|(_, theirs)| theirs == side);
        if depots.is_empty() {
            if let Some(told) = named(&file.sides, |side| &side.id, side.as_str())
                && has_forces
            {
                check.warning(
                    "no-supply",
                    told.id.span,
                    format!("`{side}` has no depot, and its ships have supply for {days} days"),
                    "add a site that is a depot, or let another side share its supply",
                );
            }
            continue;
        }
        let lanes = lanes_from(war, &relations, side, &depots, &ways);
        for (id, force) in &war.forces {
            let theirs = war.factions.get(&force.faction);
            let theirs = theirs.and_then(|faction| war.seats.get(&faction.seat));
            if theirs.is_none_or(|seat| seat.side != *side) || force.arrives != Some(1) {
                continue;
            }
            let far = lanes.get(&force.at);
            if far.is_some_and(|lanes| delivers(rules, *lanes)) {
                continue;
            }
            let Some(told) = named(&file.forces, |force| &force.id, id.as_str()) else {
                continue;
            };
            let why = match far {
                Some(lanes) => format!("its nearest depot is {lanes} lanes away"),
                None => "no open way leads there from a depot of its side".into(),
            };
            check.warning(
                "starves-at-once",
                told.at.span,
                format!("nothing is delivered to `{id}` here: {why}"),
                "place it nearer to a depot, or add one",
            );
        }
    }
}

/// Whether anything comes over so many lanes: half at the second reach, nothing at as much again beyond.
fn delivers(rules: &Rules, lanes: i32) -> bool {
    let (full, half) = rules.constants.supply_reach;
    lanes < half + (half - full).max(1)
}

/// Lanes from the nearest depot over sectors that convoys may pass: not hostile ground, unless escorted.
fn lanes_from<'a>(
    war: &'a Scenario,
    relations: &Relations<'_>,
    side: &Key<Side>,
    depots: &BTreeSet<&'a Key<Sector>>,
    ways: &BTreeMap<&'a Key<Sector>, Vec<(&'a Key<Sector>, i64)>>,
) -> BTreeMap<&'a Key<Sector>, i32> {
    let escorted: BTreeSet<&Key<Sector>> = sides_of_forces(war)
        .filter(|(force, theirs)| force.arrives == Some(1) && relations.share_supply(theirs, side))
        .map(|(force, _)| &force.at)
        .collect();
    let open = |sector: &Key<Sector>| {
        let owner = war.map.sectors.get(sector).and_then(|s| s.owner.as_ref());
        escorted.contains(sector) || owner.is_none_or(|owner| !relations.hostile(owner, side))
    };
    let mut far: BTreeMap<&Key<Sector>, i32> = depots.iter().map(|at| (*at, 0)).collect();
    let mut front: Vec<&Key<Sector>> = depots.iter().copied().collect();
    let mut lanes = 0;
    while !front.is_empty() {
        lanes += 1;
        let mut next = Vec::new();
        for here in front {
            for (there, _) in ways.get(here).into_iter().flatten() {
                if open(there) && !far.contains_key(there) {
                    far.insert(there, lanes);
                    next.push(*there);
                }
            }
        }
        front = next;
    }
    far
}

/// What is asked of a side in a place is asked for no sooner than anybody of it can be there.
fn reach(check: &mut Check<'_>, rules: &Rules, file: &file::Scenario, war: &Scenario) {
    let mut account = Account {
        rules,
        war,
        ways: ways(war),
        turns: BTreeMap::new(),
    };
    let mut asked: Vec<(Span, &Condition, u32)> = Vec::new();
    for (id, objective) in &war.objectives {
        if let Some(told) = named(&file.objectives, |o| &o.id, id.as_str()) {
            asked.push((told.when.span, &objective.when, war.turns));
        }
    }
    for (id, event) in &war.events {
        if let Some(told) = named(&file.events, |e| &e.id, id.as_str()) {
            asked.push((told.when.span, &event.when, war.turns));
        }
    }
    let terms = file.verdict.get().map_or(&[][..], |verdict| &verdict.terms);
    for (id, term) in &war.verdict.terms {
        let Some(told) = named(terms, |t| &t.id, id.as_str()) else {
            continue;
        };
        match &term.kind {
            TermKind::Days { when, to, .. } => asked.push((told.kind.span, when, *to)),
            TermKind::If { when, .. } => asked.push((told.kind.span, when, war.turns)),
            _ => {}
        }
    }
    for (span, when, last) in asked {
        let (first, until) = account.window(when);
        if first > until.min(last) {
            check.warning(
                "out-of-reach",
                span,
                format!(
                    "nobody of whom this is asked can be there before turn {first}, and it is asked for until turn {}",
                    until.min(last)
                ),
                "give more time, or a place that is nearer",
            );
        }
    }
}

/// When each side can be where.
struct Account<'a> {
    rules: &'a Rules,
    war: &'a Scenario,
    ways: BTreeMap<&'a Key<Sector>, Vec<(&'a Key<Sector>, i64)>>,
    /// The first turn on which a side can be in each sector; one that it never reaches is missing.
    turns: BTreeMap<Key<Side>, BTreeMap<&'a Key<Sector>, u32>>,
}

impl<'a> Account<'a> {
    /// The first turn on which this may hold, and the last; neither is ever too strict.
    fn window(&mut self, when: &Condition) -> (u32, u32) {
        match when {
            Condition::From(turn) => (*turn, u32::MAX),
            Condition::Until(turn) => (1, *turn),
            Condition::Holds(side, sector) => {
                let owner = self.war.map.sectors.get(sector);
                let held = owner.is_some_and(|s| s.owner.as_ref() == Some(side));
                (if held { 1 } else { self.first(side, sector) }, u32::MAX)
            }
            Condition::Present(side, sector, _) => (self.first(side, sector), u32::MAX),
            Condition::All(parts) => parts.iter().fold((1, u32::MAX), |(first, last), part| {
                let (one, other) = self.window(part);
                (first.max(one), last.min(other))
            }),
            Condition::Any(parts) => {
                let windows: Vec<(u32, u32)> = parts.iter().map(|p| self.window(p)).collect();
                // A part that is out of reach by itself is not told: another one may hold.
                let good = windows.iter().filter(|(first, last)| first <= last);
                good.fold((u32::MAX, 0), |(first, last), (one, other)| {
                    (first.min(*one), last.max(*other))
                })
            }
            _ => (1, u32::MAX),
        }
    }

    fn first(&mut self, side: &Key<Side>, sector: &Key<Sector>) -> u32 {
        if !self.turns.contains_key(side) {
            let turns = self.spread(side);
            self.turns.insert(side.clone(), turns);
        }
        let turns = self.turns.get(side).and_then(|turns| turns.get(sector));
        turns.copied().unwrap_or(u32::MAX)
    }

    /// Out from where forces of a side begin, all as fast as the fastest.
    fn spread(&self, side: &Key<Side>) -> BTreeMap<&'a Key<Sector>, u32> {
        let war = self.war;
        let joins = war.events.values().any(|event| {
            let joins = |effect: &_| matches!(effect, crate::content::Effect::Join(..));
            event.effects.iter().any(joins)
        });
        // Where forces may change sides, any of them may be one's own.
        let ours: Vec<_> = sides_of_forces(war)
            .filter(|(_, theirs)| joins || *theirs == side)
            .map(|(force, _)| force)
            .collect();
        let speed = |class| self.rules.classes.get(class).map_or(0, |class| class.speed);
        let fastest = ours.iter().flat_map(|force| force.ships.keys().map(speed));
        let fastest = fastest.max().unwrap_or(0).max(1);
        let pace = HASTE * (i64::from(fastest) + i64::from(self.rules.constants.forced_march.0));
        let mut open = BinaryHeap::new();
        for force in ours {
            let late = i64::from(force.arrives.unwrap_or(1).max(1) - 1) * pace;
            open.push(Reverse((late, &force.at)));
        }
        for (seat, sectors) in &war.staging {
            if war.seats.get(seat).is_some_and(|seat| seat.side == *side) {
                open.extend(sectors.iter().map(|sector| Reverse((0, sector))));
            }
        }
        let mut far: BTreeMap<&Key<Sector>, i64> = BTreeMap::new();
        while let Some(Reverse((so_far, here))) = open.pop() {
            if far.get(here).is_some_and(|known| *known <= so_far) {
                continue;
            }
            far.insert(here, so_far);
            for (there, length) in self.ways.get(here).into_iter().flatten() {
                open.push(Reverse((so_far + length, *there)));
            }
        }
        let turn = |far: i64| {
            u32::try_from((far + pace - 1) / pace)
                .unwrap_or(u32::MAX)
                .max(1)
        };
        far.into_iter().map(|(at, far)| (at, turn(far))).collect()
    }
}
