//! `play`: the window.

use super::{
    Common,
    out::{Done, Failure, Out},
};

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

pub fn run(_out: &mut Out, _common: &Common, args: Args) -> Result<Done, Failure> {
    let scenario = args.subject.as_deref().unwrap_or("SCENARIO");
    Err(Failure::Failed(format!(
        "this build has no window; `angelfire sim {scenario}` plays without one"
    )))
}
