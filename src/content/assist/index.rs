//! What a text defines and names, by its types.

use std::collections::BTreeSet;

use super::spot::is_struct;
use crate::content::{
    Diagnostics, SourceId, edit,
    kind::{self, Kind},
    reference::{Entry, Field, Reference, Shape},
    ron::{self, NodeId, Shape as Written, Tree},
};

/// What words are called that content itself knows nothing of: those who play a trial's seats.
pub(super) const WORD: &str = "word";

/// A text, and what stands in it.
pub struct Page {
    /// Its path within its layer.
    pub path: String,
    /// Its file, if it is one that can be opened.
    pub shown: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) tree: Tree,
    pub(super) things: Vec<Thing>,
    pub(super) roots: Vec<Root>,
    /// What is there by being named: what it is, and its name.
    pub(super) called: BTreeSet<(String, String)>,
    keys: Vec<KeyAt>,
}

/// Something that has an id.
pub(super) struct Thing {
    /// Its type.
    pub(super) of: String,
    pub(super) id: String,
    /// Where its id stands, or what goes for it.
    pub(super) at: NodeId,
    /// All of it.
    pub(super) node: NodeId,
    /// Which of the page's roots it lies in; none: it is one itself.
    pub(super) root: Option<usize>,
}

/// Something that stands by itself in a file.
pub(super) struct Root {
    /// Its type.
    pub(super) of: String,
    pub(super) id: Option<String>,
    pub(super) node: NodeId,
    /// Types and ids of what it names.
    pub(super) names: BTreeSet<(String, String)>,
}

/// A place where something is named by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAt {
    /// The type of what is named.
    pub of: String,
    /// First byte of the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Page {
    pub(super) fn read(
        reference: &Reference,
        path: &str,
        shown: Option<String>,
        text: &str,
    ) -> Self {
        let tree = ron::parse(SourceId(0), text, &mut Diagnostics::new());
        let kind = kind::of(path, &tree);
        let mut page = Self {
            path: path.to_owned(),
            shown,
            kind,
            things: Vec::new(),
            roots: Vec::new(),
            called: BTreeSet::new(),
            keys: Vec::new(),
            tree,
        };
        // What is found is put in while the tree is read.
        let tree = page.tree.clone();
        if let (Some(shape), Some(root)) = (kind.and_then(|k| reference.root(k)), tree.root()) {
            let mut walk = Walk {
                reference,
                tree: &tree,
                page: &mut page,
                root: None,
            };
            match (shape, tree.shape(root)) {
                (Shape::List(of), Written::List(items)) => {
                    items.iter().for_each(|item| walk.rooted(*item, of));
                }
                (Shape::List(of), _) => walk.rooted(root, of),
                (shape, _) => walk.rooted(root, shape),
            }
        }
        page
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.tree.text
    }

    /// Where it names things by their ids.
    pub fn keys(&self) -> &[KeyAt] {
        &self.keys
    }

    /// The root in which a byte lies.
    pub(super) fn root_at(&self, at: usize) -> Option<usize> {
        let around = |root: &Root| {
            let span = self.tree.span(root.node);
            span.start as usize <= at && at <= span.end as usize
        };
        self.roots.iter().position(around)
    }

    /// Text of a thing's field.
    pub(super) fn said(&self, thing: &Thing, field: &str) -> Option<&str> {
        text(&self.tree, self.tree.field(thing.node, field)?)
    }

    /// Where a node stands, in bytes.
    pub(super) fn place(&self, node: NodeId) -> (usize, usize) {
        let span = self.tree.span(node);
        (span.start as usize, span.end as usize)
    }
}

/// A text or a bare name.
pub(super) fn text(tree: &Tree, node: NodeId) -> Option<&str> {
    match tree.shape(node) {
        Written::Text(text) => Some(text),
        Written::Name(name) => Some(tree.name(*name)),
        _ => None,
    }
}

struct Walk<'a> {
    reference: &'a Reference,
    tree: &'a Tree,
    page: &'a mut Page,
    root: Option<usize>,
}

impl Walk<'_> {
    fn rooted(&mut self, node: NodeId, shape: &Shape) {
        let of = match shape {
            Shape::Of(name) => name.clone(),
            _ => String::new(),
        };
        self.page.roots.push(Root {
            of,
            id: None,
            node,
            names: BTreeSet::new(),
        });
        self.root = Some(self.page.roots.len() - 1);
        self.value(node, shape);
    }

    fn value(&mut self, node: NodeId, shape: &Shape) {
        let tree = self.tree;
        match (shape, tree.shape(node)) {
            (
                _,
                Written::Tuple {
                    name: Some(n),
                    items,
                },
            ) if tree.name(*n) == "Some" => {
                items.iter().for_each(|item| self.value(*item, shape));
            }
            // One, where only one is asked for, or a list; or the other way round: a trial's field takes both.
            (Shape::Id(_), Written::List(items)) => {
                items.iter().for_each(|item| self.value(*item, shape));
            }
            (Shape::List(of), Written::Text(_)) => self.value(node, of),
            (Shape::Id(of), _) => self.named(node, of),
            (Shape::Called(what), _) => self.called(node, what),
            (Shape::Word, _) => self.called(node, WORD),
            (Shape::Of(name), _) => self.typed(node, name),
            (Shape::List(of), Written::List(items)) => {
                items.iter().for_each(|item| self.value(*item, of));
            }
            (Shape::Tuple(parts), Written::Tuple { items, .. }) => {
                let each = parts.iter().zip(items);
                each.for_each(|(part, item)| self.value(*item, part));
            }
            (Shape::Pairs(key, of), Written::Map(pairs)) => {
                for (name, item) in pairs {
                    self.value(*name, key);
                    self.value(*item, of);
                }
            }
            _ => {}
        }
    }

    fn called(&mut self, node: NodeId, what: &str) {
        if let Some(word) = text(self.tree, node) {
            let called = (what.to_owned(), word.to_owned());
            self.page.called.insert(called);
        }
    }

    /// A key.
    fn named(&mut self, node: NodeId, of: &str) {
        let Some(id) = text(self.tree, node) else {
            return;
        };
        let span = self.tree.span(node);
        self.page.keys.push(KeyAt {
            of: of.to_owned(),
            start: span.start as usize,
            end: span.end as usize,
        });
        if let Some(root) = self.root.and_then(|root| self.page.roots.get_mut(root)) {
            root.names.insert((of.to_owned(), id.to_owned()));
        }
    }

    fn typed(&mut self, node: NodeId, name: &str) {
        let reference = self.reference;
        let Some(entry) = reference.named(name) else {
            return;
        };
        if entry.variants.is_empty() {
            if let Some(short) = &entry.short
                && !matches!(self.tree.shape(node), Written::Struct { .. })
            {
                return self.in_short(node, entry, short);
            }
            self.defined(node, entry);
            if name == "Field" {
                self.sketched(node);
            }
            self.fields(node, name, &entry.fields);
            return;
        }
        let tree = self.tree;
        let written = match tree.shape(node) {
            Written::Name(name) => Some(*name),
            Written::Tuple { name, .. } | Written::Struct { name, .. } => *name,
            _ => None,
        };
        let Some(own) = written.map(|name| tree.name(name)) else {
            return;
        };
        let Some(variant) = entry.variants.iter().find(|v| v.name == own) else {
            return;
        };
        match (&variant.shape, tree.shape(node)) {
            (Shape::Bare, _) => {}
            (Shape::Struct(_), _) => self.fields(node, name, &variant.fields),
            (Shape::Tuple(_), _) => self.value(node, &variant.shape),
            (one, Written::Tuple { items, .. }) if items.len() == 1 => self.value(items[0], one),
            // The parentheses of a struct in a variant may be left out; of a choice they may not, which leads nowhere.
            (Shape::Of(of), Written::Struct { .. }) if is_struct(reference, of) => {
                self.typed(node, of);
            }
            _ => {}
        }
    }

    fn fields(&mut self, node: NodeId, name: &str, known: &[Field]) {
        let (tree, reference) = (self.tree, self.reference);
        let Written::Struct { fields, .. } = tree.shape(node) else {
            return;
        };
        for field in fields {
            let own = tree.name(field.name);
            // What a thing is called names it, whatever else has that name.
            if own == "id" {
                continue;
            }
            let among = |known: &[Field]| {
                let found = known.iter().find(|f| f.name == own);
                found.map(|f| f.shape.clone())
            };
            let found = among(known).or_else(|| {
                // Whatever a scenario may say, a field may say.
                let scenario = reference.named("Scenario").filter(|_| name == "Field")?;
                among(&scenario.fields)
            });
            if let Some(shape) = found {
                self.value(field.value, &shape);
            }
        }
    }

    /// A thing, if it has an id: a field of that name, or one that is a key of its own type.
    fn defined(&mut self, node: NodeId, entry: &Entry) {
        let tree = self.tree;
        let own = |f: &&Field| f.name == "id" || f.shape == Shape::Id(entry.name.clone());
        let at = entry
            .fields
            .iter()
            .filter(own)
            .find_map(|f| tree.field(node, &f.name));
        let called = at.and_then(|at| text(tree, at)).map(str::to_owned);
        let Some(id) = called.or_else(|| edit::called(tree, node).map(Into::into)) else {
            return;
        };
        self.put(&entry.means, id, at.unwrap_or(node), node);
    }

    /// A thing in its short form: what must have an id has it there first, or is nothing but that.
    fn in_short(&mut self, node: NodeId, entry: &Entry, short: &Shape) {
        let tree = self.tree;
        let at = match tree.shape(node) {
            Written::Tuple { items, .. } => items.first().copied(),
            _ => Some(node),
        };
        let named = entry.fields.iter().any(|f| f.name == "id" && !f.optional);
        let id = at
            .filter(|_| named)
            .and_then(|at| Some((at, text(tree, at)?)));
        if let Some((at, id)) = id {
            self.put(&entry.means, id.to_owned(), at, node);
        }
        self.value(node, short);
    }

    fn put(&mut self, of: &str, id: String, at: NodeId, node: NodeId) {
        let is_root = |root: &Root| root.node == node;
        let root = self.root.and_then(|root| self.page.roots.get_mut(root));
        let root = match root {
            Some(root) if is_root(root) => {
                root.id = Some(id.clone());
                None
            }
            _ => self.root,
        };
        self.page.things.push(Thing {
            of: of.to_owned(),
            id,
            at,
            node,
            root,
        });
    }

    /// The sides of a trial's field, which are there by being named.
    fn sketched(&mut self, node: NodeId) {
        let tree = self.tree;
        let listed = |name: &str| match tree.field(node, name).map(|list| tree.shape(list)) {
            Some(Written::List(items)) => items.clone(),
            Some(Written::Map(pairs)) => pairs.iter().map(|(key, _)| *key).collect(),
            _ => Vec::new(),
        };
        let mut sides = listed("sides");
        for name in ["homes", "owners", "traits"] {
            sides.extend(listed(name));
        }
        let whose = [
            ("forces", "side"),
            ("forces", "faction"),
            ("sites", "owner"),
        ];
        for (list, field) in whose {
            let each = listed(list).into_iter();
            sides.extend(each.filter_map(|item| tree.field(item, field)));
        }
        let mut seen = BTreeSet::new();
        for at in sides {
            let id = tree.field(at, "id").unwrap_or(at);
            if let Some(id) = text(tree, id).filter(|id| seen.insert(*id)) {
                for of in ["Side", "Seat", "Faction"] {
                    self.put(of, id.to_owned(), at, at);
                }
            }
        }
    }
}
