//! A record that is watched: every turn of it at hand from several points of view, which turn is shown, and whether it
//! plays on.

use std::sync::Arc;

use super::{
    Library,
    track::{Bar, Track, bars},
};
use crate::{
    content::{Course, Key, Seat, chronicle::Chronicle},
    gui::{Game, Page, UiAction, film::Tape, session::Session, words::say},
    sim::view::SeatView,
    war::{Player, Reel, War},
};

pub use crate::war::annals::is_referee;

/// How long a turn is shown while the record plays on, seconds.
const STEP: f64 = 1.1;

/// A record that is watched.
#[derive(Debug)]
pub struct Watch {
    /// Turns that are over; 0 is the beginning.
    pub at: u32,
    /// Which point of view is shown.
    pub point: usize,
    /// From where it can be seen, all their turns.
    pub reels: Vec<Reel>,
    /// What happened, by point of view.
    pub tracks: Vec<Track>,
    /// What the record tells of these days.
    pub bars: Vec<Bar>,
    /// The record that bears on it, if one does.
    pub told: Option<Arc<Chronicle>>,
    /// How it was played, if it follows one.
    pub course: Option<Arc<Course>>,
    /// Since when the turn is shown, while it plays on; none: it rests.
    pub clock: Option<f64>,
    /// What the line of whoever takes command is to be called, as typed; nothing: by battle, seat and date.
    pub name: String,
}

/// What can be done with a record that is watched.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Shows it after so many turns.
    To(u32),
    /// So many turns forth or back.
    Step(i32),
    /// To its beginning.
    First,
    /// To its end.
    Last,
    /// Plays on, or rests.
    Play,
    /// It is now so many seconds of the window's time.
    Tick(f64),
    /// Looks from there: the place among the points of view.
    From(usize),
    /// Takes command of this seat from here on.
    Take(Key<Seat>),
    /// What the line that begins then is to be called, as typed.
    Name(String),
}

impl Watch {
    /// A war with all its turns, shown after so many of them. A war that a person has not finished is seen by that
    /// person alone: who loads it again must not know more than before.
    ///
    /// # Errors
    /// If it cannot be played again, in a sentence.
    pub fn of(war: &War, library: Option<&Library>, at: u32) -> Result<Self, String> {
        let record = war.record();
        let is_open = war.ended().is_none();
        let people = record.players.iter();
        let people = people.filter(|(_, player)| **player == Player::Person);
        let people: Vec<&Key<Seat>> = people.map(|(seat, _)| seat).collect();
        let points: Vec<Option<Key<Seat>>> = match is_open && !people.is_empty() {
            true => people.into_iter().cloned().map(Some).collect(),
            false => {
                let seats = record.players.keys().cloned().map(Some);
                [None].into_iter().chain(seats).collect()
            }
        };
        let reels = Reel::several(war.catalog(), record, &points)
            .map_err(|error| say!("watch-cannot", why = error.to_string()))?;
        let scenario = war.scenario();
        let told = library
            .and_then(|library| library.told_of(scenario))
            .cloned();
        let course = library
            .and_then(|library| library.course_of(&scenario.id))
            .cloned();
        let mut watch = Self {
            at: 0,
            point: 0,
            tracks: reels.iter().map(Track::of).collect(),
            reels,
            bars: Vec::new(),
            told,
            course,
            clock: None,
            name: String::new(),
        };
        watch.at = at.min(watch.last());
        if let Some(told) = &watch.told {
            let turns = watch.last() as usize;
            watch.bars = bars(told, watch.course.as_deref(), &scenario.calendar, turns);
        }
        Ok(watch)
    }

    /// Turns that the record has.
    pub fn last(&self) -> u32 {
        let frames = self.reels.first().map_or(1, |reel| reel.frames.len());
        u32::try_from(frames.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// What is known at the start of the turn that is shown.
    pub fn view(&self) -> Option<&Arc<SeatView>> {
        let reel = self.reels.get(self.point)?;
        reel.after(self.at).map(|frame| &frame.view)
    }

    /// What happened, as far as the point of view knows.
    pub fn track(&self) -> Option<&Track> {
        self.tracks.get(self.point)
    }

    /// Whether it plays on.
    pub fn plays(&self) -> bool {
        self.clock.is_some()
    }

    /// Goes so many turns; true if another one is shown now.
    fn go(&mut self, at: i64) -> bool {
        let at = at.clamp(0, i64::from(self.last()));
        let at = u32::try_from(at).unwrap_or_default();
        std::mem::replace(&mut self.at, at) != at
    }

    /// Carries out what moves it; true if something else is shown now.
    fn act(&mut self, act: &Act) -> bool {
        match act {
            Act::Tick(time) => {
                let Some(since) = self.clock else {
                    return false;
                };
                // It has only just begun to play.
                if since < 0.0 {
                    self.clock = Some(*time);
                    return false;
                }
                if time - since < STEP {
                    return false;
                }
                self.clock = Some(*time);
                let moved = self.go(i64::from(self.at) + 1);
                if self.at == self.last() {
                    self.clock = None;
                }
                moved
            }
            Act::Play => {
                let is_over = self.at == self.last();
                self.clock = match self.clock {
                    Some(_) => None,
                    None => Some(-1.0),
                };
                // From its end it plays from the beginning.
                self.clock.is_some() && is_over && self.go(0)
            }
            Act::From(point) => {
                let is_there = *point < self.reels.len();
                is_there && std::mem::replace(&mut self.point, *point) != *point
            }
            Act::To(_) | Act::Step(_) | Act::First | Act::Last => {
                self.clock = None;
                self.go(match act {
                    Act::To(at) => i64::from(*at),
                    Act::Step(by) => i64::from(self.at) + i64::from(*by),
                    Act::Last => i64::MAX,
                    _ => 0,
                })
            }
            Act::Name(name) => {
                self.name.clone_from(name);
                false
            }
            Act::Take(_) => false,
        }
    }
}

impl Session {
    /// Shows what the record shows now.
    fn show_watched(&mut self) {
        let Some(view) = self.watch.as_ref().and_then(|watch| watch.view()) else {
            return;
        };
        self.view = view.clone();
        self.seat = view.seat.clone();
    }
}

impl Game {
    /// Whether a record is watched.
    pub fn is_watching(&self) -> bool {
        self.session.as_ref().is_some_and(|s| s.watch.is_some())
    }

    /// Carries out what is done with the record that is watched.
    pub(in crate::gui) fn watch(&mut self, act: Act) {
        if let Act::Take(seat) = act {
            return self.take_command(seat);
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(watch) = &mut session.watch else {
            return;
        };
        if !watch.act(&act) {
            return;
        }
        session.show_watched();
        let seat = session.seat.clone();
        self.film.show_nobody(&seat);
        self.reading = crate::gui::reading::Reading::default();
        if self.page == Page::Film {
            self.page = Page::Report;
        }
        self.hover = None;
        self.forget_what_is_gone();
        self.command_anew();
    }

    /// Makes the film of the turn that has just been watched.
    pub(in crate::gui) fn film_of_the_watched(&mut self) {
        let Some(watch) = self.session.as_ref().and_then(|s| s.watch.as_ref()) else {
            return;
        };
        let Some(reel) = watch.reels.get(watch.point) else {
            return;
        };
        let before = watch.at.checked_sub(1).and_then(|at| reel.after(at));
        let (Some(before), Some(after)) = (before, reel.after(watch.at)) else {
            return;
        };
        let tape = Tape::without_luck(&before.view, &after.view);
        let seat = after.view.seat.clone();
        self.film.show_one(&seat, tape);
    }

    /// What a command does while a record is watched; none: nothing.
    pub(in crate::gui) fn while_watching(&self, action: UiAction) -> Option<UiAction> {
        use crate::gui::command::{Act as Ordered, list::Verb};
        match action {
            UiAction::EndTurn
            | UiAction::PlayOut
            | UiAction::NextIdle
            | UiAction::Undo
            | UiAction::Redo
            | UiAction::Give(_)
            | UiAction::Read(_)
            | UiAction::Turn(Page::Outlook | Page::Reserves) => None,
            UiAction::Command(Ordered::Open(Verb::Find | Verb::Forces)) => Some(action),
            UiAction::Command(Ordered::Open(_) | Ordered::PreviousIdle) => None,
            action => Some(action),
        }
    }
}
