//! Where a force may fall back to: own places first, hostile ones last and marked as such.

use super::Chooser;
use crate::{
    chart::Tag,
    content::{Key, Sector},
    gui::{
        command::list::{Kind, List, Row, What},
        words::say,
    },
    sim::{
        order::{Action, Cue, Pace},
        view::{Leg, SeatView},
    },
    war::tell,
};

/// What a place is to whoever falls back to it; what is better comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Refuge {
    /// The own side holds it, or one that shares supply, and nobody hostile is known to be there.
    Own,
    /// Nobody holds it, or it is not known who does.
    Open,
    /// A hostile side holds it, or is known to be there.
    Hostile,
}

fn refuge(view: &SeatView, sector: &Key<Sector>) -> Refuge {
    let mut there = view.contacts_at(sector);
    if there.any(|(_, contact)| view.hostile.contains(&contact.side)) {
        return Refuge::Hostile;
    }
    match view
        .sectors
        .get(sector)
        .and_then(|seen| seen.owner.as_ref())
    {
        Some(owner) if view.hostile.contains(owner) => Refuge::Hostile,
        Some(owner) if *owner == view.side || view.friends.contains(owner) => Refuge::Own,
        _ => Refuge::Open,
    }
}

impl Chooser<'_> {
    pub(super) fn ways_back(&self, list: &List) -> Vec<Row> {
        let view = self.ground.view;
        let when = list.value(&Kind::Strength);
        let mut rows = Vec::new();
        if !list.along.is_empty() {
            let names: Vec<String> = list
                .along
                .iter()
                .map(|s| tell::sector(view, s.as_str()))
                .collect();
            let action = Action::FallBack {
                along: list.along.clone(),
                when,
            };
            rows.push(Row {
                about: say!("fall-back-by", way = names.join(", ")),
                ..self.give(say!("fall-back-set", n = list.along.len()), action)
            });
        } else if self.force.fall_back.is_some() {
            let action = Action::FallBack {
                along: Vec::new(),
                when: 0,
            };
            rows.push(self.give(say!("fall-back-off"), action));
        }
        let queue: Vec<Leg> = list
            .along
            .iter()
            .map(|to| Leg {
                to: to.clone(),
                pace: Pace::Cruise,
                cue: Cue::None,
            })
            .collect();
        let march = |sector: &Key<Sector>| {
            let mut along = list.along.clone();
            along.push(sector.clone());
            Action::FallBack { along, when }
        };
        let along = |sector: &Key<Sector>| What::Along(sector.clone());
        let mut places = self.sectors(&queue, Pace::Cruise, &Cue::None, &march, along);
        for row in &mut places {
            let Some(Tag::Sector(sector)) = &row.tag else {
                continue;
            };
            if row.refused.is_none() && refuge(view, sector) == Refuge::Hostile {
                row.right = say!("fall-back-hostile", turn = row.right.as_str());
            }
        }
        // Whoever falls back wants to be among his own, however near others are.
        places.sort_by_key(|row| {
            let refuge = match &row.tag {
                Some(Tag::Sector(sector)) => refuge(view, sector),
                _ => Refuge::Hostile,
            };
            (row.refused.is_some(), refuge)
        });
        rows.extend(places);
        rows
    }
}
