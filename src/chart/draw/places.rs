//! Sectors and what stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Rank, Sheet, control, dots, goals, symbols};
use crate::{
    chart::scene::{Area, Colour, Form, Pos, Stroke, Tag, Weight},
    content::{Key, Sector, Site},
    sim::{state::Place, view::SiteView},
};

pub fn draw(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut sites: BTreeMap<&Key<Sector>, Vec<(&Key<Site>, &SiteView)>> = BTreeMap::new();
    for (key, site) in &view.sites {
        sites.entry(&site.sector).or_default().push((key, site));
    }
    let asked = goals::asked(view);
    let forces = view.forces.values().map(|f| &f.place);
    let stood = forces.chain(view.contacts.values().map(|c| &c.place));
    let stood: BTreeSet<&Key<Sector>> = stood.filter_map(Place::in_sector).collect();
    for (key, sector) in &view.map.sectors {
        let Some(at) = sheet
            .at
            .get(key)
            .copied()
            .filter(|at| sheet.sees(*at, 40.0))
        else {
            continue;
        };
        mark(sheet, key, at);
        let here = sites.get(key).map_or(&[][..], Vec::as_slice);
        if sheet.room() >= SIGNS_FROM {
            stand(sheet, at, here);
        }
        let tag = Tag::Sector(key.clone());
        let chosen = sheet.options.selected.as_ref() == Some(&tag);
        let seen = view.sectors.get(key).is_some_and(|s| s.seen);
        let colour = if seen || chosen {
            sheet.palette.text
        } else {
            sheet.palette.dim
        };
        // Where something is asked or scores, what that is is written under the name.
        if sheet.ringed.contains(key) {
            continue;
        }
        let rank = match key {
            _ if chosen => Rank::Chosen,
            _ if asked.contains(key) => Rank::Asked,
            _ if stood.contains(key) => Rank::Held,
            _ if view.home.contains(key) || here.iter().any(|site| works(sheet, site)) => {
                Rank::Base
            }
            _ if !here.is_empty() => Rank::Place,
            _ => Rank::Sector,
        };
        let room = sheet.room_at(key);
        let has_room = room >= dots::FEW || rank <= Rank::Asked && room >= KNOT;
        if has_room || chosen {
            sheet.notes.push(Note {
                rank,
                around: Area::around(at, 15.0 * sheet.scale, 12.0 * sheet.scale),
                size: 13.0,
                weight: Weight::Medium,
                colour,
                text: sector.name.clone(),
                tag: Some(tag),
            });
        }
    }
}

/// Whether a site makes or mends something.
fn works(sheet: &Sheet, (key, _): &(&Key<Site>, &SiteView)) -> bool {
    let view = sheet.view;
    let kind = view.map.sites.get(*key).map(|site| &site.kind);
    let kind = kind.and_then(|kind| view.rules.site_kinds.get(kind));
    kind.is_some_and(|kind| kind.repair > 0 || !kind.makes.is_empty())
}

/// The place itself: a small ring in the hue of whoever holds it; filled if it is in sight.
fn mark(sheet: &mut Sheet, key: &Key<Sector>, at: Pos) {
    let scale = sheet.scale;
    let hue = control::owner(sheet, key).map_or(sheet.palette.dim, |side| sheet.hue(side));
    let view = sheet.view.sectors.get(key);
    let seen = view.is_some_and(|s| s.seen);
    let near = sheet.room() >= dots::FEW;
    let radius = if near { 4.6 } else { 2.6 } * scale;
    let tag = Tag::Sector(key.clone());
    let around = Form::Circle {
        centre: at,
        radius: radius + 8.0 * scale,
        fill: Colour::CLEAR,
        stroke: None,
    };
    sheet.tagged(around, Some(tag.clone()));
    if near {
        let mut rim = Stroke::new(hue, 1.5 * scale);
        if view.is_none_or(|s| s.age > 0) {
            rim = rim.dashed(2.4 * scale, 1.8 * scale);
        }
        sheet.circle(at, radius, sheet.palette.ground, Some(rim));
        if seen {
            sheet.circle(at, radius * 0.42, hue, None);
        }
    } else {
        // So small, a dash is a speck and a dot in a ring is a disc.
        let fill = if seen { hue } else { sheet.palette.ground };
        let rim = Stroke::new(hue, 1.3 * scale);
        sheet.circle(at, radius * 0.85, fill, Some(rim));
    }
    if sheet.options.selected.as_ref() == Some(&tag) {
        sheet.circle(
            at,
            radius + 5.0 * scale,
            Colour::CLEAR,
            Some(Stroke::new(sheet.palette.text, 2.0 * scale)),
        );
    } else if sheet.options.hover.as_ref() == Some(&tag) {
        sheet.circle(
            at,
            radius + 4.0 * scale,
            Colour::CLEAR,
            Some(Stroke::new(sheet.palette.text.faint(0.6), 1.2 * scale)),
        );
    }
    sheet
        .taken
        .push(Area::around(at, radius * 2.0 + 3.0, radius * 2.0 + 3.0));
}

/// Nearer to its neighbour than this, pixels, a place has no name, whatever is asked of it: it is part of a knot.
const KNOT: f32 = 14.0;
/// Signs at most in a row below a place.
const SIGNS: usize = 6;

/// Where the sign of a site stands: of so many at its place, the place being here.
fn sign_at(at: Pos, scale: f32, index: usize, count: usize) -> Pos {
    let x = (index as f32 - (count.min(SIGNS) as f32 - 1.0) / 2.0) * 17.0 * scale;
    at.by(x, 17.0 * scale)
}

/// Where a site's own sign is drawn; none if it has none at this zoom.
pub fn sign_of(sheet: &Sheet, site: &Key<Site>) -> Option<Pos> {
    let sector = &sheet.view.sites.get(site)?.sector;
    let at = sheet.at.get(sector).copied()?;
    let here = || sheet.view.sites.iter().filter(|(_, s)| s.sector == *sector);
    let index = here().position(|(key, _)| key == site)?;
    let drawn = sheet.room() >= SIGNS_FROM && index < SIGNS;
    drawn.then(|| sign_at(at, sheet.scale, index, here().count()))
}

/// Pixels between neighbours from which signs of sites are drawn.
const SIGNS_FROM: f32 = 30.0;

/// Signs of sites in a row below the place.
fn stand(sheet: &mut Sheet, at: Pos, sites: &[(&Key<Site>, &SiteView)]) {
    let scale = sheet.scale;
    let half = 6.0 * scale;
    for (i, (key, site)) in sites.iter().enumerate().take(SIGNS) {
        let here = sign_at(at, scale, i, sites.len());
        let definition = sheet.view.map.sites.get(*key);
        let kind = definition.and_then(|d| sheet.view.rules.site_kinds.get(&d.kind));
        let hue = sheet.hue(&site.owner);
        let tag = Tag::Site((*key).clone());
        let box_ = Area::around(here, half * 2.6, half * 2.6);
        sheet.tagged(
            Form::Polygon {
                points: box_.corners(),
                fill: Colour::CLEAR,
                stroke: None,
            },
            Some(tag.clone()),
        );
        let ink = match site.razed {
            true => sheet.palette.dim,
            false => hue,
        };
        symbols::site(sheet, kind, here, half, ink, sheet.palette.ground);
        if site.razed {
            symbols::razed(sheet, here, half, sheet.palette.loss);
        } else if !site.ashore.is_empty() || site.shields_down.is_some_and(|down| down > 0) {
            symbols::besieged(sheet, here, half, sheet.palette.attention);
        }
        if site.blockaded > 0 {
            symbols::cut(
                sheet,
                here.by(half, -half),
                half * 0.5,
                sheet.palette.loss,
                sheet.palette.ground,
            );
        }
        let chosen = sheet.options.selected.as_ref() == Some(&tag);
        if chosen {
            sheet.polygon(
                box_.grown(2.0).corners(),
                Colour::CLEAR,
                Some(Stroke::new(sheet.palette.text, 1.6 * scale)),
            );
        }
        sheet.taken.push(box_);
        if let Some(definition) = definition
            && (chosen || sheet.room() >= 150.0)
        {
            sheet.notes.push(Note {
                rank: if chosen { Rank::Chosen } else { Rank::Site },
                around: box_,
                size: 13.0,
                weight: Weight::Regular,
                colour: hue.toward(sheet.palette.text, 0.35),
                text: definition.name.clone(),
                tag: Some(tag),
            });
        }
    }
}
