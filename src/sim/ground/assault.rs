//! Fights on the ground of sites: whoever has landed against whoever holds it, in rounds, as a pure rule.

use std::collections::{BTreeMap, BTreeSet};

use super::{hand_over, is_guarded, siege::kill, submit, troops};
use crate::{
    content::{Key, Rules, Side, SourceKind, Stat, Stock, Sum},
    sim::{
        around::{Around, in_sector},
        dice::Dice,
        journal::{Camp, What},
        stats::{Bearer, SiteState, Temper},
        theatre::Theatre,
    },
};

/// The troops of one side on a site.
#[derive(Clone, Debug)]
pub struct Party {
    /// Whose.
    pub side: Key<Side>,
    /// Units by stock; other stocks are left alone.
    pub stocks: BTreeMap<Key<Stock>, i32>,
    /// Whether it has landed, rather than holds the site.
    pub attacks: bool,
    /// What bears on it: works, sites, company.
    pub around: Around,
    /// Meters of its side.
    pub temper: Temper,
}

/// What of the site bears on all.
pub struct Ground<'a> {
    /// The site.
    pub state: &'a SiteState,
    /// Its meters.
    pub meters: &'a BTreeMap<Key<crate::content::Meter>, i32>,
}

/// Fights it out between those who are hostile (by index, both ways alike); gives back units lost by party.
pub fn fight(
    rules: &Rules,
    ground: &Ground,
    parties: &mut [Party],
    hostile: &BTreeSet<(usize, usize)>,
    dice: &mut Dice,
) -> Vec<BTreeMap<Key<Stock>, i32>> {
    let mut lost: Vec<BTreeMap<Key<Stock>, i32>> = vec![BTreeMap::new(); parties.len()];
    let foes = |i: usize, j: usize| hostile.contains(&(i.min(j), i.max(j)));
    for _ in 0..rules.constants.ground_rounds {
        let strength: Vec<i64> = parties.iter().map(|p| strength(rules, p)).collect();
        let mut suffered = vec![0_i64; parties.len()];
        let bearers: Vec<Bearer> = parties
            .iter()
            .map(|p| {
                Bearer::site(
                    rules,
                    ground.state,
                    ground.meters,
                    &p.stocks,
                    Some(&p.temper),
                )
                .within(Some(&p.around))
            })
            .collect();
        for (i, party) in parties.iter().enumerate() {
            let against: Vec<usize> = (0..parties.len()).filter(|j| foes(i, *j)).collect();
            let all: i64 = against.iter().map(|j| strength[*j]).sum();
            if all == 0 || strength[i] == 0 {
                continue;
            }
            let faced: Vec<Bearer> = against.iter().map(|j| bearers[*j]).collect();
            let bearer = bearers[i].facing(&faced, party.attacks);
            let fire: i64 = units(rules, party)
                .map(|(stock, n, each)| {
                    n * each * stat(rules, &bearer, stock, Stat::GroundFire) / 1000
                })
                .sum();
            let luck = dice.between(
                i64::from(rules.constants.bout_luck.0),
                i64::from(rules.constants.bout_luck.1),
            );
            let fire = fire * i64::from(rules.constants.ground_rate) / 1000 * luck / 1000;
            for j in against {
                let faced = [bearers[i]];
                let bearer = bearers[j].facing(&faced, parties[j].attacks);
                // Troops of several kinds suffer each in its way, by their share.
                let harm: i64 = units(rules, &parties[j])
                    .map(|(stock, n, each)| {
                        n * each * stat(rules, &bearer, stock, Stat::GroundHarm) / 1000
                    })
                    .sum();
                suffered[j] += fire * strength[j] / all * harm / strength[j].max(1);
            }
        }
        for (i, hp) in suffered.into_iter().enumerate() {
            let fallen = kill(rules, &mut parties[i].stocks, hp, dice);
            for (stock, n) in fallen {
                *lost[i].entry(stock).or_default() += n;
            }
        }
    }
    for (i, party) in parties.iter_mut().enumerate() {
        rise(rules, ground, party, &mut lost[i], dice);
    }
    lost
}

/// Some of those who fell fight on.
fn rise(
    rules: &Rules,
    ground: &Ground,
    party: &mut Party,
    lost: &mut BTreeMap<Key<Stock>, i32>,
    dice: &mut Dice,
) {
    // Asked of what the party was: whoever is wiped out can rise, too.
    let mut whole = party.stocks.clone();
    for (stock, n) in lost.iter() {
        *whole.entry(stock.clone()).or_default() += n;
    }
    let bearer = Bearer::site(
        rules,
        ground.state,
        ground.meters,
        &whole,
        Some(&party.temper),
    )
    .within(Some(&party.around));
    for (stock, n) in lost.iter_mut() {
        let mut sum = Sum::new(0, 0, 1000);
        bearer.contribute(Stat::Recovery, &mut sum);
        own_part(rules, &bearer, stock, Stat::Recovery, &mut sum);
        let back = dice.share(i64::from(*n), sum.value(), 1000);
        let back = i32::try_from(back).unwrap_or(0).min(*n);
        *n -= back;
        if let Some(stand) = party.stocks.get_mut(stock) {
            *stand += back;
        }
    }
    lost.retain(|_, n| *n > 0);
}

/// A statistic of one kind of troops in a party, permille.
fn stat(rules: &Rules, bearer: &Bearer, stock: &Key<Stock>, stat: Stat) -> i64 {
    let mut sum = bearer.stat(stat, 1000, 0, 10_000);
    own_part(rules, bearer, stock, stat, &mut sum);
    sum.value()
}

fn own_part(rules: &Rules, bearer: &Bearer, stock: &Key<Stock>, stat: Stat, sum: &mut Sum) {
    let troops = rules.stocks.get(stock).and_then(|s| s.troops.as_ref());
    for modifier in troops.into_iter().flat_map(|t| &t.modifiers) {
        if modifier.stat == stat && bearer.holds(&modifier.when) {
            sum.part(
                SourceKind::Troops,
                stock.as_str(),
                modifier.add,
                modifier.permille,
            );
        }
    }
}

/// Kinds of troops in a party: how many, and what one unit is worth.
fn units<'a>(
    rules: &'a Rules,
    party: &'a Party,
) -> impl Iterator<Item = (&'a Key<Stock>, i64, i64)> {
    party.stocks.iter().filter_map(|(stock, n)| {
        let troops = rules.stocks.get(stock)?.troops.as_ref()?;
        Some((stock, i64::from(*n), i64::from(troops.strength)))
    })
}

/// Hit points of a party's troops.
pub fn strength(rules: &Rules, party: &Party) -> i64 {
    units(rules, party).map(|(_, n, each)| n * each).sum()
}

/// Wherever troops have landed, it is fought; a site whose last defender is gone falls to the strongest of them.
pub(super) fn assaults(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let units = t.roster.gather();
    let control = t.control();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let tempers = t.tempers();
    let places = holdings.clone();
    let mut told = Vec::new();
    for (site, holding) in holdings.change(|_, h| !h.ashore.is_empty()) {
        let Some(kind) = field.scenario.map.sites.get(site).map(|s| s.kind.clone()) else {
            continue;
        };
        let state = SiteState {
            kind,
            shielded: false,
            unsurrendered: holding.loyal.is_some(),
        };
        let about = |side| {
            in_sector(
                &field,
                turn,
                side,
                &holding.sector,
                &units,
                &control,
                places.iter(),
            )
        };
        let temper = |side| tempers.get(side).cloned().unwrap_or_default();
        let mut parties = vec![Party {
            side: holding.owner.clone(),
            stocks: holding.stocks.clone(),
            attacks: false,
            around: about(&holding.owner),
            temper: temper(&holding.owner),
        }];
        for (side, stocks) in &holding.ashore {
            parties.push(Party {
                side: side.clone(),
                stocks: stocks.clone(),
                attacks: true,
                around: about(side),
                temper: temper(side),
            });
        }
        let mut hostile = BTreeSet::new();
        for i in 0..parties.len() {
            for j in i + 1..parties.len() {
                if field.hostile(&parties[i].side, &parties[j].side) {
                    hostile.insert((i, j));
                }
            }
        }
        let before: Vec<_> = parties
            .iter()
            .map(|p| only_troops(&field.rules, &p.stocks))
            .collect();
        let ground = Ground {
            state: &state,
            meters: &holding.meters,
        };
        let mut dice = field.dice(turn, "ground.assault", site.as_str());
        let lost = fight(&field.rules, &ground, &mut parties, &hostile, &mut dice);
        let sides: Vec<Key<Side>> = parties.iter().map(|p| p.side.clone()).collect();
        for (side, lost) in sides.iter().zip(&lost) {
            if let Some(tally) = tallies.get_mut(side) {
                for (stock, n) in lost {
                    *tally.stocks_lost.entry(stock.clone()).or_default() += n;
                }
            }
        }
        let camps = sides.iter().zip(before).zip(lost);
        let camps = camps
            .map(|((side, before), lost)| Camp {
                side: side.clone(),
                before,
                lost,
            })
            .collect();
        t.scratch.contested.insert(site.clone());
        told.push((
            sides,
            What::GroundFight {
                site: site.clone(),
                camps,
            },
        ));
        let mut parties = parties.into_iter();
        if let Some(holder) = parties.next() {
            holding.stocks = holder.stocks;
        }
        holding.ashore = parties
            .filter(|p| troops(&field.rules, &p.stocks) > 0)
            .map(|p| (p.side, p.stocks))
            .collect();
        let best = holding
            .ashore
            .iter()
            .filter(|(side, _)| field.hostile(side, &holding.owner));
        let best = best
            .max_by_key(|(side, stocks)| (troops(&field.rules, stocks), (*side).clone()))
            .map(|(side, _)| side.clone());
        let Some(by) = best.filter(|_| troops(&field.rules, &holding.stocks) == 0) else {
            continue;
        };
        if is_guarded(&field, site, &places) {
            continue;
        }
        let from = hand_over(&mut t, site, holding, &by, &mut tallies);
        submit(&field, site, holding, &from);
        told.push((
            vec![from.clone(), by.clone()],
            What::SiteTaken {
                site: site.clone(),
                by,
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

/// The troops among stocks.
fn only_troops(rules: &Rules, stocks: &BTreeMap<Key<Stock>, i32>) -> BTreeMap<Key<Stock>, i32> {
    stocks
        .iter()
        .filter(|(stock, n)| {
            **n > 0 && rules.stocks.get(*stock).is_some_and(|s| s.troops.is_some())
        })
        .map(|(stock, n)| (stock.clone(), *n))
        .collect()
}
