//! Opponents: each reads one seat's view and writes orders, with a line of reason for each. None sees more than a
//! person in its seat would; levels differ in how well they play.

mod assault;
mod brief;
mod deeds;
mod delay;
mod guns;
mod meet;
mod siege;
mod small;
mod stakes;
mod yardsticks;

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use self::{
    brief::{Brief, Job},
    guns::Thrift,
};
use crate::{
    content::{Force, Key, Sector},
    sim::{
        map::Graph,
        order::{Action, Cue, Order, check_on},
        view::SeatView,
    },
};

/// How a computer seat plays.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Uses fire, stance, supply and reserves sensibly.
    #[default]
    Steady,
    /// Gives no orders: a yardstick.
    Passive,
    /// Runs for the goal with everything: a yardstick.
    Rush,
    /// Keeps its charges and its ships: a yardstick.
    Hoard,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 4] = [Level::Steady, Level::Passive, Level::Rush, Level::Hoard];

    /// Its name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Level::Steady => "steady",
            Level::Passive => "passive",
            Level::Rush => "rush",
            Level::Hoard => "hoard",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Level {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Level::ALL
            .into_iter()
            .find(|l| l.name() == text)
            .ok_or_else(|| {
                format!("there is no level `{text}`; there are steady, passive, rush, hoard")
            })
    }
}

/// An order and why it was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reasoned {
    /// What.
    pub order: Order,
    /// One line: the contact and its age, what was preferred, what was not.
    pub reason: String,
}

/// The orders of a computer seat for this turn. Equal views and streams give equal orders.
/// `stream` seeds the opponent's own dice, which are never the war's.
pub fn plan(level: Level, view: &SeatView, stream: u64) -> Vec<Reasoned> {
    if level == Level::Passive || view.ended.is_some() {
        return Vec::new();
    }
    let brief = Brief::new(view);
    let Some(goal) = goal(&brief) else {
        return Vec::new();
    };
    let mut orders = match level {
        Level::Passive => Vec::new(),
        Level::Rush => yardsticks::rush(&brief, &goal),
        Level::Hoard => yardsticks::hoard(&brief, &goal),
        Level::Steady => {
            let mut orders = delay::hold_fire(&brief);
            if brief.take.is_empty() {
                orders.extend(delay::plan(&brief, &goal, Thrift(400), stream));
            } else {
                orders.extend(assault::plan(&brief, &goal, stream));
            }
            orders.extend(small::plan(&brief));
            // Whoever besieges, lands or has better to do leaves the line; the last word counts.
            let mut busy = siege::plan(&brief);
            busy.extend(deeds::plan(&brief, &busy));
            let mut taken: BTreeSet<&Key<Force>> = BTreeSet::new();
            taken.extend(busy.iter().map(|o| &o.order.force));
            orders.retain(|o| {
                let marches = matches!(
                    o.order.action,
                    Action::Go { .. } | Action::Halt | Action::Posture(_) | Action::Follow { .. }
                );
                !marches || !taken.contains(&o.order.force)
            });
            orders.extend(busy);
            orders
        }
    };
    // What the planning check refuses is not sent, nor what would change nothing: a computer knows the rules.
    let graph = Graph::new(&view.map);
    let may = |order: &Order| check_on(view, Some(&graph), order).is_ok();
    orders.retain(|o| may(&o.order) && changes(view, &o.order));
    orders
}

/// The place the seat's orders turn on: of those to take the nearest to its fleets, else of those to keep the one
/// nearest to the enemy.
fn goal(brief: &Brief) -> Option<Key<Sector>> {
    let from: Vec<&Key<Sector>> = brief
        .own(Job::Fleet)
        .iter()
        .map(|(_, f)| f.place.sector())
        .collect();
    if !brief.take.is_empty() {
        let away = brief.graph.distances(from, |_, e| Some(e.length));
        return brief
            .take
            .iter()
            .min_by_key(|s| (away.get(*s).copied().unwrap_or(i32::MAX), (*s).clone()))
            .cloned();
    }
    brief
        .keep
        .iter()
        .min_by_key(|s| (brief.danger(s), (*s).clone()))
        .or_else(|| brief.view.home.first())
        .cloned()
}

/// Whether an order tells a force anything that it is not doing already.
fn changes(view: &SeatView, order: &Order) -> bool {
    let Some(force) = view.forces.get(&order.force) else {
        return false;
    };
    match &order.action {
        Action::Halt => !force.queue.is_empty() || force.follow.is_some(),
        Action::Go { stops, pace } => {
            let same = force.queue.len() == stops.len()
                && force.queue.iter().zip(stops).all(|(leg, stop)| {
                    leg.to == *stop && leg.pace == *pace && leg.cue == Cue::None
                });
            !same || force.follow.is_some()
        }
        Action::Stance(stance) => force.stance != *stance || force.forming.is_some(),
        Action::Posture(posture) => force.posture != *posture,
        Action::Policy(policy) => force.policy != *policy,
        Action::LossLimit(limit) => force.loss_limit != *limit,
        _ => true,
    }
}
