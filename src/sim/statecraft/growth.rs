//! Meters grow, and what passes a threshold has its outcomes.

use std::collections::BTreeMap;

use super::credit;
use crate::{
    content::{Force, Growth, HP_PER_SP, Key, Meter, MeterOn, Sector, Side, Site, Threshold},
    sim::{
        field::Field,
        ground,
        journal::{Cause, Subject, What},
        outcome::{Scene, Stage},
        roster::Unit,
        state::Holding,
        theatre::{Theatre, terrain_at},
    },
};

/// A meter that has moved.
struct Move {
    subject: Subject,
    side: Key<Side>,
    here: Key<Sector>,
    meter: Key<Meter>,
    before: i32,
    after: i32,
}

/// All meters grow by the state at the step's start; then thresholds that were passed are told, and have their outcomes.
pub(super) fn grow(mut t: Theatre) {
    let field = t.field.clone();
    let mut stage = Stage::of(&t);
    forget(&mut t, &stage);
    let mut moves = Vec::new();
    let boasts = |growth: &Growth| matches!(growth, Growth::Destroyed(_));
    let asked = field.rules.meters.values();
    let credit = match asked.flat_map(|meter| &meter.growth).any(boasts) {
        true => credit::destroyed(&t, &stage),
        false => BTreeMap::new(),
    };
    for (key, meter) in &field.rules.meters {
        match meter.on {
            MeterOn::Side => sides(&t, &stage, &credit, key, meter, &mut moves),
            MeterOn::Force => forces(&t, &stage, key, meter, &mut moves),
            MeterOn::Site => sites(&t, &stage, key, meter, &mut moves),
            MeterOn::Sector => sectors(&stage, key, meter, &mut moves),
        }
    }
    for step in &moves {
        let change = step.after - step.before;
        stage.meter(&t, &step.side, &step.subject, &step.meter, change);
    }
    for step in &moves {
        settle(&mut t, &mut stage, step);
    }
    stage.apply(&mut t);
}

/// Drifts towards a value, never past it.
fn toward(now: i32, value: i32, step: i32) -> i32 {
    if now < value {
        step.min(value - now)
    } else {
        -step.min(now - value)
    }
}

fn held(meter: &Meter, value: i64) -> i32 {
    let (least, most) = meter.range;
    i32::try_from(value.clamp(i64::from(least), i64::from(most))).unwrap_or(most)
}

fn sides(
    t: &Theatre,
    stage: &Stage,
    credit: &BTreeMap<Key<Side>, i64>,
    key: &Key<Meter>,
    meter: &Meter,
    moves: &mut Vec<Move>,
) {
    for (side, tally) in &stage.tallies {
        let Some(now) = tally.meters.get(key).copied() else {
            continue;
        };
        let mut add = 0_i64;
        for growth in &meter.growth {
            add += match growth {
                Growth::Turn(n) => i64::from(*n),
                Growth::Toward { value, step } => i64::from(toward(now, *value, *step)),
                Growth::Posture { posture, add } => {
                    let rules = &t.field.rules;
                    let own = |u: &Unit| u.side() == side;
                    let so = |u: &Unit| own(u) && u.bearing.posture.as_ref() == Some(posture);
                    let all = stage.units.strength_of(rules, side);
                    let part = stage.units.strength(rules, so);
                    i64::from(*add) * part / all.max(1)
                }
                Growth::Lost(n) => {
                    let before = tally.lost_by_turn.last().copied().unwrap_or(0);
                    let lost = (tally.lost - before).max(0) * 1000 / tally.raised.max(1);
                    i64::from(*n) * lost
                }
                Growth::Destroyed(n) => {
                    let hp = credit.get(side).copied().unwrap_or(0);
                    i64::from(*n) * hp / HP_PER_SP
                }
                Growth::From(other, permille) => share(tally.meters.get(other), *permille),
                _ => 0,
            };
        }
        moves.push(Move {
            subject: Subject::Side(side.clone()),
            side: side.clone(),
            here: Key::default(),
            meter: key.clone(),
            before: now,
            after: held(meter, i64::from(now) + add),
        });
    }
}

fn share(value: Option<&i32>, permille: i32) -> i64 {
    i64::from(value.copied().unwrap_or(0)) * i64::from(permille) / 1000
}

fn forces(t: &Theatre, stage: &Stage, key: &Key<Meter>, meter: &Meter, moves: &mut Vec<Move>) {
    for unit in stage.units.values() {
        let now = unit.crew.meters.get(key).copied().unwrap_or(meter.start);
        let add: i64 = meter
            .growth
            .iter()
            .map(|growth| of_force(t, unit, growth, now))
            .sum();
        let after = held(meter, i64::from(now) + add);
        if after != now || now != meter.start {
            moves.push(Move {
                subject: Subject::Force(unit.id.clone()),
                side: unit.side().clone(),
                here: unit.place.sector().clone(),
                meter: key.clone(),
                before: now,
                after,
            });
        }
    }
}

fn of_force(t: &Theatre, unit: &Unit, growth: &Growth, now: i32) -> i64 {
    let moved = || t.scratch.marched.contains_key(&unit.id);
    let when = |holds: bool, n: i32| if holds { i64::from(n) } else { 0 };
    match growth {
        Growth::Turn(n) => i64::from(*n),
        Growth::Toward { value, step } => i64::from(toward(now, *value, *step)),
        Growth::Posture { posture, add } => {
            when(unit.bearing.posture.as_ref() == Some(posture), *add)
        }
        Growth::With { quality, add } => when(super::has(&t.field, unit, quality), *add),
        Growth::Still(n) => when(!moved(), *n),
        Growth::Moved(n) => when(moved(), *n),
        Growth::Fought(n) => when(t.scratch.fought.contains(&unit.id), *n),
        Growth::Starving(n) => when(unit.crew.supply == 0, *n),
        Growth::In { terrain, add } => {
            let here = terrain_at(&t.field, &unit.place);
            when(here == Some(terrain), *add)
        }
        Growth::From(other, permille) => share(unit.crew.meters.get(other), *permille),
        _ => 0,
    }
}

fn sites(t: &Theatre, stage: &Stage, key: &Key<Meter>, meter: &Meter, moves: &mut Vec<Move>) {
    let field = &t.field;
    for (site, holding) in stage.holdings.iter().filter(|(_, h)| !h.razed) {
        let Some(now) = holding.meters.get(key).copied() else {
            continue;
        };
        let when = |holds: bool, n: i32| if holds { i64::from(n) } else { 0 };
        let mut add = 0_i64;
        for growth in &meter.growth {
            add += match growth {
                Growth::Turn(n) => i64::from(*n),
                Growth::Toward { value, step } => i64::from(toward(now, *value, *step)),
                // Whoever has just been conquered does not arm for the conqueror.
                Growth::Fought(n) => when(
                    t.scratch.contested.contains(site) && !t.scratch.fallen.contains_key(site),
                    *n,
                ),
                Growth::Blockaded(n) => when(
                    holding.blockaded > 0 && !ground::is_fed(field, site, &stage.holdings),
                    *n,
                ),
                Growth::Relieved(n) => when(holding.blockaded == 0, *n),
                Growth::Shelled(n) => when(t.scratch.shelled.contains_key(site), *n),
                Growth::Occupied(n) => when(holding.loyal.is_some(), *n),
                Growth::NeighbourFell(n) => when(neighbour_fell(t, field, site, holding, key), *n),
                Growth::Garrison(n) => {
                    i64::from(*n) * i64::from(ground::troops(&field.rules, &holding.stocks))
                }
                Growth::From(other, permille) => share(holding.meters.get(other), *permille),
                _ => 0,
            };
        }
        moves.push(Move {
            subject: Subject::Site(site.clone()),
            side: holding.owner.clone(),
            here: holding.sector.clone(),
            meter: key.clone(),
            before: now,
            after: held(meter, i64::from(now) + add),
        });
    }
}

/// Whether another site of the same side that carries this meter too, in its sector or next to it, was taken or destroyed
/// this turn: a world minds the fate of worlds, not of relays.
fn neighbour_fell(
    t: &Theatre,
    field: &Field,
    site: &Key<Site>,
    holding: &Holding,
    meter: &Key<Meter>,
) -> bool {
    t.scratch.fallen.iter().any(|(other, from)| {
        let known = field.scenario.map.sites.get(other);
        let there = known.map(|s| &s.sector);
        let kind = known.and_then(|s| field.rules.site_kinds.get(&s.kind));
        let alike = kind.is_some_and(|kind| kind.meters.contains_key(meter));
        alike
            && other != site
            && *from == holding.owner
            && there
                .is_some_and(|s| *s == holding.sector || field.graph.adjacent(s, &holding.sector))
    })
}

fn sectors(stage: &Stage, key: &Key<Meter>, meter: &Meter, moves: &mut Vec<Move>) {
    for (sector, control) in &stage.control {
        for (side, works) in &control.works {
            let Some(now) = works.get(key).copied() else {
                continue;
            };
            let add: i64 = meter
                .growth
                .iter()
                .map(|growth| match growth {
                    Growth::Turn(n) => i64::from(*n),
                    Growth::Toward { value, step } => i64::from(toward(now, *value, *step)),
                    Growth::From(other, permille) => share(works.get(other), *permille),
                    _ => 0,
                })
                .sum();
            moves.push(Move {
                subject: Subject::Sector(sector.clone()),
                side: side.clone(),
                here: sector.clone(),
                meter: key.clone(),
                before: now,
                after: held(meter, i64::from(now) + add),
            });
        }
    }
}

/// Tells which thresholds are newly reached, forgets those that are left, and carries out what comes of them.
fn settle(t: &mut Theatre, stage: &mut Stage, step: &Move) {
    let field = t.field.clone();
    let Some(meter) = field.rules.meters.get(&step.meter) else {
        return;
    };
    for threshold in &meter.thresholds {
        let mark = mark(&step.subject, &step.side, &step.meter, threshold);
        if !threshold.is_reached(step.after) {
            // A side's threshold is told once; elsewhere it may be passed again.
            if meter.on != MeterOn::Side || !threshold.outcomes.is_empty() {
                t.story.fired.remove(&mark);
            }
            continue;
        }
        if !t.story.fired.insert(mark) {
            continue;
        }
        let what = match &step.subject {
            Subject::Side(side) => What::MeterReached {
                side: side.clone(),
                meter: step.meter.clone(),
                value: step.after,
                name: threshold.name.clone(),
            },
            at => What::Reached {
                at: at.clone(),
                meter: step.meter.clone(),
                value: step.after,
                name: threshold.name.clone(),
            },
        };
        t.tell_sides([&step.side], what);
        let cause = Cause::Meter(step.meter.clone());
        let scene = Scene {
            actor: None,
            side: &step.side,
            target: Some(&step.subject),
            here: &step.here,
            cause: &cause,
        };
        stage.carry_out(t, &scene, &threshold.outcomes);
    }
}

/// Thresholds at or beyond which a thing stands as it comes into the war, as the story remembers them: it has not passed
/// them, so nothing comes of them until it has been on the other side. Meters not listed stand at their start.
pub(in crate::sim) fn standing(
    field: &Field,
    subject: &Subject,
    side: &Key<Side>,
    meters: &BTreeMap<Key<Meter>, i32>,
) -> Vec<String> {
    let on = match subject {
        Subject::Force(_) => MeterOn::Force,
        Subject::Site(_) => MeterOn::Site,
        Subject::Sector(_) => MeterOn::Sector,
        Subject::Side(_) => MeterOn::Side,
    };
    let mut marks = Vec::new();
    for (key, meter) in field.rules.meters.iter().filter(|(_, m)| m.on == on) {
        let start = (on == MeterOn::Force).then_some(&meter.start);
        let Some(value) = meters.get(key).or(start) else {
            continue;
        };
        let reached = meter.thresholds.iter().filter(|t| t.is_reached(*value));
        marks.extend(reached.map(|t| mark(subject, side, key, t)));
    }
    marks
}

/// Under what the story remembers that a threshold is reached.
fn mark(subject: &Subject, side: &Key<Side>, meter: &Key<Meter>, threshold: &Threshold) -> String {
    let at = threshold.at;
    let end = if threshold.falling { "-" } else { "" };
    match subject {
        Subject::Side(side) => format!("meter/{side}/{meter}/{at}{end}"),
        Subject::Force(force) => format!("meter/force/{force}/{meter}/{at}{end}"),
        Subject::Site(site) => format!("meter/site/{site}/{meter}/{at}{end}"),
        Subject::Sector(sector) => format!("meter/sector/{sector}/{side}/{meter}/{at}{end}"),
    }
}

/// Marks of forces that are no more are forgotten, so that a long war does not drag them along.
fn forget(t: &mut Theatre, stage: &Stage) {
    t.story.fired.retain(|mark| {
        let of = mark.strip_prefix("meter/force/");
        let of = of.and_then(|rest| rest.split('/').next());
        of.is_none_or(|force| stage.units.contains_key(&Key::<Force>::new(force)))
    });
}
