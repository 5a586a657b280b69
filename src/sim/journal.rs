//! The journal: what happened, in order, typed, each entry with its witnesses. Films, reports,
//! statistics, historical checks and tests all read it; nothing else tells what happened.
//!
//! Who knows of an entry is settled when it is written. Words come later, from text files.

use std::collections::{BTreeMap, BTreeSet};

use bevy::ecs::resource::Resource;
use serde::{Deserialize, Serialize};

use super::{
    order::{Order, Refusal},
    state::Place,
    turn::Phase,
};
use crate::content::{
    Class, Commander, Force, Key, Meter, Objective, Seat, Sector, Side, Site, Stance, Stock, Weapon,
};

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// In which phase of the turn.
    pub phase: Phase,
    /// What.
    pub what: What,
    /// Who knows of it.
    pub witnesses: BTreeSet<Key<Seat>>,
}

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
    /// Lost to a storm or shoal on the way.
    Passage,
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
        }
    }
}

/// What became of a commander.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// In command, or rescued from the wreck.
    Alive,
    /// Dead with the ship.
    Dead,
    /// In enemy hands.
    Captured,
}

/// How a battle's ground was settled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroundResult {
    /// The defender gave way as his stance says.
    Given,
    /// A delaying defender kept it for the day.
    Held,
    /// A standing defender broke.
    Broken,
    /// The attacker was stopped.
    Stopped,
    /// The attacker ran after a feint and gained nothing.
    Lured,
    /// One of the two broke off at his loss limit.
    BrokenOff,
    /// Nobody was left.
    Annihilated,
}

/// One party to a battle, as written in its entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Party {
    /// Its side.
    pub side: Key<Side>,
    /// Its forces.
    pub forces: Vec<Key<Force>>,
    /// How they fought.
    pub stance: Key<Stance>,
    /// Hit points at the start.
    pub strength: i64,
    /// Hit points lost.
    pub lost: i64,
}

/// Everything that can happen. Field names are the words of the text files.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(
    missing_docs,
    reason = "fields are named after what they are; each entry says what happened"
)]
pub enum What {
    /// A force came on the map.
    Arrived {
        force: Key<Force>,
        sector: Key<Sector>,
    },
    /// It could not: hostile forces hold the place. It tries again.
    ArrivalBarred {
        force: Key<Force>,
        sector: Key<Sector>,
    },
    /// An order was refused by the truth.
    Refused { order: Order, refusal: Refusal },
    /// A force changed how it meets the enemy.
    StanceTaken {
        force: Key<Force>,
        stance: Key<Stance>,
    },
    /// A part became a force of its own.
    Split { force: Key<Force>, from: Key<Force> },
    /// A force joined another.
    Merged { force: Key<Force>, into: Key<Force> },
    /// Salvos flew. `chance` is that of one salvo, permille; `hp` the damage done.
    Salvos {
        firer: Key<Force>,
        weapon: Key<Weapon>,
        from: Key<Sector>,
        at: Key<Sector>,
        target: Option<Key<Force>>,
        cause: Cause,
        chance: i32,
        sum: String,
        salvos: i32,
        shot_down: i32,
        hits: i32,
        strays: i32,
        hp: i64,
    },
    /// Firing told these seats where the firer is (in `witnesses`).
    GaveAway {
        force: Key<Force>,
        sector: Key<Sector>,
    },
    /// Ships were destroyed or crippled.
    ShipsLost {
        force: Key<Force>,
        place: Place,
        class: Key<Class>,
        lost: i32,
        crippled: i32,
        hp: i64,
        cause: Cause,
    },
    /// A force is no more.
    ForceLost {
        force: Key<Force>,
        place: Place,
        cause: Cause,
    },
    /// A force moved along a lane or into a sector.
    Moved {
        force: Key<Force>,
        from: Place,
        to: Place,
    },
    /// Hostile forces barred the way.
    Barred {
        force: Key<Force>,
        sector: Key<Sector>,
    },
    /// A force fell back before the enemy came to grips, as it was told to.
    FellBack {
        force: Key<Force>,
        from: Key<Sector>,
        to: Key<Sector>,
    },
    /// Hostile forces met.
    Met {
        place: Place,
        parties: Vec<Key<Side>>,
    },
    /// A commander ran after a feint.
    Lured { force: Key<Force>, place: Place },
    /// One bout: losses in hit points by side.
    Bout {
        place: Place,
        bout: u32,
        dealt: BTreeMap<Key<Side>, i64>,
    },
    /// A battle ended.
    Battle {
        place: Place,
        attacker: Party,
        defender: Party,
        bouts: u32,
        ground: GroundResult,
    },
    /// A force left the field.
    Retreated {
        force: Key<Force>,
        from: Place,
        to: Key<Sector>,
    },
    /// Cripples were taken.
    Captured {
        force: Key<Force>,
        by: Key<Side>,
        hulls: i32,
        hp: i64,
        place: Place,
    },
    /// The flagship is gone.
    FlagshipLost {
        force: Key<Force>,
        commander: Key<Commander>,
        fate: Fate,
    },
    /// A sector changed hands.
    SectorTaken {
        sector: Key<Sector>,
        by: Option<Key<Side>>,
        from: Option<Key<Side>>,
    },
    /// A site changed hands.
    SiteTaken {
        site: Key<Site>,
        by: Key<Side>,
        from: Key<Side>,
    },
    /// A hostile force stands over a site.
    SiteBlockaded { site: Key<Site>, turns: i32 },
    /// A depot moved up.
    DepotMoved {
        site: Key<Site>,
        from: Key<Sector>,
        to: Key<Sector>,
    },
    /// A magazine was filled from a depot.
    Drew {
        force: Key<Force>,
        site: Key<Site>,
        stock: Key<Stock>,
        amount: i32,
    },
    /// Supply came short: wanted and delivered in tenths of a day.
    Short {
        force: Key<Force>,
        wanted: i32,
        delivered: i32,
        cut: Option<Key<Sector>>,
    },
    /// No supply left aboard.
    Starving { force: Key<Force> },
    /// Convoys were lost on the way.
    ConvoysLost {
        force: Key<Force>,
        at: Key<Sector>,
        permille: i32,
    },
    /// Ships were mended, hit points.
    Repaired { force: Key<Force>, hp: i64 },
    /// A meter reached a threshold.
    MeterReached {
        side: Key<Side>,
        meter: Key<Meter>,
        value: i32,
        name: String,
    },
    /// The side learned its lesson: these traits end.
    Learned { side: Key<Side>, trait_name: String },
    /// The scenario speaks.
    Said { text: String },
    /// A flag was set.
    FlagSet { flag: String },
    /// An objective was fulfilled, or is no longer.
    ObjectiveChanged {
        objective: Key<Objective>,
        met: bool,
    },
    /// A contact was gained or lost; `force` is who it is, told to the seat by its own name for it.
    Sighted { force: Key<Force>, place: Place },
    /// The war ended.
    Ended {
        winner: Option<Key<Side>>,
        level: String,
        score: i64,
    },
}

impl What {
    /// Every force named in it, so that a seat can be told by its own names for them.
    pub fn forces_mut(&mut self) -> Vec<&mut Key<Force>> {
        match self {
            What::Arrived { force, .. }
            | What::ArrivalBarred { force, .. }
            | What::StanceTaken { force, .. }
            | What::GaveAway { force, .. }
            | What::ShipsLost { force, .. }
            | What::ForceLost { force, .. }
            | What::Moved { force, .. }
            | What::Barred { force, .. }
            | What::FellBack { force, .. }
            | What::Lured { force, .. }
            | What::Retreated { force, .. }
            | What::Captured { force, .. }
            | What::FlagshipLost { force, .. }
            | What::Drew { force, .. }
            | What::Short { force, .. }
            | What::Starving { force }
            | What::ConvoysLost { force, .. }
            | What::Repaired { force, .. }
            | What::Sighted { force, .. } => vec![force],
            What::Split { force, from } => vec![force, from],
            What::Merged { force, into } => vec![force, into],
            What::Salvos { firer, target, .. } => {
                let mut all = vec![firer];
                all.extend(target.as_mut());
                all
            }
            What::Battle {
                attacker, defender, ..
            } => attacker
                .forces
                .iter_mut()
                .chain(&mut defender.forces)
                .collect(),
            What::Refused { .. }
            | What::Met { .. }
            | What::Bout { .. }
            | What::SectorTaken { .. }
            | What::SiteTaken { .. }
            | What::SiteBlockaded { .. }
            | What::DepotMoved { .. }
            | What::MeterReached { .. }
            | What::Learned { .. }
            | What::Said { .. }
            | What::FlagSet { .. }
            | What::ObjectiveChanged { .. }
            | What::Ended { .. } => Vec::new(),
        }
    }
}

/// This turn's entries. Emptied when the next turn begins; the report keeps them.
#[derive(Resource, Default, Debug)]
pub struct Journal {
    /// In order.
    pub entries: Vec<Entry>,
    /// The phase that writes now.
    pub phase: Phase,
}

impl Journal {
    /// Writes an entry, known to these seats.
    pub fn tell<'a>(&mut self, witnesses: impl IntoIterator<Item = &'a Key<Seat>>, what: What) {
        let witnesses = witnesses.into_iter().cloned().collect();
        self.entries.push(Entry {
            phase: self.phase,
            what,
            witnesses,
        });
    }
}
