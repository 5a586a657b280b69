//! `forecast`: the losses of one fight, from one seat's knowledge.

use serde_json::json;

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::Key,
    sim::forecast::Spread,
    war::{Assumes, tell},
};

/// Most fights that one forecast may fight.
const MOST: u32 = 100_000;

/// Forecast the losses of one fight from one seat's knowledge
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scenario (played by the computer up to the turn) or a record
    subject: String,
    /// Where
    #[arg(long)]
    sector: String,
    /// Whose knowledge; of the first seat that knows of a fight there, if it is not given
    #[arg(long)]
    seat: Option<String>,
    /// At the start of this turn; now, if it is not given
    #[arg(long, value_name = "N")]
    turn: Option<u32>,
    /// How many fights are fought
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    samples: u32,
    /// What the dice of a scenario are keyed by
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let war = open::war_of(&catalog, &args.subject, args.turn, args.seed)?;
    let sector = Key::new(&args.sector);
    if !war.scenario().map.sectors.contains_key(&sector) {
        return Err(Failure::Usage(format!(
            "there is no sector `{sector}` on the map"
        )));
    }
    let seats = match &args.seat {
        Some(seat) => vec![open::seat(&war, seat)?],
        None => war.scenario().seats.keys().cloned().collect(),
    };
    for seat in &seats {
        let Some(outlook) = war.outlook(seat, &sector, args.samples)? else {
            continue;
        };
        if out.json {
            let mut value =
                serde_json::to_value(&outlook).map_err(|e| Failure::Failed(e.to_string()))?;
            value["seat"] = json!(seat);
            value["turn"] = json!(war.turn());
            value["sector"] = json!(sector);
            out.document(&value)?;
            return Ok(Done::Good);
        }
        let forecast = &outlook.forecast;
        out.line(match outlook.assumes {
            Assumes::Known => "Of those who stay there or are on the way:",
            Assumes::Caught => "If those who are ordered away are caught before they are gone:",
            Assumes::TheyCome => "If the hostile forces one lane away come:",
            Assumes::WeGo => "If the own forces one lane away go there:",
        })?;
        out.line(format!(
            "As {seat} knows it on turn {}, at {sector}, {} fights:",
            war.turn(),
            forecast.samples
        ))?;
        out.line(format!(
            "  {:<9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "loses SP", "brings", "5%", "25%", "50%", "75%", "95%"
        ))?;
        for (name, spread) in [("own", &forecast.own), ("hostile", &forecast.hostile)] {
            out.line(row(name, spread))?;
        }
        for (name, spread) in [("own", &forecast.own), ("hostile", &forecast.hostile)] {
            if spread.driven > 0 {
                out.line(format!(
                    "  {name} driven off: {}, and then loses another {} on the way",
                    tell::share(i64::from(spread.driven)),
                    tell::fine_strength(spread.after)
                ))?;
            }
        }
        out.line(format!(
            "  has the place afterwards: {}",
            tell::share(i64::from(forecast.holds))
        ))?;
        out.line(format!(
            "  the defender breaks: {}",
            tell::share(i64::from(forecast.breaks))
        ))?;
        if let Some(joined) = &outlook.joined {
            let (own, foe) = (&joined.forecast.own, &joined.forecast.hostile);
            out.line(format!(
                "  if {} more come from a lane away: own {}, hostile {}, has the place {}",
                joined.by.len(),
                tell::strength(own.quantiles[2]),
                tell::strength(foe.quantiles[2]),
                tell::share(i64::from(joined.forecast.holds))
            ))?;
        }
        let known = format!("{:?}", forecast.confidence).to_lowercase();
        out.line(format!(
            "  the enemy is known by a {known} at worst, seen {} turns ago",
            forecast.age
        ))?;
        return Ok(Done::Good);
    }
    if out.json {
        out.document(
            &json!({ "seat": args.seat, "turn": war.turn(), "sector": sector, "samples": 0 }),
        )?;
    } else {
        out.line(format!(
            "No fight is to be expected at {sector}: one of the two sides is missing there."
        ))?;
    }
    Ok(Done::Bad)
}

fn row(name: &str, spread: &Spread) -> String {
    let cells: Vec<String> = spread
        .quantiles
        .iter()
        .map(|q| format!("{:>9}", tell::strength(*q)))
        .collect();
    format!(
        "  {name:<9} {:>9} {}",
        tell::strength(spread.strength),
        cells.join(" ")
    )
}
