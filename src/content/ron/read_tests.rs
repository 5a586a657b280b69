//! Meaning: every shape serde knows is read, and what cannot be read is said at its place.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, de::DeserializeOwned};

use super::{tests::lines, *};
use crate::content::{Diagnostics, Source, Sources, Span};

fn reading<T: DeserializeOwned>(text: &str) -> (Option<T>, Vec<String>) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("made-up.ron", text));
    let mut out = Diagnostics::new();
    let tree = parse(id, text, &mut out);
    let value = read(&tree, &mut out);
    (value, lines(&sources, &out))
}

#[track_caller]
fn good<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str, expected: T) {
    let (value, problems) = reading::<T>(text);
    assert_eq!(problems, [""; 0], "{text}");
    assert_eq!(value, Some(expected), "{text}");
}

#[track_caller]
fn bad<T: DeserializeOwned>(text: &str, expected: &[&str]) {
    assert_eq!(reading::<T>(text).1, expected, "{text}");
}

#[derive(Debug, PartialEq, Deserialize)]
struct Hull {
    name: String,
    decks: u8,
    #[serde(default)]
    crew: Option<u32>,
    escort: Option<Box<Hull>>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Role {
    LineShip,
    Guard(u8),
    Tow(Tug),
    Pair(i8, i8),
    Convoy { ships: u16, fast: bool },
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Tug {
    pull: i32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Mass(i64);
#[derive(Debug, PartialEq, Deserialize)]
struct Course(i8, i8);
#[derive(Debug, PartialEq, Deserialize)]
struct Void;

fn hull(name: &str) -> Hull {
    Hull {
        name: name.into(),
        decks: 3,
        crew: None,
        escort: None,
    }
}

#[test]
fn structs_with_and_without_name_and_some() {
    good("(name: \"A\", decks: 3)", hull("A"));
    good(
        "Whatever(decks: 0b11, name: r\"A\", crew: None,)",
        hull("A"),
    );
    for escort in [
        "Some((name: \"B\", decks: 3))",
        "(name: \"B\", decks: 3)",
        "Some(name: \"B\", decks: 3)",
    ] {
        let text = format!("(name: \"A\", decks: 3, crew: 7, escort: {escort})");
        let expected = Hull {
            crew: Some(7),
            escort: Some(Box::new(hull("B"))),
            ..hull("A")
        };
        // `Some(name: ..)` is a struct named `Some`: its name is not asked for.
        good(&text, expected);
    }
}

#[test]
fn every_other_shape() {
    good("true", true);
    good("'é'", 'é');
    good("-128", -128_i8);
    good("0xFF", 255_u8);
    good("1_000", 1000_u16);
    good("-0", 0_u64);
    good("-170141183460469231731687303715884105728", i128::MIN);
    good("340282366920938463463374607431768211455", u128::MAX);
    good("()", ());
    good("Void", Void);
    good("()", Void);
    for text in ["5", "(5)", "Mass(5)"] {
        good(text, Mass(5));
    }
    for text in ["(1, -2)", "Course(1, -2)", "[1, -2]"] {
        good(text, Course(1, -2));
        good(text, (1_i64, -2_i64));
        good(text, [1_i16, -2]);
    }
    good("[1, 2, 2]", vec![1, 2, 2]);
    good("[3, 1]", BTreeSet::from([1, 3]));
    good(
        "{\"a\": 1, \"b\": 2}",
        BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]),
    );
    good("{(1, 2): 'x'}", BTreeMap::from([((1, 2), 'x')]));
    good("Some(Some(1))", Some(Some(1)));
    good("None", None::<u8>);
    good("Some(None)", Some(None::<u8>));
}

#[test]
fn variants() {
    good("line-ship", Role::LineShip);
    good("r#line-ship", Role::LineShip);
    good("line-ship()", Role::LineShip);
    good("guard(3)", Role::Guard(3));
    good("tow(pull: 3)", Role::Tow(Tug { pull: 3 }));
    good("tow((pull: 3))", Role::Tow(Tug { pull: 3 }));
    good("tow(Tug(pull: 3))", Role::Tow(Tug { pull: 3 }));
    good("pair(1, 2)", Role::Pair(1, 2));
    good(
        "convoy(fast: true, ships: 2)",
        Role::Convoy {
            ships: 2,
            fast: true,
        },
    );
    good(
        "{guard(1): line-ship}",
        BTreeMap::from([(Role::Guard(1), Role::LineShip)]),
    );
}

#[test]
fn flattened_and_untagged() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        name: String,
        #[serde(flatten)]
        tug: Tug,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(u8),
        Many(Vec<u8>),
        Named { ships: u8 },
        Word(String),
    }
    let outer = Outer {
        name: "A".into(),
        tug: Tug { pull: 3 },
    };
    good("(name: \"A\", pull: 3)", outer);
    good("3", Either::One(3));
    good("[3]", Either::Many(vec![3]));
    good("(ships: 3)", Either::Named { ships: 3 });
    good("\"x\"", Either::Word("x".into()));
    // Decimals keep their exact text.
    good("0.10", Either::Word("0.10".into()));
}

#[test]
fn words_that_are_not_known() {
    bad::<Hull>(
        "(nam: \"A\", decks: 3, Crew: 1, zzz: 2, name: \"A\")",
        &[
            "1:2 unknown-field: there is no field `nam` here | did you mean `name`?",
            "1:22 unknown-field: there is no field `Crew` here | did you mean `crew`?",
            "1:31 unknown-field: there is no field `zzz` here | the fields are `name`, `decks`, `crew`, `escort`",
        ],
    );
    bad::<Role>(
        "LineShip",
        &["1:1 unknown-variant: there is no variant `LineShip` here | did you mean `line-ship`?"],
    );
    bad::<Role>(
        "fly(1)",
        &[
            "1:1 unknown-variant: there is no variant `fly` here | the variants are `line-ship`, `guard`, `tow`, `pair`, `convoy`",
        ],
    );
    bad::<Role>(
        "\"line-ship\"",
        &[
            "1:1 wrong-type: expected one of `line-ship`, `guard`, `tow`, `pair`, `convoy`, found the string \"line-ship\" | write it without quotes: line-ship",
        ],
    );
    bad::<Role>(
        "guard",
        &["1:1 wrong-variant: variant `guard` holds a value | write `guard(...)`"],
    );
    bad::<Role>(
        "line-ship(1)",
        &["1:1 wrong-variant: variant `line-ship` holds no value | write `line-ship`"],
    );
    bad::<Role>(
        "pair(1, 2, 3)",
        &["1:12 wrong-length: expected 2 values, found 3 | "],
    );
    bad::<Role>(
        "convoy(1)",
        &["1:1 wrong-variant: variant `convoy` holds named values | write `convoy(name: ...)`"],
    );
    bad::<Role>(
        "convoy",
        &["1:1 missing-field: field `ships` is missing | add `ships: ...`"],
    );
}

#[test]
fn types_and_ranges() {
    bad::<Hull>(
        "(\n  name: A, decks: 3)",
        &["2:9 wrong-type: expected a string, found the name `A` | put it in quotes: \"A\""],
    );
    bad::<Hull>(
        "X(name: \"A\")",
        &["1:1 missing-field: field `decks` is missing | add `decks: ...`"],
    );
    bad::<Hull>(
        "(name: \"A\", decks: 300)",
        &["1:20 out-of-range: `300` is out of range | it must be from 0 to 255"],
    );
    bad::<i8>(
        "-129",
        &["1:1 out-of-range: `-129` is out of range | it must be from -128 to 127"],
    );
    let huge = "9".repeat(100);
    bad::<u8>(
        &huge,
        &[&format!(
            "1:1 out-of-range: `{}…` is out of range | it must be from 0 to 255",
            "9".repeat(40)
        )],
    );
    bad::<u8>(
        "1.0",
        &["1:1 wrong-type: expected a whole number, found `1.0` | "],
    );
    bad::<u8>(
        "\"7\"",
        &["1:1 wrong-type: expected a whole number, found the string \"7\" | remove the quotes: 7"],
    );
    bad::<bool>(
        "1",
        &["1:1 wrong-type: expected `true` or `false`, found `1` | "],
    );
    bad::<Vec<u8>>(
        "(1, 2)",
        &[
            "1:1 wrong-type: expected a list `[...]`, found a tuple `(...)` | a list is written `[...]`",
        ],
    );
    bad::<Hull>(
        "{}",
        &[
            "1:1 wrong-type: expected a struct `(name: ...)`, found a map `{...}` | a struct is written `(name: value, ...)`",
        ],
    );
    bad::<BTreeMap<String, u8>>(
        "[]",
        &[
            "1:1 wrong-type: expected a map `{...}`, found a list `[...]` | a map is written `{key: value, ...}`",
        ],
    );
    bad::<f64>(
        "0.5",
        &["1:1 no-floats: a number without fixed precision cannot be read | "],
    );
    bad::<f32>(
        "1",
        &["1:1 no-floats: a number without fixed precision cannot be read | "],
    );
    bad::<(u8, u8)>("(1)", &["1:1 wrong-length: expected 2 values, found 1 | "]);
}

#[test]
fn what_is_broken_is_not_told_twice() {
    bad::<Vec<u8>>(
        "[1, 2x]",
        &["1:5 bad-number: `2x` is no number | if it is a name, put it in quotes: \"2x\""],
    );
    let (value, problems) = reading::<Tug>("(pull: 1, pull: 2)");
    assert_eq!(value, Some(Tug { pull: 1 }));
    assert_eq!(
        problems,
        ["1:11 twice: field `pull` is written twice | it first stands in line 1, column 2"]
    );
}

#[test]
fn places_are_kept_and_one_bad_value_does_not_hide_the_next() {
    #[derive(Debug, Deserialize)]
    struct Port {
        name: At<String>,
        ships: Vec<At<Tug>>,
        depth: Option<At<u8>>,
        #[serde(default)]
        fees: At<BTreeMap<String, At<u8>>>,
    }
    let text = "(\n  name: 7,\n  ships: [(pull: 1), (pul: 2), 5, (pull: \"x\"), (pull: 2)],\n  fees: {\"a\": 1, \"b\": 999, \"c\": -1},\n)";
    let (port, problems) = reading::<Port>(text);
    let port = port.expect("the port itself is read");
    assert_eq!(
        problems,
        [
            "2:9 wrong-type: expected a string, found `7` | ",
            "3:23 unknown-field: there is no field `pul` here | did you mean `pull`?",
            "3:32 wrong-type: expected a struct `(name: ...)`, found `5` | ",
            "3:42 wrong-type: expected a whole number, found the string \"x\" | ",
            "4:23 out-of-range: `999` is out of range | it must be from 0 to 255",
            "4:33 out-of-range: `-1` is out of range | it must be from 0 to 255",
        ]
    );
    assert_eq!(port.name.get(), None);
    let pulls: Vec<_> = port.ships.iter().map(|s| s.get().map(|s| s.pull)).collect();
    assert_eq!(pulls, [Some(1), None, None, None, Some(2)]);
    let span = port.ships[4].span;
    assert_eq!(&text[span.start as usize..span.end as usize], "(pull: 2)");
    assert!(port.depth.is_none());
    assert_eq!(port.fees.get().map(BTreeMap::len), Some(3));

    let (port, problems) = reading::<Port>("(name: \"x\", ships: [], depth: 3)");
    let port = port.expect("good");
    assert_eq!(problems, [""; 0]);
    assert_eq!(port.depth.and_then(At::into_inner), Some(3));
    assert_eq!(port.fees.span, Span::NOWHERE);

    // Other formats know no places.
    let at: At<u8> = serde_json::from_str("3").expect("good");
    assert_eq!(at, At::new(3, Span::NOWHERE));
}

#[test]
fn rates_are_exact() {
    for (text, permille) in [
        ("0.35", 350),
        ("\"35%\"", 350),
        ("\"35.5%\"", 355),
        ("350", 350),
        ("1", 1),
        ("1.0", 1000),
        (".5", 500),
        ("-0.05", -50),
        ("\"-5 %\"", -50),
        ("0.3500", 350),
        ("+1.", 1000),
        ("2147483647", i32::MAX),
        ("-2147483.648", i32::MIN),
    ] {
        good(text, Rate(permille));
    }
    bad::<Rate>(
        "0.3555",
        &["1:1 bad-value: `0.3555` is finer than a permille | "],
    );
    bad::<Rate>(
        "\"3.55%\"",
        &["1:1 bad-value: `3.55%` is finer than a permille | "],
    );
    bad::<Rate>("1e3", &["1:1 bad-value: `1e3`: a rate has no exponent | "]);
    bad::<Rate>(
        "2147483648",
        &["1:1 bad-value: `2147483648` is beyond what a rate can be | "],
    );
    bad::<Rate>(
        "\"350\"",
        &[
            "1:1 wrong-type: expected a number or percentage, found the string \"350\" | remove the quotes: 350",
        ],
    );
    bad::<Rate>(
        "\"a%\"",
        &["1:1 bad-value: `a%` is no rate; write `0.35`, `\"35%\"` or `350` (permille) | "],
    );
    bad::<Rate>(
        "half",
        &["1:1 wrong-type: expected a number or percentage, found the name `half` | "],
    );
    for (json, expected) in [("350", Some(350)), ("\"35%\"", Some(350)), ("0.35", None)] {
        let rate = serde_json::from_str(json)
            .ok()
            .map(|Rate(permille)| permille);
        assert_eq!(rate, expected, "{json}");
    }
}

#[test]
fn types_within_themselves_end() {
    #[derive(Debug, PartialEq, Deserialize)]
    enum Test {
        Not(Box<Test>),
        All(Vec<Test>),
        Yes,
    }
    let deep = format!("{}Yes{}", "Not(".repeat(64), ")".repeat(64));
    let (mut test, problems) = reading::<Test>(&deep);
    assert_eq!(problems, [""; 0]);
    let mut depth = 0;
    while let Some(Test::Not(inner)) = test {
        test = Some(*inner);
        depth += 1;
    }
    assert_eq!((depth, test), (64, Some(Test::Yes)));
    good("All([Yes])", Test::All(vec![Test::Yes]));

    #[derive(Debug, Deserialize)]
    struct Knot(#[expect(dead_code, reason = "only its reading counts")] Option<Box<Knot>>);
    bad::<Knot>(
        "5",
        &["1:1 bad-value: this value's type wraps itself without end | "],
    );
}

#[test]
fn first_differences() {
    let tree = |text: &str| super::tests::parsed(text).0;
    let same = [
        ("(a: 1, b: [1, 2])", "( b: [ 0x1, 2, ], /* x */ a: 0b1 )"),
        ("{\"a\": 1.50, \"b\": 2}", "{r\"b\": 2, \"\\x61\": 1.5}"),
    ];
    for (a, b) in same {
        assert_eq!(diff(&tree(a), &tree(b)), None, "{a} {b}");
    }
    for (a, b, path, left, right) in [
        (
            "(a: 1, s: [(f: 1), (f: 2)])",
            "(s: [(f: 1), (f: 3)], a: 1)",
            "s[1].f",
            Some("2"),
            Some("3"),
        ),
        ("[1]", "[1, 2]", "[1]", None, Some("2")),
        ("(a: 1, b: 2)", "(a: 1)", "b", Some("2"), None),
        (
            "(a: 1)",
            "(a: 1, b: (x: 2, w: 1))",
            "b",
            None,
            Some("(w: 1, x: 2)"),
        ),
        (
            "{\"k\": (v: 1)}",
            "{\"k\": (v: 2)}",
            "[\"k\"].v",
            Some("1"),
            Some("2"),
        ),
        ("A(1)", "B(1)", "", Some("A(1)"), Some("B(1)")),
        ("\"1\"", "1", "", Some("\"1\""), Some("1")),
    ] {
        let expected = Difference {
            path: path.into(),
            left: left.map(Into::into),
            right: right.map(Into::into),
        };
        assert_eq!(diff(&tree(a), &tree(b)), Some(expected), "{a} {b}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_read_panics(tokens in proptest::collection::vec(proptest::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "name", "decks", "escort", "guard", "pair", "convoy",
        "Some", "None", "()", "'x'", "\"x\"", " ", "1", "-300", "0.5", "\"5%\"", "name:", "ships:", "9e9",
    ]), 0..40)) {
        let text = tokens.concat();
        let text = format!("({text})");
        reading::<Hull>(&text);
        reading::<Vec<At<Role>>>(&text);
        reading::<BTreeMap<Role, At<Hull>>>(&text);
        reading::<(Rate, Option<Mass>, Course)>(&text);
        reading::<serde_json::Value>(&text);
        let (tree, _) = super::tests::parsed(&text);
        proptest::prop_assert_eq!(diff(&tree, &tree.clone()).filter(|_| tree.is_sound() && reading::<serde::de::IgnoredAny>(&text).1.is_empty()), None);
    }
}
