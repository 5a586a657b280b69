//! What is laid over the map says what it has to say.

use super::*;
use crate::{
    content::{Condition, Term, TermKind, Verdict},
    sim::view::ObjectiveView,
};

#[test]
fn a_weak_link_and_a_cut_say_why() {
    let view = view();
    let camera = Camera::fit(&view.map, (1920.0, 1080.0), 0.1);
    let options = Options {
        overlay: Overlay::Supply,
        ..Options::default()
    };
    let scene = scene(&view, &camera, &options);
    let said = |words: &str| scene.texts().any(|t| t.text.contains(words));
    assert!(said("weak link: passes 40%"));
    assert!(said("points a turn") || said("raiders"));
    assert!(said("cut: ") && said("forces cut off"));
}

#[test]
fn what_is_asked_and_what_scores_is_on_the_map() {
    let mut view = view();
    let objective = ObjectiveView {
        name: "The last place".into(),
        when: Condition::Holds(Key::new("ash"), key(24)),
        met: false,
    };
    view.objectives.insert(Key::new("last"), objective);
    let held = |sector| Condition::Not(Box::new(Condition::Holds(Key::new("birch"), sector)));
    let mut verdict = Verdict::default();
    for (name, kind) in [
        (
            "early",
            TermKind::Days {
                from: 1,
                to: 5,
                when: held(key(20)),
                points: 25,
            },
        ),
        (
            "late",
            TermKind::Days {
                from: 6,
                to: 9,
                when: held(key(20)),
                points: 50,
            },
        ),
        (
            "gone",
            TermKind::Days {
                from: 1,
                to: 2,
                when: held(key(4)),
                points: 70,
            },
        ),
    ] {
        let term = Term {
            name: name.into(),
            kind,
        };
        verdict.terms.insert(Key::new(name), term);
    }
    view.verdict = Arc::new(verdict);
    let camera = Camera::fit(&view.map, (1920.0, 1080.0), 0.1);
    let options = Options {
        overlay: Overlay::Objectives,
        ..Options::default()
    };
    let scene = scene(&view, &camera, &options);
    let said = |words: &str| scene.texts().any(|t| t.text == words);
    assert!(said("The last place") && said("not met"));
    assert!(said("early") && said("+2.5 a turn, now"));
    assert!(!said("late") && !said("gone"));
}

#[test]
fn whoever_hears_the_shot_is_marked() {
    let view = view();
    let camera = Camera::fit(&view.map, (1920.0, 1080.0), 0.1);
    let heard = |selected: &str| {
        let options = Options {
            overlay: Overlay::Reach,
            selected: Some(Tag::Force(Key::new(selected))),
            ..Options::default()
        };
        let scene = scene(&view, &camera, &options);
        scene
            .texts()
            .filter(|t| t.text.contains("the shot"))
            .count()
    };
    // The lance is heard to 100: where "three" stands a contact stands too, beside "one" none does.
    assert_eq!((heard("three"), heard("one")), (1, 0));
}
