//! The panels: each a function of (ui, table) to actions.

pub mod account;
pub mod ask;
pub mod bottom;
pub mod briefing;
pub mod curtain;
mod guns;
pub mod help;
pub mod inspector;
pub mod menu;
mod orders;
mod page;
pub mod report;
pub mod roster;
pub mod saves;
pub mod settings;
pub mod top;
pub mod verdict;
