//! Guns that fire by themselves: at whoever gave himself away, and at whoever stood.

use std::collections::{BTreeMap, BTreeSet};

use super::{Range, Volleyed, fall, mounts, salvo::Shot, tubes};
use crate::{
    content::{Force, Key, Stat, Trigger, Weapon},
    sim::{journal::Cause, order::Policy, roster::Unit, theatre::Theatre, view::Confidence},
};

/// Organised guns answer whoever gave himself away: for each salvo so many shots of the side, from the best placed.
pub(super) fn answers(mut t: Theatre) {
    let units = t.roster.gather();
    let field = t.field.clone();
    let range = Range::of(&t, &field, &units);
    let mut flying = Vec::new();
    let mut used: BTreeMap<(Key<Force>, Key<Weapon>), i32> = BTreeMap::new();
    for (firer, (salvos, sides)) in &t.scratch.revealed {
        let Some(target) = units.get(firer) else {
            continue;
        };
        let at = target.place.sector().clone();
        for side in sides {
            let mut guns: Vec<(i64, String, &Unit, &Key<Weapon>)> = Vec::new();
            for unit in units
                .values()
                .filter(|u| u.side() == side && u.standing.policy != Policy::Hold)
            {
                for (weapon, definition) in &field.rules.weapons {
                    let distance = field.range(unit.place.sector(), &at);
                    if definition.trigger != Trigger::Answer
                        || distance > definition.range
                        || mounts(&field.rules, &unit.ships.0, weapon) == 0
                    {
                        continue;
                    }
                    let shot = Shot {
                        weapon: definition,
                        distance,
                        confidence: Confidence::Fix,
                        overcharge: false,
                        answer: true,
                        lured: target.bearing.lured,
                    };
                    let sum = range.chance(&shot, unit, target);
                    guns.push((sum.value(), sum.to_string(), unit, weapon));
                }
            }
            guns.sort_by(|a, b| {
                b.0.cmp(&a.0)
                    .then_with(|| (&a.2.id, a.3).cmp(&(&b.2.id, b.3)))
            });
            let Some((_, _, best, gun)) = guns.first() else {
                continue;
            };
            // An answering weapon's tempo is its shots for each salvo heard.
            let tempo = field
                .rules
                .weapons
                .get(*gun)
                .map_or(0, |w| i64::from(w.tempo));
            let per_salvo = range
                .bearer(best)
                .stat(Stat::AnswerShots, tempo, 0, 10_000)
                .value();
            let mut dice = field.dice(t.clock.turn, "fire.answers", &format!("{side}/{firer}"));
            let mut shots =
                i32::try_from(dice.share(i64::from(*salvos), per_salvo, 1000)).unwrap_or(0);
            for (chance, sum, unit, weapon) in guns {
                let spent = used.entry((unit.id.clone(), weapon.clone())).or_default();
                let here = (mounts(&field.rules, &unit.ships.0, weapon) - *spent)
                    .min(shots)
                    .max(0);
                if here == 0 {
                    continue;
                }
                *spent += here;
                shots -= here;
                let from = unit.place.sector().clone();
                flying.push(Volleyed {
                    firer: unit.id.clone(),
                    weapon: weapon.clone(),
                    from: from.clone(),
                    at: at.clone(),
                    target: Some(firer.clone()),
                    site: None,
                    salvos: here,
                    chance,
                    sum,
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
    let knowledge = t.knowledge();
    let field = t.field.clone();
    let range = Range::of(&t, &field, &units);
    let mut flying = Vec::new();
    for unit in units.values().filter(|u| u.standing.policy != Policy::Hold) {
        for (weapon, definition) in &field.rules.weapons {
            let salvos = tubes(&field.rules, &unit.ships.0, weapon, false, t.clock.turn);
            if definition.trigger != Trigger::Bombard || salvos == 0 {
                continue;
            }
            // Only whom the seat knows to have stood.
            let found: BTreeSet<&Key<Force>> = knowledge
                .get(&unit.belongs.seat)
                .into_iter()
                .flat_map(|k| k.contacts.values())
                .filter(|c| c.fixed)
                .map(|c| &c.force)
                .collect();
            let target = units
                .values()
                .filter(|u| field.hostile(unit.side(), u.side()))
                .filter(|u| u.bearing.fixed && found.contains(&u.id))
                .filter_map(|u| {
                    let distance = field.range(unit.place.sector(), u.place.sector());
                    let shot = Shot {
                        weapon: definition,
                        distance,
                        confidence: Confidence::Fix,
                        overcharge: false,
                        answer: false,
                        lured: false,
                    };
                    (distance <= definition.range).then(|| (range.chance(&shot, unit, u), u))
                })
                .max_by(|(a, x), (b, y)| a.value().cmp(&b.value()).then_with(|| y.id.cmp(&x.id)));
            if let Some((sum, target)) = target {
                let from = unit.place.sector().clone();
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
