//! The dock at the bottom: orders given this turn, and the journal of the last one.

use bevy_egui::egui::{Align, Layout, Ui, Vec2};

use super::{journal, pending};
use crate::gui::{Table, UiAction};

/// Room that both need beside each other, points.
const LEAST: f32 = 620.0;

/// Shows both, if there is room for both.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let size = ui.available_size();
    if size.x < LEAST {
        // The report has the journal as well.
        pending::show(ui, table, &mut actions);
        return actions;
    }
    ui.horizontal_top(|ui| {
        let left = (size.x * 0.5).clamp(300.0, 520.0);
        column(ui, Vec2::new(left, size.y), |ui| {
            pending::show(ui, table, &mut actions)
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
