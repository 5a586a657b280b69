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
    journal::What,
    map::is_within,
    roster::{Unit, Units},
    state::{Holding, Knowledge, Known, Place},
    stats::{Bearer, Temper},
    theatre::{Theatre, terrain_at},
    turn::{Phase, Turn},
    view::{Confidence, Source},
};
use crate::content::{Key, Seat, Sector, Side, Site, Stat};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (sweep,).chain().in_set(Phase::Detect));
}

/// What each seat knows before the first turn.
pub(super) fn first_look(world: &mut World) {
    world
        .run_system_once(sweep)
        .expect("invariant: the state of a new war is complete");
    world
        .resource_mut::<super::journal::Journal>()
        .entries
        .clear();
}

/// The best eyes of one kind in a sector: where it lies on the chart, and how far they track and plot.
struct Eye {
    at: (i32, i32),
    track: i32,
    plot: i32,
    relay: bool,
}

/// What a side sees with.
struct Eyes<'a> {
    /// Forces' first, then relays'.
    eyes: Vec<Eye>,
    /// Where its forces are.
    places: BTreeSet<&'a Place>,
}

fn sweep(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let units = t.roster.gather();
    let holdings = t.holdings();
    let control = t.control();
    let tempers = t.tempers();
    let mut knowledge = t.knowledge();
    let mut sighted: Vec<(Key<Seat>, What)> = Vec::new();
    for (seat, known) in &mut knowledge {
        let Some(side) = field.side_of(seat).cloned() else {
            continue;
        };
        let eyes = eyes(&field, &units, &holdings, &tempers, &side);
        see_places(&field, &eyes, &control, &holdings, turn, &side, known);
        let seen: Vec<(Sight, &Unit)> = units
            .values()
            .filter(|u| !field.relation(&side, u.side()).shares_sensors)
            .filter_map(|u| look(&t, &field, &tempers, &eyes, &side, u).map(|s| (s, u)))
            .collect();
        age(&field, known);
        let mut fresh = Vec::new();
        for (sight, unit) in seen {
            let name = known.names.get(&unit.id);
            let name = name.filter(|n| known.contacts.contains_key(*n)).cloned();
            let contact = known_of(&field, seat, &sight, unit);
            match name {
                Some(name) => {
                    known.contacts.insert(name, contact);
                }
                None => fresh.push(contact),
            }
        }
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
        for entry in t
            .journal
            .entries
            .iter()
            .filter(|e| e.witnesses.contains(seat))
        {
            match &entry.what {
                What::ForceLost { force, .. } => {
                    known.contacts.retain(|_, k| k.force != *force);
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
            if let What::Salvos {
                target: Some(target),
                hp,
                ..
            } = &entry.what
                && let Some(hit) = units
                    .get(target)
                    .map(|u| u.side().clone())
                    .or_else(|| field.side_of_force(target))
                && *hp > 0
                && field.hostile(&side, &hit)
            {
                *known.destroyed.entry(hit).or_default() += hp;
            }
        }
    }
    t.put_knowledge(knowledge);
    for (seat, what) in sighted {
        t.journal.tell([&seat], what);
    }
}

fn eyes<'a>(
    field: &Field,
    units: &'a Units,
    holdings: &BTreeMap<Key<Site>, Holding>,
    tempers: &BTreeMap<Key<Side>, Temper>,
    side: &Key<Side>,
) -> Eyes<'a> {
    let (track, plot) = field.rules.constants.sensors;
    let own = || {
        let shares = |u: &&Unit| field.relation(u.side(), side).shares_sensors;
        units.values().filter(shares)
    };
    // How far, by who watches (forces before relays) and where.
    let mut best: BTreeMap<(bool, &Key<Sector>), (i32, i32)> = BTreeMap::new();
    let mut note = |relay, at, track: i32, plot: i32| {
        let (t, p) = best.entry((relay, at)).or_default();
        (*t, *p) = (track.max(*t), plot.max(*p));
    };
    for unit in own() {
        let bearer = Bearer::unit(
            &field.rules,
            unit,
            terrain_at(field, &unit.place),
            tempers.get(unit.side()),
        );
        let stat = |s, base: i32| bearer.stat(s, i64::from(base), 0, 1_000_000).value() as i32;
        note(
            false,
            unit.place.sector(),
            stat(Stat::Track, track),
            stat(Stat::Plot, plot),
        );
    }
    for (site, holding) in holdings
        .iter()
        .filter(|(_, h)| field.relation(&h.owner, side).shares_sensors)
    {
        let kind = field
            .scenario
            .map
            .sites
            .get(site)
            .and_then(|s| field.rules.site_kinds.get(&s.kind));
        if let Some(kind) = kind.filter(|k| k.track > 0) {
            note(true, &holding.sector, kind.track, kind.track);
        }
    }
    let eye = |((relay, at), (track, plot))| {
        Some(Eye {
            at: field.scenario.map.sectors.get(at)?.at,
            track,
            plot,
            relay,
        })
    };
    Eyes {
        eyes: best.into_iter().filter_map(eye).collect(),
        places: own().map(|u| &u.place).collect(),
    }
}

/// Places in sight: who holds them, whose sites stand there.
fn see_places(
    field: &Field,
    eyes: &Eyes,
    control: &BTreeMap<Key<Sector>, super::state::Control>,
    holdings: &BTreeMap<Key<Site>, Holding>,
    turn: u32,
    side: &Key<Side>,
    known: &mut Knowledge,
) {
    known.seen = field
        .scenario
        .map
        .sectors
        .iter()
        .filter(|(_, s)| {
            eyes.eyes
                .iter()
                .any(|e| is_within(e.at, s.at, e.track.into()))
        })
        .map(|(key, _)| key.clone())
        .collect();
    for (sector, control) in control {
        let first = !known.owners.contains_key(sector);
        if first || known.seen.contains(sector) || control.owner.as_ref() == Some(side) {
            known
                .owners
                .insert(sector.clone(), (control.owner.clone(), turn));
        }
    }
    for (site, holding) in holdings {
        let first = !known.sites.contains_key(site);
        if first
            || known.seen.contains(&holding.sector)
            || field.relation(&holding.owner, side).shares_sensors
        {
            known.sites.insert(
                site.clone(),
                (holding.owner.clone(), holding.sector.clone()),
            );
        }
    }
}

struct Sight {
    confidence: Confidence,
    source: Source,
}

/// The best that is known of a foreign force now; none if nothing sees it.
fn look(
    t: &Theatre,
    field: &Field,
    tempers: &BTreeMap<Key<Side>, Temper>,
    eyes: &Eyes,
    side: &Key<Side>,
    unit: &Unit,
) -> Option<Sight> {
    let at = field.scenario.map.sectors.get(unit.place.sector())?.at;
    if eyes.places.contains(&unit.place)
        || t.scratch
            .touched
            .get(side)
            .is_some_and(|s| s.contains(&unit.id))
    {
        return Some(Sight {
            confidence: Confidence::Fix,
            source: Source::Contact,
        });
    }
    let signature = signature(field, tempers, unit);
    let within = |range: i32, eye: &Eye| {
        let range = (i64::from(range) * signature).div_euclid(1000);
        is_within(eye.at, at, range)
    };
    if let Some(eye) = eyes.eyes.iter().find(|e| within(e.track, e)) {
        let source = if eye.relay {
            Source::Relay
        } else {
            Source::Sensors
        };
        return Some(Sight {
            confidence: Confidence::Track,
            source,
        });
    }
    if t.scratch
        .revealed
        .get(&unit.id)
        .is_some_and(|(_, sides)| sides.iter().any(|s| field.relation(s, side).shares_sensors))
    {
        return Some(Sight {
            confidence: Confidence::Track,
            source: Source::Fire,
        });
    }
    eyes.eyes
        .iter()
        .any(|e| within(e.plot, e))
        .then_some(Sight {
            confidence: Confidence::Plot,
            source: Source::Sensors,
        })
}

/// How far a force is seen, permille of the seer's range.
pub(super) fn signature(field: &Field, tempers: &BTreeMap<Key<Side>, Temper>, unit: &Unit) -> i64 {
    let terrain = terrain_at(field, &unit.place);
    Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()))
        .stat(Stat::Signature, 1000, 0, 10_000)
        .value()
}

/// A fresh contact: where, how strong by estimate, in what stance if tracked.
fn known_of(field: &Field, seat: &Key<Seat>, sight: &Sight, unit: &Unit) -> Known {
    let usual = i64::from(field.rules.constants.estimate_error[sight.confidence as usize]);
    let terrain = terrain_at(field, &unit.place);
    let deceit = Bearer::unit(&field.rules, unit, terrain, None);
    // Who deceives widens the error, to nine tenths at most.
    let error = deceit.stat(Stat::Estimate, usual, 0, 900).value();
    // One error for a war, not one a turn: whoever looks for a week must not find the truth as a mean.
    let mut dice = field.dice(0, "detect.estimate", &format!("{seat}/{}", unit.id));
    let truth = unit.strength(&field.rules);
    let off = dice.between(-error, error);
    let tracked = sight.confidence <= Confidence::Track;
    Known {
        force: unit.id.clone(),
        side: unit.side().clone(),
        place: unit.place.clone(),
        age: 0,
        confidence: sight.confidence,
        seen_as: sight.confidence,
        source: sight.source,
        // Half up to full hit points: an estimate is a round figure.
        estimate: ((truth * (1000 + off) / 1000 + 5) / 10 * 10).max(10),
        stance: tracked.then(|| unit.bearing.stance.clone()),
        fixed: tracked && unit.bearing.fixed,
    }
}

/// What is not seen again grows old: plot after a turn, rumour after two, forgotten in time; at once where own eyes
/// rest on the empty place.
fn age(field: &Field, known: &mut Knowledge) {
    let life = field.rules.constants.contact_life;
    for contact in known.contacts.values_mut() {
        contact.age += 1;
        contact.fixed = false;
        contact.source = Source::Memory;
        contact.confidence = match contact.age {
            0 => contact.seen_as,
            1 => contact.seen_as.max(Confidence::Plot),
            _ => Confidence::Rumour,
        };
        if known.seen.contains(contact.place.sector()) {
            contact.confidence = Confidence::Rumour;
        }
    }
    known.contacts.retain(|_, c| c.age < life);
}
