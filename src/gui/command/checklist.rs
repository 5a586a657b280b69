//! What wants attention before the turn ends.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    hint::{hint, reason},
    posts::{Call, Told, quiet},
    tree,
};
use crate::{
    chart::Tag,
    content::{Deed, Force, Key, Sector, Trigger},
    gui::{Dock, Game, names, panels::guns::chance, table::action_words, words::say},
    sim::{
        fire,
        forecast::{forecast, ordered},
        map::distance,
        order::{Action, Cue, Mark, Order, Policy, doubts, held_by, queue},
        view::{Contact, OwnForce, SeatView},
    },
    war::tell,
};

/// Fights fought for a march.
const SAMPLES: u32 = 60;
/// Places at most whose fights are looked at.
const PLACES: usize = 8;
/// Chance of having the place afterwards below which a march is called bad, permille.
const POOR: i32 = 400;
/// Turns ahead in which an empty hold wants attention.
const SOON: u32 = 2;

/// What wants attention, while it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checklist {
    /// Its lines.
    pub items: Vec<Item>,
    /// The line one has gone to.
    pub at: Option<usize>,
}

/// What there is about a force; what presses more comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Matter {
    /// An order will probably be refused.
    Doubt,
    /// It marches into a fight that it will probably lose.
    March,
    /// It is told to march, and holds itself so that it does not.
    Held,
    /// It marches, which breaks off what it does.
    BreaksOff,
    /// Its way of retreat leads to the enemy, or ends where it stands.
    Retreat,
    /// Hostile guns have it fixed, and it stands.
    UnderFire,
    /// The scenario calls it away.
    Leaves,
    /// It will starve.
    Starves,
    /// It could fire and will not.
    Loaded,
    /// It has nothing to do.
    Idle,
}

/// One line: something about a force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What.
    pub matter: Matter,
    /// About whom.
    pub force: Key<Force>,
    /// In words.
    pub words: String,
}

/// Everything that wants attention, the most pressing first. Who was told to halt stands because he was told to.
pub fn items(view: &SeatView, pending: &[Order], told: &Told) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |matter, force: &Key<Force>, words: String| {
        items.push(Item {
            matter,
            force: force.clone(),
            words,
        });
    };
    for (index, refusal) in doubts(view, pending) {
        let order = &pending[index];
        let words = say!(
            "check-doubt",
            order = action_words(view, order),
            why = reason(view, order, &refusal),
            hint = hint(view, &refusal)
        );
        add(Matter::Doubt, &order.force, words);
    }
    for (force, sector, holds, loss) in marches(view, pending) {
        let words = say!(
            "check-march",
            place = tell::sector(view, sector.as_str()),
            share = tell::share(i64::from(holds)),
            loss = tell::strength(loss)
        );
        add(Matter::March, &force, words);
    }
    let hostile: Vec<Hostile> = view
        .contacts
        .iter()
        .filter(|(_, c)| view.hostile.contains(&c.side))
        .filter_map(|(key, c)| Some((key, c, place(view, c.place.sector())?)))
        .collect();
    let mut threats: BTreeMap<&Key<Sector>, i64> = BTreeMap::new();
    for (_, contact, _) in &hostile {
        *threats.entry(contact.place.sector()).or_default() += contact.strength.1;
    }
    let idle = tree::idle(view, pending, told);
    let quiet = quiet(told);
    let mut by_force: BTreeMap<&Key<Force>, Vec<Order>> = BTreeMap::new();
    for order in pending {
        by_force
            .entry(&order.force)
            .or_default()
            .push(order.clone());
    }
    for (key, force) in view.forces.iter().filter(|(_, f)| f.mine) {
        let orders = by_force.get(key).map_or(&[][..], Vec::as_slice);
        let moves = tree::is_bound(view, key, force, orders);
        if force.fixed && !moves && force.speed > 0 && !quiet.contains(key) {
            add(Matter::UnderFire, key, say!("check-under-fire"));
        }
        if moves && let Some(posture) = held_by(view, key, orders) {
            let known = view.rules.postures.get(&posture);
            let name = known.map_or(posture.as_str(), |p| p.name.as_str());
            let words = say!("check-held", posture = name.to_lowercase());
            add(Matter::Held, key, words);
        }
        if let Some(deed) = broken_off(view, key, force, orders) {
            let words = say!("check-breaks-off", deed = deed);
            add(Matter::BreaksOff, key, words);
        }
        if let Some(words) = retreat(view, force, orders, &threats, quiet.contains(key)) {
            add(Matter::Retreat, key, words);
        }
        if let Some(turn) = view.leaving.get(key).filter(|turn| **turn <= view.turn + 1) {
            let words = match *turn <= view.turn {
                true => say!("check-leaves-now"),
                false => say!("check-leaves-next"),
            };
            add(Matter::Leaves, key, words);
        }
        if let Some(words) = hunger(view, force) {
            add(Matter::Starves, key, words);
        }
        if let Some(words) = loaded(view, force, orders, &hostile) {
            add(Matter::Loaded, key, words);
        }
        if idle.contains(key) {
            let call = told.get(key).copied().flatten();
            let words = call.map_or_else(|| say!("check-idle"), Call::words);
            add(Matter::Idle, key, words);
        }
    }
    items.sort_by(|a, b| (a.matter, &a.force).cmp(&(b.matter, &b.force)));
    items
}

/// What is wrong with a force's standing way of retreat: it begins among hostile forces, or is used up. That it ends
/// where the force stands is no news to one that was told to stay there.
fn retreat(
    view: &SeatView,
    force: &OwnForce,
    orders: &[Order],
    threats: &BTreeMap<&Key<Sector>, i64>,
    stays: bool,
) -> Option<String> {
    let anew = |order: &Order| matches!(order.action, Action::FallBack { .. });
    if orders.iter().any(anew) {
        return None;
    }
    let (along, _) = force.fall_back.as_ref()?;
    let here = force.place.sector();
    let next = match along.iter().position(|place| place == here) {
        Some(at) => along.get(at + 1),
        None => along.first(),
    };
    let Some(next) = next else {
        return (!stays).then(|| say!("check-retreat-ends"));
    };
    let strength = threats.get(next).copied().unwrap_or(0);
    (strength > 0).then(|| {
        say!(
            "check-retreat",
            place = tell::sector(view, next.as_str()),
            strength = tell::strength(strength)
        )
    })
}

/// The deed that a force does, or is told to do, and breaks off by marching, in words.
fn broken_off(
    view: &SeatView,
    key: &Key<Force>,
    force: &OwnForce,
    orders: &[Order],
) -> Option<String> {
    let told = orders.iter().rev().find_map(|o| match &o.action {
        Action::Do { deed, at } => Some((deed, at.as_ref())),
        _ => None,
    });
    let under_way = force.deed.as_ref().map(|d| (&d.deed, d.at.as_ref()));
    let (deed, at) = told.or(under_way)?;
    let takes = view.rules.deeds.get(deed)?.takes;
    let marches = queue(view, key, orders)
        .first()
        .map(|leg| leg.cue == Cue::None);
    let follows = tree::is_bound(view, key, force, orders) && marches.is_none();
    (takes > 0 && (marches == Some(true) || follows)).then(|| doing(view, deed, at))
}

/// A deed in words, with what it is done at.
pub fn doing(view: &SeatView, deed: &Key<Deed>, at: Option<&Key<Mark>>) -> String {
    let name = names::deed(view, deed);
    match at {
        Some(at) => say!("order-do-at", deed = name, at = names::mark(view, deed, at)),
        None => name,
    }
}

fn hunger(view: &SeatView, force: &OwnForce) -> Option<String> {
    if let Some(cut) = &force.line.cut {
        let place = tell::sector(view, cut.as_str());
        return Some(match force.line.empty_on {
            Some(turn) => say!("check-cut-until", place = place, turn = turn),
            None => say!("check-cut", place = place),
        });
    }
    let turn = force
        .line
        .empty_on
        .filter(|turn| *turn <= view.turn + SOON)?;
    Some(say!("check-starves", turn = turn))
}

/// Marches of this turn into places where hostile forces are known and the fight looks bad: who, where, chance of
/// having the place afterwards, permille, and the middle of the losses, hit points.
fn marches(view: &SeatView, pending: &[Order]) -> Vec<(Key<Force>, Key<Sector>, i32, i64)> {
    let hostile: BTreeSet<&Key<Sector>> = view
        .contacts
        .values()
        .filter(|c| view.hostile.contains(&c.side))
        .map(|c| c.place.sector())
        .collect();
    if hostile.is_empty() {
        return Vec::new();
    }
    let planned = ordered(view, pending);
    let mut by_place: BTreeMap<&Key<Sector>, Vec<&Key<Force>>> = BTreeMap::new();
    for (key, force) in planned.forces.iter().filter(|(_, f)| f.mine) {
        if let Some(leg) = force.queue.first()
            && leg.cue == Cue::None
            && hostile.contains(&leg.to)
            && leg.to != *force.place.sector()
        {
            by_place.entry(&leg.to).or_default().push(key);
        }
    }
    let mut found = Vec::new();
    for (place, forces) in by_place.into_iter().take(PLACES) {
        let Some(seen) = forecast(&planned, place, SAMPLES, 0).filter(|f| f.holds < POOR) else {
            continue;
        };
        let all = forces.into_iter();
        found.extend(all.map(|f| (f.clone(), place.clone(), seen.holds, seen.own.quantiles[2])));
    }
    found
}

/// A hostile contact, and where it is, chart units.
type Hostile<'a> = (&'a Key<Contact>, &'a Contact, (i32, i32));

/// A loaded gun with somebody worth a shot in reach that nothing will fire, if the force has one.
fn loaded(
    view: &SeatView,
    force: &OwnForce,
    orders: &[Order],
    hostile: &[Hostile],
) -> Option<String> {
    let mut ordered = orders.iter().filter_map(|o| match o.action {
        Action::Policy(policy) => Some(policy),
        _ => None,
    });
    let policy = ordered.next_back().unwrap_or(force.policy);
    if matches!(policy, Policy::Free | Policy::Conserve) {
        return None;
    }
    let here = place(view, force.place.sector())?;
    for (weapon, definition) in &view.rules.weapons {
        let tubes = fire::tubes(&view.rules, &force.ships, weapon, false, view.turn);
        let stock = definition.stock.as_ref();
        let aboard = stock.map_or(tubes, |s| force.stocks.get(s).copied().unwrap_or(0));
        let fires = |o: &Order| matches!(&o.action, Action::Fire { weapon: w, .. } if w == weapon);
        if definition.trigger != Trigger::Salvo
            || tubes.min(aboard) <= 0
            || orders.iter().any(fires)
        {
            continue;
        }
        for (contact, seen, there) in hostile {
            let distance = distance(here, *there);
            if distance > definition.range {
                continue;
            }
            let permille = chance(view, force, weapon, seen, distance, false).0;
            if permille >= i64::from(view.rules.constants.break_even) {
                return Some(say!(
                    "check-loaded",
                    weapon = definition.name.as_str(),
                    target = tell::force(view, contact.as_str()),
                    chance = tell::share(permille)
                ));
            }
        }
    }
    None
}

/// Where a sector lies, chart units.
fn place(view: &SeatView, sector: &Key<Sector>) -> Option<(i32, i32)> {
    view.map.sectors.get(sector).map(|s| s.at)
}

impl Game {
    /// Whether something wants attention before the turn ends that has not been shown yet; shows it.
    pub(in crate::gui) fn wants_attention(&mut self) -> bool {
        if self.command.checklist.take().is_some() || !self.settings.ask_before_ending {
            return false;
        }
        let Some(session) = &self.session else {
            return false;
        };
        let items = items(&session.view, &session.pending, &self.command.told);
        if items.is_empty() {
            return false;
        }
        self.command.list = None;
        self.unfold(Dock::Bottom);
        self.command.checklist = Some(Checklist { items, at: None });
        true
    }

    pub(super) fn walk_checklist(&mut self, by: i32) {
        let Some(checklist) = &mut self.command.checklist else {
            return;
        };
        let n = i32::try_from(checklist.items.len())
            .unwrap_or(i32::MAX)
            .max(1);
        let at = match checklist.at {
            Some(at) => (i32::try_from(at).unwrap_or(0) + by).rem_euclid(n),
            None if by < 0 => n - 1,
            None => 0,
        };
        let at = usize::try_from(at).unwrap_or(0);
        checklist.at = Some(at);
        if let Some(item) = checklist.items.get(at) {
            let tag = Tag::Force(item.force.clone());
            self.select(Some(tag.clone()));
            self.bring_into_the_picture(&tag);
        }
    }
}
