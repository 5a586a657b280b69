//! Content: what is shipped, and a folder of broken files with exactly what is said of each.

mod assist;
mod broken;
pub mod cookbook;
mod folders;
mod hostile;
mod layers;
mod mended;
mod pages;
mod shipped;
mod typos;
