//! Movement: progress along lanes, arrivals, meetings, standing orders.

use angelfire::{
    content::Key,
    sim::{
        map::Graph,
        order,
        part::Part,
        state::{Bearing, Crew, Kind, Standing},
    },
};

use crate::fixture::{Field, check_turn, three_seats};

const FLEET: &str = "dreadnought=4 cruiser=8 frigate=14";

#[test]
fn a_day_is_two_lanes() {
    let mut war = three_seats()
        .force("amber-1", "amber-home", "cruiser=2", "slip")
        .war();
    check_turn(
        &mut war,
        "amber: amber-1 go blue-home",
        &["moved", "refused"],
        "moved force=amber-1 from={sector:amber-home} to={sector:hub}",
    );
    war.turn("");
    assert_eq!(war.place("amber-1"), "blue-home");
}

#[test]
fn slow_ships_are_on_the_way_at_dusk() {
    let mut war = three_seats()
        .rule(|r| r.classes.get_mut("tender").expect("a class").speed = 70)
        .force("amber-1", "amber-home", "tender=2 cruiser=1", "slip")
        .war();
    war.turn("amber: amber-1 go amber-gate");
    assert_eq!(war.place("amber-1"), "amber-home>amber-gate 70");
    war.turn("");
    assert_eq!(war.place("amber-1"), "amber-gate");
}

#[test]
fn forced_marches_go_further_and_cost_readiness() {
    let field = three_seats().force("amber-1", "amber-home", "cruiser=2", "slip");
    let (mut easy, mut forced) = (field.war(), field.war());
    easy.turn("amber: amber-1 go blue-home");
    forced.turn("amber: amber-1 go blue-home forced");
    assert_eq!(
        (
            easy.place("amber-1").as_str(),
            forced.place("amber-1").as_str()
        ),
        ("hub", "blue-gate")
    );
    let ready = |war: &mut crate::fixture::War| {
        war.part::<Crew>(Kind::Force, "amber-1")
            .expect("a force")
            .readiness
    };
    assert_eq!(
        ready(&mut forced),
        1000 - field.rules.constants.forced_march.1
    );
    assert_eq!(ready(&mut easy), 1000);
}

#[test]
fn ways_that_cross_on_a_lane_meet_there() {
    let mut war = three_seats()
        .rule(|r| r.classes.get_mut("cruiser").expect("a class").speed = 100)
        .force("amber-1", "hub", "cruiser=9", "press")
        .force("blue-1", "blue-gate", "cruiser=9", "press")
        .war();
    let told = war.told(
        "amber: amber-1 go blue-gate\nblue: blue-1 go hub",
        &["met", "battle"],
    );
    assert!(
        told.starts_with("met parties=[amber,blue] place={lane:"),
        "{told}"
    );
    assert_eq!(told.lines().count(), 2);
}

#[test]
fn who_comes_into_a_sector_together_meets_there() {
    // Both reach the hub at noon and meant to go on.
    let mut war = three_seats()
        .force("amber-1", "amber-gate", FLEET, "press")
        .force("blue-1", "blue-gate", FLEET, "press")
        .war();
    check_turn(
        &mut war,
        "amber: amber-1 go blue-gate\nblue: blue-1 go amber-gate",
        &["barred", "met"],
        "barred force=amber-1 sector=hub
         barred force=blue-1 sector=hub
         met parties=[amber,blue] place={sector:hub}",
    );
}

#[test]
fn hostile_forces_end_a_march_but_not_a_column() {
    let field = three_seats()
        .force("amber-1", "amber-home", FLEET, "press")
        .force("blue-1", "amber-gate", "frigate=1", "slip");
    let mut war = field.war();
    war.turn("amber: amber-1 go hub");
    assert_eq!(war.place("amber-1"), "amber-gate");
    let mut column = field
        .rule(|r| r.stances.get_mut("column").expect("a stance").slowed_to = None)
        .with("amber-1", |f| f.stance = Key::new("column"))
        .war();
    column.turn("amber: amber-1 go hub");
    assert_eq!(column.place("amber-1"), "hub");
}

#[test]
fn columns_need_a_day_to_form_and_are_slowed() {
    let mut war = three_seats()
        .force("amber-1", "amber-home", FLEET, "press")
        .force("blue-1", "amber-gate", FLEET, "slip")
        .war();
    war.turn("amber: amber-1 stance column");
    let bearing: Bearing = war.part(Kind::Force, "amber-1").expect("a force");
    assert_eq!(
        (bearing.stance.as_str(), bearing.forming.is_some()),
        ("press", true)
    );
    war.turn("amber: amber-1 go hub");
    assert_eq!(war.place("amber-1"), "amber-gate");
    let bearing: Bearing = war.part(Kind::Force, "amber-1").expect("a force");
    assert_eq!(bearing.stance.as_str(), "column");
}

#[test]
fn falls_back_before_the_enemy_comes_to_grips() {
    let mut war = three_seats()
        .force("amber-1", "amber-gate", "cruiser=5", "slip")
        .force("blue-1", "blue-gate", FLEET, "press")
        .war();
    check_turn(
        &mut war,
        "amber: amber-1 fall-back amber-home when 5\nblue: blue-1 go amber-gate",
        &["fell-back", "met", "refused"],
        "fell-back force=amber-1 from=amber-gate to=amber-home",
    );
    assert_eq!(war.place("amber-1"), "amber-home");
}

#[test]
fn follows_at_a_distance_until_told_otherwise() {
    let mut war = three_seats()
        .force("amber-1", "hub", "cruiser=2", "slip")
        .force("blue-1", "blue-gate", "frigate=2", "slip")
        .war();
    let name = war
        .view("amber")
        .contacts
        .keys()
        .next()
        .expect("a contact")
        .clone();
    war.turn(&format!(
        "amber: amber-1 follow {name} at 1\nblue: blue-1 go blue-home"
    ));
    war.turn("");
    assert_eq!(
        (war.place("blue-1"), war.place("amber-1")),
        ("blue-home".into(), "blue-gate".into())
    );
    war.turn("amber: amber-1 halt");
    assert_eq!(
        war.part::<Part<Standing>>(Kind::Force, "amber-1")
            .expect("a force")
            .follow,
        None
    );
}

#[test]
fn queued_marches_wait_for_their_cue() {
    let mut war = three_seats()
        .force("amber-1", "amber-home", "cruiser=2", "slip")
        .force("amber-2", "amber-home", "cruiser=2", "slip")
        .force("amber-3", "amber-home", "cruiser=2", "slip")
        .force("blue-1", "blue-gate", "cruiser=9", "slip")
        .war();
    war.turn(
        "amber: amber-1 then amber-gate when turn 3
         amber: amber-2 then amber-gate when enemy amber-gate 3
         amber: amber-3 then amber-gate when ready 900",
    );
    let places =
        |war: &mut crate::fixture::War| ["amber-1", "amber-2", "amber-3"].map(|f| war.place(f));
    assert_eq!(places(&mut war), ["amber-home", "amber-home", "amber-gate"]);
    war.turn("");
    assert_eq!(places(&mut war)[0], "amber-home");
    war.turn("");
    assert_eq!(places(&mut war)[0], "amber-gate");
    // Blue comes to the hub, next to the gate: seen there, the second goes, too.
    war.turn("blue: blue-1 go hub");
    war.turn("");
    assert_eq!(
        places(&mut war)[1],
        "amber-home",
        "the hub is beyond its own sensors"
    );
    let told = war.told("blue: blue-1 go amber-gate", &["moved", "retreated"]);
    assert!(told.contains("moved force=amber-2"), "{told}");
}

/// Twenty cruisers, 800 hit points, before a storm that takes a fifth of them.
fn before_the_storm() -> Field {
    three_seats()
        .rule(|r| r.terrain.get_mut("storm").expect("a terrain").modifiers[0].add = 200)
        .force("amber-1", "amber-gate", "cruiser=20", "slip")
}

/// Marches them so in twenty wars: a fifth of 800, twenty times, on average.
fn a_fifth_is_lost(field: &Field, order: &str, end: &str) {
    let mut lost = 0;
    for seed in 0..20 {
        let mut war = field.clone().seed(seed).war();
        war.turn(order);
        assert_eq!(war.place("amber-1"), end);
        lost += 800 - war.strength("amber-1");
    }
    assert!((2_000..4_400).contains(&lost), "{lost}");
}

#[test]
fn storms_take_their_share() {
    a_fifth_is_lost(&before_the_storm(), "amber: amber-1 go gale", "gale");
}

#[test]
fn a_storm_passed_through_takes_its_share_too() {
    let field = before_the_storm();
    let order = "amber: amber-1 go gale coral-gate";
    a_fifth_is_lost(&field, order, "coral-gate");
    // What it will cost is told before it is ordered.
    let view = field.war().view("amber");
    let graph = Graph::new(&view.map);
    let force = &view.forces[&Key::new("amber-1")];
    let order = order::parse("amber-1 go gale coral-gate").expect("an order");
    let queue = order::queue(&view, &Key::new("amber-1"), &[order]);
    let tolls = order::tolls(&view, &graph, force, &queue);
    assert_eq!(tolls, [(Key::new("gale"), 200)]);
}

/// Where the force is driven beyond its way of retreat, the way does not lead it back into the enemy.
#[test]
fn a_way_of_retreat_never_leads_into_the_enemy() {
    // It stands at home, past the gate, and the enemy is at the gate: it stays at its supply.
    let mut war = three_seats()
        .force("amber-1", "amber-home", "cruiser=5", "slip")
        .force("blue-1", "amber-gate", FLEET, "press")
        .war();
    let report = war.told("amber: amber-1 fall-back amber-gate when 5", &["fell-back"]);
    assert_eq!(
        (report.as_str(), war.place("amber-1").as_str()),
        ("", "amber-home")
    );
    // Beside its way, with one place of it behind the enemy: not there, but to where it is supplied.
    let mut war = three_seats()
        .force("amber-1", "amber-gate", "cruiser=5", "slip")
        .force("blue-1", "hub", FLEET, "stand")
        .war();
    war.turn("amber: amber-1 fall-back blue-gate blue-home when 5");
    assert_eq!(war.place("amber-1"), "amber-home");
}

#[test]
fn places_of_a_way_of_retreat_that_are_passed_are_forgotten() {
    let mut war = three_seats()
        .force("amber-1", "hub", "cruiser=5", "slip")
        .force("blue-1", "blue-home", FLEET, "press")
        .war();
    war.turn(
        "amber: amber-1 fall-back hub amber-gate amber-home when 5\nblue: blue-1 go blue-gate",
    );
    war.turn("blue: blue-1 go hub");
    let left = war
        .part::<Part<Standing>>(Kind::Force, "amber-1")
        .and_then(|s| s.fall_back.clone())
        .map_or(0, |(along, _)| along.len());
    assert!(war.place("amber-1") != "hub" && left < 3, "{left}");
}
