//! Older forms of the file, brought up to date one step after another.

use std::collections::BTreeMap;

use super::{FORMAT, Record};
use crate::sim::turn::Phase;

/// Brings a record that was just read to the form that is written today.
pub(super) fn bring_up_to_date(record: &mut Record) {
    if record.format == 1 {
        only_changed_tables(record);
    }
    // Format 2 knew of no record to be followed: there is none. Format 3 had no names, and knew a parent by its checksum
    // alone. Format 4 knew of no war that follows another.
    record.format = FORMAT;
}

/// Format 1 named every table after muster of every turn, and the clock with them, which is wound between turns.
fn only_changed_tables(record: &mut Record) {
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for row in &mut record.turns {
        let first = row.turn == 1 || record.changes.iter().any(|c| c.turn == row.turn);
        if !first && let Some(muster) = row.hashes.phases.get_mut(&Phase::Muster) {
            muster
                .0
                .retain(|table, hash| table != "clock" && known.get(table) != Some(hash));
        }
        for phase in row.hashes.phases.values() {
            known.extend(phase.0.iter().map(|(table, hash)| (table.clone(), *hash)));
        }
    }
}
