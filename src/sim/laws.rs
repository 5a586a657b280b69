//! What must hold whatever happens: laws that tests ask after every turn, and references that a restored state must
//! have in order before it is played on.

use bevy::ecs::world::World;

use super::{
    Sim,
    field::Field,
    roster,
    state::{Holding, Id, Place},
};

/// Everything a state names must exist in rules and scenario.
///
/// # Errors
/// The first thing that does not.
pub(super) fn references(world: &World) -> Result<(), String> {
    let field = world.resource::<Field>();
    let map = &field.scenario.map;
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
        if unit.ships.0.is_empty() {
            return Err(format!("force `{}` has no ships", unit.id));
        }
        for squadron in &unit.ships.0 {
            if !field.rules.classes.contains_key(&squadron.class) {
                return missing("class", squadron.class.as_str());
            }
            let hulls = [squadron.fit, squadron.crippled];
            if hulls.iter().any(|n| !(0..=1_000_000).contains(n))
                || !(0..=1_000_000_000).contains(&squadron.wounds)
            {
                return Err(format!(
                    "force `{}` has impossible numbers of `{}`",
                    unit.id, squadron.class
                ));
            }
        }
        if unit
            .magazine
            .0
            .values()
            .any(|n| !(0..=1_000_000_000).contains(n))
        {
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
            {
                return Err(format!("site `{}` is not of this scenario", id.key));
            }
        }
    }
    Ok(())
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
            if n.raised != n.fired + n.lost + n.held {
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
