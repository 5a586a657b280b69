//! The record in the window: what it tells, the battles that can be played again, a record that is watched turn by turn,
//! and a war that was entered from it. Records and courses are read on another thread when they are first asked for:
//! wars are played without them.

pub mod against;
pub mod book;
pub mod dates;
pub mod kin;
pub mod track;
pub mod watch;

use std::{
    sync::{Arc, OnceLock},
    thread,
};

use super::{Game, UiAction, around::Leaf, job::Done, job::Kind, wake, words::say};
use crate::{
    content::{
        Battle, Bench, Course, Key, Layer, Scenario,
        chronicle::{Chronicle, Entry},
        render_text,
    },
    war::history::{Source, reenact},
};

/// All records and courses there are.
#[derive(Debug, Default)]
pub struct Library {
    /// What the documents tell.
    pub chronicles: Vec<Arc<Chronicle>>,
    /// What can be played of it, in the order of the record.
    pub courses: Vec<Arc<Course>>,
    /// Why they cannot be used, if so.
    pub problem: Option<String>,
}

/// A battle of the record in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The record that tells it.
    pub chronicle: Arc<Chronicle>,
    /// How it is played.
    pub course: Arc<Course>,
    /// Its place among the battles of the course.
    pub battle: usize,
}

impl Row {
    /// How it is held against a war.
    pub fn battle(&self) -> Option<&Battle> {
        self.course.battles.get(self.battle)
    }

    /// What the record tells of it.
    pub fn entry(&self) -> Option<&Entry> {
        self.chronicle.entry(self.battle()?.id.as_str())
    }
}

impl Library {
    /// Reads what the layers have over what came with the game.
    fn read(layers: &[Layer]) -> Self {
        let bench = Bench::of_history(layers);
        let problem = (bench.found.has_errors()).then(|| {
            say!(
                "history-broken",
                what = render_text(&bench.sources, &bench.found, false)
            )
        });
        let chronicles: Vec<_> = bench.chronicles().iter().cloned().map(Arc::new).collect();
        let mut courses: Vec<_> = bench.courses().cloned().map(Arc::new).collect();
        courses.sort_by_key(|course| {
            let told = chronicles.iter().find(|c| c.document == course.document);
            let first = told.zip(course.battles.first()).and_then(|(told, battle)| {
                told.entries.iter().position(|entry| entry.id == battle.id)
            });
            (course.document.clone(), first)
        });
        Self {
            chronicles,
            // What is broken is told and not played.
            courses: if problem.is_some() {
                Vec::new()
            } else {
                courses
            },
            problem,
        }
    }

    /// The record of a document.
    pub fn chronicle(&self, document: &str) -> Option<&Arc<Chronicle>> {
        self.chronicles.iter().find(|c| c.document == document)
    }

    /// All battles that can be played, in the order of the record.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for course in &self.courses {
            let Some(chronicle) = self.chronicle(&course.document) else {
                continue;
            };
            rows.extend((0..course.battles.len()).map(|battle| Row {
                chronicle: chronicle.clone(),
                course: course.clone(),
                battle,
            }));
        }
        // A course of the whole war has battles between those of others.
        rows.sort_by_cached_key(|row| {
            let id = row.battle().map(|battle| &battle.id);
            let at = (row.chronicle.entries.iter()).position(|entry| Some(&entry.id) == id);
            (row.course.document.clone(), at)
        });
        rows
    }

    /// The course that plays a scenario, if one does.
    pub fn course_of(&self, scenario: &Key<Scenario>) -> Option<&Arc<Course>> {
        (self.courses.iter()).find(|course| course.scenario.id == *scenario)
    }

    /// The record that bears on a scenario: that of its course, else that of another of its campaign.
    pub fn told_of(&self, scenario: &Scenario) -> Option<&Arc<Chronicle>> {
        let own = self.course_of(&scenario.id);
        let kin = || {
            let mut all = self.courses.iter();
            all.find(|course| course.scenario.campaign == scenario.campaign)
        };
        self.chronicle(&own.or_else(kin)?.document)
    }
}

/// The library, or the promise of it.
#[derive(Default)]
pub struct Shelf(Option<Arc<OnceLock<Arc<Library>>>>);

impl Shelf {
    /// Begins to read it, unless that has begun.
    pub fn want(&mut self, layers: &Arc<Vec<Layer>>) {
        if self.0.is_some() {
            return;
        }
        let coming = Arc::new(OnceLock::new());
        self.0 = Some(coming.clone());
        let layers = layers.clone();
        thread::spawn(move || {
            // Nobody else fills it.
            let _ = coming.set(Arc::new(Library::read(&layers)));
            wake::now();
        });
    }

    /// Begins to read other layers, if these were asked for.
    pub fn renew(&mut self, layers: &Arc<Vec<Layer>>) {
        if self.0.take().is_some() {
            self.want(layers);
        }
    }

    /// What was read, once it is there.
    pub fn now(&self) -> Option<&Arc<Library>> {
        self.0.as_ref()?.get()
    }

    /// What is there, waited for; work on other threads alone may wait.
    fn promise(&self) -> Promise {
        Promise(self.0.clone())
    }
}

/// A library that another thread waits for.
struct Promise(Option<Arc<OnceLock<Arc<Library>>>>);

impl Promise {
    fn wait(&self) -> Option<Arc<Library>> {
        self.0.as_ref().map(|coming| coming.wait().clone())
    }
}

impl Game {
    /// Has records and courses read, if nobody has asked for them yet.
    pub(super) fn want_history(&mut self) {
        self.around.history.want(&self.layers);
    }

    /// Plays a battle of the record, to be watched from its first turn.
    pub(super) fn reenact(&mut self, course: &Key<Course>, battle: &Key<Entry>) {
        let Some(library) = self.around.history.now().cloned() else {
            return;
        };
        let rows = library.rows();
        let row = rows.into_iter().find(|row| {
            row.course.id == *course && row.battle().is_some_and(|known| known.id == *battle)
        });
        let Some(row) = row else { return };
        let catalog = self.catalog.clone();
        self.start(Kind::Open, move || {
            let source = Source {
                catalog: &catalog,
                chronicle: &row.chronicle,
                course: &row.course,
            };
            let played = reenact(source, row.chronicle.seed).map_err(|error| error.to_string());
            let first = row.battle().map_or(1, |battle| battle.turns().0);
            watched(
                played.map(|(war, _)| war),
                Some(&library),
                first.saturating_sub(1),
            )
        });
    }

    /// Opens a saved war to be watched.
    pub(super) fn watch_saved(&mut self, path: std::path::PathBuf) {
        self.want_history();
        let (catalog, promise) = (self.catalog.clone(), self.around.history.promise());
        self.start(Kind::Open, move || {
            let loaded = super::session::load(catalog, None, &path);
            let Some(war) = loaded.war else {
                return loaded;
            };
            watched(Ok(*war), promise.wait().as_deref(), 0)
        });
    }

    /// Takes command of a seat at the turn that is watched.
    pub(super) fn take_command(&mut self, seat: Key<crate::content::Seat>) {
        let level = self.choice.level;
        let Some(session) = &self.session else { return };
        let (Some(watch), Some(war)) = (&session.watch, &session.war) else {
            return;
        };
        let (catalog, record) = (session.catalog.clone(), war.record().clone());
        let (turns, folder) = (watch.at, self.folder.clone().ok());
        let name = match watch.name.trim() {
            "" => default_name(session, &seat),
            typed => typed.to_owned(),
        };
        self.sit_down = Some(seat.clone());
        // Whoever takes command reads first what is asked of the seat.
        self.around.begun = !self.is_busy();
        self.want_history();
        self.start(Kind::Open, move || {
            let entered = crate::war::War::enter(catalog, &record, turns, &[seat], level);
            let entered = entered
                .map_err(|error| error.to_string())
                .and_then(|mut war| {
                    let named = war.rename(&name);
                    named.map_err(|why| say!("watch-no-name", why = why))?;
                    Ok(war)
                });
            super::session::opened(entered, folder)
        });
    }

    /// A page of what the record tells, over menu or table.
    pub(super) fn browse(&mut self, act: book::Act) {
        if self.around.leaf != Some(Leaf::Chronicle) {
            self.apply(UiAction::Around(super::around::Act::Open(Leaf::Chronicle)));
        }
        let Some(library) = self.around.history.now().cloned() else {
            return;
        };
        self.around.book.act(&library, act);
    }
}

/// What a line is called that nobody gave a name: what is fought, whose command was taken, and when.
fn default_name(session: &super::session::Session, seat: &Key<crate::content::Seat>) -> String {
    let title = session.scenario.title.as_str();
    let known = session.scenario.seats.get(seat);
    let seat = known.map_or(seat.as_str(), |seat| seat.name.as_str());
    let mut name = format!("{title}, {seat}, {}", session.view.date);
    // As long as a name may be.
    while crate::war::record::name_of(&name).is_err() && name.pop().is_some() {}
    name
}

/// A war that is to be watched, with all its turns at hand.
fn watched(war: Result<crate::war::War, String>, library: Option<&Library>, at: u32) -> Done {
    let made = war.and_then(|war| {
        let watch = watch::Watch::of(&war, library, at)?;
        Ok((war, watch))
    });
    match made {
        Ok((war, watch)) => Done {
            war: Some(Box::new(war)),
            watch: Some(Box::new(watch)),
            ..Done::default()
        },
        Err(problem) => Done {
            problem: Some(problem),
            ..Done::default()
        },
    }
}
