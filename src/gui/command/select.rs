//! Who is selected: one force after another, several together, and the map that goes along.

use std::collections::BTreeSet;

use super::{list::Verb, tree};
use crate::{
    chart::{Pos, Tag},
    content::{Force, Key, Sector},
    gui::{Game, UiAction, words::say},
    sim::view::SeatView,
};

/// How near its edge a place counts as outside the picture, points.
const EDGE: f32 = 32.0;

impl Game {
    /// The forces that take the next order: those selected, else the one that acts.
    pub(in crate::gui) fn chosen(&self) -> Vec<Key<Force>> {
        let Some(session) = &self.session else {
            return Vec::new();
        };
        let mine = |key: &&Key<Force>| session.view.forces.get(*key).is_some_and(|f| f.mine);
        let some: Vec<_> = self.command.chosen.iter().filter(mine).cloned().collect();
        if some.is_empty() {
            self.selection.force.iter().filter(mine).cloned().collect()
        } else {
            some
        }
    }

    pub(super) fn toggle(&mut self, key: Key<Force>) {
        let Some(session) = &self.session else { return };
        if !session.view.forces.get(&key).is_some_and(|f| f.mine) {
            return;
        }
        let mut chosen = std::mem::take(&mut self.command.chosen);
        if chosen.is_empty() {
            chosen.extend(self.selection.force.clone());
        }
        if !chosen.remove(&key) {
            chosen.insert(key);
        }
        self.choose_forces(chosen.into_iter().collect());
    }

    pub(super) fn choose_forces(&mut self, forces: Vec<Key<Force>>) {
        let Some(session) = &self.session else { return };
        let mine = |key: &Key<Force>| session.view.forces.get(key).is_some_and(|f| f.mine);
        let forces: BTreeSet<Key<Force>> = forces.into_iter().filter(mine).collect();
        let now = self.selection.force.clone().filter(|f| forces.contains(f));
        let first = now.or_else(|| forces.first().cloned());
        let list = self.command.list.take().filter(|l| l.verb == Verb::Forces);
        self.select(first.map(Tag::Force));
        self.command.chosen = forces;
        self.command.list = list;
        self.refresh_command();
    }

    /// Another thing is selected: the one force that is part of it takes the next order.
    pub(in crate::gui) fn selected(&mut self) {
        self.command.list = None;
        self.command.chosen.clear();
        if let Some(Tag::Force(key)) = &self.selection.what
            && self.selection.force.as_ref() == Some(key)
        {
            self.command.chosen.insert(key.clone());
        }
    }

    pub(super) fn visit(&mut self, tag: Tag) {
        self.select(Some(tag.clone()));
        let sector = self
            .session
            .as_ref()
            .and_then(|session| place_of(&session.view, &tag));
        if let Some(sector) = sector {
            self.apply(UiAction::Centre(sector));
        }
    }

    /// Selects the next own force without orders, or the one before.
    pub(in crate::gui) fn walk_idle(&mut self, on: bool) {
        let Some(session) = &self.session else { return };
        let idle = tree::idle(&session.view, &session.pending, &self.command.told);
        let now = self.selection.force.as_ref();
        let next = match now {
            Some(now) if on => idle
                .range::<Key<Force>, _>((
                    std::ops::Bound::Excluded(now),
                    std::ops::Bound::Unbounded,
                ))
                .next()
                .or(idle.first()),
            Some(now) => idle
                .range::<Key<Force>, _>(..now)
                .next_back()
                .or(idle.last()),
            None => idle.first(),
        };
        let Some(next) = next.cloned() else {
            self.message = Some(say!("command-none-idle"));
            return;
        };
        self.select(Some(Tag::Force(next.clone())));
        self.bring_into_the_picture(&Tag::Force(next));
    }

    /// Centres the map on a thing that lies outside the picture.
    pub(super) fn bring_into_the_picture(&mut self, tag: &Tag) {
        let Some(session) = &self.session else { return };
        let (Some(sector), Some(camera)) = (place_of(&session.view, tag), session.camera) else {
            return;
        };
        let Some(place) = session.view.map.sectors.get(&sector) else {
            return;
        };
        let Pos { x, y } = camera.to_screen((place.at.0 as f32, place.at.1 as f32));
        let (width, height) = camera.size;
        if !(EDGE..=width - EDGE).contains(&x) || !(EDGE..=height - EDGE).contains(&y) {
            self.apply(UiAction::Centre(sector));
        }
    }
}

/// The sector in which a thing is.
pub fn place_of(view: &SeatView, tag: &Tag) -> Option<Key<Sector>> {
    match tag {
        Tag::Sector(sector) => Some(sector.clone()),
        Tag::Site(site) => view.map.sites.get(site).map(|s| s.sector.clone()),
        Tag::Contact(contact) => view.contacts.get(contact).map(|c| c.place.sector().clone()),
        Tag::Force(force) => view.forces.get(force).map(|f| f.place.sector().clone()),
        Tag::Lane(_) => None,
    }
}
