//! The pages of what `check` says: each code has one, and what each shows as wrong and right is wrong and right.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use angelfire::{
    content::{
        Diagnostics, Layer, LayerFile, SHIPPED, SourceId,
        pages::{self, Level, Page},
        render_text,
        ron::{Shape, parse},
    },
    war::trial::check_layer,
};
use rayon::prelude::*;

/// Codes of which no example can be shown: of files that are too large or no text, of folders, of mods beside one
/// another, of what the game itself lacks, and of a scenario of the record.
const WITHOUT: [&str; 15] = [
    "excluded-mod",
    "missing-constant",
    "missing-mod",
    "mod-circle",
    "no-floats",
    "no-mod-file",
    "not-utf8",
    "old-schema",
    "scripted-outcome",
    "too-large",
    "too-many-problems",
    "too-many-values",
    "unreadable",
    "worn-otherwise",
    "wrong-version",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of which an example shows a part.
fn stage(file: &str) -> String {
    if let Some((_, bytes)) = SHIPPED.iter().find(|(path, _)| *path == file) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let path = root().join("tests/content/pages/scenario.ron");
    fs::read_to_string(path).expect("the stage is in the project")
}

/// The stage with the fields of the example in place of its own.
fn staged(stage: &str, part: &str, without_map: bool) -> String {
    let mut found = Diagnostics::new();
    let whole = parse(SourceId(0), stage, &mut found);
    let text = format!("({part})");
    let fields = parse(SourceId(1), &text, &mut found);
    assert!(found.is_empty(), "{part}");
    let of = |tree: &angelfire::content::ron::Tree| {
        let root = tree.root().expect("a value");
        match tree.shape(root) {
            Shape::Struct { fields, .. } => fields.clone(),
            other => panic!("no struct but {other:?}"),
        }
    };
    let mut kept = stage.to_owned();
    for field in of(&whole).iter().rev() {
        let name = whole.name(field.name);
        let gone = of(&fields).iter().any(|f| fields.name(f.name) == name);
        if gone || without_map && name == "own_map" {
            let (start, end) = (
                whole.name_span(field.name).start,
                whole.span(field.value).end,
            );
            let comma = usize::from(kept[end as usize..].starts_with(','));
            kept.replace_range(start as usize..end as usize + comma, "");
        }
    }
    let open = whole.span(whole.root().expect("a value")).start as usize + 1;
    kept.insert_str(open, &format!("{part},"));
    kept
}

fn layer(page: &Page, example: &str, file: &str) -> Layer {
    let named = |path: &str, text: String| LayerFile {
        path: path.into(),
        shown: path.into(),
        bytes: text.into_bytes(),
    };
    let text = match page.part {
        true => staged(&stage(file), example, file.contains("without-map")),
        false => example.to_owned(),
    };
    let path = file.strip_prefix("seeds/").unwrap_or(file);
    let mut files = vec![named(path, text)];
    if !page.beside.is_empty() {
        let forces = r#"forces: [
            (id: "r", name: "R", faction: "reds", at: "west", ships: {"cruiser": 5}, stance: "press", source: "invented"),
            (id: "b", name: "B", faction: "blues", at: "east", ships: {"cruiser": 5}, stance: "slip", source: "invented"),
        ]"#;
        let ships = match page.code.as_str() {
            "dominated-class" => r#"{"yacht": 1, "clipper": 1}"#,
            _ => r#"{"cruiser": 5}"#,
        };
        let forces = forces.replace(r#"{"cruiser": 5}"#, ships);
        files.push(named(
            &page.beside,
            staged(&stage(&page.beside), &forces, false),
        ));
    }
    Layer {
        name: "page".into(),
        files,
        problem: None,
    }
}

/// What a page shows and should not: nothing, if it is as it says.
fn wrong_with(page: &Page) -> Option<String> {
    let code = page.code.as_str();
    if page.wrong.is_empty() {
        return (!WITHOUT.contains(&code)).then(|| format!("{code}: no example"));
    }
    let (sources, found) = check_layer(&layer(page, &page.wrong, &page.file));
    let levels: BTreeSet<_> = found
        .iter()
        .filter(|d| d.code == code)
        .map(|d| d.severity)
        .collect();
    let level = |severity: &angelfire::content::Severity| {
        page.level == Level::Both || page.level.as_str() == severity.as_str()
    };
    if levels.is_empty() || !levels.iter().all(level) {
        return Some(format!(
            "{code}: wrong gives\n{}",
            render_text(&sources, &found, false)
        ));
    }
    let fixed = found.iter().any(|d| d.code == code && d.fix.is_some());
    if fixed == page.fixed.is_empty() {
        return Some(format!("{code}: has a fix: {fixed}"));
    }
    if !page.right.is_empty() {
        let file = match page.right_file.is_empty() {
            true => &page.file,
            false => &page.right_file,
        };
        let (sources, found) = check_layer(&layer(page, &page.right, file));
        if !found.is_empty() {
            return Some(format!(
                "{code}: right gives\n{}",
                render_text(&sources, &found, false)
            ));
        }
    }
    None
}

#[test]
fn what_pages_show_is_wrong_and_right_as_they_say() {
    let pages: Vec<&Page> = pages::all().collect();
    let wrong: Vec<String> = pages
        .par_iter()
        .filter_map(|page| wrong_with(page))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Rust files of a folder, without tests.
fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            sources(&path, all);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            all.push(path);
        }
    }
}

/// The codes that a source file says: the first text among the arguments of what makes a problem.
fn said(text: &str) -> BTreeSet<String> {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let makers = [
        "error(",
        "warning(",
        "problem(",
        "Problem::new(",
        "code: \"",
        "const UNUSED: &str = ",
        "const NO_REASON: &str = ",
        "const TOO_MANY: &str = ",
        "const MISSING: &str = ",
    ];
    let kebab = |word: &str| {
        let letter = |c: char| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit();
        !word.is_empty() && word.chars().all(letter) && !word.starts_with('-')
    };
    let mut codes = BTreeSet::new();
    for maker in makers {
        for (at, _) in text.match_indices(maker) {
            let from = at + maker.trim_end_matches('"').len();
            // Places come before it at most.
            let rest: String = text[from..].chars().take(90).collect();
            let Some(open) = rest.find('"') else { continue };
            if rest[..open].contains(['{', ';', '|']) {
                continue;
            }
            let word = rest[open + 1..].split('"').next().unwrap_or_default();
            if kebab(word) {
                codes.insert(word.to_owned());
            }
        }
    }
    codes
}

#[test]
fn every_code_that_can_be_said_has_a_page_and_no_page_is_of_nothing() {
    let mut files = Vec::new();
    for folder in ["src/content", "src/war/trial"] {
        sources(&root().join(folder), &mut files);
    }
    let mut codes = BTreeSet::new();
    for file in files {
        codes.extend(said(&fs::read_to_string(file).expect("readable")));
    }
    let pages: BTreeSet<String> = pages::all().map(|page| page.code.clone()).collect();
    let without: Vec<_> = codes.difference(&pages).collect();
    assert!(without.is_empty(), "without a page: {without:?}");
    let of_nothing: Vec<_> = pages.difference(&codes).collect();
    assert!(of_nothing.is_empty(), "said nowhere: {of_nothing:?}");
}

#[test]
fn a_code_and_a_type_are_never_called_alike() {
    let reference = angelfire::content::reference::Reference::new();
    for page in pages::all() {
        assert!(reference.get(&page.code).is_none(), "{}", page.code);
    }
}
