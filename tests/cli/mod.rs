//! The command line from outside: the real binary.

mod bench;
mod check;
mod guide;
mod history;
mod lsp;
mod mods;
mod record;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Output, Stdio},
    thread,
};

use serde_json::Value;

use crate::war::{Folder, scenario, seats};

fn angelfire(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("it starts")
}

fn code(args: &[&str]) -> i32 {
    angelfire(args).status.code().expect("it ends by itself")
}

fn json(args: &[&str]) -> Value {
    let out = angelfire(args);
    assert!(
        out.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}"))
}

#[test]
fn a_whole_war_in_text() {
    let folder = Folder::new("text");
    let path = folder.file("war.angelfire.ron");
    let record = path.to_str().expect("a path");
    let (scenario, seat) = (scenario(), seats().remove(0));
    let seat = seat.as_str();
    assert_eq!(
        code(&[
            "begin",
            scenario.as_str(),
            "--seat",
            seat,
            "--seed",
            "9",
            record
        ]),
        0
    );
    let mut turns = 0;
    loop {
        let view = json(&["view", record, "--seat", seat, "--json"]);
        if !view["ended"].is_null() {
            break;
        }
        assert_eq!(view["turn"], turns + 1);
        assert!(view["map"]["lanes"].is_object());
        let legal = json(&["order", record, "--seat", seat, "--legal", "--json"]);
        let marches: Vec<&str> = legal["legal"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|c| c["order"].as_str())
            .filter(|o| o.contains(" stance ") || o.contains(" fire "))
            .collect();
        if let Some(order) = marches.get(turns as usize % marches.len().max(1)) {
            assert_eq!(
                code(&["order", record, "--seat", seat, order]),
                0,
                "{order}"
            );
            let list = json(&["order", record, "--seat", seat, "--list", "--json"]);
            assert_eq!(list["pending"][0], *order);
        }
        assert_eq!(json(&["turn", record, "--json"])["turn"], turns + 1);
        turns += 1;
    }
    assert!(turns > 1);
    assert_eq!(code(&["turn", record]), 1, "the war is over");
    let proof = json(&["record", "verify", record, "--json"]);
    assert_eq!(
        (&proof["holds"], &proof["proved"][1]),
        (&Value::from(true), &Value::from(turns))
    );
    let sheet = angelfire(&["view", record, "--seat", seat, "--turn", "3"]);
    let text = String::from_utf8(sheet.stdout).expect("text");
    assert!(
        text.lines().all(|l| l.chars().count() <= 100),
        "wider than 100 columns"
    );
    assert!(text.contains("Contacts") && text.contains("Supply") && text.contains("Report"));
}

#[test]
fn the_referees_sheet_is_nobodys() {
    let folder = Folder::new("referee");
    let path = folder.file("war.angelfire.ron");
    let record = path.to_str().expect("a path");
    let scenario = scenario();
    assert_eq!(
        code(&["sim", scenario.as_str(), "--turns", "2", "--record", record]),
        0
    );
    let text = |args: &[&str]| String::from_utf8(angelfire(args).stdout).expect("text");
    let truth = text(&["view", record]);
    assert!(truth.starts_with("Turn 3 of "), "{truth}");
    assert!(
        truth
            .lines()
            .next()
            .is_some_and(|l| l.ends_with(": the referee's truth"))
    );
    for own in ["Contacts", "Reserves", "Losses so far", "leashes"] {
        assert!(!truth.contains(own), "{own}");
    }
    for seat in seats() {
        let sheet = text(&["view", record, "--seat", seat.as_str()]);
        let heading = sheet.lines().next().expect("a heading").to_owned();
        assert!(heading.contains(&format!(": {seat} (")), "{heading}");
    }
}

#[cfg(unix)]
#[test]
fn a_mod_that_cannot_be_read_stays_listed() {
    let folder = Folder::new("mods");
    for name in ["astray", "sound"] {
        let path = folder.file(name);
        std::fs::create_dir(&path).expect("a folder");
        let about = format!("(id: \"{name}\", version: \"1\", game: \"0.1\")");
        std::fs::write(path.join("mod.ron"), about).expect("written");
    }
    let astray = folder.file("astray");
    std::os::unix::fs::symlink("nowhere.ron", astray.join("stocks.ron")).expect("a link");
    let (all, one) = (
        folder.0.to_str().expect("a path"),
        astray.to_str().expect("a path"),
    );
    // Mods that come with the game stand before all others.
    let mods = |path: &str| -> Vec<Value> {
        let list = json(&["list", "mods", "--mods", path, "--json"]);
        let all = list["mods"].as_array().cloned().unwrap_or_default();
        let own = all.iter().position(|m| m["id"] == "astray");
        all[own.expect("it is listed")..].to_vec()
    };
    let list = mods(all);
    let problem = list[0]["problem"].as_str().expect("a problem");
    assert!(
        problem.contains("cannot read") && problem.contains("stocks.ron"),
        "{problem}"
    );
    assert_eq!(list[1]["id"], "sound");
    assert!(list[1]["problem"].is_null());
    assert_eq!(mods(one).len(), 1);
    assert_eq!(code(&["list", "--mods", "no-such-folder"]), 3);
    assert_eq!(code(&["check", "--mods", one]), 1);
    // `check` calls it by its name as well, and does not end at it.
    let data = Folder::new("data");
    std::fs::rename(&folder.0, data.file("mods")).expect("moved");
    let out = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(["check", "--json"])
        .env("ANGELFIRE_DATA_DIR", &data.0)
        .output()
        .expect("it starts");
    assert_eq!(out.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&out.stdout).expect("a document");
    assert_eq!(found[0]["code"], "unreadable");
}

#[test]
fn order_files_are_all_or_nothing() {
    let folder = Folder::new("files");
    let path = folder.file("war.angelfire.ron");
    let record = path.to_str().expect("a path");
    let seat = seats().remove(0);
    let seat = seat.as_str();
    assert_eq!(
        code(&[
            "begin",
            scenario().as_str(),
            "--seat",
            seat,
            "--seed",
            "9",
            record
        ]),
        0
    );
    let legal = json(&["order", record, "--seat", seat, "--legal", "--json"]);
    let good = legal["legal"][0]["order"].as_str().expect("an order");
    let file = folder.file("orders.ron");
    let name = file.to_str().expect("a path");
    std::fs::write(&file, format!("[{good:?}, \"nobody halt\"]")).expect("written");
    assert_eq!(code(&["order", record, "--seat", seat, "--file", name]), 1);
    assert_eq!(
        json(&["order", record, "--seat", seat, "--list", "--json"])["pending"],
        Value::from(Vec::<Value>::new())
    );
    std::fs::write(&file, format!("[{good:?}] // fine")).expect("written");
    assert_eq!(code(&["order", record, "--seat", seat, "--file", name]), 0);
    assert_eq!(
        code(&["order", record, "--seat", seat, "--retract", "2"]),
        2
    );
    assert_eq!(
        code(&["order", record, "--seat", seat, "--retract", "1"]),
        0
    );
    std::fs::write(&file, "[1, 2").expect("written");
    assert_eq!(code(&["order", record, "--seat", seat, "--file", name]), 3);
}

#[test]
fn exit_codes() {
    let folder = Folder::new("codes");
    let broken = folder.file("broken.angelfire.ron");
    std::fs::write(&broken, "(format:1").expect("written");
    let broken = broken.to_str().expect("a path");
    let scenario = scenario();
    let scenario = scenario.as_str();
    let expected: [(&[&str], i32); 16] = [
        (&["--help"], 0),
        (&["sim", "--help"], 0),
        (&["list"], 0),
        (&["check"], 0),
        (&["systems"], 0),
        (&["wings"], 2),
        (&["sim"], 2),
        (&["sim", scenario, "--seed", "x"], 2),
        (&["sim", "no-such-scenario"], 3),
        (&["view", "no-such-file"], 3),
        (&["record", "verify", broken], 3),
        (&["record", "show", broken], 3),
        (&["check", "no-such-file"], 3),
        (&["check", broken], 1),
        (&["batch", scenario, "--seeds", "9..1"], 2),
        (&["order", broken, "--seat", "x", "f", "wings"], 2),
    ];
    for (args, expected) in expected {
        assert_eq!(code(args), expected, "{args:?}");
    }
}

#[test]
fn a_simulation_streams_and_repeats() {
    let args = ["sim", scenario().as_str(), "--seed", "1", "--json"].map(str::to_owned);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let run = || {
        let out = angelfire(&args);
        let lines: Vec<Value> = String::from_utf8(out.stdout)
            .expect("text")
            .lines()
            .map(|l| serde_json::from_str(l).expect("a document"))
            .collect();
        lines
    };
    let (first, second) = (run(), run());
    let (last, turns) = first.split_last().expect("lines");
    assert_eq!(turns, &second[..turns.len()]);
    assert_eq!(last["turns"], turns.len());
    for key in [
        "scenario",
        "seed",
        "turns",
        "verdict",
        "hash",
        "sides",
        "wall_ms",
        "turn_ms_p50",
        "turn_ms_p95",
    ] {
        assert!(!last[key].is_null(), "{key}");
    }
    for key in ["winner", "level", "scores", "results"] {
        assert!(last["verdict"].get(key).is_some(), "{key}");
    }
    for key in ["turn", "date", "hash", "tables"] {
        assert!(turns.iter().all(|t| !t[key].is_null()), "{key}");
    }
}

#[test]
fn a_batch_equals_single_wars() {
    let scenario = scenario();
    let scenario = scenario.as_str();
    let batch = json(&[
        "batch", scenario, "--seeds", "1..=64", "--jobs", "2", "--json",
    ]);
    assert_eq!(batch["wars"], 64);
    let outcomes = batch["outcomes"].as_array().expect("a list");
    let (some, others) = outcomes.split_at(32);
    thread::scope(|scope| {
        for outcomes in [some, others] {
            scope.spawn(move || {
                for outcome in outcomes {
                    let seed = outcome["seed"].to_string();
                    let out = angelfire(&["sim", scenario, "--seed", &seed, "--json"]);
                    let text = String::from_utf8(out.stdout).expect("text");
                    let last: Value = serde_json::from_str(text.lines().last().expect("lines"))
                        .expect("a document");
                    assert_eq!(last["hash"], outcome["hash"], "seed {seed}");
                    assert_eq!(last["verdict"]["winner"], outcome["winner"]);
                }
            });
        }
    });
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(["sim", scenario().as_str(), "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut line)
        .expect("a line");
    let mut complaints = String::new();
    child
        .stderr
        .take()
        .expect("a pipe")
        .read_to_string(&mut complaints)
        .expect("text");
    assert_eq!(
        (child.wait().expect("it ends").code(), complaints.as_str()),
        (Some(0), "")
    );
}

#[test]
fn forecasts_and_explanations() {
    let folder = Folder::new("explain");
    let path = folder.file("war.angelfire.ron");
    let record = path.to_str().expect("a path");
    let seats = seats();
    let scenario = scenario();
    assert_eq!(
        code(&[
            "sim",
            scenario.as_str(),
            "--turns",
            "8",
            "--record",
            record,
            "-q"
        ]),
        0
    );
    let view = json(&["view", record, "--seat", seats[0].as_str(), "--json"]);
    let force = view["forces"]
        .as_object()
        .expect("forces")
        .keys()
        .next()
        .expect("a force")
        .clone();
    for what in ["--fleet", "--supply"] {
        assert_eq!(
            code(&["explain", record, "--turn", "8", what, &force]),
            0,
            "{what}"
        );
    }
    assert_eq!(
        code(&["explain", record, "--turn", "8", "--fleet", "nobody"]),
        2
    );
    assert_eq!(code(&["explain", record, "--turn", "8"]), 2);
    let mut fights = 0;
    for sector in view["map"]["sectors"].as_object().expect("sectors").keys() {
        let out = angelfire(&[
            "forecast",
            record,
            "--sector",
            sector,
            "--seat",
            seats[0].as_str(),
            "--samples",
            "50",
            "--json",
        ]);
        let value: Value = serde_json::from_slice(&out.stdout).expect("a document");
        match out.status.code() {
            Some(0) => {
                assert_eq!(value["samples"], 50);
                fights += 1;
            }
            other => assert_eq!(other, Some(1)),
        }
    }
    assert!(fights > 0, "no fight is to be expected anywhere");
}

#[cfg(feature = "chart")]
#[test]
fn a_picture_of_the_map() {
    let folder = Folder::new("picture");
    for (name, start) in [("map.svg", &b"<svg"[..]), ("map.png", &b"\x89PNG"[..])] {
        let path = folder.file(name);
        let name = path.to_str().expect("a path");
        assert_eq!(code(&["render", scenario().as_str(), "-o", name]), 0);
        let bytes = std::fs::read(&path).expect("a picture");
        assert!(bytes.windows(start.len()).take(200).any(|w| w == start));
    }
    assert_eq!(code(&["render", scenario().as_str(), "-o", "map.gif"]), 2);
}

#[test]
fn a_mod_is_tested_by_its_own_trials() {
    let folder = Folder::new("trials");
    let tests = folder.file("tests");
    std::fs::create_dir(&tests).expect("a folder");
    let about = "(id: \"ice\", version: \"1\", game: \"0.1\")";
    std::fs::write(folder.file("mod.ron"), about).expect("written");
    let write = |name: &str, least: i64| {
        let text = format!(
            "(id: \"{name}\", what: \"A shot.\", turns: 1, field: (places: [\"a\", \"b\"], forces: [
                (id: \"fleet\", side: \"red\", at: \"a\", ships: {{\"battleship\": 4}}, stocks: {{\"angelfire\": 9}}),
                (id: \"guard\", side: \"blue\", at: \"b\", ships: {{\"dreadnought\": 4}})]),
              orders: {{1: [\"fleet fire angelfire 2 at guard\"]}},
              expect: [(figure: Fired(\"red\", \"angelfire\"), at_least: {least})])"
        );
        let path = tests.join(format!("{name}.ron"));
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("a path").to_owned()
    };
    let (good, bad) = (write("good", 2), write("bad", 3));
    let all = folder.0.to_str().expect("a path");
    assert_eq!(code(&["test", &good]), 0);
    assert_eq!(code(&["test", &bad]), 1);
    assert_eq!(code(&["test", all, "--only", "good"]), 0);
    assert_eq!(code(&["test", all, "--only", "goood"]), 2);
    let out = angelfire(&["test", all, "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let said: Value = serde_json::from_slice(&out.stdout).expect("a document");
    assert_eq!((&said["held"], &said["failed"]), (&1.into(), &1.into()));
    assert_eq!(said["trials"][0]["id"], "bad");
    assert_eq!(said["trials"][0]["expectations"][0]["got"], "2");
    let told = String::from_utf8_lossy(&angelfire(&["test", &bad]).stdout).into_owned();
    assert!(
        told.contains("FAILED bad") && told.contains("expected (figure: Fired"),
        "{told}"
    );
    // What cannot be loaded is told like everything that is wrong with content.
    std::fs::write(tests.join("good.ron"), "(id: \"good\", turns: x)").expect("written");
    let out = angelfire(&["test", all]);
    assert_eq!(out.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&out.stdout).contains("tests/good.ron:1:"));
    assert_eq!(code(&["test", "no-such-folder"]), 3);
    assert_eq!(code(&["check", all]), 1);
}

#[test]
fn the_table_of_systems_says_what_is_proven() {
    let row = |args: &[&str]| json(args)[0].clone();
    let plain = row(&["systems", "counterbattery", "--json"]);
    assert_eq!(
        (&plain["id"], &plain["proven"]),
        (&"counterbattery".into(), &false.into())
    );
    for key in [
        "document",
        "mechanism",
        "source",
        "data",
        "proofs",
        "name",
        "what",
        "kind",
    ] {
        assert!(!plain[key].is_null(), "{key}");
    }
    let proven = row(&["systems", "counterbattery", "--prove", "--json"]);
    assert_eq!(proven["proven"], true, "{proven}");
    assert_eq!(code(&["systems", "conterbattery"]), 2);
}

#[test]
fn the_reference_tells_every_type_by_any_spelling() {
    let list = json(&["reference", "--json"]);
    let names: Vec<&str> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    for name in ["Scenario", "Weapon", "Meter", "When", "Outcome", "Trial"] {
        assert!(names.contains(&name), "{name}");
    }
    let kind = json(&["reference", "SiteKind", "--json"]);
    assert_eq!(json(&["reference", "site-kinds", "--json"]), kind);
    let fields = kind["fields"].as_array().expect("a list");
    let shields = fields.iter().find(|f| f["name"] == "shields");
    let shields = shields.expect("a field");
    assert_eq!(shields["type"], "whole number");
    assert_eq!(shields["default"], "0");
    assert_eq!(shields["optional"], true);
}

#[test]
fn an_unknown_type_is_bad_usage_with_a_suggestion() {
    for (wrong, hint) in [
        ("weapn", "did you mean `Weapon`?"),
        ("tempo", "it is part of Weapon"),
        ("", "angelfire reference"),
    ] {
        let out = angelfire(&["reference", wrong]);
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{told}");
        assert!(told.contains(hint), "{told}");
    }
}

#[test]
fn the_record_is_told_by_any_name_with_the_basis_of_every_fact() {
    let all = json(&["chronicle", "--json"]);
    let record = &all[0];
    assert_eq!(record["document"], "000");
    let entries = record["entries"].as_array().expect("a list");
    let ids: Vec<&str> = entries.iter().filter_map(|e| e["id"].as_str()).collect();
    for id in [
        "battle-of-the-concordat",
        "entry-into-katar",
        "first-battle-of-katar",
        "first-battle-of-tholfame-22",
        "battle-of-mana-run",
        "attack-on-tholfame-20",
        "line-complete",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    // Whatever says something says how sure that is.
    fn sure(value: &serde_json::Value, path: &str) {
        match value {
            serde_json::Value::Object(fields) => {
                if fields.contains_key("source") && !fields.contains_key("chosen") {
                    assert!(fields.contains_key("basis"), "{path}");
                }
                fields
                    .iter()
                    .for_each(|(name, value)| sure(value, &format!("{path}/{name}")));
            }
            serde_json::Value::Array(all) => all.iter().for_each(|value| sure(value, path)),
            _ => {}
        }
    }
    sure(record, "");
    let one = json(&["chronicle", "battle-of-the-concordat", "--json"]);
    assert_eq!(
        json(&["chronicle", "Battle of the Concordat", "--json"]),
        one
    );
    let out = angelfire(&["chronicle", "battle-of-the-concordat"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success() && told.contains("stated;"), "{told}");
}

#[test]
fn what_the_record_does_not_name_is_bad_usage_with_a_suggestion() {
    for (wrong, hint) in [
        (
            vec!["chronicle", "batle-of-mana-run"],
            "did you mean `battle-of-mana-run`?",
        ),
        (vec!["chronicle", "--document", "007"], "there is 000"),
    ] {
        let out = angelfire(&wrong);
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{told}");
        assert!(told.contains(hint), "{told}");
    }
}
