//! The end of the war: who won, by how much, the account, and the story of the war in figures.

use bevy_egui::egui::{RichText, ScrollArea, Ui, Vec2};

use super::{account, grade, race, story};
use crate::{
    content::Scenario,
    gui::{Table, UiAction, film::Act, table::sentence, theme, words::say},
    sim::view::Ending,
    war::tell,
};

/// Width of a column, points, and of the gap between two.
const COLUMN: (f32, f32) = (480.0, 24.0);

/// Width of both columns, points.
pub const WIDTH: f32 = 2.0 * COLUMN.0 + COLUMN.1;

/// Shows the verdict.
pub fn show(ui: &mut Ui, table: &Table, ending: &Ending, scenario: &Scenario) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    let whole = ui.available_width();
    let width = (whole - 64.0).min(WIDTH);
    ui.add_space(16.0);
    let bottom = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.add_space((whole - width) / 2.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            let top = ui.cursor().top();
            title(ui, table, ending);
            ui.add_space(12.0);
            let height = (bottom - (ui.cursor().top() - top) - 56.0).max(80.0);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = COLUMN.1;
                let size = Vec2::new((width - COLUMN.1) / 2.0, height);
                column(ui, "account", size, |ui| {
                    the_account(ui, table, ending, scenario)
                });
                column(ui, "story", size, |ui| match table.film.reel.story() {
                    Some(told) => story::show(ui, view, told),
                    None => {
                        theme::heading(ui, &say!("film-story"));
                        theme::note(ui, say!("film-story-none"));
                    }
                });
            });
            ui.add_space(12.0);
            ui.horizontal_wrapped(|ui| {
                // Who only watches leaves nothing to anybody.
                for (next, title) in table.next.iter().filter(|_| table.watch.is_none()) {
                    if theme::button(ui, say!("film-go-on", title = *title), None) {
                        actions.push(UiAction::GoOn((*next).clone()));
                    }
                }
                if theme::button(ui, say!("film-look-at-map"), None) {
                    actions.push(UiAction::CloseVerdict);
                }
                let none = table.film.reel.tape().is_none().then(|| say!("film-none"));
                if theme::button(ui, say!("film-watch-last"), none) {
                    actions.push(UiAction::Film(Act::Watch));
                }
                if theme::button(ui, say!("film-to-menu"), None) {
                    actions.push(UiAction::Menu);
                }
            });
        });
    });
    actions
}

fn title(ui: &mut Ui, table: &Table, ending: &Ending) {
    let view = table.view;
    ui.label(RichText::new(table.title).color(theme::dim()));
    let (words, hue) = match &ending.winner {
        Some(side) => {
            let name = tell::side(view, Some(side.as_str()));
            let own = *side == view.side;
            let hue = if own {
                theme::text()
            } else {
                theme::side(table.rank(side))
            };
            (say!("film-won-by", side = name), hue)
        }
        None => (say!("film-a-draw"), theme::text()),
    };
    ui.label(
        RichText::new(words)
            .font(theme::medium(theme::TITLE))
            .color(hue),
    );
    ui.label(RichText::new(&ending.level).size(theme::HEADING));
}

fn the_account(ui: &mut Ui, table: &Table, ending: &Ending, scenario: &Scenario) {
    let view = table.view;
    if view.verdict.is_race() {
        theme::heading(ui, &say!("race-title"));
        race::show(ui, table);
    } else {
        score(ui, table, ending, scenario);
    }
    if !ending.results.is_empty() {
        theme::heading(ui, &say!("film-beside"));
    }
    for (name, answer) in &ending.results {
        let answer = view
            .sides
            .get(answer.as_str())
            .map_or(answer.as_str(), String::as_str);
        theme::figure(ui, &sentence(&name.replace('-', " ")), answer);
    }
    theme::heading(ui, &say!("film-price"));
    account::price(ui, view);
}

/// The score of a verdict between two sides: its terms, its grade, and the grades there were.
fn score(ui: &mut Ui, table: &Table, ending: &Ending, scenario: &Scenario) {
    let view = table.view;
    let counted = scenario.verdict.side.as_ref();
    let counted = counted.and_then(|side| scenario.sides.get(side));
    let counted = counted.map_or("", |side| &side.name);
    theme::heading(ui, &say!("film-account-of", side = counted));
    let rows = scenario.verdict.in_order().map(|(key, term)| {
        let points = ending.terms.get(key).copied().unwrap_or(0);
        (term.name.as_str(), points)
    });
    account::points(ui, rows, &say!("film-score"), ending.score);
    if grade::wants_low(view) {
        theme::note(ui, say!("score-turned", side = counted));
    }
    if let Some(words) = grade::missed(view, ending.score) {
        theme::note(ui, words);
    }
    grade::ladder(ui, table, ending.score);
}

/// A card of this size whose content may be scrolled.
fn column(ui: &mut Ui, name: &str, size: Vec2, content: impl FnOnce(&mut Ui)) {
    let inner = size - Vec2::splat(34.0);
    theme::card().show(ui, |ui| {
        ui.set_min_size(inner);
        ui.set_max_size(inner);
        ui.vertical(|ui| {
            ScrollArea::vertical()
                .id_salt(name)
                .auto_shrink(false)
                .max_height(inner.y)
                .show(ui, |ui| {
                    theme::tight(ui);
                    content(ui);
                });
        });
    });
}
