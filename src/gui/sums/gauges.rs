//! Sums of what stands in places and of what is done to them: meters, the chance of a deed, fire at a site.

use super::{Sum, Unit, modified, terrain};
use crate::{
    content::{self, Deed, Growth, Key, Meter, MeterOn, Rules, Site, Weapon},
    gui::{names, table::sentence, words::say},
    sim::{
        fire::salvo::{Shot, chance},
        map::range,
        order::{self, Mark},
        stats::Bearer,
        view::{Confidence, OwnForce, SeatView},
    },
    war::tell,
};

/// A meter of a force, a site or a sector: its value, what changes it, and what it does from which value on.
pub fn gauge(view: &SeatView, meter: &Key<Meter>, value: i32) -> Sum {
    let known = view.rules.meters.get(meter);
    let name = known.map_or(meter.as_str(), |m| &m.name);
    let mut sum = Sum::new(name, Unit::Plain, i64::from(value));
    if let Some(known) = known {
        if let Some(threshold) = known.thresholds.iter().rfind(|t| t.is_reached(value)) {
            sum.row(&threshold.name, "", i64::from(value));
        }
        sum.notes.push(known.summary.clone());
        rules_of(view, known, i64::from(value), &mut sum);
    }
    sum
}

/// What changes a meter, and what it does at which value; of what it has reached, all that it changes.
pub(super) fn rules_of(view: &SeatView, known: &content::Meter, value: i64, sum: &mut Sum) {
    let grows = known.growth.iter().map(|g| grows(&view.rules, known.on, g));
    sum.notes.extend(grows);
    for threshold in &known.thresholds {
        let name = threshold.name.as_str();
        sum.notes.push(match threshold.falling {
            true => say!("sum-threshold-falling", at = threshold.at, name = name),
            false => say!("sum-threshold", at = threshold.at, name = name),
        });
        if i32::try_from(value).is_ok_and(|value| threshold.is_reached(value)) {
            let changes = threshold.modifiers.iter();
            sum.notes
                .extend(changes.map(|m| sentence(&names::modifier(view, m))));
        }
    }
}

/// What changes a meter, in a sentence.
pub fn grows(rules: &Rules, on: MeterOn, growth: &Growth) -> String {
    match growth {
        Growth::Turn(add) => say!("sum-grows-turn", add = *add),
        Growth::Toward { value, step } => say!("sum-grows-toward", value = *value, step = *step),
        Growth::SalvoHeard { within, add } => {
            say!("sum-grows-salvo", add = *add, within = *within)
        }
        Growth::Posture { posture, add } => {
            let posture = rules.postures.get(posture);
            let posture = posture.map_or("?", |p| &p.name);
            match on {
                MeterOn::Side => say!("sum-grows-posture", add = *add, posture = posture),
                _ => say!("sum-grows-posture-force", add = *add, posture = posture),
            }
        }
        Growth::Lost(add) => say!("sum-grows-lost", add = *add),
        Growth::Destroyed(add) => say!("sum-grows-destroyed", add = *add),
        Growth::With { quality, add } => {
            let known = rules.traits.get(quality);
            let quality = known.map_or(quality.as_str(), |t| &t.name);
            say!("sum-grows-with", add = *add, quality = quality)
        }
        Growth::Still(add) => say!("sum-grows-still", add = *add),
        Growth::Moved(add) => say!("sum-grows-moved", add = *add),
        Growth::Fought(add) => say!("sum-grows-fought", add = *add),
        Growth::Starving(add) => say!("sum-grows-starving", add = *add),
        Growth::In { terrain, add } => {
            let known = rules.terrain.get(terrain);
            let terrain = known.map_or(terrain.as_str(), |t| &t.name);
            say!("sum-grows-in", add = *add, terrain = terrain)
        }
        Growth::Blockaded(add) => say!("sum-grows-blockaded", add = *add),
        Growth::Relieved(add) => say!("sum-grows-relieved", add = *add),
        Growth::Shelled(add) => say!("sum-grows-shelled", add = *add),
        Growth::Occupied(add) => say!("sum-grows-occupied", add = *add),
        Growth::NeighbourFell(add) => say!("sum-grows-neighbour", add = *add),
        Growth::Garrison(add) => say!("sum-grows-garrison", add = *add),
        Growth::From(meter, permille) => say!(
            "sum-grows-from",
            share = tell::share(i64::from(*permille)),
            meter = names::meter_in(rules, meter)
        ),
    }
}

/// The chance of a deed, as far as the seat knows its target.
pub fn odds(view: &SeatView, force: &OwnForce, deed: &Deed, at: Option<&Key<Mark>>) -> Sum {
    let made = order::odds(view, force, deed, at);
    let mut sum = Sum::new(say!("sum-odds"), Unit::Share, made.value());
    sum.row(&deed.name, "", made.base);
    modified(&mut sum, &view.rules, &made);
    sum
}

/// The chance of one salvo of an own force at a site: it does not move, so nothing of its own spoils the aim. None if
/// the rules have no such weapon or nobody knows where it is.
pub fn hit_site(
    view: &SeatView,
    force: &OwnForce,
    weapon: &Key<Weapon>,
    site: &Key<Site>,
    overcharge: bool,
) -> Option<Sum> {
    let rules = &view.rules;
    let weapon = rules.weapons.get(weapon)?;
    let seen = view.sites.get(site)?;
    let firer = Bearer::own(rules, force, terrain(view, &force.place), None);
    let aim = Bearer::stranger(rules, None, None);
    let distance = range(&view.map, force.place.sector(), &seen.sector);
    let shot = Shot {
        weapon,
        distance,
        confidence: Confidence::Fix,
        overcharge,
        answer: false,
        lured: false,
    };
    let made = chance(rules, &shot, &firer.within(Some(&force.around)), &aim);
    let mut sum = Sum::new(say!("sum-hit"), Unit::Share, made.value());
    let accuracy = i64::from(weapon.accuracy);
    sum.row(&weapon.name, say!("sum-hit-accuracy"), accuracy);
    let fall = made.base - accuracy;
    if fall != 0 {
        sum.row(say!("sum-hit-distance", units = distance), "", fall);
    }
    modified(&mut sum, rules, &made);
    if let Some(meter) = voiding(view, site).filter(|_| weapon.interceptable) {
        sum.notes
            .push(say!("sum-hit-voided", meter = names::meter(view, meter)));
    }
    Some(sum)
}

/// The meter by which a site makes nothing of what can be intercepted, if it is known to, or if nobody knows.
fn voiding<'a>(view: &'a SeatView, site: &Key<Site>) -> Option<&'a Key<Meter>> {
    let chart = view.map.sites.get(site)?;
    let meter = view.rules.site_kinds.get(&chart.kind)?.voids.as_ref()?;
    let least = view.rules.meters.get(meter)?.range.0;
    let known = view.sites.get(site)?.meters.as_ref();
    let stands = known.is_none_or(|m| m.get(meter).copied().unwrap_or(least) > least);
    stands.then_some(meter)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::{
        content::{Catalog, Rules},
        war::{Setup, War},
    };

    /// A view of the first scenario with every rule that is shipped.
    fn view() -> SeatView {
        let catalog = Arc::new(Catalog::shipped());
        let (key, scenario) = catalog.first().expect("a scenario");
        let seat = scenario.seats.keys().next().expect("a seat").clone();
        let setup = Setup::new(key.as_str(), 1);
        let war = War::begin(catalog.clone(), setup).expect("it begins");
        let mut view = war.view(&seat).expect("a view");
        let view = Arc::make_mut(&mut view);
        let rules: Rules = catalog.rules.clone();
        view.rules = Arc::new(rules);
        view.clone()
    }

    #[test]
    fn the_rows_of_a_chance_add_up_to_it() {
        let view = view();
        let force = view.forces.values().find(|f| f.mine).expect("a force");
        for (key, deed) in &view.rules.deeds {
            let sum = odds(&view, force, deed, None);
            let rows: i64 = sum.rows.iter().map(|row| row.value).sum();
            assert_eq!(rows, sum.total, "{key}");
        }
    }

    #[test]
    fn what_a_meter_changes_is_told_once_it_is_reached() {
        let view = view();
        let mut told = BTreeMap::new();
        for (key, meter) in &view.rules.meters {
            for value in [meter.range.0, meter.range.1] {
                let sum = gauge(&view, key, value);
                assert_eq!(sum.total, i64::from(value), "{key}");
                told.insert((key.clone(), value), sum.notes.len());
            }
            let reached = meter
                .thresholds
                .iter()
                .filter(|t| t.is_reached(meter.range.1));
            let changes: usize = reached.map(|t| t.modifiers.len()).sum();
            let notes = 1 + meter.growth.len() + meter.thresholds.len() + changes;
            assert_eq!(told[&(key.clone(), meter.range.1)], notes, "{key}");
        }
    }
}
