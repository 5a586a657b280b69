//! The film of a turn: what the seat knows of it, played on the map in the order of the phases. It shows what has
//! already happened, so skipping it changes nothing.

pub mod script;
mod showing;
mod stage;
mod tape;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
    thread,
};

use bevy_egui::egui::{Context, Event};
use serde::{Deserialize, Serialize};

use self::tape::{Annals, Tapes, remember, tell_story};
pub use self::{
    script::{Beat, Film},
    showing::concerns,
    tape::{Eve, Tape},
};
use super::{Game, Page, UiAction, keys, panels::journal::Filter, settings::Settings};
use crate::{
    chart,
    content::{Key, Seat},
    sim::view::SeatView,
    war::chronicle,
};

/// The longest step of time that one frame may take, seconds: a slow frame must not swallow a beat.
const FRAME: f64 = 0.25;
/// How long after the end of a film a key may still be meant for skipping it, seconds.
const GRACE: f64 = 1.0;
/// How long a still picture holds at least where nothing moves, milliseconds.
const STILL: f32 = 600.0;

/// Which films are shown after a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Which {
    /// All of it.
    #[default]
    All,
    /// Only beats that concern the seat itself.
    Mine,
    /// None; it can be watched all the same.
    None,
}

impl Which {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::All, Self::Mine, Self::None];

    /// Its name in the texts: `film-which-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::None => "none",
        }
    }
}

/// How fast it plays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// As it was made.
    #[default]
    Normal,
    /// Twice as fast.
    Double,
    /// Four times.
    Quadruple,
}

impl Speed {
    /// All of them, slowest first.
    pub const ALL: [Self; 4] = [Self::Half, Self::Normal, Self::Double, Self::Quadruple];

    /// As a factor.
    pub fn factor(self) -> f32 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
            Self::Quadruple => 4.0,
        }
    }

    /// The next faster or slower one, if there is one.
    #[must_use]
    pub fn step(self, faster: bool) -> Self {
        let now = Self::ALL.iter().position(|s| *s == self).unwrap_or(1);
        let next = if faster {
            now + 1
        } else {
            now.saturating_sub(1)
        };
        Self::ALL.get(next).copied().unwrap_or(self)
    }
}

/// What can be done with a film.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Act {
    /// Watches the film of the last turn from its beginning.
    Watch,
    /// Plays on, or pauses.
    Toggle,
    /// Pauses.
    Pause,
    /// One beat forth.
    Step,
    /// One beat back.
    StepBack,
    /// To the next phase.
    NextPhase,
    /// To the next beat that concerns the seat.
    ToMine,
    /// To the end.
    End,
    /// Faster or slower.
    Shift(bool),
    /// At this speed from now on.
    At(Speed),
    /// Which films are shown from now on.
    Show(Which),
    /// It is now so many seconds of the window's time.
    Tick(f64),
    /// Which lines of the journal are shown.
    Filter(Filter),
    /// Lays the report over the map, or puts it back into its dock.
    Large(bool),
}

/// A film on its way.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// Which beat.
    pub beat: usize,
    /// How much of it is done, 0.0 to 1.0.
    pub done: f32,
    /// Whether it plays or is paused.
    pub is_playing: bool,
    /// Whether only beats that concern the seat are shown.
    pub mine_only: bool,
    clock: Option<f64>,
}

/// The films of the last turn, one for each seat that a person plays, and the one that plays.
#[derive(Default)]
pub struct Reel {
    /// Which lines of the journal are shown.
    pub filter: Filter,
    /// Whether the report lies large over the map.
    pub is_large: bool,
    eve: Arc<OnceLock<Tapes>>,
    annals: Arc<OnceLock<Annals>>,
    tapes: Arc<OnceLock<Tapes>>,
    unseen: Vec<Key<Seat>>,
    seat: Option<Key<Seat>>,
    run: Option<Run>,
    over: Option<f64>,
}

/// Film and settings as panels read them.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// The films.
    pub reel: &'a Reel,
    /// What is set.
    pub settings: &'a Settings,
}

impl Reel {
    /// Nothing on film, as when another war is opened.
    pub fn clear(&mut self) {
        *self = Self {
            filter: self.filter,
            ..Self::default()
        };
    }

    /// What is to go with the work that resolves a turn for these seats.
    pub fn eve(&mut self, seats: Vec<Key<Seat>>) -> Eve {
        self.run = None;
        self.is_large = false;
        self.eve = Arc::default();
        Eve {
            tapes: self.eve.clone(),
            annals: self.annals.clone(),
            seats,
            known: BTreeMap::new(),
        }
    }

    /// What is on film for the seat at the table.
    pub fn tape(&self) -> Option<&Tape> {
        self.tapes.get()?.get(self.seat.as_ref()?).map(Arc::as_ref)
    }

    /// The story of the war for the seat at the table, once it has ended and has been told.
    pub fn story(&self) -> Option<&chronicle::Told> {
        self.annals.get()?.get(self.seat.as_ref()?)
    }

    /// Tells this story to whoever sits at the table.
    #[cfg(test)]
    pub fn tell(&mut self, told: chronicle::Told) {
        self.annals = Arc::default();
        // Nothing has been told yet.
        let _ = self.annals.set(
            self.seat
                .iter()
                .map(|seat| (seat.clone(), told.clone()))
                .collect(),
        );
    }

    /// The film on its way, if one is.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// Whether a film is on its way, playing or paused.
    pub fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// Whether a film has come to its end by itself so lately that a key may still be meant for it; the window's time in
    /// seconds.
    pub fn is_just_over(&self, time: f64) -> bool {
        self.over
            .is_some_and(|over| (0.0..GRACE).contains(&(time - over)))
    }

    /// The beat on its way.
    pub fn beat(&self) -> Option<&Beat> {
        self.tape()?.film.beats.get(self.run.as_ref()?.beat)
    }

    /// What the chart below the film shows while one is on its way.
    pub fn still(&self) -> Option<&Arc<SeatView>> {
        self.run.as_ref()?;
        Some(&self.tape()?.film.stage.still)
    }

    /// What is drawn above it. Without motion each beat is shown as it ends.
    pub fn frame(&self, settings: &Settings) -> Option<chart::film::Frame> {
        let run = self.run.as_ref()?;
        let done = if settings.reduced_motion {
            1.0
        } else {
            run.done
        };
        Some(self.tape()?.film.frame(run.beat, done))
    }

    /// Another turn or another point of view is watched: nothing is on film yet.
    pub(super) fn show_nobody(&mut self, seat: &Key<Seat>) {
        self.clear();
        self.seat = Some(seat.clone());
    }

    /// Puts one film on, and begins it.
    pub(super) fn show_one(&mut self, seat: &Key<Seat>, tape: Tape) {
        self.show_nobody(seat);
        // Nothing has been put there yet.
        let _ = self.tapes.set([(seat.clone(), Arc::new(tape))].into());
        self.begin(false);
    }

    /// Takes up what the turn left on film.
    fn take_up(&mut self, seat: &Key<Seat>) {
        self.tapes = self.eve.clone();
        let made = self.tapes.get();
        self.unseen = made.map_or_else(Vec::new, |tapes| tapes.keys().cloned().collect());
        self.seat = Some(seat.clone());
        self.run = None;
    }

    /// Begins the film of this seat if it is to be shown and has not been.
    fn premiere(&mut self, seat: &Key<Seat>, which: Which) -> bool {
        self.run = None;
        self.seat = Some(seat.clone());
        let is_new = self.unseen.contains(seat);
        self.unseen.retain(|s| s != seat);
        is_new && which != Which::None && self.begin(which == Which::Mine)
    }

    /// Begins the film from its first beat; false if there is none.
    fn begin(&mut self, mine_only: bool) -> bool {
        let run = Run {
            beat: 0,
            done: 0.0,
            is_playing: true,
            mine_only,
            clock: None,
        };
        let first = self.tape().and_then(|tape| run.first_from(&tape.film, 0));
        self.run = first.map(|beat| Run { beat, ..run });
        self.run.is_some()
    }

    /// Goes to a beat, shown to this share; past the last one the film is over.
    fn go(&mut self, beat: Option<usize>, done: f32) {
        match (beat, &mut self.run) {
            (Some(beat), Some(run)) => (run.beat, run.done) = (beat, done),
            _ => self.run = None,
        }
    }

    fn act(&mut self, act: Act, settings: &Settings) {
        let tapes = self.tapes.clone();
        let mine = |seat| tapes.get().and_then(|tapes: &Tapes| tapes.get(seat));
        let Some(tape) = self.seat.as_ref().and_then(mine) else {
            self.run = None;
            return;
        };
        let film = &tape.film;
        let Some(run) = &mut self.run else { return };
        let now = run.beat;
        match act {
            Act::Toggle => {
                run.is_playing = !run.is_playing;
                run.clock = None;
            }
            Act::Pause => run.is_playing = false,
            Act::Step => {
                run.is_playing = false;
                let next = run.first_from(film, now + 1);
                self.go(next, 1.0);
            }
            Act::StepBack => {
                run.is_playing = false;
                let before = (0..now).rev().find(|b| run.shows(film, *b));
                self.go(before.or(Some(now)), 1.0);
            }
            Act::NextPhase => {
                let phase = film.beats.get(now).map(|b| b.phase);
                let later = |b: &usize| film.beats.get(*b).map(|b| b.phase) > phase;
                let next = (now..film.beats.len()).find(|b| later(b) && run.shows(film, *b));
                self.go(next, 0.0);
            }
            Act::ToMine => {
                let next = (now + 1..film.beats.len()).find(|b| film.beats[*b].concerns);
                self.go(next, 0.0);
            }
            Act::End => self.run = None,
            Act::Tick(time) => self.tick(time, film, settings),
            Act::Watch
            | Act::Shift(_)
            | Act::At(_)
            | Act::Show(_)
            | Act::Filter(_)
            | Act::Large(_) => {}
        }
    }

    fn tick(&mut self, time: f64, film: &Film, settings: &Settings) {
        let Some(run) = self.run.as_mut().filter(|run| run.is_playing) else {
            return;
        };
        let before = run.clock.replace(time).unwrap_or(time);
        let seconds = (time - before).clamp(0.0, FRAME) as f32;
        let mut left = seconds * 1000.0 * settings.film_speed.factor();
        while let Some(run) = &mut self.run {
            let Some(beat) = film.beats.get(run.beat) else {
                self.run = None;
                break;
            };
            let mut length = beat.length as f32;
            if settings.reduced_motion {
                length = length.max(STILL);
            }
            let rest = (1.0 - run.done) * length;
            if left < rest {
                run.done += left / length;
                return;
            }
            left -= rest;
            let next = run.first_from(film, run.beat + 1);
            self.go(next, 0.0);
        }
        self.over = Some(time);
    }
}

impl Run {
    fn shows(&self, film: &Film, beat: usize) -> bool {
        film.beats
            .get(beat)
            .is_some_and(|b| b.concerns || !self.mine_only)
    }

    fn first_from(&self, film: &Film, from: usize) -> Option<usize> {
        (from..film.beats.len()).find(|b| self.shows(film, *b))
    }
}

impl Game {
    /// Carries out what is done with the film.
    pub(super) fn film(&mut self, act: Act) {
        match act {
            Act::Watch if self.is_watching() => self.film_of_the_watched(),
            Act::Watch => {
                self.film.begin(false);
            }
            Act::Shift(faster) => self.settings.film_speed = self.settings.film_speed.step(faster),
            Act::At(speed) => self.settings.film_speed = speed,
            Act::Show(which) => self.settings.film = which,
            Act::Filter(filter) => self.film.filter = filter,
            Act::Large(large) => {
                self.film.is_large = large;
                self.page = Page::Report;
            }
            _ => self.film.act(act, &self.settings),
        }
        if act == Act::Watch && self.film.is_running() {
            self.page = Page::Film;
        } else if !self.film.is_running()
            && self.page == Page::Film
            && !matches!(act, Act::Show(_) | Act::At(_) | Act::Shift(_))
        {
            self.page = Page::Report;
        }
    }

    /// Nothing of an earlier war is shown of another; one that has ended tells its story.
    pub(super) fn film_of_another_war(&mut self) {
        self.film.clear();
        let Some(session) = &self.session else { return };
        self.film.seat = Some(session.seat.clone());
        let Some(war) = &session.war else { return };
        if war.record().turns.is_empty() {
            return;
        }
        let seats = session.seats();
        let known = seats.iter().filter_map(|seat| {
            let view = war.view(seat).ok()?;
            Some((seat.clone(), view))
        });
        let (known, record) = (known.collect(), war.record().clone());
        let (catalog, is_over) = (war.catalog().clone(), war.ended().is_some());
        let (tapes, annals) = (self.film.tapes.clone(), self.film.annals.clone());
        thread::spawn(move || {
            remember(&catalog, &record, known, &tapes);
            if is_over {
                tell_story(&catalog, &record, &seats, &annals);
            }
        });
    }

    /// Shows the film of the turn just resolved, if films are shown.
    pub(super) fn film_of_the_turn(&mut self) {
        if let Some(session) = &self.session {
            self.film.take_up(&session.seat);
        }
        self.film_of_the_seat();
    }

    /// Shows the last turn's film to who has just sat down, if he has not seen it.
    pub(super) fn film_of_the_seat(&mut self) {
        let Some(session) = &self.session else { return };
        if self.film.premiere(&session.seat, self.settings.film) {
            self.page = Page::Film;
        }
    }

    /// How the map is drawn while a film is on its way: nothing that is to come, nothing that is over.
    pub(super) fn film_options(&self, options: chart::Options) -> chart::Options {
        if !self.film.is_running() {
            return options;
        }
        chart::Options {
            pending: Vec::new(),
            marked: Vec::new(),
            show_salvos: false,
            selected: None,
            hover: None,
            ..options
        }
    }
}

/// What keys ask for while a film is on its way: its own keys do what they do, the end of the turn and a step back
/// skip it, and any other key pauses it.
pub fn keys(ctx: &Context, game: &Game) -> Vec<UiAction> {
    let asked = keys::actions(ctx, &game.settings, false);
    let pressed = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
    let any = !ctx.text_edit_focused() && ctx.input(|i| i.events.iter().any(pressed));
    let is_playing = game.film.run().is_some_and(|run| run.is_playing);
    let mut actions = Vec::new();
    let mut of_film = false;
    for action in asked {
        match action {
            UiAction::Film(_) => (of_film, _) = (true, actions.push(action)),
            UiAction::EndTurn | UiAction::Back => {
                (of_film, _) = (true, actions.push(UiAction::Film(Act::End)));
            }
            _ if !is_playing => actions.push(action),
            _ => {}
        }
    }
    if any && is_playing && !of_film {
        actions.push(UiAction::Film(Act::Pause));
    }
    actions
}
