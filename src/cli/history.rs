//! `history`: battles of the record played again by its orders, and held against it.

use std::{
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{
    Common, open, order,
    out::{Done, Failure, Out},
};
use crate::{
    content::{Battle, Catalog, Course, Key, chronicle::Chronicle, suggest},
    war::{
        history::{self, Check, Entering, Held, Mode, Source, Spread},
        store, table,
    },
};

/// Play the battles of the record by its orders and hold them against it
#[derive(clap::Args, Debug)]
#[command(after_help = "\
WHAT is a battle, a course (all battles of one scenario) or a campaign; all, if it is not given. `list battles` names them.
Orders and arrivals are the record's, results the rules'. Each fact of the record is a check with a weight and a basis;
the score of a battle is their weighed mean. A check that holds even where the sides' strengths or stances are turned
around is an input and does not count. With -v each check names its source.")]
pub struct Args {
    /// A battle, a course or a campaign
    #[arg(value_name = "WHAT")]
    what: Option<String>,
    /// Play it with these seeds too: shares, and where the recorded losses lie
    #[arg(long, value_name = "A..B", value_parser = seeds)]
    seeds: Option<RangeInclusive<u64>>,
    /// Let commanders decide instead of the record
    #[arg(long)]
    free: bool,
    /// What would have been: take command of a seat at this turn of the recorded war, the others following it
    #[arg(long, value_name = "SEAT@TURN", value_parser = entering, conflicts_with = "free")]
    enter: Option<(String, u32)>,
    /// What that seat orders, by turn: `{10: {"seat": ["FORCE VERB ..."]}}`; the computer's orders without a file
    #[arg(long, value_name = "FILE", requires = "enter")]
    orders: Option<PathBuf>,
    /// Show the wars that were turned around to find inputs
    #[arg(long)]
    perturb: bool,
    /// Write every check into a table for spreadsheets (CSV), with where the record says it
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    csv: Option<PathBuf>,
    /// Keep the war as a record that can be watched, verified and entered
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

fn seeds(text: &str) -> Result<RangeInclusive<u64>, String> {
    let (from, to) = super::batch::seeds(text)?;
    Ok(from..=to - 1)
}

fn entering(text: &str) -> Result<(String, u32), String> {
    let (seat, turn) = text.split_once('@').ok_or("write SEAT@TURN")?;
    match turn.parse() {
        Ok(turn) if turn > 0 => Ok((seat.to_owned(), turn)),
        _ => Err(format!("`{turn}` is no turn")),
    }
}

/// A course with the battles that were asked for.
struct Asked<'a> {
    chronicle: &'a Chronicle,
    course: &'a Course,
    battles: Vec<&'a Battle>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let catalog = open::catalog(out, common)?;
    let bench = open::history(common, &catalog)?;
    let mut all: Vec<Asked<'_>> = Vec::new();
    for course in bench.courses() {
        let chronicle = (bench.chronicles().iter()).find(|c| c.document == course.document);
        if let Some(chronicle) = chronicle {
            all.push(Asked {
                chronicle,
                course,
                battles: course.battles.iter().collect(),
            });
        }
    }
    // As the record tells them.
    all.sort_by_key(|asked| {
        let first = asked.course.battles.first();
        let first = first.and_then(|battle| {
            let mut entries = asked.chronicle.entries.iter();
            entries.position(|entry| entry.id == battle.id)
        });
        (asked.course.document.clone(), first)
    });
    let asked = match &args.what {
        Some(what) => chosen(all, what)?,
        None => all,
    };
    let entering = match &args.enter {
        Some((seat, turn)) => Some(taking(&asked, seat, *turn, args.orders.as_deref())?),
        None => None,
    };
    let mode = match &entering {
        Some(entering) => Mode::Entered(entering),
        None if args.free => Mode::Free,
        None => Mode::Scripted,
    };
    if let Some(path) = &args.record {
        return keep(out, &catalog, &asked, path);
    }
    let mut totals = Totals::default();
    let mut kept: Vec<(&Chronicle, Held)> = Vec::new();
    for one in &asked {
        let source = Source {
            catalog: &catalog,
            chronicle: one.chronicle,
            course: one.course,
        };
        out.progress(one.course.id.as_str());
        let seed = one.chronicle.seed;
        let held = history::hold(source, seed, mode)?;
        let spreads = match &args.seeds {
            Some(seeds) => Some(history::spread(source, seeds.clone(), mode)?),
            None => None,
        };
        let twisted = if args.perturb {
            history::twisted(source, seed)?
        } else {
            Vec::new()
        };
        out.progress_end();
        for (index, held) in held.into_iter().enumerate() {
            if !one.battles.iter().any(|battle| battle.id == held.battle) {
                continue;
            }
            let spread = spreads.as_ref().and_then(|all| all.get(index));
            totals.add(&held, spread);
            let twists: Vec<_> = (twisted.iter())
                .filter(|(battle, ..)| *battle == held.battle)
                .map(|(_, twist, held)| (twist.name(), held))
                .collect();
            if out.json {
                out.document(&document(&held, spread, &twists)?)?;
            } else {
                tell(out, &held, spread, &twists)?;
            }
            kept.push((one.chronicle, held));
        }
    }
    if let Some(path) = &args.csv {
        let rows: Vec<_> = kept.iter().map(|(told, held)| (*told, held)).collect();
        store::write_whole(path, &table::checks(&rows))?;
        let count: usize = rows.iter().map(|(_, held)| held.checks.len()).sum();
        out.aside(format!("{}: {count} checks.", path.display()))?;
    }
    totals.tell(out)?;
    Ok(Done::Good)
}

/// The battles that a name means.
fn chosen<'a>(all: Vec<Asked<'a>>, what: &str) -> Result<Vec<Asked<'a>>, Failure> {
    let campaign = |asked: &Asked<'_>| asked.course.scenario.campaign == what;
    let course = |asked: &Asked<'_>| {
        asked.course.id.as_str() == what || asked.course.scenario.id.as_str() == what
    };
    let names: Vec<String> = all
        .iter()
        .flat_map(|asked| {
            let own = [
                asked.course.scenario.campaign.clone(),
                asked.course.id.to_string(),
            ];
            own.into_iter()
                .chain(asked.battles.iter().map(|battle| battle.id.to_string()))
        })
        .collect();
    let mut found = Vec::new();
    for mut asked in all {
        if !campaign(&asked) && !course(&asked) {
            asked.battles.retain(|battle| battle.id.as_str() == what);
        }
        if !asked.battles.is_empty() {
            found.push(asked);
        }
    }
    if found.is_empty() {
        let hint = suggest(what, names.iter().map(String::as_str))
            .map_or("`list battles` names them".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
        return Err(Failure::Load(format!(
            "there is no battle, course or campaign `{what}` of the record; {hint}"
        )));
    }
    Ok(found)
}

/// What somebody orders who takes command of a seat of these courses.
fn taking(
    asked: &[Asked<'_>],
    seat: &str,
    turn: u32,
    orders: Option<&Path>,
) -> Result<Entering, Failure> {
    for one in asked {
        let scenario = &one.course.scenario;
        if !scenario.seats.contains_key(seat) {
            let all: Vec<&str> = scenario.seats.keys().map(|key| key.as_str()).collect();
            return Err(Failure::Usage(format!(
                "there is no seat `{seat}` in `{}`; there are: {}",
                scenario.id,
                all.join(", ")
            )));
        }
        if turn > scenario.turns {
            return Err(Failure::Usage(format!(
                "`{}` has {} turns; there is no turn {turn}",
                scenario.id, scenario.turns
            )));
        }
    }
    let seat = Key::new(seat);
    let orders = match orders {
        Some(path) => {
            let script = order::script(path)?.into_iter();
            let own =
                script.map(|(turn, mut seats)| (turn, seats.remove(&seat).unwrap_or_default()));
            Some(own.collect())
        }
        None => None,
    };
    Ok(Entering { seat, turn, orders })
}

/// Writes the one war that was asked for.
fn keep(
    out: &mut Out,
    catalog: &Arc<Catalog>,
    asked: &[Asked<'_>],
    path: &Path,
) -> Result<Done, Failure> {
    let [one] = asked else {
        return Err(Failure::Usage(String::from(
            "name one battle or course: a record holds one war",
        )));
    };
    let source = Source {
        catalog,
        chronicle: one.chronicle,
        course: one.course,
    };
    let (war, refused) = history::reenact(source, one.chronicle.seed)?;
    store::save(path, war.record())?;
    if out.json {
        out.document(
            &json!({ "record": path, "turns": war.record().length(), "refused": refused }),
        )?;
    } else {
        let turns = war.record().length();
        out.aside(format!(
            "{}: {turns} turns of `{}` as the record has them.",
            path.display(),
            one.course.scenario.id
        ))?;
    }
    Ok(Done::Good)
}

fn document(
    held: &Held,
    spread: Option<&Spread>,
    twists: &[(&str, &Held)],
) -> Result<Value, Failure> {
    let failed = |e: serde_json::Error| Failure::Failed(e.to_string());
    let mut value = serde_json::to_value(held).map_err(failed)?;
    if let Some(checks) = value["checks"].as_array_mut() {
        for (row, check) in checks.iter_mut().zip(&held.checks) {
            row["tuned"] = json!(held.tuned);
            if let Some(share) = spread.and_then(|spread| spread.shares.get(&check.id)) {
                row["share_permille"] = json!(share);
            }
        }
    }
    if let Some(spread) = spread {
        value["spread"] = serde_json::to_value(spread).map_err(failed)?;
    }
    if !twists.is_empty() {
        let each = twists.iter().map(|(name, held)| {
            let checks: serde_json::Map<String, Value> = (held.checks.iter())
                .map(|check| (check.id.clone(), json!(check.holds())))
                .collect();
            json!({
                "perturbed": name, "winner": held.winner, "losses": held.losses, "holds": checks,
                "fidelity_permille": held.fidelity_permille,
            })
        });
        value["perturbed"] = each.collect();
    }
    Ok(value)
}

/// Means over all battles, tuned ones apart.
#[derive(Default)]
struct Totals {
    /// Of tuned battles and of others: fidelity, and medians over seeds.
    of: [(Vec<i64>, Vec<i64>); 2],
}

impl Totals {
    fn add(&mut self, held: &Held, spread: Option<&Spread>) {
        let (once, many) = &mut self.of[usize::from(!held.tuned)];
        once.extend(held.fidelity_permille);
        many.extend(
            spread
                .and_then(|spread| spread.fidelity_permille)
                .map(|band| band[2]),
        );
    }

    fn tell(&self, out: &mut Out) -> Result<(), Failure> {
        let mean = |all: &[i64]| {
            let count = i64::try_from(all.len()).unwrap_or(1);
            all.iter().sum::<i64>() / count.max(1)
        };
        for ((once, many), name) in self.of.iter().zip(["tuned", "others"]) {
            if once.is_empty() {
                continue;
            }
            let over = if many.is_empty() {
                String::new()
            } else {
                format!("; over the seeds, mean of the medians {}", mean(many))
            };
            out.line(format!(
                "{} {name}: mean fidelity {}{over}",
                once.len(),
                mean(once)
            ))?;
        }
        Ok(())
    }
}

fn tell(
    out: &mut Out,
    held: &Held,
    spread: Option<&Spread>,
    twists: &[(&str, &Held)],
) -> Result<(), Failure> {
    let fidelity = held
        .fidelity_permille
        .map_or("nothing to score".to_owned(), |f| format!("fidelity {f}"));
    let tuned = if held.tuned { ", tuned" } else { "" };
    out.heading(&format!("{}  ({fidelity}{tuned})", held.title))?;
    let winner = held.winner.as_ref().map_or("nobody", |side| side.as_str());
    let losses: Vec<String> = (held.losses.iter())
        .map(|(side, lost)| format!("{side} {}.{}%", lost / 10, lost % 10))
        .collect();
    out.line(format!(
        "  won by {winner} in {} turns; lost: {}",
        held.turns,
        losses.join(", ")
    ))?;
    for check in &held.checks {
        let share = spread.and_then(|spread| spread.shares.get(&check.id));
        row(out, check, share)?;
    }
    if let Some(spread) = spread {
        if let Some(band) = spread.fidelity_permille {
            out.line(format!(
                "  over {} seeds: fidelity {} in the middle, {} to {} in nine of ten",
                spread.wars, band[2], band[0], band[4]
            ))?;
        }
        for (side, band) in &spread.losses {
            out.line(format!(
                "  losses of {side}: {} in the middle, {} to {} in nine of ten",
                band[2], band[0], band[4]
            ))?;
        }
    }
    for (name, held) in twists {
        let broken: Vec<&str> = (held.checks.iter())
            .filter(|check| !check.holds())
            .map(|check| check.id.as_str())
            .collect();
        out.line(format!("  {name}: {} do not hold", broken.len()))?;
        for id in broken {
            out.aside(format!("      {id}"))?;
        }
    }
    for refused in &held.refused {
        out.aside(format!(
            "  refused on turn {}: {}: {}",
            refused.turn, refused.order, refused.why
        ))?;
    }
    Ok(())
}

fn row(out: &mut Out, check: &Check, share: Option<&i64>) -> Result<(), Failure> {
    let mark = match (check.counts(), check.holds()) {
        (false, _) => "-",
        (true, true) if check.score == 1000 => "+",
        (true, true) => "~",
        (true, false) => "x",
    };
    let why = match (&check.note, check.input, check.weight) {
        (Some(note), ..) => format!("  ({note})"),
        (None, true, _) => "  (holds whatever the rules: an input)".to_owned(),
        (None, false, 0) => "  (the record leaves it open)".to_owned(),
        _ => String::new(),
    };
    let share = share.map_or(String::new(), |share| format!("  in {share} of 1000"));
    let line = format!(
        "  {mark} {:<64} {:>12} / {:<12}{share}{why}",
        check.id,
        history::shown(&check.expected),
        history::shown(&check.got)
    );
    out.line(line.trim_end())?;
    if out.verbose && !check.source.is_empty() {
        out.line(format!("      {}", check.source))?;
    }
    Ok(())
}
