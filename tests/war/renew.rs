//! Changed content taken over by a war that goes on.

use std::sync::Arc;

use angelfire::{
    content::{Catalog, Key, Seat},
    sim::order::parse,
    war::{
        Player, Record, Setup, War, WarError,
        record::{Reading, read, verify, write},
    },
};

use super::{CATALOG, begin, begin_as_person, scenario, seats};

/// The shipped content with something changed.
fn changed(change: impl FnOnce(&mut Catalog)) -> Arc<Catalog> {
    let mut catalog = (**CATALOG).clone();
    change(&mut catalog);
    Arc::new(catalog)
}

/// All hulls are half as strong again.
fn stronger() -> Arc<Catalog> {
    changed(|catalog| {
        for class in catalog.rules.classes.values_mut() {
            class.hull += class.hull / 2;
        }
    })
}

fn play(war: &mut War, turns: u32) {
    for _ in 0..turns {
        war.end_turn().expect("a turn");
    }
}

/// As it is written and read again.
fn kept(record: &Record) -> Reading {
    let reading = read(write(record).as_bytes()).expect("a record");
    assert!(reading.sound);
    reading
}

/// A force of the seat's and the order for it.
fn order(war: &War, seat: &Key<Seat>, words: &str) -> angelfire::sim::order::Order {
    let view = war.view(seat).expect("a view");
    let force = view.forces.iter().find(|(_, force)| force.mine);
    let force = force.expect("a force").0;
    parse(&format!("{force} {words}")).expect("an order")
}

#[test]
fn what_has_not_changed_changes_nothing() {
    let mut war = begin(3);
    play(&mut war, 2);
    let before = war.record().clone();
    let same = changed(|_| {});
    assert!(!war.differs(&same));
    let renewed = war.renew(same.clone()).expect("it goes on");
    assert_eq!(renewed, Default::default());
    assert_eq!(*war.record(), before);
    assert!(Arc::ptr_eq(war.catalog(), &same));
}

#[test]
fn texts_are_taken_over_and_leave_the_record_as_it_is() {
    let mut war = begin(3);
    play(&mut war, 2);
    let (before, report) = (war.record().clone(), war.referee_view().report.len());
    let renamed = changed(|catalog| {
        for class in catalog.rules.classes.values_mut() {
            class.name.push_str(" of old");
        }
    });
    assert!(!war.differs(&renamed));
    assert_eq!(war.renew(renamed).expect("it goes on").from, None);
    assert_eq!(*war.record(), before);
    let view = war.referee_view();
    let mut names = view.rules.classes.values().map(|class| &class.name);
    assert!(names.all(|name| name.ends_with(" of old")));
    // What the last turn brought is still told.
    assert!(report > 0);
    assert_eq!(view.report.len(), report);
    play(&mut war, 1);
    let proof = verify(&CATALOG, &kept(war.record())).expect("it fits");
    assert!(proof.holds(), "{proof:?}");
}

#[test]
fn numbers_count_from_the_next_turn_on_and_the_record_proves_the_rest() {
    let mut war = begin(3);
    play(&mut war, 3);
    let before = kept(war.record()).record;
    let stronger = stronger();
    assert!(war.differs(&stronger));
    let renewed = war.renew(stronger.clone()).expect("it goes on");
    assert_eq!(renewed.from, Some(4));
    let noted = &war.record().changes;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].turn, &noted[0].content), (4, &before.content));
    assert_ne!(war.record().content, before.content);
    play(&mut war, 2);
    let proof = verify(&stronger, &kept(war.record())).expect("it fits");
    assert_eq!(proof.proved, Some((4, 5)), "{proof:?}");
    assert_eq!(proof.foreign.as_ref().map(|f| f.until), Some(3));
    assert!(proof.sound && proof.divergence.is_none());
}

#[test]
fn it_goes_on_as_a_resumed_one_would() {
    // Nobody orders anything: the computer would also weigh what the last turn brought, which is not in a record.
    let setup = Setup::new(scenario().as_str(), 3);
    let people = seats().into_iter().fold(setup, |setup, seat| {
        setup.with(seat.as_str(), Player::Person)
    });
    let mut war = War::begin(CATALOG.clone(), people).expect("a war");
    play(&mut war, 3);
    let before = kept(war.record()).record;
    war.renew(stronger()).expect("it goes on");
    play(&mut war, 2);
    let mut resumed = War::resume(stronger(), before).expect("it goes on");
    play(&mut resumed, 2);
    assert!(resumed.record().turns == war.record().turns);
    assert_eq!(resumed.record().changes, war.record().changes);
}

#[test]
fn changes_between_two_turns_count_as_one_and_back_again_as_none() {
    let mut war = begin(3);
    play(&mut war, 2);
    let before = war.record().clone();
    war.renew(stronger()).expect("it goes on");
    let other = changed(|catalog| {
        for class in catalog.rules.classes.values_mut() {
            class.hull += 1;
        }
    });
    war.renew(other).expect("it goes on");
    let noted: Vec<_> = war.record().changes.iter().map(|c| &c.content).collect();
    assert_eq!(noted, [&before.content]);
    war.renew(CATALOG.clone()).expect("it goes on");
    assert_eq!(*war.record(), before);
    play(&mut war, 1);
    assert!(
        verify(&CATALOG, &kept(war.record()))
            .expect("it fits")
            .holds()
    );
}

#[test]
fn a_war_of_which_nothing_was_played_begins_anew() {
    let mut war = begin(3);
    let stronger = stronger();
    assert_eq!(
        war.renew(stronger.clone()).expect("it goes on").from,
        Some(1)
    );
    assert!(war.record().changes.is_empty());
    let fresh = War::begin(stronger.clone(), Setup::new(scenario().as_str(), 3)).expect("a war");
    assert_eq!(*war.record(), *fresh.record());
    play(&mut war, 1);
    let proof = verify(&stronger, &kept(war.record())).expect("it fits");
    assert!(proof.holds(), "{proof:?}");
}

#[test]
fn orders_that_may_still_be_given_stay_and_the_others_are_told() {
    let (mut war, seat) = begin_as_person(3);
    play(&mut war, 1);
    let view = war.view(&seat).expect("a view");
    let forces: Vec<_> = view.forces.iter().filter(|(_, f)| f.mine).collect();
    let posture = view.rules.postures.keys().next().expect("a posture");
    let halt = order(&war, &seat, "halt");
    let (other, posture) = (forces[1].0.clone(), posture.clone());
    let posed = parse(&format!("{other} posture {posture}")).expect("an order");
    war.give(&seat, halt.clone()).expect("it may halt");
    war.give(&seat, posed.clone()).expect("it may be posed");
    let without = changed(|catalog| drop(catalog.rules.postures.remove(&posture)));
    let renewed = war.renew(without).expect("it goes on");
    assert_eq!(war.pending(&seat), std::slice::from_ref(&halt));
    assert_eq!(war.record().pending[&seat].len(), 1);
    let dropped: Vec<_> = renewed
        .dropped
        .iter()
        .map(|d| (&d.seat, &d.order))
        .collect();
    assert_eq!(dropped, [(&seat, &posed)]);
    // What can be undone is what may be given.
    assert!(war.undo(&seat) && war.pending(&seat).is_empty());
    assert!(war.redo(&seat));
    play(&mut war, 1);
    assert_eq!(war.record().turns[1].orders[&seat][0].order, halt);
}

#[test]
fn what_it_cannot_go_on_with_is_refused_and_changes_nothing() {
    let (mut war, seat) = begin_as_person(3);
    play(&mut war, 2);
    war.give(&seat, order(&war, &seat, "halt")).expect("halts");
    let before = war.record().clone();
    let view = war.view(&seat).expect("a view");
    let own = view.forces.values().find(|f| f.mine && !f.ships.is_empty());
    let class = &own.expect("ships").ships[0].class;
    let without = changed(|catalog| drop(catalog.rules.classes.remove(class)));
    let nowhere = changed(|catalog| drop(catalog.scenarios.remove(&scenario())));
    let seatless = changed(|catalog| {
        let known = catalog.scenarios.get_mut(&scenario()).expect("it is there");
        Arc::make_mut(known).seats.remove(&seat);
    });
    for (content, word) in [
        (without, class.as_str()),
        (nowhere, "there is no scenario"),
        (seatless, seat.as_str()),
    ] {
        let refused = war.renew(content).expect_err("it cannot go on");
        let words = refused.to_string();
        assert!(matches!(refused, WarError::NotRenewed(_)), "{words}");
        assert!(words.contains(word), "{words}");
        assert_eq!(*war.record(), before);
        assert_eq!(war.pending(&seat).len(), 1);
        assert!(Arc::ptr_eq(war.catalog(), &CATALOG));
    }
    assert_eq!(war.player(&seat), Some(Player::Person));
    play(&mut war, 1);
    let proof = verify(&CATALOG, &kept(war.record())).expect("it fits");
    assert!(proof.holds());
}
