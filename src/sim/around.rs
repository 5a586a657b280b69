//! What bears on a force from where it is and with whom: sites, works of sides in the place, company, home. Derived
//! from the state; the same for the turn, which gathers it from the truth, and for views, which have what a seat knows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    field::Field,
    roster::{Unit, Units},
    state::{Control, Holding},
};
use crate::content::{Key, Meter, Sector, Side, Site, SiteKind, Trait};

/// What bears on the forces of one side in one sector.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Around {
    /// The turn.
    pub turn: u32,
    /// Kinds of site there that bear on the side.
    pub sites: Vec<Key<SiteKind>>,
    /// Meters of sites and of the sector itself that bear on it, the highest of each.
    pub works: BTreeMap<Key<Meter>, i32>,
    /// Traits of forces there of the side and of those that share supply with it, and of their commanders.
    pub company: BTreeSet<Key<Trait>>,
    /// It is home to a seat of the side.
    pub home: bool,
    /// From how many sectors the side came into the battle.
    pub prongs: i32,
}

/// What bears on every side in every sector in which it has forces, at one moment.
#[derive(Default)]
pub struct Surroundings(BTreeMap<Key<Sector>, BTreeMap<Key<Side>, Around>>);

impl Surroundings {
    /// As the state stands.
    pub fn of(
        field: &Field,
        turn: u32,
        units: &Units,
        control: &BTreeMap<Key<Sector>, Control>,
        holdings: &BTreeMap<Key<Site>, Holding>,
    ) -> Self {
        let mut all: BTreeMap<Key<Sector>, BTreeMap<Key<Side>, Around>> = BTreeMap::new();
        for unit in units.values() {
            let Some(sector) = unit.place.in_sector() else {
                continue;
            };
            let sides = all.entry(sector.clone()).or_default();
            if !sides.contains_key(unit.side()) {
                let around = Around {
                    turn,
                    ..Around::default()
                };
                sides.insert(unit.side().clone(), around);
            }
        }
        for unit in units.values() {
            let there = unit.place.in_sector().and_then(|s| all.get_mut(s));
            for (side, around) in there.into_iter().flatten() {
                if field.relation(unit.side(), side).shares_supply {
                    keep(field, around, unit);
                }
            }
        }
        for (site, holding) in holdings {
            if let Some(sides) = all.get_mut(&holding.sector) {
                for (side, around) in sides {
                    sited(field, around, site, holding, side);
                }
            }
        }
        for (sector, sides) in &mut all {
            let works = control.get(sector).map(|c| &c.works);
            for (side, around) in sides {
                for (owner, works) in works.into_iter().flatten() {
                    note(field, around, works, owner, side);
                }
                around.home = is_home(field, side, sector);
            }
        }
        Self(all)
    }

    /// What bears on a side in a sector; none where it has no forces.
    pub fn get(&self, side: &Key<Side>, sector: &Key<Sector>) -> Option<&Around> {
        self.0.get(sector)?.get(side)
    }

    /// What bears on a force; none on a lane.
    pub fn on(&self, unit: &Unit) -> Option<&Around> {
        self.get(unit.side(), unit.place.in_sector()?)
    }
}

/// What bears on a side in a sector, whether or not it has forces there.
pub fn in_sector(
    field: &Field,
    turn: u32,
    side: &Key<Side>,
    sector: &Key<Sector>,
    units: &Units,
    control: &BTreeMap<Key<Sector>, Control>,
    holdings: &BTreeMap<Key<Site>, Holding>,
) -> Around {
    let mut around = Around {
        turn,
        home: is_home(field, side, sector),
        ..Around::default()
    };
    for unit in units
        .values()
        .filter(|u| u.place.in_sector() == Some(sector))
    {
        if field.relation(unit.side(), side).shares_supply {
            keep(field, &mut around, unit);
        }
    }
    for (site, holding) in holdings.iter().filter(|(_, h)| h.sector == *sector) {
        sited(field, &mut around, site, holding, side);
    }
    let works = control.get(sector).map(|c| &c.works);
    for (owner, works) in works.into_iter().flatten() {
        note(field, &mut around, works, owner, side);
    }
    around
}

/// Notes who keeps company: what a force and its commander are like.
fn keep(field: &Field, around: &mut Around, unit: &Unit) {
    let commander = unit.command.commander.as_ref();
    let known = commander.and_then(|c| field.rules.commanders.get(c));
    let led = known.map_or(&[][..], |c| &c.traits);
    let traits = unit.command.traits.iter().chain(led);
    around.company.extend(traits.cloned());
}

fn is_home(field: &Field, side: &Key<Side>, sector: &Key<Sector>) -> bool {
    field
        .seats_of(side)
        .filter_map(|seat| field.scenario.seats.get(seat))
        .any(|seat| seat.home.contains(sector))
}

/// Notes a site that bears on a side; what is destroyed, or works for nobody, does not.
fn sited(
    field: &Field,
    around: &mut Around,
    site: &Key<Site>,
    holding: &Holding,
    side: &Key<Side>,
) {
    let definition = field.scenario.map.sites.get(site);
    let kind = definition.and_then(|d| field.rules.site_kinds.get_key_value(&d.kind));
    if let Some((key, kind)) = kind.filter(|_| !holding.razed && holding.loyal.is_none()) {
        if !kind.modifiers.is_empty() && field.bears(kind.bears, &holding.owner, side) {
            around.sites.push(key.clone());
        }
        note(field, around, &holding.meters, &holding.owner, side);
    }
}

/// Notes the meters of one owner that bear on a side.
fn note(
    field: &Field,
    around: &mut Around,
    meters: &BTreeMap<Key<Meter>, i32>,
    owner: &Key<Side>,
    side: &Key<Side>,
) {
    for (meter, value) in meters {
        let known = field.rules.meters.get(meter);
        if known.is_some_and(|m| field.bears(m.bears, owner, side)) {
            let highest = around.works.entry(meter.clone()).or_insert(*value);
            *highest = (*highest).max(*value);
        }
    }
}
