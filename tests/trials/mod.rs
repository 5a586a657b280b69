//! Trials from outside: a field in short forms, what a failed expectation tells, and the game's own proofs.

use angelfire::{
    content::{Bench, Key, Layer, LayerFile, Trial, render_text},
    war::trial::{self, Proof},
};

fn bench(text: &str) -> Bench {
    let layer = Layer {
        name: "trials".into(),
        files: vec![LayerFile {
            path: "tests/trials.ron".into(),
            shown: "tests/trials.ron".into(),
            bytes: text.into(),
        }],
        problem: None,
    };
    let mut bench = Bench::open(&[layer]);
    trial::check(&mut bench);
    let found = render_text(&bench.sources, &bench.found, false);
    assert!(!bench.found.has_errors(), "{found}");
    bench
}

fn weigh(bench: &mut Bench) -> Vec<Proof> {
    let ids: Vec<Key<Trial>> = bench.trials().map(|trial| trial.id.clone()).collect();
    trial::weigh(bench, &ids)
}

/// A field of two fleets with these expectations and more.
fn two_fleets(more: &str) -> String {
    format!(
        "(id: \"two\", what: \"Two fleets.\", turns: 3, field: (
            places: [\"a\", (\"b\", shoal), (\"c\", (250, 0))],
            forces: [
                (id: \"fleet\", side: \"red\", at: \"a\", ships: {{\"battleship\": 8}}, stocks: {{\"angelfire\": 40}}),
                (id: \"guard\", side: \"blue\", at: \"b\", ships: {{\"dreadnought\": 8, \"frigate\": 4}}),
            ]), {more})"
    )
}

#[test]
fn a_field_in_short_forms_is_a_whole_scenario() {
    let text = "(id: \"short\", what: \"Short.\", turns: 2, expect: [(figure: Score, is: 0)], field: (
        places: [\"a\", (\"b\", well), (\"c\", \"storm\", (50, 80)), (id: \"d\", at: (90, 90), name: \"Deep\")],
        lanes: [(\"a\", \"b\"), (\"b\", \"c\", 250), (\"c\", \"d\", storm), (ends: (\"a\", \"d\"), kind: Wormhole, length: 5)],
        owners: {\"blue\": [\"d\"]},
        homes: {\"blue\": \"d\"},
        traits: {\"red\": [\"bait-prone\"]},
        sites: [(id: \"yard\", kind: \"yard\", at: \"a\", owner: \"red\", stocks: {\"angelfire\": 9})],
        forces: [
            (id: \"one\", side: \"red\", at: \"a\", ships: {\"battleship\": 4}),
            (id: \"two\", side: \"blue\", at: \"c\", ships: {\"dreadnought\": 4}, stance: \"stand\"),
            (id: \"late\", side: \"green\", at: \"b\", ships: {\"raider\": 1}, arrives: 2),
        ],
        relations: [(between: (\"green\", \"red\"), shares_supply: true)],
    ))";
    // Green holds nothing, and so has no home.
    let text = text
        .replace("homes: {", "homes: {\"green\": \"b\", ")
        .replace("\"blue\": [\"d\"]", "\"blue\": [\"d\"], \"green\": [\"b\"]");
    let bench = bench(&text);
    let scenario = &bench.trials().next().expect("a trial").scenario;
    let sector = |id: &str| &scenario.map.sectors[id];
    assert_eq!((sector("a").at, sector("b").at), ((0, 0), (100, 0)));
    assert_eq!((sector("c").at, sector("d").at), ((50, 80), (90, 90)));
    assert_eq!(sector("b").terrain.as_str(), "well");
    assert_eq!(sector("c").terrain.as_str(), "storm");
    assert_eq!(sector("d").name, "Deep");
    let owner = |id: &str| sector(id).owner.as_ref().map(ToString::to_string);
    assert_eq!(owner("a").as_deref(), Some("red"));
    assert_eq!(
        owner("c").as_deref(),
        Some("blue"),
        "who stands there first"
    );
    let lane = |id: &str| &scenario.map.lanes[id];
    assert_eq!((lane("a-b").length, lane("b-c").length), (100, 250));
    assert_eq!(
        (lane("c-d").length, lane("c-d").terrain.as_str()),
        (41, "storm")
    );
    assert_eq!(lane("a-d").length, 5);
    assert_eq!(scenario.seats["blue"].home[0].as_str(), "d");
    assert_eq!(scenario.factions["red"].traits.len(), 1);
    assert_eq!(scenario.forces["one"].stance.as_str(), "slip");
    assert_eq!(scenario.forces["late"].arrives, Some(2));
    assert_eq!(scenario.map.sites["yard"].sector.as_str(), "a");
    assert_eq!((scenario.turns, scenario.sides.len()), (2, 3));
}

#[test]
fn figures_tell_journal_and_state() {
    let mut bench = bench(&two_fleets(
        "orders: {1: [\"fleet policy hold\"], 2: [\"fleet fire angelfire 4 at guard\", \"fleet fire angelfire 9 at guard\"]},
        expect: [
            (at: 0, figure: Hull(\"fleet\"), is: 800),
            (at: 0, figure: Forecast(seat: \"red\", at: \"b\", of: Own), is: 0),
            (at: 1, figure: Count(kind: \"salvos\"), is: 0),
            (at: 2, figure: Sum(kind: \"salvos\", field: \"salvos\", of: {\"firer\": \"fleet\"}), is: 4),
            (at: 2, figure: Count(kind: \"salvos\", of: {\"side\": [\"red\", \"green\"]}), is: 1),
            (at: 2, figure: Aboard(\"fleet\", \"angelfire\"), is: 36),
            (at: 2, figure: Fired(\"red\", \"angelfire\"), is: 4),
            (figure: Row(\"magazine\", \"fleet\", \"0/angelfire\"), at_least: 0),
            (figure: Row(\"crew\", \"fleet\", \"readiness\"), is: 1000),
            (figure: Minus(Plus([Number(5), Readiness(\"fleet\")]), Times(2, Number(2))), is: 1001),
            (figure: Share(Strength(\"red\"), Strength(\"red\")), is: 1000),
            (figure: At(\"guard\", \"b\"), is: 1),
            (holds: Holds(\"red\", \"a\")),
            (refused: \"fleet fire angelfire 9 at guard\"),
        ]"
        .replace("\"side\": [\"red\", \"green\"]", "\"side\": [\"red\", \"none\"]")
        .as_str(),
    ));
    let proof = weigh(&mut bench).remove(0);
    let outcome = proof.outcome.expect("it was played");
    for answer in &outcome.expectations {
        assert!(answer.held, "{}: {}", answer.expected, answer.got);
    }
    assert!(outcome.notes.is_empty(), "{:?}", outcome.notes);
}

#[test]
fn what_does_not_hold_is_told_with_the_journal_that_bears_on_it() {
    let text = two_fleets(
        "orders: {1: [\"fleet fire angelfire 4 at guard\"]}, seeds: (3, 7),
        expect: [(figure: Count(kind: \"salvos\", of: {\"firer\": \"guard\"}), at_least: 99), (holds: Lost(\"red\", 900))],",
    );
    let (mut one, mut other) = (bench(&text), bench(&text));
    let proof = weigh(&mut one).remove(0);
    assert_eq!(
        proof,
        weigh(&mut other).remove(0),
        "wars in threads are the wars alone"
    );
    assert!(!proof.held);
    let outcome = proof.outcome.expect("it was played");
    let answer = &outcome.expectations[0];
    assert_eq!((answer.seed, answer.wars), (Some(3), 0));
    assert!(
        answer.place.starts_with("tests/trials.ron:"),
        "{}",
        answer.place
    );
    assert!(
        answer
            .journal
            .iter()
            .any(|line| line.contains("fleet fires 4")),
        "{:?}",
        answer.journal
    );
    assert!(!outcome.expectations[1].held);
}

#[test]
fn the_games_own_proofs_hold() {
    let mut bench = Bench::open(&[]);
    trial::check(&mut bench);
    let found = render_text(&bench.sources, &bench.found, false);
    assert!(bench.found.is_empty(), "{found}");
    let failed: Vec<String> = weigh(&mut bench)
        .into_iter()
        .filter(|proof| !proof.held)
        .map(|proof| format!("{proof:#?}"))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // A row that names proofs is proven by them.
    let rows: Vec<_> = bench
        .systems()
        .iter()
        .filter(|row| !row.proofs.is_empty())
        .cloned()
        .collect();
    assert!(rows.len() >= 30);
    let named: std::collections::BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| &row.proofs)
        .filter_map(|at| at.get())
        .map(String::as_str)
        .collect();
    let idle: Vec<&str> = bench
        .trials()
        .filter(|trial| trial.is_proof())
        .map(|t| t.id.as_str())
        .filter(|id| !named.contains(id))
        .collect();
    assert!(idle.is_empty(), "no row names {idle:?}");
}
