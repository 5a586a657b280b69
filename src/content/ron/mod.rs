//! RON text as a lossless tree, and serde values read from that tree.
//!
//! [`parse`] never fails: whatever the text, it gives a [`Tree`] that holds every byte, and puts
//! each problem into the diagnostics with its place; one slip of a pen does not hide the next.
//! [`trail`] tells where a place lies in a text that is just being written. [`read`] makes typed values of a tree. [`At`] keeps the place of a value for later checks of
//! meaning; [`Rate`] is an exact permille; [`diff`] finds the first difference between two trees.
//!
//! Beyond the standard: names may hold hyphens (`capital-ship`, besides `r#capital-ship`), `Some`
//! may always be left out, and so may the parentheses of a newtype.

mod access;
mod at;
mod brackets;
mod diff;
mod escape;
mod lexer;
mod number;
mod parser;
mod problem;
mod rate;
mod read;
mod trail;
mod tree;
mod twice;

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod tests;

pub use at::At;
pub use diff::{Difference, diff};
pub(crate) use lexer::tokens;
pub use lexer::{Bracket, Token, TokenKind};
pub use parser::{MAX_DEPTH, MAX_NODES, parse};
pub use rate::Rate;
pub use read::read;
pub use trail::{Stage, Step, Trail, Word, trail};
pub use tree::{Field, Name, Node, NodeId, Shape, Tree};
