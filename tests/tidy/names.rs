//! No name of the record in the program: who fights, where and under whom is content, which anybody may change.

use std::collections::BTreeSet;

use super::code;

/// Words that stand in names of the record and are no names: the game's own, a month, ranks, what states call themselves.
const BOTH: [&str; 5] = ["angelfire", "april", "admiral", "commodore", "united"];

/// Modules whose code is read.
const MODULES: [&str; 7] = ["content", "sim", "ai", "war", "chart", "cli", "gui"];

/// Letters in a row.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
}

/// Everything shipped that people or the record name: scenarios with their places and forces, people, the table of
/// systems, texts.
fn shipped() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = angelfire::content::SHIPPED
        .iter()
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            ((*path).to_owned(), text)
        })
        .collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root.join(file)).expect("readable");
        all.push((file.into(), text));
    }
    let texts = root.join("assets/text/en");
    for entry in std::fs::read_dir(texts).expect("the texts") {
        let path = entry.expect("readable").path();
        let text = std::fs::read_to_string(&path).expect("readable");
        all.push((path.display().to_string(), text));
    }
    all
}

/// Proper names: words of five letters and more in the names of scenarios, forces, places and people that nothing shipped
/// writes small, and ids of scenarios, factions and people whole.
fn names() -> BTreeSet<String> {
    let all = shipped();
    let small: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, text)| words(text))
        .filter(|w| w.chars().next().is_some_and(char::is_lowercase))
        .collect();
    let mut names = BTreeSet::new();
    for (path, text) in &all {
        let record = path.starts_with("scenarios/") || path.ends_with("commanders.ron");
        for line in text.lines().filter(|_| record) {
            let line = line.trim();
            let named = ["name:", "title:"];
            let Some(at) = named.iter().find_map(|n| line.find(n)) else {
                continue;
            };
            for word in words(&line[at..]) {
                let proper = word.chars().next().is_some_and(char::is_uppercase);
                let lower = word.to_lowercase();
                if proper && word.chars().count() >= 5 && !small.contains(lower.as_str()) {
                    names.insert(lower);
                }
            }
        }
    }
    let catalog = angelfire::content::Catalog::shipped();
    for (id, scenario) in &catalog.scenarios {
        names.insert(id.to_string());
        names.extend(scenario.factions.keys().map(ToString::to_string));
    }
    names.extend(catalog.rules.commanders.keys().map(ToString::to_string));
    names.retain(|name| name.chars().count() >= 5 && !BOTH.contains(&name.as_str()));
    names
}

/// A line of code as words: ids whole, and each part of them, and of names in CamelCase.
fn spoken(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for id in line.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_') {
        found.push(id.to_lowercase().replace('_', "-"));
        for part in words(id) {
            found.push(part.to_lowercase());
            let mut word = String::new();
            for c in part.chars() {
                if c.is_uppercase() && !word.is_empty() {
                    found.push(std::mem::take(&mut word));
                }
                word.extend(c.to_lowercase());
            }
            found.push(word);
        }
    }
    found
}

#[test]
fn no_name_of_the_record_stands_in_the_program() {
    let names = names();
    // So that an empty list does not pass for a clean program.
    assert!(names.len() > 20, "only {names:?}");
    let mut wrong = Vec::new();
    for module in MODULES {
        for (place, line) in code(module) {
            let hit = spoken(&line).into_iter().find(|w| names.contains(w));
            if let Some(name) = hit {
                wrong.push(format!("{place}: `{name}`: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
