//! Who was told to halt asks for nothing until something happens.

use super::super::{
    checklist,
    checklist::Matter,
    posts::{Call, Posts, quiet},
    tree,
};
use super::without_films;
use crate::{
    content::{Force, Key, Sector},
    gui::tests::{Bench, Folder},
    sim::{state::Place, view::SeatView},
};

/// All who are idle were told to halt by one press, and the turn has gone by.
fn halted(name: &str) -> (Folder, Bench) {
    let folder = Folder::new(name);
    let mut bench = without_films(&folder);
    bench.game.settings.ask_before_ending = true;
    bench.key("Space");
    bench.click_on("Halt the idle");
    // It stays open only for what is left.
    if let Some(left) = &bench.game.command.checklist {
        assert!(!left.items.is_empty() && left.items.iter().all(|i| i.matter != Matter::Idle));
    }
    bench.game.settings.ask_before_ending = false;
    bench.game.apply(crate::gui::UiAction::EndTurn);
    bench.wait();
    bench.frame(Vec::new());
    (folder, bench)
}

fn record(bench: &Bench) -> crate::war::Record {
    let war = bench.game.session.as_ref().and_then(|s| s.war.as_ref());
    war.expect("a war is on the table").record().clone()
}

#[test]
fn who_was_told_to_halt_asks_for_nothing() {
    let (_folder, mut bench) = halted("told");
    let view = bench.view().clone();
    let told = bench.game.command.told.clone();
    let mobile = view.forces.values().filter(|f| f.mine && f.speed > 0);
    assert_eq!(told.len(), mobile.count());
    let quiet = quiet(&told);
    assert!(quiet.len() > 3, "{told:?}");
    let idle = tree::idle(&view, &[], &told);
    assert!(idle.iter().all(|key| !quiet.contains(key)));
    let items = checklist::items(&view, &[], &told);
    let nagged = |m: Matter| m == Matter::Idle || m == Matter::UnderFire;
    let nagged = items
        .iter()
        .find(|i| nagged(i.matter) && quiet.contains(&i.force));
    assert_eq!(nagged, None);

    // Tab does not go there, and loading the war does not make them speak.
    for _ in 0..view.forces.len() {
        bench.key("Tab");
        let at = bench.game.selection.force.clone();
        assert!(at.is_none_or(|key| !quiet.contains(&key)));
    }
    let anew = Posts::default().note(&view, &record(&bench));
    assert_eq!(anew.len(), told.len());
    assert!(anew.values().any(Option::is_none), "{anew:?}");

    // Who marches again does not stand by an old order.
    let key = (*quiet.first().expect("somebody is quiet")).clone();
    bench.select_force(&key);
    bench.keys("G 1");
    bench.game.apply(crate::gui::UiAction::EndTurn);
    bench.wait();
    assert!(!bench.game.command.told.contains_key(&key));
}

#[test]
fn what_happens_to_him_calls_him() {
    let (_folder, bench) = halted("called");
    let record = record(&bench);
    let view = bench.view().clone();
    let key = (*quiet(&bench.game.command.told).first().expect("one")).clone();
    let call = |change: &dyn Fn(&mut SeatView)| {
        let mut posts = Posts::default();
        let mut alone = view.clone();
        alone.contacts.clear();
        assert_eq!(posts.note(&alone, &record)[&key], None);
        change(&mut alone);
        posts.note(&alone, &record)[&key]
    };
    let force = |view: &mut SeatView| view.forces[&key].clone();
    let with = |view: &mut SeatView, force| _ = view.forces.insert(key.clone(), force);
    assert_eq!(call(&|_| {}), None);
    let hit = call(&|view| {
        let mut force = force(view);
        force.strength -= 1;
        with(view, force);
    });
    assert_eq!(hit, Some(Call::Hit));
    let cut = call(&|view| {
        let mut force = force(view);
        force.line.cut = Some(force.place.sector().clone());
        with(view, force);
    });
    assert_eq!(cut, Some(Call::Supply));
    let moved = call(&|view| {
        let mut force = force(view);
        let here = force.place.sector().clone();
        let other = view.map.sectors.keys().find(|s| **s != here);
        force.place = Place::Sector(other.expect("there are more").clone());
        with(view, force);
    });
    assert_eq!(moved, Some(Call::Moved));
    let near = call(&|view| {
        let at = view.forces[&key].place.sector().clone();
        come(view, &at, 500);
    });
    assert_eq!(near, Some(Call::Near(500)));
    assert!(near.expect("news").words().contains("5.0 SP"));

    // Somebody who was there before is no news; once he has gone and comes again, he is.
    let at = view.forces[&key].place.sector().clone();
    let mut posts = Posts::default();
    let mut alone = view.clone();
    alone.contacts.clear();
    let mut there = alone.clone();
    come(&mut there, &at, 500);
    let mut before = there.clone();
    before.turn -= 1;
    let mut opening = record.clone();
    opening.turns.clear();
    posts.note(&before, &opening);
    for (view, called) in [(&there, false), (&alone, false), (&there, true)] {
        assert_eq!(posts.note(view, &record)[&key].is_some(), called);
    }
}

/// Somebody hostile comes to a place.
fn come(view: &mut SeatView, at: &Key<Sector>, strength: i64) {
    let side = view.hostile.first().expect("there is an enemy").clone();
    let contact = crate::sim::view::Contact {
        side,
        place: Place::Sector(at.clone()),
        age: 0,
        confidence: crate::sim::view::Confidence::Track,
        source: crate::sim::view::Source::Sensors,
        strength: (strength, strength, strength),
        stance: None,
        fixed: false,
        drift: 0,
        bound: Vec::new(),
    };
    view.contacts.insert(Key::new("k999"), contact);
}

#[test]
fn bases_are_not_asked_where_to_march() {
    let folder = Folder::new("bases");
    let bench = without_films(&folder);
    let mut view = bench.view().clone();
    let key: Key<Force> = bench.strongest(|f| f.speed > 0);
    assert!(tree::idle(&view, &[], &Default::default()).contains(&key));
    view.forces.get_mut(&key).expect("it is there").speed = 0;
    assert!(!tree::idle(&view, &[], &Default::default()).contains(&key));
}
