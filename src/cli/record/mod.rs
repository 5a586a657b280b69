//! `record`: shown, proved, gone on with, branched, compared, as a tree and as a table.

mod parted;
mod tree;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{
    Common, open,
    out::{Done, Failure, Out},
    results,
};
use crate::{
    ai::Level,
    content::{Catalog, Key, Seat},
    war::{
        Player, Record, Reel, War,
        annals::Annals,
        branch,
        record::{self, Divergence, Proof, diff, verify_with},
        store,
        story::Story,
        table,
    },
};

/// Show, prove, resume, branch and compare records, as a tree and as tables
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Show who played, and what was ordered
    Show {
        /// The record
        record: PathBuf,
        /// The orders of this turn, with the computer's reasons
        #[arg(long, value_name = "N")]
        turn: Option<u32>,
        /// Of this seat alone
        #[arg(long)]
        seat: Option<String>,
    },
    /// Play every turn again and compare: exit 0 if all comes out as recorded
    Verify {
        /// The records
        #[arg(required = true)]
        records: Vec<PathBuf>,
    },
    /// Play on, the computer in the seats named; people's seats with the orders that are pending
    Resume {
        /// The record
        record: PathBuf,
        /// So many turns; to the end, if it is not given
        #[arg(long, value_name = "N")]
        turns: Option<u32>,
        /// The computer takes this seat over
        #[arg(long, value_name = "SEAT=LEVEL", value_parser = open::seat_level)]
        ai: Vec<(String, Level)>,
    },
    /// Take a record up to a turn, to play on differently
    #[command(after_help = "\
With --seat somebody takes command there: the seats named are played with `view`, `order` and `turn`, or in the window, and
the others follow the record, each force as long as it stands where it stood and sees what it saw; then it is the
computer's.")]
    Branch {
        /// The record
        record: PathBuf,
        /// The turn that is planned anew
        #[arg(long, value_name = "N")]
        turn: u32,
        /// Take command of this seat; the others follow the record
        #[arg(long)]
        seat: Vec<String>,
        /// How well the computer plays whoever can no longer follow
        #[arg(long, default_value_t, requires = "seat")]
        level: Level,
        /// What the new line is called, in `record tree` and in the window
        #[arg(long, value_parser = name)]
        name: Option<String>,
        /// The new record
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Show which record was taken from which: battles of the record and wars at the root, branches under them
    #[command(after_help = "\
Each branch is shown with its name, the turn on which it leaves, who commands, how long it is and how it ended. A parent is
known by its course if it is a battle of the record, else by its checksum, else as a war that once stood where the parent
stood: it may have gone on since. One that is not among the records is shown as such.")]
    Tree {
        /// Records, or folders with records; the folder of saved wars, if none is given
        #[arg(value_name = "FILE|FOLDER")]
        paths: Vec<PathBuf>,
    },
    /// Write a war as a table for spreadsheets (CSV): turn by turn and side by side
    #[command(after_help = "\
Columns: war, turn, date, side, sectors, strength_hp, lost_hp, left_STOCK for each reserve, events. Turn 0 is the beginning.
Without --seat the referee's truth; with it what that seat knows: of other sides' charges nothing.")]
    Csv {
        /// The record
        record: PathBuf,
        /// Whose knowledge
        #[arg(long)]
        seat: Option<String>,
        /// The table
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Tell the story of a war in sentences, as one seat came to know it
    #[command(after_help = "\
The days that weighed most by what they cost and what they did to the score; those between them in a line. Nothing is in it
that the seat did not know.")]
    Story {
        /// The record
        record: PathBuf,
        /// Whose war it was; the seat that a person played, else the first
        #[arg(long)]
        seat: Option<String>,
    },
    /// Say where two records part, and what was held and lost in each: exit 0 if they do not
    Diff {
        /// One
        first: PathBuf,
        /// The other
        second: PathBuf,
    },
}

fn name(text: &str) -> Result<String, String> {
    match record::name_of(text) {
        Ok(Some(name)) => Ok(name),
        Ok(None) => Err(String::from("a name has letters or figures")),
        Err(why) => Err(why.to_owned()),
    }
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    match args.what {
        What::Show { record, turn, seat } => {
            show(out, &store::load(&record)?, turn, seat.as_deref())
        }
        What::Verify { records } => {
            let catalog = open::catalog(out, common)?;
            let mut good = true;
            for path in &records {
                good &= prove(out, &catalog, path)?;
            }
            Ok(Done::if_true(good))
        }
        What::Resume { record, turns, ai } => {
            let catalog = open::catalog(out, common)?;
            let held = store::Held::take(&record)?;
            let mut war = War::resume(catalog, store::load(&record)?)?;
            for (seat, level) in ai {
                let seat = open::seat(&war, &seat)?;
                war.hand_over(&seat, Player::Computer(level));
            }
            for _ in 0..turns.unwrap_or(u32::MAX) {
                if war.ended().is_some() {
                    break;
                }
                let report = war.end_turn()?;
                out.progress(&format!("turn {}: {}", report.turn, report.date));
            }
            out.progress_end();
            held.save(war.record())?;
            if out.json {
                let ended = war.ended().map(|e| results::ending(&war, e));
                out.document(&json!({ "turns": war.record().length(), "verdict": ended }))?;
            } else if let Some(ending) = war.ended() {
                results::tell_ending(out, &war, ending)?;
            } else {
                out.aside(format!("Turn {} is to be planned.", war.turn()))?;
            }
            Ok(Done::Good)
        }
        What::Branch {
            record,
            turn,
            seat,
            level,
            name,
            output,
        } => {
            let turns = turn
                .checked_sub(1)
                .ok_or_else(|| Failure::Usage(String::from("turns count from 1")))?;
            let catalog = open::catalog(out, common)?;
            let parent = store::load(&record)?;
            let mut branched = if seat.is_empty() {
                branch(&catalog, &parent, turns)?
            } else {
                let seats: Vec<Key<_>> = seat.iter().map(Key::new).collect();
                let war = War::enter(catalog, &parent, turns, &seats, level)?;
                war.record().clone()
            };
            branched.name = name;
            store::save(&output, &branched)?;
            if out.json {
                let name = &branched.name;
                out.document(&json!({ "record": output, "turn": turn, "name": name }))?;
            } else {
                out.aside(format!("{} goes on from turn {turn}.", output.display()))?;
            }
            Ok(Done::Good)
        }
        What::Tree { paths } => {
            let catalog = open::catalog(out, common)?;
            tree::show(out, &catalog, &paths)
        }
        What::Csv {
            record,
            seat,
            output,
        } => {
            let catalog = open::catalog(out, common)?;
            let record = store::load(&record)?;
            has_seat(&record, seat.as_deref())?;
            let reel = Reel::new(&catalog, &record, seat.map(Key::new))?;
            let annals = Annals::of(&reel);
            let name = record.name.as_deref().unwrap_or(record.scenario.as_str());
            store::write_whole(&output, &table::turns(&[(name, &annals)]))?;
            if out.json {
                out.document(&json!({ "table": output, "turns": annals.length() }))?;
            } else {
                let turns = annals.length();
                out.aside(format!("{}: {turns} turns.", output.display()))?;
            }
            Ok(Done::Good)
        }
        What::Story { record, seat } => {
            let catalog = open::catalog(out, common)?;
            let record = store::load(&record)?;
            has_seat(&record, seat.as_deref())?;
            story(out, &catalog, &record, seat.map(Key::new))
        }
        What::Diff { first, second } => {
            let catalog = open::catalog(out, common)?;
            let found = diff(
                Some(&catalog),
                &store::load(&first)?,
                &store::load(&second)?,
            );
            if out.json {
                out.document(&found)?;
            } else {
                parted::tell(out, &found)?;
            }
            Ok(Done::if_true(found.is_none()))
        }
    }
}

/// The story as one seat knows it.
fn story(
    out: &mut Out,
    catalog: &Arc<Catalog>,
    record: &Record,
    seat: Option<Key<Seat>>,
) -> Result<Done, Failure> {
    let person = record.players.iter().find(|(_, p)| **p == Player::Person);
    let usual = person.or_else(|| record.players.iter().next());
    let Some(seat) = seat.or_else(|| usual.map(|(seat, _)| seat.clone())) else {
        return Err(Failure::Usage(String::from("nobody played this record")));
    };
    let told = Story::of(&Reel::new(catalog, record, Some(seat.clone()))?);
    if out.json {
        out.document(&json!({
            "seat": seat, "opening": told.opening, "days": told.days, "close": told.close,
        }))?;
        return Ok(Done::Good);
    }
    out.line(&told.opening)?;
    for day in &told.days {
        match day.passed_over {
            true => out.line(format!("  {}", day.text))?,
            false => out.line(format!("{}. {}", day.date, day.text))?,
        }
    }
    out.line(&told.close)?;
    Ok(Done::Good)
}

/// Refuses a seat that the record does not have.
fn has_seat(record: &Record, seat: Option<&str>) -> Result<(), Failure> {
    match seat.filter(|name| !record.players.contains_key(*name)) {
        Some(name) => Err(Failure::Usage(format!(
            "there is no seat `{name}` in this record"
        ))),
        None => Ok(()),
    }
}

fn show(
    out: &mut Out,
    record: &Record,
    turn: Option<u32>,
    seat: Option<&str>,
) -> Result<Done, Failure> {
    has_seat(record, seat)?;
    if let Some(turn) = turn
        && (turn == 0 || turn > record.length())
    {
        return Err(Failure::Usage(format!(
            "the record has {} turns; there is no turn {turn}",
            record.length()
        )));
    }
    let shown = |key: &Key<_>| seat.is_none_or(|s| s == key.as_str());
    let rows = record
        .turns
        .iter()
        .filter(|row| turn.is_none_or(|t| t == row.turn));
    if out.json {
        let turns: Vec<Value> = rows
            .map(|row| {
                let orders: serde_json::Map<String, Value> = row
                    .orders
                    .iter()
                    .filter(|(k, _)| shown(k))
                    .map(|(k, list)| (k.to_string(), json!(list)))
                    .collect();
                json!({ "turn": row.turn, "orders": orders, "hash": row.hashes.state })
            })
            .collect();
        out.document(&json!({
            "format": record.format, "revision": record.revision, "content": record.content,
            "mods": record.mods, "scenario": record.scenario, "seed": record.seed,
            "name": record.name, "course": record.course, "players": record.players,
            "parent": record.parent, "carried": record.carried, "changes": record.changes, "turns": turns,
        }))?;
        return Ok(Done::Good);
    }
    out.line(format!(
        "{}, seed {}: {} turns",
        record.scenario,
        record.seed,
        record.length()
    ))?;
    if let Some(name) = &record.name {
        out.line(format!("called {name}"))?;
    }
    if let Some(course) = &record.course {
        out.line(format!(
            "a battle as the record has it, by the course {course}"
        ))?;
    }
    out.line(format!(
        "rules revision {}, content {}",
        record.revision, record.content
    ))?;
    for known in &record.mods {
        out.line(format!("mod {} {}", known.id, known.version))?;
    }
    results::tell_carried(out, record)?;
    if let Some(parent) = &record.parent {
        out.line(format!(
            "branched off record {} after turn {}",
            parent.record, parent.turns
        ))?;
    }
    for change in &record.changes {
        out.line(format!(
            "turns before {} were played under other rules or content",
            change.turn
        ))?;
    }
    for (seat, player) in &record.players {
        out.line(format!("  {seat:<20} {player}"))?;
    }
    if seat.is_none() {
        out.aside("All seats' orders follow: this is the referee's file.")?;
    }
    for row in rows {
        out.heading(&format!("Turn {}  {}", row.turn, row.hashes.state))?;
        for (key, orders) in row.orders.iter().filter(|(k, _)| shown(k)) {
            if turn.is_none() && !out.verbose {
                out.line(format!("  {key}: {} orders", orders.len()))?;
                continue;
            }
            out.line(format!("  {key}"))?;
            for given in orders {
                out.line(format!("    {}", given.order))?;
                if !given.why.is_empty() {
                    out.aside(format!("        {}", given.why))?;
                }
            }
        }
    }
    Ok(Done::Good)
}

fn prove(out: &mut Out, catalog: &Arc<Catalog>, path: &Path) -> Result<bool, Failure> {
    let reading = store::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let progress = |turn, of| out.progress(&format!("{name}: turn {turn} of {of}"));
    let proof = verify_with(catalog, &reading, progress);
    out.progress_end();
    let proof = proof.map_err(|e| Failure::Load(format!("{}: {e}", path.display())))?;
    if out.json {
        let mut value = serde_json::to_value(&proof).map_err(|e| Failure::Failed(e.to_string()))?;
        value["record"] = json!(path);
        value["holds"] = json!(proof.holds());
        out.document(&value)?;
    } else {
        tell_proof(out, path, &proof)?;
    }
    Ok(proof.holds())
}

fn tell_proof(out: &mut Out, path: &Path, proof: &Proof) -> Result<(), Failure> {
    let name = path.display();
    if !proof.sound {
        out.line(format!(
            "{name}: the file was changed after it was written: its checksum does not hold"
        ))?;
    }
    if let Some(foreign) = &proof.foreign {
        out.line(format!(
            "{name}: turns up to {} were played under other rules or content (revision {}, content {}) and can no longer be proved",
            foreign.until, foreign.revision, foreign.content
        ))?;
    }
    if let Some(d) = &proof.divergence {
        let Divergence {
            turn,
            phase,
            table,
            entity,
            field,
            ..
        } = d;
        out.line(format!(
            "{name}: does not come out as recorded: turn {turn}, phase {phase}, table {table}"
        ))?;
        if let Some(entity) = entity {
            out.line(format!(
                "  {entity}, {}",
                field.as_deref().unwrap_or("the whole row")
            ))?;
            out.line(format!(
                "  recorded: {}",
                d.recorded.as_deref().unwrap_or("nothing")
            ))?;
            out.line(format!(
                "  found:    {}",
                d.found.as_deref().unwrap_or("nothing")
            ))?;
        }
    }
    match proof.proved {
        Some((first, last)) => out.aside(format!(
            "{name}: turns {first} to {last} come out as recorded"
        )),
        None if proof.turns == 0 => out.aside(format!("{name}: no turn has been played")),
        None => Ok(()),
    }
}
