//! The state of a war: components on the entities of forces, sectors, sites, sides and seats, and a
//! few resources. Each belongs to a table of `tables.rs`; whatever is not in a table is derived.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::ecs::{
    component::Component, entity::Entity, lifecycle::HookContext, resource::Resource,
    world::DeferredWorld,
};
use serde::{Deserialize, Serialize};

use super::order::{Mark, Policy};
use super::tables::Rows;
use super::view::{Confidence, Contact, Ending, Leg, Source, Squadron, SupplyLine};
use crate::content::{
    Class, Commander, Deed, Faction, Force, Key, Lane, Meter, Objective, Posture, Relation, Role,
    Rules, Seat, Sector, Side, Site, Stance, Stock, Term, Trait,
};

/// Where a force is.
#[derive(Component, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In a sector.
    Sector(Key<Sector>),
    /// Under way on a lane.
    Lane {
        /// Which.
        lane: Key<Lane>,
        /// Where it came from.
        from: Key<Sector>,
        /// Where it goes.
        to: Key<Sector>,
        /// Chart units done.
        done: i32,
        /// Chart units in all.
        length: i32,
    },
}

impl Place {
    /// The sector it is in, or the nearer end of the lane (the start, if both are as near).
    pub fn sector(&self) -> &Key<Sector> {
        match self {
            Place::Sector(sector) => sector,
            Place::Lane {
                from,
                to,
                done,
                length,
                ..
            } => {
                if done * 2 > *length {
                    to
                } else {
                    from
                }
            }
        }
    }
    /// The sector, if it is in one.
    pub fn in_sector(&self) -> Option<&Key<Sector>> {
        match self {
            Place::Sector(sector) => Some(sector),
            Place::Lane { .. } => None,
        }
    }
}

/// What kind of thing an entity is; names are unique within a kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A force.
    Force,
    /// A sector.
    Sector,
    /// A site.
    Site,
    /// A side.
    Side,
    /// A seat.
    Seat,
}

/// The name by which an entity is known: in content, orders, records. Never reused, never changed.
#[derive(Component, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[component(immutable, on_add = Index::learn, on_remove = Index::forget)]
pub struct Id {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub key: Key<Id>,
}

impl Id {
    /// The id of a thing of this kind.
    pub fn new<T: ?Sized>(kind: Kind, key: &Key<T>) -> Self {
        Self {
            kind,
            key: key.cast(),
        }
    }
}

/// Entities by name; kept by hooks on [`Id`], derived, never saved.
#[derive(Resource, Default, Debug)]
pub struct Index(BTreeMap<(Kind, Key<Id>), Entity>);

impl Index {
    fn learn(mut world: DeferredWorld, context: HookContext) {
        if let Some(id) = world.get::<Id>(context.entity).cloned() {
            world
                .resource_mut::<Index>()
                .0
                .insert((id.kind, id.key), context.entity);
        }
    }
    fn forget(mut world: DeferredWorld, context: HookContext) {
        if let Some(id) = world.get::<Id>(context.entity).cloned() {
            world.resource_mut::<Index>().0.remove(&(id.kind, id.key));
            world.resource_mut::<Rows>().forget(context.entity);
        }
    }
    /// The entity of this name.
    pub fn get<T: ?Sized>(&self, kind: Kind, key: &Key<T>) -> Option<Entity> {
        self.0.get(&(kind, key.cast())).copied()
    }
    /// All names of a kind with their entities, sorted by name.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = (&Key<Id>, Entity)> {
        self.0
            .iter()
            .filter(move |((k, _), _)| *k == kind)
            .map(|((_, key), e)| (key, *e))
    }
}

/// Marks a force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Belongs {
    /// Shown name.
    pub name: String,
    /// Whose.
    pub faction: Key<Faction>,
    /// Who orders it.
    pub seat: Key<Seat>,
    /// For which side it fights.
    pub side: Key<Side>,
    /// Children split off so far, for their ids.
    pub children: u32,
    /// Hit points it began with.
    pub full: i64,
}

/// The ships of a force.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Ships(pub Vec<Squadron>);

/// Stocks aboard.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Magazine(pub BTreeMap<Key<Stock>, i32>);

/// The state of the crews.
#[derive(Component, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Crew {
    /// 0..=1000.
    pub readiness: i32,
    /// Tenths of a day.
    pub supply: i32,
    /// Meters that sit on the force, where they stand elsewhere than at their start.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub meters: BTreeMap<Key<Meter>, i32>,
}

/// How a force meets the enemy.
#[derive(Component, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bearing {
    /// Now.
    pub stance: Key<Stance>,
    /// From next turn on.
    pub forming: Option<Key<Stance>>,
    /// On top of it.
    pub posture: Option<Key<Posture>>,
    /// Turns in a row it kept its sector against an attack.
    pub held: i32,
    /// It stood through last turn's battle: guns have it fixed.
    pub fixed: bool,
    /// It ran after a feint last turn.
    pub lured: bool,
    /// Kept on the leash this turn.
    pub leashed: bool,
    /// In battle last turn.
    pub fought: bool,
    /// The sector it last came from, for the way back.
    pub came_from: Option<Key<Sector>>,
}

/// Orders that stand.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Standing {
    /// When to fire.
    pub policy: Policy,
    /// When to break off, permille.
    pub loss_limit: i32,
    /// Follow this force (as the seat's contact) at this many lanes.
    pub follow: Option<(Key<Contact>, i32)>,
    /// Fall back along these sectors at this hostile strength (SP).
    pub fall_back: Option<(Vec<Key<Sector>>, i32)>,
    /// Marches to come.
    pub queue: Vec<Leg>,
    /// A deed that takes longer than a turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deed: Option<Undertaking>,
}

/// A deed under way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Undertaking {
    /// Which.
    pub deed: Key<Deed>,
    /// At what, as ordered: a site, a sector, a contact of the seat, a force of its own.
    pub at: Option<Key<Mark>>,
    /// Turns still to go after this one.
    pub left: i32,
}

/// Who commands, and what the force is like.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Command {
    /// Who.
    pub commander: Option<Key<Commander>>,
    /// Traits of force and faction together.
    pub traits: Vec<Key<Trait>>,
}

/// How the force is supplied.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Line(pub SupplyLine);

/// Who holds a sector.
#[derive(Component, Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Control {
    /// None: nobody.
    pub owner: Option<Key<Side>>,
    /// What sides have put here: their meters on sectors, where they stand elsewhere than at their start.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub works: BTreeMap<Key<Side>, BTreeMap<Key<Meter>, i32>>,
}

/// A site's holder, place and contents.
#[derive(Component, Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Holding {
    /// Whose.
    pub owner: Key<Side>,
    /// Where (depots may follow the front).
    pub sector: Key<Sector>,
    /// Turns under blockade.
    pub blockaded: i32,
    /// Turns since it last moved.
    pub settled: i32,
    /// What it holds; troops among it are its garrison.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Its meters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// Layers of its shields that are down.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shields_down: i32,
    /// Troops of others that have landed and fight for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ashore: BTreeMap<Key<Side>, BTreeMap<Key<Stock>, i32>>,
    /// The side to which it is loyal, if that is not its owner: it was taken and has not surrendered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loyal: Option<Key<Side>>,
    /// Damage to its structure, hit points; at the whole of it, it is destroyed.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub damage: i64,
    /// It is destroyed: it does nothing any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub razed: bool,
}

impl Holding {
    /// Whether it does anything for its holder: it stands, and is loyal to him.
    pub fn works(&self) -> bool {
        !self.razed && self.loyal.is_none()
    }
}

fn is_zero(n: &i32) -> bool {
    *n == 0
}

fn is_nothing(n: &i64) -> bool {
    *n == 0
}

/// What a side has had, lost and learned.
#[derive(Component, Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Hit points at the start and in arrivals.
    pub raised: i64,
    /// Hit points destroyed or captured.
    pub lost: i64,
    /// Lost before this turn's start, by turn: index 0 is turn 1.
    pub lost_by_turn: Vec<i64>,
    /// Meters.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// Traits whose lesson has been learned.
    pub learned: BTreeSet<Key<Trait>>,
    /// Stocks fired so far.
    pub fired: BTreeMap<Key<Stock>, i32>,
    /// Stocks lost with ships and sites, or captured from.
    pub stocks_lost: BTreeMap<Key<Stock>, i32>,
    /// Stocks fired, by turn.
    pub fired_by_turn: Arc<Vec<BTreeMap<Key<Stock>, i32>>>,
    /// Stocks brought into the war.
    pub stocks_raised: BTreeMap<Key<Stock>, i32>,
}

/// What a seat knows.
#[derive(Component, Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Knowledge {
    /// The seat's contacts by its own names for them.
    pub contacts: BTreeMap<Key<Contact>, Known>,
    /// Names given out so far.
    pub named: u32,
    /// The last name given to each force seen: reports of its end still need it.
    pub names: BTreeMap<Key<Force>, Key<Contact>>,
    /// Who held a sector when last seen, and on which turn.
    pub owners: BTreeMap<Key<Sector>, (Option<Key<Side>>, u32)>,
    /// Whose a site was when last seen, and where.
    pub sites: BTreeMap<Key<Site>, (Key<Side>, Key<Sector>)>,
    /// Sectors in sight at the end of the last turn.
    pub seen: BTreeSet<Key<Sector>>,
    /// Hostile hit points seen destroyed, by side.
    pub destroyed: BTreeMap<Key<Side>, i64>,
    /// Forces whose end the seat was told of.
    pub fallen: BTreeSet<Key<Force>>,
    /// Flags the seat was told of.
    pub flags: BTreeSet<String>,
    /// Objectives fulfilled as far as the seat can know.
    pub met: BTreeSet<Key<Objective>>,
    /// Turns counted for each `Days` term as far as the seat can know.
    pub days: BTreeMap<Key<Term>, u32>,
    /// What was learned of sites that are not the seat's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub studied: BTreeMap<Key<Site>, Studied>,
    /// Sites known to be destroyed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub razed: BTreeSet<Key<Site>>,
    /// Sites known to be loyal to another than their holder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub loyal: BTreeMap<Key<Site>, Key<Side>>,
}

/// What a seat has learned of a site, and when.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Studied {
    /// On which turn.
    pub turn: u32,
    /// Its meters then.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// What it held then.
    pub stocks: BTreeMap<Key<Stock>, i32>,
}

/// A contact with what the seat must not be shown: who it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Who it is in truth.
    pub force: Key<Force>,
    /// Its side.
    pub side: Key<Side>,
    /// Where it was last seen.
    pub place: Place,
    /// Turns since it was last seen.
    pub age: u32,
    /// How well it is known now (age taken into account).
    pub confidence: Confidence,
    /// How well it was known when last seen.
    pub seen_as: Confidence,
    /// By what.
    pub source: Source,
    /// Strength as estimated when last seen, hit points.
    pub estimate: i64,
    /// Stance when last tracked.
    pub stance: Option<Key<Stance>>,
    /// It stood through a battle when last tracked.
    pub fixed: bool,
}

/// Turn and end of the war.
#[derive(Resource, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Clock {
    /// The turn about to be resolved (or planned), from 1.
    pub turn: u32,
    /// An event has ended the war.
    pub ending: bool,
    /// Set by the verdict.
    pub ended: Option<Ending>,
}

/// Flags, events that have fired, objectives fulfilled, days counted for the score.
#[derive(Resource, Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Story {
    /// Set by events.
    pub flags: BTreeSet<String>,
    /// Events that have fired and do not repeat, and other marks of what has happened: deeds done once, thresholds passed,
    /// pacts on the table and words given.
    pub fired: BTreeSet<String>,
    /// Objectives fulfilled now.
    pub met: BTreeSet<Key<Objective>>,
    /// Turns counted for each `Days` term.
    pub days: BTreeMap<Key<Term>, u32>,
    /// Forces that have yet to arrive: the turn they may; none until an event calls them.
    pub awaited: BTreeMap<Key<Force>, Option<u32>>,
    /// Forces destroyed or captured.
    pub destroyed: BTreeSet<Key<Force>>,
    /// What became of commanders who lost their ship.
    pub fates: BTreeMap<Key<Commander>, super::journal::Fate>,
    /// How sides stand to one another, where that has changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub relations: BTreeMap<Key<Side>, BTreeMap<Key<Side>, Relation>>,
    /// Whom factions obey, where that has changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub allegiance: BTreeMap<Key<Faction>, Key<Seat>>,
}

/// Hit points of ships: fit ones count whole, cripples half, less wounds; never below one a hull.
pub fn strength(rules: &Rules, ships: &[Squadron]) -> i64 {
    ships.iter().map(|s| squadron_strength(rules, s)).sum()
}

/// Hit points of one squadron.
pub fn squadron_strength(rules: &Rules, squadron: &Squadron) -> i64 {
    strength_of(rules.classes.get(&squadron.class), squadron)
}

/// The same of ships whose class is at hand; ships of no class are worth nothing.
pub fn strength_of(class: Option<&Class>, squadron: &Squadron) -> i64 {
    let (fit, crippled, wounds) = parts_of(class, squadron);
    fit + crippled + wounds
}

/// What makes up a squadron's hit points: fit hulls, cripples at half, and what wounds take (not above zero).
pub fn squadron_parts(rules: &Rules, squadron: &Squadron) -> (i64, i64, i64) {
    parts_of(rules.classes.get(&squadron.class), squadron)
}

fn parts_of(class: Option<&Class>, squadron: &Squadron) -> (i64, i64, i64) {
    let hull = class.map_or(0, |c| i64::from(c.hull));
    let fit = i64::from(squadron.fit) * hull;
    let crippled = i64::from(squadron.crippled) * (hull / 2);
    let gross = fit + crippled;
    let least = i64::from(squadron.fit + squadron.crippled).min(gross);
    (fit, crippled, (gross - squadron.wounds).max(least) - gross)
}

/// Hit points in fit ships of one role.
pub fn role_strength(rules: &Rules, ships: &[Squadron], role: Role) -> i64 {
    ships
        .iter()
        .filter(|s| rules.classes.get(&s.class).is_some_and(|c| c.role == role))
        .map(|s| squadron_strength(rules, s))
        .sum()
}

/// Fit hulls of one role.
pub fn hulls(rules: &Rules, ships: &[Squadron], role: Role) -> i32 {
    ships
        .iter()
        .filter(|s| rules.classes.get(&s.class).is_some_and(|c| c.role == role))
        .map(|s| s.fit)
        .sum()
}

/// Movement a turn at cruise: that of the slowest class present; cripples are towed.
pub fn speed(rules: &Rules, ships: &[Squadron]) -> i32 {
    ships
        .iter()
        .filter(|s| s.fit + s.crippled > 0)
        .filter_map(|s| rules.classes.get(&s.class))
        .map(|c| c.speed)
        .min()
        .unwrap_or(0)
}
