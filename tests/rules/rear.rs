//! Behind the front: ground, supply, meters, events, the verdict.

use angelfire::{
    content::{Condition, Effect, Growth, Key, Relation, Term, TermKind},
    sim::{
        order,
        part::Part,
        state::{Bearing, Control, Crew, Holding, Kind, Line, Tally},
        supply::flow::Network,
    },
};
use proptest::prelude::*;

use crate::fixture::{Field, War, check_turn, holds, three_seats};

fn supply(war: &mut War, id: &str) -> i32 {
    war.part::<Crew>(Kind::Force, id).expect("a force").supply
}

fn line(war: &mut War, id: &str) -> angelfire::sim::view::SupplyLine {
    war.part::<Part<Line>>(Kind::Force, id)
        .expect("a force")
        .0
        .clone()
}

#[test]
fn ground_falls_to_whoever_stands_on_it_alone() {
    let field = three_seats()
        .force("amber-1", "amber-gate", "cruiser=4", "slip")
        .force("blue-raid", "blue-gate", "raider=2", "slip");
    check_turn(
        &mut field.war(),
        "amber: amber-1 go hub",
        &["sector-taken"],
        "sector-taken by=amber from=null sector=hub",
    );
    let told = field.war().told(
        "blue: blue-raid posture raid\nblue: blue-raid go hub",
        &["sector-taken"],
    );
    assert_eq!(told, "", "raiders hold nothing");
}

#[test]
fn a_site_falls_after_its_endurance() {
    let mut war = three_seats()
        .force("amber-1", "hub", "cruiser=9", "press")
        .war();
    war.turn("amber: amber-1 go blue-home");
    assert_eq!(
        war.part::<Holding>(Kind::Site, "blue-yard")
            .expect("a site")
            .blockaded,
        1
    );
    check_turn(
        &mut war,
        "",
        &["site-taken"],
        "site-taken by=amber from=blue site=blue-yard",
    );
    assert!(
        war.part::<Holding>(Kind::Site, "blue-yard")
            .expect("a site")
            .stocks
            .is_empty()
    );
    let known = war.view("blue").sites["blue-yard"].owner.clone();
    assert_eq!(known.as_str(), "amber", "whoever lost it knows");
    assert_eq!(
        war.view("coral").sites["blue-yard"].owner.as_str(),
        "blue",
        "others do not"
    );
}

#[test]
fn a_cut_line_is_explained_and_hunger_follows() {
    let field = three_seats()
        .force("amber-1", "hub", "cruiser=10", "slip")
        .force("blue-1", "blue-home", "cruiser=20", "press");
    let mut war = field.war();
    war.turn("");
    assert_eq!(supply(&mut war, "amber-1"), 40);
    let own = line(&mut war, "amber-1");
    assert_eq!(
        own.path.iter().map(|s| s.as_str()).collect::<Vec<_>>(),
        ["amber-home", "amber-gate", "hub"]
    );
    war.set::<angelfire::sim::state::Place>(Kind::Force, "blue-1", |p| {
        *p = angelfire::sim::state::Place::Sector(Key::new("amber-gate"));
    });
    let told = war.told("", &["short"]);
    assert!(
        told.contains("cut=amber-gate") && told.contains("force=amber-1"),
        "{told}"
    );
    let cut = line(&mut war, "amber-1");
    assert_eq!((cut.source, cut.cut), (None, Some(Key::new("amber-gate"))));
    for _ in 0..4 {
        war.turn("");
    }
    assert_eq!(supply(&mut war, "amber-1"), 0);
    let starving = war
        .part::<Crew>(Kind::Force, "amber-1")
        .expect("a force")
        .readiness;
    let rules = &war.sim.field().rules;
    assert!(starving < 1000 - rules.constants.starving, "{starving}");
}

/// Raiders take their share of what passes them; only whoever would fight for the place closes it.
#[test]
fn raiders_on_the_line_do_not_cut_it() {
    let cut = |orders: &str| {
        let mut war = three_seats()
            .force("amber-1", "hub", "cruiser=10", "slip")
            .force("blue-raid", "amber-gate", "raider=3", "slip")
            .war();
        war.turn(orders);
        let line = line(&mut war, "amber-1");
        (line.delivered > 0, line.cut)
    };
    assert_eq!(cut("blue: blue-raid posture raid"), (true, None));
    assert_eq!(cut(""), (false, Some(Key::new("amber-gate"))));
}

#[test]
fn a_narrow_lane_is_shared_evenly() {
    let mut field = three_seats()
        .force("amber-1", "hub", "cruiser=25", "slip")
        .force("amber-2", "hub", "cruiser=25", "slip");
    field
        .scenario
        .map
        .lanes
        .get_mut("amber-gate--hub")
        .expect("a lane")
        .capacity = 8;
    let mut war = field.war();
    war.turn("");
    let came = ["amber-1", "amber-2"].map(|f| line(&mut war, f).delivered);
    assert!(
        (came[0] - came[1]).abs() <= 1 && came[0] + came[1] == 80,
        "{came:?}"
    );
}

#[test]
fn raiders_and_storms_take_convoys() {
    let field = three_seats()
        .force("amber-1", "hub", "cruiser=50", "slip")
        .force("blue-raid", "coral-gate", "raider=3", "slip");
    let mut field = field;
    field
        .scenario
        .map
        .lanes
        .get_mut("amber-gate--hub")
        .expect("a lane")
        .capacity = 20;
    let mut war = field.war();
    war.turn("");
    let whole = line(&mut war, "amber-1").delivered;
    war.set::<angelfire::sim::state::Place>(Kind::Force, "blue-raid", |p| {
        *p = angelfire::sim::state::Place::Sector(Key::new("gale"));
    });
    war.set::<Bearing>(Kind::Force, "blue-raid", |b| {
        b.posture = Some(Key::new("raid"))
    });
    war.set::<Bearing>(Kind::Force, "amber-1", |b| b.posture = None);
    let beside = line(&mut war, "amber-1").delivered;
    assert_eq!(whole, beside);
    let mut storm = three_seats()
        .force("amber-1", "gale", "cruiser=10", "slip")
        .war();
    let told = storm.told("", &["convoys-lost"]);
    assert!(told.contains("at=gale"), "{told}");
    let mut raided = field
        .clone()
        .force("blue-2", "blue-home", "raider=3", "slip")
        .war();
    raided.set::<angelfire::sim::state::Place>(Kind::Force, "blue-2", |p| {
        *p = angelfire::sim::state::Place::Sector(Key::new("hub"));
    });
    raided.set::<Bearing>(Kind::Force, "blue-2", |b| {
        b.posture = Some(Key::new("raid"))
    });
    raided.set::<Bearing>(Kind::Force, "blue-2", |b| b.stance = Key::new("slip"));
    raided.turn("");
    let near = line(&mut raided, "amber-1").delivered;
    assert!(near <= whole, "{near} of {whole}");
}

#[test]
fn magazines_fill_from_depots_and_nothing_is_lost() {
    let field = three_seats()
        .force("amber-1", "amber-home", "battleship=1", "slip")
        .force("amber-2", "amber-home", "battleship=1", "slip");
    let mut war = field.war();
    war.turn("");
    let aboard = ["amber-1", "amber-2"].map(|f| war.aboard(f, "angelfire"));
    assert_eq!(aboard, [5, 5]);
    // A friend may draw, too: the laws (checked each turn) know whose it was.
    let friends = three_seats()
        .force("blue-1", "amber-home", "battleship=1", "slip")
        .friends("amber", "blue");
    let mut war = friends.war();
    war.turn("");
    assert_eq!(war.aboard("blue-1", "angelfire"), 9);
}

#[test]
fn rest_mends_and_detachments_share() {
    let mut war = three_seats()
        .force("amber-1", "amber-home", "cruiser=8 frigate=10", "slip")
        .stocks("amber-1", "missiles=10")
        .war();
    war.set::<Crew>(Kind::Force, "amber-1", |c| c.readiness = 500);
    war.turn("amber: amber-1 split cruiser=8");
    let rest = war.sim.field().rules.constants.rest;
    assert_eq!(
        war.part::<Crew>(Kind::Force, "amber-1")
            .expect("a force")
            .readiness,
        500 + rest
    );
    assert_eq!(
        (war.strength("amber-1"), war.strength("amber-1.t1.1")),
        (200, 320)
    );
    war.turn("amber: amber-1.t1.1 merge amber-1");
    assert_eq!(
        (war.strength("amber-1"), war.place("amber-1.t1.1")),
        (520, "-".to_owned())
    );
    assert_eq!(war.aboard("amber-1", "missiles"), 10);
}

#[test]
fn a_day_in_order_teaches_the_whole_side() {
    let mut war = three_seats()
        .force("blue-1", "blue-home", "cruiser=8", "slip")
        .war();
    war.turn("blue: blue-1 posture regroup");
    assert_eq!(
        war.part::<Tally>(Kind::Side, "blue")
            .expect("a side")
            .meters["gun-plot"],
        120
    );
    for _ in 0..3 {
        war.turn("");
    }
    let told = war.told("", &["meter-reached"]);
    assert!(
        told.contains("meter=gun-plot") && told.contains("value=600"),
        "{told}"
    );
}

fn story() -> Field {
    three_seats()
        .force("amber-1", "amber-gate", "cruiser=4", "slip")
        .force("amber-9", "amber-home", "cruiser=1", "slip")
        .with("amber-9", |f| f.arrives = None)
        .event(
            "come",
            holds("amber", "hub"),
            vec![
                Effect::Arrive(Key::new("amber-9")),
                Effect::Set("came".into()),
            ],
            &[],
        )
        .event("over", Condition::From(4), vec![Effect::End], &[])
        .objective("hub", "amber", holds("amber", "hub"), true)
        .objective("flag", "blue", Condition::Flag("came".into()), false)
}

#[test]
fn what_a_meter_stands_at_counts_in_the_score() {
    let mut field = story().event(
        "learn",
        Condition::From(2),
        vec![Effect::Change(Key::new("amber"), Key::new("gun-plot"), 30)],
        &[],
    );
    field.scenario.verdict.terms.insert(
        Key::new("plot"),
        Term {
            name: "Amber's gun plot".into(),
            to: None,
            kind: TermKind::Meter {
                side: Key::new("amber"),
                meter: Key::new("gun-plot"),
                points: 7,
            },
        },
    );
    let mut war = field.war();
    war.turn("");
    war.turn("");
    let plot = |war: &War, seat: &str| {
        let view = war.view(seat);
        let line = view.ledger.iter().find(|l| l.term.as_str() == "plot");
        line.map(|l| l.points)
    };
    assert_eq!(plot(&war, "amber"), Some(210));
    assert_eq!(plot(&war, "blue"), Some(0), "nobody else knows of it");
    war.turn("");
    war.turn("");
    let ending = war.sim.ended().expect("the end").clone();
    assert_eq!(ending.terms["plot"], 210);
}

#[test]
fn events_bring_forces_and_end_wars() {
    let mut war = story().war();
    let told = war.told("amber: amber-1 go hub", &["flag-set", "objective-changed"]);
    assert_eq!(
        told.lines()
            .filter(|l| l.contains("met=true objective=hub"))
            .count(),
        2,
        "the truth and its seat: {told}"
    );
    assert!(war.view("amber").objectives["hub"].met && war.view("blue").objectives["flag"].met);
    check_turn(
        &mut war,
        "",
        &["arrived"],
        "arrived force=amber-9 sector=amber-home",
    );
    war.turn("amber: amber-1 go amber-gate");
    assert!(war.view("amber").objectives["hub"].met, "lasting");
    war.turn("");
    let ending = war.sim.ended().expect("the end").clone();
    assert_eq!((ending.level.as_str(), ending.score), ("won", 40));
    assert_eq!(ending.results["hub"], "amber");
    let hash = war.sim.hash();
    war.turn("amber: amber-1 go hub");
    assert_eq!(war.sim.hash(), hash, "after the end nothing changes");
}

#[test]
fn an_arrival_may_be_barred() {
    let mut war = three_seats()
        .force("amber-9", "amber-home", "cruiser=1", "slip")
        .with("amber-9", |f| f.arrives = Some(2))
        .force("blue-1", "amber-home", "cruiser=9", "press")
        .war();
    war.turn("");
    check_turn(
        &mut war,
        "blue: blue-1 go hub",
        &["arrival-barred", "arrived"],
        "arrival-barred force=amber-9 sector=amber-home",
    );
    check_turn(
        &mut war,
        "",
        &["arrival-barred", "arrived"],
        "arrived force=amber-9 sector=amber-home",
    );
}

#[test]
fn the_ledger_counts_what_the_seat_believes() {
    let mut war = three_seats()
        .force("blue-1", "blue-gate", "cruiser=4", "slip")
        .war();
    war.turn("blue: blue-1 go hub");
    // Amber has no eyes at the hub: for all it knows the day was won.
    let points = |war: &War, seat: &str| war.view(seat).ledger[0].points;
    assert_eq!((points(&war, "amber"), points(&war, "blue")), (10, 0));
    assert_eq!(war.sim.referee_view().ledger[0].points, 0);
    assert_eq!(
        war.part::<Control>(Kind::Sector, "hub")
            .expect("a sector")
            .owner,
        Some(Key::new("blue"))
    );
}

proptest! {
    /// Cutting a lane never raises what can be delivered, nor to how many.
    #[test]
    fn a_cut_lane_never_helps(
        arcs in prop::collection::vec((0_usize..8, 0_usize..8, 0_i64..50), 1..24),
        sources in prop::collection::vec((0_usize..8, 0_i64..100), 1..4),
        sinks in prop::collection::vec((0_usize..8, 0_i64..60), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = Network { nodes: 8, arcs, sources, sinks };
        let mut less = whole.clone();
        let cut = cut.index(less.arcs.len());
        less.arcs.remove(cut);
        let reach = |n: &Network| (0..n.sinks.len()).filter(|i| {
            let alone = Network { sinks: vec![n.sinks[*i]], ..n.clone() };
            alone.maximum() > 0
        }).count();
        prop_assert!(less.maximum() <= whole.maximum());
        prop_assert!(reach(&less) <= reach(&whole));
        let ties: Vec<usize> = (0..whole.sinks.len()).collect();
        let fair = whole.fair(&ties);
        prop_assert_eq!(fair.delivered.iter().sum::<i64>(), whole.maximum());
        for (load, arc) in fair.load.iter().zip(&whole.arcs) {
            prop_assert!((0..=arc.2).contains(load));
        }
    }
}

/// What a thing brings into the war beyond a threshold it has not passed: nothing comes of it.
#[test]
fn a_threshold_has_to_be_passed() {
    let told = |start: i32| {
        let mut war = three_seats()
            .rule(|r| {
                r.meters.get_mut("levy").expect("a meter").growth = vec![Growth::Turn(1)];
                let yard = r.site_kinds.get_mut("yard").expect("a kind");
                yard.meters.insert(Key::new("levy"), start);
            })
            .war();
        war.told("", &["reached", "stocked"])
    };
    // Three yards: the last of three levies alone, or the first alone.
    assert_eq!(told(2).matches("amount=4").count(), 3);
    assert_eq!(told(2).lines().count(), 6);
    assert_eq!(told(0).matches("amount=12").count(), 3);
    assert_eq!(told(0).lines().count(), 6);
}

/// An ally takes troops in and gives them back: the planning check asks what the turn asks.
#[test]
fn troops_go_to_an_allys_site_and_come_back() {
    let field = three_seats()
        .force("amber-1", "blue-home", "assault-transport=1", "slip")
        .stocks("amber-1", "line-regiments=3");
    let land = "amber: amber-1 land line-regiments 2 at blue-yard";
    let kinds = ["landed", "lifted", "refused"];
    let mut war = field.clone().friends("amber", "blue").war();
    assert!(war.told(land, &kinds).contains("landed"));
    let view = war.view("amber");
    let lift = order::parse("amber-1 lift line-regiments 2 from blue-yard").expect("an order");
    assert_eq!(order::check(&view, &lift), Ok(()));
    let back = war.told(
        "amber: amber-1 lift line-regiments 2 from blue-yard",
        &kinds,
    );
    assert!(back.contains("lifted amount=2"), "{back}");
    // Of a side that is neither friend nor foe neither allows it.
    let mut neutral = field;
    let peace = Relation {
        hostile: false,
        shares_sensors: false,
        shares_supply: false,
    };
    let pair = (Key::new("amber"), Key::new("blue"));
    neutral.scenario.relations.insert(pair, peace);
    assert!(neutral.war().told(land, &kinds).starts_with("refused"));
}
