//! Folders on disk: what is read of them, and what is refused.

use std::{env, fs, path::PathBuf, process};

use angelfire::content::{Layer, check, render_text};

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("angelfire-{}-{name}", process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("writable");
    path
}

#[test]
fn a_mod_folder_is_checked_as_a_whole() {
    let all = folder("mods");
    let path = all.join("mine");
    fs::create_dir_all(path.join("rules")).expect("writable");
    fs::write(
        path.join("mod.ron"),
        "(id: \"m\", version: \"1\", game: \"0.1\")",
    )
    .expect("writable");
    fs::write(
        path.join("rules/stocks.ron"),
        "[(id: \"ice\", name: \"Ice\")]",
    )
    .expect("writable");
    fs::write(path.join("notes.txt"), "not content").expect("writable");
    let (sources, found) = check(std::slice::from_ref(&path)).expect("readable");
    assert!(found.is_empty(), "{}", render_text(&sources, &found, false));
    let mods = Layer::mods(&all).expect("readable");
    assert_eq!(mods.len(), 1);
    assert_eq!(mods[0].files.len(), 2);
    fs::remove_dir_all(all).expect("writable");
}

#[test]
fn what_is_not_there_or_has_no_end_is_refused() {
    let path = folder("bad");
    assert!(check(&[path.join("nowhere.ron")]).is_err());
    let mut deep = path.join("deep");
    let top = deep.clone();
    for _ in 0..12 {
        deep = deep.join("d");
    }
    fs::create_dir_all(deep).expect("writable");
    let error = check(&[top]).expect_err("too deep");
    assert!(
        error.to_string().contains("folders within one another"),
        "{error}"
    );
    #[cfg(unix)]
    {
        let round = path.join("round");
        fs::create_dir_all(&round).expect("writable");
        std::os::unix::fs::symlink(&round, round.join("again")).expect("writable");
        let error = check(&[round]).expect_err("a circle");
        assert!(error.to_string().contains("leads back"), "{error}");
    }
    fs::remove_dir_all(path).expect("writable");
}
