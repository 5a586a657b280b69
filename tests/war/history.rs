//! Battles of the record: every course is played as it was ordered, and can be entered anywhere.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use angelfire::{
    ai::Level,
    content::{Bench, Course, Key, Seat, chronicle::Chronicle},
    sim::order::{Action, Order},
    war::{
        Player, Record, Reel, War,
        history::{self, Mode, Source},
        record::{read, verify, write},
    },
};
use rayon::prelude::*;

use super::CATALOG;

static BENCH: LazyLock<Courses> = LazyLock::new(|| {
    let bench = Bench::of_history(&[]);
    Courses {
        chronicles: bench.chronicles().to_vec(),
        all: bench.courses().cloned().collect(),
    }
});

struct Courses {
    chronicles: Vec<Chronicle>,
    all: Vec<Course>,
}

/// Every course of the game with the record it follows.
fn sources() -> Vec<Source<'static>> {
    let each = BENCH.all.iter().map(|course| {
        let chronicle = (BENCH.chronicles.iter()).find(|c| c.document == course.document);
        Source {
            catalog: &CATALOG,
            chronicle: chronicle.expect("a course follows a chronicle"),
            course,
        }
    });
    each.collect()
}

/// The battle that begins the war of document 000.
fn concordat() -> Source<'static> {
    let mut all = sources().into_iter();
    let found = all.find(|source| source.course.id.as_str() == "concordat");
    found.expect("it is shipped")
}

fn recorded(source: Source<'_>) -> Record {
    let (war, refused) = history::reenact(source, source.chronicle.seed).expect("a war");
    assert!(refused.is_empty(), "{}: {refused:#?}", source.course.id);
    war.record().clone()
}

fn to_the_end(war: &mut War) {
    while war.ended().is_none() {
        war.end_turn().expect("a turn");
    }
}

#[test]
fn courses_are_played_as_ordered_and_their_records_hold() {
    assert!(sources().len() >= 2);
    sources().into_par_iter().for_each(|source| {
        let record = recorded(source);
        let reading = read(write(&record).as_bytes()).expect("a record");
        let proof = verify(&CATALOG, &reading).expect("a proof");
        assert!(proof.holds(), "{}: {proof:?}", source.course.id);
    });
}

#[test]
fn a_record_that_nobody_enters_comes_out_as_it_was() {
    sources().into_par_iter().for_each(|source| {
        let record = recorded(source);
        let half = record.length() / 2;
        let mut war =
            War::enter(CATALOG.clone(), &record, half, &[], Level::Steady).expect("entered");
        assert!(!war.following().is_empty());
        to_the_end(&mut war);
        let states = |record: &Record| {
            let rows = record.turns.iter();
            rows.map(|row| row.hashes.state).collect::<Vec<_>>()
        };
        assert_eq!(
            states(war.record()),
            states(&record),
            "{}",
            source.course.id
        );
    });
}

#[test]
fn every_record_is_entered_at_its_first_middle_and_last_turn_for_each_seat() {
    let entries = sources().into_par_iter().flat_map(|source| {
        let record = Arc::new(recorded(source));
        let last = record.length() - 1;
        let mut entries = Vec::new();
        for turns in BTreeSet::from([0, last / 2, last]) {
            let seats = source.course.scenario.seats.keys();
            entries.extend(seats.map(|seat| (source, record.clone(), turns, seat)));
        }
        entries
    });
    entries.for_each(|(source, record, turns, seat)| {
        let seats = std::slice::from_ref(seat);
        let mut war =
            War::enter(CATALOG.clone(), &record, turns, seats, Level::Steady).expect("entered");
        assert_eq!(war.turn(), turns + 1);
        war.hand_over(seat, Player::Computer(Level::Steady));
        to_the_end(&mut war);
        let text = write(war.record());
        let reading = read(text.as_bytes()).expect("a record");
        let proof = verify(&CATALOG, &reading).expect("a proof");
        assert!(proof.holds(), "{} at {turns} by {seat}", source.course.id);
    });
}

/// Who once has left the record never follows it again, and a saved war goes on as one that was never put away.
#[test]
fn who_has_left_the_record_stays_away() {
    let source = concordat();
    let record = recorded(source);
    let seat: &Key<Seat> = source.course.scenario.seats.keys().next().expect("a seat");
    let begin = || {
        let seats = std::slice::from_ref(seat);
        War::enter(CATALOG.clone(), &record, 1, seats, Level::Steady).expect("entered")
    };
    let halt = |war: &mut War| {
        let view = war.view(seat).expect("a seat");
        for force in view
            .forces
            .iter()
            .filter(|(_, f)| f.mine)
            .map(|(key, _)| key)
        {
            let _ = war.give(
                seat,
                Order {
                    force: force.clone(),
                    action: Action::Halt,
                },
            );
        }
    };
    let mut war = begin();
    let mut followed = war.following();
    assert!(!followed.is_empty());
    for _ in 0..4 {
        if war.ended().is_some() {
            break;
        }
        halt(&mut war);
        war.end_turn().expect("a turn");
        let now = war.following();
        assert!(now.is_subset(&followed), "{now:?} of {followed:?}");
        followed = now;
        let saved = read(write(war.record()).as_bytes()).expect("a record");
        let again = War::resume(CATALOG.clone(), saved.record).expect("resumed");
        assert_eq!(again.following(), followed);
    }
}

#[test]
fn scores_are_the_same_every_time_and_inputs_do_not_count() {
    let source = concordat();
    let of = || history::hold(source, source.chronicle.seed, Mode::Scripted).expect("held");
    let (one, other) = (of(), of());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.fidelity_permille, other.fidelity_permille);
        let counted = one.checks.iter().filter(|check| check.counts());
        let (sum, all) = counted.fold((0, 0), |(sum, all), check| {
            (sum + check.score * check.weight, all + check.weight)
        });
        let mean = (all > 0).then(|| (2 * sum + all) / (2 * all));
        assert_eq!(one.fidelity_permille, mean);
        assert!(one.checks.iter().any(|check| check.input));
    }
}

#[test]
fn a_reel_has_every_turn_and_shows_what_the_seat_knew() {
    let source = concordat();
    let record = recorded(source);
    let seat = source.course.scenario.seats.keys().next().expect("a seat");
    let reel = Reel::new(&CATALOG, &record, Some(seat.clone())).expect("a reel");
    assert_eq!(reel.frames.len(), record.turns.len() + 1);
    let half = record.length() / 2;
    let war = War::enter(CATALOG.clone(), &record, half, &[], Level::Steady).expect("entered");
    let frame = reel.after(half).expect("a frame");
    assert_eq!(*frame.view, *war.view(seat).expect("a seat"));
}
