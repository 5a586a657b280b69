//! Who destroyed what in a turn, read off the journal: what a side may boast of.

use std::collections::BTreeMap;

use crate::{
    content::{Force, Key, Side},
    sim::{
        journal::{Party, What},
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
    // What each side lost in a place, and whom it fought there.
    let mut fought: BTreeMap<(&Place, &Key<Side>), (i64, Vec<&Party>)> = BTreeMap::new();
    for entry in t.journal.entries.iter() {
        match &entry.what {
            What::Battle {
                place,
                attacker,
                defender,
                ..
            } => {
                for (one, other) in [(attacker, defender), (defender, attacker)] {
                    let here = fought.entry((place, &one.side)).or_default();
                    // A party says all that it lost there, however many it met.
                    here.0 = here.0.max(one.lost);
                    here.1.push(other);
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
    for (lost, foes) in fought.into_values() {
        let all: i64 = foes.iter().map(|foe| foe.strength.max(1)).sum();
        for foe in foes {
            *credit.entry(foe.side.clone()).or_default() += lost * foe.strength.max(1) / all;
        }
    }
    credit
}
