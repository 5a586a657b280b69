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
    drawn(scene)?
        .encode_png()
        .map_err(|e| PngError::Draw(e.to_string()))
}

/// A picture as pixels: width, height, and red, green, blue and opacity of each, row by row, multiplied by opacity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pixels {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// The scene as pixels.
///
/// # Errors
/// As [`png`].
pub fn pixels(scene: &Scene) -> Result<Pixels, PngError> {
    drawn(scene).map(Pixels::from)
}

/// The pixels of a PNG file's bytes, of at most so many pixels an edge.
///
/// # Errors
/// If it is no PNG, or a larger one.
pub fn read_png(bytes: &[u8], edge: u32) -> Result<Pixels, PngError> {
    // Width and height stand at a fixed place, so that a large picture is not made room for.
    let figure = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    match (figure(16), figure(20)) {
        (Some(width), Some(height)) if width <= edge && height <= edge => {}
        (width, height) => {
            return Err(PngError::Size(width.unwrap_or(0), height.unwrap_or(0)));
        }
    }
    Pixmap::decode_png(bytes)
        .map(Pixels::from)
        .map_err(|e| PngError::Draw(e.to_string()))
}

impl From<Pixmap> for Pixels {
    fn from(pixels: Pixmap) -> Self {
        Self {
            width: pixels.width(),
            height: pixels.height(),
            rgba: pixels.take(),
        }
    }
}

fn drawn(scene: &Scene) -> Result<Pixmap, PngError> {
    let (width, height) = (scene.size.0.round() as u32, scene.size.1.round() as u32);
    let size = PngError::Size(width, height);
    if !(1..=16_384).contains(&width) || !(1..=16_384).contains(&height) {
        return Err(size);
    }
    let tree = tree(scene)?;
    let mut pixels = Pixmap::new(width, height).ok_or(size)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    Ok(pixels)
}

fn tree(scene: &Scene) -> Result<Tree, PngError> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "Roboto".to_owned(),
        ..Options::default()
    };
    Tree::from_str(&svg(scene), &options).map_err(|e| PngError::Draw(e.to_string()))
}
