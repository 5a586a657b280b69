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
    let mut best: Option<(usize, Near<'a>)> = None;
    for word in known.into_iter().filter(|word| word.len() <= LONGEST) {
        let distance = strsim::osa_distance(&wrong, &folded(word));
        if distance > allowed || distance >= word.chars().count() {
            continue;
        }
        match &mut best {
            Some((least, _)) if *least < distance => {}
            Some((least, near)) if *least == distance => near.alone &= near.word == word,
            _ => best = Some((distance, Near { word, alone: true })),
        }
    }
    best.map(|(_, near)| near)
}

/// The word without what people mix up: case, underscores, hyphens.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}
