//! Reading more strictly than serde does by itself: a key given twice is an error, an order is its own words.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
    ser::SerializeStruct,
};

use super::Given;
use crate::sim::order::parse;

/// A map in which no key may stand twice.
pub(in crate::war) fn map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Debug,
    V: Deserialize<'de>,
{
    struct Strict<K, V>(PhantomData<(K, V)>);
    impl<'de, K: Deserialize<'de> + Ord + fmt::Debug, V: Deserialize<'de>> Visitor<'de>
        for Strict<K, V>
    {
        type Value = BTreeMap<K, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = access.next_entry::<K, V>()? {
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format_args!("{key:?} stands twice")));
                }
                map.insert(key, value);
            }
            Ok(map)
        }
    }
    deserializer.deserialize_map(Strict(PhantomData))
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Given", 2)?;
        row.serialize_field("order", &self.order.to_string())?;
        if self.why.is_empty() {
            row.skip_field("why")?;
        } else {
            row.serialize_field("why", &self.why)?;
        }
        row.end()
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Given", deny_unknown_fields)]
        struct Row {
            order: String,
            #[serde(default)]
            why: String,
        }
        let row = Row::deserialize(deserializer)?;
        let order = parse(&row.order)
            .map_err(|e| D::Error::custom(format_args!("the order `{}`: {e}", row.order)))?;
        // One spelling only: otherwise a changed byte could mean the same.
        if order.to_string() != row.order {
            return Err(D::Error::custom(format_args!(
                "the order `{}` is written `{order}`",
                row.order
            )));
        }
        Ok(Self {
            order,
            why: row.why,
        })
    }
}
