//! A war on the table, and what opens it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::job::Done;
use crate::{
    chart::Camera,
    content::{Catalog, Key, Scenario, Seat},
    sim::{order::Order, view::SeatView},
    war::{War, store},
};

/// A war on the table, seen from one seat.
pub struct Session {
    /// The war; none while its turn is being resolved elsewhere.
    pub(super) war: Option<Box<War>>,
    /// Who sits at the table.
    pub seat: Key<Seat>,
    /// Seats that people play.
    pub people: Vec<Key<Seat>>,
    /// What the seat knows.
    pub view: Arc<SeatView>,
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Orders given and not carried out.
    pub pending: Vec<Order>,
    /// Whether the verdict has been put away.
    pub verdict_closed: bool,
    /// Whether something was done since the war was last saved.
    pub unsaved: bool,
    /// What the map shows, once its room is known.
    pub camera: Option<Camera>,
}

impl Session {
    /// Seats whose last turn is worth keeping: those of people, and the one at the table.
    pub(super) fn seats(&self) -> Vec<Key<Seat>> {
        let mut seats = self.people.clone();
        if !seats.contains(&self.seat) {
            seats.push(self.seat.clone());
        }
        seats
    }
}

/// A war that was begun or loaded, with the file of a folder in which it saves itself.
pub(super) fn opened(war: Result<War, String>, folder: Option<PathBuf>) -> Done {
    match war {
        Ok(mut war) => {
            war.autosave = folder.map(|folder| store::autosave_path(&folder, war.record()));
            Done {
                war: Some(Box::new(war)),
                problem: None,
            }
        }
        Err(problem) => Done {
            war: None,
            problem: Some(problem),
        },
    }
}

pub(super) fn load(catalog: Arc<Catalog>, folder: Option<PathBuf>, path: &Path) -> Done {
    let war = store::load(path)
        .map_err(|error| error.to_string())
        .and_then(|record| War::resume(catalog, record).map_err(|error| error.to_string()));
    opened(war, folder)
}
