//! Agreements that seats may come to (`Scenario::pacts`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Effect, Key, Seat};

/// Something that seats may agree to. It comes about at the end of the turn in which the last of them has given his word;
/// until then each may take his back. Those bound see who has given it, and nobody else hears of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Pact {
    /// Shown name, as an order: "Leave the river to the Reavers".
    pub name: String,
    /// What each gives and gets, in a sentence or two.
    pub summary: String,
    /// Who is bound: two seats or more.
    pub between: Vec<Key<Seat>>,
    /// It lies on the table while this holds.
    pub when: Condition,
    /// What comes of it.
    pub effects: Vec<Effect>,
    /// Whether it may be agreed to again.
    pub again: bool,
}
