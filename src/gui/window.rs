//! The Bevy side: a window, a camera, egui in it. Draws only when something has changed.

use std::{
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
};

use bevy::{
    log::{Level, LogPlugin},
    prelude::*,
    window::{PresentMode, RequestRedraw, WindowCloseRequested, WindowResolution},
    winit::WinitSettings,
};
use bevy_egui::{EguiContexts, EguiPlugin, EguiPrimaryContextPass};

use super::{Error, Game, map::Picture, screen, script, settings::Settings, theme};

/// Size of the window at first, points.
const SIZE: (u32, u32) = (1280, 720);

#[derive(Resource)]
pub(super) struct Shown {
    pub(super) game: Game,
    picture: Picture,
    /// What the window is styled by; none before its first frame.
    styled: Option<Settings>,
}

/// Opens the window and comes back when it is closed.
///
/// # Errors
/// If display or graphics fail, now or later.
pub fn run(game: Game) -> Result<(), Error> {
    let last_words = Arc::new(Mutex::new(String::new()));
    let heard = last_words.clone();
    let before = panic::take_hook();
    // What breaks in here is told in one sentence, once, by the caller.
    panic::set_hook(Box::new(move |what| {
        let words = what.payload_as_str().unwrap_or("no reason was given");
        if let Ok(mut heard) = heard.lock()
            && heard.is_empty()
        {
            words
                .lines()
                .next()
                .unwrap_or_default()
                .clone_into(&mut heard);
        }
    }));
    let outcome = catch_unwind(AssertUnwindSafe(move || app(game).run()));
    panic::set_hook(before);
    let words = last_words.lock().map(|w| w.clone()).unwrap_or_default();
    match outcome {
        Ok(AppExit::Success) => Ok(()),
        Ok(AppExit::Error(code)) => Err(Error::Lost(format!("it ended with {code}"))),
        Err(_) => Err(Error::Lost(plain(&words))),
    }
}

/// What broke, without the innards of the libraries.
fn plain(words: &str) -> String {
    let known = [
        ("event loop", "the display does not answer"),
        ("GPU", "no graphics adapter was found"),
        ("adapter", "no graphics adapter was found"),
        ("surface", "the display cannot be drawn on"),
    ];
    known
        .iter()
        .find(|(sign, _)| words.contains(sign))
        .map_or_else(
            || {
                if words.is_empty() {
                    "it broke".to_owned()
                } else {
                    words.chars().take(120).collect()
                }
            },
            |(_, said)| (*said).to_owned(),
        )
}

fn app(game: Game) -> App {
    let window = Window {
        title: "Angelfire".into(),
        resolution: WindowResolution::new(SIZE.0, SIZE.1),
        present_mode: PresentMode::AutoVsync,
        resize_constraints: bevy::window::WindowResizeConstraints {
            min_width: 960.0,
            min_height: 600.0,
            ..Default::default()
        },
        ..Default::default()
    };
    let ground = theme::palette().ground;
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(window),
                close_when_requested: false,
                ..Default::default()
            })
            .set(LogPlugin {
                level: Level::ERROR,
                filter: "off,angelfire=warn".into(),
                ..Default::default()
            }),
    )
    .add_plugins(EguiPlugin::default())
    .insert_resource(ClearColor(Color::srgb_u8(ground.r, ground.g, ground.b)))
    .insert_resource(WinitSettings::desktop_app())
    .insert_resource(Shown {
        game,
        picture: Picture::default(),
        styled: None,
    })
    .add_systems(Startup, |mut commands: Commands| {
        commands.spawn((Camera2d, Msaa::Off));
    })
    .add_systems(Update, (take_up, close).chain())
    .add_systems(EguiPrimaryContextPass, draw);
    script::plugin(&mut app);
    app
}

/// Takes up what other threads have done, and asks for frames while they work.
fn take_up(mut shown: ResMut<Shown>, mut redraw: MessageWriter<RequestRedraw>) {
    if shown.game.is_busy() || shown.game.is_thinking() {
        shown.game.poll();
        redraw.write(RequestRedraw);
    }
}

/// Leaves when the window is closed or the menu says so, once what is planned is kept.
fn close(
    mut shown: ResMut<Shown>,
    mut asked: MessageReader<WindowCloseRequested>,
    mut exit: MessageWriter<AppExit>,
) {
    if asked.read().next().is_some() {
        shown.game.apply(super::UiAction::Quit);
    }
    if shown.game.quit && !shown.game.is_busy() {
        exit.write(AppExit::Success);
    }
}

/// Draws the game and carries out what was done at it.
fn draw(mut contexts: EguiContexts, mut shown: ResMut<Shown>) -> Result {
    let ctx = contexts.ctx_mut()?;
    let Shown {
        game,
        picture,
        styled,
    } = &mut *shown;
    if styled.as_ref() != Some(&game.settings) {
        let is_first = styled.replace(game.settings.clone()).is_none();
        if is_first {
            theme::prepare(ctx);
        }
        theme::apply(ctx, &game.settings);
        ctx.request_repaint();
        // Fonts are there from the next frame on.
        if is_first {
            return Ok(());
        }
    }
    let actions = screen::show(ctx, game, picture);
    if !actions.is_empty() {
        ctx.request_repaint();
    }
    for action in actions {
        game.apply(action);
    }
    Ok(())
}
