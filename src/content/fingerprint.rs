//! The fingerprint of what a war is played with: the rules and the scenario as typed values, without any
//! text for people. Comments, layout, looks, names, briefings and unrelated mods change nothing.

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

use super::{Effect, Rules, Scenario, reach::Reach};

/// 32 hexadecimal digits: equal if and only if a war is played by the same definitions.
pub fn fingerprint(rules: &Rules, scenario: &Scenario) -> String {
    let rules = blank_rules(&rules.in_play(scenario));
    let parts = scenario_parts(&blank_scenario(scenario));
    let rules = Reach::of(&rules, &parts).keep(rules);
    // Maps are keyed by pairs in two places, so the canonical form is a list of entries there.
    let meetings: Vec<_> = rules.meetings.iter().collect();
    let all = [
        json(&(
            &rules.constants,
            &rules.stocks,
            &rules.weapons,
            &rules.classes,
            &rules.terrain,
            &rules.stances,
        )),
        json(&(
            &rules.postures,
            meetings,
            &rules.meters,
            &rules.traits,
            &rules.commanders,
            &rules.site_kinds,
            &rules.deeds,
        )),
        json(&parts),
    ];
    let text = serde_json::to_string(&all).expect("invariant: JSON values can be written");
    format!("{:032x}", xxh3_128(text.as_bytes()))
}

pub(super) fn scenario_parts(scenario: &Scenario) -> Vec<Value> {
    let relations: Vec<_> = scenario.relations.iter().collect();
    let mut parts = vec![
        json(&(
            &scenario.id,
            &scenario.calendar,
            scenario.turns,
            &scenario.map,
            &scenario.sides,
            &scenario.seats,
            &scenario.factions,
            relations,
            &scenario.staging,
        )),
        json(&(
            &scenario.forces,
            &scenario.events,
            &scenario.objectives,
            &scenario.verdict,
            &scenario.with,
        )),
    ];
    // Scenarios without them are what they were before there were any.
    if !scenario.pacts.is_empty() {
        parts.push(json(&scenario.pacts));
    }
    parts
}

pub(super) fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("invariant: these types have text keys only")
}

fn blank(text: &mut String) {
    text.clear();
}

/// The rules without texts.
pub(super) fn blank_rules(rules: &Rules) -> Rules {
    let mut rules = rules.clone();
    rules
        .stocks
        .values_mut()
        .for_each(|thing| blank(&mut thing.name));
    rules
        .weapons
        .values_mut()
        .for_each(|thing| blank(&mut thing.name));
    rules
        .classes
        .values_mut()
        .for_each(|thing| blank(&mut thing.name));
    macro_rules! described {
        ($($field:ident),+) => {$(
            for thing in rules.$field.values_mut() {
                blank(&mut thing.name);
                blank(&mut thing.summary);
            }
        )+};
    }
    described!(
        terrain, stances, postures, meters, traits, commanders, site_kinds, deeds
    );
    for meter in rules.meters.values_mut() {
        meter.thresholds.iter_mut().for_each(|t| blank(&mut t.name));
    }
    rules
        .commanders
        .values_mut()
        .for_each(|c| blank(&mut c.source));
    rules
}

/// The scenario without texts. Names of the verdict's levels stay: they are part of a result.
pub(super) fn blank_scenario(scenario: &Scenario) -> Scenario {
    let mut scenario = scenario.clone();
    macro_rules! named {
        ($($things:expr),+) => {$(
            $things.values_mut().for_each(|thing| blank(&mut thing.name));
        )+};
    }
    named!(
        scenario.map.regions,
        scenario.map.sectors,
        scenario.map.sites,
        scenario.sides,
        scenario.seats,
        scenario.factions,
        scenario.forces,
        scenario.objectives,
        scenario.verdict.terms
    );
    scenario
        .sides
        .values_mut()
        .for_each(|side| blank(&mut side.short));
    scenario
        .seats
        .values_mut()
        .for_each(|seat| seat.briefing.clear());
    scenario
        .forces
        .values_mut()
        .for_each(|force| blank(&mut force.source));
    scenario.calendar.counted.iter_mut().for_each(blank);
    for pact in scenario.pacts.values_mut() {
        blank(&mut pact.name);
        blank(&mut pact.summary);
    }
    let events = scenario.events.values_mut().map(|event| &mut event.effects);
    let pacts = scenario.pacts.values_mut().map(|pact| &mut pact.effects);
    for effect in events.chain(pacts).flatten() {
        if let Effect::Say(text) = effect {
            blank(text);
        }
    }
    scenario
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Layer, LayerFile, Sources, diagnostic::Diagnostics};

    /// A war with missiles in it.
    fn fight(catalog: &Catalog) -> &Scenario {
        let armed = |s: &&Scenario| s.forces.values().any(|f| f.stocks.contains_key("missiles"));
        let mut all = catalog.scenarios.values().map(AsRef::as_ref);
        all.find(armed).expect("one is shipped")
    }

    fn with(files: &[(&str, &str)]) -> (String, Diagnostics) {
        let mut files: Vec<_> = files.to_vec();
        files.push(("mod.ron", "(id: \"m\", version: \"1\", game: \"0.1\")"));
        let file = |(path, text): (&str, &str)| LayerFile {
            path: path.into(),
            shown: path.into(),
            bytes: text.into(),
        };
        let layer = Layer {
            name: "m".into(),
            files: files.into_iter().map(file).collect(),
            problem: None,
        };
        let mut out = Diagnostics::new();
        let catalog = Catalog::load(&[layer], &mut Sources::default(), &mut out);
        let scenario = fight(&catalog);
        (fingerprint(&catalog.rules, scenario), out)
    }

    #[test]
    fn texts_change_nothing_and_numbers_do() {
        let shipped = Catalog::shipped();
        let scenario = fight(&shipped);
        let plain = fingerprint(&shipped.rules, scenario);
        assert_eq!(plain.len(), 32);
        assert_eq!(plain, with(&[]).0);
        let renamed = "// Another name.\n[(id: \"missiles\", name: \"Rockets\")]";
        assert_eq!(plain, with(&[("rules/stocks.ron", renamed)]).0);
        let other = "[(id: \"missiles\", name: \"Rockets\", reserve: true)]";
        let (changed, out) = with(&[("rules/stocks.ron", other)]);
        assert!(out.is_empty());
        assert_ne!(plain, changed);
    }

    #[test]
    fn what_no_scenario_names_changes_nothing() {
        let plain = with(&[]).0;
        let class = |ships: &str| {
            format!("[(id: \"gig\", name: \"Gig\", role: Screen, hull: 10, speed: 200{ships})]")
        };
        assert_eq!(plain, with(&[("rules/classes.ron", &class(""))]).0);
        let kind = "[(id: \"shed\", name: \"Shed\", summary: \"Of tin.\", meters: {\"rust\": 1})]";
        let meter = "[(id: \"rust\", name: \"Rust\", summary: \"Red.\", on: Site, range: (0, 9))]";
        let files = [("rules/site-kinds.ron", kind), ("rules/meters.ron", meter)];
        let (unmoved, out) = with(&files);
        assert!(!out.has_errors(), "{out:?}");
        assert_eq!(plain, unmoved);
        // A side's counter runs in any war.
        let counter = "[(id: \"wait\", name: \"Wait\", summary: \"And see.\", on: Side, range: (0, 9), growth: [Turn(1)])]";
        assert_ne!(plain, with(&[("rules/meters.ron", counter)]).0);
    }

    #[test]
    fn the_mods_that_come_with_the_game_leave_its_wars_alone() {
        let shipped = Catalog::shipped();
        let mods = Layer::bundled();
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        let whole = Catalog::load(&mods, &mut sources, &mut out);
        assert!(whole.mods.iter().all(|m| m.problem.is_none()));
        for (id, scenario) in &shipped.scenarios {
            let before = fingerprint(&shipped.rules, scenario);
            let after = fingerprint(&whole.rules, &whole.scenarios[id]);
            assert_eq!(before, after, "{id}");
        }
    }

    #[test]
    fn a_broken_mod_is_listed_and_left_out() {
        let plain = with(&[]).0;
        let (kept, out) = with(&[("rules/stocks.ron", "[(id: \"missiles\")]")]);
        assert_eq!(plain, kept);
        assert!(out.has_errors());
    }
}
