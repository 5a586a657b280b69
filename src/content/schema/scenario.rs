//! `scenarios/<campaign>/`: `campaign.ron`, `maps/*.ron`, and one file a scenario.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    At, Flag, Int, List, Maybe, Name, Pairs, Permille, Pool, Text, guide::Guide, rules::mirrors,
};
use crate::content::Key;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Campaign {
    pub(crate) id: Name,
    pub(crate) title: Text,
    pub(crate) summary: Text,
    /// Left out: 500, behind those of the game.
    #[serde(default)]
    pub(crate) place: Option<Int>,
    /// Which war may follow which, and what is carried from one into the other.
    #[serde(default)]
    pub(crate) links: List<Link>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    pub(crate) from: Name,
    pub(crate) to: Name,
    /// Left out: nothing of what was lost.
    #[serde(default)]
    pub(crate) replaced: Option<Permille>,
    #[serde(default)]
    pub(crate) meters: List<String>,
    #[serde(default)]
    pub(crate) held: List<Held>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Held {
    pub(crate) side: Name,
    pub(crate) stock: Name,
    pub(crate) aboard: Name,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Map {
    /// Left out only in a scenario's own map.
    #[serde(default)]
    pub(crate) id: Maybe<String>,
    #[serde(default)]
    pub(crate) regions: List<Region>,
    pub(crate) sectors: List<Sector>,
    #[serde(default)]
    pub(crate) lanes: List<Lane>,
    /// The ground of worlds, for show.
    #[serde(default)]
    pub(crate) worlds: List<World>,
}

/// The ground of a world: a disc that is drawn below the map. A horizon parts what is on it from what is above it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct World {
    /// Its middle, chart units.
    pub(crate) at: (Int, Int),
    /// Chart units; larger than the map for a war that is fought on the ground alone.
    pub(crate) radius: Int,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Region {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) within: Maybe<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sector {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) at: (Int, Int),
    pub(crate) region: Name,
    pub(crate) terrain: Name,
}

mirrors! {
    LaneKind { Route, Hyperlane, Wormhole, Descent }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lane {
    /// Left out: both ends joined by a hyphen.
    #[serde(default)]
    pub(crate) id: Maybe<String>,
    pub(crate) ends: (Name, Name),
    pub(crate) kind: At<LaneKind>,
    pub(crate) length: Int,
    pub(crate) capacity: Int,
    pub(crate) terrain: Name,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) id: Name,
    pub(crate) title: Text,
    pub(crate) summary: Text,
    #[serde(default)]
    pub(crate) briefing: List<String>,
    pub(crate) calendar: At<Calendar>,
    pub(crate) turns: Int,
    /// A map of the campaign; or else `own_map`.
    #[serde(default)]
    #[schemars(with = "Option<Key<Map>>")]
    pub(crate) map: Maybe<String>,
    /// A map that no other scenario plays on; instead of `map`.
    #[serde(default)]
    pub(crate) own_map: Maybe<Map>,
    pub(crate) sides: List<Side>,
    pub(crate) seats: List<Seat>,
    pub(crate) factions: List<Faction>,
    #[serde(default)]
    pub(crate) relations: List<Relation>,
    #[serde(default)]
    pub(crate) staging: List<Staging>,
    /// Who holds what on turn 1.
    #[serde(default)]
    pub(crate) owners: List<Owner>,
    /// What stands in places.
    #[serde(default)]
    pub(crate) sites: List<Site>,
    pub(crate) forces: List<Force>,
    #[serde(default)]
    pub(crate) events: List<Event>,
    /// What seats may agree to.
    #[serde(default)]
    pub(crate) pacts: List<Pact>,
    #[serde(default)]
    pub(crate) objectives: List<Objective>,
    pub(crate) verdict: At<Verdict>,
    #[serde(default)]
    pub(crate) with: Maybe<With>,
    #[serde(default)]
    pub(crate) guide: Maybe<Guide>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct With {
    #[serde(default)]
    pub(crate) postures: List<String>,
    #[serde(default)]
    pub(crate) meters: List<String>,
    #[serde(default)]
    pub(crate) deeds: List<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calendar {
    /// May be left out where turns are counted.
    #[serde(default)]
    pub(crate) start: Option<(Int, Int, Int)>,
    #[serde(default)]
    pub(crate) day: Maybe<i64>,
    #[serde(default)]
    pub(crate) days_per_turn: Maybe<i64>,
    #[serde(default)]
    pub(crate) counted: Option<Text>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Side {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) short: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) side: Name,
    #[serde(default)]
    pub(crate) briefing: List<String>,
    pub(crate) home: List<String>,
    #[serde(default)]
    pub(crate) temper: Maybe<Temper>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Temper {
    pub(crate) name: Text,
    /// Left out: 1000.
    #[serde(default)]
    pub(crate) boldness: Option<Permille>,
    /// Left out: 400.
    #[serde(default)]
    pub(crate) thrift: Option<Permille>,
    #[serde(default)]
    pub(crate) defence: Maybe<Defence>,
}

mirrors! {
    Defence { AsPaid, Delay, Stand }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Faction {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) seat: Name,
    #[serde(default)]
    pub(crate) traits: List<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Relation {
    /// The two sides.
    #[schemars(with = "(Key<Side>, Key<Side>)")]
    pub(crate) between: (Name, Name),
    #[serde(default)]
    pub(crate) hostile: Maybe<bool>,
    #[serde(default)]
    pub(crate) shares_sensors: Maybe<bool>,
    #[serde(default)]
    pub(crate) shares_supply: Maybe<bool>,
}

/// Among which sectors a seat may place its forces on the first turn.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Staging {
    /// Which seat.
    #[schemars(with = "Key<Seat>")]
    pub(crate) seat: Name,
    /// The sectors.
    #[schemars(with = "Vec<Key<Sector>>")]
    pub(crate) sectors: List<String>,
}

/// Who holds what on turn 1: whole regions (with what lies in them) and single sectors.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owner {
    /// Which side.
    #[schemars(with = "Key<Side>")]
    pub(crate) side: Name,
    /// Regions, with the regions within them.
    #[serde(default)]
    #[schemars(with = "Vec<Key<Region>>")]
    pub(crate) regions: List<String>,
    /// Single sectors; they win over regions.
    #[serde(default)]
    #[schemars(with = "Vec<Key<Sector>>")]
    pub(crate) sectors: List<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Site {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) kind: Name,
    pub(crate) sector: Name,
    pub(crate) owner: Name,
    #[serde(default)]
    pub(crate) stocks: Pairs<i64>,
    #[serde(default)]
    pub(crate) serves: List<String>,
    #[serde(default)]
    pub(crate) meters: Pairs<i64>,
    #[serde(default)]
    pub(crate) loyal: Maybe<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Force {
    #[schemars(with = "Key<Listed>")]
    pub(crate) id: Name,
    /// Left out, as `faction`, `ships` and `source` may be: as the campaign's order of battle has it under this id.
    #[serde(default)]
    pub(crate) name: Maybe<String>,
    #[serde(default)]
    pub(crate) faction: Maybe<String>,
    pub(crate) at: Name,
    /// Left out: 1, there from the start.
    #[serde(default)]
    pub(crate) arrives: Maybe<i64>,
    /// Only an event brings it.
    #[serde(default)]
    pub(crate) by_event: Maybe<bool>,
    /// It waits in this pool until it is called.
    #[serde(default)]
    #[schemars(with = "Option<Pool>")]
    pub(crate) pool: Maybe<String>,
    #[serde(default)]
    pub(crate) ships: Pairs<i64>,
    #[serde(default)]
    pub(crate) stocks: Pairs<i64>,
    /// Of what the order of battle has, so much has been lost before; ships and stocks that this force names itself
    /// are as they are.
    #[serde(default)]
    pub(crate) worn: Option<Permille>,
    #[serde(default)]
    pub(crate) commander: Maybe<String>,
    #[serde(default)]
    pub(crate) traits: List<String>,
    /// Its counters, where they begin elsewhere than at their start.
    #[serde(default)]
    pub(crate) meters: Pairs<i64>,
    pub(crate) stance: Name,
    #[serde(default)]
    pub(crate) source: Maybe<String>,
}

/// A force of a campaign's order of battle: what it is in every scenario that names it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    /// Its id, by which scenarios name it.
    #[schemars(with = "Key<crate::content::Force>")]
    pub(crate) id: Name,
    /// Shown name.
    pub(crate) name: Text,
    /// Whose.
    #[schemars(with = "Key<crate::content::Faction>")]
    pub(crate) faction: Name,
    /// Ships by class: hulls.
    #[schemars(with = "std::collections::BTreeMap<Key<crate::content::Class>, i32>")]
    pub(crate) ships: Pairs<i64>,
    /// Stocks aboard.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<Key<crate::content::Stock>, i32>")]
    pub(crate) stocks: Pairs<i64>,
    /// What it is like.
    #[serde(default)]
    #[schemars(with = "Vec<Key<crate::content::Trait>>")]
    pub(crate) traits: List<String>,
    /// Where the numbers come from: a source, or "invented".
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) id: Name,
    pub(crate) when: At<Condition>,
    pub(crate) effects: List<Effect>,
    #[serde(default)]
    pub(crate) repeats: Maybe<bool>,
    #[serde(default)]
    pub(crate) tells: List<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pact {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) between: List<String>,
    /// Left out: always.
    #[serde(default)]
    pub(crate) when: Option<At<Condition>>,
    pub(crate) effects: List<Effect>,
    #[serde(default)]
    pub(crate) again: Maybe<bool>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Condition {
    Always,
    From(Int),
    Until(Int),
    Holds(Name, Name),
    Owns(Name, Name),
    Present(Name, Name, Int),
    Lost(Name, Permille),
    Strength(Name, Int),
    Destroyed(Name),
    Meter(Name, Name, Int),
    SiteMeter(Name, Name, Int),
    Loyal(Name, Name),
    Razed(Name),
    Flag(#[schemars(with = "Flag")] Name),
    All(List<Condition>),
    Any(List<Condition>),
    Not(Box<At<Condition>>),
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Effect {
    Arrive(Name),
    Say(Text),
    Set(#[schemars(with = "Flag")] Name),
    Change(Name, Name, Int),
    ChangeSite(Name, Name, Int),
    ChangeForce(Name, Name, Int),
    Stock(Name, Name, Int),
    Leave(Name),
    Relate(Name, Name, At<Standing>),
    Join(Name, Name),
    End,
}

/// How two sides stand to one another from now on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Standing {
    #[serde(default)]
    pub(crate) hostile: Maybe<bool>,
    #[serde(default)]
    pub(crate) shares_sensors: Maybe<bool>,
    #[serde(default)]
    pub(crate) shares_supply: Maybe<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objective {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) side: Name,
    pub(crate) when: At<Condition>,
    #[serde(default)]
    pub(crate) lasting: Maybe<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verdict {
    /// Whose score is counted. Left out, with `against`, where each side has a score of its own.
    #[serde(default)]
    pub(crate) side: Maybe<String>,
    #[serde(default)]
    pub(crate) against: Maybe<String>,
    pub(crate) terms: List<Term>,
    pub(crate) levels: List<Level>,
    #[serde(default)]
    pub(crate) results: Pairs<Vec<Name>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Level {
    /// Tenths of a point of the score, or of the lead where each side has a score of its own. Left out in the lowest level
    /// alone.
    #[serde(default)]
    pub(crate) from: Maybe<i64>,
    #[serde(default)]
    pub(crate) winner: Maybe<String>,
    pub(crate) name: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Term {
    pub(crate) id: Name,
    pub(crate) name: Text,
    /// Into whose score it is paid, where each side has its own.
    #[serde(default)]
    pub(crate) to: Maybe<String>,
    pub(crate) kind: At<TermKind>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum TermKind {
    Days {
        from: Int,
        to: Int,
        when: Box<At<Condition>>,
        points: Int,
    },
    Strength {
        side: Name,
        points: Int,
        knee: Int,
        above: Int,
    },
    Losses {
        side: Name,
        points: Int,
    },
    Stock {
        side: Name,
        stock: Name,
        points: Int,
    },
    Meter {
        side: Name,
        meter: Name,
        points: Int,
    },
    If {
        when: Box<At<Condition>>,
        points: Int,
    },
}
