//! Classes of ships that are worse than another in something and better in nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Whole, sides_of_forces};
use crate::content::{Class, Key};

/// Tells each class that is dominated by another one which a side of some scenario has as well.
pub(super) fn dominated(check: &mut Check<'_>, whole: &Whole<'_>) {
    let classes = &whole.rules.classes;
    let mut told: BTreeSet<&Key<Class>> = BTreeSet::new();
    for scenario in whole.scenarios.values() {
        let mut fleets: BTreeMap<_, BTreeSet<&Key<Class>>> = BTreeMap::new();
        for (force, side) in sides_of_forces(scenario) {
            fleets.entry(side).or_default().extend(force.ships.keys());
        }
        for fleet in fleets.values() {
            for one in fleet {
                let better = fleet.iter().find(|other| {
                    let pair = (classes.get(*one), classes.get(**other));
                    matches!(pair, (Some(a), Some(b)) if worse(a, b))
                });
                let Some(better) = better.filter(|_| told.insert(*one)) else {
                    continue;
                };
                if let Some(file) = whole.draft.classes.get(one.as_str()) {
                    check.warning(
                        "dominated-class",
                        file.id.span,
                        format!(
                            "`{one}` is better than `{better}` in nothing, and worse in something"
                        ),
                        "give it something that speaks for it",
                    );
                }
            }
        }
    }
}

/// Whether the one is worse than the other in something and better in nothing.
fn worse(one: &Class, other: &Class) -> bool {
    // What modifiers are worth nobody can say, so they have to be the same.
    if one.role != other.role || one.modifiers != other.modifiers {
        return false;
    }
    let mut pairs = vec![
        (one.hull, other.hull),
        (one.speed, other.speed),
        (one.intercept, other.intercept),
    ];
    pairs.extend(counted(&one.weapons, &other.weapons));
    pairs.extend(counted(&one.magazine, &other.magazine));
    pairs.iter().all(|(a, b)| a <= b) && pairs.iter().any(|(a, b)| a < b)
}

/// What both have of each thing.
fn counted<K: Ord>(one: &BTreeMap<K, i32>, other: &BTreeMap<K, i32>) -> Vec<(i32, i32)> {
    let keys: BTreeSet<&K> = one.keys().chain(other.keys()).collect();
    let of = |map: &BTreeMap<K, i32>, key| map.get(key).copied().unwrap_or(0);
    keys.into_iter()
        .map(|key| (of(one, key), of(other, key)))
        .collect()
}
