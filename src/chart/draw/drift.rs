//! How far a contact may have gone since it was seen.

use std::{cmp::Reverse, collections::BTreeMap};

use super::Sheet;
use crate::{
    chart::scene::{Colour, Stroke},
    content::{Key, Side},
    sim::state::Place,
};

/// Circles at most.
const RINGS: usize = 24;
/// Usual distances between neighbours within which a circle is filled: a wider one says only that it may be anywhere.
const FILLED: f32 = 2.0;

/// Circles in which aged contacts may be by now: of those of one side at one place the widest, and where there are many
/// the strongest.
pub fn draw(sheet: &mut Sheet) {
    let view = sheet.view;
    let mut rings: BTreeMap<(&Place, &Key<Side>), (i32, u32, i64)> = BTreeMap::new();
    for contact in view.contacts.values().filter(|c| c.age > 0) {
        let ring = rings.entry((&contact.place, &contact.side)).or_default();
        *ring = (
            ring.0.max(contact.drift),
            ring.1.max(contact.age),
            ring.2 + contact.strength.1,
        );
    }
    let mut rings: Vec<_> = rings
        .into_iter()
        .filter_map(|((place, side), (drift, age, strength))| {
            let radius = drift as f32 * sheet.camera.zoom;
            let at = sheet.place(place)?;
            ((6.0..=8000.0).contains(&radius) && sheet.sees(at, radius))
                .then_some((strength, at, radius, age, side))
        })
        .collect();
    rings.sort_by_key(|(strength, ..)| Reverse(*strength));
    for (_, at, radius, age, side) in rings.into_iter().take(RINGS) {
        let pale = 0.42 - 0.08 * age.min(4) as f32;
        let hue = sheet.hue(side);
        let rim = Stroke::new(hue.faint(pale), 1.1 * sheet.scale)
            .dashed(3.0 * sheet.scale, 5.0 * sheet.scale);
        let is_near = radius < FILLED * sheet.stride * sheet.camera.zoom;
        let fill = if is_near {
            hue.faint(0.015)
        } else {
            Colour::CLEAR
        };
        sheet.circle(at, radius, fill, Some(rim));
    }
}
