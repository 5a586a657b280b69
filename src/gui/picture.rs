//! The picture of the map, kept from frame to frame. It is made a little larger than its room, so that panning only
//! shifts it; what takes longer than a frame is made on another thread, and until it is there the last one is shown,
//! shifted and scaled to where the camera looks now.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use bevy_egui::egui::{
    Context, Pos2, Rect, Shape, Vec2,
    epaint::{Mesh, Vertex},
};

use super::{
    minimap,
    paint::{self, Piece},
    theme, wake,
};
use crate::{
    chart::{self, Camera, Form, Grid, Pos, Scene, Tag},
    sim::view::SeatView,
};

/// Points that a picture is larger than its room, on each side.
pub const MARGIN: f32 = 160.0;
/// What may be made within a frame.
const QUICK: Duration = Duration::from_millis(3);

/// What a picture was made of, or is to be made of.
#[derive(Clone)]
struct Order {
    view: Arc<SeatView>,
    /// With the margin.
    camera: Camera,
    options: Arc<chart::Options>,
    letters: Letters,
}

/// Which sheet of letters words were cut from, and which colours and textures there were.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Letters {
    looks: u32,
    size: [usize; 2],
    /// Points a pixel; and how often the sheet was begun anew.
    scale: f32,
    begun: u32,
}

struct Made {
    of: Order,
    scene: Scene,
    grid: Grid,
    pieces: Vec<Piece>,
    took: Duration,
}

/// The picture last made, and the one being made.
#[derive(Default)]
pub struct Picture {
    made: Option<Made>,
    due: Option<Mutex<mpsc::Receiver<Made>>>,
    drawn: Option<Drawn>,
    letters: Letters,
    fill: f32,
    opening: Option<Opening>,
    /// The small map beside it.
    pub small: minimap::Kept,
}

/// Whether the stack under the pointer opened when that was last asked.
struct Opening {
    view: Arc<SeatView>,
    zoom: f32,
    scale: f32,
    tag: Tag,
    opens: bool,
}

/// The picture as it was last put on the screen.
struct Drawn {
    place: Place,
    room: Rect,
    hidden: BTreeSet<Tag>,
    /// Pieces that are words and make way for the plate.
    beneath: Vec<usize>,
    shapes: Vec<Shape>,
}

/// Which words of the picture stand aside for something else.
#[derive(Clone, Copy, Default)]
pub struct Aside<'a> {
    /// The names of these.
    pub names: Option<&'a BTreeSet<Tag>>,
    /// Whatever lies here, on the screen.
    pub plate: Option<Rect>,
}

/// Where a point of the picture lies on the screen: `at + scale * point`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    at: Pos2,
    scale: f32,
}

impl Place {
    /// Where a part of the picture is shown.
    fn shown(self, area: Rect) -> Rect {
        let to = |at: Pos2| self.at + at.to_vec2() * self.scale;
        Rect::from_min_max(to(area.min), to(area.max))
    }

    /// The point of the picture that is shown there.
    fn back(self, at: Pos2) -> Pos {
        let to = (at - self.at) / self.scale;
        Pos::new(to.x, to.y)
    }
}

impl Picture {
    /// Brings the picture up to what is to be seen, as far as that can be done now.
    pub fn look(
        &mut self,
        ctx: &Context,
        view: &Arc<SeatView>,
        camera: &Camera,
        mut options: chart::Options,
    ) {
        self.note_letters(ctx);
        options.margin = MARGIN;
        options.hover = options
            .hover
            .filter(|tag| self.opens(view, camera, options.scale, tag));

        if let Some(mut due) = self.due.take() {
            let answer = due
                .get_mut()
                .map_or(Err(mpsc::TryRecvError::Disconnected), |due| due.try_recv());
            match answer {
                Ok(made) => self.take(made),
                Err(mpsc::TryRecvError::Empty) => self.due = Some(due),
                Err(mpsc::TryRecvError::Disconnected) => {}
            }
        }
        // Words cut from another sheet cannot be read.
        let Some(made) = self.made.as_ref().filter(|m| m.of.letters == self.letters) else {
            let order = self.order(view, camera, options);
            return self.take(make(ctx, order));
        };
        let of = &made.of;
        let is_of = Arc::ptr_eq(&of.view, view)
            && of.camera.zoom == camera.zoom
            && of.camera.size == inflated(camera).size
            && *of.options == options;
        let shift = of.camera.to_screen(camera.centre);
        let shift = Vec2::new(
            shift.x - of.camera.size.0 / 2.0,
            shift.y - of.camera.size.1 / 2.0,
        );
        let off = shift.x.abs().max(shift.y.abs());
        if is_of && off < MARGIN * 0.6 {
            return;
        }
        let is_new = !Arc::ptr_eq(&of.view.map, &view.map);
        if made.took <= QUICK || is_new {
            let order = self.order(view, camera, options);
            return self.take(make(ctx, order));
        }
        if self.due.is_none() {
            let order = self.order(view, camera, options);
            let (send, due) = mpsc::channel();
            let ctx = ctx.clone();
            thread::spawn(move || {
                // Nobody waits for it any more if the window was closed.
                let _ = send.send(make(&ctx, order));
                wake::now();
            });
            self.due = Some(Mutex::new(due));
        }
    }

    /// Whether the thing under the pointer opens a stack: asked once, then remembered.
    fn opens(&mut self, view: &Arc<SeatView>, camera: &Camera, scale: f32, tag: &Tag) -> bool {
        let is_same = |known: &Opening| {
            Arc::ptr_eq(&known.view, view)
                && known.zoom == camera.zoom
                && known.scale == scale
                && known.tag == *tag
        };
        if let Some(known) = self.opening.as_ref().filter(|known| is_same(known)) {
            return known.opens;
        }
        let opens = chart::opens(view, camera, scale, tag);
        self.opening = Some(Opening {
            view: view.clone(),
            zoom: camera.zoom,
            scale,
            tag: tag.clone(),
            opens,
        });
        opens
    }

    /// Waits for the picture that is being made, if one is; whether one was.
    #[cfg(test)]
    pub fn wait(&mut self) -> bool {
        let due = self.due.take().and_then(|due| due.into_inner().ok());
        let made = due.and_then(|due| due.recv().ok());
        let came = made.is_some();
        made.into_iter().for_each(|made| self.take(made));
        came
    }

    /// Whether a picture is being made.
    pub fn is_due(&self) -> bool {
        self.due.is_some()
    }

    fn take(&mut self, made: Made) {
        self.made = Some(made);
        (self.due, self.drawn) = (None, None);
    }

    fn order(&self, view: &Arc<SeatView>, camera: &Camera, options: chart::Options) -> Order {
        Order {
            view: view.clone(),
            camera: inflated(camera),
            options: Arc::new(options),
            letters: self.letters,
        }
    }

    /// Notes when the sheet of letters is another than before.
    fn note_letters(&mut self, ctx: &Context) {
        let (size, fill) =
            ctx.fonts(|fonts| (fonts.font_image_size(), fonts.font_atlas_fill_ratio()));
        let begun = self.letters.begun
            + u32::from(
                fill < self.fill && size == self.letters.size || size[1] < self.letters.size[1],
            );
        self.fill = fill;
        self.letters = Letters {
            looks: chart::edition(),
            size,
            scale: ctx.pixels_per_point(),
            begun,
        };
    }

    /// What is on the picture as it lies in the room, points from its upper left corner.
    pub fn below(&self, ctx: &Context, camera: &Camera, room: Rect) -> chart::film::Below {
        let Some(made) = &self.made else {
            return chart::film::Below::default();
        };
        let place = made.place(camera, room, ctx.pixels_per_point());
        let corner = place.at - room.min;
        let moved =
            |at: Pos| Pos::new(corner.x + place.scale * at.x, corner.y + place.scale * at.y);
        chart::film::Below::of(&made.scene, moved, place.scale)
    }

    /// What is to be drawn into the room, seen by this camera, without the words that stand aside.
    pub fn shapes(&mut self, ctx: &Context, camera: &Camera, room: Rect, aside: Aside) -> &[Shape] {
        let Some(made) = &self.made else { return &[] };
        let place = made.place(camera, room, ctx.pixels_per_point());
        let Aside { names, plate } = aside;
        let beneath = plate.map_or(Vec::new(), |plate| beneath(&made.pieces, place, plate));
        let is_so = |drawn: &Drawn| {
            let same = names.map_or(drawn.hidden.is_empty(), |names| *names == drawn.hidden);
            same && drawn.place == place && drawn.room == room && drawn.beneath == beneath
        };
        if !self.drawn.as_ref().is_some_and(is_so) {
            self.drawn = None;
        }
        let drawn = self.drawn.get_or_insert_with(|| Drawn {
            place,
            room,
            hidden: names.cloned().unwrap_or_default(),
            shapes: put(&made.pieces, place, room, &made.areas(names), &beneath),
            beneath,
        });
        &drawn.shapes
    }

    /// What was last put on the screen and into which room, as shapes that still know what they say: for whoever reads
    /// the words of the map.
    #[cfg(test)]
    pub fn spelled(&self, ctx: &Context) -> Option<(Rect, &[Shape], Vec<Shape>)> {
        let (made, drawn) = (self.made.as_ref()?, self.drawn.as_ref()?);
        let mut hidden = made.areas(Some(&drawn.hidden));
        let beneath = drawn.beneath.iter().filter_map(|i| made.pieces[*i].word);
        hidden.extend(beneath);
        let (at, room) = (drawn.place.at, drawn.room);
        let shapes = paint::spelled(ctx, &made.scene, at, room, &hidden);
        Some((drawn.room, &drawn.shapes, shapes))
    }

    /// Everything at a point of the screen, foremost first, each once.
    pub fn hits(&self, camera: &Camera, room: Rect, at: Pos2) -> Vec<&Tag> {
        let Some(made) = &self.made else {
            return Vec::new();
        };
        let at = made.place(camera, room, made.of.letters.scale).back(at);
        made.grid.hits(&made.scene, at.x, at.y)
    }

    /// The foremost thing at a point of the screen that is no way.
    pub fn hit(&self, camera: &Camera, room: Rect, at: Pos2) -> Option<&Tag> {
        let made = self.made.as_ref()?;
        let at = made.place(camera, room, made.of.letters.scale).back(at);
        made.grid
            .hit(&made.scene, at.x, at.y, |tag| !matches!(tag, Tag::Lane(_)))
    }
}

impl Made {
    /// Where the names of these are written.
    fn areas(&self, hidden: Option<&BTreeSet<Tag>>) -> Vec<Rect> {
        let hidden = hidden.filter(|hidden| !hidden.is_empty());
        let all = hidden.into_iter().flat_map(|hidden| {
            let names = self.scene.names();
            names.filter(|(_, tag)| hidden.contains(*tag))
        });
        all.map(|(text, _)| paint::area(text)).collect()
    }

    /// Where the picture lies when this camera looks into this room.
    fn place(&self, camera: &Camera, room: Rect, pixels: f32) -> Place {
        let own = &self.of.camera;
        let scale = camera.zoom / own.zoom;
        // The chart's point in the picture's corner, as the camera sees it.
        let corner = camera.to_screen(own.to_chart(Pos::default()));
        let mut at = room.min + Vec2::new(corner.x, corner.y);
        if scale == 1.0 {
            // Letters are sharp on whole pixels alone.
            let whole = |v: f32| (v * pixels).round() / pixels;
            at = Pos2::new(whole(at.x), whole(at.y));
        }
        Place { at, scale }
    }
}

fn inflated(camera: &Camera) -> Camera {
    Camera {
        size: (camera.size.0 + 2.0 * MARGIN, camera.size.1 + 2.0 * MARGIN),
        ..*camera
    }
}

fn make(ctx: &Context, of: Order) -> Made {
    let begun = Instant::now();
    // Another thread has no colours yet.
    theme::look(of.options.look);
    let mut scene = chart::scene(&of.view, &of.camera, &of.options);
    let pieces = paint::cut(ctx, &scene);
    // What is asked for later is what a pointer may mean and what is said; the rest are triangles now.
    let is_asked =
        |shape: &chart::Shape| shape.tag.is_some() || matches!(shape.form, Form::Text(_));
    scene.shapes.retain(is_asked);
    scene.shapes.shrink_to_fit();
    let grid = Grid::new(&scene);
    Made {
        of,
        scene,
        grid,
        pieces,
        took: begun.elapsed(),
    }
}

/// Which pieces are words that touch the plate.
fn beneath(pieces: &[Piece], place: Place, plate: Rect) -> Vec<usize> {
    let touches = |piece: &Piece| {
        piece
            .word
            .is_some_and(|word| plate.intersects(place.shown(word)))
    };
    let all = pieces.iter().enumerate();
    all.filter(|(_, piece)| touches(piece))
        .map(|(index, _)| index)
        .collect()
}

/// The picture's parts where they are to be seen; words that the edge would cut are left out.
fn put(
    pieces: &[Piece],
    place: Place,
    room: Rect,
    hidden: &[Rect],
    beneath: &[usize],
) -> Vec<Shape> {
    // As few meshes as there are changes of texture: each one is an allocation in every frame.
    let mut meshes: Vec<Mesh> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let Some(word) = piece.word {
            let is_aside = hidden.contains(&word) || beneath.contains(&index);
            if is_aside || !room.contains_rect(place.shown(word)) {
                continue;
            }
        }
        let texture = piece.mesh.texture_id;
        if meshes.last().is_none_or(|last| last.texture_id != texture) {
            meshes.push(Mesh::with_texture(texture));
        }
        if let Some(seen) = meshes.last_mut() {
            cut_off(&piece.mesh, place, room, seen);
        }
    }
    let shown = meshes.into_iter().filter(|mesh| !mesh.indices.is_empty());
    let fitted = shown.map(|mut mesh| {
        mesh.vertices.shrink_to_fit();
        mesh.indices.shrink_to_fit();
        Shape::mesh(mesh)
    });
    fitted.collect()
}

/// Adds a mesh where it is to be seen, without the triangles that lie wholly on one side of the room.
fn cut_off(mesh: &Mesh, place: Place, room: Rect, seen: &mut Mesh) {
    const NEW: u32 = u32::MAX;
    let moved = |vertex: &Vertex| place.at + vertex.pos.to_vec2() * place.scale;
    let beside = |at: Pos2| {
        u8::from(at.x < room.min.x)
            | u8::from(at.x > room.max.x) << 1
            | u8::from(at.y < room.min.y) << 2
            | u8::from(at.y > room.max.y) << 3
    };
    let sides: Vec<u8> = mesh.vertices.iter().map(|v| beside(moved(v))).collect();
    let mut kept = vec![NEW; mesh.vertices.len()];
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [
            corners[0] as usize,
            corners[1] as usize,
            corners[2] as usize,
        ];
        if corners.iter().fold(15, |all, corner| all & sides[*corner]) != 0 {
            continue;
        }
        for corner in corners {
            if kept[corner] == NEW {
                kept[corner] = seen.vertices.len() as u32;
                let vertex = &mesh.vertices[corner];
                seen.vertices.push(Vertex {
                    pos: moved(vertex),
                    ..*vertex
                });
            }
            seen.indices.push(kept[corner]);
        }
    }
}
