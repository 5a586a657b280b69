//! What a war that is thought of is worth to a seat: the verdict as it would be now, and what is near at hand.

use std::{collections::BTreeMap, sync::Arc};

use super::brief::Brief;
use crate::{
    content::{Condition, Eyes, HP_PER_SP, Key, Sector, Side, Term, TermKind, Verdict},
    sim::{Sim, view::SeatView},
};

/// How near counts: this many lanes are as good as none.
const FAR: i64 = 8;
/// Share of a place's price that being at its door is worth, permille.
const DOOR: i64 = 300;

/// What is weighed, as the seat sees it before it looks ahead.
pub struct Scale {
    side: Key<Side>,
    /// What the verdict's terms are worth to it.
    verdict: Arc<Verdict>,
    eyes: Eyes,
    /// Places: what holding one is worth at the end, tenths of a point, seen from the seat's side, and lanes to it.
    places: Vec<(i64, BTreeMap<Key<Sector>, i32>)>,
    hostile: Vec<Key<Side>>,
}

impl Scale {
    /// Of a situation.
    pub fn of(brief: &Brief) -> Self {
        let view = brief.view;
        let eyes = view.verdict.seen_by(&view.side);
        let mut places = BTreeMap::new();
        for term in view.verdict.terms.values() {
            let (when, points) = match &term.kind {
                TermKind::If { when, points } => (when, *points),
                TermKind::Days {
                    when,
                    points,
                    to,
                    from,
                    ..
                } => {
                    let left = i64::from(to.saturating_sub(view.turn.max(*from))) + 1;
                    if view.turn > *to {
                        continue;
                    }
                    (when, *points * left)
                }
                _ => continue,
            };
            share(view, when, eyes.points(term, points), false, &mut places);
        }
        Self {
            side: view.side.clone(),
            verdict: view.verdict.clone(),
            eyes,
            places: places
                .into_iter()
                .map(|(sector, points)| (points, brief.graph.distances([&sector], |_, _| Some(1))))
                .collect(),
            hostile: view.hostile.iter().cloned().collect(),
        }
    }
}

/// Shares out what a condition pays among the places it asks about: positive where the seat's side should have them.
fn share(
    view: &SeatView,
    when: &Condition,
    points: i64,
    not: bool,
    places: &mut BTreeMap<Key<Sector>, i64>,
) {
    let turned = if not { -points } else { points };
    let mut note = |side: &Key<Side>, sector: &Key<Sector>| {
        let for_us = if *side == view.side { turned } else { -turned };
        *places.entry(sector.clone()).or_default() += for_us;
    };
    match when {
        Condition::Holds(side, sector) | Condition::Present(side, sector, _) => note(side, sector),
        Condition::Owns(side, site) | Condition::Loyal(side, site) => {
            if let Some(site) = view.sites.get(site) {
                note(side, &site.sector);
            }
        }
        Condition::All(all) | Condition::Any(all) => {
            let each = points / i64::try_from(all.len().max(1)).unwrap_or(1);
            for part in all {
                share(view, part, each, not, places);
            }
        }
        Condition::Not(inner) => share(view, inner, points, !not, places),
        _ => {}
    }
}

/// Worth of a war as it stands, tenths of a point.
pub fn value(sim: &mut Sim, scale: &Scale) -> i64 {
    let worth = |points: &BTreeMap<Key<Term>, i64>| {
        let terms = scale.verdict.terms.iter();
        let each = terms.map(|(key, term)| {
            let points = points.get(key).copied().unwrap_or(0);
            scale.eyes.points(term, points)
        });
        each.sum::<i64>()
    };
    match sim.ended() {
        Some(ending) => worth(&ending.terms),
        None => worth(&sim.points()) + nearness(sim, scale),
    }
}

/// What being near to places is worth that are not yet won, by either side.
fn nearness(sim: &Sim, scale: &Scale) -> i64 {
    if scale.places.is_empty() {
        return 0;
    }
    let standing = sim.standing();
    let mut sum = 0;
    for (points, to) in &scale.places {
        let (mut own, mut foe) = (0, 0);
        for (side, sector, strength) in &standing {
            let lanes = to.get(sector).map_or(FAR, |lanes| i64::from(*lanes));
            let near = strength * (FAR - lanes).max(0) / FAR;
            if *side == scale.side {
                own += near;
            } else if scale.hostile.contains(side) {
                foe += near;
            }
        }
        // Who has the more near it has the better claim; one strength point settles nothing.
        let claim = (own - foe) * 1000 / (own + foe + 2 * HP_PER_SP).max(1);
        sum += points * DOOR / 1000 * claim / 1000;
    }
    sum
}
