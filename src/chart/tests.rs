//! The chart of a small made-up war of three sides.

mod crowd;
mod film;
mod names;
mod overlays;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::*;
use crate::{
    content::{
        Calendar, Class, Force, Key, Lane, LaneKind, Map, Region, Role, Rules, Sector, Site, Stock,
        Trigger, Weapon,
    },
    sim::{
        journal::{Cause, Entry, What},
        order::{Action, Cue, Order, Pace, Policy},
        state::Place,
        turn::Phase,
        view::{
            Confidence, Contact, Leg, OwnForce, SectorView, SiteView, Source, Squadron, SupplyLine,
        },
    },
};

const SIDES: [&str; 3] = ["ash", "birch", "cedar"];
const TERRAIN: [&str; 5] = ["open", "shoal", "well", "storm", "maelstrom"];

fn rules() -> Rules {
    let mut rules = Rules::default();
    rules.constants.supply_days = 5;
    let spark = Stock {
        name: "Sparks".into(),
        reserve: true,
        troops: None,
    };
    rules.stocks.insert(Key::new("spark"), spark);
    let lance = Weapon {
        name: "Lance".into(),
        trigger: Trigger::Salvo,
        stock: Some(Key::new("spark")),
        range: 250,
        accuracy: 800,
        falloff: 1000,
        accuracy_cap: 900,
        damage: (1, 20),
        tempo: 1000,
        interceptable: false,
        scatter: 0,
        reveals: 100,
        shakes: 0,
        modifiers: Vec::new(),
    };
    rules.weapons.insert(Key::new("lance"), lance);
    let class = Class {
        name: "Hulk".into(),
        role: Role::Capital,
        hull: 100,
        speed: 200,
        weapons: BTreeMap::from([(Key::new("lance"), 1)]),
        magazine: BTreeMap::new(),
        intercept: 0,
        modifiers: Vec::new(),
        special: false,
    };
    rules.classes.insert(Key::new("hulk"), class);
    rules
}

/// Five by five places, lanes between neighbours.
fn map() -> Map {
    let mut map = Map::default();
    map.regions.insert(
        Key::new("all"),
        Region {
            name: "The Meadow".into(),
            within: None,
        },
    );
    for i in 0..25_i32 {
        let (x, y) = (i % 5, i / 5);
        let sector = Sector {
            name: format!("Place <{i}> & \"more\" \u{1} \u{4e2d}"),
            at: (x * 100 + y * 13, y * 90 - x * 7),
            region: Key::new("all"),
            terrain: Key::new(TERRAIN[i as usize % 5]),
            owner: None,
        };
        map.sectors.insert(key(i), sector);
        for (near, right) in [(x < 4, i + 1), (y < 4, i + 5)] {
            if near {
                let kinds = [
                    LaneKind::Route,
                    LaneKind::Hyperlane,
                    LaneKind::Wormhole,
                    LaneKind::Descent,
                ];
                let lane = Lane {
                    ends: (key(i), key(right)),
                    kind: kinds[i as usize % 4],
                    length: 100 + i * 20,
                    capacity: 20,
                    terrain: Key::new(TERRAIN[i as usize % 4]),
                };
                map.lanes.insert(Key::new(format!("l{i}-{right}")), lane);
            }
        }
    }
    map
}

fn key(i: i32) -> Key<Sector> {
    Key::new(format!("s{i:02}"))
}

fn force(name: &str, place: Place) -> OwnForce {
    OwnForce {
        name: name.into(),
        faction: Key::new("f"),
        side: Key::new("ash"),
        mine: true,
        place,
        ships: vec![Squadron {
            class: Key::new("hulk"),
            fit: 4,
            crippled: 1,
            wounds: 30,
        }],
        strength: 420,
        full_strength: 600,
        stocks: BTreeMap::from([(Key::new("spark"), 3)]),
        readiness: 800,
        supply: 20,
        line: SupplyLine {
            source: Some(Key::new("store")),
            path: vec![key(0), key(1), key(2)],
            wanted: 42,
            delivered: 10,
            lost: vec![(key(1), 4)],
            weak: Some((key(1), 400)),
            cut: Some(key(2)),
            empty_on: Some(9),
        },
        stance: Key::new("wait"),
        forming: None,
        posture: None,
        policy: Policy::Conserve,
        loss_limit: 300,
        held: 0,
        fixed: false,
        commander: Some(Key::new("somebody")),
        traits: Vec::new(),
        queue: vec![Leg {
            to: key(13),
            pace: Pace::Forced,
            cue: Cue::None,
        }],
        follow: None,
        fall_back: None,
        speed: 200,
        meters: BTreeMap::new(),
        fought: false,
        deed: None,
        around: Default::default(),
    }
}

fn view() -> SeatView {
    let mut view = empty();
    view.map = Arc::new(map());
    for i in 0..25_i32 {
        let owner = (i % 4 != 3).then(|| Key::new(SIDES[(i / 9) as usize]));
        let age = (i % 3) as u32;
        view.sectors.insert(
            key(i),
            SectorView {
                owner,
                age,
                seen: age == 0,
                ..Default::default()
            },
        );
    }
    let under_way = Place::Lane {
        lane: Key::new("l6-7"),
        from: key(6),
        to: key(7),
        done: 50,
        length: 100,
    };
    for (name, place) in [
        ("one", Place::Sector(key(2))),
        ("two", Place::Sector(key(2))),
        ("three", Place::Sector(key(12))),
        ("four", under_way),
    ] {
        view.forces.insert(Key::new(name), force(name, place));
    }
    let levels = [
        Confidence::Fix,
        Confidence::Track,
        Confidence::Plot,
        Confidence::Rumour,
    ];
    for (i, confidence) in levels.into_iter().enumerate() {
        let contact = Contact {
            side: Key::new(SIDES[1 + i % 2]),
            place: Place::Sector(key(12 + i as i32)),
            age: i as u32,
            confidence,
            source: Source::Sensors,
            strength: (800, 1000, 1500),
            stance: None,
            fixed: false,
            drift: 60 * i as i32,
            bound: Vec::new(),
        };
        view.contacts.insert(Key::new(format!("c{i}")), contact);
    }
    view.sites.insert(
        Key::new("store"),
        SiteView {
            sector: key(0),
            owner: Key::new("ash"),
            stocks: None,
            blockaded: 1,
            ..Default::default()
        },
    );
    view.report.push(Entry {
        phase: Phase::Fire,
        what: What::Salvos {
            firer: Key::new("one"),
            weapon: Key::new("lance"),
            from: key(2),
            at: key(13),
            site: None,
            target: None,
            cause: Cause::Pursuit,
            chance: 500,
            sum: String::new(),
            salvos: 4,
            shot_down: 0,
            hits: 2,
            strays: 0,
            hp: 130,
        },
        witnesses: (&Key::new("seat")).into(),
    });
    view
}

fn empty() -> SeatView {
    SeatView {
        fleets: Default::default(),
        seat: Key::new("seat"),
        side: Key::new("ash"),
        turn: 3,
        turns: 9,
        date: "1 May 2900".into(),
        calendar: Calendar {
            start: (2900, 4, 29),
            day: 1,
            days_per_turn: 1,
            counted: None,
        },
        rules: Arc::new(rules()),
        map: Arc::default(),
        sides: SIDES
            .iter()
            .map(|s| (Key::new(s), s.to_uppercase()))
            .collect(),
        shorts: Default::default(),
        hostile: [Key::new("birch")].into(),
        friends: BTreeSet::new(),
        home: Vec::new(),
        forces: BTreeMap::new(),
        expected: BTreeMap::new(),
        contacts: BTreeMap::new(),
        sectors: BTreeMap::new(),
        sites: BTreeMap::new(),
        meters: BTreeMap::new(),
        reserves: BTreeMap::new(),
        leashes: 0,
        leaving: BTreeMap::new(),
        staging: Vec::new(),
        temper: None,
        done: Default::default(),
        pacts: Default::default(),
        objectives: BTreeMap::new(),
        ledger: Vec::new(),
        losses: 0,
        toll: (0, 0),
        destroyed: BTreeMap::new(),
        report: Vec::new(),
        ended: None,
        verdict: Arc::default(),
    }
}

/// Every overlay at several sizes and zooms.
fn pictures(view: &SeatView) -> Vec<(Camera, Options)> {
    let mut all = Vec::new();
    for overlay in Overlay::ALL {
        for (size, steps, scale) in [
            ((1280.0, 720.0), 0.0, 1.0),
            ((1920.0, 1080.0), 3.0, 1.5),
            ((640.0, 400.0), -6.0, 1.0),
            ((3840.0, 2160.0), 0.0, 2.0),
            ((1.0, 1.0), 0.0, f32::NAN),
        ] {
            let mut camera = Camera::fit(&view.map, size, 0.1);
            camera.zoom_by(steps, Pos::new(size.0 / 2.0, size.1 / 2.0));
            let go = Action::Go {
                stops: vec![key(20)],
                pace: Pace::Cruise,
            };
            let options = Options {
                overlay,
                scale,
                legend: scale == 1.0,
                title: "A <war>".into(),
                selected: Some(Tag::Force(Key::new("two"))),
                hover: Some(Tag::Sector(key(12))),
                pending: vec![Order {
                    force: Key::new("three"),
                    action: go,
                }],
                ..Options::default()
            };
            all.push((camera, options));
        }
    }
    all
}

/// Panics if two names touch, or one leaves the picture.
fn names_stand_apart(scene: &Scene) -> usize {
    let names: Vec<&Text> = scene
        .texts()
        .filter(|t| t.halo.is_some() || t.spacing > 0.0)
        .collect();
    let all = Area::from(Pos::default(), scene.size.0, scene.size.1);
    for (i, a) in names.iter().enumerate() {
        assert!(all.holds(a.area()), "`{}` leaves the picture", a.text);
        for b in &names[i + 1..] {
            assert!(
                !a.area().touches(b.area()),
                "`{}` lies on `{}`",
                a.text,
                b.text
            );
        }
    }
    names.len()
}

#[test]
fn no_two_names_touch() {
    let view = view();
    for (camera, options) in pictures(&view) {
        let count = names_stand_apart(&scene(&view, &camera, &options));
        assert!(camera.size.0 < 1000.0 || count > 10, "{count} names");
    }
}

/// Three hundred places in ten regions, with a force in every third and a contact in every fourth.
fn crowded() -> SeatView {
    let mut view = view();
    let mut map = Map::default();
    for i in 0..300_i32 {
        let (x, y) = (i % 20, i / 20);
        let region = Key::new(format!("r{}", x / 4 + y / 8 * 5));
        map.regions.entry(region.clone()).or_insert(Region {
            name: format!("The Reaches of {region}"),
            within: None,
        });
        let sector = Sector {
            name: format!("Far Harbour {i}"),
            at: (x * 100 + y * 37 % 60, y * 90 + x * 53 % 70),
            region,
            terrain: Key::new(TERRAIN[i as usize % 5]),
            owner: None,
        };
        map.sectors.insert(Key::new(format!("s{i:03}")), sector);
        for (near, next) in [(x < 19, i + 1), (y < 14, i + 20)] {
            if near {
                let lane = Lane {
                    ends: (
                        Key::new(format!("s{i:03}")),
                        Key::new(format!("s{next:03}")),
                    ),
                    kind: LaneKind::Hyperlane,
                    length: 100,
                    capacity: 20,
                    terrain: Key::new("open"),
                };
                map.lanes.insert(Key::new(format!("l{i}-{next}")), lane);
            }
        }
    }
    view.forces.clear();
    view.contacts.clear();
    view.sites.clear();
    view.sectors.clear();
    for (i, key) in map.sectors.keys().enumerate() {
        let owner = Some(Key::new(SIDES[i % 20 / 7]));
        view.sectors.insert(
            key.clone(),
            SectorView {
                owner,
                age: (i % 4) as u32,
                seen: i % 4 == 0,
                ..Default::default()
            },
        );
        if i % 3 == 0 {
            let place = Place::Sector(key.clone());
            view.forces
                .insert(Key::new(format!("f{i}")), force("Somebody's fleet", place));
        }
    }
    view.map = Arc::new(map);
    view
}

#[test]
fn no_two_names_touch_in_a_crowd() {
    let view = crowded();
    for (size, scale) in [((1280.0, 720.0), 1.0), ((3840.0, 2160.0), 2.0)] {
        for (overlay, steps) in [
            (Overlay::None, 0.0),
            (Overlay::Supply, 5.0),
            (Overlay::Knowledge, -4.0),
            (Overlay::None, 9.0),
        ] {
            let mut camera = Camera::fit(&view.map, size, 0.08);
            camera.zoom_by(steps, Pos::new(size.0 / 2.0, size.1 / 2.0));
            let options = Options {
                overlay,
                scale,
                ..Options::default()
            };
            names_stand_apart(&scene(&view, &camera, &options));
        }
    }
}

#[test]
fn type_is_never_too_small() {
    let view = view();
    for (camera, options) in pictures(&view) {
        let scale = if options.scale.is_nan() {
            1.0
        } else {
            options.scale
        };
        let scene = scene(&view, &camera, &options);
        assert!(scene.texts().all(|t| t.size >= 13.0 * scale));
    }
}

#[test]
fn equal_views_give_equal_pictures() {
    let view = view();
    for (camera, options) in pictures(&view) {
        let first = svg(&scene(&view, &camera, &options));
        assert_eq!(first, svg(&scene(&view, &camera, &options)));
        assert!(!first.contains("<war>") && !first.contains('\u{1}'));
    }
}

#[test]
fn what_is_drawn_can_be_hit() {
    let view = view();
    let camera = Camera::fit(&view.map, (1280.0, 720.0), 0.1);
    let scene = scene(&view, &camera, &Options::default());
    let sector = &view.map.sectors[&key(24)];
    let at = camera.to_screen((sector.at.0 as f32, sector.at.1 as f32));
    assert_eq!(scene.hit(at.x, at.y), Some(&Tag::Sector(key(24))));
    let stack = scene
        .shapes
        .iter()
        .find_map(|s| match (&s.form, &s.tag) {
            (Form::Polygon { points, .. }, Some(Tag::Force(key))) if key.as_str() == "one" => {
                Some(points[0].toward(points[2], 0.5))
            }
            _ => None,
        })
        .expect("invariant: the force is on the chart");
    let hits = scene.hits(stack.x, stack.y);
    for name in ["one", "two"] {
        assert!(
            hits.contains(&&Tag::Force(Key::<Force>::new(name))),
            "{hits:?}"
        );
    }
}

#[test]
fn an_empty_chart_is_a_chart() {
    let view = empty();
    for (camera, options) in pictures(&view) {
        let scene = scene(&view, &camera, &options);
        assert!(scene.hit(10.0, 10.0).is_none());
    }
}

#[test]
fn a_hostile_chart_is_drawn_all_the_same() {
    let mut view = view();
    let mut map = map();
    for (i, sector) in map.sectors.values_mut().enumerate() {
        sector.at = if i % 2 == 0 {
            (i32::MIN, i32::MAX)
        } else {
            (i32::MAX, 0)
        };
        sector.name = "x".repeat(5_000);
    }
    let site = Site {
        name: String::new(),
        kind: Key::new("nothing"),
        sector: key(99),
        owner: Key::new("nobody"),
        stocks: BTreeMap::new(),
        serves: Vec::new(),
        meters: BTreeMap::new(),
        loyal: None,
    };
    map.sites.insert(Key::new("store"), site);
    map.regions.insert(
        Key::new("all"),
        Region {
            name: "Ring".into(),
            within: Some(Key::new("all")),
        },
    );
    view.map = Arc::new(map);
    for (camera, options) in pictures(&view) {
        let scene = scene(&view, &camera, &options);
        assert!(scene.shapes.len() < 100_000, "{}", scene.shapes.len());
    }
}

#[cfg(feature = "chart")]
#[test]
fn pictures_can_be_made() {
    let view = view();
    let camera = Camera::fit(&view.map, (320.0, 200.0), 0.1);
    for overlay in Overlay::ALL {
        let options = Options {
            overlay,
            legend: true,
            ..Options::default()
        };
        let picture = png(&scene(&view, &camera, &options)).expect("the scene is valid SVG");
        assert_eq!(&picture[..4], b"\x89PNG");
    }
    let nothing = Scene {
        size: (0.0, 9.0),
        shapes: Vec::new(),
    };
    assert_eq!(png(&nothing), Err(PngError::Size(0, 9)));
}
