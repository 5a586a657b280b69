//! `assets/rules/deeds.ron`, and what comes of deeds and of meters that pass a threshold.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Flag, Int, List, Maybe, Name, Pairs, Pool, Text,
    rules::{Modifier, When, mirrors},
};
use crate::content::ron::{At, Rate};

mirrors! {
    DeedTarget { Itself, Sector, Site, Contact, Force }
    Whose { Any, Own, Foe, Neutral }
    Who { Actor, Target, Side, TargetSide, Foes, Here }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deed {
    pub(crate) id: Name,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) target: At<DeedTarget>,
    #[serde(default)]
    pub(crate) whose: Maybe<Whose>,
    #[serde(default)]
    pub(crate) reach: Maybe<i64>,
    #[serde(default)]
    pub(crate) when: Maybe<When>,
    #[serde(default)]
    pub(crate) at: Maybe<When>,
    #[serde(default)]
    pub(crate) cost: Maybe<Cost>,
    #[serde(default)]
    pub(crate) takes: Maybe<i64>,
    #[serde(default)]
    pub(crate) chance: Maybe<Rate>,
    #[serde(default)]
    pub(crate) modifiers: List<Modifier>,
    #[serde(default)]
    pub(crate) special: Maybe<bool>,
    #[serde(default)]
    pub(crate) once: Maybe<bool>,
    #[serde(default)]
    pub(crate) secret: Maybe<bool>,
    pub(crate) success: List<Outcome>,
    #[serde(default)]
    pub(crate) failure: List<Outcome>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cost {
    #[serde(default)]
    pub(crate) readiness: Maybe<i64>,
    #[serde(default)]
    pub(crate) stocks: Pairs<i64>,
    #[serde(default)]
    pub(crate) meters: Pairs<i64>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Outcome {
    Meter(At<Who>, Name, Int),
    Clear(Name, Int),
    Stock(At<Who>, Name, Int),
    Harm(At<Who>, At<Rate>),
    Mend(At<Who>, At<Rate>),
    Readiness(At<Who>, Int),
    Garrison(At<Who>, At<Rate>),
    Shields(At<Who>, Int),
    Damage(At<Who>, Int),
    Learn(At<Who>),
    Call {
        #[schemars(with = "Pool")]
        pool: Name,
        least: Int,
        most: Int,
    },
    Gain(At<Who>, Name),
    Lose(At<Who>, Name),
    Win,
    Revolt,
    Yield,
    Raze,
    Set(#[schemars(with = "Flag")] Name),
}
