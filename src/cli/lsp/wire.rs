//! Messages as they go over a pipe: a header that tells their length, then JSON. Whatever comes, memory is bounded, and
//! what is no message has an answer.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// Most bytes of a message: a file of the largest size that is read, each of its bytes written in the longest way.
const MOST: u64 = 32 << 20;
/// Most bytes of a line of the header, and most of its lines.
const LINE: u64 = 4 << 10;
const LINES: usize = 64;

/// Codes of what is wrong, as JSON-RPC and the protocol have them.
pub(super) mod code {
    pub const PARSE: i64 = -32700;
    pub const REQUEST: i64 = -32600;
    pub const METHOD: i64 = -32601;
    pub const PARAMS: i64 = -32602;
    pub const INTERNAL: i64 = -32603;
    pub const BEFORE: i64 = -32002;
}

/// Why something is not done.
#[derive(Debug)]
pub(super) struct Wrong {
    pub code: i64,
    pub message: String,
}

impl Wrong {
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }
}

/// The next message, or what is wrong with it; none at the end.
///
/// # Errors
/// If nothing can be read any more, or it cannot be told where the next message begins.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Result<Value, Wrong>>> {
    let Some(length) = header(input)? else {
        return Ok(None);
    };
    if length > MOST {
        let skipped = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        let message = format!("a message of {length} bytes; at most {MOST} are read");
        return Ok((skipped == length).then(|| Err(Wrong::new(code::REQUEST, message))));
    }
    // It grows as it comes: what a header promises costs nothing yet.
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if u64::try_from(body.len()) != Ok(length) {
        return Ok(None);
    }
    let value = serde_json::from_slice(&body);
    Ok(Some(value.map_err(|error| {
        Wrong::new(code::PARSE, format!("this is no JSON: {error}"))
    })))
}

/// The length that a header tells; none at the end.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let lost = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let mut length = None;
    for _ in 0..LINES {
        let mut line = Vec::new();
        input.by_ref().take(LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            return Err(lost("a line of a header has no end"));
        }
        let line = String::from_utf8_lossy(&line);
        match (line.trim(), length) {
            ("", Some(length)) => return Ok(Some(length)),
            ("", None) => return Err(lost("a header without Content-Length")),
            (line, _) => {
                if let Some((name, value)) = line.split_once(':')
                    && name.trim().eq_ignore_ascii_case("content-length")
                {
                    let value = value.trim().parse();
                    length = Some(value.map_err(|_| lost("a Content-Length that is no number"))?);
                }
            }
        }
    }
    Err(lost("a header without end"))
}

/// Sends a message.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// An answer.
pub(super) fn answer(id: &Value, result: Result<Value, Wrong>) -> Value {
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(wrong) => {
            let error = json!({ "code": wrong.code, "message": wrong.message });
            json!({ "jsonrpc": "2.0", "id": id, "error": error })
        }
    }
}

/// Something that is told without being asked.
pub(super) fn notice(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<String> {
        let mut input = text;
        let mut said = Vec::new();
        loop {
            match read(&mut input) {
                Ok(Some(Ok(value))) => said.push(value.to_string()),
                Ok(Some(Err(wrong))) => said.push(wrong.code.to_string()),
                Ok(None) => return said,
                Err(error) => {
                    said.push(error.to_string());
                    return said;
                }
            }
        }
    }

    #[test]
    fn messages_are_read_one_by_one_whatever_is_between() {
        let mut sent = Vec::new();
        write(&mut sent, &json!({ "a": "\u{fc}" })).expect("memory");
        sent.extend(b"content-length: 3\r\nOther: x\r\n\r\n{x]");
        write(&mut sent, &json!(5)).expect("memory");
        assert_eq!(all(&sent), ["{\"a\":\"\u{fc}\"}", "-32700", "5"]);
    }

    #[test]
    fn what_a_header_says_is_not_believed() {
        assert_eq!(
            all(b"Content-Length: 18446744073709551615\r\n\r\n{}"),
            [""; 0]
        );
        assert_eq!(all(b"Content-Length: 999\r\n\r\n{}"), [""; 0]);
        let said = all(b"Content-Length: -1\r\n\r\n{}");
        assert_eq!(said, ["a Content-Length that is no number"]);
        assert_eq!(all(b"\r\n"), ["a header without Content-Length"]);
        let long = [b'x'; 10_000];
        assert_eq!(all(&long), ["a line of a header has no end"]);
        let lines = "a: b\n".repeat(100);
        assert_eq!(all(lines.as_bytes()), ["a header without end"]);
        let mut large = format!("Content-Length: {}\r\n\r\n", MOST + 1).into_bytes();
        large.extend(vec![b' '; usize::try_from(MOST).expect("fits") + 1]);
        write(&mut large, &json!(5)).expect("memory");
        assert_eq!(all(&large), ["-32600", "5"]);
    }
}
