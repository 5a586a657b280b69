//! Phase 4: everybody moves at once, by integer progress along lanes, in four watches. In each watch every force
//! reads the state at the watch's start, so nobody moves first. Hostile forces whose ways cross on a lane meet there;
//! a place with hostile forces ends the march of whoever enters it, unless his stance presses through.

mod crossing;
mod fallback;
mod passage;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    around::{Around, Surroundings},
    detect::signature,
    field::Field,
    journal::What,
    order::{Cue, Pace},
    part::Part,
    roster::{Post, Unit, Units},
    state::{Knowledge, Place, Standing, speed},
    stats::{Bearer, Temper},
    supply,
    theatre::{Bars, Theatre, terrain_at},
    turn::{Phase, Turn},
    values::Tempers,
};
use crate::content::{HP_PER_SP, Key, Lane, Seat, Sector, Stat};

/// Watches in a turn: a force reads what stands in its way anew in each.
const WATCHES: i32 = 4;

pub use passage::toll;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (march, passage::passage).chain().in_set(Phase::Move));
}

/// Movement a turn of a force, chart units, at this pace.
pub fn pace_of(
    field: &Field,
    unit: &Unit,
    pace: Pace,
    temper: Option<&Temper>,
    around: Option<&Around>,
) -> i32 {
    let base = speed(&field.rules, &unit.ships.0);
    if base == 0 {
        return 0;
    }
    let forced = if pace == Pace::Forced {
        field.rules.constants.forced_march.0
    } else {
        0
    };
    let bearer =
        Bearer::unit(&field.rules, unit, terrain_at(field, &unit.place), temper).within(around);
    let pace = bearer.value(Stat::Speed, i64::from(base + forced), 0, 100_000);
    i32::try_from(pace).unwrap_or(0)
}

fn march(mut t: Theatre) {
    let field = t.field.clone();
    let tempers = t.tempers();
    let before = t.roster.gather();
    let mut units = before.clone();
    let (control, holdings) = (t.control(), t.holdings());
    let around = Surroundings::of(&field, t.clock.turn, &units, &control, &holdings);
    let knowledge = t.all_known();
    let turn = t.clock.turn;
    let depots = supply::depots(&field, &holdings);
    let mut walk = Walk::new(&field, &around, &tempers, &knowledge, turn, &units, depots);
    for watch in 0..WATCHES {
        walk.watch(&mut units, watch);
    }
    let Walk {
        walkers,
        barred,
        fell_back,
        met,
        marched,
        entered,
        passed,
        ..
    } = walk;
    for (force, pace) in &marched {
        let unit = units.nth(*force);
        let forced = *pace == Pace::Forced;
        if !forced && unit.bearing.held == 0 {
            continue;
        }
        let unit = units.nth_mut(*force);
        if forced {
            unit.crew.readiness =
                (unit.crew.readiness - field.rules.constants.forced_march.1).max(0);
        }
        unit.bearing.held = 0;
    }
    for walker in &walkers {
        let (was, unit) = (before.nth(walker.force), units.nth(walker.force));
        if unit.place != was.place {
            let what = What::Moved {
                force: unit.id.clone(),
                from: was.place.clone(),
                to: unit.place.clone(),
            };
            t.tell_sides([unit.side()], what);
        }
    }
    for (force, (from, to)) in fell_back {
        let unit = units.nth(force);
        let force = unit.id.clone();
        t.tell_sides([unit.side()], What::FellBack { force, from, to });
    }
    for (force, sector) in barred {
        let unit = units.nth(force);
        let force = unit.id.clone();
        t.tell_sides([unit.side()], What::Barred { force, sector });
    }
    let name = |force: usize| units.nth(force).id.clone();
    let named = |all: BTreeSet<usize>| all.into_iter().map(name).collect();
    t.scratch.met = met
        .into_iter()
        .map(|(lane, all)| (lane, named(all)))
        .collect();
    t.scratch.marched = marched
        .into_iter()
        .map(|(f, pace)| (name(f), pace))
        .collect();
    t.scratch.entered = named(entered);
    t.scratch.passed = passed.into_iter().map(|(f, all)| (name(f), all)).collect();
    t.roster.apply(units);
}

/// A force that may march this turn or stands on a lane: all others stay where they are.
struct Walker {
    /// Its place in the order of names.
    force: usize,
    /// Where it stood at the watch's start.
    was: Place,
    /// ... and as others are barred by it.
    post: Post,
    /// Nothing moves it any more this turn.
    stopped: bool,
    /// Ways that it asked for this turn: from where, to where, and the first step with the sectors on it.
    asked: Vec<(usize, usize, Option<(usize, usize)>)>,
}

/// What a force means to do in a watch.
struct Intent {
    goal: Option<(Key<Sector>, Pace)>,
    /// What becomes of its standing orders by that.
    standing: Option<Part<Standing>>,
}

/// The state of one turn's marches. Forces by their places in the order of names.
struct Walk<'a> {
    field: &'a Field,
    /// As it was where each force began its march.
    around: &'a Surroundings,
    tempers: &'a Tempers,
    knowledge: &'a BTreeMap<Key<Seat>, &'a Knowledge>,
    turn: u32,
    walkers: Vec<Walker>,
    bars: Bars,
    /// Sectors from which a side is supplied, and which, both by number.
    depots: Vec<(usize, usize)>,
    /// Enemies that a seat knows of in each sector, for the seats whose forces fall back.
    dreaded: BTreeMap<Key<Seat>, Rc<[u32]>>,
    barred: BTreeMap<usize, Key<Sector>>,
    fell_back: BTreeMap<usize, (Key<Sector>, Key<Sector>)>,
    met: BTreeMap<Key<Lane>, BTreeSet<usize>>,
    marched: BTreeMap<usize, Pace>,
    entered: BTreeSet<usize>,
    /// Sectors that each came into, in the order of its march: what they do to ships they do to each who comes.
    passed: BTreeMap<usize, Vec<Key<Sector>>>,
}

impl<'a> Walk<'a> {
    fn new(
        field: &'a Field,
        around: &'a Surroundings,
        tempers: &'a Tempers,
        knowledge: &'a BTreeMap<Key<Seat>, &'a Knowledge>,
        turn: u32,
        units: &Units,
        depots: Vec<(usize, usize)>,
    ) -> Self {
        let mut walkers = Vec::new();
        for (force, (unit, post)) in units.posts(field).enumerate() {
            let standing = &unit.standing;
            let ordered = !standing.queue.is_empty()
                || standing.follow.is_some()
                || standing.fall_back.is_some();
            if ordered || !post.in_sector {
                walkers.push(Walker {
                    force,
                    was: unit.place.clone(),
                    post: post.clone(),
                    stopped: !ordered,
                    asked: Vec::new(),
                });
            }
        }
        Self {
            field,
            around,
            tempers,
            knowledge,
            turn,
            walkers,
            bars: Bars::of(field, units),
            depots,
            dreaded: BTreeMap::new(),
            barred: BTreeMap::new(),
            fell_back: BTreeMap::new(),
            met: BTreeMap::new(),
            marched: BTreeMap::new(),
            entered: BTreeSet::new(),
            passed: BTreeMap::new(),
        }
    }

    fn watch(&mut self, units: &mut Units, watch: i32) {
        // Everybody makes up his mind by what stands at the watch's start; then everybody goes.
        let minds: Vec<Option<Intent>> = (0..self.walkers.len())
            .map(|w| {
                let walker = &self.walkers[w];
                let (force, unit) = (walker.force, units.nth(walker.force));
                let goes = !walker.stopped && self.may_move(unit);
                goes.then(|| self.intent(units, force))
            })
            .collect();
        for (w, mind) in minds.into_iter().enumerate() {
            let Some(Intent { goal, standing }) = mind else {
                continue;
            };
            let force = self.walkers[w].force;
            if let Some(standing) = standing {
                units.nth_mut(force).standing = standing;
            }
            let unit = units.nth(force);
            let Some((goal, pace)) = goal else {
                continue;
            };
            let began = self.around.on(unit);
            let temper = self.tempers.get(unit.side());
            let mut whole = pace_of(self.field, unit, pace, temper, began);
            if let Some(slow) = self.slowed(w, unit, &goal) {
                whole = whole.min(slow);
            }
            // Quarters that add up to the whole whatever the remainder.
            let budget = whole * (watch + 1) / WATCHES - whole * watch / WATCHES;
            if budget > 0 {
                self.advance(w, units.nth_mut(force), &goal, pace, budget);
            }
        }
        self.crossings(units);
        self.encounters(units);
    }

    /// Whoever came into a sector in this watch and finds hostile forces that came with him stops, too.
    fn encounters(&mut self, units: &Units) {
        let mut came = Vec::new();
        for (w, walker) in self.walkers.iter_mut().enumerate() {
            let unit = units.nth(walker.force);
            if unit.place == walker.was {
                continue;
            }
            self.bars.take(&walker.post);
            walker.post.at = self
                .field
                .graph
                .number(unit.place.sector())
                .unwrap_or(usize::MAX);
            walker.post.in_sector = matches!(unit.place, Place::Sector(_));
            self.bars.add(&walker.post);
            walker.was = unit.place.clone();
            came.push(w);
        }
        for w in came {
            let walker = &mut self.walkers[w];
            let unit = units.nth(walker.force);
            let stance = self.field.rules.stances.get(&unit.bearing.stance);
            if let Place::Sector(sector) = &unit.place
                && self.bars.bars(self.field, walker.post.side, walker.post.at)
            {
                self.barred.insert(walker.force, sector.clone());
                walker.stopped |= !stance.is_some_and(|s| s.passes);
            }
        }
    }

    fn may_move(&self, unit: &Unit) -> bool {
        unit.bearing
            .posture
            .as_ref()
            .and_then(|p| self.field.rules.postures.get(p))
            .is_none_or(|p| p.moves)
    }

    /// Sectors on the shortest way from one to another, both counted; none if there is no way.
    fn length(&self, from: &Key<Sector>, to: &Key<Sector>) -> Option<usize> {
        let graph = &self.field.graph;
        Some(graph.step(graph.number(from)?, graph.number(to)?)?.1)
    }

    /// The first step of a walker's way and the sectors on it: it asks for the same in every watch.
    fn step(
        &mut self,
        walker: usize,
        from: &Key<Sector>,
        to: &Key<Sector>,
    ) -> Option<(usize, usize)> {
        let graph = &self.field.graph;
        let (from, to) = (graph.number(from)?, graph.number(to)?);
        let asked = &mut self.walkers[walker].asked;
        let known = asked.iter().find(|(a, b, _)| (*a, *b) == (from, to));
        if let Some((.., way)) = known {
            return *way;
        }
        let way = graph.step(from, to);
        asked.push((from, to, way));
        way
    }

    /// Where a force wants to be, and how fast: falling back goes before following, following before the queue.
    fn intent(&mut self, units: &Units, force: usize) -> Intent {
        let unit = units.nth(force);
        let mut standing = None;
        let goal = self.goal(units, force, unit, &mut standing);
        Intent { goal, standing }
    }

    fn goal(
        &mut self,
        units: &Units,
        force: usize,
        unit: &Unit,
        standing: &mut Option<Part<Standing>>,
    ) -> Option<(Key<Sector>, Pace)> {
        let here = unit.place.sector();
        if let Some((along, when)) = &unit.standing.fall_back {
            let threat = self.threat(units, force, here);
            if threat >= i64::from(*when) * HP_PER_SP && *when > 0 {
                if let Some(next) = self.fall_back(units, force, along, here, standing) {
                    self.fell_back
                        .entry(force)
                        .or_insert((here.clone(), next.clone()));
                    return Some((next, Pace::Cruise));
                }
            } else if self.fell_back.contains_key(&force) {
                return None;
            }
        }
        if let Some((contact, distance)) = &unit.standing.follow {
            let known = self.knowledge.get(&unit.belongs.seat)?;
            let Some(contact) = known.contacts.get(contact) else {
                let standing = standing.get_or_insert_with(|| unit.standing.clone());
                standing.follow = None;
                return None;
            };
            let goal = contact.place.sector();
            let away = self.length(here, goal)? as i32 - 1;
            return match away - distance {
                n if n > 0 => Some((goal.clone(), Pace::Cruise)),
                n if n < 0 => {
                    // Too near: back along the way home.
                    let home = self
                        .field
                        .scenario
                        .seats
                        .get(&unit.belongs.seat)?
                        .home
                        .first()?;
                    Some((home.clone(), Pace::Cruise))
                }
                _ => None,
            };
        }
        let done = unit
            .standing
            .queue
            .iter()
            .take_while(|leg| unit.place.in_sector() == Some(&leg.to))
            .count();
        if done > 0 {
            let standing = standing.get_or_insert_with(|| unit.standing.clone());
            standing.queue.drain(..done);
        }
        let leg = unit.standing.queue.get(done)?;
        if !self.cue(units, force, &leg.cue) {
            return None;
        }
        if leg.cue != Cue::None {
            let standing = standing.get_or_insert_with(|| unit.standing.clone());
            standing.queue[0].cue = Cue::None;
        }
        Some((leg.to.clone(), leg.pace))
    }

    fn cue(&self, units: &Units, force: usize, cue: &Cue) -> bool {
        let unit = units.nth(force);
        match cue {
            Cue::None => true,
            Cue::Turn(n) => self.turn >= *n,
            Cue::Enemy(sector, sp) => {
                self.threat(units, force, sector) >= i64::from(*sp) * HP_PER_SP
            }
            Cue::Ready(n) => unit.crew.readiness >= *n,
            Cue::Supply(days) => unit.crew.supply <= days * 10,
        }
    }

    /// Hostile strength in and beside a sector, as the force's own sensors see it at the watch's start.
    fn threat(&self, units: &Units, force: usize, sector: &Key<Sector>) -> i64 {
        let seen = self.seen_beside(units, force, sector).into_iter();
        seen.map(|n| units.post(self.field, n).strength).sum()
    }

    /// Hostile forces in and beside a sector that the force's own sensors see at the watch's start.
    fn seen_beside(&self, units: &Units, force: usize, sector: &Key<Sector>) -> Vec<usize> {
        let field = self.field;
        let (track, _) = field.rules.constants.sensors;
        let unit = units.nth(force);
        let Some(sector) = field.graph.number(sector) else {
            return Vec::new();
        };
        let stations = units.stations(field);
        let mut around: Vec<usize> = field.graph.ways(sector).iter().map(|w| w.to).collect();
        around.push(sector);
        around.sort_unstable();
        around.dedup();
        let side = units.post(field, force).side;
        around
            .into_iter()
            .flat_map(|at| stations.at(at))
            .filter(|n| {
                let hostile = field.relations.hostile(side, units.post(field, *n).side);
                hostile && {
                    let u = units.nth(*n);
                    let away = i64::from(field.range(unit.place.sector(), u.place.sector()));
                    u.place == unit.place
                        || away * 1000 <= i64::from(track) * signature(field, self.tempers, u)
                }
            })
            .collect()
    }

    /// Columns that press through are slowed by whoever stands on the next sector.
    fn slowed(&self, walker: usize, unit: &Unit, goal: &Key<Sector>) -> Option<i32> {
        let stance = self.field.rules.stances.get(&unit.bearing.stance)?;
        let slow = stance.slowed_to?;
        let graph = &self.field.graph;
        let here = graph.number(unit.place.sector())?;
        let next = match &unit.place {
            Place::Lane { to, .. } => graph.number(to)?,
            Place::Sector(_) => {
                let (next, count) = graph.step(here, graph.number(goal)?)?;
                (count > 1).then_some(next)?
            }
        };
        let side = self.walkers[walker].post.side;
        let bars = |at| self.bars.bars(self.field, side, at);
        (bars(next) || bars(here)).then_some(slow)
    }

    fn advance(
        &mut self,
        walker: usize,
        unit: &mut Unit,
        goal: &Key<Sector>,
        pace: Pace,
        mut budget: i32,
    ) {
        let (force, side) = (self.walkers[walker].force, self.walkers[walker].post.side);
        let graph = self.field.graph.clone();
        let passes = self
            .field
            .rules
            .stances
            .get(&unit.bearing.stance)
            .is_some_and(|s| s.passes);
        while budget > 0 {
            match unit.place.clone() {
                Place::Sector(here) => {
                    if here == *goal {
                        break;
                    }
                    let Some((next, _)) = self.step(walker, &here, goal) else {
                        break;
                    };
                    let Some(edge) = graph.between(&here, graph.name(next)) else {
                        break;
                    };
                    unit.bearing.came_from = Some(here.clone());
                    unit.place = Place::Lane {
                        lane: edge.lane.clone(),
                        from: here,
                        to: edge.to.clone(),
                        done: 0,
                        length: edge.length,
                    };
                    self.entered.remove(&force);
                    self.marched.insert(force, pace);
                }
                Place::Lane {
                    lane,
                    mut from,
                    mut to,
                    mut done,
                    length,
                } => {
                    // Whoever wants to go back turns round where he is.
                    let ahead = self.step(walker, &to, goal);
                    let behind = self.step(walker, &from, goal);
                    let sectors = |way: Option<(usize, usize)>| way.map_or(usize::MAX, |w| w.1);
                    if sectors(behind) < sectors(ahead) {
                        (from, to) = (to, from);
                        done = length - done;
                    }
                    let step = budget.min(length - done);
                    done += step;
                    budget -= step;
                    self.marched.insert(force, pace);
                    if done < length {
                        unit.place = Place::Lane {
                            lane,
                            from,
                            to,
                            done,
                            length,
                        };
                        break;
                    }
                    unit.bearing.came_from = Some(from);
                    unit.place = Place::Sector(to.clone());
                    self.entered.insert(force);
                    self.passed.entry(force).or_default().push(to.clone());
                    let at = graph.number(&to).unwrap_or(usize::MAX - 1);
                    let hostile = self.bars.bars(self.field, side, at);
                    let gap = || {
                        let terrain = terrain_at(self.field, &unit.place);
                        let terrain = terrain.and_then(|t| self.field.rules.terrain.get(t));
                        terrain.is_some_and(|t| t.stops)
                    };
                    if hostile {
                        // Who presses through does not do it in the same watch.
                        self.walkers[walker].stopped |= !passes;
                        self.barred.insert(force, to);
                        break;
                    }
                    if gap() {
                        self.walkers[walker].stopped = true;
                        break;
                    }
                }
            }
        }
    }
}
