//! The first difference between two trees.

use std::collections::BTreeMap;

use super::tree::{NodeId, Shape, Tree};

/// Where two trees differ, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The way to the value, such as `ships[2].fit`; empty for the whole.
    pub path: String,
    /// The first tree's value there in one form whatever its layout, cut when long; `None` when
    /// there is none.
    pub left: Option<String>,
    /// The second tree's.
    pub right: Option<String>,
}

/// The longest value that is shown whole, in bytes.
const SHOWN: usize = 100;

/// The first value in which two trees differ, by the order of the first tree; `None` when they say
/// the same. Whitespace, comments, the order of fields and keys and the notation of numbers and
/// strings are no difference.
pub fn diff(a: &Tree, b: &Tree) -> Option<Difference> {
    Pair { a, b }.whole(a.root(), b.root())
}

struct Pair<'a> {
    a: &'a Tree,
    b: &'a Tree,
}

impl Pair<'_> {
    /// The first difference between two values and all below them.
    fn whole(&self, left: Option<NodeId>, right: Option<NodeId>) -> Option<Difference> {
        let mut difference = self.values(left, right)?;
        if difference.path.starts_with('.') {
            difference.path.remove(0);
        }
        Some(difference)
    }

    fn values(&self, left: Option<NodeId>, right: Option<NodeId>) -> Option<Difference> {
        let here = || {
            Some(Difference {
                path: String::new(),
                left: left.map(|id| cut(self.a.canonical(id, SHOWN))),
                right: right.map(|id| cut(self.b.canonical(id, SHOWN))),
            })
        };
        let (Some(l), Some(r)) = (left, right) else {
            return if left == right { None } else { here() };
        };
        let name = |tree: &Tree, name: &Option<_>| name.map(|name| tree.name(name).to_owned());
        match (self.a.shape(l), self.b.shape(r)) {
            (Shape::List(l), Shape::List(r)) => self.items(l, r),
            (Shape::Tuple { name: m, items: l }, Shape::Tuple { name: n, items: r })
                if name(self.a, m) == name(self.b, n) =>
            {
                self.items(l, r)
            }
            (Shape::Struct { name: m, fields: l }, Shape::Struct { name: n, fields: r })
                if name(self.a, m) == name(self.b, n) =>
            {
                let keyed = |tree: &Tree, fields: &[super::tree::Field]| {
                    let named =
                        |f: &super::tree::Field| (format!(".{}", tree.name(f.name)), f.value);
                    fields.iter().map(named).collect::<Vec<_>>()
                };
                self.keyed(keyed(self.a, l), keyed(self.b, r))
            }
            (Shape::Map(l), Shape::Map(r)) => {
                let keyed = |tree: &Tree, pairs: &[(NodeId, NodeId)]| {
                    let named = |(key, value): &(NodeId, NodeId)| {
                        (format!("[{}]", tree.canonical(*key, usize::MAX)), *value)
                    };
                    pairs.iter().map(named).collect::<Vec<_>>()
                };
                self.keyed(keyed(self.a, l), keyed(self.b, r))
            }
            (Shape::Text(l), Shape::Text(r)) if l == r => None,
            (Shape::Text(_), Shape::Text(_)) => here(),
            // All that is left holds no other value, or differs in kind.
            _ if self.a.canonical(l, usize::MAX) == self.b.canonical(r, usize::MAX) => None,
            _ => here(),
        }
    }

    /// The first difference between two values that lie at `step` of the values around them.
    fn below(
        &self,
        left: Option<NodeId>,
        right: Option<NodeId>,
        step: impl FnOnce() -> String,
    ) -> Option<Difference> {
        let mut difference = self.values(left, right)?;
        difference.path.insert_str(0, &step());
        Some(difference)
    }

    fn items(&self, left: &[NodeId], right: &[NodeId]) -> Option<Difference> {
        (0..left.len().max(right.len())).find_map(|index| {
            let (l, r) = (left.get(index).copied(), right.get(index).copied());
            self.below(l, r, || format!("[{index}]"))
        })
    }

    /// What is in the left in its order, then what is in the right alone.
    fn keyed(
        &self,
        left: Vec<(String, NodeId)>,
        right: Vec<(String, NodeId)>,
    ) -> Option<Difference> {
        let order: Vec<String> = right.iter().map(|(key, _)| key.clone()).collect();
        let mut right: BTreeMap<String, NodeId> = right.into_iter().collect();
        let differs = left.into_iter().find_map(|(key, l)| {
            let r = right.remove(&key);
            self.below(Some(l), r, || key)
        });
        differs.or_else(|| {
            let key = order.into_iter().find(|key| right.contains_key(key))?;
            self.below(None, right.get(&key).copied(), || key)
        })
    }
}

fn cut(mut text: String) -> String {
    if text.len() > SHOWN {
        text.truncate(text.floor_char_boundary(SHOWN));
        text.push('…');
    }
    text
}
