//! A later order takes the place of an earlier one that it contradicts: only one of them stands in the list, and only one is
//! carried out.

use crate::{
    content::{Key, Seat},
    sim::{
        order::{Action, Order, Refusal},
        view::SeatView,
    },
    war::War,
};

/// Gives orders, all or none of them, as one step of planning; what they contradict is taken back by the same step.
///
/// # Errors
/// Every order that was refused, by its place in the list, and why; never empty.
pub fn give(
    war: &mut War,
    seat: &Key<Seat>,
    view: &SeatView,
    orders: Vec<Order>,
) -> Result<(), Vec<(usize, Refusal)>> {
    let pending = war.pending(seat).to_vec();
    let mut planned = pending.clone();
    for order in &orders {
        planned = renewed(view, &planned, order);
    }
    let takes_back = planned.len() < pending.len() + orders.len();
    // Whatever is wrong with what was given earlier is no reason to refuse what is given now.
    if takes_back && war.replace(seat, planned).is_ok() {
        return Ok(());
    }
    war.give_all(seat, orders)
}

/// Pending orders with one more, without those of the same force that it contradicts.
fn renewed(view: &SeatView, pending: &[Order], order: &Order) -> Vec<Order> {
    let own = |o: &&Order| o.force == order.force;
    let deed = view.forces.get(&order.force).and_then(|f| f.deed.as_ref());
    let does = |o: &Order| matches!(o.action, Action::Do { .. });
    let has_deed = deed.is_some() || pending.iter().filter(own).any(does);
    // What was ordered before it was divided or did something else holds for that.
    let bars = |o: &Order| bars(order, o);
    let from = pending.iter().rposition(bars).map_or(0, |at| at + 1);
    let stays = |(index, o): &(usize, &Order)| {
        *index < from || o.force != order.force || !contradicts(&order.action, &o.action, has_deed)
    };
    let mut planned: Vec<Order> = pending
        .iter()
        .enumerate()
        .filter(stays)
        .map(|(_, o)| o.clone())
        .collect();
    planned.push(order.clone());
    planned
}

/// Whether a later order leaves nothing of an earlier one of the same force.
fn contradicts(later: &Action, earlier: &Action, has_deed: bool) -> bool {
    match (later, earlier) {
        (
            Action::Go { .. } | Action::Follow { .. } | Action::Halt,
            Action::Go { .. } | Action::Then { .. } | Action::Follow { .. },
        )
        | (Action::Halt, Action::Halt)
        | (Action::Stance(_), Action::Stance(_))
        | (Action::Posture(_), Action::Posture(_))
        | (Action::Policy(_), Action::Policy(_))
        | (Action::LossLimit(_), Action::LossLimit(_))
        | (Action::FallBack { .. }, Action::FallBack { .. })
        | (Action::Leash, Action::Leash) => true,
        // A halt ends a deed as well, which a march alone may not.
        (Action::Go { .. } | Action::Follow { .. }, Action::Halt) => !has_deed,
        _ => false,
    }
}

/// Whether an earlier order stands between a later one and what was ordered before both.
fn bars(later: &Order, earlier: &Order) -> bool {
    let marches = matches!(
        later.action,
        Action::Go { .. } | Action::Follow { .. } | Action::Halt
    );
    match &earlier.action {
        Action::Merge { into } => *into == later.force || earlier.force == later.force,
        Action::Split { .. } | Action::Deploy { .. } => earlier.force == later.force,
        Action::Do { .. } | Action::Land { .. } | Action::Lift { .. } => {
            !marches && earlier.force == later.force
        }
        _ => false,
    }
}
