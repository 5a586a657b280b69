//! Phase 10: sensors, emissions and reports become contacts with age, source and confidence. Each seat has its own
//! names for what it sees, given in an order that depends on nothing it does not see.

use std::collections::{BTreeMap, BTreeSet};

use bevy::{
    app::App,
    ecs::{
        prelude::{IntoScheduleConfigs, World},
        system::RunSystemOnce,
    },
};

use super::{
    field::Field,
    journal::{Entry, Journal, What},
    map::is_within,
    roster::{Unit, Units},
    scatter::Scatter,
    state::{Knowledge, Known},
    stats::Bearer,
    theatre::{Scratch, Theatre, terrain_at},
    turn::{Phase, Turn},
    values::{Controls, Holdings, Tempers},
    view::{Confidence, Source},
};
use crate::content::{Key, Seat, Sector, Side, Stat};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (sweep,).chain().in_set(Phase::Detect));
}

/// What each seat knows before the first turn.
pub(super) fn first_look(world: &mut World) {
    world
        .run_system_once(sweep)
        .expect("invariant: the state of a new war is complete");
    world.resource_mut::<Journal>().wipe();
}

/// How far is seen from a sector: by forces in it, and by a relay.
#[derive(Clone, Copy)]
struct Eye {
    track: i32,
    plot: i32,
    relay: i32,
}

/// Nobody watches from there: no reach, not even of the place itself.
const NO_EYE: Eye = Eye {
    track: -1,
    plot: -1,
    relay: -1,
};

/// What a side sees with, and what it sees. All its seats see the same.
struct Watch {
    /// Sectors it watches from.
    eyes: Scatter<Eye>,
    /// The longest reach of any.
    furthest: i32,
    /// Sectors in sight, by number.
    seen: Vec<bool>,
    /// Where its forces are, on lanes and in sectors, by the nearest sector.
    own: Vec<Vec<usize>>,
    /// What is seen of foreign forces, by their places in the order of names.
    seen_of: Vec<Option<Seen>>,
}

fn sweep(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let units = t.roster.gather();
    let holdings = t.holdings();
    let control = t.control();
    let tempers = t.tempers();
    let mut knowledge = t.take_knowledge();
    let mut sighted: Vec<(Key<Seat>, What)> = Vec::new();
    let signatures: Vec<i64> = units
        .values()
        .map(|u| signature(&field, &tempers, u))
        .collect();
    let mut watches: BTreeMap<usize, Watch> = BTreeMap::new();
    let noted: Vec<(&Entry, Option<Key<Side>>)> = t
        .journal
        .entries
        .iter()
        .filter(|e| is_noted(&e.what))
        .map(|entry| (entry, hit(&field, &units, &entry.what)))
        .collect();
    let mut subject = String::new();
    for (seat, known) in &mut knowledge {
        let Some(side) = field.side_of(seat).cloned() else {
            continue;
        };
        let number = field.relations.number(&side).unwrap_or(usize::MAX);
        let watch = watches.entry(number).or_insert_with(|| {
            let mut watch = Watch::of(&field, &units, &holdings, &tempers, number);
            watch.look_around(&t.scratch, &field, &units, &signatures, number);
            watch
        });
        see_places(&field, watch, &control, &holdings, turn, &side, known);
        let mut contact_of = |seen: &Seen| known_of(&field, seat, seen, &mut subject);
        let life = field.rules.constants.contact_life;
        let mut followed = vec![false; units.len()];
        known.contacts.retain(|_, contact| {
            age(&field, watch, contact);
            let seen = units.position(&contact.force);
            let seen = seen.and_then(|n| Some((watch.seen_of[n].as_ref()?, n)));
            let kept = contact.age < life;
            if let Some((seen, n)) = seen.filter(|_| kept) {
                *contact = contact_of(seen);
                followed[n] = true;
            }
            kept
        });
        let all = watch.seen_of.iter().zip(&followed);
        let fresh = all.filter(|(_, followed)| !**followed);
        let fresh = fresh.filter_map(|(seen, _)| Some(contact_of(seen.as_ref()?)));
        let mut fresh: Vec<Known> = fresh.collect();
        // New names in the order of what is seen, never of who it is.
        fresh.sort_by(|a, b| {
            (&a.place, &a.side, a.estimate, &a.force)
                .cmp(&(&b.place, &b.side, b.estimate, &b.force))
        });
        for contact in fresh {
            known.named += 1;
            let name = Key::new(format!("k{}", known.named));
            sighted.push((
                seat.clone(),
                What::Sighted {
                    force: contact.force.clone(),
                    place: contact.place.clone(),
                },
            ));
            known.names.insert(contact.force.clone(), name.clone());
            known.contacts.insert(name, contact);
        }
        for (entry, hit) in noted.iter().filter(|(e, _)| e.witnesses.contains(seat)) {
            match &entry.what {
                What::ForceLost { force, .. } => {
                    // A force has one contact at a time, under the last name it was given.
                    if let Some(name) = known.names.get(force) {
                        known.contacts.remove(name);
                    }
                    known.fallen.insert(force.clone());
                }
                What::FlagSet { flag } => {
                    known.flags.insert(flag.clone());
                }
                // Whoever loses a place knows that it is no longer his.
                What::SectorTaken { sector, by, .. } => {
                    known.owners.insert(sector.clone(), (by.clone(), turn));
                }
                What::SiteTaken { site, by, .. } | What::SiteTurned { site, by, .. } => {
                    if let Some(known) = known.sites.get_mut(site) {
                        known.0 = by.clone();
                    }
                    // Whose a world stays at heart is known to whoever saw it taken.
                    match holdings.get(site).and_then(|h| h.loyal.clone()) {
                        Some(loyal) => known.loyal.insert(site.clone(), loyal),
                        None => known.loyal.remove(site),
                    };
                }
                What::SiteRazed { site, .. } => {
                    known.razed.insert(site.clone());
                }
                _ => {}
            }
            if let What::Battle {
                attacker, defender, ..
            } = &entry.what
            {
                for party in [attacker, defender]
                    .into_iter()
                    .filter(|p| field.hostile(&side, &p.side))
                {
                    *known.destroyed.entry(party.side.clone()).or_default() += party.lost;
                }
            }
            if let What::Salvos { hp, .. } | What::Pursued { hp, .. } = &entry.what
                && let Some(hit) = hit
                && field.hostile(&side, hit)
            {
                *known.destroyed.entry(hit.clone()).or_default() += hp;
            }
        }
    }
    t.return_knowledge(knowledge);
    for (seat, what) in sighted {
        t.journal.tell(&seat, what);
    }
}

/// The side that salvos hit, or that was overtaken, if it came to harm.
fn hit(field: &Field, units: &Units, what: &What) -> Option<Key<Side>> {
    let (What::Salvos {
        target: Some(target),
        hp: 1..,
        ..
    }
    | What::Pursued {
        force: target,
        hp: 1..,
        ..
    }) = what
    else {
        return None;
    };
    let there = units.get(target).map(|u| u.side().clone());
    there.or_else(|| field.side_of_force(target))
}

/// Whether any seat takes note of it here.
fn is_noted(what: &What) -> bool {
    match what {
        What::Salvos { target, hp, .. } => target.is_some() && *hp > 0,
        What::ForceLost { .. }
        | What::FlagSet { .. }
        | What::SectorTaken { .. }
        | What::SiteTaken { .. }
        | What::SiteTurned { .. }
        | What::SiteRazed { .. }
        | What::Pursued { .. }
        | What::Battle { .. } => true,
        _ => false,
    }
}

impl Watch {
    fn of(
        field: &Field,
        units: &Units,
        holdings: &Holdings,
        tempers: &Tempers,
        side: usize,
    ) -> Self {
        let (track, plot) = field.rules.constants.sensors;
        let graph = &field.graph;
        let shares = |other: usize| field.relations.between(other, side).shares_sensors;
        let mut eyes: Vec<Option<Eye>> = vec![None; graph.len()];
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
        for (n, (unit, post)) in units.posts(field).enumerate() {
            if !shares(post.side) || post.at >= graph.len() {
                continue;
            }
            own[post.at].push(n);
            let terrain = terrain_at(field, &unit.place);
            let bearer = Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()));
            let stat = |s, base: i32| bearer.value(s, i64::from(base), 0, 1_000_000) as i32;
            let eye = eyes[post.at].get_or_insert(NO_EYE);
            eye.track = eye.track.max(stat(Stat::Track, track));
            eye.plot = eye.plot.max(stat(Stat::Plot, plot));
        }
        for (site, holding) in holdings
            .iter()
            .filter(|(_, h)| field.relations.number(&h.owner).is_some_and(shares))
        {
            let kind = field
                .scenario
                .map
                .sites
                .get(site)
                .and_then(|s| field.rules.site_kinds.get(&s.kind));
            if let Some(kind) = kind.filter(|k| k.track > 0)
                && let Some(at) = graph.number(&holding.sector)
            {
                let eye = eyes[at].get_or_insert(NO_EYE);
                eye.relay = eye.relay.max(kind.track);
            }
        }
        let all = eyes.iter().flatten();
        let furthest = all
            .map(|e| e.track.max(e.plot).max(e.relay))
            .max()
            .unwrap_or(0);
        let mut seen = vec![false; graph.len()];
        for (n, eye) in eyes.iter().enumerate() {
            if let (Some(eye), Some(at)) = (eye, graph.at(n)) {
                for (_, there) in graph.scatter().within(at, eye.track.max(eye.relay)) {
                    seen[*there] = true;
                }
            }
        }
        let eyes = eyes.into_iter().enumerate();
        let eyes = eyes.filter_map(|(n, eye)| Some((graph.at(n)?, eye?)));
        Self {
            eyes: Scatter::of(eyes),
            furthest,
            seen,
            own,
            seen_of: vec![None; units.len()],
        }
    }

    /// The best that is known now of every foreign force that anything sees.
    fn look_around(
        &mut self,
        scratch: &Scratch,
        field: &Field,
        units: &Units,
        signatures: &[i64],
        side: usize,
    ) {
        let shares = |other: usize| field.relations.between(other, side).shares_sensors;
        let name = field.relations.sides().get(side);
        let touched = name.and_then(|side| scratch.touched.get(side));
        let touched = touched.into_iter().flatten();
        let touched: BTreeSet<usize> = touched.filter_map(|k| units.position(k)).collect();
        let heard = |sides: &BTreeSet<Key<Side>>| {
            let mut sides = sides.iter().filter_map(|s| field.relations.number(s));
            sides.any(shares)
        };
        let fired = scratch.revealed.iter().filter(|(_, (_, by))| heard(by));
        let fired: BTreeSet<usize> = fired.filter_map(|(k, _)| units.position(k)).collect();
        // Forces seen from as far in one sector are seen alike.
        let mut seen: Vec<Vec<(i64, Option<Sight>)>> = vec![Vec::new(); field.graph.len()];
        for (n, (unit, post)) in units.posts(field).enumerate() {
            let Some(at) = field.graph.at(post.at).filter(|_| !shares(post.side)) else {
                continue;
            };
            let met = self.own[post.at]
                .iter()
                .any(|o| units.nth(*o).place == unit.place)
                || touched.contains(&n);
            if met {
                let sight = Sight {
                    confidence: Confidence::Fix,
                    source: Source::Contact,
                };
                self.seen_of[n] = Some(Seen::of(field, units, n, sight));
                continue;
            }
            let signature = signatures[n];
            let alike = seen[post.at].iter().find(|(of, _)| *of == signature);
            let by_eye = match alike {
                Some((_, sight)) => *sight,
                None => {
                    let sight = self.look(at, signature);
                    seen[post.at].push((signature, sight));
                    sight
                }
            };
            let tracked = by_eye.is_some_and(|s| s.confidence == Confidence::Track);
            let by_fire = (!tracked && fired.contains(&n)).then_some(Sight {
                confidence: Confidence::Track,
                source: Source::Fire,
            });
            let sight = by_fire.or(by_eye);
            self.seen_of[n] = sight.map(|sight| Seen::of(field, units, n, sight));
        }
    }

    /// What eyes make of a force here that is seen so far, permille of their reach.
    fn look(&self, at: (i32, i32), signature: i64) -> Option<Sight> {
        let scaled = |range: i32| (i64::from(range) * signature).div_euclid(1000);
        let furthest = i32::try_from(scaled(self.furthest)).unwrap_or(i32::MAX);
        let (mut relay, mut plot) = (false, false);
        for (from, eye) in self.eyes.within(at, furthest) {
            let within = |range: i32| range >= 0 && is_within(from, at, scaled(range));
            if within(eye.track) {
                return Some(Sight {
                    confidence: Confidence::Track,
                    source: Source::Sensors,
                });
            }
            relay |= within(eye.relay);
            plot |= within(eye.plot);
        }
        let (confidence, source) = match (relay, plot) {
            (true, _) => (Confidence::Track, Source::Relay),
            (false, true) => (Confidence::Plot, Source::Sensors),
            (false, false) => return None,
        };
        Some(Sight { confidence, source })
    }
}

/// Places in sight: who holds them, whose sites stand there.
fn see_places(
    field: &Field,
    watch: &Watch,
    control: &Controls,
    holdings: &Holdings,
    turn: u32,
    side: &Key<Side>,
    known: &mut Knowledge,
) {
    let graph = &field.graph;
    let seen = watch.seen.iter().enumerate().filter(|(_, seen)| **seen);
    let seen = || seen.clone().map(|(n, _)| graph.name(n));
    if !known.seen.iter().eq(seen()) {
        known.seen = seen().cloned().collect();
    }
    let sees = |sector: &Key<Sector>| graph.number(sector).is_some_and(|n| watch.seen[n]);
    if known.owners.len() == control.len() && control.len() == graph.len() {
        // Every sector is known of since the first look: all lists run alike.
        let both = known.owners.values_mut().zip(control.values());
        for ((known, control), seen) in both.zip(&watch.seen) {
            if *seen || control.owner.as_ref() == Some(side) {
                if known.0 != control.owner {
                    known.0.clone_from(&control.owner);
                }
                known.1 = turn;
            }
        }
    } else {
        for (sector, control) in control {
            let first = !known.owners.contains_key(sector);
            if first || sees(sector) || control.owner.as_ref() == Some(side) {
                let owner = control.owner.clone();
                known.owners.insert(sector.clone(), (owner, turn));
            }
        }
    }
    for (site, holding) in holdings {
        let old = known.sites.get_mut(site);
        let news = old.is_none()
            || field.relation(&holding.owner, side).shares_sensors
            || sees(&holding.sector);
        let now = (&holding.owner, &holding.sector);
        match old {
            Some(old) if news && (&old.0, &old.1) != now => {
                *old = (now.0.clone(), now.1.clone());
            }
            None => {
                let (owner, sector) = (now.0.clone(), now.1.clone());
                known.sites.insert(site.clone(), (owner, sector));
            }
            Some(_) => {}
        }
    }
}

#[derive(Clone, Copy)]
struct Sight {
    confidence: Confidence,
    source: Source,
}

/// How far a force is seen, permille of the seer's range.
pub(super) fn signature(field: &Field, tempers: &Tempers, unit: &Unit) -> i64 {
    let terrain = terrain_at(field, &unit.place);
    Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side())).value(
        Stat::Signature,
        1000,
        0,
        10_000,
    )
}

/// A foreign force as every seat of a side sees it.
#[derive(Clone)]
struct Seen {
    /// As it is, not yet as anybody estimates it.
    truth: Known,
    /// How far an estimate may be off to either side, permille.
    error: i64,
}

impl Seen {
    /// Where, how strong, in what stance if tracked.
    fn of(field: &Field, units: &Units, n: usize, sight: Sight) -> Self {
        let unit = units.nth(n);
        let usual = i64::from(field.rules.constants.estimate_error[sight.confidence as usize]);
        let terrain = terrain_at(field, &unit.place);
        let deceit = Bearer::unit(&field.rules, unit, terrain, None);
        let tracked = sight.confidence <= Confidence::Track;
        let truth = Known {
            force: unit.id.clone(),
            side: unit.side().clone(),
            place: unit.place.clone(),
            age: 0,
            confidence: sight.confidence,
            seen_as: sight.confidence,
            source: sight.source,
            estimate: units.post(field, n).strength,
            stance: tracked.then(|| unit.bearing.stance.clone()),
            fixed: tracked && unit.bearing.fixed,
        };
        Self {
            truth,
            // Who deceives widens the error, to nine tenths at most.
            error: deceit.value(Stat::Estimate, usual, 0, 900),
        }
    }
}

/// A fresh contact, how strong by this seat's estimate. `subject` is room for the dice's subject.
fn known_of(field: &Field, seat: &Key<Seat>, seen: &Seen, subject: &mut String) -> Known {
    let truth = &seen.truth;
    // One error for a war, not one a turn: whoever looks for a week must not find the truth as a mean.
    subject.clear();
    for part in [seat.as_str(), "/", truth.force.as_str()] {
        subject.push_str(part);
    }
    let mut dice = field.dice(0, "detect.estimate", subject);
    let off = dice.between(-seen.error, seen.error);
    Known {
        // Half up to full hit points: an estimate is a round figure.
        estimate: ((truth.estimate * (1000 + off) / 1000 + 5) / 10 * 10).max(10),
        ..truth.clone()
    }
}

/// What is not seen again grows old: plot after a turn, rumour after two, forgotten in time; at once where own eyes
/// rest on the empty place.
fn age(field: &Field, watch: &Watch, contact: &mut Known) {
    contact.age += 1;
    contact.fixed = false;
    contact.source = Source::Memory;
    contact.confidence = match contact.age {
        0 => contact.seen_as,
        1 => contact.seen_as.max(Confidence::Plot),
        _ => Confidence::Rumour,
    };
    let at = field.graph.number(contact.place.sector());
    if at.is_some_and(|at| watch.seen[at]) {
        contact.confidence = Confidence::Rumour;
    }
}
