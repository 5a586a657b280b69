//! Leaving the field: along an open lane, towards where one came from or home; pursued if broken; taken if cut off.

use std::collections::BTreeSet;

use crate::{
    content::{Force, Key, Sector, Side, Stat},
    sim::{
        casualty::Ledger,
        field::Field,
        fire::damage,
        journal::{Cause, What},
        roster::{Unit, Units},
        state::Place,
        stats::Bearer,
        theatre::{Theatre, hostiles_in},
    },
};

/// Share of a retreating force's cripples that is left to the enemy, permille.
pub(super) const LEFT_BEHIND: i64 = 500;

/// Forces leave by up to `lanes` lanes. A force on a lane turns back to where it came from. Where no lane is open
/// it stays, and its cripples are taken. True if all of them got away.
pub(super) fn withdraw(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    forces: &BTreeSet<Key<Force>>,
    lanes: i32,
    by: &Key<Side>,
    left: i64,
) -> bool {
    let mut all = true;
    for id in forces {
        let Some(unit) = units.get(id).cloned() else {
            continue;
        };
        let from = unit.place.clone();
        let mut at = from.clone();
        for _ in 0..lanes.max(1) {
            let Some(next) = way_out(t, field, units, &unit, &at) else {
                break;
            };
            at = Place::Sector(next);
        }
        let Some(moved) = units.get_mut(id) else {
            continue;
        };
        if at == from {
            all = false;
            if by != unit.side() {
                take(t, field, units, id, by, 1000);
            }
            continue;
        }
        moved.bearing.came_from = Some(from.sector().clone());
        moved.bearing.held = 0;
        moved.place = at.clone();
        // Marches towards the place just lost are off.
        moved.standing.queue.clear();
        let side = moved.side().clone();
        let what = What::Retreated {
            force: id.clone(),
            from,
            to: at.sector().clone(),
        };
        t.tell_sides([&side, by], what);
        if *by != side && left > 0 {
            take(t, field, units, id, by, left);
        }
    }
    all
}

/// The next sector on the way out: where a standing order says, back where it came from for whoever attacks,
/// else the next on the shortest way home on which no hostile force is known to stand; else any open neighbour.
/// What stands next door is seen on the way; what stands beyond is only what the seat believes.
fn way_out(
    t: &Theatre,
    field: &Field,
    units: &Units,
    unit: &Unit,
    at: &Place,
) -> Option<Key<Sector>> {
    let here = match at {
        Place::Lane { from, .. } => return Some(from.clone()),
        Place::Sector(sector) => sector,
    };
    let believed: BTreeSet<Key<Sector>> = t
        .knowledge()
        .get(&unit.belongs.seat)
        .into_iter()
        .flat_map(|k| k.contacts.values())
        .filter(|c| field.hostile(unit.side(), &c.side))
        .map(|c| c.place.sector().clone())
        .collect();
    let open = |s: &Key<Sector>| {
        if field.graph.adjacent(here, s) {
            hostiles_in(field, units, unit.side(), s).next().is_none()
        } else {
            !believed.contains(s)
        }
    };
    if let Some((along, _)) = &unit.standing.fall_back {
        let next = match along.iter().position(|s| s == here) {
            Some(i) => along.get(i + 1),
            None => along.iter().find(|s| field.graph.adjacent(here, s)),
        };
        if let Some(next) = next
            && field.graph.adjacent(here, next)
            && open(next)
        {
            return Some(next.clone());
        }
    }
    let attacks = field
        .rules
        .stances
        .get(&unit.bearing.stance)
        .is_some_and(|s| s.family == crate::content::Family::Attack);
    if attacks
        && let Some(back) = &unit.bearing.came_from
        && field.graph.adjacent(here, back)
        && open(back)
    {
        return Some(back.clone());
    }
    let home = field
        .scenario
        .seats
        .get(&unit.belongs.seat)
        .map_or(&[][..], |s| s.home.as_slice());
    let way = |goal: &Key<Sector>| {
        field
            .graph
            .path(here, goal, |_, edge| open(&edge.to).then_some(edge.length))
    };
    let best = home
        .iter()
        .filter(|h| *h != here)
        .filter_map(|h| way(h).map(|p| (p.len(), p)))
        .min()
        .and_then(|(_, path)| path.get(1).cloned());
    best.or_else(|| {
        field
            .graph
            .from(here)
            .iter()
            .map(|e| &e.to)
            .find(|s| open(s))
            .cloned()
    })
}

/// Some of a force's cripples are taken.
fn take(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    id: &Key<Force>,
    by: &Key<Side>,
    permille: i64,
) {
    let turn = t.clock.turn;
    let Some(unit) = units.get_mut(id) else {
        return;
    };
    let mut dice = field.dice(turn, "battle.cripples", id.as_str());
    let before = unit.strength(&field.rules);
    let mut hulls = 0;
    for squadron in &mut unit.ships.0 {
        let taken = dice.share(i64::from(squadron.crippled), permille, 1000);
        let taken = i32::try_from(taken).unwrap_or(0).min(squadron.crippled);
        squadron.crippled -= taken;
        hulls += taken;
    }
    unit.ships.0.retain(|s| s.fit + s.crippled > 0);
    if hulls == 0 {
        return;
    }
    let hp = before - unit.strength(&field.rules);
    let place = unit.place.clone();
    let unit = unit.clone();
    let mut tallies = t.tallies();
    let mut ledger = Ledger {
        field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut tallies,
    };
    ledger.captured(&unit, by, hulls, hp, &place);
    t.put_tallies(tallies);
}

/// A broken force is overtaken: part of another bout, without an answer.
pub(super) fn pursue(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    winners: &BTreeSet<Key<Force>>,
    losers: &BTreeSet<Key<Force>>,
    place: &Place,
) {
    let rules = &field.rules;
    let turn = t.clock.turn;
    let fastest = |ids: &BTreeSet<Key<Force>>| {
        ids.iter()
            .filter_map(|k| units.get(k))
            .map(|u| crate::sim::state::speed(rules, &u.ships.0))
            .max()
    };
    // Nobody overtakes the faster.
    if fastest(winners) < fastest(losers) {
        return;
    }
    let tempers = t.tempers();
    let stat = |u: &Unit, stat: Stat| {
        let terrain = crate::sim::theatre::terrain_at(field, place);
        Bearer::unit(rules, u, terrain, tempers.get(u.side()))
            .stat(stat, 1000, 0, 10_000)
            .value()
    };
    let strength: i64 = winners
        .iter()
        .filter_map(|k| units.get(k))
        .map(|u| u.strength(rules) * stat(u, Stat::Pursuit) / 1000)
        .sum();
    let whole: i64 = losers
        .iter()
        .filter_map(|k| units.get(k))
        .map(|u| u.strength(rules))
        .sum();
    let fire = strength * i64::from(rules.constants.bout_rate) / 1000
        * i64::from(rules.constants.pursuit)
        / 1000;
    let mut told = BTreeSet::new();
    for side in winners.iter().filter_map(|k| units.get(k)).map(Unit::side) {
        told.extend(field.watchers(side));
    }
    let mut tallies = t.tallies();
    for id in losers {
        let Some(unit) = units.get_mut(id) else {
            continue;
        };
        let mut dice = field.dice(turn, "battle.pursuit", id.as_str());
        let hp =
            dice.share(fire, unit.strength(rules), whole.max(1)) * stat(unit, Stat::Pursued) / 1000;
        let losses = damage::spread(
            rules,
            &mut unit.ships.0,
            hp,
            damage::Aimed::ANYWHERE,
            &mut dice,
        );
        let mut ledger = Ledger {
            field,
            journal: &mut t.journal,
            story: &mut t.story,
            tallies: &mut tallies,
        };
        ledger.book(unit, &losses, &Cause::Pursuit, place, &told, &mut dice);
    }
    t.put_tallies(tallies);
}
