//! Strings and characters: what their escapes stand for.

/// A bad escape: byte within the text, length, message.
pub(super) type BadEscape = (usize, usize, String);

/// The text with its escapes resolved; of a bad escape nothing is kept, and all are listed.
pub(super) fn resolve(text: &str) -> (String, Vec<BadEscape>) {
    let mut out = String::with_capacity(text.len());
    let mut bad = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        out.push_str(&text[at..at + found]);
        at += found;
        let (length, result) = escape(&text[at..]);
        match result {
            Ok(c) => out.extend(c),
            Err(message) => bad.push((at, length, message)),
        }
        at += length;
    }
    out.push_str(&text[at..]);
    (out, bad)
}

/// Length and meaning of the escape at the beginning of `text`.
fn escape(text: &str) -> (usize, Result<Option<char>, String>) {
    let Some(kind) = text[1..].chars().next() else {
        return (1, Err("an escape needs a letter after `\\`".into()));
    };
    let plain = |c| (2, Ok(Some(c)));
    match kind {
        'n' => plain('\n'),
        'r' => plain('\r'),
        't' => plain('\t'),
        '0' => plain('\0'),
        '\\' | '"' | '\'' => plain(kind),
        // A backslash at the end of a line joins it with the next.
        '\n' | '\r' => {
            let rest = &text[1..];
            (1 + rest.len() - rest.trim_start().len(), Ok(None))
        }
        'x' => {
            let digits = text[2..]
                .chars()
                .take(2)
                .take_while(char::is_ascii_hexdigit);
            let count = digits.count();
            let code = u8::from_str_radix(&text[2..2 + count], 16);
            match code {
                Ok(code) if count == 2 && code.is_ascii() => (4, Ok(Some(code.into()))),
                Ok(_) if count == 2 => (
                    4,
                    Err("`\\x` goes up to 7F; write `\\u{..}` for others".into()),
                ),
                _ => (2 + count, Err("`\\x` needs two hex digits".into())),
            }
        }
        'u' => unicode(text),
        other => (
            1 + other.len_utf8(),
            Err(format!("there is no escape `\\{}`", other.escape_debug())),
        ),
    }
}

/// `\u{1F680}`, or `\uXXXX` as other formats have it.
fn unicode(text: &str) -> (usize, Result<Option<char>, String>) {
    let braced = text[2..].starts_with('{');
    let from = if braced { 3 } else { 2 };
    let most = if braced { 6 } else { 4 };
    let count = text[from..]
        .chars()
        .take(most)
        .take_while(char::is_ascii_hexdigit)
        .count();
    let closed = !braced || text[from + count..].starts_with('}');
    let length = from + count + usize::from(braced && closed);
    if count == 0 || !closed || (!braced && count < most) {
        let message = "write a character as `\\u{1F680}`, with one to six hex digits";
        return (length, Err(message.into()));
    }
    let code = u32::from_str_radix(&text[from..from + count], 16)
        .expect("invariant: one to six hex digits");
    let character = char::from_u32(code);
    (
        length,
        character
            .map(Some)
            .ok_or_else(|| format!("{code:X} is no character's number")),
    )
}
