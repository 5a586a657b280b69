//! The end of the war: who won, by how much, and the account.

use bevy_egui::egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::account;
use crate::{
    content::Scenario,
    gui::{Table, UiAction, theme},
    sim::view::Ending,
    war::tell,
};

/// Shows the verdict.
pub fn show(ui: &mut Ui, table: &Table, ending: &Ending, scenario: &Scenario) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ui.vertical_centered(|ui| {
        ui.add_space(24.0);
        ui.set_max_width(640.0);
        ui.label(RichText::new(table.title).color(theme::dim()));
        let (words, hue) = match &ending.winner {
            Some(side) if *side == view.side => (
                format!("Won by {}", tell::side(view, Some(side.as_str()))),
                theme::text(),
            ),
            Some(side) => (
                format!("Won by {}", tell::side(view, Some(side.as_str()))),
                theme::side(table.rank(side)),
            ),
            None => ("A draw".to_owned(), theme::text()),
        };
        ui.label(
            RichText::new(words)
                .font(theme::medium(theme::TITLE))
                .color(hue),
        );
        ui.label(RichText::new(&ending.level).size(theme::HEADING));
        ui.add_space(12.0);
        let account = Layout::top_down(Align::Min);
        theme::card().show(ui, |ui| {
            ui.with_layout(account, |ui| {
                ScrollArea::vertical()
                    .max_height((ui.available_height() - 120.0).max(80.0))
                    .show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        theme::tight(ui);
                        let counted = scenario
                            .sides
                            .get(&scenario.verdict.side)
                            .map_or("", |s| &s.name);
                        theme::heading(ui, &format!("The account of {counted}"));
                        let rows = scenario.verdict.in_order().map(|(key, term)| {
                            let points = ending.terms.get(key).copied().unwrap_or(0);
                            (term.name.as_str(), points)
                        });
                        account::points(ui, rows, "score", ending.score);
                        if !ending.results.is_empty() {
                            theme::heading(ui, "Beside it");
                        }
                        for (name, answer) in &ending.results {
                            let answer = view
                                .sides
                                .get(answer.as_str())
                                .map_or(answer.as_str(), String::as_str);
                            theme::figure(ui, &name.replace('-', " "), answer);
                        }
                        theme::heading(ui, "The price");
                        account::price(ui, view);
                    });
            });
        });
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if theme::button(ui, "Look at the map", None) {
                actions.push(UiAction::CloseVerdict);
            }
            if theme::button(ui, "Back to the menu", None) {
                actions.push(UiAction::Menu);
            }
        });
    });
    actions
}
