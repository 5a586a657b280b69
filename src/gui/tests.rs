//! The panels without a window: a frame is laid out, a button found by its words, the pointer put on it.

mod reading;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bevy_egui::egui::{self, Context, Event, PointerButton, Pos2, RawInput, Rect, Vec2};

use super::{Asking, Game, Options, Start, UiAction, picture::Picture, screen, theme};
use crate::{
    chart::Tag,
    content::{Catalog, Key},
    sim::order::{Action, Order, Pace},
    war::{
        mods::{Loaded, Places},
        store,
    },
};

mod around;
mod film;
mod follow;
mod guide;
mod history;
mod leaving;
mod live;
mod rest;
mod shelf;
mod telling;

/// A folder of its own for each test, gone afterwards.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("angelfire-gui-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The window without a window: frames, pointer and keys.
pub(super) struct Bench {
    pub(super) ctx: Context,
    pub(super) game: Game,
    picture: Picture,
}

impl Bench {
    pub(super) fn new(folder: &Folder) -> Self {
        let catalog = Arc::new(Catalog::shipped());
        let scenario = catalog
            .first()
            .map(|(key, _)| key.clone())
            .expect("a scenario is shipped");
        let game = Game::open(Options {
            content: Loaded::of(catalog, Vec::new()),
            places: Places::default(),
            start: Start::Scenario(scenario),
            seat: None,
            folder: Some(folder.0.clone()),
        })
        .expect("it opens");
        Self::with(game)
    }

    /// A turn ends at once, whatever wants attention.
    pub(super) fn with(mut game: Game) -> Self {
        game.settings.ask_before_ending = false;
        let ctx = Context::default();
        theme::prepare(&ctx);
        theme::apply(&ctx, &game.settings);
        let mut bench = Self {
            ctx,
            game,
            picture: Picture::default(),
        };
        for _ in 0..4 {
            bench.frame(Vec::new());
        }
        bench
    }

    pub(super) fn frame(&mut self, events: Vec<Event>) -> Vec<UiAction> {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 720.0))),
            events,
            ..Default::default()
        };
        let mut actions = Vec::new();
        let Self { ctx, game, picture } = self;
        let mut first = true;
        let mut output = ctx.run_ui(input, |ui| {
            if std::mem::take(&mut first) {
                actions = screen::show(ui.ctx(), game, picture);
            }
        });
        // Nothing is painted here.
        output.textures_delta.clear();
        for action in actions.clone() {
            self.game.apply(action);
        }
        actions
    }

    /// Where a thing is.
    pub(super) fn spot(&self, name: &str) -> Pos2 {
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        let there = spot.filter(|(_, pass)| pass + 2 >= self.ctx.cumulative_pass_nr());
        there
            .unwrap_or_else(|| panic!("`{name}` is not on the screen"))
            .0
    }

    /// Presses a key as `Ctrl+Z`, with the letter that it types.
    pub(super) fn key(&mut self, name: &str) {
        let chord: super::keys::Chord = name.parse().expect("a key");
        let modifiers = egui::Modifiers {
            ctrl: chord.ctrl,
            command: chord.ctrl,
            shift: chord.shift,
            alt: chord.alt,
            ..Default::default()
        };
        let press = |pressed| Event::Key {
            key: chord.key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        let mut events = vec![press(true)];
        let symbol = chord.key.symbol_or_name();
        if symbol.chars().count() == 1 && chord.key.name().chars().count() == 1 && !chord.ctrl {
            events.push(Event::Text(symbol.to_lowercase()));
        }
        events.push(press(false));
        self.frame(events);
        self.frame(Vec::new());
    }

    /// Presses keys one after the other.
    pub(super) fn keys(&mut self, names: &str) {
        for name in names.split(' ') {
            self.key(name);
        }
    }

    pub(super) fn click(&mut self, name: &str) -> Vec<UiAction> {
        self.click_at(self.spot(name))
    }

    pub(super) fn click_at(&mut self, pos: Pos2) -> Vec<UiAction> {
        self.frame(vec![Event::PointerMoved(pos)]);
        let press = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let mut actions = self.frame(vec![press(true), press(false)]);
        actions.extend(self.frame(Vec::new()));
        actions
    }

    pub(super) fn is_shown(&self, name: &str) -> bool {
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        spot.is_some_and(|(_, pass)| pass + 2 >= self.ctx.cumulative_pass_nr())
    }

    /// Orders a force to halt: something that can be lost.
    pub(super) fn plan(&mut self) -> Vec<Order> {
        let session = self.game.session.as_ref().expect("a war is on the table");
        let force = session.view.forces.iter().find(|(_, f)| f.mine);
        let order = Order {
            force: force.expect("the seat has a force").0.clone(),
            action: Action::Halt,
        };
        self.game.apply(UiAction::Give(order));
        self.pending()
    }

    pub(super) fn pending(&self) -> Vec<Order> {
        let session = self.game.session.as_ref();
        session.map(|s| s.pending.clone()).unwrap_or_default()
    }

    pub(super) fn wait(&mut self) {
        for _ in 0..2_000 {
            if !self.game.is_busy() {
                return;
            }
            self.game.poll();
            std::thread::park_timeout(Duration::from_millis(10));
        }
        panic!("the work came to no end");
    }
}

#[test]
fn a_force_is_selected_and_ordered() {
    let folder = Folder::new("ordered");
    let mut bench = Bench::new(&folder);
    let session = bench.game.session.as_ref().expect("a war is on the table");
    let (key, name) = session
        .view
        .forces
        .iter()
        .filter(|(_, f)| f.mine && f.speed > 0)
        .max_by_key(|(_, f)| f.strength)
        .map(|(k, f)| (k.clone(), f.name.clone()))
        .expect("the seat has a fleet");
    bench.click(&name);
    assert_eq!(bench.game.selection.what, Some(Tag::Force(key.clone())));
    bench.frame(Vec::new());
    bench.click("Halt");
    let order = Order {
        force: key.clone(),
        action: Action::Halt,
    };
    assert_eq!(bench.pending(), vec![order]);
    bench.game.apply(UiAction::Undo);
    assert!(bench.pending().is_empty());
    bench.game.apply(UiAction::Redo);
    assert_eq!(bench.pending().len(), 1);
}

#[test]
fn what_is_refused_changes_nothing_and_says_why() {
    let folder = Folder::new("refused");
    let mut bench = Bench::new(&folder);
    let key = bench
        .game
        .session
        .as_ref()
        .and_then(|s| s.view.forces.keys().next().cloned())
        .expect("a force");
    let order = Order {
        force: key,
        action: Action::Go {
            stops: vec![Key::new("nowhere")],
            pace: Pace::Cruise,
        },
    };
    bench.game.apply(UiAction::Give(order));
    assert!(
        bench
            .game
            .session
            .as_ref()
            .is_some_and(|s| s.pending.is_empty())
    );
    assert!(
        bench
            .game
            .message
            .as_ref()
            .is_some_and(|m| m.contains("nowhere")),
        "{:?}",
        bench.game.message
    );
}

#[test]
fn the_window_fits_what_it_shows() {
    let folder = Folder::new("fits");
    let mut bench = Bench::new(&folder);
    let forces: Vec<_> = bench
        .game
        .session
        .as_ref()
        .map(|s| s.view.forces.keys().cloned().collect())
        .unwrap_or_default();
    for force in forces {
        bench
            .game
            .apply(UiAction::Select(Some(Tag::Force(force.clone()))));
        // A long order must not push the docks apart.
        let map = bench.game.session.as_ref().map(|s| s.view.map.clone());
        let along = map.map_or(Vec::new(), |map| {
            map.sectors.keys().take(6).cloned().collect()
        });
        bench.game.apply(UiAction::Give(Order {
            force: force.clone(),
            action: Action::FallBack { along, when: 10 },
        }));
        let pending = bench.pending();
        assert!(pending.iter().any(|o| o.force == force), "{force}");
        for _ in 0..3 {
            bench.frame(Vec::new());
        }
        let width = bench
            .game
            .session
            .as_ref()
            .and_then(|s| s.camera)
            .map_or(0.0, |c| c.size.0);
        assert!(
            (700.0..720.0).contains(&width),
            "{force} leaves the map {width} points"
        );
    }
}

#[test]
fn a_turn_is_resolved_and_reported() {
    let folder = Folder::new("turn");
    let mut bench = Bench::new(&folder);
    bench.click("END TURN");
    bench.wait();
    bench.frame(Vec::new());
    let session = bench.game.session.as_ref().expect("the war goes on");
    assert_eq!(session.view.turn, 2);
    assert_eq!(bench.game.page, super::Page::Film);
}

#[test]
fn keys_do_what_the_page_of_keys_says() {
    use super::{keys::Chord, settings::Settings};
    use egui::Key as K;
    let settings = Settings::default();
    let action = |chord| settings.command(chord).map(super::keys::Command::action);
    assert_eq!(action(Chord::plain(K::Space)), Some(UiAction::EndTurn));
    assert_eq!(action(Chord::ctrl(K::S)), Some(UiAction::Save));
    assert_eq!(action(Chord::plain(K::J)), None);
}

fn turns_in(path: &Path) -> u32 {
    store::load(path).expect("a saved war").length()
}

#[test]
fn a_force_and_its_orders_are_seen_without_scrolling() {
    let folder = Folder::new("inspector");
    let mut bench = Bench::new(&folder);
    let session = bench.game.session.as_ref().expect("a war is on the table");
    let forces = session.view.forces.iter().filter(|(_, f)| f.mine);
    let forces: Vec<_> = forces.map(|(key, _)| key.clone()).collect();
    for force in forces {
        bench
            .game
            .apply(UiAction::Select(Some(Tag::Force(force.clone()))));
        for _ in 0..4 {
            bench.frame(Vec::new());
        }
        let buttons = ["Go ...", "Then ...", "Fall back ...", "Leash", "Policy ..."];
        for button in buttons {
            assert!(bench.is_shown(button), "{force}: `{button}`");
        }
    }
}

#[test]
fn an_earlier_war_of_the_same_seed_is_kept() {
    let folder = Folder::new("second");
    let mut bench = Bench::new(&folder);
    bench.click("END TURN");
    bench.wait();
    let saves = store::saves(&folder.0).expect("a folder");
    assert_eq!(saves.len(), 1);
    bench.game.apply(UiAction::Menu);
    bench.game.apply(UiAction::Begin);
    bench.wait();
    for _ in 0..2 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    assert_eq!(turns_in(&saves[0]), 1, "the first war is as it was left");
    assert_eq!(store::saves(&folder.0).expect("a folder").len(), 2);
}

#[test]
fn a_name_is_asked_and_another_war_is_overwritten_only_if_so_said() {
    let folder = Folder::new("named");
    let mut bench = Bench::new(&folder);
    let path = folder.0.join(format!("Before the Gate{}", store::SUFFIX));
    bench.click("Save");
    bench.frame(Vec::new());
    assert!(!bench.is_shown("Save"), "the bar asks");
    bench.game.apply(UiAction::Named("../elsewhere".to_owned()));
    bench.game.apply(UiAction::Write(false));
    assert!(matches!(
        &bench.game.asking,
        Some(Asking::Name {
            problem: Some(_),
            ..
        })
    ));
    // What is typed goes into the field at once.
    bench.game.apply(UiAction::Named(String::new()));
    bench.frame(Vec::new());
    bench.frame(vec![Event::Text("Before the Gate".into())]);
    bench.frame(Vec::new());
    let enter = |pressed| Event::Key {
        key: egui::Key::Enter,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    };
    bench.frame(vec![enter(true), enter(false)]);
    assert_eq!(bench.game.asking, None);
    assert!(
        !bench.game.is_busy(),
        "Enter is not the end of the turn here"
    );
    assert_eq!(turns_in(&path), 0);

    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    for over in [false, true] {
        bench.game.apply(UiAction::Save);
        bench
            .game
            .apply(UiAction::Named("Before the Gate".to_owned()));
        bench.game.apply(UiAction::Write(over));
        assert_eq!(turns_in(&path), u32::from(over));
        assert_eq!(bench.game.asking.is_none(), over);
        bench.game.apply(UiAction::Stay);
    }
}

#[test]
fn plans_are_kept_on_the_way_out() {
    let folder = Folder::new("plans");
    let mut bench = Bench::new(&folder);
    let plan = bench.plan();
    bench.game.apply(UiAction::Menu);
    assert!(bench.game.session.is_none());
    bench.game.apply(UiAction::LoadLatest);
    bench.wait();
    assert_eq!(bench.pending(), plan);
    bench.game.apply(UiAction::RetractAll);
    bench.game.apply(UiAction::Quit);
    assert!(bench.game.quit);
    let saves = store::saves(&folder.0).expect("a folder");
    let saved = store::load(&saves[0]).expect("a saved war");
    assert!(saves.len() == 1 && saved.pending.is_empty());
}

#[test]
fn a_war_that_cannot_be_kept_is_not_left_unasked() {
    let folder = Folder::new("lost");
    let mut bench = Bench::new(&folder);
    bench.plan();
    fs::remove_dir_all(&folder.0).expect("the folder goes");
    fs::write(&folder.0, "in the way").expect("a file stands there");
    bench.game.apply(UiAction::Quit);
    assert!(!bench.game.quit && bench.game.session.is_some());
    for _ in 0..2 {
        bench.frame(Vec::new());
    }
    bench.click("Stay");
    assert_eq!(bench.game.asking, None);
    bench.game.apply(UiAction::Menu);
    bench.game.apply(UiAction::TryAgain);
    assert!(matches!(bench.game.asking, Some(Asking::Leave { .. })));
    bench.frame(Vec::new());
    bench.frame(Vec::new());
    bench.click("Leave all the same");
    assert!(bench.game.session.is_none() && !bench.game.quit);
}

#[test]
fn the_newest_war_is_another_than_the_one_on_the_table() {
    let folder = Folder::new("latest");
    let mut bench = Bench::new(&folder);
    bench.game.apply(UiAction::LoadLatest);
    assert!(!bench.game.is_busy(), "there is none");
    bench.game.apply(UiAction::Save);
    bench.game.apply(UiAction::Named("first".into()));
    bench.game.apply(UiAction::Write(false));
    for _ in 0..2 {
        bench.game.apply(UiAction::EndTurn);
        bench.wait();
    }
    bench.game.apply(UiAction::LoadLatest);
    bench.wait();
    let turn = bench.game.session.as_ref().map(|s| s.view.turn);
    assert_eq!(turn, Some(1));
    bench.game.apply(UiAction::EndTurn);
    bench.wait();
    let mut turns: Vec<u32> = store::saves(&folder.0)
        .expect("a folder")
        .iter()
        .map(|path| turns_in(path))
        .collect();
    turns.sort_unstable();
    assert_eq!(turns, [0, 1, 2], "the turns already fought are kept");
}

#[test]
fn a_ship_that_was_only_crippled_is_not_lost() {
    let loss = super::panels::account::Loss {
        hp: 400,
        crippled: 3,
        ..Default::default()
    };
    let words = loss.words();
    assert!(
        words.ends_with("SP: 3 crippled") && !words.contains("0 ships"),
        "{words}"
    );
}

#[test]
fn the_score_stands_in_the_order_of_the_scenario() {
    let folder = Folder::new("order");
    let bench = Bench::new(&folder);
    let session = bench.game.session.as_ref().expect("a war is on the table");
    let verdict = &session.scenario.verdict;
    let shown: Vec<_> = session.view.ledger.iter().map(|l| l.term.clone()).collect();
    assert_eq!(shown, verdict.order);
    assert_eq!(shown.len(), verdict.terms.len());
    assert!(!shown.is_sorted(), "an order of names would prove nothing");
}
