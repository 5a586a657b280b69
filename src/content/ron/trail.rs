//! Where in a text a place lies: the groups around it, and what is being written there. It needs no tree, so that a text
//! that is just being written, and is broken at this very place, is as good as any other.

use super::{
    brackets::{Brackets, Closing},
    lexer::{Bracket, Token, TokenKind, tokens},
    parser::{MAX_DEPTH, starts_value},
    tree::Name,
};
use crate::content::SourceId;

/// What of an entry is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing stands before it: a field's name, a key or a value.
    Begin,
    /// What comes after the colon.
    Value,
    /// A value is there already.
    After,
}

/// A group around a place, and its entry in which the place lies.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its bracket.
    pub bracket: Bracket,
    /// What stands before the bracket.
    pub name: Option<Name>,
    /// Where the bracket stands.
    pub open: u32,
    /// How many entries come before.
    pub index: usize,
    /// The field's name, once there is a colon.
    pub field: Option<Name>,
    /// The key, once there is a colon.
    pub key: Option<Name>,
    /// What of the entry comes next.
    pub stage: Stage,
    /// Names of fields before, this one among them; of a map its keys.
    pub fields: Vec<Name>,
    /// Its first value, if that is a text.
    pub first: Option<Name>,
    /// The value that ended last, if it is a word or a text: perhaps a name.
    last: Option<(Token, Name)>,
}

/// What stands at a place already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: TokenKind,
    /// All of it, quotes and all.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl Word {
    /// Whether it stands in quotes.
    pub fn is_text(&self, text: &str) -> bool {
        let broken = || {
            text.get(self.start as usize..)
                .is_some_and(|t| t.starts_with('"'))
        };
        match self.kind {
            TokenKind::Text | TokenKind::RawText => true,
            TokenKind::Broken => broken(),
            _ => false,
        }
    }

    /// What stands between its quotes; of a text that never ends, what was written so far.
    pub fn inner(&self) -> Name {
        let (start, end) = match self.kind {
            TokenKind::Text => (self.start + 1, self.end - 1),
            TokenKind::Broken => (self.start + 1, self.end),
            TokenKind::RawIdent => (self.start + 2, self.end),
            _ => (self.start, self.end),
        };
        Name { start, end }
    }
}

/// The way to a place.
#[derive(Debug, Clone)]
pub struct Trail {
    /// The groups around it, the outermost first.
    pub steps: Vec<Step>,
    /// What stands there already.
    pub word: Option<Word>,
    /// Names of the innermost group's fields, or its keys, after the place.
    pub later: Vec<Name>,
    /// Whether it lies deeper than values are read.
    pub too_deep: bool,
    /// What comes after the word.
    pub next: Option<TokenKind>,
}

/// The way to a place in a text; what stands before it counts, broken or not.
pub fn trail(text: &str, at: usize) -> Trail {
    let all = tokens(SourceId(0), text);
    let at = u32::try_from(at.min(text.len())).unwrap_or(u32::MAX);
    let solid: Vec<Token> = all
        .into_iter()
        .filter(|t| !matches!(t.kind, TokenKind::Space | TokenKind::Comment))
        .collect();
    let word = word(text, &solid, at);
    let upto = word.map_or(at, |word| word.start);
    let before = solid.partition_point(|t| t.start < upto);
    let mut walk = Walk {
        tokens: &solid,
        brackets: Brackets::new(text, &solid),
        steps: Vec::new(),
        beyond: 0,
    };
    for index in 0..before {
        walk.take(index);
    }
    if let Some(word) = word {
        walk.leave_behind(before, word.start);
    }
    let after = solid.partition_point(|t| t.start < word.map_or(at, |w| w.end.max(at)));
    let later = walk.later(after);
    let too_deep = walk.beyond > 0;
    let mut steps = walk.steps;
    // A word after a value begins an entry: only the comma is missing.
    if let (Some(word), Some(step)) = (word, steps.last_mut())
        && step.stage == Stage::After
        && !matches!(word.kind, TokenKind::Stray)
    {
        step.next_entry();
    }
    Trail {
        steps,
        word,
        later,
        too_deep,
        next: solid.get(after).map(|t| t.kind),
    }
}

/// The word in which, or at whose end, a place lies.
fn word(text: &str, solid: &[Token], at: u32) -> Option<Word> {
    let last = solid.partition_point(|t| t.start < at).checked_sub(1)?;
    let token = solid[last];
    let starts = |sign| {
        text.get(token.start as usize..)
            .is_some_and(|t| t.starts_with(sign))
    };
    let touches = match token.kind {
        TokenKind::Ident | TokenKind::RawIdent | TokenKind::Number | TokenKind::Stray => {
            at <= token.end
        }
        TokenKind::Text | TokenKind::RawText => at < token.end,
        TokenKind::Broken => starts('"') && at <= token.end,
        _ => false,
    };
    let end = match token.kind {
        // It ends with its line; what an id may be made of is the word.
        TokenKind::Broken => {
            let rest = text
                .get(at as usize..token.end as usize)
                .unwrap_or_default();
            let more = rest.find(|c: char| !(c.is_alphanumeric() || "-_/".contains(c)));
            at + more.unwrap_or(rest.len()) as u32
        }
        _ => token.end,
    };
    touches.then_some(Word {
        kind: token.kind,
        start: token.start,
        end,
    })
}

struct Walk<'a> {
    tokens: &'a [Token],
    brackets: Brackets,
    steps: Vec<Step>,
    /// Groups that lie too deep and are not closed yet.
    beyond: usize,
}

impl Walk<'_> {
    fn take(&mut self, index: usize) {
        let token = self.tokens[index];
        // As the reader has it: what lies too deep has no values.
        match token.kind {
            TokenKind::Open(_) if self.steps.len() >= MAX_DEPTH => return self.beyond += 1,
            TokenKind::Close(_) if self.beyond > 0 => return self.beyond -= 1,
            _ if self.beyond > 0 => return,
            _ => {}
        }
        match token.kind {
            TokenKind::Open(bracket) => {
                self.leave_behind(index, token.start);
                self.open(index, bracket, token);
            }
            TokenKind::Close(bracket) => self.close(bracket, token, index + 1 < self.tokens.len()),
            TokenKind::Comma => {
                if let Some(step) = self.steps.last_mut() {
                    step.next_entry();
                }
            }
            TokenKind::Colon | TokenKind::Equals => {
                if let Some(step) = self.steps.last_mut() {
                    step.colon();
                }
            }
            kind if starts_value(kind) => {
                self.leave_behind(index, token.start);
                self.value(token);
            }
            _ => {}
        }
    }

    /// Leaves groups that were never closed, where this token is an entry of a group further out.
    fn leave_behind(&mut self, index: usize, start: u32) {
        let Some(token) = self.tokens.get(index).filter(|t| t.start == start).copied() else {
            return;
        };
        let kind = |ahead: usize| self.tokens.get(index + ahead).map(|t| t.kind);
        let field = matches!(kind(0), Some(TokenKind::Ident | TokenKind::RawIdent))
            && kind(1) == Some(TokenKind::Colon);
        while let Some(step) = self.steps.last()
            && self.brackets.left_behind(token, field)
        {
            self.brackets.unclosed(step.bracket);
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.brackets.close();
        self.steps.pop();
    }

    fn open(&mut self, index: usize, bracket: Bracket, token: Token) {
        let named = index
            .checked_sub(1)
            .map(|before| self.tokens[before])
            .filter(|t| matches!(t.kind, TokenKind::Ident | TokenKind::RawIdent));
        let name = named.map(|token| Name {
            start: token.start
                + if token.kind == TokenKind::RawIdent {
                    2
                } else {
                    0
                },
            end: token.end,
        });
        if let Some(step) = self.steps.last_mut() {
            if step.stage == Stage::After && name.is_none() {
                step.next_entry();
            }
            step.stage = Stage::After;
            step.last = None;
        }
        self.brackets.entry(token);
        self.brackets.open(bracket, token);
        self.steps.push(Step {
            bracket,
            name,
            open: token.start,
            index: 0,
            field: None,
            key: None,
            stage: Stage::Begin,
            fields: Vec::new(),
            first: None,
            last: None,
        });
    }

    fn close(&mut self, bracket: Bracket, token: Token, more: bool) {
        while let Some(step) = self.steps.last() {
            match self.brackets.closing(bracket, token, more) {
                Closing::Right | Closing::Wrong => return self.leave(),
                Closing::Outer => {
                    self.brackets.unclosed(step.bracket);
                    self.leave();
                }
                Closing::Stray => return self.brackets.strayed(bracket),
            }
        }
    }

    fn value(&mut self, token: Token) {
        self.brackets.entry(token);
        let Some(step) = self.steps.last_mut() else {
            return;
        };
        if step.stage == Stage::After {
            step.next_entry();
        }
        let word = Word {
            kind: token.kind,
            start: token.start,
            end: token.end,
        };
        let named = matches!(
            token.kind,
            TokenKind::Ident | TokenKind::RawIdent | TokenKind::Text | TokenKind::Number
        );
        if token.kind == TokenKind::Text && step.index == 0 && step.stage == Stage::Begin {
            step.first = Some(word.inner());
        }
        step.last = (named && step.stage == Stage::Begin).then(|| (token, word.inner()));
        step.stage = Stage::After;
    }

    /// Names of the fields, or the keys, that the innermost group has from this token on.
    fn later(&self, from: usize) -> Vec<Name> {
        let Some(step) = self.steps.last() else {
            return Vec::new();
        };
        let (line, outer) = (
            self.brackets.line(step.open),
            self.brackets.indent(step.open),
        );
        let mut depth = 0_usize;
        let mut found = Vec::new();
        for (index, token) in self.tokens.iter().enumerate().skip(from) {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth == 0 => break,
                TokenKind::Close(_) => depth -= 1,
                TokenKind::Ident | TokenKind::RawIdent | TokenKind::Text if depth == 0 => {
                    let leads = self.brackets.leading(*token);
                    // The group's end is missing; this is a line of a group further out.
                    if leads.is_some_and(|indent| indent <= outer)
                        && self.brackets.line(token.start) != line
                    {
                        break;
                    }
                    if self.tokens.get(index + 1).map(|t| t.kind) == Some(TokenKind::Colon) {
                        let word = Word {
                            kind: token.kind,
                            start: token.start,
                            end: token.end,
                        };
                        found.push(word.inner());
                    }
                }
                _ => {}
            }
        }
        found
    }
}

impl Step {
    fn next_entry(&mut self) {
        self.index += 1;
        self.field = None;
        self.key = None;
        self.stage = Stage::Begin;
        self.last = None;
    }

    fn colon(&mut self) {
        let Some((token, name)) = self.last.take() else {
            self.stage = Stage::Value;
            return;
        };
        match self.bracket {
            Bracket::Round if token.kind != TokenKind::Number => {
                self.field = Some(name);
                self.fields.push(name);
                self.stage = Stage::Value;
            }
            Bracket::Curly => {
                self.key = Some(name);
                self.fields.push(name);
                self.stage = Stage::Value;
            }
            _ => {}
        }
    }
}

impl Name {
    /// What it says in its text.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
    /// First byte.
    pub fn start(&self) -> usize {
        self.start as usize
    }
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.end as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way to the mark `|` in words.
    fn way(text: &str) -> String {
        let at = text.find('|').expect("a mark");
        let text = text.replacen('|', "", 1);
        let trail = trail(&text, at);
        let mut said = String::new();
        for step in &trail.steps {
            let name = step.name.map_or("", |n| n.of(&text));
            said += &format!("{name}{}", step.bracket.open());
            match (step.field, step.key) {
                (Some(name), _) => said += &format!("{}:", name.of(&text)),
                (_, Some(key)) => said += &format!("{}=>", key.of(&text)),
                _ => said += &format!("{}", step.index),
            }
        }
        if let Some(word) = trail.word {
            said += &format!(" `{}`", word.inner().of(&text));
        }
        let later: Vec<&str> = trail.later.iter().map(|n| n.of(&text)).collect();
        if !later.is_empty() {
            said += &format!(" then {}", later.join(" "));
        }
        said
    }

    #[test]
    fn a_place_is_known_by_what_stands_before_it() {
        let cases = [
            ("|", ""),
            ("[(id: \"a\", |)]", "[0(1"),
            ("[(id: \"a\", ro|, hull: 5)]", "[0(1 `ro` then hull"),
            ("[(id: \"a\", role: |\n hull: 5)]", "[0(role: then hull"),
            ("[(id: \"a\", role: Cap|ital)]", "[0(role: `Capital`"),
            ("[(w: {\"las|\": 3})]", "[0(w:{0 `las`"),
            ("[(w: {\"laser\": |3})]", "[0(w:{laser=>"),
            ("[(w: {\"a\": 3, \"las|\n", "[0(w:{1 `las`"),
            ("[(when: All([In(\"x\"), Not(|)]))]", "[0(when:All(0[1Not(0"),
            ("[(id: \"a\" ro|)]", "[0(1 `ro`"),
            ("[(a: (1, 2), b: |)]", "[0(b:"),
            (
                "[\n  (id: \"a\", m: [(s: A, |\n  (id: \"b\"),\n]",
                "[0(m:[0(1",
            ),
            ("[Set(\"classes/x|\", 5)]", "[0Set(0 `classes/x`"),
            ("[Set(\"classes/x\", |5)]", "[0Set(1"),
            ("(a: {1: [\"x\", |]})", "(a:{1=>[1"),
        ];
        for (text, wanted) in cases {
            assert_eq!(way(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_group_that_is_never_closed_before_the_place_is_left_behind() {
        let text = "(\n  sides: [\n    (id: \"a\", name: \"A\",\n    (id: \"b\", |),\n  ],\n)";
        assert_eq!(way(text), "(sides:[1(1");
        let text = "(\n  sides: [\n    (id: \"a\"),\n  seats: [(|)],\n)";
        assert_eq!(way(text), "(seats:[0(0");
    }

    #[test]
    fn any_place_of_any_text_has_a_way() {
        let text = "](x: é{\"ü: [Set((\n'a' 5, r#b: r\"c\" /* d";
        for at in 0..text.len() + 3 {
            let trail = trail(text, at);
            assert!(trail.steps.len() < 9);
        }
        let deep = "(".repeat(100_000);
        let trail = trail(&deep, deep.len());
        assert!(trail.too_deep && trail.steps.len() < 200);
    }
}
