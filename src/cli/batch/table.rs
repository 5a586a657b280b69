//! A batch as a table for spreadsheets: one row a war.

use super::{play::Outcome, sums::Sums};
use crate::war::table;

/// The whole file. Columns are the same for all wars of a scenario: what a side paid and holds, and what of the rules was
/// used, as `kind_id_count`; meetings are left out, which would be a column for each two stances.
pub fn table(sums: &Sums, outcomes: &[Outcome]) -> Vec<u8> {
    let mut rows = vec![heading(sums)];
    rows.extend(outcomes.iter().map(|outcome| row(sums, outcome)));
    table::written(&rows)
}

fn kinds(sums: &Sums) -> impl Iterator<Item = &(crate::war::usage::Kind, Vec<super::sums::Used>)> {
    let meetings = crate::war::usage::Kind::Meetings;
    sums.used.iter().filter(move |(kind, _)| *kind != meetings)
}

fn heading(sums: &Sums) -> Vec<String> {
    let names = [
        "scenario", "seed", "winner", "level", "score", "turns", "hash",
    ];
    let mut heading: Vec<String> = names.map(str::to_owned).to_vec();
    for side in &sums.sides {
        for what in ["lost_permille", "charges_fired", "charges_left", "sectors"] {
            heading.push(format!("{}_{what}", side.id));
        }
    }
    for (kind, all) in kinds(sums) {
        for used in all {
            let counts = kind.counts().iter();
            heading.extend(counts.map(|count| format!("{}_{}_{count}", kind.name(), used.id)));
        }
    }
    heading
}

fn row(sums: &Sums, outcome: &Outcome) -> Vec<String> {
    let mut row = vec![
        sums.scenario.clone(),
        outcome.seed.to_string(),
        outcome.winner.clone().unwrap_or_default(),
        outcome.level.clone(),
        format!("{:.1}", outcome.score as f64 / 10.0),
        outcome.turns.to_string(),
        outcome
            .hash
            .map_or_else(String::new, |hash| hash.to_string()),
    ];
    for side in &sums.sides {
        match outcome.sides.get(&side.id) {
            Some(result) => row.extend([
                result.forces_lost_permille.to_string(),
                result.charges_fired.to_string(),
                result.charges_left.to_string(),
                result.sectors_held.to_string(),
            ]),
            None => row.extend([const { String::new() }; 4]),
        }
    }
    for (kind, all) in kinds(sums) {
        let counts = outcome.usage.counts(*kind);
        for used in all {
            match counts.get(&used.id) {
                Some(counts) => row.extend(counts.iter().map(i64::to_string)),
                None => row.extend(kind.counts().iter().map(|_| String::from("0"))),
            }
        }
    }
    row
}
