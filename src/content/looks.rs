//! How the chart looks: colours and textures. No war knows them, and they change no fingerprint; a mod lays its own over
//! those that came with the game.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Diagnostics, Layer, Sources, kind,
    stack::{Read, Stack},
    validate::{self, Check, Known},
};

/// Which set of colours. The grammar stays the same: only the set changes.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
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
}

/// Red, green and blue, as screens mean them, written `"#0a111c"`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, JsonSchema)]
#[schemars(with = "String")]
pub struct Tint(pub [u8; 3]);

impl Tint {
    /// A colour as it is written; none, if it is not.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = value.to_be_bytes();
        Some(Self([r, g, b]))
    }
}

/// The colours of a look. Light is kept for meaning.
#[derive(Clone, PartialEq, Eq, Debug, Default, JsonSchema)]
pub struct Palette {
    /// Ink blue-black.
    pub ground: Tint,
    /// The light below the chart.
    pub glow: Tint,
    /// Panels, one shade above the ground.
    pub panel: Tint,
    /// Borders, the net of the chart.
    pub hairline: Tint,
    /// Warm off-white.
    pub text: Tint,
    /// What is said second.
    pub dim: Tint,
    /// What is written on a solid counter.
    pub ink: Tint,
    /// Ways.
    pub lane: Tint,
    /// The irreplaceable reserve alone.
    pub gold: Tint,
    /// Loss and cut supply.
    pub loss: Tint,
    /// What wants attention.
    pub attention: Tint,
    /// Hues of sides, in the order of their names; begun again when they run out.
    pub sides: Vec<Tint>,
}

/// How a kind of terrain is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, JsonSchema)]
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

/// How everything on the chart looks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Looks {
    /// Colours by look.
    pub palettes: BTreeMap<Look, Palette>,
    /// How terrain is drawn, by id; what is not named is left blank.
    pub textures: BTreeMap<String, Texture>,
}

impl Looks {
    /// Those that came with the game. Nothing else is read for them.
    pub fn shipped() -> Self {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        let wanted = |path: &str| kind::is_content(path) && path.contains("looks/");
        let read = Read::of(&Layer::shipped(), &mut sources, wanted);
        let mut stack = Stack::default();
        stack.lay(0, &read, &mut sources, &mut out);
        let any = Known::new("terrain", [""; 0], false);
        validate::looks(&mut Check::new(&mut out), &stack.draft, &any)
    }
}
