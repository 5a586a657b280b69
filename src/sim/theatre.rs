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
    journal::{Journal, What, Witnesses},
    order::{Order, Pace, Target},
    roster::{Post, Roster, Stations, Units},
    state::{Clock, Id, Knowledge, Place, Story},
    values::{Controls, Holdings, Register, Tallies, Tempers},
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
    /// Sectors into which each force marched, in order.
    pub passed: BTreeMap<Key<Force>, Vec<Key<Sector>>>,
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
    register: Register<'w, 's>,
    seats: Query<'w, 's, (&'static Id, &'static mut Knowledge)>,
}

impl Theatre<'_, '_> {
    /// Control of all sectors, by name.
    pub fn control(&self) -> Controls {
        self.register.kept().control()
    }
    /// Holdings of all sites, by name.
    pub fn holdings(&self) -> Holdings {
        self.register.kept().holdings()
    }
    /// Tallies of all sides, by name.
    pub fn tallies(&self) -> Tallies {
        self.register.kept().tallies()
    }
    /// What bears on the forces of each side.
    pub fn tempers(&self) -> Tempers {
        self.register.kept().tempers()
    }
    /// Puts back control of sectors.
    pub fn put_control(&mut self, control: Controls) {
        self.register.put_control(control);
    }
    /// Puts back holdings of sites.
    pub fn put_holdings(&mut self, holdings: Holdings) {
        self.register.put_holdings(holdings);
    }
    /// Puts back tallies of sides.
    pub fn put_tallies(&mut self, tallies: Tallies) {
        self.register.put_tallies(tallies);
    }

    /// Takes what all seats know out of the state, to be put back by [`return_knowledge`](Self::return_knowledge).
    pub fn take_knowledge(&mut self) -> BTreeMap<Key<Seat>, Knowledge> {
        let seats = self.seats.iter_mut();
        seats
            .map(|(id, mut known)| (id.key.cast(), std::mem::take(&mut *known)))
            .collect()
    }

    /// Puts back what these seats know.
    pub fn put_knowledge(&mut self, mut knowledge: BTreeMap<Key<Seat>, Knowledge>) {
        for (id, mut known) in &mut self.seats {
            if let Some(new) = knowledge.remove(id.key.as_str())
                && *known != new
            {
                *known = new;
            }
        }
    }

    /// Puts back what was taken.
    pub fn return_knowledge(&mut self, mut knowledge: BTreeMap<Key<Seat>, Knowledge>) {
        for (id, mut known) in &mut self.seats {
            if let Some(taken) = knowledge.remove(id.key.as_str()) {
                *known = taken;
            }
        }
    }

    /// What a seat knows, to read.
    pub fn known(&self, seat: &Key<Seat>) -> Option<&Knowledge> {
        let mut seats = self.seats.iter();
        seats
            .find(|(id, _)| id.key.as_str() == seat.as_str())
            .map(|(_, k)| k)
    }

    /// What all seats know, to read.
    pub fn all_known(&self) -> BTreeMap<Key<Seat>, &Knowledge> {
        let seats = self.seats.iter();
        seats.map(|(id, known)| (id.key.cast(), known)).collect()
    }

    /// Writes an entry known to all seats that see what these sides see.
    pub fn tell_sides<'a>(&mut self, sides: impl IntoIterator<Item = &'a Key<Side>>, what: What) {
        let mut seats = Witnesses::default();
        for side in sides {
            seats.join(&self.field.watchers(side));
        }
        self.journal.tell(seats, what);
    }
}

/// The terrain a force is in.
pub fn terrain_at<'a>(field: &'a Field, place: &Place) -> Option<&'a Key<Terrain>> {
    let map = &field.scenario.map;
    match place {
        Place::Sector(sector) => field.graph.terrain(field.graph.number(sector)?),
        Place::Lane { lane, .. } => map.lanes.get(lane).map(|l| &l.terrain),
    }
}

/// Capitals of a force's side in its place, strength points: what makes a crowd.
pub fn crowd(field: &Field, units: &Units, stations: &Stations, force: usize) -> i32 {
    let (post, place) = (units.post(field, force), &units.nth(force).place);
    let hp: i64 = stations
        .at(post.at)
        .filter(|n| units.post(field, *n).side == post.side && units.nth(*n).place == *place)
        .map(|n| units.post(field, n).capitals)
        .sum();
    i32::try_from(hp / crate::content::HP_PER_SP).unwrap_or(i32::MAX)
}

/// Who bars which sector, at one moment: each side with a force there that stands in an enemy's way. Who keeps off
/// battles bars nobody: he cannot have both, an enemy that must stop for him and a fight that he is spared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bars {
    sides: usize,
    /// Forces that bar, by sector and side.
    count: Vec<u32>,
}

impl Bars {
    /// As these forces stand.
    pub fn of(field: &Field, units: &Units) -> Self {
        let sides = field.relations.len();
        let mut bars = Self {
            sides,
            count: vec![0; field.graph.len() * sides],
        };
        for (unit, post) in units.posts(field) {
            if !unit.is_gone() {
                bars.add(post);
            }
        }
        bars
    }

    fn place(&self, post: &Post) -> Option<usize> {
        let at = post.at.checked_mul(self.sides)?.checked_add(post.side)?;
        let bars = post.in_sector && !post.evades && post.side < self.sides;
        (bars && at < self.count.len()).then_some(at)
    }

    /// A force came to stand where its post says.
    pub fn add(&mut self, post: &Post) {
        if let Some(at) = self.place(post) {
            self.count[at] += 1;
        }
    }

    /// It stands there no more.
    pub fn take(&mut self, post: &Post) {
        if let Some(at) = self.place(post) {
            self.count[at] -= 1;
        }
    }

    /// Whether a force hostile to a side bars its way through a sector, both by number.
    pub fn bars(&self, field: &Field, side: usize, sector: usize) -> bool {
        let there = self
            .count
            .get(sector * self.sides..(sector + 1) * self.sides);
        let mut there = there.unwrap_or_default().iter().enumerate();
        there.any(|(other, n)| *n > 0 && field.relations.hostile(side, other))
    }

    /// Whether a force hostile to a side bars its way through a sector.
    pub fn bar(&self, field: &Field, side: &Key<Side>, sector: &Key<Sector>) -> bool {
        let side = field.relations.number(side).unwrap_or(usize::MAX);
        let sector = field.graph.number(sector);
        sector.is_some_and(|sector| self.bars(field, side, sector))
    }
}
