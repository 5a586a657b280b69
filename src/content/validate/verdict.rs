//! Who wins, and by how much.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, MAX_STRENGTH, MAX_TURNS,
    conditions::Scene,
    map::{at_most, names},
    not_kebab,
};
use crate::content::{
    Key, Level, Term, TermKind, Verdict,
    diagnostic::Span,
    ron::At,
    schema::{Int, scenario as file},
};

/// What the lowest level starts from, tenths of a point: below any score that can be made.
const LOWEST: i64 = -1_000_000_000_000;
/// Most points for one thing, tenths.
const MAX_POINTS: i64 = 1_000_000;
/// Most terms, and most levels.
const MAX_TERMS: usize = 100;

pub(super) fn verdict(check: &mut Check<'_>, scene: &Scene<'_>, at: &At<file::Verdict>) -> Verdict {
    let Some(file) = at.get() else {
        return Verdict::default();
    };
    counted_for(check, scene, file, at.span);
    let mut results = BTreeMap::new();
    for (name, sectors) in &file.results.0 {
        let Some(text) = name.get() else { continue };
        if let Some(better) = not_kebab(text) {
            check.error(
                "bad-id",
                name.span,
                format!("`{text}` is no name of a result: it is kebab-case"),
                &better,
            );
        }
        let sectors = sectors.get().map_or(&[][..], |sectors| sectors);
        if sectors.is_empty() {
            check.error(
                "empty-result",
                name.span,
                format!("`{text}` asks for no sector"),
                "name the sectors whose holder answers it",
            );
        }
        let keys = sectors
            .iter()
            .map(|at| check.known(at, &scene.map.sectors))
            .collect();
        results.insert(text.clone(), keys);
    }
    let order = file.terms.iter().filter_map(At::get);
    Verdict {
        side: check.maybe_known(&file.side, &scene.names.sides),
        against: check.maybe_known(&file.against, &scene.names.sides),
        terms: terms(check, scene, file),
        order: order
            .filter_map(|term| term.id.get().map(Key::new))
            .collect(),
        levels: levels(check, scene, file, at.span),
        results,
    }
}

/// One score of one side against another, or a score for each side: never something between.
fn counted_for(check: &mut Check<'_>, scene: &Scene<'_>, file: &file::Verdict, span: Span) {
    match (&file.side, &file.against) {
        (Some(side), Some(against)) => {
            if side.get().is_some() && side.get() == against.get() {
                check.error(
                    "same-side",
                    against.span,
                    "a side cannot be scored against itself".into(),
                    "name two different sides",
                );
            }
            let winners = file
                .levels
                .iter()
                .filter_map(|level| level.get()?.winner.as_ref());
            for winner in winners.filter(|at| scene.names.sides.resolves(at)) {
                let is = |at: &At<String>| at.get().is_none() || at.get() == winner.get();
                if side.get() != against.get() && !is(side) && !is(against) {
                    check.error(
                        "third-winner",
                        winner.span,
                        "one score is counted for one side against another: a third can do nothing for it".into(),
                        "leave out `side` and `against` of the verdict, and give each term its `to`",
                    );
                }
            }
            for term in file.terms.iter().filter_map(At::get) {
                if let Some(to) = &term.to {
                    check.error(
                        "one-score",
                        to.span,
                        "there is one score here, of one side against another".into(),
                        "leave out `to`, or leave out `side` and `against` and give each term its `to`",
                    );
                }
            }
        }
        (Some(one), None) | (None, Some(one)) => {
            check.error(
                "half-a-score",
                one.span,
                "a score is counted for one side against another, and one of them is missing"
                    .into(),
                "name both `side` and `against`; or neither, and give each term its `to`",
            );
        }
        (None, None) => own_scores(check, file, span),
    }
}

/// Each side has a score of its own.
fn own_scores(check: &mut Check<'_>, file: &file::Verdict, span: Span) {
    let terms = || file.terms.iter().filter_map(At::get);
    let sides: BTreeSet<&str> = terms()
        .filter_map(|term| Some(term.to.as_ref()?.get()?.as_str()))
        .collect();
    for term in terms().filter(|term| term.to.is_none()) {
        check.error(
            "no-account",
            term.name.span,
            "each side has a score of its own here, and this is paid into nobody's".into(),
            "add `to: \"...\"`, or name the `side` and `against` of one score",
        );
    }
    if sides.len() < 2 && terms().all(|term| term.to.is_some()) {
        check.error(
            "no-rival",
            span,
            "a score is highest only among others, and at most one side has one".into(),
            "name the `side` and `against` of one score, or pay something `to` another side",
        );
    }
    let lowest = file.levels.first().and_then(At::get);
    if let Some(winner) = lowest.and_then(|level| level.winner.as_ref()) {
        check.error(
            "lead-of-nothing",
            winner.span,
            "the lowest level is for scores that are even: nobody leads, and nobody wins".into(),
            "leave out `winner`, and add a level `from: 1` for the smallest lead",
        );
    }
    for level in file.levels.iter().skip(1).filter_map(At::get) {
        let Some(winner) = &level.winner else {
            continue;
        };
        if winner
            .get()
            .is_some_and(|side| !sides.contains(side.as_str()))
        {
            check.error(
                "never-leads",
                winner.span,
                "nothing is paid into this side's score".into(),
                "pay something `to` it, or name a side that has a score",
            );
        }
    }
}

fn terms(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &file::Verdict,
) -> BTreeMap<Key<Term>, Term> {
    at_most(check, &file.terms, MAX_TERMS, "terms");
    names(check, "term", &file.terms, |term| Some(&term.id));
    let mut terms = BTreeMap::new();
    for term in file.terms.iter().filter_map(At::get) {
        let name = check.text(&term.name, "name");
        let to = check.maybe_known(&term.to, &scene.names.sides);
        let kind = term.kind.get().map(|kind| counted(check, scene, kind));
        if let (Some(id), Some(kind)) = (term.id.get(), kind) {
            terms.insert(Key::new(id), Term { name, kind, to });
        }
    }
    terms
}

fn counted(check: &mut Check<'_>, scene: &Scene<'_>, kind: &file::TermKind) -> TermKind {
    let points =
        |check: &mut Check<'_>, at: &Int| check.number(at, -MAX_POINTS..=MAX_POINTS, "points");
    match kind {
        file::TermKind::Days {
            from,
            to,
            when,
            points: each,
        } => {
            let last = i64::from(scene.turns);
            let (first, end): (u32, u32) = (
                check.number(from, 1..=last.min(MAX_TURNS), "from"),
                check.number(to, 1..=last.min(MAX_TURNS), "to"),
            );
            if first > end {
                check.error(
                    "wrong-order",
                    to.span,
                    format!("the days end on turn {end}, before they begin on turn {first}"),
                    "write the earlier turn first",
                );
            }
            TermKind::Days {
                from: first,
                to: end,
                when: if first > end {
                    scene.when(check, when)
                } else {
                    scene.when_within(check, when, first, end)
                },
                points: points(check, each),
            }
        }
        file::TermKind::Strength {
            side,
            points: each,
            knee,
            above,
        } => TermKind::Strength {
            side: check.known(side, &scene.names.sides),
            points: points(check, each),
            knee: check.number(knee, 0..=MAX_STRENGTH, "knee"),
            above: points(check, above),
        },
        file::TermKind::Losses { side, points: each } => TermKind::Losses {
            side: check.known(side, &scene.names.sides),
            points: points(check, each),
        },
        file::TermKind::Stock {
            side,
            stock,
            points: each,
        } => TermKind::Stock {
            side: check.known(side, &scene.names.sides),
            stock: check.known(stock, &scene.rules.stocks),
            points: points(check, each),
        },
        file::TermKind::Meter {
            side,
            meter,
            points: each,
        } => TermKind::Meter {
            side: check.known(side, &scene.names.sides),
            meter: check.known(meter, &scene.rules.meters),
            points: points(check, each),
        },
        file::TermKind::If { when, points: each } => TermKind::If {
            when: scene.when(check, when),
            points: points(check, each),
        },
    }
}

fn levels(
    check: &mut Check<'_>,
    scene: &Scene<'_>,
    file: &file::Verdict,
    span: Span,
) -> Vec<Level> {
    at_most(check, &file.levels, MAX_TERMS, "levels");
    if file.levels.is_empty() {
        check.error(
            "no-levels",
            span,
            "the verdict has no levels, so that nobody could win".into(),
            "add `levels: [(winner: \"...\", name: \"...\")]`",
        );
    }
    let is_race = file.side.is_none() && file.against.is_none();
    let mut levels: Vec<Level> = Vec::new();
    for (index, at) in file.levels.iter().enumerate() {
        let Some(level) = at.get() else { continue };
        let from = match &level.from {
            None if index == 0 => LOWEST,
            None => {
                check.error(
                    "no-score",
                    level.name.span,
                    "only the lowest level may leave out `from`".into(),
                    "add `from: ...`, in tenths of a point",
                );
                continue;
            }
            Some(from) => {
                if index == 0 {
                    check.error(
                        "no-lowest-level",
                        from.span,
                        "a score below this would have no level".into(),
                        "leave `from` out of the lowest level",
                    );
                }
                // A lead is never below zero, and a level from zero on would take the place of the lowest.
                let least = if is_race && index > 0 {
                    1
                } else {
                    -1_000_000_000
                };
                check.number(from, least..=1_000_000_000, "from")
            }
        };
        if let Some(from_at) = level.from.as_ref().filter(|_| {
            // Leads of one height may be called otherwise for each side.
            let above = |last: &Level| last.from < from || (is_race && last.from == from);
            levels.last().is_some_and(|last| !above(last))
        }) {
            check.error(
                "wrong-order",
                from_at.span,
                "levels go up, and this is not above the one before".into(),
                "order the levels by `from`",
            );
        }
        levels.push(Level {
            from,
            winner: check.maybe_known(&level.winner, &scene.names.sides),
            name: check.text(&level.name, "name"),
        });
    }
    levels
}
