//! The panels: each a function of (ui, table) to actions.

pub mod account;
pub mod ask;
pub mod bands;
pub mod bottom;
pub mod clock;
pub mod explain;
pub mod film;
pub mod forecast;
mod guns;
pub mod inspector;
pub mod journal;
pub mod menu;
mod orders;
pub mod overlay;
mod place;
pub mod report;
pub mod roster;
pub mod score;
mod story;
mod sums;
pub mod supply;
pub mod top;
pub mod verdict;
