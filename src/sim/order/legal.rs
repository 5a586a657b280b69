//! What may be ordered, in the words that `parse` takes: for the command line, bots and screens.

use serde::{Deserialize, Serialize};

use super::{Action, Order, Pace, Policy, Refusal, Target, check_on};
use crate::{
    content::{Force, Key, Trigger},
    sim::{fire, map::Graph, view::SeatView},
};

/// An order that may be given, or the reason why not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The order.
    pub order: Order,
    /// Why it may not be given now; none: it may.
    pub refusal: Option<Refusal>,
}

/// The orders one force may consider: one step along each lane, each stance, posture and policy, each
/// target in reach of each weapon. Marches further away, splits and standing orders are open beside these.
pub fn legal(view: &SeatView, force: &Key<Force>) -> Vec<Choice> {
    let Some(own) = view.forces.get(force) else {
        return Vec::new();
    };
    let mut actions = vec![Action::Halt];
    let graph = Graph::new(&view.map);
    for edge in graph.from(own.place.sector()) {
        for pace in [Pace::Cruise, Pace::Forced] {
            actions.push(Action::Go {
                stops: vec![edge.to.clone()],
                pace,
            });
        }
    }
    for stance in view.rules.stances.keys() {
        actions.push(Action::Stance(stance.clone()));
    }
    actions.push(Action::Posture(None));
    for posture in view.rules.postures.keys() {
        actions.push(Action::Posture(Some(posture.clone())));
    }
    for (weapon, definition) in &view.rules.weapons {
        let tubes = fire::tubes(&view.rules, &own.ships, weapon, false, view.turn);
        if definition.trigger != Trigger::Salvo || tubes == 0 {
            continue;
        }
        let aboard = definition
            .stock
            .as_ref()
            .map_or(tubes, |s| own.stocks.get(s).copied().unwrap_or(0));
        for contact in view.contacts.keys() {
            actions.push(Action::Fire {
                weapon: weapon.clone(),
                at: Target::Contact(contact.clone()),
                salvos: tubes.min(aboard).max(1),
                overcharge: false,
            });
        }
    }
    for policy in [
        Policy::Free,
        Policy::Conserve,
        Policy::Hold,
        Policy::Counterbattery,
    ] {
        actions.push(Action::Policy(policy));
    }
    for contact in view.contacts.keys() {
        actions.push(Action::Follow {
            contact: contact.clone(),
            distance: 1,
        });
    }
    for (other, definition) in &view.forces {
        if other != force && definition.place == own.place && definition.mine {
            actions.push(Action::Merge {
                into: other.clone(),
            });
        }
    }
    actions.push(Action::Leash);
    actions
        .into_iter()
        .map(|action| {
            let order = Order {
                force: force.clone(),
                action,
            };
            let refusal = check_on(view, Some(&graph), &order).err();
            Choice { order, refusal }
        })
        .collect()
}
