//! What is asked of a force again and again, worked out once for as long as it stays as it is.

use std::sync::Arc;

use super::Unit;
use crate::{
    content::{HP_PER_SP, Key, Role, Weapon},
    sim::{
        field::Field,
        fire::armament,
        state::{Place, strength_of},
    },
};

/// What is asked of a force again and again, worked out once for as long as it stays as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Post {
    /// The number of the sector it is in or nearest to; beyond all others if the chart has none.
    pub at: usize,
    /// Whether it is in a sector, not on a lane.
    pub in_sector: bool,
    /// The number of its side; beyond all others if the scenario has none.
    pub side: usize,
    /// Hit points.
    pub strength: i64,
    /// Capitals, hit points.
    pub capitals: i64,
    /// Its posture keeps it out of battles.
    pub evades: bool,
    /// Its posture takes convoys.
    pub interdicts: bool,
    /// Fit mounts of each weapon it has any of, by name.
    pub guns: Arc<[(Key<Weapon>, i32)]>,
}

impl Post {
    pub(super) fn of(field: &Field, unit: &Unit) -> Self {
        let rules = &field.rules;
        let (mut strength, mut capitals) = (0, 0);
        for squadron in &unit.ships.0 {
            let class = rules.classes.get(&squadron.class);
            let points = strength_of(class, squadron);
            strength += points;
            if class.is_some_and(|c| c.role == Role::Capital) {
                capitals += points;
            }
        }
        Self {
            strength,
            capitals,
            guns: armament(rules, &unit.ships.0).into(),
            ..Self::placed(field, unit)
        }
    }

    /// What does not follow from ships.
    pub(super) fn placed(field: &Field, unit: &Unit) -> Self {
        let posture = unit.bearing.posture.as_ref();
        let posture = posture.and_then(|p| field.rules.postures.get(p));
        let at = field.graph.number(unit.place.sector());
        Self {
            at: at.unwrap_or(usize::MAX),
            in_sector: matches!(unit.place, Place::Sector(_)),
            side: field.relations.number(unit.side()).unwrap_or(usize::MAX),
            strength: 0,
            capitals: 0,
            evades: posture.is_some_and(|p| p.evades),
            interdicts: posture.is_some_and(|p| p.interdicts),
            guns: Arc::default(),
        }
    }

    /// Fit mounts of a weapon.
    pub fn mounts(&self, weapon: &Key<Weapon>) -> i32 {
        let found = self.guns.iter().find(|(of, _)| of == weapon);
        found.map_or(0, |(_, mounts)| *mounts)
    }

    /// Strength in strength points, at least one: what supply is counted by.
    pub fn points(&self) -> i64 {
        (self.strength / HP_PER_SP).max(1)
    }
}
