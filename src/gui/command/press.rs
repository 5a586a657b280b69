//! The keyboard while a list or the checklist is open: arrows, numbers and letters belong to it; all else goes on to
//! the table of keys.

use bevy_egui::egui::{Context, Event, Key, Modifiers};

use super::{Act, list::List};
use crate::gui::{
    Game, UiAction,
    keys::{self, Chord},
};

/// What the keys pressed since the last frame ask for.
pub fn actions(ctx: &Context, game: &Game) -> Vec<UiAction> {
    let typing = ctx.text_edit_focused() || game.asking.is_some() || game.is_busy();
    let state = &game.command;
    if typing || (state.list.is_none() && state.checklist.is_none()) {
        let is_watching = game.is_watching();
        let asked = keys::actions(ctx, &game.settings, is_watching).into_iter();
        return match is_watching {
            true => asked
                .filter_map(|action| game.while_watching(action))
                .collect(),
            false => asked.collect(),
        };
    }
    let events = ctx.input(|input| input.events.clone());
    let mut actions = Vec::new();
    let mut pressed = false;
    for event in &events {
        let act = match (event, &state.list) {
            (
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                },
                list,
            ) => {
                pressed = true;
                let own = match list {
                    Some(list) => in_list(*key, *modifiers, list),
                    None => in_checklist(*key, *modifiers),
                };
                match own {
                    Some(act) => Some(UiAction::Command(act)),
                    None => beyond(game, Chord::of(*key, *modifiers)),
                }
            }
            (Event::Text(letters), Some(list)) => {
                let letters: String = letters
                    .chars()
                    .filter(|c| list.verb.takes_figures() || !c.is_ascii_digit())
                    .filter(|c| *c != ' ' || !list.typed.is_empty())
                    .collect();
                (!letters.is_empty()).then_some(UiAction::Command(Act::Type(letters)))
            }
            _ => None,
        };
        actions.extend(act);
    }
    if pressed {
        // These keys would walk from button to button otherwise.
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }
    actions
}

fn in_list(key: Key, held: Modifiers, list: &List) -> Option<Act> {
    if held.ctrl || held.command || held.alt {
        return None;
    }
    let step = if held.shift { 10 } else { 1 };
    Some(match key {
        Key::ArrowDown => Act::Walk(1),
        Key::ArrowUp => Act::Walk(-1),
        Key::PageDown => Act::Walk(10),
        Key::PageUp => Act::Walk(-10),
        Key::Home => Act::Walk(-1_000_000),
        Key::End => Act::Walk(1_000_000),
        Key::ArrowRight => Act::Turn(step),
        Key::ArrowLeft => Act::Turn(-step),
        Key::Tab if held.shift => Act::NextKnob(-1),
        Key::Tab => Act::NextKnob(1),
        Key::Enter => Act::Take,
        Key::Escape => Act::Shut,
        Key::Backspace => Act::Erase,
        Key::Space if list.verb == super::Verb::Forces && list.typed.is_empty() => Act::Mark,
        _ => Act::TakeRow(figure(key).filter(|_| !list.verb.takes_figures())?),
    })
}

fn in_checklist(key: Key, held: Modifiers) -> Option<Act> {
    if held.ctrl || held.command || held.alt {
        return None;
    }
    match key {
        Key::ArrowDown => Some(Act::WalkChecklist(1)),
        Key::ArrowUp => Some(Act::WalkChecklist(-1)),
        Key::Escape => Some(Act::ShutChecklist),
        _ => None,
    }
}

/// The row that a figure names.
fn figure(key: Key) -> Option<usize> {
    [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ]
    .iter()
    .position(|k| *k == key)
}

/// What a key does that the list has no use for: in a list only those that are no letters or figures.
fn beyond(game: &Game, chord: Chord) -> Option<UiAction> {
    let in_list = game.command.list.is_some();
    let written = chord.key.name().chars().count() == 1 || chord.key == Key::Space;
    if in_list && written && !chord.ctrl && !chord.alt {
        return None;
    }
    game.settings.command(chord).map(keys::Command::action)
}
