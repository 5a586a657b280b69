//! What the table costs with 1,000 sectors and 10,000 forces, and whether that is within its bounds: `cargo bench --bench
//! table` (with `-- windows`, the second part alone). First its frames without a window, then the game's own window on a display of this program's own, drawn in
//! software, beside an empty window of the toolkit. Figures, not tests; a bound that is missed makes it fail.

mod desk;
mod large;
mod window;

use std::{env, fs, process::ExitCode};

/// A figure and the most it may be.
pub struct Figure {
    what: &'static str,
    value: f64,
    most: f64,
    unit: &'static str,
}

impl Figure {
    fn new(what: &'static str, value: f64, most: f64, unit: &'static str) -> Self {
        Self {
            what,
            value,
            most,
            unit,
        }
    }

    fn is_kept(&self) -> bool {
        self.value <= self.most
    }
}

fn main() -> ExitCode {
    if env::args().any(|argument| argument == window::EMPTY) {
        window::empty();
        return ExitCode::SUCCESS;
    }
    let folder = env::temp_dir().join(format!("angelfire-bench-{}", std::process::id()));
    let mut figures = Vec::new();
    let outcome = fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))
        .and_then(
            |()| match env::args().any(|argument| argument == "windows") {
                true => Ok(()),
                false => desk::frames(&folder.join("desk"), &mut figures),
            },
        )
        .and_then(|()| window::costs(&folder.join("window"), &mut figures));
    let _ = fs::remove_dir_all(&folder);
    println!("table: a war of 1,000 sectors and 10,000 forces");
    for figure in &figures {
        let verdict = if figure.is_kept() { "kept" } else { "MISSED" };
        println!(
            "  {:<48} {:>9.3} {unit:<10} at most {:>5} {unit:<10} {verdict}",
            figure.what,
            figure.value,
            figure.most,
            unit = figure.unit,
        );
    }
    if let Err(reason) = &outcome {
        println!("table: {reason}");
    }
    if outcome.is_ok() && figures.iter().all(Figure::is_kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
