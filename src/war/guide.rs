//! Where a seat stands in the guide of its scenario. The one place that judges: the window and the text commands ask
//! here, and it reads nothing but what the seat knows, its pending orders, and what has been looked at.
//!
//! Nothing of it is kept in the record. What is of the war is asked of the view each time, a step that was asked for
//! until a turn is over once that turn is, and what somebody has looked at is known to his window alone; so a war that
//! is opened again stands where it stood, but for sights of the turn under way.

use std::collections::BTreeSet;

use crate::{
    content::{Errand, Force, Guide, GuideStep, Key, Sector, Sight, Task},
    sim::{
        order::{Action, Order},
        progress,
        state::Place,
        view::SeatView,
    },
};

/// What has been looked at while a step asked for it: the step's id, and what.
pub type Looks = BTreeSet<(String, Sight)>;

/// What a guide is judged by.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// What the seat knows.
    pub view: &'a SeatView,
    /// The orders it has given for the turn that is planned.
    pub pending: &'a [Order],
    /// What it has looked at; none where nobody can tell, and then it counts as looked at.
    pub looked: Option<&'a Looks>,
}

/// Where a seat stands in its guide.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// Of each step, whether it is behind the seat.
    pub done: Vec<bool>,
    /// The place of the step that is to be taken; none: there is none left.
    pub current: Option<usize>,
}

impl<'a> Standing<'a> {
    /// Where the seat stands; none if this guide leads another.
    pub fn of(guide: &'a Guide, seen: Seen<'_>) -> Option<Self> {
        if guide.seat != seen.view.seat {
            return None;
        }
        let done: Vec<bool> = guide
            .steps
            .iter()
            .map(|step| is_over(step, seen.view) || is_done(step, &step.until, seen))
            .collect();
        let current = done.iter().position(|done| !done);
        Some(Self {
            guide,
            done,
            current,
        })
    }

    /// What of the step that is to be taken has not been done yet, each by itself; of several ways to do it the first.
    pub fn left(&self, seen: Seen<'_>) -> Vec<&'a Task> {
        let mut left = Vec::new();
        if let Some((_, step)) = self.step() {
            collect(step, &step.until, seen, &mut left);
        }
        left
    }

    /// Whether the step at this place is behind the seat and none after it is that it has to take: the next is to be taken, or
    /// none is left.
    pub fn follows(&self, index: usize) -> bool {
        let next = (index + 1 < self.done.len()).then_some(index + 1);
        self.done.get(index) == Some(&true) && self.current == next
    }

    /// The step that is to be taken, with its number from 1.
    pub fn step(&self) -> Option<(usize, &'a GuideStep)> {
        let index = self.current?;
        Some((index + 1, self.guide.steps.get(index)?))
    }
}

fn collect<'a>(step: &GuideStep, task: &'a Task, seen: Seen<'_>, left: &mut Vec<&'a Task>) {
    if is_done(step, task, seen) {
        return;
    }
    match task {
        Task::All(parts) => {
            for part in parts {
                collect(step, part, seen, left);
            }
        }
        Task::Any(parts) => {
            for part in parts.iter().take(1) {
                collect(step, part, seen, left);
            }
        }
        Task::LookedWhile(_, first) => {
            collect(step, first, seen, left);
            left.push(task);
        }
        leaf => left.push(leaf),
    }
}

/// Whether a step is asked for no longer.
fn is_over(step: &GuideStep, view: &SeatView) -> bool {
    step.by
        .is_some_and(|by| view.turn > by || view.ended.is_some())
}

/// Whether a part of what a step asks for has been done. What asks for a force that is lost asks for nothing any more.
pub fn is_done(step: &GuideStep, task: &Task, seen: Seen<'_>) -> bool {
    match task {
        Task::Is(condition) => progress::holds(seen.view, condition) == Some(true),
        Task::Looked(Sight::Force(force)) if is_gone(seen.view, force) => true,
        Task::Looked(sight) => has_seen(step, sight, seen).unwrap_or(true),
        Task::LookedWhile(sight, task) => {
            has_seen(step, sight, seen).unwrap_or_else(|| is_done(step, task, seen))
        }
        Task::Ordered(force, errand) => {
            is_gone(seen.view, force)
                || of(seen.pending, force).any(|order| kind(&order.action) == Some(*errand))
        }
        Task::Bound(force, sector) => {
            is_gone(seen.view, force)
                || is_bound(seen, force, sector)
                || (stands(seen.view, force, sector) && !of(seen.pending, force).any(leaves))
        }
        Task::At(force, sector) => is_gone(seen.view, force) || stands(seen.view, force, sector),
        Task::All(parts) => parts.iter().all(|part| is_done(step, part, seen)),
        Task::Any(parts) => parts.iter().any(|part| is_done(step, part, seen)),
    }
}

/// Whether what a step asks to look at has been looked at; none where nobody can tell.
fn has_seen(step: &GuideStep, sight: &Sight, seen: Seen<'_>) -> Option<bool> {
    let looked = seen.looked?;
    Some(looked.contains(&(step.id.clone(), sight.clone())))
}

fn of<'a>(orders: &'a [Order], force: &'a Key<Force>) -> impl Iterator<Item = &'a Order> {
    orders.iter().filter(move |order| order.force == *force)
}

/// Neither here nor still to come.
fn is_gone(view: &SeatView, force: &Key<Force>) -> bool {
    !view.forces.contains_key(force) && !view.expected.contains_key(force)
}

fn stands(view: &SeatView, force: &Key<Force>, sector: &Key<Sector>) -> bool {
    let own = view.forces.get(force);
    own.is_some_and(|own| matches!(&own.place, Place::Sector(at) if at == sector))
}

fn leaves(order: &Order) -> bool {
    matches!(order.action, Action::Go { .. } | Action::Follow { .. })
}

/// Whether its march, as it is ordered now, comes to the sector: by a pending order, else by what was ordered before.
fn is_bound(seen: Seen<'_>, force: &Key<Force>, sector: &Key<Sector>) -> bool {
    let mut to: Vec<&Key<Sector>> = Vec::new();
    if let Some(own) = seen.view.forces.get(force) {
        to.extend(own.queue.iter().map(|leg| &leg.to));
    }
    for order in of(seen.pending, force) {
        match &order.action {
            Action::Go { stops, .. } => {
                to.clear();
                to.extend(stops);
            }
            Action::Then { stops, .. } => to.extend(stops),
            Action::Halt | Action::Follow { .. } => to.clear(),
            _ => {}
        }
    }
    to.contains(&sector)
}

/// What kind of order an action is, as guides name them.
fn kind(action: &Action) -> Option<Errand> {
    Some(match action {
        Action::Go { .. } | Action::Then { .. } => Errand::Go,
        Action::Halt => Errand::Halt,
        Action::Follow { .. } => Errand::Follow,
        Action::Stance(_) => Errand::Stance,
        Action::Posture(_) => Errand::Posture,
        Action::Fire { .. } => Errand::Fire,
        Action::Policy(_) => Errand::Policy,
        Action::LossLimit(_) => Errand::LossLimit,
        Action::Do { .. } => Errand::Do,
        Action::Land { .. } => Errand::Land,
        Action::Lift { .. } => Errand::Lift,
        Action::FallBack { .. }
        | Action::Leash
        | Action::Split { .. }
        | Action::Merge { .. }
        | Action::Deploy { .. }
        | Action::Agree(_)
        | Action::Refuse(_) => return None,
    })
}
