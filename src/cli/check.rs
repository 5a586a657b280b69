//! `check`: content held against the schema and against itself.

use std::path::PathBuf;

use super::{
    open,
    out::{Done, Failure, Out},
};
use crate::content::{self, Diagnostics, Sources, render_json, render_text};

/// Check content: files and folders, or all that is shipped and installed
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Files and folders; all that is shipped and installed, if none is given
    paths: Vec<PathBuf>,
}

pub fn run(out: &mut Out, args: Args) -> Result<Done, Failure> {
    let mut good = true;
    let mut documents = Vec::new();
    let mut all = vec![content::check(&args.paths)?];
    if args.paths.is_empty() {
        for layer in open::installed()? {
            all.push(content::check_layer(&layer));
        }
    }
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
