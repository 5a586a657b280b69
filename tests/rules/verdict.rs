//! Who wins: one score of two sides, and a score for each.

use angelfire::content::{Condition, Eyes, Key, Level, Side, Term, TermKind, Verdict};

use crate::fixture::{Field, holds, three_seats};

fn term(to: &str, kind: TermKind) -> Term {
    Term {
        name: to.into(),
        to: Some(Key::new(to)),
        kind,
    }
}

fn level(from: i64, winner: Option<&str>, name: &str) -> Level {
    Level {
        from,
        winner: winner.map(Key::new),
        name: name.into(),
    }
}

/// Each has what it holds, and coral what it has not lost.
fn race() -> Verdict {
    let hub = |side: &str| TermKind::If {
        when: holds(side, "hub"),
        points: 100,
    };
    let home = TermKind::If {
        when: holds("coral", "coral-home"),
        points: 40,
    };
    let lost = TermKind::Losses {
        side: Key::new("amber"),
        points: -10,
    };
    Verdict {
        side: None,
        against: None,
        terms: [
            ("amber-hub", term("amber", hub("amber"))),
            ("amber-lost", term("amber", lost)),
            ("blue-hub", term("blue", hub("blue"))),
            ("coral-home", term("coral", home)),
        ]
        .map(|(id, term)| (Key::new(id), term))
        .into(),
        levels: vec![
            level(i64::MIN, None, "even"),
            level(1, None, "ahead"),
            level(50, Some("amber"), "the hub"),
        ],
        ..Verdict::default()
    }
}

fn field() -> Field {
    let mut field = three_seats()
        .force("amber-1", "amber-gate", "cruiser=4", "press")
        .force("blue-1", "blue-home", "cruiser=4", "slip")
        .force("coral-1", "coral-home", "cruiser=4", "slip")
        .event(
            "over",
            Condition::From(2),
            vec![angelfire::content::Effect::End],
            &[],
        );
    field.scenario.verdict = race();
    field
}

#[test]
fn of_scores_of_their_own_the_highest_wins_by_its_lead() {
    let mut war = field().war();
    assert_eq!(war.sim.scores()["coral"], 40);
    war.turn("amber: amber-1 go hub");
    assert_eq!(war.sim.scores()["amber"], 100);
    war.turn("");
    let ending = war.sim.ended().expect("the end").clone();
    assert_eq!(ending.winner, Some(Key::new("amber")));
    assert_eq!((ending.level.as_str(), ending.score), ("the hub", 60));
    // Whoever stays at home leaves it to those who have a home.
    let mut war = field().war();
    war.turn("");
    war.turn("");
    let ending = war.sim.ended().expect("the end").clone();
    assert_eq!(ending.winner, Some(Key::new("coral")));
    assert_eq!((ending.level.as_str(), ending.score), ("ahead", 40));
}

#[test]
fn who_are_even_have_both_not_won() {
    let verdict = race();
    let points = [("amber-hub", 100), ("blue-hub", 100)].map(|(id, n)| (Key::new(id), n));
    let judged = verdict.judge(&points.into());
    assert_eq!(
        (judged.winner, judged.level, judged.score),
        (None, "even", 0)
    );
}

#[test]
fn a_rivals_gain_costs_its_share() {
    let verdict = race();
    let eyes = |side: &str| verdict.seen_by(&Key::<Side>::new(side));
    let worth = |eyes: &Eyes, id: &str| eyes.points(&verdict.terms[id], 100);
    assert_eq!(worth(&eyes("amber"), "amber-hub"), 100);
    assert_eq!(worth(&eyes("amber"), "blue-hub"), -50);
    assert!(eyes("coral").is_own(&verdict.terms["coral-home"]));
    // One score is worth to one side what it costs the other.
    let one = three_seats().scenario.verdict;
    let worth = |side: &str| {
        one.seen_by(&Key::<Side>::new(side))
            .points(&one.terms["days"], 10)
    };
    assert_eq!((worth("amber"), worth("blue")), (10, -10));
}
