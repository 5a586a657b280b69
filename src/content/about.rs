//! What a layer says of itself, as far as it can be made out: asked before anything is loaded, and of mods that are off.

use super::{
    Diagnostics, Layer, Sources,
    ron::{self, NodeId, Shape, Tree},
};

/// What a `mod.ron` says; empty where it says nothing that can be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// Its id; the folder's name where it says none.
    pub id: String,
    /// Shown name; else its id.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the game that it was made for.
    pub game: String,
    /// What it needs.
    pub requires: Vec<String>,
}

impl Layer {
    /// What it says of itself. Slips in its `mod.ron` hide nothing but themselves, so that a mod keeps its id while
    /// somebody writes at it.
    pub fn about(&self) -> About {
        let mut about = self.said().unwrap_or_default();
        if about.id.is_empty() {
            about.id.clone_from(&self.name);
        }
        if about.name.is_empty() {
            about.name.clone_from(&about.id);
        }
        about
    }

    fn said(&self) -> Option<About> {
        let file = self.files.iter().find(|file| file.path == "mod.ron")?;
        let (mut sources, mut unheard) = (Sources::default(), Diagnostics::new());
        let source = sources.add_bytes(&file.shown, &file.bytes, &mut unheard)?;
        let text = sources.get(source)?.text.clone();
        let tree = ron::parse(source, &text, &mut unheard);
        let root = tree.root()?;
        let word = |name: &str| {
            let field = tree.field(root, name);
            field
                .and_then(|node| text_of(&tree, node))
                .unwrap_or_default()
        };
        let requires = match tree.field(root, "requires").map(|node| tree.shape(node)) {
            Some(Shape::List(items)) => items.iter().filter_map(|n| text_of(&tree, *n)).collect(),
            _ => Vec::new(),
        };
        Some(About {
            id: word("id"),
            name: word("name"),
            version: word("version"),
            game: word("game"),
            requires,
        })
    }
}

/// A text, be it within `Some` or not.
fn text_of(tree: &Tree, node: NodeId) -> Option<String> {
    match tree.shape(node) {
        Shape::Text(text) => Some(text.to_string()),
        Shape::Tuple { items, .. } if items.len() == 1 => text_of(tree, items[0]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_hides_nothing_but_itself() {
        let of = |text: &str| {
            let file = ("mod.ron".to_owned(), text.to_owned());
            Layer::of_files("folder", [file]).about()
        };
        let whole = of(
            "(id: \"spice\", name: Some(\"Spice\"), version: \"1\", game: \"0.1\", requires: [\"ice\"])",
        );
        assert_eq!((whole.id.as_str(), whole.name.as_str()), ("spice", "Spice"));
        assert_eq!((whole.requires.len(), whole.game.as_str()), (1, "0.1"));
        let broken = of("(id: \"spice\", versoin: 1 game: [)");
        assert_eq!(
            (broken.id.as_str(), broken.name.as_str()),
            ("spice", "spice")
        );
        assert_eq!(of("nonsense").id, "folder");
    }
}
