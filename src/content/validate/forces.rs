//! Forces and sites: what stands where with what aboard. A force that a campaign's order of battle lists takes from it
//! what a scenario leaves out, so that it is the same force in all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, MAX_TURNS, RuleNames,
    map::{MapNames, at_most},
    scenario::Names,
    yes,
};
use crate::content::{
    Class, Commander, Force, Key, Meter, MeterOn, Rules, Site, Stock,
    draft::{Draft, Ranked},
    ron::At,
    schema::{Pairs, scenario as file},
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

/// What forces are read with.
pub(super) struct Muster<'a> {
    pub(super) rule_names: &'a RuleNames,
    pub(super) rules: &'a Rules,
    pub(super) names: &'a Names,
    pub(super) map: &'a MapNames,
    pub(super) draft: &'a Draft,
    /// The campaign, whose order of battle counts.
    pub(super) campaign: Option<&'a str>,
    pub(super) turns: u32,
}

pub(super) fn forces(
    check: &mut Check<'_>,
    muster: &Muster<'_>,
    file: &file::Scenario,
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
        let made = muster.force(check, &brought, force);
        let Some(id) = force.id.get() else { continue };
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

impl Muster<'_> {
    fn force(&self, check: &mut Check<'_>, brought: &BTreeSet<&str>, force: &file::Force) -> Force {
        let listed = force.id.get().and_then(|id| self.listed(id));
        let worn: i64 = match (&force.worn, listed) {
            (Some(at), None) => {
                check.error(
                    "not-listed",
                    at.span,
                    "only what the campaign's order of battle lists can be worn".into(),
                    "name ships and stocks as they are, or list the force in forces.ron",
                );
                0
            }
            (worn, _) => check.number_or(worn, 0..=999, "worn", 0),
        };
        let text =
            |check: &mut Check<'_>, own: &Option<At<String>>, listed: Option<&At<String>>, what| {
                match own.as_ref().or(listed) {
                    Some(at) => check.text(at, what),
                    None => self.missing(check, force, what),
                }
            };
        let faction = force.faction.as_ref().or(listed.map(|l| &l.faction));
        let own_ships = !force.ships.0.is_empty();
        let ships = match listed {
            Some(listed) if !own_ships => {
                let all = check.amounts(&listed.ships, &self.rule_names.classes, 1..=MAX_HULLS);
                left(all, worn)
            }
            _ => check.amounts(&force.ships, &self.rule_names.classes, 1..=MAX_HULLS),
        };
        let stocks = match listed {
            Some(listed) if force.stocks.0.is_empty() => {
                let all = check.amounts(&listed.stocks, &self.rule_names.stocks, 0..=MAX_STOCK);
                let all = left(all, worn).into_iter();
                all.map(|(stock, amount)| {
                    let room = room(self.rules, &ships, &stock);
                    let most = i32::try_from(room).unwrap_or(i32::MAX);
                    (stock, amount.min(most))
                })
                .collect()
            }
            _ => check.amounts(&force.stocks, &self.rule_names.stocks, 0..=MAX_STOCK),
        };
        let traits = match listed {
            Some(listed) if force.traits.is_empty() => &listed.traits,
            _ => &force.traits,
        };
        let made = Force {
            name: text(check, &force.name, listed.map(|l| &l.name), "name"),
            faction: match faction {
                Some(faction) => check.known(faction, &self.names.factions),
                None => Key::new(self.missing(check, force, "faction")),
            },
            at: check.known(&force.at, &self.map.sectors),
            arrives: arrives(check, brought, force, self.turns),
            pool: pool(check, force),
            ships,
            stocks,
            commander: check.maybe_known(&force.commander, &self.rule_names.commanders),
            traits: check.all_known(traits, &self.rule_names.traits),
            meters: self.meters(check, force),
            stance: check.known(&force.stance, &self.rule_names.stances),
            source: text(check, &force.source, listed.map(|l| &l.source), "source"),
        };
        if !own_ships && listed.is_none() {
            check.error(
                "no-ships",
                force.id.span,
                match force.id.get() {
                    Some(id) => format!("the force `{id}` has no ships"),
                    None => "this force has no ships".into(),
                },
                "add `ships: {\"...\": 1}`, or list the force in the campaign's forces.ron",
            );
        }
        beyond(check, self.rules, &force.stocks, &made.ships, &made.stocks);
        made
    }

    /// Where its counters begin, each within its range.
    fn meters(&self, check: &mut Check<'_>, force: &file::Force) -> BTreeMap<Key<Meter>, i32> {
        for (meter, value) in &force.meters.0 {
            let known = meter.get().and_then(|m| self.rules.meters.get(m.as_str()));
            let Some(known) = known else { continue };
            if known.on != MeterOn::Force {
                check.error(
                    "not-on-forces",
                    meter.span,
                    "this meter does not sit on forces".into(),
                    "name one with `on: Force`",
                );
            } else {
                let (least, most) = known.range;
                check.number::<i32>(value, i64::from(least)..=i64::from(most), "meter");
            }
        }
        check.amounts(
            &force.meters,
            &self.rule_names.meters,
            -1_000_000..=1_000_000,
        )
    }

    /// What the campaign's order of battle has under this id.
    fn listed(&self, id: &str) -> Option<&file::Listed> {
        let place = Ranked::place(self.campaign, id);
        self.draft.forces.get(&place).map(|ranked| &ranked.listed)
    }

    /// A field that neither the scenario nor the order of battle gives.
    fn missing(&self, check: &mut Check<'_>, force: &file::Force, what: &str) -> String {
        let listed = self.draft.forces.iter().map(|(_, ranked)| ranked);
        let ids = listed
            .filter(|ranked| ranked.campaign.as_deref() == self.campaign)
            .filter_map(|ranked| ranked.listed.id.get().map(String::as_str));
        let id = force.id.get().map_or("", String::as_str);
        let near = check.suggest(id, ids);
        let meant = near.map_or_else(String::new, |near| format!("did you mean `{near}`? Else "));
        check.error(
            "missing-field",
            force.id.span,
            format!(
                "this force has no `{what}`, and the campaign's order of battle does not list it"
            ),
            &format!("{meant}add `{what}: \"...\"`, or list the force in forces.ron"),
        );
        String::new()
    }
}

/// A listed force is sound by itself, whether or not a scenario names it.
pub(crate) fn listed(
    check: &mut Check<'_>,
    rule_names: &RuleNames,
    rules: &Rules,
    file: &file::Listed,
) {
    check.text(&file.name, "name");
    check.text(&file.source, "source");
    check.all_known::<crate::content::Trait>(&file.traits, &rule_names.traits);
    let ships = check.amounts(&file.ships, &rule_names.classes, 1..=MAX_HULLS);
    let stocks = check.amounts(&file.stocks, &rule_names.stocks, 0..=MAX_STOCK);
    if file.ships.0.is_empty() {
        check.error(
            "no-ships",
            file.id.span,
            "this force has no ships".into(),
            "add `ships: {\"...\": 1}`",
        );
    }
    beyond(check, rules, &file.stocks, &ships, &stocks);
}

/// What is left of amounts of which so much has been lost, permille; rounded half up.
fn left<K: Ord>(all: BTreeMap<K, i32>, worn: i64) -> BTreeMap<K, i32> {
    let rest = |amount: i32| (i64::from(amount) * (1000 - worn) + 500) / 1000;
    let all = all.into_iter();
    all.map(|(key, amount)| (key, i32::try_from(rest(amount)).unwrap_or(amount)))
        .filter(|(_, amount)| worn == 0 || *amount > 0)
        .collect()
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

/// How much of a stock ships can carry.
fn room(rules: &Rules, ships: &BTreeMap<Key<Class>, i32>, stock: &Key<Stock>) -> i64 {
    let each = ships.iter().filter_map(|(class, hulls)| {
        let each = rules.classes.get(class)?.magazine.get(stock)?;
        Some(i64::from(*hulls) * i64::from(*each))
    });
    each.sum()
}

/// Tells what is more than magazines hold.
fn beyond(
    check: &mut Check<'_>,
    rules: &Rules,
    file: &Pairs<i64>,
    ships: &BTreeMap<Key<Class>, i32>,
    stocks: &BTreeMap<Key<Stock>, i32>,
) {
    if ships.keys().any(|class| !rules.classes.contains_key(class)) {
        return; // told already; its magazine is not known
    }
    for (at, _) in &file.0 {
        let Some(stock) = at.get().map(Key::<Stock>::new) else {
            continue;
        };
        let known = rules.stocks.contains_key(&stock);
        let Some(carried) = stocks.get(&stock).filter(|_| known) else {
            continue;
        };
        let room = room(rules, ships, &stock);
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
