//! Keeps the war on the table on disk while it is planned, on a thread of its own: whatever becomes of the window, the
//! orders given so far are in the file that the war saves itself in.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
};

use crate::war::{Record, store};

/// What is still to be written, by file.
static NEXT: Mutex<BTreeMap<PathBuf, Record>> = Mutex::new(BTreeMap::new());
/// Rung when something is.
static NEWS: Condvar = Condvar::new();
/// Held while a file is written, so that an older record never comes after a newer one.
static PEN: Mutex<()> = Mutex::new(());
/// Set once the thread writes; without a window nothing is kept by itself.
static AWAKE: OnceLock<()> = OnceLock::new();

/// From now on what is noted is written.
pub fn begin() {
    AWAKE.get_or_init(|| {
        thread::spawn(|| {
            loop {
                let mut next = all();
                while next.is_empty() {
                    next = NEWS.wait(next).unwrap_or_else(PoisonError::into_inner);
                }
                drop(next);
                flush();
            }
        });
    });
}

/// Has the war written soon; what is noted later overtakes it.
pub fn note(path: &Path, record: &Record) {
    if AWAKE.get().is_some() {
        all().insert(path.to_owned(), record.clone());
        NEWS.notify_one();
    }
}

/// Writes what is still to be written, and comes back when all of it is on disk. A disk that takes nothing more is told
/// of when the war is saved by name, by its turn, or on leaving.
pub fn flush() {
    let _pen = PEN.lock().unwrap_or_else(PoisonError::into_inner);
    let next = std::mem::take(&mut *all());
    for (path, record) in next {
        let _ = store::save(&path, &record);
    }
}

fn all() -> MutexGuard<'static, BTreeMap<PathBuf, Record>> {
    NEXT.lock().unwrap_or_else(PoisonError::into_inner)
}
