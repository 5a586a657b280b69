//! What `check --fix` makes of shipped files: nothing of those that are well, and of those with one slip of the pen, in
//! most cases, what they were.

use angelfire::{
    content::{
        Layer, LayerFile, SourceId, mend,
        ron::{TokenKind, Tree, parse},
    },
    war::trial::check_layer,
};
use rayon::prelude::*;

/// Slips of the pen.
const SLIPS: [&str; 6] = [
    "a comma dropped",
    "a comma doubled",
    "a colon dropped",
    "a field misspelt",
    "a variant misspelt",
    "an id misspelt",
];

fn layer(path: &str, text: &str) -> Layer {
    let path = path.strip_prefix("assets/").unwrap_or(path);
    Layer {
        name: "slip".into(),
        files: vec![LayerFile {
            path: path.into(),
            shown: path.into(),
            bytes: text.into(),
        }],
        problem: None,
    }
}

fn shipped() -> Vec<(String, String)> {
    let content = |path: &str| path.starts_with("assets/rules/") || path.starts_with("scenarios/");
    let files = Layer::shipped().files.into_iter();
    files
        .filter(|file| content(&file.path))
        .map(|file| (file.path, String::from_utf8(file.bytes).expect("UTF-8")))
        .collect()
}

/// A word with two letters in its middle changed for one another.
fn misspelt(word: &str) -> Option<String> {
    let mut bytes = word.as_bytes().to_vec();
    let letter = |b: u8| b.is_ascii_lowercase();
    let at = (1..bytes.len().saturating_sub(2))
        .find(|i| letter(bytes[*i]) && letter(bytes[*i + 1]) && bytes[*i] != bytes[*i + 1])?;
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).ok().filter(|_| word.len() >= 5)
}

/// The text with one slip of this kind, at a place that follows from the text alone.
fn slipped(text: &str, slip: &str) -> Option<String> {
    let tree: Tree = parse(SourceId(0), text, &mut Default::default());
    let solid: Vec<_> = tree
        .tokens()
        .iter()
        .filter(|t| !matches!(t.kind, TokenKind::Space | TokenKind::Comment))
        .collect();
    let mut all = Vec::new();
    for (n, token) in solid.iter().enumerate() {
        let next = solid.get(n + 1).map(|t| t.kind);
        let word = tree.token_text(token);
        // A comma before a bracket may be left out anyway.
        let parts = !matches!(next, None | Some(TokenKind::Close(_)));
        let before = n.checked_sub(2).map(|n| tree.token_text(solid[n]));
        let now = match (slip, token.kind) {
            ("a comma dropped", TokenKind::Comma) if parts => Some(String::new()),
            ("a comma doubled", TokenKind::Comma) => Some(",,".into()),
            ("a colon dropped", TokenKind::Colon) => Some(String::new()),
            ("a field misspelt", TokenKind::Ident) if next == Some(TokenKind::Colon) => {
                misspelt(word)
            }
            ("a variant misspelt", TokenKind::Ident)
                if next != Some(TokenKind::Colon) && word.starts_with(char::is_uppercase) =>
            {
                misspelt(word)
            }
            ("an id misspelt", TokenKind::Text)
                if !word.contains(' ')
                    && word.chars().all(|c| !c.is_uppercase())
                    && !matches!(before, Some("id" | "name" | "short" | "source")) =>
            {
                misspelt(word)
            }
            _ => None,
        };
        all.extend(now.map(|now| (token.start as usize, token.end as usize, now)));
    }
    let (start, end, now) = all.get(text.len() * 7 % all.len().max(1))?;
    Some(format!("{}{now}{}", &text[..*start], &text[*end..]))
}

#[test]
fn files_that_are_well_stay_byte_for_byte() {
    let mut all = layer("x", "");
    all.files = Layer::shipped()
        .files
        .into_iter()
        .filter(|f| f.path.starts_with("scenarios/lessons"))
        .collect();
    let mended = mend(&all, check_layer);
    assert_eq!(mended.changes, []);
    assert!(
        mended
            .layer
            .files
            .iter()
            .zip(&all.files)
            .all(|(a, b)| a.bytes == b.bytes)
    );
}

#[test]
fn most_single_slips_are_mended_to_what_was_there() {
    let files: Vec<_> = shipped().into_iter().step_by(4).collect();
    let cases: Vec<(&str, &str, &str)> = files
        .iter()
        .flat_map(|(path, text)| SLIPS.map(|slip| (path.as_str(), text.as_str(), slip)))
        .collect();
    let results: Vec<(&str, &str, bool)> = cases
        .par_iter()
        .filter_map(|(path, text, slip)| {
            let slipped = slipped(text, slip)?;
            let (_, found) = check_layer(&layer(path, &slipped));
            // Where the game cannot tell, nobody can mend it: an id that is nowhere asked for, a name of one's own.
            if !found.has_errors() {
                return None;
            }
            let mended = mend(&layer(path, &slipped), check_layer);
            let now = String::from_utf8_lossy(&mended.layer.files[0].bytes);
            // Comments stay whatever is mended.
            let comments = |text: &str| {
                let tree = parse(SourceId(0), text, &mut Default::default());
                tree.comments()
                    .map(|(_, c)| c.to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(comments(&now), comments(text), "{path}: {slip}");
            Some((*path, *slip, now == *text))
        })
        .collect();
    let back = results.iter().filter(|(_, _, same)| *same).count();
    let not: Vec<_> = results.iter().filter(|(_, _, same)| !same).collect();
    println!("{back} of {} slips mended", results.len());
    assert!(results.len() > 30, "{}", results.len());
    assert!(
        back * 4 >= results.len() * 3,
        "{back} of {}: {not:#?}",
        results.len()
    );
}
