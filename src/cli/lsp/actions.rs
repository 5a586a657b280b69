//! What mends problems: the clear fixes of `check --fix`, and words that may have been meant.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, TextEdit, Uri, WorkspaceEdit,
};

use super::{
    check::{Fix, Kept},
    docs::{Doc, Docs},
    place::{Columns, Lines},
};
use crate::content::harmless;

/// What mends all clear slips of a file.
const ALL: CodeActionKind = CodeActionKind::new("source.fixAll.angelfire");
/// Longest text that is shown of what is changed.
const LONG: usize = 40;

/// What is wrong with an open file, and with the mod that it belongs to.
pub(super) fn kept<'a>(docs: &'a Docs, doc: &'a Doc) -> impl Iterator<Item = &'a Kept> {
    let of = doc.folder.as_ref().and_then(|folder| docs.mods.get(folder));
    of.map_or(&doc.kept, |of| &of.kept).iter()
}

/// What can be done at a place of a file.
pub(super) fn of(
    docs: &Docs,
    doc: &Doc,
    asked: &CodeActionParams,
    columns: Columns,
) -> Vec<CodeActionOrCommand> {
    let wanted = |kind: &CodeActionKind| match &asked.context.only {
        None => true,
        // `source` asks for `source.fixAll`, too.
        Some(only) => only.iter().any(|one| {
            let rest = kind.as_str().strip_prefix(one.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
    };
    let own: Vec<&Kept> = kept(docs, doc)
        .filter(|kept| kept.address == doc.address)
        .collect();
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let touched = own.iter().filter(|kept| {
            let range = kept.shown.range;
            range.start <= asked.range.end && asked.range.start <= range.end
        });
        for kept in touched {
            let fixes = kept.fix.clone().into_iter().map(|fix| (fix, true));
            for (fix, clear) in fixes.chain(meant(kept).map(|fix| (fix, false))).take(1) {
                let title = title(&fix);
                actions.extend(
                    action(title, vec![fix], docs, columns).map(|action| CodeAction {
                        kind: Some(CodeActionKind::QUICKFIX),
                        diagnostics: Some(vec![kept.shown.clone()]),
                        is_preferred: Some(clear),
                        ..action
                    }),
                );
            }
        }
    }
    if wanted(&ALL) {
        let mut fixes: Vec<Fix> = own.iter().filter_map(|kept| kept.fix.clone()).collect();
        fixes.retain(|fix| fix.address == doc.address);
        fixes.sort_by_key(|fix| fix.place);
        // Those that touch one another are for another time.
        let mut end = None;
        fixes.retain(|fix| {
            let free = end.is_none_or(|end| fix.place.0 > end);
            if free {
                end = Some(fix.place.1);
            }
            free
        });
        let title = format!("Mend all that is clear in this file ({})", fixes.len());
        if !fixes.is_empty() {
            actions.extend(
                action(title, fixes, docs, columns).map(|action| CodeAction {
                    kind: Some(ALL),
                    ..action
                }),
            );
        }
    }
    actions
        .into_iter()
        .map(CodeActionOrCommand::CodeAction)
        .collect()
}

/// The word that may have been meant, where the help names one and it is not clear enough to be carried out unasked.
fn meant(kept: &Kept) -> Option<Fix> {
    let help = kept.help.as_deref()?;
    let word = help.strip_prefix("did you mean `")?.split('`').next()?;
    let (start, end) = kept.place;
    let there = kept.text.get(start..end)?;
    let quoted = there.len() > 1 && there.starts_with('"') && there.ends_with('"');
    let inner = there.trim_matches('"').trim_start_matches("r#");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    // Of a path only a part is meant.
    if inner.is_empty() || !inner.chars().all(plain) || !word.chars().all(plain) {
        return None;
    }
    Some(Fix {
        address: kept.address.clone(),
        text: kept.text.clone(),
        place: kept.place,
        write: match quoted {
            true => format!("\"{word}\""),
            false => word.to_owned(),
        },
    })
}

fn title(fix: &Fix) -> String {
    let short = |text: &str| {
        let text = harmless(text.trim());
        match text.chars().count() > LONG {
            true => format!("{}...", text.chars().take(LONG).collect::<String>()),
            false => text,
        }
    };
    let was = short(fix.text.get(fix.place.0..fix.place.1).unwrap_or_default());
    let now = short(&fix.write);
    match (was.as_str(), now.as_str()) {
        ("", now) => format!("Put in `{now}`"),
        (was, "") => format!("Remove `{was}`"),
        (was, now) => format!("Write `{now}` instead of `{was}`"),
    }
}

/// Nothing, if a file is no longer as it was when that was found.
fn action(title: String, fixes: Vec<Fix>, docs: &Docs, columns: Columns) -> Option<CodeAction> {
    // The protocol's type has it so; its addresses never change.
    #[expect(
        clippy::mutable_key_type,
        reason = "an address has an inner cache that its hash leaves out"
    )]
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for fix in fixes {
        let open = docs.get(&fix.address).ok();
        if open.is_some_and(|doc| *doc.text != *fix.text) {
            return None;
        }
        let range = Lines::new(&fix.text, columns).range(fix.place);
        let edit = TextEdit::new(range, fix.write);
        changes.entry(fix.address).or_default().push(edit);
    }
    Some(CodeAction {
        title,
        edit: Some(WorkspaceEdit::new(changes)),
        ..CodeAction::default()
    })
}
