//! Counters: where they begin, what events do to them, what they grow with.

use angelfire::{
    content::{Bears, Condition, Effect, Growth, Key, Meter, MeterOn, Rules},
    sim::state::{Crew, Kind, Tally},
};

use crate::fixture::{War, three_seats};

fn meter(rules: &mut Rules, id: &str, on: MeterOn, growth: Vec<Growth>) {
    let meter = Meter {
        name: id.into(),
        summary: String::new(),
        special: false,
        on,
        range: (0, 1000),
        start: 0,
        bears: Bears::Own,
        growth,
        thresholds: Vec::new(),
    };
    rules.meters.insert(Key::new(id), meter);
}

#[test]
fn a_force_begins_where_it_is_told_to_and_events_move_it() {
    let zeal = |by| Effect::ChangeForce(Key::new("amber-1"), Key::new("zeal"), by);
    let mut war = three_seats()
        .rule(|rules| meter(rules, "zeal", MeterOn::Force, Vec::new()))
        .force("amber-1", "amber-home", "cruiser=4", "slip")
        .with("amber-1", |force| {
            force.meters.insert(Key::new("zeal"), 40);
        })
        .force("amber-2", "amber-home", "cruiser=4", "slip")
        .event("sermon", Condition::From(2), vec![zeal(25), zeal(-5)], &[])
        .war();
    let stands = |war: &mut War, force: &str| {
        let crew: Crew = war.part(Kind::Force, force).expect("it is there");
        crew.meters.get("zeal").copied().unwrap_or(0)
    };
    assert_eq!(
        (stands(&mut war, "amber-1"), stands(&mut war, "amber-2")),
        (40, 0)
    );
    war.turn("");
    assert_eq!(stands(&mut war, "amber-1"), 40);
    war.turn("");
    assert_eq!(
        (stands(&mut war, "amber-1"), stands(&mut war, "amber-2")),
        (60, 0)
    );
}

#[test]
fn who_destroys_may_boast_of_it() {
    let mut war = three_seats()
        .brisk()
        .rule(|rules| meter(rules, "fame", MeterOn::Side, vec![Growth::Destroyed(10)]))
        .force("amber-1", "amber-gate", "cruiser=12 frigate=12", "press")
        .force("blue-1", "hub", "cruiser=4 frigate=6", "stand")
        .force("coral-1", "coral-home", "cruiser=4", "slip")
        .war();
    war.turn("amber: amber-1 go hub");
    let tally =
        |war: &mut War, side: &str| -> Tally { war.part(Kind::Side, side).expect("it is there") };
    let (amber, blue, coral) = (
        tally(&mut war, "amber"),
        tally(&mut war, "blue"),
        tally(&mut war, "coral"),
    );
    assert!(blue.lost > 0 && amber.lost > 0, "they fought");
    let sp = |tally: &Tally| i32::try_from(tally.lost * 10 / angelfire::content::HP_PER_SP);
    assert_eq!(Ok(amber.meters["fame"]), sp(&blue));
    assert_eq!(Ok(blue.meters["fame"]), sp(&amber));
    assert_eq!(coral.meters["fame"], 0, "he was not there");
}
