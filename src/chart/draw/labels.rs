//! Words on the chart. The most needful are placed first, where they cross least; a word that would touch another,
//! or a counter, waits for more zoom.

use std::collections::BTreeMap;

use super::Sheet;
use crate::{
    chart::{
        Overlay,
        scene::{Anchor, Area, Colour, Pos, Tag, Text, Weight},
        text,
    },
    content::{Key, Region},
};

/// How needful a word is; better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// The name of what is selected.
    Chosen,
    /// A loss.
    Loss,
    /// What an overlay says.
    Overlay,
    /// A place with something in it.
    Place,
    /// A place.
    Sector,
    /// A force.
    Force,
    /// A site.
    Site,
}

/// A word that asks for a place beside something.
#[derive(Clone, Debug)]
pub struct Note {
    /// How needful.
    pub rank: Rank,
    /// Beside what.
    pub around: Area,
    /// Pixels an em at scale 1.
    pub size: f32,
    /// How heavy.
    pub weight: Weight,
    /// In which colour.
    pub colour: Colour,
    /// The words; each line below the one before.
    pub text: String,
    /// What it stands for.
    pub tag: Option<Tag>,
}

pub fn draw(sheet: &mut Sheet) {
    names(sheet);
    regions(sheet);
}

/// Places the words that ask for one.
pub fn names(sheet: &mut Sheet) {
    let mut notes = std::mem::take(&mut sheet.notes);
    notes.sort_by_key(|n| n.rank);
    for note in notes {
        place(sheet, &note);
    }
}

/// From line to line in heights of type; more than a letter's box is high.
const LEADING: f32 = 1.26;

/// Sides on which a word may stand, in order of liking: direction and anchor.
const SIDES: [(f32, f32, Anchor); 14] = [
    (1.0, 0.0, Anchor::Start),
    (0.0, 1.0, Anchor::Middle),
    (-1.0, 0.0, Anchor::End),
    (0.0, -1.0, Anchor::Middle),
    (0.8, 0.9, Anchor::Start),
    (0.8, -0.9, Anchor::Start),
    (-0.8, 0.9, Anchor::End),
    (-0.8, -0.9, Anchor::End),
    (1.0, 0.55, Anchor::Start),
    (1.0, -0.55, Anchor::Start),
    (-1.0, 0.55, Anchor::End),
    (-1.0, -0.55, Anchor::End),
    (0.0, 2.3, Anchor::Middle),
    (0.0, -2.3, Anchor::Middle),
];

fn place(sheet: &mut Sheet, note: &Note) {
    let size = note.size * sheet.scale;
    let lines: Vec<String> = note
        .text
        .split('\n')
        .map(|line| text::fitted(line, size, note.weight, 270.0 * sheet.scale))
        .filter(|line| !line.trim().is_empty())
        .collect();
    if lines.is_empty() {
        return;
    }
    // What must be said is said further off or in fewer words before it is not said at all.
    let urgent = note.rank <= Rank::Overlay;
    let mut best = None;
    for (lines, further) in [
        (&lines[..], 0.0),
        (&lines[..], 12.0),
        (&lines[..1], 4.0),
        (&lines[..], 26.0),
    ] {
        if best.is_none() && (urgent || further == 0.0) {
            best = beside(sheet, note, lines, note.around.grown(further * sheet.scale));
        }
    }
    if let Some((area, texts)) = best {
        sheet.taken.push(area);
        for text in texts {
            sheet.text(text, note.tag.clone());
        }
    }
}

/// Lines of words on the best side of a box, and the room they take; none: there is no room.
fn beside(sheet: &Sheet, note: &Note, lines: &[String], around: Area) -> Option<(Area, Vec<Text>)> {
    let size = note.size * sheet.scale;
    let step = size * LEADING;
    let tall = step * lines.len().saturating_sub(1) as f32;
    let mut best: Option<(f32, Area, Vec<Text>)> = None;
    let far = around != note.around;
    for (order, (x, y, anchor)) in SIDES.into_iter().enumerate() {
        if far && y.abs() > 1.0 {
            continue;
        }
        let (half, high) = (
            (around.max.x - around.min.x) / 2.0,
            (around.max.y - around.min.y) / 2.0,
        );
        let at = around.centre().by(
            x * (half + 2.5),
            y * (high + size * 0.62 + 2.0) + tall * (y.clamp(-1.0, 1.0) - 1.0) / 2.0,
        );
        let texts: Vec<Text> = lines
            .iter()
            .enumerate()
            .map(|(i, line)| Text {
                at: at.by(0.0, step * i as f32),
                anchor,
                size,
                weight: note.weight,
                colour: note.colour,
                halo: Some(sheet.palette.ground.faint(0.75)),
                spacing: 0.0,
                text: line.clone(),
            })
            .collect();
        let area = texts.iter().map(Text::area).reduce(Area::with)?.grown(1.5);
        if !fits(sheet, area) {
            continue;
        }
        let cost = order as f32 + crossings(sheet, area) * 6.0;
        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
            best = Some((cost, area, texts));
        }
    }
    best.map(|(_, area, texts)| (area, texts))
}

/// Whether the box lies in the picture and touches nothing that is written.
fn fits(sheet: &Sheet, area: Area) -> bool {
    sheet.field.holds(area) && !sheet.taken.touches(area)
}

/// How many ways run under the box.
fn crossings(sheet: &Sheet, area: Area) -> f32 {
    sheet.ways.crossing(area) as f32
}

/// Whether a piece of line passes through the box.
pub(super) fn crosses(area: Area, a: Pos, b: Pos) -> bool {
    let (mut low, mut high) = (0.0_f32, 1.0_f32);
    for (from, step, min, max) in [
        (a.x, b.x - a.x, area.min.x, area.max.x),
        (a.y, b.y - a.y, area.min.y, area.max.y),
    ] {
        if step.abs() < 1e-6 {
            if from < min || from > max {
                return false;
            }
            continue;
        }
        let (t, u) = ((min - from) / step, (max - from) / step);
        low = low.max(t.min(u));
        high = high.min(t.max(u));
    }
    low <= high
}

/// Regions carry their names large and faint, as near to their middle as there is room.
fn regions(sheet: &mut Sheet) {
    if sheet.room() < 12.0 {
        return;
    }
    let map = &*sheet.view.map;
    let mut members: BTreeMap<&Key<Region>, Vec<Pos>> = BTreeMap::new();
    for (key, sector) in &map.sectors {
        let Some(at) = sheet.at.get(key) else {
            continue;
        };
        let mut region = Some(&sector.region);
        // A ring of regions would be a mistake of the content; it must not hang the chart.
        for _ in 0..8 {
            let Some(key) = region else { break };
            members.entry(key).or_default().push(*at);
            region = map.regions.get(key).and_then(|r| r.within.as_ref());
        }
    }
    let mut order: Vec<(&Key<Region>, Vec<Pos>)> = members.into_iter().collect();
    order.sort_by_key(|(key, points)| (std::cmp::Reverse(points.len()), (*key).clone()));
    for (key, points) in order {
        let Some(region) = map.regions.get(key) else {
            continue;
        };
        let outer = region.within.is_none();
        // Large enough to be read by their form alone, they may be fainter than the names of sectors.
        let size = if outer { 26.0 } else { 19.0 } * sheet.scale;
        // What is laid over the map lights its ground.
        let opacity = match (outer, sheet.options.overlay) {
            (true, Overlay::None) => 0.38,
            (true, _) => 0.45,
            (false, Overlay::None) => 0.47,
            (false, _) => 0.57,
        };
        region_name(sheet, &region.name.to_uppercase(), &points, size, opacity);
    }
}

fn region_name(sheet: &mut Sheet, name: &str, points: &[Pos], size: f32, opacity: f32) {
    let count = points.len() as f32;
    let centre = points
        .iter()
        .fold(Pos::default(), |a, p| a.by(p.x / count, p.y / count));
    let step = 12.0 * sheet.scale;
    let mut best: Option<(f32, Text)> = None;
    for row in -11..=11_i8 {
        for column in -11..=11_i8 {
            let at = centre.by(f32::from(column) * step * 1.6, f32::from(row) * step);
            let far = at.distance(centre) / step;
            if best.as_ref().is_some_and(|(least, _)| far >= *least) {
                continue;
            }
            let text = Text {
                at,
                anchor: Anchor::Middle,
                size,
                weight: Weight::Regular,
                colour: sheet.palette.text.faint(opacity),
                halo: None,
                spacing: size * 0.22,
                text: name.to_owned(),
            };
            let area = text.area().grown(3.0);
            if !fits(sheet, area) {
                continue;
            }
            // Better a little further than across a way; and not so far that it names another place.
            let near = points
                .iter()
                .map(|p| p.distance(at))
                .fold(f32::MAX, f32::min)
                / step;
            let cost = far + crossings(sheet, area) * 3.0 + near;
            if near * step < sheet.stride * sheet.camera.zoom * 1.1
                && best.as_ref().is_none_or(|(least, _)| cost < *least)
            {
                best = Some((cost, text));
            }
        }
    }
    if let Some((_, text)) = best {
        sheet.taken.push(text.area().grown(3.0));
        sheet.text(text, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_crosses_a_box() {
        let area = Area::from(Pos::new(10.0, 10.0), 10.0, 10.0);
        assert!(crosses(area, Pos::new(0.0, 15.0), Pos::new(30.0, 15.0)));
        assert!(crosses(area, Pos::new(12.0, 12.0), Pos::new(13.0, 13.0)));
        assert!(!crosses(area, Pos::new(0.0, 5.0), Pos::new(30.0, 5.0)));
        assert!(!crosses(area, Pos::new(0.0, 15.0), Pos::new(5.0, 15.0)));
        assert!(!crosses(area, Pos::new(0.0, 0.0), Pos::new(0.0, 30.0)));
    }
}
