//! Words on the chart. The most needful are placed first, where they cross least; a word that would touch another,
//! or a counter, waits for more zoom.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use crate::{
    chart::{
        Overlay,
        scene::{Anchor, Area, Colour, Pos, Stroke, Tag, Text, Weight},
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
    /// A place of which something is asked.
    Asked,
    /// A place where somebody stands.
    Held,
    /// What an overlay says.
    Overlay,
    /// A place that makes or mends something.
    Base,
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

/// Words that may stand anywhere along a ring.
#[derive(Clone, Debug)]
pub struct Caption {
    /// The middle of the ring.
    pub centre: Pos,
    /// How far from it the ring runs, pixels.
    pub radius: f32,
    /// In which colour.
    pub colour: Colour,
    /// The words; each line below the one before.
    pub text: String,
}

pub fn draw(sheet: &mut Sheet) {
    names(sheet);
    regions(sheet);
}

/// Places the words that ask for one.
pub fn names(sheet: &mut Sheet) {
    let mut notes = std::mem::take(&mut sheet.notes);
    notes.sort_by_key(|n| n.rank);
    let crowd = notes.len() > CROWD;
    // What a ring says gives way to the names of places, not to those of forces: it can stand at many spots.
    let (first, last) = notes.split_at(notes.partition_point(|n| n.rank < Rank::Force));
    for note in first {
        place(sheet, note, crowd);
    }
    for caption in std::mem::take(&mut sheet.captions) {
        along(sheet, caption);
    }
    for note in last {
        place(sheet, note, crowd);
    }
}

/// A region whose places have less room than this each way, pixels, is one knot.
const KNOT: f32 = 20.0;

/// Where on a ring its words may stand, degrees: best at its top.
const ALONG: [f32; 16] = [
    -90.0, 90.0, -45.0, -135.0, 45.0, 135.0, 0.0, 180.0, -67.5, -112.5, 67.5, 112.5, -22.5, -157.5,
    22.5, 157.5,
];

/// Places what a ring says where the ring can be seen and there is room.
fn along(sheet: &mut Sheet, caption: Caption) {
    let edge = sheet.options.margin + 30.0 * sheet.scale;
    let seen = sheet.field.grown(-edge);
    let mut note = Note {
        rank: Rank::Overlay,
        around: Area::default(),
        size: 13.0,
        weight: Weight::Regular,
        colour: caption.colour,
        text: caption.text,
        tag: None,
    };
    let spots = ALONG.map(|degrees| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        caption
            .centre
            .by(caption.radius * cos, caption.radius * sin)
    });
    for at in spots.into_iter().filter(|at| seen.contains(*at)) {
        note.around = Area::around(at, 6.0 * sheet.scale, 6.0 * sheet.scale);
        if place(sheet, &note, false) {
            return;
        }
    }
}

/// More words than this are a crowd.
const CROWD: usize = 250;

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

/// Writes a word beside what it names; whether there is room. In a crowd less is tried.
fn place(sheet: &mut Sheet, note: &Note, crowd: bool) -> bool {
    let size = note.size * sheet.scale;
    let lines: Vec<String> = note
        .text
        .split('\n')
        .map(|line| text::fitted(line, size, note.weight, 270.0 * sheet.scale))
        .filter(|line| !line.trim().is_empty())
        .collect();
    if lines.is_empty() {
        return true;
    }
    // What must be said is said further off or in fewer words before it is not said at all.
    let first = note.rank <= Rank::Asked;
    let urgent = first || note.rank == Rank::Overlay || (!crowd && note.rank <= Rank::Place);
    let further = |by: f32| note.around.grown(by * sheet.scale);
    let mut tried = vec![(&lines[..], note.around)];
    let mut own = None;
    if let Some(Tag::Sector(key)) = &note.tag {
        own = sheet.at.get(key).copied();
        // The name of a place may stand beyond the counters that stand beside it.
        if let Some(beside) = sheet.beside.get(key) {
            tried.push((&lines[..], note.around.with(*beside)));
        }
    }
    if urgent {
        tried.push((&lines[..], further(12.0)));
        tried.push((&lines[..1], further(4.0)));
        tried.push((&lines[..], further(26.0)));
    }
    let closer = first || (note.rank == Rank::Held && !crowd);
    let shares = if closer { &APART[..] } else { &APART[..1] };
    let close = |at: Option<(Pos, f32)>| {
        let mut boxes = tried.iter();
        boxes.find_map(|(lines, around)| beside(sheet, note, lines, *around, at))
    };
    let stray = |own: Option<Pos>, share| {
        let own = own.filter(|_| first)?;
        let (area, texts) = astray(sheet, note, &lines[0], (own, share))?;
        Some((area, texts, Some(own)))
    };
    let found = shares.iter().find_map(|share| {
        let found = close(own.map(|own| (own, *share)));
        let found = found.map(|(area, texts)| (area, texts, None));
        found.or_else(|| stray(own, *share))
    });
    // In the end a line alone says what it names.
    let Some((area, texts, leads)) = found.or_else(|| stray(own, 0.0)) else {
        return false;
    };
    // So far off a line leads to any.
    let far = own.filter(|at| area.gap(*at) > 42.0 * sheet.scale);
    let leads = leads.filter(|at| area.gap(*at) > ASTRAY.0 * sheet.scale);
    if let Some(at) = leads.or(far) {
        let to = Pos::new(
            at.x.clamp(area.min.x, area.max.x),
            at.y.clamp(area.min.y, area.max.y),
        );
        let from = at.toward(to, (7.0 * sheet.scale / at.distance(to)).min(1.0));
        let ground = Stroke::new(sheet.palette.ground.faint(0.7), 3.4 * sheet.scale);
        let line = Stroke::new(note.colour.faint(0.85), 1.2 * sheet.scale);
        sheet.line(vec![from, to], ground);
        sheet.line(vec![from, to], line);
    }
    sheet.taken.push(area);
    for text in texts {
        sheet.text(text, note.tag.clone());
    }
    true
}

/// How much nearer another place may be to a name than its own: as a rule, and rather than that it is not said.
const APART: [f32; 2] = [0.8, 0.3];
/// How far off the name of a place may stand if it must, at least and at most, pixels at scale 1; a thin line leads to it.
const ASTRAY: (f32, f32) = (24.0, 86.0);

/// The name of a place wherever there is room in its neighbourhood, the nearest first.
fn astray(
    sheet: &Sheet,
    note: &Note,
    line: &str,
    (own, share): (Pos, f32),
) -> Option<(Area, Vec<Text>)> {
    let size = note.size * sheet.scale;
    let mut text = written(sheet, note, line, (own, Anchor::Middle));
    let half = (text.area().max.x - text.area().min.x) / 2.0;
    let mut off = 12.0;
    while off < ASTRAY.1 {
        for turn in 0..24_u8 {
            let (sin, cos) = (f32::from(turn) * 15.0).to_radians().sin_cos();
            let off = off * sheet.scale;
            text.at = own.by(cos * (off + half), sin * (off + size * 0.62));
            let area = text.area().grown(1.5);
            if fits(sheet, area) && sheet.places.is_nearest(area, own, share) {
                return Some((area, vec![text]));
            }
        }
        off += 6.0;
    }
    None
}

/// One line of a note.
fn written(sheet: &Sheet, note: &Note, line: &str, (at, anchor): (Pos, Anchor)) -> Text {
    Text {
        at,
        anchor,
        size: note.size * sheet.scale,
        weight: note.weight,
        colour: note.colour,
        halo: Some(sheet.palette.ground.faint(0.75)),
        spacing: 0.0,
        text: line.to_owned(),
    }
}

/// Lines of words on the best side of a box, and the room they take; none: there is no room. The name of a place stands at
/// no other place.
fn beside(
    sheet: &Sheet,
    note: &Note,
    lines: &[String],
    around: Area,
    own: Option<(Pos, f32)>,
) -> Option<(Area, Vec<Text>)> {
    let size = note.size * sheet.scale;
    let step = size * LEADING;
    let tall = step * lines.len().saturating_sub(1) as f32;
    let widths = lines.iter();
    let widths = widths.map(|line| text::width(line, size, note.weight, 0.0));
    let wide = widths.fold(0.0, f32::max);
    let mut best: Option<(f32, Area, (Pos, Anchor))> = None;
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
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - wide / 2.0,
            Anchor::End => at.x - wide,
        };
        let corner = Pos::new(left, at.y - size * 0.62);
        let area = Area::from(corner, wide, tall + size * 1.24).grown(1.5);
        let astray = |(own, share)| !sheet.places.is_nearest(area, own, share);
        if !fits(sheet, area) || own.is_some_and(astray) {
            continue;
        }
        let cost = order as f32 + crossings(sheet, area) * 6.0;
        if best.is_none_or(|(least, ..)| cost < least) {
            best = Some((cost, area, (at, anchor)));
        }
    }
    let (_, area, (at, anchor)) = best?;
    let lines = lines.iter().enumerate();
    let texts =
        lines.map(|(i, line)| written(sheet, note, line, (at.by(0.0, step * i as f32), anchor)));
    Some((area, texts.collect()))
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
    let mut knots: BTreeSet<&Key<Region>> = BTreeSet::new();
    for (key, points) in order {
        let Some(region) = map.regions.get(key) else {
            continue;
        };
        // What lies so close together that its places have no names is named as one; what lies within it is not.
        let within = region.within.as_ref();
        if within.is_some_and(|outer| knots.contains(outer)) {
            knots.insert(key);
            continue;
        }
        if is_knot(sheet, &points) {
            knots.insert(key);
            if points.len() > 2 {
                knot_name(sheet, &region.name, &points);
            }
            continue;
        }
        // Whose places lie in knots it is large and has nothing to say.
        if sheet.room() < 12.0 && within.is_some() && spread(&points) < 90.0 * sheet.scale {
            continue;
        }
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

/// How far the places of a region lie apart at most, pixels, along the picture's edges.
fn spread(points: &[Pos]) -> f32 {
    let ends = |of: fn(&Pos) -> f32| {
        let (low, high) = points
            .iter()
            .map(of)
            .fold((f32::MAX, f32::MIN), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        (high - low).max(0.0)
    };
    ends(|p| p.x).max(ends(|p| p.y))
}

/// Whether places lie so close together that they are one knot.
fn is_knot(sheet: &Sheet, points: &[Pos]) -> bool {
    spread(points) < KNOT * sheet.scale * (points.len() as f32).sqrt()
}

/// The name of a knot, as that of a place.
fn knot_name(sheet: &mut Sheet, name: &str, points: &[Pos]) {
    let count = points.len() as f32;
    let middle = points
        .iter()
        .fold(Pos::default(), |a, p| a.by(p.x / count, p.y / count));
    if !sheet.sees(middle, 40.0) {
        return;
    }
    let around = spread(points).clamp(16.0 * sheet.scale, 90.0 * sheet.scale);
    let note = Note {
        rank: Rank::Asked,
        around: Area::around(middle, around, around),
        size: 14.0,
        weight: Weight::Medium,
        colour: sheet.palette.text,
        text: name.to_owned(),
        tag: None,
    };
    place(sheet, &note, false);
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
