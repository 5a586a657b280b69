//! Trials played: a small war for each seed, what must come of it held against what came, and what the journal says
//! where it did not. Proofs play the same wars with the thing they prove and without it.

mod check;
mod keep;
mod kinds;
mod prove;
mod run;
mod share;
mod watch;

use rayon::prelude::*;
use serde::Serialize;

use self::{
    check::tallies,
    run::{Answers, Ask, play},
    watch::Watch,
};
pub use self::{
    check::{check, check_layer, check_layers},
    keep::{Exhibit, KeepError, exhibits, record, with_field},
    prove::{Moved, Options, Proof, Proven, Ready, prove, ready, weigh},
    share::Shown,
};
use super::{figure::Told, script, tell};
use crate::content::{Condition, Expect, Expected, Played, Sources, Span, Trial, line_column};

/// How sure a share is that nobody asked for, permille.
const SURE: i32 = 950;
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
    /// At the end of which turn it was asked.
    pub at: u32,
    /// What came, in words.
    pub got: String,
    /// In how many wars it held.
    pub wars: usize,
    /// Of how many.
    pub of: usize,
    /// What that shows of the share of all wars; none of a single war, and of a mean.
    pub share_permille: Option<Shown>,
    /// Whether that is enough.
    pub held: bool,
    /// Whether more wars might tell: it did not hold, and these do not show that it is wrong.
    pub open: bool,
    /// A seed that shows it: with which it did not hold, or did, if it holds too often.
    pub seed: Option<u64>,
    /// What the journal of that war says that bears on it.
    pub journal: Vec<String>,
}

/// Plays a trial and holds what came against what was expected.
fn run(played: &Played, sources: &Sources, watch: &Watch<'_>) -> Outcome {
    let trial = &played.trial;
    let asked: Vec<(u32, Ask<'_>)> = asked(trial);
    let wars: Vec<Answers> = trial
        .seeds()
        .collect::<Vec<u64>>()
        .into_par_iter()
        .map(|seed| {
            let war = play(played, seed, &asked, None, false);
            watch.war();
            Answers {
                told: Vec::new(),
                ..war
            }
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
        (_, Some(portion)) => share::holds(&portion, held, wars),
        (_, None) => held == wars,
    };
    let means = matches!(&expect.what, Expected::Figure { mean: true, .. });
    let sure = expect.share.map_or(SURE, |portion| portion.sure);
    let shown = (wars > 1 && !means).then(|| Shown::of(held, wars, sure));
    let open = match (&expect.share, shown) {
        (Some(portion), Some(shown)) => !holds && shown.leaves_open(portion),
        _ => false,
    };
    let often = shown.map(|shown| match expect.share {
        Some(_) => told_share(shown, held, wars, open),
        None => format!("holds in {held} of {wars} wars"),
    });
    let got = match (&expect.what, often) {
        (Expected::Figure { .. }, Some(often)) => format!("{}; {often}", spread(values)),
        (Expected::Figure { .. }, None) => spread(values),
        (_, Some(often)) => often,
        _ if held == wars => String::from("so it is"),
        _ => String::from("it is not so"),
    };
    // A war that shows it: one in which it did not come, or, where it came too often, one in which it did.
    let most = expect.share.and_then(|portion| portion.most);
    let too_often = shown.is_some_and(|shown| most.is_some_and(|most| shown.share > most));
    let index = values.iter().position(|value| good(*value) == too_often);
    let index = index.unwrap_or(0);
    let seed = played.trial.seeds().nth(index).filter(|_| !holds);
    Answer {
        place: place(sources, expect.span),
        expected: written(sources, expect.span),
        at: expect.at,
        got,
        wars: held,
        of: wars,
        share_permille: shown,
        held: holds,
        open,
        seed,
        journal: seed.map_or_else(Vec::new, |seed| journal(played, expect, seed)),
    }
}

/// A share of the wars in words, with how sure it is.
fn told_share(shown: Shown, held: usize, wars: usize, open: bool) -> String {
    let share = tell::share(shown.share.into());
    let (low, high) = (
        tell::share(shown.low.into()),
        tell::share(shown.high.into()),
    );
    let sure = tell::share(shown.sure.into());
    let more = match open {
        true => "; that leaves it open, more seeds would tell",
        false => "",
    };
    format!(
        "holds in {held} of {wars} wars ({share}): at least {low} and at most {high}, each {sure} sure{more}"
    )
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
