//! The keyboard. Each key makes the action that a panel would make.

use bevy_egui::egui::{Context, Event, Key, Modifiers};

use super::{Dock, Page, UiAction};
use crate::chart::Overlay;

/// How far an arrow key drags the map, points.
const STEP: f32 = 80.0;

/// What the keys pressed since the last frame ask for. Nothing while a text is being typed.
pub fn actions(ctx: &Context) -> Vec<UiAction> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let pressed: Vec<(Key, Modifiers)> = ctx.input(|input| {
        let pressed = |event: &Event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => Some((*key, *modifiers)),
            _ => None,
        };
        input.events.iter().filter_map(pressed).collect()
    });
    if pressed.is_empty() {
        return Vec::new();
    }
    // These keys would walk from button to button otherwise.
    ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    pressed
        .into_iter()
        .filter_map(|(key, modifiers)| action(key, modifiers))
        .collect()
}

/// What one key asks for.
pub fn action(key: Key, modifiers: Modifiers) -> Option<UiAction> {
    if modifiers.command {
        return match key {
            Key::S => Some(UiAction::Save),
            Key::Z if modifiers.shift => Some(UiAction::Redo),
            Key::Z => Some(UiAction::Undo),
            Key::Y => Some(UiAction::Redo),
            Key::L => Some(UiAction::LoadLatest),
            _ => None,
        };
    }
    Some(match key {
        Key::Space | Key::Enter => UiAction::EndTurn,
        Key::Tab => UiAction::NextIdle,
        Key::Escape => UiAction::Back,
        Key::ArrowLeft => UiAction::Pan(STEP, 0.0),
        Key::ArrowRight => UiAction::Pan(-STEP, 0.0),
        Key::ArrowUp => UiAction::Pan(0.0, STEP),
        Key::ArrowDown => UiAction::Pan(0.0, -STEP),
        Key::Plus | Key::Equals => UiAction::Zoom(1.0, None),
        Key::Minus => UiAction::Zoom(-1.0, None),
        Key::Home | Key::Num0 => UiAction::Fit,
        Key::Num1 => UiAction::Overlay(Overlay::Supply),
        Key::Num2 => UiAction::Overlay(Overlay::Reach),
        Key::Num3 => UiAction::Overlay(Overlay::Knowledge),
        Key::Num4 => UiAction::Overlay(Overlay::Control),
        Key::Num5 | Key::Backtick => UiAction::Overlay(Overlay::None),
        Key::F1 => UiAction::Fold(Dock::Left),
        Key::F2 => UiAction::Fold(Dock::Right),
        Key::F3 => UiAction::Fold(Dock::Bottom),
        Key::R => UiAction::Turn(Page::Report),
        Key::O => UiAction::Turn(Page::Score),
        _ => return None,
    })
}
