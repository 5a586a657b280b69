//! What one seat may know: owned, complete for planning, without a seed in it. Screens, forecasts,
//! the planning check and the computer read this and nothing else.
//!
//! Foreign forces appear as contacts under names local to the seat, so that what is not seen cannot
//! shift a name that is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    around::Around,
    journal::Entry,
    order::{Cue, Pace, Policy},
    state::{Place, Undertaking},
};
use crate::content::{
    Calendar, Class, Commander, Condition, Deed, Faction, Force, Key, Map, Meter, Objective, Pact,
    Posture, Rules, Seat, Sector, Side, Site, Stance, Stock, Temper, Term, Trait, Verdict,
};

/// What one seat knows at the start of a turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeatView {
    /// Who.
    pub seat: Key<Seat>,
    /// For which side.
    pub side: Key<Side>,
    /// The turn about to be planned, from 1.
    pub turn: u32,
    /// The war ends after this turn at the latest.
    pub turns: u32,
    /// Its date, as `14 April 2802`.
    pub date: String,
    /// Dates.
    pub calendar: Calendar,
    /// The rules, common knowledge.
    #[serde(skip)]
    pub rules: Arc<Rules>,
    /// The chart, common knowledge.
    #[serde(skip)]
    pub map: Arc<Map>,
    /// How the war is judged, common knowledge.
    #[serde(skip)]
    pub verdict: Arc<Verdict>,
    /// Classes of ship with which each side began the war, common knowledge.
    #[serde(skip)]
    pub fleets: Arc<BTreeMap<Key<Side>, BTreeSet<Key<Class>>>>,
    /// Shown names of the sides.
    pub sides: BTreeMap<Key<Side>, String>,
    /// Their short names, for tight places; common knowledge.
    #[serde(skip)]
    pub shorts: BTreeMap<Key<Side>, String>,
    /// Sides that fight this one on sight.
    pub hostile: BTreeSet<Key<Side>>,
    /// Other sides with which it shares supply: their sites take its troops and give them back.
    #[serde(default)]
    pub friends: BTreeSet<Key<Side>>,
    /// Sectors that are this seat's way home.
    pub home: Vec<Key<Sector>>,
    /// Own forces, and those of seats that share what they see (`mine` tells).
    pub forces: BTreeMap<Key<Force>, OwnForce>,
    /// Own forces still to come, by announcement: (turn, sector).
    pub expected: BTreeMap<Key<Force>, (u32, Key<Sector>)>,
    /// Own forces that the scenario calls away on a date that is fixed: the last turn on which they are there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub leaving: BTreeMap<Key<Force>, u32>,
    /// Foreign forces as far as known.
    pub contacts: BTreeMap<Key<Contact>, Contact>,
    /// Places as last seen.
    pub sectors: BTreeMap<Key<Sector>, SectorView>,
    /// Sites as last seen.
    pub sites: BTreeMap<Key<Site>, SiteView>,
    /// The side's own meters.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// Reserves of the side: left in magazines and depots, and used last turn.
    pub reserves: BTreeMap<Key<Stock>, Reserve>,
    /// Leashes left this turn.
    pub leashes: i32,
    /// Sectors among which forces may be placed on the first turn.
    #[serde(default)]
    pub staging: Vec<Key<Sector>>,
    /// What its commander is like, for a computer that plays it.
    pub temper: Option<Temper>,
    /// Deeds of the side that can be done once only and have been done.
    #[serde(default)]
    pub done: BTreeSet<Key<Deed>>,
    /// Pacts on the table that would bind this seat.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pacts: BTreeMap<Key<Pact>, PactView>,
    /// What the seat's side is asked to do.
    pub objectives: BTreeMap<Key<Objective>, ObjectiveView>,
    /// The score as far as this seat can count it, tenths of a point.
    pub ledger: Vec<LedgerLine>,
    /// Own losses of the side so far, permille of start and arrivals.
    pub losses: i32,
    /// What the side has lost so far, and what it brought into the war, hit points.
    #[serde(default)]
    pub toll: (i64, i64),
    /// Hostile strength seen destroyed so far, hit points, by side.
    pub destroyed: BTreeMap<Key<Side>, i64>,
    /// What this seat knows of the last turn, in its own names for foreign forces.
    pub report: Vec<Entry>,
    /// Set once the war has ended.
    pub ended: Option<Ending>,
}

/// A force whose truth the seat knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OwnForce {
    /// Shown name.
    pub name: String,
    /// Whose.
    pub faction: Key<Faction>,
    /// For which side it fights.
    pub side: Key<Side>,
    /// Whether this seat orders it.
    pub mine: bool,
    /// Where.
    pub place: Place,
    /// Ships.
    pub ships: Vec<Squadron>,
    /// Hit points now.
    pub strength: i64,
    /// Hit points it began with.
    pub full_strength: i64,
    /// Stocks aboard.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Freshness and order, 0..=1000.
    pub readiness: i32,
    /// Supply aboard, tenths of a day.
    pub supply: i32,
    /// How its line runs.
    pub line: SupplyLine,
    /// How it meets the enemy now.
    pub stance: Key<Stance>,
    /// ... and from next turn on, if it is forming.
    pub forming: Option<Key<Stance>>,
    /// How it holds itself.
    pub posture: Option<Key<Posture>>,
    /// When it fires by itself.
    pub policy: Policy,
    /// When it breaks off, permille.
    pub loss_limit: i32,
    /// Turns in a row it has held this sector against an attack.
    pub held: i32,
    /// Whether hostile guns have it fixed (it stood through a battle).
    pub fixed: bool,
    /// Who commands.
    pub commander: Option<Key<Commander>>,
    /// What it is like now (lessons learned are gone).
    pub traits: Vec<Key<Trait>>,
    /// Marches still to come.
    pub queue: Vec<Leg>,
    /// Standing order to follow: contact and distance in lanes.
    pub follow: Option<(Key<Contact>, i32)>,
    /// Standing order to fall back: along, and at what hostile strength.
    pub fall_back: Option<(Vec<Key<Sector>>, i32)>,
    /// Movement a turn, chart units, at cruise.
    pub speed: i32,
    /// Its own meters, where they stand elsewhere than at their start.
    #[serde(default)]
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// It fought last turn.
    #[serde(default)]
    pub fought: bool,
    /// A deed under way.
    #[serde(default)]
    pub deed: Option<Undertaking>,
    /// What bears on it from where it is.
    #[serde(default)]
    pub around: Around,
}

/// Ships of one class.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Squadron {
    /// Which class.
    pub class: Key<Class>,
    /// Hulls fit to fight.
    pub fit: i32,
    /// Hulls that float and do not fight.
    pub crippled: i32,
    /// Damage not yet amounting to a hull, hit points.
    pub wounds: i64,
}

/// One march of a queue.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Leg {
    /// Where to; ways between are the shortest.
    pub to: Key<Sector>,
    /// How fast.
    pub pace: Pace,
    /// What to wait for.
    pub cue: Cue,
}

/// How a force is supplied, and why so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SupplyLine {
    /// Where it comes from; none: no line at all.
    pub source: Option<Key<Site>>,
    /// Sectors it runs through, source first.
    pub path: Vec<Key<Sector>>,
    /// Wanted last turn, tenths of a strength point.
    pub wanted: i32,
    /// Came through.
    pub delivered: i32,
    /// Lost on the way: where, and how much.
    pub lost: Vec<(Key<Sector>, i32)>,
    /// The weakest place of the line: sector, and permille of what was wanted that could pass.
    pub weak: Option<(Key<Sector>, i32)>,
    /// Where it is cut, if it is.
    pub cut: Option<Key<Sector>>,
    /// The turn on which supply aboard ends if nothing changes.
    pub empty_on: Option<u32>,
}

/// How well a foreign force is known. Better first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// In contact: where and how strong is certain.
    Fix,
    /// Followed by sensors.
    Track,
    /// Plotted from traces.
    Plot,
    /// Said to be about there.
    Rumour,
}

/// How it came to be known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Own forces are in the same place.
    Contact,
    /// A force's sensors.
    Sensors,
    /// A relay or station.
    Relay,
    /// It fired.
    Fire,
    /// The seat's memory.
    Memory,
}

/// A foreign force as one seat knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// Its side.
    pub side: Key<Side>,
    /// Where it was seen.
    pub place: Place,
    /// Turns since.
    pub age: u32,
    /// How well.
    pub confidence: Confidence,
    /// By what.
    pub source: Source,
    /// Strength in hit points: least, likely, most.
    pub strength: (i64, i64, i64),
    /// Stance seen last turn, if it was tracked.
    pub stance: Option<Key<Stance>>,
    /// Whether it stood through a battle last turn (guns find it).
    pub fixed: bool,
    /// Radius of the circle in which it may be now, chart units.
    pub drift: i32,
    /// Marches it was told to make, where its orders are read and it is tracked; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bound: Vec<Leg>,
}

/// A place as last seen.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SectorView {
    /// Who holds it, as far as known.
    pub owner: Option<Key<Side>>,
    /// Turns since it was seen; 0 is now.
    pub age: u32,
    /// Seen by own sensors this turn (an empty place is known to be empty).
    pub seen: bool,
    /// What its own side has put there, and, where it has a force, what others have.
    #[serde(default)]
    pub works: BTreeMap<Key<Side>, BTreeMap<Key<Meter>, i32>>,
}

/// A site as last seen.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SiteView {
    /// Where it is.
    pub sector: Key<Sector>,
    /// Whose, as far as known.
    pub owner: Key<Side>,
    /// What it holds, if it is the side's own.
    pub stocks: Option<BTreeMap<Key<Stock>, i32>>,
    /// Turns it has been blockaded.
    pub blockaded: i32,
    /// Its meters, if it is the side's own or was studied.
    #[serde(default)]
    pub meters: Option<BTreeMap<Key<Meter>, i32>>,
    /// Turns since meters and stocks were learned of; 0 of one's own.
    #[serde(default)]
    pub learned: u32,
    /// Layers of its shields that are down, as seen from the same sector; none elsewhere.
    #[serde(default)]
    pub shields_down: Option<i32>,
    /// Troops of others that have landed.
    #[serde(default)]
    pub ashore: BTreeMap<Key<Side>, BTreeMap<Key<Stock>, i32>>,
    /// The side to which it is loyal, if that is known not to be its holder.
    #[serde(default)]
    pub loyal: Option<Key<Side>>,
    /// It is known to be destroyed.
    #[serde(default)]
    pub razed: bool,
    /// Damage to its structure, hit points, as far as seen.
    #[serde(default)]
    pub damage: i64,
}

/// How a reserve stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reserve {
    /// Left in magazines and depots.
    pub left: i32,
    /// Used last turn.
    pub used: i32,
    /// At the mean of the last three turns, the turn on which it runs dry.
    pub dry_on: Option<u32>,
    /// Used in each turn of the war so far, the first turn first.
    #[serde(default)]
    pub by_turn: Vec<i32>,
}

/// A pact on the table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PactView {
    /// What is agreed to.
    pub pact: Pact,
    /// Who has given his word.
    pub words: BTreeSet<Key<Seat>>,
    /// Shown names of those bound.
    pub names: BTreeMap<Key<Seat>, String>,
}

/// An objective with its progress.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ObjectiveView {
    /// Shown name.
    pub name: String,
    /// What is asked.
    pub when: Condition,
    /// Fulfilled as far as the seat can know.
    pub met: bool,
}

/// One line of the score.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LedgerLine {
    /// Which.
    pub term: Key<Term>,
    /// Shown name.
    pub name: String,
    /// What it would bring if the war ended now, tenths of a point; hostile losses as far as seen.
    pub points: i64,
}

/// How the war ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ending {
    /// Who won; none: a draw.
    pub winner: Option<Key<Side>>,
    /// What the grade is called.
    pub level: String,
    /// Score of the verdict's side, tenths of a point.
    pub score: i64,
    /// Each term's points.
    pub terms: BTreeMap<Key<Term>, i64>,
    /// Other questions by name: a side's id, or `contested`.
    pub results: BTreeMap<String, String>,
}

impl SeatView {
    /// The same chart and rules with nobody on it and nothing known of who holds what: what an opening or a film begins
    /// from.
    #[must_use]
    pub fn deserted(&self) -> Self {
        Self {
            forces: BTreeMap::new(),
            contacts: BTreeMap::new(),
            sectors: BTreeMap::new(),
            sites: BTreeMap::new(),
            expected: BTreeMap::new(),
            leaving: BTreeMap::new(),
            report: Vec::new(),
            ledger: Vec::new(),
            ..self.clone()
        }
    }

    /// The sectors that a condition asks about, those of its sites among them.
    pub fn places<'a>(&'a self, when: &'a Condition) -> BTreeSet<&'a Key<Sector>> {
        let mut found = BTreeSet::new();
        let mut left = vec![when];
        while let Some(condition) = left.pop() {
            match condition {
                Condition::Holds(_, sector) | Condition::Present(_, sector, _) => {
                    found.insert(sector);
                }
                Condition::Owns(_, site)
                | Condition::SiteMeter(site, ..)
                | Condition::Loyal(_, site)
                | Condition::Razed(site) => {
                    found.extend(self.map.sites.get(site).map(|s| &s.sector));
                }
                Condition::All(parts) | Condition::Any(parts) => left.extend(parts),
                Condition::Not(part) => left.push(part),
                Condition::Always
                | Condition::From(_)
                | Condition::Until(_)
                | Condition::Lost(..)
                | Condition::Strength(..)
                | Condition::Destroyed(_)
                | Condition::Meter(..)
                | Condition::Flag(_) => {}
            }
        }
        found
    }

    /// Contacts in a sector, or on a lane and nearer to it than to the other end.
    pub fn contacts_at<'a>(
        &'a self,
        sector: &'a Key<Sector>,
    ) -> impl Iterator<Item = (&'a Key<Contact>, &'a Contact)> {
        self.contacts
            .iter()
            .filter(move |(_, c)| c.place.sector() == sector)
    }
    /// Own forces in a sector, or on a lane and nearer to it than to the other end.
    pub fn forces_at<'a>(
        &'a self,
        sector: &'a Key<Sector>,
    ) -> impl Iterator<Item = (&'a Key<Force>, &'a OwnForce)> {
        self.forces
            .iter()
            .filter(move |(_, f)| f.place.sector() == sector)
    }
}
