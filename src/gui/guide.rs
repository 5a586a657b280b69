//! The guide of a scenario at the window: where the seat at the table stands in it, what has been looked at as it was
//! asked for, what on the map it points at, and the war that is offered to whoever is new. `war::guide` judges;
//! `panels::guide` shows.

use std::sync::Arc;

use super::{Choice, Dock, Game, Page, Selection, UiAction, keys::Command};
use crate::{
    ai::Level,
    chart::{Overlay, Tag},
    content::{Condition, Errand, Force, GuideStep, Key, Scenario, Sector, Sight, Task},
    sim::{order::Action, view::SeatView},
    war::guide::{self, Seen, Standing},
};

/// What is done with the guide.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Puts it away or brings it back; in the menu, begins the guided war if that is offered.
    Turn,
    /// Begins the guided war.
    Begin,
    /// The card that tells what to read on a page has been read.
    Read,
}

/// A card that is shown although its step is taken: it says what to read on the page that has just come into sight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The place of its step in the guide.
    index: usize,
    /// On which turn.
    turn: u32,
}

/// The card that is shown.
pub struct Card<'a> {
    /// The number of its step, from 1.
    pub number: usize,
    /// Its step.
    pub step: &'a GuideStep,
    /// Whether that is taken, and the card kept to be read.
    pub done: bool,
}

/// What was looked at before an action, if a guide asks for looks.
pub struct Gaze {
    step: GuideStep,
    /// What is asked for, and what must be done while it is looked at.
    asked: Vec<(Sight, Option<Task>)>,
    selection: Selection,
    page: Page,
    overlay: Overlay,
    /// What the action itself opens anew.
    opened: Option<Sight>,
    selects: bool,
}

impl Game {
    /// Where the seat at the table stands in the guide of its scenario; none if it has none, or is watched.
    pub fn led(&self) -> Option<Standing<'_>> {
        let session = self.session.as_ref()?;
        let led = session.watch.is_none() && session.people.contains(&session.seat);
        let guide = session.scenario.guide.as_ref().filter(|_| led)?;
        Standing::of(guide, self.seen()?)
    }

    /// The card that is shown: of a step that is taken until it has been read or the next one is taken as well, else of the
    /// step that is to be taken; none if there is none left.
    pub fn card<'a>(&self, led: &Standing<'a>) -> Option<Card<'a>> {
        let turn = self.session.as_ref().map(|session| session.view.turn);
        let kept = self.kept_card.as_ref();
        let is_next = |kept: &&Kept| led.follows(kept.index);
        let kept = kept.filter(|kept| Some(kept.turn) == turn).filter(is_next);
        let step = kept.and_then(|kept| Some((kept.index + 1, led.guide.steps.get(kept.index)?)));
        let (done, (number, step)) = match step {
            Some(step) => (true, step),
            None => (false, led.step()?),
        };
        Some(Card { number, step, done })
    }

    /// What the guide is judged by.
    pub fn seen(&self) -> Option<Seen<'_>> {
        let session = self.session.as_ref()?;
        Some(Seen {
            view: &session.view,
            pending: &session.pending,
            looked: Some(&self.looks),
        })
    }

    /// The guided war that is offered to whoever has not begun any.
    pub fn offered(&self) -> Option<(&Key<Scenario>, &Arc<Scenario>)> {
        let is_new = self.session.is_none() && self.saves.is_empty();
        let offered = is_new && self.around.cut_short.is_none();
        self.catalog.guided().filter(|_| offered)
    }

    /// Carries it out.
    pub(super) fn guided(&mut self, act: Act) {
        match act {
            Act::Turn if self.session.is_none() => {
                if self.offered().is_some() {
                    self.guided(Act::Begin);
                }
            }
            Act::Turn if self.led().is_none() => {}
            Act::Turn => {
                let is_shown = self.settings.guide && !self.is_folded(Dock::Left);
                if !is_shown {
                    self.unfold(Dock::Left);
                }
                self.settings.guide = !is_shown;
                self.message = self.keep_settings().err();
            }
            Act::Read => self.kept_card = None,
            Act::Begin => {
                let Some((key, scenario)) = self.catalog.guided() else {
                    return;
                };
                let seat = scenario.guide.as_ref().map(|guide| guide.seat.clone());
                // The lesson's easy opponent is its own: other wars are offered as before.
                let level = self.choice.level;
                self.choice = Choice {
                    scenario: Some(key.clone()),
                    people: seat.into_iter().collect(),
                    level: Level::Green,
                    ..self.choice.clone()
                };
                self.apply(UiAction::Begin);
                self.choice.level = level;
            }
        }
    }

    /// What is looked at before an action; none if no guide asks for looks.
    pub(super) fn gaze(&self, action: &UiAction) -> Option<Gaze> {
        let led = self.led()?;
        let (_, step) = led.step()?;
        let left = led.left(self.seen()?);
        let asked: Vec<(Sight, Option<Task>)> = left
            .into_iter()
            .filter_map(|task| match task {
                Task::Looked(sight) => Some((sight.clone(), None)),
                Task::LookedWhile(sight, task) => Some((sight.clone(), Some((**task).clone()))),
                _ => None,
            })
            .collect();
        if asked.is_empty() {
            return None;
        }
        Some(Gaze {
            step: step.clone(),
            asked,
            selection: self.selection.clone(),
            page: self.page,
            overlay: self.overlay,
            opened: match action {
                UiAction::Turn(page) => sight_of_page(*page),
                UiAction::CloseVerdict => Some(Sight::Verdict),
                _ => None,
            },
            selects: matches!(action, UiAction::Select(Some(_))),
        })
    }

    /// Notes what was asked for and has come into sight by an action.
    pub(super) fn note_sights(&mut self, before: Option<Gaze>) {
        let (Some(before), Some(session), Some(now)) = (before, &self.session, self.seen()) else {
            return;
        };
        let mut seen: Vec<Sight> = before.opened.into_iter().collect();
        // What a film ends on was not asked for.
        if self.page != before.page && before.page != Page::Film {
            seen.extend(sight_of_page(self.page));
        }
        if self.overlay != before.overlay {
            seen.extend(sight_of_overlay(self.overlay));
        }
        if (before.selects || self.selection != before.selection)
            && let Some(tag) = &self.selection.what
        {
            seen.extend(sights_of(&session.view, tag));
        }
        let is_done = |task: &Option<Task>| {
            let while_so = task.as_ref();
            while_so.is_none_or(|task| guide::is_done(&before.step, task, now))
        };
        seen.retain(|sight| {
            let mut asked = before.asked.iter();
            asked.any(|(asked, task)| asked == sight && is_done(task))
        });
        let reads = seen.iter().any(is_read);
        let step = &before.step.id;
        let looks = seen.into_iter().map(|sight| (step.clone(), sight));
        let (looks, turn) = (looks.collect::<Vec<_>>(), session.view.turn);
        self.looks.extend(looks);
        if reads {
            self.keep_card(&before.step, turn);
        }
    }

    /// Keeps the card of a step that has just been taken by looking.
    fn keep_card(&mut self, step: &GuideStep, turn: u32) {
        let Some(led) = self.led() else { return };
        let index = led.guide.steps.iter().position(|other| other.id == step.id);
        let taken = index.filter(|index| led.done.get(*index) == Some(&true));
        self.kept_card = taken.map(|index| Kept { index, turn });
    }

    /// What of the map the step that is to be taken is about.
    pub(super) fn pointed_at(&self) -> Vec<Tag> {
        let (Some(led), Some(seen)) = (self.led().filter(|_| self.settings.guide), self.seen())
        else {
            return Vec::new();
        };
        // Whoever is choosing a target is shown the targets.
        if self
            .command
            .list
            .as_ref()
            .is_some_and(|l| !l.is_on_the_map())
        {
            return Vec::new();
        }
        let left = led.left(seen);
        let mut tags: Vec<Tag> = left
            .into_iter()
            .flat_map(|task| self.points_of(seen, task))
            .collect();
        tags.dedup();
        tags
    }

    fn points_of(&self, seen: Seen<'_>, task: &Task) -> Vec<Tag> {
        let acts = |force: &Key<Force>| self.selection.force.as_ref() == Some(force);
        let force = |force: &Key<Force>| vec![Tag::Force(force.clone())];
        match task {
            Task::Looked(Sight::Force(key)) => force(key),
            Task::Looked(Sight::Sector(key)) => vec![Tag::Sector(key.clone())],
            Task::Looked(Sight::Site(key)) => vec![Tag::Site(key.clone())],
            Task::Looked(Sight::Foe) => hostile(seen.view),
            Task::Bound(key, sector) | Task::At(key, sector) if acts(key) => {
                vec![Tag::Sector(sector.clone())]
            }
            Task::Ordered(key, Errand::Fire) if acts(key) => hostile(seen.view),
            Task::Bound(key, _) | Task::At(key, _) | Task::Ordered(key, _) if !acts(key) => {
                force(key)
            }
            _ => Vec::new(),
        }
    }

    /// The commands by which the step that is to be taken goes on, in their order.
    pub fn ways_on(&self) -> Vec<Command> {
        let (Some(led), Some(seen)) = (self.led(), self.seen()) else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        for task in led.left(seen) {
            for way in self.ways_of(seen, task) {
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        ways
    }

    fn ways_of(&self, seen: Seen<'_>, task: &Task) -> Vec<Command> {
        let order = |force: &Key<Force>, command: Command| {
            if self.selection.force.as_ref() == Some(force) {
                vec![command]
            } else {
                vec![Command::NextIdle, command]
            }
        };
        match task {
            Task::Is(Condition::From(_)) => vec![Command::EndTurn],
            Task::Looked(sight) | Task::LookedWhile(sight, _) => {
                look_by(sight, seen.view).into_iter().collect()
            }
            Task::Bound(force, sector) if strays(seen, force, sector) => vec![Command::Undo],
            Task::Bound(force, _) | Task::At(force, _) => order(force, Command::OrderGo),
            Task::Ordered(force, errand) => order(force, order_by(*errand)),
            Task::Is(_) | Task::All(_) | Task::Any(_) => Vec::new(),
        }
    }
}

/// Whether there is something to be read where this has come into sight: of what is selected on the map the card has told
/// already.
fn is_read(sight: &Sight) -> bool {
    !matches!(
        sight,
        Sight::Force(_) | Sight::Sector(_) | Sight::Site(_) | Sight::Foe | Sight::Verdict
    )
}

/// Whether a force stands where it should be and has been told to leave.
fn strays(seen: Seen<'_>, force: &Key<Force>, sector: &Key<Sector>) -> bool {
    let own = seen.view.forces.get(force);
    let leaves = |action: &Action| matches!(action, Action::Go { .. } | Action::Follow { .. });
    own.is_some_and(|own| own.place.in_sector() == Some(sector))
        && seen
            .pending
            .iter()
            .any(|order| order.force == *force && leaves(&order.action))
}

/// Hostile forces that are known, in the order of their names.
fn hostile(view: &SeatView) -> Vec<Tag> {
    let known = view.contacts.iter();
    let hostile = known.filter(|(_, contact)| view.hostile.contains(&contact.side));
    hostile.map(|(key, _)| Tag::Contact(key.clone())).collect()
}

fn sights_of(view: &SeatView, tag: &Tag) -> Vec<Sight> {
    match tag {
        Tag::Force(key) => vec![Sight::Force(key.clone())],
        Tag::Sector(key) => vec![Sight::Sector(key.clone())],
        // Whoever looks at what stands in a place has the place before him.
        Tag::Site(key) => {
            let sector = view.sites.get(key).map(|site| site.sector.clone());
            let place = sector.map(Sight::Sector);
            place
                .into_iter()
                .chain([Sight::Site(key.clone())])
                .collect()
        }
        Tag::Contact(key) => {
            let contact = view.contacts.get(key);
            let foe = contact.is_some_and(|contact| view.hostile.contains(&contact.side));
            foe.then_some(Sight::Foe).into_iter().collect()
        }
        Tag::Lane(_) => Vec::new(),
    }
}

fn sight_of_page(page: Page) -> Option<Sight> {
    match page {
        Page::Report => Some(Sight::Report),
        Page::Outlook => Some(Sight::Outlook),
        Page::Reserves => Some(Sight::Reserves),
        Page::Score => Some(Sight::Score),
        Page::Selection
        | Page::Film
        | Page::Overlay
        | Page::Council
        | Page::Record
        | Page::Take => None,
    }
}

fn sight_of_overlay(overlay: Overlay) -> Option<Sight> {
    match overlay {
        Overlay::None => None,
        Overlay::Supply => Some(Sight::Supply),
        Overlay::Reach => Some(Sight::Reach),
        Overlay::Knowledge => Some(Sight::Knowledge),
        Overlay::Control => Some(Sight::Control),
        Overlay::Objectives => Some(Sight::Objectives),
    }
}

/// The command that brings something into sight, if one does.
fn look_by(sight: &Sight, view: &SeatView) -> Option<Command> {
    match sight {
        Sight::Force(_) => Some(Command::NextIdle),
        Sight::Sector(_) | Sight::Site(_) | Sight::Foe => Some(Command::Find),
        Sight::Supply => Some(Command::OverlaySupply),
        Sight::Reach => Some(Command::OverlayReach),
        Sight::Knowledge => Some(Command::OverlayKnowledge),
        Sight::Control => Some(Command::OverlayControl),
        Sight::Objectives => Some(Command::OverlayObjectives),
        Sight::Report => Some(Command::Report),
        Sight::Outlook => Some(Command::Outlook),
        Sight::Reserves => Some(Command::Reserves),
        Sight::Score => Some(Command::Score),
        Sight::Verdict => view.ended.is_none().then_some(Command::EndTurn),
    }
}

/// The command that gives an order of this kind.
fn order_by(errand: Errand) -> Command {
    match errand {
        Errand::Go => Command::OrderGo,
        Errand::Halt => Command::OrderHalt,
        Errand::Follow => Command::OrderFollow,
        Errand::Stance => Command::OrderStance,
        Errand::Posture => Command::OrderPosture,
        Errand::Fire => Command::OrderFire,
        Errand::Policy => Command::OrderPolicy,
        Errand::LossLimit => Command::OrderLossLimit,
        Errand::Do => Command::OrderDeed,
        Errand::Land => Command::OrderLand,
        Errand::Lift => Command::OrderLift,
    }
}
