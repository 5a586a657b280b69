//! The lines of supply in words: each own line with what it lost where, its weak link and where it is cut, worst first.

use bevy_egui::egui::{RichText, Ui};

use super::{long, sums};
use crate::{
    chart::Tag,
    content::{Force, Key, Sector},
    gui::{
        Table, UiAction,
        digest::{Digest, is_short},
        sums as account, theme,
        words::say,
    },
    sim::{
        calendar::date_text,
        view::{OwnForce, SeatView},
    },
    war::tell,
};

/// Own forces that want supply, worst first: cut off, then those that are short.
pub fn short<'a>(view: &'a SeatView, digest: &Digest) -> Vec<(&'a Key<Force>, &'a OwnForce)> {
    let wants = |f: &OwnForce| f.line.cut.is_some() || is_short(f);
    let all = digest.by_need().iter();
    all.filter_map(|key| view.forces.get_key_value(key))
        .take_while(|(_, f)| wants(f) || f.line.delivered < f.line.wanted)
        .filter(|(_, f)| wants(f))
        .collect()
}

/// Every line, and what is to be seen of them all.
pub fn list(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    if view.turn == 1 {
        theme::note(ui, say!("supply-none-yet"));
    }
    let all = table.digest.by_need();
    let (came, wanted) = table.digest.supply();
    let value = say!(
        "supply-of",
        came = tell::tenths_text(came),
        wanted = tell::tenths_text(wanted)
    );
    theme::figure(ui, &say!("supply-all"), value);
    theme::heading(ui, &say!("supply-lines"));
    long::show(ui, "lines of supply", all.len(), |ui, number| {
        if let Some((key, force)) = view.forces.get_key_value(&all[number]) {
            line(ui, table, key, force, actions);
            ui.add_space(4.0);
        }
    });
}

fn line(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let line = &force.line;
    let (words, colour) = if line.cut.is_some() {
        (say!("supply-cut"), theme::loss())
    } else if line.delivered < line.wanted {
        let words = say!(
            "supply-of",
            came = tell::tenths_text(i64::from(line.delivered)),
            wanted = tell::tenths_text(i64::from(line.wanted))
        );
        (words, theme::attention())
    } else {
        (say!("supply-full"), theme::dim())
    };
    let row = sums::entry(
        ui,
        RichText::new(&force.name),
        RichText::new(words).color(colour),
    );
    sums::beside(ui, &row, || account::delivered(view, force));
    if row.clicked() {
        actions.push(UiAction::Select(Some(Tag::Force(key.clone()))));
    }
    let days = tell::tenths_text(i64::from(force.supply));
    let mut aboard = say!("supply-aboard", days = days);
    if let Some(turn) = line.empty_on {
        aboard += &format!(", {}", say!("supply-dry", date = short_date(view, turn)));
    }
    theme::note(ui, aboard);
    facts(ui, view, force, actions);
}

/// Where a line is cut and why, its weakest place, and what it loses on the way: each a link to the place.
pub fn facts(ui: &mut Ui, view: &SeatView, force: &OwnForce, actions: &mut Vec<UiAction>) {
    let line = &force.line;
    if let Some(cut) = &line.cut {
        let place = tell::sector(view, cut.as_str());
        let words = say!("supply-cut-at", place = place, why = why(view, cut));
        place_link(ui, &words, cut, theme::loss(), actions);
    }
    if let Some((at, share)) = line.weak.as_ref().filter(|(_, share)| *share < 1000) {
        let place = tell::sector(view, at.as_str());
        let share = tell::share(i64::from(*share));
        let words = say!("supply-weak", place = place, share = share);
        place_link(ui, &words, at, theme::attention(), actions);
    }
    for (at, lost) in &line.lost {
        let place = tell::sector(view, at.as_str());
        let lost = tell::tenths_text(i64::from(*lost));
        let words = say!("supply-lost", place = place, lost = lost);
        place_link(ui, &words, at, theme::dim(), actions);
    }
}

fn place_link(
    ui: &mut Ui,
    words: &str,
    at: &Key<Sector>,
    colour: bevy_egui::egui::Color32,
    actions: &mut Vec<UiAction>,
) {
    let words = RichText::new(words).size(theme::CAPTION).color(colour);
    if sums::words(ui, words).clicked() {
        actions.push(UiAction::Centre(at.clone()));
        actions.push(UiAction::Select(Some(Tag::Sector(at.clone()))));
    }
}

/// Why convoys do not pass a place, as far as the seat knows.
pub fn why(view: &SeatView, at: &Key<Sector>) -> String {
    let hostile = |side| view.hostile.contains(side);
    let there = view.contacts_at(at).find(|(_, c)| hostile(&c.side));
    if let Some((key, _)) = there {
        return say!("supply-why-force", force = tell::force(view, key.as_str()));
    }
    let owner = view.sectors.get(at).and_then(|s| s.owner.as_ref());
    match owner.filter(|o| hostile(o)) {
        Some(owner) => say!(
            "supply-why-held",
            side = tell::side(view, Some(owner.as_str()))
        ),
        None => say!("supply-why-unseen"),
    }
}

/// A date without its year, which is at the top; where turns are counted, all of it.
pub fn short_date(view: &SeatView, turn: u32) -> String {
    let date = date_text(&view.calendar, turn);
    if view.calendar.counted.is_some() {
        return date;
    }
    date.rsplit_once(' ')
        .map_or_else(|| date.clone(), |(day, _)| day.to_owned())
}
