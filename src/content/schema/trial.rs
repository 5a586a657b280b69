//! `tests/*.ron`, `seeds/proofs/*.ron`: trials, one or a list of them; `seeds/systems.ron`: the table of systems.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};

use super::{At, Int, List, Maybe, Name, Pairs, Permille, Text, scenario::Condition};

/// First and last, both counted in.
pub(crate) type Range = (Int, Int);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    pub(crate) id: Name,
    pub(crate) what: Text,
    /// A scenario of the catalogue; or else `field`.
    #[serde(default)]
    pub(crate) scenario: Maybe<String>,
    /// A small field: `content::expand` writes it out as a scenario.
    #[serde(default)]
    pub(crate) field: Option<At<IgnoredAny>>,
    #[serde(default)]
    pub(crate) players: Pairs<Word>,
    #[serde(default)]
    pub(crate) orders: Pairs<List<String>, i64>,
    pub(crate) turns: Int,
    #[serde(default)]
    pub(crate) seeds: Maybe<Range>,
    #[serde(default)]
    pub(crate) expect: List<Expect>,
    #[serde(default)]
    pub(crate) neutral: List<(Name, Name, Text)>,
    #[serde(default)]
    pub(crate) moves: Maybe<Moves>,
    #[serde(default)]
    pub(crate) decision: Maybe<Decision>,
    #[serde(default)]
    pub(crate) reads: Maybe<Reads>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// At the end of this turn; left out: of the last.
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
    #[serde(default)]
    pub(crate) holds: Maybe<Condition>,
    #[serde(default)]
    pub(crate) refused: Maybe<String>,
    #[serde(default)]
    pub(crate) figure: Maybe<Figure>,
    #[serde(default)]
    pub(crate) at_least: Maybe<i64>,
    #[serde(default)]
    pub(crate) at_most: Maybe<i64>,
    #[serde(default)]
    pub(crate) is: Maybe<i64>,
    #[serde(default)]
    pub(crate) mean: Maybe<bool>,
    #[serde(default)]
    pub(crate) share: Option<Permille>,
    #[serde(default)]
    pub(crate) confidence: Option<Permille>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) enum Figure {
    Number(Int),
    Count {
        kind: Name,
        #[serde(default)]
        of: Pairs<Choice>,
        #[serde(default)]
        turns: Maybe<Range>,
    },
    Sum {
        kind: Name,
        field: Name,
        #[serde(default)]
        of: Pairs<Choice>,
        #[serde(default)]
        turns: Maybe<Range>,
    },
    Strength(Name),
    Lost(Name),
    Stock(Name, Name),
    Fired(Name, Name),
    Meter(Name, Name),
    Sectors(Name),
    Score,
    Hull(Name),
    Readiness(Name),
    Supply(Name),
    Aboard(Name, Name),
    At(Name, Name),
    If(Box<At<Condition>>),
    Row(Name, Name, Name),
    Forecast {
        seat: Name,
        at: Name,
        of: At<Outlook>,
    },
    Plus(List<Figure>),
    Times(Int, Box<At<Figure>>),
    Minus(Box<At<Figure>>, Box<At<Figure>>),
    Share(Box<At<Figure>>, Box<At<Figure>>),
}

super::rules::mirrors! {
    Outlook { Own, Hostile, Holds }
    Toward { Up, Down }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moves {
    pub(crate) figure: At<Figure>,
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
    pub(crate) by: At<Toward>,
    #[serde(default)]
    pub(crate) at_least: Maybe<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    pub(crate) seat: Name,
    pub(crate) turn: Int,
    pub(crate) options: Pairs<List<String>>,
    pub(crate) best: At<Best>,
    #[serde(default)]
    pub(crate) at: Maybe<i64>,
}

#[derive(Deserialize)]
pub(crate) enum Best {
    Most(Box<At<Figure>>),
    Least(Box<At<Figure>>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reads {
    #[serde(default)]
    pub(crate) seat: Maybe<String>,
    pub(crate) text: Text,
}

/// A row of the table of systems.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct System {
    pub(crate) id: Name,
    pub(crate) document: Name,
    pub(crate) section: Text,
    pub(crate) name: Text,
    pub(crate) what: Text,
    pub(crate) source: Text,
    pub(crate) mechanism: Name,
    pub(crate) kind: At<Weight>,
    #[serde(default)]
    pub(crate) data: List<String>,
    #[serde(default)]
    pub(crate) proofs: List<String>,
}

super::rules::mirrors! {
    Weight { Decision, Colour, Setting }
}

/// A bare word, with or without quotes.
pub(crate) struct Word(pub(crate) String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bare;
        impl Visitor<'_> for Bare {
            type Value = Word;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word")
            }
            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word(text.to_owned()))
            }
        }
        deserializer.deserialize_identifier(Bare)
    }
}

/// A text, a number, or a list of texts of which any will do.
pub(crate) struct Choice(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Choice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<Choice, E> {
                Ok(Choice(vec![text.to_owned()]))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Choice, E> {
                Ok(Choice(vec![value.to_string()]))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Choice, E> {
                Ok(Choice(vec![number.to_string()]))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Choice, E> {
                Ok(Choice(vec![number.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Choice, A::Error> {
                let mut all = Vec::new();
                while let Some(text) = seq.next_element::<String>()? {
                    all.push(text);
                }
                Ok(Choice(all))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
