//! `guide` of a scenario: what leads a seat through it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{At, List, Maybe, Name, Text, rules::mirrors, scenario::Condition};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Guide {
    pub(crate) seat: Name,
    pub(crate) steps: List<GuideStep>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuideStep {
    pub(crate) id: Name,
    pub(crate) title: Text,
    pub(crate) text: Text,
    pub(crate) hint: Text,
    #[serde(default)]
    pub(crate) by: Maybe<i64>,
    pub(crate) until: At<Task>,
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Task {
    Is(Box<At<Condition>>),
    Looked(At<Sight>),
    LookedWhile(At<Sight>, Box<At<Task>>),
    Ordered(Name, At<Errand>),
    Bound(Name, Name),
    At(Name, Name),
    All(List<Task>),
    Any(List<Task>),
}

#[derive(Deserialize, JsonSchema)]
pub(crate) enum Sight {
    Force(Name),
    Sector(Name),
    Site(Name),
    Foe,
    Supply,
    Reach,
    Knowledge,
    Control,
    Objectives,
    Report,
    Outlook,
    Reserves,
    Score,
    Verdict,
}

mirrors! {
    Errand { Go, Halt, Follow, Stance, Posture, Fire, Policy, LossLimit, Do, Land, Lift }
}
