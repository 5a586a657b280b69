//! Why a value cannot be read, on its way out through serde.

use std::fmt;

use serde::de;

use super::number;
use crate::content::{Diagnostic, Fix, Severity, Span, near};

/// What reading gives.
pub(super) type Result<T> = std::result::Result<T, Problem>;

/// Why a value cannot be read.
#[derive(Debug)]
pub(super) struct Problem(Option<Box<Details>>);

#[derive(Debug)]
struct Details {
    code: &'static str,
    message: String,
    span: Option<Span>,
    help: Option<String>,
    /// What is to be written instead; if without a place, then where the problem lies.
    fix: Option<(Option<Span>, String)>,
}

impl Problem {
    pub(super) fn new(code: &'static str, message: String) -> Self {
        Self(Some(Box::new(Details {
            code,
            message,
            span: None,
            help: None,
            fix: None,
        })))
    }

    /// One that is in the diagnostics already.
    pub(super) fn reported() -> Self {
        Self(None)
    }

    /// Lies here, unless its place is already known.
    pub(super) fn at(mut self, span: Span) -> Self {
        if let Some(details) = &mut self.0 {
            details.span.get_or_insert(span);
        }
        self
    }

    /// Lies here, whatever was known.
    pub(super) fn moved(mut self, span: Span) -> Self {
        if let Some(details) = &mut self.0 {
            details.span = Some(span);
        }
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(details) = &mut self.0 {
            details.help = Some(help.into());
        }
        self
    }

    /// The one clear fix: what to write instead, here or else where the problem lies.
    pub(super) fn fix(mut self, span: Option<Span>, text: impl Into<String>) -> Self {
        if let Some(details) = &mut self.0 {
            details.fix = Some((span, text.into()));
        }
        self
    }

    /// The word that was meant, as help, and as a fix where there is only one so near.
    pub(super) fn meant(self, wrong: &str, known: &[&str], what: &str) -> Self {
        let near = near(wrong, known.iter().copied());
        let problem = self.help(match near {
            Some(near) => format!("did you mean `{}`?", near.word),
            None if known.is_empty() => format!("there are no {what} here"),
            None => listed(known, &format!("the {what} are")),
        });
        match near.filter(|near| near.alone) {
            Some(near) => problem.fix(None, near.word),
            None => problem,
        }
    }

    /// Whether it says, not yet placed, that this field is missing.
    pub(super) fn misses(&self, field: &str) -> bool {
        self.0.as_ref().is_some_and(|details| {
            details.code == MISSING && details.span.is_none() && details.message == missing(field)
        })
    }

    /// What is to be reported, if anything.
    pub(super) fn into_diagnostic(self) -> Option<Diagnostic> {
        let details = self.0?;
        let span = details.span.unwrap_or_default();
        Some(Diagnostic {
            severity: Severity::Error,
            code: details.code,
            message: details.message,
            span,
            help: details.help,
            fix: details.fix.map(|(at, text)| Fix {
                span: at.unwrap_or(span),
                text,
            }),
            see: None,
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_ref().map_or("reported", |d| &d.message))
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new("bad-value", message.to_string())
    }
    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new("wrong-type", format!("expected {expected}, found {found}"))
    }
    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new("bad-value", format!("expected {expected}, found {found}"))
    }
    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Self {
        let message = format!("expected {expected}, found {length} values");
        Self::new("wrong-length", message)
    }
    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        let message = format!("there is no variant `{}` here", number::short(variant));
        Self::new("unknown-variant", message).meant(variant, known, "variants")
    }
    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let message = format!("there is no field `{}` here", number::short(field));
        Self::new("unknown-field", message).meant(field, known, "fields")
    }
    fn missing_field(field: &'static str) -> Self {
        Self::new(MISSING, missing(field)).help(format!("add `{field}: ...`"))
    }
    fn duplicate_field(_: &'static str) -> Self {
        // The tree has told of it, with both places.
        Self::reported()
    }
}

const MISSING: &str = "missing-field";

fn missing(field: &str) -> String {
    format!("field `{field}` is missing")
}

/// The words after an introduction; of very many only the first.
pub(super) fn listed(known: &[&str], introduction: &str) -> String {
    const MOST: usize = 24;
    let words: Vec<_> = known.iter().take(MOST).map(|w| format!("`{w}`")).collect();
    let more = if known.len() > MOST { ", ..." } else { "" };
    format!("{introduction} {}{more}", words.join(", "))
}
