//! Trials, checked and typed: a small war, what is ordered in it, and what must come of it. Modders test their own
//! content with them; the project proves with them that each system of `seeds/systems.ron` does something.
//! Read from `tests/*.ron` of a mod and from `seeds/proofs/*.ron`.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;

use super::{Condition, Force, Key, Meter, Scenario, Seat, Sector, Side, Span, Stock, ron::At};

/// A small war and what must come of it.
#[derive(Clone, Debug, JsonSchema)]
pub struct Trial {
    /// Its id, by which rows of the table of systems name it.
    pub id: Key<Trial>,
    /// Where it is written.
    #[schemars(skip)]
    pub span: Span,
    /// One sentence: what is shown.
    pub what: String,
    /// What is played: a scenario of the catalogue, or a field written out as one.
    pub scenario: Arc<Scenario>,
    /// Levels of the seats that the computer plays, as written; the others do as they are told.
    pub players: BTreeMap<Key<Seat>, At<String>>,
    /// Orders by turn, in the words of `angelfire order`; each goes to the seat of the force that it names.
    pub orders: BTreeMap<u32, Vec<At<String>>>,
    /// Turns that are played, from 1; fewer if the war ends before.
    pub turns: u32,
    /// First and last seed.
    pub seeds: (u64, u64),
    /// What must come of it.
    pub expect: Vec<Expect>,
    /// Edits that take away the thing whose effect is proved.
    pub neutral: Vec<Edit>,
    /// The figure that must differ with and without it.
    pub moves: Option<Moves>,
    /// The choice that must differ with and without it.
    pub decision: Option<Decision>,
    /// What somebody must be able to read.
    pub reads: Option<Reads>,
}

impl Trial {
    /// Seeds it is played with.
    pub fn seeds(&self) -> impl Iterator<Item = u64> + use<> {
        self.seeds.0..=self.seeds.1
    }
    /// How many they are.
    pub fn wars(&self) -> u64 {
        self.seeds.1 - self.seeds.0 + 1
    }
    /// Whether it is a proof: it shows more than that something holds.
    pub fn is_proof(&self) -> bool {
        self.moves.is_some() || self.decision.is_some() || self.reads.is_some()
    }
}

/// What must hold at the end of a turn.
#[derive(Clone, Debug, JsonSchema)]
pub struct Expect {
    /// Where it is written.
    #[schemars(skip)]
    pub span: Span,
    /// At the end of which turn; 0: before the first.
    pub at: u32,
    /// What.
    pub what: Expected,
    /// In which share of the wars; none: in every war.
    pub share: Option<Portion>,
}

/// A share of the wars in which something holds, and how sure that must be. One of the two bounds is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, JsonSchema)]
pub struct Portion {
    /// Not less than this, permille.
    pub least: Option<i32>,
    /// Not more than this, permille.
    pub most: Option<i32>,
    /// How sure each bound must be, permille.
    pub sure: i32,
}

/// What is expected.
#[derive(Clone, Debug, JsonSchema)]
pub enum Expected {
    /// The condition holds, in truth.
    Holds(Condition),
    /// The order of these words has been refused.
    Refused(At<String>),
    /// A figure lies within bounds.
    Figure {
        /// Which.
        figure: Figure,
        /// Not less.
        least: Option<i64>,
        /// Not more.
        most: Option<i64>,
        /// Its mean over all wars is meant, not each war's.
        mean: bool,
    },
}

/// A number that a war tells.
#[derive(Clone, Debug, JsonSchema)]
pub enum Figure {
    /// This number.
    Number(i64),
    /// How often something happened.
    Count(Tally),
    /// The sum of a field of all that happened: names of fields within fields are parted by slashes.
    Sum(Tally, At<String>),
    /// Hit points of a side afloat.
    Strength(Key<Side>),
    /// What a side has lost of start and arrivals, permille.
    Lost(Key<Side>),
    /// What a side's magazines and depots hold of a stock.
    Stock(Key<Side>, Key<Stock>),
    /// What a side has fired of a stock.
    Fired(Key<Side>, Key<Stock>),
    /// A side's meter.
    Meter(Key<Side>, Key<Meter>),
    /// Sectors that a side holds.
    Sectors(Key<Side>),
    /// The score, tenths of a point; where each side has its own, the lead of the highest.
    Score,
    /// A side's own score, tenths of a point.
    ScoreOf(Key<Side>),
    /// 1 if the war is over and the side has won it, else 0: no war goes on after the turns of its scenario.
    Won(Key<Side>),
    /// Hit points of a force with its detachments; 0 when it is no more.
    Hull(Key<Force>),
    /// Readiness of a force, permille; 0 when it is no more.
    Readiness(Key<Force>),
    /// Supply aboard a force, tenths of a day.
    Supply(Key<Force>),
    /// What a force has of a stock aboard.
    Aboard(Key<Force>, Key<Stock>),
    /// 1 if the force is in the sector, else 0.
    At(Key<Force>, Key<Sector>),
    /// 1 if the condition holds in truth, else 0.
    If(Condition),
    /// A number in a row of the state's tables: table, row, and field within it, parts parted by slashes.
    Row(At<String>, At<String>, At<String>),
    /// What a seat has to expect of the fight at a sector, with the orders it has for the turn that begins; 0 if none of
    /// its forces is there or on its way there.
    Forecast(Key<Seat>, Key<Sector>, Outlook),
    /// All of these together.
    Plus(Vec<Figure>),
    /// So many times this.
    Times(i64, Box<Figure>),
    /// The first less the second.
    Minus(Box<Figure>, Box<Figure>),
    /// The first as a share of the second, permille; 0 if the second is 0.
    Share(Box<Figure>, Box<Figure>),
}

/// Which happenings count.
#[derive(Clone, Debug, JsonSchema)]
pub struct Tally {
    /// The kind of happening, as the journal calls it: `ships-lost`.
    pub kind: At<String>,
    /// Fields and what any of them must be or hold.
    pub of: Vec<(At<String>, At<Vec<String>>)>,
    /// First and last turn; none: all so far.
    pub turns: Option<(u32, u32)>,
}

/// What a forecast is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, JsonSchema)]
pub enum Outlook {
    /// The middle of own losses, hit points.
    Own,
    /// The middle of hostile losses, hit points.
    Hostile,
    /// How often the place is one's own afterwards, permille.
    Holds,
}

/// Which way a figure must move.
#[derive(Clone, Copy, PartialEq, Eq, Debug, JsonSchema)]
pub enum Toward {
    /// More with the thing than without.
    Up,
    /// Less with it.
    Down,
}

/// A figure that differs with and without the thing that is proved.
#[derive(Clone, Debug, JsonSchema)]
pub struct Moves {
    /// Which, its mean over the wars.
    pub figure: Figure,
    /// At the end of which turn.
    pub at: u32,
    /// Which way.
    pub by: Toward,
    /// By how much at least.
    pub at_least: i64,
}

/// A choice that differs with and without the thing that is proved.
#[derive(Clone, Debug, JsonSchema)]
pub struct Decision {
    /// Who chooses.
    pub seat: Key<Seat>,
    /// On which turn.
    pub turn: u32,
    /// What may be ordered beside the orders that are given anyway, by name.
    pub options: BTreeMap<String, Vec<At<String>>>,
    /// By which figure, its mean over the wars.
    pub figure: Figure,
    /// At the end of which turn.
    pub at: u32,
    /// Whether the most of it is best, or the least.
    pub most: bool,
}

/// Words that must be found in what a seat reads.
#[derive(Clone, Debug, JsonSchema)]
pub struct Reads {
    /// Whose; none: anybody's.
    pub seat: Option<Key<Seat>>,
    /// The words.
    pub text: At<String>,
}

/// A change of content: which thing, which field of it, and the RON that stands there instead.
#[derive(Clone, PartialEq, Eq, Debug, JsonSchema)]
pub struct Edit {
    /// `kind/id`, or `field` for the trial's own field.
    pub thing: At<String>,
    /// Names of fields, ids of list members or their numbers from 0, parted by slashes.
    pub path: At<String>,
    /// RON text.
    pub text: At<String>,
}

/// How much a system of the record weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// It changes somebody's best order.
    Decision,
    /// It shows in numbers.
    Colour,
    /// It is only told.
    Setting,
}

/// A system of war that the record's documents describe, and where the game has it.
#[derive(Clone, Debug, JsonSchema)]
pub struct System {
    /// The chronicle's id.
    pub id: String,
    /// Where the row is written.
    #[schemars(skip)]
    pub span: Span,
    /// The document: `000`.
    pub document: String,
    /// The section of its tables: `D1`.
    pub section: String,
    /// Shown name.
    pub name: String,
    /// What it is, in one or two sentences.
    pub what: String,
    /// Title, section and paragraph of the source.
    pub source: String,
    /// Which of the game's twelve mechanisms carries it.
    pub mechanism: String,
    /// How much it weighs.
    pub weight: Weight,
    /// Content that has it: `kind/id` or `kind/id/field`.
    pub data: Vec<At<String>>,
    /// Ids of trials that show it at work.
    pub proofs: Vec<At<String>>,
}
