//! The keyboard: commands, the keys that give them, and what each does. Which keys is a setting; each command makes the
//! action that a panel would make.

use std::{fmt, str::FromStr};

use bevy_egui::egui::{Context, Event, FocusDirection, Key, Modifiers};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    Dock, Page, UiAction,
    around::{self, Leaf},
    command::{self, list::Verb},
    film, guide,
    history::watch,
    reading,
    settings::Settings,
    words::say,
};
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

impl Chord {
    /// As people read it: the signs that stand on the keys, their names in the language that is spoken. Settings and
    /// scripts keep to the names of `Display`.
    pub fn sign(&self) -> String {
        let held = [
            (self.ctrl, say!("cap-ctrl")),
            (self.alt, say!("cap-alt")),
            (self.shift, say!("cap-shift")),
        ];
        let mut sign = String::new();
        for (_, name) in held.into_iter().filter(|(is_held, _)| *is_held) {
            sign.push_str(&name);
            sign.push('+');
        }
        sign.push_str(&cap(self.key));
        sign
    }
}

/// What stands on a key.
fn cap(key: Key) -> String {
    let sign = match key {
        Key::Backslash => "\\",
        Key::Backtick => "`",
        Key::CloseBracket => "]",
        Key::CloseCurlyBracket => "}",
        Key::Colon => ":",
        Key::Comma => ",",
        Key::Equals => "=",
        Key::Exclamationmark => "!",
        Key::Minus => "-",
        Key::OpenBracket => "[",
        Key::OpenCurlyBracket => "{",
        Key::Period => ".",
        Key::Pipe => "|",
        Key::Plus => "+",
        Key::Questionmark => "?",
        Key::Quote => "'",
        Key::Semicolon => ";",
        Key::Slash => "/",
        Key::ArrowDown => return say!("cap-down"),
        Key::ArrowLeft => return say!("cap-left"),
        Key::ArrowRight => return say!("cap-right"),
        Key::ArrowUp => return say!("cap-up"),
        Key::Backspace => return say!("cap-backspace"),
        Key::Delete => return say!("cap-delete"),
        Key::End => return say!("cap-end"),
        Key::Enter => return say!("cap-enter"),
        Key::Escape => return say!("cap-escape"),
        Key::Home => return say!("cap-home"),
        Key::Insert => return say!("cap-insert"),
        Key::PageDown => return say!("cap-page-down"),
        Key::PageUp => return say!("cap-page-up"),
        Key::Space => return say!("cap-space"),
        Key::Tab => return say!("cap-tab"),
        _ => key.name(),
    };
    sign.to_owned()
}

/// Keys as people read them, one after the other.
pub fn caps(chords: &[Chord]) -> String {
    let all: Vec<String> = chords.iter().map(Chord::sign).collect();
    all.join(&format!(" {} ", say!("cap-or")))
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
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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

            /// Whether it is given while a record is watched, and then before what its keys do at the table.
            pub fn is_of_watching(self) -> bool {
                matches!(self.action(), UiAction::Watch(_))
            }

            /// What it does.
            pub fn action(self) -> UiAction {
                match self { $(Self::$variant => $action),+ }
            }
        }
    };
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut all = Command::ALL.iter().copied();
        all.find(|command| command.name() == text)
            .ok_or_else(|| D::Error::custom(format!("there is no command `{text}`")))
    }
}

commands! {
    /// Ends the turn.
    EndTurn "end-turn" [Chord::plain(Key::Space), Chord::plain(Key::Enter)] => UiAction::EndTurn;
    /// Selects the next force without orders.
    NextIdle "next-idle" [Chord::plain(Key::Tab)] => UiAction::NextIdle;
    /// Selects the one before.
    PreviousIdle "previous-idle" [Chord::shift(Key::Tab)] => UiAction::Command(command::Act::PreviousIdle);
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
    /// Shows the briefing, or puts it away.
    Briefing "briefing" [Chord::plain(Key::F4)] => UiAction::Around(around::Act::Open(Leaf::Briefing));
    /// Puts the guide of a scenario away, or brings it back; in the menu, begins the guided war.
    Guide "guide" [Chord::plain(Key::F5)] => UiAction::Guide(guide::Act::Turn);
    /// Moves the keyboard into the panels; from there back with Escape.
    Walk "walk" [Chord::plain(Key::F6)] => UiAction::Around(around::Act::Walk);
    /// Shows the saved wars.
    Saves "saves" [Chord::ctrl(Key::O)] => UiAction::Around(around::Act::Open(Leaf::Saves));
    /// Shows the mods.
    Mods "mods" [Chord::shift(Key::F10)] => UiAction::Around(around::Act::Open(Leaf::Mods));
    /// Shows what is set.
    Settings "settings" [Chord::plain(Key::F10)] => UiAction::Around(around::Act::Open(Leaf::Settings));
    /// Shows keys, signs and the course of a turn.
    Help "help" [Chord::plain(Key::F12), Chord::plain(Key::Questionmark), Chord::shift(Key::Questionmark), Chord::shift(Key::Slash)] => UiAction::Around(around::Act::Open(Leaf::Help));
    /// Shows what the rules know, in words.
    Reference "reference" [Chord::plain(Key::F7)] => UiAction::Around(around::Act::Open(Leaf::Reference));
    /// Shows what the record tells.
    Chronicle "chronicle" [Chord::plain(Key::F8)] => UiAction::Around(around::Act::Open(Leaf::Chronicle));
    /// Shows the battles of the record.
    Battles "battles" [Chord::shift(Key::F8)] => UiAction::Around(around::Act::Open(Leaf::Battles));
    /// Holds the war against the record that was entered.
    Against "against" [Chord::ctrl(Key::F8)] => UiAction::Around(around::Act::Open(Leaf::Against));
    /// A record that is watched: a turn back.
    WatchBack "watch-back" [Chord::plain(Key::ArrowLeft)] => UiAction::Watch(watch::Act::Step(-1));
    /// A turn forth.
    WatchForth "watch-forth" [Chord::plain(Key::ArrowRight)] => UiAction::Watch(watch::Act::Step(1));
    /// To its beginning.
    WatchFirst "watch-first" [Chord::plain(Key::Home)] => UiAction::Watch(watch::Act::First);
    /// To its end.
    WatchLast "watch-last" [Chord::plain(Key::End)] => UiAction::Watch(watch::Act::Last);
    /// Plays on, or rests.
    WatchPlay "watch-play" [Chord::plain(Key::Space)] => UiAction::Watch(watch::Act::Play);
    /// Goes back to the menu.
    Menu "menu" [Chord::ctrl(Key::M)] => UiAction::Menu;
    /// Leaves the game.
    Quit "quit" [Chord::ctrl(Key::Q)] => UiAction::Quit;
    /// Shows objectives and score.
    Score "score" [Chord::plain(Key::O)] => UiAction::Turn(Page::Score);
    /// Watches the last turn.
    FilmWatch "film-watch" [Chord::shift(Key::V)] => UiAction::Film(film::Act::Watch);
    /// Plays the film on, or pauses it.
    FilmPlay "film-play" [Chord::plain(Key::V)] => UiAction::Film(film::Act::Toggle);
    /// One beat of the film forth.
    FilmStep "film-step" [Chord::plain(Key::Period)] => UiAction::Film(film::Act::Step);
    /// One beat back.
    FilmBack "film-back" [Chord::plain(Key::Comma)] => UiAction::Film(film::Act::StepBack);
    /// To the next phase of the film.
    FilmPhase "film-phase" [Chord::plain(Key::PageDown)] => UiAction::Film(film::Act::NextPhase);
    /// To the next beat that concerns the seat.
    FilmMine "film-mine" [Chord::plain(Key::Slash)] => UiAction::Film(film::Act::ToMine);
    /// To the end of the film.
    FilmEnd "film-end" [Chord::plain(Key::End)] => UiAction::Film(film::Act::End);
    /// Films play faster.
    FilmFaster "film-faster" [Chord::plain(Key::CloseBracket)] => UiAction::Film(film::Act::Shift(true));
    /// And slower.
    FilmSlower "film-slower" [Chord::plain(Key::OpenBracket)] => UiAction::Film(film::Act::Shift(false));
    /// Shows the fights to expect.
    Outlook "outlook" [Chord::plain(Key::U)] => UiAction::Turn(Page::Outlook);
    /// Shows the clock of the reserves.
    Reserves "reserves" [Chord::plain(Key::C)] => UiAction::Turn(Page::Reserves);
    /// Shows what may be agreed to.
    Council "council" [Chord::shift(Key::C)] => UiAction::Turn(Page::Council);
    /// Opens all sums as lines.
    Sums "sums" [Chord::plain(Key::I)] => UiAction::Read(reading::Act::Lines);
    /// The next force that is cut off or short of supply.
    NextShort "next-short" [Chord::plain(Key::N)] => UiAction::Read(reading::Act::NextShort);
    /// Finds whatever has a name.
    Find "find" [Chord::ctrl(Key::F)] => UiAction::Command(command::Act::Open(Verb::Find));
    /// Lists own forces, to select one or several.
    Forces "forces" [Chord::plain(Key::B)] => UiAction::Command(command::Act::Open(Verb::Forces));
    /// Selects every force that the order of battle shows.
    AllForces "all-forces" [Chord::ctrl(Key::A)] => UiAction::Command(command::Act::All);
    /// Orders a march.
    OrderGo "order-go" [Chord::plain(Key::G)] => UiAction::Command(command::Act::Open(Verb::Go));
    /// Orders a march after those queued.
    OrderThen "order-then" [Chord::plain(Key::T)] => UiAction::Command(command::Act::Open(Verb::Then));
    /// Orders a halt.
    OrderHalt "order-halt" [Chord::plain(Key::H)] => UiAction::Command(command::Act::Open(Verb::Halt));
    /// Orders a contact to be followed.
    OrderFollow "order-follow" [Chord::plain(Key::W)] => UiAction::Command(command::Act::Open(Verb::Follow));
    /// Orders when and where to fall back.
    OrderFallBack "order-fall-back" [Chord::plain(Key::K)] => UiAction::Command(command::Act::Open(Verb::FallBack));
    /// Orders a stance.
    OrderStance "order-stance" [Chord::plain(Key::S)] => UiAction::Command(command::Act::Open(Verb::Stance));
    /// Orders a posture.
    OrderPosture "order-posture" [Chord::plain(Key::P)] => UiAction::Command(command::Act::Open(Verb::Posture));
    /// Orders fire.
    OrderFire "order-fire" [Chord::plain(Key::F)] => UiAction::Command(command::Act::Open(Verb::Fire));
    /// Orders fire at the best target.
    OrderFireBest "order-fire-best" [Chord::shift(Key::F)] => UiAction::Command(command::Act::Open(Verb::FireBest));
    /// Orders when to fire unbidden.
    OrderPolicy "order-policy" [Chord::plain(Key::Y)] => UiAction::Command(command::Act::Open(Verb::Policy));
    /// Orders when to break off.
    OrderLossLimit "order-loss-limit" [Chord::plain(Key::L)] => UiAction::Command(command::Act::Open(Verb::LossLimit));
    /// Orders that no feint is followed.
    OrderLeash "order-leash" [Chord::plain(Key::E)] => UiAction::Command(command::Act::Open(Verb::Leash));
    /// Orders ships detached.
    OrderSplit "order-split" [Chord::plain(Key::X)] => UiAction::Command(command::Act::Open(Verb::Split));
    /// Orders a force to join another.
    OrderMerge "order-merge" [Chord::plain(Key::M)] => UiAction::Command(command::Act::Open(Verb::Merge));
    /// Orders a deed.
    OrderDeed "order-deed" [Chord::plain(Key::D)] => UiAction::Command(command::Act::Open(Verb::Deed));
    /// Orders troops landed.
    OrderLand "order-land" [Chord::plain(Key::A)] => UiAction::Command(command::Act::Open(Verb::Land));
    /// Orders troops taken aboard.
    OrderLift "order-lift" [Chord::shift(Key::A)] => UiAction::Command(command::Act::Open(Verb::Lift));
    /// Orders where a force begins the war.
    OrderDeploy "order-deploy" [Chord::shift(Key::D)] => UiAction::Command(command::Act::Open(Verb::Deploy));
}

/// Commands that belong together on the pages of keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// What moves or covers the map.
    Map,
    /// What turns the panels.
    Panels,
    /// Saving, pages, the way out.
    Around,
    /// Everything about orders and the turn.
    Table,
    /// A record that is watched.
    Watching,
}

impl Group {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Table,
        Self::Map,
        Self::Panels,
        Self::Around,
        Self::Watching,
    ];

    /// Its name; its text has the id `keys-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Panels => "panels",
            Self::Around => "around",
            Self::Table => "table",
            Self::Watching => "watching",
        }
    }

    /// Where a command belongs.
    pub fn of(command: Command) -> Self {
        match command.action() {
            UiAction::Watch(_) => Self::Watching,
            UiAction::Pan(..)
            | UiAction::Zoom(..)
            | UiAction::Fit
            | UiAction::Centre(_)
            | UiAction::Overlay(_) => Self::Map,
            UiAction::Fold(_)
            | UiAction::Turn(_)
            | UiAction::Guide(_)
            | UiAction::Around(around::Act::Walk) => Self::Panels,
            UiAction::Around(_)
            | UiAction::Save
            | UiAction::LoadLatest
            | UiAction::Menu
            | UiAction::Quit => Self::Around,
            _ => Self::Table,
        }
    }
}

/// The keys pressed since the last frame.
pub fn pressed(ctx: &Context) -> Vec<Chord> {
    ctx.input(|input| {
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
    })
}

/// Whether a key walks over buttons and presses them while one has the keyboard.
fn walks(chord: &Chord) -> bool {
    let keys = [
        Key::Tab,
        Key::Enter,
        Key::Space,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    let shifted = Chord {
        shift: false,
        ..*chord
    };
    keys.iter().any(|key| shifted == Chord::plain(*key))
}

/// What the keys pressed since the last frame ask for at the table. Nothing while a text is being typed. The keyboard is
/// on the map until it is moved into the panels: there the keys that walk and press are left to them. While a record is
/// watched, its own keys go before those of the table.
pub fn actions(ctx: &Context, settings: &Settings, watching: bool) -> Vec<UiAction> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let mut chords = pressed(ctx);
    if chords.is_empty() {
        return Vec::new();
    }
    let is_in_panels = ctx.memory(|memory| memory.focused().is_some());
    let mut actions = Vec::new();
    if is_in_panels {
        chords.retain(|chord| !walks(chord));
    } else {
        // These keys would walk from button to button otherwise.
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    for action in chords
        .into_iter()
        .filter_map(|chord| {
            let own = settings.command_while(chord, true).filter(|_| watching);
            own.or_else(|| settings.command(chord))
        })
        .map(Command::action)
    {
        if action == UiAction::Around(around::Act::Walk) {
            let way = FocusDirection::Next;
            ctx.memory_mut(|memory| memory.move_focus(way));
        } else if !(is_in_panels && action == UiAction::Back) {
            actions.push(action);
        }
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_shown_as_what_stands_on_them() {
        let read = |name: &str| name.parse::<Chord>().expect("a key").sign();
        let signs = [
            ("Period", "."),
            ("Comma", ","),
            ("Slash", "/"),
            ("OpenBracket", "["),
            ("CloseBracket", "]"),
            ("Backtick", "`"),
            ("Minus", "-"),
            ("Plus", "+"),
            ("Ctrl+Shift+Questionmark", "Ctrl+Shift+?"),
            ("Escape", "Esc"),
            ("PageDown", "Page Down"),
            ("Left", "Left arrow"),
            ("Shift+F", "Shift+F"),
            ("F12", "F12"),
        ];
        for (name, sign) in signs {
            assert_eq!(read(name), sign);
        }
        // Nothing shipped is shown by a name that stands on no key.
        for chord in Command::ALL.iter().flat_map(|c| c.shipped()) {
            let shown = cap(chord.key);
            assert!(
                shown.len() == 1
                    || shown != format!("{:?}", chord.key)
                    || !shown[1..].contains(char::is_uppercase),
                "{shown}"
            );
            assert_eq!(
                chord.to_string().parse(),
                Ok(*chord),
                "settings keep the names"
            );
        }
    }
}
