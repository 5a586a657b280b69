//! Edits of content by path: values of a thing are replaced, added or taken out, the rest stays as it is written.

use std::borrow::Cow;

use super::{
    Diagnostics, Edit, Span,
    made::Made,
    ron::{NodeId, Shape, TokenKind, Tree},
    suggest,
};

/// What is to be done at the place that a path names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    /// Another value.
    Set,
    /// One member more.
    Add,
    /// Away with it.
    Remove,
}

/// Bytes of a thing's text that are written otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Slot {
    /// What is replaced; nothing, where something is put in.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// What stands around the value that is written there.
    pub(crate) around: (String, String),
}

impl Slot {
    fn at(place: Span) -> Self {
        Self {
            start: place.start,
            end: place.end,
            around: Default::default(),
        }
    }
    fn put(at: u32, before: impl Into<String>, after: &str) -> Self {
        Self {
            start: at,
            end: at,
            around: (before.into(), after.into()),
        }
    }
}

/// Where in the text of `node` something is done at a path within it.
///
/// # Errors
/// What may be meant, if there is no such place.
pub(crate) fn slot(tree: &Tree, node: NodeId, path: &[&str], how: How) -> Result<Slot, String> {
    match how {
        How::Set => Ok(match goal(tree, node, path)? {
            Goal::Instead(value) => Slot::at(tree.span(value)),
            Goal::Before(at, name) => Slot::put(at, format!("{name}: "), ", "),
        }),
        How::Add => match goal(tree, node, path)? {
            Goal::Before(at, name) => Ok(Slot::put(at, format!("{name}: ["), "], ")),
            Goal::Instead(list) => match tree.shape(list) {
                Shape::List(items) => Ok(match items.last() {
                    Some(last) => Slot::put(tree.span(*last).end, ", ", ""),
                    None => Slot::put(tree.opening(list).end, "", ""),
                }),
                _ => Err(String::from(
                    "this is no list; `Set` gives it another value",
                )),
            },
        },
        How::Remove => gone(tree, node, path).map(Slot::at),
    }
}

/// The text of a field, a member or a pair with the comma after it.
fn gone(tree: &Tree, node: NodeId, path: &[&str]) -> Result<Span, String> {
    let found = goal(tree, node, path)?;
    let (Goal::Instead(value), Some((step, before))) = (found, path.split_last()) else {
        return Err(String::from(
            "there is nothing here that could be taken out",
        ));
    };
    let parent = match goal(tree, node, before)? {
        Goal::Instead(parent) => parent,
        Goal::Before(..) => return Err(String::from("this holds nothing")),
    };
    let start = match tree.shape(parent) {
        Shape::Struct { fields, .. } => {
            let field = fields.iter().find(|field| field.value == value);
            field.map(|field| tree.name_span(field.name).start)
        }
        Shape::Map(pairs) => {
            let pair = pairs.iter().find(|(_, held)| *held == value);
            pair.map(|(key, _)| tree.span(*key).start)
        }
        Shape::List(_) => Some(tree.span(value).start),
        _ => None,
    };
    let start = start
        .ok_or_else(|| format!("`{step}` has a place of its own here and cannot be taken out"))?;
    let end = tree.span(value).end;
    let next = tree.tokens().iter().skip_while(|token| token.start < end);
    let comma = next
        .take_while(|t| {
            matches!(
                t.kind,
                TokenKind::Space | TokenKind::Comment | TokenKind::Comma
            )
        })
        .find(|token| token.kind == TokenKind::Comma);
    let end = comma.map_or(end, |comma| comma.end);
    Ok(Span::new(tree.source(), start, end))
}

/// What is to be written where.
enum Goal {
    /// In place of this value.
    Instead(NodeId),
    /// Before the first part of a struct or map, under this name.
    Before(u32, String),
}

/// Writes the value of `node` with the edit carried out at `path` within it; false, and told, if there is no such place.
pub(crate) fn write(
    out: &mut Made,
    tree: &Tree,
    node: NodeId,
    path: &[&str],
    edit: &Edit,
    found: &mut Diagnostics,
) -> bool {
    let slot = match slot(tree, node, path, How::Set) {
        Ok(slot) => slot,
        Err(help) => {
            let path = path.join("/");
            found
                .error(
                    "no-such-place",
                    edit.path.span,
                    format!("there is no `{path}` in this"),
                )
                .help(help);
            return false;
        }
    };
    let text = edit.text.get().map_or("", String::as_str);
    let (whole, place) = (tree.span(node), edit.text.span);
    let span = |start, end| Span::new(whole.source, start, end);
    out.copy(tree, span(whole.start, slot.start));
    out.word(&slot.around.0, edit.path.span);
    out.word(text, place);
    out.word(&slot.around.1, edit.path.span);
    out.copy(tree, span(slot.end, whole.end));
    true
}

/// The value at a path within another.
pub(crate) fn at(tree: &Tree, node: NodeId, path: &[&str]) -> Option<NodeId> {
    match goal(tree, node, path) {
        Ok(Goal::Instead(node)) => Some(node),
        _ => None,
    }
}

fn goal(tree: &Tree, node: NodeId, path: &[&str]) -> Result<Goal, String> {
    let Some((step, rest)) = path.split_first() else {
        return Ok(Goal::Instead(node));
    };
    let listed = |names: &[&str]| match suggest(step, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", names.join(", ")),
    };
    match tree.shape(node) {
        Shape::Struct { fields, .. } => {
            let names: Vec<&str> = fields.iter().map(|f| tree.name(f.name)).collect();
            match (named(tree, node, step), fields.first()) {
                (Some(value), _) => goal(tree, value, rest),
                // A field that may be left out; whether there is such a field the schema says.
                (None, Some(first)) if rest.is_empty() => {
                    let start = tree.name_span(first.name).start;
                    Ok(Goal::Before(start, step.replace('-', "_")))
                }
                _ => Err(listed(&names)),
            }
        }
        Shape::Map(pairs) => {
            let found = pairs
                .iter()
                .find(|(key, _)| text(tree, *key) == Some(*step));
            match (found, pairs.first()) {
                (Some((_, value)), _) => goal(tree, *value, rest),
                (None, Some((first, _))) if rest.is_empty() => {
                    Ok(Goal::Before(tree.span(*first).start, format!("{step:?}")))
                }
                _ => Err(listed(
                    &pairs
                        .iter()
                        .filter_map(|(k, _)| text(tree, *k))
                        .collect::<Vec<_>>(),
                )),
            }
        }
        Shape::Tuple { items, .. } if items.len() == 1 && step.parse::<usize>().is_err() => {
            goal(tree, items[0], path)
        }
        Shape::List(items) | Shape::Tuple { items, .. } => match member(tree, items, step) {
            Some(item) => goal(tree, item, rest),
            None => Err(listed(
                &items
                    .iter()
                    .filter_map(|i| id(tree, *i))
                    .collect::<Vec<_>>(),
            )),
        },
        _ => Err(String::from("this holds nothing further")),
    }
}

/// The field of this name; keys write hyphens where fields have underscores.
pub(crate) fn named(tree: &Tree, node: NodeId, name: &str) -> Option<NodeId> {
    tree.field(node, name)
        .or_else(|| tree.field(node, &name.replace('-', "_")))
}

/// The member of this id, text or number.
fn member(tree: &Tree, items: &[NodeId], step: &str) -> Option<NodeId> {
    let named = items.iter().find(|item| id(tree, **item) == Some(step));
    let counted = || step.parse::<usize>().ok().and_then(|n| items.get(n));
    named.or_else(counted).copied()
}

/// The id of a struct, or a text itself.
fn id(tree: &Tree, node: NodeId) -> Option<&str> {
    match tree.field(node, "id") {
        Some(id) => text(tree, id),
        None => text(tree, node),
    }
}

fn text(tree: &Tree, node: NodeId) -> Option<&str> {
    match tree.shape(node) {
        Shape::Text(text) => Some(text),
        Shape::Name(name) => Some(tree.name(*name)),
        _ => None,
    }
}

/// Whether a thing of a list answers to this id.
pub(crate) fn answers_to(tree: &Tree, node: NodeId, wanted: &str) -> bool {
    called(tree, node).is_some_and(|id| id == wanted)
}

/// The id of a thing; a meeting is called `ATTACK against DEFEND`.
pub(crate) fn called(tree: &Tree, node: NodeId) -> Option<Cow<'_, str>> {
    let field = |name| tree.field(node, name).and_then(|n| text(tree, n));
    match (field("id"), field("attack"), field("defend")) {
        (Some(id), ..) => Some(id.into()),
        (None, Some(attack), Some(defend)) => Some(format!("{attack} against {defend}").into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{
        SourceId,
        ron::{At, parse},
    };

    fn edited(text: &str, path: &[&str], with: &str) -> Option<String> {
        let mut found = Diagnostics::new();
        let tree = parse(SourceId(0), text, &mut found);
        let at = |text: &str| At::new(text.to_owned(), Span::NOWHERE);
        let edit = Edit {
            thing: at(""),
            path: at(&path.join("/")),
            text: at(with),
        };
        let mut out = Made::default();
        let root = tree.root().expect("a value");
        let done = write(&mut out, &tree, root, path, &edit, &mut found);
        assert_eq!(done, !found.has_errors());
        done.then_some(out.text)
    }

    #[test]
    fn one_value_is_replaced_and_the_rest_stays() {
        let text =
            "(id: \"x\", /* kept */ list: [(id: \"a\", n: 1), (id: \"b\", n: 2)], m: {\"k\": 3})";
        let with = |path: &[&str], with| edited(text, path, with);
        assert_eq!(
            with(&["list", "b", "n"], "9").as_deref(),
            Some(
                "(id: \"x\", /* kept */ list: [(id: \"a\", n: 1), (id: \"b\", n: 9)], m: {\"k\": 3})"
            )
        );
        assert!(
            with(&["list", "0"], "7")
                .expect("there")
                .contains("[7, (id")
        );
        assert!(
            with(&["m", "k"], "4")
                .expect("there")
                .ends_with("{\"k\": 4})")
        );
        assert!(
            with(&["m", "z"], "4")
                .expect("added")
                .ends_with("{\"z\": 4, \"k\": 3})")
        );
        assert!(
            with(&["more"], "1")
                .expect("added")
                .starts_with("(more: 1, id")
        );
        assert_eq!(with(&["lsit", "a"], "1"), None);
        assert_eq!(with(&["list", "c"], "1"), None);
        assert_eq!(with(&["id", "deeper"], "1"), None);
    }

    fn slotted(text: &str, path: &[&str], how: How, with: &str) -> Result<String, String> {
        let tree = parse(SourceId(0), text, &mut Diagnostics::new());
        let root = tree.root().expect("a value");
        let slot = slot(&tree, root, path, how)?;
        let (start, end) = (slot.start as usize, slot.end as usize);
        let (before, after) = slot.around;
        Ok(format!(
            "{}{before}{with}{after}{}",
            &text[..start],
            &text[end..]
        ))
    }

    #[test]
    fn members_are_added_and_taken_out() {
        let text = "(id: \"x\", list: [(id: \"a\"), /* b */ (id: \"b\") /* last */], none: [], m: {\"k\": 3, \"l\": 4}, p: (1, 2))";
        let with = |path: &[&str], how, with| slotted(text, path, how, with);
        let added = with(&["list"], How::Add, "(id: \"c\")").expect("a list");
        assert!(
            added.contains("(id: \"b\"), (id: \"c\") /* last */]"),
            "{added}"
        );
        assert!(
            with(&["none"], How::Add, "1")
                .expect("a list")
                .contains("none: [1]")
        );
        assert!(
            with(&["more"], How::Add, "1")
                .expect("a list")
                .starts_with("(more: [1], id")
        );
        assert!(with(&["m"], How::Add, "1").is_err());
        let gone = |path: &[&str]| with(path, How::Remove, "");
        assert!(
            gone(&["list", "a"])
                .expect("there")
                .contains("list: [ /* b */ (id: \"b\")")
        );
        assert!(
            gone(&["list", "b"])
                .expect("there")
                .contains("/* b */  /* last */]")
        );
        assert!(gone(&["none"]).expect("there").contains("],  m: {"));
        assert!(gone(&["m", "l"]).expect("there").contains("{\"k\": 3, }"));
        for wrong in [&["p", "0"][..], &["list", "c"], &["nowhere"], &[]] {
            assert!(gone(wrong).is_err(), "{wrong:?}");
        }
        let whole = "(a: 1)";
        assert_eq!(slotted(whole, &["a"], How::Remove, "").as_deref(), Ok("()"));
    }
}
