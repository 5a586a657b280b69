//! Meters: named counters on sides, forces, sites and sectors, with rules by which they grow and values at which
//! they change the game. Unrest, fortification, mines, resolve, gun plots: all of them are these.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Key, Modifier, Outcome, Posture, Terrain, Trait};

/// On what a meter sits.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum MeterOn {
    /// One for each side.
    Side,
    /// One for each force.
    Force,
    /// One for each site whose kind carries it.
    Site,
    /// One for each sector and side that has put it there: mines, drones, bands, trenches.
    Sector,
}

/// Upon whom bears what stands in a place, seen from whose it is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Bears {
    /// Forces and sites of its own side and of sides that share supply with it.
    #[default]
    Own,
    /// Forces and sites of hostile sides.
    Foes,
    /// Everybody.
    All,
}

/// A named counter with growth rules and thresholds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Meter {
    /// Shown name.
    pub name: String,
    /// One sentence: what fills it and what it does.
    pub summary: String,
    /// Only where a scenario names it (`Scenario::with`).
    pub special: bool,
    /// What carries it.
    pub on: MeterOn,
    /// Smallest and largest value.
    pub range: (i32, i32),
    /// Where it starts: for sites unless their kind says otherwise.
    pub start: i32,
    /// Upon whom the modifiers of its thresholds bear, where it sits on a site or a sector.
    pub bears: Bears,
    /// What changes it.
    pub growth: Vec<Growth>,
    /// What it does once it has reached a value (`When::MeterAtLeast` may ask it too).
    pub thresholds: Vec<Threshold>,
}

/// A rule by which a meter changes at the end of a turn. What does not fit the thing a meter sits on adds nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Growth {
    /// Every turn.
    Turn(i32),
    /// Every turn, towards a value and never past it.
    Toward {
        /// The value.
        value: i32,
        /// By so much.
        step: i32,
    },
    /// Sides: for each hostile salvo fired within this distance of the side's sensors.
    SalvoHeard {
        /// Chart units.
        within: i32,
        /// Added a salvo.
        add: i32,
    },
    /// A turn spent in this posture: for a side scaled by the share of its strength that did.
    Posture {
        /// Which posture.
        posture: Key<Posture>,
        /// Added when the whole side does it.
        add: i32,
    },
    /// Sides: for each permille of its strength lost in the turn.
    Lost(i32),
    /// Sides: for each strength point of others' ships that it destroyed or captured in the turn.
    Destroyed(i32),
    /// Forces with this trait.
    With {
        /// Which trait.
        quality: Key<Trait>,
        /// Added.
        add: i32,
    },
    /// Forces that did not move in the turn.
    Still(i32),
    /// Forces that moved in the turn.
    Moved(i32),
    /// Forces that fought in the turn; sites on which it was fought.
    Fought(i32),
    /// Forces without supply.
    Starving(i32),
    /// Forces that end the turn in this terrain.
    In {
        /// Which terrain.
        terrain: Key<Terrain>,
        /// Added.
        add: i32,
    },
    /// Sites whose sector a hostile side holds, unless they want for nothing (`SiteKind::fed`).
    Blockaded(i32),
    /// Sites that are not blockaded.
    Relieved(i32),
    /// Sites that were shelled in the turn.
    Shelled(i32),
    /// Sites held by a side to which they have not surrendered.
    Occupied(i32),
    /// Sites of whose side another site that carries this meter, in the same or a neighbouring sector, was taken in the
    /// turn.
    NeighbourFell(i32),
    /// Sites: for each unit of troops that the holder has there.
    Garrison(i32),
    /// So many permille of another meter of the same thing.
    From(Key<Meter>, i32),
}

/// A value of a meter that changes the game, and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Threshold {
    /// The value.
    pub at: i32,
    /// Reached from above: at this value or below it, not at it or above.
    pub falling: bool,
    /// Shown when it is passed.
    pub name: String,
    /// What changes while it stands there.
    pub modifiers: Vec<Modifier>,
    /// What happens on the turn on which it is passed; the target is what carries the meter.
    pub outcomes: Vec<Outcome>,
}

impl Threshold {
    /// Whether it counts at this value of the meter.
    pub fn is_reached(&self, value: i32) -> bool {
        if self.falling {
            value <= self.at
        } else {
            value >= self.at
        }
    }
}
