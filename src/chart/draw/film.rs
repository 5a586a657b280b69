//! What the film of a turn draws above the chart: arcs that rise and fall, rings and figures of losses, places that
//! pulse, lines with a gap, and the counters that move. The chart below it stands still and is not drawn anew.

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Rank, Sheet, counters, labels, lanes, marches, room::Taken, symbols};
use crate::{
    chart::{
        Camera, Options,
        scene::{Anchor, Area, Colour, Form, Pos, Scene, Stroke, Tag, Text, Weight},
        text,
    },
    content::{HP_PER_SP, Key, Sector, Side, Weapon},
    sim::{state::Place, view::SeatView},
};

/// The lane on which the actors of a film go: their places between two sectors name it.
pub const LANE: &str = "film";

/// What a word on the chart speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// What simply happens.
    #[default]
    Plain,
    /// What wants attention.
    Attention,
    /// Loss and cut supply.
    Loss,
}

/// One thing that the film shows on the chart.
#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
    /// Salvos that rise from one place and fall on another.
    Arc {
        /// Where they rise; the same as `to` if the gun is not known.
        from: Key<Sector>,
        /// Where they fall.
        to: Key<Sector>,
        /// Fired by what: the reserve has a light of its own.
        weapon: Key<Weapon>,
        /// How many.
        salvos: i32,
        /// How many of them hit.
        hits: i32,
    },
    /// A loss: a ring and a figure.
    Loss {
        /// Where.
        at: Place,
        /// Hit points.
        hp: i64,
    },
    /// A fight: its place pulses once.
    Fight {
        /// Where.
        at: Place,
    },
    /// A march: the way gone so far, behind the counter that goes it.
    March {
        /// Place after place.
        way: Vec<Place>,
        /// Whose.
        side: Key<Side>,
    },
    /// A sector changes its tint.
    Taken {
        /// Which.
        sector: Key<Sector>,
        /// Who holds it from now on.
        by: Option<Key<Side>>,
    },
    /// A line of supply that ends in a gap.
    Gap {
        /// Where it runs, source first.
        path: Vec<Key<Sector>>,
        /// Where the gap is.
        at: Key<Sector>,
    },
    /// Something is seen, or gone from sight.
    Seen {
        /// Where.
        at: Place,
    },
    /// Words beside a place.
    Word {
        /// Where.
        at: Place,
        /// In so many words.
        words: String,
        /// What they speak of.
        tone: Tone,
    },
}

/// A mark as it stands at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// Which.
    pub mark: Mark,
    /// How much of it has happened, 0.0 to 1.0.
    pub done: f32,
    /// Whether it belongs to an earlier beat and only lingers.
    pub past: bool,
}

/// One picture of the film.
#[derive(Clone, PartialEq, Debug)]
pub struct Frame {
    /// What is shown, in order.
    pub marks: Vec<Shown>,
    /// Who moves, where he is at this moment: a view that holds nobody else.
    pub actors: SeatView,
}

/// A name that is written on the chart below.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// Where and how.
    pub text: Text,
    /// What it stands for.
    pub tag: Tag,
}

/// What is on the chart below: names, which give way to the film; the counters of those who stand still and other words,
/// to which the film gives way.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Below {
    /// Names.
    pub names: Vec<Name>,
    /// What counters fill.
    pub counters: Vec<Area>,
    /// What other words fill.
    pub words: Vec<Area>,
}

impl Below {
    /// What is on a chart, each point of it moved like this and as much larger.
    pub fn of(scene: &Scene, moved: impl Fn(Pos) -> Pos, scale: f32) -> Self {
        let mut below = Self::default();
        for shape in &scene.shapes {
            match (&shape.form, &shape.tag) {
                (Form::Text(text), tag) if text.halo.is_some() || text.spacing > 0.0 => {
                    let text = Text {
                        at: moved(text.at),
                        size: text.size * scale,
                        spacing: text.spacing * scale,
                        ..text.clone()
                    };
                    match tag {
                        Some(tag) if text.halo.is_some() => below.names.push(Name {
                            text,
                            tag: tag.clone(),
                        }),
                        _ => below.words.push(text.area()),
                    }
                }
                (Form::Polygon { points, .. }, Some(Tag::Force(_) | Tag::Contact(_))) => {
                    let corners = points.iter().map(|p| Area::around(moved(*p), 0.0, 0.0));
                    below.counters.extend(corners.reduce(Area::with));
                }
                _ => {}
            }
        }
        below
    }
}

/// A picture of the film, and which names below it give way.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Played {
    /// The picture.
    pub scene: Scene,
    /// Whose names it lies over: they are not to be shown below it.
    pub hidden: BTreeSet<Tag>,
}

/// Draws one picture of the film, to be laid over the chart of those who stand still. Names on that chart give way to
/// what lies over them; those of places at which something stands are written beside it.
pub fn scene(camera: &Camera, options: &Options, frame: &Frame, chart: &Below) -> Played {
    let options = Options {
        look: options.look,
        scale: options.scale,
        show_salvos: false,
        ..Options::default()
    };
    let (standing, marching) = divided(&frame.actors);
    let mut sheet = Sheet::new(&standing, camera, &options);
    let mut losses: BTreeMap<Place, (i64, f32, bool)> = BTreeMap::new();
    let mut lines: BTreeMap<Place, u8> = BTreeMap::new();
    for shown in frame.marks.iter().filter(|s| lies_below(&s.mark)) {
        below(&mut sheet, shown);
    }
    for area in &chart.counters {
        sheet.taken.push(area.grown(2.0));
    }
    let still = chart.counters.len();
    counters::draw(&mut sheet);
    // Who marches passes over all others.
    let mut march = Sheet::new(&marching, camera, &options);
    counters::pass(&mut march);
    sheet.shapes.append(&mut march.shapes);
    for shown in &frame.marks {
        match &shown.mark {
            Mark::Loss { at, hp } => {
                let sum = losses.entry(at.clone()).or_default();
                *sum = (sum.0.saturating_add(*hp), shown.done, shown.past);
            }
            Mark::Arc {
                from,
                to,
                weapon,
                salvos,
                hits,
            } => {
                let ends = (sheet.at.get(from).copied(), sheet.at.get(to).copied());
                if let (Some(from), Some(to)) = ends {
                    let colour = marches::light(&sheet, weapon);
                    arc(&mut sheet, (from, to), colour, (*salvos, *hits), shown);
                }
            }
            Mark::Word { at, words, tone } => {
                let line = lines.entry(at.clone()).or_default();
                word(&mut sheet, at, words, *tone, *line);
                *line += 1;
            }
            _ => {}
        }
    }
    for (place, (hp, done, past)) in losses {
        let line = lines.get(&place).copied().unwrap_or(0);
        loss(&mut sheet, &place, hp, done, past, line);
    }
    let hidden = give_way(&mut sheet, still, &march, chart);
    Played {
        scene: Scene {
            size: camera.size,
            shapes: sheet.shapes,
        },
        hidden,
    }
}

/// The names that lie under counters and plates. That of a place where something stands is written beside it; where
/// somebody only passes it is gone for a moment.
fn give_way(sheet: &mut Sheet, still: usize, march: &Sheet, chart: &Below) -> BTreeSet<Tag> {
    let names = &chart.names;
    // What the film itself has laid down; names keep off what stands still already.
    let mut laid = Taken::default();
    for area in sheet.taken.iter().skip(still) {
        laid.push(*area);
    }
    let under = |taken: &Taken, name: &Name| taken.touches(name.text.area());
    let stood = |tag: &Tag| names.iter().any(|n| n.tag == *tag && under(&laid, n));
    let mut hidden = BTreeSet::new();
    let mut notes = Vec::new();
    for name in names {
        if hidden.contains(&name.tag) || !under(&laid, name) && !under(&march.taken, name) {
            continue;
        }
        hidden.insert(name.tag.clone());
        let Tag::Sector(key) = &name.tag else {
            continue;
        };
        let place = sheet.at.get(key).copied().filter(|_| stood(&name.tag));
        if let (Some(at), Some(sector)) = (place, sheet.view.map.sectors.get(key)) {
            notes.push(Note {
                rank: Rank::Chosen,
                around: Area::around(at, 15.0 * sheet.scale, 12.0 * sheet.scale),
                size: 13.0,
                weight: name.text.weight,
                colour: name.text.colour,
                text: sector.name.clone(),
                tag: Some(name.tag.clone()),
            });
        }
    }
    for name in names.iter().filter(|n| !hidden.contains(&n.tag)) {
        sheet.taken.push(name.text.area().grown(1.5));
    }
    for area in &chart.words {
        sheet.taken.push(*area);
    }
    sheet.notes = notes;
    labels::names(sheet);
    hidden
}

/// The actors who stand, and those who march.
fn divided(actors: &SeatView) -> (SeatView, SeatView) {
    let marches =
        |place: &Place| matches!(place, Place::Lane { lane, .. } if lane.as_str() == LANE);
    let (mut standing, mut marching) = (actors.clone(), actors.clone());
    standing.forces.retain(|_, f| !marches(&f.place));
    standing.contacts.retain(|_, c| !marches(&c.place));
    marching.forces.retain(|_, f| marches(&f.place));
    marching.contacts.retain(|_, c| marches(&c.place));
    (standing, marching)
}

/// A loss in strength points, two decimals where one would say nothing.
pub fn figure(hp: i64) -> String {
    if hp < HP_PER_SP {
        format!("\u{2212}0.{:02}", hp.max(0))
    } else {
        format!("\u{2212}{}.{}", hp / HP_PER_SP, hp % HP_PER_SP / 10)
    }
}

/// Whether counters stand above it.
fn lies_below(mark: &Mark) -> bool {
    matches!(
        mark,
        Mark::Taken { .. }
            | Mark::March { .. }
            | Mark::Gap { .. }
            | Mark::Fight { .. }
            | Mark::Seen { .. }
    )
}

fn below(sheet: &mut Sheet, shown: &Shown) {
    let (scale, done) = (sheet.scale, shown.done);
    match &shown.mark {
        Mark::Taken { sector, by } => {
            let Some(at) = sheet.at.get(sector).copied() else {
                return;
            };
            let hue = by
                .as_ref()
                .map_or(sheet.palette.dim, |side| sheet.hue(side));
            let reach = (sheet.stride * sheet.camera.zoom * 0.55).clamp(18.0, 400.0);
            let rim = Stroke::new(hue.faint(if shown.past { 0.35 } else { 0.9 }), 1.6 * scale);
            sheet.circle(
                at,
                reach * (0.3 + 0.7 * done),
                hue.faint(0.24 * done),
                Some(rim),
            );
        }
        Mark::March { way, side } => {
            let points: Vec<Pos> = way.iter().filter_map(|p| sheet.place(p)).collect();
            let hue = sheet.hue(side).toward(sheet.palette.text, 0.25);
            let gone = gone(&points, done);
            let opacity = if shown.past { 0.35 } else { 0.9 };
            if let [.., before, end] = gone[..]
                && before.distance(end) > 1.0
            {
                symbols::arrow(sheet, before, end, 8.0 * scale, hue.faint(opacity));
            }
            if gone.len() > 1 {
                sheet.line(gone, Stroke::new(hue.faint(opacity), 2.0 * scale));
            }
        }
        Mark::Gap { path, at } => gap(sheet, path, at, shown),
        Mark::Fight { at } => {
            if let Some(at) = sheet.place(at) {
                let swell = (done * std::f32::consts::PI).sin().max(0.0);
                let colour = sheet
                    .palette
                    .loss
                    .faint(if shown.past { 0.5 } else { 0.95 });
                let rim = Stroke::new(colour, 1.8 * scale).dashed(5.0 * scale, 4.2 * scale);
                let heart = sheet.palette.loss.faint(0.20 * swell);
                sheet.circle(at, (15.0 + 17.0 * swell) * scale, heart, Some(rim));
            }
        }
        Mark::Seen { at } => {
            if let Some(at) = sheet.place(at) {
                let colour = sheet.palette.dim.faint(if shown.past { 0.4 } else { 0.9 });
                let rim = Stroke::new(colour, 1.4 * scale);
                sheet.circle(at, (8.0 + 12.0 * done) * scale, Colour::CLEAR, Some(rim));
            }
        }
        Mark::Arc { .. } | Mark::Loss { .. } | Mark::Word { .. } => {}
    }
}

/// Salvos under way: the line grows to its fall, then pales; a ring opens where it hit.
fn arc(
    sheet: &mut Sheet,
    (from, to): (Pos, Pos),
    colour: Colour,
    (salvos, hits): (i32, i32),
    shown: &Shown,
) {
    let scale = sheet.scale;
    let fall = 0.7;
    let width = (1.1 + (salvos.max(0) as f32).sqrt() * 0.28).min(3.2) * scale;
    let light = if shown.past { 0.35 } else { 1.0 };
    if from.distance(to) > 1.0 {
        let flown = gone(&lanes::arc(from, to, 0.20), (shown.done / fall).min(1.0));
        if !shown.past {
            for (opacity, wider) in [(0.07, 9.0), (0.16, 3.6)] {
                let halo = Stroke::new(colour.faint(opacity), width + wider * scale);
                sheet.line(flown.clone(), halo);
            }
        }
        if let [.., before, end] = flown[..] {
            symbols::arrow(sheet, before, end, 7.0 * scale, colour.faint(light));
        }
        sheet.line(flown, Stroke::new(colour.faint(light), width));
        sheet.circle(from, 3.0 * scale, colour.faint(light), None);
    }
    if hits > 0 && shown.done >= fall {
        let open = ((shown.done - fall) / (1.0 - fall)).clamp(0.0, 1.0);
        let rim = Stroke::new(colour.faint(light), 1.5 * scale);
        sheet.circle(
            to,
            (5.0 + 7.0 * open) * scale,
            colour.faint(0.10),
            Some(rim),
        );
    }
}

/// Convoys on their line: those before the gap come through to it, behind it there are none.
fn gap(sheet: &mut Sheet, path: &[Key<Sector>], at: &Key<Sector>, shown: &Shown) {
    let scale = sheet.scale;
    let Some(hole) = sheet.at.get(at).copied() else {
        return;
    };
    let hue = sheet.hue(&sheet.view.side);
    let opacity = if shown.past { 0.3 } else { 0.85 };
    let end = path
        .iter()
        .position(|s| s == at)
        .map_or(path.len(), |i| i + 1);
    let points = |part: &[Key<Sector>]| -> Vec<Pos> {
        part.iter()
            .filter_map(|s| sheet.at.get(s).copied())
            .collect()
    };
    let (whole, dead) = (points(&path[..end]), points(&path[end.saturating_sub(1)..]));
    if whole.len() > 1 {
        sheet.line(whole.clone(), Stroke::new(hue.faint(opacity), 2.0 * scale));
        if !shown.past {
            for lead in [0.0, 0.25, 0.5] {
                let run = gone(&whole, (shown.done * 1.5 - lead).clamp(0.0, 1.0));
                if let Some(last) = run.last() {
                    sheet.circle(*last, 2.6 * scale, hue, None);
                }
            }
        }
    }
    if dead.len() > 1 {
        let broken = Stroke::new(sheet.palette.loss.faint(opacity), 1.6 * scale);
        sheet.line(dead, broken.dashed(3.0 * scale, 5.0 * scale));
    }
    let ground = sheet.palette.ground;
    let rim = Stroke::new(sheet.palette.loss.faint(opacity), 1.8 * scale);
    sheet.circle(hole, 8.0 * scale, ground, Some(rim));
    let loss = Stroke::new(sheet.palette.loss.faint(opacity), 2.0 * scale);
    for (x, y) in [(3.6, 3.6), (3.6, -3.6_f32)] {
        let (x, y) = (x * scale, y * scale);
        sheet.line(vec![hole.by(-x, -y), hole.by(x, y)], loss);
    }
}

fn loss(sheet: &mut Sheet, place: &Place, hp: i64, done: f32, past: bool, line: u8) {
    let Some(at) = sheet.place(place).filter(|_| hp > 0) else {
        return;
    };
    let scale = sheet.scale;
    let colour = sheet.palette.loss.faint(if past { 0.75 } else { 1.0 });
    if !past {
        let rim = Stroke::new(colour, 2.0 * scale);
        sheet.circle(at, (8.0 + 9.0 * done) * scale, Colour::CLEAR, Some(rim));
    }
    let words = figure(hp);
    plate(sheet, at, &words, colour, 15.0, f32::from(line));
}

fn word(sheet: &mut Sheet, place: &Place, words: &str, tone: Tone, line: u8) {
    let Some(at) = sheet.place(place) else { return };
    let colour = match tone {
        Tone::Plain => sheet.palette.text,
        Tone::Attention => sheet.palette.attention,
        Tone::Loss => sheet.palette.loss,
    };
    plate(sheet, at, words, colour, 13.0, f32::from(line));
}

/// Words on a plate of their own below a place, within the picture.
fn plate(sheet: &mut Sheet, at: Pos, words: &str, colour: Colour, size: f32, line: f32) {
    let (scale, picture) = (sheet.scale, sheet.camera.size);
    if !sheet.sees(at, 20.0) {
        return;
    }
    let size = size * scale;
    let words = text::fitted(words, size, Weight::Medium, picture.0 - 24.0);
    let width = text::width(&words, size, Weight::Medium, 0.0) + 12.0 * scale;
    let height = 20.0 * scale;
    let room = |edge: f32, half: f32| (half + 2.0, (edge - half - 2.0).max(half + 2.0));
    let (left, right) = room(picture.0, width / 2.0);
    let (top, bottom) = room(picture.1, height / 2.0);
    let centre = Pos::new(
        at.x.clamp(left, right),
        (at.y + (26.0 + line * 22.0) * scale).clamp(top, bottom),
    );
    let (panel, hairline) = (sheet.palette.panel, sheet.palette.hairline);
    let area = Area::around(centre, width, height);
    sheet.taken.push(area);
    sheet.polygon(area.corners(), panel, Some(Stroke::new(hairline, scale)));
    let text = Text {
        at: centre,
        anchor: Anchor::Middle,
        size,
        weight: Weight::Medium,
        colour,
        halo: None,
        spacing: 0.0,
        text: words,
    };
    sheet.text(text, None);
}

/// The first part of a line, by its share of the whole length; at least its first point.
fn gone(points: &[Pos], share: f32) -> Vec<Pos> {
    let whole: f32 = points.windows(2).map(|p| p[0].distance(p[1])).sum();
    let mut left = whole * share.clamp(0.0, 1.0);
    let mut line: Vec<Pos> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let length = pair[0].distance(pair[1]);
        if left <= 0.0 {
            break;
        }
        let part = if length > 0.0 {
            (left / length).min(1.0)
        } else {
            1.0
        };
        line.push(pair[0].toward(pair[1], part));
        left -= length;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_grows_along_its_points() {
        let line = [
            Pos::new(0.0, 0.0),
            Pos::new(10.0, 0.0),
            Pos::new(10.0, 10.0),
        ];
        assert_eq!(gone(&line, 0.0), vec![line[0]]);
        assert_eq!(gone(&line, 0.25), vec![line[0], Pos::new(5.0, 0.0)]);
        assert_eq!(
            gone(&line, 0.75),
            vec![line[0], line[1], Pos::new(10.0, 5.0)]
        );
        assert_eq!(gone(&line, 1.0), line.to_vec());
        assert!(gone(&[], 0.5).is_empty());
    }

    #[test]
    fn small_losses_are_not_nothing() {
        assert_eq!(figure(7), "\u{2212}0.07");
        assert_eq!(figure(1234), "\u{2212}12.3");
    }
}
