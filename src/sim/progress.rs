//! How far a condition has come, as far as a seat can know: each part of it with what is and what is asked.

use super::view::SeatView;
use crate::content::{Condition, HP_PER_SP, Key, Side, Stock};

/// One part of a condition, measured.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part<'a> {
    /// What is asked.
    pub asked: &'a Condition,
    /// It is asked that this be not so.
    pub not: bool,
    /// Whether it is so (the negation taken into account); none if the seat cannot know.
    pub holds: Option<bool>,
    /// How much there is, in the unit of the condition: turns, hit points, permille; none if it is a yes or no.
    pub now: Option<i64>,
}

/// The parts of a condition, outermost first; of a negation what it denies, marked.
pub fn parts<'a>(view: &SeatView, condition: &'a Condition) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    collect(view, condition, false, &mut parts);
    parts
}

fn collect<'a>(view: &SeatView, condition: &'a Condition, not: bool, out: &mut Vec<Part<'a>>) {
    match condition {
        Condition::All(all) | Condition::Any(all) => {
            for inner in all {
                collect(view, inner, not, out);
            }
        }
        Condition::Not(inner) => collect(view, inner, !not, out),
        leaf => out.push(Part {
            asked: leaf,
            not,
            holds: holds(view, leaf).map(|holds| holds != not),
            now: now(view, leaf),
        }),
    }
}

/// Whether a condition holds by what the seat knows; none if it cannot know. The turn that counts is the one about to be planned.
pub fn holds(view: &SeatView, condition: &Condition) -> Option<bool> {
    let measured = |asked: i64| now(view, condition).map(|now| now >= asked);
    match condition {
        Condition::Always => Some(true),
        Condition::From(turn) => measured(i64::from(*turn)),
        Condition::Until(turn) => now(view, condition).map(|now| now <= i64::from(*turn)),
        Condition::Holds(side, sector) => {
            let seen = view.sectors.get(sector)?;
            Some(seen.owner.as_ref() == Some(side))
        }
        Condition::Owns(side, site) => view
            .sites
            .get(site)
            .map(|seen| seen.owner == *side && !seen.razed),
        Condition::Loyal(side, site) => view.sites.get(site).map(|seen| {
            let loyal = seen.loyal.as_ref().unwrap_or(&seen.owner);
            loyal == side && !seen.razed
        }),
        Condition::Razed(site) => view.sites.get(site).map(|seen| seen.razed),
        Condition::Present(_, _, sp) => {
            now(view, condition).map(|now| now > 0 && now >= i64::from(*sp) * HP_PER_SP)
        }
        Condition::Lost(_, permille) => measured(i64::from(*permille)),
        Condition::Strength(_, sp) => measured(i64::from(*sp) * HP_PER_SP),
        Condition::Meter(_, _, value) | Condition::SiteMeter(_, _, value) => {
            measured(i64::from(*value))
        }
        Condition::Destroyed(force) => view.forces.contains_key(force).then_some(false),
        Condition::Flag(_) => None,
        Condition::All(all) => {
            let all: Vec<_> = all.iter().map(|c| holds(view, c)).collect();
            match all.contains(&Some(false)) {
                true => Some(false),
                false => (!all.contains(&None)).then_some(true),
            }
        }
        Condition::Any(any) => {
            let any: Vec<_> = any.iter().map(|c| holds(view, c)).collect();
            match any.contains(&Some(true)) {
                true => Some(true),
                false => (!any.contains(&None)).then_some(false),
            }
        }
        Condition::Not(not) => holds(view, not).map(|holds| !holds),
    }
}

fn now(view: &SeatView, condition: &Condition) -> Option<i64> {
    match condition {
        Condition::From(_) | Condition::Until(_) => Some(i64::from(view.turn)),
        Condition::Present(side, sector, _) => {
            let own = view.forces_at(sector).filter(|(_, f)| f.side == *side);
            let foreign = view.contacts_at(sector).filter(|(_, c)| c.side == *side);
            let own: i64 = own.map(|(_, f)| f.strength).sum();
            Some(own + foreign.map(|(_, c)| c.strength.1).sum::<i64>())
        }
        Condition::Lost(side, _) => {
            let (lost, raised) = toll(view, side);
            Some(lost * 1000 / raised.max(1))
        }
        Condition::Strength(side, _) => Some(strength(view, side)),
        Condition::Meter(side, meter, _) if *side == view.side => {
            view.meters.get(meter).map(|value| i64::from(*value))
        }
        Condition::SiteMeter(site, meter, _) => {
            let meters = view.sites.get(site)?.meters.as_ref()?;
            meters.get(meter).map(|value| i64::from(*value))
        }
        _ => None,
    }
}

/// A side's strength as far as the seat knows: its forces where it sees them in truth, else what is estimated of its
/// contacts, hit points.
pub fn strength(view: &SeatView, side: &Key<Side>) -> i64 {
    let own = view.forces.values().filter(|f| f.side == *side);
    let foreign = view.contacts.values().filter(|c| c.side == *side);
    own.map(|f| f.strength).sum::<i64>() + foreign.map(|c| c.strength.1).sum::<i64>()
}

/// What a side has lost and brought into the war as far as the seat knows, hit points.
pub fn toll(view: &SeatView, side: &Key<Side>) -> (i64, i64) {
    if *side == view.side {
        return view.toll;
    }
    let lost = view.destroyed.get(side).copied().unwrap_or(0);
    let contacts = view.contacts.values().filter(|c| c.side == *side);
    (lost, lost + contacts.map(|c| c.strength.1).sum::<i64>())
}

/// What the side of a view has of a stock, in magazines and depots.
pub fn held(view: &SeatView, side: &Key<Side>, stock: &Key<Stock>) -> i64 {
    let aboard = view
        .forces
        .values()
        .filter(|f| f.side == *side)
        .filter_map(|f| f.stocks.get(stock));
    let stored = view
        .sites
        .values()
        .filter(|s| s.owner == *side)
        .filter_map(|s| s.stocks.as_ref()?.get(stock));
    let ashore = view.sites.values();
    let ashore = ashore.filter_map(|s| s.ashore.get(side)?.get(stock));
    aboard
        .chain(stored)
        .chain(ashore)
        .copied()
        .map(i64::from)
        .sum()
}
