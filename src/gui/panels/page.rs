//! What the pages over menu and table have in common: a title, a way back, and room that scrolls.

use bevy_egui::egui::{Align, Layout, RichText, ScrollArea, Ui, UiBuilder, Vec2};

use crate::gui::{Game, UiAction, around, around::Act, theme, words::say};

/// Widest line of prose, points: about seventy letters.
pub const PROSE: f32 = 480.0;
/// Least room beside a word, points.
const BESIDE: f32 = 200.0;
/// Widest page, points.
const WIDTH: f32 = 1120.0;

/// A page with its title and a way back; what does not fit is scrolled to.
pub fn show(
    ui: &mut Ui,
    game: &Game,
    title: &str,
    body: impl FnOnce(&mut Ui, &mut Vec<UiAction>),
) -> Vec<UiAction> {
    sheet(ui, game, title, |ui, actions| {
        ScrollArea::vertical()
            .id_salt(title)
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::new(8.0, 8.0);
                body(ui, actions);
                ui.add_space(24.0);
            });
    })
}

/// A page with its title and a way back, whose body scrolls by itself what does not fit.
pub fn sheet(
    ui: &mut Ui,
    game: &Game,
    title: &str,
    body: impl FnOnce(&mut Ui, &mut Vec<UiAction>),
) -> Vec<UiAction> {
    let mut actions = Vec::new();
    around::region(ui, title);
    let room = ui.available_width();
    let margin = ((room - WIDTH) / 2.0).max(if room < 700.0 { 16.0 } else { 40.0 });
    let mut sheet = ui
        .available_rect_before_wrap()
        .shrink2(Vec2::new(margin, 8.0));
    sheet.min.y += 8.0;
    ui.scope_builder(UiBuilder::new().max_rect(sheet), |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).font(theme::medium(theme::TITLE)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if theme::button(ui, say!("page-back"), None) {
                    actions.push(UiAction::Around(Act::Close));
                }
            });
        });
        said(ui, game);
        theme::rule(ui);
        body(ui, &mut actions);
    });
    actions
}

/// What was said last, if anything.
pub fn said(ui: &mut Ui, game: &Game) {
    if let Some(message) = &game.message {
        ui.label(RichText::new(message).color(theme::attention()));
    }
}

/// Prose in lines that can be read.
pub fn prose(ui: &mut Ui, words: &str) {
    ui.with_layout(Layout::top_down(Align::Min), |ui| {
        ui.set_max_width(PROSE.min(ui.available_width()));
        ui.label(RichText::new(words).size(theme::BODY));
    });
}

/// A word at the left in a column of this width, and what belongs to it at the right of it, in as many lines as it
/// needs; below it where the window is narrow.
pub fn row(ui: &mut Ui, width: f32, word: &str, body: impl FnOnce(&mut Ui)) {
    let room = ui.available_width();
    let size = Vec2::new(width.min(room), ui.spacing().interact_size.y);
    let word = |ui: &mut Ui| {
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            ui.add(bevy_egui::egui::Label::new(word).wrap());
        });
    };
    if room < width + BESIDE {
        ui.horizontal_wrapped(|ui| {
            word(ui);
            body(ui);
        });
    } else {
        ui.horizontal_top(|ui| {
            word(ui);
            ui.horizontal_wrapped(body);
        });
    }
}
