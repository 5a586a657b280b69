//! Fire: what reaches whom, at what chance and why, and the orders for it.

use bevy_egui::egui::{self, ComboBox, DragValue, RichText, Ui};

use super::orders::{Desk, Draft};
use crate::{
    content::{Force, Key, Sector, Trigger, Weapon},
    gui::{Table, UiAction, table::policy_name, theme},
    sim::{
        fire,
        map::range,
        order::{Action, Policy, Target},
        stats::Bearer,
        view::{Contact, OwnForce},
    },
    war::tell,
};

/// Salvos a weapon is set to at first, if it has so many.
const SALVOS: i32 = 4;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk, draft: &mut Draft) {
    let view = desk.table.view;
    theme::heading(ui, "Fire");
    ui.horizontal_wrapped(|ui| {
        let ordered = desk
            .table
            .orders_of(desk.key)
            .filter_map(|(_, o)| match &o.action {
                Action::Policy(policy) => Some(*policy),
                _ => None,
            });
        let now = ordered.last().unwrap_or(desk.force.policy);
        for policy in [
            Policy::Free,
            Policy::Conserve,
            Policy::Hold,
            Policy::Counterbattery,
        ] {
            desk.give(
                ui,
                policy_name(policy),
                now == policy,
                Action::Policy(policy),
            );
        }
    });
    let mut armed = false;
    for (weapon, definition) in &view.rules.weapons {
        let (salvos, overcharge) = draft.guns.entry(weapon.clone()).or_insert((SALVOS, false));
        let tubes = fire::tubes(
            &view.rules,
            &desk.force.ships,
            weapon,
            *overcharge,
            view.turn,
        );
        if definition.trigger != Trigger::Salvo || tubes == 0 {
            continue;
        }
        armed = true;
        let gold = definition
            .stock
            .as_ref()
            .and_then(|s| view.rules.stocks.get(s))
            .is_some_and(|s| s.reserve);
        ui.horizontal_wrapped(|ui| {
            let name = RichText::new(&definition.name).font(theme::medium(theme::CAPTION + 1.0));
            ui.label(if gold {
                name.color(theme::gold())
            } else {
                name
            });
            theme::note(ui, format!("to {}", definition.range))
                .on_hover_text("how far it reaches, straight across the chart");
            *salvos = (*salvos).clamp(1, tubes.max(1));
            ui.add(
                DragValue::new(salvos)
                    .range(1..=tubes)
                    .suffix(format!(" of {tubes}")),
            )
            .on_hover_text("salvos this turn");
            ui.checkbox(overcharge, "overcharge")
                .on_hover_text("all tubes at once, at worse aim");
        });
        let shots = Shots {
            weapon,
            salvos: *salvos,
            overcharge: *overcharge,
        };
        let near = nearest(desk);
        let (within, beyond): (Vec<_>, Vec<_>) = near
            .into_iter()
            .partition(|(_, _, d)| *d <= definition.range);
        for (contact, seen, distance) in &within {
            target(ui, desk, &shots, (contact, seen, *distance));
        }
        ui.horizontal_wrapped(|ui| {
            blind(ui, desk, &shots);
            if within.is_empty() {
                theme::note(ui, "nobody within reach");
            } else if !beyond.is_empty() {
                theme::note(ui, format!("{} more beyond reach", beyond.len()));
            }
        });
    }
    if !armed {
        theme::note(
            ui,
            "none of its ships carries a gun that reaches beyond its sector",
        );
    }
}

/// What is to be fired, at whomever.
struct Shots<'a> {
    weapon: &'a Key<Weapon>,
    salvos: i32,
    overcharge: bool,
}

impl Shots<'_> {
    fn at(&self, at: Target) -> Action {
        Action::Fire {
            weapon: self.weapon.clone(),
            at,
            salvos: self.salvos,
            overcharge: self.overcharge,
        }
    }
}

fn target(
    ui: &mut Ui,
    desk: &mut Desk,
    shots: &Shots,
    (contact, seen, distance): (&Key<Contact>, &Contact, i32),
) {
    let view = desk.table.view;
    let action = shots.at(Target::Contact(contact.clone()));
    ui.horizontal_wrapped(|ui| {
        ui.push_id(contact.as_str(), |ui| desk.give(ui, "Fire", false, action));
        let hue = theme::side(desk.table.rank(&seen.side));
        ui.label(RichText::new(contact.as_str()).color(hue))
            .on_hover_text(tell::force(view, contact.as_str()));
        let (permille, sum) = chance(desk, shots.weapon, seen, distance, shots.overcharge);
        let place = tell::sector(view, seen.place.sector().as_str());
        ui.label(format!("{place}, {}", tell::share(permille)))
            .on_hover_text(format!("{distance} off\n{sum}"));
    });
}

/// Fire at whoever is in a sector.
fn blind(ui: &mut Ui, desk: &mut Desk, shots: &Shots) {
    let view = desk.table.view;
    let here = desk.force.place.sector().clone();
    let mut places: Vec<(i32, &Key<Sector>)> = view
        .map
        .sectors
        .keys()
        .filter(|s| **s != here)
        .map(|s| (range(&view.map, &here, s), s))
        .collect();
    places.sort();
    ComboBox::from_id_salt(("blind", shots.weapon.as_str()))
        .selected_text("Fire blind at ...")
        .width(150.0)
        .show_ui(ui, |ui| {
            for (distance, sector) in places {
                let action = shots.at(Target::Sector(sector.clone()));
                let words = format!("{}, {distance} off", tell::sector(view, sector.as_str()));
                desk.give(ui, words, false, action);
            }
        });
}

/// Chance of one salvo as far as the seat knows, permille, and the sum that makes it.
fn chance(
    desk: &Desk,
    weapon: &Key<Weapon>,
    seen: &Contact,
    distance: i32,
    overcharge: bool,
) -> (i64, String) {
    let view = desk.table.view;
    let rules = &view.rules;
    let Some(weapon) = rules.weapons.get(weapon) else {
        return (0, String::new());
    };
    let terrain = |sector: &Key<Sector>| view.map.sectors.get(sector).map(|s| &s.terrain);
    let firer = Bearer::own(rules, desk.force, terrain(desk.force.place.sector()), None);
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
    let mut words = format!("{} for the distance", tell::share(sum.base));
    for part in &sum.parts {
        words.push_str(&format!("\n{}: {:+}%", part.name, part.permille / 10));
    }
    (sum.value(), words)
}

/// Hostile contacts by distance.
pub(super) fn nearest<'a>(desk: &Desk<'a, '_>) -> Vec<(&'a Key<Contact>, &'a Contact, i32)> {
    let view = desk.table.view;
    let here = desk.force.place.sector();
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
        force,
        actions,
    };
    ui.push_id(key.as_str(), |ui| {
        ui.add(
            egui::Label::new(
                RichText::new(format!("{}, {distance} off", force.name)).size(theme::CAPTION),
            )
            .truncate(),
        );
        ui.horizontal_wrapped(|ui| {
            for (weapon, definition) in &view.rules.weapons {
                let tubes = fire::tubes(&view.rules, &force.ships, weapon, false, view.turn);
                if definition.trigger != Trigger::Salvo || tubes == 0 {
                    continue;
                }
                let aboard = definition
                    .stock
                    .as_ref()
                    .map_or(tubes, |s| force.stocks.get(s).copied().unwrap_or(0));
                let salvos = tubes.min(aboard).max(1);
                let action = Action::Fire {
                    weapon: weapon.clone(),
                    at: Target::Contact(contact.clone()),
                    salvos,
                    overcharge: false,
                };
                let chance = chance(&desk, weapon, seen, distance, false).0;
                desk.give(
                    ui,
                    format!("{salvos} {} at {}", definition.name, tell::share(chance)),
                    false,
                    action,
                );
            }
            desk.give(
                ui,
                "Follow",
                false,
                Action::Follow {
                    contact: contact.clone(),
                    distance: 1,
                },
            );
        });
    });
}
