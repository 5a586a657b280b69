//! What the record tells, as a book to be leafed through: entries in their order, places, persons, powers, and where the
//! text speaks against itself. Who names whom is found here; `panels::chronicle` paints it.

use super::Library;
use crate::{
    content::{
        Key,
        chronicle::{Chronicle, Contradiction, Date, Entry, Locale, Person, Power, Window},
    },
    gui::{reference, words::say},
    sim::calendar::of_record,
};

/// A chapter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// What happened, in its order.
    Entries,
    /// Where.
    Places,
    /// Who is named.
    Persons,
    /// Who took part.
    Powers,
    /// Where the text speaks against itself.
    Doubts,
}

impl Topic {
    /// All of them, in the order of the book.
    pub const ALL: [Self; 5] = [
        Self::Entries,
        Self::Places,
        Self::Persons,
        Self::Powers,
        Self::Doubts,
    ];

    /// Its name in texts (`told-NAME`, of one thing of it `told-one-NAME`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Places => "places",
            Self::Persons => "persons",
            Self::Powers => "powers",
            Self::Doubts => "doubts",
        }
    }
}

/// What a page is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Subject {
    /// The document whose record has it.
    pub document: String,
    /// In which chapter.
    pub topic: Topic,
    /// The id of the thing.
    pub id: String,
}

impl Subject {
    /// A thing by its id.
    pub fn new(told: &Chronicle, topic: Topic, id: impl AsRef<str>) -> Self {
        Self {
            document: told.document.clone(),
            topic,
            id: id.as_ref().to_owned(),
        }
    }
}

/// A thing of the record.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    /// Something that happened.
    Entry(&'a Entry),
    /// A place.
    Place(&'a Locale),
    /// Somebody.
    Person(&'a Person),
    /// A power.
    Power(&'a Power),
    /// Where the text speaks against itself.
    Doubt(&'a Contradiction),
}

impl<'a> Thing<'a> {
    /// The thing of a subject, if the record has it.
    pub fn of(told: &'a Chronicle, subject: &Subject) -> Option<Self> {
        let id = subject.id.as_str();
        match subject.topic {
            Topic::Entries => told.entry(id).map(Thing::Entry),
            Topic::Places => (told.places.iter().find(|p| p.id.as_str() == id)).map(Thing::Place),
            Topic::Persons => {
                (told.persons.iter().find(|p| p.id.as_str() == id)).map(Thing::Person)
            }
            Topic::Powers => (told.factions.iter().find(|p| p.id.as_str() == id)).map(Thing::Power),
            Topic::Doubts => {
                (told.contradictions.iter().find(|c| c.id.as_str() == id)).map(Thing::Doubt)
            }
        }
    }

    /// Its shown name.
    pub fn name(self) -> String {
        match self {
            Thing::Entry(entry) => entry.name.clone(),
            Thing::Place(place) => place.name.clone(),
            Thing::Person(person) => person.name.clone(),
            Thing::Power(power) => power.name.clone(),
            Thing::Doubt(doubt) => {
                crate::gui::table::sentence(&doubt.id.as_str().replace('-', " "))
            }
        }
    }

    /// All that is read of it by a search.
    fn words(self) -> String {
        let mut words: Vec<&str> = Vec::new();
        match self {
            Thing::Entry(entry) => {
                words.extend(entry.story.iter().map(|p| p.text.as_str()));
                words.extend(entry.outcome.iter().map(|o| o.text.as_str()));
                words.extend(entry.open.iter().map(String::as_str));
                let forces = entry.parties.iter().flat_map(|p| &p.forces);
                words.extend(forces.map(|f| f.what.as_str()));
            }
            Thing::Place(place) => {
                words.push(&place.what);
                words.extend(place.also.iter().map(String::as_str));
            }
            Thing::Person(person) => {
                words.push(&person.what);
                words.extend(person.rank.iter().map(String::as_str));
                words.extend(person.also.iter().map(String::as_str));
            }
            Thing::Power(power) => {
                words.push(&power.what);
                words.extend(power.also.iter().map(String::as_str));
            }
            Thing::Doubt(doubt) => words.extend([
                doubt.what.as_str(),
                doubt.chosen.as_str(),
                doubt.why.as_str(),
            ]),
        }
        words.join("\n").to_lowercase()
    }
}

/// Everything in a chapter of one record: entries as they are told, the rest by name.
pub fn subjects(told: &Chronicle, topic: Topic) -> Vec<Subject> {
    let ids: Vec<&str> = match topic {
        Topic::Entries => told.entries.iter().map(|e| e.id.as_str()).collect(),
        Topic::Places => told.places.iter().map(|p| p.id.as_str()).collect(),
        Topic::Persons => told.persons.iter().map(|p| p.id.as_str()).collect(),
        Topic::Powers => told.factions.iter().map(|p| p.id.as_str()).collect(),
        Topic::Doubts => told.contradictions.iter().map(|c| c.id.as_str()).collect(),
    };
    let mut all: Vec<Subject> = ids
        .into_iter()
        .map(|id| Subject::new(told, topic, id))
        .collect();
    if topic != Topic::Entries {
        all.sort_by_cached_key(|subject| Thing::of(told, subject).map(Thing::name));
    }
    all
}

/// Entries that name a thing: those in which it took part, its parts, or those on which a contradiction bears.
pub fn named_by<'a>(told: &'a Chronicle, thing: Thing<'_>) -> Vec<&'a Entry> {
    let names = |entry: &&Entry| match thing {
        Thing::Entry(whole) => entry.part_of.as_ref() == Some(&whole.id),
        Thing::Place(place) => entry.places.iter().any(|p| p.id == place.id),
        Thing::Person(person) => {
            let mut led = entry.parties.iter().flat_map(|p| &p.commanders);
            led.any(|c| c.id == person.id)
        }
        Thing::Power(power) => entry.parties.iter().any(|p| p.faction == power.id),
        Thing::Doubt(doubt) => doubt.entries.contains(&entry.id),
    };
    told.entries.iter().filter(names).collect()
}

/// Where the text speaks against itself about an entry.
pub fn doubts<'a>(told: &'a Chronicle, entry: &Key<Entry>) -> Vec<&'a Contradiction> {
    let all = told.contradictions.iter();
    all.filter(|doubt| doubt.entries.contains(entry)).collect()
}

/// Everything that answers to what is typed, the best first; nothing for nothing.
pub fn find(library: &Library, typed: &str) -> Vec<Subject> {
    let wanted = typed.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for told in &library.chronicles {
        let chapters = Topic::ALL
            .into_iter()
            .flat_map(|topic| subjects(told, topic));
        for subject in chapters {
            let Some(thing) = Thing::of(told, &subject) else {
                continue;
            };
            let name = thing.name();
            let rank = reference::by_name(&name.to_lowercase(), &wanted)
                .or_else(|| thing.words().contains(&wanted).then_some(10));
            found.extend(rank.map(|rank| (rank, subject.topic, name, subject)));
        }
    }
    found.sort();
    found.into_iter().map(|(.., subject)| subject).collect()
}

/// The dates of a window in words.
pub fn dates(told: &Chronicle, when: &Window) -> String {
    let written = |date| of_record(told, date);
    match (when.from, when.to) {
        (Some(from), Some(to)) if from == to => written(from),
        (Some(from), Some(to)) => {
            let first = shorter(told, from, to);
            say!("told-from-to", from = first, to = written(to))
        }
        (Some(from), None) => say!("told-from", date = written(from)),
        (None, Some(to)) => say!("told-until", date = written(to)),
        (None, None) => say!("told-undated"),
    }
}

/// The dates of a window as short as can be: years before the war, days without years in it.
pub fn brief(told: &Chronicle, when: &Window) -> String {
    let is_before = when.to.or(when.from).is_some_and(|date| told.day(date) < 1);
    let short = |date: Date| match is_before {
        true => date.0.to_string(),
        false if told.counted.is_some() => of_record(told, date),
        false => {
            let words = of_record(told, date);
            let mut words = words.split(' ');
            let day = words.next().unwrap_or_default();
            let month: String = words.next().unwrap_or_default().chars().take(3).collect();
            format!("{day} {month}")
        }
    };
    match (when.from.map(short), when.to.map(short)) {
        (Some(from), Some(to)) if from == to => from,
        (Some(from), Some(to)) => say!("told-brief", from = from, to = to),
        (Some(from), None) => say!("told-brief-from", from = from),
        (None, Some(to)) => say!("told-brief-until", to = to),
        (None, None) => String::new(),
    }
}

/// The first of two dates, without the year if that is the other's too.
fn shorter(told: &Chronicle, from: Date, to: Date) -> String {
    let whole = of_record(told, from);
    match from.0 == to.0 && told.counted.is_none() {
        true => whole
            .rsplit_once(' ')
            .map_or(whole.clone(), |(day, _)| day.to_owned()),
        false => whole,
    }
}

/// Where one is in the book.
#[derive(Clone, Debug)]
pub struct Place {
    /// The chapter that is spread out.
    pub topic: Option<Topic>,
    /// What is looked for, as typed.
    pub typed: String,
    /// What was found by it, the best first.
    pub found: Vec<Subject>,
    /// What was opened, the last one on top.
    trail: Vec<Subject>,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            topic: Some(Topic::Entries),
            typed: String::new(),
            found: Vec::new(),
            trail: Vec::new(),
        }
    }
}

/// Most pages that can be gone back through.
const TRAIL: usize = 64;

/// What is done in the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Spreads a chapter out, or folds it.
    Turn(Topic),
    /// Looks for this.
    Type(String),
    /// Opens a page.
    Visit(Subject),
    /// To the page before; from the first one to the list.
    Return,
    /// To the list.
    Leave,
}

impl Place {
    /// What is open.
    pub fn open(&self) -> Option<&Subject> {
        self.trail.last()
    }

    /// Carries out what is done.
    pub fn act(&mut self, library: &Library, act: Act) {
        match act {
            Act::Turn(topic) => self.topic = (self.topic != Some(topic)).then_some(topic),
            Act::Type(typed) => {
                self.found = find(library, &typed);
                self.typed = typed;
            }
            Act::Visit(subject) => {
                let told = library.chronicle(&subject.document);
                let is_there = told.is_some_and(|told| Thing::of(told, &subject).is_some());
                if is_there && self.trail.last() != Some(&subject) {
                    self.topic = Some(subject.topic);
                    self.trail.push(subject);
                    if self.trail.len() > TRAIL {
                        self.trail.remove(0);
                    }
                }
            }
            Act::Return => {
                self.trail.pop();
                if let Some(subject) = self.trail.last() {
                    self.topic = Some(subject.topic);
                }
            }
            Act::Leave => self.trail.clear(),
        }
    }
}
