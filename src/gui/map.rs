//! The map in the middle: the chart's scene painted by egui. The picture is made again only when the view, the
//! camera or the options have changed.

use std::sync::Arc;

use bevy_egui::egui::{
    self, Align, Align2, Color32, CursorIcon, Label, Layout, PointerButton, Pos2, Rect, RichText,
    Sense, Shape, Stroke, Ui, Vec2,
    epaint::{Mesh, PathShape, PathStroke, TessellationOptions, Tessellator},
};

use super::{
    Game, UiAction,
    command::{self, area},
    session::Session,
    table::sentence,
    theme, words,
};
use crate::{
    chart::{self, Anchor, Camera, Form, Pos, Scene, Tag, Text, Weight},
    content::{Key, Sector},
    sim::view::SeatView,
    war::tell,
};

/// Points the wheel turns for one step of zoom.
const NOTCH: f32 = 40.0;

/// The picture last painted.
#[derive(Default)]
pub struct Picture {
    made: Option<Made>,
}

struct Made {
    view: Arc<SeatView>,
    camera: Camera,
    options: chart::Options,
    corner: Pos2,
    scale: f32,
    scene: Scene,
    shapes: Vec<Shape>,
}

/// Paints the map into what room is left and tells what the pointer did on it.
pub fn show(ui: &mut Ui, game: &Game, session: &Session, picture: &mut Picture) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let Some(camera) = session.camera else {
        return vec![UiAction::Room(rect.width(), rect.height())];
    };
    if (camera.size.0 - rect.width()).abs() > 0.5 || (camera.size.1 - rect.height()).abs() > 0.5 {
        actions.push(UiAction::Room(rect.width(), rect.height()));
    }
    let view = game.film.still().unwrap_or(&session.view);
    let made = picture.make(ui, view, camera, game.chart_options(), rect.min);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::colour(theme::palette().ground));
    painter.extend(made.shapes.iter().cloned());
    if let Some(frame) = game.film.frame(&game.settings) {
        let scene = chart::film_scene(&camera, &game.chart_options(), &frame);
        let mut shapes = Vec::with_capacity(scene.shapes.len());
        for shape in &scene.shapes {
            draw(ui, &shape.form, rect.min, &mut shapes);
        }
        painter.extend(shapes);
    }
    let at = |pos: Pos2| Pos::new(pos.x - rect.min.x, pos.y - rect.min.y);
    let boxed = area::dragged(ui, &response, rect, &session.view, &camera);
    if let Some(boxed) = boxed {
        actions.extend(boxed);
    } else if response.dragged_by(PointerButton::Primary)
        || response.dragged_by(PointerButton::Middle)
    {
        let by = response.drag_delta();
        if by != Vec2::ZERO {
            actions.push(UiAction::Pan(by.x, by.y));
        }
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    }
    if let Some(pos) = response.hover_pos() {
        let turned =
            ui.input(|input| input.smooth_scroll_delta().y + 200.0 * input.zoom_delta().ln());
        if turned.abs() > 0.01 {
            actions.push(UiAction::Zoom(turned / NOTCH, Some(at(pos))));
        }
        let under = made
            .scene
            .hit(at(pos).x, at(pos).y)
            .filter(|tag| !matches!(tag, Tag::Lane(_)));
        if under != game.hover.as_ref() && !response.dragged() {
            actions.push(UiAction::Hover(under.cloned()));
        }
        if game.command.wants_target() {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        } else if under.is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
    } else if game.hover.is_some() {
        actions.push(UiAction::Hover(None));
    }
    if let Some(pos) = response.interact_pointer_pos() {
        let hits = made.scene.hits(at(pos).x, at(pos).y);
        if response.clicked() {
            let held = ui.input(|input| input.modifiers);
            actions.extend(clicked(game, &hits, held.command || held.ctrl));
        } else if response.secondary_clicked() && game.selection.force.is_some() {
            actions.extend(place(&session.view, &hits).map(UiAction::Picked));
        }
    }
    note_places(ui, session, &camera, rect);
    actions
}

/// A click picks a place for an order that wants one, else it selects; again on a stack, the next below.
fn clicked(game: &Game, hits: &[&Tag], add: bool) -> Option<UiAction> {
    if game.command.wants_target() {
        let hits = hits.iter().map(|tag| (*tag).clone()).collect();
        return Some(UiAction::Command(command::Act::At(hits)));
    }
    if let (true, Some(Tag::Force(force))) = (add, hits.first()) {
        return Some(UiAction::Command(command::Act::Toggle(force.clone())));
    }
    let things: Vec<&Tag> = hits
        .iter()
        .copied()
        .filter(|tag| !matches!(tag, Tag::Lane(_)))
        .collect();
    let now = game.selection.what.as_ref();
    let next = match things.iter().position(|tag| Some(*tag) == now) {
        Some(index) => things.get((index + 1) % things.len()),
        None => things.first(),
    };
    Some(UiAction::Select(next.map(|tag| (*tag).clone())))
}

/// The sector that is meant by what lies under the pointer.
fn place(view: &SeatView, hits: &[&Tag]) -> Option<Key<Sector>> {
    hits.iter().find_map(|tag| match tag {
        Tag::Sector(sector) => Some(sector.clone()),
        Tag::Site(site) => view.sites.get(site).map(|s| s.sector.clone()),
        Tag::Contact(contact) => view.contacts.get(contact).map(|c| c.place.sector().clone()),
        Tag::Force(force) => view.forces.get(force).map(|f| f.place.sector().clone()),
        Tag::Lane(_) => None,
    })
}

/// The strip over the map: what may be laid over it, and what the pointer is on or what is being asked for.
pub fn strip(ui: &mut Ui, game: &Game, session: &Session) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = &session.view;
    ui.horizontal_centered(|ui| {
        for overlay in chart::Overlay::ALL {
            let words = match overlay {
                chart::Overlay::None => "Plain".to_owned(),
                other => sentence(other.name()),
            };
            if theme::choice(ui, words, game.overlay == overlay, None) {
                actions.push(UiAction::Overlay(overlay));
            }
        }
        if theme::button(ui, "Whole map", None) {
            actions.push(UiAction::Fit);
        }
        let (words, colour) = match (&game.command.list, &game.hover) {
            (Some(list), _) => (words::of("target", list.verb.name()), theme::attention()),
            (None, Some(tag)) => (name(view, tag), theme::text()),
            (None, None) => (String::new(), theme::dim()),
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(words).color(colour).size(theme::CAPTION)).truncate());
        });
    });
    actions
}

/// What a thing on the map is called.
pub fn name(view: &SeatView, tag: &Tag) -> String {
    match tag {
        Tag::Lane(lane) => view.map.lanes.get(lane).map_or(String::new(), |l| {
            format!(
                "{} to {}",
                tell::sector(view, l.ends.0.as_str()),
                tell::sector(view, l.ends.1.as_str())
            )
        }),
        Tag::Sector(sector) => tell::sector(view, sector.as_str()),
        Tag::Site(site) => view
            .map
            .sites
            .get(site)
            .map_or(site.to_string(), |s| s.name.clone()),
        Tag::Contact(contact) => tell::force(view, contact.as_str()),
        Tag::Force(force) => tell::force(view, force.as_str()),
    }
}

/// Notes where the sectors are, for tests that move the pointer.
fn note_places(ui: &Ui, session: &Session, camera: &Camera, rect: Rect) {
    if !ui.data(|data| {
        data.get_temp::<bool>(egui::Id::new("note places"))
            .unwrap_or(false)
    }) {
        return;
    }
    let pass = ui.ctx().cumulative_pass_nr();
    for (key, sector) in &session.view.map.sectors {
        let at = camera.to_screen((sector.at.0 as f32, sector.at.1 as f32));
        let pos = Pos2::new(at.x + rect.min.x, at.y + rect.min.y);
        if rect.shrink(4.0).contains(pos) {
            ui.data_mut(|data| {
                data.insert_temp(theme::spot_id(&format!("map:{key}")), (pos, pass))
            });
        }
    }
}

impl Picture {
    fn make(
        &mut self,
        ui: &Ui,
        view: &Arc<SeatView>,
        camera: Camera,
        options: chart::Options,
        corner: Pos2,
    ) -> &Made {
        let scale = ui.ctx().pixels_per_point();
        let fresh = self.made.as_ref().is_some_and(|made| {
            Arc::ptr_eq(&made.view, view)
                && made.camera == camera
                && made.options == options
                && made.corner == corner
                && made.scale == scale
        });
        if !fresh {
            self.made = None;
        }
        self.made.get_or_insert_with(|| {
            let scene = chart::scene(view, &camera, &options);
            let mut shapes = Vec::with_capacity(scene.shapes.len());
            for shape in &scene.shapes {
                draw(ui, &shape.form, corner, &mut shapes);
            }
            let shapes = melted(shapes, scale);
            Made {
                view: view.clone(),
                camera,
                options,
                corner,
                scale,
                scene,
                shapes,
            }
        })
    }
}

/// Everything but text melted into few meshes, so that a frame in which only the pointer moved costs next to nothing.
fn melted(shapes: Vec<Shape>, scale: f32) -> Vec<Shape> {
    let options = TessellationOptions {
        prerasterized_discs: false,
        ..Default::default()
    };
    let mut tessellator = Tessellator::new(scale, options, [1, 1], Vec::new());
    let mut out = Vec::new();
    let mut mesh = Mesh::default();
    for shape in shapes {
        let image = shape.texture_id() != egui::TextureId::default();
        if matches!(shape, Shape::Text(_)) || image {
            if !mesh.is_empty() {
                out.push(Shape::mesh(std::mem::take(&mut mesh)));
            }
            out.push(shape);
        } else {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
    }
    if !mesh.is_empty() {
        out.push(Shape::mesh(mesh));
    }
    out
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

/// One shape of the chart as shapes of egui.
fn draw(ui: &Ui, form: &Form, corner: Pos2, out: &mut Vec<Shape>) {
    let at = |p: &Pos| Pos2::new(p.x + corner.x, p.y + corner.y);
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
        Form::Text(text) => write(ui, text, at(&text.at), out),
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
            let texture = texture(ui.ctx(), *ground);
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            let over = Rect::from_min_max(at(&area.min), at(&area.max));
            out.push(Shape::image(texture.id(), over, whole, Color32::WHITE));
        }
    }
}

/// A fading shape as a mesh: rings about its centre, cut off where the shape ends.
fn glow(rim: &[Pos2], centre: Pos2, reach: f32, colour: chart::Colour) -> Mesh {
    const RINGS: [f32; 4] = [chart::FADE, 0.68, 0.84, 1.0];
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
        let pieces = (turn / 0.2).ceil().clamp(1.0, 16.0) as u8;
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
            first + RINGS.len() as u32
        };
        for (ring, share) in (0_u32..).zip(RINGS) {
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

/// A text with its rim.
fn write(ui: &Ui, text: &Text, at: Pos2, out: &mut Vec<Shape>) {
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
        ui.painter().layout_job(job)
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
