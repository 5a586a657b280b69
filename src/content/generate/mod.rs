//! Theatres that nobody wrote: a scenario made from a shape, some numbers and a seed, as the text of its file. Equal
//! wishes make equal texts on every machine.
//!
//! A theatre is fair because it is one part, repeated: sectors, lanes, terrain, sites and forces are made once and turned
//! about the middle for each seat. What belongs to nobody, the heart, lies in the middle itself.

mod dice;
mod forces;
mod ground;
mod names;
mod round;
mod shape;
mod verdict;
mod write;

use std::{fmt, ops::RangeInclusive, str::FromStr};

pub(super) use self::write::manifest;
use self::{dice::Dice, forces::Muster, ground::Ground};
use super::{Rules, suggest};

/// How sectors and lanes lie.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shape {
    /// Everybody has two neighbours, around a hollow middle.
    Ring,
    /// Arms that wind out of the middle, with jumps from arm to arm.
    Spiral,
    /// Fronts that face one another across a few gaps.
    Line,
    /// Knots of sectors, and few long lanes from knot to knot.
    Cluster,
    /// Homes far apart, and a rich middle where the roads meet.
    Bridge,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Shape; 5] = [
        Shape::Ring,
        Shape::Spiral,
        Shape::Line,
        Shape::Cluster,
        Shape::Bridge,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Ring => "ring",
            Shape::Spiral => "spiral",
            Shape::Line => "line",
            Shape::Cluster => "cluster",
            Shape::Bridge => "bridge",
        }
    }

    /// What it is like, in one line.
    pub fn summary(self) -> &'static str {
        match self {
            Shape::Ring => "two neighbours each, around a hollow middle",
            Shape::Spiral => "arms wound out of the middle, with jumps from arm to arm",
            Shape::Line => "fronts that face one another across a few gaps",
            Shape::Cluster => "knots of sectors, few long lanes between them",
            Shape::Bridge => "homes far apart, a rich middle where the roads meet",
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Shape {
    type Err = WishError;
    fn from_str(text: &str) -> Result<Self, WishError> {
        let known = Shape::ALL.into_iter().find(|shape| shape.name() == text);
        known.ok_or_else(|| WishError::Shape {
            text: text.to_owned(),
            meant: suggest(text, Shape::ALL.map(Shape::name)).map(str::to_owned),
        })
    }
}

/// What is wished for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// How it lies.
    pub shape: Shape,
    /// Sectors, at most: what cannot be shared out evenly is left away.
    pub size: u32,
    /// Seats, each a side of its own.
    pub seats: u32,
    /// Turns that the war lasts.
    pub turns: u32,
    /// What the theatre is drawn by.
    pub seed: u64,
    /// Shown name; else one that fits.
    pub title: Option<String>,
    /// Id of the scenario, in kebab-case; else one made of the numbers.
    pub id: Option<String>,
}

impl Wish {
    /// Sectors that may be wished for.
    pub const SIZE: RangeInclusive<u32> = 8..=200;
    /// Seats that may be wished for.
    pub const SEATS: RangeInclusive<u32> = 2..=6;
    /// Turns that may be wished for.
    pub const TURNS: RangeInclusive<u32> = 5..=200;
    /// Sectors that a seat needs for itself: a home, a place to go out from, and something between it and the others.
    const LEAST: u32 = 3;
    /// Most letters of a title.
    const TITLE: usize = 80;

    /// A war of two over some thirty sectors, four weeks long.
    pub fn new(shape: Shape) -> Self {
        Self {
            shape,
            size: 31,
            seats: 2,
            turns: 28,
            seed: 1,
            title: None,
            id: None,
        }
    }

    /// The fewest sectors on which so many seats have room.
    pub fn least_size(seats: u32) -> u32 {
        (seats.saturating_mul(Self::LEAST) + 1).max(*Self::SIZE.start())
    }

    /// The id that its scenario has: as wished, or of its numbers.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| {
            let (size, seats, turns) = (self.size, self.seats, self.turns);
            format!("{}-{size}-{seats}-{turns}-{}", self.shape, self.seed)
        })
    }

    /// Whether it can be had.
    ///
    /// # Errors
    /// What is out of its range, and what would do.
    pub fn check(&self) -> Result<(), WishError> {
        let within = |what, value: u32, range: RangeInclusive<u32>| {
            let (least, most) = (*range.start(), *range.end());
            if range.contains(&value) {
                return Ok(());
            }
            Err(WishError::Range {
                what,
                value,
                least,
                most,
                nearest: value.clamp(least, most),
            })
        };
        within("size", self.size, Self::SIZE)?;
        within("seats", self.seats, Self::SEATS)?;
        within("turns", self.turns, Self::TURNS)?;
        let least = Self::least_size(self.seats);
        if self.size < least {
            return Err(WishError::Crowded {
                seats: self.seats,
                size: self.size,
                least,
            });
        }
        if let Some(title) = &self.title {
            let letters = title.chars().count();
            let odd = title.chars().any(char::is_control);
            if title.trim().is_empty() || letters > Self::TITLE || odd {
                return Err(WishError::Title { most: Self::TITLE });
            }
        }
        match &self.id {
            Some(id) if !is_kebab(id) => Err(WishError::Id(id.clone())),
            _ => Ok(()),
        }
    }
}

/// Why a wish cannot be had.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WishError {
    /// No such shape.
    #[error(
        "there is no shape `{text}`; there are ring, spiral, line, cluster, bridge{}",
        or(meant)
    )]
    Shape {
        /// What was written.
        text: String,
        /// What was meant, most likely.
        meant: Option<String>,
    },
    /// A number out of its range.
    #[error("{what} {value} is out of range: {least} to {most}; the nearest is {nearest}")]
    Range {
        /// Which.
        what: &'static str,
        /// What was wished for.
        value: u32,
        /// Least.
        least: u32,
        /// Most.
        most: u32,
        /// What would do.
        nearest: u32,
    },
    /// So many seats have no room.
    #[error("{seats} seats have no room on {size} sectors: they need {least} at least")]
    Crowded {
        /// How many.
        seats: u32,
        /// Sectors.
        size: u32,
        /// What would do.
        least: u32,
    },
    /// No title.
    #[error("a title has between 1 and {most} letters and stands on one line")]
    Title {
        /// Most letters.
        most: usize,
    },
    /// No id.
    #[error("`{0}` is no id: small letters and digits, with hyphens between them, 60 at most")]
    Id(String),
    /// The rules have nothing of which this could be made.
    #[error("the rules have {0}, so no theatre can be made with them")]
    Rules(&'static str),
}

fn or(meant: &Option<String>) -> String {
    let meant = meant.as_ref();
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// Whether this can be an id of a scenario and the name of a folder.
fn is_kebab(text: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        !part.is_empty() && part.chars().all(plain)
    };
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
    begins && text.len() <= 60 && text.split('-').all(part)
}

/// The nearest that can be an id: `My War!` is `my-war`. None of what has no letter.
pub fn kebab(text: &str) -> Option<String> {
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() == 60 {
            break;
        }
    }
    let id = id.trim_matches('-').to_owned();
    is_kebab(&id).then_some(id)
}

/// A theatre, as files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Theatre {
    /// Id of the scenario.
    pub id: String,
    /// Its shown name.
    pub title: String,
    /// Seats by id, with their shown names.
    pub seats: Vec<(String, String)>,
    /// How many sectors it came to.
    pub sectors: usize,
    /// The file of the scenario.
    pub scenario: String,
}

/// The campaign in which generated theatres stand.
pub const CAMPAIGN: &str = "generated";

impl Theatre {
    /// The files of a mod that holds it, by their paths within the mod's folder.
    pub fn files(&self) -> Vec<(String, String)> {
        vec![
            ("mod.ron".into(), write::manifest(&self.id, &self.title)),
            (
                format!("scenarios/{CAMPAIGN}/campaign.ron"),
                write::campaign(),
            ),
            (
                format!("scenarios/{CAMPAIGN}/{}.ron", self.id),
                self.scenario.clone(),
            ),
        ]
    }
}

/// Makes a theatre of the classes, terrain and kinds of site that these rules have.
///
/// # Errors
/// [`WishError`] if it cannot be had.
pub fn generate(rules: &Rules, wish: &Wish) -> Result<Theatre, WishError> {
    wish.check()?;
    let ground = Ground::new(rules, wish);
    let muster = Muster::new(rules, wish, &ground, &mut Dice::new(wish.seed, "forces"))?;
    Ok(Theatre {
        id: wish.id(),
        title: ground.title.clone(),
        seats: ground
            .sides
            .iter()
            .map(|side| (side.id.clone(), format!("{} command", side.short)))
            .collect(),
        sectors: ground.sectors.len(),
        scenario: write::scenario(rules, wish, &ground, &muster),
    })
}
