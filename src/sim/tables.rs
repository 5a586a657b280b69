//! The canonical form of the state: tables of rows, named and sorted. A snapshot and a diff hold a row as RON text, a hash
//! reads it as bytes (`digest.rs`); all are made by the one `Serialize` of its component, so they cannot drift apart.
//!
//! A table's hash is the sum of its rows' hashes, so that order does not matter and a row that has not changed need not be
//! read again: [`Rows`] keeps them, and Bevy's change detection says which have. What is kept must always equal what would
//! be made from nothing.
//!
//! A component or resource of the war belongs to [`TABLES`] or to [`CACHES`]; a test fails otherwise.

mod digest;

use std::{any::TypeId, collections::BTreeMap, fmt};

use bevy::ecs::{
    change_detection::{DetectChanges, Tick},
    component::{Component, Mutable},
    entity::Entity,
    query::Changed,
    resource::Resource,
    schedule::Schedules,
    world::World,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use xxhash_rust::xxh3::Xxh3;

use super::{
    command::Intents,
    field::Field,
    journal::Journal,
    part::Part,
    roster::Ranks,
    state::{
        Bearing, Belongs, Clock, Command, Control, Crew, Holding, Id, Index, Kind, Knowledge, Line,
        Magazine, Place, Ships, Standing, Story, Tally,
    },
    theatre::Scratch,
    turn::PhaseHashes,
    values::Kept,
};
use crate::content::Key;

/// 64 bits over the canonical form, written as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub u64);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() != 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(serde::de::Error::custom("a hash has 16 hexadecimal digits"));
        }
        u64::from_str_radix(&text, 16)
            .map(Hash)
            .map_err(serde::de::Error::custom)
    }
}

/// The whole state: table, row, RON text of the row.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot(pub BTreeMap<String, BTreeMap<String, String>>);

/// A table of the canonical form.
pub struct Table {
    /// Its name in records.
    pub name: &'static str,
    /// What its rows are about; none: one row about the war as a whole.
    kind: Option<Kind>,
    rows: fn(&World) -> Vec<(String, String)>,
    /// Takes up every row.
    sum: fn(&World, &mut RowSum, &mut Vec<u8>),
    /// Takes up the rows that have changed since a moment.
    renew: fn(&mut World, &mut RowSum, Tick, &mut Vec<u8>),
    load: fn(&mut World, Option<Entity>, &str) -> Result<(), String>,
    /// The type it keeps.
    pub holds: fn() -> TypeId,
}

const fn component<C: Component<Mutability = Mutable> + Serialize + DeserializeOwned>(
    name: &'static str,
    kind: Kind,
) -> Table {
    Table {
        name,
        kind: Some(kind),
        rows: |world| {
            let Some(mut query) = world.try_query::<(&Id, &C)>() else {
                return Vec::new();
            };
            let mut rows: Vec<(String, String)> = query
                .iter(world)
                .map(|(id, c)| (id.key.to_string(), row(c)))
                .collect();
            rows.sort();
            rows
        },
        sum: |world, sum, room| {
            if let Some(mut all) = world.try_query::<(Entity, &Id, &C)>() {
                for (entity, id, value) in all.iter(world) {
                    sum.put(entity, digest::row(id.key.as_str(), value, room));
                }
            }
        },
        renew: |world, sum, since, room| {
            world.last_change_tick_scope(since, |world| {
                if let Some(mut some) = world.try_query_filtered::<(Entity, &Id, &C), Changed<C>>()
                {
                    for (entity, id, value) in some.iter(world) {
                        sum.put(entity, digest::row(id.key.as_str(), value, room));
                    }
                }
            });
        },
        load: |world, entity, text| {
            let value: C = canonical(text)?;
            if let Some(mut entity) = entity.and_then(|e| world.get_entity_mut(e).ok()) {
                entity.insert(value);
            }
            Ok(())
        },
        holds: TypeId::of::<C>,
    }
}

const fn resource<R: Resource + Serialize + DeserializeOwned>(name: &'static str) -> Table {
    Table {
        name,
        kind: None,
        rows: |world| {
            world
                .get_resource::<R>()
                .map(|r| (String::from("war"), row(r)))
                .into_iter()
                .collect()
        },
        sum: |world, sum, room| {
            if let Some(value) = world.get_resource::<R>() {
                sum.only(digest::row("war", value, room));
            }
        },
        renew: |world, sum, since, room| {
            let now = world.change_tick();
            if let Some(value) = world.get_resource_ref::<R>()
                && value.last_changed().is_newer_than(since, now)
            {
                sum.only(digest::row("war", &*value, room));
            }
        },
        load: |world, _, text| {
            world.insert_resource::<R>(canonical(text)?);
            Ok(())
        },
        holds: TypeId::of::<R>,
    }
}

fn row<T: Serialize>(value: &T) -> String {
    ::ron::to_string(value).expect("invariant: every row is made of numbers, texts, lists and maps")
}

/// Largest number a row may hold: far above what a war makes, far below what overflows.
const LARGEST: u64 = 1_000_000_000;

/// Reads a row, which must be as [`row`] writes it and hold no number beyond reason.
fn canonical<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, String> {
    let value: T = ::ron::from_str(text).map_err(|e| e.to_string())?;
    if row(&value) != text {
        return Err("the row is not in canonical form".into());
    }
    let (mut quoted, mut escaped, mut number) = (false, false, 0_u64);
    for c in text.chars() {
        if quoted {
            (quoted, escaped) = (escaped || c != '"', !escaped && c == '\\');
            continue;
        }
        quoted = c == '"';
        number = c
            .to_digit(10)
            .map_or(0, |d| number.saturating_mul(10).saturating_add(d.into()));
        if number > LARGEST {
            return Err("a number is too large".into());
        }
    }
    Ok(value)
}

/// Every table, in the order in which they are hashed.
pub const TABLES: &[Table] = &[
    resource::<Clock>("clock"),
    resource::<Story>("story"),
    component::<Tally>("tally", Kind::Side),
    component::<Control>("control", Kind::Sector),
    component::<Holding>("holding", Kind::Site),
    component::<Part<Belongs>>("belongs", Kind::Force),
    component::<Place>("place", Kind::Force),
    component::<Part<Ships>>("ships", Kind::Force),
    component::<Part<Magazine>>("magazine", Kind::Force),
    component::<Crew>("crew", Kind::Force),
    component::<Bearing>("bearing", Kind::Force),
    component::<Part<Standing>>("standing", Kind::Force),
    component::<Part<Command>>("command", Kind::Force),
    component::<Part<Line>>("line", Kind::Force),
    component::<Knowledge>("knowledge", Kind::Seat),
];

/// Types that hold nothing a save would need: derived, constant, or emptied every turn.
pub const CACHES: &[(&str, fn() -> TypeId)] = &[
    ("Id", TypeId::of::<Id>),
    ("Index", TypeId::of::<Index>),
    ("Journal", TypeId::of::<Journal>),
    ("Field", TypeId::of::<Field>),
    ("Intents", TypeId::of::<Intents>),
    ("Scratch", TypeId::of::<Scratch>),
    ("PhaseHashes", TypeId::of::<PhaseHashes>),
    ("Ranks", TypeId::of::<Ranks>),
    ("Kept", TypeId::of::<Kept>),
    ("Rows", TypeId::of::<Rows>),
    ("Schedules", TypeId::of::<Schedules>),
];

/// The canonical form of the state.
pub fn snapshot(world: &World) -> Snapshot {
    Snapshot(
        TABLES
            .iter()
            .map(|t| (t.name.to_owned(), (t.rows)(world).into_iter().collect()))
            .collect(),
    )
}

/// The hashes of a table's rows, and their sum.
#[derive(Default, Debug)]
struct RowSum {
    /// By the entity's index: an entity's row has one hash.
    hashes: Vec<Option<u64>>,
    rows: u64,
    sum: u64,
}

impl RowSum {
    fn put(&mut self, entity: Entity, hash: u64) {
        let at = entity.index_u32() as usize;
        if self.hashes.len() <= at {
            self.hashes.resize(at + 1, None);
        }
        self.take(entity);
        self.hashes[at] = Some(hash);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(hash);
    }

    fn take(&mut self, entity: Entity) {
        let kept = self.hashes.get_mut(entity.index_u32() as usize);
        if let Some(old) = kept.and_then(Option::take) {
            self.rows -= 1;
            self.sum = self.sum.wrapping_sub(old);
        }
    }

    /// The table has this one row.
    fn only(&mut self, hash: u64) {
        (self.rows, self.sum) = (1, hash);
    }

    fn hash(&self) -> Hash {
        let mut hasher = Xxh3::new();
        hasher.update(&self.rows.to_le_bytes());
        hasher.update(&self.sum.to_le_bytes());
        Hash(hasher.digest())
    }
}

/// The hashes of all rows as they were last asked for; derived, never saved.
#[derive(Resource, Default, Debug)]
pub struct Rows {
    /// In the order of [`TABLES`].
    tables: Vec<RowSum>,
    /// Up to when changes are in; none: nothing is.
    since: Option<Tick>,
    /// Entities that lost their name since.
    gone: Vec<Entity>,
    room: Vec<u8>,
}

impl Rows {
    /// Notes that an entity is no more.
    pub(super) fn forget(&mut self, entity: Entity) {
        self.gone.push(entity);
    }
}

/// One hash for each table, in the order of [`TABLES`], made from nothing.
pub fn table_hashes(world: &World) -> Vec<(&'static str, Hash)> {
    let mut room = Vec::new();
    let of = |table: &Table| {
        let mut sum = RowSum::default();
        (table.sum)(world, &mut sum, &mut room);
        (table.name, sum.hash())
    };
    TABLES.iter().map(of).collect()
}

/// The same, where only what has changed since it was last asked is read again.
pub(super) fn renewed_hashes(world: &mut World) -> Vec<(&'static str, Hash)> {
    let mut kept = std::mem::take(&mut *world.resource_mut::<Rows>());
    if kept.since.is_none() {
        kept.tables.clear();
    }
    kept.tables.resize_with(TABLES.len(), RowSum::default);
    let gone = std::mem::take(&mut kept.gone);
    let hashes = TABLES
        .iter()
        .zip(&mut kept.tables)
        .map(|(table, sum)| {
            for entity in &gone {
                sum.take(*entity);
            }
            match kept.since {
                Some(since) => (table.renew)(world, sum, since, &mut kept.room),
                None => (table.sum)(world, sum, &mut kept.room),
            }
            (table.name, sum.hash())
        })
        .collect();
    // Whatever is written from here on bears a later mark.
    kept.since = Some(world.increment_change_tick());
    *world.resource_mut::<Rows>() = kept;
    hashes
}

/// One hash over all tables.
pub fn combine(tables: &[(&'static str, Hash)]) -> Hash {
    let mut hasher = Xxh3::new();
    for (name, hash) in tables {
        hasher.update(name.as_bytes());
        hasher.update(&hash.0.to_le_bytes());
    }
    Hash(hasher.digest())
}

/// Fills an empty world from a snapshot.
///
/// # Errors
/// If a table is unknown or a row cannot be read: which table, which row, and why.
pub fn restore(world: &mut World, snapshot: &Snapshot) -> Result<(), String> {
    if let Some(unknown) = snapshot
        .0
        .keys()
        .find(|n| TABLES.iter().all(|t| t.name != n.as_str()))
    {
        return Err(format!("there is no table `{unknown}`"));
    }
    for table in TABLES {
        let rows = snapshot
            .0
            .get(table.name)
            .ok_or_else(|| format!("table `{}` is missing", table.name))?;
        if table.kind.is_none() && !rows.keys().eq(["war"]) {
            return Err(format!("table `{}` has one row, `war`", table.name));
        }
        for (name, text) in rows {
            let entity = table.kind.map(|kind| {
                let key = Key::<Id>::new(name);
                world
                    .resource::<Index>()
                    .get(kind, &key)
                    .unwrap_or_else(|| world.spawn(Id { kind, key }).id())
            });
            (table.load)(world, entity, text)
                .map_err(|e| format!("table `{}`, row `{name}`: {e}", table.name))?;
        }
    }
    // Every thing must be whole: a force with ships but no place would be half a force.
    for table in TABLES {
        let Some(kind) = table.kind else { continue };
        let rows = snapshot.0.get(table.name).map_or(0, BTreeMap::len);
        let things = world.resource::<Index>().all(kind).count();
        if rows != things {
            return Err(format!(
                "table `{}` has {rows} rows for {things} things",
                table.name
            ));
        }
    }
    Ok(())
}
