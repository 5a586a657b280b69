//! The panels: each a function of (ui, table) to actions.

pub mod account;
pub mod ask;
pub mod bands;
pub mod bottom;
pub mod explain;
pub mod film;
mod guns;
pub mod inspector;
pub mod journal;
pub mod menu;
mod orders;
pub mod report;
pub mod roster;
mod story;
pub mod top;
pub mod verdict;
