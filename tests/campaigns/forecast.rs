//! Whether forecasts hold what they say: over fights of real wars, at what each seat really knew, half of the losses
//! fall into the middle band and nine in ten into the wide one. Few wars, so the bounds are wide.

use std::{collections::BTreeMap, sync::Arc};

use angelfire::{
    ai::{self, Level},
    content::{Catalog, Force, Key, Seat},
    sim::{
        Sim, forecast,
        journal::{Party, What},
        order::Action,
        state::{Id, Knowledge, Place},
        view::{Contact, SeatView},
    },
};
use rayon::prelude::*;

/// What a seat knew before the turn, with the stances it has just ordered, and its own names for foreign forces.
struct Known {
    view: SeatView,
    names: BTreeMap<Key<Force>, Key<Contact>>,
}

/// A loss that came, and the quantiles that were forecast for it.
type Outcome = (i64, [i64; 5]);

fn war(catalog: &Catalog, seed: u64) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let scenario = Arc::new(catalog.scenarios["mw-concordat"].clone());
    let mut sim = Sim::new(Arc::new(catalog.rules.clone()), scenario, seed);
    while sim.ended().is_none() {
        let known: BTreeMap<Key<Seat>, Known> = ["allies", "dcp"]
            .into_iter()
            .map(|seat| (Key::new(seat), plan(&mut sim, &Key::new(seat), seed)))
            .collect();
        for entry in sim.resolve_turn().journal {
            let What::Battle {
                place: Place::Sector(place),
                attacker,
                defender,
                ..
            } = entry.what
            else {
                continue;
            };
            for (own, foe, entering) in
                [(&attacker, &defender, true), (&defender, &attacker, false)]
            {
                // A picket's end is no fight.
                if own.strength < 300 || foe.strength < 300 {
                    continue;
                }
                let known = &known[own.side.as_str()];
                outcomes.extend(forecasts(known, &place, own, foe, entering, seed));
            }
        }
    }
    outcomes
}

fn plan(sim: &mut Sim, seat: &Key<Seat>, seed: u64) -> Known {
    let mut view = sim.view(seat).expect("a seat");
    let orders = ai::plan(Level::Steady, &view, seed);
    for order in &orders {
        if let (Action::Stance(stance), Some(force)) =
            (&order.order.action, view.forces.get_mut(&order.order.force))
            && !view.rules.stances[stance].prepares
        {
            force.stance = stance.clone();
        }
    }
    for force in view.forces.values_mut() {
        if let Some(stance) = force.forming.clone() {
            force.stance = stance;
        }
    }
    sim.submit(seat, orders.into_iter().map(|o| o.order).collect())
        .expect("a seat");
    let world = sim.world_mut();
    let mut query = world.query::<(&Id, &Knowledge)>();
    let names = query
        .iter(world)
        .filter(|(id, _)| id.key.as_str() == seat.as_str())
        .flat_map(|(_, k)| {
            k.contacts
                .iter()
                .map(|(name, c)| (c.force.clone(), name.clone()))
        })
        .collect();
    Known { view, names }
}

fn forecasts(
    known: &Known,
    place: &Key<angelfire::content::Sector>,
    own: &Party,
    foe: &Party,
    entering: bool,
    seed: u64,
) -> Vec<Outcome> {
    let view = &known.view;
    let units = own
        .forces
        .iter()
        .filter_map(|k| view.forces.get(k).map(|f| forecast::own_unit(view, k, f)))
        .collect();
    let foes: Vec<&Contact> = foe
        .forces
        .iter()
        .filter_map(|k| view.contacts.get(known.names.get(k)?))
        .collect();
    forecast::against(view, place, units, entering, &foes, 0, 200, seed)
        .map(|f| vec![(own.lost, f.own.quantiles), (foe.lost, f.hostile.quantiles)])
        .unwrap_or_default()
}

#[test]
fn bands_hold_what_they_say() {
    let catalog = Catalog::shipped();
    let outcomes: Vec<Outcome> = (1..=24_u64)
        .into_par_iter()
        .flat_map_iter(|seed| war(&catalog, seed))
        .collect();
    let share = |low: usize, high: usize| {
        let inside = outcomes
            .iter()
            .filter(|(lost, q)| (q[low]..=q[high]).contains(lost))
            .count();
        inside * 100 / outcomes.len()
    };
    let mut losses: Vec<i64> = outcomes.iter().map(|(lost, _)| *lost).collect();
    losses.sort_unstable();
    let spread = losses[losses.len() * 95 / 100] - losses[losses.len() * 5 / 100];
    let width = outcomes.iter().map(|(_, q)| q[4] - q[0]).sum::<i64>() / outcomes.len() as i64;
    let (half, most) = (share(1, 3), share(0, 4));
    let figures = format!(
        "{} losses: half {half}, most {most}, width {width} of {spread}",
        outcomes.len()
    );
    assert!(outcomes.len() >= 500, "{figures}");
    assert!((43..=58).contains(&half), "{figures}");
    assert!((84..=95).contains(&most), "{figures}");
    assert!(width * 10 <= spread * 8, "{figures}");
}
