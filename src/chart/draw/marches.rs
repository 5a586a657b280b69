//! What moves and what flies: marches to come, fire to come, and last turn's salvos and battles.

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Rank, Sheet, lanes, symbols};
use crate::{
    chart::scene::{Area, Colour, Pos, Stroke, Tag, Weight},
    content::{Force, HP_PER_SP, Key, Sector, Weapon},
    sim::{
        journal::What,
        map::Graph,
        order::{Action, Pace, Target},
        state::Place,
    },
};

/// Marches of own forces, queued or ordered this turn.
pub fn marches(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut ways: BTreeMap<&Key<Force>, Vec<(Vec<Key<Sector>>, Pace, bool)>> = BTreeMap::new();
    for (key, force) in view.forces.iter().filter(|(_, f)| f.mine) {
        for leg in &force.queue {
            ways.entry(key)
                .or_default()
                .push((vec![leg.to.clone()], leg.pace, false));
        }
    }
    for order in &sheet.options.pending {
        let Some((key, _)) = view.forces.get_key_value(&order.force) else {
            continue;
        };
        match &order.action {
            Action::Go { stops, pace } => {
                ways.insert(key, vec![(stops.clone(), *pace, true)]);
            }
            Action::Then { stops, pace, .. } => {
                ways.entry(key)
                    .or_default()
                    .push((stops.clone(), *pace, true));
            }
            Action::Halt => {
                ways.remove(key);
            }
            _ => {}
        }
    }
    if ways.is_empty() {
        return;
    }
    let graph = Graph::new(&view.map);
    let hostile = view.contacts.values();
    let hostile = hostile.filter(|c| view.hostile.contains(&c.side));
    let hostile: BTreeSet<&Key<Sector>> = hostile.map(|c| c.place.sector()).collect();
    let mut met: BTreeSet<Key<Sector>> = BTreeSet::new();
    for (key, legs) in ways {
        let Some(force) = view.forces.get(key) else {
            continue;
        };
        let mut from = match &force.place {
            Place::Sector(sector) => sector.clone(),
            Place::Lane { to, .. } => to.clone(),
        };
        let mut points: Vec<Pos> = sheet.place(&force.place).into_iter().collect();
        if force.place.in_sector().is_none() {
            points.extend(sheet.at.get(&from));
        }
        let chosen = sheet.options.selected == Some(Tag::Force(key.clone()));
        for (stops, pace, fresh) in legs {
            for stop in stops {
                let Some(path) = graph.shortest(&from, &stop) else {
                    continue;
                };
                points.extend(path.iter().skip(1).filter_map(|s| sheet.at.get(s)));
                met.extend(path.into_iter().skip(1).filter(|s| hostile.contains(s)));
                from = stop;
            }
            track(sheet, &points, pace, fresh, chosen);
            points.drain(..points.len().saturating_sub(1));
        }
    }
    for sector in met {
        if let Some(at) = sheet.at.get(&sector).copied() {
            stopped(sheet, at);
        }
    }
}

/// A place on the way of a march in which hostile forces are known to be: a broken ring in the colour of what wants attention.
fn stopped(sheet: &mut Sheet, at: Pos) {
    let scale = sheet.scale;
    let rim = Stroke::new(sheet.palette.attention, 2.0 * scale);
    let rim = rim.dashed(4.0 * scale, 3.0 * scale);
    sheet.circle(at, 11.0 * scale, Colour::CLEAR, Some(rim));
}

/// One march: beside the lanes it takes, with a head at its end.
fn track(sheet: &mut Sheet, points: &[Pos], pace: Pace, fresh: bool, chosen: bool) {
    let scale = sheet.scale;
    let mut line: Vec<Pos> = Vec::new();
    for pair in points.windows(2) {
        if pair[0].distance(pair[1]) > 1.0 {
            let (dx, dy) = lanes::normal(pair[0], pair[1], 6.0 * scale);
            line.push(pair[0].by(dx, dy));
            line.push(pair[1].by(dx, dy));
        }
    }
    let [.., before, end] = line[..] else { return };
    let length = before.distance(end);
    // It stops short of the place it goes to.
    let end = before.toward(end, 1.0 - (9.0 * scale / length).min(0.4));
    if let Some(last) = line.last_mut() {
        *last = end;
    }
    let hue = sheet.hue(&sheet.view.side).toward(
        sheet.palette.text,
        if fresh || chosen { 0.55 } else { 0.15 },
    );
    let mut stroke = Stroke::new(hue, if fresh || chosen { 2.2 } else { 1.6 } * scale);
    if !fresh {
        stroke = stroke.dashed(7.0 * scale, 4.0 * scale);
    }
    sheet.line(line, stroke);
    symbols::arrow(
        sheet,
        before,
        end.toward(before, -(5.0 * scale / length).min(0.3)),
        9.0 * scale,
        hue,
    );
    if pace == Pace::Forced {
        let back = end.toward(before, (6.0 * scale / length).min(0.5));
        symbols::arrow(sheet, before, back, 9.0 * scale, hue);
    }
}

/// Fire ordered this turn: a dotted line of sight, ringed at its end.
pub fn aims(sheet: &mut Sheet) {
    let view = sheet.view;
    let pending = &sheet.options.pending;
    for order in pending {
        let Action::Fire { weapon, at, .. } = &order.action else {
            continue;
        };
        let target = match at {
            Target::Contact(contact) => view
                .contacts
                .get(contact)
                .and_then(|c| sheet.place(&c.place)),
            Target::Sector(sector) => sheet.at.get(sector).copied(),
            Target::Site(site) => {
                let sector = view.sites.get(site).map(|s| &s.sector);
                sector.and_then(|s| sheet.at.get(s)).copied()
            }
        };
        let from = view
            .forces
            .get(&order.force)
            .and_then(|f| sheet.place(&f.place));
        if let (Some(from), Some(target)) = (from, target) {
            let colour = light(sheet, weapon);
            let stroke =
                Stroke::new(colour, 1.4 * sheet.scale).dashed(2.0 * sheet.scale, 4.0 * sheet.scale);
            sheet.line(lanes::arc(from, target, 0.16), stroke);
            sheet.circle(target, 13.0 * sheet.scale, Colour::CLEAR, Some(stroke));
        }
    }
}

/// White-gold for the irreplaceable reserve, plain for all else.
pub fn light(sheet: &Sheet, weapon: &Key<Weapon>) -> Colour {
    let rules = &sheet.view.rules;
    let reserve = rules
        .weapons
        .get(weapon)
        .and_then(|w| rules.stocks.get(w.stock.as_ref()?))
        .is_some_and(|stock| stock.reserve);
    if reserve {
        sheet.palette.gold
    } else {
        sheet.palette.lane.toward(sheet.palette.text, 0.35)
    }
}

/// Last turn's salvos between two places with one weapon.
#[derive(Default)]
struct Volley {
    salvos: i64,
    hits: i64,
    hp: i64,
}

/// Last turn's salvos as arcs, its hits as rings with a figure, its battles as broken rings.
pub fn last_turn(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut volleys: BTreeMap<(&Key<Sector>, &Key<Sector>, &Key<Weapon>), Volley> = BTreeMap::new();
    let mut losses: BTreeMap<Place, i64> = BTreeMap::new();
    let mut battles: BTreeSet<&Place> = BTreeSet::new();
    for entry in &view.report {
        match &entry.what {
            What::Salvos {
                weapon,
                from,
                at,
                salvos,
                hits,
                hp,
                ..
            } => {
                let volley = volleys.entry((from, at, weapon)).or_default();
                volley.salvos += i64::from(*salvos);
                volley.hits += i64::from(*hits);
                volley.hp = volley.hp.saturating_add(*hp);
                let loss = losses.entry(Place::Sector(at.clone())).or_default();
                *loss = loss.saturating_add(*hp);
            }
            What::Battle {
                place,
                attacker,
                defender,
                ..
            } => {
                battles.insert(place);
                let loss = losses.entry(place.clone()).or_default();
                *loss = loss
                    .saturating_add(attacker.lost)
                    .saturating_add(defender.lost);
            }
            _ => {}
        }
    }
    for ((from, at, weapon), volley) in volleys {
        if let (Some(from), Some(at)) = (sheet.at.get(from).copied(), sheet.at.get(at).copied()) {
            volley_arc(sheet, from, at, light(sheet, weapon), &volley);
        }
    }
    for (place, hp) in losses {
        if let Some(at) = sheet.place(&place) {
            loss(sheet, at, hp);
        }
    }
    for place in battles {
        if let Some(at) = sheet.place(place) {
            let rim = Stroke::new(sheet.palette.loss.faint(0.9), 1.8 * sheet.scale);
            sheet.circle(
                at,
                15.0 * sheet.scale,
                Colour::CLEAR,
                Some(rim.dashed(5.0 * sheet.scale, 4.2 * sheet.scale)),
            );
        }
    }
}

fn volley_arc(sheet: &mut Sheet, from: Pos, at: Pos, colour: Colour, volley: &Volley) {
    let scale = sheet.scale;
    let points = lanes::arc(from, at, 0.20);
    // The brightest thing on the chart.
    let width = (1.1 + (volley.salvos as f32).sqrt() * 0.28).min(3.2) * scale;
    sheet.line(
        points.clone(),
        Stroke::new(colour.faint(0.07), width + 9.0 * scale),
    );
    sheet.line(
        points.clone(),
        Stroke::new(colour.faint(0.16), width + 3.6 * scale),
    );
    sheet.line(points.clone(), Stroke::new(colour, width));
    if let [.., before, end] = points[..] {
        symbols::arrow(sheet, before, end, 7.0 * scale, colour);
    }
    sheet.circle(from, 3.0 * scale, colour, None);
    if volley.hits > 0 {
        sheet.circle(
            at,
            11.0 * scale,
            colour.faint(0.10),
            Some(Stroke::new(colour, 1.5 * scale)),
        );
    }
}

/// A loss as a figure, strength points.
fn loss(sheet: &mut Sheet, at: Pos, hp: i64) {
    if hp <= 0 || sheet.room() < 26.0 {
        return;
    }
    let note = Note {
        rank: Rank::Loss,
        around: Area::around(at, 28.0 * sheet.scale, 24.0 * sheet.scale),
        size: 15.0,
        weight: Weight::Medium,
        colour: sheet.palette.loss,
        text: format!("\u{2212}{}.{}", hp / HP_PER_SP, hp % HP_PER_SP / 10),
        tag: None,
    };
    sheet.notes.push(note);
}
