//! The keyboard: commands, the keys that give them, and what each does. Which keys is a setting; each command makes the
//! action that a panel would make.

use std::{fmt, str::FromStr};

use bevy_egui::egui::{Context, Event, Key, Modifiers};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Dock, Page, UiAction, settings::Settings};
use crate::chart::Overlay;

/// How far an arrow key drags the map, points.
const STEP: f32 = 80.0;

/// A key with what is held down beside it. As text: `Ctrl+Shift+Z`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// With Ctrl, or the command key where there is one.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
    /// With Alt.
    pub alt: bool,
}

impl Chord {
    /// A key by itself.
    pub const fn plain(key: Key) -> Self {
        Self {
            key,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// A key with Ctrl.
    pub const fn ctrl(key: Key) -> Self {
        Self {
            ctrl: true,
            ..Self::plain(key)
        }
    }

    /// A key with Shift.
    pub const fn shift(key: Key) -> Self {
        Self {
            shift: true,
            ..Self::plain(key)
        }
    }

    /// What was pressed.
    pub fn of(key: Key, modifiers: Modifiers) -> Self {
        Self {
            key,
            ctrl: modifiers.command || modifiers.ctrl,
            shift: modifiers.shift,
            alt: modifiers.alt,
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(self.key.name())
    }
}

impl FromStr for Chord {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mut chord = Self::plain(Key::Space);
        let mut rest = text;
        loop {
            let held = [
                ("Ctrl+", &mut chord.ctrl),
                ("Alt+", &mut chord.alt),
                ("Shift+", &mut chord.shift),
            ];
            let Some((name, held)) = held.into_iter().find(|(name, _)| rest.starts_with(name))
            else {
                break;
            };
            *held = true;
            rest = &rest[name.len()..];
        }
        let key = Key::from_name(rest);
        chord.key = key.ok_or_else(|| format!("`{text}` is no key like `Ctrl+Z` or `F1`"))?;
        Ok(chord)
    }
}

impl Serialize for Chord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Chord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Commands, each with its name in settings and texts (`key-NAME`), its keys as shipped, and what it does.
macro_rules! commands {
    ($($(#[$about:meta])* $variant:ident $name:literal [$($chord:expr),*] => $action:expr;)+) => {
        /// What a key can be made to do.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Command {
            $($(#[$about])* $variant,)+
        }

        impl Command {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the settings; its text has the id `key-NAME`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Its keys as shipped.
            pub fn shipped(self) -> &'static [Chord] {
                match self { $(Self::$variant => const { &[$($chord),*] }),+ }
            }

            /// What it does.
            pub fn action(self) -> UiAction {
                match self { $(Self::$variant => $action),+ }
            }
        }
    };
}

commands! {
    /// Ends the turn.
    EndTurn "end-turn" [Chord::plain(Key::Space), Chord::plain(Key::Enter)] => UiAction::EndTurn;
    /// Selects the next force without orders.
    NextIdle "next-idle" [Chord::plain(Key::Tab)] => UiAction::NextIdle;
    /// One step back.
    Back "back" [Chord::plain(Key::Escape)] => UiAction::Back;
    /// One step of planning back.
    Undo "undo" [Chord::ctrl(Key::Z)] => UiAction::Undo;
    /// And forth again.
    Redo "redo" [Chord::ctrl(Key::Y), Chord { shift: true, ..Chord::ctrl(Key::Z) }] => UiAction::Redo;
    /// Saves under a name.
    Save "save" [Chord::ctrl(Key::S)] => UiAction::Save;
    /// Opens the newest other save.
    LoadLatest "load-latest" [Chord::ctrl(Key::L)] => UiAction::LoadLatest;
    /// Moves the map.
    PanLeft "pan-left" [Chord::plain(Key::ArrowLeft)] => UiAction::Pan(STEP, 0.0);
    /// Moves the map.
    PanRight "pan-right" [Chord::plain(Key::ArrowRight)] => UiAction::Pan(-STEP, 0.0);
    /// Moves the map.
    PanUp "pan-up" [Chord::plain(Key::ArrowUp)] => UiAction::Pan(0.0, STEP);
    /// Moves the map.
    PanDown "pan-down" [Chord::plain(Key::ArrowDown)] => UiAction::Pan(0.0, -STEP);
    /// Shows less of the map, larger.
    ZoomIn "zoom-in" [Chord::plain(Key::Plus), Chord::plain(Key::Equals), Chord::shift(Key::Plus)] => UiAction::Zoom(1.0, None);
    /// Shows more of it, smaller.
    ZoomOut "zoom-out" [Chord::plain(Key::Minus)] => UiAction::Zoom(-1.0, None);
    /// Shows all of it.
    WholeMap "whole-map" [Chord::plain(Key::Home), Chord::plain(Key::Num0)] => UiAction::Fit;
    /// Lays supply over the map.
    OverlaySupply "overlay-supply" [Chord::plain(Key::Num1)] => UiAction::Overlay(Overlay::Supply);
    /// Lays reach over it.
    OverlayReach "overlay-reach" [Chord::plain(Key::Num2)] => UiAction::Overlay(Overlay::Reach);
    /// Lays knowledge over it.
    OverlayKnowledge "overlay-knowledge" [Chord::plain(Key::Num3)] => UiAction::Overlay(Overlay::Knowledge);
    /// Lays control over it.
    OverlayControl "overlay-control" [Chord::plain(Key::Num4)] => UiAction::Overlay(Overlay::Control);
    /// Lays objectives over it.
    OverlayObjectives "overlay-objectives" [Chord::plain(Key::Num5)] => UiAction::Overlay(Overlay::Objectives);
    /// Takes everything off it.
    OverlayNone "overlay-none" [Chord::plain(Key::Num6), Chord::plain(Key::Backtick)] => UiAction::Overlay(Overlay::None);
    /// Folds the order of battle.
    FoldLeft "fold-left" [Chord::plain(Key::F1)] => UiAction::Fold(Dock::Left);
    /// Folds the inspector.
    FoldRight "fold-right" [Chord::plain(Key::F2)] => UiAction::Fold(Dock::Right);
    /// Folds orders and journal.
    FoldBottom "fold-bottom" [Chord::plain(Key::F3)] => UiAction::Fold(Dock::Bottom);
    /// Shows the report.
    Report "report" [Chord::plain(Key::R)] => UiAction::Turn(Page::Report);
    /// Shows objectives and score.
    Score "score" [Chord::plain(Key::O)] => UiAction::Turn(Page::Score);
}

/// What the keys pressed since the last frame ask for. Nothing while a text is being typed.
pub fn actions(ctx: &Context, settings: &Settings) -> Vec<UiAction> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let pressed: Vec<Chord> = ctx.input(|input| {
        let pressed = |event: &Event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => Some(Chord::of(*key, *modifiers)),
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
    let commands = pressed
        .into_iter()
        .filter_map(|chord| settings.command(chord));
    commands.map(Command::action).collect()
}
