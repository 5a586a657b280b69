//! Arguments in, command line or window out.

use std::process::ExitCode;

fn main() -> ExitCode {
    angelfire::cli::run(window())
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
            catalog: opening.catalog,
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
