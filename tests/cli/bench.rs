//! The modder's bench from outside: many wars counted, and trials whose failures can be looked at.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::{angelfire, code, json};
use crate::war::{Folder, scenario};

fn path(folder: &Folder, name: &str) -> String {
    folder.file(name).to_str().expect("a path").to_owned()
}

#[test]
fn a_batch_says_what_is_used_and_what_never_is() {
    let folder = Folder::new("batch");
    let (table, svg) = (path(&folder, "wars.csv"), path(&folder, "wars.svg"));
    let scenario = scenario();
    let said = json(&[
        "batch",
        scenario.as_str(),
        "--seeds",
        "1..=6",
        "--json",
        "--csv",
        &table,
        "--plot",
        &svg,
    ]);
    let names = |value: &Value| -> BTreeSet<String> {
        value
            .as_object()
            .map(|all| all.keys().cloned().collect())
            .unwrap_or_default()
    };
    assert_eq!(names(&said["use"]), names(&said["never_used"]));
    let mut idle = 0;
    for (kind, all) in said["use"].as_object().expect("kinds") {
        let never = said["never_used"][kind].as_array().expect("a list");
        idle += never.len();
        for (id, counts) in all.as_object().expect("ids") {
            let unused = never.iter().any(|known| known == id);
            assert_eq!(counts["wars"] == 0, unused, "{kind} {id}");
            let counted = counts.as_object().expect("counts").values();
            assert_eq!(counted.clone().all(|n| *n == 0), unused, "{kind} {id}");
        }
    }
    assert!(said["use"]["orders"]["go"]["given"].as_i64() > Some(0));
    assert!(
        said["use"]["classes"]
            .as_object()
            .is_some_and(|c| c.len() > 2)
    );
    // Each side has won between its limits.
    for (side, share) in said["win_permille"].as_object().expect("sides") {
        let at = |key: &str| share[key].as_i64().expect("a number");
        assert!(
            at("low") <= at("share") && at("share") <= at("high"),
            "{side}"
        );
        let lost = &said["losses_permille"][side];
        assert!(lost["p25"].as_i64() <= lost["p75"].as_i64(), "{side}");
    }
    // A reserve is told for the start and after each turn of the longest war.
    let longest = said["outcomes"].as_array().expect("wars").iter();
    let longest = longest.filter_map(|war| war["turns"].as_u64()).max();
    for stocks in said["reserves"].as_object().expect("sides").values() {
        for bands in stocks.as_object().expect("stocks").values() {
            let bands = bands.as_array().expect("turns");
            assert_eq!(Some(bands.len() as u64 - 1), longest);
            assert!(bands[0]["p50"].as_i64() >= bands[bands.len() - 1]["p50"].as_i64());
        }
    }
    // One row a war, all as long as the heading, and the sums are the document's.
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(&table);
    let rows = reader.expect("a table").into_records();
    let rows: Vec<csv::StringRecord> = rows.map(|row| row.expect("as long as the first")).collect();
    assert_eq!(rows.len(), 7);
    let column = rows[0].iter().position(|name| name == "orders_go_given");
    let column = column.expect("a column");
    let sum: i64 = rows[1..]
        .iter()
        .map(|row| row[column].parse::<i64>().expect("a number"))
        .sum();
    assert_eq!(said["use"]["orders"]["go"]["given"], sum);
    // The picture has axes with units, and a word for what is idle.
    let drawn = fs::read_to_string(&svg).expect("a picture");
    for words in [
        "percent of all wars",
        "turns",
        "score, points",
        "units held",
        "salvos a war",
    ] {
        assert!(drawn.contains(words), "{words}");
    }
    assert_eq!(drawn.contains("never used"), idle > 0);
    assert!(drawn.trim_end().ends_with("</svg>") && !drawn.contains("NaN"));
    // For people the same is told.
    let out = angelfire(&["batch", scenario.as_str(), "--seeds", "1..3"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    for words in [
        "95% limits",
        "Reserves left",
        "Never used",
        "Orders, a war in the mean",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_a_war_is_played() {
    let scenario = scenario();
    for option in ["--csv", "--plot"] {
        let args = ["batch", scenario.as_str(), "--seeds", "0..900000", option];
        let out = angelfire(&[&args[..], &["no-such-folder/wars"]].concat());
        assert_eq!(out.status.code(), Some(1));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("there is no folder no-such-folder"), "{said}");
        let out = angelfire(&[&args[..], &["."]].concat());
        assert_eq!(out.status.code(), Some(1));
    }
}

/// A mod with a trial on a field and one on a scenario, both of which fail.
fn failing(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::create_dir(folder.file("tests")).expect("a folder");
    let about = "(id: \"ice\", version: \"1\", game: \"0.1\")";
    fs::write(folder.file("mod.ron"), about).expect("written");
    let scenario = scenario();
    let text = format!(
        "[(id: \"shot\", what: \"A shot, \\\"heard\\\".\", turns: 2, seeds: (3, 22), field: (places: [\"a\", \"b\"], forces: [
            (id: \"fleet\", side: \"red\", at: \"a\", ships: {{\"battleship\": 4}}, stocks: {{\"angelfire\": 9}}),
            (id: \"guard\", side: \"blue\", at: \"b\", ships: {{\"dreadnought\": 4}})]),
          players: {{\"blue\": steady}},
          orders: {{1: [\"fleet fire angelfire 2 at guard\", \"fleet fire angelfire 99 at guard\"]}},
          expect: [(at: 1, figure: Fired(\"red\", \"angelfire\"), at_least: 3),
            (figure: Fired(\"red\", \"angelfire\"), is: 2, share: 0.5),
            (figure: Won(\"red\"), is: 1, share_at_most: 0.2)]),
         (id: \"whole\", what: \"A war.\", turns: 2, scenario: \"{scenario}\", expect: [(figure: Score, is: 123456)])]"
    );
    fs::write(folder.file("tests/all.ron"), text).expect("written");
    folder
}

#[test]
fn a_trial_that_fails_leaves_the_war_that_shows_it() {
    let about = failing("records");
    let place = about.0.to_str().expect("a path");
    let kept = Folder::new("kept");
    let out = path(&kept, "deep/out");
    let run = || {
        let said = angelfire(&["test", place, "--json", "--records", &out]);
        assert_eq!(said.status.code(), Some(1));
        serde_json::from_slice::<Value>(&said.stdout).expect("a document")
    };
    let said = run();
    assert_eq!(said, run(), "a second time it is written over");
    let trial = |id: &str| {
        let all = said["trials"].as_array().expect("a list");
        all.iter().find(|t| t["id"] == id).expect("it is there")
    };
    for (id, seed) in [("shot", 3), ("whole", 1)] {
        let records = trial(id)["records"].as_array().expect("a list");
        let record = &records[0];
        assert_eq!(record["seed"], seed, "{id}");
        let file = format!("{out}/{id}.{seed}.angelfire.ron");
        assert_eq!(record["file"], file.as_str());
        // The command that is told opens it; so do others with the same mods.
        let view = record["view"].as_str().expect("a command");
        let words: Vec<&str> = view.split(' ').skip(1).collect();
        assert_eq!(words[0], "view");
        let shown = json(&[&words[..], &["--json"]].concat());
        assert_eq!(shown["turn"], if id == "shot" { 2 } else { 3 });
        let mods = &words[words.iter().position(|w| *w == "--mods").expect("mods")..];
        assert_eq!(
            code(&[&["record", "verify", &file], mods].concat()),
            0,
            "{id}"
        );
        assert_eq!(
            code(&[&["record", "show", &file], mods].concat()),
            0,
            "{id}"
        );
    }
    let field = format!("{out}/shot.field");
    assert_eq!(code(&["check", &field]), 0);
    // It is the trial's own war, refusals and all.
    let file = format!("{out}/shot.3.angelfire.ron");
    let text = fs::read_to_string(file).expect("a record");
    assert!(text.contains("Trial shot, seed 3") && text.contains("angelfire"));
    let told = angelfire(&["test", place, "--records", &out]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("look at seed 3: angelfire view "), "{told}");
    let told = angelfire(&["test", place]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.contains("--records DIR"), "{told}");
    // What is somebody else's is left alone.
    fs::write(Path::new(&field).join("mod.ron"), "(id: \"mine\")").expect("written");
    assert_eq!(code(&["test", place, "--records", &out]), 3);
}

#[test]
fn trials_say_in_how_many_wars_of_how_many() {
    let about = failing("shares");
    let place = about.0.to_str().expect("a path");
    let run = |jobs: &str| angelfire(&["test", place, "--json", "--jobs", jobs]).stdout;
    let said = run("1");
    assert_eq!(said, run("4"), "threads change nothing");
    let said: Value = serde_json::from_slice(&said).expect("a document");
    let shot = &said["trials"][0];
    assert_eq!(shot["id"], "shot");
    let (never, always) = (&shot["expectations"][0], &shot["expectations"][1]);
    assert_eq!((&never["wars"], &never["of"]), (&0.into(), &20.into()));
    assert_eq!(never["at"], 1);
    assert_eq!(never["share_permille"]["high"], 140);
    assert_eq!(
        (&always["wars"], &always["held"]),
        (&20.into(), &true.into())
    );
    assert_eq!(always["share_permille"]["low"], 860);
    let got = always["got"].as_str().expect("words");
    assert!(
        got.contains("holds in 20 of 20 wars (100.0%): at least 86.0%"),
        "{got}"
    );
    // Of a single war there is no share.
    let whole = &said["trials"][1]["expectations"][0];
    assert!(whole["share_permille"].is_null() && whole["of"] == 1);
}
