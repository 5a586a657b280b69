//! The situation as a commander sums it up: what the war asks of this seat, where the enemy's weight is, what the
//! forces at hand are good for. Reads the view and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::{operation::Manner, stakes::Stakes};
use crate::{
    content::{
        Condition, Defence, Eyes, Force, HP_PER_SP, Key, Role, Sector, Site, Stat, Sum, Term,
        TermKind, Trigger, Weapon,
    },
    sim::{
        fire::{
            self,
            salvo::{Shot, chance},
        },
        journal::{Cause, What},
        map::{Graph, range},
        state::{hulls, role_strength},
        stats::{Bearer, Temper},
        view::{Contact, OwnForce, SeatView},
    },
};

/// Below this many hit points a foreign force is a picket, not a fleet.
pub const FLEET: i64 = 3 * HP_PER_SP;

/// What the verdict pays, tenths of a point, from this seat's side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prices {
    /// A day of the place in question.
    pub day: i64,
    /// A strength point of one's own.
    pub own: i64,
    /// A strength point of the enemy's.
    pub foe: i64,
    /// A charge kept.
    pub charge: i64,
    /// A strength point of one's own that is left at the end.
    pub spared: i64,
}

/// What a force is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Job {
    /// Fights in the line.
    Fleet,
    /// Cuts supply.
    Raider,
    /// Watches.
    Picket,
    /// Keeps out of the way.
    Train,
}

/// A force that fights in the line, by name.
pub type Fleet<'a> = (&'a Key<Force>, &'a OwnForce);

/// The situation.
pub struct Brief<'a> {
    /// How to conduct the war.
    pub manner: Manner,
    /// What is known.
    pub view: &'a SeatView,
    /// The chart.
    pub graph: Graph,
    /// Sectors this side is asked to take and does not hold.
    pub take: Vec<Key<Sector>>,
    /// Sectors it is asked to keep from the enemy and still holds.
    pub keep: Vec<Key<Sector>>,
    /// Sites it is asked to take, or to bring down, and does not hold.
    pub prizes: Vec<Key<Site>>,
    /// What the verdict's terms are worth to the seat's side.
    pub eyes: Eyes,
    /// What the verdict pays.
    pub prices: Prices,
    /// What objectives ask of meters, and of the peace of places.
    pub stakes: Stakes,
    /// Hostile fleets: strength believed in each sector.
    pub hostile: BTreeMap<Key<Sector>, i64>,
    /// Lanes from the nearest hostile fleet.
    pub danger: BTreeMap<Key<Sector>, i32>,
    /// Whether hostile guns answered in earnest last turn.
    pub answered: bool,
    /// What bears on the side's forces.
    pub temper: Temper,
}

impl<'a> Brief<'a> {
    /// Sums up a view.
    pub fn new(view: &'a SeatView, manner: Manner) -> Self {
        let graph = Graph::new(&view.map);
        let (mut take, mut keep) = (Vec::new(), Vec::new());
        for objective in view.objectives.values().filter(|o| !past(view, &o.when)) {
            aims(view, &objective.when, false, &mut take, &mut keep);
        }
        let held = |s: &Key<Sector>| {
            view.sectors.get(s).and_then(|s| s.owner.as_ref()) == Some(&view.side)
        };
        let prizes = prizes(view);
        take.retain(|s| !held(s));
        // A place is not taken before the site in it is.
        take.extend(
            prizes
                .iter()
                .filter_map(|s| Some(view.sites.get(s)?.sector.clone())),
        );
        // What the verdict pays for is kept, whether or not an objective names it.
        let eyes = view.verdict.seen_by(&view.side);
        for term in view.verdict.terms.values() {
            let (when, points) = match &term.kind {
                TermKind::If { when, points } => (when, *points),
                TermKind::Days {
                    when, points, to, ..
                } if view.turn <= *to => (when, *points),
                _ => continue,
            };
            if !past(view, when) {
                let good = eyes.points(term, points) > 0;
                aims(view, when, !good, &mut Vec::new(), &mut keep);
            }
        }
        keep.retain(|s| held(s));
        dedup(&mut take);
        dedup(&mut keep);
        let mut hostile: BTreeMap<Key<Sector>, i64> = BTreeMap::new();
        for contact in view
            .contacts
            .values()
            .filter(|c| view.hostile.contains(&c.side))
        {
            // Old rumours weigh less: a fifth less for each turn.
            let weight = i64::from(5 - contact.age.min(4));
            *hostile.entry(contact.place.sector().clone()).or_default() +=
                contact.strength.1 * weight / 5;
        }
        hostile.retain(|_, hp| *hp >= FLEET);
        // Where they are known to be bound is as good as taken.
        let bound = view.contacts.values().filter(|c| {
            view.hostile.contains(&c.side) && c.strength.1 >= FLEET && !c.bound.is_empty()
        });
        let bound = bound.filter_map(|c| c.bound.first()).map(|leg| &leg.to);
        let danger = graph.distances(hostile.keys().chain(bound), |_, _| Some(1));
        let temper = Temper {
            meters: view.meters.clone(),
            learned: BTreeSet::new(),
        };
        let mut brief = Self {
            manner,
            view,
            graph,
            take,
            keep,
            prizes,
            prices: prices(view, &eyes),
            eyes,
            stakes: Stakes::of(view),
            hostile,
            danger,
            answered: false,
            temper,
        };
        brief.answered = brief.was_answered();
        brief
    }

    /// Whether ground is given for time: as the manner has it, else where ships that are left are paid for.
    pub fn gives_ground(&self) -> bool {
        match self.manner.defence {
            Defence::AsPaid => self.prices.spared > 0,
            Defence::Delay => true,
            Defence::Stand => false,
        }
    }

    /// What the verdict pays for a place, tenths of a point: the most of any of its questions that ask for it.
    pub fn ground(&self, goal: &Key<Sector>) -> i64 {
        let terms = self.view.verdict.terms.values();
        let asked = terms.filter_map(|term| match &term.kind {
            TermKind::If { when, points } => {
                let worth = self.eyes.points(term, *points).abs();
                asks(self.view, when, goal).then_some(worth)
            }
            _ => None,
        });
        asked.max().unwrap_or(0)
    }

    /// What the verdict pays for a place from this turn on, tenths of a point: all its questions that ask for it, and all
    /// days that are left of those that are paid by the day.
    pub fn asked(&self, goal: &Key<Sector>) -> i64 {
        let terms = self.view.verdict.terms.values();
        let asked = terms.map(|term| match &term.kind {
            TermKind::If { when, points } if asks(self.view, when, goal) => {
                self.eyes.points(term, *points).abs()
            }
            TermKind::Days {
                when,
                points,
                from,
                to,
                ..
            } if asks(self.view, when, goal) => {
                let first = self.view.turn.max(*from);
                let left = i64::from(to.saturating_add(1).saturating_sub(first));
                self.eyes.points(term, *points).abs() * left
            }
            _ => 0,
        });
        asked.sum()
    }

    /// Whether its side holds a sector, as far as known.
    pub fn owns(&self, sector: &Key<Sector>) -> bool {
        let owner = self.view.sectors.get(sector).map(|s| &s.owner);
        owner.is_some_and(|o| o.as_ref() == Some(&self.view.side))
    }

    /// Forces this seat orders, by what they are good for.
    pub fn own(&self, job: Job) -> Vec<Fleet<'a>> {
        self.view
            .forces
            .iter()
            .filter(|(_, f)| f.mine && self.job(f) == job)
            .collect()
    }

    /// What a force is good for.
    pub fn job(&self, force: &OwnForce) -> Job {
        let rules = &self.view.rules;
        let strong = |role| role_strength(rules, &force.ships, role);
        let any = |role| hulls(rules, &force.ships, role) > 0;
        let capitals = strong(Role::Capital);
        let carries = any(Role::Transport) || any(Role::Engineer);
        let line = capitals + strong(Role::Screen) >= FLEET && !carries && !any(Role::Raider);
        if line || (capitals > 0 && force.strength >= FLEET) {
            Job::Fleet
        } else if any(Role::Raider) {
            Job::Raider
        } else if carries {
            Job::Train
        } else {
            Job::Picket
        }
    }

    /// Lanes from the nearest hostile fleet; far if none is known.
    pub fn danger(&self, sector: &Key<Sector>) -> i32 {
        self.danger.get(sector).copied().unwrap_or(99)
    }

    /// Lanes between two sectors; far if there is no way.
    pub fn hops(&self, a: &Key<Sector>, b: &Key<Sector>) -> i32 {
        self.graph.hops(a, b).unwrap_or(99)
    }

    /// The hostile fleet nearest to what is asked for: where the enemy's point is.
    pub fn point(&self, goal: &Key<Sector>) -> Option<Key<Sector>> {
        let to_goal = self.graph.distances([goal], |_, e| Some(e.length));
        self.hostile
            .keys()
            .min_by_key(|s| (to_goal.get(*s).copied().unwrap_or(i32::MAX), (*s).clone()))
            .cloned()
    }

    /// Sectors the force can be in by this turn's end without running into a hostile fleet, itself included.
    pub fn within_a_turn(&self, force: &OwnForce) -> Vec<Key<Sector>> {
        let from = force.place.sector();
        let mut reached: Vec<Key<Sector>> = self
            .graph
            .distances([from], |at, edge| {
                let blocked = self.hostile.contains_key(&edge.to)
                    || (at != from && self.hostile.contains_key(at));
                (!blocked).then_some(edge.length)
            })
            .into_iter()
            .filter(|(_, length)| *length <= force.speed)
            .map(|(s, _)| s)
            .collect();
        reached.sort();
        reached
    }

    /// Chance of one salvo from a sector at a contact, with its parts; none if out of range.
    pub fn shot(
        &self,
        force: &OwnForce,
        weapon: &Key<Weapon>,
        from: &Key<Sector>,
        contact: &Contact,
    ) -> Option<Sum> {
        let rules = &self.view.rules;
        let definition = rules.weapons.get(weapon)?;
        let distance = range(&self.view.map, from, contact.place.sector());
        if distance > definition.range {
            return None;
        }
        let terrain = |s: &Key<Sector>| self.view.map.sectors.get(s).map(|s| &s.terrain);
        let shot = Shot {
            weapon: definition,
            distance,
            confidence: contact.confidence,
            overcharge: false,
            answer: false,
            lured: false,
        };
        let firer = Bearer::own(rules, force, terrain(from), Some(&self.temper));
        let mut target = Bearer::stranger(
            rules,
            contact.stance.as_ref(),
            terrain(contact.place.sector()),
        );
        // Two parts in five of a fleet are capitals: what makes a crowd.
        let together: i64 = self
            .hostile
            .get(contact.place.sector())
            .copied()
            .unwrap_or(0);
        target.crowd = i32::try_from(together * 2 / 5 / HP_PER_SP).unwrap_or(0);
        Some(chance(rules, &shot, &firer, &target))
    }

    /// Weapons of a force that fire on order, with the salvos they have for this turn.
    pub fn guns(&self, force: &OwnForce) -> Vec<(Key<Weapon>, i32)> {
        self.view
            .rules
            .weapons
            .iter()
            .filter(|(_, w)| w.trigger == Trigger::Salvo)
            .filter_map(|(key, w)| {
                let tubes = fire::tubes(&self.view.rules, &force.ships, key, false, self.view.turn);
                let aboard = w
                    .stock
                    .as_ref()
                    .map_or(tubes, |s| force.stocks.get(s).copied().unwrap_or(0));
                let salvos = tubes.min(aboard);
                (salvos > 0).then(|| (key.clone(), salvos))
            })
            .collect()
    }

    /// Statistic of one of one's own forces where it stands.
    pub fn stat(&self, force: &OwnForce, stat: Stat, base: i64) -> i64 {
        let terrain = self
            .view
            .map
            .sectors
            .get(force.place.sector())
            .map(|s| &s.terrain);
        Bearer::own(&self.view.rules, force, terrain, Some(&self.temper))
            .stat(stat, base, 0, 100_000)
            .value()
    }

    /// Last turn's report tells whether the answers to one's own salvos were as many as the salvos.
    fn was_answered(&self) -> bool {
        let (mut sent, mut back) = (0, 0);
        for entry in &self.view.report {
            if let What::Salvos {
                firer,
                salvos,
                cause,
                ..
            } = &entry.what
            {
                let own = self.view.forces.contains_key(firer);
                match cause {
                    Cause::Salvo(..) if own => sent += salvos,
                    Cause::Answer(..) if !own => back += salvos,
                    _ => {}
                }
            }
        }
        back >= 3 && back * 2 >= sent
    }
}

fn dedup(list: &mut Vec<Key<Sector>>) {
    list.sort();
    list.dedup();
}

/// Sectors a condition asks for, and sectors it asks to keep from the enemy.
fn aims(
    view: &SeatView,
    when: &Condition,
    not: bool,
    take: &mut Vec<Key<Sector>>,
    keep: &mut Vec<Key<Sector>>,
) {
    match when {
        Condition::Holds(side, sector) if *side == view.side && !not => {
            take.push(sector.clone());
            keep.push(sector.clone());
        }
        Condition::Holds(side, sector) if *side != view.side && not => keep.push(sector.clone()),
        Condition::Present(side, sector, _) if *side == view.side && !not => {
            take.push(sector.clone())
        }
        Condition::Owns(side, site) | Condition::Loyal(side, site)
            if (*side == view.side) != not =>
        {
            let known = view.sites.get(site).filter(|s| s.owner == view.side);
            keep.extend(known.map(|s| s.sector.clone()));
        }
        Condition::All(all) | Condition::Any(all) => {
            for condition in all {
                aims(view, condition, not, take, keep);
            }
        }
        Condition::Not(inner) => aims(view, inner, !not, take, keep),
        _ => {}
    }
}

/// Hostile sites that this side's objectives ask it to take or to bring down, and that still stand.
fn prizes(view: &SeatView) -> Vec<Key<Site>> {
    let mut found = Vec::new();
    let objectives = view.objectives.values().filter(|o| !past(view, &o.when));
    let mut left: Vec<(&Condition, bool)> = objectives.map(|o| (&o.when, false)).collect();
    while let Some((when, not)) = left.pop() {
        match when {
            Condition::Owns(side, site) | Condition::Loyal(side, site)
                if (*side == view.side) != not =>
            {
                found.push(site.clone());
            }
            Condition::Razed(site) if !not => found.push(site.clone()),
            Condition::All(all) | Condition::Any(all) => {
                left.extend(all.iter().map(|c| (c, not)));
            }
            Condition::Not(inner) => left.push((inner, !not)),
            _ => {}
        }
    }
    let hostile = |site: &Key<Site>| {
        let site = view.sites.get(site).filter(|s| !s.razed);
        site.is_some_and(|s| view.hostile.contains(&s.owner))
    };
    found.retain(hostile);
    found.sort();
    found.dedup();
    found
}

/// Whether a condition turns on a place, or on a site in it.
fn asks(view: &SeatView, when: &Condition, goal: &Key<Sector>) -> bool {
    match when {
        Condition::Holds(_, sector) | Condition::Present(_, sector, _) => sector == goal,
        Condition::Owns(_, site) | Condition::Loyal(_, site) | Condition::Razed(site) => {
            view.sites.get(site).is_some_and(|s| s.sector == *goal)
        }
        Condition::All(all) | Condition::Any(all) => all.iter().any(|c| asks(view, c, goal)),
        Condition::Not(inner) => asks(view, inner, goal),
        _ => false,
    }
}

/// Whether a condition's day has gone by.
fn past(view: &SeatView, when: &Condition) -> bool {
    match when {
        Condition::Until(turn) => view.turn > *turn,
        Condition::All(all) => all.iter().any(|c| past(view, c)),
        Condition::Any(any) => any.iter().all(|c| past(view, c)),
        _ => false,
    }
}

/// What the verdict pays for a day, a strength point and a charge, seen from this side. Ships of those with whom there is
/// peace bring nothing.
fn prices(view: &SeatView, eyes: &Eyes) -> Prices {
    let mut prices = Prices::default();
    let worth = |term: &Term, points: i64| eyes.points(term, points).abs();
    for term in view.verdict.terms.values() {
        match &term.kind {
            // A day gained now is a day gained at the end, when days are dear.
            TermKind::Days { points, .. } => prices.day = prices.day.max(worth(term, *points)),
            TermKind::Strength {
                side,
                points,
                knee,
                above,
            } => {
                let (points, above) = (worth(term, *points), worth(term, *above));
                if *side == view.side {
                    let each = marginal(view, points, i64::from(*knee), above);
                    prices.own += each;
                    prices.spared += each;
                } else if view.hostile.contains(side) {
                    prices.foe += (points + above) / 2;
                }
            }
            TermKind::Losses { side, points } => {
                if *side == view.side {
                    prices.own += worth(term, *points);
                } else if view.hostile.contains(side) {
                    prices.foe += worth(term, *points);
                }
            }
            TermKind::Stock { points, .. } if eyes.is_own(term) => {
                prices.charge = prices.charge.max(points.abs());
            }
            TermKind::Stock { .. } | TermKind::Meter { .. } | TermKind::If { .. } => {}
        }
    }
    prices
}

/// What a strength point of one's own is worth: less the more there is above the knee, down to `above` at twice as much.
fn marginal(view: &SeatView, points: i64, knee: i64, above: i64) -> i64 {
    let total: i64 = view.forces.values().map(|f| f.strength / HP_PER_SP).sum();
    let knee = knee.max(1);
    let spare = (total - knee).clamp(0, knee);
    (above * spare + points * (knee - spare)) / knee
}
