//! What is left when a war is over: the referee's account, from which another war may go on.

use std::collections::{BTreeMap, BTreeSet};

use bevy::ecs::world::World;

use super::{
    Sim,
    journal::Fate,
    roster::{self, Unit},
    state::{Holding, Id, Story, Tally},
};
use crate::content::{Class, Commander, Force, Key, Meter, Side, Stock};

/// What a force has left.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Left {
    /// Hulls by class, cripples among them.
    pub ships: BTreeMap<Key<Class>, i32>,
    /// Stocks aboard.
    pub stocks: BTreeMap<Key<Stock>, i32>,
}

/// What is left of a war.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remains {
    /// Forces in being; what was detached is with the force it came from.
    pub forces: BTreeMap<Key<Force>, Left>,
    /// Forces destroyed or captured, of which nothing is left.
    pub gone: BTreeSet<Key<Force>>,
    /// Commanders who are dead or in enemy hands.
    pub lost: BTreeSet<Key<Commander>>,
    /// Meters of each side.
    pub meters: BTreeMap<Key<Side>, BTreeMap<Key<Meter>, i32>>,
    /// What each side holds of each stock, aboard its forces and ashore.
    pub held: BTreeMap<Key<Side>, BTreeMap<Key<Stock>, i32>>,
}

impl Sim {
    /// What is left as it stands now.
    pub fn remains(&self) -> Remains {
        of(&self.world)
    }
}

fn of(world: &World) -> Remains {
    let mut remains = Remains::default();
    for unit in roster::gather(world).values() {
        add_unit(&mut remains, unit);
    }
    let story = world.resource::<Story>();
    let whole = story.destroyed.iter().map(origin);
    remains.gone = whole
        .filter(|force| !remains.forces.contains_key(force))
        .collect();
    let fates = story.fates.iter();
    let lost = fates.filter(|(_, fate)| matches!(fate, Fate::Dead | Fate::Captured));
    remains.lost = lost.map(|(who, _)| who.clone()).collect();
    if let Some(mut sides) = world.try_query::<(&Id, &Tally)>() {
        let meters = sides.iter(world);
        remains.meters = meters
            .map(|(id, tally)| (id.key.cast(), tally.meters.clone()))
            .collect();
    }
    if let Some(mut sites) = world.try_query::<&Holding>() {
        for site in sites.iter(world) {
            hold(&mut remains, &site.owner, &site.stocks);
            for (side, stocks) in &site.ashore {
                hold(&mut remains, side, stocks);
            }
        }
    }
    remains
}

/// A force that was detached counts as part of the one it came from.
fn origin(force: &Key<Force>) -> Key<Force> {
    let whole = force.as_str().split('.').next();
    Key::new(whole.unwrap_or_default())
}

fn add_unit(remains: &mut Remains, unit: &Unit) {
    let left = remains.forces.entry(origin(&unit.id)).or_default();
    for squadron in &unit.ships.0 {
        *left.ships.entry(squadron.class.clone()).or_default() += squadron.fit + squadron.crippled;
    }
    for (stock, amount) in &unit.magazine.0 {
        *left.stocks.entry(stock.clone()).or_default() += amount;
    }
    hold(remains, unit.side(), &unit.magazine.0);
}

fn hold(remains: &mut Remains, side: &Key<Side>, stocks: &BTreeMap<Key<Stock>, i32>) {
    let held = remains.held.entry(side.clone()).or_default();
    for (stock, amount) in stocks {
        *held.entry(stock.clone()).or_default() += amount;
    }
}
