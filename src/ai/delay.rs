//! Giving ground for time: one fleet keeps contact where the enemy must come, the others shell him from places he cannot
//! chase them to, and give ground in time.

use std::collections::BTreeSet;

use super::{
    Reasoned,
    brief::{Brief, FLEET, Fleet},
    meet::{Choice, choose},
};
use crate::{
    content::{Family, Force, Key, Sector},
    sim::{
        map::range,
        order::{Action, Order, Pace},
        view::{Contact, OwnForce},
    },
};

/// Orders of a seat that is to keep a place from a stronger enemy.
pub fn plan(brief: &Brief, fleets: &[Fleet], goal: &Key<Sector>, stream: u64) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    let Some(point) = brief.point(goal) else {
        for (id, force) in fleets {
            wait(brief, id, force, goal, &mut orders);
        }
        return orders;
    };
    let road = brief.graph.shortest(&point, goal).unwrap_or_default();
    let guard = guard(brief, &road, fleets);
    let mut taken: BTreeSet<Key<Sector>> = BTreeSet::new();
    if let Some((id, force)) = guard {
        taken.insert(stand_guard(
            brief,
            id,
            force,
            &road,
            fleets,
            stream,
            &mut orders,
        ));
    }
    for (id, force) in fleets {
        if guard.is_some_and(|(g, _)| g == *id) {
            continue;
        }
        let place = perch(brief, id, force, &road, goal, &mut taken, &mut orders);
        meet(brief, id, force, &place, &road, fleets, stream, &mut orders);
    }
    orders
}

/// The fleet that keeps contact: on the road ahead of the enemy, fresh enough, nearest.
fn guard<'a>(
    brief: &Brief<'a>,
    road: &[Key<Sector>],
    fleets: &[(&'a Key<Force>, &'a OwnForce)],
) -> Option<(&'a Key<Force>, &'a OwnForce)> {
    fleets
        .iter()
        .filter(|(_, f)| f.strength * 10 >= f.full_strength * 6)
        .filter_map(|(k, f)| {
            let at = f.place.sector();
            let on_road = road.iter().position(|s| s == at);
            let near = on_road.or_else(|| {
                road.iter()
                    .position(|s| brief.graph.adjacent(s, at))
                    .map(|i| i + 1)
            })?;
            // A tired fleet is relieved: each hundred of readiness under 700 counts as a lane.
            let tired = (700 - f.readiness).max(0) / 100;
            Some((near as i32 + tired, *k, *f))
        })
        .min_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)))
        .map(|(_, k, f)| (k, f))
}

/// The guard goes where the enemy must come next and chooses how to meet him.
fn stand_guard(
    brief: &Brief,
    id: &Key<Force>,
    force: &OwnForce,
    road: &[Key<Sector>],
    fleets: &[(&Key<Force>, &OwnForce)],
    stream: u64,
    orders: &mut Vec<Reasoned>,
) -> Key<Sector> {
    let here = force.place.sector().clone();
    let danger = brief.danger(&here);
    // Contact is kept a lane away; a place with cover on the road is worth waiting in.
    let ahead: Vec<&Key<Sector>> = road.iter().skip(1).take(3).collect();
    let cover = |s: &Key<Sector>| {
        brief
            .view
            .map
            .sectors
            .get(s)
            .and_then(|s| brief.view.rules.terrain.get(&s.terrain))
            .is_some_and(|t| t.cover)
    };
    let post = ahead
        .iter()
        .filter(|s| brief.hops(&here, s) <= 2 && !brief.hostile.contains_key(**s))
        .max_by_key(|s| (cover(s), -brief.hops(&here, s)))
        .map_or_else(|| here.clone(), |s| (*s).clone());
    if post != here && danger > 1 {
        orders.push(go(
            id,
            &post,
            format!(
                "keeps contact on the road at {post}; the enemy's point is at {}",
                road[0]
            ),
        ));
    } else {
        orders.push(halt(
            id,
            format!("keeps contact at {here}, {danger} lanes from the enemy"),
        ));
    }
    let foes = comers(brief, &here);
    // Guns that reach whoever comes here make delay hold and a feint worth trying.
    let support: i32 = fleets
        .iter()
        .filter(|(k, _)| *k != id)
        .flat_map(|(_, f)| brief.guns(f).into_iter().map(move |(w, n)| (f, w, n)))
        .filter(|(f, w, _)| {
            brief
                .view
                .rules
                .weapons
                .get(w)
                .is_some_and(|w| range(&brief.view.map, f.place.sector(), &here) <= w.range)
        })
        .map(|(_, _, n)| n)
        .sum();
    let lured = brief
        .view
        .report
        .iter()
        .any(|e| matches!(e.what, crate::sim::journal::What::Lured { .. }));
    let lure = if lured { 600 } else { 250 } * i64::from(support.min(4)) / 4;
    let day = brief.prices.day;
    stand(
        brief,
        (id, force),
        &here,
        &foes,
        fleets,
        (day, lure),
        stream,
        orders,
    );
    here
}

/// Hostile forces that may come to a place today: those a lane away, or else those two lanes away.
pub fn comers<'a>(brief: &Brief<'a>, here: &Key<Sector>) -> Vec<&'a Contact> {
    let within = |lanes: i32| -> Vec<&'a Contact> {
        brief
            .view
            .contacts
            .values()
            .filter(|c| {
                brief.view.hostile.contains(&c.side) && brief.hops(c.place.sector(), here) <= lanes
            })
            .collect()
    };
    let fleets = |foes: &[&Contact]| foes.iter().map(|c| c.strength.1).sum::<i64>() >= FLEET;
    let near = within(1);
    if fleets(&near) { near } else { within(2) }
}

/// Hit points that all guns in reach may be expected to take from these contacts this turn.
fn expected_fire(brief: &Brief, fleets: &[(&Key<Force>, &OwnForce)], foes: &[&Contact]) -> i64 {
    fleets
        .iter()
        .flat_map(|(_, f)| brief.guns(f).into_iter().map(move |(w, n)| (*f, w, n)))
        .filter_map(|(f, w, n)| {
            let mean = brief
                .view
                .rules
                .weapons
                .get(&w)
                .map(|w| i64::from(w.damage.0 + w.damage.1) / 2)?;
            let best = foes
                .iter()
                .filter_map(|c| brief.shot(f, &w, f.place.sector(), c))
                .map(|s| s.value())
                .max()?;
            Some(i64::from(n) * best * mean / 1000)
        })
        .sum()
}

/// A fleet with guns looks for a place that reaches where the enemy will be and that he cannot come to in a day.
fn perch(
    brief: &Brief,
    id: &Key<Force>,
    force: &OwnForce,
    road: &[Key<Sector>],
    goal: &Key<Sector>,
    taken: &mut BTreeSet<Key<Sector>>,
    orders: &mut Vec<Reasoned>,
) -> Key<Sector> {
    let here = force.place.sector().clone();
    let reach = brief
        .guns(force)
        .iter()
        .filter_map(|(w, _)| brief.view.rules.weapons.get(w))
        .map(|w| w.range)
        .max()
        .unwrap_or(0);
    let to_goal = brief.graph.distances([goal], |_, _| Some(1));
    let point_to_goal = road
        .first()
        .and_then(|s| to_goal.get(s))
        .copied()
        .unwrap_or(99);
    let score = |s: &Key<Sector>| -> i64 {
        let mut score = 0;
        // Where the enemy is and where he will be tomorrow and after.
        for (i, at) in road.iter().take(3).enumerate() {
            let distance = range(&brief.view.map, s, at);
            if distance <= reach {
                score += i64::from(800 - 2 * distance) / (i as i64 + 1);
            }
        }
        let danger = brief.danger(s);
        score -= match danger {
            0 | 1 => 3000,
            2 => 500,
            _ => 0,
        };
        // He must not stand between us and what we keep, nor come to stand there tomorrow.
        let way = brief.graph.shortest(s, goal).unwrap_or_default();
        let nearest = way
            .iter()
            .skip(1)
            .map(|s| brief.danger(s))
            .min()
            .unwrap_or(99);
        if to_goal.get(s).copied().unwrap_or(99) >= point_to_goal || nearest <= 1 {
            score -= 1500;
        } else if nearest == 2 {
            score -= 300;
        }
        if taken.contains(s) {
            score -= 150;
        }
        if *s == here {
            score += 60;
        }
        score
    };
    let mut places = brief.within_a_turn(force);
    if !places.contains(&here) {
        places.push(here.clone());
    }
    let best = places
        .into_iter()
        .max_by(|a, b| score(a).cmp(&score(b)).then_with(|| b.cmp(a)));
    let Some(best) = best else { return here };
    let place = if score(&best) <= 0 && brief.danger(&here) > 3 {
        // Nothing to shoot at yet: along the road towards the enemy, not into him.
        road.iter()
            .rev()
            .find(|s| brief.danger(s) >= 3)
            .cloned()
            .unwrap_or(best)
    } else {
        best
    };
    taken.insert(place.clone());
    if place == here {
        orders.push(halt(
            id,
            format!(
                "shells from {here}, {} lanes from the enemy",
                brief.danger(&here)
            ),
        ));
    } else {
        orders.push(go(
            id,
            &place,
            format!(
                "to {place}: reaches the road, {} lanes from the enemy (from {})",
                brief.danger(&place),
                brief.danger(&here)
            ),
        ));
    }
    place
}

/// How a fleet that is not on guard meets whoever comes at it: on the road as the guard would, off it by what the fight
/// itself is worth.
fn meet(
    brief: &Brief,
    id: &Key<Force>,
    force: &OwnForce,
    place: &Key<Sector>,
    road: &[Key<Sector>],
    fleets: &[(&Key<Force>, &OwnForce)],
    stream: u64,
    orders: &mut Vec<Reasoned>,
) {
    let foes = comers(brief, place);
    let day = if road.contains(place) {
        brief.prices.day
    } else {
        0
    };
    stand(
        brief,
        (id, force),
        place,
        &foes,
        fleets,
        (day, 0),
        stream,
        orders,
    );
}

/// Takes the stance in which a fleet best awaits whoever comes: `day` is what a day gained here is worth, `lure` the
/// chance that a feint draws the enemy, permille.
pub fn stand(
    brief: &Brief,
    (id, force): (&Key<Force>, &OwnForce),
    place: &Key<Sector>,
    foes: &[&Contact],
    fleets: &[(&Key<Force>, &OwnForce)],
    (day, lure): (i64, i64),
    stream: u64,
    orders: &mut Vec<Reasoned>,
) {
    let choices = choose(
        brief,
        Family::Defend,
        place,
        &[(id, force)],
        &BTreeSet::new(),
        foes,
        day,
        lure,
        expected_fire(brief, fleets, foes),
        stream,
    );
    if let Some(best) = choices.first() {
        stance(id, force, best, choices.get(1), foes, orders);
    }
}

/// Nobody to be seen: towards the road between what is kept and where the enemy must come from.
fn wait(
    brief: &Brief,
    id: &Key<Force>,
    force: &OwnForce,
    goal: &Key<Sector>,
    orders: &mut Vec<Reasoned>,
) {
    if brief.hops(force.place.sector(), goal) > 4 {
        orders.push(go(
            id,
            goal,
            format!("no hostile fleet is known: closes on {goal}"),
        ));
    }
}

fn stance(
    id: &Key<Force>,
    force: &OwnForce,
    best: &Choice,
    second: Option<&Choice>,
    foes: &[&Contact],
    orders: &mut Vec<Reasoned>,
) {
    // A change costs the crews' order: it must be worth a point.
    let stays = [Some(best), second]
        .into_iter()
        .flatten()
        .any(|c| c.stance == force.stance && c.worth + 10 >= best.worth);
    if stays {
        return;
    }
    orders.push(Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Stance(best.stance.clone()),
        },
        reason: format!("{} hostile contacts {}", foes.len(), best.reason(second)),
    });
}

/// A march with its reason.
pub fn go(id: &Key<Force>, to: &Key<Sector>, reason: String) -> Reasoned {
    Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Go {
                stops: vec![to.clone()],
                pace: Pace::Cruise,
            },
        },
        reason,
    }
}

/// Staying, with its reason.
pub fn halt(id: &Key<Force>, reason: String) -> Reasoned {
    Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Halt,
        },
        reason,
    }
}
