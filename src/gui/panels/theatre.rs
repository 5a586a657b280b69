//! A new theatre: shape, size, seats, turns and seed.

use bevy_egui::egui::{TextEdit, Ui, Vec2};

use super::page;
use crate::{
    content::generate::{Shape, Wish},
    gui::{
        Game, UiAction, around, plate,
        theatre::{Act, SIZES, TURNS},
        theme,
        words::{self, say},
    },
};

/// Width of the words at the left, points.
const WORDS: f32 = 120.0;
/// Width of what is chosen beside the map, points.
const BESIDE: f32 = 520.0;
/// Least width of the map beside it, and its greatest height below, points.
const LEAST: f32 = 360.0;
/// Room between the two, points.
const GAP: f32 = 16.0;
/// Room below the map, points.
const BELOW: f32 = 72.0;

/// Shows what can be wished for.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("theatre-title"), |ui, actions| {
        let wish = game.around.theatre.wish().ok();
        let room = ui.available_width();
        // Where there is room the map stands beside what is chosen, else below it.
        if room < BESIDE + LEAST {
            choices(ui, game, actions);
            if let Some(wish) = wish {
                let size = Vec2::new(room, (room * 0.6).min(LEAST));
                actions.extend(plate::wished(ui, game, wish, size));
            }
            return;
        }
        let height =
            (ui.clip_rect().bottom() - ui.cursor().top() - BELOW).clamp(200.0, room - BESIDE);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(BESIDE - GAP);
                choices(ui, game, actions);
            });
            ui.add_space(GAP);
            ui.vertical(|ui| {
                let size = Vec2::new(ui.available_width(), height);
                if let Some(wish) = wish {
                    actions.extend(plate::wished(ui, game, wish, size));
                }
            });
        });
    })
}

/// What is chosen, and making it.
fn choices(ui: &mut Ui, game: &Game, actions: &mut Vec<UiAction>) {
    let draft = &game.around.theatre;
    let mut wanted = draft.clone();
    page::prose(ui, &say!("theatre-about"));
    ui.add_space(8.0);
    let shape = say!("theatre-shape");
    page::row(ui, WORDS, &shape, |ui| {
        for one in Shape::ALL {
            let words = words::of("shape", one.name());
            if theme::choice_of(ui, &shape, &words, wanted.shape == one) {
                wanted.shape = one;
            }
        }
    });
    page::row(ui, WORDS, "", |ui| {
        theme::note(ui, words::of("shape-about", draft.shape.name()));
    });
    numbers(ui, &say!("theatre-seats"), Wish::SEATS, &mut wanted.seats);
    numbers(ui, &say!("theatre-size"), SIZES, &mut wanted.size);
    numbers(ui, &say!("theatre-turns"), TURNS, &mut wanted.turns);
    let mut rolled = false;
    let seed = say!("theatre-seed");
    page::row(ui, WORDS, &seed, |ui| {
        let edit = TextEdit::singleline(&mut wanted.seed)
            .id_salt("theatre seed")
            .desired_width(160.0)
            .char_limit(20);
        let field = ui.add(edit).on_hover_text(say!("theatre-seed-about"));
        ui.ctx()
            .accesskit_node_builder(field.id, |node| node.set_label(seed.as_str()));
        rolled = theme::button(ui, say!("theatre-roll"), None);
    });
    ui.add_space(8.0);
    let busy = game.is_busy().then(|| say!("menu-opening"));
    let refused = busy.or(draft.wish().err());
    let made = theme::choice(ui, say!("theatre-make"), true, refused.clone());
    if let Some(why) = refused {
        theme::note(ui, why);
    }
    let mut act = |act| actions.push(UiAction::Around(around::Act::Theatre(act)));
    if wanted != *draft {
        act(Act::Draw(wanted));
    }
    if rolled {
        act(Act::Roll);
    }
    if made {
        act(Act::Make);
    }
}

/// A row of numbers of which one is chosen.
fn numbers(ui: &mut Ui, of: &str, offered: impl IntoIterator<Item = u32>, chosen: &mut u32) {
    page::row(ui, WORDS, of, |ui| {
        for n in offered {
            if theme::choice_of(ui, of, &n.to_string(), *chosen == n) {
                *chosen = n;
            }
        }
    });
}
