//! The window: menu, map and panels over a [`War`](crate::war::War).
//!
//! Input becomes a [`UiAction`], an action an order, an order goes to `War::give`. A panel is a function of
//! (ui, table) to actions and holds nothing, so it runs in a test without a window; [`Game`] is all that changes.

mod action;
pub mod around;
pub mod bare;
mod blend;
mod command;
mod digest;
mod docks;
pub mod film;
mod foresee;
mod game;
pub mod guide;
pub mod history;
mod job;
mod keep;
pub mod keys;
mod lens;
pub mod live;
pub mod luck;
mod map;
mod mark;
mod minimap;
mod moment;
mod names;
mod paint;
mod panels;
mod picture;
mod plans;
mod plate;
mod race;
mod reading;
pub mod reference;
mod resolve;
mod screen;
mod script;
mod session;
pub mod settings;
pub mod shelf;
mod sums;
mod table;
pub mod theatre;
mod theme;
mod tongue;
mod wake;
mod window;
pub mod words;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod tests;

use std::{env, path::PathBuf};

pub use self::{
    action::{Asking, Choice, Dock, Page, Selection, UiAction, Way},
    game::Game,
    table::Table,
};
use crate::{
    content::{Key, Scenario, Seat},
    war::mods::{Loaded, Places},
};

/// Where the game opens.
#[derive(Clone, Debug, Default)]
pub enum Start {
    /// At the menu.
    #[default]
    Menu,
    /// With a new war.
    Scenario(Key<Scenario>),
    /// With a saved war.
    Record(PathBuf),
}

/// How the game opens.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Everything that can be played, and the mods of which it is made.
    pub content: Loaded,
    /// Where these were found.
    pub places: Places,
    /// Where.
    pub start: Start,
    /// In which seat; none: the scenario's first, or the one a person plays in the record.
    pub seat: Option<Key<Seat>>,
    /// Where wars, settings and languages are; none: in the user's folder.
    pub folder: Option<PathBuf>,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No display to open it on.
    #[error("there is no display to open a window on; `angelfire sim` plays without one")]
    NoDisplay,
    /// Display or graphics do not work.
    #[error("the window cannot be opened or was lost ({0}); `angelfire sim` plays without one")]
    Lost(String),
    /// What it should open with cannot be opened.
    #[error("{0}")]
    Start(String),
}

/// Opens the game and comes back when it is closed.
///
/// # Errors
/// If there is no display, no graphics, or what is to be opened cannot be; each names what works without.
pub fn run(options: Options) -> Result<(), Error> {
    if !display() {
        return Err(Error::NoDisplay);
    }
    let mut game = Game::open(options).map_err(Error::Start)?;
    game.watch_content();
    window::run(game)
}

/// Whether a display is named. Elsewhere than on Unix there always is one.
fn display() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || named("DISPLAY")
        || named("WAYLAND_DISPLAY")
        || named("WAYLAND_SOCKET")
}
