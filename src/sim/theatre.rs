//! What a step works on: the whole state as plain values, gathered from the World and put back. Steps stay thin;
//! the rules they call are pure.

use std::collections::{BTreeMap, BTreeSet};

use bevy::ecs::{
    prelude::{Query, Res, ResMut, Resource},
    system::SystemParam,
};

use super::{
    command::Intents,
    field::Field,
    journal::{Journal, What},
    order::{Order, Pace, Target},
    roster::{Roster, Unit, Units},
    state::{Clock, Control, Holding, Id, Knowledge, Place, Story, Tally},
    stats::Temper,
};
use crate::content::{Force, Key, Lane, Seat, Sector, Side, Site, Terrain, Weapon};

/// Salvos a force was ordered to fire this turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Volley {
    /// Who.
    pub force: Key<Force>,
    /// With what.
    pub weapon: Key<Weapon>,
    /// At whom or where.
    pub at: Target,
    /// How many.
    pub salvos: i32,
    /// All tubes at once.
    pub overcharge: bool,
}

/// Troops ordered down to a site, or up from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Landing {
    /// Whose seat ordered it: who is told if it cannot be.
    pub seat: Key<Seat>,
    /// As ordered.
    pub order: Order,
}

/// What steps of one turn tell each other. Emptied when the turn begins; never saved.
#[derive(Resource, Clone, PartialEq, Eq, Debug, Default)]
pub struct Scratch {
    /// Salvos ordered.
    pub volleys: Vec<Volley>,
    /// Hit points lost to fire this turn.
    pub fire_loss: BTreeMap<Key<Force>, i64>,
    /// Sides to whom a force gave itself away by firing, and salvos fired.
    pub revealed: BTreeMap<Key<Force>, (i32, BTreeSet<Key<Side>>)>,
    /// Forces that came into the place they are in this turn.
    pub entered: BTreeSet<Key<Force>>,
    /// Forces that met on a lane.
    pub met: BTreeMap<Key<Lane>, BTreeSet<Key<Force>>>,
    /// Forces that moved at all, and how fast.
    pub marched: BTreeMap<Key<Force>, Pace>,
    /// Forces that fought.
    pub fought: BTreeSet<Key<Force>>,
    /// Forces that stood through a battle.
    pub stood: BTreeSet<Key<Force>>,
    /// Forces that were lured.
    pub lured: BTreeSet<Key<Force>>,
    /// Hit points of fire on sites this turn, by side.
    pub shelled: BTreeMap<Key<Site>, BTreeMap<Key<Side>, i64>>,
    /// Of these, what salvos dealt: it goes on into the structure.
    pub struck: BTreeMap<Key<Site>, i64>,
    /// Layers of shields brought down otherwise.
    pub opened: BTreeMap<Key<Site>, i32>,
    /// Landings ordered.
    pub landings: Vec<Landing>,
    /// Sites on whose ground it was fought.
    pub contested: BTreeSet<Key<Site>>,
    /// Sites that changed hands, and from whom.
    pub fallen: BTreeMap<Key<Site>, Key<Side>>,
    /// Hostile forces each seat met or fought, wherever: known at the end of the turn.
    pub touched: BTreeMap<Key<Side>, BTreeSet<Key<Force>>>,
}

/// Everything a step may read and write.
#[derive(SystemParam)]
pub struct Theatre<'w, 's> {
    /// Rules, scenario, chart, seed.
    pub field: Res<'w, Field>,
    /// Turn and end.
    pub clock: ResMut<'w, Clock>,
    /// Flags, events, arrivals.
    pub story: ResMut<'w, Story>,
    /// What happens.
    pub journal: ResMut<'w, Journal>,
    /// This turn's notes.
    pub scratch: ResMut<'w, Scratch>,
    /// This turn's orders.
    pub intents: Res<'w, Intents>,
    /// Forces.
    pub roster: Roster<'w, 's>,
    sides: Query<'w, 's, (&'static Id, &'static mut Tally)>,
    seats: Query<'w, 's, (&'static Id, &'static mut Knowledge)>,
    sectors: Query<'w, 's, (&'static Id, &'static mut Control)>,
    sites: Query<'w, 's, (&'static Id, &'static mut Holding)>,
}

macro_rules! values {
    ($gather:ident, $put:ident, $query:ident, $key:ty, $value:ty, $what:literal) => {
        #[doc = concat!("All ", $what, ", by name.")]
        pub fn $gather(&self) -> BTreeMap<Key<$key>, $value> {
            self.$query
                .iter()
                .map(|(id, v)| (id.key.cast(), v.clone()))
                .collect()
        }
        #[doc = concat!("Puts back ", $what, ".")]
        pub fn $put(&mut self, mut values: BTreeMap<Key<$key>, $value>) {
            for (id, mut value) in &mut self.$query {
                if let Some(new) = values.remove(id.key.as_str()) {
                    *value = new;
                }
            }
        }
    };
}

impl Theatre<'_, '_> {
    values!(tallies, put_tallies, sides, Side, Tally, "tallies of sides");
    values!(
        knowledge,
        put_knowledge,
        seats,
        Seat,
        Knowledge,
        "knowledge of seats"
    );
    values!(
        control,
        put_control,
        sectors,
        Sector,
        Control,
        "control of sectors"
    );
    values!(
        holdings,
        put_holdings,
        sites,
        Site,
        Holding,
        "holdings of sites"
    );

    /// What bears on the forces of each side.
    pub fn tempers(&self) -> BTreeMap<Key<Side>, Temper> {
        self.sides
            .iter()
            .map(|(id, tally)| (id.key.cast(), Temper::from(tally)))
            .collect()
    }

    /// Writes an entry known to all seats that see what these sides see.
    pub fn tell_sides<'a>(&mut self, sides: impl IntoIterator<Item = &'a Key<Side>>, what: What) {
        let mut seats = BTreeSet::new();
        for side in sides {
            seats.extend(self.field.watchers(side));
        }
        self.journal.tell(&seats, what);
    }
}

/// The terrain a force is in.
pub fn terrain_at<'a>(field: &'a Field, place: &Place) -> Option<&'a Key<Terrain>> {
    let map = &field.scenario.map;
    match place {
        Place::Sector(sector) => map.sectors.get(sector).map(|s| &s.terrain),
        Place::Lane { lane, .. } => map.lanes.get(lane).map(|l| &l.terrain),
    }
}

/// Capitals of a side in a sector, strength points: what makes a crowd.
pub fn crowd(field: &Field, units: &Units, side: &Key<Side>, place: &Place) -> i32 {
    let hp: i64 = units
        .values()
        .filter(|u| u.side() == side && u.place == *place)
        .map(|u| {
            super::state::role_strength(&field.rules, &u.ships.0, crate::content::Role::Capital)
        })
        .sum();
    i32::try_from(hp / crate::content::HP_PER_SP).unwrap_or(i32::MAX)
}

/// Forces of `units` in a sector that are hostile to a side.
pub fn hostiles_in<'a>(
    field: &'a Field,
    units: &'a Units,
    side: &'a Key<Side>,
    sector: &'a Key<Sector>,
) -> impl Iterator<Item = &'a Unit> {
    units.values().filter(move |u| {
        u.place.in_sector() == Some(sector) && !u.is_gone() && field.hostile(side, u.side())
    })
}

/// Who bars which sector, at one moment: each side with a force there that stands in an enemy's way. Who keeps off
/// battles bars nobody: he cannot have both, an enemy that must stop for him and a fight that he is spared.
pub struct Bars(BTreeMap<Key<Sector>, BTreeSet<Key<Side>>>);

impl Bars {
    /// As these forces stand.
    pub fn of(field: &Field, units: &Units) -> Self {
        let mut bars: BTreeMap<Key<Sector>, BTreeSet<Key<Side>>> = BTreeMap::new();
        for unit in units.values().filter(|u| !u.is_gone()) {
            let posture = unit.bearing.posture.as_ref();
            let evades = posture
                .and_then(|p| field.rules.postures.get(p))
                .is_some_and(|p| p.evades);
            if let Some(sector) = unit.place.in_sector().filter(|_| !evades) {
                let there = bars.entry(sector.clone()).or_default();
                if !there.contains(unit.side()) {
                    there.insert(unit.side().clone());
                }
            }
        }
        Self(bars)
    }

    /// Whether a force hostile to a side bars its way through a sector.
    pub fn bar(&self, field: &Field, side: &Key<Side>, sector: &Key<Sector>) -> bool {
        let there = self.0.get(sector);
        there.is_some_and(|sides| sides.iter().any(|s| field.hostile(side, s)))
    }
}
