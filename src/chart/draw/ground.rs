//! What lies below everything: ink, the light under the chart, a spiral of dust, stars as grain, the net.

use super::Sheet;
use crate::chart::{
    noise,
    scene::{Area, Pos, Stroke},
};

/// Grains of dust in each arm.
const GRAINS: i64 = 700;
/// Pixels between the lines of the net, at least.
const NET: f32 = 80.0;

pub fn draw(sheet: &mut Sheet) {
    let (width, height) = sheet.camera.size;
    let all = Area::from(Pos::default(), width, height);
    sheet.polygon(all.corners(), sheet.palette.ground, None);
    light(sheet);
    dust(sheet);
    stars(sheet);
    net(sheet);
}

/// The chart's own extent: middle and half its longer edge, chart units.
fn extent(sheet: &Sheet) -> ((f32, f32), f32) {
    let points: Vec<(f32, f32)> = sheet
        .view
        .map
        .sectors
        .values()
        .map(|s| (s.at.0 as f32, s.at.1 as f32))
        .collect();
    if points.is_empty() {
        return ((0.0, 0.0), 200.0);
    }
    let low = points
        .iter()
        .fold((f32::MAX, f32::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
    let high = points
        .iter()
        .fold((f32::MIN, f32::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
    let half = ((high.0 - low.0).max(high.1 - low.1) / 2.0).max(sheet.stride);
    (((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0), half)
}

/// The table is lit from below: brightest in the middle of the map, in steps too small to see.
fn light(sheet: &mut Sheet) {
    let (middle, half) = extent(sheet);
    let centre = sheet.camera.to_screen(middle);
    let reach = half * 1.7 * sheet.camera.zoom;
    let (ground, glow) = (sheet.palette.ground, sheet.palette.glow);
    // Solid, from the rim inward: many faint layers would not add up to a clean hue.
    for step in 1..=26_u8 {
        let share = f32::from(step) / 26.0;
        let soft = share * share * (3.0 - 2.0 * share);
        sheet.circle(
            centre,
            reach * (1.04 - share),
            ground.toward(glow, 0.42 * soft),
            None,
        );
    }
}

/// Two arms of dust wind about the middle of the map, in grains: denser along the middle of the arm.
fn dust(sheet: &mut Sheet) {
    let (middle, half) = extent(sheet);
    for arm in 0..2_i64 {
        for step in 0..GRAINS {
            let grain = |what| noise::unit(&[arm, step, what]) - 0.5;
            let turn = (step as f32 + grain(1)) / GRAINS as f32;
            let angle = arm as f32 * std::f32::consts::PI + turn * 5.2 + 0.5;
            let spread = (grain(2) + grain(3) + grain(4)) * half * (0.22 + 0.40 * turn);
            let radius = half * (0.10 + 1.8 * turn * turn.sqrt()) + spread;
            let along = angle + (grain(5) + grain(6)) * 0.5;
            let at = (
                middle.0 + radius * along.cos() * 1.25,
                middle.1 + radius * along.sin() * 0.85,
            );
            let at = sheet.camera.to_screen(at);
            if sheet.sees(at, 2.0) {
                let colour = sheet.palette.glow.toward(sheet.palette.text, 0.45);
                let size = 0.5 + 0.9 * (grain(7) + 0.5) * (grain(8) + 0.5);
                sheet.circle(at, size, colour.faint(0.16 + 0.14 * grain(9)), None);
            }
        }
    }
}

/// One star in each cell of a net, or none. The net is fixed to the chart and halves as the zoom doubles.
fn stars(sheet: &mut Sheet) {
    let level = (26.0 / sheet.camera.zoom).log2().ceil();
    let cell = level.exp2();
    let (low, high) = corners(sheet);
    for row in (low.1 / cell).floor() as i64..=(high.1 / cell).floor() as i64 {
        for column in (low.0 / cell).floor() as i64..=(high.0 / cell).floor() as i64 {
            let grain = |what| noise::unit(&[column, row, level as i64, what]);
            let brightness = grain(0);
            if brightness < 0.45 {
                continue;
            }
            let at = (
                (column as f32 + grain(1)) * cell,
                (row as f32 + grain(2)) * cell,
            );
            let at = sheet.camera.to_screen(at);
            let share = (brightness - 0.45) / 0.55;
            let colour = sheet
                .palette
                .text
                .faint(0.05 + 0.30 * share * share * share);
            sheet.circle(at, 0.45 + 0.55 * share * share, colour, None);
        }
    }
}

/// A net of hairlines, in round numbers of chart units.
fn net(sheet: &mut Sheet) {
    let step = net_step(sheet.camera.zoom, sheet.scale);
    let (low, high) = corners(sheet);
    let stroke = Stroke::new(sheet.palette.hairline.faint(0.22), 0.6);
    let (width, height) = sheet.camera.size;
    for i in (low.0 / step).ceil() as i64..=(high.0 / step).floor() as i64 {
        let x = sheet.camera.to_screen((i as f32 * step, 0.0)).x;
        sheet.line(vec![Pos::new(x, 0.0), Pos::new(x, height)], stroke);
    }
    for i in (low.1 / step).ceil() as i64..=(high.1 / step).floor() as i64 {
        let y = sheet.camera.to_screen((0.0, i as f32 * step)).y;
        sheet.line(vec![Pos::new(0.0, y), Pos::new(width, y)], stroke);
    }
}

/// Chart units between the lines of the net: 1, 2 or 5 and noughts.
pub fn net_step(zoom: f32, scale: f32) -> f32 {
    let least = (NET * scale / zoom).max(1.0);
    let decade = 10.0_f32.powf(least.log10().floor());
    let share = least / decade;
    let round = if share <= 1.0 {
        1.0
    } else if share <= 2.0 {
        2.0
    } else if share <= 5.0 {
        5.0
    } else {
        10.0
    };
    round * decade
}

/// The corners of what is seen, chart units.
pub fn corners(sheet: &Sheet) -> ((f32, f32), (f32, f32)) {
    let (width, height) = sheet.camera.size;
    (
        sheet.camera.to_chart(Pos::default()),
        sheet.camera.to_chart(Pos::new(width, height)),
    )
}
