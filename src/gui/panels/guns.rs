//! Fire: what reaches whom, at what chance and why.

use bevy_egui::egui::{self, RichText, Ui};

use super::orders::Desk;
use crate::{
    content::{Force, Key, Sector, Trigger, Weapon},
    gui::{Table, UiAction, command::rows::loads, theme, words::say},
    sim::{
        fire,
        map::range,
        order::{Action, Target},
        stats::Bearer,
        view::{Contact, OwnForce, SeatView},
    },
    war::tell,
};

/// Chance of one salvo as far as the seat knows, permille, and the sum that makes it.
pub fn chance(
    view: &SeatView,
    force: &OwnForce,
    weapon: &Key<Weapon>,
    seen: &Contact,
    distance: i32,
    overcharge: bool,
) -> (i64, String) {
    let rules = &view.rules;
    let Some(weapon) = rules.weapons.get(weapon) else {
        return (0, String::new());
    };
    let terrain = |sector: &Key<Sector>| view.map.sectors.get(sector).map(|s| &s.terrain);
    let firer = Bearer::own(rules, force, terrain(force.place.sector()), None);
    let target = Bearer::stranger(rules, seen.stance.as_ref(), terrain(seen.place.sector()));
    let shot = fire::salvo::Shot {
        weapon,
        distance,
        confidence: seen.confidence,
        overcharge,
        answer: false,
        lured: false,
    };
    let sum = fire::salvo::chance(rules, &shot, &firer, &target);
    let mut words = say!("chance-base", share = tell::share(sum.base));
    for part in &sum.parts {
        words.push_str(&format!("\n{}: {:+}%", part.name, part.permille / 10));
    }
    (sum.value(), words)
}

/// Hostile contacts by distance from a force.
pub fn nearest<'a>(
    view: &'a SeatView,
    force: &OwnForce,
) -> Vec<(&'a Key<Contact>, &'a Contact, i32)> {
    let here = force.place.sector();
    let mut near: Vec<_> = view
        .contacts
        .iter()
        .filter(|(_, c)| view.hostile.contains(&c.side))
        .map(|(key, contact)| (key, contact, range(&view.map, here, contact.place.sector())))
        .collect();
    near.sort_by_key(|(key, _, distance)| (*distance, (*key).clone()));
    near
}

/// What one own force can do against a contact: fire what reaches it, and follow it.
pub fn against(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Force>,
    force: &OwnForce,
    contact: &Key<Contact>,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    let Some(seen) = view.contacts.get(contact) else {
        return;
    };
    let distance = range(&view.map, force.place.sector(), seen.place.sector());
    let mut desk = Desk {
        table,
        key,
        actions,
    };
    ui.push_id(key.as_str(), |ui| {
        let words = say!("against-off", force = force.name.as_str(), units = distance);
        ui.add(egui::Label::new(RichText::new(words).size(theme::CAPTION)).truncate());
        ui.horizontal_wrapped(|ui| {
            for (weapon, definition) in &view.rules.weapons {
                let tubes = fire::tubes(&view.rules, &force.ships, weapon, false, view.turn);
                if definition.trigger != Trigger::Salvo || tubes == 0 {
                    continue;
                }
                let salvos = loads(view, force, weapon, false).max(1);
                let action = Action::Fire {
                    weapon: weapon.clone(),
                    at: Target::Contact(contact.clone()),
                    salvos,
                    overcharge: false,
                };
                let chance = chance(view, force, weapon, seen, distance, false).0;
                let words = say!(
                    "against-fire",
                    n = salvos,
                    weapon = definition.name.as_str(),
                    chance = tell::share(chance)
                );
                desk.give(ui, words, action);
            }
            let action = Action::Follow {
                contact: contact.clone(),
                distance: 1,
            };
            let whole = say!("against-follow-of", force = force.name.as_str());
            desk.give_for(ui, &say!("against-follow"), &whole, action);
        });
    });
}
