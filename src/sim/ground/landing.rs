//! Troops go down to sites and come up again, as ordered, by forces that are still there and afloat.

use super::{kind, troops};
use crate::{
    content::{Key, Side, Site, Stat, Stock},
    sim::{
        around::in_sector,
        field::Field,
        journal::What,
        order::{Action, Refusal, enough, may_land, may_lift},
        outcome::Stage,
        state::{Holding, Place},
        stats::{Bearer, SiteState},
        supply,
        theatre::Theatre,
    },
};

pub(super) fn land(mut t: Theatre) {
    let landings = std::mem::take(&mut t.scratch.landings);
    if landings.is_empty() {
        return;
    }
    let mut stage = Stage::of(&t);
    for landing in landings {
        let force = &landing.order.force;
        let result = match &landing.order.action {
            Action::Land {
                stock,
                amount,
                site,
            } => down(&mut t, &mut stage, force, stock, *amount, site),
            Action::Lift {
                stock,
                amount,
                site,
            } => up(&mut t, &mut stage, force, stock, *amount, site),
            _ => Ok(()),
        };
        if let Err(refusal) = result {
            let what = What::Refused {
                order: landing.order,
                refusal,
            };
            t.journal.tell(&landing.seat, what);
        }
    }
    stage.apply(&mut t);
}

/// Books what moves between the accounts of two sides.
fn transfer(stage: &mut Stage, stock: &Key<Stock>, amount: i32, from: &Key<Side>, to: &Key<Side>) {
    if from != to {
        for (side, change) in [(from, -amount), (to, amount)] {
            if let Some(tally) = stage.tallies.get_mut(side) {
                *tally.stocks_raised.entry(stock.clone()).or_default() += change;
            }
        }
    }
}

/// A force goes down to a site, and up from it, in the site's own sector.
fn above(field: &Field, place: &Place, holding: &Holding) -> Result<(), Refusal> {
    if place.in_sector() == Some(&holding.sector) {
        return Ok(());
    }
    Err(Refusal::OutOfRange {
        distance: field.range(place.sector(), &holding.sector),
        range: 0,
    })
}

fn down(
    t: &mut Theatre,
    stage: &mut Stage,
    force: &Key<crate::content::Force>,
    stock: &Key<Stock>,
    amount: i32,
    site: &Key<Site>,
) -> Result<(), Refusal> {
    let field = t.field.clone();
    let unit = stage.units.get(force).filter(|u| !u.is_gone());
    let unit = unit.ok_or_else(|| Refusal::NoSuchForce(force.clone()))?;
    let side = unit.side().clone();
    let holding = stage.holdings.get(site).filter(|h| !h.razed);
    let holding = holding.ok_or_else(|| Refusal::NoSuchSite(site.clone()))?;
    above(&field, &unit.place, holding)?;
    let has = unit.magazine.0.get(stock).copied().unwrap_or(0);
    enough(amount, has)?;
    let friendly = field.relation(&side, &holding.owner).shares_supply;
    let kind = kind(&field, site);
    let shields = kind.map_or(0, |k| k.shields);
    let lands = field
        .rules
        .stocks
        .get(stock)
        .and_then(|s| s.troops.as_ref());
    let whose = field.party(&side, &holding.owner);
    may_land(
        whose,
        lands.is_some_and(|t| t.lands),
        holding.shields_down < shields,
    )?;
    // Only who is fired at loses any on the way down.
    let defended = !friendly && troops(&field.rules, &holding.stocks) > 0;
    let mut lost = 0;
    if defended {
        let base = i64::from(field.rules.constants.landing_loss);
        let state = SiteState {
            kind: field.scenario.map.sites[site].kind.clone(),
            shielded: false,
            unsurrendered: holding.loyal.is_some(),
        };
        let about = in_sector(
            &field,
            t.clock.turn,
            &side,
            &holding.sector,
            &stage.units,
            &stage.control,
            stage.holdings.iter(),
        );
        let share = Bearer::site(&field.rules, &state, &holding.meters, &holding.stocks, None)
            .within(Some(&about))
            .facing(&[], true)
            .stat(Stat::GroundHarm, base, 0, 1000)
            .value();
        let mut dice = field.dice(
            t.clock.turn,
            "ground.land",
            &format!("{force}/{site}/{stock}"),
        );
        lost = i32::try_from(dice.share(i64::from(amount), share, 1000)).unwrap_or(amount);
        lost = lost.min(amount);
    }
    let owner = holding.owner.clone();
    if let Some(unit) = stage.units.get_mut(force)
        && let Some(left) = unit.magazine.0.get_mut(stock)
    {
        *left -= amount;
    }
    if let Some(tally) = stage.tallies.get_mut(&side) {
        *tally.stocks_lost.entry(stock.clone()).or_default() += lost;
    }
    if let Some(holding) = stage.holdings.get_mut(site) {
        let stand = if friendly {
            &mut holding.stocks
        } else {
            holding.ashore.entry(side.clone()).or_default()
        };
        *stand.entry(stock.clone()).or_default() += amount - lost;
    }
    if friendly {
        transfer(stage, stock, amount - lost, &side, &owner);
    }
    let what = What::Landed {
        force: force.clone(),
        site: site.clone(),
        stock: stock.clone(),
        amount,
        lost,
    };
    t.tell_sides([&side, &owner], what);
    Ok(())
}

fn up(
    t: &mut Theatre,
    stage: &mut Stage,
    force: &Key<crate::content::Force>,
    stock: &Key<Stock>,
    amount: i32,
    site: &Key<Site>,
) -> Result<(), Refusal> {
    let field = t.field.clone();
    let unit = stage.units.get(force).filter(|u| !u.is_gone());
    let unit = unit.ok_or_else(|| Refusal::NoSuchForce(force.clone()))?;
    let side = unit.side().clone();
    let room = supply::room(&field.rules, unit, stock);
    let place = unit.place.clone();
    let holding = stage.holdings.get_mut(site).filter(|h| !h.razed);
    let holding = holding.ok_or_else(|| Refusal::NoSuchSite(site.clone()))?;
    above(&field, &place, holding)?;
    let owner = holding.owner.clone();
    let friendly = field.relation(&side, &owner).shares_supply;
    let stand = if friendly {
        Some(&mut holding.stocks)
    } else {
        holding.ashore.get_mut(&side)
    };
    let have = stand.and_then(|s| s.get_mut(stock));
    let has = have.as_ref().map_or(0, |n| **n);
    may_lift(amount, has, room)?;
    if let Some(have) = have {
        *have -= amount;
    }
    if let Some(unit) = stage.units.get_mut(force) {
        *unit.magazine.0.entry(stock.clone()).or_default() += amount;
    }
    if friendly {
        transfer(stage, stock, amount, &owner, &side);
    }
    let what = What::Lifted {
        force: force.clone(),
        site: site.clone(),
        stock: stock.clone(),
        amount,
    };
    t.tell_sides([&side, &owner], what);
    Ok(())
}
