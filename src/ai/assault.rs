//! Take the road: mass at the point without crowding it, pause before the crews are spent, put the gunners in order when
//! they have heard enough, and then march through.

use std::collections::BTreeSet;

use super::{
    Reasoned,
    brief::{Brief, Fleet},
    delay::{go, halt},
    meet::choose,
    operation::Rest,
    prongs,
};
use crate::{
    content::{Family, Force, Growth, HP_PER_SP, Key, Posture, Sector},
    sim::{
        journal::What,
        map::Edge,
        order::{Action, Order},
        view::{Contact, OwnForce},
    },
};

/// Crews below this rest before the next push.
const SPENT: i32 = 550;

/// A road is barred by so much of one's own strength, permille.
const BARRED: i64 = 400;
/// Days' march that a way about it may be longer.
const DETOUR: i32 = 2;

/// Orders of a seat that is to take a place.
pub fn plan(brief: &Brief, fleets: &[Fleet], goal: &Key<Sector>, stream: u64) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    let mut fleets = fleets.to_vec();
    // Nearest to the goal first: they are the point.
    let to_goal = brief.graph.distances([goal], |_, e| Some(e.length));
    fleets.sort_by_key(|(k, f)| {
        (
            to_goal.get(f.place.sector()).copied().unwrap_or(i32::MAX),
            (*k).clone(),
        )
    });
    let Some((_, lead)) = fleets.first() else {
        return orders;
    };
    let front = lead.place.sector().clone();
    let Some(road) = road(brief, &fleets, (&front, goal)) else {
        return orders;
    };
    if let Some((posture, why)) = pause(brief, &fleets) {
        for (id, force) in &fleets {
            if force.posture.as_ref() != Some(posture) {
                orders.push(set_posture(id, Some(posture.clone()), why.clone()));
            }
            orders.push(halt(id, why.clone()));
        }
        return orders;
    }
    let crowd = brief.view.rules.constants.crowd.max(1);
    // As many fleets at the point as can stand there without crowding, weighed by capitals.
    let capitals = |f: &OwnForce| {
        crate::sim::state::role_strength(&brief.view.rules, &f.ships, crate::content::Role::Capital)
            / HP_PER_SP
    };
    let mut room = i64::from(crowd);
    let feint = feint_ahead(brief, &road);
    if feint {
        // As many more as are on the leash: then most of the van walks in where the rest runs.
        room = room.min(3 * fleets.first().map_or(4, |(_, f)| capitals(f)).max(1));
    }
    let mut near: Vec<_> = fleets.clone();
    // The freshest of those at hand lead, in steps that do not change from day to day.
    near.sort_by_key(|(k, f)| {
        (
            brief.hops(f.place.sector(), &front) > 1,
            -(f.readiness / 150),
            -f.strength / 300,
            (*k).clone(),
        )
    });
    let next = step(brief, lead, &road);
    let mut van = Vec::new();
    let mut rear = Vec::new();
    for (id, force) in &near {
        if brief.hops(force.place.sector(), &front) <= 1
            // A fleet that is a crowd by itself goes first, or nobody would.
            && (capitals(force) <= room || van.is_empty())
            && force.readiness >= SPENT - 150
        {
            room -= capitals(force);
            van.push((*id, *force));
        } else {
            rear.push((*id, *force));
        }
    }
    let foes: Vec<&Contact> = brief
        .view
        .contacts
        .values()
        .filter(|c| brief.view.hostile.contains(&c.side) && *c.place.sector() == next)
        .collect();
    let organised = brief.view.rules.meters.iter().any(|(k, m)| {
        m.thresholds
            .iter()
            .any(|t| brief.view.meters.get(k).is_some_and(|v| *v >= t.at))
    });
    let leashed = leash(brief, &van, feint);
    let choices = choose(
        brief,
        Family::Attack,
        &next,
        &van,
        &leashed,
        &foes,
        brief.prices.day,
        0,
        0,
        stream,
    );
    // Whoever stands or runs ahead is met in the open: a column is stopped by the one and strung out after the other.
    let waits = foes.iter().any(|f| {
        f.stance
            .as_ref()
            .and_then(|s| brief.view.rules.stances.get(s))
            .is_some_and(|s| s.fixed || s.lures)
    });
    // A column is caught in march order by far guns that nobody answers.
    let best = choices.iter().find(|c| {
        let stance = brief.view.rules.stances.get(&c.stance);
        stance.is_some_and(|s| organised || !s.prepares)
    });
    // Once the guns are in order the road is forced by columns.
    let column = brief
        .view
        .rules
        .stances
        .iter()
        .find(|(_, s)| s.family == Family::Attack && s.passes);
    let stance = match (best, column) {
        (_, Some((column, _))) if organised && !waits => Some((
            column.clone(),
            "the gunners are in order: by column".to_owned(),
        )),
        (Some(best), _) => {
            let second = choices.iter().find(|c| c.stance != best.stance);
            Some((
                best.stance.clone(),
                format!("{} contacts at {next} {}", foes.len(), best.reason(second)),
            ))
        }
        _ => brief
            .view
            .rules
            .stances
            .iter()
            .filter(|(_, s)| s.family == Family::Attack && !s.prepares)
            .min_by_key(|(_, s)| -s.needs_readiness)
            .map(|(k, _)| (k.clone(), "nobody known ahead: ready to press".to_owned())),
    };
    for (id, force) in van.iter().chain(&rear) {
        if force.posture.is_some() {
            orders.push(set_posture(id, None, "in order again".into()));
        }
        if let Some((stance, why)) = &stance
            && force.stance != *stance
            && force.forming.as_ref() != Some(stance)
            && brief
                .view
                .rules
                .stances
                .get(stance)
                .is_some_and(|s| force.readiness >= s.needs_readiness)
        {
            orders.push(Reasoned {
                order: Order {
                    force: (*id).clone(),
                    action: Action::Stance(stance.clone()),
                },
                reason: why.clone(),
            });
        }
    }
    let from = (&front, &next);
    if !foes.is_empty()
        && let Some(aside) = prongs::aside(brief, &van, from)
    {
        orders.extend(prongs::spread(&van, from, &aside));
        follow_up(brief, &rear, &front, &road, &mut orders);
        return orders;
    }
    for (id, _) in &van {
        orders.push(go(
            id,
            &next,
            format!("the van, {} fleets, to {next}", van.len()),
        ));
    }
    follow_up(brief, &rear, &front, &road, &mut orders);
    orders.extend(leashed.into_iter().map(|force| Reasoned {
        order: Order {
            force,
            action: Action::Leash,
        },
        reason: "a feint is to be expected ahead".into(),
    }));
    orders
}

/// The road to the goal: the shortest, or a way about whoever bars it in strength if that is not much longer.
fn road(
    brief: &Brief,
    fleets: &[Fleet],
    (front, goal): (&Key<Sector>, &Key<Sector>),
) -> Option<Vec<Key<Sector>>> {
    let shortest = brief.graph.shortest(front, goal)?;
    let own: i64 = fleets.iter().map(|(_, f)| f.strength).sum();
    let barred = |s: &Key<Sector>| {
        s != goal
            && brief
                .hostile
                .get(s)
                .is_some_and(|hp| *hp * 1000 >= own * BARRED)
    };
    if !shortest.iter().skip(1).any(barred) {
        return Some(shortest);
    }
    let day = fleets.iter().map(|(_, f)| f.speed).max().unwrap_or(0);
    let cost = |_: &Key<Sector>, edge: &Edge| {
        let detour = if barred(&edge.to) { DETOUR * day } else { 0 };
        Some(edge.length + detour)
    };
    brief.graph.path(front, goal, cost)
}

/// How far along the road a day goes: to the first place where a hostile fleet is known, or as far as it can march.
fn step(brief: &Brief, lead: &OwnForce, road: &[Key<Sector>]) -> Key<Sector> {
    let mut left = lead.speed;
    let mut at = &road[0];
    for next in &road[1..] {
        let lane = brief.graph.from(at).iter().find(|e| e.to == *next);
        left -= lane.map_or(i32::MAX, |e| e.length);
        if left < 0 && *at != road[0] {
            break;
        }
        at = next;
        if brief.hostile.contains_key(at) {
            break;
        }
    }
    at.clone()
}

/// Whether whoever bars the road next was last seen to feint.
fn feint_ahead(brief: &Brief, road: &[Key<Sector>]) -> bool {
    brief.view.contacts.values().any(|c| {
        let lures = c
            .stance
            .as_ref()
            .and_then(|s| brief.view.rules.stances.get(s))
            .is_some_and(|s| s.lures);
        lures && road.iter().take(3).any(|s| s == c.place.sector())
    })
}

/// The rest close up behind the point, a lane back, so that the point can be relieved and is not crowded.
fn follow_up(
    brief: &Brief,
    rear: &[(&Key<Force>, &OwnForce)],
    front: &Key<Sector>,
    road: &[Key<Sector>],
    orders: &mut Vec<Reasoned>,
) {
    for (id, force) in rear {
        let here = force.place.sector();
        if brief.hops(here, front) > 1 {
            orders.push(go(id, front, format!("closes up on the point at {front}")));
        } else if here == front && road.len() > 1 {
            orders.push(halt(
                id,
                format!("second line at {front}: the point has no room"),
            ));
        } else {
            orders.push(halt(id, format!("second line, a lane behind {front}")));
        }
    }
}

/// A pause to rest, or to put the gunners in order once one or two days of it are enough; with its reason.
fn pause<'a>(
    brief: &Brief<'a>,
    fleets: &[(&Key<Force>, &OwnForce)],
) -> Option<(&'a Key<Posture>, String)> {
    let rules = &brief.view.rules;
    match brief.manner.rest {
        Rest::Never => return None,
        Rest::Now => {
            let any = fleets.iter().any(|(_, f)| f.readiness < 1000);
            let regroup = regroup(brief).filter(|_| any)?;
            return Some((regroup, "puts itself in order before it goes on".into()));
        }
        Rest::Spent => {}
    }
    // The freshest half carries the attack: only when it is spent does the whole stop.
    let mut fresh: Vec<i32> = fleets.iter().map(|(_, f)| f.readiness).collect();
    fresh.sort_unstable_by(|a, b| b.cmp(a));
    fresh.truncate(fleets.len().div_ceil(2));
    let mean = fresh.iter().sum::<i32>() / (fresh.len() as i32).max(1);
    let regroup = regroup(brief)?;
    if mean < SPENT {
        return Some((regroup, format!("the van is spent: readiness {mean}")));
    }
    for (key, meter) in &rules.meters {
        let value = brief.view.meters.get(key).copied().unwrap_or(0);
        let day: i32 = meter
            .growth
            .iter()
            .map(|g| match g {
                Growth::Posture { posture, add } if posture == regroup => *add,
                _ => 0,
            })
            .sum();
        for threshold in meter.thresholds.iter().filter(|t| value < t.at) {
            let missing = threshold.at - value;
            if day > 0 && missing <= day * 2 && value > 0 {
                return Some((
                    regroup,
                    format!(
                        "{} at {value}: {missing} short of {}, a day's order brings {day}",
                        meter.name, threshold.name
                    ),
                ));
            }
        }
    }
    None
}

/// The posture in which crews rest.
fn regroup<'a>(brief: &Brief<'a>) -> Option<&'a Key<Posture>> {
    let mut all = brief.view.rules.postures.iter();
    all.find(|(_, p)| !p.moves && p.readiness > 0)
        .map(|(k, _)| k)
}

/// Leashes go to the strongest of the van whose commanders would run after a feint, once one is to be expected.
fn leash(brief: &Brief, van: &[(&Key<Force>, &OwnForce)], feint: bool) -> BTreeSet<Key<Force>> {
    let lured = brief.view.report.iter().any(
        |e| matches!(&e.what, What::Lured { force, .. } if brief.view.forces.contains_key(force)),
    );
    if !lured && !feint {
        return BTreeSet::new();
    }
    let mut strongest: Vec<_> = van
        .iter()
        .filter(|(_, f)| brief.stat(f, crate::content::Stat::Bait, 0) > 0)
        .collect();
    strongest.sort_by_key(|(k, f)| (-f.strength, (*k).clone()));
    strongest
        .into_iter()
        .take(usize::try_from(brief.view.leashes).unwrap_or(0))
        .map(|(id, _)| (*id).clone())
        .collect()
}

fn set_posture(id: &Key<Force>, posture: Option<Key<Posture>>, reason: String) -> Reasoned {
    Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Posture(posture),
        },
        reason,
    }
}
