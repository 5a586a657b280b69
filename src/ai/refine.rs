//! Thinking single forces over: each of the strongest is tried where else it might go and how else it might stand, all
//! others as planned, and what comes out better is kept.

use super::{
    Reasoned,
    brief::{Brief, Fleet, Job},
    delay::{go, halt},
    foresight::{Outlook, points},
    operation::Operation,
};
use crate::{
    content::Family,
    sim::{
        order::{Action, Order},
        view::SeatView,
    },
};

/// Forces that are thought over, the strongest first.
const FORCES: usize = 8;
/// What a change must bring at least, tenths of a point.
const LEAST: i64 = 5;

/// The orders with what was found better.
pub fn plan(
    view: &SeatView,
    brief: &Brief,
    outlook: &mut Outlook,
    operation: &Operation,
    mut orders: Vec<Reasoned>,
    mut worth: Vec<i64>,
) -> Vec<Reasoned> {
    let mut fleets = brief.own(Job::Fleet);
    fleets.sort_by_key(|(id, f)| (-f.strength, (*id).clone()));
    for fleet in fleets.iter().take(FORCES) {
        for change in changes(brief, fleet) {
            if !outlook.goes_on() {
                return orders;
            }
            let tried = with(&orders, &change);
            let mut tried = super::sensible(view, &brief.graph, tried);
            if tried == orders {
                continue;
            }
            let list: Vec<Order> = tried.iter().map(|r| r.order.clone()).collect();
            let mut now = Vec::new();
            // What is worse in the first worlds is not followed into the others.
            for world in 0..worth.len() {
                now.push(outlook.worth(&list, operation, world));
                let gain = gain(&now, &worth);
                if gain < if now.len() > 1 { LEAST } else { 0 } {
                    break;
                }
            }
            if now.len() == worth.len() && gain(&now, &worth) >= LEAST {
                if let Some(order) = tried.iter_mut().find(|o| o.order == change.order) {
                    let more = points(gain(&now, &worth));
                    order.reason = format!("{}: {more} more, looking ahead", change.reason);
                }
                (orders, worth) = (tried, now);
            }
        }
    }
    orders
}

/// What a fleet might be told instead.
fn changes(brief: &Brief, (id, force): &Fleet) -> Vec<Reasoned> {
    let here = force.place.sector();
    let mut all = vec![halt(id, "better to stay".into())];
    for edge in brief.graph.from(here) {
        all.push(go(id, &edge.to, format!("better at {}", edge.to)));
    }
    for (stance, definition) in &brief.view.rules.stances {
        if *stance != force.stance && force.readiness >= definition.needs_readiness {
            let which = match definition.family {
                Family::Attack => "attacks better so",
                Family::Defend => "defends better so",
            };
            all.push(Reasoned {
                order: Order {
                    force: (*id).clone(),
                    action: Action::Stance(stance.clone()),
                },
                reason: which.into(),
            });
        }
    }
    all
}

/// The orders with one in place of those it contradicts.
fn with(orders: &[Reasoned], change: &Reasoned) -> Vec<Reasoned> {
    let kept = orders
        .iter()
        .filter(|o| !contradicts(&o.order, &change.order));
    kept.cloned().chain([change.clone()]).collect()
}

fn contradicts(a: &Order, b: &Order) -> bool {
    let marches = |action: &Action| {
        matches!(
            action,
            Action::Go { .. } | Action::Halt | Action::Follow { .. }
        )
    };
    a.force == b.force
        && match (&a.action, &b.action) {
            (Action::Stance(_), Action::Stance(_)) => true,
            (x, y) => marches(x) && marches(y),
        }
}

/// By how much some worlds came out better on the mean than before.
fn gain(now: &[i64], before: &[i64]) -> i64 {
    let sum: i64 = now.iter().zip(before).map(|(n, b)| n - b).sum();
    sum / i64::try_from(now.len().max(1)).unwrap_or(1)
}
