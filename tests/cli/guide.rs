//! The modder's guide, followed word for word: its files are written, its commands are run, and what it shows is what
//! they print.

use std::fs;

use crate::{
    fixture::pages::{self, Act, alike},
    war::Folder,
};

/// Follows a page in a folder of its own. Its window is opened by the tests of the window; here its files are saved.
fn follow(name: &str, page: &str) -> usize {
    let folder = Folder::new(name);
    let top = folder.file("");
    pages::follow(&top, page, |_, acts| {
        for act in acts {
            match act {
                Act::Save(path, text) => fs::write(top.join(path), text).expect("writable"),
                Act::Press(words) | Act::Read(words) => {
                    assert!(!words.is_empty(), "a line says it")
                }
            }
        }
    })
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
