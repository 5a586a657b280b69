//! How problems are shown: for people with the line and a caret, and as JSON.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::{Value, json};

use super::{Diagnostics, Severity, Sources, Span, offset, pages};

/// The widest part of a source line that is shown, in characters.
pub(super) const MAX_WIDTH: usize = 120;

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
/// line, a caret, `help:`, and at the first of each code where more is said of it; an empty line
/// between two.
pub fn render_text(sources: &Sources, diagnostics: &Diagnostics, color: bool) -> String {
    let (reset, bold, blue) = paint(color, ["\x1b[0m", "\x1b[1m", "\x1b[1;34m"]);
    let mut text = String::new();
    let mut explained = BTreeSet::new();
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
        if let Some((place, how)) = sources.see(diagnostic) {
            let (line, column) = line_column(sources, place);
            let file = harmless(sources.name(sources.origin(place).source));
            let _ = writeln!(text, "{blue}   ={reset} {how}: {file}:{line}:{column}");
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "{cyan}help{reset}: {}", harmless(help));
        }
        if explained.insert(code) && pages::page(code).is_some() {
            let _ = writeln!(text, "{blue}   ={reset} more: angelfire reference {code}");
        }
    }
    text
}

/// All problems for scripts, sorted: an array of `{file, line, column, code, severity, message,
/// help, fix, see}`, the last three null where there is none; `see` is another place that has to do with it, `{file, line,
/// column, how}`; a fix is `{start, end, text}`, the bytes
/// of the file to be replaced, and with what.
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
            "fix": sources.replacement(diagnostic).map(|(span, text)| {
                json!({ "start": span.start, "end": span.end, "text": text })
            }),
            "see": sources.see(diagnostic).map(|(place, how)| {
                let (line, column) = line_column(sources, place);
                let file = sources.name(sources.origin(place).source);
                json!({ "file": file, "line": line, "column": column, "how": how })
            }),
        })
    })
    .collect()
}

/// The text with everything that could move a cursor or turn the reading order made visible.
pub(crate) fn harmless(text: &str) -> String {
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
