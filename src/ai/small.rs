//! The small forces: raiders upon the enemy's lanes, pickets as eyes, tenders out of harm's way.

use std::collections::BTreeSet;

use super::{
    Reasoned,
    brief::{Brief, Job},
    delay::{go, halt},
};
use crate::{
    content::{Family, Key, Posture, Sector},
    sim::{
        order::{Action, Order},
        view::OwnForce,
    },
};

/// Orders of all that is not a fleet.
pub fn plan(brief: &Brief) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    raiders(brief, &mut orders);
    // Where there is no line, those who would else watch are all there is to fight with.
    let hunts = brief.own(Job::Fleet).is_empty();
    for (id, force) in brief
        .own(Job::Picket)
        .into_iter()
        .chain(brief.own(Job::Train))
    {
        let here = force.place.sector();
        if hunts && let Some(prey) = prey(brief, force) {
            if prey != *here {
                orders.push(go(id, &prey, format!("hunts what is weaker at {prey}")));
            }
            continue;
        }
        if brief.danger(here) > 1 {
            continue;
        }
        // Away from the enemy, towards home if both are as good.
        let best = brief
            .within_a_turn(force)
            .into_iter()
            .max_by_key(|s| (brief.danger(s).min(3), -home(brief, s), s.clone()));
        if let Some(best) = best
            && best != *here
        {
            orders.push(go(
                id,
                &best,
                format!(
                    "out of the way: {} lanes from the enemy instead of {}",
                    brief.danger(&best),
                    brief.danger(here)
                ),
            ));
        }
    }
    orders
}

/// Where on its own ground the nearest hostile force is that a picket can take on: at most two thirds as strong, away from
/// fleets.
fn prey(brief: &Brief, force: &OwnForce) -> Option<Key<Sector>> {
    if brief.job(force) != Job::Picket || force.speed <= 0 {
        return None;
    }
    let view = brief.view;
    let contacts = view.contacts.values().filter(|c| {
        let sector = c.place.sector();
        let weak = c.strength.2 * 3 <= force.strength * 2;
        let owner = view.sectors.get(sector).and_then(|s| s.owner.as_ref());
        let ours = owner == Some(&view.side);
        view.hostile.contains(&c.side) && ours && weak && c.age <= 1 && brief.danger(sector) > 0
    });
    let sectors = contacts.map(|c| c.place.sector());
    let here = force.place.sector();
    sectors
        .min_by_key(|s| (brief.hops(here, s), (*s).clone()))
        .cloned()
}

/// Raiders sit on the enemy's road behind his fleets, where no fleet stands.
fn raiders(brief: &Brief, orders: &mut Vec<Reasoned>) {
    let raid: Option<&Key<Posture>> = brief
        .view
        .rules
        .postures
        .iter()
        .find(|(_, p)| p.interdicts)
        .map(|(k, _)| k);
    let mut taken: BTreeSet<Key<Sector>> = BTreeSet::new();
    for (id, force) in brief.own(Job::Raider) {
        let here = force.place.sector().clone();
        if let Some(raid) = raid
            && force.posture.as_ref() != Some(raid)
        {
            orders.push(Reasoned {
                order: Order {
                    force: id.clone(),
                    action: Action::Posture(Some(raid.clone())),
                },
                reason: "lives off the enemy's lanes".into(),
            });
        }
        let hostile_ground = |s: &Key<Sector>| {
            brief
                .view
                .sectors
                .get(s)
                .and_then(|s| s.owner.as_ref())
                .is_some_and(|o| brief.view.hostile.contains(o))
        };
        let score = |s: &Key<Sector>| {
            let ground = if hostile_ground(s) { 4 } else { 0 };
            let danger = brief.danger(s);
            let near = match danger {
                0 => -10,
                1 => 2,
                2 => 3,
                _ => 0,
            };
            ground + near - if taken.contains(s) { 3 } else { 0 }
        };
        let best = brief
            .within_a_turn(force)
            .into_iter()
            .max_by_key(|s| (score(s), *s == here, s.clone()));
        if let Some(best) = best {
            taken.insert(best.clone());
            if best == here {
                orders.push(halt(id, format!("lies on the enemy's lanes at {here}")));
            } else {
                orders.push(go(id, &best, format!("to the enemy's lanes at {best}")));
            }
        }
    }
}

fn home(brief: &Brief, sector: &Key<Sector>) -> i32 {
    brief
        .view
        .home
        .iter()
        .map(|h| brief.hops(h, sector))
        .min()
        .unwrap_or(99)
}

/// The stance of this family that costs least to keep up: what a yardstick takes when it has no plan.
pub fn plain(
    brief: &Brief,
    family: Family,
    wanted: impl Fn(&crate::content::Stance) -> bool,
) -> Option<Key<crate::content::Stance>> {
    brief
        .view
        .rules
        .stances
        .iter()
        .find(|(_, s)| s.family == family && wanted(s))
        .map(|(k, _)| k.clone())
}
