//! The panels: each a function of (ui, table) to actions.

pub mod account;
pub mod ask;
pub mod bottom;
pub mod choose;
pub mod guns;
pub mod inspector;
pub mod menu;
pub mod orders;
pub mod pending;
pub mod report;
pub mod roster;
pub mod top;
pub mod verdict;
