//! All tests of the game from outside, one binary.

mod campaigns;
mod cli;
mod content;
mod determinism;
mod fixture;
mod fuzz;
mod generate;
mod knowledge;
mod properties;
mod rules;
mod tidy;
mod trials;
mod war;
