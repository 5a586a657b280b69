//! The record of a document: what happened, where, by whom, what came of it, and how sure each of these is. Scenarios of
//! history refer to it, and every fact that is shown can be traced to its paragraph.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Key;

/// How sure a fact is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub enum Basis {
    /// The text says it.
    Stated,
    /// It follows from the text.
    Inferred,
    /// The text is vague, silent or of two minds.
    Open,
    /// It is ours: a band, a day, a figure that a game needs.
    Invented,
}

/// What a party did in what happened.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub enum Conduct {
    /// It came to take.
    Attacks,
    /// It stood to keep.
    Defends,
    /// It fought, and which of the two is not told.
    Fights,
    /// It helped.
    Supports,
    /// It was done to.
    Suffers,
    /// It decided, declared or planned.
    Decides,
}

/// What became of a person.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "PascalCase")]
pub enum Fate {
    /// Lives, and is free.
    Alive,
    /// Is dead.
    Dead,
    /// Is a prisoner.
    Captured,
    /// Serves the other side, knowingly or not.
    Turned,
    /// Nobody says.
    Unknown,
}

/// A date: year, month, day.
pub type Date = (i32, u32, u32);

/// The record of one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Chronicle {
    /// The document: `000`.
    pub document: String,
    /// Its title.
    pub title: String,
    /// The first day of its war, which is day 1. (year, month, day)
    pub first_day: Date,
    /// What its days are called where the record has an order of days and no dates: `Day`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
    /// What the dice of all its battles are keyed by, so that none is fitted by itself.
    pub seed: u64,
    /// Who took part, by id.
    pub factions: Vec<Power>,
    /// Where it was, by id.
    pub places: Vec<Locale>,
    /// Who is named, by id.
    pub persons: Vec<Person>,
    /// What happened, in the order of the record.
    pub entries: Vec<Entry>,
    /// Where the text speaks against itself, and how it is read.
    pub contradictions: Vec<Contradiction>,
}

/// A power that takes part.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Power {
    /// Its id.
    pub id: Key<Power>,
    /// Shown name.
    pub name: String,
    /// Other names that the text gives it.
    pub also: Vec<String>,
    /// What it is.
    pub what: String,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// A place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Locale {
    /// Its id.
    pub id: Key<Locale>,
    /// Shown name.
    pub name: String,
    /// Other names that the text gives it.
    pub also: Vec<String>,
    /// Who held it before the war, if anybody is said to.
    pub holder: Option<Key<Power>>,
    /// What it is.
    pub what: String,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// Somebody.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Person {
    /// The person's id.
    pub id: Key<Person>,
    /// Shown name.
    pub name: String,
    /// Other names that the text gives.
    pub also: Vec<String>,
    /// Rank or office, if told.
    pub rank: Option<String>,
    /// For whom, if told.
    pub faction: Option<Key<Power>>,
    /// Who that is.
    pub what: String,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entry {
    /// Its id.
    pub id: Key<Entry>,
    /// Shown name.
    pub name: String,
    /// What it is a part of.
    pub part_of: Option<Key<Entry>>,
    /// When; none: nobody can say.
    pub when: Option<Window>,
    /// Where.
    pub places: Vec<Mention<Locale>>,
    /// Who.
    pub parties: Vec<Contingent>,
    /// What was done, step by step.
    pub story: Vec<Paragraph>,
    /// How it ended.
    pub outcome: Option<Upshot>,
    /// What stood afterwards.
    pub after: Vec<Aftermath>,
    /// What the record leaves open.
    pub open: Vec<String>,
}

/// A window in time, both ends counted; an end that is not known is left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Window {
    /// Not before. (year, month, day)
    pub from: Option<Date>,
    /// Not after. (year, month, day)
    pub to: Option<Date>,
    /// How sure that is.
    pub basis: Basis,
    /// What is uncertain about it.
    pub note: Option<String>,
}

/// A thing that the record names, and how sure it is that it belongs here.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(bound = "")]
pub struct Mention<T> {
    /// Which.
    pub id: Key<T>,
    /// How sure that is.
    pub basis: Basis,
}

/// One power's share in what happened.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contingent {
    /// Whose.
    pub faction: Key<Power>,
    /// What it did.
    pub part: Conduct,
    /// Who led.
    pub commanders: Vec<Mention<Person>>,
    /// With what.
    pub forces: Vec<Detail>,
    /// What it lost, where the text has a word for it.
    pub losses: Option<Toll>,
}

/// Forces as the text tells of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Detail {
    /// What they were.
    pub what: String,
    /// How sure that is.
    pub basis: Basis,
}

/// Losses as the text tells of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Toll {
    /// Its word.
    pub word: String,
    /// What we take the word for: permille of the force lost, least and most. 0 to 1,000.
    pub band: (i32, i32),
    /// How sure the word is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// A paragraph of what was done.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Paragraph {
    /// The paragraph.
    pub text: String,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph of the source.
    pub source: String,
}

/// How something ended.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Upshot {
    /// Who won; none: nobody, or the record leaves it open.
    pub winner: Option<Key<Power>>,
    /// In a sentence.
    pub text: String,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// One thing that stood afterwards.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Aftermath {
    /// What.
    pub what: Fact,
    /// How sure that is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
}

/// What stood afterwards.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A place, and who held it.
    Owner(Key<Locale>, Key<Power>),
    /// A person, and what became of that person.
    Fate(Key<Person>, Fate),
    /// Whether something was so, by a name of its own.
    Flag(String, bool),
    /// To what it led.
    Leads(Key<Entry>),
}

/// Where the text speaks against itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contradiction {
    /// Its id.
    pub id: Key<Contradiction>,
    /// What is said, and what is said against it.
    pub what: String,
    /// The reading that is chosen.
    pub chosen: String,
    /// Why.
    pub why: String,
    /// What happened that it bears on.
    pub entries: Vec<Key<Entry>>,
    /// Sections and paragraphs.
    pub source: String,
}

/// Sections and paragraphs of a source, as `Section, par. 2; Other section, caption`; none if it is a remark.
pub fn cited(source: &str) -> Option<Vec<(&str, &str)>> {
    let each = source.split("; ").map(|part| {
        let (section, paragraph) = part.trim().rsplit_once(", ")?;
        let is_place = paragraph.starts_with("par. ") || paragraph.starts_with("caption");
        is_place.then_some((section, paragraph))
    });
    each.collect()
}

impl Chronicle {
    /// The day of the war on which a date falls; day 1 is the first.
    pub fn day(&self, date: Date) -> i64 {
        days(date) - days(self.first_day) + 1
    }

    /// The entry of this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }
}

/// Days since the first of March of the year 0, by the Gregorian calendar.
fn days((year, month, day): Date) -> i64 {
    let (year, month) = (i64::from(year), i64::from(month));
    // A year that begins in March has its odd day at its end.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + (month * 153 + 2) / 5 + i64::from(day) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let after = |from, to| days(to) - days(from);
        assert_eq!(after((2802, 4, 5), (2802, 5, 31)), 56);
        assert_eq!(after((2799, 12, 31), (2800, 1, 1)), 1);
        // 2800 and 2804 have a leap day, 2900 has none.
        assert_eq!(after((2800, 2, 28), (2800, 3, 1)), 2);
        assert_eq!(after((2804, 2, 28), (2804, 3, 1)), 2);
        assert_eq!(after((2900, 2, 28), (2900, 3, 1)), 1);
        assert_eq!(after((2800, 1, 1), (3200, 1, 1)), 146_097);
    }
}
