//! The window's frame without a window: laid out and cut into triangles as the window does it, to be timed and tested.

use std::time::{Duration, Instant};

use bevy_egui::egui::{Context, Event, Pos2, RawInput, Rect, Vec2};

use super::{Game, picture::Picture, screen, theme};

/// A game that draws to nowhere.
pub struct Bare {
    /// The game.
    pub game: Game,
    ctx: Context,
    picture: Picture,
    size: Vec2,
}

/// What a frame was.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// From the input to the triangles, on the thread that draws.
    pub took: Duration,
    /// How often the graphics card is told to draw.
    pub draws: usize,
    /// Corners of triangles.
    pub corners: usize,
    /// Whether another frame would be the same: nothing is being made, nothing was done.
    pub is_still: bool,
}

impl Bare {
    /// The game in a window of this size, points.
    pub fn new(game: Game, size: (f32, f32)) -> Self {
        let ctx = Context::default();
        theme::prepare(&ctx);
        theme::apply(&ctx, &game.settings);
        let mut bare = Self {
            game,
            ctx,
            picture: Picture::default(),
            size: size.into(),
        };
        bare.settle();
        bare
    }

    /// One frame with what happened since the last.
    pub fn frame(&mut self, events: Vec<Event>) -> Frame {
        let begun = Instant::now();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            events,
            ..Default::default()
        };
        let mut actions = Vec::new();
        let Self {
            game, ctx, picture, ..
        } = self;
        let mut is_first = true;
        let mut output = ctx.run_ui(input, |ui| {
            if std::mem::take(&mut is_first) {
                actions = screen::show(ui.ctx(), game, picture);
            }
        });
        let is_still = actions.is_empty() && !picture.is_due();
        for action in actions {
            self.game.apply(action);
        }
        let drawn = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        // Nothing is painted here.
        output.textures_delta.clear();
        let took = begun.elapsed();
        let corners = drawn.iter().map(|part| match &part.primitive {
            bevy_egui::egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
            bevy_egui::egui::epaint::Primitive::Callback(_) => 0,
        });
        Frame {
            took,
            draws: drawn.len(),
            corners: corners.sum(),
            is_still,
        }
    }

    /// Frames until nothing moves any more; how long that took.
    pub fn settle(&mut self) -> Duration {
        let begun = Instant::now();
        for _ in 0..2_000 {
            let frame = self.frame(Vec::new());
            if frame.is_still && !self.game.is_busy() {
                break;
            }
            self.game.poll();
            std::thread::yield_now();
        }
        begun.elapsed()
    }

    /// Where a named thing is on the screen, if it is there.
    pub fn spot(&self, name: &str) -> Option<(f32, f32)> {
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        spot.map(|(at, _)| (at.x, at.y))
    }
}
