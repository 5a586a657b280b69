//! The bar at the top: date, seat, the reserves' clock, warnings, and the end of the turn.

use bevy_egui::egui::{Align, Layout, RichText, Ui};

use crate::{
    gui::{Table, UiAction, film::Act, theme, words::say},
    sim::calendar::date_text,
};

/// Shows the bar.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ui.horizontal_centered(|ui| {
        if theme::button(ui, "Menu", table.busy.then(|| "the turn is being resolved".to_owned())) {
            actions.push(UiAction::Menu);
        }
        if theme::button(ui, "Save", table.busy.then(|| "the turn is being resolved".to_owned())) {
            actions.push(UiAction::Save);
        }
        ui.add_space(8.0);
        ui.label(RichText::new(&view.date).font(theme::medium(theme::BODY)));
        let turn = ui.label(RichText::new(format!("turn {} of {}", view.turn, view.turns)).color(theme::dim()));
        theme::spot(ui, &format!("turn {}", view.turn), &turn);
        ui.separator();
        seats(ui, table, &mut actions);
        for (key, reserve) in &view.reserves {
            if view.rules.stocks.get(key).is_none_or(|s| !s.reserve) {
                continue;
            }
            ui.separator();
            let name = view.rules.stocks.get(key).map_or(key.as_str(), |s| &s.name);
            let short = name.split_whitespace().next().unwrap_or(name);
            // A day after the war's last turn says nothing.
            let dry = reserve.dry_on.filter(|turn| *turn <= view.turns).map_or(String::new(), |turn| {
                let date = date_text(&view.calendar, turn);
                // The year is in the date at the left.
                format!(", dry {}", date.rsplit_once(' ').map_or(date.as_str(), |(day, _)| day))
            });
            let words = format!("{short} {}  [-{}/turn{dry}]", reserve.left, reserve.used);
            ui.label(RichText::new(words).color(theme::gold()).font(theme::medium(theme::BODY))).on_hover_text(format!(
                "{name}: {} left in magazines and depots, {} used last turn, counted at the mean of three turns",
                reserve.left, reserve.used
            ));
        }
        warnings(ui, table);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (words, action) = if table.film.reel.is_running() {
                (say!("film-skip"), UiAction::Film(Act::End))
            } else if view.ended.is_some() {
                (say!("table-verdict"), UiAction::EndTurn)
            } else {
                (say!("table-end-turn"), UiAction::EndTurn)
            };
            let refused = table.busy.then(|| "the turn is being resolved".to_owned());
            if theme::choice(ui, words, true, refused) {
                actions.push(action);
            }
            if table.busy {
                ui.label(RichText::new("resolving ...").color(theme::dim()));
            }
        });
    });
    actions
}

fn seats(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let hue = theme::side(table.rank(&table.view.side));
    ui.label(
        RichText::new(table.seat)
            .color(hue)
            .font(theme::medium(theme::BODY)),
    );
    if table.people.len() > 1 {
        let now = table
            .people
            .iter()
            .position(|seat| *seat == table.view.seat)
            .unwrap_or(0);
        if let Some(next) = table.people.get((now + 1) % table.people.len())
            && theme::button(ui, "Next seat", None)
        {
            actions.push(UiAction::Sit(next.clone()));
        }
    }
}

fn warnings(ui: &mut Ui, table: &Table) {
    let own = || table.view.forces.values().filter(|f| f.mine);
    let cut: Vec<&str> = own()
        .filter(|f| f.line.cut.is_some())
        .map(|f| f.name.as_str())
        .collect();
    let short: Vec<&str> = own()
        .filter(|f| f.line.cut.is_none() && f.supply < 10)
        .map(|f| f.name.as_str())
        .collect();
    for (names, words, colour) in [
        (cut, "cut off", theme::loss()),
        (short, "short of supply", theme::attention()),
    ] {
        if !names.is_empty() {
            ui.separator();
            ui.label(RichText::new(format!("{} {words}", names.len())).color(colour))
                .on_hover_text(names.join("\n"));
        }
    }
}
