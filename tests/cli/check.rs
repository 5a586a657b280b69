//! `check --fix`, `check --watch` and the pages of codes, from outside.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use super::{angelfire, code, json};
use crate::war::Folder;

#[test]
fn what_has_one_clear_fix_is_mended_on_disk_and_told() {
    let folder = Folder::new("fix");
    let path = folder.file("stocks.ron");
    let text = path.to_str().expect("a path");
    fs::write(&path, "[ // cold\n    (id: \"ice\" nmae: \"Ice\"),\n]\n").expect("writable");
    assert_eq!(code(&["check", text]), 1);
    let out = angelfire(&["check", "--fix", text]);
    let said = String::from_utf8_lossy(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(
        said.contains("put in `,`") && said.contains("`nmae` is now `name`"),
        "{said}"
    );
    let now = fs::read_to_string(&path).expect("readable");
    assert_eq!(now, "[ // cold\n    (id: \"ice\", name: \"Ice\"),\n]\n");
    let again = json(&["check", "--fix", "--json", text]);
    assert_eq!(again["fixed"], serde_json::json!([]));
    assert_eq!(again["problems"], serde_json::json!([]));
}

#[test]
fn codes_have_pages_and_slips_are_helped() {
    let out = angelfire(&["reference", "unknown-field"]);
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(
        said.contains("Wrong") && said.contains("check --fix"),
        "{said}"
    );
    let page = json(&["reference", "unused-flag", "--json"]);
    assert_eq!(page["level"], "warning");
    let all = json(&["reference", "codes", "--json"]);
    assert!(all.as_array().is_some_and(|all| all.len() > 120));
    let out = angelfire(&["reference", "unknown-feild"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("unknown-field"));
}

#[test]
fn a_watched_file_is_looked_at_again_when_it_changes() {
    let folder = Folder::new("watch");
    let path = folder.file("stocks.ron");
    fs::write(&path, "[(id: \"ice\")]").expect("writable");
    let mut child = Command::new(env!("CARGO_BIN_EXE_angelfire"))
        .args(["check", "--watch", "--json"])
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut next = || -> serde_json::Value {
        let line = lines.next().expect("it goes on").expect("text");
        serde_json::from_str(&line).expect("JSON")
    };
    assert_eq!(next()["problems"][0]["code"], "missing-field");
    fs::write(&path, "[(id: \"ice\", name: \"Ice\")]").expect("writable");
    assert_eq!(next()["problems"], serde_json::json!([]));
    // What goes missing is told, and may come back.
    fs::remove_file(&path).expect("writable");
    assert!(
        next()["problem"]
            .as_str()
            .is_some_and(|text| text.contains("stocks.ron"))
    );
    fs::write(&path, "[(id: \"Ice\", name: \"Ice\")]").expect("writable");
    assert_eq!(next()["problems"][0]["code"], "bad-id");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(code(&["check", "--watch", "nowhere.ron"]), 3);
    assert_eq!(code(&["check", "--watch", "--fix", "nowhere.ron"]), 2);
}
