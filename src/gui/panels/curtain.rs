//! The curtain between two people at one screen: nothing of the war is on it.

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use crate::{
    content::{Key, Seat},
    gui::{
        Game, UiAction,
        around::{self, Act},
        theme,
        words::say,
    },
};

/// Height of what it says, points.
const NEED: f32 = 280.0;

/// Shows it, for the person who is to sit down.
pub fn show(ui: &mut Ui, game: &Game, next: &Key<Seat>) -> Vec<UiAction> {
    let mut actions = Vec::new();
    let Some(session) = &game.session else {
        return actions;
    };
    around::region(ui, &say!("curtain-title"));
    let name = |seat: &Key<Seat>| {
        let known = session.scenario.seats.get(seat);
        known.map_or_else(|| seat.to_string(), |seat| seat.name.clone())
    };
    let side = session.scenario.seats.get(next).map(|seat| &seat.side);
    let rank = side.and_then(|side| session.scenario.sides.keys().position(|s| s == side));
    let room = ui.available_height();
    let whole = ScrollArea::vertical().auto_shrink(false);
    whole.show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space((room * 0.32).min(room - NEED).max(16.0));
            ui.label(RichText::new(&session.scenario.title).color(theme::dim()));
            ui.add_space(16.0);
            ui.label(RichText::new(say!("curtain-pass")).size(theme::HEADING));
            let hue = theme::side(rank.unwrap_or(0));
            ui.label(
                RichText::new(name(next))
                    .font(theme::medium(theme::TITLE))
                    .color(hue),
            );
            ui.add_space(8.0);
            ui.label(RichText::new(say!("curtain-nobody")).color(theme::dim()));
            ui.add_space(24.0);
            let sits = say!("curtain-sit", seat = name(next));
            if theme::choice(ui, sits, true, None) {
                actions.push(UiAction::Around(Act::SitDown));
            }
            // Who sits here may have handed over too early; who begins a turn has seen nothing yet.
            let handed = session.people.iter().position(|seat| seat == next) > Some(0);
            if handed && session.seat != *next {
                ui.add_space(8.0);
                let back = say!("curtain-back", seat = name(&session.seat));
                if theme::button(ui, back, None) {
                    actions.push(UiAction::Around(Act::GoOn));
                }
            }
            ui.add_space(24.0);
            if theme::button(ui, say!("curtain-menu"), None) {
                actions.push(UiAction::Menu);
            }
        })
    });
    actions
}
