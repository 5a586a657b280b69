//! What battles leave in the victors' hands beside cripples that could not be brought away: hulls stormed by boarding
//! troops, and commanders of rank.

use std::collections::BTreeSet;

use super::Melee;
use crate::{
    content::{Force, Key, Role, Stock},
    sim::{
        casualty::Ledger,
        field::Field,
        journal::{Fate, What},
        roster::Units,
        state::Place,
        theatre::Theatre,
    },
};

/// Boarding troops of the winners storm crippled hulls of the losers: one hull for each unit, which is used up. They go
/// for the capitals first, and for those of a force that has its commander aboard before others.
pub(super) fn board(
    t: &mut Theatre,
    field: &Field,
    units: &mut Units,
    melee: &mut Melee,
    winners: &BTreeSet<Key<Force>>,
    losers: &BTreeSet<Key<Force>>,
    place: &Place,
) {
    let boards = |stock: &Key<Stock>| {
        let troops = field
            .rules
            .stocks
            .get(stock)
            .and_then(|s| s.troops.as_ref());
        troops.is_some_and(|t| t.boards)
    };
    let mut prizes: Vec<&Key<Force>> = losers.iter().collect();
    prizes.sort_by_key(|loser| {
        let led = units
            .get(loser)
            .is_some_and(|u| u.command.commander.is_some());
        (!led, *loser)
    });
    for winner in winners {
        let Some(unit) = units.get(winner) else {
            continue;
        };
        let side = unit.side().clone();
        let teams: Vec<(Key<Stock>, i32)> = unit
            .magazine
            .0
            .iter()
            .filter(|(stock, n)| **n > 0 && boards(stock))
            .map(|(stock, n)| (stock.clone(), *n))
            .collect();
        for (stock, mut teams) in teams {
            let waves = [true, false].into_iter();
            let waves = waves.flat_map(|great| prizes.iter().map(move |loser| (great, *loser)));
            for (great, loser) in waves {
                let Some(prey) = units.get_mut(loser).filter(|_| teams > 0) else {
                    continue;
                };
                let before = prey.strength(&field.rules);
                let (mut hulls, mut capitals) = (0, 0);
                for squadron in &mut prey.ships.0 {
                    let class = field.rules.classes.get(&squadron.class);
                    let capital = class.is_some_and(|c| c.role == Role::Capital);
                    if capital != great {
                        continue;
                    }
                    let n = squadron.crippled.min(teams);
                    squadron.crippled -= n;
                    (teams, hulls) = (teams - n, hulls + n);
                    if capital {
                        capitals += n;
                    }
                }
                if hulls == 0 {
                    continue;
                }
                // Wounds go with the hulls that bore them, as far as what is left cannot carry them.
                for squadron in &mut prey.ships.0 {
                    if squadron.fit + squadron.crippled == 0 {
                        squadron.wounds = 0;
                    }
                }
                prey.ships.0.retain(|s| s.fit + s.crippled > 0);
                let hp = before - prey.strength(&field.rules);
                let taken = capitals > 0
                    && prey.command.commander.is_some()
                    && field
                        .dice(t.clock.turn, "battle.board", loser.as_str())
                        .chance(i64::from(field.rules.constants.flagship_risk));
                let commander = prey.command.commander.take_if(|_| taken);
                let prey = prey.clone();
                if let Some(tally) = melee.tallies.get_mut(&side) {
                    *tally.stocks_lost.entry(stock.clone()).or_default() += hulls;
                }
                if let Some(unit) = units.get_mut(winner)
                    && let Some(left) = unit.magazine.0.get_mut(&stock)
                {
                    *left -= hulls;
                }
                let told = [prey.side().clone(), side.clone()];
                t.tell_sides(
                    &told,
                    What::Boarded {
                        force: loser.clone(),
                        by: winner.clone(),
                        stock: stock.clone(),
                        hulls,
                        hp,
                    },
                );
                if let Some(commander) = commander {
                    t.story.fates.insert(commander.clone(), Fate::Captured);
                    let what = What::FlagshipLost {
                        force: loser.clone(),
                        commander,
                        fate: Fate::Captured,
                    };
                    t.tell_sides(&told, what);
                }
                let mut ledger = Ledger {
                    field,
                    journal: &mut t.journal,
                    story: &mut t.story,
                    tallies: &mut melee.tallies,
                };
                ledger.captured(&prey, &side, hulls, hp, place);
            }
        }
    }
}

/// Whoever was taken alive is in the hands of the strongest hostile force in the place, as what his rank makes of him.
pub(super) fn captives(mut t: Theatre) {
    let field = t.field.clone();
    let mut taken = Vec::new();
    for (i, entry) in t.journal.entries.iter().enumerate() {
        let What::FlagshipLost {
            force,
            commander,
            fate: Fate::Captured,
        } = &entry.what
        else {
            continue;
        };
        let stock = field.rules.commanders.get(commander);
        let Some(stock) = stock.and_then(|c| c.captive.clone()) else {
            continue;
        };
        // Where it was lost stands beside it.
        let near = t.journal.entries.iter().take(i + 3);
        let place = near.rev().find_map(|e| match &e.what {
            What::ShipsLost {
                force: f, place, ..
            }
            | What::Captured {
                force: f, place, ..
            } if f == force => Some(place.sector().clone()),
            _ => None,
        });
        if let (Some(place), Some(side)) = (place, field.side_of_force(force)) {
            taken.push((stock, place, side));
        }
    }
    if taken.is_empty() {
        return;
    }
    let mut units = t.roster.gather();
    let mut tallies = t.tallies();
    for (stock, place, of) in taken {
        let captor = units
            .values()
            .filter(|u| u.place.sector() == &place && field.hostile(u.side(), &of))
            .max_by_key(|u| (u.strength(&field.rules), std::cmp::Reverse(u.id.clone())))
            .map(|u| u.id.clone());
        let Some(unit) = captor.and_then(|id| units.get_mut(&id)) else {
            continue;
        };
        *unit.magazine.0.entry(stock.clone()).or_default() += 1;
        let side = unit.side().clone();
        if let Some(tally) = tallies.get_mut(&side) {
            *tally.stocks_raised.entry(stock.clone()).or_default() += 1;
        }
        let what = What::Stocked {
            at: crate::sim::journal::Subject::Force(unit.id.clone()),
            stock,
            amount: 1,
        };
        t.tell_sides([&side], what);
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}
