//! A war on the table, and what opens it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Choice, Game,
    history::{
        against::{Following, Promise},
        watch::Watch,
    },
    job::Done,
    words::say,
};
use crate::{
    chart::Camera,
    content::{Catalog, Key, Scenario, Seat},
    sim::{order::Order, view::SeatView},
    war::{Player, Setup, War, store},
};

/// A war on the table, seen from one seat.
pub struct Session {
    /// The war; none while its turn is being resolved elsewhere.
    pub(super) war: Option<Box<War>>,
    /// The content that it is played with; the game may have other by now.
    pub catalog: Arc<Catalog>,
    /// Which change of the game's content has been weighed for this war.
    pub(super) weighed: u32,
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
    /// If it is watched and not played: all its turns.
    pub watch: Option<Box<Watch>>,
    /// Who still follows the record that was entered.
    pub following: Following,
    /// How the war stands against the record that was entered, or the promise of it.
    pub against: Option<Promise>,
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

/// Whether several people play at this screen.
pub(super) fn is_shared(session: &Session) -> bool {
    session.people.len() > 1
}

impl Game {
    /// The work of beginning the war that is chosen in the menu.
    ///
    /// # Errors
    /// What is missing in the choice, in a sentence.
    pub(super) fn beginning(&mut self) -> Result<impl FnOnce() -> Done + Send + 'static, String> {
        let Choice {
            scenario,
            people,
            level,
            seed,
            ..
        } = &self.choice;
        let carried = self.choice.carried().cloned();
        let scenario = scenario.clone().ok_or_else(|| say!("menu-no-scenario"))?;
        let known = self
            .catalog
            .scenarios
            .get(&scenario)
            .ok_or_else(|| format!("there is no scenario `{scenario}`"))?;
        let seed: u64 = seed
            .trim()
            .parse()
            .map_err(|_| say!("menu-no-seed", seed = seed.as_str()))?;
        let mut players: BTreeMap<Key<Seat>, Player> = known
            .seats
            .keys()
            .map(|key| (key.clone(), Player::Computer(*level)))
            .collect();
        for seat in people {
            if !players.contains_key(seat) {
                let all: Vec<&str> = known.seats.keys().map(Key::as_str).collect();
                return Err(format!(
                    "there is no seat `{seat}` in this scenario; there are: {}",
                    all.join(", ")
                ));
            }
            players.insert(seat.clone(), Player::Person);
        }
        let first = people.first().ok_or_else(|| say!("menu-nobody"))?;
        self.sit_down = Some(first.clone());
        let (catalog, folder) = (self.catalog.clone(), self.folder.clone().ok());
        Ok(move || {
            let begun = War::begin(
                catalog,
                Setup {
                    scenario,
                    seed,
                    players,
                    carried,
                },
            );
            opened(begun.map_err(|error| error.to_string()), folder)
        })
    }

    /// Chooses a war that follows the one on the table, played by the same people.
    pub(super) fn follow_with(&mut self, next: &Key<Scenario>) -> Result<(), String> {
        let session = self.session.as_ref();
        let war = session.and_then(|session| session.war.as_ref());
        let (Some(war), Some(session)) = (war, session) else {
            return Ok(());
        };
        let carried = war.leaves_to(next).map_err(|error| error.to_string())?;
        let known = self.catalog.scenarios.get(next);
        let seats = || known.iter().flat_map(|scenario| scenario.seats.keys());
        let mut people: BTreeSet<_> = seats().filter(|s| session.people.contains(s)).collect();
        if people.is_empty() {
            people.extend(seats().next());
        }
        self.choice.people = people.into_iter().cloned().collect();
        self.choice.scenario = Some(next.clone());
        self.choice.after = Some((next.clone(), carried));
        Ok(())
    }

    /// Chooses the war to begin with.
    pub(super) fn choose_first(&mut self, seat: Option<&Key<Seat>>) {
        if let Some((key, scenario)) = self.catalog.first() {
            self.choice.scenario = Some(key.clone());
            let asked = seat.filter(|s| scenario.seats.contains_key(*s)).cloned();
            let seat = asked.or_else(|| scenario.seats.keys().next().cloned());
            self.choice.people = seat.into_iter().collect();
        }
    }
}

/// A war that was begun or loaded, with the file of a folder in which it saves itself.
pub(super) fn opened(war: Result<War, String>, folder: Option<PathBuf>) -> Done {
    match war {
        Ok(mut war) => {
            war.autosave = folder.map(|folder| store::autosave_path(&folder, war.record()));
            Done {
                war: Some(Box::new(war)),
                ..Done::default()
            }
        }
        Err(problem) => Done {
            problem: Some(problem),
            ..Done::default()
        },
    }
}

pub(super) fn load(catalog: Arc<Catalog>, folder: Option<PathBuf>, path: &Path) -> Done {
    let war = store::load(path)
        .map_err(|error| error.to_string())
        .and_then(|record| War::resume(catalog, record).map_err(|error| error.to_string()));
    opened(war, folder)
}
