//! Every screen, once by mouse and once by keyboard: each is asked for and waited for, and leaves a picture.

use std::{fs, path::Path, sync::Arc};

use angelfire::{
    content::{Catalog, Key, Scenario},
    war::{Player, Setup, War, store},
};

use crate::desk::{self, SCENARIO};

/// Lays a war that has ended into a folder, as it stands when nobody orders anything.
fn lay_an_ended_war(folder: &Path) {
    let catalog = Arc::new(Catalog::shipped());
    let scenario = &catalog.scenarios[&Key::<Scenario>::new(SCENARIO)];
    let idle: Player = "passive".parse().expect("a level");
    let mut setup = Setup::new(SCENARIO, 5);
    for (n, seat) in scenario.seats.keys().enumerate() {
        let player = if n == 0 { Player::Person } else { idle };
        setup = setup.with(seat.as_str(), player);
    }
    let mut war = War::begin(catalog.clone(), setup).expect("it begins");
    while war.ended().is_none() {
        war.end_turn().expect("the turn ends");
    }
    let wars = folder.join("wars");
    fs::create_dir_all(&wars).expect("the folder is made");
    let path = wars.join(format!("Ended{}", store::SUFFIX));
    store::save(&path, war.record()).expect("it is saved");
}

fn go_through(name: &str, script: &str) {
    let folder = desk::folder(name);
    lay_an_ended_war(&folder);
    assert!(desk::play(&folder, &[], &desk::shots(script, &folder)).success());
    let asked = script
        .lines()
        .filter_map(|line| line.strip_prefix("shot SHOTS/"));
    for picture in asked {
        assert!(folder.join(picture).is_file(), "{picture}");
    }
}

#[test]
fn by_mouse() {
    let script = include_str!("every-screen-by-mouse.script");
    assert!(
        desk::verbs(script)
            .iter()
            .all(|verb| !desk::KEYS.contains(verb))
    );
    go_through("screens-by-mouse", script);
}

#[test]
fn by_keyboard() {
    let script = include_str!("every-screen-by-keyboard.script");
    assert!(
        desk::verbs(script)
            .iter()
            .all(|verb| !desk::MOUSE.contains(verb))
    );
    go_through("screens-by-keyboard", script);
}
