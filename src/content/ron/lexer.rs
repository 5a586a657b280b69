//! RON text into tokens that cover every byte. What never ends (a string, a comment) is reported
//! and ends with its line, so that the rest of the file is still read.

use crate::content::{Diagnostics, SourceId, Span};

/// The three kinds of bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bracket {
    /// `(` and `)`.
    Round,
    /// `[` and `]`.
    Square,
    /// `{` and `}`.
    Curly,
}

impl Bracket {
    /// The character that opens it.
    pub fn open(self) -> char {
        ['(', '[', '{'][self as usize]
    }
    /// The character that closes it.
    pub fn close(self) -> char {
        [')', ']', '}'][self as usize]
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Spaces, tabs, line ends, a byte order mark.
    Space,
    /// A line or block comment.
    Comment,
    /// `name`, `true`, `capital-ship`.
    Ident,
    /// `r#name`.
    RawIdent,
    /// Whatever begins like a number.
    Number,
    /// `"text"`.
    Text,
    /// `r#"text"#`.
    RawText,
    /// `'c'`.
    Char,
    /// An opening bracket.
    Open(Bracket),
    /// A closing bracket.
    Close(Bracket),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `=`, which RON has no use for.
    Equals,
    /// `;`, which RON has no use for.
    Semicolon,
    /// `#`
    Hash,
    /// `!`
    Bang,
    /// A string or character that never ends; already reported.
    Broken,
    /// Anything else.
    Stray,
}

/// A piece of the text: bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// How many bytes may be looked at in vain for the end of strings and comments, all together;
/// keeps the time linear whatever the text.
const VAIN_BYTES: usize = 8 << 20;

/// The tokens of a text of at most [`crate::content::MAX_FILE_BYTES`].
pub(super) fn lex(source: SourceId, text: &str, out: &mut Diagnostics) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        source,
        out,
        vain: VAIN_BYTES,
        line_end: 0,
    };
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (kind, length) = lexer.token(at);
        let end = at + length;
        tokens.push(Token {
            kind,
            start: at as u32,
            end: end as u32,
        });
        at = end;
    }
    tokens
}

/// The tokens of a text whose problems are told elsewhere.
pub(crate) fn tokens(source: SourceId, text: &str) -> Vec<Token> {
    lex(source, text, &mut Diagnostics::new())
}

/// Whether a name may begin with this.
pub(super) fn begins_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn continues_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

struct Lexer<'a> {
    text: &'a str,
    source: SourceId,
    out: &'a mut Diagnostics,
    vain: usize,
    /// Where the line ends for which this was last asked.
    line_end: usize,
}

impl Lexer<'_> {
    /// Kind and length of the token that begins here; the length is never 0.
    fn token(&mut self, at: usize) -> (TokenKind, usize) {
        let text = self.text;
        let rest = &text[at..];
        let mut chars = rest.chars();
        let first = chars.next().expect("invariant: only asked before the end");
        let second = chars.next().unwrap_or('\0');
        let bracket = |open, bracket| match open {
            true => (TokenKind::Open(bracket), 1),
            false => (TokenKind::Close(bracket), 1),
        };
        match first {
            c if is_space(c) => (TokenKind::Space, length_while(rest, is_space)),
            '/' if second == '/' => (TokenKind::Comment, length_while(rest, |c| c != '\n')),
            '/' if second == '*' => (TokenKind::Comment, self.block_comment(at)),
            '(' | ')' => bracket(first == '(', Bracket::Round),
            '[' | ']' => bracket(first == '[', Bracket::Square),
            '{' | '}' => bracket(first == '{', Bracket::Curly),
            ',' => (TokenKind::Comma, 1),
            ':' => (TokenKind::Colon, 1),
            '=' => (TokenKind::Equals, 1),
            ';' => (TokenKind::Semicolon, 1),
            '#' => (TokenKind::Hash, 1),
            '!' => (TokenKind::Bang, 1),
            '"' => self.string(at),
            '\'' => self.character(at),
            'r' if second == '"' || second == '#' => self.raw(at),
            c if begins_name(c) => (TokenKind::Ident, name_length(rest)),
            c if c.is_ascii_digit() => (TokenKind::Number, number_length(rest)),
            '.' if second.is_ascii_digit() => (TokenKind::Number, number_length(rest)),
            '+' | '-' if second.is_ascii_digit() || second == '.' => {
                (TokenKind::Number, 1 + number_length(&rest[1..]))
            }
            _ => (TokenKind::Stray, first.len_utf8()),
        }
    }

    fn block_comment(&mut self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        let (mut depth, mut next) = (0_usize, 0);
        while self.vain > 0 && next + 1 < bytes.len() {
            match (bytes[next], bytes[next + 1]) {
                (b'/', b'*') => (depth, next) = (depth + 1, next + 2),
                (b'*', b'/') => (depth, next) = (depth - 1, next + 2),
                _ => next += 1,
            }
            if depth == 0 {
                return next;
            }
        }
        self.vain = self.vain.saturating_sub(bytes.len());
        self.error(at, 2, "unclosed-comment", "this comment is never closed")
            .help("add `*/` where the comment ends");
        self.line_rest(at)
    }

    /// `"..."`, over several lines if need be.
    fn string(&mut self, at: usize) -> (TokenKind, usize) {
        let bytes = &self.text.as_bytes()[at..];
        let line = self.line_rest(at);
        let limit = if self.vain > 0 { bytes.len() } else { line };
        let mut next = 1;
        while next < limit && bytes[next] != b'"' {
            next += if bytes[next] == b'\\' { 2 } else { 1 };
        }
        if next < limit {
            let length = next + 1;
            // A string over several lines with a word glued to its end has most likely run into
            // the beginning of the next string.
            let after = self.text[at + length..].chars().next();
            let glued = after.is_some_and(|c| continues_name(c) || c == '"');
            if length <= line || !glued {
                return (TokenKind::Text, length);
            }
        }
        self.vain = self.vain.saturating_sub(next.min(limit));
        self.error(at, 1, "unclosed-string", "this string is never closed")
            .help("add `\"` where the string ends");
        (TokenKind::Broken, self.broken_length(at, 1))
    }

    /// `r"..."`, `r#"..."#` or `r#name`.
    fn raw(&mut self, at: usize) -> (TokenKind, usize) {
        let rest = &self.text[at..];
        let hashes = length_while(&rest[1..], |c| c == '#');
        let body = 1 + hashes;
        if rest.as_bytes().get(body) == Some(&b'"') {
            let inner = &rest[body + 1..];
            let mut from = 0;
            while let (true, Some(quote)) = (self.vain > 0, inner[from..].find('"')) {
                let end = from + quote + 1;
                let closing = inner.as_bytes()[end..]
                    .iter()
                    .take(hashes)
                    .take_while(|b| **b == b'#')
                    .count();
                if closing == hashes {
                    return (TokenKind::RawText, body + 1 + end + hashes);
                }
                self.vain = self.vain.saturating_sub(closing);
                from = end;
            }
            self.vain = self.vain.saturating_sub(inner.len());
            let end = format!("\"{}", "#".repeat(hashes.min(8)));
            self.error(
                at,
                body + 1,
                "unclosed-string",
                "this string is never closed",
            )
            .help(format!("add `{end}` where the string ends"));
            return (TokenKind::Broken, self.broken_length(at, body + 1));
        }
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.');
        let length = length_while(&rest[body..], name);
        if hashes == 1 && length > 0 {
            (TokenKind::RawIdent, body + length)
        } else {
            (TokenKind::Ident, 1)
        }
    }

    /// `'c'`; a longer text is a character token as well, refused when its value is asked for.
    fn character(&mut self, at: usize) -> (TokenKind, usize) {
        let line = self.line_rest(at);
        let bytes = &self.text.as_bytes()[at..at + line];
        let mut next = 1;
        while self.vain > 0 && next < line && bytes[next] != b'\'' {
            next += if bytes[next] == b'\\' { 2 } else { 1 };
        }
        if next < line && self.vain > 0 {
            return (TokenKind::Char, next + 1);
        }
        self.vain = self.vain.saturating_sub(line);
        self.error(at, 1, "unclosed-char", "this character is never closed")
            .help("a character is written 'c', a text \"text\"");
        let ends = |c: char| is_space(c) || matches!(c, ',' | ')' | ']' | '}');
        let length = length_while(&self.text[at + 1..at + line], |c| !ends(c));
        (TokenKind::Broken, 1 + length)
    }

    /// Length of a string that never ends: the rest of its line, but for what closes the line.
    fn broken_length(&mut self, at: usize, least: usize) -> usize {
        let end = at + self.line_rest(at);
        let line = &self.text[at..end];
        let ends = |c: char| is_space(c) || matches!(c, ',' | ')' | ']' | '}');
        line.trim_end_matches(ends).len().max(least)
    }

    /// Bytes from here to the end of the line.
    fn line_rest(&mut self, at: usize) -> usize {
        if at >= self.line_end {
            let end = self.text[at..].find('\n');
            self.line_end = end.map_or(self.text.len(), |end| at + end);
        }
        self.line_end - at
    }

    fn error(
        &mut self,
        at: usize,
        length: usize,
        code: &'static str,
        message: &str,
    ) -> &mut crate::content::Diagnostic {
        let span = Span::new(self.source, at as u32, (at + length) as u32);
        self.out.error(code, span, message)
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Bytes of `text` before the first character that does not hold.
fn length_while(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c| !holds(c)).unwrap_or(text.len())
}

/// A name, with hyphens between its parts.
fn name_length(text: &str) -> usize {
    let mut length = length_while(text, continues_name);
    while text[length..].starts_with('-') && text[length + 1..].starts_with(continues_name) {
        length += 1 + length_while(&text[length + 1..], continues_name);
    }
    length
}

/// Whatever hangs together like a number, good or not: `1_000`, `0.35`, `1e-3`, `35%`, `3rd-fleet`.
fn number_length(text: &str) -> usize {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '%');
    let mut length = length_while(text, part);
    let hex = text.starts_with("0x");
    loop {
        let rest = &text[length..];
        let exponent = !hex && text[..length].ends_with(['e', 'E']);
        let digits =
            rest.starts_with(['+', '-']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        let word =
            rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        if !(exponent && digits || word) {
            return length;
        }
        length += 1 + length_while(&rest[1..], part);
    }
}
