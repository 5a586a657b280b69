//! Where nothing more may be written, and which ways run where: asked by place, for there are thousands of each.

use std::{collections::HashMap, ops::Deref};

use super::labels::crosses;
use crate::chart::scene::{Area, Pos};

/// Pixels of a cell's edge.
const CELL: f32 = 64.0;
/// More cells than this in one area, and it is asked wherever one is.
const WIDE: i64 = 256;

/// Things by the cells over which they lie.
#[derive(Default)]
struct Cells {
    cells: HashMap<(i32, i32), Vec<u32>>,
    wide: Vec<u32>,
}

impl Cells {
    fn add(&mut self, index: usize, area: Area) {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match cells(area) {
            Some(cells) => cells.for_each(|cell| self.cells.entry(cell).or_default().push(index)),
            None => self.wide.push(index),
        }
    }

    /// What may touch the area; some of it more than once.
    fn near(&self, area: Area) -> impl Iterator<Item = usize> {
        let near = cells(area).into_iter().flatten();
        let near = near.filter_map(|cell| self.cells.get(&cell)).flatten();
        near.chain(&self.wide).map(|index| *index as usize)
    }
}

/// The cells under an area; none if they are too many.
fn cells(area: Area) -> Option<impl Iterator<Item = (i32, i32)>> {
    let cell = |v: f32| (v / CELL).floor() as i32;
    let (left, right) = (cell(area.min.x), cell(area.max.x));
    let (top, low) = (cell(area.min.y), cell(area.max.y));
    let count = (i64::from(right) - i64::from(left) + 1) * (i64::from(low) - i64::from(top) + 1);
    (count <= WIDE).then(|| (top..=low).flat_map(move |y| (left..=right).map(move |x| (x, y))))
}

/// Where nothing more may be written.
#[derive(Default)]
pub struct Taken {
    areas: Vec<Area>,
    cells: Cells,
}

impl Taken {
    /// Takes an area.
    pub fn push(&mut self, area: Area) {
        self.cells.add(self.areas.len(), area);
        self.areas.push(area);
    }

    /// Whether any part of the area is taken.
    pub fn touches(&self, area: Area) -> bool {
        match cells(area) {
            Some(_) => self.cells.near(area).any(|i| self.areas[i].touches(area)),
            None => self.areas.iter().any(|taken| taken.touches(area)),
        }
    }

    /// How many pixels of the area are taken; what is taken twice counts twice.
    pub fn covered(&self, area: Area) -> f32 {
        let mut near: Vec<usize> = self.cells.near(area).collect();
        near.sort_unstable();
        near.dedup();
        let shared = |taken: &Area| {
            let width = taken.max.x.min(area.max.x) - taken.min.x.max(area.min.x);
            let height = taken.max.y.min(area.max.y) - taken.min.y.max(area.min.y);
            width.max(0.0) * height.max(0.0)
        };
        near.into_iter().map(|i| shared(&self.areas[i])).sum()
    }
}

/// Places as points, to ask to which of them something belongs to the eye.
#[derive(Default)]
pub struct Places {
    points: Vec<Pos>,
    cells: Cells,
}

impl Places {
    /// Whether no other place is nearer to the box than this share of the way to its own.
    pub fn is_nearest(&self, area: Area, own: Pos, share: f32) -> bool {
        let edge = area.gap(own) * share;
        let mut near = self.cells.near(area.grown(edge)).map(|i| self.points[i]);
        !near.any(|at| at.distance(own) > 1.0 && area.gap(at) < edge)
    }

    /// Whether no other place is nearer to the box, or to its middle, than its own.
    pub fn belongs(&self, area: Area, own: Pos) -> bool {
        let (edge, middle) = (area.gap(own), area.centre().distance(own));
        let reach = area.grown(edge);
        let reach = reach.with(Area::around(area.centre(), 2.0 * middle, 2.0 * middle));
        !self.cells.near(reach).any(|i| {
            let at = self.points[i];
            at.distance(own) > 1.0 && (area.gap(at) < edge || area.centre().distance(at) < middle)
        })
    }
}

impl FromIterator<Pos> for Places {
    fn from_iter<T: IntoIterator<Item = Pos>>(points: T) -> Self {
        let mut places = Self::default();
        for at in points {
            let index = places.points.len();
            places.cells.add(index, Area::around(at, 0.0, 0.0));
            places.points.push(at);
        }
        places
    }
}

/// Ways as pieces of line.
#[derive(Default)]
pub struct Ways {
    pieces: Vec<(Pos, Pos)>,
    cells: Cells,
}

impl Ways {
    /// How many ways pass through the area.
    pub fn crossing(&self, area: Area) -> usize {
        let crosses = |(a, b): &(Pos, Pos)| crosses(area, *a, *b);
        if cells(area).is_none() {
            return self.pieces.iter().filter(|way| crosses(way)).count();
        }
        let mut near: Vec<usize> = self.cells.near(area).collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter()
            .filter(|i| crosses(&self.pieces[*i]))
            .count()
    }
}

impl Extend<(Pos, Pos)> for Ways {
    fn extend<T: IntoIterator<Item = (Pos, Pos)>>(&mut self, pieces: T) {
        for (a, b) in pieces {
            let area = Area {
                min: Pos::new(a.x.min(b.x), a.y.min(b.y)),
                max: Pos::new(a.x.max(b.x), a.y.max(b.y)),
            };
            self.cells.add(self.pieces.len(), area);
            self.pieces.push((a, b));
        }
    }
}

impl FromIterator<(Pos, Pos)> for Ways {
    fn from_iter<T: IntoIterator<Item = (Pos, Pos)>>(pieces: T) -> Self {
        let mut ways = Self::default();
        ways.extend(pieces);
        ways
    }
}

impl Deref for Taken {
    type Target = [Area];
    fn deref(&self) -> &[Area] {
        &self.areas
    }
}

impl Deref for Ways {
    type Target = [(Pos, Pos)];
    fn deref(&self) -> &[(Pos, Pos)] {
        &self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_found_wherever_it_lies() {
        let mut taken = Taken::default();
        taken.push(Area::around(Pos::new(-70.0, 500.0), 10.0, 10.0));
        taken.push(Area::around(Pos::new(1000.0, 1000.0), 3000.0, 20.0));
        assert!(taken.touches(Area::around(Pos::new(-74.0, 500.0), 4.0, 4.0)));
        assert!(!taken.touches(Area::around(Pos::new(-60.0, 500.0), 4.0, 4.0)));
        assert!(taken.touches(Area::around(Pos::new(2400.0, 1005.0), 4.0, 4.0)));
        assert!(taken.touches(Area::around(Pos::default(), 9000.0, 9000.0)));
        let half = Area::around(Pos::new(-70.0, 505.0), 10.0, 10.0);
        assert_eq!(taken.covered(half), 50.0);
        let ways: Ways = [(Pos::default(), Pos::new(900.0, 900.0))]
            .into_iter()
            .collect();
        assert_eq!(
            ways.crossing(Area::around(Pos::new(450.0, 450.0), 8.0, 8.0)),
            1
        );
        assert_eq!(
            ways.crossing(Area::around(Pos::new(450.0, 420.0), 8.0, 8.0)),
            0
        );
    }

    #[test]
    fn a_box_belongs_to_the_place_that_is_nearest() {
        let (own, other) = (Pos::default(), Pos::new(60.0, 0.0));
        let places: Places = [own, other].into_iter().collect();
        let over = |x: f32| Area::around(Pos::new(x, -25.0), 40.0, 20.0);
        assert!(places.belongs(over(0.0), own) && !places.belongs(over(0.0), other));
        assert!(places.belongs(over(29.0), own) && !places.belongs(over(31.0), own));
        // As near to both with its edge, it belongs to that which is nearer to its middle.
        let wide = Area::around(Pos::new(26.0, -15.0), 120.0, 4.0);
        assert!(places.belongs(wide, own) && !places.belongs(wide, other));
        assert!(Places::default().belongs(over(50.0), own));
    }
}
