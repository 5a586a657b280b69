//! What is kept to read the war by: fights looked ahead, the turn before for comparison, which sums lie open.

use std::sync::Arc;

use super::{
    Game, Page, UiAction,
    foresee::{Answer, Question, Thinker},
};
use crate::{
    chart::{Overlay, Tag},
    content::{Force, Key, Sector},
    sim::{order::Action, view::SeatView},
};

/// What one does to read the war.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Opens all sums as lines, or closes them.
    Lines,
    /// Opens the sum of this figure as lines, or closes it.
    Open(String),
    /// Selects the next force that is cut off or short of supply, with the lines of supply on the map.
    NextShort,
    /// Looks at the fight at a place.
    Fight(Key<Sector>),
}

/// What is kept for it.
#[derive(Default)]
pub struct Reading {
    /// Whether every sum lies open.
    pub lines: bool,
    /// The figure whose sum lies open.
    pub opened: Option<String>,
    /// What the seat knew a turn ago, if the war was on the table then.
    pub before: Option<Arc<SeatView>>,
    coming: Thinker,
    here: Thinker,
}

impl Reading {
    /// Whether the sum of a figure lies open.
    pub fn is_open(&self, figure: &str) -> bool {
        self.lines || self.opened.as_deref() == Some(figure)
    }

    /// All fights to be expected; none while they are worked out.
    pub fn fights(&self) -> Option<&Answer> {
        self.coming.answer()
    }

    /// The fight at what is selected; none while it is worked out.
    pub fn here(&self) -> Option<&Answer> {
        self.here.answer()
    }

    /// An own force as it was a turn ago.
    pub fn was(&self, force: &Key<Force>) -> Option<&Was> {
        self.before.as_ref()?.forces.get(force)
    }

    /// Whether something is still being worked out.
    pub fn is_thinking(&self) -> bool {
        self.coming.is_busy() || self.here.is_busy()
    }

    /// Takes up what has been worked out; true if something came.
    pub fn take(&mut self) -> bool {
        let coming = self.coming.take();
        self.here.take() || coming
    }

    /// Another view lies on the table: the one before it is kept for comparison if it is of the same seat, a turn ago.
    pub fn turned(&mut self, before: Arc<SeatView>, now: &SeatView) {
        let follows = before.seat == now.seat && before.turn + 1 == now.turn;
        self.before = (follows || now.ended.is_some()).then_some(before);
    }
}

/// An own force as it was.
pub type Was = crate::sim::view::OwnForce;

impl Game {
    /// Whether fights are being looked ahead.
    pub fn is_thinking(&self) -> bool {
        self.reading.is_thinking()
    }

    /// Lays something over the map, and explains it; nothing: what was explained goes with it.
    pub(super) fn lay(&mut self, overlay: Overlay) {
        self.overlay = overlay;
        match (overlay, self.page) {
            (Overlay::None, Page::Overlay) => self.page = Page::Selection,
            (Overlay::None, _) => {}
            _ => self.page = Page::Overlay,
        }
    }

    /// Carries out what was done to read the war.
    pub(super) fn read(&mut self, act: Act) {
        match act {
            Act::Lines => {
                self.reading.lines = !self.reading.lines;
                self.reading.opened = None;
            }
            Act::Open(figure) => {
                let is_open = self.reading.opened.as_ref() == Some(&figure);
                self.reading.opened = (!is_open).then_some(figure);
            }
            Act::NextShort => {
                if let Some(next) = self.next_short() {
                    self.apply(UiAction::Select(Some(Tag::Force(next))));
                    self.overlay = Overlay::Supply;
                }
            }
            Act::Fight(sector) => {
                self.apply(UiAction::Select(Some(Tag::Sector(sector.clone()))));
                self.apply(UiAction::Centre(sector));
                self.page = Page::Outlook;
            }
        }
    }

    /// Who is worst supplied: cut off first, then who runs dry first; after the one selected now.
    fn next_short(&self) -> Option<Key<Force>> {
        let view = &self.session.as_ref()?.view;
        let digest = self.digest.of(view);
        let short = crate::gui::panels::supply::short(view, &digest);
        let now = short
            .iter()
            .position(|(key, _)| Some(*key) == self.selection.force.as_ref());
        let next = now.map_or(0, |now| (now + 1) % short.len().max(1));
        short.get(next).map(|(key, _)| (*key).clone())
    }

    /// Asks what fights are to be expected, by what is known, ordered and selected now.
    pub(super) fn foresee(&mut self) {
        if self.is_watching() {
            return;
        }
        let Some(session) = &self.session else {
            self.reading.coming.clear();
            self.reading.here.clear();
            return;
        };
        let Some(war) = &session.war else { return };
        let view = session.view.clone();
        let question = Question {
            stream: war.musing(&session.seat),
            orders: session.pending.clone(),
            places: None,
            force: None,
            view: view.clone(),
        };
        let (places, force) = match &self.selection.what {
            Some(Tag::Sector(sector)) => (vec![sector.clone()], None),
            Some(Tag::Site(site)) => {
                let sites = view.sites.get(site);
                (sites.map(|s| s.sector.clone()).into_iter().collect(), None)
            }
            Some(Tag::Contact(key)) => {
                let contact = view.contacts.get(key);
                let at = contact.map(|c| c.place.sector().clone());
                (at.into_iter().collect(), None)
            }
            Some(Tag::Force(key)) => {
                let ordered = session.pending.iter().rev().find_map(|o| match &o.action {
                    Action::Go { stops, .. } if o.force == *key => stops.first().cloned(),
                    _ => None,
                });
                let force = view.forces.get(key);
                let queued = force.and_then(|f| Some(f.queue.first()?.to.clone()));
                let here = force.map(|f| f.place.sector().clone());
                let places = ordered.into_iter().chain(queued).chain(here);
                (places.collect(), Some(key.clone()))
            }
            _ => (Vec::new(), None),
        };
        let force = force.or_else(|| self.selection.force.clone());
        self.reading.here.ask(Question {
            places: Some(places),
            force,
            ..question.clone()
        });
        self.reading.coming.ask(question);
    }
}
