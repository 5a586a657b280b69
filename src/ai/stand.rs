//! Standing where the ground is what the war is about: all fleets at the place, each in the stance that keeps it best.

use super::{
    Reasoned,
    brief::{Brief, Fleet},
    delay::{comers, go, halt, stand},
};
use crate::content::{Key, Sector};

/// Orders of fleets that are to keep a place and not to leave it.
pub fn plan(brief: &Brief, fleets: &[Fleet], goal: &Key<Sector>, stream: u64) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    let foes = comers(brief, goal);
    // A day's fight settles a part of what the place is worth.
    let day = brief.prices.day + brief.ground(goal) / 3;
    for fleet in fleets {
        let (id, force) = *fleet;
        orders.push(if force.place.sector() == goal {
            halt(id, format!("keeps {goal}"))
        } else {
            go(id, goal, format!("to {goal}, which is to be kept"))
        });
        stand(
            brief,
            *fleet,
            goal,
            &foes,
            fleets,
            (day, 0),
            stream,
            &mut orders,
        );
    }
    orders
}
