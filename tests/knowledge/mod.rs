//! What a seat does not see can be moved, added, deleted or re-armed without changing anything that the seat is
//! shown or told: its view, its legal orders, its refusals, its forecasts.

use angelfire::{
    content::{Condition, Effect, Key, Relation, TermKind},
    sim::{
        forecast::forecast,
        order,
        part::Part,
        state::{Bearing, Crew, Holding, Kind, Knowledge, Magazine, Place, Ships, Tally},
        view::{Confidence, SeatView},
    },
};

use crate::fixture::{Field, SEATS, War, holds, random_orders, three_seats};

/// Everything a seat can learn from its view.
fn told(view: &SeatView) -> String {
    let mut text = serde_json::to_string(view).expect("plain data");
    for force in view.forces.keys() {
        for choice in order::legal(view, force) {
            text.push_str(&serde_json::to_string(&choice).expect("plain data"));
        }
    }
    for sector in view.map.sectors.keys() {
        let forecast = forecast(view, sector, 5, 1);
        text.push_str(&serde_json::to_string(&forecast).expect("plain data"));
    }
    text
}

#[track_caller]
fn same(a: &War, b: &War, seat: &str, when: &str) {
    let (a, b) = (told(&a.view(seat)), told(&b.view(seat)));
    let at = a.bytes().zip(b.bytes()).position(|(x, y)| x != y);
    let cut = |t: &str| {
        let at = at.unwrap_or(t.len().saturating_sub(1));
        t[at.saturating_sub(300)..(at + 100).min(t.len())].to_owned()
    };
    assert!(a == b, "{seat}, {when}:\n{}\n{}", cut(&a), cut(&b));
}

/// Coral is far behind its gate; amber and blue play on in front.
fn far_field(seed: u64) -> Field {
    let fleet = "battleship=4 cruiser=8 frigate=14";
    let far = |t: &mut angelfire::content::Scenario| {
        for (id, at) in [("coral-gate", (200, 900)), ("coral-home", (200, 1000))] {
            t.map.sectors.get_mut(id).expect("a sector").at = at;
        }
        for (id, at) in [("gale", (100, 600)), ("reef", (300, 600))] {
            t.map.sectors.get_mut(id).expect("a sector").at = at;
        }
        t.verdict.terms.get_mut("days").expect("a term").kind = TermKind::Days {
            from: 1,
            to: 60,
            when: holds("coral", "coral-gate"),
            points: 10,
        };
    };
    let mut field = three_seats()
        .seed(seed)
        .force("amber-1", "amber-gate", fleet, "press")
        .stocks("amber-1", "angelfire=36 missiles=20")
        .force("amber-2", "amber-home", "cruiser=4", "slip")
        .force(
            "blue-1",
            "blue-gate",
            "dreadnought=4 cruiser=8 frigate=14",
            "stand",
        )
        .force("blue-2", "blue-home", "battleship=2 frigate=4", "contest")
        .stocks("blue-2", "angelfire=8")
        .force("coral-1", "coral-home", fleet, "press")
        .stocks("coral-1", "angelfire=20")
        .force("coral-2", "coral-gate", "cruiser=6", "feint")
        .objective(
            "watch",
            "amber",
            Condition::Strength(Key::new("coral"), 12),
            false,
        )
        .objective(
            "owned",
            "amber",
            Condition::Owns(Key::new("coral"), Key::new("coral-yard")),
            true,
        )
        .event(
            "secret",
            Condition::Present(Key::new("coral"), Key::new("coral-gate"), 1),
            vec![Effect::Set("secret".into())],
            &["coral"],
        )
        .objective("flag", "amber", Condition::Flag("secret".into()), false)
        .objective(
            "dead",
            "blue",
            Condition::Destroyed(Key::new("coral-2")),
            false,
        );
    far(&mut field.scenario);
    field.scenario.verdict.terms.insert(
        Key::new("charges"),
        angelfire::content::Term {
            name: "Coral's charges".into(),
            to: None,
            kind: TermKind::Stock {
                side: Key::new("coral"),
                stock: Key::new("angelfire"),
                points: 8,
            },
        },
    );
    field.scenario.verdict.terms.insert(
        Key::new("plot"),
        angelfire::content::Term {
            name: "Coral's gun plot".into(),
            to: None,
            kind: TermKind::Meter {
                side: Key::new("coral"),
                meter: Key::new("gun-plot"),
                points: 5,
            },
        },
    );
    field
}

#[test]
fn scenario_behind_the_horizon_changes_nothing() {
    for seed in 0..6 {
        let plain = far_field(seed);
        let mut other = plain
            .clone()
            .with("coral-1", |f| f.at = Key::new("coral-gate"))
            .with("coral-1", |f| f.stance = Key::new("column"))
            .with("coral-2", |f| f.ships = [(Key::new("frigate"), 3)].into())
            .force("coral-0", "coral-home", "battleship=9", "stand")
            .stocks("coral-0", "angelfire=81");
        other
            .scenario
            .map
            .sites
            .get_mut("coral-yard")
            .expect("a site")
            .stocks
            .clear();
        other.scenario.forces.remove("coral-2");
        other.scenario.events.remove("secret");
        let (mut a, mut b) = (plain.war(), other.war());
        for turn in 1..=8 {
            same(&a, &b, "amber", &format!("turn {turn}"));
            same(&a, &b, "blue", &format!("turn {turn}"));
            for war in [&mut a, &mut b] {
                let orders = random_orders(&war.sim, seed, false);
                for seat in ["amber", "blue"] {
                    let kept: Vec<_> = orders[seat]
                        .iter()
                        .filter(|o| !far_order(&o.to_string()))
                        .cloned()
                        .collect();
                    war.sim.submit(&Key::new(seat), kept).expect("a seat");
                }
                war.turn("");
            }
        }
    }
}

/// Coral's waters are out of bounds in this war.
fn far_order(words: &str) -> bool {
    ["coral", "gale", "reef"].iter().any(|w| words.contains(w))
}

/// Changes one force that the seat neither sees nor remembers and that can do nothing to what it sees.
fn disturb(war: &mut War, id: &str, how: u64) {
    match how % 5 {
        0 => war.set::<Part<Ships>>(Kind::Force, id, |s| s.0[0].fit += 3),
        1 => war.set::<Part<Magazine>>(Kind::Force, id, |m| {
            m.0.insert(Key::new("angelfire"), 99);
        }),
        2 => war.set::<Bearing>(Kind::Force, id, |b| b.stance = Key::new("stand")),
        3 => war.set::<Crew>(Kind::Force, id, |c| (c.readiness, c.supply) = (5, 0)),
        _ => war.set::<Bearing>(Kind::Force, id, |b| b.posture = Some(Key::new("regroup"))),
    }
}

#[test]
fn what_no_contact_shows_can_be_changed() {
    let mut changed = 0;
    for seed in 0..4 {
        let mut war = Field::crowded()
            .seed(seed)
            .rule(|r| r.constants.sensors = (60, 110))
            .war();
        for turn in 0..5 {
            for (seat, orders) in random_orders(&war.sim, seed, false) {
                war.sim.submit(&seat, orders).expect("a seat");
            }
            war.turn("");
            for seat in SEATS {
                let known: Knowledge = war.part(Kind::Seat, seat).expect("a seat");
                let seen: Vec<_> = known.contacts.values().map(|k| k.force.clone()).collect();
                let snapshot = war.sim.snapshot();
                let hidden: Vec<_> = war
                    .sim
                    .referee_view()
                    .forces
                    .keys()
                    .filter(|f| !f.as_str().starts_with(seat) && !seen.contains(*f))
                    .cloned()
                    .collect();
                let (rules, scenario) = (
                    war.sim.field().rules.clone(),
                    war.sim.field().scenario.clone(),
                );
                let restored = || War {
                    sim: angelfire::sim::Sim::restore(
                        rules.clone(),
                        scenario.clone(),
                        seed,
                        &snapshot,
                    )
                    .expect("a save"),
                };
                let before = restored();
                for id in hidden {
                    let mut after = restored();
                    disturb(&mut after, id.as_str(), seed + turn);
                    same(
                        &before,
                        &after,
                        seat,
                        &format!("{id} changed, seed {seed}, turn {turn}"),
                    );
                    changed += 1;
                }
                let mut after = restored();
                for other in SEATS.iter().filter(|s| **s != seat) {
                    after.set::<Tally>(Kind::Side, other, |t| {
                        t.lost += 700;
                        t.meters.values_mut().for_each(|m| *m = 600);
                    });
                    after
                        .set::<Holding>(Kind::Site, &format!("{other}-yard"), |h| h.stocks.clear());
                }
                same(
                    &before,
                    &after,
                    seat,
                    &format!("tallies, seed {seed}, turn {turn}"),
                );
            }
        }
    }
    assert!(changed > 30, "only {changed} forces were out of sight");
}

#[test]
fn refusals_tell_nothing_of_the_unseen() {
    for words in [
        "coral-1 go hub",
        "blue-1 merge coral-1",
        "blue-1 merge coral-9",
        "blue-1 fire angelfire 1 at k9",
    ] {
        let a = far_field(1);
        let b = a.clone().with("coral-1", |f| f.at = Key::new("coral-gate"));
        let text = format!("blue: {words}");
        let refused = |field: &Field| field.war().told(&text, &["refused"]);
        assert_eq!(refused(&a), refused(&b));
        assert_eq!(refused(&a).lines().count(), 1, "{words}");
        let view = a.war().view("blue");
        assert!(order::check(&view, &order::parse(words).expect("words")).is_err());
    }
}

/// A gun that nobody in reach of its report can hear stays unknown: who it was and where it stands.
#[test]
fn unheard_guns_stay_unknown() {
    let field = three_seats()
        .rule(|r| r.weapons.get_mut("angelfire").expect("a weapon").reveals = 10)
        .rule(|r| r.constants.sensors = (50, 60))
        .rule(|r| r.constants.knowledge = [1000; 4])
        .force("amber-1", "hub", "battleship=20 cruiser=8", "contest")
        .stocks("amber-1", "angelfire=90")
        .force("blue-1", "blue-home", "dreadnought=9 cruiser=9", "contest");
    let mut war = field.war();
    war.turn("amber: amber-1 fire angelfire 10 on blue-home");
    let report = serde_json::to_string(&war.view("blue").report).expect("plain data");
    assert!(report.contains("ships-lost"), "{report}");
    assert!(
        !report.contains("amber-1") && !report.contains("hub"),
        "{report}"
    );
}

/// Firing into the dark and missing tells as much as firing at nothing.
#[test]
fn a_miss_in_the_dark_tells_nothing() {
    let field = three_seats()
        .rule(|r| r.constants.sensors = (50, 60))
        .rule(|r| r.constants.knowledge = [0; 4])
        .rule(|r| r.weapons.get_mut("angelfire").expect("a weapon").scatter = 0)
        .force("amber-1", "hub", "battleship=4", "contest")
        .stocks("amber-1", "angelfire=9");
    let full = field
        .clone()
        .force("blue-1", "blue-home", "cruiser=9", "slip");
    let (mut a, mut b) = (field.war(), full.war());
    for war in [&mut a, &mut b] {
        war.turn("amber: amber-1 fire angelfire 2 on blue-home");
    }
    same(&a, &b, "amber", "after a miss");
}

/// A force that runs silent is not noticed by whoever waits for it to fall back, either.
#[test]
fn a_silent_force_sets_off_no_order() {
    let field = three_seats()
        .force("amber-1", "amber-gate", "battleship=4 cruiser=8", "slip")
        .force("blue-1", "hub", "dreadnought=4 cruiser=9", "press");
    let mut war = field.war();
    war.set::<Bearing>(Kind::Force, "blue-1", |b| {
        b.posture = Some(Key::new("silent"))
    });
    war.turn("amber: amber-1 fall-back amber-home when 1");
    assert_eq!(war.place("amber-1"), "amber-gate");
    war.turn("blue: blue-1 posture off");
    war.turn("");
    assert_eq!(war.place("amber-1"), "amber-home");
}

/// Contacts are named in the order in which they are seen, and age until they are forgotten.
#[test]
fn contacts_age_and_are_forgotten() {
    let field = three_seats()
        .rule(|r| r.constants.sensors = (150, 200))
        .force("amber-1", "amber-gate", "battleship=4", "slip")
        .force("blue-1", "hub", "cruiser=6", "slip")
        .force("coral-1", "coral-home", "cruiser=6", "slip");
    let mut war = field.war();
    let shape = |war: &War| {
        let view = war.view("amber");
        view.contacts
            .iter()
            .filter(|(_, c)| c.side.as_str() == "blue")
            .map(|(k, c)| (k.to_string(), c.confidence, c.age))
            .collect::<Vec<_>>()
    };
    let seen = shape(&war);
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].1, seen[0].2), (Confidence::Track, 0));
    let name = seen[0].0.clone();
    // Out of sight at once.
    war.set::<Place>(Kind::Force, "blue-1", |p| {
        *p = Place::Sector(Key::new("blue-home"))
    });
    let mut course = Vec::new();
    for _ in 0..5 {
        war.turn("");
        course.push(shape(&war));
    }
    let life = war.sim.field().rules.constants.contact_life;
    let aged = |confidence, age| vec![(name.clone(), confidence, age)];
    // The hub is in sight and empty: no more than a rumour is left of it.
    assert_eq!(course[0], aged(Confidence::Rumour, 1));
    assert_eq!(course[life as usize - 1], Vec::new());
    war.set::<Place>(Kind::Force, "blue-1", |p| {
        *p = Place::Sector(Key::new("hub"))
    });
    war.turn("");
    assert_ne!(
        shape(&war)[0].0,
        name,
        "a name once forgotten is not given again"
    );
}

/// Whose secrets are known is tracked with his orders; what is not tracked, and who is no enemy, keeps his.
#[test]
fn with_enough_intelligence_the_orders_of_those_tracked_are_read() {
    let field = three_seats()
        .force("amber-1", "amber-gate", "cruiser=4", "slip")
        .force("blue-1", "hub", "dreadnought=4", "slip")
        .force("blue-2", "blue-home", "dreadnought=4", "slip");
    let bound = |intelligence: i32, truce: bool| {
        let mut field = field.clone();
        field.scenario.with.meters = vec![Key::new("intelligence")];
        if truce {
            let pair = (Key::new("amber"), Key::new("blue"));
            let peace = Relation {
                hostile: false,
                shares_sensors: false,
                shares_supply: false,
            };
            field.scenario.relations.insert(pair, peace);
        }
        let mut war = field.war();
        war.set::<Tally>(Kind::Side, "amber", |t| {
            t.meters.insert(Key::new("intelligence"), intelligence);
        });
        war.turn("blue: blue-1 then coral-home when turn 9\nblue: blue-2 then reef when turn 9");
        let view = war.view("amber");
        let legs = view.contacts.values().flat_map(|c| &c.bound);
        legs.map(|leg| leg.to.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(bound(300, false), ["coral-home"], "blue-2 is out of sight");
    assert_eq!(bound(299, false), Vec::<String>::new());
    assert_eq!(bound(300, true), Vec::<String>::new());
}
