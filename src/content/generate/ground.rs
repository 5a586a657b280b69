//! The map of a theatre: the part of one seat, repeated for each, with names, terrain and what stands where.

use std::collections::{BTreeSet, VecDeque};

use super::{
    Rules, Shape, Wish,
    dice::Dice,
    names::Names,
    round::{Point, apart, turned},
    shape::{Grade, Part, Role, To},
};
use crate::content::Key;

/// A side, with the one seat that it has.
pub(super) struct Side {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) short: String,
}

/// A named part of the map.
pub(super) struct Region {
    pub(super) id: String,
    pub(super) name: String,
    /// Whose it is.
    pub(super) seat: Option<usize>,
}

/// A sector of the map.
pub(super) struct Sector {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) at: Point,
    pub(super) region: String,
    pub(super) terrain: String,
    /// Whose part it belongs to, be it his or not; none: the heart.
    pub(super) seat: Option<usize>,
}

/// A lane of the map.
pub(super) struct Lane {
    /// Numbers of sectors.
    pub(super) ends: (usize, usize),
    pub(super) kind: &'static str,
    pub(super) length: i64,
    pub(super) capacity: i64,
    pub(super) terrain: String,
}

/// What places of a part are for; numbers within the part. The home is number 0.
pub(super) struct Plan {
    /// Where the fleets gather.
    pub(super) base: usize,
    /// Lesser worlds, the nearest to home first.
    pub(super) worlds: Vec<usize>,
    /// What is nobody's and worth having.
    pub(super) marks: Vec<usize>,
    /// Lanes from home to the base.
    pub(super) march: usize,
}

/// The whole map.
pub(super) struct Ground {
    pub(super) title: String,
    pub(super) sides: Vec<Side>,
    pub(super) regions: Vec<Region>,
    /// Seat by seat, each seat's in the same order, the heart last.
    pub(super) sectors: Vec<Sector>,
    pub(super) lanes: Vec<Lane>,
    pub(super) plan: Plan,
    /// Sectors of one part.
    part: usize,
}

/// What a side calls itself.
const STATES: [&str; 10] = [
    "The Compact of {}",
    "The {} Commonwealth",
    "The Free Ports of {}",
    "The Crown of {}",
    "The {} Assembly",
    "The League of {}",
    "The {} Directorate",
    "The Houses of {}",
    "The {} Protectorate",
    "The Estates of {}",
];

impl Ground {
    /// The map that is wished for.
    pub(super) fn new(rules: &Rules, wish: &Wish) -> Self {
        let seats = usize::try_from(wish.seats).unwrap_or(2).max(2);
        let size = usize::try_from(wish.size).unwrap_or(0);
        let share = (size.saturating_sub(1) / seats).max(3);
        let part = Part::new(
            wish.shape,
            wish.seats,
            share,
            &mut Dice::new(wish.seed, "shape"),
        );
        let mut names = Names::new(wish.seed);
        let sides = sides(seats, &mut names, &mut Dice::new(wish.seed, "sides"));
        let middle = names.next();
        let mut ground = Self {
            title: title(wish, &middle),
            regions: regions(&sides, &middle, wish.shape),
            sides,
            sectors: Vec::new(),
            lanes: Vec::new(),
            plan: Plan {
                base: 0,
                worlds: Vec::new(),
                marks: Vec::new(),
                march: 0,
            },
            part: part.places.len(),
        };
        ground.lay(rules, wish, &part);
        ground.plan = ground.plan(&part);
        ground.dress(rules, wish, &part, &middle, &mut names);
        ground
    }

    /// The number of a place of a seat's part.
    pub(super) fn number(&self, seat: usize, place: usize) -> usize {
        (seat % self.sides.len().max(1)) * self.part + place
    }

    /// A sector by what it is to a seat.
    pub(super) fn sector(&self, seat: usize, place: usize) -> &str {
        let sector = self.sectors.get(self.number(seat, place));
        sector.map_or("", |s| s.id.as_str())
    }

    /// The name of a sector by what it is to a seat.
    pub(super) fn name(&self, seat: usize, place: usize) -> &str {
        let sector = self.sectors.get(self.number(seat, place));
        sector.map_or("", |s| s.name.as_str())
    }

    /// The middle of the map.
    pub(super) fn heart(&self) -> &Sector {
        self.sectors
            .last()
            .expect("invariant: the heart is laid in any theatre")
    }

    /// Sectors and lanes, without names and terrain.
    fn lay(&mut self, rules: &Rules, wish: &Wish, part: &Part) {
        let mut dice = Dice::new(wish.seed, "lanes");
        for seat in 0..self.sides.len() {
            let turn = part.turn * i64::try_from(seat).unwrap_or(0);
            for (number, place) in part.places.iter().enumerate() {
                let region = match place.role {
                    Role::Mark | Role::Free => 0,
                    Role::Home | Role::Land => seat + 1,
                };
                self.sectors.push(Sector {
                    id: format!("{}-{:02}", self.sides[seat].id, number + 1),
                    name: String::new(),
                    at: turned(place.at, turn),
                    region: self.regions[region].id.clone(),
                    terrain: known(rules, "open"),
                    seat: Some(seat),
                });
            }
        }
        self.sectors.push(Sector {
            id: String::from("heart"),
            name: String::new(),
            at: (0, 0),
            region: self.regions[0].id.clone(),
            terrain: known(rules, "open"),
            seat: None,
        });
        let mut joined = BTreeSet::new();
        for way in &part.ways {
            let straight = apart(part.places[way.from].at, part.end(way.to));
            // A little nearer to its own seat than to the one before: where two places are equally near, the computer
            // takes the one that comes first by name, and that would be the same one for both.
            let straight = match way.to {
                To::Next(_) => straight * 11 / 10,
                _ => straight,
            };
            let (kind, length, capacity, terrain) = match way.grade {
                Grade::Road => {
                    let length = straight * 21 / 20 + dice.between(0, 6);
                    let busy = way.from == 0 || way.to == To::Own(0);
                    ("Route", length, if busy { 80 } else { 60 }, "open")
                }
                Grade::Track => {
                    let length = straight * dice.between(115, 140) / 100;
                    let terrain = ["open", "shoal", "storm"][dice.below(3)];
                    ("Hyperlane", length, 30, terrain)
                }
            };
            for seat in 0..self.sides.len() {
                let from = self.number(seat, way.from);
                let to = match way.to {
                    To::Own(place) => self.number(seat, place),
                    To::Next(place) => self.number(seat + 1, place),
                    To::Heart => self.sectors.len() - 1,
                };
                if from != to && joined.insert((from.min(to), from.max(to))) {
                    self.lanes.push(Lane {
                        ends: (from, to),
                        kind,
                        length,
                        capacity,
                        terrain: known(rules, terrain),
                    });
                }
            }
        }
    }

    /// Lanes from a sector to each.
    fn hops(&self, from: usize) -> Vec<usize> {
        let mut beside = vec![Vec::new(); self.sectors.len()];
        for lane in &self.lanes {
            beside[lane.ends.0].push(lane.ends.1);
            beside[lane.ends.1].push(lane.ends.0);
        }
        let mut far = vec![usize::MAX; self.sectors.len()];
        far[from] = 0;
        let mut open = VecDeque::from([from]);
        while let Some(here) = open.pop_front() {
            for next in &beside[here] {
                if far[*next] == usize::MAX {
                    far[*next] = far[here] + 1;
                    open.push_back(*next);
                }
            }
        }
        far
    }

    fn plan(&self, part: &Part) -> Plan {
        let (home, heart) = (self.hops(0), self.hops(self.sectors.len() - 1));
        let all = |role: Role| {
            let places = part.places.iter().enumerate();
            places
                .filter(move |(_, p)| p.role == role)
                .map(|(place, _)| place)
        };
        // Two lanes from the middle, if there is anything of its own so near: a day's march.
        let base = all(Role::Land).chain([0]);
        let base = base.min_by_key(|p| (heart[*p].abs_diff(2), heart[*p] < 2, home[*p], *p));
        let base = base.unwrap_or(0);
        let mut rest: Vec<usize> = all(Role::Land).filter(|p| *p != base).collect();
        rest.sort_by_key(|p| (home[*p], *p));
        let wanted = match rest.len() {
            0 => 0,
            1..6 => 1,
            6..30 => 2,
            _ => 3,
        };
        let mut worlds: Vec<usize> = (1..=wanted)
            .filter_map(|n| rest.get(rest.len() * n / (wanted + 1)).copied())
            .collect();
        worlds.dedup();
        Plan {
            march: home[base],
            base,
            worlds,
            marks: all(Role::Mark).collect(),
        }
    }

    /// Names and terrain. Terrain is each seat's alike, names are its own.
    fn dress(&mut self, rules: &Rules, wish: &Wish, part: &Part, middle: &str, names: &mut Names) {
        let mut dice = Dice::new(wish.seed, "terrain");
        let settled: BTreeSet<usize> = self.plan.worlds.iter().copied().collect();
        // What is drawn first: open, shoals, wells, storms; the rest of a thousand is open.
        let (shoal, well, storm) = match wish.shape {
            Shape::Ring => (180, 100, 60),
            Shape::Spiral => (200, 90, 100),
            Shape::Line => (160, 160, 40),
            Shape::Cluster => (140, 140, 60),
            Shape::Bridge => (160, 100, 80),
        };
        for (number, place) in part.places.iter().enumerate() {
            let roll = dice.below(1000);
            let kept = number == 0 || number == self.plan.base || settled.contains(&number);
            let terrain = match place.role {
                _ if kept => "open",
                Role::Mark if wish.shape == Shape::Line => "gap",
                Role::Mark => ["open", "shoal", "well"][roll % 3],
                _ if roll < shoal => "shoal",
                _ if roll < shoal + well => "well",
                _ if roll < shoal + well + storm => "storm",
                _ => "open",
            };
            for seat in 0..self.sides.len() {
                let number = self.number(seat, number);
                self.sectors[number].terrain = known(rules, terrain);
            }
        }
        let heart = ["open", "open", "shoal"][dice.below(3)];
        let last = self.sectors.len() - 1;
        self.sectors[last].terrain = known(rules, heart);
        let mut spoken = Dice::new(wish.seed, "spoken");
        for number in 0..last {
            let (seat, place) = (number / self.part, number % self.part);
            let name = names.next();
            let sector = &mut self.sectors[number];
            let role = part.places[place].role;
            let tails: &[&str] = match (sector.terrain.as_str(), role) {
                (_, Role::Home) => &[""],
                _ if place == self.plan.base => &[" Roads", " Anchorage"],
                ("gap", _) => &[" Gap", " Strait", " Door"],
                ("shoal", _) => &[" Shoals", " Banks"],
                ("well", _) => &[" Well", " Deep"],
                ("storm", _) => &[" Shear", " Squalls"],
                (_, Role::Mark) => &[" Cross", " Lights"],
                _ => &["", "", "", " Reach", " Station"],
            };
            let tail = spoken.one(tails).copied().unwrap_or_default();
            sector.name = if role == Role::Home {
                self.sides[seat].short.clone()
            } else {
                format!("{name}{tail}")
            };
        }
        self.sectors[last].name = format!("Heart of {middle}");
    }
}

/// The terrain, if these rules have it; else whatever they have.
fn known(rules: &Rules, terrain: &str) -> String {
    let has = rules.terrain.contains_key(&Key::new(terrain));
    let first = rules.terrain.keys().next().filter(|_| !has);
    first.map_or_else(|| terrain.to_owned(), ToString::to_string)
}

/// Sides in the order of their ids, so that a tie that goes by the name goes by the seat.
fn sides(seats: usize, names: &mut Names, dice: &mut Dice) -> Vec<Side> {
    let mut shorts: Vec<String> = (0..seats).map(|_| names.next()).collect();
    shorts.sort();
    let mut states = STATES;
    dice.shuffle(&mut states);
    let of = |short: String, state: &str| Side {
        id: short.to_lowercase(),
        name: state.replace("{}", &short),
        short,
    };
    let pairs = shorts.into_iter().zip(states);
    pairs.map(|(short, state)| of(short, state)).collect()
}

/// Nobody's region first, then one a side.
fn regions(sides: &[Side], middle: &str, shape: Shape) -> Vec<Region> {
    let what = match shape {
        Shape::Ring => "Hollow",
        Shape::Spiral => "Eye",
        Shape::Line => "Gaps",
        Shape::Cluster => "Crossing",
        Shape::Bridge => "Bridges",
    };
    let middle = Region {
        id: String::from("middle"),
        name: format!("The {middle} {what}"),
        seat: None,
    };
    let own = sides.iter().enumerate().map(|(seat, side)| Region {
        id: format!("{}-worlds", side.id),
        name: format!("Worlds of {}", side.short),
        seat: Some(seat),
    });
    std::iter::once(middle).chain(own).collect()
}

fn title(wish: &Wish, middle: &str) -> String {
    let made = match wish.shape {
        Shape::Ring => format!("The {middle} Ring"),
        Shape::Spiral => format!("The Arms of {middle}"),
        Shape::Line => format!("The {middle} Line"),
        Shape::Cluster => format!("The {middle} Knots"),
        Shape::Bridge => format!("The Bridges of {middle}"),
    };
    wish.title
        .as_deref()
        .map_or(made, |title| title.trim().to_owned())
}
