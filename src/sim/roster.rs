//! Forces as plain values. A step gathers them from the World, hands them to pure rules, and puts back what the
//! rules made of them; forecasts build the same values from what a seat knows.
//!
//! The values are kept from step to step beside the components ([`Ranks`]): gathering shares them, putting back writes
//! the components that have changed and no others, so that change detection tells the truth.

mod post;
mod stations;
mod units;

use bevy::ecs::{
    component::{Component, Mutable},
    prelude::{Commands, Entity, Mut, Query, ResMut, Resource, World},
    system::SystemParam,
};

pub use post::Post;
pub use stations::Stations;
pub use units::Units;

use super::{
    part::Part,
    state::{
        Bearing, Belongs, Command, Crew, Id, Kind, Line, Magazine, Place, Ships, Standing, strength,
    },
};
use crate::content::{Force, Key, Rules, Side};

/// All there is to know about one force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its name in orders and records.
    pub id: Key<Force>,
    /// Whose it is.
    pub belongs: Part<Belongs>,
    /// Where it is.
    pub place: Place,
    /// Ships.
    pub ships: Part<Ships>,
    /// Stocks.
    pub magazine: Part<Magazine>,
    /// Crews.
    pub crew: Crew,
    /// Stance and what follows from it.
    pub bearing: Bearing,
    /// Orders that stand.
    pub standing: Part<Standing>,
    /// Commander and traits.
    pub command: Part<Command>,
    /// Supply line.
    pub line: Part<Line>,
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

type Parts = (
    &'static mut Part<Belongs>,
    &'static mut Place,
    &'static mut Part<Ships>,
    &'static mut Part<Magazine>,
    &'static mut Crew,
    &'static mut Bearing,
    &'static mut Part<Standing>,
    &'static mut Part<Command>,
    &'static mut Part<Line>,
);

/// The same, to read only.
type Seen<'a> = (
    &'a Part<Belongs>,
    &'a Place,
    &'a Part<Ships>,
    &'a Part<Magazine>,
    &'a Crew,
    &'a Bearing,
    &'a Part<Standing>,
    &'a Part<Command>,
    &'a Part<Line>,
);

/// A force's parts as they are held in the World.
type Whole = (
    Id,
    Part<Belongs>,
    Place,
    Part<Ships>,
    Part<Magazine>,
    Crew,
    Bearing,
    Part<Standing>,
    Part<Command>,
    Part<Line>,
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

/// All forces as values, and their entities in the same order. Derived: equal at any time to what would be gathered anew.
#[derive(Resource, Default, Debug)]
pub struct Ranks {
    units: Units,
    entities: Vec<Entity>,
    /// Whether anything was gathered yet.
    mustered: bool,
}

/// Gathers what is kept, if nothing is.
pub(super) fn muster(world: &mut World) {
    if world.resource::<Ranks>().mustered {
        return;
    }
    let mut all: Vec<(Unit, Entity)> = Vec::new();
    if let Some(mut query) = world.try_query::<(Entity, &Id, Seen)>() {
        let unit = |(entity, id, parts): (Entity, &Id, Seen)| (Unit::of(id, parts), entity);
        all.extend(query.iter(world).map(unit));
    }
    world.insert_resource(Ranks::of(all));
}

/// Whether what is kept is what would be gathered anew.
pub(super) fn is_true(world: &World) -> bool {
    let ranks = world.resource::<Ranks>();
    !ranks.mustered || ranks.units == gather_anew(world)
}

/// All forces of a world, by name.
pub(super) fn gather(world: &World) -> Units {
    let ranks = world.resource::<Ranks>();
    if ranks.mustered {
        ranks.units.clone()
    } else {
        gather_anew(world)
    }
}

fn gather_anew(world: &World) -> Units {
    let Some(mut query) = world.try_query::<(&Id, Seen)>() else {
        return Units::new();
    };
    query
        .iter(world)
        .map(|(id, parts)| (id.key.cast(), Unit::of(id, parts)))
        .collect()
}

impl Ranks {
    fn of(mut all: Vec<(Unit, Entity)>) -> Self {
        all.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        Self {
            entities: all.iter().map(|(_, entity)| *entity).collect(),
            units: all.into_iter().map(|(u, _)| (u.id.clone(), u)).collect(),
            mustered: true,
        }
    }
}

/// Access to all forces as values.
#[derive(SystemParam)]
pub struct Roster<'w, 's> {
    ranks: ResMut<'w, Ranks>,
    parts: Query<'w, 's, (Entity, &'static Id, Parts)>,
    commands: Commands<'w, 's>,
}

impl Roster<'_, '_> {
    /// All forces, by name.
    pub fn gather(&self) -> Units {
        if self.ranks.mustered {
            return self.ranks.units.clone();
        }
        self.parts
            .iter()
            .map(|(_, id, parts)| (id.key.cast(), Unit::of(id, parts)))
            .collect()
    }

    /// Puts forces back: changed ones are overwritten, new ones come to be, those that are missing or gone cease to be.
    pub fn apply(&mut self, mut units: Units) {
        if !self.ranks.mustered {
            let all = self.parts.iter();
            let all = all.map(|(entity, id, parts)| (Unit::of(id, parts), entity));
            *self.ranks = Ranks::of(all.collect());
        }
        if self.ranks.units.is_all_same(&units) {
            return;
        }
        let ranks = std::mem::take(&mut *self.ranks);
        let mut entities = Vec::with_capacity(units.len());
        let (mut old, mut gone) = (0, false);
        for new in 0..units.len() {
            // Most are as they were: that they are is seen without a look at them.
            if old < ranks.units.len() && units.is_same(new, &ranks.units, old) {
                entities.push(ranks.entities[old]);
                old += 1;
                continue;
            }
            let unit = units.nth(new);
            while old < ranks.units.len() && ranks.units.nth(old).id < unit.id {
                self.commands.entity(ranks.entities[old]).despawn();
                old += 1;
            }
            let known = old < ranks.units.len() && ranks.units.nth(old).id == unit.id;
            let entity = known.then(|| ranks.entities[old]);
            old += usize::from(known);
            gone |= unit.is_gone();
            match entity {
                Some(entity) if unit.is_gone() => self.commands.entity(entity).despawn(),
                None if unit.is_gone() => {}
                Some(entity) => {
                    self.write(entity, unit);
                    entities.push(entity);
                }
                None => {
                    let parts = unit.clone().into_components();
                    entities.push(self.commands.spawn(parts).id());
                }
            }
        }
        for entity in &ranks.entities[old..] {
            self.commands.entity(*entity).despawn();
        }
        if gone {
            units.retain(|_, u| !u.is_gone());
        }
        *self.ranks = Ranks {
            units,
            entities,
            mustered: true,
        };
    }

    fn write(&mut self, entity: Entity, unit: &Unit) {
        let (_, _, parts) = self
            .parts
            .get_mut(entity)
            .expect("invariant: a force that is kept has its entity");
        let (
            mut belongs,
            mut place,
            mut ships,
            mut magazine,
            mut crew,
            mut bearing,
            mut standing,
            mut command,
            mut line,
        ) = parts;
        put(&mut belongs, &unit.belongs);
        put(&mut place, &unit.place);
        put(&mut ships, &unit.ships);
        put(&mut magazine, &unit.magazine);
        put(&mut crew, &unit.crew);
        put(&mut bearing, &unit.bearing);
        put(&mut standing, &unit.standing);
        put(&mut command, &unit.command);
        put(&mut line, &unit.line);
    }
}

/// Writes a value if it is another than the one there, and only then leaves a mark.
pub(super) fn put<C: Component<Mutability = Mutable> + PartialEq + Clone>(
    there: &mut Mut<C>,
    new: &C,
) {
    if **there != *new {
        (**there).clone_from(new);
    }
}
