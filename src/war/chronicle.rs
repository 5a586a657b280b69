//! The story of a war in figures, turn by turn, as one seat came to know it: played again from the record.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Record,
    resume::{begin, is_current, play},
};
use crate::{
    content::{Catalog, Key, Seat, Stock},
    sim::{journal::What, view::SeatView},
};

/// A seat's figures after one turn.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// Which turn; 0 is the beginning.
    pub turn: u32,
    /// The score as far as the seat could count it, tenths of a point; that of the verdict once the war has ended.
    pub score: i64,
    /// Strength of the side's own forces on the map, hit points.
    pub own: i64,
    /// Hostile strength seen destroyed so far, hit points.
    pub destroyed: i64,
    /// Own strength lost in this turn, hit points, by the name of the cause.
    pub lost: BTreeMap<&'static str, i64>,
    /// Reserves left, in magazines and depots.
    pub reserves: BTreeMap<Key<Stock>, i32>,
}

/// The war of a record as a seat knew it: the beginning, then each turn. None if it cannot be played again: other
/// rules or content, or a record that does not come out.
pub fn chronicle(catalog: &Arc<Catalog>, record: &Record, seat: &Key<Seat>) -> Option<Vec<Page>> {
    if !is_current(catalog, record) || record.first_provable() != 1 {
        return None;
    }
    let mut sim = begin(catalog, record).ok()?;
    let mut pages = vec![page(0, &sim.view(seat).ok()?)];
    for turn in 1..=record.length() {
        play(&mut sim, record, turn).ok()?;
        pages.push(page(turn, &sim.view(seat).ok()?));
    }
    Some(pages)
}

fn page(turn: u32, view: &SeatView) -> Page {
    let own = view.forces.values().filter(|f| f.side == view.side);
    let mut page = Page {
        turn,
        score: match &view.ended {
            Some(ending) => ending.score,
            None => view.ledger.iter().map(|line| line.points).sum(),
        },
        own: own.map(|f| f.strength).sum(),
        destroyed: view.destroyed.values().sum(),
        ..Page::default()
    };
    for (stock, reserve) in &view.reserves {
        if view.rules.stocks.get(stock).is_some_and(|s| s.reserve) {
            page.reserves.insert(stock.clone(), reserve.left);
        }
    }
    for entry in &view.report {
        let (force, cause, hp) = match &entry.what {
            What::ShipsLost {
                force, cause, hp, ..
            } => (force, cause.name(), *hp),
            What::Captured { force, hp, .. } => (force, "capture", *hp),
            _ => continue,
        };
        let foreign = view.contacts.contains_key(force.as_str());
        let own = view.forces.get(force).map(|f| f.side == view.side);
        if own.unwrap_or(!foreign && !is_contact_name(force.as_str())) {
            *page.lost.entry(cause).or_default() += hp;
        }
    }
    page
}

/// Whether a name in a report is a seat's own for a foreign force: `k` and a number, or `unknown`.
pub fn is_contact_name(name: &str) -> bool {
    let number = name.strip_prefix('k');
    name == "unknown"
        || number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
