//! All tests of the game from outside, one binary.

mod content;
mod determinism;
