//! Falling back: where a force goes that was told to leave before the enemy comes to grips.

use std::rc::Rc;

use super::Walk;
use crate::{
    content::{Key, Sector},
    sim::{
        field::Field,
        map::Graph,
        part::Part,
        roster::Units,
        state::{Known, Place, Standing},
    },
};

impl Walk<'_> {
    /// Where a threatened force falls back to from here, and its way of retreat without the places that lie behind it.
    ///
    /// On the way: the next place of it; at the way's end none, for that is where it was told to stand. Beside the way,
    /// or beyond it: the nearest place that is left, of places equally near the first, and where there is none the
    /// nearest sector from which its side is supplied. A place counts only if neither it nor the first step towards it
    /// has a known enemy in it, or is nearer to one, in lanes, than the force is here: no way of retreat leads into the
    /// enemy. An enemy on a lane is at both its ends.
    /// Places behind it are forgotten for good.
    pub(super) fn fall_back(
        &mut self,
        units: &Units,
        force: usize,
        along: &[Key<Sector>],
        here: &Key<Sector>,
        standing: &mut Option<Part<Standing>>,
    ) -> Option<Key<Sector>> {
        let graph = self.field.graph.clone();
        let from = graph.number(here)?;
        let passed = along.iter().position(|place| place == here);
        let left = &along[passed.unwrap_or(0)..];
        if passed.is_some_and(|n| n > 0) {
            let standing = standing.get_or_insert_with(|| units.nth(force).standing.clone());
            if let Some((along, _)) = &mut standing.fall_back {
                *along = left.to_vec();
            }
        }
        if passed.is_some() && left.len() == 1 {
            let on_a_lane = units.nth(force).place.in_sector().is_none();
            return on_a_lane.then(|| here.clone());
        }
        let dread = self.dread(units, force, here);
        let now = dread.away(&graph, from, usize::MAX);
        let free = |at: usize| dread.away(&graph, at, now.max(1)) >= now.max(1);
        let safe = |to: &usize| {
            let step = graph.step(from, *to).map(|(step, _)| step);
            *to == from || step.is_some_and(free) && free(*to)
        };
        let far = |to: &usize| graph.step(from, *to).map(|(_, sectors)| sectors);
        let mut places = left
            .iter()
            .filter(|place| *place != here)
            .filter_map(|place| graph.number(place))
            .filter(safe);
        let place = match passed {
            Some(_) => places.next(),
            None => places.min_by_key(far),
        };
        let place = place.or_else(|| {
            let side = units.post(self.field, force).side;
            let supply = self.depots.iter().filter(|(_, owner)| {
                let between = self.field.relations.between(*owner, side);
                between.shares_supply
            });
            let supply = supply
                .map(|(at, _)| *at)
                .filter(|at| !self.bars.bars(self.field, side, *at));
            supply.filter(safe).min_by_key(far)
        })?;
        (place != from).then(|| graph.name(place).clone())
    }

    /// What the force has to fear: those that it sees coming, and the contacts of its seat. Whom it sees is where it sees
    /// him, not where he was.
    fn dread(&mut self, units: &Units, force: usize, here: &Key<Sector>) -> Dread {
        let field = self.field;
        let unit = units.nth(force);
        let seen = self.seen_beside(units, force, here);
        let known = self.knowledge.get(&unit.belongs.seat);
        let hostile = |c: &&Known| field.hostile(unit.side(), &c.side);
        let contact = |n: &usize| {
            let known = known?;
            let name = known.names.get(&units.nth(*n).id)?;
            known.contacts.get(name).filter(hostile)
        };
        let all = self.dreaded.entry(unit.belongs.seat.clone());
        let known = all.or_insert_with(|| {
            let mut count = vec![0; field.graph.len()];
            let contacts = known.into_iter().flat_map(|known| known.contacts.values());
            for at in ends(field, contacts.filter(hostile).map(|c| &c.place)) {
                count[at] += 1;
            }
            Rc::from(count)
        });
        Dread {
            seen: ends(field, seen.iter().map(|n| &units.nth(*n).place)).collect(),
            known: known.clone(),
            elsewhere: ends(field, seen.iter().filter_map(contact).map(|c| &c.place)).collect(),
        }
    }
}

/// What a force has to fear, by the numbers of sectors.
struct Dread {
    /// Where it sees enemies.
    seen: Vec<usize>,
    /// Enemies that its seat knows of, in each sector.
    known: Rc<[u32]>,
    /// Where the seat believes those whom the force sees.
    elsewhere: Vec<usize>,
}

impl Dread {
    /// Lanes from a sector to the nearest enemy; this many, if there is none nearer.
    fn away(&self, graph: &Graph, from: usize, most: usize) -> usize {
        let mut near = vec![from];
        let mut ring = 0..1;
        let mut lanes = 0;
        while lanes < most && !ring.is_empty() {
            if near[ring.clone()].iter().any(|at| self.is_at(*at)) {
                return lanes;
            }
            let next = ring.end;
            for n in ring {
                for way in graph.ways(near[n]) {
                    if !near.contains(&way.to) {
                        near.push(way.to);
                    }
                }
            }
            ring = next..near.len();
            lanes += 1;
        }
        most
    }

    fn is_at(&self, sector: usize) -> bool {
        let elsewhere = self.elsewhere.iter().filter(|at| **at == sector);
        self.seen.contains(&sector) || self.known[sector] as usize > elsewhere.count()
    }
}

/// The sectors at which these places are, by number: a lane is at both its ends.
fn ends<'a>(field: &Field, places: impl Iterator<Item = &'a Place>) -> impl Iterator<Item = usize> {
    let ends = places.flat_map(|place| match place {
        Place::Sector(sector) => [Some(sector), None],
        Place::Lane { from, to, .. } => [Some(from), Some(to)],
    });
    ends.flatten().filter_map(|s| field.graph.number(s))
}
