//! Files mended: the clear fixes of what is wrong with a layer carried out, as far as they make it better. Comments and
//! layout stay, since a fix replaces the bytes that are wrong and no others.

use std::collections::BTreeSet;

use super::{Diagnostics, Layer, Severity, SourceId, Sources, line_column, ron};

/// How often it is looked again: a slip may hide another.
const ROUNDS: usize = 8;
/// How many fixes are tried one by one where all together make nothing better.
const ALONE: usize = 40;

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file as shown to people.
    pub file: String,
    /// Line and column of the place as it was then, both from 1.
    pub place: (u32, u32),
    /// The problem that this mends.
    pub code: &'static str,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
}

/// A layer with what was changed in it.
pub struct Mended {
    /// The layer as it is now.
    pub layer: Layer,
    /// What was changed, in the order in which it was done.
    pub changes: Vec<Change>,
}

/// A fix by the number of its file.
#[derive(Clone)]
struct Step {
    file: usize,
    start: usize,
    end: usize,
    text: String,
    change: Change,
}

/// How bad a layer is: slips of the pen first, since they hide what comes after them; then errors, then warnings.
type Score = (usize, usize, usize);

struct Look {
    sources: Sources,
    found: Diagnostics,
    score: Score,
}

/// The layer with every clear fix carried out that makes it better; `look` says what is wrong with a layer. Files that
/// cannot be read even then stay as they were.
pub fn mend(layer: &Layer, look: impl Fn(&Layer) -> (Sources, Diagnostics)) -> Mended {
    let look = |layer: &Layer| {
        let (sources, found) = look(layer);
        let of = |severity| found.iter().filter(|d| d.severity == severity).count();
        let score = (slips(layer), of(Severity::Error), of(Severity::Warning));
        Look {
            sources,
            found,
            score,
        }
    };
    let mut mended = Mended {
        layer: layer.clone(),
        changes: Vec::new(),
    };
    let mut now = look(&mended.layer);
    for _ in 0..ROUNDS {
        let steps = steps(&mended.layer, &now);
        let together = apart(&steps);
        let mut tries = vec![together.clone()];
        if together.len() > 1 {
            tries.extend(together.into_iter().take(ALONE).map(|step| vec![step]));
        }
        let better = tries
            .into_iter()
            .filter(|steps| !steps.is_empty())
            .find_map(|steps| {
                let next = carried_out(&mended.layer, &steps);
                let seen = look(&next);
                (seen.score < now.score).then_some((next, seen, steps))
            });
        let Some((next, seen, steps)) = better else {
            break;
        };
        mended.layer = next;
        mended
            .changes
            .extend(steps.into_iter().map(|step| step.change));
        now = seen;
    }
    undo_unreadable(layer, &mut mended);
    mended
}

/// Slips of the pen in all files.
fn slips(layer: &Layer) -> usize {
    let of = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => {
            let mut found = Diagnostics::new();
            let tree = ron::parse(SourceId(0), text, &mut found);
            if tree.is_sound() { 0 } else { found.found() }
        }
        Err(_) => 1,
    };
    layer.files.iter().map(|file| of(&file.bytes)).sum()
}

/// The fixes of what was found, in the order of files and places.
fn steps(layer: &Layer, now: &Look) -> Vec<Step> {
    let mut steps = Vec::new();
    for problem in now.found.iter() {
        let Some((span, text)) = now.sources.replacement(problem) else {
            continue;
        };
        let Some(source) = now.sources.get(span.source) else {
            continue;
        };
        let same = |file: &super::LayerFile| {
            file.shown == source.name && file.bytes == source.text.as_bytes()
        };
        let Some(file) = layer.files.iter().position(same) else {
            continue;
        };
        let (start, end) = (span.start as usize, span.end as usize);
        steps.push(Step {
            file,
            start,
            end,
            text: text.to_owned(),
            change: Change {
                file: source.name.clone(),
                place: line_column(&now.sources, span),
                code: problem.code,
                was: source.text.get(start..end).unwrap_or_default().to_owned(),
                now: text.to_owned(),
            },
        });
    }
    steps.sort_by_key(|step| (step.file, step.start, step.end));
    steps
}

/// Those that do not touch one another.
fn apart(steps: &[Step]) -> Vec<Step> {
    let mut last: Option<(usize, usize)> = None;
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        let free = last.is_none_or(|(file, end)| file != step.file || step.start > end);
        if free {
            last = Some((step.file, step.end));
            kept.push(step.clone());
        }
    }
    kept
}

fn carried_out(layer: &Layer, steps: &[Step]) -> Layer {
    let mut layer = layer.clone();
    // From the end, so that places before stay where they are.
    for step in steps.iter().rev() {
        if let Some(file) = layer.files.get_mut(step.file)
            && step.start <= step.end
            && step.end <= file.bytes.len()
        {
            file.bytes.splice(step.start..step.end, step.text.bytes());
        }
    }
    layer
}

/// What cannot be read after all is not written: whoever opens it next finds it as he left it.
fn undo_unreadable(before: &Layer, mended: &mut Mended) {
    let mut undone = BTreeSet::new();
    for (was, file) in before.files.iter().zip(&mut mended.layer.files) {
        let text = std::str::from_utf8(&file.bytes);
        let sound = text
            .is_ok_and(|text| ron::parse(SourceId(0), text, &mut Diagnostics::new()).is_sound());
        if was.bytes != file.bytes && !sound {
            file.bytes = was.bytes.clone();
            undone.insert(file.shown.clone());
        }
    }
    mended
        .changes
        .retain(|change| !undone.contains(&change.file));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{LayerFile, check_layer};

    fn layer(path: &str, text: &str) -> Layer {
        Layer {
            name: "mine".into(),
            files: vec![LayerFile {
                path: path.into(),
                shown: path.into(),
                bytes: text.into(),
            }],
            problem: None,
        }
    }

    /// What becomes of a text.
    fn mended(path: &str, text: &str) -> (String, usize) {
        let mended = mend(&layer(path, text), check_layer);
        let bytes = &mended.layer.files[0].bytes;
        (
            String::from_utf8_lossy(bytes).into_owned(),
            mended.changes.len(),
        )
    }

    #[test]
    fn slips_with_one_clear_fix_are_mended_and_comments_stay() {
        let text = "[ // ours\n    (idd = \"ice\" \"name\": Ice,, /* cold */),\n]";
        let (now, changes) = mended("rules/stocks.ron", text);
        assert_eq!(
            now,
            "[ // ours\n    (id : \"ice\", name: \"Ice\", /* cold */),\n]"
        );
        assert_eq!(changes, 6);
        let wrong = "[(id: \"anna\", name: \"Anna\", summary: \"Calm.\", traits: [\"bait-pron\"], source: \"invented\")]";
        let (now, changes) = mended("rules/commanders.ron", wrong);
        assert_eq!(now, wrong.replace("bait-pron\"", "bait-prone\""));
        assert_eq!(changes, 1);
    }

    #[test]
    fn what_has_no_clear_fix_or_is_well_stays_byte_for_byte() {
        for text in [
            "[(id: \"ice\", name: \"Ice\")]",
            "[(id: \"ice\", name: \"\")]",
            "[(id: \"ice\", nothing_like_it: 5)]",
            "[(id: \"ice\" name: \"Ice",
            "",
        ] {
            assert_eq!(
                mended("rules/stocks.ron", text),
                (text.to_owned(), 0),
                "{text}"
            );
        }
    }
}
