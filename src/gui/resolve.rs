//! Turns are resolved on another thread: one at a time, or all that are left, the computer in the seat at the table.

use super::{
    Asking, Game,
    job::{Done, Kind},
    live,
};
use crate::{
    ai::Level,
    war::{Player, War, store},
};

impl Game {
    /// Ends the turn.
    pub(super) fn end_turn(&mut self) {
        if self.is_busy() || self.asking.is_some() || self.around.curtain.is_some() {
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        if session.watch.is_some() {
            return;
        }
        if session.view.ended.is_some() {
            session.verdict_closed = false;
            return;
        }
        // Each person sees what wants attention before the next one sits down.
        if self.wants_attention() || self.hand_over() {
            return;
        }
        self.resolve(false);
    }

    /// Whether the computer may play the seat at the table to the end: it is the only one that a person plays, and the war
    /// goes on.
    pub(super) fn may_play_out(&self) -> bool {
        self.session.as_ref().is_some_and(|session| {
            let goes_on = session.view.ended.is_none() && session.watch.is_none();
            goes_on && session.people.len() == 1
        })
    }

    /// Asks whether the computer shall play the seat to the end; asked about already, it does.
    pub(super) fn play_out(&mut self) {
        if self.is_busy() || self.around.curtain.is_some() || !self.may_play_out() {
            return;
        }
        if self.asking.take() != Some(Asking::Rest) {
            self.asking = Some(Asking::Rest);
            return;
        }
        self.resolve(true);
    }

    /// Resolves a turn on another thread; or all that are left, after the computer took over the seat at the table.
    fn resolve(&mut self, to_the_end: bool) {
        let mut fresh = self.due_content();
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(mut war) = session.war.take() else {
            return;
        };
        let (unsaved, seat) = (session.unsaved, session.seat.clone());
        let mut eve = self.film.eve(session.seats());
        self.around.plans.forget();
        self.start(Kind::Turn, move || {
            // A turn that breaks the game must not take its orders along. Whether saving works is told after it.
            if let Some(path) = war.autosave.as_ref().filter(|_| unsaved) {
                let _ = store::save(path, war.record());
            }
            if to_the_end {
                let level = level(&war);
                war.hand_over(&seat, Player::Computer(level));
            }
            let mut renewed = None;
            let problem = loop {
                eve.note(&war);
                let mut problem = war.end_turn().err();
                // Orders were given by the content that was there; what has changed since counts from here on.
                if let Some(catalog) = fresh.take_if(|_| war.ended().is_none()) {
                    renewed = Some(live::renew(&mut war, catalog));
                    if let Some(path) = &war.autosave {
                        problem = problem.or(store::save(path, war.record()).err().map(Into::into));
                    }
                }
                if problem.is_some() || !to_the_end || war.ended().is_some() {
                    break problem;
                }
            };
            eve.develop(&war);
            Done {
                war: Some(war),
                problem: problem.map(|error| error.to_string()),
                renewed,
                ..Done::default()
            }
        });
    }
}

/// How well the computer plays on: as the best of those that it was played against.
fn level(war: &War) -> Level {
    let players = war.record().players.values();
    let levels = players.filter_map(|player| match player {
        Player::Computer(level) if *level < Level::Passive => Some(*level),
        _ => None,
    });
    levels.max().unwrap_or_default()
}
