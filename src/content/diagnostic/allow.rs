//! Warnings that a comment allows, with its reason: `// allow(unused-flag): kept for the sequel`.
//!
//! Such a comment counts for its own line, or, on a line of its own, for the next line that holds anything else. An
//! allow without a reason is a warning itself, and so is one that allows nothing; errors cannot be allowed.

use std::collections::BTreeSet;

use super::{
    Diagnostic, Diagnostics, MAX_PROBLEMS, Severity, Source, SourceId, Sources, Span, pages,
};
use crate::content::ron::{Token, TokenKind, tokens};

/// Code of an allow that allows nothing.
pub(super) const UNUSED: &str = "unused-allow";
/// Code of an allow without a reason.
pub(super) const NO_REASON: &str = "allow-without-reason";
/// With what such a comment begins.
const WORD: &str = "allow(";

/// A comment that allows something.
struct Allow<'a> {
    /// The codes with their places.
    codes: Vec<(&'a str, Span)>,
    reason: bool,
    /// The line for which it counts.
    line: usize,
    /// The comment with the space before it, or its whole line if it stands there alone.
    whole: Span,
}

/// Leaves out of the warnings what comments allow. Where `tells` holds for a source, what is wrong with such comments in
/// it is told; one that allows something of `unsaid`, which is not told here, is of use as well.
pub(crate) fn allow(
    sources: &Sources,
    found: &mut Diagnostics,
    unsaid: &[Diagnostic],
    tells: impl Fn(SourceId) -> bool,
) {
    // Checks that come after an error have not been made, so nobody knows what they would have told.
    let errors = found.has_errors();
    let texts = sources.iter();
    for (id, source) in texts.filter(|(_, source)| source.text.contains(WORD)) {
        let allows = written(id, source);
        if allows.is_empty() {
            continue;
        }
        let mut used = BTreeSet::new();
        let mut warnings = 0;
        let mut allowed = |problem: &Diagnostic| {
            let place = sources.origin(problem.span);
            if problem.severity != Severity::Warning || place.source != id {
                return false;
            }
            warnings += 1;
            let line = source.line_of(place.start);
            let mut any = false;
            for (n, allow) in allows.iter().enumerate().filter(|(_, a)| a.line == line) {
                for (m, (code, _)) in allow.codes.iter().enumerate() {
                    if *code == problem.code {
                        used.insert((n, m));
                        any = true;
                    }
                }
            }
            any
        };
        found.leave_out(&mut allowed);
        unsaid.iter().for_each(|problem| {
            allowed(problem);
        });
        if !tells(id) {
            continue;
        }
        for (n, allow) in allows.iter().enumerate() {
            if !allow.reason
                && let Some((code, at)) = allow.codes.first()
            {
                let message = format!("this allows `{code}` without a reason");
                found
                    .warning(NO_REASON, *at, message)
                    .help(format!("say why: `allow({code}): ...`"));
            }
            for (m, (code, at)) in allow.codes.iter().enumerate() {
                let known = pages::page(code).is_some_and(|page| page.may_be_allowed());
                // Past the limit nobody knows what was found.
                if used.contains(&(n, m)) || known && (errors || warnings >= MAX_PROBLEMS) {
                    continue;
                }
                let problem = found.warning(UNUSED, *at, message(code));
                unused(problem, allow, code);
            }
        }
    }
}

fn message(code: &str) -> String {
    match pages::page(code) {
        Some(page) if page.may_be_allowed() => format!("there is no `{code}` here to be allowed"),
        Some(_) => format!("`{code}` cannot be allowed"),
        None => format!("there is no warning `{code}`"),
    }
}

fn unused(problem: &mut Diagnostic, allow: &Allow<'_>, code: &str) {
    match pages::page(code) {
        Some(_) => {
            problem.help("remove the comment");
            if allow.codes.len() == 1 {
                problem.fix(allow.whole, "");
            }
        }
        None => {
            problem.help(match pages::meant(code) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`angelfire reference codes` lists what there is".into(),
            });
        }
    }
}

/// The allowing comments of a text.
fn written(id: SourceId, source: &Source) -> Vec<Allow<'_>> {
    let text: &str = &source.text;
    let tokens = tokens(id, text);
    let mut allows = Vec::new();
    let mut last_solid: Option<usize> = None;
    for (n, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Space => {}
            TokenKind::Comment => {
                let line = source.line_of(token.start);
                // A text over several lines ends where the comment stands.
                let beside = last_solid == Some(line);
                if let Some(mut allow) = one(id, text, token) {
                    let next = tokens[n..].iter().find(|t| is_solid(t));
                    allow.line = match next {
                        Some(next) if !beside => source.line_of(next.start),
                        _ => line,
                    };
                    allow.whole = whole(id, source, token, beside);
                    allows.push(allow);
                }
            }
            _ => last_solid = Some(source.line_of(token.end.saturating_sub(1))),
        }
    }
    allows
}

fn is_solid(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Space | TokenKind::Comment)
}

/// A comment that allows something, its line and extent still to be found.
fn one<'a>(id: SourceId, text: &'a str, token: &Token) -> Option<Allow<'a>> {
    let comment = text.get(token.start as usize..token.end as usize)?;
    let inner = comment.get(2..)?.trim_end_matches("*/");
    let said = inner.trim_start();
    let (list, rest) = said.strip_prefix(WORD)?.split_once(')')?;
    let before = comment.len() - said.len() + WORD.len();
    let ends = comment.len() - comment.get(2..)?.trim_end_matches("*/").len() - 2;
    let mut at = token.start as usize + before - ends;
    let mut codes = Vec::new();
    for part in list.split(',') {
        let code = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        let end = start + code.len();
        if !code.is_empty() {
            let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
            codes.push((code, Span::new(id, start, end)));
        }
        at += part.len() + 1;
    }
    let reason = rest.trim_start().strip_prefix(':').map(str::trim);
    Some(Allow {
        codes,
        reason: reason.is_some_and(|reason| !reason.is_empty()),
        line: 0,
        whole: Span::NOWHERE,
    })
}

/// What goes when the comment goes.
fn whole(id: SourceId, source: &Source, token: &Token, beside: bool) -> Span {
    let text = &source.text;
    let before = text.get(..token.start as usize).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let after = text.get(token.end as usize..).unwrap_or_default();
    let alone = !beside && (start == 0 || before[..start].ends_with('\n'));
    let end = match after.strip_prefix('\n').is_some() && alone {
        true => token.end + 1,
        false => token.end,
    };
    let start = u32::try_from(start).unwrap_or(token.start);
    Span::new(id, start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of warnings at these bytes after comments have allowed, as `code@byte`.
    fn left(text: &str, warnings: &[(&'static str, u32)]) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("made-up.ron", text));
        let mut found = Diagnostics::new();
        for (code, at) in warnings {
            found.warning(code, Span::new(id, *at, *at + 1), "odd");
        }
        allow(&sources, &mut found, &[], |_| true);
        let shown = |d: &&Diagnostic| format!("{}@{}", d.code, d.span.start);
        found.sorted(&sources).iter().map(shown).collect()
    }

    #[test]
    fn a_comment_allows_on_its_own_line_and_from_the_line_above() {
        let beside = "(\n  a: 1, // allow(unused-flag): kept\n  b: 2,\n)";
        assert_eq!(left(beside, &[("unused-flag", 4)]), [""; 0]);
        let above = "(\n  // allow(unused-flag): kept\n  // and more\n\n  a: 1,\n  b: 2,\n)";
        let a = above.find("a: 1").expect("there") as u32;
        assert_eq!(left(above, &[("unused-flag", a)]), [""; 0]);
        let b = a + 7;
        assert_eq!(
            left(above, &[("unused-flag", b)]),
            ["unused-allow@13".to_string(), format!("unused-flag@{b}")]
        );
        assert_eq!(
            left(
                "/* allow(unused-flag, unused-region): kept */ (a: 1)",
                &[("unused-flag", 47)]
            ),
            ["unused-allow@22"]
        );
    }

    #[test]
    fn reasons_are_asked_for_and_texts_are_no_comments() {
        assert_eq!(
            left("(a: 1) // allow(unused-flag)", &[("unused-flag", 1)]),
            ["allow-without-reason@16"]
        );
        assert_eq!(
            left("(a: 1) // allow(unused-flag):  ", &[("unused-flag", 1)]),
            ["allow-without-reason@16"]
        );
        let text = "(a: \"// allow(unused-flag): no\")";
        assert_eq!(left(text, &[("unused-flag", 1)]), ["unused-flag@1"]);
        assert_eq!(left("(a: 1) // allow(unused-flag: no", &[]), [""; 0]);
        assert_eq!(left("(a: 1) // allow(): no", &[]), [""; 0]);
        assert_eq!(left("(a: 1) // allow(twice): no", &[]), ["unused-allow@16"]);
        assert_eq!(
            left("(a: 1) // allow(ünknown): no", &[]),
            ["unused-allow@16"]
        );
    }

    #[test]
    fn nothing_is_told_of_allows_beside_errors() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.ron", "(a: 1) // allow(unused-flag): kept"));
        let mut found = Diagnostics::new();
        found.error("twice", Span::new(id, 1, 2), "odd");
        allow(&sources, &mut found, &[], |_| true);
        assert_eq!(found.len(), 1);
    }
}
