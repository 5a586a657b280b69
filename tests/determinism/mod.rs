//! Same orders, same war.

use std::sync::Arc;

use angelfire::{
    content::Catalog,
    sim::{Sim, laws},
};

#[test]
fn passive_war_keeps_the_laws() {
    let catalog = Catalog::shipped();
    let scenario = Arc::new(catalog.scenarios["mw-concordat"].clone());
    let rules = Arc::new(catalog.rules.clone());
    let mut sim = Sim::new(rules, scenario, 1);
    while sim.ended().is_none() {
        let report = sim.resolve_turn();
        eprintln!(
            "{} {} {} entries",
            report.turn,
            report.hashes.state,
            report.journal.len()
        );
        assert_eq!(
            laws::broken(&sim),
            Vec::<String>::new(),
            "turn {}",
            report.turn
        );
    }
    eprintln!("{:?}", sim.ended());
}
