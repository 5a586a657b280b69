//! A verdict in which each side has a score of its own: how it stands with each, the best first.
//!
//! And what a verdict pays for a place, whatever kind of verdict it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::{Condition, Key, Side, Term, TermKind},
    sim::view::SeatView,
};

/// How it stands with one side of a race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Runner<'a> {
    /// Which.
    pub side: &'a Key<Side>,
    /// From one; who are even have the same.
    pub rank: usize,
    /// What counts for it, tenths of a point.
    pub terms: Vec<(&'a Term, i64)>,
    /// The sum of these.
    pub points: i64,
}

/// Of whose doing a condition speaks, if it speaks of one side alone.
fn doer(condition: &Condition) -> Option<&Key<Side>> {
    match condition {
        Condition::Holds(side, _)
        | Condition::Owns(side, _)
        | Condition::Loyal(side, _)
        | Condition::Present(side, ..)
        | Condition::Lost(side, _)
        | Condition::Strength(side, _)
        | Condition::Meter(side, ..) => Some(side),
        Condition::All(all) | Condition::Any(all) => {
            let mut sides = all.iter().filter_map(doer);
            let first = sides.next()?;
            sides.all(|side| side == first).then_some(first)
        }
        _ => None,
    }
}

/// Whose doing a term counts.
fn whose(term: &Term) -> Option<&Key<Side>> {
    match &term.kind {
        TermKind::Days { when, .. } | TermKind::If { when, .. } => doer(when),
        TermKind::Strength { side, .. }
        | TermKind::Losses { side, .. }
        | TermKind::Stock { side, .. }
        | TermKind::Meter { side, .. } => Some(side),
    }
}

/// The sides of a race, the best first; none if one score is counted.
pub fn runners<'a>(view: &'a SeatView, counted: &BTreeMap<Key<Term>, i64>) -> Vec<Runner<'a>> {
    let verdict = &view.verdict;
    let scores = verdict.scores(counted);
    let mut all: Vec<Runner> = verdict
        .runners()
        .into_iter()
        .map(|side| {
            let own = verdict.in_order();
            let own = own.filter(|(_, term)| term.to.as_ref() == Some(side));
            let points = |key: &Key<Term>| counted.get(key).copied().unwrap_or(0);
            Runner {
                side,
                rank: 1,
                terms: own.map(|(key, term)| (term, points(key))).collect(),
                points: scores.get(side).copied().unwrap_or(0),
            }
        })
        .collect();
    all.sort_by_key(|runner| std::cmp::Reverse(runner.points));
    for index in 1..all.len() {
        all[index].rank = match all[index].points == all[index - 1].points {
            true => all[index - 1].rank,
            false => index + 1,
        };
    }
    all
}

/// What each term would come to if the war ended now, or came to.
pub fn counted(view: &SeatView) -> BTreeMap<Key<Term>, i64> {
    match &view.ended {
        Some(ending) => ending.terms.clone(),
        None => {
            let lines = view.ledger.iter();
            lines.map(|l| (l.term.clone(), l.points)).collect()
        }
    }
}

/// A term that pays for a place, or for what else is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pay<'a> {
    /// Which.
    pub term: &'a Term,
    /// What it brings each turn or once, tenths of a point: to the seat's side, or into another's own score.
    pub points: i64,
    /// Into whose own score, if that is another's.
    pub to: Option<&'a Key<Side>>,
}

/// What the verdict pays the seat for what an objective asks: what it brings its own side, else what it denies another.
/// None if it asks for nothing that has a name: strength and meters are paid for by how much there is of them.
pub fn pays<'a>(view: &'a SeatView, asked: &Condition) -> Option<Vec<Pay<'a>>> {
    let verdict = &view.verdict;
    let mut subjects = BTreeSet::new();
    named(asked, &mut subjects);
    if subjects.is_empty() {
        return None;
    }
    let about = |term: &Term| match &term.kind {
        TermKind::Days { when, .. } | TermKind::If { when, .. } => {
            let mut those = BTreeSet::new();
            named(when, &mut those);
            !those.is_disjoint(&subjects)
        }
        _ => false,
    };
    let eyes = verdict.seen_by(&view.side);
    let pay = |term: &'a Term| {
        let (TermKind::Days { points, .. } | TermKind::If { points, .. }) = term.kind else {
            return None;
        };
        Some(Pay {
            term,
            points: match &term.to {
                Some(_) => points,
                None => eyes.points(term, points),
            },
            to: term.to.as_ref().filter(|side| **side != view.side),
        })
    };
    let terms = verdict.in_order().map(|(_, term)| term);
    let found: Vec<&Term> = terms.filter(|term| about(term)).collect();
    let is_own = |term: &&Term| term.to.as_ref().or_else(|| whose(term)) == Some(&view.side);
    Some(match found.iter().any(is_own) {
        true => found.into_iter().filter(is_own).filter_map(pay).collect(),
        false => found.into_iter().filter_map(pay).collect(),
    })
}

/// Places, sites, flags and forces that a condition names.
fn named<'a>(condition: &'a Condition, out: &mut BTreeSet<&'a str>) {
    match condition {
        Condition::Holds(_, at) | Condition::Present(_, at, _) => _ = out.insert(at.as_str()),
        Condition::Owns(_, site)
        | Condition::Loyal(_, site)
        | Condition::Razed(site)
        | Condition::SiteMeter(site, ..) => _ = out.insert(site.as_str()),
        Condition::Destroyed(force) => _ = out.insert(force.as_str()),
        Condition::Flag(flag) => _ = out.insert(flag.as_str()),
        Condition::All(all) | Condition::Any(all) => all.iter().for_each(|c| named(c, out)),
        Condition::Not(inner) => named(inner, out),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::{
            Catalog, Diagnostics, Layer, Sources,
            generate::{Shape, Wish, generate},
        },
        sim::Sim,
    };

    /// What a seat sees at the beginning of a theatre for so many.
    fn view(seats: u32) -> SeatView {
        let wish = Wish {
            seats,
            ..Wish::new(Shape::Spiral)
        };
        let shipped = Catalog::shipped();
        let theatre = generate(&shipped.rules, &wish).expect("it is made");
        let layer = Layer::of_files(&theatre.id, theatre.files());
        let catalog = Catalog::load(&[layer], &mut Sources::default(), &mut Diagnostics::new());
        let scenario = &catalog.scenarios[wish.id().as_str()];
        let sim = Sim::new(catalog.rules.clone().into(), scenario.clone(), 1);
        let seat = scenario.seats.keys().next().expect("a seat");
        sim.view(seat).expect("a view")
    }

    #[test]
    fn of_many_sides_each_has_a_score_of_its_own() {
        let view = view(4);
        assert!(view.verdict.is_race());
        let mut counted = counted(&view);
        let of = |id: &str| {
            let terms = view.verdict.terms.iter();
            let mut terms = terms.filter(|(key, _)| key.as_str() == id);
            terms.next().map(|(key, _)| key.clone()).expect("a term")
        };
        let sides: Vec<Key<Side>> = view.sides.keys().cloned().collect();
        // The last side holds the heart, the first has been there for long, the second has lost ships.
        for term in counted.values_mut() {
            *term = 0;
        }
        let (first, second, last) = (&sides[0], &sides[1], &sides[3]);
        for (id, points) in [
            (format!("heart-{last}"), 100_000),
            (format!("days-{first}"), 200),
            (format!("lost-{second}"), -44),
        ] {
            counted.insert(of(&id), points);
        }
        let runners = runners(&view, &counted);
        let order: Vec<_> = runners.iter().map(|r| (r.rank, r.side, r.points)).collect();
        assert_eq!(order.len(), 4);
        assert_eq!(order[0], (1, last, 100_000));
        assert_eq!(order[1], (2, first, 200));
        assert_eq!(order[3], (4, second, -44));
        let judged = view.verdict.judge(&counted);
        assert_eq!((judged.winner.as_ref(), judged.score), (Some(last), 99_800));
    }

    #[test]
    fn who_are_even_have_the_same_rank() {
        let view = view(3);
        let nothing = BTreeMap::new();
        let ranks: Vec<_> = runners(&view, &nothing).iter().map(|r| r.rank).collect();
        assert_eq!(ranks, [1, 1, 1]);
    }

    #[test]
    fn an_objective_says_what_its_place_pays() {
        for (seats, of_many) in [(2, false), (4, true)] {
            let view = view(seats);
            let asked = |end: &str| {
                let mut all = view.objectives.iter();
                let found = all.find(|(key, _)| key.as_str().ends_with(end));
                found.map(|(_, o)| o.when.clone()).expect("an objective")
            };
            let heart = pays(&view, &asked("-heart")).expect("it has a name");
            assert!(heart.iter().any(|pay| pay.points > 0), "{heart:?}");
            let own = |pay: &Pay| pay.term.to.as_ref() == Some(&view.side);
            assert_eq!(heart.iter().all(own), of_many, "{heart:?}");
            let kept = asked("-capital");
            let paid = pays(&view, &kept).expect("it has a name");
            assert_eq!(paid.is_empty(), of_many, "{kept:?}");
        }
    }
}
