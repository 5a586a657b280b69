//! The card of a guide: the step that is to be taken, why, and by which key. It stands in the left dock, where it hides
//! nothing, and below the verdict once there is one.

use bevy_egui::egui::{
    Align, FontId, Frame, Layout, Margin, Panel, RichText, ScrollArea, Ui, Vec2,
};

use super::{page, sums, verdict};
use crate::{
    gui::{
        Dock, Game, UiAction,
        guide::{Act, Card},
        keys::{Chord, Command},
        table::sentence,
        theme,
        words::{self, say},
    },
    war::guide::Standing,
};

/// Room between lines of the card that do not belong together, points.
const GAP: f32 = 6.0;
/// Height of a line that can be pressed.
const LINE: f32 = 22.0;
/// Height of the line over the card.
const HEAD: f32 = 26.0;
/// Margins above and below, together.
const MARGINS: f32 = 20.0;
/// Share of the dock that the card takes at most.
const MOST: f32 = 0.66;

/// The frame of the card's panel.
pub fn frame() -> Frame {
    Frame::new().inner_margin(Margin::symmetric(0, 8))
}

/// How high the card stands in a dock of this width and height.
pub fn height(ui: &Ui, game: &Game, led: &Standing) -> f32 {
    let width = ui.available_width();
    let tall = |words: String, font: FontId| {
        let painter = ui.painter();
        let galley = painter.layout(words, font, theme::text(), width);
        galley.size().y + GAP
    };
    let small = || FontId::proportional(theme::CAPTION);
    let mut wanted = MARGINS + HEAD;
    match game.card(led) {
        Some(Card { step, done, .. }) => {
            wanted += tall(step.title.clone(), theme::medium(theme::BODY));
            wanted += tall(step.text.clone(), small());
            wanted += tall(step.hint.clone(), small());
            wanted += match done {
                true => tall(say!("guide-done"), small()) + LINE,
                false => ways(game).len() as f32 * LINE,
            };
        }
        None => wanted += tall(say!("guide-over"), small()),
    }
    wanted.min(ui.available_height() * MOST).ceil()
}

/// Shows it.
pub fn show(ui: &mut Ui, game: &Game, led: &Standing) -> Vec<UiAction> {
    let mut actions = Vec::new();
    theme::tight(ui);
    let of = led.guide.steps.len();
    theme::rule(ui);
    ui.horizontal(|ui| {
        let n = game.card(led).map_or(of, |card| card.number);
        let words = say!("guide-progress", n = n, of = of);
        ui.label(
            RichText::new(words)
                .color(theme::dim())
                .size(theme::CAPTION),
        );
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| {
            if theme::choice_about(
                ui,
                say!("guide-hide"),
                false,
                None,
                &say!("guide-hide-about"),
            ) {
                actions.push(UiAction::Guide(Act::Turn));
            }
        });
    });
    ScrollArea::vertical()
        .id_salt(("guide", led.current))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::new(6.0, GAP);
            body(ui, game, led, &mut actions);
        });
    actions
}

/// Below the verdict: what the guide says of it, in one row of two columns where there is room.
pub fn below(ui: &mut Ui, game: &Game) {
    let led = game.led().filter(|_| game.settings.guide);
    let Some((n, step)) = led.as_ref().and_then(Standing::step) else {
        return;
    };
    let of = led.as_ref().map_or(n, |led| led.guide.steps.len());
    let panel = Panel::bottom("guide").resizable(false);
    let panel = panel.frame(theme::panel_frame()).show_separator_line(false);
    panel.show(ui, |ui| {
        theme::tight(ui);
        let most = ui.ctx().content_rect().height() * 0.3;
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            // Below the columns of the verdict.
            let whole = ui.available_width();
            let width = (whole - 64.0).clamp(0.0, verdict::WIDTH);
            ui.horizontal_top(|ui| {
                ui.add_space((whole - width) / 2.0);
                ui.vertical(|ui| {
                    ui.set_max_width(width);
                    theme::note(ui, say!("guide-progress", n = n, of = of));
                    ui.label(RichText::new(&step.title).font(theme::medium(theme::BODY)));
                    page::prose(ui, &step.text);
                    let hint = RichText::new(&step.hint).color(theme::attention());
                    ui.label(hint);
                });
            });
        });
    });
}

fn body(ui: &mut Ui, game: &Game, led: &Standing, actions: &mut Vec<UiAction>) {
    let Some(Card { step, done, .. }) = game.card(led) else {
        theme::note(ui, say!("guide-over"));
        return;
    };
    ui.label(RichText::new(&step.title).font(theme::medium(theme::BODY)));
    ui.label(RichText::new(&step.text).size(theme::CAPTION));
    ui.label(
        RichText::new(&step.hint)
            .size(theme::CAPTION)
            .color(theme::attention()),
    );
    if done {
        theme::note(ui, say!("guide-done"));
        if theme::button(ui, say!("guide-read"), None) {
            actions.push(UiAction::Guide(Act::Read));
        }
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for (command, chord) in ways(game) {
        let name = RichText::new(sentence(&words::of("key", command.name())));
        let name = name.size(theme::CAPTION);
        let key = RichText::new(chord).color(theme::dim());
        if sums::entry_of(ui, &say!("guide-way"), name, key).clicked() {
            actions.push(command.action());
        }
    }
}

/// The commands by which the step goes on, each with its key.
fn ways(game: &Game) -> Vec<(Command, String)> {
    let ways = game.ways_on().into_iter();
    ways.map(|command| {
        let chord = game.settings.chords(command).first();
        (command, chord.map_or_else(String::new, Chord::sign))
    })
    .collect()
}

/// The button of the strip over the map that puts the card away and brings it back.
pub fn switch(ui: &mut Ui, game: &Game) -> Option<UiAction> {
    let is_shown = game.settings.guide && !game.is_folded(Dock::Left);
    let about = say!("guide-switch-about");
    theme::choice_about(ui, say!("guide-switch"), is_shown, None, &about)
        .then_some(UiAction::Guide(Act::Turn))
}
