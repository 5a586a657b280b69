//! What a person at the window can do. Panels and keys make actions; the game carries them out.

use std::{collections::BTreeSet, path::PathBuf};

use super::{around::Act, film, history::watch};
use crate::{
    ai::Level,
    chart::{Overlay, Pos, Tag},
    content::{Course, Force, Key, Scenario, Seat, Sector, chronicle::Entry},
    gui::command,
    sim::order::Order,
    war::Carried,
};

/// What is chosen in the menu for a new war.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Which scenario.
    pub scenario: Option<Key<Scenario>>,
    /// Seats that people play.
    pub people: BTreeSet<Key<Seat>>,
    /// How the other seats are played.
    pub level: Level,
    /// What the dice are keyed by, as typed.
    pub seed: String,
    /// What an earlier war leaves to this scenario, if the choice is that it follows one.
    pub after: Option<(Key<Scenario>, Carried)>,
}

impl Choice {
    /// What is carried into the scenario that is chosen.
    pub fn carried(&self) -> Option<&Carried> {
        let (to, carried) = self.after.as_ref()?;
        (self.scenario.as_ref() == Some(to)).then_some(carried)
    }
}

/// What is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    /// The thing itself.
    pub what: Option<Tag>,
    /// The own force that acts: the last one selected.
    pub force: Option<Key<Force>>,
}

/// Where one goes from the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// To the menu.
    Menu,
    /// Out of the game.
    Quit,
    /// To another war.
    Load(PathBuf),
    /// To a saved war that is watched.
    Watch(PathBuf),
    /// To a battle of the record: the course, and the battle in it.
    Reenact(Key<Course>, Key<Entry>),
}

/// What is asked before anything else is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asking {
    /// Under which name to save.
    Name {
        /// As typed so far.
        name: String,
        /// Whether a war of that name is there.
        taken: bool,
        /// Why it cannot be saved under it, if so.
        problem: Option<String>,
    },
    /// Whether to leave although the war could not be kept.
    Leave {
        /// Where to.
        way: Way,
        /// Why it could not.
        problem: String,
    },
    /// Whether the computer shall play the seat to the end.
    Rest,
}

/// What the right dock shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Page {
    /// What is selected.
    #[default]
    Selection,
    /// Fights to expect.
    Outlook,
    /// The clock of the reserves.
    Reserves,
    /// What the last turn brought.
    Report,
    /// Objectives and score.
    Score,
    /// What may be agreed to.
    Council,
    /// The film of the last turn.
    Film,
    /// What is laid over the map, explained.
    Overlay,
    /// What the record tells of the day that is watched, and how the war stands.
    Record,
    /// Who takes command, where a record is watched.
    Take,
}

/// A panel that can be folded away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dock {
    /// The order of battle.
    Left,
    /// The inspector.
    Right,
    /// Orders and journal.
    Bottom,
}

/// One thing done at the window.
#[derive(Clone, PartialEq, Debug)]
pub enum UiAction {
    /// Chooses in the menu.
    Choose(Choice),
    /// Begins the chosen war.
    Begin,
    /// Back to the menu, with a war chosen that follows the one on the table.
    GoOn(Key<Scenario>),
    /// Opens a saved war.
    Load(PathBuf),
    /// Opens a saved war to be watched.
    WatchSaved(PathBuf),
    /// Plays a battle of the record to be watched: the course, and the battle in it.
    Reenact(Key<Course>, Key<Entry>),
    /// Does something with the record that is watched.
    Watch(watch::Act),
    /// Opens the newest saved war other than the one on the table.
    LoadLatest,
    /// Asks under which name to save the war.
    Save,
    /// Types that name.
    Named(String),
    /// Saves under it; over another war only if so said.
    Write(bool),
    /// Does nothing of what is asked.
    Stay,
    /// Tries again to keep the war and leave.
    TryAgain,
    /// Leaves without keeping it.
    LeaveAllTheSame,
    /// Keeps the war and goes back to the menu.
    Menu,
    /// Keeps the war and leaves the game.
    Quit,
    /// Hands over to another seat played by a person.
    Sit(Key<Seat>),
    /// Selects, or nothing.
    Select(Option<Tag>),
    /// The pointer is on it.
    Hover(Option<Tag>),
    /// Brings a place to the middle of the map.
    Centre(Key<Sector>),
    /// Names a place for an order: the target it wants, else where to march.
    Picked(Key<Sector>),
    /// Gives an order.
    Give(Order),
    /// Takes one back.
    Retract(usize),
    /// Takes all back.
    RetractAll,
    /// One step of planning back.
    Undo,
    /// And forth again.
    Redo,
    /// Ends the turn.
    EndTurn,
    /// The computer plays the seat to the end of the war, once that has been asked about.
    PlayOut,
    /// Shows a page of the right dock.
    Turn(Page),
    /// Lays something over the map.
    Overlay(Overlay),
    /// Reads the war.
    Read(super::reading::Act),
    /// Folds a dock away or out.
    Fold(Dock),
    /// Drags the map, points.
    Pan(f32, f32),
    /// Zooms the map by steps at a point of it.
    Zoom(f32, Option<Pos>),
    /// Shows the whole map.
    Fit,
    /// Does something at the small map.
    SmallMap(super::minimap::Act),
    /// The map has this much room now, points.
    Room(f32, f32),
    /// The window has this size, points.
    Window(f32, f32),
    /// Selects the next own force without orders.
    NextIdle,
    /// One step back: ends a pick, then the selection.
    Back,
    /// Puts the verdict away to look at the map.
    CloseVerdict,
    /// The message has been read.
    Dismiss,
    /// Something is done with the film of the last turn.
    Film(film::Act),
    /// Does something around the war.
    Around(Act),
    /// Selects, orders, finds.
    Command(command::Act),
    /// Puts the guide away or brings it back, or begins the guided war.
    Guide(super::guide::Act),
}
