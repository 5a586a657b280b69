//! Small signs, drawn by us: emblems of sides, glyphs of roles, sites and stances.

use std::f32::consts::TAU;

use super::Sheet;
use crate::{
    chart::scene::{Colour, Pos, Stroke},
    content::{Family, Role, SiteKind, Stance},
};

/// Emblem of the side that stands there in the order of names, within a circle of this radius.
pub fn emblem(sheet: &mut Sheet, rank: usize, at: Pos, radius: f32, colour: Colour) {
    let stroke = Stroke::new(colour, (radius * 0.26).max(1.0));
    let point = |degrees: f32, share: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        at.by(radius * share * cos, radius * share * sin)
    };
    match rank % 8 {
        // A chevron over a bar.
        0 => {
            sheet.line(
                vec![
                    at.by(-radius, radius * 0.15),
                    at.by(0.0, -radius * 0.85),
                    at.by(radius, radius * 0.15),
                ],
                stroke,
            );
            sheet.line(
                vec![
                    at.by(-radius * 0.7, radius * 0.8),
                    at.by(radius * 0.7, radius * 0.8),
                ],
                stroke,
            );
        }
        // A lozenge with a heart.
        1 => {
            let lozenge = vec![
                point(-90.0, 1.05),
                point(0.0, 0.85),
                point(90.0, 1.05),
                point(180.0, 0.85),
            ];
            sheet.polygon(lozenge, Colour::CLEAR, Some(stroke));
            sheet.circle(at, radius * 0.28, colour, None);
        }
        // Three rays.
        2 => {
            for degrees in [-90.0, 30.0, 150.0] {
                sheet.line(vec![at, point(degrees, 1.0)], stroke);
                sheet.circle(point(degrees, 0.95), radius * 0.24, colour, None);
            }
        }
        // A cross in a ring.
        3 => {
            sheet.circle(at, radius * 0.95, Colour::CLEAR, Some(stroke));
            sheet.line(vec![point(0.0, 0.9), point(180.0, 0.9)], stroke);
            sheet.line(vec![point(90.0, 0.9), point(-90.0, 0.9)], stroke);
        }
        // Waves.
        4 => {
            for dy in [-0.5, 0.5_f32] {
                let points = (-6..=6_i8)
                    .map(|i| {
                        let t = f32::from(i) / 6.0;
                        at.by(radius * t, radius * (dy + 0.28 * (t * 4.5).sin()))
                    })
                    .collect();
                sheet.line(points, stroke);
            }
        }
        // A tower.
        5 => {
            let square = vec![
                point(-135.0, 1.15),
                point(-45.0, 1.15),
                point(45.0, 1.15),
                point(135.0, 1.15),
            ];
            sheet.polygon(square, Colour::CLEAR, Some(stroke));
            sheet.line(vec![point(90.0, 0.8), point(-90.0, 0.8)], stroke);
        }
        // A crescent of two arcs.
        6 => {
            for (from, to, shift) in [(60.0, 300.0, 0.0), (75.0, 285.0, 0.42)] {
                let points = (0..=12_u8)
                    .map(|i| {
                        point(from + (to - from) * f32::from(i) / 12.0, 0.95)
                            .by(radius * shift, 0.0)
                    })
                    .collect();
                sheet.line(points, stroke);
            }
        }
        // A saltire.
        _ => {
            sheet.line(vec![point(-135.0, 1.1), point(45.0, 1.1)], stroke);
            sheet.line(vec![point(-45.0, 1.1), point(135.0, 1.1)], stroke);
        }
    }
}

/// Glyph of what most of a force is for, in a box about twice as wide as `half`.
pub fn role(sheet: &mut Sheet, role: Option<Role>, at: Pos, half: f32, colour: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let stroke = Stroke::new(colour, (half * 0.24).max(1.0));
    match role {
        // A hull, bow to the right, with its guns.
        Some(Role::Capital) => {
            sheet.polygon(
                vec![p(-1.1, 0.0), p(-0.8, 0.7), p(0.55, 0.7), p(1.2, 0.0)],
                colour,
                None,
            );
            sheet.line(vec![p(-0.45, 0.0), p(-0.45, -0.6), p(0.35, -0.6)], stroke);
        }
        // A shield of two chevrons.
        Some(Role::Screen) => {
            for x in [-0.5, 0.35] {
                sheet.line(
                    vec![p(x - 0.25, -0.8), p(x + 0.45, 0.0), p(x - 0.25, 0.8)],
                    stroke,
                );
            }
        }
        // An arrow head.
        Some(Role::Raider) => {
            sheet.polygon(
                vec![p(1.1, 0.0), p(-0.8, -0.75), p(-0.3, 0.0)],
                colour,
                None,
            );
            sheet.polygon(vec![p(1.1, 0.0), p(-0.3, 0.0), p(-0.8, 0.75)], colour, None);
        }
        // A laden box.
        Some(Role::Transport) => {
            sheet.polygon(
                vec![p(-1.0, -0.6), p(1.0, -0.6), p(1.0, 0.7), p(-1.0, 0.7)],
                Colour::CLEAR,
                Some(stroke),
            );
            sheet.line(vec![p(-1.0, -0.05), p(1.0, -0.05)], stroke);
        }
        // A bridge.
        Some(Role::Engineer) => {
            sheet.line(
                vec![p(-1.0, 0.7), p(-1.0, -0.4), p(1.0, -0.4), p(1.0, 0.7)],
                stroke,
            );
            sheet.line(vec![p(0.0, -0.4), p(0.0, 0.7)], stroke);
        }
        // A fort.
        Some(Role::Base) => {
            sheet.polygon(
                vec![p(-0.9, -0.1), p(0.9, -0.1), p(0.9, 0.75), p(-0.9, 0.75)],
                colour,
                None,
            );
            for x in [-0.7, 0.0, 0.7] {
                sheet.line(vec![p(x, -0.1), p(x, -0.7)], stroke);
            }
        }
        // Nobody knows.
        None => {
            for x in [-0.7, 0.0, 0.7] {
                sheet.circle(p(x, 0.0), half * 0.2, colour, None);
            }
        }
    }
}

/// How a force meets the enemy, in a small space: arrows go at him, bars wait for him.
pub fn stance(sheet: &mut Sheet, stance: &Stance, at: Pos, half: f32, colour: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let stroke = Stroke::new(colour, (half * 0.36).max(1.2));
    match stance.family {
        Family::Attack => {
            let heads: &[f32] = if stance.prepares {
                &[-0.75, 0.0, 0.75]
            } else if stance.needs_readiness > 0 {
                &[-0.35, 0.35]
            } else {
                &[0.0]
            };
            for x in heads {
                sheet.line(
                    vec![p(x - 0.4, -0.8), p(x + 0.4, 0.0), p(x - 0.4, 0.8)],
                    stroke,
                );
            }
        }
        Family::Defend if stance.fixed => {
            for y in [-0.5, 0.5] {
                sheet.line(
                    vec![p(-1.1, y), p(1.1, y)],
                    Stroke {
                        width: stroke.width * 1.3,
                        ..stroke
                    },
                );
            }
        }
        Family::Defend if stance.lures => {
            sheet.line(
                vec![
                    p(1.0, -0.7),
                    p(-0.2, -0.7),
                    p(-0.8, 0.0),
                    p(-0.2, 0.7),
                    p(1.0, 0.7),
                ],
                stroke,
            );
        }
        Family::Defend if stance.holds.is_some() => {
            sheet.line(
                vec![p(-1.1, 0.0), p(1.1, 0.0)],
                Stroke {
                    width: stroke.width * 1.4,
                    ..stroke
                },
            );
        }
        Family::Defend => {
            sheet.line(vec![p(0.9, -0.7), p(-0.5, 0.7)], stroke);
            sheet.line(vec![p(-0.6, -0.2), p(-0.6, 0.75), p(0.3, 0.75)], stroke);
        }
    }
}

/// A commander's star.
pub fn star(sheet: &mut Sheet, at: Pos, radius: f32, colour: Colour) {
    let point = |i: u8, share: f32| {
        let angle = f32::from(i) / 10.0 * TAU - TAU / 4.0;
        at.by(radius * share * angle.cos(), radius * share * angle.sin())
    };
    for arm in 0..5_u8 {
        let i = arm * 2;
        sheet.polygon(
            vec![point(i, 1.0), point(i + 1, 0.42), at, point(i + 9, 0.42)],
            colour,
            None,
        );
    }
}

/// Shields, and whatever makes nothing of missiles: who lives there, in space or on the ground.
fn world(sheet: &mut Sheet, kind: &SiteKind, at: Pos, half: f32, stroke: Stroke, ground: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let arc = |from: f32, to: f32, wide: f32, high: f32| -> Vec<Pos> {
        let point = |i: u8| {
            let degrees: f32 = from + (to - from) * f32::from(i) / 10.0;
            let (sin, cos) = degrees.to_radians().sin_cos();
            p(wide * cos, high * sin)
        };
        (0..=10_u8).map(point).collect()
    };
    if kind.voids.is_some() {
        // Built around nothing or around a star: a band.
        sheet.circle(at, half * 0.42, ground, Some(stroke));
        sheet.line(arc(-205.0, 25.0, 1.1, 0.5), stroke);
        sheet.line(arc(40.0, 140.0, 1.1, 0.5), stroke);
        return;
    }
    sheet.circle(at, half * 0.78, ground, Some(stroke));
    sheet.line(vec![p(-0.78, 0.0), p(0.78, 0.0)], stroke);
    for layer in 0..kind.shields.clamp(0, 2) {
        let far = 1.1 + 0.32 * layer as f32;
        sheet.line(arc(-140.0, -40.0, far, far), stroke);
    }
}

/// A site by what it is good for: worlds are discs under their shields, rings have a band, forts have corners, stores are
/// boxes, docks stand in a frame, stations have a mast, what only stands there is a pair of brackets or a lozenge.
pub fn site(
    sheet: &mut Sheet,
    kind: Option<&SiteKind>,
    at: Pos,
    half: f32,
    colour: Colour,
    ground: Colour,
) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let stroke = Stroke::new(colour, (half * 0.26).max(1.1));
    let square = vec![p(-0.95, -0.8), p(0.95, -0.8), p(0.95, 0.8), p(-0.95, 0.8)];
    match kind {
        Some(kind) if kind.voids.is_some() || kind.shields > 0 && kind.guards.is_none() => {
            world(sheet, kind, at, half, stroke, ground);
        }
        Some(kind) if kind.guards.is_some() || !kind.weapons.is_empty() => {
            let corners = [
                (-0.95, -0.95),
                (-0.35, -0.55),
                (0.35, -0.55),
                (0.95, -0.95),
                (0.6, 0.0),
                (0.95, 0.95),
                (0.35, 0.55),
                (-0.35, 0.55),
                (-0.95, 0.95),
                (-0.6, 0.0),
                (-0.95, -0.95),
            ];
            sheet.line(corners.map(|(x, y)| p(x, y)).to_vec(), stroke);
        }
        Some(kind) if kind.depot => {
            sheet.polygon(square, ground, Some(stroke));
            if kind.follows > 0 {
                // On wheels: it moves up.
                for x in [-0.5, 0.5] {
                    sheet.circle(p(x, 1.15), half * 0.24, colour, None);
                }
            }
            if kind.repair > 0 && kind.endurance > 1 {
                sheet.line(vec![p(0.0, -0.5), p(0.0, 0.5)], stroke);
                sheet.line(
                    vec![p(-0.55, 0.1), p(-0.3, 0.5), p(0.3, 0.5), p(0.55, 0.1)],
                    stroke,
                );
                sheet.line(vec![p(-0.35, -0.4), p(0.35, -0.4)], stroke);
            } else {
                sheet.line(vec![p(-0.95, -0.15), p(0.95, -0.15)], stroke);
            }
        }
        Some(kind) if kind.track > 0 => {
            sheet.line(vec![p(-0.65, 0.95), p(0.0, -0.5), p(0.65, 0.95)], stroke);
            sheet.line(vec![p(-0.35, 0.35), p(0.35, 0.35)], stroke);
            for (from, to) in [(-50.0, 50.0), (130.0, 230.0_f32)] {
                let points = (0..=6_u8)
                    .map(|i| {
                        let degrees: f32 = from + (to - from) * f32::from(i) / 6.0;
                        let (sin, cos) = degrees.to_radians().sin_cos();
                        p(0.95 * cos, -0.55 + 0.75 * sin)
                    })
                    .collect();
                sheet.line(points, stroke);
            }
        }
        Some(kind) if !kind.meters.is_empty() => {
            sheet.circle(at, half * 0.6, ground, Some(stroke));
            sheet.line(vec![p(-0.95, 0.95), p(0.95, 0.95)], stroke);
        }
        Some(kind) if kind.structure > 0 => {
            for side in [-1.0, 1.0] {
                let bracket = [(0.35, -0.95), (0.9, -0.5), (0.9, 0.5), (0.35, 0.95)];
                sheet.line(bracket.map(|(x, y)| p(side * x, y)).to_vec(), stroke);
            }
        }
        _ => sheet.polygon(
            vec![p(0.0, -1.0), p(0.9, 0.0), p(0.0, 1.0), p(-0.9, 0.0)],
            ground,
            Some(stroke),
        ),
    }
}

/// Crosses out what is destroyed.
pub fn razed(sheet: &mut Sheet, at: Pos, half: f32, colour: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    for (x, y) in [(1.1, 1.1), (1.1, -1.1)] {
        let stroke = Stroke::new(colour, (half * 0.3).max(1.2));
        sheet.line(vec![p(-x, -y), p(x, y)], stroke);
    }
}

/// Stands around what is besieged: four corners that close in on it.
pub fn besieged(sheet: &mut Sheet, at: Pos, half: f32, colour: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let stroke = Stroke::new(colour, (half * 0.22).max(1.0));
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        sheet.line(
            vec![
                p(1.5 * x, 1.05 * y),
                p(1.5 * x, 1.5 * y),
                p(1.05 * x, 1.5 * y),
            ],
            stroke,
        );
    }
}

/// The head of an arrow that comes from one point and ends at another.
pub fn arrow(sheet: &mut Sheet, from: Pos, to: Pos, size: f32, colour: Colour) {
    let length = from.distance(to).max(0.001);
    let (dx, dy) = (
        (to.x - from.x) / length * size,
        (to.y - from.y) / length * size,
    );
    let head = vec![
        to,
        to.by(-dx - dy * 0.55, -dy + dx * 0.55),
        to.by(-dx + dy * 0.55, -dy - dx * 0.55),
    ];
    sheet.polygon(head, colour, None);
}

/// The sign for whoever hears a shot: arcs on either side of it.
pub fn ears(sheet: &mut Sheet, at: Pos, radius: f32, colour: Colour) {
    for (share, width) in [(1.0, 1.6), (1.32, 1.1)] {
        for middle in [0.0, 180.0_f32] {
            let points = (-4..=4_i8)
                .map(|i| {
                    let (sin, cos) = (middle + 9.0 * f32::from(i)).to_radians().sin_cos();
                    at.by(radius * share * cos, radius * share * sin)
                })
                .collect();
            sheet.line(points, Stroke::new(colour, width * sheet.scale));
        }
    }
}

/// The sign for what is asked of somebody: a pennant on its staff, its foot at the point; filled if it is done.
pub fn pennant(sheet: &mut Sheet, at: Pos, half: f32, colour: Colour, ground: Colour, done: bool) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    let stroke = Stroke::new(colour, (half * 0.22).max(1.2));
    sheet.line(
        vec![p(0.0, 0.0), p(0.0, -2.4)],
        Stroke::new(ground, stroke.width + 2.4),
    );
    sheet.line(vec![p(0.0, 0.0), p(0.0, -2.4)], stroke);
    let fill = if done { colour } else { ground };
    sheet.polygon(
        vec![p(0.0, -2.4), p(1.7, -1.75), p(0.0, -1.1)],
        fill,
        Some(stroke),
    );
}

/// The sign for what is cut or lost.
pub fn cut(sheet: &mut Sheet, at: Pos, half: f32, colour: Colour, ground: Colour) {
    let p = |x: f32, y: f32| at.by(half * x, half * y);
    sheet.circle(
        at,
        half * 1.35,
        ground,
        Some(Stroke::new(colour, half * 0.22)),
    );
    for (x, y) in [(0.7, 0.7), (0.7, -0.7)] {
        sheet.line(vec![p(-x, -y), p(x, y)], Stroke::new(colour, half * 0.34));
    }
}
