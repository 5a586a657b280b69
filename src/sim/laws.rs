//! What must hold whatever happens: laws that tests ask after every turn, and references that a restored state must
//! have in order before it is played on.

use bevy::ecs::world::World;

use super::{
    Sim,
    field::Field,
    roster,
    state::{Clock, Holding, Id, Index, Kind, Place},
};
use crate::content::{Key, Meter};

/// Most squadrons of a force, hulls of a squadron and units of a stock aboard that a saved state may have.
const MOST: (usize, i32, i32) = (100, 10_000, 100_000_000);

/// Everything a state names must exist in rules and scenario.
///
/// # Errors
/// The first thing that does not.
pub(super) fn references(world: &World) -> Result<(), String> {
    let field = world.resource::<Field>();
    let scenario = &field.scenario;
    let map = &scenario.map;
    let turn = world.resource::<Clock>().turn;
    if !(1..=scenario.turns).contains(&turn) {
        return Err(format!("there is no turn {turn} in this scenario"));
    }
    same(world, Kind::Sector, "sectors", map.sectors.keys())?;
    same(world, Kind::Site, "sites", map.sites.keys())?;
    same(world, Kind::Side, "sides", scenario.sides.keys())?;
    same(world, Kind::Seat, "seats", scenario.seats.keys())?;
    for unit in roster::gather(world).values() {
        let missing = |what: &str, id: &str| {
            Err(format!(
                "force `{}` names the {what} `{id}`, which does not exist",
                unit.id
            ))
        };
        match &unit.place {
            Place::Sector(sector) if !map.sectors.contains_key(sector) => {
                return missing("sector", sector.as_str());
            }
            Place::Lane {
                lane,
                from,
                to,
                done,
                length,
            } => {
                let Some(definition) = map.lanes.get(lane) else {
                    return missing("lane", lane.as_str());
                };
                let (a, b) = &definition.ends;
                if !((from == a && to == b) || (from == b && to == a)) {
                    return missing("way", &format!("{from} to {to} on {lane}"));
                }
                if *length != definition.length || !(0..=*length).contains(done) {
                    return Err(format!(
                        "force `{}` is {done} of {length} along `{lane}`",
                        unit.id
                    ));
                }
            }
            Place::Sector(_) => {}
        }
        if field.side_of(&unit.belongs.seat) != Some(&unit.belongs.side) {
            return missing("seat", unit.belongs.seat.as_str());
        }
        if !field.rules.stances.contains_key(&unit.bearing.stance) {
            return missing("stance", unit.bearing.stance.as_str());
        }
        if let Some(forming) = &unit.bearing.forming
            && !field.rules.stances.contains_key(forming)
        {
            return missing("stance", forming.as_str());
        }
        if !scenario.factions.contains_key(&unit.belongs.faction) {
            return missing("faction", unit.belongs.faction.as_str());
        }
        if unit.is_gone() || unit.ships.0.len() > MOST.0 {
            return Err(format!(
                "force `{}` has no ships, or too many kinds",
                unit.id
            ));
        }
        for squadron in &unit.ships.0 {
            if !field.rules.classes.contains_key(&squadron.class) {
                return missing("class", squadron.class.as_str());
            }
            let hulls = [squadron.fit, squadron.crippled];
            if hulls.iter().any(|n| !(0..=MOST.1).contains(n))
                || !(0..=1_000_000_000).contains(&squadron.wounds)
            {
                return Err(format!(
                    "force `{}` has impossible numbers of `{}`",
                    unit.id, squadron.class
                ));
            }
        }
        if unit.magazine.0.values().any(|n| !(0..=MOST.2).contains(n)) {
            return Err(format!("force `{}` has impossible stocks", unit.id));
        }
        if !(0..=1000).contains(&unit.crew.readiness) || !(0..=10_000).contains(&unit.crew.supply) {
            return Err(format!("force `{}` has an impossible crew", unit.id));
        }
    }
    if let Some(mut sites) = world.try_query::<(&Id, &Holding)>() {
        for (id, holding) in sites.iter(world) {
            if !map.sites.contains_key(id.key.as_str())
                || !map.sectors.contains_key(&holding.sector)
                || !field.scenario.sides.contains_key(&holding.owner)
                || holding.stocks.values().any(|n| !(0..=MOST.2).contains(n))
            {
                return Err(format!("site `{}` is not of this scenario", id.key));
            }
            whole(field, id.key.as_str(), holding)?;
        }
    }
    Ok(())
}

/// Nothing of a site is beyond what it can be.
///
/// # Errors
/// The first thing that is.
fn whole(field: &Field, id: &str, holding: &Holding) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("site `{id}` has impossible {what}"));
    let kind = field.scenario.map.sites.get(id).map(|s| &s.kind);
    let kind = kind.and_then(|k| field.rules.site_kinds.get(k));
    let layers = kind.map_or(0, |k| k.shields);
    if !(0..=layers).contains(&holding.shields_down) {
        return wrong("shields");
    }
    let within = |(meter, value): (&Key<Meter>, &i32)| {
        let meter = field.rules.meters.get(meter);
        meter.is_some_and(|m| (m.range.0..=m.range.1).contains(value))
    };
    if !holding.meters.iter().all(within) {
        return wrong("meters");
    }
    let ashore = holding.ashore.iter().all(|(side, stocks)| {
        field.scenario.sides.contains_key(side) && stocks.values().all(|n| (0..=MOST.2).contains(n))
    });
    let loyal = holding.loyal.as_ref();
    if !ashore || loyal.is_some_and(|s| !field.scenario.sides.contains_key(s)) {
        return wrong("troops or loyalties");
    }
    if !(0..=1_000_000_000).contains(&holding.damage) {
        return wrong("damage");
    }
    Ok(())
}

/// The things of a kind are those of the scenario, no more and no fewer.
fn same<'a, T: ?Sized + 'a>(
    world: &World,
    kind: Kind,
    what: &str,
    wanted: impl Iterator<Item = &'a Key<T>>,
) -> Result<(), String> {
    let here = world.resource::<Index>().all(kind);
    if here.map(|(k, _)| k.as_str()).eq(wanted.map(Key::as_str)) {
        Ok(())
    } else {
        Err(format!("its {what} are not those of the scenario"))
    }
}

/// What must hold after every turn. Empty if all is well.
pub fn broken(sim: &Sim) -> Vec<String> {
    let mut broken = Vec::new();
    if let Err(why) = references(&sim.world) {
        broken.push(why);
    }
    let field = sim.field();
    let units = roster::gather(&sim.world);
    for (side, totals) in sim.totals() {
        for (stock, n) in &totals.stocks {
            let gone = i64::from(n.fired) + i64::from(n.lost);
            if i64::from(n.raised) != gone + i64::from(n.held) {
                broken.push(format!(
                    "{side}: {stock} raised {} is not fired {} + lost {} + held {}",
                    n.raised, n.fired, n.lost, n.held
                ));
            }
        }
        let strength: i64 = units
            .values()
            .filter(|u| *u.side() == side)
            .map(|u| u.strength(&field.rules))
            .sum();
        if totals.raised != totals.lost + strength {
            broken.push(format!(
                "{side}: raised {} hit points is not lost {} + afloat {strength}",
                totals.raised, totals.lost
            ));
        }
    }
    broken
}
