//! One mark for another, one too few or too many: what was meant, and how it is told.

use super::{Entries, Parser, Shape, Token, TokenKind, has_no_meaning, starts_value};
use crate::content::ron::{lexer::Bracket, tree::NodeId};

impl Parser<'_> {
    /// The value of the file, whose first bracket may be missing.
    pub(super) fn first_value(&mut self) -> NodeId {
        if self.lacks_open(Bracket::Round) {
            return self.unopened(Bracket::Round);
        }
        let first = self.peek();
        let root = self.value();
        let more = self.peek_kind() == Some(TokenKind::Comma);
        match first.filter(|_| more && !self.full && self.brackets.surplus(Bracket::Square)) {
            Some(first) => {
                self.bump();
                self.tell_unopened(Bracket::Square, first);
                self.brackets.open(Bracket::Square, first);
                let mut items = vec![root];
                items.extend(self.entries(Bracket::Square, Some(first)).items);
                self.brackets.close();
                self.node(Shape::List(items), first.start, self.last_end())
            }
            None => root,
        }
    }

    /// Whether a group begins here without its bracket: `name: value` where only a group can stand, and somewhere a
    /// bracket that closes nothing.
    pub(super) fn lacks_open(&self, bracket: Bracket) -> bool {
        self.at_field() && self.brackets.surplus(bracket)
    }

    /// A group whose opening bracket is missing before the next token.
    pub(super) fn unopened(&mut self, bracket: Bracket) -> NodeId {
        let first = self.peek().expect("invariant: called at a token");
        self.tell_unopened(bracket, first);
        self.group(bracket, first, None)
    }

    fn tell_unopened(&mut self, bracket: Bracket, first: Token) {
        self.brackets.opened(bracket);
        let message = format!("expected `{}` before {}", bracket.open(), self.show(first));
        self.error("unopened-bracket", first.start, first.start, message)
            .help(format!("add `{}` here", bracket.open()))
            .fix_here(bracket.open());
    }

    /// Whether a name is written as fields are, and not as variants.
    pub(super) fn is_field(&self, token: Token) -> bool {
        matches!(token.kind, TokenKind::Ident)
            && self.slice(token).starts_with(|c: char| c.is_lowercase())
            && !matches!(self.slice(token), "true" | "false")
    }

    /// Whether another mark stands where the colon after this name, which comes next, belongs.
    pub(super) fn instead_of_colon(&self, entries: &Entries, name: Token) -> bool {
        let ahead = |n: usize| self.tokens.get(self.next + n).copied();
        let (Some(mark), Some(value)) = (ahead(1), ahead(2)) else {
            return false;
        };
        let fields = !entries.fields.is_empty() || entries.items.is_empty();
        let kind = |n: usize| ahead(n).map(|t| t.kind);
        let field_at =
            |n| kind(n) == Some(TokenKind::Ident) && kind(n + 1) == Some(TokenKind::Colon);
        let valued = starts_value(value.kind) && !field_at(2);
        let wrong = match mark.kind {
            // `name, "..."` is told from two values by the fields around it.
            TokenKind::Comma => {
                let around =
                    !entries.fields.is_empty() || kind(3) == Some(TokenKind::Comma) && field_at(4);
                around && !self.is_field(value)
            }
            _ => self.is_wrong_colon(mark),
        };
        self.is_field(name) && fields && valued && wrong
    }

    /// The same between a key and its value: `"id", 5`.
    pub(super) fn instead_of_colon_in_map(&self, key: NodeId) -> bool {
        let kind = |n: usize| self.tokens.get(self.next + n).map(|t| t.kind);
        let text = matches!(self.nodes[key.0 as usize].shape, Shape::Text(_));
        let ends = matches!(kind(2), Some(TokenKind::Comma | TokenKind::Close(_)));
        let mark = self.peek().is_some_and(|mark| self.is_wrong_colon(mark));
        text && mark && kind(1) == Some(TokenKind::Number) && ends
    }

    /// Whether this mark, which is no bracket, stands where the group opened last ends.
    pub(super) fn instead_of_end(&self, mark: Token) -> bool {
        let mark_alone = has_no_meaning(mark.kind) || mark.kind == TokenKind::Comma;
        mark_alone && self.brackets.end_stands_at(mark)
    }

    /// Ends the group opened last at a mark that stands where its bracket belongs: before a comma, or instead of it.
    pub(super) fn end_here(&mut self, bracket: Bracket, mark: Token) {
        let close = bracket.close();
        let message = format!("expected `{close}`, found {}", self.show(mark));
        let before = mark.kind == TokenKind::Comma;
        let end = if before { mark.start } else { mark.end };
        self.error("unclosed-bracket", mark.start, end, message)
            .help(format!(
                "add `{close}` here, where the `{}` ends",
                bracket.open()
            ))
            .fix_here(close);
        if !before {
            self.bump();
        }
        self.brackets.unclosed(bracket);
    }

    /// Whether this mark, which comes after a name, stands for a colon.
    fn is_wrong_colon(&self, mark: Token) -> bool {
        match mark.kind {
            TokenKind::Equals | TokenKind::Semicolon | TokenKind::Stray | TokenKind::Comma => true,
            TokenKind::Close(bracket) => self.brackets.surplus(bracket),
            // `name( value`, where nothing closes it.
            TokenKind::Open(bracket) => self.brackets.lacks_one_end(bracket),
            _ => false,
        }
    }

    /// Whether this mark after a value stands for a comma.
    pub(super) fn instead_of_comma(&self, mark: Token) -> bool {
        let next = self.tokens.get(self.next + 1).map(|t| t.kind);
        let valued = next.is_some_and(starts_value);
        let ends = matches!(next, Some(TokenKind::Close(_)));
        match mark.kind {
            TokenKind::Semicolon => true,
            TokenKind::Equals | TokenKind::Colon => valued || ends,
            TokenKind::Stray => valued || ends && self.slice(mark) == ".",
            // A bracket too many, after which it goes on as after a comma.
            TokenKind::Close(bracket) => valued && self.brackets.surplus(bracket),
            _ => false,
        }
    }

    /// Takes the colon after a name or key that ends at `end`.
    pub(super) fn colon(&mut self, end: u32) {
        if self.take(TokenKind::Colon).is_some() {
            return;
        }
        let mark = self.peek().filter(|mark| self.is_wrong_colon(*mark));
        if let Some(mark) = mark {
            self.bump();
            if let TokenKind::Close(bracket) = mark.kind {
                self.brackets.strayed(bracket);
            }
            if let TokenKind::Open(bracket) = mark.kind {
                self.brackets.unclosed(bracket);
            }
            let message = format!("expected `:`, found {}", self.show(mark));
            self.error("missing-colon", mark.start, mark.end, message)
                .help("write `name: value`, with `:` here")
                .fix_here(":");
            return;
        }
        let found = self.peek().map_or("nothing".into(), |t| self.show(t));
        self.error(
            "missing-colon",
            end,
            end,
            format!("expected `:`, found {found}"),
        )
        .help("add `:` here")
        .fix_here(":");
    }

    /// The value after a colon; whether it was there.
    pub(super) fn after_colon(&mut self) -> (NodeId, bool) {
        let end = self.last_end();
        let found = self.peek();
        let shown = found.map_or("the end of the file".into(), |t| self.show(t));
        let message = format!("expected a value, found {shown}");
        if let Some(token) = found
            && has_no_meaning(token.kind)
        {
            let skipped = self.skip_meaningless();
            if token.kind == TokenKind::Colon && token.end == skipped {
                let message = "there is one `:` too many here";
                self.error("stray-token", token.start, token.end, message)
                    .help("remove the second `:`")
                    .fix_here("");
            } else {
                self.error("missing-value", token.start, skipped, message)
                    .help("put the value here");
            }
            return match self.peek() {
                Some(next) if starts_value(next.kind) && !self.at_field() => (self.value(), true),
                _ => (self.node(Shape::Broken, end, end), false),
            };
        }
        if found.is_some_and(|token| starts_value(token.kind)) && !self.at_field() {
            return (self.value(), true);
        }
        self.error("missing-value", end, end, message)
            .help("add the value here, or remove the name");
        (self.node(Shape::Broken, end, end), false)
    }

    /// Whether `name:` stands here.
    pub(super) fn at_field(&self) -> bool {
        let kind = |ahead: usize| self.tokens.get(self.next + ahead).map(|t| t.kind);
        matches!(kind(0), Some(TokenKind::Ident | TokenKind::RawIdent))
            && kind(1) == Some(TokenKind::Colon)
            && kind(2) != Some(TokenKind::Colon)
    }

    /// Skips what has no meaning between values; the byte where it ends.
    pub(super) fn skip_meaningless(&mut self) -> u32 {
        while self.peek_kind().is_some_and(has_no_meaning) {
            self.bump();
        }
        self.last_end()
    }

    pub(super) fn unclosed(&mut self, bracket: Bracket, open: Token) {
        let message = format!("this `{}` is never closed", bracket.open());
        let twice = self.text[open.end as usize..].starts_with(bracket.open())
            || self.text[..open.start as usize].ends_with(bracket.open());
        let help = match twice {
            true => format!(
                "remove one `{}`, or add `{}` where it ends",
                bracket.open(),
                bracket.close()
            ),
            false => format!("add `{}` where it ends", bracket.close()),
        };
        self.error("unclosed-bracket", open.start, open.end, message)
            .help(help);
        self.brackets.unclosed(bracket);
        self.cut_short = true;
    }
}
