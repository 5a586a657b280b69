//! A verdict that more than two sides may win. Its score is one number, so each side has a step of its own on one ladder:
//! that is how the engine counts, and nothing to be read. Here it is taken apart again, side by side.
//!
//! And what a verdict pays for a place, whatever kind of verdict it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::{Condition, Key, Level, Side, Term, TermKind, Verdict},
    sim::view::SeatView,
};

/// How it stands with one side of a race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Runner<'a> {
    /// Which.
    pub side: &'a Key<Side>,
    /// From one; who are even have the same.
    pub rank: usize,
    /// What decides the war, and whether it is so.
    pub decides: Vec<(&'a Term, bool)>,
    /// What else counts for it, tenths of a point: more is better for it.
    pub terms: Vec<(&'a Term, i64)>,
    /// The sum of these.
    pub points: i64,
}

fn place(levels: &[Level], total: i64) -> usize {
    levels.iter().rposition(|l| total >= l.from).unwrap_or(0)
}

/// Whether a term decides by itself what a war that stood even is called.
fn decides(verdict: &Verdict, term: &Term) -> bool {
    let levels = &verdict.levels;
    match term.kind {
        TermKind::If { points, .. } => place(levels, points) != place(levels, 0),
        _ => false,
    }
}

/// Which way the score goes as it goes well for a side: 1 or -1.
pub fn sign(view: &SeatView, side: &Key<Side>) -> i64 {
    let verdict = &view.verdict;
    let low = match verdict.is_race() {
        true => {
            let levels = &verdict.levels;
            let wins = levels.iter().position(|l| l.winner.as_ref() == Some(side));
            wins.is_some_and(|at| at < place(levels, 0))
        }
        false => *side == verdict.against && *side != verdict.side,
    };
    if low { -1 } else { 1 }
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

/// The sides of a race, the best first, by what each term has come to; none if the verdict is between two.
pub fn runners<'a>(view: &'a SeatView, counted: &BTreeMap<Key<Term>, i64>) -> Vec<Runner<'a>> {
    let verdict = &view.verdict;
    if !verdict.is_race() {
        return Vec::new();
    }
    let mut all: Vec<Runner> = Vec::new();
    for side in verdict.winners() {
        let sign = sign(view, side);
        let own = verdict.in_order().filter(|(_, t)| whose(t) == Some(side));
        let mut runner = Runner {
            side,
            rank: 1,
            decides: Vec::new(),
            terms: Vec::new(),
            points: 0,
        };
        for (key, term) in own {
            let points = counted.get(key).copied().unwrap_or(0);
            match decides(verdict, term) {
                true => runner.decides.push((term, points != 0)),
                false => runner.terms.push((term, sign * points)),
            }
        }
        runner.points = runner.terms.iter().map(|(_, points)| points).sum();
        all.push(runner);
    }
    let worth = |runner: &Runner| {
        let decided = runner.decides.iter().filter(|(_, is_so)| *is_so).count();
        (decided, runner.points)
    };
    all.sort_by_key(|runner| std::cmp::Reverse(worth(runner)));
    for index in 1..all.len() {
        all[index].rank = match worth(&all[index]) == worth(&all[index - 1]) {
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
    /// What it brings the seat's side each day or once, tenths of a point.
    pub points: i64,
    /// It decides who wins, whatever else there is.
    pub decides: bool,
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
    let sign = sign(view, &view.side);
    let pay = |term: &'a Term| {
        let (TermKind::Days { points, .. } | TermKind::If { points, .. }) = term.kind else {
            return None;
        };
        Some(Pay {
            term,
            points: sign * points,
            decides: verdict.is_race() && decides(verdict, term),
        })
    };
    let terms = verdict.in_order().map(|(_, term)| term);
    let found: Vec<&Term> = terms.filter(|term| about(term)).collect();
    let is_own = |term: &&Term| whose(term) == Some(&view.side);
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
    fn of_many_sides_each_has_points_of_its_own_and_none_has_steps() {
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
        let step = |side: &Key<Side>| sign(&view, side);
        for term in counted.values_mut() {
            *term = 0;
        }
        let (first, second, last) = (&sides[0], &sides[1], &sides[3]);
        for (id, points) in [
            (format!("heart-{last}"), 100_000 * step(last)),
            (format!("days-{first}"), 200 * step(first)),
            (format!("lost-{second}"), -44 * step(second)),
        ] {
            counted.insert(of(&id), points);
        }
        let runners = runners(&view, &counted);
        let order: Vec<_> = runners.iter().map(|r| (r.rank, r.side, r.points)).collect();
        assert_eq!(order.len(), 4);
        assert_eq!(order[0], (1, last, 0));
        assert_eq!(order[1], (2, first, 200));
        assert_eq!(order[3], (4, second, -44));
        assert!(runners[0].decides.iter().all(|(_, is_so)| *is_so));
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
        for (seats, decided) in [(2, false), (4, true)] {
            let view = view(seats);
            let asked = |end: &str| {
                let mut all = view.objectives.iter();
                let found = all.find(|(key, _)| key.as_str().ends_with(end));
                found.map(|(_, o)| o.when.clone()).expect("an objective")
            };
            let heart = pays(&view, &asked("-heart")).expect("it has a name");
            assert!(heart.iter().any(|pay| pay.points > 0), "{heart:?}");
            assert_eq!(heart.iter().any(|pay| pay.decides), decided);
            let kept = asked("-capital");
            let paid = pays(&view, &kept).expect("it has a name");
            assert_eq!(paid.is_empty(), decided, "{kept:?}");
        }
    }
}
