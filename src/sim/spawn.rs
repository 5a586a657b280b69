//! The scenario becomes entities: forces, sectors, sites, sides, seats.

use std::collections::BTreeMap;

use bevy::ecs::world::World;

use super::{
    field::Field,
    journal::Subject,
    roster::Unit,
    state::{
        Bearing, Belongs, Clock, Command, Control, Crew, Holding, Id, Kind, Knowledge, Magazine,
        Place, Ships, Standing, Story, Tally, strength,
    },
    statecraft,
    view::Squadron,
};
use crate::content::{Force, Key, Meter, MeterOn, Site};

/// Everything that is there at the start of turn 1.
pub(super) fn scenario(world: &mut World) {
    let field = world.resource::<Field>().clone();
    let scenario = &field.scenario;
    world.insert_resource(Clock {
        turn: 1,
        ending: false,
        ended: None,
    });
    for (key, sector) in &scenario.map.sectors {
        world.spawn((
            Id::new(Kind::Sector, key),
            Control {
                owner: sector.owner.clone(),
                works: BTreeMap::new(),
            },
        ));
    }
    let mut tallies: BTreeMap<_, Tally> = scenario
        .sides
        .keys()
        .map(|side| (side.clone(), Tally::default()))
        .collect();
    let inherits = &scenario.inherits;
    let inherited = |side, meter| inherits.meters.get(side)?.get(meter).copied();
    let mut story = Story {
        destroyed: inherits.gone.clone(),
        ..Story::default()
    };
    for (side, tally) in &mut tallies {
        tally.meters = field
            .rules
            .meters
            .iter()
            .filter(|(_, m)| m.on == MeterOn::Side)
            .map(|(k, m)| {
                (
                    k.clone(),
                    inherited(side, k)
                        .unwrap_or(m.start)
                        .clamp(m.range.0, m.range.1),
                )
            })
            .collect();
        let subject = Subject::Side(side.clone());
        let standing = statecraft::standing(&field, &subject, side, &tally.meters);
        story.fired.extend(standing);
    }
    for (key, site) in &scenario.map.sites {
        if let Some(tally) = tallies.get_mut(&site.owner) {
            for (stock, amount) in &site.stocks {
                *tally.stocks_raised.entry(stock.clone()).or_default() += amount;
            }
        }
        let meters = meters(&field, site);
        let subject = Subject::Site(key.clone());
        let standing = statecraft::standing(&field, &subject, &site.owner, &meters);
        story.fired.extend(standing);
        world.spawn((
            Id::new(Kind::Site, key),
            Holding {
                owner: site.owner.clone(),
                sector: site.sector.clone(),
                blockaded: 0,
                settled: 0,
                stocks: site.stocks.clone(),
                meters,
                shields_down: 0,
                ashore: BTreeMap::new(),
                loyal: site.loyal.clone().filter(|side| *side != site.owner),
                damage: 0,
                razed: false,
            },
        ));
    }
    let (now, later): (Vec<_>, Vec<_>) = scenario
        .forces
        .iter()
        .partition(|(_, force)| force.arrives == Some(1));
    let units: Vec<Unit> = now
        .iter()
        .filter_map(|(key, _)| unit(&field, key))
        .collect();
    for unit in &units {
        if let Some(tally) = tallies.get_mut(unit.side()) {
            raise(tally, unit, unit.belongs.full);
        }
        enter(&field, &mut story, unit);
    }
    // All at once: their table is made as large as it has to be, and no larger.
    world.spawn_batch(units.into_iter().map(Unit::into_components));
    let awaited = later.into_iter();
    story.awaited = awaited
        .map(|(key, force)| (key.clone(), force.arrives))
        .collect();
    for (side, tally) in tallies {
        world.spawn((Id::new(Kind::Side, &side), tally));
    }
    for seat in scenario.seats.keys() {
        world.spawn((Id::new(Kind::Seat, seat), Knowledge::default()));
    }
    world.insert_resource(story);
}

/// The meters of a site as the war begins.
fn meters(field: &Field, site: &Site) -> BTreeMap<Key<Meter>, i32> {
    let kind = field.rules.site_kinds.get(&site.kind);
    let mut meters = kind.map(|k| k.meters.clone()).unwrap_or_default();
    meters.retain(|key, _| field.rules.meters.contains_key(key));
    for (key, value) in &mut meters {
        let range = field.rules.meters.get(key).map(|m| m.range);
        *value = site.meters.get(key).copied().unwrap_or(*value);
        if let Some((least, most)) = range {
            *value = (*value).clamp(least, most);
        }
    }
    meters
}

/// Counts a new force among what its side has raised.
pub(super) fn raise(tally: &mut Tally, unit: &Unit, strength: i64) {
    tally.raised += strength;
    for (stock, amount) in &unit.magazine.0 {
        *tally.stocks_raised.entry(stock.clone()).or_default() += amount;
    }
}

/// Notes where the meters of a force stand as it enters the war.
pub(super) fn enter(field: &Field, story: &mut Story, unit: &Unit) {
    let subject = Subject::Force(unit.id.clone());
    let meters = &unit.crew.meters;
    let standing = statecraft::standing(field, &subject, unit.side(), meters);
    story.fired.extend(standing);
}

/// Takes a force off what its side has raised: it left the war, or the side, with all it has.
pub(super) fn dismiss(tally: &mut Tally, unit: &Unit, strength: i64) {
    tally.raised -= strength;
    for (stock, amount) in &unit.magazine.0 {
        *tally.stocks_raised.entry(stock.clone()).or_default() -= amount;
    }
}

/// A force of the scenario as it enters the war; none if it belongs to nobody.
pub(super) fn unit(field: &Field, key: &Key<Force>) -> Option<Unit> {
    let force = field.scenario.forces.get(key)?;
    let faction = field.scenario.factions.get(&force.faction)?;
    let seat = field.seat_of(&force.faction)?.clone();
    let side = field.side_of(&seat)?.clone();
    let ships: Vec<Squadron> = force
        .ships
        .iter()
        .filter(|(_, hulls)| **hulls > 0)
        .map(|(class, hulls)| Squadron {
            class: class.clone(),
            fit: *hulls,
            crippled: 0,
            wounds: 0,
        })
        .collect();
    let mut traits = faction.traits.clone();
    traits.extend(force.traits.iter().cloned());
    traits.sort();
    traits.dedup();
    Some(Unit {
        id: key.clone(),
        belongs: Belongs {
            name: force.name.clone(),
            faction: force.faction.clone(),
            seat,
            side,
            children: 0,
            full: strength(&field.rules, &ships),
        }
        .into(),
        place: Place::Sector(force.at.clone()),
        ships: Ships(ships).into(),
        magazine: Magazine(force.stocks.clone()).into(),
        crew: Crew {
            readiness: field.rules.constants.readiness_start,
            supply: field.rules.constants.supply_days * 10,
            meters: begun(field, &force.meters),
        },
        bearing: Bearing {
            stance: force.stance.clone(),
            forming: None,
            posture: None,
            held: 0,
            fixed: false,
            lured: false,
            leashed: false,
            fought: false,
            came_from: None,
        },
        standing: Standing {
            loss_limit: field.rules.constants.loss_limit,
            ..Standing::default()
        }
        .into(),
        command: Command {
            commander: force.commander.clone(),
            traits,
        }
        .into(),
        line: Default::default(),
    })
}

/// The counters of a force that do not begin at their start.
fn begun(field: &Field, meters: &BTreeMap<Key<Meter>, i32>) -> BTreeMap<Key<Meter>, i32> {
    let elsewhere = |(key, value): (&Key<Meter>, &i32)| {
        let meter = field.rules.meters.get(key)?;
        let (least, most) = meter.range;
        let value = (*value).clamp(least, most);
        (value != meter.start).then(|| (key.clone(), value))
    };
    meters.iter().filter_map(elsewhere).collect()
}
