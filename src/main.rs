//! Angelfire.
fn main() {}
