//! Shells on sites: each layer of shields falls only to enough fire within one turn, or grows back; what is left over
//! finds the garrison, and what salvos dealt goes on into the structure.

use std::collections::BTreeMap;

use super::{collapse, kind, troops};
use crate::{
    content::{Key, Rules, Side, Site, Stat, Stock},
    sim::{
        around::{Surroundings, in_sector},
        dice::Dice,
        journal::What,
        roster::Unit,
        state::Holding,
        stats::{Bearer, SiteState},
        theatre::{Theatre, terrain_at},
    },
};

/// Layers that so much fire within one turn brings down, and what of it is left over.
pub fn layers_down(shields: i32, shield: i64, fire: i64) -> (i32, i64) {
    if shields <= 0 || shield <= 0 {
        return (0, fire);
    }
    let down = i32::try_from(fire / shield)
        .unwrap_or(i32::MAX)
        .min(shields);
    if down < shields {
        // What does not break a layer breaks nothing.
        (down, 0)
    } else {
        (down, fire - i64::from(shields) * shield)
    }
}

/// What a besieging force deals to a site in a turn, hit points.
pub fn siege_fire(rules: &Rules, unit: &Unit, bearer: &Bearer) -> i64 {
    let rate = i64::from(rules.constants.siege_rate);
    let base = unit.strength(rules) * rate / 1000;
    bearer.stat(Stat::Siege, base, 0, 1_000_000_000).value()
}

/// Kills units of troops with so many hit points; gives back units killed by stock.
pub(super) fn kill(
    rules: &Rules,
    stocks: &mut BTreeMap<Key<Stock>, i32>,
    hp: i64,
    dice: &mut Dice,
) -> BTreeMap<Key<Stock>, i32> {
    let strength = |stock: &Key<Stock>| {
        let troops = rules.stocks.get(stock).and_then(|s| s.troops.as_ref());
        troops.map_or(0, |t| i64::from(t.strength))
    };
    let mut left: i64 = stocks
        .iter()
        .map(|(s, n)| strength(s) * i64::from(*n))
        .sum();
    let mut rest = hp.min(left);
    let mut killed = BTreeMap::new();
    for (stock, amount) in stocks.iter_mut() {
        let each = strength(stock);
        let own = each * i64::from(*amount);
        if own == 0 || left <= 0 {
            continue;
        }
        let part = if own >= left {
            rest
        } else {
            dice.share(rest, own, left)
        };
        left -= own;
        rest -= part.min(rest);
        let units = dice.share(part, 1, each);
        let units = i32::try_from(units).unwrap_or(i32::MAX).min(*amount);
        *amount -= units;
        if units > 0 {
            killed.insert(stock.clone(), units);
        }
    }
    killed
}

pub(super) fn shell(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let units = t.roster.gather();
    let control = t.control();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let tempers = t.tempers();
    let around = Surroundings::of(&field, turn, &units, &control, &holdings);
    let mut fire = t.scratch.shelled.clone();
    for unit in units.values() {
        let besieges = unit
            .bearing
            .posture
            .as_ref()
            .and_then(|p| field.rules.postures.get(p))
            .is_some_and(|p| p.besieges);
        let Some(sector) = unit.place.in_sector().filter(|_| besieges) else {
            continue;
        };
        let targets: Vec<_> = holdings
            .iter()
            .filter(|(_, h)| {
                h.sector == *sector && !h.razed && field.hostile(unit.side(), &h.owner)
            })
            .map(|(site, _)| site.clone())
            .collect();
        let terrain = terrain_at(&field, &unit.place);
        let bearer = Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()))
            .within(around.on(unit));
        let mut dealt = siege_fire(&field.rules, unit, &bearer);
        // Several sites share it, the first by name first: nobody shells two worlds with all his guns.
        for (i, site) in targets.iter().enumerate() {
            let part = dealt / i64::try_from(targets.len() - i).unwrap_or(1);
            dealt -= part;
            *fire
                .entry(site.clone())
                .or_default()
                .entry(unit.side().clone())
                .or_default() += part;
        }
    }
    let places = holdings.clone();
    let mut told = Vec::new();
    let opened = t.scratch.opened.clone();
    let struck = holdings.change(|site, holding| {
        holding.shields_down != 0 || fire.contains_key(site) || opened.contains_key(site)
    });
    for (site, holding) in struck {
        let Some(kind) = kind(&field, site).filter(|_| !holding.razed) else {
            continue;
        };
        let by = fire.get(site).cloned().unwrap_or_default();
        let total: i64 = by.values().sum();
        let opened = opened.get(site).copied().unwrap_or(0);
        let (down, left) = layers_down(kind.shields, kind.shield, total);
        holding.shields_down = down.max(opened.min(kind.shields));
        let Some(first) = by.into_iter().max_by_key(|(_, hp)| *hp).map(|(s, _)| s) else {
            continue;
        };
        let state = SiteState {
            kind: field.scenario.map.sites[site].kind.clone(),
            shielded: down < kind.shields,
            unsurrendered: holding.loyal.is_some(),
        };
        let about = in_sector(
            &field,
            turn,
            &holding.owner,
            &holding.sector,
            &units,
            &control,
            places.iter(),
        );
        let temper = tempers.get(&holding.owner);
        let through = Bearer::site(
            &field.rules,
            &state,
            &holding.meters,
            &holding.stocks,
            temper,
        )
        .within(Some(&about))
        .stat(Stat::Bombardment, 1000, 0, 10_000)
        .value();
        let mut dice = field.dice(turn, "ground.shell", site.as_str());
        let hits = left * through / 1000;
        let killed = if troops(&field.rules, &holding.stocks) > 0 {
            kill(&field.rules, &mut holding.stocks, hits / 2, &mut dice)
        } else {
            BTreeMap::new()
        };
        if let Some(tally) = tallies.get_mut(&holding.owner) {
            for (stock, units) in &killed {
                *tally.stocks_lost.entry(stock.clone()).or_default() += units;
            }
        }
        let struck = t.scratch.struck.get(site).copied().unwrap_or(0);
        holding.damage += left.min(struck);
        let sides: Vec<Key<Side>> = vec![holding.owner.clone(), first.clone()];
        told.push((
            sides,
            What::SiteShelled {
                site: site.clone(),
                by: first,
                hp: total,
                down: holding.shields_down,
                layers: kind.shields,
                killed: killed.values().sum(),
            },
        ));
    }
    for (sides, what) in told {
        t.tell_sides(&sides, what);
    }
    let falls = |site: &Key<Site>, holding: &Holding| {
        let structure = kind(&field, site).map_or(0, |k| k.structure);
        structure > 0 && holding.damage >= structure
    };
    for (site, holding) in holdings.change(falls) {
        collapse(&mut t, site, holding, &mut tallies, false);
    }
    t.scratch.shelled = fire;
    t.put_holdings(holdings);
    t.put_tallies(tallies);
}

#[cfg(test)]
mod tests {
    use super::layers_down;

    #[test]
    fn a_layer_falls_to_enough_fire_within_one_turn_or_not_at_all() {
        assert_eq!(layers_down(3, 300, 299), (0, 0));
        assert_eq!(layers_down(3, 300, 300), (1, 0));
        assert_eq!(layers_down(3, 300, 899), (2, 0));
        assert_eq!(layers_down(3, 300, 1_000), (3, 100));
        assert_eq!(layers_down(0, 0, 70), (0, 70));
    }
}
