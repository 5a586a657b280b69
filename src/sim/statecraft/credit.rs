//! Who destroyed what in a turn, read off the journal: what a side may boast of.

use std::collections::BTreeMap;

use crate::{
    content::{Force, Key, Side},
    sim::{
        journal::{Cause, Party, What},
        outcome::Stage,
        state::Place,
        theatre::Theatre,
    },
};

/// Hit points that each side destroyed or captured in the turn. What falls in a battle is shared out among those it was
/// fought against, by their strength as it began; salvos, pursuits and captures have one who did it. What storms, mines, sites
/// and deeds destroy is nobody's.
pub(super) fn destroyed(t: &Theatre, stage: &Stage) -> BTreeMap<Key<Side>, i64> {
    // Who fired may be no more: then it is whose it was at first, detachments as their parent.
    let side_of = |force: &Key<Force>| {
        if let Some(unit) = stage.units.get(force) {
            return Some(unit.side().clone());
        }
        let parent = force.as_str().split('.').next().unwrap_or_default();
        let parent = t.field.scenario.forces.get(parent)?;
        let seat = t.field.seat_of(&parent.faction)?;
        t.field.side_of(seat).cloned()
    };
    let mut credit: BTreeMap<Key<Side>, i64> = BTreeMap::new();
    let entries = &t.journal.entries;
    let battles: Vec<(&Place, &Party, &Party)> = entries
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Battle {
                place,
                attacker,
                defender,
                ..
            } => Some((place, attacker, defender)),
            _ => None,
        })
        .collect();
    for entry in entries.iter() {
        match &entry.what {
            What::ShipsLost {
                force,
                place,
                hp,
                cause: Cause::Bout(_),
                ..
            } => {
                let foes = against(&battles, place, force);
                let all: i64 = foes.iter().map(|foe| foe.strength.max(1)).sum();
                for foe in foes {
                    *credit.entry(foe.side.clone()).or_default() += hp * foe.strength.max(1) / all;
                }
            }
            What::Captured { by, hp, .. } | What::Pursued { by, hp, .. } => {
                *credit.entry(by.clone()).or_default() += hp;
            }
            What::Salvos { firer, hp, .. } => {
                if let Some(side) = side_of(firer) {
                    *credit.entry(side).or_default() += hp;
                }
            }
            _ => {}
        }
    }
    credit
}

/// The parties that fought this force there.
fn against<'a>(
    battles: &[(&Place, &'a Party, &'a Party)],
    place: &Place,
    force: &Key<Force>,
) -> Vec<&'a Party> {
    let here = battles.iter().filter(|(at, ..)| *at == place);
    here.filter_map(|(_, attacker, defender)| {
        if attacker.forces.contains(force) {
            Some(*defender)
        } else if defender.forces.contains(force) {
            Some(*attacker)
        } else {
            None
        }
    })
    .collect()
}
