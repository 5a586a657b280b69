//! What is kept of a turn: films and accounts of luck for each seat that a person plays, made on the thread that
//! resolves the turn; and the story of a war that is over.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::script::{Film, script};
use crate::{
    content::{Catalog, Key, Seat},
    gui::luck::Luck,
    sim::{order::Order, view::SeatView},
    war::{Record, War, chronicle, replay},
};

/// The film of one seat's last turn, and the account of its luck.
#[derive(Debug)]
pub struct Tape {
    /// The film.
    pub film: Film,
    /// The luck.
    pub luck: Luck,
}

/// Films by seat.
pub(super) type Tapes = BTreeMap<Key<Seat>, Arc<Tape>>;

/// The story of a war as each seat came to know it.
pub(super) type Annals = BTreeMap<Key<Seat>, chronicle::Told>;

impl Tape {
    /// The film of a turn that is watched, of which nobody asks for the luck.
    pub(in crate::gui) fn without_luck(before: &SeatView, after: &SeatView) -> Self {
        Self {
            film: script(before, after),
            luck: Luck::default(),
        }
    }

    /// Film and luck of a turn: what was known and ordered before it, what is known after it.
    fn of(before: &SeatView, orders: &[Order], after: &SeatView) -> Self {
        Self {
            film: script(before, after),
            luck: Luck::of(before, orders, after),
        }
    }
}

/// Notes what people know before a turn is resolved, and makes films of it afterwards; on the thread that resolves it.
pub struct Eve {
    pub(super) tapes: Arc<OnceLock<Tapes>>,
    pub(super) annals: Arc<OnceLock<Annals>>,
    pub(super) seats: Vec<Key<Seat>>,
    pub(super) known: BTreeMap<Key<Seat>, (Arc<SeatView>, Vec<Order>)>,
}

impl Eve {
    /// Notes what is known and planned.
    pub fn note(&mut self, war: &War) {
        for seat in &self.seats {
            if let Ok(view) = war.view(seat) {
                self.known
                    .insert(seat.clone(), (view, war.pending(seat).to_vec()));
            }
        }
    }

    /// Makes the films of the turn that has been resolved since.
    pub fn develop(self, war: &War) {
        let mut tapes = Tapes::new();
        for (seat, (before, orders)) in self.known {
            if let Ok(after) = war.view(&seat)
                && (after.turn > before.turn || after.ended.is_some())
            {
                tapes.insert(seat, Arc::new(Tape::of(&before, &orders, &after)));
            }
        }
        // Nobody else writes there.
        let _ = self.tapes.set(tapes);
        if war.ended().is_some() {
            tell_story(war.catalog(), war.record(), &self.seats, &self.annals);
        }
    }
}

/// Plays the last turn of a war that was loaded again for its films; what cannot be played again has none.
pub(super) fn remember(
    catalog: &Arc<Catalog>,
    record: &Record,
    known: BTreeMap<Key<Seat>, Arc<SeatView>>,
    tapes: &OnceLock<Tapes>,
) {
    let Ok(sim) = replay(catalog, record, record.length().saturating_sub(1)) else {
        return;
    };
    let ordered = record.turns.last().map(|row| &row.orders);
    let made = known.into_iter().filter_map(|(seat, after)| {
        let before = sim.view(&seat).ok()?;
        let given = ordered.and_then(|orders| orders.get(&seat)).into_iter();
        let orders: Vec<Order> = given.flatten().map(|g| g.order.clone()).collect();
        Some((seat, Arc::new(Tape::of(&before, &orders, &after))))
    });
    // Made once is enough.
    let _ = tapes.set(made.collect());
}

/// Plays a war again for its story; what cannot be played again has none.
pub(super) fn tell_story(
    catalog: &Arc<Catalog>,
    record: &Record,
    seats: &[Key<Seat>],
    annals: &OnceLock<Annals>,
) {
    let told = seats.iter().filter_map(|seat| {
        let told = chronicle::chronicle(catalog, record, seat)?;
        Some((seat.clone(), told))
    });
    // Told once is enough.
    let _ = annals.set(told.collect());
}
