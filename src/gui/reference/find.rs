//! Looking for a word in the reference: names first, also those that are spelt a little otherwise, then texts.

use super::{Book, Subject};

/// Least letters of a word of which a slip is forgiven.
const SLIP: usize = 4;

/// Everything that answers to what is typed, the best first; nothing for nothing.
pub fn find(book: &Book<'_>, typed: &str) -> Vec<Subject> {
    let wanted = typed.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, String, Subject)> = book
        .all()
        .filter_map(|subject| {
            let title = book.title(&subject);
            let rank = by_name(&title.to_lowercase(), &wanted).or_else(|| {
                let words = book.words(&subject).to_lowercase();
                words.contains(&wanted).then_some(10)
            })?;
            Some((rank, title, subject))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, subject)| subject).collect()
}

/// How well a name answers, 0 best; none if it does not.
pub fn by_name(name: &str, wanted: &str) -> Option<usize> {
    if name == wanted {
        return Some(0);
    }
    if name.starts_with(wanted) {
        return Some(1);
    }
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    if words.clone().any(|word| word.starts_with(wanted)) {
        return Some(2);
    }
    if name.contains(wanted) {
        return Some(3);
    }
    let letters = wanted.chars().count();
    if letters < SLIP {
        return None;
    }
    let near = |word: &str| {
        // What is typed may be the beginning of the word.
        let begun: String = word.chars().take(letters).collect();
        strsim::osa_distance(word, wanted).min(strsim::osa_distance(&begun, wanted))
    };
    let least = words.by_ref().chain([name]).map(near).min()?;
    (least <= letters / 4).then_some(3 + least)
}
