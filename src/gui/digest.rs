//! What panels count over a whole view, counted once for each view and not in every frame: ten thousand forces are too
//! many to walk sixty times a second.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::{
    content::{Class, Force, Key, Sector, Trigger, Weapon},
    sim::{
        fire,
        map::distance,
        view::{Contact, OwnForce, SeatView},
    },
};

/// One view, counted as far as somebody asked.
pub struct Digest {
    view: Arc<SeatView>,
    own: OnceLock<(usize, i64)>,
    by_name: OnceLock<Vec<Key<Force>>>,
    by_place: OnceLock<Vec<((i32, i32), Vec<Key<Force>>)>>,
    by_need: OnceLock<Vec<Key<Force>>>,
    wanting: OnceLock<Wanting>,
    supply: OnceLock<(i64, i64)>,
    by_age: OnceLock<Vec<Key<Contact>>>,
    reach: OnceLock<Reach>,
}

/// Whether a force has less than a day's supply aboard, or lives on what is left in its holds.
pub fn is_short(force: &OwnForce) -> bool {
    force.supply < 10 || force.line.empty_on.is_some()
}

/// How many own forces want supply.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wanting {
    /// Those that are cut off.
    pub cut: usize,
    /// The others that are short.
    pub short: usize,
}

/// Who reaches whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// Guns that own forces carry.
    pub guns: BTreeSet<Key<Weapon>>,
    /// Own forces that fire by order, each with how many hostile contacts it reaches.
    pub own: Vec<(Key<Force>, usize)>,
    /// The longest range of any gun that a foreign force may have.
    pub foreign: i32,
    /// Hostile contacts that may reach own forces, each with how many.
    pub theirs: Vec<(Key<Contact>, usize)>,
}

/// The digest of the view on the table.
#[derive(Default)]
pub struct Kept(Mutex<Option<Arc<Digest>>>);

impl Kept {
    /// The digest of this view.
    pub fn of(&self, view: &Arc<SeatView>) -> Arc<Digest> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(digest) if Arc::ptr_eq(&digest.view, view) => digest.clone(),
            _ => kept.insert(Arc::new(Digest::new(view.clone()))).clone(),
        }
    }
}

impl Digest {
    fn new(view: Arc<SeatView>) -> Self {
        Self {
            view,
            own: OnceLock::new(),
            by_name: OnceLock::new(),
            by_place: OnceLock::new(),
            by_need: OnceLock::new(),
            wanting: OnceLock::new(),
            supply: OnceLock::new(),
            by_age: OnceLock::new(),
            reach: OnceLock::new(),
        }
    }

    /// Forces of the seat: how many, and their strength.
    pub fn own(&self) -> (usize, i64) {
        *self.own.get_or_init(|| {
            let own = mine(&self.view);
            own.fold((0, 0), |(n, sum), (_, f)| (n + 1, sum + f.strength))
        })
    }

    /// Forces of the seat, by their ids.
    pub fn by_name(&self) -> &[Key<Force>] {
        let all = || mine(&self.view).map(|(key, _)| key.clone()).collect();
        self.by_name.get_or_init(all)
    }

    /// Forces of the seat from which a salvo may reach a sector, each with its distance.
    pub fn near(
        &self,
        sector: &Key<Sector>,
    ) -> impl Iterator<Item = (&Key<Force>, &OwnForce, i32)> {
        let view = &*self.view;
        let here = view.map.sectors.get(sector).map(|s| s.at);
        let weapons = view.rules.weapons.values();
        let most = weapons.map(|w| w.range).max().unwrap_or(0);
        let by_place = self.by_place.get_or_init(|| {
            let mut places: BTreeMap<(i32, i32), Vec<Key<Force>>> = BTreeMap::new();
            for (key, force) in mine(view) {
                if let Some(place) = view.map.sectors.get(force.place.sector()) {
                    places.entry(place.at).or_default().push(key.clone());
                }
            }
            places.into_iter().collect()
        });
        let far = move |at: (i32, i32)| Some(distance(here?, at)).filter(|far| *far <= most);
        let near = by_place
            .iter()
            .filter_map(move |(at, forces)| Some((far(*at)?, forces)));
        near.flat_map(move |(far, forces)| {
            let known = forces
                .iter()
                .filter_map(|key| view.forces.get_key_value(key));
            known.map(move |(key, force)| (key, force, far))
        })
    }

    /// Forces of the seat, worst supplied first.
    pub fn by_need(&self) -> &[Key<Force>] {
        self.by_need.get_or_init(|| {
            let mut all: Vec<_> = mine(&self.view).collect();
            all.sort_by_cached_key(|(key, f)| {
                let short = f.line.wanted - f.line.delivered;
                let share = i64::from(f.line.delivered) * 1000 / i64::from(f.line.wanted.max(1));
                let enough = short <= 0;
                (
                    f.line.cut.is_none(),
                    f.supply >= 10,
                    enough,
                    share,
                    f.supply,
                    *key,
                )
            });
            all.into_iter().map(|(key, _)| key.clone()).collect()
        })
    }

    /// How many want supply.
    pub fn wanting(&self) -> Wanting {
        *self.wanting.get_or_init(|| {
            let mut wanting = Wanting::default();
            for (_, force) in mine(&self.view) {
                if force.line.cut.is_some() {
                    wanting.cut += 1;
                } else if is_short(force) {
                    wanting.short += 1;
                }
            }
            wanting
        })
    }

    /// What came through to all of them, and what they wanted, tenths of supply.
    pub fn supply(&self) -> (i64, i64) {
        *self.supply.get_or_init(|| {
            let lines = mine(&self.view).map(|(_, f)| &f.line);
            lines.fold((0, 0), |(came, wanted), line| {
                let (more, asked) = (i64::from(line.delivered), i64::from(line.wanted));
                (came + more, wanted + asked)
            })
        })
    }

    /// Contacts, longest unseen and least certain first.
    pub fn by_age(&self) -> &[Key<Contact>] {
        self.by_age.get_or_init(|| {
            let mut all: Vec<_> = self.view.contacts.iter().collect();
            all.sort_by_key(|(key, c)| (Reverse(c.age), c.confidence, *key));
            all.into_iter().map(|(key, _)| key.clone()).collect()
        })
    }

    /// Who reaches whom.
    pub fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| reach(&self.view))
    }
}

fn mine(view: &SeatView) -> impl Iterator<Item = (&Key<Force>, &OwnForce)> {
    view.forces.iter().filter(|(_, f)| f.mine)
}

/// Counts by places: a hundred forces at one place are asked once.
fn reach(view: &SeatView) -> Reach {
    let at = |sector: &Key<Sector>| view.map.sectors.get(sector).map(|s| s.at);
    let mut hostile: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for contact in view.contacts.values() {
        if view.hostile.contains(&contact.side)
            && let Some(at) = at(contact.place.sector())
        {
            *hostile.entry(at).or_default() += 1;
        }
    }
    let mut forces: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    let mut reached: BTreeMap<((i32, i32), i32), usize> = BTreeMap::new();
    let within = |all: &BTreeMap<(i32, i32), usize>, from: (i32, i32), range: i32| -> usize {
        let near = all.iter().filter(|(at, _)| distance(from, **at) <= range);
        near.map(|(_, n)| n).sum()
    };
    let mut found = Reach {
        foreign: foreign_range(view),
        ..Reach::default()
    };
    for (key, force) in mine(view) {
        let guns = view.rules.weapons.iter();
        let guns = guns.filter(|(w, _)| fire::mounts(&view.rules, &force.ships, w) > 0);
        let mut longest = None;
        for (gun, weapon) in guns {
            if !found.guns.contains(gun) {
                found.guns.insert(gun.clone());
            }
            if weapon.trigger == Trigger::Salvo {
                longest = longest.max(Some(weapon.range));
            }
        }
        let Some(from) = at(force.place.sector()) else {
            continue;
        };
        *forces.entry(from).or_default() += 1;
        if let Some(longest) = longest {
            let count = reached
                .entry((from, longest))
                .or_insert_with(|| within(&hostile, from, longest));
            found.own.push((key.clone(), *count));
        }
    }
    let mut under: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for (key, contact) in &view.contacts {
        if !view.hostile.contains(&contact.side) {
            continue;
        }
        let Some(from) = at(contact.place.sector()) else {
            continue;
        };
        let count = under
            .entry(from)
            .or_insert_with(|| within(&forces, from, found.foreign));
        if *count > 0 {
            found.theirs.push((key.clone(), *count));
        }
    }
    found
}

/// The longest range of any gun that no own force carries: what a foreign force may have.
fn foreign_range(view: &SeatView) -> i32 {
    let ships = view.forces.values().flat_map(|f| &f.ships);
    let own: BTreeSet<&Key<Class>> = ships.map(|s| &s.class).collect();
    let longest = |is_own: bool| {
        let classes = view.rules.classes.iter();
        classes
            .filter(|(key, _)| own.contains(key) == is_own)
            .flat_map(|(_, class)| class.weapons.keys())
            .filter_map(|w| view.rules.weapons.get(w))
            .map(|w| w.range)
            .max()
    };
    longest(false).or_else(|| longest(true)).unwrap_or(0)
}
