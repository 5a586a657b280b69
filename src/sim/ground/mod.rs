//! Phase 6: who holds what. A sector falls to whoever stands in it alone. A site that nobody defends falls to whoever
//! has held its sector long enough; one with shields or a garrison has to be shelled, landed on and fought for. Depots
//! fit for it move up behind their side.

pub mod assault;
mod landing;
mod siege;

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    deeds,
    field::Field,
    journal::What,
    state::Holding,
    theatre::Theatre,
    turn::{Phase, Turn},
    values::{Holdings, Tallies},
};
use crate::content::{Guards, Key, Rules, Sector, Side, Site, SiteKind, Stock};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (
            occupy,
            siege::shell,
            landing::land,
            assault::assaults,
            deeds::undertake,
            invest,
            advance_depots,
        )
            .chain()
            .in_set(Phase::Ground),
    );
}

fn occupy(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let stations = units.stations(&field);
    let mut control = t.control();
    let mut taken = Vec::new();
    for at in stations.taken() {
        // Sides with forces there that mean to hold it (raiders pass through).
        let posts = stations.at(at).map(|n| units.post(&field, n));
        let holders: BTreeSet<usize> = posts
            .filter(|p| p.in_sector && !p.evades)
            .map(|p| p.side)
            .collect();
        let holder = holders
            .first()
            .and_then(|n| field.relations.sides().get(*n));
        let sector = field.graph.name(at);
        let (Some(holder), Some(control)) = (holder, control.get_mut(sector)) else {
            continue;
        };
        let disputed = holders
            .iter()
            .any(|a| holders.iter().any(|b| field.relations.hostile(*a, *b)));
        let foreign = control
            .owner
            .as_ref()
            .is_none_or(|o| field.hostile(o, holder));
        if !disputed && foreign {
            let from = control.owner.replace(holder.clone());
            taken.push((sector.clone(), holder.clone(), from));
        }
    }
    t.put_control(control);
    for (sector, by, from) in taken {
        let mut told = vec![by.clone()];
        told.extend(from.clone());
        t.tell_sides(
            &told,
            What::SectorTaken {
                sector,
                by: Some(by),
                from,
            },
        );
    }
}

/// The kind of a site.
pub(super) fn kind<'a>(field: &'a Field, site: &Key<Site>) -> Option<&'a SiteKind> {
    kind_of(field, site).map(|(_, kind)| kind)
}

/// The kind of a site with its id.
pub(super) fn kind_of<'a>(
    field: &'a Field,
    site: &Key<Site>,
) -> Option<(&'a Key<SiteKind>, &'a SiteKind)> {
    let site = field.scenario.map.sites.get(site)?;
    field.rules.site_kinds.get_key_value(&site.kind)
}

/// Units of troops among stocks.
pub(super) fn troops(rules: &Rules, stocks: &BTreeMap<Key<Stock>, i32>) -> i32 {
    stocks
        .iter()
        .filter(|(stock, _)| rules.stocks.get(*stock).is_some_and(|s| s.troops.is_some()))
        .map(|(_, amount)| *amount)
        .sum()
}

/// Whether somebody or something keeps a site from being walked into.
pub(super) fn is_defended(field: &Field, site: &Key<Site>, holding: &Holding) -> bool {
    let shields = kind(field, site).map_or(0, |k| k.shields);
    holding.shields_down < shields || troops(&field.rules, &holding.stocks) > 0
}

/// Whether another site of its holder protects it: nothing falls there while that one stands.
pub(super) fn is_guarded(field: &Field, site: &Key<Site>, holdings: &Holdings) -> bool {
    let Some(own) = holdings.get(site) else {
        return false;
    };
    let region = |sector: &Key<Sector>| {
        let sector = field.scenario.map.sectors.get(sector);
        sector.map(|s| &s.region)
    };
    holdings.iter().any(|(other, holding)| {
        let guards = kind(field, other).and_then(|k| k.guards);
        other != site
            && holding.owner == own.owner
            && holding.works()
            && match guards {
                None => false,
                Some(Guards::Sector) => holding.sector == own.sector,
                Some(Guards::Region) => region(&holding.sector) == region(&own.sector),
            }
    })
}

/// Whether a site wants for nothing: it is of such a kind, and a grid of its holder's side feeds it, or none ever was.
pub(super) fn is_fed(field: &Field, site: &Key<Site>, holdings: &Holdings) -> bool {
    let Some(own) = holdings.get(site) else {
        return false;
    };
    let grid = |site: &Key<Site>| kind(field, site).is_some_and(|k| k.grid);
    let mut grids = holdings.iter().filter(|(key, _)| grid(key)).peekable();
    kind(field, site).is_some_and(|k| k.fed)
        && (grids.peek().is_none()
            || grids.any(|(_, h)| h.owner == own.owner && h.works() && h.blockaded == 0))
}

/// A site changes hands: what it held is spoiled, whoever else had landed is gone, the troops of its new holder stay as
/// its garrison. Gives back whose it was.
pub(super) fn hand_over(
    t: &mut Theatre,
    site: &Key<Site>,
    holding: &mut Holding,
    to: &Key<Side>,
    tallies: &mut Tallies,
) -> Key<Side> {
    let stays = holding.ashore.remove(to).unwrap_or_default();
    for (side, stocks) in std::mem::take(&mut holding.ashore) {
        spoil(tallies, &side, stocks);
    }
    spoil(
        tallies,
        &holding.owner,
        std::mem::replace(&mut holding.stocks, stays),
    );
    holding.blockaded = 0;
    holding.settled = 0;
    let from = std::mem::replace(&mut holding.owner, to.clone());
    t.scratch.fallen.insert(site.clone(), from.clone());
    from
}

/// Who takes a site by force has not yet won it: what is defiant stays loyal to whom it was loyal to before.
pub(super) fn submit(field: &Field, site: &Key<Site>, holding: &mut Holding, from: &Key<Side>) {
    let before = holding.loyal.take().unwrap_or_else(|| from.clone());
    if before != holding.owner && kind(field, site).is_some_and(|k| k.defiant) {
        holding.loyal = Some(before);
    }
}

/// Stocks that are lost with a site.
fn spoil(tallies: &mut Tallies, side: &Key<Side>, stocks: BTreeMap<Key<Stock>, i32>) {
    if let Some(tally) = tallies.get_mut(side) {
        for (stock, amount) in stocks {
            *tally.stocks_lost.entry(stock).or_default() += amount;
        }
    }
}

/// Destroys a site whose structure is gone, or (`wholly`) whatever is left of it.
pub(super) fn collapse(
    t: &mut Theatre,
    site: &Key<Site>,
    holding: &mut Holding,
    tallies: &mut Tallies,
    wholly: bool,
) {
    let structure = kind(&t.field, site).map_or(0, |k| k.structure);
    if holding.razed || !wholly && (structure == 0 || holding.damage < structure) {
        return;
    }
    let owner = holding.owner.clone();
    spoil(tallies, &owner, std::mem::take(&mut holding.stocks));
    for (side, stocks) in std::mem::take(&mut holding.ashore) {
        spoil(tallies, &side, stocks);
    }
    holding.razed = true;
    holding.blockaded = 0;
    t.scratch.fallen.insert(site.clone(), owner.clone());
    let everybody = t.field.everybody();
    let what = What::SiteRazed {
        site: site.clone(),
        owner,
    };
    t.journal.tell(&everybody, what);
}

/// Sites under a hostile holder's guns count the turns they hold out.
fn invest(mut t: Theatre) {
    let field = t.field.clone();
    let control = t.control();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    let guards = |site: &Key<Site>| kind(&field, site).is_some_and(|k| k.guards.is_some());
    let any = holdings.keys().any(guards);
    let guarded: BTreeSet<Key<Site>> = holdings
        .keys()
        .filter(|site| any && is_guarded(&field, site, &holdings))
        .cloned()
        .collect();
    let besieger = |holding: &Holding| {
        let owner = control.get(&holding.sector).and_then(|c| c.owner.as_ref());
        owner.filter(|o| field.hostile(o, &holding.owner) && !holding.razed)
    };
    for (site, holding) in holdings.change(|_, h| h.blockaded != 0 || besieger(h).is_some()) {
        let Some(owner) = besieger(holding).cloned() else {
            holding.blockaded = 0;
            continue;
        };
        holding.blockaded += 1;
        let sides = vec![holding.owner.clone(), owner.clone()];
        // Behind shields or with troops it has to be taken; what guards it must fall first.
        let (kind, defended) = (kind(&field, site), is_defended(&field, site, holding));
        if defended || guarded.contains(site) {
            continue;
        }
        let endurance = kind.map_or(1, |k| k.endurance);
        if holding.blockaded < endurance {
            told.push((
                sides,
                What::SiteBlockaded {
                    site: site.clone(),
                    turns: holding.blockaded,
                },
            ));
            continue;
        }
        let from = hand_over(&mut t, site, holding, &owner, &mut tallies);
        submit(&field, site, holding, &from);
        told.push((
            sides,
            What::SiteTaken {
                site: site.clone(),
                by: owner,
                from,
            },
        ));
    }
    t.put_holdings(holdings);
    t.put_tallies(tallies);
    for (sides, what) in told {
        t.tell_sides(&sides, what);
    }
}

/// A depot that follows goes one lane each so many turns, to the neighbour of its own side nearest to the side's ships.
fn advance_depots(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let control = t.control();
    let mut holdings = t.holdings();
    let mut moved = Vec::new();
    let stations = units.stations(&field);
    let mut ships: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    let follows = |site: &Key<Site>| kind(&field, site).map_or(0, |k| k.follows);
    for (site, holding) in holdings.change(|site, _| follows(site) > 0) {
        let follows = follows(site);
        holding.settled = holding.settled.saturating_add(1);
        if holding.settled < follows || holding.blockaded > 0 || !holding.works() {
            continue;
        }
        let side = holding.owner.clone();
        let number = field.relations.number(&side).unwrap_or(usize::MAX);
        let Some(at) = field.graph.number(&holding.sector) else {
            continue;
        };
        let safe = |at: usize| {
            let owner = control.get(field.graph.name(at));
            owner.and_then(|c| c.owner.as_ref()) == Some(&side)
                && !stations
                    .at(at)
                    .any(|n| field.relations.hostile(number, units.post(&field, n).side))
        };
        // Where the side's ships are, summed once for all its depots.
        let ships = ships.entry(number).or_insert_with(|| {
            let mut all: BTreeMap<usize, i64> = BTreeMap::new();
            for (_, post) in units.posts(&field).filter(|(_, p)| p.side == number) {
                *all.entry(post.at).or_default() += post.strength;
            }
            all.into_iter().collect::<Vec<_>>()
        });
        let away = |from: usize| -> i64 {
            let hops = field.graph.hops_from(from);
            let far = |at: usize| {
                hops.get(at)
                    .filter(|n| **n != u16::MAX)
                    .map_or(99, |n| i64::from(*n))
            };
            ships.iter().map(|(at, hp)| hp * far(*at)).sum()
        };
        let here = away(at);
        let best = field
            .graph
            .ways(at)
            .iter()
            .filter(|way| safe(way.to))
            .map(|way| (away(way.to), field.graph.name(way.to).clone()))
            .min();
        if let Some((there, to)) = best
            && there < here
        {
            let from = std::mem::replace(&mut holding.sector, to.clone());
            holding.settled = 0;
            moved.push((
                side,
                What::DepotMoved {
                    site: site.clone(),
                    from,
                    to,
                },
            ));
        }
    }
    t.put_holdings(holdings);
    for (side, what) in moved {
        t.tell_sides([&side], what);
    }
}
