//! Who knows of a happening.

use std::{collections::BTreeSet, ops::Deref, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::content::{Key, Seat};

/// Seats that know of something. Most entries of a turn are known to the same few lists of seats, which they share.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Witnesses(Arc<BTreeSet<Key<Seat>>>);

impl Witnesses {
    /// Those seats as well.
    pub fn join(&mut self, others: &Self) {
        if Arc::ptr_eq(&self.0, &others.0) || others.0.is_subset(&self.0) {
            return;
        }
        if self.0.is_subset(&others.0) {
            self.0 = others.0.clone();
        } else {
            Arc::make_mut(&mut self.0).extend(others.0.iter().cloned());
        }
    }
}

impl Deref for Witnesses {
    type Target = BTreeSet<Key<Seat>>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromIterator<Key<Seat>> for Witnesses {
    fn from_iter<I: IntoIterator<Item = Key<Seat>>>(seats: I) -> Self {
        Self(Arc::new(seats.into_iter().collect()))
    }
}

impl From<&Self> for Witnesses {
    fn from(seats: &Self) -> Self {
        seats.clone()
    }
}

impl From<&Key<Seat>> for Witnesses {
    fn from(seat: &Key<Seat>) -> Self {
        [seat.clone()].into_iter().collect()
    }
}
