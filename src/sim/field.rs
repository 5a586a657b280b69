//! What does not change during a war: rules, scenario, chart, seed. One resource that every step reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::ecs::resource::Resource;

use super::{
    dice::{Dice, Domain},
    map::{Graph, range},
};
use crate::content::{
    Bears, Faction, Force, Key, Map, Relation, Rules, Scenario, Seat, Sector, Side, Verdict,
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

impl Field {
    /// The war's own dice for one subject of one step.
    pub fn dice(&self, turn: u32, step: &str, subject: &str) -> Dice {
        Dice::new(Domain::War, self.seed, turn, step, subject)
    }

    /// How two sides stand to one another. A side is allied to itself; strangers are hostile.
    pub fn relation(&self, a: &Key<Side>, b: &Key<Side>) -> Relation {
        if a == b {
            return Relation {
                hostile: false,
                shares_sensors: true,
                shares_supply: true,
            };
        }
        let now = &self.changes.relations;
        let changed = now
            .get(a)
            .and_then(|of| of.get(b))
            .or_else(|| now.get(b).and_then(|of| of.get(a)));
        if let Some(relation) = changed {
            return relation.clone();
        }
        let table = &self.scenario.relations;
        table
            .get(&(a.clone(), b.clone()))
            .or_else(|| table.get(&(b.clone(), a.clone())))
            .cloned()
            .unwrap_or(Relation {
                hostile: true,
                shares_sensors: false,
                shares_supply: false,
            })
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
