//! The file schema: one to one with the RON, every value with its place. What the fields mean, their
//! units and ranges stand at the catalogue types of the same name; here is only what may be written.
//!
//! A layer is a folder:
//!
//! ```text
//! mod.ron                          (id, version, game, schema, requires, after, excludes); not in the shipped layer
//! changes.ron, changes/<any name>.ron    what is changed of things of the layers below
//! rules/<kind>.ron                 a list of things with ids; `constants.ron` is one struct of which
//! rules/<kind>/<any name>.ron      a later layer names only what it changes
//! looks/palettes.ron, looks/terrain.ron  how the chart is drawn
//! scenarios/<campaign>/campaign.ron
//! scenarios/<campaign>/forces.ron        the order of battle: forces that scenarios name by id
//! scenarios/<campaign>/maps/<any name>.ron
//! scenarios/<campaign>/<any name>.ron    one scenario
//! ```
//!
//! Things are replaced whole, by id, by later layers, or changed in part by their changes. Map and scenario ids are one space for all
//! campaigns. A file elsewhere is taken for what its name or its fields say.
//!
//! Unknown fields are errors everywhere. Numbers are read wide and narrowed where their range is
//! checked, so that every number out of range is told with its range.

pub(crate) mod change;
pub(crate) mod chronicle;
pub(crate) mod constants;
pub(crate) mod course;
pub(crate) mod deed;
pub(crate) mod guide;
pub(crate) mod looks;
pub(crate) mod rules;
pub(crate) mod scenario;
pub(crate) mod trial;

use std::{borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::{
    Key,
    ron::{At, Rate},
};

/// Text for people.
pub(crate) type Text = At<String>;
/// The id of a thing, or a reference to one.
pub(crate) type Name = At<String>;
/// A whole number.
pub(crate) type Int = At<i64>;
/// A share, chance or factor in permille.
pub(crate) type Permille = At<Rate>;
/// May be left out.
pub(crate) type Maybe<T> = Option<At<T>>;
/// A list whose broken members do not hide the others.
pub(crate) type List<T> = Vec<At<T>>;

/// A map in the order of the file, repeated keys and all, so that they can be told.
pub(crate) struct Pairs<T, K = String>(pub(crate) Vec<(At<K>, At<T>)>);

impl<T, K> Default for Pairs<T, K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, K: Deserialize<'de>> Deserialize<'de> for Pairs<T, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T, K>(PhantomData<(T, K)>);
        impl<'de, T: Deserialize<'de>, K: Deserialize<'de>> Visitor<'de> for InOrder<T, K> {
            type Value = Pairs<T, K>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<T, K>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

impl<T: JsonSchema, K: JsonSchema> JsonSchema for Pairs<T, K> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Pairs".into()
    }
    fn json_schema(types: &mut SchemaGenerator) -> Schema {
        let (key, value) = (types.subschema_for::<K>(), types.subschema_for::<T>());
        json_schema!({ "type": "object", "propertyNames": key, "additionalProperties": value })
    }
}

/// Texts that the reference tells more of than that they are texts.
macro_rules! told_as {
    ($($(#[$doc:meta])* $name:ident: $form:literal;)+) => {$(
        $(#[$doc])*
        pub(crate) struct $name;
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $form })
            }
        }
    )+};
}

told_as! {
    /// The name of a flag of a scenario, which is there by being named.
    Flag: "called:flag";
    /// The name of a pool of forces, which is there by being named.
    Pool: "called:pool";
    /// A place in content: `"classes/battleship/hull"`.
    Path: "path";
}

/// What a mod says of itself: `mod.ron`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mod {
    pub(crate) id: Name,
    /// Shown name; else its id.
    #[serde(default)]
    pub(crate) name: Maybe<String>,
    /// Its own version: `"1.0.0"`.
    pub(crate) version: Text,
    /// The version of the game that it was made for.
    pub(crate) game: Text,
    /// The schema of content files that it was written for, 1 to the newest; left out: any of them. What has been
    /// called otherwise since is read as it was meant.
    #[serde(default)]
    pub(crate) schema: Maybe<i64>,
    /// Mods that have to be there, and stand before it: `"spice"`, or with a version `"spice >=1.2"`.
    #[serde(default)]
    #[schemars(with = "Vec<Key<Mod>>")]
    pub(crate) requires: List<String>,
    /// Ids of mods that stand before it, if they are there.
    #[serde(default)]
    #[schemars(with = "Vec<Key<Mod>>")]
    pub(crate) after: List<String>,
    /// Ids of mods that it cannot be used together with.
    #[serde(default)]
    #[schemars(with = "Vec<Key<Mod>>")]
    pub(crate) excludes: List<String>,
}
