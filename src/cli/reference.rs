//! `reference`: what content files may say, told by the types that read them, and what `check` may say of them.

use serde_json::{Value, json};

use super::{
    Common,
    out::{Done, Failure, Out},
};
use crate::content::{
    cookbook::{self, Recipe},
    pages::{self, Level, Page},
    reference::{Entry, Field, Reference},
    suggest,
};

/// Show what content files may say, what `check` says of them, the guide for modders and the cookbook
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Types are named as they are used by one another; files do not write these names. However a name is spelt, it is found:
SiteKind, site-kind, site-kinds. Files stand in a layer: in a mod's folder, or in assets, scenarios and seeds of the
game. Whole numbers and rates are checked against their ranges by `angelfire check`.

A code is what stands in brackets in what `check` says: error[unknown-field]. `codes` lists all of them.

`guide` is the guide for modders, from the first change to a campaign. `cookbook` lists its recipes, and with the name of
one it shows how it is made; `angelfire new FOLDER --from RECIPE` copies it.")]
pub struct Args {
    /// A type, a code that `check` says, `codes`, `guide` or `cookbook`; all types in a line each, if none is given
    #[arg(value_name = "TYPE|CODE")]
    name: Option<String>,
    /// With `cookbook`: the recipe
    #[arg(value_name = "RECIPE")]
    recipe: Option<String>,
}

pub fn run(out: &mut Out, _: &Common, args: Args) -> Result<Done, Failure> {
    let reference = Reference::new();
    let Some(name) = args.name else {
        list(out, &reference)?;
        return Ok(Done::Good);
    };
    if name == COOKBOOK {
        match args.recipe.as_deref() {
            Some(recipe) => recipe_of(out, recipe)?,
            None => contents(out)?,
        }
        return Ok(Done::Good);
    }
    if let Some(extra) = &args.recipe {
        let text = format!("`{extra}` is one too many: only `cookbook` takes the name of a recipe");
        return Err(Failure::Usage(text));
    }
    // `Guide`, written large, is the type: the guide of a scenario.
    if name == GUIDE {
        if out.json {
            out.document(&json!({ "name": GUIDE, "text": cookbook::guide() }))?;
        } else {
            out.text(cookbook::guide())?;
        }
        return Ok(Done::Good);
    }
    if name == CODES {
        codes(out)?;
        return Ok(Done::Good);
    }
    if let Some(page) = pages::page(&name) {
        page_of(out, page)?;
        return Ok(Done::Good);
    }
    let Some(entry) = reference.get(&name) else {
        let hint = match (reference.hint(&name), pages::meant(&name)) {
            (_, Some(code)) => format!("; did you mean `{code}`?"),
            (Some(hint), None) => format!("; {hint}"),
            (None, None) => String::new(),
        };
        let text = format!(
            "there is no type and no code `{name}`{hint} (`angelfire reference` and `angelfire reference codes` list them)"
        );
        return Err(Failure::Usage(text));
    };
    if out.json {
        out.document(entry)?;
    } else {
        tell(out, entry)?;
    }
    Ok(Done::Good)
}

/// The word by which all codes are listed.
const CODES: &str = "codes";
/// The word for the guide.
const GUIDE: &str = "guide";
/// The word for the recipes.
const COOKBOOK: &str = "cookbook";

fn contents(out: &mut Out) -> Result<(), Failure> {
    let recipes = cookbook::recipes();
    if out.json {
        let rows: Vec<Value> = recipes
            .iter()
            .map(|recipe| json!({ "name": recipe.name, "title": recipe.title }))
            .collect();
        return out.document(&rows);
    }
    for recipe in &recipes {
        out.line(format!("{:<24} {}", recipe.name, recipe.title))?;
    }
    out.aside(
        "\n`angelfire reference cookbook NAME` shows how one is made; `angelfire new FOLDER --from NAME` copies it.",
    )
}

fn recipe_of(out: &mut Out, name: &str) -> Result<(), Failure> {
    let Some(Recipe {
        name,
        title,
        page,
        files,
    }) = cookbook::recipe(name)
    else {
        let recipes = cookbook::recipes();
        let near = suggest(name, recipes.iter().map(|recipe| recipe.name));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let text = format!(
            "there is no recipe `{name}`{hint} (`angelfire reference cookbook` lists them)"
        );
        return Err(Failure::Usage(text));
    };
    if !out.json {
        return out.text(page);
    }
    let files: serde_json::Map<String, Value> = files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into()))
        .collect();
    out.document(&json!({ "name": name, "title": title, "text": page, "files": files }))
}

fn codes(out: &mut Out) -> Result<(), Failure> {
    if out.json {
        let all: Vec<&Page> = pages::all().collect();
        return out.document(&all);
    }
    for page in pages::all() {
        let level = match page.level {
            Level::Error => "",
            Level::Warning | Level::Both => " (a warning)",
        };
        out.line(format!("{:<22} {}{level}", page.code, page.means))?;
    }
    out.aside("\n`angelfire reference CODE` tells all of one.")
}

fn page_of(out: &mut Out, page: &Page) -> Result<(), Failure> {
    if out.json {
        return out.document(page);
    }
    out.heading(&page.code)?;
    out.line(format!("{} ({})", page.means, page.level.as_str()))?;
    out.line(format!("\n{}", page.why))?;
    if !page.wrong.is_empty() {
        let part = match page.part {
            true => ", of which a part is shown",
            false => "",
        };
        out.line(format!("\nIn {}{part}", page.file))?;
    }
    for (title, example) in [("Wrong", &page.wrong), ("Right", &page.right)] {
        if !example.is_empty() {
            out.line("")?;
            out.heading(title)?;
            for line in example.lines() {
                out.line(format!("  {line}"))?;
            }
        }
    }
    out.line("")?;
    if !page.fixed.is_empty() {
        out.line(format!("`angelfire check --fix` {}.", page.fixed))?;
    }
    match page.may_be_allowed() {
        true => out.line(format!(
            "As a warning it can be allowed, on its line or the line above: `// allow({}): REASON`.",
            page.code
        )),
        false => out.line("It cannot be allowed."),
    }
}

fn list(out: &mut Out, reference: &Reference) -> Result<(), Failure> {
    if out.json {
        let row = |e: &Entry| -> Value {
            json!({ "name": e.name, "about": e.about, "files": e.files, "used_by": e.used_by })
        };
        let rows: Vec<Value> = reference.entries().iter().map(row).collect();
        return out.document(&rows);
    }
    for entry in reference.entries() {
        if let Some(files) = entry.files {
            out.heading(files)?;
        }
        let step = if entry.files.is_some() { "  " } else { "    " };
        let name = format!("{step}{}", entry.name);
        out.line(format!("{name:<18} {}", entry.about))?;
    }
    out.aside("\n`angelfire reference TYPE` tells all of one; `angelfire reference codes` lists what `check` may say, `guide` and \
         `cookbook` show how mods are made.")
}

fn tell(out: &mut Out, entry: &Entry) -> Result<(), Failure> {
    out.heading(&entry.name)?;
    out.line(&entry.about)?;
    if let Some(files) = entry.files {
        let list = if entry.listed {
            ", a list `[(...), ...]`"
        } else {
            ""
        };
        out.line(format!("\nIn files {files}{list}"))?;
    }
    if !entry.used_by.is_empty() {
        out.line(format!("\nUsed by {}", entry.used_by.join(", ")))?;
    }
    let (optional, needed): (Vec<_>, Vec<_>) = entry.fields.iter().partition(|f| f.optional);
    for (title, fields) in [
        ("Fields", needed),
        ("Fields that may be left out", optional),
    ] {
        if !fields.is_empty() {
            out.line("")?;
            out.heading(title)?;
            fields
                .into_iter()
                .try_for_each(|field| tell_field(out, field, "  "))?;
        }
    }
    if !entry.variants.is_empty() {
        out.line("")?;
        out.heading("One of")?;
    }
    for variant in &entry.variants {
        out.line(format!("  {}", variant.written()))?;
        out.line(format!("      {}", variant.about))?;
        for field in &variant.fields {
            tell_field(out, field, "      ")?;
        }
        if let Some(example) = variant
            .example
            .as_ref()
            .filter(|_| variant.fields.is_empty())
        {
            out.line(format!("      e.g. {example}"))?;
        }
    }
    if let Some(example) = &entry.example {
        out.line("")?;
        out.heading("Example")?;
        for line in example.lines() {
            out.line(format!("  {line}"))?;
        }
    }
    if entry.has_rate() {
        out.aside("\nA rate is a share: `0.35`, `\"35%\"` and `350` (permille) are the same.")?;
    }
    Ok(())
}

fn tell_field(out: &mut Out, field: &Field, step: &str) -> Result<(), Failure> {
    let default = match field.default.as_deref() {
        Some("") | None => String::new(),
        Some(default) => format!(", else {default}"),
    };
    out.line(format!("{step}{}: {}{default}", field.name, field.shape))?;
    out.line(format!("{step}    {}", field.about))?;
    match &field.example {
        Some(example) => out.line(format!("{step}    e.g. {example}")),
        None => Ok(()),
    }
}
