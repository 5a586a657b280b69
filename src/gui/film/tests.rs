//! The film without a window: scripts of wars played by the computer, and every happening by itself.

mod wider;

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use super::{
    Act, Reel, Tape, Tapes,
    script::{BEAT, Film, LENGTH, script},
    showing::{Positions, Showing, concerns, showing},
};
use crate::{
    chart::film::Mark,
    content::{Catalog, Force, Key},
    gui::{luck::Luck, settings::Settings},
    sim::{
        journal::{Cause, Fate, GroundResult, Party, What},
        order::{Action, Order, Refusal},
        state::Place,
        view::SeatView,
    },
    war::{Setup, War},
};

/// Views of the first seat of the first scenario, turn by turn.
fn views(turns: usize) -> Vec<Arc<SeatView>> {
    let catalog = Arc::new(Catalog::shipped());
    let (key, scenario) = catalog.first().expect("a scenario");
    let (key, seat) = (
        key.clone(),
        scenario.seats.keys().next().expect("a seat").clone(),
    );
    let mut war = War::begin(catalog, Setup::new(key.as_str(), 1)).expect("it begins");
    let mut views = vec![war.view(&seat).expect("a view")];
    for _ in 0..turns {
        war.end_turn().expect("it is not saved");
        views.push(war.view(&seat).expect("a view"));
    }
    views
}

fn films(turns: usize) -> Vec<(Film, Arc<SeatView>)> {
    let views = views(turns);
    let pairs = views.windows(2);
    pairs
        .map(|pair| (script(&pair[0], &pair[1]), pair[1].clone()))
        .collect()
}

struct Nowhere;

impl Positions for Nowhere {
    fn place(&self, _: &Key<Force>) -> Option<Place> {
        Some(Place::Sector(Key::new("here")))
    }
    fn way(&self, from: &Place, to: &Place) -> Vec<Place> {
        vec![from.clone(), to.clone()]
    }
}

/// One of each happening.
fn one_of_each() -> Vec<What> {
    let place = || Place::Sector(Key::new("here"));
    let (force, sector, side) = (Key::new("fleet"), Key::new("here"), Key::new("red"));
    let cause = || Cause::Salvo(Key::new("guns"), Key::new("there"));
    let party = || Party {
        side: Key::new("red"),
        forces: vec![Key::new("fleet")],
        stance: Key::new("press"),
        strength: 100,
        lost: 10,
    };
    let order = Order {
        force: force.clone(),
        action: Action::Halt,
    };
    vec![
        What::Arrived {
            force: force.clone(),
            sector: sector.clone(),
        },
        What::ArrivalBarred {
            force: force.clone(),
            sector: sector.clone(),
        },
        What::Refused {
            order,
            refusal: Refusal::NotYours(force.clone()),
        },
        What::StanceTaken {
            force: force.clone(),
            stance: Key::new("press"),
        },
        What::Split {
            force: force.clone(),
            from: force.clone(),
        },
        What::Merged {
            force: force.clone(),
            into: force.clone(),
        },
        What::Salvos {
            firer: force.clone(),
            weapon: Key::new("guns"),
            from: sector.clone(),
            at: sector.clone(),
            target: None,
            site: None,
            cause: cause(),
            chance: 500,
            sum: String::new(),
            salvos: 3,
            shot_down: 0,
            hits: 1,
            strays: 0,
            hp: 40,
        },
        What::GaveAway {
            force: force.clone(),
            sector: sector.clone(),
        },
        What::ShipsLost {
            force: force.clone(),
            place: place(),
            class: Key::new("tug"),
            lost: 1,
            crippled: 2,
            hp: 60,
            cause: cause(),
        },
        What::ForceLost {
            force: force.clone(),
            place: place(),
            cause: cause(),
        },
        What::Moved {
            force: force.clone(),
            from: place(),
            to: place(),
        },
        What::Barred {
            force: force.clone(),
            sector: sector.clone(),
        },
        What::FellBack {
            force: force.clone(),
            from: sector.clone(),
            to: sector.clone(),
        },
        What::Met {
            place: place(),
            parties: vec![side.clone()],
        },
        What::Lured {
            force: force.clone(),
            place: place(),
        },
        What::Bout {
            place: place(),
            bout: 1,
            dealt: [(side.clone(), 10)].into(),
        },
        What::Battle {
            place: place(),
            attacker: party(),
            defender: party(),
            bouts: 1,
            ground: GroundResult::Held,
        },
        What::Pursued {
            force: force.clone(),
            by: side.clone(),
            place: place(),
            hp: 20,
        },
        What::Retreated {
            force: force.clone(),
            from: place(),
            to: sector.clone(),
        },
        What::Captured {
            force: force.clone(),
            by: side.clone(),
            hulls: 2,
            hp: 9,
            place: place(),
        },
        What::FlagshipLost {
            force: force.clone(),
            commander: Key::new("she"),
            fate: Fate::Dead,
        },
        What::SectorTaken {
            sector: sector.clone(),
            by: Some(side.clone()),
            from: None,
        },
        What::SiteTaken {
            site: Key::new("yard"),
            by: side.clone(),
            from: side.clone(),
        },
        What::SiteBlockaded {
            site: Key::new("yard"),
            turns: 2,
        },
        What::DepotMoved {
            site: Key::new("yard"),
            from: sector.clone(),
            to: sector.clone(),
        },
        What::Drew {
            force: force.clone(),
            site: Key::new("yard"),
            stock: Key::new("shells"),
            amount: 3,
        },
        What::Short {
            force: force.clone(),
            wanted: 9,
            delivered: 1,
            cut: Some(sector.clone()),
        },
        What::Starving {
            force: force.clone(),
        },
        What::ConvoysLost {
            force: force.clone(),
            at: sector.clone(),
            permille: 80,
        },
        What::Repaired {
            force: force.clone(),
            hp: 30,
        },
        What::MeterReached {
            side: side.clone(),
            meter: Key::new("nerve"),
            value: 3,
            name: "shaken".into(),
        },
        What::Learned {
            side,
            trait_name: "rash".into(),
        },
        What::Said {
            text: "Listen.".into(),
        },
        What::FlagSet {
            flag: "noted".into(),
        },
        What::OnTable {
            pact: Key::new("truce"),
            name: "A truce".into(),
        },
        What::OffTable {
            pact: Key::new("truce"),
            name: "A truce".into(),
        },
        What::Word {
            seat: Key::new("somebody"),
            by: "Somebody".into(),
            pact: Key::new("truce"),
            name: "A truce".into(),
            yes: true,
        },
        What::Agreed {
            pact: Key::new("truce"),
            name: "A truce".into(),
        },
        What::ObjectiveChanged {
            objective: Key::new("hold"),
            met: true,
        },
        What::Sighted {
            force,
            place: place(),
        },
        What::Ended {
            winner: None,
            level: "a draw".into(),
            score: 0,
        },
    ]
}

#[test]
fn every_happening_has_a_showing_or_a_reason_for_none() {
    let cast = views(0).remove(0);
    let (mut shown, mut hidden) = (BTreeSet::new(), Vec::new());
    for what in one_of_each().into_iter().chain(wider::one_of_each()) {
        let name = format!("{what:?}");
        let name = name.split([' ', '{']).next().unwrap_or_default().to_owned();
        match showing(&cast, &Nowhere, &what) {
            Showing::Chart(marks) => assert!(!marks.is_empty(), "{name} shows nothing"),
            Showing::Caption | Showing::Dock => {}
            Showing::Nothing(reason) => {
                assert!(reason.len() > 20, "{name}: why not?");
                hidden.push(name.clone());
            }
        }
        assert!(shown.insert(name), "one of each");
    }
    let source = include_str!("../../sim/journal.rs");
    let body = source
        .split("pub enum What {")
        .nth(1)
        .and_then(|s| s.split("\n}").next())
        .expect("the enum");
    let lines = body.lines().filter_map(|l| l.strip_prefix("    "));
    let named: BTreeSet<String> = lines
        .filter(|l| l.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|l| {
            l.split([' ', '{', '(', ','])
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(shown, named);
    assert_eq!(hidden, ["FlagSet", "Made"]);
}

#[test]
fn a_film_tells_the_report_in_its_order_and_in_good_time() {
    for (film, after) in films(8) {
        let told: Vec<usize> = film.beats.iter().flat_map(|b| b.entries.clone()).collect();
        let all: Vec<usize> = (0..after.report.len()).collect();
        assert_eq!(told, all, "turn {}", after.turn);
        assert!(
            film.beats.is_sorted_by_key(|b| b.phase),
            "turn {}",
            after.turn
        );
        let beats = film
            .beats
            .iter()
            .all(|b| (BEAT.0..=BEAT.1).contains(&b.length));
        assert!(
            beats && film.length() <= LENGTH.1 + 1000,
            "{}",
            film.length()
        );
        for beat in &film.beats {
            assert!(!beat.caption.is_empty());
            let mine = beat
                .entries
                .iter()
                .any(|e| concerns(&after, &after.report[*e].what));
            assert!(!mine || beat.concerns, "{}", beat.caption);
        }
    }
}

#[test]
fn who_moves_ends_where_he_is_after_the_turn() {
    for (film, after) in films(8) {
        let last = film.beats.len() - 1;
        let frame = film.frame(last, 1.0);
        for (key, force) in &frame.actors.forces {
            assert_eq!(
                Some(&force.place),
                after.forces.get(key).map(|f| &f.place),
                "{key}"
            );
        }
        for key in after.forces.keys() {
            let still = film.stage.still.forces.contains_key(key);
            assert!(
                still != frame.actors.forces.contains_key(key),
                "{key} once, and only once"
            );
        }
        assert!(film.stage.still.report.is_empty());
    }
}

#[test]
fn a_march_glides_and_what_was_taken_stays_taken() {
    let films = films(8);
    let mut marched = 0;
    for (film, after) in &films {
        for (index, beat) in film.beats.iter().enumerate() {
            for entry in &beat.entries {
                let What::Moved { force, from, .. } = &after.report[*entry].what else {
                    continue;
                };
                let at = |done| {
                    film.frame(index, done)
                        .actors
                        .forces
                        .get(force)
                        .map(|f| f.place.clone())
                };
                assert!(matches!(at(0.4), Some(Place::Lane { .. })), "{force}");
                assert!(at(0.4) != at(0.9) && at(1.0).as_ref() != Some(from));
                marched += 1;
            }
        }
        let taken = |mark: &Mark| matches!(mark, Mark::Taken { .. });
        let count: usize = film
            .beats
            .iter()
            .map(|b| b.marks.iter().filter(|m| taken(m)).count())
            .sum();
        let end = film.frame(film.beats.len() - 1, 1.0);
        assert_eq!(end.marks.iter().filter(|s| taken(&s.mark)).count(), count);
    }
    assert!(marched > 0);
}

fn reel() -> (Reel, usize) {
    let (film, _) = films(2).pop().expect("two turns");
    let beats = film.beats.len();
    let seat = film.stage.cast.seat.clone();
    let tape = Tape {
        film,
        luck: Luck::default(),
    };
    let mut reel = Reel {
        tapes: Arc::new(OnceLock::from(Tapes::from([(
            seat.clone(),
            Arc::new(tape),
        )]))),
        unseen: vec![seat.clone()],
        ..Reel::default()
    };
    assert!(reel.premiere(&seat, super::Which::All));
    (reel, beats)
}

#[test]
fn it_runs_by_the_clock_and_stops_at_its_end() {
    let settings = Settings::default();
    let seconds = |settings: &Settings| {
        let (mut reel, _) = reel();
        let mut time = 100.0;
        while reel.is_running() {
            reel.act(Act::Tick(time), settings);
            time += 0.05;
            assert!(time < 200.0, "it comes to no end");
        }
        time - 100.0
    };
    let normal = seconds(&settings);
    assert!((4.0..17.0).contains(&normal), "{normal}");
    let fast = Settings {
        film_speed: super::Speed::Quadruple,
        ..settings.clone()
    };
    assert!(seconds(&fast) < normal / 3.0);
    let (mut reel, _) = reel();
    reel.act(Act::Tick(0.0), &settings);
    reel.act(Act::Tick(3600.0), &settings);
    assert!(reel.is_running(), "an hour asleep is no hour of film");
}

#[test]
fn it_is_stepped_skipped_and_paused() {
    let settings = Settings::default();
    let (mut reel, beats) = reel();
    let beat = |reel: &Reel| reel.run().map(|run| run.beat);
    reel.act(Act::Step, &settings);
    assert_eq!(beat(&reel), Some(1));
    assert!(reel.run().is_some_and(|run| !run.is_playing));
    for time in 0..100 {
        reel.act(Act::Tick(f64::from(time)), &settings);
    }
    assert_eq!(beat(&reel), Some(1), "paused");
    reel.act(Act::StepBack, &settings);
    reel.act(Act::StepBack, &settings);
    assert_eq!(beat(&reel), Some(0));
    let phase = |reel: &Reel| reel.beat().map(|b| b.phase);
    let before = phase(&reel);
    reel.act(Act::NextPhase, &settings);
    assert!(phase(&reel) > before);
    reel.act(Act::ToMine, &settings);
    assert!(reel.beat().is_none_or(|b| b.concerns));
    for _ in 0..=beats {
        reel.act(Act::Step, &settings);
    }
    assert!(!reel.is_running());
}

#[test]
fn without_motion_each_beat_is_a_still_picture() {
    let settings = Settings {
        reduced_motion: true,
        ..Settings::default()
    };
    let (mut reel, _) = reel();
    let mut frames = Vec::new();
    let mut time = 0.0;
    while let (Some(run), true) = (reel.run(), time < 60.0) {
        let beat = run.beat;
        let frame = reel.frame(&settings).expect("a picture");
        match frames.last() {
            Some((last, known)) if *last == beat => assert!(*known == frame, "beat {beat} moves"),
            _ => frames.push((beat, frame)),
        }
        reel.act(Act::Tick(time), &settings);
        time += 0.1;
    }
    assert!(frames.len() > 3 && !reel.is_running());
}
