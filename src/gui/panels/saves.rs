//! Saved wars: picture, where each stands, when it was saved, what is to be known before it is opened.

use std::time::SystemTime;

use bevy_egui::egui::{Label, RichText, Ui, Vec2};

use super::{kin, page};
use crate::{
    gui::{
        Game, UiAction,
        around::Act,
        moment, plate,
        shelf::{self, Note, PICTURE, Saved},
        theme,
        words::say,
    },
    sim::calendar::date_text,
    war::Player,
};

/// Shows the list.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let shelf = &game.around.shelf;
    page::show(ui, game, &say!("saves-title"), |ui, actions| {
        if let Some(away) = game.around.put_away.last() {
            ui.horizontal_wrapped(|ui| {
                let name = away.from.file_name().unwrap_or_default().to_string_lossy();
                let name = name.trim_end_matches(crate::war::store::SUFFIX).to_owned();
                ui.label(say!("saves-deleted", name = name));
                if theme::button(ui, say!("saves-take-back"), None) {
                    actions.push(UiAction::Around(Act::TakeBack));
                }
            });
        }
        let is_tree = game.around.kin.is_shown;
        ui.horizontal_wrapped(|ui| {
            for (words, tree) in [(say!("kin-list"), false), (say!("kin-tree"), true)] {
                if theme::choice_of(ui, &say!("saves-title"), &words, is_tree == tree) {
                    actions.push(UiAction::Around(Act::Kin(tree)));
                }
            }
        });
        if is_tree {
            kin::show(ui, game, actions);
            return;
        }
        let wars = shelf.wars();
        if shelf.is_reading() {
            theme::note(ui, say!("saves-reading", n = game.saves.len()));
        } else if wars.is_empty() {
            theme::note(ui, say!("saves-none"));
        }
        for saved in wars {
            row(ui, game, saved, actions);
        }
    })
}

fn row(ui: &mut Ui, game: &Game, saved: &Saved, actions: &mut Vec<UiAction>) {
    theme::card().inner_margin(8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            if ui.available_width() > 500.0 {
                let size = Vec2::new(PICTURE.0 as f32, PICTURE.1 as f32) * 0.75;
                plate::saved(ui, &saved.picture(), saved.when, size);
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.add(
                    Label::new(RichText::new(saved.name()).font(theme::medium(theme::BODY))).wrap(),
                );
                about(ui, game, saved);
                for note in &saved.notes {
                    let words = RichText::new(noted(note)).color(theme::attention());
                    ui.add(Label::new(words.size(theme::CAPTION)).wrap());
                }
                ui.horizontal_wrapped(|ui| {
                    let busy = game.is_busy().then(|| say!("menu-opening"));
                    let broken = (!saved.can_be_opened()).then(|| say!("saves-cannot"));
                    let load = say!("saves-load", name = saved.name());
                    if theme::button_for(
                        ui,
                        &say!("saves-load-short"),
                        &load,
                        busy.clone().or(broken),
                    ) {
                        actions.push(UiAction::Load(saved.path.clone()));
                    }
                    let watch = say!("saves-watch", name = saved.name());
                    let broken = (!saved.can_be_opened()).then(|| say!("saves-cannot"));
                    if theme::button_for(
                        ui,
                        &say!("saves-watch-short"),
                        &watch,
                        busy.clone().or(broken),
                    ) {
                        actions.push(UiAction::WatchSaved(saved.path.clone()));
                    }
                    let delete = say!("saves-delete", name = saved.name());
                    if theme::button_for(ui, &say!("saves-delete-short"), &delete, busy) {
                        actions.push(UiAction::Around(Act::PutAway(saved.path.clone())));
                    }
                });
            });
        });
    });
}

/// Which war, who plays it, and when it was saved; or why it cannot be read.
fn about(ui: &mut Ui, game: &Game, saved: &Saved) {
    let when = shelf::ago(saved.when, SystemTime::now());
    let size = saved.bytes.div_ceil(1024);
    let head = match &saved.head {
        Ok(head) => head,
        Err(problem) => {
            let words = RichText::new(problem).color(theme::attention());
            ui.add(Label::new(words.size(theme::CAPTION)).wrap());
            theme::note(ui, say!("saves-when", when = when, size = size));
            return;
        }
    };
    let turn = head.length + 1;
    let scenario = game.catalog.scenarios.get(&head.scenario);
    let where_it_stands = match scenario {
        Some(scenario) if head.over => say!(
            "saves-over",
            title = scenario.title.as_str(),
            turn = head.length
        ),
        Some(scenario) => say!(
            "saves-stands",
            title = scenario.title.as_str(),
            turn = turn,
            of = scenario.turns,
            date = date_text(&scenario.calendar, turn.min(scenario.turns)),
        ),
        None => say!(
            "saves-stands-elsewhere",
            title = head.scenario.as_str(),
            turn = turn
        ),
    };
    if let Some(name) = &head.name {
        ui.add(Label::new(say!("saves-called", name = name.as_str())).wrap());
    }
    ui.add(Label::new(where_it_stands).wrap());
    let people = head
        .players
        .iter()
        .filter(|(_, who)| **who == Player::Person);
    let named: Vec<&str> = people
        .map(|(seat, _)| {
            let known = scenario.and_then(|scenario| scenario.seats.get(seat));
            known.map_or(seat.as_str(), |seat| seat.name.as_str())
        })
        .collect();
    let named = named.join(", ");
    let line = [
        say!("saves-seats", seats = named, planned = head.planned),
        say!("saves-when", when = when, size = size),
    ];
    let stamp = moment::local(saved.when);
    theme::note(ui, line.join(" \u{00b7} ")).on_hover_text(stamp);
}

fn noted(note: &Note) -> String {
    match note {
        Note::NoScenario(scenario) => say!("saves-no-scenario", scenario = scenario.as_str()),
        Note::NoMod(id, version) => {
            say!("saves-no-mod", id = id.as_str(), version = version.as_str())
        }
        Note::OtherRules => say!("saves-other-rules"),
        Note::Changed => say!("saves-changed"),
    }
}
