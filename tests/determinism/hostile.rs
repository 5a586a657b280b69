//! Saves may come from anywhere: whatever is in one, it is refused or played, never a panic.

use angelfire::sim::{
    Sim,
    dice::{Dice, Domain},
    tables::Snapshot,
};

use super::play;
use crate::fixture::{Field, War};

/// Changes one thing: a number, a row, a name, a table.
fn spoil(snapshot: &mut Snapshot, dice: &mut Dice) {
    let tables: Vec<String> = snapshot.0.keys().cloned().collect();
    let table = tables[dice.below(tables.len() as u64) as usize].clone();
    if dice.below(200) == 0 {
        snapshot.0.remove(&table);
        return;
    }
    let rows = snapshot.0.get_mut(&table).expect("a table");
    let names: Vec<String> = rows.keys().cloned().collect();
    let Some(name) = names.get(dice.below(names.len().max(1) as u64) as usize) else {
        return;
    };
    let text = rows[name].clone();
    match dice.below(20) {
        0 => {
            rows.remove(name);
        }
        1 => {
            rows.insert("nobody".into(), text);
        }
        2 => {
            let other = names[dice.below(names.len() as u64) as usize].clone();
            let taken = rows[&other].clone();
            rows.insert(name.clone(), taken);
        }
        3 => {
            let cut = dice.below(text.len() as u64 + 1) as usize;
            rows.insert(name.clone(), text.chars().take(cut).collect());
        }
        4 => {
            let swapped = text.replacen("-gate", "-gats", 1).replacen("hub", "bub", 1);
            rows.insert(name.clone(), swapped);
        }
        _ => {
            // Some number becomes another one.
            let mut parts: Vec<String> = Vec::new();
            for c in text.chars() {
                match parts.last_mut() {
                    Some(last)
                        if c.is_ascii_digit() && last.ends_with(|d: char| d.is_ascii_digit()) =>
                    {
                        last.push(c);
                    }
                    _ => parts.push(c.to_string()),
                }
            }
            let numbers: Vec<usize> = (0..parts.len())
                .filter(|i| parts[*i].starts_with(|c: char| c.is_ascii_digit()))
                .collect();
            let Some(at) = numbers.get(dice.below(numbers.len().max(1) as u64) as usize) else {
                return;
            };
            let new = [
                "0",
                "1",
                "-1",
                "999999999",
                "-999999999",
                "1000000000",
                "1000000001",
                "2147483647",
                "4294967295",
                "9223372036854775807",
                "10000",
                "99999999",
            ];
            parts[*at] = new[dice.below(new.len() as u64) as usize].to_owned();
            rows.insert(name.clone(), parts.concat());
        }
    }
}

#[test]
fn spoiled_saves_are_refused_or_played() {
    let mut saves = Vec::new();
    let mut sim = Field::crowded().war().sim;
    for _ in 0..8 {
        play(&mut sim, 11);
        saves.push(sim.snapshot());
    }
    let (mut refused, mut played) = (0, 0);
    for n in 0..1_500_u64 {
        let mut dice = Dice::new(Domain::Thought, n, 1, "test", "spoil");
        let mut snapshot = saves[(n % 8) as usize].clone();
        for _ in 0..=dice.below(3) {
            spoil(&mut snapshot, &mut dice);
        }
        let field = Field::crowded();
        let fresh = field.war();
        let (rules, scenario) = (
            fresh.sim.field().rules.clone(),
            fresh.sim.field().scenario.clone(),
        );
        match Sim::restore(rules, scenario, 1, &snapshot) {
            Err(_) => refused += 1,
            Ok(sim) => {
                played += 1;
                let mut war = War { sim };
                for _ in 0..2 {
                    war.sim.resolve_turn();
                    for seat in crate::fixture::SEATS {
                        war.view(seat);
                    }
                    war.sim.referee_view();
                }
            }
        }
    }
    assert!(
        refused > 300 && played > 300,
        "{refused} refused, {played} played"
    );
}
