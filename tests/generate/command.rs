//! `new` from outside: the real binary.

use std::{fs, process::Command};

use angelfire::content::{Catalog, Diagnostics, Layer, Sources};
use serde_json::Value;

use crate::war::Folder;

fn angelfire(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(args)
        .output()
        .expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let code = out.status.code().expect("it ends by itself");
    (code, text(out.stdout), text(out.stderr))
}

#[test]
fn a_theatre_is_made_checked_and_played() {
    let folder = Folder::new("new");
    let path = folder.file("my-war");
    let path = path.to_str().expect("a path");
    let args = [
        "new",
        path,
        "--generate",
        "bridge",
        "--size",
        "16",
        "--turns",
        "6",
        "--seed",
        "4",
    ];
    let (code, said, _) = angelfire(&args);
    assert_eq!(code, 0);
    assert!(
        said.contains("sim my-war") && said.contains("seed 4"),
        "{said}"
    );
    let (code, said, _) = angelfire(&["check", path]);
    assert_eq!((code, said.trim()), (0, "No errors."));
    let (code, said, _) = angelfire(&["--mods", path, "sim", "my-war", "--json"]);
    assert_eq!(code, 0, "{said}");
    let theatre = folder.file("my-war/scenarios/generated/my-war.ron");
    let before = fs::read(&theatre).expect("written");
    // Nothing is written over, and an empty folder is as good as none.
    let (code, _, said) = angelfire(&args);
    assert_eq!(code, 3);
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(fs::read(&theatre).expect("still there"), before);
    let empty = folder.file("empty");
    fs::create_dir(&empty).expect("writable");
    let empty = empty.to_str().expect("a path");
    let (code, said, _) =
        angelfire(&["new", empty, "--generate", "ring", "--seats", "3", "--json"]);
    assert_eq!(code, 0);
    let told: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(told["seats"].as_array().map(Vec::len), Some(3));
    assert_eq!(told["scenario"], "empty");
    assert_eq!(told["files"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_shipped_scenario_is_copied() {
    let folder = Folder::new("copied");
    let path = folder.file("mine");
    let path = path.to_str().expect("a path");
    let from = Catalog::shipped();
    let from = from.scenarios.keys().next().expect("one").to_string();
    let (code, said, _) = angelfire(&["new", path, "--from", &from]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(angelfire(&["check", path]).0, 0);
    let (_, listed, _) = angelfire(&["--mods", path, "list", "scenarios", "--json"]);
    assert!(listed.contains("\"mine\""), "{listed}");
}

#[test]
fn senseless_wishes_are_refused() {
    let folder = Folder::new("senseless");
    let path = folder.file("war");
    let path = path.to_str().expect("a path");
    let shipped = Catalog::shipped();
    let taken = shipped.scenarios.keys().next().expect("one").to_string();
    let taken = folder.file(&taken);
    let taken = taken.to_str().expect("a path");
    for (args, code, part) in [
        (vec![path, "--size", "9"], 2, "--generate"),
        (vec![path, "--kind", "war"], 2, "possible values"),
        (
            vec![path, "--kind", "mod", "--from", "x"],
            2,
            "cannot be used",
        ),
        (vec![path, "--generate", "rign"], 2, "did you mean `ring`?"),
        (
            vec![path, "--generate", "ring", "--size", "900"],
            2,
            "8 to 200",
        ),
        (
            vec![path, "--generate", "ring", "--seats", "6", "--size", "9"],
            2,
            "at least",
        ),
        (
            vec![path, "--generate", "ring", "--from", "x"],
            2,
            "cannot be used",
        ),
        (
            vec![path, "--from", "x", "--size", "9"],
            2,
            "cannot be used",
        ),
        (vec![path, "--from", "nowhere"], 3, "no shipped scenario"),
        (
            vec![path, "--from", "mine-feild"],
            3,
            "did you mean `mine-field`?",
        ),
        (vec!["42", "--generate", "ring"], 2, "gives no id"),
        (vec![taken, "--generate", "ring"], 2, "already"),
    ] {
        let (found, _, said) = angelfire(&[vec!["new"], args.clone()].concat());
        assert_eq!(found, code, "{args:?}: {said}");
        assert!(said.contains(part), "{args:?}: {said}");
    }
    assert!(fs::metadata(path).is_err(), "nothing was made");
}

/// What is made, checked, tested and played, by its own commands; the ids of its wars.
fn made_and_played(folder: &Folder, name: &str, args: &[&str]) -> Vec<String> {
    let path = folder.file(name);
    let path = path.to_str().expect("a path");
    let (code, said, wrong) = angelfire(&[&["new", path, "--json"], args].concat());
    assert_eq!(code, 0, "{args:?}: {wrong}");
    let told: Value = serde_json::from_str(&said).expect("JSON");
    let (code, said, _) = angelfire(&["check", path]);
    assert_eq!((code, said.trim()), (0, "No errors."), "{args:?}");
    let (code, said, _) = angelfire(&["test", path]);
    assert_eq!(code, 0, "{args:?}: {said}");
    let wars = told["scenarios"].as_array().expect("a list");
    let wars: Vec<String> = wars
        .iter()
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect();
    for war in &wars {
        assert!(war.starts_with(name), "{war}");
    }
    if let Some(war) = wars.first() {
        let (code, said, wrong) = angelfire(&["--mods", path, "sim", war, "--turns", "1"]);
        assert_eq!(code, 0, "{said}{wrong}");
    }
    wars
}

#[test]
fn a_mod_from_scratch_plays_and_tests_at_once() {
    let folder = Folder::new("scratch");
    let own = [
        ("mine", "mod", 1),
        ("my-war", "scenario", 1),
        ("my-campaign", "campaign", 2),
    ];
    for (name, kind, wars) in own {
        let title = format!("The {name} of \"all\"");
        let args = ["--kind", kind, "--title", &title];
        let made = made_and_played(&folder, name, &args);
        assert_eq!(made.len(), wars, "{kind}");
    }
    let path = folder.file("plain");
    let path = path.to_str().expect("a path");
    let (code, said, _) = angelfire(&["new", path]);
    assert_eq!(code, 0);
    assert!(
        said.contains("sim plain") && said.contains("angelfire test"),
        "{said}"
    );
    // Two of them side by side are two mods.
    let both = folder.file("");
    let both = both.to_str().expect("a path");
    let (code, listed, wrong) = angelfire(&["--mods", both, "list", "scenarios", "--json"]);
    assert_eq!(code, 0, "{wrong}");
    assert!(wrong.is_empty(), "{wrong}");
    for id in ["mine", "my-war", "my-campaign", "my-campaign-town", "plain"] {
        assert!(listed.contains(&format!("{id:?}")), "{id}: {listed}");
    }
    assert!(listed.contains("The my-war of"), "{listed}");
}

#[test]
fn recipes_are_copied() {
    let folder = Folder::new("recipes");
    for recipe in angelfire::content::cookbook::recipes() {
        made_and_played(
            &folder,
            &format!("my-{}", recipe.name),
            &["--from", recipe.name],
        );
    }
}

#[test]
fn a_shipped_campaign_is_copied() {
    let folder = Folder::new("campaigns");
    // Those of the mods that come with the game among them.
    let shipped = Catalog::load(
        &Layer::bundled(),
        &mut Sources::default(),
        &mut Diagnostics::new(),
    );
    assert!(!Layer::bundled().is_empty());
    for (id, campaign) in &shipped.campaigns {
        let name = format!("my-{id}");
        let path = folder.file(&name);
        let path = path.to_str().expect("a path");
        let (code, said, wrong) = angelfire(&["new", path, "--from", id.as_str(), "--json"]);
        assert_eq!(code, 0, "{wrong}");
        let told: Value = serde_json::from_str(&said).expect("JSON");
        let of = shipped.scenarios.values().filter(|war| war.campaign == *id);
        assert_eq!(told["scenarios"].as_array().map(Vec::len), Some(of.count()));
        let (code, said, _) = angelfire(&["check", path]);
        assert_eq!(code, 0, "{said}");
        let listed = angelfire(&["--mods", path, "list", "campaigns", "--json"]).1;
        let listed: Value = serde_json::from_str(&listed).expect("JSON");
        let mut copy = listed["campaigns"].as_array().into_iter().flatten();
        let copy = copy.find(|row| row["id"] == name.as_str());
        let links = copy.and_then(|row| row["links"].as_array()).map(Vec::len);
        assert_eq!(links, Some(campaign.links.len()));
    }
}
