//! `mods`: which are on, and in which order.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::war::Folder;

/// What a command prints and how it ends, with the user's data in this folder.
fn told(folder: &Folder, args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(args)
        .env("ANGELFIRE_DATA_DIR", &folder.0)
        .output()
        .expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = out.status.code().expect("it ends by itself");
    (code, text(&out.stdout), text(&out.stderr))
}

/// A mod's id and state, in the order of the list.
fn states(folder: &Folder, args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    let (code, said, why) = told(folder, &all);
    assert_eq!(code, 0, "{why}");
    let document: Value = serde_json::from_str(&said).expect("JSON");
    let rows = document["mods"].as_array().expect("a list");
    let own = rows.iter().filter(|row| row["origin"] != "game");
    own.map(|row| format!("{} {}", row["id"], row["state"]).replace('"', ""))
        .collect()
}

fn write(folder: &Path, id: &str, stocks: &str) {
    let folder = folder.join(id);
    fs::create_dir_all(folder.join("rules")).expect("a folder");
    let about = format!("(id: \"{id}\", version: \"1\", game: \"0.1\")");
    fs::write(folder.join("mod.ron"), about).expect("writable");
    fs::write(folder.join("rules/stocks.ron"), stocks).expect("writable");
}

#[test]
fn mods_are_listed_turned_off_and_put_in_order() {
    let folder = Folder::new("modlist");
    let mods = folder.0.join("mods");
    for (id, name) in [("a", "Ash"), ("b", "Bog"), ("c", "Cold")] {
        write(&mods, id, &format!("[(id: \"ice\", name: \"{name}\")]"));
    }
    write(&mods, "d", "[(id: \"ice\", nmae: \"Dust\")]");
    let all = ["a on", "b on", "c on", "d broken"];
    assert_eq!(states(&folder, &["mods"]), all);
    let off = states(&folder, &["mods", "off", "b", "d"]);
    assert_eq!(off, ["a on", "b off", "c on", "d off"]);
    let (_, listed, warned) = told(&folder, &["list", "mods"]);
    assert!(
        !listed.contains("  b ") && warned.is_empty(),
        "{listed}{warned}"
    );
    let moved = states(&folder, &["mods", "first", "c", "b", "c"]);
    assert_eq!(moved, ["c on", "b off", "a on", "d off"]);
    let moved = states(&folder, &["mods", "last", "c"]);
    assert_eq!(moved, ["b off", "a on", "d off", "c on"]);
    let on = states(&folder, &["mods", "on", "b", "d"]);
    assert_eq!(on, ["b on", "a on", "d broken", "c on"]);
    let (code, said, _) = told(&folder, &["mods"]);
    assert_eq!(code, 0);
    assert!(said.contains("rules/stocks.ron:1:14"), "{said}");
    let (code, _, why) = told(&folder, &["mods", "off", "aa"]);
    assert_eq!(code, 2);
    assert!(why.contains("there is no mod `aa`"), "{why}");
    // One that is named is on, over all others, and stays so.
    let elsewhere = folder.0.join("elsewhere");
    write(&elsewhere, "e", "[(id: \"ice\", name: \"Embers\")]");
    let elsewhere = elsewhere.to_str().expect("a path");
    let named = states(&folder, &["mods", "--mods", elsewhere]);
    assert_eq!(named.last().map(String::as_str), Some("e on"));
    assert_eq!(
        told(&folder, &["mods", "off", "e", "--mods", elsewhere]).0,
        2
    );
}

#[test]
fn a_broken_choice_is_told_and_kept() {
    let folder = Folder::new("choice");
    write(
        &folder.0.join("mods"),
        "a",
        "[(id: \"ice\", name: \"Ash\")]",
    );
    let path = folder.0.join("mods.ron");
    let mine = "(off: [\"a\"], ordr: [])";
    fs::write(&path, mine).expect("writable");
    let (code, _, why) = told(&folder, &["mods"]);
    assert_eq!(code, 0);
    assert!(
        why.contains("mods.ron:1:14") && why.contains("ordr"),
        "{why}"
    );
    assert_eq!(states(&folder, &["mods"]), ["a on"]);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), mine);
    let (_, _, why) = told(&folder, &["mods", "off", "a"]);
    assert!(why.contains("mods.ron.broken"), "{why}");
    let kept = fs::read_to_string(folder.0.join("mods.ron.broken"));
    assert_eq!(kept.expect("it is kept"), mine);
    assert_eq!(states(&folder, &["mods"]), ["a off"]);
}
