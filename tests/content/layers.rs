//! Mods over one another: what they add, change and take out, what they ask for, and who is left out.

use angelfire::content::{Catalog, Diagnostics, Layer, Sources};

const HEAD: &str = "version: \"1.2\", game: \"0.1\"";

/// A mod of these files; `about` is what its `mod.ron` says beside id, version and game.
fn mod_of(id: &str, about: &str, files: &[(&str, &str)]) -> Layer {
    let about = format!("(id: \"{id}\", {HEAD}, {about})");
    let files = files.iter().map(|(path, text)| (*path, (*text).to_owned()));
    let all = [("mod.ron", about)].into_iter().chain(files);
    let all = all.map(|(path, text)| (path.to_owned(), text));
    let mut layer = Layer::of_files(id, all);
    for file in &mut layer.files {
        file.shown = format!("{id}/{}", file.path);
    }
    layer
}

fn changes(id: &str, about: &str, text: &str) -> Layer {
    mod_of(id, about, &[("changes.ron", text)])
}

fn load(layers: &[Layer]) -> Catalog {
    Catalog::load(layers, &mut Sources::default(), &mut Diagnostics::new())
}

/// The reports of all mods, the sound ones' too.
fn reports(catalog: &Catalog) -> String {
    let all = catalog
        .mods
        .iter()
        .map(|m| format!("== {}\n{}", m.id, m.report));
    all.collect()
}

fn broken(catalog: &Catalog) -> Vec<&str> {
    let mods = catalog.mods.iter().filter(|m| m.problem.is_some());
    mods.map(|m| m.id.as_str()).collect()
}

#[test]
fn parts_of_things_are_changed_added_and_taken_out() {
    let text = r#"[
        Set("classes/battleship/hull", 470),
        Set("classes/battleship/intercept", 3),
        Set("constants/crowd", 20),
        Set("scenarios/mw-concordat/title", "Elsewhere"),
        Remove("scenarios/lesson-1-fire"),
        Add("traits/hungry/modifiers", (stat: Speed, permille: -100)),
    ]"#;
    let lists = r#"[
        Add("classes/tender/modifiers", (stat: Aim, add: 5)),
        Add("classes/tender/modifiers", (stat: Aim, add: 6)),
    ]"#;
    let trait_file =
        r#"[(id: "hungry", name: "Hungry", summary: "Wants.", modifiers: [(stat: Aim, add: 5)])]"#;
    let layer = mod_of(
        "m",
        "",
        &[
            ("changes.ron", text),
            ("changes/lists.ron", lists),
            ("rules/traits/more.ron", trait_file),
        ],
    );
    let before = Catalog::shipped();
    let after = load(std::slice::from_ref(&layer));
    assert_eq!(broken(&after), [""; 0], "{}", reports(&after));
    let class = |catalog: &Catalog| catalog.rules.classes["battleship"].clone();
    assert_eq!((class(&after).hull, class(&after).intercept), (470, 3));
    assert_eq!(class(&after).speed, class(&before).speed);
    assert_eq!(class(&after).weapons, class(&before).weapons);
    assert_eq!(before.rules.classes["tender"].modifiers.len(), 0);
    assert_eq!(after.rules.classes["tender"].modifiers.len(), 2);
    assert_eq!(after.rules.constants.crowd, 20);
    assert_eq!(after.rules.constants.rest, before.rules.constants.rest);
    assert_eq!(after.scenarios["mw-concordat"].title, "Elsewhere");
    assert!(!after.scenarios.contains_key("lesson-1-fire"));
    assert_eq!(after.rules.traits["hungry"].modifiers.len(), 2);
    assert_eq!(after.scenarios.len() + 1, before.scenarios.len());
}

#[test]
fn what_cannot_be_changed_is_told_where_it_is_said() {
    let wrong = |text: &str| {
        let catalog = load(&[changes("m", "", text)]);
        assert_eq!(broken(&catalog), ["m"], "{text}");
        assert!(catalog.rules.classes.contains_key("battleship"));
        let report = &catalog.mods[0].report;
        assert!(report.contains("m/changes.ron:1:"), "{text}: {report}");
        report.clone()
    };
    for (text, code, help) in [
        (
            "[Set(\"clases/battleship/hull\", 1)]",
            "unknown-kind",
            "`classes`",
        ),
        (
            "[Set(\"classes/batleship/hull\", 1)]",
            "unknown-id",
            "`battleship`",
        ),
        (
            "[Set(\"classes/battleship/hul\", 1)]",
            "unknown-field",
            "`hull`",
        ),
        (
            "[Set(\"classes/battleship/hull\", -1)]",
            "out-of-range",
            "nearest",
        ),
        (
            "[Set(\"classes/battleship/hull/deep\", 1)]",
            "no-such-place",
            "further",
        ),
        (
            "[Remove(\"classes/battleship/hull\")]",
            "missing-field",
            "hull",
        ),
        (
            "[Add(\"classes/battleship/hull\", 1)]",
            "no-such-place",
            "no list",
        ),
        (
            "[Set(\"classes/battleship\", 1)]",
            "no-such-place",
            "a field of it",
        ),
        ("[Set(\"\", 1)]", "unknown-kind", "classes"),
        (
            "[Sett(\"classes/battleship/hull\", 1)]",
            "unknown-variant",
            "`Set`",
        ),
        (
            "[Remove(\"scenarios/mw-concordat/sides/allies\")]",
            "unknown-id",
            "dcp",
        ),
        (
            "[Set(\"classes/battleship/hull\", 7), Set(\"classes/battleship/hull\", 8)]",
            "changed-twice",
            "remove one",
        ),
    ] {
        let report = wrong(text);
        assert!(
            report.contains(code) && report.contains(help),
            "{text}\n{report}"
        );
    }
}

#[test]
fn who_takes_out_what_others_name_is_left_out_with_the_place_where_it_says_so() {
    let catalog = load(&[
        changes("good", "", "[Set(\"classes/battleship/hull\", 470)]"),
        changes("bad", "", "[Remove(\"classes/battleship\")]"),
        changes("also-good", "", "[Set(\"classes/cruiser/hull\", 270)]"),
    ]);
    assert_eq!(broken(&catalog), ["bad"]);
    assert_eq!(catalog.rules.classes["battleship"].hull, 470);
    assert_eq!(catalog.rules.classes["cruiser"].hull, 270);
    let report = &catalog.mods[1].report;
    assert!(
        report.contains("it is taken out here: bad/changes.ron:1:9"),
        "{report}"
    );
}

#[test]
fn who_breaks_others_without_a_word_of_theirs_is_found() {
    // No text of the mod is wrong: a force of the shipped content carries more than its ships now hold.
    let small = "[Set(\"classes/battleship/magazine\", {})]";
    let mods = [
        changes("a", "", "[Set(\"classes/cruiser/hull\", 270)]"),
        changes("b", "", small),
        changes("c", "", "[Set(\"classes/battleship/hull\", 470)]"),
        changes("d", "requires: [\"b\"]", "[]"),
    ];
    let catalog = load(&mods);
    assert_eq!(broken(&catalog), ["b", "d"], "{}", reports(&catalog));
    assert_eq!(catalog.rules.classes["battleship"].hull, 470);
    assert!(catalog.mods[3].report.contains("it is broken"));
}

#[test]
fn mods_say_what_they_need_follow_and_cannot_stand() {
    let plain = |id: &str, about: &str| mod_of(id, about, &[]);
    let order = |mods: &[Layer]| -> Vec<String> {
        let catalog = load(mods);
        let names = catalog.mods.iter().map(|m| match &m.problem {
            Some(problem) => format!("{}: {problem}", m.id),
            None => m.id.clone(),
        });
        names.collect()
    };
    let after = order(&[
        plain("a", "after: [\"c\", \"nowhere\"]"),
        plain("b", "requires: [\"c >=1.2\"]"),
        plain("c", ""),
    ]);
    assert_eq!(after, ["c", "a", "b"]);
    let wrong = order(&[plain("b", "requires: [\"c >=1.3\"]"), plain("c", "")]);
    assert_eq!(wrong[0], "c");
    assert!(
        wrong[1].contains("needs `c` in version >=1.3; there is 1.2"),
        "{wrong:?}"
    );
    let foes = order(&[plain("a", ""), plain("b", "excludes: [\"a\"]")]);
    assert!(
        foes[1].contains("cannot be used together with `a`"),
        "{foes:?}"
    );
    let foes = order(&[plain("a", "excludes: [\"b\"]"), plain("b", "")]);
    assert!(
        foes[1].contains("`a`, which is in use, cannot be used together with this"),
        "{foes:?}"
    );
    let circle = order(&[
        plain("a", "requires: [\"b\"]"),
        plain("b", "after: [\"c\"]"),
        plain("c", "requires: [\"a\"]"),
        plain("d", "after: [\"a\"]"),
        plain("e", ""),
    ]);
    assert_eq!(circle[0], "e");
    assert!(
        circle[1].contains("these mods wait for one another: a, b, c, a"),
        "{circle:?}"
    );
    let itself = order(&[plain("a", "requires: [\"a\"]")]);
    assert!(itself[0].contains("not of itself"), "{itself:?}");
    let version = order(&[plain("a", "requires: [\"b >> 1\"]"), plain("b", "")]);
    assert!(
        version.iter().any(|m| m.contains("followed by no version")),
        "{version:?}"
    );
}

#[test]
fn who_has_the_last_word_over_whom_is_told() {
    let catalog = load(&[
        changes(
            "a",
            "",
            "[Set(\"classes/battleship/hull\", 470), Set(\"classes/cruiser/hull\", 270)]",
        ),
        changes(
            "b",
            "",
            "[Set(\"classes/battleship/speed\", 90), Set(\"classes/cruiser/hull\", 280)]",
        ),
    ]);
    assert_eq!(broken(&catalog), [""; 0], "{}", reports(&catalog));
    let said: Vec<_> = catalog.mods[1]
        .overlaps
        .iter()
        .map(|o| (o.over.as_str(), o.what.as_str()))
        .collect();
    assert_eq!(said, [("a", "classes/cruiser/hull")]);
    assert!(catalog.mods[0].overlaps.is_empty());
}

#[test]
fn what_was_written_for_an_older_schema_is_read_as_it_was_meant() {
    let deed = |field: &str| {
        format!(
            "[(id: \"sing\", name: \"Sing\", summary: \"Loudly.\", target: Itself, chance: 0.5,\n  {field}: [(stat: Deed, add: 100)], success: [Readiness(Actor, 50)])]"
        )
    };
    let with = |schema: &str, field: &str| {
        load(&[mod_of(
            "m",
            schema,
            &[("rules/deeds/song.ron", &deed(field))],
        )])
    };
    let old = with("schema: 1", "odds");
    assert_eq!(broken(&old), [""; 0], "{}", reports(&old));
    let report = &old.mods[0].report;
    assert!(
        report.contains("warning[old-schema]") && report.contains("song.ron:2:3"),
        "{report}"
    );
    assert_eq!(old.rules.deeds["sing"].modifiers.len(), 1);
    assert_eq!(broken(&with("schema: 2", "odds")), ["m"]);
    for schema in ["", "schema: 1", "schema: 2"] {
        assert_eq!(broken(&with(schema, "modifiers")), [""; 0]);
    }
    assert!(
        with("", "odds").mods[0]
            .report
            .contains("warning[old-schema]")
    );
    for schema in ["schema: 0", "schema: 3"] {
        let catalog = with(schema, "modifiers");
        assert!(
            catalog.mods[0].report.contains("other-schema"),
            "{}",
            catalog.mods[0].report
        );
    }
}

#[test]
fn many_that_cannot_be_told_apart_end_the_search() {
    let small = "[Set(\"classes/battleship/magazine\", {})]";
    let mods: Vec<Layer> = (0..60)
        .map(|i| changes(&format!("m{i:02}"), "", small))
        .collect();
    let catalog = load(&mods);
    assert_eq!(broken(&catalog).len(), 60);
    assert_eq!(catalog.rules, Catalog::shipped().rules);
}
