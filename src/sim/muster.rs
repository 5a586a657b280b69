//! Phase 1: reinforcements come in. The turn's notes are wiped first.

use bevy::{
    app::App,
    ecs::prelude::{IntoScheduleConfigs, ResMut},
};

use super::{
    journal::What,
    roster::Unit,
    spawn,
    state::Place,
    theatre::{Scratch, Theatre, hostiles_in},
    turn::{Phase, Turn},
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Scratch>();
    app.add_systems(Turn, (wipe, arrive).chain().in_set(Phase::Muster));
}

fn wipe(mut scratch: ResMut<Scratch>) {
    *scratch = Scratch::default();
}

/// Whoever is due arrives; hostile forces in the place with nobody to hold it open bar the way for a turn.
fn arrive(mut t: Theatre) {
    let turn = t.clock.turn;
    let due: Vec<_> = t
        .story
        .awaited
        .iter()
        .filter(|(_, when)| when.is_some_and(|w| w <= turn))
        .map(|(force, _)| force.clone())
        .collect();
    if due.is_empty() {
        return;
    }
    let mut units = t.roster.gather();
    let mut tallies = t.tallies();
    for key in due {
        let Some(unit) = spawn::unit(&t.field, &key) else {
            continue;
        };
        let Place::Sector(sector) = &unit.place else {
            continue;
        };
        let side = unit.side().clone();
        let barred = hostiles_in(&t.field, &units, &side, sector)
            .next()
            .is_some()
            && !units
                .values()
                .any(|u: &Unit| u.place == unit.place && *u.side() == side);
        let sector = sector.clone();
        if barred {
            t.tell_sides([&side], What::ArrivalBarred { force: key, sector });
            continue;
        }
        t.story.awaited.remove(&key);
        if let Some(tally) = tallies.get_mut(&side) {
            spawn::raise(tally, &unit, unit.belongs.full);
        }
        t.tell_sides(
            [&side],
            What::Arrived {
                force: key.clone(),
                sector,
            },
        );
        units.insert(key, unit);
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}
