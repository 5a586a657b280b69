//! Layers over one another: their files, read once, and what all of them say together.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Diagnostics, Layer, Source, SourceId, Sources, Span, change,
    draft::Draft,
    edit,
    kind::{self, Kind},
    made::Made,
    migrate,
    ron::{self, NodeId, Shape, Tree},
    schema::Mod,
};

/// A file that was read.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) kind: Option<Kind>,
    pub(crate) path: String,
    pub(crate) tree: Rc<Tree>,
}

/// A layer that was read, and what is wrong with the form of its files.
pub(crate) struct Read {
    pub(crate) texts: Vec<Text>,
    pub(crate) says: Option<Mod>,
    pub(crate) found: Diagnostics,
}

/// A place that a layer has a say in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Touched {
    /// Which layer.
    pub(crate) layer: usize,
    /// `kind/id`, and what of it; nothing further: all of it.
    pub(crate) path: String,
}

/// What layers say together, later ones over earlier ones.
#[derive(Clone, Default)]
pub(crate) struct Stack {
    pub(crate) draft: Draft,
    /// All files, and things as they stand after changes.
    pub(crate) texts: Vec<Text>,
    /// What the layers over the first have a say in.
    pub(crate) touched: Vec<Touched>,
}

impl Read {
    /// The files of a layer of which `wanted` says that they are read, as they would be written today.
    pub(crate) fn of(layer: &Layer, sources: &mut Sources, wanted: impl Fn(&str) -> bool) -> Self {
        let mut read = Self {
            texts: Vec::new(),
            says: None,
            found: Diagnostics::new(),
        };
        if let Some(problem) = &layer.problem {
            let place = Span::NOWHERE;
            read.found.error("unreadable", place, problem.clone());
        }
        // What it says of itself tells how the rest is to be read.
        let (about, rest): (Vec<_>, Vec<_>) =
            layer.files.iter().partition(|file| file.path == "mod.ron");
        for file in about.into_iter().chain(rest) {
            if !wanted(&file.path) {
                continue;
            }
            let added = sources.add_bytes(&file.shown, &file.bytes, &mut read.found);
            let text = added.and_then(|id| Some((id, sources.get(id)?.text.clone())));
            let Some((id, text)) = text else { continue };
            let mut tree = ron::parse(id, &text, &mut read.found);
            let kind = kind::of(&file.path, &tree);
            if kind == Some(Kind::Mod) {
                read.says = ron::read(&tree, &mut read.found);
            }
            if let Some(kind) = kind
                && let Some(made) = migrate::migrated(kind, &tree, read.schema(), &mut read.found)
            {
                tree = remade(sources, &file.shown, made, &mut read.found);
            }
            read.texts.push(Text {
                kind,
                path: file.path.clone(),
                tree: Rc::new(tree),
            });
        }
        read
    }

    /// The schema that it was written for.
    fn schema(&self) -> Option<i64> {
        self.says.as_ref()?.schema.as_ref()?.get().copied()
    }
}

/// A made text as a tree whose problems are told where its pieces come from.
pub(crate) fn remade(
    sources: &mut Sources,
    name: &str,
    made: Made,
    found: &mut Diagnostics,
) -> Tree {
    parsed(sources, Source::made(name, made), found)
}

/// The same of a thing that is changed where it is said.
pub(crate) fn changed(
    sources: &mut Sources,
    name: &str,
    made: Made,
    said: Span,
    found: &mut Diagnostics,
) -> Tree {
    parsed(sources, Source::made(name, made).changed_at(said), found)
}

fn parsed(sources: &mut Sources, source: Source, found: &mut Diagnostics) -> Tree {
    let text = source.text.clone();
    ron::parse(sources.add(source), &text, found)
}

impl Stack {
    /// Lays a layer over what is there; `number` counts the layers, the first is 0.
    pub(crate) fn lay(
        &mut self,
        number: usize,
        read: &Read,
        sources: &mut Sources,
        out: &mut Diagnostics,
    ) {
        for text in &read.texts {
            if text.kind == Some(Kind::Mod) {
                continue;
            }
            // What it says itself and what it changes of others are two layers of the draft.
            kind::put(&mut self.draft, 2 * number, &text.path, &text.tree, out);
            if number > 0 {
                let all = things(text).into_iter();
                self.touched.extend(all.map(|path| Touched {
                    layer: number,
                    path,
                }));
            }
            self.texts.push(text.clone());
        }
        change::carry_out(self, number, sources, out);
    }
}

/// The first text that has a thing of this kind and id, the thing in it, and what is left of the path.
pub(crate) fn thing<'p, 't>(
    texts: impl Iterator<Item = &'t Text>,
    word: &str,
    steps: &[&'p str],
) -> Option<(Text, NodeId, Vec<&'p str>)> {
    let kind = kind::named(word)?;
    let (first, mut rest) = steps.split_first()?;
    let mut id = *first;
    // Ids of the order of battle are one space in each campaign.
    if kind == Kind::Forces {
        (id, rest) = rest.split_first().map(|(id, rest)| (*id, rest))?;
    }
    for text in texts.filter(|text| text.kind == Some(kind)) {
        let Some(root) = text.tree.root() else {
            continue;
        };
        if kind == Kind::Forces && kind::campaign_of(&text.path).as_deref() != Some(*first) {
            continue;
        }
        let found = match text.tree.shape(root) {
            Shape::List(items) => items
                .iter()
                .copied()
                .rfind(|item| edit::answers_to(&text.tree, *item, id)),
            _ if kind == Kind::Constants => edit::named(&text.tree, root, id),
            _ => Some(root).filter(|root| edit::answers_to(&text.tree, *root, id)),
        };
        if let Some(node) = found {
            return Some((text.clone(), node, rest.to_vec()));
        }
    }
    None
}

/// The keys of all things of a file.
pub(super) fn things(text: &Text) -> Vec<String> {
    let (Some(word), Some(root)) = (text.kind.and_then(kind::word), text.tree.root()) else {
        return Vec::new();
    };
    let tree = &text.tree;
    let named = |node: NodeId| Some(format!("{word}/{}", edit::called(tree, node)?));
    match (text.kind, tree.shape(root)) {
        (Some(Kind::Constants), Shape::Struct { fields, .. }) => fields
            .iter()
            .map(|field| format!("{word}/{}", tree.name(field.name)))
            .collect(),
        (Some(Kind::Forces), Shape::List(items)) => {
            let campaign = kind::campaign_of(&text.path).unwrap_or_default();
            let ids = items.iter().filter_map(|item| edit::called(tree, *item));
            ids.map(|id| format!("{word}/{campaign}/{id}")).collect()
        }
        (_, Shape::List(items)) => items.iter().filter_map(|item| named(*item)).collect(),
        _ => named(root).into_iter().collect(),
    }
}

/// Of each of so many layers over the first: in what it has a say where one below it has one, too, and who that is. Of
/// several the highest counts.
pub(crate) fn overlaps(touched: &[Touched], layers: usize) -> Vec<Vec<(usize, &str)>> {
    let mut found = vec![Vec::new(); layers];
    // Who has had the last word so far, by place.
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for own in touched {
        let path = own.path.as_str();
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let around = above.chain([path]).filter_map(|place| last.get(place));
        let within = format!("{path}/");
        let within = last
            .range(within.as_str()..)
            .take_while(|(place, _)| place.starts_with(&within));
        let others = around.chain(within.map(|(_, layer)| layer));
        let other = others.filter(|layer| **layer < own.layer).max();
        if let (Some(other), Some(found)) = (other, found.get_mut(own.layer - 1)) {
            found.push((*other, path));
        }
        last.insert(path, own.layer);
    }
    found
}

/// Who put a source in: sources are numbered as they are read.
#[derive(Clone, Default)]
pub(crate) struct Owners(Vec<(SourceId, usize)>);

impl Owners {
    /// From here on sources are this layer's.
    pub(crate) fn begin(&mut self, sources: &Sources, layer: usize) {
        self.0.push((sources.next(), layer));
    }
    /// Layers go by other numbers from here on.
    pub(crate) fn renamed(&mut self, new: impl Fn(usize) -> usize) {
        for (_, layer) in &mut self.0 {
            *layer = new(*layer);
        }
    }
    /// Whose a source is.
    pub(crate) fn of(&self, source: SourceId) -> Option<usize> {
        let after = self.0.partition_point(|(first, _)| *first <= source);
        self.0.get(after.checked_sub(1)?).map(|(_, layer)| *layer)
    }
}
