//! What bears on a force from where it is and with whom: sites, works of sides in the place, company, home. Derived
//! from the state; the same for the turn, which gathers it from the truth, and for views, which have what a seat knows.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

use super::{
    field::Field,
    roster::{Stations, Unit, Units},
    state::{Control, Holding},
    values::{Controls, Holdings},
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

/// What bears on every side in every sector in which it has forces, at one moment; worked out where it is asked.
pub struct Surroundings {
    field: Field,
    turn: u32,
    units: Units,
    stations: Arc<Stations>,
    /// Sites that can bear on anybody, by the number of their sector.
    sites: BTreeMap<usize, Vec<(Key<Site>, Arc<Holding>)>>,
    /// What sides have put into sectors, by number.
    works: BTreeMap<usize, Control>,
    /// By the first force of a side in a sector, by its place in the order of names.
    cells: Vec<OnceLock<Box<Around>>>,
}

impl Surroundings {
    /// As the state stands.
    pub fn of(
        field: &Field,
        turn: u32,
        units: &Units,
        control: &Controls,
        holdings: &Holdings,
    ) -> Self {
        let number = |sector| field.graph.number(sector);
        let mut sites: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for (site, holding) in holdings.shared() {
            let definition = field.scenario.map.sites.get(site);
            let kind = definition.and_then(|d| field.rules.site_kinds.get(&d.kind));
            let bears = !holding.meters.is_empty() || kind.is_some_and(|k| !k.modifiers.is_empty());
            if let Some(at) = number(&holding.sector).filter(|_| bears) {
                let there = sites.entry(at).or_default();
                there.push((site.clone(), holding.clone()));
            }
        }
        let works = control.iter().filter(|(_, c)| !c.works.is_empty());
        let works = works.filter_map(|(sector, c)| Some((number(sector)?, c.clone())));
        Self {
            field: field.clone(),
            turn,
            units: units.clone(),
            stations: units.stations(field),
            sites,
            works: works.collect(),
            cells: units.keys().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What bears on a side in a sector; none where it has no forces.
    pub fn get(&self, side: &Key<Side>, sector: &Key<Sector>) -> Option<&Around> {
        let of = self.field.relations.number(side)?;
        let at = self.field.graph.number(sector)?;
        let post = |n: &usize| self.units.post(&self.field, *n);
        let mut here = self.stations.at(at);
        let first = here.find(|n| post(n).in_sector && post(n).side == of)?;
        Some(self.cells[first].get_or_init(|| Box::new(self.work_out(side, of, sector, at))))
    }

    fn work_out(&self, side: &Key<Side>, of: usize, sector: &Key<Sector>, at: usize) -> Around {
        let field = &self.field;
        let posts = self.stations.at(at).map(|n| (n, self.units.post(field, n)));
        let here = posts.filter(|(_, post)| post.in_sector);
        let mut around = Around {
            turn: self.turn,
            home: is_home(field, side, sector),
            ..Around::default()
        };
        for (n, post) in here {
            if field.relations.between(post.side, of).shares_supply {
                keep(field, &mut around, self.units.nth(n));
            }
        }
        self.put_there(&mut around, side, at);
        around
    }

    /// What bears on a force in a sector through which it passed, in company of those with whom it is now.
    pub fn passing(&self, unit: &Unit, sector: &Key<Sector>) -> Around {
        let (field, side) = (&self.field, unit.side());
        let mut around = Around {
            turn: self.turn,
            home: is_home(field, side, sector),
            ..Around::default()
        };
        match self.on(unit) {
            Some(now) => around.company.clone_from(&now.company),
            None => keep(field, &mut around, unit),
        }
        if let Some(at) = field.graph.number(sector) {
            self.put_there(&mut around, side, at);
        }
        around
    }

    /// Whether anything stands in a sector that may bear on who comes: a site, or what somebody has put there.
    pub fn is_worked(&self, sector: &Key<Sector>) -> bool {
        let at = self.field.graph.number(sector);
        at.is_some_and(|at| self.sites.contains_key(&at) || self.works.contains_key(&at))
    }

    /// Notes the sites and works of a sector that bear on a side.
    fn put_there(&self, around: &mut Around, side: &Key<Side>, at: usize) {
        for (site, holding) in self.sites.get(&at).into_iter().flatten() {
            sited(&self.field, around, site, holding, side);
        }
        let works = self.works.get(&at).map(|c| &c.works);
        for (owner, works) in works.into_iter().flatten() {
            note(&self.field, around, works, owner, side);
        }
    }

    /// What bears on a force; none on a lane.
    pub fn on(&self, unit: &Unit) -> Option<&Around> {
        self.get(unit.side(), unit.place.in_sector()?)
    }
}

/// What bears on a side in a sector, whether or not it has forces there.
pub fn in_sector<'a>(
    field: &Field,
    turn: u32,
    side: &Key<Side>,
    sector: &Key<Sector>,
    units: &Units,
    control: &Controls,
    holdings: impl Iterator<Item = (&'a Key<Site>, &'a Holding)>,
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
    for (site, holding) in holdings.filter(|(_, h)| h.sector == *sector) {
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
    for quality in traits {
        if !around.company.contains(quality) {
            around.company.insert(quality.clone());
        }
    }
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
