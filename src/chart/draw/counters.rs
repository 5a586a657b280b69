//! Forces as counters: emblem, role, strength, supply, stance, commander. Own ones are solid, known foreign ones
//! outlined, rumours dashed and paler with age. What there is no room for is dropped in a fixed order: name, pips,
//! stance, until a dot with a colour is left.

use super::{
    Note, Rank, Sheet, dots, drift,
    piles::Counter,
    room::Places,
    spots,
    stands::{self, Stand},
    symbols,
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
pub enum Detail {
    /// All, with the name beside it if there is room.
    Name,
    /// All but the name.
    Pips,
    /// Neither name nor pips.
    Stance,
    /// Whose it is and how strong.
    Bare,
    /// That there is somebody.
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
    if super::stride(view) * camera.zoom / scale < dots::FEW {
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

/// Draws them.
pub fn draw(sheet: &mut Sheet) {
    drift::draw(sheet);
    lay(sheet, false);
}

/// Draws those who pass over the chart in a film: they stand at no place of it.
pub fn pass(sheet: &mut Sheet) {
    sheet.places = Places::default();
    lay(sheet, true);
}

fn lay(sheet: &mut Sheet, passing: bool) {
    let detail = Detail::of(sheet.room());
    if detail == Detail::Dot && sheet.room() < dots::FEW {
        return dots::draw(sheet);
    }
    let mut stands = stands::lay(sheet, detail, passing);
    for stand in stands.iter().filter(|s| s.leads) {
        lead(sheet, stand);
    }
    // What lies over others lies over them in the picture too, and what a person looks at over all.
    let chosen = sheet.options.selected.as_ref();
    stands.sort_by_cached_key(|stand| {
        let own = stand.pile.iter().any(|c| c.solid);
        let looked_at = holds(&stand.pile, chosen);
        (fans(sheet, stand), looked_at, stand.over, stand.over && own)
    });
    for stand in stands {
        stack(sheet, stand);
    }
}

/// The line to a stack that stands away from its place, in the hue of its side.
fn lead(sheet: &mut Sheet, stand: &Stand) {
    let Some(front) = stand.pile.first() else {
        return;
    };
    let hue = colours(sheet, front);
    let hue = if front.solid { hue.0 } else { hue.1.colour };
    // It begins at the ring of a sector, and in the middle of who is under way.
    let begins = match stand.place {
        Place::Sector(_) => 6.5,
        Place::Lane { .. } => 0.0,
    };
    spots::leader(sheet, stand.at, stand.centre, hue, begins);
}

/// Whether a stack is spread out, for the pointer is on it or on its place.
fn fans(sheet: &Sheet, stand: &Stand) -> bool {
    let hover = sheet.options.hover.as_ref();
    let pointed = hover
        .is_some_and(|t| matches!((t, &stand.place), (Tag::Sector(s), Place::Sector(p)) if s == p));
    stand.pile.len() > 1 && stand.detail < Detail::Dot && (pointed || holds(&stand.pile, hover))
}

/// Width and height of a counter.
pub fn size(detail: Detail, scale: f32) -> (f32, f32) {
    let (w, h) = match detail {
        Detail::Name | Detail::Pips => (62.0, 30.0),
        Detail::Stance => (60.0, 22.0),
        Detail::Bare => (42.0, 18.0),
        Detail::Dot => (10.0, 10.0),
    };
    (w * scale, h * scale)
}

/// A stack: the strongest in front with the sum, the others behind; spread out if the pointer is on it.
fn stack(sheet: &mut Sheet, stand: Stand) {
    let scale = sheet.scale;
    let fan = fans(sheet, &stand);
    let Stand {
        mut pile,
        centre,
        detail,
        ..
    } = stand;
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
    if detail == Detail::Dot {
        // What it has no room for itself is said beside it.
        let hue = colours(sheet, front);
        let words = Note {
            rank: Rank::Sector,
            around: area.grown(1.0 * scale),
            size: 13.0,
            weight: Weight::Medium,
            colour: if front.solid { hue.0 } else { hue.2 },
            text: figure(sum, front.certain),
            tag: None,
        };
        sheet.notes.push(words);
    }
    let chosen = holds(&pile, sheet.options.selected.as_ref());
    if (detail == Detail::Name && front.solid) || chosen {
        let more = if pile.len() > 1 {
            format!(" +{}", pile.len() - 1)
        } else {
            String::new()
        };
        let words = Note {
            rank: if chosen { Rank::Chosen } else { Rank::Force },
            around: stands::body(detail, pile.len(), scale).taken(centre),
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
    let age = counter.age.min(4) as f32;
    let mut rim = Stroke::new(hue.toward(palette.ground, 0.09 * age), width);
    let ink = hue.toward(palette.text, 0.15 + 0.08 * age);
    if counter.certain >= Confidence::Plot || counter.age > 0 {
        rim = rim.dashed(4.0 * sheet.scale, 2.6 * sheet.scale);
    }
    (palette.ground.toward(hue, 0.10), rim, ink)
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
    let bare = detail == Detail::Bare;
    let x = area.min.x + if bare { 8.5 } else { 10.0 } * scale;
    let half = if bare { 4.4 } else { 5.2 } * scale;
    symbols::emblem(sheet, rank, Pos::new(x, middle.y), half, ink);
    let role = counter.role.filter(|_| !bare);
    if role.is_some() {
        let at = Pos::new(area.min.x + 27.0 * scale, middle.y);
        symbols::role(sheet, role, at, 6.0 * scale, ink);
    }
    let room = match (bare, role) {
        (true, _) => 25.0,
        (false, Some(_)) => 24.0,
        (false, None) => 41.0,
    } * scale;
    let figure = Text {
        at: Pos::new(area.max.x - if bare { 3.0 } else { 4.0 } * scale, middle.y),
        anchor: Anchor::End,
        size: 13.0 * scale,
        weight: Weight::Medium,
        colour: ink,
        halo: None,
        spacing: 0.0,
        text: fitting(strength, counter.certain, room / scale),
    };
    sheet.text(figure, None);
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

/// The figure in so much room: both bounds, else their middle.
fn fitting(strength: (i64, i64), certain: Confidence, room: f32) -> String {
    let fits = |words: &String| text::width(words, 13.0, Weight::Medium, 0.0) <= room;
    let middle = (strength.0 / 2 + strength.1 / 2) / HP_PER_SP;
    let tried = [
        figure(strength, certain),
        format!("~{middle}"),
        middle.to_string(),
        format!("{}k", middle / 1000),
    ];
    let [.., last] = &tried;
    tried.iter().find(|w| fits(w)).unwrap_or(last).clone()
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

    #[test]
    fn a_figure_is_written_in_whatever_room_there_is() {
        let narrow = |least, most| fitting((least, most), Confidence::Plot, 25.0);
        assert_eq!(narrow(2_400, 4_100), "~32");
        assert_eq!(narrow(100, 300), "1\u{2013}3");
        assert_eq!(narrow(12_000, 14_000), "130");
        assert_eq!(narrow(1_200_000, 1_400_000), "13k");
        assert_eq!(
            fitting((2_400, 4_100), Confidence::Plot, 41.0),
            "24\u{2013}41"
        );
    }
}
