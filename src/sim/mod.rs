//! The war. [`Sim`] owns its World; one call resolves a turn; what a seat may know leaves it as an owned
//! [`view::SeatView`]. No IO, no clock, no environment, no global.
//!
//! Read [`turn`] for the turn on one page, then the module of the phase you want.

mod around;
pub mod battle;
pub mod calendar;
mod casualty;
mod command;
mod council;
mod deeds;
mod detect;
pub mod dice;
mod events;
mod field;
pub mod fire;
pub mod forecast;
mod ground;
pub mod imagine;
pub mod journal;
pub mod laws;
pub mod map;
mod movement;
mod muster;
mod numbers;
pub mod order;
mod outcome;
pub mod part;
pub mod progress;
pub mod remains;
mod roster;
mod scatter;
mod sight;
mod spawn;
pub mod state;
mod statecraft;
pub mod stats;
pub mod supply;
pub mod tables;
pub mod theatre;
pub mod turn;
mod values;
mod verdict;
pub mod view;

use std::{collections::BTreeMap, sync::Arc};

use bevy::{app::App, ecs::world::World};
use serde::{Deserialize, Serialize};

pub use field::Field;
pub use roster::{Unit, Units};

use self::{
    command::Intents,
    journal::{Entry, Journal},
    order::Order,
    roster::Ranks,
    state::{Clock, Index, Kind, Knowledge},
    tables::{Hash, Rows, Snapshot},
    turn::{Phase, PhaseHashes, Turn},
    values::Kept,
    view::{Ending, SeatView},
};
use crate::content::{Condition, Force, Key, Rules, Scenario, Seat};

/// Raised whenever the same orders would no longer make the same war: content fingerprints miss a change in Rust.
pub const RULES_REVISION: u32 = 7;

/// What a war cannot begin or go on with.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SimError {
    /// A snapshot that does not hold together.
    #[error("the saved state cannot be read: {0}")]
    Snapshot(String),
    /// A seat that the scenario does not have.
    #[error("there is no seat `{0}` in this scenario")]
    NoSuchSeat(Key<Seat>),
}

/// Hashes of one turn: a divergence names turn, phase and table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TurnHashes {
    /// Of the state at the end of the turn.
    pub state: Hash,
    /// At the end of each phase.
    pub phases: BTreeMap<Phase, Hash>,
    /// Of each table at the end of the turn.
    pub tables: BTreeMap<String, Hash>,
}

/// A resolved turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TurnReport {
    /// Which.
    pub turn: u32,
    /// Its date.
    pub date: String,
    /// What happened, all of it (the referee's report; a seat's is in its view).
    pub journal: Arc<Vec<Entry>>,
    /// The state.
    pub hashes: TurnHashes,
    /// Set if the war ended.
    pub ended: Option<Ending>,
}

/// A war.
pub struct Sim {
    world: World,
}

impl Sim {
    /// A war at the start of turn 1.
    pub fn new(rules: Arc<Rules>, scenario: Arc<Scenario>, seed: u64) -> Self {
        let mut world = Self::empty(Field::of(
            Arc::new(rules.in_play(&scenario)),
            scenario,
            seed,
        ));
        spawn::scenario(&mut world);
        council::begin(&mut world);
        detect::first_look(&mut world);
        Self { world }
    }

    /// A war as it stood when the snapshot was taken.
    ///
    /// # Errors
    /// If the snapshot cannot be read or names what the scenario does not have.
    pub fn restore(
        rules: Arc<Rules>,
        scenario: Arc<Scenario>,
        seed: u64,
        snapshot: &Snapshot,
    ) -> Result<Self, SimError> {
        let mut world = Self::empty(Field::of(
            Arc::new(rules.in_play(&scenario)),
            scenario,
            seed,
        ));
        tables::restore(&mut world, snapshot).map_err(SimError::Snapshot)?;
        laws::references(&world).map_err(SimError::Snapshot)?;
        events::realign(&mut world);
        Ok(Self { world })
    }

    /// The same war by other rules, or in another version of its scenario: the state stays as it is, and what happened on
    /// the last turn is still told.
    ///
    /// # Errors
    /// If the state is none that could be by these rules in this scenario.
    pub fn renewed(&self, rules: Arc<Rules>, scenario: Arc<Scenario>) -> Result<Self, SimError> {
        let mut sim = Self::restore(rules, scenario, self.field().seed, &self.snapshot())?;
        let journal = self.world.resource::<Journal>();
        sim.world.insert_resource(Journal {
            entries: journal.entries.clone(),
            phase: journal.phase,
        });
        Ok(sim)
    }

    fn empty(field: Field) -> World {
        let mut app = App::empty();
        app.insert_resource(field)
            .init_resource::<Index>()
            .init_resource::<Journal>()
            .init_resource::<Intents>()
            .init_resource::<PhaseHashes>()
            .init_resource::<Ranks>()
            .init_resource::<Kept>()
            .init_resource::<Rows>()
            .add_plugins(turn::plugin);
        std::mem::take(app.world_mut())
    }

    /// Rules, scenario and chart.
    pub fn field(&self) -> &Field {
        self.world.resource::<Field>()
    }

    /// The turn about to be planned; after the end, the last one.
    pub fn turn(&self) -> u32 {
        self.world.resource::<Clock>().turn
    }

    /// How the war ended, if it has.
    pub fn ended(&self) -> Option<&Ending> {
        self.world.resource::<Clock>().ended.as_ref()
    }

    /// What a seat knows.
    ///
    /// # Errors
    /// If the scenario has no such seat.
    pub fn view(&self, seat: &Key<Seat>) -> Result<SeatView, SimError> {
        sight::view(&self.world, seat).ok_or_else(|| SimError::NoSuchSeat(seat.clone()))
    }

    /// The truth, in the form of a view: every force is shown, none can be ordered.
    pub fn referee_view(&self) -> SeatView {
        sight::referee(&self.world)
    }

    /// Gives a seat's orders for this turn, in place of those given before. Shape only: the truth
    /// check is phase 2.
    ///
    /// # Errors
    /// If the scenario has no such seat.
    pub fn submit(&mut self, seat: &Key<Seat>, orders: Vec<Order>) -> Result<(), SimError> {
        if !self.field().scenario.seats.contains_key(seat) {
            return Err(SimError::NoSuchSeat(seat.clone()));
        }
        self.world
            .resource_mut::<Intents>()
            .orders
            .insert(seat.clone(), orders);
        Ok(())
    }

    /// Resolves the turn. After the end nothing changes any more.
    pub fn resolve_turn(&mut self) -> TurnReport {
        let clock = self.world.resource::<Clock>();
        let (turn, over) = (clock.turn, clock.ended.is_some());
        self.world.resource_mut::<Journal>().wipe();
        roster::muster(&mut self.world);
        Kept::fill(&mut self.world);
        let off = self.world.resource::<PhaseHashes>().off;
        let hashes = |world: &mut World| match off {
            true => Vec::new(),
            false => tables::renewed_hashes(world),
        };
        let opening = hashes(&mut self.world);
        *self.world.resource_mut::<PhaseHashes>() = PhaseHashes {
            off,
            opening,
            phases: Vec::new(),
        };
        if !over {
            self.world.run_schedule(Turn);
        }
        self.world.resource_mut::<Intents>().orders.clear();
        if !over {
            let mut clock = self.world.resource_mut::<Clock>();
            if clock.ended.is_none() {
                clock.turn += 1;
            }
        }
        let last = hashes(&mut self.world);
        TurnReport {
            turn,
            date: calendar::date_text(&self.field().scenario.calendar, turn),
            journal: self.world.resource::<Journal>().entries.clone(),
            hashes: TurnHashes {
                state: tables::combine(&last),
                phases: self
                    .phase_tables()
                    .iter()
                    .map(|(p, t)| (*p, tables::combine(t)))
                    .collect(),
                tables: last.into_iter().map(|(n, h)| (n.to_owned(), h)).collect(),
            },
            ended: self.ended().cloned(),
        }
    }

    /// The hash of each table after each phase of the turn just resolved.
    pub fn phase_tables(&self) -> &[(Phase, Vec<(&'static str, Hash)>)] {
        &self.world.resource::<PhaseHashes>().phases
    }

    /// The hash of each table as the turn just resolved began.
    pub fn opening_tables(&self) -> &[(&'static str, Hash)] {
        &self.world.resource::<PhaseHashes>().opening
    }

    /// The whole state in canonical form.
    pub fn snapshot(&self) -> Snapshot {
        tables::snapshot(&self.world)
    }

    /// The hash of the whole state.
    pub fn hash(&self) -> Hash {
        tables::combine(&tables::table_hashes(&self.world))
    }

    /// Where forces stand in truth: side, nearest sector, hit points.
    pub fn standing(&self) -> Vec<(Key<crate::content::Side>, Key<crate::content::Sector>, i64)> {
        let rules = &self.field().rules;
        let units = roster::gather(&self.world);
        let stands = units.values().map(|unit| {
            let sector = unit.place.sector().clone();
            (unit.side().clone(), sector, unit.strength(rules))
        });
        stands.collect()
    }

    /// Losses, stocks and holdings by side: the referee's figures.
    pub fn totals(&self) -> BTreeMap<Key<crate::content::Side>, verdict::Totals> {
        verdict::totals(&self.world)
    }

    /// Whether a condition holds in truth at the end of the last turn.
    pub fn holds(&mut self, condition: &Condition) -> bool {
        verdict::holds(&mut self.world, condition)
    }

    /// Whether a seat holds a condition for true at the end of the last turn; none if there is no such seat.
    pub fn believes(&self, seat: &Key<Seat>, condition: &Condition) -> Option<bool> {
        sight::believes(&self.world, seat, condition)
    }

    /// Points of each term in truth, tenths of a point, as if the war ended now.
    pub fn points(&mut self) -> BTreeMap<Key<crate::content::Term>, i64> {
        verdict::points(&mut self.world)
    }

    /// The score in truth as if the war ended now, or the highest score's lead where each side has its own: tenths of a
    /// point.
    pub fn score(&mut self) -> i64 {
        let points = self.points();
        self.field().verdict.judge(&points).score
    }

    /// The scores in truth as if the war ended now, tenths of a point.
    pub fn scores(&mut self) -> BTreeMap<Key<crate::content::Side>, i64> {
        let points = self.points();
        self.field().verdict.scores(&points)
    }

    /// What became of a commander, if anything has: the referee's to know.
    pub fn fate_of(&self, commander: &Key<crate::content::Commander>) -> Option<journal::Fate> {
        self.world
            .resource::<state::Story>()
            .fates
            .get(commander)
            .copied()
    }

    /// What a seat knows, with who is who: the referee's to know.
    pub fn knowledge_of(&self, seat: &Key<Seat>) -> Option<&Knowledge> {
        let entity = self.world.resource::<Index>().get(Kind::Seat, seat)?;
        self.world.get::<Knowledge>(entity)
    }

    /// The name by which a seat knows a foreign force, if it has it as a contact: the referee's to know.
    pub fn contact_of(&self, seat: &Key<Seat>, force: &Key<Force>) -> Option<Key<view::Contact>> {
        let mut contacts = self.knowledge_of(seat)?.contacts.iter();
        contacts
            .find(|(_, contact)| contact.force == *force)
            .map(|(name, _)| name.clone())
    }

    /// What is wrong with what is kept beside the state instead of being made anew from it; none if all agrees.
    pub fn stale(&mut self) -> Option<String> {
        if !roster::is_true(&self.world) {
            return Some("the kept forces are not those of the state".into());
        }
        if !Kept::is_true(&self.world) {
            return Some("kept sides, sectors or sites are not those of the state".into());
        }
        let kept = tables::renewed_hashes(&mut self.world);
        let fresh = tables::table_hashes(&self.world);
        let wrong = kept.iter().zip(&fresh).find(|(a, b)| a != b)?;
        Some(format!(
            "the kept hash of table `{}` is not its own",
            wrong.0.0
        ))
    }

    /// The World, for tests that break into it. Whatever is kept beside the state is made anew afterwards.
    #[doc(hidden)]
    pub fn world_mut(&mut self) -> &mut World {
        self.world.insert_resource(Ranks::default());
        self.world.insert_resource(Kept::default());
        self.world.insert_resource(Rows::default());
        &mut self.world
    }
}

pub use verdict::Totals;
