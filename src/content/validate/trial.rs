//! Trials and the table of systems. What orders say, who plays and what a journal tells is checked where these are
//! known (`war::trial`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Check, Known, Scene, map::at_most};
use crate::content::{
    Decision, Edit, Expect, Expected, Figure, Key, Moves, Outlook, Portion, Reads, Scenario,
    System, Tally, Toward, Trial, Weight,
    diagnostic::Span,
    ron::At,
    schema::{List, Name, Pairs, Permille, trial as file},
};

/// Most turns of a trial.
const MAX_TURNS: i64 = 200;
/// Most seeds of a trial.
const MAX_SEEDS: i64 = 1_000;
/// Most turns that a trial plays in all, over its seeds and the options of its decision, with and without the edits.
const MAX_WORK: i64 = 200_000;
/// Most orders of a turn.
const MAX_ORDERS: usize = 200;
/// Most expectations, edits and options.
const MAX_PARTS: usize = 50;
/// Furthest a bound lies from zero.
pub(super) const MAX_BOUND: i64 = 1_000_000_000_000;
/// What each system of war is carried by.
const MECHANISMS: [&str; 12] = [
    "places",
    "forces",
    "fire",
    "movement",
    "battle",
    "ground",
    "supply",
    "knowledge",
    "command",
    "allegiance",
    "meters",
    "events",
];

/// A checked trial on this scenario; `None` if its id could not be read.
pub(crate) fn trial(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    scenario: &Scenario,
    file: &file::Trial,
) -> Option<Trial> {
    let most = MAX_TURNS.min(i64::from(scene.turns));
    let turns: u32 = check.number(&file.turns, 1..=most, "turns");
    let it = Reading { scene, turns };
    at_most(check, &file.expect, MAX_PARTS, "expectations");
    at_most(check, &file.neutral, MAX_PARTS, "edits");
    let seeds = seeds(check, file);
    let decision = file
        .decision
        .as_ref()
        .and_then(|at| it.decision(check, at.get()?));
    let options = decision.as_ref().map_or(0, |d| d.options.len());
    let wars = (seeds.1 - seeds.0 + 1).saturating_mul(2 + 2 * u64::try_from(options).unwrap_or(0));
    let work = i64::try_from(wars)
        .unwrap_or(i64::MAX)
        .saturating_mul(i64::from(turns));
    if work > MAX_WORK {
        check.error(
            "too-much-work",
            file.id.span,
            format!("this plays {work} turns in all, more than {MAX_WORK}"),
            "use fewer seeds, turns or options",
        );
    }
    let trial = Trial {
        id: Key::new(file.id.get()?),
        span: file.id.span,
        what: check.text(&file.what, "what"),
        scenario: Arc::new(scenario.clone()),
        players: it.players(check, &file.players),
        orders: it.orders(check, &file.orders),
        turns,
        seeds,
        expect: file
            .expect
            .iter()
            .filter_map(|at| it.expect(check, at))
            .collect(),
        neutral: file.neutral.iter().filter_map(At::get).map(edit).collect(),
        moves: file
            .moves
            .as_ref()
            .and_then(|at| it.moves(check, at.get()?)),
        decision,
        reads: file.reads.as_ref().and_then(|at| {
            let reads = at.get()?;
            check.text(&reads.text, "text");
            Some(Reads {
                seat: check.maybe_known(&reads.seat, &scene.names.seats),
                text: reads.text.clone(),
            })
        }),
    };
    purpose(check, file, &trial);
    Some(trial)
}

/// Each trial shows something, and what is to differ needs something to differ by.
fn purpose(check: &mut Check<'_>, file: &file::Trial, trial: &Trial) {
    if file.expect.is_empty() && !trial.is_proof() {
        check.error(
            "no-expectation",
            trial.span,
            "this trial expects nothing".into(),
            "add `expect: [(holds: ...)]` or `expect: [(figure: ..., at_least: ...)]`",
        );
    }
    let differs = [
        file.moves.as_ref().map(|at| at.span),
        file.decision.as_ref().map(|at| at.span),
    ];
    if let Some(span) = differs
        .into_iter()
        .flatten()
        .next()
        .filter(|_| file.neutral.is_empty())
    {
        check.error(
            "no-edit",
            span,
            "nothing is taken away, so that nothing can differ".into(),
            "add `neutral: [(\"kind/id\", \"field\", \"value\")]`",
        );
    }
}

fn edit(edit: &(Name, Name, At<String>)) -> Edit {
    Edit {
        thing: edit.0.clone(),
        path: edit.1.clone(),
        text: edit.2.clone(),
    }
}

fn seeds(check: &mut Check<'_>, file: &file::Trial) -> (u64, u64) {
    let Some(pair) = file.seeds.as_ref().and_then(At::get) else {
        return (1, 1);
    };
    let (first, last): (u64, u64) = check.ascending(pair, 0..=i64::MAX - 1, "seeds");
    if i64::try_from(last.saturating_sub(first)).unwrap_or(i64::MAX) >= MAX_SEEDS {
        check.error(
            "too-many",
            pair.1.span,
            format!("more than {MAX_SEEDS} seeds"),
            "name fewer",
        );
        return (first, first);
    }
    (first, last.max(first))
}

/// What the parts of a trial are read with.
pub(super) struct Reading<'a> {
    pub(super) scene: &'a Scene<'a>,
    /// Turns that are played.
    pub(super) turns: u32,
}

impl Reading<'_> {
    fn players(
        &self,
        check: &mut Check<'_>,
        pairs: &Pairs<file::Word>,
    ) -> BTreeMap<Key<crate::content::Seat>, At<String>> {
        let mut players = BTreeMap::new();
        for (seat, level) in &pairs.0 {
            let key = check.known(seat, &self.scene.names.seats);
            if level.get().is_some() {
                players.insert(key, level.as_ref().map(|word| word.0.clone()));
            }
        }
        players
    }

    pub(super) fn orders(
        &self,
        check: &mut Check<'_>,
        pairs: &Pairs<List<String>, i64>,
    ) -> BTreeMap<u32, Vec<At<String>>> {
        let mut orders = BTreeMap::new();
        for (turn, list) in &pairs.0 {
            let key: u32 = check.number(turn, 1..=i64::from(self.turns), "turn");
            let known: &mut Vec<_> = orders.entry(key).or_default();
            if let Some(list) = list.get() {
                at_most(check, list, MAX_ORDERS, "orders of one turn");
                known.extend(list.iter().cloned());
            }
        }
        orders
    }

    /// The turn at whose end something is asked.
    fn at(&self, check: &mut Check<'_>, at: &Option<At<i64>>) -> u32 {
        check.number_or(at, 0..=i64::from(self.turns), "at", self.turns)
    }

    fn expect(&self, check: &mut Check<'_>, at: &At<file::Expect>) -> Option<Expect> {
        let file = at.get()?;
        let turn = self.at(check, &file.at);
        let given = [
            file.holds.is_some(),
            file.refused.is_some(),
            file.figure.is_some(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            check.error(
                "not-one-question",
                at.span,
                "an expectation asks one thing: `holds`, `refused` or `figure`".into(),
                "make several expectations of it, or name what is expected",
            );
            return None;
        }
        let bounds = [&file.at_least, &file.at_most, &file.is];
        let stray = bounds.into_iter().flatten().next();
        if let Some(stray) = stray.filter(|_| file.figure.is_none()) {
            check.error(
                "no-figure",
                stray.span,
                "only a figure has bounds".into(),
                "remove the bound, or add `figure: ...`",
            );
        }
        let what = if let Some(condition) = &file.holds {
            Expected::Holds(
                self.scene
                    .when_within(check, condition, turn.max(1), turn.max(1)),
            )
        } else if let Some(words) = &file.refused {
            Expected::Refused(words.clone())
        } else {
            self.bounded(check, file)?
        };
        Some(Expect {
            span: at.span,
            at: turn,
            what,
            share: self.share(check, file),
        })
    }

    fn bounded(&self, check: &mut Check<'_>, file: &file::Expect) -> Option<Expected> {
        let at = file.figure.as_ref()?;
        let figure = self.figure(check, at)?;
        let bound = |check: &mut Check<'_>, at: &Option<At<i64>>, what| {
            at.as_ref()
                .map(|at| check.number::<i64>(at, -MAX_BOUND..=MAX_BOUND, what))
        };
        let exact = bound(check, &file.is, "is");
        let least = bound(check, &file.at_least, "at_least").or(exact);
        let most = bound(check, &file.at_most, "at_most").or(exact);
        if least.is_none() && most.is_none() {
            check.error(
                "no-bound",
                at.span,
                "this figure has no bounds".into(),
                "add `at_least: ...`, `at_most: ...` or `is: ...`",
            );
        }
        if let (Some(least), Some(most), Some(at)) = (least, most, &file.at_most)
            && least > most
        {
            check.error(
                "wrong-order",
                at.span,
                format!("nothing is at least {least} and at most {most}"),
                "write the smaller number as `at_least`",
            );
        }
        Some(Expected::Figure {
            figure,
            least,
            most,
            mean: super::yes(&file.mean),
        })
    }

    fn share(&self, check: &mut Check<'_>, file: &file::Expect) -> Option<Portion> {
        let Some(first) = file.share.as_ref().or(file.share_at_most.as_ref()) else {
            if let Some(at) = &file.confidence {
                check.error(
                    "no-share",
                    at.span,
                    "only a share of the wars has a confidence".into(),
                    "add `share: ...` or `share_at_most: ...`, or remove `confidence`",
                );
            }
            return None;
        };
        let mut bound = |at: &Option<Permille>, what| {
            at.as_ref().map(|at| check.number::<i32>(at, 1..=999, what))
        };
        let least = bound(&file.share, "share");
        let most = bound(&file.share_at_most, "share_at_most");
        if let (Some(least), Some(most), Some(at)) = (least, most, &file.share_at_most)
            && least >= most
        {
            check.error(
                "wrong-order",
                at.span,
                "this is no more than `share`, and no number of wars can show so narrow a share"
                    .into(),
                "write a `share_at_most` that is greater than `share`",
            );
        }
        let sure = check.number_or(&file.confidence, 500..=999, "confidence", 950);
        if super::yes(&file.mean) {
            check.error(
                "mean-and-share",
                first.span,
                "a mean is one number for all wars, and holds in no share of them".into(),
                "remove `mean` or `share`",
            );
        }
        Some(Portion { least, most, sure })
    }

    fn moves(&self, check: &mut Check<'_>, file: &file::Moves) -> Option<Moves> {
        Some(Moves {
            figure: self.figure(check, &file.figure)?,
            at: self.at(check, &file.at),
            by: Toward::from(*file.by.get()?),
            at_least: check.number_or(&file.at_least, 1..=MAX_BOUND, "at_least", 1),
        })
    }

    fn decision(&self, check: &mut Check<'_>, file: &file::Decision) -> Option<Decision> {
        let mut options = BTreeMap::new();
        for (name, list) in file.options.0.iter().take(MAX_PARTS) {
            if let (Some(name), Some(list)) = (name.get(), list.get()) {
                at_most(check, list, MAX_ORDERS, "orders of one option");
                options.insert(name.clone(), list.clone());
            }
        }
        if options.len() < 2 || file.options.0.len() > MAX_PARTS {
            check.error(
                "no-choice",
                file.seat.span,
                format!("a decision has between 2 and {MAX_PARTS} options"),
                "add `options: {\"one\": [...], \"other\": []}`",
            );
        }
        let (figure, most) = match file.best.get()? {
            file::Best::Most(figure) => (figure, true),
            file::Best::Least(figure) => (figure, false),
        };
        Some(Decision {
            seat: check.known(&file.seat, &self.scene.names.seats),
            turn: check.number(&file.turn, 1..=i64::from(self.turns), "turn"),
            options,
            figure: self.figure(check, figure)?,
            at: self.at(check, &file.at),
            most,
        })
    }

    pub(super) fn figure(&self, check: &mut Check<'_>, at: &At<file::Figure>) -> Option<Figure> {
        let names = self.scene.names;
        let (sides, forces) = (&names.sides, &names.forces);
        let sectors = &self.scene.map.sectors;
        Some(match at.get()? {
            file::Figure::Number(number) => {
                Figure::Number(check.number(number, -MAX_BOUND..=MAX_BOUND, "number"))
            }
            file::Figure::Count { kind, of, turns } => {
                Figure::Count(self.tally(check, kind, of, turns))
            }
            file::Figure::Sum {
                kind,
                field,
                of,
                turns,
            } => Figure::Sum(self.tally(check, kind, of, turns), field.clone()),
            file::Figure::Strength(side) => Figure::Strength(check.known(side, sides)),
            file::Figure::Lost(side) => Figure::Lost(check.known(side, sides)),
            file::Figure::Stock(side, stock) => Figure::Stock(
                check.known(side, sides),
                check.known(stock, &self.scene.rules.stocks),
            ),
            file::Figure::Fired(side, stock) => Figure::Fired(
                check.known(side, sides),
                check.known(stock, &self.scene.rules.stocks),
            ),
            file::Figure::Meter(side, meter) => Figure::Meter(
                check.known(side, sides),
                check.known(meter, &self.scene.rules.meters),
            ),
            file::Figure::Sectors(side) => Figure::Sectors(check.known(side, sides)),
            file::Figure::Score => Figure::Score,
            file::Figure::ScoreOf(side) => Figure::ScoreOf(check.known(side, sides)),
            file::Figure::Won(side) => Figure::Won(check.known(side, sides)),
            file::Figure::Hull(force) => Figure::Hull(check.known(force, forces)),
            file::Figure::Readiness(force) => Figure::Readiness(check.known(force, forces)),
            file::Figure::Supply(force) => Figure::Supply(check.known(force, forces)),
            file::Figure::Aboard(force, stock) => Figure::Aboard(
                check.known(force, forces),
                check.known(stock, &self.scene.rules.stocks),
            ),
            file::Figure::At(force, sector) => {
                Figure::At(check.known(force, forces), check.known(sector, sectors))
            }
            file::Figure::If(condition) => Figure::If(self.scene.when(check, condition)),
            file::Figure::Row(table, row, field) => {
                Figure::Row(table.clone(), row.clone(), field.clone())
            }
            file::Figure::Forecast { seat, at, of } => Figure::Forecast(
                check.known(seat, &names.seats),
                check.known(at, sectors),
                of.get().map_or(Outlook::Own, |of| (*of).into()),
            ),
            file::Figure::Plus(list) => {
                at_most(check, list, MAX_PARTS, "parts of one figure");
                let parts = list.iter().take(MAX_PARTS);
                Figure::Plus(parts.filter_map(|at| self.figure(check, at)).collect())
            }
            file::Figure::Times(by, figure) => Figure::Times(
                check.number(by, -1_000_000..=1_000_000, "factor"),
                Box::new(self.figure(check, figure)?),
            ),
            file::Figure::Minus(one, other) => Figure::Minus(
                Box::new(self.figure(check, one)?),
                Box::new(self.figure(check, other)?),
            ),
            file::Figure::Share(one, other) => Figure::Share(
                Box::new(self.figure(check, one)?),
                Box::new(self.figure(check, other)?),
            ),
        })
    }

    fn tally(
        &self,
        check: &mut Check<'_>,
        kind: &Name,
        of: &Pairs<file::Choice>,
        turns: &Option<At<file::Range>>,
    ) -> Tally {
        let of =
            of.0.iter()
                .filter(|(name, any)| name.get().is_some() && any.get().is_some());
        let of = of.map(|(name, any)| (name.clone(), any.as_ref().map(|any| any.0.clone())));
        Tally {
            kind: kind.clone(),
            of: of.collect(),
            turns: turns
                .as_ref()
                .and_then(At::get)
                .map(|range| check.ascending(range, 1..=i64::from(self.turns), "turns")),
        }
    }
}

/// A row of the table of systems; `has`: whether content has what a key names.
pub(crate) fn system(
    check: &mut Check<'_>,
    file: &file::System,
    trials: &Known,
    has: impl Fn(&str) -> bool,
) -> System {
    let said = |at: &Name| at.get().cloned().unwrap_or_default();
    let mechanism = said(&file.mechanism);
    if !MECHANISMS.contains(&mechanism.as_str()) && file.mechanism.get().is_some() {
        let help = match check.suggest(&mechanism, MECHANISMS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", MECHANISMS.join(", ")),
        };
        check.error(
            "unknown-id",
            file.mechanism.span,
            format!("there is no mechanism `{mechanism}`"),
            &help,
        );
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for at in &file.data {
        let Some(key) = at.get() else { continue };
        if !has(key) {
            check.error(
                "unknown-key",
                at.span,
                format!("no content answers to `{key}`"),
                "write `kind/id` or `kind/id/field` of something that the content has",
            );
        }
        again(check, at.span, seen.insert(key), key);
    }
    check.all_known::<Trial>(&file.proofs, trials);
    System {
        id: said(&file.id),
        span: file.id.span,
        document: said(&file.document),
        section: check.text(&file.section, "section"),
        name: check.text(&file.name, "name"),
        what: check.text(&file.what, "what"),
        source: check.text(&file.source, "source"),
        mechanism,
        weight: file
            .kind
            .get()
            .map_or(Weight::Colour, |kind| (*kind).into()),
        data: file.data.clone(),
        proofs: file.proofs.clone(),
    }
}

fn again(check: &mut Check<'_>, span: Span, new: bool, key: &str) {
    if !new {
        check.error(
            "repeated-id",
            span,
            format!("`{key}` is listed twice"),
            "remove one of them",
        );
    }
}
