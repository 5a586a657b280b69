//! One war of a batch, and what is kept of it.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use crate::{
    cli::results::{self, SideResult},
    content::Catalog,
    sim::tables::Hash,
    war::{Setup, War, WarError, usage::Usage},
};

/// A side and one of its reserve stocks.
pub type Reserve = (String, String);

/// How one war came out.
pub struct Outcome {
    /// Its seed.
    pub seed: u64,
    /// Who won; none for a draw.
    pub winner: Option<String>,
    /// The verdict's level.
    pub level: String,
    /// Tenths of a point.
    pub score: i64,
    /// Turns it took.
    pub turns: u32,
    /// The last state.
    pub hash: Option<Hash>,
    /// What each side paid and holds.
    pub sides: BTreeMap<String, SideResult>,
    /// What was left of each reserve: at the start, and after each turn.
    pub reserves: BTreeMap<Reserve, Vec<i64>>,
    /// What of the rules was used.
    pub usage: Usage,
    /// Milliseconds of each turn.
    pub times: Vec<f64>,
}

/// Plays a war to its end.
///
/// # Errors
/// If it cannot begin.
pub fn play(catalog: &Arc<Catalog>, setup: Setup) -> Result<Outcome, WarError> {
    let seed = setup.seed;
    let mut war = War::begin(catalog.clone(), setup)?;
    let scenario = war.scenario().clone();
    let mut usage = Usage::of(&catalog.rules, &scenario);
    let mut reserves = BTreeMap::new();
    let mut times = Vec::new();
    let mut truth = war.referee_view();
    usage.begin(&truth);
    note(&war, 0, &mut reserves);
    while war.ended().is_none() {
        let begun = Instant::now();
        let report = war.end_turn()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        if let Some(row) = war.record().turns.last() {
            usage.turn(&scenario, &truth, &row.orders, &report);
        }
        truth = war.referee_view();
        note(&war, times.len(), &mut reserves);
    }
    usage.end(&truth);
    let ending = war.ended();
    Ok(Outcome {
        seed,
        winner: ending
            .and_then(|e| e.winner.as_ref())
            .map(ToString::to_string),
        level: ending.map_or(String::new(), |e| e.level.clone()),
        score: ending.map_or(0, |e| e.score),
        turns: war.record().length(),
        hash: war.record().turns.last().map(|row| row.hashes.state),
        sides: results::sides(&war),
        reserves,
        usage,
        times,
    })
}

/// What is left of each reserve after so many turns; nothing before the turn on which a side first has any.
fn note(war: &War, turns: usize, reserves: &mut BTreeMap<Reserve, Vec<i64>>) {
    let rules = &war.catalog().rules;
    for (side, totals) in war.totals() {
        for (stock, total) in &totals.stocks {
            if rules.stocks.get(stock).is_some_and(|stock| stock.reserve) {
                let left = reserves
                    .entry((side.to_string(), stock.to_string()))
                    .or_default();
                left.resize(turns, 0);
                left.push(total.held.into());
            }
        }
    }
}
