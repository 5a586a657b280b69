//! The map: regions, sectors, lanes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Known, MAX_DISTANCE, MAX_STRENGTH, RuleNames};
use crate::content::{
    Key, Lane, LaneKind, Map, Region, Sector, World,
    diagnostic::Span,
    draft::Draft,
    ron::At,
    schema::{Name, scenario as file},
};

/// Most sectors of a map.
pub(super) const MAX_SECTORS: usize = 5_000;
/// Most lanes of a map.
const MAX_LANES: usize = 20_000;
/// Most worlds of a map.
const MAX_WORLDS: usize = 50;
/// The largest radius of a world, and how far off its middle may lie.
const MAX_RADIUS: i64 = 1_000_000;
/// Most regions of a map.
const MAX_REGIONS: usize = 1_000;
/// Furthest coordinate from zero.
const MAX_COORDINATE: i64 = 1_000_000;

/// The ids of a map.
pub(super) struct MapNames {
    pub(super) regions: Known,
    pub(super) sectors: Known,
}

/// Ids of a list, each once; broken members make the knowledge incomplete.
pub(super) fn names<'a, T: 'a>(
    check: &mut Check<'_>,
    kind: &'static str,
    list: &'a [At<T>],
    id: impl Fn(&'a T) -> Option<&'a Name>,
) -> Known {
    let mut ids = BTreeSet::new();
    let mut complete = true;
    for at in list {
        let Some((name, text)) = at
            .get()
            .and_then(&id)
            .and_then(|name| name.get().map(|text| (name, text)))
        else {
            complete = false;
            continue;
        };
        check.id::<T>(name);
        if !ids.insert(text.clone()) {
            check.error(
                "duplicate-id",
                name.span,
                format!("the {kind} `{text}` is defined twice"),
                "rename or remove one of them",
            );
        }
    }
    Known::new(kind, ids, complete)
}

/// Tells when a list is longer than what the game is made for.
pub(super) fn at_most<T>(check: &mut Check<'_>, list: &[At<T>], most: usize, kind: &str) {
    if let Some(over) = list.get(most) {
        check.error(
            "too-many",
            over.span,
            format!("more than {most} {kind}"),
            "split the war into several scenarios",
        );
    }
}

/// A map with nobody in it yet.
pub(super) fn map(check: &mut Check<'_>, rules: &RuleNames, file: &file::Map) -> (Map, MapNames) {
    at_most(check, &file.regions, MAX_REGIONS, "regions");
    at_most(check, &file.sectors, MAX_SECTORS, "sectors");
    at_most(check, &file.lanes, MAX_LANES, "lanes");
    let names = MapNames {
        regions: names(check, "region", &file.regions, |region| Some(&region.id)),
        sectors: names(check, "sector", &file.sectors, |sector| Some(&sector.id)),
    };
    let map = Map {
        regions: regions(check, &names, file),
        sectors: sectors(check, rules, &names, file),
        lanes: lanes(check, rules, &names, file),
        sites: BTreeMap::new(),
        worlds: worlds(check, file),
    };
    nesting(check, &names, file, &map);
    let joined = |lane: &At<file::Lane>| {
        lane.get().is_some_and(|lane| {
            names.sectors.resolves(&lane.ends.0) && names.sectors.resolves(&lane.ends.1)
        })
    };
    // A lane that leads nowhere yet may be the one that is missing.
    if file.lanes.iter().all(joined) {
        reach(check, file, &map);
    }
    lengths(check, file, &map);
    (map, names)
}

fn worlds(check: &mut Check<'_>, file: &file::Map) -> Vec<World> {
    at_most(check, &file.worlds, MAX_WORLDS, "worlds");
    let far = -MAX_RADIUS..=MAX_RADIUS;
    let worlds = file.worlds.iter().filter_map(At::get);
    worlds
        .map(|world| World {
            at: (
                check.number(&world.at.0, far.clone(), "at"),
                check.number(&world.at.1, far.clone(), "at"),
            ),
            radius: check.number(&world.radius, 1..=MAX_RADIUS, "radius"),
        })
        .collect()
}

fn regions(
    check: &mut Check<'_>,
    names: &MapNames,
    file: &file::Map,
) -> BTreeMap<Key<Region>, Region> {
    let mut regions = BTreeMap::new();
    for region in file.regions.iter().filter_map(At::get) {
        let made = Region {
            name: check.text(&region.name, "name"),
            within: check.maybe_known(&region.within, &names.regions),
        };
        if let Some(id) = region.id.get() {
            regions.insert(Key::new(id), made);
        }
    }
    regions
}

fn sectors(
    check: &mut Check<'_>,
    rules: &RuleNames,
    names: &MapNames,
    file: &file::Map,
) -> BTreeMap<Key<Sector>, Sector> {
    let mut sectors = BTreeMap::new();
    let mut places: BTreeMap<(i32, i32), String> = BTreeMap::new();
    for sector in file.sectors.iter().filter_map(At::get) {
        let made = Sector {
            name: check.text(&sector.name, "name"),
            at: check.number(&sector.at, -MAX_COORDINATE..=MAX_COORDINATE, "at"),
            region: check.known(&sector.region, &names.regions),
            terrain: check.known(&sector.terrain, &rules.terrain),
            owner: None,
        };
        let Some(id) = sector.id.get() else { continue };
        if let Some(other) = places
            .insert(made.at, id.clone())
            .filter(|other| other != id)
        {
            check.error(
                "same-place",
                sector.at.0.span,
                format!("`{id}` lies where `{other}` lies"),
                "give it a place of its own",
            );
        }
        sectors.insert(Key::new(id), made);
    }
    sectors
}

fn lanes(
    check: &mut Check<'_>,
    rules: &RuleNames,
    names: &MapNames,
    file: &file::Map,
) -> BTreeMap<Key<Lane>, Lane> {
    let mut lanes = BTreeMap::new();
    let mut joined: BTreeMap<(String, String, LaneKind), Span> = BTreeMap::new();
    for at in &file.lanes {
        let Some(lane) = at.get() else { continue };
        let made = Lane {
            ends: (
                check.known(&lane.ends.0, &names.sectors),
                check.known(&lane.ends.1, &names.sectors),
            ),
            kind: lane
                .kind
                .get()
                .map_or(LaneKind::Route, |kind| (*kind).into()),
            length: check.number(&lane.length, 1..=MAX_DISTANCE, "length"),
            capacity: check.number(&lane.capacity, 0..=MAX_STRENGTH, "capacity"),
            terrain: check.known(&lane.terrain, &rules.terrain),
        };
        let (Some(one), Some(other)) = (lane.ends.0.get(), lane.ends.1.get()) else {
            continue;
        };
        if one == other {
            check.error(
                "lane-to-itself",
                lane.ends.1.span,
                format!("this lane joins `{one}` to itself"),
                "name two different sectors",
            );
            continue;
        }
        if let Some(id) = &lane.id {
            check.id::<Lane>(id);
        }
        let ends = if one < other {
            (one, other)
        } else {
            (other, one)
        };
        let ends = (ends.0.clone(), ends.1.clone(), made.kind);
        if lane.id.is_none() && joined.insert(ends, at.span).is_some() {
            check.error(
                "duplicate-lane",
                lane.ends.0.span,
                format!("`{one}` and `{other}` are joined by such a lane already"),
                "remove one of them, or give this one an `id` of its own",
            );
            continue;
        }
        let id = match lane.id.as_ref().and_then(At::get) {
            Some(id) => id.clone(),
            None => format!("{one}-{other}"),
        };
        if lanes.insert(Key::new(&id), made).is_some() {
            check.error(
                "duplicate-id",
                lane.id.as_ref().map_or(at.span, |id| id.span),
                format!("the lane `{id}` is defined twice"),
                "give this one an `id` of its own",
            );
        }
    }
    lanes
}

/// A way through space is about as long as the straight line at least; gates and descents are not.
fn lengths(check: &mut Check<'_>, file: &file::Map, map: &Map) {
    let at = |name: &Name| {
        map.sectors
            .get(name.get()?.as_str())
            .map(|sector| sector.at)
    };
    for lane in file.lanes.iter().filter_map(At::get) {
        let through = lane
            .kind
            .get()
            .is_some_and(|kind| matches!(kind, file::LaneKind::Route | file::LaneKind::Hyperlane));
        let (Some(a), Some(b), Some(length)) =
            (at(&lane.ends.0), at(&lane.ends.1), lane.length.get())
        else {
            continue;
        };
        let (dx, dy) = (
            i64::from(a.0) - i64::from(b.0),
            i64::from(a.1) - i64::from(b.1),
        );
        let straight = (dx * dx + dy * dy).isqrt();
        // Nine tenths, since ends are drawn by hand.
        if through && *length > 0 && *length < straight * 9 / 10 {
            check.warning(
                "lane-too-short",
                lane.length.span,
                format!("this lane is {length} long and its ends lie {straight} apart"),
                "make it longer, or a `Wormhole`",
            );
        }
    }
}

/// Regions must nest without end in no circle; each should have sectors.
fn nesting(check: &mut Check<'_>, names: &MapNames, file: &file::Map, map: &Map) {
    let placed = |sector: &At<file::Sector>| {
        sector
            .get()
            .is_some_and(|sector| names.regions.resolves(&sector.region))
    };
    let all_placed = file.sectors.iter().all(placed);
    let mut filled: BTreeSet<&Key<Region>> = BTreeSet::new();
    for sector in map.sectors.values() {
        let mut at = Some(&sector.region);
        while let Some(region) = at.filter(|region| filled.insert(region)) {
            at = map.regions.get(region).and_then(|r| r.within.as_ref());
        }
    }
    for region in file.regions.iter().filter_map(At::get) {
        let Some(id) = region.id.get() else { continue };
        let mut seen = BTreeSet::new();
        let mut at = Some(Key::<Region>::new(id));
        while let Some(here) = at {
            at = map.regions.get(&here).and_then(|r| r.within.clone());
            if at.as_ref().is_some_and(|next| next.as_str() == id) {
                let span = region.within.as_ref().map_or(region.id.span, |w| w.span);
                check.error(
                    "region-cycle",
                    span,
                    format!("the region `{id}` lies within itself"),
                    "remove one `within` of the circle",
                );
                break;
            }
            if !seen.insert(here) {
                break;
            }
        }
        if all_placed && !filled.contains(&Key::new(id)) {
            check.warning(
                "unused-region",
                region.id.span,
                format!("no sector lies in the region `{id}`"),
                "remove it, or give it a sector",
            );
        }
    }
}

/// Every sector must be reachable over lanes from the first.
fn reach(check: &mut Check<'_>, file: &file::Map, map: &Map) {
    let mut beside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for lane in map.lanes.values() {
        let (one, other) = (lane.ends.0.as_str(), lane.ends.1.as_str());
        beside.entry(one).or_default().push(other);
        beside.entry(other).or_default().push(one);
    }
    let Some(first) = file
        .sectors
        .iter()
        .filter_map(At::get)
        .find_map(|s| s.id.get())
    else {
        if file.sectors.is_empty() {
            let span = file.id.as_ref().map_or(Span::NOWHERE, |id| id.span);
            check.error(
                "empty-map",
                span,
                "the map has no sectors".into(),
                "add at least one",
            );
        }
        return;
    };
    let mut reached = BTreeSet::from([first.as_str()]);
    let mut open = vec![first.as_str()];
    while let Some(here) = open.pop() {
        for next in beside.get(here).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    for sector in file.sectors.iter().filter_map(At::get) {
        if let Some(id) = sector.id.get().filter(|id| !reached.contains(id.as_str())) {
            check.error(
                "unreachable",
                sector.id.span,
                format!("no lanes lead from `{first}` to `{id}`"),
                "join it to the rest by a lane",
            );
        }
    }
}

/// Maps that no scenario uses are checked for themselves.
pub(crate) fn lone_maps(check: &mut Check<'_>, rules: &RuleNames, draft: &Draft) {
    let used: BTreeSet<&str> = draft
        .scenarios
        .iter()
        .filter_map(|(_, placed)| placed.scenario.map.as_ref()?.get())
        .map(String::as_str)
        .collect();
    for (_, file) in draft.maps.iter().filter(|(id, _)| !used.contains(id)) {
        map(check, rules, file);
    }
}
