//! `batch`: many wars, counted: who wins, how long it takes, what it costs, and what of the rules is used in them.

mod document;
mod play;
mod plot;
mod report;
mod sums;
mod table;

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use rayon::prelude::*;

use self::{play::Outcome, sums::Sums};
use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    ai::Level,
    war::{War, WarError, store},
};

/// Most wars of one batch.
const MOST: u64 = 1_000_000;

/// Play many wars and count: win rates with confidence limits, lengths, losses, reserves, what of the rules is used
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Limits of win rates are Wilson's at 95 percent. Of lengths, scores and losses the 5th, 25th, 50th, 75th and 95th of a
hundred wars are told. A war that has ended keeps what it had left of its reserves.

Never used is what the scenario could use and no war of the batch did: classes of its forces, weapons of these classes
and of its sites, every stance and each meeting of two, postures, deeds and meters that are in play in it, and the
orders that are possible with all that. The computer plays these wars: what it never orders, a person may.")]
pub struct Args {
    /// Which scenario
    scenario: String,
    /// Seeds from A up to but without B
    #[arg(long, value_name = "A..B", value_parser = seeds)]
    seeds: (u64, u64),
    /// How well the computer plays a seat
    #[arg(long, value_name = "SEAT=LEVEL", value_parser = open::seat_level)]
    ai: Vec<(String, Level)>,
    /// Wars at the same time; as many as there are cores, if it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Write a table for spreadsheets, one row a war
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Draw the results into an SVG file
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

/// `A..B`, the last left out, or `A..=B`.
pub(super) fn seeds(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text.split_once("..").ok_or("write A..B")?;
    let number = |t: &str| t.parse::<u64>().map_err(|_| format!("`{t}` is not a seed"));
    let (from, to) = match to.strip_prefix('=') {
        Some(last) => (number(from)?, number(last)?.saturating_add(1)),
        None => (number(from)?, number(to)?),
    };
    match to.checked_sub(from) {
        Some(1..=MOST) => Ok((from, to)),
        _ => Err(format!("between 1 and {MOST} seeds, please")),
    }
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let started = Instant::now();
    // Fails before the threads start if the scenario, a seat, or a place to write to is wrong.
    let first = War::begin(
        catalog.clone(),
        open::setup(&args.scenario, args.seeds.0, &args.ai),
    )?;
    for path in args.csv.iter().chain(&args.plot) {
        has_folder(path)?;
    }
    let pool = open::pool(args.jobs)?;
    let (done, all) = (AtomicUsize::new(0), args.seeds.1 - args.seeds.0);
    let told: &Out = out;
    let outcomes: Vec<Outcome> = pool.install(|| {
        (args.seeds.0..args.seeds.1)
            .into_par_iter()
            .map(|seed| {
                let outcome = play::play(&catalog, open::setup(&args.scenario, seed, &args.ai));
                told.progress(&format!(
                    "{} of {all} wars",
                    done.fetch_add(1, Ordering::Relaxed) + 1
                ));
                outcome
            })
            .collect::<Result<_, WarError>>()
    })?;
    out.progress_end();
    let sums = Sums::of(
        &args.scenario,
        &first.scenario().title,
        args.seeds,
        &outcomes,
    );
    if let Some(path) = &args.csv {
        store::write_whole(path, &table::table(&sums, &outcomes))?;
    }
    if let Some(path) = &args.plot {
        store::write_whole(path, plot::plot(&sums, &outcomes).as_bytes())?;
    }
    if out.json {
        let wall = started.elapsed().as_secs_f64() * 1000.0;
        out.document(&document::document(&sums, &outcomes, wall))?;
    } else {
        report::tell(out, &sums, &outcomes)?;
        for path in args.csv.iter().chain(&args.plot) {
            out.aside(format!("Written: {}", path.display()))?;
        }
    }
    Ok(Done::Good)
}

/// Whether the folder of a file is there: after a thousand wars it would be late to learn that it is not.
fn has_folder(path: &Path) -> Result<(), Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let missing = folder.filter(|folder| !folder.is_dir());
    if path.is_dir() {
        let path = path.display();
        return Err(Failure::Failed(format!(
            "cannot write {path}: it is a folder; name a file in it"
        )));
    }
    match missing {
        None => Ok(()),
        Some(folder) => Err(Failure::Failed(format!(
            "cannot write {}: there is no folder {}; make it first",
            path.display(),
            folder.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_a_range() {
        assert_eq!(seeds("1..101"), Ok((1, 101)));
        assert_eq!(seeds("1..=100"), Ok((1, 101)));
        assert!(seeds("5..5").is_err() && seeds("9..1").is_err() && seeds("x").is_err());
        assert!(seeds("0..18446744073709551615").is_err());
    }
}
