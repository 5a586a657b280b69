//! Generated theatres of war: a jittered grid of sectors, sides in blocks with fronts between them, seats that share a
//! side, forces of every kind, and a script of orders that keeps the fronts in contact for as long as is asked. The same
//! theatre on every machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use angelfire::{
    content::{
        Calendar, Catalog, Commander, Condition, Effect, Event, Faction, Force, Key, Lane,
        LaneKind, Level, Map, Objective, Region, Rules, Scenario, Seat, Sector, Side, Site, Term,
        TermKind, Verdict,
    },
    sim::{
        Sim, TurnReport,
        journal::What,
        order::{Action, Order, Pace, Policy, Target},
    },
};

/// Turns that every theatre lasts.
pub const TURNS: u32 = 150;
/// Chart units between neighbours, about.
const STRIDE: i32 = 100;
/// Turns from one order of a force to its next.
const BEAT: u32 = 6;

/// How large a theatre is.
#[derive(Clone, Copy)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// Columns and rows of sectors.
    pub grid: (usize, usize),
    /// Lanes.
    pub lanes: usize,
    /// Sides in columns and rows: each holds a block.
    pub sides: (usize, usize),
    /// Factions, each its own seat; a multiple of the sides.
    pub factions: usize,
    /// Forces at the start.
    pub forces: usize,
    /// Bound of one turn, milliseconds.
    pub bound: f64,
}

/// The three sizes that have bounds.
pub const SIZES: [Size; 3] = [
    Size {
        name: "M",
        grid: (25, 20),
        lanes: 900,
        sides: (2, 2),
        factions: 12,
        forces: 250,
        bound: 5.0,
    },
    Size {
        name: "L",
        grid: (40, 25),
        lanes: 1_800,
        sides: (2, 2),
        factions: 12,
        forces: 2_000,
        bound: 15.0,
    },
    Size {
        name: "XL",
        grid: (100, 50),
        lanes: 9_000,
        sides: (3, 2),
        factions: 30,
        forces: 20_000,
        bound: 150.0,
    },
];

/// What a force is for: decides its ships and its orders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Goes to the front and comes back.
    Line,
    /// Stays within reach of the front and fires.
    Guns,
    /// Lives on the enemy's lanes.
    Raiders,
    /// Carries stocks behind the front.
    Tender,
}

/// One force's part in the script.
struct Role {
    id: Key<Force>,
    seat: Key<Seat>,
    part: Part,
    home: Key<Sector>,
    front: Key<Sector>,
}

/// A war on a generated theatre.
pub struct Theatre {
    /// The war.
    pub sim: Sim,
    /// Who orders.
    pub seats: Vec<Key<Seat>>,
    roles: Vec<Role>,
    /// On the map as far as the reports say.
    there: BTreeSet<Key<Force>>,
    split: Vec<(Key<Force>, Key<Seat>, u32)>,
}

/// A generator of our own: the same theatre on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

/// The grid with everything about it that is asked while a theatre is made.
struct Ground {
    size: Size,
}

impl Ground {
    fn sector(&self, (column, row): (usize, usize)) -> Key<Sector> {
        Key::new(format!("s{:05}", row * self.size.grid.0 + column))
    }

    fn side(&self, (column, row): (usize, usize)) -> usize {
        let (columns, rows) = self.size.grid;
        let (across, down) = self.size.sides;
        column * across / columns + across * (row * down / rows)
    }

    fn sides(&self) -> usize {
        self.size.sides.0 * self.size.sides.1
    }

    /// Lanes to the nearest sector of another side, and that sector.
    fn front(&self, (column, row): (usize, usize)) -> (usize, (usize, usize)) {
        let here = self.side((column, row));
        let (columns, rows) = self.size.grid;
        let ways = [(1_isize, 0_isize), (-1, 0), (0, 1), (0, -1)];
        let found = ways.iter().filter_map(|(dx, dy)| {
            (1..columns.max(rows)).find_map(|n| {
                let step = isize::try_from(n).ok()?;
                let at = (
                    column
                        .checked_add_signed(dx * step)
                        .filter(|c| *c < columns)?,
                    row.checked_add_signed(dy * step).filter(|r| *r < rows)?,
                );
                (self.side(at) != here).then_some((n, at))
            })
        });
        found.min().unwrap_or((usize::MAX, (column, row)))
    }

    /// Sectors of a side, those nearest to its fronts first.
    fn of_side(&self, side: usize) -> Vec<(usize, (usize, usize))> {
        let (columns, rows) = self.size.grid;
        let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let mut own: Vec<_> = all
            .filter(|at| self.side(*at) == side)
            .map(|at| (self.front(at).0, at))
            .collect();
        own.sort_unstable();
        own
    }
}

fn side_key(side: usize) -> Key<Side> {
    Key::new(format!("side{side}"))
}

fn seat_key(faction: usize) -> Key<Seat> {
    Key::new(format!("seat{faction:02}"))
}

fn map(ground: &Ground, dice: &mut Dice) -> Map {
    let mut map = Map::default();
    let region: Key<Region> = Key::new("all");
    let around = Region {
        name: "All of it".into(),
        within: None,
    };
    map.regions.insert(region.clone(), around);
    let (columns, rows) = ground.size.grid;
    for row in 0..rows {
        for column in 0..columns {
            let mut place = |n: usize| {
                i32::try_from(n).unwrap_or(0) * STRIDE + i32::try_from(dice.below(60)).unwrap_or(0)
            };
            let at = (place(column), place(row));
            let terrain = ["shoal", "well", "storm"].get(dice.below(12));
            map.sectors.insert(
                ground.sector((column, row)),
                Sector {
                    name: format!("Place {column}/{row}"),
                    at,
                    region: region.clone(),
                    terrain: Key::new(terrain.unwrap_or(&"open")),
                    owner: Some(side_key(ground.side((column, row)))),
                },
            );
        }
    }
    // Whole rows, joined at every fifth column; of the other ways up and down as many as are asked for.
    let mut ways: Vec<_> = Vec::new();
    let mut others: Vec<_> = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if column + 1 < columns {
                ways.push(((column, row), (column + 1, row)));
            }
            if row + 1 < rows {
                let way = ((column, row), (column, row + 1));
                if column % 5 == 2 {
                    ways.push(way);
                } else {
                    others.push(way);
                }
            }
        }
    }
    while ways.len() < ground.size.lanes && !others.is_empty() {
        let which = dice.below(others.len());
        ways.push(others.swap_remove(which));
    }
    for (from, to) in ways {
        let (a, b) = (ground.sector(from), ground.sector(to));
        let length = angelfire::sim::map::range(&map, &a, &b) + 1;
        let terrain = if dice.below(20) == 0 { "storm" } else { "open" };
        map.lanes.insert(
            Key::new(format!("{a}--{b}")),
            Lane {
                ends: (a, b),
                kind: LaneKind::Hyperlane,
                length,
                capacity: 120,
                terrain: Key::new(terrain),
            },
        );
    }
    for row in 0..rows {
        for column in 0..columns {
            let number = row * columns + column;
            if (column * 3 + row * 7) % 6 != 0 {
                continue;
            }
            let kind =
                ["depot", "forward-depot", "depot", "relay", "depot", "yard"][number / 6 % 6];
            let stocked = kind != "relay";
            map.sites.insert(
                Key::new(format!("site{number:05}")),
                Site {
                    name: format!("Site {number}"),
                    kind: Key::new(kind),
                    sector: ground.sector((column, row)),
                    owner: side_key(ground.side((column, row))),
                    stocks: [("angelfire", 100_000), ("missiles", 100_000)]
                        .into_iter()
                        .filter(|_| stocked)
                        .map(|(stock, n)| (Key::new(stock), n))
                        .collect(),
                    serves: Vec::new(),
                    meters: BTreeMap::new(),
                    loyal: None,
                },
            );
        }
    }
    map
}

fn force(
    faction: usize,
    part: Part,
    at: Key<Sector>,
    arrives: Option<u32>,
    number: usize,
) -> Force {
    let (ships, stocks, stance): (&[(&str, i32)], &[(&str, i32)], &str) = match part {
        Part::Line => (
            &[("battleship", 2), ("cruiser", 3), ("frigate", 4)],
            &[("angelfire", 12), ("missiles", 8)],
            "contest",
        ),
        Part::Guns => (&[("dreadnought", 2), ("cruiser", 3)], &[], "stand"),
        Part::Raiders => (&[("raider", 4)], &[], "slip"),
        Part::Tender => (
            &[("tender", 2), ("frigate", 1)],
            &[("missiles", 10)],
            "slip",
        ),
    };
    Force {
        name: format!("Force {number}"),
        faction: Key::new(format!("f{faction:02}")),
        at,
        arrives,
        pool: None,
        ships: ships.iter().map(|(k, n)| (Key::new(k), *n)).collect(),
        stocks: stocks.iter().map(|(k, n)| (Key::new(k), *n)).collect(),
        commander: (number % 20 == 0).then(|| Key::new(format!("c{number}"))),
        traits: Vec::new(),
        stance: Key::new(stance),
        source: "invented".into(),
    }
}

impl Theatre {
    /// A theatre of this size at the start of its war; `forces` as many as are asked for, none for what costs without.
    pub fn new(size: Size, forces: usize, seed: u64) -> Self {
        let ground = Ground { size };
        let mut dice = Dice(seed);
        let mut rules: Rules = Catalog::shipped().rules;
        let map = map(&ground, &mut dice);
        let sides = ground.sides();
        let each = size.factions / sides;
        let mut roles = Vec::new();
        let mut all: BTreeMap<Key<Force>, Force> = BTreeMap::new();
        let mut events: BTreeMap<Key<Event>, Event> = BTreeMap::new();
        let mut homes: Vec<Key<Sector>> = Vec::new();
        for side in 0..sides {
            let places = ground.of_side(side);
            let near: Vec<_> = places.iter().filter(|(n, _)| *n <= 3).collect();
            let last = places.last().map_or((0, 0), |(_, at)| *at);
            homes.push(ground.sector(last));
            let own = forces / sides + usize::from(side < forces % sides);
            // Many more in waves, called while the side has lost half: by then its forces are about as many as in the
            // beginning, most of them battered.
            let waves = TURNS as usize;
            let wave = if forces == 0 { 0 } else { own.div_ceil(100) };
            for n in 0..own + waves * wave {
                let number = all.len();
                let later = n >= own;
                let faction = side * each + n % each;
                let at = if n % 9 < 6 && !later {
                    near[dice.below(near.len())].1
                } else {
                    places[dice.below(places.len())].1
                };
                let part = match n % 10 {
                    0..=4 => Part::Line,
                    5..=7 => Part::Guns,
                    8 => Part::Raiders,
                    _ => Part::Tender,
                };
                let beyond = ground.front(at).1;
                let id = Key::new(format!("w{number:06}"));
                let arrives = if later { None } else { Some(1) };
                let force = force(faction, part, ground.sector(at), arrives, number);
                if let Some(commander) = &force.commander {
                    let known = rules.commanders.values().nth(number / 20 % 3).cloned();
                    rules
                        .commanders
                        .extend(known.map(|c: Commander| (commander.clone(), c)));
                }
                all.insert(id.clone(), force);
                roles.push(Role {
                    id,
                    seat: seat_key(faction),
                    part,
                    home: ground.sector(at),
                    front: ground.sector(beyond),
                });
            }
            let strength: i64 = roles
                .iter()
                .filter(|r| all[&r.id].arrives.is_some())
                .filter(|r| all[&r.id].faction.as_str() >= format!("f{:02}", side * each).as_str())
                .flat_map(|r| &all[&r.id].ships)
                .map(|(class, hulls)| i64::from(rules.classes[class].hull) * i64::from(*hulls))
                .sum();
            let ids: Vec<Key<Force>> = roles[roles.len() - waves * wave..]
                .iter()
                .map(|r| r.id.clone())
                .collect();
            for (turn, wave) in ids.chunks(wave.max(1)).enumerate() {
                let points = i32::try_from(strength / 100 * 50 / 100).unwrap_or(i32::MAX);
                let weak = Condition::Not(Box::new(Condition::Strength(side_key(side), points)));
                let from = Condition::From(u32::try_from(turn).unwrap_or(0) + 1);
                events.insert(
                    Key::new(format!("wave-{side}-{turn:03}")),
                    Event {
                        when: Condition::All(vec![from, weak]),
                        effects: wave.iter().cloned().map(Effect::Arrive).collect(),
                        repeats: false,
                        tells: vec![seat_key(side * each)],
                    },
                );
            }
        }
        let scenario = scenario(&ground, map, all, events, &homes);
        let seats = scenario.seats.keys().cloned().collect();
        let there = scenario.forces.iter().filter(|(_, f)| f.arrives.is_some());
        let there = there.map(|(id, _)| id.clone()).collect();
        Self {
            sim: Sim::new(Arc::new(rules), Arc::new(scenario), seed),
            seats,
            roles,
            there,
            split: Vec::new(),
        }
    }

    /// Gives every seat its orders for this turn.
    pub fn order(&mut self) {
        let turn = self.sim.turn();
        let mut orders: BTreeMap<&Key<Seat>, Vec<Order>> = BTreeMap::new();
        let mut split = Vec::new();
        for (n, role) in (0_u32..).zip(&self.roles) {
            if !self.there.contains(&role.id) {
                continue;
            }
            let list = orders.entry(&role.seat).or_default();
            let mut say = |action| {
                list.push(Order {
                    force: role.id.clone(),
                    action,
                });
            };
            let (beat, nth) = ((turn + n) % BEAT, (turn + n) / BEAT);
            if turn == 1 {
                if n % 3 == 0 {
                    say(Action::Policy(Policy::Free));
                }
                if n % 7 == 0 && role.part == Part::Line {
                    say(Action::FallBack {
                        along: vec![role.home.clone()],
                        when: 60,
                    });
                }
                if role.part == Part::Raiders {
                    say(Action::Posture(Some(Key::new("raid"))));
                }
            }
            let go = |to: &Key<Sector>, pace| Action::Go {
                stops: vec![to.clone()],
                pace,
            };
            match (role.part, beat) {
                (Part::Line, 0) => {
                    let stance = ["press", "probe", "column", "press"][nth as usize % 4];
                    say(Action::Stance(Key::new(stance)));
                    let pace = if nth % 5 == 0 {
                        Pace::Forced
                    } else {
                        Pace::Cruise
                    };
                    say(go(&role.front, pace));
                }
                (Part::Line, 3) => {
                    let stance = ["contest", "feint", "slip", "stand"][nth as usize % 4];
                    say(Action::Stance(Key::new(stance)));
                    say(go(&role.home, Pace::Cruise));
                }
                (Part::Line, 1) if n % 11 == 0 => {
                    say(Action::Fire {
                        weapon: Key::new("angelfire"),
                        at: Target::Sector(role.front.clone()),
                        salvos: 1,
                        overcharge: nth % 2 == 0,
                    });
                }
                (Part::Line, 4) if n % 41 == 0 && nth % 4 == 0 => {
                    say(Action::Split {
                        ships: BTreeMap::from([(Key::new("frigate"), 1)]),
                    });
                    split.push((role.id.clone(), role.seat.clone(), turn));
                }
                (Part::Guns, 2) => {
                    let posture = [None, Some("shadow"), Some("silent"), Some("regroup")];
                    say(Action::Posture(posture[nth as usize % 4].map(Key::new)));
                }
                (Part::Raiders, 0) if nth % 2 == 0 => say(go(&role.front, Pace::Cruise)),
                (Part::Raiders, 0) => say(go(&role.home, Pace::Cruise)),
                (Part::Guns | Part::Tender, 5) if n % 13 == 0 => say(go(&role.home, Pace::Cruise)),
                (Part::Tender, 0) if n % 4 == 0 => say(Action::Follow {
                    contact: Key::new(format!("k{}", n % 50 + 1)),
                    distance: 3,
                }),
                _ => {}
            }
        }
        // What was detached yesterday joins again.
        for (force, seat, when) in self.split.drain(..) {
            if let Some(list) = self.roles.iter().find(|r| r.id == force).map(|r| &r.seat) {
                debug_assert_eq!(*list, seat);
                for child in 1..=9 {
                    let part = Key::new(format!("{force}.t{when}.{child}"));
                    orders.entry(list).or_default().push(Order {
                        force: part,
                        action: Action::Merge {
                            into: force.clone(),
                        },
                    });
                }
            }
        }
        for (seat, list) in orders {
            self.sim
                .submit(seat, list)
                .expect("invariant: every seat is in the scenario");
        }
        self.split = split;
    }

    /// Forces on the map.
    pub fn count(&self) -> usize {
        self.there.len()
    }

    /// Notes who came and who is no more: nobody orders the dead about.
    pub fn note(&mut self, report: &TurnReport) {
        for entry in report.journal.iter() {
            match &entry.what {
                What::Arrived { force, .. } => self.there.insert(force.clone()),
                What::ForceLost { force, .. } => self.there.remove(force),
                _ => false,
            };
        }
    }
}

fn scenario(
    ground: &Ground,
    map: Map,
    forces: BTreeMap<Key<Force>, Force>,
    events: BTreeMap<Key<Event>, Event>,
    homes: &[Key<Sector>],
) -> Scenario {
    let sides = ground.sides();
    let each = ground.size.factions / sides;
    let days = |side: usize| {
        let goal = &homes[(side + 1) % sides];
        Condition::Holds(side_key(side), goal.clone())
    };
    Scenario {
        id: Key::new("generated"),
        title: format!("Theatre {}", ground.size.name),
        summary: "Generated.".into(),
        briefing: Vec::new(),
        campaign: "generated".into(),
        staging: BTreeMap::new(),
        with: Default::default(),
        calendar: Calendar {
            start: (3000, 1, 1),
            day: 1,
            days_per_turn: 1,
        },
        turns: TURNS + 50,
        map,
        sides: (0..sides)
            .map(|side| {
                let name = format!("Side {side}");
                let short = name.clone();
                (side_key(side), Side { name, short })
            })
            .collect(),
        seats: (0..ground.size.factions)
            .map(|faction| {
                let seat = Seat {
                    name: format!("Seat {faction}"),
                    side: side_key(faction / each),
                    briefing: Vec::new(),
                    home: vec![homes[faction / each].clone()],
                };
                (seat_key(faction), seat)
            })
            .collect(),
        factions: (0..ground.size.factions)
            .map(|faction| {
                let traits = ["shortening-lines", "bait-prone", "delaying-action"];
                let it = Faction {
                    name: format!("Faction {faction}"),
                    seat: seat_key(faction),
                    traits: vec![Key::new(traits[faction % 3])],
                };
                (Key::new(format!("f{faction:02}")), it)
            })
            .collect(),
        relations: BTreeMap::new(),
        guide: None,
        forces,
        events,
        objectives: (0..sides)
            .map(|side| {
                let it = Objective {
                    name: format!("The home of side {}", (side + 1) % sides),
                    side: side_key(side),
                    when: days(side),
                    lasting: false,
                };
                (Key::new(format!("objective-{side}")), it)
            })
            .collect(),
        verdict: Verdict {
            side: side_key(0),
            against: side_key(1),
            terms: (0..sides)
                .map(|side| {
                    let kind = TermKind::Days {
                        from: 1,
                        to: TURNS,
                        when: days(side),
                        points: 10,
                    };
                    let name = format!("Days of side {side}");
                    (Key::new(format!("days-{side}")), Term { name, kind })
                })
                .collect(),
            order: Vec::new(),
            levels: vec![Level {
                from: i64::MIN,
                winner: None,
                name: "even".into(),
            }],
            results: BTreeMap::new(),
        },
    }
}
