//! What is kept beside the state, so that a turn need not work it out anew, is what working it out anew would give.

use angelfire::sim::{Sim, state::Id};

use super::{concordat, play};
use crate::fixture;

#[test]
fn kept_hashes_and_forces_are_those_of_the_state_after_every_turn() {
    for stream in 0..3 {
        for mut sim in [fixture::Field::crowded().war().sim, concordat(stream)] {
            while sim.ended().is_none() {
                play(&mut sim, stream);
                assert_eq!(sim.stale(), None, "turn {}, stream {stream}", sim.turn());
            }
        }
    }
}

#[test]
fn a_restored_state_hashes_as_the_one_it_was_taken_of() {
    let mut sim = fixture::Field::crowded().war().sim;
    for _ in 0..5 {
        play(&mut sim, 1);
        let (rules, scenario) = (sim.field().rules.clone(), sim.field().scenario.clone());
        let saved = Sim::restore(rules, scenario, 1, &sim.snapshot()).expect("a save");
        assert_eq!(saved.hash(), sim.hash());
    }
}

#[test]
fn whoever_breaks_into_the_world_is_noticed() {
    let mut sim = fixture::Field::crowded().war().sim;
    play(&mut sim, 1);
    let before = sim.hash();
    let world = sim.world_mut();
    let mut crews = world.query::<(&Id, &mut angelfire::sim::state::Crew)>();
    let (_, mut crew) = crews.iter_mut(world).next().expect("a force");
    crew.readiness -= 1;
    assert_ne!(sim.hash(), before);
    play(&mut sim, 1);
    assert_eq!(sim.stale(), None);
}
