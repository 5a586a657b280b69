//! `batch`: many wars, counted.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
    results::{self, SideResult, quantile},
};
use crate::{
    ai::Level,
    content::Catalog,
    sim::tables::Hash,
    war::{Setup, War, WarError, store},
};

/// Most wars of one batch.
const MOST: u64 = 1_000_000;

/// Play many wars and count: win rates with confidence limits, lengths, losses, turn times
#[derive(clap::Args, Debug)]
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
    /// Draw the results into an SVG file
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

/// How one war came out.
struct Outcome {
    seed: u64,
    winner: Option<String>,
    level: String,
    score: i64,
    turns: u32,
    hash: Option<Hash>,
    sides: BTreeMap<String, SideResult>,
    times: Vec<f64>,
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
    // Fails before the threads start if the scenario or a seat is wrong.
    War::begin(
        catalog.clone(),
        open::setup(&args.scenario, args.seeds.0, &args.ai),
    )?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, usize::from))
        .build()
        .map_err(|e| Failure::Failed(format!("cannot start threads: {e}")))?;
    let (done, all) = (AtomicUsize::new(0), args.seeds.1 - args.seeds.0);
    let told: &Out = out;
    let outcomes: Vec<Outcome> = pool.install(|| {
        (args.seeds.0..args.seeds.1)
            .into_par_iter()
            .map(|seed| {
                let outcome = play(&catalog, open::setup(&args.scenario, seed, &args.ai));
                told.progress(&format!(
                    "{} of {all} wars",
                    done.fetch_add(1, Ordering::Relaxed) + 1
                ));
                outcome
            })
            .collect::<Result<_, WarError>>()
    })?;
    out.progress_end();
    let sides: Vec<String> = outcomes
        .first()
        .map_or(Vec::new(), |o| o.sides.keys().cloned().collect());
    let document = document(
        &args,
        &sides,
        &outcomes,
        started.elapsed().as_secs_f64() * 1000.0,
    );
    if let Some(path) = &args.plot {
        store::write_whole(path, plot(&args.scenario, &sides, &outcomes).as_bytes())?;
    }
    if out.json {
        out.document(&document)?;
    } else {
        tell(out, &args, &sides, &outcomes)?;
    }
    Ok(Done::Good)
}

fn play(catalog: &Arc<Catalog>, setup: Setup) -> Result<Outcome, WarError> {
    let seed = setup.seed;
    let mut war = War::begin(catalog.clone(), setup)?;
    let mut times = Vec::new();
    while war.ended().is_none() {
        let begun = Instant::now();
        war.end_turn()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    let ending = war.ended().cloned();
    Ok(Outcome {
        seed,
        winner: ending
            .as_ref()
            .and_then(|e| e.winner.as_ref())
            .map(ToString::to_string),
        level: ending.as_ref().map_or(String::new(), |e| e.level.clone()),
        score: ending.as_ref().map_or(0, |e| e.score),
        turns: war.record().length(),
        hash: war.record().turns.last().map(|row| row.hashes.state),
        sides: results::sides(&war),
        times,
    })
}

fn wins(outcomes: &[Outcome], side: &str) -> usize {
    outcomes
        .iter()
        .filter(|o| o.winner.as_deref() == Some(side))
        .count()
}

fn losses(outcomes: &[Outcome], side: &str) -> Vec<i64> {
    let mut all: Vec<i64> = outcomes
        .iter()
        .filter_map(|o| o.sides.get(side))
        .map(|s| s.forces_lost_permille)
        .collect();
    all.sort_unstable();
    all
}

/// Wilson's interval at 95 percent, permille: right also for few wars and for shares near 0 and 1.
fn wilson(wins: usize, of: usize) -> (i64, i64) {
    if of == 0 {
        return (0, 1000);
    }
    let (n, p, z) = (of as f64, wins as f64 / of as f64, 1.959_964_f64);
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    let permille = |x: f64| (x.clamp(0.0, 1.0) * 1000.0).round() as i64;
    (
        permille((centre - spread) / scale),
        permille((centre + spread) / scale),
    )
}

fn sorted(values: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut all: Vec<u32> = values.collect();
    all.sort_unstable();
    all
}

fn document(args: &Args, sides: &[String], outcomes: &[Outcome], wall: f64) -> Value {
    let mut times: Vec<f64> = outcomes
        .iter()
        .flat_map(|o| o.times.iter().copied())
        .collect();
    times.sort_by(f64::total_cmp);
    let lengths = sorted(outcomes.iter().map(|o| o.turns));
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        *levels.entry(&outcome.level).or_default() += 1;
    }
    let mut scores: Vec<i64> = outcomes.iter().map(|o| o.score).collect();
    scores.sort_unstable();
    let by_side = |value: &dyn Fn(&str) -> Value| -> Value {
        sides
            .iter()
            .map(|s| (s.clone(), value(s)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json!({
        "scenario": args.scenario,
        "seeds": [args.seeds.0, args.seeds.1],
        "wars": outcomes.len(),
        "wins": by_side(&|s| json!(wins(outcomes, s))),
        "win_permille": by_side(&|s| {
            let (low, high) = wilson(wins(outcomes, s), outcomes.len());
            json!({ "share": wins(outcomes, s) * 1000 / outcomes.len().max(1), "low": low, "high": high })
        }),
        "draws": outcomes.iter().filter(|o| o.winner.is_none()).count(),
        "levels": levels,
        "scores": { "p5": points(&scores, 50), "p50": points(&scores, 500), "p95": points(&scores, 950) },
        "turns_p50": quantile(&lengths, 500),
        "turns_p5": quantile(&lengths, 50),
        "turns_p95": quantile(&lengths, 950),
        "losses_permille": by_side(&|s| {
            let all = losses(outcomes, s);
            json!({ "p5": quantile(&all, 50), "p50": quantile(&all, 500), "p95": quantile(&all, 950) })
        }),
        "turn_ms_p50": quantile(&times, 500),
        "turn_ms_p95": quantile(&times, 950),
        "wall_ms": wall,
        "outcomes": outcomes.iter().map(|o| json!({
            "seed": o.seed, "winner": o.winner, "level": o.level, "score": o.score as f64 / 10.0,
            "turns": o.turns, "hash": o.hash, "sides": o.sides,
        })).collect::<Vec<_>>(),
    })
}

fn points(sorted: &[i64], permille: usize) -> f64 {
    quantile(sorted, permille) as f64 / 10.0
}

fn tell(out: &mut Out, args: &Args, sides: &[String], outcomes: &[Outcome]) -> Result<(), Failure> {
    out.line(format!("{}: {} wars", args.scenario, outcomes.len()))?;
    out.line(format!(
        "  {:<20} {:>6} {:>7} {:>17} {:>22}",
        "side", "wins", "share", "95% limits", "loses 5% / 50% / 95%"
    ))?;
    for side in sides {
        let won = wins(outcomes, side);
        let (low, high) = wilson(won, outcomes.len());
        let lost = losses(outcomes, side);
        let percent = |permille: i64| permille as f64 / 10.0;
        out.line(format!(
            "  {side:<20} {won:>6} {:>6.1}% {:>7.1}% - {:>5.1}% {:>8.1} {:>6.1} {:>6.1}",
            won as f64 * 100.0 / outcomes.len().max(1) as f64,
            percent(low),
            percent(high),
            percent(quantile(&lost, 50)),
            percent(quantile(&lost, 500)),
            percent(quantile(&lost, 950)),
        ))?;
    }
    let draws = outcomes.iter().filter(|o| o.winner.is_none()).count();
    let lengths = sorted(outcomes.iter().map(|o| o.turns));
    out.line(format!(
        "  draws {draws}; {} turns at the middle",
        quantile(&lengths, 500)
    ))?;
    if out.verbose {
        for o in outcomes {
            let hash = o.hash.map_or(String::new(), |h| h.to_string());
            let winner = o.winner.as_deref().unwrap_or("-");
            out.line(format!(
                "  {:>8} {winner:<20} {:<24} {:>7.1} {hash}",
                o.seed,
                o.level,
                o.score as f64 / 10.0
            ))?;
        }
    }
    Ok(())
}

/// A histogram of the scores, one colour for each winner, and the win rates as text.
fn plot(scenario: &str, sides: &[String], outcomes: &[Outcome]) -> String {
    const COLOURS: [&str; 6] = [
        "#2f6db5", "#b5452f", "#3f8f4f", "#8f6f2f", "#6f4f9f", "#777777",
    ];
    const BINS: usize = 24;
    let (low, high) = outcomes
        .iter()
        .fold((i64::MAX, i64::MIN), |(low, high), o| {
            (low.min(o.score), high.max(o.score))
        });
    let width = (high - low).max(1) as f64;
    let mut bins = vec![vec![0_usize; sides.len() + 1]; BINS];
    for o in outcomes {
        let place = ((o.score - low) as f64 / width * (BINS - 1) as f64) as usize;
        let side = sides
            .iter()
            .position(|s| o.winner.as_ref() == Some(s))
            .unwrap_or(sides.len());
        bins[place.min(BINS - 1)][side] += 1;
    }
    let tallest = bins
        .iter()
        .map(|b| b.iter().sum::<usize>())
        .max()
        .unwrap_or(1)
        .max(1);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 480\" font-family=\"sans-serif\" font-size=\"14\">\n<rect width=\"800\" height=\"480\" fill=\"#ffffff\"/>\n",
    );
    // Writing into a String cannot fail.
    let _ = writeln!(
        svg,
        "<text x=\"40\" y=\"30\" font-size=\"18\">{}: {} wars by score</text>",
        escape(scenario),
        outcomes.len()
    );
    for (n, bin) in bins.iter().enumerate() {
        let mut base = 420.0;
        for (side, count) in bin.iter().enumerate().filter(|(_, c)| **c > 0) {
            let tall = *count as f64 / tallest as f64 * 300.0;
            base -= tall;
            let colour = if side == sides.len() {
                "#bbbbbb"
            } else {
                COLOURS[side % COLOURS.len()]
            };
            let _ = writeln!(
                svg,
                "<rect x=\"{}\" y=\"{base:.1}\" width=\"28\" height=\"{tall:.1}\" fill=\"{colour}\"/>",
                40 + n * 30
            );
        }
    }
    let _ = writeln!(
        svg,
        "<line x1=\"40\" y1=\"420\" x2=\"760\" y2=\"420\" stroke=\"#333333\"/>"
    );
    let _ = writeln!(
        svg,
        "<text x=\"40\" y=\"440\">{:.1}</text>",
        low as f64 / 10.0
    );
    let _ = writeln!(
        svg,
        "<text x=\"760\" y=\"440\" text-anchor=\"end\">{:.1}</text>",
        high as f64 / 10.0
    );
    for (n, side) in sides.iter().enumerate() {
        let won = wins(outcomes, side);
        let (from, to) = wilson(won, outcomes.len());
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"62\" fill=\"{}\">{}: {won} ({:.1}-{:.1}%)</text>",
            40 + n * 360,
            COLOURS[n % COLOURS.len()],
            escape(side),
            from as f64 / 10.0,
            to as f64 / 10.0
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_wilsons() {
        assert_eq!(wilson(50, 100), (404, 596));
        assert_eq!(wilson(0, 10).0, 0);
        assert_eq!(wilson(10, 10).1, 1000);
        assert_eq!(wilson(0, 0), (0, 1000));
    }

    #[test]
    fn seeds_are_a_range() {
        assert_eq!(seeds("1..101"), Ok((1, 101)));
        assert_eq!(seeds("1..=100"), Ok((1, 101)));
        assert!(seeds("5..5").is_err() && seeds("9..1").is_err() && seeds("x").is_err());
        assert!(seeds("0..18446744073709551615").is_err());
    }
}
