//! The chart's shapes as triangles that egui can draw: all of a picture in a few meshes, each word with a rim in one of
//! its own, so that a word at the edge can be left out.

use bevy_egui::egui::{
    self, Align2, Color32, Context, Pos2, Rect, Shape, Stroke, Vec2,
    epaint::{Mesh, PathShape, PathStroke, TessellationOptions, Tessellator},
};
use std::sync::Arc;

use super::theme;
use crate::chart::{self, Anchor, Form, Pos, Scene, Text, Weight};

/// Up to this radius a disc is a speck, points.
const GRAIN: f32 = 1.45;

/// A part of a picture.
#[derive(Clone)]
pub struct Piece {
    /// Its triangles, points from the picture's upper left corner.
    pub mesh: Arc<Mesh>,
    /// What it covers, if it is a word that is shown whole or not at all.
    pub word: Option<Rect>,
}

/// Cuts a scene into triangles; back to front.
pub fn cut(ctx: &Context, scene: &Scene) -> Vec<Piece> {
    let mut shapes: Vec<(Vec<Shape>, Option<Rect>)> = Vec::new();
    for shape in &scene.shapes {
        let word = match &shape.form {
            // Letters on counters belong to their counters.
            Form::Text(text) if text.halo.is_some() || text.spacing > 0.0 => {
                let area = text.area();
                let corner = |p: Pos| Pos2::new(p.x, p.y);
                Some(Rect::from_min_max(corner(area.min), corner(area.max)))
            }
            _ => None,
        };
        match shapes.last_mut() {
            Some((plain, None)) if word.is_none() => draw(ctx, &shape.form, plain),
            _ => {
                let mut own = Vec::new();
                draw(ctx, &shape.form, &mut own);
                shapes.push((own, word));
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
    let cut = |(shapes, word)| {
        let mut mesh = Mesh::default();
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        Piece {
            mesh: Arc::new(mesh),
            word,
        }
    };
    shapes.into_iter().map(cut).collect()
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
            if fill.a > 0 && *radius <= GRAIN {
                out.push(Shape::mesh(grain(
                    at(centre),
                    *radius,
                    theme::colour(*fill),
                )));
            } else if fill.a > 0 {
                out.push(Shape::circle_filled(
                    at(centre),
                    *radius,
                    theme::colour(*fill),
                ));
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
    }
}

/// A speck of light, soft toward its rim: a fraction of the triangles of a circle, and there are thousands.
fn grain(centre: Pos2, radius: f32, colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(centre, colour);
    let reach = radius + 0.75;
    for step in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
        mesh.colored_vertex(centre + reach * Vec2::from(step), Color32::TRANSPARENT);
    }
    for (a, b) in [(1, 2), (2, 3), (3, 4), (4, 1)] {
        mesh.add_triangle(0, a, b);
    }
    mesh
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
