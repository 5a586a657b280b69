//! Which record was taken from which, in words and as JSON.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{
    cli::out::{Done, Failure, Out},
    content::{Catalog, Key, Scenario},
    sim::calendar::date_text,
    war::{
        kin::{Knot, Line, Row, Tree},
        store,
    },
};

/// Deepest place that is shown farther to the right than the one above it.
const DEEPEST: usize = 24;

/// Shows the tree of these files and folders; of the folder of saved wars, if there are none.
pub fn show(out: &mut Out, catalog: &Catalog, paths: &[PathBuf]) -> Result<Done, Failure> {
    let tree = Tree::of(lines(out, paths)?);
    if out.json {
        let rows: Vec<Value> = tree
            .rows
            .iter()
            .map(|row| document(catalog, &tree, row))
            .collect();
        out.document(&json!({ "rows": rows }))?;
        return Ok(Done::Good);
    }
    if tree.rows.is_empty() {
        out.aside("There is no record.")?;
    }
    for row in &tree.rows {
        let indent = "  ".repeat(row.depth.min(DEEPEST));
        for (n, words) in words(catalog, &tree, row).into_iter().enumerate() {
            let hang = if n == 0 { "" } else { "    " };
            out.line(format!("{indent}{hang}{words}"))?;
        }
    }
    Ok(Done::Good)
}

/// Reads the records: a file that was named must be one, what lies in a folder may be anything.
fn lines(out: &Out, paths: &[PathBuf]) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    let folder = match paths.is_empty() {
        true => Some(store::saves_dir()?),
        false => None,
    };
    for path in paths.iter().chain(&folder) {
        if !path.is_dir() {
            lines.push(line(path)?);
            continue;
        }
        for path in store::saves(path)? {
            match line(&path) {
                Ok(line) => lines.push(line),
                Err(error) => out.warn(&error.to_string()),
            }
        }
    }
    Ok(lines)
}

fn line(path: &Path) -> Result<Line, store::StoreError> {
    // One file is one line, by whatever way it was named.
    let record = store::load(path)?;
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Ok(Line::of(&path, &record))
}

fn title(catalog: &Catalog, scenario: &Key<Scenario>) -> String {
    let known = catalog.scenarios.get(scenario);
    known.map_or_else(|| scenario.to_string(), |scenario| scenario.title.clone())
}

fn date(catalog: &Catalog, line: &Line, turn: u32) -> Option<String> {
    let scenario = catalog.scenarios.get(&line.scenario)?;
    Some(date_text(&scenario.calendar, turn))
}

/// A row in words: what it is, then its files.
fn words(catalog: &Catalog, tree: &Tree, row: &Row) -> Vec<String> {
    match &row.what {
        Knot::Battle(battle) => {
            let title = title(catalog, &battle.scenario);
            let files = tree.files(battle);
            let files = files.map(|l| format!("{}, {} turns", l.path.display(), l.length()));
            [format!(
                "{title}, as the record has it ({}, seed {})",
                battle.course, battle.seed
            )]
            .into_iter()
            .chain(files)
            .collect()
        }
        Knot::Missing { scenario, record } => {
            let which = if record.is_empty() {
                "that was never saved"
            } else {
                record.as_str()
            };
            let title = title(catalog, scenario);
            vec![format!("{title}: a record that is not at hand ({which})")]
        }
        Knot::Line { line, earlier } => tree.lines.get(*line).map_or_else(Vec::new, |line| {
            vec![
                about(catalog, line, *earlier),
                line.path.display().to_string(),
            ]
        }),
    }
}

/// What a record is: its name, where it leaves its parent, who commands, how long it is and how it ended.
fn about(catalog: &Catalog, line: &Line, earlier: bool) -> String {
    let mut words = vec![line.title()];
    if earlier {
        words.push(String::from("an earlier save of it"));
    } else if let Some(turn) = line.leaves() {
        let date = date(catalog, line, turn).map_or_else(String::new, |date| format!(", {date}"));
        words.push(format!("leaves on turn {turn}{date}"));
    } else {
        words.push(format!(
            "{}, seed {}",
            title(catalog, &line.scenario),
            line.seed
        ));
    }
    let people: Vec<&str> = line.people.iter().map(Key::as_str).collect();
    words.push(match people.as_slice() {
        [] => String::from("nobody commands"),
        people => format!("{} commands", people.join(" and ")),
    });
    words.push(match line.length() {
        0 => String::from("no turn yet"),
        turns => {
            let to = date(catalog, line, turns);
            format!(
                "{turns} turns{}",
                to.map_or_else(String::new, |to| format!(" to {to}"))
            )
        }
    });
    if let Some(ending) = &line.ended {
        words.push(match &ending.winner {
            Some(side) => format!("won by {side}: {}", ending.level),
            None => format!("a draw: {}", ending.level),
        });
    }
    words.join("; ")
}

fn document(catalog: &Catalog, tree: &Tree, row: &Row) -> Value {
    let mut value = match &row.what {
        Knot::Battle(battle) => {
            let files: Vec<&PathBuf> = tree.files(battle).map(|line| &line.path).collect();
            json!({
                "kind": "battle", "course": battle.course, "title": title(catalog, &battle.scenario),
                "scenario": battle.scenario, "seed": battle.seed, "files": files,
            })
        }
        Knot::Missing { scenario, record } => {
            json!({ "kind": "missing", "scenario": scenario, "record": record })
        }
        Knot::Line { line, earlier } => tree.lines.get(*line).map_or(Value::Null, |line| {
            let turns = line.length();
            let leaves = line.leaves().filter(|_| !earlier);
            let leaves = leaves.map(|turn| json!({ "turn": turn, "date": date(catalog, line, turn) }));
            let verdict = line.ended.as_ref();
            let verdict = verdict.map(|e| json!({ "winner": e.winner, "level": e.level }));
            json!({
                "kind": "record", "name": line.name, "file": line.path, "scenario": line.scenario,
                "seed": line.seed, "earlier": earlier, "leaves": leaves, "seats": line.people, "turns": turns,
                "date": (turns > 0).then(|| date(catalog, line, turns)).flatten(), "verdict": verdict,
            })
        }),
    };
    value["depth"] = json!(row.depth);
    value["parent"] = json!(row.parent);
    value
}
