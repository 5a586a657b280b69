//! A batch as a JSON document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    play::Outcome,
    sums::{Bands, Side, Sums, Used},
};
use crate::{cli::results::quantile, war::usage::Kind};

/// The whole document; `wall` is the time that all took, milliseconds.
pub fn document(sums: &Sums, outcomes: &[Outcome], wall: f64) -> Value {
    let mut times: Vec<f64> = outcomes
        .iter()
        .flat_map(|o| o.times.iter().copied())
        .collect();
    times.sort_by(f64::total_cmp);
    let mut levels: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        *levels.entry(&outcome.level).or_default() += 1;
    }
    let by_side = |value: &dyn Fn(&Side) -> Value| -> Value {
        let sides = sums.sides.iter();
        let each = sides.map(|side| (side.id.clone(), value(side)));
        each.collect::<Map<_, _>>().into()
    };
    json!({
        "scenario": sums.scenario,
        "seeds": [sums.seeds.0, sums.seeds.1],
        "wars": sums.wars,
        "wins": by_side(&|side| json!(side.wins)),
        "win_permille": by_side(&|side| json!(side.share)),
        "draws": sums.draws,
        "levels": levels,
        "scores": points(sums.scores),
        "turns": sums.turns,
        "turns_p50": sums.turns.p50,
        "turns_p5": sums.turns.p5,
        "turns_p95": sums.turns.p95,
        "losses_permille": by_side(&|side| json!(side.losses)),
        "charges_fired": by_side(&|side| json!(side.fired)),
        "charges_left": by_side(&|side| json!(side.left)),
        "reserves": reserves(sums),
        "use": used(sums),
        "never_used": never(sums),
        "turn_ms_p50": quantile(&times, 500),
        "turn_ms_p95": quantile(&times, 950),
        "wall_ms": wall,
        "outcomes": outcomes.iter().map(|o| json!({
            "seed": o.seed, "winner": o.winner, "level": o.level, "score": o.score as f64 / 10.0,
            "turns": o.turns, "hash": o.hash, "sides": o.sides,
        })).collect::<Vec<_>>(),
    })
}

/// Tenths as points.
fn points(bands: Bands) -> Value {
    let points = |tenths: i64| tenths as f64 / 10.0;
    json!({
        "p5": points(bands.p5), "p25": points(bands.p25), "p50": points(bands.p50), "p75": points(bands.p75),
        "p95": points(bands.p95),
    })
}

/// By side and stock a list: at the start, and after each turn.
fn reserves(sums: &Sums) -> Value {
    let mut sides: BTreeMap<&str, BTreeMap<&str, &[Bands]>> = BTreeMap::new();
    for ((side, stock), bands) in &sums.reserves {
        sides.entry(side).or_default().insert(stock, bands);
    }
    json!(sides)
}

fn used(sums: &Sums) -> Value {
    let one = |kind: Kind, used: &Used| {
        let mut counts = Map::new();
        counts.insert("wars".into(), json!(used.wars));
        for (name, count) in kind.counts().iter().zip(&used.counts) {
            counts.insert((*name).into(), json!(count));
        }
        (used.id.clone(), Value::from(counts))
    };
    let kinds = sums.used.iter().map(|(kind, all)| {
        let each: Map<String, Value> = all.iter().map(|used| one(*kind, used)).collect();
        (kind.name().to_owned(), Value::from(each))
    });
    kinds.collect::<Map<_, _>>().into()
}

/// By kind, those of which nothing is idle among them.
fn never(sums: &Sums) -> Value {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for kind in Kind::ALL {
        all.insert(kind.name(), Vec::new());
    }
    for (kind, idle) in sums.never() {
        all.insert(kind.name(), idle);
    }
    json!(all)
}
