//! What a seat holds for true: own things as they are, foreign ones as far as it has seen or been told.

use std::collections::{BTreeMap, BTreeSet};

use super::State;
use crate::{
    content::{Key, Objective, Seat, Sector, Side, Site, Term},
    sim::{
        events::Facts,
        roster::Units,
        state::{Control, Holding, Knowledge, Story, Tally},
        verdict,
    },
};

/// The terms whose day a seat counts this turn, and the objectives it holds fulfilled, by what it knows.
pub(in crate::sim) fn reckoning(
    s: &State,
    seat: &Key<Seat>,
) -> Option<(Vec<Key<Term>>, BTreeSet<Key<Objective>>)> {
    let side = s.field.side_of(seat)?.clone();
    let known = s.knowledge.get(seat)?;
    let belief = Belief::of(s, &side, known);
    let facts = belief.facts(s);
    let met = s
        .field
        .scenario
        .objectives
        .iter()
        .filter(|(_, o)| o.side == side)
        .filter(|(k, o)| facts.holds(&o.when) || (o.lasting && known.met.contains(*k)))
        .map(|(k, _)| k.clone())
        .collect();
    Some((verdict::days(&s.field.scenario, &facts), met))
}

/// What a seat holds for true, in the form in which conditions are asked.
pub(super) struct Belief {
    units: Units,
    control: BTreeMap<Key<Sector>, Control>,
    holdings: BTreeMap<Key<Site>, Holding>,
    tallies: BTreeMap<Key<Side>, Tally>,
    story: Story,
    believed: BTreeMap<Key<Side>, i64>,
}

impl Belief {
    pub(super) fn of(s: &State, side: &Key<Side>, known: &Knowledge) -> Self {
        let shares = |other: &Key<Side>| s.field.relation(side, other).shares_sensors;
        let mut believed: BTreeMap<Key<Side>, i64> = BTreeMap::new();
        for contact in known.contacts.values() {
            *believed.entry(contact.side.clone()).or_default() += contact.estimate;
        }
        let tally = |of: &Key<Side>, tally: &Tally| {
            if shares(of) {
                return tally.clone();
            }
            // Of a foreign side only what was seen destroyed and what is still seen is known.
            let lost = known.destroyed.get(of).copied().unwrap_or(0);
            Tally {
                lost,
                raised: lost + believed.get(of).copied().unwrap_or(0),
                ..Tally::default()
            }
        };
        let holding = |site: &Key<Site>, owner: &Key<Side>, sector: &Key<Sector>| match s
            .holdings
            .get(site)
            .filter(|h| shares(&h.owner))
        {
            Some(own) => own.clone(),
            None => Holding {
                owner: owner.clone(),
                sector: sector.clone(),
                razed: known.razed.contains(site),
                loyal: known.loyal.get(site).cloned(),
                meters: known
                    .studied
                    .get(site)
                    .map(|s| s.meters.clone())
                    .unwrap_or_default(),
                ..Holding::default()
            },
        };
        Self {
            units: s.units.only(|u| shares(u.side())),
            control: known
                .owners
                .iter()
                .map(|(k, (owner, _))| {
                    let owner = owner.clone();
                    let works = BTreeMap::new();
                    (k.clone(), Control { owner, works })
                })
                .collect(),
            holdings: known
                .sites
                .iter()
                .map(|(site, (owner, sector))| (site.clone(), holding(site, owner, sector)))
                .collect(),
            tallies: s
                .tallies
                .iter()
                .map(|(of, t)| (of.clone(), tally(of, t)))
                .collect(),
            story: Story {
                flags: known.flags.clone(),
                destroyed: known.fallen.clone(),
                days: known.days.clone(),
                ..Story::default()
            },
            believed,
        }
    }

    /// What conditions are asked of.
    pub(super) fn facts<'a>(&'a self, s: &'a State) -> Facts<'a> {
        Facts {
            turn: s.clock.turn,
            rules: &s.field.rules,
            units: &self.units,
            control: &self.control,
            holdings: &self.holdings,
            tallies: &self.tallies,
            story: &self.story,
            believed: self.believed.clone(),
        }
    }
}
