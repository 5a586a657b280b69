//! How a war came out: for `sim`, `batch` and `turn` alike.

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;
use serde_json::{Value, json};

use super::out::{Failure, Out};
use crate::{
    content::{Key, Scenario, Side},
    sim::{Totals, view::Ending},
    war::{Record, War, store, tell},
};

/// The verdict as JSON. Scores are points.
pub fn ending(war: &War, ending: &Ending) -> Value {
    let verdict = &war.scenario().verdict;
    let points = |tenths: i64| json!(tenths as f64 / 10.0);
    json!({
        "winner": ending.winner,
        "level": ending.level,
        "scores": verdict.scores(&ending.terms).into_iter().map(|(side, n)| (side.to_string(), points(n))).collect::<BTreeMap<_, _>>(),
        "terms": ending.terms.iter().map(|(k, v)| (k.to_string(), points(*v))).collect::<BTreeMap<_, _>>(),
        "results": ending.results,
    })
}

/// The verdict for people.
pub fn tell_ending(out: &mut Out, war: &War, ending: &Ending) -> Result<(), Failure> {
    let view = war.referee_view();
    let winner = match &ending.winner {
        Some(side) => format!("for {}", tell::side(&view, Some(side.as_str()))),
        None => String::from("a draw"),
    };
    let verdict = &war.scenario().verdict;
    let score = tell::tenths_text(ending.score);
    let score = match verdict.is_race() {
        true => format!("ahead by {score}"),
        false => format!("score {score}"),
    };
    out.line(format!(
        "The war ended on turn {}: {}, {winner} ({score}).",
        war.turn(),
        ending.level
    ))?;
    let terms = |out: &mut Out, of: Option<&Key<Side>>| {
        let terms = verdict.in_order().filter(|(_, t)| t.to.as_ref() == of);
        for (key, term) in terms {
            let points = ending.terms.get(key).copied().unwrap_or(0);
            out.line(format!("  {:>8}  {}", tell::tenths_text(points), term.name))?;
        }
        Ok::<(), Failure>(())
    };
    terms(out, None)?;
    let mut scores: Vec<_> = match verdict.is_race() {
        true => verdict.scores(&ending.terms).into_iter().collect(),
        false => Vec::new(),
    };
    scores.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    for (side, points) in scores {
        let name = tell::side(&view, Some(side.as_str()));
        out.line(format!("{}: {}", name, tell::tenths_text(points)))?;
        terms(out, Some(&side))?;
    }
    for (question, answer) in &ending.results {
        out.line(format!("  {question}: {answer}"))?;
    }
    Ok(())
}

/// What came from earlier wars, if anything did.
pub fn tell_carried(out: &mut Out, record: &Record) -> Result<(), Failure> {
    let Some(carried) = &record.carried else {
        return Ok(());
    };
    let before: Vec<&str> = carried.from.iter().map(|b| b.scenario.as_str()).collect();
    out.aside(format!(
        "After {}: {}.",
        before.join(", "),
        carried.summary()
    ))?;
    Ok(())
}

/// The wars that may follow this one, by id.
pub fn following(war: &War) -> Vec<&Key<Scenario>> {
    let links = crate::war::following(war.catalog(), &war.record().scenario);
    links.into_iter().map(|link| &link.to).collect()
}

/// How to go on once a war is over.
pub fn tell_next(out: &mut Out, war: &War, record: &Path) -> Result<(), Failure> {
    for next in following(war) {
        let path = record.display();
        out.aside(format!(
            "It may go on: angelfire begin {next} NEW{} --seat SEAT --after {path}",
            store::SUFFIX
        ))?;
    }
    Ok(())
}

/// What a side paid and holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SideResult {
    /// Strength destroyed or captured over start and arrivals.
    pub forces_lost_permille: i64,
    /// Reserve stocks fired.
    pub charges_fired: i64,
    /// Reserve stocks left in magazines and depots.
    pub charges_left: i64,
    /// Sectors held.
    pub sectors_held: u32,
}

/// Every side's result by id.
pub fn sides(war: &War) -> BTreeMap<String, SideResult> {
    war.totals()
        .iter()
        .map(|(side, totals)| (side.to_string(), side_result(war, totals)))
        .collect()
}

fn side_result(war: &War, totals: &Totals) -> SideResult {
    let rules = &war.catalog().rules;
    let reserves = || {
        totals
            .stocks
            .iter()
            .filter(|(stock, _)| rules.stocks.get::<Key<_>>(stock).is_some_and(|s| s.reserve))
    };
    SideResult {
        forces_lost_permille: (totals.lost * 1000).checked_div(totals.raised).unwrap_or(0),
        charges_fired: reserves().map(|(_, s)| i64::from(s.fired)).sum(),
        charges_left: reserves().map(|(_, s)| i64::from(s.held)).sum(),
        sectors_held: totals.sectors,
    }
}

/// The value below which this share of a sorted list lies; 0 of an empty one.
pub fn quantile<T: Copy + Default>(sorted: &[T], permille: usize) -> T {
    let index = (sorted.len() * permille / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}
