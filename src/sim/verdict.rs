//! Phase 11: objectives, score, victory. The turn's report is sealed after it.

use std::collections::BTreeMap;

use bevy::{
    app::App,
    ecs::{
        prelude::{Entity, IntoScheduleConfigs, World},
        system::SystemState,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    events::{self, Facts, Truth},
    journal::{Journal, What, Witnesses},
    part::Part,
    roster::Units,
    sight,
    state::{Belongs, Control, Holding, Id, Index, Kind, Knowledge, Magazine, Tally},
    theatre::Theatre,
    turn::{Phase, Turn},
    values::{Controls, Holdings},
    view::Ending,
};
use crate::content::{Condition, Key, Scenario, Seat, Side, Stock, Term, TermKind};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (objectives, believe, judge).chain().in_set(Phase::Verdict),
    );
}

/// A side's figures, as the referee counts them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Hit points at the start and in arrivals.
    pub raised: i64,
    /// Hit points destroyed or captured.
    pub lost: i64,
    /// Stocks brought into the war, fired, lost with ships and sites, and still held: the first is the sum of the rest.
    pub stocks: BTreeMap<Key<Stock>, StockTotal>,
    /// Sectors held.
    pub sectors: u32,
}

/// What became of a stock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StockTotal {
    /// Brought into the war.
    pub raised: i32,
    /// Fired.
    pub fired: i32,
    /// Lost with ships and sites.
    pub lost: i32,
    /// In magazines and depots now.
    pub held: i32,
}

impl StockTotal {
    fn hold(&mut self, amount: i32) {
        self.held = self.held.saturating_add(amount);
    }
}

/// The figures of every side.
pub(super) fn totals(world: &World) -> BTreeMap<Key<Side>, Totals> {
    let mut all: BTreeMap<Key<Side>, Totals> = BTreeMap::new();
    let Some(mut sides) = world.try_query::<(&Id, &Tally)>() else {
        return all;
    };
    for (id, tally) in sides.iter(world) {
        let totals = all.entry(id.key.cast()).or_default();
        (totals.raised, totals.lost) = (tally.raised, tally.lost);
        for (stock, n) in &tally.stocks_raised {
            totals.stocks.entry(stock.clone()).or_default().raised = *n;
        }
        for (stock, n) in &tally.fired {
            totals.stocks.entry(stock.clone()).or_default().fired = *n;
        }
        for (stock, n) in &tally.stocks_lost {
            totals.stocks.entry(stock.clone()).or_default().lost = *n;
        }
    }
    if let Some(mut forces) = world.try_query::<(&Part<Belongs>, &Part<Magazine>)>() {
        for (belongs, magazine) in forces.iter(world) {
            for (stock, n) in &magazine.0 {
                all.entry(belongs.side.clone())
                    .or_default()
                    .stocks
                    .entry(stock.clone())
                    .or_default()
                    .hold(*n);
            }
        }
    }
    if let Some(mut sites) = world.try_query::<&Holding>() {
        for holding in sites.iter(world) {
            for (stock, n) in &holding.stocks {
                all.entry(holding.owner.clone())
                    .or_default()
                    .stocks
                    .entry(stock.clone())
                    .or_default()
                    .hold(*n);
            }
            for (side, stocks) in &holding.ashore {
                for (stock, n) in stocks {
                    let totals = all.entry(side.clone()).or_default();
                    totals.stocks.entry(stock.clone()).or_default().hold(*n);
                }
            }
        }
    }
    if let Some(mut sectors) = world.try_query::<&Control>() {
        for control in sectors.iter(world) {
            if let Some(owner) = &control.owner {
                all.entry(owner.clone()).or_default().sectors += 1;
            }
        }
    }
    all
}

/// Whether a condition holds in truth, as the World stands.
pub(super) fn holds(world: &mut World, condition: &Condition) -> bool {
    asked(world, |_, facts| facts.holds(condition))
}

/// Points of each term as the World stands, tenths of a point.
pub(super) fn points(world: &mut World) -> BTreeMap<Key<Term>, i64> {
    asked(world, score)
}

/// Asks something of the truth. The turn is the one that has ended.
fn asked<T>(world: &mut World, ask: impl FnOnce(&Scenario, &Facts) -> T) -> T {
    let mut state = SystemState::<Theatre>::new(world);
    let t = state
        .get_mut(world)
        .expect("invariant: a World of a war has all that a step needs");
    let units = t.roster.gather();
    let (control, holdings, tallies) = (t.control(), t.holdings(), t.tallies());
    let ended = t.clock.ended.is_some();
    let truth = Truth {
        control,
        holdings,
        tallies,
    };
    let facts = Facts {
        turn: if ended {
            t.clock.turn
        } else {
            t.clock.turn.saturating_sub(1)
        },
        rules: &t.field.rules,
        units: &units,
        account: &truth,
        story: &t.story,
        believed: BTreeMap::new(),
    };
    ask(&t.field.scenario, &facts)
}

fn objectives(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let (control, holdings, tallies) = (t.control(), t.holdings(), t.tallies());
    let truth = Truth {
        control,
        holdings,
        tallies,
    };
    let facts = Facts {
        turn: t.clock.turn,
        rules: &field.rules,
        units: &units,
        account: &truth,
        story: &t.story,
        believed: BTreeMap::new(),
    };
    let mut changed = Vec::new();
    for (key, objective) in &field.scenario.objectives {
        let was = t.story.met.contains(key);
        let is = facts.holds(&objective.when) || (was && objective.lasting);
        if was != is {
            changed.push((key.clone(), is));
        }
    }
    let days = days(&field.scenario, &facts);
    for key in days {
        *t.story.days.entry(key).or_default() += 1;
    }
    for (objective, met) in changed {
        if met {
            t.story.met.insert(objective.clone());
        } else {
            t.story.met.remove(&objective);
        }
        // The truth is the referee's to know: seats are told what they believe.
        t.journal.tell(
            Witnesses::default(),
            What::ObjectiveChanged { objective, met },
        );
    }
}

/// What each seat makes of objectives and days by what it knows, and is told of it.
fn believe(world: &mut World) {
    let state = sight::state(world);
    let reckoned: Vec<_> = seats(world)
        .into_iter()
        .filter_map(|(seat, entity)| Some((sight::reckoning(&state, &seat)?, seat, entity)))
        .collect();
    for ((days, met), seat, entity) in reckoned {
        let Some(mut known) = world.get_mut::<Knowledge>(entity) else {
            continue;
        };
        if days.is_empty() && known.met == met {
            continue;
        }
        let was = std::mem::replace(&mut known.met, met.clone());
        for day in days {
            *known.days.entry(day).or_default() += 1;
        }
        let mut journal = world.resource_mut::<Journal>();
        for objective in was.symmetric_difference(&met) {
            let what = What::ObjectiveChanged {
                objective: objective.clone(),
                met: met.contains(objective),
            };
            journal.tell(&seat, what);
        }
    }
}

fn seats(world: &World) -> Vec<(Key<Seat>, Entity)> {
    let index = world.resource::<Index>();
    index
        .all(Kind::Seat)
        .map(|(key, entity)| (key.cast(), entity))
        .collect()
}

/// The terms whose day counts if these are the facts.
pub(super) fn days(scenario: &Scenario, facts: &Facts) -> Vec<Key<Term>> {
    let counts = |term: &Term| match &term.kind {
        TermKind::Days { from, to, when, .. } => {
            (*from..=*to).contains(&facts.turn) && facts.holds(when)
        }
        _ => false,
    };
    let terms = &scenario.verdict.terms;
    terms
        .iter()
        .filter(|(_, term)| counts(term))
        .map(|(key, _)| key.clone())
        .collect()
}

fn judge(mut t: Theatre) {
    let field = t.field.clone();
    if !t.clock.ending && t.clock.turn < field.scenario.turns {
        return;
    }
    let units = t.roster.gather();
    let (control, holdings, tallies) = (t.control(), t.holdings(), t.tallies());
    let truth = Truth {
        control,
        holdings,
        tallies,
    };
    let facts = Facts {
        turn: t.clock.turn,
        rules: &field.rules,
        units: &units,
        account: &truth,
        story: &t.story,
        believed: BTreeMap::new(),
    };
    let terms = score(&field.scenario, &facts);
    let results = results(&field.scenario, &truth.control);
    let judged = field.scenario.verdict.judge(&terms);
    let ending = Ending {
        winner: judged.winner,
        level: judged.level.to_owned(),
        score: judged.score,
        terms,
        results,
    };
    let everybody = field.everybody();
    t.journal.tell(
        &everybody,
        What::Ended {
            winner: ending.winner.clone(),
            level: ending.level.clone(),
            score: ending.score,
        },
    );
    t.clock.ended = Some(ending);
}

/// Points of each term, tenths of a point, as the facts stand.
pub(super) fn score(scenario: &Scenario, facts: &Facts) -> BTreeMap<Key<Term>, i64> {
    scenario
        .verdict
        .terms
        .iter()
        .map(|(key, term)| {
            let measure = match &term.kind {
                TermKind::Days { .. } => i64::from(facts.story.days.get(key).copied().unwrap_or(0)),
                TermKind::Strength { side, .. } => facts.strength(side),
                TermKind::Losses { side, .. } => {
                    facts.account.toll(side).map_or(0, |(lost, _)| lost)
                }
                TermKind::Stock { side, stock, .. } => {
                    aboard(facts.units, side, stock) + facts.account.stored(side, stock)
                }
                TermKind::Meter { side, meter, .. } => {
                    i64::from(facts.account.meter(side, meter).unwrap_or(0))
                }
                TermKind::If { when, .. } => i64::from(facts.holds(when)),
            };
            let points = term.kind.pieces(measure).iter().map(|p| p.points).sum();
            (key.clone(), points)
        })
        .collect()
}

/// What a side has of a stock in magazines.
fn aboard(units: &Units, side: &Key<Side>, stock: &Key<Stock>) -> i64 {
    units
        .values()
        .filter(|unit| unit.side() == side)
        .filter_map(|unit| unit.magazine.0.get(stock))
        .map(|amount| i64::from(*amount))
        .sum()
}

/// What a side has of a stock, in magazines and depots.
pub(super) fn held(
    units: &Units,
    holdings: &Holdings,
    side: &Key<Side>,
    stock: &Key<Stock>,
) -> i64 {
    let stored = holdings.values().map(|h| events::stored(h, side, stock));
    aboard(units, side, stock) + stored.sum::<i64>()
}

fn results(scenario: &Scenario, control: &Controls) -> BTreeMap<String, String> {
    scenario
        .verdict
        .results
        .iter()
        .map(|(name, sectors)| {
            let mut owners = sectors
                .iter()
                .map(|s| control.get(s).and_then(|c| c.owner.clone()));
            let first = owners.next().flatten();
            let answer = match first {
                Some(side) if owners.all(|o| o.as_ref() == Some(&side)) => side.to_string(),
                _ => "contested".to_owned(),
            };
            (name.clone(), answer)
        })
        .collect()
}
