//! `view`: what one seat knows.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
    sheet,
};
use crate::{
    content::Key,
    war::{
        guide::{Seen, Standing},
        store, tell,
    },
};

/// Show what one seat knows; without a seat, the referee's truth
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The record
    record: PathBuf,
    /// Whose knowledge
    #[arg(long)]
    seat: Option<String>,
    /// At the start of this turn; now, if it is not given
    #[arg(long, value_name = "N")]
    turn: Option<u32>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let war = open::war_at(&catalog, store::load(&args.record)?, args.turn)?;
    let view = open::view_of(&war, args.seat.as_deref())?;
    let pending = match &args.seat {
        Some(seat) => war.pending(&Key::new(seat)),
        None => &[],
    };
    let scenario = war.scenario();
    let seen = Seen {
        view: &view,
        pending,
        looked: None,
    };
    let guide = scenario.guide.as_ref().filter(|_| args.seat.is_some());
    let led = guide.and_then(|guide| Standing::of(guide, seen));
    if out.json {
        let mut value = serde_json::to_value(&*view).map_err(|e| Failure::Failed(e.to_string()))?;
        value["referee"] = json!(args.seat.is_none());
        value["map"] =
            serde_json::to_value(&*view.map).map_err(|e| Failure::Failed(e.to_string()))?;
        value["told"] = view
            .report
            .iter()
            .map(|e| Value::from(tell::entry(&view, e)))
            .collect();
        value["pending"] = pending.iter().map(|o| Value::from(o.to_string())).collect();
        if let Some(led) = &led {
            value["guide"] = match led.step() {
                Some((n, step)) => json!({
                    "step": n,
                    "of": led.guide.steps.len(),
                    "id": step.id,
                    "title": step.title,
                    "text": step.text,
                    "hint": step.hint,
                }),
                None => json!({ "of": led.guide.steps.len() }),
            };
        }
        out.document(&value)?;
        return Ok(Done::Good);
    }
    if args.seat.is_none() {
        sheet::truth(out, &view)?;
        return Ok(Done::Good);
    }
    if view.turn == 1 && !out.quiet {
        let briefing = war
            .scenario()
            .seats
            .get(&view.seat)
            .map(|s| s.briefing.clone())
            .unwrap_or_default();
        for paragraph in war.scenario().briefing.iter().chain(&briefing) {
            sheet::wrap(out, "", paragraph)?;
        }
    }
    sheet::whole(out, &view, pending, led.as_ref())?;
    Ok(Done::Good)
}
