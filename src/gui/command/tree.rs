//! The order of battle as lines: groups that fold, fleets in them with their detachments below, those that began the turn
//! without orders first; then who is expected, and what is known of others.

use std::collections::{BTreeMap, BTreeSet};

use super::posts::{Told, quiet};
use crate::{
    content::{Faction, Force, Key, Scenario},
    gui::words::{self, say},
    sim::{
        order::{Order, queue},
        view::{Contact, OwnForce, SeatView},
    },
    war::tell,
};

/// Supply below which a force is short, tenths of a day.
pub const SHORT: i32 = 10;

/// Which forces are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those with neither orders nor a standing task.
    Idle,
    /// Those with somebody hostile in their sector, or one lane away.
    Contact,
    /// Those that are cut off or have less than a day of supply.
    Supply,
}

impl Filter {
    /// All filters.
    pub const ALL: [Self; 4] = [Self::All, Self::Idle, Self::Contact, Self::Supply];

    /// Its name in texts (`filter-NAME`).
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Idle => "idle",
            Self::Contact => "contact",
            Self::Supply => "supply",
        }
    }
}

/// By what forces are grouped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Grouping {
    /// By whose they are.
    #[default]
    Faction,
    /// By who commands them.
    Commander,
    /// By where they are.
    Region,
    /// By whether they have orders.
    Task,
}

impl Grouping {
    /// All groupings.
    pub const ALL: [Self; 4] = [Self::Faction, Self::Commander, Self::Region, Self::Task];

    /// Its name in texts (`grouping-NAME`).
    pub fn name(self) -> &'static str {
        match self {
            Self::Faction => "faction",
            Self::Commander => "commander",
            Self::Region => "region",
            Self::Task => "task",
        }
    }
}

/// How the order of battle is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sieve {
    /// Which forces.
    pub filter: Filter,
    /// By what they are grouped.
    pub grouping: Grouping,
    /// Only whose name or place holds this.
    pub text: String,
    /// Groups that are folded, by their ids.
    pub folded: BTreeSet<String>,
}

/// One line of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A group, over its forces.
    Group {
        /// By which it is folded.
        id: String,
        /// What it is called.
        title: String,
        /// How many it holds.
        count: usize,
        /// Whether its lines are shown.
        open: bool,
    },
    /// An own force, or one of a seat that shares what it sees.
    Force {
        /// Which.
        key: Key<Force>,
        /// How many of its parents stand above it.
        depth: usize,
        /// Whether it has nothing to do.
        idle: bool,
    },
    /// Somebody who is still to come.
    Expected {
        /// Who, when and where.
        words: String,
    },
    /// A foreign force.
    Contact {
        /// Which.
        key: Key<Contact>,
    },
}

/// Own forces that have nothing to do, not even a deed that takes longer, of all those that can move: not those that were told to halt, as long as nothing
/// happens to them.
pub fn idle(view: &SeatView, pending: &[Order], told: &Told) -> BTreeSet<Key<Force>> {
    let ordered: BTreeSet<&Key<Force>> = pending.iter().map(|o| &o.force).collect();
    let quiet = quiet(told);
    let idle = view.forces.iter().filter(|(key, force)| {
        force.mine
            && force.speed > 0
            && force.queue.is_empty()
            && force.follow.is_none()
            && force.deed.is_none()
            && !ordered.contains(key)
            && !quiet.contains(key)
    });
    idle.map(|(key, _)| key.clone()).collect()
}

/// Sectors with somebody hostile in them or one lane away, as far as known, each with how strong they are together, hit
/// points.
pub fn near(view: &SeatView) -> BTreeMap<&str, i64> {
    let mut there: BTreeMap<&str, i64> = BTreeMap::new();
    let hostile = view.contacts.values();
    for contact in hostile.filter(|c| view.hostile.contains(&c.side)) {
        *there.entry(contact.place.sector().as_str()).or_default() += contact.strength.1;
    }
    let mut near = there.clone();
    let mut joined: BTreeSet<(&str, &str)> = BTreeSet::new();
    for lane in view.map.lanes.values() {
        let (a, b) = (lane.ends.0.as_str(), lane.ends.1.as_str());
        for (a, b) in [(a, b), (b, a)] {
            if let Some(strength) = there.get(a)
                && joined.insert((a, b))
            {
                *near.entry(b).or_default() += strength;
            }
        }
    }
    near
}

/// Own forces that the sieve lets through, in the order of their names.
pub fn sifted<'a>(
    view: &'a SeatView,
    pending: &[Order],
    told: &Told,
    sieve: &Sieve,
) -> Vec<(&'a Key<Force>, &'a OwnForce)> {
    let idle = idle(view, pending, told);
    let front = near(view);
    let wanted = sieve.text.trim().to_lowercase();
    let passes = |key: &Key<Force>, force: &OwnForce| {
        let is_so = match sieve.filter {
            Filter::All => true,
            Filter::Idle => idle.contains(key),
            Filter::Contact => front.contains_key(force.place.sector().as_str()),
            Filter::Supply => force.line.cut.is_some() || force.supply < SHORT,
        };
        is_so
            && (wanted.is_empty()
                || force.name.to_lowercase().contains(&wanted)
                || tell::place(view, &force.place)
                    .to_lowercase()
                    .contains(&wanted))
    };
    let forces = view.forces.iter();
    forces.filter(|(key, force)| passes(key, force)).collect()
}

/// The lines that are shown.
pub fn lines(
    view: &SeatView,
    scenario: &Scenario,
    pending: &[Order],
    told: &Told,
    sieve: &Sieve,
) -> Vec<Line> {
    let began_idle = idle(view, &[], told);
    let idle = idle(view, pending, told);
    let mut groups: BTreeMap<String, Vec<(&Key<Force>, &OwnForce)>> = BTreeMap::new();
    for (key, force) in sifted(view, pending, told, sieve) {
        let title = title(view, scenario, sieve.grouping, idle.contains(key), force);
        groups.entry(title).or_default().push((key, force));
    }
    let mut order: Vec<(String, Vec<_>)> = groups.into_iter().collect();
    if sieve.grouping == Grouping::Task {
        let waits = |group: &Vec<(&Key<Force>, &OwnForce)>| {
            group.first().is_some_and(|(key, _)| idle.contains(*key))
        };
        order.sort_by_key(|(_, group)| !waits(group));
    }
    let mut lines = Vec::new();
    for (title, group) in order {
        if head(&mut lines, sieve, title, group.len()) {
            family(&mut lines, group, &began_idle, &idle);
        }
    }
    if !view.expected.is_empty()
        && head(
            &mut lines,
            sieve,
            say!("tree-expected"),
            view.expected.len(),
        )
    {
        for (key, (turn, sector)) in &view.expected {
            let named = scenario.forces.get(key).map_or(key.as_str(), |f| &f.name);
            let words = say!(
                "tree-comes",
                force = named,
                turn = *turn,
                place = tell::sector(view, sector.as_str())
            );
            lines.push(Line::Expected { words });
        }
    }
    if !view.leaving.is_empty() && head(&mut lines, sieve, say!("tree-leaving"), view.leaving.len())
    {
        let mut leaving: Vec<_> = view.leaving.iter().collect();
        leaving.sort_by_key(|(key, turn)| (**turn, *key));
        for (key, turn) in leaving {
            let words = say!(
                "tree-goes",
                force = tell::force(view, key.as_str()),
                turn = *turn
            );
            lines.push(Line::Expected { words });
        }
    }
    let mut contacts: Vec<(&Key<Contact>, &Contact)> = view.contacts.iter().collect();
    contacts.sort_by_key(|(key, c)| (c.confidence, c.age, -c.strength.1, (*key).clone()));
    if !contacts.is_empty() && head(&mut lines, sieve, say!("tree-contacts"), contacts.len()) {
        let contact = |(key, _): (&Key<Contact>, _)| Line::Contact { key: key.clone() };
        lines.extend(contacts.into_iter().map(contact));
    }
    lines
}

/// Writes the line of a group; true if it is open.
fn head(lines: &mut Vec<Line>, sieve: &Sieve, title: String, count: usize) -> bool {
    let open = !sieve.folded.contains(&title);
    lines.push(Line::Group {
        id: title.clone(),
        title,
        count,
        open,
    });
    open
}

/// Which group a force belongs to.
fn title(
    view: &SeatView,
    scenario: &Scenario,
    grouping: Grouping,
    idle: bool,
    force: &OwnForce,
) -> String {
    match grouping {
        Grouping::Faction => faction(scenario, &force.faction),
        Grouping::Commander => {
            let commander = force.commander.as_ref();
            let known = commander.and_then(|c| view.rules.commanders.get(c));
            known.map_or_else(|| say!("tree-no-commander"), |c| c.name.clone())
        }
        Grouping::Region => {
            let sector = view.map.sectors.get(force.place.sector());
            let region = sector.and_then(|s| view.map.regions.get(&s.region));
            region.map_or_else(|| say!("tree-no-region"), |r| r.name.clone())
        }
        Grouping::Task => words::of("tree", if idle { "idle" } else { "ordered" }),
    }
}

fn faction(scenario: &Scenario, key: &Key<Faction>) -> String {
    let known = scenario.factions.get(key);
    known.map_or(key.as_str(), |f| &f.name).to_owned()
}

/// The forces of a group: parents over their detachments, those that began the turn without orders first, then by strength.
/// Whoever gets an order stays where he is until the turn ends: the next one is not pulled away from under the pointer.
fn family(
    lines: &mut Vec<Line>,
    group: Vec<(&Key<Force>, &OwnForce)>,
    began_idle: &BTreeSet<Key<Force>>,
    idle: &BTreeSet<Key<Force>>,
) {
    let there: BTreeSet<&str> = group.iter().map(|(key, _)| key.as_str()).collect();
    let mut children: BTreeMap<Option<&str>, Vec<(&Key<Force>, &OwnForce)>> = BTreeMap::new();
    for (key, force) in group {
        let parent = parents(key.as_str()).find(|p| there.contains(p));
        children.entry(parent).or_default().push((key, force));
    }
    for list in children.values_mut() {
        let place = |key: &Key<Force>, force: &OwnForce| {
            (!began_idle.contains(key), -force.strength, key.clone())
        };
        list.sort_by_key(|(key, force)| place(key, force));
        list.reverse();
    }
    let mut open: Vec<(&Key<Force>, usize)> = Vec::new();
    let tops = children.remove(&None).unwrap_or_default();
    open.extend(tops.into_iter().map(|(key, _)| (key, 0)));
    while let Some((key, depth)) = open.pop() {
        lines.push(Line::Force {
            key: key.clone(),
            depth,
            idle: idle.contains(key),
        });
        let below = children.remove(&Some(key.as_str())).unwrap_or_default();
        open.extend(below.into_iter().map(|(key, _)| (key, depth + 1)));
    }
}

/// The forces from which one was detached, the nearest first: a detachment's id is its parent's, then `.t` with turn
/// and number.
fn parents(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(key.rsplit_once(".t").map(|(parent, _)| parent), |parent| {
        parent.rsplit_once(".t").map(|(parent, _)| parent)
    })
}

/// Whether a force will have somewhere to go once the pending orders are carried out.
pub fn is_bound(view: &SeatView, key: &Key<Force>, force: &OwnForce, pending: &[Order]) -> bool {
    use crate::sim::order::Action;
    let follows = pending
        .iter()
        .rev()
        .filter(|o| o.force == *key)
        .find_map(|o| match o.action {
            Action::Follow { .. } => Some(true),
            Action::Go { .. } | Action::Halt => Some(false),
            _ => None,
        });
    follows.unwrap_or(force.follow.is_some()) || !queue(view, key, pending).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detachments_know_their_parents() {
        let all: Vec<&str> = parents("bf-1.t3.1.t7.2").collect();
        assert_eq!(all, ["bf-1.t3.1", "bf-1"]);
        assert_eq!(parents("bf-1").count(), 0);
    }
}
