//! Guns that fire by themselves: at whoever gave himself away, and at whoever stood.

use std::collections::{BTreeMap, BTreeSet};

use super::{Range, Volleyed, fall, salvo::Shot, salvos_of};
use crate::{
    content::{Force, Key, Seat, Stat, Total, Trigger, Weapon},
    sim::{
        journal::Cause, map::distance, order::Policy, scatter::Scatter, theatre::Theatre,
        view::Confidence,
    },
};

/// A shot that answers, or shells who stood: a fix on somebody so far away.
fn shot(weapon: &Weapon, distance: i32, answer: bool, lured: bool) -> Shot<'_> {
    Shot {
        weapon,
        distance,
        confidence: Confidence::Fix,
        overcharge: false,
        answer,
        lured,
    }
}

/// Organised guns answer whoever gave himself away: for each salvo so many shots of the side, from the best placed.
pub(super) fn answers(mut t: Theatre) {
    if t.scratch.revealed.is_empty() {
        return;
    }
    let units = t.roster.gather();
    let field = t.field.clone();
    let rules = &field.rules;
    let range = Range::of(&t, &field, &units);
    let trigger = |w: &&(&Key<Weapon>, &Weapon)| w.1.trigger == Trigger::Answer;
    let weapons: Vec<_> = rules.weapons.iter().collect();
    let weapons: Vec<_> = weapons.iter().filter(trigger).collect();
    // Each side's guns, found by distance.
    let mut guns: Vec<Vec<_>> = vec![Vec::new(); field.relations.len()];
    for (n, unit) in units.values().enumerate() {
        let post = units.post(&field, n);
        let side = post.side;
        let ready = unit.standing.policy != Policy::Hold && side < guns.len();
        for (weapon, definition) in weapons.iter().filter(|_| ready) {
            if post.mounts(weapon) > 0
                && let Some(at) = range.at(n)
            {
                guns[side].push((at, (n, *weapon, *definition)));
            }
        }
    }
    let guns: Vec<Scatter<_>> = guns.into_iter().map(Scatter::of).collect();
    let furthest = weapons.iter().map(|(_, w)| w.range).max().unwrap_or(0);
    // What each gun brings to its aim, worked out when it is first asked.
    let mut aims: BTreeMap<(usize, &Key<Weapon>), Total> = BTreeMap::new();
    let mut flying = Vec::new();
    let mut used: BTreeMap<(usize, &Key<Weapon>), i32> = BTreeMap::new();
    for (firer, (salvos, sides)) in &t.scratch.revealed {
        let Some(number) = units.position(firer) else {
            continue;
        };
        let target = units.nth(number);
        let Some(at) = range.at(number) else {
            continue;
        };
        let lured = target.bearing.lured;
        let mut exposure = None;
        for side in sides {
            let Some(guns) = field.relations.number(side).and_then(|n| guns.get(n)) else {
                continue;
            };
            let mut ready: Vec<(i64, usize, &Key<Weapon>, Shot)> = Vec::new();
            for (there, (n, weapon, definition)) in guns.within(at, furthest) {
                let distance = distance(at, there);
                if distance > definition.range {
                    continue;
                }
                let shot = shot(definition, distance, true, lured);
                let value = if field.paired {
                    range.chance(&shot, *n, number).value()
                } else {
                    let exposure = exposure.get_or_insert_with(|| {
                        shot.rest(rules).and(&range.exposure(&shot, number))
                    });
                    let aim = aims.entry((*n, *weapon));
                    let aim = aim.or_insert_with(|| range.aim(&shot, *n, true));
                    shot.chance_of(aim, exposure)
                };
                ready.push((value, *n, weapon, shot));
            }
            // Forces are numbered in the order of their names.
            ready.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
            let Some((_, best, gun, _)) = ready.first() else {
                continue;
            };
            // An answering weapon's tempo is its shots for each salvo heard.
            let tempo = rules.weapons.get(*gun).map_or(0, |w| i64::from(w.tempo));
            let per_salvo = range.bearer(*best);
            let per_salvo = per_salvo.value(Stat::AnswerShots, tempo, 0, 10_000);
            let mut dice = field.dice(t.clock.turn, "fire.answers", &format!("{side}/{firer}"));
            let mut shots =
                i32::try_from(dice.share(i64::from(*salvos), per_salvo, 1000)).unwrap_or(0);
            for (value, n, weapon, shot) in ready {
                if shots <= 0 {
                    break;
                }
                let unit = units.nth(n);
                let spent = used.entry((n, weapon)).or_default();
                let here = (units.post(&field, n).mounts(weapon) - *spent)
                    .min(shots)
                    .max(0);
                if here == 0 {
                    continue;
                }
                *spent += here;
                shots -= here;
                let from = unit.place.sector().clone();
                let sum = range.chance(&shot, n, number);
                flying.push(Volleyed {
                    firer: unit.id.clone(),
                    weapon: weapon.clone(),
                    from: from.clone(),
                    at: target.place.sector().clone(),
                    target: Some(firer.clone()),
                    site: None,
                    salvos: here,
                    chance: value,
                    sum: sum.to_string(),
                    cause: Cause::Answer(weapon.clone(), from),
                });
            }
        }
    }
    drop(range);
    fall(&mut t, units, flying, &BTreeMap::new(), "fire.answer");
}

/// Whoever stood through last turn's battle is where the guns expect him.
pub(super) fn bombard(mut t: Theatre) {
    let units = t.roster.gather();
    let field = t.field.clone();
    let rules = &field.rules;
    let turn = t.clock.turn;
    if !units.values().any(|u| u.bearing.fixed) {
        return;
    }
    let knowledge = t.all_known();
    let range = Range::of(&t, &field, &units);
    let mut flying = Vec::new();
    // Whom each seat knows to have stood, found by distance.
    let mut stood: BTreeMap<&Key<Seat>, Scatter<usize>> = BTreeMap::new();
    for (number, unit) in units.values().enumerate() {
        if unit.standing.policy == Policy::Hold {
            continue;
        }
        for (weapon, definition) in &rules.weapons {
            if definition.trigger != Trigger::Bombard {
                continue;
            }
            let mounts = units.post(&field, number).mounts(weapon);
            let salvos = salvos_of(mounts, definition, false, turn);
            let at = range.at(number).filter(|_| salvos != 0);
            let Some(at) = at else { continue };
            let stood = stood.entry(&unit.belongs.seat).or_insert_with(|| {
                let known = knowledge.get(&unit.belongs.seat).into_iter();
                let found: BTreeSet<&Key<Force>> = known
                    .flat_map(|k| k.contacts.values())
                    .filter(|c| c.fixed)
                    .map(|c| &c.force)
                    .collect();
                let there = found.into_iter().filter_map(|k| units.position(k));
                let there = there.filter(|n| {
                    let u = units.nth(*n);
                    u.bearing.fixed && field.hostile(unit.side(), u.side())
                });
                Scatter::of(there.filter_map(|n| Some((range.at(n)?, n))))
            });
            let target = stood
                .within(at, definition.range)
                .map(|(there, n)| {
                    let shot = shot(definition, distance(at, there), false, false);
                    (range.chance(&shot, number, *n), *n)
                })
                .max_by(|(a, x), (b, y)| a.value().cmp(&b.value()).then_with(|| y.cmp(x)));
            if let Some((sum, target)) = target {
                let from = unit.place.sector().clone();
                let target = units.nth(target);
                flying.push(Volleyed {
                    firer: unit.id.clone(),
                    weapon: weapon.clone(),
                    from: from.clone(),
                    at: target.place.sector().clone(),
                    target: Some(target.id.clone()),
                    site: None,
                    salvos,
                    chance: sum.value(),
                    sum: sum.to_string(),
                    cause: Cause::Bombard(weapon.clone(), from),
                });
            }
        }
    }
    drop(range);
    fall(&mut t, units, flying, &BTreeMap::new(), "fire.bombard");
}
