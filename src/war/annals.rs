//! A reel in figures and events, turn by turn, as far as its point of view knows them: what each side holds, has lost and
//! has left, and what happened. Two of them can be held against each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Serialize, ser::SerializeStruct};

use super::{Frame, Reel};
use crate::{
    content::{Key, Sector, Side, Site, Stock},
    sim::{calendar::date_text, journal::What, view::SeatView},
};

/// How a side stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Stand {
    /// Sectors it holds.
    pub sectors: i64,
    /// Its strength on the map, hit points.
    pub strength: i64,
    /// Lost so far, hit points.
    pub lost: i64,
    /// What is left of each reserve; a seat knows its own side's alone.
    pub charges: BTreeMap<Key<Stock>, i64>,
}

/// Something that happened on a turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A sector was taken, or given up.
    Sector(Key<Sector>, Option<Key<Side>>),
    /// A site was taken, or turned.
    Site(Key<Site>, Key<Side>),
    /// It was fought in a place, all pairs together; hit points lost by side.
    Fight(Key<Sector>, BTreeMap<Key<Side>, i64>),
}

/// The beginning of a turn, and what happened on the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    /// Each side.
    pub sides: BTreeMap<Key<Side>, Stand>,
    /// Who is known to hold which sector.
    pub owners: BTreeMap<Key<Sector>, Key<Side>>,
    /// What happened.
    pub events: Vec<Event>,
    /// What is known; names are taken from here.
    pub view: Arc<SeatView>,
}

/// A sector that came into other hands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Change {
    /// On which turn, as far as was known at its end.
    pub turn: u32,
    /// Which.
    pub sector: Key<Sector>,
    /// Who held it before.
    pub from: Option<Key<Side>>,
    /// Who holds it since.
    pub by: Option<Key<Side>>,
}

/// A war from one point of view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annals {
    /// The beginning, then each turn.
    pub days: Vec<Day>,
}

impl Annals {
    /// Counts a reel.
    pub fn of(reel: &Reel) -> Self {
        Self {
            days: reel.frames.iter().map(day).collect(),
        }
    }

    /// Turns that are over.
    pub fn length(&self) -> u32 {
        u32::try_from(self.days.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// How things stood after so many turns; at the end beyond it.
    pub fn after(&self, turns: u32) -> Option<&Day> {
        let last = self.days.len().checked_sub(1)?;
        self.days.get((turns as usize).min(last))
    }

    /// All sectors that came into other hands, in the order of turns and names.
    pub fn changes(&self) -> Vec<Change> {
        let mut all = Vec::new();
        for (turn, pair) in (1..).zip(self.days.windows(2)) {
            let [before, after] = pair else { continue };
            let sectors: BTreeSet<&Key<Sector>> =
                before.owners.keys().chain(after.owners.keys()).collect();
            for sector in sectors {
                let (from, by) = (before.owners.get(sector), after.owners.get(sector));
                if from != by {
                    all.push(Change {
                        turn,
                        sector: sector.clone(),
                        from: from.cloned(),
                        by: by.cloned(),
                    });
                }
            }
        }
        all
    }
}

/// Whether this is the truth rather than what a seat knows.
pub fn is_referee(view: &SeatView) -> bool {
    view.seat.as_str() == "referee"
}

fn day(frame: &Frame) -> Day {
    let view = &*frame.view;
    let sectors = view.sectors.iter();
    let owners = sectors.filter_map(|(key, sector)| Some((key.clone(), sector.owner.clone()?)));
    Day {
        sides: stands(frame),
        owners: owners.collect(),
        events: events(view),
        view: frame.view.clone(),
    }
}

fn stands(frame: &Frame) -> BTreeMap<Key<Side>, Stand> {
    let view = &*frame.view;
    let is_reserve = |stock: &Key<Stock>| view.rules.stocks.get(stock).is_some_and(|s| s.reserve);
    let mut all: BTreeMap<Key<Side>, Stand> = BTreeMap::new();
    for side in view.sides.keys() {
        let own = side == &view.side && !is_referee(view);
        let stand = all.entry(side.clone()).or_default();
        stand.lost = match own {
            true => view.toll.0,
            false => view.destroyed.get(side).copied().unwrap_or(0),
        };
        if own {
            let reserves = view.reserves.iter().filter(|(stock, _)| is_reserve(stock));
            stand.charges = reserves
                .map(|(key, it)| (key.clone(), i64::from(it.left)))
                .collect();
        }
    }
    for owner in view.sectors.values().filter_map(|s| s.owner.as_ref()) {
        all.entry(owner.clone()).or_default().sectors += 1;
    }
    for force in view.forces.values() {
        all.entry(force.side.clone()).or_default().strength += force.strength;
    }
    for contact in view.contacts.values() {
        let stand = all.entry(contact.side.clone()).or_default();
        stand.strength = stand.strength.saturating_add(contact.strength.1);
    }
    for (side, totals) in frame.totals.iter().flatten() {
        let stand = all.entry(side.clone()).or_default();
        stand.lost = totals.lost;
        let stocks = totals.stocks.iter().filter(|(stock, _)| is_reserve(stock));
        stand.charges = stocks
            .map(|(key, it)| (key.clone(), i64::from(it.held)))
            .collect();
    }
    all
}

fn events(view: &SeatView) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    for entry in &view.report {
        match &entry.what {
            What::SectorTaken { sector, by, .. } => {
                all.push(Event::Sector(sector.clone(), by.clone()));
            }
            What::SiteTaken { site, by, .. } | What::SiteTurned { site, by, .. } => {
                all.push(Event::Site(site.clone(), by.clone()));
            }
            What::Battle {
                place,
                attacker,
                defender,
                ..
            } => {
                let here = place.sector();
                let known = all
                    .iter()
                    .position(|e| matches!(e, Event::Fight(at, _) if at == here));
                let index = known.unwrap_or_else(|| {
                    all.push(Event::Fight(here.clone(), BTreeMap::new()));
                    all.len() - 1
                });
                if let Some(Event::Fight(_, lost)) = all.get_mut(index) {
                    for party in [attacker, defender] {
                        *lost.entry(party.side.clone()).or_default() += party.lost;
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// Two wars as they stood at one time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Both {
    /// After so many turns of the first, and of the second.
    pub turns: (u32, u32),
    /// How the sides stood in the first.
    pub first: BTreeMap<Key<Side>, Stand>,
    /// ... and in the second.
    pub second: BTreeMap<Key<Side>, Stand>,
}

/// A change of hands with its date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// What changed.
    pub change: Change,
    /// The date of its turn.
    pub date: String,
    /// The sector's shown name.
    pub name: String,
}

impl Serialize for Dated {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut row = to.serialize_struct("Dated", 6)?;
        row.serialize_field("turn", &self.change.turn)?;
        row.serialize_field("date", &self.date)?;
        row.serialize_field("sector", &self.change.sector)?;
        row.serialize_field("name", &self.name)?;
        row.serialize_field("from", &self.change.from)?;
        row.serialize_field("by", &self.change.by)?;
        row.end()
    }
}

/// How two wars differ in what was held and lost.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Apart {
    /// After the last turn that both have.
    pub common: Both,
    /// At the end of each.
    pub ends: Both,
    /// Sectors that came into other hands in the first on a turn on which they did not in the second.
    pub first: Vec<Dated>,
    /// ... and in the second, and not in the first.
    pub second: Vec<Dated>,
}

impl Apart {
    /// Holds two wars against each other.
    pub fn of(first: &Annals, second: &Annals) -> Self {
        let turns = (first.length(), second.length());
        let common = turns.0.min(turns.1);
        let at = |turns: (u32, u32)| {
            let of = |annals: &Annals, turns| {
                annals
                    .after(turns)
                    .map_or_else(BTreeMap::new, |day| day.sides.clone())
            };
            Both {
                turns,
                first: of(first, turns.0),
                second: of(second, turns.1),
            }
        };
        let (a, b) = (first.changes(), second.changes());
        let without = |annals: &Annals, own: &[Change], others: &[Change]| {
            let others: BTreeSet<&Change> = others.iter().collect();
            let only = own.iter().filter(|change| !others.contains(change));
            let Some(view) = annals.days.first().map(|day| &day.view) else {
                return Vec::new();
            };
            let dated = |change: &Change| Dated {
                change: change.clone(),
                date: date_text(&view.calendar, change.turn),
                name: super::tell::sector(view, change.sector.as_str()),
            };
            only.map(dated).collect()
        };
        Self {
            common: at((common, common)),
            ends: at(turns),
            first: without(first, &a, &b),
            second: without(second, &b, &a),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        content::Catalog,
        sim::order::parse,
        war::{Player, Setup, War},
    };

    /// A war of a lesson in which a person's seat does nothing but this on the first turn.
    fn war(orders: &[&str]) -> War {
        let catalog = Arc::new(Catalog::shipped());
        let (key, scenario) = catalog.scenarios.iter().next().expect("a scenario");
        let seat = scenario.seats.keys().next().expect("a seat").clone();
        let setup = Setup::new(key.as_str(), 3).with(seat.as_str(), Player::Person);
        let mut war = War::begin(catalog.clone(), setup).expect("it begins");
        for order in orders {
            war.give(&seat, parse(order).expect("an order"))
                .expect("it may be given");
        }
        for _ in 0..3 {
            war.end_turn().expect("a turn");
        }
        war
    }

    #[test]
    fn the_referees_figures_are_the_wars() {
        let war = war(&[]);
        let reel = Reel::new(war.catalog(), war.record(), None).expect("it is played");
        let annals = Annals::of(&reel);
        assert_eq!(annals.length(), 3);
        let last = annals.after(9).expect("its end");
        for (side, totals) in war.totals() {
            let stand = &last.sides[&side];
            assert_eq!(stand.sectors, i64::from(totals.sectors), "{side}");
            assert_eq!(stand.lost, totals.lost, "{side}");
            for (stock, left) in &stand.charges {
                assert_eq!(
                    *left,
                    i64::from(totals.stocks[stock].held),
                    "{side} {stock}"
                );
            }
        }
        let seat = war.record().players.keys().next().expect("a seat");
        let own = Reel::new(war.catalog(), war.record(), Some(seat.clone())).expect("it is played");
        assert!(
            own.frames.iter().all(|frame| frame.totals.is_none()),
            "the truth is kept from seats"
        );
    }

    #[test]
    fn changes_of_hands_stand_in_one_and_not_in_the_other() {
        let war = war(&[]);
        let reel = Reel::new(war.catalog(), war.record(), None).expect("it is played");
        let first = Annals::of(&reel);
        assert_eq!(Apart::of(&first, &first).first, []);
        // Another hand holds a sector from the second turn on.
        let mut second = first.clone();
        let sector = first.days[0]
            .owners
            .keys()
            .next()
            .expect("a sector is held")
            .clone();
        let holder = first.days[0].owners[&sector].clone();
        let other = first.days[0]
            .view
            .sides
            .keys()
            .find(|side| **side != holder)
            .expect("a side");
        for day in second.days.iter_mut().skip(2) {
            day.owners.insert(sector.clone(), other.clone());
        }
        let apart = Apart::of(&first, &second);
        assert_eq!(apart.common, apart.ends);
        let found = apart
            .second
            .iter()
            .find(|d| d.change.sector == sector)
            .expect("it is told");
        assert_eq!((found.change.turn, &found.change.from), (2, &Some(holder)));
        assert!(!found.date.is_empty());
    }
}
