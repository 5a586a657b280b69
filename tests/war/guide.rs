//! The guide of a scenario: judged by what the seat knows, by pending orders and by what was looked at, and by nothing
//! else.

use std::{collections::BTreeSet, sync::Arc};

use angelfire::{
    ai::Level,
    content::{Catalog, Guide, Key, Scenario, Seat, Sight, Task},
    sim::order::{self, Order},
    war::{
        Player, Setup, War,
        guide::{Looks, Seen, Standing},
    },
};

/// What the guide asks to be ordered, turn by turn.
const ORDERS: [&[&str]; 8] = [
    &["yachts go crossing", "column go crossing"],
    &["yachts go reach-east", "column go reach-east"],
    &["column go lantern", "guns go crossing"],
    &[
        "guns fire angelfire 2 at k1",
        "column land line-regiments 40 at lantern-colony",
    ],
    &["column stance stand"],
    &["yachts go reach-west"],
    &[],
    &[],
];

struct Led {
    war: War,
    seat: Key<Seat>,
}

impl Led {
    fn new(seed: u64) -> Self {
        let catalog = Arc::new(Catalog::shipped());
        let (key, scenario) = guided(&catalog);
        let seat = guide(&scenario).seat.clone();
        let mut setup = Setup::new(key.as_str(), seed).with(seat.as_str(), Player::Person);
        for other in scenario.seats.keys().filter(|other| **other != seat) {
            setup = setup.with(other.as_str(), Player::Computer(Level::Green));
        }
        let war = War::begin(catalog, setup).expect("it begins");
        Self { war, seat }
    }

    fn order(&mut self, words: &str) {
        let order: Order = order::parse(words).expect("words");
        self.war.give(&self.seat, order).expect(words);
    }

    /// The id of the step that is to be taken, as far as these looks go; none without a window.
    fn step(&self, looked: Option<&Looks>) -> Option<String> {
        let view = self.war.view(&self.seat).expect("the seat is there");
        let seen = Seen {
            view: &view,
            pending: self.war.pending(&self.seat),
            looked,
        };
        let scenario = self.war.scenario().clone();
        let led = Standing::of(guide(&scenario), seen).expect("it leads this seat");
        led.step().map(|(_, step)| step.id.clone())
    }
}

fn guided(catalog: &Catalog) -> (Key<Scenario>, Arc<Scenario>) {
    let (key, scenario) = catalog.guided().expect("a guided scenario is shipped");
    (key.clone(), scenario.clone())
}

fn guide(scenario: &Scenario) -> &Guide {
    scenario.guide.as_ref().expect("it has a guide")
}

#[test]
fn whoever_does_as_the_guide_says_is_led_to_the_end_and_wins() {
    for seed in 1..=3 {
        let mut led = Led::new(seed);
        for (n, orders) in (1..).zip(ORDERS) {
            assert_eq!(led.war.turn(), n);
            for words in orders {
                led.order(words);
            }
            // Nothing is left of this turn but to end it; on the last, whoever has no window has seen all.
            let day = (n < 8).then(|| format!("day-{n}"));
            assert_eq!(led.step(None), day, "seed {seed}");
            led.war.end_turn().expect("it is not saved");
        }
        let ending = led.war.ended().expect("eight turns");
        assert_eq!(ending.winner.as_ref().map(Key::as_str), Some("wardens"));
        assert_eq!(led.step(None), None);
        assert_eq!(
            led.step(Some(&Looks::new())),
            Some("verdict".into()),
            "all else was of turns that are over"
        );
    }
}

#[test]
fn steps_are_taken_one_after_the_other_and_come_back_with_an_order_taken_back() {
    let mut led = Led::new(1);
    let mut looks = Looks::new();
    assert_eq!(led.step(Some(&looks)), Some("guns".into()));
    // What a later step asks for is no help to this one.
    looks.insert(("goal".into(), Sight::Sector(Key::new("lantern"))));
    assert_eq!(led.step(Some(&looks)), Some("guns".into()));
    looks.insert(("guns".into(), Sight::Force(Key::new("guns"))));
    assert_eq!(led.step(Some(&looks)), Some("yachts".into()));
    led.order("yachts go causeway");
    assert_eq!(led.step(Some(&looks)), Some("yachts".into()), "elsewhere");
    led.order("yachts go crossing");
    assert_eq!(led.step(Some(&looks)), Some("column".into()));
    led.war.undo(&led.seat.clone());
    assert_eq!(led.step(Some(&looks)), Some("yachts".into()));
    // Nobody has to do as he is told.
    led.war.end_turn().expect("it is not saved");
    assert_eq!(led.step(Some(&looks)), Some("foe".into()));
}

#[test]
fn an_order_may_be_tried_looked_at_and_taken_back() {
    let mut led = Led::new(1);
    for orders in &ORDERS[..3] {
        for words in *orders {
            led.order(words);
        }
        led.war.end_turn().expect("it is not saved");
    }
    let mut looks = Looks::new();
    assert_eq!(led.step(None), Some("forecast".into()));
    led.order("guns go narrows");
    assert_eq!(led.step(Some(&looks)), Some("forecast".into()));
    assert_eq!(led.step(None), Some("fire".into()));
    looks.insert(("forecast".into(), Sight::Outlook));
    assert_eq!(led.step(Some(&looks)), Some("fire".into()));
    led.war.undo(&led.seat.clone());
    assert_eq!(led.step(Some(&looks)), Some("fire".into()), "it was seen");
    led.order("guns fire angelfire 2 at k1");
    assert_eq!(led.step(Some(&looks)), Some("land".into()));
}

#[test]
fn a_war_that_is_opened_again_stands_where_it_stood_and_is_the_same_war() {
    let mut led = Led::new(1);
    led.order("yachts go crossing");
    led.war.end_turn().expect("it is not saved");
    led.order("yachts go reach-east");
    led.order("column go crossing");
    let record = led.war.record().clone();
    let again = Led {
        war: War::resume(led.war.catalog().clone(), record).expect("it is gone on with"),
        seat: led.seat.clone(),
    };
    let looks = Looks::from([("foe".into(), Sight::Foe)]);
    for looked in [None, Some(&looks)] {
        assert_eq!(again.step(looked), led.step(looked));
        assert_eq!(again.step(looked), Some("reach".into()));
    }
    // The guide is no part of what a war is played with.
    let catalog = Catalog::shipped();
    let (_, scenario) = guided(&catalog);
    let mut bare = (*scenario).clone();
    bare.guide = None;
    let fingerprint = |scenario| angelfire::content::fingerprint(&catalog.rules, scenario);
    assert_eq!(fingerprint(&bare), fingerprint(&scenario));
}

#[test]
fn other_seats_are_not_led_and_what_is_lost_is_not_waited_for() {
    let led = Led::new(1);
    let scenario = led.war.scenario().clone();
    let other = led.war.view(&Key::new("toll")).expect("the seat is there");
    let seen = Seen {
        view: &other,
        pending: &[],
        looked: None,
    };
    assert!(Standing::of(guide(&scenario), seen).is_none());

    let mut view = (*led.war.view(&led.seat).expect("the seat is there")).clone();
    view.forces.remove("yachts");
    let looks = guide(&scenario).steps.iter();
    let looks: Looks = looks
        .flat_map(|step| match &step.until {
            Task::Looked(sight) => Some((step.id.clone(), sight.clone())),
            _ => None,
        })
        .collect();
    let seen = Seen {
        view: &view,
        pending: &[],
        looked: Some(&looks),
    };
    let standing = Standing::of(guide(&scenario), seen).expect("it leads this seat");
    assert_eq!(
        standing.step().map(|(_, step)| step.id.as_str()),
        Some("column")
    );
}

#[test]
fn each_step_has_a_turn_and_names_what_there_is_on_it() {
    let catalog = Catalog::shipped();
    let (_, scenario) = guided(&catalog);
    let guide = guide(&scenario);
    let (last, others) = guide.steps.split_last().expect("steps");
    assert_eq!((last.id.as_str(), last.by), ("verdict", None));
    let turns: BTreeSet<_> = others.iter().map(|step| step.by).collect();
    let all: BTreeSet<_> = (1..=scenario.turns).map(Some).collect();
    assert_eq!(turns, all, "each day has something to do");
}
