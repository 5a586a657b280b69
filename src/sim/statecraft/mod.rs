//! Phase 8: meters grow, thresholds are passed, lessons are learned.

mod credit;
mod growth;

use std::sync::Arc;

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    field::Field,
    journal::What,
    roster::Unit,
    theatre::Theatre,
    turn::{Phase, Turn},
};
use crate::content::{Key, Side, Trait};

pub(super) use growth::standing;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (growth::grow, learn).chain().in_set(Phase::Statecraft),
    );
}

/// A side that has paid enough, or waited long enough, is wiser: traits with a lesson end for good.
fn learn(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let units = t.roster.gather();
    let mut tallies = t.tallies();
    let mut told: Vec<(Key<Side>, What)> = Vec::new();
    for (side, tally) in tallies.change(|_, _| true) {
        let lost = tally.lost * 1000 / tally.raised.max(1);
        for (key, definition) in &field.rules.traits {
            let Some(lesson) = &definition.until else {
                continue;
            };
            let due = lost >= i64::from(lesson.loss) || turn >= lesson.turn;
            if due
                && tally.learned.insert(key.clone())
                && units
                    .values()
                    .any(|u| u.side() == side && has(&field, u, key))
            {
                told.push((
                    side.clone(),
                    What::Learned {
                        side: side.clone(),
                        trait_name: definition.name.clone(),
                    },
                ));
            }
        }
        tally.lost_by_turn.push(tally.lost);
        Arc::make_mut(&mut tally.fired_by_turn).push(tally.fired.clone());
    }
    t.put_tallies(tallies);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// Whether a force or its commander is like this.
fn has(field: &Field, unit: &Unit, key: &Key<Trait>) -> bool {
    let commander = unit
        .command
        .commander
        .as_ref()
        .and_then(|c| field.rules.commanders.get(c));
    unit.command.traits.contains(key) || commander.is_some_and(|c| c.traits.contains(key))
}
