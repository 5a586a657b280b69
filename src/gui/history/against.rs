//! A war that was entered, against the record it was entered from: who still follows it, the first order that differs,
//! and both lines in figures as the seat knows its own.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
    thread,
};

use super::{
    Library,
    dates::{self, Dating},
};
use crate::{
    chart::{Held, Tag},
    content::{Catalog, Force, Key, Seat, Sector, Side, Stock},
    gui::{Game, table, wake, words::say},
    sim::view::{Contact, SeatView},
    war::{
        Given, Record, Reel, War,
        annals::{Annals, Stand},
        store, table as sheet,
    },
};

/// Who still follows the record that was entered, as far as a seat may be told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Following {
    /// Whether a record was entered.
    pub entered: bool,
    /// Forces of other seats that still follow it.
    pub still: usize,
    /// Those that have left it.
    pub left: usize,
    /// Of those that follow: forces that share what they see with the seat.
    pub friends: BTreeSet<Key<Force>>,
    /// Contacts in sight, by the seat's own names.
    pub contacts: BTreeSet<Key<Contact>>,
}

impl Following {
    /// Who follows now, as a seat sees it.
    pub fn of(war: &War, seat: &Key<Seat>) -> Self {
        let Some(lead) = &war.record().lead else {
            return Self::default();
        };
        let following = war.following();
        let view = war.view(seat).ok();
        let friends = view.iter().flat_map(|view| view.forces.keys());
        let friends = friends.filter(|key| following.contains(*key)).cloned();
        Self {
            entered: true,
            still: following.len(),
            left: lead.left.len(),
            friends: friends.collect(),
            contacts: war.following_in_sight(seat),
        }
    }

    /// What is marked on the map.
    pub fn marks(&self) -> BTreeSet<Tag> {
        let friends = self.friends.iter().cloned().map(Tag::Force);
        let contacts = self.contacts.iter().cloned().map(Tag::Contact);
        friends.chain(contacts).collect()
    }
}

/// The first turn on which the seat ordered something else than in the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Which.
    pub turn: u32,
    /// What was ordered in the record and not here, in words.
    pub recorded: Vec<String>,
    /// What was ordered here and not in the record.
    pub given: Vec<String>,
}

/// A war held against the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Turns that both have in common.
    pub shared: u32,
    /// The first order that differs; none: no turn has one yet.
    pub first: Option<Difference>,
    /// The war on the table, as the seat knows it.
    pub here: Annals,
    /// The record, to its end, as the seat knew it there.
    pub there: Annals,
    /// When what can be dated was in both.
    pub dates: Vec<Dating>,
    /// Whether the war has ended.
    pub is_over: bool,
}

impl Account {
    /// Plays both lines.
    ///
    /// # Errors
    /// If one of them cannot be played again, in a sentence.
    pub fn of(
        catalog: &Arc<Catalog>,
        record: &Record,
        seat: &Key<Seat>,
        library: Option<&Library>,
    ) -> Result<Self, String> {
        let told = |error: crate::war::WarError| error.to_string();
        let course = library.and_then(|library| library.course_of(&record.scenario));
        let measured = course.map_or_else(Vec::new, |course| dates::measured(course));
        let asked: Vec<_> = measured.iter().map(|m| (m.first, m.when)).collect();
        let play =
            |is_entered| Reel::dated(catalog, record, is_entered, Some(seat.clone()), &asked);
        let (here, own) = play(false).map_err(told)?;
        let (there, theirs) = match record.lead {
            Some(_) => play(true).map_err(told)?,
            None => (here.clone(), own.clone()),
        };
        let shared = record.parent.as_ref().map_or(0, |parent| parent.turns);
        let first = difference(record, shared, seat, &here);
        let (here, there) = (Annals::of(&here), Annals::of(&there));
        let told = library
            .zip(course)
            .and_then(|(l, course)| l.chronicle(&course.document));
        let entries = measured.iter().zip(theirs.into_iter().zip(own));
        let mut dates = dates::entries(told.map(|told| &**told), entries);
        dates.extend(dates::happened(&there, &here));
        let is_over = here.days.last().is_some_and(|day| day.view.ended.is_some());
        Ok(Self {
            shared,
            first,
            here,
            there,
            dates,
            is_over,
        })
    }

    /// Who holds what in the record, as far as the seat knows there: when it was as old as this war, or at its end.
    pub fn held_there(&self, at_end: bool) -> Option<&Held> {
        let turns = if at_end { u32::MAX } else { self.here.length() };
        self.there.after(turns).map(|day| &day.owners)
    }

    /// Sectors that other hands hold here than in the record: who holds each here, and there.
    pub fn apart(&self, at_end: bool) -> Vec<(Key<Sector>, Option<Key<Side>>, Option<Key<Side>>)> {
        let (Some(here), Some(there)) = (self.here.days.last(), self.held_there(at_end)) else {
            return Vec::new();
        };
        let all: BTreeSet<&Key<Sector>> = here.owners.keys().chain(there.keys()).collect();
        let both = all
            .into_iter()
            .map(|key| (key, here.owners.get(key), there.get(key)));
        both.filter(|(_, here, there)| here != there)
            .map(|(key, here, there)| (key.clone(), here.cloned(), there.cloned()))
            .collect()
    }
}

/// A figure of a seat's own side, by turns that are over.
pub fn own(annals: &Annals, figure: impl Fn(&Stand) -> i64) -> Vec<i64> {
    let days = annals.days.iter();
    days.map(|day| day.sides.get(&day.view.side).map_or(0, &figure))
        .collect()
}

/// Reserves that a seat's own side ever had.
pub fn reserves(annals: &Annals) -> BTreeSet<&Key<Stock>> {
    let own = annals
        .days
        .iter()
        .filter_map(|day| day.sides.get(&day.view.side));
    own.flat_map(|stand| stand.charges.keys()).collect()
}

fn difference(record: &Record, shared: u32, seat: &Key<Seat>, reel: &Reel) -> Option<Difference> {
    let lead = record.lead.as_ref()?;
    let none = Vec::new();
    let rows = record.turns.iter().skip(shared as usize);
    rows.filter_map(|row| {
        let then = lead.orders.get(&row.turn)?.get(seat).unwrap_or(&none);
        let now = row.orders.get(seat).unwrap_or(&none);
        let view = &reel.after(row.turn.checked_sub(1)?)?.view;
        let (recorded, given) = (without(view, then, now), without(view, now, then));
        let differs = !recorded.is_empty() || !given.is_empty();
        differs.then_some(Difference {
            turn: row.turn,
            recorded,
            given,
        })
    })
    .next()
}

/// Orders that the others do not have, in words.
fn without(view: &SeatView, all: &[Given], others: &[Given]) -> Vec<String> {
    let own = all.iter().filter(|one| {
        let mut others = others.iter();
        !others.any(|other| other.order == one.order)
    });
    own.map(|one| table::sentence(&table::words(view, &one.order)))
        .collect()
}

/// An account that is made on another thread.
#[derive(Clone, Debug, Default)]
pub struct Promise(Arc<OnceLock<Result<Account, String>>>);

impl Promise {
    /// The account, once it is there and if there is one.
    pub fn account(&self) -> Option<&Account> {
        self.now()?.as_ref().ok()
    }

    /// The account, or why there is none, once it is there.
    pub fn now(&self) -> Option<&Result<Account, String>> {
        self.0.get()
    }

    /// Waits for it.
    #[cfg(test)]
    pub fn wait(&self) -> &Result<Account, String> {
        self.0.wait()
    }
}

/// What is done on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// The map shows the record at its end, or as old as this war.
    AtEnd(bool),
    /// Writes both lines as a table.
    Table,
    /// Writes what the page says as a text, with where the record says it.
    Text,
}

/// What is chosen on the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Desk {
    /// Whether the map shows the record at its end.
    pub at_end: bool,
    /// What was written last: where, or why not.
    pub written: Option<Result<String, String>>,
}

impl Game {
    /// Begins to hold the war on the table against the record it was entered from, once a turn.
    pub(in crate::gui) fn hold_against(&mut self) {
        self.want_history();
        let library = self.around.history.promise();
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(war) = session.war.as_ref().filter(|_| session.against.is_none()) else {
            return;
        };
        let promise = Promise::default();
        session.against = Some(promise.clone());
        let (catalog, record) = (war.catalog().clone(), war.record().clone());
        let seat = session.seat.clone();
        thread::spawn(move || {
            // Nobody else fills it.
            let library = library.wait();
            let account = Account::of(&catalog, &record, &seat, library.as_deref());
            let _ = promise.0.set(account);
            wake::now();
        });
    }

    /// Carries out what is done on the page.
    pub(in crate::gui) fn at_entered(&mut self, act: Act) {
        let Some(session) = &self.session else { return };
        let promise = session.against.clone();
        let Some(account) = promise.as_ref().and_then(Promise::account) else {
            return;
        };
        let (bytes, end) = match act {
            Act::AtEnd(at_end) => {
                self.around.entered.at_end = at_end;
                return;
            }
            Act::Table => {
                let (here, there) = (say!("entered-here"), say!("entered-there"));
                let both = [
                    (there.as_str(), &account.there),
                    (here.as_str(), &account.here),
                ];
                (sheet::turns(&both), "csv")
            }
            Act::Text => {
                let told = dates::text(&session.scenario.title, &session.view, account);
                (told.into_bytes(), "txt")
            }
        };
        let name = match session
            .war
            .as_ref()
            .and_then(|war| war.record().name.clone())
        {
            Some(name) => name,
            None => session.scenario.title.clone(),
        };
        let written = self.folder.clone().and_then(|folder| {
            let folder = folder.join(EXPORTS);
            std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            let path = store::free_path(&folder, &name, end);
            store::write_whole(&path, &bytes).map_err(|error| error.to_string())?;
            Ok(path.display().to_string())
        });
        self.around.entered.written = Some(written);
    }
}

/// The folder for tables and texts, beside the saved wars.
const EXPORTS: &str = "exports";
