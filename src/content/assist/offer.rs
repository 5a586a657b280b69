//! What may be written at a place, as a list to choose from.

use std::collections::BTreeSet;

use super::{
    Desk,
    index::WORD,
    paths,
    shapes::{Gaps, bare},
    spot::{Spot, is_struct},
};
use crate::content::{
    reference::{Field, Shape},
    ron::{Bracket, Stage, TokenKind, Trail, Word, trail},
};

/// Most offers at one place.
const MOST: usize = 1_000;

/// What an offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferKind {
    /// A field of a struct.
    Field,
    /// A variant of a choice.
    Variant,
    /// The id of a thing.
    Key,
    /// A value as it stands.
    Value,
    /// A value to be filled in.
    Shape,
    /// A step of a path.
    Step,
}

/// Something that may be written at a place.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What it is called; by this it is found.
    pub label: String,
    /// What it is.
    pub kind: OfferKind,
    /// Its type, or the name of what it is the id of.
    pub detail: String,
    /// What it means; Markdown.
    pub about: String,
    /// The bytes that it takes the place of.
    pub replace: (usize, usize),
    /// What is written there.
    pub insert: String,
    /// The same with gaps to be filled in, `$1` or `${1:beside}`, where there are any.
    pub snippet: Option<String>,
    /// Whether it must be given.
    pub needed: bool,
}

/// Where an offer is put in.
struct Hole<'a> {
    trail: &'a Trail,
    /// The word that it takes the place of.
    replace: (usize, usize),
    /// Whether that stands in quotes.
    quoted: bool,
    /// What closes the quotes, if they are not closed.
    close: &'static str,
}

impl Hole<'_> {
    fn next(&self) -> Option<TokenKind> {
        self.trail.next
    }
}

impl Desk<'_> {
    /// What may be written at a byte of the text, the likeliest first.
    pub fn offers(&self, at: usize) -> Vec<Offer> {
        let text = self.page.text();
        if at > text.len() || in_comment(text, at) {
            return Vec::new();
        }
        let trail = trail(text, at);
        let hole = hole(text, &trail, at);
        let mut offers = match self.spot(&trail) {
            Spot::Field { fields, value } if !hole.quoted => {
                let mut offers = self.fields(&hole, &fields);
                if let Some(shape) = value {
                    offers.extend(self.values(&hole, &shape, None, at));
                }
                offers
            }
            Spot::Field { value, .. } => match value {
                Some(shape) => self.values(&hole, &shape, None, at),
                None => Vec::new(),
            },
            Spot::Value { shape, field } => self.values(&hole, &shape, field, at),
            Spot::Key { key, value } => self.keys(&hole, &key, &value, at),
            Spot::Nothing => Vec::new(),
        };
        offers.truncate(MOST);
        offers
    }

    /// Fields and keys that the innermost group has already.
    fn there(&self, hole: &Hole<'_>) -> Vec<&str> {
        let text = self.page.text();
        let before = hole.trail.steps.last().map_or(&[][..], |step| &step.fields);
        let all = before.iter().chain(&hole.trail.later);
        all.map(|name| name.of(text)).collect()
    }

    fn fields(&self, hole: &Hole<'_>, fields: &[&Field]) -> Vec<Offer> {
        let there = self.there(hole);
        let free = fields.iter().filter(|f| !there.contains(&f.name.as_str()));
        let mut offers: Vec<Offer> = free
            .map(|field| {
                let gaps = Gaps::new(self.reference())
                    .plain(&format!("{}: ", field.name))
                    .value(&field.shape, Some(field));
                let mut offer = hole.offer(&field.name, OfferKind::Field);
                offer.detail = field.shape.to_string();
                offer.about = told(field);
                offer.needed = !field.optional;
                if hole.next() != Some(TokenKind::Colon) {
                    offer.insert = format!("{}: ", field.name);
                    offer.snippet = Some(gaps.text);
                }
                offer
            })
            .collect();
        offers.sort_by_key(|offer| !offer.needed);
        offers
    }

    fn values(
        &self,
        hole: &Hole<'_>,
        shape: &Shape,
        field: Option<&Field>,
        at: usize,
    ) -> Vec<Offer> {
        let mut offers = match shape {
            Shape::Id(of) => self.ids(hole, of, at),
            // A trial's field takes one alone, too.
            Shape::List(of) if hole.quoted => return self.values(hole, of, None, at),
            Shape::Called(what) => {
                let all = self.called(what).into_iter();
                let text = self.page.text();
                let own = text.get(hole.replace.0..hole.replace.1).unwrap_or_default();
                // What is being written is no other's name yet.
                all.filter(|word| *word != own || own.is_empty())
                    .map(|word| {
                        let mut offer = hole.text(word, OfferKind::Key);
                        offer.detail = format!("a {what}");
                        offer
                    })
                    .collect()
            }
            Shape::Word => {
                let all = self.pages().flat_map(|page| &page.called);
                let words: BTreeSet<&str> = all
                    .filter(|(what, _)| what == WORD)
                    .map(|(_, word)| word.as_str())
                    .collect();
                words
                    .into_iter()
                    .map(|word| hole.offer(word, OfferKind::Value))
                    .collect()
            }
            Shape::Path => self.steps(hole, at),
            Shape::Flag if !hole.quoted => ["true", "false"]
                .into_iter()
                .map(|word| hole.offer(word, OfferKind::Value))
                .collect(),
            Shape::Of(of) if !hole.quoted => self.variants(hole, of),
            _ => Vec::new(),
        };
        if hole.quoted {
            return offers;
        }
        let begun = match shape {
            Shape::List(_) | Shape::Pairs(..) | Shape::Tuple(_) => true,
            Shape::Of(of) => is_struct(self.reference(), of),
            _ => false,
        };
        if begun && hole.next() != Some(TokenKind::Colon) {
            let gaps = Gaps::new(self.reference()).value(shape, field);
            let plain = bare(&gaps.text);
            let label = match shape {
                Shape::List(_) => "[]",
                Shape::Pairs(..) => "{}",
                _ => plain.as_str(),
            };
            let mut offer = hole.offer(label, OfferKind::Shape);
            offer.detail = shape.to_string();
            offer.about = field.map(told).unwrap_or_default();
            offer.insert = plain.clone();
            offer.snippet = Some(gaps.text);
            offers.push(offer);
        }
        offers.extend(self.examples(hole, shape, field));
        offers
    }

    /// What a number is where it is left out, and what it is in the game.
    fn examples(&self, hole: &Hole<'_>, shape: &Shape, field: Option<&Field>) -> Vec<Offer> {
        let Some(field) = field.filter(|f| f.shape == *shape) else {
            return Vec::new();
        };
        if !matches!(shape, Shape::Whole | Shape::Rate) {
            return Vec::new();
        }
        let given = [
            (&field.default, "what it is where it is left out"),
            (&field.example, "an example from the game"),
        ];
        let mut offers: Vec<Offer> = Vec::new();
        for (value, why) in given {
            let number = |text: &&String| text.starts_with(|c: char| c.is_ascii_digit());
            if let Some(value) = value.as_ref().filter(number)
                && offers.iter().all(|other| other.label != *value)
            {
                let mut offer = hole.offer(value, OfferKind::Value);
                offer.detail = why.to_owned();
                offer.about = told(field);
                offers.push(offer);
            }
        }
        offers
    }

    fn variants(&self, hole: &Hole<'_>, of: &str) -> Vec<Offer> {
        let variants = self.reference().named(of).map_or(&[][..], |e| &e.variants);
        let open = matches!(hole.next(), Some(TokenKind::Open(_)));
        let each = variants.iter().map(|variant| {
            let mut offer = hole.offer(&variant.name, OfferKind::Variant);
            offer.detail = variant.written();
            offer.about.clone_from(&variant.about);
            if variant.shape != Shape::Bare && !open {
                let gaps = Gaps::new(self.reference()).variant(variant);
                offer.insert = bare(&gaps.text);
                offer.snippet = Some(gaps.text);
            }
            offer
        });
        each.collect()
    }

    fn ids(&self, hole: &Hole<'_>, of: &str, at: usize) -> Vec<Offer> {
        let known = self.known(of, at).into_values();
        let step = hole.trail.steps.last();
        // Of a map each key is there once.
        let is_key = step.is_some_and(|s| s.bracket == Bracket::Curly && s.stage == Stage::Begin);
        let there = if is_key { self.there(hole) } else { Vec::new() };
        let mut offers = Vec::new();
        for found in known {
            let thing = found.thing;
            if there.contains(&thing.id.as_str()) {
                continue;
            }
            let mut offer = hole.text(&thing.id, OfferKind::Key);
            let name = found.page.said(thing, "name");
            let name = name.or_else(|| found.page.said(thing, "title"));
            offer.detail = name.unwrap_or(of).to_owned();
            offer.about = self.about_thing(found);
            offers.push(offer);
        }
        offers
    }

    fn keys(&self, hole: &Hole<'_>, key: &Shape, value: &Shape, at: usize) -> Vec<Offer> {
        let mut offers = match key {
            Shape::Id(of) => self.ids(hole, of, at),
            Shape::Of(of) if !hole.quoted => self.variants(hole, of),
            _ => Vec::new(),
        };
        if hole.next() != Some(TokenKind::Colon) && hole.close.is_empty() && !hole.quoted {
            for offer in &mut offers {
                let gaps = Gaps::new(self.reference())
                    .plain(&format!("{}: ", offer.insert))
                    .value(value, None);
                offer.insert = bare(&gaps.text);
                offer.snippet = Some(gaps.text);
            }
        }
        offers
    }

    /// How a path goes on.
    fn steps(&self, hole: &Hole<'_>, at: usize) -> Vec<Offer> {
        let text = self.page.text();
        let start = if hole.quoted { hole.replace.0 } else { at };
        let so_far = text.get(start..at).unwrap_or_default();
        let (before, from) = match so_far.rfind('/') {
            Some(slash) => (&so_far[..slash], start + slash + 1),
            None => ("", hole.replace.0),
        };
        // What is written of this step; what comes after the next slash stays.
        let rest = text.get(at..hole.replace.1).unwrap_or_default();
        let to = at + rest.find('/').unwrap_or(rest.len());
        let close = if to == hole.replace.1 { hole.close } else { "" };
        let each = paths::ahead(self, before).into_iter().map(|ahead| {
            let mut offer = hole.offer(&ahead.word, OfferKind::Step);
            offer.detail = ahead.detail;
            offer.about = ahead.field.map(told).unwrap_or_default();
            if hole.quoted {
                offer.replace = (from, to);
                // A kind alone is no path.
                if before.is_empty() && !rest.starts_with('/') {
                    offer.insert.push('/');
                } else {
                    offer.insert.push_str(close);
                }
            } else {
                offer.insert = format!("\"{}/\"", ahead.word);
                offer.snippet = Some(format!("\"{}/$1\"", ahead.word));
            }
            offer
        });
        each.collect()
    }
}

impl Hole<'_> {
    fn offer(&self, label: &str, kind: OfferKind) -> Offer {
        Offer {
            label: label.to_owned(),
            kind,
            detail: String::new(),
            about: String::new(),
            replace: self.replace,
            insert: label.to_owned(),
            snippet: None,
            needed: false,
        }
    }

    /// One that stands in quotes.
    fn text(&self, word: &str, kind: OfferKind) -> Offer {
        let mut offer = self.offer(word, kind);
        offer.insert = match self.quoted {
            true => format!("{word}{}", self.close),
            false => format!("\"{word}\""),
        };
        offer
    }
}

fn hole<'a>(text: &str, trail: &'a Trail, at: usize) -> Hole<'a> {
    let empty = Hole {
        trail,
        replace: (at, at),
        quoted: false,
        close: "",
    };
    let Some(word) = trail.word else {
        return empty;
    };
    let quoted = word.is_text(text);
    let inner = word.inner();
    let replace = match quoted {
        true => (inner.start().min(at), inner.end().max(at)),
        false => (word.start as usize, word.end as usize),
    };
    // What is no word is left where it is.
    if word.kind == TokenKind::Stray || word.kind == TokenKind::RawText {
        return Hole { quoted, ..empty };
    }
    Hole {
        trail,
        replace,
        quoted,
        close: if never_ends(&word) { "\"" } else { "" },
    }
}

fn never_ends(word: &Word) -> bool {
    word.kind == TokenKind::Broken
}

/// Whether a byte lies within a comment.
fn in_comment(text: &str, at: usize) -> bool {
    let line = text[..floor(text, at)].rfind('\n').map_or(0, |end| end + 1);
    // Cheap first: there is no comment without its signs.
    if !text[..floor(text, at)].contains("/*") && !text[line..floor(text, at)].contains("//") {
        return false;
    }
    let tokens = crate::content::ron::tokens(crate::content::SourceId(0), text);
    let within = |t: &&crate::content::ron::Token| {
        let line_comment = text[t.start as usize..].starts_with("//");
        let end = t.end as usize;
        (t.start as usize) < at && (at < end || at == end && line_comment)
    };
    let found = tokens.iter().find(within);
    found.is_some_and(|t| t.kind == TokenKind::Comment)
}

/// The place itself, or the beginning of the letter within which it lies.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// What is to be known of a field.
pub(super) fn told(field: &Field) -> String {
    let mut text = field.about.clone();
    if field.optional {
        let default = field.default.as_deref().filter(|d| !d.is_empty());
        text.push_str(&match default {
            Some(default) => format!("\n\nMay be left out; it is then `{default}`."),
            None => String::from("\n\nMay be left out."),
        });
    }
    if let Some(example) = &field.example {
        text.push_str(&format!("\n\nFor example `{example}`"));
    }
    text
}
