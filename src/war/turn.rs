//! A war's turn ended: whose orders are carried out, and what the record keeps of it.

use std::collections::BTreeMap;

use super::{
    Desk, Given, Player, War, WarError,
    record::{Hashes, TurnRow},
    run_turn,
};
use crate::{
    content::{Key, Seat},
    sim::TurnReport,
};

impl War {
    /// Ends the turn: the computer gives its orders, everybody's are carried out, and the turn is recorded (and
    /// saved, if `autosave` is set). After the end nothing changes any more.
    ///
    /// # Errors
    /// If the war could not be saved; the turn has been resolved all the same.
    pub fn end_turn(&mut self) -> Result<TurnReport, WarError> {
        if self.ended().is_some() {
            return Ok(self.last.clone().unwrap_or_else(|| self.sim.resolve_turn()));
        }
        let orders = self.orders_due()?;
        self.carry_out(orders)
    }

    /// What everybody orders on this turn.
    fn orders_due(&mut self) -> Result<BTreeMap<Key<Seat>, Vec<Given>>, WarError> {
        let mut orders: BTreeMap<Key<Seat>, Vec<Given>> = BTreeMap::new();
        for (seat, player) in self.record.players.clone() {
            let seat = &seat;
            let given: Vec<Given> = match player {
                Player::History => self.follow(seat)?,
                Player::Computer(_) => self
                    .plan(seat)?
                    .into_iter()
                    .map(|r| Given {
                        order: r.order,
                        why: r.reason,
                    })
                    .collect(),
                Player::Person | Player::Script => self
                    .pending(seat)
                    .iter()
                    .map(|order| Given {
                        order: order.clone(),
                        why: String::new(),
                    })
                    .collect(),
            };
            if !given.is_empty() {
                orders.insert(seat.clone(), given);
            }
        }
        Ok(orders)
    }

    /// Resolves the turn by these orders, whoever plays the seats, and records it. What the truth does not allow is
    /// refused in it.
    ///
    /// # Errors
    /// As [`War::end_turn`]; or if a seat is not of this war.
    pub(super) fn carry_out(
        &mut self,
        orders: BTreeMap<Key<Seat>, Vec<Given>>,
    ) -> Result<TurnReport, WarError> {
        let report = run_turn(&mut self.sim, &orders)?;
        self.step_shadow(report.turn);
        let first = report.turn == self.record.first_provable();
        self.record.keep_snapshot(self.sim.snapshot());
        self.record.turns.push(TurnRow {
            turn: report.turn,
            orders,
            hashes: Hashes::of(&self.sim, &report, first),
        });
        self.record.pending.clear();
        self.desks.values_mut().for_each(Desk::clear);
        self.look_anew();
        self.last = Some(report.clone());
        self.save_quietly()?;
        Ok(report)
    }
}
