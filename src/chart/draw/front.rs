//! The front: one line where hostile ground meets, in each side's hue on its own side, with teeth toward the enemy
//! where somebody is dug in. Broken where who draws it may be wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::{Sheet, cells::Cell, control::owner, lanes};
use crate::{
    chart::scene::{Pos, Stroke},
    content::{Key, Sector, Side},
    sim::state::Place,
};

/// Pixels between teeth at scale 1.
const TOOTH: f32 = 9.0;

/// What is alike along a piece of front: whose ground lies to the left and to the right of it, whether it is a front
/// or a border, whether it may be wrong, and who is dug in behind it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind<'a> {
    sides: (&'a Key<Side>, &'a Key<Side>),
    hostile: bool,
    stale: bool,
    teeth: (bool, bool),
}

/// Draws all fronts and borders of the ground around sectors, as far as these cells go.
pub fn draw<'a>(sheet: &mut Sheet<'a>, cells: &[Cell<'a>]) {
    let dug = dug_in(sheet);
    let mut pieces: BTreeMap<Kind, Vec<(Pos, Pos)>> = BTreeMap::new();
    for cell in cells {
        edges(sheet, cell, &dug, &mut pieces);
    }
    for (kind, pieces) in pieces {
        for line in chains(pieces) {
            stroke(sheet, &kind, &smoothed(smoothed(smoothed(line))));
        }
    }
}

/// Sectors in which a known force is dug in.
fn dug_in<'a>(sheet: &Sheet<'a>) -> BTreeSet<&'a Key<Sector>> {
    let view = sheet.view;
    let fixed = |stance| {
        view.rules
            .stances
            .get(stance)
            .is_some_and(|s| s.fixed || s.holds.is_some())
    };
    let own = view
        .forces
        .values()
        .filter(|f| fixed(&f.stance))
        .map(|f| &f.place);
    let foreign = view
        .contacts
        .values()
        .filter(|c| c.stance.as_ref().is_some_and(fixed))
        .map(|c| &c.place);
    own.chain(foreign).filter_map(Place::in_sector).collect()
}

/// The edges of a cell beyond which another side's ground lies; each pair of sides from one of the two alone.
fn edges<'a>(
    sheet: &Sheet<'a>,
    cell: &Cell<'a>,
    dug: &BTreeSet<&Key<Sector>>,
    pieces: &mut BTreeMap<Kind<'a>, Vec<(Pos, Pos)>>,
) {
    let view = sheet.view;
    let Some(side) = owner(sheet, cell.key) else {
        return;
    };
    let wrong = |side: &Key<Side>, sector: &Key<Sector>| {
        *side != view.side && view.sectors.get(sector).is_none_or(|s| s.age > 0)
    };
    for (i, (a, neighbour)) in cell.rim.iter().enumerate() {
        let Some(neighbour) = neighbour else { continue };
        let Some(other) = owner(sheet, neighbour).filter(|o| *o > side) else {
            continue;
        };
        let kind = Kind {
            sides: (side, other),
            hostile: hostile(sheet, side, other),
            stale: wrong(side, cell.key) || wrong(other, neighbour),
            teeth: (dug.contains(cell.key), dug.contains(*neighbour)),
        };
        let b = cell.rim[(i + 1) % cell.rim.len()].0;
        pieces.entry(kind).or_default().push((*a, b));
    }
}

/// Whether a line between the two is a front, as far as the seat can know. The referee takes all for enemies.
fn hostile(sheet: &Sheet, a: &Key<Side>, b: &Key<Side>) -> bool {
    let view = sheet.view;
    let against = |s: &Key<Side>| view.hostile.contains(s);
    sheet.referee() || against(a) != against(b)
}

/// Pieces joined where one begins at another's end.
fn chains(pieces: Vec<(Pos, Pos)>) -> Vec<Vec<Pos>> {
    let spot = |p: Pos| ((p.x / 1.5).round() as i64, (p.y / 1.5).round() as i64);
    let mut begins: BTreeMap<(i64, i64), Vec<(Pos, Pos)>> = BTreeMap::new();
    let mut ends: BTreeSet<(i64, i64)> = BTreeSet::new();
    for (a, b) in pieces.into_iter().filter(|(a, b)| a.distance(*b) > 0.75) {
        begins.entry(spot(a)).or_default().push((a, b));
        ends.insert(spot(b));
    }
    let mut lines = Vec::new();
    loop {
        // First those that nothing leads to, then rings.
        let open = begins.keys().find(|at| !ends.contains(*at));
        let Some(start) = open.or_else(|| begins.keys().next()).copied() else {
            return lines;
        };
        let mut line: Vec<Pos> = Vec::new();
        let mut at = start;
        while let Some(here) = begins.get_mut(&at) {
            let Some((a, b)) = here.pop() else { break };
            if here.is_empty() {
                begins.remove(&at);
            }
            if line.is_empty() {
                line.push(a);
            }
            line.push(b);
            at = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
                .into_iter()
                .map(|(dx, dy)| (spot(b).0 + dx, spot(b).1 + dy))
                .find(|near| begins.contains_key(near))
                .unwrap_or(spot(b));
        }
        lines.push(line);
    }
}

/// The line with its corners cut; its ends stay.
fn smoothed(line: Vec<Pos>) -> Vec<Pos> {
    let ([first, .., last], true) = (&line[..], line.len() > 2) else {
        return line;
    };
    let mut out = vec![*first];
    for pair in line.windows(2) {
        out.push(pair[0].toward(pair[1], 0.25));
        out.push(pair[0].toward(pair[1], 0.75));
    }
    out.push(*last);
    out
}

/// The line shifted across itself.
fn shifted(line: &[Pos], by: f32) -> Vec<Pos> {
    (0..line.len())
        .map(|i| {
            let (before, after) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
            let (dx, dy) = lanes::normal(before, after, by);
            line[i].by(dx, dy)
        })
        .collect()
}

fn stroke(sheet: &mut Sheet, kind: &Kind, line: &[Pos]) {
    if line.len() < 2 {
        return;
    }
    // Words keep off the front as they keep off ways.
    sheet
        .ways
        .extend(line.windows(2).map(|pair| (pair[0], pair[1])));
    let scale = sheet.scale;
    let (left, right) = (sheet.hue(kind.sides.0), sheet.hue(kind.sides.1));
    let dash = |stroke: Stroke| {
        if kind.stale {
            stroke.dashed(7.0 * scale, 5.0 * scale)
        } else {
            stroke
        }
    };
    if !kind.hostile {
        for (hue, by) in [(left, 0.7), (right, -0.7)] {
            let thin = Stroke::new(hue.faint(0.55), 1.0 * scale);
            sheet.line(shifted(line, by * scale), dash(thin));
        }
        return;
    }
    let below = Stroke::new(sheet.palette.ground.faint(0.8), 7.0 * scale);
    sheet.line(line.to_vec(), below);
    for (hue, by, teeth) in [(left, 1.35, kind.teeth.0), (right, -1.35, kind.teeth.1)] {
        let own = shifted(line, by * scale);
        if teeth {
            row_of_teeth(sheet, line, -by.signum(), hue);
        }
        sheet.line(own, dash(Stroke::new(hue, 2.2 * scale)));
    }
}

/// Teeth along a line, toward this side of it.
fn row_of_teeth(sheet: &mut Sheet, line: &[Pos], toward: f32, hue: crate::chart::Colour) {
    let step = TOOTH * sheet.scale;
    let mut gone = step / 2.0;
    for pair in line.windows(2) {
        let length = pair[0].distance(pair[1]);
        while gone < length {
            let at = pair[0].toward(pair[1], gone / length);
            let (nx, ny) = lanes::normal(pair[0], pair[1], toward * 6.5 * sheet.scale);
            let along = (3.2 * sheet.scale / length).min(40.0);
            let (dx, dy) = (
                (pair[1].x - pair[0].x) * along,
                (pair[1].y - pair[0].y) * along,
            );
            sheet.polygon(
                vec![at.by(-dx, -dy), at.by(dx, dy), at.by(nx, ny)],
                hue,
                None,
            );
            gone += step;
        }
        gone -= length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_lines() {
        let p = |x: u8| Pos::new(f32::from(x) * 10.0, 0.0);
        let lines = chains(vec![(p(1), p(2)), (p(5), p(6)), (p(0), p(1)), (p(2), p(3))]);
        assert_eq!(lines, vec![vec![p(0), p(1), p(2), p(3)], vec![p(5), p(6)]]);
        let ring = chains(vec![(p(0), p(1)), (p(1), p(2)), (p(2), p(0))]);
        assert_eq!(ring, vec![vec![p(0), p(1), p(2), p(0)]]);
        assert!(chains(Vec::new()).is_empty());
    }

    #[test]
    fn smoothing_keeps_the_ends() {
        let line = vec![
            Pos::new(0.0, 0.0),
            Pos::new(10.0, 0.0),
            Pos::new(10.0, 10.0),
        ];
        let smooth = smoothed(line.clone());
        assert_eq!((smooth.first(), smooth.last()), (line.first(), line.last()));
        assert!(!smooth.contains(&line[1]));
        assert_eq!(smoothed(line[..2].to_vec()), line[..2].to_vec());
    }
}
