//! Forces and sites: what stands where with what aboard.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, MAX_TURNS, RuleNames,
    map::{MapNames, at_most},
    scenario::Names,
    yes,
};
use crate::content::{
    Commander, Force, Key, Rules, Site, Stock, ron::At, schema::scenario as file,
};

/// Most forces of a scenario.
const MAX_FORCES: usize = 20_000;
/// Most sites of a scenario.
const MAX_SITES: usize = 10_000;
/// Most hulls of one class in a force.
const MAX_HULLS: i64 = 10_000;
/// Most of a stock in one place.
const MAX_STOCK: i64 = 1_000_000;

pub(super) fn sites(
    check: &mut Check<'_>,
    rule_names: &RuleNames,
    rules: &Rules,
    names: &Names,
    map: &MapNames,
    file: &file::Scenario,
) -> BTreeMap<Key<Site>, Site> {
    at_most(check, &file.sites, MAX_SITES, "sites");
    let mut sites = BTreeMap::new();
    for site in file.sites.iter().filter_map(At::get) {
        let made = Site {
            name: check.text(&site.name, "name"),
            kind: check.known(&site.kind, &rule_names.site_kinds),
            sector: check.known(&site.sector, &map.sectors),
            owner: check.known(&site.owner, &names.sides),
            stocks: check.amounts(&site.stocks, &rule_names.stocks, 0..=MAX_STOCK),
            serves: check.all_known(&site.serves, &map.sectors),
            meters: check.amounts(&site.meters, &rule_names.meters, -1_000_000..=1_000_000),
            loyal: check.maybe_known(&site.loyal, &names.sides),
        };
        let kind = rules.site_kinds.get(&made.kind);
        for (meter, _) in &site.meters.0 {
            let carried = meter
                .get()
                .is_none_or(|m| kind.is_none_or(|k| k.meters.contains_key(m.as_str())));
            if !carried && rule_names.meters.resolves(meter) {
                check.error(
                    "no-such-meter",
                    meter.span,
                    format!("a `{}` does not carry this meter", made.kind),
                    "add it to the kind of site, or leave it out",
                );
            }
        }
        let depot = kind.is_none_or(|kind| kind.depot);
        // Troops may stand anywhere.
        let goods = |stock: &At<String>| {
            let stock = stock.get().and_then(|s| rules.stocks.get(s.as_str()));
            stock.is_none_or(|s| s.troops.is_none())
        };
        let goods = site.stocks.0.iter().find(|(stock, _)| goods(stock));
        if let Some((stock, _)) = goods.filter(|_| !depot) {
            check.error(
                "no-depot",
                stock.span,
                format!("a `{}` hands out no stocks", made.kind),
                "make it a kind of site that is a depot, or leave the stocks out",
            );
        }
        if let Some(id) = site.id.get() {
            sites.insert(Key::new(id), made);
        }
    }
    sites
}

pub(super) fn forces(
    check: &mut Check<'_>,
    rule_names: &RuleNames,
    rules: &Rules,
    names: &Names,
    map: &MapNames,
    file: &file::Scenario,
    turns: u32,
) -> BTreeMap<Key<Force>, Force> {
    at_most(check, &file.forces, MAX_FORCES, "forces");
    let mut forces = BTreeMap::new();
    let brought: BTreeSet<&str> = file
        .events
        .iter()
        .filter_map(At::get)
        .flat_map(|event| event.effects.iter().filter_map(At::get))
        .filter_map(|effect| match effect {
            file::Effect::Arrive(name) => name.get().map(String::as_str),
            _ => None,
        })
        .collect();
    let mut commands: BTreeMap<Key<Commander>, String> = BTreeMap::new();
    for force in file.forces.iter().filter_map(At::get) {
        let made = Force {
            name: check.text(&force.name, "name"),
            faction: check.known(&force.faction, &names.factions),
            at: check.known(&force.at, &map.sectors),
            arrives: arrives(check, &brought, force, turns),
            pool: pool(check, force),
            ships: check.amounts(&force.ships, &rule_names.classes, 1..=MAX_HULLS),
            stocks: check.amounts(&force.stocks, &rule_names.stocks, 0..=MAX_STOCK),
            commander: check.maybe_known(&force.commander, &rule_names.commanders),
            traits: check.all_known(&force.traits, &rule_names.traits),
            stance: check.known(&force.stance, &rule_names.stances),
            source: check.text(&force.source, "source"),
        };
        let Some(id) = force.id.get() else { continue };
        if force.ships.0.is_empty() {
            check.error(
                "no-ships",
                force.id.span,
                format!("the force `{id}` has no ships"),
                "add `ships: {\"...\": 1}`",
            );
        }
        capacity(check, rules, force, &made);
        if let (Some(commander), Some(at)) = (&made.commander, &force.commander)
            && let Some(other) = commands.insert(commander.clone(), id.clone())
        {
            check.error(
                "commander-twice",
                at.span,
                format!("`{commander}` commands `{other}` already"),
                "a person is in one place at a time: leave this one out",
            );
        }
        forces.insert(Key::new(id), made);
    }
    forces
}

/// The pool in which it waits to be called.
fn pool(check: &mut Check<'_>, force: &file::Force) -> Option<String> {
    let at = force.pool.as_ref()?;
    let text = at.get()?;
    if let Some(better) = super::not_kebab(text) {
        check.error(
            "bad-id",
            at.span,
            format!("`{text}` is no name of a pool: it is kebab-case"),
            &better,
        );
    }
    if let Some(turn) = &force.arrives {
        check.error(
            "two-arrivals",
            turn.span,
            "it arrives on a turn and waits to be called".into(),
            "remove `arrives` or `pool`",
        );
    }
    Some(text.clone())
}

/// The turn on which it comes; `None` if an event or a call brings it.
fn arrives(
    check: &mut Check<'_>,
    brought: &BTreeSet<&str>,
    force: &file::Force,
    turns: u32,
) -> Option<u32> {
    let id = force.id.get()?;
    let brought = brought.contains(id.as_str());
    if force.pool.is_some() {
        return None;
    }
    if yes(&force.by_event) {
        if let Some(at) = &force.arrives {
            check.error(
                "two-arrivals",
                at.span,
                format!("`{id}` arrives on a turn and by an event"),
                "remove `arrives` or `by_event`",
            );
        }
        if !brought {
            check.error(
                "never-arrives",
                force.id.span,
                format!("no event brings `{id}`"),
                &format!(
                    "add an event with `Arrive(\"{id}\")`, or give `arrives` instead of `by_event`"
                ),
            );
        }
        return None;
    }
    if brought {
        check.error(
            "two-arrivals",
            force.id.span,
            format!("an event brings `{id}`, which comes by itself"),
            "add `by_event: true`",
        );
    }
    let turn: u32 = check.number_or(&force.arrives, 1..=MAX_TURNS, "arrives", 1);
    if let Some(at) = force.arrives.as_ref().filter(|_| turn > turns) {
        check.error(
            "never-arrives",
            at.span,
            format!("`{id}` arrives on turn {turn}, after the last turn, {turns}"),
            &format!("the last turn on which it can arrive is {turns}"),
        );
    }
    Some(turn)
}

/// No force carries more than its magazines hold.
fn capacity(check: &mut Check<'_>, rules: &Rules, file: &file::Force, force: &Force) {
    if force
        .ships
        .keys()
        .any(|class| !rules.classes.contains_key(class))
    {
        return; // told already; its magazine is not known
    }
    for (at, _) in &file.stocks.0 {
        let Some(stock) = at.get().map(Key::<Stock>::new) else {
            continue;
        };
        let Some(carried) = force
            .stocks
            .get(&stock)
            .filter(|_| rules.stocks.contains_key(&stock))
        else {
            continue;
        };
        let room: i64 = force
            .ships
            .iter()
            .filter_map(|(class, hulls)| {
                let each = rules.classes.get(class)?.magazine.get(&stock)?;
                Some(i64::from(*hulls) * i64::from(*each))
            })
            .sum();
        if i64::from(*carried) > room {
            check.error(
                "beyond-magazines",
                at.span,
                format!(
                    "{carried} of `{stock}` are more than the {room} that these ships can carry"
                ),
                &format!("carry {room} at most, or add ships with magazines for it"),
            );
        }
    }
}
