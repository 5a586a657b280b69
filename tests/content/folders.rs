//! Folders on disk: what is read of them, and what is refused.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use angelfire::content::{Catalog, Diagnostics, Layer, Sources, check, render_text};

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

#[test]
fn more_mods_than_are_read_are_told_and_those_before_are_read() {
    let all = folder("thousand");
    for n in 0..1_000 {
        fs::create_dir_all(all.join(format!("m{n:03}"))).expect("writable");
    }
    let mods = Layer::mods(&all).expect("readable");
    assert_eq!(mods.len(), 201);
    assert!(mods[..200].iter().all(|layer| layer.problem.is_none()));
    let problem = mods[200].problem.as_deref().unwrap_or_default();
    assert!(problem.contains("more than 200 mods"), "{problem}");
    fs::remove_dir_all(all).expect("writable");
}

#[test]
fn a_thousand_layers_above_one_another_are_in_use_in_their_order() {
    let about = |n: usize| {
        // Each needs the one before it, and they are given the wrong way round.
        let needs = n.checked_sub(1).map(|before| format!("\"m{before}\""));
        let needs = needs.unwrap_or_default();
        format!("(id: \"m{n}\", version: \"1\", game: \"0.1\", requires: [{needs}])")
    };
    let layers: Vec<Layer> = (0..1_000)
        .rev()
        .map(|n| Layer::of_files(&format!("m{n}"), [("mod.ron".to_owned(), about(n))]))
        .collect();
    let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
    let catalog = Catalog::load(&layers, &mut sources, &mut found);
    assert_eq!(render_text(&sources, &found, false), "");
    let order: Vec<_> = catalog.mods.iter().map(|m| m.id.clone()).collect();
    let expected: Vec<_> = (0..1_000).map(|n| format!("m{n}")).collect();
    assert_eq!(order, expected);
}

#[test]
fn files_whose_names_differ_by_case_alone_are_told() {
    let path = folder("case");
    fs::create_dir_all(path.join("rules")).expect("writable");
    for name in ["rules/stocks.ron", "rules/Stocks.ron"] {
        fs::write(path.join(name), "[]").expect("writable");
    }
    // Where the two are one file there is nothing to tell.
    if fs::read_dir(path.join("rules")).expect("readable").count() == 2 {
        let error = Layer::read(&path).expect_err("two files");
        assert!(error.to_string().contains("but for case"), "{error}");
    }
    fs::remove_dir_all(path).expect("writable");
}

/// A mod with one file of rules.
fn small_mod(path: &Path) {
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
}

#[test]
fn files_that_come_and_go_while_they_are_read_are_read_whole_or_told() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let path = folder("restless");
    small_mod(&path);
    let file = path.join("rules/stocks.ron");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0_u64;
            while !over.load(Ordering::Relaxed) {
                n += 1;
                // Whatever fails here is what the test is about.
                let _ = match n % 4 {
                    0 => fs::remove_file(&file),
                    1 => fs::write(&file, "[(id: \"ice\", name: \"Ice\")]"),
                    2 => fs::create_dir(path.join("rules/new")),
                    _ => fs::remove_dir(path.join("rules/new")),
                };
            }
        });
        for _ in 0..2_000 {
            match Layer::read(&path) {
                Ok(layer) => assert!(layer.files.len() <= 2),
                Err(error) => assert!(error.to_string().starts_with("cannot read "), "{error}"),
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    fs::remove_dir_all(path).expect("writable");
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
        process::Command,
    };

    use super::*;

    /// What is read of a mod among others, with its problem.
    fn mods(all: &Path) -> Vec<(String, usize, Option<String>)> {
        let layers = Layer::mods(all).expect("readable").into_iter();
        layers
            .map(|layer| (layer.name, layer.files.len(), layer.problem))
            .collect()
    }

    #[test]
    fn what_is_neither_file_nor_folder_is_never_opened() {
        let all = folder("special");
        let path = all.join("m");
        small_mod(&path);
        let pipe = path.join("rules/pipe.ron");
        let made = Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .expect("mkfifo is there");
        assert!(made.success());
        // The socket stays where it is when it is closed.
        drop(UnixListener::bind(path.join("rules/socket.ron")).expect("writable"));
        assert_eq!(mods(&all), [("m".to_owned(), 2, None)]);
        let error = check(&[pipe]).expect_err("a pipe");
        assert!(
            error.to_string().contains("neither a file nor a folder"),
            "{error}"
        );
        let error = check(&["/dev/null".into()]).expect_err("a device");
        assert!(
            error.to_string().contains("neither a file nor a folder"),
            "{error}"
        );
        fs::remove_dir_all(all).expect("writable");
    }

    #[test]
    fn a_mods_folder_that_is_linked_into_itself_takes_no_other_mod_along() {
        let all = folder("itself");
        small_mod(&all.join("well"));
        symlink(&all, all.join("again")).expect("writable");
        let read = mods(&all);
        assert_eq!(read.len(), 2, "{read:?}");
        let (name, files, problem) = &read[0];
        assert_eq!((name.as_str(), *files), ("again", 0));
        assert!(
            problem
                .as_ref()
                .is_some_and(|p| p.contains("leads back") || p.contains("leads out")),
            "{problem:?}"
        );
        assert_eq!(read[1], ("well".to_owned(), 2, None));
        fs::remove_dir_all(all).expect("writable");
    }

    #[test]
    fn links_that_lead_out_of_a_mod_are_refused() {
        let all = folder("links");
        for name in ["file", "folder", "linked", "within"] {
            small_mod(&all.join(name));
        }
        let outside = folder("links-outside");
        small_mod(&outside);
        let stocks = outside.join("rules/stocks.ron");
        symlink(&stocks, all.join("file/rules/more.ron")).expect("writable");
        symlink(outside.join("rules"), all.join("folder/more")).expect("writable");
        symlink("../rules/stocks.ron", all.join("within/rules/more.ron")).expect("writable");
        fs::remove_dir_all(all.join("linked")).expect("writable");
        symlink(&outside, all.join("linked")).expect("writable");
        let read = mods(&all);
        for (name, files, problem) in &read[..2] {
            assert_eq!(*files, 0, "{name}");
            let problem = problem.as_deref().unwrap_or_default();
            assert!(
                problem.contains("leads out of the mod"),
                "{name}: {problem}"
            );
        }
        // A mod that is a link is where somebody works on it.
        assert_eq!(read[2], ("linked".to_owned(), 2, None));
        assert_eq!(read[3], ("within".to_owned(), 3, None));
        fs::remove_dir_all(all).expect("writable");
        fs::remove_dir_all(outside).expect("writable");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told_and_the_other_mods_are_used() {
        let all = folder("nowhere");
        for name in ["lost", "round", "well"] {
            small_mod(&all.join(name));
        }
        symlink(all.join("gone"), all.join("lost/rules/more.ron")).expect("writable");
        symlink(all.join("round/b"), all.join("round/a")).expect("writable");
        symlink(all.join("round/a"), all.join("round/b")).expect("writable");
        let read = mods(&all);
        assert_eq!(read[2], ("well".to_owned(), 2, None));
        for (name, files, problem) in &read[..2] {
            assert_eq!(*files, 0, "{name}");
            let problem = problem.as_deref().unwrap_or_default();
            assert!(problem.starts_with("cannot read "), "{name}: {problem}");
        }
        fs::remove_dir_all(all).expect("writable");
    }

    #[test]
    fn names_that_are_no_text_are_read_and_shown_harmlessly() {
        let all = folder("names");
        let path = all.join("m");
        small_mod(&path);
        for name in [
            &b"rules/\xFF\xFE.ron"[..],
            b"rules/\x1b[2J.ron",
            b"rules/a\nb.ron",
        ] {
            fs::write(path.join(OsStr::from_bytes(name)), "[").expect("writable");
        }
        let (sources, found) = check(&[path]).expect("readable");
        let said = render_text(&sources, &found, false);
        assert!(
            said.chars().all(|c| c == '\n' || !c.is_control()),
            "{said:?}"
        );
        assert!(found.len() >= 3);
        fs::remove_dir_all(all).expect("writable");
    }

    #[test]
    fn a_mod_that_may_not_be_read_is_told_and_the_others_are_used() {
        use std::os::unix::fs::PermissionsExt;

        let all = folder("locked");
        small_mod(&all.join("open"));
        small_mod(&all.join("shut"));
        let file = all.join("shut/rules/stocks.ron");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("ours");
        // Whoever may read everything cannot be kept out.
        if fs::read(&file).is_err() {
            let read = mods(&all);
            assert_eq!(read[0], ("open".to_owned(), 2, None));
            let problem = read[1].2.as_deref().unwrap_or_default();
            assert!(problem.starts_with("cannot read "), "{problem}");
        }
        fs::remove_dir_all(all).expect("writable");
    }
}
