//! A shipped scenario or campaign as the files of a mod, to be changed: comments and all, under an id of its own.

use std::collections::BTreeSet;

use super::{SHIPPED, cookbook::is_war};

/// Where the mods that come with the game lie.
const MODS: &str = "assets/mods/";

/// A file that came with the game, and the mod that holds it, if one does.
struct Shipped {
    /// The mod, which came with the game.
    from: Option<&'static str>,
    /// Path from the top of its layer.
    path: &'static str,
    text: &'static str,
}

/// Scenarios, campaigns, maps and orders of battle that came with the game, those of its mods among them.
fn shipped() -> impl Iterator<Item = Shipped> {
    SHIPPED.iter().filter_map(|(path, bytes)| {
        let text = std::str::from_utf8(bytes).ok()?;
        let (from, path) = match path.strip_prefix(MODS) {
            Some(rest) => rest.split_once('/').map(|(id, path)| (Some(id), path))?,
            None => (None, *path),
        };
        let is_war = path.starts_with("scenarios/") && path.ends_with(".ron");
        is_war.then_some(Shipped { from, path, text })
    })
}

/// The `mod.ron` of a copy. What a mod brought along beside its wars is still that mod's.
fn manifest(id: &str, shown: &str, from: Option<&str>) -> (String, String) {
    let text = super::generate::manifest(id, shown);
    let text = match from {
        Some(from) => text.replacen("\n)\n", &format!("\n    requires: [{from:?}],\n)\n"), 1),
        None => text,
    };
    ("mod.ron".into(), text)
}

/// The files of a mod that holds a copy of a shipped scenario. It stays in its campaign, whose maps and order of battle
/// it goes on using. None if no shipped scenario has this id.
pub fn copied(scenario: &str, id: &str, title: Option<&str>) -> Option<Vec<(String, String)>> {
    let named = format!("    id: \"{scenario}\",");
    let Shipped { from, path, text } = shipped().find(|file| {
        let first = file.text.lines().find(|line| line.starts_with("    id: "));
        is_war(file.path, file.text) && first == Some(named.as_str())
    })?;
    let shown = titled(text, title);
    let made = retold(text, |line, field| match field {
        "id" => format!("    id: \"{id}\","),
        "title" => format!("    title: {shown:?},"),
        _ => line.to_owned(),
    });
    let folder = path.rsplit_once('/')?.0;
    Some(vec![
        manifest(id, &shown, from),
        (format!("{folder}/{id}.ron"), made),
    ])
}

/// The files of a mod that holds a copy of a whole shipped campaign: its wars, maps, order of battle and links. What was
/// called `old` is called `id-old`. None if no shipped campaign has this id.
pub fn copied_campaign(
    campaign: &str,
    id: &str,
    title: Option<&str>,
) -> Option<Vec<(String, String)>> {
    let top = format!("scenarios/{campaign}/");
    let mut from = None;
    let files = shipped().filter_map(|file| {
        let path = file.path.strip_prefix(&top)?;
        from = file.from;
        Some((path, file.text))
    });
    let files: Vec<(&str, &str)> = files.collect();
    let (_, head) = files.iter().find(|(path, _)| *path == "campaign.ron")?;
    let shown = titled(head, title);
    // Ids of wars and maps are one space for all campaigns; those of sectors and forces are not.
    let one_space =
        |path: &str, text: &str| path.starts_with("maps/") || is_war(&format!("{top}{path}"), text);
    let ids: BTreeSet<&str> = files
        .iter()
        .filter(|(path, text)| one_space(path, text))
        .filter_map(|(_, text)| id_of(text))
        .collect();
    let mut made = vec![manifest(id, &shown, from)];
    for (path, text) in files {
        let text = if path == "campaign.ron" {
            linked(text, id, &shown, &ids)
        } else if one_space(path, text) {
            retold(text, |line, field| match field {
                "id" | "map" => prefixed(line, id, &ids),
                _ => line.to_owned(),
            })
        } else {
            text.to_owned()
        };
        made.push((format!("scenarios/{id}/{path}"), text));
    }
    Some(made)
}

/// The campaign's own file: its id, its title, and the wars that its links name.
fn linked(text: &str, id: &str, shown: &str, ids: &BTreeSet<&str>) -> String {
    let mut made = retold(text, |line, field| match field {
        "id" => format!("    id: \"{id}\","),
        "title" => format!("    title: {shown:?},"),
        _ => line.to_owned(),
    });
    for old in ids {
        for field in ["from", "to"] {
            let (was, now) = (
                format!("{field}: \"{old}\""),
                format!("{field}: \"{id}-{old}\""),
            );
            made = made.replace(&was, &now);
        }
    }
    made
}

/// A line with the id in quotes called after another, if it is one of these.
fn prefixed(line: &str, id: &str, ids: &BTreeSet<&str>) -> String {
    let old = line.split('"').nth(1).unwrap_or_default();
    match ids.contains(old) {
        true => line.replacen(&format!("\"{old}\""), &format!("\"{id}-{old}\""), 1),
        false => line.to_owned(),
    }
}

/// The first id of a file.
fn id_of(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| line.starts_with("    id: "))?;
    line.split('"').nth(1)
}

/// The title that is asked for, or the old one with a note.
fn titled(text: &str, title: Option<&str>) -> String {
    title.map_or_else(
        || {
            let line = text.lines().find(|line| line.starts_with("    title: "));
            let old = line.and_then(|line| line.split('"').nth(1));
            format!("{} (copy)", old.unwrap_or_default())
        },
        str::to_owned,
    )
}

/// The text with the first line of each field of the whole thing as it is told; the rest as it was.
fn retold(text: &str, told: impl Fn(&str, &str) -> String) -> String {
    let mut seen = BTreeSet::new();
    let mut made = String::with_capacity(text.len() + 100);
    for line in text.lines() {
        let field = line
            .strip_prefix("    ")
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
            .and_then(|rest| rest.split_once(':'))
            .map(|(field, _)| field);
        match field.filter(|field| seen.insert(field.to_owned())) {
            Some(field) => made.push_str(&told(line, field)),
            None => made.push_str(line),
        }
        made.push('\n');
    }
    made
}
