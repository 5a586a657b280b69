//! Phase 6: who holds what. A sector falls to whoever stands in it alone; a site to whoever has held its sector long
//! enough; depots fit for it move up behind their side.

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    field::Field,
    journal::What,
    roster::Units,
    state::{Control, Holding},
    theatre::Theatre,
    turn::{Phase, Turn},
};
use crate::content::{Key, Sector, Side};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Turn,
        (occupy, invest, advance_depots)
            .chain()
            .in_set(Phase::Ground),
    );
}

/// Sides with forces in a sector that mean to hold it (raiders pass through).
fn holders(field: &Field, units: &Units, sector: &Key<Sector>) -> BTreeSet<Key<Side>> {
    units
        .values()
        .filter(|u| u.place.in_sector() == Some(sector))
        .filter(|u| {
            !u.bearing
                .posture
                .as_ref()
                .and_then(|p| field.rules.postures.get(p))
                .is_some_and(|p| p.evades)
        })
        .map(|u| u.side().clone())
        .collect()
}

fn occupy(mut t: Theatre) {
    let field = t.field.clone();
    let units = t.roster.gather();
    let mut control = t.control();
    let mut taken = Vec::new();
    for (sector, control) in &mut control {
        let holders = holders(&field, &units, sector);
        let Some(holder) = holders.first() else {
            continue;
        };
        let disputed = holders
            .iter()
            .any(|a| holders.iter().any(|b| field.hostile(a, b)));
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
        let safe = |s: &Key<Sector>| {
            control.get(s).and_then(|c| c.owner.as_ref()) == Some(&side)
                && !units
                    .values()
                    .any(|u| u.place.sector() == s && field.hostile(&side, u.side()))
        };
        let away = |holding: &Holding, s: &Key<Sector>| -> i64 {
            let hops: BTreeMap<_, _> = field.graph.distances([s], |_, _| Some(1));
            units
                .values()
                .filter(|u| *u.side() == holding.owner)
                .map(|u| {
                    u.strength(&field.rules)
                        * i64::from(hops.get(u.place.sector()).copied().unwrap_or(99))
                })
                .sum()
        };
        let here = away(holding, &holding.sector);
        let best = field
            .graph
            .from(&holding.sector)
            .iter()
            .filter(|e| safe(&e.to))
            .map(|e| (away(holding, &e.to), e.to.clone()))
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
