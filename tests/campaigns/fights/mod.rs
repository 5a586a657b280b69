//! Fights of real wars, each with what a seat knew and had ordered before it: what forecasts are held against. Used by
//! the test beside it (some wars) and by `cargo bench --bench forecast` (two hundred).
//!
//! A fight counts once for each of its two seats, if both parties are more than pickets and the seat knew of any of the
//! enemy's forces before the turn: else there was nothing to ask about. The forecast is told who meets whom and where, as
//! whoever asks it is, and reads the seat's view for all else; it is held against what the whole of the enemy's party
//! lost, known to the seat or not. A fight is *stale* if half or more of the enemy's strength was last seen a turn ago or
//! more, or never.
//!
//! Wars between sides that always see each other would have nothing stale in them. So seats play in several manners, one
//! of which hides (`stalker`): it lets the enemy lose it, and comes back by forced march.

pub mod coverage;
mod stalker;

use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc};

use angelfire::{
    ai::{self, Level},
    content::{Catalog, Force, Key, Seat, Sector},
    sim::{
        Sim, Unit,
        forecast::{self, Forecast},
        journal::{Party, What},
        order::Order,
        state::{Id, Knowledge, Place},
        view::{Contact, SeatView},
    },
};
use rayon::prelude::*;

/// Below this many hit points a party is a picket, and its end no fight.
pub const FIGHT: i64 = 300;

/// One seat's side of one fight.
pub struct Case {
    /// What the seat knew, with its own orders of the turn in it.
    pub view: Arc<SeatView>,
    /// Where.
    pub place: Key<Sector>,
    /// Its forces.
    pub own: Vec<Key<Force>>,
    /// Those of the enemy's forces that it knew of.
    pub foes: Vec<Key<Contact>>,
    /// Half or more of the enemy's strength was last seen a turn ago or more, or never.
    pub stale: bool,
    /// Whether the seat attacked.
    pub attacks: bool,
    /// What the seat lost, and what the enemy did, known or not; hit points.
    pub lost: (i64, i64),
    /// Seeds the forecast.
    pub stream: u64,
}

impl Case {
    /// The forecast that the seat could have asked for.
    pub fn forecast(&self, samples: u32) -> Option<Forecast> {
        let view = &self.view;
        let units: Vec<Unit> = self
            .own
            .iter()
            .filter_map(|k| view.forces.get(k).map(|f| forecast::own_unit(view, k, f)))
            .collect();
        let foes: Vec<&Contact> = self
            .foes
            .iter()
            .filter_map(|k| view.contacts.get(k))
            .collect();
        let entering = self
            .own
            .iter()
            .filter_map(|k| view.forces.get(k))
            .any(|f| *f.place.sector() != self.place);
        forecast::against(
            view,
            &self.place,
            units,
            entering,
            &foes,
            0,
            samples,
            self.stream,
        )
    }
}

/// How a seat plays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    /// As the opponent of this level does.
    Plain(Level),
    /// Steady; but every few days it goes out of sight, lies silent, and falls on whoever is near.
    Stalker,
}

/// Manners by seed: each seat's turns over at its own pace, so that all meet all.
const MANNERS: [Manner; 7] = [
    Manner::Plain(Level::Steady),
    Manner::Stalker,
    Manner::Stalker,
    Manner::Plain(Level::Rush),
    Manner::Stalker,
    Manner::Stalker,
    Manner::Plain(Level::Hoard),
];

/// All fights of the wars of these seeds.
pub fn of_wars(catalog: &Catalog, seeds: RangeInclusive<u64>) -> Vec<Case> {
    seeds
        .into_par_iter()
        .flat_map_iter(|seed| of_war(catalog, seed))
        .collect()
}

/// What a seat knew and ordered before the turn, and its names for foreign forces.
struct Known {
    view: Arc<SeatView>,
    names: BTreeMap<Key<Force>, Key<Contact>>,
}

fn of_war(catalog: &Catalog, seed: u64) -> Vec<Case> {
    let manner = |n: u64| MANNERS[(n % MANNERS.len() as u64) as usize];
    let seats = [
        (Key::new("allies"), manner(seed)),
        (Key::new("dcp"), manner(seed / MANNERS.len() as u64)),
    ];
    let mut cases = Vec::new();
    let scenario = catalog.scenarios["mw-concordat"].clone();
    let rules = catalog.rules.within_reach(&scenario);
    let mut sim = Sim::new(Arc::new(rules), scenario, seed);
    while sim.ended().is_none() {
        let known: BTreeMap<Key<Seat>, Known> = seats
            .iter()
            .map(|(seat, manner)| (seat.clone(), plan(&mut sim, seat, *manner, seed)))
            .collect();
        let truth = sim.referee_view();
        for entry in sim.resolve_turn().journal.iter().cloned() {
            let What::Battle {
                place: Place::Sector(place),
                attacker,
                defender,
                ..
            } = entry.what
            else {
                continue;
            };
            for (own, foe, attacks) in [(&attacker, &defender, true), (&defender, &attacker, false)]
            {
                if own.strength >= FIGHT && foe.strength >= FIGHT {
                    let known = &known[own.side.as_str()];
                    cases.extend(case(known, &truth, &place, own, foe, attacks, seed));
                }
            }
        }
    }
    cases
}

/// One seat's side of a fight; none if it knew of none of the enemy's forces: then there was nothing to ask about.
fn case(
    known: &Known,
    truth: &SeatView,
    place: &Key<Sector>,
    own: &Party,
    foe: &Party,
    attacks: bool,
    seed: u64,
) -> Option<Case> {
    let mut foes = Vec::new();
    let (mut fresh, mut all) = (0, 0);
    for force in &foe.forces {
        let strength = truth.forces.get(force).map_or(0, |f| f.strength);
        all += strength;
        if let Some(name) = known.names.get(force)
            && let Some(contact) = known.view.contacts.get(name)
        {
            foes.push(name.clone());
            fresh += if contact.age == 0 { strength } else { 0 };
        }
    }
    let own_forces = own
        .forces
        .iter()
        .filter(|k| known.view.forces.contains_key(*k));
    (!foes.is_empty()).then(|| Case {
        view: known.view.clone(),
        place: place.clone(),
        own: own_forces.cloned().collect(),
        foes,
        stale: fresh * 2 <= all,
        attacks,
        lost: (own.lost, foe.lost),
        stream: seed,
    })
}

fn plan(sim: &mut Sim, seat: &Key<Seat>, manner: Manner, seed: u64) -> Known {
    let view = sim.view(seat).expect("a seat");
    let orders = match manner {
        Manner::Plain(level) => steady(level, &view, seed),
        Manner::Stalker => stalker::plan(&view, seed),
    };
    let view = forecast::ordered(&view, &orders);
    sim.submit(seat, orders).expect("a seat");
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
    Known {
        view: Arc::new(view),
        names,
    }
}

/// Orders as the opponent of this level gives them.
fn steady(level: Level, view: &SeatView, seed: u64) -> Vec<Order> {
    ai::plan(level, view, seed)
        .into_iter()
        .map(|o| o.order)
        .collect()
}
