//! Names on the chart below a film give way to what the film lays over them.

use super::*;
use crate::chart::film::{self, Below, Frame, Name};

/// A film in which one force is at these places, one after the other, and nobody else is there.
fn played(place: Place) -> (Vec<Name>, film::Played) {
    let mut still = view();
    still.forces.clear();
    still.contacts.clear();
    let camera = Camera::fit(&still.map, (1280.0, 720.0), 0.1);
    let options = Options::default();
    let below = Below::of(&scene(&still, &camera, &options), |at| at, 1.0);
    let mut actors = still.deserted();
    actors.forces.insert(Key::new("one"), force("one", place));
    let frame = Frame {
        marks: Vec::new(),
        actors,
    };
    let played = film_scene(&camera, &options, &frame, &below);
    (below.names, played)
}

/// What a counter fills.
fn bodies(scene: &Scene) -> Vec<Area> {
    let area = |points: &[Pos]| {
        let corners = points.iter().map(|p| Area::around(*p, 0.0, 0.0));
        corners.reduce(Area::with)
    };
    let forms = scene.shapes.iter().filter(|s| s.tag.is_some());
    let bodies = forms.filter_map(|shape| match &shape.form {
        Form::Polygon { points, .. } => area(points),
        _ => None,
    });
    bodies.collect()
}

#[test]
fn a_counter_of_a_film_lies_on_no_name() {
    let mut given_way = 0;
    for i in 0..25 {
        let (names, played) = played(Place::Sector(key(i)));
        let bodies = bodies(&played.scene);
        assert!(!bodies.is_empty());
        let shown = names.iter().filter(|n| !played.hidden.contains(&n.tag));
        let written: Vec<Area> = played.scene.names().map(|(text, _)| text.area()).collect();
        for area in shown.map(|n| n.text.area()).chain(written.iter().copied()) {
            let lies = bodies.iter().any(|body| body.touches(area));
            assert!(!lies, "a counter at {i} lies on a name");
        }
        // A name that gave way is written elsewhere.
        let again: BTreeSet<&Tag> = played.scene.names().map(|(_, tag)| tag).collect();
        assert!(again.iter().all(|tag| played.hidden.contains(*tag)));
        given_way += played.hidden.len();
    }
    assert!(given_way > 0, "some name stood in the way");
}

#[test]
fn names_give_way_while_somebody_passes() {
    let mut seen = BTreeSet::new();
    for done in 0..=20 {
        let place = Place::Lane {
            lane: Key::new(film::LANE),
            from: key(6),
            to: key(7),
            done: done * 5,
            length: 100,
        };
        let (names, played) = played(place);
        let bodies = bodies(&played.scene);
        for name in names.iter().filter(|n| !played.hidden.contains(&n.tag)) {
            assert!(!bodies.iter().any(|body| body.touches(name.text.area())));
        }
        assert_eq!(played.scene.names().count(), 0, "it is not written anew");
        seen.insert(played.hidden);
    }
    assert!(seen.len() > 1, "and come again: {seen:?}");
}

#[test]
fn a_counter_of_a_film_lies_on_none_that_stands_still() {
    let still = view();
    let camera = Camera::fit(&still.map, (1280.0, 720.0), 0.1);
    let options = Options::default();
    let below = Below::of(&scene(&still, &camera, &options), |at| at, 1.0);
    assert!(!below.counters.is_empty() && !below.words.is_empty());
    let mut actors = still.deserted();
    let place = Place::Sector(key(2));
    actors.forces.insert(Key::new("new"), force("new", place));
    let frame = Frame {
        marks: Vec::new(),
        actors,
    };
    let played = film_scene(&camera, &options, &frame, &below);
    for body in bodies(&played.scene) {
        assert!(!below.counters.iter().any(|still| still.touches(body)));
    }
}
