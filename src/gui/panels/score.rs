//! What is asked and how far it has come; the points so far, and what each thing brings from here on.

use bevy_egui::egui::{Align, CornerRadius, Label, Layout, RichText, ScrollArea, Sense, Ui, Vec2};

use super::{account, grade, race, sums};
use crate::{
    chart::Tag,
    content::{Condition, HP_PER_SP, TermKind},
    gui::{
        Table, UiAction, names,
        sums::{self as terms},
        table::sentence,
        theme,
        words::say,
    },
    sim::{
        calendar::date_text,
        progress::{self, Part},
        view::{LedgerLine, SeatView},
    },
    war::tell,
};

/// The page of objectives and score.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let view = table.view;
    ScrollArea::vertical()
        .id_salt("score")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            theme::heading(ui, &say!("score-objectives"));
            objectives(ui, table, &mut actions);
            points(ui, table, &mut actions);
            if view.verdict.is_race() {
                theme::heading(ui, &say!("race-now"));
                race::show(ui, table);
            } else {
                theme::heading(ui, &say!("score-grades"));
                let total = view.ledger.iter().map(|l| l.points).sum();
                grade::ladder(ui, table, total);
                theme::note(ui, say!("score-known"));
            }
            rest(ui, table, &mut actions);
            theme::heading(ui, &say!("score-losses"));
            let lost = RichText::new(tell::strength(view.toll.0)).color(theme::loss());
            let lost = sums::Figure::new("losses", say!("score-own-losses"), lost, || {
                terms::losses(view)
            });
            sums::figure(ui, table, lost, &mut actions);
            account::price(ui, view);
            if !view.meters.is_empty() {
                theme::heading(ui, &say!("score-meters"));
            }
            for (key, value) in &view.meters {
                let name = view.rules.meters.get(key).map_or(key.as_str(), |m| &m.name);
                let before = table.reading.before.as_deref();
                let figure = sums::Figure::new(
                    format!("meter {key}"),
                    sentence(name),
                    value.to_string(),
                    || terms::meter(view, key, before),
                );
                sums::figure(ui, table, figure, &mut actions);
            }
        });
    actions
}

/// Whoever has nothing left to decide need not end turn after turn.
fn rest(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    if table.may_play_out {
        ui.add_space(4.0);
        if theme::button(ui, say!("score-play-out"), None) {
            actions.push(UiAction::PlayOut);
        }
    }
}

/// Each objective with its parts: what is asked, and how far it has come.
pub fn objectives(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    if view.objectives.is_empty() {
        theme::note(ui, say!("score-none"));
    }
    for objective in view.objectives.values() {
        let (words, colour) = if objective.met {
            (say!("score-met"), theme::text())
        } else {
            (say!("score-not-met"), theme::attention())
        };
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(words).color(colour).size(theme::CAPTION));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(&objective.name).truncate());
                });
            });
        });
        for part in progress::parts(view, &objective.when) {
            asked(ui, table, &part, actions);
        }
        race::pays(ui, table, &objective.when);
        ui.add_space(4.0);
    }
}

/// One part of what is asked, with a bar where it can be measured.
fn asked(ui: &mut Ui, table: &Table, part: &Part, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let words = condition(view, part);
    let place = match part.asked {
        Condition::Holds(_, sector) | Condition::Present(_, sector, _) => Some(sector.clone()),
        Condition::Owns(_, site)
        | Condition::Loyal(_, site)
        | Condition::Razed(site)
        | Condition::SiteMeter(site, _, _) => view.sites.get(site).map(|s| s.sector.clone()),
        _ => None,
    };
    let colour = match part.holds {
        Some(true) => theme::text(),
        _ => theme::dim(),
    };
    let line = RichText::new(words).size(theme::CAPTION).color(colour);
    match place {
        Some(place) => {
            if sums::words(ui, line).clicked() {
                actions.push(UiAction::Centre(place.clone()));
                actions.push(UiAction::Select(Some(Tag::Sector(place))));
            }
        }
        None => {
            ui.add(Label::new(line).wrap());
        }
    }
    let of = match part.asked {
        Condition::Strength(_, sp) | Condition::Present(_, _, sp) => i64::from(*sp) * HP_PER_SP,
        Condition::Lost(_, permille) => i64::from(*permille),
        Condition::Meter(_, _, value) | Condition::SiteMeter(_, _, value) => i64::from(*value),
        Condition::From(turn) => i64::from(*turn),
        _ => 0,
    };
    if let (Some(now), true) = (part.now, of > 0) {
        measure(ui, now, of);
    }
}

/// A bar of what is, with a mark at what is asked: the mark stands at two thirds.
fn measure(ui: &mut Ui, now: i64, asked: i64) {
    let size = Vec2::new(ui.available_width(), 6.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter();
    let ground = theme::colour(theme::palette().ground);
    painter.rect_filled(rect, CornerRadius::same(2), ground);
    let share = (now as f32 / (asked as f32 * 1.5)).clamp(0.0, 1.0);
    let mut filled = rect;
    filled.set_width(rect.width() * share);
    let fill = theme::colour(theme::palette().lane);
    painter.rect_filled(filled, CornerRadius::same(2), fill);
    let mark = rect.left() + rect.width() / 1.5;
    painter.vline(mark, rect.y_range(), (2.0, theme::text()));
}

/// A part of what is asked in words, with what is.
fn condition(view: &SeatView, part: &Part) -> String {
    let side =
        |key: &crate::content::Key<crate::content::Side>| tell::side(view, Some(key.as_str()));
    let no = if part.not { "yes" } else { "no" };
    let now = part.now.unwrap_or(0);
    match part.asked {
        Condition::Always => say!("score-always"),
        Condition::From(turn) => say!(
            "score-from",
            not = no,
            date = date_text(&view.calendar, *turn)
        ),
        Condition::Until(turn) => {
            say!(
                "score-until",
                not = no,
                date = date_text(&view.calendar, *turn)
            )
        }
        Condition::Holds(who, at) => {
            let owner = view.sectors.get(at).and_then(|s| s.owner.as_ref());
            say!(
                "score-holds",
                not = no,
                side = side(who),
                place = tell::sector(view, at.as_str()),
                now = tell::side(view, owner.map(crate::content::Key::as_str))
            )
        }
        Condition::Owns(who, site) => {
            let name = view.map.sites.get(site).map_or(site.as_str(), |s| &s.name);
            say!("score-owns", not = no, side = side(who), site = name)
        }
        Condition::Present(who, at, sp) => say!(
            "score-present",
            not = no,
            side = side(who),
            place = tell::sector(view, at.as_str()),
            sp = *sp,
            now = tell::strength(now)
        ),
        Condition::Lost(who, permille) => say!(
            "score-lost",
            not = no,
            side = side(who),
            share = tell::share(i64::from(*permille)),
            now = tell::share(now)
        ),
        Condition::Strength(who, sp) => say!(
            "score-strength",
            not = no,
            side = side(who),
            sp = *sp,
            now = tell::strength(now)
        ),
        Condition::Destroyed(force) => {
            say!(
                "score-destroyed",
                not = no,
                force = tell::force(view, force.as_str())
            )
        }
        Condition::Meter(who, meter, value) => {
            let name = view
                .rules
                .meters
                .get(meter)
                .map_or(meter.as_str(), |m| &m.name);
            say!(
                "score-meter",
                not = no,
                side = side(who),
                meter = name,
                value = *value,
                now = now
            )
        }
        Condition::SiteMeter(site, meter, value) => say!(
            "score-site-meter",
            not = no,
            site = names::site(view, site),
            meter = names::meter(view, meter),
            value = *value,
            now = part
                .now
                .map_or_else(|| say!("score-unknown"), |now| now.to_string())
        ),
        Condition::Loyal(who, site) => say!(
            "score-loyal",
            not = no,
            side = side(who),
            site = names::site(view, site)
        ),
        Condition::Razed(site) => {
            say!("score-razed", not = no, site = names::site(view, site))
        }
        Condition::Flag(flag) => say!("score-flag", not = no, flag = flag.replace('-', " ")),
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => String::new(),
    }
}

fn points(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let counted = view.verdict.side.as_ref().unwrap_or(&view.side);
    let counted = tell::side(view, Some(counted.as_str()));
    theme::heading(ui, &say!("score-points", side = counted.as_str()));
    let total: i64 = terms::ledger(view).map(|l| l.points).sum();
    let value = RichText::new(tell::tenths_text(total)).font(theme::medium(theme::HEADING));
    let figure = sums::Figure::new("score", say!("score-total"), value, || terms::score(view));
    sums::figure(ui, table, figure, actions);
    if grade::wants_low(view) {
        theme::note(ui, say!("score-turned", side = counted));
    }
    if !view.verdict.is_race() {
        theme::note(ui, grade::words(view, total));
    }
    ui.add_space(4.0);
    for line in terms::ledger(view) {
        let value = RichText::new(tell::tenths_text(line.points));
        let figure = sums::Figure::new(format!("term {}", line.term), &line.name, value, || {
            terms::term(view, line)
        });
        sums::figure(ui, table, figure, actions);
        if let Some(words) = from_here(view, line) {
            theme::note(ui, words);
        }
    }
}

/// What a term brings from here on.
fn from_here(view: &SeatView, line: &LedgerLine) -> Option<String> {
    let term = view.verdict.terms.get(&line.term)?;
    let text = tell::tenths_text;
    Some(match &term.kind {
        TermKind::Days {
            from, to, points, ..
        } => {
            let left = (to + 1).saturating_sub(view.turn.max(*from));
            if left == 0 || view.ended.is_some() {
                say!("score-days-over")
            } else {
                let more = text(points * i64::from(left));
                say!("score-days", each = text(*points), n = left, more = more)
            }
        }
        TermKind::Strength {
            points,
            knee,
            above,
            ..
        } => say!(
            "score-each-sp",
            each = text(*points),
            knee = *knee,
            above = text(*above)
        ),
        TermKind::Losses { points, .. } => say!("score-each-lost", each = text(*points)),
        TermKind::Stock { points, .. } => say!("score-each-stock", each = text(*points)),
        TermKind::Meter { points, .. } => say!("score-each-meter", each = text(*points)),
        TermKind::If { points, .. } => say!("score-if", points = text(*points)),
    })
}
