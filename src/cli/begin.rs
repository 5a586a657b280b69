//! `begin`: a new war in a record file.

use std::path::PathBuf;

use super::{
    Common, open,
    out::{Done, Failure, Out},
    results,
};
use crate::{
    ai::Level,
    content::Key,
    war::{Player, War, store},
};

/// Begin a war in a record file; the computer plays the seats nobody takes
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Which scenario
    scenario: String,
    /// The record file to be written, `NAME.angelfire.ron`
    record: PathBuf,
    /// A seat that you play; repeat it to share one screen
    #[arg(long, value_name = "SEAT")]
    seat: Vec<String>,
    /// What the dice are keyed by; any, if it is not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How well the computer plays a seat
    #[arg(long, value_name = "SEAT=LEVEL", value_parser = open::seat_level)]
    ai: Vec<(String, Level)>,
    /// The record of a war that this one follows: what is left of its forces comes along; repeat it for several
    #[arg(long, value_name = "RECORD")]
    after: Vec<PathBuf>,
    /// Write over a record that is there
    #[arg(long)]
    force: bool,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    if let Some((seat, _)) = args.ai.iter().find(|(seat, _)| args.seat.contains(seat)) {
        return Err(Failure::Usage(format!(
            "`{seat}` cannot be played by you and by the computer"
        )));
    }
    let catalog = open::catalog(out, common)?;
    let setup = open::setup(
        &args.scenario,
        args.seed.unwrap_or_else(open::any_seed),
        &args.ai,
    );
    let setup = args
        .seat
        .iter()
        .fold(setup, |setup, seat| setup.with(seat, Player::Person));
    let setup = open::after(&catalog, setup, &args.after)?;
    let war = War::begin(catalog, setup)?;
    let held = store::Held::take(&args.record)?;
    if args.record.exists() && !args.force {
        return Err(Failure::Failed(format!(
            "{} is there already; --force writes over it",
            args.record.display()
        )));
    }
    held.save(war.record())?;
    let record = war.record();
    if out.json {
        out.document(&serde_json::json!({
            "record": args.record,
            "scenario": record.scenario,
            "seed": record.seed,
            "turn": war.turn(),
            "after": record.carried.as_ref().map(|c| c.from.iter().map(|b| &b.scenario).collect::<Vec<_>>()),
            "players": record.players.iter().map(|(k, p)| (k.to_string(), p.to_string())).collect::<std::collections::BTreeMap<_, _>>(),
        }))?;
        return Ok(Done::Good);
    }
    out.aside(format!(
        "{}, seed {}, turn 1.",
        war.scenario().title,
        record.seed
    ))?;
    results::tell_carried(out, record)?;
    for (seat, player) in &record.players {
        let name = war.scenario().seats.get(seat).map_or("", |s| &s.name);
        out.aside(format!("  {seat:<16} {name:<28} {player}"))?;
    }
    let path = args.record.display();
    for seat in args.seat.iter().map(Key::<crate::content::Seat>::new) {
        out.aside(format!("Next: angelfire view {path} --seat {seat}"))?;
    }
    Ok(Done::Good)
}
