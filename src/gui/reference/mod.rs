//! The reference in the game: what the rules know, in words: classes, weapons, stocks, stances, postures, terrain, traits,
//! kinds of site, meters, deeds, and the orders. Each article is made of the rules' own data when it is opened; what it
//! names and what names it are links. Nothing here paints: `panels::reference` does.

mod article;
mod find;
mod orders;
mod ships;
mod told;
mod ways;
mod works;

pub use self::{
    article::{Article, Line, Part},
    find::{by_name, find},
};
use super::{command::list::Verb, names, settings::Settings};
use crate::content::{Catalog, Key, Rules, Scenario};

/// What an article is about, in kinds; each is a chapter of the reference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Topic {
    /// What can be ordered.
    Orders,
    /// Kinds of ship.
    Classes,
    /// Long-range weapons.
    Weapons,
    /// What magazines and depots hold, troops among it.
    Stocks,
    /// Ways to meet the enemy.
    Stances,
    /// Ways to hold oneself.
    Postures,
    /// What places are like.
    Terrain,
    /// What forces, factions and people are like.
    Traits,
    /// Kinds of site.
    Sites,
    /// Named counters.
    Meters,
    /// Orders that are data.
    Deeds,
}

impl Topic {
    /// All of them, in the order of the reference.
    pub const ALL: [Self; 11] = [
        Self::Orders,
        Self::Classes,
        Self::Weapons,
        Self::Stocks,
        Self::Stances,
        Self::Postures,
        Self::Terrain,
        Self::Traits,
        Self::Sites,
        Self::Meters,
        Self::Deeds,
    ];

    /// Its name in texts (`topic-NAME`, of one thing of it `topic-one-NAME`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Classes => "classes",
            Self::Weapons => "weapons",
            Self::Stocks => "stocks",
            Self::Stances => "stances",
            Self::Postures => "postures",
            Self::Terrain => "terrain",
            Self::Traits => "traits",
            Self::Sites => "sites",
            Self::Meters => "meters",
            Self::Deeds => "deeds",
        }
    }
}

/// What one article is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Subject {
    /// In which chapter.
    pub topic: Topic,
    /// The id of the thing; of an order the name of its verb.
    pub id: String,
}

impl Subject {
    /// A thing by its id.
    pub fn new(topic: Topic, id: impl AsRef<str>) -> Self {
        Self {
            topic,
            id: id.as_ref().to_owned(),
        }
    }
}

/// Where one is in the reference.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The chapter that is spread out.
    pub topic: Option<Topic>,
    /// What is looked for, as typed.
    pub typed: String,
    /// What was found by it, the best first.
    pub found: Vec<Subject>,
    /// What was opened, the last one on top.
    pub trail: Vec<Subject>,
}

/// Most articles that can be gone back through.
const TRAIL: usize = 64;

/// What is done in the reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Spreads a chapter out, or folds it.
    Turn(Topic),
    /// Looks for this.
    Type(String),
    /// Opens an article.
    Visit(Subject),
    /// To the article before; from the first one to the list.
    Return,
    /// To the list.
    Leave,
}

impl Place {
    /// What is open.
    pub fn open(&self) -> Option<&Subject> {
        self.trail.last()
    }

    /// Forgets what there is no article about any more.
    pub fn forget(&mut self, book: &Book<'_>) {
        self.trail.retain(|subject| book.has(subject));
        self.found.retain(|subject| book.has(subject));
    }

    /// Carries out what is done.
    pub fn act(&mut self, book: &Book<'_>, act: Act) {
        match act {
            Act::Turn(topic) => self.topic = (self.topic != Some(topic)).then_some(topic),
            Act::Type(typed) => {
                self.found = find(book, &typed);
                self.typed = typed;
            }
            Act::Visit(subject) => {
                if book.has(&subject) && self.trail.last() != Some(&subject) {
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

/// What the reference is made of.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    /// All that can be played: rules, and scenarios that name what is special.
    pub catalog: &'a Catalog,
    /// What is on the table, if anything: what it does not have is marked.
    pub scenario: Option<&'a Scenario>,
    /// What is set: keys.
    pub settings: &'a Settings,
}

impl<'a> Book<'a> {
    fn rules(&self) -> &'a Rules {
        &self.catalog.rules
    }

    /// Everything in a chapter, by name; orders as they are listed elsewhere.
    pub fn subjects(&self, topic: Topic) -> Vec<Subject> {
        fn ids<'k, T: 'k>(keys: impl Iterator<Item = &'k Key<T>>) -> Vec<String> {
            keys.map(|key| key.as_str().to_owned()).collect()
        }
        let rules = self.rules();
        let ids = match topic {
            Topic::Orders => {
                let verbs = Verb::ORDERS.iter().chain(&Verb::WIDER);
                return verbs.map(|verb| Subject::new(topic, verb.name())).collect();
            }
            Topic::Classes => ids(rules.classes.keys()),
            Topic::Weapons => ids(rules.weapons.keys()),
            Topic::Stocks => ids(rules.stocks.keys()),
            Topic::Stances => ids(rules.stances.keys()),
            Topic::Postures => ids(rules.postures.keys()),
            Topic::Terrain => ids(rules.terrain.keys()),
            Topic::Traits => ids(rules.traits.keys()),
            Topic::Sites => ids(rules.site_kinds.keys()),
            Topic::Meters => ids(rules.meters.keys()),
            Topic::Deeds => ids(rules.deeds.keys()),
        };
        let mut all: Vec<(String, Subject)> = ids
            .into_iter()
            .map(|id| {
                let subject = Subject { topic, id };
                (self.title(&subject), subject)
            })
            .collect();
        all.sort();
        all.into_iter().map(|(_, subject)| subject).collect()
    }

    /// Everything.
    pub fn all(&self) -> impl Iterator<Item = Subject> + use<'a> {
        let book = *self;
        Topic::ALL
            .into_iter()
            .flat_map(move |topic| book.subjects(topic))
    }

    /// The shown name.
    pub fn title(&self, subject: &Subject) -> String {
        let (rules, id) = (self.rules(), subject.id.as_str());
        let name = match subject.topic {
            Topic::Orders => return orders::title(id),
            Topic::Classes => rules.classes.get(id).map(|c| &c.name),
            Topic::Weapons => rules.weapons.get(id).map(|w| &w.name),
            Topic::Stocks => rules.stocks.get(id).map(|s| &s.name),
            Topic::Stances => rules.stances.get(id).map(|s| &s.name),
            Topic::Postures => rules.postures.get(id).map(|p| &p.name),
            Topic::Terrain => rules.terrain.get(id).map(|t| &t.name),
            Topic::Traits => rules.traits.get(id).map(|t| &t.name),
            Topic::Sites => rules.site_kinds.get(id).map(|k| &k.name),
            Topic::Meters => rules.meters.get(id).map(|m| &m.name),
            Topic::Deeds => rules.deeds.get(id).map(|d| &d.name),
        };
        super::table::sentence(name.map_or(id, String::as_str))
    }

    /// Whether there is an article about it.
    pub fn has(&self, subject: &Subject) -> bool {
        let (rules, id) = (self.rules(), subject.id.as_str());
        match subject.topic {
            Topic::Orders => orders::verb(id).is_some(),
            Topic::Classes => rules.classes.contains_key(id),
            Topic::Weapons => rules.weapons.contains_key(id),
            Topic::Stocks => rules.stocks.contains_key(id),
            Topic::Stances => rules.stances.contains_key(id),
            Topic::Postures => rules.postures.contains_key(id),
            Topic::Terrain => rules.terrain.contains_key(id),
            Topic::Traits => rules.traits.contains_key(id),
            Topic::Sites => rules.site_kinds.contains_key(id),
            Topic::Meters => rules.meters.contains_key(id),
            Topic::Deeds => rules.deeds.contains_key(id),
        }
    }

    /// Whether a thing is in play only where a scenario names it.
    fn is_special(&self, subject: &Subject) -> bool {
        let (rules, id) = (self.rules(), subject.id.as_str());
        match subject.topic {
            Topic::Postures => rules.postures.get(id).is_some_and(|p| p.special),
            Topic::Meters => rules.meters.get(id).is_some_and(|m| m.special),
            Topic::Deeds => rules.deeds.get(id).is_some_and(|d| d.special),
            _ => false,
        }
    }

    /// Whether a scenario plays with it.
    fn is_played(&self, scenario: &Scenario, subject: &Subject) -> bool {
        let (with, id) = (&scenario.with, subject.id.as_str());
        !self.is_special(subject)
            || match subject.topic {
                Topic::Postures => with.postures.iter().any(|p| p.as_str() == id),
                Topic::Meters => with.meters.iter().any(|m| m.as_str() == id),
                Topic::Deeds => with.deeds.iter().any(|d| d.as_str() == id),
                _ => true,
            }
    }

    /// Whether the war on the table does without it.
    pub fn is_absent(&self, subject: &Subject) -> bool {
        self.scenario
            .is_some_and(|scenario| !self.is_played(scenario, subject))
    }
}

#[cfg(test)]
mod tests;
