//! The window, opened for real: every screen, single turns and whole wars, by mouse and by keyboard. Needs a display,
//! or `Xvfb` to make one.

mod desk;
mod faults;
#[path = "../fixture/pages.rs"]
mod fixture;
mod guide;
mod history;
mod pages;
mod screens;
mod turns;
mod whole_wars;
