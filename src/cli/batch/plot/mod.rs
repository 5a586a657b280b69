//! A batch as a picture: panels in two columns, under a title and a legend.

mod panels;
mod pen;
mod used;

use self::pen::{Anchor, NOBODY, Pen, colour, fit};
use super::{play::Outcome, sums::Sums};

/// How wide a panel is, the room between two, and that around all.
const PANEL: f64 = 520.0;
const GAP: f64 = 40.0;
const EDGE: f64 = 30.0;
/// How high title and legend are together.
const HEAD: f64 = 96.0;
/// How wide an entry of the legend is, and how many stand on a line.
const ENTRY: f64 = 175.0;
const ENTRIES: usize = 6;

/// A part of the picture, drawn from its own corner.
struct Panel {
    text: String,
    high: f64,
}

impl Panel {
    fn of(pen: Pen, high: f64) -> Self {
        Self {
            text: pen.done(),
            high,
        }
    }
}

/// The whole picture as the text of an SVG file.
pub fn plot(sums: &Sums, outcomes: &[Outcome]) -> String {
    let mut all = vec![
        panels::winners(sums),
        panels::losses(sums),
        panels::scores(sums, outcomes),
        panels::lengths(sums, outcomes),
    ];
    all.extend(panels::reserves(sums));
    all.extend(used::panels(sums));
    let entries = sums.sides.len() + usize::from(sums.draws > 0);
    let head = HEAD + 22.0 * (entries.saturating_sub(1) / ENTRIES) as f64;
    let mut ends = [head; 2];
    let mut body = String::new();
    for panel in &all {
        // Each goes where there is room first.
        let column = usize::from(ends[1] < ends[0]);
        let (x, y) = (EDGE + (PANEL + GAP) * column as f64, ends[column]);
        body.push_str(&format!(
            "<g transform=\"translate({x:.0} {y:.0})\">\n{}</g>\n",
            panel.text
        ));
        ends[column] += panel.high + 24.0;
    }
    let (wide, high) = (2.0 * (EDGE + PANEL) + GAP, ends[0].max(ends[1]) + EDGE);
    let head = heading(sums);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         viewBox=\"0 0 {wide:.0} {high:.0}\" font-family=\"Roboto, 'DejaVu Sans', sans-serif\">\n\
         <rect width=\"{wide:.0}\" height=\"{high:.0}\" fill=\"#ffffff\"/>\n{head}{body}</svg>\n"
    )
}

/// What was played, and whose colour is which.
fn heading(sums: &Sums) -> String {
    let mut pen = Pen::default();
    let (first, last) = (sums.seeds.0, sums.seeds.1 - 1);
    let title = fit(&sums.title, 60);
    pen.text((EDGE, 40.0), Anchor::Start, 22, &title);
    let about = format!(
        "{}: {} wars, seeds {first} to {last}; half of them end within {} turns",
        sums.scenario, sums.wars, sums.turns.p50
    );
    pen.text((EDGE, 62.0), Anchor::Start, 13, &about);
    let sides = sums.sides.iter().enumerate();
    let mut entries: Vec<(&str, String)> = sides
        .map(|(n, side)| (colour(n), fit(&side.id, 20)))
        .collect();
    if sums.draws > 0 {
        entries.push((NOBODY, format!("nobody ({} wars)", sums.draws)));
    }
    for (n, (fill, name)) in entries.iter().enumerate() {
        let x = EDGE + ENTRY * (n % ENTRIES) as f64;
        let y = 74.0 + 22.0 * (n / ENTRIES) as f64;
        pen.rect((x, y), (14.0, 14.0), fill, 0.85);
        pen.text((x + 20.0, y + 12.0), Anchor::Start, 13, name);
    }
    pen.done()
}
