//! Content that was read once, so that many layers can be looked at over it one after another: a layer then costs the
//! reading of its own files and the checks of meaning, not the reading of all that lies below it.

use super::{
    Diagnostics, Layer, SourceId, Sources, catalog,
    diagnostic::allow,
    draft::Draft,
    kind,
    ron::{self, Tree},
    settle,
    stack::{Read, Stack},
};

/// What lies below the layers that are looked at.
pub struct Base {
    sources: Sources,
    stack: Stack,
}

impl Base {
    /// Of the shipped content the files for whose path this holds.
    pub fn shipped(wanted: impl Fn(&str) -> bool) -> Self {
        let mut layer = Layer::shipped();
        layer.files.retain(|file| wanted(&file.path));
        let mut base = Self {
            sources: Sources::default(),
            stack: Stack::default(),
        };
        let mut unheard = Diagnostics::new();
        lay(&mut base.sources, &mut base.stack, 0, &layer, &mut unheard);
        base
    }

    /// What is wrong with a layer over this. Trials, systems, chronicles and courses in it are read, and not checked
    /// further: for these [`Bench`](super::Bench) is there.
    pub fn look(&self, layer: &Layer) -> (Sources, Diagnostics) {
        let (mut sources, mut stack) = (self.sources.clone(), self.stack.clone());
        let mut found = Diagnostics::new();
        lay(&mut sources, &mut stack, 1, layer, &mut found);
        catalog::build(&stack.draft, &mut found);
        allow(&sources, &mut found, &[], |_| false);
        (sources, found)
    }

    /// Reads a text as the files of these paths would be read, each for itself and over nothing: its shape alone.
    pub fn shapes(text: &str, paths: &[&str]) -> (Tree, Diagnostics) {
        let mut found = Diagnostics::new();
        let tree = ron::parse(SourceId(0), text, &mut found);
        for path in paths {
            kind::put(&mut Draft::default(), 0, path, &tree, &mut found);
        }
        (tree, found)
    }
}

fn lay(
    sources: &mut Sources,
    stack: &mut Stack,
    number: usize,
    layer: &Layer,
    out: &mut Diagnostics,
) {
    let wanted = |path: &str| kind::is_content(path) || kind::aside(path).is_some();
    let read = Read::of(layer, sources, wanted);
    for problem in read.found.iter() {
        out.push(problem.clone());
    }
    if let Some(says) = &read.says {
        settle::described(says, out);
    }
    stack.lay(number, &read, sources, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{check_layer, render_text};

    #[test]
    fn on_all_that_is_shipped_a_layer_is_told_the_same_as_by_check() {
        let base = Base::shipped(|_| true);
        for text in [
            "[(id: \"ice\", nmae: \"Ice\")]",
            "[(id: \"ice\", name: \"Ice\"",
            "[(id: \"fuel\", name: \"\")]",
        ] {
            let files = [("rules/stocks.ron".to_owned(), text.to_owned())];
            let layer = Layer::of_files("mine", files);
            let (sources, found) = base.look(&layer);
            let (all, said) = check_layer(&layer);
            assert!(!found.is_empty());
            assert_eq!(
                render_text(&sources, &found, false),
                render_text(&all, &said, false)
            );
        }
    }
}
