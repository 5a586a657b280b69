//! Who meets on a lane: hostile forces whose ways cross there in one watch, or who stand at the same point of it.

use std::collections::{BTreeMap, BTreeSet};

use super::Walk;
use crate::{
    content::{Key, Lane},
    sim::{
        roster::{Unit, Units},
        state::Place,
    },
};

impl Walk<'_> {
    /// Hostile forces whose ways on one lane crossed in this watch, or who stand at the same point of it, meet there.
    pub(super) fn crossings(&mut self, units: &mut Units) {
        let mut on_lane: BTreeMap<Key<Lane>, Vec<(usize, i32, i32)>> = BTreeMap::new();
        for (w, walker) in self.walkers.iter().enumerate() {
            let (was, unit) = (&walker.was, units.nth(walker.force));
            for lane in [was, &unit.place]
                .into_iter()
                .filter_map(|p| match p {
                    Place::Lane { lane, .. } => Some(lane.clone()),
                    Place::Sector(_) => None,
                })
                .collect::<BTreeSet<_>>()
            {
                // Whoever came onto the lane, or left it for another, did so by one of its ends.
                let before = self.point(&lane, was);
                let after = self.point(&lane, &unit.place);
                let end = |place: &Place, back: bool| match place {
                    Place::Lane { from, to, .. } => {
                        let end = if back { from } else { to };
                        self.point(&lane, &Place::Sector(end.clone()))
                    }
                    Place::Sector(_) => None,
                };
                let (Some(a), Some(b)) = (
                    before.or_else(|| end(&unit.place, true)),
                    after.or_else(|| end(was, false)),
                ) else {
                    continue;
                };
                on_lane.entry(lane).or_default().push((w, a, b));
            }
        }
        for (lane, walkers) in on_lane {
            for (i, (x, x0, x1)) in walkers.iter().enumerate() {
                for (y, y0, y1) in &walkers[i + 1..] {
                    let (a, b) = (&self.walkers[*x], &self.walkers[*y]);
                    if !self.field.relations.hostile(a.post.side, b.post.side) {
                        continue;
                    }
                    let crossed = (x0 - y0).signum() * (x1 - y1).signum() <= 0;
                    let length = self
                        .field
                        .scenario
                        .map
                        .lanes
                        .get(&lane)
                        .map_or(1, |l| l.length);
                    // Two that came into the same sector meet there, not on the lane.
                    let same_end = x1 == y1 && (*x1 == 0 || *x1 == length);
                    if !crossed || same_end {
                        continue;
                    }
                    let middle = ((x1 + y1) / 2).clamp(1, (length - 1).max(1));
                    for w in [*x, *y] {
                        let force = self.walkers[w].force;
                        let field = self.field;
                        units.relocate(field, force, |unit| {
                            self.halt(w, unit, &lane, middle, length);
                        });
                        self.met.entry(lane.clone()).or_default().insert(force);
                    }
                }
            }
        }
    }

    fn halt(&mut self, walker: usize, unit: &mut Unit, lane: &Key<Lane>, at: i32, length: i32) {
        let Some(definition) = self.field.scenario.map.lanes.get(lane) else {
            return;
        };
        let (a, b) = &definition.ends;
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

    /// Where on a lane a place lies, from the lane's first end; none if it is not on it.
    fn point(&self, lane: &Key<Lane>, place: &Place) -> Option<i32> {
        let definition = self.field.scenario.map.lanes.get(lane)?;
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
}
