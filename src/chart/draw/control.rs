//! Who holds what: a soft tint with the side's hatch, and a hard line where hostile ground meets.

use super::{
    Sheet,
    cells::{Cell, cells},
    front,
};
use crate::{
    chart::{
        Overlay,
        scene::{Colour, Form, Pos, Stroke},
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
        0.30
    } else if quiet {
        0.08
    } else {
        0.16
    };
    // A little beyond the tint, so that the front does not fray at its ends.
    let ground = cells(sheet, reach * 1.12);
    soft(sheet, &ground, reach, |sheet, cell| {
        owner(sheet, cell.key).map(|side| sheet.hue(side).faint(depth))
    });
    if sheet.room() > 16.0 && !quiet {
        for cell in &ground {
            if let Some(side) = owner(sheet, cell.key) {
                let opacity = if strong { 0.34 } else { 0.13 };
                hatch(sheet, cell, side, (reach * 0.93, opacity));
            }
        }
    }
    front::draw(sheet, &ground);
}

/// Fills cells of this reach, softly toward the open.
pub fn soft<'a>(
    sheet: &mut Sheet<'a>,
    cells: &[Cell<'a>],
    reach: f32,
    fill: impl Fn(&Sheet<'a>, &Cell<'a>) -> Option<Colour>,
) {
    for cell in cells {
        if let Some(colour) = fill(sheet, cell) {
            let form = Form::Glow {
                points: cell.corners(),
                centre: cell.centre,
                reach,
                colour,
            };
            sheet.tagged(form, None);
        }
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

/// The angles of a side's hatch, degrees: by the place of the side in the order of names.
pub fn hatches(rank: usize) -> &'static [f32] {
    HATCHES[rank % HATCHES.len()]
}

/// Hatches a cell as this side's ground.
pub fn hatch(sheet: &mut Sheet, cell: &Cell, side: &Key<Side>, (reach, opacity): (f32, f32)) {
    let stroke = Stroke::new(sheet.hue(side).faint(opacity), 0.8 * sheet.scale);
    let gap = 9.0 * sheet.scale;
    // The hatch is fixed to the chart, so that it moves with it.
    let origin = sheet.camera.to_screen((0.0, 0.0));
    for degrees in hatches(sheet.rank(side)) {
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
            if let Some((a, b)) = cell.chord(n, line + origin.x * n.0 + origin.y * n.1, reach) {
                sheet.line(vec![a, b], stroke);
            }
            line += gap;
        }
    }
}
