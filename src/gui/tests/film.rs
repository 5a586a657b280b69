//! The film and the report at the table: run by the clock, paused, skipped, and lines that lead somewhere.

use bevy_egui::egui::{self, Event};

use super::{Bench, Folder};
use crate::{gui::UiAction, sim::turn::Phase};

/// A key pressed and let go.
fn struck(key: egui::Key, modifiers: egui::Modifiers) -> Vec<Event> {
    let stroke = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    };
    vec![stroke(true), stroke(false)]
}

#[test]
fn the_film_runs_is_paused_by_any_key_and_changes_nothing() {
    let folder = Folder::new("film");
    let mut bench = Bench::new(&folder);
    bench.click("END TURN");
    bench.wait();
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    assert!(bench.game.film.is_running());
    assert_eq!(bench.game.page, crate::gui::Page::Film);
    assert!(bench.is_shown("turn 2") && bench.is_shown("SKIP FILM") && bench.is_shown("Pause"));
    bench.frame(struck(egui::Key::X, egui::Modifiers::NONE));
    let run = |bench: &Bench| bench.game.film.run().cloned();
    let paused = run(&bench);
    assert!(paused.as_ref().is_some_and(|run| !run.is_playing));
    for _ in 0..30 {
        bench.frame(Vec::new());
    }
    assert_eq!(run(&bench), paused);
    bench.frame(struck(egui::Key::V, egui::Modifiers::NONE));
    for _ in 0..3_000 {
        bench.frame(Vec::new());
    }
    assert!(
        !bench.game.film.is_running(),
        "it comes to its end by itself"
    );
    assert_eq!(bench.game.page, crate::gui::Page::Report);
    let watched = bench.game.session.as_ref().map(|s| s.view.clone());

    let folder = Folder::new("no-film");
    let mut other = Bench::new(&folder);
    other.game.settings.film = crate::gui::film::Which::None;
    other.click("END TURN");
    other.wait();
    assert!(!other.game.film.is_running());
    assert_eq!(watched, other.game.session.as_ref().map(|s| s.view.clone()));
    other.frame(struck(egui::Key::V, egui::Modifiers::SHIFT));
    assert!(
        other.game.film.is_running(),
        "it can be watched all the same"
    );
    other.frame(Vec::new());
    other.frame(Vec::new());
    other.click("SKIP FILM");
    assert!(!other.game.film.is_running() && !other.game.is_busy());
}

#[test]
fn a_turn_may_be_ended_by_key_over_a_film_only_after_it() {
    let folder = Folder::new("film-keys");
    let mut bench = Bench::new(&folder);
    bench.frame(struck(egui::Key::Space, egui::Modifiers::NONE));
    bench.wait();
    bench.frame(Vec::new());
    bench.frame(struck(egui::Key::Space, egui::Modifiers::NONE));
    assert!(
        !bench.game.film.is_running() && !bench.game.is_busy(),
        "skipped, no more"
    );
    bench.frame(struck(egui::Key::Space, egui::Modifiers::NONE));
    assert!(bench.game.is_busy());
    bench.wait();
    for _ in 0..3 {
        bench.frame(Vec::new());
        bench.frame(struck(egui::Key::Period, egui::Modifiers::NONE));
    }
    let run = bench.game.film.run().cloned().expect("a film");
    assert!(run.beat == 3 && !run.is_playing);
}

#[test]
fn a_line_of_the_report_leads_to_its_place() {
    let folder = Folder::new("links");
    let mut bench = Bench::new(&folder);
    bench.game.settings.film = crate::gui::film::Which::None;
    for _ in 0..3 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    let filter = crate::gui::panels::journal::Filter {
        mine: false,
        phase: Some(Phase::Battle),
    };
    let filter = UiAction::Film(crate::gui::film::Act::Filter(filter));
    bench.game.apply(filter);
    bench.frame(Vec::new());
    let session = bench.game.session.as_ref();
    let view = session.expect("a war is on the table").view.clone();
    let entry = view.report.iter().find(|e| e.phase == Phase::Battle);
    let line = crate::war::tell::entry(&view, entry.expect("somebody fought"));
    let actions = bench.click(&crate::gui::table::sentence(&line));
    assert!(
        actions.iter().any(|a| matches!(a, UiAction::Centre(_))),
        "{actions:?}"
    );
    assert!(bench.game.selection.what.is_some());
    assert_eq!(bench.game.page, crate::gui::Page::Report);
}
