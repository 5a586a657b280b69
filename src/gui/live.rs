//! Content that changes while the game is open: mods that are saved, turned on and off, put in order. Another thread asks
//! their folders whether anything has changed, reads and checks it, and wakes the window when it is done.
//!
//! What is sound becomes the game's content at once. A war on the table takes it over when its next turn has been
//! resolved, or at once where only texts differ; until then it has its own. What is broken changes nothing: the last good
//! content stays, and what is wrong is shown in place until it is mended.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, mpsc},
    thread,
};

use super::{
    Game,
    command::hint,
    history::against::Following,
    job::{Done, Kind},
    table, wake,
    words::say,
};
use crate::{
    chart,
    content::{Catalog, Layer},
    war::{
        Renewed, War,
        mods::{Choice, FILE, Loaded, Origin, Places, Problem, Row},
        store,
        vigil::{PATIENCE, PAUSE, Vigil},
    },
};

/// Most orders that are named where several are taken back.
const NAMED: usize = 3;

/// What is done with mods.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Turns a mod on or off, by its id.
    Turn(String, bool),
    /// Changes places with the mod above it in the list, or below it.
    Move(String, Way),
    /// Shows what is wrong in place, or in one line.
    Fold,
    /// Says no more of what is wrong now.
    PutAway,
}

/// Where a mod moves in the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Towards the lowest.
    Up,
    /// Towards what lies over all others.
    Down,
}

/// Something that is wrong with content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// What cannot be used, in a sentence.
    pub title: String,
    /// Why.
    pub problem: Problem,
}

/// The mods of the game that is open.
#[derive(Default)]
pub struct Live {
    /// All of them, in the order in which they lie over one another.
    pub mods: Vec<Row>,
    /// How often content has changed since the game was opened.
    pub edition: u32,
    /// Whether what is wrong is shown in place.
    pub is_unfolded: bool,
    /// Whether something was read that is not taken over, so that what was there stays.
    pub stays: bool,
    places: Places,
    choice: Option<Problem>,
    unread: Option<String>,
    /// Mods in use, by their ids and folders.
    used: Vec<(String, String)>,
    /// Whether the file of what is chosen could be read when content was last taken over.
    trusted: bool,
    /// Content that the war on the table cannot go on with, and why.
    refused: Option<(Arc<Catalog>, String)>,
    put_away: Vec<Wrong>,
    reader: Option<Reader>,
}

/// The thread that reads content.
struct Reader {
    ask: mpsc::Sender<()>,
    read: Arc<Mutex<Option<Read>>>,
}

/// What was read, or why nothing could be.
type Read = Result<Loaded, String>;

impl Live {
    /// As content was read when the game was opened.
    pub fn new(places: Places, loaded: &Loaded) -> Self {
        let mut live = Self {
            places,
            ..Self::default()
        };
        live.note(loaded);
        live.used = used(loaded);
        live.trusted = loaded.problem.is_none();
        live
    }

    /// Everything that is wrong now.
    pub fn wrong(&self) -> Vec<Wrong> {
        let mut all = Vec::new();
        if let Some(why) = &self.unread {
            all.push(Wrong {
                title: say!("mods-unread"),
                problem: plain(why),
            });
        }
        if let Some(problem) = &self.choice {
            all.push(Wrong {
                title: say!("mods-choice-broken"),
                problem: problem.clone(),
            });
        }
        for row in &self.mods {
            if let Some(problem) = &row.problem {
                all.push(Wrong {
                    title: say!("mods-broken", name = row.about.name.as_str()),
                    problem: problem.clone(),
                });
            }
        }
        if let Some((_, why)) = &self.refused {
            all.push(Wrong {
                title: say!("mods-refused"),
                problem: plain(why),
            });
        }
        all
    }

    /// What is wrong and has not been put away.
    pub fn shown(&self) -> Vec<Wrong> {
        let wrong = self.wrong();
        match wrong == self.put_away {
            true => Vec::new(),
            false => wrong,
        }
    }

    /// Why a mod cannot move, if so.
    pub fn held(&self, at: usize, way: Way) -> Option<String> {
        let (row, other) = match way {
            Way::Up => (self.mods.get(at), at.checked_sub(1)),
            Way::Down => (self.mods.get(at), Some(at + 1)),
        };
        let row = row?;
        let edge = || match way {
            Way::Up => say!("mods-lowest"),
            Way::Down => say!("mods-topmost"),
        };
        let Some(other) = other.and_then(|other| self.mods.get(other)) else {
            return Some(edge());
        };
        let needs = |one: &Row, other: &Row| {
            let id = other.about.id.as_str();
            // A need may name a version behind the id.
            let mut needed = one.about.requires.iter();
            needed.any(|needed| needed.split_whitespace().next() == Some(id))
        };
        if row.origin == Origin::Named {
            return Some(say!("mods-named-stay"));
        }
        if other.origin == Origin::Named {
            return Some(edge());
        }
        let name = other.about.name.as_str();
        match way {
            Way::Up if needs(row, other) => Some(say!("mods-needs", name = name)),
            Way::Down if needs(other, row) => Some(say!("mods-needed", name = name)),
            _ => None,
        }
    }

    /// Takes up what is said of each mod.
    fn note(&mut self, loaded: &Loaded) {
        self.unread = None;
        self.choice.clone_from(&loaded.problem);
        self.mods.clone_from(&loaded.mods);
    }

    /// Begins to read content whenever it is asked for, and whenever a file changes if that is watched.
    fn listen(&mut self, watched: bool) {
        let (ask, asked) = mpsc::channel();
        let read = Arc::new(Mutex::new(None));
        let (places, put) = (self.places.clone(), read.clone());
        thread::spawn(move || attend(&places, &asked, &put, watched));
        self.reader = Some(Reader { ask, read });
    }

    fn ask(&mut self) {
        if self.reader.is_none() {
            self.listen(false);
        }
        if let Some(reader) = &self.reader {
            // The thread lives as long as the game.
            let _ = reader.ask.send(());
        }
    }

    fn answer(&self) -> Option<Read> {
        self.reader.as_ref()?.read.lock().ok()?.take()
    }
}

fn plain(why: &str) -> Problem {
    Problem {
        line: why.to_owned(),
        text: why.to_owned(),
    }
}

fn used(loaded: &Loaded) -> Vec<(String, String)> {
    let used = loaded.mods.iter().filter(|row| row.is_in_use());
    used.map(|row| (row.about.id.clone(), row.folder.clone()))
        .collect()
}

/// Reads content when asked to or when it has changed, for as long as the game is there.
fn attend(places: &Places, asked: &mpsc::Receiver<()>, put: &Mutex<Option<Read>>, watched: bool) {
    let mut vigil = Vigil::new(match watched {
        true => places.watched(),
        false => Vec::new(),
    });
    loop {
        let is_due = match watched {
            true => match asked.recv_timeout(PAUSE) {
                Ok(()) => true,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    let changed = vigil.has_changed();
                    if changed {
                        vigil.settle();
                    }
                    changed
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            },
            false => match asked.recv() {
                Ok(()) => true,
                Err(mpsc::RecvError) => return,
            },
        };
        if !is_due {
            continue;
        }
        while asked.try_recv().is_ok() {}
        let mut read = load(places);
        // What changed while it was read may be half of one thing and half of another.
        for _ in 0..PATIENCE {
            if !vigil.has_changed() {
                break;
            }
            vigil.settle();
            read = load(places);
        }
        if let Ok(mut put) = put.lock() {
            *put = Some(read);
        }
        wake::now();
    }
}

fn load(places: &Places) -> Read {
    match catch_unwind(AssertUnwindSafe(|| places.load())) {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err(say!("mods-job-broke")),
    }
}

/// Whether two lists of mods hold the same.
fn same(one: &[Layer], other: &[Layer]) -> bool {
    let alike = |(one, other): (&Layer, &Layer)| {
        let mut files = one.files.iter().zip(&other.files);
        one.name == other.name
            && one.files.len() == other.files.len()
            && files.all(|(a, b)| a.path == b.path && a.bytes == b.bytes)
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}

impl Game {
    /// From now on files of mods that change are noticed and read.
    pub(super) fn watch_content(&mut self) {
        self.live.listen(true);
    }

    /// The content of the war on the table, or of the game in the menu.
    pub fn content(&self) -> &Arc<Catalog> {
        let session = self.session.as_ref();
        session.map_or(&self.catalog, |session| &session.catalog)
    }

    /// Takes up what was read; true if something was.
    pub(super) fn hear_of_content(&mut self) -> bool {
        let read = self.live.answer();
        let came = read.is_some();
        if let Some(read) = read {
            self.take_content(read);
        }
        self.weigh_content();
        came
    }

    /// Takes up content that was read: all of it if what was in use before still can be, else nothing but what is said
    /// of it.
    pub(super) fn take_content(&mut self, read: Read) {
        let before = self.live.wrong();
        let loaded = match read {
            Ok(loaded) => loaded,
            Err(why) => {
                self.live.unread = Some(why);
                self.live.stays = true;
                self.live.is_unfolded |= self.live.wrong() != before;
                return;
            }
        };
        let live = &mut self.live;
        // A slip may hide the id: then the folder tells which it is.
        let is_broken = |(id, folder): &(String, String)| {
            let mut rows = loaded.mods.iter();
            rows.any(|row| {
                let is_it = row.about.id == *id || row.folder == *folder;
                is_it && row.is_on && row.problem.is_some()
            })
        };
        let is_lost = live.trusted && loaded.problem.is_some();
        live.stays = is_lost || live.used.iter().any(is_broken);
        live.note(&loaded);
        let wrong = live.wrong();
        live.is_unfolded = !wrong.is_empty() && (live.is_unfolded || wrong != before);
        // The same mistake made again is shown again.
        if wrong != before {
            live.put_away.clear();
        }
        if live.stays {
            return;
        }
        live.used = used(&loaded);
        live.trusted = loaded.problem.is_none();
        if same(&self.layers, &loaded.layers) {
            return;
        }
        live.edition += 1;
        live.refused = None;
        chart::take_over(&loaded.catalog.looks);
        (self.catalog, self.layers) = (loaded.catalog, loaded.layers);
        self.look_around_anew();
        if self.session.is_none() {
            self.message = Some(say!("mods-taken-over"));
        }
    }

    /// What is made of content is made anew.
    fn look_around_anew(&mut self) {
        let scenario = self.choice.scenario.as_ref();
        match scenario.and_then(|key| self.catalog.scenarios.get(key)) {
            None => self.choose_first(None),
            Some(scenario) => {
                let people = &mut self.choice.people;
                people.retain(|seat| scenario.seats.contains_key(seat));
                if people.is_empty() {
                    people.extend(scenario.seats.keys().next().cloned());
                }
            }
        }
        self.around.history.renew(&self.layers);
        self.around.book = super::history::book::Place::default();
        let mut place = std::mem::take(&mut self.around.reference);
        place.forget(&self.book());
        self.around.reference = place;
        self.around.shelf = super::shelf::Shelf::default();
        self.look_for_saves();
    }

    /// What becomes of changed content in the war on the table: where only texts differ it is taken over now.
    fn weigh_content(&mut self) {
        let edition = self.live.edition;
        let is_due = !self.is_busy() && self.asking.is_none();
        let Some(session) = self.session.as_mut().filter(|_| is_due) else {
            return;
        };
        if session.weighed == edition || Arc::ptr_eq(&session.catalog, &self.catalog) {
            return;
        }
        session.weighed = edition;
        // What is watched stays as it was, and so does what is over.
        let goes_on = session.watch.is_none() && session.view.ended.is_none();
        let Some(war) = session.war.take_if(|_| goes_on) else {
            return;
        };
        if war.differs(&self.catalog) {
            let turn = war.turn() + 1;
            session.war = Some(war);
            self.message = Some(say!("mods-with-next-turn", turn = turn));
            return;
        }
        let catalog = self.catalog.clone();
        self.start(Kind::Content, move || {
            let mut war = war;
            let renewed = renew(&mut war, catalog);
            Done {
                war: Some(war),
                renewed: Some(renewed),
                ..Done::default()
            }
        });
    }

    /// The content that the war on the table takes over with its next turn, if any.
    pub(super) fn due_content(&self) -> Option<Arc<Catalog>> {
        let session = self.session.as_ref()?;
        let refused = self.live.refused.as_ref();
        let is_refused = refused.is_some_and(|(catalog, _)| Arc::ptr_eq(catalog, &self.catalog));
        let is_other = !Arc::ptr_eq(&session.catalog, &self.catalog);
        (is_other && !is_refused).then(|| self.catalog.clone())
    }

    /// The war on the table has taken over content, or could not.
    pub(super) fn renewed(&mut self, done: Took) {
        match done {
            Ok(renewed) => {
                if let Some(session) = &mut self.session
                    && let Some(war) = &session.war
                {
                    session.catalog = war.catalog().clone();
                    session.scenario = war.scenario().clone();
                    session.unsaved |= war.autosave.is_none();
                }
                self.live.refused = None;
                let words = self.told(&renewed);
                let said = self.message.take().into_iter().chain([words]);
                self.message = Some(said.collect::<Vec<_>>().join("\n"));
            }
            Err((catalog, why)) => {
                self.live.refused = Some((catalog, why));
                self.live.is_unfolded = true;
            }
        }
    }

    /// The war on the table took over texts while it was planned.
    pub(super) fn taken_over(&mut self, done: Done) {
        self.message = done.problem;
        if let Some(session) = &mut self.session
            && let Some(war) = done.war
        {
            if let Ok(view) = war.view(&session.seat) {
                session.view = view;
            }
            session.pending = war.pending(&session.seat).to_vec();
            session.following = Following::of(&war, &session.seat);
            session.war = Some(war);
        }
        if let Some(renewed) = done.renewed {
            self.renewed(renewed);
        }
        self.forget_what_is_gone();
        self.command_anew();
        self.foresee();
    }

    fn told(&self, renewed: &Renewed) -> String {
        let Some(turn) = renewed.from else {
            return say!("mods-taken-over");
        };
        let mut words = say!("mods-taken-over-with", turn = turn);
        let Some(session) = &self.session else {
            return words;
        };
        let dropped: Vec<_> = (renewed.dropped.iter())
            .filter(|dropped| dropped.seat == session.seat)
            .collect();
        if !dropped.is_empty() {
            let view = &session.view;
            let named = dropped.iter().take(NAMED).map(|dropped| {
                let what = table::words(view, &dropped.order);
                let why = hint::reason(view, &dropped.order, &dropped.why);
                format!("{what} ({why})")
            });
            let what = named.collect::<Vec<_>>().join(", ");
            words.push('\n');
            words += &say!("mods-dropped", n = dropped.len(), what = what);
        }
        words
    }

    /// Carries out what is done with mods.
    pub(super) fn at_mods(&mut self, act: Act) {
        match act {
            Act::Fold => self.live.is_unfolded = !self.live.is_unfolded,
            Act::PutAway => self.live.put_away = self.live.wrong(),
            Act::Turn(id, on) => {
                for row in &mut self.live.mods {
                    if row.about.id == id && row.origin != Origin::Named {
                        row.is_on = on;
                        row.problem = row.problem.take().filter(|_| on);
                    }
                }
                self.choose_mods(|choice| choice.turn(&[id], on));
            }
            Act::Move(id, way) => {
                let mods = &mut self.live.mods;
                let Some(at) = mods.iter().position(|row| row.about.id == id) else {
                    return;
                };
                if self.live.held(at, way).is_some() {
                    return;
                }
                let other = match way {
                    Way::Up => at - 1,
                    Way::Down => at + 1,
                };
                let mods = &mut self.live.mods;
                mods.swap(at, other);
                let own = mods.iter().filter(|row| row.origin != Origin::Named);
                let order: Vec<String> = own.map(|row| row.about.id.clone()).collect();
                self.choose_mods(|choice| choice.put(order));
            }
        }
    }

    /// Writes what is chosen of mods, and has content read by it.
    fn choose_mods(&mut self, change: impl FnOnce(&mut Choice)) {
        let home = self.around.home.as_ref().map_err(Clone::clone);
        let changed = home.and_then(|home| {
            Choice::change(home, change).map_err(|error: store::StoreError| error.to_string())
        });
        self.message = match changed {
            Ok(None) => None,
            Ok(Some(kept)) => Some(say!(
                "mods-choice-kept",
                file = FILE,
                kept = kept.display().to_string()
            )),
            Err(why) => Some(say!("mods-not-chosen", why = why)),
        };
        self.live.ask();
    }

    /// Reads content now and takes it up.
    pub(super) fn read_content(&mut self) {
        let read = load(&self.live.places);
        self.take_content(read);
    }
}

/// What became of a war that was to take over content: or with which it cannot go on, and why.
pub type Took = Result<Renewed, (Arc<Catalog>, String)>;

/// Has a war take over content.
pub(super) fn renew(war: &mut War, catalog: Arc<Catalog>) -> Took {
    war.renew(catalog.clone())
        .map_err(|error| (catalog, error.to_string()))
}
