//! The guide at the window: the war that is offered, the card that goes on, what is pointed at.

use std::sync::Arc;

use super::{Bench, Folder};
use crate::{
    ai::Level,
    chart::{Overlay, Tag},
    content::{Catalog, Key},
    gui::{Game, Options, Page, Start, UiAction, around, guide::Act, keys::Command},
    war::{
        Player,
        mods::{Loaded, Places},
    },
};

/// At the menu, with nothing saved.
fn menu(folder: &Folder) -> Bench {
    let game = Game::open(Options {
        content: Loaded::of(Arc::new(Catalog::shipped()), Vec::new()),
        places: Places::default(),
        start: Start::Menu,
        seat: None,
        folder: Some(folder.0.clone()),
    });
    Bench::with(game.expect("it opens"))
}

/// At the table of the guided war.
fn begun(folder: &Folder) -> Bench {
    let mut bench = menu(folder);
    bench.click("Begin the guided war");
    bench.wait();
    bench.game.apply(UiAction::Around(around::Act::Close));
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    bench
}

fn step(bench: &Bench) -> String {
    let led = bench.game.led().expect("the war has a guide");
    led.step()
        .map_or_else(String::new, |(_, step)| step.id.clone())
}

fn select(bench: &mut Bench, tag: Tag) {
    bench.game.apply(UiAction::Select(Some(tag)));
    bench.frame(Vec::new());
}

fn force(name: &str) -> Tag {
    Tag::Force(Key::new(name))
}

#[test]
fn whoever_is_new_is_offered_the_guided_war_and_begins_it_by_one_click_or_one_key() {
    for by_key in [false, true] {
        let folder = Folder::new(if by_key { "offered-key" } else { "offered" });
        let mut bench = menu(&folder);
        let first = bench.game.choice.scenario.clone();
        let longest = bench.game.catalog.first().map(|(key, _)| key.clone());
        assert_eq!(first, longest, "the offer changes no choice");
        if by_key {
            bench.key("F5");
        } else {
            bench.click("Begin the guided war");
        }
        bench.wait();
        let session = bench.game.session.as_ref().expect("a war is on the table");
        let war = session.war.as_ref().expect("nothing is being resolved");
        assert_eq!(session.seat.as_str(), "wardens");
        assert_eq!(
            war.player(&Key::new("toll")),
            Some(Player::Computer(Level::Green))
        );
        assert_eq!(step(&bench), "guns");
    }
}

#[test]
fn whoever_has_a_war_is_not_new() {
    let folder = Folder::new("not-new");
    let mut bench = begun(&folder);
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    bench.game.apply(UiAction::Menu);
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    assert!(bench.game.session.is_none() && bench.game.offered().is_none());
    assert!(!bench.is_shown("Begin the guided war"));
    bench.key("F5");
    assert!(!bench.game.is_busy(), "the key begins nothing then");
}

#[test]
fn the_card_goes_on_with_what_is_done_and_points_at_what_is_next() {
    let folder = Folder::new("card");
    let mut bench = begun(&folder);
    assert_eq!(bench.game.pointed_at(), [force("guns")]);
    // A line of the card does what its key would.
    bench.click("Gun squadron");
    assert_eq!(step(&bench), "goal");
    select(&mut bench, Tag::Site(Key::new("lantern-colony")));
    assert_eq!(step(&bench), "yachts");
    assert_eq!(
        bench.game.ways_on(),
        [Command::NextIdle, Command::OrderGo],
        "first the force"
    );
    select(&mut bench, force("yachts"));
    assert_eq!(bench.game.ways_on(), [Command::OrderGo]);
    assert_eq!(bench.game.pointed_at(), [Tag::Sector(Key::new("crossing"))]);
    bench.game.apply(UiAction::Picked(Key::new("crossing")));
    assert_eq!(step(&bench), "column");
    bench.game.apply(UiAction::Undo);
    assert_eq!(step(&bench), "yachts");
    bench.game.apply(UiAction::Redo);
    select(&mut bench, force("column"));
    bench.game.apply(UiAction::Picked(Key::new("crossing")));
    assert_eq!(step(&bench), "day-1");
    assert_eq!(bench.game.ways_on(), [Command::EndTurn]);
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    assert_eq!(step(&bench), "foe");
}

#[test]
fn what_a_turn_opens_by_itself_was_not_looked_at() {
    let folder = Folder::new("by-itself");
    let mut bench = begun(&folder);
    for _ in 1..3 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    assert_eq!(step(&bench), "know");
    assert_eq!(bench.game.page, Page::Report);
    bench.game.apply(UiAction::Overlay(Overlay::Knowledge));
    assert_eq!(step(&bench), "close");
    for _ in 3..5 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    bench.game.apply(UiAction::Film(crate::gui::film::Act::End));
    assert_eq!(
        step(&bench),
        "answer",
        "the report lies open after each turn"
    );
    bench.game.apply(UiAction::Turn(Page::Report));
    assert_eq!(step(&bench), "reserve");
}

#[test]
fn the_guide_is_put_away_and_brought_back_and_that_is_kept() {
    let folder = Folder::new("put-away");
    let mut bench = begun(&folder);
    assert!(bench.is_shown("Hide"));
    bench.click("Hide");
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    assert!(!bench.is_shown("Hide") && !bench.game.settings.guide);
    assert!(bench.game.pointed_at().is_empty(), "nothing is pointed at");
    let (kept, problem) = crate::gui::settings::Settings::read(&folder.0);
    assert!(!kept.guide && problem.is_none());
    bench.key("F5");
    assert!(bench.is_shown("Hide") && bench.game.settings.guide);
    // Where its dock is folded away, it is brought back with the dock.
    bench.game.apply(UiAction::Fold(crate::gui::Dock::Left));
    bench.game.apply(UiAction::Guide(Act::Turn));
    bench.frame(Vec::new());
    assert!(bench.is_shown("Hide"));
}

#[test]
fn a_war_without_a_guide_has_none() {
    let folder = Folder::new("no-guide");
    let mut bench = Bench::new(&folder);
    assert!(bench.game.led().is_none());
    bench.key("F5");
    assert!(bench.game.settings.guide && !bench.is_shown("Guide"));
}

#[test]
fn a_card_that_says_what_to_read_stays_until_it_has_been_read() {
    let folder = Folder::new("kept-card");
    let mut bench = begun(&folder);
    for _ in 1..3 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    bench.game.apply(UiAction::Film(crate::gui::film::Act::End));
    let title = |bench: &Bench| {
        let led = bench.game.led().expect("the war has a guide");
        let card = bench.game.card(&led).expect("a card is shown");
        (card.step.id.clone(), card.done)
    };
    assert_eq!(title(&bench), ("know".into(), false));
    bench.game.apply(UiAction::Overlay(Overlay::Knowledge));
    assert_eq!(step(&bench), "close", "the step is taken");
    assert_eq!(title(&bench), ("know".into(), true), "its card stays");
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    bench.click("Read: next card");
    assert_eq!(title(&bench), ("close".into(), false));
    // Whoever does not press it goes on all the same with the next step that he takes.
    bench.game.apply(UiAction::Overlay(Overlay::None));
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    assert!(!title(&bench).1);
}
