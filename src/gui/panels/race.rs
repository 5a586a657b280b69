//! The sides of a verdict that more than two may win, in order: what decides, who has it, and what each has come to.

use bevy_egui::egui::{Align, Label, Layout, RichText, Ui};

use super::supply::short_date;
use crate::{
    content::{Condition, TermKind},
    gui::{
        Table,
        race::{self, Pay, Runner},
        theme,
        words::say,
    },
    war::tell,
};

/// Shows the sides of a race. Nothing if the verdict is between two.
pub fn show(ui: &mut Ui, table: &Table) {
    let view = table.view;
    let counted = race::counted(view);
    let is_over = view.ended.is_some();
    theme::note(ui, say!("race-about"));
    for runner in race::runners(view, &counted) {
        ui.add_space(4.0);
        head(ui, table, &runner);
        for (term, points) in runner.terms.iter().filter(|(_, points)| *points != 0) {
            let points = RichText::new(tell::tenths_text(*points)).size(theme::CAPTION);
            theme::figure(ui, &term.name, points);
        }
    }
    if !is_over {
        theme::note(ui, say!("score-known"));
    }
}

/// The rank, the side, and its points.
fn head(ui: &mut Ui, table: &Table, runner: &Runner) {
    let view = table.view;
    let name = tell::side(view, Some(runner.side.as_str()));
    let own = *runner.side == view.side;
    let name = match own {
        true => say!("race-own", rank = runner.rank, side = name),
        false => say!("race-side", rank = runner.rank, side = name),
    };
    let points = RichText::new(tell::tenths_text(runner.points));
    let name = RichText::new(name).font(theme::medium(theme::BODY));
    let name = name.color(theme::side(table.rank(runner.side)));
    let points = points.font(theme::medium(theme::BODY));
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(points);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(name).truncate())
            });
        });
    });
}

/// What the verdict pays the seat for what is asked of it; if nothing, that it pays nothing.
pub fn pays(ui: &mut Ui, table: &Table, asked: &Condition) {
    let Some(pays) = race::pays(table.view, asked) else {
        return;
    };
    if pays.is_empty() {
        theme::note(ui, say!("pays-nothing"));
    }
    for pay in pays {
        theme::note(ui, paid(table, &pay));
    }
}

fn paid(table: &Table, pay: &Pay) -> String {
    let sign = if pay.points > 0 { "+" } else { "" };
    let points = format!("{sign}{}", tell::tenths_text(pay.points));
    let name = pay.term.name.as_str();
    let name = match pay.to {
        Some(side) => say!(
            "pays-other",
            name = name,
            side = tell::side(table.view, Some(side.as_str()))
        ),
        None => name.to_owned(),
    };
    let name = name.as_str();
    match &pay.term.kind {
        TermKind::Days { from, to, .. } => {
            let date = |turn: u32| short_date(table.view, turn);
            say!(
                "pays-days",
                name = name,
                points = points,
                from = date(*from),
                to = date(*to)
            )
        }
        _ => say!("pays-once", name = name, points = points),
    }
}
