//! What may be laid over the map: supply, reach, knowledge. (Control is the tint, drawn stronger.)

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Rank, Sheet, cells::cells, control, lanes, marches::light, room::Ways, symbols};
use crate::{
    chart::{
        Overlay,
        scene::{Area, Colour, Pos, Stroke, Tag, Weight},
    },
    content::{Key, Sector, Side, Weapon},
    sim::view::{Confidence, OwnForce},
};

/// Layers below the counters.
pub fn below(sheet: &mut Sheet) {
    match sheet.options.overlay {
        Overlay::Supply => flows(sheet),
        Overlay::Reach => reach(sheet),
        Overlay::Knowledge => knowledge(sheet),
        Overlay::None | Overlay::Control => {
            let selected = match &sheet.options.selected {
                Some(Tag::Force(key)) => sheet.view.forces.get(key),
                _ => None,
            };
            if let Some(force) = selected {
                discs(sheet, force, &mut BTreeSet::new());
            }
        }
    }
}

/// Signs and words above them.
pub fn above(sheet: &mut Sheet) {
    match sheet.options.overlay {
        Overlay::Supply => shortages(sheet),
        Overlay::Knowledge => certainty(sheet),
        Overlay::None | Overlay::Reach | Overlay::Control => {}
    }
}

fn say(sheet: &mut Sheet, at: Pos, clear: f32, colour: Colour, text: String) {
    mention(sheet, Rank::Overlay, at, clear, colour, text);
}

fn mention(sheet: &mut Sheet, rank: Rank, at: Pos, clear: f32, colour: Colour, text: String) {
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

/// Names a ring where it can be seen, best at its top.
fn name_ring(sheet: &mut Sheet, centre: Pos, radius: f32, colour: Colour, text: String) {
    for degrees in [-90.0, 90.0, -45.0, -135.0, 45.0, 135.0, 0.0, 180.0_f32] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let at = centre.by(radius * cos, radius * sin);
        let edge = sheet.options.margin + 30.0 * sheet.scale;
        if sheet.field.grown(-edge).contains(at) {
            return say(sheet, at, 3.0, colour, text);
        }
    }
}

/// Tenths as people write them.
fn tenths(value: i32) -> String {
    format!("{}.{}", value / 10, (value % 10).abs())
}

/// What flows along one step of the lines.
#[derive(Default)]
struct Flow {
    delivered: i64,
    cut: bool,
}

/// Lines of supply: as wide as their load, with an arrow of flow; red and broken beyond a cut.
fn flows(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut steps: BTreeMap<(&Key<Sector>, &Key<Sector>), Flow> = BTreeMap::new();
    for force in view.forces.values() {
        let mut cut = false;
        for pair in force.line.path.windows(2) {
            cut |= force.line.cut.as_ref() == Some(&pair[0]);
            let flow = steps.entry((&pair[0], &pair[1])).or_default();
            flow.cut |= cut || force.line.cut.as_ref() == Some(&pair[1]);
            if !cut {
                flow.delivered += i64::from(force.line.delivered.max(0));
            }
        }
    }
    let most = steps
        .values()
        .map(|f| f.delivered)
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    let scale = sheet.scale;
    for ((from, to), flow) in steps {
        let (Some(a), Some(b)) = (sheet.at.get(from).copied(), sheet.at.get(to).copied()) else {
            continue;
        };
        let share = (flow.delivered as f32 / most).sqrt();
        let width = (2.0 + 8.0 * share) * scale;
        let hue = if flow.cut {
            sheet.palette.loss
        } else {
            sheet.hue(&view.side)
        };
        let mut stroke = Stroke::new(hue.faint(0.55), width);
        if flow.cut {
            stroke = Stroke::new(hue, 2.0 * scale).dashed(5.0 * scale, 4.0 * scale);
        }
        sheet.line(vec![a, b], stroke);
        let head = a.toward(b, 0.56);
        if a.distance(b) > 24.0 {
            symbols::arrow(
                sheet,
                a,
                head,
                8.0 * scale + width * 0.4,
                hue.toward(sheet.palette.text, 0.45),
            );
        }
    }
}

/// Weak places, cuts, and what each force goes short of.
fn shortages(sheet: &mut Sheet) {
    let view = sheet.view;
    let palette = sheet.palette;
    let mut cuts: BTreeSet<&Key<Sector>> = BTreeSet::new();
    let mut weak: BTreeMap<&Key<Sector>, i32> = BTreeMap::new();
    let mut lost: BTreeMap<&Key<Sector>, i64> = BTreeMap::new();
    for force in view.forces.values() {
        cuts.extend(&force.line.cut);
        if let Some((sector, permille)) = force.line.weak.as_ref().filter(|(_, p)| *p < 1000) {
            let least = weak.entry(sector).or_insert(1000);
            *least = (*least).min(*permille);
        }
        for (sector, amount) in &force.line.lost {
            *lost.entry(sector).or_default() += i64::from(*amount);
        }
        short(sheet, force);
    }
    for (sector, permille) in weak {
        if let Some(at) = sheet.at.get(sector).copied() {
            symbols::warning(
                sheet,
                at.by(-14.0 * sheet.scale, 0.0),
                6.0 * sheet.scale,
                palette.attention,
                palette.ground,
            );
            say(
                sheet,
                at,
                22.0,
                palette.attention,
                format!("passes {}%", permille / 10),
            );
        }
    }
    for (sector, amount) in lost {
        if let (Some(at), true) = (sheet.at.get(sector).copied(), amount > 0) {
            say(
                sheet,
                at,
                14.0,
                palette.loss,
                format!("\u{2212}{}.{} in convoys", amount / 10, amount % 10),
            );
        }
    }
    for sector in cuts {
        if let Some(at) = sheet.at.get(sector).copied() {
            symbols::cut(sheet, at, 8.0 * sheet.scale, palette.loss, palette.ground);
            say(sheet, at, 14.0, palette.loss, "cut".to_owned());
        }
    }
}

fn short(sheet: &mut Sheet, force: &OwnForce) {
    let Some(at) = sheet.place(&force.place) else {
        return;
    };
    let line = &force.line;
    if line.wanted <= line.delivered && line.source.is_some() {
        return;
    }
    let mut words = if line.source.is_none() {
        "no line".to_owned()
    } else {
        format!("{} of {}", tenths(line.delivered), tenths(line.wanted))
    };
    if let Some(turn) = line.empty_on {
        words.push_str(&format!(", empty on turn {turn}"));
    }
    let dire = line.source.is_none() || line.cut.is_some() || line.delivered * 2 < line.wanted;
    let colour = if dire {
        sheet.palette.loss
    } else {
        sheet.palette.attention
    };
    say(sheet, at, 26.0, colour, words);
}

/// Ranges of own guns, or of the selected force's alone; and the most that known enemies may reach.
fn reach(sheet: &mut Sheet) {
    let view = sheet.view;
    let selected = match &sheet.options.selected {
        Some(Tag::Force(key)) => view.forces.get(key),
        _ => None,
    };
    if let Some(force) = selected {
        discs(sheet, force, &mut BTreeSet::new());
    } else {
        let mut named = BTreeSet::new();
        for force in view.forces.values() {
            discs(sheet, force, &mut named);
        }
    }
    let only = match &sheet.options.selected {
        Some(Tag::Contact(key)) => Some(key),
        _ => None,
    };
    let most = foreign_range(sheet);
    let mut drawn: BTreeSet<(&Key<Side>, &Key<Sector>)> = BTreeSet::new();
    let mut named: BTreeSet<&Key<Side>> = BTreeSet::new();
    for (key, contact) in &view.contacts {
        let known = contact.confidence <= Confidence::Plot || only == Some(key);
        let (Some(at), true) = (sheet.place(&contact.place), known && most > 0) else {
            continue;
        };
        if only.is_some_and(|k| k != key) || !drawn.insert((&contact.side, contact.place.sector()))
        {
            continue;
        }
        let hue = sheet.hue(&contact.side);
        let radius = most as f32 * sheet.camera.zoom;
        let rim = Stroke::new(hue.faint(0.8), 1.3 * sheet.scale)
            .dashed(6.0 * sheet.scale, 4.0 * sheet.scale);
        sheet.circle(at, radius, hue.faint(0.035), Some(rim));
        if named.insert(&contact.side) {
            name_ring(sheet, at, radius, hue, format!("at most {most}"));
        }
    }
}

/// A disc and a ring for each gun of a force that can still fire.
fn discs<'a>(sheet: &mut Sheet<'a>, force: &OwnForce, named: &mut BTreeSet<&'a Key<Weapon>>) {
    let view = sheet.view;
    let Some(at) = sheet.place(&force.place) else {
        return;
    };
    let mut weapons: BTreeSet<&'a Key<Weapon>> = BTreeSet::new();
    for squadron in force.ships.iter().filter(|s| s.fit > 0) {
        if let Some(class) = view.rules.classes.get(&squadron.class) {
            weapons.extend(
                class
                    .weapons
                    .iter()
                    .filter(|(_, mounts)| **mounts > 0)
                    .map(|(w, _)| w),
            );
        }
    }
    let mut drawn: BTreeSet<(i32, bool)> = BTreeSet::new();
    for key in weapons {
        let Some(weapon) = view.rules.weapons.get(key).filter(|w| w.range > 0) else {
            continue;
        };
        let loaded = weapon
            .stock
            .as_ref()
            .is_none_or(|s| force.stocks.get(s).is_some_and(|left| *left > 0));
        if !drawn.insert((weapon.range, loaded)) {
            continue;
        }
        let colour = light(sheet, key);
        let radius = weapon.range as f32 * sheet.camera.zoom;
        let mut rim = Stroke::new(colour.faint(0.75), 1.3 * sheet.scale);
        if !loaded {
            rim = Stroke::new(colour.faint(0.3), 1.0 * sheet.scale)
                .dashed(2.0 * sheet.scale, 5.0 * sheet.scale);
        }
        sheet.circle(at, radius, colour.faint(0.022), Some(rim));
        if named.insert(key) {
            name_ring(
                sheet,
                at,
                radius,
                colour,
                format!("{} {}", weapon.name, weapon.range),
            );
        }
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
    for cell in cells(sheet, reach) {
        let known = view.sectors.get(cell.key);
        let fill = match known {
            Some(s) if s.seen => sheet.palette.text.faint(0.10),
            Some(s) if s.age == 0 => sheet.palette.text.faint(0.03),
            Some(s) => Colour {
                a: 60 + 22 * s.age.min(6) as u8,
                ..Colour::new(0, 0, 0)
            },
            None => Colour::new(0, 0, 0).faint(0.75),
        };
        sheet.polygon(cell.corners(), fill, None);
    }
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
    for contact in view.contacts.values() {
        let Some(at) = sheet.place(&contact.place) else {
            continue;
        };
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
        let colour = sheet.hue(&contact.side);
        say(sheet, at, 24.0, colour, words);
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
