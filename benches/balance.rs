//! What the numbers of `mw-concordat` make of it, over more wars than a test can play: who wins, whether stances have to
//! be mixed, whether orders weigh more than dice. `cargo bench --bench balance`, some minutes; a number as argument
//! plays so many seeds instead of 50.

#[path = "../tests/campaigns/decisions.rs"]
mod decisions;
#[path = "../tests/campaigns/mixed.rs"]
mod mixed;
#[path = "../tests/campaigns/policy.rs"]
mod policy;

use std::ops::Range;

use angelfire::{ai::Level, content::Catalog};
use rayon::prelude::*;

use policy::{Policy, concordat, level, pair, play_on};

/// Seeds that no test plays and no number was set on.
const FIRST: u64 = 3001;

fn main() {
    let many = std::env::args()
        .filter_map(|a| a.parse().ok())
        .find(|n| *n > 0)
        .unwrap_or(50);
    let catalog = Catalog::shipped();
    let seeds = FIRST..FIRST + many;
    println!("mw-concordat, {many} wars each, seeds from {FIRST}\n");
    shares(&catalog, seeds.clone());
    println!("\nmean score of the Allies, points");
    table(&catalog, &seeds);
    println!("\nmean score had one seat played one turn by another policy, points");
    let means = decisions::by_turn(&catalog, seeds, 1);
    println!(
        "{:>4} {:8}{}",
        "turn",
        "seat",
        decisions::TRIED.map(|p| format!("{p:>9}")).concat()
    );
    for ((turn, seat), scores) in &means {
        let cells = scores.map(|s| format!("{:>9}", s / 10)).concat();
        println!("{turn:>4} {:8}{cells}", seat.as_str());
    }
    let (weighty, turns) = decisions::weighty(&means);
    println!("{weighty} of {turns} turns: two order sets differ by 5 percent or more");
}

fn shares(catalog: &Catalog, seeds: Range<u64>) {
    let (steady, yardsticks) = (Level::Steady, [Level::Passive, Level::Rush, Level::Hoard]);
    let pairs = std::iter::once((steady, steady))
        .chain(yardsticks.map(|y| (steady, y)))
        .chain(yardsticks.map(|y| (y, steady)));
    for (allies, dcp) in pairs {
        let policies = pair(level(allies), level(dcp));
        let won = seeds
            .clone()
            .into_par_iter()
            .filter(|seed| {
                let ending = play_on(&mut concordat(catalog, *seed), &policies, *seed);
                ending.winner.is_some_and(|w| w.as_str() == "allies")
            })
            .count();
        let all = seeds.end - seeds.start;
        println!("{allies:>8} v {dcp:8} Allies win {won} of {all}");
    }
}

fn table(catalog: &Catalog, seeds: &Range<u64>) {
    let columns: Vec<Policy> = mixed::COALITION_MIXES
        .into_iter()
        .chain(mixed::ATTACKING)
        .collect();
    let heads: String = columns.iter().map(|c| format!("{c:>25}")).collect();
    println!("{:25}{heads}", "");
    for row in mixed::ALLIED_MIXES.into_iter().chain(mixed::DEFENDING) {
        let cells: String = columns
            .iter()
            .map(|c| {
                let mean = mixed::mean(catalog, row, *c, seeds.clone());
                format!("{:>25}", mean / 10)
            })
            .collect();
        println!("{row:25}{cells}");
    }
}
