//! `mods`: which mods there are, which are on, and in which order they lie over one another.

use std::path::Path;

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::suggest,
    war::{
        mods::{Choice, FILE, Gathered, Origin, Row},
        store,
    },
};

/// List mods; turn them on and off, and put them in order
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Later mods lie over earlier ones. A mod comes after those that it needs, wherever it is put. What is chosen is kept in
mods.ron in the user's folder; mods named by --mods are always on, and over all others. An open window takes it over.

A broken mod is told with the place of its first mistake, and makes no bad exit code; `angelfire check` tells all.")]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// List them, the lowest first (the same as without a word)
    List,
    /// Turn mods on
    On(Ids),
    /// Turn mods off
    Off(Ids),
    /// Put mods below all others, in this order
    First(Ids),
    /// Put mods over all others, in this order
    Last(Ids),
}

#[derive(clap::Args, Debug)]
struct Ids {
    /// Mods by their ids
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    match args.what.unwrap_or(What::List) {
        What::List => {}
        What::On(Ids { ids }) => change(out, common, &ids, |choice| choice.turn(&ids, true))?,
        What::Off(Ids { ids }) => change(out, common, &ids, |choice| choice.turn(&ids, false))?,
        What::First(Ids { ids }) => place(out, common, &ids, true)?,
        What::Last(Ids { ids }) => place(out, common, &ids, false)?,
    }
    list(out, common)
}

/// Puts mods before or behind all others.
fn place(out: &Out, common: &Common, ids: &[String], first: bool) -> Result<(), Failure> {
    let loaded = open::places(common).load()?;
    let own = loaded.mods.iter().filter(|m| m.origin != Origin::Named);
    let mut order: Vec<String> = own.map(|row| row.about.id.clone()).collect();
    order.retain(|id| !ids.contains(id));
    let at = if first { 0 } else { order.len() };
    order.splice(at..at, ids.iter().cloned());
    change(out, common, ids, |choice| choice.put(order))
}

/// Changes what is chosen of mods that are there.
fn change(
    out: &Out,
    common: &Common,
    ids: &[String],
    change: impl FnOnce(&mut Choice),
) -> Result<(), Failure> {
    let gathered = open::places(common).gather()?;
    for id in ids {
        known(&gathered, id)?;
    }
    let kept = Choice::change(&store::data_dir()?, change)?;
    if let (Some(kept), Some(problem)) = (kept, &gathered.problem) {
        told(out, &problem.line, &kept);
    }
    Ok(())
}

fn told(out: &Out, problem: &str, kept: &Path) {
    let kept = kept.display();
    out.warn(&format!(
        "{FILE} could not be read ({problem}); it is kept as {kept}"
    ));
}

/// A mod that can be chosen, or one that was and may come back.
fn known(gathered: &Gathered, id: &str) -> Result<(), Failure> {
    let found = gathered.mods.iter().find(|found| found.about.id == id);
    let choice = &gathered.choice;
    let chosen = choice
        .off
        .iter()
        .chain(&choice.order)
        .any(|known| known == id);
    match found.map(|found| found.origin) {
        Some(Origin::Named) => Err(Failure::Usage(format!(
            "`{id}` was named by --mods: it is on and over all others"
        ))),
        Some(_) => Ok(()),
        None if chosen => Ok(()),
        None => {
            let ids = gathered.mods.iter().map(|found| found.about.id.as_str());
            let near =
                suggest(id, ids).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Err(Failure::Usage(format!("there is no mod `{id}`{near}")))
        }
    }
}

fn list(out: &mut Out, common: &Common) -> Result<Done, Failure> {
    let loaded = open::places(common).load()?;
    if out.json {
        let rows: Vec<Value> = loaded.mods.iter().map(row).collect();
        let problem = loaded.problem.map(|problem| problem.line);
        out.document(&json!({ "mods": rows, "problem": problem }))?;
        return Ok(Done::Good);
    }
    open::warn_of_choice(out, loaded.problem.as_ref());
    for (n, row) in loaded.mods.iter().enumerate() {
        let (about, state) = (&row.about, state(row));
        let named = match row.origin {
            Origin::Game => ", comes with the game",
            Origin::Player => "",
            Origin::Named => ", named by --mods",
        };
        let (id, name, version) = (&about.id, &about.name, &about.version);
        out.line(format!(
            "{:>3}  {state:<6}  {id:<20} {name} {version}{named}",
            n + 1
        ))?;
        if let Some(problem) = &row.problem {
            out.line(format!("             {}", problem.line))?;
        }
        for overlap in &row.overlaps {
            let (over, what) = (&overlap.over, &overlap.what);
            out.line(format!(
                "             has the last word over {over} in {what}"
            ))?;
        }
    }
    if loaded.mods.is_empty() {
        out.aside("none")?;
    }
    Ok(Done::Good)
}

fn state(row: &Row) -> &'static str {
    match (row.is_on, &row.problem) {
        (false, _) => "off",
        (true, None) => "on",
        (true, Some(_)) => "broken",
    }
}

fn row(row: &Row) -> Value {
    let about = &row.about;
    let overlaps = row.overlaps.iter();
    let overlaps: Vec<Value> = overlaps
        .map(|overlap| json!({ "over": overlap.over, "what": overlap.what }))
        .collect();
    json!({
        "id": about.id, "name": about.name, "version": about.version, "game": about.game,
        "requires": about.requires, "origin": row.origin.name(), "state": state(row),
        "problem": row.problem.as_ref().map(|problem| &problem.line),
        "overlaps": overlaps,
        "told": row.problem.as_ref().map(|problem| &problem.text),
    })
}
