//! Who is where.

use super::Units;
use crate::sim::field::Field;

/// Who is where, by the sector's number: the forces' places in the order of names, in that order.
#[derive(Clone, Debug, Default)]
pub struct Stations {
    starts: Vec<u32>,
    forces: Vec<u32>,
}

impl Stations {
    /// As these forces stand; whoever is on a lane counts for the nearer end.
    pub(super) fn of(field: &Field, units: &Units) -> Self {
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
