//! What a word of the text means, and where the thing stands that it names.

use super::{
    Desk,
    known::Found,
    offer::{floor, told},
    paths,
    spot::Spot,
};
use crate::content::{
    reference::{Entry, Field, Shape},
    ron::{TokenKind, Trail, Word, trail},
};

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The word, in bytes.
    pub place: (usize, usize),
    /// What it means; Markdown.
    pub text: String,
}

/// Where a thing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its file as the layer calls it, if it is one that can be opened.
    pub shown: Option<String>,
    /// The path of its file within its layer.
    pub path: String,
    /// Its id, in bytes.
    pub id: (usize, usize),
    /// All of it, in bytes.
    pub whole: (usize, usize),
    /// The text of its file.
    pub text: String,
}

impl<'a> Desk<'a> {
    /// What the word at a byte of the text means.
    pub fn hover(&self, at: usize) -> Option<Hover> {
        let (trail, word) = self.word(at)?;
        let own = word.inner().of(self.page.text()).to_owned();
        let place = (word.start as usize, word.end as usize);
        let text = match self.spot(&trail) {
            Spot::Field { fields, .. } if trail.next == Some(TokenKind::Colon) => {
                let field = fields.into_iter().find(|field| field.name == own)?;
                self.field(field)
            }
            Spot::Field { value, .. } => self.value(&value?, None, &own, at)?,
            Spot::Value { shape, field } => self.value(&shape, field, &own, at)?,
            Spot::Key { key, .. } => self.value(&key, None, &own, at)?,
            Spot::Nothing => return None,
        };
        Some(Hover { place, text })
    }

    /// Where the thing stands that the word at a byte of the text names.
    pub fn goal(&self, at: usize) -> Option<Goal> {
        let (trail, word) = self.word(at)?;
        let own = word.inner().of(self.page.text());
        let shape = match self.spot(&trail) {
            Spot::Field { value, .. } => value?,
            Spot::Value { shape, .. } => shape,
            Spot::Key { key, .. } => key,
            Spot::Nothing => return None,
        };
        let found = match shape {
            Shape::Id(of) => *self.known(&of, at).get(own)?,
            Shape::Path => paths::at(self, own)?.thing?,
            _ => return None,
        };
        let (page, thing) = (found.page, found.thing);
        Some(Goal {
            shown: page.shown.clone(),
            path: page.path.clone(),
            id: page.place(thing.at),
            whole: page.place(thing.node),
            text: page.text().to_owned(),
        })
    }

    /// The word at a byte and the way to it.
    fn word(&self, at: usize) -> Option<(Trail, Word)> {
        let text = self.page.text();
        let at = floor(text, at);
        let next = text.get(at..)?.chars().next().map_or(0, char::len_utf8);
        let whole = |trail: Trail| trail.word.map(|word| (trail, word));
        // The word that begins here, or else the one that ends here.
        whole(trail(text, at + next)).or_else(|| whole(trail(text, at)))
    }

    fn field(&self, field: &Field) -> String {
        format!("**{}**: {}\n\n{}", field.name, field.shape, told(field))
    }

    fn value(
        &self,
        shape: &Shape,
        field: Option<&'a Field>,
        own: &str,
        at: usize,
    ) -> Option<String> {
        match shape {
            Shape::Id(of) => match self.known(of, at).get(own) {
                Some(found) => Some(self.about_thing(*found)),
                None => field.map(|field| self.field(field)),
            },
            Shape::Called(what) => Some(format!("**{own}**: a {what}")),
            Shape::Path => {
                let end = paths::at(self, own)?;
                let thing = end.thing.map(|found| self.about_thing(found));
                let field = end.field.map(|field| self.field(field));
                let all: Vec<String> = field.into_iter().chain(thing).collect();
                (!all.is_empty()).then(|| all.join("\n\n"))
            }
            Shape::Of(of) => {
                let entry = self.reference().named(of)?;
                let variant = entry.variants.iter().find(|v| v.name == own);
                match variant {
                    Some(variant) => {
                        let mut text = format!("**{}**\n\n{}", variant.written(), variant.about);
                        for field in &variant.fields {
                            let (name, shape) = (&field.name, &field.shape);
                            text.push_str(&format!("\n\n- `{name}`: {shape}. {}", field.about));
                        }
                        Some(text)
                    }
                    None => Some(self.entry(entry)),
                }
            }
            _ => field.map(|field| self.field(field)),
        }
    }

    fn entry(&self, entry: &Entry) -> String {
        format!("**{}**\n\n{}", entry.name, entry.about)
    }

    /// A thing: what it is, its name, what it says of itself, where it stands.
    pub(super) fn about_thing(&self, found: Found<'_>) -> String {
        let (page, thing) = (found.page, found.thing);
        let said = |names: [&str; 2]| names.into_iter().find_map(|name| page.said(thing, name));
        let mut text = format!("**{}** `{}`", thing.of, thing.id);
        if let Some(name) = said(["name", "title"]) {
            text.push_str(&format!(": {name}"));
        }
        if let Some(more) = said(["summary", "what"]) {
            text.push_str(&format!("\n\n{more}"));
        }
        match &page.shown {
            Some(_) => text.push_str(&format!("\n\nIn {}", page.path)),
            None => text.push_str(&format!("\n\nOf the game, {}", page.path)),
        }
        text
    }
}
