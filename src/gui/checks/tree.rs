//! A war fought by the tree that a screen reader is given, and by nothing else: things are found by what they are and
//! what they are called, and pressed as a screen reader presses them.

use std::{path::PathBuf, time::Duration};

use bevy_egui::egui::{self, Vec2, accesskit::Role};
use egui_kittest::{
    Harness, Node,
    kittest::{AccessKitNode, NodeT, Queryable},
};

use super::stage::{folder, options};
use crate::{
    gui::{Game, Start, picture::Picture, screen, theme},
    war::store,
};

/// The game as a screen reader knows it.
struct Table {
    game: Game,
    picture: Picture,
}

/// A window that only its tree can reach.
struct Reader {
    window: Harness<'static, Table>,
    folder: PathBuf,
}

impl Reader {
    fn new(name: &str) -> Self {
        let folder = folder(name);
        let game = Game::open(options(Start::Menu, folder.clone())).expect("the menu opens");
        let mut styled = 0;
        let show = move |ui: &mut egui::Ui, table: &mut Table| {
            let ctx = ui.ctx().clone();
            if styled == 0 {
                theme::prepare(&ctx);
            }
            theme::apply(&ctx, &table.game.settings);
            styled += 1;
            // Letters are there from the second frame on.
            if styled > 1 {
                for action in screen::show(&ctx, &table.game, &mut table.picture) {
                    table.game.apply(action);
                }
            }
        };
        let table = Table {
            game,
            picture: Picture::default(),
        };
        let window = Harness::builder()
            .with_size(Vec2::new(1280.0, 720.0))
            .build_ui_state(show, table);
        let mut reader = Self { window, folder };
        reader.rest();
        reader
    }

    fn rest(&mut self) {
        self.window.run_steps(4);
    }

    /// Waits until no work is under way.
    fn wait(&mut self) {
        for _ in 0..6_000 {
            if !self.window.state().game.is_busy() {
                self.rest();
                return;
            }
            self.window.state_mut().game.poll();
            std::thread::park_timeout(Duration::from_millis(10));
        }
        panic!("the work came to no end");
    }

    /// A thing of this kind and name, if there is one that can be pressed.
    fn find(&self, role: Role, name: &str) -> Option<Node<'_>> {
        let name = name.to_owned();
        let is_it = move |node: &AccessKitNode| {
            node.role() == role && node.label().as_deref() == Some(&name) && !node.is_disabled()
        };
        self.window.query_all_by(is_it).next()
    }

    /// The whole name of the first thing of this kind that begins so.
    #[track_caller]
    fn begins_with(&self, role: Role, words: &str) -> String {
        let begins = |node: &AccessKitNode| {
            node.role() == role && node.label().is_some_and(|label| label.starts_with(words))
        };
        let found = self.window.query_all_by(begins).next();
        let name = found.and_then(|node| node.accesskit_node().label());
        name.unwrap_or_else(|| {
            panic!(
                "no {role:?} begins with `{words}` in\n{}",
                self.names().join("\n")
            )
        })
    }

    #[track_caller]
    fn press(&mut self, role: Role, name: &str) {
        match self.find(role, name) {
            Some(node) => node.click_accesskit(),
            None => panic!(
                "there is no {role:?} `{name}` in\n{}",
                self.names().join("\n")
            ),
        }
        self.rest();
    }

    /// Types into a field as dictation does.
    #[track_caller]
    fn type_into(&mut self, name: &str, words: &str) {
        match self.find(Role::TextInput, name) {
            Some(node) => node.focus(),
            None => panic!("there is no field `{name}` in\n{}", self.names().join("\n")),
        }
        self.rest();
        self.window.event(egui::Event::Text(words.to_owned()));
        self.rest();
    }

    fn says(&self, words: &str) -> bool {
        let words = words.to_owned();
        let says = move |node: &AccessKitNode| {
            node.label().as_deref() == Some(&words) || node.value().as_deref() == Some(&words)
        };
        self.window.query_all_by(says).next().is_some()
    }

    /// The turn that is told.
    fn turn(&self) -> u32 {
        let names = self.names().join("\n");
        let after = names
            .split("turn ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        let turn = after.and_then(|n| n.parse().ok());
        turn.unwrap_or_else(|| panic!("no turn is told:\n{names}"))
    }

    fn names(&self) -> Vec<String> {
        let all = self.window.root().children_recursive();
        all.map(|node| {
            let node = node.accesskit_node();
            format!("{:?} {:?} {:?}", node.role(), node.label(), node.value())
        })
        .collect()
    }
}

#[test]
fn a_war_is_begun_fought_saved_left_and_gone_on_with_by_its_tree_alone() {
    let mut reader = Reader::new("tree");
    reader.press(Role::Button, "Begin");
    reader.wait();
    reader.press(Role::Button, "To the table");
    assert_eq!(reader.turn(), 1);

    let stage = reader.window.state();
    let session = stage.game.session.as_ref().expect("a war is on the table");
    let fleets = session
        .view
        .forces
        .values()
        .filter(|f| f.mine && f.speed > 0);
    let fleet = fleets.max_by_key(|f| f.strength).expect("a fleet");
    let name = fleet.name.clone();
    let row = reader.begins_with(Role::Button, &name);
    reader.press(Role::Button, &row);
    reader.press(Role::Button, "Halt H");
    assert!(
        reader.says("1 ORDERS") || reader.says("1 ORDER"),
        "{}",
        reader.names().join("\n")
    );

    // What wants attention is said first; pressed again, END TURN takes that back, and only the list ends the turn.
    reader.press(Role::Button, "END TURN");
    assert_eq!(reader.turn(), 1);
    assert!(reader.says("Do not ask"), "{}", reader.names().join("\n"));
    reader.press(Role::Button, "END TURN");
    assert_eq!(reader.turn(), 1);
    assert!(!reader.says("Do not ask"));
    reader.press(Role::Button, "END TURN");
    reader.press(Role::Button, "End turn all the same");
    reader.wait();
    assert_eq!(reader.turn(), 2);
    reader.press(Role::Button, "SKIP FILM");
    reader.press(Role::Button, "Report");
    assert!(reader.says("Report of turn 1"));

    reader.press(Role::Button, "Save");
    reader.type_into("Save as", " by ear");
    reader.press(Role::Button, "Write");
    let saves = store::saves(&reader.folder).expect("the folder is read");
    assert!(
        saves
            .iter()
            .any(|path| path.to_string_lossy().contains("by ear")),
        "{saves:?}"
    );
    reader.press(Role::Button, "Menu");
    assert!(reader.find(Role::Button, "Begin").is_some());
    reader.press(Role::Button, "Continue");
    reader.wait();
    assert_eq!(reader.turn(), 2);
    reader.press(Role::Button, "Menu");
    reader.press(Role::Button, "Quit");
    assert!(reader.window.state().game.quit);
}
