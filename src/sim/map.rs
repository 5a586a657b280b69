//! The chart as a graph: ways between sectors, and distance straight across.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::OnceLock,
};

use super::{numbers::Numbers, scatter::Scatter};
use crate::content::{Key, Lane, Map, Sector, Terrain};

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

/// A way as numbers: sectors are numbered in the order of their names, so that what comes first by number comes first by
/// name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Way {
    /// The number of the sector it leads to.
    pub to: usize,
    /// Chart units to travel.
    pub length: i32,
}

/// No sector, or no way there.
const NONE: u16 = u16::MAX;

/// Neighbours of every sector, sorted; built once for a map. What was searched once for all sectors is kept: the chart
/// does not change.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    names: Vec<Key<Sector>>,
    numbers: Numbers<Sector>,
    edges: Vec<Vec<Edge>>,
    ways: Vec<Vec<Way>>,
    at: Vec<(i32, i32)>,
    terrain: Vec<Option<Key<Terrain>>>,
    scatter: OnceLock<Scatter<usize>>,
    /// Which part of the map each sector belongs to, once somebody asked.
    parts: OnceLock<Vec<usize>>,
    /// For each start, the sector before each on the shortest way by length. Empty on charts too large to keep them.
    before: Vec<OnceLock<Box<[u16]>>>,
    /// For each start, lanes to each sector.
    hops: Vec<OnceLock<Box<[u16]>>>,
}

impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names && self.edges == other.edges
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
                // The chart's own copy of the name: copies of one are told to be equal at a glance.
                let named = map.sectors.get_key_value(to);
                edges.entry(from.clone()).or_default().push(Edge {
                    lane: lane.clone(),
                    to: named.map_or(to, |(key, _)| key).clone(),
                    length: definition.length,
                });
            }
        }
        for list in edges.values_mut() {
            list.sort_by(|x, y| (&x.to, &x.lane).cmp(&(&y.to, &y.lane)));
        }
        let (names, edges): (Vec<_>, Vec<_>) = edges.into_iter().unzip();
        let number = |key: &Key<Sector>| names.binary_search(key).ok();
        let ways = edges
            .iter()
            .map(|list: &Vec<Edge>| {
                let way = |e: &Edge| {
                    let length = e.length;
                    number(&e.to).map(|to| Way { to, length })
                };
                list.iter().filter_map(way).collect()
            })
            .collect();
        let kept = if names.len() < usize::from(NONE) {
            names.len()
        } else {
            0
        };
        let none = || (0..kept).map(|_| OnceLock::new()).collect();
        Self {
            terrain: names
                .iter()
                .map(|n| map.sectors.get(n).map(|s| s.terrain.clone()))
                .collect(),
            at: names
                .iter()
                .map(|n| map.sectors.get(n).map_or((i32::MAX, i32::MAX), |s| s.at))
                .collect(),
            numbers: Numbers::of(names.iter()),
            names,
            edges,
            ways,
            scatter: OnceLock::new(),
            parts: OnceLock::new(),
            before: none(),
            hops: none(),
        }
    }

    /// Sectors there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The numbers of all sectors, found by distance.
    pub fn scatter(&self) -> &Scatter<usize> {
        self.scatter.get_or_init(|| {
            let all = self.at.iter().enumerate();
            Scatter::of(all.map(|(n, at)| (*at, n)))
        })
    }

    /// What a sector is like, by number.
    pub fn terrain(&self, number: usize) -> Option<&Key<Terrain>> {
        self.terrain.get(number)?.as_ref()
    }

    /// Where a sector lies on the chart, by number.
    pub fn at(&self, number: usize) -> Option<(i32, i32)> {
        self.at.get(number).copied()
    }

    /// The number of a sector.
    pub fn number(&self, sector: &Key<Sector>) -> Option<usize> {
        self.numbers.get(sector)
    }

    /// The sector of a number.
    pub fn name(&self, number: usize) -> &Key<Sector> {
        &self.names[number]
    }

    /// The ways out of a sector by number; as many and in the same order as [`from`](Self::from).
    pub fn ways(&self, number: usize) -> &[Way] {
        &self.ways[number]
    }

    /// The ways out of a sector, sorted by goal.
    pub fn from(&self, sector: &Key<Sector>) -> &[Edge] {
        self.number(sector).map_or(&[], |n| &self.edges[n])
    }

    /// The ways out of a sector by its number, sorted by goal.
    pub fn edges(&self, number: usize) -> &[Edge] {
        &self.edges[number]
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
        let starts: Vec<usize> = starts.into_iter().filter_map(|s| self.number(s)).collect();
        let mut by_number = |from: usize, i: usize| cost(&self.names[from], &self.edges[from][i]);
        let reached = self.search(&starts, &mut by_number, None);
        let reached = reached.into_iter().enumerate();
        reached
            .filter_map(|(n, at)| Some((self.names[n].clone(), at?.0)))
            .collect()
    }

    /// The cheapest way, both ends included; ties go to the way whose sectors come first by name.
    pub fn path(
        &self,
        from: &Key<Sector>,
        to: &Key<Sector>,
        mut cost: impl FnMut(&Key<Sector>, &Edge) -> Option<i32>,
    ) -> Option<Vec<Key<Sector>>> {
        let by_number = |from: usize, i: usize| cost(&self.names[from], &self.edges[from][i]);
        let path = self.path_by(self.number(from)?, self.number(to)?, by_number)?;
        Some(path.into_iter().map(|n| self.names[n].clone()).collect())
    }

    /// The same by numbers; `cost` is told the sector and which of its ways.
    pub fn path_by(
        &self,
        from: usize,
        to: usize,
        mut cost: impl FnMut(usize, usize) -> Option<i32>,
    ) -> Option<Vec<usize>> {
        let reached = self.search(&[from], &mut cost, Some(to));
        let mut path = vec![to];
        let mut at = to;
        while let (_, Some(before)) = reached[at]? {
            path.push(before);
            at = before;
        }
        path.reverse();
        Some(path)
    }

    /// The shortest way by length.
    pub fn shortest(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<Vec<Key<Sector>>> {
        let way = self.shortest_by(self.number(from)?, self.number(to)?)?;
        Some(way.into_iter().map(|n| self.names[n].clone()).collect())
    }

    /// The shortest way by length, by numbers.
    pub fn shortest_by(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let Some(before) = self.before(from) else {
            return self.path_by(from, to, |at, i| Some(self.ways[at][i].length));
        };
        let mut path = vec![to];
        let mut at = to;
        while at != from {
            let back = before[at];
            if back == NONE {
                return None;
            }
            at = usize::from(back);
            path.push(at);
        }
        path.reverse();
        Some(path)
    }

    /// The first step of the shortest way by length and the sectors on it, both ends counted; the start itself if it is
    /// the goal.
    pub fn step(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let Some(before) = self.before(from) else {
            let path = self.shortest_by(from, to)?;
            return Some((path.get(1).copied().unwrap_or(from), path.len()));
        };
        let (mut at, mut next, mut count) = (to, to, 1);
        while at != from {
            let back = before[at];
            if back == NONE {
                return None;
            }
            next = at;
            at = usize::from(back);
            count += 1;
        }
        Some((next, count))
    }

    /// The sector before each on its shortest way from a start.
    fn before(&self, from: usize) -> Option<&[u16]> {
        let kept = self.before.get(from)?;
        Some(kept.get_or_init(|| {
            let mut cost = |at: usize, i: usize| Some(self.ways[at][i].length);
            let reached = self.search(&[from], &mut cost, None);
            let back = |at: Option<(i32, Option<usize>)>| at.and_then(|(_, before)| before);
            let short = |n: usize| u16::try_from(n).unwrap_or(NONE);
            reached
                .into_iter()
                .map(|at| back(at).map_or(NONE, short))
                .collect()
        }))
    }

    /// Lanes from one sector to each, by number; the largest number there is where no way leads.
    pub fn hops_from(&self, from: usize) -> Cow<'_, [u16]> {
        match self.hops.get(from) {
            Some(kept) => Cow::Borrowed(kept.get_or_init(|| self.flood(from))),
            None => Cow::Owned(self.flood(from).into_vec()),
        }
    }

    fn flood(&self, from: usize) -> Box<[u16]> {
        let mut hops = vec![NONE; self.len()].into_boxed_slice();
        let mut open = vec![from];
        hops[from] = 0;
        let mut next = 0;
        while let Some(&at) = open.get(next) {
            next += 1;
            for way in &self.ways[at] {
                if hops[way.to] == NONE {
                    hops[way.to] = (hops[at] + 1).min(NONE - 1);
                    open.push(way.to);
                }
            }
        }
        hops
    }

    /// Whether any way leads from one sector to the other.
    pub fn is_joined(&self, a: &Key<Sector>, b: &Key<Sector>) -> bool {
        let parts = self.parts.get_or_init(|| self.parted());
        a == b
            || self
                .number(a)
                .zip(self.number(b))
                .is_some_and(|(a, b)| parts[a] == parts[b])
    }

    fn parted(&self) -> Vec<usize> {
        let mut parts = vec![usize::MAX; self.len()];
        for start in 0..self.len() {
            let mut open = vec![start];
            while let Some(at) = open.pop() {
                if parts[at] == usize::MAX {
                    parts[at] = start;
                    open.extend(self.ways[at].iter().map(|way| way.to));
                }
            }
        }
        parts
    }

    /// Lanes between two sectors, counted; none if there is no way.
    pub fn hops(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<i32> {
        let (from, to) = (self.number(from)?, self.number(to)?);
        let hops = self.hops_from(from)[to];
        (hops != NONE).then_some(i32::from(hops))
    }

    fn search(
        &self,
        starts: &[usize],
        cost: &mut dyn FnMut(usize, usize) -> Option<i32>,
        goal: Option<usize>,
    ) -> Vec<Option<(i32, Option<usize>)>> {
        let mut done: Vec<Option<(i32, Option<usize>)>> = vec![None; self.len()];
        // The least distance found so far, and the sector before, one up: of sectors equally near the first.
        let mut found: Vec<(u32, u32)> = vec![(u32::MAX, 0); self.len()];
        // Distance and sector in one number: compared at a glance, in the order told.
        let mut open: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
        let entry =
            |distance: u32, sector: usize| Reverse(u64::from(distance) << 32 | sector as u64);
        for start in starts {
            found[*start] = (0, 0);
            open.push(entry(0, *start));
        }
        while let Some(Reverse(key)) = open.pop() {
            let (distance, sector) = ((key >> 32) as i32, (key & u64::from(u32::MAX)) as usize);
            if done[sector].is_some() {
                continue;
            }
            let before = found[sector].1.checked_sub(1).map(|n| n as usize);
            done[sector] = Some((distance, before));
            if goal == Some(sector) {
                break;
            }
            for (i, way) in self.ways[sector].iter().enumerate() {
                if done[way.to].is_some() {
                    continue;
                }
                if let Some(step) = cost(sector, i) {
                    let there = distance.saturating_add(step.max(0)).unsigned_abs();
                    let (near, first) = &mut found[way.to];
                    let here = sector as u32 + 1;
                    if there < *near {
                        (*near, *first) = (there, here);
                        open.push(entry(there, way.to));
                    } else if there == *near && here < *first {
                        *first = here;
                    }
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
