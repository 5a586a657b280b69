//! What the last turn brought: losses by cause and what happened; and the score as far as the seat can count it.

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{account, bottom};
use crate::{
    gui::{Table, UiAction, table::sentence, theme},
    sim::turn::Phase,
};

/// Shows the report.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ScrollArea::vertical()
        .id_salt("report")
        .auto_shrink(false)
        .show(ui, |ui| {
            if view.turn <= 1 {
                theme::note(ui, "No turn has been fought yet.");
                return;
            }
            ui.label(
                RichText::new(format!(
                    "Report of turn {}",
                    if view.ended.is_some() {
                        view.turn
                    } else {
                        view.turn - 1
                    }
                ))
                .heading(),
            );
            for (title, own) in [("Own losses", true), ("Seen of the enemy's losses", false)] {
                theme::heading(ui, title);
                let losses = account::losses(view, own);
                if losses.is_empty() {
                    theme::note(ui, "none");
                }
                for (cause, loss) in losses {
                    let value = RichText::new(loss.words());
                    let value = if own {
                        value.color(theme::loss())
                    } else {
                        value
                    };
                    theme::figure(ui, cause, value);
                }
            }
            let mut phase: Option<Phase> = None;
            for entry in &view.report {
                if phase != Some(entry.phase) {
                    phase = Some(entry.phase);
                    theme::heading(ui, &format!("{:?}", entry.phase));
                }
                bottom::line(ui, view, entry, &mut actions);
            }
        });
    actions
}

/// Shows objectives and score.
pub fn score(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let view = table.view;
    ScrollArea::vertical()
        .id_salt("score")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::heading(ui, "Objectives");
            if view.objectives.is_empty() {
                theme::note(ui, "none");
            }
            for objective in view.objectives.values() {
                let (words, colour) = if objective.met {
                    ("met", theme::text())
                } else {
                    ("not met", theme::dim())
                };
                theme::figure(ui, &objective.name, RichText::new(words).color(colour));
            }
            theme::heading(ui, "If the war ended now");
            let rows = view
                .ledger
                .iter()
                .map(|line| (line.name.as_str(), line.points));
            let total = view.ledger.iter().map(|l| l.points).sum();
            account::points(ui, rows, "as far as can be counted here", total);
            theme::heading(ui, "Losses");
            account::price(ui, view);
            if !view.meters.is_empty() {
                theme::heading(ui, "Standing");
            }
            for (key, value) in &view.meters {
                let meter = view.rules.meters.get(key);
                let name = meter.map_or(key.as_str(), |m| &m.name);
                let row = theme::figure(ui, &sentence(name), value.to_string());
                if let Some(meter) = meter {
                    row.on_hover_text(&meter.summary);
                }
            }
        });
    Vec::new()
}
