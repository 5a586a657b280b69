//! The record at the window: watched, scrubbed, entered, held against, and its branches. What was done is read from what
//! is left of it.

use angelfire::{content::Key, war::Player};

use crate::desk::{self, SCENARIO};

#[test]
fn a_battle_is_watched_entered_and_held_against_the_record() {
    let folder = desk::folder("record");
    let script = desk::shots(include_str!("record.script"), &folder);
    assert!(desk::play(&folder, &[], &script).success());
    let record = desk::saved(&folder, &format!("{SCENARIO}-2802"));
    assert_eq!(record.name.as_deref(), Some("Round the north"));
    assert_eq!(record.length(), 10, "one turn after the nine of the record");
    let parent = record
        .parent
        .as_ref()
        .expect("it was taken from the battle");
    assert_eq!(
        (parent.turns, parent.course.as_ref()),
        (9, Some(&Key::new("concordat")))
    );
    let dcp = Key::new("dcp");
    assert_eq!(record.players[&dcp], Player::Person);
    let given = &record.turns[9].orders[&dcp];
    assert!(
        given
            .iter()
            .any(|given| given.order.to_string() == "coalition-1 go con-4"),
        "{given:?}"
    );
    let tables = folder
        .join("wars")
        .join("exports")
        .join("Round the north.csv");
    assert!(tables.is_file());
    for picture in ["watched", "take", "against", "tree"] {
        assert!(folder.join(format!("{picture}.png")).is_file(), "{picture}");
    }
}
