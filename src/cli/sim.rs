//! `sim`: a war without a screen.

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use serde_json::json;

use super::{
    Common, open, order,
    out::{Done, Failure, Out},
    results,
};
use crate::{
    ai::Level,
    content::{Key, Seat},
    sim::order::Order,
    war::{Player, War, store},
};

/// Play a war without a screen: the computer for every seat that is not given orders
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which scenario
    scenario: String,
    /// What the dice are keyed by
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Stop after so many turns
    #[arg(long, value_name = "N")]
    turns: Option<u32>,
    /// How well the computer plays a seat: green, steady, veteran, master; passive, rush, hoard
    #[arg(long, value_name = "SEAT=LEVEL", value_parser = open::seat_level)]
    ai: Vec<(String, Level)>,
    /// Orders by turn and seat: `{1: {"seat": ["FORCE VERB ..."]}}`
    #[arg(long, value_name = "FILE")]
    orders: Option<PathBuf>,
    /// The record of a war that this one follows: what is left of its forces comes along; repeat it for several
    #[arg(long, value_name = "RECORD")]
    after: Vec<PathBuf>,
    /// Write the record there
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let started = Instant::now();
    let catalog = open::catalog(out, common)?;
    let script = match &args.orders {
        Some(path) => order::script(path)?,
        None => BTreeMap::new(),
    };
    let mut setup = open::setup(&args.scenario, args.seed, &args.ai);
    for seat in script.values().flat_map(BTreeMap::keys) {
        setup.players.insert(seat.clone(), Player::Script);
    }
    let setup = open::after(&catalog, setup, &args.after)?;
    let mut war = War::begin(catalog, setup)?;
    let mut times = Vec::new();
    let limit = args.turns.unwrap_or(u32::MAX);
    while war.ended().is_none() && war.record().length() < limit {
        if let Some(orders) = script.get(&war.turn()) {
            give(out, &mut war, orders);
        }
        let begun = Instant::now();
        let report = war.end_turn()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        if out.json {
            out.document(&json!({
                "turn": report.turn,
                "date": report.date,
                "hash": report.hashes.state,
                "tables": report.hashes.tables,
            }))?;
        } else {
            out.progress(&format!(
                "turn {} of {}: {}",
                report.turn,
                war.scenario().turns,
                report.date
            ));
        }
    }
    out.progress_end();
    if let Some(path) = &args.record {
        store::save(path, war.record())?;
    }
    times.sort_by(f64::total_cmp);
    let hash = war.record().turns.last().map(|row| row.hashes.state);
    let wall = started.elapsed().as_secs_f64() * 1000.0;
    if out.json {
        out.document(&json!({
            "scenario": war.record().scenario,
            "seed": args.seed,
            "turns": war.record().length(),
            "verdict": war.ended().map(|e| results::ending(&war, e)),
            "hash": hash,
            "sides": results::sides(&war),
            "wall_ms": round(wall),
            "turn_ms_p50": round(results::quantile(&times, 500)),
            "turn_ms_p95": round(results::quantile(&times, 950)),
        }))?;
        return Ok(Done::Good);
    }
    let scenario = war.scenario().clone();
    out.line(format!(
        "{}, seed {}: {} turns.",
        scenario.title,
        args.seed,
        war.record().length()
    ))?;
    results::tell_carried(out, war.record())?;
    match war.ended() {
        Some(ending) => results::tell_ending(out, &war, ending)?,
        None => out.line("The war has not ended.")?,
    }
    out.line(format!(
        "{:<20} {:>7} {:>9} {:>9} {:>8}",
        "side", "lost", "fired", "left", "sectors"
    ))?;
    for (side, result) in results::sides(&war) {
        out.line(format!(
            "{side:<20} {:>6.1}% {:>9} {:>9} {:>8}",
            result.forces_lost_permille as f64 / 10.0,
            result.charges_fired,
            result.charges_left,
            result.sectors_held
        ))?;
    }
    if let Some(hash) = hash {
        out.aside(format!(
            "state {hash}; {wall:.0} ms, {:.1} ms a turn",
            results::quantile(&times, 500)
        ))?;
    }
    Ok(Done::Good)
}

/// Gives a script's orders; those refused are warned of and left out, as phase 2 would.
fn give(out: &Out, war: &mut War, orders: &BTreeMap<Key<Seat>, Vec<Order>>) {
    for (seat, orders) in orders {
        for order in orders {
            if let Err(refusal) = war.give(seat, order.clone()) {
                out.warn(&format!(
                    "turn {}, {seat}: `{order}`: {refusal}",
                    war.turn()
                ));
            }
        }
    }
}

fn round(ms: f64) -> f64 {
    (ms * 1000.0).round() / 1000.0
}
