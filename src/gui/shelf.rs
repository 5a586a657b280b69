//! Saved wars as the list shows them. They are read on another thread, each only as far as the list needs it; pictures
//! stand beside the records and are never needed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    thread,
    time::{Duration, SystemTime},
};

use super::{wake, words::say};
use crate::{
    chart::{self, Camera, Look},
    content::{Catalog, Key, Scenario, fingerprint},
    sim::{RULES_REVISION, view::SeatView},
    war::{
        record::Head,
        store::{self, SUFFIX},
    },
};

/// Width and height of a picture, pixels.
pub const PICTURE: (u32, u32) = (240, 136);
/// Share of the shorter edge of a picture left free around the map.
const MARGIN: f32 = 0.1;
/// Largest file of a picture that is read, bytes.
const LIMIT: u64 = 1024 * 1024;
/// The folder for wars that were put away.
pub const DELETED: &str = "deleted";

/// A saved war.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Its file.
    pub path: PathBuf,
    /// When it was saved.
    pub when: SystemTime,
    /// Bytes of its file.
    pub bytes: u64,
    /// What it says of itself, or why it cannot be read, in a sentence.
    pub head: Result<Head, String>,
    /// What is to be known before it is opened.
    pub notes: Vec<Note>,
}

/// What is to be known of a saved war.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Note {
    /// Its scenario is not here: it cannot be opened.
    NoScenario(Key<Scenario>),
    /// It was played with a mod that is not in use now.
    NoMod(String, String),
    /// It was played under other rules or with other content: it goes on from its newest snapshot.
    OtherRules,
    /// Its file was changed after it was written: it cannot be opened.
    Changed,
}

impl Saved {
    /// What it is called.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        name.trim_end_matches(SUFFIX).to_owned()
    }

    /// Whether it can be opened as far as can be told.
    pub fn can_be_opened(&self) -> bool {
        let hinders = |note: &Note| matches!(note, Note::NoScenario(_) | Note::Changed);
        self.head.is_ok() && !self.notes.iter().any(hinders)
    }

    /// Whether it can be gone on with: it can be opened, and has not ended.
    pub fn goes_on(&self) -> bool {
        self.can_be_opened() && self.head.as_ref().is_ok_and(|head| !head.over)
    }

    /// Where its picture is, if it has one.
    pub fn picture(&self) -> PathBuf {
        picture_of(&self.path)
    }
}

/// Saved wars, and those that are just being read.
#[derive(Default)]
pub struct Shelf {
    now: Arc<Vec<Saved>>,
    coming: Option<Arc<OnceLock<Arc<Vec<Saved>>>>>,
}

impl Shelf {
    /// The saved wars, newest first, as last read.
    pub fn wars(&self) -> &[Saved] {
        self.coming
            .as_ref()
            .and_then(|coming| coming.get())
            .unwrap_or(&self.now)
    }

    /// Whether they are being read.
    pub fn is_reading(&self) -> bool {
        self.coming
            .as_ref()
            .is_some_and(|coming| coming.get().is_none())
    }

    /// Begins to read them on another thread; what has not changed is not read again.
    pub fn look(&mut self, catalog: Arc<Catalog>, paths: Vec<PathBuf>) {
        if let Some(come) = self.coming.as_ref().and_then(|coming| coming.get()) {
            self.now = come.clone();
        }
        let known = self.now.clone();
        let coming = Arc::new(OnceLock::new());
        self.coming = Some(coming.clone());
        thread::spawn(move || {
            let _ = coming.set(Arc::new(read(&catalog, paths, &known)));
            wake::now();
        });
    }

    /// Shows these.
    #[cfg(test)]
    pub fn put(&mut self, wars: Vec<Saved>) {
        (self.now, self.coming) = (Arc::new(wars), None);
    }

    /// Waits until they are read.
    #[cfg(test)]
    pub fn wait(&self) {
        for _ in 0..2_000 {
            if !self.is_reading() {
                return;
            }
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}

fn read(catalog: &Catalog, paths: Vec<PathBuf>, known: &[Saved]) -> Vec<Saved> {
    let mut prints: BTreeMap<Key<Scenario>, String> = BTreeMap::new();
    let mut found = Vec::with_capacity(paths.len());
    for path in paths {
        // One that has gone in the meantime is no longer listed.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        let when = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let same =
            |saved: &&Saved| saved.path == path && saved.when == when && saved.bytes == meta.len();
        if let Some(saved) = known.iter().find(same) {
            found.push(saved.clone());
            continue;
        }
        let head = store::head(&path).map(|(head, _)| head);
        let head = head.map_err(|error| error.to_string());
        let notes = head
            .as_ref()
            .map_or_else(|_| Vec::new(), |head| notes(catalog, head, &mut prints));
        found.push(Saved {
            path,
            when,
            bytes: meta.len(),
            head,
            notes,
        });
    }
    found
}

fn notes(
    catalog: &Catalog,
    head: &Head,
    prints: &mut BTreeMap<Key<Scenario>, String>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if !head.sound {
        notes.push(Note::Changed);
    }
    for played in &head.mods {
        let here = catalog
            .mods
            .iter()
            .any(|m| m.problem.is_none() && m.id == played.id && m.version == played.version);
        if !here {
            notes.push(Note::NoMod(played.id.clone(), played.version.clone()));
        }
    }
    match catalog.scenarios.get(&head.scenario) {
        None => notes.push(Note::NoScenario(head.scenario.clone())),
        Some(scenario) => {
            let print = prints
                .entry(head.scenario.clone())
                .or_insert_with(|| fingerprint(&catalog.rules, scenario));
            if head.revision != RULES_REVISION || head.content != *print {
                notes.push(Note::OtherRules);
            }
        }
    }
    notes
}

/// Where the picture of a saved war is.
pub fn picture_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{}.png", name.trim_end_matches(SUFFIX)))
}

/// The pixels of a war's picture, if it has one that can be read.
pub fn picture(path: &Path) -> Option<chart::Pixels> {
    let small = fs::metadata(path).is_ok_and(|meta| meta.len() <= LIMIT);
    let bytes = small.then(|| fs::read(path).ok()).flatten()?;
    chart::read_png(&bytes, 1024).ok()
}

/// Draws the picture of a war beside its record, on another thread. Where several people play, it shows what all may
/// see: the chart alone. A picture that cannot be drawn or written is done without.
pub fn draw(path: &Path, view: Arc<SeatView>, is_shared: bool) {
    let path = picture_of(path);
    thread::spawn(move || {
        let bare;
        let view = if is_shared {
            bare = view.deserted();
            &bare
        } else {
            &*view
        };
        let size = (PICTURE.0 as f32, PICTURE.1 as f32);
        let options = chart::Options {
            scale: 0.6,
            look: Look::Normal,
            show_salvos: false,
            ..chart::Options::default()
        };
        let scene = chart::scene(view, &Camera::fit(&view.map, size, MARGIN), &options);
        if let Ok(bytes) = chart::png(&scene) {
            let _ = store::write_whole(&path, &bytes);
            wake::now();
        }
    });
}

/// A war that was put away, and where it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PutAway {
    /// Where it was.
    pub from: PathBuf,
    /// Where it is now.
    pub to: PathBuf,
}

impl PutAway {
    /// Moves a saved war and its picture to the folder of deleted ones, under a name that is free there.
    ///
    /// # Errors
    /// In a sentence; it is then where it was.
    pub fn now(path: &Path) -> Result<Self, String> {
        let told = |error: std::io::Error| error.to_string();
        let folder = path.with_file_name(DELETED);
        fs::create_dir_all(&folder).map_err(told)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.trim_end_matches(SUFFIX);
        let mut to = folder.join(&*name);
        for number in 2..10_000 {
            if !to.exists() {
                break;
            }
            to = folder.join(format!("{stem}-{number}{SUFFIX}"));
        }
        move_both(path, &to).map_err(told)?;
        Ok(Self {
            from: path.to_owned(),
            to,
        })
    }

    /// Moves it back.
    ///
    /// # Errors
    /// In a sentence, for example if another war has its name by now; it then stays where it is.
    pub fn back(&self) -> Result<(), String> {
        if self.from.exists() {
            return Err(say!("saves-name-taken"));
        }
        move_both(&self.to, &self.from).map_err(|error| error.to_string())
    }
}

fn move_both(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::rename(from, to)?;
    // There may be no picture.
    let _ = fs::rename(picture_of(from), picture_of(to));
    Ok(())
}

/// How long ago something was, in whole units.
pub fn ago(when: SystemTime, now: SystemTime) -> String {
    let minutes = now.duration_since(when).unwrap_or(Duration::ZERO).as_secs() / 60;
    match minutes {
        0 => say!("ago-now"),
        1..60 => say!("ago-minutes", n = minutes),
        60..1440 => say!("ago-hours", n = minutes / 60),
        _ => say!("ago-days", n = minutes / 1440),
    }
}
