//! One test a rule, on a field of three seats.

mod battle;
mod council;
mod fire;
mod march;
mod meters;
mod outlook;
mod rear;
mod verdict;

use std::sync::Arc;

use angelfire::{
    content::Catalog,
    sim::{Sim, laws, stats::Bearer},
};

use crate::fixture::{Field, random_orders};

/// Seats that play by the rules can do whatever they like: no law is ever broken.
#[test]
fn random_legal_orders_keep_the_laws() {
    let mut phases = std::collections::BTreeSet::new();
    for stream in 0..5 {
        let mut sim = Field::crowded().seed(stream).war().sim;
        for turn in 1..=40 {
            for (seat, orders) in random_orders(&sim, stream, false) {
                sim.submit(&seat, orders).expect("a seat");
            }
            let report = sim.resolve_turn();
            phases.extend(report.journal.iter().map(|e| e.phase));
            assert_eq!(
                laws::broken(&sim),
                Vec::<String>::new(),
                "turn {turn}, stream {stream}"
            );
        }
    }
    assert!(phases.len() >= 8, "only {phases:?} had anything to tell");
}

/// What may not be ordered changes nothing but the refusals.
#[test]
fn illegal_orders_change_nothing() {
    for stream in 0..4 {
        let mut idle = Field::crowded().war().sim;
        let mut noisy = Field::crowded().war().sim;
        for turn in 1..=10 {
            let mut given = 0;
            for (seat, orders) in random_orders(&noisy, stream, true) {
                given += orders.len();
                noisy.submit(&seat, orders).expect("a seat");
            }
            let quiet = idle.resolve_turn();
            let refused = noisy.resolve_turn();
            assert_eq!(quiet.hashes.state, refused.hashes.state, "turn {turn}");
            assert_eq!(quiet.journal.len() + given, refused.journal.len());
        }
    }
}

/// What a seat is shown of its own forces counts each trait once, though a force and its commander are both listed.
#[test]
fn a_trait_of_a_commander_counts_once() {
    let catalog = Catalog::shipped();
    let mut counted = 0;
    for (key, scenario) in &catalog.scenarios {
        let (rules, scenario) = (catalog.rules.clone(), scenario.clone());
        let sim = Sim::new(Arc::new(rules), scenario, 1);
        for seat in catalog.scenarios[key].seats.keys() {
            let view = sim.view(seat).expect("a seat");
            let stats = catalog.rules.traits.values().flat_map(|t| &t.modifiers);
            for stat in stats.map(|m| m.stat) {
                for (id, force) in view.forces.iter().filter(|(_, f)| f.commander.is_some()) {
                    let sum = Bearer::own(&view.rules, force, None, None).stat(stat, 0, 0, 100_000);
                    let names: Vec<&str> = sum.parts.iter().map(|p| p.name.as_str()).collect();
                    let once: std::collections::BTreeSet<&str> = names.iter().copied().collect();
                    assert_eq!(names.len(), once.len(), "{id}: {sum:?}");
                    counted += names.len();
                }
            }
        }
    }
    assert!(counted > 0);
}
