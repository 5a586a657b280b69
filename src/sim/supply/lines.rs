//! How the forces of a side are supplied: depots, ways between them and the forces, what flows over them, and for each
//! force why it is short.

use super::{DAILY, flow::Network, worth};
use crate::{
    content::{HP_PER_SP, Key, Rules, Sector, Site, Stat, Terrain},
    sim::{
        field::Field, roster::Units, state::Holding, theatre::Bars, values::Holdings,
        view::SupplyLine,
    },
};

/// Raiders take at most this share of a lane's convoys, permille: some always get through.
const MOST_TAKEN: i64 = 500;

/// A depot that can send: nobody stands over it.
struct Depot<'a> {
    site: &'a Key<Site>,
    at: usize,
    supply: i32,
}

/// Where a depot that works sends from, whose it is, both by number, and how much; none: it sends nothing.
pub(super) fn outlet(
    field: &Field,
    site: &Key<Site>,
    holding: &Holding,
) -> Option<(usize, usize, i32)> {
    let site = field.scenario.map.sites.get(site)?;
    let kind = field.rules.site_kinds.get(&site.kind)?;
    let owner = field.relations.number(&holding.owner);
    let at = field.graph.number(&holding.sector)?;
    let sends = kind.depot && kind.supply > 0 && holding.works();
    sends.then_some((at, owner.unwrap_or(usize::MAX), kind.supply))
}

/// The side's sources that can send at all.
fn sources<'a>(field: &Field, bars: &Bars, holdings: &'a Holdings, side: usize) -> Vec<Depot<'a>> {
    let depot = |(site, holding): (&'a Key<Site>, &'a Holding)| {
        let (at, owner, supply) = outlet(field, site, holding)?;
        let friendly = field.relations.between(owner, side).shares_supply;
        let open = !bars.bars(field, side, at);
        (friendly && open).then_some(Depot { site, at, supply })
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

/// Who bars and holds what while supply flows.
pub(super) struct Ground<'a> {
    pub field: &'a Field,
    pub turn: u32,
    pub bars: &'a Bars,
    /// Sides that hold sectors, both by number.
    pub owners: &'a [Option<usize>],
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
    pub fn lines(
        &self,
        units: &Units,
        holdings: &Holdings,
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
        let mut starts = vec![0];
        starts.extend((0..graph.len()).scan(0, |all, n| {
            *all += graph.ways(n).len();
            Some(*all)
        }));
        let mut arcs: Vec<Option<usize>> = vec![None; starts[graph.len()]];
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
                        arcs[starts[from] + i].get_or_insert(network.arcs.len());
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
                        let ways = graph.ways(pair[0]).iter().zip(graph.edges(pair[0]));
                        let joins = ways.enumerate().filter(|(_, (way, _))| way.to == pair[1]);
                        let (i, (_, edge)) =
                            joins.min_by_key(|(_, (way, edge))| (way.length, &edge.lane))?;
                        let lane = map.lanes.get(&edge.lane)?;
                        Some((convoy(rules, &lane.terrain), arcs[starts[pair[0]] + i]))
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
    let graph = &field.graph;
    let away = |depot: &Depot| graph.step(depot.at, at).map(|(_, sectors)| sectors);
    let nearest = sources.iter().filter_map(away).min()?;
    sources
        .iter()
        .filter(|depot| away(depot) == Some(nearest))
        .filter_map(|depot| graph.shortest_by(depot.at, at))
        .min()?
        .into_iter()
        .find(|s| !open[*s])
        .map(|s| field.graph.name(s).clone())
}
