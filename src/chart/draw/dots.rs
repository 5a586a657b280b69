//! Forces from far off: one dot for each side in a sector, as large as what stands there, and sums by region. Counters
//! would only hide one another.

use std::collections::{BTreeMap, HashMap};

use super::{Note, Rank, Sheet};
use crate::{
    chart::scene::{Area, Colour, Form, Pos, Stroke, Tag, Weight},
    content::{HP_PER_SP, Key, Region, Sector, Side},
};

/// Below so many pixels between neighbours there are dots for sectors, not for stacks.
pub const FEW: f32 = 26.0;
/// Below so many, sums stand in the regions.
const SUMS: f32 = 20.0;

/// What a side has in a sector.
struct Dot {
    /// The strongest of it.
    front: Tag,
    most: i64,
    strength: i64,
    own: bool,
    chosen: bool,
    /// How long ago the latest of it was seen, turns.
    age: u32,
}

/// Draws them.
pub fn draw(sheet: &mut Sheet) {
    let dots = gather(sheet);
    if sheet.room() < SUMS {
        sums(sheet, &dots);
    }
    let scale = sheet.scale;
    let widest = (sheet.room() * 0.22).clamp(1.6, 5.0) * scale;
    let top = dots
        .values()
        .map(|dot| dot.strength)
        .max()
        .unwrap_or(1)
        .max(1) as f32;
    let mut order: Vec<((&Key<Sector>, &Key<Side>), Dot)> = dots.into_iter().collect();
    order.sort_by_key(|(place, dot)| (dot.chosen, dot.own, *place));
    let mut besides: BTreeMap<&Key<Sector>, f32> = BTreeMap::new();
    for ((sector, side), dot) in order {
        let Some(at) = sheet
            .at
            .get(sector)
            .copied()
            .filter(|at| sheet.sees(*at, 20.0))
        else {
            continue;
        };
        let radius = widest * (0.5 + 0.5 * (dot.strength as f32 / top).sqrt());
        // Side by side above the place.
        let beside = besides.entry(sector).or_default();
        let centre = at.by(*beside, -widest * 1.5);
        *beside += widest * 1.6;
        let hue = sheet.hue(side);
        let (fill, rim) = if dot.own {
            (hue, Stroke::new(sheet.palette.ground, scale))
        } else {
            let pale = hue.toward(sheet.palette.ground, 0.13 * dot.age.min(4) as f32);
            (
                sheet.palette.ground.toward(hue, 0.15),
                Stroke::new(pale, 1.3 * scale),
            )
        };
        let form = Form::Circle {
            centre,
            radius,
            fill,
            stroke: Some(rim),
        };
        sheet.tagged(form, Some(dot.front));
        if dot.chosen {
            let ring = Stroke::new(sheet.palette.text, 2.0 * scale);
            sheet.circle(centre, radius + 3.0 * scale, Colour::CLEAR, Some(ring));
        }
        sheet
            .taken
            .push(Area::around(centre, 2.0 * radius, 2.0 * radius));
    }
}

/// What each side has in each sector; who is under way counts to the nearer end.
fn gather<'a>(sheet: &Sheet<'a>) -> HashMap<(&'a Key<Sector>, &'a Key<Side>), Dot> {
    let view = sheet.view;
    let selected = sheet.options.selected.as_ref();
    let own = view.forces.iter().map(|(key, force)| {
        let is_chosen = matches!(selected, Some(Tag::Force(k)) if k == key);
        let of = (force.place.sector(), &force.side);
        (of, force.strength, 0, is_chosen, (Some(key), None))
    });
    let foreign = view.contacts.iter().map(|(key, contact)| {
        let is_chosen = matches!(selected, Some(Tag::Contact(k)) if k == key);
        let of = (contact.place.sector(), &contact.side);
        (
            of,
            contact.strength.1,
            contact.age,
            is_chosen,
            (None, Some(key)),
        )
    });
    let mut dots: HashMap<_, Dot> = HashMap::new();
    for (of, strength, age, is_chosen, key) in own.chain(foreign) {
        let tag = || match key {
            (Some(force), _) => Tag::Force(force.clone()),
            (_, Some(contact)) => Tag::Contact(contact.clone()),
            (None, None) => Tag::Sector(of.0.clone()),
        };
        let dot = dots.entry(of).or_insert_with(|| Dot {
            front: tag(),
            most: strength,
            strength: 0,
            own: key.0.is_some(),
            chosen: false,
            age,
        });
        dot.strength = dot.strength.saturating_add(strength);
        dot.age = dot.age.min(age);
        if is_chosen || (strength > dot.most && !dot.chosen) {
            (dot.front, dot.most) = (tag(), strength);
        }
        dot.chosen |= is_chosen;
    }
    dots
}

/// Strength points of each side in each region, in the middle of the region.
fn sums(sheet: &mut Sheet, dots: &HashMap<(&Key<Sector>, &Key<Side>), Dot>) {
    let map = &*sheet.view.map;
    let mut regions: BTreeMap<&Key<Region>, BTreeMap<&Key<Side>, i64>> = BTreeMap::new();
    for ((sector, side), dot) in dots {
        if let Some(sector) = map.sectors.get(*sector) {
            let sides = regions.entry(&sector.region).or_default();
            let sum = sides.entry(side).or_default();
            *sum = sum.saturating_add(dot.strength);
        }
    }
    let mut middles: BTreeMap<&Key<Region>, (Pos, f32)> = BTreeMap::new();
    for (key, sector) in &map.sectors {
        if let Some(at) = sheet.at.get(key) {
            let (sum, count) = middles.entry(&sector.region).or_default();
            (*sum, *count) = (sum.by(at.x, at.y), *count + 1.0);
        }
    }
    for (region, sides) in regions {
        let Some((sum, count)) = middles.get(region).copied().filter(|m| m.1 > 1.0) else {
            continue;
        };
        let middle = Pos::new(sum.x / count, sum.y / count);
        if !sheet.sees(middle, 0.0) {
            continue;
        }
        // One under the other, each in its side's hue.
        for (row, (side, strength)) in (0_u8..).zip(sides.into_iter().take(4)) {
            let at = middle.by(0.0, f32::from(row) * 17.0 * sheet.scale);
            sheet.notes.push(Note {
                rank: Rank::Place,
                around: Area::around(at, 4.0, 4.0),
                size: 13.0,
                weight: Weight::Medium,
                colour: sheet.hue(side),
                text: format!("{}", strength / HP_PER_SP),
                tag: None,
            });
        }
    }
}
