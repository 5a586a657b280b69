//! A force's statistics: the modifier rule applied to terrain, stance, posture, traits, commander, supply, crews and
//! meters. Screens, forecasts and the turn ask the same functions.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    around::Around,
    roster::Unit,
    state::{Tally, hulls},
    view::{OwnForce, Squadron},
};
use crate::content::{
    Adds, Commander, Key, Meter, MeterOn, Modifier, Posture, Rules, SiteKind, SourceKind, Stance,
    Stat, Stock, Sum, Terrain, Total, Trait, When,
};

/// Whether any modifier of a shot's chance asks whom it is exchanged with.
pub(super) fn is_paired(rules: &Rules) -> bool {
    fn asks(when: &When) -> bool {
        match when {
            When::Against(_) => true,
            When::All(all) | When::Any(all) => all.iter().any(asks),
            When::Not(not) => asks(not),
            _ => false,
        }
    }
    let shot = |m: &Modifier| matches!(m.stat, Stat::Aim | Stat::AnswerAim | Stat::Exposure);
    let any = |all: &[Modifier]| all.iter().any(|m| shot(m) && asks(&m.when));
    let thresholds = rules.meters.values().flat_map(|m| &m.thresholds);
    rules.classes.values().any(|c| any(&c.modifiers))
        || rules.terrain.values().any(|t| any(&t.modifiers))
        || rules.stances.values().any(|s| any(&s.modifiers))
        || rules.postures.values().any(|p| any(&p.modifiers))
        || rules.traits.values().any(|t| any(&t.modifiers))
        || rules.site_kinds.values().any(|k| any(&k.modifiers))
        || rules.weapons.values().any(|w| any(&w.modifiers))
        || thresholds.into_iter().any(|t| any(&t.modifiers))
}

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
    /// What bears on it from where it is.
    pub around: Option<&'a Around>,
    /// Its own meters: of a force, or of a site.
    pub meters: Option<&'a BTreeMap<Key<Meter>, i32>>,
    /// What it carries, or what stands on the site.
    pub stocks: Option<&'a BTreeMap<Key<Stock>, i32>>,
    /// It fought last turn.
    pub fought: bool,
    /// Its party attacks.
    pub attacking: bool,
    /// Whom it has to do with.
    pub against: &'a [Bearer<'a>],
    /// The site it is, or is on.
    pub site: Option<&'a SiteState>,
}

/// A site, as far as conditions ask it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SiteState {
    /// Its kind.
    pub kind: Key<SiteKind>,
    /// Some layer of its shields stands.
    pub shielded: bool,
    /// It has not surrendered to its holder.
    pub unsurrendered: bool,
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
            around: None,
            meters: Some(&unit.crew.meters),
            stocks: Some(&unit.magazine.0),
            fought: unit.bearing.fought,
            attacking: false,
            against: &[],
            site: None,
        }
    }

    /// With what bears on it from where it is.
    #[must_use]
    pub fn within(self, around: Option<&'a Around>) -> Self {
        Self { around, ..self }
    }

    /// Facing these.
    #[must_use]
    pub fn facing(self, against: &'a [Bearer<'a>], attacking: bool) -> Self {
        Self {
            against,
            attacking,
            ..self
        }
    }

    /// A site, or troops on it: no ships, no stance.
    pub fn site(
        rules: &'a Rules,
        site: &'a SiteState,
        meters: &'a BTreeMap<Key<Meter>, i32>,
        stocks: &'a BTreeMap<Key<Stock>, i32>,
        temper: Option<&'a Temper>,
    ) -> Self {
        Self {
            temper,
            meters: Some(meters),
            stocks: Some(stocks),
            site: Some(site),
            ..Self::stranger(rules, None, None)
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
            around: None,
            meters: Some(&force.meters),
            stocks: Some(&force.stocks),
            fought: force.fought,
            attacking: false,
            against: &[],
            site: None,
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
            around: None,
            meters: None,
            stocks: None,
            fought: false,
            attacking: false,
            against: &[],
            site: None,
        }
    }

    /// Adds every modifier of this statistic to the sum.
    pub fn contribute<A: Adds>(&self, stat: Stat, sum: &mut A) {
        let rules = self.rules;
        let touching = rules.touching(stat);
        let add = |sum: &mut A, kind, name: &str, modifiers: &[Modifier]| {
            for modifier in modifiers
                .iter()
                .filter(|m| m.stat == stat && self.holds(&m.when))
            {
                sum.add_part(kind, name, modifier.add, modifier.permille);
            }
        };
        let touches = |kind| touching.has(kind);
        let ships = self.ships.iter().filter(|s| s.fit > 0);
        for squadron in ships.filter(|_| touches(SourceKind::Class)) {
            if let Some(class) = rules.classes.get(&squadron.class) {
                add(
                    sum,
                    SourceKind::Class,
                    squadron.class.as_str(),
                    &class.modifiers,
                );
            }
        }
        if let Some((key, terrain)) = self
            .terrain
            .filter(|_| touches(SourceKind::Terrain))
            .and_then(|k| rules.terrain.get_key_value(k))
        {
            add(sum, SourceKind::Terrain, key.as_str(), &terrain.modifiers);
        }
        if let Some((key, stance)) = self
            .stance
            .filter(|_| touches(SourceKind::Stance))
            .and_then(|k| rules.stances.get_key_value(k))
        {
            add(sum, SourceKind::Stance, key.as_str(), &stance.modifiers);
        }
        if let Some((key, posture)) = self
            .posture
            .filter(|_| touches(SourceKind::Posture))
            .and_then(|k| rules.postures.get_key_value(k))
        {
            add(sum, SourceKind::Posture, key.as_str(), &posture.modifiers);
        }
        if touches(SourceKind::Trait) {
            self.traits_part(stat, sum);
        }
        if touches(SourceKind::Meter) {
            self.meters_part(stat, sum);
        }
        let around = self.around.filter(|_| touches(SourceKind::Site));
        for key in around.into_iter().flat_map(|a| &a.sites) {
            if let Some(kind) = rules.site_kinds.get(key) {
                add(sum, SourceKind::Site, key.as_str(), &kind.modifiers);
            }
        }
        let around = self.around.filter(|_| touches(SourceKind::Meter));
        for (key, value) in around.into_iter().flat_map(|a| &a.works) {
            let meter = rules.meters.get(key);
            for threshold in meter.into_iter().flat_map(|m| &m.thresholds) {
                if threshold.is_reached(*value) {
                    add(sum, SourceKind::Works, key.as_str(), &threshold.modifiers);
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

    fn traits_part<A: Adds>(&self, stat: Stat, sum: &mut A) {
        let commander = self.commander.or(self.led_by);
        let commander = commander.and_then(|k| self.rules.commanders.get(k));
        let led = commander.map_or(&[][..], |c| &c.traits);
        for key in self.traits.iter().filter(|key| !led.contains(key)) {
            self.trait_part(key, SourceKind::Trait, stat, sum);
        }
        // What commander and force both bring counts once, as the commander's. A view lists what was not learned.
        let shown = |key: &&Key<Trait>| self.led_by.is_none() || self.traits.contains(key);
        for key in led.iter().filter(shown) {
            self.trait_part(key, SourceKind::Commander, stat, sum);
        }
    }

    fn meters_part<A: Adds>(&self, stat: Stat, sum: &mut A) {
        let rules = self.rules;
        let add = |sum: &mut A, name: &str, modifiers: &[Modifier]| {
            let modifiers = modifiers.iter();
            for modifier in modifiers.filter(|m| m.stat == stat && self.holds(&m.when)) {
                let (add, permille) = (modifier.add, modifier.permille);
                sum.add_part(SourceKind::Meter, name, add, permille);
            }
        };
        if let Some(temper) = self.temper {
            for (key, value) in &temper.meters {
                let Some(meter) = rules.meters.get(key) else {
                    continue;
                };
                for threshold in meter.thresholds.iter().filter(|t| t.is_reached(*value)) {
                    add(sum, key.as_str(), &threshold.modifiers);
                }
            }
        }
        // Those of a site bear through what is around it; here are a force's own.
        for (key, value) in self.meters.into_iter().flatten() {
            let meter = rules.meters.get(key).filter(|m| m.on == MeterOn::Force);
            for threshold in meter.into_iter().flat_map(|m| &m.thresholds) {
                if threshold.is_reached(*value) {
                    add(sum, key.as_str(), &threshold.modifiers);
                }
            }
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

    /// A meter that it, its side or its place has.
    fn meter(&self, meter: &Key<Meter>) -> Option<i32> {
        let own = self.meters.and_then(|m| m.get(meter));
        own.or_else(|| self.temper.and_then(|t| t.meters.get(meter)))
            .or_else(|| self.around.and_then(|a| a.works.get(meter)))
            .copied()
            .or_else(|| {
                let meter = self.rules.meters.get(meter)?;
                (meter.on == MeterOn::Force && self.site.is_none()).then_some(meter.start)
            })
    }

    /// Whether it or its commander has a trait that still counts.
    fn has(&self, quality: &Key<Trait>) -> bool {
        if self.temper.is_some_and(|t| t.learned.contains(quality)) {
            return false;
        }
        let commander = self.commander.and_then(|c| self.rules.commanders.get(c));
        self.traits.contains(quality) || commander.is_some_and(|c| c.traits.contains(quality))
    }

    /// Whether a condition holds of it.
    pub fn holds(&self, when: &When) -> bool {
        match when {
            When::Always => true,
            When::SupplyAtMost(days) => self.supply <= days * 10,
            When::ReadinessBelow(n) => self.readiness < *n,
            When::In(terrain) => self.terrain == Some(terrain),
            When::Stance(stance) => self.stance == Some(stance),
            When::Has(role) => hulls(self.rules, self.ships, *role) > 0,
            When::MeterAtLeast(meter, n) => self.meter(meter).is_some_and(|v| v >= *n),
            When::CrowdAbove(n) => self.crowd > *n,
            When::Posture(posture) => self.posture == Some(posture),
            When::Trait(quality) => self.has(quality),
            When::Company(quality) => {
                self.has(quality) || self.around.is_some_and(|a| a.company.contains(quality))
            }
            When::Carries(stock, n) => self
                .stocks
                .is_some_and(|s| s.get(stock).is_some_and(|have| have >= n)),
            When::Fought => self.fought,
            When::FromTurn(turn) => self
                .around
                .is_some_and(|a| i64::from(a.turn) >= i64::from(*turn)),
            When::Home => self.around.is_some_and(|a| a.home),
            When::Prongs(n) => self.around.is_some_and(|a| a.prongs >= *n),
            When::Attacking => self.attacking,
            When::Kind(kind) => self.site.is_some_and(|s| s.kind == *kind),
            When::Shielded => self.site.is_some_and(|s| s.shielded),
            When::Unsurrendered => self.site.is_some_and(|s| s.unsurrendered),
            When::Against(when) => self.against.iter().any(|foe| foe.holds(when)),
            When::All(all) => all.iter().all(|w| self.holds(w)),
            When::Any(any) => any.iter().any(|w| self.holds(w)),
            When::Not(not) => !self.holds(not),
        }
    }
}
