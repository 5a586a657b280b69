//! What may be agreed to: what comes of each pact, whom it binds, who has given his word, and the word to give.

use bevy_egui::egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use crate::{
    content::{Key, Pact},
    gui::{Table, UiAction, theme, words::say},
    sim::{
        order::{Action, Order},
        view::PactView,
    },
    war::tell,
};

/// The page of the table.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ScrollArea::vertical()
        .id_salt("council")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            theme::heading(ui, &say!("council-table"));
            if table.view.pacts.is_empty() {
                theme::note(ui, say!("council-none"));
            }
            for (key, known) in &table.view.pacts {
                pact(ui, table, key, known, &mut actions);
                ui.add_space(8.0);
            }
        });
    actions
}

fn pact(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Pact>,
    known: &PactView,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    ui.label(RichText::new(&known.pact.name).strong());
    ui.add(Label::new(&known.pact.summary).wrap());
    for effect in &known.pact.effects {
        if let Some(words) = tell::effect(view, effect) {
            theme::note(ui, say!("council-comes", what = words));
        }
    }
    for (seat, name) in &known.names {
        let (words, colour) = match known.words.contains(seat) {
            true => (say!("council-agrees"), theme::text()),
            false => (say!("council-silent"), theme::dim()),
        };
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(words).color(colour).size(theme::CAPTION));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(name).truncate());
                });
            });
        });
    }
    let about = |order: &Order| order.action.word().is_some_and(|(pact, _)| pact == key);
    if let Some(index) = table.pending.iter().position(about) {
        let back = say!("council-take-back");
        let whole = say!("council-take-back-of", name = known.pact.name.as_str());
        if theme::button_for(ui, &back, &whole, None) {
            actions.push(UiAction::Retract(index));
        }
        return;
    }
    let given = known.words.contains(&view.seat);
    let (short, whole, action) = match given {
        false => (
            say!("council-agree"),
            say!("council-agree-to", name = known.pact.name.as_str()),
            Action::Agree(key.clone()),
        ),
        true => (
            say!("council-refuse"),
            say!("council-refuse-of", name = known.pact.name.as_str()),
            Action::Refuse(key.clone()),
        ),
    };
    let order = Order {
        force: view.seat.cast(),
        action,
    };
    if theme::button_for(ui, &short, &whole, table.refused(&order)) {
        actions.push(UiAction::Give(order));
    }
}
