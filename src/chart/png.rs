//! A scene as a PNG picture.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use resvg::{
    tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::{
    font, ground,
    scene::{Area, Form, Scene, Shape},
    svg::svg,
};

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
    let mut pixels = Pixmap::new(width, height).ok_or(size)?;
    // The ground's pixels are laid down by themselves; the drawing library need not read pictures.
    let images = |s: &Shape| matches!(s.form, Form::Image { .. });
    for part in scene.shapes.chunk_by(|a, b| !images(a) && !images(b)) {
        match part {
            [
                Shape {
                    form: Form::Image { area, ground },
                    ..
                },
            ] => lay(&mut pixels, *area, *ground),
            shapes => {
                let part = Scene {
                    size: scene.size,
                    shapes: shapes.to_vec(),
                };
                resvg::render(&tree(&part)?, Transform::identity(), &mut pixels.as_mut());
            }
        }
    }
    Ok(pixels)
}

/// Stretches a ground over a box.
fn lay(pixels: &mut Pixmap, area: Area, ground: ground::Id) {
    let Some(below) = pixmap(ground) else { return };
    let scale = |span: f32, edge: u32| span / edge as f32;
    let transform = Transform::from_row(
        scale(area.max.x - area.min.x, below.width()),
        0.0,
        0.0,
        scale(area.max.y - area.min.y, below.height()),
        area.min.x,
        area.min.y,
    );
    let paint = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    pixels.draw_pixmap(0, 0, below.as_ref(), &paint, transform, None);
}

fn pixmap(id: ground::Id) -> Option<Pixmap> {
    let raster = ground::shared(id);
    let edge = u32::try_from(raster.edge).ok()?;
    Pixmap::from_vec(raster.pixels.clone(), IntSize::from_wh(edge, edge)?)
}

/// A ground as a PNG file's bytes in letters, made once and kept while it is the last one asked for.
pub(super) fn letters(id: ground::Id) -> Option<Arc<str>> {
    static MADE: Mutex<Option<(ground::Id, Arc<str>)>> = Mutex::new(None);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, letters)) = made.as_ref().filter(|(i, _)| *i == id) {
        return Some(letters.clone());
    }
    let letters: Arc<str> = base64(&pixmap(id)?.encode_png().ok()?).into();
    *made = Some((id, letters.clone()));
    Some(letters)
}

/// Bytes as letters, three to four.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let part = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let group = part(0) << 16 | part(1) << 8 | part(2);
        for i in 0..4_usize {
            if i <= three.len() {
                out.push(char::from(LETTERS[(group >> (18 - 6 * i) & 63) as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

fn tree(scene: &Scene) -> Result<Tree, PngError> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "Roboto".to_owned(),
        ..Options::default()
    };
    Tree::from_str(&svg(scene), &options).map_err(|e| PngError::Draw(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters() {
        for (bytes, letters) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), letters);
        }
    }
}
