//! A war in progress and its record.

mod carried;
mod guide;
mod history;
mod lead;
mod record;
mod renew;
mod store;

pub use self::store::Folder;

use std::sync::{Arc, LazyLock};

use angelfire::{
    ai::Level,
    content::{Catalog, Key, Scenario, Seat},
    war::{Player, Record, Setup, War, record as records},
};
use rayon::prelude::*;

/// The shipped content.
pub static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::shipped()));

/// A finished war between steady computers.
pub static FINISHED: LazyLock<Record> = LazyLock::new(|| {
    let mut war = begin(7);
    while war.ended().is_none() {
        war.end_turn().expect("a turn");
    }
    war.record().clone()
});

/// The same as text.
pub static TEXT: LazyLock<String> = LazyLock::new(|| records::write(&FINISHED));

/// The longest shipped war of two seats: small ones have too little in them, and the whole war takes too long.
pub fn scenario() -> Key<Scenario> {
    let (key, _) = CATALOG.first().expect("a scenario");
    key.clone()
}

/// Its seats.
pub fn seats() -> Vec<Key<Seat>> {
    CATALOG.scenarios[&scenario()]
        .seats
        .keys()
        .cloned()
        .collect()
}

/// Two steady computers.
pub fn begin(seed: u64) -> War {
    War::begin(CATALOG.clone(), Setup::new(scenario().as_str(), seed)).expect("a war")
}

/// A person in the first seat, the computer elsewhere.
pub fn begin_as_person(seed: u64) -> (War, Key<Seat>) {
    let seat = seats().remove(0);
    let setup = Setup::new(scenario().as_str(), seed).with(seat.as_str(), Player::Person);
    (War::begin(CATALOG.clone(), setup).expect("a war"), seat)
}

#[test]
fn orders_are_pending_retracted_undone_and_redone() {
    let (mut war, seat) = begin_as_person(1);
    let plan: Vec<_> = war
        .plan(&seat)
        .expect("a plan")
        .into_iter()
        .map(|r| r.order)
        .collect();
    assert!(plan.len() > 2);
    for order in &plan {
        war.give(&seat, order.clone())
            .expect("the computer orders what may be ordered");
    }
    assert_eq!(war.pending(&seat), plan);
    assert_eq!(war.retract(&seat, 1), Some(plan[1].clone()));
    assert_eq!(war.retract(&seat, 99), None);
    assert_eq!(war.pending(&seat).len(), plan.len() - 1);
    assert!(war.undo(&seat));
    assert_eq!(war.pending(&seat), plan);
    let mut steps = 0;
    while war.undo(&seat) {
        steps += 1;
    }
    assert_eq!((steps, war.pending(&seat).len()), (plan.len(), 0));
    while war.redo(&seat) {}
    assert_eq!(war.pending(&seat).len(), plan.len() - 1);
    assert_eq!(war.record().pending[&seat].len(), plan.len() - 1);
}

#[test]
fn a_refused_order_leaves_the_list_as_it_was() {
    let (mut war, seat) = begin_as_person(1);
    let good = war.plan(&seat).expect("a plan").remove(0).order;
    war.give(&seat, good.clone()).expect("allowed");
    let mut bad = good.clone();
    bad.force = Key::new("nobody");
    assert!(war.give(&seat, bad.clone()).is_err());
    let refused = war
        .give_all(&seat, vec![good.clone(), bad])
        .expect_err("one is bad");
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, 1);
    assert_eq!(war.pending(&seat), std::slice::from_ref(&good));
    assert!(war.give(&Key::new("nobody"), good.clone()).is_err());
    let other = seats().remove(1);
    assert!(
        war.give(&other, good).is_err(),
        "the computer takes no orders"
    );
}

#[test]
fn views_know_nothing_of_pending_orders() {
    let (mut war, seat) = begin_as_person(1);
    let before = war.view(&seat).expect("a view");
    let order = war.plan(&seat).expect("a plan").remove(0).order;
    war.give(&seat, order).expect("allowed");
    assert_eq!(*before, *war.view(&seat).expect("a view"));
}

#[test]
fn after_the_end_nothing_changes() {
    let mut war = War::resume(CATALOG.clone(), FINISHED.clone()).expect("it goes on");
    assert!(war.ended().is_some());
    let before = war.record().clone();
    war.end_turn().expect("nothing happens");
    assert_eq!(*war.record(), before);
}

#[test]
fn levels_play_every_scenario_to_an_end() {
    let quick = Level::ALL.map(|level| (level, !level.looks_ahead()));
    let all: Vec<_> = CATALOG.scenarios.iter().collect();
    all.into_par_iter().for_each(|(key, scenario)| {
        for (level, quick) in quick {
            // Whoever looks ahead takes longer: small wars are enough of him.
            let size = scenario.turns as usize * scenario.forces.len();
            if !quick && size > 60 {
                continue;
            }
            let mut setup = Setup::new(key.as_str(), 5);
            for seat in scenario.seats.keys() {
                setup = setup.with(seat.as_str(), Player::Computer(level));
            }
            let mut war = War::begin(CATALOG.clone(), setup).expect("a war");
            while war.ended().is_none() {
                assert!(
                    war.turn() <= war.scenario().turns,
                    "{key}, {level}: it goes on for ever"
                );
                war.end_turn().expect("a turn");
            }
        }
    });
}
