//! What a turn costs: `cargo bench --no-default-features --bench turn [-- M L XL] [--turns N] [--plot FILE.svg]`.
//!
//! Generated theatres (`theatre.rs`) are fought for 150 turns with all mechanisms at work. Timed is `resolve_turn` alone:
//! rules, journal and hashes, without planning and without the giving of orders. The table says what each phase and each
//! step cost; below it stand the flat terms, what the same theatre costs with nobody in it. The floor is what the work of
//! a turn would cost at least, counted in the state and priced with primitives measured in the same run (`floor.rs`).
//! Ends with 1 where a bound is missed.

mod floor;
mod plot;
mod theatre;
mod watch;

use std::{collections::BTreeMap, fs, process::ExitCode, time::Instant};

use angelfire::{
    ai::{self, Level},
    sim::turn::Phase,
};

use floor::{Floor, Primitives};
use theatre::{SIZES, Size, TURNS, Theatre};

/// Planning of all computer seats of M together, milliseconds.
const PLANNING: f64 = 100.0;
/// XL's cost a force against L's, and turn 150 against turn 10.
const GROWTH: f64 = 1.3;
/// Turns on both sides of a turn that are measured with it: one turn alone says little.
const AROUND: usize = 4;
/// Above this ratio to the floor a reason is owed.
const FLOOR: f64 = 10.0;

/// What was measured of one size.
struct Measured {
    size: Size,
    /// Each turn, milliseconds.
    turns: Vec<f64>,
    /// Forces on the map in each turn.
    forces: Vec<usize>,
    /// Mean milliseconds a turn, by phase and step.
    steps: BTreeMap<(Phase, usize), f64>,
    /// Steps of each phase; what comes after them is the sealing.
    count: BTreeMap<Phase, usize>,
    /// With nobody on the map, milliseconds a turn.
    flat: f64,
    /// The floor in the middle of the war.
    floor: Floor,
    /// Views and plans of all seats, milliseconds; M alone.
    planning: Vec<(f64, f64)>,
}

impl Measured {
    /// Milliseconds of the turns around a turn.
    fn around(&self, turn: usize) -> f64 {
        let to = (turn + AROUND).min(self.turns.len());
        let from = turn.saturating_sub(AROUND + 1).min(to);
        percentile(self.turns[from..to].to_vec(), 50)
    }

    /// Microseconds of a turn for each force.
    fn a_force(&self) -> f64 {
        let each = self.turns.iter().zip(&self.forces);
        percentile(each.map(|(ms, n)| ms * 1000.0 / *n as f64).collect(), 50)
    }
}

fn percentile(mut all: Vec<f64>, percent: usize) -> f64 {
    all.sort_by(f64::total_cmp);
    let at = (all.len() * percent).div_ceil(100).max(1) - 1;
    all.get(at).copied().unwrap_or(0.0)
}

/// Fights one theatre for so many turns.
fn fight(size: Size, turns: u32, primitives: &Primitives) -> Measured {
    let start = Instant::now();
    let mut theatre = Theatre::new(size, size.forces, 7);
    eprint!("{}: made in {:.1?}, ", size.name, start.elapsed());
    let mut measured = Measured {
        size,
        turns: Vec::new(),
        forces: Vec::new(),
        steps: BTreeMap::new(),
        count: BTreeMap::new(),
        flat: 0.0,
        floor: Floor::default(),
        planning: Vec::new(),
    };
    for turn in 1..=turns {
        if size.name == "M" && turn % 10 == 0 {
            measured.planning.push(planning(&theatre));
        }
        theatre.order();
        let start = Instant::now();
        let report = theatre.sim.resolve_turn();
        measured.turns.push(start.elapsed().as_secs_f64() * 1000.0);
        measured.forces.push(theatre.count());
        theatre.note(&report);
        if turn == 1 {
            // The first turn builds the schedule.
            measured.turns.clear();
            measured.forces.clear();
            measured.count = watch::mount(&mut theatre.sim);
        }
        if turn == turns.div_ceil(2) {
            measured.floor = primitives.floor(&theatre.sim, &report);
        }
    }
    eprintln!("fought in {:.1?}", start.elapsed());
    let world = theatre.sim.world_mut();
    let stamps = world.remove_resource::<watch::Stamps>();
    for (at, took) in stamps.map(|s| s.took).unwrap_or_default() {
        let mean = took.iter().sum::<f64>() * 1000.0 / took.len().max(1) as f64;
        measured.steps.insert(at, mean);
    }
    let mut empty = Theatre::new(size, 0, 7);
    let flat = (0..12).map(|_| {
        let start = Instant::now();
        empty.sim.resolve_turn();
        start.elapsed().as_secs_f64() * 1000.0
    });
    measured.flat = percentile(flat.skip(2).collect(), 50);
    measured
}

/// Milliseconds for the views of all seats, and for their plans.
fn planning(theatre: &Theatre) -> (f64, f64) {
    let (mut views, mut plans) = (0.0, 0.0);
    for seat in &theatre.seats {
        let start = Instant::now();
        let view = theatre.sim.view(seat).expect("a seat of the scenario");
        views += start.elapsed().as_secs_f64() * 1000.0;
        let start = Instant::now();
        ai::plan(Level::Steady, &view, 7);
        plans += start.elapsed().as_secs_f64() * 1000.0;
    }
    (views, plans)
}

fn table(m: &Measured) {
    let p50 = percentile(m.turns.clone(), 50);
    let p95 = percentile(m.turns.clone(), 95);
    println!(
        "\n{}: {} sectors, {} lanes, {} factions, {} forces ({} at the end)",
        m.size.name,
        m.size.grid.0 * m.size.grid.1,
        m.size.lanes,
        m.size.factions,
        m.size.forces,
        m.forces.last().copied().unwrap_or(0)
    );
    println!(
        "  a turn: p50 {p50:.2} ms, p95 {p95:.2} ms (bound {}); a force {:.2} us; turn 10 {:.2} ms, turn {} {:.2} ms",
        m.size.bound,
        m.a_force(),
        m.around(10),
        m.turns.len() + 1,
        m.around(m.turns.len())
    );
    println!("  flat: {:.3} ms with nobody on the map", m.flat);
    let mut sealing = 0.0;
    for phase in Phase::ALL {
        let count = m.count.get(&phase).copied().unwrap_or(0);
        let of = |i| m.steps.get(&(phase, i)).copied().unwrap_or(0.0);
        let sum: f64 = (0..count).map(of).sum();
        let steps: Vec<String> = (0..count)
            .map(|i| format!("{} {:.3}", watch::name(phase, i), of(i)))
            .collect();
        sealing += of(count);
        println!(
            "  {:<10} {sum:>9.3} ms + sealed {:>7.3}  ({})",
            phase.name(),
            of(count),
            steps.join(", ")
        );
    }
    println!("  sealing of all phases {sealing:.3} ms");
    let floor = &m.floor;
    println!(
        "  floor {:.3} ms: {} sectors x sources, {} pairs in range, {} shots; the turn is {:.1} times that",
        floor.ms,
        floor.lines,
        floor.pairs,
        floor.shots,
        p50 / floor.ms.max(1e-6)
    );
    for (part, at) in [("first", m.planning.first()), ("last", m.planning.last())] {
        if let Some((views, plans)) = at {
            println!("  planning of all seats, {part}: views {views:.1} ms, plans {plans:.1} ms");
        }
    }
}

/// Every bound that is missed, in words.
fn missed(all: &[Measured]) -> Vec<String> {
    let mut missed = Vec::new();
    let mut hold = |what: String, value: f64, bound: f64| {
        if value > bound {
            missed.push(format!("{what}: {value:.2}, bound {bound}"));
        }
    };
    for m in all {
        let name = m.size.name;
        let p95 = percentile(m.turns.clone(), 95);
        hold(format!("{name}: p95 of a turn, ms"), p95, m.size.bound);
        let (early, late) = (m.around(10), m.around(m.turns.len()));
        if m.turns.len() > 100 {
            let ratio = late / early.max(1e-9);
            hold(format!("{name}: last turn over turn 10"), ratio, GROWTH);
        }
        let plans = m.planning.iter().map(|(views, plans)| views + plans);
        let planning = percentile(plans.collect(), 95);
        hold(
            format!("{name}: planning of all seats, ms"),
            planning,
            PLANNING,
        );
    }
    let of = |name| all.iter().find(|m| m.size.name == name);
    if let (Some(l), Some(xl)) = (of("L"), of("XL")) {
        let ratio = xl.a_force() / l.a_force().max(1e-9);
        hold("XL's cost a force over L's".into(), ratio, GROWTH);
    }
    missed
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut names, mut turns, mut file) = (Vec::new(), TURNS, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--turns" => {
                let n = arguments.next().and_then(|n| n.parse().ok());
                turns = n.unwrap_or(TURNS).clamp(2, TURNS);
            }
            "--plot" => file = arguments.next(),
            name => names.push(name.to_owned()),
        }
    }
    // Cargo passes flags of its own.
    names.retain(|name| !name.starts_with('-'));
    let chosen = SIZES
        .into_iter()
        .filter(|s| names.is_empty() || names.iter().any(|n| n == s.name));
    let primitives = Primitives::measure();
    println!(
        "primitives: a sector reached {:.2} ns, a range asked {:.2} ns, a shot {:.1} ns",
        primitives.reach, primitives.range, primitives.shot
    );
    let mut all = Vec::new();
    for size in chosen {
        let measured = fight(size, turns, &primitives);
        table(&measured);
        all.push(measured);
    }
    let series: Vec<plot::Series> = all
        .iter()
        .map(|m| plot::Series {
            name: m.size.name.to_owned(),
            forces: m.size.forces,
            turns: m.turns.clone(),
            p95: percentile(m.turns.clone(), 95),
            bound: m.size.bound,
        })
        .collect();
    let file = file.unwrap_or_else(|| concat!(env!("CARGO_TARGET_TMPDIR"), "/turn.svg").to_owned());
    match fs::write(&file, plot::svg(&series)) {
        Ok(()) => println!("\nplot: {file}"),
        Err(why) => eprintln!("\nno plot at {file}: {why}"),
    }
    for m in &all {
        let ratio = percentile(m.turns.clone(), 50) / m.floor.ms.max(1e-6);
        if ratio > FLOOR {
            println!(
                "{}: {ratio:.1} times the floor; the reasons stand in ARCHITECTURE.md",
                m.size.name
            );
        }
    }
    let missed = missed(&all);
    for line in &missed {
        println!("missed: {line}");
    }
    if missed.is_empty() {
        println!("all bounds hold");
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
