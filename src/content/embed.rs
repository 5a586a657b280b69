//! The content that came with the game, within the binary.

/// Every shipped content file: its path from the top of the project, with `/`, and its bytes, by path.
pub const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
