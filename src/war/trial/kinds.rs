//! What a journal can tell, asked of the types themselves: the kinds of happening and their fields, by the words of
//! serde. So a new kind of happening needs no word here.

use std::cell::Cell;

use serde::{
    Deserialize,
    de::{
        DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, VariantAccess, Visitor,
        value::Error as Refused,
    },
    forward_to_deserialize_any,
};

use crate::sim::journal::What;

/// Names of all kinds of happening.
pub fn kinds() -> &'static [&'static str] {
    let probe = Probe::default();
    let _ = What::deserialize(&probe);
    probe.variants.get()
}

/// Names of the fields of a kind of happening; none if there is no such kind.
pub fn fields(kind: &str) -> Option<&'static [&'static str]> {
    let kind = kinds().iter().find(|known| **known == kind)?;
    let probe = Probe {
        variant: Some(kind),
        ..Probe::default()
    };
    let _ = What::deserialize(&probe);
    Some(probe.fields.get())
}

/// A deserializer that notes what it is asked for and gives nothing.
#[derive(Default)]
struct Probe {
    variant: Option<&'static str>,
    variants: Cell<&'static [&'static str]>,
    fields: Cell<&'static [&'static str]>,
}

fn nothing<T>() -> Result<T, Refused> {
    Err(Refused::custom("only asked"))
}

impl<'de> Deserializer<'de> for &Probe {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        nothing()
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.variants.set(variants);
        match self.variant {
            Some(_) => visitor.visit_enum(self),
            None => nothing(),
        }
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for &Probe {
    type Error = Refused;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Refused> {
        let name = self.variant.unwrap_or_default();
        let value = seed.deserialize(IntoDeserializer::<Refused>::into_deserializer(name))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for &Probe {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        Ok(())
    }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, Refused> {
        nothing()
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Refused> {
        nothing()
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Refused> {
        self.fields.set(fields);
        nothing()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_tell_what_a_journal_tells() {
        assert!(kinds().contains(&"ships-lost") && kinds().len() > 20);
        let lost = fields("ships-lost").expect("a kind");
        assert!(lost.contains(&"hp") && lost.contains(&"cause"));
        assert_eq!(fields("starving"), Some(&["force"][..]));
        assert_eq!(fields("nothing"), None);
    }
}
