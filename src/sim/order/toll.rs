//! What a march costs in ships, before it is ordered: storms, shoals and mines on the way, as far as the seat knows.

use crate::{
    content::{Bears, Key, Sector, Side},
    sim::{
        around::Around,
        map::Graph,
        movement::toll,
        stats::{Bearer, Temper},
        view::{Leg, OwnForce, SeatView},
    },
};

/// Each sector into which a force will march by a queue, in order, that takes a share of its ships, with that share,
/// permille. Works of others are known where the seat has looked; company is taken to come along.
pub fn tolls(
    view: &SeatView,
    graph: &Graph,
    force: &OwnForce,
    queue: &[Leg],
) -> Vec<(Key<Sector>, i64)> {
    let mut from = force.place.sector().clone();
    let mut tolls = Vec::new();
    for leg in queue {
        let way = graph.shortest(&from, &leg.to).unwrap_or_default();
        for sector in way.into_iter().skip(1) {
            let share = share(view, force, &sector);
            if share > 0 {
                tolls.push((sector, share));
            }
        }
        from = leg.to.clone();
    }
    tolls
}

/// Share of a force that a sector takes when it comes in, permille, as far as its seat knows.
fn share(view: &SeatView, force: &OwnForce, sector: &Key<Sector>) -> i64 {
    let temper = Temper {
        meters: view.meters.clone(),
        ..Temper::default()
    };
    let mut around = Around {
        turn: view.turn,
        home: view.home.contains(sector),
        company: force.around.company.clone(),
        ..Around::default()
    };
    around.company.extend(force.traits.iter().cloned());
    let known = view.sectors.get(sector).map(|s| &s.works);
    for (owner, works) in known.into_iter().flatten() {
        for (meter, value) in works {
            let bears = view.rules.meters.get(meter).map(|m| m.bears);
            if bears.is_some_and(|b| bear(view, b, owner)) {
                let highest = around.works.entry(meter.clone()).or_insert(*value);
                *highest = (*highest).max(*value);
            }
        }
    }
    let terrain = view.map.sectors.get(sector).map(|s| &s.terrain);
    toll(&Bearer::own(&view.rules, force, terrain, Some(&temper)).within(Some(&around)))
}

/// Whether what somebody has put into a place bears on the seat's side.
fn bear(view: &SeatView, bears: Bears, owner: &Key<Side>) -> bool {
    match bears {
        Bears::Own => *owner == view.side,
        Bears::Foes => view.hostile.contains(owner),
        Bears::All => true,
    }
}
