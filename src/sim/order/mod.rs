//! Orders: what a seat may ask of its forces. One type for a person, the computer, a script and the
//! record.
//!
//! An order is checked twice. While planning, against the seat's own view ([`check`]): the answer can
//! leak nothing, since it reads nothing else. In phase 2 against the truth: what cannot be done then
//! is a happening, told to the seat.

mod check;
mod deeds;
mod doubt;
mod legal;
mod peril;
mod plan;
mod toll;
mod words;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::view::Contact;
use crate::content::{Class, Deed, Force, Key, Pact, Posture, Sector, Site, Stance, Stock, Weapon};

pub use check::{Refusal, check, check_on};
pub(super) use deeds::{Party, chance, enough, lacks, may_aim, may_land, may_lift};
pub use deeds::{odds, room};
pub use doubt::doubts;
pub use legal::{Choice, legal, legal_words};
pub use peril::{Peril, in_reach_of, perils, way_round};
pub use plan::{arrivals, goals, held_by, pace_of, queue, without_leg};
pub use toll::tolls;
pub use words::{WordsError, parse, verbs};

/// What one force is told, or what a seat says itself. Orders of one turn are carried out in the order they were given.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Who; of what a seat says, its id.
    pub force: Key<Force>,
    /// What.
    pub action: Action,
}

/// What a force can be told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// March by way of these stops; between stops the shortest way is taken. Replaces the queue.
    Go {
        /// Sectors, in order; the last is the goal.
        stops: Vec<Key<Sector>>,
        /// How fast.
        pace: Pace,
    },
    /// As `Go`, after all that is queued, and only once the cue has come.
    Then {
        /// Sectors, in order.
        stops: Vec<Key<Sector>>,
        /// How fast.
        pace: Pace,
        /// What to wait for.
        cue: Cue,
    },
    /// Stay where you are: empties the queue and ends following.
    Halt,
    /// Keep this many lanes from a contact, wherever it goes; 0 hunts it down. Standing, until `Halt` or `Go`.
    Follow {
        /// Which.
        contact: Key<Contact>,
        /// Lanes.
        distance: i32,
    },
    /// Go back along these sectors as soon as hostile forces of this strength are at hand. Standing.
    FallBack {
        /// Sectors in order of retreat; empty ends the standing order.
        along: Vec<Key<Sector>>,
        /// Estimated hostile strength in or next to the force's sector that sets it off, strength points.
        when: i32,
    },
    /// Meet the enemy like this.
    Stance(Key<Stance>),
    /// Hold yourself like this on top of the stance; none ends it.
    Posture(Option<Key<Posture>>),
    /// Fire salvos this turn.
    Fire {
        /// With what.
        weapon: Key<Weapon>,
        /// At whom or where.
        at: Target,
        /// How many salvos, at least 1.
        salvos: i32,
        /// All tubes at once, at worse aim.
        overcharge: bool,
    },
    /// When to fire without being told. Standing.
    Policy(Policy),
    /// Break off once this share has been lost in a battle, permille. Standing.
    LossLimit(i32),
    /// Keep the commander from following feints this turn (costs one of the side's leashes).
    Leash,
    /// Detach these ships as a force of their own, with their share of stocks.
    Split {
        /// Hulls by class.
        ships: BTreeMap<Key<Class>, i32>,
    },
    /// Join a force of the same faction in the same sector.
    Merge {
        /// The force that remains.
        into: Key<Force>,
    },
    /// Begin the war in another of the seat's staging sectors: on the first turn, before anything moves.
    Deploy {
        /// Where.
        sector: Key<Sector>,
    },
    /// Do a deed (`Rules::deeds`). What takes longer than a turn goes on until it is done, the force marches or fights,
    /// or it is told to halt.
    Do {
        /// Which.
        deed: Key<Deed>,
        /// At what: a site, a sector, a contact or a force, as the deed says; none: at nothing but itself.
        at: Option<Key<Mark>>,
    },
    /// Land troops on a site in the same sector, after this turn's battle: as its garrison, or to take it.
    Land {
        /// Which troops.
        stock: Key<Stock>,
        /// Units.
        amount: i32,
        /// Where.
        site: Key<Site>,
    },
    /// Take troops aboard from a site in the same sector, after this turn's battle.
    Lift {
        /// Which troops.
        stock: Key<Stock>,
        /// Units.
        amount: i32,
        /// Whence.
        site: Key<Site>,
    },
    /// The seat gives its word to a pact (`Scenario::pacts`).
    Agree(Key<Pact>),
    /// The seat takes its word back.
    Refuse(Key<Pact>),
}

impl Action {
    /// The pact about which a seat speaks, and whether it agrees; none of what a force is told.
    pub fn word(&self) -> Option<(&Key<Pact>, bool)> {
        match self {
            Action::Agree(pact) => Some((pact, true)),
            Action::Refuse(pact) => Some((pact, false)),
            _ => None,
        }
    }
}

/// What a deed is done at: marks a key whose kind the deed tells.
#[derive(Debug)]
pub enum Mark {}

/// How fast to march.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// As fast as keeps the crews fresh.
    #[default]
    Cruise,
    /// Faster, paid for in readiness.
    Forced,
}

/// What a queued march waits for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// Nothing: it follows at once.
    None,
    /// This turn.
    Turn(u32),
    /// Hostile forces of at least this estimated strength (SP) in or next to the sector.
    Enemy(Key<Sector>, i32),
    /// Readiness of at least this.
    Ready(i32),
    /// Supply aboard of at most this many days.
    Supply(i32),
}

/// What a salvo is aimed at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A contact of the seat.
    Contact(Key<Contact>),
    /// Whoever is in a sector: blind fire.
    Sector(Key<Sector>),
    /// A site: its shields, its garrison, its structure.
    Site(Key<Site>),
}

/// When to fire without being told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// At the best target in range, whatever the chance.
    Free,
    /// Only if a hit is likelier than the break-even of the rules.
    #[default]
    Conserve,
    /// Never.
    Hold,
    /// Only at whoever fired this turn (answers only).
    Counterbattery,
}

impl Order {
    /// What it names beside its own force, a force and a contact; none if its check reads more than these.
    pub(super) fn names(&self) -> Option<(Option<&Key<Force>>, Option<&Key<Contact>>)> {
        match &self.action {
            Action::Merge { into } => Some((Some(into), None)),
            Action::Follow { contact, .. }
            | Action::Fire {
                at: Target::Contact(contact),
                ..
            } => Some((None, Some(contact))),
            Action::Fire {
                at: Target::Sector(_),
                ..
            }
            | Action::Go { .. }
            | Action::Then { .. }
            | Action::Halt
            | Action::FallBack { .. }
            | Action::Stance(_)
            | Action::Posture(_)
            | Action::Policy(_)
            | Action::LossLimit(_)
            | Action::Leash
            | Action::Split { .. }
            | Action::Agree(_)
            | Action::Refuse(_) => Some((None, None)),
            _ => None,
        }
    }
}

impl fmt::Display for Order {
    /// In the words that `parse` reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        words::write(self, f)
    }
}
