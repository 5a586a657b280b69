//! What is said of a march before it is made.

use bevy_egui::egui::{self, Pos2};

use super::*;
use crate::{
    gui::command::checklist::{Matter, items},
    sim::{
        map::Graph,
        order::{perils, way_round},
        state::Place,
        view::{Confidence, Contact, Leg, Source},
    },
};

#[test]
fn a_march_that_a_posture_keeps_back_says_so_until_it_is_taken_off() {
    let folder = Folder::new("kept-back");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    let mut postures = bench.view().rules.postures.iter();
    let (posture, known) = postures.find(|(_, p)| !p.moves).expect("one stands still");
    let (posture, name) = (posture.clone(), known.name.clone());
    let graph = Graph::new(&bench.view().map);
    let force = &bench.view().forces[&key];
    let near = goals(bench.view(), &graph, force, &[], Pace::Cruise, &Cue::None);
    let here = force.place.sector().clone();
    let mut near = near.into_iter().filter(|(sector, _)| *sector != here);
    let goal = near
        .find(|(_, turn)| *turn == Some(1))
        .expect("a march of a day")
        .0;
    let give = |bench: &mut Bench, action| {
        let force = key.clone();
        bench.game.apply(UiAction::Give(Order { force, action }));
        bench.frame(Vec::new());
    };
    let go = Action::Go {
        stops: vec![goal],
        pace: Pace::Cruise,
    };
    give(&mut bench, go);
    assert!(bench.says("this turn"));
    give(&mut bench, Action::Posture(Some(posture)));
    let waits = format!("waits: {}", name.to_lowercase());
    assert!(bench.says(&waits) && !bench.says(", this turn"));
    let pending = bench.pending();
    let wanting = items(bench.view(), &pending, &Default::default());
    assert!(
        wanting
            .iter()
            .any(|i| i.matter == Matter::Held && i.force == key)
    );

    bench.click_on(&format!(
        "take off the posture {name}, so that it marches this turn"
    ));
    assert!(bench.says(", this turn") && !bench.says(&waits));
}

/// A hostile force that is known to be there.
fn stranger(view: &SeatView, at: &Key<Sector>, strength: i64) -> Contact {
    Contact {
        side: view.hostile.first().expect("there is an enemy").clone(),
        place: Place::Sector(at.clone()),
        age: 0,
        confidence: Confidence::Fix,
        source: Source::Contact,
        strength: (strength, strength, strength),
        stance: None,
        fixed: false,
        drift: 0,
        bound: Vec::new(),
    }
}

#[test]
fn a_march_into_known_enemies_says_where_who_and_how_strong_and_how_to_go_round() {
    let folder = Folder::new("through-the-front");
    let mut bench = without_films(&folder);
    let key = bench.strongest(|f| f.speed > 0);
    let view = bench.view().clone();
    let graph = Graph::new(&view.map);
    let force = &view.forces[&key];
    let from = force.place.sector();
    let leg = |to: &Key<Sector>| Leg {
        to: to.clone(),
        pace: Pace::Cruise,
        cue: Cue::None,
    };
    // A goal behind a place that one can go round.
    let seen = |at: &Key<Sector>| {
        let mut seen = view.clone();
        let stranger = stranger(&view, at, force.strength * 3);
        seen.contacts = [(Key::new("k1"), stranger)].into();
        seen
    };
    let found = view.map.sectors.keys().find_map(|goal| {
        let way = graph.shortest(from, goal)?;
        let middle = way.get(1).filter(|_| way.len() == 3)?;
        let seen = seen(middle);
        let round = way_round(&seen, &graph, force, goal)?;
        Some((goal.clone(), middle.clone(), seen, round))
    });
    let (goal, middle, seen, round) = found.expect("there is such a place");
    let met = perils(&seen, &graph, force, &[leg(&goal)]);
    assert_eq!(met.len(), 1);
    assert_eq!((&met[0].at, met[0].goal), (&middle, false));
    assert_eq!(met[0].strength, force.strength * 3);
    let legs: Vec<Leg> = round.iter().map(leg).collect();
    assert_eq!(round.last(), Some(&goal));
    assert!(perils(&seen, &graph, force, &legs).is_empty());
    let there = perils(&seen, &graph, force, &[leg(&middle)]);
    assert!(there[0].goal, "a march into the place itself is meant");

    bench.game.session.as_mut().expect("a war").view = seen.into();
    bench.select_force(&key);
    let stops = vec![goal];
    let action = Action::Go {
        stops,
        pace: Pace::Cruise,
    };
    let force = key.clone();
    bench.game.apply(UiAction::Give(Order { force, action }));
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    assert!(bench.says("The way leads through"));
    assert!(bench.says("more than twice this force"));
    bench.click_on("Go round them");
    let Some(Action::Go { stops, .. }) = bench.last() else {
        panic!("{:?}", bench.pending())
    };
    assert_eq!(stops, round);
    assert!(!bench.says("The way leads through"));
}

#[test]
fn who_falls_back_is_offered_own_places_first_and_hostile_ones_last() {
    let (_folder, mut bench) = fought("own-first");
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    bench.act(Act::Open(Verb::FallBack));
    let view = bench.view();
    let list = bench.game.command.list.as_ref().expect("a list is open");
    let ranks: Vec<u8> = list
        .rows
        .iter()
        .filter(|row| row.refused.is_none())
        .filter_map(|row| match &row.tag {
            Some(Tag::Sector(sector)) => Some((row, sector)),
            _ => None,
        })
        .map(|(row, sector)| {
            let is_hostile = |side| view.hostile.contains(side);
            let owner = view.sectors.get(sector).and_then(|s| s.owner.as_ref());
            let met = view.contacts_at(sector).any(|(_, c)| is_hostile(&c.side));
            let hostile = met || owner.is_some_and(is_hostile);
            assert_eq!(row.right.starts_with("hostile"), hostile, "{}", row.title);
            match owner {
                _ if hostile => 2,
                Some(owner) if *owner == view.side => 0,
                _ => 1,
            }
        })
        .collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    assert!(
        ranks.first() == Some(&0) && ranks.last() == Some(&2),
        "{ranks:?}"
    );
}

#[test]
fn a_march_is_drawn_from_the_counter_of_a_selected_force() {
    let folder = Folder::new("drawn-march");
    let mut bench = without_films(&folder);
    bench
        .ctx
        .data_mut(|data| data.insert_temp(egui::Id::new("note places"), true));
    let key = bench.strongest(|f| f.speed > 0);
    bench.select_force(&key);
    let view = bench.view().clone();
    let graph = Graph::new(&view.map);
    let from = view.forces[&key].place.sector().clone();
    let there = bench.spot(&format!("map:{from}"));
    let counter = grasped(&mut bench, &key, there).expect("its counter is on the map");
    let camera = |bench: &Bench| bench.game.session.as_ref().and_then(|s| s.camera);
    let before = camera(&bench);
    let near = graph.from(&from).iter().find_map(|edge| {
        let name = crate::gui::theme::spot_id(&format!("map:{}", edge.to));
        let spot: Option<(Pos2, u64)> = bench.ctx.data(|data| data.get_temp(name));
        Some((edge.to.clone(), spot?.0))
    });
    let (goal, end) = near.expect("a neighbour is on the map");
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    bench.frame(vec![button(counter, true)]);
    for share in [0.3, 0.7, 1.0] {
        let at = counter.lerp(end, share);
        bench.frame(vec![egui::Event::PointerMoved(at)]);
    }
    assert!(bench.pending().is_empty(), "nothing is ordered on the way");
    bench.frame(vec![button(end, false)]);
    bench.frame(Vec::new());
    assert_eq!(camera(&bench), before, "the map stays where it is");
    let Some(Action::Go { stops, .. }) = bench.last() else {
        panic!("{:?}", bench.pending())
    };
    assert_eq!(stops, [goal]);
}

/// Where the counter of a force can be grasped, near a point.
fn grasped(bench: &mut Bench, key: &Key<Force>, near: Pos2) -> Option<Pos2> {
    for step in 0..441 {
        let (x, y) = ((step % 21) as f32, (step / 21) as f32);
        let at = near + egui::Vec2::new(6.0 * x - 60.0, 6.0 * y - 60.0);
        bench.frame(vec![egui::Event::PointerMoved(at)]);
        if bench.game.hover == Some(Tag::Force(key.clone())) {
            return Some(at);
        }
    }
    None
}
