//! `render`: a picture of the map, without a display.

use std::path::PathBuf;

use super::{
    Common,
    out::{Done, Failure, Out},
};
use crate::chart::Look;

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
    #[arg(long, value_name = "supply|reach|knowledge|control|objectives", default_value = "none", value_parser = overlay)]
    overlay: String,
    /// In which colours
    #[arg(long, value_name = "normal|colour-blind|high-contrast", default_value = "normal", value_parser = look)]
    look: Look,
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
    side(w)
        .zip(side(h))
        .ok_or_else(|| String::from("both sides lie between 200 and 8000 pixels"))
}

fn look(text: &str) -> Result<Look, String> {
    match text {
        "normal" => Ok(Look::Normal),
        "colour-blind" => Ok(Look::ColourBlind),
        "high-contrast" => Ok(Look::HighContrast),
        other => Err(format!("there are no colours `{other}`")),
    }
}

fn overlay(text: &str) -> Result<String, String> {
    match text {
        "none" | "supply" | "reach" | "knowledge" | "control" | "objectives" => Ok(text.to_owned()),
        other => Err(format!("there is no overlay `{other}`")),
    }
}

#[cfg(feature = "chart")]
pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    use super::open;
    use crate::{
        chart::{self, Camera, Options},
        content::Key,
        war::store,
    };

    let svg = match args.output.extension().and_then(|e| e.to_str()) {
        Some("svg") => true,
        Some("png") => false,
        _ => {
            return Err(Failure::Usage(format!(
                "{} ends neither in .png nor in .svg",
                args.output.display()
            )));
        }
    };
    let catalog = open::catalog(out, common)?;
    let war = open::war_of(&catalog, &args.subject, args.turn, args.seed)?;
    let view = open::view_of(&war, args.seat.as_deref())?;
    let overlay = args.overlay.parse().map_err(Failure::Usage)?;
    let size = (f32::from(args.size.0), f32::from(args.size.1));
    // An eighth of the shorter edge on each side: room for the frame and the title block.
    let camera = Camera::fit(&view.map, size, 0.12);
    let pending = args
        .seat
        .as_deref()
        .map_or(Vec::new(), |seat| war.pending(&Key::new(seat)).to_vec());
    let options = Options {
        overlay,
        look: args.look,
        // What is twice as large is also seen from farther off.
        scale: (size.0.min(size.1 * 16.0 / 9.0) / 1920.0).clamp(1.0, 4.0),
        legend: true,
        title: war.scenario().title.clone(),
        pending,
        ..Options::default()
    };
    chart::take_over(&catalog.looks);
    let scene = chart::scene(&view, &camera, &options);
    let bytes = if svg {
        chart::svg(&scene).into_bytes()
    } else {
        chart::png(&scene).map_err(|e| Failure::Failed(format!("cannot draw the picture: {e}")))?
    };
    store::write_whole(&args.output, &bytes)?;
    if args.seat.is_none() {
        out.aside("The picture shows the referee's truth: no seat knows all of this.")?;
    }
    if out.json {
        out.document(
            &serde_json::json!({ "picture": args.output, "turn": war.turn(), "seat": args.seat }),
        )?;
    }
    Ok(Done::Good)
}

#[cfg(not(feature = "chart"))]
pub fn run(_out: &mut Out, _common: &Common, args: Args) -> Result<Done, Failure> {
    let _ = (
        args.subject,
        args.output,
        args.seat,
        args.turn,
        args.overlay,
        args.look,
        args.size,
        args.seed,
    );
    Err(Failure::Failed(String::from(
        "this build draws no pictures: build it with the feature `chart`",
    )))
}
