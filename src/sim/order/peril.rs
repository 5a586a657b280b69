//! Whom a march would meet, before it is ordered: hostile forces on its way, as far as the seat knows, and a way round them.

use std::collections::BTreeSet;

use crate::{
    content::{Key, Sector},
    sim::{
        map::{Edge, Graph, range},
        view::{Contact, Leg, OwnForce, SeatView},
    },
};

/// A place on the way at which hostile forces are known to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peril {
    /// Where.
    pub at: Key<Sector>,
    /// Who, by name.
    pub who: Vec<Key<Contact>>,
    /// How strong they are likely to be together, hit points.
    pub strength: i64,
    /// Whether a leg of the march ends there; else it would only pass.
    pub goal: bool,
}

/// Each place into which a force will march by a queue, in order, that has hostile forces in it as far as known: whoever
/// comes in is stopped there and fights.
pub fn perils(view: &SeatView, graph: &Graph, force: &OwnForce, queue: &[Leg]) -> Vec<Peril> {
    let mut from = force.place.sector().clone();
    let mut found: Vec<Peril> = Vec::new();
    for leg in queue {
        let way = graph.shortest(&from, &leg.to).unwrap_or_default();
        for sector in way.into_iter().skip(1) {
            let goal = sector == leg.to;
            if let Some(known) = found.iter_mut().find(|p| p.at == sector) {
                known.goal |= goal;
                continue;
            }
            found.extend(peril(view, sector, goal));
        }
        from = leg.to.clone();
    }
    found
}

fn peril(view: &SeatView, at: Key<Sector>, goal: bool) -> Option<Peril> {
    let hostile = view.contacts_at(&at);
    let hostile = hostile.filter(|(_, contact)| view.hostile.contains(&contact.side));
    let (who, strength): (Vec<_>, Vec<_>) = hostile
        .map(|(key, contact)| (key.clone(), contact.strength.1))
        .unzip();
    (!who.is_empty()).then(|| Peril {
        at,
        who,
        strength: strength.into_iter().sum(),
        goal,
    })
}

/// Hostile contacts within so many chart units of a place on the way of a queue that are farther from where the force is
/// now: what their guns may reach there they cannot reach here.
pub fn in_reach_of(
    view: &SeatView,
    graph: &Graph,
    force: &OwnForce,
    queue: &[Leg],
    reach: i32,
) -> Vec<Key<Contact>> {
    let mut way = vec![force.place.sector().clone()];
    for leg in queue {
        let from = way.last().unwrap_or(&leg.to).clone();
        let on = graph.shortest(&from, &leg.to).unwrap_or_default();
        way.extend(on.into_iter().skip(1));
    }
    let is_near = |from: &Key<Sector>, contact: &Contact| {
        range(&view.map, from, contact.place.sector()) <= reach
    };
    let comes_near = |contact: &Contact| {
        view.hostile.contains(&contact.side)
            && !is_near(&way[0], contact)
            && way[1..].iter().any(|from| is_near(from, contact))
    };
    let contacts = view.contacts.iter();
    let near = contacts.filter(|(_, contact)| comes_near(contact));
    near.map(|(key, _)| key.clone()).collect()
}

/// The stops of a march to a place that passes none where hostile forces are known; none if there is no such way, or if
/// the shortest passes none.
pub fn way_round(
    view: &SeatView,
    graph: &Graph,
    force: &OwnForce,
    to: &Key<Sector>,
) -> Option<Vec<Key<Sector>>> {
    let from = force.place.sector();
    let hostile = view.contacts.values();
    let hostile = hostile.filter(|c| view.hostile.contains(&c.side));
    let barred: BTreeSet<&Key<Sector>> = hostile.map(|c| c.place.sector()).collect();
    let is_barred = |sector: &Key<Sector>| sector != to && barred.contains(sector);
    let shortest = graph.shortest(from, to)?;
    if !shortest.iter().skip(1).any(is_barred) {
        return None;
    }
    let free = |edge: &Edge| (!is_barred(&edge.to)).then_some(edge.length);
    let way = graph.path(from, to, |_, edge| free(edge))?;
    // Only the stops that the shortest way would not take by itself.
    let mut stops = Vec::new();
    let mut here = 0;
    while here + 1 < way.len() {
        let straight = |end: &usize| {
            let part = graph.shortest(&way[here], &way[*end]);
            part.is_some_and(|part| part[..] == way[here..=*end])
        };
        here = (here + 1..way.len())
            .rev()
            .find(straight)
            .unwrap_or(here + 1);
        stops.push(way[here].clone());
    }
    Some(stops)
}
