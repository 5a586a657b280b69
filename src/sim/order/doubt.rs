//! Orders that are each allowed and together are not: what phase 2 will refuse because others before them take what
//! they need. Reads the view and the orders, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, Order, Refusal, check};
use crate::{
    content::{Class, Force, Key, Weapon},
    sim::{fire, view::SeatView},
};

/// Pending orders that will probably be refused, by their place in the list, and why.
pub fn doubts(view: &SeatView, pending: &[Order]) -> Vec<(usize, Refusal)> {
    let mut ledger = Ledger::default();
    let mut doubts = Vec::new();
    for (index, order) in pending.iter().enumerate() {
        // Nothing but ships and the chart count for a march, and neither changes while a turn is planned.
        let answer = match order.action {
            Action::Go { .. } | Action::Then { .. } | Action::FallBack { .. } => Ok(()),
            _ => check(view, order),
        };
        let answer = answer.and_then(|()| ledger.book(view, order));
        if let Err(refusal) = answer {
            doubts.push((index, refusal));
        }
    }
    doubts
}

/// What the orders so far have taken.
#[derive(Default)]
struct Ledger<'a> {
    salvos: BTreeMap<(&'a Key<Force>, &'a Key<Weapon>), i32>,
    committed: BTreeSet<&'a Key<Force>>,
    leashed: BTreeSet<&'a Key<Force>>,
    detached: BTreeMap<(&'a Key<Force>, &'a Key<Class>), i32>,
    joined: BTreeSet<&'a Key<Force>>,
}

impl<'a> Ledger<'a> {
    fn book(&mut self, view: &SeatView, order: &'a Order) -> Result<(), Refusal> {
        let key = &order.force;
        let force = view
            .forces
            .get(key)
            .filter(|_| !self.joined.contains(key))
            .ok_or_else(|| Refusal::NoSuchForce(key.clone()))?;
        match &order.action {
            Action::Fire {
                weapon,
                salvos,
                overcharge,
                ..
            } => {
                let wanted = salvos + self.salvos.get(&(key, weapon)).copied().unwrap_or(0);
                let most = fire::tubes(&view.rules, &force.ships, weapon, *overcharge, view.turn);
                if wanted > most {
                    return Err(Refusal::TooManySalvos { wanted, most });
                }
                let stock = view
                    .rules
                    .weapons
                    .get(weapon)
                    .and_then(|w| w.stock.as_ref());
                let has = stock.map(|s| force.stocks.get(s).copied().unwrap_or(0));
                if let Some(has) = has.filter(|has| *has < wanted) {
                    return Err(Refusal::NoStock { wanted, has });
                }
                self.salvos.insert((key, weapon), wanted);
                self.committed.insert(key);
            }
            Action::Leash => {
                let others = self.leashed.iter().filter(|f| **f != key).count();
                if i32::try_from(others).unwrap_or(i32::MAX) >= view.leashes {
                    return Err(Refusal::NoLeash);
                }
                self.leashed.insert(key);
            }
            Action::Split { ships } => {
                if self.committed.contains(key) {
                    return Err(Refusal::Committed);
                }
                let gone = |class| self.detached.get(&(key, class)).copied().unwrap_or(0);
                let mut left = 0;
                for squadron in &force.ships {
                    let wanted = ships.get(&squadron.class).copied().unwrap_or(0);
                    let rest = squadron.fit - gone(&squadron.class) - wanted;
                    if rest < 0 {
                        return Err(Refusal::NotThatMany);
                    }
                    left += rest + squadron.crippled;
                }
                if left == 0 {
                    return Err(Refusal::NotThatMany);
                }
                for (class, n) in ships {
                    *self.detached.entry((key, class)).or_default() += n;
                }
            }
            Action::Merge { into } => {
                if self.joined.contains(into) {
                    return Err(Refusal::NoSuchForce(into.clone()));
                }
                self.joined.insert(key);
            }
            _ => {}
        }
        Ok(())
    }
}
