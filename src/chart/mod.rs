//! The chart: what one seat knows, as shapes, symbols and labels that never touch. No renderer and no window: the
//! `render` command and the window draw the same [`Scene`], so they show the same map.
//!
//! Equal views, cameras and options give equal scenes. The ground, dust and stars come from hashes of places, not
//! from chance.

mod camera;
mod draw;
#[cfg(feature = "chart")]
pub mod font;
mod grid;
pub mod ground;
mod noise;
mod palette;
#[cfg(feature = "chart")]
mod png;
mod scene;
mod svg;
#[cfg(test)]
mod tests;
mod text;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

pub use camera::Camera;
pub use draw::{film, hatches, opens, outline, targets::Target};
pub use grid::Grid;
pub use palette::{Look, Palette, edition, take_over};
#[cfg(feature = "chart")]
pub use png::{Pixels, PngError, pixels, png, read_png};
pub use scene::{
    Anchor, Area, Colour, FADE, Form, Pos, Scene, Shape, Stroke, Tag, Text, Weight, glow,
};
pub use svg::svg;
pub use text::width as text_width;

use crate::{
    content::{Key, Sector, Side},
    sim::{order::Order, view::SeatView},
};

/// Who holds which sector; nobody holds the others.
pub type Held = BTreeMap<Key<Sector>, Key<Side>>;

/// What is laid over the map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// Lines of supply with their load, weak places and cuts.
    Supply,
    /// How far guns reach: the selected force's, or all own ones; and what known enemies may reach at most.
    Reach,
    /// How old the sight of each place is, and how well each contact is known.
    Knowledge,
    /// Who holds what.
    Control,
    /// Where what is asked is to be done, and what scores where.
    Objectives,
}

impl Overlay {
    /// All overlays.
    pub const ALL: [Overlay; 6] = [
        Overlay::None,
        Overlay::Supply,
        Overlay::Reach,
        Overlay::Knowledge,
        Overlay::Control,
        Overlay::Objectives,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Overlay::None => "none",
            Overlay::Supply => "supply",
            Overlay::Reach => "reach",
            Overlay::Knowledge => "knowledge",
            Overlay::Control => "control",
            Overlay::Objectives => "objectives",
        }
    }
}

impl std::str::FromStr for Overlay {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Overlay::ALL
            .into_iter()
            .find(|o| o.name() == text)
            .ok_or_else(|| {
                let names = Overlay::ALL.map(Overlay::name).join(", ");
                format!("there is no overlay `{text}`; there are {names}")
            })
    }
}

/// How the chart is to be drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Options {
    /// What is laid over it.
    pub overlay: Overlay,
    /// Which colours.
    pub look: Look,
    /// What is selected: ringed, its marches and reach shown.
    pub selected: Option<Tag>,
    /// What the pointer is on: its stack fans out.
    pub hover: Option<Tag>,
    /// Size of type and symbols; 0.5 to 4, 1 is normal.
    pub scale: f32,
    /// Whether last turn's salvos are drawn as arcs.
    pub show_salvos: bool,
    /// Whether a frame and a title block are drawn in the picture.
    pub legend: bool,
    /// What the title block is headed with: the scenario's title.
    pub title: String,
    /// Orders given this turn and not yet carried out: marches and fire are drawn as intended.
    pub pending: Vec<Order>,
    /// What may be chosen for the order about to be given.
    pub targets: Vec<Target>,
    /// Own forces that are selected beside the first.
    pub also: Vec<Tag>,
    /// What a guide points at.
    pub marked: Vec<Tag>,
    /// Forces that still follow the record that was entered.
    pub following: BTreeSet<Tag>,
    /// Who holds what in another line of the war: what differs stands out, and nothing else of who holds what does.
    pub held_there: Option<Arc<Held>>,
    /// How much of the picture lies out of sight on each side, pixels: what may be put anywhere is put within.
    pub margin: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            overlay: Overlay::None,
            look: Look::Normal,
            selected: None,
            hover: None,
            scale: 1.0,
            show_salvos: true,
            legend: false,
            title: String::new(),
            pending: Vec::new(),
            targets: Vec::new(),
            also: Vec::new(),
            marked: Vec::new(),
            following: BTreeSet::new(),
            held_there: None,
            margin: 0.0,
        }
    }
}

/// The chart of what one seat knows, as the camera sees it.
pub fn scene(view: &SeatView, camera: &Camera, options: &Options) -> Scene {
    draw::chart(view, camera, options)
}

/// One picture of a turn's film, to be laid over the chart of those who stand still, on which this is to be seen.
/// Of the options it heeds look and scale.
pub fn film_scene(
    camera: &Camera,
    options: &Options,
    frame: &film::Frame,
    chart: &film::Below,
) -> film::Played {
    film::scene(camera, options, frame, chart)
}
