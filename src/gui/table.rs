//! What the panels of the table read: one seat's view, what is selected, what is pending. Nothing of the truth.

use std::sync::Arc;

use crate::{
    chart::Overlay,
    content::{Force, Key, Pact, Scenario, Seat, Sector, Side},
    sim::{
        journal::What,
        order::{Action, Order, check_on},
        view::{OwnForce, SeatView},
    },
    war,
};

use super::{
    Game, Page, Selection, command,
    digest::Digest,
    film,
    history::{against::Following, watch::Watch},
    names,
    reading::Reading,
    settings::Settings,
    words::say,
};

/// What lies on the table.
pub struct Table<'a> {
    /// What the seat knows.
    pub view: &'a SeatView,
    /// Shown name of the scenario.
    pub title: &'a str,
    /// Shown name of the seat.
    pub seat: &'a str,
    /// Seats that people play.
    pub people: &'a [Key<Seat>],
    /// What is looked at.
    pub selection: &'a Selection,
    /// Who is selected, and what is open to choose from.
    pub command: &'a command::State,
    /// What is set.
    pub settings: &'a Settings,
    /// What the right dock shows.
    pub page: Page,
    /// Orders given and not carried out.
    pub pending: &'a [Order],
    /// What is counted of the view as a whole.
    pub digest: Arc<Digest>,
    /// What the war is read by: fights to expect, sums that lie open.
    pub reading: &'a Reading,
    /// What is laid over the map.
    pub overlay: Overlay,
    /// Whether a turn is being resolved.
    pub busy: bool,
    /// Whether the computer may play the seat to the end.
    pub may_play_out: bool,
    /// If it is watched and not played: all its turns.
    pub watch: Option<&'a Watch>,
    /// Who still follows the record that was entered.
    pub following: &'a Following,
    /// Wars that may follow this one, with what they are called.
    pub next: Vec<(&'a Key<Scenario>, &'a str)>,
    /// What was said last: saved, refused.
    pub message: Option<&'a str>,
    /// The film of the last turn.
    pub film: film::Screen<'a>,
}

impl Game {
    /// What the panels of the table read; none in the menu.
    pub fn table(&self) -> Option<Table<'_>> {
        let session = self.session.as_ref()?;
        let seat = session
            .scenario
            .seats
            .get(&session.seat)
            .map_or(session.seat.as_str(), |s| &s.name);
        let watch = session.watch.as_deref();
        let next = war::following(self.content(), &session.scenario.id);
        let next = next.into_iter().filter_map(|link| {
            let scenario = self.content().scenarios.get(&link.to)?;
            Some((&link.to, scenario.title.as_str()))
        });
        Some(Table {
            view: &session.view,
            title: &session.scenario.title,
            seat,
            people: &session.people,
            selection: &self.selection,
            command: &self.command,
            settings: &self.settings,
            page: self.page,
            pending: &session.pending,
            digest: self.digest.of(&session.view),
            reading: &self.reading,
            overlay: self.overlay,
            busy: self.is_busy(),
            may_play_out: self.may_play_out(),
            watch,
            following: &session.following,
            next: next.collect(),
            message: self.message.as_deref(),
            film: film::Screen {
                reel: &self.film,
                settings: &self.settings,
            },
        })
    }
}

impl<'a> Table<'a> {
    /// The forces that take the next order: those selected, else the one that acts.
    pub fn chosen(&self) -> Vec<Key<Force>> {
        let mine = |key: &&Key<Force>| self.view.forces.get(*key).is_some_and(|f| f.mine);
        let some: Vec<_> = self.command.chosen.iter().filter(mine).cloned().collect();
        if some.is_empty() {
            self.selection.force.iter().filter(mine).cloned().collect()
        } else {
            some
        }
    }

    /// Why an order cannot be given, if so.
    pub fn refused(&self, order: &Order) -> Option<String> {
        if self.busy {
            return Some("the turn is being resolved".into());
        }
        if self.watch.is_some() {
            return Some(say!("watch-no-orders"));
        }
        let refusal = check_on(self.view, Some(&self.command.graph), order).err()?;
        let reason = command::hint::reason(self.view, order, &refusal);
        let hint = command::hint::hint(self.view, &refusal);
        Some(format!("{reason}\n{hint}"))
    }

    /// The force that acts.
    pub fn acting(&self) -> Option<(&'a Key<Force>, &'a OwnForce)> {
        let key = self.selection.force.as_ref()?;
        self.view.forces.get_key_value(key).filter(|(_, f)| f.mine)
    }

    /// Pending orders of a force with their places in the list.
    pub fn orders_of(&self, force: &'a Key<Force>) -> impl Iterator<Item = (usize, &'a Order)> {
        self.pending
            .iter()
            .enumerate()
            .filter(move |(_, order)| order.force == *force)
    }

    /// Where a side stands in the order of names: its hue.
    pub fn rank(&self, side: &Key<Side>) -> usize {
        self.view
            .sides
            .keys()
            .position(|s| s == side)
            .unwrap_or(self.view.sides.len())
    }
}

/// An order in words for people: names, not ids.
pub fn words(view: &SeatView, order: &Order) -> String {
    let actor = crate::war::tell::actor(view, order);
    format!("{actor}: {}", action_words(view, order))
}

fn pact_name<'a>(view: &'a SeatView, pact: &'a Key<Pact>) -> &'a str {
    let known = view.pacts.get(pact);
    known.map_or(pact.as_str(), |known| known.pact.name.as_str())
}

/// What happened in words for people: an order that was not carried out names things as they are called.
pub fn happened(view: &SeatView, what: &What) -> String {
    match what {
        What::Refused { order, refusal } => say!(
            "film-not-done",
            order = words(view, order),
            why = command::hint::reason(view, order, refusal)
        ),
        _ => sentence(&war::tell::what(view, what)),
    }
}

/// What is ordered, without the force.
pub fn action_words(view: &SeatView, order: &Order) -> String {
    use crate::{
        sim::order::{Cue, Pace, Target},
        war::tell::{force, sector},
    };
    let rules = &view.rules;
    let way = |stops: &[Key<Sector>]| {
        stops
            .iter()
            .map(|s| sector(view, s.as_str()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let fast = |pace: &Pace| {
        if *pace == Pace::Forced {
            ", forced march"
        } else {
            ""
        }
    };
    match &order.action {
        Action::Go { stops, pace } => format!("go to {}{}", way(stops), fast(pace)),
        Action::Then { stops, pace, cue } => {
            let cue = match cue {
                Cue::None => String::new(),
                Cue::Turn(turn) => format!(" on turn {turn}"),
                Cue::Enemy(place, sp) => format!(
                    " once {sp} SP of enemy are at {}",
                    sector(view, place.as_str())
                ),
                Cue::Ready(n) => format!(" once readiness is {n}"),
                Cue::Supply(days) => format!(" once supply is down to {days} days"),
            };
            format!("then to {}{}{cue}", way(stops), fast(pace))
        }
        Action::Halt => "halt".into(),
        Action::Follow { contact, distance } => {
            let whom = force(view, contact.as_str());
            match distance {
                0 => format!("follow {whom} closely"),
                1 => format!("follow {whom} at a lane"),
                n => format!("follow {whom} at {n} lanes"),
            }
        }
        Action::FallBack { along, when } if along.is_empty() => {
            format!("no more falling back ({when})")
        }
        Action::FallBack { along, when } => {
            format!("fall back by {} when {when} SP are near", way(along))
        }
        Action::Stance(stance) => {
            format!(
                "stance {}",
                rules
                    .stances
                    .get(stance)
                    .map_or(stance.as_str(), |s| &s.name)
            )
        }
        Action::Posture(None) => "no posture".into(),
        Action::Posture(Some(posture)) => {
            format!(
                "posture {}",
                rules
                    .postures
                    .get(posture)
                    .map_or(posture.as_str(), |p| &p.name)
            )
        }
        Action::Fire {
            weapon,
            at,
            salvos,
            overcharge,
        } => {
            let name = rules
                .weapons
                .get(weapon)
                .map_or(weapon.as_str(), |w| &w.name);
            let goal = match at {
                Target::Contact(contact) => force(view, contact.as_str()),
                Target::Sector(place) => format!("whoever is in {}", sector(view, place.as_str())),
                Target::Site(site) => names::site(view, site),
            };
            format!(
                "fire {salvos} {name} at {goal}{}",
                if *overcharge { ", overcharged" } else { "" }
            )
        }
        Action::Policy(policy) => format!("fire policy {}", policy_name(*policy)),
        Action::LossLimit(permille) => format!("break off at {}% lost", permille / 10),
        Action::Leash => "leashed this turn".into(),
        Action::Split { ships } => {
            let parts: Vec<String> = ships
                .iter()
                .map(|(c, n)| {
                    format!(
                        "{n} {}",
                        rules.classes.get(c).map_or(c.as_str(), |c| &c.name)
                    )
                })
                .collect();
            format!("detach {}", parts.join(", "))
        }
        Action::Merge { into } => format!("join {}", force(view, into.as_str())),
        Action::Deploy { sector: at } => say!("order-deploy", sector = sector(view, at.as_str())),
        Action::Do { deed, at: None } => say!("order-do", deed = names::deed(view, deed)),
        Action::Do { deed, at: Some(at) } => say!(
            "order-do-at",
            deed = names::deed(view, deed),
            at = names::mark(view, deed, at)
        ),
        Action::Land {
            stock,
            amount,
            site,
        } => say!(
            "order-land",
            n = *amount,
            stock = names::stock(view, stock),
            site = names::site(view, site)
        ),
        Action::Lift {
            stock,
            amount,
            site,
        } => say!(
            "order-lift",
            n = *amount,
            stock = names::stock(view, stock),
            site = names::site(view, site)
        ),
        Action::Agree(pact) => say!("order-agree", name = pact_name(view, pact)),
        Action::Refuse(pact) => say!("order-refuse", name = pact_name(view, pact)),
    }
}

/// What a fire policy is called.
pub fn policy_name(policy: crate::sim::order::Policy) -> &'static str {
    use crate::sim::order::Policy;
    match policy {
        Policy::Free => "free",
        Policy::Conserve => "conserve",
        Policy::Hold => "hold",
        Policy::Counterbattery => "counterbattery",
    }
}

/// A text with its first letter large.
pub fn sentence(text: &str) -> String {
    // The name of a contact, `k8`, is no word.
    if text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
