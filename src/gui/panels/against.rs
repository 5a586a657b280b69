//! A war that was entered, against the record: the first order that differs, who still follows, and both lines in figures
//! as the seat knows its own.

use bevy_egui::egui::{Label, RichText, Ui};

use super::{page, story};
use crate::{
    gui::{
        Game, UiAction,
        history::against::{Account, Difference},
        table::sentence,
        theme,
        words::say,
    },
    sim::{calendar::date_text, view::SeatView},
    war::tell,
};

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("entered-title"), |ui, _| {
        let Some(session) = &game.session else { return };
        let following = &session.following;
        let words = say!(
            "entered-follow",
            still = following.still,
            left = following.left
        );
        page::prose(ui, &words);
        match session.against.as_ref().and_then(|promise| promise.now()) {
            None => _ = theme::note(ui, say!("entered-coming")),
            Some(Err(why)) => {
                let words = say!("entered-cannot", why = why.as_str());
                ui.add(Label::new(RichText::new(words).color(theme::attention())).wrap());
            }
            Some(Ok(account)) if ui.available_width() > 2.0 * page::PROSE => {
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        first(left, &session.view, account);
                        plots(right, &session.view, account);
                    }
                });
            }
            Some(Ok(account)) => {
                first(ui, &session.view, account);
                plots(ui, &session.view, account);
            }
        }
    })
}

/// The first order that differs.
fn first(ui: &mut Ui, view: &SeatView, account: &Account) {
    theme::heading(ui, &say!("entered-first"));
    let shared = say!("entered-shared", n = account.shared);
    theme::note(ui, shared);
    let Some(Difference {
        turn,
        recorded,
        given,
    }) = &account.first
    else {
        page::prose(ui, &say!("entered-same"));
        return;
    };
    let when = say!(
        "entered-turn",
        turn = *turn,
        date = date_text(&view.calendar, *turn)
    );
    page::prose(ui, &when);
    for (heading, orders) in [
        (say!("entered-recorded"), recorded),
        (say!("entered-given"), given),
    ] {
        theme::note(ui, heading);
        if orders.is_empty() {
            page::prose(ui, &say!("entered-nothing"));
        }
        for order in orders.iter().take(8) {
            page::prose(ui, &format!("\u{2013} {order}"));
        }
        if let Some(more) = orders.len().checked_sub(8).filter(|more| *more > 0) {
            theme::note(ui, say!("entered-more", n = more));
        }
    }
}

/// Both lines, turn by turn.
fn plots(ui: &mut Ui, view: &SeatView, account: &Account) {
    let rank = view.sides.keys().position(|side| *side == view.side);
    let hue = theme::side(rank.unwrap_or(0));
    let (here, there) = (&account.here, &account.there);
    let none = Vec::new();
    let mut pictures = vec![
        (
            say!("entered-sectors"),
            &here.sectors,
            &there.sectors,
            (|n: i64| n.to_string()) as fn(i64) -> String,
            hue,
        ),
        (
            say!("entered-lost"),
            &here.lost,
            &there.lost,
            tell::strength as fn(i64) -> String,
            theme::loss(),
        ),
    ];
    for (stock, left) in &here.charges {
        let name = view
            .rules
            .stocks
            .get(stock)
            .map_or(stock.as_str(), |s| &s.name);
        let then = there.charges.get(stock).unwrap_or(&none);
        let write: fn(i64) -> String = |n| n.to_string();
        pictures.push((
            say!("entered-left", stock = sentence(name)),
            left,
            then,
            write,
            theme::gold(),
        ));
    }
    for (title, now, then, write, colour) in pictures {
        theme::heading(ui, &title);
        ui.scope(|ui| {
            ui.set_max_width(640.0_f32.min(ui.available_width()));
            let line = |name: String, values: &Vec<i64>, colour, dashed| story::Line {
                name,
                colour,
                values: values.clone(),
                write,
                dashed,
            };
            // Where the record stood when it was as old, and at its end.
            let same = now.len().checked_sub(1).and_then(|at| then.get(at));
            let there = match same.filter(|_| then.len() > now.len()) {
                Some(value) => say!("entered-there-now", value = write(*value)),
                None => say!("entered-there"),
            };
            let both = [
                line(say!("entered-here"), now, colour, false),
                line(there, then, theme::text(), true),
            ];
            story::lines(ui, &both);
        });
    }
}
