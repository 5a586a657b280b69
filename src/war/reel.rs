//! A record as a reel: what a seat knew, or the truth, at the start of every turn, so that any turn is at hand at once.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Given, Record, WarError,
    resume::{begin, is_current, play_orders},
};
use crate::{
    content::{Catalog, Condition, Key, Seat, Side},
    sim::{Sim, Totals, view::SeatView},
};

/// What all seats ordered on one turn.
type Orders = BTreeMap<Key<Seat>, Vec<Given>>;

/// The beginning of a turn, with the report of the one before.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The turn that is planned here; after the last turn of a war that has ended, that turn again.
    pub turn: u32,
    /// What is known; its report is that of the turn before.
    pub view: Arc<SeatView>,
    /// Losses, stocks and holdings in truth: the referee's alone.
    pub totals: Option<BTreeMap<Key<Side>, Totals>>,
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
        let mut reels = Self::several(catalog, record, &[seat])?;
        reels.pop().ok_or(WarError::NoSnapshot)
    }

    /// The same from several points of view, in their order: the record is played once for all of them.
    ///
    /// # Errors
    /// If it has not all of these seats, cannot be played, or was played under other rules or content.
    pub fn several(
        catalog: &Arc<Catalog>,
        record: &Record,
        seats: &[Option<Key<Seat>>],
    ) -> Result<Vec<Self>, WarError> {
        let turns: Vec<&Orders> = record.turns.iter().map(|row| &row.orders).collect();
        roll(catalog, record, &turns, seats, |_, _| {})
    }

    /// The record that was entered, as it went on without whoever entered it; none if this one entered none.
    ///
    /// # Errors
    /// As of [`Reel::new`].
    pub fn entered(
        catalog: &Arc<Catalog>,
        record: &Record,
        seat: Option<Key<Seat>>,
    ) -> Result<Option<Self>, WarError> {
        match entered(record) {
            Some(turns) => Ok(roll(catalog, record, &turns, &[seat], |_, _| {})?.pop()),
            None => Ok(None),
        }
    }

    /// A record from one point of view, or the record that was entered as it went on, and for each of these conditions
    /// the first turn, from the one that stands beside it, at whose end it was held to be true there.
    ///
    /// # Errors
    /// As of [`Reel::new`], and if no record was entered that could be asked for.
    pub fn dated(
        catalog: &Arc<Catalog>,
        record: &Record,
        is_entered: bool,
        seat: Option<Key<Seat>>,
        asked: &[(u32, &Condition)],
    ) -> Result<(Self, Vec<Option<u32>>), WarError> {
        let turns = match is_entered {
            true => entered(record).ok_or(WarError::NoSnapshot)?,
            false => record.turns.iter().map(|row| &row.orders).collect(),
        };
        let mut dates = vec![None; asked.len()];
        let ask = |turn: u32, sim: &mut Sim| {
            for (date, (first, condition)) in dates.iter_mut().zip(asked) {
                if date.is_none() && turn >= (*first).max(1) {
                    let holds = match &seat {
                        Some(seat) => sim.believes(seat, condition).unwrap_or(false),
                        None => sim.holds(condition),
                    };
                    *date = holds.then_some(turn);
                }
            }
        };
        let mut reels = roll(catalog, record, &turns, std::slice::from_ref(&seat), ask)?;
        let reel = reels.pop().ok_or(WarError::NoSnapshot)?;
        Ok((reel, dates))
    }

    /// The frame after so many turns; the last one beyond the end.
    pub fn after(&self, turns: u32) -> Option<&Frame> {
        let last = self.frames.len().checked_sub(1)?;
        self.frames.get((turns as usize).min(last))
    }
}

/// The turns of the record that was entered; none if none was.
fn entered(record: &Record) -> Option<Vec<&Orders>> {
    let (lead, parent) = (record.lead.as_ref()?, record.parent.as_ref()?);
    let shared = record.turns.iter().take(parent.turns as usize);
    Some(
        shared
            .map(|row| &row.orders)
            .chain(lead.orders.values())
            .collect(),
    )
}

/// Plays these turns from the beginning of a record's war.
fn roll(
    catalog: &Arc<Catalog>,
    record: &Record,
    turns: &[&Orders],
    seats: &[Option<Key<Seat>>],
    mut visit: impl FnMut(u32, &mut Sim),
) -> Result<Vec<Reel>, WarError> {
    if record.first_provable() > 1 || !is_current(catalog, record) {
        return Err(WarError::NoSnapshot);
    }
    let mut sim = begin(catalog, record)?;
    let mut reels: Vec<Reel> = seats
        .iter()
        .map(|seat| Reel {
            seat: seat.clone(),
            frames: Vec::with_capacity(turns.len() + 1),
        })
        .collect();
    for after in 0..=turns.len() {
        if let Some(orders) = after.checked_sub(1).and_then(|index| turns.get(index)) {
            play_orders(&mut sim, orders, u32::try_from(after).unwrap_or(u32::MAX))?;
        }
        visit(u32::try_from(after).unwrap_or(u32::MAX), &mut sim);
        for reel in &mut reels {
            let view = match &reel.seat {
                Some(seat) => sim.view(seat)?,
                None => sim.referee_view(),
            };
            reel.frames.push(Frame {
                turn: sim.turn(),
                view: Arc::new(view),
                totals: reel.seat.is_none().then(|| sim.totals()),
            });
        }
    }
    Ok(reels)
}
