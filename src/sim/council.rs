//! Agreements between seats: what is on the table, who has given his word, and what comes of it once all have.
//!
//! Words are given as orders, in phase 2. At the end of the turn, before events, what all have agreed to comes about; what
//! may be agreed to from then on is worked out after them.

use std::collections::{BTreeMap, BTreeSet};

use bevy::ecs::{prelude::World, system::RunSystemOnce};

use super::{
    events::{self, Facts},
    field::Field,
    journal::{What, Witnesses},
    outcome::Stage,
    state::Story,
    theatre::Theatre,
};
use crate::content::{Key, Pact, Scenario, Seat};

/// Under what the story remembers that a pact has come about.
fn done(pact: &Key<Pact>) -> String {
    format!("pact/{pact}")
}

/// ... that it lies on the table.
fn laid(pact: &Key<Pact>) -> String {
    format!("table/{pact}")
}

/// ... that a seat has given its word.
fn word(pact: &Key<Pact>, seat: &Key<Seat>) -> String {
    format!("word/{pact}/{seat}")
}

/// Pacts on the table, and who has given his word.
pub(super) fn table<'s>(
    scenario: &'s Scenario,
    story: &Story,
) -> Vec<(&'s Key<Pact>, &'s Pact, BTreeSet<Key<Seat>>)> {
    let open = scenario.pacts.iter();
    let open = open.filter(|(key, _)| story.fired.contains(&laid(key)));
    open.map(|(key, pact)| {
        let given = pact.between.iter();
        let given = given.filter(|seat| story.fired.contains(&word(key, seat)));
        (key, pact, given.cloned().collect())
    })
    .collect()
}

/// Takes a pact off the table, with all that was said of it.
fn clear(story: &mut Story, key: &Key<Pact>, pact: &Pact) {
    story.fired.remove(&laid(key));
    for seat in &pact.between {
        story.fired.remove(&word(key, seat));
    }
}

/// Gives a seat's word, or takes it back.
pub(super) fn speak(t: &mut Theatre, seat: &Key<Seat>, key: &Key<Pact>, yes: bool) {
    let mark = word(key, seat);
    let changed = match yes {
        true => t.story.fired.insert(mark),
        false => t.story.fired.remove(&mark),
    };
    let field = t.field.clone();
    let Some(pact) = field.scenario.pacts.get(key).filter(|_| changed) else {
        return;
    };
    let by = field.scenario.seats.get(seat);
    let what = What::Word {
        seat: seat.clone(),
        by: by.map_or_else(|| seat.to_string(), |seat| seat.name.clone()),
        pact: key.clone(),
        name: pact.name.clone(),
        yes,
    };
    t.journal.tell(bound(pact), what);
}

/// What all who are bound have agreed to comes about.
pub(super) fn conclude(mut t: Theatre) {
    let field = t.field.clone();
    let mut due = table(&field.scenario, &t.story);
    due.retain(|(_, pact, words)| words.len() == pact.between.len());
    if due.is_empty() {
        return;
    }
    let mut stage = Stage::of(&t);
    for (key, pact, _) in due {
        clear(&mut t.story, key, pact);
        t.story.fired.insert(done(key));
        let what = What::Agreed {
            name: pact.name.clone(),
            pact: key.clone(),
        };
        let told = bound(pact);
        t.journal.tell(told.clone(), what);
        for effect in &pact.effects {
            events::happen(&mut t, &mut stage, effect, &told);
        }
    }
    stage.apply(&mut t);
}

/// What may be agreed to while this turn is planned, as things stand.
fn open(t: &Theatre, turn: u32) -> BTreeSet<Key<Pact>> {
    let stage = Stage::of(t);
    let truth = events::Truth {
        control: stage.control.clone(),
        holdings: stage.holdings.clone(),
        tallies: stage.tallies.clone(),
    };
    let facts = Facts {
        turn,
        rules: &t.field.rules,
        units: &stage.units,
        account: &truth,
        story: &t.story,
        believed: BTreeMap::new(),
    };
    let pacts = t.field.scenario.pacts.iter().filter(|(key, pact)| {
        let over = !pact.again && t.story.fired.contains(&done(key));
        !over && facts.holds(&pact.when)
    });
    pacts.map(|(key, _)| key.clone()).collect()
}

/// Lays on the table what may be agreed to now, and takes away what may not any more.
pub(super) fn lay(mut t: Theatre) {
    let field = t.field.clone();
    if field.scenario.pacts.is_empty() {
        return;
    }
    let open = open(&t, t.clock.turn + 1);
    for (key, pact) in &field.scenario.pacts {
        let was = t.story.fired.contains(&laid(key));
        let (name, key) = (pact.name.clone(), key.clone());
        let what = match (was, open.contains(&key)) {
            (true, false) => {
                clear(&mut t.story, &key, pact);
                What::OffTable { pact: key, name }
            }
            (false, true) => {
                t.story.fired.insert(laid(&key));
                What::OnTable { pact: key, name }
            }
            _ => continue,
        };
        t.journal.tell(bound(pact), what);
    }
}

/// What lies on the table as the war begins.
pub(super) fn begin(world: &mut World) {
    if world.resource::<Field>().scenario.pacts.is_empty() {
        return;
    }
    world
        .run_system_once(first)
        .expect("invariant: the system asks for what every war has");
}

/// Nobody needs to be told of it.
fn first(mut t: Theatre) {
    let open = open(&t, t.clock.turn);
    t.story.fired.extend(open.iter().map(laid));
}

/// Those whom a pact binds: nobody else hears of it.
fn bound(pact: &Pact) -> Witnesses {
    pact.between.iter().cloned().collect()
}
