//! A record as a reel: what a seat knew, or the truth, at the start of every turn, so that any turn is at hand at once.

use std::sync::Arc;

use super::{
    Record, WarError,
    resume::{begin, is_current, play},
};
use crate::{
    content::{Catalog, Key, Seat},
    sim::view::SeatView,
};

/// The beginning of a turn, with the report of the one before.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The turn that is planned here; after the last turn of a war that has ended, that turn again.
    pub turn: u32,
    /// What is known; its report is that of the turn before.
    pub view: Arc<SeatView>,
}

/// A record from one point of view.
#[derive(Clone, Debug)]
pub struct Reel {
    /// Whose; none: the referee's.
    pub seat: Option<Key<Seat>>,
    /// Turns resolved and their frames: the first before turn 1, the last after all that was played.
    pub frames: Vec<Frame>,
}

impl Reel {
    /// Plays a record through from its beginning.
    ///
    /// # Errors
    /// If it has no such seat, cannot be played, or was played under other rules or content.
    pub fn new(
        catalog: &Arc<Catalog>,
        record: &Record,
        seat: Option<Key<Seat>>,
    ) -> Result<Self, WarError> {
        if record.first_provable() > 1 || !is_current(catalog, record) {
            return Err(WarError::NoSnapshot);
        }
        let mut sim = begin(catalog, record)?;
        let mut frames = Vec::with_capacity(record.turns.len() + 1);
        for after in 0..=record.length() {
            if after > 0 {
                play(&mut sim, record, after)?;
            }
            let view = match &seat {
                Some(seat) => sim.view(seat)?,
                None => sim.referee_view(),
            };
            frames.push(Frame {
                turn: sim.turn(),
                view: Arc::new(view),
            });
        }
        Ok(Self { seat, frames })
    }

    /// The frame after so many turns; the last one beyond the end.
    pub fn after(&self, turns: u32) -> Option<&Frame> {
        let last = self.frames.len().checked_sub(1)?;
        self.frames.get((turns as usize).min(last))
    }
}
