//! Fields and keys that are written twice.

use std::collections::BTreeMap;

use super::{
    number,
    tree::{NodeId, Shape, Tree},
};
use crate::content::{Diagnostics, MAX_PROBLEMS, Span};

/// Reports each field of a struct and key of a map that already stands before it.
pub(super) fn report(tree: &Tree, out: &mut Diagnostics) {
    let mut left = MAX_PROBLEMS;
    for node in 0..tree.nodes.len() as u32 {
        let mut seen = BTreeMap::new();
        let mut check = |what: &str, word: String, shown: &str, span: Span| {
            let first = *seen.entry(word).or_insert(span);
            // Finding the line takes time; far more than this many are not shown anyway.
            if first != span && left > 0 {
                left -= 1;
                let message = format!("{what} `{}` is written twice", number::short(shown));
                let help = format!("it first stands {}", place(tree, first));
                out.error("twice", span, message).help(help);
            }
        };
        match tree.shape(NodeId(node)) {
            Shape::Struct { fields, .. } => {
                for field in fields {
                    let name = tree.name(field.name);
                    check("field", name.to_owned(), name, tree.name_span(field.name));
                }
            }
            Shape::Map(pairs) => {
                for (key, _) in pairs {
                    let word = tree.canonical(*key, usize::MAX);
                    check("key", word, tree.text_of(*key), tree.span(*key));
                }
            }
            _ => {}
        }
    }
}

/// `in line 3, column 5`
fn place(tree: &Tree, span: Span) -> String {
    let before = &tree.text[..span.start as usize];
    let line = before.matches('\n').count() + 1;
    let from = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before[from..].chars().count() + 1;
    format!("in line {line}, column {column}")
}
