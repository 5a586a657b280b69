//! Phase 7: stock flows from depots over lines to forces. Each force's line is kept, so that the game can always say
//! why a fleet is short: which line, cut where, by what, empty in how many turns.

pub mod flow;

use std::collections::BTreeMap;

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use self::flow::Network;
use super::{
    around::Surroundings,
    field::Field,
    journal::What,
    order::Pace,
    roster::{Stations, Unit, Units},
    state::{Holding, squadron_strength},
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

/// A depot that can send: nobody stands over it.
struct Depot<'a> {
    site: &'a Key<Site>,
    at: usize,
    supply: i32,
}

/// The side's sources that can send at all.
fn sources<'a>(
    field: &Field,
    bars: &Bars,
    holdings: &'a BTreeMap<Key<Site>, Holding>,
    side: usize,
) -> Vec<Depot<'a>> {
    let depot = |(site, holding): (&'a Key<Site>, &'a Holding)| {
        let kind = field
            .rules
            .site_kinds
            .get(&field.scenario.map.sites.get(site)?.kind)?;
        let owner = field.relations.number(&holding.owner).unwrap_or(usize::MAX);
        let friendly = field.relations.between(owner, side).shares_supply;
        let at = field.graph.number(&holding.sector)?;
        let open = !bars.bars(field, side, at);
        let supply = kind.supply;
        let sends = kind.depot && supply > 0 && holding.works();
        (friendly && open && sends).then_some(Depot { site, at, supply })
    };
    holdings.iter().filter_map(depot).collect()
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

/// Who bars and holds what while supply flows.
struct Ground<'a> {
    field: &'a Field,
    turn: u32,
    bars: &'a Bars,
    /// Sides that hold sectors, both by number.
    owners: &'a [Option<usize>],
}

/// The way from the nearest depot to each sector: among depots equally near the first by name, among ways to it the one
/// whose sectors come first by name.
struct Ways {
    /// Lanes, the depot by its place in the list, and the sector before; none where no way leads.
    reached: Vec<Option<(i32, usize, usize)>>,
}

impl Ways {
    /// Over open sectors alone; the depots themselves count as reached.
    fn over(field: &Field, open: &[bool], sources: &[Depot]) -> Self {
        let mut reached: Vec<Option<(i32, usize, usize)>> = vec![None; open.len()];
        let mut front: Vec<usize> = Vec::new();
        // Depots are in the order of their names: of two in one sector the first is its own.
        for (i, depot) in sources.iter().enumerate() {
            if reached[depot.at].is_none() {
                reached[depot.at] = Some((0, i, depot.at));
                front.push(depot.at);
            }
        }
        let mut lanes = 0;
        while !front.is_empty() {
            lanes += 1;
            let mut next = Vec::new();
            for at in front {
                let Some((_, depot, _)) = reached[at].filter(|_| open[at]) else {
                    continue;
                };
                for way in field.graph.ways(at).iter().filter(|w| open[w.to]) {
                    match &mut reached[way.to] {
                        None => {
                            reached[way.to] = Some((lanes, depot, at));
                            next.push(way.to);
                        }
                        Some(known) if known.0 == lanes => {
                            *known = (lanes, depot, at).min(*known);
                        }
                        Some(_) => {}
                    }
                }
            }
            front = next;
        }
        Self { reached }
    }

    /// The depot's place in the list and the sectors from it to here.
    fn to(&self, at: usize) -> Option<(usize, Vec<usize>)> {
        let (mut left, depot, _) = self.reached.get(at).copied().flatten()?;
        let mut path = vec![at];
        let mut here = at;
        while left > 0 {
            let (_, _, before) = self.reached[here]?;
            here = before;
            path.push(here);
            left -= 1;
        }
        path.reverse();
        Some((depot, path))
    }
}

/// What every force of one place shares: its line, or where that is cut.
enum Reach {
    Line {
        site: Key<Site>,
        path: Vec<Key<Sector>>,
        /// Share that passes each lane on the way, permille, and the lane's arc.
        passes: Vec<(i64, Option<usize>)>,
    },
    Cut(Option<Key<Sector>>),
}

impl Ground<'_> {
    /// Whether a side's convoys may pass a sector: not where a hostile force bars it, nor on hostile ground without an
    /// escort. Raiders bar nobody: they take their share of what passes.
    fn open(&self, side: usize, escorted: &[bool]) -> Vec<bool> {
        let hostile = |owner: usize| self.field.relations.hostile(owner, side);
        (0..self.owners.len())
            .map(|at| {
                let held = self.owners[at].is_some_and(hostile);
                escorted[at] || (!held && !self.bars.bars(self.field, side, at))
            })
            .collect()
    }

    /// How every force of a side is supplied this turn, by the force's place in the order of names.
    fn lines(
        &self,
        units: &Units,
        holdings: &BTreeMap<Key<Site>, Holding>,
        side: usize,
    ) -> Vec<(usize, SupplyLine)> {
        let field = self.field;
        let (rules, map, graph) = (&field.rules, &field.scenario.map, &field.graph);
        let mut escorted = vec![false; graph.len()];
        let mut raided = vec![0_i64; graph.len()];
        let mut own = Vec::new();
        for (n, (unit, post)) in units.posts(field).enumerate() {
            let relation = field.relations.between(post.side, side);
            if post.at < graph.len() {
                escorted[post.at] |= post.in_sector && relation.shares_supply && !unit.is_gone();
                if post.interdicts && relation.hostile {
                    raided[post.at] += post.strength;
                }
            }
            if post.side == side {
                own.push(n);
            }
        }
        let open = self.open(side, &escorted);
        let mut network = Network {
            nodes: graph.len(),
            ..Network::default()
        };
        // The first arc of each way, by its sector and place among that sector's ways.
        let mut arcs: Vec<Vec<Option<usize>>> = (0..graph.len())
            .map(|n| vec![None; graph.ways(n).len()])
            .collect();
        for (a, b, lane) in field.lanes.iter() {
            if !open[*a] || !open[*b] {
                continue;
            }
            let mut capacity = i64::from(lane.capacity) * i64::from(DAILY);
            let raiders = raided[*a] + raided[*b];
            let taken =
                (raiders * i64::from(rules.constants.interdiction) / HP_PER_SP).min(MOST_TAKEN);
            capacity = capacity * (1000 - taken) / 1000;
            for (from, to) in [(*a, *b), (*b, *a)] {
                for (i, way) in graph.ways(from).iter().enumerate() {
                    if way.to == to {
                        arcs[from][i].get_or_insert(network.arcs.len());
                    }
                }
                network.arcs.push((from, to, capacity));
            }
        }
        let sources = sources(field, self.bars, holdings, side);
        for depot in &sources {
            let supply = i64::from(depot.supply) * i64::from(DAILY);
            network.sources.push((depot.at, supply));
        }
        let mut wanted = Vec::new();
        for n in &own {
            let missing = rules.constants.supply_days * 10 - units.nth(*n).crew.supply + DAILY;
            // At most two days' worth a turn: an empty fleet fills up over several.
            let post = units.post(field, *n);
            let want = post.points() * i64::from(missing.clamp(0, 2 * DAILY));
            wanted.push(want);
            network.sinks.push((post.at, want));
        }
        let mut ties: Vec<usize> = (0..own.len()).collect();
        ties.sort_by_cached_key(|i| {
            let id = units.nth(own[*i]).id.as_str();
            field.dice(self.turn, "supply.ties", id).below(u64::MAX)
        });
        let flow = network.fair(&ties);
        let ways = Ways::over(field, &open, &sources);
        // Forces in one place have one line.
        let mut reaches: Vec<Option<Reach>> = (0..graph.len()).map(|_| None).collect();
        own.iter()
            .enumerate()
            .map(|(i, n)| {
                let at = units.post(field, *n).at;
                let mut line = SupplyLine {
                    wanted: wanted[i] as i32,
                    ..SupplyLine::default()
                };
                let Some(place) = reaches.get_mut(at) else {
                    return (*n, line);
                };
                let reach = place.get_or_insert_with(|| {
                    let Some((depot, path)) = ways.to(at) else {
                        return Reach::Cut(cut(field, &sources, &open, at));
                    };
                    let lane = |pair: &[usize]| {
                        let all = graph.edges(pair[0]).iter().enumerate();
                        let joins = all.filter(|(_, e)| e.to == *graph.name(pair[1]));
                        let (i, edge) = joins.min_by_key(|(_, e)| (e.length, &e.lane))?;
                        let lane = map.lanes.get(&edge.lane)?;
                        Some((convoy(rules, &lane.terrain), arcs[pair[0]][i]))
                    };
                    let passes = path
                        .windows(2)
                        .map(|pair| lane(pair).unwrap_or((1000, None)));
                    Reach::Line {
                        site: sources[depot].site.clone(),
                        passes: passes.collect(),
                        path: path.iter().map(|n| graph.name(*n).clone()).collect(),
                    }
                });
                let (site, path, passes) = match reach {
                    Reach::Line { site, path, passes } => (site, path, passes),
                    Reach::Cut(at) => {
                        line.cut = at.clone();
                        return (*n, line);
                    }
                };
                let distance = i32::try_from(path.len() - 1).unwrap_or(i32::MAX);
                let mut delivered = flow.delivered[i] * worth(rules, distance) / 1000;
                for (to, (passes, _)) in path[1..].iter().zip(&*passes) {
                    let lost = delivered * (1000 - passes) / 1000;
                    if lost > 0 {
                        delivered -= lost;
                        line.lost
                            .push((to.clone(), i32::try_from(lost).unwrap_or(0)));
                    }
                }
                let share = (flow.delivered[i], wanted[i]);
                line.weak = weakest(path, passes, &network, &flow.load, share);
                line.delivered = i32::try_from(delivered).unwrap_or(0);
                line.source = Some(site.clone());
                line.path.clone_from(path);
                (*n, line)
            })
            .collect()
    }
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
    passes: &[(i64, Option<usize>)],
    network: &Network,
    load: &[i64],
    (own, wanted): (i64, i64),
) -> Option<(Key<Sector>, i32)> {
    path[1..]
        .iter()
        .zip(passes)
        .filter_map(|(to, (_, arc))| {
            let i = (*arc)?;
            let room = network.arcs[i].2 - load[i] + own.min(load[i]);
            let permille = (room * 1000 / wanted.max(1)).clamp(0, 1000);
            Some((i32::try_from(permille).unwrap_or(0), to))
        })
        .min()
        .map(|(permille, sector)| (sector.clone(), permille))
}

/// Where the shortest way from a source is first barred.
fn cut(field: &Field, sources: &[Depot], open: &[bool], at: usize) -> Option<Key<Sector>> {
    sources
        .iter()
        .filter_map(|depot| field.graph.shortest_by(depot.at, at))
        .min_by(|a, b| (a.len(), a).cmp(&(b.len(), b)))?
        .into_iter()
        .find(|s| !open[*s])
        .map(|s| field.graph.name(s).clone())
}

/// Magazines are filled from depots in reach; where several want the last of it they share by what they lack.
fn draw(mut t: Theatre) {
    let field = t.field.clone();
    let turn = t.clock.turn;
    let mut units = t.roster.gather();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    let stations = Stations::of(&field, &units);
    // Who can be reached by the line of each depot, of those that have room for anything.
    let reach = field.rules.constants.supply_reach.0;
    let mut linked: BTreeMap<Key<Site>, Vec<usize>> = BTreeMap::new();
    for (n, (unit, post)) in units.posts(&field).enumerate() {
        if let Some(source) = &unit.line.0.source
            && post.lacks
            && post.in_sector
            && (unit.line.0.path.len() as i32) - 1 <= reach
        {
            match linked.get_mut(source) {
                Some(list) => list.push(n),
                None => drop(linked.insert(source.clone(), vec![n])),
            }
        }
    }
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
            post.lacks && post.in_sector && shares
        });
        if reached.is_empty() {
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
    for n in 0..units.len() {
        let post = units.post(&field, n);
        let docked = docks.get(post.at).filter(|_| post.in_sector);
        let docked = docked.into_iter().flatten();
        let dock: i64 = docked
            .filter(|(of, _)| *of == post.side)
            .map(|(_, r)| r)
            .sum();
        let unit = units.nth(n);
        let quiet = !scratch.fought.contains(&unit.id);
        let pace = scratch.marched.get(&unit.id);
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
        let forced = pace == Some(&Pace::Forced);
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
