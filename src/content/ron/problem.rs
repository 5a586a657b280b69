//! Why a value cannot be read, on its way out through serde.

use std::fmt;

use serde::de;

use super::number;
use crate::content::{Diagnostic, Severity, Span, suggest};

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
}

impl Problem {
    pub(super) fn new(code: &'static str, message: String) -> Self {
        Self(Some(Box::new(Details {
            code,
            message,
            span: None,
            help: None,
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

    /// Whether it says, not yet placed, that this field is missing.
    pub(super) fn misses(&self, field: &str) -> bool {
        self.0.as_ref().is_some_and(|details| {
            details.code == MISSING && details.span.is_none() && details.message == missing(field)
        })
    }

    /// What is to be reported, if anything.
    pub(super) fn into_diagnostic(self) -> Option<Diagnostic> {
        let details = self.0?;
        Some(Diagnostic {
            severity: Severity::Error,
            code: details.code,
            message: details.message,
            span: details.span.unwrap_or_default(),
            help: details.help,
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
        Self::new("unknown-variant", message).help(meant(variant, known, "variants"))
    }
    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let message = format!("there is no field `{}` here", number::short(field));
        Self::new("unknown-field", message).help(meant(field, known, "fields"))
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

/// The likely fix of a wrong word: the one that was meant, or all that there are.
pub(super) fn meant(wrong: &str, known: &'static [&'static str], what: &str) -> String {
    match suggest(wrong, known.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None if known.is_empty() => format!("there are no {what} here"),
        None => listed(known, &format!("the {what} are")),
    }
}

/// The words after an introduction; of very many only the first.
pub(super) fn listed(known: &[&str], introduction: &str) -> String {
    const MOST: usize = 24;
    let words: Vec<_> = known.iter().take(MOST).map(|w| format!("`{w}`")).collect();
    let more = if known.len() > MOST { ", ..." } else { "" };
    format!("{introduction} {}{more}", words.join(", "))
}
