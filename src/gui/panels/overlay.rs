//! What is laid over the map, explained: what is to be seen, and the facts behind it.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{forecast, long, score, sums, supply};
use crate::{
    chart::{Overlay, Tag},
    content::{Key, Sector, Side, Trigger},
    gui::{
        Table, UiAction,
        digest::{Reach, Wanting},
        table::sentence,
        theme,
        words::{self, say},
    },
    sim::view::SeatView,
    war::tell,
};

/// How many of a long list are shown.
const MOST: usize = 24;

/// The page of the overlay.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ScrollArea::vertical()
        .id_salt("overlay")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            let name = table.overlay.name();
            ui.label(RichText::new(words::of("overlay-title", name)).heading());
            theme::note(ui, words::of("overlay-about", name));
            match table.overlay {
                Overlay::Supply => supply::list(ui, table, &mut actions),
                Overlay::Reach => reach(ui, table, &mut actions),
                Overlay::Knowledge => knowledge(ui, table, &mut actions),
                Overlay::Control => control(ui, table, &mut actions),
                Overlay::None => {}
                #[allow(
                    unreachable_patterns,
                    reason = "what else may be laid over the map is about what is asked"
                )]
                _ => score::objectives(ui, table, &mut actions),
            }
        });
    actions
}

/// In a few words what the overlay shows now, for the row of pages.
pub fn brief(table: &Table) -> String {
    let view = table.view;
    let name = words::of("overlay-title", table.overlay.name());
    let count = match table.overlay {
        Overlay::Supply => {
            let Wanting { cut, short } = table.digest.wanting();
            say!("overlay-brief-supply", cut = cut, short = short)
        }
        Overlay::Knowledge => {
            let blind = blind(view).len();
            say!(
                "overlay-brief-knowledge",
                n = view.contacts.len(),
                blind = blind
            )
        }
        _ => return say!("overlay-brief", name = name),
    };
    format!("{name}: {count}")
}

/// Own guns and whom they reach; what the enemy's may reach; what firing gives away.
fn reach(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let Reach {
        guns,
        own,
        foreign,
        theirs,
    } = table.digest.reach();
    theme::heading(ui, &say!("overlay-guns"));
    for weapon in guns.iter().filter_map(|gun| view.rules.weapons.get(gun)) {
        let value = say!("overlay-units", n = weapon.range);
        theme::figure(ui, &weapon.name, value);
        let gives = match weapon.trigger {
            Trigger::Salvo if weapon.reveals > 0 => {
                say!("overlay-reveals", within = weapon.reveals)
            }
            Trigger::Salvo => say!("overlay-reveals-nothing"),
            Trigger::Answer => say!("overlay-answers"),
            Trigger::Bombard => say!("overlay-bombards"),
            Trigger::Orbit => say!("overlay-orbit"),
        };
        theme::note(ui, gives);
    }
    theme::heading(ui, &say!("overlay-in-reach"));
    long::show(ui, "in reach", own.len(), |ui, number| {
        let (key, reached) = &own[number];
        let name = view.forces.get(key).map_or("", |f| &f.name);
        let value = RichText::new(say!("overlay-reaches", n = *reached));
        if sums::entry(ui, RichText::new(name), value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Force(key.clone()))));
        }
    });
    if own.is_empty() {
        theme::note(ui, say!("overlay-no-guns"));
    }
    theme::heading(ui, &say!("overlay-theirs"));
    if *foreign > 0 {
        theme::note(ui, say!("overlay-theirs-most", n = *foreign));
    }
    long::show(ui, "their reach", theirs.len(), |ui, number| {
        let (key, under) = &theirs[number];
        let value = RichText::new(say!("overlay-under", n = *under)).color(theme::attention());
        let name = RichText::new(tell::force(view, key.as_str()));
        if sums::entry(ui, name, value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Contact(key.clone()))));
        }
    });
}

/// Places of which the seat sees nothing now, longest unseen first.
fn blind(view: &SeatView) -> Vec<(&Key<Sector>, Option<u32>)> {
    let mut blind: Vec<_> = view
        .map
        .sectors
        .keys()
        .filter_map(|key| match view.sectors.get(key) {
            Some(seen) if seen.seen || seen.age == 0 => None,
            Some(seen) => Some((key, Some(seen.age))),
            None => Some((key, None)),
        })
        .collect();
    blind.sort_by_key(|(key, age)| (std::cmp::Reverse(age.unwrap_or(u32::MAX)), *key));
    blind
}

fn knowledge(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let contacts = table.digest.by_age();
    theme::heading(ui, &say!("overlay-contacts", n = contacts.len()));
    long::show(ui, "contacts", contacts.len(), |ui, number| {
        let Some((key, contact)) = view.contacts.get_key_value(&contacts[number]) else {
            return;
        };
        let name = RichText::new(tell::force(view, key.as_str()))
            .color(theme::side(table.rank(&contact.side)));
        let value = RichText::new(known(contact)).color(theme::dim());
        if sums::entry(ui, name, value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Contact(key.clone()))));
        }
    });
    let blind = blind(view);
    theme::heading(ui, &say!("overlay-blind", n = blind.len()));
    for (key, age) in blind.iter().take(MOST) {
        let age = age.map_or_else(|| say!("overlay-never"), |n| say!("overlay-ago", n = n));
        place(
            ui,
            view,
            key,
            RichText::new(age).color(theme::dim()),
            actions,
        );
    }
    if blind.len() > MOST {
        theme::note(ui, say!("overlay-more", n = blind.len() - MOST));
    }
}

/// How well and how lately a contact is known.
pub fn known(contact: &crate::sim::view::Contact) -> String {
    say!(
        "overlay-known",
        how = forecast::confidence(contact.confidence),
        age = contact.age
    )
}

fn place(
    ui: &mut Ui,
    view: &SeatView,
    key: &Key<Sector>,
    value: RichText,
    actions: &mut Vec<UiAction>,
) {
    let name = RichText::new(tell::sector(view, key.as_str()));
    if sums::entry(ui, name, value).clicked() {
        actions.push(UiAction::Centre(key.clone()));
        actions.push(UiAction::Select(Some(Tag::Sector(key.clone()))));
    }
}

fn control(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let owner = |key: &Key<Sector>| view.sectors.get(key).and_then(|s| s.owner.as_ref());
    let mut held: BTreeMap<Option<&Key<Side>>, u32> = BTreeMap::new();
    for key in view.map.sectors.keys() {
        *held.entry(owner(key)).or_default() += 1;
    }
    theme::heading(ui, &say!("overlay-held"));
    for (side, n) in held {
        let name = tell::side(view, side.map(Key::as_str));
        let value = RichText::new(n.to_string());
        let value = match side {
            Some(side) => value.color(theme::side(table.rank(side))),
            None => value,
        };
        theme::figure(ui, &sentence(&name), value);
    }
    theme::heading(ui, &say!("overlay-front"));
    let graph = &table.command.graph;
    let own = view
        .map
        .sectors
        .keys()
        .filter(|k| owner(k) == Some(&view.side));
    let front: Vec<_> = own
        .filter_map(|key| {
            let mut ways = graph.from(key).iter();
            let beyond = ways.find_map(|e| owner(&e.to).filter(|o| view.hostile.contains(*o)))?;
            Some((key, beyond))
        })
        .collect();
    long::show(ui, "front", front.len(), |ui, number| {
        let (key, side) = front[number];
        let value = RichText::new(tell::side(view, Some(side.as_str())))
            .color(theme::side(table.rank(side)));
        place(ui, view, key, value, actions);
    });
    if front.is_empty() {
        theme::note(ui, say!("overlay-no-front"));
    }
}
