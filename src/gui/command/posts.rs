//! Forces that were told to halt: they want nothing until something happens to them. Made from the orders of the turns
//! before and from what was so around a force when it was told.

use std::collections::{BTreeMap, BTreeSet};

use super::tree;
use crate::{
    content::{Force, HP_PER_SP, Key, Seat, Sector},
    gui::{Game, digest::is_short, words::say},
    sim::{
        journal::What,
        order::{Action, Order},
        view::{OwnForce, SeatView},
    },
    war::{Record, tell},
};

/// What happened to a force that was told to halt; what presses more comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Call {
    /// One of its orders was refused.
    Refused,
    /// It lost ships.
    Hit,
    /// Its supply was cut, or ran short.
    Supply,
    /// Hostile forces came near, this strong together, hit points.
    Near(i64),
    /// It stands somewhere else: it fell back, or was driven out.
    Moved,
}

impl Call {
    /// It in words, as the checklist says it.
    pub fn words(self) -> String {
        match self {
            Self::Refused => say!("check-called-refused"),
            Self::Hit => say!("check-called-hit"),
            Self::Supply => say!("check-called-supply"),
            Self::Near(hp) => say!("check-called-near", strength = tell::strength(hp)),
            Self::Moved => say!("check-called-moved"),
        }
    }
}

/// How it stood with a force.
#[derive(Clone, PartialEq, Eq, Debug)]
struct State {
    place: Key<Sector>,
    strength: i64,
    wants: bool,
    near: i64,
}

impl State {
    fn of(force: &OwnForce, near: &BTreeMap<&str, i64>) -> Self {
        let place = force.place.sector();
        Self {
            place: place.clone(),
            strength: force.strength,
            wants: force.line.cut.is_some() || is_short(force),
            near: near.get(place.as_str()).copied().unwrap_or(0),
        }
    }

    /// What happened since it stood so with the force.
    fn since(&self, then: &Self) -> Option<Call> {
        // Estimates of strength sway: only half as much again is news.
        let is_news = self.near >= then.near + (then.near / 2).max(HP_PER_SP / 10);
        if self.strength < then.strength {
            Some(Call::Hit)
        } else if self.wants && !then.wants {
            Some(Call::Supply)
        } else if is_news {
            Some(Call::Near(self.near))
        } else if self.place != then.place {
            Some(Call::Moved)
        } else {
            None
        }
    }
}

/// One seat's forces as they were.
#[derive(Default)]
struct Seen {
    turn: u32,
    all: BTreeMap<Key<Force>, State>,
    /// Those told to halt: on which turn, and how it stood with them.
    told: BTreeMap<Key<Force>, (u32, State)>,
}

/// What is remembered of the forces that were told to halt, by the seats that people play here.
#[derive(Default)]
pub struct Posts(BTreeMap<Key<Seat>, Seen>);

/// Forces told to halt, each with what has happened to it since; none: nothing.
pub type Told = BTreeMap<Key<Force>, Option<Call>>;

/// Those of them that want nothing.
pub fn quiet(told: &Told) -> BTreeSet<&Key<Force>> {
    let quiet = told.iter().filter(|(_, call)| call.is_none());
    quiet.map(|(key, _)| key).collect()
}

impl Posts {
    /// Takes up a view of a seat with the orders that led to it.
    pub fn note(&mut self, view: &SeatView, record: &Record) -> Told {
        let near = tree::near(view);
        let mine = view.forces.iter().filter(|(_, f)| f.mine);
        let now: BTreeMap<Key<Force>, State> = mine
            .map(|(key, force)| (key.clone(), State::of(force, &near)))
            .collect();
        let refused: BTreeSet<&Key<Force>> = view
            .report
            .iter()
            .filter_map(|entry| match &entry.what {
                What::Refused { order, .. } => Some(&order.force),
                _ => None,
            })
            .collect();
        let seen = self.0.entry(view.seat.clone()).or_default();
        let before = std::mem::take(&mut seen.told);
        let mut told = Told::new();
        for (key, turn) in halted(record, &view.seat) {
            let Some(state) = now.get(&key) else { continue };
            let known = before.get(&key).filter(|(then, _)| *then == turn);
            let then = known
                .map(|(_, then)| then)
                .or_else(|| seen.all.get(&key).filter(|_| seen.turn == turn));
            // What was so before the war was opened is not known: all was well.
            let mut then = then.cloned().unwrap_or_else(|| State {
                wants: false,
                near: 0,
                ..state.clone()
            });
            let call = match refused.contains(&key) {
                true => Some(Call::Refused),
                false => state.since(&then),
            };
            // Whoever went away and comes again is news.
            then.near = then.near.min(state.near);
            then.wants &= state.wants;
            then.strength = then.strength.max(state.strength);
            seen.told.insert(key.clone(), (turn, then));
            told.insert(key, call);
        }
        (seen.turn, seen.all) = (view.turn, now);
        told
    }
}

/// Forces whose last order to march or stay was to halt, each with the turn in which it was told.
fn halted(record: &Record, seat: &Key<Seat>) -> BTreeMap<Key<Force>, u32> {
    let mut halted = BTreeMap::new();
    for row in &record.turns {
        for given in row.orders.get(seat).into_iter().flatten() {
            let Order { force, action } = &given.order;
            match action {
                Action::Halt => {
                    halted.insert(force.clone(), row.turn);
                }
                Action::Go { .. } | Action::Then { .. } | Action::Follow { .. } => {
                    halted.remove(force);
                }
                _ => {}
            }
        }
    }
    halted
}

impl Game {
    /// Another view lies on the table: who was told to halt, and what has happened to them.
    pub(super) fn note_posts(&mut self) {
        let Some(session) = &self.session else { return };
        if let Some(war) = &session.war {
            self.command.told = self.posts.note(&session.view, war.record());
        }
    }

    /// Orders every force that has nothing to do to halt, as one step of planning.
    pub(super) fn halt_idle(&mut self) {
        let Some(session) = &self.session else { return };
        let idle = tree::idle(&session.view, &session.pending, &self.command.told);
        let orders: Vec<Order> = idle
            .into_iter()
            .map(|force| Order {
                force,
                action: Action::Halt,
            })
            .collect();
        if !orders.is_empty() {
            self.change(|war, seat| _ = war.give_all(seat, orders));
        }
    }
}
