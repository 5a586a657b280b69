//! A force's statistics: the modifier rule applied to terrain, stance, posture, traits, commander, supply, crews and
//! meters. Screens, forecasts and the turn ask the same functions.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    roster::Unit,
    state::{Tally, hulls},
    view::{OwnForce, Squadron},
};
use crate::content::{
    Adds, Commander, Key, Meter, Modifier, Posture, Rules, SourceKind, Stance, Stat, Sum, Terrain,
    Total, Trait, When,
};

/// What of a side bears on its forces: meters and lessons learned.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Temper {
    /// The side's meters.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// Traits that no longer count.
    pub learned: BTreeSet<Key<Trait>>,
}

impl From<&Tally> for Temper {
    fn from(tally: &Tally) -> Self {
        Self {
            meters: tally.meters.clone(),
            learned: tally.learned.clone(),
        }
    }
}

/// Whatever may bear modifiers, as far as it is known.
#[derive(Clone, Copy)]
pub struct Bearer<'a> {
    /// What counts.
    pub rules: &'a Rules,
    /// Ships.
    pub ships: &'a [Squadron],
    /// Stance, if known.
    pub stance: Option<&'a Key<Stance>>,
    /// Posture, if any.
    pub posture: Option<&'a Key<Posture>>,
    /// Traits of force and faction.
    pub traits: &'a [Key<Trait>],
    /// Who commands, and brings traits of the commander's own.
    pub commander: Option<&'a Key<Commander>>,
    /// Who commands, where `traits` already has that commander's.
    pub led_by: Option<&'a Key<Commander>>,
    /// Where it stands.
    pub terrain: Option<&'a Key<Terrain>>,
    /// Supply aboard, tenths of a day.
    pub supply: i32,
    /// 0..=1000.
    pub readiness: i32,
    /// Capitals of its side in the place, strength points.
    pub crowd: i32,
    /// Its side, as far as known.
    pub temper: Option<&'a Temper>,
}

impl<'a> Bearer<'a> {
    /// A force in this terrain.
    pub fn unit(
        rules: &'a Rules,
        unit: &'a Unit,
        terrain: Option<&'a Key<Terrain>>,
        temper: Option<&'a Temper>,
    ) -> Self {
        Self {
            rules,
            ships: &unit.ships.0,
            stance: Some(&unit.bearing.stance),
            posture: unit.bearing.posture.as_ref(),
            traits: &unit.command.traits,
            commander: unit.command.commander.as_ref(),
            led_by: None,
            terrain,
            supply: unit.crew.supply,
            readiness: unit.crew.readiness,
            crowd: 0,
            temper,
        }
    }

    /// One's own force, as its view shows it.
    pub fn own(
        rules: &'a Rules,
        force: &'a OwnForce,
        terrain: Option<&'a Key<Terrain>>,
        temper: Option<&'a Temper>,
    ) -> Self {
        Self {
            rules,
            ships: &force.ships,
            stance: Some(&force.stance),
            posture: force.posture.as_ref(),
            traits: &force.traits,
            // A view lists a commander's traits with the force's, less what was learned.
            commander: None,
            led_by: force.commander.as_ref(),
            terrain,
            supply: force.supply,
            readiness: force.readiness,
            crowd: 0,
            temper,
        }
    }

    /// A foreign force of which little is known.
    pub fn stranger(
        rules: &'a Rules,
        stance: Option<&'a Key<Stance>>,
        terrain: Option<&'a Key<Terrain>>,
    ) -> Self {
        Self {
            rules,
            ships: &[],
            stance,
            posture: None,
            traits: &[],
            commander: None,
            led_by: None,
            terrain,
            supply: rules.constants.supply_days * 10,
            readiness: 1000,
            crowd: 0,
            temper: None,
        }
    }

    /// Adds every modifier of this statistic to the sum.
    pub fn contribute<A: Adds>(&self, stat: Stat, sum: &mut A) {
        let rules = self.rules;
        let add = |sum: &mut A, kind, name: &str, modifiers: &[Modifier]| {
            for modifier in modifiers
                .iter()
                .filter(|m| m.stat == stat && self.holds(&m.when))
            {
                sum.add_part(kind, name, modifier.add, modifier.permille);
            }
        };
        for squadron in self.ships.iter().filter(|s| s.fit > 0) {
            if let Some(class) = rules.classes.get(&squadron.class) {
                add(
                    sum,
                    SourceKind::Class,
                    squadron.class.as_str(),
                    &class.modifiers,
                );
            }
        }
        if let Some((key, terrain)) = self.terrain.and_then(|k| rules.terrain.get_key_value(k)) {
            add(sum, SourceKind::Terrain, key.as_str(), &terrain.modifiers);
        }
        if let Some((key, stance)) = self.stance.and_then(|k| rules.stances.get_key_value(k)) {
            add(sum, SourceKind::Stance, key.as_str(), &stance.modifiers);
        }
        if let Some((key, posture)) = self.posture.and_then(|k| rules.postures.get_key_value(k)) {
            add(sum, SourceKind::Posture, key.as_str(), &posture.modifiers);
        }
        let led_by = self.led_by.and_then(|k| rules.commanders.get(k));
        for key in self.traits {
            let kind = if led_by.is_some_and(|c| c.traits.contains(key)) {
                SourceKind::Commander
            } else {
                SourceKind::Trait
            };
            self.trait_part(key, kind, stat, sum);
        }
        if let Some(commander) = self.commander.and_then(|k| rules.commanders.get(k)) {
            for key in &commander.traits {
                self.trait_part(key, SourceKind::Commander, stat, sum);
            }
        }
        if let Some(temper) = self.temper {
            for (key, value) in &temper.meters {
                let Some(meter) = rules.meters.get(key) else {
                    continue;
                };
                for threshold in meter.thresholds.iter().filter(|t| *value >= t.at) {
                    add(sum, SourceKind::Meter, key.as_str(), &threshold.modifiers);
                }
            }
        }
        if self.supply <= 0 && matches!(stat, Stat::Aim | Stat::BoutFire) {
            sum.add_part(
                SourceKind::Supply,
                "no-supply",
                0,
                rules.constants.starving_fire - 1000,
            );
        }
    }

    fn trait_part<A: Adds>(&self, key: &Key<Trait>, kind: SourceKind, stat: Stat, sum: &mut A) {
        if self.temper.is_some_and(|t| t.learned.contains(key)) {
            return;
        }
        let Some(definition) = self.rules.traits.get(key) else {
            return;
        };
        for modifier in definition
            .modifiers
            .iter()
            .filter(|m| m.stat == stat && self.holds(&m.when))
        {
            sum.add_part(kind, key.as_str(), modifier.add, modifier.permille);
        }
    }

    /// The statistic from this base, between these bounds.
    pub fn stat(&self, stat: Stat, base: i64, min: i64, max: i64) -> Sum {
        let mut sum = Sum::new(base, min, max);
        self.contribute(stat, &mut sum);
        sum
    }

    /// Every modifier of this statistic, without names.
    pub fn total(&self, stat: Stat) -> Total {
        let mut total = Total::default();
        self.contribute(stat, &mut total);
        total
    }

    /// The value of [`stat`](Self::stat), for whoever asks for nothing else.
    pub fn value(&self, stat: Stat, base: i64, min: i64, max: i64) -> i64 {
        self.total(stat).value(base, min, max)
    }

    fn holds(&self, when: &When) -> bool {
        match when {
            When::Always => true,
            When::SupplyAtMost(days) => self.supply <= days * 10,
            When::ReadinessBelow(n) => self.readiness < *n,
            When::In(terrain) => self.terrain == Some(terrain),
            When::Stance(stance) => self.stance == Some(stance),
            When::Has(role) => hulls(self.rules, self.ships, *role) > 0,
            When::MeterAtLeast(meter, n) => self
                .temper
                .is_some_and(|t| t.meters.get(meter).is_some_and(|v| v >= n)),
            When::CrowdAbove(n) => self.crowd > *n,
            When::All(all) => all.iter().all(|w| self.holds(w)),
            When::Any(any) => any.iter().any(|w| self.holds(w)),
            When::Not(not) => !self.holds(not),
        }
    }
}
