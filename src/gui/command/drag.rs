//! A march drawn on the map: from the counter of a force that is selected to the place where it shall go. While it is drawn
//! the way lies on the map, with when it is done and whom it would meet.

use bevy_egui::egui::{
    Align2, Color32, CursorIcon, FontId, Id, Key as Button, PointerButton, Pos2, Rect, Response,
    Stroke, Ui, Vec2,
};

use super::rows::arrival;
use crate::{
    chart::{Camera, Tag},
    content::{Force, Key, Sector},
    gui::{Game, UiAction, map::place, session::Session, theme, words::say},
    sim::{
        order::{Cue, Pace, arrivals, held_by, perils},
        view::Leg,
    },
    war::tell,
};

/// Room around what is said beside the pointer, points.
const PAD: Vec2 = Vec2::new(6.0, 3.0);

/// What dragging from the counter of a selected force does: the way is drawn, and on letting go over a place the march is
/// ordered. None if the map is dragged otherwise. `hits` tells what lies at a point, the topmost first.
pub fn dragged<'a>(
    ui: &Ui,
    response: &Response,
    (rect, camera): (Rect, &Camera),
    (game, session): (&Game, &Session),
    hits: &dyn Fn(Pos2) -> Vec<&'a Tag>,
) -> Option<Vec<UiAction>> {
    let id = Id::new("march drawn");
    if response.drag_started_by(PointerButton::Primary) {
        let from = ui.input(|i| i.pointer.press_origin())?;
        let force = grasped(game, session, &hits(from))?;
        ui.data_mut(|data| data.insert_temp(id, force));
    }
    let force: Key<Force> = ui.data(|data| data.get_temp(id))?;
    let at = ui.input(|i| i.pointer.latest_pos())?;
    let goal = place(&session.view, &hits(at)).filter(|_| rect.contains(at));
    let own = session.view.forces.get(&force);
    let goal = goal.filter(|goal| own.is_some_and(|own| own.place.in_sector() != Some(goal)));
    let is_over = !response.dragged() || ui.input(|i| i.key_pressed(Button::Escape));
    if !is_over {
        preview(
            ui,
            (rect, camera),
            (game, session),
            &force,
            goal.as_ref(),
            at,
        );
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        return Some(Vec::new());
    }
    ui.data_mut(|data| data.remove::<Key<Force>>(id));
    Some(match response.drag_stopped() {
        true => goal.map(UiAction::Picked).into_iter().collect(),
        false => Vec::new(),
    })
}

/// The force whose counter is grasped, if it is selected and can be ordered.
fn grasped(game: &Game, session: &Session, hits: &[&Tag]) -> Option<Key<Force>> {
    let free = session.watch.is_none() && !game.is_busy() && !game.command.wants_target();
    let is_chosen = |force: &Key<Force>| {
        game.selection.force.as_ref() == Some(force) || game.command.chosen.contains(force)
    };
    let mine = |force: &Key<Force>| session.view.forces.get(force).is_some_and(|f| f.mine);
    let mut forces = hits.iter().filter_map(|tag| match tag {
        Tag::Force(force) => Some(force),
        _ => None,
    });
    // Of a stack whichever is selected.
    let force = forces.find(|force| is_chosen(force) && mine(force))?;
    free.then(|| force.clone())
}

/// The way to the goal, and beside the pointer when it is done and whom it would meet; a line to the pointer while it is over
/// no place.
fn preview(
    ui: &Ui,
    (rect, camera): (Rect, &Camera),
    (game, session): (&Game, &Session),
    force: &Key<Force>,
    goal: Option<&Key<Sector>>,
    at: Pos2,
) {
    let view = &session.view;
    let Some(own) = view.forces.get(force) else {
        return;
    };
    let spot = |sector: &Key<Sector>| {
        let (x, y) = view.map.sectors.get(sector)?.at;
        let at = camera.to_screen((x as f32, y as f32));
        Some(rect.min + Vec2::new(at.x, at.y))
    };
    let painter = ui.painter_at(rect);
    let graph = &game.command.graph;
    let from = own.place.sector();
    let Some(goal) = goal else {
        let line = Stroke::new(1.5, theme::dim());
        let start = ui
            .input(|i| i.pointer.press_origin())
            .or_else(|| spot(from));
        painter.extend(start.map(|start| bevy_egui::egui::Shape::line(vec![start, at], line)));
        return said(ui, rect, at, say!("drag-nowhere"), theme::dim());
    };
    let way = graph.shortest(from, goal).unwrap_or_default();
    let leg = Leg {
        to: goal.clone(),
        pace: Pace::Cruise,
        cue: Cue::None,
    };
    let legs = [leg];
    let met = perils(view, graph, own, &legs);
    let hue = match met.is_empty() {
        true => theme::text(),
        false => theme::attention(),
    };
    let points: Vec<Pos2> = way.iter().filter_map(spot).collect();
    if let Some(end) = points.last() {
        painter.circle_stroke(*end, 12.0, Stroke::new(2.0, hue));
    }
    painter.line(points, Stroke::new(2.5, hue));
    let place = tell::sector(view, goal.as_str());
    let words = if way.is_empty() {
        say!("drag-no-way", place = place)
    } else {
        let held = held_by(view, force, &session.pending);
        let held = held.as_ref().and_then(|p| view.rules.postures.get(p));
        let done = arrivals(view, graph, own, &legs).last().copied().flatten();
        let turn = held.map_or_else(
            || arrival(view, done),
            |p| say!("arrives-held", posture = p.name.to_lowercase()),
        );
        let places = met
            .iter()
            .map(|peril| tell::sector(view, peril.at.as_str()));
        match met.is_empty() {
            true => say!("drag-march", place = place, turn = turn),
            false => say!(
                "drag-meets",
                place = place,
                turn = turn,
                places = places.collect::<Vec<_>>().join(", ")
            ),
        }
    };
    said(ui, rect, at, words, hue);
}

/// Words on a plate beside the pointer, inside the map.
fn said(ui: &Ui, rect: Rect, at: Pos2, words: String, hue: Color32) {
    let painter = ui.painter_at(rect);
    let font = FontId::proportional(theme::CAPTION);
    let galley = painter.layout(words, font, hue, rect.width() * 0.5);
    let size = galley.size() + 2.0 * PAD;
    let corner = at + Vec2::new(18.0, 14.0);
    let corner = corner.min(rect.max - size).max(rect.min);
    let plate = Align2::LEFT_TOP.anchor_size(corner, size);
    painter.rect_filled(plate, 4.0, theme::colour(theme::palette().panel));
    painter.galley(plate.min + PAD, galley, hue);
}
