//! Battles of the record, from the command line.

use serde_json::Value;

use super::{angelfire, code, json};
use crate::war::Folder;

/// A stream of JSON documents, one a line.
fn lines(args: &[&str]) -> Vec<Value> {
    let out = angelfire(args);
    assert!(
        out.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    let text = String::from_utf8(out.stdout).expect("text");
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{args:?}: {e}")))
        .collect()
}

#[test]
fn battles_of_the_record_are_held_against_it() {
    let listed = json(&["list", "battles", "--json"]);
    let listed = listed["battles"].as_array().expect("a list").clone();
    let held = lines(&["history", "--json"]);
    assert_eq!(held.len(), listed.len());
    for battle in &held {
        let id = battle["battle"].as_str().expect("an id");
        let row = listed.iter().find(|row| row["id"] == id).expect("listed");
        assert!(battle["seed"].is_u64(), "{id}");
        assert_eq!(battle["scripted"], true);
        assert!(
            battle["refused"].as_array().is_some_and(Vec::is_empty),
            "{id}"
        );
        let known = |name: &str, keys: &str| {
            let all = row[keys].as_array().expect("a list");
            all.iter().any(|key| key == name)
        };
        let names = |field: &str| -> Vec<String> {
            let map = battle[field].as_object().expect("a map");
            map.keys().cloned().collect()
        };
        for (field, keys) in [
            ("owners", "places"),
            ("dates", "events"),
            ("fates", "persons"),
            ("flags", "flags"),
            ("losses", "sides"),
        ] {
            for name in names(field) {
                assert!(known(&name, keys), "{id}: {field} {name}");
            }
        }
        let checks = battle["checks"].as_array().expect("a list");
        assert!(!checks.is_empty());
        for check in checks {
            let score = check["score"].as_f64().expect("a number");
            assert!((0.0..=1.0).contains(&score), "{id}: {check}");
        }
    }
    let one = lines(&[
        "history",
        "first-battle-of-katar",
        "--seeds",
        "1..4",
        "--perturb",
        "--json",
    ]);
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["spread"]["wars"], 3);
    assert!(one[0]["checks"][0]["share_permille"].is_number());
    assert_eq!(one[0]["perturbed"].as_array().map(Vec::len), Some(3));
    let free = lines(&["history", "first-battle-of-katar", "--free", "--json"]);
    assert_eq!(free[0]["scripted"], false);
    // What would have been, had the Coalition stayed where it was.
    let folder = Folder::new("counterfactual");
    let orders = folder.file("orders.ron");
    let halt: Vec<String> = (1..=4).map(|n| format!("\"coalition-{n} halt\"")).collect();
    std::fs::write(
        &orders,
        format!("{{2: {{\"dcp\": [{}]}}}}", halt.join(", ")),
    )
    .expect("written");
    let orders = orders.to_str().expect("a path");
    let enter = [
        "history",
        "first-battle-of-katar",
        "--enter",
        "dcp@2",
        "--orders",
        orders,
    ];
    let other = lines(&[&enter[..], &["--seeds", "1..4", "--json"]].concat());
    assert_eq!(other[0]["scripted"], false);
    // Shelled where it stands, and no more.
    assert!(
        other[0]["losses"]["dcp"]
            .as_i64()
            .is_some_and(|lost| lost < 200)
    );
    assert_eq!(code(&["history", "katar", "--enter", "nobody@2"]), 2);
    assert_eq!(code(&["history", "katar", "--enter", "dcp@99"]), 2);
    assert_eq!(code(&["history", "first-battle-of-katr"]), 3);
    assert_eq!(code(&["history", "milky-way", "--record", "x"]), 2);
}

#[test]
fn a_recorded_battle_is_entered_from_the_command_line() {
    let folder = Folder::new("entered");
    let (record, mine) = (
        folder.file("katar.angelfire.ron"),
        folder.file("mine.angelfire.ron"),
    );
    let (record, mine) = (
        record.to_str().expect("a path"),
        mine.to_str().expect("a path"),
    );
    assert_eq!(code(&["history", "katar", "--record", record]), 0);
    assert_eq!(code(&["record", "verify", record]), 0);
    let enter = |seat| {
        code(&[
            "record", "branch", record, "--turn", "2", "--seat", seat, "-o", mine,
        ])
    };
    assert_eq!(enter("nobody"), 2);
    assert_eq!(enter("allies"), 0);
    assert_eq!(
        code(&["order", mine, "--seat", "allies", "katar-1 go katar-road"]),
        0
    );
    // Who follows the record takes no orders from anybody else.
    assert_ne!(
        code(&["order", mine, "--seat", "dcp", "coalition-1 halt"]),
        0
    );
    assert_eq!(code(&["turn", mine]), 0);
    assert_eq!(code(&["record", "verify", mine]), 0);
    assert_eq!(code(&["record", "diff", record, mine]), 1);
}
