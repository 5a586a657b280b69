//! `assets/rules/*.ron`: one list of things for each kind, and the constants.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{At, Int, List, Maybe, Name, Pairs, Permille, Rate, Text};

/// An enum of the schema, written in the RON as `CamelCase`, that stands for one of the catalogue.
macro_rules! mirrors {
    ($($name:ident { $($variant:ident),+ $(,)? })+) => {$(
        #[derive(Clone, Copy, Deserialize, JsonSchema)]
        pub(crate) enum $name { $($variant),+ }
        impl From<$name> for crate::content::$name {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),+ }
            }
        }
    )+};
}
pub(super) use mirrors;

mirrors! {
    Trigger { Salvo, Answer, Bombard, Orbit }
    Role { Capital, Screen, Raider, Transport, Engineer, Base }
    Family { Attack, Defend }
    MeterOn { Side, Force, Site, Sector }
    Bears { Own, Foes, All }
    Guards { Sector, Region }
    Stat {
        Aim, Exposure, AnswerAim, AnswerShots, Intercept, BoutFire, BoutHarm, Frontage, Speed,
        Rest, Strain, BoutStrain, Track, Plot, Signature, Bait, Attrition, Convoy, Seek, Shelter, Pursuit, Pursued, Deed, Siege,
        Bombardment, GroundFire, GroundHarm, Recovery, Output, Estimate, Insight,
    }
}

/// A number that the constants table holds: its shape in the RON.
pub(crate) type Pair<T> = (At<T>, At<T>);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stock {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) reserve: Maybe<bool>,
    #[serde(default)]
    pub(crate) troops: Maybe<Troops>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Troops {
    pub(crate) strength: Int,
    #[serde(default)]
    pub(crate) lands: Maybe<bool>,
    #[serde(default)]
    pub(crate) boards: Maybe<bool>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weapon {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) trigger: At<Trigger>,
    #[serde(default)]
    pub(crate) stock: Maybe<String>,
    pub(crate) range: Int,
    pub(crate) accuracy: Permille,
    pub(crate) falloff: Permille,
    #[serde(default)]
    pub(crate) accuracy_cap: Maybe<Rate>,
    pub(crate) damage: Pair<i64>,
    pub(crate) tempo: Permille,
    #[serde(default)]
    pub(crate) interceptable: Maybe<bool>,
    #[serde(default)]
    pub(crate) scatter: Maybe<Rate>,
    #[serde(default)]
    pub(crate) reveals: Maybe<i64>,
    #[serde(default)]
    pub(crate) shakes: Maybe<i64>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) role: At<Role>,
    pub(crate) hull: Int,
    pub(crate) speed: Int,
    #[serde(default)]
    pub(crate) weapons: Pairs<i64>,
    #[serde(default)]
    pub(crate) magazine: Pairs<i64>,
    #[serde(default)]
    pub(crate) intercept: Maybe<Rate>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
    #[serde(default)]
    pub(crate) special: Maybe<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terrain {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) frontage: Int,
    #[serde(default)]
    pub(crate) cover: Maybe<bool>,
    #[serde(default)]
    pub(crate) stops: Maybe<bool>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stance {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) family: At<Family>,
    pub(crate) otherwise: Name,
    #[serde(default)]
    pub(crate) prepares: Maybe<bool>,
    #[serde(default)]
    pub(crate) passes: Maybe<bool>,
    #[serde(default)]
    pub(crate) slowed_to: Maybe<i64>,
    #[serde(default)]
    pub(crate) fixed: Maybe<bool>,
    #[serde(default)]
    pub(crate) lures: Maybe<bool>,
    #[serde(default)]
    pub(crate) holds: Maybe<Hold>,
    #[serde(default)]
    pub(crate) needs_readiness: Maybe<i64>,
    #[serde(default)]
    pub(crate) upkeep: Maybe<i64>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hold {
    pub(crate) days: Int,
    pub(crate) fire_loss: Int,
    pub(crate) readiness: Int,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Posture {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    #[serde(default)]
    pub(crate) special: Maybe<bool>,
    #[serde(default)]
    pub(crate) moves: Maybe<bool>,
    #[serde(default)]
    pub(crate) shelters: Maybe<bool>,
    #[serde(default)]
    pub(crate) interdicts: Maybe<bool>,
    #[serde(default)]
    pub(crate) evades: Maybe<bool>,
    #[serde(default)]
    pub(crate) besieges: Maybe<bool>,
    #[serde(default)]
    pub(crate) supports: Maybe<bool>,
    #[serde(default)]
    pub(crate) stays: Maybe<bool>,
    #[serde(default)]
    pub(crate) readiness: Maybe<i64>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meeting {
    /// The attacking stance.
    #[schemars(with = "crate::content::Key<Stance>")]
    pub(crate) attack: Name,
    /// The defending stance.
    #[schemars(with = "crate::content::Key<Stance>")]
    pub(crate) defend: Name,
    pub(crate) attacker: Permille,
    pub(crate) defender: Permille,
    pub(crate) bouts: Int,
    #[serde(default)]
    pub(crate) lures: Maybe<bool>,
    pub(crate) ground: At<Ground>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum Ground {
    Defender,
    Yields(Int),
    Contested,
    Stands {
        defender_loss: Permille,
        defender_readiness: Int,
        days: Int,
        attacker_loss: Permille,
    },
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meter {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    #[serde(default)]
    pub(crate) special: Maybe<bool>,
    pub(crate) on: At<MeterOn>,
    pub(crate) range: Pair<i64>,
    #[serde(default)]
    pub(crate) start: Maybe<i64>,
    #[serde(default)]
    pub(crate) bears: Maybe<Bears>,
    #[serde(default)]
    pub(crate) growth: List<Growth>,
    #[serde(default)]
    pub(crate) thresholds: List<Threshold>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum Growth {
    Turn(Int),
    Toward { value: Int, step: Int },
    SalvoHeard { within: Int, add: Int },
    Posture { posture: Name, add: Int },
    Lost(Int),
    Destroyed(Int),
    With { quality: Name, add: Int },
    Still(Int),
    Moved(Int),
    Fought(Int),
    Starving(Int),
    In { terrain: Name, add: Int },
    Blockaded(Int),
    Relieved(Int),
    Shelled(Int),
    Occupied(Int),
    NeighbourFell(Int),
    Garrison(Int),
    From(Name, Int),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Threshold {
    pub(crate) at: Int,
    #[serde(default)]
    pub(crate) falling: Maybe<bool>,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
    #[serde(default)]
    pub(crate) outcomes: List<super::deed::Outcome>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trait {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
    #[serde(default)]
    pub(crate) until: Maybe<Lesson>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lesson {
    pub(crate) loss: Permille,
    pub(crate) turn: Int,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Commander {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    #[serde(default)]
    pub(crate) traits: List<String>,
    #[serde(default)]
    pub(crate) captive: Maybe<String>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteKind {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) summary: Maybe<String>,
    #[serde(default)]
    pub(crate) depot: Maybe<bool>,
    #[serde(default)]
    pub(crate) supply: Maybe<i64>,
    #[serde(default)]
    pub(crate) track: Maybe<i64>,
    #[serde(default)]
    pub(crate) repair: Maybe<i64>,
    #[serde(default)]
    pub(crate) follows: Maybe<i64>,
    #[serde(default)]
    pub(crate) endurance: Maybe<i64>,
    #[serde(default)]
    pub(crate) shields: Maybe<i64>,
    #[serde(default)]
    pub(crate) shield: Maybe<i64>,
    #[serde(default)]
    pub(crate) structure: Maybe<i64>,
    #[serde(default)]
    pub(crate) weapons: Pairs<i64>,
    #[serde(default)]
    pub(crate) makes: Pairs<i64>,
    #[serde(default)]
    pub(crate) meters: Pairs<i64>,
    #[serde(default)]
    pub(crate) voids: Maybe<String>,
    #[serde(default)]
    pub(crate) grid: Maybe<bool>,
    #[serde(default)]
    pub(crate) fed: Maybe<bool>,
    #[serde(default)]
    pub(crate) defiant: Maybe<bool>,
    #[serde(default)]
    pub(crate) guards: Maybe<Guards>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
    #[serde(default)]
    pub(crate) bears: Maybe<Bears>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Modifier {
    pub(crate) stat: At<Stat>,
    #[serde(default)]
    pub(crate) add: Maybe<i64>,
    #[serde(default)]
    pub(crate) permille: Maybe<Rate>,
    #[serde(default)]
    pub(crate) when: Maybe<When>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum When {
    Always,
    SupplyAtMost(Int),
    ReadinessBelow(Int),
    In(Name),
    Stance(Name),
    Has(At<Role>),
    MeterAtLeast(Name, Int),
    CrowdAbove(Int),
    Posture(Name),
    Trait(Name),
    Company(Name),
    Carries(Name, Int),
    Fought,
    FromTurn(Int),
    Home,
    Prongs(Int),
    Attacking,
    Kind(Name),
    Shielded,
    Unsurrendered,
    Against(Box<At<When>>),
    All(List<When>),
    Any(List<When>),
    Not(Box<At<When>>),
}
