//! A guide through a scenario, checked and typed: steps that one seat is led through, and what it must have done until
//! each of them is over. Read from the `guide` of a scenario.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Force, Key, Seat, Sector, Site};

/// Steps that lead a seat through a war. They change nothing in it and are not part of its fingerprint.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Guide {
    /// Who is led.
    pub seat: Key<Seat>,
    /// What there is to do, one after the other.
    pub steps: Vec<GuideStep>,
}

/// One thing to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GuideStep {
    /// Its id within the guide.
    pub id: String,
    /// A few words over it.
    pub title: String,
    /// What there is to see, and why it matters: at most 60 words.
    pub text: String,
    /// What to do, in one or two sentences.
    pub hint: String,
    /// The last turn on which it is asked for: what was not done by then is left behind. None: until it is done.
    pub by: Option<u32>,
    /// What must have been done.
    pub until: Task,
}

/// What a player must have done, as far as it can be told from what his seat knows, from the orders he has given for
/// this turn, and from what he has looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// This is so, by what the seat knows.
    Is(Condition),
    /// This has been looked at. Only a window can tell: without one it counts as done.
    Looked(Sight),
    /// This has been looked at while that was done: an order may be tried, looked at and taken back.
    LookedWhile(Sight, Box<Task>),
    /// The force has been given an order of this kind for the turn that is planned.
    Ordered(Key<Force>, Errand),
    /// The force stands in the sector, or has been ordered to march there.
    Bound(Key<Force>, Key<Sector>),
    /// The force stands in the sector.
    At(Key<Force>, Key<Sector>),
    /// All of these.
    All(Vec<Task>),
    /// Any of these.
    Any(Vec<Task>),
}

/// Something to look at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// One of the seat's own forces, selected.
    Force(Key<Force>),
    /// A place, selected.
    Sector(Key<Sector>),
    /// A site, selected.
    Site(Key<Site>),
    /// Any hostile force that the seat knows of, selected.
    Foe,
    /// The overlay of supply.
    Supply,
    /// The overlay of reach.
    Reach,
    /// The overlay of knowledge.
    Knowledge,
    /// The overlay of control.
    Control,
    /// The overlay of objectives.
    Objectives,
    /// The page with the report of the last turn.
    Report,
    /// The page with fights to expect.
    Outlook,
    /// The page with the clock of the reserves.
    Reserves,
    /// The page with objectives and score.
    Score,
    /// How the war ended, and its story in figures.
    Verdict,
}

/// A kind of order.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// March.
    Go,
    /// Stay.
    Halt,
    /// Keep at a distance from somebody.
    Follow,
    /// Meet the enemy in another way.
    Stance,
    /// Hold oneself in another way.
    Posture,
    /// Fire salvos.
    Fire,
    /// Fire without being told, or not.
    Policy,
    /// Break off at another share of losses.
    LossLimit,
    /// Do a deed.
    Do,
    /// Put troops ashore.
    Land,
    /// Take troops aboard.
    Lift,
}

impl Task {
    /// How many tasks this one is made of.
    pub fn size(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::size).sum::<usize>(),
            Self::LookedWhile(_, task) => 1 + task.size(),
            Self::Is(_) | Self::Looked(_) | Self::Ordered(..) | Self::Bound(..) | Self::At(..) => 1,
        }
    }
}
