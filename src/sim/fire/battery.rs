//! Batteries of sites: they fire by themselves, every turn, at hostile forces in their sector.

use super::{
    Range, damage, interception,
    salvo::{Shot, chance, fly, seek},
};
use crate::{
    content::{Key, Side, Trigger},
    sim::{
        casualty::Ledger,
        journal::{Cause, What},
        roster::Unit,
        stats::{Bearer, SiteState},
        theatre::Theatre,
        values::Tallies,
        view::Confidence,
    },
};

/// Each weapon of a site at the strongest hostile force over it; shields do not keep its own fire in.
pub(super) fn batteries(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let mut tallies = t.tallies();
    let holdings = t.holdings();
    let read = units.clone();
    let range = Range::of(&t, &field, &read);
    for (site, holding) in holdings.iter().filter(|(_, h)| h.works()) {
        let Some(kind) = field.scenario.map.sites.get(site).map(|s| &s.kind) else {
            continue;
        };
        let Some(definition) = field.rules.site_kinds.get(kind) else {
            continue;
        };
        let state = SiteState {
            kind: kind.clone(),
            shielded: holding.shields_down < definition.shields,
            unsurrendered: false,
        };
        for (weapon, mounts) in &definition.weapons {
            let Some(gun) = field
                .rules
                .weapons
                .get(weapon)
                .filter(|w| w.trigger == Trigger::Orbit)
            else {
                continue;
            };
            let due =
                |turn: u32| i64::from(*mounts) * i64::from(gun.tempo) * i64::from(turn) / 1000;
            let salvos = i32::try_from(due(turn) - due(turn.saturating_sub(1))).unwrap_or(0);
            let at = field.graph.number(&holding.sector);
            let over = range.stations.at(at.unwrap_or(usize::MAX)).filter(|n| {
                read.post(&field, *n).in_sector
                    && field.hostile(&holding.owner, read.nth(*n).side())
            });
            let target =
                over.max_by_key(|n| (read.post(&field, *n).strength, std::cmp::Reverse(*n)));
            let Some(number) = target.filter(|_| salvos > 0) else {
                continue;
            };
            let target = read.nth(number);
            let shot = Shot {
                weapon: gun,
                distance: 0,
                confidence: Confidence::Fix,
                overcharge: false,
                answer: false,
                lured: target.bearing.lured,
            };
            let around = range.around.get(&holding.owner, &holding.sector);
            let temper = range.tempers.get(&holding.owner);
            let firer = Bearer::site(
                &field.rules,
                &state,
                &holding.meters,
                &holding.stocks,
                temper,
            )
            .within(around);
            let aim = range.bearer(number);
            let chance = chance(&field.rules, &shot, &firer, &aim).value();
            let mut dice = field.dice(turn, "fire.battery", &format!("{site}/{weapon}"));
            let stopped = interception(&field.rules, &target.ships.0, salvos);
            let flight = fly(gun, salvos, chance, stopped, &mut dice);
            let told: Vec<&Key<Side>> = vec![&holding.owner, target.side()];
            t.tell_sides(
                told,
                What::SiteFired {
                    site: site.clone(),
                    weapon: weapon.clone(),
                    target: target.id.clone(),
                    salvos,
                    hits: i32::try_from(flight.hits.len()).unwrap_or(i32::MAX),
                    hp: flight.hits.iter().sum(),
                },
            );
            let aimed = damage::Aimed {
                seek: seek(gun, &firer),
                shelter: None,
            };
            strike(
                &mut t,
                &mut tallies,
                &field,
                &mut units,
                target,
                &flight.hits,
                aimed,
                Cause::Battery(weapon.clone(), site.clone()),
                &mut dice,
            );
        }
    }
    drop(range);
    t.put_tallies(tallies);
    t.roster.apply(units);
}

/// Books hits of one battery on one force.
fn strike(
    t: &mut Theatre,
    tallies: &mut Tallies,
    field: &crate::sim::Field,
    units: &mut crate::sim::Units,
    target: &Unit,
    hits: &[i64],
    aimed: damage::Aimed,
    cause: Cause,
    dice: &mut crate::sim::dice::Dice,
) {
    for hp in hits {
        let Some(unit) = units.get_mut(&target.id).filter(|u| !u.is_gone()) else {
            return;
        };
        let losses = damage::strike(&field.rules, &mut unit.ships.0, *hp, aimed, dice);
        let lost: i64 = losses.iter().map(|l| l.hp).sum();
        *t.scratch.fire_loss.entry(unit.id.clone()).or_default() += lost;
        let place = unit.place.clone();
        let mut ledger = Ledger {
            field,
            journal: &mut t.journal,
            story: &mut t.story,
            tallies,
        };
        ledger.book(unit, &losses, &cause, &place, &Default::default(), dice);
    }
}
