//! Scripted policies: each plays as a level does, in stances of its own. Single stances held all through a war are what
//! a mixed play is measured against.

use std::{collections::BTreeMap, fmt, sync::Arc};

use angelfire::{
    ai::{self, Level},
    content::{Catalog, Force, Key, Seat, Stance},
    sim::{
        Sim,
        map::Graph,
        order::{Action, Order, check},
        view::{Ending, OwnForce, SeatView},
    },
};

/// Below this many hit points a force is a picket; its stance is left to the level.
const FLEET: i64 = 3 * angelfire::content::HP_PER_SP;

/// What a script looks at before it takes a stance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// Always.
    Always,
    /// Most of the hostile strength within two lanes was last seen in this stance.
    Foe(&'static str),
    /// The fleet stands in cover.
    Cover,
    /// From this turn on.
    From(u32),
    /// The side's gunners are in order: some meter is past its threshold.
    Organised,
}

/// A policy. Without stances it is the level's own play; of its stances the last whose condition holds is taken.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Where it goes, what it fires at.
    pub level: Level,
    /// How it meets the enemy.
    pub stances: &'static [(Seen, &'static str)],
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stances {
            [] => f.pad(self.level.name()),
            [(Seen::Always, stance)] => f.pad(&format!("{stance} only")),
            many => f.pad(&many.iter().map(|(_, s)| *s).collect::<Vec<_>>().join("+")),
        }
    }
}

/// A level's own play.
pub const fn level(level: Level) -> Policy {
    Policy {
        level,
        stances: &[],
    }
}

/// Steady's marches and fire, in these stances.
pub const fn script(stances: &'static [(Seen, &'static str)]) -> Policy {
    Policy {
        level: Level::Steady,
        stances,
    }
}

impl Policy {
    /// The orders of a seat for this turn.
    pub fn orders(&self, view: &SeatView, stream: u64) -> Vec<Order> {
        let mut orders: Vec<Order> = ai::plan(self.level, view, stream)
            .into_iter()
            .map(|o| o.order)
            .collect();
        if self.stances.is_empty() {
            return orders;
        }
        let graph = Graph::new(&view.map);
        for (id, force) in view
            .forces
            .iter()
            .filter(|(_, f)| f.mine && f.full_strength > FLEET)
        {
            let Some(stance) = self.stance(view, &graph, force) else {
                continue;
            };
            orders.retain(|o| o.force != *id || !matches!(o.action, Action::Stance(_)));
            let order = Order {
                force: Key::<Force>::clone(id),
                action: Action::Stance(stance.clone()),
            };
            if force.stance != stance && check(view, &order).is_ok() {
                orders.push(order);
            }
        }
        orders
    }

    fn stance(&self, view: &SeatView, graph: &Graph, force: &OwnForce) -> Option<Key<Stance>> {
        let here = force.place.sector();
        let mut near: BTreeMap<&str, i64> = BTreeMap::new();
        for contact in view.contacts.values().filter(|c| {
            view.hostile.contains(&c.side)
                && c.strength.1 >= FLEET
                && graph.hops(here, c.place.sector()).is_some_and(|h| h <= 2)
        }) {
            if let Some(stance) = &contact.stance {
                *near.entry(stance.as_str()).or_default() += contact.strength.1;
            }
        }
        let foe = near.into_iter().max_by_key(|(_, hp)| *hp).map(|(s, _)| s);
        let holds = |seen: &Seen| match seen {
            Seen::Always => true,
            Seen::Foe(stance) => foe == Some(*stance),
            Seen::Cover => view
                .map
                .sectors
                .get(here)
                .and_then(|s| view.rules.terrain.get(&s.terrain))
                .is_some_and(|t| t.cover),
            Seen::From(turn) => view.turn >= *turn,
            Seen::Organised => view.rules.meters.iter().any(|(k, m)| {
                let value = view.meters.get(k).copied().unwrap_or(0);
                m.thresholds.iter().any(|t| value >= t.at)
            }),
        };
        self.stances
            .iter()
            .rev()
            .find(|(seen, _)| holds(seen))
            .map(|(_, stance)| Key::new(stance))
    }
}

/// Plays a war on from where it is, to its end.
pub fn play_on(sim: &mut Sim, policies: &BTreeMap<Key<Seat>, Policy>, seed: u64) -> Ending {
    loop {
        if let Some(ending) = sim.ended() {
            return ending.clone();
        }
        turn(sim, policies, seed);
    }
}

/// Plays one turn.
pub fn turn(sim: &mut Sim, policies: &BTreeMap<Key<Seat>, Policy>, seed: u64) {
    for (seat, policy) in policies {
        let view = sim.view(seat).expect("a seat of the scenario");
        let orders = policy.orders(&view, seed);
        sim.submit(seat, orders).expect("a seat of the scenario");
    }
    sim.resolve_turn();
}

/// A new war of `mw-concordat`.
pub fn concordat(catalog: &Catalog, seed: u64) -> Sim {
    Sim::new(
        Arc::new(catalog.rules.clone()),
        catalog.scenarios["mw-concordat"].clone(),
        seed,
    )
}

/// The two policies of a war of `mw-concordat`.
pub fn pair(allies: Policy, dcp: Policy) -> BTreeMap<Key<Seat>, Policy> {
    BTreeMap::from([(Key::new("allies"), allies), (Key::new("dcp"), dcp)])
}
