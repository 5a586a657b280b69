//! The inspector's page of a site: whose it is and to whom it is loyal, what protects it, who holds it, who has landed,
//! what it is like. What is not known says so, and how old is what is known.

use std::collections::BTreeMap;

use bevy_egui::egui::{CornerRadius, Label, RichText, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::{forecast, gauges, inspector::title, long, reference, sums};
use crate::{
    chart::Tag,
    content::{Bears, Guards, Key, Site, SiteKind, Stock},
    gui::{
        Table, UiAction, command::rows::is_troops, names, reference::Topic, table::sentence, theme,
        words::say,
    },
    sim::view::{SeatView, SiteView},
    war::tell,
};

/// Shows it.
pub fn show(ui: &mut Ui, table: &Table, key: &Key<Site>, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let (Some(site), Some(chart)) = (view.sites.get(key), view.map.sites.get(key)) else {
        theme::note(ui, say!("place-unknown"));
        return;
    };
    title(ui, RichText::new(&chart.name));
    let kind = view.rules.site_kinds.get(&chart.kind);
    ui.horizontal_wrapped(|ui| {
        let place = tell::sector(view, site.sector.as_str());
        sums::link(ui, &place, Tag::Sector(site.sector.clone()), actions);
        if let Some(kind) = kind {
            let name = RichText::new(&kind.name).size(theme::CAPTION);
            let to = (Topic::Sites, chart.kind.as_str());
            reference::link(ui, name.color(theme::dim()), to, actions);
        }
    });
    held(ui, table, site);
    if site.razed {
        return;
    }
    if let Some(kind) = kind {
        if !kind.summary.is_empty() {
            theme::note(ui, &kind.summary);
        }
        shields(ui, table, site, kind);
        structure(ui, site, kind);
    }
    let is_known = site.stocks.is_some();
    troops(ui, table, site);
    if site.learned > 0 {
        theme::note(ui, say!("site-learned", n = site.learned));
    }
    let meters = site.meters.as_ref();
    if let Some(meters) = meters.filter(|meters| gauges::any(view, meters)) {
        theme::heading(ui, &say!("site-meters"));
        gauges::show(ui, table, key.as_str(), meters, actions);
    } else if meters.is_none() && kind.is_some_and(|k| !k.meters.is_empty()) {
        theme::heading(ui, &say!("site-meters"));
        theme::note(ui, say!("site-meters-unknown"));
    }
    if is_known {
        stores(ui, view, site);
    }
    if let Some(kind) = kind {
        good_for(ui, view, kind);
    }
    supplied(ui, view, key, actions);
    forecast::brief(ui, table, actions);
}

/// Whose it is, and whose it would be.
fn held(ui: &mut Ui, table: &Table, site: &SiteView) {
    let view = table.view;
    let side = |side| {
        RichText::new(sentence(&tell::side(view, Some(Key::as_str(side)))))
            .color(theme::side(table.rank(side)))
    };
    if site.razed {
        ui.label(RichText::new(sentence(&say!("site-razed"))).color(theme::loss()));
        theme::figure(ui, &say!("site-was-held"), side(&site.owner));
        return;
    }
    theme::figure(ui, &say!("place-held"), side(&site.owner));
    if let Some(loyal) = &site.loyal {
        theme::figure(ui, &say!("site-loyal"), side(loyal)).on_hover_text(say!("site-loyal-about"));
    }
    if site.blockaded > 0 {
        let words = say!("place-blockaded", n = site.blockaded);
        ui.label(RichText::new(words).color(theme::loss()));
    }
}

/// Shields as a row of layers: those that stand are full, those that are down are not.
fn shields(ui: &mut Ui, table: &Table, site: &SiteView, kind: &SiteKind) {
    if kind.shields <= 0 {
        return;
    }
    let layers = kind.shields;
    let words = match site.shields_down {
        Some(down) => say!("site-shields-of", n = layers - down, layers = layers),
        None => say!("site-shields-unknown", layers = layers),
    };
    theme::figure(ui, &say!("site-shields"), words);
    let gap = 4.0;
    let count = layers.clamp(1, 12);
    let width = (ui.available_width() - gap * (count - 1) as f32) / count as f32;
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), 8.0), Sense::hover());
    let hue = theme::side(table.rank(&site.owner));
    for layer in 0..count {
        let mut one = rect;
        one.min.x += (width + gap) * layer as f32;
        one.set_width(width);
        let stands = site.shields_down.is_none_or(|down| layer < layers - down);
        let fill = match (site.shields_down, stands) {
            (Some(_), true) => hue,
            _ => theme::colour(theme::palette().ground),
        };
        let rim = match stands {
            true => Stroke::new(1.0, hue),
            false => Stroke::new(1.0, theme::loss()),
        };
        let corner = CornerRadius::same(2);
        ui.painter()
            .rect(one, corner, fill, rim, StrokeKind::Inside);
    }
    let about = say!(
        "site-shields-about",
        layers = layers,
        each = tell::strength(kind.shield),
        all = tell::strength(kind.shield * i64::from(layers))
    );
    response.on_hover_text(&about);
    theme::note(ui, about);
}

fn structure(ui: &mut Ui, site: &SiteView, kind: &SiteKind) {
    if kind.structure <= 0 {
        return;
    }
    let left = (kind.structure - site.damage).max(0);
    let words = say!(
        "site-structure-of",
        left = tell::strength(left),
        whole = tell::strength(kind.structure)
    );
    let words = RichText::new(words);
    let words = if site.damage > 0 {
        words.color(theme::attention())
    } else {
        words
    };
    let response = theme::figure(ui, &say!("site-structure"), words);
    response.on_hover_text(say!("site-structure-about"));
    if site.damage > 0 {
        let permille = left * 1000 / kind.structure.max(1);
        theme::bar(ui, ui.available_width(), permille, theme::attention());
    }
}

/// Who holds it, and who has landed.
fn troops(ui: &mut Ui, table: &Table, site: &SiteView) {
    let view = table.view;
    let any = view.rules.stocks.values().any(|s| s.troops.is_some());
    match &site.stocks {
        Some(stocks) => {
            let mut garrison = stocks.clone();
            garrison.retain(|stock, n| *n > 0 && is_troops(&view.rules, stock));
            if !garrison.is_empty() {
                theme::heading(ui, &say!("site-garrison"));
                units(ui, view, &garrison);
            }
        }
        None if any && !site.ashore.is_empty() => {
            theme::heading(ui, &say!("site-garrison"));
            theme::note(ui, say!("site-garrison-unknown"));
        }
        None => {
            theme::note(ui, say!("site-garrison-unknown"));
        }
    }
    for (side, landed) in &site.ashore {
        let name = tell::side(view, Some(side.as_str()));
        theme::heading(ui, &say!("site-ashore", side = name));
        units(ui, view, landed);
    }
}

/// Troops by kind, with the strength that they bring.
fn units(ui: &mut Ui, view: &SeatView, units: &BTreeMap<Key<Stock>, i32>) {
    for (stock, n) in units.iter().filter(|(_, n)| **n > 0) {
        let known = view.rules.stocks.get(stock);
        let troops = known.and_then(|s| s.troops.as_ref());
        let strength = troops.map_or(0, |t| i64::from(t.strength) * i64::from(*n));
        let value = say!("site-units", n = *n, sp = tell::fine_strength(strength));
        let name = sentence(&names::stock(view, stock));
        let response = theme::figure(ui, &name, value);
        let mut about = Vec::new();
        if let Some(troops) = troops {
            about.push(match troops.lands {
                true => say!("troops-land"),
                false => say!("troops-hold-only"),
            });
            let changes = troops.modifiers.iter();
            about.extend(changes.map(|m| sentence(&names::modifier(view, m))));
        }
        response.on_hover_text(about.join("\n"));
    }
}

/// What it holds beside troops.
fn stores(ui: &mut Ui, view: &SeatView, site: &SiteView) {
    let stocks: Vec<_> = site
        .stocks
        .iter()
        .flatten()
        .filter(|(stock, n)| **n > 0 && !is_troops(&view.rules, stock))
        .collect();
    if !stocks.is_empty() {
        theme::heading(ui, &say!("place-holds"));
    }
    for (stock, n) in stocks {
        let known = view.rules.stocks.get(stock);
        let value = RichText::new(n.to_string());
        let value = if known.is_some_and(|s| s.reserve) {
            value.color(theme::gold())
        } else {
            value
        };
        theme::figure(ui, known.map_or(stock.as_str(), |s| &s.name), value);
    }
}

/// What a kind of site is good for, and what it does to whoever comes.
fn good_for(ui: &mut Ui, view: &SeatView, kind: &SiteKind) {
    theme::heading(ui, &say!("site-does"));
    for (words, n) in [
        (say!("place-supplies"), i64::from(kind.supply)),
        (say!("place-tracks"), i64::from(kind.track)),
        (say!("place-endures"), i64::from(kind.endurance)),
        (say!("place-follows"), i64::from(kind.follows)),
    ] {
        if n > 0 {
            theme::figure(ui, &words, n.to_string());
        }
    }
    if kind.repair > 0 {
        theme::figure(ui, &say!("place-mends"), tell::strength(kind.repair));
    }
    for (weapon, n) in &kind.weapons {
        let known = view.rules.weapons.get(weapon);
        let name = known.map_or(weapon.as_str(), |w| &w.name);
        theme::figure(ui, name, say!("site-mounts", n = *n)).on_hover_text(say!("overlay-orbit"));
    }
    for (stock, n) in &kind.makes {
        let name = names::stock(view, stock);
        theme::figure(ui, &say!("site-makes", stock = name), n.to_string());
    }
    let mut notes = Vec::new();
    notes.extend(kind.guards.map(|guards| match guards {
        Guards::Sector => say!("site-guards-sector"),
        Guards::Region => say!("site-guards-region"),
    }));
    notes.extend(
        kind.voids
            .as_ref()
            .map(|meter| say!("site-voids", meter = names::meter(view, meter))),
    );
    notes.extend(kind.grid.then(|| say!("site-grid")));
    notes.extend(kind.fed.then(|| say!("site-fed")));
    notes.extend(kind.defiant.then(|| say!("site-defiant")));
    let whom = match kind.bears {
        Bears::Own => say!("site-bears-own"),
        Bears::Foes => say!("site-bears-foes"),
        Bears::All => say!("site-bears-all"),
    };
    notes.extend(kind.modifiers.iter().map(|modifier| {
        let what = names::modifier(view, modifier);
        say!("site-bears", whom = whom.as_str(), what = what)
    }));
    for note in notes {
        let note = RichText::new(note).size(theme::CAPTION);
        ui.add(Label::new(note.color(theme::dim())).wrap());
    }
}

/// Own forces that live from a site.
fn supplied(ui: &mut Ui, view: &SeatView, key: &Key<Site>, actions: &mut Vec<UiAction>) {
    let forces = view.forces.iter();
    let fed: Vec<_> = forces
        .filter(|(_, f)| f.line.source.as_ref() == Some(key))
        .collect();
    if fed.is_empty() {
        return;
    }
    theme::heading(ui, &say!("place-feeds", n = fed.len()));
    long::show(ui, "feeds", fed.len(), |ui, number| {
        let (force, own) = fed[number];
        let value = say!(
            "supply-of",
            came = tell::tenths_text(i64::from(own.line.delivered)),
            wanted = tell::tenths_text(i64::from(own.line.wanted))
        );
        let value = RichText::new(value).color(theme::dim());
        if sums::entry(ui, RichText::new(&own.name), value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Force(force.clone()))));
        }
    });
}
