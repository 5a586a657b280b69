//! How wide a text is, without a font at hand: advances of Roboto, and a safe guess for letters beyond them.

use super::scene::Weight;

/// Advances of the letters from space to `~`, thousandths of an em, rounded up.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    249, 258, 321, 616, 563, 733, 623, 175, 343, 349, 431, 568, 197, 277, 264, 413, 563, 563, 563,
    563, 563, 563, 563, 563, 563, 563, 243, 212, 509, 549, 523, 473, 898, 653, 624, 651, 657, 569,
    553, 682, 714, 272, 552, 628, 539, 874, 714, 688, 631, 688, 617, 594, 597, 649, 637, 888, 627,
    601, 600, 266, 411, 266, 418, 452, 310, 544, 562, 524, 564, 531, 348, 562, 551, 244, 240, 507,
    244, 877, 553, 571, 562, 569, 339, 517, 328, 552, 485, 752, 497, 474, 497, 339, 245, 339, 681,
];
/// The same in the heavier weight.
#[rustfmt::skip]
const MEDIUM: [u16; 95] = [
    250, 269, 325, 611, 569, 735, 640, 169, 350, 354, 443, 558, 221, 329, 280, 396, 569, 569, 569,
    569, 569, 569, 569, 569, 569, 569, 266, 238, 509, 560, 521, 487, 896, 666, 632, 653, 654, 566,
    550, 682, 711, 283, 556, 631, 542, 876, 711, 691, 640, 691, 625, 605, 608, 653, 648, 881, 633,
    610, 603, 275, 418, 275, 428, 452, 323, 542, 563, 524, 565, 537, 355, 567, 556, 256, 251, 522,
    256, 871, 557, 570, 563, 568, 352, 517, 334, 556, 496, 744, 504, 487, 504, 336, 251, 336, 665,
];

/// Width of a line of text, pixels; never less than what is drawn.
pub fn width(text: &str, size: f32, weight: Weight, spacing: f32) -> f32 {
    text.chars()
        .map(|c| f32::from(advance(c, weight)) / 1000.0 * size + spacing)
        .sum()
}

/// The text cut to a width, with an ellipsis if anything is lost.
pub fn fitted(text: &str, size: f32, weight: Weight, room: f32) -> String {
    if width(text, size, weight, 0.0) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("\u{2026}", size, weight, 0.0);
    for letter in text.chars() {
        used += f32::from(advance(letter, weight)) / 1000.0 * size;
        if used > room {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('\u{2026}');
    kept
}

fn advance(letter: char, weight: Weight) -> u16 {
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Medium => &MEDIUM,
    };
    let code = letter as usize;
    match code {
        0..=31 => 0,
        32..=126 => table[code - 32],
        0xb7 => 290,
        0x2019 => 220,
        0x2013 => 660,
        0x2026 => 710,
        0x2212 => 580,
        // Latin with marks, Greek, Cyrillic and punctuation.
        127..=0x10ff | 0x1e00..=0x20ff => 970,
        // Other scripts and signs may fill the em, or somewhat more.
        _ => 1300,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_tabular() {
        let wide = |t| width(t, 13.0, Weight::Regular, 0.0);
        assert_eq!(wide("111"), wide("084"));
        assert_eq!(
            fitted("Long Reach", 13.0, Weight::Regular, 500.0),
            "Long Reach"
        );
        let short = fitted("Long Reach", 13.0, Weight::Regular, 50.0);
        assert!(
            short.ends_with('\u{2026}') && wide(&short) <= 50.0,
            "{short}"
        );
    }
}
