//! How long things take: `cargo bench`. Figures, not tests; the aims stand beside each.

use std::{collections::BTreeMap, sync::Arc};

use angelfire::{
    ai::{self, Level},
    content::{Catalog, Key},
    sim::{Sim, forecast},
    war::{Player, Setup, War, record},
};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn war(catalog: &Arc<Catalog>) -> War {
    let setup = Setup::new("mw-concordat", 1)
        .with("allies", Player::Computer(Level::Steady))
        .with("dcp", Player::Computer(Level::Steady));
    let mut war = War::begin(catalog.clone(), setup).expect("a shipped scenario");
    while war.ended().is_none() {
        war.end_turn().expect("no autosave is set");
    }
    war
}

/// A whole war with two computer sides; aim below 400 ms.
#[divan::bench(sample_count = 10)]
fn whole_war(bencher: Bencher) {
    let catalog = Arc::new(Catalog::shipped());
    bencher.bench_local(|| war(black_box(&catalog)));
}

/// From nothing to the end of the first turn; aim below 200 ms.
#[divan::bench(sample_count = 20)]
fn start_to_first_turn() -> u32 {
    let catalog = Catalog::shipped();
    let scenario = catalog.scenarios["mw-concordat"].clone();
    let mut sim = Sim::new(Arc::new(catalog.rules), scenario, 1);
    sim.resolve_turn().turn
}

/// One forecast of a thousand fights; aim below 10 ms.
#[divan::bench(sample_count = 50)]
fn forecast_of_a_thousand(bencher: Bencher) {
    let catalog = Catalog::shipped();
    let scenario = catalog.scenarios["mw-concordat"].clone();
    let mut sim = Sim::new(Arc::new(catalog.rules.clone()), scenario, 1);
    let seats: BTreeMap<_, _> = [("allies", Level::Steady), ("dcp", Level::Steady)].into();
    let found = (0..20).find_map(|_| {
        for (seat, level) in &seats {
            let seat = Key::new(seat);
            let view = sim.view(&seat).expect("a seat");
            let orders = ai::plan(*level, &view, 1)
                .into_iter()
                .map(|o| o.order)
                .collect();
            sim.submit(&seat, orders).expect("a seat");
        }
        sim.resolve_turn();
        let view = sim.view(&Key::new("dcp")).expect("a seat");
        let place = view.contacts.values().find_map(|contact| {
            let unit: Vec<_> = view
                .forces
                .iter()
                .filter(|(_, f)| f.mine)
                .map(|(k, f)| forecast::own_unit(&view, k, f))
                .take(4)
                .collect();
            let place = contact.place.sector().clone();
            forecast::against(&view, &place, unit.clone(), true, &[contact], 0, 1, 1)
                .map(|_| (place, unit, contact.clone()))
        });
        place.map(|(place, units, contact)| (view, place, units, contact))
    });
    let (view, place, units, contact) = found.expect("the sides meet within twenty turns");
    bencher.bench_local(|| {
        forecast::against(&view, &place, units.clone(), true, &[&contact], 0, 1000, 1)
    });
}

/// Proving a finished war again from its record; aim below 300 ms.
#[divan::bench(sample_count = 10)]
fn verify(bencher: Bencher) {
    let catalog = Arc::new(Catalog::shipped());
    let text = record::write(war(&catalog).record());
    let reading = record::read(text.as_bytes()).expect("our own record");
    bencher.bench_local(|| record::verify(&catalog, black_box(&reading)));
}

/// Writing a finished war as text; aim below 25 ms and 100 KB.
#[divan::bench(sample_count = 20)]
fn write(bencher: Bencher) {
    let catalog = Arc::new(Catalog::shipped());
    let war = war(&catalog);
    eprintln!(
        "a finished war: {} bytes",
        record::write(war.record()).len()
    );
    bencher.bench_local(|| record::write(black_box(war.record())));
}
