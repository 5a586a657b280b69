//! Pacts: what is on the table, who has given his word, what comes of it.

use angelfire::{
    ai::{self, Level},
    content::{Condition, Effect, Key, Pact, Relation},
    sim::{Sim, order},
};

use crate::fixture::{Field, War, three_seats};

fn pact(between: &[&str], when: Condition, effects: Vec<Effect>) -> Pact {
    Pact {
        name: "The yard".into(),
        summary: "Somebody has the yard.".into(),
        between: between.iter().map(Key::new).collect(),
        when,
        effects,
        again: false,
    }
}

fn field(when: Condition) -> Field {
    let mut field = three_seats()
        .force("amber-1", "amber-home", "cruiser=4", "slip")
        .force("blue-1", "blue-home", "cruiser=4", "slip")
        .force("coral-1", "coral-home", "cruiser=4", "slip");
    let peace = Relation {
        hostile: false,
        shares_sensors: false,
        shares_supply: false,
    };
    let effects = vec![
        Effect::Relate(Key::new("amber"), Key::new("blue"), peace),
        Effect::Change(Key::new("amber"), Key::new("gun-plot"), 40),
    ];
    let pacts = &mut field.scenario.pacts;
    pacts.insert(Key::new("yard"), pact(&["amber", "blue"], when, effects));
    field
}

fn agreed(war: &War, seat: &str) -> Option<Vec<String>> {
    let view = war.view(seat);
    let known = view.pacts.get("yard")?;
    Some(known.words.iter().map(ToString::to_string).collect())
}

#[test]
fn it_comes_about_once_all_have_agreed_and_binds_nobody_else() {
    let mut war = field(Condition::Always).war();
    assert_eq!(agreed(&war, "amber"), Some(vec![]));
    assert_eq!(agreed(&war, "coral"), None, "it is none of his business");
    let told = war.told("amber: amber agree yard", &["word", "agreed"]);
    assert!(
        told.contains("yes=true") && !told.contains("agreed "),
        "{told}"
    );
    assert_eq!(agreed(&war, "blue"), Some(vec!["amber".into()]));
    assert!(war.view("amber").hostile.contains("blue"));
    let told = war.told("blue: blue agree yard", &["word", "agreed", "related"]);
    assert!(
        told.contains("agreed") && told.contains("related"),
        "{told}"
    );
    assert_eq!(agreed(&war, "amber"), None, "it is done");
    let view = war.view("amber");
    assert!(!view.hostile.contains("blue"));
    assert_eq!(view.meters["gun-plot"], 40);
}

#[test]
fn a_word_can_be_taken_back_until_the_last_has_spoken() {
    let mut war = field(Condition::Always).war();
    war.turn("amber: amber agree yard");
    war.turn("amber: amber refuse yard");
    assert_eq!(agreed(&war, "blue"), Some(vec![]));
    war.turn("blue: blue agree yard");
    assert_eq!(agreed(&war, "amber"), Some(vec!["blue".into()]));
    assert!(war.view("amber").hostile.contains("blue"));
    // Both in one turn: the one comes back, the other goes.
    war.turn("amber: amber agree yard\nblue: blue refuse yard");
    assert!(war.view("amber").hostile.contains("blue"));
}

#[test]
fn it_lies_on_the_table_as_long_as_it_may() {
    let when = Condition::All(vec![Condition::From(2), Condition::Until(3)]);
    let mut war = field(when).war();
    assert_eq!(agreed(&war, "amber"), None);
    let told = war.told("", &["on-table", "off-table"]);
    assert!(told.contains("on-table"), "{told}");
    assert_eq!(agreed(&war, "amber"), Some(vec![]));
    war.turn("amber: amber agree yard");
    let told = war.told("", &["on-table", "off-table"]);
    assert!(told.contains("off-table"), "{told}");
    assert_eq!(agreed(&war, "amber"), None);
}

#[test]
fn words_that_mean_nothing_are_refused() {
    let war = field(Condition::Always).war();
    let view = war.view("amber");
    let why = |words: &str| {
        let order = order::parse(words).expect("an order");
        order::check(&view, &order).map_err(|why| why.to_string())
    };
    assert_eq!(why("amber agree yard"), Ok(()));
    assert!(why("blue agree yard").is_err_and(|e| e.contains("`amber`")));
    assert!(why("amber agree yart").is_err_and(|e| e.contains("did you mean `yard`?")));
    assert!(why("amber refuse yard").is_err_and(|e| e.contains("already")));
    assert!(
        order::legal_words(&view)
            .iter()
            .all(|c| c.refusal.is_none())
    );
}

#[test]
fn a_war_at_rest_keeps_the_words_that_were_given() {
    let field = field(Condition::Always);
    let mut war = field.war();
    war.turn("amber: amber agree yard");
    let (rules, scenario) = (field.rules.clone().into(), field.scenario.clone().into());
    let again = Sim::restore(rules, scenario, 1, &war.sim.snapshot()).expect("a save");
    let view = again.view(&Key::new("blue")).expect("a seat");
    assert!(view.pacts["yard"].words.contains("amber"));
}

#[test]
fn a_computer_weighs_what_it_would_get() {
    let words = |effects: Vec<Effect>, seat: &str| -> Vec<String> {
        let mut field = field(Condition::Always);
        field = field.objective(
            "plot",
            "amber",
            Condition::Meter(Key::new("amber"), Key::new("gun-plot"), 100),
            false,
        );
        let pacts = &mut field.scenario.pacts;
        pacts.insert(
            Key::new("yard"),
            pact(&["amber", "blue"], Condition::Always, effects),
        );
        let view = field.war().view(seat);
        let said = ai::plan(Level::Steady, &view, 3).into_iter();
        let said = said.filter(|r| r.order.action.word().is_some());
        said.map(|r| r.order.to_string()).collect()
    };
    let plot = |by| Effect::Change(Key::new("amber"), Key::new("gun-plot"), by);
    assert_eq!(words(vec![plot(40)], "amber"), ["amber agree yard"]);
    assert!(words(vec![plot(-40)], "amber").is_empty());
    assert!(
        words(vec![plot(40)], "blue").is_empty(),
        "nothing in it for him"
    );
    let peace = Relation {
        hostile: false,
        shares_sensors: false,
        shares_supply: false,
    };
    let related = Effect::Relate(Key::new("amber"), Key::new("blue"), peace);
    for seat in ["amber", "blue"] {
        assert_eq!(
            words(vec![related.clone()], seat),
            [format!("{seat} agree yard")]
        );
    }
}
