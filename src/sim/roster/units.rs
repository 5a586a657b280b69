//! Forces by name, copied cheaply: a step works on a copy of all, and only the forces it changes are made anew.

use std::{
    ops::Index,
    sync::{Arc, OnceLock},
};

use super::{Post, Stations, Unit};
use crate::{
    content::{Force, Key, Rules, Side},
    sim::{field::Field, numbers::Numbers, part::Part, state::Ships},
};

/// A force with what was worked out of it.
#[derive(Debug)]
struct Cell {
    unit: Unit,
    post: OnceLock<Post>,
    /// What was worked out of it before it was changed.
    before: Option<Counted>,
}

/// What was counted of ships: it stays true for as long as they stay as they are.
#[derive(Clone, Debug)]
struct Counted {
    ships: Part<Ships>,
    post: Post,
}

impl Cell {
    fn new(unit: Unit) -> Arc<Self> {
        let post = OnceLock::new();
        let before = None;
        Arc::new(Self { unit, post, before })
    }

    fn post(&self, field: &Field) -> &Post {
        self.post.get_or_init(|| {
            let unit = &self.unit;
            let known = self
                .before
                .as_ref()
                .filter(|before| before.ships.is_same(&unit.ships));
            let Some(known) = known else {
                return Post::of(field, unit);
            };
            let post = Post {
                strength: known.post.strength,
                capitals: known.post.capitals,
                guns: known.post.guns.clone(),
                ..Post::placed(field, unit)
            };
            debug_assert_eq!(post, Post::of(field, unit));
            post
        })
    }

    fn strength(&self, rules: &Rules) -> i64 {
        match self.post.get() {
            Some(post) => post.strength,
            None => self.unit.strength(rules),
        }
    }

    fn counted(&self) -> Option<Counted> {
        let counted = |post: &Post| Counted {
            ships: self.unit.ships.clone(),
            post: post.clone(),
        };
        let now = self.post.get().map(counted);
        now.or_else(|| self.before.clone())
    }

    /// The force, to be changed.
    fn change(this: &mut Arc<Self>) -> &mut Unit {
        let cell = Arc::make_mut(this);
        if cell.post.get().is_some() {
            cell.before = cell.counted();
            cell.post.take();
        }
        &mut cell.unit
    }
}

impl Clone for Cell {
    fn clone(&self) -> Self {
        // Copied in order to be changed.
        Self {
            unit: self.unit.clone(),
            post: OnceLock::new(),
            before: self.counted(),
        }
    }
}

/// Forces, and what was worked out of all of them together.
#[derive(Clone, Debug, Default)]
struct All {
    cells: Vec<Arc<Cell>>,
    stations: OnceLock<Arc<Stations>>,
    /// Hit points of each side, as far as they were asked.
    sides: OnceLock<Vec<(Key<Side>, i64)>>,
    /// Where each name is, for as long as none comes or goes.
    names: OnceLock<Arc<Numbers<Force>>>,
}

/// All forces, by name. A copy shares them with what it was copied from until one of the two changes them.
#[derive(Clone, Debug, Default)]
pub struct Units(Arc<All>);

impl Units {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }
    fn from_cells(cells: Vec<Arc<Cell>>) -> Self {
        Self(Arc::new(All {
            cells,
            ..All::default()
        }))
    }
    /// All of them, to be changed, none to come or go.
    fn change(&mut self) -> &mut [Arc<Cell>] {
        let all = Arc::make_mut(&mut self.0);
        all.stations.take();
        all.sides.take();
        &mut all.cells
    }
    /// All of them, for some to come or go.
    fn list(&mut self) -> &mut Vec<Arc<Cell>> {
        let all = Arc::make_mut(&mut self.0);
        all.stations.take();
        all.sides.take();
        all.names.take();
        &mut all.cells
    }
    /// How many.
    pub fn len(&self) -> usize {
        self.0.cells.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.cells.is_empty()
    }
    /// Its place in the order of names, or where it would be.
    fn find<T: ?Sized>(&self, key: &Key<T>) -> Result<usize, usize> {
        self.0.cells.binary_search_by(|c| c.unit.id.order(key))
    }
    /// Its place in the order of names.
    pub fn position<T: ?Sized>(&self, key: &Key<T>) -> Option<usize> {
        let all = &self.0;
        let names = || Arc::new(Numbers::of(all.cells.iter().map(|c| &c.unit.id)));
        all.names.get_or_init(names).get(key)
    }
    /// For each place in the order of names whether its force is among these.
    pub fn among<'a>(&self, names: impl IntoIterator<Item = &'a Key<Force>>) -> Vec<bool> {
        let mut among = vec![false; self.len()];
        for n in names.into_iter().filter_map(|key| self.position(key)) {
            among[n] = true;
        }
        among
    }
    /// The force at this place in the order of names.
    pub fn nth(&self, n: usize) -> &Unit {
        &self.0.cells[n].unit
    }
    /// The same, to change.
    pub fn nth_mut(&mut self, n: usize) -> &mut Unit {
        Cell::change(&mut self.change()[n])
    }
    /// What is asked again and again of the force at this place.
    pub fn post(&self, field: &Field, n: usize) -> &Post {
        self.0.cells[n].post(field)
    }
    /// Hit points of all forces of which this holds.
    pub fn strength(&self, rules: &Rules, mut of: impl FnMut(&Unit) -> bool) -> i64 {
        let cells = self.0.cells.iter().filter(|c| of(&c.unit));
        cells.map(|c| c.strength(rules)).sum()
    }
    /// Hit points of all forces of a side, worked out once for as long as nobody is changed.
    pub fn strength_of(&self, rules: &Rules, side: &Key<Side>) -> i64 {
        let sides = self.0.sides.get_or_init(|| {
            let mut sides: Vec<(Key<Side>, i64)> = Vec::new();
            for cell in &self.0.cells {
                let strength = cell.strength(rules);
                match sides.iter_mut().find(|(of, _)| of == cell.unit.side()) {
                    Some((_, all)) => *all += strength,
                    None => sides.push((cell.unit.side().clone(), strength)),
                }
            }
            sides
        });
        let found = sides.iter().find(|(of, _)| of == side);
        found.map_or(0, |(_, strength)| *strength)
    }
    /// All forces with their posts, by name.
    pub fn posts<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = (&'a Unit, &'a Post)> {
        let cells = self.0.cells.iter();
        cells.map(move |c| (&c.unit, c.post(field)))
    }
    /// Who is where, worked out once for as long as nobody is changed.
    pub fn stations(&self, field: &Field) -> Arc<Stations> {
        let stations = &self.0.stations;
        let of = || Arc::new(Stations::of(field, self));
        stations.get_or_init(of).clone()
    }
    /// The force of this name.
    pub fn get<T: ?Sized>(&self, key: &Key<T>) -> Option<&Unit> {
        self.position(key).map(|n| self.nth(n))
    }
    /// The same, to change.
    pub fn get_mut<T: ?Sized>(&mut self, key: &Key<T>) -> Option<&mut Unit> {
        let n = self.position(key)?;
        Some(self.nth_mut(n))
    }
    /// Whether there is such a force.
    pub fn contains_key<T: ?Sized>(&self, key: &Key<T>) -> bool {
        self.position(key).is_some()
    }
    /// Names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Key<Force>> {
        self.0.cells.iter().map(|c| &c.unit.id)
    }
    /// Forces, by name.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Unit> + Clone {
        self.0.cells.iter().map(|c| &c.unit)
    }
    /// Forces to change, by name. Each is made anew: where few change, ask for these alone.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Unit> {
        self.change().iter_mut().map(Cell::change)
    }
    /// Names and forces, by name.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key<Force>, &Unit)> + Clone {
        self.0.cells.iter().map(|c| (&c.unit.id, &c.unit))
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
                let old = std::mem::replace(&mut self.change()[n], Cell::new(unit));
                Some(Arc::unwrap_or_clone(old).unit)
            }
            Err(n) => {
                self.list().insert(n, Cell::new(unit));
                None
            }
        }
    }
    /// Takes a force out.
    pub fn remove<T: ?Sized>(&mut self, key: &Key<T>) -> Option<Unit> {
        let n = self.position(key)?;
        let cell = self.list().remove(n);
        Some(Arc::unwrap_or_clone(cell).unit)
    }
    /// Keeps the forces of which this holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&Key<Force>, &Unit) -> bool) {
        // Where all are kept nothing is copied.
        let gone = self.0.cells.iter().position(|c| !keep(&c.unit.id, &c.unit));
        if let Some(first) = gone {
            let cells = self.0.cells.iter().enumerate();
            let kept = cells.filter(|(n, c)| *n < first || *n > first && keep(&c.unit.id, &c.unit));
            *self = Self::from_cells(kept.map(|(_, c)| c.clone()).collect());
        }
    }
    /// The forces of which this holds, shared with these.
    pub fn only(&self, mut which: impl FnMut(&Unit) -> bool) -> Self {
        let cells = self.0.cells.iter().filter(|c| which(&c.unit));
        Self::from_cells(cells.cloned().collect())
    }
    /// The forces whose posts are so, shared with these.
    pub fn posted(&self, field: &Field, mut which: impl FnMut(&Post) -> bool) -> Self {
        let cells = self.0.cells.iter();
        let cells = cells.filter(|c| which(c.post(field)));
        Self::from_cells(cells.cloned().collect())
    }
    /// Whether nobody was changed since one was copied from the other.
    pub(super) fn is_all_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// Whether the forces at these two places are one and the same, unchanged since one was copied from the other.
    pub(super) fn is_same(&self, n: usize, other: &Self, m: usize) -> bool {
        Arc::ptr_eq(&self.0.cells[n], &other.0.cells[m])
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
        Self::from_cells(cells)
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
        let cells = Arc::unwrap_or_clone(self.0).cells;
        let cells = cells.into_iter().map(Arc::unwrap_or_clone);
        Box::new(cells.map(|c| (c.unit.id.clone(), c.unit)))
    }
}
