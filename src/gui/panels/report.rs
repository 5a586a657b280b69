//! What the last turn brought: losses by cause and what happened; and the score as far as the seat can count it.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::bottom;
use crate::{
    gui::{Table, UiAction, table::sentence, theme},
    sim::{journal::What, turn::Phase, view::SeatView},
    war::tell,
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
                let losses = losses(view, own);
                if losses.is_empty() {
                    theme::note(ui, "none");
                }
                for (cause, (hp, ships)) in losses {
                    let value = RichText::new(format!("{} SP, {ships} ships", tell::strength(hp)));
                    theme::figure(
                        ui,
                        cause,
                        if own {
                            value.color(theme::loss())
                        } else {
                            value
                        },
                    );
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

/// Hit points and hulls lost by cause.
pub fn losses(view: &SeatView, own: bool) -> BTreeMap<&'static str, (i64, i32)> {
    let mut all: BTreeMap<&'static str, (i64, i32)> = BTreeMap::new();
    for entry in &view.report {
        if let What::ShipsLost {
            force,
            lost,
            hp,
            cause,
            ..
        } = &entry.what
            && is_foreign(view, force.as_str()) != own
        {
            let line = all.entry(cause.name()).or_default();
            *line = (line.0 + hp, line.1 + lost);
        }
    }
    all
}

/// A seat's names for foreign forces are `k` and a number.
fn is_foreign(view: &SeatView, name: &str) -> bool {
    let numbered = name
        .strip_prefix('k')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    view.contacts.contains_key(name) || (numbered && !view.forces.contains_key(name))
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
            for line in &view.ledger {
                theme::figure(ui, &line.name, tell::tenths_text(line.points));
            }
            theme::rule(ui);
            let total: i64 = view.ledger.iter().map(|l| l.points).sum();
            theme::figure(
                ui,
                "as far as can be counted here",
                RichText::new(tell::tenths_text(total)).strong(),
            );
            theme::heading(ui, "Losses");
            theme::figure(
                ui,
                "own side, of all that came",
                tell::share(i64::from(view.losses)),
            );
            for (side, hp) in &view.destroyed {
                let name = tell::side(view, Some(side.as_str()));
                theme::figure(
                    ui,
                    &format!("{name}, seen destroyed"),
                    format!("{} SP", tell::strength(*hp)),
                );
            }
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
