//! What is printed, and how a command ends.

use std::{
    env,
    io::{self, BufWriter, IsTerminal, Stdout, Write},
    process::ExitCode,
};

use serde::Serialize;

use super::Common;
use crate::{
    content::LayerError,
    war::{WarError, store::StoreError},
};

/// How a command ended that could be carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// What was asked for holds.
    Good,
    /// It does not.
    Bad,
}

impl Done {
    /// Good if this holds.
    pub fn if_true(good: bool) -> Self {
        if good { Done::Good } else { Done::Bad }
    }
}

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Failure {
    /// The arguments make no sense.
    Usage(String),
    /// What the command was given cannot be loaded.
    Load(String),
    /// It was tried and did not work.
    Failed(String),
    /// Nobody reads any more.
    Closed,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Failed(format!("cannot print: {error}")),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Read { .. } | StoreError::Record { .. } | StoreError::Taken(_) => {
                Failure::Load(error.to_string())
            }
            StoreError::Write { .. }
            | StoreError::Lock { .. }
            | StoreError::Locked(_)
            | StoreError::NoFolder
            | StoreError::Name(..) => Failure::Failed(error.to_string()),
        }
    }
}

impl From<WarError> for Failure {
    fn from(error: WarError) -> Self {
        match error {
            WarError::Store(error) => error.into(),
            WarError::NoSeat { .. } | WarError::NoTurn { .. } => Failure::Usage(error.to_string()),
            _ => Failure::Load(error.to_string()),
        }
    }
}

impl From<LayerError> for Failure {
    fn from(error: LayerError) -> Self {
        Failure::Load(error.to_string())
    }
}

/// Where a command prints.
pub struct Out {
    stdout: BufWriter<Stdout>,
    /// JSON and nothing else on standard output.
    pub json: bool,
    /// Only what was asked for.
    pub quiet: bool,
    /// More than was asked for.
    pub verbose: bool,
    /// Whether colour may be used.
    pub color: bool,
}

impl Out {
    /// As the arguments say.
    pub fn new(common: &Common) -> Self {
        let plain = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self {
            stdout: BufWriter::new(io::stdout()),
            json: common.json,
            quiet: common.quiet,
            verbose: common.verbose,
            color: !common.json && !plain && io::stdout().is_terminal(),
        }
    }

    /// One line for people; nothing with `--json`.
    pub fn line(&mut self, text: impl AsRef<str>) -> Result<(), Failure> {
        if !self.json {
            writeln!(self.stdout, "{}", text.as_ref())?;
        }
        Ok(())
    }

    /// One line that is only told when nothing speaks against it: not with `--quiet`, not with `--json`.
    pub fn aside(&mut self, text: impl AsRef<str>) -> Result<(), Failure> {
        if self.quiet { Ok(()) } else { self.line(text) }
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> Result<(), Failure> {
        if self.color {
            self.line(format!("\x1b[1m{text}\x1b[0m"))
        } else {
            self.line(text)
        }
    }

    /// A whole text as it is.
    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.stdout.write_all(text.as_bytes())?;
        Ok(())
    }

    /// A JSON document on a line of its own, at once.
    pub fn document(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value)
            .map_err(|e| Failure::Failed(format!("cannot write this as JSON: {e}")))?;
        writeln!(self.stdout, "{text}")?;
        self.stdout.flush()?;
        Ok(())
    }

    /// Progress: on standard error, only on a terminal, on one line that is overwritten.
    pub fn progress(&self, text: &str) {
        if !self.quiet && io::stderr().is_terminal() {
            let _ = write!(io::stderr(), "\r\x1b[2K{text}");
        }
    }

    /// The end of progress.
    pub fn progress_end(&self) {
        self.progress("");
    }

    /// A warning on standard error.
    pub fn warn(&self, text: &str) {
        if !self.quiet {
            // Standard error may be closed as well.
            let _ = writeln!(io::stderr(), "warning: {text}");
        }
    }

    /// Sends off what is still held back.
    pub fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.stdout.flush()?)
    }

    /// Says why it failed, and which exit code that is.
    pub fn fail(&mut self, failure: &Failure) -> ExitCode {
        let (code, text) = match failure {
            Failure::Closed => return ExitCode::SUCCESS,
            Failure::Failed(text) => (1, text),
            Failure::Usage(text) => (2, text),
            Failure::Load(text) => (3, text),
        };
        let _ = self.stdout.flush();
        let _ = writeln!(io::stderr(), "error: {text}");
        ExitCode::from(code)
    }
}
