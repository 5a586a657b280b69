//! How long the window takes to stand: from the start of the process to the first frame on the screen, for the game and
//! for an empty window of the same toolkit. `cargo bench --bench window`; figures, not tests. Aim: the game takes at
//! most half a second more than the empty window. Then with 1,000 sectors and 10,000 forces: how long a frame takes while
//! the map is dragged and zoomed, what the window takes of memory, and of a core while nothing happens.

mod large;

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
    winit::WinitSettings,
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
    let outcome = compare(&folder).and_then(|()| work(&folder));
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

/// What the window costs with a large war on the table, and at rest.
fn work(folder: &Path) -> Result<(), String> {
    let content = folder.join("mod");
    large::write(&content, 10).map_err(|error| error.to_string())?;
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let mut empty = Command::new(this);
    empty.arg(EMPTY).arg(REST);
    let (_, base, _) = at_rest(&mut empty)?;
    println!("window: at rest for {} s", REST_FOR.as_secs());
    println!("  an empty window        {:.0} MB", base as f64 / 1e3);
    let mut drag = String::from("await END TURN\nsettle\nsettle\n");
    let moves =
        "drag 90 40 map:s420\ndrag -90 -40 map:s420\nwheel 60 map:s420\nwheel -60 map:s420\n";
    drag += &format!("time\n{}times\n", moves.repeat(4));
    drag += &format!("settle\nsay {MARK}\nrest\n");
    let still = format!("await END TURN\nsettle\nsay {MARK}\nrest\n");
    let mods = content.display().to_string();
    let wars = [
        ("the game, in a war", "mw-concordat", &still),
        ("the game, in a large war", large::SCENARIO, &drag),
    ];
    for (name, scenario, script) in wars {
        let path = folder.join("rest.txt");
        fs::write(&path, script).map_err(|error| error.to_string())?;
        let mut game = Command::new(env!("CARGO_BIN_EXE_angelfire"));
        game.args(["play", scenario, "--mods", &mods]);
        game.env(SCRIPT, &path).env("ANGELFIRE_DATA_DIR", folder);
        let (said, memory, core) = at_rest(&mut game)?;
        let more = (memory as f64 - base as f64) / 1e3;
        println!("  {name:<24} {more:+.0} MB, {core:.4} of a core");
        for line in said {
            println!("    map dragged and zoomed: {line}; aim: p95 below 100 ms");
        }
    }
    println!("  aim: at most +80 MB, 0.01 of a core");
    Ok(())
}

/// How long a window is left alone.
const REST_FOR: Duration = Duration::from_secs(10);
/// What tells the empty window to stay.
const REST: &str = "--rest";

/// Starts a window, waits until it says that it has drawn, leaves it alone. Gives back what else it said, its memory in
/// kilobytes, and its share of a core while it was left alone.
fn at_rest(command: &mut Command) -> Result<(Vec<String>, u64, f64), String> {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut own = Own(child.map_err(|error| error.to_string())?);
    let output = own.0.stdout.take().ok_or("it has no output")?;
    let (send, said) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody waits any more if it took too long.
            let _ = send.send(line);
        }
    });
    let mut lines = Vec::new();
    loop {
        let line = said.recv_timeout(5 * PATIENCE);
        let line = line.map_err(|_| "a window drew nothing".to_owned())?;
        if line == MARK {
            break;
        }
        lines.push(line);
    }
    // What was begun is ended first.
    thread::sleep(Duration::from_secs(2));
    let stat = format!("/proc/{}/stat", own.0.id());
    let before = ticks(&stat)?;
    thread::sleep(REST_FOR);
    let used = ticks(&stat)? - before;
    let rollup = format!("/proc/{}/smaps_rollup", own.0.id());
    let rollup = fs::read_to_string(rollup).map_err(|error| error.to_string())?;
    let memory = rollup.lines().find_map(|line| {
        let rest = line.strip_prefix("Pss:")?;
        rest.split_whitespace().next()?.parse().ok()
    });
    let memory = memory.ok_or("its memory is not told")?;
    // A tick is a hundredth of a second wherever Linux runs.
    Ok((lines, memory, used as f64 / 100.0 / REST_FOR.as_secs_f64()))
}

/// Time on the processor so far, ticks.
fn ticks(stat: &str) -> Result<u64, String> {
    let text = fs::read_to_string(stat).map_err(|error| format!("{stat}: {error}"))?;
    // The second field is a name in brackets that may hold anything.
    let rest = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let mut fields = rest
        .split(' ')
        .skip(11)
        .map_while(|field| field.parse::<u64>().ok());
    match (fields.next(), fields.next()) {
        (Some(user), Some(system)) => Ok(user + system),
        _ => Err(format!("{stat} cannot be read")),
    }
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
        .insert_resource(WinitSettings::desktop_app())
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
        if !env::args().any(|argument| argument == REST) {
            exit.write(AppExit::Success);
        }
    }
}
