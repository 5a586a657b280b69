//! A panel of a picture as SVG text: shapes, words, scales and axes.

use std::fmt::Write as _;

/// Colours of sides, told apart also by those who see few colours; lines of sides have their own dashes as well.
pub const COLOURS: [&str; 6] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#4b4b9b",
];
const DASHES: [&str; 6] = ["none", "7 3", "2 3", "9 3 2 3", "4 4", "12 4"];
/// The colour of what belongs to nobody.
pub const NOBODY: &str = "#9a9a9a";
/// The colour of words and axes.
pub const INK: &str = "#222222";
const GRID: &str = "#dddddd";

/// The colour of the side of this number.
pub fn colour(side: usize) -> &'static str {
    COLOURS[side % COLOURS.len()]
}

/// Where a text stands about its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It lies about it.
    Middle,
    /// It ends there.
    End,
}

/// Numbers as places along an axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    /// The numbers at both ends.
    pub from: (f64, f64),
    /// Their places.
    pub to: (f64, f64),
}

impl Scale {
    /// The place of a number.
    pub fn at(&self, number: f64) -> f64 {
        let wide = self.from.1 - self.from.0;
        let share = if wide == 0.0 {
            0.0
        } else {
            (number - self.from.0) / wide
        };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// Round numbers from the first that is not above `low` to the first that is not below `high`, about five of them.
pub fn ticks(low: f64, high: f64) -> Vec<f64> {
    let wide = (high - low).max(1e-9);
    let rough = wide / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|n| n * power)
        .find(|step| *step >= rough)
        .unwrap_or(10.0 * power);
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    // A handful whatever the numbers are.
    let count = ((last - first) as usize).clamp(1, 20);
    (0..=count).map(|n| (first + n as f64) * step).collect()
}

/// The same of whole numbers: no tick between two of them.
pub fn whole_ticks(low: f64, high: f64) -> Vec<f64> {
    let mut all = ticks(low, high.max(low + 1.0));
    all.retain(|tick| tick.fract() == 0.0);
    all
}

/// A number without digits that say nothing.
pub fn short(number: f64) -> String {
    if number > 0.0 && number < 0.05 {
        String::from("<0.1")
    } else if number.abs() >= 10.0 || number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        format!("{number:.1}")
    }
}

/// What has been drawn so far.
#[derive(Default)]
pub struct Pen(String);

impl Pen {
    /// The text of all that was drawn.
    pub fn done(self) -> String {
        self.0
    }

    fn line_of(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = self.0.write_fmt(text);
        self.0.push('\n');
    }

    /// A filled rectangle.
    pub fn rect(&mut self, at: (f64, f64), size: (f64, f64), fill: &str, opacity: f64) {
        let ((x, y), (w, h)) = (at, (size.0.max(0.0), size.1.max(0.0)));
        self.line_of(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>"
        ));
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.line_of(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        ));
    }

    /// A line from point to point in the colour and with the dashes of a side.
    pub fn path(&mut self, points: &[(f64, f64)], side: usize) {
        let (stroke, dash) = (colour(side), DASHES[side % DASHES.len()]);
        let points = list(points, " L ");
        self.line_of(format_args!(
            "<path d=\"M {points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>"
        ));
    }

    /// A pale surface between these points in the colour of a side.
    pub fn band(&mut self, points: &[(f64, f64)], side: usize) {
        let (fill, points) = (colour(side), list(points, " "));
        self.line_of(format_args!(
            "<polygon points=\"{points}\" fill=\"{fill}\" fill-opacity=\"0.2\"/>"
        ));
    }

    /// Words.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, size: u32, text: &str) {
        self.coloured(at, anchor, size, INK, text);
    }

    /// Words in a colour.
    pub fn coloured(&mut self, at: (f64, f64), anchor: Anchor, size: u32, fill: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let ((x, y), text) = (at, escape(text));
        self.line_of(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{text}</text>"
        ));
    }

    /// What a panel is about, at its top.
    pub fn title(&mut self, text: &str) {
        self.text((0.0, 16.0), Anchor::Start, 15, text);
    }

    /// An axis below a plot that reaches from `top` to `bottom`: its numbers, lines at them, and what they are.
    pub fn across(&mut self, scale: &Scale, numbers: &[f64], top: f64, bottom: f64, unit: &str) {
        for number in numbers {
            let x = scale.at(*number);
            self.line((x, top), (x, bottom), GRID, 1.0);
            self.text((x, bottom + 16.0), Anchor::Middle, 12, &short(*number));
        }
        self.line((scale.to.0, bottom), (scale.to.1, bottom), INK, 1.0);
        let middle = (scale.to.0 + scale.to.1) / 2.0;
        self.text((middle, bottom + 34.0), Anchor::Middle, 12, unit);
    }

    /// An axis at the left of a plot that reaches from `left` to `right`, with its unit above it.
    pub fn upwards(&mut self, scale: &Scale, numbers: &[f64], left: f64, right: f64, unit: &str) {
        for number in numbers {
            let y = scale.at(*number);
            self.line((left, y), (right, y), GRID, 1.0);
            self.text((left - 6.0, y + 4.0), Anchor::End, 12, &short(*number));
        }
        self.line((left, scale.to.0), (left, scale.to.1), INK, 1.0);
        let top = scale.to.0.min(scale.to.1);
        self.text((left, top - 8.0), Anchor::Start, 12, unit);
    }
}

fn list(points: &[(f64, f64)], between: &str) -> String {
    let each = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    each.collect::<Vec<_>>().join(between)
}

/// A text cut to this many characters.
pub fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept = text.chars().take(width.saturating_sub(1));
    kept.chain(['…']).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_all_between() {
        assert_eq!(ticks(0.0, 100.0), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(-30.0, 95.0), [-50.0, 0.0, 50.0, 100.0]);
        assert_eq!(ticks(3.0, 3.0).len(), 2);
        assert_eq!(whole_ticks(0.0, 1.0), [0.0, 1.0]);
        assert!(ticks(0.0, 1e12).len() < 10);
    }

    #[test]
    fn words_are_no_tags() {
        let mut pen = Pen::default();
        pen.text((0.0, 0.0), Anchor::Start, 12, "a<b & c>d");
        assert!(pen.done().contains(">a&lt;b &amp; c&gt;d</text>"));
    }
}
