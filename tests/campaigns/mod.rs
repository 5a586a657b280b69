//! Opponent against opponent on every scenario, to an end. Figures over a hundred seeds come from
//! `angelfire batch`; these keep the direction with few seeds.

mod decisions;
mod fights;
mod forecast;
mod mixed;
mod policy;

use std::{collections::BTreeMap, sync::Arc};

use angelfire::{
    ai::{self, Level},
    content::{Catalog, Key, Scenario, Seat, Side},
    sim::{Sim, laws, view::Ending},
};
use rayon::prelude::*;

/// Plays a war with these levels; every law is asked after every turn.
fn play(
    catalog: &Catalog,
    scenario: &str,
    levels: &BTreeMap<Key<Seat>, Level>,
    seed: u64,
) -> Ending {
    let mut sim = Sim::new(
        Arc::new(catalog.rules.clone()),
        catalog.scenarios[scenario].clone(),
        seed,
    );
    for _ in 0..=catalog.scenarios[scenario].turns {
        if let Some(ending) = sim.ended() {
            return ending.clone();
        }
        for (seat, level) in levels {
            let view = sim.view(seat).expect("a seat of the scenario");
            let orders = ai::plan(*level, &view, seed)
                .into_iter()
                .map(|o| o.order)
                .collect();
            sim.submit(seat, orders).expect("a seat of the scenario");
        }
        sim.resolve_turn();
        assert_eq!(
            laws::broken(&sim),
            Vec::<String>::new(),
            "turn {}",
            sim.turn()
        );
    }
    panic!("the war does not end");
}

/// How often a side won, of these seeds, at these levels for the two seats of `mw-concordat`.
fn wins(
    catalog: &Catalog,
    allies: Level,
    dcp: Level,
    seeds: u64,
) -> BTreeMap<Option<Key<Side>>, usize> {
    let levels = BTreeMap::from([(Key::new("allies"), allies), (Key::new("dcp"), dcp)]);
    let endings: Vec<Ending> = (1..=seeds)
        .into_par_iter()
        .map(|seed| play(catalog, "mw-concordat", &levels, seed))
        .collect();
    let mut wins = BTreeMap::new();
    for ending in endings {
        *wins.entry(ending.winner).or_default() += 1;
    }
    wins
}

#[test]
fn every_scenario_plays_to_an_end() {
    let catalog = Catalog::shipped();
    for (key, scenario) in &catalog.scenarios {
        let scenario: &Scenario = scenario;
        let levels = scenario
            .seats
            .keys()
            .map(|s| (s.clone(), Level::Steady))
            .collect();
        play(&catalog, key.as_str(), &levels, 2802);
    }
}

#[test]
fn both_sides_of_the_concordat_win_sometimes() {
    let wins = wins(&Catalog::shipped(), Level::Steady, Level::Steady, 24);
    for side in ["allies", "dcp"] {
        let won = wins.get(&Some(Key::new(side))).copied().unwrap_or(0);
        assert!((3..=21).contains(&won), "{side} won {won} of 24");
    }
}

#[test]
fn steady_beats_the_yardsticks_from_either_side() {
    let catalog = Catalog::shipped();
    for yardstick in [Level::Rush, Level::Hoard] {
        let as_allies = wins(&catalog, Level::Steady, yardstick, 6);
        let as_dcp = wins(&catalog, yardstick, Level::Steady, 6);
        assert!(
            as_allies
                .get(&Some(Key::new("allies")))
                .is_some_and(|n| *n >= 4),
            "{yardstick}: {as_allies:?}"
        );
        assert!(
            as_dcp.get(&Some(Key::new("dcp"))).is_some_and(|n| *n >= 4),
            "{yardstick}: {as_dcp:?}"
        );
    }
    let as_dcp = wins(&catalog, Level::Passive, Level::Steady, 4);
    assert!(
        as_dcp.get(&Some(Key::new("dcp"))).is_some_and(|n| *n >= 3),
        "passive: {as_dcp:?}"
    );
}

#[test]
fn equal_views_give_equal_orders() {
    let catalog = Catalog::shipped();
    let war = || {
        Sim::new(
            Arc::new(catalog.rules.clone()),
            catalog.scenarios["mw-concordat"].clone(),
            3,
        )
    };
    for seat in ["allies", "dcp"] {
        let view = war().view(&Key::new(seat)).expect("a seat");
        for level in [Level::Steady, Level::Veteran] {
            assert_eq!(ai::plan(level, &view, 9), ai::plan(level, &view, 9));
        }
    }
}
