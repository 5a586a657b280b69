//! Meters, what they grow by and what they do.

use super::{Check, MAX_DISTANCE, RuleNames, deeds::outcomes, modifiers::modifiers, yes};
use crate::content::{
    Bears, Growth, Meter, MeterOn, Threshold,
    ron::At,
    schema::{Int, rules as file},
};

/// Largest value of a meter and of a step.
const MOST: i64 = 1_000_000;

pub(super) fn meter(check: &mut Check<'_>, names: &RuleNames, file: &file::Meter) -> Meter {
    let range: (i32, i32) = check.ascending(&file.range, -MOST..=MOST, "range");
    let within = i64::from(range.0)..=i64::from(range.1.max(range.0));
    let on = file.on.get().map_or(MeterOn::Side, |on| (*on).into());
    let start = check.number_or(&file.start, within.clone(), "start", range.0);
    let growth = file.growth.iter().filter_map(|at| {
        let grown = grows(check, names, at.get()?);
        if !fits(on, &grown) {
            check.error(
                "never-grows",
                at.span,
                "what this meter sits on knows nothing of the kind".into(),
                "leave it out, or put the meter on something else",
            );
        }
        Some(grown)
    });
    let growth = growth.collect();
    let thresholds = file.thresholds.iter().filter_map(At::get);
    Meter {
        name: check.text(&file.name, "name"),
        summary: check.text(&file.summary, "summary"),
        special: yes(&file.special),
        on,
        range,
        start,
        bears: file
            .bears
            .as_ref()
            .and_then(At::get)
            .map_or(Bears::Own, |b| (*b).into()),
        growth,
        thresholds: thresholds
            .map(|threshold| Threshold {
                at: check.number(&threshold.at, within.clone(), "at"),
                falling: yes(&threshold.falling),
                name: check.text(&threshold.name, "name"),
                modifiers: modifiers(check, names, &threshold.modifiers),
                outcomes: outcomes(check, names, &threshold.outcomes, None),
            })
            .collect(),
    }
}

/// Whether what a meter sits on can grow by this at all.
fn fits(on: MeterOn, growth: &Growth) -> bool {
    match growth {
        Growth::Turn(_) | Growth::Toward { .. } | Growth::From(..) => true,
        Growth::SalvoHeard { .. } | Growth::Lost(_) | Growth::Destroyed(_) => on == MeterOn::Side,
        Growth::Posture { .. } => matches!(on, MeterOn::Side | MeterOn::Force),
        Growth::With { .. } | Growth::Still(_) | Growth::Moved(_) => on == MeterOn::Force,
        Growth::Starving(_) | Growth::In { .. } => on == MeterOn::Force,
        Growth::Fought(_) => matches!(on, MeterOn::Force | MeterOn::Site),
        Growth::Blockaded(_)
        | Growth::Relieved(_)
        | Growth::Shelled(_)
        | Growth::Occupied(_)
        | Growth::NeighbourFell(_)
        | Growth::Garrison(_) => on == MeterOn::Site,
    }
}

fn grows(check: &mut Check<'_>, names: &RuleNames, file: &file::Growth) -> Growth {
    let step = |check: &mut Check<'_>, at: &Int| check.number(at, -MOST..=MOST, "add");
    match file {
        file::Growth::Turn(add) => Growth::Turn(step(check, add)),
        file::Growth::Toward { value, step: by } => Growth::Toward {
            value: check.number(value, -MOST..=MOST, "value"),
            step: check.number(by, 1..=MOST, "step"),
        },
        file::Growth::SalvoHeard { within, add } => Growth::SalvoHeard {
            within: check.number(within, 0..=MAX_DISTANCE, "within"),
            add: step(check, add),
        },
        file::Growth::Posture { posture, add } => Growth::Posture {
            posture: check.known(posture, &names.postures),
            add: step(check, add),
        },
        file::Growth::Lost(add) => Growth::Lost(step(check, add)),
        file::Growth::Destroyed(add) => Growth::Destroyed(step(check, add)),
        file::Growth::With { quality, add } => Growth::With {
            quality: check.known(quality, &names.traits),
            add: step(check, add),
        },
        file::Growth::Still(add) => Growth::Still(step(check, add)),
        file::Growth::Moved(add) => Growth::Moved(step(check, add)),
        file::Growth::Fought(add) => Growth::Fought(step(check, add)),
        file::Growth::Starving(add) => Growth::Starving(step(check, add)),
        file::Growth::In { terrain, add } => Growth::In {
            terrain: check.known(terrain, &names.terrain),
            add: step(check, add),
        },
        file::Growth::Blockaded(add) => Growth::Blockaded(step(check, add)),
        file::Growth::Relieved(add) => Growth::Relieved(step(check, add)),
        file::Growth::Shelled(add) => Growth::Shelled(step(check, add)),
        file::Growth::Occupied(add) => Growth::Occupied(step(check, add)),
        file::Growth::NeighbourFell(add) => Growth::NeighbourFell(step(check, add)),
        file::Growth::Garrison(add) => Growth::Garrison(step(check, add)),
        file::Growth::From(meter, permille) => Growth::From(
            check.known(meter, &names.meters),
            check.number(permille, -10_000..=10_000, "permille"),
        ),
    }
}
