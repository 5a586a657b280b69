//! Ways, each as its kind is drawn on charts, with a tick for each day's march under fire.

use super::{Sheet, dots};
use crate::chart::{
    noise,
    palette::{self, Texture},
    scene::{Colour, Form, Pos, Stroke, Tag},
};
use crate::content::{Key, Lane, LaneKind};

/// Chart units of travel between two ticks.
const TICK: i32 = 100;
/// Pixels of a way from far off.
const HAIR: f32 = 0.9;

pub fn draw(sheet: &mut Sheet) {
    let view = sheet.view;
    for (key, lane) in &view.map.lanes {
        let (Some(a), Some(b)) = (
            sheet.at.get(&lane.ends.0).copied(),
            sheet.at.get(&lane.ends.1).copied(),
        ) else {
            continue;
        };
        let length = a.distance(b);
        if length < 2.0 || !crosses(sheet, a, b) {
            continue;
        }
        let gap = (9.0 * sheet.scale / length).min(0.3);
        way(sheet, key, lane, a.toward(b, gap), b.toward(a, gap));
    }
}

/// Whether the piece of line may be seen.
pub fn crosses(sheet: &Sheet, a: Pos, b: Pos) -> bool {
    let (width, height) = sheet.camera.size;
    a.x.max(b.x) >= -20.0
        && a.x.min(b.x) <= width + 20.0
        && a.y.max(b.y) >= -20.0
        && a.y.min(b.y) <= height + 20.0
}

fn way(sheet: &mut Sheet, key: &Key<Lane>, lane: &Lane, a: Pos, b: Pos) {
    let colour = sheet.palette.lane;
    let scale = sheet.scale;
    let tag = Some(Tag::Lane(key.clone()));
    let hit = Stroke::new(Colour::CLEAR, 8.0);
    sheet.tagged(
        Form::Polyline {
            points: vec![a, b],
            stroke: hit,
        },
        tag.clone(),
    );
    let selected = sheet.options.selected == tag || sheet.options.hover == tag;
    let strength = if selected { 1.0 } else { 0.8 };
    if sheet.room() < dots::FEW && lane.kind != LaneKind::Wormhole {
        // From far off the kinds of ways are not told apart.
        let stroke = Stroke::new(colour.faint(strength * 0.9), HAIR * scale);
        return sheet.line(vec![a, b], stroke);
    }
    match lane.kind {
        LaneKind::Route => {
            let (dx, dy) = normal(a, b, 1.7 * scale);
            let stroke = Stroke::new(colour.faint(strength), 1.0 * scale);
            sheet.line(vec![a.by(dx, dy), b.by(dx, dy)], stroke);
            sheet.line(vec![a.by(-dx, -dy), b.by(-dx, -dy)], stroke);
        }
        LaneKind::Hyperlane => {
            let mut stroke = Stroke::new(colour.faint(strength * 0.9), 1.1 * scale);
            if palette::texture(lane.terrain.as_str()).is_some() {
                stroke = stroke.dashed(7.0 * scale, 4.0 * scale);
            }
            sheet.line(vec![a, b], stroke);
        }
        LaneKind::Wormhole => {
            let stroke = Stroke::new(colour.faint(strength), 1.3 * scale);
            for end in [a, b] {
                sheet.circle(end, 3.5 * scale, Colour::CLEAR, Some(stroke));
            }
            let points = arc(a, b, 0.16);
            sheet.line(points, stroke.dashed(1.6 * scale, 4.0 * scale));
        }
        LaneKind::Descent => {
            let stroke = Stroke::new(colour.faint(strength), 1.3 * scale);
            sheet.line(vec![a, b], stroke.dashed(3.0 * scale, 2.0 * scale));
            let (dx, dy) = normal(a, b, 5.0 * scale);
            sheet.line(vec![b.by(dx, dy), b.by(-dx, -dy)], stroke);
        }
    }
    if sheet.room() > 34.0 {
        ticks(sheet, lane, a, b);
        rough(sheet, key, lane, a, b);
    }
}

/// Marks along a way that is longer to travel than it looks.
fn ticks(sheet: &mut Sheet, lane: &Lane, a: Pos, b: Pos) {
    let count = (lane.length / TICK).clamp(0, 12);
    if lane.kind == LaneKind::Wormhole || count < 2 || a.distance(b) / (count as f32) < 7.0 {
        return;
    }
    let (dx, dy) = normal(a, b, 4.0 * sheet.scale);
    let stroke = Stroke::new(sheet.palette.lane.faint(0.75), 1.0 * sheet.scale);
    for i in 1..count {
        let at = a.toward(b, (i * TICK) as f32 / lane.length as f32);
        sheet.line(vec![at.by(dx, dy), at.by(-dx, -dy)], stroke);
    }
}

/// What makes a way hard: rocks beside it, or storm.
fn rough(sheet: &mut Sheet, key: &Key<Lane>, lane: &Lane, a: Pos, b: Pos) {
    let Some(texture) = palette::texture(lane.terrain.as_str()) else {
        return;
    };
    let scale = sheet.scale;
    let count = (a.distance(b) / (7.0 * scale)).min(60.0) as i64;
    let seed = noise::name(key.as_str());
    let colour = sheet.palette.lane;
    match texture {
        Texture::Stipple | Texture::Noise | Texture::BentGrid => {
            let dots = (0..count)
                .map(|i| {
                    let grain = |what| noise::unit(&[seed, i, what]);
                    let (dx, dy) = normal(a, b, (grain(0) - 0.5) * 26.0 * scale);
                    a.toward(b, grain(1)).by(dx, dy)
                })
                .collect();
            sheet.grain(dots, 0.85 * scale, colour.faint(0.5));
        }
        Texture::Contours => {
            for side in [-1.0, 1.0_f32] {
                for ring in 1..=2_i64 {
                    let points = (0..=count)
                        .map(|i| {
                            let t = i as f32 / count.max(1) as f32;
                            let wave = noise::unit(&[seed, ring, i / 2]) - 0.5
                                + (t * 19.0 + ring as f32).sin() * 0.6;
                            let swell = (t * std::f32::consts::PI).sin();
                            let (dx, dy) = normal(
                                a,
                                b,
                                side * (6.0 * ring as f32 * swell + 2.0 * wave) * scale,
                            );
                            a.toward(b, t).by(dx, dy)
                        })
                        .collect();
                    let stroke = Stroke::new(colour.faint(0.34 / ring as f32), 0.9 * scale);
                    sheet.line(points, stroke);
                }
            }
        }
    }
}

/// A step of this length across a line.
pub fn normal(a: Pos, b: Pos, length: f32) -> (f32, f32) {
    let whole = a.distance(b).max(0.001);
    ((b.y - a.y) / whole * -length, (b.x - a.x) / whole * length)
}

/// A curve that rises over the straight line by this share of its length, toward the top of the picture.
pub fn arc(a: Pos, b: Pos, rise: f32) -> Vec<Pos> {
    let (mut dx, mut dy) = normal(a, b, a.distance(b) * rise * 2.0);
    if dy > 0.0 || (dy == 0.0 && dx > 0.0) {
        (dx, dy) = (-dx, -dy);
    }
    let top = a.toward(b, 0.5).by(dx, dy);
    (0..=24_u8)
        .map(|i| {
            let t = f32::from(i) / 24.0;
            a.toward(top, t).toward(top.toward(b, t), t)
        })
        .collect()
}
