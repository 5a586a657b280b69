//! Trials played: a small war for each seed, what must come of it held against what came, and what the journal says
//! where it did not. Proofs play the same wars with the thing they prove and without it.

mod check;
mod kinds;
mod prove;
mod run;
mod share;

use rayon::prelude::*;
use serde::Serialize;

use self::{
    check::tallies,
    run::{Answers, Ask, play},
};
pub use self::{
    check::{check, check_layer},
    prove::{Moved, Options, Proof, Proven, prove, weigh},
};
use super::{figure::Told, script, tell};
use crate::content::{Condition, Expect, Expected, Played, Sources, Span, Trial, line_column};

/// Most lines of a journal that are shown for one expectation.
const MOST_LINES: usize = 12;

/// How a trial came out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outcome {
    /// What it shows.
    pub what: String,
    /// Where it is written: `file:line`.
    pub place: String,
    /// How many wars were played.
    pub wars: u64,
    /// Whether all that was expected came.
    #[serde(skip)]
    pub held: bool,
    /// Each expectation, in the order written.
    pub expectations: Vec<Answer>,
    /// Orders that were refused though nobody expected it, each once.
    pub notes: Vec<String>,
}

/// How one expectation came out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Answer {
    /// Where it is written: `file:line`.
    pub place: String,
    /// As it is written.
    pub expected: String,
    /// What came, in words.
    pub got: String,
    /// In how many wars it held.
    pub wars: usize,
    /// Whether that is enough.
    pub held: bool,
    /// A seed with which it did not hold.
    pub seed: Option<u64>,
    /// What the journal of that war says that bears on it.
    pub journal: Vec<String>,
}

/// Plays a trial and holds what came against what was expected.
pub fn run(played: &Played, sources: &Sources) -> Outcome {
    let trial = &played.trial;
    let asked: Vec<(u32, Ask<'_>)> = asked(trial);
    let wars: Vec<Answers> = trial
        .seeds()
        .collect::<Vec<u64>>()
        .into_par_iter()
        .map(|seed| Answers {
            told: Vec::new(),
            ..play(played, seed, &asked, None, false)
        })
        .collect();
    let expectations: Vec<Answer> = trial
        .expect
        .iter()
        .enumerate()
        .map(|(index, expect)| {
            let values: Vec<i64> = wars.iter().map(|war| war.values[index]).collect();
            answer(played, sources, expect, &values)
        })
        .collect();
    Outcome {
        what: trial.what.clone(),
        place: place(sources, trial.span),
        wars: trial.wars(),
        held: expectations.iter().all(|answer| answer.held),
        notes: notes(trial, &wars),
        expectations,
    }
}

fn asked(trial: &Trial) -> Vec<(u32, Ask<'_>)> {
    let all = trial.expect.iter();
    all.map(|expect| (expect.at, Ask::Expected(&expect.what)))
        .collect()
}

/// `file:line` of a place.
fn place(sources: &Sources, span: Span) -> String {
    let (line, _) = line_column(sources, span);
    let source = sources.get(sources.origin(span).source);
    format!(
        "{}:{line}",
        source.map_or("?", |source| source.name.as_str())
    )
}

/// What stands at a place, on one line.
fn written(sources: &Sources, span: Span) -> String {
    let span = sources.origin(span);
    let text = sources
        .get(span.source)
        .and_then(|source| source.text.get(span.start as usize..span.end as usize));
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

fn notes(trial: &Trial, wars: &[Answers]) -> Vec<String> {
    let expected = |words: &str| {
        trial.expect.iter().any(|expect| match &expect.what {
            Expected::Refused(at) => at.get().is_some_and(|at| script::canonical(at) == words),
            _ => false,
        })
    };
    let mut notes: Vec<String> = Vec::new();
    for (turn, words, why) in wars.iter().flat_map(|war| &war.refused) {
        let note = format!("turn {turn}: `{words}` was refused: {why}");
        if !expected(words) && !notes.contains(&note) && notes.len() < MOST_LINES {
            notes.push(note);
        }
    }
    notes
}

/// One expectation held against what came in each war.
fn answer(played: &Played, sources: &Sources, expect: &Expect, values: &[i64]) -> Answer {
    let good = |value: i64| match &expect.what {
        Expected::Holds(_) | Expected::Refused(_) => value == 1,
        Expected::Figure { least, most, .. } => {
            least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)
        }
    };
    let wars = values.len();
    let held = values.iter().filter(|value| good(**value)).count();
    let sum: i64 = values.iter().sum();
    let count = i64::try_from(wars).unwrap_or(i64::MAX);
    let holds = match (&expect.what, expect.share) {
        (
            Expected::Figure {
                least,
                most,
                mean: true,
                ..
            },
            _,
        ) => {
            least.is_none_or(|least| sum >= least.saturating_mul(count))
                && most.is_none_or(|most| sum <= most.saturating_mul(count))
        }
        (_, Some((share, sure))) => share::shown(held, wars, share, sure),
        (_, None) => held == wars,
    };
    let mut got = match &expect.what {
        Expected::Figure { .. } => spread(values),
        _ if wars == 1 && held == 1 => String::from("so it is"),
        _ if wars == 1 => String::from("it is not so"),
        _ => format!("so in {held} of {wars} wars"),
    };
    if let Some((_, sure)) = expect.share {
        let low = share::lower_bound(held, wars, sure);
        let (low, sure) = (tell::share(low.into()), tell::share(sure.into()));
        got.push_str(&format!(
            "; holds in {held} of {wars} wars: at least {low}, {sure} sure"
        ));
    }
    let index = values.iter().position(|value| !good(*value)).unwrap_or(0);
    let seed = played.trial.seeds().nth(index).filter(|_| !holds);
    Answer {
        place: place(sources, expect.span),
        expected: written(sources, expect.span),
        got,
        wars: held,
        held: holds,
        seed,
        journal: seed.map_or_else(Vec::new, |seed| journal(played, expect, seed)),
    }
}

/// Numbers of several wars in short.
pub(crate) fn spread(values: &[i64]) -> String {
    let (Some(least), Some(most)) = (values.iter().min(), values.iter().max()) else {
        return String::from("nothing");
    };
    if values.len() == 1 {
        return least.to_string();
    }
    let sum: i64 = values.iter().sum();
    let count = i64::try_from(values.len()).unwrap_or(1);
    format!("{least} to {most}, mean {}", mean(sum, count))
}

/// A mean with one decimal.
pub(crate) fn mean(sum: i64, count: i64) -> String {
    tell::tenths_text(sum.saturating_mul(10) / count.max(1))
}

/// What a war's journal says that bears on an expectation: the last few lines of it.
fn journal(played: &Played, expect: &Expect, seed: u64) -> Vec<String> {
    let asked = [(expect.at, Ask::Expected(&expect.what))];
    let war = play(played, seed, &asked, None, false);
    if let Expected::Refused(_) = &expect.what {
        let lines = war.refused.iter();
        return lines
            .map(|(turn, words, why)| format!("turn {turn}: `{words}` was refused: {why}"))
            .take(MOST_LINES)
            .collect();
    }
    let bears = |told: &&Told| match &expect.what {
        Expected::Figure { figure, .. } => {
            let counted = tallies(figure);
            counted.iter().any(|(tally, _)| told.is(tally))
        }
        Expected::Holds(condition) => {
            let mut names = Vec::new();
            named(condition, &mut names);
            names.iter().any(|name| told.names(name))
        }
        Expected::Refused(_) => false,
    };
    let lines: Vec<&Told> = war.told.iter().filter(bears).collect();
    let from = lines.len().saturating_sub(MOST_LINES);
    lines[from..]
        .iter()
        .map(|told| {
            format!(
                "turn {}: {}",
                told.turn,
                tell::entry(&war.truth, &told.entry)
            )
        })
        .collect()
}

/// Ids that a condition names.
fn named(condition: &Condition, out: &mut Vec<String>) {
    match condition {
        Condition::Holds(_, sector) | Condition::Present(_, sector, _) => {
            out.push(sector.to_string());
        }
        Condition::Owns(_, site) => out.push(site.to_string()),
        Condition::Lost(side, _) | Condition::Strength(side, _) => out.push(side.to_string()),
        Condition::Destroyed(force) => out.push(force.to_string()),
        Condition::Meter(_, meter, _) => out.push(meter.to_string()),
        Condition::Flag(flag) => out.push(flag.clone()),
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|c| named(c, out)),
        Condition::Not(inner) => named(inner, out),
        _ => {}
    }
}
