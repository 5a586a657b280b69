//! `new`: a mod to begin with, either a theatre made from a shape and a seed or a copy of a shipped scenario.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{
        Catalog, copied,
        generate::{Shape, Wish, WishError, generate, kebab},
        suggest,
    },
    war::store,
};

/// Make a mod to begin with: a generated theatre, the same for every seat, or a copy of a shipped scenario
#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["generate", "from"])))]
pub struct Args {
    /// The folder to be made; its name is the id of the mod and of the scenario
    path: PathBuf,
    /// Make a theatre that nobody wrote, of this shape: ring, spiral, line, cluster or bridge
    #[arg(long, value_name = "SHAPE", value_parser = shape)]
    generate: Option<Shape>,
    /// Copy this shipped scenario, comments and all
    #[arg(long, value_name = "SCENARIO", conflicts_with_all = ["size", "seats", "turns", "seed"])]
    from: Option<String>,
    /// Sectors at most, 8 to 200; what cannot be shared out evenly is left away [default: 31]
    #[arg(long, value_name = "N")]
    size: Option<u32>,
    /// Seats, 2 to 6, each a side of its own [default: 2]
    #[arg(long, value_name = "N")]
    seats: Option<u32>,
    /// Turns that the war lasts, 5 to 200 [default: 28]
    #[arg(long, value_name = "N")]
    turns: Option<u32>,
    /// What the theatre is drawn by: the same seed makes the same one; any, if it is not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Its shown name; one that fits, if it is not given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

fn shape(text: &str) -> Result<Shape, WishError> {
    text.parse()
}

pub fn run(out: &mut Out, common: &Common, args: Args) -> Result<Done, Failure> {
    let id = id_of(&args.path)?;
    store::vacant(&args.path)?;
    let catalog = open::catalog(out, common)?;
    if catalog.scenarios.contains_key(id.as_str()) {
        return Err(Failure::Usage(format!(
            "there is a scenario `{id}` already; give the folder another name"
        )));
    }
    match (args.generate, &args.from) {
        (Some(shape), _) => theatre(out, &catalog, &args, shape, id),
        (None, Some(from)) => copy(out, &args, from, &id),
        (None, None) => Err(Failure::Usage(String::from(
            "say of what: --generate SHAPE or --from SCENARIO",
        ))),
    }
}

/// The id that the folder's name gives.
fn id_of(path: &Path) -> Result<String, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.and_then(|name| kebab(&name)).ok_or_else(|| {
        Failure::Usage(format!(
            "`{}` gives no id: name a folder that begins with a letter, like `my-war`",
            path.display()
        ))
    })
}

fn theatre(
    out: &mut Out,
    catalog: &Catalog,
    args: &Args,
    shape: Shape,
    id: String,
) -> Result<Done, Failure> {
    let usual = Wish::new(shape);
    let wish = Wish {
        size: args.size.unwrap_or(
            usual
                .size
                .max(Wish::least_size(args.seats.unwrap_or(2).min(6))),
        ),
        seats: args.seats.unwrap_or(usual.seats),
        turns: args.turns.unwrap_or(usual.turns),
        seed: args.seed.unwrap_or_else(open::any_seed),
        title: args.title.clone(),
        id: Some(id),
        ..usual
    };
    let made = generate(&catalog.rules, &wish).map_err(|e| Failure::Usage(e.to_string()))?;
    let files = made.files();
    store::write_mod(&args.path, &files)?;
    if out.json {
        out.document(&json!({
            "path": args.path, "mod": made.id, "scenario": made.id, "title": made.title, "shape": shape.name(),
            "size": wish.size, "sectors": made.sectors, "turns": wish.turns, "seed": wish.seed,
            "seats": made.seats.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "files": files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        }))?;
        return Ok(Done::Good);
    }
    let (sectors, turns, seed) = (made.sectors, wish.turns, wish.seed);
    out.aside(format!(
        "{}: {shape}, {sectors} sectors, {turns} turns, seed {seed}.",
        made.title
    ))?;
    for (id, name) in &made.seats {
        out.aside(format!("  {id:<16} {name}"))?;
    }
    next(out, &args.path, &made.id, &files)
}

fn copy(out: &mut Out, args: &Args, from: &str, id: &str) -> Result<Done, Failure> {
    if args
        .title
        .as_deref()
        .is_some_and(|t| t.trim().is_empty() || t.contains(char::is_control))
    {
        return Err(Failure::Usage(String::from("a title stands on one line")));
    }
    let files = copied(from, id, args.title.as_deref()).ok_or_else(|| {
        let shipped = Catalog::shipped();
        let known = suggest(from, shipped.scenarios.keys().map(|key| key.as_str()));
        let meant = known.map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
        Failure::Load(format!("no shipped scenario is called `{from}`{meant}"))
    })?;
    store::write_mod(&args.path, &files)?;
    if out.json {
        out.document(&json!({
            "path": args.path, "mod": id, "scenario": id, "from": from,
            "files": files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        }))?;
        return Ok(Done::Good);
    }
    out.aside(format!("A copy of {from}, called {id}."))?;
    next(out, &args.path, id, &files)
}

/// What was written, and what may be typed next.
fn next(out: &mut Out, path: &Path, id: &str, files: &[(String, String)]) -> Result<Done, Failure> {
    for (file, _) in files {
        out.aside(format!("Wrote {}", path.join(file).display()))?;
    }
    let shown = path.display();
    // What lies in the player's own folder of mods is there without being asked for.
    let mods = store::data_dir().map(|folder| folder.join("mods")).ok();
    let own = path.parent().and_then(|p| p.canonicalize().ok());
    let own = own.is_some() && own == mods.and_then(|m| m.canonicalize().ok());
    let with = if own {
        String::new()
    } else {
        format!(" --mods {shown}")
    };
    out.aside(format!("Next: angelfire check {shown}"))?;
    out.aside(format!("      angelfire{with} sim {id}"))?;
    out.aside(format!("      angelfire{with} play {id}"))?;
    Ok(Done::Good)
}
