//! The record at the window: battles watched turn by turn, command taken, a war held against the record, and its pages.

use std::sync::Arc;

use super::{Bench, Folder};
use crate::{
    content::{Catalog, Diagnostics, Key, Layer, Sources},
    gui::{
        Game, Options, Page, Start, UiAction,
        around::{Act, Leaf},
        history::{
            book::{self, Thing, Topic, subjects},
            watch::{self, is_referee},
        },
    },
    sim::order::{Action, Order},
    war::{
        Reel,
        mods::{Loaded, Places},
        store,
    },
};

/// The window at its menu, with a record of a small war.
fn recorded(folder: &Folder) -> Bench {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/recorded");
    let layer = Layer::read(path.as_ref()).expect("the folder is read");
    let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
    let catalog = Catalog::load(std::slice::from_ref(&layer), &mut sources, &mut found);
    let game = Game::open(Options {
        content: Loaded::of(Arc::new(catalog), vec![layer]),
        places: Places::default(),
        start: Start::Menu,
        seat: None,
        folder: Some(folder.0.clone()),
    });
    let bench = Bench::with(game.expect("it opens"));
    for _ in 0..2_000 {
        if bench.game.around.history.now().is_some() {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(5));
    }
    bench
}

/// The battle of that record, watched from its first turn.
fn watched(folder: &Folder) -> Bench {
    let mut bench = recorded(folder);
    let visit = UiAction::Reenact(Key::new("anvil"), Key::new("visit"));
    bench.game.apply(visit);
    bench.wait();
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    bench
}

fn shown(bench: &Bench) -> (u32, u32) {
    let session = bench.game.session.as_ref().expect("it is on the table");
    let watch = session.watch.as_ref().expect("it is watched");
    (watch.at, session.view.turn)
}

#[test]
fn battles_of_the_record_are_listed_and_opened() {
    let folder = Folder::new("listed");
    let mut bench = recorded(&folder);
    bench.game.apply(UiAction::Around(Act::Open(Leaf::Battles)));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    let library = bench.game.around.history.now().expect("it is read");
    assert!(library.problem.is_none(), "{:?}", library.problem);
    let first = library
        .rows()
        .into_iter()
        .find_map(|row| row.entry().map(|e| e.name.clone()));
    bench.click(&format!("Watch {}", first.expect("a battle")));
    bench.wait();
    assert_eq!(bench.game.page, Page::Record);
}

#[test]
fn a_battle_of_the_record_is_watched_turn_by_turn() {
    let folder = Folder::new("watched");
    let mut bench = watched(&folder);
    assert_eq!(bench.game.page, Page::Record);
    assert_eq!(shown(&bench), (0, 1));
    bench.key("Right");
    assert_eq!(shown(&bench), (1, 2));
    bench.keys("Right Right Left");
    assert_eq!(shown(&bench), (2, 3));
    bench.click("line:5");
    assert_eq!(shown(&bench), (5, 6));
    bench.key("End");
    let (last, _) = shown(&bench);
    bench.key("Right");
    assert_eq!(shown(&bench).0, last, "there is no turn after the last");
    bench.key("Home");
    assert_eq!(shown(&bench), (0, 1));
    // What is shown is what the reel has: nothing is played or made for it.
    bench.game.apply(UiAction::Watch(watch::Act::To(4)));
    assert!(!bench.game.is_busy());
    let session = bench.game.session.as_ref().expect("it is on the table");
    let watch = session.watch.as_ref().expect("it is watched");
    assert!(Arc::ptr_eq(&session.view, &watch.reels[0].frames[4].view));
}

#[test]
fn a_record_plays_on_until_its_end() {
    let folder = Folder::new("plays-on");
    let mut bench = watched(&folder);
    bench.key("Space");
    let plays = |bench: &Bench| {
        let session = bench.game.session.as_ref();
        session.is_some_and(|s| s.watch.as_ref().is_some_and(|watch| watch.plays()))
    };
    assert!(plays(&bench));
    let mut time = 0.0;
    while plays(&bench) && time < 100.0 {
        time += 0.5;
        bench.game.apply(UiAction::Watch(watch::Act::Tick(time)));
    }
    let last = bench.game.session.as_ref().and_then(|s| s.watch.as_ref());
    assert_eq!(Some(shown(&bench).0), last.map(|watch| watch.last()));
    assert!(time < 100.0, "it rests at its end");
    // And from there it begins anew; any step lets it rest.
    bench.key("Space");
    assert_eq!(shown(&bench).0, 0);
    bench.key("Right");
    assert!(!plays(&bench));
}

#[test]
fn a_record_is_seen_by_the_referee_and_by_each_seat_and_never_changed() {
    let folder = Folder::new("points");
    let mut bench = watched(&folder);
    bench.game.apply(UiAction::Watch(watch::Act::To(3)));
    let before = bench.game.session.as_ref().and_then(|s| s.war.as_ref());
    let before = before.map(|war| war.record().clone());
    let session = bench.game.session.as_ref().expect("it is on the table");
    assert!(is_referee(&session.view));
    let whole = session.view.forces.len();
    bench.frame(Vec::new());
    bench.click("Visiting command");
    let session = bench.game.session.as_ref().expect("it is on the table");
    assert_eq!(session.seat, Key::new("visitors"));
    assert!(session.view.forces.len() < whole, "a seat knows its own");
    assert_eq!(shown(&bench), (3, 4));
    let force = session.view.forces.keys().next().cloned();
    bench.game.apply(UiAction::Give(Order {
        force: force.expect("the seat has forces"),
        action: Action::Halt,
    }));
    bench.keys("Enter Ctrl+Z G");
    bench.frame(Vec::new());
    assert!(bench.pending().is_empty());
    assert!(!bench.game.is_busy() && bench.game.command.list.is_none());
    let after = bench.game.session.as_ref().and_then(|s| s.war.as_ref());
    assert_eq!(after.map(|war| war.record().clone()), before);
}

#[test]
fn the_film_of_a_watched_turn_is_made_when_it_is_asked_for() {
    let folder = Folder::new("watched-film");
    let mut bench = watched(&folder);
    bench.game.apply(UiAction::Watch(watch::Act::To(3)));
    assert!(bench.game.film.tape().is_none());
    bench.key("Shift+V");
    assert!(bench.game.film.is_running());
    bench.key("Escape");
    assert!(!bench.game.film.is_running());
    assert_eq!(shown(&bench), (3, 4));
}

#[test]
fn command_is_taken_on_the_turn_that_is_watched() {
    let folder = Folder::new("taken");
    let mut bench = watched(&folder);
    bench.game.apply(UiAction::Watch(watch::Act::To(2)));
    bench.game.apply(UiAction::Turn(Page::Take));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("Take command of Visiting command");
    bench.wait();
    let session = bench.game.session.as_ref().expect("it goes on");
    assert!(session.watch.is_none());
    assert_eq!(session.people, vec![Key::new("visitors")]);
    assert_eq!((session.view.turn, session.seat.as_str()), (3, "visitors"));
    assert_eq!(bench.game.around.leaf, Some(Leaf::Briefing));
    let following = &session.following;
    assert!(following.entered && following.still > 0);
    // Only what the seat has in sight is marked, by its own names.
    for contact in &following.contacts {
        assert_eq!(session.view.contacts.get(contact).map(|c| c.age), Some(0));
    }
    assert_eq!(bench.game.chart_options().following, following.marks());
    bench.frame(Vec::new());
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    bench.game.apply(UiAction::Around(Act::Open(Leaf::Against)));
    let session = bench.game.session.as_ref().expect("it goes on");
    let promise = session.against.clone().expect("it was asked for");
    let account = promise.wait().clone().expect("both can be played");
    assert_eq!(account.shared, 2);
    assert_eq!(account.here.days.len(), 4, "the beginning and three turns");
    assert!(account.there.length() > account.here.length());
    assert_eq!(account.here.days[..3], account.there.days[..3]);
    let first = account
        .first
        .expect("nothing was ordered where the record has orders");
    assert_eq!((first.turn, first.given.len()), (3, 0));
    assert_eq!(first.recorded.len(), 2);
    bench.frame(Vec::new());
}

#[test]
fn a_saved_war_that_goes_on_is_watched_by_who_plays_it_alone() {
    let folder = Folder::new("watch-saved");
    let mut bench = Bench::new(&folder);
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    bench.game.apply(UiAction::Menu);
    let saved = store::saves(&folder.0)
        .expect("the folder is read")
        .remove(0);
    let bytes = std::fs::read(&saved).expect("it is read");
    bench.game.apply(UiAction::WatchSaved(saved.clone()));
    bench.wait();
    let session = bench.game.session.as_ref().expect("it is on the table");
    let watch = session.watch.as_ref().expect("it is watched");
    assert_eq!((watch.reels.len(), watch.last()), (1, 1));
    assert!(!is_referee(&session.view));
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    bench.game.apply(UiAction::Menu);
    assert_eq!(std::fs::read(&saved).expect("it is read"), bytes);
}

#[test]
fn a_war_that_was_entered_is_watched_without_marks_of_its_end() {
    let folder = Folder::new("watch-entered");
    let mut bench = watched(&folder);
    let take = watch::Act::Take(Key::new("visitors"));
    bench.game.apply(UiAction::Watch(watch::Act::To(2)));
    bench.game.apply(UiAction::Watch(take));
    bench.wait();
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    bench.game.apply(UiAction::Menu);
    let saved = store::saves(&folder.0)
        .expect("the folder is read")
        .remove(0);
    bench.game.apply(UiAction::WatchSaved(saved));
    bench.wait();
    let session = bench.game.session.as_ref().expect("it is on the table");
    assert_eq!(session.seat, Key::new("visitors"));
    assert_eq!(session.watch.as_ref().map(|watch| watch.last()), Some(3));
    assert!(!session.following.entered && bench.game.chart_options().following.is_empty());
}

#[test]
fn everything_the_record_names_has_a_page() {
    let folder = Folder::new("pages");
    let mut bench = recorded(&folder);
    let library = bench
        .game
        .around
        .history
        .now()
        .cloned()
        .expect("it is read");
    let problem = library.problem.as_ref();
    assert!(problem.is_none(), "{problem:?}");
    assert!(
        library.chronicles.len() > 1,
        "the shipped one and the small one"
    );
    for told in &library.chronicles {
        for subject in Topic::ALL.iter().flat_map(|topic| subjects(told, *topic)) {
            let thing = Thing::of(told, &subject).expect("it is in the record");
            bench
                .game
                .apply(UiAction::Around(Act::Browse(book::Act::Visit(
                    subject.clone(),
                ))));
            assert_eq!(
                bench.game.around.book.open(),
                Some(&subject),
                "{}",
                thing.name()
            );
            // What is searched for by its whole name is found first, or with others of that name.
            let found = book::find(&library, &thing.name());
            assert!(found.contains(&subject), "{}", thing.name());
        }
    }
    bench.frame(Vec::new());
    assert!(bench.is_shown("One page back"));
}

#[test]
fn links_of_the_record_are_gone_through_and_back() {
    let folder = Folder::new("told-links");
    let mut bench = recorded(&folder);
    bench.key("F8");
    // The list is longer than the window: it is looked for.
    bench
        .game
        .apply(UiAction::Around(Act::Browse(book::Act::Type(
            "the visit".into(),
        ))));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("The Visit");
    bench.frame(Vec::new());
    bench.click("Mara Voss");
    let open = |bench: &Bench| bench.game.around.book.open().map(|s| s.id.clone());
    assert_eq!(open(&bench).as_deref(), Some("mara-voss"));
    bench.key("Escape");
    assert_eq!(open(&bench).as_deref(), Some("visit"));
    bench.keys("Escape Escape");
    assert_eq!(bench.game.around.leaf, None);
}

/// A war that was entered on its third turn, a turn later; its name as it was typed.
fn entered(bench: &mut Bench, name: &str) {
    bench.game.apply(UiAction::Watch(watch::Act::To(2)));
    bench.game.apply(UiAction::Turn(Page::Take));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench
        .game
        .apply(UiAction::Watch(watch::Act::Name(name.into())));
    bench.click("Take command of Visiting command");
    bench.wait();
    bench.frame(Vec::new());
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
}

#[test]
fn a_line_is_called_as_it_was_named_or_by_battle_seat_and_date() {
    let folder = Folder::new("named-line");
    let mut bench = watched(&folder);
    entered(&mut bench, "  Round the shoal ");
    let name = |bench: &Bench| {
        let war = bench.game.session.as_ref().and_then(|s| s.war.as_ref());
        war.and_then(|war| war.record().name.clone())
    };
    assert_eq!(name(&bench).as_deref(), Some("Round the shoal"));
    let folder = Folder::new("unnamed-line");
    let mut bench = watched(&folder);
    entered(&mut bench, "");
    let session = bench.game.session.as_ref().expect("it goes on");
    let name = name(&bench).expect("it has a name");
    for part in [
        session.scenario.title.as_str(),
        "Visiting command",
        session.view.calendar.start.0.to_string().as_str(),
    ] {
        assert!(name.contains(part), "{part}: {name}");
    }
}

#[test]
fn saved_wars_stand_as_a_tree_and_a_branch_is_opened_from_it() {
    let folder = Folder::new("kin");
    let mut bench = watched(&folder);
    entered(&mut bench, "Round the shoal");
    bench.game.apply(UiAction::Menu);
    bench.wait();
    bench.game.apply(UiAction::Around(Act::Open(Leaf::Saves)));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("As a tree");
    let tree = bench.game.around.kin.wait();
    assert_eq!(
        tree.rows.len(),
        2,
        "the battle, and the line that left it: {:?}",
        tree.rows
    );
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    assert!(bench.is_shown("Load Round the shoal"));
    bench.click("Load Round the shoal");
    bench.wait();
    let session = bench.game.session.as_ref().expect("it is opened");
    assert_eq!((session.seat.as_str(), session.view.turn), ("visitors", 4));
    bench.game.apply(UiAction::Menu);
    bench.wait();
    bench.game.apply(UiAction::Around(Act::Kin(true)));
    bench.game.around.kin.wait();
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("As a list");
    bench.frame(Vec::new());
    assert!(!bench.game.around.kin.is_shown);
}

#[test]
fn what_is_held_otherwise_and_dated_otherwise_is_as_the_seat_knows_it() {
    let folder = Folder::new("held-apart");
    let mut bench = watched(&folder);
    entered(&mut bench, "");
    bench.game.apply(UiAction::Around(Act::Open(Leaf::Against)));
    let session = bench.game.session.as_ref().expect("it goes on");
    let promise = session.against.clone().expect("it was asked for");
    let account = promise.wait().clone().expect("both can be played");
    // Both lines are the seat's own: nothing in them is more than its views say.
    let war = session.war.as_ref().expect("it is on the table");
    let own = Reel::new(war.catalog(), war.record(), Some(session.seat.clone())).expect("played");
    let there = Reel::entered(war.catalog(), war.record(), Some(session.seat.clone()));
    let there = there.expect("played").expect("a record was entered");
    for (annals, reel) in [(&account.here, &own), (&account.there, &there)] {
        assert_eq!(annals.days.len(), reel.frames.len());
        for (day, frame) in annals.days.iter().zip(&reel.frames) {
            assert_eq!(day.view, frame.view);
            for (sector, owner) in &day.owners {
                assert_eq!(frame.view.sectors[sector].owner.as_ref(), Some(owner));
            }
            let foreign = day
                .sides
                .iter()
                .filter(|(side, _)| **side != frame.view.side);
            assert!(
                foreign
                    .into_iter()
                    .all(|(_, stand)| stand.charges.is_empty())
            );
        }
    }
    // What differs at the record's end is what the two last views differ in.
    let last = &account.there.days.last().expect("its end").owners;
    let here = &account.here.days.last().expect("now").owners;
    for (sector, ours, theirs) in account.apart(true) {
        assert_eq!(
            (here.get(&sector), last.get(&sector)),
            (ours.as_ref(), theirs.as_ref())
        );
        assert_ne!(ours, theirs);
    }
    assert!(
        !account.apart(true).is_empty(),
        "the record goes on without who stands still"
    );
    assert!(account.dates.iter().any(|dating| dating.there.is_some()));
    // What has not come yet is not told as if it had.
    let known = account.here.length();
    assert!(
        account
            .dates
            .iter()
            .all(|dating| dating.here.is_none_or(|turn| turn <= known))
    );
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    let before = bench.game.around.entered.at_end;
    bench.click("At its end");
    assert_ne!(bench.game.around.entered.at_end, before);
}

#[test]
fn the_page_against_the_record_is_written_as_a_table_and_as_a_text() {
    let folder = Folder::new("written");
    let mut bench = watched(&folder);
    entered(&mut bench, "Round the shoal");
    bench.game.apply(UiAction::Around(Act::Open(Leaf::Against)));
    let promise = bench.game.session.as_ref().and_then(|s| s.against.clone());
    assert!(promise.expect("it was asked for").wait().is_ok());
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    let mut written = Vec::new();
    for button in [
        "Write both lines as a table",
        "Write this page as a text",
        "Write this page as a text",
    ] {
        bench.click(button);
        let path = bench
            .game
            .around
            .entered
            .written
            .clone()
            .expect("it was tried");
        written.push(path.expect("it was written"));
        bench.frame(Vec::new());
    }
    let [table, text, again] = &written[..] else {
        panic!("three files: {written:?}")
    };
    assert!(table.ends_with("Round the shoal.csv") && text.ends_with("Round the shoal.txt"));
    assert_ne!(text, again, "nothing is written over");
    let table = std::fs::read(table).expect("it is there");
    let mut reader = csv::Reader::from_reader(&table[..]);
    let wars: std::collections::BTreeSet<String> = reader
        .records()
        .map(|row| row.expect("a row")[0].to_owned())
        .collect();
    assert_eq!(wars.len(), 2, "{wars:?}");
    let text = std::fs::read_to_string(text).expect("it is there");
    assert!(text.contains("Dates, in the record and here"), "{text}");
}
