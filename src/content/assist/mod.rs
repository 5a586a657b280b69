//! Help for whoever writes content, at any place of a text that is just being written: what may stand there, what it
//! means, where what is named stands, and what a file defines. Pure functions of texts; who has them open is no concern
//! of this module.
//!
//! [`ron::trail`] tells where in a text a place lies, the reference of types what is expected there ([`spot`]), and an
//! index of all texts around which things of that type there are ([`index`], [`known`]).

mod hover;
mod index;
mod known;
mod offer;
mod paths;
mod shapes;
mod spot;
mod symbols;

use std::sync::Arc;

pub use self::{
    hover::{Goal, Hover},
    index::{KeyAt, Page},
    offer::{Offer, OfferKind},
    symbols::Symbol,
};
use super::{Layer, MAX_FILE_BYTES, reference::Reference};

/// What is known of content wherever it is written: its types, and what came with the game.
pub struct Assist {
    reference: Reference,
    shipped: Vec<Arc<Page>>,
}

/// A text with all that stands around it.
pub struct Desk<'a> {
    assist: &'a Assist,
    /// The text that is looked at.
    page: &'a Page,
    /// Other texts, those that count most first: of the same mod, then of mods below it.
    around: &'a [Arc<Page>],
}

impl Assist {
    /// All types, and what came with the game.
    pub fn new() -> Self {
        let mut assist = Self {
            reference: Reference::new(),
            shipped: Vec::new(),
        };
        assist.shipped = assist.pages(&Layer::shipped(), false);
        assist
    }

    /// The texts of a layer, as far as they are text; `on_disk`: its files can be opened.
    pub fn pages(&self, layer: &Layer, on_disk: bool) -> Vec<Arc<Page>> {
        let texts = layer.files.iter().filter_map(|file| {
            let text = std::str::from_utf8(&file.bytes).ok()?;
            let shown = on_disk.then(|| file.shown.clone());
            Some(Arc::new(self.page(&file.path, shown, text)))
        });
        texts.collect()
    }

    /// A text at a path within its layer; `shown` names its file, if it has one that can be opened. Of a text that is
    /// larger than what is read nothing is known.
    pub fn page(&self, path: &str, shown: Option<String>, text: &str) -> Page {
        let text = match text.len() > MAX_FILE_BYTES {
            true => "",
            false => text,
        };
        Page::read(&self.reference, path, shown, text)
    }

    /// A text with others around it: of its mod, then of mods below that one. What came with the game need not be among
    /// them.
    pub fn desk<'a>(&'a self, page: &'a Page, around: &'a [Arc<Page>]) -> Desk<'a> {
        Desk {
            assist: self,
            page,
            around,
        }
    }
}

impl Default for Assist {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Desk<'a> {
    fn reference(&self) -> &'a Reference {
        &self.assist.reference
    }

    /// All texts: the one that is looked at, those around it, those of the game.
    fn pages(&self) -> impl Iterator<Item = &'a Page> + use<'a> {
        let page = self.page;
        // The text may be among those around, as it was before.
        let same = move |other: &&Arc<Page>| other.path != page.path || other.shown != page.shown;
        let around = self.around.iter().filter(same);
        let others = around.chain(&self.assist.shipped);
        std::iter::once(page).chain(others.map(|page| &**page))
    }
}
