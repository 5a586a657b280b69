//! Syntax: what is wrong is said, all of it, at its place; and the rest is read all the same.

use proptest::prelude::*;

use super::*;
use crate::content::{Diagnostics, MAX_FILE_BYTES, Source, Sources, line_column};

/// The tree of a text and its problems as `line:column code: message | help`.
pub(super) fn parsed(text: &str) -> (Tree, Vec<String>) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("made-up.ron", text));
    let mut out = Diagnostics::new();
    let tree = parse(id, text, &mut out);
    assert_eq!(tree.to_string(), text);
    assert_eq!(
        tree.is_sound(),
        out.is_empty() || out.iter().all(|d| d.code == "twice")
    );
    (tree, lines(&sources, &out))
}

/// All problems as `line:column code: message | help`.
pub(super) fn lines(sources: &Sources, out: &Diagnostics) -> Vec<String> {
    let shown = |d: &crate::content::Diagnostic| {
        let (line, column) = line_column(sources, d.span);
        let help = d.help.as_deref().unwrap_or_default();
        format!("{line}:{column} {}: {} | {help}", d.code, d.message)
    };
    out.sorted(sources).into_iter().map(shown).collect()
}

/// Texts with slips, and everything that is said about each.
const SLIPS: &[(&str, &[&str])] = &[
    (
        "(a: 1 b: 2)",
        &["1:6 missing-comma: expected `,`, found `b` | add `,` here"],
    ),
    (
        "(a: 1, b: 2",
        &["1:1 unclosed-bracket: this `(` is never closed | add `)` where it ends"],
    ),
    (
        "(\n  a: (x: 1,\n  b: 2,\n)\n",
        &["2:6 unclosed-bracket: this `(` is never closed | add `)` where it ends"],
    ),
    (
        "(\n  a: (x: 1,\n)\n",
        &["2:6 unclosed-bracket: this `(` is never closed | add `)` where it ends"],
    ),
    (
        "(\n  a: [\n    1,\n    2,\n  b: 2,\n  c: [3],\n)\n",
        &["2:6 unclosed-bracket: this `[` is never closed | add `]` where it ends"],
    ),
    (
        "(a: [1, 2), b: 3)",
        &["1:10 wrong-bracket: expected `]`, found `)` | the `[` is closed by `]`"],
    ),
    (
        "(a: 1]",
        &["1:6 wrong-bracket: expected `)`, found `]` | the `(` is closed by `)`"],
    ),
    (
        "(a: 1], b: 2)",
        &["1:6 stray-token: this `]` closes nothing | remove it, or add the `[` that it closes"],
    ),
    (
        "(a: (x: 1)), b: 2, c: 3)",
        &["1:11 stray-token: this `)` closes nothing | remove it, or add the `(` that it closes"],
    ),
    (
        "(a: \"abc,\n b: 2,\n c: \"def\",\n)",
        &["1:5 unclosed-string: this string is never closed | add `\"` where the string ends"],
    ),
    (
        "(a: \"abc,\n b: 2)",
        &["1:5 unclosed-string: this string is never closed | add `\"` where the string ends"],
    ),
    (
        "(a: 1, /* b: 2,\n c: 3 d: 4)",
        &[
            "1:8 unclosed-comment: this comment is never closed | add `*/` where the comment ends",
            "2:6 missing-comma: expected `,`, found `d` | add `,` here",
        ],
    ),
    (
        "(a = 1, b: = 2)",
        &[
            "1:4 missing-colon: expected `:`, found `=` | write `name: value`, with `:` here",
            "1:12 missing-value: expected a value, found `=` | put the value here",
        ],
    ),
    (
        "(a 1, b: 2)",
        &["1:3 missing-colon: expected `:`, found `1` | add `:` here"],
    ),
    (
        "(a: , b: 2)",
        &[
            "1:4 missing-value: expected a value, found `,` | add the value here, or remove the name",
        ],
    ),
    (
        "(a:\n b: 2)",
        &[
            "1:4 missing-value: expected a value, found `b` | add the value here, or remove the name",
        ],
    ),
    (
        "(a: 1; b: 2)",
        &[
            "1:6 missing-comma: expected `,`, found `;` | values are parted by commas: write `,` here",
        ],
    ),
    (
        "(a: 1,, b: 2)",
        &["1:7 extra-comma: there is no value before this comma | remove the second comma"],
    ),
    (
        "(a: 3rd-fleet, b: 35%, c: 1..2, d: 0x, e: 0b12, f: 1e, g: -)",
        &[
            "1:5 bad-number: `3rd-fleet` is no number | if it is a name, put it in quotes: \"3rd-fleet\"",
            "1:19 bad-number: `35%` is no number | put the percentage in quotes: \"35%\"",
            "1:27 bad-number: `1..2` is no number | a number has digits and at most one point",
            "1:36 bad-number: `0x` is no number | after `0x` only digits of base 16 may follow",
            "1:43 bad-number: `0b12` is no number | after `0b` only digits of base 2 may follow",
            "1:52 bad-number: `1e` is no number | if it is a name, put it in quotes: \"1e\"",
            "1:59 missing-value: expected a value, found `-` | put the value here",
        ],
    ),
    (
        "(a: \"\\q \\u{D800} \\xZZ \\x80 \\u12 \\\")",
        &["1:5 unclosed-string: this string is never closed | add `\"` where the string ends"],
    ),
    (
        "(a: 'abc', b: '', c: Jack's)",
        &[
            "1:5 bad-char: single quotes hold one character | write a text as \"abc\"",
            "1:15 bad-char: a character cannot be empty | write a text as \"\"",
            "1:26 unclosed-char: this character is never closed | a character is written 'c', a text \"text\"",
        ],
    ),
    (
        "(\"a\": 1, b: 2, 3)",
        &[
            "1:2 quoted-field: a field's name takes no quotes | write `a:`",
            "1:16 mixed-fields: expected `name: value`, found `3` | every value beside a named one needs a name",
        ],
    ),
    (
        "(1, b: 2)",
        &[
            "1:5 mixed-fields: this value has a name, those before it have none | every value beside a named one needs a name",
        ],
    ),
    (
        "{1: 2, 3, 4 5}",
        &[
            "1:8 missing-value: this key has no value | an entry of a map is `key: value`; a list is written `[...]`",
            "1:12 missing-colon: expected `:`, found `5` | add `:` here",
        ],
    ),
    (
        "[a: 1, b]",
        &[
            "1:3 missing-comma: expected `,`, found `:` | values are parted by commas: write `,` here",
        ],
    ),
    (
        "(a: 1) (b: 2 c: 3)",
        &[
            "1:8 after-end: expected the end of the file, found `(` | a file holds one value; is a bracket closed too early?",
            "1:13 missing-comma: expected `,`, found `c` | add `,` here",
        ],
    ),
    (
        "",
        &[
            "1:1 empty-file: the file holds no value | a file holds one value, such as `(name: \"...\")`",
        ],
    ),
    (
        " // nothing\n",
        &[
            "2:1 empty-file: the file holds no value | a file holds one value, such as `(name: \"...\")`",
        ],
    ),
    (
        "#![enable(implicit_sum)]\n()",
        &[
            "1:11 unknown-extension: there is no extension `implicit_sum` | did you mean `implicit_some`?",
        ],
    ),
    (
        "#![foo]\n(a: 1 b)",
        &[
            "1:1 bad-attribute: this attribute is not understood | write `#![enable(implicit_some)]`, or leave it out",
            "2:6 missing-comma: expected `,`, found `b` | add `,` here",
            "2:7 mixed-fields: expected `name: value`, found `b` | every value beside a named one needs a name",
        ],
    ),
    (
        "(a: 1, a: 2)",
        &["1:8 twice: field `a` is written twice | it first stands in line 1, column 2"],
    ),
    (
        "{0x10: 1, 16: 2, \"a\": 1, r\"a\": 2}",
        &[
            "1:11 twice: key `16` is written twice | it first stands in line 1, column 2",
            "1:26 twice: key `r\"a\"` is written twice | it first stands in line 1, column 18",
        ],
    ),
    (
        "(a: @ $ %, b: \0)",
        &[
            "1:5 missing-value: expected a value, found `@` | put the value here",
            "1:15 missing-value: expected a value, found the control character U+0000 | put the value here",
        ],
    ),
    (
        "Foo::Bar(1)",
        &[
            "1:4 after-end: expected the end of the file, found `:` | a variant is written without its type",
        ],
    ),
    (
        "(a: r#\"abc\", b: 1\n, c: 2)",
        &["1:5 unclosed-string: this string is never closed | add `\"#` where the string ends"],
    ),
    (
        "(a: ]",
        &[
            "1:4 missing-value: expected a value, found `]` | add the value here, or remove the name",
            "1:5 wrong-bracket: expected `)`, found `]` | the `(` is closed by `)`",
        ],
    ),
    (
        ")",
        &["1:1 stray-token: this `)` closes nothing | remove it, or add the `(` that it closes"],
    ),
    (
        "*/ (a: 1)",
        &["1:1 stray-token: `*` has no meaning here | no comment is open here"],
    ),
    (
        "Foo { a: 1 }",
        &[
            "1:5 wrong-bracket: expected `(` after a name, found `{` | a struct is written `Name(field: value)`",
        ],
    ),
    (
        "(a: Foo { b: 1 }, c: 2)",
        &[
            "1:9 wrong-bracket: expected `(` after a name, found `{` | a struct is written `Name(field: value)`",
        ],
    ),
    (
        "(a: [1, 2, b: 3)",
        &["1:5 unclosed-bracket: this `[` is never closed | add `]` where it ends"],
    ),
    (
        "(a: \"\\q \\u{D800} \\xZZ \\x80 \\u12 \\\n  ok\", b: 1)",
        &[
            "1:6 bad-escape: there is no escape `\\q` | a backslash itself is written `\\\\`",
            "1:9 bad-escape: D800 is no character's number | a backslash itself is written `\\\\`",
            "1:18 bad-escape: `\\x` needs two hex digits | a backslash itself is written `\\\\`",
            "1:23 bad-escape: `\\x` goes up to 7F; write `\\u{..}` for others | a backslash itself is written `\\\\`",
            "1:28 bad-escape: write a character as `\\u{1F680}`, with one to six hex digits | a backslash itself is written `\\\\`",
        ],
    ),
    (
        "(a: Foo::Bar, b: 2)",
        &[
            "1:8 stray-token: `:` has no meaning here | a variant is written without its type",
            "1:10 mixed-fields: expected `name: value`, found `Bar` | every value beside a named one needs a name",
        ],
    ),
    (
        "(a: 1, */ b: 2)",
        &["1:8 stray-token: `*` has no meaning here | no comment is open here"],
    ),
    (
        "(a: \"abc\n, b: \"c\", d: 1)",
        &["1:5 unclosed-string: this string is never closed | add `\"` where the string ends"],
    ),
];

#[test]
fn every_slip_is_reported_at_its_place() {
    for (text, expected) in SLIPS {
        assert_eq!(parsed(text).1, *expected, "{text}");
    }
}

#[test]
fn the_rest_is_read_after_a_slip() {
    for (text, field, value) in [
        ("(a: 1 b: 2)", "b", "2"),
        ("(\n  a: (x: 1,\n  b: 2,\n)\n", "b", "2"),
        ("(\n  a: [\n    1,\n  b: 2,\n  c: [3],\n)\n", "c", "[3]"),
        ("(a: (x: 1)), b: 2, c: 3)", "c", "3"),
        ("(a: 1], b: 2)", "b", "2"),
        ("(a: \"abc,\n b: 2,\n c: \"def\",\n)", "c", "\"def\""),
        ("(a: 1, /* b: 2,\n c: 3)", "c", "3"),
        ("(a: [1, 2, b: 3)", "b", "3"),
        ("(a: , b: 2)", "b", "2"),
        ("(a: 3rd, b: 2)", "b", "2"),
    ] {
        let (tree, problems) = parsed(text);
        let root = tree.root().expect("a root");
        let found = tree.field(root, field).map(|id| tree.text_of(id));
        assert_eq!(found, Some(value), "{text}");
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
    }
}

#[test]
fn good_text_gives_no_problem() {
    for text in [
        "()",
        "\u{FEFF}(a: 1,)",
        "#![enable(implicit_some, unwrap_newtypes)]\n#![enable(unwrap_variant_newtypes)]\nName(a: 1)",
        "// one\n/* two /* three */ */ Name(1, -2, +3, 1_000, 0xFF, 0o17, 0b1_0, .5, 1., -0.25e-3)",
        "[capital-ship, r#capital-ship, Some(1), None, 'x', '\\'', '\\u{1F680}', true]",
        r###"{"a": r#"x"y"#, 'c': r"\", (1, 2): [{}], "two
lines": "joined \
         here"}"###,
        "(r#type: 1, größe: 2)",
        "(\na: [\n1,\n],\nb: 2\n)",
    ] {
        assert_eq!(parsed(text).1, [""; 0], "{text}");
    }
}

#[test]
fn what_a_text_means() {
    let (tree, _) = parsed(
        r###"["a\n\x41\u{e9}\"", r#"x"y"#, "a\
        b", 'Q', r#a-b, a-b]"###,
    );
    let Some(Shape::List(items)) = tree.root().map(|root| tree.shape(root)) else {
        panic!("no list");
    };
    let shown = |id: &NodeId| match tree.shape(*id) {
        Shape::Text(text) => format!("{text:?}"),
        Shape::Char(c) => format!("{c:?}"),
        Shape::Name(name) => tree.name(*name).to_owned(),
        other => panic!("{other:?}"),
    };
    let shown: Vec<_> = items.iter().map(shown).collect();
    assert_eq!(
        shown,
        [r#""a\nAé\"""#, r#""x\"y""#, "\"ab\"", "'Q'", "a-b", "a-b"]
    );
    let (tree, _) = parsed("/* a */ 1 // b");
    let comments: Vec<_> = tree.comments().map(|(_, text)| text).collect();
    assert_eq!(comments, ["/* a */", "// b"]);
}

#[test]
fn limits_are_reported_once_and_nothing_overflows() {
    for open in ["(", "[", "{", "a(", "[(", "(a:", "{1:"] {
        let deep = open.repeat(100_000);
        let (_, problems) = parsed(&deep);
        let many: Vec<_> = problems
            .iter()
            .filter(|p| p.contains(" too-deep:"))
            .collect();
        assert_eq!(many.len(), 1, "{open}");
        // Whether `a(` begins a value or lacks its colon is asked at each depth.
        let most = if open == "a(" { MAX_DEPTH + 1 } else { 1 };
        assert!(problems.len() <= most, "{open}: {:?}", &problems[..2]);
    }
    let deep = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert_eq!(parsed(&deep).1, [""; 0]);
    let deep = format!("[{deep}, 1 2]");
    let expected = [
        "1:65 too-deep: values lie more than 64 deep within each other | split the value, or refer to its parts by name",
        "1:134 missing-comma: expected `,`, found `2` | add `,` here",
    ];
    assert_eq!(parsed(&deep).1, expected);

    let many = format!("[{}]", "1,".repeat(MAX_NODES + 10));
    let problems = parsed(&many).1;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("too-many-values: the file holds more than 500000 values"));

    let large = format!("[\"{}\"]", "x".repeat(MAX_FILE_BYTES));
    let problems = parsed(&large).1;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("1:1 too-large:"));
}

/// Texts that would take a careless reader for ever; a second each is far more than they need.
#[test]
fn hostile_texts_take_no_time() {
    let fill = |piece: &str| piece.repeat((1 << 20) / piece.len());
    for text in [
        fill("\"\\\"\n"),
        format!("\"{}", fill("\\\"\n").get(..1_000_000).expect("ASCII")),
        format!("\"{}\"x", fill("\\\"\n").get(..999_999).expect("ASCII")),
        fill("/*"),
        fill("/*\n"),
        fill("'\\"),
        fill("' "),
        fill("' \\' "),
        fill("r#\""),
        fill("r#\"\n"),
        fill("r#"),
        fill("#"),
        fill("a:"),
        fill("(a,"),
        fill(")"),
        fill("(]"),
        fill("a b\n"),
        fill("a-"),
        fill("1e-"),
        fill("\0"),
        fill(","),
        fill("a: 1,\n"),
        format!("({}", fill("a:1,").get(..600_000).expect("ASCII")),
        format!("{{{}", fill("1:1,").get(..600_000).expect("ASCII")),
        format!("[\n{}{}", " ".repeat(500_000), "1,".repeat(100_000)),
        fill("\r"),
        "9".repeat(1 << 20),
    ] {
        parsed(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_kept(text in "\\PC{0,200}") {
        parsed(&text);
    }

    #[test]
    fn any_bytes_are_kept(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        parsed(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_tokens_are_kept(tokens in proptest::collection::vec(proptest::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "=", ";", "#", "!", "a", "b", "Name", "Some", "None",
        "r#", "r#\"", "\"", "\"#", "'", "\\", "\n", "\n  ", " ", "1", "-", "0.5", "0x", "%", "//",
        "/*", "*/", "true", "é", "\0", "\u{FEFF}", "::", "#![enable(",
    ]), 0..80)) {
        parsed(&tokens.concat());
    }

    #[test]
    fn a_good_text_cut_anywhere_is_kept(at in 0_usize..200) {
        let text = "#![enable(implicit_some)] Name(a: [1, (2, \"x\\n\")], /* b */ c: {'k': r#\"z\"#}, // d\n e: Some(-0.5))";
        let cut = text.floor_char_boundary(at);
        parsed(&text[..cut]);
        parsed(&text[cut..]);
    }
}
