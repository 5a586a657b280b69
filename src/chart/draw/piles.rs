//! Who is to be shown as a counter: forces and contacts by place and side, each with what its counter says of it.

use std::collections::BTreeMap;

use super::Sheet;
use crate::{
    chart::scene::Tag,
    content::{Force, Key, Role, Side, Stance},
    sim::{
        state::{self, Place},
        view::{Confidence, OwnForce, SeatView, Squadron},
    },
};

/// One force as its counter shows it.
pub struct Counter {
    /// What it stands for.
    pub tag: Tag,
    /// What it is called.
    pub name: String,
    /// Whose.
    pub side: Key<Side>,
    /// Whether its truth is known.
    pub solid: bool,
    /// Not under this seat's orders.
    pub shared: bool,
    /// How well it is known.
    pub certain: Confidence,
    /// Turns since it was seen.
    pub age: u32,
    /// What it is for, if that is known.
    pub role: Option<Role>,
    /// Hit points: at least, at most.
    pub strength: (i64, i64),
    /// Share of what it began with; none: not known.
    pub left: Option<f32>,
    /// Share of the supply it can carry; none: not known.
    pub supply: Option<f32>,
    /// Whether its supply is cut.
    pub cut: bool,
    /// How it meets the enemy, if that is known.
    pub stance: Option<Key<Stance>>,
    /// Whether somebody commands it.
    pub star: bool,
}

/// Stacks by place and side; own first.
pub fn gather(sheet: &Sheet) -> BTreeMap<Place, Vec<Vec<Counter>>> {
    let view = sheet.view;
    let seen = |place: &Place| sheet.place(place).is_some_and(|at| sheet.sees(at, 80.0));
    let mut places: BTreeMap<Place, BTreeMap<(bool, Key<Side>), Vec<Counter>>> = BTreeMap::new();
    for (key, force) in view.forces.iter().filter(|(_, f)| seen(&f.place)) {
        let counter = own(view, key, force);
        let pile = (false, counter.side.clone());
        places
            .entry(force.place.clone())
            .or_default()
            .entry(pile)
            .or_default()
            .push(counter);
    }
    for (key, contact) in view.contacts.iter().filter(|(_, c)| seen(&c.place)) {
        let counter = Counter {
            tag: Tag::Contact(key.clone()),
            name: key.to_string(),
            side: contact.side.clone(),
            solid: false,
            shared: false,
            certain: contact.confidence,
            age: contact.age,
            role: None,
            strength: (contact.strength.0, contact.strength.2),
            left: None,
            supply: None,
            cut: false,
            stance: contact.stance.clone(),
            star: false,
        };
        let pile = (true, counter.side.clone());
        places
            .entry(contact.place.clone())
            .or_default()
            .entry(pile)
            .or_default()
            .push(counter);
    }
    places
        .into_iter()
        .map(|(place, piles)| {
            let piles = piles
                .into_values()
                .map(|mut pile| {
                    pile.sort_by(|a, b| {
                        b.strength
                            .1
                            .cmp(&a.strength.1)
                            .then_with(|| a.tag.cmp(&b.tag))
                    });
                    pile
                })
                .collect();
            (place, piles)
        })
        .collect()
}

fn own(view: &SeatView, key: &Key<Force>, force: &OwnForce) -> Counter {
    let most = view.rules.constants.supply_days.saturating_mul(10).max(1);
    Counter {
        tag: Tag::Force(key.clone()),
        name: force.name.clone(),
        side: force.side.clone(),
        solid: true,
        shared: !force.mine && view.seat.as_str() != super::REFEREE,
        certain: Confidence::Fix,
        age: 0,
        role: main_role(view, &force.ships),
        strength: (force.strength, force.strength),
        left: Some((force.strength as f32 / force.full_strength.max(1) as f32).clamp(0.0, 1.0)),
        supply: Some((force.supply as f32 / most as f32).clamp(0.0, 1.0)),
        cut: force.line.cut.is_some(),
        stance: Some(force.stance.clone()),
        star: force.commander.is_some(),
    }
}

/// What most of its strength is for.
fn main_role(view: &SeatView, ships: &[Squadron]) -> Option<Role> {
    let mut roles: BTreeMap<Role, i64> = BTreeMap::new();
    for squadron in ships {
        if let Some(class) = view.rules.classes.get(&squadron.class) {
            *roles.entry(class.role).or_default() +=
                state::squadron_strength(&view.rules, squadron);
        }
    }
    // A few capitals make a battle fleet, whatever goes before them.
    if roles.get(&Role::Capital).is_some_and(|s| *s > 0) {
        return Some(Role::Capital);
    }
    roles
        .into_iter()
        .max_by_key(|(role, s)| (*s, std::cmp::Reverse(*role)))
        .map(|(role, _)| role)
}
