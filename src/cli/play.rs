//! `play`: the window. Which window that is `main` says: the command line knows none.

use super::{
    Common,
    open::{self, Subject},
    out::{Done, Failure, Out},
};
use crate::war::mods::{Loaded, Places};

/// Open the game, at a scenario or a recorded war
#[derive(clap::Args, Debug, Default)]
pub struct Args {
    /// A scenario or a record; the menu, if it is not given
    #[arg(value_name = "SCENARIO|RECORD")]
    subject: Option<String>,
    /// The seat that is played
    #[arg(long)]
    seat: Option<String>,
}

/// What the window is to open with.
pub struct Opening {
    /// Everything that can be played, and the mods of which it is made.
    pub content: Loaded,
    /// Where these were found: what changes there while the window is open is taken over.
    pub places: Places,
    /// A scenario or a record; none: the menu.
    pub subject: Option<Subject>,
    /// The seat that is played.
    pub seat: Option<String>,
}

/// Opens the window and comes back when it is closed.
pub type Window = fn(Opening) -> Result<(), Failure>;

pub fn run(
    out: &mut Out,
    common: &Common,
    args: Args,
    window: Option<Window>,
) -> Result<Done, Failure> {
    let Some(window) = window else {
        let scenario = args.subject.as_deref().unwrap_or("SCENARIO");
        return Err(Failure::Failed(format!(
            "this build has no window; `angelfire sim {scenario}` plays without one"
        )));
    };
    let subject = args.subject.as_deref().map(open::subject);
    if let Some(Subject::Record(path)) = &subject
        && !path.is_file()
    {
        return Err(Failure::Load(format!(
            "there is no record {}",
            path.display()
        )));
    }
    window(Opening {
        content: open::content(out, common)?,
        places: open::places(common),
        subject,
        seat: args.seat,
    })?;
    Ok(Done::Good)
}
