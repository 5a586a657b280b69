//! The record as text: RON, with a checksum over its canonical form. That form is the file without comments and
//! without white space outside strings; every other byte counts.
//!
//! Only what [`write`] writes is read: no raw strings, no characters, no attributes. Whatever is wrong is an error
//! with its place; nothing panics, and nothing is read beyond [`LIMIT`].

use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{FORMAT, Record, name_of, older};

/// Largest record that is read, bytes.
pub const LIMIT: u64 = 16 * 1024 * 1024;
/// Deepest nesting of brackets that is read.
const DEPTH: usize = 16;
/// First line of every record.
const HEADING: &str = "// The record of a war. Comments and the space between words are free; any other change is found out.\n";
/// What stands before the digits of the checksum.
const SEAL: &str = "checksum:\"";

/// Why a text is not a record.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecordError {
    /// More than [`LIMIT`].
    #[error("the record is larger than {} MiB", LIMIT / 1024 / 1024)]
    TooLarge,
    /// Not text.
    #[error("the record is not UTF-8 text (byte {0})")]
    NotText(usize),
    /// Ends in mid-sentence.
    #[error("the record ends too early: {0}")]
    Cut(&'static str),
    /// A character that no record holds.
    #[error("{line}:{column}: `{found}` does not belong in a record")]
    Stray {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What stands there.
        found: char,
    },
    /// Brackets within brackets.
    #[error("{line}:{column}: nested more than {DEPTH} deep")]
    TooDeep {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Not the fields of a record.
    #[error("{line}:{column}: {message}")]
    Malformed {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What was wrong.
        message: String,
    },
    /// Written by a newer game.
    #[error("the record has format {found}; this version reads up to {FORMAT}")]
    TooNew {
        /// Its format.
        found: u32,
    },
    /// Turns out of order.
    #[error("the turns of the record do not count 1, 2, 3: number {place} is turn {turn}")]
    Turns {
        /// Its place, from 1.
        place: usize,
        /// The number it bears.
        turn: u32,
    },
    /// What one part says cannot be by another.
    #[error("the record contradicts itself: {0}")]
    Contradiction(String),
    /// The checksum is not that of the text.
    #[error("the record was changed after it was written; `angelfire record verify` says where")]
    Changed,
}

/// A record that was read, and whether its text is as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// What it says.
    pub record: Record,
    /// Whether the checksum holds.
    pub sound: bool,
}

impl Reading {
    /// The record, if its checksum holds.
    ///
    /// # Errors
    /// [`RecordError::Changed`].
    pub fn sound(self) -> Result<Record, RecordError> {
        if self.sound {
            Ok(self.record)
        } else {
            Err(RecordError::Changed)
        }
    }
}

/// Writes a record, and its checksum into it.
pub fn write(record: &Record) -> String {
    let config = ron::ser::PrettyConfig::new()
        .depth_limit(5)
        .struct_names(false)
        .indentor(" ")
        .escape_strings(true);
    let mut blank = record.clone();
    blank.checksum.clear();
    let body = ron::ser::to_string_pretty(&blank, config)
        .expect("invariant: a record is made of numbers, texts, lists and maps");
    let form = canonical(&body).expect("invariant: what is written here can be read");
    let sum = format!("{:016x}", xxh3_64(form.as_bytes()));
    let at = body
        .rfind("checksum")
        .expect("invariant: a record has a checksum");
    let (head, tail) = body.split_at(at);
    format!(
        "{HEADING}{head}{}\n",
        tail.replacen("\"\"", &format!("\"{sum}\""), 1)
    )
}

/// Reads a record from the bytes of a file.
///
/// # Errors
/// Why it is none. A record whose checksum does not hold is read, and said to be unsound.
pub fn read(bytes: &[u8]) -> Result<Reading, RecordError> {
    let (text, form) = form(bytes)?;
    let mut record: Record = ron::from_str(&form).map_err(|in_form| {
        // The form has lost its lines: read again for the place.
        let error = ron::from_str::<Record>(text).err().unwrap_or(in_form);
        RecordError::Malformed {
            line: error.span.start.line,
            column: error.span.start.col,
            message: error.code.to_string(),
        }
    })?;
    coherent(&record)?;
    let sound = sum_of(&form).is_some_and(|sum| sum == record.checksum);
    older::bring_up_to_date(&mut record);
    Ok(Reading { record, sound })
}

/// The text of a record's bytes, and its canonical form, of a format that is known.
pub(super) fn form(bytes: &[u8]) -> Result<(&str, String), RecordError> {
    if bytes.len() as u64 > LIMIT {
        return Err(RecordError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|e| match e.error_len() {
        Some(_) => RecordError::NotText(e.valid_up_to()),
        None => RecordError::Cut("the last character is half"),
    })?;
    let form = canonical(text)?;
    format_of(&form)?;
    Ok((text, form))
}

/// The text without comments and white space outside strings.
fn canonical(text: &str) -> Result<String, RecordError> {
    let mut form = String::with_capacity(text.len());
    let mut open: Vec<char> = Vec::new();
    let (mut line, mut column) = (1, 0);
    let mut chars = text.chars().peekable();
    let mut state = Lexing::Plain;
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
            column = 0;
        } else {
            column += 1;
        }
        match state {
            Lexing::Line => {
                if c == '\n' {
                    state = Lexing::Plain;
                }
            }
            Lexing::Text => {
                form.push(c);
                match c {
                    '\\' => state = Lexing::Escape,
                    '"' => state = Lexing::Plain,
                    _ => {}
                }
            }
            Lexing::Escape => {
                form.push(c);
                state = Lexing::Text;
            }
            Lexing::Plain => match c {
                ' ' | '\n' | '\t' | '\r' => {}
                '/' if chars.peek() == Some(&'/') => state = Lexing::Line,
                '"' if form.ends_with(|p: char| p.is_ascii_alphanumeric() || p == '_') => {
                    return Err(RecordError::Stray {
                        line,
                        column,
                        found: c,
                    });
                }
                '"' => {
                    form.push(c);
                    state = Lexing::Text;
                }
                '(' | '[' | '{' => {
                    if open.len() >= DEPTH {
                        return Err(RecordError::TooDeep { line, column });
                    }
                    open.push(c);
                    form.push(c);
                }
                ')' | ']' | '}' => {
                    let fits = matches!(
                        (open.pop(), c),
                        (Some('('), ')') | (Some('['), ']') | (Some('{'), '}')
                    );
                    if !fits {
                        return Err(RecordError::Stray {
                            line,
                            column,
                            found: c,
                        });
                    }
                    form.push(c);
                }
                c if c.is_ascii_alphanumeric() || matches!(c, ',' | ':' | '-' | '_') => {
                    form.push(c)
                }
                found => {
                    return Err(RecordError::Stray {
                        line,
                        column,
                        found,
                    });
                }
            },
        }
    }
    match state {
        Lexing::Text | Lexing::Escape => Err(RecordError::Cut("a string is not closed")),
        Lexing::Plain | Lexing::Line if !open.is_empty() => {
            Err(RecordError::Cut("a bracket is not closed"))
        }
        Lexing::Plain | Lexing::Line if form.is_empty() => Err(RecordError::Cut("it is empty")),
        Lexing::Plain | Lexing::Line => Ok(form),
    }
}

#[derive(Clone, Copy)]
enum Lexing {
    Plain,
    Line,
    Text,
    Escape,
}

/// A newer format may have other fields: it is named before they are missed.
fn format_of(form: &str) -> Result<(), RecordError> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    match ron::from_str::<Head>(form) {
        Ok(head) if head.format > FORMAT => Err(RecordError::TooNew { found: head.format }),
        _ => Ok(()),
    }
}

/// The checksum that the canonical form ought to have; none if it does not end in one.
pub(super) fn sum_of(form: &str) -> Option<String> {
    let at = form.rfind(SEAL)? + SEAL.len();
    let rest = &form[at..];
    let end = rest.find('"')?;
    let blank = format!("{}{}", &form[..at], &rest[end..]);
    Some(format!("{:016x}", xxh3_64(blank.as_bytes())))
}

/// What the fields say of one another.
fn coherent(record: &Record) -> Result<(), RecordError> {
    if record.format == 0 || record.format > FORMAT {
        return Err(RecordError::TooNew {
            found: record.format,
        });
    }
    for (place, row) in (1..).zip(&record.turns) {
        if u32::try_from(place) != Ok(row.turn) {
            return Err(RecordError::Turns {
                place,
                turn: row.turn,
            });
        }
    }
    let length = record.length();
    let contradiction = |text: String| Err(RecordError::Contradiction(text));
    for seat in record
        .turns
        .iter()
        .flat_map(|t| t.orders.keys())
        .chain(record.pending.keys())
    {
        if !record.players.contains_key(seat) {
            return contradiction(format!("there are orders of `{seat}`, whom nobody plays"));
        }
    }
    if let Some(after) = record
        .snapshots
        .keys()
        .find(|after| **after > length || **after == 0)
    {
        return contradiction(format!("it has a snapshot after turn {after} of {length}"));
    }
    for change in &record.changes {
        let known = change.turn > 1 && record.snapshots.contains_key(&(change.turn - 1));
        if !known || change.turn > length + 1 {
            return contradiction(format!(
                "no snapshot for the change at turn {}",
                change.turn
            ));
        }
    }
    if !record.changes.is_sorted_by(|a, b| a.turn <= b.turn) {
        return contradiction(String::from("changes out of order"));
    }
    if record.lead.is_some() && record.parent.is_none() {
        return contradiction(String::from("it follows a record, and branches off none"));
    }
    let named = record.name.as_deref();
    if named.is_some_and(|name| name_of(name).ok().flatten().as_deref() != Some(name)) {
        return contradiction(String::from("it has a name that is none"));
    }
    let stood = record.parent.as_ref().and_then(|p| p.stood);
    if record
        .parent
        .as_ref()
        .is_some_and(|p| stood.is_some_and(|s| s.turns < p.turns.max(1)))
    {
        return contradiction(String::from("its parent stood before what they share"));
    }
    if record.parent.as_ref().is_some_and(|p| p.turns > length) {
        return contradiction(String::from(
            "it is shorter than what it shares with its parent",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_and_space_are_free() {
        let form = canonical("( a : \"x \\\" // y\", // z\n b:-1 )").expect("clean");
        assert_eq!(form, "(a:\"x \\\" // y\",b:-1)");
        for (text, error) in [
            ("", RecordError::Cut("it is empty")),
            ("(a:\"x", RecordError::Cut("a string is not closed")),
            ("(a:[1,2]", RecordError::Cut("a bracket is not closed")),
            (
                "(a:r\"x\")",
                RecordError::Stray {
                    line: 1,
                    column: 5,
                    found: '"',
                },
            ),
            (
                "(a:\n 'x')",
                RecordError::Stray {
                    line: 2,
                    column: 2,
                    found: '\'',
                },
            ),
            (
                "(a:1]",
                RecordError::Stray {
                    line: 1,
                    column: 5,
                    found: ']',
                },
            ),
            (
                "#![enable(x)]",
                RecordError::Stray {
                    line: 1,
                    column: 1,
                    found: '#',
                },
            ),
        ] {
            assert_eq!(canonical(text), Err(error), "{text}");
        }
        assert!(matches!(
            canonical(&"[".repeat(100_000)),
            Err(RecordError::TooDeep { .. })
        ));
    }

    #[test]
    fn no_garbage_is_a_record() {
        assert!(read(b"\xff\xfe").is_err());
        assert!(read(b"()").is_err());
        assert_eq!(
            read(b"(format:9,wings:true)"),
            Err(RecordError::TooNew { found: 9 })
        );
        assert_eq!(
            read(&vec![b' '; LIMIT as usize + 1]),
            Err(RecordError::TooLarge)
        );
    }
}
