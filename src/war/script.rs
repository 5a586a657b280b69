//! Orders of trials and of recorded courses: words that name forces by their ids, whoever gives them.

use std::collections::BTreeMap;

use crate::{
    content::{Key, Scenario, Seat, ron::At},
    sim::{
        Sim,
        order::{self, Order, WordsError},
    },
};

/// The seat that orders a force or a detachment of it, or that speaks for itself.
pub(super) fn seat_of<'s>(scenario: &'s Scenario, force: &str) -> Option<&'s Key<Seat>> {
    let parent = |id: &str| scenario.forces.get(id);
    let found = parent(force).or_else(|| parent(force.split('.').next()?));
    let orders = found
        .and_then(|force| scenario.factions.get(&force.faction))
        .map(|faction| &faction.seat);
    let speaks = || scenario.seats.get_key_value(force).map(|(seat, _)| seat);
    orders.or_else(speaks)
}

/// The order in the canonical form of its words.
pub(super) fn canonical(words: &str) -> String {
    order::parse(words).map_or_else(|_| words.trim().to_owned(), |order| order.to_string())
}

/// An order with the seat that gives it and its words, which name foreign forces by their ids.
pub(super) struct Given {
    pub(super) seat: Key<Seat>,
    pub(super) words: String,
    pub(super) order: Order,
}

/// Orders as they can be given on this turn: foreign forces by the names that the seat has for them.
pub(super) fn given(sim: &Sim, words: &[&At<String>]) -> Vec<Given> {
    let texts = words.iter().filter_map(|at| at.get());
    texts
        .filter_map(|text| one(sim, text).ok().flatten())
        .collect()
}

fn one(sim: &Sim, text: &str) -> Result<Option<Given>, WordsError> {
    let scenario = &sim.field().scenario;
    let who = text.split_whitespace().next().unwrap_or_default();
    let Some(seat) = seat_of(scenario, who) else {
        return Ok(None);
    };
    let word = |word: &str| match seat_of(scenario, word) {
        Some(other) if other != seat => sim
            .contact_of(seat, &Key::new(word))
            .map_or_else(|| word.to_owned(), |contact| contact.to_string()),
        _ => word.to_owned(),
    };
    let known: Vec<String> = text.split_whitespace().map(word).collect();
    let order = order::parse(&known.join(" "))?;
    Ok(Some(Given {
        seat: seat.clone(),
        words: canonical(text),
        order,
    }))
}

/// The orders by seat, in the order given.
pub(super) fn by_seat(given: &[Given]) -> BTreeMap<Key<Seat>, Vec<Order>> {
    let mut seats: BTreeMap<Key<Seat>, Vec<Order>> = BTreeMap::new();
    for one in given {
        let orders = seats.entry(one.seat.clone()).or_default();
        orders.push(one.order.clone());
    }
    seats
}
