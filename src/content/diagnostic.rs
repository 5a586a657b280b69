//! Problems found in files from outside, each with its exact place, and how they are shown.
//!
//! Nothing here knows what a file means: the RON tree, the schema and the checks of meaning all
//! push into one [`Diagnostics`], which is then shown for people or as JSON. What is shown never
//! holds a control character of the file, so a hostile file cannot drive a terminal.

mod allow;
mod near;
pub mod pages;
mod show;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use super::made::{Made, Piece, origin};

pub(crate) use allow::allow;
pub use near::suggest;
pub(crate) use near::{Near, near};
pub(crate) use show::harmless;
pub use show::{line_column, render_json, render_text};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;
/// How many problems of one severity are kept for one file.
pub const MAX_PROBLEMS: usize = 200;
/// How many bytes of a file that is too large are shown.
const HEAD: usize = 120;

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
    /// Where somebody said that it be changed, if so.
    changed: Option<Span>,
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
            changed: None,
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

    /// The same, as what is said there makes it.
    pub(crate) fn changed_at(self, said: Span) -> Self {
        let changed = Some(said);
        Self { changed, ..self }
    }

    /// A file as it was read from outside.
    ///
    /// # Errors
    /// [`Unreadable`] when it is larger than [`MAX_FILE_BYTES`], or not UTF-8 (at the first bad byte).
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Box<Unreadable>> {
        let name = name.into();
        if bytes.len() > MAX_FILE_BYTES {
            let head = String::from_utf8_lossy(&bytes[..HEAD]);
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

    /// The id that the next one will have.
    pub(crate) fn next(&self) -> SourceId {
        SourceId(offset(self.0.len()))
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

    /// Whether somebody changed the thing that this is the text of.
    pub(crate) fn is_changed(&self, id: SourceId) -> bool {
        self.get(id).is_some_and(|source| source.changed.is_some())
    }

    /// Another place that has to do with a problem, and how: the one that it names, or where somebody changed the thing
    /// that it lies in.
    pub fn see(&self, diagnostic: &Diagnostic) -> Option<(Span, &'static str)> {
        let changed = || {
            let said = self.get(diagnostic.span.source)?.changed?;
            let elsewhere = self.origin(diagnostic.span).source != said.source;
            elsewhere.then_some((said, "this thing is changed here"))
        };
        diagnostic.see.or_else(changed)
    }

    /// What is to be written where by the problem's fix; `None` where there is no fix, or where the
    /// place was not written by anybody as it stands.
    pub fn replacement<'a>(&self, diagnostic: &'a Diagnostic) -> Option<(Span, &'a str)> {
        let fix = diagnostic.fix.as_ref()?;
        let span = self.origin(fix.span);
        let read = |span: Span| {
            let text = &self.get(span.source)?.text;
            text.get(span.start as usize..span.end as usize)
        };
        let same = read(span)? == read(fix.span)?;
        same.then_some((span, fix.text.as_str()))
    }

    /// All texts with their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        let ids = (0..).map(SourceId);
        ids.zip(&self.0)
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
    /// The one clear fix, so exact that a program may carry it out.
    pub fix: Option<Fix>,
    /// Another place that has to do with it, and how.
    pub see: Option<(Span, &'static str)>,
}

/// What to write instead of what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; nothing, where something is put in.
    pub span: Span,
    /// What is written there.
    pub text: String,
}

impl Diagnostic {
    /// Adds the likely fix.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(fitting(help.into()));
        self
    }

    /// Adds another place that has to do with it.
    pub fn see(&mut self, span: Span, how: &'static str) -> &mut Self {
        self.see = Some((span, how));
        self
    }

    /// Adds the one clear fix: to write this instead of what stands where the problem lies.
    pub fn fix_here(&mut self, text: impl Into<String>) -> &mut Self {
        self.fix(self.span, text)
    }

    /// Adds the one clear fix: to write `text` instead of what stands at `span`.
    pub fn fix(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
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
        let mut diagnostic = diagnostic;
        diagnostic.message = fitting(diagnostic.message);
        diagnostic.help = diagnostic.help.map(fitting);
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
                fix: None,
                see: None,
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
            fix: None,
            see: None,
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
            fix: None,
            see: None,
        })
    }

    /// Leaves out the problems for which this holds.
    pub(crate) fn leave_out(&mut self, mut gone: impl FnMut(&Diagnostic) -> bool) {
        let counts = &mut self.counts;
        self.kept.retain(|diagnostic| {
            let gone = gone(diagnostic);
            let key = (diagnostic.span.source, diagnostic.severity);
            if gone && let Some(count) = counts.get_mut(&key) {
                *count = count.saturating_sub(1);
            }
            !gone
        });
        counts.retain(|_, count| *count > 0);
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

/// A text as somebody reads it: of one that is endless, because it quotes what a hostile file holds, beginning and end.
fn fitting(text: String) -> String {
    const LONGEST: usize = 1_600;
    const ENDS: usize = 600;
    if text.len() <= LONGEST {
        return text;
    }
    let end = text.char_indices().rev().nth(ENDS).map_or(0, |(at, _)| at);
    let start: String = text.chars().take(ENDS).collect();
    format!("{start} … {}", text.get(end..).unwrap_or_default())
}

/// A length as it stands in a [`Span`]; files are far smaller than its limit.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
