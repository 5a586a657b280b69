//! The cookbook and the guide for modders, within the binary: small complete mods, each with a page that explains it.

use std::collections::{BTreeMap, BTreeSet};

use super::SHIPPED;

/// Where the recipes lie.
const TOP: &str = "assets/cookbook/";
/// The list of recipes, from easy to hard.
const CONTENTS: &str = "assets/cookbook/README.md";
/// The page of a recipe.
const PAGE: &str = "recipe.md";
/// The guide for modders.
const GUIDE: &str = "assets/guide.md";

/// A recipe: a small mod, and the page that explains it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipe {
    /// Its name: its folder's, and its mod's id.
    pub name: &'static str,
    /// What it is about, on one line.
    pub title: &'static str,
    /// The page, as Markdown.
    pub page: &'static str,
    /// The files of the mod: paths from its top, with `/`, and what they hold.
    pub files: Vec<(&'static str, &'static str)>,
}

/// The guide from first change to campaign, as Markdown.
pub fn guide() -> &'static str {
    text(GUIDE).unwrap_or_default()
}

/// All recipes, from easy to hard; those that the contents do not name come last.
pub fn recipes() -> Vec<Recipe> {
    let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, bytes) in SHIPPED {
        let within = path.strip_prefix(TOP).and_then(|rest| rest.split_once('/'));
        if let (Some((name, file)), Ok(text)) = (within, std::str::from_utf8(bytes)) {
            folders.entry(name).or_default().push((file, text));
        }
    }
    let contents = text(CONTENTS).unwrap_or_default();
    let place = |name: &str| {
        contents
            .find(&format!("({name}/{PAGE})"))
            .unwrap_or(usize::MAX)
    };
    let mut all: Vec<Recipe> = folders
        .into_iter()
        .map(|(name, files)| {
            let page = files.iter().find(|(file, _)| *file == PAGE);
            let page = page.map_or("", |(_, text)| text);
            let title = page.lines().next().unwrap_or(name);
            Recipe {
                name,
                title: title.trim_start_matches('#').trim(),
                page,
                files: files
                    .into_iter()
                    .filter(|(file, _)| file.ends_with(".ron"))
                    .collect(),
            }
        })
        .collect();
    all.sort_by_key(|recipe| place(recipe.name));
    all
}

/// The recipe of this name.
pub fn recipe(name: &str) -> Option<Recipe> {
    recipes().into_iter().find(|recipe| recipe.name == name)
}

fn text(path: &str) -> Option<&'static str> {
    let (_, bytes) = SHIPPED.iter().find(|(known, _)| *known == path)?;
    std::str::from_utf8(bytes).ok()
}

impl Recipe {
    /// The files of its mod as another's, to be changed: what the recipe called after itself is called after `id`, and
    /// its shown name is `title`.
    pub fn copied(&self, id: &str, title: Option<&str>) -> Vec<(String, String)> {
        let own = self.own();
        let renamed = |name: &str| {
            let rest = name.strip_prefix(self.name)?;
            own.contains(name).then(|| format!("{id}{rest}"))
        };
        let scenarios = self.files.iter().filter(|(path, text)| is_war(path, text));
        // The title is the war's, or the campaign's if there are several.
        let several = scenarios.count() > 1;
        let titled = |path: &str, text: &str| match several {
            true => path.ends_with("/campaign.ron"),
            false => {
                path.starts_with("scenarios/")
                    && (is_war(path, text) || path.ends_with("/campaign.ron"))
            }
        };
        let each = self.files.iter().map(|(path, text)| {
            let parts = path.split('/').map(|part| {
                let (stem, end) = match part.strip_suffix(".ron") {
                    Some(stem) => (stem, ".ron"),
                    None => (part, ""),
                };
                renamed(stem).map_or_else(|| part.to_owned(), |new| format!("{new}{end}"))
            });
            let target = parts.collect::<Vec<_>>().join("/");
            let mut made = requoted(text, &renamed);
            let shown = title.map_or_else(|| shown(id), str::to_owned);
            if *path == "mod.ron" {
                made = with_line(&made, "    name: ", &shown);
            } else if let Some(title) = title.filter(|_| titled(path, text)) {
                made = with_line(&made, "    title: ", title);
            }
            (target, made)
        });
        each.collect()
    }

    /// Ids that the recipe made of its own name.
    fn own(&self) -> BTreeSet<&'static str> {
        let mut own = BTreeSet::from([self.name]);
        for (_, text) in &self.files {
            for part in text.split("id: \"").skip(1) {
                let id = part.split('"').next().unwrap_or_default();
                let rest = id.strip_prefix(self.name);
                if rest.is_some_and(|rest| rest.starts_with('-')) {
                    own.insert(id);
                }
            }
        }
        own
    }
}

/// Whether a file of a layer is a scenario.
pub fn is_war(path: &str, text: &str) -> bool {
    // A scenario has turns; campaigns, maps and orders of battle have none.
    path.starts_with("scenarios/") && text.contains("\n    turns: ")
}

/// An id as words: `my-war` as `My war`.
fn shown(id: &str) -> String {
    let mut letters = id.replace('-', " ");
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// The text with ids in quotes renamed, and ids within paths in quotes.
fn requoted(text: &str, renamed: &impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for (part, piece) in line.split('"').enumerate() {
            if part > 0 {
                out.push('"');
            }
            if part % 2 == 1 && !piece.contains(' ') {
                let steps = piece
                    .split('/')
                    .map(|step| renamed(step).unwrap_or_else(|| step.to_owned()));
                out.push_str(&steps.collect::<Vec<_>>().join("/"));
            } else {
                out.push_str(piece);
            }
        }
    }
    out
}

/// The text with the first line of a field saying something else.
fn with_line(text: &str, field: &str, value: &str) -> String {
    let mut done = false;
    let lines = text.split_inclusive('\n').map(|line| {
        if done || !line.starts_with(field) {
            return line.to_owned();
        }
        done = true;
        // Titles are any text on one line; as a string of Rust they are a string of RON.
        format!("{field}{value:?},\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_recipe_called_after_itself_is_renamed() {
        let recipe = Recipe {
            name: "deed",
            title: "",
            page: "",
            files: vec![
                (
                    "mod.ron",
                    "(\n    id: \"deed\",\n    name: \"A deed\",\n)\n",
                ),
                (
                    "scenarios/deed/deed-two.ron",
                    "// \"deed\"\n(\n    id: \"deed-two\",\n    title: \"A deed\",\n    turns: 3,\n)\n",
                ),
                ("changes.ron", "[Set(\"scenarios/deed-two/turns\", 4)]\n"),
                (
                    "tests/a.ron",
                    "(kind: \"deed-done\", scenario: \"deed-two\")\n",
                ),
            ],
        };
        let files = recipe.copied("my-war", Some("His \"war\""));
        let held = |path: &str| {
            let file = files.iter().find(|(known, _)| known == path);
            file.map(|(_, text)| text.as_str())
        };
        assert_eq!(
            held("mod.ron"),
            Some("(\n    id: \"my-war\",\n    name: \"His \\\"war\\\"\",\n)\n")
        );
        let war = held("scenarios/my-war/my-war-two.ron").expect("renamed");
        assert!(
            war.contains("id: \"my-war-two\"") && war.contains("title: \"His \\\"war"),
            "{war}"
        );
        assert_eq!(
            held("changes.ron"),
            Some("[Set(\"scenarios/my-war-two/turns\", 4)]\n")
        );
        let trial = Some("(kind: \"deed-done\", scenario: \"my-war-two\")\n");
        assert_eq!(held("tests/a.ron"), trial);
        assert_eq!(shown("my-war"), "My war");
    }
}
