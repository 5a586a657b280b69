//! Content that can be used as it is and is likely not meant so: warnings. They are asked once everything is sound, and
//! by `check` alone: a war is loaded without them.

mod classes;
mod unused;
mod war;

use std::{collections::BTreeMap, sync::Arc};

use super::Check;
use crate::content::{
    Diagnostics, Key, Rules, Scenario, Side, draft::Draft, kind::Kind, ron::Tree,
};

/// What there is to be looked at.
pub(crate) struct Whole<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) rules: &'a Rules,
    pub(crate) scenarios: &'a BTreeMap<Key<Scenario>, Arc<Scenario>>,
    /// All texts with their kinds.
    pub(crate) texts: Vec<(Option<Kind>, &'a Tree)>,
}

/// Everything that is likely not meant so, wherever it stands.
pub(crate) fn sense(whole: &Whole<'_>, out: &mut Diagnostics) {
    let mut check = Check::new(out);
    for (id, placed) in whole.draft.scenarios.iter() {
        if let Some(scenario) = whole.scenarios.get(id) {
            war::war(&mut check, whole.rules, &placed.scenario, scenario);
        }
    }
    classes::dominated(&mut check, whole);
    unused::unused(&mut check, whole);
}

/// The side of each force of a scenario.
fn sides_of_forces(
    scenario: &Scenario,
) -> impl Iterator<Item = (&crate::content::Force, &Key<Side>)> {
    scenario.forces.values().filter_map(|force| {
        let faction = scenario.factions.get(&force.faction)?;
        Some((force, &scenario.seats.get(&faction.seat)?.side))
    })
}
