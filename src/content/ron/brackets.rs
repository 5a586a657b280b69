//! Which bracket closes which, when some are missing. Only where a text has more opening than
//! closing brackets (or the other way round) are line breaks and indentation asked what was meant.

use super::lexer::{Bracket, Token, TokenKind};

/// What a closing bracket most likely is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The end of the group opened last.
    Right,
    /// The end of the group opened last, with the wrong character.
    Wrong,
    /// The end of a group further out: the one opened last was never closed.
    Outer,
    /// One too many.
    Stray,
}

/// A group not yet closed.
struct Open {
    bracket: Bracket,
    token: Token,
    line: usize,
    /// Indentation of the line it is opened in.
    indent: u32,
    /// Indentation of its first entry that begins a line.
    entry_indent: Option<u32>,
}

/// The groups not yet closed, and what the layout of the whole text tells about them.
pub(super) struct Brackets {
    /// Start and indentation of each line, in bytes.
    lines: Vec<(u32, u32)>,
    stack: Vec<Open>,
    /// Opening and closing brackets of each kind that are not accounted for.
    opens: [usize; 3],
    closes: [usize; 3],
    /// The first group of each kind whose end is indented unlike its beginning.
    suspects: [Option<Token>; 3],
    silent: bool,
}

impl Brackets {
    pub(super) fn new(text: &str, tokens: &[Token]) -> Self {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{FEFF}']).len();
            lines.push((start, indent as u32));
            start += line.len() as u32;
        }
        let count = |wanted: fn(Bracket) -> TokenKind| {
            [Bracket::Round, Bracket::Square, Bracket::Curly]
                .map(|bracket| tokens.iter().filter(|t| t.kind == wanted(bracket)).count())
        };
        Self {
            lines,
            stack: Vec::new(),
            opens: count(TokenKind::Open),
            closes: count(TokenKind::Close),
            suspects: [None; 3],
            silent: false,
        }
    }

    /// How many groups are open.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Index of the line that holds this byte.
    pub(super) fn line(&self, at: u32) -> usize {
        self.lines.partition_point(|(start, _)| *start <= at).max(1) - 1
    }

    /// The indentation of the line that holds this byte.
    pub(super) fn indent(&self, at: u32) -> u32 {
        self.lines.get(self.line(at)).map_or(0, |line| line.1)
    }

    /// A group begins with this token.
    pub(super) fn open(&mut self, bracket: Bracket, token: Token) {
        let line = self.line(token.start);
        self.stack.push(Open {
            bracket,
            token,
            line,
            indent: self.lines[line].1,
            entry_indent: None,
        });
    }

    /// The group opened last is over.
    pub(super) fn close(&mut self) {
        self.stack.pop();
    }

    /// An entry of the group opened last begins here.
    pub(super) fn entry(&mut self, token: Token) {
        let indent = self.leading(token);
        if let Some(open) = self.stack.last_mut() {
            open.entry_indent = open.entry_indent.or(indent);
        }
    }

    /// What this closing bracket is for the group opened last; `more`: tokens follow it.
    pub(super) fn closing(&mut self, found: Bracket, token: Token, more: bool) -> Closing {
        let indent = self.leading(token);
        let Some((mine, outer)) = self.stack.split_last() else {
            return Closing::Stray;
        };
        let short = self.lacks_end(mine.bracket);
        let surplus = self.surplus(found);
        if found == mine.bracket {
            let outdented = indent.is_some_and(|indent| {
                let same = |open: &Open| open.bracket == found && open.indent == indent;
                indent < mine.indent && outer.iter().any(same)
            });
            if short && outdented {
                return Closing::Outer;
            }
            if surplus && outer.is_empty() && more {
                return Closing::Stray;
            }
            let odd = indent.is_some_and(|indent| indent != mine.indent);
            if odd && self.line(token.start) != mine.line {
                self.suspects[found as usize].get_or_insert(mine.token);
            }
            return Closing::Right;
        }
        let outside = outer.iter().any(|open| open.bracket == found);
        if surplus && short {
            self.opens[mine.bracket as usize] -= 1;
            self.closes[found as usize] -= 1;
            Closing::Wrong
        } else if outside && (short || !surplus) {
            Closing::Outer
        } else {
            Closing::Stray
        }
    }

    /// Whether this token, where an entry of the group opened last might begin, is an entry of the
    /// group around it, so that the former was never closed; `field`: a name with a colon.
    pub(super) fn left_behind(&self, token: Token, field: bool) -> bool {
        let [.., parent, mine] = &self.stack[..] else {
            return false;
        };
        if !self.lacks_end(mine.bracket) {
            return false;
        }
        if field && (mine.bracket, parent.bracket) == (Bracket::Square, Bracket::Round) {
            return true;
        }
        self.line(token.start) != mine.line
            && self
                .leading(token)
                .is_some_and(|indent| indent <= mine.indent && parent.entry_indent == Some(indent))
    }

    /// Whether the group opened last lacks its end and this token stands where the end would stand: alone in its line, as
    /// far in as the line in which the group is opened.
    pub(super) fn end_stands_at(&self, token: Token) -> bool {
        self.stack.last().is_some_and(|mine| {
            self.lacks_end(mine.bracket)
                && self.leading(token) == Some(mine.indent)
                && self.line(token.start) != mine.line
        })
    }

    /// The group opened last was reported as never closed.
    pub(super) fn unclosed(&mut self, bracket: Bracket) {
        let opens = &mut self.opens[bracket as usize];
        *opens = opens.saturating_sub(1);
    }

    /// A closing bracket was reported as one too many.
    pub(super) fn strayed(&mut self, bracket: Bracket) {
        let closes = &mut self.closes[bracket as usize];
        *closes = closes.saturating_sub(1);
    }

    /// At the end of the text: the bracket that was most likely forgotten to close, given the one
    /// that lacks its end.
    pub(super) fn likely_open(&mut self, bracket: Bracket, open: Token) -> Token {
        let suspect = &mut self.suspects[bracket as usize];
        match suspect.take_if(|suspect| suspect.start > open.start) {
            Some(suspect) => suspect,
            None => open,
        }
    }

    /// From now on brackets that are never closed are not worth a word.
    pub(super) fn silence(&mut self) {
        self.silent = true;
    }
    /// Whether brackets that are never closed are reported.
    pub(super) fn speaks(&self) -> bool {
        !self.silent
    }

    /// A group was told to lack its opening bracket.
    pub(super) fn opened(&mut self, bracket: Bracket) {
        self.opens[bracket as usize] += 1;
    }

    /// Whether there are closing brackets of this kind that close nothing.
    pub(super) fn surplus(&self, bracket: Bracket) -> bool {
        self.closes[bracket as usize] > self.opens[bracket as usize]
    }

    /// Whether there is one opening bracket of this kind that nothing closes, and no more.
    pub(super) fn lacks_one_end(&self, bracket: Bracket) -> bool {
        self.opens[bracket as usize] == self.closes[bracket as usize] + 1
    }

    /// Whether there are opening brackets of this kind that nothing closes.
    pub(super) fn lacks_end(&self, bracket: Bracket) -> bool {
        self.opens[bracket as usize] > self.closes[bracket as usize]
    }

    /// The indentation of a token that is the first of its line.
    pub(super) fn leading(&self, token: Token) -> Option<u32> {
        let (start, indent) = *self.lines.get(self.line(token.start))?;
        (token.start == start + indent).then_some(indent)
    }
}
