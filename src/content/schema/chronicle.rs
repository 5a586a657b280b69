//! `seeds/<any name>.ron` beside the table of systems: the chronicle of one document of the record.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Int, List, Maybe, Name, Text};
use crate::content::{
    Key,
    chronicle::{Basis, Conduct, Fate},
    ron::At,
};

/// Year, month, day.
pub(crate) type Date = (Int, Int, Int);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chronicle {
    #[schemars(with = "Key<Chronicle>")]
    pub(crate) document: Name,
    pub(crate) title: Text,
    pub(crate) first_day: At<Date>,
    /// What its days are called where the record has an order of days and no dates.
    #[serde(default)]
    pub(crate) counted: Maybe<String>,
    pub(crate) seed: Int,
    pub(crate) factions: List<Power>,
    pub(crate) places: List<Locale>,
    pub(crate) persons: List<Person>,
    pub(crate) entries: List<Entry>,
    #[serde(default)]
    pub(crate) contradictions: List<Contradiction>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Power {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) also: List<String>,
    pub(crate) what: Text,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Locale {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) also: List<String>,
    #[serde(default)]
    pub(crate) holder: Maybe<String>,
    pub(crate) what: Text,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) also: List<String>,
    #[serde(default)]
    pub(crate) rank: Maybe<String>,
    #[serde(default)]
    pub(crate) faction: Maybe<String>,
    pub(crate) what: Text,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) id: Name,
    pub(crate) name: Text,
    #[serde(default)]
    pub(crate) part_of: Maybe<String>,
    #[serde(default)]
    pub(crate) when: Maybe<Window>,
    #[serde(default)]
    pub(crate) places: List<Mention>,
    #[serde(default)]
    pub(crate) parties: List<Contingent>,
    #[serde(default)]
    pub(crate) story: List<Paragraph>,
    #[serde(default)]
    pub(crate) outcome: Maybe<Upshot>,
    #[serde(default)]
    pub(crate) after: List<Aftermath>,
    #[serde(default)]
    pub(crate) open: List<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Window {
    #[serde(default)]
    pub(crate) from: Maybe<Date>,
    #[serde(default)]
    pub(crate) to: Maybe<Date>,
    pub(crate) basis: At<Basis>,
    #[serde(default)]
    pub(crate) note: Maybe<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    pub(crate) id: Name,
    pub(crate) basis: At<Basis>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contingent {
    pub(crate) faction: Name,
    pub(crate) part: At<Conduct>,
    #[serde(default)]
    pub(crate) commanders: List<Mention>,
    #[serde(default)]
    pub(crate) forces: List<Detail>,
    #[serde(default)]
    pub(crate) losses: Maybe<Toll>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Detail {
    pub(crate) what: Text,
    pub(crate) basis: At<Basis>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Toll {
    pub(crate) word: Text,
    pub(crate) band: (Int, Int),
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paragraph {
    pub(crate) text: Text,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Upshot {
    #[serde(default)]
    pub(crate) winner: Maybe<String>,
    pub(crate) text: Text,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Aftermath {
    pub(crate) what: At<Fact>,
    pub(crate) basis: At<Basis>,
    pub(crate) source: Text,
}

/// What stood afterwards.
#[derive(Deserialize, JsonSchema)]
pub(crate) enum Fact {
    /// A place, and the faction that holds it.
    Owner(Name, Name),
    /// A person, and what became of that person.
    Fate(Name, At<Fate>),
    /// Whether something was so.
    Flag(Name, At<bool>),
    /// An entry to which this one led.
    Leads(Name),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contradiction {
    pub(crate) id: Name,
    pub(crate) what: Text,
    pub(crate) chosen: Text,
    pub(crate) why: Text,
    #[serde(default)]
    pub(crate) entries: List<String>,
    pub(crate) source: Text,
}
