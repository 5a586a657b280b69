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

/// The boxes of all counters, whoever is in front, pixels.
fn boxes(scene: &Scene) -> BTreeSet<(i32, i32, i32, i32)> {
    let forms = scene.shapes.iter().filter_map(|shape| {
        let (Some(Tag::Force(_) | Tag::Contact(_)), Form::Polygon { points, .. }) =
            (&shape.tag, &shape.form)
        else {
            return None;
        };
        let corners = points.iter().map(|p| Area::around(*p, 0.0, 0.0));
        corners.reduce(Area::with)
    });
    let tenths = |v: f32| (v * 10.0).round() as i32;
    forms
        .map(|a| {
            let (min, max) = (a.min, a.max);
            (tenths(min.x), tenths(min.y), tenths(max.x), tenths(max.y))
        })
        .collect()
}

#[test]
fn counters_stay_where_they_are_whatever_is_selected() {
    for view in [beset("a", 6), super::view(), crowded()] {
        for steps in [-2.0, 2.0, 6.0] {
            let mut camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
            camera.zoom_by(steps, Pos::new(640.0, 360.0));
            let drawn = |selected: Option<Tag>| {
                let options = Options {
                    selected,
                    ..Options::default()
                };
                boxes(&scene(&view, &camera, &options))
            };
            let before = drawn(None);
            let forces = view.forces.keys().map(|key| Tag::Force(key.clone()));
            let contacts = view.contacts.keys().map(|key| Tag::Contact(key.clone()));
            for tag in forces
                .chain(contacts)
                .take(12)
                .chain([Tag::Sector(key(12))])
            {
                assert_eq!(before, drawn(Some(tag.clone())), "{tag:?}");
            }
        }
    }
}

#[test]
fn no_counter_stands_nearer_to_another_place_than_to_its_own() {
    for view in [beset("a", 6), super::view(), crowded()] {
        for steps in [-3.0, 0.0, 4.0] {
            let mut camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
            camera.zoom_by(steps, Pos::new(640.0, 360.0));
            let at = |s: &Key<Sector>| {
                let (x, y) = view.map.sectors[s].at;
                camera.to_screen((x as f32, y as f32))
            };
            for shape in &scene(&view, &camera, &Options::default()).shapes {
                let (Some(Tag::Force(force)), Form::Polygon { points, .. }) =
                    (&shape.tag, &shape.form)
                else {
                    continue;
                };
                let Place::Sector(own) = &view.forces[force].place else {
                    continue;
                };
                // The others of a stack peep out behind its first.
                let first = view
                    .forces
                    .iter()
                    .find(|(_, f)| f.place.in_sector() == Some(own));
                if first.is_none_or(|(key, _)| key != force) {
                    continue;
                }
                let corners = points.iter().map(|p| Area::around(*p, 0.0, 0.0));
                let area = corners.reduce(Area::with).expect("it has corners");
                let others = view.map.sectors.keys().filter(|s| *s != own);
                let nearest = others.map(|s| area.gap(at(s))).fold(f32::MAX, f32::min);
                assert!(area.gap(at(own)) <= nearest + 0.5, "{force} at {steps}");
            }
        }
    }
}

#[test]
fn whoever_is_ours_can_be_seen_and_hit_however_many_stand_there() {
    for n in 1..=6 {
        let view = beset("a", n);
        let scene = drawn(&view);
        for force in view.forces.keys() {
            assert_eq!(
                has_counter(&scene, force.as_str()),
                Some(true),
                "{force} of {n}"
            );
            let tag = Tag::Force(force.clone());
            let bodies = scene.shapes.iter().filter(|s| s.tag.as_ref() == Some(&tag));
            let is_open = bodies.filter_map(|s| match &s.form {
                Form::Polygon { points, .. } => Some((points[0], points[2])),
                _ => None,
            });
            let mut points = is_open.flat_map(|(a, b)| {
                let share = |n: u8| f32::from(n) / 20.0;
                (1..20_u8).flat_map(move |x| {
                    (1..20_u8).map(move |y| {
                        Pos::new(a.x + (b.x - a.x) * share(x), a.y + (b.y - a.y) * share(y))
                    })
                })
            });
            assert!(
                points.any(|p| scene.hit(p.x, p.y) == Some(&tag)),
                "{force} of {n}"
            );
        }
    }
}
