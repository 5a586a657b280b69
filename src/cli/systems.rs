//! `systems`: the table of systems that the record's documents describe, and the proof each has.

use serde::{Deserialize, Serialize};

use super::out::{Done, Failure, Out};

/// The shipped table.
const TABLE: &str = include_str!("../../seeds/systems.ron");

/// Show the table of systems and their proofs
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Of this document alone
    #[arg(long, value_name = "ID")]
    document: Option<String>,
}

/// A system of the record and where the game has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    id: String,
    document: String,
    mechanism: String,
    source: String,
    data: Vec<String>,
    proofs: Vec<String>,
    #[serde(default)]
    proven: bool,
}

pub fn run(out: &mut Out, args: Args) -> Result<Done, Failure> {
    let mut table: Vec<System> =
        ron::from_str(TABLE).map_err(|e| Failure::Failed(format!("seeds/systems.ron: {e}")))?;
    if let Some(document) = &args.document {
        table.retain(|row| row.document == *document);
    }
    if out.json {
        out.document(&table)?;
        return Ok(Done::Good);
    }
    for row in &table {
        let proofs = match row.proofs.len() {
            0 => String::from("no proof yet"),
            1 => String::from("1 proof"),
            n => format!("{n} proofs"),
        };
        out.line(format!(
            "{:<28} {:<8} {:<40} {proofs}",
            row.id, row.document, row.source
        ))?;
        out.aside(format!("    {}", row.mechanism))?;
        if out.verbose {
            out.line(format!("    data: {}", row.data.join(", ")))?;
        }
    }
    out.aside(format!(
        "{} systems, {} proven.",
        table.len(),
        table.iter().filter(|r| r.proven).count()
    ))?;
    Ok(Done::Good)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_reads_and_claims_nothing() {
        let table: Vec<System> = ron::from_str(TABLE).expect("the table");
        let ids: BTreeSet<&str> = table.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids.len(), table.len(), "an id stands twice");
        assert!(
            table
                .iter()
                .all(|row| !row.proven || !row.proofs.is_empty())
        );
    }
}
