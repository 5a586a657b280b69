//! What a frame puts on the screen: rows of text with their ink and colours, what lies below and above them, and the
//! tree that a screen reader is given.

use std::collections::BTreeMap;

use bevy_egui::egui::{
    Color32, ColorImage, Context, FullOutput, Id, Pos2, Rect, Shape, TextureId, Vec2,
    accesskit::{self, Action, Role},
    epaint::{Mesh, TessellationOptions, Tessellator, TextShape, Vertex},
};

/// Edge of a cell of the grid of samples, points.
const CELL: f32 = 32.0;
/// How far the rim of a text lies from it at most, points.
const RIM: f32 = 3.0;

/// A row of text as it was painted.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it says.
    pub words: String,
    /// What the whole text says.
    pub whole: String,
    /// Which text it belongs to.
    pub text: usize,
    /// Where it stands among all that was painted, from below.
    pub order: usize,
    /// Where there is ink.
    pub ink: Rect,
    /// What of the screen it may touch.
    pub clip: Rect,
    /// Size of type, points.
    pub size: f32,
    /// Whether something was left out.
    pub elided: bool,
    /// The colour of its rim, if it has one.
    pub rim: Option<Color32>,
    /// Parts of one colour.
    pub runs: Vec<Run>,
}

impl Row {
    /// What can be seen of its ink.
    pub fn shown(&self) -> Rect {
        self.ink.intersect(self.clip)
    }
}

/// A part of a row in one colour.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where its ink is.
    pub ink: Rect,
    /// Its colour, premultiplied.
    pub colour: Color32,
    /// What lies below it here and there.
    pub samples: Vec<Sample>,
}

/// A point of a text.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Where.
    pub at: Pos2,
    /// What lies below the text there.
    pub below: [f32; 3],
    /// What was painted over it there, if it hides it.
    pub hidden: Option<usize>,
}

/// What a screen reader is told of a thing.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// What it is called; empty: nothing.
    pub name: String,
    /// Where it is, points.
    pub rect: Rect,
    /// What of it can be touched; none: nothing is known of it.
    pub touch: Option<Rect>,
    /// Whether it is greyed.
    pub disabled: bool,
    /// Whether it can be pressed or typed into, by pointer and by key.
    pub interactive: bool,
}

/// A surface that was filled.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    /// Where it stands among all that was painted.
    pub order: usize,
    /// Where it is.
    pub rect: Rect,
}

/// A whole frame.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The window, points.
    pub screen: Option<Rect>,
    /// Texts by row.
    pub rows: Vec<Row>,
    /// Surfaces that hold something.
    pub fills: Vec<Fill>,
    /// Everything painted that is neither text nor a surface.
    pub marks: Vec<Fill>,
    /// What is told to a screen reader.
    pub nodes: Vec<Node>,
    /// Bars beside what can be scrolled.
    pub bars: Vec<Rect>,
    /// Where the pointer is, if it is on the window.
    pub pointer: Option<Pos2>,
    /// Whether a film is on its way: who moves passes over who stands, but not over names.
    pub moving: bool,
    /// Whether something floats over the panels.
    pub floating: bool,
}

impl Seen {
    /// Reads the texts of a frame and nothing else.
    pub fn words(ctx: &Context, mut output: FullOutput) -> Self {
        // Nothing is painted here.
        output.textures_delta.clear();
        let mut seen = Self::default();
        let mut flat = Vec::new();
        for clipped in output.shapes {
            let clip = clipped.clip_rect.intersect(ctx.content_rect());
            flatten(clipped.shape, clip, &mut flat);
        }
        for (order, (clip, shape)) in flat.iter().enumerate() {
            if let Shape::Text(text) = shape {
                seen.write(order, *clip, text);
            }
        }
        seen
    }

    /// Reads a frame.
    pub fn of(
        ctx: &Context,
        mut output: FullOutput,
        images: &BTreeMap<TextureId, ColorImage>,
        ground: Color32,
    ) -> Self {
        // Nothing is painted here.
        output.textures_delta.clear();
        let screen = ctx.content_rect();
        let mut seen = Self {
            screen: Some(screen),
            ..Self::default()
        };
        let mut flat = Vec::new();
        for clipped in std::mem::take(&mut output.shapes) {
            let clip = clipped.clip_rect.intersect(screen);
            flatten(clipped.shape, clip, &mut flat);
        }
        for (order, (clip, shape)) in flat.iter().enumerate() {
            seen.note(order, *clip, shape);
        }
        seen.take_rims();
        let mut canvas = Canvas::new(&mut seen.rows, screen, ground);
        for (order, (clip, shape)) in flat.iter().enumerate() {
            canvas.paint(order, *clip, shape, ctx.pixels_per_point(), images);
        }
        canvas.finish(&mut seen.rows);
        seen.floating = ctx.memory(|memory| {
            let mut layers = memory.areas().visible_layer_ids().into_iter();
            layers.any(|layer| layer.order > bevy_egui::egui::Order::Middle)
        });
        seen.pointer = ctx.input(|input| input.pointer.hover_pos());
        // What is drawn while the pointer is held down goes with it.
        seen.floating |= ctx.input(|input| input.pointer.any_down());
        if let Some(tree) = output.platform_output.accesskit_update.take() {
            seen.read_tree(ctx, &tree);
        }
        seen
    }

    fn note(&mut self, order: usize, clip: Rect, shape: &Shape) {
        let mark = |rect: Rect| Fill {
            order,
            rect: rect.intersect(clip),
        };
        match shape {
            Shape::Text(text) => self.write(order, clip, text),
            Shape::Rect(rect) if rect.fill.a() > 200 => self.fills.push(mark(rect.rect)),
            Shape::Rect(_) | Shape::LineSegment { .. } | Shape::Noop => {}
            other => {
                let mark = mark(other.visual_bounding_rect());
                if mark.rect.is_positive() {
                    self.marks.push(mark);
                }
            }
        }
    }

    fn write(&mut self, order: usize, clip: Rect, text: &TextShape) {
        let turn = bevy_egui::egui::emath::Rot2::from_angle(text.angle);
        let number = self.rows.last().map_or(0, |row| row.text + 1);
        let sizes = text.galley.job.sections.iter();
        let size = sizes
            .filter(|s| !s.byte_range.is_empty())
            .map(|s| s.format.font_id.size)
            .fold(f32::INFINITY, f32::min);
        for row in &text.galley.rows {
            let visuals = &row.visuals;
            let glyphs = visuals
                .mesh
                .vertices
                .get(visuals.glyph_vertex_range.clone());
            let mut runs: Vec<Run> = Vec::new();
            for glyph in glyphs.unwrap_or_default().chunks(4) {
                let places = glyph
                    .iter()
                    .map(|v| text.pos + turn * (v.pos.to_vec2() + row.pos.to_vec2()));
                let ink = Rect::from_points(&places.collect::<Vec<_>>());
                let mut colour = glyph.first().map_or(Color32::TRANSPARENT, |v| v.color);
                if let Some(other) = text.override_text_color {
                    colour = other;
                } else if colour == Color32::PLACEHOLDER {
                    colour = text.fallback_color;
                }
                colour = colour.gamma_multiply(text.opacity_factor);
                match runs.last_mut() {
                    Some(run) if run.colour == colour => run.ink = run.ink.union(ink),
                    _ => runs.push(Run {
                        ink,
                        colour,
                        samples: Vec::new(),
                    }),
                }
            }
            runs.retain(|run| run.colour.a() > 0 && run.ink.is_positive());
            if runs.is_empty() {
                continue;
            }
            let ink = runs
                .iter()
                .fold(Rect::NOTHING, |all, run| all.union(run.ink));
            self.rows.push(Row {
                words: row.text(),
                whole: text.galley.job.text.clone(),
                text: number,
                order,
                ink,
                clip,
                size,
                elided: text.galley.elided,
                rim: None,
                runs,
            });
        }
    }

    /// A text written many times a hair apart is one text with a rim: what lies below it is the rim.
    fn take_rims(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
        for mut row in rows {
            let is_rim = |other: &Row| {
                let by = other.ink.min - row.ink.min;
                other.words == row.words
                    && by.length() <= 2.0 * RIM
                    && (other.ink.size() - row.ink.size()).length() < 1.0
            };
            while let Some(last) = kept.last()
                && is_rim(last)
            {
                row.rim = kept
                    .pop()
                    .and_then(|rim| rim.runs.first().map(|run| run.colour));
            }
            kept.push(row);
        }
        self.rows = kept;
    }

    fn read_tree(&mut self, ctx: &Context, tree: &accesskit::TreeUpdate) {
        let nodes: BTreeMap<_, _> = tree.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let places: BTreeMap<accesskit::NodeId, (Rect, Rect)> = ctx.viewport(|window| {
            let passes = [&window.prev_pass, &window.this_pass];
            let layers = passes.into_iter().flat_map(|pass| pass.widgets.layers());
            let all = layers.flat_map(|(_, widgets)| widgets);
            all.map(|w| (Id::accesskit_id(&w.id), (w.rect, w.interact_rect)))
                .collect()
        });
        let said = |node: &accesskit::Node| -> String {
            let own = node.label().or_else(|| match node.role() {
                Role::Label | Role::Link => node.value(),
                _ => None,
            });
            own.unwrap_or_default().trim().to_owned()
        };
        for (id, node) in &tree.nodes {
            let Some(bounds) = node.bounds() else {
                continue;
            };
            let mut rect = Rect::from_min_max(
                Pos2::new(bounds.x0 as f32, bounds.y0 as f32),
                Pos2::new(bounds.x1 as f32, bounds.y1 as f32),
            );
            // A part of a panel that can be pressed is in the tree before its size is known.
            if let Some((whole, _)) = places.get(id).filter(|_| !rect.is_positive()) {
                rect = *whole;
            }
            if node.role() == Role::ScrollBar {
                self.bars.push(rect);
                continue;
            }
            let mut name = said(node);
            if name.is_empty() {
                let by = node.labelled_by().iter().filter_map(|id| nodes.get(id));
                name = by.map(|node| said(node)).collect::<Vec<_>>().join(" ");
            }
            let pressed = node.supports_action(Action::Click);
            let is_field = matches!(
                node.role(),
                Role::TextInput | Role::MultilineTextInput | Role::SpinButton | Role::Slider
            );
            self.nodes.push(Node {
                role: node.role(),
                name,
                rect,
                touch: places.get(id).map(|(_, touch)| *touch),
                disabled: node.is_disabled(),
                interactive: node.supports_action(Action::Focus) && (pressed || is_field),
            });
        }
    }
}

fn flatten(shape: Shape, clip: Rect, out: &mut Vec<(Rect, Shape)>) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                flatten(shape, clip, out);
            }
        }
        Shape::Noop => {}
        shape => out.push((clip, shape)),
    }
}

/// Paints points of texts only: what is below each, and whether something hides it.
struct Canvas {
    points: Vec<Point>,
    cells: Vec<Vec<usize>>,
    columns: usize,
    lines: usize,
}

struct Point {
    row: usize,
    run: usize,
    order: usize,
    sample: Sample,
}

impl Canvas {
    fn new(rows: &mut [Row], screen: Rect, ground: Color32) -> Self {
        let columns = (screen.width() / CELL).ceil().max(1.0) as usize;
        let lines = (screen.height() / CELL).ceil().max(1.0) as usize;
        let mut canvas = Self {
            points: Vec::new(),
            cells: vec![Vec::new(); columns * lines],
            columns,
            lines,
        };
        let [r, g, b, _] = ground.to_array().map(f32::from);
        for (number, row) in rows.iter().enumerate() {
            for (run, part) in row.runs.iter().enumerate() {
                let shown = part.ink.intersect(row.clip).intersect(screen);
                if !shown.is_positive() {
                    continue;
                }
                let across = (shown.width() / 12.0).clamp(2.0, 12.0) as usize;
                for (i, j) in (0..across).flat_map(|i| [(i, 0.25), (i, 0.5), (i, 0.75)]) {
                    let x = (i as f32 + 0.5) / across as f32;
                    let at = shown.min + shown.size() * Vec2::new(x, j);
                    let point = Point {
                        row: number,
                        run,
                        order: row.order,
                        sample: Sample {
                            at,
                            below: [r, g, b],
                            hidden: None,
                        },
                    };
                    let cell = canvas.cell(at);
                    canvas.cells[cell].push(canvas.points.len());
                    canvas.points.push(point);
                }
            }
        }
        canvas
    }

    fn cell(&self, at: Pos2) -> usize {
        let column = ((at.x / CELL).max(0.0) as usize).min(self.columns - 1);
        let line = ((at.y / CELL).max(0.0) as usize).min(self.lines - 1);
        line * self.columns + column
    }

    fn paint(
        &mut self,
        order: usize,
        clip: Rect,
        shape: &Shape,
        scale: f32,
        images: &BTreeMap<TextureId, ColorImage>,
    ) {
        match shape {
            Shape::Text(_) | Shape::Callback(_) => {}
            Shape::Mesh(mesh) => self.fill(order, clip, mesh, images),
            shape => {
                let options = TessellationOptions {
                    feathering: false,
                    prerasterized_discs: false,
                    ..Default::default()
                };
                let mut mesh = Mesh::default();
                Tessellator::new(scale, options, [1, 1], Vec::new())
                    .tessellate_shape(shape.clone(), &mut mesh);
                self.fill(order, clip, &mesh, images);
            }
        }
    }

    fn fill(
        &mut self,
        order: usize,
        clip: Rect,
        mesh: &Mesh,
        images: &BTreeMap<TextureId, ColorImage>,
    ) {
        let image = images.get(&mesh.texture_id);
        // Plain figures: a map has a hundred thousand triangles, most of them far from any text.
        let (left, top, right, bottom) = (clip.left(), clip.top(), clip.right(), clip.bottom());
        for corner in mesh.indices.chunks_exact(3) {
            let a = &mesh.vertices[corner[0] as usize];
            let b = &mesh.vertices[corner[1] as usize];
            let c = &mesh.vertices[corner[2] as usize];
            let from = Pos2 {
                x: least(a.pos.x, b.pos.x, c.pos.x, left),
                y: least(a.pos.y, b.pos.y, c.pos.y, top),
            };
            let to = Pos2 {
                x: most(a.pos.x, b.pos.x, c.pos.x, right),
                y: most(a.pos.y, b.pos.y, c.pos.y, bottom),
            };
            if from.x > to.x || from.y > to.y {
                continue;
            }
            let (first, last) = (self.cell(from), self.cell(to));
            if first == last && self.cells[first].is_empty() {
                continue;
            }
            for line in first / self.columns..=last / self.columns {
                for column in first % self.columns..=last % self.columns {
                    for &index in &self.cells[line * self.columns + column] {
                        let point = &mut self.points[index];
                        let at = point.sample.at;
                        let is_near =
                            at.x >= from.x && at.x <= to.x && at.y >= from.y && at.y <= to.y;
                        if is_near && let Some(colour) = colour_at(at, [a, b, c], image) {
                            blend(point, order, colour);
                        }
                    }
                }
            }
        }
    }

    fn finish(self, rows: &mut [Row]) {
        for mut point in self.points {
            let row = &mut rows[point.row];
            if let Some(rim) = row.rim {
                let [r, g, b, a] = rim.to_array().map(f32::from);
                let part = (a / 255.0).max(0.01);
                // Several times over, the rim is as good as solid.
                let solid = 1.0 - (1.0 - part).powi(3);
                for (below, rim) in point.sample.below.iter_mut().zip([r, g, b]) {
                    *below = *below * (1.0 - solid) + rim / part * solid;
                }
            }
            row.runs[point.run].samples.push(point.sample);
        }
    }
}

/// The least of three, but not less than a bound.
fn least(a: f32, b: f32, c: f32, bound: f32) -> f32 {
    let least = if a < b { a } else { b };
    let least = if c < least { c } else { least };
    if bound > least { bound } else { least }
}

/// The most of three, but not more than a bound.
fn most(a: f32, b: f32, c: f32, bound: f32) -> f32 {
    let most = if a > b { a } else { b };
    let most = if c > most { c } else { most };
    if bound < most { bound } else { most }
}

/// The premultiplied colour of a triangle at a point; none outside of it.
fn colour_at(at: Pos2, [a, b, c]: [&Vertex; 3], image: Option<&ColorImage>) -> Option<[f32; 4]> {
    let area = |p: Pos2, q: Pos2, r: Pos2| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    let whole = area(a.pos, b.pos, c.pos);
    let parts = [
        area(at, b.pos, c.pos) / whole,
        area(at, c.pos, a.pos) / whole,
        area(at, a.pos, b.pos) / whole,
    ];
    if whole.abs() < 1e-6 || parts.iter().any(|part| *part < -1e-4) {
        return None;
    }
    let mix = |of: [f32; 3]| -> f32 { parts.iter().zip(of).map(|(part, v)| part * v).sum() };
    let colours = [a, b, c].map(|v| v.color.to_array().map(f32::from));
    let mut colour: [f32; 4] = std::array::from_fn(|i| mix(colours.map(|colour| colour[i])));
    if let Some(image) = image {
        let texel = texel(
            image,
            mix([a, b, c].map(|p| p.uv.x)),
            mix([a, b, c].map(|p| p.uv.y)),
        );
        for (part, texel) in colour.iter_mut().zip(texel) {
            *part *= texel / 255.0;
        }
    }
    Some(colour)
}

fn texel(image: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = image.size;
    let x = ((u * width as f32).max(0.0) as usize).min(width.saturating_sub(1));
    let y = ((v * height as f32).max(0.0) as usize).min(height.saturating_sub(1));
    let colour = image.pixels.get(y * width + x).copied();
    colour.unwrap_or(Color32::WHITE).to_array().map(f32::from)
}

/// Lays a premultiplied colour over what is there, if the text comes later.
fn blend(point: &mut Point, order: usize, colour: [f32; 4]) {
    let [r, g, b, a] = colour;
    if order > point.order {
        if a > 235.0 {
            point.sample.hidden.get_or_insert(order);
        }
        return;
    }
    for (below, over) in point.sample.below.iter_mut().zip([r, g, b]) {
        *below = over + *below * (1.0 - a / 255.0);
    }
}
