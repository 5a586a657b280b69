//! The one family of type: Roboto, whose figures are all as wide as one another. Apache License 2.0, see
//! `assets/fonts/LICENSE-Roboto.txt`.

/// Roboto Regular, a TrueType font.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Roboto-Regular.ttf");
/// Roboto Medium, a TrueType font.
pub const MEDIUM: &[u8] = include_bytes!("../../assets/fonts/Roboto-Medium.ttf");
