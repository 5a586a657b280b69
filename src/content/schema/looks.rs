//! `looks/palettes.ron`, `looks/terrain.ron`: how the chart is drawn. A later layer names only what it changes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{List, Maybe};

/// Which set of colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
pub(crate) enum Look {
    /// The usual ones.
    Normal,
    /// Okabe and Ito's own hues.
    ColourBlind,
    /// White on black.
    HighContrast,
}

/// How a kind of terrain is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
pub(crate) enum Texture {
    BentGrid,
    Stipple,
    Contours,
    Noise,
    /// As nothing: as open space is.
    Blank,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Palette {
    #[serde(default)]
    pub(crate) ground: Maybe<String>,
    #[serde(default)]
    pub(crate) glow: Maybe<String>,
    #[serde(default)]
    pub(crate) panel: Maybe<String>,
    #[serde(default)]
    pub(crate) hairline: Maybe<String>,
    #[serde(default)]
    pub(crate) text: Maybe<String>,
    #[serde(default)]
    pub(crate) dim: Maybe<String>,
    #[serde(default)]
    pub(crate) ink: Maybe<String>,
    #[serde(default)]
    pub(crate) lane: Maybe<String>,
    #[serde(default)]
    pub(crate) gold: Maybe<String>,
    #[serde(default)]
    pub(crate) loss: Maybe<String>,
    #[serde(default)]
    pub(crate) attention: Maybe<String>,
    #[serde(default)]
    pub(crate) sides: List<String>,
}
