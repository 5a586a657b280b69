//! One war after another: what is left of the first comes to the second.

use std::sync::LazyLock;

use angelfire::{
    content::Key,
    war::{
        CarryError, Record, Setup, War,
        record::{self, read, verify, write},
    },
};

use super::CATALOG;

/// The Concordat, played to its end.
static BEFORE: LazyLock<Record> = LazyLock::new(|| {
    let mut war = begin(Setup::new("mw-concordat", 11));
    while war.ended().is_none() {
        war.end_turn().expect("a turn");
    }
    war.record().clone()
});

fn begin(setup: Setup) -> War {
    War::begin(CATALOG.clone(), setup).expect("it begins")
}

fn before() -> War {
    War::resume(CATALOG.clone(), BEFORE.clone()).expect("it is resumed")
}

/// First Tholfame-22 after that.
fn after() -> War {
    let next = Key::new("mw-tholfame22-first");
    let left = before().leaves_to(&next).expect("it follows");
    begin(Setup::new("mw-tholfame22-first", 5).after(left))
}

#[test]
fn forces_come_as_they_left_with_a_share_of_what_they_lost() {
    let (before, after) = (before(), after());
    let remains = before.remains();
    let next = &after.record().scenario;
    let listed = &CATALOG.scenarios[next].forces;
    let links = angelfire::war::following(&CATALOG, &before.record().scenario);
    let link = links.iter().find(|link| link.to == *next).expect("a link");
    let mut met = 0;
    for (key, force) in listed {
        let left = remains.forces.get(key);
        if left.is_none() && !remains.gone.contains(key) {
            assert_eq!(
                after.scenario().forces.get(key),
                Some(force),
                "{key} was not there"
            );
            continue;
        }
        met += 1;
        let come = after.scenario().forces.get(key);
        for (class, full) in &force.ships {
            let had = left.and_then(|l| l.ships.get(class)).copied().unwrap_or(0);
            let due = had + (full - had).max(0) * link.replaced / 1000;
            let has = come.and_then(|f| f.ships.get(class)).copied().unwrap_or(0);
            assert_eq!(has, due, "{class} of {key}");
        }
        for (stock, kind) in CATALOG.rules.stocks.iter().filter(|(_, s)| s.reserve) {
            let had = left.and_then(|l| l.stocks.get(stock)).copied().unwrap_or(0);
            let has = come.and_then(|f| f.stocks.get(stock)).copied().unwrap_or(0);
            assert!(come.is_none() || has == had, "{} of {key}", kind.name);
        }
        let who = come.and_then(|f| f.commander.as_ref());
        assert!(
            who.is_none_or(|who| !remains.lost.contains(who)),
            "{who:?} leads {key}"
        );
    }
    assert!(met >= 6, "only {met} forces are in both wars");
    assert_ne!(after.scenario().forces, *listed, "something was lost");
}

#[test]
fn a_war_that_follows_another_is_saved_proved_and_gone_on_with() {
    let mut war = after();
    for _ in 0..3 {
        war.end_turn().expect("a turn");
    }
    let text = write(war.record());
    let reading = read(text.as_bytes()).expect("a record");
    assert_eq!(reading.record.carried, war.record().carried);
    assert_eq!(write(&reading.record), text);
    let proof = verify(&CATALOG, &reading).expect("it is proved");
    assert!(proof.holds(), "{proof:?}");
    let mut again = War::resume(CATALOG.clone(), reading.record).expect("it is resumed");
    assert_eq!(
        again.end_turn().expect("a turn").hashes,
        war.end_turn().expect("a turn").hashes
    );
}

#[test]
fn who_was_lost_stays_lost_through_later_wars() {
    let next = Key::new("mw-tholfame22-first");
    let mut left = before().leaves_to(&next).expect("it follows");
    let who = Key::new("jean-baptiste-teindas");
    left.lost.insert(who.clone());
    let mut war = begin(Setup::new("mw-tholfame22-first", 5).after(left));
    while war.ended().is_none() {
        war.end_turn().expect("a turn");
    }
    let after = war.leaves_to(&Key::new("mw-plan-xi")).expect("it follows");
    assert!(after.lost.contains(&who));
}

#[test]
fn what_does_not_follow_is_refused() {
    let war = before();
    let wrong = war
        .leaves_to(&Key::new("mw-grand"))
        .expect_err("nothing leads there");
    assert!(
        wrong.to_string().contains("mw-tholfame22-first"),
        "it says what does follow: {wrong}"
    );
    let fresh = begin(Setup::new("mw-concordat", 1));
    let early = fresh
        .leaves_to(&Key::new("mw-katar"))
        .expect_err("it is not over");
    assert_eq!(early, CarryError::NotOver(Key::new("mw-concordat"), 1));
}

#[test]
fn captives_come_along_or_not() {
    let mut war = begin(Setup::new("mw-tholfame22-first", 3));
    while war.ended().is_none() {
        war.end_turn().expect("a turn");
    }
    let (side, lord) = (Key::new("allies"), Key::new("captive-lord"));
    let held = war.remains().held[&side].get(&lord).copied().unwrap_or(0);
    let next = Key::new("mw-plan-xi");
    let left = war.leaves_to(&next).expect("it follows");
    let war = begin(Setup::new("mw-plan-xi", 1).after(left));
    let staff = &war.scenario().forces[&Key::new("sarenemors-staff")];
    assert_eq!(staff.stocks.get(&lord).copied().unwrap_or(0), held);
}

#[test]
fn what_a_hostile_record_carries_harms_nothing() {
    let mut war = after();
    war.end_turn().expect("a turn");
    let mut hostile = war.record().clone();
    let carried = hostile.carried.as_mut().expect("it follows another");
    for force in carried.forces.values_mut() {
        for hulls in force.ships.values_mut() {
            *hulls = i32::MAX;
        }
        force.ships.insert(Key::new("no-such-class"), i32::MIN);
        force.reserves.insert(Key::new("no-such-stock"), i32::MAX);
    }
    carried.gone.insert(Key::new("nobody"));
    let meters = carried.meters.entry(Key::new("nobody")).or_default();
    meters.insert(Key::new("nothing"), i32::MAX);
    let sound = record::Reading {
        record: hostile.clone(),
        sound: true,
    };
    let proof = verify(&CATALOG, &sound);
    assert!(!proof.is_ok_and(|p| p.holds()), "it is another war");
    hostile.turns.clear();
    hostile.snapshots.clear();
    let mut war = War::resume(CATALOG.clone(), hostile).expect("a war of very large fleets");
    war.end_turn().expect("a turn");
}
