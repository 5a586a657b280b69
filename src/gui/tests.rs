//! The panels without a window: a frame is laid out, a button found by its words, the pointer put on it.

use std::{sync::Arc, time::Duration};

use bevy_egui::egui::{self, Context, Event, PointerButton, Pos2, RawInput, Rect, Vec2};

use super::{Game, Options, Start, UiAction, map::Picture, screen, theme};
use crate::{
    chart::Tag,
    content::{Catalog, Key},
    sim::order::{Action, Order, Pace},
};

struct Bench {
    ctx: Context,
    game: Game,
    picture: Picture,
}

impl Bench {
    fn new() -> Self {
        let catalog = Arc::new(Catalog::shipped());
        let scenario = catalog
            .scenarios
            .keys()
            .next()
            .cloned()
            .expect("a scenario is shipped");
        let game = Game::open(Options {
            catalog,
            start: Start::Scenario(scenario),
            seat: None,
        })
        .expect("it opens");
        Self::with(game)
    }

    fn with(game: Game) -> Self {
        let ctx = Context::default();
        theme::apply(&ctx);
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

    fn frame(&mut self, events: Vec<Event>) -> Vec<UiAction> {
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

    fn click(&mut self, name: &str) -> Vec<UiAction> {
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        let (pos, _) = spot.unwrap_or_else(|| panic!("`{name}` is not on the screen"));
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

    fn wait(&mut self) {
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
    let mut bench = Bench::new();
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
    let actions = bench.click("Halt");
    let order = Order {
        force: key.clone(),
        action: Action::Halt,
    };
    assert!(
        actions.contains(&UiAction::Give(order.clone())),
        "{actions:?}"
    );
    let pending = |game: &Game| {
        game.session
            .as_ref()
            .map(|s| s.pending.clone())
            .unwrap_or_default()
    };
    assert_eq!(pending(&bench.game), vec![order]);
    bench.game.apply(UiAction::Undo);
    assert!(pending(&bench.game).is_empty());
    bench.game.apply(UiAction::Redo);
    assert_eq!(pending(&bench.game).len(), 1);
}

#[test]
fn what_is_refused_changes_nothing_and_says_why() {
    let mut bench = Bench::new();
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
    let mut bench = Bench::new();
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
    let mut bench = Bench::new();
    if let Some(session) = &mut bench.game.session {
        session.without_autosave();
    }
    bench.click("END TURN");
    bench.wait();
    bench.frame(Vec::new());
    let session = bench.game.session.as_ref().expect("the war goes on");
    assert_eq!(session.view.turn, 2);
    assert_eq!(bench.game.page, super::Page::Report);
}

#[test]
fn keys_do_what_the_page_of_keys_says() {
    use egui::{Key as K, Modifiers};
    assert_eq!(
        super::keys::action(K::Space, Modifiers::NONE),
        Some(UiAction::EndTurn)
    );
    assert_eq!(
        super::keys::action(K::S, Modifiers::COMMAND),
        Some(UiAction::Save)
    );
    assert_eq!(super::keys::action(K::S, Modifiers::NONE), None);
}
