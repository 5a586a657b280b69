//! Names of things in content: `Key<Class>`, `Key<Sector>`, ... An id as it stands in a RON file,
//! interned, ordered by its text. State holds keys by name, never by number, so that a saved war
//! still means the same when content is added beside it.

use std::{borrow::Borrow, cmp::Ordering, fmt, hash, marker::PhantomData, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of a `T`: kebab-case text, cheap to clone, compared and ordered by its text.
pub struct Key<T: ?Sized>(Arc<str>, PhantomData<fn() -> T>);

impl<T: ?Sized> Key<T> {
    /// A key with this text. Whether the text is a well-formed id is checked where content is read.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Arc::from(text.as_ref()), PhantomData)
    }
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The same id naming another kind of thing (a side and its map emblem, say).
    pub fn cast<U: ?Sized>(&self) -> Key<U> {
        Key(self.0.clone(), PhantomData)
    }
}

impl<T: ?Sized> Clone for Key<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}
impl<T: ?Sized> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        // Most keys that are equal are copies of one.
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
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
        self.0.cmp(&other.0)
    }
}
impl<T: ?Sized> hash::Hash for Key<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T: ?Sized> Borrow<str> for Key<T> {
    fn borrow(&self) -> &str {
        &self.0
    }
}
impl<T: ?Sized> AsRef<str> for Key<T> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
impl<T: ?Sized> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
impl<T: ?Sized> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
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
        serializer.serialize_str(&self.0)
    }
}
impl<'de, T: ?Sized> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
