//! Where two records part, in words.

use std::collections::BTreeSet;

use crate::{
    cli::out::{Failure, Out},
    war::{
        annals::{Apart, Both, Dated, Stand},
        record::Difference,
        tell,
    },
};

/// Tells it for people.
pub fn tell(out: &mut Out, found: &Difference) -> Result<(), Failure> {
    for (name, first, second) in &found.header {
        out.line(format!("{name}: {first} / {second}"))?;
    }
    if let Some((turn, seat, place)) = &found.order {
        out.line(format!(
            "orders part on turn {turn}, {seat}, order {}",
            place + 1
        ))?;
        out.line(format!(
            "  first:  {}",
            found.orders.0.as_deref().unwrap_or("nothing")
        ))?;
        out.line(format!(
            "  second: {}",
            found.orders.1.as_deref().unwrap_or("nothing")
        ))?;
    }
    if let Some((turn, phase, table)) = &found.state {
        out.line(format!(
            "the wars part on turn {turn}, phase {phase}, table {table}"
        ))?;
    }
    if let Some(spot) = &found.spot {
        let field = spot.field.as_deref().unwrap_or("the whole row");
        out.line(format!(
            "  after it: table {}, {}, {field}",
            spot.table, spot.entity
        ))?;
        out.line(format!(
            "  first:  {}",
            spot.first.as_deref().unwrap_or("nothing")
        ))?;
        out.line(format!(
            "  second: {}",
            spot.second.as_deref().unwrap_or("nothing")
        ))?;
    }
    if found.turns.0 != found.turns.1 {
        out.line(format!(
            "they have {} and {} turns",
            found.turns.0, found.turns.1
        ))?;
    }
    if let Some(apart) = found.apart.as_ref().filter(|_| !found.is_none()) {
        told_apart(out, apart)?;
    }
    if found.is_none() {
        out.aside("They tell the same war.")?;
    }
    Ok(())
}

/// What was held and lost in each.
fn told_apart(out: &mut Out, apart: &Apart) -> Result<(), Failure> {
    let (first, second) = apart.ends.turns;
    if first != second {
        let turn = apart.common.turns.0;
        stands(
            out,
            &format!("after turn {turn}, the last that both have"),
            &apart.common,
        )?;
    }
    let ends = match first == second {
        true => format!("at the end, after turn {first}"),
        false => format!("at their ends, after turns {first} and {second}"),
    };
    stands(out, &ends, &apart.ends)?;
    for (which, only) in [("first", &apart.first), ("second", &apart.second)] {
        if only.is_empty() {
            continue;
        }
        out.line(format!("other hands in the {which} alone:"))?;
        for Dated { change, date, name } in only {
            let side = |side: &Option<_>| {
                side.as_ref()
                    .map_or_else(|| String::from("nobody"), ToString::to_string)
            };
            out.line(format!(
                "  turn {:>3}, {date}: {name} ({}), {} to {}",
                change.turn,
                change.sector,
                side(&change.from),
                side(&change.by)
            ))?;
        }
    }
    Ok(())
}

/// Each side in both.
fn stands(out: &mut Out, when: &str, both: &Both) -> Result<(), Failure> {
    out.line(format!("{when}, first / second:"))?;
    let sides: BTreeSet<_> = both.first.keys().chain(both.second.keys()).collect();
    for side in sides {
        let none = Stand::default();
        let a = both.first.get(side).unwrap_or(&none);
        let b = both.second.get(side).unwrap_or(&none);
        let mut words = vec![
            format!("sectors {} / {}", a.sectors, b.sectors),
            format!(
                "lost {} / {} SP",
                tell::strength(a.lost),
                tell::strength(b.lost)
            ),
        ];
        let stocks: BTreeSet<_> = a.charges.keys().chain(b.charges.keys()).collect();
        words.extend(stocks.into_iter().map(|stock| {
            let left = |stand: &Stand| stand.charges.get(stock).copied().unwrap_or(0);
            format!("{stock} left {} / {}", left(a), left(b))
        }));
        out.line(format!("  {side}: {}", words.join("; ")))?;
    }
    Ok(())
}
