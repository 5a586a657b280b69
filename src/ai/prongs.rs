//! Two prongs: whoever strikes harder for coming from two sides on one day goes aside with half of the van first, and then
//! strikes.

use std::collections::BTreeSet;

use super::{
    Reasoned,
    brief::{Brief, Fleet},
    delay::{go, halt},
};
use crate::content::{Key, Sector, When};

/// The place beside the front from which half of the van can strike next door as well: none if nobody of the van would gain
/// by it, or if the van stands ready on two sides already.
pub fn aside(
    brief: &Brief,
    van: &[Fleet],
    (front, next): (&Key<Sector>, &Key<Sector>),
) -> Option<Key<Sector>> {
    let gains = van.iter().any(|(_, force)| {
        let mut traits = force.traits.iter();
        traits.any(|t| {
            let known = brief.view.rules.traits.get(t);
            known.is_some_and(|t| t.modifiers.iter().any(|m| prongs(&m.when)))
        })
    });
    let from: BTreeSet<&Key<Sector>> = van
        .iter()
        .map(|(_, f)| f.place.sector())
        .filter(|s| brief.graph.adjacent(s, next))
        .collect();
    if !gains || van.len() < 2 || next == front || from.len() > 1 {
        return None;
    }
    let beside = brief.graph.from(front).iter().map(|edge| &edge.to);
    let free = |s: &&Key<Sector>| {
        *s != next && brief.graph.adjacent(s, next) && !brief.hostile.contains_key(*s)
    };
    beside.filter(free).min().cloned()
}

/// Half of the van goes aside, the others wait for it at the front.
pub fn spread(
    van: &[Fleet],
    (front, next): (&Key<Sector>, &Key<Sector>),
    aside: &Key<Sector>,
) -> Vec<Reasoned> {
    let half = van.len() / 2;
    let order = |(n, (id, force)): (usize, &Fleet)| {
        let waits = format!("waits for the others at {aside}");
        if n < half {
            go(
                id,
                aside,
                format!("to {aside}, to strike at {next} from two sides"),
            )
        } else if force.place.sector() == front {
            halt(id, waits)
        } else {
            go(id, front, waits)
        }
    };
    van.iter().enumerate().map(order).collect()
}

/// Whether it turns on the ways by which one comes.
fn prongs(when: &When) -> bool {
    match when {
        When::Prongs(_) => true,
        When::All(all) => all.iter().any(prongs),
        _ => false,
    }
}
