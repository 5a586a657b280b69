//! Everything behind the window that changes: which screen, which war, what is selected. [`Game::apply`] is the one
//! place where an action has its effect.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use super::{
    Asking, Choice, Dock, Options, Page, Selection, Start, UiAction, Way,
    around::Around,
    command, digest, film,
    history::against::Following,
    job::{Done, Job, Kind},
    live::Live,
    minimap::SmallMap,
    reading::Reading,
    session::{Session, load},
    settings::Settings,
    table,
    words::say,
};
use crate::{
    chart::{self, Overlay, Tag},
    content::{Catalog, Key, Layer, Seat},
    sim::order::Order,
    war::{Player, War, store},
};

/// The game as the window shows it.
pub struct Game {
    /// Everything that can be played.
    pub catalog: Arc<Catalog>,
    /// What is chosen in the menu.
    pub choice: Choice,
    /// Saved wars, newest first.
    pub saves: Vec<PathBuf>,
    /// What is on the table; none: the menu is open.
    pub session: Option<Session>,
    /// What is looked at.
    pub selection: Selection,
    /// Who is selected, what is open to choose from, what wants attention.
    pub command: command::State,
    /// What the right dock shows.
    pub page: Page,
    /// What the pointer is on.
    pub hover: Option<Tag>,
    /// What is laid over the map.
    pub overlay: Overlay,
    /// Docks that somebody has folded away or out; the others are there if there is room for them.
    pub folded: BTreeMap<Dock, bool>,
    /// Size of the window, points.
    pub window: (f32, f32),
    /// The whole map small in a corner.
    pub small_map: SmallMap,
    /// What is set.
    pub settings: Settings,
    /// What was said last.
    pub message: Option<String>,
    /// What is asked before anything else.
    pub asking: Option<Asking>,
    /// Films of the last turn.
    pub film: film::Reel,
    /// What the war is read by.
    pub reading: Reading,
    /// What is counted of the view on the table.
    pub(super) digest: digest::Kept,
    /// What is remembered of forces that were told to halt.
    pub(super) posts: command::posts::Posts,
    /// What is around the war: pages, curtain, saved wars.
    pub around: Around,
    /// Whether the game is to be left.
    pub quit: bool,
    /// Mods, and content that changes while the game is open.
    pub live: Live,
    /// What has been looked at as a guide asked for it.
    pub(super) looks: crate::war::guide::Looks,
    /// The card of the guide that is kept to be read.
    pub(super) kept_card: Option<super::guide::Kept>,
    /// Where wars are saved, or why nowhere.
    pub(super) folder: Result<PathBuf, String>,
    /// The mods in use: of these records and courses are read.
    pub(super) layers: Arc<Vec<Layer>>,
    /// Whether it is to be left once the work under way is done.
    pub(super) closing: bool,
    job: Option<Job>,
    pub(super) sit_down: Option<Key<Seat>>,
    pub(super) room: (f32, f32),
}

impl Game {
    /// The game as the options say.
    ///
    /// # Errors
    /// If the scenario or record cannot be opened, in a sentence.
    pub fn open(options: Options) -> Result<Self, String> {
        let Options {
            content,
            mut places,
            start,
            seat,
            folder,
        } = options;
        chart::take_over(&content.catalog.looks);
        let told = |error: store::StoreError| error.to_string();
        let home = folder
            .clone()
            .map_or_else(|| store::data_dir().map_err(told), Ok);
        let folder = folder.map_or_else(|| store::saves_dir().map_err(told), Ok);
        places.home = places.home.or_else(|| home.clone().ok());
        let read = home.as_ref().map(|home| Settings::read(home));
        let (settings, broken) = read.unwrap_or_default();
        let mut game = Self {
            choice: Choice {
                seed: "1".into(),
                ..Choice::default()
            },
            live: Live::new(places, &content),
            catalog: content.catalog,
            saves: Vec::new(),
            session: None,
            selection: Selection::default(),
            command: command::State::default(),
            page: Page::default(),
            hover: None,
            overlay: Overlay::None,
            folded: BTreeMap::new(),
            window: (1280.0, 720.0),
            small_map: SmallMap::default(),
            settings,
            message: broken,
            asking: None,
            film: film::Reel::default(),
            reading: Reading::default(),
            digest: digest::Kept::default(),
            posts: command::posts::Posts::default(),
            around: Around::new(home),
            quit: false,
            looks: crate::war::guide::Looks::new(),
            kept_card: None,
            folder,
            layers: content.layers,
            closing: false,
            job: None,
            sit_down: seat.clone(),
            room: (0.0, 0.0),
        };
        game.choose_first(seat.as_ref());
        game.speak();
        match start {
            Start::Menu => {
                game.look_for_saves();
                game.want_history();
            }
            Start::Scenario(scenario) => {
                let known = game.catalog.scenarios.get(&scenario);
                let known = known.ok_or_else(|| format!("there is no scenario `{scenario}`"))?;
                let seat = seat.or_else(|| known.seats.keys().next().cloned());
                game.choice = Choice {
                    scenario: Some(scenario),
                    people: seat.into_iter().collect(),
                    ..game.choice
                };
                let work = game.beginning()?;
                game.opened(work())?;
            }
            Start::Record(path) => {
                let done = load(game.catalog.clone(), game.folder.clone().ok(), &path);
                game.opened(done)?;
            }
        }
        Ok(game)
    }

    /// Whether work is under way on another thread.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// What is being done on another thread, in words, once that takes a while.
    pub fn progress(&self) -> Option<String> {
        self.job.as_ref().and_then(Job::words)
    }

    /// Takes up what another thread has done; true if something came.
    pub fn poll(&mut self) -> bool {
        let thought = self.reading.take();
        let Some(done) = self.job.as_ref().and_then(Job::answer) else {
            return self.hear_of_content() || thought;
        };
        let kind = self.job.take().map(|job| job.kind);
        match kind {
            Some(Kind::Turn) => self.turned(done),
            Some(Kind::Content) => self.taken_over(done),
            _ => {
                if let Err(problem) = self.opened(done) {
                    self.message = Some(problem);
                }
            }
        }
        if std::mem::take(&mut self.closing) {
            self.go(Way::Quit);
        }
        self.hear_of_content();
        true
    }

    /// Carries out one action, and notes what is seen by it where a guide asks for that.
    pub fn apply(&mut self, action: UiAction) {
        let before = self.gaze(&action);
        self.carry_out(action);
        self.note_sights(before);
    }

    fn carry_out(&mut self, action: UiAction) {
        match action {
            UiAction::Choose(choice) => self.choice = choice,
            UiAction::Begin => match self.beginning() {
                Ok(work) => {
                    self.around.begun = !self.is_busy();
                    self.start(Kind::Open, work);
                }
                Err(problem) => self.message = Some(problem),
            },
            UiAction::GoOn(next) => match self.follow_with(&next) {
                Ok(()) => self.go(Way::Menu),
                Err(problem) => self.message = Some(problem),
            },
            UiAction::Load(path) => self.go(Way::Load(path)),
            UiAction::WatchSaved(path) => self.go(Way::Watch(path)),
            UiAction::Reenact(course, battle) => self.go(Way::Reenact(course, battle)),
            UiAction::LoadLatest => self.load_latest(),
            UiAction::Save => self.ask_name(),
            UiAction::Named(name) => self.named(name),
            UiAction::Write(over) => self.write(over),
            UiAction::Stay => self.asking = None,
            UiAction::TryAgain => self.try_again(),
            UiAction::LeaveAllTheSame => self.go_all_the_same(),
            UiAction::Menu => self.go(Way::Menu),
            UiAction::Quit => self.go(Way::Quit),
            UiAction::Watch(act) => self.watch(act),
            UiAction::Sit(seat) => self.draw_curtain(seat),
            UiAction::Around(act) => self.act_around(act),
            UiAction::Guide(act) => self.guided(act),
            UiAction::Select(what) => self.select(what),
            UiAction::Hover(what) => self.hover = what,
            UiAction::Centre(sector) => self.centre(&sector),
            UiAction::Picked(sector) => self.picked(sector),
            UiAction::Give(order) => self.give(order),
            UiAction::Retract(index) => self.change(|war, seat| {
                war.retract(seat, index);
            }),
            UiAction::RetractAll => self.change(|war, seat| war.retract_all(seat)),
            UiAction::Undo => self.change(|war, seat| {
                war.undo(seat);
            }),
            UiAction::Redo => self.change(|war, seat| {
                war.redo(seat);
            }),
            UiAction::EndTurn => self.end_turn(),
            UiAction::PlayOut => self.play_out(),
            UiAction::Turn(page) => {
                self.page = page;
                self.unfold(Dock::Right);
            }
            UiAction::Overlay(overlay) => self.lay(overlay),
            UiAction::Read(act) => self.read(act),
            UiAction::Fold(dock) => self.fold(dock),
            UiAction::Window(width, height) => self.window = (width, height),
            UiAction::Pan(dx, dy) => self.move_camera(|camera| camera.pan(dx, dy)),
            UiAction::Zoom(steps, at) => self.zoom(steps, at),
            UiAction::Fit => self.fit(),
            UiAction::SmallMap(act) => self.at_small_map(act),
            UiAction::Room(width, height) => self.make_room(width, height),
            UiAction::NextIdle => self.walk_idle(true),
            UiAction::Command(act) => self.command(act),
            UiAction::Back => self.back(),
            UiAction::CloseVerdict => {
                if let Some(session) = &mut self.session {
                    session.verdict_closed = true;
                }
            }
            UiAction::Dismiss => self.message = None,
            UiAction::Film(act) => self.film(act),
        }
    }

    pub(super) fn start(&mut self, kind: Kind, work: impl FnOnce() -> Done + Send + 'static) {
        if self.job.is_none() {
            self.message = None;
            self.job = Some(Job::start(kind, work));
        }
    }

    fn opened(&mut self, mut done: Done) -> Result<(), String> {
        let watch = done.watch.take();
        let Some(war) = done.war else {
            return Err(done
                .problem
                .unwrap_or_else(|| "the war cannot be opened".into()));
        };
        let people: Vec<Key<Seat>> = war
            .record()
            .players
            .iter()
            .filter(|(_, player)| **player == Player::Person && watch.is_none())
            .map(|(seat, _)| seat.clone())
            .collect();
        let asked = self
            .sit_down
            .take()
            .filter(|seat| war.player(seat).is_some());
        let seat = asked
            .filter(|seat| people.is_empty() || people.contains(seat))
            .or_else(|| people.first().cloned())
            .or_else(|| war.record().players.keys().next().cloned())
            .ok_or("nobody has a seat in this war")?;
        if let Err(problem) = &self.folder {
            self.message = Some(say!("keep-not-saved", why = problem.as_str()));
        }
        let watched = watch.as_ref().and_then(|watch| watch.view().cloned());
        let view = match watched {
            Some(view) => view,
            None => war.view(&seat).map_err(|error| error.to_string())?,
        };
        let scenario = war.scenario().clone();
        self.session = Some(Session {
            pending: match &watch {
                Some(_) => Vec::new(),
                None => war.pending(&seat).to_vec(),
            },
            // Who follows now says nothing of the turns that are watched.
            following: match &watch {
                Some(_) => Following::default(),
                None => Following::of(&war, &seat),
            },
            catalog: war.catalog().clone(),
            weighed: self.live.edition,
            war: Some(war),
            people,
            seat: view.seat.clone(),
            view,
            scenario,
            // Who watches sees the verdict on the line.
            verdict_closed: watch.is_some(),
            unsaved: false,
            camera: None,
            watch,
            against: None,
        });
        self.selection = Selection::default();
        self.looks.clear();
        (self.hover, self.asking) = (None, None);
        self.page = match self.is_watching() {
            true => Page::Record,
            false => Page::Selection,
        };
        self.film_of_another_war();
        self.reading = Reading::default();
        self.command = command::State::default();
        self.posts = command::posts::Posts::default();
        self.command_anew();
        self.apply(UiAction::Fit);
        self.foresee();
        self.around.leave();
        self.set_mark();
        self.curtain_for_first();
        // Behind a curtain the briefing waits for whoever sits down.
        if std::mem::take(&mut self.around.begun) && self.around.curtain.is_none() {
            self.brief();
        }
        Ok(())
    }

    fn turned(&mut self, done: Done) {
        self.message = done.problem;
        let Some(war) = done.war else {
            self.session = None;
            self.around.leave();
            self.clear_mark();
            self.look_for_saves();
            return;
        };
        if let Some(session) = &mut self.session {
            if let Ok(view) = war.view(&session.seat) {
                let before = std::mem::replace(&mut session.view, view);
                self.reading.turned(before, &session.view);
            }
            session.pending = war.pending(&session.seat).to_vec();
            session.following = Following::of(&war, &session.seat);
            session.against = None;
            session.war = Some(war);
            session.note_saved(self.message.as_ref());
            session.verdict_closed = false;
        }
        if let Some(renewed) = done.renewed {
            self.renewed(renewed);
        }
        self.page = Page::Report;
        self.forget_what_is_gone();
        self.command_anew();
        self.foresee();
        self.film_of_the_turn();
        self.set_mark();
        self.around.leaf = None;
        self.curtain_for_first();
    }

    pub(super) fn sit(&mut self, seat: Key<Seat>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(war) = &session.war else { return };
        if let Ok(view) = war.view(&seat) {
            session.view = view;
            session.pending = war.pending(&seat).to_vec();
            session.following = Following::of(war, &seat);
            session.seat = seat;
            self.selection = Selection::default();
            self.command = command::State::default();
            self.command_anew();
            self.film_of_the_seat();
            self.reading = Reading::default();
            self.foresee();
        }
    }

    pub(super) fn select(&mut self, what: Option<Tag>) {
        if let (Some(Tag::Force(key)), Some(session)) = (&what, &self.session)
            && session.view.forces.get(key).is_some_and(|f| f.mine)
        {
            self.selection.force = Some(key.clone());
        }
        self.selection.what = what;
        self.page = Page::Selection;
        self.selected();
        self.foresee();
    }

    fn give(&mut self, order: Order) {
        let mut refused = None;
        let Some(session) = &self.session else { return };
        let view = session.view.clone();
        self.change(|war, seat| {
            let given = command::renew::give(war, seat, &view, vec![order.clone()]);
            refused = given.err().and_then(|all| all.into_iter().next());
        });
        if let (Some((_, refusal)), Some(session)) = (refused, &self.session) {
            self.message = Some(say!(
                "command-refused",
                what = table::words(&session.view, &order),
                reason = command::hint::reason(&session.view, &order, &refusal),
                hint = command::hint::hint(&session.view, &refusal)
            ));
        }
    }

    pub(super) fn change(&mut self, change: impl FnOnce(&mut War, &Key<Seat>)) {
        self.message = None;
        if self.job.is_none()
            && let Some(session) = &mut self.session
            && session.watch.is_none()
            && let Some(war) = &mut session.war
        {
            change(war, &session.seat);
            let pending = war.pending(&session.seat);
            if *pending != session.pending[..] {
                session.unsaved = true;
                session.pending = pending.to_vec();
            }
        }
        self.keep_plans();
        self.refresh_command();
        self.foresee();
    }

    fn back(&mut self) {
        if self.asking.is_some() {
            self.asking = None;
        } else if self.back_in_command() {
        } else if self.message.is_some() {
            self.message = None;
        } else if self.selection.what.is_some() {
            self.selection = Selection::default();
            self.selected();
            self.foresee();
        }
    }

    pub(super) fn forget_what_is_gone(&mut self) {
        let Some(session) = &self.session else { return };
        let view = &session.view;
        let is_there = match &self.selection.what {
            Some(Tag::Force(key)) => view.forces.contains_key(key),
            Some(Tag::Contact(key)) => view.contacts.contains_key(key),
            _ => true,
        };
        if !is_there {
            self.selection.what = None;
        }
        self.selection.force = self
            .selection
            .force
            .take()
            .filter(|key| view.forces.contains_key(key));
    }

    /// How the map is to be drawn.
    pub fn chart_options(&self) -> chart::Options {
        self.film_options(chart::Options {
            overlay: self.overlay,
            look: self.settings.look,
            selected: self.selection.what.clone(),
            hover: self.hover.clone(),
            pending: self
                .session
                .as_ref()
                .map_or_else(Vec::new, |s| s.pending.clone()),
            targets: self.command.targets(),
            also: self.command.also(),
            marked: self.pointed_at(),
            following: self
                .session
                .as_ref()
                .map_or_else(BTreeSet::new, |s| s.following.marks()),
            ..chart::Options::default()
        })
    }
}
