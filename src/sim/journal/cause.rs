//! Why ships were lost.

use serde::{Deserialize, Serialize};

use crate::content::{Deed, Key, Meter, Sector, Site, Weapon};

/// Why ships were lost.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Hit by a salvo of this weapon from this sector.
    Salvo(Key<Weapon>, Key<Sector>),
    /// Hit by answering fire of this weapon from this sector.
    Answer(Key<Weapon>, Key<Sector>),
    /// Shelled while standing still.
    Bombard(Key<Weapon>, Key<Sector>),
    /// Fallen in a battle's bout.
    Bout(u32),
    /// Overtaken on the retreat.
    Pursuit,
    /// Taken with no way out.
    CutOff,
    /// Lost to a storm, a shoal or mines on the way.
    Passage,
    /// Hit by this weapon of a site.
    Battery(Key<Weapon>, Key<Site>),
    /// Harmed by a deed.
    Deed(Key<Deed>),
    /// Harmed by what a meter at its threshold does.
    Meter(Key<Meter>),
}

impl Cause {
    /// The word statistics sort by.
    pub fn name(&self) -> &'static str {
        match self {
            Cause::Salvo(..) => "salvo",
            Cause::Answer(..) => "answer",
            Cause::Bombard(..) => "bombard",
            Cause::Bout(_) => "bout",
            Cause::Pursuit => "pursuit",
            Cause::CutOff => "cut-off",
            Cause::Passage => "passage",
            Cause::Battery(..) => "battery",
            Cause::Deed(_) => "deed",
            Cause::Meter(_) => "meter",
        }
    }
}
