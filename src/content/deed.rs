//! Deeds: orders that are data. A deed says who may do it, at what, at what cost and with what chance, and what comes
//! of it; laying mines, stripping a world, interrogating a prisoner and a shipment of smuggled arms are all deeds. A
//! mod adds one without a line of Rust.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Key, Meter, Modifier, Stock, Trait, When};

/// Something a force can be told to do beside marching, fighting and firing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Deed {
    /// Shown name, as an order: "Lay mines".
    pub name: String,
    /// One sentence: what it gives and what it costs.
    pub summary: String,
    /// What it is done to.
    pub target: DeedTarget,
    /// Whose the target must be.
    pub whose: Whose,
    /// How far the target's sector may be, straight across the chart; 0: in the same sector. Chart units.
    pub reach: i32,
    /// What must hold of the force that does it.
    pub when: When,
    /// What must hold of the target, as far as the seat knows and in truth.
    pub at: When,
    /// What it costs the force, whether or not it succeeds.
    pub cost: Cost,
    /// Turns of preparation before it is done; the force must neither move nor fight meanwhile.
    pub takes: i32,
    /// Chance of success, permille, before `Stat::Deed` of the force and `modifiers`.
    pub chance: i32,
    /// What changes the chance: modifiers of `Stat::Deed`, asked of the target.
    pub modifiers: Vec<Modifier>,
    /// Only where a scenario names it (`Scenario::with`).
    pub special: bool,
    /// Only once in a war for each side.
    pub once: bool,
    /// Whether the target's side is not told who did it.
    pub secret: bool,
    /// What comes of it.
    pub success: Vec<Outcome>,
    /// What comes of it if it fails.
    pub failure: Vec<Outcome>,
}

/// What a deed is done to.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DeedTarget {
    /// To nothing but the force itself.
    Itself,
    /// To the sector the force is in, or one in reach.
    Sector,
    /// To a site.
    Site,
    /// To a foreign force, known as a contact.
    Contact,
    /// To another force of the same seat.
    Force,
}

/// Whose a target must be, seen from the side of the force.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// Anybody's.
    #[default]
    Any,
    /// One's own side's.
    Own,
    /// A hostile side's.
    Foe,
    /// A side's that is neither one's own nor hostile.
    Neutral,
}

/// What a deed costs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Cost {
    /// Readiness of the force.
    pub readiness: i32,
    /// Stocks aboard, used up.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Points of meters of its side.
    pub meters: BTreeMap<Key<Meter>, i32>,
}

/// Whom an outcome befalls.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The force that did the deed.
    Actor,
    /// The target; of a meter's threshold, what carries the meter.
    Target,
    /// The side of the force that did it.
    Side,
    /// The target's side: of a site its holder.
    TargetSide,
    /// Every side hostile to the force's, or to that of what carries the meter.
    Foes,
    /// The sector in which the force, or the target of a threshold, is.
    Here,
}

/// What comes of a deed, or of a meter that passes a threshold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A meter of whatever carries it changes; on a sector it is the actor's side's.
    Meter(Who, Key<Meter>, i32),
    /// What hostile sides have put into the sector grows less: a meter on sectors, by so much.
    Clear(Key<Meter>, i32),
    /// Stocks are made (added) or lost (taken away), at a force or a site.
    Stock(Who, Key<Stock>, i32),
    /// A force loses this share of its hit points, permille.
    Harm(Who, i32),
    /// A force's ships are mended, this share of what they were whole, permille.
    Mend(Who, i32),
    /// A force's readiness changes.
    Readiness(Who, i32),
    /// A site's garrison loses this share, permille.
    Garrison(Who, i32),
    /// So many of a site's shield layers fall, for this turn.
    Shields(Who, i32),
    /// A site's structure takes this damage, hit points.
    Damage(Who, i64),
    /// The actor's side learns all there is to see of the target: a force is tracked, a site's secrets are known.
    Learn(Who),
    /// The next force that waits in this pool of the side is called: it comes after so many turns, at least and at most.
    Call {
        /// Which pool (`Force::pool`).
        pool: String,
        /// Turns at least.
        least: u32,
        /// Turns at most.
        most: u32,
    },
    /// A force has a trait from now on.
    Gain(Who, Key<Trait>),
    /// A force's trait no longer counts.
    Lose(Who, Key<Trait>),
    /// A site goes to the actor's side and is loyal to it.
    Win,
    /// A site goes back to the side to which it is loyal, with nobody in it but its own.
    Revolt,
    /// A site yields to the hostile side that holds its sector.
    Yield,
    /// A site is destroyed.
    Raze,
    /// A flag is set.
    Set(String),
}
