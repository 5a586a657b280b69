//! A campaign: wars that belong together, and what one leaves to another.
//!
//! Read from `scenarios/<campaign>/campaign.ron`.

use schemars::JsonSchema;

use super::{Force, Key, Meter, Scenario, Side, Stock};

/// A named war of several scenarios: a folder under `scenarios`.
#[derive(Clone, PartialEq, Eq, Debug, JsonSchema)]
pub struct Campaign {
    /// Shown name.
    pub title: String,
    /// One line for lists.
    pub summary: String,
    /// Where it stands in lists, 0..=1000: those with less stand before it, equal ones by their ids.
    pub place: i32,
    /// Which war may follow which, in the order in which they are offered.
    pub links: Vec<Link>,
}

/// One war may follow another. Forces that both name come as they left the first: with the ships and reserves they had
/// left, and without commanders who are dead or taken.
#[derive(Clone, PartialEq, Eq, Debug, JsonSchema)]
pub struct Link {
    /// The war that goes before.
    pub from: Key<Scenario>,
    /// The war that follows.
    pub to: Key<Scenario>,
    /// Share of what a force has lost of the ships that the second war lists for it that is made good in between,
    /// permille, rounded down to whole hulls. A force that is left without a hull does not come.
    pub replaced: i32,
    /// Meters of sides that stand in the second war as they stood at the end of the first.
    pub meters: Vec<Key<Meter>>,
    /// Stocks that come along wherever they were.
    pub held: Vec<Held>,
}

/// What a side holds of a stock at the end of a war, aboard its forces and ashore, is aboard one force in the next:
/// captives, say.
#[derive(Clone, PartialEq, Eq, Debug, JsonSchema)]
pub struct Held {
    /// Whose.
    pub side: Key<Side>,
    /// Which.
    pub stock: Key<Stock>,
    /// The force that has it in the second war, in place of what that war lists.
    pub aboard: Key<Force>,
}
