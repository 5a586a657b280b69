//! The orders of a seat by one operation: the line by its tasks, fire, small forces, sieges and deeds.

use std::collections::BTreeSet;

use super::{
    Reasoned, assault,
    brief::{Brief, Fleet, Job},
    deeds, delay, guns,
    operation::{Manner, Operation, Task},
    siege, small, stand,
};
use crate::{
    content::{Family, Force, Key, Stance},
    sim::order::{Action, Order, Policy},
};

/// The orders, each with its reason.
pub fn orders(brief: &Brief, operation: &Operation, stream: u64) -> Vec<Reasoned> {
    let mut orders = fire(brief);
    for (task, fleets) in operation.groups(brief) {
        orders.extend(match &task {
            _ if brief.manner.samples == 0 => straight(brief, &task, &fleets),
            Task::Take(goal) => assault::plan(brief, &fleets, goal, stream),
            Task::Keep(goal) if brief.gives_ground() => delay::plan(brief, &fleets, goal, stream),
            Task::Keep(goal) => stand::plan(brief, &fleets, goal, stream),
        });
    }
    orders.extend(small::plan(brief));
    // Whoever besieges, lands or has better to do leaves the line; the last word counts.
    let mut busy = siege::plan(brief);
    busy.extend(deeds::plan(brief, &busy));
    let mut taken: BTreeSet<&Key<Force>> = BTreeSet::new();
    taken.extend(busy.iter().map(|o| &o.order.force));
    orders.retain(|o| {
        let marches = matches!(
            o.order.action,
            Action::Go { .. } | Action::Halt | Action::Posture(_) | Action::Follow { .. }
        );
        !marches || !taken.contains(&o.order.force)
    });
    orders.extend(busy);
    orders
}

/// Each fleet by itself straight to the place, in the plainest of stances.
fn straight(brief: &Brief, task: &Task, fleets: &[Fleet]) -> Vec<Reasoned> {
    let (goal, family) = match task {
        Task::Take(goal) => (goal, Family::Attack),
        Task::Keep(goal) => (goal, Family::Defend),
    };
    let stance = small::plain(brief, family, |s| !s.prepares && !s.lures && !s.fixed);
    let mut orders = Vec::new();
    for (id, force) in fleets {
        let ready = |key: &Key<Stance>| {
            let stance = brief.view.rules.stances.get(key);
            stance.is_some_and(|s| force.readiness >= s.needs_readiness)
        };
        if let Some(stance) = stance.clone().filter(ready) {
            orders.push(Reasoned {
                order: Order {
                    force: (*id).clone(),
                    action: Action::Stance(stance),
                },
                reason: "as always".into(),
            });
        }
        orders.push(delay::go(id, goal, format!("straight to {goal}")));
    }
    orders
}

/// Fire only as ordered: each salvo is decided by its worth. In haste each gun decides for itself.
fn fire(brief: &Brief) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    let all = brief.view.forces.iter().filter(|(_, f)| f.mine);
    let (policy, why) = match brief.manner {
        Manner { hasty: false, .. } => (Policy::Hold, "each salvo is decided by its worth"),
        Manner { thrift: ..=0, .. } => (Policy::Free, "fires at what it sees"),
        Manner { thrift: 1001.., .. } => (Policy::Hold, "spares its charges"),
        _ => (Policy::Conserve, "fires where it is worth it"),
    };
    for (id, force) in all.filter(|(_, f)| !brief.guns(f).is_empty()) {
        if force.policy != policy {
            orders.push(Reasoned {
                order: Order {
                    force: id.clone(),
                    action: Action::Policy(policy),
                },
                reason: why.into(),
            });
        }
        // Small ones keep quiet: who fires is seen.
        if brief.job(force) == Job::Fleet && !brief.manner.hasty {
            orders.extend(guns::fire(brief, id, force));
        }
    }
    orders
}
