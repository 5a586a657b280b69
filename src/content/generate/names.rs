//! Names that nobody bears: syllables put together so that they can be spoken.

use std::collections::BTreeSet;

use super::dice::Dice;

const BEGIN: [&str; 30] = [
    "b", "br", "c", "d", "dr", "f", "g", "gl", "h", "j", "k", "kr", "l", "m", "n", "p", "r", "s",
    "sh", "sk", "st", "t", "th", "tr", "v", "w", "y", "z", "", "",
];
const FIRST: [&str; 9] = ["a", "e", "i", "o", "u", "a", "e", "o", "ae"];
const VOWEL: [&str; 5] = ["a", "e", "i", "o", "u"];
const MIDDLE: [&str; 22] = [
    "b", "d", "g", "l", "ll", "ld", "m", "n", "nd", "nn", "r", "rr", "rk", "s", "st", "ss", "t",
    "th", "v", "z", "rv", "lm",
];
const END: [&str; 14] = [
    "n", "r", "l", "s", "th", "m", "nd", "x", "rn", "", "", "", "sk", "ne",
];

/// Names that were given, so that none is given twice.
pub(super) struct Names {
    dice: Dice,
    given: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed, "names"),
            given: BTreeSet::new(),
        }
    }

    /// A name that has not been given yet, nor begins like one that has: `Velloris`.
    pub(super) fn next(&mut self) -> String {
        // A few hundred names are asked for, of some hundred thousand that there are; a number behind one is for a
        // world without chance.
        for more in 0_usize.. {
            let mut name = self.made();
            if more > 10_000 {
                name.push_str(&more.to_string());
            }
            let begins: String = name.chars().take(5).collect();
            // Short ones are words, more often than not.
            if name.len() >= 5 && self.given.insert(begins) {
                let mut letters = name.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase());
                return first.into_iter().chain(letters).collect();
            }
        }
        String::new()
    }

    fn made(&mut self) -> String {
        let long = self.dice.chance(300);
        let mut name = String::new();
        let mut put = |dice: &mut Dice, of: &[&str]| {
            name.push_str(dice.one(of).copied().unwrap_or("a"));
        };
        put(&mut self.dice, &BEGIN);
        put(&mut self.dice, &FIRST);
        put(&mut self.dice, &MIDDLE);
        put(&mut self.dice, &VOWEL);
        if long {
            // One plain consonant, or nobody could say it.
            put(&mut self.dice, &["l", "n", "r", "v", "d", "m", "s", "t"]);
            put(&mut self.dice, &VOWEL[..4]);
        }
        put(&mut self.dice, &END);
        name
    }
}

/// `First`, `Second`, ...; beyond those there are words for, a number.
pub(super) fn ordinal(number: usize) -> String {
    const WORDS: [&str; 12] = [
        "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
        "Tenth", "Eleventh", "Twelfth",
    ];
    WORDS
        .get(number)
        .map_or_else(|| format!("{}th", number + 1), |word| (*word).to_owned())
}
