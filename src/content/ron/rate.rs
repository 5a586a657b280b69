//! An exact rate in permille.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use super::number::{self, Number};

/// The newtype name by which a [`Rate`] asks [`super::read`] for the exact text of a number.
pub(super) const EXACT: &str = "$angelfire::Exact";

/// A rate in permille: written `0.35`, `"35%"`, `"35.5%"`, or `350`, and taken as text, exactly.
///
/// A whole number without point or percent sign is permille: `1` is one in a thousand, `1.0` is
/// all. What is no whole number of permille is an error, and so is what no `i32` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rate(pub i32);

impl Rate {
    /// A rate from its text.
    ///
    /// # Errors
    /// With a sentence when the text is no number, or not exactly an `i32` of permille.
    pub fn parse(text: &str) -> Result<Self, String> {
        let shown = number::short(text);
        let refused = format!("`{shown}` is no rate; write `0.35`, `\"35%\"` or `350` (permille)");
        let percent = text.strip_suffix('%').map(str::trim_end);
        let number = number::parse(percent.unwrap_or(text)).map_err(|_| refused.clone())?;
        // How many digits after the point make a permille.
        let digits = if percent.is_some() { 1 } else { 3 };
        let (negative, magnitude) = match number {
            Number::Whole {
                negative,
                magnitude,
            } => {
                let factor = if percent.is_some() { 10 } else { 1 };
                (negative, magnitude.and_then(|m| m.checked_mul(factor)))
            }
            Number::Decimal {
                exponent: Some(_), ..
            } => return Err(format!("`{shown}`: a rate has no exponent")),
            Number::Decimal {
                negative,
                whole,
                part,
                exponent: None,
            } => {
                let part = part.trim_end_matches('0');
                if part.len() > digits {
                    return Err(format!("`{shown}` is finer than a permille"));
                }
                let all = format!("{whole}{part:0<digits$}");
                (negative, all.parse::<u128>().ok())
            }
        };
        let magnitude = magnitude.and_then(|m| i64::try_from(m).ok());
        let permille = magnitude.map(|m| if negative { -m } else { m });
        let rate = permille.and_then(|p| i32::try_from(p).ok());
        rate.map(Rate)
            .ok_or_else(|| format!("`{shown}` is beyond what a rate can be"))
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(EXACT, RateVisitor)
    }
}

/// Written in permille.
impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0)
    }
}

impl JsonSchema for Rate {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Rate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "rate" })
    }
}

struct RateVisitor;

impl<'de> Visitor<'de> for RateVisitor {
    type Value = Rate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rate such as `0.35`, `\"35%\"` or `350` (permille)")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Rate, E> {
        Rate::parse(text).map_err(E::custom)
    }
    fn visit_i64<E: Error>(self, permille: i64) -> Result<Rate, E> {
        Rate::parse(&permille.to_string()).map_err(E::custom)
    }
    fn visit_u64<E: Error>(self, permille: u64) -> Result<Rate, E> {
        Rate::parse(&permille.to_string()).map_err(E::custom)
    }
    /// From formats other than our own.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Rate, D::Error> {
        inner.deserialize_any(RateVisitor)
    }
}
