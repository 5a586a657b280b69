//! Worlds: the ground on which a war is fought where it is fought on one. A disc with its relief in grain and a rim of air,
//! over the stars and below all that is done there.

use std::f32::consts::TAU;

use super::{Sheet, ground::scatter};
use crate::chart::{
    ground::relief,
    scene::{Pos, Stroke},
};

/// Corners of a disc: its edge is as good as round, however near.
const CORNERS: usize = 720;
/// Pixels of the finest cells in which a speck of relief may lie.
const CELL: f32 = 6.0;
/// Chart units from fold to fold of the relief; on small worlds less.
const FOLD: f32 = 130.0;
/// Pixels beside the picture that are drawn as well.
const BESIDE: f32 = 8.0;
/// A world that is smaller on the screen, pixels, is a disc and nothing else.
const SMALL: f32 = 24.0;

/// A world as the camera sees it.
#[derive(Clone, Copy, Debug)]
pub struct Disc {
    centre: Pos,
    radius: f32,
}

impl Disc {
    /// Whether a point of the picture lies on it.
    pub fn covers(&self, at: Pos) -> bool {
        (at.x - self.centre.x).hypot(at.y - self.centre.y) < self.radius
    }
}

/// The worlds of the map.
pub fn discs(sheet: &Sheet) -> Vec<Disc> {
    let worlds = sheet.view.map.worlds.iter();
    worlds
        .map(|world| Disc {
            centre: sheet
                .camera
                .to_screen((world.at.0 as f32, world.at.1 as f32)),
            radius: world.radius as f32 * sheet.camera.zoom,
        })
        .collect()
}

/// Draws them.
pub fn draw(sheet: &mut Sheet, discs: &[Disc]) {
    for disc in discs {
        let rim = rim(disc);
        let inside = clipped(&rim, sheet.camera.size);
        if inside.len() < 3 {
            continue;
        }
        let palette = sheet.palette;
        let soil = palette.ground.toward(palette.text, 0.055);
        sheet.polygon(inside, soil, None);
        air(sheet, disc, &rim);
    }
    specks(sheet, discs);
}

/// Points of a disc's edge.
fn rim(disc: &Disc) -> Vec<Pos> {
    let corner = |i: usize| {
        let (sin, cos) = (i as f32 / CORNERS as f32 * TAU).sin_cos();
        let (x, y) = (disc.radius * cos, disc.radius * sin);
        Pos::new(disc.centre.x + x, disc.centre.y + y)
    };
    (0..CORNERS).map(corner).collect()
}

/// What of a convex shape lies in the picture: cut off at each of its four edges in turn.
fn clipped(shape: &[Pos], (width, height): (f32, f32)) -> Vec<Pos> {
    // How far inside an edge a point lies.
    let edges: [&dyn Fn(&Pos) -> f32; 4] = [
        &|p| p.x + BESIDE,
        &|p| width + BESIDE - p.x,
        &|p| p.y + BESIDE,
        &|p| height + BESIDE - p.y,
    ];
    let mut shape = shape.to_vec();
    for inside in edges {
        let mut kept = Vec::with_capacity(shape.len() + 2);
        for (index, to) in shape.iter().enumerate() {
            let from = &shape[(index + shape.len() - 1) % shape.len()];
            let (before, after) = (inside(from), inside(to));
            if (before < 0.0) != (after < 0.0) {
                let t = before / (before - after);
                kept.push(Pos::new(
                    from.x + (to.x - from.x) * t,
                    from.y + (to.y - from.y) * t,
                ));
            }
            if after >= 0.0 {
                kept.push(*to);
            }
        }
        shape = kept;
        if shape.is_empty() {
            break;
        }
    }
    shape
}

/// The thin light around a world, where it can be seen.
fn air(sheet: &mut Sheet, disc: &Disc, rim: &[Pos]) {
    let (width, height) = sheet.camera.size;
    let near =
        |p: &Pos| (-40.0..=width + 40.0).contains(&p.x) && (-40.0..=height + 40.0).contains(&p.y);
    let glow = sheet.palette.glow.toward(sheet.palette.text, 0.25);
    let bands = match disc.radius < SMALL {
        true => &[(1.2, 0.5)][..],
        false => &[(9.0, 0.10), (4.5, 0.16), (1.4, 0.55)][..],
    };
    let closed = rim.iter().chain(rim.first());
    let mut arcs: Vec<Vec<Pos>> = vec![Vec::new()];
    for point in closed {
        match near(point) {
            true => arcs.last_mut().into_iter().for_each(|arc| arc.push(*point)),
            false => arcs.push(Vec::new()),
        }
    }
    for arc in arcs.into_iter().filter(|arc| arc.len() > 1) {
        for (wide, opacity) in bands {
            let stroke = Stroke::new(glow.faint(*opacity), wide * sheet.scale.max(1.0));
            sheet.line(arc.clone(), stroke);
        }
    }
}

/// The relief: specks, thick where the ground folds.
fn specks(sheet: &mut Sheet, discs: &[Disc]) {
    let large = discs.iter().filter(|disc| disc.radius >= SMALL);
    let large: Vec<Disc> = large.copied().collect();
    if large.is_empty() {
        return;
    }
    let zoom = sheet.camera.zoom;
    let sizes = [(0.7, 0.17), (0.8, 0.27), (0.95, 0.40)];
    scatter(sheet, (CELL, 2), sizes, 0.2, |speck| {
        let disc = large.iter().find(|disc| disc.covers(speck.seen))?;
        // Small worlds have small mountains.
        let fold = FOLD.min(disc.radius / zoom * 0.8);
        let height = relief(speck.at.0 / fold, speck.at.1 / fold);
        if (speck.grain)(0) > height * 0.9 {
            return None;
        }
        Some(match height {
            h if h > 0.72 => 2,
            h if h > 0.4 => 1,
            _ => 0,
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (f32, f32) = (800.0, 600.0);

    fn seen(centre: (f32, f32), radius: f32) -> Vec<Pos> {
        let disc = Disc {
            centre: Pos::new(centre.0, centre.1),
            radius,
        };
        clipped(&rim(&disc), SIZE)
    }

    /// Of a shape whose corners go round one way.
    fn area(shape: &[Pos]) -> f32 {
        let next = shape.iter().cycle().skip(1);
        let cross = shape.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y);
        cross.sum::<f32>().abs() / 2.0
    }

    #[test]
    fn a_world_is_cut_off_at_the_edges_of_the_picture() {
        let (wide, high) = (SIZE.0 + 2.0 * BESIDE, SIZE.1 + 2.0 * BESIDE);
        let all = seen((300.0, 200.0), 50_000.0);
        assert!(
            (area(&all) / (wide * high) - 1.0).abs() < 0.001,
            "all of it"
        );
        let half = seen((400.0, 300.0 + 50_000.0), 50_000.0);
        let share = area(&half) / (wide * high);
        assert!((0.47..0.5).contains(&share), "below a horizon: {share}");
        let whole = seen((400.0, 300.0), 100.0);
        assert!((area(&whole) / (100.0 * 100.0 * TAU / 2.0) - 1.0).abs() < 0.001);
        assert!(seen((-500.0, 300.0), 100.0).is_empty(), "out of sight");
    }
}
