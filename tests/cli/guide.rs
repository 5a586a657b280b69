//! The modder's guide, followed word for word: its files are written, its commands are run, and what it shows is what
//! they print.

use std::{fs, path::Path, process::Command};

use crate::war::Folder;

/// What a page asks for, in its order.
enum Step<'a> {
    /// A file is written: its path and what it holds.
    File(&'a str, String),
    /// A command is typed, and answers.
    Command(&'a str, Vec<&'a str>),
}

fn steps(page: &str) -> Vec<Step<'_>> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(kind) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match kind {
            "ron" => {
                let (file, rest) = body.split_first().expect("a block has lines");
                let file = file.strip_prefix("// file: ").expect("the file is named");
                found.push(Step::File(file, rest.join("\n") + "\n"));
            }
            "console" => {
                for line in body {
                    if let Some(typed) = line.strip_prefix("$ ") {
                        found.push(Step::Command(typed, Vec::new()));
                    } else if let Some(Step::Command(_, answer)) = found.last_mut() {
                        answer.push(line);
                    }
                }
            }
            other => assert_eq!(other, "text", "a block that nobody follows"),
        }
    }
    found
}

/// Runs a command line of the guide in a folder; whether it ended well, and what it printed.
fn run(folder: &Path, typed: &str) -> (bool, String) {
    let words: Vec<&str> = typed.split(' ').collect();
    let (name, args) = words.split_first().expect("a command");
    assert_eq!(*name, "angelfire", "{typed}");
    let out = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(args)
        .current_dir(folder)
        .env("ANGELFIRE_DATA_DIR", folder.join("data"))
        .output()
        .expect("it starts");
    let said = [out.stdout, out.stderr].concat();
    (
        out.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// A line with its numbers and gaps taken out.
fn shape(line: &str) -> String {
    let words = line.split_whitespace().map(|word| {
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        if figure { "0" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a line is as shown. Shares of wars are whatever the computers make of them today.
fn same(shown: &str, said: &str) -> bool {
    match shown.contains('%') {
        true => shape(shown) == shape(said),
        false => shown == said,
    }
}

/// Whether lines are as shown: `...` stands for any number of lines.
fn alike(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"...", rest)) => (0..=said.len()).any(|from| alike(rest, &said[from..])),
        Some((line, rest)) => said
            .split_first()
            .is_some_and(|(first, more)| same(line, first) && alike(rest, more)),
    }
}

/// Follows a page in a folder of its own.
fn follow(name: &str, page: &str) -> usize {
    let folder = Folder::new(name);
    let top = folder.file("");
    let steps = steps(page);
    for step in &steps {
        match step {
            Step::File(path, text) => {
                let path = top.join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
                fs::write(path, text).expect("writable");
            }
            Step::Command(typed, shown) => {
                let (good, said) = run(&top, typed);
                let lines: Vec<&str> = said.lines().collect();
                let fails = shown
                    .iter()
                    .any(|line| line.starts_with("error") || line.starts_with("FAILED"));
                assert_eq!(good, !fails, "$ {typed}\n{said}");
                assert!(
                    shown.is_empty() || alike(shown, &lines),
                    "$ {typed}\nsays\n{said}\nand not\n{}",
                    shown.join("\n")
                );
            }
        }
    }
    steps.len()
}

#[test]
fn the_guide_can_be_followed_word_for_word() {
    assert!(follow("guide", angelfire::content::cookbook::guide()) > 20);
}

#[test]
fn commands_shown_in_recipes_work() {
    // `NAME` in a recipe's commands is a copy of the recipe in the folder in which one is.
    for recipe in angelfire::content::cookbook::recipes() {
        if !recipe.page.contains("```console") {
            continue;
        }
        let commands: String = recipe
            .page
            .split("```console\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .map(|body| format!("```console\n{body}```\n"))
            .collect();
        let name = recipe.name;
        let page = format!("```console\n$ angelfire new {name} --from {name}\n```\n{commands}");
        assert!(follow(&format!("recipe-{name}"), &page) > 1);
    }
}

#[test]
fn what_a_guide_shows_may_leave_lines_out() {
    assert!(alike(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(alike(&["..."], &[]));
    assert!(!alike(&["a", "..."], &["b"]));
    assert!(!alike(&["a"], &["a", "b"]));
    assert!(alike(&["  red  26  43.3%"], &["  red  9  5.0%"]));
    assert!(!alike(&["  red  26  43.3%"], &["  blue  9  5.0%"]));
    assert!(!alike(&["26 wars"], &["27 wars"]));
}
