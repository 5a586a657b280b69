//! Fire at the best target there is: for each force the legal one at which its salvos are expected to do the most.

use std::cmp::Reverse;

use super::{
    hint::hint,
    rows::{SALVOS, guns::guns, loads},
};
use crate::{
    content::{Force, Key},
    gui::{
        Game,
        panels::guns::{chance, nearest},
        words::say,
    },
    sim::{
        map::Graph,
        order::{Action, Order, Target, check_on},
        view::{OwnForce, SeatView},
    },
    war::tell,
};

/// The order to fire at the target at which the salvos still loaded are expected to do the most, none of which is worth
/// more than the target has left; as many salvos as the list of targets is set to at first.
///
/// # Errors
/// Why there is none, and what would make it possible.
pub fn best(
    view: &SeatView,
    graph: &Graph,
    pending: &[Order],
    key: &Key<Force>,
    force: &OwnForce,
) -> Result<Order, (String, String)> {
    let near = nearest(view, force);
    let guns = guns(view, force);
    if guns.is_empty() {
        return Err((say!("fire-best-unarmed"), say!("hint-no-weapon")));
    }
    let mut found = None;
    let mut refused = None;
    let mut spent = false;
    for weapon in guns {
        let given: i32 = pending
            .iter()
            .filter(|order| order.force == *key)
            .map(|order| match &order.action {
                Action::Fire {
                    weapon: w, salvos, ..
                } if *w == weapon => *salvos,
                _ => 0,
            })
            .sum();
        let left = loads(view, force, &weapon, false) - given;
        spent |= given > 0 && left <= 0;
        let salvos = SALVOS.min(left).max(1);
        let damage = view
            .rules
            .weapons
            .get(&weapon)
            .map_or(0, |w| i64::from(w.damage.0) + i64::from(w.damage.1))
            / 2;
        for (contact, seen, distance) in &near {
            let order = Order {
                force: key.clone(),
                action: Action::Fire {
                    weapon: weapon.clone(),
                    at: Target::Contact((*contact).clone()),
                    salvos,
                    overcharge: false,
                },
            };
            if let Err(refusal) = check_on(view, Some(graph), &order) {
                refused.get_or_insert(refusal);
                continue;
            }
            let permille = chance(view, force, &weapon, seen, *distance, false).0;
            if left <= 0 || permille <= 0 {
                continue;
            }
            let does = (permille * i64::from(salvos) * damage).min(seen.strength.1 * 1000);
            let rank = (Reverse(does), Reverse(permille), *distance);
            if found.as_ref().is_none_or(|(best, _)| rank < *best) {
                found = Some((rank, order));
            }
        }
    }
    if let Some((_, order)) = found {
        return Ok(order);
    }
    Err(match refused {
        _ if spent => (say!("fire-best-spent"), say!("fire-best-spent-hint")),
        Some(refusal) => (refusal.to_string(), hint(view, &refusal)),
        None if near.is_empty() => (say!("fire-best-nobody"), say!("fire-best-nobody-hint")),
        None => (
            say!("fire-best-no-chance"),
            say!("fire-best-no-chance-hint"),
        ),
    })
}

impl Game {
    /// Gives every selected force the order to fire at its best target, as one step of planning.
    pub(super) fn fire_best(&mut self) {
        let chosen = self.chosen();
        let many = chosen.len() > 1;
        let Some(session) = &self.session else { return };
        let (mut orders, mut refused) = (Vec::new(), Vec::new());
        for key in chosen {
            let Some(force) = session.view.forces.get(&key) else {
                continue;
            };
            let graph = &self.command.graph;
            match best(&session.view, graph, &session.pending, &key, force) {
                Ok(order) => orders.push(order),
                Err((reason, hint)) => refused.push(say!(
                    "command-refused",
                    what = say!(
                        "fire-best-what",
                        force = tell::force(&session.view, key.as_str())
                    ),
                    reason = reason,
                    hint = hint
                )),
            }
        }
        self.give_or_tell(orders, refused, many);
    }
}
