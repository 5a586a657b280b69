//! The chart as a graph: ways between sectors, and distance straight across.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::OnceLock,
};

use crate::content::{Key, Lane, Map, Sector};

/// A way from one sector to the next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// By which lane.
    pub lane: Key<Lane>,
    /// To which sector.
    pub to: Key<Sector>,
    /// Chart units to travel.
    pub length: i32,
}

/// Neighbours of every sector, sorted; built once for a map.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    edges: BTreeMap<Key<Sector>, Vec<Edge>>,
    /// Which part of the map each sector belongs to, once somebody asked.
    parts: OnceLock<BTreeMap<Key<Sector>, usize>>,
}

impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        self.edges == other.edges
    }
}

impl Eq for Graph {}

impl Graph {
    /// The graph of a map.
    pub fn new(map: &Map) -> Self {
        let mut edges: BTreeMap<Key<Sector>, Vec<Edge>> = map
            .sectors
            .keys()
            .map(|s| (s.clone(), Vec::new()))
            .collect();
        for (lane, definition) in &map.lanes {
            let (a, b) = &definition.ends;
            for (from, to) in [(a, b), (b, a)] {
                edges.entry(from.clone()).or_default().push(Edge {
                    lane: lane.clone(),
                    to: to.clone(),
                    length: definition.length,
                });
            }
        }
        for list in edges.values_mut() {
            list.sort_by(|x, y| (&x.to, &x.lane).cmp(&(&y.to, &y.lane)));
        }
        Self {
            edges,
            parts: OnceLock::new(),
        }
    }

    /// The ways out of a sector, sorted by goal.
    pub fn from(&self, sector: &Key<Sector>) -> &[Edge] {
        self.edges.get(sector).map_or(&[], Vec::as_slice)
    }

    /// The lane between two neighbours, the shortest if there are several.
    pub fn between(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<&Edge> {
        self.from(from)
            .iter()
            .filter(|e| e.to == *to)
            .min_by_key(|e| (e.length, &e.lane))
    }

    /// Whether two sectors are one lane apart.
    pub fn adjacent(&self, a: &Key<Sector>, b: &Key<Sector>) -> bool {
        self.from(a).iter().any(|e| e.to == *b)
    }

    /// Cost of the cheapest way from any of the starts to every sector that can be reached. `cost` gives the cost of
    /// a step (from, edge), or none if it may not be taken; costs must not be negative.
    pub fn distances<'a>(
        &self,
        starts: impl IntoIterator<Item = &'a Key<Sector>>,
        mut cost: impl FnMut(&Key<Sector>, &Edge) -> Option<i32>,
    ) -> BTreeMap<Key<Sector>, i32> {
        self.search(starts, &mut cost, None)
            .into_iter()
            .map(|(s, (d, _))| (s, d))
            .collect()
    }

    /// The cheapest way, both ends included; ties go to the way whose sectors come first by name.
    pub fn path(
        &self,
        from: &Key<Sector>,
        to: &Key<Sector>,
        mut cost: impl FnMut(&Key<Sector>, &Edge) -> Option<i32>,
    ) -> Option<Vec<Key<Sector>>> {
        let reached = self.search([from], &mut cost, Some(to));
        let mut path = vec![to.clone()];
        let mut at = to;
        while let (_, Some(before)) = reached.get(at)? {
            path.push(before.clone());
            at = before;
        }
        path.reverse();
        Some(path)
    }

    /// The shortest way by length.
    pub fn shortest(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<Vec<Key<Sector>>> {
        self.path(from, to, |_, e| Some(e.length))
    }

    /// Whether any way leads from one sector to the other.
    pub fn is_joined(&self, a: &Key<Sector>, b: &Key<Sector>) -> bool {
        let parts = self.parts.get_or_init(|| self.parted());
        a == b || parts.get(a).is_some_and(|part| parts.get(b) == Some(part))
    }

    fn parted(&self) -> BTreeMap<Key<Sector>, usize> {
        let mut parts = BTreeMap::new();
        for (part, start) in self.edges.keys().enumerate() {
            let mut open = vec![start];
            while let Some(sector) = open.pop() {
                if !parts.contains_key(sector) {
                    parts.insert(sector.clone(), part);
                    open.extend(self.from(sector).iter().map(|edge| &edge.to));
                }
            }
        }
        parts
    }

    /// Lanes between two sectors, counted; none if there is no way.
    pub fn hops(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<i32> {
        self.search([from], &mut |_, _| Some(1), Some(to))
            .get(to)
            .map(|(d, _)| *d)
    }

    fn search<'a>(
        &self,
        starts: impl IntoIterator<Item = &'a Key<Sector>>,
        cost: &mut dyn FnMut(&Key<Sector>, &Edge) -> Option<i32>,
        goal: Option<&Key<Sector>>,
    ) -> BTreeMap<Key<Sector>, (i32, Option<Key<Sector>>)> {
        let mut done: BTreeMap<Key<Sector>, (i32, Option<Key<Sector>>)> = BTreeMap::new();
        let mut open = BinaryHeap::new();
        for start in starts {
            open.push(Reverse((0, start.clone(), None)));
        }
        while let Some(Reverse((distance, sector, before))) = open.pop() {
            if done.contains_key(&sector) {
                continue;
            }
            let last = goal == Some(&sector);
            done.insert(sector.clone(), (distance, before));
            if last {
                break;
            }
            for edge in self.from(&sector) {
                if done.contains_key(&edge.to) {
                    continue;
                }
                if let Some(step) = cost(&sector, edge) {
                    open.push(Reverse((
                        distance.saturating_add(step.max(0)),
                        edge.to.clone(),
                        Some(sector.clone()),
                    )));
                }
            }
        }
        done
    }
}

/// Straight-line distance between two points, chart units, rounded down; at most [`i32::MAX`].
pub fn distance(a: (i32, i32), b: (i32, i32)) -> i32 {
    i32::try_from(squared(a, b).isqrt()).unwrap_or(i32::MAX)
}

/// Whether [`distance`] is at most so much, without a root: asked millions of times in a large war.
pub fn is_within(a: (i32, i32), b: (i32, i32), range: i64) -> bool {
    match u64::try_from(range) {
        Ok(range) if range < i32::MAX as u64 => squared(a, b) < (range + 1).pow(2),
        Ok(_) => true,
        Err(_) => false,
    }
}

/// The square of the distance between two points; at most [`u64::MAX`].
fn squared(a: (i32, i32), b: (i32, i32)) -> u64 {
    let square = |a: i32, b: i32| u64::from(a.abs_diff(b)).pow(2);
    square(a.0, b.0).saturating_add(square(a.1, b.1))
}

/// Straight-line distance between two sectors of a map; very far if one is not on it.
pub fn range(map: &Map, a: &Key<Sector>, b: &Key<Sector>) -> i32 {
    match (map.sectors.get(a), map.sectors.get(b)) {
        (Some(a), Some(b)) => distance(a.at, b.at),
        _ => i32::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_distance_is_too_far_to_be_told() {
        assert_eq!(distance((0, 0), (3, -4)), 5);
        assert_eq!(distance((-1_000_000, 0), (1_000_000, 0)), 2_000_000);
        let corner = (i32::MIN, i32::MIN);
        assert_eq!(distance(corner, (i32::MAX, i32::MAX)), i32::MAX);
        assert_eq!(distance(corner, corner), 0);
        for range in [-1, 0, 4, 5, 6, i64::from(i32::MAX), i64::MAX] {
            for (a, b) in [
                ((0, 0), (3, -4)),
                ((0, 0), (3, -5)),
                (corner, (i32::MAX, i32::MAX)),
            ] {
                assert_eq!(
                    is_within(a, b, range),
                    i64::from(distance(a, b)) <= range,
                    "{a:?} {b:?} {range}"
                );
            }
        }
    }
}
