//! `mw-concordat` from the menu to its ending: once by mouse, once by keyboard. What was played is read from the record.

use std::{collections::BTreeSet, sync::Arc};

use angelfire::{
    content::Catalog,
    sim::order::Action,
    war::{Player, Record, War, record, store},
};

use crate::desk::{self, SCENARIO};

/// What a kind of order is called.
fn kind(action: &Action) -> &'static str {
    match action {
        Action::Go { .. } => "go",
        Action::Then { .. } => "then",
        Action::Halt => "halt",
        Action::Follow { .. } => "follow",
        Action::FallBack { .. } => "fall back",
        Action::Stance(_) => "stance",
        Action::Posture(_) => "posture",
        Action::Fire { .. } => "fire",
        Action::Policy(_) => "policy",
        Action::LossLimit(_) => "loss limit",
        Action::Leash => "leash",
        Action::Split { .. } => "split",
        Action::Merge { .. } => "merge",
        Action::Deploy { .. } => "deploy",
        Action::Do { .. } => "deed",
        Action::Land { .. } => "land",
        Action::Lift { .. } => "lift",
        Action::Agree(_) => "agree",
        Action::Refuse(_) => "refuse",
    }
}

/// Kinds of orders that the person at the window gave.
fn by_hand(record: &Record) -> BTreeSet<&'static str> {
    let person = Some(&Player::Person);
    let turns = record.turns.iter().flat_map(|turn| &turn.orders);
    let given = turns.filter(|(seat, _)| record.players.get(*seat) == person);
    given
        .flat_map(|(_, orders)| orders)
        .map(|given| kind(&given.order.action))
        .collect()
}

/// Plays a script from the menu to the ending and reads what is left of it.
fn play_to_the_end(name: &str, script: &str, kinds: &[&str]) {
    let folder = desk::folder(name);
    assert!(desk::play(&folder, &[], &desk::shots(script, &folder)).success());
    let path = folder
        .join("wars")
        .join(format!("{SCENARIO}-1{}", store::SUFFIX));
    let catalog = Arc::new(Catalog::shipped());
    let reading = store::read(&path).expect("the war was saved");
    let proof = record::verify(&catalog, &reading).expect("the record can be proved");
    assert!(proof.holds(), "{proof:?}");
    let record = desk::saved(&folder, &format!("{SCENARIO}-1"));
    let given = by_hand(&record);
    for kind in kinds {
        assert!(given.contains(kind), "{kind}: {given:?}");
    }
    let war = War::resume(catalog, record).expect("it opens");
    assert!(war.ended().is_some(), "the war has ended");
    assert!(folder.join("verdict.png").is_file());
}

#[test]
fn by_mouse_from_the_menu_to_the_ending() {
    let script = include_str!("whole-war-by-mouse.script");
    assert!(
        desk::verbs(script)
            .iter()
            .all(|verb| !desk::KEYS.contains(verb))
    );
    let kinds = [
        "go",
        "then",
        "follow",
        "fall back",
        "stance",
        "fire",
        "policy",
        "split",
        "merge",
    ];
    play_to_the_end("whole-war-by-mouse", script, &kinds);
}

#[test]
fn by_keyboard_from_the_menu_to_the_ending() {
    let script = include_str!("whole-war-by-keyboard.script");
    assert!(
        desk::verbs(script)
            .iter()
            .all(|verb| !desk::MOUSE.contains(verb))
    );
    let kinds = [
        "go",
        "then",
        "halt",
        "fall back",
        "stance",
        "fire",
        "policy",
        "loss limit",
        "split",
        "merge",
    ];
    play_to_the_end("whole-war-by-keyboard", script, &kinds);
}
