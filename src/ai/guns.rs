//! When to fire: a hit is worth what it destroys, a salvo costs its charge and what it brings upon the firer.

use super::{Reasoned, brief::Brief};
use crate::{
    content::{Force, HP_PER_SP, Key},
    sim::{
        map::range,
        order::{Action, Order, Target},
        view::{Contact, OwnForce},
    },
};

/// Expected worth of one salvo, tenths of a point, price already taken off.
fn worth(
    brief: &Brief,
    force: &OwnForce,
    weapon: &Key<crate::content::Weapon>,
    contact: &Contact,
) -> Option<(i64, i64)> {
    let definition = brief.view.rules.weapons.get(weapon)?;
    let chance = brief
        .shot(force, weapon, force.place.sector(), contact)?
        .value();
    let mean = i64::from(definition.damage.0 + definition.damage.1) / 2;
    let gain = chance * mean * brief.prices.foe / 1000 / HP_PER_SP;
    let reserve = definition
        .stock
        .as_ref()
        .and_then(|s| brief.view.rules.stocks.get(s))
        .is_some_and(|s| s.reserve);
    let mut price = if reserve {
        brief.prices.charge * brief.manner.thrift / 1000
    } else {
        1
    };
    if brief.answered {
        // Organised guns answer within their reach: what they do to us, if they can reach so far.
        let answer = brief
            .view
            .rules
            .weapons
            .values()
            .filter(|w| w.trigger == crate::content::Trigger::Answer)
            .map(|w| {
                let distance = nearest(brief, force);
                if distance > w.range {
                    return 0;
                }
                let hit =
                    i64::from(w.accuracy) + 300 - i64::from(w.falloff) * i64::from(distance) / 1000;
                2 * hit.clamp(0, 900) * i64::from(w.damage.0 + w.damage.1) / 2000 * brief.prices.own
                    / HP_PER_SP
            })
            .max()
            .unwrap_or(0);
        price += answer;
    }
    Some((gain - price, chance))
}

fn nearest(brief: &Brief, force: &OwnForce) -> i32 {
    brief
        .view
        .contacts
        .values()
        .filter(|c| brief.view.hostile.contains(&c.side))
        .map(|c| range(&brief.view.map, force.place.sector(), c.place.sector()))
        .min()
        .unwrap_or(i32::MAX)
}

/// Salvos of one force at its best targets, with reasons.
pub fn fire(brief: &Brief, id: &Key<Force>, force: &OwnForce) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    for (weapon, salvos) in brief.guns(force) {
        let best = brief
            .view
            .contacts
            .iter()
            .filter(|(_, c)| brief.view.hostile.contains(&c.side))
            .filter_map(|(k, c)| {
                worth(brief, force, &weapon, c).map(|(w, p)| (w, p, c.strength.1, k, c))
            })
            .max_by(|a, b| (a.0, a.2, b.3).cmp(&(b.0, b.2, a.3)));
        let Some((worth, chance, _, contact, known)) = best else {
            continue;
        };
        if worth <= 0 {
            continue;
        }
        let name = brief
            .view
            .rules
            .weapons
            .get(&weapon)
            .map_or("", |w| &w.name);
        orders.push(Reasoned {
            order: Order {
                force: id.clone(),
                action: Action::Fire {
                    weapon: weapon.clone(),
                    at: Target::Contact(contact.clone()),
                    salvos,
                    overcharge: false,
                },
            },
            reason: format!(
                "{salvos} {name} at {contact} ({} old): {chance} in 1000, worth {}.{} points a salvo after its price",
                turns(known.age),
                worth / 10,
                worth % 10
            ),
        });
    }
    orders
}

/// `1 turn`, `3 turns`.
pub fn turns(n: u32) -> String {
    if n == 1 {
        "1 turn".into()
    } else {
        format!("{n} turns")
    }
}
