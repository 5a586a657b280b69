//! Falling back: where a force goes that was told to leave before the enemy comes to grips.

use super::Walk;
use crate::{
    content::{Key, Sector},
    sim::{
        roster::Units,
        state::{Place, Standing},
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
        standing: &mut Option<Standing>,
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
        let enemies = self.known_enemies(units, force, here);
        let danger = |at: usize| {
            let hops = graph.hops_from(at);
            enemies.iter().map(|enemy| hops[*enemy]).min()
        };
        let now = danger(from);
        let free = |at: usize| danger(at) != Some(0) && danger(at) >= now;
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

    /// Sectors in which hostile forces are known to be: those that the force itself sees coming, and the contacts of its
    /// seat.
    fn known_enemies(&self, units: &Units, force: usize, here: &Key<Sector>) -> Vec<usize> {
        let field = self.field;
        let unit = units.nth(force);
        let seen = self.seen_beside(units, force, here);
        let known = self.knowledge.get(&unit.belongs.seat);
        let contacts = known.into_iter().flat_map(|known| known.contacts.values());
        // Whom it sees is where it sees him, not where he was.
        let elsewhere = contacts.filter(|c| {
            field.hostile(unit.side(), &c.side) && !seen.iter().any(|n| units.nth(*n).id == c.force)
        });
        let places = elsewhere.map(|c| &c.place);
        let places = places.chain(seen.iter().map(|n| &units.nth(*n).place));
        let ends = places.flat_map(|place| match place {
            Place::Sector(sector) => vec![sector],
            Place::Lane { from, to, .. } => vec![from, to],
        });
        let mut all: Vec<usize> = ends.filter_map(|s| field.graph.number(s)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
