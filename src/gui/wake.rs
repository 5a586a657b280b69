//! Wakes the window from any thread, at once or after a while. It sleeps otherwise: nothing is drawn that nobody asked
//! for.

use std::{
    sync::{OnceLock, mpsc},
    thread,
    time::{Duration, Instant},
};

/// What rings for the window, and the thread that waits to ring. None without a window.
static BELL: OnceLock<Bell> = OnceLock::new();

struct Bell {
    ring: Box<dyn Fn() + Send + Sync>,
    later: mpsc::Sender<Instant>,
}

/// From now on the window is woken so. Asked again, it stays as it was.
pub fn listen(ring: impl Fn() + Send + Sync + 'static) {
    BELL.get_or_init(|| {
        let (later, asked) = mpsc::channel();
        thread::spawn(move || wait(&asked));
        Bell {
            ring: Box::new(ring),
            later,
        }
    });
}

/// Draws a frame now.
pub fn now() {
    if let Some(bell) = BELL.get() {
        (bell.ring)();
    }
}

/// Draws a frame after so long; what was asked for sooner comes sooner, and once for all that is due.
pub fn after(delay: Duration) {
    let at = Instant::now().checked_add(delay);
    if let (Some(bell), Some(at)) = (BELL.get(), at) {
        // The waiting thread lives as long as the bell.
        let _ = bell.later.send(at);
    }
}

/// Waits for the earliest of what was asked for.
fn wait(asked: &mpsc::Receiver<Instant>) {
    let mut due: Option<Instant> = None;
    loop {
        let next = match due {
            None => asked
                .recv()
                .map_err(|_| mpsc::RecvTimeoutError::Disconnected),
            Some(at) => asked.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match next {
            Ok(at) => due = Some(due.map_or(at, |due| due.min(at))),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                due = None;
                now();
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
        }
    }
}
