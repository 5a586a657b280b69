//! A war that follows another: chosen at the end of the first, begun with what is left of it, or without.

use std::sync::Arc;

use super::{Bench, Folder};
use crate::{
    content::{Catalog, Key, Scenario},
    gui::{Game, Options, Start, UiAction},
    war::mods::{Loaded, Places},
};

/// The shortest war that others follow with the same seats, and the first of these.
fn linked(catalog: &Catalog) -> (Key<Scenario>, Key<Scenario>) {
    let links = catalog.campaigns.values().flat_map(|c| &c.links);
    let seats = |id: &Key<Scenario>| catalog.scenarios[id].seats.keys();
    let links = links.filter(|link| seats(&link.from).eq(seats(&link.to)));
    let shortest = links.min_by_key(|link| catalog.scenarios[&link.from].turns);
    let link = shortest.expect("a link is shipped");
    (link.from.clone(), link.to.clone())
}

/// The last page of a war that others follow.
fn ended(folder: &Folder) -> Bench {
    let catalog = Arc::new(Catalog::shipped());
    let (first, _) = linked(&catalog);
    let game = Game::open(Options {
        content: Loaded::of(catalog, Vec::new()),
        places: Places::default(),
        start: Start::Scenario(first),
        seat: None,
        folder: Some(folder.0.clone()),
    });
    let mut bench = Bench::with(game.expect("it opens"));
    let is_over = |bench: &Bench| {
        let session = bench.game.session.as_ref();
        session.is_some_and(|session| session.view.ended.is_some())
    };
    for _ in 0..60 {
        if is_over(&bench) {
            break;
        }
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
        // The film of the turn is passed over.
        bench.key("Escape");
        bench.frame(Vec::new());
    }
    assert!(is_over(&bench), "the war ends");
    bench
}

#[test]
fn what_follows_is_offered_and_takes_along_what_is_left() {
    let folder = Folder::new("follow");
    let mut bench = ended(&folder);
    let session = bench.game.session.as_ref().expect("a war");
    let people = session.people.clone();
    bench.frame(Vec::new());
    let (_, next) = linked(&bench.game.catalog);
    let title = bench.game.catalog.scenarios[&next].title.clone();
    bench.click(&format!("Go on: {title}"));
    bench.frame(Vec::new());
    assert!(bench.game.session.is_none(), "the menu");
    let choice = bench.game.choice.clone();
    assert_eq!(choice.scenario, Some(next));
    assert_eq!(choice.people, people.into_iter().collect());
    assert!(choice.carried().is_some());
    bench.frame(Vec::new());
    bench.game.apply(UiAction::Begin);
    bench.wait();
    let session = bench.game.session.as_ref().expect("a war");
    let war = session.war.as_ref().expect("a war");
    assert_eq!(war.record().carried.as_ref(), choice.carried());
    let carried = choice.carried().expect("it follows");
    assert!(!carried.forces.is_empty(), "some forces are in both");
    for (key, comes) in &carried.forces {
        assert_eq!(war.scenario().forces[key].ships, comes.ships, "{key}");
    }
}

#[test]
fn it_may_begin_as_recorded() {
    let folder = Folder::new("follow-not");
    let mut bench = ended(&folder);
    let (first, next) = linked(&bench.game.catalog);
    bench.game.apply(UiAction::GoOn(next));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("As recorded instead");
    bench.frame(Vec::new());
    assert_eq!(bench.game.choice.carried(), None);
    bench.game.apply(UiAction::Begin);
    bench.wait();
    let session = bench.game.session.as_ref().expect("a war");
    let war = session.war.as_ref().expect("a war");
    assert_eq!(war.record().carried, None);
    // What does not follow the war on the table is said, and leaves things as they are.
    bench.game.apply(UiAction::GoOn(first));
    assert!(bench.game.session.is_some());
    assert!(bench.game.message.is_some());
}
