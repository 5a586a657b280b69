//! Meetings of stances, and what follows from them.

use angelfire::{
    content::{Ground, Key},
    sim::{
        journal::{Cause, GroundResult, What},
        part::Part,
        state::{Bearing, Crew, Kind, Ships},
    },
};

use crate::fixture::{Field, War, three_seats};

const FLEET: &str = "dreadnought=4 cruiser=8 frigate=14";

/// Blue comes at amber's gate like this; amber meets it like that.
fn meeting(attack: &str, defend: &str) -> Field {
    three_seats()
        .brisk()
        .force("amber-1", "amber-gate", FLEET, defend)
        .force("blue-1", "hub", FLEET, attack)
}

fn result(field: &Field, orders: &str) -> (GroundResult, String, String) {
    let mut war = field.war();
    let report = war.turn(&format!("blue: blue-1 go amber-gate\n{orders}"));
    let ground = report.journal.iter().find_map(|e| match &e.what {
        What::Battle { ground, .. } => Some(*ground),
        _ => None,
    });
    (
        ground.expect("a battle"),
        war.place("amber-1"),
        war.place("blue-1"),
    )
}

#[test]
fn each_pair_of_stances_settles_the_ground_as_the_table_says() {
    let rules = three_seats().rules;
    for ((attack, defend), entry) in &rules.meetings {
        let field = meeting(attack.as_str(), defend.as_str());
        let (ground, amber, blue) = result(
            &field,
            "amber: amber-1 loss-limit 1000\nblue: blue-1 loss-limit 1000",
        );
        let pair = format!("{attack} against {defend}: {ground:?}, amber {amber}, blue {blue}");
        match &entry.ground {
            Ground::Yields(lanes) => {
                assert_eq!(ground, GroundResult::Given, "{pair}");
                assert_eq!(blue, "amber-gate", "{pair}");
                // Two lanes: home and, home being a dead end, no further.
                assert!(amber == "amber-home" || *lanes > 1, "{pair}");
            }
            Ground::Contested => assert_eq!(
                (ground, blue.as_str()),
                (GroundResult::Given, "amber-gate"),
                "{pair}"
            ),
            Ground::Defender => assert_eq!(
                (ground, amber.as_str(), blue.as_str()),
                (GroundResult::Held, "amber-gate", "hub"),
                "{pair}"
            ),
            Ground::Stands(_) => assert!(
                matches!(
                    ground,
                    GroundResult::Held | GroundResult::Stopped | GroundResult::Broken
                ),
                "{pair}"
            ),
        }
    }
}

#[test]
fn cover_or_fire_lets_a_contest_hold_for_a_day() {
    let mut cover = meeting("press", "contest");
    cover
        .scenario
        .map
        .sectors
        .get_mut("amber-gate")
        .expect("a sector")
        .terrain = Key::new("shoal");
    let mut war = cover.war();
    war.turn(
        "blue: blue-1 go amber-gate\nblue: blue-1 loss-limit 1000\namber: amber-1 loss-limit 1000",
    );
    assert_eq!(
        (war.place("amber-1"), war.place("blue-1")),
        ("amber-gate".into(), "hub".into())
    );
    let readiness = war
        .part::<Crew>(Kind::Force, "amber-1")
        .expect("a force")
        .readiness;
    assert!(readiness < 1000 - 400, "{readiness}");
    war.turn("blue: blue-1 go amber-gate");
    assert_eq!(war.place("amber-1"), "amber-home", "but not for two");
}

#[test]
fn a_feint_draws_hot_heads_unless_they_are_leashed() {
    let hot = meeting("press", "feint").with("blue-1", |f| f.traits = vec![Key::new("bait-prone")]);
    let hot =
        hot.rule(|r| r.traits.get_mut("bait-prone").expect("a trait").modifiers[0].add = 1000);
    let mut war = hot.war();
    let told = war.told("blue: blue-1 go amber-gate", &["lured", "battle"]);
    assert!(
        told.contains("lured force=blue-1") && told.contains("ground=lured"),
        "{told}"
    );
    assert!(
        war.part::<Bearing>(Kind::Force, "blue-1")
            .expect("a force")
            .lured
    );
    let mut leashed = hot.war();
    let told = leashed.told("blue: blue-1 leash\nblue: blue-1 go amber-gate", &["lured"]);
    assert_eq!(told, "");
}

#[test]
fn leashes_are_few() {
    let mut field = three_seats();
    for n in 1..=3 {
        field = field.force(&format!("blue-{n}"), "blue-home", "cruiser=2", "press");
    }
    let told = field.war().told(
        "blue: blue-1 leash\nblue: blue-2 leash\nblue: blue-3 leash",
        &["refused"],
    );
    assert_eq!(told.lines().count(), 1);
    assert!(told.contains("no-leash"), "{told}");
}

#[test]
fn who_reaches_his_limit_breaks_off() {
    let field = meeting("press", "stand");
    let (ground, amber, _) = result(
        &field,
        "amber: amber-1 loss-limit 1\nblue: blue-1 loss-limit 1000",
    );
    assert_eq!(
        (ground, amber.as_str()),
        (GroundResult::BrokenOff, "amber-home")
    );
    let (ground, amber, blue) = result(
        &field,
        "amber: amber-1 loss-limit 1000\nblue: blue-1 loss-limit 1",
    );
    assert_eq!(
        (ground, amber.as_str(), blue.as_str()),
        (GroundResult::Stopped, "amber-gate", "hub")
    );
}

#[test]
fn the_broken_are_pursued() {
    let field = meeting("press", "stand").rule(|r| r.constants.pursuit = 9000);
    let told = field.war().told(
        "blue: blue-1 go amber-gate\nblue: blue-1 loss-limit 1000\namber: amber-1 loss-limit 1",
        &["pursued", "ships-lost"],
    );
    let has = |what: &str| {
        let mut lines = told.lines();
        lines.any(|l| l.contains(what) && l.contains("force=amber-1"))
    };
    assert!(has("pursued by=blue") && has("cause=pursuit"), "{told}");
}

#[test]
fn cripples_are_taken_where_no_way_is_open() {
    // Amber stands at home, a dead end: whoever comes in by the only lane closes it behind him.
    let field = three_seats()
        .force("amber-1", "amber-home", "cruiser=8", "slip")
        .force("blue-1", "amber-gate", FLEET, "press")
        .force("blue-2", "amber-gate", "cruiser=9", "press");
    let mut war = field.war();
    war.set::<Part<Ships>>(Kind::Force, "amber-1", |s| {
        (s.0[0].fit, s.0[0].crippled) = (6, 2)
    });
    war.set::<angelfire::sim::state::Tally>(Kind::Side, "amber", |t| t.lost += 40);
    let told = war.told("blue: blue-1 go amber-home", &["captured", "retreated"]);
    assert!(
        told.starts_with("captured by=blue force=amber-1 hp="),
        "{told}"
    );
    assert_eq!(
        war.part::<Part<Ships>>(Kind::Force, "amber-1")
            .expect("a force")
            .0[0]
            .crippled,
        0
    );
}

#[test]
fn raiders_keep_off_and_are_never_their_own_prize() {
    let field = three_seats()
        .force("amber-1", "amber-home", "raider=6", "slip")
        .force("blue-1", "amber-gate", FLEET, "press")
        .force("blue-2", "amber-gate", "cruiser=9", "press");
    let mut war = field.war();
    war.set::<Part<Ships>>(Kind::Force, "amber-1", |s| {
        (s.0[0].fit, s.0[0].crippled) = (4, 2)
    });
    war.set::<angelfire::sim::state::Tally>(Kind::Side, "amber", |t| t.lost += 20);
    let told = war.told(
        "amber: amber-1 posture raid\nblue: blue-1 go amber-home",
        &["captured", "met"],
    );
    assert!(told.contains("met") && !told.contains("by=amber"), "{told}");
    // With a way out there is no battle at all.
    let mut open = three_seats()
        .force("amber-1", "hub", "raider=6", "slip")
        .force("blue-1", "blue-gate", FLEET, "press")
        .war();
    let told = open.told(
        "amber: amber-1 posture raid\nblue: blue-1 go hub",
        &["met", "retreated"],
    );
    assert!(
        told.starts_with("retreated force=amber-1") && !told.contains("met "),
        "{told}"
    );
}

#[test]
fn three_sides_fight_at_once_and_leave_once() {
    let field = three_seats()
        .force("amber-1", "amber-gate", FLEET, "press")
        .force("blue-1", "blue-gate", FLEET, "press")
        .force("coral-1", "coral-gate", FLEET, "contest");
    for seed in 0..10 {
        let mut war = field.clone().seed(seed).war();
        let report = war.turn("amber: amber-1 go hub\nblue: blue-1 go hub\ncoral: coral-1 go hub");
        let battles = report
            .journal
            .iter()
            .filter(|e| matches!(e.what, What::Battle { .. }))
            .count();
        assert_eq!(battles, 3, "each with each");
        for seat in crate::fixture::SEATS {
            let left = report.journal.iter().filter(|e| matches!(&e.what, What::Retreated { force, .. } if force.as_str().starts_with(seat))).count();
            assert!(left <= 1, "{seat} left {left} times");
        }
        let stayed = ["amber-1", "blue-1", "coral-1"]
            .iter()
            .filter(|f| war.place(f) == "hub")
            .count();
        assert!(stayed <= 1, "{stayed} stayed");
    }
}

#[test]
fn a_flagship_may_be_lost_and_a_lost_force_has_no_admiral() {
    let field = meeting("press", "slip")
        .with("amber-1", |f| {
            f.ships = [(Key::new("cruiser"), 1)].into();
            f.commander = Some(Key::new("anybody"));
        })
        .rule(|r| r.constants.bout_rate = 1000);
    let mut war = field.war();
    let told = war.told(
        "blue: blue-1 go amber-gate",
        &["flagship-lost", "force-lost"],
    );
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("commander=anybody"), "{told}");
}

#[test]
fn losses_add_up() {
    let report = meeting("press", "stand")
        .war()
        .turn("blue: blue-1 go amber-gate");
    let lost: i64 = report
        .journal
        .iter()
        .filter_map(|e| match &e.what {
            What::ShipsLost {
                force,
                hp,
                cause: Cause::Bout(_),
                ..
            } if force.as_str() == "amber-1" => Some(*hp),
            _ => None,
        })
        .sum();
    let told = report
        .journal
        .iter()
        .find_map(|e| match &e.what {
            What::Battle { defender, .. } => Some(defender.lost),
            _ => None,
        })
        .expect("a battle");
    assert!(
        lost <= told && told > 0,
        "{lost} of {told}: wounds are not yet ships"
    );
}

/// Whoever wants to be let alone must be somewhere else.
#[test]
fn friends_do_not_fight() {
    let field = meeting("press", "stand").friends("amber", "blue");
    let mut war: War = field.war();
    assert_eq!(
        war.told("blue: blue-1 go amber-gate", &["met", "barred"]),
        ""
    );
    assert!(
        war.view("amber").forces.contains_key("blue-1"),
        "friends share what they see"
    );
}
