//! The names of places: those that matter first, each once, and each at its own place.

use super::*;
use crate::{content::Condition, sim::view::ObjectiveView};

/// The war with something asked of one place.
fn asked(of: Key<Sector>, name: &str) -> SeatView {
    let mut view = view();
    let objective = ObjectiveView {
        name: name.into(),
        when: Condition::Holds(Key::new("ash"), of),
        met: false,
    };
    view.objectives.insert(Key::new("goal"), objective);
    view
}

/// The places whose names are written.
fn named(scene: &Scene) -> BTreeSet<Tag> {
    let names = scene.names().map(|(_, tag)| tag.clone());
    names.filter(|tag| matches!(tag, Tag::Sector(_))).collect()
}

#[test]
fn a_place_of_which_something_is_asked_has_its_name_however_much_stands_there() {
    for i in 0..25 {
        let mut view = asked(key(i), "Something else");
        for (n, (key, sector)) in view.map.clone().sectors.iter().enumerate() {
            let place = Place::Sector(key.clone());
            let name: Key<Force> = Key::new(format!("all{n}"));
            view.forces.insert(name, force("Some fleet", place));
            assert!(!sector.name.is_empty());
        }
        for (size, overlay) in [
            ((1280.0, 720.0), Overlay::None),
            ((1280.0, 720.0), Overlay::Objectives),
            ((900.0, 640.0), Overlay::None),
        ] {
            let camera = Camera::fit(&view.map, size, 0.14);
            let options = Options {
                overlay,
                ..Options::default()
            };
            let named = named(&scene(&view, &camera, &options));
            assert!(
                named.contains(&Tag::Sector(key(i))),
                "{i} {overlay:?} {size:?}"
            );
        }
    }
}

#[test]
fn objectives_write_the_name_of_a_place_once() {
    for called in ["Place <13> & \"more\" \u{1} \u{4e2d}", "The last place"] {
        let view = asked(key(13), called);
        let camera = Camera::fit(&view.map, (1920.0, 1080.0), 0.1);
        let options = Options {
            overlay: Overlay::Objectives,
            ..Options::default()
        };
        let scene = scene(&view, &camera, &options);
        let words = scene.texts().filter(|t| t.text.contains("Place <13>"));
        assert_eq!(words.count(), 1, "{called}");
        assert!(scene.texts().any(|t| t.text == "not met"));
        assert!(scene.texts().any(|t| t.text.contains(called)));
    }
}

#[test]
fn what_a_ring_says_pushes_no_name_away() {
    let view = view();
    for zoom in [-2.0, 0.0, 3.0] {
        let mut camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
        camera.zoom_by(zoom, Pos::new(640.0, 360.0));
        let drawn = |overlay| {
            let options = Options {
                overlay,
                ..Options::default()
            };
            scene(&view, &camera, &options)
        };
        let reach = drawn(Overlay::Reach);
        assert_eq!(named(&reach), named(&drawn(Overlay::None)));
        assert!(reach.texts().any(|t| t.text.starts_with("Lance 250")));
    }
}
