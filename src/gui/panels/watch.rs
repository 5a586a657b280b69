//! A record that is watched: the bar at the top, the pages at the right (what the record tells of the day, how the war
//! stands, who takes command), and from where it is seen.

use bevy_egui::egui::{Align, Label, Layout, RichText, ScrollArea, TextEdit, Ui};

use super::{basis, inspector, report, timeline, told};
use crate::{
    ai::Level,
    content::{
        Scenario,
        chronicle::{Chronicle, Entry},
    },
    gui::{
        Choice, Game, Page, Table, UiAction,
        around::Act as Around,
        history::{
            book::{Act as Book, Topic},
            track::covers,
            watch::{Act, Watch, is_referee},
        },
        theme,
        words::{self, say},
    },
    war::{annals::Stand, tell},
};

/// The bar at the top.
pub fn top(ui: &mut Ui, table: &Table, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let busy = table.busy.then(|| say!("menu-opening"));
        if theme::choice(ui, say!("watch-take"), true, busy.clone()) {
            actions.push(UiAction::Turn(Page::Take));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if theme::button(ui, say!("table-menu"), None) {
                actions.push(UiAction::Menu);
            }
            if theme::button(ui, say!("table-save"), busy) {
                actions.push(UiAction::Save);
            }
            let date = RichText::new(&table.view.date).font(theme::medium(theme::BODY));
            ui.add(Label::new(date).extend());
            theme::note(ui, turn(watch));
            ui.separator();
            let title = match table.message {
                Some(message) => RichText::new(message).color(theme::attention()),
                None => {
                    RichText::new(say!("watch-watched", title = table.title)).color(theme::dim())
                }
            };
            ui.add(Label::new(title).truncate());
        });
    });
    actions
}

fn turn(watch: &Watch) -> String {
    match watch.at < watch.last() {
        true => say!("table-turn", n = watch.at + 1, of = watch.last()),
        false => say!("watch-end"),
    }
}

/// From where it is seen.
pub fn points(ui: &mut Ui, watch: &Watch, scenario: &Scenario, actions: &mut Vec<UiAction>) {
    theme::note(ui, say!("watch-seen-by"));
    for (index, reel) in watch.reels.iter().enumerate() {
        let name = match &reel.seat {
            None => say!("watch-referee"),
            Some(seat) => match scenario.seats.get(seat) {
                Some(known) => known.name.clone(),
                None => seat.to_string(),
            },
        };
        if theme::choice(ui, name, watch.point == index, None) {
            actions.push(UiAction::Watch(Act::From(index)));
        }
    }
}

/// The right dock.
pub fn right(ui: &mut Ui, game: &Game, table: &Table, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (page, name) in [
            (Page::Record, say!("page-record")),
            (Page::Selection, say!("page-selection")),
            (Page::Report, say!("page-report")),
            (Page::Take, say!("page-take")),
        ] {
            let is_so = table.page == page || (page == Page::Report && table.page == Page::Film);
            if theme::choice(ui, name, is_so, None) {
                actions.push(UiAction::Turn(page));
            }
        }
    });
    theme::rule(ui);
    actions.extend(match table.page {
        Page::Report => {
            let mut acts = film(ui, watch);
            acts.extend(report::show(ui, table));
            acts
        }
        Page::Film => super::film::page(ui, table),
        Page::Take => take(ui, game, table, watch),
        Page::Selection => inspector::show(ui, table),
        Page::Overlay => super::overlay::show(ui, table),
        Page::Score => super::score::show(ui, table),
        Page::Record | Page::Outlook | Page::Reserves | Page::Council => {
            record(ui, game, table, watch)
        }
    });
    actions
}

/// The film of the turn that has just been watched is made when somebody asks for it.
fn film(ui: &mut Ui, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    if watch.at > 0 && theme::button(ui, say!("film-watch"), None) {
        actions.push(UiAction::Film(crate::gui::film::Act::Watch));
    }
    actions
}

fn record(ui: &mut Ui, game: &Game, table: &Table, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ScrollArea::vertical()
        .id_salt(("the record", watch.at))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            let title = RichText::new(&table.view.date).heading();
            ui.add(Label::new(title).wrap());
            stands(ui, table, watch);
            last_turn(ui, table, watch, &mut actions);
            match &watch.told {
                Some(told) => the_day(ui, told, game, watch, &mut actions),
                None => _ = theme::note(ui, say!("watch-untold")),
            }
            ui.add_space(12.0);
        });
    actions
}

/// How the war stands, side by side.
fn stands(ui: &mut Ui, table: &Table, watch: &Watch) {
    theme::heading(ui, &say!("watch-stands"));
    let stands = watch
        .track()
        .and_then(|track| track.stands.get(watch.at as usize));
    for (rank, (side, name)) in table.view.sides.iter().enumerate() {
        let stand = stands.and_then(|stands| stands.get(side)).cloned();
        let Stand {
            sectors,
            strength,
            lost,
            ..
        } = stand.unwrap_or_default();
        ui.spacing_mut().item_spacing.y = 2.0;
        let name = RichText::new(name).color(theme::side(rank));
        ui.add(Label::new(name.font(theme::medium(theme::CAPTION + 1.0))).wrap());
        let words = say!(
            "watch-standing",
            sectors = sectors,
            strength = tell::strength(strength),
            lost = tell::strength(lost)
        );
        theme::note(ui, words);
    }
    if !is_referee(table.view) {
        theme::note(ui, say!("watch-as-known"));
    }
}

/// What this war had on the turn before.
fn last_turn(ui: &mut Ui, table: &Table, watch: &Watch, actions: &mut Vec<UiAction>) {
    let Some(before) = watch.at.checked_sub(1) else {
        return;
    };
    let day = watch
        .track()
        .and_then(|track| track.days.get(before as usize));
    let lines = day.map_or_else(Vec::new, |day| timeline::happened(table, day));
    theme::heading(ui, &say!("watch-turn-before", turn = before + 1));
    if lines.is_empty() {
        theme::note(ui, say!("watch-nothing"));
    }
    for line in lines.iter().take(5) {
        ui.add(Label::new(RichText::new(line).size(theme::CAPTION)).wrap());
    }
    if lines.len() > 5 && theme::button(ui, say!("watch-all", n = lines.len()), None) {
        actions.push(UiAction::Turn(Page::Report));
    }
}

/// What the record tells of the day: what bears on this war in full, all else by name.
fn the_day(ui: &mut Ui, told: &Chronicle, game: &Game, watch: &Watch, actions: &mut Vec<UiAction>) {
    let Some(session) = &game.session else { return };
    let calendar = &session.scenario.calendar;
    let turn = (watch.at + 1).min(watch.last().max(1));
    let is_now = |entry: &&Entry| {
        let when = entry.when.as_ref();
        when.is_some_and(|when| covers(told, when, calendar, turn))
    };
    let bars = || {
        watch
            .bars
            .iter()
            .filter_map(|bar| told.entry(bar.entry.as_str()))
    };
    let mut near: Vec<&Entry> = bars().filter(is_now).collect();
    // What took the whole war says least of a day.
    near.sort_by_key(|entry| length(told, entry));
    let far = told.entries.iter().filter(is_now);
    let far: Vec<&Entry> = far
        .filter(|entry| !near.iter().any(|n| n.id == entry.id))
        .collect();
    let mut act = |act| actions.push(UiAction::Around(Around::Browse(act)));
    theme::heading(ui, &say!("watch-of-the-day"));
    basis::legend(ui);
    if near.is_empty() {
        theme::note(ui, say!("watch-no-word"));
    }
    for entry in near {
        theme::rule(ui);
        in_full(ui, told, entry, &mut act);
    }
    if !far.is_empty() {
        theme::heading(ui, &say!("watch-elsewhere"));
    }
    for entry in far {
        told::link(ui, told, Topic::Entries, entry.id.as_str(), None, &mut act);
    }
}

/// Days of an entry's window.
fn length(told: &Chronicle, entry: &Entry) -> i64 {
    let when = entry.when.as_ref();
    let days = when.and_then(|when| Some(told.day(when.to?) - told.day(when.from?)));
    days.unwrap_or(i64::MAX)
}

fn in_full(ui: &mut Ui, told: &Chronicle, entry: &Entry, act: &mut impl FnMut(Book)) {
    told::link(ui, told, Topic::Entries, entry.id.as_str(), None, act);
    if let Some(when) = &entry.when {
        basis::claim(
            ui,
            RichText::new(told::when_words(told, entry)).size(theme::CAPTION),
            when.basis,
            "",
        );
    }
    for told in &entry.story {
        basis::claim(ui, told.text.as_str(), told.basis, &told.source);
    }
    if let Some(outcome) = &entry.outcome {
        theme::heading(ui, &say!("told-outcome"));
        basis::claim(ui, outcome.text.as_str(), outcome.basis, &outcome.source);
    }
}

/// What the line that begins here is to be called.
fn name(ui: &mut Ui, table: &Table, watch: &Watch, actions: &mut Vec<UiAction>) {
    let label = ui.label(say!("watch-take-name"));
    let mut typed = watch.name.clone();
    let hint = say!("watch-take-named", date = table.view.date.as_str());
    let field = TextEdit::singleline(&mut typed)
        .desired_width(ui.available_width().min(320.0))
        .char_limit(80)
        .hint_text(hint);
    let field = ui.add(field).labelled_by(label.id);
    theme::ring(ui, &field);
    theme::spot(ui, &say!("watch-take-name"), &field);
    if field.changed() {
        actions.push(UiAction::Watch(Act::Name(typed)));
    }
}

/// Who takes command, and how well those play who leave the record.
fn take(ui: &mut Ui, game: &Game, table: &Table, watch: &Watch) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let Some(session) = &game.session else {
        return actions;
    };
    ScrollArea::vertical()
        .id_salt("take command")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            let title = RichText::new(say!("watch-take-title")).heading();
            ui.add(Label::new(title).wrap());
            let from = say!("watch-take-from", date = table.view.date.as_str());
            ui.add(Label::new(from).wrap());
            theme::note(ui, say!("watch-take-about"));
            name(ui, table, watch, &mut actions);
            let over = (watch.at >= watch.last()).then(|| say!("watch-take-over"));
            let busy = table.busy.then(|| say!("menu-opening"));
            for (key, seat) in &session.scenario.seats {
                theme::heading(ui, &seat.name);
                let side = tell::side(table.view, Some(seat.side.as_str()));
                theme::note(ui, side);
                let words = say!("watch-take-seat", seat = seat.name.as_str());
                let refused = busy.clone().or(over.clone());
                if theme::button_for(ui, &say!("watch-take-here"), &words, refused) {
                    actions.push(UiAction::Watch(Act::Take(key.clone())));
                }
            }
            if let Some(over) = &over {
                ui.add(Label::new(RichText::new(over).color(theme::attention())).wrap());
            }
            theme::heading(ui, &say!("watch-take-level"));
            ui.horizontal_wrapped(|ui| {
                for level in Level::OPPONENTS {
                    let name = words::of("level", level.name());
                    let about = words::of("level-about", level.name());
                    let is_so = game.choice.level == level;
                    if theme::choice_about(ui, name, is_so, None, &about) {
                        actions.push(UiAction::Choose(Choice {
                            level,
                            ..game.choice.clone()
                        }));
                    }
                }
            });
        });
    actions
}
