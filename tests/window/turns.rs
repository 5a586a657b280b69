//! Turns by mouse, by keyboard, by two people; saved and loaded.

use std::{fs, sync::Arc};

use angelfire::{
    content::{Catalog, Key, Scenario},
    sim::order::{Action, Order},
    war::{Player, Setup, War, record, store},
};

use crate::desk::{END, SCENARIO, folder, ordered, play, saved};

#[test]
fn three_turns_by_mouse_saved_and_loaded() {
    let folder = folder("war");
    let shot = |name: &str| format!("shot {}\n", folder.join(name).display());
    let mut script = String::from("await Begin\nsettle\n");
    script += &shot("menu.png");
    script += "click Begin\nawait To the table\nsettle\nsettle\n";
    script += &shot("briefing.png");
    script += "click To the table\nawait END TURN\n";
    script +=
        "click First Draconis Battlefleet\nawait Halt\nright map:a1\nawait take back 0\nsettle\n";
    script += &shot("turn-1.png");
    for turn in 2..=4 {
        script += &format!("{END}await turn {turn}\n");
    }
    script += "settle\n";
    script += &shot("turn-4.png");
    script += "click Save\nawait Write\nsettle\n";
    script += &shot("save.png");
    script += "click Write\nawait Menu\nclick Menu\nawait Continue\nsettle\n";
    script += &shot("menu-again.png");
    script += "key Ctrl+o\nawait Load mw-concordat-1-turn-04\nsettle\n";
    script += &shot("saved-wars.png");
    script += "click Load mw-concordat-1-turn-04\nawait turn 4\nsettle\n";
    script += &shot("loaded.png");
    script += "quit\n";
    assert!(play(&folder, &[], &script).success());

    let path = folder
        .join("wars")
        .join(format!("mw-concordat-1-turn-04{}", store::SUFFIX));
    let reading = store::read(&path).expect("the war was saved");
    let catalog = Arc::new(Catalog::shipped());
    let proof = record::verify(&catalog, &reading).expect("the record can be proved");
    assert!(proof.holds(), "{proof:?}");
    let saved = store::load(&path).expect("its checksum holds");
    assert_eq!(
        saved.length(),
        3,
        "the turn about to be planned is the fourth"
    );
    let marches = |order: &Order| {
        order.force.as_str() == "battlefleet-1" && matches!(order.action, Action::Go { .. })
    };
    assert!(
        ordered(&saved, 1).iter().any(marches),
        "the mouse gave an order"
    );
    for name in [
        "menu.png",
        "briefing.png",
        "saved-wars.png",
        "turn-1.png",
        "turn-4.png",
        "save.png",
        "menu-again.png",
        "loaded.png",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
}

#[test]
fn two_turns_by_keyboard() {
    let folder = folder("keys");
    let mut script = String::from("await END TURN\nsettle\n");
    // A force, the overlays, the map moved and shown whole again, the pages of the right dock.
    script += "key Tab\nawait Halt\nkey 1\nkey 2\nkey 3\nkey 4\nkey 5\nkey 6\n";
    script += "key +\nkey ArrowLeft\nkey ArrowUp\nkey Home\nkey r\nkey o\nkey F3\nkey F3\n";
    script += "key Tab\nawait Halt\nkey Escape\ngone Halt\n";
    // A name is typed: none of its letters is a key of the game.
    script += "key Ctrl+s\nawait Write\nkey Ctrl+a\ntype By keys r2\nkey Enter\ngone Write\n";
    script += "key Ctrl+s\nawait Write\nkey Ctrl+a\ntype By keys r2\nawait Overwrite\n";
    script += "key Escape\ngone Overwrite\nawait turn 1\n";
    // What wants attention is shown first; the same key again ends the turn. The film is left by the key that leaves
    // everything.
    for (key, turn) in [("Space", 2), ("Enter", 3)] {
        script += &format!(
            "key {key}\nawait End turn all the same\nkey {key}\nawait turn {turn}\nkey Escape\nawait END TURN\n"
        );
    }
    script += "close\n";
    assert!(play(&folder, &["play", SCENARIO], &script).success());
    assert_eq!(saved(&folder, "By keys r2").length(), 0);
    assert_eq!(saved(&folder, "mw-concordat-1").length(), 2);
}

#[test]
fn a_fleet_is_split_and_told_to_fall_back_by_mouse() {
    let folder = folder("split");
    let spot = |name: &str| folder.join(name).display().to_string();
    let mut script =
        String::from("await END TURN\nclick Second Draconis Battlefleet\nawait Halt\n");
    script += "click Fall back ...\nclick map:b3\nawait Set (1)\nclick map:c1\nawait Set (2)\n";
    script += "click Set (2)\nawait take back 0\nclick Fall back ...\ngone Set (2)\n";
    script += "key Escape\nclick Detach ...\nclick more Frigate\nclick more Frigate\n";
    script += "click Detach what is set\nawait take back 1\n";
    script += &format!("shot {}\n", spot("orders.png"));
    script += &format!("spot {} map:c1\n", spot("before"));
    script += "drag 90 -60 map:orchard\nsettle\n";
    script += &format!("spot {} map:c1\n", spot("after"));
    script += END;
    script += "await turn 2\n";
    // What is planned when the window is closed is there again.
    script +=
        "click Third Draconis Battlefleet\nawait Halt\nclick Halt\nawait take back 0\nclose\n";
    assert!(play(&folder, &["play", SCENARIO], &script).success());

    let at = |name: &str| -> Vec<f32> {
        let text = fs::read_to_string(folder.join(name)).expect("it was written");
        text.split(' ').filter_map(|n| n.parse().ok()).collect()
    };
    let (before, after) = (at("before"), at("after"));
    assert!(
        (after[0] - before[0] - 90.0).abs() < 2.0 && (after[1] - before[1] + 60.0).abs() < 2.0,
        "the map was dragged: {before:?} {after:?}"
    );
    let record = saved(&folder, "mw-concordat-1");
    let orders = ordered(&record, 1);
    let of_second = |order: &&Order| order.force.as_str() == "battlefleet-2";
    let actions: Vec<_> = orders.iter().filter(of_second).map(|o| &o.action).collect();
    assert!(
        matches!(
            actions[..],
            [Action::FallBack { along, .. }, Action::Split { ships }]
                if along.len() == 2 && ships.values().sum::<i32>() > 0
        ),
        "{actions:?}"
    );
    assert_eq!(record.pending.len(), 1);
}

#[test]
fn two_people_at_one_screen() {
    let folder = folder("hot-seat");
    let catalog = Arc::new(Catalog::shipped());
    let seats = &catalog.scenarios[&Key::<Scenario>::new(SCENARIO)].seats;
    let setup = seats.keys().fold(Setup::new(SCENARIO, 7), |setup, seat| {
        setup.with(seat.as_str(), Player::Person)
    });
    let war = War::begin(catalog.clone(), setup).expect("it begins");
    let path = folder.join("shared.angelfire.ron");
    store::save(&path, war.record()).expect("it is saved");

    let mut script = String::new();
    let mut halted = Vec::new();
    for (key, seat) in seats {
        let view = war.view(key).expect("a seat");
        let mine = view.forces.iter().filter(|(_, f)| f.mine && f.speed > 0);
        let (key, force) = mine.max_by_key(|(_, f)| f.strength).expect("a fleet");
        halted.push(key.clone());
        // Behind the curtain there is neither map nor journal, and no key of the table does anything.
        script += &format!(
            "await I am {}\ngone END TURN\nkey r\nkey Space\n",
            seat.name
        );
        script += &format!("shot {}\n", folder.join("curtain.png").display());
        script += &format!("click I am {}\nclick To the table\n", seat.name);
        script += &format!("await END TURN\ngone take back 0\nclick {}\n", force.name);
        script += "await Halt\nclick Halt\nawait take back 0\nclick END TURN\n";
        // Each is shown what wants attention before the next one sits down.
        let is_last = halted.len() == seats.len();
        let words = if is_last { "End turn" } else { "Hand over" };
        script += &format!("await {words} all the same\nclick {words} all the same\n");
    }
    let first = seats.values().next().expect("a seat");
    script += &format!(
        "await I am {0}\nclick I am {0}\nawait turn 2\nclose\n",
        first.name
    );
    let arguments = ["play", &path.display().to_string()];
    assert!(play(&folder, &arguments, &script).success());
    let mut orders = ordered(&saved(&folder, "mw-concordat-7"), 1);
    orders.retain(|order| order.action == Action::Halt);
    let given: Vec<_> = orders.into_iter().map(|order| order.force).collect();
    assert_eq!(given, halted);
}

#[test]
fn from_the_menu_to_the_second_turn_by_keys_alone() {
    let folder = folder("menu-keys");
    // The last seat, another level, all by walking; nothing of it is typed into the seed.
    let catalog = Catalog::shipped();
    let seats = &catalog.scenarios[&Key::<Scenario>::new(SCENARIO)].seats;
    let (last, seat) = seats.last_key_value().expect("a seat");
    let mut script = format!("await Begin\nwalk {}\nkey Enter\n", seat.name);
    script += "walk green\nkey Space\n";
    script += &format!("settle\nshot {}\n", folder.join("menu.png").display());
    script += "walk Begin\nkey Enter\nawait To the table\nwalk To the table\nkey Enter\n";
    script += "await END TURN\nkey Space\nawait End turn all the same\nkey Enter\nawait turn 2\nkey Escape\nkey F10\nawait Back\n";
    script += "key Escape\ngone Back\nkey F12\nawait Back\nkey Escape\ngone Back\nkey Ctrl+q\n";
    assert!(play(&folder, &[], &script).success());
    let record = saved(&folder, "mw-concordat-1");
    assert_eq!(record.players[last], Player::Person);
    assert_eq!(record.length(), 1);
    let level = "green".parse::<Player>();
    assert!(
        record.players.values().any(|player| Ok(*player) == level),
        "{:?}",
        record.players
    );
}
