//! The film and the report at the table: run by the clock, paused, skipped, and lines that lead somewhere.

use std::sync::Arc;

use bevy_egui::egui::{self, Event};

use super::{Bench, Folder};
use crate::{
    content::Key,
    gui::{UiAction, panels::volleys},
    sim::{
        journal::{Cause, Entry, What},
        state::Place,
        turn::Phase,
    },
};

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
fn what_is_meant_for_a_film_ends_no_turn() {
    let folder = Folder::new("film-grace");
    let mut bench = Bench::new(&folder);
    let end = bench.spot("END TURN");
    bench.click("END TURN");
    bench.wait();
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    let skip = bench.spot("SKIP FILM");
    assert!(skip.distance(end) > 60.0, "{skip:?} {end:?}");
    bench.click_at(end);
    assert!(bench.game.film.is_running() && !bench.game.is_busy());
    for _ in 0..6_000 {
        bench.frame(Vec::new());
        if !bench.game.film.is_running() {
            break;
        }
    }
    assert!(!bench.game.film.is_running());
    bench.frame(struck(egui::Key::Space, egui::Modifiers::NONE));
    assert!(!bench.game.is_busy(), "the film had only just ended");
    for _ in 0..90 {
        bench.frame(Vec::new());
    }
    bench.frame(struck(egui::Key::Space, egui::Modifiers::NONE));
    assert!(bench.game.is_busy());
    bench.wait();
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

/// A fleet fires ten volleys at one target in one phase, one at another, and the first loses ships twice.
#[test]
fn fire_of_one_at_one_is_one_line_that_opens() {
    let folder = Folder::new("volleys");
    let mut bench = Bench::new(&folder);
    let session = bench.game.session.as_mut().expect("a war is on the table");
    let mut view = (*session.view).clone();
    let own = view.forces.iter().find(|(_, f)| f.mine);
    let (firer, force) = own.expect("the seat has a force");
    let (firer, name) = (firer.clone(), force.name.clone());
    let at = force.place.sector().clone();
    let weapon = view.rules.weapons.keys().next().expect("a weapon").clone();
    let class = view.rules.classes.keys().next().expect("a class").clone();
    let cause = Cause::Salvo(weapon.clone(), at.clone());
    let salvos = |target: &str, hits: i32| What::Salvos {
        firer: firer.clone(),
        weapon: weapon.clone(),
        from: at.clone(),
        at: at.clone(),
        target: Some(Key::new(target)),
        site: None,
        cause: cause.clone(),
        chance: 300,
        sum: "300 = 400 x0.600 track x1.250 crowd".into(),
        salvos: 2,
        shot_down: 0,
        hits,
        strays: 0,
        hp: i64::from(hits) * 50,
    };
    let lost = |hp: i64| What::ShipsLost {
        force: Key::new("k1"),
        place: Place::Sector(at.clone()),
        class: class.clone(),
        lost: 1,
        crippled: 0,
        hp,
        cause: cause.clone(),
    };
    let mut all: Vec<What> = (0..10).map(|n| salvos("k1", n % 2)).collect();
    all.insert(3, salvos("k2", 1));
    all.insert(5, lost(120));
    all.push(lost(80));
    let entry = |what| Entry {
        phase: Phase::Fire,
        what,
        witnesses: Default::default(),
    };
    view.report = all.into_iter().map(entry).collect();
    let lines = volleys::fold(&view.report);
    let counts: Vec<usize> = lines.iter().map(|line| line.entries.len()).collect();
    assert_eq!(counts, [10, 1, 2]);
    let words = |n: usize| volleys::words(&view, lines[n].what());
    assert!(
        words(0).starts_with(&format!("{name} fires 20 salvos of ")),
        "{}",
        words(0)
    );
    assert!(words(0).ends_with("5 hits, 2.5 SP"), "{}", words(0));
    assert!(words(1).contains("2 salvos") && words(1).contains("k2"));
    assert!(words(0).len() < 120 && !words(0).contains("x0.600"));
    assert!(matches!(
        lines[2].what(),
        What::ShipsLost {
            lost: 2,
            hp: 200,
            ..
        }
    ));

    let (sum, one) = (words(0), volleys::words(&view, &view.report[0].what));
    session.view = Arc::new(view);
    bench.frame(Vec::new());
    let shut = format!("+ {sum} (10 lines)");
    assert!(bench.is_shown(&shut) && !bench.is_shown(&one));
    bench.click(&shut);
    assert!(bench.is_shown(&format!("- {sum}")), "pressing opens it");
    let actions = bench.click(&one);
    assert!(actions.iter().any(|a| matches!(a, UiAction::Centre(_))));
}
