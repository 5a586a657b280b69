//! A hundred mods that are broken on purpose: each kind of mistake there is, and what somebody sends who means harm. Each
//! is told by its code and at its line; nothing panics, nothing takes long.

use angelfire::content::{
    Base, Catalog, Diagnostics, Layer, LayerFile, MAX_FILE_BYTES, Sources, line_column,
    render_json, render_text,
};

fn layer(name: &str, files: &[(&str, &[u8])]) -> Layer {
    let files = files.iter().map(|(path, bytes)| LayerFile {
        path: (*path).to_owned(),
        shown: (*path).to_owned(),
        bytes: bytes.to_vec(),
    });
    Layer {
        name: name.into(),
        files: files.collect(),
        problem: None,
    }
}

/// Codes and lines of the errors in a layer over all rules, in the order of their places.
fn errors(base: &Base, layer: &Layer) -> Vec<(&'static str, u32)> {
    let (sources, found) = base.look(layer);
    let shown = render_text(&sources, &found, false);
    assert!(
        shown.chars().all(|c| c == '\n' || !c.is_control()),
        "a control character is shown: {shown:?}"
    );
    assert!(shown.len() < 1 << 20, "{} bytes are shown", shown.len());
    assert_eq!(
        render_json(&sources, &found).as_array().map(Vec::len),
        Some(found.len())
    );
    found
        .sorted(&sources)
        .into_iter()
        .filter(|problem| problem.severity.as_str() == "error")
        .map(|problem| (problem.code, line_column(&sources, problem.span).0))
        .collect()
}

fn base() -> Base {
    Base::shipped(|path| path.starts_with("assets/rules/"))
}

/// One file, and the code and line of the first error in it.
#[rustfmt::skip]
const FILES: &[(&str, &str, &str, u32)] = &[
    // What is no text, or no value.
    ("rules/stocks.ron", "", "empty-file", 1),
    ("rules/stocks.ron", " \n\t\n", "empty-file", 3),
    ("rules/stocks.ron", "// nothing\n", "empty-file", 2),
    ("rules/stocks.ron", "\u{FEFF}", "empty-file", 1),
    ("rules/stocks.ron", "\0", "stray-token", 1),
    ("rules/stocks.ron", "[\n\0]", "stray-token", 2),
    ("rules/stocks.ron", "[(id: \"a\0b\", name: \"A\")]", "bad-id", 1),
    ("rules/stocks.ron", "[(id: \"ice\",\r\n name: \"I\u{7}ce\")]", "control-character", 2),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"\\u{1b}[2J\")]", "control-character", 1),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"I\", \u{202E}x: 1)]", "stray-token", 1),
    ("rules/stocks.ron", "/* never\n[(id: \"ice\", name: \"Ice\")]", "unclosed-comment", 1),
    ("rules/stocks.ron", "[]\n*/", "after-end", 2),
    ("rules/stocks.ron", "/* /* */ []", "unclosed-comment", 1),
    ("rules/stocks.ron", "[(id: \"ice, name: Ice)]", "unclosed-string", 1),
    ("rules/stocks.ron", "[(id: \"ice\n\", name: \"Ice\")]", "bad-id", 1),
    ("rules/stocks.ron", "[(id: r##\"ice\"#, name: \"Ice\")]", "unclosed-string", 1),
    ("rules/stocks.ron", "[(id: 'ice', name: \"Ice\")]", "bad-char", 1),
    ("rules/stocks.ron", "[(id: 'i, name: \"Ice\")]", "unclosed-char", 1),
    ("rules/stocks.ron", "[(id: \"\\q\", name: \"Ice\")]", "bad-escape", 1),
    ("rules/stocks.ron", "[(id: \"\\u{110000}\", name: \"Ice\")]", "bad-escape", 1),
    ("rules/stocks.ron", "[(id: \"\\u{d800}\", name: \"Ice\")]", "bad-escape", 1),
    ("rules/stocks.ron", "[(id: \"\\", "unclosed-string", 1),
    ("rules/stocks.ron", "#![enable(nothing)]\n[]", "unknown-extension", 1),
    ("rules/stocks.ron", "#[allow]\n[]", "bad-attribute", 1),
    ("rules/stocks.ron", "#\n#\n#", "bad-attribute", 1),
    ("rules/stocks.ron", "{\"id\": \"ice\"}", "wrong-type", 1),
    ("rules/stocks.ron", "<stocks><ice/></stocks>", "stray-token", 1),
    ("rules/stocks.ron", "[{\"id\": \"ice\", \"name\": \"Ice\"}]", "wrong-type", 1),
    ("rules/stocks.ron", "id: ice\nname: Ice", "after-end", 1),
    ("rules/stocks.ron", "PK\u{3}\u{4}", "wrong-type", 1),
    // Brackets and points.
    ("rules/stocks.ron", "[(id: \"ice\", name: \"Ice\")", "unclosed-bracket", 1),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"Ice\"]", "unclosed-bracket", 1),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"Ice\"}]", "wrong-bracket", 1),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"Ice\"))]", "stray-token", 1),
    ("rules/stocks.ron", "(id: \"ice\", name: \"Ice\")", "wrong-type", 1),
    ("rules/stocks.ron", "[\n(id: \"ice\" name: \"Ice\")]", "missing-comma", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\",, name: \"Ice\")]", "extra-comma", 2),
    ("rules/stocks.ron", "[\n(id \"ice\", name: \"Ice\")]", "missing-colon", 2),
    ("rules/stocks.ron", "[\n(id = \"ice\", name: \"Ice\")]", "missing-colon", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\"; name: \"Ice\")]", "missing-comma", 2),
    ("rules/stocks.ron", "[\n(id: , name: \"Ice\")]", "missing-value", 2),
    ("rules/stocks.ron", "[\n(\"id\": \"ice\", name: \"Ice\")]", "quoted-field", 2),
    ("rules/stocks.ron", "[\n(\"ice\", name: \"Ice\")]", "mixed-fields", 2),
    ("rules/stocks.ron", "]", "stray-token", 1),
    ("rules/stocks.ron", "[,]", "extra-comma", 1),
    ("rules/stocks.ron", "[] []", "after-end", 1),
    // Names and kinds.
    ("rules/stocks.ron", "[\n(id: \"ice\", nmae: \"Ice\")]", "unknown-field", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", Name: \"Ice\")]", "unknown-field", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\")]", "missing-field", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: \"Ice\",\n name: \"Snow\")]", "twice", 3),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: \"\")]", "empty-text", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: Ice)]", "wrong-type", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: 5)]", "wrong-type", 2),
    ("rules/stocks.ron", "[\n(id: 5, name: \"Ice\")]", "wrong-type", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: \"Ice\", reserve: 1)]", "wrong-type", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\", name: \"Ice\", reserve: \"true\")]", "wrong-type", 2),
    ("rules/stocks.ron", "[\n(id: \"Ice\", name: \"Ice\")]", "bad-id", 2),
    ("rules/stocks.ron", "[\n(id: \"../ice\", name: \"Ice\")]", "bad-id", 2),
    ("rules/stocks.ron", "[\n(id: \"/etc/passwd\", name: \"Ice\")]", "bad-id", 2),
    ("rules/stocks.ron", "[\n(id: \"\", name: \"Ice\")]", "bad-id", 2),
    ("rules/stocks.ron", "[\n(id: \"іce\", name: \"Cyrillic\")]", "bad-id", 2),
    ("rules/stocks.ron", "[\n(id: \"ice\u{200B}\", name: \"Ice\")]", "bad-id", 2),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"A\"),\n(id: \"ice\", name: \"B\")]", "duplicate-id", 2),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"A\"),\n(id: \"Ice\", name: \"B\")]", "bad-id", 2),
    ("rules/stocks.ron", "[(id: \"ice\", name: \"A\"),\n5]", "wrong-type", 2),
    ("rules/stocks.ron", "[Stock(id: \"ice\", nam: \"A\")]", "unknown-field", 1),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capitol, hull: 1, speed: 1)]", "unknown-variant", 1),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: \"Capital\", hull: 1, speed: 1)]", "wrong-type", 1),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Role::Capital, hull: 1, speed: 1)]", "stray-token", 1),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital(1), hull: 1, speed: 1)]", "wrong-variant", 1),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital, hull: 1, speed: 1,\n weapons: {\"angelfier\": 1})]", "unknown-id", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital, hull: 1, speed: 1,\n weapons: {\"missiles\": 1, \"missiles\": 2})]", "twice", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital, hull: 1, speed: 1,\n weapons: [\"missiles\"])]", "wrong-type", 2),
    ("rules/traits.ron", "[(id: \"x\", name: \"X\", summary: \"X.\",\n modifiers: [(stat: Iam, add: 1)])]", "unknown-variant", 2),
    ("rules/commanders.ron", "[(id: \"x\", name: \"X\", summary: \"X.\", source: \"x\",\n traits: [\"feint-mastre\"])]", "unknown-id", 2),
    // Numbers.
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 0, speed: 1)]", "out-of-range", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: -1, speed: 1)]", "out-of-range", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 9223372036854775807, speed: 1)]", "out-of-range", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 9223372036854775808, speed: 1)]", "out-of-range", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 99999999999999999999999999999999999999999999999999, speed: 1)]", "out-of-range", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 1.5, speed: 1)]", "wrong-type", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 1e999999999, speed: 1)]", "wrong-type", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: NaN, speed: 1)]", "wrong-type", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 0x, speed: 1)]", "bad-number", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 1x, speed: 1)]", "bad-number", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: --1, speed: 1)]", "missing-value", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: 1 000, speed: 1)]", "missing-comma", 2),
    ("rules/classes.ron", "[(id: \"x\", name: \"X\", role: Capital,\n hull: \"100\", speed: 1)]", "wrong-type", 2),
    ("rules/weapons.ron", "[(id: \"x\", name: \"X\", trigger: Salvo, range: 300, accuracy: 101%, falloff: 1, damage: (1, 2), tempo: 1)]", "bad-number", 1),
    ("rules/weapons.ron", "[(id: \"x\", name: \"X\", trigger: Salvo, range: 300, accuracy: 1, falloff: 1, damage: (3, 2), tempo: 1)]", "wrong-order", 1),
    ("rules/weapons.ron", "[(id: \"x\", name: \"X\", trigger: Salvo, range: 300, accuracy: 1, falloff: 1, damage: (1, 2, 3), tempo: 1)]", "wrong-length", 1),
    ("rules/constants.ron", "(\n bout_rate: 99999999)", "out-of-range", 2),
    ("rules/constants.ron", "[]", "wrong-type", 1),
    // Files in odd places, and of no kind.
    ("stokcs.ron", "5", "unknown-kind", 1),
    ("odd/folder/thing.ron", "(nothing: 1)", "unknown-kind", 1),
    ("rules/rules/rules/x.ron", "()", "unknown-kind", 1),
    ("scenarios/lost/war.ron", "(id: \"x\")", "missing-field", 1),
    ("scenarios/x.ron", "[]", "unknown-kind", 1),
    ("mod.ron", "(id: \"../x\", version: \"1\", game: \"0.1\")", "bad-id", 1),
    ("mod.ron", "(id: \"x\", version: \"\", game: \"0.1\")", "empty-text", 1),
    ("mod.ron", "(id: \"x\", version: 1, game: \"0.1\")", "wrong-type", 1),
    ("mod.ron", "(id: \"x\", version: \"1\", game: \"0.1\", requires: \"y\")", "wrong-type", 1),
];

#[test]
fn a_hundred_broken_files_are_told_by_code_and_line() {
    let base = base();
    assert!(FILES.len() >= 100, "{}", FILES.len());
    let wrong: Vec<String> = FILES
        .iter()
        .filter_map(|(path, text, code, line)| {
            let found = errors(&base, &layer("x", &[(path, text.as_bytes())]));
            let first = found.first().map(|(_, line)| *line);
            let as_said = first == Some(*line) && found.contains(&(*code, *line));
            (!as_said).then(|| format!("{path}: {text:?}\n  not {code} {line}: {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bytes_that_are_no_text_are_told_at_the_first_of_them() {
    let base = base();
    for (bytes, line) in [
        (&b"[\n\xFF]"[..], 2),
        (b"\xC3", 1),
        (b"[(id: \"\xED\xA0\x80\")]", 1),
        (b"\xFF\xFE[\0]\0", 1),
    ] {
        let found = errors(&base, &layer("x", &[("rules/stocks.ron", bytes)]));
        assert_eq!(found, [("not-utf8", line)], "{bytes:?}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let base = base();
    let text = "\u{FEFF}[\r\n    (id: \"ice\", name: \"Ice\"),\r\n]\r\n";
    assert_eq!(
        errors(&base, &layer("x", &[("rules/stocks.ron", text.as_bytes())])),
        []
    );
}

/// Texts that grow without end in one direction each, with one of the codes by which they are told.
#[rustfmt::skip]
fn bombs() -> Vec<(&'static str, String, &'static str)> {
    let many = |text: &str, n: usize| text.repeat(n);
    // Large enough for every limit within a file.
    let big = MAX_FILE_BYTES / 3;
    vec![
        ("lists within lists", many("[", big), "too-deep"),
        ("tuples within tuples", many("(", big), "too-deep"),
        ("maps within maps", many("{", big), "too-deep"),
        ("fields within fields", many("(a:", big / 3), "too-deep"),
        ("names within names", many("A(", big / 2), "too-deep"),
        ("closed again", format!("{}{}", many("[", big / 2), many("]", big / 2)), "too-deep"),
        ("closed wrongly", format!("{}{}", many("[", big / 2), many(")", big / 2)), "too-deep"),
        ("ends alone", many("]", big), "stray-token"),
        ("commas", format!("[{}]", many(",", big - 2)), "extra-comma"),
        ("values", format!("[{}]", many("1,", big / 2 - 1)), "too-many-values"),
        ("empty structs", format!("[{}]", many("(),", big / 3 - 1)), "missing-field"),
        ("empty things", format!("[{}]", many("(id:\"\"),", big / 9 - 1)), "missing-field"),
        ("quotes", many("\"", big), "after-end"),
        ("half strings", many("\"\n", big / 2), "missing-comma"),
        ("comments in comments", many("/*", big / 2), "unclosed-comment"),
        ("comments that begin", many("/* \n", big / 4), "unclosed-comment"),
        ("raw strings", many("r#\"\n", big / 4), "unclosed-string"),
        ("hashes", format!("r{}", many("#", big - 1)), "wrong-type"),
        ("attributes", many("#\n", big / 2), "bad-attribute"),
        ("apostrophes", many("'\n", big / 2), "unclosed-char"),
        ("escapes", format!("[(id:\"{}\")]", many("\\q", big / 2 - 9)), "bad-escape"),
        ("one long name", many("a", big), "wrong-type"),
        ("one long number", many("9", big), "wrong-type"),
        ("one long field", format!("[({}: 1)]", many("a", big - 9)), "unknown-field"),
        ("one long id", format!("[(id: \"{}\", name: \"A\")]", many("a", big - 30)), "bad-id"),
        ("one long shown name", format!("[(id: \"a\", name: \"{}\")]", many("a", big - 30)), "text-too-long"),
        ("one field again and again", format!("[({})]", many("id:\"a\",", big / 7 - 1)), "twice"),
        ("unknown fields", format!( "[({})]", (0..100_000).map(|n| format!("f{n}:1,")).collect::<String>()),
            "unknown-field",
        ),
        ("line ends", many("\n", big), "empty-file"),
        ("wide characters", many("𝔸", big / 4), "wrong-type"),
        ("colons", many(":", big), "stray-token"),
        ("colons of types", format!("[{}]", many("A::", big / 3 - 1)), "stray-token"),
        ("semicolons", format!("[{}]", many("1;", big / 2 - 1)), "missing-comma"),
        ("options", format!("[(id: {}\"a\"{})]", many("Some(", 70), many(")", 70)), "too-deep"),
        ("dashes", many("-", big), "stray-token"),
        ("too large", many(" ", MAX_FILE_BYTES + 1), "too-large"),
    ]
}

#[test]
fn bombs_are_told_and_no_more_is_shown_than_somebody_reads() {
    let base = base();
    let mut wrong = Vec::new();
    for (name, text, code) in bombs() {
        let (sources, found) = base.look(&layer("x", &[("rules/stocks.ron", text.as_bytes())]));
        let shown = render_text(&sources, &found, false);
        assert!(
            shown.len() < 1 << 20,
            "{name}: {} bytes are shown",
            shown.len()
        );
        let said: Vec<&str> = found.iter().map(|problem| problem.code).collect();
        if !said.contains(&code) {
            wrong.push(format!("{name}: {:?}", &said[..said.len().min(5)]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A mod with its id and what it requires.
fn needing(id: &str, requires: &[String]) -> Layer {
    let about = format!("(id: {id:?}, version: \"1\", game: \"0.1\", requires: {requires:?})");
    layer(id, &[("mod.ron", about.as_bytes())])
}

fn loaded(layers: &[Layer]) -> (Catalog, Vec<(&'static str, String)>) {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
    let catalog = Catalog::load(layers, &mut sources, &mut found);
    let said = found.iter().map(|problem| {
        let place = sources.get(problem.span.source).map(|s| s.name.clone());
        (problem.code, place.unwrap_or_default())
    });
    let said = said.collect();
    (catalog, said)
}

#[test]
fn mods_that_need_one_another_in_a_circle_are_all_told_and_the_rest_is_used() {
    let ring = |n: usize| needing(&format!("m{n}"), &[format!("m{}", (n + 1) % 5)]);
    let mut layers: Vec<Layer> = (0..5).map(ring).collect();
    layers.push(needing("itself", &["itself".into()]));
    layers.push(needing("well", &[]));
    let (catalog, said) = loaded(&layers);
    assert_eq!(said.len(), 6, "{said:?}");
    let used: Vec<_> = catalog
        .mods
        .iter()
        .filter(|m| m.problem.is_none())
        .collect();
    assert_eq!(used.len(), 1);
    assert_eq!(used[0].id, "well");
}

#[test]
fn mods_of_one_id_or_of_ids_that_differ_by_case_are_told() {
    let (catalog, said) = loaded(&[
        needing("one", &[]),
        needing("one", &[]),
        needing("One", &[]),
    ]);
    let codes: Vec<_> = said.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["duplicate-id", "bad-id"]);
    let used = catalog.mods.iter().filter(|m| m.problem.is_none()).count();
    assert_eq!(used, 1);
}

#[test]
fn a_mod_of_many_broken_files_says_of_each_what_is_wrong_with_it() {
    let base = base();
    let texts: Vec<(String, String)> = (0..200)
        .map(|n| {
            (
                format!("rules/stocks/f{n}.ron"),
                format!("[(id: \"s{n}\", nam: \"S\")]"),
            )
        })
        .collect();
    let files: Vec<(&str, &[u8])> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()))
        .collect();
    let found = errors(&base, &layer("x", &files));
    assert_eq!(found.len(), 200);
    assert!(
        found
            .iter()
            .all(|(code, line)| (*code, *line) == ("unknown-field", 1))
    );
}
