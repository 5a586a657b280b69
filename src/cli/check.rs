//! `check`: content held against the schema and against itself, trials and the table of systems among it.

mod watch;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{Change, Diagnostics, Layer, Sources, harmless, mend, render_json, render_text},
    war::{store, trial},
};

/// Check content: files and folders, or all that is shipped and installed; and the mods of `--mods`
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Each problem has a code in brackets, error[unknown-field]; `angelfire reference CODE` says more of it, with examples.

A warning that is meant so is allowed by a comment on its line or the line above, with the reason:
// allow(unused-region): kept for the sequel")]
pub struct Args {
    /// Files and folders; all that is shipped and installed, if none is given
    paths: Vec<PathBuf>,
    /// Mend what has one clear fix, and say what was changed: misspelt names, missing commas. Comments and layout stay
    #[arg(long)]
    fix: bool,
    /// Look again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "fix")]
    watch: bool,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    if args.watch {
        return watch::watch(out, common, &args.paths);
    }
    let mut layers = layers(common, &args.paths)?;
    let mut changes = Vec::new();
    if args.fix {
        for layer in &mut layers {
            changes.extend(mended(out, layer)?);
        }
        for change in &changes {
            out.line(told(change))?;
        }
    }
    let looked = look(common, &args.paths, &layers)?;
    if out.json && args.fix {
        let fixed: Vec<Value> = changes.iter().map(row).collect();
        out.document(&json!({ "fixed": fixed, "problems": looked.documents() }))?;
    } else {
        looked.tell(out)?;
    }
    Ok(Done::if_true(looked.good))
}

/// What is looked at: the paths as one layer (the shipped content, if there are none), and each mod by itself.
fn layers(common: &Common, paths: &[PathBuf]) -> Result<Vec<Layer>, Failure> {
    let mut first = Layer {
        name: "check".into(),
        ..Layer::default()
    };
    for path in paths {
        first.add(path)?;
    }
    let mut layers = vec![first];
    layers.extend(open::named(common)?);
    if paths.is_empty() {
        layers.extend(Layer::bundled());
        layers.extend(open::installed()?);
    }
    Ok(layers)
}

/// What was found in all layers.
struct Looked {
    all: Vec<(Sources, Diagnostics)>,
    good: bool,
}

fn look(common: &Common, paths: &[PathBuf], layers: &[Layer]) -> Result<Looked, Failure> {
    let beside: Vec<&Path> = common
        .mods
        .iter()
        .chain(paths)
        .map(PathBuf::as_path)
        .collect();
    let mut all = Vec::new();
    for layer in layers {
        let stack = match layer.files.is_empty() {
            true => vec![layer.clone()],
            false => open::stacked(common, vec![layer.clone()], &beside)?,
        };
        all.push(trial::check_layers(&stack));
    }
    let good = all.iter().all(|(_, found)| !found.has_errors());
    Ok(Looked { all, good })
}

impl Looked {
    fn documents(&self) -> Vec<Value> {
        let lists = self
            .all
            .iter()
            .map(|(sources, found)| render_json(sources, found));
        let rows = lists.filter_map(|list| match list {
            Value::Array(rows) => Some(rows),
            _ => None,
        });
        rows.flatten().collect()
    }

    fn tell(&self, out: &mut Out) -> Result<(), Failure> {
        if out.json {
            return out.document(&self.documents());
        }
        for (sources, found) in &self.all {
            let text = render_text(sources, found, out.color);
            out.text(&text)?;
        }
        if self.good {
            out.aside("No errors.")?;
        }
        Ok(())
    }
}

/// Mends a layer and writes what has changed; what was changed in files that could be written.
fn mended(out: &Out, layer: &mut Layer) -> Result<Vec<Change>, Failure> {
    let mended = mend(layer, trial::check_layer);
    let mut changes = mended.changes;
    for (was, now) in layer.files.iter_mut().zip(mended.layer.files) {
        if was.bytes == now.bytes {
            continue;
        }
        // Somebody may have saved it meanwhile; his version counts.
        let path = Path::new(&was.shown);
        let real = path.canonicalize();
        let same = std::fs::read(path).is_ok_and(|bytes| bytes == was.bytes);
        match real {
            Ok(real) if same => {
                store::write_whole(&real, &now.bytes)?;
                was.bytes = now.bytes;
            }
            _ => {
                out.warn(&format!(
                    "{} has changed meanwhile and is left as it is",
                    was.shown
                ));
                changes.retain(|change| change.file != was.shown);
            }
        }
    }
    Ok(changes)
}

/// A change in words.
fn told(change: &Change) -> String {
    let (line, column) = change.place;
    let (was, now) = (harmless(change.was.trim()), harmless(&change.now));
    let what = match (was.as_str(), now.as_str()) {
        ("", now) => format!("put in `{now}`"),
        (was, "") => format!("removed `{was}`"),
        (was, now) => format!("`{was}` is now `{now}`"),
    };
    let (file, code) = (harmless(&change.file), change.code);
    format!("mended {file}:{line}:{column}: {what} [{code}]")
}

fn row(change: &Change) -> Value {
    json!({
        "file": change.file, "line": change.place.0, "column": change.place.1,
        "code": change.code, "was": change.was, "now": change.now,
    })
}
