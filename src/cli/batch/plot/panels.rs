//! Panels of how wars come out: who wins, what it costs, how high they end, how long they take, what is left when.

use super::{
    PANEL, Panel,
    pen::{Anchor, INK, NOBODY, Pen, Scale, colour, fit, ticks, whole_ticks},
};
use crate::cli::batch::{
    play::Outcome,
    sums::{Bands, Side, Sums},
};

/// Where the plot begins at the left of a panel, and where it ends at the right.
const LEFT: f64 = 110.0;
const RIGHT: f64 = PANEL - 20.0;
/// Where a plot begins below its title.
const TOP: f64 = 34.0;
/// How high a row of a side is.
const ROW: f64 = 34.0;
/// How high a plot with an upright axis is, and where it begins at the left.
const HIGH: f64 = 190.0;
const UPRIGHT: f64 = 50.0;
/// Most bars of a histogram.
const BINS: usize = 24;

/// Each side's share of the wars with its limits.
pub fn winners(sums: &Sums) -> Panel {
    let mut pen = Pen::default();
    pen.title("Wars won, with 95% limits");
    let bottom = TOP + ROW * sums.sides.len() as f64;
    let scale = Scale {
        from: (0.0, 100.0),
        to: (LEFT, RIGHT),
    };
    let numbers = [0.0, 25.0, 50.0, 75.0, 100.0];
    pen.across(&scale, &numbers, TOP, bottom, "percent of all wars");
    for (n, side) in sums.sides.iter().enumerate() {
        let y = TOP + ROW * n as f64;
        let middle = y + ROW / 2.0;
        label(&mut pen, middle, &side.id);
        let at = |permille: i64| scale.at(permille as f64 / 10.0);
        let share = side.wins as f64 * 100.0 / sums.wars.max(1) as f64;
        let width = scale.at(share) - LEFT;
        pen.rect((LEFT, y + 7.0), (width, ROW - 14.0), colour(n), 0.8);
        let (low, high) = (at(side.share.low), at(side.share.high));
        pen.line((low, middle), (high, middle), INK, 2.0);
        for x in [low, high] {
            pen.line((x, middle - 5.0), (x, middle + 5.0), INK, 2.0);
        }
        let told = format!("{} ({share:.1}%)", side.wins);
        // Where there is more room: behind the whisker, or before it.
        let (x, anchor) = match high + 90.0 < RIGHT {
            true => (high + 8.0, Anchor::Start),
            false => (low - 8.0, Anchor::End),
        };
        let fill = if anchor == Anchor::End && low - LEFT > 90.0 {
            "#ffffff"
        } else {
            INK
        };
        pen.coloured((x, middle + 4.0), anchor, 12, fill, &told);
    }
    Panel::of(pen, bottom + 44.0)
}

/// What each side loses, as boxes.
pub fn losses(sums: &Sums) -> Panel {
    let mut pen = Pen::default();
    pen.title("Losses: box from quartile to quartile, whiskers from 5% to 95% of the wars");
    let bottom = TOP + ROW * sums.sides.len() as f64;
    let scale = Scale {
        from: (0.0, 100.0),
        to: (LEFT, RIGHT),
    };
    let numbers = [0.0, 25.0, 50.0, 75.0, 100.0];
    pen.across(
        &scale,
        &numbers,
        TOP,
        bottom,
        "percent of a side's strength",
    );
    for (n, side) in sums.sides.iter().enumerate() {
        let y = TOP + ROW * n as f64;
        let middle = y + ROW / 2.0;
        label(&mut pen, middle, &side.id);
        let Bands {
            p5,
            p25,
            p50,
            p75,
            p95,
        } = side.losses;
        let at = |permille: i64| scale.at(permille as f64 / 10.0);
        pen.line((at(p5), middle), (at(p95), middle), INK, 1.5);
        for x in [at(p5), at(p95)] {
            pen.line((x, middle - 5.0), (x, middle + 5.0), INK, 1.5);
        }
        let (from, to) = (at(p25), at(p75));
        let wide = (to - from).max(2.0);
        pen.rect((from, y + 7.0), (wide, ROW - 14.0), colour(n), 0.8);
        pen.line((at(p50), y + 5.0), (at(p50), y + ROW - 5.0), INK, 3.0);
    }
    Panel::of(pen, bottom + 44.0)
}

fn label(pen: &mut Pen, middle: f64, text: &str) {
    let text = fit(text, 15);
    pen.text((LEFT - 8.0, middle + 4.0), Anchor::End, 12, &text);
}

/// How high the wars end, each bar by who won.
pub fn scores(sums: &Sums, outcomes: &[Outcome]) -> Panel {
    let values: Vec<(f64, usize)> = outcomes
        .iter()
        .map(|o| (o.score as f64 / 10.0, winner(sums, o)))
        .collect();
    let mut pen = Pen::default();
    pen.title("Scores, coloured by who won");
    histogram(&mut pen, sums, &values, false, "score, points");
    Panel::of(pen, TOP + HIGH + 30.0)
}

/// How long the wars take, each bar by who won.
pub fn lengths(sums: &Sums, outcomes: &[Outcome]) -> Panel {
    let values: Vec<(f64, usize)> = outcomes
        .iter()
        .map(|o| (f64::from(o.turns), winner(sums, o)))
        .collect();
    let mut pen = Pen::default();
    pen.title("Lengths, coloured by who won");
    histogram(&mut pen, sums, &values, true, "turns");
    Panel::of(pen, TOP + HIGH + 30.0)
}

/// The number of the side that won; one more than there are for nobody.
fn winner(sums: &Sums, outcome: &Outcome) -> usize {
    let won = |side: &Side| outcome.winner.as_ref() == Some(&side.id);
    sums.sides.iter().position(won).unwrap_or(sums.sides.len())
}

fn histogram(pen: &mut Pen, sums: &Sums, values: &[(f64, usize)], whole: bool, unit: &str) {
    let (low, high) = values
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), (value, _)| {
            (low.min(*value), high.max(*value))
        });
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    // Whole numbers have a bar each, or each so many of them one.
    let step = match whole {
        true => ((high - low + 1.0) / BINS as f64).ceil().max(1.0),
        false => ((high - low) / BINS as f64).max(1.0),
    };
    let count = (((high - low) / step) as usize + 1).min(BINS + 1);
    let mut bins = vec![vec![0_usize; sums.sides.len() + 1]; count];
    for (value, side) in values {
        let place = (((value - low) / step) as usize).min(count - 1);
        bins[place][*side] += 1;
    }
    let tallest = bins.iter().map(|bin| bin.iter().sum::<usize>()).max();
    let numbers = whole_ticks(0.0, tallest.unwrap_or(0) as f64);
    let (top, bottom) = (TOP + 16.0, TOP + 16.0 + HIGH - 30.0);
    let up = Scale {
        from: (0.0, numbers.last().copied().unwrap_or(1.0)),
        to: (bottom, top),
    };
    pen.upwards(&up, &numbers, UPRIGHT, RIGHT, "wars");
    let middle = if whole { step / 2.0 } else { 0.0 };
    let along = Scale {
        from: (low - middle, low - middle + step * count as f64),
        to: (UPRIGHT, RIGHT),
    };
    let mut marks = match whole {
        true => whole_ticks(low, high),
        false => ticks(low, high),
    };
    marks.retain(|mark| (along.from.0..=along.from.1).contains(mark));
    pen.across(&along, &marks, bottom, bottom, unit);
    let wide = (along.to.1 - along.to.0) / count as f64;
    for (n, bin) in bins.iter().enumerate() {
        let x = UPRIGHT + wide * n as f64;
        let mut below = 0;
        for (side, wars) in bin.iter().enumerate().filter(|(_, wars)| **wars > 0) {
            let (from, to) = (up.at(below as f64), up.at((below + wars) as f64));
            let fill = match side < sums.sides.len() {
                true => colour(side),
                false => NOBODY,
            };
            let inner = (wide - 2.0).clamp(1.0, 40.0);
            let at = x + (wide - inner) / 2.0;
            pen.rect((at, to), (inner, from - to), fill, 0.85);
            below += wars;
        }
    }
}

/// What is left of each reserve turn by turn, a panel for each stock.
pub fn reserves(sums: &Sums) -> Vec<Panel> {
    let mut stocks: Vec<&String> = sums.reserves.keys().map(|(_, stock)| stock).collect();
    stocks.sort();
    stocks.dedup();
    stocks
        .into_iter()
        .map(|stock| reserve(sums, stock))
        .collect()
}

fn reserve(sums: &Sums, stock: &str) -> Panel {
    let mut pen = Pen::default();
    pen.title(&format!(
        "Left of {}: median, and the band between the quartiles",
        fit(stock, 24)
    ));
    let lines: Vec<(usize, &Vec<Bands>)> = sums
        .reserves
        .iter()
        .filter(|((_, name), _)| name == stock)
        .filter_map(|((side, _), bands)| {
            let number = sums.sides.iter().position(|known| known.id == *side)?;
            Some((number, bands))
        })
        .collect();
    let all = lines.iter().flat_map(|(_, bands)| bands.iter());
    let most = all.map(|band| band.p75).max().unwrap_or(0);
    let turns = lines
        .iter()
        .map(|(_, bands)| bands.len())
        .max()
        .unwrap_or(1);
    let last = turns.saturating_sub(1).max(1) as f64;
    let numbers = whole_ticks(0.0, most as f64);
    let (top, bottom) = (TOP + 16.0, TOP + 16.0 + HIGH - 30.0);
    let up = Scale {
        from: (0.0, numbers.last().copied().unwrap_or(1.0)),
        to: (bottom, top),
    };
    let along = Scale {
        from: (0.0, last),
        to: (UPRIGHT, RIGHT),
    };
    pen.upwards(&up, &numbers, UPRIGHT, RIGHT, "units held");
    let mut marks = whole_ticks(0.0, last);
    marks.retain(|mark| *mark <= last);
    pen.across(&along, &marks, bottom, bottom, "turns played");
    for (side, bands) in lines {
        let point = |turn: usize, units: i64| (along.at(turn as f64), up.at(units as f64));
        let each = || bands.iter().enumerate();
        let upper = each().map(|(turn, band)| point(turn, band.p75));
        let lower = each().rev().map(|(turn, band)| point(turn, band.p25));
        pen.band(&upper.chain(lower).collect::<Vec<_>>(), side);
        let middle = each().map(|(turn, band)| point(turn, band.p50));
        pen.path(&middle.collect::<Vec<_>>(), side);
    }
    Panel::of(pen, TOP + HIGH + 30.0)
}
