//! Arguments in, command line or window out.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(all(feature = "gui", target_os = "linux", target_env = "gnu"))]
    lean();
    angelfire::cli::run(window())
}

/// Begins the program anew where it opens a window, with an allocator that gives back what is freed. Left alone, glibc
/// keeps blocks of some megabytes once it has seen one freed, and each frame of a large war has such blocks: a third more
/// memory than is in use. It is told by its environment, when a program begins; a call would be `unsafe`.
#[cfg(all(feature = "gui", target_os = "linux", target_env = "gnu"))]
fn lean() {
    use std::{env, os::unix::process::CommandExt, process::Command};
    /// Bytes from which a block is the system's own; named, it stays so.
    const BLOCK: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "131072");
    let given: Vec<_> = env::args_os().skip(1).collect();
    let opens = given.is_empty() || given.iter().any(|word| word == "play");
    if !opens || env::var_os(BLOCK.0).is_some() {
        return;
    }
    if let Ok(this) = env::current_exe() {
        // Comes back only if it fails, and then all goes on as it is.
        let _ = Command::new(this).args(given).env(BLOCK.0, BLOCK.1).exec();
    }
}

#[cfg(not(feature = "gui"))]
fn window() -> Option<angelfire::cli::Window> {
    None
}

#[cfg(feature = "gui")]
fn window() -> Option<angelfire::cli::Window> {
    use angelfire::{
        cli::{Failure, Opening, Subject},
        content::Key,
        gui::{Error, Options, Start, run},
    };
    fn open(opening: Opening) -> Result<(), Failure> {
        let start = match opening.subject {
            None => Start::Menu,
            Some(Subject::Scenario(id)) => Start::Scenario(Key::new(id)),
            Some(Subject::Record(path)) => Start::Record(path),
        };
        run(Options {
            content: opening.content,
            places: opening.places,
            start,
            seat: opening.seat.map(Key::new),
            folder: None,
        })
        .map_err(|error| match error {
            Error::Start(_) => Failure::Load(error.to_string()),
            Error::NoDisplay | Error::Lost(_) => Failure::Failed(error.to_string()),
        })
    }
    Some(open)
}
