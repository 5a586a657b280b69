//! Places as editors tell them: lines and columns, and files by their addresses.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    str::FromStr,
};

use lsp_types::{Position, Range, Uri};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Columns {
    /// Bytes.
    Utf8,
    /// Halves of UTF-16, as every editor can.
    #[default]
    Utf16,
}

/// A text's lines.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    columns: Columns,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str, columns: Columns) -> Self {
        // A line ends with `\n`, `\r\n`, or `\r` alone.
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self {
            text,
            starts: starts.collect(),
            columns,
        }
    }

    /// A line without its end.
    fn line(&self, index: usize) -> (usize, &'a str) {
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self
            .starts
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        (start, line.trim_end_matches(['\n', '\r']))
    }

    /// The byte at a position: of one beyond a line that line's end, of one within a letter its beginning.
    pub fn byte(&self, position: Position) -> usize {
        let index = usize::try_from(position.line).unwrap_or(usize::MAX);
        if index >= self.starts.len() {
            return self.text.len();
        }
        let (start, line) = self.line(index);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut column = 0;
        for (at, letter) in line.char_indices() {
            let next = column + self.width(letter);
            if next > wanted {
                return start + at;
            }
            column = next;
        }
        start + line.len()
    }

    /// The position of a byte.
    pub fn position(&self, at: usize) -> Position {
        let at = at.min(self.text.len());
        let index = self.starts.partition_point(|start| *start <= at).max(1) - 1;
        let (start, line) = self.line(index);
        let before = line
            .char_indices()
            .take_while(|(inner, _)| start + inner < at);
        let column: usize = before.map(|(_, letter)| self.width(letter)).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(number(index), number(column))
    }

    pub fn range(&self, (start, end): (usize, usize)) -> Range {
        Range::new(self.position(start), self.position(end))
    }

    fn width(&self, letter: char) -> usize {
        match self.columns {
            Columns::Utf8 => letter.len_utf8(),
            Columns::Utf16 => letter.len_utf16(),
        }
    }
}

/// The file that an address names, if it is one.
pub(super) fn path_of(address: &Uri) -> Option<PathBuf> {
    let rest = address.as_str().strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.bytes();
    while let Some(byte) = left.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => {
                let (high, low) = (digit(left.next())?, digit(left.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            b'?' | b'#' => break,
            byte => byte,
        });
    }
    let path = String::from_utf8(bytes)
        .ok()
        .filter(|path| !path.contains('\0'))?;
    // `/c:/mods` names a drive.
    let drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> Option<Uri> {
    let path = std::path::absolute(path).ok()?;
    let mut text = String::from("file://");
    let shown = path.to_string_lossy();
    let shown = if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown.into_owned()
    };
    if !shown.starts_with('/') {
        text.push('/');
    }
    for byte in shown.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").ok()?;
        }
    }
    Uri::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = "a\u{fc}\u{1f600}b\r\nc\rd\n";
        for (columns, width) in [(Columns::Utf8, 8), (Columns::Utf16, 5)] {
            let lines = Lines::new(text, columns);
            assert_eq!(lines.position(8), Position::new(0, width));
            assert_eq!(lines.byte(Position::new(0, width)), 8);
            assert_eq!(lines.byte(Position::new(0, 99)), 8, "before the line's end");
            assert_eq!(lines.byte(Position::new(1, 0)), 10);
            assert_eq!(lines.byte(Position::new(2, 1)), 13);
            assert_eq!(lines.byte(Position::new(3, 0)), text.len());
            assert_eq!(lines.byte(Position::new(u32::MAX, u32::MAX)), text.len());
            for at in 0..text.len() + 3 {
                let back = lines.byte(lines.position(at));
                assert!(text.is_char_boundary(back));
            }
        }
        let half = Lines::new(text, Columns::Utf16).byte(Position::new(0, 3));
        assert_eq!(half, 3, "within a letter");
        assert_eq!(Lines::new("", Columns::Utf16).byte(Position::new(0, 0)), 0);
    }

    #[test]
    fn addresses_name_files() {
        let path = Path::new("/home/a b/\u{fc}%/mod.ron");
        let address = address_of(path).expect("an address");
        assert_eq!(address.as_str(), "file:///home/a%20b/%C3%BC%25/mod.ron");
        assert_eq!(path_of(&address).as_deref(), Some(path));
        for wrong in [
            "untitled:Untitled-1",
            "file:",
            "file:///a%0",
            "file:///a%00",
            "http://x/y",
        ] {
            if let Ok(address) = Uri::from_str(wrong) {
                assert_eq!(path_of(&address), None, "{wrong}");
            }
        }
    }
}
