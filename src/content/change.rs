//! Changes of a layer carried out: a thing of the layers below is written anew with them, its other text as it was.

use std::collections::BTreeMap;

use super::{
    Diagnostics, Sources, Span,
    draft::Changes,
    edit::{self, How, Slot},
    kind::{self, Kind},
    made::Made,
    ron::{NodeId, Tree},
    schema::change::Change,
    stack::{Stack, Text, Touched, changed, thing, things},
};

/// Most changes of one layer.
const MOST: usize = 5_000;

/// A change of something within a thing.
struct Within<'a> {
    slot: Slot,
    /// What is written there, in the text of the changes.
    value: Option<(&'a Tree, Span)>,
    /// The path, where it is written.
    said: Span,
}

/// What is changed of one thing.
struct Thing<'a> {
    text: Text,
    node: NodeId,
    /// Its path.
    key: String,
    changes: Vec<Within<'a>>,
}

/// Carries out the changes that the newest layer of the draft asks for.
pub(super) fn carry_out(
    stack: &mut Stack,
    layer: usize,
    sources: &mut Sources,
    out: &mut Diagnostics,
) {
    let files: Vec<Changes> = std::mem::take(&mut stack.draft.changes);
    let mut things: BTreeMap<String, Thing<'_>> = BTreeMap::new();
    let all = files.iter().flat_map(|file| {
        let changes = file.list.iter().filter_map(|at| at.get());
        changes.map(|change| (&*file.tree, change))
    });
    for (count, (tree, change)) in all.enumerate() {
        let (path, how, value) = match change {
            Change::Set(path, value) => (path, How::Set, Some((tree, value.span))),
            Change::Add(path, value) => (path, How::Add, Some((tree, value.span))),
            Change::Remove(path) => (path, How::Remove, None),
        };
        let (Some(said), place) = (path.get(), path.span) else {
            continue;
        };
        if count == MOST {
            out.error(
                "too-many",
                place,
                format!("more than {MOST} changes in one layer"),
            )
            .help("write the things anew instead");
            return;
        }
        let steps: Vec<&str> = said.split('/').filter(|step| !step.is_empty()).collect();
        let Some((text, node, rest)) = found(stack, &steps, place, out) else {
            continue;
        };
        let said_whole = steps.join("/");
        stack.touched.push(Touched {
            layer,
            path: match how {
                // Who adds to the same list is in nobody's way.
                How::Add => format!("{said_whole}/+{layer}.{}", place.start),
                _ => said_whole,
            },
        });
        let whole = rest.is_empty() && text.kind != Some(Kind::Constants);
        if whole {
            match how {
                How::Remove => {
                    if let Some(kind) = text.kind {
                        stack.draft.remove(kind, &steps[1..].join("/"), place);
                    }
                }
                How::Set | How::Add => {
                    out.error(
                        "no-such-place",
                        place,
                        "this names a thing, and no part of it",
                    )
                    .help("name a field of it, or write the thing anew among the mod's rules");
                }
            }
            continue;
        }
        match edit::slot(&text.tree, node, &rest, how) {
            Ok(slot) => {
                let key = steps[..steps.len() - rest.len()].join("/");
                let thing = things.entry(key.clone()).or_insert(Thing {
                    text,
                    node,
                    key,
                    changes: Vec::new(),
                });
                thing.changes.push(Within {
                    slot,
                    value,
                    said: place,
                });
            }
            Err(help) => {
                let path = rest.join("/");
                out.error(
                    "no-such-place",
                    place,
                    format!("there is no `{path}` in this"),
                )
                .help(help);
            }
        }
    }
    for thing in things.into_values() {
        write(stack, layer, thing, sources, out);
    }
}

/// The thing that a path names; nothing, and told, if there is none.
fn found<'p>(
    stack: &mut Stack,
    steps: &[&'p str],
    place: Span,
    out: &mut Diagnostics,
) -> Option<(Text, NodeId, Vec<&'p str>)> {
    let (word, rest) = steps.split_first().unwrap_or((&"", &[]));
    if kind::named(word).is_none() {
        out.error(
            "unknown-kind",
            place,
            format!("there is no kind of content `{word}`"),
        )
        .help(meant(super::suggest(word, kind::names()), || {
            let all: Vec<&str> = kind::names().collect();
            format!("a path begins with one of {}", all.join(", "))
        }));
        return None;
    }
    let draft = &mut stack.draft;
    let found = thing(stack.texts.iter().rev(), word, rest).filter(|(text, _, inner)| {
        let id = rest[..rest.len() - inner.len()].join("/");
        text.kind
            .is_some_and(|kind| draft.has(kind, &id) != Some(false))
    });
    if found.is_none() {
        let id = rest.join("/");
        let known = ids(stack, word);
        let near = super::suggest(&id, known.iter().map(String::as_str));
        let near = near.or_else(|| {
            let first = rest.first()?;
            super::suggest(first, known.iter().map(String::as_str))
        });
        out.error(
            "unknown-id",
            place,
            format!("there is no `{id}` among `{word}` in the layers below"),
        )
        .help(meant(near, || {
            String::from("write `kind/id/field` of something that is there")
        }));
    }
    found
}

/// What was likely meant, or else what helps.
fn meant(near: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// Ids of the things of a kind.
fn ids(stack: &Stack, word: &str) -> Vec<String> {
    let of = |text: &Text| things(text);
    let kind = kind::named(word);
    let texts = stack.texts.iter().filter(|text| text.kind == kind);
    let keys = texts.flat_map(of);
    keys.filter_map(|key| key.split_once('/').map(|(_, id)| id.to_owned()))
        .collect()
}

/// Writes a thing with all that is changed of it, and puts it in as this layer's.
fn write(
    stack: &mut Stack,
    layer: usize,
    thing: Thing<'_>,
    sources: &mut Sources,
    out: &mut Diagnostics,
) {
    let Thing {
        text,
        node,
        key,
        mut changes,
    } = thing;
    // What is put in at one place stays in the order in which it is said.
    changes.sort_by_key(|change| (change.slot.start, change.slot.end));
    let (tree, whole) = (&text.tree, text.tree.span(node));
    let span = |start, end| Span::new(whole.source, start, end);
    let first = changes.first().map_or(Span::NOWHERE, |change| change.said);
    let (before, after) = match text.kind {
        Some(Kind::Constants) => {
            let name = key.rsplit('/').next().unwrap_or_default();
            (format!("({}: ", name.replace('-', "_")), ")")
        }
        Some(Kind::Campaign | Kind::Map | Kind::Scenario) => (String::new(), ""),
        _ => (String::from("["), "]"),
    };
    let mut made = Made::default();
    made.word(&before, first);
    let mut from = whole.start;
    for (index, change) in changes.iter().enumerate() {
        if change.slot.start < from {
            out.error(
                "changed-twice",
                change.said,
                format!("another change of this layer already says what stands in `{key}` here"),
            )
            .help("remove one of the two");
            return;
        }
        // Members of a list that was not there yet go into one list.
        let same = |other: Option<&Within<'_>>| {
            let begun = change.slot.around.0.ends_with('[');
            begun && other.is_some_and(|other| other.slot == change.slot)
        };
        let before = index.checked_sub(1).and_then(|before| changes.get(before));
        let (joined, goes_on) = (same(before), same(changes.get(index + 1)));
        made.copy(tree, span(from, change.slot.start));
        if let Some((tree, value)) = change.value {
            let (open, shut) = &change.slot.around;
            made.word(if joined { ", " } else { open }, change.said);
            made.copy(tree, value);
            made.word(if goes_on { "" } else { shut }, change.said);
        }
        from = change.slot.end;
    }
    made.copy(tree, span(from, whole.end));
    made.word(after, first);
    let tree = changed(sources, &format!("{key}, changed"), made, first, out);
    kind::put(&mut stack.draft, 2 * layer + 1, &text.path, &tree, out);
    stack.texts.push(Text {
        kind: text.kind,
        path: text.path,
        tree: std::rc::Rc::new(tree),
    });
}
