//! `tests/*.ron`, `seeds/proofs/*.ron`: trials, one or a list of them; `seeds/systems.ron`: the table of systems.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};

use super::{
    At, Int, List, Maybe, Name, Pairs, Permille, Text,
    scenario::{Condition, Force, Lane, Scenario, Seat, Sector, Side, Site},
};
use crate::content::Key;

/// First and last, both counted in.
pub(crate) type Range = (Int, Int);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    pub(crate) id: Name,
    pub(crate) what: Text,
    /// A scenario of the catalogue; or else `field`.
    #[serde(default)]
    #[schemars(with = "Option<Key<Scenario>>")]
    pub(crate) scenario: Maybe<String>,
    /// A small field: `content::expand` writes it out as a scenario.
    #[serde(default)]
    #[schemars(with = "Option<Field>")]
    pub(crate) field: Option<At<IgnoredAny>>,
    #[serde(default)]
    pub(crate) players: Pairs<Word>,
    #[serde(default)]
    pub(crate) orders: Pairs<List<String>, i64>,
    pub(crate) turns: Int,
    #[serde(default)]
    pub(crate) seeds: Maybe<Range>,
    #[serde(default)]
    pub(crate) expect: List<Expect>,
    #[serde(default)]
    pub(crate) neutral: List<(Name, Name, Text)>,
    #[serde(default)]
    pub(crate) moves: Maybe<Moves>,
    #[serde(default)]
    pub(crate) decision: Maybe<Decision>,
    #[serde(default)]
    pub(crate) reads: Maybe<Reads>,
}

/// A small field: whatever a `Scenario` may say, and these short forms, which are written out before it is read.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "told by the reference alone: `content::expand` writes a field out from its tree"
)]
pub(crate) struct Field {
    /// Places in a row, 100 apart, each joined to the next by a lane: `"a"`, `("a", storm)`, `("a", storm, (200, 50))`,
    /// or all that a sector may say.
    #[schemars(default)]
    places: List<FieldPlace>,
    /// Ways between places: `("a", "b")`, `("a", "b", 250)`, `("a", "b", 250, storm)`, or all that a lane may say. Left
    /// out: along the row.
    #[schemars(default)]
    lanes: List<FieldLane>,
    /// Sides, by id or as a scenario has them; each has a seat and a faction of the same id. Left out: as forces and
    /// sites name them.
    #[schemars(default)]
    sides: List<Side>,
    /// Home places by side, one or a list. Left out: the first place that a side holds.
    #[schemars(default)]
    homes: Pairs<Key<Sector>, Key<Side>>,
    /// Places that a side holds; what nobody is given belongs to whoever stands there first.
    #[schemars(default)]
    owners: Pairs<Vec<Key<Sector>>, Key<Side>>,
    /// Traits of each side's faction.
    #[schemars(default)]
    traits: Pairs<Vec<Key<crate::content::Trait>>, Key<Side>>,
    /// Forces; `side` may stand for the faction, and name, stance and source may be left out.
    #[schemars(default)]
    forces: List<FieldForce>,
    /// Sites; `at` may stand for the sector, and the name may be left out.
    #[schemars(default)]
    sites: List<FieldSite>,
}

/// What may be written in short for a thing that is known by these parts, in this order.
fn short<T: JsonSchema>() -> serde_json::Value {
    let mut types = SchemaGenerator::default();
    types.subschema_for::<T>().to_value()
}

/// A place of a field, in short `("a", storm, (200, 50))`.
#[derive(JsonSchema)]
#[schemars(extend("short" = short::<(String, Key<crate::content::Terrain>, (i64, i64))>()))]
#[expect(dead_code, reason = "told by the reference alone")]
struct FieldPlace {
    #[serde(flatten)]
    sector: Sector,
}

/// Both ends, the length and the terrain; where the length is left out the terrain comes third, and of a number there is
/// nothing to be told.
type Way = (
    Key<Sector>,
    Key<Sector>,
    Key<crate::content::Terrain>,
    Key<crate::content::Terrain>,
);

/// A way of a field, in short `("a", "b", 250, storm)`.
#[derive(JsonSchema)]
#[schemars(extend("short" = short::<Way>()))]
#[expect(dead_code, reason = "told by the reference alone")]
struct FieldLane {
    #[serde(flatten)]
    lane: Lane,
}

/// A force of a field; name, stance and source may be left out.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "told by the reference alone")]
struct FieldForce {
    /// Its side, instead of the faction.
    #[schemars(default, with = "Key<Side>")]
    side: Name,
    #[serde(flatten)]
    force: Force,
}

/// A site of a field; its name may be left out.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "told by the reference alone")]
struct FieldSite {
    /// Where it is, instead of the sector.
    #[schemars(default, with = "Key<Sector>")]
    at: Name,
    #[serde(flatten)]
    site: Site,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// At the end of this turn; left out: of the last.
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
    /// A condition that holds then, in truth. One of `holds`, `refused` and `figure` is given.
    #[serde(default)]
    pub(crate) holds: Maybe<Condition>,
    /// An order, in its words, that has been refused.
    #[serde(default)]
    pub(crate) refused: Maybe<String>,
    /// A figure that lies within `at_least` and `at_most`, or is `is`.
    #[serde(default)]
    pub(crate) figure: Maybe<Figure>,
    /// The least that the figure may be.
    #[serde(default)]
    pub(crate) at_least: Maybe<i64>,
    /// The most that the figure may be.
    #[serde(default)]
    pub(crate) at_most: Maybe<i64>,
    /// What the figure is, exactly.
    #[serde(default)]
    pub(crate) is: Maybe<i64>,
    /// The mean of the figure over all wars is meant, not each war's.
    #[serde(default)]
    pub(crate) mean: Maybe<bool>,
    /// It holds in at least this share of the wars; left out with `share_at_most`: in every war.
    #[serde(default)]
    pub(crate) share: Option<Permille>,
    /// It holds in at most this share of the wars.
    #[serde(default)]
    pub(crate) share_at_most: Option<Permille>,
    /// How sure each bound of the share must be; with `share` or `share_at_most`.
    #[serde(default)]
    pub(crate) confidence: Option<Permille>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum Figure {
    Number(Int),
    Count {
        kind: Name,
        #[serde(default)]
        of: Pairs<Choice>,
        #[serde(default)]
        turns: Maybe<Range>,
    },
    Sum {
        /// The kind of happening, as the journal calls it: `ships-lost`.
        kind: Name,
        /// Whose values are added up; parts within parts are parted by slashes.
        field: Name,
        /// Fields and what any of them must be or hold.
        #[serde(default)]
        of: Pairs<Choice>,
        /// First and last turn; left out: all so far.
        #[serde(default)]
        turns: Maybe<Range>,
    },
    Strength(Name),
    Lost(Name),
    Stock(Name, Name),
    Fired(Name, Name),
    Meter(Name, Name),
    Sectors(Name),
    Score,
    ScoreOf(Name),
    Won(Name),
    Hull(Name),
    Readiness(Name),
    Supply(Name),
    Aboard(Name, Name),
    At(Name, Name),
    If(Box<At<Condition>>),
    Row(Name, Name, Name),
    Forecast {
        /// Who looks ahead.
        #[schemars(with = "Key<Seat>")]
        seat: Name,
        /// The sector in which it is fought.
        #[schemars(with = "Key<Sector>")]
        at: Name,
        /// What is asked of the forecast.
        of: At<Outlook>,
    },
    Plus(List<Figure>),
    Times(Int, Box<At<Figure>>),
    Minus(Box<At<Figure>>, Box<At<Figure>>),
    Share(Box<At<Figure>>, Box<At<Figure>>),
}

super::rules::mirrors! {
    Outlook { Own, Hostile, Holds }
    Toward { Up, Down }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moves {
    pub(crate) figure: At<Figure>,
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
    pub(crate) by: At<Toward>,
    #[serde(default)]
    pub(crate) at_least: Maybe<i64>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) seat: Name,
    pub(crate) turn: Int,
    pub(crate) options: Pairs<List<String>>,
    /// What makes an option the best.
    pub(crate) best: At<Best>,
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
}

/// By which figure a choice is judged, its mean over the wars.
#[derive(Deserialize, JsonSchema)]
pub(crate) enum Best {
    /// The most of this figure.
    Most(Box<At<Figure>>),
    /// The least of this figure.
    Least(Box<At<Figure>>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reads {
    #[serde(default)]
    pub(crate) seat: Maybe<String>,
    pub(crate) text: Text,
}

/// A row of the table of systems.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct System {
    pub(crate) id: Name,
    pub(crate) document: Name,
    pub(crate) section: Text,
    pub(crate) name: Text,
    pub(crate) what: Text,
    pub(crate) source: Text,
    pub(crate) mechanism: Name,
    /// How much it weighs.
    pub(crate) kind: At<Weight>,
    #[serde(default)]
    pub(crate) data: List<String>,
    #[serde(default)]
    #[schemars(with = "Vec<Key<Trial>>")]
    pub(crate) proofs: List<String>,
}

super::rules::mirrors! {
    Weight { Decision, Colour, Setting }
}

/// A bare word, with or without quotes.
pub(crate) struct Word(pub(crate) String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bare;
        impl Visitor<'_> for Bare {
            type Value = Word;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word")
            }
            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }
        }
        deserializer.deserialize_identifier(Bare)
    }
}

impl JsonSchema for Word {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "word" })
    }
}

/// A text, a number, or a list of texts of which any will do.
pub(crate) struct Choice(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Choice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Choice, E> {
                Ok(Choice(vec![text.to_owned()]))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Choice, E> {
                Ok(Choice(vec![value.to_string()]))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Choice, E> {
                Ok(Choice(vec![number.to_string()]))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Choice, E> {
                Ok(Choice(vec![number.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Choice, A::Error> {
                let mut all = Vec::new();
                while let Some(text) = seq.next_element::<String>()? {
                    all.push(text);
                }
                Ok(Choice(all))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl JsonSchema for Choice {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Choice".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "choice" })
    }
}
