//! Phase 1: reinforcements come in. The turn's notes are wiped first.

use bevy::{
    app::App,
    ecs::prelude::{IntoScheduleConfigs, ResMut},
};

use super::{
    around::Around,
    ground,
    journal::What,
    spawn,
    state::Place,
    stats::{Bearer, SiteState, Temper},
    theatre::{Scratch, Theatre},
    turn::{Phase, Turn},
};
use crate::content::{Key, Site, Stat};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Scratch>();
    app.add_systems(Turn, (wipe, make, arrive).chain().in_set(Phase::Muster));
}

fn wipe(mut scratch: ResMut<Scratch>) {
    *scratch = Scratch::default();
}

/// Sites make what they make, unless they are blockaded or work for nobody.
fn make(mut t: Theatre) {
    let field = t.field.clone();
    let mut holdings = t.holdings();
    let mut tallies = t.tallies();
    let mut told = Vec::new();
    let makes =
        |site: &Key<Site>| ground::kind_of(&field, site).filter(|(_, kind)| !kind.makes.is_empty());
    let working = holdings.change(|site, h| h.works() && h.blockaded == 0 && makes(site).is_some());
    for (site, holding) in working {
        let Some((key, kind)) = makes(site) else {
            continue;
        };
        let state = SiteState {
            kind: key.clone(),
            shielded: holding.shields_down < kind.shields,
            unsurrendered: false,
        };
        let temper = tallies.get(&holding.owner).map(Temper::from);
        let mut about = Around {
            turn: t.clock.turn,
            ..Around::default()
        };
        about.works = holding.meters.clone();
        for (stock, amount) in &kind.makes {
            let output = Bearer::site(
                &field.rules,
                &state,
                &holding.meters,
                &holding.stocks,
                temper.as_ref(),
            )
            .within(Some(&about))
            .stat(Stat::Output, i64::from(*amount), 0, 1_000_000)
            .value();
            let have = holding.stocks.entry(stock.clone()).or_default();
            let amount = i32::try_from(output)
                .unwrap_or(0)
                .min(1_000_000 - *have)
                .max(0);
            *have += amount;
            if let Some(tally) = tallies.get_mut(&holding.owner) {
                *tally.stocks_raised.entry(stock.clone()).or_default() += amount;
            }
            if amount > 0 {
                told.push((
                    holding.owner.clone(),
                    What::Made {
                        site: site.clone(),
                        stock: stock.clone(),
                        amount,
                    },
                ));
            }
        }
    }
    t.put_holdings(holdings);
    t.put_tallies(tallies);
    for (side, what) in told {
        t.tell_sides([&side], what);
    }
}

/// Whoever is due arrives; hostile forces in the place with nobody to hold it open bar the way for a turn.
fn arrive(mut t: Theatre) {
    let turn = t.clock.turn;
    let due: Vec<_> = t
        .story
        .awaited
        .iter()
        .filter(|(_, when)| when.is_some_and(|w| w <= turn))
        .map(|(force, _)| force.clone())
        .collect();
    if due.is_empty() {
        return;
    }
    let field = t.field.clone();
    let stood = t.roster.gather();
    let stations = stood.stations(&field);
    let mut units = stood.clone();
    // Where and of which side those are that came in before.
    let mut came = Vec::new();
    let mut tallies = t.tallies();
    for key in due {
        let Some(unit) = spawn::unit(&field, &key) else {
            continue;
        };
        let Place::Sector(sector) = &unit.place else {
            continue;
        };
        let side = unit.side().clone();
        let number = |side| field.relations.number(side).unwrap_or(usize::MAX);
        let (at, of) = (field.graph.number(sector), number(&side));
        let there = stations.at(at.unwrap_or(usize::MAX));
        let there = there.map(|n| stood.post(&field, n));
        let there = there.filter(|post| post.in_sector).map(|post| post.side);
        let new = came.iter().filter(|(there, _)| *there == at);
        let mut there = there.chain(new.map(|(_, of)| *of));
        let barred = there
            .clone()
            .any(|other| field.relations.hostile(of, other))
            && !there.any(|other| other == of);
        let sector = sector.clone();
        if barred {
            t.tell_sides([&side], What::ArrivalBarred { force: key, sector });
            continue;
        }
        t.story.awaited.remove(&key);
        if let Some(tally) = tallies.get_mut(&side) {
            spawn::raise(tally, &unit, unit.belongs.full);
        }
        t.tell_sides(
            [&side],
            What::Arrived {
                force: key.clone(),
                sector,
            },
        );
        let field = t.field.clone();
        spawn::enter(&field, &mut t.story, &unit);
        came.push((at, of));
        units.insert(key, unit);
    }
    t.put_tallies(tallies);
    t.roster.apply(units);
}
