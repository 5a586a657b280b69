//! What the shipped content promises.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use angelfire::content::{
    Catalog, Class, Condition, Effect, Event, Force, Growth, Key, Level, Map, Meter, MeterOn,
    Scenario, Seat, Side, TermKind, Threshold, Trigger, check, render_text,
};

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

/// How much of everything one scenario may ask a player to keep in mind; those whose id ends in `-grand` twice that.
fn budget(scenario: &Scenario, of: usize) -> usize {
    let grand = scenario.id.as_str().ends_with("-grand");
    if grand { 2 * of } else { of }
}

/// Classes that a side has in the scenario.
fn classes<'a>(scenario: &'a Scenario, side: &Key<Side>) -> BTreeSet<&'a Key<Class>> {
    let of = |force: &&Force| scenario.seats[&scenario.factions[&force.faction].seat].side == *side;
    let forces = scenario.forces.values().filter(of);
    forces.flat_map(|force| force.ships.keys()).collect()
}

/// Meters of sides that a scenario shows: in play, and with a threshold or asked for.
fn meters<'a>(catalog: &'a Catalog, scenario: &Scenario) -> Vec<&'a Key<Meter>> {
    let mut asked = BTreeSet::new();
    for event in scenario.events.values() {
        asks(&event.when, &mut asked);
    }
    for objective in scenario.objectives.values() {
        asks(&objective.when, &mut asked);
    }
    for term in scenario.verdict.terms.values() {
        if let TermKind::Days { when, .. } | TermKind::If { when, .. } = &term.kind {
            asks(when, &mut asked);
        }
    }
    // A threshold that only has a name asks for no attention.
    let bears = |at: &Threshold| !at.modifiers.is_empty() || !at.outcomes.is_empty();
    // Where only one side has guns there are no hostile ones to hear.
    let armed = |side: &&Key<Side>| {
        let classes = classes(scenario, side).into_iter();
        let mut weapons = classes.flat_map(|class| catalog.rules.classes[class].weapons.keys());
        weapons.any(|weapon| catalog.rules.weapons[weapon].trigger == Trigger::Salvo)
    };
    let guns = scenario.sides.keys().filter(armed).count();
    let heard = |growth: &Growth| matches!(growth, Growth::SalvoHeard { .. });
    let shown = |(key, meter): &(&Key<Meter>, &Meter)| {
        (guns > 1 || !meter.growth.iter().any(heard))
            && meter.on == MeterOn::Side
            && (!meter.special || scenario.with.meters.contains(key))
            && (meter.thresholds.iter().any(bears) || asked.contains(*key))
    };
    let rules = catalog.rules.meters.iter();
    rules.filter(shown).map(|(key, _)| key).collect()
}

/// Meters of sides that a condition asks for.
fn asks(when: &Condition, asked: &mut BTreeSet<Key<Meter>>) {
    match when {
        Condition::Meter(_, meter, _) => {
            asked.insert(meter.clone());
        }
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                asks(part, asked);
            }
        }
        Condition::Not(inner) => asks(inner, asked),
        _ => {}
    }
}

#[test]
fn stays_within_the_budget_of_complexity() {
    let catalog = Catalog::shipped();
    for (id, scenario) in &catalog.scenarios {
        for side in scenario.sides.keys() {
            let classes = classes(scenario, side);
            assert!(
                classes.len() <= budget(scenario, 6),
                "{id}: {side} has {classes:?}"
            );
        }
        let sectors = scenario.map.sectors.values().map(|s| &s.terrain);
        let lanes = scenario.map.lanes.values().map(|l| &l.terrain);
        let terrain: BTreeSet<_> = sectors.chain(lanes).collect();
        assert!(terrain.len() <= budget(scenario, 4), "{id}: {terrain:?}");
        let meters = meters(&catalog, scenario);
        assert!(meters.len() <= budget(scenario, 4), "{id}: {meters:?}");
    }
}

/// Who is told anything by an event of a lesson whose id begins so; those that tell everybody tell all seats.
fn told<'a>(lesson: &'a Scenario, begins: &str) -> BTreeSet<&'a Key<Seat>> {
    let mut seats = BTreeSet::new();
    for (_, event) in lesson
        .events
        .iter()
        .filter(|(id, event)| id.as_str().starts_with(begins) && speaks(event))
    {
        if event.tells.is_empty() {
            seats.extend(lesson.seats.keys());
        } else {
            seats.extend(&event.tells);
        }
    }
    seats
}

fn speaks(event: &Event) -> bool {
    let said = |effect: &Effect| matches!(effect, Effect::Say(text) if !text.is_empty());
    event.effects.iter().any(said)
}

#[test]
fn every_lesson_opens_hints_and_ends() {
    let catalog = Catalog::shipped();
    let lessons: Vec<_> = catalog
        .scenarios
        .values()
        .filter(|scenario| scenario.campaign == "lessons")
        .collect();
    assert_eq!(lessons.len(), 7, "the guided one, and six that are not");
    for lesson in &lessons {
        let id = &lesson.id;
        assert!((5..=10).contains(&lesson.turns), "{id}: a week or so");
        assert!((6..=12).contains(&lesson.map.sectors.len()), "{id}");
        assert!(!lesson.briefing.is_empty(), "{id}: no opening text");
        for side in lesson.sides.keys() {
            let wins = |level: &Level| level.winner.as_ref() == Some(side);
            assert!(
                lesson.verdict.levels.iter().any(wins),
                "{id}: {side} can never win"
            );
        }
        for (seat, chair) in &lesson.seats {
            assert!(
                !chair.briefing.is_empty(),
                "{id}: {seat} is told nothing before"
            );
            for part in ["opening", "hint-", "end-"] {
                assert!(
                    told(lesson, part).contains(seat),
                    "{id}: {seat} hears no `{part}`"
                );
            }
        }
    }
    let three = lessons.iter().filter(|lesson| lesson.seats.len() == 3);
    assert_eq!(three.count(), 3, "half of them have three seats");
}
