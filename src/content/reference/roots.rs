//! The files of a layer, and the types that stand in them.

use schemars::{JsonSchema, SchemaGenerator};

use super::Shape;
use crate::content::{
    Key,
    kind::Kind,
    schema::{self, Pairs, constants, deed, rules},
};

/// The files of a layer and what stands in them, in the order of the reference.
pub(super) const FILES: [(Kind, &str); 25] = [
    (Kind::Constants, "rules/constants.ron"),
    (Kind::Stocks, "rules/stocks.ron, rules/stocks/*.ron"),
    (Kind::Weapons, "rules/weapons.ron, rules/weapons/*.ron"),
    (Kind::Classes, "rules/classes.ron, rules/classes/*.ron"),
    (Kind::Terrain, "rules/terrain.ron, rules/terrain/*.ron"),
    (Kind::Stances, "rules/stances.ron, rules/stances/*.ron"),
    (Kind::Postures, "rules/postures.ron, rules/postures/*.ron"),
    (Kind::Meetings, "rules/meetings.ron, rules/meetings/*.ron"),
    (Kind::Meters, "rules/meters.ron, rules/meters/*.ron"),
    (Kind::Traits, "rules/traits.ron, rules/traits/*.ron"),
    (
        Kind::Commanders,
        "rules/commanders.ron, rules/commanders/*.ron",
    ),
    (
        Kind::SiteKinds,
        "rules/site-kinds.ron, rules/site-kinds/*.ron",
    ),
    (Kind::Deeds, "rules/deeds.ron, rules/deeds/*.ron"),
    (Kind::Campaign, "scenarios/<campaign>/campaign.ron"),
    (Kind::Forces, "scenarios/<campaign>/forces.ron"),
    (Kind::Map, "scenarios/<campaign>/maps/*.ron"),
    (Kind::Scenario, "scenarios/<campaign>/*.ron"),
    (Kind::Trials, "tests/*.ron; of the game seeds/proofs/*.ron"),
    (Kind::Systems, "seeds/systems.ron"),
    (Kind::Chronicle, "seeds/*.ron beside it"),
    (
        Kind::Course,
        "battles/*.ron; of the game seeds/battles/*.ron",
    ),
    (Kind::Mod, "mod.ron"),
    (Kind::Changes, "changes.ron, changes/*.ron"),
    (Kind::Palettes, "looks/palettes.ron"),
    (Kind::Textures, "looks/terrain.ron"),
];

/// What stands in a file of this kind.
pub(super) fn root(kind: Kind, types: &mut SchemaGenerator) -> Shape {
    match kind {
        Kind::Mod => one::<schema::Mod>(types),
        Kind::Changes => one::<Vec<schema::change::Change>>(types),
        Kind::Palettes => one::<Pairs<schema::looks::Palette, schema::looks::Look>>(types),
        Kind::Textures => one::<Pairs<schema::looks::Texture, Key<rules::Terrain>>>(types),
        Kind::Constants => one::<constants::Constants>(types),
        Kind::Stocks => one::<Vec<rules::Stock>>(types),
        Kind::Weapons => one::<Vec<rules::Weapon>>(types),
        Kind::Classes => one::<Vec<rules::Class>>(types),
        Kind::Terrain => one::<Vec<rules::Terrain>>(types),
        Kind::Stances => one::<Vec<rules::Stance>>(types),
        Kind::Postures => one::<Vec<rules::Posture>>(types),
        Kind::Meetings => one::<Vec<rules::Meeting>>(types),
        Kind::Meters => one::<Vec<rules::Meter>>(types),
        Kind::Traits => one::<Vec<rules::Trait>>(types),
        Kind::Commanders => one::<Vec<rules::Commander>>(types),
        Kind::SiteKinds => one::<Vec<rules::SiteKind>>(types),
        Kind::Deeds => one::<Vec<deed::Deed>>(types),
        Kind::Campaign => one::<schema::scenario::Campaign>(types),
        Kind::Forces => one::<Vec<schema::scenario::Listed>>(types),
        Kind::Map => one::<schema::scenario::Map>(types),
        Kind::Scenario => one::<schema::scenario::Scenario>(types),
        Kind::Trials => one::<Vec<schema::trial::Trial>>(types),
        Kind::Systems => one::<Vec<schema::trial::System>>(types),
        Kind::Chronicle => one::<schema::chronicle::Chronicle>(types),
        Kind::Course => one::<schema::course::Course>(types),
    }
}

/// What may be written for a type, once all that it is made of is among the definitions.
fn one<T: JsonSchema>(types: &mut SchemaGenerator) -> Shape {
    Shape::of(types.subschema_for::<T>().as_value())
}

/// What stands in the files of a kind.
#[derive(Clone, Debug)]
pub(super) struct Root {
    pub(super) kind: Kind,
    pub(super) files: &'static str,
    pub(super) shape: Shape,
}

impl Root {
    /// The type that such a file holds, one or many of it.
    pub(super) fn name(&self) -> &str {
        let mut shape = &self.shape;
        while let Shape::List(of) | Shape::Pairs(_, of) = shape {
            shape = of;
        }
        match shape {
            Shape::Of(name) => name,
            _ => "",
        }
    }
}
