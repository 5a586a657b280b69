//! The map in the middle: the chart's scene painted by egui. The picture is made again only when the view, the
//! camera or the options have changed.

use std::sync::Arc;

use bevy_egui::egui::{
    self, Color32, CursorIcon, FontId, Galley, PointerButton, Pos2, Rect, Sense, Stroke, Ui, Vec2,
    WidgetInfo, WidgetType,
};

use super::{
    Game, UiAction, around,
    command::{self, area, drag},
    minimap::Act,
    paint,
    panels::guide,
    picture::{Aside, Picture},
    session::Session,
    table::sentence,
    theme,
    words::{self, say},
};
use crate::{
    chart::{self, Camera, Pos, Tag},
    content::{Key, Sector},
    sim::view::SeatView,
    war::tell,
};

/// Points the wheel turns for one step of zoom.
const NOTCH: f32 = 40.0;
/// Room around what the map says in its corner, points.
const PAD: Vec2 = Vec2::new(8.0, 4.0);

/// Paints the map into what room is left and tells what the pointer did on it.
pub fn show(ui: &mut Ui, game: &Game, session: &Session, picture: &mut Picture) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, say!("map-name")));
    // Before the first frame nobody knows what room there will be.
    let Some(camera) = session.camera.filter(|camera| camera.has_room()) else {
        return vec![UiAction::Room(rect.width(), rect.height())];
    };
    if (camera.size.0 - rect.width()).abs() > 0.5 || (camera.size.1 - rect.height()).abs() > 0.5 {
        actions.push(UiAction::Room(rect.width(), rect.height()));
    }
    let view = game.film.still().unwrap_or(&session.view);
    picture.look(ui.ctx(), view, &camera, game.chart_options());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::colour(theme::palette().ground));
    let caption = caption(ui, game, session, rect);
    let played = game.film.frame(&game.settings).map(|frame| {
        let below = picture.below(ui.ctx(), &camera, rect);
        chart::film_scene(&camera, &game.chart_options(), &frame, &below)
    });
    let aside = Aside {
        names: played.as_ref().map(|played| &played.hidden),
        plate: caption.as_ref().map(|(plate, ..)| *plate),
    };
    let shapes = picture.shapes(ui.ctx(), &camera, rect, aside);
    painter.extend(shapes.iter().cloned());
    if let Some(played) = &played {
        painter.extend(paint::shapes(ui.ctx(), &played.scene, rect.min));
    }
    ring(&painter, session, &camera, rect, game);
    if let Some((plate, words, colour)) = caption {
        painter.rect_filled(plate, 0.0, theme::colour(theme::palette().panel));
        painter.galley(plate.min + PAD, words, colour);
    }
    let at = |pos: Pos2| Pos::new(pos.x - rect.min.x, pos.y - rect.min.y);
    let boxed = area::dragged(ui, &response, rect, &session.view, &camera);
    let drawn = || {
        let hits = |pos| picture.hits(&camera, rect, pos);
        drag::dragged(ui, &response, (rect, &camera), (game, session), &hits)
    };
    if let Some(done) = boxed.or_else(drawn) {
        actions.extend(done);
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
        let under = picture.hit(&camera, rect, pos);
        // A stack that opens under a pointer at rest must not shut itself again, and again open.
        let moved = |event: &egui::Event| matches!(event, egui::Event::PointerMoved(_));
        let moves = ui.input(|input| input.events.iter().any(moved));
        if moves && under != game.hover.as_ref() && !response.dragged() {
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
        let hits = picture.hits(&camera, rect, pos);
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

/// A ring around the place that the pointer is on.
fn ring(painter: &egui::Painter, session: &Session, camera: &Camera, rect: Rect, game: &Game) {
    let Some(tag @ Tag::Sector(sector)) = &game.hover else {
        return;
    };
    if let (Some(sector), true) = (
        session.view.map.sectors.get(sector),
        game.selection.what.as_ref() != Some(tag),
    ) {
        let at = camera.to_screen((sector.at.0 as f32, sector.at.1 as f32));
        let line = Stroke::new(1.2, theme::colour(theme::palette().text.faint(0.6)));
        painter.circle_stroke(rect.min + Vec2::new(at.x, at.y), 8.6, line);
    }
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
pub fn place(view: &SeatView, hits: &[&Tag]) -> Option<Key<Sector>> {
    hits.iter().find_map(|tag| match tag {
        Tag::Sector(sector) => Some(sector.clone()),
        Tag::Site(site) => view.sites.get(site).map(|s| s.sector.clone()),
        Tag::Contact(contact) => view.contacts.get(contact).map(|c| c.place.sector().clone()),
        Tag::Force(force) => view.forces.get(force).map(|f| f.place.sector().clone()),
        Tag::Lane(_) => None,
    })
}

/// The strip over the map: what may be laid over it.
pub fn strip(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for overlay in chart::Overlay::ALL {
            let words = match overlay {
                chart::Overlay::None => say!("map-plain"),
                other => sentence(other.name()),
            };
            if theme::choice(ui, words, game.overlay == overlay, None) {
                actions.push(UiAction::Overlay(overlay));
            }
        }
        if theme::button(ui, say!("map-whole"), None) {
            actions.push(UiAction::Fit);
        }
        if theme::choice_about(
            ui,
            say!("map-small"),
            !game.small_map.is_folded,
            None,
            &say!("map-small-about"),
        ) {
            actions.push(UiAction::SmallMap(Act::Fold));
        }
        if game.led().is_some() {
            actions.extend(guide::switch(ui, game));
        }
        let following = game.session.as_ref().map(|session| &session.following);
        if let Some(following) = following.filter(|following| following.entered) {
            let short = say!("map-follow-short", n = following.still);
            let whole = say!("map-follow", n = following.still);
            if theme::button_for(ui, &short, &whole, None) {
                let open = around::Act::Open(around::Leaf::Against);
                actions.push(UiAction::Around(open));
            }
        }
    });
    actions
}

/// What the map has to say, in its corner: what is being done, what a click is for, what is under the pointer.
fn caption(
    ui: &Ui,
    game: &Game,
    session: &Session,
    rect: Rect,
) -> Option<(Rect, Arc<Galley>, Color32)> {
    let (words, colour) = match (&game.command.list, &game.hover, game.progress()) {
        (.., Some(progress)) => (progress, theme::dim()),
        (Some(list), ..) => (words::of("target", list.verb.name()), theme::attention()),
        (None, Some(tag), _) => (name(&session.view, tag), theme::text()),
        (None, None, _) => return None,
    };
    if words.is_empty() {
        return None;
    }
    let font = FontId::proportional(theme::CAPTION);
    let galley = ui.painter().layout(words, font, colour, rect.width() * 0.6);
    let size = galley.size() + 2.0 * PAD;
    let plate = Rect::from_min_size(rect.left_bottom() - Vec2::new(0.0, size.y), size);
    Some((plate, galley, colour))
}

/// What a thing on the map is called.
pub fn name(view: &SeatView, tag: &Tag) -> String {
    match tag {
        Tag::Lane(lane) => view.map.lanes.get(lane).map_or(String::new(), |l| {
            say!(
                "map-lane",
                from = tell::sector(view, l.ends.0.as_str()),
                to = tell::sector(view, l.ends.1.as_str())
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
