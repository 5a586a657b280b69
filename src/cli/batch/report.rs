//! A batch for people.

use super::{
    play::Outcome,
    sums::{Bands, Sums, Used},
};
use crate::{
    cli::{
        columns::Columns,
        out::{Failure, Out},
        sheet,
    },
    war::usage::Kind,
};

/// Prints all that the wars come to.
///
/// # Errors
/// If nobody reads any more.
pub fn tell(out: &mut Out, sums: &Sums, outcomes: &[Outcome]) -> Result<(), Failure> {
    let (first, last) = (sums.seeds.0, sums.seeds.1 - 1);
    out.heading(&format!(
        "{}: {} wars, seeds {first} to {last}",
        sums.scenario, sums.wars
    ))?;
    winners(out, sums)?;
    out.line("")?;
    bands(out, sums)?;
    reserves(out, sums)?;
    for (kind, all) in &sums.used {
        if !all.is_empty() {
            used(out, *kind, all, sums.wars)?;
        }
    }
    out.line("")?;
    out.heading("Never used")?;
    let never = sums.never();
    for (kind, idle) in &never {
        let mark = format!("  {}: ", kind.name());
        sheet::wrap(out, &mark, &idle.join(", "))?;
    }
    if never.is_empty() {
        out.line("  nothing: all that the scenario could use was used")?;
    }
    if out.verbose {
        out.line("")?;
        wars(out, outcomes)?;
    }
    Ok(())
}

fn winners(out: &mut Out, sums: &Sums) -> Result<(), Failure> {
    let mut table = Columns::new(["side", "wins", "share", "95% limits"]);
    for side in &sums.sides {
        let share = side.wins as f64 * 100.0 / sums.wars.max(1) as f64;
        let (low, high) = (percent(side.share.low), percent(side.share.high));
        table.row([
            side.id.clone(),
            side.wins.to_string(),
            format!("{share:.1}%"),
            format!("{low} - {high}"),
        ]);
    }
    table.row([String::from("nobody"), sums.draws.to_string()]);
    table.print(out)
}

fn bands(out: &mut Out, sums: &Sums) -> Result<(), Failure> {
    let mut table = Columns::new(["so many wars below", "5%", "25%", "50%", "75%", "95%"]);
    let mut row = |name: String, bands: Bands, shown: fn(i64) -> String| {
        let Bands {
            p5,
            p25,
            p50,
            p75,
            p95,
        } = bands;
        let mut cells = vec![name];
        cells.extend([p5, p25, p50, p75, p95].map(shown));
        table.row(cells);
    };
    row("turns".into(), sums.turns, |n| n.to_string());
    row("score, points".into(), sums.scores, |tenths| {
        format!("{:.1}", tenths as f64 / 10.0)
    });
    for side in &sums.sides {
        row(format!("{} lost", side.id), side.losses, percent);
    }
    for side in &sums.sides {
        let fires = side.fired != Bands::default() || side.left != Bands::default();
        if fires {
            row(format!("{} reserves fired", side.id), side.fired, |n| {
                n.to_string()
            });
            row(format!("{} reserves left", side.id), side.left, |n| {
                n.to_string()
            });
        }
    }
    table.print(out)
}

/// Reserves at a few dates: at the start, after each quarter of the longest war, and at its end.
fn reserves(out: &mut Out, sums: &Sums) -> Result<(), Failure> {
    let longest = sums.reserves.values().map(Vec::len).max().unwrap_or(0);
    let Some(last) = longest.checked_sub(1) else {
        return Ok(());
    };
    let mut turns: Vec<usize> = (0..=4).map(|quarter| last * quarter / 4).collect();
    turns.dedup();
    out.line("")?;
    out.heading("Reserves left, median (quartiles)")?;
    let heads: Vec<String> = turns
        .iter()
        .map(|turn| match turn {
            0 => String::from("at the start"),
            turn => format!("after turn {turn}"),
        })
        .collect();
    let mut table = Columns::new(
        ["side, stock"]
            .into_iter()
            .chain(heads.iter().map(String::as_str)),
    );
    for ((side, stock), bands) in &sums.reserves {
        let mut cells = vec![format!("{side}, {stock}")];
        cells.extend(turns.iter().map(|turn| {
            let at = bands.get(*turn).copied().unwrap_or_default();
            format!("{} ({}-{})", at.p50, at.p25, at.p75)
        }));
        table.row(cells);
    }
    table.print(out)
}

/// What was used of a kind: the wars in which it was, and what is counted of it in a war, in the mean.
fn used(out: &mut Out, kind: Kind, all: &[Used], wars: usize) -> Result<(), Failure> {
    out.line("")?;
    let mut name = kind.name().to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out.heading(&format!("{name}, a war in the mean"))?;
    let heads: Vec<String> = kind.counts().iter().map(|n| n.replace('_', " ")).collect();
    let mut table = Columns::new(
        ["id", "in wars"]
            .into_iter()
            .chain(heads.iter().map(String::as_str)),
    );
    let mut rows: Vec<&Used> = all.iter().filter(|used| used.wars > 0).collect();
    rows.sort_by_key(|used| std::cmp::Reverse(used.counts.first().copied().unwrap_or(0)));
    for used in rows {
        let mut cells = vec![used.id.clone(), used.wars.to_string()];
        let mean = |sum: &i64| format!("{:.1}", *sum as f64 / wars.max(1) as f64);
        cells.extend(used.counts.iter().map(mean));
        table.row(cells);
    }
    table.print(out)
}

fn wars(out: &mut Out, outcomes: &[Outcome]) -> Result<(), Failure> {
    let mut table = Columns::new(["seed", "winner", "level", "score", "turns", "state"]);
    for o in outcomes {
        table.row([
            o.seed.to_string(),
            o.winner.clone().unwrap_or_else(|| "-".into()),
            o.level.clone(),
            format!("{:.1}", o.score as f64 / 10.0),
            o.turns.to_string(),
            o.hash.map_or(String::new(), |hash| hash.to_string()),
        ]);
    }
    table.print(out)
}

fn percent(permille: i64) -> String {
    format!("{:.1}%", permille as f64 / 10.0)
}
