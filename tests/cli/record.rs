//! Records as a tree and as tables, and what two of them differ in, from the command line.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{angelfire, code, json};
use crate::war::Folder;

/// A recorded battle with branches: one with a name, one of that one, one whose parent will have gone on.
fn branches(folder: &Folder) -> [String; 4] {
    let file = |name: &str| {
        let path = folder.file(&format!("{name}.angelfire.ron"));
        path.to_str().expect("a path").to_owned()
    };
    let all = ["battle", "first", "second", "third"].map(file);
    let [battle, first, second, third] = &all;
    assert_eq!(code(&["history", "katar", "--record", battle]), 0);
    let enter = ["--seat", "allies"];
    let take = [
        "record",
        "branch",
        battle,
        "--turn",
        "2",
        "--name",
        "A  stand, \"here\"",
        "-o",
        first,
    ];
    assert_eq!(code(&[&take[..], &enter[..]].concat()), 0);
    assert_eq!(code(&["turn", first]), 0);
    assert_eq!(code(&["turn", first]), 0);
    // Taken from the first when it had three turns; that one goes on afterwards.
    let again = [
        "record", "branch", first, "--turn", "3", "--name", "Another", "-o", second,
    ];
    assert_eq!(code(&[&again[..], &["--seat", "dcp"]].concat()), 0);
    assert_eq!(code(&["turn", second]), 0);
    assert_eq!(code(&["turn", first]), 0);
    assert_eq!(
        code(&["record", "branch", battle, "--turn", "4", "-o", third]),
        0
    );
    all
}

fn text(args: &[&str]) -> String {
    let out = angelfire(args);
    String::from_utf8(out.stdout).expect("text")
}

#[test]
fn branches_stand_under_what_they_were_taken_from() {
    let folder = Folder::new("tree");
    let [battle, first, second, third] = branches(&folder);
    let folder_name = folder.0.to_str().expect("a path");
    let rows = json(&["record", "tree", folder_name, "--json"]);
    let rows = rows["rows"].as_array().expect("a list");
    let depth: Vec<(&str, i64)> = rows
        .iter()
        .map(|row| {
            let name = row["name"].as_str().or(row["kind"].as_str());
            (
                name.expect("a name"),
                row["depth"].as_i64().expect("a depth"),
            )
        })
        .collect();
    let expected = [
        ("battle", 0),
        ("A  stand, \"here\"", 1),
        ("Another", 2),
        ("record", 1),
    ];
    assert_eq!(depth, expected);
    assert_eq!(rows[0]["course"], "katar");
    let ends_so = |value: &Value, path: &str| {
        let name = path.rsplit('/').next().expect("a name");
        value.as_str().is_some_and(|file| file.ends_with(name))
    };
    assert!(ends_so(&rows[0]["files"][0], &battle));
    assert!(ends_so(&rows[1]["file"], &first) && ends_so(&rows[3]["file"], &third));
    assert_eq!(rows[1]["leaves"]["turn"], 2);
    assert!(
        rows[1]["leaves"]["date"]
            .as_str()
            .is_some_and(|date| date.contains("April"))
    );
    assert_eq!(
        (&rows[1]["turns"], &rows[1]["seats"][0]),
        (&4.into(), &"allies".into())
    );
    assert_eq!(
        (&rows[2]["parent"], &rows[2]["leaves"]["turn"]),
        (&1.into(), &3.into())
    );
    let told = text(&["record", "tree", folder_name]);
    for words in [
        "as the record has it",
        "A  stand",
        "leaves on turn 2",
        "allies commands",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // The name is kept as it was given, and shown.
    assert!(text(&["record", "show", &first]).contains("called A  stand, \"here\""));
    assert_eq!(
        json(&["record", "show", &second, "--json"])["name"],
        "Another"
    );
    // A record ends as its tree says.
    assert_eq!(
        code(&["record", "resume", &first, "--ai", "allies=steady"]),
        0
    );
    let rows = json(&["record", "tree", &first, &second, "--json"]);
    assert_eq!(
        rows["rows"][1]["verdict"]["level"]
            .as_str()
            .map(str::is_empty),
        Some(false)
    );
    assert_eq!(
        rows["rows"][2]["parent"], 1,
        "its parent went on to its end"
    );
    // Alone it says what is missing.
    let alone = json(&["record", "tree", &second, "--json"]);
    assert_eq!(
        (&alone["rows"][0]["kind"], &alone["rows"][1]["depth"]),
        (&"missing".into(), &1.into())
    );
    // What is named must be a record; what lies in a folder may be anything.
    std::fs::write(folder.file("broken.angelfire.ron"), "(format:1").expect("written");
    let broken = folder.file("broken.angelfire.ron");
    assert_eq!(
        code(&["record", "tree", broken.to_str().expect("a path")]),
        3
    );
    assert_eq!(code(&["record", "tree", folder_name]), 0);
    let bad = [
        "record", "branch", &battle, "--turn", "2", "--name", "a\nb", "-o", &third,
    ];
    assert_eq!(code(&bad), 2);
    assert_eq!(
        code(&[
            "record", "branch", &battle, "--turn", "2", "--name", " ", "-o", &third
        ]),
        2
    );
}

#[test]
fn two_records_are_told_apart_by_what_was_held_and_lost() {
    let folder = Folder::new("apart");
    let [battle, first, ..] = branches(&folder);
    let out = angelfire(&["record", "diff", &battle, &first, "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let apart = &found["apart"];
    assert_eq!(apart["common"]["turns"], serde_json::json!([4, 4]));
    assert_eq!(apart["ends"]["turns"][1], 4);
    for side in ["allies", "dcp"] {
        let stand = &apart["ends"]["first"][side];
        for key in ["sectors", "strength", "lost"] {
            assert!(stand[key].is_i64(), "{side} {key}: {stand}");
        }
        assert!(stand["charges"].is_object());
    }
    let hands = apart["first"].as_array().expect("a list");
    let hands = hands
        .iter()
        .chain(apart["second"].as_array().expect("a list"));
    let hands: Vec<&Value> = hands.collect();
    assert!(
        !hands.is_empty(),
        "other hands held a sector somewhere: {apart}"
    );
    for hand in &hands {
        let date = hand["date"].as_str().expect("a date");
        assert!(date.ends_with("2802") && hand["turn"].is_i64() && hand["sector"].is_string());
    }
    let told = text(&["record", "diff", &battle, &first]);
    for words in [
        "the last that both have",
        "at their ends",
        "sectors ",
        "lost ",
        "other hands in the",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let same = text(&["record", "diff", &battle, &battle]);
    assert!(
        same.contains("the same war") && !same.contains("at the end"),
        "{same}"
    );
}

/// A table as rows of cells.
fn table(path: &std::path::Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("it was written");
    assert!(bytes.ends_with(b"\r\n"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&bytes[..]);
    let rows = reader
        .records()
        .map(|row| row.expect("each row has all its cells"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_war_is_written_as_a_table() {
    let folder = Folder::new("table");
    let [_, first, ..] = branches(&folder);
    let path = folder.file("war.csv");
    let out = path.to_str().expect("a path");
    assert_eq!(code(&["record", "csv", &first, "-o", out]), 0);
    let rows = table(&path);
    let head: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    assert_eq!(head[..5], ["war", "turn", "date", "side", "sectors"]);
    assert_eq!(head.last(), Some(&"events"));
    // Beginning and four turns of two sides, and what was counted is what `diff` counts.
    assert_eq!(rows.len(), 1 + 5 * 2);
    assert_eq!(rows[1][0], "A  stand, \"here\"");
    let turns: BTreeSet<&str> = rows[1..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(
        turns.into_iter().collect::<Vec<_>>(),
        ["0", "1", "2", "3", "4"]
    );
    let diff = angelfire(&["record", "diff", &first, &first, "--json"]);
    let diff: Value = serde_json::from_slice(&diff.stdout).expect("JSON");
    for row in &rows[9..] {
        let stand = &diff["apart"]["ends"]["first"][row[3].as_str()];
        assert_eq!(row[4], stand["sectors"].to_string());
        assert_eq!(row[6], stand["lost"].to_string());
    }
    // A seat knows nothing of what others have left.
    assert_eq!(
        code(&["record", "csv", &first, "--seat", "allies", "-o", out]),
        0
    );
    let left = head
        .iter()
        .position(|name| name.starts_with("left_"))
        .expect("a reserve");
    let rows = table(&path);
    let known = |row: &&Vec<String>| !row[left].is_empty();
    // Nobody has any before the first of them arrives.
    assert!(rows[1..].iter().filter(known).count() > 1);
    assert!(rows[1..].iter().filter(known).all(|row| row[3] == "allies"));
    assert_eq!(
        code(&["record", "csv", &first, "--seat", "nobody", "-o", out]),
        2
    );
}

#[test]
fn a_war_is_told_as_its_seat_knew_it() {
    let folder = Folder::new("story");
    let path = folder.file("war.angelfire.ron");
    let war = path.to_str().expect("a path");
    assert_eq!(code(&["history", "katar", "--record", war]), 0);
    let mut texts = Vec::new();
    for seat in ["allies", "dcp"] {
        let told = json(&["record", "story", war, "--seat", seat, "--json"]);
        assert_eq!(told["seat"], *seat);
        let days = told["days"].as_array().expect("days");
        let mut last = 0;
        for day in days {
            let turns = (day["turns"][0].as_u64(), day["turns"][1].as_u64());
            assert!(turns.0 > Some(last) && turns.0 <= turns.1, "{day}");
            last = turns.1.expect("a turn");
            let text = day["text"].as_str().expect("words");
            assert!(
                text.ends_with('.') && !text.contains(['{', '[', ']']),
                "{text}"
            );
        }
        let told_days = days.iter().filter(|day| day["passed_over"] == false);
        assert!((1..=12).contains(&told_days.count()));
        texts.push(text(&["record", "story", war, "--seat", seat]));
    }
    assert_ne!(texts[0], texts[1], "each side has its own");
    let won = texts.iter().filter(|t| t.contains("the war was won"));
    assert_eq!(won.count(), 1, "{texts:?}");
    assert_eq!(code(&["record", "story", war, "--seat", "nobody"]), 2);
}

#[test]
fn checks_are_written_as_a_table_with_their_sources() {
    let folder = Folder::new("checks");
    let path = folder.file("checks.csv");
    let out = path.to_str().expect("a path");
    let held = angelfire(&["history", "katar", "--csv", out, "--json"]);
    assert!(held.status.success());
    let held = String::from_utf8(held.stdout).expect("text");
    let held = held
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    let checks: Vec<(Value, Value)> = held
        .flat_map(|held: Value| {
            let checks = held["checks"].as_array().expect("a list").clone();
            checks
                .into_iter()
                .map(move |check| (held["battle"].clone(), check))
        })
        .collect();
    let rows = table(&path);
    assert_eq!(rows.len(), checks.len() + 1);
    for (row, (battle, check)) in rows[1..].iter().zip(&checks) {
        let cell = |name: &str| &row[rows[0].iter().position(|head| head == name).expect(name)];
        assert_eq!(
            (cell("battle"), cell("id")),
            (&string(battle), &string(&check["id"]))
        );
        for name in [
            "expected", "got", "score", "weight", "basis", "input", "tuned", "source",
        ] {
            assert_eq!(
                *cell(name),
                string(&check[name]),
                "{name} of {}",
                cell("id")
            );
        }
        assert_eq!(cell("title"), "The Battle for the Milky Way");
        assert!(!cell("section").is_empty(), "{row:?}");
        let paragraph = cell("paragraph");
        assert!(
            paragraph.contains("par. ") || paragraph.contains("caption"),
            "{row:?}"
        );
    }
}

/// A value as a cell of a table shows it.
fn string(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::from("-"),
        other => other.to_string(),
    }
}
