//! Things on the chart, found by distance.

use super::map::is_within;

/// Things on the chart, found by distance: laid out in squares, so that only those near by are looked at.
#[derive(Clone, Debug)]
pub struct Scatter<T> {
    /// The chart's corner that comes first, and the side of a square.
    corner: (i64, i64),
    side: i64,
    /// Squares from left to right, and from one end to the other.
    size: (i64, i64),
    /// Where each square's things begin, row by row, and where the last one's end.
    starts: Vec<usize>,
    things: Vec<((i32, i32), T)>,
}

impl<T> Scatter<T> {
    /// These, wherever they are.
    pub fn of(all: impl IntoIterator<Item = ((i32, i32), T)>) -> Self {
        let mut things: Vec<_> = all.into_iter().collect();
        let count = (things.len() as i64).max(1);
        let bounds = |of: fn(&((i32, i32), T)) -> i32| {
            let (low, high) = things
                .iter()
                .fold((i32::MAX, i32::MIN), |(low, high), thing| {
                    (low.min(of(thing)), high.max(of(thing)))
                });
            (
                i64::from(low),
                (i64::from(high) - i64::from(low)).max(0) + 1,
            )
        };
        let ((left, width), (top, height)) = (bounds(|t| t.0.0), bounds(|t| t.0.1));
        // One thing a square on an even chart, and never many more squares than things.
        let even = i128::from(width) * i128::from(height) / i128::from(count);
        let even = i64::try_from(even.unsigned_abs().isqrt()).unwrap_or(i64::MAX);
        let side = even.max(width.max(height) / (2 * count)).max(1);
        let size = ((width - 1) / side + 1, (height - 1) / side + 1);
        let square = |(x, y): (i32, i32)| {
            let (column, row) = ((i64::from(x) - left) / side, (i64::from(y) - top) / side);
            (row * size.0 + column) as usize
        };
        // Counted into their squares, in each in the order in which they came.
        let mut starts = vec![0; (size.0 * size.1) as usize + 1];
        for (at, _) in &things {
            starts[square(*at) + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let mut places: Vec<usize> = things
            .iter()
            .map(|(at, _)| {
                let place = &mut next[square(*at)];
                *place += 1;
                *place - 1
            })
            .collect();
        for n in 0..things.len() {
            while places[n] != n {
                let to = places[n];
                things.swap(n, to);
                places.swap(n, to);
            }
        }
        Self {
            corner: (left, top),
            side,
            size,
            starts,
            things,
        }
    }

    /// Those of which [`distance`] from here is at most so much.
    pub fn within(&self, at: (i32, i32), range: i32) -> impl Iterator<Item = ((i32, i32), &T)> {
        let span = |at: i32, corner: i64, size: i64| {
            let (near, far) = (
                i64::from(at) - i64::from(range),
                i64::from(at) + i64::from(range),
            );
            let first = (near - corner).div_euclid(self.side).max(0);
            (first, (far - corner).div_euclid(self.side).min(size - 1))
        };
        let (first, last) = span(at.0, self.corner.0, self.size.0);
        let (top, bottom) = span(at.1, self.corner.1, self.size.1);
        let rows = if first > last || self.things.is_empty() {
            0..0
        } else {
            top..bottom + 1
        };
        let row = move |row: i64| {
            let from = (row * self.size.0 + first) as usize;
            let to = (row * self.size.0 + last) as usize + 1;
            &self.things[self.starts[from]..self.starts[to]]
        };
        rows.flat_map(row)
            .filter(move |(other, _)| is_within(at, *other, range.into()))
            .map(|(other, thing)| (*other, thing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scatter_finds_what_a_walk_through_all_finds() {
        let points: Vec<(i32, i32)> = (0..400).map(|n| (n * 37 % 211, n * 53 % 197)).collect();
        let scatter = Scatter::of(points.iter().map(|p| (*p, ())));
        for (i, at) in points.iter().enumerate() {
            let range = i32::try_from(i).expect("few") % 60 - 2;
            let near = points.iter().filter(|p| is_within(*at, **p, range.into()));
            assert_eq!(scatter.within(*at, range).count(), near.count());
        }
    }
}
