//! What a seat says at the table: it agrees to what brings its side more than it costs, as far as it can tell, and takes
//! its word back from what no longer does.

use super::{Reasoned, stakes::Stakes};
use crate::{
    content::{Effect, HP_PER_SP, Pact, Relation},
    sim::{
        order::{Action, Order},
        view::{PactView, SeatView},
    },
};

/// Peace with whoever is as strong as oneself, in the unit of [`Stakes::step`].
const PEACE: i64 = 120;
/// To see what another sees, or to be fed by him.
const SHARED: i64 = 20;
/// A force that comes, or goes.
const FORCE: i64 = 60;
/// A unit of a stock.
const UNIT: i64 = 2;

/// Words that the seat gives and takes back this turn.
pub(super) fn words(view: &SeatView) -> Vec<Reasoned> {
    if view.pacts.is_empty() || view.ended.is_some() {
        return Vec::new();
    }
    let stakes = Stakes::of(view);
    let mut said = Vec::new();
    for (key, known) in &view.pacts {
        let worth = worth(view, &stakes, &known.pact);
        let given = known.words.contains(&view.seat);
        let action = match (worth > 0, given) {
            (true, false) => Action::Agree(key.clone()),
            (false, true) => Action::Refuse(key.clone()),
            _ => continue,
        };
        said.push(Reasoned {
            order: Order {
                force: view.seat.cast(),
                action,
            },
            reason: reason(view, known, worth),
        });
    }
    said
}

fn reason(view: &SeatView, known: &PactView, worth: i64) -> String {
    let others = known.pact.between.iter().filter(|seat| **seat != view.seat);
    let (given, all) = others.fold((0, 0), |(given, all), seat| {
        (given + usize::from(known.words.contains(seat)), all + 1)
    });
    let name = &known.pact.name;
    if worth > 0 {
        format!("{name}: worth {worth}; {given} of {all} others have agreed")
    } else {
        format!("{name}: worth {worth}, so no")
    }
}

/// What would come of it for the seat's side: what it gains, and what of another's gain the verdict counts against it. What
/// others are after beside the verdict nobody knows.
fn worth(view: &SeatView, stakes: &Stakes, pact: &Pact) -> i64 {
    pact.effects.iter().map(|e| effect(view, stakes, e)).sum()
}

fn effect(view: &SeatView, stakes: &Stakes, effect: &Effect) -> i64 {
    let owns = |site| view.sites.get(site).is_some_and(|s| s.owner == view.side);
    match effect {
        Effect::Change(side, meter, by) if *side == view.side => {
            let now = view.meters.get(meter).copied().unwrap_or(0);
            stakes.step(side, meter, now, *by).unwrap_or(0)
        }
        // What another gains by it costs what the verdict says, if it says anything.
        Effect::Change(side, meter, by) => stakes.pay(side, meter, *by).unwrap_or(0),
        Effect::Stock(site, _, by) if owns(site) => i64::from(*by) * UNIT,
        Effect::Relate(one, other, relation) => {
            let other = match (*one == view.side, *other == view.side) {
                (true, false) => other,
                (false, true) => one,
                _ => return 0,
            };
            related(view, other, relation)
        }
        Effect::Arrive(force) if view.expected.contains_key(force) => FORCE,
        Effect::Join(_, seat) if *seat == view.seat => FORCE,
        Effect::Join(faction, _)
            if view
                .forces
                .values()
                .any(|f| f.mine && f.faction == *faction) =>
        {
            -FORCE
        }
        Effect::Leave(force) if view.forces.get(force).is_some_and(|f| f.mine) => -FORCE,
        _ => 0,
    }
}

/// What it is worth to stand so to another side: peace the more, the stronger he is known to be.
fn related(
    view: &SeatView,
    other: &crate::content::Key<crate::content::Side>,
    to: &Relation,
) -> i64 {
    let own: i64 = view.forces.values().map(|f| f.strength).sum();
    let seen = view.contacts.values().filter(|c| c.side == *other);
    let theirs: i64 = seen.map(|c| c.strength.1).sum::<i64>().max(HP_PER_SP);
    let peace = (PEACE * theirs / own.max(HP_PER_SP)).min(2 * PEACE);
    let fought = match (view.hostile.contains(other), to.hostile) {
        (true, false) => peace,
        (false, true) => -peace,
        _ => 0,
    };
    let shared = i64::from(to.shares_sensors) + i64::from(to.shares_supply);
    let shares = view.friends.contains(other);
    fought + if shares { 0 } else { shared * SHARED }
}
