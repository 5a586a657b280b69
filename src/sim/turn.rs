//! The turn on one page: the phases as one ordered enum, and the schedule that runs them.
//!
//! A phase is a list of named steps, each a system that reads the state at its own start. Steps run one after
//! another on one thread; two steps whose order were left open would be an error when the schedule is built.

use bevy::{
    app::App,
    ecs::{
        prelude::{IntoScheduleConfigs, ResMut, Resource, World},
        schedule::{
            LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor, SystemSet,
        },
    },
};
use serde::{Deserialize, Serialize};

use super::{
    battle, command, detect, events, fire, ground,
    journal::Journal,
    movement, muster, statecraft, supply,
    tables::{self, Hash},
    verdict,
};

/// The phases of a turn, in order.
#[derive(
    SystemSet,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Reinforcements come in.
    #[default]
    Muster,
    /// Orders are checked against the truth and become intents.
    Command,
    /// Salvos, interception, counterbattery.
    Fire,
    /// Everybody moves at once.
    Move,
    /// Hostile forces that met fight.
    Battle,
    /// Sites are blockaded, taken, lost.
    Ground,
    /// Stock flows from depots to forces.
    Supply,
    /// Meters grow, lessons are learned.
    Statecraft,
    /// The scenario's triggers fire.
    Events,
    /// Sensors, emissions and reports become contacts.
    Detect,
    /// Objectives, score, victory; the report is sealed.
    Verdict,
}

impl Phase {
    /// All phases in order.
    pub const ALL: [Phase; 11] = [
        Phase::Muster,
        Phase::Command,
        Phase::Fire,
        Phase::Move,
        Phase::Battle,
        Phase::Ground,
        Phase::Supply,
        Phase::Statecraft,
        Phase::Events,
        Phase::Detect,
        Phase::Verdict,
    ];

    /// Its name in records and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Muster => "muster",
            Phase::Command => "command",
            Phase::Fire => "fire",
            Phase::Move => "move",
            Phase::Battle => "battle",
            Phase::Ground => "ground",
            Phase::Supply => "supply",
            Phase::Statecraft => "statecraft",
            Phase::Events => "events",
            Phase::Detect => "detect",
            Phase::Verdict => "verdict",
        }
    }
}

/// The schedule of one turn.
#[derive(ScheduleLabel, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Turn;

/// Before and after a phase: the journal is told which phase writes; the state is hashed. Public for who times phases.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EdgeSystems {
    /// Before its steps.
    Open(Phase),
    /// After its steps.
    Seal(Phase),
}

/// The hashes of all tables before the turn and after each of its phases. Renewed when the next turn begins.
#[derive(Resource, Default, Debug)]
pub struct PhaseHashes {
    /// None are made: nobody proves a war that is only thought of.
    pub off: bool,
    /// As the turn began.
    pub opening: Vec<(&'static str, Hash)>,
    /// At the end of each phase.
    pub phases: Vec<(Phase, Vec<(&'static str, Hash)>)>,
}

/// Puts the turn together.
pub fn plugin(app: &mut App) {
    app.init_schedule(Turn);
    app.edit_schedule(Turn, |schedule| {
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.set_build_settings(ScheduleBuildSettings {
            ambiguity_detection: LogLevel::Error,
            ..ScheduleBuildSettings::default()
        });
    });
    for phase in Phase::ALL {
        app.configure_sets(
            Turn,
            (EdgeSystems::Open(phase), phase, EdgeSystems::Seal(phase)).chain(),
        );
        app.add_systems(
            Turn,
            (move |mut journal: ResMut<Journal>| journal.phase = phase)
                .in_set(EdgeSystems::Open(phase)),
        );
        app.add_systems(
            Turn,
            (move |world: &mut World| {
                if world.resource::<PhaseHashes>().off {
                    return;
                }
                let hashes = tables::renewed_hashes(world);
                world
                    .resource_mut::<PhaseHashes>()
                    .phases
                    .push((phase, hashes));
            })
            .in_set(EdgeSystems::Seal(phase)),
        );
    }
    for pair in Phase::ALL.windows(2) {
        app.configure_sets(
            Turn,
            EdgeSystems::Open(pair[1]).after(EdgeSystems::Seal(pair[0])),
        );
    }
    app.add_plugins((
        muster::plugin,
        command::plugin,
        fire::plugin,
        movement::plugin,
        battle::plugin,
        ground::plugin,
        supply::plugin,
        statecraft::plugin,
        events::plugin,
        detect::plugin,
        verdict::plugin,
    ));
}
