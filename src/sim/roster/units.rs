//! Forces by name, copied cheaply: a step works on a copy of all, and only the forces it changes are made anew.

use std::{
    ops::Index,
    sync::{Arc, OnceLock},
};

use super::Unit;
use crate::{
    content::{Force, HP_PER_SP, Key, Role, Rules},
    sim::{
        field::Field,
        state::{Place, role_strength},
        supply,
    },
};

/// What is asked of a force again and again, worked out once for as long as it stays as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Post {
    /// The number of the sector it is in or nearest to; beyond all others if the chart has none.
    pub at: usize,
    /// Whether it is in a sector, not on a lane.
    pub in_sector: bool,
    /// The number of its side; beyond all others if the scenario has none.
    pub side: usize,
    /// Hit points.
    pub strength: i64,
    /// Capitals, hit points.
    pub capitals: i64,
    /// Its posture keeps it out of battles.
    pub evades: bool,
    /// Its posture takes convoys.
    pub interdicts: bool,
    /// Its magazines have room for more of any stock.
    pub lacks: bool,
}

impl Post {
    /// The same force somewhere else.
    fn moved(self, field: &Field, place: &Place) -> Self {
        Self {
            at: field.graph.number(place.sector()).unwrap_or(usize::MAX),
            in_sector: matches!(place, Place::Sector(_)),
            ..self
        }
    }

    fn of(field: &Field, unit: &Unit) -> Self {
        let posture = unit.bearing.posture.as_ref();
        let posture = posture.and_then(|p| field.rules.postures.get(p));
        Self {
            at: field
                .graph
                .number(unit.place.sector())
                .unwrap_or(usize::MAX),
            in_sector: matches!(unit.place, Place::Sector(_)),
            side: field.relations.number(unit.side()).unwrap_or(usize::MAX),
            strength: unit.strength(&field.rules),
            capitals: role_strength(&field.rules, &unit.ships.0, Role::Capital),
            evades: posture.is_some_and(|p| p.evades),
            interdicts: posture.is_some_and(|p| p.interdicts),
            lacks: unit
                .ships
                .0
                .iter()
                .filter_map(|s| field.rules.classes.get(&s.class))
                .flat_map(|c| c.magazine.keys())
                .any(|stock| supply::room(&field.rules, unit, stock) > 0),
        }
    }

    /// Strength in strength points, at least one: what supply is counted by.
    pub fn points(&self) -> i64 {
        (self.strength / HP_PER_SP).max(1)
    }
}

/// A force with what was worked out of it.
#[derive(Debug)]
struct Cell {
    unit: Unit,
    post: OnceLock<Post>,
}

impl Cell {
    fn new(unit: Unit) -> Arc<Self> {
        let post = OnceLock::new();
        Arc::new(Self { unit, post })
    }
}

impl Clone for Cell {
    fn clone(&self) -> Self {
        // Copied in order to be changed.
        Self {
            unit: self.unit.clone(),
            post: OnceLock::new(),
        }
    }
}

/// All forces, by name. A copy shares them with what it was copied from until one of the two changes them.
#[derive(Clone, Debug, Default)]
pub struct Units(Arc<Vec<Arc<Cell>>>);

impl Units {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    fn find<T: ?Sized>(&self, key: &Key<T>) -> Result<usize, usize> {
        self.0.binary_search_by(|c| c.unit.id.order(key))
    }
    /// Its place in the order of names.
    pub fn position(&self, key: &Key<Force>) -> Option<usize> {
        self.find(key).ok()
    }
    /// The force at this place in the order of names.
    pub fn nth(&self, n: usize) -> &Unit {
        &self.0[n].unit
    }
    /// The same, to change.
    pub fn nth_mut(&mut self, n: usize) -> &mut Unit {
        let cell = Arc::make_mut(&mut Arc::make_mut(&mut self.0)[n]);
        cell.post.take();
        &mut cell.unit
    }
    /// Changes where the force at this place is, and nothing that anybody counts or asks of it besides.
    pub fn relocate(&mut self, field: &Field, n: usize, change: impl FnOnce(&mut Unit)) {
        let post = self.0[n].post.get().cloned();
        let unit = self.nth_mut(n);
        change(unit);
        if let Some(post) = post {
            let moved = post.moved(field, &unit.place);
            debug_assert_eq!(moved, Post::of(field, unit));
            self.0[n].post.get_or_init(|| moved);
        }
    }
    /// What is asked again and again of the force at this place.
    pub fn post(&self, field: &Field, n: usize) -> &Post {
        let cell = &self.0[n];
        cell.post.get_or_init(|| Post::of(field, &cell.unit))
    }
    /// Hit points of all forces of which this holds.
    pub fn strength(&self, rules: &Rules, mut of: impl FnMut(&Unit) -> bool) -> i64 {
        let strength = |c: &Arc<Cell>| match c.post.get() {
            Some(post) => post.strength,
            None => c.unit.strength(rules),
        };
        let cells = self.0.iter().filter(|c| of(&c.unit));
        cells.map(strength).sum()
    }
    /// All forces with their posts, by name.
    pub fn posts<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = (&'a Unit, &'a Post)> {
        let post = |c: &'a Arc<Cell>| c.post.get_or_init(|| Post::of(field, &c.unit));
        self.0.iter().map(move |c| (&c.unit, post(c)))
    }
    /// The force of this name.
    pub fn get<T: ?Sized>(&self, key: &Key<T>) -> Option<&Unit> {
        self.find(key).ok().map(|n| &self.0[n].unit)
    }
    /// The same, to change.
    pub fn get_mut<T: ?Sized>(&mut self, key: &Key<T>) -> Option<&mut Unit> {
        let n = self.find(key).ok()?;
        Some(self.nth_mut(n))
    }
    /// Whether there is such a force.
    pub fn contains_key<T: ?Sized>(&self, key: &Key<T>) -> bool {
        self.find(key).is_ok()
    }
    /// Names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key<Force>> {
        self.0.iter().map(|c| &c.unit.id)
    }
    /// Forces, by name.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Unit> + Clone {
        self.0.iter().map(|c| &c.unit)
    }
    /// Forces to change, by name. Each is made anew: where few change, ask for these alone.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Unit> {
        Arc::make_mut(&mut self.0).iter_mut().map(|cell| {
            let cell = Arc::make_mut(cell);
            cell.post.take();
            &mut cell.unit
        })
    }
    /// Names and forces, by name.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key<Force>, &Unit)> + Clone {
        self.0.iter().map(|c| (&c.unit.id, &c.unit))
    }
    /// Names and forces to change, by name.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Key<Force>, &mut Unit)> {
        self.values_mut().map(|u| (u.id.clone(), u))
    }
    /// Puts a force in, in place of one of the same name.
    pub fn insert(&mut self, key: Key<Force>, unit: Unit) -> Option<Unit> {
        debug_assert_eq!(key, unit.id);
        match self.find(&key) {
            Ok(n) => {
                let cells = Arc::make_mut(&mut self.0);
                let old = std::mem::replace(&mut cells[n], Cell::new(unit));
                Some(Arc::unwrap_or_clone(old).unit)
            }
            Err(n) => {
                Arc::make_mut(&mut self.0).insert(n, Cell::new(unit));
                None
            }
        }
    }
    /// Takes a force out.
    pub fn remove<T: ?Sized>(&mut self, key: &Key<T>) -> Option<Unit> {
        let n = self.find(key).ok()?;
        let cell = Arc::make_mut(&mut self.0).remove(n);
        Some(Arc::unwrap_or_clone(cell).unit)
    }
    /// Keeps the forces of which this holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&Key<Force>, &Unit) -> bool) {
        // Where all are kept nothing is copied.
        let gone = self.0.iter().position(|c| !keep(&c.unit.id, &c.unit));
        if let Some(first) = gone {
            let cells = self.0.iter().enumerate();
            let kept = cells.filter(|(n, c)| *n < first || *n > first && keep(&c.unit.id, &c.unit));
            self.0 = Arc::new(kept.map(|(_, c)| c.clone()).collect());
        }
    }
    /// The forces of which this holds, shared with these.
    pub fn only(&self, mut which: impl FnMut(&Unit) -> bool) -> Self {
        let cells = self.0.iter().filter(|c| which(&c.unit));
        Self(Arc::new(cells.cloned().collect()))
    }
    /// The forces whose posts are so, shared with these.
    pub fn posted(&self, field: &Field, mut which: impl FnMut(&Post) -> bool) -> Self {
        let cells = self.0.iter();
        let cells = cells.filter(|c| which(c.post.get_or_init(|| Post::of(field, &c.unit))));
        Self(Arc::new(cells.cloned().collect()))
    }
    /// Whether nobody was changed since one was copied from the other.
    pub(super) fn is_all_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// Whether the forces at these two places are one and the same, unchanged since one was copied from the other.
    pub(super) fn is_same(&self, n: usize, other: &Self, m: usize) -> bool {
        Arc::ptr_eq(&self.0[n], &other.0[m])
    }
}

impl PartialEq for Units {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
impl Eq for Units {}

impl Index<&Key<Force>> for Units {
    type Output = Unit;
    fn index(&self, key: &Key<Force>) -> &Unit {
        self.get(key)
            .expect("invariant: whoever asks knows the force to be there")
    }
}

impl FromIterator<(Key<Force>, Unit)> for Units {
    fn from_iter<I: IntoIterator<Item = (Key<Force>, Unit)>>(all: I) -> Self {
        let mut cells: Vec<_> = all.into_iter().map(|(_, unit)| Cell::new(unit)).collect();
        cells.sort_by(|a, b| a.unit.id.cmp(&b.unit.id));
        cells.dedup_by(|a, b| a.unit.id == b.unit.id);
        Self(Arc::new(cells))
    }
}

impl<'a> IntoIterator for &'a Units {
    type Item = (&'a Key<Force>, &'a Unit);
    type IntoIter = Box<dyn Iterator<Item = Self::Item> + 'a>;
    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl IntoIterator for Units {
    type Item = (Key<Force>, Unit);
    type IntoIter = Box<dyn Iterator<Item = Self::Item>>;
    fn into_iter(self) -> Self::IntoIter {
        let cells = Arc::unwrap_or_clone(self.0);
        let cells = cells.into_iter().map(Arc::unwrap_or_clone);
        Box::new(cells.map(|c| (c.unit.id.clone(), c.unit)))
    }
}

/// Who is where, by the sector's number: the forces' places in the order of names, in that order.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    starts: Vec<u32>,
    forces: Vec<u32>,
}

impl Stations {
    /// As these forces stand; whoever is on a lane counts for the nearer end.
    pub fn of(field: &Field, units: &Units) -> Self {
        let sectors = field.graph.len();
        let mut starts = vec![0_u32; sectors + 1];
        let at: Vec<usize> = units.posts(field).map(|(_, p)| p.at.min(sectors)).collect();
        for at in at.iter().filter(|at| **at < sectors) {
            starts[at + 1] += 1;
        }
        for n in 0..sectors {
            starts[n + 1] += starts[n];
        }
        let mut next = starts.clone();
        let mut forces = vec![0; starts[sectors] as usize];
        for (n, at) in (0_u32..).zip(&at).filter(|(_, at)| **at < sectors) {
            forces[next[*at] as usize] = n;
            next[*at] += 1;
        }
        Self { starts, forces }
    }

    /// Who is in a sector or nearest to it.
    pub fn at(&self, sector: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        let ends = self.starts.get(sector..).and_then(|rest| rest.get(..2));
        let range = ends.map_or(0..0, |ends| ends[0] as usize..ends[1] as usize);
        self.forces[range].iter().map(|n| *n as usize)
    }

    /// Sectors in or nearest to which anybody is, by number.
    pub fn taken(&self) -> impl Iterator<Item = usize> + '_ {
        let pairs = self.starts.windows(2).enumerate();
        pairs.filter(|(_, w)| w[0] < w[1]).map(|(n, _)| n)
    }
}
