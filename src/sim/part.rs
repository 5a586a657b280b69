//! Parts of a force that have their own room. A force is copied for every step that changes it; the parts that a step
//! leaves alone are shared by the copies and by the World, and that one is unchanged is seen without reading it.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use bevy::ecs::component::Component;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A `T` that all its copies share until one of them is changed. In tables and records it is the `T` itself.
#[derive(Component, Debug, Default)]
pub struct Part<T: Send + Sync + 'static>(Arc<T>);

impl<T: Send + Sync> Part<T> {
    /// Whether both are one, unchanged since one was copied from the other.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Send + Sync> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Send + Sync> Deref for Part<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Gives it room of its own: whoever only reads asks for no change.
impl<T: Clone + Send + Sync> DerefMut for Part<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Send + Sync> From<T> for Part<T> {
    fn from(whole: T) -> Self {
        Self(Arc::new(whole))
    }
}

impl<T: PartialEq + Send + Sync> PartialEq for Part<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.0 == other.0
    }
}
impl<T: Eq + Send + Sync> Eq for Part<T> {}

impl<T: Serialize + Send + Sync> Serialize for Part<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, T: Deserialize<'de> + Send + Sync> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}
