//! Where there is no room for all, the strongest have counters, whatever they are called.

use super::*;

/// A strong force amid weak ones on places close beside each other; the place of the strong one is called so.
fn beset(strong: &str, weak: usize) -> SeatView {
    let mut view = view();
    let mut map = map();
    view.forces.clear();
    view.contacts.clear();
    let (x, y) = map.sectors[&key(12)].at;
    for i in 0..=weak {
        let name = if i == 0 {
            strong.into()
        } else {
            format!("m{i}")
        };
        let around = [
            (0, 0),
            (9, 5),
            (-9, 5),
            (8, -7),
            (-8, -7),
            (0, 10),
            (0, -10),
        ];
        let (dx, dy) = around[i];
        let sector = Sector {
            at: (x + dx, y + dy),
            ..map.sectors[&key(12)].clone()
        };
        let place: Key<Sector> = Key::new(&name);
        map.sectors.insert(place.clone(), sector);
        let mut own = force(&name, Place::Sector(place));
        own.strength = if i == 0 { 9_000 } else { 100 };
        view.forces.insert(Key::new(&name), own);
    }
    view.map = Arc::new(map);
    view
}

/// Whether a force has a counter; none: it is not on the picture at all.
fn has_counter(scene: &Scene, force: &str) -> Option<bool> {
    let tag = Some(Tag::Force(Key::new(force)));
    let forms = scene.shapes.iter().filter(|s| s.tag == tag);
    forms
        .map(|s| matches!(s.form, Form::Polygon { .. }))
        .reduce(|a, b| a || b)
}

fn drawn(view: &SeatView) -> Scene {
    let mut camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
    camera.zoom_by(-2.0, Pos::new(640.0, 360.0));
    scene(view, &camera, &Options::default())
}

#[test]
fn the_strongest_has_its_counter_whatever_its_place_is_called() {
    for strong in ["a", "z"] {
        let scene = drawn(&beset(strong, 6));
        assert_eq!(has_counter(&scene, strong), Some(true), "{strong}");
    }
    let kinds = |strong: &str| {
        let scene = drawn(&beset(strong, 6));
        (1..=6)
            .map(|i| has_counter(&scene, &format!("m{i}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("a"), kinds("z"));
}

#[test]
fn where_two_sides_meet_both_have_counters() {
    let mut view = beset("z", 2);
    let place = Place::Sector(Key::new("z"));
    let mut foe = super::view().contacts[&Key::new("c0")].clone();
    (foe.place, foe.strength) = (place, (6_000, 6_000, 6_000));
    view.contacts.insert(Key::new("foe"), foe);
    let scene = drawn(&view);
    assert_eq!(has_counter(&scene, "z"), Some(true));
    let tag = Some(Tag::Contact(Key::new("foe")));
    let is_counter = |s: &Shape| s.tag == tag && matches!(s.form, Form::Polygon { .. });
    assert!(scene.shapes.iter().any(is_counter));
}

#[test]
fn many_together_outweigh_one_that_is_stronger_than_each() {
    let mut view = beset("m9", 2);
    // Ten at one place, the sum of which is more than the one beside them.
    for i in 0..10 {
        let mut own = force("part", Place::Sector(Key::new("m1")));
        own.strength = 2_000;
        view.forces.insert(Key::new(format!("part{i}")), own);
    }
    let mut camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
    camera.zoom_by(-2.0, Pos::new(640.0, 360.0));
    let first = |scene: &Scene| {
        let mut tags = scene.shapes.iter().filter_map(|s| s.tag.clone());
        tags.find(|tag| matches!(tag, Tag::Force(_)))
    };
    let scene = scene(&view, &camera, &Options::default());
    let Some(Tag::Force(first)) = first(&scene) else {
        panic!("nobody is drawn")
    };
    assert!(first.as_str().starts_with("part") || first.as_str() == "m1");
}

#[test]
fn who_finds_no_room_close_by_stands_at_the_end_of_a_line() {
    for (n, most) in [(1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (6, 2)] {
        let scene = drawn(&beset("a", n));
        let dots = (1..=n).filter(|i| has_counter(&scene, &format!("m{i}")) != Some(true));
        let dots = dots.count();
        assert!(dots <= most, "{dots} of {n} have no room");
    }
    // No two counters lie on each other.
    let scene = drawn(&beset("a", 6));
    let bodies: Vec<(Tag, Area)> = scene
        .shapes
        .iter()
        .filter_map(|shape| match (&shape.tag, &shape.form) {
            (Some(tag @ Tag::Force(_)), Form::Polygon { points, .. }) => {
                let areas = points.iter().map(|p| Area::around(*p, 0.0, 0.0));
                Some((tag.clone(), areas.reduce(Area::with)?))
            }
            _ => None,
        })
        .collect();
    for (i, (tag, area)) in bodies.iter().enumerate() {
        for (other, there) in &bodies[i + 1..] {
            assert!(tag == other || !area.touches(*there), "{tag:?} {other:?}");
        }
    }
}
