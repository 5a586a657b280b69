//! The journal as one seat may read it: its own names for foreign forces, nothing of guns and targets it does not see.

use std::collections::BTreeSet;

use super::State;
use crate::{
    content::{Force, Key, Sector},
    sim::{
        field::Field,
        journal::{Cause, Entry, What, Witnesses},
        roster::Units,
        state::Knowledge,
        turn::Phase,
        view::SeatView,
    },
};

/// An entry in the seat's own names for foreign forces; whoever it has no name for, or does not see, is `unknown`.
pub(super) fn translate(
    field: &Field,
    entry: &Entry,
    units: &Units,
    view: &SeatView,
    known: &Knowledge,
) -> Entry {
    let mut entry = entry.clone();
    let met = entry.phase == Phase::Battle;
    let named = |force: &Key<Force>| -> Option<Key<Force>> {
        let gone = !units.contains_key(force);
        let side = field.side_of_force(force);
        if view.forces.contains_key(force)
            || side.is_some_and(|s| field.relation(&view.side, &s).shares_sensors)
        {
            return Some(force.clone());
        }
        (gone || met || is_seen(known, force))
            .then(|| known.names.get(force).map(Key::cast))
            .flatten()
    };
    // A miss does not tell who, if anybody, was there.
    if let What::Salvos {
        firer,
        target,
        chance,
        sum,
        hits: 0,
        shot_down: 0,
        ..
    } = &mut entry.what
        && view.forces.contains_key(firer)
        && target
            .as_ref()
            .is_some_and(|t| !is_seen(known, t) && !view.forces.contains_key(t))
    {
        (*target, *chance) = (None, 0);
        sum.clear();
    }
    let unknown = Key::new("unknown");
    for force in entry.what.forces_mut() {
        *force = named(force).unwrap_or_else(|| unknown.clone());
    }
    entry.witnesses = Witnesses::from(&view.seat);
    entry
}

/// Whether a seat sees a foreign force at the end of the turn.
fn is_seen(known: &Knowledge, force: &Key<Force>) -> bool {
    let mut contacts = known.contacts.values();
    contacts.any(|c| c.force == *force && c.age == 0)
}

/// Where a gun stands that the seat does not see is not told by what it hit, either.
pub(super) fn hide_guns(s: &State, view: &mut SeatView, known: &Knowledge) {
    let seen: BTreeSet<Key<Sector>> = s
        .journal
        .entries
        .iter()
        .filter_map(|e| match &e.what {
            What::Salvos { firer, from, .. }
                if view.forces.contains_key(firer)
                    || s.field.side_of_force(firer).as_ref() == Some(&view.side)
                    || is_seen(known, firer) =>
            {
                Some(from.clone())
            }
            _ => None,
        })
        .collect();
    let hide = |cause: &mut Cause, at: &Key<Sector>| {
        if let Cause::Salvo(_, from) | Cause::Answer(_, from) | Cause::Bombard(_, from) = cause
            && !seen.contains(from)
        {
            *from = at.clone();
        }
    };
    for entry in &mut view.report {
        match &mut entry.what {
            What::Salvos {
                firer,
                from,
                at,
                cause,
                sum,
                ..
            } => {
                hide(cause, at);
                if !seen.contains(from) {
                    *from = at.clone();
                }
                if !view.forces.contains_key(firer) {
                    sum.clear();
                }
            }
            What::ShipsLost { place, cause, .. } | What::ForceLost { place, cause, .. } => {
                hide(cause, &place.sector().clone());
            }
            _ => {}
        }
    }
}
