//! Random theatres with everything in play: two to five seats, some of them allied, on a random map with worlds,
//! stations, gates and starports, fleets, transports and small craft.

use std::{collections::BTreeMap, sync::Arc};

use angelfire::{
    content::{
        Calendar, Catalog, Condition, Effect, Event, Faction, Force, Key, Lane, LaneKind, Level,
        Map, Region, Relation, Rules, Scenario, Seat, Sector, Side, Site, Stock, Term, TermKind,
        Verdict, With,
    },
    sim::{
        Sim,
        dice::{Dice, Domain},
    },
};

const NAMES: [&str; 5] = ["amber", "blue", "coral", "dun", "elm"];

fn pick<'a, T>(dice: &mut Dice, all: &'a [T]) -> &'a T {
    &all[dice.below(all.len() as u64) as usize]
}

/// The rules of the game, with everything special.
fn rules() -> Rules {
    Catalog::shipped().rules
}

/// A war on a theatre of this number.
pub fn war(number: u64) -> Sim {
    let rules = rules();
    let scenario = scenario(&rules, number);
    Sim::new(Arc::new(rules), Arc::new(scenario), number)
}

/// The theatre of this number.
pub fn scenario(rules: &Rules, number: u64) -> Scenario {
    let mut dice = Dice::new(Domain::Thought, number, 0, "theatre", "tests");
    let seats = 2 + dice.below(4) as usize;
    let names = &NAMES[..seats];
    let map = map(rules, names, &mut dice);
    let keyed = |s: &&str| Key::<Side>::new(s);
    let mut relations = BTreeMap::new();
    for (i, a) in names.iter().enumerate() {
        for b in &names[i + 1..] {
            // Most fight; some look away, some share what they see, some what they eat.
            let relation = match dice.below(5) {
                0 => Relation {
                    hostile: false,
                    shares_sensors: dice.below(2) == 0,
                    shares_supply: dice.below(2) == 0,
                },
                _ => continue,
            };
            relations.insert((Key::new(a), Key::new(b)), relation.clone());
            relations.insert((Key::new(b), Key::new(a)), relation);
        }
    }
    let forces = forces(rules, names, &map, &mut dice);
    let term = |side: &&str| {
        let kind = TermKind::Strength {
            side: keyed(side),
            points: 10,
            knee: 20,
            above: 5,
        };
        let name = format!("{side} afloat");
        (
            Key::<Term>::new(*side),
            Term {
                name,
                kind,
                to: None,
            },
        )
    };
    Scenario {
        id: Key::new("random"),
        title: "Random".into(),
        summary: "Anything.".into(),
        briefing: Vec::new(),
        campaign: "tests".into(),
        calendar: Calendar {
            start: (2800, 1, 1),
            day: 1,
            days_per_turn: 1,
            counted: None,
        },
        turns: 50,
        sides: names
            .iter()
            .map(|s| {
                let (name, short) = ((*s).to_owned(), (*s).to_owned());
                (keyed(s), Side { name, short })
            })
            .collect(),
        seats: names
            .iter()
            .map(|s| {
                let seat = Seat {
                    name: (*s).to_owned(),
                    side: keyed(s),
                    briefing: Vec::new(),
                    home: vec![Key::new(format!("{s}-0"))],
                    temper: None,
                };
                (Key::new(s), seat)
            })
            .collect(),
        factions: names
            .iter()
            .map(|s| {
                let faction = Faction {
                    name: (*s).to_owned(),
                    seat: Key::new(s),
                    traits: Vec::new(),
                };
                (Key::new(s), faction)
            })
            .collect(),
        relations,
        staging: names
            .iter()
            .map(|s| {
                let sectors = [0, 1].map(|i| Key::new(format!("{s}-{i}")));
                (Key::new(s), sectors.to_vec())
            })
            .collect(),
        forces,
        events: gifts(rules, &map),
        pacts: BTreeMap::new(),
        objectives: BTreeMap::new(),
        guide: None,
        verdict: Verdict {
            side: Some(keyed(&names[0])),
            against: Some(keyed(&names[1])),
            terms: names.iter().map(term).collect(),
            levels: vec![Level {
                from: i64::MIN / 2,
                winner: None,
                name: "over".into(),
            }],
            ..Verdict::default()
        },
        inherits: Default::default(),
        with: With {
            postures: rules.postures.keys().cloned().collect(),
            meters: rules.meters.keys().cloned().collect(),
            deeds: rules.deeds.keys().cloned().collect(),
        },
        map,
    }
}

/// Four sectors a seat in a ring, with some ways across.
/// What comes from elsewhere and is taken elsewhere: a stock of each kind for some site, and half of it away again.
fn gifts(rules: &Rules, map: &Map) -> BTreeMap<Key<Event>, Event> {
    let each = rules.stocks.keys().zip(map.sites.keys().cycle());
    let gift = |(stock, site): (&Key<Stock>, &Key<Site>)| {
        let give = |by| Effect::Stock(site.clone(), stock.clone(), by);
        let event = Event {
            when: Condition::From(3),
            effects: vec![give(4), give(-2)],
            repeats: false,
            tells: Vec::new(),
        };
        (Key::new(format!("gift-{stock}")), event)
    };
    each.map(gift).collect()
}

fn map(rules: &Rules, names: &[&str], dice: &mut Dice) -> Map {
    let mut map = Map::default();
    let region = Region {
        name: "All".into(),
        within: None,
    };
    map.regions.insert(Key::new("all"), region);
    let terrain: Vec<_> = rules.terrain.keys().cloned().collect();
    let kinds: Vec<_> = rules.site_kinds.keys().cloned().collect();
    let stocks: Vec<_> = rules.stocks.keys().cloned().collect();
    let mut all: Vec<Key<Sector>> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        for i in 0..4_i32 {
            let id = Key::new(format!("{name}-{i}"));
            let place = n as i32 * 4 + i;
            let sector = Sector {
                name: id.to_string(),
                at: (place * 90, dice.between(0, 160) as i32),
                region: Key::new("all"),
                terrain: pick(dice, &terrain).clone(),
                owner: Some(Key::new(name)),
            };
            map.sectors.insert(id.clone(), sector);
            all.push(id.clone());
            let site = Site {
                name: format!("site {id}"),
                kind: if i == 0 {
                    Key::new("yard")
                } else {
                    pick(dice, &kinds).clone()
                },
                sector: id.clone(),
                owner: Key::new(name),
                stocks: (0..3)
                    .map(|_| (pick(dice, &stocks).clone(), dice.between(0, 30) as i32))
                    .collect(),
                serves: Vec::new(),
                meters: BTreeMap::new(),
                loyal: None,
            };
            map.sites.insert(Key::new(format!("site-{id}")), site);
        }
    }
    let join = |map: &mut Map, a: &Key<Sector>, b: &Key<Sector>, dice: &mut Dice| {
        let straight = angelfire::sim::map::range(map, a, b);
        let lane = Lane {
            ends: (a.clone(), b.clone()),
            kind: LaneKind::Route,
            length: straight.max(50),
            capacity: dice.between(5, 60) as i32,
            terrain: pick(dice, &terrain).clone(),
        };
        map.lanes.insert(Key::new(format!("{a}--{b}")), lane);
    };
    for pair in all.windows(2) {
        join(&mut map, &pair[0], &pair[1], dice);
    }
    for _ in 0..names.len() {
        let (a, b) = (pick(dice, &all).clone(), pick(dice, &all).clone());
        if a != b && !map.lanes.values().any(|l| l.ends == (a.clone(), b.clone())) {
            join(&mut map, &a, &b, dice);
        }
    }
    map
}

/// Five forces a seat: fleets of anything, with what their magazines hold.
fn forces(
    rules: &Rules,
    names: &[&str],
    map: &Map,
    dice: &mut Dice,
) -> BTreeMap<Key<Force>, Force> {
    let classes: Vec<_> = rules.classes.keys().cloned().collect();
    let stances: Vec<_> = rules.stances.keys().cloned().collect();
    let traits: Vec<_> = rules.traits.keys().cloned().collect();
    let sectors: Vec<_> = map.sectors.keys().cloned().collect();
    let mut forces = BTreeMap::new();
    for name in names {
        for i in 0..5 {
            let ships: BTreeMap<_, i32> = (0..3)
                .map(|_| (pick(dice, &classes).clone(), dice.between(1, 8) as i32))
                .collect();
            let mut stocks = BTreeMap::new();
            for (class, hulls) in &ships {
                for (stock, room) in &rules.classes[class].magazine {
                    *stocks.entry(stock.clone()).or_default() += room * hulls;
                }
            }
            let late = i == 4;
            let force = Force {
                name: format!("{name} {i}"),
                faction: Key::new(name),
                at: if i < 2 {
                    Key::new(format!("{name}-0"))
                } else {
                    pick(dice, &sectors).clone()
                },
                arrives: (!late).then_some(1),
                pool: late.then(|| "gate".to_owned()),
                ships,
                stocks,
                commander: None,
                traits: vec![pick(dice, &traits).clone()],
                meters: BTreeMap::new(),
                stance: pick(dice, &stances).clone(),
                source: "invented".into(),
            };
            forces.insert(Key::new(format!("{name}-f{i}")), force);
        }
    }
    forces
}
