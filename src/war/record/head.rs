//! What a list of saved wars says of a record: everything but orders, hashes and states, which are passed over.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

use super::{
    Change, Mod,
    text::{RecordError, form, sum_of},
};
use crate::{
    content::{Key, Scenario, Seat},
    sim::state::Clock,
    war::Player,
};

/// What is said of a war before its turns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
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
    pub players: BTreeMap<Key<Seat>, Player>,
    /// What it is called, if it has a name.
    pub name: Option<String>,
    /// Turns resolved.
    pub length: u32,
    /// Orders given for the turn being planned.
    pub planned: usize,
    /// Whether the war has ended, by its newest state.
    pub over: bool,
    /// Whether the checksum holds.
    pub sound: bool,
}

/// The record's own form, with what is passed over.
#[derive(Deserialize)]
struct Whole {
    revision: u32,
    content: String,
    mods: Vec<Mod>,
    scenario: Key<Scenario>,
    seed: u64,
    players: BTreeMap<Key<Seat>, Player>,
    #[serde(default)]
    name: Option<String>,
    #[expect(dead_code, reason = "read for its form alone")]
    changes: Vec<Change>,
    turns: Vec<IgnoredAny>,
    pending: BTreeMap<Key<Seat>, Vec<IgnoredAny>>,
    #[serde(default)]
    snapshots: BTreeMap<u32, Hour>,
    checksum: String,
}

/// Of a whole state its clock alone; none if it has none.
struct Hour(Option<Clock>);

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tables;
        impl<'de> Visitor<'de> for Tables {
            type Value = Hour;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the tables of a state")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Hour, A::Error> {
                let mut clock = None;
                while let Some(table) = access.next_key::<String>()? {
                    if table == "clock" {
                        let rows: BTreeMap<String, String> = access.next_value()?;
                        clock = rows.values().next().and_then(|row| ron::from_str(row).ok());
                    } else {
                        access.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Hour(clock))
            }
        }
        deserializer.deserialize_map(Tables)
    }
}

/// Reads the head of a record from the bytes of its file: several times as fast as all of it.
///
/// # Errors
/// Why it is no record. Orders and states are not looked into; a record whose checksum does not hold is read.
pub fn head(bytes: &[u8]) -> Result<Head, RecordError> {
    let (_, form) = form(bytes)?;
    let whole: Whole = ron::from_str(&form).map_err(|error| RecordError::Malformed {
        line: error.span.start.line,
        column: error.span.start.col,
        message: error.code.to_string(),
    })?;
    let sum = sum_of(&form);
    let newest = whole.snapshots.last_key_value();
    let clock = newest.and_then(|(_, hour)| hour.0.as_ref());
    Ok(Head {
        over: clock.is_some_and(|clock| clock.ended.is_some()),
        sound: sum.is_some_and(|sum| sum == whole.checksum),
        revision: whole.revision,
        content: whole.content,
        mods: whole.mods,
        scenario: whole.scenario,
        seed: whole.seed,
        players: whole.players,
        name: whole.name,
        length: u32::try_from(whole.turns.len()).unwrap_or(u32::MAX),
        planned: whole.pending.values().map(Vec::len).sum(),
    })
}
