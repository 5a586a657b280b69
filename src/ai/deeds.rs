//! Deeds: each that a force may do is valued by what its data says comes of it, times its chance, less its cost; forces
//! that are not in the line also go where the best of them can be done.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Reasoned,
    brief::{Brief, Job},
    delay::go,
};
use crate::{
    content::{
        Bears, Deed, DeedTarget, Force, Key, Meter, MeterOn, Outcome, Sector, Side, Site, Who,
    },
    sim::{
        map::range,
        order::{Action, Mark, Order, Refusal, check_on, odds},
        view::OwnForce,
    },
};

/// What a deed must promise at least, in points of no unit: a day of a force's time.
const LEAST: i64 = 6;
/// The same of a fleet, which leaves the line for it.
const LEAST_OF_FLEETS: i64 = 24;

/// Deeds of all forces that are not busy.
pub fn plan(brief: &Brief, busy: &[Reasoned]) -> Vec<Reasoned> {
    let view = brief.view;
    let mut orders = Vec::new();
    if view.rules.deeds.is_empty() {
        return orders;
    }
    let mut taken: BTreeSet<&Key<Force>> = BTreeSet::new();
    taken.extend(busy.iter().map(|o| &o.order.force));
    // Nobody does what another does already at the same place.
    let mut done: BTreeMap<(Key<Deed>, Option<Key<Mark>>), usize> = BTreeMap::new();
    for force in view.forces.values().filter(|f| f.mine) {
        if let Some(doing) = &force.deed {
            *done
                .entry((doing.deed.clone(), doing.at.clone()))
                .or_default() += 1;
        }
    }
    for (id, force) in view.forces.iter().filter(|(_, f)| f.mine) {
        if taken.contains(id) || force.deed.is_some() {
            continue;
        }
        let free = brief.job(force) != Job::Fleet;
        let mut best: Option<Plan> = None;
        for (key, deed) in &view.rules.deeds {
            for at in marks(brief, force, deed) {
                let many = done.get(&(key.clone(), at.clone())).copied().unwrap_or(0);
                if many >= at_once(deed) {
                    continue;
                }
                let plan = consider(brief, id, force, (key, deed), at, free);
                let least = if free { LEAST } else { LEAST_OF_FLEETS };
                if let Some(plan) = plan.filter(|p| p.worth >= least)
                    && best.as_ref().is_none_or(|b| plan.worth > b.worth)
                {
                    best = Some(plan);
                }
            }
        }
        let Some(best) = best else { continue };
        orders.extend(keep_off(brief, id, force));
        *done
            .entry((best.deed.clone(), best.at.clone()))
            .or_default() += 1;
        let reason = format!("{}: worth {} at {}", best.deed, best.worth, best.chance);
        orders.push(match best.way {
            Some(to) => go(id, &to, format!("on the way to do it; {reason}")),
            None => Reasoned {
                order: Order {
                    force: id.clone(),
                    action: Action::Do {
                        deed: best.deed,
                        at: best.at,
                    },
                },
                reason,
            },
        });
    }
    orders
}

/// How many may try the same at the same place: one, unless a single success settles it.
fn at_once(deed: &Deed) -> usize {
    let settles = |o: &Outcome| matches!(o, Outcome::Yield | Outcome::Win | Outcome::Raze);
    if deed.success.iter().any(settles) {
        3
    } else {
        1
    }
}

/// Whoever carries and does not fight keeps off battles while he is about it.
fn keep_off(brief: &Brief, id: &Key<Force>, force: &OwnForce) -> Option<Reasoned> {
    let mut postures = brief.view.rules.postures.iter();
    let (withdraw, _) = postures.find(|(_, p)| p.evades && !p.interdicts)?;
    let bare = brief.job(force) == Job::Train && force.posture.is_none();
    bare.then(|| Reasoned {
        order: Order {
            force: id.clone(),
            action: Action::Posture(Some(withdraw.clone())),
        },
        reason: "has better to do than to fight".into(),
    })
}

/// A deed that might be done, or gone to.
struct Plan {
    deed: Key<Deed>,
    at: Option<Key<Mark>>,
    worth: i64,
    chance: i64,
    /// Where to go first; none: it can be done now.
    way: Option<Key<Sector>>,
}

/// At what a deed might be done.
fn marks(brief: &Brief, force: &OwnForce, deed: &Deed) -> Vec<Option<Key<Mark>>> {
    let view = brief.view;
    match deed.target {
        DeedTarget::Itself => vec![None],
        DeedTarget::Sector => vec![Some(force.place.sector().cast())],
        DeedTarget::Site => view.sites.keys().map(|k| Some(k.cast())).collect(),
        DeedTarget::Contact => view.contacts.keys().map(|k| Some(k.cast())).collect(),
        DeedTarget::Force => view.forces.keys().map(|k| Some(k.cast())).collect(),
    }
}

fn consider(
    brief: &Brief,
    id: &Key<Force>,
    force: &OwnForce,
    (key, deed): (&Key<Deed>, &Deed),
    at: Option<Key<Mark>>,
    free: bool,
) -> Option<Plan> {
    let view = brief.view;
    let order = Order {
        force: id.clone(),
        action: Action::Do {
            deed: key.clone(),
            at: at.clone(),
        },
    };
    let way = match check_on(view, Some(&brief.graph), &order) {
        Ok(()) => None,
        Err(Refusal::OutOfRange { .. }) if free && force.speed > 0 => {
            Some(place(brief, force, deed, &at)?)
        }
        Err(_) => return None,
    };
    // What takes days is not begun with an enemy at the door.
    if deed.takes > 0 && brief.danger(force.place.sector()) <= deed.takes {
        return None;
    }
    let chance = odds(view, force, deed, at.as_ref()).value();
    let good = all(brief, force, deed, &at, &deed.success);
    let bad = all(brief, force, deed, &at, &deed.failure);
    let cost = i64::from(deed.cost.readiness) / 20
        + deed
            .cost
            .stocks
            .values()
            .map(|n| i64::from(*n))
            .sum::<i64>()
        + i64::from(deed.takes) * 4;
    let far = way
        .as_ref()
        .map_or(0, |to| i64::from(brief.hops(force.place.sector(), to)) * 3);
    let worth = (good * chance + bad * (1000 - chance)) / 1000 - cost - far;
    Some(Plan {
        deed: key.clone(),
        at,
        worth,
        chance,
        way,
    })
}

/// Where the target of a deed is.
fn place(
    brief: &Brief,
    force: &OwnForce,
    deed: &Deed,
    at: &Option<Key<Mark>>,
) -> Option<Key<Sector>> {
    let at = at.as_ref()?;
    let view = brief.view;
    match deed.target {
        DeedTarget::Site => {
            // From as far off as it can be done: the site is where its guards are.
            let site = &view.sites.get(at.as_str())?.sector;
            let near = view.map.sectors.keys().filter(|s| {
                *s == site || (deed.reach > 0 && range(&view.map, s, site) <= deed.reach)
            });
            let here = force.place.sector();
            near.min_by_key(|s| {
                let guarded = *s == site || brief.danger(s) == 0;
                (guarded, brief.hops(here, s), (*s).clone())
            })
            .cloned()
        }
        DeedTarget::Contact => {
            let contact = view.contacts.get(at.as_str())?;
            Some(contact.place.sector().clone())
        }
        DeedTarget::Sector => Some(at.cast()),
        DeedTarget::Force => {
            let force = view.forces.get(at.as_str())?;
            Some(force.place.sector().clone())
        }
        DeedTarget::Itself => None,
    }
}

fn all(
    brief: &Brief,
    force: &OwnForce,
    deed: &Deed,
    at: &Option<Key<Mark>>,
    outcomes: &[Outcome],
) -> i64 {
    let worth = |o: &Outcome| worth(brief, force, deed, at, o);
    outcomes.iter().map(worth).sum()
}

/// What an outcome is worth to this side, by its kind and by whom it befalls.
fn worth(
    brief: &Brief,
    force: &OwnForce,
    deed: &Deed,
    at: &Option<Key<Mark>>,
    outcome: &Outcome,
) -> i64 {
    let view = brief.view;
    let site = at
        .as_ref()
        .filter(|_| deed.target == DeedTarget::Site)
        .map(Key::cast::<Site>);
    let known = site.as_ref().and_then(|s| view.sites.get(s));
    let owner: Option<&Key<Side>> = match deed.target {
        DeedTarget::Contact => at
            .as_ref()
            .and_then(|c| view.contacts.get(c.as_str()))
            .map(|c| &c.side),
        _ => known.map(|s| &s.owner),
    };
    let quiet = site
        .as_ref()
        .is_some_and(|s| brief.stakes.quiet.contains(s));
    let theirs = !quiet && owner.is_some_and(|o| view.hostile.contains(o));
    // Good for whoever it befalls counts against us if that is an enemy.
    let turned = |who: Who| match who {
        Who::Target | Who::TargetSide if theirs => -1,
        Who::Foes => -1,
        _ => 1,
    };
    let wanted = site.as_ref().is_some_and(|s| brief.prizes.contains(s));
    let dear = if wanted { 3 } else { 1 };
    match outcome {
        Outcome::Meter(who, meter, by) => {
            let now = value(brief, force, *who, meter, known);
            let asked = match who {
                Who::Side => brief.stakes.step(&view.side, meter, now, *by),
                Who::TargetSide => owner.and_then(|side| brief.stakes.pay(side, meter, *by)),
                Who::Foes => {
                    let hostile = view.hostile.iter();
                    let paid = hostile.filter_map(|side| brief.stakes.pay(side, meter, *by));
                    paid.reduce(|a, b| a + b)
                }
                _ => None,
            };
            if let Some(worth) = asked {
                return worth;
            }
            let sign = if *who == Who::Here { 1 } else { turned(*who) };
            sign * step(brief, meter, now, *by) * if sign < 0 { dear } else { 1 }
        }
        Outcome::Clear(meter, by) => {
            let works = view.sectors.get(force.place.sector()).map(|s| &s.works);
            let there: i32 = works
                .into_iter()
                .flatten()
                .filter(|(side, _)| view.hostile.contains(*side))
                .filter_map(|(_, w)| w.get(meter))
                .sum();
            i64::from(there.min(*by)) * 15
        }
        Outcome::Stock(who, _, by) => turned(*who) * i64::from(*by) * 2,
        Outcome::Harm(who, share) => {
            let hp = if *who == Who::Actor {
                force.strength
            } else {
                at.as_ref()
                    .and_then(|c| view.contacts.get(c.as_str()))
                    .map_or(0, |c| c.strength.1)
            };
            -turned(*who) * hp * i64::from(*share) / 1000 / 10
        }
        Outcome::Mend(_, share) => {
            let lost = (force.full_strength - force.strength).max(0);
            lost.min(force.full_strength * i64::from(*share) / 1000) / 10
        }
        Outcome::Readiness(who, by) => turned(*who) * i64::from(*by) / 20,
        Outcome::Garrison(who, share) => -turned(*who) * i64::from(*share) / 10 * dear,
        Outcome::Shields(who, layers) => -turned(*who) * i64::from(*layers) * 15 * dear,
        Outcome::Damage(who, hp) => -turned(*who) * hp / 50 * dear,
        Outcome::Learn(_) => match known {
            Some(site) if site.meters.is_none() || site.learned > 4 => 14 * dear,
            _ => 0,
        },
        Outcome::Call { .. } => 60,
        Outcome::Gain(who, _) | Outcome::Lose(who, _) => -turned(*who) * 5 - 10,
        Outcome::Win | Outcome::Yield => 60 * dear,
        Outcome::Revolt => 30,
        Outcome::Raze if wanted => 90,
        Outcome::Raze => 0,
        Outcome::Set(_) => 5,
    }
}

/// Where a meter stands that an outcome would change, as far as known.
fn value(
    brief: &Brief,
    force: &OwnForce,
    who: Who,
    meter: &Key<Meter>,
    site: Option<&crate::sim::view::SiteView>,
) -> i32 {
    let view = brief.view;
    let start = view.rules.meters.get(meter).map_or(0, |m| m.start);
    let found = match who {
        Who::Side => view.meters.get(meter),
        Who::Actor => force.meters.get(meter),
        Who::Target => site.and_then(|s| s.meters.as_ref()?.get(meter)),
        Who::Here => view
            .sectors
            .get(force.place.sector())
            .and_then(|s| s.works.get(&view.side)?.get(meter)),
        Who::TargetSide | Who::Foes => None,
    };
    found.copied().unwrap_or(start)
}

/// What a step of a meter is worth to whoever carries it: a little for its share of the range, more for each threshold
/// passed, by what that does.
fn step(brief: &Brief, meter: &Key<Meter>, now: i32, by: i32) -> i64 {
    let Some(definition) = brief.view.rules.meters.get(meter) else {
        return 0;
    };
    let (least, most) = definition.range;
    let after = now.saturating_add(by).clamp(least, most);
    if after == now {
        return 0;
    }
    let mut worth = 0;
    // Which way of this meter is the harmful one for what carries it, if any is.
    let (mut rising, mut falling) = (false, false);
    for threshold in &definition.thresholds {
        let bad = threshold.outcomes.iter().any(|o| {
            matches!(
                o,
                Outcome::Yield
                    | Outcome::Revolt
                    | Outcome::Garrison(..)
                    | Outcome::Harm(..)
                    | Outcome::Raze
            )
        });
        rising |= bad && !threshold.falling;
        falling |= bad && threshold.falling;
        let (was, is) = (threshold.is_reached(now), threshold.is_reached(after));
        let sign = if bad { -1 } else { 1 };
        // To come nearer is worth something, too.
        let weight = if bad { 40 } else { 25 };
        worth += match (was, is) {
            (false, true) => sign * weight,
            (true, false) => -sign * weight,
            _ => 0,
        };
    }
    let span = i64::from(most) - i64::from(least);
    let share = i64::from(after - now) * 60 / span.max(1);
    // Unless more of it does harm, more of it is taken to be better.
    worth += if rising && !falling { -share } else { share };
    if definition.on == MeterOn::Sector {
        // Works against an enemy are worth what is on its way to them; works for oneself what is at hand.
        let near = brief
            .view
            .contacts
            .values()
            .any(|c| brief.view.hostile.contains(&c.side));
        return match definition.bears {
            Bears::Foes if near => worth.max(0),
            Bears::Foes => 0,
            Bears::Own | Bears::All => worth,
        };
    }
    worth
}
