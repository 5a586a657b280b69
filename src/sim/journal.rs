//! The journal: what happened, in order, typed, each entry with its witnesses. Films, reports,
//! statistics, historical checks and tests all read it; nothing else tells what happened.
//!
//! Who knows of an entry is settled when it is written. Words come later, from text files.

mod cause;
mod witness;

use std::{collections::BTreeMap, sync::Arc};

use bevy::ecs::resource::Resource;
use serde::{Deserialize, Serialize};

use super::{
    order::{Order, Refusal},
    state::Place,
    turn::Phase,
};
use crate::content::{
    Class, Commander, Deed, Faction, Force, Key, Meter, Objective, Pact, Seat, Sector, Side, Site,
    Stance, Stock, Trait, Weapon,
};

pub use cause::Cause;
pub use witness::Witnesses;

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// In which phase of the turn.
    pub phase: Phase,
    /// What.
    pub what: What,
    /// Who knows of it.
    pub witnesses: Witnesses,
}

/// What something befalls.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A force.
    Force(Key<Force>),
    /// A site.
    Site(Key<Site>),
    /// A sector.
    Sector(Key<Sector>),
    /// A side.
    Side(Key<Side>),
}

/// One side's troops in a ground fight: units before it, and lost in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Camp {
    /// Whose.
    pub side: Key<Side>,
    /// Units before.
    pub before: BTreeMap<Key<Stock>, i32>,
    /// Units lost.
    pub lost: BTreeMap<Key<Stock>, i32>,
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
        /// The site it was meant for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<Key<Site>>,
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
    /// A broken force was overtaken on its way off the field, and harmed without an answer.
    Pursued {
        force: Key<Force>,
        by: Key<Side>,
        place: Place,
        hp: i64,
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
    /// A meter of a force, a site or a sector passed a threshold.
    Reached {
        at: Subject,
        meter: Key<Meter>,
        value: i32,
        name: String,
    },
    /// A force was placed before anything moved.
    Deployed {
        force: Key<Force>,
        sector: Key<Sector>,
    },
    /// A deed that takes longer was begun: it is done on that turn, if nothing comes between.
    DeedBegun {
        force: Key<Force>,
        deed: Key<Deed>,
        at: Option<Subject>,
        turn: u32,
    },
    /// A deed was done, or failed. `chance` permille.
    DeedDone {
        force: Key<Force>,
        deed: Key<Deed>,
        at: Option<Subject>,
        success: bool,
        chance: i32,
        sum: String,
    },
    /// It came to nothing: the force marched or fought, or the target was no longer to be had.
    DeedOff { force: Key<Force>, deed: Key<Deed> },
    /// Somebody did this to what is one's own; who is not known.
    DeedSuffered { at: Subject, deed: Key<Deed> },
    /// A battery of a site fired at a force over it.
    SiteFired {
        site: Key<Site>,
        weapon: Key<Weapon>,
        target: Key<Force>,
        salvos: i32,
        hits: i32,
        hp: i64,
    },
    /// A site was shelled: hit points of fire, layers of shields down and in all, units of troops killed.
    SiteShelled {
        site: Key<Site>,
        by: Key<Side>,
        hp: i64,
        down: i32,
        layers: i32,
        killed: i32,
    },
    /// A site was destroyed.
    SiteRazed { site: Key<Site>, owner: Key<Side> },
    /// A site gave itself up, or rose.
    SiteTurned {
        site: Key<Site>,
        by: Key<Side>,
        from: Key<Side>,
        rose: bool,
    },
    /// Troops went down; `lost` on the way.
    Landed {
        force: Key<Force>,
        site: Key<Site>,
        stock: Key<Stock>,
        amount: i32,
        lost: i32,
    },
    /// Troops came aboard.
    Lifted {
        force: Key<Force>,
        site: Key<Site>,
        stock: Key<Stock>,
        amount: i32,
    },
    /// It was fought on the ground of a site.
    GroundFight { site: Key<Site>, camps: Vec<Camp> },
    /// A site made something.
    Made {
        site: Key<Site>,
        stock: Key<Stock>,
        amount: i32,
    },
    /// Stocks were won or lost by a deed or a meter.
    Stocked {
        at: Subject,
        stock: Key<Stock>,
        amount: i32,
    },
    /// A force that waited was called.
    Called {
        force: Key<Force>,
        sector: Key<Sector>,
        turn: u32,
    },
    /// Nobody was left to be called.
    NobodyCalled { pool: String },
    /// A force has a trait from now on, or no longer.
    Changed {
        force: Key<Force>,
        quality: Key<Trait>,
        gained: bool,
    },
    /// A seat learned what there is to know of something.
    Learnt { at: Subject },
    /// A hull was stormed and taken by boarding troops.
    Boarded {
        force: Key<Force>,
        by: Key<Force>,
        stock: Key<Stock>,
        hulls: i32,
        hp: i64,
    },
    /// Two sides stand otherwise to one another.
    Related {
        one: Key<Side>,
        other: Key<Side>,
        hostile: bool,
        allied: bool,
    },
    /// A faction obeys another seat.
    Joined {
        faction: Key<Faction>,
        seat: Key<Seat>,
    },
    /// A force went to another theatre.
    Left { force: Key<Force> },
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
    /// There is something to agree to.
    OnTable { pact: Key<Pact>, name: String },
    /// It cannot be agreed to any more.
    OffTable { pact: Key<Pact>, name: String },
    /// A seat has given its word, or taken it back.
    Word {
        seat: Key<Seat>,
        by: String,
        pact: Key<Pact>,
        name: String,
        yes: bool,
    },
    /// All have agreed.
    Agreed { pact: Key<Pact>, name: String },
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
            | What::Pursued { force, .. }
            | What::Captured { force, .. }
            | What::FlagshipLost { force, .. }
            | What::Drew { force, .. }
            | What::Short { force, .. }
            | What::Starving { force }
            | What::ConvoysLost { force, .. }
            | What::Repaired { force, .. }
            | What::Deployed { force, .. }
            | What::DeedOff { force, .. }
            | What::Landed { force, .. }
            | What::Lifted { force, .. }
            | What::Called { force, .. }
            | What::Changed { force, .. }
            | What::Left { force }
            | What::Sighted { force, .. } => vec![force],
            What::SiteFired { target, .. } => vec![target],
            What::Boarded { force, by, .. } => vec![force, by],
            What::DeedBegun { force, at, .. } | What::DeedDone { force, at, .. } => {
                let mut all = vec![force];
                if let Some(Subject::Force(target)) = at {
                    all.push(target);
                }
                all
            }
            What::DeedSuffered { at, .. }
            | What::Reached { at, .. }
            | What::Stocked { at, .. }
            | What::Learnt { at } => match at {
                Subject::Force(force) => vec![force],
                Subject::Site(_) | Subject::Sector(_) | Subject::Side(_) => Vec::new(),
            },
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
            | What::SiteShelled { .. }
            | What::SiteRazed { .. }
            | What::SiteTurned { .. }
            | What::GroundFight { .. }
            | What::Made { .. }
            | What::NobodyCalled { .. }
            | What::Related { .. }
            | What::Joined { .. }
            | What::MeterReached { .. }
            | What::Learned { .. }
            | What::Said { .. }
            | What::OnTable { .. }
            | What::OffTable { .. }
            | What::Word { .. }
            | What::Agreed { .. }
            | What::FlagSet { .. }
            | What::ObjectiveChanged { .. }
            | What::Ended { .. } => Vec::new(),
        }
    }
}

/// This turn's entries. Emptied when the next turn begins; the report keeps them.
#[derive(Resource, Default, Debug)]
pub struct Journal {
    /// In order; shared with whoever was given a report of the turn.
    pub entries: Arc<Vec<Entry>>,
    /// The phase that writes now.
    pub phase: Phase,
}

impl Journal {
    /// Begins an empty page.
    pub fn wipe(&mut self) {
        self.entries = Arc::default();
    }
    /// Writes an entry, known to these seats.
    pub fn tell(&mut self, witnesses: impl Into<Witnesses>, what: What) {
        Arc::make_mut(&mut self.entries).push(Entry {
            phase: self.phase,
            what,
            witnesses: witnesses.into(),
        });
    }
}
