//! Modifiers and the conditions under which they count.

use super::{Check, RuleNames};
use crate::content::{Modifier, When, ron::At, schema::List, schema::rules as file};

/// Most modifiers of one thing.
const MAX_MODIFIERS: usize = 32;

/// The modifiers of one thing.
pub(super) fn modifiers(
    check: &mut Check<'_>,
    names: &RuleNames,
    list: &List<file::Modifier>,
) -> Vec<Modifier> {
    if let Some(over) = list.get(MAX_MODIFIERS) {
        check.error(
            "too-many",
            over.span,
            format!("more than {MAX_MODIFIERS} modifiers on one thing"),
            "a number that so much changes can be explained to nobody",
        );
    }
    list.iter()
        .filter_map(|at| modifier(check, names, at))
        .collect()
}

fn modifier(check: &mut Check<'_>, names: &RuleNames, at: &At<file::Modifier>) -> Option<Modifier> {
    let file = at.get()?;
    let add = check.number_or(&file.add, -1_000_000..=1_000_000, "add", 0);
    let permille = check.number_or(&file.permille, -1_000..=9_000, "permille", 0);
    if add == 0 && permille == 0 {
        check.error(
            "no-effect",
            at.span,
            "this modifier changes nothing".into(),
            "give it `add: ...` or `permille: ...`",
        );
    }
    let when = when_or_always(check, names, &file.when);
    Some(Modifier {
        stat: (*file.stat.get()?).into(),
        add,
        permille,
        when,
    })
}

/// A condition that may be left out: then it always holds.
pub(super) fn when_or_always(
    check: &mut Check<'_>,
    names: &RuleNames,
    at: &Option<At<file::When>>,
) -> When {
    at.as_ref()
        .map_or(When::Always, |when| when_of(check, names, when))
}

fn when_of(check: &mut Check<'_>, names: &RuleNames, at: &At<file::When>) -> When {
    let Some(when) = at.get() else {
        return When::Always;
    };
    match when {
        file::When::Always => When::Always,
        file::When::SupplyAtMost(days) => {
            When::SupplyAtMost(check.number(days, 0..=1_000, "days of supply"))
        }
        file::When::ReadinessBelow(value) => {
            When::ReadinessBelow(check.number(value, 1..=1_000, "readiness"))
        }
        file::When::In(terrain) => When::In(check.known(terrain, &names.terrain)),
        file::When::Stance(stance) => When::Stance(check.known(stance, &names.stances)),
        file::When::Has(role) => match role.get() {
            Some(role) => When::Has((*role).into()),
            None => When::Always,
        },
        file::When::MeterAtLeast(meter, value) => When::MeterAtLeast(
            check.known(meter, &names.meters),
            check.number(value, -1_000_000..=1_000_000, "meter"),
        ),
        file::When::CrowdAbove(strength) => {
            When::CrowdAbove(check.number(strength, 0..=1_000_000, "crowd"))
        }
        file::When::Posture(posture) => When::Posture(check.known(posture, &names.postures)),
        file::When::Trait(quality) => When::Trait(check.known(quality, &names.traits)),
        file::When::Company(quality) => When::Company(check.known(quality, &names.traits)),
        file::When::Carries(stock, amount) => When::Carries(
            check.known(stock, &names.stocks),
            check.number(amount, 1..=1_000_000, "amount"),
        ),
        file::When::Fought => When::Fought,
        file::When::FromTurn(turn) => {
            When::FromTurn(check.number(turn, 1..=super::MAX_TURNS, "turn"))
        }
        file::When::Home => When::Home,
        file::When::Prongs(ways) => When::Prongs(check.number(ways, 2..=100, "prongs")),
        file::When::Attacking => When::Attacking,
        file::When::Kind(kind) => When::Kind(check.known(kind, &names.site_kinds)),
        file::When::Shielded => When::Shielded,
        file::When::Unsurrendered => When::Unsurrendered,
        file::When::Against(inner) => When::Against(Box::new(when_of(check, names, inner))),
        file::When::All(list) => When::All(several(check, names, at, list)),
        file::When::Any(list) => When::Any(several(check, names, at, list)),
        file::When::Not(inner) => When::Not(Box::new(when_of(check, names, inner))),
    }
}

fn several(
    check: &mut Check<'_>,
    names: &RuleNames,
    at: &At<file::When>,
    list: &List<file::When>,
) -> Vec<When> {
    if list.is_empty() {
        check.error(
            "empty-condition",
            at.span,
            "this condition has no parts".into(),
            "name at least one part, or leave it out",
        );
    }
    list.iter().map(|at| when_of(check, names, at)).collect()
}
