//! Tokens into a tree. After a slip (a missing comma, a bracket that is never closed) the parser
//! reports it and goes on where the writer most likely meant.

use std::sync::Arc;

use super::{
    brackets::{Brackets, Closing},
    escape,
    lexer::{Bracket, Token, TokenKind, lex},
    number,
    tree::{Field, Name, Node, NodeId, Shape, Tree},
    twice,
};
use crate::content::{Diagnostic, Diagnostics, MAX_FILE_BYTES, SourceId, Span};

mod leaf;
mod slips;

use leaf::has_no_meaning;
pub(super) use leaf::starts_value;

/// How deep values may lie within each other.
pub const MAX_DEPTH: usize = 64;
/// How many values one text may hold.
pub const MAX_NODES: usize = 500_000;

/// Takes a text apart. Whatever the text, the tree holds all of it; each syntax error is in `out`.
///
/// Limits: [`MAX_FILE_BYTES`], [`MAX_DEPTH`], [`MAX_NODES`]; what lies beyond them is reported and
/// kept as text, but has no values.
pub fn parse(source: SourceId, text: &str, out: &mut Diagnostics) -> Tree {
    let mut tree = Tree {
        source,
        text: Arc::from(text),
        tokens: Vec::new(),
        nodes: Vec::new(),
        root: None,
        sound: false,
    };
    if text.len() > MAX_FILE_BYTES {
        // Only reached by callers that bypass `Source::from_bytes`.
        let span = Span::new(source, 0, 0);
        let message = format!("the file has more than the {MAX_FILE_BYTES} bytes that are read");
        out.error("too-large", span, message)
            .help("split it into several files");
        tree.tokens = vec![Token {
            kind: TokenKind::Stray,
            start: 0,
            end: u32::try_from(text.len()).unwrap_or(u32::MAX),
        }];
        return tree;
    }
    let mut found = Found { out, any: false };
    let before = found.out.found();
    let tokens = lex(source, text, found.out);
    found.any = found.out.found() > before;
    let solid: Vec<Token> = tokens
        .iter()
        .copied()
        .filter(|t| !matches!(t.kind, TokenKind::Space | TokenKind::Comment))
        .collect();
    let mut parser = Parser {
        text,
        source,
        brackets: Brackets::new(text, &solid),
        tokens: &solid,
        next: 0,
        nodes: Vec::new(),
        found,
        full: false,
        cut_short: false,
    };
    tree.root = parser.file();
    tree.sound = !parser.found.any;
    tree.nodes = parser.nodes;
    tree.tokens = tokens;
    twice::report(&tree, out);
    tree
}

/// Where problems go, and whether there were any.
struct Found<'a> {
    out: &'a mut Diagnostics,
    any: bool,
}

struct Parser<'a> {
    text: &'a str,
    source: SourceId,
    /// All tokens but whitespace and comments.
    tokens: &'a [Token],
    next: usize,
    nodes: Vec<Node>,
    brackets: Brackets,
    found: Found<'a>,
    /// Whether there were too many values: everything unwinds at once.
    full: bool,
    /// Whether the group just left was never closed, so that no comma is asked for after it.
    cut_short: bool,
}

/// What stands between two brackets.
#[derive(Default)]
struct Entries {
    items: Vec<NodeId>,
    fields: Vec<Field>,
    pairs: Vec<(NodeId, NodeId)>,
    /// Whether fields and bare values stand together, which is reported once.
    mixed: bool,
}

impl Parser<'_> {
    fn file(&mut self) -> Option<NodeId> {
        while self.peek_kind() == Some(TokenKind::Hash) {
            self.attribute();
        }
        loop {
            let Some(token) = self.peek() else {
                let end = self.text.len() as u32;
                if !self.found.any {
                    self.error("empty-file", end, end, "the file holds no value")
                        .help("a file holds one value, such as `(name: \"...\")`");
                }
                return None;
            };
            if starts_value(token.kind) {
                break;
            }
            self.stray();
        }
        let root = self.first_value();
        if let Some(token) = self.peek()
            && !self.full
        {
            let message = format!("expected the end of the file, found {}", self.show(token));
            let help = match self.text[token.start as usize..].starts_with("::") {
                true => "a variant is written without its type",
                false => "a file holds one value; is a bracket closed too early?",
            };
            self.error("after-end", token.start, token.end, message)
                .help(help);
            while self.peek_kind().is_some_and(|kind| !starts_value(kind)) {
                self.bump();
            }
            // The rest is read for its own slips only.
            self.entries(Bracket::Round, None);
        }
        Some(root)
    }

    /// A value; only called where one begins.
    fn value(&mut self) -> NodeId {
        let token = self.bump().expect("invariant: a value begins here");
        let shape = match token.kind {
            TokenKind::Number => match number::parse(self.slice(token)) {
                Ok(_) => Shape::Number,
                Err((message, help)) => {
                    let error = self.error("bad-number", token.start, token.end, message);
                    error.help = help;
                    Shape::Broken
                }
            },
            TokenKind::Text => {
                let (start, end) = (token.start + 1, token.end - 1);
                Shape::Text(self.resolve(start, end).into())
            }
            TokenKind::RawText => {
                let text = self.slice(token);
                let open = text.find('"').expect("invariant: it has quotes");
                Shape::Text(text[open + 1..text.len() - open].into())
            }
            TokenKind::Char => self.character(token),
            TokenKind::Open(bracket) => return self.group(bracket, token, None),
            TokenKind::Ident | TokenKind::RawIdent => {
                let name = self.name(token);
                let paren = TokenKind::Open(Bracket::Round);
                match self.slice(token) {
                    "true" => Shape::Bool(true),
                    "false" => Shape::Bool(false),
                    _ => match self.take(paren) {
                        Some(open) => return self.group(Bracket::Round, open, Some(name)),
                        None if self.peek_kind() == Some(TokenKind::Open(Bracket::Curly)) => {
                            return self.curly_struct(token);
                        }
                        None => Shape::Name(name),
                    },
                }
            }
            _ => Shape::Broken,
        };
        self.node(shape, token.start, token.end)
    }

    /// Everything from an opening bracket, already taken, to where it is closed.
    fn group(&mut self, bracket: Bracket, open: Token, name: Option<Name>) -> NodeId {
        let start = name.map_or(open.start, |name| self.name_start(name));
        if self.brackets.depth() >= MAX_DEPTH {
            let message = format!("values lie more than {MAX_DEPTH} deep within each other");
            self.error("too-deep", open.start, open.end, message)
                .help("split the value, or refer to its parts by name");
            self.skip_group();
            return self.node(Shape::Broken, start, self.last_end());
        }
        self.brackets.open(bracket, open);
        let entries = self.entries(bracket, Some(open));
        self.brackets.close();
        let shape = match bracket {
            Bracket::Square => Shape::List(entries.items),
            Bracket::Curly => Shape::Map(entries.pairs),
            Bracket::Round if entries.fields.is_empty() => Shape::Tuple {
                name,
                items: entries.items,
            },
            Bracket::Round => Shape::Struct {
                name,
                fields: entries.fields,
            },
        };
        self.node(shape, start, self.last_end())
    }

    /// `Name { a: 1 }`, which RON writes with parentheses.
    fn curly_struct(&mut self, name: Token) -> NodeId {
        let open = self.bump().expect("invariant: called at a bracket");
        let message = "expected `(` after a name, found `{`";
        self.error("wrong-bracket", open.start, open.end, message)
            .help("a struct is written `Name(field: value)`");
        self.group(Bracket::Curly, open, None);
        self.node(Shape::Broken, name.start, self.last_end())
    }

    /// Skips to where the bracket just taken is closed, whatever lies between.
    fn skip_group(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.bump().map(|token| token.kind) {
                Some(TokenKind::Open(_)) => depth += 1,
                Some(TokenKind::Close(_)) => depth -= 1,
                Some(_) => {}
                // That there is no end is not worth another word.
                None => return self.brackets.silence(),
            }
        }
    }

    /// Everything up to and including the closing bracket. Without `open` it is what follows the
    /// file's value, which only the end of the file closes.
    fn entries(&mut self, bracket: Bracket, open: Option<Token>) -> Entries {
        let mut entries = Entries::default();
        while !self.full {
            let Some(token) = self.peek() else {
                if let Some(open) = open
                    && self.brackets.speaks()
                {
                    let open = self.brackets.likely_open(bracket, open);
                    self.unclosed(bracket, open);
                }
                break;
            };
            match (token.kind, open) {
                (TokenKind::Close(_), None) => self.stray(),
                (TokenKind::Close(found), Some(open)) => {
                    let more = self.next + 1 < self.tokens.len();
                    match self.brackets.closing(found, token, more) {
                        Closing::Right => {
                            self.bump();
                            break;
                        }
                        Closing::Wrong => {
                            let (want, have) = (bracket.close(), found.close());
                            let message = format!("expected `{want}`, found `{have}`");
                            let help = format!("the `{}` is closed by `{want}`", bracket.open());
                            self.error("wrong-bracket", token.start, token.end, message)
                                .help(help)
                                .fix_here(want);
                            self.bump();
                            break;
                        }
                        Closing::Outer => {
                            self.unclosed(bracket, open);
                            break;
                        }
                        Closing::Stray => {
                            self.stray();
                            self.take(TokenKind::Comma);
                        }
                    }
                }
                (_, Some(_)) if self.instead_of_end(token) => {
                    self.end_here(bracket, token);
                    break;
                }
                (TokenKind::Comma, _) => {
                    self.bump();
                    let first = entries.is_empty();
                    if open.is_some() {
                        let message = "there is no value before this comma";
                        let place = if first { "leading" } else { "second" };
                        self.error("extra-comma", token.start, token.end, message)
                            .help(format!("remove the {place} comma"))
                            .fix_here("");
                    }
                }
                (_, Some(open)) if self.left_behind(token) => {
                    self.unclosed(bracket, open);
                    break;
                }
                (kind, _) if !starts_value(kind) => self.stray(),
                _ => {
                    self.brackets.entry(token);
                    let whole = match bracket {
                        Bracket::Square if self.lacks_open(Bracket::Round) => {
                            let item = self.unopened(Bracket::Round);
                            entries.items.push(item);
                            true
                        }
                        Bracket::Round => self.member(&mut entries),
                        Bracket::Curly => self.pair(&mut entries),
                        Bracket::Square => {
                            let item = self.value();
                            entries.items.push(item);
                            true
                        }
                    };
                    self.separator(whole);
                }
            }
        }
        entries
    }

    /// After an entry: a comma, or the end. A broken entry was already reported, so that a comma
    /// missing after it is not.
    fn separator(&mut self, whole: bool) {
        let end = self.last_end();
        let whole = whole && !std::mem::take(&mut self.cut_short);
        match self.peek() {
            None => {}
            Some(_) if self.full => {}
            Some(token) => match token.kind {
                TokenKind::Comma => {
                    self.bump();
                }
                kind if self.instead_of_comma(token) => {
                    self.bump();
                    if let TokenKind::Close(bracket) = kind {
                        self.brackets.strayed(bracket);
                    }
                    let message = format!("expected `,`, found {}", self.show(token));
                    self.error("missing-comma", token.start, token.end, message)
                        .help("values are parted by commas: write `,` here")
                        .fix_here(",");
                }
                TokenKind::Close(_) => {}
                kind if starts_value(kind) => {
                    if whole && kind != TokenKind::Broken && !self.left_behind(token) {
                        let message = format!("expected `,`, found {}", self.show(token));
                        self.error("missing-comma", end, end, message)
                            .help("add `,` here")
                            .fix_here(",");
                    }
                }
                _ => {
                    self.stray();
                    self.take(TokenKind::Comma);
                }
            },
        }
    }

    /// `name: value` or a bare value between parentheses; whether it was whole.
    fn member(&mut self, entries: &mut Entries) -> bool {
        let token = self.peek().expect("invariant: an entry begins here");
        let after = self.tokens.get(self.next + 1).copied();
        let colon = after.filter(|t| matches!(t.kind, TokenKind::Colon | TokenKind::Equals));
        let word = matches!(token.kind, TokenKind::Ident | TokenKind::RawIdent);
        let quoted = matches!(token.kind, TokenKind::Text);
        // `name 5`: a colon was forgotten.
        let bare = word
            && colon.is_none()
            && (!entries.fields.is_empty() || entries.items.is_empty())
            && !matches!(self.slice(token), "true" | "false")
            && after.is_some_and(|t| {
                starts_value(t.kind)
                    && (!matches!(t.kind, TokenKind::Open(Bracket::Round)) || self.is_field(token))
                    && (t.kind != TokenKind::Ident
                        || !entries.fields.is_empty()
                        || self.is_field(token) && !self.is_field(t))
                    && self.brackets.line(t.start) == self.brackets.line(token.start)
            })
            || word && colon.is_none() && self.instead_of_colon(entries, token);
        if !((word || quoted) && colon.is_some() || bare) {
            if !entries.fields.is_empty() && !entries.mixed && token.kind != TokenKind::Broken {
                entries.mixed = true;
                let message = format!("expected `name: value`, found {}", self.show(token));
                self.error("mixed-fields", token.start, token.end, message)
                    .help("every value beside a named one needs a name");
            }
            let item = self.value();
            entries.items.push(item);
            return true;
        }
        self.bump();
        if quoted {
            let name = self.slice(token).trim_matches('"');
            let (bare, help) = (name.to_owned(), format!("write `{}:`", number::short(name)));
            self.error(
                "quoted-field",
                token.start,
                token.end,
                "a field's name takes no quotes",
            )
            .help(help)
            .fix_here(bare);
        }
        if !entries.items.is_empty() && !entries.mixed {
            entries.mixed = true;
            let message = "this value has a name, those before it have none";
            self.error("mixed-fields", token.start, token.end, message)
                .help("every value beside a named one needs a name");
        }
        let name = self.name(token);
        self.colon(token.end);
        let (value, whole) = self.after_colon();
        entries.fields.push(Field { name, value });
        whole
    }

    /// `key: value` between curly brackets; whether it was whole.
    fn pair(&mut self, entries: &mut Entries) -> bool {
        let key = self.value();
        let end = self.last_end();
        if self.peek().is_none() {
            // That the map is never closed says it all.
            return false;
        }
        if let Some(TokenKind::Comma | TokenKind::Close(_)) = self.peek_kind()
            && !self.instead_of_colon_in_map(key)
        {
            let start = self.nodes[key.0 as usize].start;
            self.error("missing-value", start, end, "this key has no value")
                .help("an entry of a map is `key: value`; a list is written `[...]`");
            return false;
        }
        self.colon(end);
        let (value, whole) = self.after_colon();
        entries.pairs.push((key, value));
        whole
    }

    fn left_behind(&self, token: Token) -> bool {
        self.brackets.left_behind(token, self.at_field())
    }

    fn node(&mut self, shape: Shape, start: u32, end: u32) -> NodeId {
        if self.nodes.len() == MAX_NODES && !self.full {
            self.full = true;
            let message = format!("the file holds more than {MAX_NODES} values");
            self.error("too-many-values", start, end, message)
                .help("split it into several files");
        }
        self.nodes.push(Node { shape, start, end });
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// The name that a token holds: without `r#` or quotes.
    fn name(&self, token: Token) -> Name {
        let (before, after) = match token.kind {
            TokenKind::RawIdent => (2, 0),
            TokenKind::Text => (1, 1),
            _ => (0, 0),
        };
        Name {
            start: token.start + before,
            end: token.end - after,
        }
    }

    /// Where a name begins, `r#` included.
    fn name_start(&self, name: Name) -> u32 {
        let raw = self.text[..name.start as usize].ends_with("r#");
        name.start - if raw { 2 } else { 0 }
    }

    fn slice(&self, token: Token) -> &str {
        &self.text[token.start as usize..token.end as usize]
    }
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.next).copied()
    }
    fn peek_kind(&self) -> Option<TokenKind> {
        self.peek().map(|token| token.kind)
    }
    fn bump(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.next += 1;
        Some(token)
    }
    fn take(&mut self, kind: TokenKind) -> Option<Token> {
        (self.peek_kind() == Some(kind)).then(|| self.bump())?
    }
    /// End of the token taken last.
    fn last_end(&self) -> u32 {
        let last = self.next.checked_sub(1).and_then(|i| self.tokens.get(i));
        last.map_or(0, |token| token.end)
    }
    fn error(
        &mut self,
        code: &'static str,
        start: u32,
        end: u32,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.found.any = true;
        let span = Span::new(self.source, start, end);
        self.found.out.error(code, span, message)
    }
}

impl Entries {
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.fields.is_empty() && self.pairs.is_empty()
    }
}
