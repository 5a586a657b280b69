//! Simple policies to measure against: whoever cannot beat these does not play.

use super::{
    Reasoned,
    brief::{Brief, Job},
    delay::{go, halt},
    operation::main_task,
    small::plain,
};
use crate::{
    content::{Family, Key, Sector, Stance},
    sim::order::{Action, Order, Policy},
};

/// The place its orders turn on.
fn goal(brief: &Brief) -> Option<Key<Sector>> {
    main_task(brief).map(|task| task.place().clone())
}

/// Runs for the goal with everything, fires at everything.
pub fn rush(brief: &Brief) -> Vec<Reasoned> {
    let Some(goal) = &goal(brief) else {
        return Vec::new();
    };
    let attack = plain(brief, Family::Attack, |s| {
        !s.prepares && s.needs_readiness > 0
    });
    let stand = plain(brief, Family::Defend, |s| s.fixed);
    let stance = if brief.take.is_empty() {
        stand.or(attack)
    } else {
        attack
    };
    // Whoever has nothing to take runs at the enemy.
    let target = if brief.take.is_empty() {
        brief.point(goal).unwrap_or_else(|| goal.clone())
    } else {
        goal.clone()
    };
    each(brief, stance.as_ref(), Policy::Free, |_| {
        Some((target.clone(), "runs for the goal".to_owned()))
    })
}

/// Keeps its charges and its ships: fires nothing, gives way, goes forward only where nobody is.
pub fn hoard(brief: &Brief) -> Vec<Reasoned> {
    let Some(goal) = &goal(brief) else {
        return Vec::new();
    };
    let slip = plain(brief, Family::Defend, |s| {
        s.holds.is_none() && !s.fixed && !s.lures
    });
    let probe = plain(brief, Family::Attack, |s| s.needs_readiness == 0);
    let stance = if brief.take.is_empty() { slip } else { probe };
    each(brief, stance.as_ref(), Policy::Hold, |at| {
        if !brief.take.is_empty() {
            return Some((
                goal.clone(),
                "goes as far as nobody bars the way".to_owned(),
            ));
        }
        let away = brief
            .graph
            .from(at)
            .iter()
            .map(|e| &e.to)
            .filter(|s| brief.danger(s) > brief.danger(at))
            .max_by_key(|s| (brief.danger(s), (*s).clone()))?;
        (brief.danger(at) <= 2).then(|| (away.clone(), "keeps out of reach".to_owned()))
    })
}

fn each(
    brief: &Brief,
    stance: Option<&Key<Stance>>,
    policy: Policy,
    target: impl Fn(&Key<Sector>) -> Option<(Key<Sector>, String)>,
) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    for (id, force) in brief.own(Job::Fleet) {
        if force.policy != policy {
            orders.push(Reasoned {
                order: Order {
                    force: id.clone(),
                    action: Action::Policy(policy),
                },
                reason: "as always".into(),
            });
        }
        if let Some(stance) = stance
            && force.stance != *stance
            && brief
                .view
                .rules
                .stances
                .get(stance)
                .is_some_and(|s| force.readiness >= s.needs_readiness)
        {
            orders.push(Reasoned {
                order: Order {
                    force: id.clone(),
                    action: Action::Stance(stance.clone()),
                },
                reason: "as always".into(),
            });
        }
        match target(force.place.sector()) {
            Some((to, why)) if to != *force.place.sector() => orders.push(go(id, &to, why)),
            _ => orders.push(halt(id, "where it is".into())),
        }
    }
    orders
}
