//! Saved wars as a tree: which was taken from which. Read on another thread when it is asked for.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
    thread,
};

use crate::{
    gui::{Game, UiAction, around::Act, around::Leaf, wake},
    war::{
        kin::{Line, Tree},
        store,
    },
};

/// Saved wars as a tree, or the promise of it.
#[derive(Clone, Debug, Default)]
pub struct Grove {
    /// Whether it is shown in place of the list.
    pub is_shown: bool,
    /// The last one that was read, shown until the next is there.
    now: Option<Arc<Tree>>,
    coming: Option<Arc<OnceLock<Arc<Tree>>>>,
}

impl Grove {
    /// The tree, once it is there.
    pub fn tree(&self) -> Option<&Arc<Tree>> {
        let come = self.coming.as_ref().and_then(|coming| coming.get());
        come.or(self.now.as_ref())
    }

    /// Begins to read it anew. What is no record is not in it; the list says why.
    fn grow(&mut self, paths: Vec<PathBuf>) {
        self.now = self.tree().cloned();
        let coming = Arc::new(OnceLock::new());
        self.coming = Some(coming.clone());
        thread::spawn(move || {
            let lines = paths.iter().filter_map(|path| {
                let record = store::load(path).ok()?;
                Some(Line::of(path, &record))
            });
            // Nobody else fills it.
            let _ = coming.set(Arc::new(Tree::of(lines.collect())));
            wake::now();
        });
    }

    /// Shows this one.
    #[cfg(test)]
    pub fn put(&mut self, tree: Tree) {
        (self.now, self.coming) = (Some(Arc::new(tree)), None);
    }

    /// Waits for it.
    #[cfg(test)]
    pub fn wait(&self) -> Arc<Tree> {
        self.coming
            .as_ref()
            .expect("it was asked for")
            .wait()
            .clone()
    }
}

impl Game {
    /// Shows the tree, or the list; opens the page of saved wars for it.
    pub(in crate::gui) fn show_kin(&mut self, is_tree: bool) {
        self.around.kin.is_shown = is_tree;
        if self.around.leaf == Some(Leaf::Saves) {
            self.grow_kin();
        } else {
            self.apply(UiAction::Around(Act::Open(Leaf::Saves)));
        }
    }

    /// Has the tree read, if it is shown.
    pub(in crate::gui) fn grow_kin(&mut self) {
        if self.around.kin.is_shown {
            self.want_history();
            self.around.kin.grow(self.saves.clone());
        }
    }
}
