//! Arguments in, command line or window out.

use std::process::ExitCode;

fn main() -> ExitCode {
    angelfire::cli::run()
}
