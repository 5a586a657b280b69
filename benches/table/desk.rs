//! Frames at the table without a window: from the input to the triangles. The war is a mod of made-up names that the
//! game loads and begins with a tenth of its forces; the others, those on the march and contacts of all ages are put into
//! the seat's view.

use std::{path::Path, sync::Arc, thread, time::Duration, time::Instant};

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
    war::mods::{Loaded, Places},
};
use bevy_egui::egui::{Event, PointerButton, Pos2, Vec2};

use crate::{Figure, large};

/// The window, points.
const SIZE: (f32, f32) = (1280.0, 720.0);
/// A screen's own time for a frame.
const SCREEN: Duration = Duration::from_millis(16);
/// The middle of the map.
const MIDDLE: Pos2 = Pos2::new(560.0, 340.0);

/// Plays at the table and notes the median of its frames and the most draw calls of any.
///
/// # Errors
/// What hinders it, in a sentence.
pub fn frames(folder: &Path, figures: &mut Vec<Figure>) -> Result<(), String> {
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
        content: Loaded::of(Arc::new(catalog), Vec::new()),
        places: Places::default(),
        start: Start::Scenario(Key::new(large::SCENARIO)),
        seat: None,
        folder: Some(folder.to_owned()),
    })?;
    let opened = begun.elapsed();
    let mut bare = Bare::new(game, SIZE);
    let session = bare.game.session.as_mut().ok_or("no war is on the table")?;
    let view = Arc::new(busy(&session.view));
    println!(
        "frames without a window: {} sectors, {} forces, {} contacts; content read in {read:.0?}, war begun in {opened:.0?}",
        view.map.sectors.len(),
        view.forces.len(),
        view.contacts.len(),
    );
    session.view = view;
    // The order of battle is made anew with the forces that came.
    bare.game.apply(UiAction::Undo);
    let first = bare.settle();
    println!("  first picture of it: {first:.0?}");
    let mut play = Play {
        bare,
        frames: Vec::new(),
    };
    play.everything();
    let mut times: Vec<Duration> = play.frames.iter().map(|frame| frame.took).collect();
    times.sort();
    let median = times[times.len() / 2].as_secs_f64() * 1e3;
    let draws = play.frames.iter().map(|frame| frame.draws).max();
    tell("all of them", &play.frames);
    let draws = draws.unwrap_or(0) as f64;
    figures.push(Figure::new(
        "CPU side of a frame, median",
        median,
        4.0,
        "ms",
    ));
    figures.push(Figure::new("draw calls of a frame, most", draws, 299.0, ""));
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
            bound: Vec::new(),
        };
        busy.contacts
            .insert(Key::new(format!("k{}", i + 1)), contact);
    }
    busy
}

/// Some minutes at the table.
struct Play {
    bare: Bare,
    frames: Vec<Frame>,
}

impl Play {
    /// Everything that one does there, at three distances.
    fn everything(&mut self) {
        for (steps, name) in [(0.0, "whole map"), (4.0, "half way"), (6.0, "close by")] {
            let at = Some(Pos::new(320.0, 240.0));
            self.bare.game.apply(UiAction::Zoom(steps, at));
            self.bare.settle();
            self.part(&format!("{name}, pointer moves"), 60, |_, i| pointer(i));
            self.drag(&format!("{name}, map dragged"));
            for overlay in Overlay::ALL.into_iter().filter(|o| *o != Overlay::None) {
                self.bare.game.apply(UiAction::Overlay(overlay));
                let name = format!("{name}, {} overlay", overlay.name());
                self.part(&name, 20, |_, i| pointer(i));
            }
            self.bare.game.apply(UiAction::Overlay(Overlay::None));
        }
        self.part("zoom out and in", 80, |bare, i| {
            let step = if i < 40.0 { -0.25 } else { 0.25 };
            let at = Some(Pos::new(300.0, 200.0));
            bare.game.apply(UiAction::Zoom(step, at));
            Vec::new()
        });
        self.part("forces selected in turn", 60, |bare, i| {
            if i % 6.0 == 0.0 {
                bare.game.apply(UiAction::NextIdle);
            }
            pointer(i)
        });
        for (name, page) in [
            ("selection", Page::Selection),
            ("outlook", Page::Outlook),
            ("reserves", Page::Reserves),
            ("report", Page::Report),
            ("score", Page::Score),
        ] {
            self.bare.game.apply(UiAction::Turn(page));
            self.part(&format!("page of the dock: {name}"), 30, |_, i| pointer(i));
        }
        self.part("report and selection in turn", 40, |bare, i| {
            if i % 10.0 == 0.0 {
                bare.game.apply(UiAction::Turn(Page::Report));
            } else if i % 10.0 == 5.0 {
                let sector = Tag::Sector(Key::new("s410"));
                bare.game.apply(UiAction::Select(Some(sector)));
            }
            Vec::new()
        });
    }

    fn drag(&mut self, name: &str) {
        let press = |pressed| Event::PointerButton {
            pos: MIDDLE,
            button: PointerButton::Primary,
            pressed,
            modifiers: Default::default(),
        };
        self.bare.frame(vec![Event::PointerMoved(MIDDLE)]);
        self.bare.frame(vec![press(true)]);
        self.part(name, 60, |_, i| {
            let turn = i / 60.0 * std::f32::consts::TAU;
            let by = Vec2::new(turn.sin() * 240.0, turn.cos() * 120.0 - 120.0);
            vec![Event::PointerMoved(MIDDLE + by)]
        });
        self.bare.frame(vec![press(false)]);
    }

    /// So many frames, sixty a second as a screen takes them.
    fn part(
        &mut self,
        name: &str,
        count: u16,
        mut events: impl FnMut(&mut Bare, f32) -> Vec<Event>,
    ) {
        let first = self.frames.len();
        for i in 0..count {
            let begun = Instant::now();
            let events = events(&mut self.bare, f32::from(i));
            let done = begun.elapsed();
            let mut frame = self.bare.frame(events);
            // What was done in it belongs to it.
            frame.took += done;
            thread::sleep(SCREEN.saturating_sub(frame.took));
            self.frames.push(frame);
        }
        tell(name, &self.frames[first..]);
        self.bare.settle();
    }
}

/// The pointer on its way over the map.
fn pointer(i: f32) -> Vec<Event> {
    let by = Vec2::new(i * 2.0 - 120.0, (i * 0.3).sin() * 60.0);
    vec![Event::PointerMoved(MIDDLE + by)]
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
        "  {name:<36} median {:7.2} ms, p95 {:7.2} ms, slowest {:7.2} ms; {draws} draw calls, {} thousand corners",
        at(50),
        at(95),
        at(100).max(times.last().copied().unwrap_or_default().as_secs_f64() * 1e3),
        corners / 1000,
    );
}
