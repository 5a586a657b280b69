//! The dock at the bottom: orders given this turn, and the journal of the last one.

use bevy_egui::egui::{self, Align, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use super::journal;
use crate::gui::{
    Table, UiAction,
    table::{sentence, words},
    theme,
};

/// Shows both.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let size = ui.available_size();
    ui.horizontal_top(|ui| {
        let left = (size.x * 0.4).clamp(300.0, 520.0);
        column(ui, Vec2::new(left, size.y), |ui| {
            orders(ui, table, &mut actions)
        });
        ui.separator();
        column(ui, Vec2::new(ui.available_width(), size.y), |ui| {
            journal::show(ui, table, &mut actions)
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

fn orders(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(format!("{} ORDERS", table.pending.len()))
                .font(theme::medium(theme::CAPTION))
                .color(theme::dim()),
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let none = table
                .pending
                .is_empty()
                .then(|| "no order has been given".to_owned());
            for (name, action, refused) in [
                ("Clear", UiAction::RetractAll, none),
                ("Redo", UiAction::Redo, None),
                ("Undo", UiAction::Undo, None),
            ] {
                if theme::button(ui, name, refused) {
                    actions.push(action);
                }
            }
        });
    });
    if let Some(message) = table.message {
        ui.label(
            RichText::new(sentence(message))
                .color(theme::attention())
                .size(theme::CAPTION),
        );
    }
    ScrollArea::vertical().id_salt("pending").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (index, order) in table.pending.iter().enumerate() {
            ui.horizontal(|ui| {
                let cross = ui.add(egui::Button::new(RichText::new("take back").size(theme::CAPTION).color(theme::dim())).frame(false));
                theme::spot(ui, &format!("take back {index}"), &cross);
                if cross.clicked() {
                    actions.push(UiAction::Retract(index));
                }
                ui.add(Label::new(RichText::new(words(table.view, order)).size(theme::CAPTION)).truncate());
            });
        }
        if table.pending.is_empty() {
            theme::note(ui, "Select a force, then right-click a sector to march there; other orders are at the right.");
        }
    });
}
