//! Every screen of the window by name. Whoever adds a screen adds a line: what it begins with, and what is done to
//! bring it about. All checks go over these lists; a test finds the pages, lists, questions and things of which none
//! of them shows anything.

mod around;
mod film;
mod guide;
mod history;
mod orders;
mod table;
mod wider;

use super::stage::{From, Stage};

/// A screen.
pub struct Screen {
    /// What it is called in a finding.
    pub name: &'static str,
    /// What it begins with.
    pub from: From,
    /// What brings it about.
    pub put: fn(&mut Stage),
    /// What is done at each size anew: where the pointer rests, how far is scrolled.
    pub then: fn(&mut Stage),
    /// Whether another screen is laid out and coloured like it: it is looked at in fewer sizes and looks.
    pub is_alike: bool,
}

const fn screen(name: &'static str, from: From, put: fn(&mut Stage)) -> Screen {
    Screen {
        name,
        from,
        put,
        then: |_| {},
        is_alike: false,
    }
}

impl Screen {
    /// With this done at each size: the same screen further down, or with the pointer on something.
    const fn then(self, then: fn(&mut Stage)) -> Self {
        Self {
            then,
            is_alike: true,
            ..self
        }
    }

    /// Much like the screen before it.
    const fn alike(self) -> Self {
        Self {
            is_alike: true,
            ..self
        }
    }
}

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Screen> {
    let lists = [
        around::SCREENS,
        table::SCREENS,
        orders::SCREENS,
        film::SCREENS,
        guide::SCREENS,
        history::SCREENS,
        wider::SCREENS,
    ];
    lists.into_iter().flatten()
}
