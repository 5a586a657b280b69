//! What takes longer than a frame is done on another thread: beginning, loading, ending a turn.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use super::{history::watch::Watch, live::Took, wake, words::say};
use crate::war::War;

/// How often the window looks at work under way, to say how long it takes.
pub const TICK: Duration = Duration::from_millis(200);

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A war begins or is loaded.
    Open,
    /// A turn is resolved.
    Turn,
    /// The war on the table takes over changed content.
    Content,
}

/// What came out.
#[derive(Default)]
pub struct Done {
    /// The war; none if it could not be opened, or was lost.
    pub war: Option<Box<War>>,
    /// What went wrong, in a sentence.
    pub problem: Option<String>,
    /// If it is to be watched: all its turns.
    pub watch: Option<Box<Watch>>,
    /// If it was to take over changed content: what became of that.
    pub renewed: Option<Took>,
}

/// Work under way.
pub struct Job {
    /// What it is.
    pub kind: Kind,
    begun: Instant,
    answer: Mutex<mpsc::Receiver<Done>>,
}

impl Job {
    /// Starts it.
    pub fn start(kind: Kind, work: impl FnOnce() -> Done + Send + 'static) -> Self {
        let (send, answer) = mpsc::channel();
        thread::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Done {
                problem: Some(say!("job-broke")),
                ..Done::default()
            });
            // Nobody listens any more once the window is closed.
            let _ = send.send(done);
            wake::now();
        });
        Self {
            kind,
            begun: Instant::now(),
            answer: Mutex::new(answer),
        }
    }

    /// What is being done, and for how long; none while that is not worth a word.
    pub fn words(&self) -> Option<String> {
        let seconds = self.begun.elapsed().as_secs();
        match self.kind {
            _ if seconds == 0 => None,
            Kind::Open => Some(say!("job-open", seconds = seconds)),
            Kind::Turn => Some(say!("job-turn", seconds = seconds)),
            Kind::Content => Some(say!("job-content", seconds = seconds)),
        }
    }

    /// The answer, once it is there.
    pub fn answer(&self) -> Option<Done> {
        let answer = self.answer.lock().ok()?;
        match answer.try_recv() {
            Ok(done) => Some(done),
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => Some(Done {
                problem: Some(say!("job-cut-short")),
                ..Done::default()
            }),
        }
    }
}
