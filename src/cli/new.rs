//! `new`: a mod to begin with: a small one that teaches, a theatre made from a shape and a seed, or a copy of a shipped
//! scenario, a shipped campaign or a recipe of the cookbook.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    Common, open,
    out::{Done, Failure, Out},
};
use crate::{
    content::{
        Catalog, Diagnostics, Layer, Sources,
        cookbook::{self, is_war},
        copied, copied_campaign,
        generate::{Shape, Wish, WishError, generate, kebab},
        suggest,
    },
    war::store,
};

/// Make a mod to begin with: a small one with comments that teach, a generated theatre, or a copy of what is there
#[derive(clap::Args, Debug)]
#[command(
    group(clap::ArgGroup::new("what").args(["kind", "generate", "from"])),
    after_help = "\
Without --generate and --from the mod is made from scratch: `mod` changes one number of the game and has a small war to see
it in, `scenario` is a war of two sides, `campaign` two wars that follow one another. All of it can be checked, tested and
played at once. `angelfire reference guide` goes on from there, `angelfire reference cookbook` lists the recipes."
)]
pub struct Args {
    /// The folder to be made; its name is the id of the mod and of what is in it
    path: PathBuf,
    /// What to make from scratch [default: mod]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Make a theatre that nobody wrote, of this shape: ring, spiral, line, cluster or bridge
    #[arg(long, value_name = "SHAPE", value_parser = shape)]
    generate: Option<Shape>,
    /// Copy this shipped scenario or campaign, or this recipe of the cookbook, comments and all
    #[arg(long, value_name = "NAME", conflicts_with_all = ["size", "seats", "turns", "seed"])]
    from: Option<String>,
    /// Sectors at most, 8 to 200; what cannot be shared out evenly is left away [default: 31]
    #[arg(long, value_name = "N", requires = "generate")]
    size: Option<u32>,
    /// Seats, 2 to 6, each a side of its own [default: 2]
    #[arg(long, value_name = "N", requires = "generate")]
    seats: Option<u32>,
    /// Turns that the war lasts, 5 to 200 [default: 28]
    #[arg(long, value_name = "N", requires = "generate")]
    turns: Option<u32>,
    /// What the theatre is drawn by: the same seed makes the same one; any, if it is not given
    #[arg(long, value_name = "N", requires = "generate")]
    seed: Option<u64>,
    /// Its shown name; one that fits, if it is not given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// What is made from scratch.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// One changed number of the game, and a small war to see it in
    Mod,
    /// A war of two sides
    Scenario,
    /// Two wars that follow one another
    Campaign,
}

impl Kind {
    /// The recipe of which it is a copy.
    fn recipe(self) -> &'static str {
        match self {
            Kind::Mod => "first-mod",
            Kind::Scenario => "first-scenario",
            Kind::Campaign => "first-campaign",
        }
    }
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
        (Some(shape), _) => theatre(out, &args, shape, id),
        (None, Some(from)) => copy(out, &catalog, &args, from, &id),
        (None, None) => {
            let recipe = args.kind.unwrap_or(Kind::Mod).recipe();
            copy(out, &catalog, &args, recipe, &id)
        }
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

fn theatre(out: &mut Out, args: &Args, shape: Shape, id: String) -> Result<Done, Failure> {
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
    let made =
        generate(Catalog::shipped_rules(), &wish).map_err(|e| Failure::Usage(e.to_string()))?;
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
    next(out, &args.path, Some(&made.id), &files)
}

fn copy(
    out: &mut Out,
    catalog: &Catalog,
    args: &Args,
    from: &str,
    id: &str,
) -> Result<Done, Failure> {
    let title = args.title.as_deref();
    if title.is_some_and(|t| t.trim().is_empty() || t.contains(char::is_control)) {
        return Err(Failure::Usage(String::from("a title stands on one line")));
    }
    let files = copied(from, id, title)
        .or_else(|| copied_campaign(from, id, title))
        .or_else(|| Some(cookbook::recipe(from)?.copied(id, title)))
        .ok_or_else(|| Failure::Load(unknown(from)))?;
    let wars: Vec<String> = files
        .iter()
        .filter(|(path, text)| is_war(path, text))
        .filter_map(|(_, text)| first_id(text))
        .collect();
    if let Some(taken) = wars
        .iter()
        .find(|war| catalog.scenarios.contains_key(war.as_str()))
    {
        return Err(Failure::Usage(format!(
            "there is a scenario `{taken}` already; give the folder another name"
        )));
    }
    store::write_mod(&args.path, &files)?;
    if out.json {
        out.document(&json!({
            "path": args.path, "mod": id, "scenario": wars.first(), "scenarios": wars, "from": from,
            "files": files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        }))?;
        return Ok(Done::Good);
    }
    if args.from.is_some() {
        out.aside(format!("A copy of {from}, called {id}."))?;
    }
    next(out, &args.path, wars.first().map(String::as_str), &files)
}

/// The first id that a file says.
fn first_id(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("    id: "))?;
    line.split('"').nth(1).map(str::to_owned)
}

/// What is said of a name that nothing has.
fn unknown(name: &str) -> String {
    let mut found = Diagnostics::new();
    let catalog = Catalog::load(&Layer::bundled(), &mut Sources::default(), &mut found);
    let recipes = cookbook::recipes();
    let scenarios = catalog.scenarios.keys().map(|key| key.as_str());
    let campaigns = catalog.campaigns.keys().map(|key| key.as_str());
    let all = scenarios
        .chain(campaigns)
        .chain(recipes.iter().map(|recipe| recipe.name));
    let meant =
        suggest(name, all).map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
    format!("no shipped scenario, campaign or recipe is called `{name}`{meant}")
}

/// What was written, and what may be typed next.
fn next(
    out: &mut Out,
    path: &Path,
    war: Option<&str>,
    files: &[(String, String)],
) -> Result<Done, Failure> {
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
    if files.iter().any(|(file, _)| file.starts_with("tests/")) {
        out.aside(format!("      angelfire test {shown}"))?;
    }
    if let Some(war) = war {
        out.aside(format!("      angelfire{with} sim {war}"))?;
        out.aside(format!("      angelfire{with} play {war}"))?;
    }
    Ok(Done::Good)
}
