//! Phase 5: wherever hostile forces met they fight, as many sides as are there. The fight itself is `fight.rs`, a pure
//! rule; this file finds who meets whom, books the losses and settles the ground.

pub mod fight;
pub(in crate::sim) mod retreat;
mod spoils;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::fight::{Fight, Outcome, Party, power, resolve};
use super::{
    around::{Around, in_sector},
    casualty::Ledger,
    field::Field,
    journal::{self, Cause, GroundResult, What, Witnesses},
    roster::{Stations, Unit, Units},
    state::{Holding, Place},
    theatre::{Theatre, terrain_at},
    turn::{Phase, Turn},
    values::{Controls, Tallies, Tempers},
};
use crate::content::{Force, Key, Seat, Sector, Side, Site};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (battles, spoils::captives, settle)
            .chain()
            .in_set(Phase::Battle),
    );
}

/// What all battles of a turn share beside the forces.
struct Melee {
    tempers: Tempers,
    tallies: Tallies,
    control: Controls,
    /// Sites by the sector they stand in.
    sites: BTreeMap<Key<Sector>, Vec<(Key<Site>, Arc<Holding>)>>,
    /// Who stood where before the first battle.
    stations: Arc<Stations>,
    /// Who left a battle for another sector, by its number.
    withdrawn: BTreeMap<usize, Vec<usize>>,
    /// Sectors, by number, where a seat believes hostile forces to be.
    believed: BTreeMap<Key<Seat>, Vec<bool>>,
}

impl Melee {
    /// Who is in a sector or nearest to it now; whoever came back to it is named twice.
    fn here(&self, field: &Field, units: &Units, sector: usize) -> impl Iterator<Item = usize> {
        let came = self.withdrawn.get(&sector).into_iter().flatten().copied();
        let all = self.stations.at(sector).chain(came);
        all.filter(move |n| units.post(field, *n).at == sector)
    }

    /// Whether anybody hostile to a side is in a sector now, both by number.
    fn holds_hostiles(&self, field: &Field, units: &Units, side: usize, sector: usize) -> bool {
        self.here(field, units, sector).any(|n| {
            let post = units.post(field, n);
            post.in_sector && field.relations.hostile(side, post.side) && !units.nth(n).is_gone()
        })
    }
}

fn battles(mut t: Theatre) {
    let field = t.field.clone();
    let mut units = t.roster.gather();
    let stations = units.stations(&field);
    let hostile = |units: &Units, ids: &[usize]| {
        let sides: BTreeSet<usize> = ids.iter().map(|n| units.post(&field, *n).side).collect();
        let mut pairs = sides
            .iter()
            .flat_map(|a| sides.iter().map(move |b| (*a, *b)));
        pairs.any(|(a, b)| field.relations.hostile(a, b))
    };
    let mut spots: Vec<Vec<usize>> = Vec::new();
    for sector in stations.taken() {
        let here = stations.at(sector);
        let ids: Vec<usize> = here.filter(|n| units.post(&field, *n).in_sector).collect();
        if ids.len() > 1 && hostile(&units, &ids) {
            spots.push(ids);
        }
    }
    for (lane, met) in &t.scratch.met {
        let there = met
            .iter()
            .filter_map(|k| units.position(k))
            .filter(|n| matches!(&units.nth(*n).place, Place::Lane { lane: on, .. } if on == lane));
        let ids: Vec<usize> = there.collect();
        if hostile(&units, &ids) {
            spots.push(ids);
        }
    }
    let mut sites: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (site, holding) in t.holdings().shared() {
        let there = sites.entry(holding.sector.clone()).or_default();
        there.push((site.clone(), holding.clone()));
    }
    let mut melee = Melee {
        tempers: t.tempers(),
        tallies: t.tallies(),
        control: t.control(),
        sites,
        stations,
        withdrawn: BTreeMap::new(),
        believed: BTreeMap::new(),
    };
    for ids in spots {
        battle(&mut t, &field, &mut units, &mut melee, &ids);
    }
    t.put_tallies(melee.tallies);
    t.roster.apply(units);
}

/// Fights at one spot, and settles who leaves.
fn battle(t: &mut Theatre, field: &Field, units: &mut Units, melee: &mut Melee, ids: &[usize]) {
    let turn = t.clock.turn;
    let mut by_side: BTreeMap<Key<Side>, Vec<Unit>> = BTreeMap::new();
    for unit in ids.iter().map(|n| units.nth(*n)) {
        by_side
            .entry(unit.side().clone())
            .or_default()
            .push(unit.clone());
    }
    evade(t, field, units, melee, &mut by_side);
    let sides: Vec<Key<Side>> = by_side.keys().cloned().collect();
    let mut hostile = Vec::new();
    for (i, a) in sides.iter().enumerate() {
        for (j, b) in sides.iter().enumerate().skip(i + 1) {
            if field.hostile(a, b) {
                hostile.push((i, j));
            }
        }
    }
    if hostile.is_empty() {
        return;
    }
    let Some(sector) = by_side
        .values()
        .flatten()
        .next()
        .map(|u| u.place.sector().clone())
    else {
        return;
    };
    let here: Units = by_side
        .values()
        .flatten()
        .map(|u| (u.id.clone(), u.clone()))
        .collect();
    let sites = melee.sites.get(&sector);
    let sites = sites.into_iter().flatten();
    let sites = sites.map(|(site, holding)| (site, &**holding));
    let on_lane = by_side
        .values()
        .flatten()
        .any(|u| u.place.in_sector().is_none());
    let around = |side: &Key<Side>| {
        if on_lane {
            Around::default()
        } else {
            in_sector(
                field,
                turn,
                side,
                &sector,
                &here,
                &melee.control,
                sites.clone(),
            )
        }
    };
    supporters(field, units, melee, &hostile, &sides, &sector, &mut by_side);
    let parties: Vec<Party> = by_side
        .into_iter()
        .map(|(side, units)| Party {
            around: Around {
                prongs: prongs(t, &units),
                ..around(&side)
            },
            entered: units.iter().any(|u| t.scratch.entered.contains(&u.id)),
            fire_loss: units
                .iter()
                .filter_map(|u| t.scratch.fire_loss.get(&u.id))
                .sum(),
            temper: melee.tempers.get(&side).cloned().unwrap_or_default(),
            side,
            units,
        })
        .collect();
    let Some(place) = parties
        .first()
        .and_then(|p| p.units.first())
        .map(|u| u.place.clone())
    else {
        return;
    };
    let terrain = terrain_at(field, &place).cloned();
    t.tell_sides(
        &sides,
        What::Met {
            place: place.clone(),
            parties: sides.clone(),
        },
    );
    let first = parties
        .iter()
        .flat_map(|p| &p.units)
        .map(|u| &u.id)
        .min()
        .cloned();
    let subject = first.map_or_else(String::new, |f| f.to_string());
    let mut dice = field.dice(turn, "battle", &subject);
    let outcome = resolve(
        &field.rules,
        Fight {
            terrain,
            parties,
            hostile,
        },
        &mut dice,
    );
    book(t, field, units, melee, &outcome, &place, &sides);
    ground(t, field, units, melee, &outcome, &place);
}

/// From how many sectors those who came in this turn came.
fn prongs(t: &Theatre, units: &[Unit]) -> i32 {
    let ways: BTreeSet<&Key<Sector>> = units
        .iter()
        .filter(|u| t.scratch.entered.contains(&u.id))
        .filter_map(|u| u.bearing.came_from.as_ref())
        .collect();
    i32::try_from(ways.len()).unwrap_or(i32::MAX)
}

/// Forces next door whose posture says so fight along, from where they are.
fn supporters(
    field: &Field,
    units: &Units,
    melee: &Melee,
    hostile: &[(usize, usize)],
    sides: &[Key<Side>],
    sector: &Key<Sector>,
    by_side: &mut BTreeMap<Key<Side>, Vec<Unit>>,
) {
    let fights = |side: &Key<Side>| {
        let pairs = hostile.iter();
        pairs
            .flat_map(|(a, b)| [a, b])
            .any(|i| sides.get(*i) == Some(side))
    };
    let Some(at) = field.graph.number(sector) else {
        return;
    };
    let next_door = field.graph.ways(at).iter().map(|way| way.to);
    let beside: BTreeSet<usize> = next_door
        .flat_map(|at| melee.here(field, units, at))
        .collect();
    for n in beside {
        let (unit, post) = (units.nth(n), units.post(field, n));
        let supports = unit
            .bearing
            .posture
            .as_ref()
            .and_then(|p| field.rules.postures.get(p))
            .is_some_and(|p| p.supports);
        if !supports || !post.in_sector || !fights(unit.side()) {
            continue;
        }
        // Whoever has an enemy of his own in his place is busy.
        let busy = melee.here(field, units, post.at).any(|other| {
            let other_side = units.post(field, other).side;
            units.nth(other).place == unit.place && field.relations.hostile(post.side, other_side)
        });
        if !busy && let Some(party) = by_side.get_mut(unit.side()) {
            party.push(unit.clone());
        }
    }
}

/// Forces that keep off battles leave, if any of their lanes is open, before it begins.
fn evade(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    melee: &mut Melee,
    by_side: &mut BTreeMap<Key<Side>, Vec<Unit>>,
) {
    let evaders: Vec<Unit> = by_side
        .values()
        .flatten()
        .filter(|u| {
            u.bearing
                .posture
                .as_ref()
                .and_then(|p| field.rules.postures.get(p))
                .is_some_and(|p| p.evades)
        })
        .cloned()
        .collect();
    for unit in evaders {
        let side = unit.side().clone();
        if !by_side.keys().any(|other| field.hostile(&side, other)) {
            continue;
        }
        let friends: BTreeSet<Key<Force>> = BTreeSet::from([unit.id.clone()]);
        if retreat::withdraw(t, field, units, melee, &friends, 1, &side, 0) {
            if let Some(party) = by_side.get_mut(&side) {
                party.retain(|u| u.id != unit.id);
            }
            by_side.retain(|_, units| !units.is_empty());
        }
    }
}

fn book(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    melee: &mut Melee,
    outcome: &Outcome,
    place: &Place,
    sides: &[Key<Side>],
) {
    let mut told = Witnesses::default();
    for side in sides {
        told.join(&field.watchers(side));
    }
    let turn = t.clock.turn;
    for party in &outcome.parties {
        for unit in &party.units {
            t.scratch.fought.insert(unit.id.clone());
            units.insert(unit.id.clone(), unit.clone());
        }
    }
    let longest = outcome.losses.iter().map(|l| l.bout).max().unwrap_or(0);
    for bout in 1..=longest {
        let mut dealt: BTreeMap<Key<Side>, i64> = BTreeMap::new();
        for loss in outcome.losses.iter().filter(|l| l.bout == bout) {
            let hp: i64 = loss.losses.iter().map(|l| l.hp).sum();
            *dealt
                .entry(outcome.parties[loss.who.0].side.clone())
                .or_default() += hp;
        }
        t.journal.tell(
            &told,
            What::Bout {
                place: place.clone(),
                bout,
                dealt,
            },
        );
        let mut ledger = Ledger {
            field,
            journal: &mut t.journal,
            story: &mut t.story,
            tallies: &mut melee.tallies,
        };
        for loss in outcome.losses.iter().filter(|l| l.bout == bout) {
            let id = &outcome.parties[loss.who.0].units[loss.who.1].id;
            let Some(unit) = units.get_mut(id) else {
                continue;
            };
            let mut dice = field.dice(turn, "battle.flagship", &format!("{id}/{bout}"));
            // Whether anything floats is asked once, after the last bout that hit it.
            let last = !outcome
                .losses
                .iter()
                .any(|l| l.who == loss.who && l.bout > bout);
            if last {
                ledger.book(
                    unit,
                    &loss.losses,
                    &Cause::Bout(bout),
                    place,
                    &told,
                    &mut dice,
                );
            } else {
                let mut floating = unit.clone();
                if floating.is_gone() {
                    floating.ships.0.push(super::view::Squadron {
                        class: loss.losses[0].class.clone(),
                        fit: 1,
                        crippled: 0,
                        wounds: 0,
                    });
                }
                let ships = std::mem::take(&mut unit.ships);
                ledger.book(
                    &mut floating,
                    &loss.losses,
                    &Cause::Bout(bout),
                    place,
                    &told,
                    &mut dice,
                );
                unit.crew = floating.crew;
                unit.command = floating.command;
                unit.ships = ships;
            }
        }
    }
    for (party, force) in &outcome.lured {
        let id = outcome.parties[*party].units[*force].id.clone();
        t.scratch.lured.insert(id.clone());
        if let Some(unit) = units.get_mut(&id) {
            unit.crew.readiness = (unit.crew.readiness - field.rules.constants.bait_strain).max(0);
        }
        t.journal.tell(
            &told,
            What::Lured {
                force: id,
                place: place.clone(),
            },
        );
    }
}

/// Who keeps the place: those who lost it in any of their fights leave.
fn ground(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    melee: &mut Melee,
    outcome: &Outcome,
    place: &Place,
) {
    for pair in &outcome.pairs {
        let report = |i: usize, stance| {
            let party = &outcome.parties[i];
            journal::Party {
                side: party.side.clone(),
                forces: party.units.iter().map(|u| u.id.clone()).collect(),
                stance,
                strength: outcome.before[i],
                lost: outcome.before[i] - power(&field.rules, party),
            }
        };
        let (a, d) = (
            &outcome.parties[pair.attacker],
            &outcome.parties[pair.defender],
        );
        let what = What::Battle {
            place: place.clone(),
            attacker: report(pair.attacker, pair.stances.0.clone()),
            defender: report(pair.defender, pair.stances.1.clone()),
            bouts: pair.bouts,
            ground: pair.ground,
        };
        t.tell_sides([&a.side, &d.side], what);
    }
    for pair in &outcome.pairs {
        let (winner, loser, lanes) = if pair.yields > 0 {
            (pair.attacker, pair.defender, pair.yields)
        } else {
            (pair.defender, pair.attacker, 1)
        };
        let ids = |i: usize| -> BTreeSet<Key<Force>> {
            outcome.parties[i]
                .units
                .iter()
                .map(|u| u.id.clone())
                .filter(|k| {
                    units
                        .get(k)
                        .is_some_and(|u| !u.is_gone() && same_spot(&u.place, place))
                })
                .collect()
        };
        let (winners, losers) = (ids(winner), ids(loser));
        if pair.yields == 0 {
            let hold = field
                .rules
                .stances
                .get(&pair.stances.1)
                .and_then(|s| s.holds.as_ref());
            let fixed = field
                .rules
                .stances
                .get(&pair.stances.1)
                .is_some_and(|s| s.fixed);
            for id in &winners {
                let Some(unit) = units.get_mut(id) else {
                    continue;
                };
                unit.bearing.held += 1;
                if let Some(hold) = hold
                    && pair.ground == GroundResult::Held
                {
                    unit.crew.readiness = (unit.crew.readiness - hold.readiness).max(0);
                }
                if fixed {
                    t.scratch.stood.insert(id.clone());
                }
            }
        }
        if losers.is_empty() || winners.is_empty() {
            continue;
        }
        let by = outcome.parties[winner].side.clone();
        let overtaken = pair.yields > 0
            && matches!(pair.ground, GroundResult::Broken | GroundResult::BrokenOff);
        if overtaken {
            let chase = (&by, place);
            retreat::pursue(t, field, units, melee, &winners, &losers, chase);
        }
        let losers: BTreeSet<Key<Force>> = losers
            .into_iter()
            .filter(|k| units.get(k).is_some_and(|u| !u.is_gone()))
            .collect();
        spoils::board(t, field, units, melee, &winners, &losers, place);
        let losers: BTreeSet<Key<Force>> = losers
            .into_iter()
            .filter(|k| units.get(k).is_some_and(|u| !u.is_gone()))
            .collect();
        // Attackers who go back bring their cripples home; whoever is driven off leaves some.
        let left = if pair.yields > 0 {
            retreat::LEFT_BEHIND
        } else {
            0
        };
        retreat::withdraw(t, field, units, melee, &losers, lanes, &by, left);
    }
}

/// Whether two places are one field of battle: the same sector, or the same lane whichever way one faces.
fn same_spot(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Sector(a), Place::Sector(b)) => a == b,
        (Place::Lane { lane: a, .. }, Place::Lane { lane: b, .. }) => a == b,
        _ => false,
    }
}

/// Crews after a day's battle; what guns have fixed; who is in disorder.
fn settle(mut t: Theatre) {
    let field = t.field.clone();
    let mut units = t.roster.gather();
    let scratch = std::mem::take(&mut *t.scratch);
    let mut touched: BTreeMap<Key<Side>, BTreeSet<Key<Force>>> = BTreeMap::new();
    let fought = units.among(&scratch.fought);
    let stations = units.stations(&field);
    for n in (0..units.len()).filter(|n| fought[*n]) {
        let post = units.post(&field, n);
        if post.at >= field.graph.len() {
            continue;
        }
        let ways = field.graph.ways(post.at).iter().map(|w| w.to);
        for other in ways.chain([post.at]).flat_map(|at| stations.at(at)) {
            if field
                .relations
                .hostile(post.side, units.post(&field, other).side)
                && fought[other]
            {
                touched
                    .entry(units.nth(n).side().clone())
                    .or_default()
                    .insert(units.nth(other).id.clone());
            }
        }
    }
    let (stood, lured) = (units.among(&scratch.stood), units.among(&scratch.lured));
    for n in 0..units.len() {
        let unit = units.nth(n);
        let (fought, fixed, lured) = (fought[n], stood[n], lured[n]);
        let held = if fought { unit.bearing.held } else { 0 };
        let is = &unit.bearing;
        if (is.fought, is.fixed, is.lured, is.held) != (fought, fixed, lured, held) {
            let is = &mut units.nth_mut(n).bearing;
            (is.fought, is.fixed, is.lured, is.held) = (fought, fixed, lured, held);
        }
    }
    *t.scratch = scratch;
    t.scratch.touched = touched;
    t.roster.apply(units);
}
