//! `check`: content held against the schema and against itself, trials and the table of systems among it.

use std::path::PathBuf;

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{Bench, Diagnostics, Sources, render_json, render_text},
    war::trial,
};

/// Check content: files and folders, or all that is shipped and installed; and the mods of `--mods`
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files and folders; all that is shipped and installed, if none is given
    paths: Vec<PathBuf>,
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let mut good = true;
    let mut documents = Vec::new();
    let mut first = Bench::of_paths(&args.paths)?;
    trial::check(&mut first);
    let mut all = vec![(first.sources, first.found)];
    let mut layers = open::named(common)?;
    if args.paths.is_empty() {
        layers.extend(open::installed()?);
    }
    all.extend(layers.iter().map(trial::check_layer));
    for (sources, found) in &all {
        good &= !found.has_errors();
        if out.json {
            if let serde_json::Value::Array(list) = render_json(sources, found) {
                documents.extend(list);
            }
        } else {
            print(out, sources, found)?;
        }
    }
    if out.json {
        out.document(&documents)?;
    } else if good {
        out.aside("No errors.")?;
    }
    Ok(Done::if_true(good))
}

fn print(out: &mut Out, sources: &Sources, found: &Diagnostics) -> Result<(), Failure> {
    let text = render_text(sources, found, out.color);
    out.text(&text)
}
