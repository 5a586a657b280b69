//! Losses, booked in one way wherever they happen: the journal tells them with their cause, the side's tally counts
//! them, a lost flagship takes its commander along, a lost force its stocks.

use super::{
    dice::Dice,
    field::Field,
    fire::damage::ClassLoss,
    journal::{Cause, Fate, Journal, What, Witnesses},
    roster::Unit,
    state::{Place, Story, hulls},
    values::Tallies,
};
use crate::content::{Key, Role, Side};

/// Where losses are booked.
pub struct Ledger<'a> {
    /// Rules and scenario.
    pub field: &'a Field,
    /// What happens.
    pub journal: &'a mut Journal,
    /// Who is no more.
    pub story: &'a mut Story,
    /// Counts by side.
    pub tallies: &'a mut Tallies,
}

impl Ledger<'_> {
    /// Books what a force has just lost; the ships are already gone from it. `witnesses` beside its own side.
    pub fn book(
        &mut self,
        unit: &mut Unit,
        losses: &[ClassLoss],
        cause: &Cause,
        place: &Place,
        witnesses: &Witnesses,
        dice: &mut Dice,
    ) {
        if losses.is_empty() {
            return;
        }
        let mut told = self.field.watchers(unit.side());
        told.join(witnesses);
        let mut capitals_lost = 0;
        for loss in losses {
            if let Some(tally) = self.tallies.get_mut(unit.side()) {
                tally.lost += loss.hp;
            }
            if self
                .field
                .rules
                .classes
                .get(&loss.class)
                .is_some_and(|c| c.role == Role::Capital)
            {
                capitals_lost += loss.lost + loss.crippled;
            }
            if loss.lost > 0 || loss.crippled > 0 {
                self.journal.tell(
                    &told,
                    What::ShipsLost {
                        force: unit.id.clone(),
                        place: place.clone(),
                        class: loss.class.clone(),
                        lost: loss.lost,
                        crippled: loss.crippled,
                        hp: loss.hp,
                        cause: cause.clone(),
                    },
                );
            }
        }
        let capitals_left = hulls(&self.field.rules, &unit.ships.0, Role::Capital);
        if (capitals_lost > 0 || unit.is_gone()) && unit.command.commander.is_some() {
            let before = i64::from(capitals_left + capitals_lost);
            let risk = i64::from(self.field.rules.constants.flagship_risk);
            let hit = (0..capitals_lost)
                .any(|_| dice.below(before.unsigned_abs() * 1000) < risk.unsigned_abs());
            if hit || unit.is_gone() {
                self.flagship(unit, &told, dice);
            }
        }
        if unit.is_gone() {
            self.gone(unit, cause, place, &told);
        }
    }

    /// Ships taken by the enemy: strength lost, told to both.
    pub fn captured(&mut self, unit: &Unit, by: &Key<Side>, hulls: i32, hp: i64, place: &Place) {
        if let Some(tally) = self.tallies.get_mut(unit.side()) {
            tally.lost += hp;
        }
        let mut told = self.field.watchers(unit.side());
        told.join(&self.field.watchers(by));
        self.journal.tell(
            &told,
            What::Captured {
                force: unit.id.clone(),
                by: by.clone(),
                hulls,
                hp,
                place: place.clone(),
            },
        );
        if unit.is_gone() {
            self.gone(unit, &Cause::CutOff, place, &told);
        }
    }

    fn flagship(&mut self, unit: &mut Unit, told: &Witnesses, dice: &mut Dice) {
        let Some(commander) = unit.command.commander.take() else {
            return;
        };
        // A third die, a third are taken, a third get off in time and lead again elsewhere: nobody's nature.
        let fate = match dice.below(3) {
            0 => Fate::Dead,
            1 => Fate::Captured,
            _ => Fate::Alive,
        };
        unit.crew.readiness =
            (unit.crew.readiness - self.field.rules.constants.flagship_shock).max(0);
        self.story.fates.insert(commander.clone(), fate);
        self.journal.tell(
            told,
            What::FlagshipLost {
                force: unit.id.clone(),
                commander,
                fate,
            },
        );
    }

    fn gone(&mut self, unit: &Unit, cause: &Cause, place: &Place, told: &Witnesses) {
        if let Some(tally) = self.tallies.get_mut(unit.side()) {
            for (stock, amount) in &unit.magazine.0 {
                *tally.stocks_lost.entry(stock.clone()).or_default() += amount;
            }
        }
        self.story.destroyed.insert(unit.id.clone());
        self.journal.tell(
            told,
            What::ForceLost {
                force: unit.id.clone(),
                place: place.clone(),
                cause: cause.clone(),
            },
        );
    }
}
