//! Marches planned: the queue as the pending orders leave it, when each leg of it is done, and which orders would
//! leave it without one of its legs. Reads the view, nothing else.

use std::collections::BTreeMap;

use super::{Action, Cue, Order, Pace};
use crate::{
    content::{Force, Key, Posture, Sector, Stat},
    sim::{
        map::Graph,
        state::{Place, speed},
        stats::Bearer,
        view::{Leg, OwnForce, SeatView},
    },
};

/// Thousandths of a turn, in which marches are counted together.
const TURN: i64 = 1000;

/// The queue of a force as the pending orders will leave it.
pub fn queue(view: &SeatView, force: &Key<Force>, pending: &[Order]) -> Vec<Leg> {
    let mut queue = view
        .forces
        .get(force)
        .map_or_else(Vec::new, |f| f.queue.clone());
    for order in pending.iter().filter(|o| o.force == *force) {
        match &order.action {
            Action::Go { stops, pace } => {
                queue = stops.iter().map(|to| leg(to, *pace, Cue::None)).collect();
            }
            Action::Then { stops, pace, cue } => {
                let mut cue = cue.clone();
                for to in stops {
                    let wait = std::mem::replace(&mut cue, Cue::None);
                    queue.push(leg(to, *pace, wait));
                }
            }
            Action::Halt | Action::Follow { .. } => queue.clear(),
            _ => {}
        }
    }
    queue
}

/// The posture in which a force does not march, if the pending orders leave it in one: its marches wait until the posture
/// is another.
pub fn held_by(view: &SeatView, force: &Key<Force>, pending: &[Order]) -> Option<Key<Posture>> {
    let own = pending.iter().filter(|o| o.force == *force);
    let ordered = own.rev().find_map(|o| match &o.action {
        Action::Posture(posture) => Some(posture.as_ref()),
        _ => None,
    });
    let now = view.forces.get(force)?.posture.as_ref();
    let posture = ordered.unwrap_or(now)?;
    let known = view.rules.postures.get(posture)?;
    (!known.moves).then(|| posture.clone())
}

fn leg(to: &Key<Sector>, pace: Pace, cue: Cue) -> Leg {
    Leg {
        to: to.clone(),
        pace,
        cue,
    }
}

/// The pending orders as they must be for a force's queue to lack one leg, counted from 0 in [`queue`]; none if there
/// is no such leg. What waits for a cue still waits for it.
pub fn without_leg(
    view: &SeatView,
    force: &Key<Force>,
    pending: &[Order],
    index: usize,
) -> Option<Vec<Order>> {
    let own = view.forces.get(force)?;
    let mut legs = queue(view, force, pending);
    if index >= legs.len() {
        return None;
    }
    legs.remove(index);
    let marches = |order: &Order| {
        order.force == *force
            && matches!(
                order.action,
                Action::Go { .. } | Action::Then { .. } | Action::Halt | Action::Follow { .. }
            )
    };
    let mut orders: Vec<Order> = pending.iter().filter(|o| !marches(o)).cloned().collect();
    if legs == own.queue {
        return Some(orders);
    }
    let mut give = |action| {
        orders.push(Order {
            force: force.clone(),
            action,
        });
    };
    // What was ordered to be left is left; the rest follows one by one, since each may wait for a cue.
    let rest = if legs.starts_with(&own.queue) {
        legs.split_off(own.queue.len())
    } else {
        match legs.first() {
            Some(first) if first.cue == Cue::None => {
                let first = legs.remove(0);
                give(Action::Go {
                    stops: vec![first.to],
                    pace: first.pace,
                });
            }
            _ => give(Action::Halt),
        }
        legs
    };
    for leg in rest {
        give(Action::Then {
            stops: vec![leg.to],
            pace: leg.pace,
            cue: leg.cue,
        });
    }
    Some(orders)
}

/// Movement a turn at a pace as the force stands now, chart units.
pub fn pace_of(view: &SeatView, force: &OwnForce, pace: Pace) -> i32 {
    if pace == Pace::Cruise || force.speed <= 0 {
        return force.speed;
    }
    let rules = &view.rules;
    let terrain = view
        .map
        .sectors
        .get(force.place.sector())
        .map(|s| &s.terrain);
    let base = speed(rules, &force.ships) + rules.constants.forced_march.0;
    let sum =
        Bearer::own(rules, force, terrain, None).stat(Stat::Speed, i64::from(base), 0, 100_000);
    i32::try_from(sum.value()).unwrap_or(0).max(force.speed)
}

/// Where a march begins: chart units still to go to each of these sectors.
fn starts(place: &Place) -> Vec<(&Key<Sector>, i64)> {
    match place {
        Place::Sector(sector) => vec![(sector, 0)],
        Place::Lane {
            from,
            to,
            done,
            length,
            ..
        } => vec![(to, i64::from(length - done)), (from, i64::from(*done))],
    }
}

/// The turn in which each leg of a queue is done if nothing stands in the way, terrain stays as it is, and a leg that
/// waits begins when its turn has come; none from a leg on that waits for something else.
pub fn arrivals(
    view: &SeatView,
    graph: &Graph,
    force: &OwnForce,
    queue: &[Leg],
) -> Vec<Option<u32>> {
    let mut clock = Some(0);
    let mut at: Vec<(Key<Sector>, i64)> = starts(&force.place)
        .into_iter()
        .map(|(sector, left)| (sector.clone(), left))
        .collect();
    let mut out = Vec::with_capacity(queue.len());
    for leg in queue {
        clock = begins(view, &leg.cue, clock).and_then(|begun| {
            let way = |(sector, left): &(Key<Sector>, i64)| {
                let path = graph.shortest(sector, &leg.to)?;
                let steps = path.windows(2);
                let lengths = steps.map(|s| graph.between(&s[0], &s[1]).map_or(0, |e| e.length));
                Some(left + lengths.map(i64::from).sum::<i64>())
            };
            let units = at.iter().filter_map(way).min()?;
            after(begun, units, pace_of(view, force, leg.pace))
        });
        at = vec![(leg.to.clone(), 0)];
        out.push(clock.map(|clock| turn(view, clock)));
    }
    out
}

/// Every sector a march can lead to from the end of a queue, with the turn in which it is reached; no turn if the
/// queue waits for something. Empty if the force cannot move.
pub fn goals(
    view: &SeatView,
    graph: &Graph,
    force: &OwnForce,
    queue: &[Leg],
    pace: Pace,
    cue: &Cue,
) -> BTreeMap<Key<Sector>, Option<u32>> {
    let speed = pace_of(view, force, pace);
    if speed <= 0 {
        return BTreeMap::new();
    }
    let (from, clock) = match queue.last() {
        Some(last) => {
            let done = arrivals(view, graph, force, queue)
                .last()
                .copied()
                .flatten();
            let clock = done.map(|t| (i64::from(t.saturating_sub(view.turn)) + 1) * TURN);
            (vec![(&last.to, 0)], clock)
        }
        None => (starts(&force.place), Some(0)),
    };
    let clock = begins(view, cue, clock);
    let mut nearest: BTreeMap<Key<Sector>, i64> = BTreeMap::new();
    for (start, left) in from {
        for (sector, units) in graph.distances([start], |_, edge| Some(edge.length)) {
            let units = i64::from(units) + left;
            let known = nearest.entry(sector).or_insert(units);
            *known = units.min(*known);
        }
    }
    nearest
        .into_iter()
        .map(|(sector, units)| {
            let done = clock.and_then(|clock| after(clock, units, speed));
            (sector, done.map(|clock| turn(view, clock)))
        })
        .collect()
}

/// When a leg begins that may wait, if that can be told.
fn begins(view: &SeatView, cue: &Cue, clock: Option<i64>) -> Option<i64> {
    match cue {
        Cue::None => clock,
        Cue::Turn(n) => clock.map(|c| c.max(i64::from(n.saturating_sub(view.turn)) * TURN)),
        Cue::Enemy(..) | Cue::Ready(_) | Cue::Supply(_) => None,
    }
}

fn after(clock: i64, units: i64, speed: i32) -> Option<i64> {
    (speed > 0).then(|| clock + (units * TURN + i64::from(speed) - 1) / i64::from(speed))
}

/// The turn in whose course a moment lies; what is done at its very end still counts to it.
fn turn(view: &SeatView, clock: i64) -> u32 {
    view.turn
        .saturating_add(u32::try_from((clock - 1).max(0) / TURN).unwrap_or(u32::MAX))
}
