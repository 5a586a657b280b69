//! `turn`: ends the turn of a record.

use std::path::PathBuf;

use serde_json::json;

use super::{
    Common, open,
    out::{Done, Failure, Out},
    results, sheet,
};
use crate::war::{War, store};

/// End the turn of a recorded war: everybody's orders are carried out
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The record
    record: PathBuf,
    /// Show the report of this seat
    #[arg(long)]
    seat: Option<String>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let held = store::Held::take(&args.record)?;
    let mut war = War::resume(catalog, store::load(&args.record)?)?;
    if war.ended().is_some() {
        return Err(Failure::Failed(format!(
            "the war ended on turn {}",
            war.turn()
        )));
    }
    if let Some(seat) = &args.seat {
        open::seat(&war, seat)?;
    }
    let report = war.end_turn()?;
    held.save(war.record())?;
    if out.json {
        out.document(&json!({
            "turn": report.turn,
            "date": report.date,
            "hash": report.hashes.state,
            "next": if war.ended().is_some() { None } else { Some(war.turn()) },
            "follows": war.ended().map(|_| results::following(&war)),
            "ended": war.ended().map(|e| results::ending(&war, e)),
        }))?;
        return Ok(Done::Good);
    }
    out.aside(format!("Turn {} ({}) is done.", report.turn, report.date))?;
    if let Some(seat) = &args.seat {
        let view = open::view_of(&war, Some(seat))?;
        sheet::report(out, &view)?;
    }
    if let Some(ending) = war.ended() {
        results::tell_ending(out, &war, ending)?;
        results::tell_next(out, &war, &args.record)?;
    }
    Ok(Done::Good)
}
