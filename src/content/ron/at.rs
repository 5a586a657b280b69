//! A value with its place.

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};

use crate::content::{SourceId, Span};

/// The newtype name by which an [`At`] asks [`super::read`] for its place.
pub(super) const AT: &str = "$angelfire::At";

/// A value with the place where it is written. A value that cannot be read does not fail what is
/// around it: it is reported, and absent here.
///
/// Places come only from [`super::read`], and only where no `untagged` or `flatten` stands between;
/// elsewhere an `At` is read like its value and lies [`Span::NOWHERE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<T> {
    /// Where the value is written.
    pub span: Span,
    value: Option<T>,
}

impl<T> At<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self {
            span,
            value: Some(value),
        }
    }
    /// The value, unless it could not be read.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
    /// The value itself, unless it could not be read.
    pub fn into_inner(self) -> Option<T> {
        self.value
    }
    /// The same place with a borrowed value.
    pub fn as_ref(&self) -> At<&T> {
        At {
            span: self.span,
            value: self.value.as_ref(),
        }
    }
    /// The same place with another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> At<U> {
        At {
            span: self.span,
            value: self.value.map(with),
        }
    }
}

/// The default value, lying nowhere: for fields that may be left out.
impl<T: Default> Default for At<T> {
    fn default() -> Self {
        Self::new(T::default(), Span::NOWHERE)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AT, AtVisitor(PhantomData))
    }
}

/// Written like the value alone.
impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Some(value) => value.serialize(serializer),
            None => Err(serde::ser::Error::custom("a value that could not be read")),
        }
    }
}

/// Described like the value alone.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(types: &mut SchemaGenerator) -> Schema {
        T::json_schema(types)
    }
}

struct AtVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
    type Value = At<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    /// From [`super::read`]: source, start, end, then the value unless it could not be read.
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<At<T>, A::Error> {
        let mut number = || {
            parts
                .next_element::<u32>()?
                .ok_or_else(|| A::Error::custom("a place has three numbers"))
        };
        let (source, start, end) = (number()?, number()?, number()?);
        Ok(At {
            span: Span::new(SourceId(source), start, end),
            value: parts.next_element()?,
        })
    }

    /// From any other format.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<At<T>, D::Error> {
        T::deserialize(inner).map(|value| At::new(value, Span::NOWHERE))
    }
}
