//! Proofs: the same war with a thing and without it. What the row of a system claims is proved if all that its trials
//! expect comes, the figure they name moves as they say, and the choice they name turns.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::{
    Outcome,
    run::{Answers, Ask, play, sums},
    watch::{self, Watch},
};
use crate::content::{
    Bench, Decision, Key, Moves, Played, Reads, Sources, System, Toward, Trial, Weight, render_text,
};

/// A figure with and without the thing that is proved: sums over the wars.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Moved {
    /// With it, mean of the wars.
    pub with: String,
    /// Without it, mean of the wars.
    pub without: String,
    /// Whether it moved as it was said to.
    pub held: bool,
}

/// What is best with and without the thing that is proved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Options {
    /// Each option's figure with it, mean of the wars.
    pub with: BTreeMap<String, String>,
    /// ... and without it.
    pub without: BTreeMap<String, String>,
    /// The best with it; several if they are as good.
    pub best_with: Vec<String>,
    /// The best without it.
    pub best_without: Vec<String>,
    /// Whether nothing that is best with it is best without it.
    pub turned: bool,
}

/// A trial played with all that it is to show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Proof {
    /// The trial's id.
    pub id: String,
    /// What was expected of it with the thing in place; none if it could not be played.
    #[serde(flatten)]
    pub outcome: Option<Outcome>,
    /// The figure that moves, if it names one.
    pub moves: Option<Moved>,
    /// The choice that turns, if it names one.
    pub decision: Option<Options>,
    /// Whether the words were found, if it names any.
    pub read: Option<bool>,
    /// What kept it from being played, with its places.
    pub problem: Option<String>,
    /// Whether all of it holds.
    pub held: bool,
}

/// A row of the table of systems with its proofs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Proven {
    /// The row's id.
    pub id: String,
    /// Its proofs, in the order written.
    pub proofs: Vec<Proof>,
    /// Whether it is proven.
    pub proven: bool,
    /// Why not, in a line each.
    pub why: Vec<String>,
}

/// A trial as it is played with the thing, and without it where it takes something away.
struct Pair {
    id: Key<Trial>,
    with: Result<Played, String>,
    without: Option<Result<Played, String>>,
}

/// Trials as they are to be played, in the order given.
pub struct Ready(Vec<Pair>);

/// Makes these trials ready: content with the things they take away is loaded for each.
pub fn ready(bench: &mut Bench, ids: &[Key<Trial>]) -> Ready {
    Ready(ids.iter().map(|id| pair(bench, id.clone())).collect())
}

impl Ready {
    /// Plays the trials with all that they are to show, on as many threads as rayon has here; what comes out stands in
    /// the order given. After each war it is told how many have been played, and how many there are.
    pub fn play(&self, sources: &Sources, tell: &(dyn Fn(u64, u64) + Sync)) -> Vec<Proof> {
        let sound = self.0.iter().filter_map(|pair| {
            let with = pair.with.as_ref().ok()?;
            let apart = matches!(pair.without, Some(Ok(_)));
            Some(watch::wars(&with.trial, apart))
        });
        let watch = Watch::new(sound.sum(), tell);
        let proof = |pair| proof(pair, sources, &watch);
        self.0.par_iter().map(proof).collect()
    }
}

/// Plays these trials with all that they are to show, in the order given.
pub fn weigh(bench: &mut Bench, ids: &[Key<Trial>]) -> Vec<Proof> {
    ready(bench, ids).play(&bench.sources, &|_, _| {})
}

/// Proves these rows of the table. Each trial is played once, however many rows name it.
pub fn prove(bench: &mut Bench, rows: &[System]) -> Vec<Proven> {
    let mut ids: Vec<Key<Trial>> = Vec::new();
    for at in rows.iter().flat_map(|row| &row.proofs) {
        if let Some(id) = at.get().map(Key::new).filter(|id| !ids.contains(id)) {
            ids.push(id);
        }
    }
    let proofs: BTreeMap<String, Proof> = weigh(bench, &ids)
        .into_iter()
        .map(|proof| (proof.id.clone(), proof))
        .collect();
    rows.iter().map(|row| proven(row, &proofs)).collect()
}

fn pair(bench: &mut Bench, id: Key<Trial>) -> Pair {
    let mut load = |edits: &[_]| match bench.played(&id, edits) {
        Ok(played) => Ok(played),
        Err(found) => Err(render_text(&bench.sources, &found, false)),
    };
    let with = load(&[]);
    let edits = with
        .as_ref()
        .map_or(Vec::new(), |p| p.trial.neutral.clone());
    let without = (!edits.is_empty()).then(|| load(&edits));
    Pair { id, with, without }
}

fn proof(pair: &Pair, sources: &Sources, watch: &Watch<'_>) -> Proof {
    let mut proof = Proof {
        id: pair.id.to_string(),
        outcome: None,
        moves: None,
        decision: None,
        read: None,
        problem: None,
        held: false,
    };
    let with = match &pair.with {
        Ok(with) => with,
        Err(problem) => {
            proof.problem = Some(problem.clone());
            return proof;
        }
    };
    let outcome = super::run(with, sources, watch);
    proof.held = outcome.held;
    proof.outcome = Some(outcome);
    let trial = &with.trial;
    match &pair.without {
        Some(Ok(without)) => {
            proof.moves = trial
                .moves
                .as_ref()
                .map(|moves| moved(with, without, moves, watch));
            proof.decision = trial
                .decision
                .as_ref()
                .map(|decision| turned(with, without, decision, watch));
        }
        Some(Err(problem)) => {
            proof.problem = Some(problem.clone());
            proof.held = false;
        }
        None => {}
    }
    proof.read = trial.reads.as_ref().map(|reads| found(with, reads));
    proof.held &= proof.moves.as_ref().is_none_or(|moves| moves.held)
        && proof
            .decision
            .as_ref()
            .is_none_or(|decision| decision.turned)
        && proof.read != Some(false);
    proof
}

/// All wars of a trial, one after another in the order of their seeds.
fn wars(
    played: &Played,
    asked: &[(u32, Ask<'_>)],
    extra: super::run::Extra<'_>,
    watch: &Watch<'_>,
) -> Vec<Answers> {
    let seeds: Vec<u64> = played.trial.seeds().collect();
    let play = |seed: u64| {
        let war = play(played, seed, asked, extra, false);
        watch.war();
        Answers {
            told: Vec::new(),
            ..war
        }
    };
    seeds.into_par_iter().map(play).collect()
}

fn moved(with: &Played, without: &Played, moves: &Moves, watch: &Watch<'_>) -> Moved {
    let sum = |played: &Played| {
        // What is left out may have been what the figure speaks of: each side asks its own.
        let own = played.trial.moves.as_ref().unwrap_or(moves);
        let asked = [(own.at, Ask::Figure(&own.figure))];
        sums(&wars(played, &asked, None, watch))[0]
    };
    let (one, other) = (sum(with), sum(without));
    let count = i64::try_from(with.trial.wars()).unwrap_or(1);
    let by = match moves.by {
        Toward::Up => one - other,
        Toward::Down => other - one,
    };
    Moved {
        with: super::mean(one, count),
        without: super::mean(other, count),
        held: by >= moves.at_least.saturating_mul(count),
    }
}

fn turned(with: &Played, without: &Played, decision: &Decision, watch: &Watch<'_>) -> Options {
    let one = options(with, decision, watch);
    let other = options(without, decision, watch);
    let (best_with, best_without) = (best(&one, decision.most), best(&other, decision.most));
    let count = i64::try_from(with.trial.wars()).unwrap_or(1);
    let shown = |sums: &BTreeMap<String, i64>| {
        let each = sums.iter();
        each.map(|(name, sum)| (name.clone(), super::mean(*sum, count)))
            .collect()
    };
    Options {
        turned: !best_with.iter().any(|name| best_without.contains(name)),
        with: shown(&one),
        without: shown(&other),
        best_with,
        best_without,
    }
}

fn options(played: &Played, decision: &Decision, watch: &Watch<'_>) -> BTreeMap<String, i64> {
    let own = played.trial.decision.as_ref().unwrap_or(decision);
    own.options
        .iter()
        .map(|(name, orders)| {
            let asked = [(own.at, Ask::Figure(&own.figure))];
            let wars = wars(played, &asked, Some((own.turn, orders)), watch);
            (name.clone(), sums(&wars)[0])
        })
        .collect()
}

fn best(sums: &BTreeMap<String, i64>, most: bool) -> Vec<String> {
    let best = if most {
        sums.values().max()
    } else {
        sums.values().min()
    };
    let as_good = sums.iter().filter(|(_, sum)| Some(*sum) == best);
    as_good.map(|(name, _)| name.clone()).collect()
}

/// Whether a seat reads these words: in what it is told, in briefings, in names and summaries of things.
fn found(played: &Played, reads: &Reads) -> bool {
    let Some(text) = reads.text.get() else {
        return false;
    };
    let trial = &played.trial;
    let mine = |seat: &Key<_>| reads.seat.as_ref().is_none_or(|reader| reader == seat);
    let scenario = &trial.scenario;
    let mut texts: Vec<&str> = vec![&scenario.title, &scenario.summary];
    texts.extend(scenario.briefing.iter().map(String::as_str));
    let seats = scenario.seats.iter().filter(|(seat, _)| mine(seat));
    texts.extend(seats.flat_map(|(_, seat)| seat.briefing.iter().map(String::as_str)));
    if texts.iter().any(|read| read.contains(text.as_str())) {
        return true;
    }
    // Names and summaries of whatever the seat can look up.
    let named = [
        serde_json::to_value(&scenario.map),
        serde_json::to_value(&scenario.sides),
        serde_json::to_value(&scenario.factions),
        serde_json::to_value(&scenario.objectives),
        serde_json::to_value(&scenario.verdict),
        serde_json::to_value(&scenario.forces),
        serde_json::to_value(Lists::of(&played.rules)),
    ];
    if named.iter().flatten().any(|value| speaks(value, text)) {
        return true;
    }
    let first = trial.seeds.0;
    let war = play(played, first, &[], None, true);
    let mut lines = war.read.iter().filter(|(seat, _)| mine(seat));
    lines.any(|(_, line)| line.contains(text.as_str()))
}

/// What of the rules has names and summaries.
#[derive(Serialize)]
struct Lists<'a> {
    classes: Vec<&'a crate::content::Class>,
    weapons: Vec<&'a crate::content::Weapon>,
    stocks: Vec<&'a crate::content::Stock>,
    terrain: Vec<&'a crate::content::Terrain>,
    stances: Vec<&'a crate::content::Stance>,
    postures: Vec<&'a crate::content::Posture>,
    meters: Vec<&'a crate::content::Meter>,
    traits: Vec<&'a crate::content::Trait>,
    commanders: Vec<&'a crate::content::Commander>,
    sites: Vec<&'a crate::content::SiteKind>,
}

impl<'a> Lists<'a> {
    fn of(rules: &'a crate::content::Rules) -> Self {
        Self {
            classes: rules.classes.values().collect(),
            weapons: rules.weapons.values().collect(),
            stocks: rules.stocks.values().collect(),
            terrain: rules.terrain.values().collect(),
            stances: rules.stances.values().collect(),
            postures: rules.postures.values().collect(),
            meters: rules.meters.values().collect(),
            traits: rules.traits.values().collect(),
            commanders: rules.commanders.values().collect(),
            sites: rules.site_kinds.values().collect(),
        }
    }
}

/// Whether a name, summary or source somewhere in the value has these words.
fn speaks(value: &serde_json::Value, text: &str) -> bool {
    const READ: [&str; 3] = ["name", "summary", "short"];
    match value {
        serde_json::Value::Array(items) => items.iter().any(|item| speaks(item, text)),
        serde_json::Value::Object(map) => map.iter().any(|(key, value)| match value {
            serde_json::Value::String(read) => READ.contains(&key.as_str()) && read.contains(text),
            value => speaks(value, text),
        }),
        _ => false,
    }
}

fn proven(row: &System, proofs: &BTreeMap<String, Proof>) -> Proven {
    let own: Vec<Proof> = row
        .proofs
        .iter()
        .filter_map(|at| proofs.get(at.get()?).cloned())
        .collect();
    let mut why = Vec::new();
    if own.is_empty() {
        why.push(String::from("it has no proof yet"));
    }
    for proof in &own {
        if !proof.held {
            why.extend(failings(proof));
        } else if proof.moves.is_none() && proof.decision.is_none() && proof.read.is_none() {
            let id = &proof.id;
            why.push(format!(
                "{id}: it shows no difference: add `moves`, `decision` or `reads`"
            ));
        }
    }
    let decides = own
        .iter()
        .any(|p| p.decision.as_ref().is_some_and(|d| d.turned));
    if row.weight == Weight::Decision && !own.is_empty() && !decides {
        why.push(String::from(
            "it is a decision, and no proof shows one that turns",
        ));
    }
    Proven {
        id: row.id.clone(),
        proofs: own,
        proven: why.is_empty(),
        why,
    }
}

fn failings(proof: &Proof) -> Vec<String> {
    let id = &proof.id;
    let mut why = Vec::new();
    if let Some(problem) = &proof.problem {
        why.push(format!("{id}: {}", problem.trim_end()));
    }
    for answer in proof
        .outcome
        .iter()
        .flat_map(|o| &o.expectations)
        .filter(|a| !a.held)
    {
        why.push(format!(
            "{id}: {}: {}; {}",
            answer.place, answer.expected, answer.got
        ));
    }
    if let Some(moves) = proof.moves.as_ref().filter(|moves| !moves.held) {
        why.push(format!(
            "{id}: the figure does not move as it should: {} with, {} without",
            moves.with, moves.without
        ));
    }
    if let Some(options) = proof.decision.as_ref().filter(|options| !options.turned) {
        why.push(format!(
            "{id}: the best choice does not turn: {} with, {} without",
            options.best_with.join(" or "),
            options.best_without.join(" or ")
        ));
    }
    if proof.read == Some(false) {
        why.push(format!("{id}: nobody reads these words"));
    }
    why
}
