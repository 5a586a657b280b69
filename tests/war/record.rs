//! The record: written, read, proved, tampered with.

use std::collections::BTreeMap;

use angelfire::{
    sim::{
        order::{Action, parse},
        turn::Phase,
    },
    war::{
        Player, War, branch,
        record::{self, FORMAT, Reading, RecordError, TableHashes, diff, read, verify, write},
        replay,
    },
};

use super::{CATALOG, FINISHED, TEXT, begin, begin_as_person, seats};

fn sound(record: record::Record) -> Reading {
    Reading {
        record,
        sound: true,
    }
}

/// The finished war as if it had been written in another format.
fn in_format(format: u32) -> String {
    let text = TEXT.replacen(
        &format!("format: {FORMAT}"),
        &format!("format: {format}"),
        1,
    );
    assert!(text != *TEXT, "the format is where it is looked for");
    text
}

#[test]
fn what_is_written_is_read() {
    let reading = read(TEXT.as_bytes()).expect("a record");
    assert!(reading.sound);
    let again = write(&reading.record);
    assert_eq!(again, *TEXT);
}

#[test]
fn a_whole_war_takes_less_than_100_kilobytes() {
    for seed in [1, 15] {
        let mut war = begin(seed);
        while war.ended().is_none() {
            war.end_turn().expect("a turn");
        }
        let size = write(war.record()).len();
        assert!(size < 100_000, "seed {seed}: {size} bytes");
    }
}

#[test]
fn the_first_format_is_still_read() {
    // Format 1 named every table after muster.
    let mut old = FINISHED.clone();
    old.format = 1;
    let mut known = BTreeMap::new();
    for row in &mut old.turns {
        let phases = &mut row.hashes.phases;
        known.extend(phases[&Phase::Muster].0.clone());
        phases.insert(Phase::Muster, TableHashes(known.clone()));
        for phase in phases.values() {
            known.extend(phase.0.clone());
        }
        // The clock is wound between turns.
        *known.get_mut("clock").expect("a clock") ^= row.turn;
    }
    let reading = read(write(&old).as_bytes()).expect("a record");
    assert!(reading.sound);
    assert_eq!(reading.record.format, FORMAT);
    assert_eq!(reading.record.turns, FINISHED.turns);
    assert!(verify(&CATALOG, &reading).expect("it fits").holds());
}

#[test]
fn it_is_proved_again() {
    let reading = read(TEXT.as_bytes()).expect("a record");
    let proof = verify(&CATALOG, &reading).expect("it fits the content");
    assert!(proof.holds(), "{proof:?}");
    assert_eq!(proof.proved, Some((1, FINISHED.length())));
}

#[test]
fn comments_and_space_are_free() {
    let text = TEXT
        .replace("turns: [", "turns : // a note\n\t [ // another\r\n")
        .replace("\n ", "\n\n    ");
    let reading = read(text.as_bytes()).expect("a record");
    assert!(reading.sound);
}

#[test]
fn any_other_byte_is_found_out() {
    let bytes = TEXT.as_bytes();
    let heading = TEXT.find('\n').expect("a heading");
    let mut tried = 0;
    for n in 0..1500_usize {
        let at = heading + 1 + (n * 7919) % (bytes.len() - heading - 1);
        if bytes[at].is_ascii_whitespace() {
            continue;
        }
        for put in [b'0', b'7', b'a', b' ', b'"', b')', 0xff, b'/'] {
            if put == bytes[at] {
                continue;
            }
            let mut changed = bytes.to_vec();
            changed[at] = put;
            if let Ok(reading) = read(&changed) {
                assert!(!reading.sound, "byte {at} as {:?}", char::from(put));
            }
            tried += 1;
        }
        let mut shorter = bytes.to_vec();
        shorter.remove(at);
        assert!(
            read(&shorter).map_or(true, |r| !r.sound),
            "byte {at} left out"
        );
        if n >= 150 {
            // A whole reading takes a while: the rest are sampled by their effect on the checksum alone.
            break;
        }
    }
    assert!(tried > 300);
}

#[test]
fn cut_off_anywhere_it_is_an_error() {
    let bytes = TEXT.as_bytes();
    for n in 0..1000 {
        let end = n * (bytes.len() - 3) / 1000;
        assert!(read(&bytes[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_changed_order_names_turn_phase_and_table() {
    let mut found = 0;
    for turn in [2_usize, 6, 11] {
        let mut record = FINISHED.clone();
        let orders = record.turns[turn - 1]
            .orders
            .values_mut()
            .next()
            .expect("orders");
        let Some(given) = orders
            .iter_mut()
            .find(|g| matches!(g.order.action, Action::Go { .. } | Action::Stance(_)))
        else {
            continue;
        };
        given.order.action = match &given.order.action {
            Action::Go { .. } => Action::LossLimit(123),
            _ => Action::LossLimit(321),
        };
        let proof = verify(&CATALOG, &sound(record)).expect("it fits the content");
        let divergence = proof.divergence.expect("it does not come out");
        assert_eq!(
            (divergence.turn as usize, divergence.phase.as_str()),
            (turn, "command")
        );
        assert!(!divergence.table.is_empty());
        found += 1;
    }
    assert!(found > 0);
}

#[test]
fn a_changed_hash_names_turn_phase_and_table() {
    let mut record = FINISHED.clone();
    let phases = &mut record.turns[3].hashes.phases;
    let (phase, tables) = phases
        .iter_mut()
        .rfind(|(_, t)| !t.0.is_empty())
        .expect("a phase");
    let (table, hash) = tables.0.iter_mut().next().expect("a table");
    *hash ^= 1;
    let (phase, table) = (phase.name(), table.clone());
    let divergence = verify(&CATALOG, &sound(record))
        .expect("it fits")
        .divergence
        .expect("it differs");
    assert_eq!(
        (divergence.turn, divergence.phase.as_str(), divergence.table),
        (4, phase, table)
    );
}

#[test]
fn a_changed_snapshot_names_thing_and_field() {
    let mut record = FINISHED.clone();
    let (after, snapshot) = record.snapshots.iter_mut().next().expect("a snapshot");
    let (row, text) = snapshot
        .0
        .get_mut("crew")
        .expect("crews")
        .iter_mut()
        .next()
        .expect("a crew");
    *text = text.replacen("readiness:", "readiness:9", 1);
    let (after, row) = (*after, row.clone());
    let divergence = verify(&CATALOG, &sound(record))
        .expect("it fits")
        .divergence
        .expect("it differs");
    assert_eq!(
        (divergence.turn, divergence.table.as_str()),
        (after, "crew")
    );
    assert_eq!(
        (divergence.entity, divergence.field.as_deref()),
        (Some(row), Some("readiness"))
    );
}

#[test]
fn resumed_it_goes_on_as_if_never_put_down() {
    let mut straight = begin(11);
    let mut broken = begin(11);
    for _ in 0..14 {
        straight.end_turn().expect("a turn");
        broken.end_turn().expect("a turn");
        let text = write(broken.record());
        let record = read(text.as_bytes())
            .expect("a record")
            .sound()
            .expect("unchanged");
        broken = War::resume(CATALOG.clone(), record).expect("it goes on");
    }
    assert_eq!(straight.record().turns, broken.record().turns);
    for seat in seats() {
        assert_eq!(
            *straight.view(&seat).expect("a view"),
            *broken.view(&seat).expect("a view")
        );
    }
}

#[test]
fn pending_orders_are_kept() {
    let (mut war, seat) = begin_as_person(2);
    let order = war.plan(&seat).expect("a plan").remove(0).order;
    war.give(&seat, order.clone()).expect("allowed");
    let record = read(write(war.record()).as_bytes())
        .expect("a record")
        .record;
    let war = War::resume(CATALOG.clone(), record).expect("it goes on");
    assert_eq!(war.pending(&seat), [order]);
}

#[test]
fn a_branch_plays_on_differently_and_is_proved_alone() {
    let branched = branch(&CATALOG, &FINISHED, 5).expect("it has five turns");
    assert_eq!(branched.parent.as_ref().map(|p| p.turns), Some(5));
    let mut war = War::resume(CATALOG.clone(), branched).expect("it goes on");
    assert_eq!(war.turn(), 6);
    for seat in seats() {
        war.hand_over(&seat, Player::Person);
    }
    for _ in 0..3 {
        war.end_turn().expect("a turn");
    }
    let proof = verify(&CATALOG, &sound(war.record().clone())).expect("it fits");
    assert!(proof.holds(), "{proof:?}");
    let difference = diff(Some(&CATALOG), &FINISHED, war.record());
    assert_eq!(difference.order.as_ref().map(|(turn, _, _)| *turn), Some(6));
    assert_eq!(difference.state.as_ref().map(|(turn, _, _)| *turn), Some(6));
    assert!(difference.spot.is_some_and(|s| s.field.is_some()));
    assert!(branch(&CATALOG, &FINISHED, 999).is_err());
}

#[test]
fn under_other_rules_it_goes_on_from_its_snapshot_and_says_so() {
    let mut war = begin(3);
    for _ in 0..4 {
        war.end_turn().expect("a turn");
    }
    let mut old = war.record().clone();
    old.revision += 100;
    let proof = verify(&CATALOG, &sound(old.clone())).expect("it fits");
    assert!(!proof.holds());
    assert_eq!(proof.foreign.map(|f| f.until), Some(4));
    let mut war = War::resume(CATALOG.clone(), old).expect("it goes on");
    assert_eq!(war.turn(), 5);
    war.end_turn().expect("a turn");
    war.end_turn().expect("a turn");
    let text = write(war.record());
    let reading = read(text.as_bytes()).expect("a record");
    let proof = verify(&CATALOG, &reading).expect("it fits");
    assert_eq!(
        (proof.proved, proof.divergence.clone()),
        (Some((5, 6)), None),
        "{proof:?}"
    );
    assert_eq!(proof.foreign.map(|f| f.until), Some(4));
    assert!(War::resume(CATALOG.clone(), reading.record).is_ok());
}

#[test]
fn every_turn_can_be_played_up_to() {
    for turns in [0, 1, 12, 13, FINISHED.length()] {
        assert!(replay(&CATALOG, &FINISHED, turns).is_ok(), "{turns}");
    }
    assert!(replay(&CATALOG, &FINISHED, FINISHED.length() + 1).is_err());
}

#[test]
fn strict_reading() {
    let twice = TEXT.replacen(" mods: []", " mods: [], seed: 1", 1);
    assert!(matches!(
        read(twice.as_bytes()),
        Err(RecordError::Malformed { .. })
    ));
    let unknown = TEXT.replacen(" mods: []", " mods: [], wings: 2", 1);
    assert!(matches!(
        read(unknown.as_bytes()),
        Err(RecordError::Malformed { .. })
    ));
    let newer = in_format(FORMAT + 1);
    assert_eq!(
        read(newer.as_bytes()),
        Err(RecordError::TooNew { found: FORMAT + 1 })
    );
    let skipped = TEXT.replacen("turn: 2,", "turn: 3,", 1);
    assert_eq!(
        read(skipped.as_bytes()),
        Err(RecordError::Turns { place: 2, turn: 3 })
    );
    // An order has one spelling.
    assert!(parse("a  halt").is_ok());
    let at = TEXT.find("order: \"").expect("an order") + 8;
    let mut spaced = TEXT.clone();
    spaced.insert(at, ' ');
    assert!(matches!(
        read(spaced.as_bytes()),
        Err(RecordError::Malformed { .. })
    ));
}

#[test]
fn a_state_that_cannot_be_is_refused() {
    // A forged record whose checksum holds, with a snapshot on the way to its last turn.
    let mut record = FINISHED.clone();
    let midway = replay(&CATALOG, &record, 12).expect("it comes out");
    record.snapshots.insert(12, midway.snapshot());
    for snapshot in record.snapshots.values_mut() {
        for text in snapshot.0.get_mut("ships").expect("ships").values_mut() {
            *text = text.replace("fit:", "fit:99");
        }
    }
    let forged = read(write(&record).as_bytes())
        .expect("a record")
        .sound()
        .expect("its checksum holds");
    assert!(War::resume(CATALOG.clone(), forged.clone()).is_err());
    assert!(verify(&CATALOG, &sound(forged)).map_or(true, |p| !p.holds()));
}

#[test]
fn a_branch_says_where_its_parent_stood_and_has_a_name_of_its_own() {
    let mut parent = FINISHED.clone();
    parent.name = Some(String::from("The first"));
    let taken = branch(&CATALOG, &parent, 5).expect("it is long enough");
    let stood = taken.parent.as_ref().and_then(|parent| parent.stood);
    let last = parent.turns.last().expect("it was played");
    let stood = stood.expect("its parent was played");
    assert_eq!((stood.turns, stood.state), (last.turn, last.hashes.state));
    assert_eq!(taken.name, None);
    // A war that nobody has played stood nowhere.
    let fresh = branch(&CATALOG, begin(1).record(), 0).expect("it begins anew");
    assert_eq!(fresh.parent.and_then(|parent| parent.stood), None);
}

#[test]
fn names_are_kept_as_they_were_given_and_odd_ones_refused() {
    let mut war = begin(1);
    assert_eq!(war.rename("  Late \"start\", again "), Ok(()));
    let text = write(war.record());
    let read_again = read(text.as_bytes()).expect("a record");
    assert!(read_again.sound);
    assert_eq!(
        read_again.record.name.as_deref(),
        Some("Late \"start\", again")
    );
    assert!(war.rename("two\nlines").is_err() && war.rename(&"a".repeat(121)).is_err());
    assert_eq!(war.record().name.as_deref(), Some("Late \"start\", again"));
    assert_eq!(war.rename(" "), Ok(()));
    assert!(
        !write(war.record()).contains("name"),
        "left out where there is none"
    );
    for odd in ["", " x", "a\\nb"] {
        let forged = TEXT.replacen(" parent:", &format!(" name: Some(\"{odd}\"), parent:"), 1);
        let answer = read(forged.as_bytes());
        assert!(
            matches!(answer, Err(RecordError::Contradiction(_))),
            "{odd:?}: {answer:?}"
        );
    }
}

#[test]
fn the_third_format_is_still_read() {
    let old = in_format(3);
    let reading = read(old.as_bytes()).expect("a record");
    assert_eq!(reading.record.format, FORMAT);
    assert_eq!((reading.record.name, reading.record.course), (None, None));
}

#[test]
fn the_fourth_format_is_still_read() {
    let reading = read(in_format(4).as_bytes()).expect("a record");
    assert_eq!(reading.record.format, FORMAT);
    assert_eq!(reading.record.carried, None);
}
