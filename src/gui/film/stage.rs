//! Who stands still during the film and who moves: places before, places after, and the ways between them that the
//! journal tells.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::showing::Positions;
use crate::{
    chart::{Tag, film::LANE},
    content::{Force, Key, Sector},
    sim::{
        map::Graph,
        state::Place,
        turn::Phase,
        view::{Contact, OwnForce, SeatView},
    },
};

/// A force or contact of which the film has something to tell.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Part {
    /// Where it is as the film begins, or as it enters.
    pub start: Option<Place>,
    /// Its ways, each with its beat.
    pub legs: Vec<(usize, Vec<Place>)>,
    /// The beat with which it comes into sight; none: it is there from the first.
    pub enters: Option<usize>,
    /// The beat with which it is gone; none: it stays.
    pub leaves: Option<usize>,
}

/// Stage and actors.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// The seat's view before the turn, without the actors: what the chart below the film shows.
    pub still: Arc<SeatView>,
    /// The view after the turn, with those who are gone: names for everybody in the journal.
    pub cast: SeatView,
    before: SeatView,
    after: SeatView,
    parts: BTreeMap<Tag, Part>,
}

/// Places as they change while the film is written.
pub struct Walk {
    /// Where everybody is by now.
    pub here: BTreeMap<Tag, Place>,
    graph: Graph,
    names: SeatView,
}

impl Walk {
    /// Everybody where he was before the turn.
    pub fn new(before: &SeatView, cast: &SeatView) -> Self {
        let forces = before.forces.iter();
        let forces = forces.map(|(k, f)| (Tag::Force(k.clone()), f.place.clone()));
        let contacts = before.contacts.iter();
        let contacts = contacts.map(|(k, c)| (Tag::Contact(k.clone()), c.place.clone()));
        Self {
            here: forces.chain(contacts).collect(),
            graph: Graph::new(&cast.map),
            names: SeatView {
                report: Vec::new(),
                ..cast.clone()
            },
        }
    }

    /// Who is meant by this name in the journal.
    pub fn who(&self, name: &Key<Force>) -> Option<Tag> {
        who(&self.names, name)
    }
}

/// Who is meant by this name in the journal; none if the seat has no name for him.
pub fn who(cast: &SeatView, name: &Key<Force>) -> Option<Tag> {
    if cast.forces.contains_key(name) {
        return Some(Tag::Force(name.clone()));
    }
    let contact: Key<Contact> = name.cast();
    let known = cast.contacts.contains_key(&contact);
    known.then_some(Tag::Contact(contact))
}

impl Positions for Walk {
    fn place(&self, force: &Key<Force>) -> Option<Place> {
        self.here.get(&self.who(force)?).cloned()
    }

    fn way(&self, from: &Place, to: &Place) -> Vec<Place> {
        let ends = |place: &Place| match place {
            Place::Sector(sector) => vec![sector.clone()],
            Place::Lane { from, to, .. } => vec![from.clone(), to.clone()],
        };
        let same_lane = match (from, to) {
            (Place::Lane { lane: a, .. }, Place::Lane { lane: b, .. }) => a == b,
            _ => false,
        };
        let mut best: Option<Vec<Key<Sector>>> = None;
        for a in ends(from).iter().filter(|_| !same_lane) {
            for b in &ends(to) {
                if let Some(path) = self.graph.shortest(a, b)
                    && best.as_ref().is_none_or(|known| path.len() < known.len())
                {
                    best = Some(path);
                }
            }
        }
        let mut way = vec![from.clone()];
        way.extend(best.into_iter().flatten().map(Place::Sector));
        way.push(to.clone());
        way.dedup();
        way
    }
}

/// Names for everybody: the view after the turn, with those who are gone as they were before it.
pub fn cast(before: &SeatView, after: &SeatView) -> SeatView {
    let mut cast = after.clone();
    for (key, force) in &before.forces {
        let there = cast.forces.contains_key(key);
        if !there {
            cast.forces.insert(key.clone(), force.clone());
        }
    }
    for (key, contact) in &before.contacts {
        let there = cast.contacts.contains_key(key);
        if !there {
            cast.contacts.insert(key.clone(), contact.clone());
        }
    }
    cast
}

impl Stage {
    /// The stage with these parts; whoever stands beside an actor becomes one, so that counters stay in one stack.
    pub fn new(
        before: &SeatView,
        after: &SeatView,
        cast: SeatView,
        mut parts: BTreeMap<Tag, Part>,
    ) -> Self {
        let mut busy: BTreeSet<Key<Sector>> = BTreeSet::new();
        for part in parts.values() {
            busy.extend(part.start.iter().map(|p| p.sector().clone()));
            let ends = part.legs.iter().filter_map(|(_, way)| way.last());
            busy.extend(ends.map(|p| p.sector().clone()));
        }
        let mut still = before.clone();
        still.report.clear();
        for force in still.forces.values_mut() {
            force.queue.clear();
        }
        let is_busy = |place: &Place| busy.contains(place.sector());
        for (tag, place) in Walk::new(before, before).here {
            if is_busy(&place) {
                parts.entry(tag).or_insert_with(|| Part {
                    start: Some(place),
                    ..Part::default()
                });
            }
        }
        still
            .forces
            .retain(|k, _| !parts.contains_key(&Tag::Force(k.clone())));
        still
            .contacts
            .retain(|k, _| !parts.contains_key(&Tag::Contact(k.clone())));
        let bare = |view: &SeatView| SeatView {
            forces: view.forces.clone(),
            contacts: view.contacts.clone(),
            ..view.deserted()
        };
        Self {
            still: Arc::new(still),
            before: bare(before),
            after: bare(after),
            cast,
            parts,
        }
    }

    /// The actors where they are when this beat of this phase is done to this share.
    pub fn actors(&self, beat: usize, phase: Phase, done: f32) -> SeatView {
        let mut view = self.before.deserted();
        // What battles and fire cost is on the counters once supply begins.
        let (first, second) = if phase > Phase::Ground {
            (&self.after, &self.before)
        } else {
            (&self.before, &self.after)
        };
        for (tag, part) in &self.parts {
            let hidden = part.enters.is_some_and(|b| beat < b)
                || part
                    .leaves
                    .is_some_and(|b| beat > b || (beat == b && done >= 1.0));
            let Some(place) = part.at(beat, done).filter(|_| !hidden) else {
                continue;
            };
            match tag {
                Tag::Force(key) => {
                    let known = first.forces.get(key).or_else(|| second.forces.get(key));
                    if let Some(force) = known {
                        let mut force: OwnForce = force.clone();
                        (force.place, force.queue) = (place, Vec::new());
                        view.forces.insert(key.clone(), force);
                    }
                }
                Tag::Contact(key) => {
                    let known = first.contacts.get(key).or_else(|| second.contacts.get(key));
                    if let Some(contact) = known {
                        let mut contact = contact.clone();
                        contact.place = place;
                        view.contacts.insert(key.clone(), contact);
                    }
                }
                Tag::Lane(_) | Tag::Sector(_) | Tag::Site(_) => {}
            }
        }
        view
    }

    /// Who acts.
    pub fn parts(&self) -> &BTreeMap<Tag, Part> {
        &self.parts
    }
}

impl Part {
    /// Where it is when this beat is done to this share.
    pub fn at(&self, beat: usize, done: f32) -> Option<Place> {
        let mut place = self.start.clone();
        for (when, way) in &self.legs {
            if *when > beat {
                break;
            }
            let share = if *when == beat { done } else { 1.0 };
            place = along(way, share).or(place);
        }
        place
    }
}

/// The place at a share of a way: its pieces take the same time each.
fn along(way: &[Place], share: f32) -> Option<Place> {
    let pieces = way.len().checked_sub(1)?;
    if pieces == 0 || share >= 1.0 {
        return way.last().cloned();
    }
    let at = share.max(0.0) * pieces as f32;
    let index = (at.floor() as usize).min(pieces - 1);
    Some(between(&way[index], &way[index + 1], at - index as f32))
}

/// Steps into which a piece of way is divided.
const STEPS: i32 = 1000;

fn between(a: &Place, b: &Place, share: f32) -> Place {
    let ends = match (a, b) {
        (Place::Lane { from, to, .. }, _) | (_, Place::Lane { from, to, .. }) => {
            (from.clone(), to.clone())
        }
        (Place::Sector(a), Place::Sector(b)) => (a.clone(), b.clone()),
    };
    let on = |place: &Place| match place {
        Place::Sector(sector) if *sector == ends.0 => Some(0.0),
        Place::Sector(sector) if *sector == ends.1 => Some(1.0),
        Place::Sector(_) => None,
        Place::Lane {
            from,
            to,
            done,
            length,
            ..
        } => {
            let share = *done as f32 / (*length).max(1) as f32;
            if *from == ends.0 && *to == ends.1 {
                Some(share)
            } else if *from == ends.1 && *to == ends.0 {
                Some(1.0 - share)
            } else {
                None
            }
        }
    };
    match (on(a), on(b)) {
        (Some(a), Some(b)) => Place::Lane {
            lane: Key::new(LANE),
            from: ends.0,
            to: ends.1,
            done: ((a + (b - a) * share).clamp(0.0, 1.0) * STEPS as f32) as i32,
            length: STEPS,
        },
        // No way that can be drawn: from here to there at once.
        _ => if share < 0.5 { a } else { b }.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_glides_from_place_to_place() {
        let sector = |name: &str| Place::Sector(Key::new(name));
        let way = [sector("a"), sector("b"), sector("c")];
        let share = |done: f32| match along(&way, done) {
            Some(Place::Lane { from, to, done, .. }) => format!("{from}>{to} {done}"),
            Some(Place::Sector(sector)) => sector.to_string(),
            None => String::new(),
        };
        assert_eq!(share(0.0), "a>b 0");
        assert_eq!(share(0.25), "a>b 500");
        assert_eq!(share(0.75), "b>c 500");
        assert_eq!(share(1.0), "c");
        assert_eq!(along(&[], 0.5), None);
    }
}
