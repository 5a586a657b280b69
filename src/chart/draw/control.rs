//! Who holds what: a soft tint with the side's hatch, and a hard line where hostile ground meets.

use super::{
    Sheet,
    cells::{Cell, cells},
};
use crate::{
    chart::{
        Overlay,
        scene::{Colour, Pos, Stroke},
    },
    content::{Key, Sector, Side},
};

/// Reach of a cell in usual distances between neighbours.
const REACH: f32 = 0.62;

pub fn draw(sheet: &mut Sheet) {
    let strong = sheet.options.overlay == Overlay::Control;
    let quiet = sheet.options.overlay == Overlay::Knowledge;
    let reach = (sheet.stride * sheet.camera.zoom * REACH).min(4000.0);
    let depth = if strong {
        0.075
    } else if quiet {
        0.02
    } else {
        0.04
    };
    // Steps inward make the tint soft toward the open.
    for share in [1.0, 0.86, 0.72, 0.58] {
        for cell in cells(sheet, reach * share) {
            if let Some(side) = owner(sheet, cell.key) {
                let hue = sheet.hue(side);
                sheet.polygon(cell.corners(), hue.faint(depth), None);
            }
        }
    }
    let ground = cells(sheet, reach * 0.93);
    if sheet.room() > 16.0 && !quiet {
        for cell in &ground {
            if let Some(side) = owner(sheet, cell.key) {
                hatch(sheet, cell, side, if strong { 0.34 } else { 0.13 });
            }
        }
    }
    for cell in &ground {
        front(sheet, cell);
    }
}

/// Who holds a sector, as far as known.
pub fn owner<'a>(sheet: &Sheet<'a>, sector: &Key<Sector>) -> Option<&'a Key<Side>> {
    sheet
        .view
        .sectors
        .get(sector)
        .and_then(|s| s.owner.as_ref())
}

/// The hatches of sides: angles in degrees, in the order of the sides' names.
const HATCHES: [&[f32]; 6] = [
    &[45.0],
    &[135.0],
    &[0.0],
    &[90.0],
    &[45.0, 135.0],
    &[0.0, 90.0],
];

fn hatch(sheet: &mut Sheet, cell: &Cell, side: &Key<Side>, opacity: f32) {
    let stroke = Stroke::new(sheet.hue(side).faint(opacity), 0.8 * sheet.scale);
    let gap = 9.0 * sheet.scale;
    // The hatch is fixed to the chart, so that it moves with it.
    let origin = sheet.camera.to_screen((0.0, 0.0));
    for degrees in HATCHES[sheet.rank(side) % HATCHES.len()] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let n = (-sin, cos);
        let along = |p: Pos| (p.x - origin.x) * n.0 + (p.y - origin.y) * n.1;
        let places: Vec<f32> = cell.rim.iter().map(|(p, _)| along(*p)).collect();
        let low = places.iter().copied().fold(f32::MAX, f32::min);
        let high = places.iter().copied().fold(f32::MIN, f32::max);
        if high - low > 4000.0 {
            continue;
        }
        let mut line = (low / gap).ceil() * gap;
        while line < high {
            if let Some((a, b)) = cell.chord(n, line + origin.x * n.0 + origin.y * n.1) {
                sheet.line(vec![a, b], stroke);
            }
            line += gap;
        }
    }
}

/// The cell's own half of the front, drawn just inside its edge.
fn front(sheet: &mut Sheet, cell: &Cell) {
    let Some(side) = owner(sheet, cell.key) else {
        return;
    };
    let stale = |sector: &Key<Sector>| sheet.view.sectors.get(sector).is_none_or(|s| s.age > 0);
    let hue = sheet.hue(side);
    let width = 2.0 * sheet.scale;
    let mut lines: Vec<(Vec<Pos>, Stroke)> = Vec::new();
    for (i, (a, neighbour)) in cell.rim.iter().enumerate() {
        let Some(neighbour) = neighbour else { continue };
        let Some(other) = owner(sheet, neighbour).filter(|o| *o != side) else {
            continue;
        };
        let b = cell.rim[(i + 1) % cell.rim.len()].0;
        let length = a.distance(b);
        if length < 1.0 {
            continue;
        }
        let inward = |p: Pos| {
            p.toward(
                cell.centre,
                (width * 0.6 / p.distance(cell.centre).max(1.0)).min(0.5),
            )
        };
        let mut stroke = Stroke::new(hue, width);
        if !hostile(sheet, side, other) {
            stroke = Stroke::new(hue.faint(0.5), width * 0.5);
        }
        let mine = |s: &Key<Side>| *s == sheet.view.side;
        if (!mine(side) && stale(cell.key)) || (!mine(other) && stale(neighbour)) {
            stroke = stroke.dashed(6.0 * sheet.scale, 4.0 * sheet.scale);
        }
        lines.push((vec![inward(*a), inward(b)], stroke));
    }
    for (points, stroke) in lines {
        let below = Stroke::new(
            Colour {
                a: 150,
                ..sheet.palette.ground
            },
            stroke.width + 2.0,
        );
        sheet.line(points.clone(), below);
        sheet.line(points, stroke);
    }
}

/// Whether a line between the two is a front, as far as the seat can know. The referee takes all for enemies.
fn hostile(sheet: &Sheet, a: &Key<Side>, b: &Key<Side>) -> bool {
    let view = sheet.view;
    let against = |s: &Key<Side>| view.hostile.contains(s);
    sheet.referee() || against(a) != against(b)
}
