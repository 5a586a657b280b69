//! What may be ordered, in the words that `parse` takes: for the command line, bots and screens.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Action, Mark, Order, Pace, Policy, Refusal, Target, check_on, room};
use crate::{
    content::{DeedTarget, Force, Key, Site, Stock, Trigger},
    sim::{
        fire,
        map::Graph,
        view::{OwnForce, SeatView},
    },
};

/// An order that may be given, or the reason why not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The order.
    pub order: Order,
    /// Why it may not be given now; none: it may.
    pub refusal: Option<Refusal>,
}

/// The orders one force may consider: one step along each lane, each stance, posture and policy, each
/// target in reach of each weapon, each deed in play at each thing it can be done to, all troops down to and up from
/// each site here. Marches further away, splits and standing orders are open beside these.
pub fn legal(view: &SeatView, force: &Key<Force>) -> Vec<Choice> {
    let Some(own) = view.forces.get(force) else {
        return Vec::new();
    };
    let mut actions = vec![Action::Halt];
    let graph = Graph::new(&view.map);
    for edge in graph.from(own.place.sector()) {
        for pace in [Pace::Cruise, Pace::Forced] {
            actions.push(Action::Go {
                stops: vec![edge.to.clone()],
                pace,
            });
        }
    }
    for stance in view.rules.stances.keys() {
        actions.push(Action::Stance(stance.clone()));
    }
    actions.push(Action::Posture(None));
    for posture in view.rules.postures.keys() {
        actions.push(Action::Posture(Some(posture.clone())));
    }
    for (weapon, definition) in &view.rules.weapons {
        let tubes = fire::tubes(&view.rules, &own.ships, weapon, false, view.turn);
        if definition.trigger != Trigger::Salvo || tubes == 0 {
            continue;
        }
        let aboard = definition
            .stock
            .as_ref()
            .map_or(tubes, |s| own.stocks.get(s).copied().unwrap_or(0));
        for contact in view.contacts.keys() {
            actions.push(Action::Fire {
                weapon: weapon.clone(),
                at: Target::Contact(contact.clone()),
                salvos: tubes.min(aboard).max(1),
                overcharge: false,
            });
        }
        for site in sites(view, own, false) {
            actions.push(Action::Fire {
                weapon: weapon.clone(),
                at: Target::Site(site.clone()),
                salvos: tubes.min(aboard).max(1),
                overcharge: false,
            });
        }
    }
    for policy in [
        Policy::Free,
        Policy::Conserve,
        Policy::Hold,
        Policy::Counterbattery,
    ] {
        actions.push(Action::Policy(policy));
    }
    for contact in view.contacts.keys() {
        actions.push(Action::Follow {
            contact: contact.clone(),
            distance: 1,
        });
    }
    for (other, definition) in &view.forces {
        if other != force && definition.place == own.place && definition.mine {
            actions.push(Action::Merge {
                into: other.clone(),
            });
        }
    }
    actions.push(Action::Leash);
    for sector in &view.staging {
        actions.push(Action::Deploy {
            sector: sector.clone(),
        });
    }
    for (deed, definition) in &view.rules.deeds {
        for at in marks(view, force, definition.target) {
            actions.push(Action::Do {
                deed: deed.clone(),
                at,
            });
        }
    }
    for site in sites(view, own, true) {
        moves(view, own, site, &mut actions);
    }
    actions
        .into_iter()
        .map(|action| {
            let order = Order {
                force: force.clone(),
                action,
            };
            let refusal = check_on(view, Some(&graph), &order).err();
            Choice { order, refusal }
        })
        .collect()
}

/// What a seat may say itself: its word to each pact on the table, or its word back.
pub fn legal_words(view: &SeatView) -> Vec<Choice> {
    let all = view.pacts.iter().map(|(key, known)| Order {
        force: view.seat.cast(),
        action: match known.words.contains(&view.seat) {
            true => Action::Refuse(key.clone()),
            false => Action::Agree(key.clone()),
        },
    });
    all.map(|order| Choice {
        refusal: check_on(view, None, &order).err(),
        order,
    })
    .collect()
}

/// Sites that are known to stand: foreign ones, or (`here`) all in the sector of a force.
fn sites<'a>(
    view: &'a SeatView,
    own: &'a OwnForce,
    here: bool,
) -> impl Iterator<Item = &'a Key<Site>> {
    let stand = view.sites.iter().filter(|(_, s)| !s.razed);
    stand
        .filter(move |(_, s)| {
            if here {
                own.place.in_sector() == Some(&s.sector)
            } else {
                s.owner != view.side
            }
        })
        .map(|(key, _)| key)
}

/// All that a deed with such a target may be done to, as far as the seat knows of it.
fn marks(view: &SeatView, force: &Key<Force>, target: DeedTarget) -> Vec<Option<Key<Mark>>> {
    match target {
        DeedTarget::Itself => vec![None],
        DeedTarget::Sector => {
            let all = view.map.sectors.keys().map(Key::cast);
            all.map(Some).collect()
        }
        DeedTarget::Site => view.sites.keys().map(Key::cast).map(Some).collect(),
        DeedTarget::Contact => view.contacts.keys().map(Key::cast).map(Some).collect(),
        DeedTarget::Force => {
            let others = view.forces.keys().filter(|k| *k != force);
            others.map(Key::cast).map(Some).collect()
        }
    }
}

/// Troops down to a site, and up from it: all there are of each kind.
fn moves(view: &SeatView, own: &OwnForce, site: &Key<Site>, actions: &mut Vec<Action>) {
    let troops = |stock: &Key<Stock>| {
        let stock = view.rules.stocks.get(stock);
        stock.is_some_and(|s| s.troops.is_some())
    };
    for (stock, amount) in own.stocks.iter().filter(|(s, n)| **n > 0 && troops(s)) {
        actions.push(Action::Land {
            stock: stock.clone(),
            amount: *amount,
            site: site.clone(),
        });
    }
    let Some(known) = view.sites.get(site) else {
        return;
    };
    let nobody = BTreeMap::new();
    let stand = if known.owner == view.side {
        known.stocks.as_ref().unwrap_or(&nobody)
    } else {
        known.ashore.get(&view.side).unwrap_or(&nobody)
    };
    for (stock, amount) in stand.iter().filter(|(s, n)| **n > 0 && troops(s)) {
        let room = room(view, own, stock);
        if room > 0 {
            actions.push(Action::Lift {
                stock: stock.clone(),
                amount: room.min(*amount),
                site: site.clone(),
            });
        }
    }
}
