//! Sites that have to be taken: fleets shell them while no hostile fleet is near, transports come up behind them, troops
//! go down once the shields are, and a prize that was won is held.

use super::{
    Reasoned,
    brief::{Brief, Job},
    delay::{go, halt},
};
use crate::{
    content::{Force, Key, Posture, Sector, Site, Stock},
    sim::{
        order::{Action, Order},
        view::{OwnForce, SiteView},
    },
};

/// Troops are landed on a garrison that is known to be at most so strong, permille of their own strength.
const ODDS: i64 = 800;

/// Orders of those who besiege, carry troops, or land.
pub fn plan(brief: &Brief) -> Vec<Reasoned> {
    let mut orders = Vec::new();
    let view = brief.view;
    for site in targets(brief) {
        let Some(known) = view.sites.get(&site) else {
            continue;
        };
        let layers = shields(brief, &site);
        let open = layers == 0 || known.shields_down.is_some_and(|down| down >= layers);
        besiege(brief, &site, known, layers, &mut orders);
        for (id, force) in carriers(brief) {
            let aboard = aboard(brief, force, false);
            let strength: i64 = aboard.iter().map(|(_, _, hp)| hp).sum();
            if strength == 0 || orders.iter().any(|o: &Reasoned| o.order.force == *id) {
                continue;
            }
            let here = force.place.in_sector() == Some(&known.sector);
            if here && open {
                let garrison = garrison(brief, known);
                if garrison.is_none_or(|hp| hp * 1000 <= strength * ODDS)
                    || !known.ashore.is_empty()
                {
                    for (stock, amount, _) in aboard {
                        orders.push(land(id, &stock, amount, &site));
                    }
                }
            } else if !here && covered(brief, known) {
                orders.push(go(id, &known.sector, format!("brings troops to {site}")));
            } else if here {
                orders.push(halt(id, format!("waits for the shields over {site}")));
            }
        }
    }
    hold(brief, &mut orders);
    orders
}

/// Hostile sites to go for: those that are asked for; where none is, any on which own fleets stand already.
fn targets(brief: &Brief) -> Vec<Key<Site>> {
    let mut all = brief.prizes.clone();
    if !all.is_empty() {
        return all;
    }
    for (key, site) in &brief.view.sites {
        let ours = brief
            .own(Job::Fleet)
            .iter()
            .any(|(_, f)| f.place.in_sector() == Some(&site.sector));
        if ours && brief.view.hostile.contains(&site.owner) && !site.razed {
            all.push(key.clone());
        }
    }
    all.sort();
    all.dedup();
    all
}

fn shields(brief: &Brief, site: &Key<Site>) -> i32 {
    let kind = brief.view.map.sites.get(site).map(|s| &s.kind);
    let kind = kind.and_then(|k| brief.view.rules.site_kinds.get(k));
    kind.map_or(0, |k| k.shields)
}

/// What is known of the troops that hold a site, hit points.
fn garrison(brief: &Brief, site: &SiteView) -> Option<i64> {
    let stocks = site.stocks.as_ref()?;
    let hp = |(stock, n): (&Key<Stock>, &i32)| {
        let troops = brief.view.rules.stocks.get(stock)?.troops.as_ref()?;
        Some(i64::from(troops.strength) * i64::from(*n))
    };
    Some(stocks.iter().filter_map(hp).sum())
}

/// Whether own fleets stand over a site and no hostile fleet does.
fn covered(brief: &Brief, site: &SiteView) -> bool {
    brief.danger(&site.sector) > 0
        && brief
            .own(Job::Fleet)
            .iter()
            .any(|(_, f)| f.place.in_sector() == Some(&site.sector))
}

/// Whether own fleets in a sector are half as strong again as all hostile ones next door, and none is in it.
fn is_master(brief: &Brief, sector: &Key<Sector>) -> bool {
    let fleets = brief.own(Job::Fleet).into_iter();
    let there = fleets.filter(|(_, f)| f.place.in_sector() == Some(sector));
    let own: i64 = there.map(|(_, f)| f.strength).sum();
    let near = brief
        .hostile
        .iter()
        .filter(|(s, _)| brief.graph.adjacent(s, sector));
    let hostile: i64 = near.map(|(_, hp)| hp).sum();
    brief.danger(sector) > 0 && own * 2 >= hostile * 3
}

/// Fleets over a site shell it, unless an enemy is too near for that.
fn besiege(
    brief: &Brief,
    site: &Key<Site>,
    known: &SiteView,
    layers: i32,
    orders: &mut Vec<Reasoned>,
) {
    let postures = &brief.view.rules.postures;
    let Some((siege, _)) = postures.iter().find(|(_, p)| p.besieges) else {
        return;
    };
    // Only shields and garrisons need shelling; what lies open is walked into.
    let wanted = layers > 0 || garrison(brief, known).is_none_or(|hp| hp > 0);
    for (id, force) in brief.own(Job::Fleet) {
        let here = force.place.in_sector() == Some(&known.sector);
        let shells = force.posture.as_ref() == Some(siege);
        let safe = brief.danger(&known.sector) > 1 || is_master(brief, &known.sector);
        if here && wanted && safe {
            if !shells {
                orders.push(posture(id, Some(siege.clone()), format!("shells {site}")));
            }
            orders.push(halt(id, format!("stays over {site}")));
        } else if here && shells {
            orders.push(posture(id, None, "an enemy is near: no siege today".into()));
        }
    }
}

/// Forces with troops aboard that can be landed on an enemy.
fn carriers<'a>(brief: &Brief<'a>) -> Vec<(&'a Key<Force>, &'a OwnForce)> {
    let forces = brief.view.forces.iter();
    forces
        .filter(|(_, f)| f.mine && !aboard(brief, f, false).is_empty())
        .collect()
}

/// Troops aboard: stock, units, hit points. `any`: those, too, that only hold what is their own.
fn aboard(brief: &Brief, force: &OwnForce, any: bool) -> Vec<(Key<Stock>, i32, i64)> {
    let troops = |(stock, n): (&Key<Stock>, &i32)| {
        let troops = brief.view.rules.stocks.get(stock)?.troops.as_ref()?;
        let hp = i64::from(troops.strength) * i64::from(*n);
        let fit = *n > 0 && (any || troops.lands) && !troops.boards;
        fit.then(|| (stock.clone(), *n, hp))
    };
    force.stocks.iter().filter_map(troops).collect()
}

/// What was won and has not surrendered gets a garrison from whoever is there with troops to spare.
fn hold(brief: &Brief, orders: &mut Vec<Reasoned>) {
    for (site, known) in &brief.view.sites {
        let won = known.owner == brief.view.side && known.loyal.is_some() && !known.razed;
        if !won || garrison(brief, known).is_some_and(|hp| hp >= 60) {
            continue;
        }
        for (id, force) in brief.view.forces.iter().filter(|(_, f)| f.mine) {
            if force.place.in_sector() == Some(&known.sector)
                && !orders.iter().any(|o| o.order.force == *id)
            {
                for (stock, amount, _) in aboard(brief, force, true) {
                    orders.push(land(id, &stock, amount.min(10), site));
                }
            }
        }
    }
}

fn land(id: &Key<Force>, stock: &Key<Stock>, amount: i32, site: &Key<Site>) -> Reasoned {
    Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Land {
                stock: stock.clone(),
                amount,
                site: site.clone(),
            },
        },
        reason: format!("{amount} {stock} go down to {site}"),
    }
}

fn posture(id: &Key<Force>, posture: Option<Key<Posture>>, reason: String) -> Reasoned {
    Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Posture(posture),
        },
        reason,
    }
}
