//! What lies below everything: ink, the light under the chart, a spiral of dust, stars as grain, worlds, the net.

use super::{
    Sheet,
    worlds::{self, Disc},
};
use crate::chart::{
    ground::{self, Spiral},
    noise,
    scene::{Area, Form, Pos, Stroke},
};

/// Pixels of the finest cells in which a star may lie.
const CELL: f32 = 17.0;
/// Pixels between the lines of the net, at least.
const NET: f32 = 80.0;

pub fn draw(sheet: &mut Sheet) {
    let (width, height) = sheet.camera.size;
    let all = Area::from(Pos::default(), width, height);
    sheet.polygon(all.corners(), sheet.palette.ground, None);
    spiral(sheet);
    let discs = worlds::discs(sheet);
    stars(sheet, &discs);
    worlds::draw(sheet, &discs);
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

/// Half an edge of the ground's pixels in halves of the map's longer edge.
const REACH: f32 = 2.3;

/// The light under the chart and the spiral of dust in it.
fn spiral(sheet: &mut Sheet) {
    let (middle, half) = extent(sheet);
    let centre = sheet.camera.to_screen(middle);
    let edge = 2.0 * half * REACH * sheet.camera.zoom;
    let ground = ground::id(&sheet.view.map, sheet.options.look);
    let area = Area::around(centre, edge, edge);
    sheet.tagged(Form::Image { area, ground }, None);
}

/// A speck that might lie in a cell of a net.
pub struct Speck<'a> {
    /// Where, chart units.
    pub at: (f32, f32),
    /// Where, pixels.
    pub seen: Pos,
    /// Numbers of the cell without chance, from 0.0 up to 1.0; 1 and 2 say where in it the speck lies.
    pub grain: &'a dyn Fn(i64) -> f32,
}

/// Specks as grain. Each lies in a cell of one of several nets fixed to the chart, each net twice as fine as the one before:
/// as the zoom grows, finer ones come up slowly and none jumps. `finest`: pixels of the finest cells; `sizes`: radius and
/// opacity of each class of specks; `faint`: the share of it with which they come up; `class`: of which class a speck is, if
/// it is there at all.
pub fn scatter(
    sheet: &mut Sheet,
    (finest, nets): (f32, i32),
    sizes: [(f32, f32); 3],
    faint: f32,
    class: impl Fn(&Speck) -> Option<usize>,
) {
    let (low, high) = corners(sheet);
    let zoom = sheet.camera.zoom;
    let least = finest * sheet.scale.max(1.0);
    let first = (least / zoom).log2().ceil() as i32;
    for level in first..first + nets {
        let cell = (level as f32).exp2();
        // Just come up: faint.
        let risen = (cell * zoom / least - 1.0).clamp(0.0, 1.0);
        let mut classes: [Vec<Pos>; 3] = Default::default();
        for row in (low.1 / cell).floor() as i64..=(high.1 / cell).floor() as i64 {
            for column in (low.0 / cell).floor() as i64..=(high.0 / cell).floor() as i64 {
                let grain = |what| noise::unit(&[column, row, i64::from(level), what]);
                let at = (
                    (column as f32 + grain(1)) * cell,
                    (row as f32 + grain(2)) * cell,
                );
                let seen = sheet.camera.to_screen(at);
                let speck = Speck {
                    at,
                    seen,
                    grain: &grain,
                };
                if let Some(class) = class(&speck) {
                    classes[class].push(seen);
                }
            }
        }
        for (points, (radius, opacity)) in classes.into_iter().zip(sizes) {
            let colour = sheet
                .palette
                .text
                .faint(opacity * (faint + (1.0 - faint) * risen));
            let radius = radius * sheet.scale.max(1.0).sqrt();
            sheet.grain(points, radius, colour);
        }
    }
}

/// Stars, thicker in the arms, and none before a world.
fn stars(sheet: &mut Sheet, worlds: &[Disc]) {
    let crowds = Crowds::new(sheet);
    let sizes = [(0.5, 0.17), (0.6, 0.30), (0.85, 0.50)];
    scatter(sheet, (CELL, 4), sizes, 0.15, |speck| {
        let crowd = crowds.at(speck.seen);
        let hidden = || worlds.iter().any(|world| world.covers(speck.seen));
        if (speck.grain)(0) > 0.22 + 0.75 * crowd || hidden() {
            return None;
        }
        Some(match (speck.grain)(3) {
            g if g > 0.965 => 2,
            g if g > 0.80 => 1,
            _ => 0,
        })
    });
}

/// How thickly stars lie across the picture, worked out at points some way apart.
struct Crowds {
    step: f32,
    columns: usize,
    values: Vec<f32>,
}

impl Crowds {
    fn new(sheet: &Sheet) -> Self {
        let (width, height) = sheet.camera.size;
        let (middle, half) = extent(sheet);
        let spiral = Spiral::new(ground::id(&sheet.view.map, sheet.options.look).seed);
        let step = 40.0 * sheet.scale.max(1.0);
        let columns = (width / step).ceil() as usize + 1;
        let rows = (height / step).ceil() as usize + 1;
        let values = (0..columns * rows)
            .map(|i| {
                let at = Pos::new((i % columns) as f32 * step, (i / columns) as f32 * step);
                let (x, y) = sheet.camera.to_chart(at);
                let unit = half * REACH;
                ground::crowd(&spiral, (x - middle.0) / unit, (y - middle.1) / unit)
            })
            .collect();
        Self {
            step,
            columns,
            values,
        }
    }

    fn at(&self, at: Pos) -> f32 {
        let cell = |v: f32| (v / self.step).round().max(0.0) as usize;
        let index = cell(at.y) * self.columns + cell(at.x).min(self.columns - 1);
        self.values.get(index).copied().unwrap_or(0.0)
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
