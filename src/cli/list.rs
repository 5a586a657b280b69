//! `list`: what there is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{
        Bench, Catalog,
        chronicle::{Entry, Fact},
    },
    war::followed,
};

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
            .map(|kind| Ok((name(*kind).to_owned(), rows(common, &catalog, *kind)?)))
            .collect::<Result<_, Failure>>()?;
        out.document(&all)?;
        return Ok(Done::Good);
    }
    for kind in &kinds {
        let rows = rows(common, &catalog, *kind)?;
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
            for overlap in row["overlaps"].as_array().into_iter().flatten() {
                let said = |key: &str| overlap[key].as_str().unwrap_or_default();
                let (what, over) = (said("what"), said("over"));
                out.line(format!("{:23}has the last word over {over} in {what}", ""))?;
            }
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

fn rows(common: &Common, catalog: &Catalog, kind: Kind) -> Result<Value, Failure> {
    Ok(match kind {
        Kind::Campaigns => catalog
            .campaigns_in_order()
            .map(|(id, c)| {
                let links: Vec<Value> = c
                    .links
                    .iter()
                    .map(|link| json!({ "from": link.from, "to": link.to }))
                    .collect();
                json!({ "id": id, "title": c.title, "summary": c.summary, "links": links })
            })
            .collect(),
        Kind::Scenarios => catalog
            .scenarios
            .iter()
            .map(|(id, s)| {
                json!({
                    "id": id, "title": s.title, "summary": s.summary, "campaign": s.campaign, "turns": s.turns,
                    "seats": s.seats.keys().collect::<Vec<_>>(), "sides": s.sides.keys().collect::<Vec<_>>(),
                    "follows": followed(catalog, id).iter().map(|link| &link.from).collect::<Vec<_>>(),
                })
            })
            .collect(),
        Kind::Battles => battles(&open::history(common, catalog)?),
        Kind::Mods => catalog
            .mods
            .iter()
            .map(|m| {
                let overlaps = m.overlaps.iter();
                let overlaps: Vec<Value> = overlaps
                    .map(|overlap| json!({ "over": overlap.over, "what": overlap.what }))
                    .collect();
                json!({
                    "id": m.id, "name": m.name, "version": m.version, "game": m.game, "problem": m.problem,
                    "requires": m.requires, "excludes": m.excludes, "report": m.report,
                    "overlaps": overlaps,
                })
            })
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
    })
}

/// The battles of the record with the ids that `history` uses for them.
fn battles(bench: &Bench) -> Value {
    let mut rows = Vec::new();
    for course in bench.courses() {
        let chronicles = bench.chronicles();
        let Some(chronicle) = chronicles.iter().find(|c| c.document == course.document) else {
            continue;
        };
        for battle in &course.battles {
            let mut ids: [BTreeSet<String>; 5] = Default::default();
            let [places, events, persons, flags, sides] = &mut ids;
            sides.extend(course.scenario.sides.keys().map(ToString::to_string));
            for measure in &battle.measures {
                let dated = [(&measure.begins, "begins"), (&measure.ends, "ends")];
                let dated = dated.into_iter().filter(|(asked, _)| asked.is_some());
                events.extend(dated.map(|(_, word)| format!("{}/{word}", measure.entry)));
                flags.extend(measure.flags.keys().cloned());
                let entry = chronicle.entry(measure.entry.as_str());
                for after in entry.into_iter().flat_map(|entry| &entry.after) {
                    match &after.what {
                        Fact::Owner(place, _) => drop(places.insert(place.to_string())),
                        Fact::Fate(person, _) => drop(persons.insert(person.to_string())),
                        Fact::Flag(..) | Fact::Leads(_) => {}
                    }
                }
            }
            let entry = chronicle.entry(battle.id.as_str());
            let said = |of: fn(&Entry) -> String| entry.map_or(String::new(), of);
            let (from, to) = battle.turns();
            rows.push(json!({
                "id": battle.id, "title": said(|entry| entry.name.clone()),
                "summary": said(|entry| entry.outcome.as_ref().map_or(String::new(), |o| o.text.clone())),
                "campaign": course.scenario.campaign, "course": course.id, "scenario": course.scenario.id,
                "document": course.document, "tuned": battle.tuned, "seed": chronicle.seed, "turns": [from, to],
                "sides": sides, "places": places, "events": events, "persons": persons, "flags": flags,
            }));
        }
    }
    Value::Array(rows)
}
