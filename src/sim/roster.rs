//! Forces as plain values. A step gathers them from the World, hands them to pure rules, and puts back what the
//! rules made of them; forecasts build the same values from what a seat knows.

use std::collections::BTreeMap;

use bevy::ecs::{
    prelude::{Commands, Entity, Query, Res, World},
    system::SystemParam,
};

use super::state::{
    Bearing, Belongs, Command, Crew, Id, Index, Kind, Line, Magazine, Place, Ships, Standing,
    strength,
};
use crate::content::{Force, Key, Rules, Side};

/// All there is to know about one force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its name in orders and records.
    pub id: Key<Force>,
    /// Whose it is.
    pub belongs: Belongs,
    /// Where it is.
    pub place: Place,
    /// Ships.
    pub ships: Ships,
    /// Stocks.
    pub magazine: Magazine,
    /// Crews.
    pub crew: Crew,
    /// Stance and what follows from it.
    pub bearing: Bearing,
    /// Orders that stand.
    pub standing: Standing,
    /// Commander and traits.
    pub command: Command,
    /// Supply line.
    pub line: Line,
}

impl Unit {
    /// Hit points.
    pub fn strength(&self, rules: &Rules) -> i64 {
        strength(rules, &self.ships.0)
    }
    /// Its side.
    pub fn side(&self) -> &Key<Side> {
        &self.belongs.side
    }
    /// Whether nothing floats any more.
    pub fn is_gone(&self) -> bool {
        self.ships.0.iter().all(|s| s.fit + s.crippled <= 0)
    }
}

/// Forces by name.
pub type Units = BTreeMap<Key<Force>, Unit>;

type Parts = (
    &'static mut Belongs,
    &'static mut Place,
    &'static mut Ships,
    &'static mut Magazine,
    &'static mut Crew,
    &'static mut Bearing,
    &'static mut Standing,
    &'static mut Command,
    &'static mut Line,
);

/// The same, to read only.
type Seen<'a> = (
    &'a Belongs,
    &'a Place,
    &'a Ships,
    &'a Magazine,
    &'a Crew,
    &'a Bearing,
    &'a Standing,
    &'a Command,
    &'a Line,
);

/// A force's parts as they are held in the World.
type Whole = (
    Id,
    Belongs,
    Place,
    Ships,
    Magazine,
    Crew,
    Bearing,
    Standing,
    Command,
    Line,
);

impl Unit {
    fn of(
        id: &Id,
        (belongs, place, ships, magazine, crew, bearing, standing, command, line): Seen,
    ) -> Self {
        Self {
            id: id.key.cast(),
            belongs: belongs.clone(),
            place: place.clone(),
            ships: ships.clone(),
            magazine: magazine.clone(),
            crew: crew.clone(),
            bearing: bearing.clone(),
            standing: standing.clone(),
            command: command.clone(),
            line: line.clone(),
        }
    }

    /// The components of a new entity.
    pub(super) fn into_components(self) -> Whole {
        (
            Id::new(Kind::Force, &self.id),
            self.belongs,
            self.place,
            self.ships,
            self.magazine,
            self.crew,
            self.bearing,
            self.standing,
            self.command,
            self.line,
        )
    }
}

/// All forces of a world, by name.
pub(super) fn gather(world: &World) -> Units {
    let Some(mut query) = world.try_query::<(&Id, Seen)>() else {
        return Units::new();
    };
    query
        .iter(world)
        .map(|(id, parts)| (id.key.cast(), Unit::of(id, parts)))
        .collect()
}

/// Access to all forces as values.
#[derive(SystemParam)]
pub struct Roster<'w, 's> {
    index: Res<'w, Index>,
    parts: Query<'w, 's, (Entity, &'static Id, Parts)>,
    commands: Commands<'w, 's>,
}

impl Roster<'_, '_> {
    /// All forces, by name.
    pub fn gather(&self) -> Units {
        self.parts
            .iter()
            .map(|(_, id, parts)| (id.key.cast(), Unit::of(id, parts)))
            .collect()
    }

    /// Puts forces back: known ones are overwritten, new ones come to be, those that are missing or gone
    /// cease to be.
    pub fn apply(&mut self, mut units: Units) {
        units.retain(|_, u| !u.is_gone());
        for (
            entity,
            id,
            (
                mut belongs,
                mut place,
                mut ships,
                mut magazine,
                mut crew,
                mut bearing,
                mut standing,
                mut command,
                mut line,
            ),
        ) in &mut self.parts
        {
            let Some(unit) = units.remove(id.key.as_str()) else {
                self.commands.entity(entity).despawn();
                continue;
            };
            *belongs = unit.belongs;
            *place = unit.place;
            *ships = unit.ships;
            *magazine = unit.magazine;
            *crew = unit.crew;
            *bearing = unit.bearing;
            *standing = unit.standing;
            *command = unit.command;
            *line = unit.line;
        }
        for (_, unit) in units {
            debug_assert!(self.index.get(Kind::Force, &unit.id).is_none());
            self.commands.spawn(unit.into_components());
        }
    }
}
