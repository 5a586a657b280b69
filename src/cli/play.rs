//! `play`: the window. Which window that is `main` says: the command line knows none.

use std::sync::Arc;

use super::{
    Common,
    open::{self, Subject},
    out::{Done, Failure, Out},
};
use crate::content::{Catalog, Layer};

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
    /// Everything that can be played.
    pub catalog: Arc<Catalog>,
    /// The mods in use: the record and the courses of its battles are read of these.
    pub layers: Vec<Layer>,
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
    let catalog = open::catalog(out, common)?;
    window(Opening {
        layers: open::in_use(common, &catalog)?,
        catalog,
        subject,
        seat: args.seat,
    })?;
    Ok(Done::Good)
}
