//! How long the window takes to stand: from the start of the process to the first frame on the screen, for the game and
//! for an empty window of the same toolkit. `cargo bench --bench window`; figures, not tests. Aim: the game takes at
//! most half a second more than the empty window.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use bevy::{
    log::{Level, LogPlugin},
    prelude::*,
    window::WindowResolution,
};
use bevy_egui::{EguiContexts, EguiPlugin, EguiPrimaryContextPass, egui};

/// Runs of each, after one that is not counted.
const RUNS: usize = 7;
/// What tells this program to be the empty window.
const EMPTY: &str = "--empty-window";
/// What a process prints once its first frame is drawn.
const MARK: &str = "drawn";
/// The game does it by its script.
const SCRIPT: &str = "ANGELFIRE_WINDOW_SCRIPT";
/// Longer than any machine takes that can draw at all.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    if env::args().any(|argument| argument == EMPTY) {
        empty();
        return ExitCode::SUCCESS;
    }
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(all(unix, not(target_os = "macos"))) && !named("DISPLAY") && !named("WAYLAND_DISPLAY") {
        println!("window: skipped, neither DISPLAY nor WAYLAND_DISPLAY names a display");
        return ExitCode::SUCCESS;
    }
    let folder = env::temp_dir().join(format!("angelfire-bench-{}", std::process::id()));
    let outcome = compare(&folder);
    let _ = fs::remove_dir_all(&folder);
    match outcome {
        Ok(()) => {}
        Err(reason) => println!("window: skipped, {reason}"),
    }
    ExitCode::SUCCESS
}

/// Times each in turn, so that whatever else the machine does falls on all of them alike.
fn compare(folder: &Path) -> Result<(), String> {
    let (menu, war) = (folder.join("menu.txt"), folder.join("war.txt"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&menu, format!("await Begin\nsay {MARK}\nquit\n")))
        .and_then(|()| fs::write(&war, format!("await END TURN\nsay {MARK}\nquit\n")))
        .map_err(|error| format!("{} cannot be written: {error}", folder.display()))?;
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let game = |script: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_angelfire"));
        command.args(arguments).env(SCRIPT, script);
        command.env("ANGELFIRE_DATA_DIR", folder);
        command
    };
    let mut empty = Command::new(this);
    empty.arg(EMPTY);
    let mut all = [
        ("an empty window", empty, Vec::new()),
        ("the game, at its menu", game(&menu, &[]), Vec::new()),
        (
            "the game, in a war",
            game(&war, &["play", "mw-concordat"]),
            Vec::new(),
        ),
    ];
    for run in 0..=RUNS {
        for (name, command, times) in &mut all {
            let time = first_frame(command).ok_or_else(|| format!("{name} drew nothing"))?;
            if run > 0 {
                times.push(time);
            }
        }
    }
    println!(
        "window: start of the process to the first frame, median of {RUNS} (fastest, slowest)"
    );
    let mut base = None;
    for (name, _, times) in &mut all {
        times.sort();
        let median = times[times.len() / 2];
        let base = *base.get_or_insert(median);
        let more = median.as_secs_f64() - base.as_secs_f64();
        println!(
            "  {name:<22} {:.3} s ({:.3}, {:.3}), {more:+.3} s",
            median.as_secs_f64(),
            times[0].as_secs_f64(),
            times[times.len() - 1].as_secs_f64(),
        );
    }
    println!("  aim: at most +0.500 s");
    Ok(())
}

/// Ends a process of ours whatever becomes of it.
struct Own(Child);

impl Drop for Own {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// From the start of a process until it says that it has drawn; none if it never does.
fn first_frame(command: &mut Command) -> Option<Duration> {
    let begun = Instant::now();
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut own = Own(child);
    let output = own.0.stdout.take()?;
    let (send, said) = mpsc::channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        if lines.any(|line| line == MARK) {
            // Nobody waits any more if it took too long.
            let _ = send.send(begun.elapsed());
        }
    });
    let time = said.recv_timeout(PATIENCE).ok()?;
    // The next one shall not share the machine with the end of this one.
    let _ = own.0.wait();
    Some(time)
}

#[derive(Resource, Default)]
struct Drawn(u32);

/// The least that is a window with panels: no work of ours in it.
fn empty() {
    let window = Window {
        resolution: WindowResolution::new(1280, 720),
        ..Default::default()
    };
    App::new()
        .add_plugins(
            DefaultPlugins
                .set(WindowPlugin {
                    primary_window: Some(window),
                    ..Default::default()
                })
                .set(LogPlugin {
                    level: Level::ERROR,
                    filter: "off".into(),
                    ..Default::default()
                }),
        )
        .add_plugins(EguiPlugin::default())
        .init_resource::<Drawn>()
        .add_systems(Startup, |mut commands: Commands| {
            commands.spawn((Camera2d, Msaa::Off));
        })
        .add_systems(First, say)
        .add_systems(EguiPrimaryContextPass, label)
        .run();
}

fn label(mut contexts: EguiContexts, mut drawn: ResMut<Drawn>) -> Result {
    let ctx = contexts.ctx_mut()?;
    egui::Area::new("empty".into()).show(ctx, |ui| ui.label("empty"));
    drawn.0 += 1;
    Ok(())
}

/// As the game's script does: the frame with the label was laid out, and the one after it.
fn say(drawn: Res<Drawn>, mut exit: MessageWriter<AppExit>, mut said: Local<bool>) {
    if drawn.0 >= 2 && !*said {
        println!("{MARK}");
        *said = true;
        exit.write(AppExit::Success);
    }
}
