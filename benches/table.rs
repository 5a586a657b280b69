//! What the table costs with 1,000 sectors and 10,000 forces: `cargo bench --bench table`. Figures, not tests; the aims
//! stand beside each. The war is a mod of made-up names that the game loads and begins with a tenth of its forces; the
//! others, those on the march and contacts of all ages are put into the seat's view.

mod large;

use std::{env, fs, path::Path, process::ExitCode, sync::Arc, time::Duration, time::Instant};

use angelfire::{
    chart::{Overlay, Pos, Tag},
    content::{Catalog, Diagnostics, Key, Layer, Sources},
    gui::{
        Game, Options, Page, Start, UiAction,
        bare::{Bare, Frame},
    },
    sim::{
        state::Place,
        view::{Confidence, Contact, SeatView, Source},
    },
};
use bevy_egui::egui::{Event, MouseWheelUnit, PointerButton, Pos2, Vec2};

/// The window, points.
const SIZE: (f32, f32) = (1280.0, 720.0);

fn main() -> ExitCode {
    let folder = env::temp_dir().join(format!("angelfire-bench-{}", std::process::id()));
    let outcome = table(&folder);
    let _ = fs::remove_dir_all(&folder);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("table: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn table(folder: &Path) -> Result<(), String> {
    let problem = |error: &dyn std::fmt::Display| error.to_string();
    let content = folder.join("mod");
    large::write(&content, 1).map_err(|error| problem(&error))?;
    let begun = Instant::now();
    let layer = Layer::read(&content).map_err(|error| problem(&error))?;
    let (mut sources, mut slips) = (Sources::default(), Diagnostics::default());
    let catalog = Catalog::load(&[Layer::shipped(), layer], &mut sources, &mut slips);
    let read = begun.elapsed();
    let begun = Instant::now();
    let game = Game::open(Options {
        catalog: Arc::new(catalog),
        start: Start::Scenario(Key::new(large::SCENARIO)),
        seat: None,
        folder: Some(folder.to_owned()),
    })?;
    let opened = begun.elapsed();
    let mut bare = Bare::new(game, SIZE);
    let session = bare.game.session.as_mut().ok_or("no war is on the table")?;
    let view = Arc::new(busy(&session.view));
    println!(
        "table: {} sectors, {} forces, {} contacts; content read in {read:.0?}, war begun in {opened:.0?}",
        view.map.sectors.len(),
        view.forces.len(),
        view.contacts.len(),
    );
    session.view = view;
    let first = bare.settle();
    println!("  first picture of it: {first:.0?}");
    let mut all = Vec::new();
    for (name, frames) in script(&mut bare) {
        tell(name, &frames);
        all.extend(frames);
    }
    tell("all of them", &all);
    println!("  aim: median below 4 ms, fewer than 300 draw calls");
    Ok(())
}

/// The view with marches under way, and contacts of all ages and kinds where foreign forces stand.
fn busy(view: &SeatView) -> SeatView {
    let mut busy = view.clone();
    for (key, force) in &view.forces {
        for i in 1..10 {
            let mut other = force.clone();
            other.name = format!("{} {i}", force.name);
            other.strength = force.strength * (10 - i) / 10;
            busy.forces.insert(Key::new(format!("{key}-{i}")), other);
        }
    }
    let lanes: Vec<_> = view.map.lanes.values().collect();
    for (i, force) in (0_usize..).zip(busy.forces.values_mut()) {
        if i % 5 > 0 {
            continue;
        }
        let here = force.place.sector().clone();
        if let Some(lane) = lanes.iter().find(|lane| lane.ends.0 == here) {
            force.place = Place::Lane {
                lane: Key::new(format!("{}-{}", lane.ends.0, lane.ends.1)),
                from: here,
                to: lane.ends.1.clone(),
                done: lane.length * (i as i32 % 4) / 5,
                length: lane.length,
            };
        }
    }
    let foreign: Vec<_> = view
        .map
        .sectors
        .iter()
        .filter(|(_, sector)| sector.region.as_str() >= "o2")
        .collect();
    for i in 0..10_000_usize.saturating_sub(busy.forces.len()) {
        let (sector, _) = foreign[i % foreign.len()];
        let least = 50 + (i as i64 * 37) % 900;
        let confidence = [
            Confidence::Fix,
            Confidence::Track,
            Confidence::Plot,
            Confidence::Rumour,
        ][i % 4];
        let contact = Contact {
            side: Key::new(if i % 2 == 0 { "side2" } else { "side3" }),
            place: Place::Sector(sector.clone()),
            age: (i % 5) as u32,
            confidence,
            source: Source::Memory,
            strength: (least, least + 40, least + 150),
            stance: None,
            fixed: false,
            drift: (i % 5) as i32 * 60,
        };
        busy.contacts
            .insert(Key::new(format!("k{}", i + 1)), contact);
    }
    busy
}

/// A minute at the table, in frames.
fn script(bare: &mut Bare) -> Vec<(&'static str, Vec<Frame>)> {
    let middle = Pos2::new(560.0, 340.0);
    let moved = |x: f32, y: f32| vec![Event::PointerMoved(middle + Vec2::new(x, y))];
    let mut parts = Vec::new();
    let mut play = |bare: &mut Bare,
                    name,
                    count: u16,
                    events: &mut dyn FnMut(&mut Bare, f32) -> Vec<Event>| {
        let frames: Vec<Frame> = (0..count)
            .map(|i| {
                let events = events(bare, f32::from(i));
                // Sixty frames a second, as a screen takes them.
                let frame = bare.frame(events);
                std::thread::sleep(Duration::from_millis(16).saturating_sub(frame.took));
                frame
            })
            .collect();
        bare.settle();
        parts.push((name, frames));
    };
    play(bare, "whole map, pointer at rest", 60, &mut |_, _| {
        Vec::new()
    });
    play(bare, "whole map, pointer moves", 120, &mut |_, i| {
        moved(i * 2.0 - 120.0, (i * 0.3).sin() * 60.0)
    });
    play(bare, "zoom in", 60, &mut |_, _| {
        vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, 14.0),
            phase: bevy_egui::egui::TouchPhase::Move,
            modifiers: Default::default(),
        }]
    });
    play(bare, "close by, pointer moves", 120, &mut |_, i| {
        moved(i * 2.0 - 120.0, (i * 0.3).sin() * 60.0)
    });
    let press = |pressed| Event::PointerButton {
        pos: middle,
        button: PointerButton::Primary,
        pressed,
        modifiers: Default::default(),
    };
    bare.frame(moved(0.0, 0.0));
    bare.frame(vec![press(true)]);
    play(bare, "close by, map dragged", 120, &mut |_, i| {
        moved(i * 4.0, i * 1.5)
    });
    bare.frame(vec![press(false)]);
    play(bare, "overlays in turn", 60, &mut |bare, i| {
        if i % 12.0 == 0.0 {
            let overlay = Overlay::ALL[(i / 12.0) as usize % Overlay::ALL.len()];
            bare.game.apply(UiAction::Overlay(overlay));
        }
        Vec::new()
    });
    bare.game.apply(UiAction::Overlay(Overlay::None));
    play(bare, "forces selected in turn", 60, &mut |bare, i| {
        if i % 6.0 == 0.0 {
            bare.game.apply(UiAction::NextIdle);
        }
        Vec::new()
    });
    play(bare, "zoom out", 60, &mut |bare, _| {
        bare.game
            .apply(UiAction::Zoom(-0.35, Some(Pos::new(300.0, 200.0))));
        Vec::new()
    });
    play(bare, "report and selection in turn", 40, &mut |bare, i| {
        if i % 10.0 == 0.0 {
            bare.game.apply(UiAction::Turn(Page::Report));
        } else if i % 10.0 == 5.0 {
            let sector = Tag::Sector(Key::new("s410"));
            bare.game.apply(UiAction::Select(Some(sector)));
        }
        Vec::new()
    });
    parts
}

fn tell(name: &str, frames: &[Frame]) {
    let mut times: Vec<Duration> = frames.iter().map(|f| f.took).collect();
    times.sort();
    let at = |share: usize| {
        times
            .get(times.len() * share / 100)
            .copied()
            .unwrap_or_default()
            .as_secs_f64()
            * 1e3
    };
    let draws = frames.iter().map(|f| f.draws).max().unwrap_or(0);
    let corners = frames.iter().map(|f| f.corners).max().unwrap_or(0);
    println!(
        "  {name:<30} median {:7.2} ms, p95 {:7.2} ms, slowest {:7.2} ms; {draws} draw calls, {} thousand corners",
        at(50),
        at(95),
        at(100).max(times.last().copied().unwrap_or_default().as_secs_f64() * 1e3),
        corners / 1000,
    );
}
