//! The Bevy side: a window, a camera, egui in it. Draws only when something has changed.

use std::{
    cell::RefCell,
    io::{self, Write},
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use bevy::{
    log::{Level, LogPlugin},
    prelude::*,
    window::{PresentMode, WindowCloseRequested, WindowResolution},
    winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent},
};
use bevy_egui::{
    EguiContexts, EguiInput, EguiPlugin, EguiPreUpdateSet, EguiPrimaryContextPass, egui,
};

use super::{
    Error, Game, blend, job, picture::Picture, plans::Waiting, screen, script, settings::Settings,
    theme, wake, words::say,
};
use crate::chart;

/// Size of the window at first, points.
const SIZE: (u32, u32) = (1280, 720);

#[derive(Resource)]
pub(super) struct Shown {
    pub(super) game: Game,
    pub(super) picture: Picture,
    /// What the window is styled by; none before its first frame.
    styled: Option<(Settings, u32)>,
}

/// Longer than anybody waits: the window draws when something has changed, and not because time has passed.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

/// Opens the window and comes back when it is closed. Whatever becomes of it, the orders given so far are on disk.
///
/// # Errors
/// If display or graphics fail, now or later.
pub fn run(game: Game) -> Result<(), Error> {
    let last_words = Arc::new(Mutex::new(String::new()));
    let heard = last_words.clone();
    let before = panic::take_hook();
    let plans = game.around.plans.waiting();
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
    OPEN.with(|open| open.0.replace(Some(plans.clone())));
    let outcome = catch_unwind(AssertUnwindSafe(move || app(game).run()));
    OPEN.with(|open| open.0.take());
    panic::set_hook(before);
    plans.write();
    let words = last_words.lock().map(|w| w.clone()).unwrap_or_default();
    let kept = say!("lost-kept");
    match outcome {
        Ok(AppExit::Success) => Ok(()),
        Ok(AppExit::Error(code)) => Err(Error::Lost(format!("it ended with {code}{kept}"))),
        Err(_) => Err(Error::Lost(plain(&words) + &kept)),
    }
}

/// The library that talks to an X display ends the process when that goes away, without coming back. What a thread has
/// of its own is still put away then.
struct Open(RefCell<Option<Waiting>>);

thread_local! {
    static OPEN: Open = const { Open(RefCell::new(None)) };
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(plans) = self.0.take() {
            plans.write();
            let why = say!("lost-display") + &say!("lost-kept");
            // Nobody may be listening any more either.
            let _ = writeln!(io::stderr(), "error: {}", Error::Lost(why));
        }
    }
}

/// What broke, without the innards of the libraries.
fn plain(words: &str) -> String {
    let known = [
        ("event loop", say!("lost-no-answer")),
        ("GPU", say!("lost-no-graphics")),
        ("adapter", say!("lost-no-graphics")),
        ("surface", say!("lost-no-drawing")),
    ];
    let said = known.into_iter().find(|(sign, _)| words.contains(sign));
    match said {
        Some((_, said)) => said,
        None if words.is_empty() => say!("lost-broke"),
        None => words.chars().take(120).collect(),
    }
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
    .insert_resource(WinitSettings {
        focused_mode: UpdateMode::reactive_low_power(NEVER),
        unfocused_mode: UpdateMode::reactive_low_power(NEVER),
    })
    .insert_resource(Shown {
        game,
        picture: Picture::default(),
        styled: None,
    })
    .add_systems(Startup, |mut commands: Commands| {
        commands.spawn((Camera2d, Msaa::Off, blend::SPACE));
    })
    .add_systems(Startup, listen)
    .add_systems(First, hold)
    .add_systems(Update, (take_up, close).chain())
    .add_systems(
        PreUpdate,
        hush.after(EguiPreUpdateSet::ProcessInput)
            .before(EguiPreUpdateSet::BeginPass),
    )
    .add_systems(EguiPrimaryContextPass, draw);
    blend::plugin(&mut app);
    script::plugin(&mut app);
    app
}

/// Holds a frame back until it is due, as the settings limit frames.
fn hold(shown: Res<Shown>, mut last: Local<Option<Instant>>) {
    if let Some(last) = *last {
        thread::sleep(early(shown.game.settings.frame_limit, last.elapsed()));
    }
    *last = Some(Instant::now());
}

/// The toolkit tells the panels in every frame which keys are held down, and they ask for another frame whenever they are
/// told something: only what has changed is let through, or the window would draw for ever.
fn hush(mut inputs: Query<&mut EguiInput>, mut held: Local<egui::Modifiers>) {
    for mut input in &mut inputs {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(now) => std::mem::replace(&mut *held, *now) != *now,
            _ => true,
        });
    }
}

/// How much too early a frame is that comes so long after the last, with so many a second at most.
fn early(limit: Option<u32>, since: Duration) -> Duration {
    let least = limit.and_then(|limit| Duration::from_secs(1).checked_div(limit));
    least.unwrap_or_default().saturating_sub(since)
}

/// Lets other threads wake the window.
fn listen(proxy: Res<EventLoopProxyWrapper>) {
    let proxy = (*proxy).clone();
    wake::listen(move || {
        // The window may be gone by then.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
}

/// Takes up what other threads have done. They wake the window when they are done; until then it looks now and then, to
/// say how long they take.
fn take_up(mut shown: ResMut<Shown>) {
    shown.game.poll();
    if shown.game.is_busy() || shown.game.is_thinking() {
        wake::after(job::TICK);
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
pub(super) fn draw(mut contexts: EguiContexts, mut shown: ResMut<Shown>) -> Result {
    let ctx = contexts.ctx_mut()?;
    let Shown {
        game,
        picture,
        styled,
    } = &mut *shown;
    let style = (game.settings.clone(), chart::edition());
    if styled.as_ref() != Some(&style) {
        let is_first = styled.replace(style).is_none();
        if is_first {
            theme::prepare(ctx);
            // What wants a frame later gets it later: the toolkit's own bell rings at once or never.
            ctx.set_request_repaint_callback(|asked| {
                if asked.delay.is_zero() {
                    wake::now();
                } else if asked.delay < NEVER {
                    wake::after(asked.delay);
                }
            });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_keep_to_the_limit_that_is_set() {
        let ms = Duration::from_millis;
        assert_eq!(early(Some(50), ms(5)), ms(15));
        assert_eq!(early(Some(50), ms(20)), ms(0));
        assert_eq!(early(None, ms(0)), ms(0));
    }
}
