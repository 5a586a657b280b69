//! Terrain as charts draw it: a net bent toward a well, rocks within a danger line, contours of a storm.

use std::f32::consts::TAU;

use super::Sheet;
use crate::chart::{
    noise,
    palette::{self, Texture},
    scene::{Colour, Pos, Stroke},
};

pub fn draw(sheet: &mut Sheet) {
    if sheet.room() < 14.0 {
        return;
    }
    let view = sheet.view;
    let radius = (sheet.stride * sheet.camera.zoom * 0.46).min(260.0);
    for (key, sector) in &view.map.sectors {
        let Some(at) = sheet
            .at
            .get(key)
            .copied()
            .filter(|at| sheet.sees(*at, radius * 1.5))
        else {
            continue;
        };
        let seed = noise::name(key.as_str());
        match palette::texture(sector.terrain.as_str()) {
            Some(Texture::BentGrid) => well(sheet, at, radius),
            Some(Texture::Stipple) => shoal(sheet, at, radius, seed),
            Some(Texture::Contours) => storm(sheet, at, radius * 1.15, seed),
            Some(Texture::Noise) => noisy(sheet, at, radius, seed),
            None => {}
        }
    }
}

/// The colour in which terrain is drawn: there, and below everything that matters.
fn shade(sheet: &Sheet, opacity: f32) -> Colour {
    sheet
        .palette
        .lane
        .toward(sheet.palette.text, 0.25)
        .faint(opacity)
}

/// How far a rim goes at an angle: a circle with a few slow waves, the same for the same seed.
fn waver(seed: i64, angle: f32, depth: f32) -> f32 {
    let wave = |n: i64| {
        let shift = noise::unit(&[seed, n]) * TAU;
        (angle * n as f32 + shift).sin() * (0.4 + 0.6 * noise::unit(&[seed, n, 1])) / n as f32
    };
    1.0 + depth * (wave(2) * 1.2 + wave(3) * 1.3 + wave(5))
}

fn ring(centre: Pos, radius: f32, turn: f32, shape: impl Fn(f32) -> f32) -> Vec<Pos> {
    let corners = (radius * 1.2).clamp(12.0, 48.0) as u8;
    (0..=corners)
        .map(|i| {
            let angle = f32::from(i) / f32::from(corners) * TAU;
            let r = radius * shape(angle);
            centre.by(r * (angle + turn).cos(), r * (angle + turn).sin())
        })
        .collect()
}

/// A net whose lines sag toward the middle, and end in a circle.
fn well(sheet: &mut Sheet, centre: Pos, radius: f32) {
    let radius = radius * 1.12;
    // What is small has no room for all of it.
    let lines = (radius / (4.0 * sheet.scale)).clamp(2.0, 8.0) as i8;
    let joints = (radius / (5.0 * sheet.scale)).clamp(3.0, 12.0) as i8;
    let pull = |p: (f32, f32)| {
        // Nearer points are drawn in more; the rim stays where it is.
        let r = p.0.hypot(p.1);
        let factor = 0.30 + 0.70 * r.min(1.0).powf(0.9);
        centre.by(p.0 * factor * radius, p.1 * factor * radius)
    };
    for across in [false, true] {
        for i in -lines..=lines {
            let offset = f32::from(i) / f32::from(lines) * 0.98;
            let half = (1.0 - offset * offset).max(0.0).sqrt();
            let points: Vec<Pos> = (-joints..=joints)
                .map(|j| {
                    let t = f32::from(j) / f32::from(joints) * half;
                    pull(if across { (t, offset) } else { (offset, t) })
                })
                .collect();
            let stroke = Stroke::new(shade(sheet, 0.30 - 0.17 * offset.abs()), 0.8 * sheet.scale);
            sheet.line(points, stroke);
        }
    }
    let rim = Stroke::new(shade(sheet, 0.30), 0.8 * sheet.scale);
    sheet.circle(centre, radius, Colour::CLEAR, Some(rim));
}

/// Dots, and rocks as small crosses, within a dotted danger line.
fn shoal(sheet: &mut Sheet, centre: Pos, radius: f32, seed: i64) {
    let rim = ring(centre, radius, 0.0, |a| waver(seed, a, 0.28));
    let line = Stroke::new(shade(sheet, 0.55), 1.1 * sheet.scale)
        .dashed(1.3 * sheet.scale, 3.4 * sheet.scale);
    sheet.line(rim, line);
    let count = (radius * radius / (34.0 * sheet.scale * sheet.scale)).clamp(6.0, 150.0) as i64;
    let mut dots: [Vec<Pos>; 3] = Default::default();
    for i in 0..count {
        let grain = |what| noise::unit(&[seed, i, what]);
        let angle = grain(0) * TAU;
        let r = radius * 0.93 * waver(seed, angle, 0.28) * grain(1).sqrt();
        let at = centre.by(r * angle.cos(), r * angle.sin());
        if i % 6 == 0 {
            let colour = shade(sheet, 0.34 + 0.25 * grain(2));
            let arm = 2.4 * sheet.scale;
            let stroke = Stroke::new(colour, 0.9 * sheet.scale);
            sheet.line(vec![at.by(-arm, 0.0), at.by(arm, 0.0)], stroke);
            sheet.line(vec![at.by(0.0, -arm), at.by(0.0, arm)], stroke);
        } else {
            dots[(grain(2) * 3.0) as usize % 3].push(at);
        }
    }
    for (dots, (size, opacity)) in dots
        .into_iter()
        .zip([(0.6, 0.38), (0.8, 0.46), (1.05, 0.54)])
    {
        sheet.grain(dots, size * sheet.scale, shade(sheet, opacity));
    }
}

/// Nested contours, each turned a little further, closer together toward the middle.
fn storm(sheet: &mut Sheet, centre: Pos, radius: f32, seed: i64) {
    let levels = (radius / (3.5 * sheet.scale)).clamp(2.0, 7.0) as u8;
    for level in 0..levels {
        let share = 1.0 - f32::from(level) / (f32::from(levels) + 0.6);
        let size = radius * share.powf(1.25);
        let points = ring(centre, size, f32::from(level) * 0.34, |a| {
            waver(seed, a, 0.34 * (0.5 + 0.5 * share))
        });
        let weight = if level % 3 == 0 { 1.3 } else { 0.8 };
        let stroke = Stroke::new(
            shade(sheet, 0.22 + 0.04 * f32::from(level)),
            weight * sheet.scale,
        );
        sheet.line(points, stroke);
    }
}

/// Static: short strokes and specks without order, thick in the middle and thin toward a frayed rim.
fn noisy(sheet: &mut Sheet, centre: Pos, radius: f32, seed: i64) {
    let count = (radius * radius / (16.0 * sheet.scale * sheet.scale)).clamp(12.0, 320.0) as i64;
    let mut specks: [Vec<Pos>; 3] = Default::default();
    for i in 0..count {
        let grain = |what| noise::unit(&[seed, i, what]);
        let angle = grain(0) * TAU;
        let share = grain(2).powf(0.7);
        let r = radius * share * waver(seed, angle, 0.5);
        let at = centre.by(r * angle.cos(), r * angle.sin());
        if i % 4 != 0 {
            specks[(share * 3.0) as usize % 3].push(at);
            continue;
        }
        // On a grid, as a screen without a signal.
        let half = (1.5 + 3.5 * grain(3) * (1.0 - 0.6 * share)) * sheet.scale;
        let (dx, dy) = if grain(1) < 0.5 {
            (half, 0.0)
        } else {
            (0.0, half)
        };
        let stroke = Stroke::new(shade(sheet, 0.62 - 0.42 * share), 1.0 * sheet.scale);
        sheet.line(vec![at.by(-dx, -dy), at.by(dx, dy)], stroke);
    }
    for (specks, opacity) in specks.into_iter().zip([0.58, 0.44, 0.26]) {
        sheet.grain(specks, 0.75 * sheet.scale, shade(sheet, opacity));
    }
}
