//! What the shipped content promises.

use std::collections::{BTreeMap, VecDeque};

use angelfire::content::{Catalog, Map, Role, Scenario, check, render_text};

fn first(catalog: &Catalog) -> &Scenario {
    catalog
        .scenarios
        .get("mw-concordat")
        .expect("the first scenario is shipped")
}

/// Lanes from one sector to every other.
fn lanes_from<'a>(map: &'a Map, start: &'a str) -> BTreeMap<&'a str, u32> {
    let mut far = BTreeMap::from([(start, 0)]);
    let mut open = VecDeque::from([start]);
    while let Some(here) = open.pop_front() {
        for lane in map.lanes.values() {
            let ends = (lane.ends.0.as_str(), lane.ends.1.as_str());
            for (one, other) in [ends, (ends.1, ends.0)] {
                if one == here && !far.contains_key(other) {
                    far.insert(other, far[here] + 1);
                    open.push_back(other);
                }
            }
        }
    }
    far
}

#[test]
fn checks_without_an_error_or_a_warning() {
    let (sources, found) = check(&[]).expect("nothing is read from disk");
    assert!(found.is_empty(), "{}", render_text(&sources, &found, false));
}

#[test]
fn has_the_size_of_a_campaign() {
    let catalog = Catalog::shipped();
    let scenario = first(&catalog);
    assert!(scenario.map.sectors.len() >= 24);
    assert_eq!(scenario.turns, 24);
    assert_eq!(scenario.calendar.start, (2802, 4, 5));
    for side in scenario.sides.keys() {
        let theirs = scenario.forces.values().filter(|force| {
            let seat = &scenario.factions[&force.faction].seat;
            scenario.seats[seat].side == *side
        });
        assert!(theirs.count() >= 12, "{side}");
    }
}

#[test]
fn fire_reaches_across_where_lanes_do_not() {
    let catalog = Catalog::shipped();
    let map = &first(&catalog).map;
    let range = i64::from(catalog.rules.weapons["angelfire"].range);
    let mut pairs = 0;
    for (one, a) in &map.sectors {
        let far = lanes_from(map, one.as_str());
        for (other, b) in map.sectors.range(one.clone()..) {
            let (dx, dy) = (i64::from(a.at.0 - b.at.0), i64::from(a.at.1 - b.at.1));
            let reaches = dx * dx + dy * dy <= range * range;
            pairs += u32::from(reaches && far[other.as_str()] >= 3);
        }
    }
    assert!(pairs >= 8, "only {pairs} pairs");
}

#[test]
fn has_two_ways_round_every_leg_of_the_bend() {
    // Without the trunk between its ends, both ends are still joined: once by each bypass.
    let catalog = Catalog::shipped();
    let whole = &first(&catalog).map;
    for (from, to, trunk) in [("a2", "c3", "b1"), ("b2", "con-4", "c2")] {
        let mut map = whole.clone();
        map.lanes
            .retain(|_, lane| lane.ends.0.as_str() != trunk && lane.ends.1.as_str() != trunk);
        assert!(lanes_from(&map, from).contains_key(to), "{from} to {to}");
    }
}

#[test]
fn charges_are_what_the_allies_were_given() {
    let catalog = Catalog::shipped();
    let scenario = first(&catalog);
    let aboard: i32 = scenario
        .forces
        .values()
        .filter_map(|f| f.stocks.get("angelfire"))
        .sum();
    let stored: i32 = scenario
        .map
        .sites
        .values()
        .filter_map(|s| s.stocks.get("angelfire"))
        .sum();
    assert_eq!((aboard, stored), (132, 18));
}

#[test]
fn stays_within_the_budget_of_complexity() {
    let catalog = Catalog::shipped();
    for scenario in catalog.scenarios.values() {
        for side in scenario.sides.keys() {
            let mut classes: Vec<_> = scenario
                .forces
                .values()
                .filter(|f| scenario.seats[&scenario.factions[&f.faction].seat].side == *side)
                .flat_map(|f| f.ships.keys())
                .collect();
            classes.sort();
            classes.dedup();
            assert!(classes.len() <= 6, "{side}: {classes:?}");
        }
        let mut terrain: Vec<_> = scenario.map.sectors.values().map(|s| &s.terrain).collect();
        terrain.extend(scenario.map.lanes.values().map(|l| &l.terrain));
        terrain.sort();
        terrain.dedup();
        assert!(terrain.len() <= 4);
    }
    assert!(catalog.rules.meters.len() <= 4);
    assert!(
        catalog
            .rules
            .classes
            .values()
            .any(|c| c.role == Role::Capital)
    );
}
