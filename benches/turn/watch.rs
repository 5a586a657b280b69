//! Times the steps of a turn from outside: stamps between them, put into the war's schedule once it has run.

use std::{collections::BTreeMap, time::Instant};

use angelfire::sim::{
    Sim,
    turn::{EdgeSystems, Phase, Turn},
};
use bevy::ecs::{
    prelude::{IntoScheduleConfigs, ResMut, Resource},
    schedule::{Schedules, SystemSet},
};

/// Names of the steps as `turn.rs` and the phases' modules have them; a phase with more steps than names numbers them.
const STEPS: [(Phase, &[&str]); 11] = [
    (Phase::Muster, &["wipe", "arrive"]),
    (Phase::Command, &["form", "obey"]),
    (Phase::Fire, &["salvos", "answers", "bombard", "listen"]),
    (Phase::Move, &["march", "passage"]),
    (Phase::Battle, &["battles", "settle"]),
    (Phase::Ground, &["occupy", "invest", "advance_depots"]),
    (Phase::Supply, &["deliver", "draw", "recover"]),
    (Phase::Statecraft, &["grow", "learn"]),
    (Phase::Events, &["trigger"]),
    (Phase::Detect, &["sweep"]),
    (Phase::Verdict, &["objectives", "believe", "judge"]),
];

/// How long each step of each turn took: the war's own steps, and the sealing of each phase.
#[derive(Resource, Default)]
pub struct Stamps {
    last: Option<Instant>,
    /// By phase and step; the step after the last is the sealing. Seconds, turn by turn.
    pub took: BTreeMap<(Phase, usize), Vec<f64>>,
}

impl Stamps {
    fn stamp(&mut self, at: Option<(Phase, usize)>) {
        let now = Instant::now();
        if let (Some(at), Some(last)) = (at, self.last) {
            let took = (now - last).as_secs_f64();
            self.took.entry(at).or_default().push(took);
        }
        self.last = Some(now);
    }
}

/// The name of a step; the sealing has none of its own.
pub fn name(phase: Phase, step: usize) -> String {
    let names = STEPS.iter().find(|(p, _)| *p == phase).map(|(_, n)| *n);
    let name = names.and_then(|names| names.get(step)).copied();
    name.map_or_else(|| format!("step {}", step + 1), str::to_owned)
}

/// Puts stamps around every step of every phase. The war must have resolved a turn: only then is its schedule built.
pub fn mount(sim: &mut Sim) -> BTreeMap<Phase, usize> {
    let world = sim.world_mut();
    world.insert_resource(Stamps::default());
    let mut schedules = world.resource_mut::<Schedules>();
    let schedule = schedules.get_mut(Turn).expect("a turn was resolved");
    let sets: Vec<_> = schedule
        .systems()
        .expect("a turn was resolved")
        .filter_map(|(_, system)| system.default_system_sets().into_iter().next())
        .collect();
    // What opens a phase, seals it or applies what was put off is of one type in all phases; a step has its own.
    let mut phases: Vec<Vec<_>> = Vec::new();
    for set in &sets {
        if *set == sets[0] {
            phases.push(Vec::new());
        } else if sets.iter().filter(|o| *o == set).count() == 1
            && let Some(phase) = phases.last_mut()
        {
            phase.push(*set);
        }
    }
    assert_eq!(phases.len(), Phase::ALL.len(), "the phases of a turn");
    for (phase, steps) in Phase::ALL.into_iter().zip(&phases) {
        let stamp = |at| move |mut stamps: ResMut<Stamps>| stamps.stamp(at);
        let open = stamp(None).after(EdgeSystems::Open(phase));
        schedule.add_systems(open.before(steps[0]).in_set(Stamped(phase, 0)));
        for (i, step) in steps.iter().enumerate() {
            let end = stamp(Some((phase, i)))
                .after(*step)
                .after(Stamped(phase, i))
                .in_set(Stamped(phase, i + 1));
            match steps.get(i + 1) {
                Some(next) => schedule.add_systems(end.before(*next)),
                None => schedule.add_systems(end.before(EdgeSystems::Seal(phase))),
            };
        }
        let seal = stamp(Some((phase, steps.len())))
            .after(EdgeSystems::Seal(phase))
            .after(Stamped(phase, steps.len()))
            .in_set(Stamped(phase, steps.len() + 1));
        let next = Phase::ALL.into_iter().find(|p| *p > phase);
        match next {
            Some(next) => schedule.add_systems(seal.before(EdgeSystems::Open(next))),
            None => schedule.add_systems(seal),
        };
    }
    Phase::ALL
        .into_iter()
        .zip(phases.iter().map(Vec::len))
        .collect()
}

/// Keeps the stamps themselves in order.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Stamped(Phase, usize);
