//! The ground around each sector that is nearer to it than to any other: what its owner's tint fills.

use super::Sheet;
use crate::{
    chart::scene::Pos,
    content::{Key, Sector},
};

/// Corners of the circle a cell of this reach (pixels) begins as: as many as are seen.
fn corners(reach: f32) -> u16 {
    match reach {
        ..12.0 => 12,
        ..36.0 => 24,
        _ => 40,
    }
}

/// More sectors than this in sight, and ground is tinted around places only.
const MANY: usize = 400;

/// The ground around one sector.
pub struct Cell<'a> {
    /// Which sector.
    pub key: &'a Key<Sector>,
    /// Its place, pixels.
    pub centre: Pos,
    /// Corners in order; each with the sector on the far side of the edge that begins there, none: open.
    pub rim: Vec<(Pos, Option<&'a Key<Sector>>)>,
}

impl Cell<'_> {
    /// Its corners.
    pub fn corners(&self) -> Vec<Pos> {
        self.rim.iter().map(|(p, _)| *p).collect()
    }

    /// The piece of a straight line within the cell and within this distance of its centre: points `p` with
    /// `p.x * n.0 + p.y * n.1 == c`, `n` of length 1.
    pub fn chord(&self, n: (f32, f32), c: f32, reach: f32) -> Option<(Pos, Pos)> {
        let off = self.centre.x * n.0 + self.centre.y * n.1 - c;
        if off.abs() >= reach {
            return None;
        }
        let mut ends: Vec<Pos> = Vec::new();
        for (i, (a, _)) in self.rim.iter().enumerate() {
            let b = self.rim[(i + 1) % self.rim.len()].0;
            let (da, db) = (a.x * n.0 + a.y * n.1 - c, b.x * n.0 + b.y * n.1 - c);
            if (da >= 0.0) != (db >= 0.0) {
                ends.push(a.toward(b, da / (da - db)));
            }
        }
        let [a, b, ..] = ends[..] else { return None };
        let length = a.distance(b).max(0.001);
        let foot = self.centre.by(-n.0 * off, -n.1 * off);
        let along = ((foot.x - a.x) * (b.x - a.x) + (foot.y - a.y) * (b.y - a.y)) / length;
        let half = (reach * reach - off * off).sqrt();
        let (low, high) = ((along - half).max(0.0), (along + half).min(length));
        (low < high).then(|| (a.toward(b, low / length), a.toward(b, high / length)))
    }
}

/// Cells of this reach (pixels) of all sectors that may be seen, by name.
pub fn cells<'a>(sheet: &Sheet<'a>, reach: f32) -> Vec<Cell<'a>> {
    let mut near: Vec<(&'a Key<Sector>, Pos)> = sheet
        .at
        .iter()
        .filter(|(_, at)| sheet.sees(**at, reach * 3.0))
        .map(|(k, at)| (*k, *at))
        .collect();
    if near.len() <= MANY {
        along_ways(sheet, reach, &mut near);
    }
    near.sort_by(|a, b| a.1.x.total_cmp(&b.1.x).then_with(|| a.0.cmp(b.0)));
    let mut cells: Vec<Cell<'a>> = Vec::with_capacity(near.len());
    let corners = corners(reach);
    for (i, (key, centre)) in near.iter().enumerate() {
        if !sheet.sees(*centre, reach) {
            continue;
        }
        let mut rim: Vec<(Pos, Option<&'a Key<Sector>>)> = (0..corners)
            .map(|corner| {
                let angle = f32::from(corner) / f32::from(corners) * std::f32::consts::TAU;
                (centre.by(reach * angle.cos(), reach * angle.sin()), None)
            })
            .collect();
        let before = near[..i]
            .iter()
            .rev()
            .take_while(|(_, p)| centre.x - p.x < 2.0 * reach);
        let after = near[i + 1..]
            .iter()
            .take_while(|(_, p)| p.x - centre.x < 2.0 * reach);
        for (other, at) in before.chain(after) {
            if (at.y - centre.y).abs() < 2.0 * reach {
                rim = clip(&rim, *centre, *at, other);
            }
        }
        if rim.len() >= 3 {
            cells.push(Cell {
                key,
                centre: *centre,
                rim,
            });
        }
    }
    cells.sort_by(|a, b| {
        a.key
            .cmp(b.key)
            .then_with(|| a.centre.x.total_cmp(&b.centre.x))
    });
    cells
}

/// Ground is held along the ways too: each half of a lane belongs to its end.
fn along_ways<'a>(sheet: &Sheet<'a>, reach: f32, near: &mut Vec<(&'a Key<Sector>, Pos)>) {
    let view = sheet.view;
    for lane in view.map.lanes.values() {
        let ends = (
            sheet.at.get_key_value(&lane.ends.0),
            sheet.at.get_key_value(&lane.ends.1),
        );
        let (Some((a, from)), Some((b, to))) = ends else {
            continue;
        };
        let length = from.distance(*to);
        if length > reach * 12.0 || !sheet.sees(from.toward(*to, 0.5), length + reach * 3.0) {
            continue;
        }
        // Pairs of points, as far from the middle on either side, so that the border lies there.
        let count = ((length / (reach * 0.7)).floor() as u16).clamp(1, 8) * 2;
        for i in 1..count {
            let t = (f32::from(i) + if i * 2 < count { -0.25 } else { 0.25 }) / f32::from(count);
            if i * 2 == count {
                continue;
            }
            near.push((if t < 0.5 { *a } else { *b }, from.toward(*to, t)));
        }
    }
}

/// What of the rim is nearer to the centre than to the other place.
fn clip<'a>(
    rim: &[(Pos, Option<&'a Key<Sector>>)],
    centre: Pos,
    other: Pos,
    neighbour: &'a Key<Sector>,
) -> Vec<(Pos, Option<&'a Key<Sector>>)> {
    let n = (other.x - centre.x, other.y - centre.y);
    if n.0.hypot(n.1) < 0.5 {
        return rim.to_vec();
    }
    let middle = centre.toward(other, 0.5);
    let beyond = |p: Pos| (p.x - middle.x) * n.0 + (p.y - middle.y) * n.1;
    let mut kept = Vec::with_capacity(rim.len() + 1);
    for (i, (a, label)) in rim.iter().enumerate() {
        let b = rim[(i + 1) % rim.len()].0;
        let (da, db) = (beyond(*a), beyond(b));
        if da <= 0.0 {
            kept.push((*a, *label));
            if db > 0.0 {
                kept.push((a.toward(b, da / (da - db)), Some(neighbour)));
            }
        } else if db <= 0.0 {
            kept.push((a.toward(b, da / (da - db)), *label));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chord_ends_at_the_rim_or_the_circle() {
        let key = Key::new("here");
        let corners = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)];
        let cell = Cell {
            key: &key,
            centre: Pos::default(),
            rim: corners.map(|(x, y)| (Pos::new(x, y), None)).to_vec(),
        };
        let length = |c, reach| {
            cell.chord((0.0, 1.0), c, reach)
                .map(|(a, b)| a.distance(b).round())
        };
        assert_eq!(length(6.0, 100.0), Some(20.0));
        assert_eq!(length(3.0, 5.0), Some(8.0));
        assert_eq!(length(6.0, 5.0), None);
        assert_eq!(length(12.0, 100.0), None);
    }
}
