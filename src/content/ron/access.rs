//! Serde's views of what lies within a value: elements, fields, pairs, a variant's content.

use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{
    problem::{Problem, Result},
    read::{Reader, Value, read_name},
    tree::{Field, NodeId, Shape},
};

/// The values of a list or tuple.
pub(super) struct Elements<'r, 't> {
    reader: &'r Reader<'t>,
    items: &'t [NodeId],
}

impl<'r, 't> Elements<'r, 't> {
    pub(super) fn new(reader: &'r Reader<'t>, items: &'t [NodeId]) -> Self {
        Self { reader, items }
    }
}

impl<'r> SeqAccess<'r> for &mut Elements<'r, '_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'r>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some((item, rest)) = self.items.split_first() else {
            return Ok(None);
        };
        self.items = rest;
        deserialize(self.reader, *item, seed).map(Some)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The fields of a struct.
pub(super) struct Fields<'r, 't> {
    reader: &'r Reader<'t>,
    fields: &'t [Field],
    /// The names to be handed over; the others have been reported. All, when `None`.
    known: Option<&'static [&'static str]>,
    seen: Vec<&'t str>,
    value: Option<NodeId>,
}

impl<'r, 't> Fields<'r, 't> {
    pub(super) fn new(
        reader: &'r Reader<'t>,
        fields: &'t [Field],
        known: Option<&'static [&'static str]>,
    ) -> Self {
        Self {
            reader,
            fields,
            known,
            seen: Vec::new(),
            value: None,
        }
    }
}

impl<'r> MapAccess<'r> for Fields<'r, '_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'r>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        while let Some((field, rest)) = self.fields.split_first() {
            self.fields = rest;
            let tree = self.reader.tree;
            let name = tree.name(field.name);
            if let Some(known) = self.known {
                // A field written twice has been reported; its first value counts.
                if !known.contains(&name) || self.seen.contains(&name) {
                    continue;
                }
                self.seen.push(name);
            }
            self.value = Some(field.value);
            return read_name(seed, name)
                .map(Some)
                .map_err(|problem| problem.at(tree.name_span(field.name)));
        }
        Ok(None)
    }
    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value> {
        let value = self.value.take();
        let value = value.expect("invariant: serde asks for a value after its key");
        deserialize(self.reader, value, seed)
    }
}

/// The pairs of a map.
pub(super) struct Pairs<'r, 't> {
    reader: &'r Reader<'t>,
    pairs: &'t [(NodeId, NodeId)],
    value: Option<NodeId>,
}

impl<'r, 't> Pairs<'r, 't> {
    pub(super) fn new(reader: &'r Reader<'t>, pairs: &'t [(NodeId, NodeId)]) -> Self {
        Self {
            reader,
            pairs,
            value: None,
        }
    }
}

impl<'r> MapAccess<'r> for Pairs<'r, '_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'r>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some(((key, value), rest)) = self.pairs.split_first() else {
            return Ok(None);
        };
        self.pairs = rest;
        self.value = Some(*value);
        deserialize(self.reader, *key, seed).map(Some)
    }
    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value> {
        let value = self.value.take();
        let value = value.expect("invariant: serde asks for a value after its key");
        deserialize(self.reader, value, seed)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len())
    }
}

/// What an [`At`](super::At) asks for: source, start and end of the value, then the value, whose
/// problem ends here.
pub(super) struct Place<'r, 't> {
    value: Value<'r, 't>,
    step: u8,
}

impl<'r, 't> Place<'r, 't> {
    pub(super) fn new(value: Value<'r, 't>) -> Self {
        Self { value, step: 0 }
    }
}

impl<'r> SeqAccess<'r> for Place<'r, '_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'r>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let reader = self.value.reader;
        let span = reader.tree.span(self.value.node);
        let number = match self.step {
            0 => span.source.0,
            1 => span.start,
            2 => span.end,
            _ => {
                return Ok(match seed.deserialize(self.value) {
                    Ok(value) => Some(value),
                    Err(problem) => {
                        reader.report(problem.at(reader.tree.opening(self.value.node)));
                        None
                    }
                });
            }
        };
        self.step += 1;
        let number = IntoDeserializer::<Problem>::into_deserializer(number);
        seed.deserialize(number).map(Some)
    }
}

/// A variant and what it holds.
pub(super) struct Variant<'r, 't> {
    value: Value<'r, 't>,
    name: &'t str,
}

impl<'r, 't> Variant<'r, 't> {
    /// A value whose name is known to be this variant's.
    pub(super) fn new(value: Value<'r, 't>, name: &'static str) -> Self {
        Self { value, name }
    }
    /// A bare name, of whatever enum.
    pub(super) fn open(value: Value<'r, 't>) -> Self {
        let tree = value.reader.tree;
        let name = tree.text_of(value.node).trim_start_matches("r#");
        Self { value, name }
    }

    fn problem(&self, message: String, form: &str) -> Problem {
        let name = self.name;
        let problem = self.value.problem("wrong-variant", message);
        problem.help(format!("write `{name}{form}`"))
    }
    /// What stands between the parentheses, as a value without a name.
    fn content(&self) -> Value<'r, 't> {
        Value {
            unnamed: true,
            ..self.value
        }
    }
}

impl<'r, 't> EnumAccess<'r> for Variant<'r, 't> {
    type Error = Problem;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'r>>(self, seed: V) -> Result<(V::Value, Self)> {
        Ok((read_name(seed, self.name)?, self))
    }
}

impl<'r> VariantAccess<'r> for Variant<'r, '_> {
    type Error = Problem;

    fn unit_variant(self) -> Result<()> {
        match self.value.shape() {
            Shape::Name(_) => Ok(()),
            Shape::Tuple { items, .. } if items.is_empty() => Ok(()),
            _ => Err(self.problem(format!("variant `{}` holds no value", self.name), "")),
        }
    }

    /// `Variant(value)`; the parentheses of a struct or tuple in it may be left out.
    fn newtype_variant_seed<T: DeserializeSeed<'r>>(self, seed: T) -> Result<T::Value> {
        match self.value.shape() {
            Shape::Tuple { items, .. } if let [item] = items[..] => {
                deserialize(self.value.reader, item, seed)
            }
            Shape::Name(_) => {
                let message = format!("variant `{}` holds a value", self.name);
                Err(self.problem(message, "(...)"))
            }
            _ => seed.deserialize(self.content()),
        }
    }

    fn tuple_variant<V: Visitor<'r>>(self, length: usize, visitor: V) -> Result<V::Value> {
        match self.value.shape() {
            Shape::Tuple { .. } => {
                serde::Deserializer::deserialize_tuple(self.content(), length, visitor)
            }
            _ => {
                let message = format!("variant `{}` holds {length} values", self.name);
                Err(self.problem(message, "(...)"))
            }
        }
    }

    fn struct_variant<V: Visitor<'r>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.value.shape() {
            Shape::Tuple { items, .. } if !items.is_empty() => {
                let message = format!("variant `{}` holds named values", self.name);
                Err(self.problem(message, "(name: ...)"))
            }
            _ => self.content().visit_fields(Some(fields), visitor),
        }
    }
}

fn deserialize<'r, T: DeserializeSeed<'r>>(
    reader: &'r Reader<'_>,
    node: NodeId,
    seed: T,
) -> Result<T::Value> {
    seed.deserialize(reader.value(node))
        .map_err(|problem| problem.at(reader.tree.opening(node)))
}
