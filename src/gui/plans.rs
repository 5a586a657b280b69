//! What is planned is kept while it is planned: a moment after the last change the record is written on another thread,
//! so that whatever ends the game takes nothing along.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use crate::war::{Record, store};

/// How long nothing more must have been planned before it is written.
const CALM: Duration = Duration::from_millis(400);

type Latest = Arc<Mutex<Option<(PathBuf, Record)>>>;

/// Writes the latest plan by and by.
#[derive(Default)]
pub struct Plans {
    latest: Latest,
    wake: Option<mpsc::Sender<()>>,
}

impl Plans {
    /// This record is to be written, instead of one that still waits.
    pub fn keep(&mut self, path: PathBuf, record: Record) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some((path, record));
        let wake = self.wake.get_or_insert_with(|| writer(self.latest.clone()));
        if wake.send(()).is_err() {
            self.wake = None;
        }
    }

    /// Whoever writes the war himself lets go of what still waits. Nothing is being written once this has returned.
    pub fn forget(&self) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn writer(latest: Latest) -> mpsc::Sender<()> {
    let (wake, woken) = mpsc::channel();
    thread::spawn(move || {
        while woken.recv().is_ok() {
            while woken.recv_timeout(CALM).is_ok() {}
            let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((path, record)) = latest.take() {
                // Whether the war can be kept is told when a turn ends, and on the way out.
                let _ = store::save(&path, &record);
            }
        }
    });
    wake
}
