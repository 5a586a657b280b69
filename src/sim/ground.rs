//! Phase 6: who holds what. A sector falls to whoever stands in it alone; a site to whoever has held its sector long
//! enough; depots fit for it move up behind their side.

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    journal::What,
    roster::Stations,
    state::Control,
    theatre::Theatre,
    turn::{Phase, Turn},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (occupy, invest, advance_depots)
            .chain()
            .in_set(Phase::Ground),
    );
}

fn occupy(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let stations = Stations::of(&field, &units);
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
            let from = std::mem::replace(
                control,
                Control {
                    owner: Some(holder.clone()),
                },
            )
            .owner;
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

/// Sites under a hostile holder's guns count the turns they hold out.
fn invest(mut t: Theatre) {
    let field = t.field.clone();
    let control = t.control();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    for (site, holding) in &mut holdings {
        let owner = control.get(&holding.sector).and_then(|c| c.owner.clone());
        let Some(owner) = owner.filter(|o| field.hostile(o, &holding.owner)) else {
            holding.blockaded = 0;
            continue;
        };
        holding.blockaded += 1;
        let endurance = field
            .scenario
            .map
            .sites
            .get(site)
            .and_then(|s| field.rules.site_kinds.get(&s.kind))
            .map_or(1, |k| k.endurance);
        let sides = vec![holding.owner.clone(), owner.clone()];
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
        // What it held is spoiled before it falls.
        for (stock, amount) in std::mem::take(&mut holding.stocks) {
            if let Some(tally) = tallies.get_mut(&holding.owner) {
                *tally.stocks_lost.entry(stock).or_default() += amount;
            }
        }
        let from = std::mem::replace(&mut holding.owner, owner.clone());
        holding.blockaded = 0;
        holding.settled = 0;
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
    let stations = Stations::of(&field, &units);
    let mut ships: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (site, holding) in &mut holdings {
        let follows = field
            .scenario
            .map
            .sites
            .get(site)
            .and_then(|s| field.rules.site_kinds.get(&s.kind))
            .map_or(0, |k| k.follows);
        holding.settled = holding.settled.saturating_add(1);
        if follows <= 0 || holding.settled < follows || holding.blockaded > 0 {
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
