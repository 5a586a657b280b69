//! A war that was entered, against the record: the first order that differs, who still follows, and both lines in figures
//! as the seat knows its own.

use bevy_egui::egui::{Label, RichText, Ui};

use super::{apart, page, story};
use crate::{
    gui::{
        Game, UiAction,
        around::Act,
        history::against::{Account, Act as Entered, Difference, own, reserves},
        table::sentence,
        theme,
        words::say,
    },
    sim::{calendar::date_text, view::SeatView},
    war::{annals::Stand, tell},
};

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("entered-title"), |ui, actions| {
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
            Some(Ok(account)) => {
                let view = &session.view;
                export(ui, game, actions);
                if ui.available_width() > 2.0 * page::PROSE {
                    ui.columns(2, |columns| {
                        if let [left, right] = columns {
                            apart::show(left, game, view, account, actions);
                            apart::dates(left, view, account);
                            first(right, view, account);
                            plots(right, view, account);
                        }
                    });
                } else {
                    apart::show(ui, game, view, account, actions);
                    first(ui, view, account);
                    apart::dates(ui, view, account);
                    plots(ui, view, account);
                }
            }
        }
    })
}

/// What can be written, where it was written, and the way to the branches.
fn export(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    ui.horizontal_wrapped(|ui| {
        if theme::button(ui, say!("entered-branches"), None) {
            actions.push(UiAction::Around(Act::Kin(true)));
        }
        for (words, act) in [
            (say!("entered-write-table"), Entered::Table),
            (say!("entered-write-text"), Entered::Text),
        ] {
            if theme::button(ui, words, None) {
                actions.push(UiAction::Around(Act::Entered(act)));
            }
        }
    });
    match &game.around.entered.written {
        None => {}
        Some(Ok(path)) => _ = theme::note(ui, say!("entered-written", path = path.as_str())),
        Some(Err(why)) => {
            let words = say!("entered-not-written", why = why.as_str());
            ui.add(Label::new(RichText::new(words).color(theme::attention())).wrap());
        }
    }
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
    let both = |figure: &dyn Fn(&Stand) -> i64| (own(here, figure), own(there, figure));
    let whole: fn(i64) -> String = |n| n.to_string();
    let strength: fn(i64) -> String = tell::strength;
    let mut pictures = vec![
        (
            say!("entered-sectors"),
            both(&|stand| stand.sectors),
            whole,
            hue,
        ),
        (
            say!("entered-lost"),
            both(&|stand| stand.lost),
            strength,
            theme::loss(),
        ),
    ];
    for stock in reserves(here) {
        let name = view
            .rules
            .stocks
            .get(stock)
            .map_or(stock.as_str(), |s| &s.name);
        // Nobody has any before the first of them arrives.
        let left = both(&|stand| stand.charges.get(stock).copied().unwrap_or(0));
        let title = say!("entered-left", stock = sentence(name));
        pictures.push((title, left, whole, theme::gold()));
    }
    for (title, (now, then), write, colour) in pictures {
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
                line(say!("entered-here"), &now, colour, false),
                line(there, &then, theme::text(), true),
            ];
            story::lines(ui, &both);
        });
    }
}
