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

/// What a turn makes and drops is small, short-lived and much; who only fights wars has memory to spare.
#[cfg(not(feature = "gui"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
