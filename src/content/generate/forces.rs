//! What each seat has: the same forces for all, drawn from the classes that the rules have.

use super::{Rules, Wish, WishError, dice::Dice, ground::Ground, names::ordinal};
use crate::content::{Class, Family, Key, Role, Stock, Trigger};

/// Hit points of a squadron's capitals, large screens and small screens.
const SQUADRON: [i64; 3] = [400, 320, 240];
/// How far a fleet's capitals go in a turn at least, chart units.
const FAST: i32 = 100;
/// More lanes than this from home no fleet is asked to march before it fights.
const FAR: usize = 8;

/// A force that every seat has.
pub(super) struct Made {
    /// Behind the id of its side.
    pub(super) id: String,
    /// With `{}` for the side's short name.
    pub(super) name: String,
    /// Place of the part.
    pub(super) at: usize,
    pub(super) ships: Vec<(String, i64)>,
    pub(super) stocks: Vec<(String, i64)>,
    pub(super) traits: Vec<&'static str>,
    pub(super) stance: String,
    /// The turn on which it comes; 1: it is there.
    pub(super) arrives: u32,
    /// What it is for, said to whoever reads the file.
    pub(super) purpose: &'static str,
}

/// What each seat has.
pub(super) struct Muster {
    pub(super) forces: Vec<Made>,
    /// Strength points, all that come counted.
    pub(super) strength: i64,
    /// What the navies of this theatre are like, all of them.
    pub(super) habit: Option<&'static str>,
    /// Stocks of the yard at home.
    pub(super) yard: Vec<(String, i64)>,
    /// Troops by kind: those that hold a world.
    pub(super) garrison: Vec<String>,
}

/// Classes by what they are for.
struct Classes<'a> {
    rules: &'a Rules,
}

type Found<'a> = (&'a Key<Class>, &'a Class);

impl<'a> Classes<'a> {
    /// Those of a role that any war may have.
    fn of(&self, role: Role) -> impl Iterator<Item = Found<'a>> {
        let classes = self.rules.classes.iter();
        classes.filter(move |(_, c)| c.role == role && !c.special)
    }

    fn all(&self, role: Role) -> Vec<Found<'a>> {
        let classes = self.of(role);
        classes
            .filter(|(_, c)| c.speed >= FAST && c.hull > 0)
            .collect()
    }

    /// Whether it has guns that fire what is carried.
    fn fires_stock(&self, class: &Class) -> bool {
        let weapons = class.weapons.keys();
        weapons
            .filter_map(|w| self.rules.weapons.get(w))
            .any(|w| w.trigger == Trigger::Salvo && w.stock.is_some())
    }

    /// Capitals of a size that a squadron has several of: with guns that fire what is carried, and the others.
    fn capitals(&self) -> (Vec<Found<'a>>, Vec<Found<'a>>) {
        let all = self.all(Role::Capital);
        let usual = all.into_iter().filter(|(_, c)| c.hull <= 200);
        usual.partition(|(_, c)| self.fires_stock(c))
    }

    /// Screens, the largest first.
    fn screens(&self) -> Vec<Found<'a>> {
        let mut all = self.all(Role::Screen);
        all.retain(|(_, c)| c.weapons.is_empty());
        all.sort_by_key(|(key, c)| (-c.hull, (*key).clone()));
        all
    }

    /// The one of a role with the most room for any of these.
    fn carrier(&self, role: Role, stocks: &[&Key<Stock>]) -> Option<(Found<'a>, Key<Stock>, i64)> {
        let mut best: Option<(Found<'a>, Key<Stock>, i64)> = None;
        for found in self.of(role).filter(|(_, c)| c.speed > 0) {
            for stock in stocks {
                let room = i64::from(found.1.magazine.get(*stock).copied().unwrap_or(0));
                if room > best.as_ref().map_or(0, |b| b.2) {
                    best = Some((found, (*stock).clone(), room));
                }
            }
        }
        best
    }
}

impl Muster {
    /// What each seat has in this theatre.
    pub(super) fn new(
        rules: &Rules,
        wish: &Wish,
        ground: &Ground,
        dice: &mut Dice,
    ) -> Result<Self, WishError> {
        let classes = Classes { rules };
        let (guns, line) = classes.capitals();
        let screens = classes.screens();
        let any: Vec<Found> = guns.iter().chain(&line).copied().collect();
        if any.is_empty() {
            return Err(WishError::Rules("no capital ships"));
        }
        let guns = if guns.is_empty() { &any } else { &guns };
        let line = if line.is_empty() { &any } else { &line };
        let attack = stance(rules, "press", Family::Attack)?;
        let hold = stance(rules, "contest", Family::Defend)?;
        let quiet = stance(rules, "slip", Family::Defend)?;
        let mut muster = Self {
            forces: Vec::new(),
            strength: 0,
            habit: None,
            yard: Vec::new(),
            garrison: troops(rules, false),
        };
        let habits = ["converging", "shortening-lines", "seeks-battle"];
        let habit = dice.one(&habits).copied().filter(|_| dice.chance(600));
        muster.habit = habit.filter(|h| rules.traits.contains_key(&Key::new(h)));
        let base = ground.plan.base;
        let back = if ground.plan.march <= FAR { 0 } else { base };
        // Three squadrons at the front, one at home, and more on larger maps; the last comes later.
        let share = ground.sectors.len() / ground.sides.len().max(1);
        let squadrons = (4 + share / 14).min(8);
        for number in 0..squadrons {
            let gunned = number % 2 == 0;
            let of = dice.one(if gunned { guns } else { line }).copied();
            let Some((key, class)) = of else { continue };
            let last = number + 1 == squadrons;
            let guard = number + 2 == squadrons;
            let mut ships = vec![(key.to_string(), hulls(class, SQUADRON[0]))];
            if let (Some(large), Some(small)) = (screens.first(), screens.last()) {
                ships.push((large.0.to_string(), hulls(large.1, SQUADRON[1])));
                if large.0 != small.0 {
                    ships.push((small.0.to_string(), hulls(small.1, SQUADRON[2])));
                }
            }
            // Two thirds of what the guns could carry: the rest is in the yard.
            let fired: Vec<(String, i64)> = class
                .weapons
                .keys()
                .filter_map(|w| rules.weapons.get(w)?.stock.as_ref())
                .map(|stock| {
                    let room = i64::from(class.magazine.get(stock).copied().unwrap_or(0));
                    (stock.to_string(), room * ships[0].1 * 2 / 3)
                })
                .filter(|(_, n)| *n > 0)
                .collect();
            let covers = number == 1 && rules.traits.contains_key(&Key::new("covering-force"));
            muster.add(
                rules,
                Made {
                    id: format!("squadron-{}", number + 1),
                    name: format!("{} {{}} Squadron", ordinal(number)),
                    at: if last || guard { back } else { base },
                    ships,
                    stocks: fired,
                    traits: if covers {
                        vec!["covering-force"]
                    } else {
                        Vec::new()
                    },
                    stance: if gunned { hold.clone() } else { attack.clone() },
                    arrives: if last {
                        wish.turns.div_ceil(4).max(2)
                    } else {
                        1
                    },
                    purpose: match (last, gunned) {
                        (true, _) => "still fitting out when the war begins",
                        (_, true) => "guns that reach across the chart; its charges are few",
                        (_, false) => "for the line of battle",
                    },
                },
            );
        }
        muster.train(rules, &classes, base, &quiet)?;
        muster.stores(rules);
        Ok(muster)
    }

    fn add(&mut self, rules: &Rules, made: Made) {
        let hp = |(class, n): &(String, i64)| {
            let hull = rules.classes.get(class.as_str()).map_or(0, |c| c.hull);
            i64::from(hull) * n
        };
        self.strength += made.ships.iter().map(hp).sum::<i64>() / crate::content::HP_PER_SP;
        self.forces.push(made);
    }

    /// What goes with the squadrons: scouts, raiders, troops, supply, engineers; whichever the rules have ships for.
    fn train(
        &mut self,
        rules: &Rules,
        classes: &Classes,
        base: usize,
        quiet: &str,
    ) -> Result<(), WishError> {
        let escort = classes.screens().last().map(|(key, _)| key.to_string());
        let feel = stance(rules, "probe", Family::Attack)?;
        let plain = |id: &str, name: &str, ships, stocks, purpose| Made {
            id: id.into(),
            name: name.into(),
            at: base,
            ships,
            stocks,
            traits: Vec::new(),
            stance: quiet.into(),
            arrives: 1,
            purpose,
        };
        let mut fast = classes.all(Role::Raider);
        fast.sort_by_key(|(key, c)| (c.hull, (*key).clone()));
        if let Some((scout, _)) = fast.first() {
            let ships = vec![(scout.to_string(), 3)];
            let eyes = "eyes: they keep out of fights";
            self.add(rules, plain("scouts", "{} Scouts", ships, Vec::new(), eyes));
        }
        if let Some((raider, class)) = fast.last() {
            let ships = vec![(raider.to_string(), hulls(class, 100))];
            let lives = "to live off the enemy's lanes";
            let made = plain("raiders", "{} Raiders", ships, Vec::new(), lives);
            self.add(
                rules,
                Made {
                    stance: feel,
                    ..made
                },
            );
        }
        let with_escort = |mut ships: Vec<(String, i64)>, n: i64| {
            ships.extend(escort.clone().map(|class| (class, n)));
            ships
        };
        let landing = troops(rules, true);
        let landing: Vec<Key<Stock>> = landing.iter().map(Key::new).collect();
        let landing: Vec<&Key<Stock>> = landing.iter().take(1).collect();
        if let Some(((class, _), stock, room)) = classes.carrier(Role::Transport, &landing) {
            let (ships, n) = (
                with_escort(vec![(class.to_string(), 3)], 3),
                room * 3 * 4 / 5,
            );
            let stocks = vec![(stock.to_string(), n)];
            let takes = "troops: a garrisoned world falls to nobody else";
            self.add(
                rules,
                plain("landing", "{} Landing Train", ships, stocks, takes),
            );
        }
        let fired = fired(rules);
        let fired: Vec<&Key<Stock>> = fired.iter().collect();
        if let Some(((class, _), stock, room)) = classes.carrier(Role::Transport, &fired) {
            let stocks = vec![(stock.to_string(), room * 2)];
            let ships = with_escort(vec![(class.to_string(), 2)], 2);
            let fills = "what was fired can be drawn from it";
            self.add(
                rules,
                plain("train", "{} Supply Train", ships, stocks, fills),
            );
        }
        let mines = rules.stocks.get_key_value("mines").map(|(key, _)| key);
        let mines: Vec<&Key<Stock>> = mines.into_iter().collect();
        if let Some(((class, _), stock, room)) = classes.carrier(Role::Engineer, &mines) {
            let stocks = vec![(stock.to_string(), room)];
            let ships = vec![(class.to_string(), 2)];
            let works = "they mine what is to be held, and sweep what is to be passed";
            self.add(rules, plain("sappers", "{} Sappers", ships, stocks, works));
        }
        Ok(())
    }

    /// What the yard at home has for magazines: a second filling of what is made, half of one of what is not.
    fn stores(&mut self, rules: &Rules) {
        for stock in fired(rules) {
            let aboard = self.forces.iter().flat_map(|f| &f.stocks);
            let all: i64 = aboard
                .filter(|(s, _)| *s == stock.as_str())
                .map(|s| s.1)
                .sum();
            let rare = rules.stocks.get(&stock).is_some_and(|s| s.reserve);
            let n = if rare { all / 4 } else { all };
            if n > 0 {
                self.yard.push((stock.to_string(), n));
            }
        }
    }
}

/// Hulls of so many hit points.
fn hulls(class: &Class, hp: i64) -> i64 {
    (hp / i64::from(class.hull).max(1)).max(1)
}

/// A stance by its name, or one that is as plain.
fn stance(rules: &Rules, name: &str, family: Family) -> Result<String, WishError> {
    let named = rules
        .stances
        .get_key_value(name)
        .filter(|(_, s)| s.family == family);
    let mut all = rules.stances.iter();
    let found = named.or_else(|| all.find(|(_, s)| s.family == family && !s.prepares));
    found
        .map(|(key, _)| key.to_string())
        .ok_or(WishError::Rules("no stance for it"))
}

/// Stocks that guns fire.
fn fired(rules: &Rules) -> Vec<Key<Stock>> {
    let weapons = rules
        .weapons
        .values()
        .filter(|w| w.trigger == Trigger::Salvo);
    let mut all: Vec<Key<Stock>> = weapons.filter_map(|w| w.stock.clone()).collect();
    all.sort();
    all.dedup();
    all
}

/// Plain troops, those named first that are usual: to be landed, or to hold a world.
fn troops(rules: &Rules, lands: bool) -> Vec<String> {
    let usual = if lands {
        ["line-regiments", ""]
    } else {
        ["line-regiments", "militia"]
    };
    let fit = |key: &str| {
        let troops = rules.stocks.get(key).and_then(|s| s.troops.as_ref());
        troops.is_some_and(|t| !t.boards && (t.lands || !lands))
    };
    let mut found: Vec<String> = usual
        .iter()
        .filter(|k| fit(k))
        .map(|k| (*k).to_owned())
        .collect();
    if found.is_empty() {
        let mut all = rules.stocks.keys().map(ToString::to_string);
        found.extend(all.find(|k| fit(k)));
    }
    found
}
