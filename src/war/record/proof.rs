//! The proof: every turn is played again from its orders and compared with what the record says.

use std::sync::Arc;

use serde::Serialize;

use super::{Hashes, Reading, Record, diff::state_spot};
use crate::{
    content::Catalog,
    sim::Sim,
    war::{
        WarError,
        resume::{begin, is_current, play, restore},
    },
};

/// Where a war does not come out as recorded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Divergence {
    /// The first such turn.
    pub turn: u32,
    /// The first such phase of it.
    pub phase: String,
    /// The first such table.
    pub table: String,
    /// The thing whose row differs, where both states are at hand.
    pub entity: Option<String>,
    /// The field that differs, where both states are at hand.
    pub field: Option<String>,
    /// What the record says there.
    pub recorded: Option<String>,
    /// What came out.
    pub found: Option<String>,
}

/// Turns that were played under other rules or content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Foreign {
    /// All turns up to this one.
    pub until: u32,
    /// The rules revision they were played under.
    pub revision: u32,
    /// The fingerprint of the content they were played with.
    pub content: String,
}

/// What a proof has shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Proof {
    /// Turns in the record.
    pub turns: u32,
    /// The checksum holds: no byte was changed.
    pub sound: bool,
    /// Turns that came out as recorded: first and last.
    pub proved: Option<(u32, u32)>,
    /// Turns that can no longer be proved.
    pub foreign: Option<Foreign>,
    /// Where it does not come out as recorded.
    pub divergence: Option<Divergence>,
}

impl Proof {
    /// Whether everything was proved.
    pub fn holds(&self) -> bool {
        self.sound && self.foreign.is_none() && self.divergence.is_none()
    }
}

/// Plays a record again and compares every turn, and every snapshot, with what it says.
///
/// # Errors
/// If the record does not fit the content at all, or holds a state that cannot be.
pub fn verify(catalog: &Arc<Catalog>, reading: &Reading) -> Result<Proof, WarError> {
    verify_with(catalog, reading, |_, _| {})
}

/// The same, telling before each turn which one it is, and of how many.
///
/// # Errors
/// As of [`verify`].
pub fn verify_with(
    catalog: &Arc<Catalog>,
    reading: &Reading,
    mut progress: impl FnMut(u32, u32),
) -> Result<Proof, WarError> {
    let record = &reading.record;
    let mut proof = Proof {
        turns: record.length(),
        sound: reading.sound,
        proved: None,
        foreign: record.changes.last().map(|change| Foreign {
            until: change.turn - 1,
            revision: change.revision,
            content: change.content.clone(),
        }),
        divergence: None,
    };
    if !is_current(catalog, record) {
        proof.foreign = Some(Foreign {
            until: record.length(),
            revision: record.revision,
            content: record.content.clone(),
        });
        return Ok(proof);
    }
    let first = record.first_provable();
    let mut sim = match first {
        1 => begin(catalog, record)?,
        _ => restore(catalog, record, first - 1)?.ok_or(WarError::NoSnapshot)?,
    };
    for turn in first..=record.length() {
        progress(turn, record.length());
        if let Some(divergence) = prove_turn(&mut sim, record, turn)? {
            proof.divergence = Some(divergence);
            break;
        }
        proof.proved = Some((first, turn));
    }
    Ok(proof)
}

fn prove_turn(sim: &mut Sim, record: &Record, turn: u32) -> Result<Option<Divergence>, WarError> {
    if sim.ended().is_some() {
        // The war was over before: nothing of this turn can have happened.
        return Ok(Some(bare(turn, "muster", "clock")));
    }
    let report = play(sim, record, turn)?;
    let found = Hashes::of(sim, &report, turn == record.first_provable());
    let recorded = &record.turns[turn as usize - 1].hashes;
    let difference = recorded.first_difference(&found);
    let snapshot = record.snapshots.get(&turn);
    let spot = snapshot.and_then(|recorded| state_spot(recorded, &sim.snapshot()));
    Ok(match (difference, spot) {
        (None, None) => None,
        (Some((phase, table)), spot) => {
            // The state at the turn's end may differ in other tables as well: the first one counts.
            let spot = spot.filter(|s| s.table == table);
            let mut divergence = bare(turn, phase.name(), &table);
            if let Some(spot) = spot {
                divergence.entity = Some(spot.entity);
                divergence.field = spot.field;
                divergence.recorded = spot.first;
                divergence.found = spot.second;
            }
            Some(divergence)
        }
        // The turn came out right, its snapshot says something else.
        (None, Some(spot)) => Some(Divergence {
            entity: Some(spot.entity),
            field: spot.field,
            recorded: spot.first,
            found: spot.second,
            ..bare(turn, "verdict", &spot.table)
        }),
    })
}

fn bare(turn: u32, phase: &str, table: &str) -> Divergence {
    Divergence {
        turn,
        phase: phase.to_owned(),
        table: table.to_owned(),
        entity: None,
        field: None,
        recorded: None,
        found: None,
    }
}
