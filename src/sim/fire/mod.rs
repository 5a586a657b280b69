//! Phase 3: fire at range. Salvos by order and by policy, straight across the chart; whoever fires gives himself
//! away; organised guns answer; whoever stood through a battle is shelled. An answer is never answered.
//!
//! Every step reads the state at its own start: all salvos fly before any falls.

pub mod damage;
mod reply;
pub mod salvo;

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::salvo::{Flight, Shot, chance, fly};
use super::{
    casualty::Ledger,
    field::Field,
    journal::{Cause, What},
    order::{Policy, Target},
    roster::{Unit, Units},
    state::Knowledge,
    stats::{Bearer, Temper},
    theatre::{Theatre, Volley, crowd, terrain_at},
    turn::{Phase, Turn},
    view::{Confidence, Squadron},
};
use crate::content::{Force, Growth, Key, MeterOn, Rules, Seat, Sector, Side, Trigger, Weapon};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (salvos, reply::answers, reply::bombard, listen)
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
    let mounts = i64::from(mounts(rules, ships, weapon));
    if overcharge {
        return i32::try_from(mounts).unwrap_or(i32::MAX);
    }
    let tempo = rules.weapons.get(weapon).map_or(0, |w| i64::from(w.tempo));
    let due = |turn: u32| mounts * tempo * i64::from(turn) / 1000;
    i32::try_from(due(turn) - due(turn.saturating_sub(1))).unwrap_or(i32::MAX)
}

/// Fit mounts of a weapon.
pub fn mounts(rules: &Rules, ships: &[Squadron], weapon: &Key<Weapon>) -> i32 {
    ships
        .iter()
        .filter_map(|s| Some(s.fit * rules.classes.get(&s.class)?.weapons.get(weapon)?))
        .sum()
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
    salvos: i32,
    chance: i64,
    sum: String,
    cause: Cause,
}

/// Salvos by order, then by policy.
fn salvos(mut t: Theatre) {
    let units = t.roster.gather();
    let knowledge = t.knowledge();
    let tempers = t.tempers();
    let field = t.field.clone();
    let mut volleys = std::mem::take(&mut t.scratch.volleys);
    volleys.extend(by_policy(
        &field,
        t.clock.turn,
        &units,
        &knowledge,
        &tempers,
        &volleys,
    ));
    let mut flying = Vec::new();
    let mut spent: BTreeMap<Key<Force>, BTreeMap<Key<crate::content::Stock>, i32>> =
        BTreeMap::new();
    for volley in volleys {
        let Some(firer) = units.get(&volley.force) else {
            continue;
        };
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
        };
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
        let here = |u: &&Unit| u.place.sector() == &at && field.hostile(firer.side(), u.side());
        let mut confidence = confidence;
        let target = meant.and_then(|m| units.get(&m)).filter(here).or_else(|| {
            confidence = Confidence::Rumour;
            let others: Vec<&Unit> = units.values().filter(here).collect();
            let mut dice = field.dice(
                t.clock.turn,
                "fire.blind",
                &format!("{}/{}", volley.force, at),
            );
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
            lured: target.is_some_and(|u| u.bearing.lured),
        };
        let sum = target.map(|target| {
            chance(
                &field.rules,
                &shot,
                &bearer(&field, &units, &tempers, firer),
                &bearer(&field, &units, &tempers, target),
            )
        });
        flying.push(Volleyed {
            firer: volley.force,
            weapon: volley.weapon.clone(),
            from: from.clone(),
            at,
            target: target.map(|u| u.id.clone()),
            salvos,
            chance: sum.as_ref().map_or(0, crate::content::Sum::value),
            sum: sum.map_or_else(String::new, |s| s.to_string()),
            cause: Cause::Salvo(volley.weapon, from),
        });
    }
    for volley in &flying {
        let reveals = field
            .rules
            .weapons
            .get(&volley.weapon)
            .map_or(0, |w| w.reveals);
        let Some(firer) = units.get(&volley.firer) else {
            continue;
        };
        for side in field
            .scenario
            .sides
            .keys()
            .filter(|s| field.hostile(firer.side(), s))
        {
            let near = units.values().any(|u| {
                (u.side() == side || field.relation(u.side(), side).shares_sensors)
                    && field.range(u.place.sector(), &volley.from) <= reveals
            });
            let revealed = t.scratch.revealed.entry(volley.firer.clone()).or_default();
            if near {
                revealed.1.insert(side.clone());
            }
        }
        let revealed = t.scratch.revealed.entry(volley.firer.clone()).or_default();
        revealed.0 += volley.salvos;
    }
    fall(&mut t, units, flying, &spent, "fire.salvo");
    let revealed = t.scratch.revealed.clone();
    for (force, (_, sides)) in revealed {
        let units = t.roster.gather();
        if let Some(unit) = units.get(&force)
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
    field: &Field,
    turn: u32,
    units: &Units,
    knowledge: &BTreeMap<Key<Seat>, Knowledge>,
    tempers: &BTreeMap<Key<Side>, Temper>,
    ordered: &[Volley],
) -> Vec<Volley> {
    let mut volleys = Vec::new();
    for unit in units.values() {
        let least = match unit.standing.policy {
            Policy::Free => 1,
            Policy::Conserve => i64::from(field.rules.constants.break_even),
            Policy::Hold | Policy::Counterbattery => continue,
        };
        let Some(known) = knowledge.get(&unit.belongs.seat) else {
            continue;
        };
        for (weapon, definition) in &field.rules.weapons {
            let salvos = tubes(&field.rules, &unit.ships.0, weapon, false, turn);
            if definition.trigger != Trigger::Salvo
                || salvos == 0
                || ordered
                    .iter()
                    .any(|v| v.force == unit.id && v.weapon == *weapon)
            {
                continue;
            }
            let firer = bearer(field, units, tempers, unit);
            let best = known
                .contacts
                .iter()
                .filter(|(_, c)| field.hostile(unit.side(), &c.side))
                .filter_map(|(id, contact)| {
                    let distance = field.range(unit.place.sector(), contact.place.sector());
                    if distance > definition.range {
                        return None;
                    }
                    let shot = Shot {
                        weapon: definition,
                        distance,
                        confidence: contact.confidence,
                        overcharge: false,
                        answer: false,
                        lured: false,
                    };
                    let terrain = terrain_at(field, &contact.place);
                    let target = Bearer::stranger(&field.rules, contact.stance.as_ref(), terrain);
                    let expected = chance(&field.rules, &shot, &firer, &target).value();
                    (expected >= least).then_some((
                        expected,
                        contact.estimate,
                        std::cmp::Reverse(id.clone()),
                    ))
                })
                .max();
            if let Some((_, _, std::cmp::Reverse(contact))) = best {
                volleys.push(Volley {
                    force: unit.id.clone(),
                    weapon: weapon.clone(),
                    at: Target::Contact(contact),
                    salvos,
                    overcharge: false,
                });
            }
        }
    }
    volleys
}

/// All salvos fly over the state as it is, then all hits fall; stocks are used up.
fn fall(
    t: &mut Theatre,
    mut units: Units,
    flying: Vec<Volleyed>,
    spent: &BTreeMap<Key<Force>, BTreeMap<Key<crate::content::Stock>, i32>>,
    step: &str,
) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut tallies = t.tallies();
    for (force, stocks) in spent {
        let Some(unit) = units.get_mut(force) else {
            continue;
        };
        for (stock, amount) in stocks {
            if let Some(left) = unit.magazine.0.get_mut(stock) {
                *left -= amount;
            }
            if let Some(tally) = tallies.get_mut(unit.side()) {
                *tally.fired.entry(stock.clone()).or_default() += amount;
            }
        }
    }
    let mut incoming: BTreeMap<Key<Force>, i32> = BTreeMap::new();
    for volley in &flying {
        if let Some(target) = &volley.target {
            *incoming.entry(target.clone()).or_default() += volley.salvos;
        }
    }
    // (victim, hit points of one hit, cause, witnesses beside the victim's)
    let mut blows: Vec<(Key<Force>, i64, Cause, BTreeSet<Key<Seat>>)> = Vec::new();
    let mut volleys: BTreeMap<String, u32> = BTreeMap::new();
    for volley in flying {
        let (Some(weapon), Some(firer)) = (
            field.rules.weapons.get(&volley.weapon),
            units.get(&volley.firer),
        ) else {
            continue;
        };
        // The second volley at the same place has dice of its own.
        let mut subject = format!("{}/{}/{}", volley.firer, volley.weapon, volley.at);
        let nth = volleys.entry(subject.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            subject = format!("{subject}#{nth}");
        }
        let mut dice = field.dice(turn, step, &subject);
        let target = volley.target.as_ref().and_then(|k| units.get(k));
        let intercept = target.map_or(0, |u| {
            interception(
                &field.rules,
                &u.ships.0,
                incoming.get(&u.id).copied().unwrap_or(1),
            )
        });
        let flight: Flight = fly(weapon, volley.salvos, volley.chance, intercept, &mut dice);
        let mut told = field.watchers(firer.side());
        let bystanders: Vec<&Unit> = units
            .values()
            .filter(|u| u.place.sector() == &volley.at && Some(&u.id) != volley.target.as_ref())
            .collect();
        for hp in &flight.strays {
            if let Some(victim) = bystanders.get(dice.below(bystanders.len() as u64) as usize) {
                blows.push((victim.id.clone(), *hp, volley.cause.clone(), told.clone()));
            }
        }
        if let Some(target) = target {
            for hp in &flight.hits {
                blows.push((target.id.clone(), *hp, volley.cause.clone(), told.clone()));
            }
            told.extend(field.watchers(target.side()));
        }
        t.journal.tell(
            &told,
            What::Salvos {
                firer: volley.firer,
                weapon: volley.weapon,
                from: volley.from,
                at: volley.at,
                target: volley.target,
                cause: volley.cause,
                chance: i32::try_from(volley.chance).unwrap_or(0),
                sum: volley.sum,
                salvos: volley.salvos,
                shot_down: flight.shot_down,
                hits: flight.hits.len() as i32,
                strays: flight.strays.len() as i32,
                hp: flight.hits.iter().sum(),
            },
        );
    }
    let mut ledger = Ledger {
        field: &field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut tallies,
    };
    let mut count: BTreeMap<Key<Force>, u32> = BTreeMap::new();
    for (victim, hp, cause, told) in blows {
        let n = count.entry(victim.clone()).or_default();
        *n += 1;
        // What falls on a wreck sinks nobody twice.
        let Some(unit) = units.get_mut(&victim).filter(|u| !u.is_gone()) else {
            continue;
        };
        let mut dice = field.dice(turn, step, &format!("{victim}#{n}"));
        let sheltered = unit
            .bearing
            .posture
            .as_ref()
            .and_then(|p| field.rules.postures.get(p))
            .is_some_and(|p| p.shelters);
        let losses = damage::strike(&field.rules, &mut unit.ships.0, hp, sheltered, &mut dice);
        let lost: i64 = losses.iter().map(|l| l.hp).sum();
        *t.scratch.fire_loss.entry(victim).or_default() += lost;
        let place = unit.place.clone();
        ledger.book(unit, &losses, &cause, &place, &told, &mut dice);
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}

/// Each salvo teaches the enemy's gunners: meters that grow by what the side's sensors hear.
fn listen(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let mut tallies = t.tallies();
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
            for (side, tally) in &mut tallies {
                let heard: i32 = t
                    .scratch
                    .revealed
                    .iter()
                    .filter_map(|(force, (salvos, _))| Some((units.get(force)?, salvos)))
                    .filter(|(firer, _)| field.hostile(side, firer.side()))
                    .filter(|(firer, _)| {
                        units.values().any(|u| {
                            u.side() == side
                                && field.range(u.place.sector(), firer.place.sector()) <= *within
                        })
                    })
                    .map(|(_, salvos)| *salvos)
                    .sum();
                if let Some(value) = tally.meters.get_mut(key) {
                    *value =
                        (*value + heard.saturating_mul(*add)).clamp(meter.range.0, meter.range.1);
                }
            }
        }
    }
    t.put_tallies(tallies);
}

fn bearer<'a>(
    field: &'a Field,
    units: &Units,
    tempers: &'a BTreeMap<Key<Side>, Temper>,
    unit: &'a Unit,
) -> Bearer<'a> {
    let terrain = terrain_at(field, &unit.place);
    let mut bearer = Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()));
    bearer.crowd = crowd(field, units, unit.side(), &unit.place);
    bearer
}
