//! Phase 3: fire at range. Salvos by order and by policy, straight across the chart; whoever fires gives himself
//! away; organised guns answer; whoever stood through a battle is shelled. An answer is never answered.
//!
//! Every step reads the state at its own start: all salvos fly before any falls.

mod battery;
pub mod damage;
mod fall;
mod reply;
pub mod salvo;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::{
    fall::fall,
    salvo::{Shot, chance},
};
use super::{
    around::Surroundings,
    field::Field,
    ground::kind,
    journal::{Cause, What},
    map::distance,
    order::{Policy, Target},
    roster::{Stations, Units},
    scatter::Scatter,
    state::{Holding, Knowledge},
    stats::Bearer,
    theatre::{Theatre, Volley, crowd, terrain_at},
    turn::{Phase, Turn},
    values::{Holdings, Tempers},
    view::{Confidence, Contact, Squadron},
};
use crate::content::{
    Force, Growth, Key, MeterOn, Rules, Seat, Sector, Side, Site, Stance, Stat, Stock, Sum,
    Terrain, Total, Trigger, Weapon,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (
            salvos,
            reply::answers,
            reply::bombard,
            battery::batteries,
            listen,
        )
            .chain()
            .in_set(Phase::Fire),
    );
}

/// Salvos a force may fire with a weapon in this turn: fit mounts by the weapon's tempo. Half a salvo a turn is one
/// every second turn, so that a fleet fires no more for being split up. With overcharge every mount fires.
pub fn tubes(
    rules: &Rules,
    ships: &[Squadron],
    weapon: &Key<Weapon>,
    overcharge: bool,
    turn: u32,
) -> i32 {
    let mounts = mounts(rules, ships, weapon);
    let definition = rules.weapons.get(weapon);
    definition.map_or(0, |weapon| salvos_of(mounts, weapon, overcharge, turn))
}

/// The same, of so many fit mounts.
fn salvos_of(mounts: i32, weapon: &Weapon, overcharge: bool, turn: u32) -> i32 {
    if overcharge || mounts == 0 {
        return mounts;
    }
    let each = i64::from(mounts) * i64::from(weapon.tempo);
    let due = |turn: u32| each * i64::from(turn) / 1000;
    i32::try_from(due(turn) - due(turn.saturating_sub(1))).unwrap_or(i32::MAX)
}

/// Fit mounts of a weapon.
pub fn mounts(rules: &Rules, ships: &[Squadron], weapon: &Key<Weapon>) -> i32 {
    ships
        .iter()
        .filter_map(|s| Some(s.fit * rules.classes.get(&s.class)?.weapons.get(weapon)?))
        .sum()
}

/// Fit mounts of every weapon of which there are any, by name.
pub fn armament(rules: &Rules, ships: &[Squadron]) -> Vec<(Key<Weapon>, i32)> {
    let mut all: Vec<(Key<Weapon>, i32)> = Vec::new();
    for squadron in ships.iter().filter(|s| s.fit > 0) {
        let class = rules.classes.get(&squadron.class);
        for (weapon, mounts) in class.into_iter().flat_map(|c| &c.weapons) {
            let mounts = squadron.fit * mounts;
            match all.iter_mut().find(|(of, _)| of == weapon) {
                Some((_, all)) => *all += mounts,
                None => all.push((weapon.clone(), mounts)),
            }
        }
    }
    all.retain(|(_, mounts)| *mounts > 0);
    all.sort_unstable();
    all
}

/// Share of missiles aimed at these ships that is shot down, permille: what their hulls can stop, against how many come.
pub fn interception(rules: &Rules, ships: &[Squadron], salvos: i32) -> i64 {
    let stops: i64 = ships
        .iter()
        .filter_map(|s| Some(i64::from(s.fit) * i64::from(rules.classes.get(&s.class)?.intercept)))
        .sum();
    (stops / i64::from(salvos.max(1))).min(900)
}

/// One weapon's salvos on their way: who, at whom, with what chance.
struct Volleyed {
    firer: Key<Force>,
    weapon: Key<Weapon>,
    from: Key<Sector>,
    at: Key<Sector>,
    target: Option<Key<Force>>,
    /// The site it is meant for.
    site: Option<Key<Site>>,
    salvos: i32,
    chance: i64,
    sum: String,
    cause: Cause,
}

/// What a step of fire reads: forces and what bears on them.
struct Range<'a> {
    field: &'a Field,
    units: &'a Units,
    tempers: Tempers,
    around: Surroundings,
    stations: Arc<Stations>,
    holdings: Holdings,
    /// Sites that may make nothing of what is fired at their place.
    voiding: Vec<(Key<Site>, Arc<Holding>)>,
}

impl<'a> Range<'a> {
    fn of(t: &Theatre, field: &'a Field, units: &'a Units) -> Self {
        let (control, holdings) = (t.control(), t.holdings());
        let may = |site: &Key<Site>| kind(field, site).is_some_and(|k| k.voids.is_some());
        let voiding = holdings.shared().filter(|(site, h)| may(site) && h.works());
        let voiding = voiding.map(|(site, h)| (site.clone(), h.clone()));
        Self {
            voiding: voiding.collect(),
            field,
            units,
            tempers: t.tempers(),
            around: Surroundings::of(field, t.clock.turn, units, &control, &holdings),
            stations: units.stations(field),
            holdings,
        }
    }

    /// The force at this place in the order of names, with all that bears on it.
    fn bearer(&self, force: usize) -> Bearer<'_> {
        let unit = self.units.nth(force);
        let terrain = terrain_at(self.field, &unit.place);
        let temper = self.tempers.get(unit.side());
        let mut bearer = Bearer::unit(&self.field.rules, unit, terrain, temper);
        bearer.crowd = crowd(self.field, self.units, &self.stations, force);
        bearer.within(self.around.on(unit))
    }

    /// Where a force lies on the chart.
    fn at(&self, force: usize) -> Option<(i32, i32)> {
        self.field.graph.at(self.units.post(self.field, force).at)
    }

    /// Places where forces stand whose side is one of these, by number.
    fn places(&self, of: impl Fn(usize) -> bool) -> Scatter<()> {
        let taken = self.stations.taken().filter(|at| {
            let mut here = self.stations.at(*at);
            here.any(|n| of(self.units.post(self.field, n).side))
        });
        Scatter::of(taken.filter_map(|n| Some((self.field.graph.at(n)?, ()))))
    }

    /// The chance of a shot of one force at another, each knowing whom it faces.
    fn chance(&self, shot: &Shot, firer: usize, target: usize) -> Sum {
        let (firer, target) = (self.bearer(firer), self.bearer(target));
        chance(
            &self.field.rules,
            shot,
            &firer.facing(&[target], true),
            &target.facing(&[firer], false),
        )
    }

    /// What a force brings to its aim when it fires this at anybody.
    fn aim(&self, shot: &Shot, firer: usize, attacking: bool) -> Total {
        let mut total = Total::default();
        shot.firer(&self.bearer(firer).facing(&[], attacking), &mut total);
        total
    }

    /// What a force that is shot at brings.
    fn exposure(&self, shot: &Shot, target: usize) -> Total {
        let mut total = Total::default();
        shot.target(&self.field.rules, &self.bearer(target), &mut total);
        total
    }

    /// Whether something in a sector makes nothing of what can be intercepted, when this side fires it.
    fn is_voided(&self, weapon: &Weapon, by: &Key<Side>, at: &Key<Sector>) -> bool {
        let voids = |site: &Key<Site>, holding: &Holding| {
            let meter = kind(self.field, site)?.voids.as_ref()?;
            let least = self.field.rules.meters.get(meter)?.range.0;
            Some(holding.meters.get(meter).copied().unwrap_or(least) > least)
        };
        weapon.interceptable
            && self.voiding.iter().any(|(site, h)| {
                h.sector == *at
                    && self.field.hostile(&h.owner, by)
                    && voids(site, h).unwrap_or(false)
            })
    }
}

/// Salvos by order, then by policy.
fn salvos(mut t: Theatre) {
    let units = t.roster.gather();
    let field = t.field.clone();
    let mut volleys = std::mem::take(&mut t.scratch.volleys);
    let knowledge = t.all_known();
    let turn = t.clock.turn;
    let range = Range::of(&t, &field, &units);
    volleys.extend(by_policy(&range, turn, &knowledge, &volleys));
    let mut flying = Vec::new();
    let mut spent: Spent = BTreeMap::new();
    for volley in volleys {
        let Some(number) = units.position(&volley.force) else {
            continue;
        };
        let firer = units.nth(number);
        let Some(weapon) = field.rules.weapons.get(&volley.weapon) else {
            continue;
        };
        let Some(known) = knowledge.get(&firer.belongs.seat) else {
            continue;
        };
        let (at, confidence, meant) = match &volley.at {
            Target::Contact(contact) => match known.contacts.get(contact) {
                Some(k) => (
                    k.place.sector().clone(),
                    k.confidence,
                    Some(k.force.clone()),
                ),
                None => continue,
            },
            Target::Sector(sector) => (sector.clone(), Confidence::Rumour, None),
            Target::Site(site) => match range.holdings.get(site).filter(|h| !h.razed) {
                // Where it stood when last seen; a site that has moved is missed.
                Some(_) => match known.sites.get(site) {
                    Some((_, sector)) => (sector.clone(), Confidence::Fix, None),
                    None => continue,
                },
                None => continue,
            },
        };
        let site = match &volley.at {
            Target::Site(site) => range.holdings.get_key_value(site),
            _ => None,
        };
        let site = site.filter(|(_, h)| h.sector == at);
        let from = firer.place.sector().clone();
        let distance = field.range(&from, &at);
        if distance > weapon.range {
            continue;
        }
        let mut salvos = volley.salvos;
        if let Some(stock) = &weapon.stock {
            let used = spent
                .entry(volley.force.clone())
                .or_default()
                .entry(stock.clone())
                .or_default();
            salvos = salvos
                .min(firer.magazine.0.get(stock).copied().unwrap_or(0) - *used)
                .max(0);
            *used += salvos;
        }
        if salvos == 0 {
            continue;
        }
        // Whoever was meant, if he is there; else whoever else is, by luck; else nobody.
        let side = units.post(&field, number).side;
        let sector = field.graph.number(&at).unwrap_or(usize::MAX);
        let here = |n: &usize| {
            let post = units.post(&field, *n);
            post.at == sector && field.relations.hostile(side, post.side)
        };
        let mut confidence = confidence;
        let meant = meant.and_then(|m| units.position(&m));
        let target = meant.filter(here).or_else(|| {
            if matches!(volley.at, Target::Site(_)) {
                return None;
            }
            confidence = Confidence::Rumour;
            let others: Vec<usize> = range.stations.at(sector).filter(here).collect();
            let subject = format!("{}/{}", volley.force, at);
            let mut dice = field.dice(turn, "fire.blind", &subject);
            others
                .get(dice.below(others.len() as u64) as usize)
                .copied()
        });
        let shot = Shot {
            weapon,
            distance,
            confidence,
            overcharge: volley.overcharge,
            answer: false,
            lured: target.is_some_and(|n| units.nth(n).bearing.lured),
        };
        let sum = match (target, site) {
            (Some(target), _) => Some(range.chance(&shot, number, target)),
            // A site does not move: nothing of its own spoils the aim.
            (None, Some(_)) => Some(chance(
                &field.rules,
                &shot,
                &range.bearer(number),
                &Bearer::stranger(&field.rules, None, None),
            )),
            (None, None) => None,
        };
        flying.push(Volleyed {
            firer: volley.force,
            weapon: volley.weapon.clone(),
            from: from.clone(),
            at,
            target: target.map(|n| units.nth(n).id.clone()),
            site: site.map(|(key, _)| key.clone()),
            salvos,
            chance: sum.as_ref().map_or(0, crate::content::Sum::value),
            sum: sum.map_or_else(String::new, |s| s.to_string()),
            cause: Cause::Salvo(volley.weapon, from),
        });
    }
    let ears: Vec<Scatter<()>> = (0..field.relations.len())
        .map(|side| range.places(|of| field.relations.between(of, side).shares_sensors))
        .collect();
    for volley in &flying {
        let reveals = field
            .rules
            .weapons
            .get(&volley.weapon)
            .map_or(0, |w| w.reveals);
        let Some(number) = units.position(&volley.firer) else {
            continue;
        };
        let post = units.post(&field, number);
        let revealed = t.scratch.revealed.entry(volley.firer.clone()).or_default();
        revealed.0 += volley.salvos;
        let Some(at) = field.graph.at(post.at) else {
            continue;
        };
        for (side, name) in field.relations.sides().iter().enumerate() {
            if field.relations.hostile(post.side, side)
                && !revealed.1.contains(name)
                && ears[side].within(at, reveals).next().is_some()
            {
                revealed.1.insert(name.clone());
            }
        }
    }
    let stood = units.clone();
    drop(range);
    fall(&mut t, units, flying, &spent, "fire.salvo");
    let revealed = t.scratch.revealed.clone();
    for (force, (_, sides)) in revealed {
        if let Some(unit) = stood.get(&force)
            && !sides.is_empty()
        {
            let sector = unit.place.sector().clone();
            // Whether anybody heard him the firer does not know.
            t.tell_sides(&sides, What::GaveAway { force, sector });
        }
    }
}

/// What forces fire without being told, by their policy.
fn by_policy(
    range: &Range,
    turn: u32,
    knowledge: &BTreeMap<Key<Seat>, &Knowledge>,
    ordered: &[Volley],
) -> Vec<Volley> {
    let (field, units) = (range.field, range.units);
    let rules = &field.rules;
    let told: BTreeSet<(&Key<Force>, &Key<Weapon>)> =
        ordered.iter().map(|v| (&v.force, &v.weapon)).collect();
    // What each seat has in its sights, found by distance once for all its forces.
    let mut sights: BTreeMap<&Key<Seat>, Scatter<Mark>> = BTreeMap::new();
    let guns = rules.weapons.iter();
    let guns: Vec<_> = guns.filter(|(_, w)| w.trigger == Trigger::Salvo).collect();
    let mut volleys = Vec::new();
    for (n, unit) in units.values().enumerate() {
        let least = match unit.standing.policy {
            Policy::Free => 1,
            Policy::Conserve => i64::from(rules.constants.break_even),
            Policy::Hold | Policy::Counterbattery => continue,
        };
        let Some(known) = knowledge.get(&unit.belongs.seat) else {
            continue;
        };
        for (weapon, definition) in &guns {
            let mounts = units.post(field, n).mounts(weapon);
            let salvos = salvos_of(mounts, definition, false, turn);
            if salvos == 0 || told.contains(&(&unit.id, weapon)) {
                continue;
            }
            let Some(at) = range.at(n) else { continue };
            let marks = sights
                .entry(&unit.belongs.seat)
                .or_insert_with(|| marks(field, unit.side(), known));
            let mut aim = None;
            let best = marks
                .within(at, definition.range)
                .filter_map(|(there, mark)| {
                    let shot = Shot {
                        weapon: definition,
                        distance: distance(at, there),
                        confidence: mark.looks.0,
                        overcharge: false,
                        answer: false,
                        lured: false,
                    };
                    let aim = aim.get_or_insert_with(|| range.aim(&shot, n, false));
                    let expected = shot.chance_of(aim, &mark.rest);
                    (expected >= least).then_some((expected, mark.best))
                })
                .max();
            if let Some((_, (_, Reverse(contact)))) = best {
                volleys.push(Volley {
                    force: unit.id.clone(),
                    weapon: (*weapon).clone(),
                    at: Target::Contact(contact.clone()),
                    salvos,
                    overcharge: false,
                });
            }
        }
    }
    volleys
}

/// Hostile contacts in a seat's sights that are as easy to hit as one another.
struct Mark<'a> {
    /// How well they are known, how they meet whom, and in what terrain.
    looks: (
        Confidence,
        Option<&'a Key<Stance>>,
        Option<&'a Key<Terrain>>,
    ),
    /// The one to aim at: the strongest by estimate, of equally strong ones the first.
    best: (i64, Reverse<&'a Key<Contact>>),
    /// What bears on the chance to hit it, but for the firer: what is known of it, and how well.
    rest: Total,
}

fn marks<'a>(field: &'a Field, side: &Key<Side>, known: &'a Knowledge) -> Scatter<Mark<'a>> {
    let number = field.relations.number(side).unwrap_or(usize::MAX);
    let hostile = |of| {
        let of = field.relations.number(of).unwrap_or(usize::MAX);
        field.relations.hostile(number, of)
    };
    // Those that look alike in each sector, of which there are few.
    let mut marks: Vec<Vec<Mark>> = Vec::new();
    marks.resize_with(field.graph.len(), Vec::new);
    for (id, contact) in known.contacts.iter().filter(|(_, c)| hostile(&c.side)) {
        let Some(at) = field.graph.number(contact.place.sector()) else {
            continue;
        };
        let (confidence, stance) = (contact.confidence, contact.stance.as_ref());
        let terrain = terrain_at(field, &contact.place);
        let best = (contact.estimate, Reverse(id));
        let looks = (confidence, stance, terrain);
        match marks[at].iter_mut().find(|mark| mark.looks == looks) {
            Some(mark) => mark.best = best.max(mark.best),
            None => {
                let target = Bearer::stranger(&field.rules, stance, terrain);
                let mut rest = target.total(Stat::Exposure);
                salvo::knowledge(&field.rules, confidence, &mut rest);
                marks[at].push(Mark { looks, best, rest });
            }
        }
    }
    let marks = marks.into_iter().enumerate();
    let marks = marks.flat_map(|(at, marks)| marks.into_iter().map(move |mark| (at, mark)));
    Scatter::of(marks.filter_map(|(at, mark)| Some((field.graph.at(at)?, mark))))
}

/// What of each stock forces fire in one step.
type Spent = BTreeMap<Key<Force>, BTreeMap<Key<Stock>, i32>>;

/// Each salvo teaches the enemy's gunners: meters that grow by what the side's sensors hear.
fn listen(mut t: Theatre) {
    if t.scratch.revealed.is_empty() {
        return;
    }
    let field = t.field.clone();
    let units = t.roster.gather();
    let mut tallies = t.tallies();
    let range = Range::of(&t, &field, &units);
    for (key, meter) in field
        .rules
        .meters
        .iter()
        .filter(|(_, m)| m.on == MeterOn::Side)
    {
        for growth in &meter.growth {
            let Growth::SalvoHeard { within, add } = growth else {
                continue;
            };
            for side in field.relations.sides() {
                let number = field.relations.number(side);
                let ears = range.places(|of| Some(of) == number);
                let heard: i32 = t
                    .scratch
                    .revealed
                    .iter()
                    .filter_map(|(force, (salvos, _))| Some((units.position(force)?, salvos)))
                    .filter(|(firer, _)| field.hostile(side, units.nth(*firer).side()))
                    .filter(|(firer, _)| {
                        let at = range.at(*firer);
                        at.is_some_and(|at| ears.within(at, *within).next().is_some())
                    })
                    .map(|(_, salvos)| *salvos)
                    .sum();
                let tally = tallies.get_mut(side).filter(|_| heard != 0);
                if let Some(value) = tally.and_then(|t| t.meters.get_mut(key)) {
                    *value =
                        (*value + heard.saturating_mul(*add)).clamp(meter.range.0, meter.range.1);
                }
            }
        }
    }
    drop(range);
    t.put_tallies(tallies);
}
