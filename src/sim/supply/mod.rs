//! Phase 7: stock flows from depots over lines to forces. Each force's line is kept, so that the game can always say
//! why a fleet is short: which line, cut where, by what, empty in how many turns.

pub mod flow;

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::flow::Network;
use super::{
    around::Surroundings,
    field::Field,
    journal::What,
    order::Pace,
    roster::{Unit, Units},
    state::{Control, Holding, squadron_strength},
    stats::Bearer,
    theatre::{Bars, Theatre, terrain_at},
    turn::{Phase, Turn},
    view::{Squadron, SupplyLine},
};
use crate::content::{Force, HP_PER_SP, Key, Rules, Sector, Side, Site, Stat, Terrain};

/// Raiders take at most this share of a lane's convoys, permille: some always get through.
const MOST_TAKEN: i64 = 500;

/// What a force uses each turn, tenths of a day.
pub const DAILY: i32 = 10;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (deliver, draw, recover).chain().in_set(Phase::Supply));
}

/// The side's sources that can send at all: depots nobody stands over.
fn sources<'a>(
    field: &'a Field,
    bars: &'a Bars,
    holdings: &'a BTreeMap<Key<Site>, Holding>,
    side: &'a Key<Side>,
) -> impl Iterator<Item = (&'a Key<Site>, &'a Holding, i32)> {
    holdings.iter().filter_map(move |(site, holding)| {
        let kind = field
            .rules
            .site_kinds
            .get(&field.scenario.map.sites.get(site)?.kind)?;
        let friendly = field.relation(&holding.owner, side).shares_supply;
        let open = !bars.bar(field, side, &holding.sector);
        (friendly && open && kind.depot && kind.supply > 0 && holding.works()).then_some((
            site,
            holding,
            kind.supply,
        ))
    })
}

/// Whether a side's convoys may pass a sector: not where a hostile force bars it, nor on hostile ground without an escort.
/// Raiders bar nobody: they take their share of what passes.
fn passable(
    field: &Field,
    (bars, escorted): (&Bars, &BTreeSet<&Key<Sector>>),
    control: &BTreeMap<Key<Sector>, Control>,
    side: &Key<Side>,
    sector: &Key<Sector>,
) -> bool {
    if escorted.contains(sector) {
        return true;
    }
    let held = control
        .get(sector)
        .and_then(|c| c.owner.as_ref())
        .is_some_and(|o| field.hostile(o, side));
    !held && !bars.bar(field, side, sector)
}

/// Share of convoys that passes a terrain, permille.
fn convoy(rules: &Rules, terrain: &Key<Terrain>) -> i64 {
    rules
        .terrain
        .get(terrain)
        .map_or(1000, |t| {
            t.modifiers
                .iter()
                .filter(|m| m.stat == Stat::Convoy)
                .map(|m| i64::from(m.permille))
                .fold(1000, |a, b| a + b)
        })
        .clamp(0, 1000)
}

fn deliver(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let control = t.control();
    let holdings = t.holdings();
    let mut told: Vec<(Key<Side>, What)> = Vec::new();
    for side in field.scenario.sides.keys() {
        let lines = lines(&field, turn, &units, &control, &holdings, side);
        for (force, line) in lines {
            let Some(unit) = units.get_mut(&force) else {
                continue;
            };
            let sp = (unit.strength(&field.rules) / HP_PER_SP).max(1);
            let came = i32::try_from(i64::from(line.delivered) / sp).unwrap_or(0);
            let most = field.rules.constants.supply_days * 10;
            unit.crew.supply = (unit.crew.supply + came - DAILY).clamp(0, most);
            if line.delivered < line.wanted {
                let cut = line.cut.clone();
                let per = |n: i32| i32::try_from(i64::from(n) / sp).unwrap_or(0);
                let (wanted, delivered) = (per(line.wanted), per(line.delivered));
                told.push((
                    side.clone(),
                    What::Short {
                        force: force.clone(),
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
                        force: force.clone(),
                        at: at.clone(),
                        permille,
                    },
                ));
            }
            if unit.crew.supply == 0 {
                told.push((
                    side.clone(),
                    What::Starving {
                        force: force.clone(),
                    },
                ));
            }
            unit.line.0 = line;
            unit.line.0.empty_on = empty_on(turn, unit, came);
        }
    }
    t.roster.apply(units);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// The turn on which supply aboard ends at this rate; none if it does not.
fn empty_on(turn: u32, unit: &Unit, came: i32) -> Option<u32> {
    let net = DAILY - came;
    (net > 0).then(|| turn + 1 + (unit.crew.supply / net).unsigned_abs())
}

/// How every force of a side is supplied this turn.
fn lines(
    field: &Field,
    turn: u32,
    units: &Units,
    control: &BTreeMap<Key<Sector>, Control>,
    holdings: &BTreeMap<Key<Site>, Holding>,
    side: &Key<Side>,
) -> BTreeMap<Key<Force>, SupplyLine> {
    let rules = &field.rules;
    let map = &field.scenario.map;
    let number: BTreeMap<&Key<Sector>, usize> = map
        .sectors
        .keys()
        .enumerate()
        .map(|(i, k)| (k, i))
        .collect();
    let bars = Bars::of(field, units);
    let escorted: BTreeSet<&Key<Sector>> = units
        .values()
        .filter(|u| !u.is_gone() && field.relation(u.side(), side).shares_supply)
        .filter_map(|u| u.place.in_sector())
        .collect();
    let open: BTreeSet<&Key<Sector>> = map
        .sectors
        .keys()
        .filter(|s| passable(field, (&bars, &escorted), control, side, s))
        .collect();
    let mut raided: BTreeMap<&Key<Sector>, i64> = BTreeMap::new();
    for unit in units
        .values()
        .filter(|u| field.hostile(u.side(), side))
        .filter(|u| {
            u.bearing
                .posture
                .as_ref()
                .and_then(|p| rules.postures.get(p))
                .is_some_and(|p| p.interdicts)
        })
    {
        *raided.entry(unit.place.sector()).or_default() += unit.strength(rules);
    }
    let mut network = Network {
        nodes: map.sectors.len(),
        ..Network::default()
    };
    let mut arcs = Vec::new();
    for lane in map.lanes.values() {
        let (a, b) = &lane.ends;
        if !open.contains(a) || !open.contains(b) {
            continue;
        }
        let mut capacity = i64::from(lane.capacity) * i64::from(DAILY);
        let raiders = [a, b]
            .into_iter()
            .filter_map(|s| raided.get(s))
            .sum::<i64>();
        let taken = (raiders * i64::from(rules.constants.interdiction) / HP_PER_SP).min(MOST_TAKEN);
        capacity = capacity * (1000 - taken) / 1000;
        for (from, to) in [(a, b), (b, a)] {
            network.arcs.push((number[from], number[to], capacity));
            arcs.push((from, to));
        }
    }
    let sources: Vec<_> = sources(field, &bars, holdings, side).collect();
    for (_, holding, supply) in &sources {
        network.sources.push((
            number[&holding.sector],
            i64::from(*supply) * i64::from(DAILY),
        ));
    }
    let own: Vec<&Unit> = units.values().filter(|u| u.side() == side).collect();
    let mut wanted = Vec::new();
    for unit in &own {
        let missing = rules.constants.supply_days * 10 - unit.crew.supply + DAILY;
        // At most two days' worth a turn: an empty fleet fills up over several.
        let sp = (unit.strength(rules) / HP_PER_SP).max(1);
        let want = sp * i64::from(missing.clamp(0, 2 * DAILY));
        wanted.push(want);
        network.sinks.push((number[unit.place.sector()], want));
    }
    let mut ties: Vec<usize> = (0..own.len()).collect();
    ties.sort_by_cached_key(|i| {
        field
            .dice(turn, "supply.ties", own[*i].id.as_str())
            .below(u64::MAX)
    });
    let flow = network.fair(&ties);
    let homes: Vec<&Key<Sector>> = sources.iter().map(|(_, h, _)| &h.sector).collect();
    let hops = field.graph.distances(homes.iter().copied(), |from, edge| {
        (open.contains(from) && open.contains(&edge.to)).then_some(1)
    });
    let mut arc = BTreeMap::new();
    for (i, ends) in arcs.into_iter().enumerate() {
        arc.entry(ends).or_insert(i);
    }
    // Forces in one place have one line.
    let mut nearest: BTreeMap<&Key<Sector>, Option<(Key<Site>, Vec<Key<Sector>>)>> =
        BTreeMap::new();
    own.iter()
        .enumerate()
        .map(|(i, unit)| {
            let at = unit.place.sector();
            let mut line = SupplyLine {
                wanted: wanted[i] as i32,
                ..SupplyLine::default()
            };
            let nearest = nearest.entry(at).or_insert_with(|| {
                let ways = sources.iter().filter_map(|(site, holding, _)| {
                    let path = field.graph.path(&holding.sector, at, |from, edge| {
                        (open.contains(from) && open.contains(&edge.to)).then_some(1)
                    })?;
                    Some((path.len(), (*site).clone(), path))
                });
                ways.min().map(|(_, site, path)| (site, path))
            });
            let Some((site, path)) = nearest.clone() else {
                line.cut = cut(field, &sources, &open, at);
                return (unit.id.clone(), line);
            };
            let distance = hops.get(at).copied().unwrap_or(i32::MAX);
            let mut delivered = flow.delivered[i] * worth(rules, distance) / 1000;
            for pair in path.windows(2) {
                let Some(edge) = field.graph.between(&pair[0], &pair[1]) else {
                    continue;
                };
                let Some(lane) = map.lanes.get(&edge.lane) else {
                    continue;
                };
                let passes = convoy(rules, &lane.terrain);
                let lost = delivered * (1000 - passes) / 1000;
                if lost > 0 {
                    delivered -= lost;
                    line.lost
                        .push((pair[1].clone(), i32::try_from(lost).unwrap_or(0)));
                }
            }
            let own = flow.delivered[i];
            line.weak = weakest(&path, &arc, &network, &flow.load, (own, wanted[i]));
            line.delivered = i32::try_from(delivered).unwrap_or(0);
            line.source = Some(site);
            line.path = path;
            (unit.id.clone(), line)
        })
        .collect()
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

/// The arc of a line with the least room for what is wanted: its far end, and the permille that could pass.
fn weakest(
    path: &[Key<Sector>],
    arc: &BTreeMap<(&Key<Sector>, &Key<Sector>), usize>,
    network: &Network,
    load: &[i64],
    (own, wanted): (i64, i64),
) -> Option<(Key<Sector>, i32)> {
    path.windows(2)
        .filter_map(|pair| {
            let i = *arc.get(&(&pair[0], &pair[1]))?;
            let room = network.arcs[i].2 - load[i] + own.min(load[i]);
            let permille = (room * 1000 / wanted.max(1)).clamp(0, 1000);
            Some((i32::try_from(permille).unwrap_or(0), pair[1].clone()))
        })
        .min()
        .map(|(permille, sector)| (sector, permille))
}

/// Where the shortest way from a source is first barred.
fn cut(
    field: &Field,
    sources: &[(&Key<Site>, &Holding, i32)],
    open: &BTreeSet<&Key<Sector>>,
    at: &Key<Sector>,
) -> Option<Key<Sector>> {
    sources
        .iter()
        .filter_map(|(_, h, _)| field.graph.shortest(&h.sector, at))
        .min_by_key(|p| (p.len(), p.clone()))?
        .into_iter()
        .find(|s| !open.contains(s))
}

/// Magazines are filled from depots in reach; where several want the last of it they share by what they lack.
fn draw(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    for (site, holding) in &mut holdings {
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
        // Troops go aboard by order only; boarding teams are drawn like anything else.
        let drawn = |stock: &Key<_>| {
            let stock = field.rules.stocks.get(stock);
            stock.is_some_and(|s| s.troops.as_ref().is_none_or(|t| t.boards))
        };
        for (stock, left) in holding.stocks.iter_mut() {
            if *left <= 0 || !drawn(stock) {
                continue;
            }
            let mut wants: Vec<(Key<Force>, i32)> = units
                .values()
                .filter(|u| field.relation(u.side(), &holding.owner).shares_supply)
                .filter(|u| {
                    let here = u.place.sector();
                    let linked = u.line.0.source.as_ref() == Some(site)
                        && (u.line.0.path.len() as i32) - 1 <= field.rules.constants.supply_reach.0;
                    u.place.in_sector().is_some()
                        && if definition.serves.is_empty() {
                            linked || *here == holding.sector
                        } else {
                            definition.serves.contains(here)
                        }
                })
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
    }
    t.put_holdings(holdings);
    t.put_tallies(tallies);
    t.roster.apply(units);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
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
    let scratch = t.scratch.clone();
    let mut told = Vec::new();
    for unit in units.values_mut() {
        let quiet = !scratch.fought.contains(&unit.id);
        let resting = quiet && !scratch.marched.contains_key(&unit.id);
        let supplied = unit.crew.supply > 0 && unit.line.0.source.is_some();
        let dock: i64 = holdings
            .iter()
            .filter(|(_, h)| {
                h.owner == *unit.side()
                    && unit.place.in_sector() == Some(&h.sector)
                    && h.blockaded == 0
                    && h.works()
            })
            .filter_map(|(s, _)| field.scenario.map.sites.get(s))
            .filter_map(|s| rules.site_kinds.get(&s.kind))
            .map(|k| k.repair)
            .sum();
        if supplied && quiet {
            let budget = dock
                + if resting {
                    rules.constants.field_repair
                } else {
                    0
                };
            let mended = mend(rules, &mut unit.ships.0, budget);
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
        }
        let terrain = terrain_at(&field, &unit.place);
        let bearer =
            Bearer::unit(rules, unit, terrain, tempers.get(unit.side())).within(around.on(unit));
        let forced = scratch.marched.get(&unit.id) == Some(&Pace::Forced);
        let lanes = unit.line.0.path.len() as i32 - 1;
        let terms = wear(&bearer, unit.crew.supply == 0, lanes, quiet && !forced);
        let change: i32 = terms.iter().map(|(_, change)| change).sum();
        unit.crew.readiness = (unit.crew.readiness + change).clamp(0, 1000);
    }
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
        let rest = bearer.stat(Stat::Rest, i64::from(rules.constants.rest), 0, 1000);
        terms.push((Wear::Rest, rest.value() as i32));
    }
    if let Some(posture) = bearer.posture.and_then(|p| rules.postures.get(p)) {
        terms.push((Wear::Posture, posture.readiness));
    }
    if let Some(stance) = bearer.stance.and_then(|s| rules.stances.get(s)) {
        let strain = bearer.stat(Stat::Strain, i64::from(stance.upkeep), 0, 1000);
        terms.push((Wear::Stance, -(strain.value() as i32)));
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
