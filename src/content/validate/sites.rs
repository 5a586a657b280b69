//! Kinds of site, and troops.

use super::{Check, MAX_DISTANCE, MAX_STRENGTH, MAX_TURNS, RuleNames, modifiers::modifiers, yes};
use crate::content::{
    Bears, MeterOn, Rules, SiteKind, Trigger, Troops, draft::Draft, ron::At, schema::rules as file,
};

/// Largest shield layer and structure, hit points.
const MAX_STRUCTURE: i64 = 1_000_000;

pub(super) fn troops(check: &mut Check<'_>, names: &RuleNames, file: &file::Troops) -> Troops {
    Troops {
        strength: check.number(&file.strength, 1..=10_000, "strength"),
        lands: file.lands.is_none() || yes(&file.lands),
        boards: yes(&file.boards),
        modifiers: modifiers(check, names, &file.modifiers),
    }
}

pub(super) fn site_kind(
    check: &mut Check<'_>,
    names: &RuleNames,
    file: &file::SiteKind,
) -> SiteKind {
    let kind = SiteKind {
        name: check.text(&file.name, "name"),
        summary: file
            .summary
            .as_ref()
            .map_or_else(String::new, |text| check.text(text, "summary")),
        depot: yes(&file.depot),
        supply: check.number_or(&file.supply, 0..=MAX_STRENGTH, "supply", 0),
        track: check.number_or(&file.track, 0..=MAX_DISTANCE, "track", 0),
        repair: check.number_or(&file.repair, 0..=1_000_000, "repair", 0),
        follows: check.number_or(&file.follows, 0..=MAX_TURNS, "follows", 0),
        endurance: check.number_or(&file.endurance, 1..=MAX_TURNS, "endurance", 1),
        shields: check.number_or(&file.shields, 0..=100, "shields", 0),
        shield: check.number_or(&file.shield, 1..=MAX_STRUCTURE, "shield", 0),
        structure: check.number_or(&file.structure, 0..=MAX_STRUCTURE, "structure", 0),
        weapons: check.amounts(&file.weapons, &names.weapons, 1..=1_000),
        makes: check.amounts(&file.makes, &names.stocks, 1..=10_000),
        meters: check.amounts(&file.meters, &names.meters, -1_000_000..=1_000_000),
        voids: check.maybe_known(&file.voids, &names.meters),
        grid: yes(&file.grid),
        fed: yes(&file.fed),
        defiant: yes(&file.defiant),
        guards: file.guards.as_ref().and_then(At::get).map(|g| (*g).into()),
        modifiers: modifiers(check, names, &file.modifiers),
        bears: file
            .bears
            .as_ref()
            .and_then(At::get)
            .map_or(Bears::Own, |b| (*b).into()),
    };
    if kind.shields > 0 && kind.shield == 0 {
        check.error(
            "no-shield",
            file.shields.as_ref().map_or(file.id.span, |at| at.span),
            "it has shields, and nothing says how much fire brings a layer down".into(),
            "add `shield: 300` (hit points within one turn)",
        );
    }
    kind
}

/// What only all rules together tell: meters that sites cannot carry, weapons that sites cannot fire, stocks made by
/// what hands none out.
pub(super) fn together(check: &mut Check<'_>, rules: &Rules, draft: &Draft) {
    for (_, file) in draft.site_kinds.iter() {
        for (meter, _) in &file.meters.0 {
            let on = meter.get().and_then(|m| rules.meters.get(m.as_str()));
            if on.is_some_and(|m| m.on != MeterOn::Site) {
                check.error(
                    "not-on-sites",
                    meter.span,
                    "this meter does not sit on sites".into(),
                    "name one with `on: Site`",
                );
            }
        }
        for (weapon, _) in &file.weapons.0 {
            let known = weapon.get().and_then(|w| rules.weapons.get(w.as_str()));
            if known.is_some_and(|w| w.trigger != Trigger::Orbit || w.stock.is_some()) {
                check.error(
                    "not-of-sites",
                    weapon.span,
                    "a site fires by itself, at what is above it, and from no stock".into(),
                    "name a weapon with `trigger: Orbit` and without `stock`",
                );
            }
        }
    }
}
