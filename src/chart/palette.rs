//! Colours and textures, read from the looks that come with the game (`assets/looks`).

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize};

use super::scene::Colour;

/// Which set of colours. The grammar stays the same: only the set changes.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum Look {
    /// For most.
    #[default]
    Normal,
    /// Okabe and Ito's own hues.
    ColourBlind,
    /// White on black.
    HighContrast,
}

impl Look {
    /// All looks.
    pub const ALL: [Look; 3] = [Look::Normal, Look::ColourBlind, Look::HighContrast];

    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        PALETTES
            .get(&self)
            .expect("invariant: the shipped palettes name every look")
    }
}

/// The colours of a look.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Ink blue-black.
    #[serde(deserialize_with = "hex")]
    pub ground: Colour,
    /// The light below the chart.
    #[serde(deserialize_with = "hex")]
    pub glow: Colour,
    /// Panels, one shade above the ground.
    #[serde(deserialize_with = "hex")]
    pub panel: Colour,
    /// Borders, the net of the chart.
    #[serde(deserialize_with = "hex")]
    pub hairline: Colour,
    /// Warm off-white.
    #[serde(deserialize_with = "hex")]
    pub text: Colour,
    /// What is said second.
    #[serde(deserialize_with = "hex")]
    pub dim: Colour,
    /// What is written on a solid counter.
    #[serde(deserialize_with = "hex")]
    pub ink: Colour,
    /// Ways.
    #[serde(deserialize_with = "hex")]
    pub lane: Colour,
    /// The irreplaceable reserve alone.
    #[serde(deserialize_with = "hex")]
    pub gold: Colour,
    /// Loss and cut supply.
    #[serde(deserialize_with = "hex")]
    pub loss: Colour,
    /// What wants attention.
    #[serde(deserialize_with = "hex")]
    pub attention: Colour,
    /// Hues of sides, in the order of their names; begun again when they run out.
    #[serde(deserialize_with = "hexes")]
    pub sides: Vec<Colour>,
}

impl Palette {
    /// The hue of the side that stands there in the order of names.
    pub fn side(&self, index: usize) -> Colour {
        self.sides
            .get(index % self.sides.len().max(1))
            .copied()
            .unwrap_or(self.dim)
    }
}

/// How a kind of terrain is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum Texture {
    /// A net drawn toward the middle.
    BentGrid,
    /// Dots and rocks within a danger line.
    Stipple,
    /// Lines of equal fury.
    Contours,
    /// Short strokes without order.
    Noise,
}

/// How this terrain is drawn; none: as nothing.
pub fn texture(terrain: &str) -> Option<Texture> {
    TEXTURES.get(terrain).copied()
}

static PALETTES: LazyLock<BTreeMap<Look, Palette>> = LazyLock::new(|| {
    ron::from_str(include_str!("../../assets/looks/palettes.ron"))
        .expect("invariant: the shipped palettes are read")
});
static TEXTURES: LazyLock<BTreeMap<String, Texture>> = LazyLock::new(|| {
    ron::from_str(include_str!("../../assets/looks/terrain.ron"))
        .expect("invariant: the shipped textures are read")
});

fn parse(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some(Colour::new(r, g, b))
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Colour, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text)
        .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no colour like #0a111c")))
}

fn hexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Colour>, D::Error> {
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|t| {
            parse(t)
                .ok_or_else(|| serde::de::Error::custom(format!("`{t}` is no colour like #0a111c")))
        })
        .collect()
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
}
