//! Who meets on a lane: hostile forces whose ways cross there in one watch, or who stand at the same point of it.

use super::Walk;
use crate::{
    content::{Key, Lane},
    sim::{
        roster::{Unit, Units},
        state::Place,
    },
};

/// A lane, and who was on it: the walker, and from which point to which it went.
type Shared<'a> = (Key<Lane>, &'a Lane, Vec<(usize, i32, i32)>);

impl<'f> Walk<'f> {
    /// Hostile forces whose ways on one lane crossed in this watch, or who stand at the same point of it, meet there.
    pub(super) fn crossings(&mut self, units: &mut Units) {
        for (lane, definition, walkers) in self.shared_lanes(units) {
            let length = definition.length;
            for (i, (x, x0, x1)) in walkers.iter().enumerate() {
                for (y, y0, y1) in &walkers[i + 1..] {
                    let (a, b) = (&self.walkers[*x], &self.walkers[*y]);
                    if !self.field.relations.hostile(a.post.side, b.post.side) {
                        continue;
                    }
                    let crossed = (x0 - y0).signum() * (x1 - y1).signum() <= 0;
                    // Two that came into the same sector meet there, not on the lane.
                    let same_end = x1 == y1 && (*x1 == 0 || *x1 == length);
                    if !crossed || same_end {
                        continue;
                    }
                    let middle = ((x1 + y1) / 2).clamp(1, (length - 1).max(1));
                    for w in [*x, *y] {
                        let force = self.walkers[w].force;
                        self.halt(w, units.nth_mut(force), &lane, definition, middle);
                        self.met.entry(lane.clone()).or_default().insert(force);
                    }
                }
            }
        }
    }

    /// Lanes on which forces of several sides were in this watch, with who went from which point to which, counted from
    /// the lane's first end.
    fn shared_lanes(&self, units: &Units) -> Vec<Shared<'f>> {
        let lane_of = |place: &Place| match place {
            Place::Lane { lane, .. } => Some(lane.clone()),
            Place::Sector(_) => None,
        };
        let mut on_lane: Vec<(Key<Lane>, usize)> = Vec::new();
        for (w, walker) in self.walkers.iter().enumerate() {
            let (was, is) = (
                lane_of(&walker.was),
                lane_of(&units.nth(walker.force).place),
            );
            let left = was.filter(|was| Some(was) != is.as_ref());
            on_lane.extend(left.into_iter().chain(is).map(|lane| (lane, w)));
        }
        on_lane.sort_unstable();
        let side = |(_, w): &(Key<Lane>, usize)| self.walkers[*w].post.side;
        let groups = on_lane.chunk_by(|(a, _), (b, _)| a == b);
        let groups = groups.filter(|group| group.iter().any(|one| side(one) != side(&group[0])));
        let shared = groups.filter_map(|group| {
            let lane = &group[0].0;
            let definition = self.field.scenario.map.lanes.get(lane)?;
            let ways = group.iter().filter_map(|(_, w)| {
                let (was, is) = (
                    &self.walkers[*w].was,
                    &units.nth(self.walkers[*w].force).place,
                );
                // Whoever came onto the lane, or left it for another, did so by one of its ends.
                let end = |place: &Place, back: bool| match place {
                    Place::Lane { from, to, .. } => {
                        let end = if back { from } else { to };
                        point(lane, definition, &Place::Sector(end.clone()))
                    }
                    Place::Sector(_) => None,
                };
                let before = point(lane, definition, was).or_else(|| end(is, true))?;
                let after = point(lane, definition, is).or_else(|| end(was, false))?;
                Some((*w, before, after))
            });
            Some((lane.clone(), definition, ways.collect()))
        });
        shared.collect()
    }

    fn halt(
        &mut self,
        walker: usize,
        unit: &mut Unit,
        lane: &Key<Lane>,
        definition: &Lane,
        at: i32,
    ) {
        let (a, b) = &definition.ends;
        let length = definition.length;
        // It keeps facing the way it went.
        let forward = match &unit.place {
            Place::Lane { lane: on, from, .. } if on == lane => from == a,
            _ => unit.bearing.came_from.as_ref() == Some(a),
        };
        unit.place = if forward {
            Place::Lane {
                lane: lane.clone(),
                from: a.clone(),
                to: b.clone(),
                done: at,
                length,
            }
        } else {
            Place::Lane {
                lane: lane.clone(),
                from: b.clone(),
                to: a.clone(),
                done: length - at,
                length,
            }
        };
        let force = self.walkers[walker].force;
        self.entered.insert(force);
        // Whom he met kept him from the place that he had all but reached.
        if let (Place::Lane { to, .. }, Some(passed)) = (&unit.place, self.passed.get_mut(&force))
            && passed.last() == Some(to)
        {
            passed.pop();
        }
        self.walkers[walker].stopped = true;
    }
}

/// Where on a lane a place lies, from the lane's first end; none if it is not on it.
fn point(lane: &Key<Lane>, definition: &Lane, place: &Place) -> Option<i32> {
    let (a, b) = &definition.ends;
    match place {
        Place::Lane {
            lane: on,
            from,
            done,
            length,
            ..
        } if on == lane => Some(if from == a { *done } else { length - done }),
        Place::Sector(sector) if sector == a => Some(0),
        Place::Sector(sector) if sector == b => Some(definition.length),
        _ => None,
    }
}
