//! Checks that keep the window good to read and to use. Every screen of [`screens::SCREENS`] is laid out at every size
//! in every look, without a window, and what a person would stumble over is found: text that is cut, covered,
//! overlapping, faint or small; things to press that are tiny or nameless; panels with nothing in them.
//!
//! `ANGELFIRE_CHECK_SCREEN=NAME` looks at one screen only, `ANGELFIRE_CHECK_ALL=1` tells what is owed as well.

mod bad;
mod blind;
mod faults;
mod owed;
mod screens;
mod seen;
mod stage;
mod tree;

use bevy_egui::egui::{Context, Event};

use self::{
    faults::Fault,
    screens::{SCREENS, Screen},
    seen::Seen,
    stage::{SIZES, Size, Stage},
};
use crate::chart::Look;

/// Names a finding by screen, size and look.
fn found(screen: &Screen, size: &Size, look: Look, fault: &Fault) -> String {
    format!("{}, {}, {look:?}: {fault}", screen.name, size.name)
}

/// Everything wrong with a screen in a look.
fn wrong(screen: &Screen, look: Look) -> Vec<String> {
    let mut stage = Stage::new(screen.from);
    (screen.put)(&mut stage);
    let everything = std::env::var_os("ANGELFIRE_CHECK_ALL").is_some();
    let mut all = Vec::new();
    // Colours are the same at every size; what lies below a text on the map is not.
    let sizes = if look == Look::Normal {
        &SIZES[..]
    } else {
        &SIZES[..2]
    };
    for size in sizes {
        stage.resize(*size, look);
        let seen = stage.look(Vec::new());
        let mut faults = faults::all(&seen);
        if look == Look::Normal {
            let ctx = stage.ctx.clone();
            faults.extend(shortened(&ctx, |events| stage.look(events), &seen));
        }
        faults.retain(|fault| everything || !owed::is_owed(size, fault));
        all.extend(faults.iter().map(|fault| found(screen, size, look, fault)));
    }
    all
}

/// Shortened texts that the pointer does not tell in full.
fn shortened(ctx: &Context, mut frame: impl FnMut(Vec<Event>) -> Seen, seen: &Seen) -> Vec<Fault> {
    ctx.all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
    let mut faults = Vec::new();
    for row in faults::shortened(seen) {
        frame(vec![Event::PointerMoved(row.shown().center())]);
        let whole = row.whole.trim();
        let told = (0..4).any(|_| {
            let after = frame(Vec::new());
            let mut told = after.rows.iter().filter(|other| !other.elided);
            told.any(|other| other.whole.contains(whole))
        });
        frame(vec![Event::PointerGone]);
        if !told {
            faults.push(faults::told_nowhere(row));
        }
    }
    frame(Vec::new());
    faults
}

fn nothing_is_wrong(look: Look) {
    let only = std::env::var("ANGELFIRE_CHECK_SCREEN").ok();
    let mut all = Vec::new();
    for screen in SCREENS {
        if only.as_ref().is_none_or(|only| screen.name == only) {
            all.extend(wrong(screen, look));
        }
    }
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
fn no_two_screens_have_one_name() {
    let names: std::collections::BTreeSet<_> = SCREENS.iter().map(|s| s.name).collect();
    assert_eq!(names.len(), SCREENS.len());
}
