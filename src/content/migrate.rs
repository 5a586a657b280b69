//! Content that was written for an older schema, read as it was meant: what has been called otherwise since is written anew
//! before anything else looks at it, and each place is told of.

use super::{
    Diagnostics, Span,
    kind::Kind,
    made::Made,
    ron::{NodeId, Shape, Tree},
};

/// The schema of content files as it is now.
pub const SCHEMA: i64 = 2;

/// A field that was called otherwise up to a schema.
struct Renamed {
    /// The last schema in which it had its old name.
    until: i64,
    /// In what kind of file.
    kind: Kind,
    /// What it was called, in each thing of the file.
    old: &'static str,
    /// What it is called.
    new: &'static str,
}

/// All that has been called otherwise since the first schema.
const RENAMED: &[Renamed] = &[Renamed {
    until: 1,
    kind: Kind::Deeds,
    old: "odds",
    new: "modifiers",
}];

/// The text of a file as it would be written today; nothing, if it is so already. `schema` is the one that the layer says
/// it was written for; whoever says none may have written for any.
pub(super) fn migrated(
    kind: Kind,
    tree: &Tree,
    schema: Option<i64>,
    out: &mut Diagnostics,
) -> Option<Made> {
    let schema = schema.unwrap_or(1);
    let root = tree.root()?;
    let things: Vec<NodeId> = match tree.shape(root) {
        Shape::List(items) => items.clone(),
        _ => vec![root],
    };
    let mut places: Vec<(Span, &'static str)> = Vec::new();
    for renamed in RENAMED {
        if renamed.kind != kind || schema > renamed.until {
            continue;
        }
        for thing in &things {
            let Shape::Struct { fields, .. } = tree.shape(*thing) else {
                continue;
            };
            let old = fields.iter().filter(|f| tree.name(f.name) == renamed.old);
            places.extend(old.map(|field| (tree.name_span(field.name), renamed.new)));
        }
    }
    if places.is_empty() {
        return None;
    }
    places.sort();
    let whole = Span::new(tree.source(), 0, u32::try_from(tree.text.len()).ok()?);
    let mut made = Made::default();
    let mut from = whole.start;
    for (place, new) in places {
        out.warning(
            "old-schema",
            place,
            format!(
                "`{}` has been called `{new}` since schema {SCHEMA}; it is read so",
                tree.text_at(place)
            ),
        )
        .help("`--fix` writes the new name; then raise `schema` in mod.ron")
        .fix_here(new);
        made.copy(tree, Span::new(whole.source, from, place.start));
        made.word(new, place);
        from = place.end;
    }
    made.copy(tree, Span::new(whole.source, from, whole.end));
    Some(made)
}
