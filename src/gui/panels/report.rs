//! What the last turn brought: losses by cause and what happened.

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{account, bottom};
use crate::{
    gui::{Table, UiAction, theme},
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
