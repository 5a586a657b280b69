//! Opening what the arguments name: content, scenarios, records, seats.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    Common,
    out::{Failure, Out},
};
use crate::{
    ai::Level,
    content::{Bench, Catalog, Key, Layer, Seat, asks_for, generate::kebab, render_text, together},
    sim::view::SeatView,
    war::{
        Player, Record, Setup, War, WarError, branch,
        mods::{Loaded, Places, Problem, read_mods},
        store,
    },
};

/// The content: what came with the game, the mods that came with it, the user's own over these, and those of `--mods`
/// over all; of the former two those that are on, in the order that was chosen.
///
/// # Errors
/// If a folder of mods cannot be read. A mod that is broken, or cannot be read, is only warned of.
pub fn catalog(out: &Out, common: &Common) -> Result<Arc<Catalog>, Failure> {
    Ok(content(out, common)?.catalog)
}

/// The same, with the mods of which it is made.
///
/// # Errors
/// As [`catalog`].
pub fn content(out: &Out, common: &Common) -> Result<Loaded, Failure> {
    let loaded = places(common).load()?;
    warn_of_choice(out, loaded.problem.as_ref());
    for row in &loaded.mods {
        if let Some(problem) = &row.problem {
            let (id, line) = (&row.about.id, &problem.line);
            out.warn(&format!("the mod `{id}` is not in use: {line}"));
        }
    }
    Ok(loaded)
}

/// Warns of a file of chosen mods that cannot be read.
pub fn warn_of_choice(out: &Out, problem: Option<&Problem>) {
    if let Some(problem) = problem {
        out.warn(&format!(
            "which mods are on cannot be read, so all are: {}",
            problem.line
        ));
    }
}

/// The record and the courses of its battles, of what came with the game and of the mods that are in use.
///
/// # Errors
/// If a folder of mods cannot be read, or a course is not sound.
pub fn history(common: &Common, catalog: &Catalog) -> Result<Bench, Failure> {
    let bench = Bench::of_history(&places(common).gather()?.in_use(catalog));
    if bench.found.has_errors() {
        return Err(Failure::Load(render_text(
            &bench.sources,
            &bench.found,
            false,
        )));
    }
    Ok(bench)
}

/// Where mods are looked for.
pub fn places(common: &Common) -> Places {
    Places {
        bundled: true,
        home: store::data_dir().ok(),
        named: common.mods.clone(),
    }
}

/// These mods with all that they ask for below them: of those of `--mods`, the user's own, those that came with the game,
/// and what lies beside them in their folder.
///
/// # Errors
/// If a folder of mods cannot be read.
pub fn stacked(common: &Common, mods: Vec<Layer>, beside: &[&Path]) -> Result<Vec<Layer>, Failure> {
    let mut among = named(common)?;
    for mod_of in beside {
        let Some(folder) = mod_of.parent().filter(|_| mod_of.join("mod.ron").exists()) else {
            continue;
        };
        let asked = mods.iter().flat_map(asks_for);
        let known = asked.filter(|id| kebab(id).as_deref() == Some(id));
        let paths = known.map(|id| folder.join(id));
        let there = paths.filter(|path| path.join("mod.ron").is_file());
        among.extend(there.map(|path| Layer::of_mod(&path)));
    }
    among.extend(installed()?);
    among.extend(Layer::bundled());
    Ok(together(mods, &among))
}

/// The mods of `--mods`, those that cannot be read with their problems.
///
/// # Errors
/// If a folder of mods cannot be read.
pub fn named(common: &Common) -> Result<Vec<Layer>, Failure> {
    let each = common.mods.iter().map(|path| read_mods(path));
    Ok(each.collect::<Result<Vec<_>, _>>()?.concat())
}

/// The user's own mods, be they on or off; those that cannot be read with their problems.
///
/// # Errors
/// If their folder cannot be read.
pub fn installed() -> Result<Vec<Layer>, Failure> {
    match store::data_dir().map(|folder| folder.join("mods")) {
        Ok(folder) if folder.is_dir() => Ok(read_mods(&folder)?),
        _ => Ok(Vec::new()),
    }
}

/// A scenario's id or a record's path, whichever it is.
pub enum Subject {
    /// A scenario.
    Scenario(String),
    /// A record.
    Record(PathBuf),
}

/// What an argument names: a path if it ends like a record or is a file, else a scenario.
pub fn subject(text: &str) -> Subject {
    let path = Path::new(text);
    if text.ends_with(store::SUFFIX) || text.ends_with(".ron") || path.is_file() {
        Subject::Record(path.to_owned())
    } else {
        Subject::Scenario(text.to_owned())
    }
}

/// A recorded war at the start of a turn; where it stands now, without one.
///
/// # Errors
/// If the record cannot be loaded, or has no such turn.
pub fn war_at(catalog: &Arc<Catalog>, record: Record, turn: Option<u32>) -> Result<War, Failure> {
    let record = match turn {
        None => record,
        Some(0) => return Err(Failure::Usage(String::from("turns count from 1"))),
        Some(turn) if turn == record.length() + 1 => record,
        Some(turn) => branch(catalog, &record, turn - 1)?,
    };
    Ok(War::resume(catalog.clone(), record)?)
}

/// A war from a scenario (played by the computer up to the turn) or a record.
///
/// # Errors
/// If it cannot be loaded, or has no such turn.
pub fn war_of(
    catalog: &Arc<Catalog>,
    text: &str,
    turn: Option<u32>,
    seed: u64,
) -> Result<War, Failure> {
    match subject(text) {
        Subject::Record(path) => war_at(catalog, store::load(&path)?, turn),
        Subject::Scenario(id) => {
            let mut war = War::begin(catalog.clone(), Setup::new(id, seed))?;
            let turn = turn.unwrap_or(1);
            while war.turn() < turn {
                if war.ended().is_some() {
                    let last = war.turn();
                    return Err(Failure::Usage(format!(
                        "the war ends on turn {last}; there is no turn {turn}"
                    )));
                }
                war.end_turn()?;
            }
            Ok(war)
        }
    }
}

/// What a seat knows, or the referee's truth without one.
///
/// # Errors
/// If there is no such seat.
pub fn view_of(war: &War, seat: Option<&str>) -> Result<Arc<SeatView>, Failure> {
    match seat {
        Some(seat) => Ok(war.view(&Key::new(seat))?),
        None => Ok(war.referee_view()),
    }
}

/// The seat, if the war has it.
///
/// # Errors
/// If it has not.
pub fn seat(war: &War, name: &str) -> Result<Key<Seat>, Failure> {
    let key = Key::new(name);
    war.view(&key)?;
    Ok(key)
}

/// `SEAT=LEVEL`.
///
/// # Errors
/// What is wrong with it.
pub fn seat_level(text: &str) -> Result<(String, Level), String> {
    let (seat, level) = text.split_once('=').ok_or("write SEAT=LEVEL")?;
    Ok((seat.to_owned(), level.parse()?))
}

/// A setup with these levels.
pub fn setup(scenario: &str, seed: u64, levels: &[(String, Level)]) -> Setup {
    levels
        .iter()
        .fold(Setup::new(scenario, seed), |setup, (seat, level)| {
            setup.with(seat, Player::Computer(*level))
        })
}

/// The same war after others: with what is left of these records.
///
/// # Errors
/// If a record cannot be loaded, its war is not over, or this scenario does not follow it.
pub fn after(catalog: &Arc<Catalog>, setup: Setup, records: &[PathBuf]) -> Result<Setup, Failure> {
    let mut setup = setup;
    for path in records {
        let before = War::resume(catalog.clone(), store::load(path)?)?;
        let left = before.leaves_to(&setup.scenario).map_err(WarError::from)?;
        setup = setup.after(left);
    }
    Ok(setup)
}

/// A seed nobody chose, small enough to be read out.
pub fn any_seed() -> u64 {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_nanos());
    u64::try_from(nanos % 1_000_000_007).unwrap_or(1)
}

/// Threads to play wars on: so many, or as many as there are cores.
///
/// # Errors
/// If the system gives none.
pub fn pool(jobs: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .build()
        .map_err(|e| Failure::Failed(format!("cannot start threads: {e}")))
}
