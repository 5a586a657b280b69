//! Kinds of site, and the troops that hold and take them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Bears, Key, Meter, Modifier, Stock, Weapon};

/// What a stock is as troops: units that fight on the ground of a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Troops {
    /// Strength of one unit in a ground fight, hit points.
    pub strength: i32,
    /// Whether it may be landed on a hostile site; what may not holds its own only.
    pub lands: bool,
    /// Whether it storms crippled ships after a battle that was won: one hull for each unit, which is used up.
    pub boards: bool,
    /// What sets it apart: of `Stat::GroundFire`, `GroundHarm`, `Recovery`.
    pub modifiers: Vec<Modifier>,
}

/// How far the protection of a site reaches: while it stands, no other site of its holder falls there.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Guards {
    /// In its sector.
    Sector,
    /// In the region of its sector.
    Region,
}

/// A kind of site: depot, relay, station, world, ring, gate.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SiteKind {
    /// Shown name.
    pub name: String,
    /// One sentence for the inspector; empty where the name says it all.
    pub summary: String,
    /// Holds and hands out stocks and supply.
    pub depot: bool,
    /// Strength points of forces it can keep supplied, 0 for none.
    pub supply: i32,
    /// Distance at which it holds a track, chart units, 0 for none.
    pub track: i32,
    /// Hit points mended each turn in forces that stand here and are supplied.
    pub repair: i64,
    /// Fit to be moved up behind the front: a depot follows its side by one lane each so many turns; 0: never.
    pub follows: i32,
    /// Turns a hostile force must hold the sector alone before the site changes hands, if nobody defends it.
    pub endurance: i32,
    /// Layers of shields over it.
    pub shields: i32,
    /// Hit points of fire within one turn that bring one layer down; with less it grows back.
    pub shield: i64,
    /// Hit points that destroy it; 0: it cannot be destroyed.
    pub structure: i64,
    /// Weapons it has: mounts.
    pub weapons: BTreeMap<Key<Weapon>, i32>,
    /// What it makes each turn while nobody blockades it and it is loyal to its holder.
    pub makes: BTreeMap<Key<Stock>, i32>,
    /// Meters it carries, with the value they start at.
    pub meters: BTreeMap<Key<Meter>, i32>,
    /// While this meter of it is above its least, missiles and whatever else can be intercepted do nothing to it and to
    /// what is around it.
    pub voids: Option<Key<Meter>>,
    /// Feeds what is `fed` on its side.
    pub grid: bool,
    /// Wants for nothing, as long as a grid of its side stands (or there never was one): no blockade wears it down.
    pub fed: bool,
    /// Does not surrender when it is taken: it works for nobody until it is won over, and may rise.
    pub defiant: bool,
    /// Protects other sites of its holder.
    pub guards: Option<Guards>,
    /// What it does to forces and sites in its sector.
    pub modifiers: Vec<Modifier>,
    /// To whom it does that.
    pub bears: Bears,
}
