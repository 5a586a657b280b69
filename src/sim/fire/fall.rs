//! Salvos fall: all fly over the state as it is, then all hits are booked, shields and magazines are charged.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Range, Volleyed, damage, interception,
    salvo::{Flight, fly, seek},
};
use crate::{
    content::{Force, Key, Stat, Stock},
    sim::{
        casualty::Ledger,
        field::Field,
        journal::{Cause, What, Witnesses},
        roster::{Unit, Units},
        theatre::Theatre,
    },
};

/// One hit on its way to a force.
struct Blow {
    victim: Key<Force>,
    hp: i64,
    seek: i64,
    cause: Cause,
    /// Who sees it beside the victim's side.
    told: Witnesses,
}

/// Whether a force's posture keeps its capitals behind its screen.
fn shelters(field: &Field, unit: &Unit) -> bool {
    let posture = unit.bearing.posture.as_ref();
    posture
        .and_then(|p| field.rules.postures.get(p))
        .is_some_and(|p| p.shelters)
}

/// All salvos fly over the state as it is, then all hits fall; stocks are used up.
pub(super) fn fall(
    t: &mut Theatre,
    mut units: Units,
    flying: Vec<Volleyed>,
    spent: &BTreeMap<Key<Force>, BTreeMap<Key<Stock>, i32>>,
    step: &str,
) {
    if flying.is_empty() && spent.is_empty() {
        return;
    }
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
    let mut blows: Vec<Blow> = Vec::new();
    let mut shaken: BTreeMap<Key<Force>, i32> = BTreeMap::new();
    let range = Range::of(t, &field, &units);
    let mut volleys: BTreeMap<String, u32> = BTreeMap::new();
    for volley in flying {
        let (Some(weapon), Some(number)) = (
            field.rules.weapons.get(&volley.weapon),
            units.position(&volley.firer),
        ) else {
            continue;
        };
        let firer = units.nth(number);
        // The second volley at the same place has dice of its own.
        let mut subject = format!("{}/{}/{}", volley.firer, volley.weapon, volley.at);
        let nth = volleys.entry(subject.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            subject = format!("{subject}#{nth}");
        }
        let mut dice = field.dice(turn, step, &subject);
        let target = volley.target.as_ref().and_then(|k| units.get(k));
        let voided = range.is_voided(weapon, firer.side(), &volley.at);
        let intercept = if voided {
            1000
        } else {
            target.map_or(0, |u| {
                interception(
                    &field.rules,
                    &u.ships.0,
                    incoming.get(&u.id).copied().unwrap_or(1),
                )
            })
        };
        let seek = seek(weapon, &range.bearer(number));
        if let Some(target) = target {
            *shaken.entry(target.id.clone()).or_default() +=
                weapon.shakes.saturating_mul(volley.salvos);
        }
        let flight: Flight = fly(weapon, volley.salvos, volley.chance, intercept, &mut dice);
        let mut told = field.watchers(firer.side());
        let at = field.graph.number(&volley.at);
        let at = at.filter(|_| !flight.strays.is_empty());
        let bystanders: Vec<&Unit> = range
            .stations
            .at(at.unwrap_or(usize::MAX))
            .map(|n| units.nth(n))
            .filter(|u| Some(&u.id) != volley.target.as_ref())
            .collect();
        for hp in &flight.strays {
            if let Some(victim) = bystanders.get(dice.below(bystanders.len() as u64) as usize) {
                blows.push(Blow {
                    victim: victim.id.clone(),
                    hp: *hp,
                    seek,
                    cause: volley.cause.clone(),
                    told: told.clone(),
                });
            }
        }
        if let Some(target) = target {
            for hp in &flight.hits {
                blows.push(Blow {
                    victim: target.id.clone(),
                    hp: *hp,
                    seek,
                    cause: volley.cause.clone(),
                    told: told.clone(),
                });
            }
            told.join(&field.watchers(target.side()));
        }
        if let Some((site, holding)) = volley
            .site
            .as_ref()
            .and_then(|s| range.holdings.get_key_value(s))
        {
            let hp: i64 = flight.hits.iter().sum();
            let by = t.scratch.shelled.entry(site.clone()).or_default();
            *by.entry(firer.side().clone()).or_default() += hp;
            *t.scratch.struck.entry(site.clone()).or_default() += hp;
            told.join(&field.watchers(&holding.owner));
        }
        t.journal.tell(
            &told,
            What::Salvos {
                firer: volley.firer,
                weapon: volley.weapon,
                from: volley.from,
                at: volley.at,
                target: volley.target,
                site: volley.site,
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
    let victims: BTreeSet<usize> = blows
        .iter()
        .filter_map(|b| units.position(&b.victim))
        .collect();
    let shelters: BTreeMap<Key<Force>, i64> = victims
        .into_iter()
        .filter(|n| shelters(&field, units.nth(*n)))
        .map(|n| {
            let bearer = range.bearer(n);
            let shelter = bearer.value(Stat::Shelter, damage::SHELTERED, 0, 1000);
            (units.nth(n).id.clone(), shelter)
        })
        .collect();
    drop(range);
    for (force, readiness) in shaken.into_iter().filter(|(_, n)| *n != 0) {
        if let Some(unit) = units.get_mut(&force) {
            unit.crew.readiness = unit.crew.readiness.saturating_sub(readiness).max(0);
        }
    }
    let mut ledger = Ledger {
        field: &field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut tallies,
    };
    let mut count: BTreeMap<Key<Force>, u32> = BTreeMap::new();
    for blow in blows {
        let victim = blow.victim;
        let n = count.entry(victim.clone()).or_default();
        *n += 1;
        // What falls on a wreck sinks nobody twice.
        let Some(unit) = units.get_mut(&victim).filter(|u| !u.is_gone()) else {
            continue;
        };
        let mut dice = field.dice(turn, step, &format!("{victim}#{n}"));
        let aimed = damage::Aimed {
            seek: blow.seek,
            shelter: shelters.get(&victim).copied(),
        };
        let losses = damage::strike(&field.rules, &mut unit.ships.0, blow.hp, aimed, &mut dice);
        let lost: i64 = losses.iter().map(|l| l.hp).sum();
        *t.scratch.fire_loss.entry(victim).or_default() += lost;
        let place = unit.place.clone();
        ledger.book(unit, &losses, &blow.cause, &place, &blow.told, &mut dice);
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}
