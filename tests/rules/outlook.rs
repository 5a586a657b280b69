//! Whom a forecast counts: who stays or comes, whose orders are read, who might come as well, and who is caught leaving.

use angelfire::{
    sim::{journal::What, view::SeatView},
    war::{Assumes, Outlook, expected},
};

use crate::fixture::{War, orders, three_seats};

/// Amber holds the hub with two fleets against one of Blue's in it and another next door.
fn field() -> War {
    three_seats()
        .force("amber-1", "hub", "cruiser=12", "contest")
        .force("amber-2", "hub", "cruiser=12", "contest")
        .force("blue-1", "hub", "cruiser=6", "press")
        .force("blue-2", "blue-gate", "cruiser=30", "press")
        .war()
}

fn outlook(view: &SeatView, given: &str) -> Option<Outlook> {
    let given = orders(given);
    let own = given.values().next().cloned().unwrap_or_default();
    expected(view, &own, &"hub".into(), 64, 7)
}

#[test]
fn who_stands_next_door_is_told_beside_who_is_there() {
    let outlook = outlook(&field().view("amber"), "").expect("a fight");
    assert_eq!(outlook.assumes, Assumes::Known);
    assert_eq!((outlook.with.len(), outlook.against.len()), (2, 1));
    let joined = outlook.joined.expect("a fleet next door");
    assert_eq!(joined.by.len(), 1);
    let (few, all) = (&outlook.forecast, &joined.forecast);
    assert!(all.hostile.strength > few.hostile.strength * 4, "{all:?}");
    assert!(all.own.quantiles[2] > few.own.quantiles[2], "{all:?}");
}

#[test]
fn whoever_marches_away_is_not_counted() {
    let view = field().view("amber");
    let one = outlook(&view, "amber: amber-1 go amber-gate").expect("a fight");
    assert_eq!(one.assumes, Assumes::Known);
    assert_eq!(one.with, ["amber-2".into()]);
    let none = "amber: amber-1 go amber-gate\namber: amber-2 go amber-gate";
    let caught = outlook(&view, none).expect("a fight if they are caught");
    assert_eq!(caught.assumes, Assumes::Caught);
    assert_eq!(caught.with.len(), 2);
}

#[test]
fn who_is_held_by_his_posture_stays() {
    let view = field().view("amber");
    let held = "amber: amber-1 posture regroup\namber: amber-1 go amber-gate";
    let outlook = outlook(&view, held).expect("a fight");
    assert_eq!((outlook.assumes, outlook.with.len()), (Assumes::Known, 2));
}

#[test]
fn whose_orders_are_read_is_on_the_way() {
    let mut view = field().view("amber");
    let next_door = view
        .contacts
        .values_mut()
        .find(|c| *c.place.sector() == "blue-gate".into());
    let contact = next_door.expect("blue-2 is seen");
    contact.bound = vec![angelfire::sim::view::Leg {
        to: "hub".into(),
        pace: angelfire::sim::order::Pace::Cruise,
        cue: angelfire::sim::order::Cue::None,
    }];
    let outlook = outlook(&view, "").expect("a fight");
    assert_eq!((outlook.against.len(), outlook.joined), (2, None));
}

#[test]
fn what_pursuit_will_take_is_foretold() {
    let field = |seed| {
        three_seats()
            .seed(seed)
            .force("amber-1", "hub", "cruiser=12", "stand")
            .force("blue-1", "hub", "cruiser=40", "press")
            .war()
    };
    let outlook = outlook(&field(1).view("amber"), "").expect("a fight");
    let own = &outlook.forecast.own;
    assert!(own.driven > 900 && own.after > 0, "{own:?}");
    assert_eq!(outlook.forecast.hostile.driven, 0, "whoever wins stays");
    // What is foretold is what comes on the mean.
    let wars = 60;
    let lost: i64 = (1..=wars)
        .map(|seed| {
            let mut war = field(seed);
            war.turn("");
            let view = war.view("amber");
            let lost = view.report.iter().map(|entry| match &entry.what {
                What::Pursued { hp, .. } => *hp,
                What::Captured { hp, .. } => *hp,
                _ => 0,
            });
            lost.sum::<i64>()
        })
        .sum();
    let mean = lost / i64::try_from(wars).expect("a few");
    let foretold = own.after * i64::from(own.driven) / 1000;
    assert!(
        (mean - foretold).abs() * 4 < foretold,
        "{mean} v {foretold}"
    );
}
