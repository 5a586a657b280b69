//! Paths of changes: `classes/battleship/hull`, what they lead to and how they may go on.

use super::{
    Desk,
    index::{Page, text},
    known::Found,
    spot::fields_of,
};
use crate::content::{
    kind::{self, Kind},
    reference::{Field, Shape},
    ron::{NodeId, Shape as Written},
};

/// What a path leads to.
pub(super) struct End<'a> {
    /// What may stand there.
    pub(super) shape: Shape,
    /// The field that it ends in.
    pub(super) field: Option<&'a Field>,
    /// The thing within which it lies.
    pub(super) thing: Option<Found<'a>>,
    /// What stands there.
    node: Option<NodeId>,
}

/// A step that a path may take.
pub(super) struct Ahead<'a> {
    pub(super) word: String,
    pub(super) detail: String,
    pub(super) field: Option<&'a Field>,
}

/// What a path leads to.
pub(super) fn at<'a>(desk: &Desk<'a>, path: &str) -> Option<End<'a>> {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let kind = kind::named(steps.next()?)?;
    let root = desk.reference().root(kind)?;
    let mut end = match kind {
        Kind::Constants => End {
            shape: root.clone(),
            field: None,
            thing: None,
            node: None,
        },
        _ => {
            let first = steps.next()?;
            let campaign = (kind == Kind::Forces).then_some(first);
            let id = match campaign {
                Some(_) => steps.next()?,
                None => first,
            };
            let found = things(desk, kind, campaign).find(|found| found.thing.id == id)?;
            End {
                shape: one(root),
                field: None,
                thing: Some(found),
                node: Some(found.thing.node),
            }
        }
    };
    for step in steps {
        end = go(desk, &end, step)?;
    }
    Some(end)
}

/// How a path may go on after what is written of it.
pub(super) fn ahead<'a>(desk: &Desk<'a>, path: &str) -> Vec<Ahead<'a>> {
    let word = |word: &str, detail: &str| Ahead {
        word: word.to_owned(),
        detail: detail.to_owned(),
        field: None,
    };
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let kind = match steps.first() {
        None => return kind::names().map(|name| word(name, "kind")).collect(),
        Some(first) => kind::named(first),
    };
    let Some(kind) = kind else {
        return Vec::new();
    };
    let ids = |campaign: Option<&str>| {
        let all = things(desk, kind, campaign);
        let mut ids: Vec<Ahead<'a>> = all
            .map(|found| {
                let name = found.page.said(found.thing, "name");
                word(&found.thing.id, name.unwrap_or_default())
            })
            .collect();
        ids.sort_by(|a, b| a.word.cmp(&b.word));
        ids.dedup_by(|a, b| a.word == b.word);
        ids
    };
    match (kind, steps.len()) {
        (Kind::Forces, 1) => {
            let pages = desk.pages().filter(|page| page.kind == Some(Kind::Forces));
            let mut all: Vec<String> = pages.filter_map(|p| kind::campaign_of(&p.path)).collect();
            all.sort();
            all.dedup();
            all.iter().map(|name| word(name, "campaign")).collect()
        }
        (Kind::Forces, 2) => ids(Some(steps[1])),
        (Kind::Constants, 1) => match desk.reference().root(kind) {
            Some(Shape::Of(of)) => fields(desk, of),
            _ => Vec::new(),
        },
        (_, 1) => ids(None),
        _ => at(desk, path).map_or_else(Vec::new, |end| within(desk, &end)),
    }
}

/// All things of a kind, of a campaign's order of battle if one is named.
fn things<'a>(
    desk: &Desk<'a>,
    kind: Kind,
    campaign: Option<&str>,
) -> impl Iterator<Item = Found<'a>> {
    let of = match desk.reference().root(kind).map(one) {
        Some(Shape::Of(name)) => name,
        _ => String::new(),
    };
    let campaign = campaign.map(str::to_owned);
    let pages = desk.pages().filter(move |page: &&'a Page| {
        page.kind == Some(kind) && (campaign.is_none() || kind::campaign_of(&page.path) == campaign)
    });
    pages.flat_map(move |page| {
        let of = of.clone();
        let things = page.things.iter();
        let own = things.filter(move |thing| thing.root.is_none() && thing.of == of);
        own.map(move |thing| Found { page, thing })
    })
}

/// What a list holds, or the shape itself.
fn one(root: &Shape) -> Shape {
    match root {
        Shape::List(of) => of.as_ref().clone(),
        shape => shape.clone(),
    }
}

fn fields<'a>(desk: &Desk<'a>, of: &str) -> Vec<Ahead<'a>> {
    let all = fields_of(desk.reference(), of).into_iter();
    all.map(|field| Ahead {
        word: field.name.clone(),
        detail: field.shape.to_string(),
        field: Some(field),
    })
    .collect()
}

/// One step further.
fn go<'a>(desk: &Desk<'a>, from: &End<'a>, step: &str) -> Option<End<'a>> {
    let page = from.thing.map(|found| found.page);
    let tree = page.map(|page| &page.tree);
    let on = |shape: Shape, field: Option<&'a Field>, node: Option<NodeId>| End {
        shape,
        field: field.or(from.field),
        thing: from.thing,
        node,
    };
    let written = tree
        .zip(from.node)
        .map(|(tree, node)| (tree, tree.shape(node)));
    match &from.shape {
        Shape::Of(of) => {
            let entry = desk.reference().named(of)?;
            let fields: Vec<&Field> = match entry.variants.is_empty() {
                true => fields_of(desk.reference(), of),
                false => {
                    let (tree, shape) = written?;
                    let name = match shape {
                        Written::Tuple { name, .. } | Written::Struct { name, .. } => (*name)?,
                        _ => return None,
                    };
                    let own = entry.variants.iter().find(|v| v.name == tree.name(name))?;
                    match (&own.shape, shape) {
                        (Shape::Struct(_), _) => own.fields.iter().collect(),
                        (Shape::Tuple(parts), Written::Tuple { items, .. }) => {
                            let index: usize = step.parse().ok()?;
                            let part = parts.get(index)?.clone();
                            return Some(on(part, None, items.get(index).copied()));
                        }
                        (one, Written::Tuple { items, .. }) => {
                            let inner = on(one.clone(), None, items.first().copied());
                            return match step.parse::<usize>() {
                                Ok(_) => Some(inner),
                                Err(_) => go(desk, &inner, step),
                            };
                        }
                        _ => return None,
                    }
                }
            };
            let name = step.replace('-', "_");
            let field = fields.into_iter().find(|field| field.name == name)?;
            let node = tree.zip(from.node).and_then(|(t, n)| t.field(n, &name));
            Some(on(field.shape.clone(), Some(field), node))
        }
        Shape::List(of) => {
            let (tree, shape) = written?;
            let Written::List(items) = shape else {
                return None;
            };
            let named = |item: &&NodeId| member(tree, **item) == Some(step);
            let counted = || step.parse::<usize>().ok().and_then(|n| items.get(n));
            let node = items.iter().find(named).or_else(counted).copied()?;
            Some(on(of.as_ref().clone(), None, Some(node)))
        }
        Shape::Tuple(parts) => {
            let index: usize = step.parse().ok()?;
            let node = match written {
                Some((_, Written::Tuple { items, .. })) => items.get(index).copied(),
                _ => None,
            };
            Some(on(parts.get(index)?.clone(), None, node))
        }
        Shape::Pairs(_, of) => {
            let node = match written {
                Some((tree, Written::Map(pairs))) => {
                    let named = |pair: &&(NodeId, NodeId)| text(tree, pair.0) == Some(step);
                    pairs.iter().find(named).map(|(_, value)| *value)
                }
                _ => None,
            };
            Some(on(of.as_ref().clone(), None, node))
        }
        _ => None,
    }
}

/// How it goes on from here.
fn within<'a>(desk: &Desk<'a>, end: &End<'a>) -> Vec<Ahead<'a>> {
    let word = |word: String, detail: &str| Ahead {
        word,
        detail: detail.to_owned(),
        field: None,
    };
    let tree = end.thing.map(|found| &found.page.tree);
    let written = tree
        .zip(end.node)
        .map(|(tree, node)| (tree, tree.shape(node)));
    match (&end.shape, written) {
        (Shape::Of(of), Some((tree, shape))) => {
            let variants = desk.reference().named(of).map_or(&[][..], |e| &e.variants);
            let name = match shape {
                Written::Tuple { name, .. } | Written::Struct { name, .. } => *name,
                _ => None,
            };
            let own = name.map(|name| tree.name(name));
            match variants.iter().find(|v| Some(v.name.as_str()) == own) {
                Some(variant) => {
                    let each = variant.fields.iter().map(|field| Ahead {
                        word: field.name.clone(),
                        detail: field.shape.to_string(),
                        field: Some(field),
                    });
                    each.collect()
                }
                None if variants.is_empty() => fields(desk, of),
                None => Vec::new(),
            }
        }
        (Shape::Of(of), None) => fields(desk, of),
        (Shape::List(of), Some((tree, Written::List(items)))) => {
            let each = items.iter().enumerate();
            let named = each.map(|(index, item)| match member(tree, *item) {
                Some(id) => id.to_owned(),
                None => index.to_string(),
            });
            named.map(|id| word(id, &of.to_string())).collect()
        }
        (Shape::Tuple(parts), _) => {
            let each = parts.iter().enumerate();
            each.map(|(index, part)| word(index.to_string(), &part.to_string()))
                .collect()
        }
        (Shape::Pairs(key, of), written) => {
            let mut all = Vec::new();
            if let Some((tree, Written::Map(pairs))) = written {
                let keys = pairs.iter().filter_map(|(key, _)| text(tree, *key));
                all.extend(keys.map(|key| word(key.to_owned(), &of.to_string())));
            }
            // A key that is not there yet is put in.
            if let Shape::Id(kind) = key.as_ref() {
                let known = desk.known(kind, 0);
                let more: Vec<Ahead<'a>> = known
                    .into_keys()
                    .filter(|id| all.iter().all(|own: &Ahead<'a>| own.word != *id))
                    .map(|id| word(id.to_owned(), "not there yet"))
                    .collect();
                all.extend(more);
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The id of a member of a list, or a text itself.
fn member(tree: &crate::content::ron::Tree, node: NodeId) -> Option<&str> {
    text(tree, tree.field(node, "id").unwrap_or(node))
}
