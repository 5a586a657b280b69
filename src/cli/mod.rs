//! The command line: one file a command. What it promises to scripts stands in README and in `--help`.
//!
//! Exit codes: 0 done and good; 1 done, and what was asked for does not hold; 2 usage; 3 cannot load what was given.

mod batch;
mod begin;
mod check;
mod chronicle;
mod columns;
mod explain;
mod forecast;
mod history;
mod list;
mod lsp;
mod mods;
mod new;
mod open;
mod order;
mod out;
mod play;
mod record;
mod reference;
mod render;
mod results;
mod sheet;
mod sim;
mod systems;
mod test;
mod turn;
mod view;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand, error::ErrorKind};

use self::out::{Done, Out};
pub use self::{
    open::Subject,
    out::Failure,
    play::{Opening, Window},
};

/// Angelfire, a turn-based game of hyperspatial war. Without a command the window opens.
#[derive(Parser, Debug)]
#[command(name = "angelfire", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(clap::Args, Debug, Clone, Default)]
struct Common {
    /// Print JSON: one document, or one a line for streams
    #[arg(long, global = true)]
    json: bool,
    /// Say less
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
    /// A mod, or a folder of mods, laid over the game's content
    #[arg(long, global = true, value_name = "DIR")]
    mods: Vec<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Open the game, at a scenario or a recorded war
    Play(play::Args),
    /// List what there is
    List(list::Args),
    /// Play a war without a screen
    Sim(sim::Args),
    /// Play many wars and count
    Batch(batch::Args),
    /// Begin a war in a record file
    Begin(begin::Args),
    /// Show what one seat knows
    View(view::Args),
    /// Give orders, list them, take them back
    Order(order::Args),
    /// End the turn
    Turn(turn::Args),
    /// Show, prove, resume, branch and compare records, as a tree and as tables
    Record(record::Args),
    /// Forecast the losses of one fight
    Forecast(forecast::Args),
    /// Explain why a number is what it is
    Explain(explain::Args),
    /// Draw the map into a file
    Render(render::Args),
    /// Check content for mistakes
    Check(check::Args),
    /// Make a mod to begin with: a theatre that nobody wrote, or a shipped scenario to be changed
    New(new::Args),
    /// Play a mod's own trials
    Test(test::Args),
    /// List mods; turn them on and off, and put them in order
    Mods(mods::Args),
    /// Show what content files may say
    Reference(reference::Args),
    /// Help editors with content: completion, hover, problems as one types
    Lsp(lsp::Args),
    /// Show the record: what happened, by whom, where, and how sure that is
    Chronicle(chronicle::Args),
    /// Play the battles of the record by its orders and hold them against it
    History(history::Args),
    /// Show the table of systems and their proofs
    Systems(systems::Args),
}

/// Reads the arguments and does what they say; `window` opens the game's window, where there is one.
pub fn run(window: Option<Window>) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            let fine = matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            return ExitCode::from(if fine { 0 } else { 2 });
        }
    };
    let mut out = Out::new(&cli.common);
    let done = match cli.command {
        None => play::run(&mut out, &cli.common, play::Args::default(), window),
        Some(command) => dispatch(&mut out, &cli.common, command, window),
    };
    let done = done.and_then(|done| out.finish().map(|()| done));
    match done {
        Ok(Done::Good) => ExitCode::SUCCESS,
        Ok(Done::Bad) => ExitCode::from(1),
        Err(failure) => out.fail(&failure),
    }
}

fn dispatch(
    out: &mut Out,
    common: &Common,
    command: Command,
    window: Option<Window>,
) -> Result<Done, Failure> {
    match command {
        Command::Play(args) => play::run(out, common, args, window),
        Command::List(args) => list::run(out, common, args),
        Command::Sim(args) => sim::run(out, common, args),
        Command::Batch(args) => batch::run(out, common, args),
        Command::Begin(args) => begin::run(out, common, args),
        Command::View(args) => view::run(out, common, args),
        Command::Order(args) => order::run(out, common, args),
        Command::Turn(args) => turn::run(out, common, args),
        Command::Record(args) => record::run(out, common, args),
        Command::Forecast(args) => forecast::run(out, common, args),
        Command::Explain(args) => explain::run(out, common, args),
        Command::Render(args) => render::run(out, common, args),
        Command::Check(args) => check::run(out, common, args),
        Command::New(args) => new::run(out, common, args),
        Command::Test(args) => test::run(out, common, args),
        Command::Mods(args) => mods::run(out, common, args),
        Command::Reference(args) => reference::run(out, common, args),
        Command::Lsp(args) => lsp::run(out, common, args),
        Command::Chronicle(args) => chronicle::run(out, common, args),
        Command::History(args) => history::run(out, common, args),
        Command::Systems(args) => systems::run(out, common, args),
    }
}
