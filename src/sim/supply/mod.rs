//! Phase 7: stock flows from depots over lines to forces. Each force's line is kept, so that the game can always say
//! why a fleet is short: which line, cut where, by what, empty in how many turns.

pub mod flow;
mod lines;

use std::collections::BTreeMap;

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::lines::Ground;
use super::{
    around::Surroundings,
    field::Field,
    journal::What,
    order::Pace,
    roster::Unit,
    state::squadron_strength,
    stats::Bearer,
    theatre::{Bars, Theatre, terrain_at},
    turn::{Phase, Turn},
    values::Holdings,
    view::{Squadron, SupplyLine},
};
use crate::content::{Force, Key, Rules, Side, Site, Stat};

/// What a force uses each turn, tenths of a day.
pub const DAILY: i32 = 10;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (deliver, draw, recover).chain().in_set(Phase::Supply));
}

fn deliver(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let control = t.control();
    let holdings = t.holdings();
    let mut told: Vec<(Key<Side>, What)> = Vec::new();
    let owners: Vec<Option<usize>> = (0..field.graph.len())
        .map(|n| {
            let owner = control.get(field.graph.name(n))?.owner.as_ref()?;
            Some(field.relations.number(owner).unwrap_or(usize::MAX))
        })
        .collect();
    let bars = Bars::of(&field, &units);
    let ground = Ground {
        field: &field,
        turn,
        bars: &bars,
        owners: &owners,
    };
    let most = field.rules.constants.supply_days * 10;
    for (number, side) in field.relations.sides().iter().enumerate() {
        for (force, line) in ground.lines(&units, &holdings, number) {
            let sp = units.post(&field, force).points();
            let unit = units.nth(force);
            let came = i32::try_from(i64::from(line.delivered) / sp).unwrap_or(0);
            let supply = (unit.crew.supply + came - DAILY).clamp(0, most);
            if line.delivered < line.wanted {
                let cut = line.cut.clone();
                let per = |n: i32| i32::try_from(i64::from(n) / sp).unwrap_or(0);
                let (wanted, delivered) = (per(line.wanted), per(line.delivered));
                told.push((
                    side.clone(),
                    What::Short {
                        force: unit.id.clone(),
                        wanted,
                        delivered,
                        cut,
                    },
                ));
            }
            for (at, lost) in &line.lost {
                let permille = lost * 1000 / line.wanted.max(1);
                told.push((
                    side.clone(),
                    What::ConvoysLost {
                        force: unit.id.clone(),
                        at: at.clone(),
                        permille,
                    },
                ));
            }
            if supply == 0 {
                told.push((
                    side.clone(),
                    What::Starving {
                        force: unit.id.clone(),
                    },
                ));
            }
            let line = SupplyLine {
                empty_on: empty_on(turn, supply, came),
                ..line
            };
            if unit.crew.supply != supply || unit.line.0 != line {
                let unit = units.nth_mut(force);
                unit.crew.supply = supply;
                unit.line.0 = line;
            }
        }
    }
    t.roster.apply(units);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// The turn on which supply aboard ends at this rate; none if it does not.
fn empty_on(turn: u32, supply: i32, came: i32) -> Option<u32> {
    let net = DAILY - came;
    (net > 0).then(|| turn + 1 + (supply / net).unsigned_abs())
}

/// Sectors from which anybody is supplied, and whose they are, both by number.
pub(super) fn depots(field: &Field, holdings: &Holdings) -> Vec<(usize, usize)> {
    let outlets = holdings
        .iter()
        .filter_map(|(site, holding)| lines::outlet(field, site, holding));
    outlets.map(|(at, owner, _)| (at, owner)).collect()
}

/// What is left of supply so many lanes from its depot, permille: all of it up to the reach, half at the second, nothing
/// at as much again beyond.
pub fn worth(rules: &Rules, lanes: i32) -> i64 {
    let (full, half) = rules.constants.supply_reach;
    let step = i64::from((half - full).max(1));
    if lanes <= full {
        1000
    } else if lanes <= half {
        1000 - 500 * i64::from(lanes - full) / step
    } else {
        (500 - 500 * i64::from(lanes - half) / step).max(0)
    }
}

/// Magazines are filled from depots in reach; where several want the last of it they share by what they lack.
fn draw(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    let stations = units.stations(&field);
    // Who can be reached by the line of each depot, of those that have room for anything.
    let reach = field.rules.constants.supply_reach.0;
    let mut linked: BTreeMap<Key<Site>, Vec<usize>> = BTreeMap::new();
    for (n, (unit, post)) in units.posts(&field).enumerate() {
        if let Some(source) = &unit.line.0.source
            && post.in_sector
            && (unit.line.0.path.len() as i32) - 1 <= reach
            && lacks(&field.rules, unit)
        {
            match linked.get_mut(source) {
                Some(list) => list.push(n),
                None => drop(linked.insert(source.clone(), vec![n])),
            }
        }
    }
    for (site, holding) in &t.holdings() {
        let Some(definition) = field.scenario.map.sites.get(site) else {
            continue;
        };
        let depot = field
            .rules
            .site_kinds
            .get(&definition.kind)
            .is_some_and(|k| k.depot);
        if !depot || holding.blockaded > 0 || !holding.works() {
            continue;
        }
        let places = if definition.serves.is_empty() {
            std::slice::from_ref(&holding.sector)
        } else {
            &definition.serves
        };
        let owner = field.relations.number(&holding.owner).unwrap_or(usize::MAX);
        let there = places.iter().filter_map(|s| field.graph.number(s));
        let mut reached: Vec<usize> = there.flat_map(|at| stations.at(at)).collect();
        if definition.serves.is_empty() {
            reached.extend(linked.get(site).into_iter().flatten());
        }
        reached.sort_unstable();
        reached.dedup();
        reached.retain(|n| {
            let post = units.post(&field, *n);
            let shares = field.relations.between(post.side, owner).shares_supply;
            post.in_sector && shares && lacks(&field.rules, units.nth(*n))
        });
        if reached.is_empty() {
            continue;
        }
        // Troops go aboard by order only; boarding teams are drawn like anything else.
        let drawn = |stock: &Key<_>| {
            let stock = field.rules.stocks.get(stock);
            stock.is_some_and(|s| s.troops.as_ref().is_none_or(|t| t.boards))
        };
        let mut stocks = holding.stocks.clone();
        for (stock, left) in &mut stocks {
            if *left <= 0 || !drawn(stock) {
                continue;
            }
            let wants = reached.iter().map(|n| units.nth(*n));
            let mut wants: Vec<(Key<Force>, i32)> = wants
                .map(|u| (u.id.clone(), room(&field.rules, u, stock)))
                .filter(|(_, n)| *n > 0)
                .collect();
            let mut all: i64 = wants.iter().map(|(_, n)| i64::from(*n)).sum();
            let mut dice = field.dice(turn, "supply.draw", &format!("{site}/{stock}"));
            let mut give = i64::from(*left).min(all);
            for (force, want) in &mut wants {
                let share = dice
                    .share(give, i64::from(*want), all)
                    .min(i64::from(*want))
                    .min(give);
                give -= share;
                all -= i64::from(*want);
                let share = i32::try_from(share).unwrap_or(0);
                *left -= share;
                if share > 0
                    && let Some(unit) = units.get_mut(force)
                {
                    *unit.magazine.0.entry(stock.clone()).or_default() += share;
                    // What an ally hands out is from now on the other side's to account for.
                    for (side, amount) in [(&holding.owner, -share), (unit.side(), share)] {
                        if holding.owner != *unit.side()
                            && let Some(tally) = tallies.get_mut(side)
                        {
                            *tally.stocks_raised.entry(stock.clone()).or_default() += amount;
                        }
                    }
                    told.push((
                        unit.side().clone(),
                        What::Drew {
                            force: force.clone(),
                            site: site.clone(),
                            stock: stock.clone(),
                            amount: share,
                        },
                    ));
                }
            }
        }
        if stocks != holding.stocks
            && let Some(holding) = holdings.get_mut(site)
        {
            holding.stocks = stocks;
        }
    }
    t.put_holdings(holdings);
    t.put_tallies(tallies);
    t.roster.apply(units);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// Whether a force's magazines have room for more of any stock.
fn lacks(rules: &Rules, unit: &Unit) -> bool {
    let ships = unit.ships.0.iter();
    let classes = ships.filter_map(|s| rules.classes.get(&s.class));
    let mut stocks = classes.flat_map(|c| c.magazine.keys());
    stocks.any(|stock| room(rules, unit, stock) > 0)
}

/// How much more of a stock a force's fit ships can hold.
pub(super) fn room(rules: &Rules, unit: &Unit, stock: &Key<crate::content::Stock>) -> i32 {
    let capacity: i32 = unit
        .ships
        .0
        .iter()
        .filter_map(|s| Some(s.fit * rules.classes.get(&s.class)?.magazine.get(stock)?))
        .sum();
    capacity - unit.magazine.0.get(stock).copied().unwrap_or(0)
}

/// Ships are mended; crews rest, or wear out.
fn recover(mut t: Theatre) {
    let field = t.field.clone();
    let rules = &field.rules;
    let mut units = t.roster.gather();
    let holdings = t.holdings();
    let tempers = t.tempers();
    let control = t.control();
    let around = Surroundings::of(&field, t.clock.turn, &units, &control, &holdings);
    let mut tallies = t.tallies();
    let scratch = std::mem::take(&mut *t.scratch);
    let mut told = Vec::new();
    // What docks of which side mend in each sector.
    let mut docks: Vec<Vec<(usize, i64)>> = vec![Vec::new(); field.graph.len()];
    for (site, holding) in holdings
        .iter()
        .filter(|(_, h)| h.blockaded == 0 && h.works())
    {
        let kind = field.scenario.map.sites.get(site);
        let kind = kind.and_then(|s| rules.site_kinds.get(&s.kind));
        let at = field.graph.number(&holding.sector);
        if let (Some(kind), Some(at)) = (kind.filter(|k| k.repair != 0), at) {
            let owner = field.relations.number(&holding.owner);
            docks[at].push((owner.unwrap_or(usize::MAX), kind.repair));
        }
    }
    let fought = units.among(&scratch.fought);
    let mut marched = vec![None; units.len()];
    for (force, pace) in &scratch.marched {
        if let Some(n) = units.position(force) {
            marched[n] = Some(*pace);
        }
    }
    for n in 0..units.len() {
        let post = units.post(&field, n);
        let docked = docks.get(post.at).filter(|_| post.in_sector);
        let docked = docked.into_iter().flatten();
        let dock: i64 = docked
            .filter(|(of, _)| *of == post.side)
            .map(|(_, r)| r)
            .sum();
        let unit = units.nth(n);
        let (quiet, pace) = (!fought[n], marched[n]);
        let supplied = unit.crew.supply > 0 && unit.line.0.source.is_some();
        let harmed = unit.ships.0.iter().any(|s| s.wounds > 0 || s.crippled > 0);
        if supplied && quiet && harmed {
            let budget = dock
                + if pace.is_none() {
                    rules.constants.field_repair
                } else {
                    0
                };
            let mut ships = unit.ships.0.clone();
            let mended = mend(rules, &mut ships, budget);
            if mended > 0 {
                if let Some(tally) = tallies.get_mut(unit.side()) {
                    tally.lost -= mended;
                }
                told.push((
                    unit.side().clone(),
                    What::Repaired {
                        force: unit.id.clone(),
                        hp: mended,
                    },
                ));
            }
            if ships != unit.ships.0 {
                units.nth_mut(n).ships.0 = ships;
            }
        }
        let unit = units.nth(n);
        let terrain = terrain_at(&field, &unit.place);
        let bearer =
            Bearer::unit(rules, unit, terrain, tempers.get(unit.side())).within(around.on(unit));
        let forced = pace == Some(Pace::Forced);
        let lanes = unit.line.0.path.len() as i32 - 1;
        let terms = wear(&bearer, unit.crew.supply == 0, lanes, quiet && !forced);
        let change: i32 = terms.iter().map(|(_, change)| change).sum();
        let readiness = (unit.crew.readiness + change).clamp(0, 1000);
        if unit.crew.readiness != readiness {
            units.nth_mut(n).crew.readiness = readiness;
        }
    }
    *t.scratch = scratch;
    t.put_tallies(tallies);
    t.roster.apply(units);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// What freshens crews or wears them out in the course of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wear {
    /// No battle and no forced march.
    Rest,
    /// What the posture gives or takes.
    Posture,
    /// What it costs to keep the stance.
    Stance,
    /// Too many lanes from the depot.
    Overreach,
    /// No supply aboard.
    Starving,
}

/// How a day changes a force's readiness, each cause by itself. `lanes`: from its depot; `rests`: whether it neither
/// fought nor marched by force. Causes that change nothing are left out.
pub fn wear(bearer: &Bearer, starves: bool, lanes: i32, rests: bool) -> Vec<(Wear, i32)> {
    let rules = bearer.rules;
    let mut terms = Vec::new();
    if rests {
        let rest = bearer.value(Stat::Rest, i64::from(rules.constants.rest), 0, 1000);
        terms.push((Wear::Rest, rest as i32));
    }
    if let Some(posture) = bearer.posture.and_then(|p| rules.postures.get(p)) {
        terms.push((Wear::Posture, posture.readiness));
    }
    if let Some(stance) = bearer.stance.and_then(|s| rules.stances.get(s)) {
        let strain = bearer.value(Stat::Strain, i64::from(stance.upkeep), 0, 1000);
        terms.push((Wear::Stance, -(strain as i32)));
    }
    let beyond = (lanes - rules.constants.supply_reach.0).max(0);
    terms.push((Wear::Overreach, -beyond * rules.constants.overreach));
    if starves {
        terms.push((Wear::Starving, -rules.constants.starving));
    }
    terms.retain(|(_, change)| *change != 0);
    terms
}

/// Mends wounds, then cripples, up to so many hit points; returns what was mended.
pub fn mend(rules: &Rules, ships: &mut [Squadron], budget: i64) -> i64 {
    let mut left = budget.max(0);
    for squadron in ships {
        let before = squadron_strength(rules, squadron);
        let wounds = squadron.wounds.min(left);
        squadron.wounds -= wounds;
        let hull = rules
            .classes
            .get(&squadron.class)
            .map_or(2, |c| i64::from(c.hull));
        let cost = (hull - hull / 2).max(1);
        let mut rest = left - wounds;
        while squadron.crippled > 0 && rest >= cost && squadron.wounds == 0 {
            squadron.crippled -= 1;
            squadron.fit += 1;
            rest -= cost;
        }
        left -= squadron_strength(rules, squadron) - before;
    }
    budget.max(0) - left
}
