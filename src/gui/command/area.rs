//! Forces selected by drawing a box around them on the map.

use std::collections::BTreeSet;

use bevy_egui::egui::{
    CursorIcon, Id, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui,
};

use super::Act;
use crate::{
    chart::{Area, Camera, Pos},
    content::{Force, Key, Sector},
    gui::{UiAction, theme},
    sim::{state::Place, view::SeatView},
};

/// How far a counter stands from its place, points.
const COUNTER: f32 = 16.0;

/// What dragging with Shift held does on the map: a box is drawn, and on letting go the forces in it are selected.
/// None if the map is dragged otherwise.
pub fn dragged(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    view: &SeatView,
    camera: &Camera,
) -> Option<Vec<UiAction>> {
    let id = Id::new("box");
    if response.drag_started_by(PointerButton::Primary) && ui.input(|i| i.modifiers.shift) {
        let from = ui.input(|i| i.pointer.press_origin())?;
        ui.data_mut(|data| data.insert_temp(id, from));
    }
    let from: Pos2 = ui.data(|data| data.get_temp(id))?;
    let to = ui.input(|i| i.pointer.latest_pos())?;
    let drawn = Rect::from_two_pos(from, to).intersect(rect);
    if response.dragged() {
        let line = Stroke::new(1.5, theme::text());
        let fill = theme::text().gamma_multiply(0.08);
        ui.painter_at(rect)
            .rect(drawn, 0.0, fill, line, StrokeKind::Inside);
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        return Some(Vec::new());
    }
    ui.data_mut(|data| data.remove::<Pos2>(id));
    let area = Area {
        min: Pos::new(drawn.min.x - rect.min.x, drawn.min.y - rect.min.y),
        max: Pos::new(drawn.max.x - rect.min.x, drawn.max.y - rect.min.y),
    };
    let inside = forces_in(view, camera, area);
    if inside.is_empty() {
        return Some(Vec::new());
    }
    let forces = inside.into_iter().collect();
    Some(vec![UiAction::Command(Act::These(forces))])
}

/// Own forces whose place lies in a part of the picture, or so near it that their counters do.
pub fn forces_in(view: &SeatView, camera: &Camera, area: Area) -> BTreeSet<Key<Force>> {
    let area = area.grown(COUNTER);
    let at = |sector: &Key<Sector>| {
        let sector = view.map.sectors.get(sector)?;
        Some(camera.to_screen((sector.at.0 as f32, sector.at.1 as f32)))
    };
    let place = |place: &Place| match place {
        Place::Sector(sector) => at(sector),
        Place::Lane {
            from,
            to,
            done,
            length,
            ..
        } => {
            let share = *done as f32 / (*length).max(1) as f32;
            Some(at(from)?.toward(at(to)?, share))
        }
    };
    let stand = view.forces.iter().filter(|(_, force)| force.mine);
    stand
        .filter(|(_, force)| place(&force.place).is_some_and(|at| area.contains(at)))
        .map(|(key, _)| key.clone())
        .collect()
}
