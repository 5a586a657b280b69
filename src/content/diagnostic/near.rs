//! The word that was most likely meant.

/// A known word near a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Near<'a> {
    /// The word.
    pub(crate) word: &'a str,
    /// No other known word is as near.
    pub(crate) alone: bool,
}

/// The known word that was most likely meant: the same but for case, `_` and `-`, or a few letters
/// away (one in three).
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(wrong, known).map(|near| near.word)
}

/// As [`suggest`], with whether it is the only one so near.
pub(crate) fn near<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    const LONGEST: usize = 64;
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = folded(wrong);
    let allowed = (wrong.chars().count() / 3).max(1);
    // How far the best is, and how many letters it has in common at both ends.
    let mut best: Option<(usize, usize, Near<'a>)> = None;
    for word in known.into_iter().filter(|word| word.len() <= LONGEST) {
        let plain = folded(word);
        let distance = strsim::osa_distance(&wrong, &plain);
        if distance > allowed || distance >= word.chars().count() {
            continue;
        }
        let ends = common_ends(&wrong, &plain);
        match &mut best {
            Some((least, ..)) if *least < distance => {}
            Some((least, most, near)) if *least == distance => {
                if near.word != word {
                    near.alone = false;
                }
                if ends > *most {
                    (*most, near.word) = (ends, word);
                }
            }
            _ => best = Some((distance, ends, Near { word, alone: true })),
        }
    }
    best.map(|(.., near)| near)
}

/// How many letters two words have in common at their beginning and at their end: of several words as near as one another
/// the one that begins and ends alike was meant more often.
fn common_ends(a: &str, b: &str) -> usize {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start = a.chars().zip(b.chars()).take_while(same).count();
    let end = a
        .chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(same)
        .count();
    start + end
}

/// The word without what people mix up: case, underscores, hyphens.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
