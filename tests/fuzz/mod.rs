//! What the fuzzer (`fuzz/`) has found worth keeping, tried again: every file under `tests/fuzz/<target>/`. None may make
//! the game panic, and of none may more be said than somebody reads.

mod targets;

use std::{fs, path::Path};

use rayon::prelude::*;

/// Tries every file that is kept for a target.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz")).join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is in the project")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "only {} files for {target}", files.len());
    files.par_iter().for_each(|path| {
        let bytes = fs::read(path).expect("readable");
        // Told by the name of the file, should it panic.
        let tried = std::panic::catch_unwind(|| run(&bytes));
        assert!(tried.is_ok(), "{}", path.display());
    });
}

#[test]
fn no_hostile_mod_that_was_found_makes_the_game_panic() {
    replay("content", targets::content);
}

#[test]
fn no_hostile_mod_makes_a_whole_check_panic() {
    replay("whole", targets::whole);
}

#[test]
fn no_hostile_text_makes_the_reader_panic() {
    replay("ron", targets::ron);
}

#[test]
fn no_hostile_record_makes_the_game_panic() {
    replay("record", targets::record);
}

#[test]
fn no_hostile_order_makes_the_game_panic() {
    replay("words", targets::words);
}
