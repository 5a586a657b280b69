//! What an order may be aimed at: rings with a word each while a person chooses, and rings around forces that are
//! selected beside the first.

use super::{Note, Rank, Sheet, places};
use crate::chart::scene::{Area, Colour, Pos, Stroke, Tag, Weight};

/// Radius of a ring, pixels at scale 1.
const RING: f32 = 14.0;

/// Something that may be chosen on the map.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// What.
    pub tag: Tag,
    /// What is said beside it: when it is reached, how likely it is hit.
    pub words: String,
    /// Whether it would be chosen now.
    pub current: bool,
    /// Whether it may not be chosen.
    pub refused: bool,
}

/// Draws them.
pub fn draw(sheet: &mut Sheet) {
    let options = sheet.options;
    let scale = sheet.scale;
    for tag in &options.also {
        if let Some(at) = place(sheet, tag).filter(|at| sheet.sees(*at, RING)) {
            let stroke = Stroke::new(sheet.palette.text, 1.6 * scale);
            sheet.circle(at, (RING + 3.0) * scale, Colour::CLEAR, Some(stroke));
        }
    }
    for tag in &options.marked {
        if let Some(at) = place(sheet, tag).filter(|at| sheet.sees(*at, 2.0 * RING)) {
            let stroke = Stroke::new(sheet.palette.attention, 2.4 * scale);
            sheet.circle(at, (RING + 7.0) * scale, Colour::CLEAR, Some(stroke));
        }
    }
    for target in &options.targets {
        let Some(at) = place(sheet, &target.tag).filter(|at| sheet.sees(*at, RING)) else {
            continue;
        };
        let (colour, width) = match (target.refused, target.current) {
            (true, _) => (sheet.palette.dim, 1.2),
            (false, true) => (sheet.palette.text, 2.4),
            (false, false) => (sheet.palette.text.faint(0.7), 1.2),
        };
        let mut stroke = Stroke::new(colour, width * scale);
        if target.refused {
            stroke = stroke.dashed(3.0 * scale, 3.0 * scale);
        }
        let fill = if target.current {
            colour.faint(0.16)
        } else {
            Colour::CLEAR
        };
        // Signs of sites stand close to one another.
        let ring = match target.tag {
            Tag::Site(_) => RING * 0.62,
            _ => RING,
        };
        sheet.circle(at, ring * scale, fill, Some(stroke));
        sheet.notes.push(Note {
            rank: if target.current {
                Rank::Chosen
            } else {
                Rank::Overlay
            },
            around: Area::around(at, 2.0 * ring * scale, 2.0 * ring * scale),
            size: 13.0,
            weight: if target.current {
                Weight::Medium
            } else {
                Weight::Regular
            },
            colour,
            text: target.words.clone(),
            tag: None,
        });
    }
}

/// Where it is, pixels.
fn place(sheet: &Sheet, tag: &Tag) -> Option<Pos> {
    let view = sheet.view;
    match tag {
        Tag::Sector(sector) => sheet.at.get(sector).copied(),
        Tag::Site(site) => places::sign_of(sheet, site)
            .or_else(|| sheet.at.get(&view.sites.get(site)?.sector).copied()),
        Tag::Contact(contact) => sheet.place(&view.contacts.get(contact)?.place),
        Tag::Force(force) => sheet.place(&view.forces.get(force)?.place),
        Tag::Lane(_) => None,
    }
}
