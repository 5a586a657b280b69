//! `render`: a picture of the map, without a display.

use std::path::PathBuf;

use super::{
    Common,
    out::{Done, Failure, Out},
};

/// Draw the map into a file
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A scenario or a record
    #[arg(value_name = "SCENARIO|RECORD")]
    subject: String,
    /// The picture, `.png` or `.svg`
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Whose knowledge; the referee's truth, if it is not given
    #[arg(long)]
    seat: Option<String>,
    /// At the start of this turn; now, if it is not given
    #[arg(long, value_name = "N")]
    turn: Option<u32>,
    /// What is laid over it
    #[arg(long, value_name = "supply|reach|knowledge|control", default_value = "none", value_parser = overlay)]
    overlay: String,
    /// Width and height, pixels
    #[arg(long, value_name = "WxH", default_value = "1920x1080", value_parser = size)]
    size: (u16, u16),
    /// What the dice of a scenario are keyed by
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let (w, h) = text.split_once('x').ok_or("write WIDTHxHEIGHT")?;
    let side = |s: &str| s.parse::<u16>().ok().filter(|n| (200..=8000).contains(n));
    side(w).zip(side(h)).ok_or_else(|| String::from("both sides lie between 200 and 8000 pixels"))
}

fn overlay(text: &str) -> Result<String, String> {
    match text {
        "none" | "supply" | "reach" | "knowledge" | "control" => Ok(text.to_owned()),
        other => Err(format!("there is no overlay `{other}`")),
    }
}

pub fn run(_out: &mut Out, _common: &Common, _args: Args) -> Result<Done, Failure> {
    Err(Failure::Failed(String::from("this build draws no pictures: build it with the feature `chart`")))
}
