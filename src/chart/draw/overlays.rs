//! What may be laid over the map: reach and knowledge here, supply and objectives in files of their own. (Control is
//! the tint, drawn stronger.)

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Caption, Note, Rank, Sheet, cells::cells, control, goals, lanes, marches::light, room::Ways,
    supply, symbols,
};
use crate::{
    chart::{
        Overlay,
        scene::{Area, Colour, Pos, Stroke, Tag, Weight},
    },
    content::{Key, Sector, Side, Trigger, Weapon},
    sim::{
        state::Place,
        view::{Confidence, OwnForce, SeatView},
    },
};

/// So many forces or contacts are a crowd.
const CROWD: usize = 200;

/// Layers below the counters.
pub fn below(sheet: &mut Sheet) {
    match sheet.options.overlay {
        Overlay::Supply => supply::flows(sheet),
        Overlay::Objectives => goals::rings(sheet),
        Overlay::Reach => reach(sheet),
        Overlay::Knowledge => knowledge(sheet),
        Overlay::None | Overlay::Control => {
            if let Some(force) = chosen(sheet) {
                discs(sheet, force, &mut BTreeSet::new(), &mut BTreeSet::new());
            }
        }
    }
}

/// Signs and words above them.
pub fn above(sheet: &mut Sheet) {
    match sheet.options.overlay {
        Overlay::Supply => supply::shortages(sheet),
        Overlay::Reach => heard(sheet),
        Overlay::Objectives => goals::names(sheet),
        Overlay::Knowledge => certainty(sheet),
        Overlay::None | Overlay::Control => {}
    }
}

pub fn say(sheet: &mut Sheet, at: Pos, clear: f32, colour: Colour, text: String) {
    mention(sheet, Rank::Overlay, at, clear, colour, text);
}

pub fn mention(sheet: &mut Sheet, rank: Rank, at: Pos, clear: f32, colour: Colour, text: String) {
    let around = Area::around(at, 2.0 * clear * sheet.scale, 2.0 * clear * sheet.scale);
    let note = Note {
        rank,
        around,
        size: 13.0,
        weight: Weight::Regular,
        colour,
        text,
        tag: None,
    };
    sheet.notes.push(note);
}

/// Names a ring where it can be seen.
fn name_ring(sheet: &mut Sheet, centre: Pos, radius: f32, colour: Colour, text: String) {
    sheet.captions.push(Caption {
        centre,
        radius,
        colour,
        text,
    });
}

/// Ranges of own guns, or of the selected force's alone; and the most that known enemies may reach.
fn reach(sheet: &mut Sheet) {
    let view = sheet.view;
    if let Some(force) = chosen(sheet) {
        discs(sheet, force, &mut BTreeSet::new(), &mut BTreeSet::new());
    } else {
        let mut named = BTreeSet::new();
        let mut drawn = BTreeSet::new();
        for force in view.forces.values() {
            discs(sheet, force, &mut named, &mut drawn);
        }
    }
    let only = match &sheet.options.selected {
        Some(Tag::Contact(key)) => Some(key),
        _ => None,
    };
    let most = foreign_range(sheet);
    let mut drawn: BTreeSet<(&Key<Side>, (i32, i32))> = BTreeSet::new();
    let mut named: BTreeSet<&Key<Side>> = BTreeSet::new();
    for (key, contact) in &view.contacts {
        let known = contact.confidence <= Confidence::Plot || only == Some(key);
        let (Some(at), true) = (sheet.place(&contact.place), known && most > 0) else {
            continue;
        };
        let radius = most as f32 * sheet.camera.zoom;
        let near = neighbourhood(at, radius, view.contacts.len());
        if only.is_some_and(|k| k != key)
            || !sheet.sees(at, radius)
            || !drawn.insert((&contact.side, near))
        {
            continue;
        }
        let hue = sheet.hue(&contact.side);
        let rim = Stroke::new(hue.faint(0.8), 1.3 * sheet.scale)
            .dashed(6.0 * sheet.scale, 4.0 * sheet.scale);
        sheet.circle(at, radius, hue.faint(0.035), Some(rim));
        if named.insert(&contact.side) {
            name_ring(
                sheet,
                at,
                radius,
                hue,
                format!("their guns: {most} at most"),
            );
        }
    }
}

/// The selected force, if its truth is known.
fn chosen<'a>(sheet: &Sheet<'a>) -> Option<&'a OwnForce> {
    match &sheet.options.selected {
        Some(Tag::Force(key)) => sheet.view.forces.get(key),
        _ => None,
    }
}

/// Guns of a force that can still fire.
fn guns<'a>(view: &'a SeatView, force: &OwnForce) -> BTreeSet<&'a Key<Weapon>> {
    let fit = force.ships.iter().filter(|s| s.fit > 0);
    fit.filter_map(|s| view.rules.classes.get(&s.class))
        .flat_map(|class| class.weapons.iter().filter(|(_, mounts)| **mounts > 0))
        .map(|(weapon, _)| weapon)
        .collect()
}

/// Known enemies that would hear the selected force fire, or any own force: firing gives the firer away to hostile
/// forces within what the gun reveals, to nobody else.
fn heard(sheet: &mut Sheet) {
    let view = sheet.view;
    let firing: Vec<&OwnForce> = match chosen(sheet) {
        Some(force) => vec![force],
        None => view.forces.values().filter(|f| f.mine).collect(),
    };
    let spot = |key: &Key<Sector>| {
        let sector = view.map.sectors.get(key)?;
        Some((sector.at.0 as f32, sector.at.1 as f32))
    };
    let mut muzzles: Vec<((f32, f32), f32)> = firing
        .iter()
        .filter_map(|force| {
            let reveals = guns(view, force)
                .into_iter()
                .filter_map(|gun| view.rules.weapons.get(gun))
                .filter(|gun| gun.trigger == Trigger::Salvo)
                .filter(|gun| loaded(gun, force))
                .map(|gun| gun.reveals)
                .max()
                .filter(|reveals| *reveals > 0)?;
            Some((spot(force.place.sector())?, reveals as f32))
        })
        .collect();
    // Many fire from one place.
    muzzles.sort_by(|a, b| {
        let order = a.0.0.total_cmp(&b.0.0).then(a.0.1.total_cmp(&b.0.1));
        order.then(a.1.total_cmp(&b.1))
    });
    muzzles.dedup();
    let mut ears: BTreeMap<&Key<Sector>, usize> = BTreeMap::new();
    for contact in view.contacts.values() {
        let hostile = sheet.referee() || view.hostile.contains(&contact.side);
        let Some(at) = spot(contact.place.sector()).filter(|_| hostile) else {
            continue;
        };
        if muzzles
            .iter()
            .any(|(from, reach)| (from.0 - at.0).hypot(from.1 - at.1) <= *reach)
        {
            *ears.entry(contact.place.sector()).or_default() += 1;
        }
    }
    let colour = sheet.palette.attention;
    for (sector, count) in ears {
        let Some(at) = sheet.at.get(sector).copied() else {
            continue;
        };
        symbols::ears(sheet, at, 15.0 * sheet.scale, colour);
        let words = match count {
            1 => "hears the shot".to_owned(),
            n => format!("{n} hear the shot"),
        };
        mention(sheet, Rank::Force, at, 20.0, colour, words);
    }
}

/// Whether a force has what the gun fires.
fn loaded(weapon: &Weapon, force: &OwnForce) -> bool {
    weapon
        .stock
        .as_ref()
        .is_none_or(|s| force.stocks.get(s).is_some_and(|left| *left > 0))
}

/// A disc and a ring for each gun of a force that can still fire.
fn discs<'a>(
    sheet: &mut Sheet<'a>,
    force: &OwnForce,
    named: &mut BTreeSet<&'a Key<Weapon>>,
    drawn: &mut BTreeSet<(i32, bool, (i32, i32))>,
) {
    let view = sheet.view;
    let Some(at) = sheet.place(&force.place) else {
        return;
    };
    let weapons = guns(view, force);
    for key in weapons {
        let Some(weapon) = view.rules.weapons.get(key).filter(|w| w.range > 0) else {
            continue;
        };
        let loaded = loaded(weapon, force);
        let colour = light(sheet, key);
        let radius = weapon.range as f32 * sheet.camera.zoom;
        let near = neighbourhood(at, radius, view.forces.len());
        if !drawn.insert((weapon.range, loaded, near)) {
            continue;
        }
        let mut rim = Stroke::new(colour.faint(0.75), 1.3 * sheet.scale);
        if !loaded {
            rim = Stroke::new(colour.faint(0.3), 1.0 * sheet.scale)
                .dashed(2.0 * sheet.scale, 5.0 * sheet.scale);
        }
        sheet.circle(at, radius, colour.faint(0.022), Some(rim));
        if named.insert(key) {
            name_ring(sheet, at, radius, colour, reach_words(weapon));
        }
    }
}

/// Circles of one neighbourhood cover nearly the same: one of them is drawn. Where there are few to draw, a neighbourhood
/// is a point.
fn neighbourhood(at: Pos, radius: f32, count: usize) -> (i32, i32) {
    let step = if count > CROWD { radius * 0.7 } else { 0.25 };
    let step = step.max(0.25);
    ((at.x / step).floor() as i32, (at.y / step).floor() as i32)
}

/// What a ring says: how far the gun reaches, and how far its shot is heard.
fn reach_words(weapon: &Weapon) -> String {
    match (weapon.trigger, weapon.reveals) {
        (Trigger::Salvo, reveals) if reveals > 0 => {
            format!("{} {}\nheard to {reveals}", weapon.name, weapon.range)
        }
        _ => format!("{} {}", weapon.name, weapon.range),
    }
}

/// The longest range of any gun that no own force carries: what a foreign force may have.
fn foreign_range(sheet: &Sheet) -> i32 {
    let view = sheet.view;
    let own: BTreeSet<_> = view
        .forces
        .values()
        .flat_map(|f| f.ships.iter().map(|s| &s.class))
        .collect();
    let carried = |ours: bool| {
        view.rules
            .classes
            .iter()
            .filter(move |(key, _)| own.contains(key) == ours)
            .flat_map(|(_, class)| class.weapons.keys())
            .collect::<BTreeSet<_>>()
    };
    let mut foreign = carried.clone()(false);
    if foreign.is_empty() {
        foreign = carried(true);
    }
    foreign
        .iter()
        .filter_map(|w| view.rules.weapons.get(*w))
        .map(|w| w.range)
        .max()
        .unwrap_or(0)
}

/// The light is on what is in sight; the longer a place was not seen, the darker it lies.
fn knowledge(sheet: &mut Sheet) {
    let view = sheet.view;
    let reach = (sheet.stride * sheet.camera.zoom * 0.6).min(4000.0);
    let cells = cells(sheet, reach);
    let (light, dark) = (sheet.palette.text, Colour::new(0, 0, 0));
    control::soft(sheet, &cells, reach, |_, cell| {
        Some(match view.sectors.get(cell.key) {
            Some(s) if s.seen => light.faint(0.13),
            Some(s) if s.age == 0 => light.faint(0.04),
            Some(s) => dark.faint(0.16 + 0.07 * s.age.min(6) as f32),
            None => dark.faint(0.62),
        })
    });
}

/// How old the sight of each place is, and how well each contact is known.
fn certainty(sheet: &mut Sheet) {
    let view = sheet.view;
    let dim = sheet.palette.dim;
    for key in view.map.sectors.keys() {
        let Some(at) = sheet.at.get(key).copied().filter(|at| sheet.sees(*at, 0.0)) else {
            continue;
        };
        match view.sectors.get(key) {
            Some(s) if s.seen || s.age == 0 => {}
            Some(s) => mention(sheet, Rank::Force, at, 7.0, dim, turns_ago(s.age)),
            None => mention(sheet, Rank::Force, at, 7.0, dim, "never seen".to_owned()),
        }
    }
    let mut told: BTreeSet<(&Place, &Key<Side>, String)> = BTreeSet::new();
    for contact in view.contacts.values() {
        let how = match contact.confidence {
            Confidence::Fix => "fix",
            Confidence::Track => "track",
            Confidence::Plot => "plot",
            Confidence::Rumour => "rumour",
        };
        let words = if contact.age > 0 {
            format!("{how}, {}", turns_ago(contact.age))
        } else {
            how.to_owned()
        };
        told.insert((&contact.place, &contact.side, words));
    }
    for (place, side, words) in told {
        if let Some(at) = sheet.place(place) {
            let colour = sheet.hue(side);
            say(sheet, at, 24.0, colour, words);
        }
    }
}

fn turns_ago(age: u32) -> String {
    if age == 1 {
        "1 turn ago".to_owned()
    } else {
        format!("{age} turns ago")
    }
}

/// Sides that hold ground on the chart, for the legend.
pub fn holders(sheet: &Sheet) -> BTreeMap<Key<Side>, usize> {
    let mut counts: BTreeMap<Key<Side>, usize> = BTreeMap::new();
    for key in sheet.view.map.sectors.keys() {
        if let Some(side) = control::owner(sheet, key) {
            *counts.entry(side.clone()).or_default() += 1;
        }
    }
    counts
}

/// Ways as pieces of line, for labels to keep off.
pub fn ways(sheet: &Sheet) -> Ways {
    let ends = |lane: &crate::content::Lane| {
        Some((*sheet.at.get(&lane.ends.0)?, *sheet.at.get(&lane.ends.1)?))
    };
    sheet
        .view
        .map
        .lanes
        .values()
        .filter_map(ends)
        .filter(|(a, b)| lanes::crosses(sheet, *a, *b))
        .collect()
}
