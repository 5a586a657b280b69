//! The canonical form as bytes, for hashing alone: what serde tells of a row, each value behind a mark of its kind, each
//! text and list behind its length. The same `Serialize` that writes a row as text feeds this, so the two cannot drift:
//! rows with equal text have equal bytes, and rows with different text different ones.

use std::fmt;

use serde::{
    Serialize,
    ser::{
        self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};
use xxhash_rust::xxh3::xxh3_64;

/// The hash of one row: its name and what it holds. `room` is used again from row to row.
pub fn row<T: Serialize>(name: &str, value: &T, room: &mut Vec<u8>) -> u64 {
    room.clear();
    let mut bytes = Bytes(room);
    bytes.text(name);
    value
        .serialize(&mut bytes)
        .expect("invariant: every row is made of numbers, texts, lists and maps");
    xxh3_64(room)
}

/// What a value is, in front of it.
#[derive(Clone, Copy)]
enum Mark {
    False,
    True,
    Number,
    Text,
    None,
    Some,
    Unit,
    Variant,
    List,
    Map,
    Struct,
    Skipped,
    End,
}

struct Bytes<'a>(&'a mut Vec<u8>);

impl Bytes<'_> {
    fn mark(&mut self, mark: Mark) {
        self.0.push(mark as u8);
    }
    fn number(&mut self, n: i64) {
        self.eight(Mark::Number, n.to_le_bytes());
    }
    /// A mark and the eight bytes behind it, in one piece.
    fn eight(&mut self, mark: Mark, bytes: [u8; 8]) {
        let mut whole = [mark as u8; 9];
        whole[1..].copy_from_slice(&bytes);
        self.0.extend_from_slice(&whole);
    }
    fn text(&mut self, text: &str) {
        self.eight(Mark::Text, (text.len() as u64).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }
    fn variant(&mut self, index: u32) {
        self.mark(Mark::Variant);
        self.0.extend_from_slice(&index.to_le_bytes());
    }
}

/// What no row holds.
#[derive(Debug)]
pub struct Foreign;

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value that no row holds")
    }
}
impl std::error::Error for Foreign {}
impl ser::Error for Foreign {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Foreign
    }
}

type Done = Result<(), Foreign>;

macro_rules! numbers {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, n: $type) -> Done {
            self.number(i64::from(n));
            Ok(())
        })*
    };
}

impl ser::Serializer for &mut Bytes<'_> {
    type Ok = ();
    type Error = Foreign;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32);

    fn serialize_u64(self, n: u64) -> Done {
        self.number(n.cast_signed());
        Ok(())
    }
    fn serialize_bool(self, yes: bool) -> Done {
        self.mark(if yes { Mark::True } else { Mark::False });
        Ok(())
    }
    fn serialize_f32(self, _: f32) -> Done {
        Err(Foreign)
    }
    fn serialize_f64(self, _: f64) -> Done {
        Err(Foreign)
    }
    fn serialize_char(self, c: char) -> Done {
        self.number(i64::from(u32::from(c)));
        Ok(())
    }
    fn serialize_str(self, text: &str) -> Done {
        self.text(text);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(Foreign)
    }
    fn serialize_none(self) -> Done {
        self.mark(Mark::None);
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        self.mark(Mark::Some);
        value.serialize(self)
    }
    fn serialize_unit(self) -> Done {
        self.mark(Mark::Unit);
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.mark(Mark::Unit);
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Done {
        self.variant(index);
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Done {
        self.variant(index);
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Foreign> {
        self.mark(Mark::List);
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self, Foreign> {
        self.mark(Mark::List);
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Foreign> {
        self.mark(Mark::List);
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Foreign> {
        self.variant(index);
        Ok(self)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Foreign> {
        self.mark(Mark::Map);
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Foreign> {
        self.mark(Mark::Struct);
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Foreign> {
        self.variant(index);
        Ok(self)
    }
}

macro_rules! parts {
    ($($trait:ident::$part:ident),*) => {
        $(impl $trait for &mut Bytes<'_> {
            type Ok = ();
            type Error = Foreign;
            fn $part<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                value.serialize(&mut **self)
            }
            fn end(self) -> Done {
                self.mark(Mark::End);
                Ok(())
            }
        })*
    };
}

parts!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

impl SerializeMap for &mut Bytes<'_> {
    type Ok = ();
    type Error = Foreign;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }
    fn end(self) -> Done {
        self.mark(Mark::End);
        Ok(())
    }
}

macro_rules! fields {
    ($($trait:ident),*) => {
        $(impl $trait for &mut Bytes<'_> {
            type Ok = ();
            type Error = Foreign;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Done {
                value.serialize(&mut **self)
            }
            fn skip_field(&mut self, _: &'static str) -> Done {
                self.mark(Mark::Skipped);
                Ok(())
            }
            fn end(self) -> Done {
                self.mark(Mark::End);
                Ok(())
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Serialize)]
    struct Row {
        a: Option<i32>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        b: Vec<String>,
        c: BTreeMap<String, (i64, bool)>,
    }

    fn hash(a: Option<i32>, b: &[&str], c: &[(&str, i64)]) -> u64 {
        let row_of = Row {
            a,
            b: b.iter().map(|s| (*s).to_owned()).collect(),
            c: c.iter()
                .map(|(k, n)| ((*k).to_owned(), (*n, true)))
                .collect(),
        };
        row("x", &row_of, &mut Vec::new())
    }

    #[test]
    fn what_differs_hashes_apart() {
        let all = [
            hash(None, &[], &[]),
            hash(Some(0), &[], &[]),
            hash(None, &[""], &[]),
            hash(None, &["", ""], &[]),
            hash(None, &["ab", "c"], &[]),
            hash(None, &["a", "bc"], &[]),
            hash(None, &[], &[("a", 1)]),
            hash(None, &[], &[("a", 2)]),
            row(
                "y",
                &Row {
                    a: None,
                    b: Vec::new(),
                    c: BTreeMap::new(),
                },
                &mut Vec::new(),
            ),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b), "{i}");
        }
        assert_eq!(hash(Some(3), &["q"], &[]), hash(Some(3), &["q"], &[]));
    }
}
