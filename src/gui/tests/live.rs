//! Content that changes while the game is open.

use std::{fs, path::PathBuf, thread, time::Duration};

use super::*;
use crate::{
    content::copied,
    gui::{
        around::{self, Leaf},
        live::{Act, Way},
    },
    war::{
        mods::{Choice, Places},
        record,
    },
};

/// A mod that changes a class, in the folder of a game.
struct Mod(PathBuf);

impl Mod {
    fn new(folder: &Folder, id: &str) -> Self {
        let path = folder.0.join("mods").join(id);
        fs::create_dir_all(path.join("rules")).expect("a folder");
        let about = format!("(id: \"{id}\", name: \"The {id}\", version: \"1\", game: \"0.1\")");
        fs::write(path.join("mod.ron"), about).expect("it is written");
        Self(path)
    }

    /// Saves the class with this name and this hull.
    fn save(&self, name: &str, hull: &str) {
        let text = format!(
            "[(id: \"battleship\", name: \"{name}\", role: Capital, hull: {hull}, speed: 200, \
             weapons: {{\"angelfire\": 1, \"missiles\": 1}}, \
             magazine: {{\"angelfire\": 9, \"missiles\": 5}})]"
        );
        fs::write(self.0.join("rules/classes.ron"), text).expect("it is written");
    }
}

fn places(folder: &Folder) -> Places {
    Places {
        home: Some(folder.0.clone()),
        ..Places::default()
    }
}

fn open(folder: &Folder, start: Start) -> Bench {
    let places = places(folder);
    let game = Game::open(Options {
        content: places.load().expect("the folder is read"),
        places,
        start,
        seat: None,
        folder: Some(folder.0.clone()),
    });
    Bench::with(game.expect("it opens"))
}

fn at_the_table(folder: &Folder) -> Bench {
    let catalog = Catalog::shipped();
    let (scenario, _) = catalog.first().expect("a scenario is shipped");
    open(folder, Start::Scenario(scenario.clone()))
}

impl Bench {
    /// What is saved is read and taken up.
    fn read(&mut self) {
        self.game.read_content();
        self.game.poll();
        self.wait();
        self.frame(Vec::new());
        self.frame(Vec::new());
    }

    fn turn(&mut self) {
        self.game.apply(UiAction::EndTurn);
        self.wait();
        self.game.poll();
    }

    /// Waits until content has changed another time.
    fn hear(&mut self, edition: u32) {
        for _ in 0..2_000 {
            self.game.poll();
            if self.game.live.edition == edition {
                return;
            }
            thread::park_timeout(Duration::from_millis(10));
        }
        panic!("nothing was heard of it");
    }

    fn said(&self) -> &str {
        self.game.message.as_deref().unwrap_or_default()
    }

    /// The class as the seat at the table knows it.
    fn class(&self) -> (String, i32) {
        let session = self.game.session.as_ref().expect("a war");
        let class = &session.view.rules.classes["battleship"];
        (class.name.clone(), class.hull)
    }

    /// The turns from which on other content counts, by the record.
    fn noted(&self) -> Vec<u32> {
        let session = self.game.session.as_ref().expect("a war");
        let war = session.war.as_ref().expect("it is at rest");
        war.record()
            .changes
            .iter()
            .map(|change| change.turn)
            .collect()
    }

    fn mods(&mut self, act: Act) {
        self.game.apply(UiAction::Around(around::Act::Mods(act)));
    }
}

#[test]
fn a_saved_class_counts_from_the_next_turn_on_and_the_record_notes_it() {
    let folder = Folder::new("live-table");
    let spice = Mod::new(&folder, "spice");
    spice.save("Battleship", "100");
    let mut bench = at_the_table(&folder);
    let ordered = bench.plan();
    spice.save("Battleship", "110");
    bench.read();
    assert_eq!(bench.class().1, 100);
    assert!(bench.said().contains("turn 2"), "{}", bench.said());
    assert_eq!(bench.pending(), ordered);
    bench.turn();
    assert_eq!((bench.class().1, bench.noted()), (110, vec![2]));
    assert!(bench.said().contains("taken over with turn 2"));
    assert!(!bench.game.film.is_running() || bench.game.film.tape().is_some());

    // A broken save changes nothing, and is shown in place.
    spice.save("Battleship", "many");
    bench.read();
    let wrong = bench.game.live.wrong();
    assert!(bench.game.live.stays);
    let problem = &wrong[0].problem;
    assert!(
        problem.line.contains("rules/classes.ron:1:"),
        "{}",
        problem.line
    );
    assert!(problem.text.contains('^') && problem.text.contains("many"));
    assert!(bench.says("cannot be used as it is saved"));
    assert!(bench.says("^"), "it is shown in place");
    bench.turn();
    assert_eq!((bench.class().1, bench.noted()), (110, vec![2]));
    bench.click("Fold");
    assert!(!bench.says("^"));
    bench.click("Put away");
    assert!(!bench.says("cannot be used as it is saved"));

    // Mended, it counts again.
    spice.save("Battleship", "120");
    bench.read();
    assert!(bench.game.live.wrong().is_empty() && !bench.game.live.stays);
    bench.turn();
    assert_eq!((bench.class().1, bench.noted()), (120, vec![2, 4]));

    // Texts count at once.
    spice.save("Ship of the line", "120");
    bench.read();
    let named = ("Ship of the line".to_owned(), 120);
    assert_eq!((bench.class(), bench.noted()), (named, vec![2, 4]));
    assert!(bench.said().contains("taken over"), "{}", bench.said());

    // What is on disk can be proved from the last change on.
    bench.turn();
    let session = bench.game.session.as_ref().expect("a war");
    let war = session.war.as_ref().expect("it is at rest");
    let path = war.autosave.as_ref().expect("it is saved");
    let reading = store::read(path).expect("it is read");
    let proof = record::verify(&bench.game.catalog, &reading).expect("it fits");
    assert_eq!(proof.proved, Some((4, 4)));
    assert_eq!(proof.foreign.map(|foreign| foreign.until), Some(3));
}

#[test]
fn what_was_broken_from_the_start_comes_into_use_when_it_is_mended() {
    let folder = Folder::new("live-start");
    let spice = Mod::new(&folder, "spice");
    spice.save("Battleship", "many");
    let other = Mod::new(&folder, "other");
    let mut bench = open(&folder, Start::Menu);
    assert_eq!(bench.game.live.wrong().len(), 1);
    assert!(bench.says("The spice cannot be used"));
    assert!(bench.is_shown("Show it in place"));
    let hull = |bench: &Bench| bench.game.catalog.rules.classes["battleship"].hull;
    // Another mod is taken over all the same.
    fs::write(
        other.0.join("rules/stocks.ron"),
        "[(id: \"ice\", name: \"Ice\")]",
    )
    .expect("it is written");
    bench.read();
    assert!(bench.game.catalog.rules.stocks.contains_key("ice"));
    assert_eq!((hull(&bench), bench.game.live.edition), (100, 1));
    spice.save("Battleship", "110");
    bench.read();
    assert_eq!((hull(&bench), bench.game.live.edition), (110, 2));
    assert!(bench.game.live.wrong().is_empty());
    assert!(bench.said().contains("taken over"));
    // What is read again and is the same is no change.
    bench.read();
    assert_eq!(bench.game.live.edition, 2);
}

#[test]
fn files_are_watched() {
    let folder = Folder::new("live-watched");
    let spice = Mod::new(&folder, "spice");
    spice.save("Battleship", "100");
    let mut bench = open(&folder, Start::Menu);
    bench.game.watch_content();
    // As soon as it is watched; whoever saves before that is heard of by the next save.
    thread::park_timeout(Duration::from_millis(500));
    spice.save("Battleship", "1100");
    bench.hear(1);
    assert_eq!(bench.game.catalog.rules.classes["battleship"].hull, 1100);
    fs::remove_dir_all(&spice.0).expect("it is removed");
    bench.hear(2);
    assert_eq!(bench.game.catalog.rules.classes["battleship"].hull, 100);
    assert!(bench.game.live.mods.is_empty());
}

#[test]
fn a_war_that_cannot_go_on_with_it_keeps_what_it_has() {
    let folder = Folder::new("live-refused");
    let catalog = Catalog::shipped();
    let (scenario, _) = catalog.first().expect("a scenario is shipped");
    let files = copied(scenario.as_str(), "copy", None).expect("it is shipped");
    let path = folder.0.join("mods/copy");
    store::write_mod(&path, &files).expect("it is written");
    let mut bench = open(&folder, Start::Scenario(Key::new("copy")));
    fs::remove_dir_all(&path).expect("it is removed");
    bench.read();
    assert!(!bench.game.catalog.scenarios.contains_key("copy"));
    for turn in [2, 3] {
        bench.turn();
        let session = bench.game.session.as_ref().expect("the war goes on");
        assert_eq!(session.view.turn, turn);
        assert!(session.catalog.scenarios.contains_key("copy"));
        let wrong = bench.game.live.wrong();
        assert!(wrong[0].problem.line.contains("no scenario `copy`"));
    }
    assert!(bench.noted().is_empty());
    assert!(bench.says("This war goes on with the content it has"));
    bench.game.apply(UiAction::Menu);
    bench.frame(Vec::new());
    assert!(bench.game.choice.scenario.is_some());
}

#[test]
fn mods_are_turned_off_and_put_in_order() {
    let folder = Folder::new("live-manager");
    for (id, hull) in [("alpha", "110"), ("beta", "120")] {
        Mod::new(&folder, id).save("Battleship", hull);
    }
    let mut bench = open(&folder, Start::Menu);
    let hull = |bench: &Bench| bench.game.catalog.rules.classes["battleship"].hull;
    let ids = |bench: &Bench| -> Vec<String> {
        let mods = bench.game.live.mods.iter();
        mods.map(|row| row.about.id.clone()).collect()
    };
    assert_eq!(hull(&bench), 120);
    bench.key("Shift+F10");
    assert_eq!(bench.game.around.leaf, Some(Leaf::Mods));
    for _ in 0..3 {
        bench.frame(Vec::new());
    }
    bench.click("The beta: Off");
    bench.hear(1);
    assert_eq!(hull(&bench), 110);
    assert_eq!(Choice::read(&folder.0).0.off, ["beta"]);
    bench.mods(Act::Turn("beta".into(), true));
    bench.hear(2);
    bench.mods(Act::Move("beta".into(), Way::Up));
    bench.hear(3);
    assert_eq!(
        (hull(&bench), ids(&bench)),
        (110, vec!["beta".into(), "alpha".into()])
    );
    assert_eq!(Choice::read(&folder.0).0.order, ["beta", "alpha"]);
    assert!(bench.game.live.held(0, Way::Up).is_some());
    // A file that was broken by hand is kept.
    fs::write(folder.0.join("mods.ron"), "(off: [mine").expect("it is written");
    bench.mods(Act::Turn("alpha".into(), false));
    assert!(bench.said().contains("mods.ron.broken"), "{}", bench.said());
    bench.hear(4);
    assert_eq!(hull(&bench), 120);
}

#[test]
fn what_is_chosen_of_mods_and_cannot_be_read_leaves_things_as_they_are() {
    let folder = Folder::new("live-choice");
    Mod::new(&folder, "alpha").save("Battleship", "110");
    fs::write(folder.0.join("mods.ron"), "(off: [\"alpha\"])").expect("it is written");
    let mut bench = open(&folder, Start::Menu);
    let hull = |bench: &Bench| bench.game.catalog.rules.classes["battleship"].hull;
    assert_eq!(hull(&bench), 100);
    fs::write(folder.0.join("mods.ron"), "(of: [\"alpha\"])").expect("it is written");
    bench.read();
    assert_eq!(hull(&bench), 100);
    assert!(bench.says("Which mods are on cannot be read"));
    let text = &bench.game.live.wrong()[0].problem.text;
    assert!(text.contains("`off`") && text.contains('^'), "{text}");
    fs::write(folder.0.join("mods.ron"), "()").expect("it is written");
    bench.read();
    assert_eq!(hull(&bench), 110);
}
