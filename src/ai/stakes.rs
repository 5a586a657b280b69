//! What a seat's objectives ask of meters and of the peace of places, so that deeds are priced by what they do to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::{Condition, Key, Meter, Side, Site},
    sim::view::SeatView,
};

/// What is at stake beside sectors and sites to be taken or kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stakes {
    /// Meters of its own side that are to reach a value: that value.
    pub wanted: BTreeMap<Key<Meter>, i32>,
    /// Sites of others that are to stay with whom they are: what harms them harms the seat.
    pub quiet: BTreeSet<Key<Site>>,
}

impl Stakes {
    /// As the objectives have it.
    pub fn of(view: &SeatView) -> Self {
        let mut stakes = Self::default();
        for objective in view.objectives.values() {
            stakes.read(view, &objective.when, false);
        }
        stakes
    }

    fn read(&mut self, view: &SeatView, when: &Condition, not: bool) {
        match when {
            Condition::Meter(side, meter, least) if *side == view.side && !not => {
                self.wanted.insert(meter.clone(), *least);
            }
            Condition::Owns(side, site) | Condition::Loyal(side, site)
                if not && *side != view.side && is_of_others(view, side, site) =>
            {
                self.quiet.insert(site.clone());
            }
            Condition::All(all) | Condition::Any(all) => {
                all.iter().for_each(|part| self.read(view, part, not));
            }
            Condition::Not(inner) => self.read(view, inner, !not),
            _ => {}
        }
    }

    /// What a step of a meter of its own side is worth, points of no unit: its share of the way to what is asked; nothing
    /// once that is reached. None if nothing is asked of it.
    pub fn step(&self, meter: &Key<Meter>, now: i32, by: i32) -> Option<i64> {
        let least = *self.wanted.get(meter)?;
        let reach = |value: i32| i64::from(value.clamp(0, least.max(0)));
        let way = reach(now.saturating_add(by)) - reach(now);
        Some(way * 180 / i64::from(least).max(1))
    }
}

/// Whether a site is neither the seat's own nor that side's.
fn is_of_others(view: &SeatView, side: &Key<Side>, site: &Key<Site>) -> bool {
    let known = view.sites.get(site).filter(|s| !s.razed);
    known.is_some_and(|s| s.owner != view.side && s.owner != *side)
}
