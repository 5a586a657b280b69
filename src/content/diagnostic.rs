//! Problems found in files from outside, each with its exact place, and how they are shown.
//!
//! Nothing here knows what a file means: the RON tree, the schema and the checks of meaning all
//! push into one [`Diagnostics`], which is then shown for people or as JSON. What is shown never
//! holds a control character of the file, so a hostile file cannot drive a terminal.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use serde_json::{Value, json};

use super::made::{Made, Piece, origin};

#[cfg(test)]
mod tests;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;
/// How many problems of one severity are kept for one file.
pub const MAX_PROBLEMS: usize = 200;
/// The widest part of a source line that is shown, in characters.
const MAX_WIDTH: usize = 120;

/// One text that was read, with the name under which it is shown.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as shown to people.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
    line_starts: Vec<u32>,
    /// Where its pieces come from, if it was made of others.
    pieces: Option<Arc<[Piece]>>,
}

/// Why bytes could not become a [`Source`].
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// The part of the file that can be shown around the problem.
    pub source: Source,
    /// `too-large` or `not-utf8`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The likely fix.
    pub help: String,
    /// Byte of [`Unreadable::source`] where the problem is.
    pub at: u32,
}

impl Source {
    /// A text already known to be good; only the first 4 GiB can be pointed at.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| offset(at + 1)))
            .collect();
        Self {
            name: name.into(),
            text,
            line_starts,
            pieces: None,
        }
    }

    /// A text made of pieces of others, under whose places its problems are told.
    pub(crate) fn made(name: impl Into<String>, made: Made) -> Self {
        let (text, pieces) = made.into_parts();
        Self {
            pieces: Some(pieces.into()),
            ..Self::new(name, text)
        }
    }

    /// A file as it was read from outside.
    ///
    /// # Errors
    /// [`Unreadable`] when it is larger than [`MAX_FILE_BYTES`], or not UTF-8 (at the first bad byte).
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Box<Unreadable>> {
        let name = name.into();
        if bytes.len() > MAX_FILE_BYTES {
            let head = String::from_utf8_lossy(&bytes[..MAX_WIDTH]);
            let line = head.lines().next().unwrap_or_default();
            return Err(Box::new(Unreadable {
                source: Self::new(name, line),
                code: "too-large",
                message: format!("the file has more than the {MAX_FILE_BYTES} bytes that are read"),
                help: "split it into several files".into(),
                at: 0,
            }));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let at = error.valid_up_to();
                Err(Box::new(Unreadable {
                    source: Self::new(name, String::from_utf8_lossy(bytes).into_owned()),
                    code: "not-utf8",
                    message: format!("byte {at} (0x{:02X}) is not valid UTF-8", bytes[at]),
                    help: "save the file as UTF-8".into(),
                    at: offset(at),
                }))
            }
        }
    }

    /// Index of the line that holds this byte, from 0.
    fn line_of(&self, at: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= at) - 1
    }

    /// The line with this index, without its end, and the byte where it starts.
    fn line(&self, index: usize) -> (&str, usize) {
        let start = self.line_starts[index] as usize;
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        (line, start)
    }
}

/// Which [`Source`] of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A piece of a source: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// No place: of values that come from no file (a default, or another format).
    pub const NOWHERE: Span = Span {
        source: SourceId(u32::MAX),
        start: 0,
        end: 0,
    };

    /// Bytes `start..end` of `source`.
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end }
    }
}

impl Default for Span {
    fn default() -> Self {
        Self::NOWHERE
    }
}

/// All texts read so far.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Keeps a text and names it by an id.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(offset(self.0.len() - 1))
    }

    /// Keeps a file as it was read from outside; `None` when it cannot be read, which is then in
    /// `out` with its place.
    pub fn add_bytes(
        &mut self,
        name: impl Into<String>,
        bytes: &[u8],
        out: &mut Diagnostics,
    ) -> Option<SourceId> {
        match Source::from_bytes(name, bytes) {
            Ok(source) => Some(self.add(source)),
            Err(unreadable) => {
                let Unreadable {
                    source,
                    code,
                    message,
                    help,
                    at,
                } = *unreadable;
                let id = self.add(source);
                out.error(code, Span::new(id, at, at), message).help(help);
                None
            }
        }
    }

    /// The text with this id; `None` for a place that lies in no file.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)
    }

    /// Where somebody wrote what stands at this place: another place only in texts made of others.
    pub fn origin(&self, span: Span) -> Span {
        const DEEPEST: usize = 16;
        let mut span = span;
        for _ in 0..DEEPEST {
            match self.get(span.source).and_then(|s| s.pieces.as_ref()) {
                Some(pieces) => span = origin(pieces, span),
                None => break,
            }
        }
        span
    }

    fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("?", |source| source.name.as_str())
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The content cannot be used.
    Error,
    /// The content can be used, yet something is likely not meant so.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem, in kebab-case (`unknown-field`): a promise to scripts.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// Where.
    pub span: Span,
    /// The likely fix.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds the likely fix.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// All problems found so far; of each severity and file the first [`MAX_PROBLEMS`] are kept, then
/// one line saying that there are more.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    counts: BTreeMap<(SourceId, Severity), usize>,
    dropped: Option<Box<Diagnostic>>,
}

/// Code of the line that stands for all problems that were not kept.
const TOO_MANY: &str = "too-many-problems";

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem; gives it back for more to be said about it.
    pub fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let (source, severity) = (diagnostic.span.source, diagnostic.severity);
        let count = self.counts.entry((source, severity)).or_default();
        *count += 1;
        if *count <= MAX_PROBLEMS {
            return self.kept.push_mut(diagnostic);
        }
        if *count == MAX_PROBLEMS + 1 {
            self.kept.push(Diagnostic {
                severity,
                code: TOO_MANY,
                message: format!(
                    "more than {MAX_PROBLEMS} {}s in this file; the rest is not shown",
                    severity.as_str()
                ),
                span: diagnostic.span,
                help: None,
            });
        }
        self.dropped.insert(Box::new(diagnostic))
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            span,
            help: None,
        })
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic {
            severity: Severity::Warning,
            code,
            message: message.into(),
            span,
            help: None,
        })
    }

    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.counts
            .keys()
            .any(|(_, severity)| *severity == Severity::Error)
    }

    /// How many problems were found, kept or not.
    pub fn found(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many problems are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// The problems in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// The problems by file name, place and code; "too many" comes last in its file.
    pub fn sorted<'a>(&'a self, sources: &'a Sources) -> Vec<&'a Diagnostic> {
        let mut all: Vec<_> = self.kept.iter().collect();
        all.sort_by_key(|d| {
            let last = d.code == TOO_MANY;
            let span = sources.origin(d.span);
            let name = sources.name(span.source);
            (name, span.source, last, span.start, d.code, d.severity)
        });
        all
    }
}

/// Line and column of a place, both from 1, the column counted in characters; (1, 1) for no place.
pub fn line_column(sources: &Sources, span: Span) -> (u32, u32) {
    let span = sources.origin(span);
    let Some(source) = sources.get(span.source) else {
        return (1, 1);
    };
    let index = source.line_of(span.start);
    let start = source.line_starts[index] as usize;
    let before = source.text.get(start..span.start as usize);
    let column = before.map_or(0, |before| before.chars().count());
    (offset(index + 1), offset(column + 1))
}

/// All problems for people, sorted: `error[code]: message`, ` --> file:line:column`, the source
/// line, a caret, `help:`; an empty line between two.
pub fn render_text(sources: &Sources, diagnostics: &Diagnostics, color: bool) -> String {
    let (reset, bold, blue) = paint(color, ["\x1b[0m", "\x1b[1m", "\x1b[1;34m"]);
    let mut text = String::new();
    for diagnostic in diagnostics.sorted(sources) {
        if !text.is_empty() {
            text.push('\n');
        }
        let (tone, cyan, _) = match diagnostic.severity {
            Severity::Error => paint(color, ["\x1b[1;31m", "\x1b[1;36m", ""]),
            Severity::Warning => paint(color, ["\x1b[1;33m", "\x1b[1;36m", ""]),
        };
        let severity = diagnostic.severity.as_str();
        let span = sources.origin(diagnostic.span);
        let (line, column) = line_column(sources, span);
        let message = harmless(&diagnostic.message);
        let file = harmless(sources.name(span.source));
        let code = diagnostic.code;
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{tone}{severity}[{code}]{reset}{bold}: {message}{reset}"
        );
        let _ = writeln!(text, "{blue} -->{reset} {file}:{line}:{column}");
        if let Some((shown, indent, carets)) = excerpt(sources, span) {
            let number = line.to_string();
            let gutter = " ".repeat(number.len());
            let _ = writeln!(text, "{blue}{gutter} |{reset}");
            let _ = writeln!(text, "{blue}{number} |{reset} {shown}");
            let (space, carets) = (" ".repeat(indent), "^".repeat(carets));
            let _ = writeln!(text, "{blue}{gutter} |{reset} {space}{tone}{carets}{reset}");
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "{cyan}help{reset}: {}", harmless(help));
        }
    }
    text
}

/// All problems for scripts, sorted: an array of `{file, line, column, code, severity, message,
/// help}`, `help` null where there is none.
pub fn render_json(sources: &Sources, diagnostics: &Diagnostics) -> Value {
    let all = diagnostics.sorted(sources).into_iter();
    all.map(|diagnostic| {
        let (line, column) = line_column(sources, diagnostic.span);
        json!({
            "file": sources.name(sources.origin(diagnostic.span).source),
            "line": line,
            "column": column,
            "code": diagnostic.code,
            "severity": diagnostic.severity.as_str(),
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    })
    .collect()
}

/// The known word that was most likely meant: the same but for case, `_` and `-`, or a few letters
/// away (one in three).
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = folded(wrong);
    let allowed = (wrong.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|word| word.len() <= LONGEST)
        .map(|word| (strsim::osa_distance(&wrong, &folded(word)), word))
        .filter(|(distance, word)| *distance <= allowed && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The word without what people mix up: case, underscores, hyphens.
fn folded(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The text with everything that could move a cursor or turn the reading order made visible.
fn harmless(text: &str) -> String {
    text.chars().map(shown).collect()
}

fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        '\u{FEFF}' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

/// The part of the source line to show, how far the caret stands in and how many carets.
fn excerpt(sources: &Sources, span: Span) -> Option<(String, usize, usize)> {
    const TAB: usize = 4;
    let source = sources.get(span.source)?;
    let (line, start) = source.line(source.line_of(span.start));
    let column = line_column(sources, span).1 as usize - 1;
    let line_end = start + line.len();
    let marked = source
        .text
        .get(span.start as usize..(span.end as usize).min(line_end));
    let length = marked.map_or(1, |marked| marked.chars().count()).max(1);

    // A long line is cut to a window around the place.
    let total = line.chars().count();
    let first = if total <= MAX_WIDTH {
        0
    } else {
        column
            .saturating_sub(MAX_WIDTH / 2)
            .min(total.saturating_sub(MAX_WIDTH))
    };
    let mut text = String::new();
    let (mut width, mut indent, mut end) = (0, 0, 0);
    if first > 0 {
        text.push('…');
        width = 1;
    }
    for (index, c) in line.chars().enumerate().skip(first).take(MAX_WIDTH) {
        if index == column {
            indent = width;
        }
        let wide = if c == '\t' { TAB } else { 1 };
        text.extend(std::iter::repeat_n(shown(c), wide));
        width += wide;
        if index < column + length {
            end = width;
        }
    }
    if column >= first + MAX_WIDTH || column >= total {
        indent = width;
    }
    if first + MAX_WIDTH < total {
        text.push('…');
    }
    Some((
        text.trim_end().to_owned(),
        indent,
        end.saturating_sub(indent).max(1),
    ))
}

fn paint(color: bool, codes: [&'static str; 3]) -> (&'static str, &'static str, &'static str) {
    if color {
        (codes[0], codes[1], codes[2])
    } else {
        ("", "", "")
    }
}

/// A length as it stands in a [`Span`]; files are far smaller than its limit.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
