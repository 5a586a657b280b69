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
            to: None,
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

#[test]
fn what_is_held_otherwise_stands_out_and_what_agrees_recedes() {
    use std::sync::Arc;
    let view = view();
    let held: Held = (view.sectors.iter())
        .filter_map(|(key, sector)| Some((key.clone(), sector.owner.clone()?)))
        .collect();
    let (first, owner) = held.iter().next().expect("a sector is held");
    let other = view
        .sides
        .keys()
        .find(|side| *side != owner)
        .expect("another side");
    let camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
    let drawn = |there: Held| {
        let options = Options {
            held_there: Some(Arc::new(there)),
            ..Options::default()
        };
        let bare = crate::sim::view::SeatView {
            sectors: view.sectors.clone(),
            ..view.deserted()
        };
        scene(&bare, &camera, &options)
    };
    let rank = view
        .sides
        .keys()
        .position(|side| side == other)
        .expect("it is one of them");
    let hue = Options::default().look.palette().side(rank);
    let outlines = |scene: &Scene| {
        let stroke = outline(rank, hue, 1.0);
        let is_it = |shape: &&Shape| matches!(&shape.form, Form::Polyline { stroke: s, .. } if *s == stroke);
        scene.shapes.iter().filter(is_it).count()
    };
    let tints = |scene: &Scene| -> Vec<u8> {
        let glow = |shape: &Shape| match &shape.form {
            Form::Glow { colour, .. } => Some(colour.a),
            _ => None,
        };
        scene.shapes.iter().filter_map(glow).collect()
    };
    let same = drawn(held.clone());
    assert_eq!(outlines(&same), 0);
    let faint = tints(&same).into_iter().max();
    let faint = faint.expect("what agrees is tinted");
    let strong = |scene: &Scene| tints(scene).iter().filter(|a| **a > 3 * faint).count();
    let mut there = held.clone();
    there.insert(first.clone(), other.clone());
    let apart = drawn(there.clone());
    // The ground of a sector reaches along its ways: it may be several pieces.
    assert!(outlines(&apart) > 0 && strong(&apart) > 0);
    assert!(strong(&apart) < tints(&apart).len(), "all else recedes");
    // Nobody there is another matter than somebody.
    there.remove(first);
    let nobody = drawn(there);
    assert_eq!((outlines(&nobody), strong(&nobody)), (0, strong(&apart)));
}
