//! The chart's shapes as triangles that egui can draw: all of a picture in a few meshes, each word with a rim in one of
//! its own, so that a word at the edge can be left out.

use bevy_egui::egui::{
    self, Align2, Color32, Context, Pos2, Rect, Shape, Stroke, Vec2,
    epaint::{Mesh, PathShape, PathStroke, TessellationOptions, Tessellator},
};
use std::sync::Arc;

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

/// Radius of a circle that needs few corners, points.
const SMALL: f32 = 3.5;

/// What a run of shapes is.
#[derive(Clone, Copy, PartialEq)]
enum Run {
    /// Shapes that are melted into one mesh.
    Plain,
    /// A word.
    Word(Rect),
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
            _ => Run::Plain,
        };
        match runs.last_mut() {
            Some((plain, Run::Plain)) if run == Run::Plain => draw(ctx, &shape.form, plain),
            _ => {
                let mut own = Vec::new();
                draw(ctx, &shape.form, &mut own);
                runs.push((own, run));
            }
        }
    }
    // Asked for after the last letter was laid out: the sheet of letters grows by that.
    let letters = ctx.fonts(|fonts| fonts.font_image_size());
    let options = TessellationOptions {
        prerasterized_discs: false,
        coarse_tessellation_culling: false,
        ..Default::default()
    };
    let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, letters, Vec::new());
    let cut = |(shapes, run): (Vec<Shape>, Run)| {
        let texture = shapes.first().map_or_else(Default::default, |s| match run {
            Run::Image => s.texture_id(),
            Run::Plain | Run::Word(_) => egui::TextureId::default(),
        });
        let mut mesh = Mesh::with_texture(texture);
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        Piece {
            mesh: Arc::new(mesh),
            word: match run {
                Run::Word(area) => Some(area),
                Run::Plain | Run::Image => None,
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
    plate: Option<Rect>,
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
            let is_word = text.halo.is_some() || text.spacing > 0.0;
            if !room.contains_rect(word)
                || is_word && plate.is_some_and(|plate| plate.intersects(word))
            {
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
    let line = |s: &chart::Stroke| Stroke::new(s.width, paint(s.colour));
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
                    PathStroke::new(s.width, paint(s.colour))
                });
                out.push(Shape::Path(PathShape::convex_polygon(
                    points.clone(),
                    paint(*fill),
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
            // So small, more corners are not seen.
            if *radius < SMALL && rim.is_none_or(|rim| rim.dash.is_none()) {
                let corners = (0_u8..10).map(|i| f32::from(i) / 10.0 * std::f32::consts::TAU);
                let points = corners.map(|angle| at(centre) + *radius * Vec2::angled(angle));
                let rim = rim.map_or(PathStroke::NONE, |s| {
                    PathStroke::new(s.width, paint(s.colour))
                });
                if fill.a > 0 || rim != PathStroke::NONE {
                    out.push(Shape::Path(PathShape::convex_polygon(
                        points.collect(),
                        paint(*fill),
                        rim,
                    )));
                }
                return;
            }
            if fill.a > 0 {
                out.push(Shape::circle_filled(at(centre), *radius, paint(*fill)));
            }
            match rim {
                Some(rim) if rim.dash.is_some() => {
                    let steps = (radius * 0.8).clamp(16.0, 160.0) as usize;
                    let ring: Vec<Pos2> = (0..=steps)
                        .map(|i| {
                            let angle = i as f32 / steps as f32 * std::f32::consts::TAU;
                            at(centre) + *radius * Vec2::angled(angle)
                        })
                        .collect();
                    dashed(&ring, &rim, out);
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
            &points.iter().map(at).collect::<Vec<_>>(),
            at(centre),
            *reach,
            *colour,
        ))),
        Form::Grain {
            points,
            radius,
            colour,
        } => out.push(Shape::mesh(grain(
            points.iter().map(at),
            *radius,
            paint(colour.faint(f32::from(colour.a) / 255.0 * 1.5)),
        ))),
        Form::Image { area, ground } => {
            let texture = texture(ctx, *ground);
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
    let galley = lay(paint(text.colour));
    let place = anchor.anchor_size(at, galley.size()).min;
    if let Some(halo) = text.halo.filter(|h| h.a > 0) {
        let rim = lay(paint(halo));
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

/// A colour as it must be handed over to look as it does in a picture. The renderer mixes light, pictures mix what the
/// eye makes of it: a thin colour over the ground would come out too dark. Over the ground the two are the same.
fn paint(colour: chart::Colour) -> Color32 {
    if matches!(colour.a, 0 | 255) {
        return theme::colour(colour);
    }
    let ground = theme::palette().ground;
    let opacity = f32::from(colour.a) / 255.0;
    let light = |v: f32| {
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    };
    let eye = |v: f32| {
        if v <= 0.003_130_8 {
            v * 12.92
        } else {
            1.055 * v.powf(1.0 / 2.4) - 0.055
        }
    };
    let part = |over: u8, below: u8| {
        let (over, below) = (f32::from(over) / 255.0, f32::from(below) / 255.0);
        let wanted = light(over * opacity + below * (1.0 - opacity));
        let own = (wanted - light(below) * (1.0 - opacity)).max(0.0);
        (eye(own) * 255.0).round() as u8
    };
    Color32::from_rgba_premultiplied(
        part(colour.r, ground.r),
        part(colour.g, ground.g),
        part(colour.b, ground.b),
        colour.a,
    )
}

/// A fading shape as a mesh: rings about its centre, cut off where the shape ends.
fn glow(rim: &[Pos2], centre: Pos2, reach: f32, colour: chart::Colour) -> Mesh {
    const RINGS: [f32; 4] = [chart::FADE, 0.68, 0.84, 1.0];
    // A small one looks the same with fewer corners.
    let small = reach < 40.0;
    let rings: &[f32] = if small { &[chart::FADE, 1.0] } else { &RINGS };
    let step = (8.0 / reach.max(1.0)).clamp(0.2, 0.6);
    let mut mesh = Mesh::default();
    let paint = |share: f32| {
        let opacity = f32::from(colour.a) / 255.0 * chart::glow(share);
        paint(colour.faint(opacity))
    };
    mesh.colored_vertex(centre, paint(0.0));
    // A ray to each corner, and to so many points between that no edge is passed by.
    let mut ends: Vec<Vec2> = Vec::with_capacity(rim.len() + 16);
    for (i, from) in rim.iter().enumerate() {
        let (from, to) = (*from - centre, rim[(i + 1) % rim.len()] - centre);
        let turn = (from.x * to.y - from.y * to.x).atan2(from.dot(to)).abs();
        let pieces = (turn / step).ceil().clamp(1.0, 16.0) as u8;
        ends.extend((0..pieces).map(|n| from + (to - from) * (f32::from(n) / f32::from(pieces))));
    }
    let rays = ends.len() as u32;
    for (ray, end) in (0_u32..).zip(ends) {
        let length = end.length().max(0.001);
        let first = mesh.vertices.len() as u32;
        // The same ring on the next ray; after the last ray comes the first.
        let next = if ray + 1 == rays {
            1
        } else {
            first + rings.len() as u32
        };
        for (ring, share) in (0_u32..).zip(rings.iter().copied()) {
            let far = (reach * share).min(length);
            mesh.colored_vertex(centre + end * (far / length), paint(far / reach));
            if ring == 0 {
                mesh.add_triangle(0, first, next);
            } else {
                mesh.add_triangle(first + ring - 1, first + ring, next + ring);
                mesh.add_triangle(first + ring - 1, next + ring, next + ring - 1);
            }
        }
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
            let way = Vec2::angled(corner as f32 * std::f32::consts::FRAC_PI_2);
            mesh.colored_vertex(at + way * reach, Color32::TRANSPARENT);
            mesh.add_triangle(middle, middle + 1 + corner, middle + 1 + (corner + 1) % 4);
        }
    }
    mesh
}

/// The ground's pixels as a texture, made on first use and kept until another ground is asked for.
fn texture(ctx: &egui::Context, ground: chart::ground::Id) -> egui::TextureHandle {
    type Kept = Option<(chart::ground::Id, egui::TextureHandle)>;
    let slot = egui::Id::new("ground of the chart");
    let kept: Kept = ctx.data(|data| data.get_temp::<Kept>(slot)).flatten();
    if let Some((_, texture)) = kept.filter(|(id, _)| *id == ground) {
        return texture;
    }
    let raster = chart::ground::shared(ground);
    let pixels = egui::ColorImage::from_rgba_unmultiplied([raster.edge; 2], &raster.pixels);
    let texture = ctx.load_texture("ground", pixels, egui::TextureOptions::LINEAR);
    ctx.data_mut(|data| data.insert_temp(slot, Some((ground, texture.clone()))));
    texture
}
