//! Where a counter may stand: close to its place if there is room, else a little farther off at the end of a short line,
//! and never where it would seem to stand at another place.

use super::{Sheet, room::Taken};
use crate::chart::scene::{Area, Colour, Pos, Stroke};

/// Ways to lead off a place, in order of liking.
const WAYS: [(f32, f32); 12] = [
    (0.0, -1.0),
    (0.7, -0.8),
    (-0.7, -0.8),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.7, 0.8),
    (-0.7, 0.8),
    (0.4, -1.0),
    (-0.4, -1.0),
    (1.0, -0.4),
    (-1.0, -0.4),
];
/// How far from the place the near edge of a counter may be, pixels at scale 1.
const FAR: [f32; 3] = [26.0, 42.0, 60.0];
/// How far from the place something stands that is close to it.
const CLEAR: f32 = 13.0;

/// How much dearer it is to cover a counter than anything else.
const DEAR: f32 = 6.0;

/// How much room a counter takes: its own, and what stands out of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Body {
    /// Width and height, pixels.
    pub size: (f32, f32),
    /// What stands out above.
    pub above: f32,
    /// What stands out to the right.
    pub right: f32,
    /// What is kept clear around it.
    pub clear: f32,
}

impl Body {
    /// The counter itself.
    pub fn area(&self, centre: Pos) -> Area {
        Area::around(centre, self.size.0, self.size.1)
    }

    /// All that it takes.
    pub fn taken(&self, centre: Pos) -> Area {
        let mut area = self.area(centre).grown(self.clear);
        area.min.y -= self.above;
        area.max.x += self.right;
        area
    }
}

/// The middles of what stands close to a place, in order of liking.
fn close(sheet: &Sheet, at: Pos, body: &Body) -> [Pos; 11] {
    let clear = CLEAR * sheet.scale;
    let (half, high) = (body.size.0 / 2.0, body.size.1 / 2.0);
    let over = -clear - high;
    let under = clear * 0.7 + body.clear + body.above + high;
    let (right, left) = (clear + half, -clear - half - body.right);
    [
        at.by(0.0, over),
        at.by(right, -clear * 0.6),
        at.by(left, -clear * 0.6),
        at.by(half * 0.75, over),
        at.by(-half * 0.75, over),
        at.by(0.0, under),
        at.by(right, clear * 0.6),
        at.by(left, clear * 0.6),
        at.by(half * 0.75, under),
        at.by(-half * 0.75, under),
        // Below the signs of what stands there.
        at.by(0.0, under + clear * 1.2),
    ]
}

/// The middles of what stands a little farther off.
fn off<'a>(sheet: &Sheet, at: Pos, body: &'a Body) -> impl Iterator<Item = Pos> + use<'a> {
    let scale = sheet.scale;
    FAR.into_iter().flat_map(move |far| {
        WAYS.into_iter().map(move |(x, y)| {
            let off = far * scale;
            at.by(x * (off + body.size.0 / 2.0), y * (off + body.size.1 / 2.0))
        })
    })
}

/// Where it stands close to a place: above it if there is room; none: nowhere.
pub fn near(sheet: &Sheet, at: Pos, body: &Body) -> Option<Pos> {
    close(sheet, at, body).into_iter().find(|spot| {
        !sheet.taken.touches(body.taken(*spot)) && sheet.places.belongs(body.area(*spot), at)
    })
}

/// Where it stands a little farther off, where a line can lead to it and runs under nothing; none: nowhere in the
/// picture.
pub fn far(sheet: &Sheet, at: Pos, body: &Body) -> Option<Pos> {
    off(sheet, at, body).find(|spot| {
        let area = body.taken(*spot);
        sheet.field.holds(area)
            && !sheet.taken.touches(area)
            && sheet.places.belongs(body.area(*spot), at)
            && is_open(sheet, at, *spot)
    })
}

/// Where it covers least of what is drawn, and of other counters before all, if it must be drawn: off its place if it can be, else on it.
pub fn least(sheet: &Sheet, bodies: &Taken, at: Pos, body: &Body) -> Pos {
    let spots = close(sheet, at, body)
        .into_iter()
        .chain(off(sheet, at, body));
    let mut best = (f32::MAX, at);
    for (order, spot) in (0_u8..).zip(spots) {
        let area = body.area(spot);
        if !sheet.field.holds(area) || !sheet.places.belongs(area, at) {
            continue;
        }
        // What another counter says is dearer than signs, and a pixel is dearer than a step in the order.
        let cost = sheet.taken.covered(area) + DEAR * bodies.covered(area) + f32::from(order);
        if cost < best.0 {
            best = (cost, spot);
        }
    }
    best.1
}

/// Whether a line may lead from a place to a spot; what is close to the place is its own.
fn is_open(sheet: &Sheet, at: Pos, spot: Pos) -> bool {
    let own = 16.0 * sheet.scale;
    let length = at.distance(spot);
    let mut along = own;
    while along < length {
        let point = at.toward(spot, along / length.max(1.0));
        if sheet.taken.touches(Area::around(point, 2.0, 2.0)) {
            return false;
        }
        along += 6.0 * sheet.scale;
    }
    true
}

/// Whether what stands there needs a line to say where it belongs.
pub fn leads(sheet: &Sheet, at: Pos, area: Area) -> bool {
    area.gap(at) > (CLEAR + 5.0) * sheet.scale
}

/// Keeps others off the line from a place to what stands farther off.
pub fn keep(sheet: &mut Sheet, at: Pos, spot: Pos) {
    let edge = 4.0 * sheet.scale;
    for step in 1..4_u8 {
        let point = at.toward(spot, f32::from(step) / 4.0);
        sheet.taken.push(Area::around(point, edge, edge));
    }
}

/// Draws the line that leads from a place to what stands farther off, with a dot where it begins.
pub fn leader(sheet: &mut Sheet, at: Pos, spot: Pos, hue: Colour, begins: f32) {
    let scale = sheet.scale;
    let ground = sheet.palette.ground;
    let from = at.toward(spot, (begins * scale / at.distance(spot).max(1.0)).min(1.0));
    sheet.line(
        vec![from, spot],
        Stroke::new(ground.faint(0.8), 4.6 * scale),
    );
    sheet.line(vec![from, spot], Stroke::new(hue, 2.0 * scale));
    let rim = Stroke::new(ground, 1.2 * scale);
    sheet.circle(from, 3.0 * scale, hue, Some(rim));
}
