//! Things by name, copied cheaply: a step works on a copy of all, and only those that it changes are made anew.

use std::{
    borrow::Cow,
    iter::{Map, Zip},
    ops::Index,
    slice,
    sync::Arc,
};

use bevy::ecs::{
    component::{Component, Mutable},
    entity::Entity,
    prelude::{Query, ResMut},
    query::QueryState,
    resource::Resource,
    system::SystemParam,
    world::World,
};

use super::{
    state::{Control, Holding, Id, Tally},
    stats::Temper,
};
use crate::content::{Key, Sector, Side, Site};

/// Values by name, in the order of names. A copy shares them with what it was copied from until one of the two changes
/// them.
pub struct Values<T: ?Sized, V> {
    keys: Arc<Vec<Key<T>>>,
    values: Arc<Vec<Arc<V>>>,
}

/// Control of sectors.
pub type Controls = Values<Sector, Control>;
/// Holdings of sites.
pub type Holdings = Values<Site, Holding>;
/// Tallies of sides.
pub type Tallies = Values<Side, Tally>;
/// What bears on the forces of each side.
pub type Tempers = Values<Side, Temper>;

impl<T: ?Sized, V> Values<T, V> {
    /// How many.
    pub fn len(&self) -> usize {
        self.keys.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
    fn find<U: ?Sized>(&self, key: &Key<U>) -> Result<usize, usize> {
        // Few are looked through faster than they are searched.
        if self.keys.len() <= 8
            && let Some(n) = self.keys.iter().position(|k| k.is_named(key))
        {
            return Ok(n);
        }
        self.keys.binary_search_by(|k| k.order(key))
    }
    /// The value of this name.
    pub fn get<U: ?Sized>(&self, key: &Key<U>) -> Option<&V> {
        self.find(key).ok().map(|n| &*self.values[n])
    }
    /// The name as it is kept here, and its value.
    pub fn get_key_value(&self, key: &Key<T>) -> Option<(&Key<T>, &V)> {
        let n = self.find(key).ok()?;
        Some((&self.keys[n], &self.values[n]))
    }
    /// Whether there is one of this name.
    pub fn contains_key<U: ?Sized>(&self, key: &Key<U>) -> bool {
        self.find(key).is_ok()
    }
    /// Names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key<T>> + Clone {
        self.keys.iter()
    }
    /// Values, by name.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.values.iter().map(|v| &**v)
    }
    /// Names and values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Key<T>, &V)> + Clone {
        self.keys.iter().zip(self.values())
    }
    /// The same, to be kept without a copy.
    pub fn shared(&self) -> impl Iterator<Item = (&Key<T>, &Arc<V>)> + Clone {
        self.keys.iter().zip(self.values.iter())
    }
}

impl<T: ?Sized, V: Clone> Values<T, V> {
    /// The value of this name, to change.
    pub fn get_mut<U: ?Sized>(&mut self, key: &Key<U>) -> Option<&mut V> {
        let n = self.find(key).ok()?;
        Some(Arc::make_mut(&mut Arc::make_mut(&mut self.values)[n]))
    }
    /// Changes those of which this holds, by name; all others stay shared.
    pub fn change(
        &mut self,
        mut which: impl FnMut(&Key<T>, &V) -> bool,
    ) -> impl Iterator<Item = (&Key<T>, &mut V)> {
        // Whoever changes none copies nothing.
        let all = self.keys.iter().zip(self.values.iter());
        let any = all.clone().any(|(key, value)| which(key, value));
        let values: &mut [Arc<V>] = if any {
            Arc::make_mut(&mut self.values).as_mut_slice()
        } else {
            &mut []
        };
        let chosen = self.keys.iter().zip(values);
        chosen
            .filter(move |(key, value)| which(key, value))
            .map(|(key, value)| (key, Arc::make_mut(value)))
    }
}

impl<T: ?Sized, V> Clone for Values<T, V> {
    fn clone(&self) -> Self {
        Self {
            keys: self.keys.clone(),
            values: self.values.clone(),
        }
    }
}

impl<T: ?Sized, V> Default for Values<T, V> {
    fn default() -> Self {
        Self {
            keys: Arc::default(),
            values: Arc::default(),
        }
    }
}

impl<T: ?Sized, V: PartialEq> PartialEq for Values<T, V> {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys && self.values == other.values
    }
}

impl<T: ?Sized, V: std::fmt::Debug> std::fmt::Debug for Values<T, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<T: ?Sized, V> FromIterator<(Key<T>, V)> for Values<T, V> {
    fn from_iter<I: IntoIterator<Item = (Key<T>, V)>>(all: I) -> Self {
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (keys, values): (Vec<_>, Vec<_>) =
            all.into_iter().map(|(k, v)| (k, Arc::new(v))).unzip();
        Self {
            keys: Arc::new(keys),
            values: Arc::new(values),
        }
    }
}

impl<'a, T: ?Sized, V> IntoIterator for &'a Values<T, V> {
    type Item = (&'a Key<T>, &'a V);
    type IntoIter = Zip<slice::Iter<'a, Key<T>>, Map<slice::Iter<'a, Arc<V>>, fn(&Arc<V>) -> &V>>;
    fn into_iter(self) -> Self::IntoIter {
        let values: Map<_, fn(&Arc<V>) -> &V> = self.values.iter().map(Arc::as_ref);
        self.keys.iter().zip(values)
    }
}

impl<T: ?Sized, V> Index<&Key<T>> for Values<T, V> {
    type Output = V;
    fn index(&self, key: &Key<T>) -> &V {
        self.get(key)
            .expect("invariant: whoever asks knows it to be there")
    }
}

/// Values of one component with their entities, in the same order.
#[derive(Debug)]
struct Rank<T: ?Sized, V> {
    values: Values<T, V>,
    entities: Vec<Entity>,
}

impl<T: ?Sized, V> Clone for Rank<T, V> {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            entities: self.entities.clone(),
        }
    }
}

impl<T: ?Sized, V> Default for Rank<T, V> {
    fn default() -> Self {
        Self {
            values: Values::default(),
            entities: Vec::new(),
        }
    }
}

/// What sides, sectors and sites are, as values: kept from step to step beside the components. Derived: equal at any time to
/// what would be gathered anew.
#[derive(Resource, Clone, Default, Debug)]
pub struct Kept {
    control: Rank<Sector, Control>,
    holdings: Rank<Site, Holding>,
    tallies: Rank<Side, Tally>,
    tempers: Tempers,
    /// Whether anything was gathered yet.
    is_full: bool,
}

impl<T: ?Sized, V: Component<Mutability = Mutable> + Clone + PartialEq> Rank<T, V> {
    fn of(all: impl Iterator<Item = (Key<T>, V, Entity)>) -> Self {
        let mut all: Vec<_> = all.collect();
        all.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        Self {
            entities: all.iter().map(|(.., entity)| *entity).collect(),
            values: all.into_iter().map(|(key, v, _)| (key, v)).collect(),
        }
    }

    fn gather(world: &World) -> Self {
        let query: Option<QueryState<(Entity, &Id, &V)>> = world.try_query();
        let Some(mut query) = query else {
            return Self::default();
        };
        let all = query.iter(world);
        Self::of(all.map(|(entity, id, v)| (id.key.cast(), v.clone(), entity)))
    }

    /// Keeps these from now on, and writes those that are not what they were.
    fn put(&mut self, mut new: Values<T, V>, mut write: impl FnMut(Entity, &V)) {
        if Arc::ptr_eq(&self.values.values, &new.values) {
            return;
        }
        debug_assert_eq!(self.values.keys.len(), new.len());
        let all = self.values.values.iter().zip(new.values.iter());
        let mut same = Vec::new();
        for (n, (old, new)) in all.enumerate() {
            if Arc::ptr_eq(old, new) {
                continue;
            }
            if old == new {
                same.push(n);
            } else {
                write(self.entities[n], new);
            }
        }
        if !same.is_empty() {
            let values = Arc::make_mut(&mut new.values);
            for n in same {
                values[n] = self.values.values[n].clone();
            }
        }
        self.values = new;
    }
}

fn tempers(tallies: &Tallies) -> Tempers {
    let all = tallies.iter();
    all.map(|(side, tally)| (side.clone(), Temper::from(tally)))
        .collect()
}

impl Kept {
    fn gather(world: &World) -> Self {
        let tallies: Rank<Side, Tally> = Rank::gather(world);
        Self {
            control: Rank::gather(world),
            holdings: Rank::gather(world),
            tempers: tempers(&tallies.values),
            tallies,
            is_full: true,
        }
    }

    /// What is kept; gathered anew if nothing is.
    pub(super) fn of(world: &World) -> Cow<'_, Self> {
        match world.get_resource::<Self>() {
            Some(kept) if kept.is_full => Cow::Borrowed(kept),
            _ => Cow::Owned(Self::gather(world)),
        }
    }

    /// Gathers what is kept, if nothing is.
    pub(super) fn fill(world: &mut World) {
        if !world.resource::<Self>().is_full {
            let kept = Self::gather(world);
            world.insert_resource(kept);
        }
    }

    /// Whether what is kept is what would be gathered anew.
    pub(super) fn is_true(world: &World) -> bool {
        let kept = world.resource::<Self>();
        !kept.is_full || {
            let anew = Self::gather(world);
            kept.control.values == anew.control.values
                && kept.holdings.values == anew.holdings.values
                && kept.tallies.values == anew.tallies.values
                && kept.tempers == anew.tempers
        }
    }

    /// Control of all sectors, by name.
    pub fn control(&self) -> Controls {
        self.control.values.clone()
    }
    /// Holdings of all sites, by name.
    pub fn holdings(&self) -> Holdings {
        self.holdings.values.clone()
    }
    /// Tallies of all sides, by name.
    pub fn tallies(&self) -> Tallies {
        self.tallies.values.clone()
    }
    /// What bears on the forces of each side.
    pub fn tempers(&self) -> Tempers {
        self.tempers.clone()
    }
}

type Named<'w, 's, V> = Query<'w, 's, (Entity, &'static Id, &'static mut V)>;

/// Access to sides, sectors and sites as values.
#[derive(SystemParam)]
pub struct Register<'w, 's> {
    kept: ResMut<'w, Kept>,
    sides: Named<'w, 's, Tally>,
    sectors: Named<'w, 's, Control>,
    sites: Named<'w, 's, Holding>,
}

impl Register<'_, '_> {
    /// What is kept; gathered anew if nothing is.
    pub fn kept(&self) -> Cow<'_, Kept> {
        if self.kept.is_full {
            Cow::Borrowed(&*self.kept)
        } else {
            Cow::Owned(self.gather())
        }
    }

    fn gather(&self) -> Kept {
        fn rank<T: ?Sized, V: Component<Mutability = Mutable> + Clone + PartialEq>(
            query: &Named<V>,
        ) -> Rank<T, V> {
            let all = query.iter();
            Rank::of(all.map(|(entity, id, v)| (id.key.cast(), v.clone(), entity)))
        }
        let tallies: Rank<Side, Tally> = rank(&self.sides);
        Kept {
            control: rank(&self.sectors),
            holdings: rank(&self.sites),
            tempers: tempers(&tallies.values),
            tallies,
            is_full: true,
        }
    }

    fn fill(&mut self) {
        if !self.kept.is_full {
            *self.kept = self.gather();
        }
    }

    /// Puts back control of sectors.
    pub fn put_control(&mut self, control: Controls) {
        self.fill();
        self.kept.control.put(control, writer(&mut self.sectors));
    }

    /// Puts back holdings of sites.
    pub fn put_holdings(&mut self, holdings: Holdings) {
        self.fill();
        self.kept.holdings.put(holdings, writer(&mut self.sites));
    }

    /// Puts back tallies of sides.
    pub fn put_tallies(&mut self, tallies: Tallies) {
        self.fill();
        let kept = &mut *self.kept;
        kept.tallies.put(tallies, writer(&mut self.sides));
        let now = kept.tallies.values.values();
        let is_same = |(temper, tally): (&Temper, &Tally)| {
            temper.meters == tally.meters && temper.learned == tally.learned
        };
        if !kept.tempers.values().zip(now).all(is_same) {
            kept.tempers = tempers(&kept.tallies.values);
        }
    }
}

fn writer<V: Component<Mutability = Mutable> + Clone>(
    query: &mut Named<V>,
) -> impl FnMut(Entity, &V) {
    |entity, value| {
        let (.., mut there) = query
            .get_mut(entity)
            .expect("invariant: what is kept has its entity");
        there.clone_from(value);
    }
}
