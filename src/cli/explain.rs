//! `explain`: why a number is what it is.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
    sheet,
};
use crate::{
    content::Stat,
    sim::{
        journal::What,
        stats::{Bearer, Temper},
        view::{OwnForce, SeatView},
    },
    war::{store, tell},
};

/// Explain why a number is what it is
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The record
    record: PathBuf,
    /// At the start of this turn (salvos: those of the turn before); now, if it is not given
    #[arg(long, value_name = "N")]
    turn: Option<u32>,
    /// Whose knowledge; the referee's, if it is not given
    #[arg(long)]
    seat: Option<String>,
    #[command(flatten)]
    what: Question,
}

/// What is to be explained.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
struct Question {
    /// What bears on this force
    #[arg(long, value_name = "F")]
    fleet: Option<String>,
    /// How this force is supplied
    #[arg(long, value_name = "F")]
    supply: Option<String>,
    /// The chance of this salvo of the last turn, counted from 1
    #[arg(long, value_name = "N")]
    salvo: Option<usize>,
}

/// Every statistic, with its name for people and the base it is counted from.
const STATS: [(Stat, &str); 31] = [
    (Stat::Aim, "aim"),
    (Stat::Exposure, "exposure"),
    (Stat::AnswerAim, "aim of answering fire"),
    (Stat::AnswerShots, "answering shots"),
    (Stat::Intercept, "interception"),
    (Stat::BoutFire, "strength dealt in a bout"),
    (Stat::BoutHarm, "strength lost in a bout"),
    (Stat::Frontage, "frontage"),
    (Stat::Speed, "speed"),
    (Stat::Rest, "rest"),
    (Stat::Strain, "strain of a day in its stance"),
    (Stat::BoutStrain, "strain of a bout"),
    (Stat::Track, "reach of tracks"),
    (Stat::Plot, "reach of plots"),
    (Stat::Signature, "signature"),
    (Stat::Bait, "running after feints"),
    (Stat::Attrition, "attrition"),
    (Stat::Convoy, "convoys"),
    (Stat::Seek, "fire at capitals"),
    (Stat::Shelter, "fire that gets past screens"),
    (Stat::Pursuit, "harm in pursuit"),
    (Stat::Pursued, "harm when pursued"),
    (Stat::Deed, "deeds"),
    (Stat::Siege, "siege fire"),
    (Stat::Bombardment, "bombardment that gets through"),
    (Stat::GroundFire, "strength dealt on the ground"),
    (Stat::GroundHarm, "strength lost on the ground"),
    (Stat::Recovery, "losses that rise again"),
    (Stat::Output, "what a site makes"),
    (Stat::Estimate, "error of estimates"),
    (Stat::Insight, "orders read"),
];

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let war = open::war_at(&catalog, store::load(&args.record)?, args.turn)?;
    let view = open::view_of(&war, args.seat.as_deref())?;
    if let Some(id) = &args.what.fleet {
        return fleet(out, &view, id, force(&view, id)?);
    }
    if let Some(id) = &args.what.supply {
        return supply(out, &view, id, force(&view, id)?);
    }
    salvo(out, &view, args.what.salvo.unwrap_or(1))
}

fn force<'a>(view: &'a SeatView, id: &str) -> Result<&'a OwnForce, Failure> {
    view.forces
        .get(id)
        .ok_or_else(|| Failure::Usage(format!("{} knows no own force `{id}`", view.seat)))
}

fn fleet(out: &mut Out, view: &SeatView, id: &str, force: &OwnForce) -> Result<Done, Failure> {
    let sector = force.place.sector();
    let terrain = view.map.sectors.get(sector).map(|s| &s.terrain);
    let temper = Temper {
        meters: view.meters.clone(),
        ..Temper::default()
    };
    let bearer = Bearer::own(&view.rules, force, terrain, Some(&temper));
    let sums: Vec<(&str, crate::content::Sum)> = STATS
        .iter()
        .map(|(stat, name)| {
            (
                *name,
                bearer.stat(*stat, base(*stat, force), i64::MIN / 4, i64::MAX / 4),
            )
        })
        .filter(|(_, sum)| !sum.parts.is_empty())
        .collect();
    if out.json {
        let rows: Vec<Value> = sums
            .iter()
            .map(|(name, sum)| json!({ "what": name, "base": sum.base, "value": sum.value(), "parts": sum.parts, "sum": sum.to_string() }))
            .collect();
        out.document(
            &json!({ "turn": view.turn, "fleet": id, "strength": force.strength, "sums": rows }),
        )?;
        return Ok(Done::Good);
    }
    out.line(format!(
        "{} ({id}) on turn {} at {sector}: {} of {} SP, readiness {}, speed {}",
        force.name,
        view.turn,
        tell::strength(force.strength),
        tell::strength(force.full_strength),
        force.readiness,
        force.speed
    ))?;
    for (name, sum) in &sums {
        sheet::wrap(out, &format!("  {name:<26} "), &sum.to_string())?;
    }
    if sums.is_empty() {
        out.line("  nothing bears on it")?;
    }
    Ok(Done::Good)
}

/// What a statistic is counted from: the force's own speed, permille of the normal elsewhere.
fn base(stat: Stat, force: &OwnForce) -> i64 {
    match stat {
        Stat::Speed => i64::from(force.speed),
        Stat::Rest
        | Stat::Strain
        | Stat::BoutStrain
        | Stat::Bait
        | Stat::Attrition
        | Stat::Intercept => 0,
        _ => 1000,
    }
}

fn supply(out: &mut Out, view: &SeatView, id: &str, force: &OwnForce) -> Result<Done, Failure> {
    if out.json {
        out.document(
            &json!({ "turn": view.turn, "supply": id, "aboard": force.supply, "line": force.line }),
        )?;
        return Ok(Done::Good);
    }
    out.line(format!(
        "{} ({id}) on turn {}: {} days aboard",
        force.name,
        view.turn,
        tell::tenths_text(i64::from(force.supply))
    ))?;
    sheet::wrap(out, "  ", &sheet::line_text(force))?;
    let path: Vec<&str> = force.line.path.iter().map(|s| s.as_str()).collect();
    sheet::wrap(out, "  by way of ", &path.join(", "))?;
    Ok(Done::Good)
}

fn salvo(out: &mut Out, view: &SeatView, number: usize) -> Result<Done, Failure> {
    let salvos: Vec<&What> = view
        .report
        .iter()
        .map(|e| &e.what)
        .filter(|w| matches!(w, What::Salvos { .. }))
        .collect();
    let Some(what) = number.checked_sub(1).and_then(|n| salvos.get(n)) else {
        return Err(Failure::Usage(format!(
            "{} knows of {} salvos on turn {}; there is no salvo {number}",
            view.seat,
            salvos.len(),
            view.turn.saturating_sub(1)
        )));
    };
    if out.json {
        out.document(&json!({ "turn": view.turn.saturating_sub(1), "salvo": number, "what": what, "told": tell::what(view, what) }))?;
    } else {
        sheet::wrap(out, "", &tell::what(view, what))?;
    }
    Ok(Done::Good)
}
