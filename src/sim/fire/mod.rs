//! Fire at range.

use crate::{content::{Key, Rules, Weapon}, sim::view::Squadron};

/// Salvos a force may fire with a weapon in one turn: fit mounts by the weapon's tempo, at least one
/// if there is a mount; all tubes with overcharge.
pub fn tubes(rules: &Rules, ships: &[Squadron], weapon: &Key<Weapon>, overcharge: bool) -> i32 {
    let mounts = mounts(rules, ships, weapon);
    let tempo = if overcharge { 1000 } else { rules.weapons.get(weapon).map_or(0, |w| w.tempo) };
    if mounts == 0 {
        return 0;
    }
    // Rounded down; a single mount still fires.
    i32::try_from(i64::from(mounts) * i64::from(tempo) / 1000).unwrap_or(i32::MAX).max(1)
}

/// Fit mounts of a weapon.
pub fn mounts(rules: &Rules, ships: &[Squadron], weapon: &Key<Weapon>) -> i32 {
    ships
        .iter()
        .filter_map(|s| Some(s.fit * rules.classes.get(&s.class)?.weapons.get(weapon)?))
        .sum()
}
