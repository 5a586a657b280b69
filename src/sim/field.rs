//! What does not change during a war: rules, scenario, chart, seed. One resource that every step reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::ecs::resource::Resource;

use super::{
    dice::{Dice, Domain},
    journal::Witnesses,
    map::{Graph, distance},
    order::Party,
    stats::is_paired,
};
use crate::content::{
    Bears, Class, Faction, Force, Key, Lane, Map, Relation, Rules, Scenario, Seat, Sector, Side,
    Verdict,
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
    /// Whether any modifier of the rules asks whom a shot is exchanged with: then no part of its chance stands alone.
    pub paired: bool,
    /// Classes of ship with which each side begins the war: common knowledge.
    pub fleets: Arc<BTreeMap<Key<Side>, BTreeSet<Key<Class>>>>,
    /// The war's seed.
    pub seed: u64,
    /// How sides stand to one another and whom factions obey, where the war has changed that: as `Story` has it.
    pub changes: Arc<Changes>,
}

/// What a war has changed of how sides and factions stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// Between two sides.
    pub relations: BTreeMap<Key<Side>, BTreeMap<Key<Side>, Relation>>,
    /// Whom factions obey.
    pub allegiance: BTreeMap<Key<Faction>, Key<Seat>>,
}

/// The lanes of a map in the order of their names, with their ends by number.
fn lanes(map: &Map, graph: &Graph) -> Vec<(usize, usize, Lane)> {
    let ends = |lane: &Lane| graph.number(&lane.ends.0).zip(graph.number(&lane.ends.1));
    let all = map.lanes.values();
    all.filter_map(|lane| ends(lane).map(|(a, b)| (a, b, lane.clone())))
        .collect()
}

/// The classes of ship with which each side begins the war.
fn fleets(scenario: &Scenario) -> BTreeMap<Key<Side>, BTreeSet<Key<Class>>> {
    let mut fleets: BTreeMap<Key<Side>, BTreeSet<Key<Class>>> = BTreeMap::new();
    let there = scenario.forces.values().filter(|f| f.arrives == Some(1));
    for force in there {
        let seat = scenario.factions.get(&force.faction).map(|f| &f.seat);
        let Some(seat) = seat.and_then(|seat| scenario.seats.get(seat)) else {
            continue;
        };
        let classes = fleets.entry(seat.side.clone()).or_default();
        let ships = force.ships.iter().filter(|(_, hulls)| **hulls > 0);
        classes.extend(ships.map(|(class, _)| class.clone()));
    }
    fleets
}

/// The sides of a scenario numbered in the order of their names, and how each stands to each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Relations {
    sides: Vec<Key<Side>>,
    table: Vec<Relation>,
    /// Seats that see what a side sees, by its number.
    watchers: Vec<Witnesses>,
}

impl Relations {
    /// Those of a scenario, as the war has changed them.
    pub fn of(scenario: &Scenario, changes: &Changes) -> Self {
        let sides: Vec<Key<Side>> = scenario.sides.keys().cloned().collect();
        let pairs = sides.iter().flat_map(|a| sides.iter().map(move |b| (a, b)));
        let table = pairs
            .map(|(a, b)| listed(scenario, changes, a, b))
            .collect();
        let watchers = sides.iter().map(|side| {
            let relation = |of: &Key<Side>| listed(scenario, changes, side, of);
            watchers(scenario, relation)
        });
        Self {
            watchers: watchers.collect(),
            sides,
            table,
        }
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

/// Seats whose sides have these relations to somebody and share his sensors.
fn watchers(scenario: &Scenario, relation: impl Fn(&Key<Side>) -> Relation) -> Witnesses {
    let seats = scenario.seats.iter();
    let watching = seats.filter(|(_, seat)| relation(&seat.side).shares_sensors);
    watching.map(|(key, _)| key.clone()).collect()
}

/// How two sides stand: as the war has it, else by the scenario's list. A side is allied to itself; strangers are hostile.
fn listed(scenario: &Scenario, changes: &Changes, a: &Key<Side>, b: &Key<Side>) -> Relation {
    if a == b {
        return Relation {
            hostile: false,
            shares_sensors: true,
            shares_supply: true,
        };
    }
    let now = &changes.relations;
    let changed = now
        .get(a)
        .and_then(|of| of.get(b))
        .or_else(|| now.get(b).and_then(|of| of.get(a)));
    if let Some(relation) = changed {
        return relation.clone();
    }
    let table = &scenario.relations;
    table
        .get(&(a.clone(), b.clone()))
        .or_else(|| table.get(&(b.clone(), a.clone())))
        .cloned()
        .unwrap_or(STRANGERS)
}

impl Field {
    /// That of a war by these rules, of which only what is in play is left.
    pub(super) fn of(rules: Arc<Rules>, scenario: Arc<Scenario>, seed: u64) -> Self {
        rules.settle();
        let graph = Arc::new(Graph::new(&scenario.map));
        Self {
            paired: is_paired(&rules),
            relations: Arc::new(Relations::of(&scenario, &Changes::default())),
            lanes: Arc::new(lanes(&scenario.map, &graph)),
            fleets: Arc::new(fleets(&scenario)),
            chart: Arc::new(scenario.map.clone()),
            verdict: Arc::new(scenario.verdict.clone()),
            rules,
            scenario,
            graph,
            seed,
            changes: Arc::default(),
        }
    }

    /// The war's own dice for one subject of one step.
    pub fn dice(&self, turn: u32, step: &str, subject: &str) -> Dice {
        Dice::new(Domain::War, self.seed, turn, step, subject)
    }

    /// How two sides stand to one another. A side is allied to itself; strangers are hostile.
    pub fn relation(&self, a: &Key<Side>, b: &Key<Side>) -> Relation {
        match (self.relations.number(a), self.relations.number(b)) {
            (Some(a), Some(b)) => self.relations.between(a, b).clone(),
            _ => listed(&self.scenario, &self.changes, a, b),
        }
    }

    /// The same with what the war has changed of how sides and factions stand.
    pub(super) fn change(&mut self, changes: Changes) {
        self.relations = Arc::new(Relations::of(&self.scenario, &changes));
        self.changes = Arc::new(changes);
    }

    /// Whether they fight on sight.
    pub fn hostile(&self, a: &Key<Side>, b: &Key<Side>) -> bool {
        self.relation(a, b).hostile
    }

    /// Whose something of the second side is, seen from the first.
    pub(super) fn party(&self, side: &Key<Side>, owner: &Key<Side>) -> Party {
        let relation = self.relation(side, owner);
        if side == owner {
            Party::Own
        } else if relation.hostile {
            Party::Foe
        } else if relation.shares_supply {
            Party::Friend
        } else {
            Party::Other
        }
    }

    /// The side a seat plays for.
    pub fn side_of(&self, seat: &Key<Seat>) -> Option<&Key<Side>> {
        self.scenario.seats.get(seat).map(|s| &s.side)
    }

    /// The side a force of this name belongs or belonged to: detachments carry the name of the force they left.
    pub fn side_of_force(&self, force: &Key<Force>) -> Option<Key<Side>> {
        let origin = force.as_str().split(".t").next()?;
        let faction = &self.scenario.forces.get(origin)?.faction;
        self.side_of(self.seat_of(faction)?).cloned()
    }

    /// Whom a faction obeys now.
    pub fn seat_of(&self, faction: &Key<Faction>) -> Option<&Key<Seat>> {
        let now = self.changes.allegiance.get(faction);
        now.or_else(|| Some(&self.scenario.factions.get(faction)?.seat))
    }

    /// Whether what stands in a place and is a side's bears on another side.
    pub fn bears(&self, bears: Bears, of: &Key<Side>, on: &Key<Side>) -> bool {
        match bears {
            Bears::All => true,
            Bears::Own => self.relation(of, on).shares_supply,
            Bears::Foes => self.hostile(of, on),
        }
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
    pub fn watchers(&self, side: &Key<Side>) -> Witnesses {
        match self.relations.number(side) {
            Some(number) => self.relations.watchers[number].clone(),
            None => watchers(&self.scenario, |of| self.relation(side, of)),
        }
    }

    /// All seats.
    pub fn everybody(&self) -> Witnesses {
        self.scenario.seats.keys().cloned().collect()
    }

    /// Straight-line distance between two sectors, chart units.
    pub fn range(&self, a: &Key<Sector>, b: &Key<Sector>) -> i32 {
        let at = |sector| self.graph.at(self.graph.number(sector)?);
        match (at(a), at(b)) {
            (Some(a), Some(b)) => distance(a, b),
            _ => i32::MAX,
        }
    }
}
