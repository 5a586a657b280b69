//! What a seat holds for true: own things as they are, foreign ones as far as it has seen or been told.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::State;
use crate::{
    content::{Key, Meter, Objective, Seat, Sector, Side, Site, Stock, Term},
    sim::{
        events::{Account, Facts, stored},
        roster::Units,
        state::{Holding, Knowledge, Story},
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
    let facts = belief.facts();
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

/// What a seat holds for true, in the form in which conditions are asked: looked up where it is asked, and not before.
pub(super) struct Belief<'a> {
    state: &'a State<'a>,
    side: Key<Side>,
    known: &'a Knowledge,
    units: Units,
    story: Story,
    believed: BTreeMap<Key<Side>, i64>,
}

impl<'a> Belief<'a> {
    pub(super) fn of(s: &'a State, side: &Key<Side>, known: &'a Knowledge) -> Self {
        let field = s.field;
        let mut believed: BTreeMap<Key<Side>, i64> = BTreeMap::new();
        for contact in known.contacts.values() {
            match believed.get_mut(&contact.side) {
                Some(sum) => *sum += contact.estimate,
                None => drop(believed.insert(contact.side.clone(), contact.estimate)),
            }
        }
        let number = field.relations.number(side).unwrap_or(usize::MAX);
        let shares = |of: usize| field.relations.between(number, of).shares_sensors;
        Self {
            state: s,
            side: side.clone(),
            known,
            units: s.units.posted(field, |post| shares(post.side)),
            story: Story {
                flags: known.flags.clone(),
                destroyed: known.fallen.clone(),
                days: known.days.clone(),
                ..Story::default()
            },
            believed,
        }
    }

    fn shares(&self, other: &Key<Side>) -> bool {
        self.state.field.relation(&self.side, other).shares_sensors
    }

    /// What conditions are asked of.
    pub(super) fn facts(&'a self) -> Facts<'a> {
        Facts {
            turn: self.state.clock.turn,
            rules: &self.state.field.rules,
            units: &self.units,
            account: self,
            story: &self.story,
            believed: self.believed.clone(),
        }
    }
}

impl Account for Belief<'_> {
    fn owner(&self, sector: &Key<Sector>) -> Option<&Key<Side>> {
        self.known.owners.get(sector)?.0.as_ref()
    }
    fn site(&self, site: &Key<Site>) -> Option<Cow<'_, Holding>> {
        let known = self.known;
        let (owner, sector) = known.sites.get(site)?;
        let own = self.state.holdings.get(site);
        if let Some(own) = own.filter(|h| self.shares(&h.owner)) {
            return Some(Cow::Borrowed(own));
        }
        let studied = known.studied.get(site);
        Some(Cow::Owned(Holding {
            owner: owner.clone(),
            sector: sector.clone(),
            razed: known.razed.contains(site),
            loyal: known.loyal.get(site).cloned(),
            meters: studied.map(|s| s.meters.clone()).unwrap_or_default(),
            ..Holding::default()
        }))
    }
    fn toll(&self, side: &Key<Side>) -> Option<(i64, i64)> {
        let tally = self.state.tallies.get(side)?;
        if self.shares(side) {
            return Some((tally.lost, tally.raised));
        }
        // Of a foreign side only what was seen destroyed and what is still seen is known.
        let lost = self.known.destroyed.get(side).copied().unwrap_or(0);
        let seen = self.believed.get(side).copied().unwrap_or(0);
        Some((lost, lost + seen))
    }
    fn meter(&self, side: &Key<Side>, meter: &Key<Meter>) -> Option<i32> {
        let tally = self.state.tallies.get(side)?;
        let meters = self.shares(side).then_some(&tally.meters);
        meters?.get(meter).copied()
    }
    fn stored(&self, side: &Key<Side>, stock: &Key<Stock>) -> i64 {
        let sites = self.known.sites.keys();
        let known = sites.filter_map(|site| self.site(site));
        known.map(|h| stored(&h, side, stock)).sum()
    }
}
