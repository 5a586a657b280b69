//! All tests of the game from outside, one binary.

mod cli;
mod content;
mod determinism;
mod war;
