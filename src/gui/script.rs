//! Moves pointer and keys by a script, for tests of the window and to time it: each line goes through the same
//! messages as a real mouse and a real keyboard.
//!
//! `ANGELFIRE_WINDOW_SCRIPT` names the file. A line waits until no work is under way, and until what it names is on
//! the screen. NAME is what a button says, or `map:SECTOR`; `#` begins a remark.
//!
//! | line | does |
//! |---|---|
//! | `click NAME`, `right NAME` | presses a button of the mouse |
//! | `beside DX DY NAME` | presses the left one so many points beside it |
//! | `drag DX DY NAME` | drags from there by so many points |
//! | `wheel DY NAME` | turns the wheel over it by so many points |
//! | `key KEY`, `key Ctrl+Shift+KEY` | presses a key |
//! | `walk NAME` | presses Tab until the keyboard is on it |
//! | `type WORDS` | types them |
//! | `await NAME`, `gone NAME` | waits until it is there, or no longer |
//! | `reads WORDS` | waits until these words can be read somewhere |
//! | `settle` | waits until nothing moves any more |
//! | `size W H` | makes the window so large, points |
//! | `look NAME` | shows it in these colours: `Normal`, `ColourBlind`, `HighContrast` |
//! | `shot FILE` | takes a picture |
//! | `spot FILE NAME` | writes where on the screen it is |
//! | `say WORDS` | prints them, once the frame before has been drawn |
//! | `time`, `times` | begins to time frames; prints how long they took |
//! | `rest` | does nothing any more, and lets the window sleep |
//! | `close` | closes the window by its frame |
//! | `quit` | leaves, and asks nothing |
//! | `fail` | leaves as after a failure |
//! | `patience SECONDS` | waits no longer for a line, from now on |
//!
//! A line that was waited for in vain is told, a picture of what there is instead is laid beside the script
//! (`.stuck.png`), and the game is left as after a failure.

use std::{
    collections::VecDeque,
    env, fs,
    io::Write,
    path::PathBuf,
    time::{Duration, Instant},
};

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyCode, KeyboardInput, NativeKeyCode},
        mouse::{MouseButtonInput, MouseScrollUnit, MouseWheel},
        touch::TouchPhase,
    },
    prelude::*,
    render::view::screenshot::{Screenshot, save_to_disk},
    window::{CursorMoved, PrimaryWindow, RequestRedraw, WindowCloseRequested, WindowEvent},
};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};

use super::{
    theme,
    window::{Shown, draw},
};
use crate::chart::Look;

/// What names the script.
const VARIABLE: &str = "ANGELFIRE_WINDOW_SCRIPT";
/// How long a line is waited for, if nothing else is said.
const PATIENCE: Duration = Duration::from_secs(120);
/// Frames until what was done can be seen: one in which it has its effect, one that shows it.
const EFFECT: u32 = 1;
/// Frames until nothing moves any more.
const SETTLE: u32 = 6;
/// Frames a picture waits for what is painted to be what is laid out.
const SHUTTER: u32 = 3;

#[derive(Resource)]
struct Script {
    lines: VecDeque<String>,
    /// What is to be sent, by frames: what belongs to one frame must not be torn apart by a slow machine.
    frames: VecDeque<Vec<WindowEvent>>,
    wait: u32,
    /// The last frame, and how long each took since `time`.
    clock: Option<(Instant, Vec<Duration>)>,
    rests: bool,
    patience: Duration,
    /// Since when the first line is waited for.
    since: Option<Instant>,
    /// What the last frame said, if a line asks for that.
    read: Vec<String>,
    path: PathBuf,
}

/// Adds the script, if one is named; nothing otherwise.
pub fn plugin(app: &mut App) {
    let Some(path) = env::var_os(VARIABLE) else {
        return;
    };
    let text = fs::read_to_string(&path).unwrap_or_default();
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned);
    app.insert_resource(Script {
        lines: lines.collect(),
        frames: VecDeque::new(),
        wait: 0,
        clock: None,
        rests: false,
        patience: PATIENCE,
        since: None,
        read: Vec::new(),
        path: path.into(),
    })
    .add_systems(First, play)
    .add_systems(EguiPrimaryContextPass, read.after(draw));
}

/// Notes what can be read in this frame, if that is asked for.
fn read(mut script: ResMut<Script>, mut contexts: EguiContexts) {
    script.read.clear();
    let asked = script
        .lines
        .front()
        .is_some_and(|l| l.starts_with("reads "));
    let Ok(ctx) = contexts.ctx_mut() else { return };
    if !asked {
        return;
    }
    let mut layers: Vec<egui::LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
    layers.push(egui::LayerId::background());
    ctx.graphics(|graphics| {
        let lists = layers.iter().filter_map(|layer| graphics.get(*layer));
        for clipped in lists.flat_map(|list| list.all_entries()) {
            texts(&clipped.shape, clipped.clip_rect, &mut script.read);
        }
    });
}

fn texts(shape: &egui::Shape, clip: egui::Rect, read: &mut Vec<String>) {
    match shape {
        egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, clip, read)),
        egui::Shape::Text(text) if text.visual_bounding_rect().intersects(clip) => {
            read.push(text.galley.text().to_owned());
        }
        _ => {}
    }
}

fn play(
    mut script: ResMut<Script>,
    mut shown: ResMut<Shown>,
    mut contexts: EguiContexts,
    window: Single<Entity, With<PrimaryWindow>>,
    mut messages: MessageWriter<WindowEvent>,
    mut keys: MessageWriter<KeyboardInput>,
    mut wheel: MessageWriter<MouseWheel>,
    mut closing: MessageWriter<WindowCloseRequested>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    mut exit: MessageWriter<AppExit>,
    shots: Query<(), With<Screenshot>>,
    mut commands: Commands,
) {
    if script.rests {
        return;
    }
    redraw.write(RequestRedraw);
    // A bare display gives the keyboard to nobody, or to whoever was there before.
    if let Ok(mut window) = windows.single_mut()
        && !window.focused
    {
        window.focused = true;
    }
    if let Some((last, took)) = &mut script.clock {
        took.push(last.elapsed());
        *last = Instant::now();
    }
    // The first frames have no context yet.
    let Ok(ctx) = contexts.ctx_mut() else { return };
    ctx.data_mut(|data| data.insert_temp(egui::Id::new("note places"), true));
    let begun = *script.since.get_or_insert_with(Instant::now);
    if begun.elapsed() > script.patience && !script.lines.is_empty() {
        let line = script.lines.front().cloned().unwrap_or_default();
        eprintln!("{VARIABLE}: `{line}` was waited for in vain");
        let picture = script.path.with_extension("stuck.png");
        script.lines = [format!("shot {}", picture.display()), "fail".into()].into();
        script.frames.clear();
        script.since = None;
    }
    if script.wait > 0 {
        script.wait -= 1;
        return;
    }
    if let Some(frame) = script.frames.pop_front() {
        for message in frame {
            // The window's own loop sends these twice as well: in order with all else, and by themselves.
            match &message {
                WindowEvent::KeyboardInput(key) => _ = keys.write(key.clone()),
                WindowEvent::MouseWheel(turn) => _ = wheel.write(*turn),
                _ => {}
            }
            messages.write(message);
        }
        if script.frames.is_empty() {
            script.wait = EFFECT;
        }
        return;
    }
    if shown.game.is_busy() || shown.picture.is_due() || !shots.is_empty() {
        return;
    }
    let Some(line) = script.lines.front().cloned() else {
        return;
    };
    let window = *window;
    let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
    match verb {
        "click" | "right" => {
            let Some(at) = find(ctx, rest) else { return };
            let button = if verb == "click" {
                MouseButton::Left
            } else {
                MouseButton::Right
            };
            script.frames.extend(click(window, at, button));
        }
        "drag" | "beside" => {
            let mut parts = rest.splitn(3, ' ');
            let mut figure = || parts.next().and_then(|n| n.parse::<f32>().ok());
            let (Some(dx), Some(dy)) = (figure(), figure()) else {
                return leave(&mut exit, &line);
            };
            let Some(at) = find(ctx, parts.next().unwrap_or("")) else {
                return;
            };
            let by = egui::Vec2::new(dx, dy);
            script.frames.extend(match verb {
                "drag" => drag(window, at, by).to_vec(),
                _ => click(window, at + by, MouseButton::Left).to_vec(),
            });
        }
        "wheel" => {
            let (by, name) = rest.split_once(' ').unwrap_or((rest, ""));
            let Ok(y) = by.parse() else {
                return leave(&mut exit, &line);
            };
            let Some(at) = find(ctx, name) else { return };
            let turn = MouseWheel {
                unit: MouseScrollUnit::Pixel,
                x: 0.0,
                y,
                window,
                phase: TouchPhase::Moved,
            };
            script.frames.push_back(vec![moved(window, at)]);
            script.frames.push_back(vec![WindowEvent::MouseWheel(turn)]);
        }
        "key" => match press(window, rest) {
            Some(frames) => script.frames.extend(frames),
            None => return leave(&mut exit, &line),
        },
        "walk" => {
            let now = ctx.cumulative_pass_nr();
            let on: Option<(String, u64)> = ctx.data(|data| data.get_temp(theme::walked_id()));
            if !on.is_some_and(|(name, pass)| name == rest && pass + 1 >= now) {
                let tab = press(window, "Tab").unwrap_or_default();
                script.frames.extend(tab);
                return;
            }
        }
        "type" => {
            // A space means something else before there is a word.
            for (n, word) in rest.split(' ').enumerate() {
                let space = (n > 0).then_some(' ');
                let letters = space.into_iter().chain(word.chars());
                let typed = letters.flat_map(|c| letter(window, c));
                script.frames.push_back(typed.collect());
            }
        }
        "await" if find(ctx, rest).is_none() => return,
        "gone" if find(ctx, rest).is_some() => return,
        "reads" if !is_read(&script.read, rest) => return,
        "await" | "gone" | "reads" => {}
        "settle" => script.wait = SETTLE,
        "size" => {
            let sides: Vec<f32> = rest.split(' ').filter_map(|n| n.parse().ok()).collect();
            let (&[width, height], Ok(mut window)) = (&sides[..], windows.single_mut()) else {
                return leave(&mut exit, &line);
            };
            window.resolution.set(width, height);
            script.wait = SETTLE;
        }
        "look" => {
            let mut looks = Look::ALL.into_iter();
            let Some(look) = looks.find(|look| format!("{look:?}") == rest) else {
                return leave(&mut exit, &line);
            };
            shown.game.settings.look = look;
            script.wait = EFFECT;
        }
        "shot" => {
            commands
                .spawn(Screenshot::primary_window())
                .observe(save_to_disk(PathBuf::from(rest)));
            script.wait = SHUTTER;
        }
        "spot" => {
            let (file, name) = rest.split_once(' ').unwrap_or((rest, ""));
            let Some(at) = find(ctx, name) else { return };
            if fs::write(file, format!("{} {}", at.x, at.y)).is_err() {
                return leave(&mut exit, &line);
            }
        }
        "time" => script.clock = Some((Instant::now(), Vec::new())),
        "times" => {
            let times = script.clock.take().map_or(Vec::new(), |(_, times)| times);
            say(&tell(times));
        }
        "rest" => script.rests = true,
        "say" => {
            say(rest);
        }
        "close" => {
            closing.write(WindowCloseRequested { window });
        }
        "quit" => shown.game.quit = true,
        "patience" => match rest.parse() {
            Ok(seconds) => script.patience = Duration::from_secs(seconds),
            Err(_) => return leave(&mut exit, &line),
        },
        "fail" => _ = exit.write(AppExit::error()),
        _ => return leave(&mut exit, &line),
    }
    script.lines.pop_front();
    script.since = None;
}

/// Whether words stand in what was read; headings are in capitals.
fn is_read(read: &[String], words: &str) -> bool {
    let words = words.to_lowercase();
    read.iter().any(|text| text.to_lowercase().contains(&words))
}

/// Prints a line.
fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody listening is no reason to stop.
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}

/// How long frames took, milliseconds.
fn tell(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| {
        times
            .get(times.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    format!(
        "{} frames, median {:.1} ms, p95 {:.1} ms",
        times.len(),
        at(50).as_secs_f64() * 1e3,
        at(95).as_secs_f64() * 1e3
    )
}

/// A line that cannot be carried out ends the script and the game.
fn leave(exit: &mut MessageWriter<AppExit>, line: &str) {
    eprintln!("{VARIABLE}: `{line}` is no line of a script");
    exit.write(AppExit::error());
}

/// Where in the window a named thing is, if the last frame shows it.
fn find(ctx: &egui::Context, name: &str) -> Option<egui::Pos2> {
    let (at, pass): (egui::Pos2, u64) = ctx.data(|data| data.get_temp(theme::spot_id(name)))?;
    // The window knows its own points, whatever size of type is set.
    (pass + 1 >= ctx.cumulative_pass_nr()).then(|| (at.to_vec2() * ctx.zoom_factor()).to_pos2())
}

fn moved(window: Entity, at: egui::Pos2) -> WindowEvent {
    WindowEvent::CursorMoved(CursorMoved {
        window,
        position: Vec2::new(at.x, at.y),
        delta: None,
    })
}

fn turned(window: Entity, button: MouseButton, state: ButtonState) -> WindowEvent {
    WindowEvent::MouseButtonInput(MouseButtonInput {
        button,
        state,
        window,
    })
}

/// A button is let go in the frame in which it was pressed: a slow machine must not make it a long press.
fn click(window: Entity, at: egui::Pos2, button: MouseButton) -> [Vec<WindowEvent>; 2] {
    [
        vec![moved(window, at)],
        vec![
            turned(window, button, ButtonState::Pressed),
            turned(window, button, ButtonState::Released),
        ],
    ]
}

fn drag(window: Entity, at: egui::Pos2, by: egui::Vec2) -> [Vec<WindowEvent>; 5] {
    let left = |state| turned(window, MouseButton::Left, state);
    [
        vec![moved(window, at)],
        vec![left(ButtonState::Pressed)],
        vec![moved(window, at + by / 2.0)],
        vec![moved(window, at + by)],
        vec![left(ButtonState::Released)],
    ]
}

/// A key with what is held down beside it, as `Ctrl+Shift+Z`; none if there is no such key. A key by itself is let go in
/// the frame in which it was pressed; what is held down beside another is let go one later, for it must be down still
/// when that one is read.
fn press(window: Entity, name: &str) -> Option<Vec<Vec<WindowEvent>>> {
    let mut names: Vec<&str> = name.split('+').collect();
    let last = names.pop().filter(|name| !name.is_empty()).unwrap_or("+");
    let mut held: Vec<Key> = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        held.push(match name {
            "Ctrl" => Key::Control,
            "Shift" => Key::Shift,
            "Alt" => Key::Alt,
            _ => return None,
        });
    }
    let key = match NAMED.iter().find(|(word, _)| *word == last) {
        Some((_, key)) => key.clone(),
        None if last.chars().count() == 1 => Key::Character(last.to_lowercase().into()),
        None => return None,
    };
    let is_alone = held.is_empty();
    held.push(key);
    let all = |state| held.iter().map(move |key| struck(window, key, state));
    let mut down: Vec<WindowEvent> = all(ButtonState::Pressed).collect();
    let up = all(ButtonState::Released).rev();
    Some(if is_alone {
        down.extend(up);
        vec![down]
    } else {
        vec![down, up.collect()]
    })
}

/// Keys that are no letters, by their names.
const NAMED: [(&str, Key); 27] = [
    ("Enter", Key::Enter),
    ("Tab", Key::Tab),
    ("Space", Key::Space),
    ("Escape", Key::Escape),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
    ("Insert", Key::Insert),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("ArrowLeft", Key::ArrowLeft),
    ("ArrowRight", Key::ArrowRight),
    ("ArrowUp", Key::ArrowUp),
    ("ArrowDown", Key::ArrowDown),
    ("F1", Key::F1),
    ("F2", Key::F2),
    ("F3", Key::F3),
    ("F4", Key::F4),
    ("F5", Key::F5),
    ("F6", Key::F6),
    ("F7", Key::F7),
    ("F8", Key::F8),
    ("F9", Key::F9),
    ("F10", Key::F10),
    ("F11", Key::F11),
    ("F12", Key::F12),
];

fn letter(window: Entity, letter: char) -> [WindowEvent; 2] {
    let key = if letter == ' ' {
        Key::Space
    } else {
        Key::Character(letter.to_string().into())
    };
    [ButtonState::Pressed, ButtonState::Released].map(|state| struck(window, &key, state))
}

fn struck(window: Entity, key: &Key, state: ButtonState) -> WindowEvent {
    let text = match key {
        Key::Character(text) => Some(text.clone()),
        _ => None,
    };
    WindowEvent::KeyboardInput(KeyboardInput {
        key_code: KeyCode::Unidentified(NativeKeyCode::Unidentified),
        logical_key: key.clone(),
        state,
        text,
        repeat: false,
        window,
    })
}
