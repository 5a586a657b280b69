//! Orders matter more than dice: another order set for a single turn, played on by the same opponents, ends in another
//! score.

use std::{collections::BTreeMap, sync::Arc};

use angelfire::{
    ai::Level,
    content::{Catalog, Key, Seat},
    sim::{Sim, tables::Snapshot},
};
use rayon::prelude::*;

use super::policy::{Policy, concordat, level, pair, play_on, turn};

/// Whose order sets are tried for a turn.
pub const TRIED: [Policy; 4] = [
    level(Level::Steady),
    level(Level::Rush),
    level(Level::Hoard),
    level(Level::Passive),
];

/// For each turn and seat: mean final score, tenths of a point, had the seat played this turn alone by each of the
/// policies of [`TRIED`], and all other turns by `Steady`.
pub fn by_turn(
    catalog: &Catalog,
    seeds: std::ops::Range<u64>,
    every: u32,
) -> BTreeMap<(u32, Key<Seat>), [i64; TRIED.len()]> {
    let n = (seeds.end - seeds.start) as i64;
    let steady = pair(TRIED[0], TRIED[0]);
    let wars: Vec<BTreeMap<(u32, Key<Seat>), [i64; TRIED.len()]>> = seeds
        .into_par_iter()
        .map(|seed| {
            let mut found = BTreeMap::new();
            let mut sim = concordat(catalog, seed);
            let straight = play_on(&mut concordat(catalog, seed), &steady, seed).score;
            while sim.ended().is_none() {
                let at = sim.turn();
                if (at - 1).is_multiple_of(every) {
                    let before = sim.snapshot();
                    for seat in steady.keys() {
                        let scores = TRIED.map(|policy| {
                            if policy.level == Level::Steady {
                                return straight;
                            }
                            let mut other = resume(catalog, seed, &before);
                            let mut once = steady.clone();
                            once.insert(seat.clone(), policy);
                            turn(&mut other, &once, seed);
                            play_on(&mut other, &steady, seed).score
                        });
                        found.insert((at, seat.clone()), scores);
                    }
                }
                turn(&mut sim, &steady, seed);
            }
            found
        })
        .collect();
    let mut means = BTreeMap::new();
    for war in wars {
        for (key, scores) in war {
            let sums = means.entry(key).or_insert([0; TRIED.len()]);
            for (sum, score) in sums.iter_mut().zip(scores) {
                *sum += score;
            }
        }
    }
    for sums in means.values_mut() {
        for sum in sums.iter_mut() {
            *sum /= n;
        }
    }
    means
}

fn resume(catalog: &Catalog, seed: u64, state: &Snapshot) -> Sim {
    let rules = Arc::new(catalog.rules.clone());
    let scenario = catalog.scenarios["mw-concordat"].clone();
    Sim::restore(rules, scenario, seed, state).expect("a state of its own")
}

#[test]
fn orders_weigh_more_than_dice() {
    let means = by_turn(&Catalog::shipped(), 1..4, 3);
    let (weighty, turns) = weighty(&means);
    assert!(weighty * 10 >= turns * 8, "{weighty} of {turns}: {means:?}");
}

/// Turns on which, for one seat or the other, two order sets differ by 50 permille or more of the better score; and all.
pub fn weighty(means: &BTreeMap<(u32, Key<Seat>), [i64; TRIED.len()]>) -> (usize, usize) {
    let mut turns: BTreeMap<u32, bool> = BTreeMap::new();
    for ((turn, _), scores) in means {
        let (low, high) = (scores.iter().min(), scores.iter().max());
        let apart = low.zip(high).is_some_and(|(l, h)| (h - l) * 20 >= *h);
        *turns.entry(*turn).or_default() |= apart;
    }
    (turns.values().filter(|w| **w).count(), turns.len())
}
