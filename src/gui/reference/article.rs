//! What an article says: figures, sentences, links.

use super::{Book, Subject, Topic, names, orders, ships, told, ways, works};
use crate::{
    content::Modifier,
    gui::{
        table::sentence,
        words::{self, say},
    },
    war::tell,
};

/// What there is to know of one thing.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its name.
    pub title: String,
    /// What kind of thing it is.
    pub kind: String,
    /// What it is, in a sentence or two; may be empty.
    pub summary: String,
    /// The rest, in parts.
    pub parts: Vec<Part>,
}

/// A part of an article.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is about.
    pub heading: String,
    /// What it says.
    pub lines: Vec<Line>,
}

/// A line of an article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A word and its figure with a unit.
    Figure(String, String),
    /// A sentence.
    Words(String),
    /// Another article, and what it has to do with this one.
    Link(Subject, String),
}

impl Article {
    /// Every word of it, for whoever looks for one; not of what names it.
    pub fn words(&self) -> String {
        let mut all = format!("{} {}", self.title, self.summary);
        for line in self.parts.iter().flat_map(|part| &part.lines) {
            match line {
                Line::Figure(word, value) => all += &format!(" {word} {value}"),
                Line::Words(words) => all += &format!(" {words}"),
                Line::Link(..) => {}
            }
        }
        all
    }
}

/// An article while it is written.
pub(super) struct Draft {
    pub(super) summary: String,
    pub(super) parts: Vec<Part>,
}

impl Draft {
    pub(super) fn new(summary: impl Into<String>) -> Self {
        Self {
            summary: summary.into(),
            parts: Vec::new(),
        }
    }

    /// Begins a part; one in which nothing is said is left out in the end.
    pub(super) fn part(&mut self, heading: impl Into<String>) -> &mut Self {
        self.parts.push(Part {
            heading: heading.into(),
            lines: Vec::new(),
        });
        self
    }

    pub(super) fn line(&mut self, line: Line) -> &mut Self {
        if self.parts.is_empty() {
            self.part(say!("article-figures"));
        }
        if let Some(part) = self.parts.last_mut() {
            part.lines.push(line);
        }
        self
    }

    pub(super) fn figure(&mut self, word: String, value: impl Into<String>) -> &mut Self {
        self.line(Line::Figure(word, value.into()))
    }

    /// A figure that says something only if it is not nothing.
    pub(super) fn some(&mut self, word: String, n: i64, value: impl Into<String>) -> &mut Self {
        if n != 0 {
            self.figure(word, value);
        }
        self
    }

    pub(super) fn words(&mut self, words: impl Into<String>) -> &mut Self {
        self.line(Line::Words(sentence(&words.into())))
    }

    /// A sentence, if this is so.
    pub(super) fn if_so(&mut self, is_so: bool, words: impl FnOnce() -> String) -> &mut Self {
        if is_so {
            self.words(words());
        }
        self
    }

    pub(super) fn link(
        &mut self,
        topic: Topic,
        id: impl AsRef<str>,
        about: impl Into<String>,
    ) -> &mut Self {
        self.line(Line::Link(Subject::new(topic, id), about.into()))
    }

    /// Modifiers as sentences, under a heading of their own.
    pub(super) fn modifiers(
        &mut self,
        book: &Book<'_>,
        heading: String,
        all: &[Modifier],
    ) -> &mut Self {
        self.part(heading);
        for modifier in all {
            self.words(names::modifier_in(book.rules(), modifier));
        }
        self
    }

    fn has_link(&self, subject: &Subject) -> bool {
        let mut lines = self.parts.iter().flat_map(|part| &part.lines);
        lines.any(|line| matches!(line, Line::Link(to, _) if to == subject))
    }
}

/// A share in percent, without a tail of noughts.
pub(super) fn share(permille: impl Into<i64>) -> String {
    tell::share(permille.into()).replace(".0%", "%")
}

impl Book<'_> {
    /// The article about a thing; none if there is no such thing.
    pub fn article(&self, subject: &Subject) -> Option<Article> {
        let mut draft = self.draft(subject)?;
        // Whatever it names that is not linked yet, then whatever names it.
        draft.part(say!("article-see"));
        for named in told::named(self, subject) {
            if named != *subject && self.has(&named) && !draft.has_link(&named) {
                draft.link(named.topic, &named.id, kind(named.topic));
            }
        }
        let users: Vec<Subject> = self
            .all()
            .filter(|other| other != subject && told::named(self, other).contains(subject))
            .collect();
        draft.part(say!("article-named-by"));
        for user in users {
            if !draft.has_link(&user) {
                draft.link(user.topic, &user.id, kind(user.topic));
            }
        }
        self.played(subject, &mut draft);
        draft.parts.retain(|part| !part.lines.is_empty());
        Some(Article {
            title: self.title(subject),
            kind: kind(subject.topic),
            summary: draft.summary,
            parts: draft.parts,
        })
    }

    fn draft(&self, subject: &Subject) -> Option<Draft> {
        let (rules, id) = (self.rules(), subject.id.as_str());
        Some(match subject.topic {
            Topic::Orders => orders::order(self, orders::verb(id)?),
            Topic::Classes => ships::class(self, rules.classes.get(id)?),
            Topic::Weapons => ships::weapon(self, rules.weapons.get(id)?),
            Topic::Stocks => ships::stock(self, rules.stocks.get(id)?),
            Topic::Stances => {
                let (key, stance) = rules.stances.get_key_value(id)?;
                ways::stance(self, key, stance)
            }
            Topic::Postures => ways::posture(self, rules.postures.get(id)?),
            Topic::Terrain => ways::terrain(self, rules.terrain.get(id)?),
            Topic::Traits => {
                let (key, quality) = rules.traits.get_key_value(id)?;
                ways::quality(self, key, quality)
            }
            Topic::Sites => works::site(self, rules.site_kinds.get(id)?),
            Topic::Meters => works::meter(self, rules.meters.get(id)?),
            Topic::Deeds => works::deed(self, rules.deeds.get(id)?),
        })
    }

    /// Every word of an article that is about the thing itself.
    pub(super) fn words(&self, subject: &Subject) -> String {
        let Some(draft) = self.draft(subject) else {
            return String::new();
        };
        let article = Article {
            title: self.title(subject),
            kind: String::new(),
            summary: draft.summary,
            parts: draft.parts,
        };
        article.words()
    }

    /// In which wars it is in play, where not in all.
    fn played(&self, subject: &Subject, draft: &mut Draft) {
        if !self.is_special(subject) {
            return;
        }
        draft.part(say!("article-where"));
        let scenarios = self.catalog.scenarios.values();
        let with: Vec<&str> = scenarios
            .filter(|scenario| self.is_played(scenario, subject))
            .map(|scenario| scenario.title.as_str())
            .collect();
        if with.is_empty() {
            draft.words(say!("article-special-nowhere"));
            return;
        }
        draft.words(say!("article-special"));
        for title in with {
            draft.words(title);
        }
    }
}

/// What one thing of a chapter is called.
pub(super) fn kind(topic: Topic) -> String {
    words::of("topic-one", topic.name())
}
