//! Names of things in content: `Key<Class>`, `Key<Sector>`, ... An id as it stands in a RON file, ordered by its text.
//! State holds keys by name, never by number, so that a saved war still means the same when content is added beside it.
//!
//! The rules look names up all the time, so a text is kept once for as long as the process runs: a key is where it is
//! kept and how it begins. Two keys are equal if they point to the same text, and most are ordered by their beginnings
//! alone. Texts are never given up; content names a bounded number of things, and a war adds few.

use std::{
    any,
    borrow::{Borrow, Cow},
    cmp::Ordering,
    collections::HashSet,
    fmt, hash,
    marker::PhantomData,
    ptr,
    sync::{LazyLock, PoisonError, RwLock},
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a text that its key carries.
const HEAD: usize = 8;

/// The id of a `T`: kebab-case text, cheap to clone, compared and ordered by its text.
pub struct Key<T: ?Sized> {
    /// The text's first bytes, and noughts where it is shorter: ordered as the texts are, wherever they differ.
    head: u64,
    /// One for each text.
    name: &'static Name,
    of: PhantomData<fn() -> T>,
}

/// A text that is kept.
struct Name {
    /// The same bytes that keys of it carry, and those after them in the same way.
    head: [u64; 2],
    text: Box<str>,
}

/// A name among all that are kept, found by its text.
struct Kept(&'static Name);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}
impl Eq for Kept {}
impl hash::Hash for Kept {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}
impl Borrow<str> for Kept {
    fn borrow(&self) -> &str {
        &self.0.text
    }
}

/// All texts that ever were a key's.
static NAMES: LazyLock<RwLock<HashSet<Kept>>> = LazyLock::new(RwLock::default);

impl Name {
    /// The name with this text, kept from now on.
    fn of(text: &str) -> &'static Self {
        // Whoever panicked while he held the lock left the names as they were.
        let known = NAMES.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = known.get(text) {
            return kept.0;
        }
        drop(known);
        let mut all = NAMES.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = all.get(text) {
            return kept.0;
        }
        let part = |n: usize| {
            let mut bytes = [0; HEAD];
            let rest = text.as_bytes().get(n * HEAD..).unwrap_or_default();
            let known = rest.len().min(HEAD);
            bytes[..known].copy_from_slice(&rest[..known]);
            u64::from_be_bytes(bytes)
        };
        let name: &'static Self = Box::leak(Box::new(Self {
            head: [part(0), part(1)],
            text: text.into(),
        }));
        all.insert(Kept(name));
        name
    }
}

impl<T: ?Sized> Key<T> {
    /// A key with this text. Whether the text is a well-formed id is checked where content is read.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self::named(Name::of(text.as_ref()))
    }
    fn named(name: &'static Name) -> Self {
        Self {
            head: name.head[0],
            name,
            of: PhantomData,
        }
    }
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.name.text
    }
    /// The same id naming another kind of thing (a side and its map emblem, say).
    pub fn cast<U: ?Sized>(&self) -> Key<U> {
        Key {
            head: self.head,
            name: self.name,
            of: PhantomData,
        }
    }
    /// Whether both have the same text.
    pub fn is_named<U: ?Sized>(&self, other: &Key<U>) -> bool {
        ptr::eq(self.name, other.name)
    }
    /// Their order by text, whatever they name.
    pub fn order<U: ?Sized>(&self, other: &Key<U>) -> Ordering {
        self.head.cmp(&other.head).then_with(|| {
            if self.is_named(other) {
                Ordering::Equal
            } else {
                let heads = self.name.head.cmp(&other.name.head);
                heads.then_with(|| self.name.text.cmp(&other.name.text))
            }
        })
    }
    /// A number that keys of the same text share, and few others do. The same on every machine, in every run.
    pub fn digest(&self) -> u64 {
        let [first, second] = self.name.head;
        let mixed = (first ^ second.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 29)).wrapping_add(self.name.text.len() as u64)
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
        self.as_str().hash(state);
    }
}
impl<T: ?Sized> Borrow<str> for Key<T> {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
impl<T: ?Sized> AsRef<str> for Key<T> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
impl<T: ?Sized> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
impl<T: ?Sized> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
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
        serializer.serialize_str(self.as_str())
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
        let id = format!("id:{of}");
        // A map's schema keeps the pattern of its keys and nothing else of them.
        json_schema!({ "type": "string", "format": id, "pattern": id })
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
