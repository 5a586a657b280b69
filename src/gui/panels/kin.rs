//! Saved wars as a tree: battles of the record and wars at the root, under each what was taken from it.

use bevy_egui::egui::{Label, RichText, Sense, Ui, Vec2};

use crate::{
    content::{Key, Scenario},
    gui::{Game, UiAction, theme, words::say},
    sim::calendar::date_text,
    war::kin::{Battle, Knot, Line, Tree},
};

/// How far a branch stands to the right of what it grows from, points, and how deep that is shown.
const STEP: f32 = 26.0;
const DEEPEST: usize = 10;

/// Shows the tree.
pub fn show(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    let Some(tree) = game.around.kin.tree() else {
        theme::note(ui, say!("kin-coming"));
        return;
    };
    if tree.rows.is_empty() {
        theme::note(ui, say!("saves-none"));
    }
    for row in &tree.rows {
        let depth = row.depth.min(DEEPEST);
        ui.horizontal_top(|ui| {
            twig(ui, depth);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                knot(ui, game, tree, &row.what, actions);
            });
        });
    }
}

/// The way from what a row grows from.
fn twig(ui: &mut Ui, depth: usize) {
    if depth == 0 {
        return;
    }
    let size = Vec2::new(depth as f32 * STEP, 22.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let from = rect.right() - STEP + 6.0;
    let painter = ui.painter();
    painter.vline(from, rect.top() - 6.0..=rect.center().y, theme::hairline());
    painter.hline(
        from..=rect.right() - 2.0,
        rect.center().y,
        theme::hairline(),
    );
}

fn knot(ui: &mut Ui, game: &Game, tree: &Tree, what: &Knot, actions: &mut Vec<UiAction>) {
    match what {
        Knot::Battle(battle) => self::battle(ui, game, battle, actions),
        Knot::Missing { scenario, .. } => {
            head(ui, &title(game, scenario));
            theme::note(ui, say!("kin-missing"));
        }
        Knot::Line { line, earlier } => {
            if let Some(line) = tree.lines.get(*line) {
                branch(ui, game, line, *earlier, actions);
            }
        }
    }
}

fn title(game: &Game, scenario: &Key<Scenario>) -> String {
    let known = game.catalog.scenarios.get(scenario);
    known.map_or_else(|| scenario.to_string(), |scenario| scenario.title.clone())
}

fn head(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(theme::medium(theme::BODY))).wrap());
}

/// A battle of the record, with the way to watch it.
fn battle(ui: &mut Ui, game: &Game, battle: &Battle, actions: &mut Vec<UiAction>) {
    let title = title(game, &battle.scenario);
    head(ui, &title);
    theme::note(ui, say!("kin-battle"));
    let rows = game
        .around
        .history
        .now()
        .map_or_else(Vec::new, |library| library.rows());
    let first = rows.iter().find(|row| row.course.id == battle.course);
    if let Some(first) = first.and_then(|row| row.battle()) {
        let busy = game.is_busy().then(|| say!("menu-opening"));
        let whole = say!("battles-watch-of", name = title.as_str());
        if theme::button_for(ui, &say!("battles-watch"), &whole, busy) {
            actions.push(UiAction::Reenact(battle.course.clone(), first.id.clone()));
        }
    }
}

/// A saved war: where it leaves, who commands, how long it is, how it ended, and the ways to open it.
fn branch(ui: &mut Ui, game: &Game, line: &Line, earlier: bool, actions: &mut Vec<UiAction>) {
    let name = line.title();
    head(ui, &name);
    let scenario = game.catalog.scenarios.get(&line.scenario);
    let date = |turn| scenario.map_or_else(String::new, |s| date_text(&s.calendar, turn));
    let mut words = Vec::new();
    if earlier {
        words.push(say!("kin-earlier"));
    } else if let Some(turn) = line.leaves() {
        words.push(say!("kin-leaves", turn = turn, date = date(turn)));
    } else {
        words.push(title(game, &line.scenario));
    }
    let people = line.people.iter().map(|seat| {
        let known = scenario.and_then(|scenario| scenario.seats.get(seat));
        known.map_or(seat.as_str(), |seat| seat.name.as_str())
    });
    let people: Vec<&str> = people.collect();
    words.push(match people.is_empty() {
        true => say!("kin-nobody"),
        false => people.join(", "),
    });
    words.push(say!("kin-length", n = line.length()));
    if let Some(ending) = &line.ended {
        let side = ending.winner.as_ref().map(|side| {
            let known = scenario.and_then(|scenario| scenario.sides.get(side));
            known.map_or(side.as_str(), |side| side.name.as_str())
        });
        words.push(match side {
            Some(side) => say!("kin-won", side = side, level = ending.level.as_str()),
            None => say!("kin-drawn", level = ending.level.as_str()),
        });
    }
    theme::note(ui, words.join(" \u{00b7} "));
    ui.horizontal_wrapped(|ui| {
        let busy = || game.is_busy().then(|| say!("menu-opening"));
        let load = say!("saves-load", name = name.as_str());
        if theme::button_for(ui, &say!("saves-load-short"), &load, busy()) {
            actions.push(UiAction::Load(line.path.clone()));
        }
        let watch = say!("saves-watch", name = name.as_str());
        if theme::button_for(ui, &say!("saves-watch-short"), &watch, busy()) {
            actions.push(UiAction::WatchSaved(line.path.clone()));
        }
    });
}
