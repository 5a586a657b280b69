//! The scenario as a seat may suppose it: sides, seats and what each is asked to do, from its view alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{faction_of, seat_of};
use crate::{
    content::{
        Condition, Faction, Inherits, Key, Objective, Relation, Scenario, Seat, Sector, Side, With,
    },
    sim::view::SeatView,
};

/// What the seat knows of the scenario, with others asked to prevent what it is asked to do.
pub(super) fn scenario(view: &SeatView) -> Scenario {
    let sides = view.sides.iter().map(|(key, name)| {
        let side = crate::content::Side {
            name: name.clone(),
            short: view.shorts.get(key).cloned().unwrap_or_default(),
        };
        (key.clone(), side)
    });
    let seat = |side: &Key<Side>, home: Vec<Key<Sector>>| Seat {
        name: String::new(),
        side: side.clone(),
        briefing: Vec::new(),
        home,
        temper: None,
    };
    let mut seats: BTreeMap<Key<Seat>, Seat> = BTreeMap::new();
    seats.insert(view.seat.clone(), seat(&view.side, view.home.clone()));
    for side in view.sides.keys() {
        seats.insert(seat_of(view, side, false), seat(side, homes(view, side)));
    }
    let factions = seats.keys().map(|seat| {
        let faction = Faction {
            name: String::new(),
            seat: seat.clone(),
            traits: Vec::new(),
        };
        (faction_of(seat), faction)
    });
    Scenario {
        id: Key::new("?"),
        title: String::new(),
        summary: String::new(),
        briefing: Vec::new(),
        campaign: String::new(),
        calendar: view.calendar.clone(),
        turns: view.turns,
        map: (*view.map).clone(),
        sides: sides.collect(),
        factions: factions.collect(),
        seats,
        relations: relations(view),
        staging: BTreeMap::from([(view.seat.clone(), view.staging.clone())]),
        forces: BTreeMap::new(),
        events: BTreeMap::new(),
        pacts: BTreeMap::new(),
        objectives: objectives(view),
        verdict: (*view.verdict).clone(),
        with: With::default(),
        inherits: Inherits::default(),
        guide: None,
    }
}

/// Where a foreign side comes from, as far as can be told: where it has depots.
fn homes(view: &SeatView, side: &Key<Side>) -> Vec<Key<Sector>> {
    let depots = view.sites.iter().filter(|(key, site)| {
        let kind = view.map.sites.get(*key).map(|s| &s.kind);
        let kind = kind.and_then(|k| view.rules.site_kinds.get(k));
        site.owner == *side && kind.is_some_and(|k| k.supply > 0)
    });
    let mut homes: Vec<Key<Sector>> = depots.map(|(_, site)| site.sector.clone()).collect();
    homes.sort();
    homes.dedup();
    homes
}

/// How sides stand: as the seat's own side does to each; who is hostile to it is not taken to fight among themselves.
fn relations(view: &SeatView) -> BTreeMap<(Key<Side>, Key<Side>), Relation> {
    let hostile = |side: &Key<Side>| view.hostile.contains(side);
    let shows: BTreeSet<&Key<Side>> = view.forces.values().map(|f| &f.side).collect();
    let mut all = BTreeMap::new();
    let sides: Vec<&Key<Side>> = view.sides.keys().collect();
    for (n, a) in sides.iter().enumerate() {
        for b in &sides[n + 1..] {
            let other = match (**a == view.side, **b == view.side) {
                (true, _) => Some(*b),
                (_, true) => Some(*a),
                _ => None,
            };
            let relation = match other {
                Some(other) => Relation {
                    hostile: hostile(other),
                    shares_sensors: shows.contains(other),
                    shares_supply: view.friends.contains(other),
                },
                None => Relation {
                    hostile: hostile(a) != hostile(b),
                    shares_sensors: false,
                    shares_supply: false,
                },
            };
            all.insert(((*a).clone(), (*b).clone()), relation);
        }
    }
    all
}

/// The seat's own objectives, and for each hostile side their contraries: what is to be kept is to be taken from it.
fn objectives(view: &SeatView) -> BTreeMap<Key<Objective>, Objective> {
    let mut all = BTreeMap::new();
    for (key, objective) in &view.objectives {
        let own = Objective {
            name: String::new(),
            side: view.side.clone(),
            when: objective.when.clone(),
            lasting: false,
        };
        all.insert(key.clone(), own);
        for side in &view.hostile {
            let contrary = Objective {
                name: String::new(),
                side: side.clone(),
                when: contrary(&objective.when, &view.side, side),
                lasting: false,
            };
            all.insert(Key::new(format!("?{side}/{key}")), contrary);
        }
    }
    all
}

/// What a hostile side wants where a condition is asked: places for itself instead, all else the other way round.
fn contrary(when: &Condition, own: &Key<Side>, foe: &Key<Side>) -> Condition {
    match when {
        Condition::Holds(side, sector) if side == own => {
            Condition::Holds(foe.clone(), sector.clone())
        }
        Condition::Owns(side, site) if side == own => Condition::Owns(foe.clone(), site.clone()),
        Condition::Present(side, sector, _) if side == own => {
            Condition::Holds(foe.clone(), sector.clone())
        }
        Condition::Not(inner) => (**inner).clone(),
        Condition::All(all) => Condition::Any(all.iter().map(|c| contrary(c, own, foe)).collect()),
        Condition::Any(any) => Condition::All(any.iter().map(|c| contrary(c, own, foe)).collect()),
        Condition::From(_) | Condition::Until(_) | Condition::Always => when.clone(),
        other => Condition::Not(Box::new(other.clone())),
    }
}
