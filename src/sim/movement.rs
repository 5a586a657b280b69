//! Phase 4: everybody moves at once, by integer progress along lanes, in four watches. In each watch every force
//! reads the state at the watch's start, so nobody moves first. Hostile forces whose ways cross on a lane meet there;
//! a place with hostile forces ends the march of whoever enters it, unless his stance presses through.

use std::collections::{BTreeMap, BTreeSet};

use bevy::{app::App, ecs::prelude::IntoScheduleConfigs};

use super::{
    around::{Around, Surroundings},
    casualty::Ledger,
    detect::signature,
    field::Field,
    fire::damage,
    journal::{Cause, What},
    order::{Cue, Pace},
    roster::{Unit, Units},
    state::{Knowledge, Place, speed},
    stats::{Bearer, Temper},
    theatre::{Bars, Theatre, terrain_at},
    turn::{Phase, Turn},
};
use crate::content::{Force, HP_PER_SP, Key, Lane, Seat, Sector, Side, Stat};

/// Watches in a turn: a force reads what stands in its way anew in each.
const WATCHES: i32 = 4;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (march, passage).chain().in_set(Phase::Move));
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
    let sum = bearer.stat(Stat::Speed, i64::from(base + forced), 0, 100_000);
    i32::try_from(sum.value()).unwrap_or(0)
}

fn march(mut t: Theatre) {
    let field = t.field.clone();
    let tempers = t.tempers();
    let knowledge = t.knowledge();
    let mut units = t.roster.gather();
    let before: BTreeMap<Key<Force>, Place> = units
        .iter()
        .map(|(k, u)| (k.clone(), u.place.clone()))
        .collect();
    let (control, holdings) = (t.control(), t.holdings());
    let around = Surroundings::of(&field, t.clock.turn, &units, &control, &holdings);
    let mut walk = Walk {
        field: &field,
        around: &around,
        tempers: &tempers,
        knowledge: &knowledge,
        turn: t.clock.turn,
        stopped: BTreeSet::new(),
        barred: BTreeMap::new(),
        fell_back: BTreeMap::new(),
        met: BTreeMap::new(),
        marched: BTreeMap::new(),
        entered: BTreeSet::new(),
    };
    for watch in 0..WATCHES {
        walk.watch(&mut units, watch);
    }
    let Walk {
        barred,
        fell_back,
        met,
        marched,
        entered,
        ..
    } = walk;
    for (force, pace) in &marched {
        let Some(unit) = units.get_mut(force) else {
            continue;
        };
        if *pace == Pace::Forced {
            unit.crew.readiness =
                (unit.crew.readiness - field.rules.constants.forced_march.1).max(0);
        }
        unit.bearing.held = 0;
    }
    for (force, from) in &before {
        let Some(unit) = units.get(force) else {
            continue;
        };
        if unit.place != *from {
            let what = What::Moved {
                force: force.clone(),
                from: from.clone(),
                to: unit.place.clone(),
            };
            let side = unit.side().clone();
            t.tell_sides([&side], what);
        }
    }
    for (force, (from, to)) in fell_back {
        if let Some(side) = units.get(&force).map(|u| u.side().clone()) {
            t.tell_sides([&side], What::FellBack { force, from, to });
        }
    }
    for (force, sector) in barred {
        if let Some(side) = units.get(&force).map(|u| u.side().clone()) {
            t.tell_sides([&side], What::Barred { force, sector });
        }
    }
    t.scratch.met = met;
    t.scratch.marched = marched;
    t.scratch.entered = entered;
    t.roster.apply(units);
}

/// The state of one turn's marches.
struct Walk<'a> {
    field: &'a Field,
    /// As it was where each force began its march.
    around: &'a Surroundings,
    tempers: &'a BTreeMap<Key<Side>, Temper>,
    knowledge: &'a BTreeMap<Key<Seat>, Knowledge>,
    turn: u32,
    stopped: BTreeSet<Key<Force>>,
    barred: BTreeMap<Key<Force>, Key<Sector>>,
    fell_back: BTreeMap<Key<Force>, (Key<Sector>, Key<Sector>)>,
    met: BTreeMap<Key<Lane>, BTreeSet<Key<Force>>>,
    marched: BTreeMap<Key<Force>, Pace>,
    entered: BTreeSet<Key<Force>>,
}

impl Walk<'_> {
    fn watch(&mut self, units: &mut Units, watch: i32) {
        let start = units.clone();
        let bars = Bars::of(self.field, &start);
        for unit in units.values_mut() {
            if self.stopped.contains(&unit.id) || !self.may_move(unit) {
                continue;
            }
            let Some((goal, pace)) = self.goal(&start, unit) else {
                continue;
            };
            let began = start.get(&unit.id).and_then(|u| self.around.on(u));
            let temper = self.tempers.get(unit.side());
            let mut whole = pace_of(self.field, unit, pace, temper, began);
            if let Some(slow) = self.slowed(&bars, unit, &goal) {
                whole = whole.min(slow);
            }
            // Quarters that add up to the whole whatever the remainder.
            let budget = whole * (watch + 1) / WATCHES - whole * watch / WATCHES;
            self.advance(&bars, unit, &goal, pace, budget);
        }
        self.crossings(&start, units);
        self.encounters(&start, units);
    }

    /// Whoever came into a sector in this watch and finds hostile forces that came with him stops, too.
    fn encounters(&mut self, start: &Units, units: &Units) {
        let bars = Bars::of(self.field, units);
        for unit in units.values() {
            let came = start
                .get(&unit.id)
                .is_some_and(|was| was.place != unit.place);
            let stance = self.field.rules.stances.get(&unit.bearing.stance);
            if let Place::Sector(sector) = &unit.place
                && came
                && bars.bar(self.field, unit.side(), sector)
            {
                self.barred.insert(unit.id.clone(), sector.clone());
                if !stance.is_some_and(|s| s.passes) {
                    self.stopped.insert(unit.id.clone());
                }
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

    /// Where a force wants to be, and how fast: falling back goes before following, following before the queue.
    fn goal(&mut self, start: &Units, unit: &mut Unit) -> Option<(Key<Sector>, Pace)> {
        let here = unit.place.sector().clone();
        if let Some((along, when)) = unit.standing.fall_back.clone() {
            let threat = self.threat(start, unit, &here);
            if threat >= i64::from(when) * HP_PER_SP && when > 0 {
                let next = match along.iter().position(|s| *s == here) {
                    Some(i) => along.get(i + 1),
                    None => along.first(),
                };
                if let Some(next) = next {
                    self.fell_back
                        .entry(unit.id.clone())
                        .or_insert((here, next.clone()));
                    return Some((next.clone(), Pace::Cruise));
                }
            } else if self.fell_back.contains_key(&unit.id) {
                return None;
            }
        }
        if let Some((contact, distance)) = unit.standing.follow.clone() {
            let known = self.knowledge.get(&unit.belongs.seat)?;
            let Some(contact) = known.contacts.get(&contact) else {
                unit.standing.follow = None;
                return None;
            };
            let goal = contact.place.sector();
            let path = self.field.graph.shortest(&here, goal)?;
            let away = path.len() as i32 - 1;
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
        while let Some(leg) = unit.standing.queue.first() {
            if unit.place.in_sector() == Some(&leg.to) {
                unit.standing.queue.remove(0);
                continue;
            }
            let leg = leg.clone();
            if !self.cue(start, unit, &leg.cue) {
                return None;
            }
            if leg.cue != Cue::None
                && let Some(first) = unit.standing.queue.first_mut()
            {
                first.cue = Cue::None;
            }
            return Some((leg.to, leg.pace));
        }
        None
    }

    fn cue(&self, start: &Units, unit: &Unit, cue: &Cue) -> bool {
        match cue {
            Cue::None => true,
            Cue::Turn(n) => self.turn >= *n,
            Cue::Enemy(sector, sp) => {
                self.threat(start, unit, sector) >= i64::from(*sp) * HP_PER_SP
            }
            Cue::Ready(n) => unit.crew.readiness >= *n,
            Cue::Supply(days) => unit.crew.supply <= days * 10,
        }
    }

    /// Hostile strength in and beside a sector, as the force's own sensors see it at the watch's start.
    fn threat(&self, start: &Units, unit: &Unit, sector: &Key<Sector>) -> i64 {
        let field = self.field;
        let (track, _) = field.rules.constants.sensors;
        start
            .values()
            .filter(|u| self.field.hostile(unit.side(), u.side()))
            .filter(|u| {
                let at = u.place.sector();
                let away = i64::from(field.range(unit.place.sector(), at));
                (at == sector || field.graph.adjacent(at, sector))
                    && (u.place == unit.place
                        || away * 1000 <= i64::from(track) * signature(field, self.tempers, u))
            })
            .map(|u| u.strength(&self.field.rules))
            .sum()
    }

    /// Columns that press through are slowed by whoever stands on the next sector.
    fn slowed(&self, bars: &Bars, unit: &Unit, goal: &Key<Sector>) -> Option<i32> {
        let stance = self.field.rules.stances.get(&unit.bearing.stance)?;
        let slow = stance.slowed_to?;
        let next = match &unit.place {
            Place::Lane { to, .. } => to.clone(),
            Place::Sector(here) => self.field.graph.shortest(here, goal)?.get(1)?.clone(),
        };
        let barred = bars.bar(self.field, unit.side(), &next)
            || bars.bar(self.field, unit.side(), unit.place.sector());
        barred.then_some(slow)
    }

    fn advance(
        &mut self,
        bars: &Bars,
        unit: &mut Unit,
        goal: &Key<Sector>,
        pace: Pace,
        mut budget: i32,
    ) {
        if budget <= 0 {
            return;
        }
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
                    let Some(path) = self.field.graph.shortest(&here, goal) else {
                        break;
                    };
                    let Some(edge) = path
                        .get(1)
                        .and_then(|next| self.field.graph.between(&here, next))
                    else {
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
                    self.entered.remove(&unit.id);
                    self.marched.insert(unit.id.clone(), pace);
                }
                Place::Lane {
                    lane,
                    mut from,
                    mut to,
                    mut done,
                    length,
                } => {
                    // Whoever wants to go back turns round where he is.
                    let ahead = self
                        .field
                        .graph
                        .shortest(&to, goal)
                        .map_or(usize::MAX, |p| p.len());
                    let behind = self
                        .field
                        .graph
                        .shortest(&from, goal)
                        .map_or(usize::MAX, |p| p.len());
                    if behind < ahead {
                        (from, to) = (to, from);
                        done = length - done;
                    }
                    let step = budget.min(length - done);
                    done += step;
                    budget -= step;
                    self.marched.insert(unit.id.clone(), pace);
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
                    self.entered.insert(unit.id.clone());
                    let hostile = bars.bar(self.field, unit.side(), &to);
                    let map = &self.field.scenario.map;
                    let gap = map.sectors.get(&to).is_some_and(|s| {
                        let terrain = self.field.rules.terrain.get(&s.terrain);
                        terrain.is_some_and(|t| t.stops)
                    });
                    if gap && !hostile {
                        self.stopped.insert(unit.id.clone());
                        break;
                    }
                    if hostile && !passes {
                        self.stopped.insert(unit.id.clone());
                        self.barred.insert(unit.id.clone(), to);
                        break;
                    }
                    if hostile {
                        // Presses through, but not in the same watch.
                        self.barred.insert(unit.id.clone(), to);
                        break;
                    }
                }
            }
        }
    }

    /// Hostile forces whose ways on one lane crossed in this watch, or who stand at the same point of it, meet there.
    fn crossings(&mut self, start: &Units, units: &mut Units) {
        let mut on_lane: BTreeMap<Key<Lane>, Vec<(Key<Force>, i32, i32)>> = BTreeMap::new();
        for (id, unit) in units.iter() {
            let Some(was) = start.get(id) else { continue };
            for lane in [&was.place, &unit.place]
                .into_iter()
                .filter_map(|p| match p {
                    Place::Lane { lane, .. } => Some(lane.clone()),
                    Place::Sector(_) => None,
                })
                .collect::<BTreeSet<_>>()
            {
                // Whoever came onto the lane, or left it for another, did so by one of its ends.
                let before = self.point(&lane, &was.place);
                let after = self.point(&lane, &unit.place);
                let end = |place: &Place, back: bool| match place {
                    Place::Lane { from, to, .. } => {
                        let end = if back { from } else { to };
                        self.point(&lane, &Place::Sector(end.clone()))
                    }
                    Place::Sector(_) => None,
                };
                let (Some(a), Some(b)) = (
                    before.or_else(|| end(&unit.place, true)),
                    after.or_else(|| end(&was.place, false)),
                ) else {
                    continue;
                };
                on_lane.entry(lane).or_default().push((id.clone(), a, b));
            }
        }
        for (lane, walkers) in on_lane {
            for (i, (x, x0, x1)) in walkers.iter().enumerate() {
                for (y, y0, y1) in &walkers[i + 1..] {
                    let (Some(ux), Some(uy)) = (units.get(x), units.get(y)) else {
                        continue;
                    };
                    if !self.field.hostile(ux.side(), uy.side()) {
                        continue;
                    }
                    let crossed = (x0 - y0).signum() * (x1 - y1).signum() <= 0;
                    let length = self
                        .field
                        .scenario
                        .map
                        .lanes
                        .get(&lane)
                        .map_or(1, |l| l.length);
                    // Two that came into the same sector meet there, not on the lane.
                    let same_end = x1 == y1 && (*x1 == 0 || *x1 == length);
                    if !crossed || same_end {
                        continue;
                    }
                    let middle = ((x1 + y1) / 2).clamp(1, (length - 1).max(1));
                    for id in [x, y] {
                        if let Some(unit) = units.get_mut(id) {
                            self.halt(unit, &lane, middle, length);
                        }
                    }
                    let met = self.met.entry(lane.clone()).or_default();
                    met.insert(x.clone());
                    met.insert(y.clone());
                }
            }
        }
    }

    fn halt(&mut self, unit: &mut Unit, lane: &Key<Lane>, at: i32, length: i32) {
        let Some(definition) = self.field.scenario.map.lanes.get(lane) else {
            return;
        };
        let (a, b) = &definition.ends;
        // It keeps facing the way it went.
        let forward = match &unit.place {
            Place::Lane { lane: on, from, .. } if on == lane => from == a,
            _ => unit.bearing.came_from.as_ref() == Some(a),
        };
        unit.place = if forward {
            Place::Lane {
                lane: lane.clone(),
                from: a.clone(),
                to: b.clone(),
                done: at,
                length,
            }
        } else {
            Place::Lane {
                lane: lane.clone(),
                from: b.clone(),
                to: a.clone(),
                done: length - at,
                length,
            }
        };
        self.entered.insert(unit.id.clone());
        self.stopped.insert(unit.id.clone());
    }

    /// Where on a lane a place lies, from the lane's first end; none if it is not on it.
    fn point(&self, lane: &Key<Lane>, place: &Place) -> Option<i32> {
        let definition = self.field.scenario.map.lanes.get(lane)?;
        let (a, b) = &definition.ends;
        match place {
            Place::Lane {
                lane: on,
                from,
                done,
                length,
                ..
            } if on == lane => Some(if from == a { *done } else { length - done }),
            Place::Sector(sector) if sector == a => Some(0),
            Place::Sector(sector) if sector == b => Some(definition.length),
            _ => None,
        }
    }
}

/// What the places passed do to ships: storms and shoals take their share of whoever entered.
fn passage(mut t: Theatre) {
    let field = t.field.clone();
    let tempers = t.tempers();
    let mut units = t.roster.gather();
    let mut tallies = t.tallies();
    let turn = t.clock.turn;
    let (control, holdings) = (t.control(), t.holdings());
    let around = Surroundings::of(&field, turn, &units, &control, &holdings);
    let marched: Vec<Key<Force>> = t.scratch.marched.keys().cloned().collect();
    let mut ledger = Ledger {
        field: &field,
        journal: &mut t.journal,
        story: &mut t.story,
        tallies: &mut tallies,
    };
    for force in marched {
        let Some(unit) = units.get_mut(&force) else {
            continue;
        };
        let terrain = terrain_at(&field, &unit.place);
        let share = Bearer::unit(&field.rules, unit, terrain, tempers.get(unit.side()))
            .within(around.on(unit))
            .stat(Stat::Attrition, 0, 0, 1000)
            .value();
        if share == 0 {
            continue;
        }
        let mut dice = field.dice(turn, "move.passage", force.as_str());
        // Between nothing and twice the share, so that the mean is the share.
        let hp = unit.strength(&field.rules) * share * dice.between(0, 2000) / 1_000_000;
        let losses = damage::spread(
            &field.rules,
            &mut unit.ships.0,
            hp,
            damage::Aimed::ANYWHERE,
            &mut dice,
        );
        let place = unit.place.clone();
        ledger.book(
            unit,
            &losses,
            &Cause::Passage,
            &place,
            &BTreeSet::new(),
            &mut dice,
        );
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}
