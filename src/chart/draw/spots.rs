//! Where a counter stands: close to its place if there is room, else a little farther off at the end of a short line.

use super::Sheet;
use crate::chart::scene::{Area, Pos, Stroke};

/// Ways to lead off a place, in order of liking.
const WAYS: [(f32, f32); 12] = [
    (0.0, -1.0),
    (0.7, -0.8),
    (-0.7, -0.8),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.7, 0.8),
    (-0.7, 0.8),
    (0.4, -1.0),
    (-0.4, -1.0),
    (1.0, -0.4),
    (-1.0, -0.4),
];
/// How far from the place the near edge of a counter may be, pixels at scale 1.
const FAR: [f32; 3] = [30.0, 52.0, 74.0];

/// The middle of something this large close to a place: above it if there is room; none: nowhere.
pub fn near(sheet: &Sheet, at: Pos, width: f32, height: f32) -> Option<Pos> {
    let clear = 13.0 * sheet.scale;
    let spots = [
        at.by(0.0, -clear - height / 2.0),
        at.by(clear + width / 2.0, -clear * 0.6),
        at.by(-clear - width / 2.0, -clear * 0.6),
        at.by(0.0, clear * 2.2 + height / 2.0),
        at.by(0.0, -clear - height * 1.7),
    ];
    let mut spots = spots.into_iter();
    spots.find(|spot| {
        !sheet
            .taken
            .touches(Area::around(*spot, width + 8.0, height + 8.0))
    })
}

/// The middle of something this large a little farther off, where a line can lead to it and runs under nothing; none:
/// nowhere in the picture.
pub fn far(sheet: &Sheet, at: Pos, width: f32, height: f32) -> Option<Pos> {
    for off in FAR {
        for (x, y) in WAYS {
            let off = off * sheet.scale;
            let spot = at.by(x * (off + width / 2.0), y * (off + height / 2.0));
            let area = Area::around(spot, width + 8.0, height + 8.0);
            if sheet.field.holds(area) && !sheet.taken.touches(area) && is_open(sheet, at, spot) {
                return Some(spot);
            }
        }
    }
    None
}

/// Whether a line may lead from a place to a spot; what is close to the place is its own.
fn is_open(sheet: &Sheet, at: Pos, spot: Pos) -> bool {
    let own = 16.0 * sheet.scale;
    let length = at.distance(spot);
    let mut along = own;
    while along < length {
        let point = at.toward(spot, along / length.max(1.0));
        if sheet.taken.touches(Area::around(point, 2.0, 2.0)) {
            return false;
        }
        along += 6.0 * sheet.scale;
    }
    true
}

/// Draws the line that leads from a place to what stands farther off, and keeps words off it.
pub fn leader(sheet: &mut Sheet, at: Pos, spot: Pos) {
    let scale = sheet.scale;
    let ground = Stroke::new(sheet.palette.ground.faint(0.7), 3.6 * scale);
    let line = Stroke::new(sheet.palette.text.faint(0.75), 1.2 * scale);
    let from = at.toward(spot, (7.0 * scale / at.distance(spot).max(1.0)).min(1.0));
    sheet.line(vec![from, spot], ground);
    sheet.line(vec![from, spot], line);
    for step in 1..4_u8 {
        let point = at.toward(spot, f32::from(step) / 4.0);
        sheet
            .taken
            .push(Area::around(point, 4.0 * scale, 4.0 * scale));
    }
}
