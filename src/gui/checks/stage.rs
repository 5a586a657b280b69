//! The game on a screen of any size, without a window: frames are laid out and what they would paint is kept.

use std::{
    collections::BTreeMap,
    env, fs,
    path::PathBuf,
    sync::{Arc, LazyLock, OnceLock},
    time::Duration,
};

use bevy_egui::egui::{
    Color32, ColorImage, Context, Event, FullOutput, ImageData, Modifiers, MouseWheelUnit,
    PointerButton, Pos2, RawInput, Rect, Shape, TextureId, TouchPhase, Vec2, ViewportId,
    epaint::{ClippedShape, Mesh},
};

use super::{guided, recorded, seen::Seen};
use crate::{
    chart::{self, Camera, Look, Tag},
    content::{Catalog, Diagnostics, Force, Key, Layer, Scenario, Sector, Site, Sources},
    gui::{Game, Options, Start, UiAction, paint, picture::Picture, screen, shelf, theme},
    sim::{
        order,
        view::{Contact, SeatView},
    },
    war::{
        Player, Setup, War,
        mods::{Loaded, Places},
        store,
    },
};

/// What every screen is shown with: read once.
pub static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::shipped()));

/// The same with a scenario that has one of each thing of the wider war.
static WIDER: LazyLock<Arc<Catalog>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/wider");
    let layer = Layer::read(path.as_ref()).expect("the folder is read");
    let mut found = Diagnostics::new();
    let catalog = Catalog::load(&[layer], &mut Sources::default(), &mut found);
    Arc::new(catalog)
});

/// Turns of the siege that is gone on with.
const SIEGE: usize = 2;

/// Turns of the war that is gone on with.
const TURNS: usize = 2;

/// A size of the window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Size {
    /// What it is called in a finding.
    pub name: &'static str,
    /// Pixels.
    pub pixels: (f32, f32),
    /// Pixels a point, as the screen says.
    pub density: f32,
    /// Size of type as set, percent.
    pub scale: u32,
}

/// The size at which the game is laid out first.
pub const FIRST: Size = Size {
    name: "1280x720",
    pixels: (1280.0, 720.0),
    density: 1.0,
    scale: 100,
};

/// All sizes at which every screen must be good; those at which most goes wrong come first.
pub const SIZES: [Size; 5] = [
    FIRST,
    Size {
        name: "1280x720 with text at 200 %",
        scale: 200,
        ..FIRST
    },
    Size {
        name: "1280x720 with text at 150 %",
        scale: 150,
        ..FIRST
    },
    Size {
        name: "1920x1080",
        pixels: (1920.0, 1080.0),
        ..FIRST
    },
    Size {
        name: "3840x2160 at 2 pixels a point",
        pixels: (3840.0, 2160.0),
        density: 2.0,
        ..FIRST
    },
];

/// With what a screen begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// The menu; nothing has been saved.
    Menu,
    /// The menu with a saved war.
    MenuWithWars,
    /// The first turn of the first scenario.
    Begun,
    /// The same war some turns later.
    Later,
    /// A war that people play at one screen, at its beginning.
    Shared,
    /// A siege with one of each thing of the wider war, before anything has moved.
    Siege,
    /// The same siege some turns later.
    Sieged,
    /// The menu; there is a battle of the record.
    Recorded,
    /// That battle, watched on its third turn.
    Watched,
    /// The same after somebody has taken command on that turn.
    Entered,
    /// The guided war after so many turns.
    Guided(usize),
}

/// The game, and a screen for it.
pub struct Stage {
    /// What is shown.
    pub game: Game,
    /// The panels' memory.
    pub ctx: Context,
    /// Pictures that were given to be painted.
    pub images: BTreeMap<TextureId, ColorImage>,
    picture: Picture,
    size: Size,
    time: f64,
}

impl Stage {
    /// The game at its beginning.
    pub fn new(from: From) -> Self {
        let (start, folder) = match from {
            From::Menu => (Start::Menu, empty()),
            From::MenuWithWars => (Start::Menu, begun().0.clone()),
            From::Begun => (Start::Scenario(scenario()), empty()),
            From::Later => (Start::Record(begun().1.clone()), begun().0.clone()),
            From::Shared => (Start::Record(shared().clone()), empty()),
            From::Siege => (Start::Record(siege(0).clone()), empty()),
            From::Sieged => (Start::Record(siege(SIEGE).clone()), empty()),
            From::Recorded | From::Watched | From::Entered => (Start::Menu, empty()),
            From::Guided(turns) => (Start::Record(guided::war(turns).clone()), empty()),
        };
        let catalog = match from {
            From::Siege | From::Sieged => WIDER.clone(),
            From::Recorded | From::Watched | From::Entered => recorded::CONTENT.0.clone(),
            _ => CATALOG.clone(),
        };
        let layers = match from {
            From::Recorded | From::Watched | From::Entered => vec![recorded::CONTENT.1.clone()],
            _ => Vec::new(),
        };
        let options = Options {
            content: Loaded::of(catalog, layers),
            ..options(start, folder)
        };
        let mut game = Game::open(options).expect("it opens");
        // Screens share their folders: nothing that is done to bring one about is kept there.
        game.around.cut_short = None;
        if let Some(war) = game.session.as_mut().and_then(|s| s.war.as_mut()) {
            war.autosave = None;
        }
        game.around.shelf.wait();
        let mut stage = Self::with(game);
        if matches!(from, From::Later | From::Sieged) {
            stage.wait_for(|stage| stage.game.film.tape().is_some());
        }
        recorded::bring_about(&mut stage, from);
        stage
    }

    /// This game.
    pub fn with(game: Game) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        theme::prepare(&ctx);
        let mut stage = Self {
            game,
            ctx,
            images: BTreeMap::new(),
            picture: Picture::default(),
            size: FIRST,
            time: 0.0,
        };
        stage.resize(FIRST, Look::Normal);
        stage
    }

    /// Shows it at this size in these colours.
    pub fn resize(&mut self, size: Size, look: Look) {
        self.size = size;
        self.game.settings.scale = size.scale;
        self.game.settings.look = look;
        self.frame(vec![Event::PointerGone]);
        theme::apply(&self.ctx, &self.game.settings);
        self.settle();
    }

    /// One frame, with what was done at the window since the last one.
    pub fn frame(&mut self, events: Vec<Event>) {
        self.lay_out(events);
    }

    /// One frame, and what it puts on the screen.
    pub fn look(&mut self, events: Vec<Event>) -> Seen {
        let mut output = self.lay_out(events);
        self.spell(&mut output.shapes);
        let mut seen = Seen::of(&self.ctx, output, &self.images, self.ground());
        seen.moving = self.game.film.is_running();
        seen
    }

    /// One frame, and what its panels say; not what lies below their texts, nor what the map says.
    pub fn read(&mut self, events: Vec<Event>) -> Seen {
        let output = self.lay_out(events);
        Seen::words(&self.ctx, output)
    }

    /// Puts shapes that know what they say in place of the map's, which are triangles by now.
    fn spell(&self, shapes: &mut Vec<ClippedShape>) {
        let Some((room, drawn, mut spelled)) = self.picture.spelled(&self.ctx) else {
            return;
        };
        let is_drawn = |mesh: &Arc<Mesh>| {
            let meshes = drawn.iter();
            meshes
                .clone()
                .any(|s| matches!(s, Shape::Mesh(other) if Arc::ptr_eq(mesh, other)))
        };
        let is_map = |s: &ClippedShape| matches!(s.shape, Shape::Mesh(_)) && s.clip_rect == room;
        let first = shapes.iter().position(is_map);
        let Some(first) =
            first.filter(|at| matches!(&shapes[*at].shape, Shape::Mesh(mesh) if is_drawn(mesh)))
        else {
            return;
        };
        let camera = self.camera();
        if let (Some(camera), Some(frame)) = (camera, self.game.film.frame(&self.game.settings)) {
            let below = self.picture.below(&self.ctx, &camera, room);
            let options = self.game.chart_options();
            let played = chart::film_scene(&camera, &options, &frame, &below);
            let (ctx, corner) = (&self.ctx, room.min);
            spelled.extend(paint::spelled(ctx, &played.scene, corner, room, &[]));
        }
        shapes.retain(|shape| !is_map(shape));
        let spelled = spelled.into_iter().map(|shape| ClippedShape {
            clip_rect: room,
            shape,
        });
        shapes.splice(first..first, spelled);
    }

    fn lay_out(&mut self, events: Vec<Event>) -> FullOutput {
        self.time += 1.0 / 60.0;
        let Size {
            pixels,
            density,
            scale,
            ..
        } = self.size;
        let points = density * scale as f32 / 100.0;
        let room = Vec2::new(pixels.0, pixels.1) / points;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, room)),
            time: Some(self.time),
            events,
            ..Default::default()
        };
        if let Some(window) = input.viewports.get_mut(&ViewportId::ROOT) {
            window.native_pixels_per_point = Some(density);
        }
        let mut actions = Vec::new();
        let Self {
            ctx, game, picture, ..
        } = self;
        let mut output = ctx.run_ui(input, |ui| {
            actions.extend(screen::show(ui.ctx(), game, picture))
        });
        for (id, deltas) in &output.textures_delta.set {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                if delta.pos.is_none() && *id != TextureId::default() {
                    self.images.insert(*id, (**image).clone());
                }
            }
        }
        // Nothing is painted here.
        output.textures_delta.clear();
        for action in actions {
            self.game.apply(action);
        }
        output
    }

    /// Frames until the layout rests.
    pub fn settle(&mut self) {
        for _ in 0..3 {
            self.frame(Vec::new());
        }
        for _ in 0..12 {
            let before = self.camera();
            self.frame(Vec::new());
            // The map's picture may be made beside the window.
            if !self.picture.wait() && self.camera() == before {
                return;
            }
        }
        panic!("the map comes to no rest");
    }

    fn camera(&self) -> Option<Camera> {
        self.game.session.as_ref().and_then(|s| s.camera)
    }

    /// Carries out an action as if a panel had asked for it.
    pub fn act(&mut self, action: UiAction) {
        self.game.apply(action);
    }

    /// Clicks what is called so.
    pub fn click(&mut self, name: &str) {
        self.settle();
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        let (pos, _) = spot.unwrap_or_else(|| panic!("`{name}` is not on the screen"));
        let press = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(pos)]);
        self.frame(vec![press(true), press(false)]);
        self.frame(vec![Event::PointerGone]);
    }

    /// Presses a key.
    pub fn key(&mut self, key: bevy_egui::egui::Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.frame(vec![event(true), event(false)]);
    }

    /// Puts the pointer on what is called so, if it is there, and leaves it there.
    pub fn rest_on(&mut self, name: &str) {
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        let now = self.ctx.cumulative_pass_nr();
        if let Some((pos, _)) = spot.filter(|(_, pass)| pass + 2 >= now) {
            self.ctx
                .all_styles_mut(|style| style.interaction.tooltip_delay = 0.0);
            self.frame(vec![Event::PointerMoved(pos)]);
            self.settle();
        }
    }

    /// Clicks what is called so, if it is there.
    pub fn press(&mut self, name: &str) {
        let now = self.ctx.cumulative_pass_nr();
        let spot: Option<(Pos2, u64)> = self.ctx.data(|data| data.get_temp(theme::spot_id(name)));
        if spot.is_some_and(|(_, pass)| pass + 2 >= now) {
            self.click(name);
            self.settle();
        }
    }

    /// Scrolls by so many points what lies at this share of the window's width, a little below its middle.
    pub fn scroll(&mut self, at: f32, points: f32) {
        self.scroll_at((at, 0.55), points);
    }

    /// Scrolls by so many points what lies at this share of the window.
    pub fn scroll_at(&mut self, at: (f32, f32), points: f32) {
        let wheel = |phase, points: f32| Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -points),
            phase,
            modifiers: Modifiers::NONE,
        };
        let pos = self.at(at);
        self.frame(vec![Event::PointerMoved(pos)]);
        self.frame(vec![
            wheel(TouchPhase::Start, 0.0),
            wheel(TouchPhase::Move, points),
        ]);
        self.frame(vec![wheel(TouchPhase::End, 0.0), Event::PointerGone]);
        self.settle();
    }

    /// Drags from one share of the window to another and holds on.
    pub fn drag(&mut self, from: (f32, f32), to: (f32, f32), modifiers: Modifiers) {
        let (from, to) = (self.at(from), self.at(to));
        let button = |pressed| Event::PointerButton {
            pos: from,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        self.frame(vec![button(false), Event::PointerMoved(from)]);
        self.frame(vec![Event::ModifiersChanged(modifiers), button(true)]);
        for share in [0.3, 0.6, 1.0] {
            self.frame(vec![Event::PointerMoved(from.lerp(to, share))]);
        }
    }

    fn at(&self, share: (f32, f32)) -> Pos2 {
        let room = self.ctx.content_rect();
        room.min + room.size() * Vec2::new(share.0, share.1)
    }

    /// Waits until the work under way is done.
    pub fn wait(&mut self) {
        self.wait_for(|stage| !stage.game.is_busy());
    }

    /// Waits until all fights have been looked ahead.
    pub fn think(&mut self) {
        self.wait_for(|stage| !stage.game.is_thinking());
    }

    /// Waits until this is so.
    pub fn wait_for(&mut self, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..6_000 {
            if is_so(self) {
                return;
            }
            self.game.poll();
            std::thread::park_timeout(Duration::from_millis(10));
        }
        panic!("the work came to no end");
    }

    /// Changes what the seat knows.
    pub fn change(&mut self, change: impl FnOnce(&mut SeatView)) {
        let session = self.game.session.as_mut().expect("a war is on the table");
        change(Arc::make_mut(&mut session.view));
    }

    /// What the seat knows.
    pub fn view(&self) -> &SeatView {
        &self
            .game
            .session
            .as_ref()
            .expect("a war is on the table")
            .view
    }

    /// The strongest own fleet that can march.
    pub fn fleet(&self) -> Key<Force> {
        let mine = self.view().forces.iter();
        mine.filter(|(_, f)| f.mine && f.speed > 0)
            .max_by_key(|(_, f)| f.strength)
            .map(|(key, _)| key.clone())
            .expect("the seat has a fleet")
    }

    /// A contact.
    pub fn contact(&self) -> Option<Key<Contact>> {
        self.view().contacts.keys().next().cloned()
    }

    /// Where the fleet stands.
    pub fn sector(&self) -> Key<Sector> {
        self.view().forces[&self.fleet()].place.sector().clone()
    }

    /// A site.
    pub fn site(&self) -> Key<Site> {
        let mut sites = self.view().sites.keys();
        sites.next().cloned().expect("the map has sites")
    }

    /// Selects it.
    pub fn select(&mut self, tag: Tag) {
        self.act(UiAction::Select(Some(tag)));
    }

    fn ground(&self) -> Color32 {
        theme::colour(self.game.settings.look.palette().ground)
    }
}

/// The scenario that is shown.
pub fn scenario() -> Key<Scenario> {
    let (key, _) = CATALOG.first().expect("a scenario is shipped");
    key.clone()
}

/// How a game opens.
pub fn options(start: Start, folder: PathBuf) -> Options {
    Options {
        content: Loaded::of(CATALOG.clone(), Vec::new()),
        places: Places::default(),
        start,
        seat: None,
        folder: Some(folder),
    }
}

/// A folder of its own, gone when the process ends or soon after.
pub fn folder(name: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("angelfire-checks-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder");
    path
}

/// A folder in which nothing is saved: the checks read screens and end no turn.
fn empty() -> PathBuf {
    static EMPTY: OnceLock<PathBuf> = OnceLock::new();
    EMPTY.get_or_init(|| folder("empty")).clone()
}

/// A war of some turns, and the folder it is saved in.
fn begun() -> &'static (PathBuf, PathBuf) {
    static BEGUN: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    BEGUN.get_or_init(|| {
        let folder = folder("begun");
        let start = Start::Scenario(scenario());
        let mut stage = Stage::with(Game::open(options(start, folder.clone())).expect("it opens"));
        for _ in 0..TURNS {
            stage.act(UiAction::EndTurn);
            stage.wait();
        }
        let saves = store::saves(&folder).expect("the folder is read");
        let war = saves.first().cloned().expect("the war is saved");
        stage.wait_for(|_| shelf::picture_of(&war).exists());
        (folder, war)
    })
}

/// A war that a person plays in each seat.
fn shared() -> &'static PathBuf {
    static SHARED: OnceLock<PathBuf> = OnceLock::new();
    SHARED.get_or_init(|| {
        let scenario = scenario();
        let seats = CATALOG.scenarios[&scenario].seats.keys();
        let setup = seats.fold(Setup::new(scenario.as_str(), 7), |setup, seat| {
            setup.with(seat.as_str(), Player::Person)
        });
        let war = War::begin(CATALOG.clone(), setup).expect("it begins");
        let path = folder("shared").join(format!("shared{}", store::SUFFIX));
        store::save(&path, war.record()).expect("it is saved");
        path
    })
}

/// What is ordered in the siege, turn by turn.
const ORDERS: [&[&str]; SIEGE] = [
    &[
        "siege-fleet posture siege",
        "siege-fleet fire missiles 2 against karst-colony",
        "transports land line-regiments 20 at karst-colony",
        "transports do scout-site at karst-world",
        "engineers do lay-mines",
        "trader go market",
    ],
    &[
        "transports land line-regiments 8 at karst-colony",
        "engineers do sweep",
        "trader do ship-contraband at free-quay",
        "siege-fleet fire missiles 2 against karst-world",
    ],
];

/// The siege after so many turns.
fn siege(turns: usize) -> &'static PathBuf {
    static SIEGES: [OnceLock<PathBuf>; SIEGE + 1] = [const { OnceLock::new() }; SIEGE + 1];
    SIEGES[turns].get_or_init(|| {
        let seat = Key::new("azure");
        let setup = Setup::new("siege-of-karst", 5).with("azure", Player::Person);
        let mut war = War::begin(WIDER.clone(), setup).expect("it begins");
        for orders in &ORDERS[..turns] {
            let given = orders
                .iter()
                .map(|words| order::parse(words).expect("words"));
            let refused = war.give_all(&seat, given.collect());
            assert!(refused.is_ok(), "{refused:?}");
            war.end_turn().expect("it is not saved");
        }
        let path = folder(&format!("siege-{turns}")).join(format!("siege{}", store::SUFFIX));
        store::save(&path, war.record()).expect("it is saved");
        path
    })
}
