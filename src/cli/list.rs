//! `list`: what there is.

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::content::Catalog;

/// List what there is
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which kind; all, if it is not given
    #[arg(value_enum)]
    kind: Option<Kind>,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Campaigns,
    Scenarios,
    Battles,
    Mods,
    Seats,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let kinds = match args.kind {
        Some(kind) => vec![kind],
        None => vec![
            Kind::Campaigns,
            Kind::Scenarios,
            Kind::Battles,
            Kind::Mods,
            Kind::Seats,
        ],
    };
    if out.json {
        let all: serde_json::Map<String, Value> = kinds
            .iter()
            .map(|kind| (name(*kind).to_owned(), rows(&catalog, *kind)))
            .collect();
        out.document(&all)?;
        return Ok(Done::Good);
    }
    for kind in &kinds {
        let rows = rows(&catalog, *kind);
        let list = rows.as_array().map_or(&[][..], Vec::as_slice);
        if kinds.len() > 1 {
            out.heading(name(*kind))?;
        }
        for row in list {
            let word = |key: &str| row[key].as_str().unwrap_or_default();
            let about = match kind {
                Kind::Seats => format!("{} ({}, {})", word("name"), word("side"), word("scenario")),
                Kind::Mods => match row["problem"].as_str() {
                    Some(problem) => format!(
                        "{} {}: not in use: {problem}",
                        word("name"),
                        word("version")
                    ),
                    None => format!("{} {}", word("name"), word("version")),
                },
                _ => format!("{}. {}", word("title"), word("summary")),
            };
            out.line(format!("  {:<20} {about}", word("id")))?;
        }
        if list.is_empty() {
            out.aside("  none")?;
        }
    }
    Ok(Done::Good)
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Campaigns => "campaigns",
        Kind::Scenarios => "scenarios",
        Kind::Battles => "battles",
        Kind::Mods => "mods",
        Kind::Seats => "seats",
    }
}

fn rows(catalog: &Catalog, kind: Kind) -> Value {
    match kind {
        Kind::Campaigns => catalog
            .campaigns
            .iter()
            .map(|(id, c)| json!({ "id": id, "title": c.title, "summary": c.summary }))
            .collect(),
        Kind::Scenarios => catalog
            .scenarios
            .iter()
            .map(|(id, s)| {
                json!({
                    "id": id, "title": s.title, "summary": s.summary, "campaign": s.campaign, "turns": s.turns,
                    "seats": s.seats.keys().collect::<Vec<_>>(), "sides": s.sides.keys().collect::<Vec<_>>(),
                })
            })
            .collect(),
        // Battles of the record with their scripts come later: there is none yet.
        Kind::Battles => json!([]),
        Kind::Mods => catalog
            .mods
            .iter()
            .map(|m| json!({ "id": m.id, "name": m.name, "version": m.version, "game": m.game, "problem": m.problem }))
            .collect(),
        Kind::Seats => catalog
            .scenarios
            .iter()
            .flat_map(|(id, s)| {
                s.seats.iter().map(
                    move |(seat, of)| json!({ "id": seat, "name": of.name, "side": of.side, "scenario": id }),
                )
            })
            .collect(),
    }
}
