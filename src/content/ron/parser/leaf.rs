//! The parts of a text that hold no other values: attributes, characters, what has no meaning.

use super::{Parser, Shape, Token, TokenKind, escape, number};
use crate::content::{near, ron::lexer::Bracket};

impl Parser<'_> {
    /// `#![enable(implicit_some)]`
    pub(super) fn attribute(&mut self) {
        const KNOWN: [&str; 4] = [
            "implicit_some",
            "unwrap_newtypes",
            "unwrap_variant_newtypes",
            "explicit_struct_names",
        ];
        let hash = self.bump().expect("invariant: called at a hash");
        let mut good = self.take(TokenKind::Bang).is_some();
        good &= self.take(TokenKind::Open(Bracket::Square)).is_some();
        let word = self.take(TokenKind::Ident);
        good &= word.is_some_and(|word| self.slice(word) == "enable");
        good &= self.take(TokenKind::Open(Bracket::Round)).is_some();
        while good && let Some(word) = self.take(TokenKind::Ident) {
            let name = self.slice(word);
            if !KNOWN.contains(&name) {
                let message = format!("there is no extension `{}`", number::short(name));
                let near = near(name, KNOWN);
                let help = match near {
                    Some(near) => format!("did you mean `{}`?", near.word),
                    None => format!("known are: {}", KNOWN.join(", ")),
                };
                let error = self.error("unknown-extension", word.start, word.end, message);
                error.help(help);
                if let Some(near) = near.filter(|near| near.alone) {
                    error.fix_here(near.word);
                }
            }
            if self.take(TokenKind::Comma).is_none() {
                break;
            }
        }
        good = good && self.take(TokenKind::Close(Bracket::Round)).is_some();
        good = good && self.take(TokenKind::Close(Bracket::Square)).is_some();
        if good {
            return;
        }
        self.error(
            "bad-attribute",
            hash.start,
            hash.end,
            "this attribute is not understood",
        )
        .help("write `#![enable(implicit_some)]`, or leave it out");
        // It ends with its line.
        let line = self.brackets.line(hash.start);
        while let Some(token) = self.peek()
            && self.brackets.line(token.start) == line
        {
            self.bump();
        }
    }

    /// `'c'`, whatever it holds.
    pub(super) fn character(&mut self, token: Token) -> Shape {
        let text = self.resolve(token.start + 1, token.end - 1);
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Shape::Char(c);
        }
        let message = if text.is_empty() {
            "a character cannot be empty"
        } else {
            "single quotes hold one character"
        };
        let shown = number::short(&text);
        self.error("bad-char", token.start, token.end, message)
            .help(format!("write a text as {shown:?}"));
        Shape::Text(text.into())
    }

    /// The text between two quotes, its escapes resolved.
    pub(super) fn resolve(&mut self, start: u32, end: u32) -> String {
        let (text, bad) = escape::resolve(&self.text[start as usize..end as usize]);
        for (at, length, message) in bad {
            let at = start + at as u32;
            self.error("bad-escape", at, at + length as u32, message)
                .help("a backslash itself is written `\\\\`");
        }
        text
    }

    /// Reports what has no meaning here and skips it, up to where something does.
    pub(super) fn stray(&mut self) {
        let token = self.bump().expect("invariant: called at a token");
        let mut end = token.end;
        let (message, help) = match token.kind {
            TokenKind::Close(bracket) => {
                self.brackets.strayed(bracket);
                (
                    format!("this `{}` closes nothing", bracket.close()),
                    [
                        "remove it, or add the `(` that it closes",
                        "remove it, or add the `[` that it closes",
                        "remove it, or add the `{` that it closes",
                    ][bracket as usize],
                )
            }
            _ => {
                let rest = &self.text[token.start as usize..];
                end = self.skip_meaningless();
                let help = match token.kind {
                    TokenKind::Colon if rest.starts_with("::") => {
                        "a variant is written without its type"
                    }
                    TokenKind::Stray if rest.starts_with("*/") => "no comment is open here",
                    TokenKind::Colon => "a name or key before a `:` stands in `(...)` or `{...}`",
                    TokenKind::Comma => "remove the comma",
                    _ => "remove it, or put it in quotes",
                };
                (format!("{} has no meaning here", self.show(token)), help)
            }
        };
        self.error("stray-token", token.start, end, message)
            .help(help);
    }

    /// A token in the words of a message.
    pub(super) fn show(&self, token: Token) -> String {
        match token.kind {
            TokenKind::Text | TokenKind::RawText => "a string".into(),
            TokenKind::Stray => {
                let c = self.slice(token).chars().next().unwrap_or_default();
                match c.is_control() {
                    true => format!("the control character U+{:04X}", u32::from(c)),
                    false => format!("`{c}`"),
                }
            }
            TokenKind::Broken => "an unclosed string".into(),
            _ => format!("`{}`", number::short(self.slice(token))),
        }
    }
}

/// What can neither begin a value nor end or part values.
pub(super) fn has_no_meaning(kind: TokenKind) -> bool {
    !starts_value(kind) && !matches!(kind, TokenKind::Comma | TokenKind::Close(_))
}

/// Whether a value begins so.
pub(in crate::content::ron) fn starts_value(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Ident
            | T::RawIdent
            | T::Number
            | T::Text
            | T::RawText
            | T::Char
            | T::Broken
            | T::Open(_)
    )
}
