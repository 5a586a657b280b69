//! Phase 2: orders meet the truth and become intents. What cannot be done is a happening, told to the seat.

use std::collections::BTreeMap;

use bevy::{
    app::App,
    ecs::prelude::{IntoScheduleConfigs, Resource},
};

use super::{
    around::Surroundings,
    council, fire,
    journal::{Subject, What},
    order::{Action, Cue, Order, Refusal},
    roster::Units,
    sight, spawn,
    state::{Place, Undertaking, strength},
    theatre::{Landing, Theatre, Volley},
    turn::{Phase, Turn},
    values::Tallies,
    view::{Leg, SeatView, Squadron},
};
use crate::content::{DeedTarget, Key, Seat, Side, Trigger};

/// Orders of this turn, by seat, in the order given.
#[derive(Resource, Default, Debug)]
pub struct Intents {
    /// Who ordered what.
    pub orders: BTreeMap<Key<Seat>, Vec<Order>>,
}

/// Orders a seat may give in one turn; what is beyond is refused.
pub const MAX_ORDERS: usize = 10_000;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Turn, (form, obey).chain().in_set(Phase::Command));
}

/// Stances that took a turn to form begin.
fn form(mut t: Theatre) {
    let mut units = t.roster.gather();
    let mut begun = Vec::new();
    for n in 0..units.len() {
        let bearing = &units.nth(n).bearing;
        if !bearing.leashed && bearing.forming.is_none() {
            continue;
        }
        let unit = units.nth_mut(n);
        unit.bearing.leashed = false;
        if let Some(stance) = unit.bearing.forming.take() {
            unit.bearing.stance = stance.clone();
            unit.bearing.held = 0;
            begun.push((unit.side().clone(), unit.id.clone(), stance));
        }
    }
    t.roster.apply(units);
    for (side, force, stance) in begun {
        t.tell_sides([&side], What::StanceTaken { force, stance });
    }
}

fn obey(mut t: Theatre) {
    if t.intents.orders.is_empty() {
        return;
    }
    let mut units = t.roster.gather();
    let mut leashes: BTreeMap<Key<Side>, i32> = t
        .field
        .scenario
        .sides
        .keys()
        .map(|s| (s.clone(), t.field.rules.constants.leashes))
        .collect();
    let orders = std::mem::take(&mut t.intents.orders.clone());
    let (control, holdings) = (t.control(), t.holdings());
    let mut tallies = t.tallies();
    let wide = orders.values().flatten().any(|o| o.names().is_none());
    let places = wide.then(|| sight::truth_of(&control, &holdings));
    let no_meters = BTreeMap::new();
    // What bears on forces is asked as the phase begins; orders do not move anybody but by deployment.
    let around = Surroundings::of(&t.field, t.clock.turn, &units, &control, &holdings);
    for (seat, orders) in orders {
        let mut view = sight::orders_view(&t.field, &seat, t.clock.turn, &t.story);
        for (i, order) in orders.into_iter().enumerate() {
            let Some(known) = t.known(&seat) else {
                break;
            };
            let meters = tallies.get(&view.side).map_or(&no_meters, |t| &t.meters);
            sight::renew_orders_view(
                &mut view,
                &t.field,
                &t.story,
                &units,
                known,
                &leashes,
                meters,
                &around,
                places.as_ref(),
                &order,
            );
            let result = if i >= MAX_ORDERS {
                Err(Refusal::Bound {
                    what: "the number of orders".into(),
                    low: 0,
                    high: MAX_ORDERS as i32,
                })
            } else {
                super::order::check_on(&view, Some(&t.field.graph), &order).and_then(|()| {
                    let mut hands = Hands {
                        units: &mut units,
                        leashes: &mut leashes,
                        tallies: &mut tallies,
                    };
                    carry_out(&mut t, &view, &mut hands, &order)
                })
            };
            if let Err(refusal) = result {
                t.journal.tell(&seat, What::Refused { order, refusal });
            }
        }
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}

/// What orders lay hands on.
struct Hands<'a> {
    units: &'a mut Units,
    leashes: &'a mut BTreeMap<Key<Side>, i32>,
    tallies: &'a mut Tallies,
}

/// Applies an order that passed the check.
fn carry_out(
    t: &mut Theatre,
    view: &SeatView,
    hands: &mut Hands,
    order: &Order,
) -> Result<(), Refusal> {
    if let Some((pact, yes)) = order.action.word() {
        council::speak(t, &view.seat, pact, yes);
        return Ok(());
    }
    let (units, leashes) = (&mut *hands.units, &mut *hands.leashes);
    let rules = t.field.rules.clone();
    let unit = units
        .get_mut(&order.force)
        .ok_or_else(|| Refusal::NoSuchForce(order.force.clone()))?;
    let side = unit.side().clone();
    let leg = |stop: &Key<_>, pace, cue: &Cue| Leg {
        to: stop.clone(),
        pace,
        cue: cue.clone(),
    };
    match &order.action {
        Action::Go { stops, pace } => {
            unit.standing.follow = None;
            unit.standing.queue = stops.iter().map(|s| leg(s, *pace, &Cue::None)).collect();
        }
        Action::Then { stops, pace, cue } => {
            if unit.standing.queue.len() + stops.len() > 64 {
                return Err(Refusal::Bound {
                    what: "the queue".into(),
                    low: 0,
                    high: 64,
                });
            }
            let mut cue = cue.clone();
            for stop in stops {
                unit.standing
                    .queue
                    .push(leg(stop, *pace, &std::mem::replace(&mut cue, Cue::None)));
            }
        }
        // Said above.
        Action::Agree(_) | Action::Refuse(_) => {}
        Action::Halt => {
            unit.standing.queue.clear();
            unit.standing.follow = None;
            unit.standing.deed = None;
        }
        Action::Follow { contact, distance } => {
            unit.standing.queue.clear();
            unit.standing.follow = Some((contact.clone(), *distance));
        }
        Action::FallBack { along, when } => {
            unit.standing.fall_back = (!along.is_empty()).then(|| (along.clone(), *when));
        }
        Action::Stance(stance) => {
            let (Some(old), Some(new)) = (
                rules.stances.get(&unit.bearing.stance),
                rules.stances.get(stance),
            ) else {
                return Ok(());
            };
            if *stance == unit.bearing.stance {
                unit.bearing.forming = None;
                return Ok(());
            }
            if old.family != new.family {
                unit.crew.readiness = (unit.crew.readiness - rules.constants.stance_change).max(0);
            }
            if new.prepares {
                unit.bearing.forming = Some(stance.clone());
            } else {
                unit.bearing.forming = None;
                unit.bearing.stance = stance.clone();
                unit.bearing.held = 0;
                let what = What::StanceTaken {
                    force: order.force.clone(),
                    stance: stance.clone(),
                };
                t.tell_sides([&side], what);
            }
        }
        Action::Posture(posture) => unit.bearing.posture = posture.clone(),
        Action::Fire {
            weapon,
            at,
            salvos,
            overcharge,
        } => {
            // Several volleys of one force share its tubes and its magazine.
            let ordered: i32 = t
                .scratch
                .volleys
                .iter()
                .filter(|v| v.force == order.force && v.weapon == *weapon)
                .map(|v| v.salvos)
                .sum();
            let most = fire::tubes(&rules, &unit.ships.0, weapon, *overcharge, view.turn);
            if ordered + salvos > most {
                return Err(Refusal::TooManySalvos {
                    wanted: ordered + salvos,
                    most,
                });
            }
            let definition = rules
                .weapons
                .get(weapon)
                .filter(|w| w.trigger == Trigger::Salvo);
            let definition = definition.ok_or(Refusal::NotByOrder)?;
            if let Some(stock) = &definition.stock {
                let has = unit.magazine.0.get(stock).copied().unwrap_or(0);
                if has < ordered + salvos {
                    return Err(Refusal::NoStock {
                        wanted: ordered + salvos,
                        has,
                    });
                }
            }
            t.scratch.volleys.push(Volley {
                force: order.force.clone(),
                weapon: weapon.clone(),
                at: at.clone(),
                salvos: *salvos,
                overcharge: *overcharge,
            });
        }
        Action::Policy(policy) => unit.standing.policy = *policy,
        Action::LossLimit(permille) => unit.standing.loss_limit = *permille,
        Action::Leash => {
            let left = leashes.get_mut(&side).ok_or(Refusal::NoLeash)?;
            if *left <= 0 {
                return Err(Refusal::NoLeash);
            }
            if !unit.bearing.leashed {
                *left -= 1;
                unit.bearing.leashed = true;
            }
        }
        Action::Split { ships } => {
            // Guns that have their orders cannot go and fire again under another name.
            if t.scratch.volleys.iter().any(|v| v.force == order.force) {
                return Err(Refusal::Committed);
            }
            unit.belongs.children += 1;
            let id = Key::new(format!(
                "{}.t{}.{}",
                unit.id, view.turn, unit.belongs.children
            ));
            let mut child = unit.clone();
            child.id = id.clone();
            child.belongs.name =
                format!("{} detachment {}", unit.belongs.name, unit.belongs.children);
            child.belongs.children = 0;
            child.command.commander = None;
            child.bearing.leashed = false;
            let before = strength(&rules, &unit.ships.0);
            let mut gone = Vec::new();
            for (class, wanted) in ships.iter().filter(|(_, n)| **n > 0) {
                for squadron in unit.ships.0.iter_mut().filter(|s| s.class == *class) {
                    squadron.fit -= wanted;
                    gone.push(Squadron {
                        class: class.clone(),
                        fit: *wanted,
                        crippled: 0,
                        wounds: 0,
                    });
                }
            }
            // Wounds stay with the hulls left behind, as far as these can carry them.
            for left in &mut gone {
                for rest in unit.ships.0.iter_mut().filter(|s| s.class == left.class) {
                    let hull = rules
                        .classes
                        .get(&rest.class)
                        .map_or(0, |c| i64::from(c.hull));
                    let gross = i64::from(rest.fit) * hull + i64::from(rest.crippled) * (hull / 2);
                    let most = (gross - i64::from(rest.fit + rest.crippled)).max(0);
                    left.wounds += (rest.wounds - most).max(0);
                    rest.wounds = rest.wounds.min(most);
                }
            }
            unit.ships.0.retain(|s| s.fit + s.crippled > 0);
            child.ships.0 = gone;
            let part = strength(&rules, &child.ships.0);
            child.magazine.0 = unit
                .magazine
                .0
                .iter_mut()
                .map(|(stock, amount)| {
                    let share = i64::from(*amount) * part / before.max(1);
                    let share = i32::try_from(share).unwrap_or(0);
                    *amount -= share;
                    (stock.clone(), share)
                })
                .collect();
            child.belongs.full = unit.belongs.full * part / before.max(1);
            unit.belongs.full -= child.belongs.full;
            let from = order.force.clone();
            let field = t.field.clone();
            spawn::enter(&field, &mut t.story, &child);
            units.insert(id.clone(), child);
            t.tell_sides([&side], What::Split { force: id, from });
        }
        Action::Deploy { sector } => {
            unit.place = Place::Sector(sector.clone());
            unit.bearing.came_from = None;
            let what = What::Deployed {
                force: order.force.clone(),
                sector: sector.clone(),
            };
            t.tell_sides([&side], what);
        }
        Action::Do { deed, at } => {
            let Some(definition) = rules.deeds.get(deed) else {
                return Ok(());
            };
            let begun = unit.standing.deed.as_ref();
            if begun.is_some_and(|u| u.deed == *deed && u.at == *at) {
                return Ok(());
            }
            unit.crew.readiness = (unit.crew.readiness - definition.cost.readiness).max(0);
            let tally = hands.tallies.get_mut(&side);
            if let Some(tally) = tally {
                for (stock, amount) in &definition.cost.stocks {
                    if let Some(left) = unit.magazine.0.get_mut(stock) {
                        *left -= amount;
                    }
                    *tally.fired.entry(stock.clone()).or_default() += amount;
                }
                for (meter, amount) in &definition.cost.meters {
                    if let Some(left) = tally.meters.get_mut(meter) {
                        let least = rules.meters.get(meter).map_or(0, |m| m.range.0);
                        *left = (*left - amount).max(least);
                    }
                }
            }
            unit.standing.deed = Some(Undertaking {
                deed: deed.clone(),
                at: at.clone(),
                left: definition.takes,
            });
            if definition.takes > 0 {
                let at = at.clone().and_then(|at| match definition.target {
                    DeedTarget::Site => Some(Subject::Site(at.cast())),
                    DeedTarget::Sector => Some(Subject::Sector(at.cast())),
                    DeedTarget::Force => Some(Subject::Force(at.cast())),
                    DeedTarget::Contact | DeedTarget::Itself => None,
                });
                let what = What::DeedBegun {
                    force: order.force.clone(),
                    deed: deed.clone(),
                    at,
                    turn: view.turn + definition.takes.unsigned_abs(),
                };
                t.tell_sides([&side], what);
            }
        }
        Action::Land { .. } | Action::Lift { .. } => {
            t.scratch.landings.push(Landing {
                seat: view.seat.clone(),
                order: order.clone(),
            });
        }
        Action::Merge { into } => {
            let mut mover = units.remove(&order.force).ok_or(Refusal::Nothing)?;
            let Some(other) = units.get_mut(into) else {
                units.insert(order.force.clone(), mover);
                return Err(Refusal::NoSuchForce(into.clone()));
            };
            let (a, b) = (
                strength(&rules, &mover.ships.0),
                strength(&rules, &other.ships.0),
            );
            for squadron in std::mem::take(&mut mover.ships.0) {
                match other.ships.0.iter_mut().find(|s| s.class == squadron.class) {
                    Some(known) => {
                        known.fit += squadron.fit;
                        known.crippled += squadron.crippled;
                        known.wounds += squadron.wounds;
                    }
                    None => other.ships.0.push(squadron),
                }
            }
            other.ships.0.sort();
            for (stock, amount) in std::mem::take(&mut mover.magazine.0) {
                let aboard = other.magazine.0.entry(stock).or_default();
                *aboard = aboard.saturating_add(amount);
            }
            let mean = |x: i32, y: i32| {
                i32::try_from((i64::from(x) * a + i64::from(y) * b) / (a + b).max(1)).unwrap_or(0)
            };
            other.crew.readiness = mean(mover.crew.readiness, other.crew.readiness);
            other.crew.supply = mean(mover.crew.supply, other.crew.supply);
            other.belongs.full += mover.belongs.full;
            if other.command.commander.is_none() {
                other.command.commander = mover.command.commander.clone();
            }
            // Salvos already ordered by the force that is no more are its new formation's.
            for volley in t
                .scratch
                .volleys
                .iter_mut()
                .filter(|v| v.force == order.force)
            {
                volley.force = into.clone();
            }
            t.tell_sides(
                [&side],
                What::Merged {
                    force: order.force.clone(),
                    into: into.clone(),
                },
            );
        }
    }
    Ok(())
}
