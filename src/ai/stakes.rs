//! What a seat's objectives ask of meters and of the peace of places, so that deeds are priced by what they do to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    content::{Condition, Key, Meter, Side, Site, TermKind},
    sim::view::SeatView,
};

/// What the whole way to something that is asked is worth.
const ASKED: i64 = 180;
/// So many tenths of a point are worth one.
const PAID: i64 = 2;

/// What is at stake beside sectors and sites to be taken or kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stakes {
    /// Meters of its own side that are to reach a value: that value.
    pub wanted: BTreeMap<Key<Meter>, i32>,
    /// Meters of which the verdict counts each unit, by whose they are: what one brings its own side, tenths of a point.
    pub paid: BTreeMap<(Key<Side>, Key<Meter>), i64>,
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
        let eyes = view.verdict.seen_by(&view.side);
        for term in view.verdict.terms.values() {
            if let TermKind::Meter {
                side,
                meter,
                points,
            } = &term.kind
            {
                let of = stakes.paid.entry((side.clone(), meter.clone()));
                *of.or_default() += eyes.points(term, *points);
            }
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

    /// What a step of a meter of its own side is worth, points of no unit: its share of the way to what is asked, nothing
    /// once that is reached; and what the verdict pays for it. None if nothing is asked of it and nothing paid.
    pub fn step(&self, own: &Key<Side>, meter: &Key<Meter>, now: i32, by: i32) -> Option<i64> {
        let asked = self.wanted.get(meter).map(|least| {
            let reach = |value: i32| i64::from(value.clamp(0, (*least).max(0)));
            let way = reach(now.saturating_add(by)) - reach(now);
            way * ASKED / i64::from(*least).max(1)
        });
        match (asked, self.pay(own, meter, by)) {
            (None, None) => None,
            (asked, paid) => Some(asked.unwrap_or(0) + paid.unwrap_or(0)),
        }
    }

    /// What the verdict pays its own side for a step of a meter, whosever it is, points of no unit. None if nothing.
    pub fn pay(&self, whose: &Key<Side>, meter: &Key<Meter>, by: i32) -> Option<i64> {
        let each = self.paid.get(&(whose.clone(), meter.clone()))?;
        let points = each.saturating_mul(i64::from(by));
        Some(points.clamp(-ASKED * PAID, ASKED * PAID) / PAID)
    }
}

/// Whether a site is neither the seat's own nor that side's.
fn is_of_others(view: &SeatView, side: &Key<Side>, site: &Key<Site>) -> bool {
    let known = view.sites.get(site).filter(|s| !s.razed);
    known.is_some_and(|s| s.owner != view.side && s.owner != *side)
}
