//! `changes.ron`, `changes/*.ron`: what a mod changes of things that it does not write anew.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, de::IgnoredAny};

use super::{At, Name, Path};

/// Any value: what may stand there is what the field that is changed may hold.
#[derive(Debug)]
pub(crate) struct Value;

impl JsonSchema for Value {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "format": "any" })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A change of one thing of the layers below: of a single field, a single member of a list, or of all of it. Places are
/// written as a path: the kind, the id, then fields and members, parted by slashes: `"classes/battleship/hull"`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) enum Change {
    /// What stands at this place is this from now on. A field that was left out, or a key that a map has not, is put in.
    Set(#[schemars(with = "Path")] Name, At<Value>),
    /// One member more for the list at this place.
    Add(#[schemars(with = "Path")] Name, At<Value>),
    /// What is at this place is taken out: a thing, a field that may be left out, a member of a list, a key of a map.
    Remove(#[schemars(with = "Path")] Name),
}
