//! Checks that keep the window good to read and to use. Every screen of [`screens`] is laid out at every size in every
//! look, without a window, and what a person would stumble over is found: text that is cut, covered, overlapping, faint
//! or small; things to press that are tiny or nameless; panels with nothing in them.
//!
//! `ANGELFIRE_CHECK_SCREEN=NAME` looks at one screen only.

mod bad;
mod blind;
mod faults;
mod guided;
mod kinds;
mod recorded;
mod reference;
mod screens;
mod seen;
mod stage;
mod tree;
mod wider;

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use bevy_egui::egui::{Context, Event};

use self::{
    faults::Fault,
    screens::Screen,
    seen::Seen,
    stage::{FIRST, SIZES, Size, Stage},
};
use crate::chart::Look;

/// What was found, screen by screen.
#[derive(Default)]
struct Found {
    /// Everything wrong, with the look in which it is.
    faults: Vec<(Look, String)>,
    /// The kinds that are shown.
    kinds: BTreeSet<&'static str>,
}

/// Everything wrong with a screen, and what it shows.
fn check(screen: &Screen) -> Found {
    let mut stage = Stage::new(screen.from);
    (screen.put)(&mut stage);
    let mut found = Found::default();
    let mut told = BTreeSet::new();
    for look in Look::ALL {
        for size in sizes(screen, look) {
            stage.resize(*size, look);
            (screen.then)(&mut stage);
            let seen = stage.look(Vec::new());
            let mut faults = faults::all(&seen);
            if look == Look::Normal && !seen.floating {
                let ctx = stage.ctx.clone();
                let read = |events| stage.read(events);
                faults.extend(shortened(&ctx, read, &seen, &mut told));
            }
            if *size == FIRST {
                found.kinds.extend(kinds::shown(&stage.game));
            }
            let told = |fault: &Fault| {
                let words = format!("{}, {}, {look:?}: {fault}", screen.name, size.name);
                (look, words)
            };
            found.faults.extend(faults.iter().map(told));
        }
    }
    found
}

/// The sizes at which a screen is looked at: all of them as a rule. Colours are the same at every size, and what is
/// alike is laid out alike at most of them.
fn sizes(screen: &Screen, look: Look) -> &'static [Size] {
    match (look, screen.is_alike) {
        (Look::Normal, false) => &SIZES,
        (Look::Normal, true) => &SIZES[..2],
        (_, false) => &SIZES[..1],
        (_, true) => &[],
    }
}

/// Shortened texts that the pointer does not tell in full. What was told once is told wherever it is shortened.
fn shortened(
    ctx: &Context,
    mut read: impl FnMut(Vec<Event>) -> Seen,
    seen: &Seen,
    told: &mut BTreeSet<String>,
) -> Vec<Fault> {
    ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
    let mut faults = Vec::new();
    for row in faults::shortened(seen) {
        let whole = row.whole.trim();
        if told.contains(whole) {
            continue;
        }
        read(vec![Event::PointerGone]);
        read(vec![Event::PointerMoved(row.shown().center())]);
        let is_told = (0..4).any(|_| {
            let after = read(Vec::new());
            let mut told = after.rows.iter().filter(|other| !other.elided);
            told.any(|other| other.whole.contains(whole))
        });
        if is_told {
            told.insert(whole.to_owned());
        } else {
            faults.push(faults::told_nowhere(row));
        }
    }
    read(vec![Event::PointerGone]);
    faults
}

/// All screens, or the one that is asked for, each looked at once by as many threads as there is room for.
fn found() -> &'static Found {
    static FOUND: OnceLock<Found> = OnceLock::new();
    FOUND.get_or_init(|| {
        let only = std::env::var("ANGELFIRE_CHECK_SCREEN").ok();
        let asked = |screen: &&Screen| only.as_ref().is_none_or(|only| screen.name == only);
        let screens: Vec<&Screen> = screens::all().filter(asked).collect();
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Found::default());
        let threads = thread::available_parallelism().map_or(2, usize::from);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(screen) = screens.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let here = check(screen);
                        let mut found = found.lock().expect("no screen broke");
                        found.faults.extend(here.faults);
                        found.kinds.extend(here.kinds);
                    }
                });
            }
        });
        found.into_inner().expect("no screen broke")
    })
}

fn nothing_is_wrong(look: Look) {
    let faults = found().faults.iter().filter(|(of, _)| *of == look);
    let mut all: Vec<&str> = faults.map(|(_, words)| words.as_str()).collect();
    all.sort_unstable();
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

#[test]
fn every_screen_is_good_in_the_normal_look() {
    nothing_is_wrong(Look::Normal);
}

#[test]
fn every_screen_is_good_for_the_colour_blind() {
    nothing_is_wrong(Look::ColourBlind);
}

#[test]
fn every_screen_is_good_in_high_contrast() {
    nothing_is_wrong(Look::HighContrast);
}

#[test]
fn of_every_kind_there_is_a_screen() {
    if std::env::var_os("ANGELFIRE_CHECK_SCREEN").is_some() {
        return;
    }
    let missing: Vec<_> = kinds::ALL
        .iter()
        .filter(|kind| !found().kinds.contains(*kind))
        .collect();
    assert!(missing.is_empty(), "no screen shows {missing:?}");
}

#[test]
fn no_two_screens_have_one_name() {
    let names: BTreeSet<_> = screens::all().map(|s| s.name).collect();
    assert_eq!(names.len(), screens::all().count());
}
