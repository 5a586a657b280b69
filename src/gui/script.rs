//! Moves the pointer by a script, for tests of the window: each line goes through the same messages as a real mouse.
//!
//! `ANGELFIRE_WINDOW_SCRIPT` names the file. A line is one of `click NAME`, `right NAME`, `await NAME`, `settle`,
//! `shot FILE`, `quit`; NAME is what a button says, or `map:SECTOR`. A line waits until what it names is on the screen and no work
//! is under way. `#` begins a remark.

use std::{collections::VecDeque, env, fs};

use bevy::{
    input::{ButtonState, mouse::MouseButtonInput},
    prelude::*,
    render::view::screenshot::{Screenshot, save_to_disk},
    window::{CursorMoved, PrimaryWindow, RequestRedraw, WindowEvent},
};
use bevy_egui::{EguiContexts, egui};

use super::{theme, window::Shown};

/// What names the script.
const VARIABLE: &str = "ANGELFIRE_WINDOW_SCRIPT";
/// Frames between two messages, so that the screen has settled.
const SETTLE: u32 = 4;
/// Frames a picture may take to be written.
const SHUTTER: u32 = 12;

#[derive(Resource)]
struct Script {
    lines: VecDeque<String>,
    messages: VecDeque<WindowEvent>,
    wait: u32,
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
        messages: VecDeque::new(),
        wait: SETTLE,
    })
    .add_systems(First, play);
}

fn play(
    mut script: ResMut<Script>,
    mut shown: ResMut<Shown>,
    mut contexts: EguiContexts,
    window: Single<Entity, With<PrimaryWindow>>,
    mut messages: MessageWriter<WindowEvent>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut commands: Commands,
) {
    redraw.write(RequestRedraw);
    // The first frames have no context yet.
    let Ok(ctx) = contexts.ctx_mut() else { return };
    ctx.data_mut(|data| data.insert_temp(egui::Id::new("note places"), true));
    if script.wait > 0 {
        script.wait -= 1;
        return;
    }
    if let Some(message) = script.messages.pop_front() {
        messages.write(message);
        // A button is let go in the frame in which it was pressed: a slow machine must not make it a long press.
        messages.write_batch(script.messages.drain(..));
        script.wait = SETTLE;
        return;
    }
    if shown.game.is_busy() {
        return;
    }
    let Some(line) = script.lines.front().cloned() else {
        return;
    };
    let (verb, name) = line.split_once(' ').unwrap_or((&line, ""));
    match verb {
        "click" | "right" => {
            let Some(at) = find(ctx, name) else { return };
            let button = if verb == "click" {
                MouseButton::Left
            } else {
                MouseButton::Right
            };
            let [moved, rest @ ..] = press(*window, at, button);
            messages.write(moved);
            script.messages.extend(rest);
            script.wait = SETTLE;
        }
        "await" => {
            if find(ctx, name).is_none() {
                return;
            }
        }
        "settle" => script.wait = SHUTTER,
        "shot" => {
            commands
                .spawn(Screenshot::primary_window())
                .observe(save_to_disk(std::path::PathBuf::from(name)));
            script.wait = SHUTTER;
        }
        _ => shown.game.quit = true,
    }
    script.lines.pop_front();
}

/// Where a named thing is, if it was drawn just now.
fn find(ctx: &egui::Context, name: &str) -> Option<egui::Pos2> {
    let (at, pass): (egui::Pos2, u64) = ctx.data(|data| data.get_temp(theme::spot_id(name)))?;
    (pass + 2 >= ctx.cumulative_pass_nr()).then_some(at)
}

fn press(window: Entity, at: egui::Pos2, button: MouseButton) -> [WindowEvent; 3] {
    let moved = CursorMoved {
        window,
        position: Vec2::new(at.x, at.y),
        delta: None,
    };
    let turned = |state| {
        WindowEvent::MouseButtonInput(MouseButtonInput {
            button,
            state,
            window,
        })
    };
    [
        WindowEvent::CursorMoved(moved),
        turned(ButtonState::Pressed),
        turned(ButtonState::Released),
    ]
}
