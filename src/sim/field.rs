//! What does not change during a war: rules, scenario, chart, seed. One resource that every step reads.

use std::{collections::BTreeSet, sync::Arc};

use bevy::ecs::resource::Resource;

use super::{
    dice::{Dice, Domain},
    map::{Graph, range},
};
use crate::content::{
    Force, Key, Lane, Map, Relation, Rules, Scenario, Seat, Sector, Side, Verdict,
};

/// Rules, scenario, chart and seed of the war.
#[derive(Resource, Clone)]
pub struct Field {
    /// What counts.
    pub rules: Arc<Rules>,
    /// Where, who, what about.
    pub scenario: Arc<Scenario>,
    /// The scenario's map by itself: views share it.
    pub chart: Arc<Map>,
    /// The scenario's verdict by itself: views share it.
    pub verdict: Arc<Verdict>,
    /// The chart as a graph.
    pub graph: Arc<Graph>,
    /// How sides stand to one another, by number.
    pub relations: Arc<Relations>,
    /// Lanes in the order of their names, with their ends by number.
    pub lanes: Arc<Vec<(usize, usize, Lane)>>,
    /// The war's seed.
    pub seed: u64,
}

/// The lanes of a map in the order of their names, with their ends by number.
pub(super) fn lanes(map: &Map, graph: &Graph) -> Vec<(usize, usize, Lane)> {
    let ends = |lane: &Lane| graph.number(&lane.ends.0).zip(graph.number(&lane.ends.1));
    let all = map.lanes.values();
    all.filter_map(|lane| ends(lane).map(|(a, b)| (a, b, lane.clone())))
        .collect()
}

/// The sides of a scenario numbered in the order of their names, and how each stands to each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relations {
    sides: Vec<Key<Side>>,
    table: Vec<Relation>,
}

impl Relations {
    /// Those of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let sides: Vec<Key<Side>> = scenario.sides.keys().cloned().collect();
        let pairs = sides.iter().flat_map(|a| sides.iter().map(move |b| (a, b)));
        let table = pairs.map(|(a, b)| listed(scenario, a, b)).collect();
        Self { sides, table }
    }
    /// How many sides there are.
    pub fn len(&self) -> usize {
        self.sides.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sides.is_empty()
    }
    /// Sides by number.
    pub fn sides(&self) -> &[Key<Side>] {
        &self.sides
    }
    /// The number of a side.
    pub fn number(&self, side: &Key<Side>) -> Option<usize> {
        // Few enough to be looked through, and mostly copies of these very names.
        self.sides.iter().position(|s| s == side)
    }
    /// How two sides stand to one another; whoever is no side of the scenario is a stranger to all.
    pub fn between(&self, a: usize, b: usize) -> &Relation {
        if a < self.len() && b < self.len() {
            &self.table[a * self.len() + b]
        } else {
            &STRANGERS
        }
    }
    /// Whether they fight on sight.
    pub fn hostile(&self, a: usize, b: usize) -> bool {
        self.between(a, b).hostile
    }
}

/// How sides stand of which nothing is said.
const STRANGERS: Relation = Relation {
    hostile: true,
    shares_sensors: false,
    shares_supply: false,
};

/// How two sides stand by the scenario's list. A side is allied to itself; strangers are hostile.
fn listed(scenario: &Scenario, a: &Key<Side>, b: &Key<Side>) -> Relation {
    if a == b {
        return Relation {
            hostile: false,
            shares_sensors: true,
            shares_supply: true,
        };
    }
    let table = &scenario.relations;
    table
        .get(&(a.clone(), b.clone()))
        .or_else(|| table.get(&(b.clone(), a.clone())))
        .cloned()
        .unwrap_or(STRANGERS)
}

impl Field {
    /// The war's own dice for one subject of one step.
    pub fn dice(&self, turn: u32, step: &str, subject: &str) -> Dice {
        Dice::new(Domain::War, self.seed, turn, step, subject)
    }

    /// How two sides stand to one another. A side is allied to itself; strangers are hostile.
    pub fn relation(&self, a: &Key<Side>, b: &Key<Side>) -> Relation {
        match (self.relations.number(a), self.relations.number(b)) {
            (Some(a), Some(b)) => self.relations.between(a, b).clone(),
            _ => listed(&self.scenario, a, b),
        }
    }

    /// Whether they fight on sight.
    pub fn hostile(&self, a: &Key<Side>, b: &Key<Side>) -> bool {
        self.relation(a, b).hostile
    }

    /// The side a seat plays for.
    pub fn side_of(&self, seat: &Key<Seat>) -> Option<&Key<Side>> {
        self.scenario.seats.get(seat).map(|s| &s.side)
    }

    /// The side a force of this name belongs or belonged to: detachments carry the name of the force they left.
    pub fn side_of_force(&self, force: &Key<Force>) -> Option<Key<Side>> {
        let origin = force.as_str().split(".t").next()?;
        let faction = &self.scenario.forces.get(origin)?.faction;
        self.side_of(&self.scenario.factions.get(faction)?.seat)
            .cloned()
    }

    /// Seats of a side.
    pub fn seats_of<'a>(&'a self, side: &'a Key<Side>) -> impl Iterator<Item = &'a Key<Seat>> {
        self.scenario
            .seats
            .iter()
            .filter(move |(_, s)| s.side == *side)
            .map(|(k, _)| k)
    }

    /// Seats that see what a side sees: its own and those it shares sensors with.
    pub fn watchers(&self, side: &Key<Side>) -> BTreeSet<Key<Seat>> {
        self.scenario
            .seats
            .iter()
            .filter(|(_, s)| self.relation(side, &s.side).shares_sensors)
            .map(|(k, _)| k.clone())
            .collect()
    }

    /// All seats.
    pub fn everybody(&self) -> BTreeSet<Key<Seat>> {
        self.scenario.seats.keys().cloned().collect()
    }

    /// Straight-line distance between two sectors, chart units.
    pub fn range(&self, a: &Key<Sector>, b: &Key<Sector>) -> i32 {
        range(&self.scenario.map, a, b)
    }
}
