//! What is laid over the map, explained: what is to be seen, and the facts behind it.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{forecast, score, sums, supply};
use crate::{
    chart::{Overlay, Tag},
    content::{Key, Sector, Side, Trigger, Weapon},
    gui::{
        Table, UiAction,
        table::sentence,
        theme,
        words::{self, say},
    },
    sim::{fire, map::Graph, map::range, view::SeatView},
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
            let short = supply::short(view);
            let cut = short.iter().filter(|(_, f)| f.line.cut.is_some()).count();
            say!("overlay-brief-supply", cut = cut, short = short.len() - cut)
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
    let guns = |force: &crate::sim::view::OwnForce| -> Vec<Key<Weapon>> {
        let carried = view.rules.weapons.keys();
        carried
            .filter(|w| fire::mounts(&view.rules, &force.ships, w) > 0)
            .cloned()
            .collect()
    };
    theme::heading(ui, &say!("overlay-guns"));
    for (key, weapon) in &view.rules.weapons {
        let carriers = view.forces.values().filter(|f| f.mine);
        if !carriers.clone().any(|f| guns(f).contains(key)) {
            continue;
        }
        let value = say!("overlay-units", n = weapon.range);
        theme::figure(ui, &weapon.name, value);
        let gives = match weapon.trigger {
            Trigger::Salvo if weapon.reveals > 0 => {
                say!("overlay-reveals", within = weapon.reveals)
            }
            Trigger::Salvo => say!("overlay-reveals-nothing"),
            Trigger::Answer => say!("overlay-answers"),
            Trigger::Bombard => say!("overlay-bombards"),
        };
        theme::note(ui, gives);
    }
    theme::heading(ui, &say!("overlay-in-reach"));
    let mut any = false;
    for (key, force) in view.forces.iter().filter(|(_, f)| f.mine) {
        let longest = guns(force)
            .iter()
            .filter_map(|w| view.rules.weapons.get(w))
            .filter(|w| w.trigger == Trigger::Salvo)
            .map(|w| w.range)
            .max();
        let Some(longest) = longest else { continue };
        let here = force.place.sector();
        let reached = view
            .contacts
            .values()
            .filter(|c| view.hostile.contains(&c.side))
            .filter(|c| range(&view.map, here, c.place.sector()) <= longest)
            .count();
        any = true;
        let value = RichText::new(say!("overlay-reaches", n = reached));
        if sums::entry(ui, RichText::new(&force.name), value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Force(key.clone()))));
        }
    }
    if !any {
        theme::note(ui, say!("overlay-no-guns"));
    }
    let most = foreign_range(view);
    theme::heading(ui, &say!("overlay-theirs"));
    if most > 0 {
        theme::note(ui, say!("overlay-theirs-most", n = most));
    }
    for (key, contact) in &view.contacts {
        if !view.hostile.contains(&contact.side) {
            continue;
        }
        let at = contact.place.sector();
        let own = view.forces.values().filter(|f| f.mine);
        let under = own
            .filter(|f| range(&view.map, f.place.sector(), at) <= most)
            .count();
        if under == 0 {
            continue;
        }
        let value = RichText::new(say!("overlay-under", n = under)).color(theme::attention());
        let name = RichText::new(tell::force(view, key.as_str()));
        if sums::entry(ui, name, value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Contact(key.clone()))));
        }
    }
}

/// The longest range of any gun that no own force carries: what a foreign force may have.
fn foreign_range(view: &SeatView) -> i32 {
    let is_own = |class: &Key<crate::content::Class>| {
        let mut forces = view.forces.values();
        forces.any(|f| f.ships.iter().any(|s| s.class == *class))
    };
    let longest = |own: bool| {
        let classes = view.rules.classes.iter();
        classes
            .filter(|(key, _)| is_own(key) == own)
            .flat_map(|(_, class)| class.weapons.keys())
            .filter_map(|w| view.rules.weapons.get(w))
            .map(|w| w.range)
            .max()
    };
    longest(false).or_else(|| longest(true)).unwrap_or(0)
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
    let mut contacts: Vec<_> = view.contacts.iter().collect();
    contacts.sort_by_key(|(key, c)| (std::cmp::Reverse(c.age), c.confidence, *key));
    theme::heading(ui, &say!("overlay-contacts", n = contacts.len()));
    for (key, contact) in contacts {
        let name = RichText::new(tell::force(view, key.as_str()))
            .color(theme::side(table.rank(&contact.side)));
        let value = RichText::new(known(contact)).color(theme::dim());
        if sums::entry(ui, name, value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Contact(key.clone()))));
        }
    }
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
    let graph = Graph::new(&view.map);
    let own = view
        .map
        .sectors
        .keys()
        .filter(|k| owner(k) == Some(&view.side));
    let mut any = false;
    for key in own {
        let beyond = graph
            .from(key)
            .iter()
            .find_map(|e| owner(&e.to).filter(|o| view.hostile.contains(*o)));
        if let Some(side) = beyond {
            any = true;
            let value = RichText::new(tell::side(view, Some(side.as_str())))
                .color(theme::side(table.rank(side)));
            place(ui, view, key, value, actions);
        }
    }
    if !any {
        theme::note(ui, say!("overlay-no-front"));
    }
}
