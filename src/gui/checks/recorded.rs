//! A record of a small war, and a battle of it that is watched and entered: what screens of the record begin with.

use std::sync::{Arc, LazyLock};

use super::stage::{From, Stage};
use crate::{
    content::{Catalog, Diagnostics, Key, Layer, Sources},
    gui::{UiAction, around::Act, history::watch},
};

/// The shipped content with that record, and the layer that has it.
pub static CONTENT: LazyLock<(Arc<Catalog>, Layer)> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/recorded");
    let layer = Layer::read(path.as_ref()).expect("the folder is read");
    let (mut sources, mut found) = (Sources::default(), Diagnostics::new());
    let catalog = Catalog::load(std::slice::from_ref(&layer), &mut sources, &mut found);
    (Arc::new(catalog), layer)
});

/// Brings about what a screen of the record begins with; nothing for any other.
pub fn bring_about(stage: &mut Stage, from: From) {
    if !matches!(from, From::Recorded | From::Watched | From::Entered) {
        return;
    }
    stage.wait_for(|stage| stage.game.around.history.now().is_some());
    if from == From::Recorded {
        return;
    }
    stage.act(UiAction::Reenact(Key::new("anvil"), Key::new("visit")));
    stage.wait();
    stage.act(UiAction::Watch(watch::Act::To(3)));
    if from == From::Entered {
        stage.act(UiAction::Watch(watch::Act::Take(Key::new("harbour"))));
        stage.wait();
        stage.act(UiAction::Around(Act::Close));
        if let Some(war) = stage.game.session.as_mut().and_then(|s| s.war.as_mut()) {
            war.autosave = None;
        }
    }
}
