//! The chart, layer by layer, back to front.

mod apart;
mod cells;
mod control;
mod counters;
mod dots;
mod drift;
pub mod film;
mod front;
mod goals;
mod ground;
mod labels;
mod lanes;
mod legend;
mod marches;
mod overlays;
mod piles;
mod places;
mod room;
mod spots;
mod stands;
mod supply;
mod symbols;
pub mod targets;
mod terrain;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use labels::{Caption, Note, Rank};
use room::{Places, Taken, Ways};

pub use {apart::outline, control::hatches, counters::opens};

use super::{
    Camera, Options,
    palette::Palette,
    scene::{Area, Colour, Form, Pos, Scene, Shape, Stroke, Tag, Text},
};
use crate::{
    content::{Key, Sector, Side},
    sim::{state::Place, view::SeatView},
};

/// Farther out of the picture than this a place is of no matter to what stands at another, pixels.
const APART: f32 = 400.0;

/// The name under which `Sim::referee_view` gives the truth.
const REFEREE: &str = "referee";

/// Draws everything.
pub fn chart(view: &SeatView, camera: &Camera, options: &Options) -> Scene {
    let mut sheet = Sheet::new(view, camera, options);
    let block = options.legend.then(|| legend::block(&sheet));
    if let Some(block) = block {
        sheet.field = sheet.field.grown(-legend::BAND * sheet.scale - 3.0);
        sheet.taken.push(block.grown(4.0));
    }
    sheet.ways = overlays::ways(&sheet);
    ground::draw(&mut sheet);
    match &options.held_there {
        Some(there) => apart::draw(&mut sheet, there),
        None => control::draw(&mut sheet),
    }
    terrain::draw(&mut sheet);
    overlays::below(&mut sheet);
    lanes::draw(&mut sheet);
    marches::marches(&mut sheet);
    if options.show_salvos {
        marches::last_turn(&mut sheet);
    }
    marches::aims(&mut sheet);
    places::draw(&mut sheet);
    counters::draw(&mut sheet);
    overlays::above(&mut sheet);
    targets::draw(&mut sheet);
    labels::draw(&mut sheet);
    if let Some(block) = block {
        legend::frame(&mut sheet);
        legend::draw(&mut sheet, block);
    }
    Scene {
        size: camera.size,
        shapes: sheet.shapes,
    }
}

/// The sheet on which the layers draw.
pub struct Sheet<'a> {
    /// What is known.
    pub view: &'a SeatView,
    /// From where it is seen.
    pub camera: &'a Camera,
    /// How it is to be drawn.
    pub options: &'a Options,
    /// With which colours.
    pub palette: &'static Palette,
    /// Size of type and symbols.
    pub scale: f32,
    /// The usual distance between neighbours, chart units.
    pub stride: f32,
    /// Where the sectors lie, pixels.
    pub at: BTreeMap<&'a Key<Sector>, Pos>,
    /// How far the nearest place lies to which a way leads from each, pixels.
    near: BTreeMap<&'a Key<Sector>, f32>,
    /// The same, to ask which is nearest.
    pub places: Places,
    /// Where words may stand.
    pub field: Area,
    /// Places with a ring around them, off which names keep.
    pub ringed: BTreeSet<&'a Key<Sector>>,
    /// Ways as pieces of line, pixels.
    pub ways: Ways,
    /// Words that ask for a place.
    pub notes: Vec<Note>,
    /// Words that ask for a place on a ring.
    pub captions: Vec<Caption>,
    /// Where nothing more may be written.
    pub taken: Taken,
    /// What the counters beside a sector fill.
    pub beside: BTreeMap<Key<Sector>, Area>,
    /// What is drawn so far.
    pub shapes: Vec<Shape>,
}

impl<'a> Sheet<'a> {
    fn new(view: &'a SeatView, camera: &'a Camera, options: &'a Options) -> Self {
        let map = &*view.map;
        let at: BTreeMap<_, _> = map
            .sectors
            .iter()
            .map(|(key, s)| (key, camera.to_screen((s.at.0 as f32, s.at.1 as f32))))
            .collect();
        let seen = Area::from(Pos::default(), camera.size.0, camera.size.1).grown(APART);
        let places = at.values().copied().filter(|at| seen.contains(*at));
        let places = places.collect();
        let scale = if options.scale.is_finite() {
            options.scale.clamp(0.5, 4.0)
        } else {
            1.0
        };
        Self {
            view,
            camera,
            options,
            palette: options.look.palette(),
            scale,
            stride: stride(view),
            near: near(view, &at),
            at,
            places,
            field: Area::from(Pos::default(), camera.size.0, camera.size.1),
            ringed: BTreeSet::new(),
            ways: Ways::default(),
            notes: Vec::new(),
            captions: Vec::new(),
            taken: Taken::default(),
            beside: BTreeMap::new(),
            shapes: Vec::new(),
        }
    }

    /// The hue of a side.
    pub fn hue(&self, side: &Key<Side>) -> Colour {
        self.palette.side(self.rank(side))
    }

    /// Where a side stands in the order of names.
    pub fn rank(&self, side: &Key<Side>) -> usize {
        self.view
            .sides
            .keys()
            .position(|s| s == side)
            .unwrap_or(self.view.sides.len())
    }

    /// Pixels between neighbours as a rule, at this zoom: what detail there is room for.
    pub fn room(&self) -> f32 {
        self.stride * self.camera.zoom / self.scale
    }

    /// Pixels between a place and its nearest neighbour, at this zoom. On a map of several scales places far apart have room
    /// while others are still one knot.
    pub fn room_at(&self, place: &Key<Sector>) -> f32 {
        self.near.get(place).copied().unwrap_or(f32::MAX) / self.scale
    }

    /// Where a force stands, pixels; none if the map lacks the place.
    pub fn place(&self, place: &Place) -> Option<Pos> {
        match place {
            Place::Sector(sector) => self.at.get(sector).copied(),
            Place::Lane {
                from,
                to,
                done,
                length,
                ..
            } => {
                let share = if *length > 0 {
                    *done as f32 / *length as f32
                } else {
                    0.5
                };
                Some(
                    self.at
                        .get(from)?
                        .toward(*self.at.get(to)?, share.clamp(0.0, 1.0)),
                )
            }
        }
    }

    /// Whether this is the truth rather than what a seat knows.
    pub fn referee(&self) -> bool {
        self.view.seat.as_str() == REFEREE
    }

    /// Whether anything within so many pixels of this point can be seen.
    pub fn sees(&self, at: Pos, margin: f32) -> bool {
        let (width, height) = self.camera.size;
        (-margin..=width + margin).contains(&at.x) && (-margin..=height + margin).contains(&at.y)
    }

    /// Draws a line.
    pub fn line(&mut self, points: Vec<Pos>, stroke: Stroke) {
        self.tagged(Form::Polyline { points, stroke }, None);
    }

    /// Draws a convex shape.
    pub fn polygon(&mut self, points: Vec<Pos>, fill: Colour, stroke: Option<Stroke>) {
        self.tagged(
            Form::Polygon {
                points,
                fill,
                stroke,
            },
            None,
        );
    }

    /// Draws a circle.
    pub fn circle(&mut self, centre: Pos, radius: f32, fill: Colour, stroke: Option<Stroke>) {
        self.tagged(
            Form::Circle {
                centre,
                radius,
                fill,
                stroke,
            },
            None,
        );
    }

    /// Strews specks.
    pub fn grain(&mut self, points: Vec<Pos>, radius: f32, colour: Colour) {
        if !points.is_empty() {
            self.tagged(
                Form::Grain {
                    points,
                    radius,
                    colour,
                },
                None,
            );
        }
    }

    /// Writes a text; whether there is room is the caller's business.
    pub fn text(&mut self, text: Text, tag: Option<Tag>) {
        self.tagged(Form::Text(text), tag);
    }

    /// Draws a shape that stands for something.
    pub fn tagged(&mut self, form: Form, tag: Option<Tag>) {
        self.shapes.push(Shape { form, tag });
    }
}

/// How far the nearest of its neighbours lies from each place, pixels.
fn near<'a>(
    view: &'a SeatView,
    at: &BTreeMap<&'a Key<Sector>, Pos>,
) -> BTreeMap<&'a Key<Sector>, f32> {
    let mut near: BTreeMap<&Key<Sector>, f32> = BTreeMap::new();
    for lane in view.map.lanes.values() {
        let (one, other) = (&lane.ends.0, &lane.ends.1);
        let (Some(from), Some(to)) = (at.get(one), at.get(other)) else {
            continue;
        };
        let far = from.distance(*to);
        for end in [one, other] {
            let least = near.entry(end).or_insert(far);
            *least = least.min(far);
        }
    }
    near
}

/// The median distance between the ends of a lane, chart units; 100 without lanes.
fn stride(view: &SeatView) -> f32 {
    let sectors = &view.map.sectors;
    let at = |key: &Key<Sector>| sectors.get(key).map(|s| (s.at.0 as f32, s.at.1 as f32));
    let length = |(a, b): &(Key<Sector>, Key<Sector>)| {
        let (a, b) = (at(a)?, at(b)?);
        Some((a.0 - b.0).hypot(a.1 - b.1)).filter(|d| *d > 0.0)
    };
    let mut lengths: Vec<f32> = view
        .map
        .lanes
        .values()
        .filter_map(|l| length(&l.ends))
        .collect();
    lengths.sort_by(f32::total_cmp);
    lengths.get(lengths.len() / 2).copied().unwrap_or(100.0)
}
