//! Fire at range.

use angelfire::{
    content::Key,
    sim::{
        journal::What,
        state::{Bearing, Kind, Tally},
    },
};

use crate::fixture::{Field, War, three_seats};

/// Amber's guns at the gate, blue in the hub 100 away.
fn range() -> Field {
    let mut field = three_seats();
    field.scenario.map.sites.clear();
    field
        .force("amber-1", "amber-gate", "battleship=4 cruiser=8", "slip")
        .stocks("amber-1", "angelfire=20")
        .force("blue-1", "hub", "dreadnought=4 cruiser=8", "contest")
}

/// Chance of amber's salvos this turn.
fn chance(war: &mut War, orders: &str) -> i32 {
    let report = war.turn(orders);
    let mut chances = report.journal.iter().filter_map(|e| match &e.what {
        What::Salvos { firer, chance, .. } if firer.as_str() == "amber-1" => Some(*chance),
        _ => None,
    });
    chances.next().expect("a salvo")
}

fn contact(war: &War) -> String {
    war.view("amber")
        .contacts
        .keys()
        .next()
        .expect("a contact")
        .to_string()
}

fn shoot(field: &Field) -> i32 {
    let mut war = field.war();
    let words = format!(
        "amber: amber-1 policy hold\namber: amber-1 fire angelfire 1 at {}",
        contact(&war)
    );
    chance(&mut war, &words)
}

#[test]
fn distance_knowledge_and_both_ends_make_the_chance() {
    let field = range();
    let weapon = &field.rules.weapons["angelfire"];
    let base = weapon.accuracy - weapon.falloff * 100 / 1000;
    let track = base * field.rules.constants.knowledge[1] / 1000;
    assert_eq!(shoot(&field), track);
    let mut at_goal = field.clone();
    at_goal
        .scenario
        .map
        .sectors
        .get_mut("hub")
        .expect("a sector")
        .terrain = Key::new("shoal");
    assert!(shoot(&at_goal) < track, "a shoal covers");
    let mut at_home = field.clone();
    at_home
        .scenario
        .map
        .sectors
        .get_mut("amber-gate")
        .expect("a sector")
        .terrain = Key::new("well");
    assert!(shoot(&at_home) < track, "a well spoils the aim");
    let mut rush = field.war();
    let words = format!(
        "amber: amber-1 policy hold\namber: amber-1 fire angelfire 4 at {} overcharge",
        contact(&rush)
    );
    assert_eq!(
        chance(&mut rush, &words),
        track * field.rules.constants.overcharge_aim / 1000
    );
}

#[test]
fn too_far_too_many_and_none_left_are_refused() {
    let field = range()
        .stocks("amber-1", "angelfire=1")
        .rule(|r| r.weapons.get_mut("angelfire").expect("a weapon").range = 250);
    let mut war = field.war();
    let name = contact(&war);
    war.turn("amber: amber-1 policy hold");
    for (words, why) in [
        ("angelfire 1 on blue-home".to_owned(), "out-of-range"),
        (format!("angelfire 3 at {name}"), "too-many-salvos"),
        (format!("angelfire 2 at {name}"), "no-stock"),
        ("long-guns 1 on hub".to_owned(), "not-by-order"),
        ("missiles 1 on hub".to_owned(), "no-stock"),
        ("angelfire 0 on hub".to_owned(), "bound"),
        ("angelfira 1 on hub".to_owned(), "suggestion:angelfire"),
    ] {
        let magazine = war.sim.snapshot().0["magazine"].clone();
        let told = war.told(
            &format!("amber: amber-1 fire {words}"),
            &["refused", "salvos"],
        );
        assert_eq!(told.lines().count(), 1, "{words}: {told}");
        assert!(
            told.starts_with("refused") && told.contains(why),
            "{words}: {told}"
        );
        assert_eq!(war.sim.snapshot().0["magazine"], magazine);
    }
}

#[test]
fn policies_decide_what_is_fired_unasked() {
    let fired = |field: &Field, policy: &str| {
        let mut war = field.war();
        war.turn(&format!("amber: amber-1 policy {policy}"));
        war.part::<Tally>(Kind::Side, "amber")
            .expect("a side")
            .fired
            .values()
            .sum::<i32>()
    };
    let poor = range().rule(|r| r.constants.break_even = 900);
    let good = range().rule(|r| r.constants.break_even = 100);
    assert_eq!(
        ["free", "conserve", "hold", "counterbattery"].map(|p| fired(&poor, p)),
        [2, 0, 0, 0]
    );
    assert_eq!(fired(&good, "conserve"), 2);
}

#[test]
fn each_salvo_costs_a_charge_and_gives_the_firer_away() {
    let field = range().rule(|r| r.constants.sensors = (20, 110));
    let mut war = field.war();
    war.turn("amber: amber-1 policy hold");
    let before = war.view("blue");
    assert_eq!(
        before
            .contacts
            .values()
            .next()
            .map(|c| c.confidence as usize),
        Some(2),
        "a plot"
    );
    let report = war.turn("amber: amber-1 fire angelfire 2 on hub");
    assert!(
        report
            .journal
            .iter()
            .any(|e| matches!(&e.what, What::GaveAway { .. }) && e.witnesses.contains("blue"))
    );
    assert!(
        !report
            .journal
            .iter()
            .any(|e| matches!(&e.what, What::GaveAway { .. }) && e.witnesses.contains("coral"))
    );
    assert_eq!(war.aboard("amber-1", "angelfire"), 18);
    let seen = war
        .view("blue")
        .contacts
        .values()
        .next()
        .map(|c| (c.confidence as usize, c.source));
    assert_eq!(seen, Some((1, angelfire::sim::view::Source::Fire)));
}

#[test]
fn guns_answer_more_once_they_are_organised_and_answers_are_not_answered() {
    let answers = |meter: i32| {
        let field = range()
            .rule(|r| {
                r.classes
                    .get_mut("battleship")
                    .expect("a class")
                    .weapons
                    .insert(Key::new("long-guns"), 1)
                    .map_or((), |_| ())
            })
            .with("amber-1", |f| {
                f.ships = [(Key::new("battleship"), 20)].into()
            })
            .stocks("amber-1", "angelfire=99")
            .with("blue-1", |f| {
                f.ships = [(Key::new("dreadnought"), 40)].into()
            });
        let mut war = field.war();
        war.set::<Tally>(Kind::Side, "blue", |t| {
            t.meters.insert(Key::new("gun-plot"), meter);
        });
        let report =
            war.turn("amber: amber-1 policy hold\namber: amber-1 fire angelfire 10 on hub");
        let by = |who: &str| {
            report
                .journal
                .iter()
                .filter_map(|e| match &e.what {
                    What::Salvos {
                        firer,
                        salvos,
                        weapon,
                        ..
                    } if firer.as_str() == who && weapon.as_str() == "long-guns" => Some(*salvos),
                    _ => None,
                })
                .sum::<i32>()
        };
        assert_eq!(by("amber-1"), 0, "an answer is not answered");
        by("blue-1")
    };
    let (before, after) = (answers(0), answers(500));
    assert!(after >= before * 3 && before > 0, "{before} then {after}");
}

#[test]
fn a_salvo_heard_teaches_the_gunners() {
    let mut war = range().war();
    war.turn("amber: amber-1 policy hold\namber: amber-1 fire angelfire 2 on hub");
    let meter = |war: &mut War, side: &str| {
        war.part::<Tally>(Kind::Side, side).expect("a side").meters["gun-plot"]
    };
    assert_eq!(meter(&mut war, "blue"), 12);
    assert_eq!(meter(&mut war, "amber"), 0);
    assert_eq!(meter(&mut war, "coral"), 0, "nobody of coral's was near");
}

#[test]
fn two_volleys_at_one_place_have_dice_of_their_own() {
    let field = range().rule(|r| r.constants.knowledge = [1000; 4]);
    let mut differ = 0;
    for seed in 0..30 {
        let mut war = field.clone().seed(seed).war();
        let name = contact(&war);
        let one = format!("amber: amber-1 fire angelfire 1 at {name}\n");
        let report = war.turn(&format!("{one}{one}"));
        let hits: Vec<i64> = report
            .journal
            .iter()
            .filter_map(|e| match &e.what {
                What::Salvos { hits, hp, .. } => Some(i64::from(*hits) * 1000 + hp),
                _ => None,
            })
            .collect();
        differ += i32::from(hits[0] != hits[1]);
    }
    assert!(differ > 10, "{differ}");
}

#[test]
fn guns_fire_once_under_whatever_name() {
    let mut war = range().war();
    let told = war.told(
        "amber: amber-1 policy hold
         amber: amber-1 fire angelfire 2 on hub
         amber: amber-1 split battleship=2",
        &["refused", "split"],
    );
    assert!(
        told.starts_with("refused") && told.contains("committed"),
        "{told}"
    );
}

#[test]
fn strays_fall_on_whoever_is_there() {
    let field = range()
        .rule(|r| {
            let weapon = r.weapons.get_mut("angelfire").expect("a weapon");
            (weapon.scatter, weapon.accuracy) = (1000, 0);
        })
        .with("amber-1", |f| {
            f.ships = [(Key::new("battleship"), 20)].into()
        })
        .stocks("amber-1", "angelfire=99")
        .force("coral-1", "hub", "frigate=9", "slip")
        .friends("blue", "coral");
    let mut war = field.war();
    war.turn(&format!(
        "amber: amber-1 fire angelfire 10 at {}",
        contact(&war)
    ));
    assert!(war.strength("coral-1") < 180 || war.strength("blue-1") < 720);
}

#[test]
fn screens_shoot_missiles_down() {
    let down = |frigates: i32| {
        let field = three_seats()
            .force("amber-1", "amber-gate", "battleship=40", "slip")
            .stocks("amber-1", "missiles=40")
            .force(
                "blue-1",
                "hub",
                &format!("dreadnought=4 frigate={frigates}"),
                "contest",
            );
        let mut war = field.war();
        let name = contact(&war);
        let report = war.turn(&format!("amber: amber-1 fire missiles 10 at {name}"));
        report
            .journal
            .iter()
            .find_map(|e| match &e.what {
                What::Salvos { shot_down, .. } => Some(*shot_down),
                _ => None,
            })
            .expect("a salvo")
    };
    assert_eq!(down(0), 0);
    assert!(down(200) > 3);
}

#[test]
fn who_stood_is_shelled_by_those_who_know_it() {
    let field = three_seats()
        .brisk()
        .force(
            "amber-1",
            "amber-gate",
            "battleship=4 cruiser=8 frigate=14",
            "stand",
        )
        .force(
            "blue-1",
            "hub",
            "dreadnought=4 cruiser=8 frigate=14",
            "probe",
        )
        // Within 200, but it cannot see that far.
        .force("coral-1", "coral-gate", "dreadnought=4", "slip");
    let mut war = field.war();
    war.turn("blue: blue-1 go amber-gate\nblue: blue-1 loss-limit 1000\namber: amber-1 loss-limit 1000\namber: amber-1 policy hold");
    assert!(
        war.part::<Bearing>(Kind::Force, "amber-1")
            .expect("a force")
            .fixed
    );
    let told = war.told("", &["salvos"]);
    assert!(
        told.contains("firer=blue-1") && told.contains("bombard"),
        "{told}"
    );
    let knows = war
        .view("coral")
        .contacts
        .values()
        .any(|c| c.side.as_str() == "amber");
    assert!(knows || !told.contains("firer=coral-1"), "{told}");
}

/// Half a salvo a turn is one every second turn: four ships by themselves fire no more than the four together.
#[test]
fn splitting_a_fleet_fires_no_more() {
    let rules = angelfire::content::Catalog::shipped().rules;
    let ships = |fit: i32| {
        vec![angelfire::sim::view::Squadron {
            class: "battleship".into(),
            fit,
            crippled: 0,
            wounds: 0,
        }]
    };
    let weapon = "angelfire".into();
    let over = |fit: i32| -> i32 {
        (1..=8)
            .map(|turn| angelfire::sim::fire::tubes(&rules, &ships(fit), &weapon, false, turn))
            .sum()
    };
    assert_eq!(over(4), 16);
    assert_eq!(over(1) * 4, over(4));
    assert_eq!(over(3), 12);
}
