//! A scenario as a whole: calendar, sides, seats, factions, relations, owners, sites.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Known, MAX_TURNS, RuleNames,
    conditions::{Scene, events, objectives},
    forces::{Muster, forces, sites},
    guide::guide,
    map::{MapNames, at_most, map, names},
    pacts::pacts,
    verdict::verdict,
    yes,
};
use crate::content::{
    Calendar, Faction, Inherits, Key, Map, Region, Relation, Rules, Scenario, Seat, Sector, Side,
    Temper, With,
    draft::{Draft, Placed},
    ron::At,
    schema::{Int, Name, scenario as file},
};

/// Most sides, and most seats.
const MAX_SIDES: usize = 16;
/// Most factions.
const MAX_FACTIONS: usize = 200;

/// The ids of a scenario beside its map.
pub(super) struct Names {
    pub(super) sides: Known,
    pub(super) seats: Known,
    pub(super) factions: Known,
    pub(super) sites: Known,
    pub(super) forces: Known,
}

/// A checked scenario; `None` where its map could not be read.
pub(crate) fn scenario(
    check: &mut Check<'_>,
    rule_names: &RuleNames,
    rules: &Rules,
    draft: &Draft,
    placed: &Placed,
) -> Option<Scenario> {
    scenario_and(check, rule_names, rules, draft, placed, |_, _| ())
}

/// The same; what conditions may speak of in it is handed to whoever has more to ask.
pub(crate) fn scenario_and(
    check: &mut Check<'_>,
    rule_names: &RuleNames,
    rules: &Rules,
    draft: &Draft,
    placed: &Placed,
    ask: impl FnOnce(&Scene<'_>, &Scenario),
) -> Option<Scenario> {
    let file = &placed.scenario;
    let (mut map, map_names) = map_of(check, rule_names, draft, file)?;
    at_most(check, &file.sides, MAX_SIDES, "sides");
    at_most(check, &file.seats, MAX_SIDES, "seats");
    at_most(check, &file.factions, MAX_FACTIONS, "factions");
    let names = Names {
        sides: names(check, "side", &file.sides, |side| Some(&side.id)),
        seats: names(check, "seat", &file.seats, |seat| Some(&seat.id)),
        factions: names(check, "faction", &file.factions, |faction| {
            Some(&faction.id)
        }),
        sites: names(check, "site", &file.sites, |site| Some(&site.id)),
        forces: names(check, "force", &file.forces, |force| Some(&force.id)),
    };
    let turns = check.number(&file.turns, 1..=MAX_TURNS, "turns");
    owners(check, &names, &map_names, &mut map, file);
    map.sites = sites(check, rule_names, rules, &names, &map_names, file);
    let muster = Muster {
        rule_names,
        rules,
        names: &names,
        map: &map_names,
        draft,
        campaign: placed.campaign.as_deref(),
        turns,
    };
    let forces = forces(check, &muster, file);
    let factions = factions(check, rule_names, &names, file);
    let seats = seats(check, &names, &map_names, file);
    let scene = Scene::of(
        rule_names, rules, &names, &map_names, file, turns, &forces, &factions, &seats,
    );
    let mut scenario = Scenario {
        id: Key::new(file.id.get()?),
        title: check.text(&file.title, "title"),
        summary: check.text(&file.summary, "summary"),
        briefing: check.texts(&file.briefing, "briefing"),
        campaign: placed.campaign.clone().unwrap_or_default(),
        calendar: calendar(check, &file.calendar),
        turns,
        sides: sides(check, file),
        relations: relations(check, &names, file),
        staging: staging(check, &names, &map_names, file),
        events: events(check, &scene, file),
        pacts: pacts(check, &scene, file),
        objectives: objectives(check, &scene, file),
        verdict: verdict(check, &scene, &file.verdict),
        with: with(check, rule_names, file),
        inherits: Inherits::default(),
        guide: None,
        map,
        seats,
        factions,
        forces,
    };
    manned(check, &names, file, &scenario);
    homes(check, file, &scenario);
    scenario.guide = guide(check, &scene, file, &scenario);
    ask(&scene, &scenario);
    scene.unused_flags(check);
    Some(scenario)
}

fn map_of(
    check: &mut Check<'_>,
    rules: &RuleNames,
    draft: &Draft,
    file: &file::Scenario,
) -> Option<(Map, MapNames)> {
    match (&file.map, &file.own_map) {
        (Some(id), None) => {
            check.known::<Map>(id, &draft.maps.known("map"));
            Some(map(check, rules, draft.maps.get(id.get()?)?))
        }
        (None, Some(own)) => Some(map(check, rules, own.get()?)),
        (Some(id), Some(_)) => {
            check.error(
                "two-maps",
                id.span,
                "the scenario has a map of the campaign and one of its own".into(),
                "remove `map` or `own_map`",
            );
            None
        }
        (None, None) => {
            check.error(
                "no-map",
                file.id.span,
                "the scenario has no map".into(),
                "add `map: \"...\"` (a map of the campaign) or `own_map: (...)`",
            );
            None
        }
    }
}

fn calendar(check: &mut Check<'_>, at: &At<file::Calendar>) -> Calendar {
    let Some(file) = at.get() else {
        return Calendar {
            start: (2802, 4, 5),
            day: 1,
            days_per_turn: 1,
            counted: None,
        };
    };
    let start = match (&file.start, &file.counted) {
        (Some(start), _) => date(check, start),
        (None, Some(_)) => (1, 1, 1),
        (None, None) => {
            check.error(
                "no-date",
                at.span,
                "the calendar says neither when the war begins nor what is counted".into(),
                "add `start: (2802, 4, 5)`, or `counted: \"Day\"`",
            );
            (1, 1, 1)
        }
    };
    Calendar {
        start,
        day: check.number_or(&file.day, 1..=1_000_000, "day", 1),
        days_per_turn: check.number_or(&file.days_per_turn, 1..=1_000, "days_per_turn", 1),
        counted: file.counted.as_ref().map(|t| check.text(t, "counted")),
    }
}

/// A date that there is, as (year, month, day).
pub(super) fn date(check: &mut Check<'_>, file: &(Int, Int, Int)) -> (i32, u32, u32) {
    let year: i32 = check.number(&file.0, 1..=99_999, "year");
    let month: u32 = check.number(&file.1, 1..=12, "month");
    let day: u32 = check.number(&file.2, 1..=31, "day");
    let last = days_in(year, month);
    if day > last {
        check.error(
            "no-such-date",
            file.2.span,
            format!("month {month} of the year {year} has {last} days"),
            &format!("the nearest date is ({year}, {month}, {last})"),
        );
    }
    (year, month, day.min(last))
}

/// Days of a month, by the Gregorian rule.
fn days_in(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn sides(check: &mut Check<'_>, file: &file::Scenario) -> BTreeMap<Key<Side>, Side> {
    let mut sides = BTreeMap::new();
    for side in file.sides.iter().filter_map(At::get) {
        let made = Side {
            name: check.text(&side.name, "name"),
            short: check.text(&side.short, "short"),
        };
        if let Some(id) = side.id.get() {
            sides.insert(Key::new(id), made);
        }
    }
    sides
}

fn seats(
    check: &mut Check<'_>,
    names: &Names,
    map: &MapNames,
    file: &file::Scenario,
) -> BTreeMap<Key<Seat>, Seat> {
    let mut seats = BTreeMap::new();
    for seat in file.seats.iter().filter_map(At::get) {
        if seat.home.is_empty() {
            check.error(
                "no-home",
                seat.id.span,
                "this seat has no home sector for its forces to head for".into(),
                "add `home: [\"...\"]`",
            );
        }
        let made = Seat {
            name: check.text(&seat.name, "name"),
            side: check.known(&seat.side, &names.sides),
            briefing: check.texts(&seat.briefing, "briefing"),
            home: check.all_known(&seat.home, &map.sectors),
            temper: seat.temper.as_ref().and_then(At::get).map(|t| Temper {
                name: check.text(&t.name, "name"),
                boldness: check.number_or(&t.boldness, 100..=10_000, "boldness", 1000),
                thrift: check.number_or(&t.thrift, 0..=10_000, "thrift", 400),
                defence: t
                    .defence
                    .as_ref()
                    .and_then(At::get)
                    .map_or_else(Default::default, |g| (*g).into()),
            }),
        };
        if let Some(id) = seat.id.get() {
            seats.insert(Key::new(id), made);
        }
    }
    seats
}

fn factions(
    check: &mut Check<'_>,
    rules: &RuleNames,
    names: &Names,
    file: &file::Scenario,
) -> BTreeMap<Key<Faction>, Faction> {
    let mut factions = BTreeMap::new();
    for faction in file.factions.iter().filter_map(At::get) {
        let made = Faction {
            name: check.text(&faction.name, "name"),
            seat: check.known(&faction.seat, &names.seats),
            traits: check.all_known(&faction.traits, &rules.traits),
        };
        if let Some(id) = faction.id.get() {
            factions.insert(Key::new(id), made);
        }
    }
    factions
}

/// Relations hold both ways.
fn relations(
    check: &mut Check<'_>,
    names: &Names,
    file: &file::Scenario,
) -> BTreeMap<(Key<Side>, Key<Side>), Relation> {
    let mut relations = BTreeMap::new();
    for at in &file.relations {
        let Some(relation) = at.get() else { continue };
        let one: Key<Side> = check.known(&relation.between.0, &names.sides);
        let other: Key<Side> = check.known(&relation.between.1, &names.sides);
        if one == other {
            check.error(
                "relation-to-itself",
                relation.between.1.span,
                format!("`{one}` stands to itself as it does"),
                "name two different sides",
            );
        }
        let made = Relation {
            hostile: yes(&relation.hostile),
            shares_sensors: yes(&relation.shares_sensors),
            shares_supply: yes(&relation.shares_supply),
        };
        if made.hostile && (made.shares_sensors || made.shares_supply) {
            check.error(
                "hostile-and-sharing",
                at.span,
                format!("`{one}` and `{other}` fight on sight, and yet share"),
                "leave out `hostile`, or what they share",
            );
        }
        if relations
            .insert((one.clone(), other.clone()), made.clone())
            .is_some()
        {
            check.error(
                "repeated-id",
                at.span,
                format!("how `{one}` and `{other}` stand to one another is said twice"),
                "a relation holds both ways: remove one",
            );
        }
        relations.insert((other, one), made);
    }
    relations
}

/// What is in play beside what always is.
fn with(check: &mut Check<'_>, rules: &RuleNames, file: &file::Scenario) -> With {
    let Some(file) = file.with.as_ref().and_then(At::get) else {
        return With::default();
    };
    With {
        postures: check.all_known(&file.postures, &rules.postures),
        meters: check.all_known(&file.meters, &rules.meters),
        deeds: check.all_known(&file.deeds, &rules.deeds),
    }
}

/// Among which sectors each seat may place its forces before anything moves.
fn staging(
    check: &mut Check<'_>,
    names: &Names,
    map: &MapNames,
    file: &file::Scenario,
) -> BTreeMap<Key<Seat>, Vec<Key<Sector>>> {
    let mut all = BTreeMap::new();
    for staging in file.staging.iter().filter_map(At::get) {
        let seat: Key<Seat> = check.known(&staging.seat, &names.seats);
        let sectors = check.all_known(&staging.sectors, &map.sectors);
        given(check, &staging.seat, all.insert(seat, sectors).is_some());
    }
    all
}

/// Who holds what on turn 1: a sector for itself, else the nearest region around it that is given.
fn owners(
    check: &mut Check<'_>,
    names: &Names,
    map_names: &MapNames,
    map: &mut Map,
    file: &file::Scenario,
) {
    let mut regions: BTreeMap<Key<Region>, Key<Side>> = BTreeMap::new();
    let mut sectors: BTreeMap<Key<Sector>, Key<Side>> = BTreeMap::new();
    for owner in file.owners.iter().filter_map(At::get) {
        let side: Key<Side> = check.known(&owner.side, &names.sides);
        for at in &owner.regions {
            let region = check.known(at, &map_names.regions);
            given(check, at, regions.insert(region, side.clone()).is_some());
        }
        for at in &owner.sectors {
            let sector = check.known(at, &map_names.sectors);
            given(check, at, sectors.insert(sector, side.clone()).is_some());
        }
    }
    for (id, sector) in &mut map.sectors {
        let mut around = Some(&sector.region);
        let mut owner = sectors.get(id);
        // No nest is deeper than there are regions, unless it is a circle, which is told elsewhere.
        for _ in 0..=map.regions.len() {
            let Some(region) = around.filter(|_| owner.is_none()) else {
                break;
            };
            owner = regions.get(region);
            around = map.regions.get(region).and_then(|r| r.within.as_ref());
        }
        sector.owner = owner.cloned();
    }
}

fn given(check: &mut Check<'_>, at: &Name, before: bool) {
    if let Some(id) = at.get().filter(|_| before) {
        check.error(
            "repeated-id",
            at.span,
            format!("`{id}` is given away twice"),
            "remove one of them",
        );
    }
}

/// Every side needs a seat, every seat a faction, every faction a force.
fn manned(check: &mut Check<'_>, names: &Names, file: &file::Scenario, scenario: &Scenario) {
    // What names nobody yet may be meant for the one who seems to have nothing.
    let seated = all(&file.seats, |seat| names.sides.resolves(&seat.side));
    let led = all(&file.factions, |faction| {
        names.seats.resolves(&faction.seat)
    });
    // A faction that is left out is the order of battle's, and told where that is missing.
    let raised = all(&file.forces, |force| {
        let own = force.faction.as_ref();
        own.is_none_or(|faction| names.factions.resolves(faction))
    });
    for side in file.sides.iter().filter_map(At::get).filter(|_| seated) {
        let Some(id) = side.id.get() else { continue };
        if !scenario.seats.values().any(|seat| seat.side.as_str() == id) {
            check.error(
                "side-without-seat",
                side.id.span,
                format!("nobody orders for the side `{id}`"),
                "add a seat with this side",
            );
        }
    }
    for seat in file.seats.iter().filter_map(At::get).filter(|_| led) {
        let Some(id) = seat.id.get() else { continue };
        let theirs: BTreeSet<&str> = scenario
            .factions
            .iter()
            .filter(|(_, faction)| faction.seat.as_str() == id)
            .map(|(key, _)| key.as_str())
            .collect();
        if theirs.is_empty() {
            check.error(
                "seat-without-faction",
                seat.id.span,
                format!("no faction obeys the seat `{id}`"),
                "add a faction with this seat",
            );
        } else if raised
            && !scenario
                .forces
                .values()
                .any(|f| theirs.contains(f.faction.as_str()))
        {
            check.error(
                "seat-without-forces",
                seat.id.span,
                format!("the seat `{id}` has no forces"),
                "add a force of one of its factions",
            );
        }
    }
    if file.sides.len() < 2 {
        check.error(
            "no-enemy",
            file.id.span,
            "a war needs two sides at least".into(),
            "add a side",
        );
    }
}

fn all<T>(list: &[At<T>], holds: impl Fn(&T) -> bool) -> bool {
    list.iter().all(|at| at.get().is_some_and(&holds))
}

/// A seat goes home to what its side holds.
fn homes(check: &mut Check<'_>, file: &file::Scenario, scenario: &Scenario) {
    for seat in file.seats.iter().filter_map(At::get) {
        for at in &seat.home {
            let sector = at
                .get()
                .and_then(|id| scenario.map.sectors.get(id.as_str()));
            let (Some(sector), Some(side)) = (sector, seat.side.get()) else {
                continue;
            };
            if sector
                .owner
                .as_ref()
                .is_none_or(|owner| owner.as_str() != side)
            {
                check.error(
                    "home-not-held",
                    at.span,
                    format!("`{side}` does not hold this sector on turn 1"),
                    &format!("give it to `{side}` under `owners`, or name another home"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_days() {
        assert_eq!(days_in(2802, 4), 30);
        assert_eq!(days_in(2802, 2), 28);
        assert_eq!(days_in(2804, 2), 29);
        assert_eq!(days_in(2800, 2), 29);
        assert_eq!(days_in(2900, 2), 28);
    }
}
