//! The story of a war in figures, turn by turn, as one seat came to know it: played again from the record.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Record,
    resume::{begin, is_current, play},
    story::{Story, Teller, score},
};
use crate::{
    content::{Catalog, Force, Key, Seat, Stock},
    sim::{
        journal::{Cause, What},
        view::SeatView,
    },
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
    /// Own strength lost in this turn, hit points, by the name of the cause, as the report of the turn counts it: harm that
    /// cost no ship is among it.
    pub lost: BTreeMap<&'static str, i64>,
    /// Reserves left, in magazines and depots.
    pub reserves: BTreeMap<Key<Stock>, i32>,
}

/// A war as a seat knew it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    /// In figures: the beginning, then each turn.
    pub pages: Vec<Page>,
    /// In words.
    pub story: Story,
}

/// The war of a record as a seat knew it. None if it cannot be played again: other rules or content, or a record that
/// does not come out.
pub fn chronicle(catalog: &Arc<Catalog>, record: &Record, seat: &Key<Seat>) -> Option<Told> {
    if !is_current(catalog, record) || record.first_provable() != 1 {
        return None;
    }
    let mut sim = begin(catalog, record).ok()?;
    let mut view = sim.view(seat).ok()?;
    let mut pages = vec![page(0, &view)];
    let mut teller = Teller::new(&view);
    for turn in 1..=record.length() {
        play(&mut sim, record, turn).ok()?;
        let after = sim.view(seat).ok()?;
        pages.push(page(turn, &after));
        teller.hear(&view, &after);
        view = after;
    }
    let story = teller.tell(&view);
    Some(Told { pages, story })
}

fn page(turn: u32, view: &SeatView) -> Page {
    let own = view.forces.values().filter(|f| f.side == view.side);
    let mut page = Page {
        turn,
        score: score(view),
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
        if !is_foreign(view, force) {
            *page.lost.entry(cause).or_default() += hp;
        }
    }
    // As the reports count it: of what salvos and bouts did, all of it.
    page.lost.extend(harm(view, true));
    page
}

/// How statistics call what batteries of sites do (`Cause::Battery`).
const BATTERY: &str = "battery";

/// The harm that salvos, batteries and bouts of the last turn did in all, whether it has cost a ship or not, hit points by
/// the name of the cause: to the own side, or to others as far as seen. A ship that goes down takes old wounds with it, so
/// this is neither a part of what was lost in ships nor the other way round.
pub fn harm(view: &SeatView, own: bool) -> BTreeMap<&'static str, i64> {
    let mut harm: BTreeMap<&'static str, i64> = BTreeMap::new();
    for entry in &view.report {
        match &entry.what {
            What::Salvos {
                target: Some(target),
                cause,
                hp,
                ..
            } if is_foreign(view, target) != own => {
                *harm.entry(cause.name()).or_default() += hp;
            }
            What::SiteFired { target, hp, .. } if is_foreign(view, target) != own => {
                *harm.entry(BATTERY).or_default() += hp;
            }
            What::Bout { dealt, .. } => {
                let whose = dealt
                    .iter()
                    .filter(|(side, _)| (**side == view.side) == own);
                let hp: i64 = whose.map(|(_, hp)| hp).sum();
                *harm.entry(Cause::Bout(0).name()).or_default() += hp;
            }
            _ => {}
        }
    }
    harm.retain(|_, hp| *hp > 0);
    harm
}

/// Whether a name in the report is one for a foreign force.
pub fn is_foreign(view: &SeatView, name: &Key<Force>) -> bool {
    let own = view.forces.get(name).map(|f| f.side == view.side);
    !own.unwrap_or(!view.contacts.contains_key(name.as_str()) && !is_contact_name(name.as_str()))
}

/// Whether a name in a report is a seat's own for a foreign force: `k` and a number, or `unknown`.
pub fn is_contact_name(name: &str) -> bool {
    let number = name.strip_prefix('k');
    name == "unknown"
        || number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
