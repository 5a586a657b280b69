//! The least a turn could cost: what there is to do, counted in the state, priced with primitives measured in this run.

use std::{collections::BTreeSet, hint::black_box, time::Instant};

use angelfire::{
    content::Catalog,
    sim::{
        Sim, TurnReport,
        dice::{Dice, Domain},
        fire::salvo::fly,
        journal::What,
        map::is_within,
    },
};

/// What primitives cost on this machine, nanoseconds.
pub struct Primitives {
    /// One sector reached in a search over plain arrays.
    pub reach: f64,
    /// One distance held against a range.
    pub range: f64,
    /// One salvo: its dice keyed, rolled, its damage dealt out.
    pub shot: f64,
}

/// The work in a turn, and what it costs at least.
#[derive(Clone, Copy, Default)]
pub struct Floor {
    /// Sectors times sources, over all sides.
    pub lines: usize,
    /// Pairs of a place that watches and a foreign force within its reach.
    pub pairs: usize,
    /// Salvos fired.
    pub shots: usize,
    /// Milliseconds.
    pub ms: f64,
}

fn timed(rounds: u32, mut what: impl FnMut() -> usize) -> f64 {
    let start = Instant::now();
    let mut done = 0;
    for _ in 0..rounds {
        done += what();
    }
    start.elapsed().as_secs_f64() * 1e9 / done.max(1) as f64
}

impl Primitives {
    /// As they are here and now.
    pub fn measure() -> Self {
        const SIDE: usize = 64;
        let reach = timed(200, || {
            let mut hops = vec![u16::MAX; SIDE * SIDE];
            let mut open = vec![black_box(0_usize)];
            hops[0] = 0;
            let mut next = 0;
            while let Some(&at) = open.get(next) {
                next += 1;
                let (x, y) = (at % SIDE, at / SIDE);
                for (ok, to) in [
                    (x > 0, at.wrapping_sub(1)),
                    (x + 1 < SIDE, at + 1),
                    (y > 0, at.wrapping_sub(SIDE)),
                    (y + 1 < SIDE, at + SIDE),
                ] {
                    if ok && hops[to] == u16::MAX {
                        hops[to] = hops[at] + 1;
                        open.push(to);
                    }
                }
            }
            black_box(hops.len())
        });
        let points: Vec<(i32, i32)> = (0..1000).map(|n| (n * 37 % 1009, n * 91 % 997)).collect();
        let range = timed(20, || {
            let mut near = 0;
            for a in &points {
                near += points.iter().filter(|b| is_within(*a, **b, 300)).count();
            }
            black_box(near);
            points.len() * points.len()
        });
        let weapon = Catalog::shipped().rules.weapons["angelfire"].clone();
        let shot = timed(20_000, || {
            let mut dice = Dice::new(
                Domain::Thought,
                1,
                1,
                "fire.salvo",
                "w000001/angelfire/s00001",
            );
            black_box(fly(&weapon, 1, 400, 0, &mut dice));
            1
        });
        Self { reach, range, shot }
    }

    /// The floor of the turn that ended with this report.
    pub fn floor(&self, sim: &Sim, report: &TurnReport) -> Floor {
        let field = sim.field();
        let view = sim.referee_view();
        let at = |key: &str| field.scenario.map.sectors.get(key).map(|s| s.at);
        let mut floor = Floor::default();
        let (_, plot) = field.rules.constants.sensors;
        for side in field.scenario.sides.keys() {
            let own = |owner| field.relation(side, owner).shares_supply;
            let sources = view.sites.iter().filter(|(key, site)| {
                let kind = field.scenario.map.sites.get(key.as_str()).map(|s| &s.kind);
                let kind = kind.and_then(|k| field.rules.site_kinds.get(k));
                own(&site.owner) && kind.is_some_and(|k| k.depot)
            });
            floor.lines += sources.count() * field.scenario.map.sectors.len();
            let watch: BTreeSet<(i32, i32)> = view
                .forces
                .values()
                .filter(|f| own(&f.side))
                .filter_map(|f| at(f.place.sector().as_str()))
                .collect();
            let others: Vec<(i32, i32)> = view
                .forces
                .values()
                .filter(|f| !own(&f.side))
                .filter_map(|f| at(f.place.sector().as_str()))
                .collect();
            for eye in &watch {
                floor.pairs += others
                    .iter()
                    .filter(|o| is_within(*eye, **o, plot.into()))
                    .count();
            }
        }
        for entry in report.journal.iter() {
            if let What::Salvos { salvos, .. } = &entry.what {
                floor.shots += usize::try_from(*salvos).unwrap_or(0);
            }
        }
        let ns = floor.lines as f64 * self.reach
            + floor.pairs as f64 * self.range
            + floor.shots as f64 * self.shot;
        floor.ms = ns / 1e6;
        floor
    }
}
