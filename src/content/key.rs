//! Names of things in content: `Key<Class>`, `Key<Sector>`, ... An id as it stands in a RON file, ordered by its text.
//! State holds keys by name, never by number, so that a saved war still means the same when content is added beside it.
//!
//! The rules look things up by name all the time, so a key carries the beginning of its text with it: most keys are told
//! apart without a look at the text.

use std::{
    any,
    borrow::{Borrow, Cow},
    cmp::Ordering,
    fmt, hash,
    marker::PhantomData,
    sync::Arc,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a text that its key carries.
const HEAD: usize = 16;

/// The id of a `T`: kebab-case text, cheap to clone, compared and ordered by its text.
pub struct Key<T: ?Sized> {
    /// The text's first bytes, and noughts where it is shorter: ordered as the texts are, wherever they differ.
    head: u128,
    text: Arc<str>,
    of: PhantomData<fn() -> T>,
}

impl<T: ?Sized> Key<T> {
    /// A key with this text. Whether the text is a well-formed id is checked where content is read.
    pub fn new(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let mut bytes = [0; HEAD];
        let known = text.len().min(HEAD);
        bytes[..known].copy_from_slice(&text.as_bytes()[..known]);
        Self {
            head: u128::from_be_bytes(bytes),
            text: Arc::from(text),
            of: PhantomData,
        }
    }
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
    /// The same id naming another kind of thing (a side and its map emblem, say).
    pub fn cast<U: ?Sized>(&self) -> Key<U> {
        Key {
            head: self.head,
            text: self.text.clone(),
            of: PhantomData,
        }
    }
    /// Whether both have the same text.
    pub fn is_named<U: ?Sized>(&self, other: &Key<U>) -> bool {
        self.head == other.head
            && self.text.len() == other.text.len()
            && (self.is_whole() || Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
    }
    /// Their order by text, whatever they name.
    pub fn order<U: ?Sized>(&self, other: &Key<U>) -> Ordering {
        self.head.cmp(&other.head).then_with(|| {
            if self.is_whole() || other.is_whole() || Arc::ptr_eq(&self.text, &other.text) {
                self.text.len().cmp(&other.text.len())
            } else {
                self.text.cmp(&other.text)
            }
        })
    }
    /// A number that keys of the same text share, and few others do. The same on every machine, in every run.
    pub fn digest(&self) -> u64 {
        let (first, second) = ((self.head >> 64) as u64, self.head as u64);
        let mixed = (first ^ second.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 29)).wrapping_add(self.text.len() as u64)
    }
    /// The head is all there is of it.
    fn is_whole(&self) -> bool {
        self.text.len() <= HEAD
    }
}

impl<T: ?Sized> Clone for Key<T> {
    fn clone(&self) -> Self {
        self.cast()
    }
}
impl<T: ?Sized> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_named(other)
    }
}
impl<T: ?Sized> Eq for Key<T> {}
impl<T: ?Sized> PartialOrd for Key<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T: ?Sized> Ord for Key<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order(other)
    }
}
impl<T: ?Sized> hash::Hash for Key<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<T: ?Sized> Borrow<str> for Key<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}
impl<T: ?Sized> AsRef<str> for Key<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
impl<T: ?Sized> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
impl<T: ?Sized> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
impl<T: ?Sized> Default for Key<T> {
    /// The empty id, which nothing has.
    fn default() -> Self {
        Self::new("")
    }
}
impl<T: ?Sized> From<&str> for Key<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
impl<T: ?Sized> Serialize for Key<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de, T: ?Sized> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Described as the id of a `T`.
impl<T: ?Sized> JsonSchema for Key<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Key".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let path = any::type_name::<T>();
        let of = path.rsplit("::").next().unwrap_or(path);
        json_schema!({ "type": "string", "format": format!("id:{of}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> impl Strategy<Value = String> {
        // Short ones, long ones with one beginning, some with what no id may have.
        "(|a|ab|a-name-of-15-ch|a-name-of-16-chr)(|[a-c]{1,3}|\0|\0a|\u{e9}|-and-more-[ab]{1,2})"
    }

    proptest! {
        #[test]
        fn keys_are_ordered_and_equal_as_their_texts_are(a in names(), b in names()) {
            let (x, y) = (Key::<str>::new(&a), Key::<str>::new(&b));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(x.is_named(&Key::<u8>::new(&b)), a == b);
            prop_assert!(a != b || x.digest() == y.digest());
        }
    }
}
