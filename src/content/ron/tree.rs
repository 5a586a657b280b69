//! The tree of a RON text: nodes over tokens, tokens over every byte.

use std::{fmt, sync::Arc};

use super::{
    lexer::{Token, TokenKind},
    number,
};
use crate::content::{SourceId, Span};

/// A node of one [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// A name as written: of a field, a struct or a variant, without `r#` or quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// `name: value` within a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The field's name.
    pub name: Name,
    /// Its value.
    pub value: NodeId,
}

/// What a value is, as far as its text tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `true` or `false`.
    Bool(bool),
    /// Any number; its exact text is [`Tree::text_of`].
    Number,
    /// A string, its escapes resolved.
    Text(Box<str>),
    /// A single character.
    Char(char),
    /// A bare name: `None`, a variant or struct without values.
    Name(Name),
    /// `(a, b)`, `Name(a, b)`; `()` too, which may also stand for a struct without fields.
    Tuple {
        /// What stands before the parenthesis.
        name: Option<Name>,
        /// The values.
        items: Vec<NodeId>,
    },
    /// `(a: 1)`, `Name(a: 1)`: at least one field.
    Struct {
        /// What stands before the parenthesis.
        name: Option<Name>,
        /// The fields in the order written; of a field written twice both are here.
        fields: Vec<Field>,
    },
    /// `[a, b]`.
    List(Vec<NodeId>),
    /// `{key: value}`.
    Map(Vec<(NodeId, NodeId)>),
    /// A value that could not be made out; the problem is in the diagnostics.
    Broken,
}

/// One value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub shape: Shape,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A RON text taken apart; holds every byte of it and shows as exactly that text.
#[derive(Debug, Clone)]
pub struct Tree {
    pub(super) source: SourceId,
    pub(in crate::content) text: Arc<str>,
    pub(super) tokens: Vec<Token>,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<NodeId>,
    pub(super) sound: bool,
}

impl Tree {
    /// The source it was read from.
    pub fn source(&self) -> SourceId {
        self.source
    }
    /// The text's value; `None` when it holds none.
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }
    /// Whether the text had no syntax error.
    pub fn is_sound(&self) -> bool {
        self.sound
    }
    /// All tokens with whitespace and comments: their texts in a row are the whole text.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
    /// The comments in the order written, each with its delimiters.
    pub fn comments(&self) -> impl Iterator<Item = (Span, &str)> {
        let comments = self.tokens.iter().filter(|t| t.kind == TokenKind::Comment);
        comments.map(|t| (Span::new(self.source, t.start, t.end), self.token_text(t)))
    }
    /// The text of one of this tree's tokens.
    pub fn token_text(&self, token: &Token) -> &str {
        self.slice(token.start, token.end)
    }
    /// All nodes, what lies within others before these.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        (0..).map(NodeId).take(self.nodes.len())
    }
    /// A node of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
    /// The shape of a node of this tree.
    pub fn shape(&self, id: NodeId) -> &Shape {
        &self.node(id).shape
    }
    /// Where a value stands, its name and brackets included.
    pub fn span(&self, id: NodeId) -> Span {
        let node = self.node(id);
        Span::new(self.source, node.start, node.end)
    }
    /// A value's exact text.
    pub fn text_of(&self, id: NodeId) -> &str {
        let node = self.node(id);
        self.slice(node.start, node.end)
    }
    /// What stands at a place of this tree's text.
    pub fn text_at(&self, place: Span) -> &str {
        self.text
            .get(place.start as usize..place.end as usize)
            .unwrap_or_default()
    }
    /// A name's text.
    pub fn name(&self, name: Name) -> &str {
        self.slice(name.start, name.end)
    }
    /// Where a name stands.
    pub fn name_span(&self, name: Name) -> Span {
        Span::new(self.source, name.start, name.end)
    }
    /// The value of a struct's field, the first of that name; `None` for all that is no struct.
    pub fn field(&self, id: NodeId, name: &str) -> Option<NodeId> {
        let Shape::Struct { fields, .. } = self.shape(id) else {
            return None;
        };
        let field = fields.iter().find(|f| self.name(f.name) == name)?;
        Some(field.value)
    }
    /// Where a value begins: its name with the bracket, or all of a value without brackets.
    pub fn opening(&self, id: NodeId) -> Span {
        let node = self.node(id);
        let named = |name: &Option<Name>| name.map_or(node.start, |n| n.end);
        let end = match &node.shape {
            Shape::Tuple { name: None, .. }
            | Shape::Struct { name: None, .. }
            | Shape::List(_)
            | Shape::Map(_) => node.start + 1,
            Shape::Tuple { name, .. } | Shape::Struct { name, .. } => named(name),
            _ => node.end,
        };
        Span::new(self.source, node.start, end)
    }

    /// The value in one form whatever its layout: fields and keys sorted, numbers and strings
    /// written one way, no comments, at most about `limit` bytes.
    pub(super) fn canonical(&self, id: NodeId, limit: usize) -> String {
        let mut text = String::new();
        self.write_canonical(id, limit, &mut text);
        text
    }

    fn write_canonical(&self, id: NodeId, limit: usize, out: &mut String) {
        if out.len() > limit {
            return;
        }
        let list =
            |name: &Option<Name>, brackets: (char, char), items: &[NodeId], out: &mut String| {
                out.push_str(name.map_or("", |n| self.name(n)));
                out.push(brackets.0);
                for (index, item) in items.iter().enumerate() {
                    if out.len() > limit {
                        break;
                    }
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.write_canonical(*item, limit, out);
                }
                out.push(brackets.1);
            };
        match self.shape(id) {
            Shape::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Shape::Number => out.push_str(&number::canonical(self.text_of(id))),
            Shape::Text(text) => out.push_str(&format!("{text:?}")),
            Shape::Char(c) => out.push_str(&format!("{c:?}")),
            Shape::Name(name) => out.push_str(self.name(*name)),
            Shape::Tuple { name, items } => list(name, ('(', ')'), items, out),
            Shape::List(items) => list(&None, ('[', ']'), items, out),
            Shape::Struct { name, fields } => {
                let mut sorted: Vec<_> = fields.iter().map(|f| (self.name(f.name), f)).collect();
                sorted.sort_by_key(|(text, _)| *text);
                out.push_str(name.map_or("", |n| self.name(n)));
                out.push('(');
                for (index, (text, field)) in sorted.into_iter().enumerate() {
                    if out.len() > limit {
                        break;
                    }
                    out.push_str(if index > 0 { ", " } else { "" });
                    out.push_str(text);
                    out.push_str(": ");
                    self.write_canonical(field.value, limit, out);
                }
                out.push(')');
            }
            Shape::Map(pairs) => {
                let mut sorted: Vec<_> = pairs
                    .iter()
                    .map(|(key, value)| (self.canonical(*key, usize::MAX), *value))
                    .collect();
                sorted.sort_by(|a, b| a.0.cmp(&b.0));
                out.push('{');
                for (index, (key, value)) in sorted.into_iter().enumerate() {
                    if out.len() > limit {
                        break;
                    }
                    out.push_str(if index > 0 { ", " } else { "" });
                    out.push_str(&key);
                    out.push_str(": ");
                    self.write_canonical(value, limit, out);
                }
                out.push('}');
            }
            Shape::Broken => out.push_str(self.text_of(id)),
        }
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        &self.text[start as usize..end as usize]
    }
}

/// The whole text, byte for byte, put together from the tokens.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens
            .iter()
            .try_for_each(|token| f.write_str(self.token_text(token)))
    }
}
