//! Opponents: each reads one seat's view and writes orders, with a line of reason for each. None sees more than a
//! person in its seat would; levels differ in how well they play.

mod assault;
mod brief;
mod council;
mod deeds;
mod delay;
mod foresight;
mod guns;
mod line;
mod meet;
mod operation;
mod prongs;
mod refine;
mod siege;
mod small;
mod stakes;
mod stand;
mod value;
mod yardsticks;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use self::{
    brief::Brief,
    foresight::Depth,
    operation::{Manner, Operation},
};
use crate::sim::{
    map::Graph,
    order::{Action, Cue, Order, check_on},
    view::SeatView,
};

/// How a computer seat plays.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Sends each fleet straight to what is nearest to it and fires at what it sees.
    Green,
    /// Uses fire, stance, supply and reserves sensibly; looks no further than today.
    #[default]
    Steady,
    /// Plays several operations some days ahead before it chooses one.
    Veteran,
    /// Looks further, into more of what may be, and thinks each fleet over.
    Master,
    /// Gives no orders: a yardstick.
    Passive,
    /// Runs for the goal with everything: a yardstick.
    Rush,
    /// Keeps its charges and its ships: a yardstick.
    Hoard,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 7] = [
        Level::Green,
        Level::Steady,
        Level::Veteran,
        Level::Master,
        Level::Passive,
        Level::Rush,
        Level::Hoard,
    ];

    /// Those that a person is offered to play against; the others are for measuring.
    pub const OPPONENTS: [Level; 5] = [
        Level::Green,
        Level::Steady,
        Level::Veteran,
        Level::Master,
        Level::Passive,
    ];

    /// Whether it plays on in thought before it orders: it takes its time.
    pub fn looks_ahead(self) -> bool {
        matches!(self, Level::Veteran | Level::Master)
    }

    /// Its name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Level::Green => "green",
            Level::Steady => "steady",
            Level::Veteran => "veteran",
            Level::Master => "master",
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
                format!("there is no level `{text}`; there are green, steady, veteran, master, passive, rush, hoard")
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
    let mut orders = forces(level, view, stream);
    orders.extend(council::words(view));
    orders
}

/// What it tells its forces.
fn forces(level: Level, view: &SeatView, stream: u64) -> Vec<Reasoned> {
    let sound = |manner: Manner| {
        let brief = Brief::new(view, manner);
        line::orders(&brief, &Operation::usual(manner), stream)
    };
    let orders = match level {
        Level::Passive => Vec::new(),
        Level::Rush => yardsticks::rush(&Brief::new(view, Manner::SOUND)),
        Level::Hoard => yardsticks::hoard(&Brief::new(view, Manner::SOUND)),
        Level::Green => {
            let brief = Brief::new(view, Manner::GREEN);
            line::orders(&brief, &Operation::scattered(&brief, Manner::GREEN), stream)
        }
        Level::Steady => sound(Manner::of(view.temper.as_ref())),
        Level::Veteran => return foresight::plan(view, VETERAN, stream),
        Level::Master => return foresight::plan(view, MASTER, stream),
    };
    sensible(view, &Graph::new(&view.map), orders)
}

/// How far a veteran looks.
const VETERAN: Depth = Depth {
    turns: 12,
    worlds: 4,
    refines: false,
    thoughts: 12_000,
};
/// How far a master looks.
const MASTER: Depth = Depth {
    turns: 16,
    worlds: 8,
    refines: true,
    thoughts: 60_000,
};

/// What the planning check refuses is not sent, nor what would change nothing: a computer knows the rules.
fn sensible(view: &SeatView, graph: &Graph, mut orders: Vec<Reasoned>) -> Vec<Reasoned> {
    let may = |order: &Order| check_on(view, Some(graph), order).is_ok();
    orders.retain(|o| changes(view, &o.order) && may(&o.order));
    orders
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
