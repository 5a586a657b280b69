//! A war in progress: who plays which seat, orders that are pending, undo, and the record that saves and proves it.
//!
//! [`War`] is what the window and the command line hold. It owns the simulation, hands out views, takes orders
//! after the planning check, and writes every turn into its [`Record`].

pub mod annals;
mod carried;
pub mod chronicle;
mod desk;
mod figure;
pub mod guide;
pub mod history;
pub mod kin;
mod lead;
pub mod mods;
mod outlook;
pub mod record;
mod reel;
mod renew;
mod resume;
mod script;
mod setup;
pub mod store;
pub mod story;
pub mod table;
pub mod tell;
pub mod trial;
mod turn;
pub mod usage;
pub mod vigil;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

pub use self::{
    carried::{Before, Carried, CarryError, Comes, followed, following},
    desk::Step,
    lead::Lead,
    outlook::{Assumes, Joined, Outlook, expected, planned_at},
    record::{Given, Record},
    reel::{Frame, Reel},
    renew::{Dropped, Renewed},
    resume::{branch, replay},
    setup::{Player, Setup},
};
use self::{desk::Desk, record::Mod, store::StoreError};
use crate::{
    ai::{self, Level, Reasoned},
    content::{Catalog, Key, Rules, Scenario, Seat, Side, fingerprint, suggest},
    sim::{
        RULES_REVISION, Sim, SimError, Totals, TurnReport,
        dice::{Dice, Domain},
        map::Graph,
        order::{self, Order, Refusal},
        remains::Remains,
        view::{Ending, SeatView},
    },
};

/// Turns between two snapshots that a record keeps for good. Playing so many again takes a fraction of a second, and a
/// snapshot takes as much room as a dozen of them.
const SNAPSHOT_EVERY: u32 = 24;

/// Why a war cannot begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum WarError {
    /// No such scenario in the catalogue.
    #[error("there is no scenario `{0}`{1}")]
    NoScenario(Key<Scenario>, String),
    /// No such seat in the scenario.
    #[error("there is no seat `{seat}` in this scenario; there are: {seats}")]
    NoSeat {
        /// The one asked for.
        seat: Key<Seat>,
        /// Those there are, separated by commas.
        seats: String,
    },
    /// The simulation cannot take the state.
    #[error(transparent)]
    Sim(#[from] SimError),
    /// The record has no such turn.
    #[error("the record has {has} turns; there is no turn {turn}")]
    NoTurn {
        /// Asked for.
        turn: u32,
        /// There are.
        has: u32,
    },
    /// The record does not come out as it says.
    #[error("turn {turn} does not come out as recorded; `angelfire record verify` says where")]
    Diverged {
        /// Which.
        turn: u32,
    },
    /// The state in the record is one that cannot be.
    #[error("the state in the record before turn {turn} is one that cannot be")]
    Impossible {
        /// The turn that could not be resolved.
        turn: u32,
    },
    /// Content or rules have changed and the record holds no state to go on from.
    #[error(
        "the content or the rules have changed since this record was made, and it holds no snapshot to go on from"
    )]
    NoSnapshot,
    /// The war cannot go on with other content; it goes on with what it had.
    #[error("this war cannot go on with the changed content: {0}")]
    NotRenewed(String),
    /// It cannot follow the war that it was to follow.
    #[error(transparent)]
    Carry(#[from] CarryError),
    /// The war could not be saved.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A war in progress. `Send`: a turn may be resolved on another thread.
pub struct War {
    catalog: Arc<Catalog>,
    sim: Sim,
    record: Record,
    desks: BTreeMap<Key<Seat>, Desk>,
    views: BTreeMap<Key<Seat>, OnceLock<Arc<SeatView>>>,
    truth: OnceLock<Arc<SeatView>>,
    last: Option<TurnReport>,
    /// The war beside this one that is played as the record says which was entered, at the same turn; none where
    /// nothing is followed.
    shadow: Option<Sim>,
    /// Where the war is saved after each turn, if anywhere.
    pub autosave: Option<PathBuf>,
}

impl War {
    /// A new war at the start of turn 1.
    ///
    /// # Errors
    /// If the catalogue has no such scenario, or the scenario no such seat.
    pub fn begin(catalog: Arc<Catalog>, setup: Setup) -> Result<Self, WarError> {
        let scenario = scenario(&catalog, &setup.scenario)?;
        for seat in setup.players.keys() {
            seat_exists(&scenario, seat)?;
        }
        let usual = setup.usual(&scenario);
        let players = scenario
            .seats
            .keys()
            .map(|seat| {
                let player = setup
                    .players
                    .get(seat)
                    .copied()
                    .unwrap_or(Player::Computer(usual));
                (seat.clone(), player)
            })
            .collect();
        let record = Record {
            format: record::FORMAT,
            revision: RULES_REVISION,
            content: fingerprint(&catalog.rules, &scenario),
            mods: mods(&catalog),
            scenario: setup.scenario,
            seed: setup.seed,
            players,
            name: None,
            course: None,
            parent: None,
            carried: setup.carried,
            changes: Vec::new(),
            turns: Vec::new(),
            pending: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            lead: None,
            checksum: String::new(),
        };
        let scenario = carried::played(&record, scenario);
        let sim = Sim::new(rules(&catalog, &scenario), scenario, setup.seed);
        Ok(Self::assemble(catalog, sim, record, None))
    }

    fn assemble(catalog: Arc<Catalog>, sim: Sim, record: Record, last: Option<TurnReport>) -> Self {
        let desks = record
            .players
            .keys()
            .map(|seat| (seat.clone(), Desk::new(record.pending_orders(seat))))
            .collect();
        let views = record
            .players
            .keys()
            .map(|seat| (seat.clone(), OnceLock::new()))
            .collect();
        Self {
            catalog,
            sim,
            record,
            desks,
            views,
            truth: OnceLock::new(),
            last,
            shadow: None,
            autosave: None,
        }
    }

    /// The content it is played with.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.sim.field().scenario
    }

    /// The turn about to be planned; after the end, the last one.
    pub fn turn(&self) -> u32 {
        self.sim.turn()
    }

    /// How the war ended, if it has.
    pub fn ended(&self) -> Option<&Ending> {
        self.sim.ended()
    }

    /// Who plays a seat.
    pub fn player(&self, seat: &Key<Seat>) -> Option<Player> {
        self.record.players.get(seat).copied()
    }

    /// The record so far, pending orders included.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The referee's report of the last turn, if one has been resolved since the war was opened.
    pub fn last_report(&self) -> Option<&TurnReport> {
        self.last.as_ref()
    }

    /// What is left as it stands now: the referee's account.
    pub fn remains(&self) -> Remains {
        self.sim.remains()
    }

    /// Losses, stocks and holdings by side: the referee's figures.
    pub fn totals(&self) -> BTreeMap<Key<Side>, Totals> {
        self.sim.totals()
    }

    /// What a seat knows at the start of this turn. Pending orders are not applied. Made once a turn.
    ///
    /// # Errors
    /// If the scenario has no such seat.
    pub fn view(&self, seat: &Key<Seat>) -> Result<Arc<SeatView>, WarError> {
        let cell = self
            .views
            .get(seat)
            .ok_or_else(|| no_seat(self.scenario(), seat))?;
        if let Some(view) = cell.get() {
            return Ok(view.clone());
        }
        let view = Arc::new(self.sim.view(seat)?);
        Ok(cell.get_or_init(|| view).clone())
    }

    /// The truth, in the form of a view. Made once a turn.
    pub fn referee_view(&self) -> Arc<SeatView> {
        self.truth
            .get_or_init(|| Arc::new(self.sim.referee_view()))
            .clone()
    }

    /// Gives an order, if the seat may give it as far as it knows. Nothing changes if it is refused.
    ///
    /// # Errors
    /// Why it cannot be given.
    pub fn give(&mut self, seat: &Key<Seat>, order: Order) -> Result<(), Refusal> {
        self.give_all(seat, vec![order])
            .map_err(|mut all| all.remove(0).1)
    }

    /// Gives several orders, all or none of them.
    ///
    /// # Errors
    /// Every order that was refused, by its place in the list, and why; never empty.
    pub fn give_all(
        &mut self,
        seat: &Key<Seat>,
        orders: Vec<Order>,
    ) -> Result<(), Vec<(usize, Refusal)>> {
        self.may_give(seat, &orders)?;
        self.plan_anew(seat, |list| list.extend(orders));
        Ok(())
    }

    /// Whether a seat may give all of these orders, as far as it knows.
    fn may_give(&self, seat: &Key<Seat>, orders: &[Order]) -> Result<(), Vec<(usize, Refusal)>> {
        let view = match self.view(seat) {
            Ok(view) => view,
            Err(_) => return Err(vec![(0, self.no_such_seat(seat))]),
        };
        let graph = Graph::new(&view.map);
        let mut refused = Vec::new();
        for (index, order) in orders.iter().enumerate() {
            let answer = match self.player(seat) {
                Some(Player::Computer(_) | Player::History) => {
                    Err(Refusal::NotYours(order.force.clone()))
                }
                _ => order::check_on(&view, Some(&graph), order),
            };
            if let Err(refusal) = answer {
                refused.push((index, refusal));
            }
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }

    /// Orders given and not yet carried out, in the order they were given.
    pub fn pending(&self, seat: &Key<Seat>) -> &[Order] {
        self.desks.get(seat).map_or(&[], Desk::orders)
    }

    /// Takes a pending order back; returns it, or none if there is no such one. Counts from 0.
    pub fn retract(&mut self, seat: &Key<Seat>, index: usize) -> Option<Order> {
        let order = self.pending(seat).get(index).cloned()?;
        self.plan_anew(seat, |list| {
            list.remove(index);
        });
        Some(order)
    }

    /// Takes all pending orders back.
    pub fn retract_all(&mut self, seat: &Key<Seat>) {
        if !self.pending(seat).is_empty() {
            self.plan_anew(seat, Vec::clear);
        }
    }

    /// Goes back one step of this turn's planning; false if there is none.
    pub fn undo(&mut self, seat: &Key<Seat>) -> bool {
        let done = self.desks.get_mut(seat).is_some_and(Desk::undo);
        self.note_pending(seat);
        done
    }

    /// Does again what was undone; false if there is nothing.
    pub fn redo(&mut self, seat: &Key<Seat>) -> bool {
        let done = self.desks.get_mut(seat).is_some_and(Desk::redo);
        self.note_pending(seat);
        done
    }

    /// What one step of planning back would do; none if there is none.
    pub fn undoes(&self, seat: &Key<Seat>) -> Option<Step> {
        self.desks.get(seat)?.undoes()
    }

    /// What doing again what was undone would do; none if there is nothing.
    pub fn redoes(&self, seat: &Key<Seat>) -> Option<Step> {
        self.desks.get(seat)?.redoes()
    }

    /// Replaces all pending orders by these as one step of planning, or changes nothing.
    ///
    /// # Errors
    /// Every order that was refused, by its place in the list, and why; never empty.
    pub fn replace(
        &mut self,
        seat: &Key<Seat>,
        orders: Vec<Order>,
    ) -> Result<(), Vec<(usize, Refusal)>> {
        self.may_give(seat, &orders)?;
        self.plan_anew(seat, |list| *list = orders);
        Ok(())
    }

    /// Gives a seat to somebody else, from this turn on; its pending orders are dropped if the computer takes it.
    /// Nothing happens if there is no such seat.
    pub fn hand_over(&mut self, seat: &Key<Seat>, player: Player) {
        if let Some(who) = self.record.players.get_mut(seat) {
            *who = player;
            if matches!(player, Player::Computer(_) | Player::History) {
                self.retract_all(seat);
            }
        }
    }

    /// Gives the war a name of its own, or takes it away.
    ///
    /// # Errors
    /// In a few words, if it can be none: see [`record::name_of`].
    pub fn rename(&mut self, name: &str) -> Result<(), &'static str> {
        self.record.name = record::name_of(name)?;
        Ok(())
    }

    /// What the computer would order in this seat, each with its reason. Gives nothing.
    ///
    /// # Errors
    /// If the scenario has no such seat.
    pub fn plan(&self, seat: &Key<Seat>) -> Result<Vec<Reasoned>, WarError> {
        let view = self.view(seat)?;
        let level = match self.player(seat) {
            Some(Player::Computer(level)) => level,
            _ => Level::default(),
        };
        Ok(ai::plan(
            level,
            &view,
            stream(self.record.seed, seat, self.sim.turn()),
        ))
    }

    fn save_quietly(&self) -> Result<(), WarError> {
        match &self.autosave {
            Some(path) => Ok(store::save(path, &self.record)?),
            None => Ok(()),
        }
    }

    fn plan_anew(&mut self, seat: &Key<Seat>, change: impl FnOnce(&mut Vec<Order>)) {
        if let Some(desk) = self.desks.get_mut(seat) {
            desk.change(change);
        }
        self.note_pending(seat);
    }

    fn note_pending(&mut self, seat: &Key<Seat>) {
        let orders: Vec<Given> = self
            .pending(seat)
            .iter()
            .map(|order| Given {
                order: order.clone(),
                why: String::new(),
            })
            .collect();
        if orders.is_empty() {
            self.record.pending.remove(seat);
        } else {
            self.record.pending.insert(seat.clone(), orders);
        }
    }

    fn no_such_seat(&self, seat: &Key<Seat>) -> Refusal {
        let suggestion =
            suggest(seat.as_str(), self.record.players.keys().map(Key::as_str)).map(str::to_owned);
        Refusal::NoSuchThing {
            kind: String::from("seat"),
            id: seat.to_string(),
            suggestion,
        }
    }
}

/// Hands the seats' orders to the simulation and resolves one turn.
fn run_turn(
    sim: &mut Sim,
    orders: &BTreeMap<Key<Seat>, Vec<Given>>,
) -> Result<TurnReport, SimError> {
    for (seat, given) in orders {
        sim.submit(seat, given.iter().map(|g| g.order.clone()).collect())?;
    }
    Ok(sim.resolve_turn())
}

/// The opponent's own dice, drawn one way from the war's seed: what it rolls tells nothing of what will fall.
fn stream(seed: u64, seat: &Key<Seat>, turn: u32) -> u64 {
    Dice::new(Domain::Thought, seed, turn, "plan", seat.as_str()).below(u64::MAX)
}

/// The scenario of a record, with what was carried into it.
fn scenario_of(catalog: &Catalog, record: &Record) -> Result<Arc<Scenario>, WarError> {
    Ok(carried::played(
        record,
        scenario(catalog, &record.scenario)?,
    ))
}

/// The scenario of this id.
fn scenario(catalog: &Catalog, id: &Key<Scenario>) -> Result<Arc<Scenario>, WarError> {
    catalog.scenarios.get(id).cloned().ok_or_else(|| {
        let hint = suggest(id.as_str(), catalog.scenarios.keys().map(Key::as_str))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        WarError::NoScenario(id.clone(), hint)
    })
}

/// What a war in this scenario is played with.
fn rules(catalog: &Catalog, scenario: &Scenario) -> Arc<Rules> {
    Arc::new(catalog.rules.within_reach(scenario))
}

fn mods(catalog: &Catalog) -> Vec<Mod> {
    catalog
        .mods
        .iter()
        .filter(|m| m.problem.is_none())
        .map(|m| Mod {
            id: m.id.clone(),
            version: m.version.clone(),
        })
        .collect()
}

fn seat_exists(scenario: &Scenario, seat: &Key<Seat>) -> Result<(), WarError> {
    if scenario.seats.contains_key(seat) {
        Ok(())
    } else {
        Err(no_seat(scenario, seat))
    }
}

fn no_seat(scenario: &Scenario, seat: &Key<Seat>) -> WarError {
    let seats: Vec<&str> = scenario.seats.keys().map(Key::as_str).collect();
    WarError::NoSeat {
        seat: seat.clone(),
        seats: seats.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_war_may_change_threads() {
        fn send<T: Send + Sync>() {}
        send::<War>();
    }

    #[test]
    fn the_opponents_dice_differ_by_seat_and_turn() {
        let of = |seed, seat: &str, turn| stream(seed, &Key::new(seat), turn);
        assert_eq!(of(1, "a", 1), of(1, "a", 1));
        assert!(
            of(1, "a", 1) != of(1, "b", 1)
                && of(1, "a", 1) != of(1, "a", 2)
                && of(1, "a", 1) != of(2, "a", 1)
        );
    }
}
