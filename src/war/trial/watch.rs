//! How far the wars of trials have come: told to whoever waits for them, from whichever thread has played one.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::content::Trial;

/// Wars of trials that are being played.
pub(super) struct Watch<'a> {
    done: AtomicU64,
    all: u64,
    tell: &'a (dyn Fn(u64, u64) + Sync),
}

impl<'a> Watch<'a> {
    /// Over wars that are still to be played.
    pub(super) fn new(all: u64, tell: &'a (dyn Fn(u64, u64) + Sync)) -> Self {
        let done = AtomicU64::new(0);
        Self { done, all, tell }
    }

    /// A war has been played.
    pub(super) fn war(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.tell)(done.min(self.all), self.all);
    }
}

/// How many wars a trial plays for all that it is to show; `apart`: with and without what it takes away.
pub(super) fn wars(trial: &Trial, apart: bool) -> u64 {
    let figures = u64::from(trial.moves.is_some());
    let options = trial.decision.as_ref().map_or(0, |d| d.options.len());
    let both = figures + u64::try_from(options).unwrap_or(0);
    let each = if apart { 1 + 2 * both } else { 1 };
    trial.wars().saturating_mul(each)
}
