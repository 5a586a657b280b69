//! Colours as the colour-blind see them, and how far apart they are.

use bevy_egui::egui::Color32;

use crate::{chart::Look, gui::theme};

/// A way of seeing colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sight {
    /// As most do.
    Full,
    /// Without the cones for long waves.
    Protan,
    /// Without those for middle waves.
    Deutan,
    /// Without those for short waves.
    Tritan,
}

/// All of them.
pub const SIGHTS: [Sight; 4] = [Sight::Full, Sight::Protan, Sight::Deutan, Sight::Tritan];

impl Sight {
    /// What a colour of linear light becomes: Machado, Oliveira and Fernandes 2009, severity 1.
    fn matrix(self) -> [[f32; 3]; 3] {
        match self {
            Sight::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Sight::Protan => [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
            Sight::Deutan => [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
            Sight::Tritan => [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        }
    }

    /// Linear light as it is seen.
    fn sees(self, light: [f32; 3]) -> [f32; 3] {
        self.matrix()
            .map(|row| row.iter().zip(light).map(|(m, l)| m * l).sum::<f32>())
            .map(|part| part.clamp(0.0, 1.0))
    }
}

/// How different two colours look: CIE76, where 2 can just be told apart side by side.
pub fn apart(sight: Sight, a: Color32, b: Color32) -> f32 {
    let [a, b] = [a, b].map(|colour| lab(sight.sees(light(colour))));
    let square = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    square.sum::<f32>().sqrt()
}

fn light(colour: Color32) -> [f32; 3] {
    let [r, g, b, _] = colour.to_array();
    [r, g, b].map(|part| {
        let v = f32::from(part) / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// CIE L*a*b* of linear sRGB under D65.
fn lab([r, g, b]: [f32; 3]) -> [f32; 3] {
    let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47;
    let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83;
    let [x, y, z] = [x, y, z].map(|t| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Sides that meet in a war of the shipped campaigns.
const SIDES: usize = 4;
/// How far apart two sides must be.
const FAR: f32 = 10.0;
/// The same in the look made for it.
const FARTHER: f32 = 15.0;
/// How far apart a side must be from a colour that means something, and these from each other.
const CLEAR: f32 = 8.0;

fn alike() -> Vec<String> {
    let mut found = Vec::new();
    for look in Look::ALL {
        theme::look(look);
        let meanings = [
            ("loss", theme::loss()),
            ("attention", theme::attention()),
            ("gold", theme::gold()),
        ];
        for sight in SIGHTS {
            let mut compare = |names: String, a, b, least: f32| {
                let apart = apart(sight, a, b);
                if apart < least {
                    found.push(format!(
                        "{look:?}, {sight:?}: {names} are {apart:.1} of {least} apart"
                    ));
                }
            };
            let far = if look == Look::ColourBlind {
                FARTHER
            } else {
                FAR
            };
            for side in 0..SIDES {
                for other in side + 1..SIDES {
                    let names = format!("sides {side} and {other}");
                    compare(names, theme::side(side), theme::side(other), far);
                }
                for (name, colour) in meanings {
                    let names = format!("side {side} and {name}");
                    compare(names, theme::side(side), colour, CLEAR);
                }
            }
            for (index, (name, colour)) in meanings.iter().enumerate() {
                for (other, second) in &meanings[index + 1..] {
                    compare(format!("{name} and {other}"), *colour, *second, CLEAR);
                }
            }
        }
    }
    theme::look(Look::Normal);
    found
}

#[test]
fn sides_and_meanings_are_told_apart_by_everybody() {
    let found = alike();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn red_and_green_are_found_alike_by_those_who_cannot_tell_them_apart() {
    let (red, green) = (
        Color32::from_rgb(190, 90, 60),
        Color32::from_rgb(130, 125, 60),
    );
    assert!(apart(Sight::Full, red, green) > 35.0);
    assert!(apart(Sight::Deutan, red, green) < 15.0);
    let (blue, teal) = (
        Color32::from_rgb(80, 120, 200),
        Color32::from_rgb(60, 140, 140),
    );
    assert!(apart(Sight::Tritan, blue, teal) < apart(Sight::Full, blue, teal) / 2.0);
    assert!(apart(Sight::Full, red, red) < 0.01);
}
