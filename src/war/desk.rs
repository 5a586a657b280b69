//! One seat's planning: pending orders, and every earlier state of them to go back to. Cleared when the turn ends.

use crate::sim::order::Order;

/// A seat's orders of this turn, with what was undone.
#[derive(Default, Debug)]
pub(super) struct Desk {
    orders: Vec<Order>,
    before: Vec<Vec<Order>>,
    after: Vec<Vec<Order>>,
}

impl Desk {
    /// A desk on which these orders lie already.
    pub(super) fn new(orders: Vec<Order>) -> Self {
        Self {
            orders,
            ..Self::default()
        }
    }

    /// The pending orders.
    pub(super) fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Changes the list as one step; what had been undone is gone.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<Order>)) {
        self.before.push(self.orders.clone());
        self.after.clear();
        change(&mut self.orders);
    }

    /// One step back; false if there is none.
    pub(super) fn undo(&mut self) -> bool {
        let Some(orders) = self.before.pop() else {
            return false;
        };
        self.after.push(std::mem::replace(&mut self.orders, orders));
        true
    }

    /// One step forward again; false if there is none.
    pub(super) fn redo(&mut self) -> bool {
        let Some(orders) = self.after.pop() else {
            return false;
        };
        self.before
            .push(std::mem::replace(&mut self.orders, orders));
        true
    }

    /// A new turn.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::order::parse;

    #[test]
    fn every_step_can_be_undone_and_redone() {
        let mut desk = Desk::default();
        let orders: Vec<Order> = (0..40)
            .map(|n| parse(&format!("f-{n} halt")).expect("an order"))
            .collect();
        for order in &orders {
            desk.change(|list| list.push(order.clone()));
        }
        for n in (0..40).rev() {
            assert!(desk.undo());
            assert_eq!(desk.orders(), &orders[..n]);
        }
        assert!(!desk.undo());
        for n in 1..=40 {
            assert!(desk.redo());
            assert_eq!(desk.orders(), &orders[..n]);
        }
        assert!(!desk.redo());
        desk.undo();
        desk.change(Vec::clear);
        assert!(!desk.redo());
        assert!(desk.undo() && desk.orders().len() == 39);
    }
}
