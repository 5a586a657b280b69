//! What many wars come to: shares with their limits, bands, reserves over time, and use.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::play::{Outcome, Reserve};
use crate::{cli::results::quantile, war::usage::Kind};

/// A share of the wars, permille, with Wilson's limits at 95 percent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Share {
    /// In so many of a thousand.
    pub share: usize,
    /// The lower limit.
    pub low: i64,
    /// The upper one.
    pub high: i64,
}

/// Where numbers lie: so many percent of them below each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Bands {
    /// 5 percent.
    pub p5: i64,
    /// A quarter.
    pub p25: i64,
    /// Half.
    pub p50: i64,
    /// Three quarters.
    pub p75: i64,
    /// 95 percent.
    pub p95: i64,
}

/// A side in all wars.
pub struct Side {
    /// Which.
    pub id: String,
    /// Wars that it won.
    pub wins: usize,
    /// The share of them.
    pub share: Share,
    /// Losses, permille.
    pub losses: Bands,
    /// Reserve stocks fired.
    pub fired: Bands,
    /// Reserve stocks left.
    pub left: Bands,
}

/// A definition of the rules in all wars.
pub struct Used {
    /// Its id.
    pub id: String,
    /// Wars in which it was used at all.
    pub wars: usize,
    /// Sums over the wars, in the order of [`Kind::counts`].
    pub counts: Vec<i64>,
}

/// What many wars come to.
pub struct Sums {
    /// The scenario's id.
    pub scenario: String,
    /// Its shown name.
    pub title: String,
    /// First seed, and the one after the last.
    pub seeds: (u64, u64),
    /// How many wars.
    pub wars: usize,
    /// Each side, in the order of their ids.
    pub sides: Vec<Side>,
    /// Wars that nobody won.
    pub draws: usize,
    /// How long the wars took.
    pub turns: Bands,
    /// How they came out, tenths of a point.
    pub scores: Bands,
    /// What was left of each reserve: at the start, and after each turn.
    pub reserves: BTreeMap<Reserve, Vec<Bands>>,
    /// What of the rules was used, kind by kind.
    pub used: Vec<(Kind, Vec<Used>)>,
}

impl Sums {
    /// Counts these wars of a scenario.
    pub fn of(scenario: &str, title: &str, seeds: (u64, u64), outcomes: &[Outcome]) -> Self {
        let ids: BTreeSet<&String> = outcomes.iter().flat_map(|o| o.sides.keys()).collect();
        let of_side = |id: &String, value: fn(&crate::cli::results::SideResult) -> i64| {
            let sides = outcomes.iter().filter_map(|o| o.sides.get(id));
            Bands::of(sides.map(value))
        };
        let sides = ids.into_iter().map(|id| {
            let won = outcomes.iter().filter(|o| o.winner.as_ref() == Some(id));
            let wins = won.count();
            Side {
                id: id.clone(),
                wins,
                share: Share::of(wins, outcomes.len()),
                losses: of_side(id, |side| side.forces_lost_permille),
                fired: of_side(id, |side| side.charges_fired),
                left: of_side(id, |side| side.charges_left),
            }
        });
        Self {
            scenario: scenario.to_owned(),
            title: title.to_owned(),
            seeds,
            wars: outcomes.len(),
            sides: sides.collect(),
            draws: outcomes.iter().filter(|o| o.winner.is_none()).count(),
            turns: Bands::of(outcomes.iter().map(|o| o.turns.into())),
            scores: Bands::of(outcomes.iter().map(|o| o.score)),
            reserves: reserves(outcomes),
            used: Kind::ALL.map(|kind| (kind, used(kind, outcomes))).into(),
        }
    }

    /// What could have been used, and was not in any war, by kind; kinds of which all was used are left out.
    pub fn never(&self) -> Vec<(Kind, Vec<&str>)> {
        let kinds = self.used.iter().map(|(kind, all)| {
            let idle = all.iter().filter(|used| used.wars == 0);
            (*kind, idle.map(|used| used.id.as_str()).collect::<Vec<_>>())
        });
        kinds.filter(|(_, idle)| !idle.is_empty()).collect()
    }
}

impl Share {
    /// Wilson's interval at 95 percent: right also for few wars and for shares near 0 and 1.
    fn of(wins: usize, of: usize) -> Self {
        if of == 0 {
            return Self {
                share: 0,
                low: 0,
                high: 1000,
            };
        }
        let (n, p, z) = (of as f64, wins as f64 / of as f64, 1.959_964_f64);
        let centre = p + z * z / (2.0 * n);
        let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        let permille = |x: f64| (x.clamp(0.0, 1.0) * 1000.0).round() as i64;
        Self {
            share: wins * 1000 / of,
            low: permille((centre - spread) / scale),
            high: permille((centre + spread) / scale),
        }
    }
}

impl Bands {
    /// Of these numbers; all nothing if there are none.
    pub fn of(numbers: impl Iterator<Item = i64>) -> Self {
        let mut all: Vec<i64> = numbers.collect();
        all.sort_unstable();
        let [p5, p25, p50, p75, p95] = [50, 250, 500, 750, 950].map(|share| quantile(&all, share));
        Self {
            p5,
            p25,
            p50,
            p75,
            p95,
        }
    }
}

/// Reserves turn by turn up to the longest war. A war that has ended keeps what it had left, so that each band is one
/// of all wars and none jumps where a war ends.
fn reserves(outcomes: &[Outcome]) -> BTreeMap<Reserve, Vec<Bands>> {
    let keys: BTreeSet<&Reserve> = outcomes.iter().flat_map(|o| o.reserves.keys()).collect();
    let longest = outcomes.iter().map(|o| o.turns).max().unwrap_or(0);
    let at = |key: &Reserve, turn: usize| {
        Bands::of(outcomes.iter().map(|outcome| {
            let left = outcome.reserves.get(key).map_or(&[][..], Vec::as_slice);
            left.get(turn).or(left.last()).copied().unwrap_or(0)
        }))
    };
    keys.into_iter()
        .map(|key| {
            let turns = (0..=longest).map(|turn| at(key, turn as usize));
            (key.clone(), turns.collect())
        })
        .collect()
}

fn used(kind: Kind, outcomes: &[Outcome]) -> Vec<Used> {
    let mut all: BTreeMap<&str, Used> = BTreeMap::new();
    for (id, counts) in outcomes.iter().flat_map(|o| o.usage.counts(kind)) {
        let used = all.entry(id).or_insert_with(|| Used {
            id: id.clone(),
            wars: 0,
            counts: vec![0; kind.counts().len()],
        });
        used.wars += usize::from(counts.iter().any(|count| *count != 0));
        for (sum, count) in used.counts.iter_mut().zip(counts) {
            *sum = sum.saturating_add(*count);
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_wilsons() {
        let limits = |wins, of| {
            let share = Share::of(wins, of);
            (share.low, share.high)
        };
        assert_eq!(limits(50, 100), (404, 596));
        assert_eq!(limits(0, 10).0, 0);
        assert_eq!(limits(10, 10).1, 1000);
        assert_eq!(limits(0, 0), (0, 1000));
    }

    #[test]
    fn bands_are_of_any_order() {
        let bands = Bands::of((1..=100).rev());
        assert_eq!((bands.p5, bands.p50, bands.p95), (6, 51, 96));
        assert_eq!((bands.p25, bands.p75), (26, 76));
        assert_eq!(Bands::of(std::iter::empty()), Bands::default());
    }
}
