//! Angelfire, a turn-based game of hyperspatial war.
//!
//! Arrows: `content <- sim <- ai <- war <- chart <- cli, gui`; nothing points right.

pub mod ai;
pub mod chart;
pub mod cli;
pub mod content;
#[cfg(feature = "gui")]
pub mod gui;
pub mod sim;
pub mod war;
