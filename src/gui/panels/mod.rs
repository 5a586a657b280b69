//! The panels: each a function of (ui, table) to actions.

pub mod account;
pub mod ask;
pub mod bottom;
mod guns;
pub mod inspector;
pub mod menu;
mod orders;
pub mod report;
pub mod roster;
pub mod top;
pub mod verdict;
