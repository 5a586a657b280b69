//! The pages around the war by their accessibility tree, without a window: what a screen reader reads and a keyboard
//! reaches.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bevy_egui::egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use super::{
    super::{
        Game, Options, Start, UiAction,
        around::{Act, Leaf},
        keys::{Chord, Command},
        picture::Picture,
        screen,
        settings::{FILE, Settings},
        shelf, theme,
    },
    Folder,
};
use crate::{
    chart::Look,
    content::{Catalog, Key as Name, Scenario, Seat},
    sim::order::{Action, Order},
    war::{
        Player, Setup, War,
        mods::{Loaded, Places},
        store,
    },
};

struct Desk {
    game: Game,
    picture: Picture,
    actions: Vec<UiAction>,
}

type Bench = Harness<'static, Desk>;

fn open(folder: &Path, start: Start) -> Game {
    Game::open(Options {
        content: Loaded::of(Arc::new(Catalog::shipped()), Vec::new()),
        places: Places::default(),
        start,
        seat: None,
        folder: Some(folder.to_owned()),
    })
    .expect("it opens")
}

fn bench(game: Game) -> Bench {
    let desk = Desk {
        game,
        picture: Picture::default(),
        actions: Vec::new(),
    };
    let mut is_ready = false;
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1280.0, 720.0))
        .build_ui_state(
            move |ui, desk: &mut Desk| {
                if !is_ready {
                    theme::prepare(ui.ctx());
                    theme::apply(ui.ctx(), &desk.game.settings);
                    is_ready = true;
                    return;
                }
                let actions = screen::show(ui.ctx(), &desk.game, &mut desk.picture);
                desk.actions.extend(actions.iter().cloned());
                for action in actions {
                    desk.game.apply(action);
                }
            },
            desk,
        );
    steps(&mut harness);
    harness
}

/// Some frames: what is asked for in one is shown in the next.
fn steps(bench: &mut Bench) {
    for _ in 0..4 {
        bench.step();
    }
}

fn click(bench: &mut Bench, label: &str) {
    // As a screen reader presses it: what lies further down is scrolled to.
    bench.get_by_label(label).click_accesskit();
    steps(bench);
}

fn press(bench: &mut Bench, key: Key) {
    bench.key_press(key);
    steps(bench);
}

fn wait(bench: &mut Bench) {
    for _ in 0..2_000 {
        if !bench.state().game.is_busy() {
            steps(bench);
            return;
        }
        bench.state_mut().game.poll();
        std::thread::park_timeout(Duration::from_millis(10));
    }
    panic!("the work came to no end");
}

/// The scenario that the menu opens with.
fn first_scenario() -> (Name<Scenario>, Vec<Name<Seat>>) {
    let catalog = Catalog::shipped();
    let (key, scenario) = catalog.first().expect("a scenario");
    (key.clone(), scenario.seats.keys().cloned().collect())
}

/// A war that two people play, saved.
fn shared(folder: &Path) -> PathBuf {
    let (scenario, seats) = first_scenario();
    let setup = seats
        .iter()
        .fold(Setup::new(scenario.as_str(), 7), |setup, seat| {
            setup.with(seat.as_str(), Player::Person)
        });
    let war = War::begin(Arc::new(Catalog::shipped()), setup).expect("it begins");
    let path = folder.join(format!("shared{}", store::SUFFIX));
    store::save(&path, war.record()).expect("it is saved");
    path
}

/// Walks with a key until what it is on is called so.
fn walk_to(bench: &mut Bench, key: Key, label: &str) {
    for _ in 0..60 {
        if bench
            .query_by_label(label)
            .is_some_and(|node| node.is_focused())
        {
            return;
        }
        press(bench, key);
    }
    panic!("`{label}` is not reached by {key:?}");
}

#[test]
fn a_war_is_begun_by_keys_alone() {
    let folder = Folder::new("keys");
    let mut bench = bench(open(&folder.0, Start::Menu));
    let seats = &bench.state().game.catalog.scenarios[&first_scenario().0].seats;
    let last = seats.values().last().expect("a seat").name.clone();
    walk_to(&mut bench, Key::Tab, &last);
    press(&mut bench, Key::Enter);
    walk_to(&mut bench, Key::Tab, "green");
    press(&mut bench, Key::Space);
    walk_to(&mut bench, Key::Tab, "Begin");
    press(&mut bench, Key::Enter);
    wait(&mut bench);
    assert!(bench.query_by_label("Briefing").is_some());
    walk_to(&mut bench, Key::Tab, "To the table");
    press(&mut bench, Key::Enter);
    let game = &bench.state().game;
    let session = game.session.as_ref().expect("a war is on the table");
    assert_eq!(session.seat, *first_scenario().1.last().expect("a seat"));
    let war = session.war.as_ref().expect("it is not away");
    let computers = war.record().players.values();
    let green = Player::Computer(crate::ai::Level::Green);
    assert_eq!(computers.filter(|player| **player == green).count(), 1);
    assert_eq!(game.around.leaf, None);
}

#[test]
fn arrows_walk_over_the_menu_and_pages_open_and_close_by_key() {
    let folder = Folder::new("arrows");
    let mut bench = bench(open(&folder.0, Start::Menu));
    press(&mut bench, Key::ArrowDown);
    let before = bench.ctx.memory(|memory| memory.focused());
    assert!(before.is_some(), "the first arrow finds a way in");
    press(&mut bench, Key::ArrowDown);
    assert_ne!(bench.ctx.memory(|memory| memory.focused()), before);
    for (key, leaf) in [
        (Key::F12, Leaf::Help),
        (Key::F10, Leaf::Settings),
        (Key::F7, Leaf::Reference),
    ] {
        press(&mut bench, key);
        assert_eq!(bench.state().game.around.leaf, Some(leaf));
        press(&mut bench, Key::Escape);
        assert_eq!(bench.state().game.around.leaf, None);
    }
    press(&mut bench, Key::F4);
    assert_eq!(
        bench.state().game.around.leaf,
        None,
        "there is no war to be briefed for"
    );
}

#[test]
fn between_two_people_nothing_of_the_war_is_shown() {
    let folder = Folder::new("curtain");
    let path = shared(&folder.0);
    let mut bench = bench(open(&folder.0, Start::Record(path)));
    bench.state_mut().game.settings.ask_before_ending = false;
    let game = &bench.state().game;
    let session = game.session.as_ref().expect("a war is on the table");
    let seats: Vec<String> = session
        .scenario
        .seats
        .values()
        .map(|s| s.name.clone())
        .collect();
    let forces: Vec<String> = session
        .view
        .forces
        .values()
        .map(|f| f.name.clone())
        .collect();
    let hidden = |bench: &Bench| {
        for name in &forces {
            assert!(bench.query_by_label(name).is_none(), "{name} is shown");
        }
        assert!(bench.query_by_label("END TURN").is_none());
    };
    hidden(&bench);
    // Keys of the table do nothing here.
    for key in [Key::Space, Key::R, Key::F4, Key::F10] {
        press(&mut bench, key);
    }
    assert!(!bench.state().game.is_busy() && bench.state().game.around.leaf.is_none());
    click(&mut bench, &format!("I am {}", seats[0]));
    click(&mut bench, "To the table");
    assert!(bench.query_by_label("END TURN").is_some());
    let force = {
        let view = &bench.state().game.session.as_ref().expect("a war").view;
        view.forces
            .iter()
            .find(|(_, f)| f.mine)
            .expect("a force")
            .0
            .clone()
    };
    let order = Order {
        force,
        action: Action::Halt,
    };
    bench.state_mut().game.apply(UiAction::Give(order));
    click(&mut bench, "END TURN");
    hidden(&bench);
    click(&mut bench, &format!("Back to {}", seats[0]));
    assert_eq!(
        bench.state().game.session.as_ref().map(|s| s.pending.len()),
        Some(1)
    );
    click(&mut bench, "END TURN");
    click(&mut bench, &format!("I am {}", seats[1]));
    let session = bench.state().game.session.as_ref().expect("a war");
    assert_eq!(session.pending.len(), 0, "it is the other's plan");
    click(&mut bench, "To the table");
    click(&mut bench, "END TURN");
    wait(&mut bench);
    hidden(&bench);
    click(&mut bench, &format!("I am {}", seats[0]));
    let view = &bench.state().game.session.as_ref().expect("a war").view;
    assert_eq!(view.turn, 2);
    // Its picture gives nothing away either.
    assert!(bench.state().game.around.curtain.is_none());
}

#[test]
fn each_person_sees_what_wants_attention_before_handing_over() {
    let folder = Folder::new("each");
    let path = shared(&folder.0);
    let mut bench = bench(open(&folder.0, Start::Record(path)));
    bench.state_mut().game.settings.ask_before_ending = true;
    let seats: Vec<String> = {
        let session = bench.state().game.session.as_ref().expect("a war");
        let all = session.scenario.seats.values();
        all.map(|seat| seat.name.clone()).collect()
    };
    for (n, seat) in seats.iter().enumerate() {
        click(&mut bench, &format!("I am {seat}"));
        click(&mut bench, "To the table");
        click(&mut bench, "END TURN");
        let game = &bench.state().game;
        assert!(game.command.checklist.is_some(), "{seat} has idle forces");
        assert!(game.around.curtain.is_none() && !game.is_busy());
        let last = n + 1 == seats.len();
        click(
            &mut bench,
            if last {
                "End turn all the same"
            } else {
                "Hand over all the same"
            },
        );
        let game = &bench.state().game;
        assert_eq!(game.is_busy(), last);
        if !last {
            assert!(
                game.command.checklist.is_none(),
                "the next sees nothing of it"
            );
            click(&mut bench, &format!("Back to {seat}"));
            let lines = bench.state().game.command.lines.len();
            assert!(lines > 1, "the order of battle is there again");
            click(&mut bench, "END TURN");
            click(&mut bench, "Hand over all the same");
        }
    }
    wait(&mut bench);
    let view = &bench.state().game.session.as_ref().expect("a war").view;
    assert_eq!(view.turn, 2);
}

#[test]
fn keys_are_bound_anew_and_a_clash_is_settled() {
    let folder = Folder::new("bind");
    let mut bench = bench(open(&folder.0, Start::Menu));
    press(&mut bench, Key::F10);
    click(&mut bench, "Save under a name: Change");
    press(&mut bench, Key::F9);
    let save = |bench: &Bench| bench.state().game.settings.chords(Command::Save).to_vec();
    assert_eq!(save(&bench), [Chord::plain(Key::F9)]);
    let kept = fs::read_to_string(folder.0.join(FILE)).expect("they are kept at once");
    assert!(kept.contains("\"F9\""), "{kept}");

    click(&mut bench, "Save under a name: Change");
    bench.key_press_modifiers(Modifiers::CTRL, Key::Z);
    steps(&mut bench);
    assert!(
        bench
            .query_by_label("Ctrl+Z is the key of: Undo.")
            .is_some()
    );
    click(&mut bench, "Swap");
    assert_eq!(save(&bench), [Chord::ctrl(Key::Z)]);
    let settings = bench.state().game.settings.clone();
    assert_eq!(settings.command(Chord::plain(Key::F9)), Some(Command::Undo));
    click(&mut bench, "Undo: As shipped");
    assert_eq!(save(&bench), [], "who had the key has given it back");
    click(&mut bench, "All keys as shipped");
    assert_eq!(bench.state().game.settings, Settings::default());

    click(&mut bench, "Save under a name: Add");
    press(&mut bench, Key::Escape);
    assert_eq!(bench.state().game.around.catching, None);
    assert_eq!(bench.state().game.around.leaf, Some(Leaf::Settings));
}

#[test]
fn settings_hold_at_once_and_are_there_again() {
    let folder = Folder::new("settings");
    let mut bench = bench(open(&folder.0, Start::Menu));
    press(&mut bench, Key::F10);
    for label in [
        "Colours: high contrast",
        "Reduced motion: yes",
        "Frames a second at most: 60",
    ] {
        click(&mut bench, label);
    }
    click(&mut bench, "Size of text and symbols: 250 %");
    let settings = bench.state().game.settings.clone();
    assert_eq!(settings.look, Look::HighContrast);
    assert_eq!((settings.scale, settings.frame_limit), (250, Some(60)));
    assert!(settings.reduced_motion);
    assert_eq!(open(&folder.0, Start::Menu).settings, settings);
    // A full disk, a folder that is gone: said, and asked on the way out.
    fs::remove_dir_all(&folder.0).expect("the folder goes");
    fs::write(&folder.0, "in the way").expect("a file stands there");
    let other = Settings {
        scale: 150,
        ..Settings::default()
    };
    let act = Act::Set(Box::new(other.clone()));
    bench.state_mut().game.apply(UiAction::Around(act));
    steps(&mut bench);
    let game = &bench.state().game;
    assert_eq!(game.settings, other);
    assert!(
        game.message
            .as_ref()
            .is_some_and(|m| m.contains("could not be kept"))
    );
    bench.state_mut().game.apply(UiAction::Around(Act::Close));
    bench.state_mut().game.apply(UiAction::Quit);
    steps(&mut bench);
    assert!(!bench.state().game.quit);
    click(&mut bench, "Leave all the same");
    assert!(bench.state().game.quit);
    let _ = fs::remove_file(&folder.0);
}

#[test]
fn saved_wars_are_listed_with_what_is_wrong_with_them_and_deleted_ones_come_back() {
    let folder = Folder::new("shelf");
    let path = shared(&folder.0);
    let good = fs::read_to_string(&path).expect("a record");
    let write = |name: &str, text: &str| {
        let path = folder.0.join(format!("{name}{}", store::SUFFIX));
        fs::write(path, text).expect("it is written");
    };
    write("changed", &good.replacen("seed: 7", "seed: 8", 1));
    write("no war", "(hello)");
    write("older rules", "");
    let mut record = store::load(&path).expect("a record");
    record.content = "other".into();
    record.mods = vec![crate::war::record::Mod {
        id: "more-ships".into(),
        version: "1.2".into(),
    }];
    store::save(
        &folder.0.join(format!("older rules{}", store::SUFFIX)),
        &record,
    )
    .expect("saved");
    record.scenario = Name::new("the-lost-war");
    store::save(
        &folder.0.join(format!("elsewhere{}", store::SUFFIX)),
        &record,
    )
    .expect("saved");

    let mut game = open(&folder.0, Start::Menu);
    game.around.shelf.wait();
    game.apply(UiAction::Around(Act::Open(Leaf::Saves)));
    game.around.shelf.wait();
    let mut bench = bench(game);
    let said = |bench: &Bench, words: &str| bench.query_all_by_label_contains(words).count();
    assert_eq!(said(&bench, "was changed after it was written"), 1);
    assert_eq!(
        said(&bench, "needs the mod more-ships 1.2, which is not in use"),
        2
    );
    assert_eq!(said(&bench, "goes on from its last snapshot"), 1);
    assert_eq!(said(&bench, "scenario `the-lost-war` is not here"), 1);
    assert_eq!(bench.state().game.around.shelf.wars().len(), 5);
    let broken = bench
        .state()
        .game
        .around
        .shelf
        .wars()
        .iter()
        .find(|s| s.name() == "no war")
        .cloned();
    let problem = broken.expect("it is listed").head.expect_err("it is none");
    assert_eq!(problem.lines().count(), 1, "{problem}");
    assert_eq!(
        bench.get_by_label("Load no war").accesskit_node().role(),
        Role::Button
    );

    fs::write(shelf::picture_of(&path), "a picture").expect("it is written");
    click(&mut bench, "Delete shared");
    bench.state().game.around.shelf.wait();
    steps(&mut bench);
    assert!(!path.exists() && !shelf::picture_of(&path).exists());
    assert!(bench.query_by_label("Load shared").is_none());
    click(&mut bench, "Take it back");
    bench.state().game.around.shelf.wait();
    steps(&mut bench);
    assert!(path.exists() && shelf::picture_of(&path).exists());
    click(&mut bench, "Load shared");
    wait(&mut bench);
    assert!(bench.state().game.session.is_some());
}

#[test]
fn hundreds_of_wars_are_read_elsewhere_and_once() {
    let folder = Folder::new("many");
    let path = shared(&folder.0);
    for n in 0..200 {
        fs::copy(&path, folder.0.join(format!("copy {n}{}", store::SUFFIX))).expect("a copy");
    }
    let mut game = open(&folder.0, Start::Menu);
    game.around.shelf.wait();
    assert_eq!(game.around.shelf.wars().len(), 201);
    fs::remove_file(&path).expect("one goes");
    game.apply(UiAction::Around(Act::Open(Leaf::Saves)));
    game.around.shelf.wait();
    assert_eq!(game.around.shelf.wars().len(), 200);
}

#[test]
fn a_war_cut_short_is_gone_on_with_and_its_plans_are_kept() {
    let folder = Folder::new("cut");
    let (scenario, _) = first_scenario();
    let mut game = open(&folder.0, Start::Scenario(scenario));
    let view = game.session.as_ref().expect("a war").view.clone();
    let force = view.forces.iter().find(|(_, f)| f.mine).expect("a force").0;
    game.apply(UiAction::Give(Order {
        force: force.clone(),
        action: Action::Halt,
    }));
    // The plan is written without being asked for.
    let saved = || store::saves(&folder.0).expect("a folder").first().cloned();
    for _ in 0..1_000 {
        if saved().is_some_and(|path| store::load(&path).is_ok()) {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    // The game ends without a word.
    drop(game);
    let mut bench = bench(open(&folder.0, Start::Menu));
    let words = "The last war was cut short on turn 1; everything planned until then is kept.";
    assert!(bench.query_by_label(words).is_some());
    click(&mut bench, "Continue");
    wait(&mut bench);
    let pending = bench.state().game.session.as_ref().map(|s| s.pending.len());
    assert_eq!(pending, Some(1));
    bench.state_mut().game.apply(UiAction::Menu);
    steps(&mut bench);
    assert!(
        bench.query_by_label(words).is_none(),
        "it was left as it should be"
    );
}

#[test]
fn at_every_size_of_text_each_page_can_be_reached_and_left() {
    let folder = Folder::new("sizes");
    for scale in [75, 100, 200, 250] {
        let mut game = open(&folder.0, Start::Menu);
        game.settings.scale = scale;
        let mut bench = bench(game);
        let factor = scale as f32 / 100.0;
        bench.set_size(Vec2::new(1280.0, 720.0) / factor);
        for leaf in [Leaf::Saves, Leaf::Settings, Leaf::Help, Leaf::Reference] {
            bench
                .state_mut()
                .game
                .apply(UiAction::Around(Act::Open(leaf)));
            steps(&mut bench);
            let room = bench.ctx.content_rect();
            let back = bench.get_by_label("Back").rect();
            assert!(
                room.contains_rect(back),
                "{leaf:?} at {scale} %: {back:?} in {room:?}"
            );
            for button in bench.query_all_by_role(Role::RadioButton) {
                let rect = button.rect();
                assert!(
                    rect.right() <= room.right(),
                    "{leaf:?} at {scale} %: {rect:?}"
                );
            }
            click(&mut bench, "Back");
            assert_eq!(bench.state().game.around.leaf, None);
        }
        let words = ["Settings", "Help", "Quit"];
        for button in words {
            let rect = bench.get_by_label(button).rect();
            assert!(
                rect.right() <= bench.ctx.content_rect().right(),
                "{button} at {scale} %"
            );
        }
    }
}

#[test]
fn a_language_is_read_from_its_folder_alone() {
    let folder = Folder::new("language");
    let german = folder.0.join("text").join("de");
    fs::create_dir_all(&german).expect("a folder");
    fs::write(german.join("menu.ftl"), "menu-quit = Ende\n= nichts\n").expect("it is written");
    fs::create_dir_all(folder.0.join("text").join("no language at all")).expect("a folder");
    let mut game = open(&folder.0, Start::Menu);
    assert_eq!(game.around.languages, ["de"]);
    // What is spoken is the same for all threads: only what is read is looked at here.
    let (files, problems) = crate::gui::tongue::language_files(&german, "de");
    assert_eq!((files.len(), problems.len()), (1, 0));
    for hostile in ["../../etc", "", "xx-no-such", "/"] {
        game.settings.language = hostile.into();
        game.speak();
        assert_eq!(game.around.tongue.len(), 1, "{hostile}");
    }
}
