//! The whole map small in the corner of the left dock: who holds what, the frame of what the map shows, a click or a drag
//! to look elsewhere.

use std::sync::Arc;

use bevy_egui::egui::{
    CursorIcon, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType,
    epaint::Mesh,
};

use super::{Game, UiAction, session::Session, theme, words::say};
use crate::{
    chart::{self, Camera, Pos},
    content::{Key, Side},
    sim::view::SeatView,
};

/// How high it is, points.
pub const HEIGHT: f32 = 132.0;

/// Whether it is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SmallMap {
    /// Whether it is folded away.
    pub is_folded: bool,
}

/// What is done at it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Act {
    /// Looks there, chart units.
    Look(f32, f32),
    /// Folds it away or out.
    Fold,
}

impl Game {
    /// Carries it out.
    pub(super) fn at_small_map(&mut self, act: Act) {
        match act {
            Act::Look(x, y) => self.move_camera(|camera| camera.centre = (x, y)),
            Act::Fold => self.small_map.is_folded ^= true,
        }
    }
}

/// What was drawn last.
#[derive(Default)]
pub struct Kept(Option<Drawn>);

struct Drawn {
    view: Arc<SeatView>,
    rect: Rect,
    text: bevy_egui::egui::Color32,
    looks: u32,
    camera: Camera,
    shapes: Vec<Shape>,
}

/// Shows it; `camera` is what the large map shows.
pub fn show(ui: &mut Ui, session: &Session, kept: &mut Kept) -> Vec<UiAction> {
    let size = Vec2::new(ui.available_width(), ui.available_height().min(HEIGHT));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, say!("map-small-about")));
    theme::spot(ui, &say!("map-small-about"), &response);
    let drawn = kept.look(&session.view, rect);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 4.0, theme::colour(theme::palette().ground));
    painter.extend(drawn.shapes.iter().cloned());
    let small = drawn.camera;
    if let Some(large) = session.camera {
        let corner = |at: Pos| {
            let at = small.to_screen(large.to_chart(at));
            rect.min + Vec2::new(at.x, at.y)
        };
        let frame = Rect::from_min_max(
            corner(Pos::default()),
            corner(Pos::new(large.size.0, large.size.1)),
        );
        let line = Stroke::new(1.0, theme::text());
        painter.rect_stroke(frame.intersect(rect), 0.0, line, StrokeKind::Inside);
    }
    painter.rect_stroke(rect, 4.0, theme::hairline(), StrokeKind::Inside);
    let response = response.on_hover_cursor(CursorIcon::Crosshair);
    let is_asked = response.clicked() || response.dragged();
    match response.interact_pointer_pos().filter(|_| is_asked) {
        Some(at) => {
            let at = small.to_chart(Pos::new(at.x - rect.min.x, at.y - rect.min.y));
            vec![UiAction::SmallMap(Act::Look(at.0, at.1))]
        }
        None => Vec::new(),
    }
}

impl Kept {
    fn look(&mut self, view: &Arc<SeatView>, rect: Rect) -> &Drawn {
        let is_so = |drawn: &Drawn| {
            Arc::ptr_eq(&drawn.view, view)
                && drawn.rect == rect
                && drawn.text == theme::text()
                && drawn.looks == chart::edition()
        };
        if !self.0.as_ref().is_some_and(is_so) {
            self.0 = None;
        }
        self.0.get_or_insert_with(|| {
            let camera = Camera::fit(&view.map, (rect.width(), rect.height()), 0.06);
            Drawn {
                view: view.clone(),
                rect,
                text: theme::text(),
                looks: chart::edition(),
                camera,
                shapes: draw(view, &camera, rect.min),
            }
        })
    }
}

/// Ways as hairlines, places in the hue of whoever holds them: all of it in one mesh.
fn draw(view: &SeatView, camera: &Camera, corner: Pos2) -> Vec<Shape> {
    let palette = theme::palette();
    let at = |key| {
        let sector = view.map.sectors.get(key)?;
        let at = camera.to_screen((sector.at.0 as f32, sector.at.1 as f32));
        Some(corner + Vec2::new(at.x, at.y))
    };
    let mut mesh = Mesh::default();
    let line = theme::colour(palette.lane.faint(0.35));
    for lane in view.map.lanes.values() {
        if let (Some(a), Some(b)) = (at(&lane.ends.0), at(&lane.ends.1)) {
            let side = (b - a).normalized().rot90() * 0.5;
            let first = mesh.vertices.len() as u32;
            for point in [a + side, b + side, b - side, a - side] {
                mesh.colored_vertex(point, line);
            }
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first, first + 2, first + 3);
        }
    }
    let sides: Vec<&Key<Side>> = view.sides.keys().collect();
    let half = if view.map.sectors.len() > 200 {
        1.0
    } else {
        2.0
    };
    for key in view.map.sectors.keys() {
        let known = view.sectors.get(key);
        let owner = known.and_then(|known| known.owner.as_ref());
        let rank = owner.and_then(|owner| sides.iter().position(|side| *side == owner));
        let hue = rank.map_or(theme::dim(), theme::side);
        if let Some(at) = at(key) {
            mesh.add_colored_rect(Rect::from_center_size(at, Vec2::splat(2.0 * half)), hue);
        }
    }
    vec![Shape::mesh(mesh)]
}
