//! What one war leaves to the next: forces as they left it, commanders who are gone, captives, meters.
//!
//! A campaign's links say which war may follow which ([`Link`]). What is carried is reckoned once, when the war that
//! follows begins, and stands in its record: whoever verifies it needs neither the earlier record nor the link.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Record, War};
use crate::{
    content::{
        Catalog, Class, Commander, Force, Inherits, Key, Link, Meter, Rules, Scenario, Side, Stock,
    },
    sim::remains::Remains,
};

/// Most hulls of a class, and of a stock aboard, that a record may bring: as many as content may list.
const MOST: i32 = 10_000;

/// What a war has from those before it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// The wars it follows, the last one last.
    pub from: Vec<Before>,
    /// Forces that fought before, as they come to this war.
    pub forces: BTreeMap<Key<Force>, Comes>,
    /// Forces of which nothing is left.
    pub gone: BTreeSet<Key<Force>>,
    /// Commanders who are dead or in enemy hands.
    pub lost: BTreeSet<Key<Commander>>,
    /// Meters of sides.
    pub meters: BTreeMap<Key<Side>, BTreeMap<Key<Meter>, i32>>,
    /// Stocks that came along, by the force that has them.
    pub held: BTreeMap<Key<Force>, BTreeMap<Key<Stock>, i32>>,
}

/// A war that went before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Its scenario.
    pub scenario: Key<Scenario>,
    /// Checksum of its record.
    pub record: String,
}

/// A force as it comes from an earlier war.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comes {
    /// Hulls by class.
    pub ships: BTreeMap<Key<Class>, i32>,
    /// Reserves aboard; other stocks are as the scenario lists them.
    pub reserves: BTreeMap<Key<Stock>, i32>,
}

/// Why a war cannot follow another.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CarryError {
    /// No link of a campaign leads from the one to the other.
    #[error("`{to}` does not follow `{from}`{hint}")]
    NoLink {
        /// The war that is over.
        from: Key<Scenario>,
        /// The one to begin.
        to: Key<Scenario>,
        /// What does follow it.
        hint: String,
    },
    /// The earlier war has not ended.
    #[error("the war `{0}` is not over: it stands before turn {1}")]
    NotOver(Key<Scenario>, u32),
}

/// The wars that may follow a scenario, in the order in which they are offered.
pub fn following<'a>(catalog: &'a Catalog, scenario: &Key<Scenario>) -> Vec<&'a Link> {
    let links = catalog.campaigns.values().flat_map(|c| &c.links);
    links.filter(|link| link.from == *scenario).collect()
}

/// The wars that a scenario may follow.
pub fn followed<'a>(catalog: &'a Catalog, scenario: &Key<Scenario>) -> Vec<&'a Link> {
    let links = catalog.campaigns.values().flat_map(|c| &c.links);
    links.filter(|link| link.to == *scenario).collect()
}

impl War {
    /// What this war leaves to another that follows it.
    ///
    /// # Errors
    /// If it is not over, or the other does not follow it.
    pub fn leaves_to(&self, to: &Key<Scenario>) -> Result<Carried, CarryError> {
        let from = &self.record().scenario;
        let links = following(self.catalog(), from);
        let Some(link) = links.iter().find(|link| link.to == *to) else {
            let hint = match links.len() {
                0 => "; nothing does".to_owned(),
                _ => {
                    let all: Vec<&str> = links.iter().map(|l| l.to.as_str()).collect();
                    format!("; there follow: {}", all.join(", "))
                }
            };
            let (from, to) = (from.clone(), to.clone());
            return Err(CarryError::NoLink { from, to, hint });
        };
        if self.ended().is_none() {
            return Err(CarryError::NotOver(from.clone(), self.turn()));
        }
        let Some(scenario) = self.catalog().scenarios.get(to) else {
            return Ok(Carried::default());
        };
        let before = Before {
            scenario: from.clone(),
            record: self.record().checksum().to_owned(),
        };
        let rules = &self.catalog().rules;
        let mut carried = Carried::by(link, before, &self.remains(), scenario, rules);
        // Whoever was lost before this war is still lost after it.
        let earlier = self.record().carried.iter();
        carried
            .lost
            .extend(earlier.flat_map(|c| c.lost.iter().cloned()));
        Ok(carried)
    }
}

impl Carried {
    /// What a link carries of what is left of a war into this scenario.
    fn by(
        link: &Link,
        before: Before,
        remains: &Remains,
        scenario: &Scenario,
        rules: &Rules,
    ) -> Self {
        let mut carried = Self {
            from: vec![before],
            lost: remains.lost.clone(),
            ..Self::default()
        };
        let none = Default::default();
        for (key, listed) in &scenario.forces {
            let left = match remains.forces.get(key) {
                Some(left) => left,
                None if remains.gone.contains(key) => &none,
                None => continue,
            };
            let mut ships = left.ships.clone();
            ships.retain(|_, hulls| *hulls > 0);
            for (class, full) in &listed.ships {
                let has = ships.get(class).copied().unwrap_or(0);
                let back = i64::from((full - has).max(0)) * i64::from(link.replaced) / 1000;
                let back = i32::try_from(back).unwrap_or(0);
                if back > 0 {
                    ships.insert(class.clone(), has + back);
                }
            }
            if ships.is_empty() {
                carried.gone.insert(key.clone());
                continue;
            }
            let is_reserve =
                |stock: &Key<Stock>| rules.stocks.get(stock).is_some_and(|s| s.reserve);
            let reserves = listed.stocks.keys().chain(left.stocks.keys());
            let reserves = reserves.filter(|stock| is_reserve(stock)).map(|stock| {
                let has = left.stocks.get(stock).copied().unwrap_or(0);
                (stock.clone(), has)
            });
            let reserves = reserves.collect();
            carried
                .forces
                .insert(key.clone(), Comes { ships, reserves });
        }
        for (side, meters) in &remains.meters {
            let along = meters
                .iter()
                .filter(|(meter, _)| link.meters.contains(meter));
            let along: BTreeMap<_, _> = along.map(|(k, v)| (k.clone(), *v)).collect();
            if !along.is_empty() && scenario.sides.contains_key(side) {
                carried.meters.insert(side.clone(), along);
            }
        }
        for held in &link.held {
            let amount = remains
                .held
                .get(&held.side)
                .and_then(|h| h.get(&held.stock));
            let aboard = carried.held.entry(held.aboard.clone()).or_default();
            aboard.insert(held.stock.clone(), amount.copied().unwrap_or(0));
        }
        carried
    }

    /// With what another war leaves as well; where both speak of a force, the later one counts.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        self.from.extend(later.from);
        self.gone.retain(|force| !later.forces.contains_key(force));
        self.forces.retain(|force, _| !later.gone.contains(force));
        self.forces.extend(later.forces);
        self.gone.extend(later.gone);
        self.lost.extend(later.lost);
        for (side, meters) in later.meters {
            self.meters.entry(side).or_default().extend(meters);
        }
        for (force, stocks) in later.held {
            self.held.entry(force).or_default().extend(stocks);
        }
        self
    }

    /// The scenario as it is played with this. What a record names that the scenario has not is passed over.
    pub fn applied(&self, scenario: &Scenario) -> Scenario {
        let mut scenario = scenario.clone();
        scenario.forces.retain(|key, _| !self.gone.contains(key));
        for (key, force) in &mut scenario.forces {
            if let Some(comes) = self.forces.get(key) {
                force.ships = comes
                    .ships
                    .iter()
                    .map(|(k, n)| (k.clone(), within(*n)))
                    .collect();
                let reserves = comes.reserves.iter().map(|(k, n)| (k.clone(), within(*n)));
                force.stocks.extend(reserves);
            }
            if let Some(held) = self.held.get(key) {
                force
                    .stocks
                    .extend(held.iter().map(|(k, n)| (k.clone(), within(*n))));
            }
            force.stocks.retain(|_, amount| *amount > 0);
            force.commander.take_if(|who| self.lost.contains(who));
        }
        scenario.inherits = Inherits {
            gone: self.gone.clone(),
            meters: self.meters.clone(),
        };
        scenario
    }

    /// In a few words for people: what comes, what does not.
    pub fn summary(&self) -> String {
        let n = self.forces.len();
        let mut words = vec![format!(
            "{n} {} as they left",
            if n == 1 { "force" } else { "forces" }
        )];
        if !self.gone.is_empty() {
            words.push(format!("{} lost", self.gone.len()));
        }
        match self.lost.len() {
            0 => {}
            1 => words.push("one commander dead or taken".to_owned()),
            n => words.push(format!("{n} commanders dead or taken")),
        }
        words.join(", ")
    }
}

fn within(amount: i32) -> i32 {
    amount.clamp(0, MOST)
}

/// The scenario that a record is played on: the catalogue's, with what was carried into it.
pub(super) fn played(record: &Record, scenario: Arc<Scenario>) -> Arc<Scenario> {
    match &record.carried {
        Some(carried) => Arc::new(carried.applied(&scenario)),
        None => scenario,
    }
}
