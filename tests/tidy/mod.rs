//! What prose alone would not keep: the arrows between modules, and what the simulation must not use.

mod names;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each module and the ones its files may name. `content <- sim <- ai <- war <- chart <- cli, gui`.
const ARROWS: &[(&str, &[&str])] = &[
    ("content", &["content"]),
    ("sim", &["content", "sim"]),
    ("ai", &["content", "sim", "ai"]),
    ("war", &["content", "sim", "ai", "war"]),
    ("chart", &["content", "sim", "ai", "war", "chart"]),
    ("cli", &["content", "sim", "ai", "war", "chart", "cli"]),
    ("gui", &["content", "sim", "ai", "war", "chart", "gui"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is in the project") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Lines of a module's files that are code, with their places.
fn code(module: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(module);
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    assert!(!files.is_empty(), "src/{module} has no sources");
    let mut lines = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("readable");
        for (n, line) in text.lines().enumerate() {
            let line = line.split("//").next().unwrap_or("").to_owned();
            lines.push((format!("{}:{}", file.display(), n + 1), line));
        }
    }
    lines
}

/// Whether a word stands in a line by itself.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        !line[..at].chars().next_back().is_some_and(part)
            && !line[at + word.len()..].chars().next().is_some_and(part)
    })
}

#[test]
fn nothing_points_right() {
    let mut wrong = Vec::new();
    for (module, allowed) in ARROWS {
        let mut open = false;
        for (place, line) in code(module) {
            // `use crate::{` opens a list whose first names count, one a line at the first depth.
            let named = |m: &str| {
                line.contains(&format!("crate::{m}::"))
                    || line.contains(&format!("crate::{m};"))
                    || line.contains(&format!("crate::{{{m}"))
                    || (open && line.starts_with(&format!("    {m}::")))
            };
            for (other, _) in ARROWS {
                if !allowed.contains(other) && named(other) {
                    wrong.push(format!(
                        "{place}: `{module}` names `{other}`: {}",
                        line.trim()
                    ));
                }
            }
            if line.contains("use crate::{") && !line.contains("};") {
                open = true;
            } else if line.starts_with("};") {
                open = false;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn content_and_simulation_use_no_floats() {
    let mut wrong = Vec::new();
    for module in ["content", "sim"] {
        for (place, line) in code(module) {
            // The reader of RON says so when somebody asks it for a float; that needs the name.
            let refuses = line.contains("deserialize_f")
                || line.contains("deserialize_any")
                || place.contains("content/ron/");
            if !refuses && (has_word(&line, "f32") || has_word(&line, "f64")) {
                wrong.push(format!("{place}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_simulation_reads_no_clock_and_keeps_no_loose_order() {
    let banned = [
        "HashMap",
        "HashSet",
        "Instant",
        "SystemTime",
        "thread_rng",
        "StdRng",
        "SmallRng",
        "env",
        "Local",
        "States",
        "Observer",
        "MessageReader",
        "MessageWriter",
        "static",
    ];
    let mut wrong = Vec::new();
    for (place, line) in code("sim") {
        let line = line.replace("'static", "");
        for word in banned {
            if has_word(&line, word) {
                wrong.push(format!("{place}: {word}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_have_one_reason_to_change() {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut files,
        );
    }
    let long: Vec<String> = files
        .into_iter()
        .filter_map(|f| {
            let lines = fs::read_to_string(&f).expect("readable").lines().count();
            (lines > 600).then(|| format!("{}: {lines} lines", f.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
