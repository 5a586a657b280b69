//! The game's own window on a display of our own, drawn in software, beside an empty window of the same toolkit: how long
//! each takes from the start of the process to its first frame, how long a frame takes while the map is dragged and
//! zoomed, what each takes of memory, and of a core while nothing happens.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
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

use crate::{Figure, large};

/// Runs of each, after one that is not counted.
const RUNS: usize = 3;
/// What tells this program to be the empty window.
pub const EMPTY: &str = "--empty-window";
/// What tells the empty window to stay.
const REST: &str = "--rest";
/// What a process prints once its first frame is drawn.
const MARK: &str = "drawn";
/// The game does it by its script.
const SCRIPT: &str = "ANGELFIRE_WINDOW_SCRIPT";
/// Longer than any machine takes that can draw at all.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a window is left alone.
const REST_FOR: Duration = Duration::from_secs(10);

/// Measures the window's costs.
///
/// # Errors
/// What hinders it, in a sentence.
pub fn costs(folder: &Path, figures: &mut Vec<Figure>) -> Result<(), String> {
    let content = folder.join("mod");
    large::write(&content, 10).map_err(|error| error.to_string())?;
    let (name, _screen) = screen()?;
    let place = Place {
        folder: folder.to_owned(),
        mods: content.display().to_string(),
        display: name,
    };
    place.starts(figures)?;
    place.work(figures)
}

/// A display of 1280x720 points that belongs to this program.
fn screen() -> Result<(String, Own), String> {
    let child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x720x24"])
        // Each window that closes would begin the display anew otherwise.
        .args(["-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut own = Own(child.map_err(|error| format!("Xvfb cannot be started: {error}"))?);
    let output = own.0.stdout.take().ok_or("Xvfb has no output")?;
    let mut number = String::new();
    BufReader::new(output)
        .read_line(&mut number)
        .map_err(|error| error.to_string())?;
    match number.trim() {
        "" => Err("Xvfb names no display".into()),
        number => Ok((format!(":{number}"), own)),
    }
}

/// The driver that draws without a graphics card, where it is usually kept.
fn software() -> Option<PathBuf> {
    let files = fs::read_dir("/usr/share/vulkan/icd.d").ok()?;
    let mut paths = files.filter_map(|file| Some(file.ok()?.path()));
    paths.find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("lvp_icd") && name.ends_with(".json")
    })
}

/// Where windows are opened.
struct Place {
    folder: PathBuf,
    mods: String,
    display: String,
}

impl Place {
    fn window(&self, mut command: Command) -> Command {
        command
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET");
        if let Some(driver) = software() {
            command.env("VK_DRIVER_FILES", driver);
        }
        command
    }

    fn empty(&self, arguments: &[&str]) -> Result<Command, String> {
        let this = env::current_exe().map_err(|error| error.to_string())?;
        let mut command = Command::new(this);
        command.arg(EMPTY).args(arguments);
        Ok(self.window(command))
    }

    fn game(&self, name: &str, script: &str, arguments: &[&str]) -> Result<Command, String> {
        let path = self.folder.join(name);
        fs::write(&path, script)
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_angelfire"));
        command.args(arguments).env(SCRIPT, &path);
        command.env("ANGELFIRE_DATA_DIR", &self.folder);
        Ok(self.window(command))
    }

    /// Times each in turn, so that whatever else the machine does falls on all of them alike.
    fn starts(&self, figures: &mut Vec<Figure>) -> Result<(), String> {
        let menu = format!("await Begin\nsay {MARK}\nquit\n");
        let war = format!("await END TURN\nsay {MARK}\nquit\n");
        let large = ["play", large::SCENARIO, "--mods", &self.mods];
        let mut all = [
            ("an empty window", self.empty(&[])?, Vec::new()),
            (
                "the game, at its menu",
                self.game("menu.txt", &menu, &[])?,
                Vec::new(),
            ),
            (
                "the game, in a war",
                self.game("war.txt", &war, &["play", "mw-concordat"])?,
                Vec::new(),
            ),
            (
                "the game, in a large war",
                self.game("large.txt", &war, &large)?,
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
            "windows: start of the process to the first frame, median of {RUNS} (fastest, slowest)"
        );
        let mut base = None;
        let mut most = 0.0;
        for (name, _, times) in &mut all {
            times.sort();
            let median = times[times.len() / 2].as_secs_f64();
            let more = median - *base.get_or_insert(median);
            most = more;
            println!(
                "  {name:<24} {median:.3} s ({:.3}, {:.3}), {more:+.3} s",
                times[0].as_secs_f64(),
                times[times.len() - 1].as_secs_f64(),
            );
        }
        figures.push(Figure::new(
            "start, more than an empty window",
            most,
            0.5,
            "s",
        ));
        Ok(())
    }

    /// What the window costs while a large war is worked at, and at rest.
    fn work(&self, figures: &mut Vec<Figure>) -> Result<(), String> {
        let (_, base, core) = at_rest(&mut self.empty(&[REST])?)?;
        println!("windows: at rest for {} s", REST_FOR.as_secs());
        let base_mb = base as f64 / 1e3;
        println!("  an empty window          {base_mb:.0} MB, {core:.4} of a core");
        let moves =
            "drag 90 40 map:s420\ndrag -90 -40 map:s420\nwheel 60 map:s420\nwheel -60 map:s420\n";
        let moves = moves.repeat(4);
        let script = |moves: &str| {
            format!("await END TURN\nsettle\nsettle\n{moves}settle\nsay {MARK}\nrest\n")
        };
        let moved = script(&format!("time\n{moves}times\n"));
        let plain = ["play", "mw-concordat"];
        let large = ["play", large::SCENARIO, "--mods", &self.mods];
        let wars = [
            ("the game, in a war", &plain[..], script("")),
            ("the game, in a large war", &large[..], moved),
        ];
        for (name, arguments, script) in wars {
            let (said, memory, core) = at_rest(&mut self.game("rest.txt", &script, arguments)?)?;
            let more = (memory as f64 - base as f64) / 1e3;
            println!("  {name:<24} {more:+.0} MB, {core:.4} of a core");
            for line in said {
                println!("    map dragged and zoomed: {line}");
                let slow = line.split("p95 ").nth(1).and_then(|l| l.split(' ').next());
                let slow = slow.and_then(|figure| figure.parse().ok());
                let slow = slow.ok_or("the window does not say how long its frames took")?;
                let what = "redraw in software at 1280x720, 95th percentile";
                figures.push(Figure::new(what, slow, 100.0, "ms"));
                figures.push(Figure::new("at rest", core, 0.01, "of a core"));
                let what = "memory, more than an empty window";
                figures.push(Figure::new(what, more, 80.0, "MB"));
            }
        }
        Ok(())
    }
}

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
    let status = format!("/proc/{}/status", own.0.id());
    let status = fs::read_to_string(status).map_err(|error| error.to_string())?;
    let memory = status.lines().find_map(|line| {
        let rest = line.strip_prefix("VmRSS:")?;
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
pub fn empty() {
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
