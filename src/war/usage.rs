//! What a war makes use of: which classes, weapons, stances, postures, orders, deeds, meters and meetings of the rules,
//! and how often. What a scenario could use is in it from the beginning, with nothing counted: so a rule that nobody ever
//! uses is seen.
//!
//! A scenario could use the classes of its forces, those that arrive among them; the weapons of these classes and of its
//! kinds of site; every stance, and each meeting of two stances; postures, deeds and meters that are in play in it; and
//! the orders that are possible with all that.

use std::collections::{BTreeMap, BTreeSet};

use super::Given;
use crate::{
    content::{Class, Key, MeterOn, Rules, Scenario, Seat},
    sim::{
        TurnReport,
        journal::What,
        order::{Action, verbs},
        view::SeatView,
    },
};

/// A kind of definition, and what is counted of each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Kinds of ship.
    Classes,
    /// What is fired over a distance, by ships or by sites.
    Weapons,
    /// Ways to meet the enemy.
    Stances,
    /// Ways to hold oneself.
    Postures,
    /// Orders, by their verbs.
    Orders,
    /// Orders that are data.
    Deeds,
    /// Counters whose thresholds are passed.
    Meters,
    /// Two stances that meet: `attacker/defender`.
    Meetings,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 8] = [
        Kind::Classes,
        Kind::Weapons,
        Kind::Stances,
        Kind::Postures,
        Kind::Orders,
        Kind::Deeds,
        Kind::Meters,
        Kind::Meetings,
    ];

    /// Its name in documents and tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Classes => "classes",
            Kind::Weapons => "weapons",
            Kind::Stances => "stances",
            Kind::Postures => "postures",
            Kind::Orders => "orders",
            Kind::Deeds => "deeds",
            Kind::Meters => "meters",
            Kind::Meetings => "meetings",
        }
    }

    /// What is counted: ships that came into the war and were lost in it, salvos, hits and damage in hit points, turns of
    /// a force in a stance or posture, battles, orders given and refused.
    pub fn counts(self) -> &'static [&'static str] {
        match self {
            Kind::Classes => &["ships", "lost"],
            Kind::Weapons => &["salvos", "hits", "hp"],
            Kind::Stances => &["force_turns", "battles", "ordered"],
            Kind::Postures => &["force_turns", "ordered"],
            Kind::Orders => &["given", "refused"],
            Kind::Deeds => &["begun", "done", "failed"],
            Kind::Meters => &["reached"],
            Kind::Meetings => &["battles"],
        }
    }
}

/// What is counted of each definition, in the order of [`Kind::counts`].
pub type Counts = BTreeMap<String, Vec<i64>>;

/// What a war has made use of so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Usage {
    kinds: BTreeMap<Kind, Counts>,
    /// Ships by class that went to another theatre: they are not lost.
    elsewhere: BTreeMap<Key<Class>, i64>,
}

impl Usage {
    /// Nothing yet, of all that could be used.
    pub fn of(rules: &Rules, scenario: &Scenario) -> Self {
        let mut usage = Self::default();
        for kind in Kind::ALL {
            let counts = usage.kinds.entry(kind).or_default();
            for id in possible(kind, rules, scenario) {
                counts.insert(id, vec![0; kind.counts().len()]);
            }
        }
        usage
    }

    /// What is counted of a kind.
    pub fn counts(&self, kind: Kind) -> &Counts {
        static NONE: Counts = Counts::new();
        self.kinds.get(&kind).unwrap_or(&NONE)
    }

    fn add(&mut self, kind: Kind, id: &str, count: &str, number: i64) {
        let Some(place) = kind.counts().iter().position(|name| *name == count) else {
            return;
        };
        let counts = self.kinds.entry(kind).or_default();
        let all = counts
            .entry(id.to_owned())
            .or_insert_with(|| vec![0; kind.counts().len()]);
        all[place] += number;
    }

    /// Ships that are there when the war begins: the truth before its first turn.
    pub fn begin(&mut self, truth: &SeatView) {
        for (class, ships) in afloat(truth) {
            self.add(Kind::Classes, class.as_str(), "ships", ships);
        }
    }

    /// A turn: the truth before it, what was ordered in it, and what came of it.
    pub fn turn(
        &mut self,
        scenario: &Scenario,
        before: &SeatView,
        orders: &BTreeMap<Key<Seat>, Vec<Given>>,
        report: &TurnReport,
    ) {
        for force in before.forces.values() {
            self.add(Kind::Stances, force.stance.as_str(), "force_turns", 1);
            if let Some(posture) = &force.posture {
                self.add(Kind::Postures, posture.as_str(), "force_turns", 1);
            }
        }
        for given in orders.values().flatten() {
            self.ordered(&given.order.action);
        }
        for entry in report.journal.iter() {
            self.happened(scenario, before, &entry.what);
        }
    }

    fn ordered(&mut self, action: &Action) {
        self.add(Kind::Orders, action.verb(), "given", 1);
        match action {
            Action::Stance(stance) => self.add(Kind::Stances, stance.as_str(), "ordered", 1),
            Action::Posture(Some(posture)) => {
                self.add(Kind::Postures, posture.as_str(), "ordered", 1);
            }
            _ => {}
        }
    }

    fn happened(&mut self, scenario: &Scenario, before: &SeatView, what: &What) {
        match what {
            What::Refused { order, .. } => {
                self.add(Kind::Orders, order.action.verb(), "refused", 1);
            }
            What::Arrived { force, .. } => {
                let ships = scenario.forces.get(force).map(|force| &force.ships);
                for (class, ships) in ships.into_iter().flatten() {
                    self.add(Kind::Classes, class.as_str(), "ships", (*ships).into());
                }
            }
            What::Left { force } => {
                let squadrons = before.forces.get(force).map(|force| &force.ships);
                for squadron in squadrons.into_iter().flatten() {
                    let ships = i64::from(squadron.fit) + i64::from(squadron.crippled);
                    *self.elsewhere.entry(squadron.class.clone()).or_default() += ships;
                }
            }
            What::Salvos {
                weapon,
                salvos,
                hits,
                hp,
                ..
            }
            | What::SiteFired {
                weapon,
                salvos,
                hits,
                hp,
                ..
            } => {
                let weapon = weapon.as_str();
                self.add(Kind::Weapons, weapon, "salvos", (*salvos).into());
                self.add(Kind::Weapons, weapon, "hits", (*hits).into());
                self.add(Kind::Weapons, weapon, "hp", *hp);
            }
            What::Battle {
                attacker, defender, ..
            } => {
                for party in [attacker, defender] {
                    self.add(Kind::Stances, party.stance.as_str(), "battles", 1);
                }
                let meeting = meeting(attacker.stance.as_str(), defender.stance.as_str());
                self.add(Kind::Meetings, &meeting, "battles", 1);
            }
            What::DeedBegun { deed, .. } => self.add(Kind::Deeds, deed.as_str(), "begun", 1),
            What::DeedDone { deed, success, .. } => {
                let count = if *success { "done" } else { "failed" };
                self.add(Kind::Deeds, deed.as_str(), count, 1);
            }
            What::MeterReached { meter, .. } | What::Reached { meter, .. } => {
                self.add(Kind::Meters, meter.as_str(), "reached", 1);
            }
            _ => {}
        }
    }

    /// Ships that are no more when the war ends: those that came into it, less those that are afloat and those that went
    /// elsewhere.
    pub fn end(&mut self, truth: &SeatView) {
        let left = afloat(truth);
        let came: Vec<(String, i64)> = self
            .counts(Kind::Classes)
            .iter()
            .map(|(class, counts)| (class.clone(), counts.first().copied().unwrap_or(0)))
            .collect();
        for (class, ships) in came {
            let key = Key::new(&class);
            let left = left.get(&key).copied().unwrap_or(0);
            let gone = self.elsewhere.get(&key).copied().unwrap_or(0);
            self.add(Kind::Classes, &class, "lost", ships - left - gone);
        }
    }
}

/// Two stances that meet, as one id.
fn meeting(attacker: &str, defender: &str) -> String {
    format!("{attacker}/{defender}")
}

/// Ships by class, crippled ones too.
fn afloat(truth: &SeatView) -> BTreeMap<Key<Class>, i64> {
    let mut ships: BTreeMap<Key<Class>, i64> = BTreeMap::new();
    for squadron in truth.forces.values().flat_map(|force| &force.ships) {
        *ships.entry(squadron.class.clone()).or_default() +=
            i64::from(squadron.fit) + i64::from(squadron.crippled);
    }
    ships
}

/// What of a kind the scenario could use.
fn possible(kind: Kind, rules: &Rules, scenario: &Scenario) -> BTreeSet<String> {
    let names = |keys: &mut dyn Iterator<Item = String>| keys.collect::<BTreeSet<String>>();
    let classes = scenario.forces.values().flat_map(|f| f.ships.keys());
    let classes: BTreeSet<&Key<Class>> = classes.collect();
    let in_play = rules.in_play(scenario);
    match kind {
        Kind::Classes => names(&mut classes.iter().map(ToString::to_string)),
        Kind::Weapons => {
            let ships = classes.iter().filter_map(|class| rules.classes.get(*class));
            let sites = scenario.map.sites.values();
            let kinds = sites.filter_map(|site| rules.site_kinds.get(&site.kind));
            let guns = ships
                .flat_map(|class| class.weapons.keys())
                .chain(kinds.flat_map(|kind| kind.weapons.keys()));
            names(&mut guns.map(ToString::to_string))
        }
        Kind::Stances => names(&mut rules.stances.keys().map(ToString::to_string)),
        Kind::Postures => names(&mut in_play.postures.keys().map(ToString::to_string)),
        Kind::Orders => {
            let can = |verb: &&str| could_order(verb, &in_play, scenario, &classes);
            names(&mut verbs().filter(can).map(str::to_owned))
        }
        Kind::Deeds => names(&mut in_play.deeds.keys().map(ToString::to_string)),
        Kind::Meters => {
            let kinds = scenario.map.sites.values().map(|site| &site.kind);
            let kinds: BTreeSet<_> = kinds.collect();
            let carried = |meter: &Key<_>| {
                let mut sites = kinds.iter().filter_map(|kind| rules.site_kinds.get(*kind));
                sites.any(|kind| kind.meters.contains_key(meter))
            };
            let meters = in_play.meters.iter().filter(|(key, meter)| {
                !meter.thresholds.is_empty() && (meter.on != MeterOn::Site || carried(key))
            });
            names(&mut meters.map(|(key, _)| key.to_string()))
        }
        Kind::Meetings => names(
            &mut rules
                .meetings
                .keys()
                .map(|(attacker, defender)| meeting(attacker.as_str(), defender.as_str())),
        ),
    }
}

/// Whether an order of this verb has anything to be about.
fn could_order(
    verb: &str,
    in_play: &Rules,
    scenario: &Scenario,
    classes: &BTreeSet<&Key<Class>>,
) -> bool {
    let troops = || in_play.stocks.iter().filter(|(_, s)| s.troops.is_some());
    let armed = |key: &&Key<Class>| {
        let class = in_play.classes.get(*key);
        class.is_some_and(|class| !class.weapons.is_empty())
    };
    match verb {
        "deploy" => !scenario.staging.is_empty(),
        "posture" => !in_play.postures.is_empty(),
        "do" => !in_play.deeds.is_empty(),
        "fire" => classes.iter().any(armed),
        "agree" | "refuse" => !scenario.pacts.is_empty(),
        "land" | "lift" => troops().any(|(stock, _)| {
            let aboard = scenario.forces.values().map(|force| &force.stocks);
            let ashore = scenario.map.sites.values().map(|site| &site.stocks);
            aboard
                .chain(ashore)
                .any(|stocks| stocks.get(stock).is_some_and(|n| *n > 0))
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        content::Catalog,
        war::{Setup, War},
    };

    #[test]
    fn what_a_war_uses_is_counted_and_the_rest_stands_at_nothing() {
        let catalog = Arc::new(Catalog::shipped());
        let (id, _) = catalog.first().expect("a scenario");
        let mut war = War::begin(catalog.clone(), Setup::new(id.as_str(), 1)).expect("it begins");
        let scenario = war.scenario().clone();
        let mut usage = Usage::of(&catalog.rules, &scenario);
        usage.begin(&war.referee_view());
        while war.ended().is_none() {
            let before = war.referee_view();
            let report = war.end_turn().expect("a turn");
            let orders = &war.record().turns.last().expect("it is recorded").orders;
            usage.turn(&scenario, &before, orders, &report);
        }
        usage.end(&war.referee_view());
        let sum = |kind: Kind, place: usize| -> i64 {
            usage
                .counts(kind)
                .values()
                .map(|counts| counts[place])
                .sum()
        };
        let given: usize = war
            .record()
            .turns
            .iter()
            .flat_map(|row| row.orders.values().map(Vec::len))
            .sum();
        assert_eq!(sum(Kind::Orders, 0), i64::try_from(given).expect("few"));
        // All ships are accounted for, and two parties stand for each battle.
        let left: i64 = afloat(&war.referee_view()).values().sum();
        assert_eq!(sum(Kind::Classes, 0) - sum(Kind::Classes, 1), left);
        assert_eq!(sum(Kind::Stances, 1), 2 * sum(Kind::Meetings, 0));
        assert!(sum(Kind::Weapons, 0) > 0 && sum(Kind::Weapons, 0) >= sum(Kind::Weapons, 1));
        // Nobody could use what the scenario has not.
        let classes = usage.counts(Kind::Classes);
        let has = |class: &str| {
            scenario
                .forces
                .values()
                .any(|f| f.ships.contains_key(class))
        };
        assert!(classes.keys().all(|class| has(class)));
    }
}
