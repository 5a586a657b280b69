//! What is planned is kept while it is planned: a moment after the last change the record is written on another thread,
//! so that whatever ends the game takes nothing along.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};

use crate::war::{Record, store};

/// How long nothing more must have been planned before it is written.
const CALM: Duration = Duration::from_millis(400);

/// Writes the latest plan by and by.
#[derive(Default)]
pub struct Plans {
    waiting: Waiting,
    wake: Option<mpsc::Sender<()>>,
}

/// The plan that still waits to be written, if one does; whoever holds it may have it written at once.
#[derive(Clone, Default)]
pub struct Waiting(Arc<Mutex<Option<(PathBuf, Record)>>>);

impl Plans {
    /// This record is to be written, instead of one that still waits.
    pub fn keep(&mut self, path: PathBuf, record: Record) {
        *self.waiting.lock() = Some((path, record));
        let wake = self
            .wake
            .get_or_insert_with(|| writer(self.waiting.clone()));
        if wake.send(()).is_err() {
            self.wake = None;
        }
    }

    /// Whoever writes the war himself lets go of what still waits. Nothing is being written once this has returned.
    pub fn forget(&self) {
        *self.waiting.lock() = None;
    }

    /// What still waits, for whoever is there when the game itself no longer is.
    pub fn waiting(&self) -> Waiting {
        self.waiting.clone()
    }
}

impl Waiting {
    /// Writes it now. It is on disk once this has returned, if the disk takes it.
    pub fn write(&self) {
        let mut waiting = self.lock();
        if let Some((path, record)) = waiting.take() {
            // Whether the war can be kept is told when a turn ends, and on the way out.
            let _ = store::save(&path, &record);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<(PathBuf, Record)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn writer(waiting: Waiting) -> mpsc::Sender<()> {
    let (wake, woken) = mpsc::channel();
    thread::spawn(move || {
        while woken.recv().is_ok() {
            while woken.recv_timeout(CALM).is_ok() {}
            waiting.write();
        }
    });
    wake
}
