//! Battles of the record, played again and held against it: the recorded orders (or commanders left to themselves), the
//! rules, one seed, and what the record says of who won, who held what, what was lost, when, and what became of whom.
//!
//! Nothing here knows how a battle ends. Orders and arrivals come from the course, results from the rules, expectations
//! from the chronicle; [`score`] compares. A check that holds in every war in which the sides' strength or stances have
//! been turned around ([`twist`]) says nothing of the rules: it is an input, and leaves the score.

mod play;
mod score;
mod spread;
mod twist;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;
use serde::Serialize;

pub(in crate::war) use self::score::thousandths;
pub use self::{
    play::{Entering, Mode, Refused, reenact},
    score::{Check, Subject, shown},
    spread::{Band, Spread, spread},
    twist::Twist,
};
use self::{
    play::{Played, play},
    score::checks,
};
use super::WarError;
use crate::content::{
    Battle, Catalog, Course, Key, Side,
    chronicle::{Chronicle, Entry, Locale, Person},
};

/// What everything here is asked of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The content it is played with.
    pub catalog: &'a Arc<Catalog>,
    /// The record.
    pub chronicle: &'a Chronicle,
    /// The orders, and how facts are measured.
    pub course: &'a Course,
}

/// A battle as it came out.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// The entry of the record.
    pub battle: Key<Entry>,
    /// Its name.
    pub title: String,
    /// The course that was followed.
    pub course: Key<Course>,
    /// The scenario that was played.
    pub scenario: String,
    /// What the dice were keyed by.
    pub seed: u64,
    /// Whether all seats followed the recorded orders; else commanders were left to themselves.
    pub scripted: bool,
    /// Whether the rules' numbers were tuned on it.
    pub tuned: bool,
    /// Who won; none: nobody.
    pub winner: Option<Key<Side>>,
    /// Turns over which it was fought.
    pub turns: u32,
    /// Losses in these turns, permille of start and arrivals.
    pub losses: BTreeMap<Key<Side>, i64>,
    /// Who held what the record gives an owner: a side, or `contested`.
    pub owners: BTreeMap<Key<Locale>, String>,
    /// When what the record dates began and ended, war days; none: it never did.
    pub dates: BTreeMap<String, Option<i64>>,
    /// What became of whom the record speaks of.
    pub fates: BTreeMap<Key<Person>, &'static str>,
    /// Yes and no; what cannot be measured here is left out.
    pub flags: BTreeMap<String, bool>,
    /// All of it held against the record.
    pub checks: Vec<Check>,
    /// The weighed mean of the scores that count, permille; none: nothing counts.
    pub fidelity_permille: Option<i64>,
    /// Orders that could not be given, or could not be carried out.
    pub refused: Vec<Refused>,
}

/// All battles of a course at one seed. Inputs are found by playing the course in every [`Twist`].
///
/// # Errors
/// If the war cannot be played.
pub fn hold(source: Source<'_>, seed: u64, mode: Mode<'_>) -> Result<Vec<Held>, WarError> {
    let played = play(source, seed, mode, None)?;
    let inputs = match mode {
        Mode::Scripted => Some(echoes(source, seed, &played)?),
        Mode::Free | Mode::Entered(_) => None,
    };
    Ok(held(source, seed, mode, &played, inputs.as_ref()))
}

/// The battles of a course in a war that has been turned around, each with its twist.
///
/// # Errors
/// If a war cannot be played.
pub fn twisted(source: Source<'_>, seed: u64) -> Result<Vec<(Key<Entry>, Twist, Held)>, WarError> {
    let each: Vec<(&Battle, Twist)> = (source.course.battles.iter())
        .flat_map(|battle| {
            let all = Twist::all(source, battle).into_iter();
            all.map(move |twist| (battle, twist))
        })
        .collect();
    let mut different: Vec<&Twist> = each.iter().map(|(_, twist)| twist).collect();
    different.sort();
    different.dedup();
    let wars: Result<BTreeMap<&Twist, Played>, WarError> = different
        .into_par_iter()
        .map(|twist| Ok((twist, play(source, seed, Mode::Scripted, Some(twist))?)))
        .collect();
    let wars = wars?;
    let results = each.iter().filter_map(|(battle, twist)| {
        let played = wars.get(twist)?;
        let held = held_one(source, seed, Mode::Scripted, played, battle, None);
        Some((battle.id.clone(), twist.clone(), held))
    });
    Ok(results.collect())
}

/// Checks by battle that hold as it was and in every twist: they would hold whatever the rules. What fails as it was is
/// none of them: it may be the rules that fail.
type Echoes = BTreeMap<Key<Entry>, BTreeSet<String>>;

fn echoes(source: Source<'_>, seed: u64, as_it_was: &Played) -> Result<Echoes, WarError> {
    let as_it_was = held(source, seed, Mode::Scripted, as_it_was, None);
    let mut echoes: Echoes = as_it_was
        .into_iter()
        .map(|held| (held.battle.clone(), holding(&held)))
        .collect();
    for (battle, _, held) in twisted(source, seed)? {
        if let Some(known) = echoes.get_mut(&battle) {
            let still = holding(&held);
            known.retain(|id| still.contains(id));
        }
    }
    Ok(echoes)
}

/// The checks of a battle that hold.
fn holding(held: &Held) -> BTreeSet<String> {
    let checks = held.checks.iter().filter(|check| check.holds());
    checks.map(|check| check.id.clone()).collect()
}

fn held(
    source: Source<'_>,
    seed: u64,
    mode: Mode<'_>,
    played: &Played,
    inputs: Option<&Echoes>,
) -> Vec<Held> {
    let battles = source.course.battles.iter();
    battles
        .map(|battle| {
            let echoed = inputs.and_then(|inputs| inputs.get(&battle.id));
            held_one(source, seed, mode, played, battle, echoed)
        })
        .collect()
}

fn held_one(
    source: Source<'_>,
    seed: u64,
    mode: Mode<'_>,
    played: &Played,
    battle: &Battle,
    echoed: Option<&BTreeSet<String>>,
) -> Held {
    let Source {
        chronicle, course, ..
    } = source;
    let seen: Vec<_> = (battle.measures.iter())
        .filter_map(|measure| {
            Some((
                measure,
                played
                    .seen
                    .get(&(battle.id.clone(), measure.entry.clone()))?,
            ))
        })
        .collect();
    let scripted = mode == Mode::Scripted;
    let mut checks = checks(chronicle, course, scripted, &seen);
    for check in &mut checks {
        check.input |= echoed.is_some_and(|all| all.contains(&check.id));
    }
    let title = chronicle.entry(battle.id.as_str());
    let own = seen.first().map(|(_, seen)| *seen);
    let mut held = Held {
        battle: battle.id.clone(),
        title: title.map_or(String::new(), |entry| entry.name.clone()),
        course: course.id.clone(),
        scenario: course.scenario.id.to_string(),
        seed,
        scripted,
        tuned: battle.tuned,
        winner: own.and_then(|seen| seen.winner.clone()),
        turns: own.map_or(0, |seen| seen.turns),
        losses: own.map_or_else(BTreeMap::new, |seen| seen.losses.clone()),
        owners: BTreeMap::new(),
        dates: BTreeMap::new(),
        fates: BTreeMap::new(),
        flags: BTreeMap::new(),
        fidelity_permille: score::mean(&checks),
        checks,
        refused: played.refused.clone(),
    };
    for (measure, seen) in seen {
        held.owners.extend(seen.owners.clone());
        let fates = seen.fates.iter();
        held.fates
            .extend(fates.map(|(who, fate)| (who.clone(), score::word(*fate))));
        for (asked, word, turn) in [
            (&measure.begins, "begins", seen.begins),
            (&measure.ends, "ends", seen.ends),
        ] {
            if asked.is_some() {
                let day = turn.map(|turn| score::day_of(course, turn));
                held.dates.insert(format!("{}/{word}", measure.entry), day);
            }
        }
    }
    for check in &held.checks {
        if let (Subject::Flag, Some(so)) = (check.subject, check.got.as_bool())
            && let Some(name) = check.id.rsplit('/').next()
        {
            held.flags.insert(name.to_owned(), so);
        }
    }
    held
}
