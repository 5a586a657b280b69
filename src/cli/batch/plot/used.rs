//! Panels of what of the rules is used: a bar for each definition, and a word for those that never are.

use super::{
    PANEL, Panel,
    pen::{Anchor, INK, Pen, Scale, fit, short, ticks},
};
use crate::{
    cli::batch::sums::{Sums, Used},
    war::usage::Kind,
};

const LEFT: f64 = 150.0;
const RIGHT: f64 = PANEL - 60.0;
/// Where the rows begin: below the title, and below what two bars mean.
const TOP: (f64, f64) = (30.0, 52.0);
const ROW: f64 = 20.0;
/// Most rows of a panel; the document and the table have all.
const MOST: usize = 40;
/// All that was counted, and the part of it that the second count is.
const ALL: &str = "#7d93ad";
const PART: &str = "#1f3b5c";
/// The colour of what was never used.
const NEVER: &str = "#b00020";

/// What is drawn of a kind: the title, the unit, and of the two first counts what the bars mean; none: the first alone.
fn words(
    kind: Kind,
) -> (
    &'static str,
    &'static str,
    Option<(&'static str, &'static str)>,
) {
    match kind {
        Kind::Classes => (
            "Classes: ships that came into the war, and lost ones",
            "ships a war, mean",
            Some(("came", "lost")),
        ),
        Kind::Weapons => (
            "Weapons: salvos fired, and hits among them",
            "salvos a war, mean",
            Some(("fired", "hits")),
        ),
        Kind::Stances => (
            "Stances: turns of a force in each",
            "force-turns a war, mean",
            None,
        ),
        Kind::Postures => (
            "Postures: turns of a force in each",
            "force-turns a war, mean",
            None,
        ),
        Kind::Orders => (
            "Orders given, and refused ones among them",
            "orders a war, mean",
            Some(("given", "refused")),
        ),
        Kind::Deeds => (
            "Deeds begun, and done ones",
            "deeds a war, mean",
            Some(("begun", "done")),
        ),
        Kind::Meters => ("Meters: thresholds passed", "a war, mean", None),
        Kind::Meetings => (
            "Meetings of stances, attacker/defender",
            "battles a war, mean",
            None,
        ),
    }
}

/// A panel for each kind of which the scenario could use anything.
pub fn panels(sums: &Sums) -> Vec<Panel> {
    let kinds = sums.used.iter().filter(|(_, all)| !all.is_empty());
    kinds
        .map(|(kind, all)| panel(*kind, all, sums.wars))
        .collect()
}

fn panel(kind: Kind, all: &[Used], wars: usize) -> Panel {
    let (title, unit, both) = words(kind);
    let top = if both.is_some() { TOP.1 } else { TOP.0 };
    let mut pen = Pen::default();
    pen.title(title);
    if let Some((whole, part)) = both {
        for (n, (fill, name)) in [(ALL, whole), (PART, part)].into_iter().enumerate() {
            let x = LEFT + 110.0 * n as f64;
            pen.rect((x, 26.0), (12.0, 12.0), fill, 1.0);
            pen.text((x + 18.0, 36.0), Anchor::Start, 12, name);
        }
    }
    let mean = |used: &Used, place: usize| {
        let sum = used.counts.get(place).copied().unwrap_or(0);
        sum as f64 / wars.max(1) as f64
    };
    // What is begun and what is done at once are two counts of deeds: the longer bar holds both.
    let whole = |used: &Used| match kind {
        Kind::Deeds => mean(used, 0).max(mean(used, 1) + mean(used, 2)),
        _ => mean(used, 0),
    };
    let mut rows: Vec<&Used> = all.iter().collect();
    rows.sort_by(|a, b| whole(b).total_cmp(&whole(a)));
    let hidden = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let most = rows.iter().map(|used| whole(used)).fold(0.0, f64::max);
    let bottom = top + ROW * rows.len() as f64;
    let mut numbers = ticks(0.0, most.max(0.5));
    numbers.dedup();
    let scale = Scale {
        from: (0.0, numbers.last().copied().unwrap_or(1.0)),
        to: (LEFT, RIGHT),
    };
    pen.across(&scale, &numbers, top, bottom, unit);
    for (n, used) in rows.iter().enumerate() {
        let y = top + ROW * n as f64;
        let base = y + ROW / 2.0 + 4.0;
        pen.text((LEFT - 8.0, base), Anchor::End, 12, &fit(&used.id, 21));
        if used.wars == 0 {
            pen.coloured((LEFT + 6.0, base), Anchor::Start, 12, NEVER, "never used");
            continue;
        }
        let end = scale.at(whole(used));
        pen.rect((LEFT, y + 3.0), (end - LEFT, ROW - 6.0), ALL, 1.0);
        let mut told = short(whole(used));
        if both.is_some() {
            let part = mean(used, 1);
            let inner = scale.at(part.min(whole(used))) - LEFT;
            pen.rect((LEFT, y + 6.0), (inner, ROW - 12.0), PART, 1.0);
            told = format!("{told}, {}", short(part));
        }
        pen.coloured((end + 6.0, base), Anchor::Start, 11, INK, &told);
    }
    let mut high = bottom + 44.0;
    if hidden > 0 {
        let told =
            format!("and {hidden} more, used less or never: `never_used` of --json names them");
        pen.text((LEFT, high), Anchor::Start, 12, &told);
        high += 18.0;
    }
    Panel::of(pen, high)
}
