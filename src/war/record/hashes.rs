//! How a turn came out: a hash of the whole state, and of every table that a phase changed. The first turn that can
//! be proved names every table, so that a wrong beginning is told from a wrong turn.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::strict;
use crate::sim::{
    Sim, TurnReport,
    tables::{Hash, TABLES},
    turn::Phase,
};

/// Hashes of one turn, so that a divergence names phase and table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hashes {
    /// Of the whole state at the end of the turn.
    pub state: Hash,
    /// After each phase: the tables that it changed; after muster of the first turn to be proved: all.
    #[serde(deserialize_with = "strict::map")]
    pub phases: BTreeMap<Phase, TableHashes>,
}

impl Hashes {
    /// Those of the turn the simulation has just resolved; `first` says that no turn before it can be proved.
    pub fn of(sim: &Sim, report: &TurnReport, first: bool) -> Self {
        let mut before: BTreeMap<&str, Hash> = match first {
            true => BTreeMap::new(),
            false => sim.opening_tables().iter().copied().collect(),
        };
        let mut phases = BTreeMap::new();
        for (phase, tables) in sim.phase_tables() {
            let mut changed = BTreeMap::new();
            for (table, hash) in tables {
                if before.insert(table, *hash) != Some(*hash) {
                    changed.insert((*table).to_owned(), short(*hash));
                }
            }
            phases.insert(*phase, TableHashes(changed));
        }
        Self {
            state: report.hashes.state,
            phases,
        }
    }

    /// The first phase and table in which two turns differ; none if they are equal. A table that only one of the two
    /// changed counts as well. If all phases agree and the states do not, the turn was sealed differently: the last
    /// phase, and the table that keeps the turn's number.
    pub fn first_difference(&self, other: &Self) -> Option<(Phase, String)> {
        for phase in Phase::ALL {
            let none = TableHashes::default();
            let (a, b) = (
                self.phases.get(&phase).unwrap_or(&none),
                other.phases.get(&phase).unwrap_or(&none),
            );
            let known = TABLES.iter().map(|t| t.name);
            let stray = a.0.keys().chain(b.0.keys()).map(String::as_str);
            if let Some(table) = known.chain(stray).find(|t| a.0.get(*t) != b.0.get(*t)) {
                return Some((phase, table.to_owned()));
            }
        }
        (self.state != other.state).then(|| (Phase::Verdict, String::from("clock")))
    }
}

/// Tables and the upper half of their hashes, written as `ships 0123abcd, crew 4567cdef`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TableHashes(pub BTreeMap<String, u32>);

fn short(hash: Hash) -> u32 {
    (hash.0 >> 32) as u32
}

impl fmt::Display for TableHashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (table, hash)) in self.0.iter().enumerate() {
            let gap = if n == 0 { "" } else { ", " };
            write!(f, "{gap}{table} {hash:08x}")?;
        }
        Ok(())
    }
}

impl Serialize for TableHashes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TableHashes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut tables = BTreeMap::new();
        for entry in text.split(", ").filter(|e| !e.is_empty()) {
            let read = entry
                .split_once(' ')
                .filter(|(_, digits)| digits.len() == 8)
                .and_then(|(table, digits)| Some((table, u32::from_str_radix(digits, 16).ok()?)));
            let Some((table, hash)) = read else {
                return Err(D::Error::custom(format_args!(
                    "`{entry}` is no table with its hash"
                )));
            };
            tables.insert(table.to_owned(), hash);
        }
        let hashes = Self(tables);
        // One spelling only: otherwise a changed byte could mean the same.
        if hashes.to_string() != text {
            return Err(D::Error::custom(
                "tables with their hashes stand in order, once each",
            ));
        }
        Ok(hashes)
    }
}
