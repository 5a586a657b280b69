//! A war held against the record, fact by fact.
//!
//! | fact | weight | score |
//! |---|---|---|
//! | winner | 3 | all or nothing |
//! | owner of a place afterwards | 3 | all or nothing |
//! | fate of a person | 2 | all or nothing |
//! | first or last day | 2 | half for each day off a stated date; a date that is inferred is a window |
//! | losses | 2 | within the band that the text's word stands for; nothing from 100 permille beside it |
//! | flag | 1 | all or nothing |
//!
//! What is inferred weighs half; what the record leaves open, or what is invented, is shown and weighs nothing. A fact
//! whose premise never came about scores nothing.

use serde::Serialize;
use serde_json::{Value, json};

use super::play::Seen;
use crate::content::{
    Course, Gauge, Measure,
    chronicle::{Basis, Chronicle, Date, Entry, Fact, Fate, Window},
};

/// What a check is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Who won.
    Winner,
    /// Who held a place.
    Owner,
    /// What became of somebody.
    Fate,
    /// When.
    Date,
    /// What was lost.
    Loss,
    /// Whether something was so.
    Flag,
}

impl Subject {
    /// Its weight, thousandths, where the text states the fact.
    fn weight(self) -> i64 {
        match self {
            Subject::Winner | Subject::Owner => 3000,
            Subject::Fate | Subject::Date | Subject::Loss => 2000,
            Subject::Flag => 1000,
        }
    }
}

/// Days of difference that leave nothing of a score.
const DAYS: i64 = 2;
/// Permille beside the band that leave nothing of a score.
const BESIDE: i64 = 100;

/// One fact of the record, held against a war.
#[derive(Clone, Debug)]
pub struct Check {
    /// `entry/subject` or `entry/subject/which`.
    pub id: String,
    /// What it is about.
    pub subject: Subject,
    /// What the record says.
    pub expected: Value,
    /// What came; null: it was not measured.
    pub got: Value,
    /// 0 to 1,000.
    pub score: i64,
    /// Thousandths.
    pub weight: i64,
    /// How sure the record is.
    pub basis: Basis,
    /// Section and paragraph.
    pub source: String,
    /// Whether it only repeats what was put in, or cannot be measured: it leaves the score.
    pub input: bool,
    /// Why it is not measured, where it is not.
    pub note: Option<String>,
}

impl Check {
    /// Whether the war did as the record says, more or less.
    pub fn holds(&self) -> bool {
        self.score >= 500
    }
    /// Whether it counts.
    pub fn counts(&self) -> bool {
        !self.input && self.weight > 0
    }
}

impl Serialize for Check {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = to.serialize_struct("Check", 9)?;
        row.serialize_field("id", &self.id)?;
        row.serialize_field("subject", &self.subject)?;
        row.serialize_field("expected", &self.expected)?;
        row.serialize_field("got", &self.got)?;
        row.serialize_field("score", &thousandths(self.score))?;
        row.serialize_field("weight", &thousandths(self.weight))?;
        row.serialize_field("basis", &self.basis)?;
        row.serialize_field("input", &self.input)?;
        row.serialize_field("source", &self.source)?;
        if let Some(note) = &self.note {
            row.serialize_field("note", note)?;
        }
        row.end()
    }
}

/// What was expected or came, for people: a text without quotes, nothing as a dash.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

/// A number of thousandths as whoever reads JSON expects it.
pub(in crate::war) fn thousandths(number: i64) -> Value {
    match number % 1000 {
        0 => json!(number / 1000),
        _ => serde_json::from_str(&format!("{}.{:03}", number / 1000, number % 1000))
            .unwrap_or(Value::Null),
    }
}

/// The weighed mean of the scores that count, permille, rounded half up.
pub(super) fn mean(checks: &[Check]) -> Option<i64> {
    let counted = checks.iter().filter(|check| check.counts());
    let (sum, all) = counted.fold((0, 0), |(sum, all), check| {
        (sum + check.weight * check.score, all + check.weight)
    });
    (all > 0).then(|| (2 * sum + all) / (2 * all))
}

/// The day of the war of a turn of a course's scenario.
pub(super) fn day_of(course: &Course, turn: u32) -> i64 {
    let calendar = &course.scenario.calendar;
    i64::from(calendar.day) + i64::from(turn - 1) * i64::from(calendar.days_per_turn)
}

/// All facts of the measured entries; what several of them say of the same thing at the same time counts once.
pub(super) fn checks(
    chronicle: &Chronicle,
    course: &Course,
    scripted: bool,
    seen: &[(&Measure, &Seen)],
) -> Vec<Check> {
    let mut all = Vec::new();
    for (measure, seen) in seen {
        if let Some(entry) = chronicle.entry(measure.entry.as_str()) {
            let it = Scoring {
                chronicle,
                course,
                scripted,
                measure,
                entry,
                seen,
            };
            it.winner(&mut all);
            it.losses(&mut all);
            it.dates(&mut all);
            it.after(&mut all);
        }
    }
    all
}

struct Scoring<'a> {
    chronicle: &'a Chronicle,
    course: &'a Course,
    scripted: bool,
    measure: &'a Measure,
    entry: &'a Entry,
    seen: &'a Seen,
}

impl Scoring<'_> {
    fn check(
        &self,
        subject: Subject,
        which: &str,
        (expected, got): (Value, Value),
        score: i64,
        (basis, source): (Basis, &str),
    ) -> Check {
        let entry = &self.entry.id;
        let word = match subject {
            Subject::Winner => "winner",
            Subject::Owner => "owner",
            Subject::Fate => "fate",
            Subject::Date => "date",
            Subject::Loss => "loss",
            Subject::Flag => "flag",
        };
        let weight = match basis {
            Basis::Stated => subject.weight(),
            Basis::Inferred => subject.weight() / 2,
            Basis::Open | Basis::Invented => 0,
        };
        Check {
            id: if which.is_empty() {
                format!("{entry}/{word}")
            } else {
                format!("{entry}/{word}/{which}")
            },
            subject,
            expected,
            got,
            score,
            weight,
            basis,
            source: source.to_owned(),
            input: false,
            note: None,
        }
    }

    fn winner(&self, out: &mut Vec<Check>) {
        let Some(outcome) = &self.entry.outcome else {
            return;
        };
        let expected = (outcome.winner.as_ref()).and_then(|power| self.course.sides.get(power));
        if expected.is_none() && self.measure.won.is_empty() {
            return;
        }
        let got = self.seen.winner.as_ref();
        let pair = (json!(expected), json!(got));
        let score = all_or_nothing(expected == got);
        let from = (outcome.basis, outcome.source.as_str());
        out.push(self.check(Subject::Winner, "", pair, score, from));
    }

    fn losses(&self, out: &mut Vec<Check>) {
        let mut told: Vec<(String, (i32, i32))> = Vec::new();
        for party in &self.entry.parties {
            let Some(toll) = &party.losses else { continue };
            let own = self.seen.own_losses.get(&party.faction);
            let side = self.course.sides.get(&party.faction);
            let Some(got) = own.or_else(|| self.seen.losses.get(side?)) else {
                continue;
            };
            // Several powers of one side have one loss.
            let which = match (own, side) {
                (None, Some(side)) => side.to_string(),
                _ => party.faction.to_string(),
            };
            if told.contains(&(which.clone(), toll.band)) {
                continue;
            }
            told.push((which.clone(), toll.band));
            let (least, most) = (i64::from(toll.band.0), i64::from(toll.band.1));
            let beside = (least - got).max(got - most).max(0);
            let score = 1000 - beside.min(BESIDE) * 1000 / BESIDE;
            let pair = (json!([least, most]), json!(got));
            let from = (toll.basis, toll.source.as_str());
            out.push(self.check(Subject::Loss, &which, pair, score, from));
        }
    }

    fn dates(&self, out: &mut Vec<Check>) {
        let Some(when) = &self.entry.when else { return };
        let ends = [
            ("begins", &self.measure.begins, when.from, self.seen.begins),
            ("ends", &self.measure.ends, when.to, self.seen.ends),
        ];
        for (which, asked, date, turn) in ends {
            if let (Some(_), Some(date)) = (asked, date) {
                let (first, last) = self.window(when, date);
                let day = turn.map(|turn| day_of(self.course, turn));
                let off = day.map(|day| (first - day).max(day - last).max(0));
                let score = off.map_or(0, |off| 1000 - off.min(DAYS) * 1000 / DAYS);
                let expected = if first == last {
                    json!(first)
                } else {
                    json!([first, last])
                };
                let source = when.note.as_deref().unwrap_or_default();
                let from = (when.basis, source);
                out.push(self.check(Subject::Date, which, (expected, json!(day)), score, from));
            }
        }
    }

    /// The days that are right: a stated date, else all of the window.
    fn window(&self, when: &Window, date: Date) -> (i64, i64) {
        let day = |date| self.chronicle.day(date);
        match (when.basis, when.from, when.to) {
            (Basis::Stated, ..) => (day(date), day(date)),
            (_, Some(from), Some(to)) => (day(from), day(to)),
            _ => (day(date), day(date)),
        }
    }

    fn after(&self, out: &mut Vec<Check>) {
        for after in &self.entry.after {
            let from = (after.basis, after.source.as_str());
            match &after.what {
                Fact::Owner(place, power) => {
                    let expected = self.course.sides.get(power);
                    let got = self.seen.owners.get(place);
                    let same = expected.is_some_and(|side| got.is_some_and(|g| g == side.as_str()));
                    let pair = (json!(expected), json!(got));
                    let score = all_or_nothing(same);
                    out.push(self.check(Subject::Owner, place.as_str(), pair, score, from));
                }
                Fact::Fate(person, fate) => {
                    let got = self
                        .seen
                        .fates
                        .get(person)
                        .copied()
                        .unwrap_or(Fate::Unknown);
                    let pair = (json!(word(*fate)), json!(word(got)));
                    let score = all_or_nothing(*fate == got);
                    out.push(self.check(Subject::Fate, person.as_str(), pair, score, from));
                }
                Fact::Flag(name, yes) => {
                    let got = self.seen.flags.get(name).copied().flatten();
                    let score = all_or_nothing(got == Some(*yes));
                    let pair = (json!(yes), json!(got));
                    let mut check = self.check(Subject::Flag, name, pair, score, from);
                    match self.measure.flags.get(name) {
                        Some(Gauge::Told) => {
                            check.input = true;
                            if self.scripted {
                                (check.score, check.got) = (1000, json!(yes));
                            }
                            check.note = Some("the orders and the set-up say so".to_owned());
                        }
                        Some(Gauge::Beyond(why)) => {
                            check.input = true;
                            check.note = Some(why.clone());
                        }
                        _ => {}
                    }
                    out.push(check);
                }
                Fact::Leads(_) => {}
            }
        }
    }
}

fn all_or_nothing(so: bool) -> i64 {
    if so { 1000 } else { 0 }
}

/// A fate as JSON has it: `alive`.
pub(super) fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Alive => "alive",
        Fate::Dead => "dead",
        Fate::Captured => "captured",
        Fate::Turned => "turned",
        Fate::Unknown => "unknown",
    }
}
