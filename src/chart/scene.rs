//! A picture as a list of plain shapes, in pixels, back to front. Whoever can draw lines, convex polygons, circles
//! and text can draw the chart.

use crate::{
    content::{Force, Key, Lane, Sector, Site},
    sim::view::Contact,
};

/// How far from a line a pointer may be and still mean it, pixels.
const GRIP: f32 = 4.0;

/// The share of its reach up to which a glow has its full colour.
pub const FADE: f32 = 0.5;

/// The share of its opacity that a glow has at this share of its reach.
pub fn glow(share: f32) -> f32 {
    let t = ((1.0 - share) / (1.0 - FADE)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A point of the picture, pixels from the upper left corner.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Pos {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Pos {
    /// The point at these coordinates.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
    /// The point shifted by so much.
    #[must_use]
    pub fn by(self, dx: f32, dy: f32) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }
    /// The point a share `t` of the way to another.
    #[must_use]
    pub fn toward(self, other: Pos, t: f32) -> Self {
        Self::new(
            self.x + (other.x - self.x) * t,
            self.y + (other.y - self.y) * t,
        )
    }
    /// How far another point is, pixels.
    pub fn distance(self, other: Pos) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// An upright box of the picture.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Area {
    /// Upper left corner.
    pub min: Pos,
    /// Lower right corner.
    pub max: Pos,
}

impl Area {
    /// The box of this size around a point.
    pub fn around(centre: Pos, width: f32, height: f32) -> Self {
        Self {
            min: centre.by(-width / 2.0, -height / 2.0),
            max: centre.by(width / 2.0, height / 2.0),
        }
    }
    /// The box from this corner of this size.
    pub fn from(corner: Pos, width: f32, height: f32) -> Self {
        Self {
            min: corner,
            max: corner.by(width, height),
        }
    }
    /// The box with a margin on every side.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self {
            min: self.min.by(-by, -by),
            max: self.max.by(by, by),
        }
    }
    /// The least box that holds both.
    #[must_use]
    pub fn with(self, other: Area) -> Self {
        Self {
            min: Pos::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: Pos::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }
    /// Its middle.
    pub fn centre(self) -> Pos {
        self.min.toward(self.max, 0.5)
    }
    /// Whether the two share a part of the picture.
    pub fn touches(self, other: Area) -> bool {
        self.min.x < other.max.x
            && other.min.x < self.max.x
            && self.min.y < other.max.y
            && other.min.y < self.max.y
    }
    /// Whether the point lies in it.
    pub fn contains(self, at: Pos) -> bool {
        (self.min.x..=self.max.x).contains(&at.x) && (self.min.y..=self.max.y).contains(&at.y)
    }
    /// How far a point lies outside it, pixels; 0 within.
    pub fn gap(self, at: Pos) -> f32 {
        let x = (self.min.x - at.x).max(at.x - self.max.x).max(0.0);
        let y = (self.min.y - at.y).max(at.y - self.max.y).max(0.0);
        x.hypot(y)
    }
    /// Whether the other lies in it whole.
    pub fn holds(self, other: Area) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }
    /// Its corners, clockwise from the upper left.
    pub fn corners(self) -> Vec<Pos> {
        let Area { min, max } = self;
        vec![min, Pos::new(max.x, min.y), max, Pos::new(min.x, max.y)]
    }
}

/// A colour with straight (not premultiplied) opacity, 0 to 255 each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Colour {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// 0 is not there, 255 solid.
    pub a: u8,
}

impl Colour {
    /// Nothing to see; shapes of this colour are there to be hit.
    pub const CLEAR: Self = Self {
        r: 0,
        g: 0,
        b: 0,
        a: 0,
    };

    /// A solid colour.
    pub const fn new(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }
    /// The same hue at this opacity, 0.0 to 1.0.
    #[must_use]
    pub fn faint(self, opacity: f32) -> Self {
        Self {
            a: (opacity.clamp(0.0, 1.0) * 255.0).round() as u8,
            ..self
        }
    }
    /// How bright it is to the eye, 0 to 1, as the contrast rules for the web define it.
    pub fn luminance(self) -> f32 {
        let part = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.03928 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.r) + 0.7152 * part(self.g) + 0.0722 * part(self.b)
    }
    /// How far two colours are apart in brightness: 1 (not at all) to 21.
    pub fn contrast(self, other: Colour) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
    /// A share `t` of the way to another colour.
    #[must_use]
    pub fn toward(self, other: Colour, t: f32) -> Self {
        let mix = |a: u8, b: u8| {
            (f32::from(a) + (f32::from(b) - f32::from(a)) * t.clamp(0.0, 1.0)).round() as u8
        };
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
            a: mix(self.a, other.a),
        }
    }
}

/// A line as it is drawn. Ends and corners are round.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Pixels.
    pub width: f32,
    /// Pixels drawn and pixels left out, in turn; none: drawn through.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A line drawn through.
    pub const fn new(colour: Colour, width: f32) -> Self {
        Self {
            colour,
            width,
            dash: None,
        }
    }
    /// The same line, broken.
    #[must_use]
    pub const fn dashed(self, on: f32, off: f32) -> Self {
        Self {
            dash: Some((on, off)),
            ..self
        }
    }
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    #[default]
    Middle,
    /// Its right end.
    End,
}

/// How heavy the letters are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Weight {
    /// For reading.
    #[default]
    Regular,
    /// For names and figures that matter.
    Medium,
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub struct Text {
    /// Where its anchor stands; in height, the middle of the capitals.
    pub at: Pos,
    /// Which part stands there.
    pub anchor: Anchor,
    /// Pixels an em.
    pub size: f32,
    /// How heavy.
    pub weight: Weight,
    /// Its colour.
    pub colour: Colour,
    /// A rim of this colour keeps it apart from what lies below; two pixels wide.
    pub halo: Option<Colour>,
    /// Extra space after each letter, pixels.
    pub spacing: f32,
    /// The words.
    pub text: String,
}

impl Text {
    /// The box it fills; never less than what is drawn.
    pub fn area(&self) -> Area {
        let width = super::text::width(&self.text, self.size, self.weight, self.spacing);
        let left = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        Area::from(
            Pos::new(left, self.at.y - self.size * 0.62),
            width,
            self.size * 1.24,
        )
    }
}

/// What a shape looks like.
#[derive(Clone, PartialEq, Debug)]
pub enum Form {
    /// A line through points.
    Polyline {
        /// At least two.
        points: Vec<Pos>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A closed, convex shape.
    Polygon {
        /// At least three, in order around it.
        points: Vec<Pos>,
        /// Its inside.
        fill: Colour,
        /// Its rim.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        centre: Pos,
        /// Pixels.
        radius: f32,
        /// Its inside.
        fill: Colour,
        /// Its rim.
        stroke: Option<Stroke>,
    },
    /// A line of text.
    Text(Text),
    /// A convex shape whose colour fades with the distance from a point of it: full up to [`FADE`] of the reach, then
    /// less, until nothing is left.
    Glow {
        /// Its rim; at least three points, in order around it.
        points: Vec<Pos>,
        /// From where it fades.
        centre: Pos,
        /// Where nothing is left, pixels.
        reach: f32,
        /// Its colour in the middle.
        colour: Colour,
    },
    /// Many specks of one size and colour.
    Grain {
        /// Their middles.
        points: Vec<Pos>,
        /// Pixels.
        radius: f32,
        /// Their colour.
        colour: Colour,
    },
    /// The ground's pixels ([`ground::shared`](super::ground::shared)), stretched over a box.
    Image {
        /// The box; it may reach far beyond the picture.
        area: Area,
        /// Which ground.
        ground: super::ground::Id,
    },
}

/// What a shape stands for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tag {
    /// A way.
    Lane(Key<Lane>),
    /// A place.
    Sector(Key<Sector>),
    /// What stands in a place.
    Site(Key<Site>),
    /// A foreign force as far as known.
    Contact(Key<Contact>),
    /// A force whose truth is known.
    Force(Key<Force>),
}

/// One shape.
#[derive(Clone, PartialEq, Debug)]
pub struct Shape {
    /// What it looks like.
    pub form: Form,
    /// What it stands for, if a pointer may mean it.
    pub tag: Option<Tag>,
}

/// A picture.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scene {
    /// Width and height, pixels.
    pub size: (f32, f32),
    /// Back to front.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// What the pointer means at this point: the foremost thing there.
    pub fn hit(&self, x: f32, y: f32) -> Option<&Tag> {
        let at = Pos::new(x, y);
        self.shapes
            .iter()
            .rev()
            .find(|s| s.tag.is_some() && s.form.covers(at))
            .and_then(|s| s.tag.as_ref())
    }

    /// Everything at this point, foremost first, each once: what a stack holds.
    pub fn hits(&self, x: f32, y: f32) -> Vec<&Tag> {
        let at = Pos::new(x, y);
        let mut found: Vec<&Tag> = Vec::new();
        for shape in self.shapes.iter().rev() {
            if let Some(tag) = &shape.tag
                && !found.contains(&tag)
                && shape.form.covers(at)
            {
                found.push(tag);
            }
        }
        found
    }

    /// All texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.shapes.iter().filter_map(|s| match &s.form {
            Form::Text(text) => Some(text),
            _ => None,
        })
    }

    /// All names: words with a rim that stand for something.
    pub fn names(&self) -> impl Iterator<Item = (&Text, &Tag)> {
        self.shapes.iter().filter_map(|shape| match &shape.form {
            Form::Text(text) if text.halo.is_some() => Some((text, shape.tag.as_ref()?)),
            _ => None,
        })
    }
}

impl Form {
    /// Whether a pointer at this point means the shape.
    pub fn covers(&self, at: Pos) -> bool {
        match self {
            Form::Polyline { points, stroke } => {
                let reach = (stroke.width / 2.0).max(GRIP);
                points
                    .windows(2)
                    .any(|pair| to_segment(at, pair[0], pair[1]) <= reach)
            }
            Form::Polygon { points, .. } => inside(points, at),
            Form::Circle { centre, radius, .. } => centre.distance(at) <= *radius,
            Form::Text(text) => text.area().contains(at),
            Form::Glow { .. } | Form::Grain { .. } | Form::Image { .. } => false,
        }
    }
}

/// How far a point is from a piece of line.
pub(super) fn to_segment(at: Pos, a: Pos, b: Pos) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let square = dx * dx + dy * dy;
    if square <= f32::EPSILON {
        return at.distance(a);
    }
    let t = (((at.x - a.x) * dx + (at.y - a.y) * dy) / square).clamp(0.0, 1.0);
    at.distance(a.by(dx * t, dy * t))
}

fn inside(points: &[Pos], at: Pos) -> bool {
    let mut odd = false;
    for (i, a) in points.iter().enumerate() {
        let b = points[(i + 1) % points.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foremost_thing_is_hit() {
        let circle = |tag: Tag, radius| Shape {
            form: Form::Circle {
                centre: Pos::new(10.0, 10.0),
                radius,
                fill: Colour::CLEAR,
                stroke: None,
            },
            tag: Some(tag),
        };
        let near = Tag::Force(Key::new("near"));
        let far = Tag::Sector(Key::new("far"));
        let scene = Scene {
            size: (20.0, 20.0),
            shapes: vec![circle(far.clone(), 9.0), circle(near.clone(), 3.0)],
        };
        assert_eq!(scene.hit(10.0, 11.0), Some(&near));
        assert_eq!(scene.hit(10.0, 16.0), Some(&far));
        assert_eq!(scene.hit(0.0, 0.0), None);
        assert_eq!(scene.hits(10.0, 11.0), vec![&near, &far]);
    }

    #[test]
    fn lines_and_polygons_are_hit() {
        let line = Form::Polyline {
            points: vec![Pos::new(0.0, 0.0), Pos::new(10.0, 0.0)],
            stroke: Stroke::new(Colour::CLEAR, 1.0),
        };
        assert!(line.covers(Pos::new(5.0, 3.0)));
        assert!(!line.covers(Pos::new(5.0, 6.0)));
        let square = Form::Polygon {
            points: Area::around(Pos::new(0.0, 0.0), 4.0, 4.0).corners(),
            fill: Colour::CLEAR,
            stroke: None,
        };
        assert!(square.covers(Pos::new(1.0, 1.0)));
        assert!(!square.covers(Pos::new(3.0, 1.0)));
    }
}
