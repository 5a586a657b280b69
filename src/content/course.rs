//! The recorded course of a scenario: what all seats ordered in the record, and how each fact of the record is measured
//! in a war that is played by these orders, or by any others. It scripts orders, never an outcome.
//! Read from `seeds/battles/*.ron`, and from `battles/*.ron` of a mod.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;

use super::{
    Condition, Figure, Key, Scenario, Sector, Side, Site, Span,
    chronicle::{Entry, Fate, Locale, Person, Power},
    ron::At,
};

/// What was ordered in a scenario as the record has it, and how its battles are held against it.
#[derive(Clone, Debug, JsonSchema)]
pub struct Course {
    /// Its id.
    pub id: Key<Course>,
    /// Where it is written.
    #[schemars(skip)]
    pub span: Span,
    /// The document whose record it follows: `000`.
    pub document: String,
    /// What is played.
    #[schemars(with = "Key<Scenario>")]
    pub scenario: Arc<Scenario>,
    /// The record's powers, and for which side of the scenario each fights.
    pub sides: BTreeMap<Key<Power>, Key<Side>>,
    /// The record's places as parts of the map.
    #[schemars(with = "BTreeMap<Key<Locale>, Vec<String>>")]
    pub places: BTreeMap<Key<Locale>, Extent>,
    /// Entries of the record that were fought before it: what its forces have lost follows from these.
    pub before: Vec<Key<Entry>>,
    /// Orders by turn, in the words of `angelfire order`; each goes to the seat of the force that it names, and foreign
    /// forces go by their ids.
    pub orders: BTreeMap<u32, Vec<At<String>>>,
    /// What is held against the record, in its order.
    pub battles: Vec<Battle>,
}

/// A place of the record on a map: whoever holds all of it holds the place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extent {
    /// Sectors.
    pub sectors: Vec<Key<Sector>>,
    /// Sites.
    pub sites: Vec<Key<Site>>,
}

/// A battle of the record, held against a war.
#[derive(Clone, Debug, JsonSchema)]
pub struct Battle {
    /// The entry of the record.
    pub id: Key<Entry>,
    /// Whether the rules' numbers were tuned on it; such battles are reported apart.
    pub tuned: bool,
    /// Its own entry and others that are measured with it.
    pub measures: Vec<Measure>,
}

impl Battle {
    /// The turns of the scenario over which it was fought.
    pub fn turns(&self) -> (u32, u32) {
        self.measures
            .first()
            .map_or((1, 1), |measure| measure.turns)
    }
}

/// How an entry's facts are measured. Owners of places need no measure of their own, nor do
/// fates of persons as a rule.
#[derive(Clone, Debug, JsonSchema)]
pub struct Measure {
    /// The entry.
    pub entry: Key<Entry>,
    /// First and last turn: losses are counted over these, and the state is asked at the end of the last.
    pub turns: (u32, u32),
    /// Who has won, by conditions at the end: the first that holds. None holds: a draw.
    #[schemars(with = "BTreeMap<Key<Side>, Condition>")]
    pub won: Vec<(Key<Side>, Condition)>,
    /// What begins it: the first turn at whose end this holds is held against the record's first day.
    pub begins: Option<Condition>,
    /// What ends it: likewise, against the record's last day.
    pub ends: Option<Condition>,
    /// Losses of a power, permille, where those of its side in these turns are not what is meant.
    pub losses: BTreeMap<Key<Power>, Figure>,
    /// What has become of a person if a condition holds at the end, where the war does not tell by itself.
    #[schemars(with = "BTreeMap<Key<Person>, (Fate, Condition)>")]
    pub fates: BTreeMap<Key<Person>, (Fate, Condition)>,
    /// How each flag of the entry is measured.
    pub flags: BTreeMap<String, Gauge>,
}

/// How a fact that is so or not so is measured.
#[derive(Clone, Debug, JsonSchema)]
pub enum Gauge {
    /// The condition holds at the end of the last turn.
    Holds(Condition),
    /// The condition holds at the end of some of the turns.
    Ever(Condition),
    /// The figure is at least this at the end of the last turn.
    AtLeast(Figure, i64),
    /// The figure is at most this at the end of the last turn.
    AtMost(Figure, i64),
    /// The orders and the set-up say so: an input, which is never scored.
    Told,
    /// It cannot be measured here, and why: shown, never scored.
    Beyond(String),
}
