//! The record of a war: who played, every order, the hashes of every turn, and snapshots to go on from. One file is
//! save, replay and proof at once.
//!
//! The record is the referee's: it holds everybody's orders. Who plays by mail exchanges views and order files.

mod diff;
mod hashes;
mod head;
mod older;
mod proof;
pub(super) mod strict;
mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    diff::{Difference, Spot, diff, state_spot},
    hashes::{Hashes, TableHashes},
    head::{Head, head},
    proof::{Divergence, Foreign, Proof, verify, verify_with},
    text::{LIMIT, Reading, RecordError, read, write},
};
use super::{Carried, Lead, Player, SNAPSHOT_EVERY};
use crate::{
    content::{Course, Key, Scenario, Seat},
    sim::{
        order::Order,
        tables::{Hash, Snapshot},
    },
};

/// The form of the file that is written; older ones are migrated when they are read.
pub const FORMAT: u32 = 5;

/// A war as it was played.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Form of the file.
    pub format: u32,
    /// Revision of the rules in code under which the last turns were played.
    pub revision: u32,
    /// Fingerprint of the content under which the last turns were played.
    pub content: String,
    /// Mods it was played with.
    pub mods: Vec<Mod>,
    /// Which scenario.
    pub scenario: Key<Scenario>,
    /// What the dice are keyed by.
    pub seed: u64,
    /// Who plays which seat.
    #[serde(deserialize_with = "strict::map")]
    pub players: BTreeMap<Key<Seat>, Player>,
    /// What it is called, if somebody gave it a name where it was branched off or entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The course it was played by, if it is a battle as the record has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Key<Course>>,
    /// The record it branched off from.
    pub parent: Option<Parent>,
    /// What earlier wars have left to it, if it follows any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// Turns from which rules or content were others than before; what lies before cannot be re-proved.
    pub changes: Vec<Change>,
    /// Every turn resolved, in order.
    pub turns: Vec<TurnRow>,
    /// Orders given for the turn being planned.
    #[serde(deserialize_with = "strict::map")]
    pub pending: BTreeMap<Key<Seat>, Vec<Given>>,
    /// The whole state after so many turns.
    #[serde(deserialize_with = "strict::map")]
    pub snapshots: BTreeMap<u32, Snapshot>,
    /// What is followed by seats that follow the record which was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// Over the canonical form; kept by [`write`].
    pub(super) checksum: String,
}

/// A mod by name and version.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mod {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// Where a branch comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// Checksum of the record it was taken from.
    pub record: String,
    /// Turns they have in common.
    pub turns: u32,
    /// The course that it was played by, if it was a battle as the record has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Key<Course>>,
    /// Where it stood itself when this was taken from it: it may have gone on since, and have another checksum now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood: Option<Stood>,
}

/// Where a record stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stood {
    /// After so many turns, from 1.
    pub turns: u32,
    /// With this state.
    pub state: Hash,
}

impl Parent {
    /// What a record that is taken from this one after so many turns has to say of it.
    pub(super) fn of(record: &Record, turns: u32) -> Self {
        Self {
            record: record.checksum.clone(),
            turns,
            course: record.course.clone(),
            stood: record.turns.last().map(|row| Stood {
                turns: row.turn,
                state: row.hashes.state,
            }),
        }
    }
}

/// Most bytes of a war's name.
const NAME_LIMIT: usize = 120;

/// A name for a war as it is kept: without space around it; none if nothing is left.
///
/// # Errors
/// In a few words, if it is too long or holds what cannot be shown on a line.
pub fn name_of(text: &str) -> Result<Option<String>, &'static str> {
    let name = text.trim();
    if name.len() > NAME_LIMIT {
        Err("it is too long")
    } else if name.contains(char::is_control) {
        Err("it holds characters that cannot be shown")
    } else {
        Ok((!name.is_empty()).then(|| name.to_owned()))
    }
}

/// A change of rules or content in mid-war.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The first turn under the new ones.
    pub turn: u32,
    /// The rules revision before.
    pub revision: u32,
    /// The content's fingerprint before.
    pub content: String,
}

/// One resolved turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnRow {
    /// Which, from 1.
    pub turn: u32,
    /// What every seat ordered; seats without orders are left out.
    #[serde(deserialize_with = "strict::map")]
    pub orders: BTreeMap<Key<Seat>, Vec<Given>>,
    /// How it came out.
    pub hashes: Hashes,
}

/// An order as it was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// What.
    pub order: Order,
    /// The computer's reason; empty for people.
    pub why: String,
}

impl Record {
    /// Turns resolved.
    pub fn length(&self) -> u32 {
        u32::try_from(self.turns.len()).unwrap_or(u32::MAX)
    }

    /// Checksum of the file as last written or read; empty before the first writing.
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// The first turn that can be proved again: turns before were played under other rules or content.
    pub fn first_provable(&self) -> u32 {
        self.changes.last().map_or(1, |change| change.turn)
    }

    /// Whether nothing of the other record would be lost if this one took its place: the other is an earlier state
    /// of the same war, or nothing has been done in it yet.
    pub fn covers(&self, other: &Record) -> bool {
        if other.turns.is_empty() && other.pending.is_empty() {
            return true;
        }
        let plans_kept = other.pending.is_empty()
            || (self.length() == other.length() && self.pending == other.pending);
        self.scenario == other.scenario
            && self.seed == other.seed
            && self.players == other.players
            && self.parent == other.parent
            && self.changes.starts_with(&other.changes)
            && self.turns.starts_with(&other.turns)
            && plans_kept
    }

    /// Pending orders of a seat.
    pub(super) fn pending_orders(&self, seat: &Key<Seat>) -> Vec<Order> {
        self.pending
            .get(seat)
            .into_iter()
            .flatten()
            .map(|g| g.order.clone())
            .collect()
    }

    /// Keeps the newest state; of older ones only every few turns', and those at which rules or content changed.
    /// To be called before the turn's row is added.
    pub(super) fn keep_snapshot(&mut self, snapshot: Snapshot) {
        let now = self.length() + 1;
        let changes = &self.changes;
        self.snapshots.retain(|after, _| {
            after % SNAPSHOT_EVERY == 0 || changes.iter().any(|c| c.turn == after + 1)
        });
        self.snapshots.insert(now, snapshot);
    }
}
