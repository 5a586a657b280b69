//! Edits of content by path: one value of a thing is replaced by other RON text, the rest stays as it is written.

use super::{
    Diagnostics, Edit, Span,
    made::Made,
    ron::{NodeId, Shape, Tree},
    suggest,
};

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
    let goal = match goal(tree, node, path) {
        Ok(goal) => goal,
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
    match goal {
        Goal::Instead(value) => {
            let value = tree.span(value);
            out.copy(tree, span(whole.start, value.start));
            out.word(text, place);
            out.copy(tree, span(value.end, whole.end));
        }
        Goal::Before(at, name) => {
            out.copy(tree, span(whole.start, at));
            out.word(&format!("{name}: {text}, "), place);
            out.copy(tree, span(at, whole.end));
        }
    }
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
                // A field that may be left out.
                (None, Some(first))
                    if rest.is_empty() && suggest(step, names.iter().copied()).is_none() =>
                {
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

/// Whether a thing of a list answers to this id; a meeting answers to `ATTACK against DEFEND`.
pub(crate) fn answers_to(tree: &Tree, node: NodeId, wanted: &str) -> bool {
    let field = |name| tree.field(node, name).and_then(|n| text(tree, n));
    match (field("id"), field("attack"), field("defend")) {
        (Some(id), ..) => id == wanted,
        (None, Some(attack), Some(defend)) => wanted == format!("{attack} against {defend}"),
        _ => false,
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
        assert_eq!(with(&["lsit"], "1"), None);
        assert_eq!(with(&["list", "c"], "1"), None);
        assert_eq!(with(&["id", "deeper"], "1"), None);
    }
}
