//! The dock at the bottom: orders given this turn, and the journal of the last one.

use bevy_egui::egui::{self, Align, Label, Layout, RichText, ScrollArea, Sense, Ui, Vec2};

use super::pending;
use crate::{
    content::{Key, Sector},
    gui::{Table, UiAction, table::sentence, theme},
    sim::{
        journal::{Entry, What},
        state::Place,
        view::SeatView,
    },
    war::tell,
};

/// Shows both.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let size = ui.available_size();
    ui.horizontal_top(|ui| {
        let left = (size.x * 0.5).clamp(300.0, 520.0);
        column(ui, Vec2::new(left, size.y), |ui| {
            pending::show(ui, table, &mut actions)
        });
        ui.separator();
        column(ui, Vec2::new(ui.available_width(), size.y), |ui| {
            journal(ui, table, &mut actions)
        });
    });
    actions
}

fn column(ui: &mut Ui, size: Vec2, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        content(ui);
    });
}

fn journal(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    ui.label(
        RichText::new("JOURNAL OF THE LAST TURN")
            .font(theme::medium(theme::CAPTION))
            .color(theme::dim()),
    );
    ui.add_space(4.0);
    ScrollArea::vertical()
        .id_salt("journal")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            if table.view.report.is_empty() {
                theme::note(
                    ui,
                    if table.view.turn == 1 {
                        "The war has not begun."
                    } else {
                        "Nothing was seen to happen."
                    },
                );
            }
            for entry in table.view.report.iter().filter(|e| !is_detail(e)) {
                line(ui, table.view, entry, actions);
            }
        });
}

/// One happening; a click goes to its place.
pub fn line(ui: &mut Ui, view: &SeatView, entry: &Entry, actions: &mut Vec<UiAction>) {
    let words = RichText::new(sentence(&tell::entry(view, entry)))
        .size(theme::CAPTION)
        .color(tone(&entry.what));
    let response = ui.add(
        Label::new(words)
            .sense(Sense::click())
            .selectable(false)
            .wrap(),
    );
    if let Some(sector) = place_of(&entry.what)
        && response
            .on_hover_cursor(egui::CursorIcon::PointingHand)
            .clicked()
    {
        actions.push(UiAction::Centre(sector.clone()));
    }
}

/// Steps within a battle, own marches and repairs: in the report, not in the journal.
fn is_detail(entry: &Entry) -> bool {
    matches!(
        entry.what,
        What::Bout { .. } | What::Repaired { .. } | What::Drew { .. } | What::Sighted { .. }
    )
}

fn tone(what: &What) -> egui::Color32 {
    match what {
        What::ShipsLost { .. }
        | What::ForceLost { .. }
        | What::FlagshipLost { .. }
        | What::Starving { .. } => theme::loss(),
        What::Battle { .. }
        | What::Refused { .. }
        | What::SectorTaken { .. }
        | What::SiteTaken { .. }
        | What::Ended { .. } => theme::attention(),
        _ => theme::text(),
    }
}

/// Where it happened.
pub fn place_of(what: &What) -> Option<&Key<Sector>> {
    Some(match what {
        What::Arrived { sector, .. }
        | What::ArrivalBarred { sector, .. }
        | What::GaveAway { sector, .. }
        | What::Barred { sector, .. }
        | What::SectorTaken { sector, .. } => sector,
        What::Salvos { at, .. } | What::ConvoysLost { at, .. } => at,
        What::FellBack { to, .. } | What::Retreated { to, .. } | What::DepotMoved { to, .. } => to,
        What::Moved { to, .. } => Place::sector(to),
        What::ShipsLost { place, .. }
        | What::ForceLost { place, .. }
        | What::Met { place, .. }
        | What::Lured { place, .. }
        | What::Bout { place, .. }
        | What::Battle { place, .. }
        | What::Captured { place, .. }
        | What::Sighted { place, .. } => place.sector(),
        _ => return None,
    })
}
