//! What a text defines, as a tree: things, each with what lies within it.

use super::index::{Page, text};
use crate::content::ron::Shape as Written;

/// Most symbols of a text.
const MOST: usize = 5_000;

/// Something that is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its id.
    pub name: String,
    /// Its type.
    pub of: String,
    /// All of it, in bytes.
    pub whole: (usize, usize),
    /// Its id, in bytes.
    pub id: (usize, usize),
    /// What lies within it.
    pub within: Vec<Symbol>,
}

impl Page {
    /// What the text defines, in its order.
    pub fn symbols(&self) -> Vec<Symbol> {
        let all = || self.things.iter().take(MOST);
        let symbol = |thing: &super::index::Thing| {
            let whole = self.place(thing.node);
            let id = self.place(thing.at);
            Symbol {
                name: thing.id.clone(),
                of: thing.of.clone(),
                whole,
                // An editor wants the one within the other.
                id: match whole.0 <= id.0 && id.1 <= whole.1 {
                    true => id,
                    false => whole,
                },
                within: Vec::new(),
            }
        };
        let mut roots: Vec<Symbol> = Vec::new();
        for (index, root) in self.roots.iter().enumerate().take(MOST) {
            let own = all().find(|thing| thing.root.is_none() && thing.node == root.node);
            let mut parts = all().filter(|thing| thing.root == Some(index));
            match own.map(symbol) {
                Some(own) => roots.push(Symbol {
                    within: parts.map(symbol).collect(),
                    ..own
                }),
                None => match parts.next() {
                    Some(first) => roots.extend(std::iter::once(first).chain(parts).map(symbol)),
                    None => roots.extend(self.lines(root.node)),
                },
            }
        }
        roots.truncate(MOST);
        roots
    }

    /// A root that has no id: a change by its path, constants by their names.
    fn lines(&self, node: crate::content::ron::NodeId) -> Vec<Symbol> {
        let tree = &self.tree;
        let whole = self.place(node);
        match tree.shape(node) {
            Written::Tuple {
                name: Some(n),
                items,
            } => {
                let path = items.first().copied();
                let said = path.and_then(|path| Some((path, text(tree, path)?)));
                let one = said.map(|(path, said)| Symbol {
                    name: said.to_owned(),
                    of: tree.name(*n).to_owned(),
                    whole,
                    id: self.place(path),
                    within: Vec::new(),
                });
                one.into_iter().collect()
            }
            Written::Struct { fields, .. } => {
                let each = fields.iter().map(|field| {
                    let (_, end) = self.place(field.value);
                    let id = (field.name.start(), field.name.end());
                    Symbol {
                        name: tree.name(field.name).to_owned(),
                        of: String::from("field"),
                        whole: (id.0, end.max(id.1)),
                        id,
                        within: Vec::new(),
                    }
                });
                each.collect()
            }
            _ => Vec::new(),
        }
    }
}
