//! Colours and textures as they are drawn: those that came with the game (`assets/looks`), with what mods lay over them.

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock, PoisonError, RwLock,
        atomic::{AtomicU32, Ordering},
    },
};

use super::scene::Colour;
use crate::content::{self, Looks, Tint};
pub use crate::content::{Look, Texture};

impl Look {
    /// Its colours, as they are now.
    pub fn palette(self) -> &'static Palette {
        in_use()
            .palettes
            .get(&self)
            .expect("invariant: the shipped palettes name every look")
    }
}

/// The colours of a look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Palette {
    /// Ink blue-black.
    pub ground: Colour,
    /// The light below the chart.
    pub glow: Colour,
    /// Panels, one shade above the ground.
    pub panel: Colour,
    /// Borders, the net of the chart.
    pub hairline: Colour,
    /// Warm off-white.
    pub text: Colour,
    /// What is said second.
    pub dim: Colour,
    /// What is written on a solid counter.
    pub ink: Colour,
    /// Ways.
    pub lane: Colour,
    /// The irreplaceable reserve alone.
    pub gold: Colour,
    /// Loss and cut supply.
    pub loss: Colour,
    /// What wants attention.
    pub attention: Colour,
    /// Hues of sides, in the order of their names; begun again when they run out.
    pub sides: Vec<Colour>,
}

impl Palette {
    fn of(palette: &content::Palette) -> Self {
        let colour = |Tint([r, g, b]): Tint| Colour::new(r, g, b);
        Self {
            ground: colour(palette.ground),
            glow: colour(palette.glow),
            panel: colour(palette.panel),
            hairline: colour(palette.hairline),
            text: colour(palette.text),
            dim: colour(palette.dim),
            ink: colour(palette.ink),
            lane: colour(palette.lane),
            gold: colour(palette.gold),
            loss: colour(palette.loss),
            attention: colour(palette.attention),
            sides: palette.sides.iter().copied().map(colour).collect(),
        }
    }
    /// The hue of the side that stands there in the order of names.
    pub fn side(&self, index: usize) -> Colour {
        self.sides
            .get(index % self.sides.len().max(1))
            .copied()
            .unwrap_or(self.dim)
    }
}

/// How this terrain is drawn; none: as nothing.
pub fn texture(terrain: &str) -> Option<Texture> {
    in_use().looks.textures.get(terrain).copied()
}

/// Looks as they are drawn.
struct Drawn {
    looks: Looks,
    palettes: BTreeMap<Look, Palette>,
}

/// What is drawn with now. Whoever draws holds on to it for longer than a lock may be held, so what it was before is kept
/// for as long as the process runs: a few hundred bytes each time somebody changes it.
static DRAWN: LazyLock<RwLock<&'static Drawn>> =
    LazyLock::new(|| RwLock::new(made(Looks::shipped())));

fn in_use() -> &'static Drawn {
    *DRAWN.read().unwrap_or_else(PoisonError::into_inner)
}

/// How often looks have changed.
static EDITION: AtomicU32 = AtomicU32::new(0);

/// Draws like this from now on, everywhere; false, if it was drawn so already, or not every look is among them.
pub fn take_over(looks: &Looks) -> bool {
    let is_whole = Look::ALL
        .iter()
        .all(|look| looks.palettes.contains_key(look));
    if !is_whole || in_use().looks == *looks {
        return false;
    }
    *DRAWN.write().unwrap_or_else(PoisonError::into_inner) = made(looks.clone());
    EDITION.fetch_add(1, Ordering::Relaxed);
    true
}

/// How often looks have been taken over: what was drawn in an earlier edition is to be drawn anew.
pub fn edition() -> u32 {
    EDITION.load(Ordering::Relaxed)
}

fn made(looks: Looks) -> &'static Drawn {
    let palettes = looks
        .palettes
        .iter()
        .map(|(look, palette)| (*look, Palette::of(palette)));
    Box::leak(Box::new(Drawn {
        palettes: palettes.collect(),
        looks,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_can_be_read() {
        for look in Look::ALL {
            let palette = look.palette();
            for below in [palette.ground, palette.panel] {
                assert!(palette.text.contrast(below) >= 7.0, "{look:?}");
                assert!(palette.dim.contrast(below) >= 4.5, "{look:?}");
            }
            for side in &palette.sides {
                assert!(side.contrast(palette.ground) >= 4.5, "{look:?} {side:?}");
                assert!(side.contrast(palette.ink) >= 4.5, "{look:?} {side:?}");
            }
        }
        assert_eq!(texture("open"), None);
        assert!(texture("shoal").is_some());
    }

    /// How colours look to all eyes: with all cones, and without those for red, green or blue (G. M. Machado et
    /// al., "A physiologically-based model for simulation of color vision deficiency", 2009), linear light.
    const EYES: [(&str, [[f32; 3]; 3]); 4] = [
        (
            "all cones",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    /// CIE Lab (white D65) of a colour as these eyes see it.
    fn seen(colour: Colour, eyes: &[[f32; 3]; 3]) -> [f32; 3] {
        let linear = [colour.r, colour.g, colour.b].map(|v| {
            let v = f32::from(v) / 255.0;
            if v <= 0.040_45 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        });
        let dot = |row: &[f32; 3], v: &[f32; 3]| row.iter().zip(v).map(|(a, b)| a * b).sum::<f32>();
        let light = eyes.map(|row| dot(&row, &linear).clamp(0.0, 1.0));
        let part = |row: [f32; 3], white: f32| {
            let t = dot(&row, &light) / white;
            if t > 0.008_856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        };
        let x = part([0.4124, 0.3576, 0.1805], 0.9505);
        let y = part([0.2126, 0.7152, 0.0722], 1.0);
        let z = part([0.0193, 0.1192, 0.9505], 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn apart(a: Colour, b: Colour, least: f32, what: &str) {
        for (name, eyes) in &EYES {
            let (a, b) = (seen(a, eyes), seen(b, eyes));
            let distance = a
                .iter()
                .zip(b)
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f32>()
                .sqrt();
            assert!(distance >= least, "{what}: {distance} apart with {name}");
        }
    }

    #[test]
    fn no_two_sides_look_alike_to_any_eyes() {
        for look in Look::ALL {
            let palette = look.palette();
            for (i, a) in palette.sides.iter().enumerate() {
                for (j, b) in palette.sides.iter().enumerate().skip(i + 1) {
                    let least = if j < 4 { 20.0 } else { 10.0 };
                    apart(*a, *b, least, &format!("{look:?}, sides {i} and {j}"));
                }
            }
        }
    }

    #[test]
    fn no_two_marks_look_alike_to_any_eyes() {
        for look in Look::ALL {
            let palette = look.palette();
            let marks = [palette.loss, palette.attention, palette.gold];
            for (i, a) in marks.iter().enumerate() {
                for b in &marks[i + 1..] {
                    apart(*a, *b, 20.0, &format!("{look:?}, marks"));
                }
                for side in palette.sides.iter().take(4) {
                    apart(*a, *side, 14.0, &format!("{look:?}, mark {i} and {side:?}"));
                }
            }
        }
    }

    #[test]
    fn colours_differ_to_those_who_see_them() {
        let (red, green) = (Colour::new(200, 60, 40), Colour::new(110, 110, 40));
        let far = |eyes: &[[f32; 3]; 3]| {
            let (a, b) = (seen(red, eyes), seen(green, eyes));
            a.iter()
                .zip(b)
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f32>()
                .sqrt()
        };
        assert!(far(&EYES[0].1) > 60.0 && far(&EYES[2].1) < 25.0);
    }
}
