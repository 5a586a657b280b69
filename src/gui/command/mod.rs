//! Command: who is selected, which list is open to choose from, what wants attention before the turn ends, and how
//! orders reach every force that is selected. [`State`] is all of it that changes.

pub mod area;
pub mod best;
pub mod checklist;
pub mod drag;
pub mod find;
mod fit;
pub mod hint;
pub mod list;
pub mod posts;
pub mod press;
pub mod renew;
pub mod rows;
mod select;
pub mod tree;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

pub use self::{checklist::Checklist, select::place_of};

use self::{
    fit::fitted,
    hint::{hint, reason},
    list::{Kind, List, Verb, What},
    rows::Ground,
    tree::{Filter, Grouping, Line, Sieve},
};
use super::{Dock, Game, Page, session::Session, table::words, words::say};
use crate::{
    chart::{Tag, Target},
    content::{Force, Key, Sector},
    sim::{
        map::Graph,
        order::{Action, Order, Pace, check_on, without_leg},
        view::SeatView,
    },
    war::{Step, tell},
};

/// Rings shown on the map at most while a target is chosen.
const RINGS: usize = 300;

/// What one does to command.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// Opens the list of an order, or orders what has no choices; shuts it if it is open.
    Open(Verb),
    /// Shuts the list.
    Shut,
    /// Goes on by so many rows.
    Walk(i32),
    /// Types letters to find a row.
    Type(String),
    /// Takes the last letter back.
    Erase,
    /// Goes to another figure of the list.
    NextKnob(i32),
    /// Changes that figure.
    Turn(i32),
    /// Changes the figure of this number.
    TurnKnob(usize, i32),
    /// Chooses the row one is on.
    Take,
    /// Chooses the row of this number.
    TakeRow(usize),
    /// Puts the row one is on into the selection, or out of it.
    Mark,
    /// Chooses what lies there on the map.
    At(Vec<Tag>),
    /// Puts a force into the selection, or out of it.
    Toggle(Key<Force>),
    /// Selects these and no others.
    These(Vec<Key<Force>>),
    /// Selects every force that the order of battle shows.
    All,
    /// Selects and brings to the middle of the map.
    Visit(Tag),
    /// Selects the force without orders before this one.
    PreviousIdle,
    /// Orders every force without orders to halt.
    HaltIdle,
    /// Shows only some forces.
    Filter(Filter),
    /// Groups them otherwise.
    Group(Grouping),
    /// Shows only those whose name or place holds this.
    Search(String),
    /// Folds a group, or unfolds it.
    Fold(String),
    /// Takes one leg out of a force's queue.
    WithoutLeg(Key<Force>, usize),
    /// Goes on in what wants attention, and to it.
    WalkChecklist(i32),
    /// Puts what wants attention away.
    ShutChecklist,
    /// Sets whether it is shown before a turn ends.
    AskBeforeEnding(bool),
}

/// Everything of command that changes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct State {
    /// Own forces that are selected and take the next order.
    pub chosen: BTreeSet<Key<Force>>,
    /// The list to choose from.
    pub list: Option<List>,
    /// What wants attention, once the end of the turn was asked for.
    pub checklist: Option<Checklist>,
    /// Forces that were told to halt, and what has happened to them since.
    pub told: posts::Told,
    /// How the order of battle is shown.
    pub sieve: Sieve,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What a step of planning back would do, in words; none if there is none.
    pub undo: Option<String>,
    /// And forth.
    pub redo: Option<String>,
    /// The chart as a graph.
    pub graph: Arc<Graph>,
}

impl State {
    /// Whether a click on the map names a target.
    pub fn wants_target(&self) -> bool {
        self.list.as_ref().is_some_and(List::is_on_the_map)
    }

    /// Forces that are selected, if there are several, as the map rings them.
    pub fn also(&self) -> Vec<Tag> {
        if self.chosen.len() < 2 {
            return Vec::new();
        }
        self.chosen.iter().cloned().map(Tag::Force).collect()
    }

    /// What may be chosen, as the map shows it.
    pub fn targets(&self) -> Vec<Target> {
        let Some(list) = self.list.as_ref().filter(|l| l.is_on_the_map()) else {
            return Vec::new();
        };
        let waits = say!("arrives-after");
        let target = |(n, index): (usize, &usize)| {
            let row = &list.rows[*index];
            // What waits for a cue is done nobody knows when; that need not be said at each place.
            let words = Some(&row.right).filter(|words| **words != waits);
            Some(Target {
                tag: row.tag.clone()?,
                words: words.cloned().unwrap_or_default(),
                current: n == list.at,
                refused: row.refused.is_some(),
            })
        };
        let all = list.shown.iter().enumerate().filter_map(target);
        all.filter(|t| !t.refused || t.current)
            .take(RINGS)
            .collect()
    }
}

/// What a step of planning does, in words.
fn step_words(view: &SeatView, step: &Step) -> String {
    let told = |orders: &[Order]| {
        let first = orders.first().map_or(String::new(), |o| words(view, o));
        match orders.len() {
            0 | 1 => first,
            n => say!("step-and-more", first = first, n = n - 1),
        }
    };
    match (step.takes.is_empty(), step.gives.is_empty()) {
        (false, true) => say!("step-takes", orders = told(&step.takes)),
        (true, false) => say!("step-gives", orders = told(&step.gives)),
        (false, false) => say!(
            "step-changes",
            taken = told(&step.takes),
            given = told(&step.gives)
        ),
        (true, true) => say!("step-nothing"),
    }
}

impl Game {
    /// Carries out one act of command.
    pub(super) fn command(&mut self, act: Act) {
        match act {
            Act::Open(verb) => self.open_list(verb),
            Act::Shut => {
                if !self.back_to_deeds() {
                    self.command.list = None;
                }
            }
            Act::Walk(by) => self.on_list(|list| list.walk(by)),
            Act::Type(letters) => self.on_list(|list| list.type_more(&letters)),
            Act::Erase => {
                let typed = self
                    .command
                    .list
                    .as_ref()
                    .map(|list| !list.typed.is_empty());
                if typed == Some(true) || !self.back_to_deeds() {
                    self.on_list(List::erase);
                }
            }
            Act::NextKnob(by) => self.on_list(|list| list.next_knob(by)),
            Act::Turn(by) => {
                let knob = self.command.list.as_ref().map_or(0, |list| list.knob);
                self.command(Act::TurnKnob(knob, by));
            }
            Act::TurnKnob(knob, by) => {
                self.on_list(|list| {
                    list.knob = knob.min(list.knobs.len().saturating_sub(1));
                    list.turn(by);
                });
                self.set_cue();
                self.knob_turned();
            }
            Act::Take => self.take(None),
            Act::TakeRow(number) => self.take(Some(number)),
            Act::Mark => {
                let row = self.command.list.as_ref().and_then(List::current);
                if let Some(Tag::Force(key)) = row.and_then(|row| row.tag.clone()) {
                    self.toggle(key);
                }
            }
            Act::At(tags) => self.take_at(&tags),
            Act::Toggle(key) => self.toggle(key),
            Act::These(forces) => self.choose_forces(forces),
            Act::All => {
                let shown = self.command.lines.iter().filter_map(|line| match line {
                    Line::Force { key, .. } => Some(key.clone()),
                    _ => None,
                });
                let shown = shown.collect();
                self.choose_forces(shown);
            }
            Act::Visit(tag) => self.visit(tag),
            Act::PreviousIdle => self.walk_idle(false),
            Act::HaltIdle => self.halt_idle(),
            Act::Filter(filter) => self.sift(|sieve| sieve.filter = filter),
            Act::Group(grouping) => self.sift(|sieve| sieve.grouping = grouping),
            Act::Search(text) => self.sift(|sieve| sieve.text = text),
            Act::Fold(group) => self.sift(|sieve| {
                if !sieve.folded.remove(&group) {
                    sieve.folded.insert(group);
                }
            }),
            Act::WithoutLeg(force, index) => self.take_leg_out(&force, index),
            Act::WalkChecklist(by) => self.walk_checklist(by),
            Act::ShutChecklist => self.command.checklist = None,
            Act::AskBeforeEnding(ask) => {
                self.settings.ask_before_ending = ask;
                if !ask {
                    self.command.checklist = None;
                }
            }
        }
    }

    fn on_list(&mut self, change: impl FnOnce(&mut List)) {
        if let Some(list) = &mut self.command.list {
            change(list);
        }
    }

    /// From the targets of a deed back to the deeds; false if no targets are shown.
    fn back_to_deeds(&mut self) -> bool {
        let list = self.command.list.as_ref();
        let deed = list.and_then(|list| list.deed.clone());
        let was = deed.is_some();
        if was {
            self.on_list(|list| list.turn_to(None));
            self.refresh_command();
            let same = |row: &list::Row| matches!(&row.what, What::Choose(of) if Some(of) == deed.as_ref());
            self.on_list(|list| {
                let at = list.shown.iter().position(|n| same(&list.rows[*n]));
                list.at = at.unwrap_or(0);
            });
        }
        was
    }

    fn sift(&mut self, change: impl FnOnce(&mut Sieve)) {
        change(&mut self.command.sieve);
        self.refresh_command();
    }

    /// What a march waits for was turned: its figure begins where it makes sense.
    fn set_cue(&mut self) {
        let turn = self.session.as_ref().map_or(1, |session| session.view.turn);
        self.on_list(|list| {
            let is_cue = |knob: &list::Knob| knob.kind == Kind::Cue;
            if list.knobs.get(list.knob).is_some_and(is_cue) {
                rows::begin_cue(list, turn);
            }
        });
    }

    /// A figure has another value: the rows are made anew.
    fn knob_turned(&mut self) {
        let state = &mut self.command;
        let Some(list) = &state.list else { return };
        if list.verb == Verb::Forces {
            let at = |kind| usize::try_from(list.value(&kind)).unwrap_or(0);
            let (filter, grouping) = (at(Kind::Filter), at(Kind::Grouping));
            state.sieve.filter = Filter::ALL.get(filter).copied().unwrap_or_default();
            state.sieve.grouping = Grouping::ALL.get(grouping).copied().unwrap_or_default();
        }
        self.refresh_command();
    }

    fn open_list(&mut self, verb: Verb) {
        let open = self.command.list.take().map(|list| list.verb);
        if open == Some(verb) || self.is_busy() || self.asking.is_some() {
            return;
        }
        let is_order = !matches!(verb, Verb::Forces | Verb::Find);
        if is_order && self.chosen().is_empty() {
            self.message = Some(say!("command-nobody"));
            return;
        }
        if verb.is_plain() {
            return match verb {
                Verb::FireBest => self.fire_best(),
                Verb::Leash => self.give_chosen(Action::Leash),
                _ => self.give_chosen(Action::Halt),
            };
        }
        self.command.checklist = None;
        self.page = Page::Selection;
        self.unfold(Dock::Right);
        let Some(session) = &self.session else { return };
        let ground = ground(session, &self.command, self.selection.force.as_ref());
        let mut list = rows::open(&ground, verb);
        rows::fill(&ground, &mut list);
        list.at = list
            .shown
            .iter()
            .position(|n| list.rows[*n].is_so)
            .unwrap_or(0);
        self.command.list = Some(list);
    }

    fn take(&mut self, number: Option<usize>) {
        let Some(list) = &self.command.list else {
            return;
        };
        let Some(row) = list.row(number.unwrap_or(list.at)).cloned() else {
            return;
        };
        if let Some(number) = number {
            self.on_list(|list| list.at = number);
        }
        if let Some((reason, hint)) = &row.refused
            && self.chosen().len() < 2
        {
            self.message = Some(say!(
                "command-refused",
                what = row.title.as_str(),
                reason = reason.as_str(),
                hint = hint.as_str()
            ));
            return;
        }
        match row.what {
            What::Give(action) => {
                self.command.list = None;
                self.give_chosen(action);
            }
            What::Choose(deed) => {
                self.on_list(|list| list.turn_to(Some(deed)));
                self.refresh_command();
                self.on_list(|list| list.at = 0);
            }
            What::Along(sector) => {
                self.on_list(|list| {
                    list.along.push(sector);
                    list.typed.clear();
                });
                self.refresh_command();
                self.on_list(|list| list.at = 0);
            }
            What::Visit(tag) => {
                self.command.list = None;
                if !matches!(&tag, Tag::Force(key) if self.command.chosen.len() > 1 && self.command.chosen.contains(key))
                {
                    self.visit(tag);
                }
            }
        }
    }

    /// Chooses the row that stands for what lies at a point of the map, or for its sector.
    fn take_at(&mut self, tags: &[Tag]) {
        let (Some(list), Some(session)) = (&self.command.list, &self.session) else {
            return;
        };
        let view = &session.view;
        let find = |tag: &Tag| {
            let is = |n: &usize| list.rows[*n].tag.as_ref() == Some(tag);
            list.shown.iter().position(is)
        };
        let place = |tag: &Tag| place_of(view, tag).map(Tag::Sector);
        let number = tags
            .iter()
            .find_map(find)
            .or_else(|| tags.iter().filter_map(place).find_map(|tag| find(&tag)));
        match number {
            Some(number) => self.take(Some(number)),
            None => self.message = Some(say!("command-no-target")),
        }
    }

    /// Gives every selected force an order, as one step of planning. Who may not is told with the reason, and what
    /// would make it possible.
    pub(super) fn give_chosen(&mut self, action: Action) {
        let chosen = self.chosen();
        let many = chosen.len() > 1;
        let Some(session) = &self.session else { return };
        let view = session.view.clone();
        let graph = self.command.graph.clone();
        let (mut orders, mut refused) = (Vec::new(), Vec::new());
        for force in chosen {
            let action = if many {
                fitted(&view, &force, &action)
            } else {
                action.clone()
            };
            // Nobody joins himself.
            if matches!(&action, Action::Merge { into } if *into == force) {
                continue;
            }
            let order = Order { force, action };
            match check_on(&view, Some(&graph), &order) {
                Ok(()) => orders.push(order),
                Err(refusal) => refused.push(say!(
                    "command-refused",
                    what = words(&view, &order),
                    reason = reason(&view, &order, &refusal),
                    hint = hint(&view, &refusal)
                )),
            }
        }
        self.give_or_tell(orders, refused, many);
    }

    /// Gives orders that are allowed, and tells what was refused.
    fn give_or_tell(&mut self, orders: Vec<Order>, mut refused: Vec<String>, many: bool) {
        let given = orders.len();
        if !orders.is_empty() {
            let Some(session) = &self.session else { return };
            let view = session.view.clone();
            self.change(|war, seat| _ = renew::give(war, seat, &view, orders));
        }
        if !refused.is_empty() {
            if many {
                refused.insert(
                    0,
                    say!("command-some", given = given, refused = refused.len()),
                );
            }
            self.message = Some(refused.join("\n"));
        }
    }

    /// A sector is named by the right button: a target if one is wanted, else where to march.
    pub(super) fn picked(&mut self, sector: Key<Sector>) {
        if self.command.wants_target() {
            self.take_at(&[Tag::Sector(sector)]);
        } else {
            self.give_chosen(Action::Go {
                stops: vec![sector],
                pace: Pace::Cruise,
            });
        }
    }

    fn take_leg_out(&mut self, force: &Key<Force>, index: usize) {
        let Some(session) = &self.session else { return };
        let view = session.view.clone();
        let Some(orders) = without_leg(&view, force, &session.pending, index) else {
            return;
        };
        let mut refused = None;
        self.change(|war, seat| refused = war.replace(seat, orders.clone()).err());
        if let Some((index, refusal)) = refused.and_then(|all| all.into_iter().next()) {
            let order = orders.get(index);
            self.message = Some(say!(
                "command-refused",
                what = say!("queue-leg-out"),
                reason = order.map_or_else(String::new, |order| reason(&view, order, &refusal)),
                hint = hint(&view, &refusal)
            ));
        }
    }

    /// One step back out of what is open; false if nothing is.
    pub(super) fn back_in_command(&mut self) -> bool {
        if self.back_to_deeds() {
            return true;
        }
        if self.command.list.take().is_some() || self.command.checklist.take().is_some() {
            return true;
        }
        if self.command.chosen.len() > 1 {
            self.select(self.selection.what.clone());
            return true;
        }
        false
    }

    /// A turn was resolved, or another seat sits down: what was open is shut.
    pub(super) fn command_anew(&mut self) {
        self.command.list = None;
        self.command.checklist = None;
        if let Some(session) = &self.session {
            let forces = &session.view.forces;
            self.command.chosen.retain(|key| forces.contains_key(key));
            self.command.graph = Arc::new(Graph::new(&session.view.map));
        }
        self.note_posts();
        self.refresh_command();
    }

    /// Makes anew what is made from view, orders and selection.
    pub(super) fn refresh_command(&mut self) {
        let Some(session) = &self.session else { return };
        let state = &mut self.command;
        let view = &session.view;
        if let Some(mut list) = state.list.take() {
            rows::fill(
                &ground(session, state, self.selection.force.as_ref()),
                &mut list,
            );
            state.list = Some(list);
        }
        let State { told, sieve, .. } = &*state;
        state.lines = tree::lines(view, &session.scenario, &session.pending, told, sieve);
        let steps = session.war.as_ref();
        state.undo = steps
            .and_then(|war| war.undoes(&session.seat))
            .map(|step| step_words(view, &step));
        state.redo = steps
            .and_then(|war| war.redoes(&session.seat))
            .map(|step| step_words(view, &step));
        if let Some(checklist) = &mut state.checklist {
            checklist.items = checklist::items(view, &session.pending, &state.told);
            checklist.at = checklist.at.filter(|at| *at < checklist.items.len());
            // Once nothing wants attention any more the list has nothing to say.
            if checklist.items.is_empty() {
                state.checklist = None;
            }
        }
    }
}

fn ground<'a>(session: &'a Session, state: &'a State, acting: Option<&Key<Force>>) -> Ground<'a> {
    let acting = acting
        .and_then(|key| session.view.forces.get_key_value(key))
        .filter(|(_, force)| force.mine);
    Ground {
        view: &session.view,
        pending: &session.pending,
        acting,
        told: &state.told,
        sieve: &state.sieve,
        graph: &state.graph,
    }
}

/// The names of forces in a line, cut off after some.
pub fn names(view: &SeatView, forces: &[Key<Force>]) -> String {
    const SHOWN: usize = 3;
    let some: Vec<String> = forces
        .iter()
        .take(SHOWN)
        .map(|key| tell::force(view, key.as_str()))
        .collect();
    match forces.len().saturating_sub(SHOWN) {
        0 => some.join(", "),
        more => say!("step-and-more", first = some.join(", "), n = more),
    }
}
