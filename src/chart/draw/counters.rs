//! Forces as counters: emblem, role, strength, supply, stance, commander. Own ones are solid, known foreign ones
//! outlined, rumours dashed and paler with age. What there is no room for is dropped in a fixed order: name, pips,
//! stance, until a dot with a colour is left.

use std::cmp::Reverse;

use super::{
    Note, Rank, Sheet, dots, drift,
    piles::{Counter, gather},
    spots, symbols,
};
use crate::{
    chart::{
        Camera,
        scene::{Anchor, Area, Colour, Form, Pos, Stroke, Tag, Text, Weight},
        text,
    },
    content::HP_PER_SP,
    sim::{
        state::Place,
        view::{Confidence, SeatView},
    },
};

/// What a counter still shows; more first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Detail {
    Name,
    Pips,
    Stance,
    Bare,
    Dot,
}

impl Detail {
    /// What there is room for, pixels between neighbours.
    fn of(room: f32) -> Self {
        match room {
            r if r >= 110.0 => Detail::Name,
            r if r >= 60.0 => Detail::Pips,
            r if r >= 50.0 => Detail::Stance,
            r if r >= 42.0 => Detail::Bare,
            _ => Detail::Dot,
        }
    }
}

/// Whether the stack under the pointer fans out at this zoom: whether the picture is another with it than without.
pub fn opens(view: &SeatView, camera: &Camera, scale: f32, hover: &Tag) -> bool {
    if Detail::of(super::stride(view) * camera.zoom / scale) == Detail::Dot {
        return false;
    }
    let place = match hover {
        Tag::Sector(sector) => &Place::Sector(sector.clone()),
        Tag::Force(key) => match view.forces.get(key) {
            Some(force) => &force.place,
            None => return false,
        },
        Tag::Contact(key) => match view.contacts.get(key) {
            Some(contact) => &contact.place,
            None => return false,
        },
        Tag::Site(_) | Tag::Lane(_) => return false,
    };
    let own = view.forces.values().filter(|f| f.place == *place);
    let foreign = view.contacts.values().filter(|c| c.place == *place);
    own.take(2).count() > 1 || foreign.take(2).count() > 1
}

pub fn draw(sheet: &mut Sheet) {
    drift::draw(sheet);
    let detail = Detail::of(sheet.room());
    if detail == Detail::Dot && sheet.room() < dots::FEW {
        return dots::draw(sheet);
    }
    // Where there is no room for all, the strongest have counters, whatever their places are called.
    let chosen = sheet.options.selected.as_ref();
    let mut places: Vec<(Place, Pos, Vec<Vec<Counter>>)> = gather(sheet)
        .into_iter()
        .filter_map(|(place, piles)| {
            let at = sheet.place(&place).filter(|at| sheet.sees(*at, 80.0))?;
            Some((place, at, piles))
        })
        .collect();
    places.sort_by_cached_key(|(_, at, piles)| {
        let all = piles.iter().flatten();
        let (left, top) = (at.x.round() as i32, at.y.round() as i32);
        (
            !all.clone().any(|c| chosen == Some(&c.tag)),
            Reverse(all.map(|c| c.strength.1).fold(0, i64::saturating_add)),
            (top, left),
        )
    });
    for (place, at, piles) in places {
        row(sheet, &place, at, piles, detail);
    }
}

/// The stacks of one place: side by side close to it, else each by itself, the strongest first, if need be at the end of
/// a short line and smaller; those for which there is no room are left as dots.
fn row(sheet: &mut Sheet, place: &Place, at: Pos, mut piles: Vec<Vec<Counter>>, detail: Detail) {
    let gap = 7.0 * sheet.scale;
    let wide = |detail, count: usize| count as f32 * (size(detail, sheet.scale).0 + gap) - gap;
    let (width, height) = (wide(detail, piles.len()), size(detail, sheet.scale).1);
    if let Some(spot) = spots::near(sheet, at, width, height) {
        let own = size(detail, sheet.scale).0;
        for (i, pile) in piles.into_iter().enumerate() {
            let centre = spot.by(-width / 2.0 + own / 2.0 + i as f32 * (own + gap), 0.0);
            stack(sheet, place, pile, centre, detail);
        }
        return;
    }
    let sum = |pile: &[Counter]| {
        pile.iter()
            .fold(0_i64, |n, c| n.saturating_add(c.strength.1))
    };
    piles.sort_by_key(|pile| Reverse(sum(pile)));
    let mut left = Vec::new();
    if detail == Detail::Dot {
        left = std::mem::take(&mut piles);
    }
    for pile in piles {
        let tried = [detail, Detail::Stance, Detail::Bare].into_iter();
        let found = tried.filter(|d| *d >= detail).find_map(|detail| {
            let (width, height) = size(detail, sheet.scale);
            let near = spots::near(sheet, at, width, height).map(|spot| (spot, false));
            let far = || spots::far(sheet, at, width, height).map(|spot| (spot, true));
            near.or_else(far).map(|(spot, leads)| (detail, spot, leads))
        });
        let Some((detail, spot, leads)) = found else {
            left.push(pile);
            continue;
        };
        if leads {
            spots::leader(sheet, at, spot);
        }
        stack(sheet, place, pile, spot, detail);
    }
    let dot = size(Detail::Dot, sheet.scale).0;
    let width = left.len() as f32 * (dot + gap) - gap;
    for (i, pile) in left.into_iter().enumerate() {
        let over = -12.0 * sheet.scale;
        let centre = at.by(-width / 2.0 + dot / 2.0 + i as f32 * (dot + gap), over);
        stack(sheet, place, pile, centre, Detail::Dot);
    }
}

fn size(detail: Detail, scale: f32) -> (f32, f32) {
    let (w, h) = match detail {
        Detail::Name | Detail::Pips => (62.0, 30.0),
        Detail::Stance => (60.0, 22.0),
        Detail::Bare => (40.0, 19.0),
        Detail::Dot => (10.0, 10.0),
    };
    (w * scale, h * scale)
}

/// A stack: the strongest in front with the sum, the others behind; spread out if the pointer is on it.
fn stack(sheet: &mut Sheet, place: &Place, mut pile: Vec<Counter>, centre: Pos, detail: Detail) {
    let scale = sheet.scale;
    let pointed = sheet
        .options
        .hover
        .as_ref()
        .is_some_and(|t| matches!((t, place), (Tag::Sector(s), Place::Sector(p)) if s == p));
    let fan = pile.len() > 1
        && detail < Detail::Dot
        && (pointed || holds(&pile, sheet.options.hover.as_ref()));
    if let Some(chosen) = pile
        .iter()
        .position(|c| sheet.options.selected.as_ref() == Some(&c.tag))
    {
        let counter = pile.remove(chosen);
        pile.insert(0, counter);
    }
    let (width, height) = size(detail, scale);
    let area = Area::around(centre, width, height);
    if fan {
        for (i, counter) in pile.iter().enumerate().take(12).rev() {
            let at = centre.by(0.0, -(i as f32) * (height + 5.0 * scale));
            one(sheet, counter, at, detail, counter.strength);
            let words = Note {
                rank: Rank::Chosen,
                around: Area::around(at, width + 16.0 * scale, height),
                size: 13.0,
                weight: Weight::Regular,
                colour: sheet.palette.text,
                text: counter.name.clone(),
                tag: Some(counter.tag.clone()),
            };
            sheet.notes.push(words);
        }
        let top = centre.by(
            0.0,
            -((pile.len().min(12) - 1) as f32) * (height + 5.0 * scale),
        );
        let column = Area {
            min: top.by(-width / 2.0, -height / 2.0),
            max: area.max,
        };
        sheet.taken.push(column.grown(6.0 * scale));
        return;
    }
    for (i, counter) in pile.iter().enumerate().skip(1).rev() {
        // Those that cannot be seen any more can still be hit.
        let shift = 3.0 * scale * i.min(3) as f32;
        let behind = Area::around(centre.by(shift, -shift), width, height);
        let (fill, rim, _) = colours(sheet, counter);
        let (fill, rim) = if i <= 3 && detail < Detail::Dot {
            (fill, Some(rim))
        } else {
            (Colour::CLEAR, None)
        };
        let form = Form::Polygon {
            points: behind.corners(),
            fill: fill.toward(
                Colour {
                    a: fill.a,
                    ..sheet.palette.ground
                },
                0.4,
            ),
            stroke: rim,
        };
        sheet.tagged(form, Some(counter.tag.clone()));
    }
    let sum = pile.iter().fold((0_i64, 0_i64), |sum, c| {
        (
            sum.0.saturating_add(c.strength.0),
            sum.1.saturating_add(c.strength.1),
        )
    });
    let Some(front) = pile.first() else { return };
    one(sheet, front, centre, detail, sum);
    let extra = 3.0 * scale * (pile.len() - 1).min(3) as f32;
    let mut box_ = area.grown(3.0 * scale);
    box_.max.x += extra;
    box_.min.y -= extra;
    if detail <= Detail::Stance {
        // Stance and star stand on the upper edge.
        box_.min.y -= 8.0 * scale;
    }
    sheet.taken.push(box_);
    let chosen = holds(&pile, sheet.options.selected.as_ref());
    if (detail == Detail::Name && front.solid) || chosen {
        let more = if pile.len() > 1 {
            format!(" +{}", pile.len() - 1)
        } else {
            String::new()
        };
        let words = Note {
            rank: if chosen { Rank::Chosen } else { Rank::Force },
            around: box_,
            size: 13.0,
            weight: Weight::Regular,
            colour: sheet.palette.text,
            text: format!("{}{more}", front.name),
            tag: Some(front.tag.clone()),
        };
        sheet.notes.push(words);
    }
}

fn holds(pile: &[Counter], tag: Option<&Tag>) -> bool {
    tag.is_some_and(|t| pile.iter().any(|c| c.tag == *t))
}

/// Fill, rim and ink of a counter.
fn colours(sheet: &Sheet, counter: &Counter) -> (Colour, Stroke, Colour) {
    let palette = sheet.palette;
    let hue = sheet.hue(&counter.side);
    let width = 1.6 * sheet.scale;
    if counter.solid {
        let fill = if counter.shared {
            hue.toward(palette.ground, 0.30)
        } else {
            hue
        };
        return (fill, Stroke::new(palette.ground, width), palette.ink);
    }
    // Paler with age, never so pale that it cannot be read.
    let pale = 1.0 - 0.13 * counter.age.min(4) as f32;
    let ink = hue.toward(palette.ground, 1.0 - pale);
    let mut rim = Stroke::new(ink, width);
    if counter.certain >= Confidence::Plot || counter.age > 0 {
        rim = rim.dashed(4.0 * sheet.scale, 2.6 * sheet.scale);
    }
    (
        palette.ground.toward(hue, 0.10),
        rim,
        ink.toward(palette.text, 0.15),
    )
}

/// One counter with this strength written on it.
fn one(sheet: &mut Sheet, counter: &Counter, centre: Pos, detail: Detail, strength: (i64, i64)) {
    let scale = sheet.scale;
    let (width, height) = size(detail, scale);
    let (fill, rim, ink) = colours(sheet, counter);
    let tag = Some(counter.tag.clone());
    let chosen = sheet.options.selected == tag;
    if detail == Detail::Dot {
        let form = Form::Circle {
            centre,
            radius: width / 2.0,
            fill,
            stroke: Some(rim),
        };
        sheet.tagged(form, tag);
        if chosen {
            sheet.circle(
                centre,
                width / 2.0 + 3.0,
                Colour::CLEAR,
                Some(Stroke::new(sheet.palette.text, 2.0 * scale)),
            );
        }
        return;
    }
    let area = Area::around(centre, width, height);
    if chosen {
        let ring = Stroke::new(sheet.palette.text, 2.0 * scale);
        sheet.polygon(area.grown(3.5 * scale).corners(), Colour::CLEAR, Some(ring));
    }
    sheet.tagged(
        Form::Polygon {
            points: area.corners(),
            fill,
            stroke: Some(rim),
        },
        tag,
    );
    let rank = sheet.rank(&counter.side);
    let pips = detail <= Detail::Pips && counter.left.is_some();
    let middle = if pips {
        centre.by(0.0, -height * 0.10)
    } else {
        centre
    };
    symbols::emblem(
        sheet,
        rank,
        Pos::new(area.min.x + 10.0 * scale, middle.y),
        5.2 * scale,
        ink,
    );
    if counter.role.is_some() || detail == Detail::Bare {
        symbols::role(
            sheet,
            counter.role,
            Pos::new(area.min.x + 27.0 * scale, middle.y),
            6.0 * scale,
            ink,
        );
    }
    if detail <= Detail::Stance {
        let mut figure = Text {
            at: Pos::new(area.max.x - 4.0 * scale, middle.y),
            anchor: Anchor::End,
            size: 13.0 * scale,
            weight: Weight::Medium,
            colour: ink,
            halo: None,
            spacing: 0.0,
            text: figure(strength, counter.certain),
        };
        let room = if counter.role.is_some() { 24.0 } else { 41.0 } * scale;
        let fits = |words: &str| text::width(words, 13.0 * scale, Weight::Medium, 0.0) <= room;
        if !fits(&figure.text) {
            // No room for both bounds: their middle.
            figure.text = format!("~{}", (strength.0 / 2 + strength.1 / 2) / HP_PER_SP);
        }
        if fits(&figure.text) {
            sheet.text(figure, None);
        }
    }
    if let (true, Some(left)) = (pips, counter.left) {
        bar(sheet, area, left, ink);
    }
    if let Some(supply) = counter.supply {
        gauge(sheet, area, supply, counter.cut);
    }
    if detail <= Detail::Stance {
        edge_marks(sheet, counter, area);
    }
}

/// Strength points in as few letters as tell enough.
fn figure((least, most): (i64, i64), certain: Confidence) -> String {
    let (low, high) = (least / HP_PER_SP, most / HP_PER_SP);
    if certain == Confidence::Rumour {
        "?".to_owned()
    } else if least == most && low < 10 {
        format!("{low}.{}", least % HP_PER_SP / 10)
    } else if low == high && low > 0 {
        format!("{low}")
    } else if most < HP_PER_SP {
        "<1".to_owned()
    } else {
        format!("{low}\u{2013}{high}")
    }
}

/// Eight pips; what has been lost is hollow.
fn bar(sheet: &mut Sheet, area: Area, left: f32, ink: Colour) {
    let scale = sheet.scale;
    let (count, gap) = (8_u8, 1.4 * scale);
    let whole = area.max.x - area.min.x - 8.0 * scale;
    let width = (whole - gap * f32::from(count - 1)) / f32::from(count);
    // Rounded up: the last pip goes only with the force.
    let full = (left * f32::from(count)).ceil() as u8;
    for i in 0..count {
        let corner = Pos::new(
            area.min.x + 4.0 * scale + f32::from(i) * (width + gap),
            area.max.y - 7.0 * scale,
        );
        let fill = if i < full { ink } else { ink.faint(0.22) };
        sheet.polygon(Area::from(corner, width, 3.6 * scale).corners(), fill, None);
    }
}

/// Supply aboard as a column at the right edge; amber below half, red if cut or spent.
fn gauge(sheet: &mut Sheet, area: Area, share: f32, cut: bool) {
    let scale = sheet.scale;
    let palette = sheet.palette;
    let colour = if cut || share <= 0.05 {
        palette.loss
    } else if share < 0.5 {
        palette.attention
    } else {
        palette.text
    };
    let column = Area {
        min: Pos::new(area.max.x, area.min.y),
        max: Pos::new(area.max.x + 4.0 * scale, area.max.y),
    };
    let rim = Stroke::new(if cut { palette.loss } else { palette.ground }, 1.0 * scale);
    sheet.polygon(column.corners(), palette.panel, Some(rim));
    let top = column.max.y - (column.max.y - column.min.y) * share;
    let level = Area {
        min: Pos::new(column.min.x + 0.6 * scale, top),
        max: column.max.by(-0.6 * scale, 0.0),
    };
    if share > 0.0 {
        sheet.polygon(level.corners(), colour, None);
    }
}

/// Stance at the upper left, a commander's star at the upper right, on tabs over the edge.
fn edge_marks(sheet: &mut Sheet, counter: &Counter, area: Area) {
    let scale = sheet.scale;
    let palette = sheet.palette;
    let rules = sheet.view.rules.clone();
    if let Some(stance) = counter.stance.as_ref().and_then(|s| rules.stances.get(s)) {
        let at = Pos::new(area.min.x + 9.0 * scale, area.min.y - 1.0 * scale);
        let tab = Area::around(at, 17.0 * scale, 11.0 * scale);
        let (_, rim, _) = colours(sheet, counter);
        let hue = if counter.solid {
            colours(sheet, counter).0
        } else {
            rim.colour
        };
        sheet.polygon(
            tab.corners(),
            palette.ground,
            Some(Stroke::new(hue, 1.0 * scale)),
        );
        symbols::stance(sheet, stance, at, 4.0 * scale, palette.text);
    }
    if sheet.options.following.contains(&counter.tag) {
        // A page with two lines of writing.
        let at = Pos::new(area.min.x + 8.0 * scale, area.max.y + 1.0 * scale);
        let leaf = Area::around(at, 11.0 * scale, 12.0 * scale);
        let line = Stroke::new(palette.text, 1.2 * scale);
        sheet.polygon(leaf.corners(), palette.ground, Some(line));
        for y in [-2.0, 2.0] {
            let (from, to) = (
                at.by(-3.0 * scale, y * scale),
                at.by(3.0 * scale, y * scale),
            );
            sheet.line(vec![from, to], line);
        }
    }
    if counter.star {
        let at = Pos::new(area.max.x - 8.0 * scale, area.min.y - 2.5 * scale);
        symbols::star(sheet, at, 7.4 * scale, palette.ground);
        symbols::star(sheet, at, 5.6 * scale, palette.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_say_how_certain_they_are() {
        assert_eq!(figure((980, 980), Confidence::Fix), "9.8");
        assert_eq!(figure((1250, 1250), Confidence::Fix), "12");
        assert_eq!(figure((1210, 1250), Confidence::Track), "12");
        assert_eq!(figure((900, 2250), Confidence::Plot), "9\u{2013}22");
        assert_eq!(figure((20, 60), Confidence::Plot), "<1");
        assert_eq!(figure((900, 1250), Confidence::Rumour), "?");
    }
}
