//! What lies below the chart: ink, and a spiral of dust barely lighter than it, as pixels. The spiral is worked out
//! once for a map and a look, from a table of noise; whoever draws the chart stretches it over [`Form::Image`].
//!
//! [`Form::Image`]: super::Form::Image

use std::{
    f32::consts::TAU,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use super::{noise, palette::Look, scene::Colour};
use crate::content::Map;

/// Pixels of an edge of the ground.
pub const EDGE: usize = 768;
/// Pixels between two points at which the slow shape of the spiral is worked out.
const COARSE: usize = 8;
/// An edge of the table of noise; a power of two.
const TABLE: usize = 256;
/// The smaller, the larger the spiral.
const SIZE: f32 = 0.74;
/// Grounds kept: one a look.
const KEPT: usize = 3;

/// Which ground: equal ones have equal pixels.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Id {
    /// In which colours.
    pub look: Look,
    /// How the spiral lies: from the map.
    pub seed: u32,
}

/// Pixels of a ground, row by row from the upper left: red, green, blue and 255 each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Raster {
    /// Pixels of each edge.
    pub edge: usize,
    /// Four bytes a pixel.
    pub pixels: Vec<u8>,
}

/// The ground of a map in a look.
pub fn id(map: &Map, look: Look) -> Id {
    let names: Vec<i64> = map
        .regions
        .keys()
        .map(|key| noise::name(key.as_str()))
        .collect();
    Id {
        look,
        seed: (noise::hash(&names) >> 32) as u32,
    }
}

/// The pixels of a ground, worked out once and kept while it is among the last few asked for.
pub fn shared(id: Id) -> Arc<Raster> {
    static MADE: Mutex<Vec<(Id, Arc<Raster>)>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, raster)) = made.iter().find(|(i, _)| *i == id) {
        return raster.clone();
    }
    let raster = Arc::new(raster(id, EDGE));
    if made.len() >= KEPT {
        made.remove(0);
    }
    made.push((id, raster.clone()));
    raster
}

/// Works the pixels out. Equal ids and edges give equal pixels.
pub fn raster(id: Id, edge: usize) -> Raster {
    let spiral = Spiral::new(id.seed);
    let palette = id.look.palette();
    let (ground, glow) = (channels(palette.ground), channels(palette.glow));
    // The core is old and a little warmer than its arms.
    let warm = channels(palette.glow.toward(palette.text, 0.14));
    let coarse = edge.div_ceil(COARSE) + 1;
    let unit = |pixel: usize| pixel as f32 / edge as f32 * 2.0 - 1.0;
    let slow: Vec<Light> = (0..coarse * coarse)
        .map(|i| spiral.light(unit(i % coarse * COARSE), unit(i / coarse * COARSE)))
        .collect();
    let mut pixels = Vec::with_capacity(edge * edge * 4);
    for row in 0..edge {
        let (above, down) = (row / COARSE, (row % COARSE) as f32 / COARSE as f32);
        let v = unit(row);
        for column in 0..edge {
            let (left, right) = (column / COARSE, (column % COARSE) as f32 / COARSE as f32);
            let corner = above * coarse + left;
            let light = slow[corner].toward(slow[corner + 1], right).toward(
                slow[corner + coarse].toward(slow[corner + coarse + 1], right),
                down,
            );
            let u = unit(column);
            let cloud = spiral.cloud(u, v);
            let dust = light.table + light.core + light.arm * (0.30 + 1.25 * cloud);
            let shade = (1.0 - light.lane * (0.25 + 0.9 * cloud)).max(0.35);
            let bright = (dust * shade).min(0.52);
            // Half a step of grain: no bands in what is nearly black.
            let grain = speck(column, row) - 0.5;
            for ((from, cool), core) in ground.into_iter().zip(glow).zip(warm) {
                let to = cool + (core - cool) * (light.core * 2.0).min(1.0);
                pixels.push(
                    ((from + (to - from) * bright + grain * 1.4).clamp(0.0, 255.0) + 0.5) as u8,
                );
            }
            pixels.push(255);
        }
    }
    Raster { edge, pixels }
}

fn channels(colour: Colour) -> [f32; 3] {
    [colour.r, colour.g, colour.b].map(f32::from)
}

/// How thickly stars lie at a point of the ground (edges at -1 and 1), 0 to 1.
pub fn crowd(spiral: &Spiral, u: f32, v: f32) -> f32 {
    let light = spiral.light(u, v);
    (light.core * 1.2 + light.arm * 2.2).clamp(0.0, 1.0)
}

/// How the ground of a world rises at a point, 0 to 1: long folds, finer ones upon them.
pub fn relief(x: f32, y: f32) -> f32 {
    let fold = |x: f32, y: f32| {
        let ridge = 1.0 - (2.0 * noise2(x, y) - 1.0).abs();
        ridge * ridge
    };
    let bend = noise2(x * 0.6 + 31.0, y * 0.6) * 0.8;
    let high = fold(x + bend, y - bend) * (0.35 + 0.65 * noise2(x * 0.4, y * 0.4 + 17.0));
    let fine = fold(x * 2.7 + 9.0, y * 2.7 - bend);
    smooth((0.70 * high + 0.30 * fine * high.sqrt()) * 1.25)
}

/// The slow part of the light at a point.
#[derive(Clone, Copy)]
struct Light {
    /// The light below the table.
    table: f32,
    /// The core's.
    core: f32,
    /// The arms'.
    arm: f32,
    /// How much dark dust lies before them.
    lane: f32,
}

impl Light {
    fn toward(self, other: Self, t: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        Self {
            table: mix(self.table, other.table),
            core: mix(self.core, other.core),
            arm: mix(self.arm, other.arm),
            lane: mix(self.lane, other.lane),
        }
    }
}

/// How a spiral lies.
#[derive(Clone, Copy, Debug)]
pub struct Spiral {
    core: (f32, f32),
    turn: f32,
    lean: (f32, f32),
    hand: f32,
    shift: f32,
}

impl Spiral {
    /// The spiral of a seed: its core somewhat off the middle, leaning, left- or right-handed.
    pub fn new(seed: u32) -> Self {
        let part = |n: i64| noise::unit(&[i64::from(seed), n]);
        let away = part(0) * TAU;
        let lean = (part(3) - 0.5) * 0.9;
        Self {
            core: (0.20 * away.cos(), 0.13 * away.sin()),
            turn: part(1) * TAU,
            lean: (lean.cos(), lean.sin()),
            hand: if part(2) < 0.5 { 1.0 } else { -1.0 },
            shift: part(4) * 64.0,
        }
    }

    fn light(&self, u: f32, v: f32) -> Light {
        let (x, y) = ((u - self.core.0) * SIZE, (v - self.core.1) * SIZE);
        // Seen a little from the side.
        let (x, y) = (
            x * self.lean.0 + y * self.lean.1,
            (y * self.lean.0 - x * self.lean.1) * 1.35,
        );
        let r = x.hypot(y);
        let warp =
            noise2(u * 3.1 + self.shift, v * 3.1) + 0.5 * noise2(u * 7.0, v * 7.0 + self.shift);
        let winding = (r + 0.04).ln() * 2.5;
        let angle = y.atan2(x) * self.hand + self.turn;
        let phase = 2.0 * (angle - winding) + (warp - 0.75) * 2.0;
        let crest = |p: f32| 0.5 + 0.5 * p.cos();
        let main = crest(phase).powf(2.4);
        let spur = crest(phase * 2.0 + 1.3).powi(2);
        let disc = (-(r / 0.62).powi(2)).exp();
        // Nothing of it reaches the edges.
        let rim = 1.0 - smooth((u.hypot(v) - 0.55) / 0.43);
        Light {
            table: 0.13 * (1.0 - smooth(u.hypot(v * 1.2) / 0.85)) * rim,
            core: 0.36 * (-(r / 0.13).powi(2)).exp() * rim,
            arm: (0.50 * main + 0.11 * spur)
                * disc
                * rim
                * (1.0 - 0.5 * (-(r / 0.1).powi(2)).exp()),
            lane: crest(phase - 1.05).powi(6) * (1.0 - (-(r / 0.12).powi(2)).exp()) * rim * 0.75,
        }
    }

    /// Clouds of dust, 0 to 1.
    fn cloud(&self, u: f32, v: f32) -> f32 {
        let (u, v) = (u + self.shift, v - self.shift);
        let sum = 0.48 * noise2(u * 9.0, v * 9.0)
            + 0.27 * noise2(u * 21.0 + 5.0, v * 21.0)
            + 0.15 * noise2(u * 47.0, v * 47.0 + 9.0)
            + 0.10 * noise2(u * 110.0, v * 110.0);
        smooth((sum - 0.18) / 0.64)
    }
}

/// From 0 to 1 without a corner.
fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

static SPECKS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    (0..(TABLE * TABLE) as i64)
        .map(|i| noise::unit(&[i, 77]))
        .collect()
});

fn speck(column: usize, row: usize) -> f32 {
    SPECKS[(row % TABLE) * TABLE + column % TABLE]
}

/// The whole number below; millions are asked for, and the standard library's is a call.
fn floor(v: f32) -> i32 {
    let whole = v as i32;
    whole - i32::from(v < whole as f32)
}

/// Noise between the specks of the table, 0 to 1.
fn noise2(x: f32, y: f32) -> f32 {
    let (left, above) = (floor(x), floor(y));
    let (right, down) = (smooth(x - left as f32), smooth(y - above as f32));
    // The edge of the table is a power of two: the lower bits count from zero on either side of it.
    let wrap = |v: i32| v as usize & (TABLE - 1);
    let (columns, rows) = (
        (wrap(left), wrap(left + 1)),
        (wrap(above) * TABLE, wrap(above + 1) * TABLE),
    );
    let specks: &[f32] = &SPECKS;
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    mix(
        mix(
            specks[rows.0 + columns.0],
            specks[rows.0 + columns.1],
            right,
        ),
        mix(
            specks[rows.1 + columns.0],
            specks[rows.1 + columns.1],
            right,
        ),
        down,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_grounds_have_equal_pixels_and_end_in_ink() {
        for look in Look::ALL {
            let id = Id { look, seed: 7 };
            let made = raster(id, 96);
            assert_eq!(made, raster(id, 96));
            assert_ne!(made, raster(Id { look, seed: 8 }, 96));
            let ink = channels(look.palette().ground);
            let border =
                (0..96).flat_map(|i| [i * 4, (95 * 96 + i) * 4, i * 96 * 4, (i * 96 + 95) * 4]);
            for at in border {
                for (part, ink) in ink.iter().enumerate() {
                    assert!(
                        (f32::from(made.pixels[at + part]) - ink).abs() <= 2.0,
                        "{look:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_spiral_is_seen_and_outshines_nothing() {
        for look in Look::ALL {
            let palette = look.palette();
            for seed in [1, 20, 300] {
                let made = raster(Id { look, seed }, 128);
                let brightest = made
                    .pixels
                    .chunks_exact(4)
                    .map(|p| Colour::new(p[0], p[1], p[2]))
                    .max_by(|a, b| a.luminance().total_cmp(&b.luminance()))
                    .expect("invariant: a raster has pixels");
                assert!(
                    brightest.luminance() > palette.ground.luminance() + 0.004,
                    "{look:?}"
                );
                assert!(
                    palette.text.contrast(brightest) >= 7.0,
                    "{look:?} {brightest:?}"
                );
                assert!(
                    palette.dim.contrast(brightest) >= 4.5,
                    "{look:?} {brightest:?}"
                );
                for side in &palette.sides {
                    assert!(side.contrast(brightest) >= 3.0, "{look:?} {side:?}");
                }
            }
        }
    }
}
