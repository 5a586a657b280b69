//! Numbers as text: whether it is one, what it says exactly. No floats anywhere.

/// A number taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number<'a> {
    /// A whole number; `magnitude` is `None` when it is beyond 128 bits.
    Whole {
        /// Whether it is below zero (or a negative zero).
        negative: bool,
        /// Its distance from zero.
        magnitude: Option<u128>,
    },
    /// A number with a point or an exponent, its digits without underscores.
    Decimal {
        /// Whether it is below zero (or a negative zero).
        negative: bool,
        /// Digits before the point.
        whole: String,
        /// Digits after the point.
        part: String,
        /// What stands after `e`, if anything.
        exponent: Option<&'a str>,
    },
}

/// Why a text is no number, and the likely fix.
pub(super) type NotANumber = (String, Option<String>);

/// Takes a number apart.
///
/// # Errors
/// With a message and a help when the text is no number as RON writes them.
pub(super) fn parse(text: &str) -> Result<Number<'_>, NotANumber> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let shown = short(text);
    if digits.ends_with('%') {
        let help = format!("put the percentage in quotes: \"{shown}\"");
        return Err((format!("`{shown}` is no number"), Some(help)));
    }
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        let Some(rest) = digits.strip_prefix(prefix) else {
            continue;
        };
        let rest = rest.replace('_', "");
        if rest.is_empty() || !rest.chars().all(|c| c.is_digit(radix)) {
            let help = format!("after `{prefix}` only digits of base {radix} may follow");
            return Err((format!("`{shown}` is no number"), Some(help)));
        }
        let magnitude = u128::from_str_radix(&rest, radix).ok();
        return Ok(Number::Whole {
            negative,
            magnitude,
        });
    }
    let refuse = || {
        let named = digits.contains(|c: char| c.is_ascii_alphabetic());
        let help = match named {
            true => format!("if it is a name, put it in quotes: \"{shown}\""),
            false => "a number has digits and at most one point".to_owned(),
        };
        Err((format!("`{shown}` is no number"), Some(help)))
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let good = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let some = mantissa.contains(|c: char| c.is_ascii_digit());
    if !some || !good(whole) || !good(part) || whole.starts_with('_') {
        return refuse();
    }
    if let Some(exponent) = exponent {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if exponent.is_empty() || !good(exponent) {
            return refuse();
        }
    }
    let clean = |s: &str| s.replace('_', "");
    if exponent.is_none() && !mantissa.contains('.') {
        return Ok(Number::Whole {
            negative,
            magnitude: clean(whole).parse().ok(),
        });
    }
    Ok(Number::Decimal {
        negative,
        whole: clean(whole),
        part: clean(part),
        exponent,
    })
}

/// The number in one form whatever its notation, as far as it is exact.
pub(super) fn canonical(text: &str) -> String {
    match parse(text) {
        Ok(Number::Whole {
            negative,
            magnitude: Some(magnitude),
        }) => format!("{}{magnitude}", sign(negative && magnitude != 0)),
        Ok(Number::Decimal {
            negative,
            whole,
            part,
            exponent: None,
        }) => {
            let whole = whole.trim_start_matches('0');
            let part = part.trim_end_matches('0');
            let zero = whole.is_empty() && part.is_empty();
            let whole = if whole.is_empty() { "0" } else { whole };
            let part = if part.is_empty() { "0" } else { part };
            format!("{}{whole}.{part}", sign(negative && !zero))
        }
        _ => text.to_owned(),
    }
}

/// The text, cut when it is too long to be shown within a line.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

fn sign(negative: bool) -> &'static str {
    if negative { "-" } else { "" }
}
