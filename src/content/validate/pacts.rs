//! What seats may agree to.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check,
    conditions::{MAX_EFFECTS, Scene, effect_of},
    map::{at_most, names},
    yes,
};
use crate::content::{Condition, Key, Pact, ron::At, schema::scenario as file};

/// Most of them in one scenario.
const MAX_PACTS: usize = 200;

pub(super) fn pacts(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &file::Scenario,
) -> BTreeMap<Key<Pact>, Pact> {
    at_most(check, &file.pacts, MAX_PACTS, "pacts");
    names(check, "pact", &file.pacts, |pact| Some(&pact.id));
    let mut pacts = BTreeMap::new();
    for pact in file.pacts.iter().filter_map(At::get) {
        at_most(check, &pact.effects, MAX_EFFECTS, "effects of one pact");
        if pact.effects.is_empty() {
            check.error(
                "no-effect",
                pact.id.span,
                "nothing comes of this pact".into(),
                "add `effects: [Change(...)]`",
            );
        }
        let between: Vec<Key<_>> = check.all_known(&pact.between, &scene.names.seats);
        let parties: BTreeSet<_> = between.iter().collect();
        if parties.len() < 2 || parties.len() < between.len() {
            check.error(
                "no-partner",
                pact.id.span,
                "a pact is between two seats or more, each named once".into(),
                "write `between: [\"one\", \"another\"]`",
            );
        }
        let made = Pact {
            name: check.text(&pact.name, "name"),
            summary: check.text(&pact.summary, "summary"),
            between,
            when: pact
                .when
                .as_ref()
                .map_or(Condition::Always, |when| scene.when(check, when)),
            effects: pact
                .effects
                .iter()
                .filter_map(At::get)
                .map(|effect| effect_of(check, scene, effect))
                .collect(),
            again: yes(&pact.again),
        };
        if let Some(id) = pact.id.get() {
            pacts.insert(Key::new(id), made);
        }
    }
    pacts
}
