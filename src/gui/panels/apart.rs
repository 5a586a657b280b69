//! Who holds what in a war that was entered against who held it in the record: a map on which what differs stands out,
//! the same as a list, and when what can be dated was there and here.

use std::sync::Arc;

use bevy_egui::egui::{
    Align, Color32, Id, Label, Layout, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, WidgetType, pos2,
};

use super::page;
use crate::{
    chart::{self, Camera, Held, Look},
    gui::{
        Game, UiAction,
        around::Act,
        history::{
            against::{Account, Act as Entered},
            dates::{self, otherwise},
        },
        paint, theme,
        words::say,
    },
    sim::view::SeatView,
};

/// Height of the map in widths of it, and how high it is at most, points.
const SHAPE: f32 = 0.62;
const HIGHEST: f32 = 380.0;
/// Rows of a list before the rest is counted.
const ROWS: usize = 12;
/// Edge of a sign of the legend, points.
const SIGN: f32 = 22.0;

/// The map, what its signs mean, and the same as a list.
pub fn show(
    ui: &mut Ui,
    game: &Game,
    view: &Arc<SeatView>,
    account: &Account,
    actions: &mut Vec<UiAction>,
) {
    let at_end = game.around.entered.at_end;
    theme::heading(ui, &say!("entered-map"));
    ui.horizontal_wrapped(|ui| {
        for (words, end) in [
            (say!("entered-at-same"), false),
            (say!("entered-at-end"), true),
        ] {
            if theme::choice_of(ui, &say!("entered-map"), &words, at_end == end) {
                actions.push(UiAction::Around(Act::Entered(Entered::AtEnd(end))));
            }
        }
    });
    let Some(there) = account.held_there(at_end) else {
        return;
    };
    let apart = account.apart(at_end);
    let about = say!("entered-apart", n = apart.len());
    map(ui, game.settings.look, view, there, &about);
    legend(ui, view);
    page::prose(ui, &about);
    for (sector, here, there) in apart.iter().take(ROWS) {
        let words = otherwise(view, sector.as_str(), here.as_ref(), there.as_ref());
        ui.add(Label::new(RichText::new(words).size(theme::CAPTION)).wrap());
    }
    if let Some(more) = apart.len().checked_sub(ROWS).filter(|more| *more > 0) {
        theme::note(ui, say!("entered-more", n = more));
    }
}

/// A picture of this, kept from frame to frame.
#[derive(Clone)]
struct Kept {
    view: Arc<SeatView>,
    there: Held,
    rect: Rect,
    look: Look,
    shapes: Arc<Vec<Shape>>,
}

fn map(ui: &mut Ui, look: Look, view: &Arc<SeatView>, there: &Held, about: &str) {
    let width = ui.available_width();
    let size = Vec2::new(width, (width * SHAPE).min(HIGHEST));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, about));
    theme::spot(ui, "map:apart", &response);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 4.0, theme::colour(theme::palette().ground));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let slot = Id::new("held apart");
    // Moved by scrolling it is the same picture.
    let own = Rect::from_min_size(pos2(0.0, 0.0), rect.size());
    let is_same = |kept: &Kept| {
        Arc::ptr_eq(&kept.view, view)
            && kept.there == *there
            && kept.rect == own
            && kept.look == look
    };
    let held: Option<Kept> = ui.data(|data| data.get_temp(slot));
    let kept = held.filter(is_same).unwrap_or_else(|| {
        let bare = SeatView {
            sectors: view.sectors.clone(),
            ..view.deserted()
        };
        let camera = Camera::fit(&bare.map, (own.width(), own.height()), 0.08);
        let options = chart::Options {
            look,
            scale: 0.8,
            show_salvos: false,
            held_there: Some(Arc::new(there.clone())),
            ..chart::Options::default()
        };
        let scene = chart::scene(&bare, &camera, &options);
        let kept = Kept {
            view: view.clone(),
            there: there.clone(),
            rect: own,
            look,
            shapes: Arc::new(paint::shapes(ui.ctx(), &scene, own.min)),
        };
        ui.data_mut(|data| data.insert_temp(slot, kept.clone()));
        kept
    });
    painter.extend(kept.shapes.iter().cloned().map(|mut shape| {
        shape.translate(rect.min.to_vec2());
        shape
    }));
    painter.rect_stroke(rect, 4.0, theme::hairline(), StrokeKind::Inside);
}

/// What hatch and outline mean, side by side.
fn legend(ui: &mut Ui, view: &SeatView) {
    for (heading, is_there) in [
        (say!("entered-legend-here"), false),
        (say!("entered-legend-there"), true),
    ] {
        ui.horizontal_wrapped(|ui| {
            theme::note(ui, heading);
            for (rank, name) in view.sides.values().enumerate() {
                sign(ui, rank, is_there);
                ui.add(Label::new(RichText::new(name).size(theme::CAPTION)));
            }
        });
    }
    theme::note(ui, say!("entered-legend-same"));
}

/// A side's sign: its hatch, or its outline.
fn sign(ui: &mut Ui, rank: usize, is_there: bool) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(SIGN, SIGN * 0.7), Sense::hover());
    let hue = theme::side(rank);
    let painter = ui.painter_at(rect.expand(1.0));
    let inner = rect.shrink(2.0);
    if is_there {
        let stroke = chart::outline(rank, theme::palette().side(rank), 1.0);
        let line = Stroke::new(stroke.width, hue);
        let corners = [
            inner.left_top(),
            inner.right_top(),
            inner.right_bottom(),
            inner.left_bottom(),
            inner.left_top(),
        ];
        match stroke.dash {
            Some((on, off)) => painter.extend(Shape::dashed_line(&corners, line, on, off)),
            None => _ = painter.add(Shape::line(corners.to_vec(), line)),
        }
        return;
    }
    let fill = Color32::from_rgba_unmultiplied(hue.r(), hue.g(), hue.b(), 76);
    painter.rect_filled(inner, 0.0, fill);
    let painter = ui.painter_at(inner);
    for degrees in chart::hatches(rank) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (along, across) = (Vec2::new(cos, sin) * SIGN, Vec2::new(-sin, cos));
        for step in -2..=2 {
            let at = inner.center() + across * (step as f32 * 5.0);
            painter.line_segment([at - along, at + along], Stroke::new(1.0, hue));
        }
    }
}

/// When what can be dated was in the record, and here.
pub fn dates(ui: &mut Ui, view: &SeatView, account: &Account) {
    theme::heading(ui, &say!("entered-dates"));
    if account.dates.is_empty() {
        theme::note(ui, say!("entered-no-dates"));
    }
    if !account.is_over {
        theme::note(ui, say!("entered-as-known"));
    }
    for dating in &account.dates {
        // A column would stretch the lines.
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add(
                Label::new(RichText::new(&dating.what).font(theme::medium(theme::CAPTION + 1.0)))
                    .wrap(),
            );
            let words = dates::words(view, dating);
            ui.add(Label::new(RichText::new(words).size(theme::CAPTION)).wrap());
            if let Some(source) = &dating.source {
                theme::note(ui, source.as_str());
            }
        });
        ui.add_space(4.0);
    }
}
