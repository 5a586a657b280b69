//! Leaving the field: along an open lane, towards where one came from or home; pursued if broken; taken if cut off.

use std::collections::BTreeSet;

use super::Melee;
use crate::{
    content::{Force, Key, Rules, Sector, Side, Stat, Terrain},
    sim::{
        casualty::Ledger,
        field::Field,
        fire::damage,
        journal::{Cause, What, Witnesses},
        roster::{Unit, Units},
        state::Place,
        stats::{Bearer, Temper},
        theatre::Theatre,
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
    melee: &mut Melee,
    forces: &BTreeSet<Key<Force>>,
    lanes: i32,
    by: &Key<Side>,
    left: i64,
) -> bool {
    let mut all = true;
    for id in forces {
        let Some(number) = units.position(id) else {
            continue;
        };
        let from = units.nth(number).place.clone();
        let mut at = from.clone();
        for _ in 0..lanes.max(1) {
            let Some(next) = way_out(t, field, units, melee, number, &at) else {
                break;
            };
            at = Place::Sector(next);
        }
        if at == from {
            all = false;
            if by != units.nth(number).side() {
                take(t, field, units, melee, number, by, 1000);
            }
            continue;
        }
        if let Some(sector) = field.graph.number(at.sector()) {
            melee.withdrawn.entry(sector).or_default().push(number);
        }
        let moved = units.nth_mut(number);
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
            take(t, field, units, melee, number, by, left);
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
    melee: &mut Melee,
    force: usize,
    at: &Place,
) -> Option<Key<Sector>> {
    let here = match at {
        Place::Lane { from, .. } => return Some(from.clone()),
        Place::Sector(sector) => sector,
    };
    let graph = &field.graph;
    let (unit, side) = (units.nth(force), units.post(field, force).side);
    let seat = &unit.belongs.seat;
    if !melee.believed.contains_key(seat) {
        let mut believed = vec![false; graph.len()];
        let known = t.known(seat).into_iter().flat_map(|k| k.contacts.values());
        for contact in known.filter(|c| field.hostile(unit.side(), &c.side)) {
            if let Some(at) = graph.number(contact.place.sector()) {
                believed[at] = true;
            }
        }
        melee.believed.insert(seat.clone(), believed);
    }
    let (melee, believed) = (&*melee, &melee.believed[seat]);
    let from = graph.number(here)?;
    let beside = |at: usize| graph.ways(from).iter().any(|w| w.to == at);
    let open_by = |at: usize| {
        if beside(at) {
            !melee.holds_hostiles(field, units, side, at)
        } else {
            !believed[at]
        }
    };
    let open = |s: &Key<Sector>| graph.number(s).is_some_and(open_by);
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
        let goal = graph.number(goal)?;
        // If the shortest way of all is open it is the one; only else has it to be searched.
        let shortest = graph.shortest_by(from, goal)?;
        if shortest[1..].iter().all(|at| open_by(*at)) {
            return Some(shortest);
        }
        graph.path_by(from, goal, |at, i| {
            let way = graph.ways(at)[i];
            open_by(way.to).then_some(way.length)
        })
    };
    let best = home
        .iter()
        .filter(|h| *h != here)
        .filter_map(|h| way(h).map(|p| (p.len(), p)))
        .min()
        .and_then(|(_, path)| path.get(1).map(|n| graph.name(*n).clone()));
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
    melee: &mut Melee,
    force: usize,
    by: &Key<Side>,
    permille: i64,
) {
    let turn = t.clock.turn;
    let unit = units.nth_mut(force);
    let mut dice = field.dice(turn, "battle.cripples", unit.id.as_str());
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
    let mut ledger = Ledger {
        field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut melee.tallies,
    };
    ledger.captured(&unit, by, hulls, hp, &place);
}

/// Hit points of fire that whoever has broken others gets in on them as they run; none if they are faster.
fn chase(
    rules: &Rules,
    chasers: &[Unit],
    chased: &[Unit],
    pursuit: impl Fn(&Unit) -> i64,
) -> Option<i64> {
    let fastest = |units: &[Unit]| {
        let speeds = units
            .iter()
            .map(|u| crate::sim::state::speed(rules, &u.ships.0));
        speeds.max()
    };
    if fastest(chasers) < fastest(chased) {
        return None;
    }
    let strength: i64 = chasers
        .iter()
        .map(|u| u.strength(rules) * pursuit(u) / 1000)
        .sum();
    let bout = strength * i64::from(rules.constants.bout_rate) / 1000;
    Some(bout * i64::from(rules.constants.pursuit) / 1000)
}

/// A force's rate for pursuit, permille.
fn rate(
    rules: &Rules,
    unit: &Unit,
    stat: Stat,
    terrain: Option<&Key<Terrain>>,
    temper: Option<&Temper>,
) -> i64 {
    Bearer::unit(rules, unit, terrain, temper)
        .stat(stat, 1000, 0, 10_000)
        .value()
}

/// What those who are driven off lose on their way on the mean, hit points: overtaken, if they were broken, and by the
/// cripples that they leave behind.
pub(in crate::sim) fn toll(
    rules: &Rules,
    winners: &[Unit],
    losers: &[Unit],
    broken: bool,
    terrain: Option<&Key<Terrain>>,
    tempers: (Option<&Temper>, Option<&Temper>),
) -> i64 {
    let pursuit = |u: &Unit| rate(rules, u, Stat::Pursuit, terrain, tempers.0);
    let fire = match broken {
        true => chase(rules, winners, losers, pursuit).unwrap_or(0),
        false => 0,
    };
    let whole: i64 = losers.iter().map(|u| u.strength(rules)).sum();
    let each = losers.iter().map(|unit| {
        let strength = unit.strength(rules);
        let pursued = rate(rules, unit, Stat::Pursued, terrain, tempers.1);
        let hit = (fire * strength / whole.max(1) * pursued / 1000).min(strength);
        let mut without = unit.clone();
        for squadron in &mut without.ships.0 {
            squadron.crippled = 0;
        }
        hit + (strength - hit).min(strength - without.strength(rules)) * LEFT_BEHIND / 1000
    });
    each.sum()
}

/// A broken force is overtaken: part of another bout, without an answer.
pub(super) fn pursue(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    melee: &mut Melee,
    winners: &BTreeSet<Key<Force>>,
    losers: &BTreeSet<Key<Force>>,
    (by, place): (&Key<Side>, &Place),
) {
    let rules = &field.rules;
    let turn = t.clock.turn;
    let tempers = melee.tempers.clone();
    let terrain = crate::sim::theatre::terrain_at(field, place);
    let stat = |u: &Unit, stat: Stat| rate(rules, u, stat, terrain, tempers.get(u.side()));
    let all = |ids: &BTreeSet<Key<Force>>| -> Vec<Unit> {
        ids.iter().filter_map(|k| units.get(k)).cloned().collect()
    };
    let (chasers, chased) = (all(winners), all(losers));
    let Some(fire) = chase(rules, &chasers, &chased, |u| stat(u, Stat::Pursuit)) else {
        return;
    };
    let whole: i64 = chased.iter().map(|u| u.strength(rules)).sum();
    let mut told = Witnesses::default();
    for side in winners.iter().filter_map(|k| units.get(k)).map(Unit::side) {
        told.join(&field.watchers(side));
    }
    for id in losers {
        let Some(unit) = units.get_mut(id) else {
            continue;
        };
        let before = unit.strength(rules);
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
        let hp = before - unit.strength(rules);
        if hp > 0 {
            // Told before what it came to: many are hurt of whom none is lost.
            let mut witnesses = told.clone();
            witnesses.join(&field.watchers(unit.side()));
            let what = What::Pursued {
                force: id.clone(),
                by: by.clone(),
                place: place.clone(),
                hp,
            };
            t.journal.tell(&witnesses, what);
        }
        let mut ledger = Ledger {
            field,
            journal: &mut t.journal,
            story: &mut t.story,
            tallies: &mut melee.tallies,
        };
        ledger.book(unit, &losses, &Cause::Pursuit, place, &told, &mut dice);
    }
}
