//! A war that was entered, against the record it was entered from: who still follows it, the first order that differs,
//! and both lines in figures as the seat knows its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
    thread,
};

use crate::{
    chart::Tag,
    content::{Catalog, Force, Key, Seat, Stock},
    gui::{Game, table, wake},
    sim::view::{Contact, SeatView},
    war::{Given, Record, Reel, War},
};

/// Who still follows the record that was entered, as far as a seat may be told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Following {
    /// Whether a record was entered.
    pub entered: bool,
    /// Forces of other seats that still follow it.
    pub still: usize,
    /// Those that have left it.
    pub left: usize,
    /// Of those that follow: forces that share what they see with the seat.
    pub friends: BTreeSet<Key<Force>>,
    /// Contacts in sight, by the seat's own names.
    pub contacts: BTreeSet<Key<Contact>>,
}

impl Following {
    /// Who follows now, as a seat sees it.
    pub fn of(war: &War, seat: &Key<Seat>) -> Self {
        let Some(lead) = &war.record().lead else {
            return Self::default();
        };
        let following = war.following();
        let view = war.view(seat).ok();
        let friends = view.iter().flat_map(|view| view.forces.keys());
        let friends = friends.filter(|key| following.contains(*key)).cloned();
        Self {
            entered: true,
            still: following.len(),
            left: lead.left.len(),
            friends: friends.collect(),
            contacts: war.following_in_sight(seat),
        }
    }

    /// What is marked on the map.
    pub fn marks(&self) -> BTreeSet<Tag> {
        let friends = self.friends.iter().cloned().map(Tag::Force);
        let contacts = self.contacts.iter().cloned().map(Tag::Contact);
        friends.chain(contacts).collect()
    }
}

/// One course of the war in figures of the seat's own side, by turns that are over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// Sectors held.
    pub sectors: Vec<i64>,
    /// Strength lost so far, hit points.
    pub lost: Vec<i64>,
    /// What is left of each reserve.
    pub charges: BTreeMap<Key<Stock>, Vec<i64>>,
}

impl Line {
    fn of(reel: &Reel) -> Self {
        let mut line = Self::default();
        let all = reel
            .frames
            .iter()
            .flat_map(|frame| frame.view.reserves.keys());
        let stocks: BTreeSet<&Key<Stock>> = all.collect();
        for view in reel.frames.iter().map(|frame| &*frame.view) {
            let own = |owner: &Option<_>| owner.as_ref() == Some(&view.side);
            let held = view.sectors.values().filter(|s| own(&s.owner)).count();
            line.sectors.push(i64::try_from(held).unwrap_or(i64::MAX));
            line.lost.push(view.toll.0);
            for stock in &stocks {
                if view.rules.stocks.get(*stock).is_some_and(|s| s.reserve) {
                    // Nobody has any before the first of them arrives.
                    let left = view.reserves.get(*stock).map_or(0, |reserve| reserve.left);
                    let row = line.charges.entry((*stock).clone()).or_default();
                    row.push(i64::from(left));
                }
            }
        }
        line
    }
}

/// The first turn on which the seat ordered something else than in the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Which.
    pub turn: u32,
    /// What was ordered in the record and not here, in words.
    pub recorded: Vec<String>,
    /// What was ordered here and not in the record.
    pub given: Vec<String>,
}

/// A war held against the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Turns that both have in common.
    pub shared: u32,
    /// The first order that differs; none: no turn has one yet.
    pub first: Option<Difference>,
    /// The war on the table.
    pub here: Line,
    /// The record, to its end.
    pub there: Line,
}

impl Account {
    /// Plays both lines.
    ///
    /// # Errors
    /// If one of them cannot be played again, in a sentence.
    pub fn of(catalog: &Arc<Catalog>, record: &Record, seat: &Key<Seat>) -> Result<Self, String> {
        let told = |error: crate::war::WarError| error.to_string();
        let here = Reel::new(catalog, record, Some(seat.clone())).map_err(told)?;
        let there = Reel::entered(catalog, record, Some(seat.clone())).map_err(told)?;
        let there = there.unwrap_or_else(|| here.clone());
        let shared = record.parent.as_ref().map_or(0, |parent| parent.turns);
        Ok(Self {
            shared,
            first: difference(record, shared, seat, &here),
            here: Line::of(&here),
            there: Line::of(&there),
        })
    }
}

fn difference(record: &Record, shared: u32, seat: &Key<Seat>, reel: &Reel) -> Option<Difference> {
    let lead = record.lead.as_ref()?;
    let none = Vec::new();
    let rows = record.turns.iter().skip(shared as usize);
    rows.filter_map(|row| {
        let then = lead.orders.get(&row.turn)?.get(seat).unwrap_or(&none);
        let now = row.orders.get(seat).unwrap_or(&none);
        let view = &reel.after(row.turn.checked_sub(1)?)?.view;
        let (recorded, given) = (without(view, then, now), without(view, now, then));
        let differs = !recorded.is_empty() || !given.is_empty();
        differs.then_some(Difference {
            turn: row.turn,
            recorded,
            given,
        })
    })
    .next()
}

/// Orders that the others do not have, in words.
fn without(view: &SeatView, all: &[Given], others: &[Given]) -> Vec<String> {
    let own = all.iter().filter(|one| {
        let mut others = others.iter();
        !others.any(|other| other.order == one.order)
    });
    own.map(|one| table::sentence(&table::words(view, &one.order)))
        .collect()
}

/// An account that is made on another thread.
#[derive(Clone, Debug, Default)]
pub struct Promise(Arc<OnceLock<Result<Account, String>>>);

impl Promise {
    /// The account, or why there is none, once it is there.
    pub fn now(&self) -> Option<&Result<Account, String>> {
        self.0.get()
    }

    /// Waits for it.
    #[cfg(test)]
    pub fn wait(&self) -> &Result<Account, String> {
        self.0.wait()
    }
}

impl Game {
    /// Begins to hold the war on the table against the record it was entered from, once a turn.
    pub(in crate::gui) fn hold_against(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(war) = session.war.as_ref().filter(|_| session.against.is_none()) else {
            return;
        };
        let promise = Promise::default();
        session.against = Some(promise.clone());
        let (catalog, record) = (war.catalog().clone(), war.record().clone());
        let seat = session.seat.clone();
        thread::spawn(move || {
            // Nobody else fills it.
            let _ = promise.0.set(Account::of(&catalog, &record, &seat));
            wake::now();
        });
    }
}
