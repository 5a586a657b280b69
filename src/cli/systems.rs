//! `systems`: the table of systems that the record's documents describe, and the proof each has.

use serde::Serialize;

use super::{
    Common, open,
    out::{Done, Failure, Out},
    test::differences,
};
use crate::{
    content::{Bench, System, Weight, render_text, suggest},
    war::trial::{self, Proof, Proven},
};

/// Show the table of systems and their proofs, or run the proofs
#[derive(clap::Args, Debug)]
#[command(after_help = "\
A row is proven if it has a proof, all that its proofs expect comes, the figures they name move as they say once the
thing is taken away, and, if the row is a decision, the best choice of at least one proof turns. `proven` is true only
after --prove has run. Exit code: 1 if --prove was asked for and a row is not proven.")]
pub struct Args {
    /// Only rows of these ids
    ids: Vec<String>,
    /// Only rows of this document
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Run the proofs: each with the row's thing and with it taken away
    #[arg(long)]
    prove: bool,
}

/// A row as it is printed.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    document: &'a str,
    section: &'a str,
    name: &'a str,
    what: &'a str,
    kind: Weight,
    mechanism: &'a str,
    source: &'a str,
    data: Vec<&'a str>,
    proofs: Vec<&'a str>,
    proven: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<String>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let mut bench = Bench::open(&open::stacked(common, open::named(common)?, &[])?);
    // With a mod the table is still the game's own: a mod brings none.
    if bench.systems().is_empty() {
        bench = Bench::open(&[]);
    }
    trial::check(&mut bench);
    if bench.found.has_errors() {
        let text = render_text(&bench.sources, &bench.found, false);
        return Err(Failure::Failed(format!(
            "the table cannot be used:\n{text}"
        )));
    }
    let rows = asked(&bench, &args)?;
    let proven = args.prove.then(|| trial::prove(&mut bench, &rows));
    let proof = |index: usize| proven.as_ref().and_then(|all: &Vec<Proven>| all.get(index));
    if out.json {
        let shown: Vec<Shown> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| shown(row, proof(index)))
            .collect();
        out.document(&shown)?;
    } else {
        for (index, row) in rows.iter().enumerate() {
            tell(out, row, proof(index))?;
        }
        let count = |weight| rows.iter().filter(|row| row.weight == weight).count();
        out.aside(format!(
            "{} systems{}: {} decisions, {} colour, {} setting.",
            rows.len(),
            match &proven {
                Some(all) => format!(", {} proven", all.iter().filter(|p| p.proven).count()),
                None => String::new(),
            },
            count(Weight::Decision),
            count(Weight::Colour),
            count(Weight::Setting),
        ))?;
    }
    Ok(Done::if_true(
        proven.is_none_or(|all| all.iter().all(|row| row.proven)),
    ))
}

fn asked(bench: &Bench, args: &Args) -> Result<Vec<System>, Failure> {
    let all = bench.systems();
    for id in &args.ids {
        if !all.iter().any(|row| row.id == *id) {
            let near = suggest(id, all.iter().map(|row| row.id.as_str()));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Failure::Usage(format!("there is no system `{id}`{hint}")));
        }
    }
    let meant = |row: &&System| {
        (args.ids.is_empty() || args.ids.contains(&row.id))
            && args.document.as_ref().is_none_or(|d| row.document == *d)
    };
    Ok(all.iter().filter(meant).cloned().collect())
}

fn shown<'a>(row: &'a System, proof: Option<&'a Proven>) -> Shown<'a> {
    let texts = |list: &'a [crate::content::ron::At<String>]| {
        list.iter()
            .filter_map(|at| at.get())
            .map(String::as_str)
            .collect()
    };
    Shown {
        id: &row.id,
        document: &row.document,
        section: &row.section,
        name: &row.name,
        what: &row.what,
        kind: row.weight,
        mechanism: &row.mechanism,
        source: &row.source,
        data: texts(&row.data),
        proofs: texts(&row.proofs),
        proven: proof.is_some_and(|proof| proof.proven),
        why: proof.map_or_else(Vec::new, |proof| proof.why.clone()),
    }
}

fn tell(out: &mut Out, row: &System, proof: Option<&Proven>) -> Result<(), Failure> {
    let weight = match row.weight {
        Weight::Decision => "decision",
        Weight::Colour => "colour",
        Weight::Setting => "setting",
    };
    let state = match (proof, row.proofs.len()) {
        (Some(proof), _) if proof.proven => String::from("proven"),
        (Some(_), _) => String::from("NOT PROVEN"),
        (None, 0) => String::from("no proof yet"),
        (None, 1) => String::from("1 proof"),
        (None, n) => format!("{n} proofs"),
    };
    out.line(format!(
        "{:<34} {:<4} {:<4} {:<11} {weight:<9} {state}",
        row.id, row.document, row.section, row.mechanism
    ))?;
    if out.verbose {
        out.line(format!("    {}", row.what))?;
        out.line(format!("    source: {}", row.source))?;
        let data: Vec<&str> = row
            .data
            .iter()
            .filter_map(|at| at.get())
            .map(String::as_str)
            .collect();
        if !data.is_empty() {
            out.line(format!("    data: {}", data.join(", ")))?;
        }
    }
    let Some(proven) = proof else { return Ok(()) };
    if out.verbose {
        for proof in &proven.proofs {
            figures(out, proof)?;
        }
    }
    for why in &proven.why {
        for line in why.lines() {
            out.line(format!("    {line}"))?;
        }
    }
    Ok(())
}

/// What a proof has shown in numbers.
fn figures(out: &mut Out, proof: &Proof) -> Result<(), Failure> {
    let word = if proof.held { "holds" } else { "FAILS" };
    out.line(format!("    {word}: {}", proof.id))?;
    if let Some(outcome) = &proof.outcome {
        out.line(format!("        {}", outcome.what))?;
        for answer in &outcome.expectations {
            out.line(format!("        {}: {}", answer.expected, answer.got))?;
        }
    }
    for line in differences(proof) {
        out.line(format!("        {line}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_system_once_and_claims_nothing_unproven() {
        let bench = Bench::open(&[]);
        let text = render_text(&bench.sources, &bench.found, false);
        assert!(
            !bench.found.has_errors() && !bench.systems().is_empty(),
            "{text}"
        );
        assert!(bench.systems().iter().all(|row| !shown(row, None).proven));
    }
}
