use serde_json::json;

use super::{show::MAX_WIDTH, *};

fn one(text: &str, start: u32, end: u32) -> (Sources, Diagnostics) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("made-up.ron", text));
    let mut out = Diagnostics::new();
    out.error("odd", Span::new(id, start, end), "this is odd")
        .help("make it even");
    (sources, out)
}

#[track_caller]
fn shows(text: &str, start: u32, end: u32, expected: &str) {
    let (sources, out) = one(text, start, end);
    assert_eq!(render_text(&sources, &out, false), expected);
}

#[test]
fn people_see_place_line_caret_and_help() {
    shows(
        "(\n  a: 1,\n)",
        7,
        8,
        "error[odd]: this is odd
 --> made-up.ron:2:6
  |
2 |   a: 1,
  |      ^
help: make it even
",
    );
}

#[test]
fn tabs_wide_marks_and_ends_of_lines() {
    // A tab is shown as four columns and counts as one character.
    shows(
        "\tä: bad,\r\n",
        5,
        8,
        "error[odd]: this is odd
 --> made-up.ron:1:5
  |
1 |     ä: bad,
  |        ^^^
help: make it even
",
    );
    // A place at the end of the file, and one over several lines.
    shows(
        "(a",
        2,
        2,
        "error[odd]: this is odd
 --> made-up.ron:1:3
  |
1 | (a
  |   ^
help: make it even
",
    );
    shows(
        "x(a\n)",
        1,
        5,
        "error[odd]: this is odd
 --> made-up.ron:1:2
  |
1 | x(a
  |  ^^
help: make it even
",
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("{}bad{}", "x".repeat(500), "y".repeat(500));
    let (sources, out) = one(&text, 500, 503);
    let shown = render_text(&sources, &out, false);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[1], " --> made-up.ron:1:501");
    let (source, caret) = (lines[3], lines[4]);
    assert_eq!(source.chars().count(), "1 | ".len() + MAX_WIDTH + 2);
    let from = caret.find('^').expect("a caret");
    let marked: String = source.chars().skip(from).take(3).collect();
    assert_eq!((marked.as_str(), caret.matches('^').count()), ("bad", 3));
    for at in [0, 999, 1003] {
        let (sources, out) = one(&text, at, 1003);
        assert!(render_text(&sources, &out, false).contains('^'));
    }
}

#[test]
fn a_file_cannot_drive_the_terminal() {
    let text = "\"\u{1b}[2J\u{202e}\0\"";
    let mut sources = Sources::default();
    let id = sources.add(Source::new("a\u{1b}.ron", text));
    let mut out = Diagnostics::new();
    out.error("odd", Span::new(id, 0, 1), "\u{1b}[31m\nx");
    let shown = render_text(&sources, &out, false);
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\0']), "{shown:?}");
    let colored = render_text(&sources, &out, true);
    assert!(colored.contains("\u{1b}[1;31merror[odd]\u{1b}[0m"));
}

#[test]
fn scripts_see_every_part() {
    let (sources, out) = one("(\n  a: 1,\n)", 7, 8);
    let expected = json!([{
        "file": "made-up.ron", "line": 2, "column": 6, "code": "odd", "severity": "error",
        "message": "this is odd", "help": "make it even",
        "fix": null, "see": null,
    }]);
    assert_eq!(render_json(&sources, &out), expected);
    assert_eq!(render_json(&sources, &Diagnostics::new()), json!([]));
}

#[test]
fn files_that_cannot_be_read() {
    let mut sources = Sources::default();
    let mut out = Diagnostics::new();
    let bad = sources.add_bytes("b.ron", b"(\n \xC3\xA4: \xFF)", &mut out);
    let large = sources.add_bytes("a.ron", &vec![b'x'; MAX_FILE_BYTES + 1], &mut out);
    assert_eq!((bad, large), (None, None));
    assert!(
        sources
            .add_bytes("c.ron", &vec![b'x'; MAX_FILE_BYTES], &mut out)
            .is_some()
    );
    let shown = render_json(&sources, &out);
    assert_eq!(shown[0]["code"], "too-large");
    assert_eq!(shown[0]["file"], "a.ron");
    assert_eq!(shown[1]["code"], "not-utf8");
    assert_eq!(
        (&shown[1]["line"], &shown[1]["column"]),
        (&json!(2), &json!(5))
    );
    assert_eq!(shown[1]["message"], "byte 7 (0xFF) is not valid UTF-8");
}

#[test]
fn sorted_and_bounded() {
    let mut sources = Sources::default();
    let ids = ["b", "a"].map(|name| sources.add(Source::new(name, "x".repeat(1000))));
    let mut out = Diagnostics::new();
    for at in (0..500).rev() {
        out.warning("w", Span::new(ids[0], at, at), "w");
    }
    assert!(!out.has_errors());
    out.error("z", Span::new(ids[1], 5, 5), "e").help("h");
    out.error("y", Span::new(ids[1], 5, 5), "e");
    assert!(out.has_errors());
    assert_eq!((out.len(), out.found()), (MAX_PROBLEMS + 3, 502));
    let sorted = out.sorted(&sources);
    let codes: Vec<_> = sorted.iter().map(|d| d.code).collect();
    assert_eq!(codes[..3], ["y", "z", "w"]);
    assert_eq!(codes.last(), Some(&"too-many-problems"));
    assert_eq!(line_column(&sources, Span::NOWHERE), (1, 1));
}

#[test]
fn words_that_were_meant() {
    let known = ["line-ship", "guard", "tow", "max_speed"];
    for (wrong, expected) in [
        ("LineShip", Some("line-ship")),
        ("line_ship", Some("line-ship")),
        ("gaurd", Some("guard")),
        ("GUARD", Some("guard")),
        ("max-speed", Some("max_speed")),
        ("maxspeeed", Some("max_speed")),
        ("towe", Some("tow")),
        ("zeppelin", None),
        ("", None),
    ] {
        assert_eq!(suggest(wrong, known), expected, "{wrong}");
    }
    assert_eq!(suggest(&"x".repeat(1 << 20), known), None);
}
