//! The inspector's pages of places: a sector, a lane.

use bevy_egui::egui::{RichText, Ui};

use super::{forecast, gauges, inspector::title, long, orders, overlay, reference, sums};
use crate::{
    chart::Tag,
    content::{Key, Lane, LaneKind, Sector},
    gui::{
        Table, UiAction,
        reference::Topic,
        table::sentence,
        theme,
        words::{self, say},
    },
    sim::view::SiteView,
    war::tell,
};

/// A sector: what it is like, who holds it, what is there, where one can go from it.
pub fn sector(
    ui: &mut Ui,
    table: &Table,
    key: &Key<Sector>,
    sector: &Sector,
    actions: &mut Vec<UiAction>,
) {
    let view = table.view;
    title(ui, RichText::new(&sector.name));
    let region = view.map.regions.get(&sector.region).map_or("", |r| &r.name);
    theme::note(ui, region);
    if let Some(terrain) = view.rules.terrain.get(&sector.terrain) {
        let to = (Topic::Terrain, sector.terrain.as_str());
        reference::link(ui, RichText::new(&terrain.name), to, actions);
        theme::note(ui, &terrain.summary);
        let room = say!("place-sp", n = terrain.frontage);
        theme::figure(ui, &say!("place-room"), room).on_hover_text(say!("place-room-about"));
    }
    held(ui, table, key);
    if let Some((force, own)) = table.acting() {
        orders::march_to(ui, table, force, own, key, actions);
    }
    here(ui, table, key, actions);
    works(ui, table, key, actions);
    forecast::brief(ui, table, actions);
    theme::heading(ui, &say!("place-ways"));
    for (lane, way) in &view.map.lanes {
        let other = match &way.ends {
            (a, b) if a == key => b,
            (a, b) if b == key => a,
            _ => continue,
        };
        ui.horizontal_wrapped(|ui| {
            let name = tell::sector(view, other.as_str());
            sums::link(ui, &name, Tag::Sector(other.clone()), actions);
            let about = say!("place-lane", n = way.length, sp = way.capacity);
            let about = RichText::new(about)
                .size(theme::CAPTION)
                .color(theme::dim());
            let whole = format!("{name}: {}", about.text());
            if theme::named(sums::words(ui, about), whole).clicked() {
                actions.push(UiAction::Select(Some(Tag::Lane(lane.clone()))));
            }
        });
    }
}

/// Who holds a sector, as far as known.
fn held(ui: &mut Ui, table: &Table, key: &Key<Sector>) {
    let view = table.view;
    let Some(seen) = view.sectors.get(key) else {
        theme::figure(ui, &say!("place-held"), say!("place-unknown"));
        return;
    };
    let owner = sentence(&tell::side(view, seen.owner.as_ref().map(Key::as_str)));
    let owner = RichText::new(owner);
    let owner = match &seen.owner {
        Some(side) => owner.color(theme::side(table.rank(side))),
        None => owner,
    };
    theme::figure(ui, &say!("place-held"), owner);
    let age = if seen.seen { 0 } else { seen.age };
    theme::figure(ui, &say!("place-seen"), say!("place-seen-ago", n = age));
}

/// Sites, forces and contacts in a sector.
fn here(ui: &mut Ui, table: &Table, key: &Key<Sector>, actions: &mut Vec<UiAction>) {
    let view = table.view;
    theme::heading(ui, &say!("place-here"));
    let mut empty = true;
    let mut row = |ui: &mut Ui, name: RichText, value: String, tag: Tag| {
        empty = false;
        let value = RichText::new(value)
            .color(theme::dim())
            .size(theme::CAPTION);
        if sums::entry(ui, name, value).clicked() {
            actions.push(UiAction::Select(Some(tag)));
        }
    };
    for (site, seen) in view.sites.iter().filter(|(_, s)| s.sector == *key) {
        let Some(chart) = view.map.sites.get(site) else {
            continue;
        };
        let tag = Tag::Site(site.clone());
        row(ui, RichText::new(&chart.name), standing(table, seen), tag);
    }
    for (force, own) in view.forces_at(key) {
        let sp = say!("place-sp", n = tell::strength(own.strength));
        let tag = Tag::Force(force.clone());
        row(ui, RichText::new(&own.name), sp, tag);
    }
    for (contact, seen) in view.contacts_at(key) {
        let name = RichText::new(tell::force(view, contact.as_str()))
            .color(theme::side(table.rank(&seen.side)));
        row(
            ui,
            name,
            overlay::known(seen),
            Tag::Contact(contact.clone()),
        );
    }
    if empty {
        theme::note(ui, say!("place-empty"));
    }
}

/// How it stands with a site, in a word or two.
fn standing(table: &Table, site: &SiteView) -> String {
    let owner = tell::side(table.view, Some(site.owner.as_str()));
    if site.razed {
        say!("site-razed")
    } else if !site.ashore.is_empty() {
        say!("site-fought-over", side = owner)
    } else if site.blockaded > 0 || site.shields_down.is_some_and(|down| down > 0) {
        say!("site-besieged", side = owner)
    } else {
        owner
    }
}

/// What sides have put into a sector.
fn works(ui: &mut Ui, table: &Table, key: &Key<Sector>, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let all = view.sectors.get(key).map(|seen| &seen.works);
    for (side, meters) in all.into_iter().flatten() {
        if !gauges::any(view, meters) {
            continue;
        }
        let name = tell::side(view, Some(side.as_str()));
        theme::heading(ui, &say!("place-works", side = name));
        gauges::show(ui, table, &format!("{key} {side}"), meters, actions);
        if *side != view.side {
            theme::note(ui, say!("place-works-theirs"));
        }
    }
}

/// A lane: what kind of way, how long, what it carries and for whom.
pub fn lane(ui: &mut Ui, table: &Table, lane: &Lane, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let (a, b) = &lane.ends;
    let name = |key: &Key<Sector>| tell::sector(view, key.as_str());
    title(
        ui,
        RichText::new(say!("place-between", a = name(a), b = name(b))),
    );
    let kind = match lane.kind {
        LaneKind::Route => "route",
        LaneKind::Hyperlane => "hyperlane",
        LaneKind::Wormhole => "wormhole",
        LaneKind::Descent => "descent",
    };
    theme::note(ui, words::of("place-kind", kind));
    theme::figure(
        ui,
        &say!("place-length"),
        say!("inspect-units", n = lane.length),
    );
    let carries = say!("place-sp", n = lane.capacity);
    theme::figure(ui, &say!("place-carries"), carries).on_hover_text(say!("place-carries-about"));
    if let Some(terrain) = view.rules.terrain.get(&lane.terrain) {
        theme::figure(ui, &say!("place-terrain"), &terrain.name);
        theme::note(ui, &terrain.summary);
    }
    let over = |f: &crate::sim::view::OwnForce| {
        let mut steps = f.line.path.windows(2);
        steps.any(|s| (s[0] == *a && s[1] == *b) || (s[0] == *b && s[1] == *a))
    };
    let load: Vec<_> = view.forces.iter().filter(|(_, f)| over(f)).collect();
    let sum: i64 = load.iter().map(|(_, f)| i64::from(f.line.delivered)).sum();
    theme::figure(
        ui,
        &say!("place-load"),
        say!("place-sp", n = tell::tenths_text(sum)),
    );
    long::show(ui, "load", load.len(), |ui, number| {
        let (key, force) = load[number];
        let value = tell::tenths_text(i64::from(force.line.delivered));
        let value = RichText::new(value).color(theme::dim());
        if sums::entry(ui, RichText::new(&force.name), value).clicked() {
            actions.push(UiAction::Select(Some(Tag::Force(key.clone()))));
        }
    });
    theme::heading(ui, &say!("place-ends"));
    for end in [a, b] {
        if sums::entry(ui, RichText::new(name(end)), RichText::new("")).clicked() {
            actions.push(UiAction::Select(Some(Tag::Sector(end.clone()))));
        }
    }
}
