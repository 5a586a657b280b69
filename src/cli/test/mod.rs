//! `test`: trials played, and what came held against what was expected.

mod keep;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use self::keep::{Keeper, Kept};

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{Bench, Key, Layer, Trial, render_json, render_text},
    war::trial::{self, Outcome, Proof},
};

/// Play the trials of a mod, or the game's own proofs, and hold what came against what was expected
#[derive(clap::Args, Debug)]
#[command(after_help = "\
A trial is a small war written in RON: a field or a scenario, orders or computer players, seeds, and what must come of
it. A mod keeps its trials in tests/*.ron; the mod is laid over the game's content (and over the mods of --mods).

Wars are played on as many threads as there are cores, and come out the same on any number of them. Of an expectation
over several seeds it is told in how many of how many wars it holds, and between which bounds the share of all wars
lies (exact binomial limits). With --records DIR each war that shows a failure is written into DIR as
TRIAL.SEED.angelfire.ron, and the command that opens it is printed; the field of a trial, which is no scenario of the
game, lies beside it as the mod TRIAL.field.

Exit code: 0 all held, 1 one did not, 3 the path, or what is in it, cannot be loaded.")]
pub struct Args {
    /// A mod's folder, or one file of trials; the game's own proofs, if it is left out
    path: Option<PathBuf>,
    /// Only the trial of this id; may be repeated
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Wars at the same time; as many as there are cores, if it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Write a record of each war that shows a failure into this folder
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
}

/// The records of each trial that did not hold, by its id.
type Records = BTreeMap<String, Vec<Kept>>;

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let mut layers = open::named(common)?;
    let mut mods: Vec<&Path> = common.mods.iter().map(PathBuf::as_path).collect();
    let (mut file, mut lone) = (None, 0);
    if let Some(path) = &args.path {
        let (layer, root) = layer_of(path)?;
        layers.push(layer);
        mods.extend(root);
        lone = usize::from(root.is_none());
        file = path.is_file().then(|| path.display().to_string());
    }
    let beside: Vec<&Path> = args.path.iter().map(PathBuf::as_path).collect();
    let layers = open::stacked(common, layers, &beside)?;
    let mut bench = Bench::open(&layers);
    trial::check(&mut bench);
    if bench.found.has_errors() {
        if out.json {
            out.document(&json!({ "problems": render_json(&bench.sources, &bench.found) }))?;
        } else {
            let text = render_text(&bench.sources, &bench.found, out.color);
            out.text(&text)?;
        }
        let what = args
            .path
            .as_ref()
            .map_or_else(|| "the game's proofs".into(), |p| p.display().to_string());
        return Err(Failure::Load(format!(
            "{what}: what is in it cannot be loaded"
        )));
    }
    let ids = asked(&bench, file.as_deref(), &args.only)?;
    let outcomes = weigh(out, &mut bench, &ids, args.jobs)?;
    let failed = outcomes.iter().filter(|outcome| !outcome.held).count();
    let mut records = Records::new();
    if let Some(folder) = args.records.as_deref().filter(|_| failed > 0) {
        // What is no mod cannot be laid over the game when the record is opened.
        let keeper = Keeper::new(folder, &layers[..layers.len() - lone], mods)?;
        for proof in outcomes.iter().filter(|outcome| !outcome.held) {
            records.insert(proof.id.clone(), keeper.keep(&mut bench, proof)?);
        }
    }
    if out.json {
        let trials: Result<Vec<Value>, Failure> = outcomes
            .iter()
            .map(|proof| shown(proof, &records))
            .collect();
        out.document(&json!({
            "trials": trials?,
            "held": outcomes.len() - failed,
            "failed": failed,
        }))?;
    } else {
        for outcome in &outcomes {
            tell(out, outcome, &records)?;
        }
        summary(out, outcomes.len(), failed, args.records.is_some())?;
    }
    Ok(Done::if_true(failed == 0))
}

/// Plays the trials, and says on the way how many wars have been played.
fn weigh(
    out: &Out,
    bench: &mut Bench,
    ids: &[Key<Trial>],
    jobs: Option<u16>,
) -> Result<Vec<Proof>, Failure> {
    let pool = open::pool(jobs)?;
    let progress = |done: u64, all: u64| {
        if !out.json {
            out.progress(&format!("{done} of {all} wars"));
        }
    };
    let ready = trial::ready(bench, ids);
    let sources = &bench.sources;
    let outcomes = pool.install(|| ready.play(sources, &progress));
    out.progress_end();
    Ok(outcomes)
}

/// A trial as a document, with the records that were written of it.
fn shown(proof: &Proof, records: &Records) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(proof)
        .map_err(|error| Failure::Failed(format!("cannot write this as JSON: {error}")))?;
    value["records"] = json!(records.get(&proof.id).map_or(&[][..], Vec::as_slice));
    Ok(value)
}

fn summary(out: &mut Out, all: usize, failed: usize, kept: bool) -> Result<(), Failure> {
    let trials = if all == 1 { "trial" } else { "trials" };
    out.aside(match (all, failed) {
        (0, _) => String::from("There are no trials here: a mod keeps them in tests/*.ron."),
        (1, 0) => String::from("1 trial, and it held."),
        (_, 0) => format!("{all} trials, all of them held."),
        _ => format!("{all} {trials}, {failed} of them did not hold."),
    })?;
    if failed > 0 && !kept {
        out.aside("With `--records DIR` a record of each war that shows it is written into DIR, to be looked at.")?;
    }
    Ok(())
}

/// The layer of a mod's folder; of a file, the mod in whose `tests` it lies, or the file alone. And the folder of the
/// mod, if it is one.
fn layer_of(path: &Path) -> Result<(Layer, Option<&Path>), Failure> {
    if path.is_dir() {
        let root = path.join("mod.ron").is_file().then_some(path);
        return Ok((Layer::read(path)?, root));
    }
    let around = path.parent().and_then(Path::parent);
    let within = path
        .parent()
        .is_some_and(|folder| folder.ends_with("tests"));
    let root = around.filter(|root| within && root.join("mod.ron").is_file());
    let mut layer = match root {
        Some(root) => Layer::read(root)?,
        None => Layer::read(path)?,
    };
    // A file is called as it was named, so that its trials are found again.
    if let Some(file) = layer
        .files
        .iter_mut()
        .find(|file| same(Path::new(&file.shown), path))
    {
        file.shown = path.display().to_string();
    }
    Ok((layer, root))
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Which trials are meant: those of a file, or all; those named, if any are.
fn asked(bench: &Bench, file: Option<&str>, only: &[String]) -> Result<Vec<Key<Trial>>, Failure> {
    let lies_in = |trial: &Trial, file: &str| {
        bench
            .sources
            .get(trial.span.source)
            .is_some_and(|source| source.name == file)
    };
    let here: Vec<Key<Trial>> = bench
        .trials()
        .filter(|trial| file.is_none_or(|file| lies_in(trial, file)))
        .map(|trial| trial.id.clone())
        .collect();
    for id in only {
        if !here.iter().any(|known| known.as_str() == id) {
            let near = crate::content::suggest(id, here.iter().map(Key::as_str));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Failure::Usage(format!(
                "there is no trial `{id}` here{hint}"
            )));
        }
    }
    let meant = |id: &Key<Trial>| only.is_empty() || only.iter().any(|o| o == id.as_str());
    Ok(here.into_iter().filter(meant).collect())
}

fn tell(out: &mut Out, trial: &Proof, records: &Records) -> Result<(), Failure> {
    let word = if trial.held { "held  " } else { "FAILED" };
    let wars = trial.outcome.as_ref().map_or(0, |outcome| outcome.wars);
    let wars = match wars {
        0 | 1 => String::new(),
        n => format!(" ({n} wars)"),
    };
    out.line(format!("{word} {}{wars}", trial.id))?;
    if let Some(problem) = &trial.problem {
        out.text(&format!("{problem}\n"))?;
    }
    if let Some(outcome) = &trial.outcome {
        if out.verbose || !trial.held {
            out.line(format!("       {}", outcome.what))?;
        }
        expectations(out, outcome)?;
        let notes: &[String] = if out.verbose || !trial.held {
            &outcome.notes
        } else {
            &[]
        };
        for note in notes {
            out.line(format!("       note: {note}"))?;
        }
    }
    if out.verbose || !trial.held {
        for line in differences(trial) {
            out.line(format!("       {line}"))?;
        }
    }
    for kept in records.get(&trial.id).into_iter().flatten() {
        out.line(format!("       look at seed {}: {}", kept.seed, kept.view))?;
    }
    Ok(())
}

fn expectations(out: &mut Out, outcome: &Outcome) -> Result<(), Failure> {
    for answer in &outcome.expectations {
        if answer.held {
            if out.verbose {
                out.line(format!("       held: {}: {}", answer.expected, answer.got))?;
            }
            continue;
        }
        out.line(format!("  {}: expected {}", answer.place, answer.expected))?;
        out.line(format!("       got: {}", answer.got))?;
        if let Some(seed) = answer.seed.filter(|_| outcome.wars > 1) {
            out.line(format!("       so with seed {seed}:"))?;
        }
        for line in &answer.journal {
            out.line(format!("       | {line}"))?;
        }
    }
    Ok(())
}

/// What differs with and without the thing that a trial takes away, in lines.
pub(super) fn differences(trial: &Proof) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(moves) = &trial.moves {
        let not = if moves.held {
            ""
        } else {
            ", which is not as it should be"
        };
        let (with, without) = (&moves.with, &moves.without);
        lines.push(format!("the figure: {with} with, {without} without{not}"));
    }
    if let Some(options) = &trial.decision {
        for (when, best, all) in [
            ("with", &options.best_with, &options.with),
            ("without", &options.best_without, &options.without),
        ] {
            let all: Vec<String> = all.iter().map(|(name, n)| format!("{name} {n}")).collect();
            let (best, all) = (best.join(" or "), all.join(", "));
            lines.push(format!("best {when}: {best} ({all})"));
        }
        if !options.turned {
            lines.push(String::from("the best choice does not turn"));
        }
    }
    match trial.read {
        Some(true) => lines.push(String::from("the words are read")),
        Some(false) => lines.push(String::from("nobody reads the words")),
        None => {}
    }
    lines
}
