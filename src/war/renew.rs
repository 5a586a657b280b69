//! Changed content taken over by a war that goes on.

use std::sync::{Arc, OnceLock};

use super::{
    Desk, War, WarError, mods,
    record::Change,
    resume::{fingerprint_of, guarded},
    rules, scenario_of, seat_exists,
};
use crate::{
    content::{Catalog, Key, Seat},
    sim::{
        RULES_REVISION, Sim, SimError,
        map::Graph,
        order::{self, Order, Refusal},
    },
};

/// What became of a war that took over other content.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Renewed {
    /// The first turn that is played by it; none if it differs in texts alone, and nothing else has changed.
    pub from: Option<u32>,
    /// Orders that were given and may not be any more, each with the reason.
    pub dropped: Vec<Dropped>,
}

/// An order that may not be given any more.
#[derive(Clone, PartialEq, Debug)]
pub struct Dropped {
    /// Whose.
    pub seat: Key<Seat>,
    /// What.
    pub order: Order,
    /// Why.
    pub why: Refusal,
}

impl War {
    /// Whether this war would be played by other definitions with this content: more than texts has changed.
    pub fn differs(&self, catalog: &Catalog) -> bool {
        fingerprint_of(catalog, &self.record) != self.record.content
    }

    /// Takes over other content and goes on: the state stays as it is, the record notes from which turn on it can be
    /// proved again, as it does where a war is resumed with other content. A war of which no turn has been played begins
    /// anew with it. Pending orders stay as far as they may still be given; those of seats that follow a record do so no
    /// longer. Where only texts differ, the record stays as it is.
    ///
    /// # Errors
    /// If the war cannot go on with it: its scenario is gone, or what is in the war is not known any more. Then nothing
    /// has changed.
    pub fn renew(&mut self, catalog: Arc<Catalog>) -> Result<Renewed, WarError> {
        let refused = |why: &dyn std::fmt::Display| WarError::NotRenewed(why.to_string());
        let scenario = scenario_of(&catalog, &self.record).map_err(|why| refused(&why))?;
        for seat in self.record.players.keys() {
            seat_exists(&scenario, seat).map_err(|why| refused(&why))?;
        }
        let differs = self.differs(&catalog);
        let made = guarded(|| match self.record.length() {
            0 if differs => Ok(Sim::new(
                rules(&catalog, &scenario),
                scenario,
                self.record.seed,
            )),
            _ => self.sim.renewed(rules(&catalog, &scenario), scenario),
        });
        let sim = match made {
            Some(Ok(sim)) => sim,
            Some(Err(SimError::Snapshot(why))) => return Err(WarError::NotRenewed(why)),
            Some(Err(why)) => return Err(refused(&why)),
            None => {
                let turn = self.turn();
                return Err(refused(&WarError::Impossible { turn }));
            }
        };
        self.catalog = catalog;
        self.sim = sim;
        self.look_anew();
        if !differs {
            return Ok(Renewed::default());
        }
        self.shadow = None;
        self.note_change();
        let from = Some(self.record.length() + 1);
        let dropped = self.drop_orders();
        Ok(Renewed { from, dropped })
    }

    /// Views are made anew when they are asked for.
    pub(super) fn look_anew(&mut self) {
        self.views
            .values_mut()
            .for_each(|cell| *cell = OnceLock::new());
        self.truth = OnceLock::new();
    }

    /// Notes in the record that the next turn is played by other content than the last.
    fn note_change(&mut self) {
        let next = self.record.length() + 1;
        let record = &mut self.record;
        let content = fingerprint_of(&self.catalog, record);
        // Between two changes without a turn nothing was played: only what the last turns were played by counts.
        match record.changes.last().filter(|change| change.turn == next) {
            Some(first) if first.content == content && first.revision == RULES_REVISION => {
                record.changes.pop();
            }
            Some(_) => {}
            None if next == 1 => {}
            None => record.changes.push(Change {
                turn: next,
                revision: record.revision,
                content: record.content.clone(),
            }),
        }
        if next > 1 {
            let snapshots = &mut record.snapshots;
            snapshots
                .entry(next - 1)
                .or_insert_with(|| self.sim.snapshot());
        }
        record.revision = RULES_REVISION;
        record.content = content;
        record.mods = mods(&self.catalog);
    }

    /// Takes back orders that may not be given any more.
    fn drop_orders(&mut self) -> Vec<Dropped> {
        let mut dropped = Vec::new();
        let seats: Vec<Key<Seat>> = self.record.pending.keys().cloned().collect();
        for seat in seats {
            let Ok(view) = self.view(&seat) else { continue };
            let graph = Graph::new(&view.map);
            let mut kept = Vec::new();
            for order in self.pending(&seat).to_vec() {
                match order::check_on(&view, Some(&graph), &order) {
                    Ok(()) => kept.push(order),
                    Err(why) => dropped.push(Dropped {
                        seat: seat.clone(),
                        order,
                        why,
                    }),
                }
            }
            // What could be undone was planned by other content.
            self.desks.insert(seat.clone(), Desk::new(kept));
            self.note_pending(&seat);
        }
        dropped
    }
}
