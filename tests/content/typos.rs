//! Shipped files with one slip of the pen in each, made at random: whatever it is, it is told in its line, and what
//! stood there is the first that is offered. `TYPOS=1000` in the environment makes so many instead of a hundred.

use std::{collections::BTreeSet, env};

use angelfire::{
    content::{
        Base, Diagnostic, Diagnostics, Layer, SHIPPED, SourceId, Sources, line_column,
        ron::{Token, TokenKind, Tree, parse},
    },
    sim::dice::{Dice, Domain},
};
use rayon::prelude::*;

/// What is misspelt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum What {
    Key,
    Variant,
    Id,
    Punctuation,
}

const WHATS: [What; 4] = [What::Key, What::Variant, What::Id, What::Punctuation];

/// A file with one slip in it.
struct Slip {
    what: What,
    path: String,
    text: String,
    /// What was written, and what now stands there.
    was: String,
    now: String,
    /// Its line, from 1, and its place in the text.
    line: u32,
    at: usize,
    /// Where the bracket is opened that stood there as its end.
    opened: Option<usize>,
}

/// A shipped file, taken apart once.
struct File {
    path: String,
    text: String,
    solid: Vec<Token>,
}

fn files() -> Vec<File> {
    let content = |path: &str| path.starts_with("assets/rules/") || path.starts_with("scenarios/");
    let files = SHIPPED.iter().filter(|(path, _)| content(path));
    files
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            let tree = parse(SourceId(0), &text, &mut Diagnostics::new());
            let told = |t: &&Token| !matches!(t.kind, TokenKind::Space | TokenKind::Comment);
            let solid = tree.tokens().iter().filter(told).copied().collect();
            File {
                path: path.strip_prefix("assets/").unwrap_or(path).to_owned(),
                text,
                solid,
            }
        })
        .collect()
}

/// One of these.
fn one<'a, T>(dice: &mut Dice, of: &'a [T]) -> &'a T {
    &of[usize::try_from(dice.below(of.len() as u64)).expect("small")]
}

/// A word with one letter swapped with the next, dropped, doubled or replaced.
fn misspelt(dice: &mut Dice, word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = usize::try_from(dice.below(letters.len() as u64)).ok()?;
    match dice.below(4) {
        0 if at + 1 < letters.len() => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = char::from(b'a' + u8::try_from(dice.below(26)).ok()?),
    }
    let now: String = letters.into_iter().collect();
    (now != word && !now.is_empty()).then_some(now)
}

/// What a mark of punctuation becomes: nothing, itself twice, or another one.
fn mispointed(dice: &mut Dice, mark: &str) -> String {
    match dice.below(4) {
        0 | 1 => String::new(),
        2 => mark.repeat(2),
        _ => (*one(dice, &[",", ":", ";", ".", "=", ")", "]", "("])).to_owned(),
    }
}

fn slip(dice: &mut Dice, files: &[File], what: What) -> Option<Slip> {
    let file = one(dice, files);
    let n = usize::try_from(dice.below(file.solid.len() as u64)).ok()?;
    let (token, next) = (file.solid[n], file.solid.get(n + 1).map(|t| t.kind));
    let (start, end) = (token.start as usize, token.end as usize);
    let word = &file.text[start..end];
    let named = next == Some(TokenKind::Colon);
    let upper = word.starts_with(|c: char| c.is_ascii_uppercase());
    let (was, now) = match (what, token.kind) {
        (What::Key, TokenKind::Ident) if named => (word, misspelt(dice, word)?),
        (What::Variant, TokenKind::Ident) if !named && upper => (word, misspelt(dice, word)?),
        (What::Id, TokenKind::Text) => {
            let id = word.trim_matches('"');
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            // Of two letters nothing is left that could be known again.
            if id.len() < 3 || !id.chars().all(kebab) {
                return None;
            }
            (word, format!("\"{}\"", misspelt(dice, id)?))
        }
        (
            What::Punctuation,
            TokenKind::Comma | TokenKind::Colon | TokenKind::Open(_) | TokenKind::Close(_),
        ) => (word, mispointed(dice, word)),
        (What::Punctuation, TokenKind::Text) => match dice.below(2) {
            0 => (word, word[1..].to_owned()),
            _ => (word, word[..word.len() - 1].to_owned()),
        },
        _ => return None,
    };
    (was != now).then(|| Slip {
        what,
        path: file.path.clone(),
        text: format!("{}{now}{}", &file.text[..start], &file.text[end..]),
        was: was.to_owned(),
        now,
        line: u32::try_from(file.text[..start].matches('\n').count() + 1).unwrap_or(u32::MAX),
        at: start,
        opened: opened(&file.solid[..=n]),
    })
}

/// The bracket that is closed by the last of these tokens.
fn opened(solid: &[Token]) -> Option<usize> {
    let (last, before) = solid.split_last()?;
    if !matches!(last.kind, TokenKind::Close(_)) {
        return None;
    }
    let mut depth = 1_usize;
    for token in before.iter().rev() {
        match token.kind {
            TokenKind::Close(_) => depth += 1,
            TokenKind::Open(_) if depth == 1 => return Some(token.start as usize),
            TokenKind::Open(_) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The shipped content that a file is laid over: all but the file itself.
fn over(base: &Base, path: &str, text: &str) -> (Sources, Diagnostics) {
    base.look(&Layer::of_files(
        "slip",
        [(path.to_owned(), text.to_owned())],
    ))
}

fn base_without(path: &str) -> Base {
    Base::shipped(|shipped| shipped.strip_prefix("assets/").unwrap_or(shipped) != path)
}

/// Whether nobody could tell: a name that is asked for nowhere, a word that is another known one, a comma that may be
/// left out.
fn unknowable(base: &Base, slip: &Slip, files: &[File]) -> bool {
    let same = |a: &str, b: &str| {
        let tree = |text: &str| -> Tree { parse(SourceId(0), text, &mut Diagnostics::new()) };
        let (a, b) = (tree(a), tree(b));
        a.is_sound() && b.is_sound() && angelfire::content::ron::diff(&a, &b).is_none()
    };
    let file = files.iter().find(|file| file.path == slip.path);
    let whole = file.map_or("", |file| file.text.as_str());
    match slip.what {
        What::Punctuation => same(whole, &slip.text),
        // A place where anything may stand, as one sees by what nobody can have meant.
        What::Id => {
            let (before, after) = (
                &slip.text[..slip.at],
                &slip.text[slip.at + slip.now.len()..],
            );
            let (sources, found) = over(base, &slip.path, &format!("{before}\"zzzzzz\"{after}"));
            let known: BTreeSet<&str> =
                files.iter().flat_map(|file| file.text.split('"')).collect();
            !in_line(&sources, &found, slip).any(|d| d.message.contains("zzzzzz"))
                || known.contains(slip.now.trim_matches('"'))
        }
        What::Key | What::Variant => false,
    }
}

fn in_line<'a>(
    sources: &'a Sources,
    found: &'a Diagnostics,
    slip: &'a Slip,
) -> impl Iterator<Item = &'a Diagnostic> {
    let further = match slip.what {
        What::Punctuation => to_the_next_thing(slip),
        _ => 0,
    };
    found.sorted(sources).into_iter().filter(move |problem| {
        let line = line_column(sources, problem.span).0;
        let here = sources
            .get(problem.span.source)
            .is_some_and(|s| s.name == slip.path);
        // A bracket that is never closed is told where it is opened.
        let opened = slip.opened == Some(problem.span.start as usize);
        here && (opened || (slip.line..=slip.line + further).contains(&line))
    })
}

/// How many lines after the slip's own the next thing stands: a bracket that is missing is told there, since what lies
/// between is empty or a comment.
fn to_the_next_thing(slip: &Slip) -> u32 {
    let after = slip.text.lines().skip(slip.line as usize);
    let nothing = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with("//");
    1 + u32::try_from(after.take_while(nothing).count()).unwrap_or(0)
}

/// How a slip is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    /// In its line, with what stood there offered first.
    Offered,
    /// In its line.
    Placed,
    /// Elsewhere.
    Elsewhere,
    /// Not at all.
    Not,
}

fn told(sources: &Sources, found: &Diagnostics, slip: &Slip) -> Told {
    if !found.has_errors() {
        return Told::Not;
    }
    let mut here = in_line(sources, found, slip).peekable();
    if here.peek().is_none() {
        return Told::Elsewhere;
    }
    let word = slip.was.trim_matches('"');
    let offered = |problem: &Diagnostic| {
        let help = problem.help.as_deref().unwrap_or_default();
        let mends = || {
            let (span, text) = sources.replacement(problem)?;
            let (start, end) = (span.start as usize, span.end as usize);
            let mended = format!("{}{text}{}", &slip.text[..start], &slip.text[end..]);
            let whole = format!(
                "{}{}{}",
                &slip.text[..slip.at],
                slip.was,
                &slip.text[slip.at + slip.now.len()..]
            );
            Some(same_but_for_space(&mended, &whole))
        };
        match slip.what {
            What::Punctuation => {
                mends().unwrap_or(false)
                    || slip.was.len() == 1 && help.contains(&format!("`{}`", slip.was))
                    || slip.was.starts_with('"') && help.contains("`\"`")
                    || slip.now == slip.was.repeat(2) && help.contains("remove")
                    || help.contains("closes nothing")
            }
            _ => help.contains(&format!("did you mean `{word}`?")) || mends().unwrap_or(false),
        }
    };
    if here.any(offered) {
        Told::Offered
    } else {
        Told::Placed
    }
}

fn same_but_for_space(a: &str, b: &str) -> bool {
    let solid = |text: &str| text.split_whitespace().collect::<String>();
    solid(a) == solid(b)
}

/// So many slips, one kind after the other.
fn slips(files: &[File], count: usize) -> Vec<Slip> {
    let mut all = Vec::new();
    let mut n = 0;
    while all.len() < count {
        let mut dice = Dice::new(Domain::Thought, n, 1, "test", "typos");
        n += 1;
        all.extend(slip(&mut dice, files, WHATS[all.len() % WHATS.len()]));
    }
    all
}

#[test]
fn single_typos_are_told_in_their_line_and_the_right_word_is_offered_first() {
    let count = env::var("TYPOS").ok().and_then(|n| n.parse().ok());
    let count: usize = count.unwrap_or(100);
    let files = files();
    let mut slips = slips(&files, count);
    slips.sort_by(|a, b| a.path.cmp(&b.path));
    let groups: Vec<&[Slip]> = slips.chunk_by(|a, b| a.path == b.path).collect();
    let results: Vec<(&Slip, Told)> = groups
        .par_iter()
        .flat_map_iter(|group| {
            let base = base_without(&group[0].path);
            let mut told_of = Vec::new();
            for slip in *group {
                let (sources, found) = over(&base, &slip.path, &slip.text);
                let told = told(&sources, &found, slip);
                if told == Told::Offered || !unknowable(&base, slip, &files) {
                    told_of.push((slip, told));
                }
            }
            told_of
        })
        .collect();
    for what in WHATS {
        let of = |told: Option<Told>| {
            let of = results
                .iter()
                .filter(|(slip, is)| slip.what == what && told.is_none_or(|told| told == *is));
            of.count()
        };
        println!(
            "{what:?}: {} of {} offered first, {} placed, {} elsewhere, {} not told",
            of(Some(Told::Offered)),
            of(None),
            of(Some(Told::Placed)),
            of(Some(Told::Elsewhere)),
            of(Some(Told::Not))
        );
    }
    let listed = |wanted: &[Told]| -> Vec<String> {
        let of = results.iter().filter(|(_, told)| wanted.contains(told));
        of.map(|(s, told)| {
            format!(
                "{told:?} {:?} {}:{} {:?} -> {:?}",
                s.what, s.path, s.line, s.was, s.now
            )
        })
        .collect()
    };
    let (lost, unsaid) = (
        listed(&[Told::Elsewhere, Told::Not]),
        listed(&[Told::Placed]),
    );
    println!("{}\n{}", lost.join("\n"), unsaid.join("\n"));
    assert!(lost.len() * 100 <= results.len(), "{lost:#?}");
    assert!(
        (lost.len() + unsaid.len()) * 100 <= results.len() * 5,
        "{unsaid:#?}"
    );
}
