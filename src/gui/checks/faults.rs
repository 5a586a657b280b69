//! What may be wrong with a screen. Each check reads what was [`Seen`] and names text and rectangle.

use std::{collections::BTreeMap, fmt};

use bevy_egui::egui::{Rect, accesskit::Role};

use super::seen::{Node, Row, Run, Seen};
use crate::gui::theme;

/// Least size of type, points.
const SMALLEST: f32 = theme::CAPTION;
/// Least edge of what can be pressed, points.
const TOUCH: f32 = 18.0;
/// What may stick out or touch, points: letters lean a little out of their boxes.
const SLACK: f32 = 1.25;
/// Contrast of all text.
const CONTRAST: f32 = 4.5;
/// Contrast of text that is said first.
const PRIMARY: f32 = 7.0;
/// Contrast of large type: it is read by its form.
const LARGE: f32 = 3.0;
/// Contrast of what cannot be pressed now.
const GREYED: f32 = 3.0;
/// Share of a text that may lie on something too much like it: a line that runs below it.
const CROSSED: f32 = 0.2;
/// Least size of a surface that must not be empty, points.
const PANEL: (f32, f32) = (140.0, 56.0);

/// A kind of fault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Text that is cut off, where one cannot scroll.
    Cut,
    /// Text that was shortened, and is told nowhere in full.
    Shortened,
    /// Text that something was painted over.
    Covered,
    /// Texts over each other.
    Overlapping,
    /// Text too much like its ground.
    Faint,
    /// Type that is too small.
    Small,
    /// Something to press that is too small to be hit.
    Tiny,
    /// A panel with nothing in it.
    Empty,
    /// Something to press that has no name.
    Nameless,
    /// Things of one name that do not stand in a list.
    SameName,
}

/// Something that is wrong with a screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// What.
    pub kind: Kind,
    /// The text it is about.
    pub text: String,
    /// Where.
    pub rect: Rect,
    /// How much, in words.
    pub about: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rect { min, max } = self.rect;
        let text: String = self.text.chars().take(70).collect();
        write!(
            f,
            "{:?}: `{text}` at {:.0},{:.0} to {:.0},{:.0}{}",
            self.kind, min.x, min.y, max.x, max.y, self.about
        )
    }
}

/// Everything that is wrong, except shortened texts: for those the pointer must be moved.
pub fn all(seen: &Seen) -> Vec<Fault> {
    let mut faults = Vec::new();
    cut(seen, &mut faults);
    covered(seen, &mut faults);
    overlapping(seen, &mut faults);
    faint(seen, &mut faults);
    small(seen, &mut faults);
    empty(seen, &mut faults);
    named(seen, &mut faults);
    faults
}

fn fault(kind: Kind, text: &str, rect: Rect, about: impl Into<String>) -> Fault {
    Fault {
        kind,
        text: text.to_owned(),
        rect,
        about: about.into(),
    }
}

/// Text must not be cut: never at its sides, and above and below only where one can scroll.
fn cut(seen: &Seen, faults: &mut Vec<Fault>) {
    for row in &seen.rows {
        let (ink, clip) = (row.ink, row.clip);
        let beside = ink.left() < clip.left() - SLACK || ink.right() > clip.right() + SLACK;
        let outside = ink.bottom() <= clip.top() || ink.top() >= clip.bottom();
        let above = ink.top() < clip.top() - SLACK || ink.bottom() > clip.bottom() + SLACK;
        let scrolls = seen.bars.iter().any(|bar| {
            let is_upright = bar.height() > bar.width();
            let beside = bar.left() > clip.left() && bar.left() < clip.right() + 24.0;
            let along = bar.y_range().intersection(clip.y_range()).span();
            is_upright && beside && along + SLACK > 0.5 * bar.height().min(clip.height())
        });
        if (outside || above) && scrolls {
            if !outside && beside {
                faults.push(fault(Kind::Cut, &row.whole, ink, " is cut at its side"));
            }
        } else if outside || above || beside {
            let about = format!(" sticks out of {}", rect_words(clip));
            faults.push(fault(Kind::Cut, &row.whole, ink, about));
        }
    }
    // What lies wholly beyond an edge is not painted at all; the tree still knows it.
    let Some(screen) = seen.screen else { return };
    for node in &seen.nodes {
        let Some(touch) = node.touch else { continue };
        if node.name.is_empty() || touch.is_positive() || !node.rect.is_positive() {
            continue;
        }
        let scrolls = seen.bars.iter().any(|bar| {
            let beyond = node.rect.bottom() > bar.bottom() || node.rect.top() < bar.top();
            bar.height() > bar.width()
                && beyond
                && bar.right() > node.rect.left()
                && node.rect.left() < screen.right()
        });
        if !scrolls {
            let about = " lies where nobody can see it";
            faults.push(fault(Kind::Cut, &node.name, node.rect, about));
        }
    }
}

/// Nothing may be painted over a part of a text. What floats for a moment may, but not over what it speaks of.
fn covered(seen: &Seen, faults: &mut Vec<Fault>) {
    let counts = |row: &&Row| match (seen.floating, seen.pointer) {
        (false, _) => !seen.moving || row.rim.is_some(),
        (true, at) => at.is_some_and(|at| row.shown().contains(at)),
    };
    for row in seen.rows.iter().filter(counts) {
        let samples = || row.runs.iter().flat_map(|run| &run.samples);
        let hidden = samples().filter(|sample| sample.hidden.is_some()).count();
        // For a moment, a dot may pass over a few letters.
        let most = if seen.moving {
            samples().count() / 3
        } else {
            0
        };
        if hidden > most {
            let about = format!(": {hidden} of {} points", samples().count());
            faults.push(fault(Kind::Covered, &row.whole, row.shown(), about));
        }
    }
}

/// No two texts may lie over each other.
fn overlapping(seen: &Seen, faults: &mut Vec<Fault>) {
    let is_open = |row: &&Row| {
        let samples = row.runs.iter().flat_map(|run| &run.samples);
        row.shown().is_positive() && samples.clone().any(|sample| sample.hidden.is_none())
    };
    let rows: Vec<&Row> = seen.rows.iter().filter(is_open).collect();
    for (index, row) in rows.iter().enumerate() {
        for other in &rows[index + 1..] {
            let both = row.shown().intersect(other.shown());
            if other.text == row.text || both.width() <= SLACK || both.height() <= SLACK {
                continue;
            }
            // What floats lies over a whole part of what is below it.
            let near = if seen.floating || seen.moving {
                40.0
            } else {
                2.0
            };
            let here = |sample: &&super::seen::Sample| both.expand(near).contains(sample.at);
            let hides = |sample: &super::seen::Sample| {
                sample.hidden.is_some_and(|order| order < other.order)
            };
            let mut samples = row.runs.iter().flat_map(|run| &run.samples).filter(here);
            if samples.any(hides) {
                continue;
            }
            let about = format!(" over `{}` by {}", other.whole, rect_words(both));
            faults.push(fault(Kind::Overlapping, &row.whole, row.shown(), about));
        }
    }
}

/// Every text must stand out from what lies below it.
fn faint(seen: &Seen, faults: &mut Vec<Fault>) {
    let primary = theme::text();
    for row in &seen.rows {
        for run in &row.runs {
            let greyed = |node: &Node| node.disabled && node.rect.contains(run.ink.center());
            let bar = if seen.nodes.iter().any(greyed) {
                GREYED
            } else if row.size >= theme::HEADING && run.colour != primary {
                LARGE
            } else if run.colour == primary {
                PRIMARY
            } else {
                CONTRAST
            };
            let mut all: Vec<f32> = run
                .samples
                .iter()
                .filter(|sample| sample.hidden.is_none())
                .map(|sample| contrast(over(run, sample.below), sample.below))
                .collect();
            all.sort_by(f32::total_cmp);
            let least = all.get((all.len() as f32 * CROSSED) as usize);
            if let Some(least) = least.filter(|least| **least < bar - 0.01) {
                let about = format!(" has {least:.2} of {bar:.1} in {:?}", run.colour);
                faults.push(fault(Kind::Faint, &row.whole, run.ink, about));
            }
        }
    }
}

/// Type must be large enough to be read, and what is pressed large enough to be hit.
fn small(seen: &Seen, faults: &mut Vec<Fault>) {
    for row in &seen.rows {
        if row.size < SMALLEST - 0.01 && row.shown().is_positive() {
            let about = format!(" is {:.1} high", row.size);
            faults.push(fault(Kind::Small, &row.whole, row.ink, about));
        }
    }
    for node in seen.nodes.iter().filter(|node| node.interactive) {
        if node.rect.width() < TOUCH - 0.1 || node.rect.height() < TOUCH - 0.1 {
            let about = format!(", a {:?}", node.role);
            faults.push(fault(Kind::Tiny, &node.name, node.rect, about));
        }
    }
}

/// A panel that says and shows nothing is not to be there.
fn empty(seen: &Seen, faults: &mut Vec<Fault>) {
    for fill in &seen.fills {
        let holds =
            |order: usize, rect: Rect| order > fill.order && fill.rect.contains(rect.center());
        let is_large = fill.rect.width() >= PANEL.0 && fill.rect.height() >= PANEL.1;
        let said = seen.rows.iter().any(|row| holds(row.order, row.shown()));
        let marks = seen.marks.iter().chain(&seen.fills);
        let shown = { marks }.any(|mark| mark.rect.is_positive() && holds(mark.order, mark.rect));
        if is_large && !said && !shown {
            faults.push(fault(Kind::Empty, "", fill.rect, " holds nothing"));
        }
    }
}

/// What can be pressed has a name of its own; only in a list may lines of one name follow each other.
fn named(seen: &Seen, faults: &mut Vec<Fault>) {
    let mut names: BTreeMap<(String, &str), Vec<&Node>> = BTreeMap::new();
    for node in seen.nodes.iter().filter(|node| node.interactive) {
        // The same news may stand in two places, and leads to one.
        let is_line = matches!(node.role, Role::Label | Role::Link);
        if node.name.is_empty() {
            let about = format!(" is a {:?} without a name", node.role);
            faults.push(fault(Kind::Nameless, "", node.rect, about));
        } else if !is_line {
            // The same may have happened twice.
            let key = (format!("{:?}", node.role), node.name.as_str());
            names.entry(key).or_default().push(node);
        }
    }
    for ((role, name), nodes) in names {
        let is_list = nodes
            .iter()
            .all(|node| (node.rect.left() - nodes[0].rect.left()).abs() < 1.0);
        if nodes.len() > 1 && !is_list {
            let about = format!(" names {} of {role}", nodes.len());
            faults.push(fault(Kind::SameName, name, nodes[0].rect, about));
        }
    }
}

/// Texts that were shortened: whoever asks must find them in full under the pointer.
pub fn shortened(seen: &Seen) -> impl Iterator<Item = &Row> {
    seen.rows
        .iter()
        .filter(|row| row.elided && row.shown().is_positive())
}

/// A shortened text that is told nowhere in full.
pub fn told_nowhere(row: &Row) -> Fault {
    fault(
        Kind::Shortened,
        &row.whole,
        row.ink,
        " is told nowhere in full",
    )
}

fn rect_words(rect: Rect) -> String {
    let Rect { min, max } = rect;
    format!("{:.0},{:.0} to {:.0},{:.0}", min.x, min.y, max.x, max.y)
}

/// The colour of a text where it stands.
fn over(run: &Run, below: [f32; 3]) -> [f32; 3] {
    let [r, g, b, a] = run.colour.to_array().map(f32::from);
    let mut colour = [r, g, b];
    for (part, below) in colour.iter_mut().zip(below) {
        *part += below * (1.0 - a / 255.0);
    }
    colour
}

/// Relative luminance after WCAG 2, of parts from 0 to 255.
fn luminance(colour: [f32; 3]) -> f32 {
    let [r, g, b] = colour.map(|part| {
        let v = (part / 255.0).clamp(0.0, 1.0);
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast after WCAG 2: 1 to 21.
pub fn contrast(a: [f32; 3], b: [f32; 3]) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
