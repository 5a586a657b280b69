//! A battle over many seeds: in which share of them each check holds, and where the recorded losses lie.

use std::{collections::BTreeMap, ops::RangeInclusive};

use rayon::prelude::*;
use serde::Serialize;

use super::{Held, Mode, Source, echoes, held, play::play};
use crate::{
    content::{Key, Side},
    war::WarError,
};

/// Five points of a spread: a twentieth, a quarter, half, three quarters and nineteen twentieths lie below.
pub type Band = [i64; 5];

/// A battle over many seeds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Spread {
    /// How many wars.
    pub wars: u64,
    /// Their fidelity, permille; none: nothing counts.
    pub fidelity_permille: Option<Band>,
    /// Losses, permille.
    pub losses: BTreeMap<Key<Side>, Band>,
    /// In how many of a thousand wars each check holds.
    #[serde(skip)]
    pub shares: BTreeMap<String, i64>,
    /// How often each side won; what is missing is a draw.
    pub wins: BTreeMap<Key<Side>, u64>,
}

/// The battles of a course over these seeds, in the course's order. What is an input is found at the
/// record's own seed.
///
/// # Errors
/// If a war cannot be played.
pub fn spread(
    source: Source<'_>,
    seeds: RangeInclusive<u64>,
    mode: Mode<'_>,
) -> Result<Vec<Spread>, WarError> {
    let inputs = match mode {
        Mode::Scripted => {
            let seed = source.chronicle.seed;
            let as_it_was = play(source, seed, mode, None)?;
            Some(echoes(source, seed, &as_it_was)?)
        }
        Mode::Free | Mode::Entered(_) => None,
    };
    let wars: Result<Vec<Vec<Held>>, WarError> = seeds
        .into_par_iter()
        .map(|seed| {
            let played = play(source, seed, mode, None)?;
            Ok(held(source, seed, mode, &played, inputs.as_ref()))
        })
        .collect();
    let wars = wars?;
    let battles = 0..source.course.battles.len();
    Ok(battles
        .map(|index| of(wars.iter().filter_map(|war| war.get(index)).collect()))
        .collect())
}

fn of(wars: Vec<&Held>) -> Spread {
    let mut spread = Spread {
        wars: wars.len() as u64,
        ..Spread::default()
    };
    let mut losses: BTreeMap<Key<Side>, Vec<i64>> = BTreeMap::new();
    let mut holding: BTreeMap<String, i64> = BTreeMap::new();
    for war in &wars {
        for (side, lost) in &war.losses {
            losses.entry(side.clone()).or_default().push(*lost);
        }
        for check in &war.checks {
            *holding.entry(check.id.clone()).or_default() += i64::from(check.holds());
        }
        if let Some(side) = &war.winner {
            *spread.wins.entry(side.clone()).or_default() += 1;
        }
    }
    let count = i64::try_from(wars.len()).unwrap_or(i64::MAX).max(1);
    spread.fidelity_permille = band(wars.iter().filter_map(|w| w.fidelity_permille).collect());
    let losses = losses.into_iter();
    spread.losses = losses
        .filter_map(|(side, all)| Some((side, band(all)?)))
        .collect();
    let holding = holding.into_iter();
    spread.shares = holding.map(|(id, n)| (id, n * 1000 / count)).collect();
    spread
}

/// The five points; none of nothing.
fn band(mut all: Vec<i64>) -> Option<Band> {
    all.sort_unstable();
    let last = all.len().checked_sub(1)?;
    Some([50, 250, 500, 750, 950].map(|permille| all[(last * permille + 500) / 1000]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_points_of_what_there_is() {
        assert_eq!(band(Vec::new()), None);
        assert_eq!(band(vec![7]), Some([7; 5]));
        assert_eq!(band((0..=100).rev().collect()), Some([5, 25, 50, 75, 95]));
    }
}
