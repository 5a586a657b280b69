//! Help while writing: at the places of shipped files, with what stands there taken away, it is among what is offered.

use std::{collections::BTreeMap, sync::LazyLock};

use angelfire::content::{
    Diagnostics, Layer, SourceId,
    assist::{Assist, Offer, OfferKind},
    ron::{self, Shape},
};

static ASSIST: LazyLock<Assist> = LazyLock::new(Assist::new);

/// A word of a file.
#[derive(Clone)]
struct Point {
    what: &'static str,
    start: usize,
    end: usize,
    word: String,
}

/// Names of fields and of variants, and keys.
fn points(path: &str, text: &str) -> Vec<Point> {
    let tree = ron::parse(SourceId(0), text, &mut Diagnostics::new());
    let mut points = Vec::new();
    let mut name = |what, name| {
        let span = tree.name_span(name);
        points.push(Point {
            what,
            start: span.start as usize,
            end: span.end as usize,
            word: tree.name(name).to_owned(),
        });
    };
    for node in tree.nodes() {
        match tree.shape(node) {
            Shape::Name(own) => name("variants", *own),
            Shape::Tuple { name: own, .. } => own.iter().for_each(|own| name("variants", *own)),
            Shape::Struct { name: own, fields } => {
                own.iter().for_each(|own| name("variants", *own));
                fields.iter().for_each(|field| name("fields", field.name));
            }
            _ => {}
        }
    }
    let page = ASSIST.page(path, None, text);
    // A bare name may be a key.
    let is_key = |point: &Point| page.keys().iter().any(|key| key.start == point.start);
    points.retain(|point| !is_key(point));
    points.extend(page.keys().iter().map(|key| Point {
        what: "keys",
        start: key.start,
        end: key.end,
        word: text[key.start..key.end].trim_matches('"').to_owned(),
    }));
    points
}

/// What is offered in a text of a layer.
fn offers(
    layer: &[std::sync::Arc<angelfire::content::assist::Page>],
    path: &str,
    text: &str,
    at: usize,
) -> Vec<Offer> {
    let page = ASSIST.page(path, None, text);
    ASSIST.desk(&page, layer).offers(at)
}

#[test]
fn what_stands_in_shipped_files_is_offered_where_it_stands() {
    // All places, if somebody has the time: minutes.
    let step: usize = match std::env::var("ASSIST_EVERY") {
        Ok(step) => step.parse().expect("a number"),
        Err(_) => 97,
    };
    let mut tried: BTreeMap<(&str, &str), (usize, Vec<String>)> = BTreeMap::new();
    let mut count = 0_usize;
    let mut layers = vec![Layer::shipped()];
    layers.extend(Layer::bundled());
    layers.extend(Layer::recipes());
    for layer in &layers {
        let around = ASSIST.pages(layer, true);
        for file in &layer.files {
            let text = std::str::from_utf8(&file.bytes).expect("text");
            if file.path.contains("text/") {
                continue;
            }
            for point in points(&file.path, text) {
                count += 1;
                if !count.is_multiple_of(step) {
                    continue;
                }
                let without = format!("{}{}", &text[..point.start], &text[point.end..]);
                let line = text[point.start..]
                    .find('\n')
                    .map_or(text.len(), |n| point.start + n);
                let short = format!("{}{}", &text[..point.start], &text[line..]);
                for (how, broken) in [("without", without), ("cut", short)] {
                    let offered = offers(&around, &file.path, &broken, point.start);
                    let there = offered.iter().any(|offer| offer.label == point.word);
                    let row = tried.entry((point.what, how)).or_default();
                    row.0 += 1;
                    if !there {
                        let line = text[..point.start].lines().count();
                        row.1.push(format!("{}:{line} {}", file.shown, point.word));
                    }
                }
            }
        }
    }
    for ((what, how), (all, missed)) in &tried {
        let share = 1000 - missed.len() * 1000 / all;
        let some: Vec<_> = missed.iter().take(20).collect();
        println!("{what}, {how}: {all} tried, {share} permille found, but for {some:?}");
        let least = if *what == "keys" { 980 } else { 1000 };
        assert!(
            share >= least && *all > 20,
            "{what}, {how}: {share} permille of {all}: {missed:#?}"
        );
    }
    assert_eq!(tried.len(), 6);
}

/// What is offered at the mark `|` of a file that is alone over the game.
fn at(path: &str, marked: &str) -> Vec<Offer> {
    let at = marked.find('|').expect("a mark");
    offers(&[], path, &marked.replacen('|', "", 1), at)
}

fn labels(offers: &[Offer]) -> Vec<&str> {
    offers.iter().map(|offer| offer.label.as_str()).collect()
}

#[test]
fn fields_that_are_missing_come_first_with_their_docs_and_a_value_to_fill_in() {
    let found = at("rules/classes.ron", "[(id: \"a\", |, hull: 5)]");
    assert_eq!(labels(&found)[..3], ["name", "role", "speed"]);
    assert!(
        found
            .iter()
            .all(|offer| offer.label != "hull" && offer.label != "id")
    );
    let name = &found[0];
    assert_eq!((name.kind, name.needed), (OfferKind::Field, true));
    assert_eq!(name.insert, "name: ");
    assert_eq!(name.snippet.as_deref(), Some("name: \"$1\""));
    assert!(!name.about.is_empty());
    let weapons = found
        .iter()
        .find(|offer| offer.label == "weapons")
        .expect("offered");
    assert_eq!(weapons.detail, "{id of Weapon: whole number, ...}");
    assert_eq!(weapons.snippet.as_deref(), Some("weapons: {$1}"));
}

#[test]
fn values_are_offered_as_they_are_written() {
    let found = at(
        "rules/classes.ron",
        "[(id: \"a\", modifiers: [(stat: Aim, when: N|)])]",
    );
    let not = found
        .iter()
        .find(|offer| offer.label == "Not")
        .expect("offered");
    assert_eq!(
        (not.insert.as_str(), not.snippet.as_deref()),
        ("Not()", Some("Not($1)"))
    );
    let found = at("rules/classes.ron", "[(weapons: {\"|");
    let gun = &found[0];
    assert_eq!(
        gun.insert,
        format!("{}\"", gun.label),
        "the quote is closed"
    );
    let found = at("rules/classes.ron", "[(weapons: {|}");
    assert_eq!(found[0].insert, format!("\"{}\": 0", found[0].label));
    assert_eq!(
        labels(&at("rules/terrain.ron", "[(cover: |)]")),
        ["true", "false"]
    );
    assert!(at("rules/terrain.ron", "[(id: \"a\", // |\n)]").is_empty());
    assert!(at("rules/terrain.ron", "[(id: \"a\", name: \"|\")]").is_empty());
}

#[test]
fn keys_are_those_of_the_war_in_which_they_stand() {
    let war =
        "(id: \"w\", sides: [(id: \"red\"), (id: \"blue\")], seats: [(id: \"s\", side: \"|\")])";
    assert_eq!(labels(&at("scenarios/x/w.ron", war)), ["blue", "red"]);
    let own_map = "(own_map: (sectors: [(id: \"a\"), (id: \"b\")]), forces: [(at: \"|";
    assert_eq!(labels(&at("scenarios/x/w.ron", own_map)), ["a", "b"]);
    let flags = "(events: [(effects: [Set(\"won\")]), (when: Flag(|";
    assert_eq!(labels(&at("scenarios/x/w.ron", flags)), ["won"]);
    let field = "[(field: (places: [\"a\", (\"b\", storm)], forces: [(at: |, side: \"x\")]), reads: (seat: \"\"))]";
    assert_eq!(labels(&at("tests/t.ron", field)), ["a", "b"]);
}

#[test]
fn paths_of_changes_are_offered_step_by_step_and_lead_to_what_may_stand_there() {
    let kinds = at("changes.ron", "[Set(\"|\", 5)]");
    assert!(labels(&kinds).contains(&"classes"));
    assert_eq!(kinds[0].insert, format!("{}/", kinds[0].label));
    let ids = at("changes.ron", "[Set(\"classes/|");
    let class = ids[0].label.clone();
    assert!(!class.is_empty());
    let fields = at("changes.ron", &format!("[Set(\"classes/{class}/hu|\", 5)]"));
    assert!(labels(&fields).contains(&"hull"), "{:?}", labels(&fields));
    let roles = at(
        "changes.ron",
        &format!("[Set(\"classes/{class}/role\", |)]"),
    );
    assert!(labels(&roles).contains(&"Capital"), "{:?}", labels(&roles));
    let stats = at(
        "changes.ron",
        &format!("[Add(\"classes/{class}/modifiers\", (stat: |))]"),
    );
    assert!(labels(&stats).contains(&"Aim"), "{:?}", labels(&stats));
}

#[test]
fn any_place_of_any_text_has_an_answer() {
    let texts = [
        "",
        "[(",
        "[Set(\"/\", (",
        "\u{feff}[(id: \"ü\", n\u{e4}",
        "(a: {\"",
        "]]]]",
        "[(modifiers: [(when: Not(when: Not(x: 1)))])]",
        "r#\"",
        "[(id: r#\"x\"#, role: r#Cap",
    ];
    for path in [
        "rules/classes.ron",
        "changes.ron",
        "scenarios/x/y.ron",
        "tests/t.ron",
        "a.txt",
    ] {
        for text in texts {
            let page = ASSIST.page(path, None, text);
            let desk = ASSIST.desk(&page, &[]);
            for at in 0..text.len() + 2 {
                desk.offers(at);
                desk.hover(at);
                desk.goal(at);
            }
            page.symbols();
        }
    }
    let deep = "[".repeat(3_000_000);
    let page = ASSIST.page("rules/classes.ron", None, &deep);
    assert!(ASSIST.desk(&page, &[]).offers(deep.len()).is_empty());
    let large = " ".repeat(angelfire::content::MAX_FILE_BYTES + 1);
    let page = ASSIST.page("rules/classes.ron", None, &large);
    assert!(ASSIST.desk(&page, &[]).offers(large.len()).is_empty());
}

#[test]
fn words_say_what_they_mean_and_where_things_stand() {
    let text = "[(id: \"a\", hull: 5, weapons: {\"own\": 1}, modifiers: [(stat: Aim)])]";
    let layer = Layer::of_files(
        "m",
        [(
            "rules/weapons.ron".into(),
            "[(id: \"own\", name: \"Own\")]".into(),
        )],
    );
    let around = ASSIST.pages(&layer, true);
    let page = ASSIST.page("rules/classes.ron", Some("rules/classes.ron".into()), text);
    let desk = ASSIST.desk(&page, &around);
    let hover = |word: &str| {
        desk.hover(text.find(word).expect("there") + 1)
            .map(|h| h.text)
    };
    assert!(
        hover("hull")
            .expect("told")
            .starts_with("**hull**: whole number\n\n")
    );
    assert!(hover("5").expect("told").starts_with("**hull**"));
    assert!(hover("Aim").expect("told").starts_with("**Aim**\n\n"));
    let own = hover("own").expect("told");
    assert!(
        own.contains("Own") && own.contains("rules/weapons.ron"),
        "{own}"
    );
    let goal = desk.goal(text.find("own").expect("there")).expect("found");
    assert_eq!(goal.shown.as_deref(), Some("rules/weapons.ron"));
    assert_eq!(&goal.text[goal.id.0..goal.id.1], "\"own\"");
    assert!(desk.goal(text.find("hull").expect("there")).is_none());
    let symbols = page.symbols();
    assert_eq!(
        (
            symbols.len(),
            symbols[0].name.as_str(),
            symbols[0].of.as_str()
        ),
        (1, "a", "Class")
    );
}
