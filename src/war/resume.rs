//! A record becomes a war again: resumed where it stopped, branched off at an earlier turn, or played up to a turn.

use std::{
    cell::Cell,
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Once},
};

use super::{
    Given, Record, War, WarError, mods,
    record::{Change, Hashes, Parent},
    rules, run_turn, scenario_of, seat_exists,
};
use crate::{
    content::{Catalog, Key, Seat, fingerprint},
    sim::{RULES_REVISION, Sim, SimError, TurnReport},
};

impl War {
    /// Goes on with a recorded war. The last turns are played again from a snapshot, so that the last report is at
    /// hand. If rules or content have changed since, it goes on from the newest snapshot instead, and the record
    /// notes from which turn on it can be proved again.
    ///
    /// # Errors
    /// If the record does not fit the content, does not come out as it says, or has no snapshot to go on from.
    pub fn resume(catalog: Arc<Catalog>, mut record: Record) -> Result<Self, WarError> {
        let known = scenario_of(&catalog, &record)?;
        for seat in record.players.keys() {
            seat_exists(&known, seat)?;
        }
        let length = record.length();
        if is_current(&catalog, &record) {
            let before = length.saturating_sub(1);
            let mut sim = replay(&catalog, &record, before)?;
            let last = match record.turns.last() {
                Some(_) => Some(step(&mut sim, &record, length)?),
                None => None,
            };
            let mut war = Self::assemble(catalog, sim, record, last);
            war.find_shadow();
            return Ok(war);
        }
        let sim = if length == 0 {
            Sim::new(rules(&catalog, &known), known, record.seed)
        } else {
            record.changes.push(Change {
                turn: length + 1,
                revision: record.revision,
                content: record.content.clone(),
            });
            restore(&catalog, &record, length)?.ok_or(WarError::NoSnapshot)?
        };
        record.revision = RULES_REVISION;
        record.content = fingerprint_of(&catalog, &record);
        record.mods = mods(&catalog);
        Ok(Self::assemble(catalog, sim, record, None))
    }
}

/// The record up to a turn's end, to be played on differently from there. `turns` 0 begins anew.
///
/// # Errors
/// If the record has not so many turns, or does not come out as it says.
pub fn branch(catalog: &Arc<Catalog>, record: &Record, turns: u32) -> Result<Record, WarError> {
    let sim = replay(catalog, record, turns)?;
    let mut branch = record.clone();
    branch.parent = Some(Parent::of(record, turns));
    (branch.name, branch.course) = (None, None);
    branch.turns.truncate(turns as usize);
    branch.pending.clear();
    branch.lead = None;
    branch.changes.retain(|change| change.turn <= turns + 1);
    branch.snapshots.retain(|after, _| *after <= turns);
    if turns > 0 {
        branch.snapshots.insert(turns, sim.snapshot());
    }
    branch.checksum.clear();
    Ok(branch)
}

/// Whether rules and content are those under which the record's last turns were played.
pub(super) fn is_current(catalog: &Catalog, record: &Record) -> bool {
    record.revision == RULES_REVISION && record.content == fingerprint_of(catalog, record)
}

/// The fingerprint of what this game would play the record's scenario with; empty if it has no such scenario.
pub(super) fn fingerprint_of(catalog: &Catalog, record: &Record) -> String {
    catalog
        .scenarios
        .get(&record.scenario)
        .map_or(String::new(), |scenario| {
            fingerprint(&catalog.rules, scenario)
        })
}

/// The simulation after so many turns of the record, each compared with its hash.
///
/// # Errors
/// If the record has not so many turns, does not come out as it says, or these turns were played under other rules
/// or content.
pub fn replay(catalog: &Arc<Catalog>, record: &Record, turns: u32) -> Result<Sim, WarError> {
    if turns > record.length() {
        return Err(WarError::NoTurn {
            turn: turns,
            has: record.length(),
        });
    }
    let base = record.first_provable() - 1;
    if !is_current(catalog, record) || turns < base {
        return restore(catalog, record, turns)?.ok_or(WarError::NoSnapshot);
    }
    let near = record
        .snapshots
        .range(base..=turns)
        .next_back()
        .map(|(after, _)| *after);
    let (mut sim, from) = match near {
        Some(after) => (
            restore(catalog, record, after)?.ok_or(WarError::NoSnapshot)?,
            after,
        ),
        None => (begin(catalog, record)?, 0),
    };
    for turn in from + 1..=turns {
        step(&mut sim, record, turn)?;
    }
    Ok(sim)
}

/// The war of the record before its first turn.
pub(super) fn begin(catalog: &Arc<Catalog>, record: &Record) -> Result<Sim, WarError> {
    let scenario = scenario_of(catalog, record)?;
    let rules = rules(catalog, &scenario);
    Ok(Sim::new(rules, scenario, record.seed))
}

/// The state of the record's snapshot after so many turns, if it has one.
pub(super) fn restore(
    catalog: &Arc<Catalog>,
    record: &Record,
    after: u32,
) -> Result<Option<Sim>, WarError> {
    let Some(snapshot) = record.snapshots.get(&after) else {
        return Ok(None);
    };
    let scenario = scenario_of(catalog, record)?;
    // A snapshot comes from outside and may hold numbers that no war could reach.
    let rules = rules(catalog, &scenario);
    let restored = guarded(|| Sim::restore(rules, scenario, record.seed, snapshot))
        .ok_or(WarError::Impossible { turn: after + 1 })?;
    Ok(Some(restored?))
}

/// Plays one recorded turn, whatever comes out.
pub(super) fn play(sim: &mut Sim, record: &Record, turn: u32) -> Result<TurnReport, WarError> {
    let row = (turn as usize)
        .checked_sub(1)
        .and_then(|index| record.turns.get(index))
        .ok_or(WarError::NoTurn {
            turn,
            has: record.length(),
        })?;
    play_orders(sim, &row.orders, turn)
}

/// Plays one turn by these orders, whatever comes out.
pub(super) fn play_orders(
    sim: &mut Sim,
    orders: &BTreeMap<Key<Seat>, Vec<Given>>,
    turn: u32,
) -> Result<TurnReport, WarError> {
    let report: Result<TurnReport, SimError> =
        guarded(|| run_turn(sim, orders)).ok_or(WarError::Impossible { turn })?;
    Ok(report?)
}

/// Plays one recorded turn and compares it with its hashes.
fn step(sim: &mut Sim, record: &Record, turn: u32) -> Result<TurnReport, WarError> {
    let report = play(sim, record, turn)?;
    let recorded = record.turns.get(turn as usize - 1).map(|row| &row.hashes);
    let found = Hashes::of(sim, &report, turn == record.first_provable());
    if report.turn == turn && recorded == Some(&found) {
        Ok(report)
    } else {
        Err(WarError::Diverged { turn })
    }
}

/// Arithmetic is checked in the simulation; a state from outside may make it fail, and must not end the game. What
/// failed is told once, by the caller.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    thread_local! {
        static GUARDED: Cell<bool> = const { Cell::new(false) };
    }
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if !GUARDED.get() {
                usual(what);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(before);
    done
}

#[cfg(test)]
mod tests {
    use std::{env, process::Command};

    use super::*;

    #[test]
    fn what_fails_in_the_net_is_told_by_the_caller_alone() {
        const INSIDE: &str = "ANGELFIRE_TEST_IN_THE_NET";
        if env::var_os(INSIDE).is_some() {
            assert_eq!(guarded(|| -> u8 { panic!("unheard") }), None);
            assert_eq!(guarded(|| 3), Some(3));
            return;
        }
        // What is printed can only be seen from outside.
        let name = "war::resume::tests::what_fails_in_the_net_is_told_by_the_caller_alone";
        let out = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", name, "--nocapture"])
            .env(INSIDE, "1")
            .output()
            .expect("it starts");
        let said = String::from_utf8_lossy(&out.stdout).into_owned()
            + &String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success() && said.contains("1 passed"), "{said}");
        assert!(!said.contains("unheard"), "{said}");
    }
}
