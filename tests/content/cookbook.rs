//! Every recipe of the cookbook checks clean, its trials hold, and its page shows what is in its files.

use std::collections::BTreeSet;

use angelfire::{
    content::{Bench, Layer, SHIPPED, cookbook, render_text},
    war::trial,
};

/// Code blocks of a page: the file that the first line names, and the rest.
pub fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line != "```ron" {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let (file, rest) = body.split_first().expect("a block has lines");
        let file = file
            .strip_prefix("// file: ")
            .unwrap_or_else(|| panic!("a block without `// file: PATH`: {file}"));
        found.push((file.to_owned(), rest.join("\n") + "\n"));
    }
    found
}

#[test]
fn each_recipe_checks_clean_and_its_trials_hold() {
    let layers = Layer::recipes();
    assert!(layers.len() >= 20, "{} recipes", layers.len());
    for layer in &layers {
        let name = &layer.name;
        let (sources, found) = trial::check_layer(layer);
        assert!(
            found.is_empty(),
            "{name}:\n{}",
            render_text(&sources, &found, false)
        );
        let mut bench = Bench::open(std::slice::from_ref(layer));
        let own = format!("assets/cookbook/{name}/");
        let ids: Vec<_> = bench
            .trials()
            .filter(|trial| {
                let source = bench.sources.get(trial.span.source);
                source.is_some_and(|source| source.name.starts_with(&own))
            })
            .map(|trial| trial.id.clone())
            .collect();
        assert!(!ids.is_empty(), "{name} has no trial");
        let ready = trial::ready(&mut bench, &ids);
        for proof in ready.play(&bench.sources, &|_, _| {}) {
            let got: Vec<String> = proof
                .outcome
                .iter()
                .flat_map(|outcome| &outcome.expectations)
                .map(|answer| format!("{}: {}", answer.expected, answer.got))
                .collect();
            let moves = proof
                .moves
                .as_ref()
                .map(|m| (m.with.clone(), m.without.clone()));
            assert!(
                proof.held,
                "{name}: {}: {got:#?} {moves:?} {:?}",
                proof.id, proof.problem
            );
        }
    }
}

#[test]
fn each_page_shows_what_is_in_the_files() {
    for recipe in cookbook::recipes() {
        let name = recipe.name;
        assert!(recipe.page.starts_with("# "), "{name} has no title");
        for part in [
            "\n## Steps\n",
            "\n## Why it works\n",
            "\n## What to try next\n",
        ] {
            assert!(recipe.page.contains(part), "{name} lacks {part:?}");
        }
        let shown = blocks(recipe.page);
        assert!(!shown.is_empty(), "{name} shows nothing");
        for (path, text) in shown {
            let file = recipe.files.iter().find(|(known, _)| *known == path);
            let (_, held) = file.unwrap_or_else(|| panic!("{name} has no {path}"));
            assert!(held.contains(&text), "{name}: {path} does not hold\n{text}");
        }
    }
}

#[test]
fn the_contents_name_each_recipe_once() {
    let contents = SHIPPED
        .iter()
        .find(|(path, _)| *path == "assets/cookbook/README.md")
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .expect("contents");
    let mut seen = BTreeSet::new();
    for recipe in cookbook::recipes() {
        let line = format!(
            "[{}]({}/recipe.md): `{}`",
            recipe.title, recipe.name, recipe.name
        );
        assert_eq!(contents.matches(&line).count(), 1, "{line}");
        seen.insert(recipe.name);
    }
    assert_eq!(contents.matches("/recipe.md)").count(), seen.len());
}
