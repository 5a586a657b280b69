//! `seeds/battles/*.ron`, `battles/*.ron`: the recorded course of a scenario.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::{Key, chronicle::Fate};

use super::{
    At, Int, List, Maybe, Name, Pairs, Text,
    scenario::Condition,
    trial::{Figure, Range},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Course {
    pub(crate) id: Name,
    #[schemars(with = "Key<super::chronicle::Chronicle>")]
    pub(crate) document: Name,
    pub(crate) scenario: Name,
    pub(crate) sides: Pairs<String>,
    /// Regions (all their sectors), sectors and sites by id; left out where one of them has the place's own id.
    #[serde(default)]
    pub(crate) places: Pairs<List<String>>,
    #[serde(default)]
    pub(crate) before: List<String>,
    pub(crate) orders: Pairs<List<String>, i64>,
    pub(crate) battles: List<Battle>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Battle {
    pub(crate) id: Name,
    #[serde(default)]
    pub(crate) tuned: Maybe<bool>,
    pub(crate) measures: List<Measure>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measure {
    pub(crate) entry: Name,
    pub(crate) turns: Range,
    #[serde(default)]
    pub(crate) won: Pairs<Condition>,
    #[serde(default)]
    pub(crate) begins: Maybe<Condition>,
    #[serde(default)]
    pub(crate) ends: Maybe<Condition>,
    #[serde(default)]
    pub(crate) losses: Pairs<Figure>,
    #[serde(default)]
    pub(crate) fates: Pairs<(At<Fate>, At<Condition>)>,
    #[serde(default)]
    pub(crate) flags: Pairs<Gauge>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Gauge {
    Holds(Box<At<Condition>>),
    Ever(Box<At<Condition>>),
    AtLeast(Box<At<Figure>>, Int),
    AtMost(Box<At<Figure>>, Int),
    Told,
    Beyond(Text),
}
