//! A scene as a PNG picture.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::{font, scene::Scene, svg::svg};

/// Why a scene cannot become a picture.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PngError {
    /// No pixel, or more than memory should hold.
    #[error("a picture of {0} by {1} pixels cannot be made: from 1 to 16384 each")]
    Size(u32, u32),
    /// The drawing library refused.
    #[error("the picture cannot be drawn: {0}")]
    Draw(String),
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(font::REGULAR.to_vec());
    fonts.load_font_data(font::MEDIUM.to_vec());
    Arc::new(fonts)
});

/// The scene as a PNG file's bytes, in the embedded type; no font of the machine is used.
///
/// # Errors
/// If the picture has no pixels or too many, or the drawing library refuses.
pub fn png(scene: &Scene) -> Result<Vec<u8>, PngError> {
    let (width, height) = (scene.size.0.round() as u32, scene.size.1.round() as u32);
    let size = PngError::Size(width, height);
    if !(1..=16_384).contains(&width) || !(1..=16_384).contains(&height) {
        return Err(size);
    }
    let tree = tree(scene)?;
    let mut pixels = Pixmap::new(width, height).ok_or(size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|e| PngError::Draw(e.to_string()))
}

fn tree(scene: &Scene) -> Result<Tree, PngError> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "Roboto".to_owned(),
        ..Options::default()
    };
    Tree::from_str(&svg(scene), &options).map_err(|e| PngError::Draw(e.to_string()))
}
