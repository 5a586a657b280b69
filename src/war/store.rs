//! Records on disk: written whole or not at all, locked while they are written, kept in the user's folder.
//!
//! The lock is an empty file beside the record. Whoever gives it back removes it first, while still holding it; whoever
//! gets one that is no longer the file of that name has waited for a lock that is gone, and takes a new one. Where files
//! have no identity to tell by, the lock file stays. One that is left behind by a killed program is used again.

use std::{
    env,
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use atomic_write_file::AtomicWriteFile;

use super::record::{self, Head, LIMIT, Reading, Record, RecordError};

/// What records are called at the end.
pub const SUFFIX: &str = ".angelfire.ron";
/// Bytes of a name: with suffix and lock it stays below what file systems take.
const NAME_LIMIT: usize = 120;
/// How often a lock is tried before it is given up, and how long between.
const TRIES: u32 = 100;
const WAIT: Duration = Duration::from_millis(20);

/// Why a record could not be read or written. The file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file could not be opened or read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file could not be written.
    #[error("cannot write {}: {error}; what was there is still there", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// What stands where the lock should be cannot be locked.
    #[error("cannot write {}: {}, which locks it, {why}; move it away if nothing else needs it", path.display(), lock.display())]
    Lock {
        /// The record.
        path: PathBuf,
        /// The file beside it.
        lock: PathBuf,
        /// What is wrong with that file.
        why: String,
    },
    /// Somebody else writes it.
    #[error("{} is being written by another program", .0.display())]
    Locked(PathBuf),
    /// It is no record.
    #[error("{}: {error}", path.display())]
    Record {
        /// Which.
        path: PathBuf,
        /// Why.
        error: RecordError,
    },
    /// The platform names no folder for the user's files.
    #[error("there is no folder for saved wars on this system; name one in ANGELFIRE_DATA_DIR")]
    NoFolder,
    /// There is something where a mod was to be written.
    #[error("{} is there already and is not an empty folder; nothing is written over", .0.display())]
    Taken(PathBuf),
    /// A war cannot be called so.
    #[error("a war cannot be called `{0}`: {1}")]
    Name(String, &'static str),
}

/// A record file that nobody else may write as long as this lives.
pub struct Held {
    path: PathBuf,
    lock: PathBuf,
    file: File,
}

impl Held {
    /// Takes the lock of a record file, which need not exist yet.
    ///
    /// # Errors
    /// If another program holds it for longer than two seconds, if the folder cannot be written, or if something else
    /// stands in the place of the lock.
    pub fn take(path: &Path) -> Result<Self, StoreError> {
        let mut name = path
            .file_name()
            .ok_or_else(|| StoreError::Write {
                path: path.to_owned(),
                error: io::ErrorKind::InvalidInput.into(),
            })?
            .to_owned();
        name.push(".lock");
        let lock = path.with_file_name(name);
        for _ in 0..TRIES {
            let file = open_lock(path, &lock)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &lock) => {
                    return Ok(Self {
                        path: path.to_owned(),
                        lock,
                        file,
                    });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
                Err(TryLockError::Error(error)) => {
                    return Err(StoreError::Lock {
                        path: path.to_owned(),
                        lock,
                        why: format!("cannot be locked: {error}"),
                    });
                }
            }
        }
        Err(StoreError::Locked(path.to_owned()))
    }

    /// Writes the record, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written; what was there is still there.
    pub fn save(&self, record: &Record) -> Result<(), StoreError> {
        write_whole(&self.path, record::write(record).as_bytes())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // A lock file that cannot be removed does no harm.
        if cfg!(unix) && is_at(&self.file, &self.lock) {
            let _ = fs::remove_file(&self.lock);
        }
    }
}

/// Opens the lock of a record, or makes it; whatever else stands in its place is left alone.
fn open_lock(path: &Path, lock: &Path) -> Result<File, StoreError> {
    let wrong = |why: String| StoreError::Lock {
        path: path.to_owned(),
        lock: lock.to_owned(),
        why,
    };
    let there = match fs::symlink_metadata(lock) {
        Ok(found) if !found.is_file() || found.len() > 0 => {
            return Err(wrong(String::from("is something else")));
        }
        found => found.is_ok(),
    };
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock)
        .map_err(|error| match there {
            true => wrong(format!("cannot be opened: {error}")),
            false => StoreError::Write {
                path: path.to_owned(),
                error,
            },
        })
}

/// Whether an open file is still the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Whether an open file is still the one of that name: nobody removes it here.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Takes the lock, writes the record, whole or not at all, and gives the lock back.
///
/// # Errors
/// If it cannot be written; what was there is still there.
pub fn save(path: &Path, record: &Record) -> Result<(), StoreError> {
    Held::take(path)?.save(record)
}

/// Writes any file of ours, whole or not at all.
///
/// # Errors
/// If it cannot be written; what was there is still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let attempt = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    attempt().map_err(|error| StoreError::Write {
        path: path.to_owned(),
        error,
    })
}

/// Whether a mod may be written here: there is nothing, or an empty folder.
///
/// # Errors
/// If there is anything else.
pub fn vacant(folder: &Path) -> Result<(), StoreError> {
    // A link that leads nowhere is something, too.
    if fs::symlink_metadata(folder).is_err() {
        return Ok(());
    }
    let inside = fs::read_dir(folder).ok().map(|mut inside| inside.next());
    match inside {
        Some(None) => Ok(()),
        _ => Err(StoreError::Taken(folder.to_owned())),
    }
}

/// Writes a mod into a folder of its own, which is made: files by their paths within it, with `/`.
///
/// # Errors
/// If there is anything in its place but an empty folder, or if it cannot be written.
pub fn write_mod(folder: &Path, files: &[(String, String)]) -> Result<(), StoreError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| StoreError::Write { path, error }
    };
    vacant(folder)?;
    for (name, text) in files {
        let path = name
            .split('/')
            .fold(folder.to_owned(), |at, part| at.join(part));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed(parent))?;
        }
        write_whole(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Reads a record; one that was changed is read as well, and said to be unsound.
///
/// # Errors
/// If it cannot be read or is no record.
pub fn read(path: &Path) -> Result<Reading, StoreError> {
    let bytes = read_bytes(path)?;
    record::read(&bytes).map_err(|error| StoreError::Record {
        path: path.to_owned(),
        error,
    })
}

/// Reads a record whose checksum must hold.
///
/// # Errors
/// If it cannot be read, is no record, or was changed.
pub fn load(path: &Path) -> Result<Record, StoreError> {
    read(path)?.sound().map_err(|error| StoreError::Record {
        path: path.to_owned(),
        error,
    })
}

/// Reads what a list says of a record, and how many bytes it has.
///
/// # Errors
/// If it cannot be read or is no record.
pub fn head(path: &Path) -> Result<(Head, u64), StoreError> {
    let bytes = read_bytes(path)?;
    let head = record::head(&bytes).map_err(|error| StoreError::Record {
        path: path.to_owned(),
        error,
    })?;
    Ok((head, bytes.len() as u64))
}

/// Reads a file of at most [`LIMIT`] bytes; one byte more tells that it is larger.
///
/// # Errors
/// If it cannot be read.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    let attempt = || {
        let mut bytes = Vec::new();
        File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    attempt().map_err(|error| StoreError::Read {
        path: path.to_owned(),
        error,
    })
}

/// Where the user's files live: `ANGELFIRE_DATA_DIR`, else what the platform says.
///
/// # Errors
/// If there is no such place.
pub fn data_dir() -> Result<PathBuf, StoreError> {
    if let Some(folder) = env::var_os("ANGELFIRE_DATA_DIR").filter(|f| !f.is_empty()) {
        return Ok(PathBuf::from(folder));
    }
    directories::ProjectDirs::from("", "", "angelfire")
        .map(|dirs| dirs.data_dir().to_owned())
        .ok_or(StoreError::NoFolder)
}

/// The folder of saved wars; made if it is missing.
///
/// # Errors
/// If it cannot be made.
pub fn saves_dir() -> Result<PathBuf, StoreError> {
    let folder = data_dir()?.join("wars");
    fs::create_dir_all(&folder).map_err(|error| StoreError::Write {
        path: folder.clone(),
        error,
    })?;
    Ok(folder)
}

/// Where in a folder this war may save itself: under its scenario and seed, with a number behind it if another war is kept under
/// that name. What is there already is never lost: see [`Record::covers`].
pub fn autosave_path(folder: &Path, record: &Record) -> PathBuf {
    let stem = format!("{}-{}", record.scenario, record.seed);
    let mut path = folder.join(format!("{stem}{SUFFIX}"));
    let mut number = 1u32;
    while path.exists() && !load(&path).is_ok_and(|there| record.covers(&there)) {
        number += 1;
        path = folder.join(format!("{stem}-{number}{SUFFIX}"));
    }
    path
}

/// Where in a folder a war is saved under a name of the user's. Nothing is written.
///
/// # Errors
/// If the name cannot be one of a file on every platform.
pub fn named_path(folder: &Path, name: &str) -> Result<PathBuf, StoreError> {
    let name = name.trim();
    if let Some(fault) = fault_of(name) {
        return Err(StoreError::Name(name.chars().take(40).collect(), fault));
    }
    Ok(folder.join(format!("{name}{SUFFIX}")))
}

/// A path in a folder that nobody has yet, named after this as far as a file may be.
pub fn free_path(folder: &Path, name: &str, end: &str) -> PathBuf {
    let plain = |c: char| {
        if c.is_alphanumeric() || " -_.,()'".contains(c) {
            c
        } else {
            '-'
        }
    };
    let mut stem: String = name.trim().chars().map(plain).collect();
    while stem.len() > NAME_LIMIT {
        stem.pop();
    }
    if fault_of(&stem).is_some() {
        stem = String::from("war");
    }
    let mut path = folder.join(format!("{stem}.{end}"));
    let mut number = 1u32;
    while path.exists() {
        number += 1;
        path = folder.join(format!("{stem}-{number}.{end}"));
    }
    path
}

/// Why this can be no name of a war, if so.
fn fault_of(name: &str) -> Option<&'static str> {
    let strange = |c: char| !(c.is_alphanumeric() || " -_.,()'".contains(c));
    if name.is_empty() {
        Some("it is empty")
    } else if name.len() > NAME_LIMIT {
        Some("it is too long")
    } else if name.starts_with('.') || name.ends_with('.') {
        Some("it begins or ends with a dot")
    } else if name.contains(strange) {
        Some("only letters, figures, spaces and - _ . , ( ) ' may be in it")
    } else if is_device(name) {
        Some("a device is called so")
    } else {
        None
    }
}

/// Names that Windows keeps for devices, whatever stands behind a dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let numbered = |kind: &str| {
        stem.len() == 4
            && stem
                .get(..3)
                .is_some_and(|start| start.eq_ignore_ascii_case(kind))
            && stem.ends_with(|c: char| c.is_ascii_digit())
    };
    ["con", "prn", "aux", "nul"]
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("com")
        || numbered("lpt")
}

/// The saved wars in a folder, newest first.
///
/// # Errors
/// If the folder cannot be read.
pub fn saves(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let attempt = || -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().ends_with(SUFFIX) {
                found.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        found.sort_by(|a, b| b.cmp(a));
        Ok(found.into_iter().map(|(_, path)| path).collect())
    };
    attempt().map_err(|error| StoreError::Read {
        path: folder.to_owned(),
        error,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        content::Catalog,
        sim::order::{Action, Order},
        war::{Player, Setup, War},
    };

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = env::temp_dir().join(format!("angelfire-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).expect("a folder");
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn begun() -> War {
        let catalog = Arc::new(Catalog::shipped());
        let (key, scenario) = catalog.scenarios.iter().next().expect("a scenario");
        let seat = scenario.seats.keys().next().expect("a seat");
        let setup = Setup::new(key.as_str(), 1).with(seat.as_str(), Player::Person);
        War::begin(catalog.clone(), setup).expect("it begins")
    }

    #[test]
    fn an_earlier_war_keeps_its_file() {
        let folder = Folder::new("autosave");
        let mut first = begun();
        let path = autosave_path(&folder.0, first.record());
        first.autosave = Some(path.clone());
        first.end_turn().expect("it is saved");

        let mut second = begun();
        let other = autosave_path(&folder.0, second.record());
        assert_ne!(other, path, "the same scenario and seed, another war");
        assert_eq!(
            autosave_path(&folder.0, first.record()),
            path,
            "a war goes on in its own file"
        );
        first.end_turn().expect("it is saved");
        let later = load(&path).expect("the second turn is there");
        assert_eq!(later.length(), 2);

        // Planned and not yet fought: that would be lost as well.
        let seat = second.record().players.keys().next().cloned();
        let seat = seat.expect("a seat");
        let view = second.view(&seat).expect("its view");
        let force = view.forces.iter().find(|(_, f)| f.mine).expect("a force");
        let order = Order {
            force: force.0.clone(),
            action: Action::Halt,
        };
        second.give(&seat, order).expect("a force may halt");
        save(&other, second.record()).expect("it is saved");
        let (head, bytes) = head(&other).expect("its head is read");
        assert!(head.sound && bytes > 100);
        assert_eq!((head.length, head.planned, head.seed), (0, 1, 1));
        assert_eq!(head.players, second.record().players);
        assert_eq!(autosave_path(&folder.0, second.record()), other);
        let third = autosave_path(&folder.0, begun().record());
        assert!(third != path && third != other, "{}", third.display());

        fs::write(&third, "no war").expect("it is written");
        assert_ne!(autosave_path(&folder.0, begun().record()), third);
    }

    #[test]
    fn a_file_in_which_nothing_was_done_is_used_again() {
        let folder = Folder::new("empty");
        let war = begun();
        let path = autosave_path(&folder.0, war.record());
        save(&path, war.record()).expect("it is saved");
        assert_eq!(autosave_path(&folder.0, begun().record()), path);
    }

    #[test]
    fn names_stay_in_the_folder() {
        let folder = Path::new("wars");
        for bad in [
            "", "  ", ".", "..", "../a", "a/b", "a\\b", "c:a", "a\nb", "a\0", "Nul", "com1.x", "a.",
        ] {
            assert!(named_path(folder, bad).is_err(), "{bad:?}");
        }
        assert!(named_path(folder, &"a".repeat(121)).is_err());
        for good in ["First war", "a-b_c.2 (late)", "Käthe's", "comet", "lpt"] {
            let path = named_path(folder, good).expect("a good name");
            assert_eq!(path.parent(), Some(folder), "{good}");
        }
        let trimmed = named_path(folder, "  a ").expect("a good name");
        assert_eq!(trimmed, folder.join(format!("a{SUFFIX}")));
    }
}
