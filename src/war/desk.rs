//! One seat's planning: pending orders, and every earlier state of them to go back to. Cleared when the turn ends.

use crate::sim::order::Order;

/// What a step of planning, back or forth, does to the list of orders.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Step {
    /// Orders it gives.
    pub gives: Vec<Order>,
    /// Orders it takes back.
    pub takes: Vec<Order>,
}

impl Step {
    fn between(now: &[Order], then: &[Order]) -> Self {
        let mut takes = now.to_vec();
        let mut gives = Vec::new();
        // Planning goes on at the end of the list as a rule, so that little is compared twice.
        let same = now.iter().zip(then).take_while(|(a, b)| a == b).count();
        takes.drain(..same);
        for order in &then[same..] {
            match takes.iter().position(|o| o == order) {
                Some(index) => _ = takes.remove(index),
                None => gives.push(order.clone()),
            }
        }
        Self { gives, takes }
    }
}

/// A seat's orders of this turn, with what was undone.
#[derive(Default, Debug)]
pub(super) struct Desk {
    orders: Vec<Order>,
    before: Vec<Vec<Order>>,
    after: Vec<Vec<Order>>,
}

impl Desk {
    /// A desk on which these orders lie already: each a step of its own, since nobody remembers in how many they were given.
    pub(super) fn new(orders: Vec<Order>) -> Self {
        let before = (0..orders.len()).map(|n| orders[..n].to_vec()).collect();
        Self {
            orders,
            before,
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

    /// What one step back would do; none if there is none.
    pub(super) fn undoes(&self) -> Option<Step> {
        let before = self.before.last()?;
        Some(Step::between(&self.orders, before))
    }

    /// What one step forward would do; none if there is none.
    pub(super) fn redoes(&self) -> Option<Step> {
        let after = self.after.last()?;
        Some(Step::between(&self.orders, after))
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
    fn a_step_says_what_it_would_do() {
        let order = |n: i32| parse(&format!("f-{n} halt")).expect("an order");
        let mut desk = Desk::default();
        assert_eq!((desk.undoes(), desk.redoes()), (None, None));
        for n in 0..3 {
            desk.change(|list| list.push(order(n)));
        }
        desk.change(|list| _ = list.remove(1));
        let gives = Step {
            gives: vec![order(1)],
            takes: Vec::new(),
        };
        assert_eq!(desk.undoes(), Some(gives));
        desk.undo();
        let takes = |n| Step {
            gives: Vec::new(),
            takes: vec![order(n)],
        };
        assert_eq!(desk.redoes(), Some(takes(1)));
        assert_eq!(desk.undoes(), Some(takes(2)));
    }

    #[test]
    fn orders_that_were_kept_can_be_taken_back_one_by_one() {
        let orders: Vec<Order> = (0..3)
            .map(|n| parse(&format!("f-{n} halt")).expect("an order"))
            .collect();
        let mut desk = Desk::new(orders.clone());
        for n in (0..3).rev() {
            assert!(desk.undo());
            assert_eq!(desk.orders(), &orders[..n]);
        }
        assert!(!desk.undo() && desk.redo());
        assert_eq!(desk.orders(), &orders[..1]);
    }

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
