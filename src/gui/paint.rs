//! The chart's shapes as triangles that egui can draw: all of a picture in a few meshes, each word with a rim in one of
//! its own, so that a word at the edge can be left out.

use bevy_egui::egui::{
    self, Align2, Color32, ColorImage, Context, Pos2, Rect, Shape, Stroke, TextureHandle,
    TextureId, TextureOptions, Vec2,
    epaint::{ClippedShape, Mesh, PathShape, PathStroke, Primitive, Vertex},
};
use std::{
    f32::consts::{FRAC_PI_2, TAU},
    sync::Arc,
};

use super::theme;
use crate::chart::{self, Anchor, Form, Pos, Scene, Text, Weight};

/// A part of a picture.
#[derive(Clone)]
pub struct Piece {
    /// Its triangles, points from the picture's upper left corner.
    pub mesh: Arc<Mesh>,
    /// What it covers, if it is a word that is shown whole or not at all.
    pub word: Option<Rect>,
}

/// Pixels of an edge of the disc that fades.
const FADING: usize = 128;
/// Shapes cut at once: nobody else can lay anything out meanwhile.
const ONCE: usize = 256;

/// What a run of shapes is.
#[derive(Clone, Copy, PartialEq)]
enum Run {
    /// Shapes that are melted into one mesh.
    Plain,
    /// A word.
    Word(Rect),
    /// Shapes that fade, out of one texture.
    Fading,
    /// Pixels, which have a texture of their own.
    Image,
}

/// Cuts a scene into triangles; back to front.
pub fn cut(ctx: &Context, scene: &Scene) -> Vec<Piece> {
    let mut runs: Vec<(Vec<Shape>, Run)> = Vec::new();
    for shape in &scene.shapes {
        let run = match &shape.form {
            // Letters on counters belong to their counters.
            Form::Text(text) if text.halo.is_some() || text.spacing > 0.0 => Run::Word(area(text)),
            Form::Image { .. } => Run::Image,
            Form::Glow { .. } => Run::Fading,
            _ => Run::Plain,
        };
        match runs.last_mut() {
            Some((same, last)) if *last == run && matches!(run, Run::Plain | Run::Fading) => {
                draw(ctx, &shape.form, same);
            }
            _ => {
                let mut own = Vec::new();
                draw(ctx, &shape.form, &mut own);
                runs.push((own, run));
            }
        }
    }
    let scale = ctx.pixels_per_point();
    let cut = |(shapes, run): (Vec<Shape>, Run)| {
        let mut shapes = shapes.into_iter().map(|shape| ClippedShape {
            clip_rect: Rect::EVERYTHING,
            shape,
        });
        let mut mesh = Mesh::default();
        loop {
            let some: Vec<ClippedShape> = shapes.by_ref().take(ONCE).collect();
            if some.is_empty() {
                break;
            }
            for part in ctx.tessellate(some, scale) {
                if let Primitive::Mesh(part) = part.primitive {
                    mesh.append(part);
                }
            }
        }
        mesh.vertices.shrink_to_fit();
        mesh.indices.shrink_to_fit();
        Piece {
            mesh: Arc::new(mesh),
            word: match run {
                Run::Word(area) => Some(area),
                Run::Plain | Run::Fading | Run::Image => None,
            },
        }
    };
    runs.into_iter().map(cut).collect()
}

/// The box of a word.
pub fn area(text: &Text) -> Rect {
    let area = text.area();
    let corner = |p: Pos| Pos2::new(p.x, p.y);
    Rect::from_min_max(corner(area.min), corner(area.max))
}

/// A scene that is shown once, as shapes, its upper left corner there.
pub fn shapes(ctx: &Context, scene: &Scene, corner: Pos2) -> Vec<Shape> {
    let moved = |piece: Piece| {
        let mut mesh = Arc::unwrap_or_clone(piece.mesh);
        mesh.translate(corner.to_vec2());
        Shape::mesh(mesh)
    };
    cut(ctx, scene).into_iter().map(moved).collect()
}

/// The same as shapes that still know what they say; words that the edge of the room would cut are left out.
#[cfg(test)]
pub fn spelled(
    ctx: &Context,
    scene: &Scene,
    corner: Pos2,
    room: Rect,
    hidden: &[Rect],
) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for shape in &scene.shapes {
        if let Form::Text(text) = &shape.form {
            let area = text.area();
            let at = |p: Pos| corner + Vec2::new(p.x, p.y);
            let own = |p: Pos| Pos2::new(p.x, p.y);
            if hidden.contains(&Rect::from_min_max(own(area.min), own(area.max))) {
                continue;
            }
            let word = Rect::from_min_max(at(area.min), at(area.max));
            if !room.contains_rect(word) {
                continue;
            }
        }
        let first = shapes.len();
        draw(ctx, &shape.form, &mut shapes);
        for shape in &mut shapes[first..] {
            shape.translate(corner.to_vec2());
        }
    }
    shapes
}

/// One shape of the chart as shapes of egui.
fn draw(ctx: &Context, form: &Form, out: &mut Vec<Shape>) {
    let at = |p: &Pos| Pos2::new(p.x, p.y);
    let line = |s: &chart::Stroke| Stroke::new(s.width, theme::colour(s.colour));
    let dashed = |points: &[Pos2], s: &chart::Stroke, out: &mut Vec<Shape>| match s.dash {
        Some((on, off)) if on > 0.0 && off > 0.0 => {
            out.extend(Shape::dashed_line(points, line(s), on, off));
        }
        _ => out.push(Shape::line(points.to_vec(), line(s))),
    };
    match form {
        Form::Polyline { points, stroke } => {
            if stroke.colour.a > 0 {
                let points: Vec<Pos2> = points.iter().map(at).collect();
                dashed(&points, stroke, out);
            }
        }
        Form::Polygon {
            points,
            fill,
            stroke,
        } => {
            let mut points: Vec<Pos2> = points.iter().map(at).collect();
            let rim = stroke.filter(|s| s.colour.a > 0);
            let solid = rim.filter(|s| s.dash.is_none());
            if fill.a > 0 || solid.is_some() {
                let rim = solid.map_or(PathStroke::NONE, |s| {
                    PathStroke::new(s.width, theme::colour(s.colour))
                });
                out.push(Shape::Path(PathShape::convex_polygon(
                    points.clone(),
                    theme::colour(*fill),
                    rim,
                )));
            }
            if let (Some(rim), None) = (rim, solid) {
                points.extend(points.first().copied());
                dashed(&points, &rim, out);
            }
        }
        Form::Circle {
            centre,
            radius,
            fill,
            stroke,
        } => {
            let rim = stroke.filter(|s| s.colour.a > 0);
            let is_solid = |rim: &chart::Stroke| rim.dash.is_none() && rim.colour.a == 255;
            // A disc on a disc: the toolkit keeps small ones ready.
            if let (Some(rim), 255) = (rim.filter(is_solid), fill.a) {
                let half = rim.width / 2.0;
                let disc = |radius, colour| {
                    Shape::circle_filled(at(centre), radius, theme::colour(colour))
                };
                out.push(disc(radius + half, rim.colour));
                out.push(disc((radius - half).max(0.0), *fill));
                return;
            }
            if fill.a > 0 {
                out.push(Shape::circle_filled(
                    at(centre),
                    *radius,
                    theme::colour(*fill),
                ));
            }
            match rim {
                Some(rim) if rim.dash.is_some_and(|(on, off)| on > 0.0 && off > 0.0) => {
                    let dash = rim.dash.unwrap_or_default();
                    let arcs = arcs(at(centre), *radius, dash);
                    out.extend(arcs.map(|arc| Shape::line(arc, line(&rim))));
                }
                Some(rim) => out.push(Shape::circle_stroke(at(centre), *radius, line(&rim))),
                None => {}
            }
        }
        Form::Text(text) => write(ctx, text, at(&text.at), out),
        Form::Glow {
            points,
            centre,
            reach,
            colour,
        } => out.push(Shape::mesh(glow(
            fading(ctx).id(),
            points.iter().map(at),
            at(centre),
            *reach,
            theme::colour(*colour),
        ))),
        Form::Grain {
            points,
            radius,
            colour,
        } => out.push(Shape::mesh(grain(
            points.iter().map(at),
            *radius,
            theme::colour(colour.faint(f32::from(colour.a) / 255.0 * 1.5)),
        ))),
        Form::Image { area, ground } => {
            let texture = self::ground(ctx, *ground);
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            let over = Rect::from_min_max(at(&area.min), at(&area.max));
            out.push(Shape::image(texture.id(), over, whole, Color32::WHITE));
        }
    }
}

/// A text with its rim.
fn write(ctx: &Context, text: &Text, at: Pos2, out: &mut Vec<Shape>) {
    let font = match text.weight {
        Weight::Regular => egui::FontId::proportional(text.size),
        Weight::Medium => theme::medium(text.size),
    };
    let lay = |colour: Color32| {
        let format = egui::TextFormat {
            font_id: font.clone(),
            extra_letter_spacing: text.spacing,
            color: colour,
            ..Default::default()
        };
        let mut job = egui::text::LayoutJob::default();
        job.append(&text.text, 0.0, format);
        job.wrap.max_width = f32::INFINITY;
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let anchor = match text.anchor {
        Anchor::Start => Align2::LEFT_CENTER,
        Anchor::Middle => Align2::CENTER_CENTER,
        Anchor::End => Align2::RIGHT_CENTER,
    };
    let galley = lay(theme::colour(text.colour));
    let place = anchor.anchor_size(at, galley.size()).min;
    if let Some(halo) = text.halo.filter(|h| h.a > 0) {
        let rim = lay(theme::colour(halo));
        for (dx, dy) in [
            (-1.5, 0.0),
            (1.5, 0.0),
            (0.0, -1.5),
            (0.0, 1.5),
            (-1.0, -1.0),
            (1.0, 1.0),
        ] {
            out.push(Shape::galley(
                place + Vec2::new(dx, dy),
                rim.clone(),
                Color32::WHITE,
            ));
        }
    }
    out.push(Shape::galley(place, galley, Color32::WHITE));
}

/// The dashes of a ring, on and off in points: as many whole ones as there is room for, each with as few corners as it
/// is round with.
fn arcs(centre: Pos2, radius: f32, (on, off): (f32, f32)) -> impl Iterator<Item = Vec<Pos2>> {
    const ROUND: f32 = 0.35;
    let count = (TAU * radius / (on + off)).round().clamp(3.0, 512.0);
    let turn = TAU / count;
    let length = turn * on / (on + off);
    let pieces = (length / ROUND).ceil().max(1.0);
    (0..count as u16).map(move |dash| {
        (0..=pieces as u16)
            .map(|i| {
                let angle = f32::from(dash) * turn + length * f32::from(i) / pieces;
                centre + radius * Vec2::angled(angle)
            })
            .collect()
    })
}

/// A fading shape as a mesh: cut out of a disc that fades, so that it has no more corners than its rim.
fn glow(
    texture: TextureId,
    rim: impl Iterator<Item = Pos2>,
    centre: Pos2,
    reach: f32,
    colour: Color32,
) -> Mesh {
    let mut mesh = Mesh::with_texture(texture);
    let mut corners = 0;
    for pos in rim {
        let uv = Pos2::new(0.5, 0.5) + (pos - centre) / (2.0 * reach.max(0.1));
        mesh.vertices.push(Vertex {
            pos,
            uv,
            color: colour,
        });
        corners += 1;
    }
    for corner in 2..corners {
        mesh.add_triangle(0, corner - 1, corner);
    }
    mesh
}

/// Specks as one mesh: each a lozenge that fades toward its corners.
fn grain(points: impl Iterator<Item = Pos2>, radius: f32, colour: Color32) -> Mesh {
    // As bright as a disc that is nowhere less than full.
    let reach = radius * 1.5 + 0.5;
    let mut mesh = Mesh::default();
    for at in points {
        let middle = mesh.vertices.len() as u32;
        mesh.colored_vertex(at, colour);
        for corner in 0..4 {
            let way = Vec2::angled(corner as f32 * FRAC_PI_2);
            mesh.colored_vertex(at + way * reach, Color32::TRANSPARENT);
            mesh.add_triangle(middle, middle + 1 + corner, middle + 1 + (corner + 1) % 4);
        }
    }
    mesh
}

/// A texture, made on first use and kept until another is asked for by this name.
fn texture<T: Clone + PartialEq + Send + Sync + 'static>(
    ctx: &Context,
    name: &str,
    of: T,
    make: impl FnOnce() -> ColorImage,
) -> TextureHandle {
    let slot = egui::Id::new(name);
    let kept = ctx.data(|data| data.get_temp::<Option<(T, TextureHandle)>>(slot));
    if let Some((_, texture)) = kept.flatten().filter(|(before, _)| *before == of) {
        return texture;
    }
    let texture = ctx.load_texture(name, make(), TextureOptions::LINEAR);
    ctx.data_mut(|data| data.insert_temp(slot, Some((of, texture.clone()))));
    texture
}

/// The ground's pixels.
fn ground(ctx: &Context, id: chart::ground::Id) -> TextureHandle {
    texture(ctx, "ground", id, || {
        let raster = chart::ground::raster(id, chart::ground::EDGE);
        ColorImage::from_rgba_unmultiplied([raster.edge; 2], &raster.pixels)
    })
}

/// A white disc that fades as [`Form::Glow`] does.
fn fading(ctx: &Context) -> TextureHandle {
    texture(ctx, "fading disc", (), || {
        let way = |i: usize| (i as f32 + 0.5) / FADING as f32 * 2.0 - 1.0;
        let pixel = |i: usize| {
            let share = way(i % FADING).hypot(way(i / FADING));
            Color32::from_white_alpha((chart::glow(share) * 255.0).round() as u8)
        };
        ColorImage::new([FADING; 2], (0..FADING * FADING).map(pixel).collect())
    })
}
