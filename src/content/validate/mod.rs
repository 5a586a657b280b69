//! From the file schema to the catalogue: every reference known, every number within its range, every
//! thing that provably cannot work told. All problems are collected; a value that was refused leaves a
//! harmless stand-in, and what has errors never becomes a catalogue.
//!
//! The ranges keep the simulation's sums far from overflow: 10,000 hulls of 10,000 hit points make
//! 10^8 for one class of a force, 2,000 classes and 20,000 forces less than 10^16, and one modifier
//! makes no factor above 10.

mod chronicle;
mod conditions;
mod course;
mod deeds;
mod forces;
mod guide;
mod links;
mod looks;
mod map;
mod meters;
mod modifiers;
mod pacts;
mod rules;
mod scenario;
mod sense;
mod sites;
mod trial;
mod verdict;

pub(crate) use chronicle::chronicle;
pub(crate) use conditions::Scene;
pub(crate) use course::course;
pub(crate) use forces::listed;
pub(crate) use links::links;
pub(crate) use looks::looks;
pub(crate) use map::lone_maps;
pub(crate) use rules::{RuleNames, rules};
pub(crate) use scenario::{scenario, scenario_and};
pub(crate) use sense::{Whole, sense};
pub(crate) use trial::{system, trial};

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use super::{
    Key,
    diagnostic::{Diagnostic, Diagnostics, MAX_PROBLEMS, Near, Span, near, suggest},
    ron::At,
    schema::{Int, List, Name, Pairs, Permille, Text},
};

/// The longest id, in bytes.
pub(crate) const MAX_ID: usize = 64;
/// The longest text for people, in characters.
pub(crate) const MAX_TEXT: usize = 4_000;
/// Largest distance and coordinate, chart units.
pub(crate) const MAX_DISTANCE: i64 = 100_000;
/// Largest strength, in strength points.
pub(crate) const MAX_STRENGTH: i64 = 1_000_000;
/// Most turns of a war.
pub(crate) const MAX_TURNS: i64 = 1_000;

/// Where checks put what they find.
pub(crate) struct Check<'a> {
    pub(crate) out: &'a mut Diagnostics,
    /// Suggestions that may still be looked for: a hostile file must not buy hours with them.
    suggestions: usize,
}

/// A number of the schema that can be narrowed to one of the catalogue.
pub(crate) trait Narrow<N> {
    /// The number if it lies in the range, else an error and a stand-in.
    fn narrow(&self, check: &mut Check<'_>, range: RangeInclusive<i64>, what: &str) -> N;
}

impl<N: TryFrom<i64> + Default> Narrow<N> for Int {
    fn narrow(&self, check: &mut Check<'_>, range: RangeInclusive<i64>, what: &str) -> N {
        check.in_range(self.get().copied(), self.span, range, what)
    }
}

impl<N: TryFrom<i64> + Default> Narrow<N> for Permille {
    fn narrow(&self, check: &mut Check<'_>, range: RangeInclusive<i64>, what: &str) -> N {
        check.in_range(self.get().map(|rate| rate.0.into()), self.span, range, what)
    }
}

impl<N, T> Narrow<(N, N)> for (At<T>, At<T>)
where
    At<T>: Narrow<N>,
{
    fn narrow(&self, check: &mut Check<'_>, range: RangeInclusive<i64>, what: &str) -> (N, N) {
        (
            self.0.narrow(check, range.clone(), what),
            self.1.narrow(check, range, what),
        )
    }
}

impl<N, T> Narrow<[N; 4]> for (At<T>, At<T>, At<T>, At<T>)
where
    At<T>: Narrow<N>,
{
    fn narrow(&self, check: &mut Check<'_>, range: RangeInclusive<i64>, what: &str) -> [N; 4] {
        [&self.0, &self.1, &self.2, &self.3].map(|at| at.narrow(check, range.clone(), what))
    }
}

/// The ids of one kind of thing.
pub(crate) struct Known {
    /// What the things are called.
    pub(crate) kind: &'static str,
    ids: BTreeSet<String>,
    /// What a layer has taken out, and where it says so.
    gone: BTreeMap<String, Span>,
    /// False when some thing could not be read, so that an unknown id may be its.
    complete: bool,
}

impl Known {
    pub(crate) fn new<S: Into<String>>(
        kind: &'static str,
        ids: impl IntoIterator<Item = S>,
        complete: bool,
    ) -> Self {
        let ids = ids.into_iter().map(Into::into).collect();
        Self {
            kind,
            ids,
            gone: BTreeMap::new(),
            complete,
        }
    }
    /// With what has been taken out.
    pub(crate) fn without(self, gone: &BTreeMap<String, Span>) -> Self {
        let gone = gone.clone();
        Self { gone, ..self }
    }
    /// Whether a reference could be read and names something known.
    pub(crate) fn resolves(&self, id: &Name) -> bool {
        id.get().is_some_and(|id| self.has(id))
    }
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

impl<'a> Check<'a> {
    pub(crate) fn new(out: &'a mut Diagnostics) -> Self {
        Self {
            out,
            suggestions: MAX_PROBLEMS,
        }
    }
}

impl Check<'_> {
    /// The known word that was meant, with whether it is the only one, as long as problems are shown at all.
    pub(crate) fn near<'k>(
        &mut self,
        wrong: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<Near<'k>> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        near(wrong, known)
    }

    /// The known word that was meant, as long as problems are shown at all.
    pub(crate) fn suggest<'k>(
        &mut self,
        wrong: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        suggest(wrong, known)
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        help: &str,
    ) -> &mut Diagnostic {
        self.out.error(code, span, message).help(help)
    }

    pub(crate) fn warning(&mut self, code: &'static str, span: Span, message: String, help: &str) {
        self.out.warning(code, span, message).help(help);
    }

    fn in_range<N: TryFrom<i64> + Default>(
        &mut self,
        value: Option<i64>,
        span: Span,
        range: RangeInclusive<i64>,
        what: &str,
    ) -> N {
        let (least, most) = (*range.start(), *range.end());
        let value = value.unwrap_or(least);
        if !range.contains(&value) {
            self.error(
                "out-of-range",
                span,
                format!("`{what}` is {value}, outside {least} to {most}"),
                &format!("the nearest allowed value is {}", value.clamp(least, most)),
            );
        }
        N::try_from(value.clamp(least, most)).unwrap_or_default()
    }

    /// A number within a range.
    pub(crate) fn number<N>(
        &mut self,
        at: &impl Narrow<N>,
        range: RangeInclusive<i64>,
        what: &str,
    ) -> N {
        at.narrow(self, range, what)
    }

    /// A number within a range, or what it is when left out.
    pub(crate) fn number_or<N, T>(
        &mut self,
        at: &Option<T>,
        range: RangeInclusive<i64>,
        what: &str,
        otherwise: N,
    ) -> N
    where
        T: Narrow<N>,
    {
        at.as_ref()
            .map_or(otherwise, |at| at.narrow(self, range, what))
    }

    /// Least and most, in this order.
    pub(crate) fn ascending<N, T>(
        &mut self,
        pair: &(At<T>, At<T>),
        range: RangeInclusive<i64>,
        what: &str,
    ) -> (N, N)
    where
        N: PartialOrd,
        At<T>: Narrow<N>,
    {
        let narrowed: (N, N) = pair.narrow(self, range, what);
        if narrowed.0 > narrowed.1 {
            self.error(
                "wrong-order",
                pair.1.span,
                format!("`{what}` goes down: the second number is smaller than the first"),
                "write the smaller number first",
            );
        }
        narrowed
    }

    /// Text for people: not empty, not endless, no control characters.
    pub(crate) fn text(&mut self, at: &Text, what: &str) -> String {
        let Some(text) = at.get() else {
            return String::new();
        };
        if text.trim().is_empty() {
            self.error(
                "empty-text",
                at.span,
                format!("`{what}` is empty"),
                "write something for people to read",
            );
        } else if text.chars().count() > MAX_TEXT {
            self.error(
                "text-too-long",
                at.span,
                format!("`{what}` has more than {MAX_TEXT} characters"),
                "shorten it, or make several paragraphs of it",
            );
        } else if text.chars().any(char::is_control) {
            self.error(
                "control-character",
                at.span,
                format!("`{what}` holds a control character"),
                "remove it",
            );
        }
        text.clone()
    }

    /// Paragraphs.
    pub(crate) fn texts(&mut self, list: &List<String>, what: &str) -> Vec<String> {
        list.iter().map(|at| self.text(at, what)).collect()
    }

    /// The id of a thing being defined.
    pub(crate) fn id<T>(&mut self, at: &Name) -> Option<Key<T>> {
        let id = at.get()?;
        if let Some(better) = not_kebab(id) {
            self.error(
                "bad-id",
                at.span,
                format!("`{id}` is no id: ids are kebab-case (a-z, 0-9, single hyphens), at most {MAX_ID} letters"),
                &better,
            );
        }
        Some(Key::new(id))
    }

    /// A reference to a known thing.
    pub(crate) fn known<T>(&mut self, at: &Name, known: &Known) -> Key<T> {
        let Some(id) = at.get() else {
            return Key::new("");
        };
        if known.complete && !known.has(id) {
            let kind = known.kind;
            let near = self.near(id, known.ids.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `{}`?", near.word),
                None if known.ids.is_empty() => format!("no {kind} is defined"),
                None => format!("known: {}", some_of(&known.ids)),
            };
            let error = self.error(
                "unknown-id",
                at.span,
                format!("there is no {kind} `{id}`"),
                &help,
            );
            match known.gone.get(id) {
                Some(said) => {
                    error.see(*said, "it is taken out here");
                }
                None => {
                    if let Some(near) = near.filter(|near| near.alone) {
                        error.fix_here(format!("\"{}\"", near.word));
                    }
                }
            }
        }
        Key::new(id)
    }

    /// A reference that may be left out.
    pub(crate) fn maybe_known<T>(&mut self, at: &Option<Name>, known: &Known) -> Option<Key<T>> {
        at.as_ref().map(|at| self.known(at, known))
    }

    /// References, each once.
    pub(crate) fn all_known<T>(&mut self, list: &List<String>, known: &Known) -> Vec<Key<T>> {
        let mut seen = BTreeSet::new();
        list.iter()
            .map(|at| {
                let key = self.known(at, known);
                if at.get().is_some() && !seen.insert(key.clone()) {
                    self.error(
                        "repeated-id",
                        at.span,
                        format!("`{key}` is listed twice"),
                        "remove one of them",
                    );
                }
                key
            })
            .collect()
    }

    /// So many of each known thing.
    pub(crate) fn amounts<T>(
        &mut self,
        pairs: &Pairs<i64>,
        known: &Known,
        range: RangeInclusive<i64>,
    ) -> BTreeMap<Key<T>, i32> {
        let mut amounts = BTreeMap::new();
        for (at, amount) in &pairs.0 {
            let key = self.known(at, known);
            let what = at.get().map_or("amount", String::as_str);
            let amount = self.number(amount, range.clone(), what);
            // A key written twice was told by the reader.
            if at.get().is_some() {
                amounts.insert(key, amount);
            }
        }
        amounts
    }
}

/// Yes or no, no when left out or unreadable.
pub(crate) fn yes(at: &Option<At<bool>>) -> bool {
    at.as_ref().and_then(At::get).copied().unwrap_or(false)
}

/// What to write instead, if the text is no well-formed id.
pub(crate) fn not_kebab(id: &str) -> Option<String> {
    let good = id.len() <= MAX_ID
        && id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    if good {
        return None;
    }
    let words: Vec<String> = id
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut better = words.join("-");
    better.truncate(MAX_ID);
    let better = better.trim_end_matches('-');
    Some(if better.is_empty() {
        "write a name such as `first-fleet`".into()
    } else {
        format!("write `{better}`")
    })
}

/// The first few names of many.
fn some_of(ids: &BTreeSet<String>) -> String {
    const SHOWN: usize = 8;
    let mut text = ids
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if ids.len() > SHOWN {
        text.push_str(&format!(" and {} more", ids.len() - SHOWN));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for good in ["a", "lane-4", "a-longer-name", "22"] {
            assert_eq!(not_kebab(good), None, "{good}");
        }
        assert_eq!(not_kebab("First Fleet"), Some("write `first-fleet`".into()));
        assert_eq!(not_kebab("a--b"), Some("write `a-b`".into()));
        for bad in ["", "-", "a-", "Ä", &"x".repeat(65)] {
            assert!(not_kebab(bad).is_some(), "{bad}");
        }
    }
}
