//! Fire: what reaches whom, at what chance and why.

use std::cmp::Reverse;

use bevy_egui::egui::{self, RichText, Ui};

use super::{long, orders::Desk};
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

/// A shot that a force can be ordered at a contact: with what, how many salvos, at what chance of one, permille.
pub struct Shot<'a> {
    /// With what.
    pub weapon: &'a Key<Weapon>,
    /// What that is called.
    pub name: &'a str,
    /// How many at most.
    pub salvos: i32,
    /// Chance of one, permille.
    pub chance: i64,
}

/// An own force that can do something against a contact.
pub struct Able<'a> {
    /// Which.
    pub key: &'a Key<Force>,
    /// The force.
    pub force: &'a OwnForce,
    /// How far it is off, chart units.
    pub distance: i32,
    /// What it can fire; nothing if it has it not in reach.
    pub shots: Vec<Shot<'a>>,
}

/// What own forces can do against a contact: those with loaded guns that reach it, the surest first, then the one that
/// is selected; how many others there are is told.
pub fn against(
    ui: &mut Ui,
    table: &Table,
    contact: &Key<Contact>,
    seen: &Contact,
    actions: &mut Vec<UiAction>,
) {
    let able = able(table, seen);
    long::show(ui, "against", able.len(), |ui, number| {
        one(ui, table, &able[number], contact, actions);
    });
    let rest = table.digest.own().0.saturating_sub(able.len());
    if able.is_empty() {
        theme::note(ui, say!("against-none"));
    } else if rest > 0 {
        theme::note(ui, say!("against-more", n = rest));
    }
}

/// Those who can do something against a contact: who has it in reach, the surest first, then the one that is selected.
pub fn able<'a>(table: &'a Table, seen: &Contact) -> Vec<Able<'a>> {
    let view = table.view;
    let mut able: Vec<Able> = table
        .digest
        .near(seen.place.sector())
        .map(|(key, force, distance)| Able {
            key,
            force,
            distance,
            shots: shots(view, force, seen, distance),
        })
        .filter(|able| !able.shots.is_empty())
        .collect();
    let best = |able: &Able| able.shots.iter().map(|s| s.chance).max();
    able.sort_by_key(|a| (Reverse(best(a)), a.distance, a.key.clone()));
    if let Some((key, force)) = table.acting().filter(|(_, force)| force.speed > 0)
        && able.iter().all(|a| a.key != key)
    {
        able.push(Able {
            key,
            force,
            distance: range(&view.map, force.place.sector(), seen.place.sector()),
            shots: Vec::new(),
        });
    }
    able
}

/// The shots that a force can be ordered at a contact so far away.
fn shots<'a>(view: &'a SeatView, force: &OwnForce, seen: &Contact, distance: i32) -> Vec<Shot<'a>> {
    let reaches = view
        .rules
        .weapons
        .iter()
        .filter(|(_, known)| known.trigger == Trigger::Salvo && distance <= known.range);
    let shot = |(weapon, known): (&'a Key<Weapon>, &'a crate::content::Weapon)| {
        let salvos = loads(view, force, weapon, false);
        let chance = chance(view, force, weapon, seen, distance, false).0;
        let name = known.name.as_str();
        (salvos > 0 && chance > 0).then_some(Shot {
            weapon,
            name,
            salvos,
            chance,
        })
    };
    reaches.filter_map(shot).collect()
}

/// What one of them can do: fire what reaches it, and follow it.
fn one(
    ui: &mut Ui,
    table: &Table,
    able: &Able,
    contact: &Key<Contact>,
    actions: &mut Vec<UiAction>,
) {
    let mut desk = Desk {
        table,
        key: able.key,
        actions,
    };
    ui.push_id(able.key.as_str(), |ui| {
        let words = say!(
            "against-off",
            force = able.force.name.as_str(),
            units = able.distance
        );
        ui.add(egui::Label::new(RichText::new(words).size(theme::CAPTION)).truncate());
        ui.horizontal_wrapped(|ui| {
            for shot in &able.shots {
                let action = Action::Fire {
                    weapon: shot.weapon.clone(),
                    at: Target::Contact(contact.clone()),
                    salvos: shot.salvos,
                    overcharge: false,
                };
                let words = say!(
                    "against-fire",
                    n = shot.salvos,
                    weapon = shot.name,
                    chance = tell::share(shot.chance)
                );
                desk.give(ui, words, action);
            }
            if able.force.speed > 0 {
                let action = Action::Follow {
                    contact: contact.clone(),
                    distance: 1,
                };
                let whole = say!("against-follow-of", force = able.force.name.as_str());
                desk.give_for(ui, &say!("against-follow"), &whole, action);
            }
        });
    });
}
