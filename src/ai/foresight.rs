//! Looking ahead: what might be done instead is played on in worlds that the seat may believe in, by the rules themselves,
//! and what comes out best is done. Levels differ in how far they look, into how many worlds, and how much they try.

use super::{
    Reasoned,
    brief::Brief,
    line,
    operation::{Manner, Operation, candidates},
    refine,
    value::{Scale, value},
};
use crate::{
    content::{Key, Seat},
    sim::{
        Sim,
        imagine::{Guess, Imagination},
        order::Order,
        view::SeatView,
    },
};

/// How far and how much is looked ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Depth {
    /// Turns, at most.
    pub turns: u32,
    /// Worlds, at most.
    pub worlds: u32,
    /// Whether single fleets are thought over, each with all its alternatives.
    pub refines: bool,
    /// How much may be thought of: a force or a site for a turn is one, on a large map several. Counted, never timed, so
    /// that equal views make equal plans on any machine.
    pub thoughts: i64,
}

impl Depth {
    /// As much of it as may be afforded where so many operations are to be tried and a turn takes so many thoughts:
    /// worlds go first, then turns.
    fn afforded(self, operations: usize, turn: i64) -> Self {
        let operations = i64::try_from(operations.max(1)).unwrap_or(i64::MAX);
        let share = if self.refines { 2 } else { 1 };
        let turns = |worlds: u32| {
            // Half of them are tried again in as many worlds, and a quarter in as many again.
            let tried = operations * i64::from(worlds.max(2).ilog2() + 1);
            self.thoughts / share / (tried * turn.max(1)).max(1)
        };
        let mut worlds = self.worlds;
        while worlds > 2 && turns(worlds) < i64::from(self.turns) {
            worlds /= 2;
        }
        let most = turns(worlds).clamp(3, i64::from(self.turns));
        Self {
            worlds,
            turns: u32::try_from(most).unwrap_or(self.turns),
            ..self
        }
    }
}

/// Sectors of a map on which a thought takes its usual time.
const PLAIN: usize = 28;

/// The alternatives are weighed in these worlds.
pub struct Outlook<'a> {
    imagination: Imagination<'a>,
    guesses: Vec<Guess>,
    seats: Vec<Key<Seat>>,
    scale: Scale,
    depth: Depth,
    /// Thoughts that a turn takes, and those left.
    turn: i64,
    left: i64,
    sim: Option<Sim>,
    stream: u64,
}

impl<'a> Outlook<'a> {
    fn of(brief: &Brief<'a>, depth: Depth, operations: usize, stream: u64) -> Self {
        let view = brief.view;
        let things = view.forces.len() + view.contacts.len() + view.sites.len() / 2;
        // Roads are looked for among all sectors: on a large map each thought takes as many times longer.
        let wide = view.map.sectors.len().max(PLAIN);
        let turn = i64::try_from((things * wide / PLAIN).max(1)).unwrap_or(i64::MAX);
        let left = depth.thoughts;
        let depth = depth.afforded(operations, turn);
        let imagination = Imagination::of(brief.view);
        let guesses = (0..depth.worlds).map(|n| imagination.guess(stream, n));
        Self {
            guesses: guesses.collect(),
            seats: imagination.seats(),
            scale: Scale::of(brief),
            imagination,
            depth,
            turn,
            left,
            sim: None,
            stream,
        }
    }

    /// What comes of these orders in one of the worlds if an operation is gone on with, tenths of a point.
    pub fn worth(&mut self, orders: &[Order], operation: &Operation, world: usize) -> i64 {
        let hasty = Operation {
            manner: operation.manner.in_haste(),
            ..operation.clone()
        };
        let foe = Operation::usual(Manner::HASTY);
        let Some(guess) = self.guesses.get(world) else {
            return 0;
        };
        let sim = match &mut self.sim {
            Some(sim) => {
                self.imagination.set(sim, guess);
                sim
            }
            none => none.insert(self.imagination.open(guess)),
        };
        for ahead in 0..self.depth.turns {
            for (n, seat) in self.seats.iter().enumerate() {
                let given = if n == 0 && ahead == 0 {
                    orders.to_vec()
                } else {
                    let by = if n == 0 { &hasty } else { &foe };
                    let Ok(view) = sim.view(seat) else { continue };
                    let brief = Brief::new(&view, by.manner);
                    let orders = line::orders(&brief, by, self.stream);
                    super::sensible(&view, &brief.graph, orders)
                        .into_iter()
                        .map(|r| r.order)
                        .collect()
                };
                // A seat without forces has nothing to say.
                let _ = sim.submit(seat, given);
            }
            sim.resolve_turn();
            self.left -= self.turn;
            if sim.ended().is_some() {
                break;
            }
        }
        value(sim, &self.scale)
    }

    /// Whether there is still something to be thought.
    pub fn goes_on(&self) -> bool {
        self.depth.refines && self.left > 0
    }
}

/// Something that might be ordered, and what has come of it in the worlds looked into so far.
struct Tried {
    operation: Operation,
    orders: Vec<Reasoned>,
    list: Vec<Order>,
    worth: Vec<i64>,
}

impl Tried {
    fn mean(&self) -> i64 {
        self.worth.iter().sum::<i64>() / i64::try_from(self.worth.len().max(1)).unwrap_or(1)
    }
}

/// The orders that come out best. All are tried in some worlds, the better half of them in as many more, and so on, so
/// that most is looked at what may well be done.
pub fn plan(view: &SeatView, depth: Depth, stream: u64) -> Vec<Reasoned> {
    let manner = Manner::of(view.temper.as_ref());
    let brief = Brief::new(view, manner);
    let operations = candidates(&brief, manner);
    let mut outlook = Outlook::of(&brief, depth, operations.len(), stream);
    let depth = outlook.depth;
    let mut tried: Vec<Tried> = Vec::new();
    for operation in operations {
        let own = Brief::new(view, operation.manner);
        let orders = line::orders(&own, &operation, stream);
        let orders = super::sensible(view, &brief.graph, orders);
        let list = orders.iter().map(|r| r.order.clone()).collect();
        let worth = Vec::new();
        tried.push(Tried {
            operation,
            orders,
            list,
            worth,
        });
    }
    let worlds = depth.worlds as usize;
    let mut seen = 0;
    while seen < worlds {
        let upto = (seen * 2).max(2).min(worlds);
        for one in &mut tried {
            for world in seen..upto {
                let worth = outlook.worth(&one.list, &one.operation, world);
                one.worth.push(worth);
            }
        }
        seen = upto;
        // The usual is kept to be compared with, whatever comes of it.
        let (usual, mut others): (Vec<Tried>, Vec<Tried>) =
            tried.into_iter().partition(|t| t.operation.is_usual());
        others.sort_by_key(|t| std::cmp::Reverse(t.mean()));
        others.truncate(others.len().div_ceil(2));
        tried = usual.into_iter().chain(others).collect();
    }
    let mut tried = tried.into_iter();
    let Some(usual) = tried.next() else {
        return Vec::new();
    };
    let better = tried.find(|t| t.mean() > usual.mean());
    let before = usual.mean();
    let mut best = better.unwrap_or(usual);
    if !best.operation.is_usual() {
        let worth = best.mean();
        for order in &mut best.orders {
            order.reason = format!(
                "{} ({} v {} as usual, {} turns on): {}",
                best.operation.name,
                points(worth),
                points(before),
                depth.turns,
                order.reason
            );
        }
    }
    refine::plan(
        view,
        &brief,
        &mut outlook,
        &best.operation,
        best.orders,
        best.worth,
    )
}

/// Tenths of a point as points.
pub fn points(tenths: i64) -> String {
    tenths.div_euclid(10).to_string()
}
