//! A new theatre: shape, size, seats, turns and seed.

use bevy_egui::egui::{TextEdit, Ui};

use super::page;
use crate::{
    content::generate::{Shape, Wish},
    gui::{
        Game, UiAction, around,
        theatre::{Act, SIZES, TURNS},
        theme,
        words::{self, say},
    },
};

/// Width of the words at the left, points.
const WORDS: f32 = 160.0;

/// Shows what can be wished for.
pub fn show(ui: &mut Ui, game: &Game) -> Vec<UiAction> {
    page::show(ui, game, &say!("theatre-title"), |ui, actions| {
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
    })
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
