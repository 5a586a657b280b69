//! A course played, and what the war answers to what is measured.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Source, twist::Twist};
use crate::{
    ai::Level,
    content::{
        Condition, Extent, Figure, Gauge, Key, Measure, Seat, Side,
        chronicle::{Entry, Fact, Fate, Locale, Person, Power},
    },
    sim::{
        Totals,
        journal::{self, What},
        order::Order,
    },
    war::{
        Player, Setup, War, WarError,
        figure::{Moment, Sides, Told, sides},
        script,
    },
};

/// Who orders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode<'a> {
    /// All seats follow the recorded orders.
    Scripted,
    /// All seats are the computer's, commanders with their nature.
    Free,
    /// Somebody takes command of a seat in the recorded war.
    Entered(&'a Entering),
}

/// What would have been: a seat that is taken over, and what it orders.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entering {
    /// Which.
    pub seat: Key<Seat>,
    /// The first turn that it orders.
    pub turn: u32,
    /// Its orders by turn; none: the steady computer's.
    pub orders: Option<BTreeMap<u32, Vec<Order>>>,
}

/// An order of the course that came to nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refused {
    /// On which turn.
    pub turn: u32,
    /// Its words.
    pub order: String,
    /// Why.
    pub why: String,
}

/// What a war answers to one measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) turns: u32,
    pub(super) winner: Option<Key<Side>>,
    pub(super) losses: BTreeMap<Key<Side>, i64>,
    /// Losses of powers that have a figure of their own.
    pub(super) own_losses: BTreeMap<Key<Power>, i64>,
    pub(super) owners: BTreeMap<Key<Locale>, String>,
    pub(super) fates: BTreeMap<Key<Person>, Fate>,
    pub(super) begins: Option<u32>,
    pub(super) ends: Option<u32>,
    /// None: not measured.
    pub(super) flags: BTreeMap<String, Option<bool>>,
}

/// A war of a course.
pub(super) struct Played {
    pub(super) war: War,
    /// What was measured, by battle and entry.
    pub(super) seen: BTreeMap<(Key<Entry>, Key<Entry>), Seen>,
    pub(super) refused: Vec<Refused>,
}

/// Whoever holds less than all of a place.
pub(super) const CONTESTED: &str = "contested";

/// The course played by its recorded orders to the end of the war: a war that can be watched, saved and entered. Orders
/// that came to nothing stand beside it.
///
/// # Errors
/// If the war cannot be played.
pub fn reenact(source: Source<'_>, seed: u64) -> Result<(War, Vec<Refused>), WarError> {
    let mut played = play(source, seed, Mode::Scripted, None)?;
    played.war.record.course = Some(source.course.id.clone());
    Ok((played.war, played.refused))
}

/// Plays a course and measures.
pub(super) fn play(
    source: Source<'_>,
    seed: u64,
    mode: Mode<'_>,
    twist: Option<&Twist>,
) -> Result<Played, WarError> {
    let course = source.course;
    let catalog = match twist {
        Some(twist) => twist.content(source),
        None => source.catalog.clone(),
    };
    let mut setup = Setup::new(course.scenario.id.as_str(), seed);
    if mode != Mode::Free {
        for seat in course.scenario.seats.keys() {
            setup = setup.with(seat.as_str(), Player::Script);
        }
    }
    let mut it = Reenactment {
        source,
        twist,
        war: War::begin(catalog, setup)?,
        told: Vec::new(),
        sides: sides(&course.scenario),
        tallies: Vec::new(),
        seen: BTreeMap::new(),
        refused: Vec::new(),
    };
    it.tallies.push(it.war.totals());
    while it.war.ended().is_none() {
        let turn = it.war.turn();
        match mode {
            Mode::Free => {}
            Mode::Entered(entering) if turn >= entering.turn => it.enter(entering, turn)?,
            Mode::Entered(_) | Mode::Scripted => it.order(turn),
        }
        it.turn(turn)?;
    }
    Ok(Played {
        war: it.war,
        seen: it.seen,
        refused: it.refused,
    })
}

struct Reenactment<'a> {
    source: Source<'a>,
    twist: Option<&'a Twist>,
    war: War,
    told: Vec<Told>,
    sides: Sides,
    /// Of all sides, at the start and after each turn.
    tallies: Vec<BTreeMap<Key<Side>, Totals>>,
    seen: BTreeMap<(Key<Entry>, Key<Entry>), Seen>,
    refused: Vec<Refused>,
}

impl Reenactment<'_> {
    /// Gives what the course orders on this turn, each order to the seat of its force.
    fn order(&mut self, turn: u32) {
        let Some(words) = self.source.course.orders.get(&turn) else {
            return;
        };
        let truth = self.war.referee_view();
        for at in words {
            let Some(text) = at.get() else { continue };
            let Some(mut given) = script::given(&self.war.sim, &[at]).pop() else {
                continue;
            };
            // Whoever is no more is told nothing.
            if !truth.forces.contains_key(&given.order.force) {
                continue;
            }
            if let Some(twist) = self.twist {
                twist.turn_around(&self.war.catalog().rules, &mut given.order);
            }
            if let Err(refusal) = self.war.give(&given.seat, given.order) {
                self.refused.push(Refused {
                    turn,
                    order: text.clone(),
                    why: refusal.to_string(),
                });
            }
        }
    }

    /// Takes command when the turn has come, and gives what is ordered on it.
    fn enter(&mut self, entering: &Entering, turn: u32) -> Result<(), WarError> {
        let seat = &entering.seat;
        if turn == entering.turn {
            let (recorded, _) = reenact(self.source, self.war.record.seed)?;
            let (catalog, seats) = (self.source.catalog.clone(), std::slice::from_ref(seat));
            let level = Level::default();
            self.war = War::enter(catalog, recorded.record(), turn - 1, seats, level)?;
            if entering.orders.is_none() {
                self.war.hand_over(seat, Player::Computer(level));
            }
        }
        let orders = entering.orders.as_ref().and_then(|all| all.get(&turn));
        for order in orders.into_iter().flatten() {
            if let Err(refusal) = self.war.give(seat, order.clone()) {
                self.refused.push(Refused {
                    turn,
                    order: order.to_string(),
                    why: refusal.to_string(),
                });
            }
        }
        Ok(())
    }

    fn turn(&mut self, turn: u32) -> Result<(), WarError> {
        let report = self.war.end_turn()?;
        for entry in report.journal.iter() {
            if let What::Refused { order, refusal } = &entry.what {
                self.refused.push(Refused {
                    turn,
                    order: order.to_string(),
                    why: refusal.to_string(),
                });
            }
            self.told.push(Told::of(turn, entry, &mut self.sides));
        }
        self.tallies.push(self.war.totals());
        let over = self.war.ended().is_some();
        for battle in &self.source.course.battles {
            for measure in &battle.measures {
                let (first, last) = measure.turns;
                if turn < first || turn > last {
                    continue;
                }
                let key = (battle.id.clone(), measure.entry.clone());
                let mut seen = self.seen.remove(&key).unwrap_or_default();
                self.follow(measure, &mut seen, turn);
                if turn == last || over {
                    self.conclude(measure, &mut seen, turn);
                }
                self.seen.insert(key, seen);
            }
        }
        Ok(())
    }

    /// What is asked at the end of every turn.
    fn follow(&mut self, measure: &Measure, seen: &mut Seen, turn: u32) {
        let sim = &mut self.war.sim;
        let mut now = |when: &Option<Condition>| when.as_ref().is_some_and(|c| sim.holds(c));
        if seen.begins.is_none() && now(&measure.begins) {
            seen.begins = Some(turn);
        }
        if seen.ends.is_none() && now(&measure.ends) {
            seen.ends = Some(turn);
        }
        for (name, gauge) in &measure.flags {
            if let Gauge::Ever(when) = gauge {
                let so = seen.flags.entry(name.clone()).or_insert(Some(false));
                if *so == Some(false) && sim.holds(when) {
                    *so = Some(true);
                }
            }
        }
    }

    /// What is asked at the end of the last turn.
    fn conclude(&mut self, measure: &Measure, seen: &mut Seen, turn: u32) {
        let first = measure.turns.0;
        seen.turns = turn + 1 - first;
        seen.winner = (measure.won.iter())
            .find(|(_, when)| self.war.sim.holds(when))
            .map(|(side, _)| side.clone());
        for side in self.source.course.scenario.sides.keys() {
            seen.losses
                .insert(side.clone(), self.lost(side, first, turn));
        }
        for (power, figure) in &measure.losses {
            let lost = self.figure(figure, turn);
            seen.own_losses.insert(power.clone(), lost);
        }
        for (name, gauge) in &measure.flags {
            let so = match gauge {
                Gauge::Holds(when) => Some(self.war.sim.holds(when)),
                Gauge::AtLeast(figure, least) => Some(self.figure(figure, turn) >= *least),
                Gauge::AtMost(figure, most) => Some(self.figure(figure, turn) <= *most),
                Gauge::Ever(_) => continue,
                Gauge::Told | Gauge::Beyond(_) => None,
            };
            seen.flags.insert(name.clone(), so);
        }
        let Some(entry) = self.source.chronicle.entry(measure.entry.as_str()) else {
            return;
        };
        for after in &entry.after {
            match &after.what {
                Fact::Owner(place, _) => {
                    let extent = self.source.course.places.get(place);
                    let owner = extent.map(|extent| self.owner(extent));
                    let owner = owner.unwrap_or_else(|| CONTESTED.to_owned());
                    seen.owners.insert(place.clone(), owner);
                }
                Fact::Fate(person, _) => {
                    let told = measure.fates.get(person);
                    let told = told.filter(|(_, when)| self.war.sim.holds(when));
                    let fate = told.map_or_else(|| self.fate(person), |(fate, _)| *fate);
                    seen.fates.insert(person.clone(), fate);
                }
                Fact::Flag(..) | Fact::Leads(_) => {}
            }
        }
    }

    fn figure(&mut self, figure: &Figure, turn: u32) -> i64 {
        let seed = self.war.record.seed;
        let none = BTreeMap::new();
        Moment::new(&mut self.war.sim, &self.told, turn, seed, &none).value(figure)
    }

    /// What a side lost in these turns of what it had and was sent, permille.
    fn lost(&self, side: &Key<Side>, first: u32, last: u32) -> i64 {
        let at = |turn: u32| {
            let totals = self.tallies.get(turn as usize)?.get(side)?;
            Some((totals.raised, totals.lost))
        };
        let ((_, before), (raised, lost)) = match (at(first - 1), at(last)) {
            (Some(before), Some(after)) => (before, after),
            _ => return 0,
        };
        // Ships mended of earlier harm may make it less than nothing.
        (lost - before).max(0) * 1000 / (raised - before).max(1)
    }

    /// The side that holds all of a place.
    fn owner(&self, extent: &Extent) -> String {
        let truth = self.war.referee_view();
        let sectors = extent.sectors.iter();
        let sectors = sectors.map(|key| truth.sectors.get(key).and_then(|s| s.owner.clone()));
        let sites = extent.sites.iter();
        let sites = sites.map(|key| truth.sites.get(key).map(|site| site.owner.clone()));
        let mut all = sectors.chain(sites);
        let first = all.next().flatten();
        match first {
            Some(side) if all.all(|other| other.as_ref() == Some(&side)) => side.to_string(),
            _ => CONTESTED.to_owned(),
        }
    }

    /// What became of somebody, as far as the war knows the person.
    fn fate(&self, person: &Key<Person>) -> Fate {
        let name = person.as_str();
        let fate = self.war.sim.fate_of(&Key::new(name));
        let here = |force: &crate::content::Force| {
            (force.commander.as_ref()).is_some_and(|who| who.as_str() == name)
        };
        match fate {
            Some(journal::Fate::Dead) => Fate::Dead,
            Some(journal::Fate::Captured) => Fate::Captured,
            Some(journal::Fate::Alive) => Fate::Alive,
            None if self.source.course.scenario.forces.values().any(here) => Fate::Alive,
            None => Fate::Unknown,
        }
    }
}
