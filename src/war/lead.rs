//! A record entered: somebody takes command of a seat at one of its turns, and the others follow it as long as they can.
//!
//! Each force of the other seats keeps its recorded orders while what they answered still holds: it stands where it stood
//! in the record, and the hostile forces that its seat sees near it are those that it saw then, where it saw them. At the
//! first difference the force leaves the record, for good, and the computer orders it. What is asked is asked of a
//! second war beside the first, which is played as the record says.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    Given, Player, Record, War, WarError, branch,
    record::strict,
    resume::{begin, is_current, restore},
    run_turn, stream,
};
use crate::{
    ai::{self, Level},
    content::{Catalog, DeedTarget, Force, Key, Rules, Seat, Sector},
    sim::{
        Sim,
        map::Graph,
        order::{Action, Order, Target, check_on},
        state::Knowledge,
        view::{Contact, SeatView},
    },
};

/// How near a hostile force is to be heeded where no gun reaches farther, chart units.
const NEAR: i32 = 200;

/// What there is to be followed in a record that was entered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// How well the computer plays those that have left it.
    pub level: Level,
    /// What every seat ordered on each turn from the one that was entered.
    #[serde(deserialize_with = "strict::map")]
    pub orders: BTreeMap<u32, BTreeMap<Key<Seat>, Vec<Given>>>,
    /// Forces that have left it, and on which turn.
    #[serde(deserialize_with = "strict::map")]
    pub left: BTreeMap<Key<Force>, u32>,
}

impl War {
    /// Takes command of seats in a record after so many turns; the other seats follow the record as long as they can,
    /// and are the computer's beyond it.
    ///
    /// # Errors
    /// If the record has no such turn or seat, or does not come out as it says.
    pub fn enter(
        catalog: Arc<Catalog>,
        record: &Record,
        turns: u32,
        seats: &[Key<Seat>],
        level: Level,
    ) -> Result<Self, WarError> {
        let scenario = super::scenario(&catalog, &record.scenario)?;
        for seat in seats {
            super::seat_exists(&scenario, seat)?;
        }
        let mut entered = branch(&catalog, record, turns)?;
        for (seat, player) in &mut entered.players {
            *player = if seats.contains(seat) {
                Player::Person
            } else {
                Player::History
            };
        }
        let rest = record.turns.iter().skip(turns as usize);
        entered.lead = Some(Lead {
            level,
            orders: rest.map(|row| (row.turn, row.orders.clone())).collect(),
            left: BTreeMap::new(),
        });
        Self::resume(catalog, entered)
    }

    /// Forces of other seats that still follow the record that was entered; none if nothing is followed.
    pub fn following(&self) -> BTreeSet<Key<Force>> {
        let Some(lead) = self.record.lead.as_ref() else {
            return BTreeSet::new();
        };
        if self.shadow.is_none() {
            return BTreeSet::new();
        }
        let seats = self.record.players.iter();
        let seats = seats.filter(|(_, player)| **player == Player::History);
        let views = seats.filter_map(|(seat, _)| self.view(seat).ok());
        let mut following = BTreeSet::new();
        for view in views {
            let own = view.forces.iter().filter(|(_, force)| force.mine);
            let own = own.filter(|(key, _)| !lead.left.contains_key(*key));
            following.extend(own.map(|(key, _)| key.clone()));
        }
        following
    }

    /// Contacts that a seat has in sight and whose forces still follow the record, by the seat's own names. What is only
    /// remembered is left out: a mark that went out of itself would tell what nobody has seen.
    pub fn following_in_sight(&self, seat: &Key<Seat>) -> BTreeSet<Key<Contact>> {
        let following = self.following();
        let known = self.sim.knowledge_of(seat).into_iter();
        let contacts = known.flat_map(|known| &known.contacts);
        contacts
            .filter(|(_, contact)| contact.age == 0 && following.contains(&contact.force))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// What a seat that follows the record orders: of forces that follow their recorded orders, of the others the
    /// computer's. Notes who leaves the record here.
    pub(super) fn follow(&mut self, seat: &Key<Seat>) -> Result<Vec<Given>, WarError> {
        let turn = self.sim.turn();
        let view = self.view(seat)?;
        let level = self
            .record
            .lead
            .as_ref()
            .map_or_else(Level::default, |lead| lead.level);
        let mut given = Vec::new();
        let mut led: BTreeSet<Key<Force>> = BTreeSet::new();
        if let (Some(shadow), Some(lead)) = (&self.shadow, &mut self.record.lead)
            && let Some(row) = lead.orders.get(&turn)
        {
            let then = Seen::of(shadow, seat)?;
            let now = Seen::of(&self.sim, seat)?;
            let reach = reach(&view.rules);
            for (key, force) in &view.forces {
                if force.mine && !lead.left.contains_key(key) && now.answers(&then, key, reach) {
                    led.insert(key.clone());
                }
            }
            let graph = Graph::new(&view.map);
            for recorded in row.get(seat).into_iter().flatten() {
                if !led.contains(&recorded.order.force) {
                    continue;
                }
                let order = now.renamed(&then, &view.rules, &recorded.order);
                match order.filter(|order| check_on(&view, Some(&graph), order).is_ok()) {
                    Some(order) => given.push(Given {
                        order,
                        why: recorded.why.clone(),
                    }),
                    // What it was told then cannot be told now.
                    None => {
                        led.remove(&recorded.order.force);
                    }
                }
            }
            given.retain(|given| led.contains(&given.order.force));
            for (key, force) in &view.forces {
                if force.mine && !led.contains(key) {
                    lead.left.entry(key.clone()).or_insert(turn);
                }
            }
        }
        let plan = ai::plan(level, &view, stream(self.record.seed, seat, turn));
        let own = plan
            .into_iter()
            .filter(|one| !led.contains(&one.order.force));
        given.extend(own.map(|one| Given {
            order: one.order,
            why: one.reason,
        }));
        Ok(given)
    }

    /// Plays the war beside this one a turn further, as the record says; past the record's end there is none.
    pub(super) fn step_shadow(&mut self, turn: u32) {
        let orders = self
            .record
            .lead
            .as_ref()
            .and_then(|lead| lead.orders.get(&turn));
        let went = match (&mut self.shadow, orders) {
            (Some(shadow), Some(orders)) => run_turn(shadow, orders).is_ok(),
            _ => false,
        };
        if !went {
            self.shadow = None;
        }
    }

    /// Makes the war beside this one: what was shared, then what the record that was entered goes on with.
    pub(super) fn find_shadow(&mut self) {
        let record = &self.record;
        let (Some(lead), Some(parent)) = (&record.lead, &record.parent) else {
            return;
        };
        if !is_current(&self.catalog, record) || record.first_provable() > parent.turns + 1 {
            return;
        }
        let shadow = beside(&self.catalog, record, lead, parent.turns);
        self.shadow = shadow.filter(|shadow| shadow.turn() == self.sim.turn());
    }
}

/// The war as the record that was entered goes on, up to where this one stands.
fn beside(catalog: &Arc<Catalog>, record: &Record, lead: &Lead, shared: u32) -> Option<Sim> {
    let near = record.snapshots.range(..=shared).next_back();
    let (mut sim, from) = match near {
        Some((after, _)) => (restore(catalog, record, *after).ok()??, *after),
        None => (begin(catalog, record).ok()?, 0),
    };
    for turn in from + 1..=record.length() {
        let row = record.turns.get(turn as usize - 1)?;
        let orders = match turn > shared {
            true => lead.orders.get(&turn)?,
            false => &row.orders,
        };
        run_turn(&mut sim, orders).ok()?;
    }
    Some(sim)
}

/// How far a seat heeds: as far as any gun reaches.
fn reach(rules: &Rules) -> i64 {
    let guns = rules.weapons.values().map(|weapon| weapon.range);
    i64::from(guns.max().unwrap_or(NEAR).max(NEAR))
}

/// A war as one seat has it before it.
struct Seen<'a> {
    knowledge: &'a Knowledge,
    view: SeatView,
}

impl<'a> Seen<'a> {
    fn of(sim: &'a Sim, seat: &Key<Seat>) -> Result<Self, WarError> {
        let missing = || super::no_seat(&sim.field().scenario, seat);
        Ok(Self {
            knowledge: sim.knowledge_of(seat).ok_or_else(missing)?,
            view: sim.view(seat)?,
        })
    }

    /// Whether a force stands as it did then, and sees near it what it saw.
    fn answers(&self, then: &Self, key: &Key<Force>, reach: i64) -> bool {
        match (self.view.forces.get(key), then.view.forces.get(key)) {
            (Some(now), Some(before)) => {
                now.place == before.place
                    && self.near(now.place.sector(), reach) == then.near(now.place.sector(), reach)
            }
            _ => false,
        }
    }

    /// Hostile forces seen this turn within reach of a sector, and where.
    fn near(&self, from: &Key<Sector>, reach: i64) -> BTreeSet<(&Key<Force>, &Key<Sector>)> {
        let at = |sector: &Key<Sector>| self.view.map.sectors.get(sector).map(|s| s.at);
        let within = |sector: &Key<Sector>| match (at(from), at(sector)) {
            (Some(a), Some(b)) => {
                let (dx, dy) = (
                    i64::from(a.0) - i64::from(b.0),
                    i64::from(a.1) - i64::from(b.1),
                );
                dx * dx + dy * dy <= reach * reach
            }
            _ => false,
        };
        let contacts = self.knowledge.contacts.values();
        contacts
            .filter(|c| c.age == 0 && self.view.hostile.contains(&c.side))
            .map(|c| (&c.force, c.place.sector()))
            .filter(|(_, sector)| within(sector))
            .collect()
    }

    /// An order given then, with the names that the seat has for foreign forces now; none if it does not know them.
    fn renamed(&self, then: &Self, rules: &Rules, order: &Order) -> Option<Order> {
        let mut order = order.clone();
        let name = |old: &str| -> Option<Key<Contact>> {
            let force = &then.knowledge.contacts.get(old)?.force;
            let mut known = self.knowledge.contacts.iter();
            known
                .find(|(_, c)| c.force == *force)
                .map(|(name, _)| name.clone())
        };
        match &mut order.action {
            Action::Follow { contact, .. }
            | Action::Fire {
                at: Target::Contact(contact),
                ..
            } => *contact = name(contact.as_str())?,
            Action::Do {
                deed,
                at: Some(mark),
            } if rules
                .deeds
                .get(deed)
                .is_some_and(|d| d.target == DeedTarget::Contact) =>
            {
                *mark = Key::new(name(mark.as_str())?.as_str());
            }
            _ => {}
        }
        Some(order)
    }
}
