//! Mods: a page with all of them in their order, and the strip that shows what is wrong with content, in place.

use bevy_egui::egui::{Frame, Label, Margin, Panel, RichText, ScrollArea, TextStyle, Ui};

use super::page;
use crate::{
    gui::{
        Game, UiAction,
        around::{self, Leaf},
        live::{Act, Way},
        theme,
        words::{self, say},
    },
    war::mods::{Origin, Problem, Row},
};

/// How much of the window what is wrong takes at most.
const SHARE: f32 = 0.3;
/// What the rest of the window needs at least, points: in a small one what is wrong is scrolled.
const REST: f32 = 304.0;
/// What is left to it even there, points.
const LEAST: f32 = 56.0;
/// How many things that are wrong are shown in place at once; the page has all.
const MOST: usize = 3;
/// How many things in which a mod has the last word are named.
const OVERLAPS: usize = 3;

/// Shows the page.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("mods-title"), |ui, actions| {
        page::prose(ui, &say!("mods-about"));
        if let Ok(home) = &game.around.home {
            let folder = home.join("mods").display().to_string();
            theme::note(ui, say!("mods-folder", folder = folder));
        }
        let rows = &game.live.mods;
        // What is wrong with no single mod comes first.
        for wrong in game.live.wrong() {
            let of_a_row = |row: &Row| row.problem.as_ref() == Some(&wrong.problem);
            if !rows.iter().any(of_a_row) {
                attention(ui, &wrong.title);
                in_place(ui, &wrong.problem);
            }
        }
        if game.live.stays {
            theme::note(ui, say!("mods-stay"));
        }
        if rows.is_empty() {
            theme::note(ui, say!("mods-none"));
        }
        for (at, row) in rows.iter().enumerate() {
            ui.push_id((&row.about.id, row.origin, at_of(rows, at)), |ui| {
                one(ui, game, at, row, actions);
            });
        }
    })
}

/// Which of the mods of one id and origin this is: the keyboard stays with a mod that is moved.
fn at_of(rows: &[Row], at: usize) -> usize {
    let is_alike = |row: &&Row| row.about.id == rows[at].about.id && row.origin == rows[at].origin;
    rows.iter().take(at).filter(is_alike).count()
}

fn one(ui: &mut Ui, game: &Game, at: usize, row: &Row, actions: &mut Vec<UiAction>) {
    let about = &row.about;
    let mut act = |act| actions.push(UiAction::Around(around::Act::Mods(act)));
    theme::card().inner_margin(10).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let name = format!("{}. {} {}", at + 1, about.name, about.version);
        let colour = if row.is_on {
            theme::text()
        } else {
            theme::dim()
        };
        let name = RichText::new(name.trim_end()).font(theme::medium(theme::BODY));
        ui.add(Label::new(name.color(colour)).wrap());
        theme::note(ui, said(row));
        for overlap in row.overlaps.iter().take(OVERLAPS) {
            let (over, what) = (overlap.over.as_str(), overlap.what.as_str());
            theme::note(ui, say!("mods-overlap", over = over, what = what));
        }
        if row.overlaps.len() > OVERLAPS {
            theme::note(ui, say!("mods-more", n = row.overlaps.len() - OVERLAPS));
        }
        if let Some(problem) = &row.problem {
            let name = about.name.as_str();
            attention(ui, &say!("mods-broken", name = name));
            in_place(ui, problem);
        }
        ui.horizontal_wrapped(|ui| {
            for (on, id) in [(true, "on"), (false, "off")] {
                let words = words::of("mods", id);
                if row.origin == Origin::Named {
                    let refused = Some(say!("mods-named-stay"));
                    let whole = format!("{}: {words}", about.name);
                    theme::button_for(ui, &words, &whole, refused);
                } else if theme::choice_of(ui, &about.name, &words, row.is_on == on)
                    && row.is_on != on
                {
                    act(Act::Turn(about.id.clone(), on));
                }
            }
            for (way, id) in [(Way::Up, "up"), (Way::Down, "down")] {
                let (short, of) = (words::of("mods", id), words::of("mods-move", id));
                let whole = format!("{}: {of}", about.name);
                let held = game.live.held(at, way);
                if theme::button_for(ui, &short, &whole, held) {
                    act(Act::Move(about.id.clone(), way));
                }
            }
        });
    });
}

/// What is said of a mod in a line.
fn said(row: &Row) -> String {
    let about = &row.about;
    let mut parts = vec![about.id.clone()];
    if !about.game.is_empty() {
        parts.push(say!("mods-made-for", game = about.game.as_str()));
    }
    parts.push(words::of("mods-origin", row.origin.name()));
    if !about.requires.is_empty() {
        parts.push(say!("mods-requires", what = about.requires.join(", ")));
    }
    parts.join(" \u{00b7} ")
}

fn attention(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).color(theme::attention());
    ui.add(Label::new(words).wrap());
}

/// What is wrong as it stands in its file: the line, a caret below it, what helps.
fn in_place(ui: &mut Ui, problem: &Problem) {
    let frame = Frame::new()
        .fill(theme::colour(theme::palette().ground))
        .stroke(theme::hairline())
        .inner_margin(Margin::same(8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let font = TextStyle::Monospace.resolve(ui.style());
        let ten = "m".repeat(10);
        let ten = ui.painter().layout_no_wrap(ten, font, theme::text());
        let columns = (ui.available_width() * 10.0 / ten.size().x).floor();
        let text = fitted(problem.text.trim_end(), columns as usize);
        let text = RichText::new(text).monospace().color(theme::text());
        ui.add(Label::new(text).wrap());
    });
}

/// The same text with its excerpts no wider than so many columns, so that no caret is parted from what it points at: of a
/// longer line the part around the caret is left.
fn fitted(text: &str, columns: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let marked = lines.get(at + 1).and_then(|below| caret(line, below));
        match marked {
            Some((gutter, from, to)) => {
                let (shown, below) = excerpt(line, gutter, (from, to), columns);
                out.extend([shown, below]);
                at += 2;
            }
            None => {
                out.push((*line).to_owned());
                at += 1;
            }
        }
    }
    out.join("\n")
}

/// If the second line has the carets of the first: how wide the gutter of both is, and from where to where they go
/// beyond it.
fn caret(line: &str, below: &str) -> Option<(usize, usize, usize)> {
    let gutter = |line: &str| {
        let (before, _) = line.split_once('|')?;
        let is_one = before.chars().all(|c| c == ' ' || c.is_ascii_digit());
        is_one.then(|| before.chars().count() + 2)
    };
    let wide = gutter(line).filter(|wide| gutter(below) == Some(*wide))?;
    let marks: Vec<char> = below.chars().skip(wide).collect();
    let from = marks.iter().position(|c| *c == '^')?;
    let is_marks = marks.iter().all(|c| matches!(c, ' ' | '^'));
    is_marks.then_some((wide, from, marks.len()))
}

/// A line and its carets, no wider than so many columns.
fn excerpt(
    line: &str,
    gutter: usize,
    (from, to): (usize, usize),
    columns: usize,
) -> (String, String) {
    /// What stays in sight before the caret.
    const BEFORE: usize = 8;
    let head: String = line.chars().take(gutter).collect();
    let shown: Vec<char> = line.chars().skip(gutter).collect();
    let room = columns.saturating_sub(gutter).max(2 * BEFORE);
    let blank = head.replace(|c: char| c.is_ascii_digit(), " ");
    let first = match shown.len().max(to) > room {
        true => to.saturating_sub(room).max(from.saturating_sub(BEFORE)),
        false => 0,
    };
    let first = first.min(from);
    let mut part: Vec<char> = shown.iter().skip(first).take(room).copied().collect();
    if let Some(cut) = part.first_mut().filter(|_| first > 0) {
        *cut = '\u{2026}';
    }
    if let Some(cut) = part.last_mut().filter(|_| shown.len() > first + room) {
        *cut = '\u{2026}';
    }
    let carets = (to - from).min(room - (from - first).min(room - 1));
    let marks = " ".repeat(from - first) + &"^".repeat(carets);
    (
        head + part.iter().collect::<String>().as_str(),
        blank + &marks,
    )
}

/// What is wrong with content, over menu and table, until it is mended or put away.
pub fn strip(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let wrong = game.live.shown();
    let Some(first) = wrong.first() else {
        return actions;
    };
    let height = ui.ctx().content_rect().height();
    let most = (height * SHARE).min((height - REST).max(LEAST));
    let strip = Panel::top("content")
        .resizable(false)
        .show_separator_line(false)
        .frame(theme::panel_frame());
    strip.show(ui, |ui| {
        around::region(ui, &say!("mods-wrong"));
        let unfolded = game.live.is_unfolded;
        ui.horizontal_wrapped(|ui| {
            attention(ui, &first.title);
            if game.live.stays {
                theme::note(ui, say!("mods-stay"));
            }
            if wrong.len() > 1 {
                theme::note(ui, say!("mods-more", n = wrong.len() - 1));
            }
            let fold = match unfolded {
                true => say!("mods-fold"),
                false => say!("mods-unfold"),
            };
            let mut act = |act| actions.push(UiAction::Around(around::Act::Mods(act)));
            if theme::button(ui, fold, None) {
                act(Act::Fold);
            }
            if theme::button(ui, say!("mods-put-away"), None) {
                act(Act::PutAway);
            }
            if theme::button(ui, say!("mods-open"), None) {
                actions.push(UiAction::Around(around::Act::Open(Leaf::Mods)));
            }
        });
        if !unfolded {
            let line = RichText::new(&first.problem.line).color(theme::dim());
            let line = Label::new(line.size(theme::CAPTION)).truncate();
            ui.add(line).on_hover_text(&first.problem.line);
        }
        if unfolded {
            ScrollArea::vertical()
                .id_salt("content in place")
                .max_height(most)
                .min_scrolled_height(most)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (n, wrong) in wrong.iter().take(MOST).enumerate() {
                        if n > 0 {
                            attention(ui, &wrong.title);
                        }
                        in_place(ui, &wrong.problem);
                    }
                });
        }
    });
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_stays_below_what_it_points_at() {
        let text = "error: no\n12 | (id: \"spice\", nmae: \"Spice\", reserve: true)\n   |               ^^^^\nhelp: name";
        assert_eq!(fitted(text, 120), text);
        for columns in 10..60 {
            let fitted = fitted(text, columns);
            let lines: Vec<Vec<char>> = fitted.lines().map(|l| l.chars().collect()).collect();
            assert_eq!(lines.len(), 4);
            let at = lines[2].iter().position(|c| *c == '^').expect("a caret");
            let marked: String = lines[1][at..].iter().take(4).collect();
            assert_eq!(marked, "nmae", "{columns}: {fitted}");
            assert!(lines[1].len() <= columns.max(21), "{columns}: {fitted}");
        }
    }
}
