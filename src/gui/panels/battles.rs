//! Battles of the record: which there are, how they ended in it, and watching one played again by its orders.

use bevy_egui::egui::{Label, RichText, Ui};

use super::{basis, page};
use crate::gui::{
    Game, UiAction,
    around::Act,
    history::{
        Row,
        book::{self, Subject, Topic, dates},
    },
    theme,
    words::say,
};

/// Shows the list.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("battles-title"), |ui, actions| {
        page::prose(ui, &say!("battles-about"));
        let Some(library) = game.around.history.now() else {
            theme::note(ui, say!("history-reading"));
            return;
        };
        if let Some(problem) = &library.problem {
            ui.add(Label::new(RichText::new(problem).color(theme::attention())).wrap());
        }
        let rows = library.rows();
        if rows.is_empty() {
            theme::note(ui, say!("battles-none"));
        }
        for row in &rows {
            one(ui, game, row, actions);
        }
    })
}

fn one(ui: &mut Ui, game: &Game, row: &Row, actions: &mut Vec<UiAction>) {
    let (Some(battle), Some(entry)) = (row.battle(), row.entry()) else {
        return;
    };
    theme::card().inner_margin(12).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let title = RichText::new(&entry.name).font(theme::medium(theme::HEADING));
        ui.add(Label::new(title).wrap());
        let when = entry
            .when
            .as_ref()
            .map_or_else(|| say!("told-undated"), |when| dates(&row.chronicle, when));
        let (first, last) = battle.turns();
        let scenario = say!(
            "battles-scenario",
            title = row.course.scenario.title.as_str(),
            first = first,
            last = last
        );
        let tuned = match battle.tuned {
            true => say!("battles-tuned"),
            false => say!("battles-untuned"),
        };
        theme::note(ui, [when, scenario, tuned].join(" \u{00b7} "));
        if let Some(outcome) = &entry.outcome {
            ui.scope(|ui| {
                ui.set_max_width(640.0_f32.min(ui.available_width()));
                let words = RichText::new(&outcome.text).size(theme::BODY);
                basis::claim(ui, words, outcome.basis, &outcome.source);
            });
        }
        if entry.outcome.is_none() {
            theme::note(ui, say!("battles-no-outcome"));
        }
        ui.horizontal_wrapped(|ui| {
            let busy = game.is_busy().then(|| say!("menu-opening"));
            let watch = say!("battles-watch-of", name = entry.name.as_str());
            if theme::button_for(ui, &say!("battles-watch"), &watch, busy) {
                actions.push(UiAction::Reenact(row.course.id.clone(), battle.id.clone()));
            }
            let read = say!("battles-read-of", name = entry.name.as_str());
            if theme::button_for(ui, &say!("battles-read"), &read, None) {
                let subject = Subject::new(&row.chronicle, Topic::Entries, &entry.id);
                let visit = book::Act::Visit(subject);
                actions.push(UiAction::Around(Act::Browse(visit)));
            }
        });
    });
}
