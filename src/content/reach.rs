//! What a war can come to: of all rules those that its scenario names, and what these name in turn. A war is played with
//! these alone, so that nothing another war is made of bears on what its commanders reckon with; and its fingerprint
//! holds no other.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Key, Meter, MeterOn, Rules, Scenario,
    fingerprint::{blank_rules, blank_scenario, json, scenario_parts},
};

impl Rules {
    /// Of these rules those that a war in this scenario can come to.
    pub fn within_reach(&self, scenario: &Scenario) -> Self {
        let rules = self.in_play(scenario);
        let parts = scenario_parts(&blank_scenario(scenario));
        Reach::of(&blank_rules(&rules), &parts).keep(rules)
    }
}

/// Names that a war can come to. Constants, stances, postures, deeds and counters of sides, forces and sectors are in every
/// war; of all else what these or the scenario name, and what that names in turn. Names of several kinds that are the
/// same text are not told apart: rather one definition too many than one too few.
pub(super) struct Reach(BTreeSet<String>);

impl Reach {
    /// By the rules in play and the parts of a scenario, both without texts for people.
    pub(super) fn of(rules: &Rules, scenario: &[Value]) -> Self {
        let mut named = BTreeSet::new();
        scenario.iter().for_each(|part| gather(part, &mut named));
        let meters: Vec<_> = rules.meters.values().filter(|m| everywhere(m)).collect();
        let meetings: Vec<_> = rules.meetings.iter().collect();
        let always = json(&(
            &rules.constants,
            &rules.stances,
            &rules.postures,
            &rules.deeds,
            meters,
            meetings,
        ));
        gather(&always, &mut named);
        // What each of the others names, by its id.
        let mut rest: Vec<(String, BTreeSet<String>)> = Vec::new();
        macro_rules! note {
            ($($kind:ident),+) => {$(
                for (id, thing) in &rules.$kind {
                    let mut names = BTreeSet::new();
                    gather(&json(thing), &mut names);
                    rest.push((id.to_string(), names));
                }
            )+};
        }
        note!(
            stocks, weapons, classes, terrain, meters, traits, commanders, site_kinds
        );
        loop {
            let (next, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|(id, _)| named.contains(id));
            if next.is_empty() {
                break;
            }
            named.extend(next.into_iter().flat_map(|(_, names)| names));
            rest = others;
        }
        Self(named)
    }

    /// The rules without what is out of reach.
    pub(super) fn keep(&self, mut rules: Rules) -> Rules {
        let named = |id: &str| self.0.contains(id);
        macro_rules! keep {
            ($($kind:ident),+) => {$(
                rules.$kind.retain(|id, _| named(id.as_str()));
            )+};
        }
        keep!(
            stocks, weapons, classes, terrain, traits, commanders, site_kinds
        );
        let kept = |id: &str, meter: &Meter| everywhere(meter) || named(id);
        rules.meters.retain(|id, meter| kept(id.as_str(), meter));
        rules
    }
}

impl Rules {
    /// Whether a meter only counts: it has no thresholds, and no rule asks where it stands or grows by it.
    pub fn only_counts(&self, meter: &Key<Meter>) -> bool {
        let plain = |known: &Meter| known.thresholds.is_empty();
        if !self.meters.get(meter).is_some_and(plain) {
            return false;
        }
        let all = [
            json(&(&self.classes, &self.terrain, &self.stances, &self.postures)),
            json(&(&self.meters, &self.traits, &self.commanders)),
            json(&(&self.site_kinds, &self.deeds)),
        ];
        !all.iter().any(|part| asks(part, meter))
    }
}

/// Whether a rule in this value asks for the meter.
fn asks(value: &Value, meter: &Key<Meter>) -> bool {
    let first = |value: &Value| value.get(0).and_then(Value::as_str) == Some(meter.as_str());
    match value {
        Value::Array(items) => items.iter().any(|item| asks(item, meter)),
        Value::Object(fields) => fields.iter().any(|(key, held)| {
            let is_question = key == "meter-at-least" || key == "from";
            is_question && first(held) || asks(held, meter)
        }),
        _ => false,
    }
}

/// Whether a counter runs in any war in which it is in play.
fn everywhere(meter: &Meter) -> bool {
    meter.special || meter.on != MeterOn::Site
}

/// All texts of a value, keys too.
fn gather(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            named.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, named)),
        Value::Object(fields) => {
            named.extend(fields.keys().cloned());
            fields.values().for_each(|held| gather(held, named));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
