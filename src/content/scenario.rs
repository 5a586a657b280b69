//! A scenario, checked and typed: where, who, with what, and what it is about.
//! Read from `scenarios/<campaign>/*.ron`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Class, Commander, Deed, Guide, Key, Meter, Pact, Posture, SiteKind, Stance, Stock, Terrain,
    Trait, Verdict,
};

/// A scenario with everything it needs but the rules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// Its id, as used on the command line.
    pub id: Key<Scenario>,
    /// Shown name.
    pub title: String,
    /// One line for lists.
    pub summary: String,
    /// What the player reads before the war: paragraphs.
    pub briefing: Vec<String>,
    /// The campaign (folder) it belongs to.
    pub campaign: String,
    /// Dates.
    pub calendar: Calendar,
    /// The war ends after this turn at the latest.
    pub turns: u32,
    /// Where.
    pub map: Map,
    /// Who wins together.
    pub sides: BTreeMap<Key<Side>, Side>,
    /// Who sees and orders.
    pub seats: BTreeMap<Key<Seat>, Seat>,
    /// Whose ships they are.
    pub factions: BTreeMap<Key<Faction>, Faction>,
    /// How sides stand to one another; pairs that are missing are hostile, a side with itself allied.
    pub relations: BTreeMap<(Key<Side>, Key<Side>), Relation>,
    /// Sectors among which a seat may place its forces on the first turn, before anything moves.
    pub staging: BTreeMap<Key<Seat>, Vec<Key<Sector>>>,
    /// Forces by id: those there from the first turn and those that arrive.
    pub forces: BTreeMap<Key<Force>, Force>,
    /// What happens when.
    pub events: BTreeMap<Key<Event>, Event>,
    /// What seats may agree to.
    pub pacts: BTreeMap<Key<Pact>, Pact>,
    /// What the war is about.
    pub objectives: BTreeMap<Key<Objective>, Objective>,
    /// Who wins.
    pub verdict: Verdict,
    /// Special postures, meters and deeds that are in play.
    pub with: With,
    /// What leads a seat through it.
    pub guide: Option<Guide>,
    /// What an earlier war has left to it: nothing, in content.
    #[serde(skip)]
    pub inherits: Inherits,
}

/// What an earlier war has left to this one, beside its forces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inherits {
    /// Forces that are no more.
    pub gone: BTreeSet<Key<Force>>,
    /// Meters of sides that stand elsewhere than the rules begin them.
    pub meters: BTreeMap<Key<Side>, BTreeMap<Key<Meter>, i32>>,
}

/// What is in play beside what always is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct With {
    /// Postures.
    pub postures: Vec<Key<Posture>>,
    /// Meters.
    pub meters: Vec<Key<Meter>>,
    /// Deeds.
    pub deeds: Vec<Key<Deed>>,
}

/// How turns become dates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Calendar {
    /// Date of turn 1: (year, month, day). Where turns are counted it is never shown, and puts wars in order.
    pub start: (i32, u32, u32),
    /// War day of turn 1 (day 1 is 5 April 2802), or where counting begins.
    pub day: u32,
    /// Days in a turn, or whatever is counted.
    pub days_per_turn: u32,
    /// Turns are no dates but are counted, and called so with their number: "Hour". For wars of which nobody knows when
    /// they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
}

/// Regions, sectors, lanes and sites.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Map {
    /// Named parts of the map; they nest.
    pub regions: BTreeMap<Key<Region>, Region>,
    /// Places.
    pub sectors: BTreeMap<Key<Sector>, Sector>,
    /// Ways between places.
    pub lanes: BTreeMap<Key<Lane>, Lane>,
    /// What stands in places.
    pub sites: BTreeMap<Key<Site>, Site>,
    /// The ground of worlds, for show: nothing in a war asks for it, so it is not part of the fingerprint.
    #[serde(skip)]
    pub worlds: Vec<World>,
}

/// The ground of a world: a disc below what happens on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct World {
    /// Its middle, chart units.
    pub at: (i32, i32),
    /// Chart units; larger than the map for a war that is fought on the ground alone.
    pub radius: i32,
}

/// A named part of the map.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Shown name.
    pub name: String,
    /// The region it lies in.
    pub within: Option<Key<Region>>,
}

/// A place: a node of the map.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sector {
    /// Shown name.
    pub name: String,
    /// Where it lies, chart units. Straight-line distance decides what guns can reach.
    pub at: (i32, i32),
    /// The region it belongs to.
    pub region: Key<Region>,
    /// What it is like.
    pub terrain: Key<Terrain>,
    /// Who holds it on turn 1.
    pub owner: Option<Key<Side>>,
}

/// What kind of way a lane is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LaneKind {
    /// A trunk way for fleets.
    Route,
    /// A plain way through hyperspace.
    Hyperlane,
    /// A gate: short whatever the distance.
    Wormhole,
    /// From orbit to a surface.
    Descent,
}

/// A way between two places, both directions alike.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Lane {
    /// Its ends.
    pub ends: (Key<Sector>, Key<Sector>),
    /// What kind of way.
    pub kind: LaneKind,
    /// Length to travel, chart units.
    pub length: i32,
    /// Strength points it can supply a turn.
    pub capacity: i32,
    /// What it is like underway.
    pub terrain: Key<Terrain>,
}

/// Something that stands in a place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    /// Shown name.
    pub name: String,
    /// What kind.
    pub kind: Key<SiteKind>,
    /// Where.
    pub sector: Key<Sector>,
    /// Whose on turn 1.
    pub owner: Key<Side>,
    /// What it holds beside supply.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Sectors from which alone its stocks may be drawn; empty: wherever a line reaches.
    pub serves: Vec<Key<Sector>>,
    /// Meters that start elsewhere than its kind says.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// The side to which it is loyal, if that is not its owner: it was taken before the war and has not surrendered.
    pub loyal: Option<Key<Side>>,
}

/// Who wins together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Shown name.
    pub name: String,
    /// Short name for tight places.
    pub short: String,
}

/// Who sees and orders.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Seat {
    /// Shown name.
    pub name: String,
    /// Its side.
    pub side: Key<Side>,
    /// What this seat is told before the war.
    pub briefing: Vec<String>,
    /// Sectors in which its forces head for home and whence supply comes.
    pub home: Vec<Key<Sector>>,
    /// What its commander is like, for a computer that plays it; without one it goes by the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temper: Option<Temper>,
}

/// What a commander is like: how a computer in his seat weighs what it may do. It sees no more and no less for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Temper {
    /// In a few words, as the set-up shows it.
    pub name: String,
    /// How lightly own losses are taken, permille: at 2000 a strength point counts half of what the verdict pays for it.
    pub boldness: i32,
    /// Share of its price that a charge must earn before it is fired, permille.
    pub thrift: i32,
    /// How places are kept.
    pub defence: Defence,
}

/// How places are kept from an enemy.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Defence {
    /// By delay where the verdict pays for the ships that are left, else by standing.
    #[default]
    AsPaid,
    /// By delay: ground is given for time.
    Delay,
    /// By standing where it is.
    Stand,
}

/// Whose ships they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Faction {
    /// Shown name.
    pub name: String,
    /// Who orders its forces.
    pub seat: Key<Seat>,
    /// What all its forces are like.
    pub traits: Vec<Key<Trait>>,
}

/// How two sides stand to one another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Fights on sight.
    pub hostile: bool,
    /// Each sees what the other sees.
    pub shares_sensors: bool,
    /// Each supplies the other.
    pub shares_supply: bool,
}

/// A fleet as it enters the war.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Force {
    /// Shown name.
    pub name: String,
    /// Whose.
    pub faction: Key<Faction>,
    /// Where it stands or arrives.
    pub at: Key<Sector>,
    /// The turn on which it arrives (1: there from the start). None: only an event or a call brings it.
    pub arrives: Option<u32>,
    /// The pool in which it waits to be called (`Outcome::Call`).
    pub pool: Option<String>,
    /// Ships by class: hulls.
    pub ships: BTreeMap<Key<Class>, i32>,
    /// Stocks aboard.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Who commands it.
    pub commander: Option<Key<Commander>>,
    /// What it is like.
    pub traits: Vec<Key<Trait>>,
    /// Its counters, where they begin elsewhere than at their start.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// How it stands at first.
    pub stance: Key<Stance>,
    /// Where the numbers come from: a source, or "invented".
    pub source: String,
}

/// Something that happens once its condition holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// When.
    pub when: Condition,
    /// What then.
    pub effects: Vec<Effect>,
    /// Whether it may happen again.
    pub repeats: bool,
    /// Seats that are told; empty: all.
    pub tells: Vec<Key<Seat>>,
}

/// A question about the war, with one true answer each turn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Always.
    Always,
    /// From this turn on.
    From(u32),
    /// Up to and with this turn.
    Until(u32),
    /// The side holds the sector.
    Holds(Key<Side>, Key<Sector>),
    /// The side owns the site.
    Owns(Key<Side>, Key<Site>),
    /// The side has at least this many strength points in the sector.
    Present(Key<Side>, Key<Sector>, i32),
    /// The side has lost at least this share of start plus arrivals, permille.
    Lost(Key<Side>, i32),
    /// The side's strength in being is at least this, strength points.
    Strength(Key<Side>, i32),
    /// The force has been destroyed or captured.
    Destroyed(Key<Force>),
    /// The side's meter stands at this or more.
    Meter(Key<Side>, Key<Meter>, i32),
    /// The site's meter stands at this or more.
    SiteMeter(Key<Site>, Key<Meter>, i32),
    /// The site is loyal to the side: its own, and either never taken or surrendered.
    Loyal(Key<Side>, Key<Site>),
    /// The site has been destroyed.
    Razed(Key<Site>),
    /// The flag has been set.
    Flag(String),
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

impl Condition {
    /// The first turn on which it holds, if nothing but the calendar decides that.
    pub fn dated(&self) -> Option<u32> {
        match self {
            Self::Always => Some(1),
            Self::From(turn) => Some(*turn),
            Self::All(all) => {
                let turns: Option<Vec<u32>> = all.iter().map(Self::dated).collect();
                turns?.into_iter().max()
            }
            Self::Any(any) => {
                let turns: Option<Vec<u32>> = any.iter().map(Self::dated).collect();
                turns?.into_iter().min()
            }
            _ => None,
        }
    }
}

/// What an event does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// A force arrives.
    Arrive(Key<Force>),
    /// The seats are told this.
    Say(String),
    /// A flag is set.
    Set(String),
    /// A side's meter changes.
    Change(Key<Side>, Key<Meter>, i32),
    /// A site's meter changes.
    ChangeSite(Key<Site>, Key<Meter>, i32),
    /// A force's meter changes; nothing, if it is not on the map.
    ChangeForce(Key<Force>, Key<Meter>, i32),
    /// Stocks are brought to a site, or taken from it.
    Stock(Key<Site>, Key<Stock>, i32),
    /// A force is called to another theatre: it leaves the war with all it has, and counts as nobody's loss.
    Leave(Key<Force>),
    /// Two sides stand otherwise to one another from now on.
    Relate(Key<Side>, Key<Side>, Relation),
    /// A faction with all its forces obeys another seat from now on.
    Join(Key<Faction>, Key<Seat>),
    /// The war ends after this turn.
    End,
}

/// Something a side is asked to do; shown with live progress.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Objective {
    /// Shown name.
    pub name: String,
    /// Whose.
    pub side: Key<Side>,
    /// Fulfilled while this holds.
    pub when: Condition,
    /// Once fulfilled it stays so.
    pub lasting: bool,
}
