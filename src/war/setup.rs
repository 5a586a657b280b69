//! How a war begins: which one, with which dice, and who plays which seat.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Carried;
use crate::{
    ai::Level,
    content::{Key, Scenario, Seat},
};

/// Who plays a seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Player {
    /// Somebody at a screen or a command line.
    Person,
    /// The computer, at this level.
    Computer(Level),
    /// Orders from a file; none when the file has none.
    Script,
    /// The orders of the record that was entered, force by force as long as what they answered holds; then the computer.
    History,
}

impl fmt::Display for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Player::Person => f.pad("person"),
            Player::Computer(level) => f.pad(level.name()),
            Player::Script => f.pad("script"),
            Player::History => f.pad("history"),
        }
    }
}

impl FromStr for Player {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "person" => Ok(Player::Person),
            "script" => Ok(Player::Script),
            "history" => Ok(Player::History),
            level => level.parse().map(Player::Computer),
        }
    }
}

/// How a war begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    /// Which.
    pub scenario: Key<Scenario>,
    /// What the dice are keyed by.
    pub seed: u64,
    /// Who plays which seat; a seat that is missing is played by the [usual](Self::usual) computer.
    pub players: BTreeMap<Key<Seat>, Player>,
    /// What wars before it have left to it.
    pub carried: Option<Carried>,
}

impl Setup {
    /// The computer in every seat.
    pub fn new(scenario: impl AsRef<str>, seed: u64) -> Self {
        Self {
            scenario: Key::new(scenario),
            seed,
            players: BTreeMap::new(),
            carried: None,
        }
    }

    /// How the computer plays where nothing else is said: steadily; as a beginner against somebody who is guided, since
    /// that is whom a guide speaks of.
    pub fn usual(&self, scenario: &Scenario) -> Level {
        let guided = scenario.guide.as_ref().map(|guide| &guide.seat);
        match guided.and_then(|seat| self.players.get(seat)) {
            Some(Player::Person) => Level::Green,
            _ => Level::default(),
        }
    }

    /// The same with somebody in a seat.
    #[must_use]
    pub fn with(mut self, seat: impl AsRef<str>, player: Player) -> Self {
        self.players.insert(Key::new(seat), player);
        self
    }

    /// The same after another war; after several, the last one last.
    #[must_use]
    pub fn after(mut self, left: Carried) -> Self {
        self.carried = Some(match self.carried.take() {
            Some(before) => before.and(left),
            None => left,
        });
        self
    }
}
